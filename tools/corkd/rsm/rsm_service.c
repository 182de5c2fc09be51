/* The removable storage service of corkd: carries requests between its connections and the engine. */
#include "service.h"

#include <stdio.h>
#include <stdlib.h>

#include "rsm/rsm.h"
#include "rsm/rsm_service.h"
#include "rsm/win_error.h"

static struct rsm *rsm;

struct carrier
{
    struct rsm_waiter waiter;
    struct host_request *request;
};

static int service_start(const struct host_place *place)
{
    char folder[4096], dosdevices[4096];
    struct rsm_options options = {.folder = folder, .dosdevices = dosdevices, .log = host_log};
    uint32_t error;

    if (snprintf(folder, sizeof(folder), "%s/drive_c/windows/system32/NtmsData", place->prefix) >= (int)sizeof(folder))
        return -1;
    snprintf(dosdevices, sizeof(dosdevices), "%s/dosdevices", place->prefix);
    error = rsm_open(&options, &rsm);
    if (error) host_log("the removable storage database in %s cannot be used (error %u)", folder, error);
    return error ? -1 : 0;
}

static void answer(struct carrier *carrier, struct rsm_reply *reply)
{
    if (reply->malformed)
        host_request_refuse(carrier->request, HOST_REFUSED_MALFORMED, NULL);
    else
        host_request_reply(carrier->request, reply->result, &reply->values);
    free(carrier);
}

static void done(struct rsm_waiter *waiter, struct rsm_reply *reply)
{
    answer((struct carrier *)waiter, reply);
}

static void cancelled(struct host_request *request, void *context)
{
    struct carrier *carrier = context;

    (void)request;
    rsm_cancel(rsm, &carrier->waiter);
}

static void service_request(struct host_request *request)
{
    struct carrier *carrier = calloc(1, sizeof(*carrier));
    uint32_t method = host_request_method(request);
    struct rsm_reply reply;

    if (!carrier)
    {
        host_request_refuse(request, HOST_REFUSED_MEMORY, NULL);
        return;
    }
    if (method < RSM_FIRST_REQUEST || method >= RSM_END_OF_REQUESTS)
    {
        free(carrier);
        host_request_refuse(request, HOST_REFUSED_METHOD, NULL);
        return;
    }
    carrier->waiter.done = done;
    carrier->request = request;
    if (rsm_waits(method)) host_request_on_cancel(request, cancelled, carrier);
    if (!rsm_request(rsm, host_request_client(request), method, host_request_arguments(request), &reply,
                     &carrier->waiter))
        return;
    answer(carrier, &reply);
    host_encoder_free(&reply.values);
}

static void service_client_gone(host_client client)
{
    rsm_client_gone(rsm, client);
}

static bool service_is_busy(void)
{
    return rsm_is_busy(rsm);
}

static void service_stop(void)
{
    if (rsm) rsm_close(rsm);
    rsm = NULL;
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
