/* The WLAN_REASON_CODEs of profiles ("WLAN_REASON_CODE" on Microsoft Learn), by shorter names: a unit test holds them
 * to wlan_reasons.h. */
#ifndef CORKD_WLAN_PROFILE_REASONS_H
#define CORKD_WLAN_PROFILE_REASONS_H

#define REASON_INVALID_SCHEMA             0x80001u
#define REASON_PROFILE_NAME               0x80003u
#define REASON_PHY_TYPE                   0x80005u
#define REASON_MSM_SECURITY_MISSING       0x80006u
#define REASON_IHV_SECURITY_NOT_SUPPORTED 0x80007u
#define REASON_IHV_OUI_MISSING            0x80009u
#define REASON_IHV_SETTINGS_MISSING       0x8000au
#define REASON_CONFLICT_SECURITY          0x8000bu
#define REASON_SECURITY_MISSING           0x8000cu
#define REASON_BSS_TYPE                   0x8000du
#define REASON_ADHOC_CONNECTION_MODE      0x8000eu
#define REASON_ADHOC_NON_BROADCAST        0x8000fu
#define REASON_ADHOC_AUTO_SWITCH          0x80010u
#define REASON_MANUAL_AUTO_SWITCH         0x80011u
#define REASON_SSID_INVALID               0x80013u
#define REASON_TOO_MANY_SSID              0x80014u
#define REASON_IHV_CONNECTIVITY           0x80015u
#define REASON_HOTSPOT2_NOT_ALLOWED       0x8001bu

#define REASON_UNSUPPORTED_BY_OS        0x30001u
#define REASON_UNSUPPORTED_SECURITY_SET 0x30002u
#define REASON_BSS_TYPE_UNMATCH         0x30003u

#define REASON_KEY_INDEX            0x40001u
#define REASON_PSK_PRESENT          0x40002u
#define REASON_KEY_LENGTH           0x40003u
#define REASON_PSK_LENGTH           0x40004u
#define REASON_NO_AUTH_CIPHER       0x40005u
#define REASON_TOO_MANY_AUTH_CIPHER 0x40006u
#define REASON_RAW_DATA             0x40008u
#define REASON_INVALID_AUTH_CIPHER  0x40009u
#define REASON_ONE_X_DISABLED       0x4000au
#define REASON_ONE_X_ENABLED        0x4000bu
#define REASON_PMK_MODE             0x4000cu
#define REASON_PMK_SIZE             0x4000du
#define REASON_PMK_TTL              0x4000eu
#define REASON_PRE_AUTH_MODE        0x4000fu
#define REASON_PRE_AUTH_THROTTLE    0x40010u
#define REASON_PRE_AUTH_ONLY        0x40011u
#define REASON_PASS_PHRASE_CHAR     0x40016u
#define REASON_KEY_CHAR             0x40017u
#define REASON_KEY_TYPE             0x40018u
#define REASON_KEY_UNMAPPED         0x4001du
#define REASON_NIC_AUTH             0x4001eu
#define REASON_NIC_CIPHER           0x4001fu
#define REASON_SAFE_MODE            0x40020u
#define REASON_SAFE_MODE_NIC        0x40021u
#define REASON_UNSUPPORTED_AUTH     0x40023u
#define REASON_UNSUPPORTED_CIPHER   0x40024u

#endif
