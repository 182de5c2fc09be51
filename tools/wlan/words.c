/* The API's numbers in words: those that netsh has for them, where it has some. */
#include "command.h"

#define WORD(table, value)                                                                                             \
    ((size_t)(value) < sizeof(table) / sizeof(*(table)) && (table)[value] ? (table)[value] : "Unknown")

const char *interface_state(WLAN_INTERFACE_STATE state)
{
    static const char *const words[] = {
        [wlan_interface_state_not_ready] = "not ready",
        [wlan_interface_state_connected] = "connected",
        [wlan_interface_state_ad_hoc_network_formed] = "ad hoc network formed",
        [wlan_interface_state_disconnecting] = "disconnecting",
        [wlan_interface_state_disconnected] = "disconnected",
        [wlan_interface_state_associating] = "associating",
        [wlan_interface_state_discovering] = "discovering",
        [wlan_interface_state_authenticating] = "authenticating",
    };

    return WORD(words, state);
}

const char *bss_type(DOT11_BSS_TYPE type)
{
    return type == dot11_BSS_type_infrastructure ? "Infrastructure"
           : type == dot11_BSS_type_independent  ? "Adhoc"
           : type == dot11_BSS_type_any          ? "Any"
                                                 : "Unknown";
}

const char *phy_type(DOT11_PHY_TYPE type)
{
    switch ((int)type)
    {
    case dot11_phy_type_fhss:
    case dot11_phy_type_dsss:
    case dot11_phy_type_irbaseband:
        return "802.11";
    case dot11_phy_type_ofdm:
        return "802.11a";
    case dot11_phy_type_hrdsss:
        return "802.11b";
    case dot11_phy_type_erp:
        return "802.11g";
    case dot11_phy_type_ht:
        return "802.11n";
    case dot11_phy_type_vht:
        return "802.11ac";
    case dot11_phy_type_dmg:
        return "802.11ad";
    case dot11_phy_type_he:
        return "802.11ax";
    default:
        return "Unknown";
    }
}

const char *authentication(DOT11_AUTH_ALGORITHM algorithm)
{
    switch ((int)algorithm)
    {
    case DOT11_AUTH_ALGO_80211_OPEN:
        return "Open";
    case DOT11_AUTH_ALGO_80211_SHARED_KEY:
        return "Shared";
    case DOT11_AUTH_ALGO_WPA:
        return "WPA-Enterprise";
    case DOT11_AUTH_ALGO_WPA_PSK:
        return "WPA-Personal";
    case DOT11_AUTH_ALGO_WPA_NONE:
        return "WPA-None";
    case DOT11_AUTH_ALGO_RSNA:
        return "WPA2-Enterprise";
    case DOT11_AUTH_ALGO_RSNA_PSK:
        return "WPA2-Personal";
    case DOT11_AUTH_ALGO_WPA3_ENT_192:
        return "WPA3-Enterprise 192 Bits";
    case DOT11_AUTH_ALGO_WPA3_SAE:
        return "WPA3-Personal";
    case DOT11_AUTH_ALGO_OWE:
        return "OWE";
    case DOT11_AUTH_ALGO_WPA3_ENT:
        return "WPA3-Enterprise";
    default:
        return "Unknown";
    }
}

const char *cipher(DOT11_CIPHER_ALGORITHM algorithm)
{
    switch ((int)algorithm)
    {
    case DOT11_CIPHER_ALGO_NONE:
        return "None";
    case DOT11_CIPHER_ALGO_WEP40:
    case DOT11_CIPHER_ALGO_WEP104:
    case DOT11_CIPHER_ALGO_WEP:
        return "WEP";
    case DOT11_CIPHER_ALGO_TKIP:
        return "TKIP";
    case DOT11_CIPHER_ALGO_CCMP:
        return "CCMP";
    case DOT11_CIPHER_ALGO_CCMP_256:
        return "CCMP-256";
    case DOT11_CIPHER_ALGO_GCMP:
        return "GCMP";
    case DOT11_CIPHER_ALGO_GCMP_256:
        return "GCMP-256";
    default:
        return "Unknown";
    }
}

const char *connection_mode(WLAN_CONNECTION_MODE mode)
{
    static const char *const words[] = {
        [wlan_connection_mode_profile] = "Profile",
        [wlan_connection_mode_temporary_profile] = "Temporary profile",
        [wlan_connection_mode_discovery_secure] = "Discovery, secure",
        [wlan_connection_mode_discovery_unsecure] = "Discovery, unsecure",
        [wlan_connection_mode_auto] = "Auto Connect",
    };

    return WORD(words, mode);
}

const char *radio_state(DOT11_RADIO_STATE state)
{
    return state == dot11_radio_state_on ? "On" : state == dot11_radio_state_off ? "Off" : "Unknown";
}

const char *hosted_state(WLAN_HOSTED_NETWORK_STATE state)
{
    static const char *const words[] = {
        [wlan_hosted_network_unavailable] = "Not available",
        [wlan_hosted_network_idle] = "Not started",
        [wlan_hosted_network_active] = "Started",
    };

    return WORD(words, state);
}

const char *hosted_reason(WLAN_HOSTED_NETWORK_REASON reason)
{
    static const char *const words[] = {
        [wlan_hosted_network_reason_success] = "no reason was given",
        [wlan_hosted_network_reason_unspecified] = "for an unknown reason",
        [wlan_hosted_network_reason_bad_parameters] = "that is not allowed here",
        [wlan_hosted_network_reason_service_shutting_down] = "the service is ending",
        [wlan_hosted_network_reason_insufficient_resources] = "there is no memory for it",
        [wlan_hosted_network_reason_elevation_required] = "only an administrator may do that",
        [wlan_hosted_network_reason_read_only] = "that cannot be changed",
        [wlan_hosted_network_reason_persistence_failed] = "it could not be stored",
        [wlan_hosted_network_reason_crypt_error] = "its key could not be protected",
        [wlan_hosted_network_reason_impersonation] = "the user could not be asked about",
        [wlan_hosted_network_reason_stop_before_start] = "it is not started",
        [wlan_hosted_network_reason_interface_available] = "a radio has come",
        [wlan_hosted_network_reason_interface_unavailable] = "there is no radio that can do that",
        [wlan_hosted_network_reason_miniport_stopped] = "the radio was stopped",
        [wlan_hosted_network_reason_miniport_started] = "the radio was started",
        [wlan_hosted_network_reason_incompatible_connection_started] =
            "the radio has a connection that keeps it from that",
        [wlan_hosted_network_reason_incompatible_connection_stopped] = "the radio's other connection has ended",
        [wlan_hosted_network_reason_user_action] = "a user asked for it",
        [wlan_hosted_network_reason_client_abort] = "the program that used it has ended",
        [wlan_hosted_network_reason_ap_start_failed] = "the access point did not start",
        [wlan_hosted_network_reason_peer_arrived] = "a station has come",
        [wlan_hosted_network_reason_peer_departed] = "a station has gone",
        [wlan_hosted_network_reason_peer_timeout] = "a station was not heard any more",
        [wlan_hosted_network_reason_gp_denied] = "the machine's policy forbids it",
        [wlan_hosted_network_reason_service_unavailable] = "the service is not there",
        [wlan_hosted_network_reason_device_change] = "the radio is another one",
        [wlan_hosted_network_reason_properties_change] = "its settings have changed",
        [wlan_hosted_network_reason_virtual_station_blocking_use] = "a virtual station keeps it from that",
        [wlan_hosted_network_reason_service_available_on_virtual_station] = "a virtual station allows it",
    };

    return WORD(words, reason);
}

unsigned channel_of(ULONG kilohertz)
{
    ULONG megahertz = kilohertz / 1000;

    if (megahertz == 2484) return 14;
    if (megahertz >= 2412 && megahertz <= 2472) return (megahertz - 2407) / 5;
    if (megahertz >= 5955 && megahertz <= 7115) return (megahertz - 5950) / 5;
    if (megahertz >= 5160 && megahertz <= 5885) return (megahertz - 5000) / 5;
    return 0;
}
