/* wlan show hostednetwork, and set, start, stop, refresh hostednetwork. */
#include "command.h"

#include <stdio.h>
#include <string.h>

/* "wlan: WHAT: the reason's words (reason NUMBER, error NUMBER)". Returns error. */
static DWORD fail_hosted(DWORD error, WLAN_HOSTED_NETWORK_REASON reason, const char *what)
{
    if (reason == wlan_hosted_network_reason_success) return fail(error, "%s", what);
    tell("wlan: %s: %s (reason %d, error %lu)\n", what, hosted_reason(reason), (int)reason, error);
    return error;
}

/* The data of WlanFreeMemory, of `least` bytes or more; NULL: *error, nothing printed. */
static void *query(HANDLE client, WLAN_HOSTED_NETWORK_OPCODE opcode, DWORD least, DWORD *error)
{
    WLAN_OPCODE_VALUE_TYPE type;
    void *data = NULL;
    DWORD size = 0;

    *error = WlanHostedNetworkQueryProperty(client, opcode, &size, &data, &type, NULL);
    if (*error) return NULL;
    if (size >= least) return data;
    WlanFreeMemory(data);
    *error = ERROR_GEN_FAILURE;
    return NULL;
}

/* ---- show hostednetwork ---- */

/* Nothing is set up before it is used first: then this does it. */
static DWORD initialize(HANDLE client)
{
    WLAN_HOSTED_NETWORK_REASON reason = wlan_hosted_network_reason_success;
    DWORD error = WlanHostedNetworkInitSettings(client, &reason, NULL);

    return error ? fail_hosted(error, reason, "hosted network") : ERROR_SUCCESS;
}

static DWORD show_settings(HANDLE client)
{
    DWORD error;
    BOOL *enabled = query(client, wlan_hosted_network_opcode_enable, sizeof(*enabled), &error);
    WLAN_HOSTED_NETWORK_CONNECTION_SETTINGS *connection = NULL;
    WLAN_HOSTED_NETWORK_SECURITY_SETTINGS *security = NULL;
    char text[SSID_TEXT_SIZE];

    show_heading("Hosted network settings");
    if (enabled) show("Mode", "%s", *enabled ? "Allowed" : "Disallowed");
    if (!error) connection = query(client, wlan_hosted_network_opcode_connection_settings, sizeof(*connection), &error);
    if (connection)
    {
        show("SSID name", "\"%s\"", ssid_text(&connection->hostedNetworkSSID, text));
        show("Max number of clients", "%lu", connection->dwMaxNumberOfPeers);
    }
    if (!error) security = query(client, wlan_hosted_network_opcode_security_settings, sizeof(*security), &error);
    if (security)
    {
        show("Authentication", "%s", authentication(security->dot11AuthAlgo));
        show("Cipher", "%s", cipher(security->dot11CipherAlgo));
    }
    WlanFreeMemory(enabled);
    WlanFreeMemory(connection);
    WlanFreeMemory(security);
    return error ? fail(error, "hosted network settings") : ERROR_SUCCESS;
}

/* The structure's page calls it a channel's number, its name a frequency. */
static unsigned channel_number(ULONG channel)
{
    return channel < 1000 ? (unsigned)channel : channel_of(channel < 100000 ? 1000 * channel : channel);
}

static DWORD show_status(HANDLE client)
{
    WLAN_HOSTED_NETWORK_STATUS *status = NULL;
    DWORD error = WlanHostedNetworkQueryStatus(client, &status, NULL);
    char text[18];

    show_heading("Hosted network status");
    if (error) return fail(error, "hosted network status");
    show("Status", "%s", hosted_state(status->HostedNetworkState));
    if (status->HostedNetworkState == wlan_hosted_network_active)
    {
        show("BSSID", "%s", address_text(status->wlanHostedNetworkBSSID, text));
        show("Radio type", "%s", phy_type(status->dot11PhyType));
        show("Channel", "%u", channel_number(status->ulChannelFrequency));
        show("Number of clients", "%lu", status->dwNumberOfPeers);
        for (DWORD i = 0; i < status->dwNumberOfPeers; i++)
            say("        %s        %s\n", address_text(status->PeerList[i].PeerMacAddress, text),
                status->PeerList[i].PeerAuthState == wlan_hosted_network_peer_state_authenticated ? "Authenticated"
                                                                                                  : "Invalid");
    }
    WlanFreeMemory(status);
    return ERROR_SUCCESS;
}

static DWORD show_security(HANDLE client)
{
    WLAN_HOSTED_NETWORK_REASON reason = wlan_hosted_network_reason_success;
    BOOL is_phrase = FALSE, persistent = FALSE;
    char shown[4 * 64 + 1];
    UCHAR *key = NULL;
    DWORD size = 0, error;

    error = WlanHostedNetworkQuerySecondaryKey(client, &size, &key, &is_phrase, &persistent, &reason, NULL);
    show_heading("Hosted network security settings");
    if (error) return fail_hosted(error, reason, "hosted network key");
    if (!size)
        show("User security key", "not set");
    else if (is_phrase)
        /* A pass phrase's length counts the zero behind it. */
        show("User security key", "%s", shown_text(key, strnlen((const char *)key, size < 64 ? size : 64), shown));
    else
        show("User security key", "%lu bytes", size);
    if (size) show("Key usage", "%s", persistent ? "Persistent" : "Temporary");
    WlanFreeMemory(key);
    return ERROR_SUCCESS;
}

DWORD verb_show_hosted(HANDLE client, const struct command_line *line)
{
    DWORD error = initialize(client);

    if (error) return error;
    if (line_value(line, "setting")->given) return show_security(client);
    error = show_settings(client);
    return error ? error : show_status(client);
}

/* ---- set hostednetwork ---- */

static DWORD set_property(HANDLE client, WLAN_HOSTED_NETWORK_OPCODE opcode, void *data, DWORD size, const char *what)
{
    WLAN_HOSTED_NETWORK_REASON reason = wlan_hosted_network_reason_success;
    DWORD error = WlanHostedNetworkSetProperty(client, opcode, size, data, &reason, NULL);

    if (error) return fail_hosted(error, reason, what);
    say("The hosted network's %s has been changed.\n", what);
    return ERROR_SUCCESS;
}

static DWORD set_mode(HANDLE client, const struct command_line *line)
{
    BOOL enabled = line_number(line, "mode", 0) == 0;

    return set_property(client, wlan_hosted_network_opcode_enable, &enabled, sizeof(enabled), "mode");
}

static DWORD set_ssid(HANDLE client, const struct command_line *line)
{
    DWORD error;
    WLAN_HOSTED_NETWORK_CONNECTION_SETTINGS *settings =
        query(client, wlan_hosted_network_opcode_connection_settings, sizeof(*settings), &error);

    if (!settings) return fail(error, "hosted network settings");
    error = read_ssid(line_value(line, "ssid"), &settings->hostedNetworkSSID);
    if (!error)
        error =
            set_property(client, wlan_hosted_network_opcode_connection_settings, settings, sizeof(*settings), "SSID");
    WlanFreeMemory(settings);
    return error;
}

static DWORD set_key(HANDLE client, const struct command_line *line)
{
    WLAN_HOSTED_NETWORK_REASON reason = wlan_hosted_network_reason_success;
    const char *text = line_value(line, "key")->text;
    BYTE key[64] = {0};
    size_t length = strlen(text);
    DWORD error;

    if (length < 8 || length > 63) return fail_plainly(ERROR_INVALID_PARAMETER, "a key has 8 to 63 characters");
    memcpy(key, text, length);
    error = WlanHostedNetworkSetSecondaryKey(client, (DWORD)length + 1, key, TRUE,
                                             line_number(line, "keyusage", 0) == 0, &reason, NULL);
    if (error) return fail_hosted(error, reason, "hosted network key");
    say("The hosted network's key has been changed.\n");
    return ERROR_SUCCESS;
}

DWORD verb_set_hosted(HANDLE client, const struct command_line *line)
{
    DWORD error;

    if (!line_value(line, "mode")->given && !line_value(line, "ssid")->given && !line_value(line, "key")->given)
        return fail_plainly(ERROR_INVALID_PARAMETER, "set hostednetwork needs mode=, ssid= or key=");
    error = initialize(client);
    if (!error && line_value(line, "mode")->given) error = set_mode(client, line);
    if (!error && line_value(line, "ssid")->given) error = set_ssid(client, line);
    if (!error && line_value(line, "key")->given) error = set_key(client, line);
    return error;
}

/* ---- start, stop, refresh hostednetwork ---- */

static DWORD change(HANDLE client, DWORD(WINAPI *function)(HANDLE, WLAN_HOSTED_NETWORK_REASON *, PVOID),
                    const char *what, const char *done)
{
    WLAN_HOSTED_NETWORK_REASON reason = wlan_hosted_network_reason_success;
    DWORD error = function(client, &reason, NULL);

    if (error) return fail_hosted(error, reason, what);
    say("The hosted network%s.\n", done);
    return ERROR_SUCCESS;
}

DWORD verb_start_hosted(HANDLE client, const struct command_line *line)
{
    DWORD error = initialize(client);

    if (error) return error;
    return change(client, WlanHostedNetworkForceStart, line->verb->name, " has been started");
}

DWORD verb_stop_hosted(HANDLE client, const struct command_line *line)
{
    return change(client, WlanHostedNetworkForceStop, line->verb->name, " has been stopped");
}

DWORD verb_refresh_hosted(HANDLE client, const struct command_line *line)
{
    return change(client, WlanHostedNetworkRefreshSecuritySettings, line->verb->name, " has a new key");
}
