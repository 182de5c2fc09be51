/*
 * The host channel: how a DLL talks to corkd, the prefix's host service. Windows only; link with ws2_32 and advapi32.
 *
 * Each DLL has one connection a process, made by the first call and kept: corkd is found by its endpoint file, started
 * where it does not run (the setting CorkdPath or the environment variable CORK_CORKD name it, else it is looked for
 * where `make install` puts it), and told the token. Callers receive their replies themselves, or one thread does for
 * all calls under way; events are delivered one after another by a pool thread. All functions may be called by any
 * thread, also in event callbacks.
 *
 * A connection that breaks ends the calls under way with HOST_CALL_LOST: whether they were done is not known, so they
 * are not sent again. The next call connects anew. What belongs to a connection (a session of the service) names it by
 * its number: a call for another connection than the present one fails with HOST_CALL_LOST and sends nothing.
 */
#ifndef CORK_COMMON_HOST_CHANNEL_H
#define CORK_COMMON_HOST_CHANNEL_H

#include <windows.h>

#include "common/host_protocol.h"

enum host_call_status
{
    HOST_CALL_OK,          /* there is a reply; its code says what became of the request */
    HOST_CALL_NOT_RUNNING, /* "service not running": corkd is not installed, or does not start */
    HOST_CALL_LOST,        /* the connection broke before the reply came, or another was asked for */
    HOST_CALL_TIMED_OUT,   /* the request was cancelled in the service too */
    HOST_CALL_CANCELLED,   /* by host_call_cancel; the request was cancelled in the service too */
    HOST_CALL_REFUSED, /* by corkd itself, or the endpoint is not to be trusted: reply->code is an enum host_refusal */
    HOST_CALL_NO_MEMORY,
    HOST_CALL_BAD_ARGUMENTS, /* `arguments` has an error, or is over the limit */
};

/* A call. The caller fills in the first part, sets the rest to 0 (host_call_init), and keeps it until host_call
 * returns.
 */
struct host_call
{
    const char *service;
    uint32_t method;
    const struct host_encoder *arguments; /* NULL: none */
    DWORD timeout;                        /* milliseconds, or INFINITE; connecting not included */
    uint64_t connection;                  /* 0: any, made if there is none */

    /* The channel's. */
    struct host_call *next, *previous;
    struct host_reply *reply;
    uint64_t number;
    volatile LONG cancelled;
    volatile LONG state;
    bool leads; /* its thread receives */
};

/* What came back. `values` reads the payload; host_reply_free releases it, whatever the status was. */
struct host_reply
{
    enum host_call_status status;
    uint32_t code;
    uint64_t connection; /* which connection it came by */
    struct host_decoder values;
    uint8_t *payload;             /* the memory that `values` lie in */
    char text[HOST_MESSAGE_SIZE]; /* HOST_CALL_REFUSED and HOST_CALL_NOT_RUNNING: why, for people, in English */
};

void host_call_init(struct host_call *call, const char *service, uint32_t method, const struct host_encoder *arguments,
                    DWORD timeout);
/* Calls and waits. Returns reply->status. */
enum host_call_status host_call(struct host_call *call, struct host_reply *reply);
/* Ends a call that another thread is waiting in, at once, with HOST_CALL_CANCELLED; a call that has yet to begin ends
 * so too, one that has ended is left alone. */
void host_call_cancel(struct host_call *call);
void host_reply_free(struct host_reply *reply);

/* Who gets a service's events. `event` is called for each, in their order, never two at a time; `lost` when the
 * connection has broken and no more will come. `values` is the callee's until it returns. */
struct host_subscription
{
    const char *service;
    void (*event)(void *context, uint32_t code, struct host_decoder *values);
    void (*lost)(void *context);
    void *context;
    /* It cannot go on without every event: where one cannot be kept for it, the connection is closed, and `lost`
     * called. */
    bool all;

    /* The channel's. */
    struct host_subscription *next;
};

/* Begins to deliver. It stays the caller's, in memory that stays (its callbacks may run until shortly after
 * host_unsubscribe). Which events are sent is for the service's requests to say. One subscription a service. */
void host_subscribe(struct host_subscription *subscription);
/* No callback begins afterwards; does not wait for one that runs, so that it may be called in one. */
void host_unsubscribe(struct host_subscription *subscription);

/* Whether corkd is installed here, so that starting it is worth trying; for a DLL that has another way. */
bool host_service_is_installed(void);

/* A Windows path as the host has it, UTF-8, for what corkd has to find; what is named last need not exist. False on
 * Windows itself, where its folder does not exist, or where `size` bytes do not hold it. */
bool host_path(const WCHAR *windows_path, char *path, size_t size);

/* Closes the connection, if there is one, so that the DLL may be unloaded: until then it holds itself in memory. Calls
 * under way end with HOST_CALL_LOST. */
void host_channel_close(void);

#endif
