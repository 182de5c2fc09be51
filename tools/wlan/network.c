/* wlan show networks. */
#include "command.h"

#include <stdio.h>
#include <string.h>

enum
{
    SCAN_PATIENCE = 30000, /* milliseconds; the documentation gives a driver four seconds */
};

/* ---- Access points ---- */

static void show_rates(const WLAN_RATE_SET *rates)
{
    char basic[256] = "", other[512] = "";

    for (ULONG i = 0; i < rates->uRateSetLength / sizeof(USHORT) && i < DOT11_RATE_SET_MAX_LENGTH; i++)
    {
        unsigned rate = rates->usRateSet[i] & 0x7fffu;
        char *text = rates->usRateSet[i] & 0x8000 ? basic : other;
        size_t size = text == basic ? sizeof(basic) : sizeof(other), at = strlen(text);

        snprintf(text + at, size - at, rate % 2 ? "%s%u.5" : "%s%u", at ? " " : "", rate / 2);
    }
    show("     Basic rates (Mbps)", "%s", basic);
    show("     Other rates (Mbps)", "%s", other);
}

static void show_bss(const WLAN_BSS_ENTRY *bss, DWORD number)
{
    char label[32], address[18];

    snprintf(label, sizeof(label), "BSSID %lu", number);
    show(label, "%s", address_text(bss->dot11Bssid, address));
    show("     Signal", "%lu%% (%ld dBm)", bss->uLinkQuality, bss->lRssi);
    show("     Radio type", "%s", phy_type(bss->dot11BssPhyType));
    show("     Channel", "%u (%lu MHz)", channel_of(bss->ulChCenterFrequency), bss->ulChCenterFrequency / 1000);
    show_rates(&bss->wlanRateSet);
}

static DWORD show_bsss(HANDLE client, const GUID *radio, const WLAN_AVAILABLE_NETWORK *network)
{
    WLAN_BSS_LIST *list = NULL;
    DOT11_SSID ssid = network->dot11Ssid;
    DWORD error;

    /* One that hides its name has none to ask by. */
    error = WlanGetNetworkBssList(client, radio, ssid.uSSIDLength ? &ssid : NULL, network->dot11BssType,
                                  network->bSecurityEnabled, NULL, &list);
    if (error) return fail(error, "access points");
    for (DWORD i = 0, shown = 0; i < list->dwNumberOfItems; i++)
        if (list->wlanBssEntries[i].dot11Ssid.uSSIDLength == ssid.uSSIDLength)
            show_bss(&list->wlanBssEntries[i], ++shown);
    WlanFreeMemory(list);
    return ERROR_SUCCESS;
}

/* ---- Networks ---- */

static DWORD show_network(HANDLE client, const GUID *radio, const WLAN_AVAILABLE_NETWORK *network, DWORD number,
                          BOOL with_bsss)
{
    char label[32], text[NAME_SIZE];

    say("\n");
    snprintf(label, sizeof(label), "SSID %lu", number);
    show(label, "%s", ssid_text(&network->dot11Ssid, text));
    show("Network type", "%s", bss_type(network->dot11BssType));
    show("Authentication", "%s", authentication(network->dot11DefaultAuthAlgorithm));
    show("Encryption", "%s", cipher(network->dot11DefaultCipherAlgorithm));
    show("Signal", "%lu%%", network->wlanSignalQuality);
    if (network->dwFlags & WLAN_AVAILABLE_NETWORK_CONNECTED) show("Connected", "Yes");
    if (network->strProfileName[0]) show("Profile", "%s", name_text(network->strProfileName, text));
    if (!network->bNetworkConnectable)
        show("Not connectable", "%s", reason_text(network->wlanNotConnectableReason, text));
    return with_bsss ? show_bsss(client, radio, network) : ERROR_SUCCESS;
}

/* A network that has a profile is in the list again without it. */
static BOOL is_other_entry(const WLAN_AVAILABLE_NETWORK_LIST *list, DWORD at)
{
    const WLAN_AVAILABLE_NETWORK *network = &list->Network[at];

    for (DWORD i = 0; i < list->dwNumberOfItems; i++)
    {
        const WLAN_AVAILABLE_NETWORK *other = &list->Network[i];

        if (i == at || !other->strProfileName[0] || network->strProfileName[0]) continue;
        if (other->dot11BssType == network->dot11BssType && other->bSecurityEnabled == network->bSecurityEnabled &&
            !memcmp(&other->dot11Ssid, &network->dot11Ssid, sizeof(other->dot11Ssid)))
            return TRUE;
    }
    return FALSE;
}

static DWORD show_list(HANDLE client, const WLAN_INTERFACE_INFO *radio, BOOL with_bsss)
{
    WLAN_AVAILABLE_NETWORK_LIST *list = NULL;
    DWORD error = WlanGetAvailableNetworkList(client, &radio->InterfaceGuid, 0, NULL, &list), count = 0;

    if (error) return fail(error, "networks");
    for (DWORD i = 0; i < list->dwNumberOfItems; i++)
        count += !is_other_entry(list, i);
    say("There %s %lu network%s in reach.\n", count == 1 ? "is" : "are", count, count == 1 ? "" : "s");
    for (DWORD i = 0, number = 0; !error && i < list->dwNumberOfItems; i++)
        if (!is_other_entry(list, i))
            error = show_network(client, &radio->InterfaceGuid, &list->Network[i], ++number, with_bsss);
    WlanFreeMemory(list);
    return error;
}

/* Looks anew. What could not be looked for anew is shown as it is known. */
static DWORD scan(HANDLE client, const GUID *radio)
{
    DWORD error, code = 0;
    WLAN_REASON_CODE reason = WLAN_REASON_CODE_SUCCESS;
    struct wait *wait = wait_begin(client, radio, &error);
    char words[NAME_SIZE];

    if (!wait) return error;
    tell("wlan: looking for networks\n");
    error = WlanScan(client, radio, NULL, NULL, NULL);
    if (error)
        fail(error, "scan");
    else
        error = wait_for(wait, wlan_notification_acm_scan_complete, wlan_notification_acm_scan_fail, SCAN_PATIENCE,
                         &code, &reason);
    if (error == ERROR_TIMEOUT)
        tell("wlan: the radio does not say that it has looked; these are the networks that are known\n");
    else if (!error && code == wlan_notification_acm_scan_fail)
        tell("wlan: the radio could not look (%s); these are the networks that are known\n",
             reason_text(reason, words));
    wait_end(client, wait);
    return error == ERROR_CANCELLED ? fail(error, "scan") : ERROR_SUCCESS;
}

static DWORD show_networks(HANDLE client, const WLAN_INTERFACE_INFO *radio, const struct command_line *line)
{
    char name[NAME_SIZE];
    DWORD error = ERROR_SUCCESS;

    if (line_number(line, "scan", 0) == 0) error = scan(client, &radio->InterfaceGuid);
    if (error) return error;
    say("\nInterface name : %s\n", interface_name(radio, name));
    return show_list(client, radio, line_number(line, "mode", 0) == 1);
}

DWORD verb_show_networks(HANDLE client, const struct command_line *line)
{
    DWORD error;

    if (!line_value(line, "interface")->given && !count_interfaces(client, &error))
    {
        if (!error) show_no_interface();
        return error;
    }
    return each_interface(client, line, show_networks);
}
