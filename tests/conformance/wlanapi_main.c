/*
 * The conformance tests of wlanapi.dll: Native Wifi and Wi-Fi Direct as documented in the Windows SDK (wlanapi.h).
 */
#include "wlanapi_test.h"

extern const struct group handle_group, network_group, direct_group, direct_legacy_group, reason_group, psd_group,
    services_group, opcode_group, auto_config_group, filter_group, security_group, service_gone_group;

const struct group *const groups[] = {
    &handle_group,   &network_group,      &direct_group, &direct_legacy_group, &reason_group,
    &psd_group,      &services_group,     &opcode_group, &auto_config_group,   &filter_group,
    &security_group, &service_gone_group, NULL};

#define NO_MEMORY "a test cannot exhaust memory"

const struct unreachable unreachable[] = {
    {"WlanOpenHandle", "ERROR_NOT_ENOUGH_MEMORY", NO_MEMORY},
    {"WlanOpenHandle", "ERROR_REMOTE_SESSION_LIMIT_EXCEEDED", "a million handles are allowed"},
    {"WlanEnumInterfaces", "ERROR_NOT_ENOUGH_MEMORY", NO_MEMORY},
    {"WlanScan", "ERROR_NOT_ENOUGH_MEMORY", NO_MEMORY},
    {"WlanGetNetworkBssList", "ERROR_NOT_ENOUGH_MEMORY", NO_MEMORY},
    {"WlanRegisterNotification", "ERROR_NOT_ENOUGH_MEMORY", NO_MEMORY},
    {"WlanExtractPsdIEDataList", "ERROR_NOT_ENOUGH_MEMORY", NO_MEMORY},
    {"WlanQueryAutoConfigParameter", "RPC_STATUS", "the service is reached by no RPC"},
    {"WlanSetAutoConfigParameter", "RPC_STATUS", "the service is reached by no RPC"},
    {"WlanSetFilterList", "RPC_STATUS", "the service is reached by no RPC"},
    {"WlanGetFilterList", "RPC_STATUS", "the service is reached by no RPC"},
    {"WlanReasonCodeToString", "Other", "the texts are in the DLL"},
    {"WlanExtractPsdIEDataList", "RPC_STATUS", "the service is reached by no RPC"},
    {"WlanSetPsdIEDataList", "RPC_STATUS", "the service is reached by no RPC"},
    {"WlanIhvControl", "RPC_STATUS", "the service is reached by no RPC"},
    {"WlanGetSupportedDeviceServices", "ERROR_ACCESS_DENIED", "there is nothing to be kept from anybody"},
    {"WlanDeviceServiceCommand", "ERROR_ACCESS_DENIED", "there is nothing to be kept from anybody"},
    {"WlanRegisterDeviceServiceNotification", "ERROR_ACCESS_DENIED", "there is nothing to be kept from anybody"},
    {"WFDOpenHandle", "ERROR_NOT_ENOUGH_MEMORY", NO_MEMORY},
    {"WFDOpenHandle", "ERROR_REMOTE_SESSION_LIMIT_EXCEEDED", "a million handles are allowed"},
    {"WFDOpenLegacySession", "ERROR_NOT_ENOUGH_MEMORY", NO_MEMORY},
    {"WFDUpdateDeviceVisibility", "ERROR_NOT_ENOUGH_MEMORY", NO_MEMORY},
    {NULL, NULL, NULL}};
