/*
 * A service of corkd: what answers the requests of one DLL.
 *
 * A service gives its table (struct host_service) to the list in main.c. Its request handler runs on a worker thread,
 * for several requests at the same time, those of one client too, in any order. A handler that has its answer calls
 * host_request_reply or host_request_refuse, exactly once for each request, on any thread, before or after the handler
 * returns. What takes long for other reasons than work (a person, a robot arm) keeps the request and replies later, so
 * that it holds no worker meanwhile.
 */
#ifndef CORKD_SERVICE_H
#define CORKD_SERVICE_H

#include "common/host_protocol.h"

/* A request of a client, from its arrival to its answer. It is valid until it has been answered. */
struct host_request;

/* A connected program: never used again after it has gone. */
typedef uint64_t host_client;

/* Where a service may keep things. */
struct host_place
{
    const char *prefix; /* absolute path of the Wine prefix, without a slash at the end */
    const char *folder; /* corkd's own folder in it; only this user can read it */
};

struct host_service
{
    const char *name; /* at most HOST_SERVICE_SIZE bytes */

    /* Called once, before any request. Returns 0, or -1 with a logged reason: the service then refuses its requests
     * with HOST_REFUSED_SERVICE. May be NULL. `place` stays valid. */
    int (*start)(const struct host_place *place);

    /* Answers the request. */
    void (*request)(struct host_request *request);

    /* Whether that method never waits and takes microseconds, so that the connection's own thread may call the handler:
     * it saves two thread switches. NULL: none is. */
    bool (*is_quick)(uint32_t method);

    /* The client has gone, for whatever reason. Its requests have been cancelled, and every one has been answered and
     * its handler has returned: nothing of the client is used at the same time. Called once for each client that ever
     * sent a request to this service, on a worker thread. May be NULL. */
    void (*client_gone)(host_client client);

    /* Whether something goes on that must not end because no client is connected. May be NULL: nothing ever does. */
    bool (*is_busy)(void);

    /* corkd ends: no handler runs any more, every request has been answered. May be NULL. */
    void (*stop)(void);
};

/* ---- Requests ---- */

host_client host_request_client(const struct host_request *request);
uint32_t host_request_method(const struct host_request *request);
/* The client's process id in Windows' terms and its program's name, as it said itself. */
uint32_t host_request_process(const struct host_request *request);
const char *host_request_program(const struct host_request *request);
/* The arguments, to be read by one thread at a time; they stay until the request is answered. */
struct host_decoder *host_request_arguments(struct host_request *request);
/* Gives it memory of malloc that is freed when the request itself is: the memory is there as long as the request is
 * valid, and during a cancel callback that runs while another thread answers. Once for a request, in its handler,
 * before host_request_on_cancel. */
void host_request_keep(struct host_request *request, void *memory);

/* Answers: `code` is the service's own result; `values` (may be NULL: no payload) is
 * an encoder whose content is the payload. It stays the caller's. A reply that cannot be sent (no memory, over the
 * limit) becomes a refusal. The request is gone afterwards. */
void host_request_reply(struct host_request *request, uint32_t code, const struct host_encoder *values);
/* Answers with one of enum host_refusal; `text` (NULL: the usual one) is for people. The request is gone afterwards. */
void host_request_refuse(struct host_request *request, enum host_refusal reason, const char *text);

/* Whether the client has cancelled it or is gone. */
bool host_request_is_cancelled(const struct host_request *request);
/* `cancelled` is called once, on any thread, when the request is cancelled or its client goes; at once, on this thread,
 * if that has happened already. It is called with no lock of corkd's held, and may answer the request. Another thread
 * may answer at the same time: that the request is answered once is for the service's own lock to decide. `request`
 * stays valid during the call in any case; `context` is the service's to keep valid. */
void host_request_on_cancel(struct host_request *request,
                            void (*cancelled)(struct host_request *request, void *context), void *context);

/* ---- Events ---- */

/* Sends an event to a client: `service` and `code` say what it is, `values` (may be NULL) is its payload and stays the
 * caller's. False: the client has gone, or takes in nothing and has too much waiting, and the event was dropped. */
bool host_client_event(host_client client, const char *service, uint32_t code, const struct host_encoder *values);

/* ---- The loop ---- */

/* Calls `readable` on corkd's loop thread whenever `fd` has something to read; it must not wait. Any thread may call.
 * False: no memory. */
bool host_watch(int fd, void (*readable)(int fd, void *context), void *context);
/* Ends that. When it returns `readable` does not run and will not be called for `fd` any more; not from within
 * `readable` of another fd. */
void host_unwatch(int fd);

/* ---- The log ---- */

/* One line for an administrator: a fault, or with host_log_detail something that only --verbose shows. Any thread. */
void host_log(const char *format, ...) __attribute__((format(printf, 1, 2)));
void host_log_detail(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
