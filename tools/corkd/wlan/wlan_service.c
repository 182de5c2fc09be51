/* The service "wlan": carries requests to the operations. */
#include "corkd/wlan/wlan_service.h"

#include <stdatomic.h>
#include <stddef.h>

#include "corkd/wlan/wlan.h"

/* wpa_supplicant is looked for by the first request, so that a corkd that is there for other DLLs leaves it alone. */
static struct
{
    pthread_mutex_t lock;
    _Atomic(struct wlan *) wlan;
    const struct host_place *place;
} service = {.lock = PTHREAD_MUTEX_INITIALIZER};

static wlan_operation *const operations[WLAN_METHODS_END] = {
    [WLAN_ATTACH] = wlan_attach,
    [WLAN_ENUM_INTERFACES] = wlan_enum_interfaces,
    [WLAN_INTERFACE_CAPABILITY_OF] = wlan_interface_capability,
    [WLAN_REQUEST_SCAN] = wlan_scan,
    [WLAN_BSS_LIST_OF] = wlan_bss_list,
    [WLAN_QUERY_INTERFACE_OPCODE] = wlan_query_opcode,
    [WLAN_SET_INTERFACE_OPCODE] = wlan_set_opcode,
    [WLAN_QUERY_AUTO_CONFIG] = wlan_query_auto_config,
    [WLAN_SET_AUTO_CONFIG] = wlan_set_auto_config,
    [WLAN_SET_FILTER] = wlan_set_filter,
    [WLAN_GET_FILTER] = wlan_get_filter,
    [WLAN_SET_SECURITY] = wlan_set_security,
    [WLAN_GET_SECURITY] = wlan_get_security,
    [WLAN_HOSTED_START] = wlan_hosted_start,
    [WLAN_HOSTED_STOP] = wlan_hosted_stop,
    [WLAN_HOSTED_INIT] = wlan_hosted_initialize,
    [WLAN_HOSTED_REFRESH] = wlan_hosted_refresh,
    [WLAN_HOSTED_GET] = wlan_hosted_get,
    [WLAN_HOSTED_SET] = wlan_hosted_set,
    [WLAN_HOSTED_STATUS] = wlan_hosted_status,
    [WLAN_HOSTED_SET_KEY] = wlan_hosted_set_key,
    [WLAN_HOSTED_GET_KEY] = wlan_hosted_get_key,
    [WLAN_SET_PSD_ELEMENTS] = wlan_set_psd,
    [WLAN_SET_PROFILE] = wlan_set_profile,
    [WLAN_GET_PROFILE] = wlan_get_profile,
    [WLAN_PROFILE_SECURITY] = wlan_profile_security,
    [WLAN_PROFILE_NAME] = wlan_profile_name,
    [WLAN_DELETE_PROFILE] = wlan_delete_profile,
    [WLAN_RENAME_PROFILE] = wlan_rename_profile,
    [WLAN_PROFILE_LIST] = wlan_profile_list,
    [WLAN_SET_PROFILE_LIST] = wlan_set_profile_list,
    [WLAN_SET_PROFILE_POSITION] = wlan_set_profile_position,
    [WLAN_SET_PROFILE_USER_DATA] = wlan_set_profile_data,
    [WLAN_GET_PROFILE_USER_DATA] = wlan_profile_data,
    [WLAN_SAVE_TEMPORARY_PROFILE] = wlan_save_temporary_profile,
    [WLAN_AVAILABLE_NETWORKS] = wlan_available_networks,
    [WLAN_CONNECT] = wlan_connect,
    [WLAN_DISCONNECT] = wlan_disconnect,
    [WLAN_DIRECT_OPEN] = wlan_direct_open,
    [WLAN_DIRECT_OPEN_LEGACY] = wlan_direct_open_legacy,
    [WLAN_DIRECT_CANCEL] = wlan_direct_cancel,
    [WLAN_DIRECT_CLOSE] = wlan_direct_close,
    [WLAN_DIRECT_VISIBILITY] = wlan_direct_visibility,
    [WLAN_DIRECT_FIND] = wlan_direct_find,
    [WLAN_DIRECT_PEERS] = wlan_direct_peers,
};

static struct wlan *open_wlan(void)
{
    struct wlan *wlan = service.wlan;

    if (wlan) return wlan;
    pthread_mutex_lock(&service.lock);
    if (!service.wlan) service.wlan = wlan_open(service.place);
    wlan = service.wlan;
    pthread_mutex_unlock(&service.lock);
    return wlan;
}

/* What one that was killed has left is not left until somebody asks for something. */
static int service_start(const struct host_place *place)
{
    service.place = place;
    if (wlan_direct_has_record(place)) open_wlan();
    return 0;
}

static void service_request(struct host_request *request)
{
    uint32_t method = host_request_method(request), result;
    struct host_encoder values;
    struct wlan *wlan;

    if (!method || method >= WLAN_METHODS_END)
    {
        host_request_refuse(request, HOST_REFUSED_METHOD, NULL);
        return;
    }
    if (!operations[method])
    {
        host_request_reply(request, ERROR_NOT_SUPPORTED, NULL);
        return;
    }
    wlan = open_wlan();
    if (!wlan)
    {
        host_request_refuse(request, HOST_REFUSED_MEMORY, NULL);
        return;
    }
    host_encoder_init(&values);
    result = operations[method](wlan, host_request_client(request), host_request_arguments(request), &values);
    host_log_detail("client %llu: wlan request %u: %u", (unsigned long long)host_request_client(request), method,
                    result);
    if (result == WLAN_MALFORMED)
        host_request_refuse(request, HOST_REFUSED_MALFORMED, NULL);
    else
        host_request_reply(request, result, &values);
    host_encoder_free(&values);
}

/* Only looks at what is known. The first request of all finds wpa_supplicant, which may take its time. */
static bool service_is_quick(uint32_t method)
{
    return method == WLAN_ENUM_INTERFACES && service.wlan != NULL;
}

static void service_client_gone(host_client client)
{
    if (service.wlan) wlan_client_gone(service.wlan, client);
}

/* A connection is held, or a hosted network was started by force and goes on without programs. */
static bool service_is_busy(void)
{
    struct wlan *wlan = service.wlan;

    return wlan && (wlan_connect_is_busy(wlan) || wlan_hosted_is_active(wlan));
}

static void service_stop(void)
{
    if (service.wlan) wlan_close(service.wlan);
    service.wlan = NULL;
}

extern const struct host_service wlan_service;
const struct host_service wlan_service = {
    .name = WLAN_SERVICE,
    .start = service_start,
    .request = service_request,
    .is_quick = service_is_quick,
    .client_gone = service_client_gone,
    .is_busy = service_is_busy,
    .stop = service_stop,
};
