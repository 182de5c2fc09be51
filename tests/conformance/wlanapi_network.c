/*
 * Scans, networks, notifications.
 */
#include "wlanapi_test.h"

/* ---- Notifications ---- */

struct heard
{
    HANDLE event;
    LONG scans, others;
    GUID interface_guid;
    HANDLE close_in_callback; /* a client's handle */
    DWORD close_result;
};

static void WINAPI on_notification(WLAN_NOTIFICATION_DATA *data, void *context)
{
    struct heard *heard = context;

    if (data->NotificationSource == WLAN_NOTIFICATION_SOURCE_ACM &&
        data->NotificationCode == wlan_notification_acm_scan_complete)
    {
        heard->interface_guid = data->InterfaceGuid;
        InterlockedIncrement(&heard->scans);
        if (heard->close_in_callback) heard->close_result = pWlanCloseHandle(heard->close_in_callback, NULL);
        SetEvent(heard->event);
    }
    else
        InterlockedIncrement(&heard->others);
}

static BOOL hear_scan(struct heard *heard, const GUID *guid)
{
    ResetEvent(heard->event);
    return GIVES(ERROR_SUCCESS, pWlanScan(client(), guid, NULL, NULL, NULL)) &&
           WaitForSingleObject(heard->event, LONG_TIME) == WAIT_OBJECT_0;
}

static void notifications(void)
{
    struct heard heard = {.event = CreateEventW(NULL, TRUE, FALSE, NULL)};
    DWORD before = 7, reserved;
    BOOL there;
    GUID guid;

    there = station(&guid);
    CHECK(
        WlanRegisterNotification, ERROR_INVALID_PARAMETER,
        "This error is returned if hClientHandle is NULL or if pReserved is not NULL.",
        GIVES(ERROR_INVALID_PARAMETER, pWlanRegisterNotification(NULL, 0, FALSE, NULL, NULL, NULL, NULL)) &&
            GIVES(ERROR_INVALID_PARAMETER, pWlanRegisterNotification(client(), 0, FALSE, NULL, NULL, &reserved, NULL)));
    CHECK(WlanRegisterNotification, no_callback,
          "The function will return an error if dwNotifSource is not NONE and the client fails to provide a callback "
          "function.",
          GIVES(ERROR_INVALID_PARAMETER,
                pWlanRegisterNotification(client(), WLAN_NOTIFICATION_SOURCE_ACM, FALSE, NULL, NULL, NULL, NULL)));
    CHECK(WlanRegisterNotification, ERROR_INVALID_HANDLE, "The handle hClientHandle was not found in the handle table.",
          GIVES(ERROR_INVALID_HANDLE, pWlanRegisterNotification(BAD_HANDLE, 0, FALSE, NULL, NULL, NULL, NULL)));
    CHECK(WlanRegisterNotification, ERROR_SUCCESS, "If the function succeeds, the return value is ERROR_SUCCESS.",
          GIVES(ERROR_SUCCESS, pWlanRegisterNotification(client(), WLAN_NOTIFICATION_SOURCE_ACM, FALSE, on_notification,
                                                         &heard, NULL, &before)) &&
              before == 0);
    CHECK_IF(there, NEEDS_STATION, WlanRegisterNotification, callback,
             "Once registered, the callback function will be called whenever a notification is available.",
             hear_scan(&heard, &guid) && IsEqualGUID(&heard.interface_guid, &guid));
    CHECK(WlanRegisterNotification, previous, "A pointer to the previously registered notification sources.",
          GIVES(ERROR_SUCCESS,
                pWlanRegisterNotification(client(), WLAN_NOTIFICATION_SOURCE_NONE, FALSE, NULL, NULL, NULL, &before)) &&
              before == WLAN_NOTIFICATION_SOURCE_ACM);
    CloseHandle(heard.event);
}

static void close_in_callback(void)
{
    struct heard heard = {.event = CreateEventW(NULL, TRUE, FALSE, NULL), .close_result = 1};
    DWORD version;
    GUID guid;
    BOOL there = station(&guid);

    if (pWlanOpenHandle(2, NULL, &version, &heard.close_in_callback)) return;
    pWlanRegisterNotification(heard.close_in_callback, WLAN_NOTIFICATION_SOURCE_ACM, FALSE, on_notification, &heard,
                              NULL, NULL);
    CHECK_IF(
        there, NEEDS_STATION, WlanCloseHandle, in_callback,
        "Calling this function inside a callback function will result in the call never completing: here it completes.",
        hear_scan(&heard, &guid) && heard.close_result == ERROR_SUCCESS);
    CHECK_IF(there, NEEDS_STATION, WlanCloseHandle, discarded,
             "Upon closing, all outstanding notifications are discarded.",
             GIVES(ERROR_INVALID_HANDLE, pWlanCloseHandle(heard.close_in_callback, NULL)) && heard.scans == 1);
    CloseHandle(heard.event);
}

/* ---- Scans ---- */

static void scan_arguments(void)
{
    DOT11_SSID ssid = {.uSSIDLength = 33};
    DWORD reserved;
    GUID guid;

    station(&guid);
    CHECK(WlanScan, ERROR_INVALID_PARAMETER,
          "hClientHandle is NULL or invalid, pInterfaceGuid is NULL, or pReserved is not NULL.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanScan(NULL, &guid, NULL, NULL, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanScan(client(), NULL, NULL, NULL, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanScan(client(), &guid, NULL, NULL, &reserved)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanScan(client(), &guid, &ssid, NULL, NULL)));
    CHECK(WlanScan, ERROR_INVALID_HANDLE, "The handle hClientHandle was not found in the handle table.",
          GIVES(ERROR_INVALID_HANDLE, pWlanScan(BAD_HANDLE, &guid, NULL, NULL, NULL)));
    CHECK(WlanScan, ERROR_NOT_FOUND, "The GUID of the interface to be queried.",
          GIVES(ERROR_NOT_FOUND, pWlanScan(client(), &unknown_interface, NULL, NULL, NULL)));
}

static BOOL is_network(const WLAN_BSS_ENTRY *entry, const char *ssid)
{
    const BYTE *elements = (const BYTE *)entry + entry->ulIeOffset;

    return entry->dot11Ssid.uSSIDLength == strlen(ssid) && !memcmp(entry->dot11Ssid.ucSSID, ssid, strlen(ssid)) &&
           entry->ulIeSize > 10 && elements[0] == 0 && !memcmp(elements + 2, ssid, strlen(ssid));
}

static void bss_list(void)
{
    DOT11_SSID ssid = {.uSSIDLength = 8, .ucSSID = "Net0001."};
    WLAN_BSS_LIST *list = NULL;
    DWORD reserved;
    GUID guid;
    BOOL there = station(&guid);

    CHECK_IF(
        there, NEEDS_STATION, WlanGetNetworkBssList, ERROR_SUCCESS,
        "Retrieves a list of the basic service set (BSS) entries.",
        GIVES(ERROR_SUCCESS, pWlanGetNetworkBssList(client(), &guid, NULL, dot11_BSS_type_any, FALSE, NULL, &list)) &&
            list->dwNumberOfItems == 2 && is_network(&list->wlanBssEntries[0], "Net0000.") &&
            is_network(&list->wlanBssEntries[1], "Net0001."));
    CHECK_IF(there, NEEDS_STATION, WlanGetNetworkBssList, entry,
             "ulChCenterFrequency: the channel center frequency, in kilohertz.",
             list->wlanBssEntries[0].ulChCenterFrequency == 2437000 && list->wlanBssEntries[0].usBeaconPeriod == 100 &&
                 list->wlanBssEntries[0].lRssi == -40 && list->wlanBssEntries[0].uLinkQuality == 100);
    pWlanFreeMemory(list);
    CHECK_IF(there, NEEDS_STATION, WlanGetNetworkBssList, one_network,
             "The SSID of the network from which the BSS list is requested.",
             GIVES(ERROR_SUCCESS,
                   pWlanGetNetworkBssList(client(), &guid, &ssid, dot11_BSS_type_infrastructure, TRUE, NULL, &list)) &&
                 list->dwNumberOfItems == 1 && is_network(&list->wlanBssEntries[0], "Net0001."));
    pWlanFreeMemory(list);
    CHECK_IF(there, NEEDS_STATION, WlanGetNetworkBssList, security,
             "A value that indicates whether security is enabled on the network.",
             GIVES(ERROR_SUCCESS,
                   pWlanGetNetworkBssList(client(), &guid, &ssid, dot11_BSS_type_infrastructure, FALSE, NULL, &list)) &&
                 list->dwNumberOfItems == 0);
    pWlanFreeMemory(list);
    CHECK_IF(
        there, NEEDS_STATION, WlanGetNetworkBssList, any_type,
        "If the dot11BssType parameter is set to dot11_BSS_type_any, ERROR_SUCCESS but no BSS entries will be "
        "returned.",
        GIVES(ERROR_SUCCESS, pWlanGetNetworkBssList(client(), &guid, &ssid, dot11_BSS_type_any, TRUE, NULL, &list)) &&
            list->dwNumberOfItems == 0);
    pWlanFreeMemory(list);
    ssid.uSSIDLength = 33;
    CHECK(WlanGetNetworkBssList, ERROR_INVALID_PARAMETER, "A parameter is incorrect.",
          GIVES(ERROR_INVALID_PARAMETER,
                pWlanGetNetworkBssList(NULL, &guid, NULL, dot11_BSS_type_any, FALSE, NULL, &list)) &&
              GIVES(ERROR_INVALID_PARAMETER,
                    pWlanGetNetworkBssList(client(), NULL, NULL, dot11_BSS_type_any, FALSE, NULL, &list)) &&
              GIVES(ERROR_INVALID_PARAMETER,
                    pWlanGetNetworkBssList(client(), &guid, NULL, dot11_BSS_type_any, FALSE, NULL, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER,
                    pWlanGetNetworkBssList(client(), &guid, NULL, dot11_BSS_type_any, FALSE, &reserved, &list)) &&
              GIVES(ERROR_INVALID_PARAMETER,
                    pWlanGetNetworkBssList(client(), &guid, &ssid, dot11_BSS_type_infrastructure, FALSE, NULL, &list)));
    CHECK(WlanGetNetworkBssList, ERROR_INVALID_HANDLE, "The handle hClientHandle was not found in the handle table.",
          GIVES(ERROR_INVALID_HANDLE,
                pWlanGetNetworkBssList(BAD_HANDLE, &guid, NULL, dot11_BSS_type_any, FALSE, NULL, &list)));
    CHECK(WlanGetNetworkBssList, ERROR_NOT_FOUND,
          "This error is returned if the GUID of the interface could not be found.",
          GIVES(ERROR_NOT_FOUND,
                pWlanGetNetworkBssList(client(), &unknown_interface, NULL, dot11_BSS_type_any, FALSE, NULL, &list)));
}

static const struct test_case cases[] = {{"notifications", notifications},
                                         {"close_in_callback", close_in_callback},
                                         {"scan_arguments", scan_arguments},
                                         {"bss_list", bss_list},
                                         {NULL, NULL}};
extern const struct group network_group;
const struct group network_group = {"network", __FILE__, cases};
