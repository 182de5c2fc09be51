/* wlan connect, wlan disconnect. */
#include "command.h"

enum
{
    CONNECT_PATIENCE = 60,    /* seconds */
    DISCONNECT_PATIENCE = 10, /* seconds */
};

/* What became of it. */
static DWORD await_connection(struct wait *wait, const char *profile, DWORD seconds)
{
    WLAN_REASON_CODE reason = WLAN_REASON_CODE_SUCCESS;
    DWORD code = 0;
    DWORD error = wait_for(wait, wlan_notification_acm_connection_complete,
                           wlan_notification_acm_connection_attempt_fail, 1000 * seconds, &code, &reason);

    if (error) return fail(error, "connect %s", profile);
    if (code == wlan_notification_acm_connection_attempt_fail || reason != WLAN_REASON_CODE_SUCCESS)
        return fail_for_reason(ERROR_GEN_FAILURE, reason, "connect %s", profile);
    say("Connected to %s.\n", profile);
    return ERROR_SUCCESS;
}

static DWORD request(HANDLE client, const GUID *radio, const struct command_line *line)
{
    const struct tag_value *name = line_value(line, "name"), *wanted = line_value(line, "ssid");
    WLAN_CONNECTION_PARAMETERS parameters = {.wlanConnectionMode = wlan_connection_mode_profile,
                                             .dot11BssType = dot11_BSS_type_any};
    WCHAR profile[WLAN_MAX_NAME_LENGTH];
    DOT11_SSID ssid;
    DWORD error = read_ssid(wanted, &ssid);

    if (error) return error;
    if (!to_wide(name->text, profile, WLAN_MAX_NAME_LENGTH))
        return fail_plainly(ERROR_INVALID_PARAMETER, "%s: no profile has so long a name", name->text);
    parameters.strProfile = profile;
    if (wanted->given) parameters.pDot11Ssid = &ssid;
    error = WlanConnect(client, radio, &parameters, NULL);
    return error ? fail(error, "connect %s", name->text) : ERROR_SUCCESS;
}

static DWORD connect_interface(HANDLE client, const WLAN_INTERFACE_INFO *radio, const struct command_line *line)
{
    DWORD seconds = line_number(line, "timeout", CONNECT_PATIENCE), error;
    const char *name = line_value(line, "name")->text;
    struct wait *wait = wait_begin(client, &radio->InterfaceGuid, &error);

    if (!wait) return error;
    error = request(client, &radio->InterfaceGuid, line);
    if (!error && seconds)
        error = await_connection(wait, name, seconds);
    else if (!error)
        say("The connection to %s has been asked for.\n", name);
    wait_end(client, wait);
    return error;
}

DWORD verb_connect(HANDLE client, const struct command_line *line)
{
    return one_interface(client, line, connect_interface);
}

static DWORD disconnect_interface(HANDLE client, const WLAN_INTERFACE_INFO *radio, const struct command_line *line)
{
    WLAN_REASON_CODE reason;
    DWORD error, code;
    struct wait *wait;
    char name[NAME_SIZE];

    (void)line;
    interface_name(radio, name);
    wait = wait_begin(client, &radio->InterfaceGuid, &error);
    if (!wait) return error;
    error = WlanDisconnect(client, &radio->InterfaceGuid, NULL);
    if (error) fail(error, "disconnect %s", name);
    /* One that had no connection has nothing to tell. */
    if (!error && radio->isState != wlan_interface_state_disconnected)
        wait_for(wait, wlan_notification_acm_disconnected, wlan_notification_acm_disconnected,
                 1000 * DISCONNECT_PATIENCE, &code, &reason);
    if (!error) say("%s has been disconnected.\n", name);
    wait_end(client, wait);
    return error;
}

DWORD verb_disconnect(HANDLE client, const struct command_line *line)
{
    return one_interface(client, line, disconnect_interface);
}
