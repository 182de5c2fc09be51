/*
 * The service "wlan" of corkd: what wlanapi.dll asks, and what it is told (common/host_protocol.h has the frames).
 *
 * An interface goes by its number in the kernel (if_nametoindex), which the DLL turns into the GUID that the prefix's
 * GetAdaptersAddresses reports. Results are Windows error codes ("System Error Codes" on Microsoft Learn). Texts are
 * UTF-16, SSIDs bytes. Numbers of enumerations are those of wlanapi.h.
 *
 * No Windows header: the DLL and corkd include it.
 */
#ifndef CORK_WLAN_SERVICE_H
#define CORK_WLAN_SERVICE_H

#define WLAN_SERVICE "wlan"

/* Below: arguments -> values of the reply; nothing behind the arrow: the result alone. `if` is a u32, an interface. */
enum wlan_method
{
    /* Which notifications this process wants, a mask of WLAN_NOTIFICATION_SOURCE_...: u32 -> */
    WLAN_ATTACH = 1,

    /* -> list of {if, utf16 description, u32 WLAN_INTERFACE_STATE} */
    WLAN_ENUM_INTERFACES,
    /* if -> u32 count of physical layers, u32 DOT11_PHY_TYPE each */
    WLAN_INTERFACE_CAPABILITY_OF,
    /* if, u32 WLAN_INTF_OPCODE -> bytes, as WlanQueryInterface's page has the data; u32 WLAN_OPCODE_VALUE_TYPE */
    WLAN_QUERY_INTERFACE_OPCODE,
    /* if, u32 WLAN_INTF_OPCODE, bytes -> */
    WLAN_SET_INTERFACE_OPCODE,
    /* u32 WLAN_AUTOCONF_OPCODE -> bytes, u32 WLAN_OPCODE_VALUE_TYPE */
    WLAN_QUERY_AUTO_CONFIG,
    /* u32 WLAN_AUTOCONF_OPCODE, bytes -> */
    WLAN_SET_AUTO_CONFIG,

    /* if, bool one network only, bytes its SSID, bytes elements for the probe request -> */
    WLAN_REQUEST_SCAN,
    /* if, bool one network only, bytes its SSID, u32 DOT11_BSS_TYPE, bool secure -> list of {bytes[6] address, u32 MHz,
     * u16 beacon interval, u16 capabilities, i32 dBm, u64 timestamp, u64 heard at (100 ns since 1601), bytes elements,
     * u32 DOT11_PHY_TYPE, list of u16 rates, bytes SSID, u32 quality} */
    WLAN_BSS_LIST_OF,
    /* if, u32 flags -> list of {utf16 profile or empty, bytes SSID, u32 bss type, u32 number of BSSs, bool connectable,
     * u32 reason if not, list of u32 physical layers, u32 quality, bool secure, u32 auth, u32 cipher, u32 flags, u8
     * access network options, u8 venue group, u8 venue type, bytes HESSID or empty} */
    WLAN_AVAILABLE_NETWORKS,

    /* if, u32 WLAN_CONNECTION_MODE, utf16 profile (its name, or its XML where temporary) or NULL, bool has SSID, bytes
     * SSID, list of bytes[6] BSSIDs, u32 DOT11_BSS_TYPE, u32 flags, bytes HESSID or empty, u32 access network options
     * or 0xffffffff for any, u32 seconds until it counts as failed -> ; its outcome is told by notifications */
    WLAN_CONNECT,
    /* if -> */
    WLAN_DISCONNECT,

    /* if, u32 flags, utf16 XML, utf16 security descriptor or NULL (as it was; of a new one: the next), utf16 that of a
     * new one or NULL, bool overwrite -> u32 reason code (of any result) */
    WLAN_SET_PROFILE,
    /* if, utf16 name, bool with the key in clear -> utf16 XML, u32 flags */
    WLAN_GET_PROFILE,
    /* if, utf16 name -> utf16 security descriptor of its own or NULL, u32 flags */
    WLAN_PROFILE_SECURITY,
    /* utf16 XML -> utf16 the name of a profile that WLAN_SET_PROFILE would take; u32 reason code (of any result) */
    WLAN_PROFILE_NAME,
    /* if, utf16 name -> */
    WLAN_DELETE_PROFILE,
    /* if, utf16 old name, utf16 new name -> */
    WLAN_RENAME_PROFILE,
    /* if -> list of {utf16 name, u32 flags} */
    WLAN_PROFILE_LIST,
    /* if, list of utf16 names -> */
    WLAN_SET_PROFILE_LIST,
    /* if, utf16 name, u32 position -> */
    WLAN_SET_PROFILE_POSITION,
    /* if, utf16 name, bytes -> */
    WLAN_SET_PROFILE_USER_DATA,
    /* if, utf16 name -> bytes */
    WLAN_GET_PROFILE_USER_DATA,
    /* if, utf16 name or NULL (its own), u32 flags, utf16 security descriptor or NULL, bool overwrite -> */
    WLAN_SAVE_TEMPORARY_PROFILE,
    /* u32 WLAN_FILTER_LIST_TYPE, list of {bytes SSID, u32 bss type} -> */
    WLAN_SET_FILTER,
    /* u32 WLAN_FILTER_LIST_TYPE -> list of {bytes SSID, u32 bss type} */
    WLAN_GET_FILTER,
    /* u32 WLAN_SECURABLE_OBJECT, utf16 SDDL -> */
    WLAN_SET_SECURITY,
    /* u32 WLAN_SECURABLE_OBJECT -> utf16 SDDL or NULL where none was set, u32 WLAN_OPCODE_VALUE_TYPE */
    WLAN_GET_SECURITY,
    /* utf16 format or NULL for all, which the list is empty for; list of bytes, each a whole element -> */
    WLAN_SET_PSD_ELEMENTS,

    /* The hosted network: -> u32 WLAN_HOSTED_NETWORK_REASON of any result, and what follows. */
    WLAN_HOSTED_START,   /* bool by force -> */
    WLAN_HOSTED_STOP,    /* bool by force -> */
    WLAN_HOSTED_INIT,    /* -> */
    WLAN_HOSTED_REFRESH, /* -> */
    WLAN_HOSTED_GET,     /* u32 WLAN_HOSTED_NETWORK_OPCODE -> bytes, u32 WLAN_OPCODE_VALUE_TYPE, no reason */
    WLAN_HOSTED_SET,     /* u32 WLAN_HOSTED_NETWORK_OPCODE, bytes -> */
    WLAN_HOSTED_STATUS,  /* -> u32 state, if, bytes[6] address, u32 phy, u32 MHz, list of {bytes[6], u32 state} */
    WLAN_HOSTED_SET_KEY, /* bytes, bool is a pass phrase, bool persistent -> */
    WLAN_HOSTED_GET_KEY, /* -> bytes, bool is a pass phrase, bool persistent */

    /* Wi-Fi Direct. A session's number is the client's own, unique in its process. bytes[6] peer, u32 session, u32
     * seconds until it counts as failed, bool whether a group may be formed with a peer that there is no persistent one
     * with, utf8 PIN or NULL for the push button -> ; its end is told by WLAN_DIRECT_OPENED, once, unless the result is
     * an error. */
    WLAN_DIRECT_OPEN,
    WLAN_DIRECT_CANCEL, /* u32 session -> */
    /* The same with a legacy device: bytes[6] its address, u32 session, u32 seconds -> */
    WLAN_DIRECT_OPEN_LEGACY,
    WLAN_DIRECT_CLOSE,      /* u32 session -> */
    WLAN_DIRECT_VISIBILITY, /* bytes[6] peer -> */
    /* What wlan.exe asks: u32 seconds -> ; then -> list of {bytes[6] address, utf16 name, utf16 primary device type,
     * bool in a group} */
    WLAN_DIRECT_FIND,
    WLAN_DIRECT_PEERS,

    WLAN_METHODS_END,
};

enum wlan_event
{
    /* u32 WLAN_NOTIFICATION_SOURCE_..., u32 code, if, u8 WLAN_DATA_..., and what that has */
    WLAN_NOTIFICATION = 1,
    /* u32 session, u32 error, u32 reason, if */
    WLAN_DIRECT_OPENED,
    /* u32 session: its group has ended, whoever ended it */
    WLAN_DIRECT_ENDED,
};

/* What a notification carries. */
enum wlan_notification_data
{
    WLAN_DATA_NONE,
    WLAN_DATA_NUMBER, /* u32: a reason code, or a value */
    /* u32 mode, utf16 profile, bytes SSID, u32 bss type, bool secure, u32 reason, u32 flags, utf16 profile XML: a
     * WLAN_CONNECTION_NOTIFICATION_DATA */
    WLAN_DATA_CONNECTION,
    /* u32 mode, utf16 profile, bytes SSID, u32 bss type, bytes[6] address, bool secure, bool first peer, bool last
     * peer, u32 reason: a WLAN_MSM_NOTIFICATION_DATA */
    WLAN_DATA_MSM,
    WLAN_DATA_BYTES, /* bytes: the structure itself */
};

#endif
