/*
 * Available networks.
 */
#include "wlanapi_story.h"

#include <stddef.h>

static void arguments(void)
{
    WLAN_AVAILABLE_NETWORK_LIST *list = NULL;
    WLAN_AVAILABLE_NETWORK_LIST_V2 *list2 = NULL;
    DWORD reserved, version;
    HANDLE old = NULL;
    GUID guid;

    station(&guid);
    CHECK(WlanGetAvailableNetworkList, ERROR_INVALID_PARAMETER,
          "hClientHandle, pInterfaceGuid, or ppAvailableNetworkList is NULL; pReserved is not NULL; dwFlags is not "
          "valid.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanGetAvailableNetworkList(NULL, &guid, 0, NULL, &list)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanGetAvailableNetworkList(client(), NULL, 0, NULL, &list)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanGetAvailableNetworkList(client(), &guid, 0, NULL, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanGetAvailableNetworkList(client(), &guid, 0, &reserved, &list)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanGetAvailableNetworkList(client(), &guid, 4, NULL, &list)));
    CHECK(WlanGetAvailableNetworkList, ERROR_INVALID_HANDLE,
          "The handle hClientHandle was not found in the handle table.",
          GIVES(ERROR_INVALID_HANDLE, pWlanGetAvailableNetworkList(BAD_HANDLE, &guid, 0, NULL, &list)));
    CHECK(WlanGetAvailableNetworkList, no_interface, "The GUID of the wireless LAN interface to be queried.",
          GIVES(ERROR_NOT_FOUND, pWlanGetAvailableNetworkList(client(), &unknown_interface, 0, NULL, &list)));
    CHECK(WlanGetAvailableNetworkList, version_1,
          "If this flag is specified on Windows XP with SP3, it is considered an invalid parameter.",
          GIVES(ERROR_SUCCESS, pWlanOpenHandle(1, NULL, &version, &old)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanGetAvailableNetworkList(old, &guid, 1, NULL, &list)));
    CHECK(WlanGetAvailableNetworkList2, ERROR_INVALID_PARAMETER, "As WlanGetAvailableNetworkList.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanGetAvailableNetworkList2(NULL, &guid, 0, NULL, &list2)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanGetAvailableNetworkList2(client(), NULL, 0, NULL, &list2)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanGetAvailableNetworkList2(client(), &guid, 0, NULL, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanGetAvailableNetworkList2(client(), &guid, 0, &reserved, &list2)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanGetAvailableNetworkList2(client(), &guid, 4, NULL, &list2)));
    CHECK(WlanGetAvailableNetworkList2, ERROR_INVALID_HANDLE, "As WlanGetAvailableNetworkList.",
          GIVES(ERROR_INVALID_HANDLE, pWlanGetAvailableNetworkList2(BAD_HANDLE, &guid, 0, NULL, &list2)) &&
              GIVES(ERROR_NOT_SUPPORTED, pWlanGetAvailableNetworkList2(old, &guid, 0, NULL, &list2)));
    pWlanCloseHandle(old, NULL);
}

static const WLAN_AVAILABLE_NETWORK *find(const WLAN_AVAILABLE_NETWORK_LIST *list, const char *ssid)
{
    for (DWORD i = 0; i < list->dwNumberOfItems; i++)
        if (list->Network[i].dot11Ssid.uSSIDLength == strlen(ssid) &&
            !memcmp(list->Network[i].dot11Ssid.ucSSID, ssid, strlen(ssid)))
            return &list->Network[i];
    return NULL;
}

static const WLAN_AVAILABLE_NETWORK no_network;

static void networks(void)
{
    const WLAN_AVAILABLE_NETWORK *network = &no_network;
    WLAN_AVAILABLE_NETWORK_LIST_V2 *list2 = NULL;
    WLAN_AVAILABLE_NETWORK_LIST *list = NULL;
    GUID guid;

    if (!station(&guid)) return;
    CHECK(WlanGetAvailableNetworkList, ERROR_SUCCESS, "If the function succeeds, the return value is ERROR_SUCCESS.",
          GIVES(ERROR_SUCCESS, pWlanGetAvailableNetworkList(client(), &guid, 0, NULL, &list)) &&
              list->dwNumberOfItems == 2 && list->dwIndex == 0);
    if (list && find(list, "Net0000.")) network = find(list, "Net0000.");
    CHECK(WlanGetAvailableNetworkList, network, "If the network does not have a profile, this member will be empty.",
          !network->strProfileName[0] && network->dot11BssType == dot11_BSS_type_infrastructure &&
              network->uNumberOfBssids == 1 && network->bNetworkConnectable && network->dwFlags == 0);
    CHECK(WlanGetAvailableNetworkList, signal, "A value of 100 implies an actual RSSI signal strength of -50 dbm.",
          network->wlanSignalQuality == 100);
    CHECK(WlanGetAvailableNetworkList, security, "The default authentication and cipher algorithm.",
          network->bSecurityEnabled && network->dot11DefaultAuthAlgorithm == DOT11_AUTH_ALGO_RSNA_PSK &&
              network->dot11DefaultCipherAlgorithm == DOT11_CIPHER_ALGO_CCMP);
    CHECK(WlanGetAvailableNetworkList, phys, "The number of PHY types supported on available networks.",
          network->uNumberOfPhyTypes == 1 && network->dot11PhyTypes[0] == dot11_phy_type_erp &&
              !network->bMorePhyTypes);
    CHECK(WlanGetAvailableNetworkList2, ERROR_SUCCESS, "As WlanGetAvailableNetworkList.",
          GIVES(ERROR_SUCCESS, pWlanGetAvailableNetworkList2(client(), &guid, 0, NULL, &list2)) &&
              list2->dwNumberOfItems == 2 && list &&
              !memcmp(&list2->Network[0], &list->Network[0], offsetof(WLAN_AVAILABLE_NETWORK, dwFlags)));
    pWlanFreeMemory(list);
    pWlanFreeMemory(list2);
}

static void connected(void)
{
    WCHAR profile[] =
        L"<?xml version=\"1.0\"?><WLANProfile xmlns=\"http://www.microsoft.com/networking/WLAN/profile/v1\">"
        L"<name>Temporary</name><SSIDConfig><SSID><name>Net0001.</name></SSID></SSIDConfig>"
        L"<connectionType>ESS</connectionType><connectionMode>manual</connectionMode><MSM><security><authEncryption>"
        L"<authentication>WPA2PSK</authentication><encryption>AES</encryption><useOneX>false</useOneX>"
        L"</authEncryption><sharedKey><keyType>passPhrase</keyType><protected>false</protected>"
        L"<keyMaterial>right key!</keyMaterial></sharedKey></security></MSM></WLANProfile>";
    WLAN_CONNECTION_PARAMETERS parameters = {wlan_connection_mode_temporary_profile, profile, NULL, NULL,
                                             dot11_BSS_type_infrastructure,          0};
    const WLAN_AVAILABLE_NETWORK *here, *there;
    WLAN_AVAILABLE_NETWORK_LIST *list = NULL;
    struct story story;
    GUID guid;

    if (!station(&guid) || !story_begin(&story)) return;
    CHECK(WlanGetAvailableNetworkList, WLAN_AVAILABLE_NETWORK_CONNECTED, "This network is currently connected.",
          GIVES(ERROR_SUCCESS, pWlanConnect(client(), &guid, &parameters, NULL)) && story_is(&story, CONNECTS) &&
              GIVES(ERROR_SUCCESS, pWlanGetAvailableNetworkList(client(), &guid, 0, NULL, &list)) &&
              (here = find(list, "Net0001.")) && here->dwFlags == WLAN_AVAILABLE_NETWORK_CONNECTED &&
              (there = find(list, "Net0000.")) && there->dwFlags == 0);
    pWlanFreeMemory(list);
    if (!pWlanDisconnect(client(), &guid, NULL)) story_is(&story, DISCONNECTS);
    story_end(&story);
}

static const struct test_case cases[] = {
    {"arguments", arguments}, {"networks", networks}, {"connected", connected}, {NULL, NULL}};
extern const struct group available_group;
const struct group available_group = {"available", __FILE__, cases};
