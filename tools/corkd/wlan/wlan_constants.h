/* Values of wlanapi.h and Windows error codes that corkd uses, for sources that include no Windows header. The
 * conformance tests hold them to what programs see. */
#ifndef CORKD_WLAN_CONSTANTS_H
#define CORKD_WLAN_CONSTANTS_H

#include "win_error.h"

#define SOURCE_ACM  0x08u
#define SOURCE_MSM  0x10u
#define SOURCE_HNWK 0x80u

enum wlan_acm_code
{
    ACM_SCAN_COMPLETE = 7,
    ACM_SCAN_FAIL = 8,
    ACM_CONNECTION_START = 9,
    ACM_CONNECTION_COMPLETE = 10,
    ACM_CONNECTION_ATTEMPT_FAIL = 11,
    ACM_FILTER_LIST_CHANGE = 12,
    ACM_INTERFACE_ARRIVAL = 13,
    ACM_INTERFACE_REMOVAL = 14,
    ACM_PROFILE_CHANGE = 15,
    ACM_PROFILE_NAME_CHANGE = 16,
    ACM_PROFILES_EXHAUSTED = 17,
    ACM_NETWORK_NOT_AVAILABLE = 18,
    ACM_NETWORK_AVAILABLE = 19,
    ACM_DISCONNECTING = 20,
    ACM_DISCONNECTED = 21,
    ACM_SCAN_LIST_REFRESH = 26,
};

enum wlan_interface_state
{
    STATE_NOT_READY = 0,
    STATE_CONNECTED = 1,
    STATE_DISCONNECTING = 3,
    STATE_DISCONNECTED = 4,
    STATE_ASSOCIATING = 5,
    STATE_DISCOVERING = 6,
    STATE_AUTHENTICATING = 7,
};

enum wlan_bss_type
{
    BSS_INFRASTRUCTURE = 1,
    BSS_INDEPENDENT = 2,
    BSS_ANY = 3,
};

#define REASON_SUCCESS                  0u
#define REASON_UNKNOWN                  0x10001u
#define REASON_SCAN_CALL_FAIL           0x2800au
#define REASON_DRIVER_OPERATION_FAILURE 0x3800cu
#define REASON_USER_DENIED              0x28004u
#define REASON_USER_CANCELLED           0x38001u
#define REASON_ASSOCIATION_FAILURE      0x38002u
#define REASON_ASSOCIATION_TIMEOUT      0x38003u
#define REASON_DRIVER_DISCONNECTED      0x3800bu
#define REASON_NOT_VISIBLE              0x28002u
#define REASON_PROFILE_MISSING          0x80002u

#endif
