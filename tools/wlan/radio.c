/* wlan show interfaces, show drivers, show wirelesscapabilities. */
#include "command.h"

#include <rpc.h>
#include <stdio.h>
#include <string.h>

static void show_guid(const GUID *guid)
{
    show("GUID", "%08lx-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x", guid->Data1, guid->Data2, guid->Data3,
         guid->Data4[0], guid->Data4[1], guid->Data4[2], guid->Data4[3], guid->Data4[4], guid->Data4[5], guid->Data4[6],
         guid->Data4[7]);
}

/* ---- show interfaces ---- */

static void show_number(HANDLE client, const GUID *radio, WLAN_INTF_OPCODE opcode, const char *label, const char *unit)
{
    LONG *value = query_interface(client, radio, opcode, sizeof(*value));

    if (value) show(label, "%ld%s", *value, unit);
    WlanFreeMemory(value);
}

static void show_connection(HANDLE client, const GUID *radio)
{
    WLAN_CONNECTION_ATTRIBUTES *connection =
        query_interface(client, radio, wlan_intf_opcode_current_connection, sizeof(*connection));
    char text[NAME_SIZE];

    if (!connection) return;
    const WLAN_ASSOCIATION_ATTRIBUTES *association = &connection->wlanAssociationAttributes;
    const WLAN_SECURITY_ATTRIBUTES *security = &connection->wlanSecurityAttributes;

    show("SSID", "%s", ssid_text(&association->dot11Ssid, text));
    show("BSSID", "%s", address_text(association->dot11Bssid, text));
    show("Network type", "%s", bss_type(association->dot11BssType));
    show("Radio type", "%s", phy_type(association->dot11PhyType));
    show("Authentication", "%s", authentication(security->dot11AuthAlgorithm));
    show("Cipher", "%s", cipher(security->dot11CipherAlgorithm));
    show("Connection mode", "%s", connection_mode(connection->wlanConnectionMode));
    show_number(client, radio, wlan_intf_opcode_channel_number, "Channel", "");
    show("Receive rate (Mbps)", "%lu", association->ulRxRate / 1000);
    show("Transmit rate (Mbps)", "%lu", association->ulTxRate / 1000);
    show("Signal", "%lu%%", association->wlanSignalQuality);
    show_number(client, radio, wlan_intf_opcode_rssi, "Rssi", " dBm");
    show("Profile", "%s", name_text(connection->strProfileName, text));
    WlanFreeMemory(connection);
}

static void show_radio(HANDLE client, const GUID *radio)
{
    WLAN_RADIO_STATE *state =
        query_interface(client, radio, wlan_intf_opcode_radio_state, offsetof(WLAN_RADIO_STATE, PhyRadioState[1]));

    if (state && state->dwNumberOfPhys)
    {
        show("Radio, hardware", "%s", radio_state(state->PhyRadioState[0].dot11HardwareRadioState));
        show("Radio, software", "%s", radio_state(state->PhyRadioState[0].dot11SoftwareRadioState));
    }
    WlanFreeMemory(state);
}

static DWORD show_interface(HANDLE client, const WLAN_INTERFACE_INFO *radio, const struct command_line *line)
{
    char text[NAME_SIZE];

    (void)line;
    say("\n");
    show("Name", "%s", interface_name(radio, text));
    show("Description", "%s", name_text(radio->strInterfaceDescription, text));
    show_guid(&radio->InterfaceGuid);
    show("State", "%s", interface_state(radio->isState));
    show_radio(client, &radio->InterfaceGuid);
    if (radio->isState == wlan_interface_state_connected) show_connection(client, &radio->InterfaceGuid);
    return ERROR_SUCCESS;
}

/* How many there are, and whether there is anything to show. */
static BOOL show_count(HANDLE client, DWORD *error)
{
    DWORD count = count_interfaces(client, error);

    if (*error) return FALSE;
    if (!count)
        show_no_interface();
    else
        say("There %s %lu interface%s on the system.\n", count == 1 ? "is" : "are", count, count == 1 ? "" : "s");
    return count > 0;
}

DWORD verb_show_interfaces(HANDLE client, const struct command_line *line)
{
    DWORD error;

    /* One that is named has to be there. */
    if (!line_value(line, "interface")->given && !show_count(client, &error)) return error;
    return each_interface(client, line, show_interface);
}

/* ---- show drivers ---- */

static void show_pairs(HANDLE client, const GUID *radio, WLAN_INTF_OPCODE opcode, const char *label)
{
    WLAN_AUTH_CIPHER_PAIR_LIST *pairs =
        query_interface(client, radio, opcode, offsetof(WLAN_AUTH_CIPHER_PAIR_LIST, pAuthCipherPairList));

    for (DWORD i = 0; pairs && i < pairs->dwNumberOfItems; i++)
        show(i ? "" : label, "%-24s %s", authentication(pairs->pAuthCipherPairList[i].AuthAlgoId),
             cipher(pairs->pAuthCipherPairList[i].CipherAlgoId));
    if (pairs && !pairs->dwNumberOfItems) show(label, "none");
    WlanFreeMemory(pairs);
}

static void show_flag(HANDLE client, const GUID *radio, WLAN_INTF_OPCODE opcode, const char *label)
{
    BOOL *flag = query_interface(client, radio, opcode, sizeof(*flag));

    show(label, "%s", flag ? yes_or_no(*flag) : "Unknown");
    WlanFreeMemory(flag);
}

static DWORD show_phys(HANDLE client, const GUID *radio)
{
    WLAN_INTERFACE_CAPABILITY *capability = NULL;
    DWORD error = WlanGetInterfaceCapability(client, radio, NULL, &capability);
    char types[256] = "";

    if (error) return fail(error, "capabilities");
    for (DWORD i = 0; i < capability->dwNumberOfSupportedPhys && i < WLAN_MAX_PHY_INDEX; i++)
        snprintf(types + strlen(types), sizeof(types) - strlen(types), "%s%s", i ? " " : "",
                 phy_type(capability->dot11PhyTypes[i]));
    show("Type", "%s",
         capability->interfaceType == wlan_interface_type_native_802_11 ? "Native Wi-Fi Driver" : "Emulated 802.11");
    show("Radio types supported", "%s", types);
    WlanFreeMemory(capability);
    return ERROR_SUCCESS;
}

static DWORD show_driver(HANDLE client, const WLAN_INTERFACE_INFO *radio, const struct command_line *line)
{
    const GUID *guid = &radio->InterfaceGuid;
    char text[NAME_SIZE];
    DWORD error;

    (void)line;
    show_heading("Interface name: %s", interface_name(radio, text));
    show("Driver", "%s", name_text(radio->strInterfaceDescription, text));
    error = show_phys(client, guid);
    show_flag(client, guid, wlan_intf_opcode_management_frame_protection_capable, "802.11w supported");
    show_flag(client, guid, wlan_intf_opcode_hosted_network_capable, "Hosted network supported");
    show_pairs(client, guid, wlan_intf_opcode_supported_infrastructure_auth_cipher_pairs, "Infrastructure");
    show_pairs(client, guid, wlan_intf_opcode_supported_adhoc_auth_cipher_pairs, "Adhoc");
    return error;
}

DWORD verb_show_drivers(HANDLE client, const struct command_line *line)
{
    DWORD error;

    if (!line_value(line, "interface")->given && !count_interfaces(client, &error))
    {
        if (!error) show_no_interface();
        return error;
    }
    return each_interface(client, line, show_driver);
}

/* ---- show wirelesscapabilities ---- */

static DWORD show_capabilities(HANDLE client, const WLAN_INTERFACE_INFO *radio, const struct command_line *line)
{
    static const struct
    {
        WLAN_INTF_OPCODE opcode;
        const char *label;
    } flags[] = {
        {wlan_intf_opcode_hosted_network_capable, "Hosted network"},
        {wlan_intf_opcode_management_frame_protection_capable, "Protected mgmt frames"},
        {wlan_intf_opcode_supported_safe_mode, "Safe mode"},
    };
    WLAN_INTERFACE_CAPABILITY *capability = NULL;
    char text[NAME_SIZE];
    DWORD error;

    (void)line;
    show_heading("Interface name: %s", interface_name(radio, text));
    error = WlanGetInterfaceCapability(client, &radio->InterfaceGuid, NULL, &capability);
    if (error) return fail(error, "capabilities");
    show("802.11d", "%s", yes_or_no(capability->bDot11DSupported));
    show("SSIDs at a time", "%lu", capability->dwMaxDesiredSsidListSize);
    show("BSSIDs at a time", "%lu", capability->dwMaxDesiredBssidListSize);
    WlanFreeMemory(capability);
    for (size_t i = 0; i < sizeof(flags) / sizeof(*flags); i++)
        show_flag(client, &radio->InterfaceGuid, flags[i].opcode, flags[i].label);
    return ERROR_SUCCESS;
}

DWORD verb_show_capabilities(HANDLE client, const struct command_line *line)
{
    DWORD error;

    if (!line_value(line, "interface")->given && !count_interfaces(client, &error))
    {
        if (!error) show_no_interface();
        return error;
    }
    return each_interface(client, line, show_capabilities);
}
