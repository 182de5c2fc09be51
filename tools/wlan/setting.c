/* wlan show settings, show autoconfig, and set autoconfig, blockednetworks, allowexplicitcreds, blockperiod. */
#include "command.h"

#include <string.h>

/* ---- show settings ---- */

static void show_yes_no(const char *label, DWORD value)
{
    show(label, "%s", yes_or_no(value != 0));
}

static void show_power(const char *label, DWORD value)
{
    static const char *const words[] = {"No saving", "Low saving", "Medium saving", "Maximum saving"};

    show(label, "%s", value < sizeof(words) / sizeof(*words) ? words[value] : "Unknown");
}

/* The API has seconds, netsh minutes. */
static void show_period(const char *label, DWORD value)
{
    if (value % 60)
        show(label, "%lu seconds", value);
    else
        show(label, "%lu minute%s", value / 60, value == 60 ? "" : "s");
}

static const struct
{
    WLAN_AUTOCONF_OPCODE opcode;
    const char *label;
    void (*show)(const char *label, DWORD value);
} settings[] = {
    {wlan_autoconf_opcode_show_denied_networks, "Show blocked networks", show_yes_no},
    {wlan_autoconf_opcode_only_use_gp_profiles_for_allowed_networks, "Only use GP profiles", show_yes_no},
    {wlan_autoconf_opcode_allow_explicit_creds, "Allow explicit creds", show_yes_no},
    {wlan_autoconf_opcode_block_period, "Block period", show_period},
    {wlan_autoconf_opcode_power_setting, "Power setting", show_power},
    {wlan_autoconf_opcode_allow_virtual_station_extensibility, "Virtual stations", show_yes_no},
};

static DWORD read_setting(HANDLE client, WLAN_AUTOCONF_OPCODE opcode, DWORD *value)
{
    WLAN_OPCODE_VALUE_TYPE type;
    void *data = NULL;
    DWORD size = 0, error = WlanQueryAutoConfigParameter(client, opcode, NULL, &size, &data, &type);

    *value = 0;
    if (!error && data) memcpy(value, data, size < sizeof(*value) ? size : sizeof(*value));
    if (!error) WlanFreeMemory(data);
    return error;
}

/* Whether the radio connects by itself. */
static DWORD show_interface(HANDLE client, const WLAN_INTERFACE_INFO *radio, const struct command_line *line)
{
    BOOL *enabled = query_interface(client, &radio->InterfaceGuid, wlan_intf_opcode_autoconf_enabled, sizeof(*enabled));
    char name[NAME_SIZE];

    (void)line;
    interface_name(radio, name);
    if (!enabled) return fail(ERROR_GEN_FAILURE, "%s: whether it connects by itself", name);
    say("Auto configuration is %s on interface %s.\n", *enabled ? "enabled" : "disabled", name);
    WlanFreeMemory(enabled);
    return ERROR_SUCCESS;
}

DWORD verb_show_autoconfig(HANDLE client, const struct command_line *line)
{
    DWORD error;

    if (!line_value(line, "interface")->given && !count_interfaces(client, &error))
    {
        if (!error) show_no_interface();
        return error;
    }
    return each_interface(client, line, show_interface);
}

DWORD verb_show_settings(HANDLE client, const struct command_line *line)
{
    DWORD first = ERROR_SUCCESS;

    (void)line;
    show_heading("Wireless settings");
    for (size_t i = 0; i < sizeof(settings) / sizeof(*settings); i++)
    {
        DWORD value, error = read_setting(client, settings[i].opcode, &value);

        if (error)
            fail(error, "%s", settings[i].label);
        else
            settings[i].show(settings[i].label, value);
        if (!first) first = error;
    }
    return first;
}

/* ---- Changes ---- */

static DWORD set_interface(HANDLE client, const WLAN_INTERFACE_INFO *radio, const struct command_line *line)
{
    BOOL enabled = line_number(line, "enabled", 0) == 0;
    DWORD error = WlanSetInterface(client, &radio->InterfaceGuid, wlan_intf_opcode_autoconf_enabled, sizeof(enabled),
                                   &enabled, NULL);
    char name[NAME_SIZE];

    interface_name(radio, name);
    if (error) return fail(error, "set autoconfig: %s", name);
    say("Auto configuration has been %s on interface %s.\n", enabled ? "enabled" : "disabled", name);
    return ERROR_SUCCESS;
}

DWORD verb_autoconfig(HANDLE client, const struct command_line *line)
{
    return one_interface(client, line, set_interface);
}

/* Sets one, and shows what it is then. */
static DWORD set(HANDLE client, const struct command_line *line, WLAN_AUTOCONF_OPCODE opcode, DWORD value)
{
    DWORD error = WlanSetAutoConfigParameter(client, opcode, sizeof(value), &value, NULL);

    if (!error) error = read_setting(client, opcode, &value);
    if (error) return fail(error, "%s", line->verb->name);
    for (size_t i = 0; i < sizeof(settings) / sizeof(*settings); i++)
        if (settings[i].opcode == opcode) settings[i].show(settings[i].label, value);
    return ERROR_SUCCESS;
}

DWORD verb_blocked_networks(HANDLE client, const struct command_line *line)
{
    return set(client, line, wlan_autoconf_opcode_show_denied_networks, line_number(line, "display", 0) == 0);
}

DWORD verb_explicit_creds(HANDLE client, const struct command_line *line)
{
    return set(client, line, wlan_autoconf_opcode_allow_explicit_creds, line_number(line, "allow", 0) == 0);
}

DWORD verb_block_period(HANDLE client, const struct command_line *line)
{
    return set(client, line, wlan_autoconf_opcode_block_period, 60 * line_number(line, "value", 0));
}
