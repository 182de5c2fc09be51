/* Requests: from their arrival to their answer. */
#include "corkd/daemon.h"

#include <stdlib.h>
#include <string.h>

/* ---- With the connection's lock held ---- */

static void unref(struct host_request *request)
{
    if (--request->references) return;
    free(request->kept);
    free(request);
}

static void unlink_request(struct connection *connection, struct host_request *request)
{
    if (request->previous)
        request->previous->next = request->next;
    else
        connection->requests = request->next;
    if (request->next) request->next->previous = request->previous;
    connection->request_count--;
}

static struct host_request *find(struct connection *connection, uint64_t number)
{
    struct host_request *request = connection->requests;

    while (request && request->number != number)
        request = request->next;
    return request;
}

static void append_waiting(struct connection *connection, struct host_request *request)
{
    *connection->waiting_tail = request;
    connection->waiting_tail = &request->next_waiting;
}

/* True if it waited for a worker, and does so no longer. */
static bool remove_waiting(struct connection *connection, struct host_request *request)
{
    struct host_request **at = &connection->waiting;

    while (*at && *at != request)
        at = &(*at)->next_waiting;
    if (!*at) return false;
    *at = request->next_waiting;
    if (!*at) connection->waiting_tail = at;
    return true;
}

struct host_request *request_next(struct connection *connection)
{
    struct host_request *request = connection->waiting;

    if (!request || connection->running >= RUNNING_MAX) return NULL;
    connection->waiting = request->next_waiting;
    if (!connection->waiting) connection->waiting_tail = &connection->waiting;
    connection->running++;
    request->references++;
    return request;
}

/* ---- Arrival ---- */

static int find_service(const char *name)
{
    for (unsigned i = 0; i < services.count; i++)
        if (services.started[i] && !strcmp(services.list[i]->name, name)) return (int)i;
    return -1;
}

static struct host_request *make_request(struct connection *connection, const struct host_header *header,
                                         const uint8_t *payload, unsigned service)
{
    struct host_request *request = malloc(sizeof(*request) + header->length);

    if (!request) return NULL;
    memset(request, 0, sizeof(*request));
    memcpy(request + 1, payload, header->length);
    host_decoder_init(&request->arguments, request + 1, header->length);
    request->connection = connection;
    request->service = services.list[service];
    request->service_index = service;
    request->number = header->number;
    request->method = header->code;
    request->references = 1; /* until it is answered */
    return request;
}

/* Why the request is refused before anything is made of it, 0 if it is not. */
static enum host_refusal check(struct connection *connection, const struct host_header *header)
{
    enum host_refusal reason = 0;

    pthread_mutex_lock(&connection->lock);
    if (!header->number || find(connection, header->number))
        reason = HOST_REFUSED_MALFORMED;
    else if (connection->request_count >= REQUESTS_MAX)
        reason = HOST_REFUSED_LIMIT;
    pthread_mutex_unlock(&connection->lock);
    return reason;
}

void request_received(struct connection *connection, const struct host_header *header, const uint8_t *payload)
{
    enum host_refusal reason = check(connection, header);
    int service = find_service(header->service);
    struct host_request *request = NULL;
    bool quick;

    if (!reason && service < 0) reason = HOST_REFUSED_SERVICE;
    if (!reason && !(request = make_request(connection, header, payload, (unsigned)service)))
        reason = HOST_REFUSED_MEMORY;
    if (reason)
    {
        connection_refuse(connection, header->number, reason, NULL);
        return;
    }
    quick = request->service->is_quick && request->service->is_quick(request->method);
    connection_ref(connection);

    pthread_mutex_lock(&connection->lock);
    connection->services_used |= 1u << service;
    request->next = connection->requests;
    if (request->next) request->next->previous = request;
    connection->requests = request;
    connection->request_count++;
    if (quick)
    {
        connection->running++;
        request->references++;
    }
    else
        append_waiting(connection, request);
    pthread_mutex_unlock(&connection->lock);
    if (quick)
        request_run(request);
    else
        pool_add(connection); /* without the lock, which the woken worker takes first */
}

void request_run(struct host_request *request)
{
    struct connection *connection = request->connection;

    connection_ref(connection); /* the request may go with its own reference */
    request->service->request(request);
    pthread_mutex_lock(&connection->lock);
    unref(request);
    connection->running--;
    if (connection->waiting) pool_add(connection);
    connection_check_farewell(connection);
    pthread_mutex_unlock(&connection->lock);
    connection_unref(connection);
}

/* ---- Answers ---- */

static void begin_answer(struct host_request *request)
{
    struct connection *connection = request->connection;

    pthread_mutex_lock(&connection->lock);
    if (request->answered) abort(); /* a service's fault, which would free the request twice */
    request->answered = true;
    request->on_cancel = NULL;
    unlink_request(connection, request);
    pthread_mutex_unlock(&connection->lock);
}

static void end_answer(struct host_request *request)
{
    struct connection *connection = request->connection;

    pthread_mutex_lock(&connection->lock);
    unref(request);
    connection_check_farewell(connection);
    pthread_mutex_unlock(&connection->lock);
    connection_unref(connection);
}

void host_request_reply(struct host_request *request, uint32_t code, const struct host_encoder *values)
{
    struct host_encoder frame;
    enum host_error error;

    begin_answer(request);
    host_encoder_init(&frame);
    host_frame_begin(&frame, HOST_REPLY, request->service->name, request->number, code);
    error = host_frame_end_with(&frame, values);
    if (error == HOST_OK)
        connection_send(request->connection, &frame, values, false);
    else
        connection_refuse(request->connection, request->number,
                          error == HOST_NO_MEMORY ? HOST_REFUSED_MEMORY : HOST_REFUSED_LIMIT, NULL);
    host_encoder_free(&frame);
    end_answer(request);
}

void host_request_refuse(struct host_request *request, enum host_refusal reason, const char *text)
{
    begin_answer(request);
    connection_refuse(request->connection, request->number, reason, text);
    end_answer(request);
}

/* ---- Cancellation ---- */

/* With the lock held: calls the callback, if there is one that has not been called, with the lock given up. */
static void call_on_cancel(struct connection *connection, struct host_request *request)
{
    void (*on_cancel)(struct host_request *, void *) = request->on_cancel;

    if (!on_cancel || request->answered) return;
    request->on_cancel = NULL;
    request->references++;
    connection->running++;
    pthread_mutex_unlock(&connection->lock);
    on_cancel(request, request->cancel_context);
    pthread_mutex_lock(&connection->lock);
    connection->running--;
    unref(request);
    connection_check_farewell(connection);
}

/* With the lock held; gives it up meanwhile. What no worker has begun is refused, the rest is the service's to end. */
static void cancel(struct connection *connection, struct host_request *request)
{
    request->cancelled = true;
    if (!remove_waiting(connection, request))
    {
        call_on_cancel(connection, request);
        return;
    }
    pthread_mutex_unlock(&connection->lock);
    host_request_refuse(request, HOST_REFUSED_CANCELLED, NULL);
    pthread_mutex_lock(&connection->lock);
}

void request_cancel_number(struct connection *connection, uint64_t number)
{
    struct host_request *request;

    pthread_mutex_lock(&connection->lock);
    request = find(connection, number);
    if (request && !request->cancelled) cancel(connection, request);
    pthread_mutex_unlock(&connection->lock);
}

/* Each time from the start: the list may change in any way while a callback runs. */
void request_cancel_all(struct connection *connection)
{
    struct host_request *request;

    pthread_mutex_lock(&connection->lock);
    for (;;)
    {
        request = connection->requests;
        while (request && request->cancelled)
            request = request->next;
        if (!request) break;
        cancel(connection, request);
    }
    pthread_mutex_unlock(&connection->lock);
}

bool host_request_is_cancelled(const struct host_request *request)
{
    bool cancelled;

    pthread_mutex_lock(&request->connection->lock);
    cancelled = request->cancelled;
    pthread_mutex_unlock(&request->connection->lock);
    return cancelled;
}

void host_request_on_cancel(struct host_request *request,
                            void (*cancelled)(struct host_request *request, void *context), void *context)
{
    struct connection *connection = request->connection;

    connection_ref(connection);
    pthread_mutex_lock(&connection->lock);
    request->on_cancel = cancelled;
    request->cancel_context = context;
    if (request->cancelled) call_on_cancel(connection, request);
    pthread_mutex_unlock(&connection->lock);
    connection_unref(connection);
}

/* ---- What a request says ---- */

host_client host_request_client(const struct host_request *request)
{
    return request->connection->id;
}

uint32_t host_request_method(const struct host_request *request)
{
    return request->method;
}

uint32_t host_request_process(const struct host_request *request)
{
    return request->connection->process;
}

const char *host_request_program(const struct host_request *request)
{
    return request->connection->program;
}

void host_request_keep(struct host_request *request, void *memory)
{
    request->kept = memory;
}

struct host_decoder *host_request_arguments(struct host_request *request)
{
    return &request->arguments;
}
