/* The host channel's calls, and the thread that receives what answers them. */
#ifdef _WIN32

#include "common/host_channel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/host_connect.h"
#include "common/host_events.h"
#include "common/quick_lock.h"
#include "common/trace.h"

CORK_TRACE_CHANNEL(cork);

/* What call->state says. */
enum
{
    CALL_WAITING,
    CALL_ENDED,
};

/* One connection; what is sent and received holds a reference, so that its socket's number is not another's. */
struct connection
{
    SOCKET socket, lifeline;
    uint64_t number;
    volatile LONG references;
    SRWLOCK sending;
    struct host_reader reader; /* the receiving thread's */
    HMODULE module;            /* this DLL, kept in memory by that thread */
};

static SRWLOCK connect_lock = SRWLOCK_INIT; /* who connects; taken before channel_lock */
static struct cork_quick_lock channel_lock; /* over the rest */
static struct connection *current;
static uint64_t last_connection, last_number;
static struct host_call *calls; /* that wait for a reply by the current connection */

/* ---- Connections ---- */

static void connection_unref(struct connection *connection)
{
    if (InterlockedDecrement(&connection->references)) return;
    closesocket(connection->socket);
    if (connection->lifeline != INVALID_SOCKET) closesocket(connection->lifeline);
    host_reader_free(&connection->reader);
    free(connection);
    WSACleanup();
}

static struct connection *get_current(void)
{
    struct connection *connection;

    cork_quick_lock(&channel_lock);
    connection = current;
    if (connection) InterlockedIncrement(&connection->references);
    cork_quick_unlock(&channel_lock);
    return connection;
}

/* ---- The end of calls; with channel_lock held ---- */

static void unlink_call(struct host_call *call)
{
    if (call->previous)
        call->previous->next = call->next;
    else
        calls = call->next;
    if (call->next) call->next->previous = call->previous;
}

/* The waiting thread may take call and reply away as soon as the state says so: only the address is used afterwards. */
static void end_call(struct host_call *call, enum host_call_status status)
{
    unlink_call(call);
    call->reply->status = status;
    __atomic_store_n(&call->state, CALL_ENDED, __ATOMIC_RELEASE);
    WakeByAddressAll((void *)&call->state);
}

static struct host_call *find_call(uint64_t number)
{
    struct host_call *call = calls;

    while (call && call->number != number)
        call = call->next;
    return call;
}

/* ---- Receiving ---- */

static enum host_call_status read_answer(const struct host_header *header, const uint8_t *payload,
                                         struct host_reply *reply)
{
    struct host_decoder values;
    const char *text;

    reply->code = header->code;
    if (header->kind == HOST_REFUSAL)
    {
        host_decoder_init(&values, payload, header->length);
        text = host_get_utf8(&values);
        snprintf(reply->text, sizeof(reply->text), "%s", text ? text : host_refusal_text(header->code));
        return header->code == HOST_REFUSED_MEMORY ? HOST_CALL_NO_MEMORY : HOST_CALL_REFUSED;
    }
    reply->payload = header->length ? malloc(header->length) : NULL;
    if (header->length && !reply->payload) return HOST_CALL_NO_MEMORY;
    if (header->length) memcpy(reply->payload, payload, header->length);
    host_decoder_init(&reply->values, reply->payload, header->length);
    return HOST_CALL_OK;
}

/* False: the other side does not keep to the protocol. */
static bool frame_received(const struct host_header *header, const uint8_t *payload)
{
    struct host_call *call;

    if (header->kind == HOST_EVENT)
    {
        host_events_add(header, payload);
        return true;
    }
    /* Number 0: corkd ends, and says so before it closes the connection. */
    if (header->kind != HOST_REPLY && header->kind != HOST_REFUSAL) return false;
    cork_quick_lock(&channel_lock);
    call = header->number ? find_call(header->number) : NULL; /* none: it was cancelled, or timed out */
    if (call) end_call(call, read_answer(header, payload, call->reply));
    cork_quick_unlock(&channel_lock);
    return true;
}

static bool receive_some(struct connection *connection)
{
    struct host_reader *reader = &connection->reader;
    struct host_header header;
    const uint8_t *payload;
    uint8_t *to;
    size_t room;
    int size;

    while (host_reader_next(reader, &header, &payload))
    {
        bool right = frame_received(&header, payload);

        host_reader_drop(reader, &header);
        if (!right) return false;
    }
    if (!(to = host_reader_room(reader, &room)))
    {
        CORK_WARN("%s\n", host_error_text(reader->error));
        return false;
    }
    size = recv(connection->socket, (char *)to, room > INT_MAX ? INT_MAX : (int)room, 0);
    if (size > 0) host_reader_added(reader, (size_t)size);
    return size > 0;
}

/* Nobody gets an answer by this connection any more. */
static void connection_broke(struct connection *connection)
{
    bool was_current;

    cork_quick_lock(&channel_lock);
    was_current = current == connection;
    if (was_current)
    {
        current = NULL;
        while (calls)
            end_call(calls, HOST_CALL_LOST);
    }
    cork_quick_unlock(&channel_lock);
    if (!was_current) return;
    CORK_TRACE("connection %llu is over\n", (unsigned long long)connection->number);
    host_events_lost();
    connection_unref(connection);
}

/*
 * A thread of its own, and not the pool's: it runs as long as the connection, for which the pool would start one more
 * that has nothing to do. 32-bit Wine crashes where a process ends while a thread of it is still starting, and this
 * one has started when the first reply is there.
 */
static DWORD WINAPI receive(void *context)
{
    struct connection *connection = context;
    HMODULE module = connection->module;

    while (receive_some(connection))
        ;
    connection_broke(connection);
    connection_unref(connection);
    if (module) FreeLibraryAndExitThread(module, 0);
    return 0;
}

static bool start_receiving(struct connection *connection)
{
    HANDLE thread = CreateThread(NULL, 0, receive, connection, 0, NULL);

    if (!thread) return false;
    CloseHandle(thread);
    return true;
}

/* ---- Connecting ---- */

/* With connect_lock held. The new connection with a reference, or NULL with reply->status. */
static struct connection *make_connection(const struct host_call *call, struct host_reply *reply)
{
    struct connection *connection = calloc(1, sizeof(*connection));

    reply->status = HOST_CALL_NO_MEMORY;
    if (!connection) return NULL;
    reply->status =
        host_connect(&connection->socket, &connection->lifeline, &connection->reader, &call->cancelled, reply);
    if (reply->status != HOST_CALL_OK)
    {
        free(connection);
        return NULL;
    }
    InitializeSRWLock(&connection->sending);
    connection->references = 3; /* the present one, the receiving thread's, the caller's */
    connection->number = ++last_connection;
    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (LPCWSTR)&receive, &connection->module);
    cork_quick_lock(&channel_lock);
    current = connection;
    cork_quick_unlock(&channel_lock);
    if (start_receiving(connection)) return connection;
    reply->status = HOST_CALL_NO_MEMORY;
    if (connection->module) FreeLibrary(connection->module);
    connection_broke(connection);
    connection_unref(connection);
    connection_unref(connection);
    return NULL;
}

/* The connection that the call goes by, with a reference, or NULL with reply->status. */
static struct connection *get_connection(const struct host_call *call, struct host_reply *reply)
{
    struct connection *connection = get_current();

    if (!connection && !call->connection)
    {
        AcquireSRWLockExclusive(&connect_lock);
        connection = get_current();
        if (!connection) connection = make_connection(call, reply);
        ReleaseSRWLockExclusive(&connect_lock);
        return connection;
    }
    if (connection && (!call->connection || call->connection == connection->number)) return connection;
    if (connection) connection_unref(connection);
    reply->status = HOST_CALL_LOST;
    return NULL;
}

void host_channel_close(void)
{
    struct connection *connection = get_current();

    if (!connection) return;
    shutdown(connection->socket, SD_BOTH);
    connection_broke(connection);
    connection_unref(connection);
}

/* ---- Calls ---- */

void host_call_init(struct host_call *call, const char *service, uint32_t method, const struct host_encoder *arguments,
                    DWORD timeout)
{
    memset(call, 0, sizeof(*call));
    call->service = service;
    call->method = method;
    call->arguments = arguments;
    call->timeout = timeout;
}

void host_reply_free(struct host_reply *reply)
{
    free(reply->payload);
    reply->payload = NULL;
    host_decoder_init(&reply->values, NULL, 0);
}

static bool send_frame(struct connection *connection, const struct host_encoder *frame)
{
    bool sent;

    AcquireSRWLockExclusive(&connection->sending);
    sent = host_send_all(connection->socket, frame->data, frame->size);
    ReleaseSRWLockExclusive(&connection->sending);
    /* Half a frame makes the rest useless: the receiving thread sees the end and tells everybody. */
    if (!sent) shutdown(connection->socket, SD_BOTH);
    return sent;
}

static void send_cancel(uint64_t number)
{
    struct connection *connection = get_current();
    struct host_encoder frame;

    if (!connection) return;
    host_encoder_init(&frame);
    host_frame_begin(&frame, HOST_CANCEL, NULL, number, 0);
    if (host_frame_end(&frame) == HOST_OK) send_frame(connection, &frame);
    host_encoder_free(&frame);
    connection_unref(connection);
}

/* Ends a call that waits; false if it does not. */
static bool give_up(struct host_call *call, enum host_call_status status, uint64_t *number)
{
    bool waits;

    cork_quick_lock(&channel_lock);
    waits = call->number && call->state == CALL_WAITING;
    *number = call->number;
    if (waits) end_call(call, status);
    cork_quick_unlock(&channel_lock);
    return waits;
}

void host_call_cancel(struct host_call *call)
{
    uint64_t number;

    InterlockedExchange(&call->cancelled, 1);
    if (give_up(call, HOST_CALL_CANCELLED, &number)) send_cancel(number);
}

static void wait_for_reply(struct host_call *call)
{
    ULONGLONG until = GetTickCount64() + call->timeout, now;
    LONG waiting = CALL_WAITING;
    uint64_t number;

    while (__atomic_load_n(&call->state, __ATOMIC_ACQUIRE) == CALL_WAITING)
    {
        now = GetTickCount64();
        if (call->timeout != INFINITE && now >= until)
        {
            if (give_up(call, HOST_CALL_TIMED_OUT, &number)) send_cancel(number);
            continue;
        }
        WaitOnAddress(&call->state, &waiting, sizeof(waiting),
                      call->timeout == INFINITE ? INFINITE : (DWORD)(until - now));
    }
}

/* Makes the call one of those that wait. False where it has been cancelled, or the connection has gone meanwhile. */
static bool begin_call(struct host_call *call, const struct connection *connection, struct host_reply *reply)
{
    cork_quick_lock(&channel_lock);
    reply->connection = connection->number;
    reply->status = call->cancelled ? HOST_CALL_CANCELLED : current != connection ? HOST_CALL_LOST : HOST_CALL_OK;
    if (reply->status == HOST_CALL_OK)
    {
        call->number = ++last_number;
        call->reply = reply;
        call->state = CALL_WAITING;
        call->previous = NULL;
        call->next = calls;
        if (calls) calls->previous = call;
        calls = call;
    }
    cork_quick_unlock(&channel_lock);
    return reply->status == HOST_CALL_OK;
}

static void send_request(struct host_call *call, struct connection *connection)
{
    struct host_encoder frame;
    uint64_t number;

    host_encoder_init(&frame);
    host_frame_begin(&frame, HOST_REQUEST, call->service, call->number, call->method);
    if (call->arguments) host_put_raw(&frame, call->arguments->data, call->arguments->size);
    if (host_frame_end(&frame) != HOST_OK)
        give_up(call, frame.error == HOST_NO_MEMORY ? HOST_CALL_NO_MEMORY : HOST_CALL_BAD_ARGUMENTS, &number);
    else if (!send_frame(connection, &frame))
        give_up(call, HOST_CALL_LOST, &number);
    else if (call->cancelled)
        send_cancel(call->number); /* the first one may have gone before the request */
    host_encoder_free(&frame);
}

enum host_call_status host_call(struct host_call *call, struct host_reply *reply)
{
    struct connection *connection;

    memset(reply, 0, sizeof(*reply));
    if (call->arguments && call->arguments->error)
        return reply->status = call->arguments->error == HOST_NO_MEMORY ? HOST_CALL_NO_MEMORY : HOST_CALL_BAD_ARGUMENTS;
    if (call->cancelled) return reply->status = HOST_CALL_CANCELLED;
    connection = get_connection(call, reply);
    if (!connection) return reply->status;
    if (begin_call(call, connection, reply))
    {
        send_request(call, connection);
        wait_for_reply(call);
    }
    connection_unref(connection);
    CORK_TRACE("%s %u: %d, %u\n", call->service, (unsigned)call->method, reply->status, (unsigned)reply->code);
    return reply->status;
}

#endif
