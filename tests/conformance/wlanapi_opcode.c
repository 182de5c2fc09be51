/*
 * What an interface is asked and told by number.
 */
#include "wlanapi_test.h"

static GUID guid;

/* An opcode's value, of exactly that size, into `value`. */
static BOOL has_value(WLAN_INTF_OPCODE opcode, void *value, DWORD size, WLAN_OPCODE_VALUE_TYPE type)
{
    WLAN_OPCODE_VALUE_TYPE got_type = wlan_opcode_value_type_invalid;
    void *data = NULL;
    DWORD got = 0;

    if (!GIVES(ERROR_SUCCESS, pWlanQueryInterface(client(), &guid, opcode, NULL, &got, &data, &got_type))) return FALSE;
    note("%lu bytes, type %d", got, got_type);
    if (got == size) memcpy(value, data, size);
    pWlanFreeMemory(data);
    return got == size && got_type == type;
}

static BOOL is_number(WLAN_INTF_OPCODE opcode, DWORD expected, WLAN_OPCODE_VALUE_TYPE type)
{
    DWORD value = ~expected;

    return has_value(opcode, &value, sizeof(value), type) && value == expected;
}

static DWORD set_number(WLAN_INTF_OPCODE opcode, DWORD value)
{
    return pWlanSetInterface(client(), &guid, opcode, sizeof(value), &value, NULL);
}

static BOOL sets(WLAN_INTF_OPCODE opcode, DWORD value, DWORD expected)
{
    return GIVES(ERROR_SUCCESS, set_number(opcode, value)) &&
           is_number(opcode, expected, wlan_opcode_value_type_set_by_user);
}

static BOOL has_pair(const WLAN_AUTH_CIPHER_PAIR_LIST *list, DOT11_AUTH_ALGORITHM auth, DOT11_CIPHER_ALGORITHM cipher)
{
    for (DWORD i = 0; i < list->dwNumberOfItems; i++)
        if (list->pAuthCipherPairList[i].AuthAlgoId == auth && list->pAuthCipherPairList[i].CipherAlgoId == cipher)
            return TRUE;
    return FALSE;
}

static BOOL has_pairs(void)
{
    WLAN_AUTH_CIPHER_PAIR_LIST *list = NULL;
    DWORD size = 0;
    BOOL good;

    if (pWlanQueryInterface(client(), &guid, wlan_intf_opcode_supported_infrastructure_auth_cipher_pairs, NULL, &size,
                            (void **)&list, NULL))
        return FALSE;
    good = size == 4 + 8 * list->dwNumberOfItems && list->dwNumberOfItems == 5 &&
           has_pair(list, DOT11_AUTH_ALGO_80211_OPEN, DOT11_CIPHER_ALGO_NONE) &&
           has_pair(list, DOT11_AUTH_ALGO_RSNA_PSK, DOT11_CIPHER_ALGO_CCMP) &&
           has_pair(list, DOT11_AUTH_ALGO_WPA3_SAE, DOT11_CIPHER_ALGO_CCMP);
    pWlanFreeMemory(list);
    return good;
}

static void queries(void)
{
    const WLAN_OPCODE_VALUE_TYPE only = wlan_opcode_value_type_query_only;
    WLAN_RADIO_STATE radio;
    BYTE countries[7];
    BOOL there;

    there = station(&guid);
    CHECK_IF(there, NEEDS_STATION, WlanQueryInterface, interface_state,
             "wlan_intf_opcode_interface_state: WLAN_INTERFACE_STATE.",
             is_number(wlan_intf_opcode_interface_state, wlan_interface_state_disconnected, only));
    CHECK_IF(there, NEEDS_STATION, WlanQueryInterface, radio_state, "wlan_intf_opcode_radio_state: WLAN_RADIO_STATE.",
             has_value(wlan_intf_opcode_radio_state, &radio, sizeof(radio), wlan_opcode_value_type_set_by_user) &&
                 radio.dwNumberOfPhys == 3 && radio.PhyRadioState[2].dwPhyIndex == 2 &&
                 radio.PhyRadioState[0].dot11SoftwareRadioState == dot11_radio_state_on &&
                 radio.PhyRadioState[0].dot11HardwareRadioState == dot11_radio_state_on);
    CHECK_IF(there, NEEDS_STATION, WlanQueryInterface, infrastructure_pairs,
             "wlan_intf_opcode_supported_infrastructure_auth_cipher_pairs: WLAN_AUTH_CIPHER_PAIR_LIST.", has_pairs());
    CHECK_IF(there, NEEDS_STATION, WlanQueryInterface, adhoc_pairs,
             "wlan_intf_opcode_supported_adhoc_auth_cipher_pairs: WLAN_AUTH_CIPHER_PAIR_LIST.",
             is_number(wlan_intf_opcode_supported_adhoc_auth_cipher_pairs, 0, only));
    CHECK_IF(there, NEEDS_STATION, WlanQueryInterface, countries,
             "wlan_intf_opcode_supported_country_or_region_string_list: WLAN_COUNTRY_OR_REGION_STRING_LIST.",
             has_value(wlan_intf_opcode_supported_country_or_region_string_list, countries, 7, only) &&
                 !memcmp(countries, "\1\0\0\0DE ", 7));
    CHECK_IF(there, NEEDS_STATION, WlanQueryInterface, operation_mode,
             "When OpCode is set to wlan_intf_opcode_current_operation_mode, WlanQueryInterface queries the current "
             "operation mode of the wireless interface.",
             is_number(wlan_intf_opcode_current_operation_mode, DOT11_OPERATION_MODE_EXTENSIBLE_STATION,
                       wlan_opcode_value_type_set_by_user));
    CHECK_IF(there, NEEDS_STATION, WlanQueryInterface, safe_mode,
             "The opcode used to query whether the miniport/NIC combination supports Federal Information Processing "
             "Standards (FIPS) mode.",
             is_number(wlan_intf_opcode_supported_safe_mode, FALSE, only) &&
                 is_number(wlan_intf_opcode_certified_safe_mode, FALSE, only));
    CHECK_IF(there, NEEDS_STATION, WlanQueryInterface, hosted_network_capable,
             "A value returned of TRUE indicates Hosted Network is supported.",
             is_number(wlan_intf_opcode_hosted_network_capable, TRUE, only));
    CHECK_IF(there, NEEDS_STATION, WlanQueryInterface, management_frame_protection_capable,
             "The opcode used to query whether Managememt Frame Protection (MFP) is supported.",
             is_number(wlan_intf_opcode_management_frame_protection_capable, TRUE, only));
}

static void changes(void)
{
    WLAN_PHY_RADIO_STATE radio = {0, dot11_radio_state_off, dot11_radio_state_unknown};
    BOOL there;

    there = station(&guid);
    was_asked(NULL);
    CHECK_IF(there, NEEDS_STATION, WlanSetInterface, autoconf_enabled,
             "Enables or disables auto config for the indicated interface.",
             sets(wlan_intf_opcode_autoconf_enabled, 0, FALSE) && was_asked("STA_AUTOCONNECT 0\n") &&
                 sets(wlan_intf_opcode_autoconf_enabled, 7, TRUE) && was_asked("STA_AUTOCONNECT 1\n"));
    CHECK_IF(there, NEEDS_STATION, WlanSetInterface, bss_type, "Sets the BSS type.",
             sets(wlan_intf_opcode_bss_type, dot11_BSS_type_infrastructure, dot11_BSS_type_infrastructure) &&
                 sets(wlan_intf_opcode_bss_type, dot11_BSS_type_any, dot11_BSS_type_any));
    CHECK_IF(there, NEEDS_STATION, WlanSetInterface, adhoc, "Sets the BSS type: there are no ad hoc networks.",
             GIVES(ERROR_NOT_SUPPORTED, set_number(wlan_intf_opcode_bss_type, dot11_BSS_type_independent)) &&
                 GIVES(ERROR_INVALID_PARAMETER, set_number(wlan_intf_opcode_bss_type, 4)));
    CHECK_IF(there, NEEDS_STATION, WlanSetInterface, background_scan,
             "Background scan can only be disabled when the interface is in the connected state.",
             GIVES(ERROR_INVALID_STATE, set_number(wlan_intf_opcode_background_scan_enabled, FALSE)) &&
                 is_number(wlan_intf_opcode_background_scan_enabled, TRUE, wlan_opcode_value_type_set_by_user));
    CHECK_IF(there, NEEDS_STATION, WlanSetInterface, media_streaming,
             "The media streaming mode can only be set when the interface is in the connected state.",
             GIVES(ERROR_INVALID_STATE, set_number(wlan_intf_opcode_media_streaming_mode, TRUE)) &&
                 is_number(wlan_intf_opcode_media_streaming_mode, FALSE, wlan_opcode_value_type_set_by_user));
    CHECK_IF(there, NEEDS_STATION, WlanSetInterface, operation_mode,
             "If pData does not point to one of these values when OpCode is set to "
             "wlan_intf_opcode_current_operation_mode, the WlanSetInterface function will fail with an error.",
             GIVES(ERROR_INVALID_PARAMETER, set_number(wlan_intf_opcode_current_operation_mode, 2)) &&
                 GIVES(ERROR_SUCCESS,
                       set_number(wlan_intf_opcode_current_operation_mode, DOT11_OPERATION_MODE_EXTENSIBLE_STATION)) &&
                 GIVES(ERROR_NOT_SUPPORTED,
                       set_number(wlan_intf_opcode_current_operation_mode, DOT11_OPERATION_MODE_NETWORK_MONITOR)));
    CHECK_IF(there, NEEDS_STATION, WlanSetInterface, radio_state,
             "Sets the software radio state of a specific physical layer (PHY) for the interface: a radio without a "
             "switch cannot be switched.",
             GIVES(ERROR_NOT_SUPPORTED,
                   pWlanSetInterface(client(), &guid, wlan_intf_opcode_radio_state, sizeof(radio), &radio, NULL)));
    radio.dwPhyIndex = 3;
    CHECK_IF(there, NEEDS_STATION, WlanSetInterface, phy_index,
             "The index of the PHY type on which the radio state is "
             "being set: one that there is.",
             GIVES(ERROR_INVALID_PARAMETER,
                   pWlanSetInterface(client(), &guid, wlan_intf_opcode_radio_state, sizeof(radio), &radio, NULL)));
    CHECK_IF(there, NEEDS_STATION, WlanSetInterface, query_only,
             "This opcode can only be used in a query operation with the WlanQueryInterface function.",
             GIVES(ERROR_INVALID_PARAMETER, set_number(wlan_intf_opcode_interface_state, 1)) &&
                 GIVES(ERROR_INVALID_PARAMETER, set_number(wlan_intf_opcode_hosted_network_capable, 1)) &&
                 GIVES(ERROR_INVALID_PARAMETER, set_number(wlan_intf_opcode_rssi, 1)));
}

static void arguments(void)
{
    DWORD size, reserved, value = 1;
    HANDLE old = old_client();
    void *data = NULL;
    BOOL there;

    there = station(&guid);
    CHECK(WlanQueryInterface, ERROR_INVALID_PARAMETER, "Reserved for future use. Must be set to NULL.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanQueryInterface(NULL, &guid, 1, NULL, &size, &data, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanQueryInterface(client(), NULL, 1, NULL, &size, &data, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanQueryInterface(client(), &guid, 1, &reserved, &size, &data, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanQueryInterface(client(), &guid, 1, NULL, NULL, &data, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanQueryInterface(client(), &guid, 1, NULL, &size, NULL, NULL)));
    CHECK_IF(there, NEEDS_STATION, WlanQueryInterface, no_opcode,
             "A WLAN_INTF_OPCODE value that specifies the parameter to be queried.",
             GIVES(ERROR_INVALID_PARAMETER, pWlanQueryInterface(client(), &guid, 0, NULL, &size, &data, NULL)) &&
                 GIVES(ERROR_INVALID_PARAMETER,
                       pWlanQueryInterface(client(), &guid, wlan_intf_opcode_ihv_start, NULL, &size, &data, NULL)));
    CHECK(WlanQueryInterface, ERROR_INVALID_HANDLE, "The client's session handle, obtained by a previous call.",
          GIVES(ERROR_INVALID_HANDLE, pWlanQueryInterface(BAD_HANDLE, &guid, 1, NULL, &size, &data, NULL)));
    CHECK(WlanQueryInterface, ERROR_NOT_FOUND, "The GUID of the interface to be queried.",
          GIVES(ERROR_NOT_FOUND, pWlanQueryInterface(client(), &unknown_interface, 1, NULL, &size, &data, NULL)));
    CHECK_IF(there, NEEDS_STATION, WlanQueryInterface, old_client,
             "Only the wlan_intf_opcode_autoconf_enabled, wlan_intf_opcode_bss_type, wlan_intf_opcode_interface_state, "
             "and wlan_intf_opcode_current_connection constants are valid.",
             GIVES(ERROR_INVALID_PARAMETER, pWlanQueryInterface(old, &guid, 2, NULL, &size, &data, NULL)) &&
                 GIVES(ERROR_SUCCESS, pWlanQueryInterface(old, &guid, 6, NULL, &size, &data, NULL)));
    pWlanFreeMemory(data);
    CHECK(WlanSetInterface, ERROR_INVALID_PARAMETER, "Reserved for future use. Must be set to NULL.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanSetInterface(NULL, &guid, 1, 4, &value, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanSetInterface(client(), NULL, 1, 4, &value, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanSetInterface(client(), &guid, 1, 4, NULL, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanSetInterface(client(), &guid, 1, 4, &value, &reserved)));
    CHECK_IF(there, NEEDS_STATION, WlanSetInterface, size, "The size of the pData parameter, in bytes.",
             GIVES(ERROR_INVALID_PARAMETER, pWlanSetInterface(client(), &guid, 1, 1, &value, NULL)) &&
                 GIVES(ERROR_INVALID_PARAMETER, pWlanSetInterface(client(), &guid, 4, 4, &value, NULL)));
    CHECK(WlanSetInterface, ERROR_INVALID_HANDLE, "The client's session handle, obtained by a previous call.",
          GIVES(ERROR_INVALID_HANDLE, pWlanSetInterface(BAD_HANDLE, &guid, 1, 4, &value, NULL)));
    CHECK(WlanSetInterface, ERROR_NOT_FOUND, "The GUID of the interface to be configured.",
          GIVES(ERROR_NOT_FOUND, pWlanSetInterface(client(), &unknown_interface, 1, 4, &value, NULL)));
    CHECK_IF(there, NEEDS_STATION, WlanSetInterface, old_client,
             "Only the wlan_intf_opcode_autoconf_enabled and wlan_intf_opcode_bss_type constants are valid.",
             GIVES(ERROR_INVALID_PARAMETER, pWlanSetInterface(old, &guid, 2, 4, &value, NULL)) &&
                 GIVES(ERROR_SUCCESS, pWlanSetInterface(old, &guid, 1, 4, &value, NULL)));
    pWlanCloseHandle(old, NULL);
}

static const struct test_case cases[] = {
    {"queries", queries}, {"changes", changes}, {"arguments", arguments}, {NULL, NULL}};
extern const struct group opcode_group;
const struct group opcode_group = {"opcode", __FILE__, cases};
