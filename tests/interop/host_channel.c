/*
 * The host channel, in a Windows program.
 *
 * host_channel CASE...    runs the named cases one after another; exit code 0 if all went as they should, else 1 with
 * the reason on standard error "status" prints the status of one call, for what the shell prepared (no corkd, a wrong
 * endpoint file ...).
 */
#include "common/host_channel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LONG_TIME 60000

enum ping_method
{
    PING_QUICK,
    PING_WORKER,
    PING_SLOW,
    PING_EVENTS,
    PING_NEVER,
};

#define REQUIRE(condition)                                                                                             \
    do                                                                                                                 \
        if (!(condition))                                                                                              \
        {                                                                                                              \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                                            \
            return false;                                                                                              \
        }                                                                                                              \
    while (0)

static const char *const status_names[] = {"ok",        "not running", "lost",      "timed out",
                                           "cancelled", "refused",     "no memory", "bad arguments"};

static enum host_call_status ping(uint32_t method, const struct host_encoder *arguments, DWORD timeout,
                                  struct host_reply *reply)
{
    struct host_call call;

    host_call_init(&call, "ping", method, arguments, timeout);
    return host_call(&call, reply);
}

static bool same_bytes_back(uint32_t method, const uint8_t *bytes, size_t size)
{
    struct host_encoder arguments;
    struct host_reply reply;
    const uint8_t *back;
    size_t length;

    host_encoder_init(&arguments);
    host_put_bytes(&arguments, bytes, size);
    REQUIRE(ping(method, &arguments, LONG_TIME, &reply) == HOST_CALL_OK && reply.code == 0);
    back = host_get_bytes(&reply.values, &length);
    REQUIRE(length == size && !memcmp(back, bytes, size));
    REQUIRE(host_decoder_finish(&reply.values, false) == HOST_OK);
    host_reply_free(&reply);
    host_encoder_free(&arguments);
    return true;
}

static bool echo(uint32_t method, size_t size)
{
    uint8_t *bytes = malloc(size + 1);
    bool same;

    REQUIRE(bytes);
    for (size_t i = 0; i < size; i++)
        bytes[i] = (uint8_t)(i * 7 + (i >> 8));
    same = same_bytes_back(method, bytes, size);
    free(bytes);
    return same;
}

static bool case_echo(void)
{
    static const size_t sizes[] = {0, 1, 100, 4096, 65536, 1000000, HOST_STRING_MAX};

    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
        if (!echo(PING_QUICK, sizes[i]) || !echo(PING_WORKER, sizes[i])) return false;
    return true;
}

static bool case_refused(void)
{
    struct host_reply reply;
    struct host_call call;
    struct host_encoder arguments;

    REQUIRE(ping(99, NULL, LONG_TIME, &reply) == HOST_CALL_REFUSED && reply.code == HOST_REFUSED_METHOD &&
            reply.text[0]);
    host_call_init(&call, "nobody", 0, NULL, LONG_TIME);
    REQUIRE(host_call(&call, &reply) == HOST_CALL_REFUSED && reply.code == HOST_REFUSED_SERVICE);
    REQUIRE(ping(PING_SLOW, NULL, LONG_TIME, &reply) == HOST_CALL_REFUSED && reply.code == HOST_REFUSED_MALFORMED);
    host_encoder_init(&arguments);
    host_put_utf8(&arguments, "\xff");
    REQUIRE(ping(PING_QUICK, &arguments, LONG_TIME, &reply) == HOST_CALL_BAD_ARGUMENTS);
    host_encoder_free(&arguments);
    host_call_init(&call, "ping", PING_QUICK, NULL, LONG_TIME);
    call.connection = 12345;
    REQUIRE(host_call(&call, &reply) == HOST_CALL_LOST);
    return echo(PING_QUICK, 10);
}

static bool case_timeout(void)
{
    struct host_reply reply;

    REQUIRE(ping(PING_NEVER, NULL, 50, &reply) == HOST_CALL_TIMED_OUT);
    REQUIRE(ping(PING_NEVER, NULL, 0, &reply) == HOST_CALL_TIMED_OUT);
    return echo(PING_QUICK, 10);
}

/* ---- Cancellation ---- */

struct canceller
{
    struct host_call *call;
    DWORD after;
};

static DWORD WINAPI cancel_soon(void *context)
{
    struct canceller *canceller = context;

    Sleep(canceller->after);
    host_call_cancel(canceller->call);
    return 0;
}

/* At every moment of the call's life, before it begins included. */
static bool case_cancel(void)
{
    struct host_reply reply;
    struct host_call call;

    for (DWORD i = 0; i < 60; i++)
    {
        struct canceller canceller = {&call, i % 4};
        HANDLE thread;

        host_call_init(&call, "ping", i % 2 ? PING_NEVER : PING_SLOW, NULL, LONG_TIME);
        if (i % 2 == 0) call.method = PING_NEVER;
        if (i == 0) host_call_cancel(&call);
        thread = CreateThread(NULL, 0, cancel_soon, &canceller, 0, NULL);
        REQUIRE(thread);
        REQUIRE(host_call(&call, &reply) == HOST_CALL_CANCELLED);
        WaitForSingleObject(thread, INFINITE);
        CloseHandle(thread);
    }
    return echo(PING_WORKER, 10);
}

/* ---- Slow requests hold up nobody ---- */

static DWORD WINAPI wait_long(void *context)
{
    struct host_reply reply;

    return host_call(context, &reply) != HOST_CALL_CANCELLED;
}

static bool case_slow(void)
{
    enum
    {
        SLOW = 12
    };
    static struct host_call calls[SLOW];
    struct host_encoder arguments;
    HANDLE threads[SLOW];
    DWORD code;

    host_encoder_init(&arguments);
    host_put_u32(&arguments, LONG_TIME);
    for (int i = 0; i < SLOW; i++)
    {
        host_call_init(&calls[i], "ping", PING_SLOW, &arguments, INFINITE);
        threads[i] = CreateThread(NULL, 0, wait_long, &calls[i], 0, NULL);
        REQUIRE(threads[i]);
    }
    for (int i = 0; i < 100; i++)
        if (!echo(i % 2 ? PING_QUICK : PING_WORKER, 100)) return false;
    for (int i = 0; i < SLOW; i++)
        host_call_cancel(&calls[i]);
    WaitForMultipleObjects(SLOW, threads, TRUE, INFINITE);
    for (int i = 0; i < SLOW; i++)
    {
        REQUIRE(GetExitCodeThread(threads[i], &code) && code == 0);
        CloseHandle(threads[i]);
    }
    host_encoder_free(&arguments);
    return echo(PING_QUICK, 10);
}

static DWORD WINAPI echo_often(void *context)
{
    for (int i = 0; i < 200; i++)
        if (!echo(i % 3 ? PING_QUICK : PING_WORKER, (size_t)i * (uintptr_t)context)) return 1;
    return 0;
}

static bool case_threads(void)
{
    HANDLE threads[8];
    DWORD code;

    for (int i = 0; i < 8; i++)
        REQUIRE(threads[i] = CreateThread(NULL, 0, echo_often, (void *)(uintptr_t)(i + 1), 0, NULL));
    WaitForMultipleObjects(8, threads, TRUE, INFINITE);
    for (int i = 0; i < 8; i++)
    {
        REQUIRE(GetExitCodeThread(threads[i], &code) && code == 0);
        CloseHandle(threads[i]);
    }
    return true;
}

/* ---- Events ---- */

static volatile LONG events, wrong_events, losses;
static HANDLE all_came;

/* Calls the service from inside the callback, which must not wait for itself. */
static void ping_event(void *context, uint32_t code, struct host_decoder *values)
{
    size_t size;
    const uint8_t *bytes = host_get_bytes(values, &size);

    (void)context;
    if ((LONG)code != events || size != 5 || memcmp(bytes, "hello", 5)) InterlockedIncrement(&wrong_events);
    if (code % 100 == 0 && !echo(PING_QUICK, 10)) InterlockedIncrement(&wrong_events);
    if (InterlockedIncrement(&events) == 1000) SetEvent(all_came);
}

static void ping_lost(void *context)
{
    (void)context;
    InterlockedIncrement(&losses);
    SetEvent(all_came);
}

static struct host_subscription subscription = {.service = "ping", .event = ping_event, .lost = ping_lost};

static bool case_events(void)
{
    struct host_encoder arguments;
    struct host_reply reply;

    all_came = CreateEventW(NULL, FALSE, FALSE, NULL);
    host_subscribe(&subscription);
    host_encoder_init(&arguments);
    host_put_u32(&arguments, 1000);
    host_put_bytes(&arguments, "hello", 5);
    REQUIRE(ping(PING_EVENTS, &arguments, LONG_TIME, &reply) == HOST_CALL_OK && reply.code == 1000);
    REQUIRE(WaitForSingleObject(all_came, LONG_TIME) == WAIT_OBJECT_0);
    REQUIRE(events == 1000 && !wrong_events && !losses);
    host_unsubscribe(&subscription);
    REQUIRE(ping(PING_EVENTS, &arguments, LONG_TIME, &reply) == HOST_CALL_OK && reply.code == 1000);
    REQUIRE(events == 1000);
    host_encoder_free(&arguments);
    return true;
}

/* Closed from this side: waiting calls end, subscribers are told, and the next call connects anew. */
static bool case_close(void)
{
    struct host_call call;
    struct host_reply reply;
    HANDLE thread;
    DWORD code;

    all_came = CreateEventW(NULL, FALSE, FALSE, NULL);
    losses = 0;
    host_subscribe(&subscription);
    REQUIRE(echo(PING_QUICK, 1));
    host_call_init(&call, "ping", PING_NEVER, NULL, INFINITE);
    thread = CreateThread(NULL, 0, wait_long, &call, 0, NULL);
    Sleep(50);
    host_channel_close();
    WaitForSingleObject(thread, INFINITE);
    REQUIRE(GetExitCodeThread(thread, &code) && code == 1); /* not cancelled, but lost */
    REQUIRE(WaitForSingleObject(all_came, LONG_TIME) == WAIT_OBJECT_0 && losses == 1);
    host_unsubscribe(&subscription);
    REQUIRE(ping(PING_QUICK, NULL, LONG_TIME, &reply) == HOST_CALL_OK && reply.connection > 1);
    return true;
}

/* Says that it waits; the shell then kills corkd. */
static bool case_killed(void)
{
    struct host_call call;
    struct host_reply reply;
    uint64_t connection;

    REQUIRE(ping(PING_QUICK, NULL, LONG_TIME, &reply) == HOST_CALL_OK);
    connection = reply.connection;
    puts("waiting");
    fflush(stdout);
    REQUIRE(ping(PING_NEVER, NULL, LONG_TIME, &reply) == HOST_CALL_LOST);
    host_call_init(&call, "ping", PING_QUICK, NULL, LONG_TIME);
    call.connection = connection;
    REQUIRE(host_call(&call, &reply) == HOST_CALL_LOST);
    return echo(PING_QUICK, 10); /* by a new one, started again */
}

/* ---- Killed with a reply on its way ---- */

static DWORD WINAPI call_always(void *context)
{
    while (echo(context ? PING_WORKER : PING_QUICK, 100))
        ;
    return 1;
}

static DWORD WINAPI wait_always(void *context)
{
    struct host_reply reply;

    (void)context;
    ping(PING_NEVER, NULL, INFINITE, &reply);
    return 1;
}

static void ignore_event(void *context, uint32_t code, struct host_decoder *values)
{
    (void)context, (void)code, (void)values;
}

static void ignore_loss(void *context)
{
    (void)context;
}

/* Says that it is busy, and is so until the shell kills it: replies and events come all the time, and one call waits
 * for ever. */
static bool case_busy(void)
{
    static struct host_subscription ignored = {.service = "ping", .event = ignore_event, .lost = ignore_loss};
    struct host_encoder arguments;
    struct host_reply reply;
    HANDLE threads[3];

    REQUIRE(echo(PING_QUICK, 1));
    host_subscribe(&ignored);
    for (int i = 0; i < 3; i++)
        REQUIRE(threads[i] = CreateThread(NULL, 0, i ? call_always : wait_always, i == 2 ? threads : NULL, 0, NULL));
    host_encoder_init(&arguments);
    host_put_u32(&arguments, 10);
    host_put_bytes(&arguments, "hello", 5);
    puts("busy");
    fflush(stdout);
    while (ping(PING_EVENTS, &arguments, LONG_TIME, &reply) == HOST_CALL_OK)
        host_reply_free(&reply);
    return false;
}

/* Says when it has called; the shell then kills corkd, and says so. Nobody waits then: the next call connects anew,
 * whoever was to receive. */
static bool case_restarted(void)
{
    uint64_t connection;
    struct host_reply reply;

    for (int i = 0; i < 3; i++)
        REQUIRE(ping(PING_QUICK, NULL, LONG_TIME, &reply) == HOST_CALL_OK);
    connection = reply.connection;
    puts("waiting");
    fflush(stdout);
    REQUIRE(getchar() != EOF);
    REQUIRE(ping(PING_QUICK, NULL, LONG_TIME, &reply) == HOST_CALL_OK && reply.connection > connection);
    return true;
}

static bool case_status(void)
{
    struct host_reply reply;
    enum host_call_status status = ping(PING_QUICK, NULL, LONG_TIME, &reply);

    printf("%s%s%s\n", status_names[status], reply.text[0] ? ": " : "", reply.text);
    return true;
}

static bool case_installed(void)
{
    puts(host_service_is_installed() ? "installed" : "not installed");
    return true;
}

int main(int argc, char **argv)
{
    static const struct
    {
        const char *name;
        bool (*run)(void);
    } cases[] = {
        {"echo", case_echo},     {"refused", case_refused},     {"timeout", case_timeout},
        {"cancel", case_cancel}, {"slow", case_slow},           {"threads", case_threads},
        {"events", case_events}, {"close", case_close},         {"killed", case_killed},
        {"status", case_status}, {"installed", case_installed}, {"restarted", case_restarted},
        {"busy", case_busy},
    };

    for (int i = 1; i < argc; i++)
    {
        size_t at = 0;

        while (at < sizeof(cases) / sizeof(cases[0]) && strcmp(cases[at].name, argv[i]))
            at++;
        if (at == sizeof(cases) / sizeof(cases[0]) || !cases[at].run())
        {
            fprintf(stderr, "the case %s failed\n", argv[i]);
            return 1;
        }
    }
    return 0;
}
