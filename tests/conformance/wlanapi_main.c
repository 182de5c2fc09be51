/*
 * The conformance tests of wlanapi.dll: Native Wifi and Wi-Fi Direct as documented in the Windows SDK (wlanapi.h).
 */
#include "wlanapi_test.h"

extern const struct group handle_group, network_group, direct_group, direct_legacy_group, reason_group, psd_group,
    services_group, opcode_group, auto_config_group, filter_group, security_group, profile_group, profile_list_group,
    profile_data_group, service_gone_group;

const struct group *const groups[] = {
    &handle_group,       &network_group,      &direct_group,       &direct_legacy_group,
    &reason_group,       &psd_group,          &services_group,     &opcode_group,
    &auto_config_group,  &filter_group,       &security_group,     &profile_group,
    &profile_list_group, &profile_data_group, &service_gone_group, NULL};

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
    {"WlanSetProfile", "RPC_STATUS", "the service is reached by no RPC"},
    {"WlanGetProfile", "ERROR_NOT_ENOUGH_MEMORY", NO_MEMORY},
    {"WlanGetProfile", "Other", "the errors that are not documented are tested where they are made"},
    {"WlanDeleteProfile", "RPC_STATUS", "the service is reached by no RPC"},
    {"WlanRenameProfile", "RPC_STATUS", "the service is reached by no RPC"},
    {"WlanGetProfileList", "ERROR_NOT_ENOUGH_MEMORY", NO_MEMORY},
    {"WlanGetProfileList", "RPC_STATUS", "the service is reached by no RPC"},
    {"WlanSetProfileList", "RPC_STATUS", "the service is reached by no RPC"},
    {"WlanSetProfilePosition", "RPC_STATUS", "the service is reached by no RPC"},
    {"WlanSetProfileCustomUserData", "RPC_STATUS", "the service is reached by no RPC"},
    {"WlanGetProfileCustomUserData", "RPC_STATUS", "the service is reached by no RPC"},
    {"WlanSaveTemporaryProfile", "RPC_STATUS", "the service is reached by no RPC"},
    {"WlanSetProfileEapUserData", "ERROR_NOT_ENOUGH_MEMORY", NO_MEMORY},
    {"WlanSetProfileEapUserData", "RPC_STATUS", "the service is reached by no RPC"},
    {"WlanSetProfileEapUserData", "ERROR_SUCCESS", "there is no 802.1X yet, and so no profile that could have data"},
    {"WlanSetProfileEapXmlUserData", "ERROR_NOT_ENOUGH_MEMORY", NO_MEMORY},
    {"WlanSetProfileEapXmlUserData", "RPC_STATUS", "the service is reached by no RPC"},
    {"WlanSetProfileEapXmlUserData", "ERROR_SUCCESS", "there is no 802.1X yet, and so no profile that could have data"},
    {"WlanSetProfileEapXmlUserData", "ERROR_BAD_PROFILE", "no profile of 802.1X gets into the store to be parsed"},
    {NULL, NULL, NULL}};
