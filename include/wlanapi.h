/*
 * Native Wifi and Wi-Fi Direct, as Microsoft documents wlanapi.h: all of it, where mingw-w64 has half. It takes the
 * place of mingw-w64's wlanapi.h and stands on its windot11.h; what that lacks of newer values is here too.
 *
 *   wlan_reasons.h   the reason codes
 *   wlan_onex.h      what 802.1X notifications carry
 *
 * For C and C++, 32 and 64 bit. Sources: the Windows SDK's documentation (wlanapi.h, wlantypes.h, l2cmn.h) and the
 * public metadata of its types.
 */
#ifndef _INC_WLANAPI
#define _INC_WLANAPI

#include <windows.h>
#include <l2cmn.h>
#include <windot11.h>
#include <eaptypes.h>

#include "wlan_reasons.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- What mingw-w64's windot11.h and l2cmn.h lack ---------------------------------------------------------- */

/* clang-format off */
#define DOT11_AUTH_ALGO_WPA3         ((DOT11_AUTH_ALGORITHM)8)
#define DOT11_AUTH_ALGO_WPA3_ENT_192 ((DOT11_AUTH_ALGORITHM)8)
#define DOT11_AUTH_ALGO_WPA3_SAE     ((DOT11_AUTH_ALGORITHM)9)
#define DOT11_AUTH_ALGO_OWE          ((DOT11_AUTH_ALGORITHM)10)
#define DOT11_AUTH_ALGO_WPA3_ENT     ((DOT11_AUTH_ALGORITHM)11)

#define DOT11_CIPHER_ALGO_BIP          ((DOT11_CIPHER_ALGORITHM)6)
#define DOT11_CIPHER_ALGO_GCMP         ((DOT11_CIPHER_ALGORITHM)8)
#define DOT11_CIPHER_ALGO_GCMP_256     ((DOT11_CIPHER_ALGORITHM)9)
#define DOT11_CIPHER_ALGO_CCMP_256     ((DOT11_CIPHER_ALGORITHM)10)
#define DOT11_CIPHER_ALGO_BIP_GMAC_128 ((DOT11_CIPHER_ALGORITHM)11)
#define DOT11_CIPHER_ALGO_BIP_GMAC_256 ((DOT11_CIPHER_ALGORITHM)12)
#define DOT11_CIPHER_ALGO_BIP_CMAC_256 ((DOT11_CIPHER_ALGORITHM)13)

#define dot11_phy_type_vht ((DOT11_PHY_TYPE)8)
#define dot11_phy_type_dmg ((DOT11_PHY_TYPE)9)
#define dot11_phy_type_he  ((DOT11_PHY_TYPE)10)

#ifndef L2_PROFILE_MAX_NAME_LENGTH
#define L2_PROFILE_MAX_NAME_LENGTH                 0x00000100
#endif
#ifndef L2_NOTIFICATION_SOURCE_NONE
#define L2_NOTIFICATION_SOURCE_NONE                0x00000000
#endif
#ifndef L2_NOTIFICATION_SOURCE_DOT3_AUTO_CONFIG
#define L2_NOTIFICATION_SOURCE_DOT3_AUTO_CONFIG    0x00000001
#endif
#ifndef L2_NOTIFICATION_SOURCE_SECURITY
#define L2_NOTIFICATION_SOURCE_SECURITY            0x00000002
#endif
#ifndef L2_NOTIFICATION_SOURCE_ONEX
#define L2_NOTIFICATION_SOURCE_ONEX                0x00000004
#endif
#ifndef L2_NOTIFICATION_SOURCE_WLAN_ACM
#define L2_NOTIFICATION_SOURCE_WLAN_ACM            0x00000008
#endif
#ifndef L2_NOTIFICATION_SOURCE_WLAN_MSM
#define L2_NOTIFICATION_SOURCE_WLAN_MSM            0x00000010
#endif
#ifndef L2_NOTIFICATION_SOURCE_WLAN_SECURITY
#define L2_NOTIFICATION_SOURCE_WLAN_SECURITY       0x00000020
#endif
#ifndef L2_NOTIFICATION_SOURCE_WLAN_IHV
#define L2_NOTIFICATION_SOURCE_WLAN_IHV            0x00000040
#endif
#ifndef L2_NOTIFICATION_SOURCE_WLAN_HNWK
#define L2_NOTIFICATION_SOURCE_WLAN_HNWK           0x00000080
#endif
#ifndef L2_NOTIFICATION_SOURCE_WCM
#define L2_NOTIFICATION_SOURCE_WCM                 0x00000100
#endif
#ifndef L2_NOTIFICATION_SOURCE_WCM_CSP
#define L2_NOTIFICATION_SOURCE_WCM_CSP             0x00000200
#endif
#ifndef L2_NOTIFICATION_SOURCE_WFD
#define L2_NOTIFICATION_SOURCE_WFD                 0x00000400
#endif
#ifndef L2_NOTIFICATION_SOURCE_WLAN_DEVICE_SERVICE
#define L2_NOTIFICATION_SOURCE_WLAN_DEVICE_SERVICE 0x00000800
#endif
#ifndef L2_NOTIFICATION_SOURCE_ALL
#define L2_NOTIFICATION_SOURCE_ALL                 0x0000ffff
#endif
#ifndef L2_NOTIFICATION_CODE_PUBLIC_BEGIN
#define L2_NOTIFICATION_CODE_PUBLIC_BEGIN          0x00000000
#endif
#ifndef L2_NOTIFICATION_CODE_GROUP_SIZE
#define L2_NOTIFICATION_CODE_GROUP_SIZE            0x00001000
#endif
#define DOT11_RATE_SET_MAX_LENGTH 126
#define DOT11_PSD_IE_MAX_DATA_SIZE 240
#define DOT11_PSD_IE_MAX_ENTRY_NUMBER 5
/* clang-format on */

typedef struct _DOT11_ACCESSNETWORKOPTIONS
{
    UCHAR AccessNetworkType;
    UCHAR Internet;
    UCHAR ASRA;
    UCHAR ESR;
    UCHAR UESA;
} DOT11_ACCESSNETWORKOPTIONS, *PDOT11_ACCESSNETWORKOPTIONS;

typedef struct _DOT11_VENUEINFO
{
    UCHAR VenueGroup;
    UCHAR VenueType;
} DOT11_VENUEINFO, *PDOT11_VENUEINFO;

typedef DOT11_MAC_ADDRESS DOT11_HESSID, *PDOT11_HESSID;

typedef struct _L2_NOTIFICATION_DATA
{
    DWORD NotificationSource;
    DWORD NotificationCode;
    GUID InterfaceGuid;
    DWORD dwDataSize;
    VOID *pData;
} L2_NOTIFICATION_DATA, *PL2_NOTIFICATION_DATA;

/* ---- Constants -------------------------------------------------------------------------------------------------- */

/* clang-format off */
#define WLAN_API_VERSION_1_0 1
#define WLAN_API_VERSION_2_0 2
#define WLAN_API_VERSION     2
/* clang-format on */

#define WLAN_API_MAKE_VERSION(major, minor) (((DWORD)(minor)) << 16 | (major))
#define WLAN_API_VERSION_MAJOR(version)     ((version)&0xffff)
#define WLAN_API_VERSION_MINOR(version)     ((version) >> 16)

/* clang-format off */
#define WLAN_MAX_NAME_LENGTH     256
#define WLAN_MAX_PHY_TYPE_NUMBER 8
#define WLAN_MAX_PHY_INDEX       64
/* clang-format on */

/* clang-format off */
#define WLAN_PROFILE_GROUP_POLICY                  0x00000001
#define WLAN_PROFILE_USER                          0x00000002
#define WLAN_PROFILE_GET_PLAINTEXT_KEY             0x00000004
#define WLAN_PROFILE_CONNECTION_MODE_SET_BY_CLIENT 0x00010000
#define WLAN_PROFILE_CONNECTION_MODE_AUTO          0x00020000
/* clang-format on */

/* Rights to a profile: WlanGetProfile, WlanSetSecuritySettings. */
#define WLAN_READ_ACCESS    (STANDARD_RIGHTS_READ | FILE_READ_DATA)
#define WLAN_EXECUTE_ACCESS (WLAN_READ_ACCESS | STANDARD_RIGHTS_EXECUTE | FILE_EXECUTE)
#define WLAN_WRITE_ACCESS                                                                                              \
    (WLAN_READ_ACCESS | WLAN_EXECUTE_ACCESS | STANDARD_RIGHTS_WRITE | FILE_WRITE_DATA | DELETE | WRITE_DAC)

/* clang-format off */
#define WLAN_AVAILABLE_NETWORK_CONNECTED                          0x00000001
#define WLAN_AVAILABLE_NETWORK_HAS_PROFILE                        0x00000002
#define WLAN_AVAILABLE_NETWORK_CONSOLE_USER_PROFILE               0x00000004
#define WLAN_AVAILABLE_NETWORK_INTERWORKING_SUPPORTED             0x00000008
#define WLAN_AVAILABLE_NETWORK_HOTSPOT2_ENABLED                   0x00000010
#define WLAN_AVAILABLE_NETWORK_ANQP_SUPPORTED                     0x00000020
#define WLAN_AVAILABLE_NETWORK_HOTSPOT2_DOMAIN                    0x00000040
#define WLAN_AVAILABLE_NETWORK_HOTSPOT2_ROAMING                   0x00000080
#define WLAN_AVAILABLE_NETWORK_AUTO_CONNECT_FAILED                0x00000100
#define WLAN_AVAILABLE_NETWORK_INCLUDE_ALL_ADHOC_PROFILES         0x00000001
#define WLAN_AVAILABLE_NETWORK_INCLUDE_ALL_MANUAL_HIDDEN_PROFILES 0x00000002
/* clang-format on */

/* clang-format off */
#define WLAN_CONNECTION_HIDDEN_NETWORK                                 0x00000001
#define WLAN_CONNECTION_ADHOC_JOIN_ONLY                                0x00000002
#define WLAN_CONNECTION_IGNORE_PRIVACY_BIT                             0x00000004
#define WLAN_CONNECTION_EAPOL_PASSTHROUGH                              0x00000008
#define WLAN_CONNECTION_PERSIST_DISCOVERY_PROFILE                      0x00000010
#define WLAN_CONNECTION_PERSIST_DISCOVERY_PROFILE_CONNECTION_MODE_AUTO 0x00000020
#define WLAN_CONNECTION_PERSIST_DISCOVERY_PROFILE_OVERWRITE_EXISTING   0x00000040
/* clang-format on */

/* clang-format off */
#define WLAN_NOTIFICATION_SOURCE_NONE           0x00000000
#define WLAN_NOTIFICATION_SOURCE_ALL            0x0000ffff
#define WLAN_NOTIFICATION_SOURCE_ACM            0x00000008
#define WLAN_NOTIFICATION_SOURCE_MSM            0x00000010
#define WLAN_NOTIFICATION_SOURCE_SECURITY       0x00000020
#define WLAN_NOTIFICATION_SOURCE_IHV            0x00000040
#define WLAN_NOTIFICATION_SOURCE_HNWK           0x00000080
#define WLAN_NOTIFICATION_SOURCE_ONEX           0x00000004
#define WLAN_NOTIFICATION_SOURCE_DEVICE_SERVICE 0x00000800
/* clang-format on */

typedef DWORD WLAN_REASON_CODE, *PWLAN_REASON_CODE;
typedef ULONG WLAN_SIGNAL_QUALITY, *PWLAN_SIGNAL_QUALITY;

/* ---- Interfaces ------------------------------------------------------------------------------------------------- */

typedef enum _WLAN_INTERFACE_STATE
{
    wlan_interface_state_not_ready = 0,
    wlan_interface_state_connected,
    wlan_interface_state_ad_hoc_network_formed,
    wlan_interface_state_disconnecting,
    wlan_interface_state_disconnected,
    wlan_interface_state_associating,
    wlan_interface_state_discovering,
    wlan_interface_state_authenticating,
} WLAN_INTERFACE_STATE,
    *PWLAN_INTERFACE_STATE;

typedef struct _WLAN_INTERFACE_INFO
{
    GUID InterfaceGuid;
    WCHAR strInterfaceDescription[WLAN_MAX_NAME_LENGTH];
    WLAN_INTERFACE_STATE isState;
} WLAN_INTERFACE_INFO, *PWLAN_INTERFACE_INFO;

typedef struct _WLAN_INTERFACE_INFO_LIST
{
    DWORD dwNumberOfItems;
    DWORD dwIndex;
    WLAN_INTERFACE_INFO InterfaceInfo[1];
} WLAN_INTERFACE_INFO_LIST, *PWLAN_INTERFACE_INFO_LIST;

typedef enum _WLAN_INTERFACE_TYPE
{
    wlan_interface_type_emulated_802_11 = 0,
    wlan_interface_type_native_802_11,
    wlan_interface_type_invalid,
} WLAN_INTERFACE_TYPE,
    *PWLAN_INTERFACE_TYPE;

typedef struct _WLAN_INTERFACE_CAPABILITY
{
    WLAN_INTERFACE_TYPE interfaceType;
    BOOL bDot11DSupported;
    DWORD dwMaxDesiredSsidListSize;
    DWORD dwMaxDesiredBssidListSize;
    DWORD dwNumberOfSupportedPhys;
    DOT11_PHY_TYPE dot11PhyTypes[WLAN_MAX_PHY_INDEX];
} WLAN_INTERFACE_CAPABILITY, *PWLAN_INTERFACE_CAPABILITY;

typedef enum _WLAN_INTF_OPCODE
{
    wlan_intf_opcode_autoconf_start = 0,
    wlan_intf_opcode_autoconf_enabled,
    wlan_intf_opcode_background_scan_enabled,
    wlan_intf_opcode_media_streaming_mode,
    wlan_intf_opcode_radio_state,
    wlan_intf_opcode_bss_type,
    wlan_intf_opcode_interface_state,
    wlan_intf_opcode_current_connection,
    wlan_intf_opcode_channel_number,
    wlan_intf_opcode_supported_infrastructure_auth_cipher_pairs,
    wlan_intf_opcode_supported_adhoc_auth_cipher_pairs,
    wlan_intf_opcode_supported_country_or_region_string_list,
    wlan_intf_opcode_current_operation_mode,
    wlan_intf_opcode_supported_safe_mode,
    wlan_intf_opcode_certified_safe_mode,
    wlan_intf_opcode_hosted_network_capable,
    wlan_intf_opcode_management_frame_protection_capable,
    wlan_intf_opcode_secondary_sta_interfaces,
    wlan_intf_opcode_secondary_sta_synchronized_connections,
    wlan_intf_opcode_autoconf_end = 0x0fffffff,
    wlan_intf_opcode_msm_start = 0x10000100,
    wlan_intf_opcode_statistics,
    wlan_intf_opcode_rssi,
    wlan_intf_opcode_msm_end = 0x1fffffff,
    wlan_intf_opcode_security_start = 0x20010000,
    wlan_intf_opcode_security_end = 0x2fffffff,
    wlan_intf_opcode_ihv_start,
    wlan_intf_opcode_ihv_end = 0x3fffffff,
} WLAN_INTF_OPCODE,
    *PWLAN_INTF_OPCODE;

typedef enum _WLAN_OPCODE_VALUE_TYPE
{
    wlan_opcode_value_type_query_only = 0,
    wlan_opcode_value_type_set_by_group_policy,
    wlan_opcode_value_type_set_by_user,
    wlan_opcode_value_type_invalid,
} WLAN_OPCODE_VALUE_TYPE,
    *PWLAN_OPCODE_VALUE_TYPE;

typedef enum _WLAN_AUTOCONF_OPCODE
{
    wlan_autoconf_opcode_start = 0,
    wlan_autoconf_opcode_show_denied_networks,
    wlan_autoconf_opcode_power_setting,
    wlan_autoconf_opcode_only_use_gp_profiles_for_allowed_networks,
    wlan_autoconf_opcode_allow_explicit_creds,
    wlan_autoconf_opcode_block_period,
    wlan_autoconf_opcode_allow_virtual_station_extensibility,
    wlan_autoconf_opcode_end,
} WLAN_AUTOCONF_OPCODE,
    *PWLAN_AUTOCONF_OPCODE;

typedef enum _WLAN_POWER_SETTING
{
    wlan_power_setting_no_saving = 0,
    wlan_power_setting_low_saving,
    wlan_power_setting_medium_saving,
    wlan_power_setting_maximum_saving,
    wlan_power_setting_invalid,
} WLAN_POWER_SETTING,
    *PWLAN_POWER_SETTING;

typedef enum _WLAN_OPERATIONAL_STATE
{
    wlan_operational_state_unknown = 0,
    wlan_operational_state_off,
    wlan_operational_state_on,
    wlan_operational_state_going_off,
    wlan_operational_state_going_on,
} WLAN_OPERATIONAL_STATE,
    *PWLAN_OPERATIONAL_STATE;

typedef enum _DOT11_RADIO_STATE
{
    dot11_radio_state_unknown = 0,
    dot11_radio_state_on,
    dot11_radio_state_off,
} DOT11_RADIO_STATE,
    *PDOT11_RADIO_STATE;

typedef struct _WLAN_PHY_RADIO_STATE
{
    DWORD dwPhyIndex;
    DOT11_RADIO_STATE dot11SoftwareRadioState;
    DOT11_RADIO_STATE dot11HardwareRadioState;
} WLAN_PHY_RADIO_STATE, *PWLAN_PHY_RADIO_STATE;

typedef struct _WLAN_RADIO_STATE
{
    DWORD dwNumberOfPhys;
    WLAN_PHY_RADIO_STATE PhyRadioState[WLAN_MAX_PHY_INDEX];
} WLAN_RADIO_STATE, *PWLAN_RADIO_STATE;

typedef struct _WLAN_AUTH_CIPHER_PAIR_LIST
{
    DWORD dwNumberOfItems;
    DOT11_AUTH_CIPHER_PAIR pAuthCipherPairList[1];
} WLAN_AUTH_CIPHER_PAIR_LIST, *PWLAN_AUTH_CIPHER_PAIR_LIST;

typedef struct _WLAN_COUNTRY_OR_REGION_STRING_LIST
{
    DWORD dwNumberOfItems;
    DOT11_COUNTRY_OR_REGION_STRING pCountryOrRegionStringList[1];
} WLAN_COUNTRY_OR_REGION_STRING_LIST, *PWLAN_COUNTRY_OR_REGION_STRING_LIST;

typedef struct _WLAN_PHY_FRAME_STATISTICS
{
    ULONGLONG ullTransmittedFrameCount;
    ULONGLONG ullMulticastTransmittedFrameCount;
    ULONGLONG ullFailedCount;
    ULONGLONG ullRetryCount;
    ULONGLONG ullMultipleRetryCount;
    ULONGLONG ullMaxTXLifetimeExceededCount;
    ULONGLONG ullTransmittedFragmentCount;
    ULONGLONG ullRTSSuccessCount;
    ULONGLONG ullRTSFailureCount;
    ULONGLONG ullACKFailureCount;
    ULONGLONG ullReceivedFrameCount;
    ULONGLONG ullMulticastReceivedFrameCount;
    ULONGLONG ullPromiscuousReceivedFrameCount;
    ULONGLONG ullMaxRXLifetimeExceededCount;
    ULONGLONG ullFrameDuplicateCount;
    ULONGLONG ullReceivedFragmentCount;
    ULONGLONG ullPromiscuousReceivedFragmentCount;
    ULONGLONG ullFCSErrorCount;
} WLAN_PHY_FRAME_STATISTICS, *PWLAN_PHY_FRAME_STATISTICS;

typedef struct _WLAN_MAC_FRAME_STATISTICS
{
    ULONGLONG ullTransmittedFrameCount;
    ULONGLONG ullReceivedFrameCount;
    ULONGLONG ullWEPExcludedCount;
    ULONGLONG ullTKIPLocalMICFailures;
    ULONGLONG ullTKIPReplays;
    ULONGLONG ullTKIPICVErrorCount;
    ULONGLONG ullCCMPReplays;
    ULONGLONG ullCCMPDecryptErrors;
    ULONGLONG ullWEPUndecryptableCount;
    ULONGLONG ullWEPICVErrorCount;
    ULONGLONG ullDecryptSuccessCount;
    ULONGLONG ullDecryptFailureCount;
} WLAN_MAC_FRAME_STATISTICS, *PWLAN_MAC_FRAME_STATISTICS;

typedef struct _WLAN_STATISTICS
{
    ULONGLONG ullFourWayHandshakeFailures;
    ULONGLONG ullTKIPCounterMeasuresInvoked;
    ULONGLONG ullReserved;
    WLAN_MAC_FRAME_STATISTICS MacUcastCounters;
    WLAN_MAC_FRAME_STATISTICS MacMcastCounters;
    DWORD dwNumberOfPhys;
    WLAN_PHY_FRAME_STATISTICS PhyCounters[1];
} WLAN_STATISTICS, *PWLAN_STATISTICS;

/* ---- Networks --------------------------------------------------------------------------------------------------- */

typedef struct _DOT11_NETWORK
{
    DOT11_SSID dot11Ssid;
    DOT11_BSS_TYPE dot11BssType;
} DOT11_NETWORK, *PDOT11_NETWORK;

typedef struct _DOT11_NETWORK_LIST
{
    DWORD dwNumberOfItems;
    DWORD dwIndex;
    DOT11_NETWORK Network[1];
} DOT11_NETWORK_LIST, *PDOT11_NETWORK_LIST;

typedef struct _WLAN_RAW_DATA
{
    DWORD dwDataSize;
    UCHAR DataBlob[1];
} WLAN_RAW_DATA, *PWLAN_RAW_DATA;

typedef struct _WLAN_RAW_DATA_LIST
{
    DWORD dwTotalSize;
    DWORD dwNumberOfItems;
    struct
    {
        DWORD dwDataOffset;
        DWORD dwDataSize;
    } DataList[1];
} WLAN_RAW_DATA_LIST, *PWLAN_RAW_DATA_LIST;

typedef struct _WLAN_RATE_SET
{
    ULONG uRateSetLength;
    USHORT usRateSet[DOT11_RATE_SET_MAX_LENGTH];
} WLAN_RATE_SET, *PWLAN_RATE_SET;

typedef struct _WLAN_BSS_ENTRY
{
    DOT11_SSID dot11Ssid;
    ULONG uPhyId;
    DOT11_MAC_ADDRESS dot11Bssid;
    DOT11_BSS_TYPE dot11BssType;
    DOT11_PHY_TYPE dot11BssPhyType;
    LONG lRssi;
    ULONG uLinkQuality;
    BOOLEAN bInRegDomain;
    USHORT usBeaconPeriod;
    ULONGLONG ullTimestamp;
    ULONGLONG ullHostTimestamp;
    USHORT usCapabilityInformation;
    ULONG ulChCenterFrequency;
    WLAN_RATE_SET wlanRateSet;
    ULONG ulIeOffset;
    ULONG ulIeSize;
} WLAN_BSS_ENTRY, *PWLAN_BSS_ENTRY;

typedef struct _WLAN_BSS_LIST
{
    DWORD dwTotalSize;
    DWORD dwNumberOfItems;
    WLAN_BSS_ENTRY wlanBssEntries[1];
} WLAN_BSS_LIST, *PWLAN_BSS_LIST;

typedef struct _WLAN_AVAILABLE_NETWORK
{
    WCHAR strProfileName[WLAN_MAX_NAME_LENGTH];
    DOT11_SSID dot11Ssid;
    DOT11_BSS_TYPE dot11BssType;
    ULONG uNumberOfBssids;
    BOOL bNetworkConnectable;
    WLAN_REASON_CODE wlanNotConnectableReason;
    ULONG uNumberOfPhyTypes;
    DOT11_PHY_TYPE dot11PhyTypes[WLAN_MAX_PHY_TYPE_NUMBER];
    BOOL bMorePhyTypes;
    WLAN_SIGNAL_QUALITY wlanSignalQuality;
    BOOL bSecurityEnabled;
    DOT11_AUTH_ALGORITHM dot11DefaultAuthAlgorithm;
    DOT11_CIPHER_ALGORITHM dot11DefaultCipherAlgorithm;
    DWORD dwFlags;
    DWORD dwReserved;
} WLAN_AVAILABLE_NETWORK, *PWLAN_AVAILABLE_NETWORK;

typedef struct _WLAN_AVAILABLE_NETWORK_LIST
{
    DWORD dwNumberOfItems;
    DWORD dwIndex;
    WLAN_AVAILABLE_NETWORK Network[1];
} WLAN_AVAILABLE_NETWORK_LIST, *PWLAN_AVAILABLE_NETWORK_LIST;

typedef struct _WLAN_AVAILABLE_NETWORK_V2
{
    WCHAR strProfileName[WLAN_MAX_NAME_LENGTH];
    DOT11_SSID dot11Ssid;
    DOT11_BSS_TYPE dot11BssType;
    ULONG uNumberOfBssids;
    BOOL bNetworkConnectable;
    WLAN_REASON_CODE wlanNotConnectableReason;
    ULONG uNumberOfPhyTypes;
    DOT11_PHY_TYPE dot11PhyTypes[WLAN_MAX_PHY_TYPE_NUMBER];
    BOOL bMorePhyTypes;
    WLAN_SIGNAL_QUALITY wlanSignalQuality;
    BOOL bSecurityEnabled;
    DOT11_AUTH_ALGORITHM dot11DefaultAuthAlgorithm;
    DOT11_CIPHER_ALGORITHM dot11DefaultCipherAlgorithm;
    DWORD dwFlags;
    DOT11_ACCESSNETWORKOPTIONS AccessNetworkOptions;
    DOT11_MAC_ADDRESS dot11HESSID;
    DOT11_VENUEINFO VenueInfo;
    DWORD dwReserved;
} WLAN_AVAILABLE_NETWORK_V2, *PWLAN_AVAILABLE_NETWORK_V2;

typedef struct _WLAN_AVAILABLE_NETWORK_LIST_V2
{
    DWORD dwNumberOfItems;
    DWORD dwIndex;
    WLAN_AVAILABLE_NETWORK_V2 Network[1];
} WLAN_AVAILABLE_NETWORK_LIST_V2, *PWLAN_AVAILABLE_NETWORK_LIST_V2;

/* ---- Profiles --------------------------------------------------------------------------------------------------- */

typedef struct _WLAN_PROFILE_INFO
{
    WCHAR strProfileName[WLAN_MAX_NAME_LENGTH];
    DWORD dwFlags;
} WLAN_PROFILE_INFO, *PWLAN_PROFILE_INFO;

typedef struct _WLAN_PROFILE_INFO_LIST
{
    DWORD dwNumberOfItems;
    DWORD dwIndex;
    WLAN_PROFILE_INFO ProfileInfo[1];
} WLAN_PROFILE_INFO_LIST, *PWLAN_PROFILE_INFO_LIST;

typedef enum _WLAN_SET_EAPHOST_FLAGS
{
    WLAN_SET_EAPHOST_DATA_ALL_USERS = 1,
} WLAN_SET_EAPHOST_FLAGS,
    *PWLAN_SET_EAPHOST_FLAGS;

typedef enum _WLAN_FILTER_LIST_TYPE
{
    wlan_filter_list_type_gp_permit = 0,
    wlan_filter_list_type_gp_deny,
    wlan_filter_list_type_user_permit,
    wlan_filter_list_type_user_deny,
} WLAN_FILTER_LIST_TYPE,
    *PWLAN_FILTER_LIST_TYPE;

typedef enum _WLAN_SECURABLE_OBJECT
{
    wlan_secure_permit_list = 0,
    wlan_secure_deny_list,
    wlan_secure_ac_enabled,
    wlan_secure_bc_scan_enabled,
    wlan_secure_bss_type,
    wlan_secure_show_denied,
    wlan_secure_interface_properties,
    wlan_secure_ihv_control,
    wlan_secure_all_user_profiles_order,
    wlan_secure_add_new_all_user_profiles,
    wlan_secure_add_new_per_user_profiles,
    wlan_secure_media_streaming_mode_enabled,
    wlan_secure_current_operation_mode,
    wlan_secure_get_plaintext_key,
    wlan_secure_hosted_network_elevated_access,
    wlan_secure_virtual_station_extensibility,
    wlan_secure_wfd_elevated_access,
    WLAN_SECURABLE_OBJECT_COUNT,
} WLAN_SECURABLE_OBJECT,
    *PWLAN_SECURABLE_OBJECT;

/* ---- Connections ------------------------------------------------------------------------------------------------ */

typedef enum _WLAN_CONNECTION_MODE
{
    wlan_connection_mode_profile = 0,
    wlan_connection_mode_temporary_profile,
    wlan_connection_mode_discovery_secure,
    wlan_connection_mode_discovery_unsecure,
    wlan_connection_mode_auto,
    wlan_connection_mode_invalid,
} WLAN_CONNECTION_MODE,
    *PWLAN_CONNECTION_MODE;

typedef struct _WLAN_CONNECTION_PARAMETERS
{
    WLAN_CONNECTION_MODE wlanConnectionMode;
    PWSTR strProfile;
    PDOT11_SSID pDot11Ssid;
    PDOT11_BSSID_LIST pDesiredBssidList;
    DOT11_BSS_TYPE dot11BssType;
    DWORD dwFlags;
} WLAN_CONNECTION_PARAMETERS, *PWLAN_CONNECTION_PARAMETERS;

typedef struct _WLAN_CONNECTION_PARAMETERS_V2
{
    WLAN_CONNECTION_MODE wlanConnectionMode;
    PWSTR strProfile;
    PDOT11_SSID pDot11Ssid;
    UCHAR *pDot11Hessid;
    PDOT11_BSSID_LIST pDesiredBssidList;
    DOT11_BSS_TYPE dot11BssType;
    DWORD dwFlags;
    DOT11_ACCESSNETWORKOPTIONS *pDot11AccessNetworkOptions;
} WLAN_CONNECTION_PARAMETERS_V2, *PWLAN_CONNECTION_PARAMETERS_V2;

typedef struct _WLAN_ASSOCIATION_ATTRIBUTES
{
    DOT11_SSID dot11Ssid;
    DOT11_BSS_TYPE dot11BssType;
    DOT11_MAC_ADDRESS dot11Bssid;
    DOT11_PHY_TYPE dot11PhyType;
    ULONG uDot11PhyIndex;
    WLAN_SIGNAL_QUALITY wlanSignalQuality;
    ULONG ulRxRate;
    ULONG ulTxRate;
} WLAN_ASSOCIATION_ATTRIBUTES, *PWLAN_ASSOCIATION_ATTRIBUTES;

typedef struct _WLAN_SECURITY_ATTRIBUTES
{
    BOOL bSecurityEnabled;
    BOOL bOneXEnabled;
    DOT11_AUTH_ALGORITHM dot11AuthAlgorithm;
    DOT11_CIPHER_ALGORITHM dot11CipherAlgorithm;
} WLAN_SECURITY_ATTRIBUTES, *PWLAN_SECURITY_ATTRIBUTES;

typedef struct _WLAN_CONNECTION_ATTRIBUTES
{
    WLAN_INTERFACE_STATE isState;
    WLAN_CONNECTION_MODE wlanConnectionMode;
    WCHAR strProfileName[WLAN_MAX_NAME_LENGTH];
    WLAN_ASSOCIATION_ATTRIBUTES wlanAssociationAttributes;
    WLAN_SECURITY_ATTRIBUTES wlanSecurityAttributes;
} WLAN_CONNECTION_ATTRIBUTES, *PWLAN_CONNECTION_ATTRIBUTES;

typedef enum _WLAN_ADHOC_NETWORK_STATE
{
    wlan_adhoc_network_state_formed = 0,
    wlan_adhoc_network_state_connected,
} WLAN_ADHOC_NETWORK_STATE,
    *PWLAN_ADHOC_NETWORK_STATE;

/* ---- Notifications ---------------------------------------------------------------------------------------------- */

typedef L2_NOTIFICATION_DATA WLAN_NOTIFICATION_DATA, *PWLAN_NOTIFICATION_DATA;

typedef VOID(WINAPI *WLAN_NOTIFICATION_CALLBACK)(PWLAN_NOTIFICATION_DATA data, PVOID context);

typedef enum _WLAN_NOTIFICATION_ACM
{
    wlan_notification_acm_start = 0,
    wlan_notification_acm_autoconf_enabled,
    wlan_notification_acm_autoconf_disabled,
    wlan_notification_acm_background_scan_enabled,
    wlan_notification_acm_background_scan_disabled,
    wlan_notification_acm_bss_type_change,
    wlan_notification_acm_power_setting_change,
    wlan_notification_acm_scan_complete,
    wlan_notification_acm_scan_fail,
    wlan_notification_acm_connection_start,
    wlan_notification_acm_connection_complete,
    wlan_notification_acm_connection_attempt_fail,
    wlan_notification_acm_filter_list_change,
    wlan_notification_acm_interface_arrival,
    wlan_notification_acm_interface_removal,
    wlan_notification_acm_profile_change,
    wlan_notification_acm_profile_name_change,
    wlan_notification_acm_profiles_exhausted,
    wlan_notification_acm_network_not_available,
    wlan_notification_acm_network_available,
    wlan_notification_acm_disconnecting,
    wlan_notification_acm_disconnected,
    wlan_notification_acm_adhoc_network_state_change,
    wlan_notification_acm_profile_unblocked,
    wlan_notification_acm_screen_power_change,
    wlan_notification_acm_profile_blocked,
    wlan_notification_acm_scan_list_refresh,
    wlan_notification_acm_operational_state_change,
    wlan_notification_acm_end,
} WLAN_NOTIFICATION_ACM,
    *PWLAN_NOTIFICATION_ACM;

typedef enum _WLAN_NOTIFICATION_MSM
{
    wlan_notification_msm_start = 0,
    wlan_notification_msm_associating,
    wlan_notification_msm_associated,
    wlan_notification_msm_authenticating,
    wlan_notification_msm_connected,
    wlan_notification_msm_roaming_start,
    wlan_notification_msm_roaming_end,
    wlan_notification_msm_radio_state_change,
    wlan_notification_msm_signal_quality_change,
    wlan_notification_msm_disassociating,
    wlan_notification_msm_disconnected,
    wlan_notification_msm_peer_join,
    wlan_notification_msm_peer_leave,
    wlan_notification_msm_adapter_removal,
    wlan_notification_msm_adapter_operation_mode_change,
    wlan_notification_msm_link_degraded,
    wlan_notification_msm_link_improved,
    wlan_notification_msm_end,
} WLAN_NOTIFICATION_MSM,
    *PWLAN_NOTIFICATION_MSM;

typedef enum _WLAN_NOTIFICATION_SECURITY
{
    wlan_notification_security_start = 0,
    wlan_notification_security_end,
} WLAN_NOTIFICATION_SECURITY,
    *PWLAN_NOTIFICATION_SECURITY;

typedef enum _WLAN_CONNECTION_NOTIFICATION_FLAGS
{
    WLAN_CONNECTION_NOTIFICATION_ADHOC_NETWORK_FORMED = 1,
    WLAN_CONNECTION_NOTIFICATION_CONSOLE_USER_PROFILE = 4,
} WLAN_CONNECTION_NOTIFICATION_FLAGS,
    *PWLAN_CONNECTION_NOTIFICATION_FLAGS;

typedef struct _WLAN_CONNECTION_NOTIFICATION_DATA
{
    WLAN_CONNECTION_MODE wlanConnectionMode;
    WCHAR strProfileName[WLAN_MAX_NAME_LENGTH];
    DOT11_SSID dot11Ssid;
    DOT11_BSS_TYPE dot11BssType;
    BOOL bSecurityEnabled;
    WLAN_REASON_CODE wlanReasonCode;
    WLAN_CONNECTION_NOTIFICATION_FLAGS dwFlags;
    WCHAR strProfileXml[1];
} WLAN_CONNECTION_NOTIFICATION_DATA, *PWLAN_CONNECTION_NOTIFICATION_DATA;

typedef struct _WLAN_MSM_NOTIFICATION_DATA
{
    WLAN_CONNECTION_MODE wlanConnectionMode;
    WCHAR strProfileName[WLAN_MAX_NAME_LENGTH];
    DOT11_SSID dot11Ssid;
    DOT11_BSS_TYPE dot11BssType;
    DOT11_MAC_ADDRESS dot11MacAddr;
    BOOL bSecurityEnabled;
    BOOL bFirstPeer;
    BOOL bLastPeer;
    WLAN_REASON_CODE wlanReasonCode;
} WLAN_MSM_NOTIFICATION_DATA, *PWLAN_MSM_NOTIFICATION_DATA;

/* ---- Vendors and device services -------------------------------------------------------------------------------- */

typedef enum _WLAN_IHV_CONTROL_TYPE
{
    wlan_ihv_control_type_service = 0,
    wlan_ihv_control_type_driver,
} WLAN_IHV_CONTROL_TYPE,
    *PWLAN_IHV_CONTROL_TYPE;

typedef struct _WLAN_DEVICE_SERVICE_GUID_LIST
{
    DWORD dwNumberOfItems;
    DWORD dwIndex;
    GUID DeviceService[1];
} WLAN_DEVICE_SERVICE_GUID_LIST, *PWLAN_DEVICE_SERVICE_GUID_LIST;

typedef struct _WLAN_DEVICE_SERVICE_NOTIFICATION_DATA
{
    GUID DeviceService;
    DWORD dwOpCode;
    DWORD dwDataSize;
    UCHAR DataBlob[1];
} WLAN_DEVICE_SERVICE_NOTIFICATION_DATA, *PWLAN_DEVICE_SERVICE_NOTIFICATION_DATA;

/* ---- Hosted network --------------------------------------------------------------------------------------------- */

typedef enum _WLAN_HOSTED_NETWORK_STATE
{
    wlan_hosted_network_unavailable = 0,
    wlan_hosted_network_idle,
    wlan_hosted_network_active,
} WLAN_HOSTED_NETWORK_STATE,
    *PWLAN_HOSTED_NETWORK_STATE;

typedef enum _WLAN_HOSTED_NETWORK_REASON
{
    wlan_hosted_network_reason_success = 0,
    wlan_hosted_network_reason_unspecified,
    wlan_hosted_network_reason_bad_parameters,
    wlan_hosted_network_reason_service_shutting_down,
    wlan_hosted_network_reason_insufficient_resources,
    wlan_hosted_network_reason_elevation_required,
    wlan_hosted_network_reason_read_only,
    wlan_hosted_network_reason_persistence_failed,
    wlan_hosted_network_reason_crypt_error,
    wlan_hosted_network_reason_impersonation,
    wlan_hosted_network_reason_stop_before_start,
    wlan_hosted_network_reason_interface_available,
    wlan_hosted_network_reason_interface_unavailable,
    wlan_hosted_network_reason_miniport_stopped,
    wlan_hosted_network_reason_miniport_started,
    wlan_hosted_network_reason_incompatible_connection_started,
    wlan_hosted_network_reason_incompatible_connection_stopped,
    wlan_hosted_network_reason_user_action,
    wlan_hosted_network_reason_client_abort,
    wlan_hosted_network_reason_ap_start_failed,
    wlan_hosted_network_reason_peer_arrived,
    wlan_hosted_network_reason_peer_departed,
    wlan_hosted_network_reason_peer_timeout,
    wlan_hosted_network_reason_gp_denied,
    wlan_hosted_network_reason_service_unavailable,
    wlan_hosted_network_reason_device_change,
    wlan_hosted_network_reason_properties_change,
    wlan_hosted_network_reason_virtual_station_blocking_use,
    wlan_hosted_network_reason_service_available_on_virtual_station,
} WLAN_HOSTED_NETWORK_REASON,
    *PWLAN_HOSTED_NETWORK_REASON;

typedef enum _WLAN_HOSTED_NETWORK_PEER_AUTH_STATE
{
    wlan_hosted_network_peer_state_invalid = 0,
    wlan_hosted_network_peer_state_authenticated,
} WLAN_HOSTED_NETWORK_PEER_AUTH_STATE,
    *PWLAN_HOSTED_NETWORK_PEER_AUTH_STATE;

typedef struct _WLAN_HOSTED_NETWORK_PEER_STATE
{
    DOT11_MAC_ADDRESS PeerMacAddress;
    WLAN_HOSTED_NETWORK_PEER_AUTH_STATE PeerAuthState;
} WLAN_HOSTED_NETWORK_PEER_STATE, *PWLAN_HOSTED_NETWORK_PEER_STATE;

typedef struct _WLAN_HOSTED_NETWORK_RADIO_STATE
{
    DOT11_RADIO_STATE dot11SoftwareRadioState;
    DOT11_RADIO_STATE dot11HardwareRadioState;
} WLAN_HOSTED_NETWORK_RADIO_STATE, *PWLAN_HOSTED_NETWORK_RADIO_STATE;

typedef enum _WLAN_HOSTED_NETWORK_NOTIFICATION_CODE
{
    wlan_hosted_network_state_change = 0x00001000,
    wlan_hosted_network_peer_state_change,
    wlan_hosted_network_radio_state_change,
} WLAN_HOSTED_NETWORK_NOTIFICATION_CODE,
    *PWLAN_HOSTED_NETWORK_NOTIFICATION_CODE;

typedef struct _WLAN_HOSTED_NETWORK_STATE_CHANGE
{
    WLAN_HOSTED_NETWORK_STATE OldState;
    WLAN_HOSTED_NETWORK_STATE NewState;
    WLAN_HOSTED_NETWORK_REASON StateChangeReason;
} WLAN_HOSTED_NETWORK_STATE_CHANGE, *PWLAN_HOSTED_NETWORK_STATE_CHANGE;

typedef struct _WLAN_HOSTED_NETWORK_DATA_PEER_STATE_CHANGE
{
    WLAN_HOSTED_NETWORK_PEER_STATE OldState;
    WLAN_HOSTED_NETWORK_PEER_STATE NewState;
    WLAN_HOSTED_NETWORK_REASON PeerStateChangeReason;
} WLAN_HOSTED_NETWORK_DATA_PEER_STATE_CHANGE, *PWLAN_HOSTED_NETWORK_DATA_PEER_STATE_CHANGE;

typedef enum _WLAN_HOSTED_NETWORK_OPCODE
{
    wlan_hosted_network_opcode_connection_settings = 0,
    wlan_hosted_network_opcode_security_settings,
    wlan_hosted_network_opcode_station_profile,
    wlan_hosted_network_opcode_enable,
} WLAN_HOSTED_NETWORK_OPCODE,
    *PWLAN_HOSTED_NETWORK_OPCODE;

typedef struct _WLAN_HOSTED_NETWORK_CONNECTION_SETTINGS
{
    DOT11_SSID hostedNetworkSSID;
    DWORD dwMaxNumberOfPeers;
} WLAN_HOSTED_NETWORK_CONNECTION_SETTINGS, *PWLAN_HOSTED_NETWORK_CONNECTION_SETTINGS;

typedef struct _WLAN_HOSTED_NETWORK_SECURITY_SETTINGS
{
    DOT11_AUTH_ALGORITHM dot11AuthAlgo;
    DOT11_CIPHER_ALGORITHM dot11CipherAlgo;
} WLAN_HOSTED_NETWORK_SECURITY_SETTINGS, *PWLAN_HOSTED_NETWORK_SECURITY_SETTINGS;

typedef struct _WLAN_HOSTED_NETWORK_STATUS
{
    WLAN_HOSTED_NETWORK_STATE HostedNetworkState;
    GUID IPDeviceID;
    DOT11_MAC_ADDRESS wlanHostedNetworkBSSID;
    DOT11_PHY_TYPE dot11PhyType;
    ULONG ulChannelFrequency;
    DWORD dwNumberOfPeers;
    WLAN_HOSTED_NETWORK_PEER_STATE PeerList[1];
} WLAN_HOSTED_NETWORK_STATUS, *PWLAN_HOSTED_NETWORK_STATUS;

/* ---- Wi-Fi Direct ----------------------------------------------------------------------------------------------- */

/* clang-format off */
#define WFD_API_VERSION_1_0 1
#define WFD_API_VERSION     1
/* clang-format on */

typedef enum _WFD_ROLE_TYPE
{
    WFD_ROLE_TYPE_NONE = 0,
    WFD_ROLE_TYPE_DEVICE,
    WFD_ROLE_TYPE_GROUP_OWNER,
    WFD_ROLE_TYPE_CLIENT = 4,
    WFD_ROLE_TYPE_MAX,
} WFD_ROLE_TYPE,
    *PWFD_ROLE_TYPE;

typedef struct _WFD_GROUP_ID
{
    DOT11_MAC_ADDRESS DeviceAddress;
    DOT11_SSID GroupSSID;
} WFD_GROUP_ID, *PWFD_GROUP_ID;

/* dwError: ERROR_SUCCESS, ERROR_CANCELLED, ERROR_TIMEOUT ...; dwReasonCode: a WLAN_REASON_CODE. */
typedef VOID(WINAPI *WFD_OPEN_SESSION_COMPLETE_CALLBACK)(HANDLE hSessionHandle, PVOID pvContext,
                                                         GUID guidSessionInterface, DWORD dwError, DWORD dwReasonCode);

/* ---- The profile editor of wlanui.dll --------------------------------------------------------------------------- */

/* clang-format off */
#define WLAN_UI_API_VERSION         1
#define WLAN_UI_API_INITIAL_VERSION 1
/* clang-format on */

typedef enum _WL_DISPLAY_PAGES
{
    WLConnectionPage = 0,
    WLSecurityPage,
    WLAdvPage,
} WL_DISPLAY_PAGES,
    *PWL_DISPLAY_PAGES;

/* ---- Functions -------------------------------------------------------------------------------------------------- */

DWORD WINAPI WlanOpenHandle(DWORD dwClientVersion, PVOID pReserved, DWORD *pdwNegotiatedVersion,
                            HANDLE *phClientHandle);
DWORD WINAPI WlanCloseHandle(HANDLE hClientHandle, PVOID pReserved);
DWORD WINAPI WlanEnumInterfaces(HANDLE hClientHandle, PVOID pReserved, WLAN_INTERFACE_INFO_LIST **ppInterfaceList);
DWORD WINAPI WlanSetAutoConfigParameter(HANDLE hClientHandle, WLAN_AUTOCONF_OPCODE OpCode, DWORD dwDataSize,
                                        CONST VOID *pData, PVOID pReserved);
DWORD WINAPI WlanQueryAutoConfigParameter(HANDLE hClientHandle, WLAN_AUTOCONF_OPCODE OpCode, PVOID pReserved,
                                          DWORD *pdwDataSize, PVOID *ppData,
                                          WLAN_OPCODE_VALUE_TYPE *pWlanOpcodeValueType);
DWORD WINAPI WlanGetInterfaceCapability(HANDLE hClientHandle, CONST GUID *pInterfaceGuid, PVOID pReserved,
                                        WLAN_INTERFACE_CAPABILITY **ppCapability);
DWORD WINAPI WlanSetInterface(HANDLE hClientHandle, CONST GUID *pInterfaceGuid, WLAN_INTF_OPCODE OpCode,
                              DWORD dwDataSize, CONST VOID *pData, PVOID pReserved);
DWORD WINAPI WlanQueryInterface(HANDLE hClientHandle, CONST GUID *pInterfaceGuid, WLAN_INTF_OPCODE OpCode,
                                PVOID pReserved, DWORD *pdwDataSize, PVOID *ppData,
                                WLAN_OPCODE_VALUE_TYPE *pWlanOpcodeValueType);
DWORD WINAPI WlanIhvControl(HANDLE hClientHandle, CONST GUID *pInterfaceGuid, WLAN_IHV_CONTROL_TYPE Type,
                            DWORD dwInBufferSize, PVOID pInBuffer, DWORD dwOutBufferSize, PVOID pOutBuffer,
                            DWORD *pdwBytesReturned);
DWORD WINAPI WlanScan(HANDLE hClientHandle, CONST GUID *pInterfaceGuid, CONST DOT11_SSID *pDot11Ssid,
                      CONST WLAN_RAW_DATA *pIeData, PVOID pReserved);
DWORD WINAPI WlanGetAvailableNetworkList(HANDLE hClientHandle, CONST GUID *pInterfaceGuid, DWORD dwFlags,
                                         PVOID pReserved, WLAN_AVAILABLE_NETWORK_LIST **ppAvailableNetworkList);
DWORD WINAPI WlanGetAvailableNetworkList2(HANDLE hClientHandle, CONST GUID *pInterfaceGuid, DWORD dwFlags,
                                          PVOID pReserved, WLAN_AVAILABLE_NETWORK_LIST_V2 **ppAvailableNetworkList);
DWORD WINAPI WlanGetNetworkBssList(HANDLE hClientHandle, CONST GUID *pInterfaceGuid, CONST DOT11_SSID *pDot11Ssid,
                                   DOT11_BSS_TYPE dot11BssType, BOOL bSecurityEnabled, PVOID pReserved,
                                   WLAN_BSS_LIST **ppWlanBssList);
DWORD WINAPI WlanConnect(HANDLE hClientHandle, CONST GUID *pInterfaceGuid,
                         CONST WLAN_CONNECTION_PARAMETERS *pConnectionParameters, PVOID pReserved);
DWORD WINAPI WlanConnect2(HANDLE hClientHandle, CONST GUID *pInterfaceGuid,
                          CONST WLAN_CONNECTION_PARAMETERS_V2 *pConnectionParameters, PVOID pReserved);
DWORD WINAPI WlanDisconnect(HANDLE hClientHandle, CONST GUID *pInterfaceGuid, PVOID pReserved);
DWORD WINAPI WlanRegisterNotification(HANDLE hClientHandle, DWORD dwNotifSource, BOOL bIgnoreDuplicate,
                                      WLAN_NOTIFICATION_CALLBACK funcCallback, PVOID pCallbackContext, PVOID pReserved,
                                      DWORD *pdwPrevNotifSource);
DWORD WINAPI WlanGetProfile(HANDLE hClientHandle, CONST GUID *pInterfaceGuid, LPCWSTR strProfileName, PVOID pReserved,
                            LPWSTR *pstrProfileXml, DWORD *pdwFlags, DWORD *pdwGrantedAccess);
DWORD WINAPI WlanSetProfileEapUserData(HANDLE hClientHandle, CONST GUID *pInterfaceGuid, LPCWSTR strProfileName,
                                       EAP_METHOD_TYPE eapType, WLAN_SET_EAPHOST_FLAGS dwFlags, DWORD dwEapUserDataSize,
                                       CONST BYTE *pbEapUserData, PVOID pReserved);
DWORD WINAPI WlanSetProfileEapXmlUserData(HANDLE hClientHandle, CONST GUID *pInterfaceGuid, LPCWSTR strProfileName,
                                          WLAN_SET_EAPHOST_FLAGS dwFlags, LPCWSTR strEapXmlUserData, PVOID pReserved);
DWORD WINAPI WlanSetProfile(HANDLE hClientHandle, CONST GUID *pInterfaceGuid, DWORD dwFlags, LPCWSTR strProfileXml,
                            LPCWSTR strAllUserProfileSecurity, BOOL bOverwrite, PVOID pReserved, DWORD *pdwReasonCode);
DWORD WINAPI WlanDeleteProfile(HANDLE hClientHandle, CONST GUID *pInterfaceGuid, LPCWSTR strProfileName,
                               PVOID pReserved);
DWORD WINAPI WlanRenameProfile(HANDLE hClientHandle, CONST GUID *pInterfaceGuid, LPCWSTR strOldProfileName,
                               LPCWSTR strNewProfileName, PVOID pReserved);
DWORD WINAPI WlanGetProfileList(HANDLE hClientHandle, CONST GUID *pInterfaceGuid, PVOID pReserved,
                                WLAN_PROFILE_INFO_LIST **ppProfileList);
DWORD WINAPI WlanSetProfileList(HANDLE hClientHandle, CONST GUID *pInterfaceGuid, DWORD dwItems,
                                LPCWSTR *strProfileNames, PVOID pReserved);
DWORD WINAPI WlanSetProfilePosition(HANDLE hClientHandle, CONST GUID *pInterfaceGuid, LPCWSTR strProfileName,
                                    DWORD dwPosition, PVOID pReserved);
DWORD WINAPI WlanSetProfileCustomUserData(HANDLE hClientHandle, CONST GUID *pInterfaceGuid, LPCWSTR strProfileName,
                                          DWORD dwDataSize, CONST BYTE *pData, PVOID pReserved);
DWORD WINAPI WlanGetProfileCustomUserData(HANDLE hClientHandle, CONST GUID *pInterfaceGuid, LPCWSTR strProfileName,
                                          PVOID pReserved, DWORD *pdwDataSize, BYTE **ppData);
DWORD WINAPI WlanSetFilterList(HANDLE hClientHandle, WLAN_FILTER_LIST_TYPE wlanFilterListType,
                               CONST DOT11_NETWORK_LIST *pNetworkList, PVOID pReserved);
DWORD WINAPI WlanGetFilterList(HANDLE hClientHandle, WLAN_FILTER_LIST_TYPE wlanFilterListType, PVOID pReserved,
                               DOT11_NETWORK_LIST **ppNetworkList);
DWORD WINAPI WlanSetPsdIEDataList(HANDLE hClientHandle, LPCWSTR strFormat, CONST WLAN_RAW_DATA_LIST *pPsdIEDataList,
                                  PVOID pReserved);
DWORD WINAPI WlanSaveTemporaryProfile(HANDLE hClientHandle, CONST GUID *pInterfaceGuid, LPCWSTR strProfileName,
                                      LPCWSTR strAllUserProfileSecurity, DWORD dwFlags, BOOL bOverWrite,
                                      PVOID pReserved);
DWORD WINAPI WlanDeviceServiceCommand(HANDLE hClientHandle, CONST GUID *pInterfaceGuid, GUID *pDeviceServiceGuid,
                                      DWORD dwOpCode, DWORD dwInBufferSize, PVOID pInBuffer, DWORD dwOutBufferSize,
                                      PVOID pOutBuffer, DWORD *pdwBytesReturned);
DWORD WINAPI WlanGetSupportedDeviceServices(HANDLE hClientHandle, CONST GUID *pInterfaceGuid,
                                            WLAN_DEVICE_SERVICE_GUID_LIST **ppDevSvcGuidList);
DWORD WINAPI WlanRegisterDeviceServiceNotification(HANDLE hClientHandle,
                                                   CONST WLAN_DEVICE_SERVICE_GUID_LIST *pDevSvcGuidList);
DWORD WINAPI WlanExtractPsdIEDataList(HANDLE hClientHandle, DWORD dwIeDataSize, CONST BYTE *pRawIeData,
                                      LPCWSTR strFormat, PVOID pReserved, WLAN_RAW_DATA_LIST **ppPsdIEDataList);
DWORD WINAPI WlanReasonCodeToString(DWORD dwReasonCode, DWORD dwBufferSize, PWCHAR pStringBuffer, PVOID pReserved);
PVOID WINAPI WlanAllocateMemory(DWORD dwMemorySize);
VOID WINAPI WlanFreeMemory(PVOID pMemory);
DWORD WINAPI WlanSetSecuritySettings(HANDLE hClientHandle, WLAN_SECURABLE_OBJECT SecurableObject,
                                     LPCWSTR strModifiedSDDL);
DWORD WINAPI WlanGetSecuritySettings(HANDLE hClientHandle, WLAN_SECURABLE_OBJECT SecurableObject,
                                     WLAN_OPCODE_VALUE_TYPE *pValueType, LPWSTR *pstrCurrentSDDL,
                                     DWORD *pdwGrantedAccess);
DWORD WINAPI WlanUIEditProfile(DWORD dwClientVersion, LPCWSTR wstrProfileName, GUID *pInterfaceGuid, HWND hWnd,
                               WL_DISPLAY_PAGES wlStartPage, PVOID pReserved, DWORD *pWlanReasonCode);
DWORD WINAPI WlanHostedNetworkStartUsing(HANDLE hClientHandle, WLAN_HOSTED_NETWORK_REASON *pFailReason,
                                         PVOID pvReserved);
DWORD WINAPI WlanHostedNetworkStopUsing(HANDLE hClientHandle, WLAN_HOSTED_NETWORK_REASON *pFailReason,
                                        PVOID pvReserved);
DWORD WINAPI WlanHostedNetworkForceStart(HANDLE hClientHandle, WLAN_HOSTED_NETWORK_REASON *pFailReason,
                                         PVOID pvReserved);
DWORD WINAPI WlanHostedNetworkForceStop(HANDLE hClientHandle, WLAN_HOSTED_NETWORK_REASON *pFailReason,
                                        PVOID pvReserved);
DWORD WINAPI WlanHostedNetworkQueryProperty(HANDLE hClientHandle, WLAN_HOSTED_NETWORK_OPCODE OpCode, DWORD *pdwDataSize,
                                            PVOID *ppvData, WLAN_OPCODE_VALUE_TYPE *pWlanOpcodeValueType,
                                            PVOID pvReserved);
DWORD WINAPI WlanHostedNetworkSetProperty(HANDLE hClientHandle, WLAN_HOSTED_NETWORK_OPCODE OpCode, DWORD dwDataSize,
                                          PVOID pvData, WLAN_HOSTED_NETWORK_REASON *pFailReason, PVOID pvReserved);
DWORD WINAPI WlanHostedNetworkInitSettings(HANDLE hClientHandle, WLAN_HOSTED_NETWORK_REASON *pFailReason,
                                           PVOID pvReserved);
DWORD WINAPI WlanHostedNetworkRefreshSecuritySettings(HANDLE hClientHandle, WLAN_HOSTED_NETWORK_REASON *pFailReason,
                                                      PVOID pvReserved);
DWORD WINAPI WlanHostedNetworkQueryStatus(HANDLE hClientHandle, WLAN_HOSTED_NETWORK_STATUS **ppWlanHostedNetworkStatus,
                                          PVOID pvReserved);
DWORD WINAPI WlanHostedNetworkSetSecondaryKey(HANDLE hClientHandle, DWORD dwKeyLength, BYTE *pucKeyData,
                                              BOOL bIsPassPhrase, BOOL bPersistent,
                                              WLAN_HOSTED_NETWORK_REASON *pFailReason, PVOID pvReserved);
DWORD WINAPI WlanHostedNetworkQuerySecondaryKey(HANDLE hClientHandle, DWORD *pdwKeyLength, PUCHAR *ppucKeyData,
                                                BOOL *pbIsPassPhrase, BOOL *pbPersistent,
                                                WLAN_HOSTED_NETWORK_REASON *pFailReason, PVOID pvReserved);
DWORD WINAPI WlanRegisterVirtualStationNotification(HANDLE hClientHandle, BOOL bRegister, PVOID pReserved);
DWORD WINAPI WFDOpenHandle(DWORD dwClientVersion, DWORD *pdwNegotiatedVersion, HANDLE *phClientHandle);
DWORD WINAPI WFDCloseHandle(HANDLE hClientHandle);
DWORD WINAPI WFDStartOpenSession(HANDLE hClientHandle, DOT11_MAC_ADDRESS *pDeviceAddress, PVOID pvContext,
                                 WFD_OPEN_SESSION_COMPLETE_CALLBACK pfnCallback, HANDLE *phSessionHandle);
DWORD WINAPI WFDCancelOpenSession(HANDLE hSessionHandle);
DWORD WINAPI WFDOpenLegacySession(HANDLE hClientHandle, DOT11_MAC_ADDRESS *pLegacyMacAddress, HANDLE *phSessionHandle,
                                  GUID *pGuidSessionInterface);
DWORD WINAPI WFDCloseSession(HANDLE hSessionHandle);
DWORD WINAPI WFDUpdateDeviceVisibility(DOT11_MAC_ADDRESS *pDeviceAddress);

#include "wlan_onex.h"

#ifdef __cplusplus
}
#endif

#endif
