/*
 * A station, in the Wi-Fi guest: what a Windows program sees of an access point that is really there.
 *
 * station SSID     prints TAP; exit code 0 if all went as it should
 */
#include <winsock2.h>
#include <windows.h>
#include <iphlpapi.h>
#include <stdio.h>
#include <string.h>
#include <wlanapi.h>

static int tests_run, tests_failed;

static BOOL check(BOOL good, const char *what)
{
    printf("%sok %d - %s\n", good ? "" : "not ", ++tests_run, what);
    tests_failed += !good;
    return good;
}

static HANDLE scan_ended;
static LONG scan_code = -1;

static void WINAPI on_notification(WLAN_NOTIFICATION_DATA *data, void *context)
{
    if (context != &scan_code || data->NotificationSource != WLAN_NOTIFICATION_SOURCE_ACM) return;
    if (data->NotificationCode != wlan_notification_acm_scan_complete &&
        data->NotificationCode != wlan_notification_acm_scan_fail)
        return;
    InterlockedExchange(&scan_code, (LONG)data->NotificationCode);
    SetEvent(scan_ended);
}

/* Whether GetAdaptersAddresses has an adapter of that GUID. */
static BOOL is_adapter(const GUID *guid)
{
    static BYTE memory[65536];
    IP_ADAPTER_ADDRESSES *adapter = (IP_ADAPTER_ADDRESSES *)memory;
    ULONG size = sizeof(memory);
    char name[40];

    sprintf(name, "{%08lX-%04X-%04X-%02X%02X-%02X%02X%02X%02X%02X%02X}", guid->Data1, guid->Data2, guid->Data3,
            guid->Data4[0], guid->Data4[1], guid->Data4[2], guid->Data4[3], guid->Data4[4], guid->Data4[5],
            guid->Data4[6], guid->Data4[7]);
    if (GetAdaptersAddresses(AF_UNSPEC, 0, NULL, adapter, &size)) return FALSE;
    for (; adapter; adapter = adapter->Next)
        if (!_stricmp(adapter->AdapterName, name)) return TRUE;
    return FALSE;
}

/* An element of that number among an entry's. */
static BOOL has_element(const WLAN_BSS_ENTRY *entry, BYTE number)
{
    const BYTE *at = (const BYTE *)entry + entry->ulIeOffset, *end = at + entry->ulIeSize;

    for (; end - at >= 2 && end - at - 2 >= at[1]; at += 2 + at[1])
        if (*at == number) return TRUE;
    return FALSE;
}

static void look_at_list(const WLAN_BSS_LIST *list, const char *ssid)
{
    const WLAN_BSS_ENTRY *found = NULL;

    for (DWORD i = 0; i < list->dwNumberOfItems; i++)
        if (list->wlanBssEntries[i].dot11Ssid.uSSIDLength == strlen(ssid) &&
            !memcmp(list->wlanBssEntries[i].dot11Ssid.ucSSID, ssid, strlen(ssid)))
            found = &list->wlanBssEntries[i];
    if (!check(found != NULL, "the access point is in the list")) return;
    check(found->ulChCenterFrequency == 2437000, "its channel's centre is that of channel 6, in kHz");
    check(found->usBeaconPeriod == 100, "its beacon period");
    check(has_element(found, 48), "its RSN element is there");
    check(found->wlanRateSet.uRateSetLength > 8, "its rates");
    check(found->dot11BssType == dot11_BSS_type_infrastructure, "it is an infrastructure network");
    check(found->lRssi < 0 && found->uLinkQuality > 0, "its signal");
}

int main(int argc, char **argv)
{
    WLAN_INTERFACE_INFO_LIST *interfaces = NULL;
    WLAN_INTERFACE_CAPABILITY *capability = NULL;
    WLAN_BSS_LIST *list = NULL;
    DWORD version = 0;
    HANDLE client = NULL;
    const GUID *guid;

    setvbuf(stdout, NULL, _IONBF, 0);
    if (argc != 2) return 2;
    scan_ended = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (!check(!WlanOpenHandle(2, NULL, &version, &client) && version == 2, "a handle")) return 1;
    if (!check(!WlanEnumInterfaces(client, NULL, &interfaces) && interfaces->dwNumberOfItems == 1, "one interface"))
        return 1;
    guid = &interfaces->InterfaceInfo[0].InterfaceGuid;
    check(interfaces->InterfaceInfo[0].isState == wlan_interface_state_disconnected, "which is not connected");
    check(is_adapter(guid), "its GUID is an adapter's of GetAdaptersAddresses");
    check(!WlanGetInterfaceCapability(client, guid, NULL, &capability) && capability->dwNumberOfSupportedPhys > 0,
          "its physical layers");
    check(
        !WlanRegisterNotification(client, WLAN_NOTIFICATION_SOURCE_ACM, FALSE, on_notification, &scan_code, NULL, NULL),
        "a callback is registered");
    check(!WlanScan(client, guid, NULL, NULL, NULL), "a scan begins");
    check(WaitForSingleObject(scan_ended, 120000) == WAIT_OBJECT_0 && scan_code == wlan_notification_acm_scan_complete,
          "its end is told");
    if (check(!WlanGetNetworkBssList(client, guid, NULL, dot11_BSS_type_any, FALSE, NULL, &list), "the list of BSSs"))
        look_at_list(list, argv[1]);
    WlanFreeMemory(list);
    WlanFreeMemory(capability);
    WlanFreeMemory(interfaces);
    check(!WlanCloseHandle(client, NULL), "the handle is closed");
    printf("1..%d\n", tests_run);
    return tests_failed != 0;
}
