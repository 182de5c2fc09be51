/*
 * The service "ping", for tests, benchmarks and `cork doctor`.
 *
 *   method 0  replies with what came, from the connection's own thread
 *   method 1  the same from a worker
 *   method 2  u32 milliseconds: replies after that; sooner, with code 1, when it is cancelled
 *   method 3  u32 count, bytes: as many events with these bytes (code: their number, from 0), then the reply with how
 *             many of them went out as its code
 *   method 4  never replies until it is cancelled, and holds no worker meanwhile
 */
#include "corkd/service.h"

#include <stddef.h>
#include <time.h>

enum ping_method
{
    PING_QUICK,
    PING_WORKER,
    PING_SLOW,
    PING_EVENTS,
    PING_NEVER,
};

static void echo(struct host_request *request)
{
    const struct host_decoder *arguments = host_request_arguments(request);
    struct host_encoder values;

    host_encoder_init(&values);
    host_put_raw(&values, arguments->data, arguments->size);
    host_request_reply(request, 0, &values);
    host_encoder_free(&values);
}

static void reply_later(struct host_request *request, uint32_t milliseconds)
{
    static const struct timespec pause = {0, 1000000};
    struct timespec now, start;
    int64_t passed = 0;

    clock_gettime(CLOCK_MONOTONIC, &start);
    while (passed < milliseconds && !host_request_is_cancelled(request))
    {
        nanosleep(&pause, NULL);
        clock_gettime(CLOCK_MONOTONIC, &now);
        passed = (int64_t)(now.tv_sec - start.tv_sec) * 1000 + (now.tv_nsec - start.tv_nsec) / 1000000;
    }
    host_request_reply(request, passed < milliseconds, NULL);
}

static void send_events(struct host_request *request, uint32_t count, const uint8_t *bytes, size_t size)
{
    struct host_encoder values;
    uint32_t sent = 0;

    host_encoder_init(&values);
    host_put_bytes(&values, bytes, size);
    for (uint32_t i = 0; i < count && !host_request_is_cancelled(request); i++)
        sent += host_client_event(host_request_client(request), "ping", i, &values);
    host_encoder_free(&values);
    host_request_reply(request, sent, NULL);
}

static void give_up(struct host_request *request, void *context)
{
    (void)context;
    host_request_reply(request, 1, NULL);
}

static void ping_request(struct host_request *request)
{
    struct host_decoder *arguments = host_request_arguments(request);
    uint32_t method = host_request_method(request), number = 0;
    const uint8_t *bytes = NULL;
    size_t size = 0;

    if (method == PING_QUICK || method == PING_WORKER)
    {
        echo(request);
        return;
    }
    if (method == PING_SLOW || method == PING_EVENTS) number = host_get_u32(arguments);
    if (method == PING_EVENTS) bytes = host_get_bytes(arguments, &size);
    if (method > PING_NEVER)
        host_request_refuse(request, HOST_REFUSED_METHOD, NULL);
    else if (host_decoder_finish(arguments, false) != HOST_OK)
        host_request_refuse(request, HOST_REFUSED_MALFORMED, NULL);
    else if (method == PING_SLOW)
        reply_later(request, number);
    else if (method == PING_EVENTS)
        send_events(request, number, bytes, size);
    else
        host_request_on_cancel(request, give_up, NULL);
}

static bool ping_is_quick(uint32_t method)
{
    return method == PING_QUICK;
}

const struct host_service ping_service = {
    .name = "ping",
    .request = ping_request,
    .is_quick = ping_is_quick,
};
