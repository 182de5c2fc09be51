/*
 * The removable storage engine: what a service of Windows did for ntmsapi.dll.
 *
 * An engine owns a database, its libraries' devices and a thread for each library. Every function here may be called
 * from any thread. Results are Windows error codes (win_error.h), 0 is success; each operation is one transaction, on
 * the disk when its function returns.
 */
#ifndef CORK_RSM_RSM_H
#define CORK_RSM_RSM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/host_protocol.h"
#include "rsm/guid.h"

struct rsm;
struct rsm_session;

struct rsm_options
{
    const char *folder;     /* absolute path of the NtmsData folder, which is made if it is not there */
    const char *dosdevices; /* the prefix's dosdevices folder, where drive letters are made; NULL: none are */
    const char *drives;     /* the folder in which stand-alone drives are looked for, /dev; NULL: none are */
    void (*log)(const char *format, ...) __attribute__((format(printf, 1, 2))); /* may be NULL */
};

/* Opens the engine: takes over an imported database, settles what a killed service left, starts the libraries (their
 * first inventory goes on in the background). ERROR_DATABASE_FAILURE, ERROR_DATABASE_FULL, ERROR_NOT_ENOUGH_MEMORY. */
uint32_t rsm_open(const struct rsm_options *options, struct rsm **rsm);
/* Closes all sessions, stops the threads, closes the database. */
void rsm_close(struct rsm *rsm);

/* Whether a library works on something, or a medium is mounted: the service must not end for lack of clients. */
bool rsm_is_busy(struct rsm *rsm);
/* Waits until no library has anything left that it can do without a person. For tests. */
void rsm_drain(struct rsm *rsm);

/* The engine's invariants: calls `fault` (may be NULL) with a text for each that does not hold. Returns how many. */
unsigned rsm_check(struct rsm *rsm, void (*fault)(void *context, const char *text), void *context);

/* ---- Requests (rsm_service.h) ---- */

struct rsm_reply
{
    uint32_t result;
    bool malformed; /* the payload cannot be decoded, or there is no such request */
    struct host_encoder values;
};

/* Who waits for a request. It stays the caller's, and has to stay until the request is done. */
struct rsm_waiter
{
    _Atomic bool cancelled; /* false before rsm_request */
    /* Called once when a request that waits is done, on any thread, with no lock held. The reply's values are freed
     * afterwards. */
    void (*done)(struct rsm_waiter *waiter, struct rsm_reply *reply);
};

/* Whether requests of that kind can wait. */
bool rsm_waits(uint32_t method);

/* Performs a request. `client` is a number of the connection. Returns true when it is done: `reply` has the result and
 * values, which the caller frees (host_encoder_free). False when it waits: waiter->done is called later, or has been
 * called already. */
bool rsm_request(struct rsm *rsm, uint64_t client, uint32_t method, struct host_decoder *arguments,
                 struct rsm_reply *reply, struct rsm_waiter *waiter);
/* Cancels a request, before, while or after it is performed, but not after it is done: if it waits it ends with
 * ERROR_CANCELLED. */
void rsm_cancel(struct rsm *rsm, struct rsm_waiter *waiter);
/* The connection has gone: closes its sessions, cancels what they wait for. */
void rsm_client_gone(struct rsm *rsm, uint64_t client);

#endif
