/*
 * Networks: WlanScan, WlanGetNetworkBssList.
 */
#include <stdlib.h>

#include "common/trace.h"
#include "wlanapi/call.h"
#include "wlanapi/handle.h"

CORK_TRACE_CHANNEL(wlanapi);

/* The least that a BSS takes of the wire. */
#define BSS_LEAST 54

static BOOL is_ssid(const DOT11_SSID *ssid)
{
    return !ssid || ssid->uSSIDLength <= DOT11_SSID_MAX_LENGTH;
}

static DWORD scan(uint32_t index, const DOT11_SSID *ssid, const WLAN_RAW_DATA *elements)
{
    struct wlan_call call;

    call_begin(&call);
    host_put_u32(&call.arguments, index);
    put_ssid(&call.arguments, ssid);
    host_put_bytes(&call.arguments, elements ? elements->DataBlob : NULL, elements ? elements->dwDataSize : 0);
    return call_end(&call, call_send(&call, WLAN_REQUEST_SCAN));
}

/*
 * WlanScan (nf-wlanapi-wlanscan): asks for a scan and returns; wlan_notification_acm_scan_complete or _scan_fail tells
 * its end. pIeData goes into the probe requests. ERROR_INVALID_PARAMETER (a NULL, pReserved, an SSID that is too long;
 * for a client of Windows XP's API an SSID or data at all), ERROR_INVALID_HANDLE, ERROR_NOT_FOUND (no such interface),
 * ERROR_SERVICE_NOT_ACTIVE. Any thread.
 */
DWORD WINAPI WlanScan(HANDLE hClientHandle, const GUID *pInterfaceGuid, const DOT11_SSID *pDot11Ssid,
                      const WLAN_RAW_DATA *pIeData, PVOID pReserved)
{
    uint32_t index;
    DWORD error;

    CORK_TRACE("%p, %p, %p, %p, %p\n", hClientHandle, pInterfaceGuid, pDot11Ssid, pIeData, pReserved);
    if (!pInterfaceGuid || pReserved || !is_ssid(pDot11Ssid)) return ERROR_INVALID_PARAMETER;
    error = handle_check_version(hClientHandle);
    if (error == ERROR_NOT_SUPPORTED) error = pDot11Ssid || pIeData ? ERROR_INVALID_PARAMETER : ERROR_SUCCESS;
    if (!error) error = interface_index(pInterfaceGuid, &index);
    return error ? error : scan(index, pDot11Ssid, pIeData);
}

/* ---- The BSS list ---- */

/* Reads one entry; its elements go to *elements, *size bytes in the reply. */
static void read_entry(struct host_decoder *values, WLAN_BSS_ENTRY *entry, const uint8_t **elements, size_t *size)
{
    uint32_t count;

    memset(entry, 0, sizeof(*entry));
    get_address(values, entry->dot11Bssid);
    entry->ulChCenterFrequency = host_get_u32(values) * 1000; /* kHz */
    entry->usBeaconPeriod = host_get_u16(values);
    entry->usCapabilityInformation = host_get_u16(values);
    entry->lRssi = host_get_i32(values);
    entry->ullTimestamp = host_get_u64(values);
    entry->ullHostTimestamp = host_get_u64(values);
    *elements = host_get_bytes(values, size);
    entry->dot11BssPhyType = (DOT11_PHY_TYPE)host_get_u32(values);
    count = host_get_list(values, 2);
    for (uint32_t i = 0; i < count; i++)
    {
        USHORT rate = host_get_u16(values);

        if (i < DOT11_RATE_SET_MAX_LENGTH) entry->wlanRateSet.usRateSet[i] = rate;
    }
    entry->wlanRateSet.uRateSetLength = 2 * min(count, DOT11_RATE_SET_MAX_LENGTH); /* bytes */
    get_ssid(values, &entry->dot11Ssid);
    entry->uLinkQuality = host_get_u32(values);
    entry->dot11BssType =
        (entry->usCapabilityInformation & 3) == 2 ? dot11_BSS_type_independent : dot11_BSS_type_infrastructure;
    entry->bInRegDomain = TRUE; /* the kernel does not listen elsewhere */
}

/* The entries, and behind the last the elements of each. */
static DWORD build_list(struct host_decoder *values, WLAN_BSS_LIST **list)
{
    struct host_decoder again;
    uint32_t count = host_get_list(values, BSS_LEAST);
    size_t total = offsetof(WLAN_BSS_LIST, wlanBssEntries) + count * sizeof(WLAN_BSS_ENTRY), at = total, size;
    const uint8_t *elements;
    WLAN_BSS_ENTRY entry;

    again = *values;
    for (uint32_t i = 0; i < count; i++)
    {
        read_entry(values, &entry, &elements, &size);
        total += size;
    }
    if (values->error) return ERROR_GEN_FAILURE;
    *list = WlanAllocateMemory((DWORD)max(total, sizeof(**list)));
    if (!*list) return ERROR_NOT_ENOUGH_MEMORY;
    (*list)->dwTotalSize = (DWORD)total;
    (*list)->dwNumberOfItems = count;
    for (uint32_t i = 0; i < count; i++)
    {
        WLAN_BSS_ENTRY *place = &(*list)->wlanBssEntries[i];

        read_entry(&again, place, &elements, &size);
        place->ulIeOffset = (ULONG)((BYTE *)*list + at - (BYTE *)place);
        place->ulIeSize = (ULONG)size;
        memcpy((BYTE *)*list + at, elements, size);
        at += size;
    }
    return ERROR_SUCCESS;
}

static DWORD get_bss_list(uint32_t index, const DOT11_SSID *ssid, DOT11_BSS_TYPE type, BOOL secure,
                          WLAN_BSS_LIST **list)
{
    struct wlan_call call;
    DWORD error;

    *list = NULL;
    call_begin(&call);
    host_put_u32(&call.arguments, index);
    put_ssid(&call.arguments, ssid);
    host_put_u32(&call.arguments, ssid ? type : dot11_BSS_type_any);
    host_put_bool(&call.arguments, secure != FALSE);
    error = call_send(&call, WLAN_BSS_LIST_OF);
    if (!error) error = build_list(&call.reply.values, list);
    error = call_end(&call, error);
    if (!error) return ERROR_SUCCESS;
    WlanFreeMemory(*list);
    *list = NULL;
    return error;
}

/* "If dot11BssType is set to dot11_BSS_type_any, then the function returns ERROR_SUCCESS but no BSS entries." */
static DWORD empty_list(WLAN_BSS_LIST **list)
{
    *list = WlanAllocateMemory(sizeof(**list));
    if (!*list) return ERROR_NOT_ENOUGH_MEMORY;
    memset(*list, 0, sizeof(**list));
    (*list)->dwTotalSize = offsetof(WLAN_BSS_LIST, wlanBssEntries);
    return ERROR_SUCCESS;
}

/*
 * WlanGetNetworkBssList (nf-wlanapi-wlangetnetworkbsslist): what the radio has heard of, or of one network: with
 * pDot11Ssid the type has to be infrastructure or independent, and bSecurityEnabled counts. *ppWlanBssList is to be
 * freed by WlanFreeMemory; each entry's information elements are as they came from the air. ERROR_INVALID_PARAMETER,
 * ERROR_INVALID_HANDLE, ERROR_NOT_FOUND (no such interface), ERROR_NOT_SUPPORTED (a client of Windows XP's API),
 * ERROR_NOT_ENOUGH_MEMORY, ERROR_SERVICE_NOT_ACTIVE. Any thread.
 */
DWORD WINAPI WlanGetNetworkBssList(HANDLE hClientHandle, const GUID *pInterfaceGuid, const DOT11_SSID *pDot11Ssid,
                                   DOT11_BSS_TYPE dot11BssType, BOOL bSecurityEnabled, PVOID pReserved,
                                   WLAN_BSS_LIST **ppWlanBssList)
{
    uint32_t index;
    DWORD error;

    CORK_TRACE("%p, %p, %p, %d, %d, %p, %p\n", hClientHandle, pInterfaceGuid, pDot11Ssid, dot11BssType,
               bSecurityEnabled, pReserved, ppWlanBssList);
    if (!pInterfaceGuid || !ppWlanBssList || pReserved || !is_ssid(pDot11Ssid)) return ERROR_INVALID_PARAMETER;
    if (pDot11Ssid && (dot11BssType < dot11_BSS_type_infrastructure || dot11BssType > dot11_BSS_type_any))
        return ERROR_INVALID_PARAMETER;
    error = handle_check_version(hClientHandle);
    if (!error) error = interface_index(pInterfaceGuid, &index);
    if (error) return error;
    if (pDot11Ssid && dot11BssType == dot11_BSS_type_any) return empty_list(ppWlanBssList);
    return get_bss_list(index, pDot11Ssid, dot11BssType, bSecurityEnabled, ppWlanBssList);
}
