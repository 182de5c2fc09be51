/*
 * The hosted network: its start and end, its status, WlanRegisterVirtualStationNotification.
 *
 * A use belongs to its handle: closing the handle gives up its uses, and the service gives up those of a process that
 * ends.
 */
#include "wlanapi/hosted.h"

#include "common/trace.h"
#include "wlanapi/handle.h"
#include "wlanapi/security.h"

CORK_TRACE_CHANNEL(wlanapi);

#define PEER_LEAST 10 /* bytes of the wire */

DWORD hosted_fail(DWORD error, WLAN_HOSTED_NETWORK_REASON reason, WLAN_HOSTED_NETWORK_REASON *place)
{
    if (place) *place = reason;
    return error;
}

DWORD hosted_check(HANDLE handle, const void *reserved, WLAN_HOSTED_NETWORK_REASON *reason)
{
    DWORD error = !handle || reserved ? ERROR_INVALID_PARAMETER : handle_check(handle);

    return error ? hosted_fail(error, wlan_hosted_network_reason_bad_parameters, reason) : ERROR_SUCCESS;
}

DWORD hosted_send(struct wlan_call *call, enum wlan_method method, WLAN_HOSTED_NETWORK_REASON *reason)
{
    DWORD error = call_send(call, method), number = host_get_u32(&call->reply.values);

    if (error == ERROR_SERVICE_NOT_ACTIVE)
        number = wlan_hosted_network_reason_service_unavailable;
    else if (call->reply.values.error)
        number = wlan_hosted_network_reason_unspecified;
    return hosted_fail(error, (WLAN_HOSTED_NETWORK_REASON)number, reason);
}

static DWORD start_or_stop(enum wlan_method method, BOOL by_force, WLAN_HOSTED_NETWORK_REASON *reason)
{
    struct wlan_call call;

    call_begin(&call);
    host_put_bool(&call.arguments, by_force != FALSE);
    return call_end(&call, hosted_send(&call, method, reason));
}

/* ---- Uses ---- */

void hosted_client_closed(struct wlan_client *client)
{
    for (; client->hosted_uses > 0; client->hosted_uses--)
        if (start_or_stop(WLAN_HOSTED_STOP, FALSE, NULL)) break;
}

/* One use less. False: the handle has none. */
static BOOL take_use(struct wlan_client *client)
{
    LONG uses = client->hosted_uses, seen;

    for (; uses > 0; uses = seen)
    {
        seen = InterlockedCompareExchange(&client->hosted_uses, uses - 1, uses);
        if (seen == uses) return TRUE;
    }
    return FALSE;
}

static DWORD use(HANDLE handle, WLAN_HOSTED_NETWORK_REASON *reason, BOOL start)
{
    struct wlan_client *client;
    struct cork_pin pin;
    void *object;
    DWORD error = handle_pin(handle, HANDLE_CLIENT, &object, &pin);

    if (error) return hosted_fail(error, wlan_hosted_network_reason_bad_parameters, reason);
    client = object;
    if (start)
    {
        error = start_or_stop(WLAN_HOSTED_START, FALSE, reason);
        if (!error) InterlockedIncrement(&client->hosted_uses);
    }
    else if (take_use(client))
        error = start_or_stop(WLAN_HOSTED_STOP, FALSE, reason);
    else
    {
        error = reach_service();
        error = hosted_fail(error ? error : ERROR_INVALID_STATE,
                            error ? wlan_hosted_network_reason_service_unavailable
                                  : wlan_hosted_network_reason_stop_before_start,
                            reason);
    }
    cork_pin_release(&pin);
    return error;
}

/*
 * WlanHostedNetworkStartUsing (nf-wlanapi-wlanhostednetworkstartusing): the hosted network is active when it returns,
 * and stays so until the handle has called WlanHostedNetworkStopUsing as often, is closed, or the process ends. It
 * needs an interface that can be an access point and is not connected. ERROR_INVALID_PARAMETER (NULL, pvReserved),
 * ERROR_INVALID_HANDLE, ERROR_INVALID_STATE (it is disabled, or there is no such interface), ERROR_GEN_FAILURE
 * (wpa_supplicant could not make it), ERROR_SERVICE_NOT_ACTIVE; *pFailReason says more. Any thread.
 */
DWORD WINAPI WlanHostedNetworkStartUsing(HANDLE hClientHandle, WLAN_HOSTED_NETWORK_REASON *pFailReason,
                                         PVOID pvReserved)
{
    DWORD error;

    CORK_TRACE("%p, %p, %p\n", hClientHandle, pFailReason, pvReserved);
    error = hosted_check(hClientHandle, pvReserved, pFailReason);
    return error ? error : use(hClientHandle, pFailReason, TRUE);
}

/*
 * WlanHostedNetworkStopUsing (nf-wlanapi-wlanhostednetworkstopusing): one use less; with the last one it is idle when
 * this returns. ERROR_INVALID_PARAMETER (NULL, pvReserved), ERROR_INVALID_HANDLE, ERROR_INVALID_STATE (the handle has
 * no use left, or somebody has stopped it meanwhile), ERROR_SERVICE_NOT_ACTIVE. Any thread.
 */
DWORD WINAPI WlanHostedNetworkStopUsing(HANDLE hClientHandle, WLAN_HOSTED_NETWORK_REASON *pFailReason, PVOID pvReserved)
{
    DWORD error;

    CORK_TRACE("%p, %p, %p\n", hClientHandle, pFailReason, pvReserved);
    error = hosted_check(hClientHandle, pvReserved, pFailReason);
    return error ? error : use(hClientHandle, pFailReason, FALSE);
}

/*
 * WlanHostedNetworkForceStart (nf-wlanapi-wlanhostednetworkforcestart): active until WlanHostedNetworkForceStop, also
 * when the process has ended. As WlanHostedNetworkStartUsing, and ERROR_ACCESS_DENIED where
 * wlan_secure_hosted_network_elevated_access does not grant WLAN_WRITE_ACCESS.
 */
DWORD WINAPI WlanHostedNetworkForceStart(HANDLE hClientHandle, WLAN_HOSTED_NETWORK_REASON *pFailReason,
                                         PVOID pvReserved)
{
    DWORD error;

    CORK_TRACE("%p, %p, %p\n", hClientHandle, pFailReason, pvReserved);
    error = hosted_check(hClientHandle, pvReserved, pFailReason);
    if (error) return error;
    error = hosted_check_elevated(pFailReason);
    return error ? error : start_or_stop(WLAN_HOSTED_START, TRUE, pFailReason);
}

/*
 * WlanHostedNetworkForceStop (nf-wlanapi-wlanhostednetworkforcestop): idle, whoever uses it. ERROR_INVALID_PARAMETER
 * (NULL, pvReserved), ERROR_INVALID_HANDLE, ERROR_INVALID_STATE (it is not active), ERROR_SERVICE_NOT_ACTIVE. Any
 * thread.
 */
DWORD WINAPI WlanHostedNetworkForceStop(HANDLE hClientHandle, WLAN_HOSTED_NETWORK_REASON *pFailReason, PVOID pvReserved)
{
    DWORD error;

    CORK_TRACE("%p, %p, %p\n", hClientHandle, pFailReason, pvReserved);
    error = hosted_check(hClientHandle, pvReserved, pFailReason);
    return error ? error : start_or_stop(WLAN_HOSTED_STOP, TRUE, pFailReason);
}

/* ---- Status ---- */

static DWORD read_status(struct host_decoder *values, WLAN_HOSTED_NETWORK_STATUS **status)
{
    WLAN_HOSTED_NETWORK_STATUS head = {0};
    uint32_t count;

    head.HostedNetworkState = (WLAN_HOSTED_NETWORK_STATE)host_get_u32(values);
    interface_guid(host_get_u32(values), &head.IPDeviceID);
    get_address(values, head.wlanHostedNetworkBSSID);
    head.dot11PhyType = (DOT11_PHY_TYPE)host_get_u32(values);
    head.ulChannelFrequency = host_get_u32(values);
    count = host_get_list(values, PEER_LEAST);
    *status = WlanAllocateMemory((DWORD)(sizeof(**status) + count * sizeof((*status)->PeerList[0])));
    if (!*status) return ERROR_OUTOFMEMORY;
    **status = head;
    (*status)->dwNumberOfPeers = count;
    for (uint32_t i = 0; i < count; i++)
    {
        get_address(values, (*status)->PeerList[i].PeerMacAddress);
        (*status)->PeerList[i].PeerAuthState = (WLAN_HOSTED_NETWORK_PEER_AUTH_STATE)host_get_u32(values);
    }
    return ERROR_SUCCESS;
}

/*
 * WlanHostedNetworkQueryStatus (nf-wlanapi-wlanhostednetworkquerystatus): its state, interface, address, channel (MHz)
 * and peers, to be freed by WlanFreeMemory. ERROR_INVALID_PARAMETER (a NULL, pvReserved), ERROR_INVALID_HANDLE,
 * ERROR_OUTOFMEMORY, ERROR_SERVICE_NOT_ACTIVE. Any thread.
 */
DWORD WINAPI WlanHostedNetworkQueryStatus(HANDLE hClientHandle, WLAN_HOSTED_NETWORK_STATUS **ppWlanHostedNetworkStatus,
                                          PVOID pvReserved)
{
    struct wlan_call call;
    DWORD error;

    CORK_TRACE("%p, %p, %p\n", hClientHandle, ppWlanHostedNetworkStatus, pvReserved);
    if (!ppWlanHostedNetworkStatus) return ERROR_INVALID_PARAMETER;
    *ppWlanHostedNetworkStatus = NULL;
    error = hosted_check(hClientHandle, pvReserved, NULL);
    if (error) return error;
    call_begin(&call);
    error = hosted_send(&call, WLAN_HOSTED_STATUS, NULL);
    if (!error) error = read_status(&call.reply.values, ppWlanHostedNetworkStatus);
    error = call_end(&call, error);
    if (!error) return ERROR_SUCCESS;
    WlanFreeMemory(*ppWlanHostedNetworkStatus);
    *ppWlanHostedNetworkStatus = NULL;
    return error;
}

/*
 * WlanRegisterVirtualStationNotification (nf-wlanapi-wlanregistervirtualstationnotification): "The VSTA adapter is
 * optional and can only be created in the system by the corresponding IHV service": there is none, so nothing comes,
 * registered or not. ERROR_INVALID_PARAMETER (NULL, pReserved), ERROR_INVALID_HANDLE, ERROR_SERVICE_NOT_ACTIVE. Any
 * thread.
 */
DWORD WINAPI WlanRegisterVirtualStationNotification(HANDLE hClientHandle, BOOL bRegister, PVOID pReserved)
{
    DWORD error;

    CORK_TRACE("%p, %d, %p\n", hClientHandle, bRegister, pReserved);
    error = hosted_check(hClientHandle, pReserved, NULL);
    return error ? error : reach_service();
}
