/* The removable storage service of corkd: carries requests between its connections and the engine. */
#include "service.h"

#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "rsm/engine.h"
#include "rsm/request_names.h"
#include "rsm/rsm_service.h"

/* The engine is opened by the first session, so that a corkd that is there for other DLLs has no database open, and so
 * that whoever opens that session can say where it is. */
static struct
{
    pthread_mutex_t lock;
    _Atomic(struct rsm *) rsm;
    const struct host_place *place;
    char folder[PATH_MAX]; /* of the database */
} engine = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* Kept by the request: it may be cancelled while another thread answers it. */
struct carrier
{
    struct rsm_waiter waiter;
    struct host_request *request;
};

/* ---- Opening ---- */

static int service_start(const struct host_place *place)
{
    engine.place = place;
    return snprintf(engine.folder, sizeof(engine.folder), "%s/drive_c/windows/system32/NtmsData", place->prefix) >=
                   (int)sizeof(engine.folder)
               ? -1
               : 0;
}

/* Where stand-alone drives are looked for: CORK_CORKD_DRIVES, an empty one for nowhere; /dev. */
static const char *drives_folder(void)
{
    const char *folder = getenv("CORK_CORKD_DRIVES");

    if (!folder) return "/dev";
    return folder[0] == '/' ? folder : NULL;
}

/* With the lock. Tried again by each session that is opened while it fails: the disk may have room again. */
static bool open_engine(void)
{
    char dosdevices[PATH_MAX];
    struct rsm_options options = {
        .folder = engine.folder, .dosdevices = dosdevices, .drives = drives_folder(), .log = host_log};
    struct rsm *rsm = engine.rsm;
    uint32_t error;

    if (rsm) return true;
    if (snprintf(dosdevices, sizeof(dosdevices), "%s/dosdevices", engine.place->prefix) >= (int)sizeof(dosdevices))
        return false;
    error = rsm_open(&options, &rsm);
    if (error)
        host_log("the removable storage database in %s cannot be used (error %u)", engine.folder, error);
    else
        engine.rsm = rsm;
    return !error;
}

static bool engine_is_open(bool open)
{
    bool is_open;

    if (engine.rsm) return true;
    pthread_mutex_lock(&engine.lock);
    is_open = engine.rsm || (open && open_engine());
    pthread_mutex_unlock(&engine.lock);
    return is_open;
}

static void place_database(struct host_request *request)
{
    char folder[sizeof(engine.folder)];
    bool too_long = false;

    get_text(host_request_arguments(request), folder, sizeof(folder), sizeof(folder), &too_long);
    if (host_decoder_finish(host_request_arguments(request), true) || too_long)
    {
        host_request_refuse(request, HOST_REFUSED_MALFORMED, NULL);
        return;
    }
    pthread_mutex_lock(&engine.lock);
    if (!engine.rsm && folder[0] == '/') strcpy(engine.folder, folder);
    if (engine.rsm && strcmp(engine.folder, folder))
        host_log_detail("the database stays in %s until the next start", engine.folder);
    pthread_mutex_unlock(&engine.lock);
    host_request_reply(request, folder[0] == '/' ? 0 : ERROR_INVALID_PARAMETER, NULL);
}

/* ---- Requests ---- */

static void answer(struct carrier *carrier, struct rsm_reply *reply)
{
    host_log_detail("client %llu: %s: %s %u", (unsigned long long)host_request_client(carrier->request),
                    rsm_request_name(host_request_method(carrier->request)), reply->malformed ? "malformed" : "result",
                    reply->result);
    if (reply->malformed)
        host_request_refuse(carrier->request, HOST_REFUSED_MALFORMED, NULL);
    else
        host_request_reply(carrier->request, reply->result, &reply->values);
}

static void done(struct rsm_waiter *waiter, struct rsm_reply *reply)
{
    answer((struct carrier *)waiter, reply);
}

static void cancelled(struct host_request *request, void *context)
{
    struct carrier *carrier = context;

    (void)request;
    rsm_cancel(engine.rsm, &carrier->waiter);
}

static void carry(struct host_request *request, uint32_t method)
{
    struct carrier *carrier = calloc(1, sizeof(*carrier));
    struct rsm_reply reply;

    if (!carrier)
    {
        host_request_refuse(request, HOST_REFUSED_MEMORY, NULL);
        return;
    }
    carrier->waiter.done = done;
    carrier->request = request;
    host_request_keep(request, carrier);
    if (rsm_waits(method))
    {
        host_log_detail("client %llu: %s begins", (unsigned long long)host_request_client(request),
                        rsm_request_name(method));
        host_request_on_cancel(request, cancelled, carrier);
    }
    if (!rsm_request(engine.rsm, host_request_client(request), method, host_request_arguments(request), &reply,
                     &carrier->waiter))
        return;
    answer(carrier, &reply);
    host_encoder_free(&reply.values);
}

static void service_request(struct host_request *request)
{
    uint32_t method = host_request_method(request);

    if (method < RSM_FIRST_REQUEST || method >= RSM_END_OF_REQUESTS)
        host_request_refuse(request, HOST_REFUSED_METHOD, NULL);
    else if (method == RSM_PLACE_DATABASE)
        place_database(request);
    else if (engine_is_open(method == RSM_OPEN_SESSION))
        carry(request, method);
    else if (method == RSM_OPEN_SESSION)
        host_request_refuse(request, HOST_REFUSED_SERVICE, "the removable storage database cannot be used");
    else
        host_request_reply(request, ERROR_INVALID_HANDLE, NULL); /* there are no sessions yet */
}

static void service_client_gone(host_client client)
{
    if (engine.rsm) rsm_client_gone(engine.rsm, client);
}

static bool service_is_busy(void)
{
    return engine.rsm && rsm_is_busy(engine.rsm);
}

static void service_stop(void)
{
    if (engine.rsm) rsm_close(engine.rsm);
    engine.rsm = NULL;
}

extern const struct host_service rsm_service;
const struct host_service rsm_service = {
    .name = RSM_SERVICE,
    .start = service_start,
    .request = service_request,
    .client_gone = service_client_gone,
    .is_busy = service_is_busy,
    .stop = service_stop,
};
