/*
 * The parameters of automatic configuration.
 */
#include "wlanapi_test.h"

/* The value of a parameter, ~0 where there is none. */
static DWORD value_of(WLAN_AUTOCONF_OPCODE opcode, WLAN_OPCODE_VALUE_TYPE *type)
{
    DWORD size = 0, value = ~0u;
    void *data = NULL;

    if (!GIVES(ERROR_SUCCESS, pWlanQueryAutoConfigParameter(client(), opcode, NULL, &size, &data, type))) return value;
    if (size == sizeof(value)) memcpy(&value, data, sizeof(value));
    pWlanFreeMemory(data);
    return value;
}

static BOOL sets(WLAN_AUTOCONF_OPCODE opcode, DWORD value, DWORD expected)
{
    WLAN_OPCODE_VALUE_TYPE type = wlan_opcode_value_type_invalid;

    return GIVES(ERROR_SUCCESS, pWlanSetAutoConfigParameter(client(), opcode, sizeof(value), &value, NULL)) &&
           value_of(opcode, &type) == expected && type == wlan_opcode_value_type_set_by_user;
}

static void parameters(void)
{
    WLAN_OPCODE_VALUE_TYPE type = wlan_opcode_value_type_invalid;

    CHECK(WlanSetAutoConfigParameter, ERROR_SUCCESS,
          "If pData points to 0, then the parameter is set to FALSE; otherwise, the parameter is set to TRUE.",
          sets(wlan_autoconf_opcode_show_denied_networks, 7, TRUE) &&
              sets(wlan_autoconf_opcode_show_denied_networks, 0, FALSE) &&
              sets(wlan_autoconf_opcode_allow_explicit_creds, 1, TRUE) &&
              sets(wlan_autoconf_opcode_allow_explicit_creds, 0, FALSE));
    CHECK(WlanSetAutoConfigParameter, block_period,
          "The blocked period is the amount of time, in seconds, for which automatic connection to a wireless network "
          "will not be attempted after a previous failure.",
          sets(wlan_autoconf_opcode_block_period, 90, 90) && sets(wlan_autoconf_opcode_block_period, 60, 60));
    CHECK(WlanQueryAutoConfigParameter, virtual_station, "By default, extensibility on a virtual station is allowed.",
          value_of(wlan_autoconf_opcode_allow_virtual_station_extensibility, NULL) == TRUE);
    CHECK(WlanSetAutoConfigParameter, virtual_station, "The value for this opcode is persisted across restarts.",
          sets(wlan_autoconf_opcode_allow_virtual_station_extensibility, 0, FALSE) &&
              (end_service(), before_case(), TRUE) &&
              value_of(wlan_autoconf_opcode_allow_virtual_station_extensibility, NULL) == FALSE &&
              sets(wlan_autoconf_opcode_allow_virtual_station_extensibility, 1, TRUE));
    CHECK(WlanQueryAutoConfigParameter, ERROR_SUCCESS,
          "When set, the ppData parameter will contain a WLAN_POWER_SETTING value specifying the power settings.",
          value_of(wlan_autoconf_opcode_power_setting, &type) == wlan_power_setting_no_saving &&
              type == wlan_opcode_value_type_query_only);
    CHECK(WlanQueryAutoConfigParameter, only_policy, "If FALSE, any profile can be used.",
          value_of(wlan_autoconf_opcode_only_use_gp_profiles_for_allowed_networks, &type) == FALSE &&
              type == wlan_opcode_value_type_query_only);
}

static void arguments(void)
{
    DWORD size, value = 1, reserved = 0;
    HANDLE old = old_client();
    void *data;

    CHECK(
        WlanQueryAutoConfigParameter, ERROR_INVALID_PARAMETER,
        "hClientHandle is NULL or invalid, pReserved is not NULL, ppData is NULL, or pdwDataSize is NULL.",
        GIVES(ERROR_INVALID_PARAMETER, pWlanQueryAutoConfigParameter(NULL, 1, NULL, &size, &data, NULL)) &&
            GIVES(ERROR_INVALID_PARAMETER, pWlanQueryAutoConfigParameter(client(), 1, &reserved, &size, &data, NULL)) &&
            GIVES(ERROR_INVALID_PARAMETER, pWlanQueryAutoConfigParameter(client(), 1, NULL, &size, NULL, NULL)) &&
            GIVES(ERROR_INVALID_PARAMETER, pWlanQueryAutoConfigParameter(client(), 1, NULL, NULL, &data, NULL)) &&
            GIVES(ERROR_INVALID_PARAMETER, pWlanQueryAutoConfigParameter(client(), 0, NULL, &size, &data, NULL)) &&
            GIVES(ERROR_INVALID_PARAMETER, pWlanQueryAutoConfigParameter(client(), 7, NULL, &size, &data, NULL)));
    CHECK(WlanQueryAutoConfigParameter, ERROR_INVALID_HANDLE,
          "The handle hClientHandle was not found in the handle table.",
          GIVES(ERROR_INVALID_HANDLE, pWlanQueryAutoConfigParameter(BAD_HANDLE, 1, NULL, &size, &data, NULL)));
    CHECK(WlanQueryAutoConfigParameter, ERROR_NOT_SUPPORTED, "This function was called from an unsupported platform.",
          GIVES(ERROR_NOT_SUPPORTED, pWlanQueryAutoConfigParameter(old, 1, NULL, &size, &data, NULL)));
    CHECK(
        WlanSetAutoConfigParameter, ERROR_INVALID_PARAMETER,
        "This error is returned if the hClientHandle parameter is NULL, the pData parameter is NULL, or the pReserved "
        "parameter is not NULL.",
        GIVES(ERROR_INVALID_PARAMETER, pWlanSetAutoConfigParameter(NULL, 1, 4, &value, NULL)) &&
            GIVES(ERROR_INVALID_PARAMETER, pWlanSetAutoConfigParameter(client(), 1, 4, NULL, NULL)) &&
            GIVES(ERROR_INVALID_PARAMETER, pWlanSetAutoConfigParameter(client(), 1, 4, &value, &reserved)));
    CHECK(WlanSetAutoConfigParameter, not_settable,
          "This error is also returned if OpCode parameter specified is not one of the WLAN_AUTOCONF_OPCODE values for "
          "a configuration parameter that can be set.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanSetAutoConfigParameter(client(), 0, 4, &value, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanSetAutoConfigParameter(client(), 2, 4, &value, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanSetAutoConfigParameter(client(), 3, 4, &value, NULL)));
    CHECK(WlanSetAutoConfigParameter, size,
          "This error is also returned if the dwDataSize parameter is not set to sizeof(BOOL).",
          GIVES(ERROR_INVALID_PARAMETER, pWlanSetAutoConfigParameter(client(), 1, 1, &value, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanSetAutoConfigParameter(client(), 1, 8, &value, NULL)));
    CHECK(WlanSetAutoConfigParameter, ERROR_INVALID_HANDLE,
          "The handle hClientHandle was not found in the handle table.",
          GIVES(ERROR_INVALID_HANDLE, pWlanSetAutoConfigParameter(BAD_HANDLE, 1, 4, &value, NULL)));
    CHECK(WlanSetAutoConfigParameter, ERROR_NOT_SUPPORTED, "This function was called from an unsupported platform.",
          GIVES(ERROR_NOT_SUPPORTED, pWlanSetAutoConfigParameter(old, 1, 4, &value, NULL)));
    pWlanCloseHandle(old, NULL);
}

static const struct test_case cases[] = {{"parameters", parameters}, {"arguments", arguments}, {NULL, NULL}};
extern const struct group auto_config_group;
const struct group auto_config_group = {"auto_config", __FILE__, cases};
