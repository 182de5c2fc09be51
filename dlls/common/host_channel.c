/*
 * The host channel's calls, and who receives what answers them.
 *
 * A caller that finds nobody receiving does so itself until its own reply is there: that saves two changes of threads a
 * call. One thread, the connection's keeper, receives whenever no caller does: what comes without a call, calls
 * that take long, and those of several threads at once. It lets callers receive while they call one after another.
 */
#ifdef _WIN32

#include "common/host_channel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/host_connect.h"
#include "common/host_events.h"
#include "common/host_stream.h"
#include "common/quick_lock.h"
#include "common/trace.h"

CORK_TRACE_CHANNEL(cork);

/* What call->state says. */
enum
{
    CALL_WAITING,
    CALL_ENDED,
};

#define LEAD_MS   20   /* how long a caller receives itself */
#define KEEPER_MS 50   /* how long nobody receives, in which no call was made, until the keeper does */
#define SURE      1000 /* this part of a second a connection that something came by is taken to be there still */

/* Who receives. */
enum
{
    BY_NOBODY,
    BY_CALLER,
    BY_KEEPER,
    BY_NONE_MORE, /* the connection is over */
};

/* One connection; what is sent and received holds a reference, so that its socket's number is not another's. */
struct connection
{
    SOCKET lifeline;
    uint64_t number;
    volatile LONG references;
    SRWLOCK sending;
    HMODULE module;            /* this DLL, kept in memory by the keeper */
    struct host_stream stream; /* of who receives */
    uint64_t last_received;    /* in ticks; of who receives */
    volatile LONG keeper_runs;

    /* Under channel_lock. */
    volatile LONG receiver;
    uint64_t led; /* calls that received themselves */
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
    host_stream_close(&connection->stream);
    if (connection->lifeline != INVALID_SOCKET) closesocket(connection->lifeline);
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

/* ---- What was received ---- */

/* `*whole`, if not NULL, is the frame in memory of its own: the reply keeps it and sets it to NULL. */
static enum host_call_status read_answer(const struct host_header *header, const uint8_t *payload, uint8_t **whole,
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
    if (*whole)
    {
        reply->payload = *whole;
        *whole = NULL;
        host_decoder_init(&reply->values, payload, header->length);
        return HOST_CALL_OK;
    }
    reply->payload = header->length ? malloc(header->length) : NULL;
    if (header->length && !reply->payload) return HOST_CALL_NO_MEMORY;
    if (header->length) memcpy(reply->payload, payload, header->length);
    host_decoder_init(&reply->values, reply->payload, header->length);
    return HOST_CALL_OK;
}

/* False: the other side does not keep to the protocol, or an event is missing that has to be told. */
static bool frame_received(const struct host_header *header, const uint8_t *payload, uint8_t **whole)
{
    struct host_call *call;

    if (header->kind == HOST_EVENT) return host_events_add(header, payload);
    /* Number 0: corkd ends, and says so before it closes the connection. */
    if (header->kind != HOST_REPLY && header->kind != HOST_REFUSAL) return false;
    cork_quick_lock(&channel_lock);
    call = header->number ? find_call(header->number) : NULL; /* none: it was cancelled, or timed out */
    if (call) end_call(call, read_answer(header, payload, whole, call->reply));
    cork_quick_unlock(&channel_lock);
    return true;
}

static bool take_frames(struct host_reader *reader)
{
    struct host_header header;
    const uint8_t *payload;

    while (host_reader_next(reader, &header, &payload))
    {
        uint8_t *whole = host_reader_take(reader, &header);
        bool taken = whole != NULL, right = frame_received(&header, payload, &whole);

        if (taken)
            free(whole);
        else
            host_reader_drop(reader, &header);
        if (!right) return false;
    }
    return true;
}

/* ---- Receiving ---- */

static uint64_t now_ticks(void)
{
    LARGE_INTEGER now;

    QueryPerformanceCounter(&now);
    return (uint64_t)now.QuadPart;
}

/* False: the connection is over. */
static bool use(struct connection *connection, enum host_received received)
{
    if (received != HOST_RECEIVED_SOME) return received == HOST_RECEIVED_NOTHING;
    connection->last_received = now_ticks();
    return take_frames(&connection->stream.reader);
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
    connection->receiver = BY_NONE_MORE;
    cork_quick_unlock(&channel_lock);
    WakeByAddressAll((void *)&connection->receiver);
    if (!was_current) return;
    CORK_TRACE("connection %llu is over\n", (unsigned long long)connection->number);
    host_events_lost();
    connection_unref(connection);
}

/* ---- The keeper ---- */

/* With nothing under way: whether callers may receive from now on. */
static bool leave_to_callers(struct connection *connection)
{
    bool wanted = host_events_wanted(), left;

    cork_quick_lock(&channel_lock);
    left = !wanted && !calls && connection->receiver == BY_KEEPER;
    if (left) connection->receiver = BY_NOBODY;
    cork_quick_unlock(&channel_lock);
    return left;
}

/* Waits for its turn; false: the connection is over. */
static bool keepers_turn(struct connection *connection)
{
    LONG receiver;
    uint64_t led = UINT64_MAX;

    for (;;)
    {
        cork_quick_lock(&channel_lock);
        if (connection->receiver == BY_NOBODY && connection->led == led) connection->receiver = BY_KEEPER;
        led = connection->led;
        receiver = connection->receiver;
        cork_quick_unlock(&channel_lock);
        if (receiver >= BY_KEEPER) return receiver == BY_KEEPER;
        WaitOnAddress(&connection->receiver, &receiver, sizeof(receiver), KEEPER_MS);
    }
}

/* One turn; false: the connection is over. */
static bool keep(struct connection *connection)
{
    struct host_stream *stream = &connection->stream;
    uint64_t before = connection->last_received;

    for (;;)
    {
        if (!stream->posted && before != connection->last_received && leave_to_callers(connection)) return true;
        if (!use(connection, stream->posted ? host_stream_wait(stream, INFINITE) : host_stream_begin(stream)))
            return false;
    }
}

/*
 * A thread of its own, and not the pool's: it runs as long as the connection, for which the pool would start one more
 * that has nothing to do.
 */
static DWORD WINAPI keeper(void *context)
{
    struct connection *connection = context;
    HMODULE module = connection->module;

    __atomic_store_n(&connection->keeper_runs, 1, __ATOMIC_RELEASE);
    WakeByAddressAll((void *)&connection->keeper_runs);
    if (take_frames(&connection->stream.reader)) /* behind the hello */
        while (keepers_turn(connection) && keep(connection))
            ;
    connection_broke(connection);
    connection_unref(connection);
    if (module) FreeLibraryAndExitThread(module, 0);
    return 0;
}

/* Returns once it runs: 32-bit Wine crashes where a process ends while a thread of it is still starting, and a short
 * program may end right after its first reply. */
static bool start_keeper(struct connection *connection)
{
    HANDLE thread = CreateThread(NULL, 0, keeper, connection, 0, NULL);
    LONG starting = 0;

    if (!thread) return false;
    while (!__atomic_load_n(&connection->keeper_runs, __ATOMIC_ACQUIRE))
        WaitOnAddress(&connection->keeper_runs, &starting, sizeof(starting), INFINITE);
    CloseHandle(thread);
    return true;
}

/* ---- A caller that receives ---- */

static bool is_waiting(const struct host_call *call)
{
    return __atomic_load_n(&call->state, __ATOMIC_ACQUIRE) == CALL_WAITING;
}

/* Before the request is sent: false where the connection is over already, which nobody has seen so far. */
static bool is_there(struct connection *connection)
{
    LARGE_INTEGER frequency;

    QueryPerformanceFrequency(&frequency);
    if (now_ticks() - connection->last_received < (uint64_t)frequency.QuadPart / SURE) return true;
    while (!connection->stream.posted)
        if (!use(connection, host_stream_begin(&connection->stream))) return false;
    return true;
}

/* Receives until the call has been answered, or takes long. False: the connection is over. */
static bool lead(const struct host_call *call, struct connection *connection)
{
    DWORD left = call->timeout < LEAD_MS ? call->timeout : LEAD_MS;
    ULONGLONG now = GetTickCount64(), until = now + left;

    for (; now < until && is_waiting(call); now = GetTickCount64())
    {
        enum host_received received = host_stream_begin(&connection->stream);

        /* Looked at once it is under way: whoever ends the call meanwhile interrupts that. */
        if (received == HOST_RECEIVED_NOTHING && is_waiting(call))
            received = host_stream_wait(&connection->stream, (DWORD)(until - now));
        if (!use(connection, received)) return false;
    }
    return use(connection, host_stream_stop(&connection->stream));
}

static void end_leading(struct host_call *call, struct connection *connection)
{
    bool wanted = host_events_wanted(), wake = false;

    cork_quick_lock(&channel_lock);
    call->leads = false;
    connection->led++;
    if (connection->receiver == BY_CALLER)
    {
        wake = wanted || calls;
        connection->receiver = wake ? BY_KEEPER : BY_NOBODY;
    }
    cork_quick_unlock(&channel_lock);
    if (wake) WakeByAddressAll((void *)&connection->receiver);
}

/* ---- Connecting ---- */

/* With connect_lock held. The new connection with a reference, or NULL with reply->status. */
static struct connection *make_connection(const struct host_call *call, struct host_reply *reply)
{
    struct connection *connection = calloc(1, sizeof(*connection));

    reply->status = HOST_CALL_NO_MEMORY;
    if (!connection) return NULL;
    if (host_stream_open(&connection->stream))
        reply->status = host_connect(&connection->stream.socket, &connection->lifeline, &connection->stream.reader,
                                     &call->cancelled, reply);
    if (reply->status != HOST_CALL_OK)
    {
        host_stream_close(&connection->stream);
        free(connection);
        return NULL;
    }
    InitializeSRWLock(&connection->sending);
    connection->receiver = BY_KEEPER;
    connection->last_received = now_ticks();
    connection->references = 3; /* the present one, the keeper's, the caller's */
    connection->number = ++last_connection;
    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (LPCWSTR)&keeper, &connection->module);
    cork_quick_lock(&channel_lock);
    current = connection;
    cork_quick_unlock(&channel_lock);
    if (start_keeper(connection)) return connection;
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
    shutdown(connection->stream.socket, SD_BOTH);
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
    sent = host_send_all(connection->stream.socket, frame->data, frame->size);
    ReleaseSRWLockExclusive(&connection->sending);
    /* Half a frame makes the rest useless: who receives sees the end and tells everybody. */
    if (!sent) shutdown(connection->stream.socket, SD_BOTH);
    return sent;
}

/* `led`: the call's own thread was receiving; it is to look. */
static void send_cancel(uint64_t number, bool led)
{
    struct connection *connection = get_current();
    struct host_encoder frame;

    if (!connection) return;
    if (led) host_stream_interrupt(&connection->stream);
    host_encoder_init(&frame);
    host_frame_begin(&frame, HOST_CANCEL, NULL, number, 0);
    if (host_frame_end(&frame) == HOST_OK) send_frame(connection, &frame);
    host_encoder_free(&frame);
    connection_unref(connection);
}

/* Ends a call that waits; false if it does not. Of a call that another thread waits in only what is returned may be
 * used afterwards: its number, and whether it receives itself. */
static bool give_up(struct host_call *call, enum host_call_status status, uint64_t *number, bool *leads)
{
    bool waits;

    cork_quick_lock(&channel_lock);
    waits = call->number && call->state == CALL_WAITING;
    *number = call->number;
    *leads = call->leads;
    if (waits) end_call(call, status);
    cork_quick_unlock(&channel_lock);
    return waits;
}

void host_call_cancel(struct host_call *call)
{
    uint64_t number;
    bool leads;

    InterlockedExchange(&call->cancelled, 1);
    if (give_up(call, HOST_CALL_CANCELLED, &number, &leads)) send_cancel(number, leads);
}

static void wait_for_reply(struct host_call *call, ULONGLONG until)
{
    ULONGLONG now;
    LONG waiting = CALL_WAITING;
    uint64_t number;
    bool leads;

    while (is_waiting(call))
    {
        now = GetTickCount64();
        if (call->timeout != INFINITE && now >= until)
        {
            if (give_up(call, HOST_CALL_TIMED_OUT, &number, &leads)) send_cancel(number, false);
            continue;
        }
        WaitOnAddress(&call->state, &waiting, sizeof(waiting),
                      call->timeout == INFINITE ? INFINITE : (DWORD)(until - now));
    }
}

/* Makes the call one of those that wait, and its thread the one that receives if nobody else does. False where it has
 * been cancelled, or the connection has gone meanwhile. */
static bool begin_call(struct host_call *call, struct connection *connection, struct host_reply *reply)
{
    bool wanted = host_events_wanted();

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
        call->leads = !wanted && connection->receiver == BY_NOBODY;
        if (call->leads) connection->receiver = BY_CALLER;
    }
    cork_quick_unlock(&channel_lock);
    return reply->status == HOST_CALL_OK;
}

static void send_request(struct host_call *call, struct connection *connection)
{
    struct host_encoder frame;
    uint64_t number;
    bool leads;

    host_encoder_init(&frame);
    host_frame_begin(&frame, HOST_REQUEST, call->service, call->number, call->method);
    if (call->arguments) host_put_raw(&frame, call->arguments->data, call->arguments->size);
    if (host_frame_end(&frame) != HOST_OK)
        give_up(call, frame.error == HOST_NO_MEMORY ? HOST_CALL_NO_MEMORY : HOST_CALL_BAD_ARGUMENTS, &number, &leads);
    else if (!send_frame(connection, &frame))
        give_up(call, HOST_CALL_LOST, &number, &leads);
    else if (call->cancelled)
        send_cancel(call->number, false); /* the first one may have gone before the request */
    host_encoder_free(&frame);
}

/* A call that its own thread receives the answer of. False: the connection was over before anything was sent. */
static bool call_and_receive(struct host_call *call, struct connection *connection)
{
    bool there = is_there(connection), over = !there;

    if (there)
    {
        send_request(call, connection);
        over = !lead(call, connection);
    }
    end_leading(call, connection);
    if (over) connection_broke(connection);
    return there;
}

/* False: nothing was sent. */
static bool call_by(struct host_call *call, struct connection *connection, struct host_reply *reply)
{
    ULONGLONG until = GetTickCount64() + call->timeout;
    bool sent = true;

    if (!begin_call(call, connection, reply)) return true;
    if (call->leads)
        sent = call_and_receive(call, connection);
    else
        send_request(call, connection);
    wait_for_reply(call, until);
    return sent;
}

enum host_call_status host_call(struct host_call *call, struct host_reply *reply)
{
    struct connection *connection;
    bool again;

    memset(reply, 0, sizeof(*reply));
    if (call->arguments && call->arguments->error)
        return reply->status = call->arguments->error == HOST_NO_MEMORY ? HOST_CALL_NO_MEMORY : HOST_CALL_BAD_ARGUMENTS;
    do
    {
        if (call->cancelled) return reply->status = HOST_CALL_CANCELLED;
        connection = get_connection(call, reply);
        if (!connection) return reply->status;
        again = !call_by(call, connection, reply) && reply->status == HOST_CALL_LOST && !call->connection;
        connection_unref(connection);
    }
    while (again);
    CORK_TRACE("%s %u: %d, %u\n", call->service, (unsigned)call->method, reply->status, (unsigned)reply->code);
    return reply->status;
}

#endif
