/* wlan.exe: wireless networks from the command line. */
#include "command.h"

#include <string.h>

#include "../console/output.h"
#include "common/host_channel.h"

const char program_name[] = "wlan";
HANDLE break_event;

static verb_function verb_show_all;

static const struct
{
    const char *name;
    verb_function *function;
} functions[] = {
    {"show interfaces", verb_show_interfaces},
    {"show networks", verb_show_networks},
    {"show profiles", verb_show_profiles},
    {"show drivers", verb_show_drivers},
    {"show wirelesscapabilities", verb_show_capabilities},
    {"show settings", verb_show_settings},
    {"show autoconfig", verb_show_autoconfig},
    {"show filters", verb_show_filters},
    {"show hostednetwork", verb_show_hosted},
    {"show all", verb_show_all},
    {"connect", verb_connect},
    {"disconnect", verb_disconnect},
    {"add profile", verb_add_profile},
    {"delete profile", verb_delete_profile},
    {"set profileorder", verb_profile_order},
    {"export profile", verb_export_profile},
    {"add filter", verb_add_filter},
    {"delete filter", verb_delete_filter},
    {"set autoconfig", verb_autoconfig},
    {"set blockednetworks", verb_blocked_networks},
    {"set allowexplicitcreds", verb_explicit_creds},
    {"set blockperiod", verb_block_period},
    {"set hostednetwork", verb_set_hosted},
    {"start hostednetwork", verb_start_hosted},
    {"stop hostednetwork", verb_stop_hosted},
    {"refresh hostednetwork", verb_refresh_hosted},
    {"direct find", verb_direct_find},
    {"direct connect", verb_direct_connect},
    {"direct close", verb_direct_close},
};

/* ---- Help ---- */

static void print_help(const struct command_line *line)
{
    if (line->verb)
    {
        if (line->verb->refused)
            say("wlan %s %s\n", line->verb->name, line->verb->summary);
        else
            say("%s", line->verb->help);
        return;
    }
    if (!line->context) say("wlan COMMAND [PARAMETER=VALUE]...  wireless networks, and Wi-Fi Direct.\n\n");
    for (const struct verb *verb = verbs; verb->name; verb++)
        if (!verb->refused && (!line->context || verb_is_of(verb, line->context)))
            say("  %-26s %s\n", verb->name, verb->summary);
    if (line->context) return;
    say("\nwlan COMMAND --help says how a command is used.\n\n"
        "A command's words may be shortened (wlan sh int), the names of its parameters left out (wlan connect Home).\n"
        "Exit code: 0, or the Windows error code that is printed; 87 is a wrong command line.\n");
}

/* ---- One command ---- */

static BOOL WINAPI on_break(DWORD event)
{
    if (event != CTRL_C_EVENT && event != CTRL_BREAK_EVENT) return FALSE;
    SetEvent(break_event);
    return TRUE;
}

static verb_function *function_of(const struct verb *verb)
{
    for (size_t i = 0; i < sizeof(functions) / sizeof(*functions); i++)
        if (!strcmp(functions[i].name, verb->name)) return functions[i].function;
    return NULL;
}

static const struct verb *verb_named(const char *name)
{
    const struct verb *verb = verbs;

    while (verb->name && strcmp(verb->name, name))
        verb++;
    return verb->name ? verb : NULL;
}

/* Each as if it had been asked for; one that fails keeps no other from being shown. */
static DWORD verb_show_all(HANDLE client, const struct command_line *line)
{
    static const char *const shown[] = {"show drivers", "show interfaces", "show hostednetwork", "show settings",
                                        "show filters", "show autoconfig", "show profiles",      "show networks"};
    DWORD first = 0;

    (void)line;
    for (size_t i = 0; i < sizeof(shown) / sizeof(*shown); i++)
    {
        struct command_line one = {.verb = verb_named(shown[i])};
        DWORD error;

        for (int tag = 0; tag < TAGS_MAX; tag++)
            one.values[tag].text = "";
        say("=== wlan %s\n", shown[i]);
        error = function_of(one.verb)(client, &one);
        if (!first) first = error;
    }
    return first;
}

static DWORD run(const struct command_line *line)
{
    verb_function *function = function_of(line->verb);
    DWORD version, error;
    HANDLE client;

    if (line->verb->refused) return fail_plainly(ERROR_NOT_SUPPORTED, "%s %s", line->verb->name, line->verb->summary);
    if (!function) return fail(ERROR_CALL_NOT_IMPLEMENTED, "%s", line->verb->name);
    break_event = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (!break_event) return fail(GetLastError(), "%s", line->verb->name);
    error = WlanOpenHandle(WLAN_API_VERSION_2_0, NULL, &version, &client);
    if (error) return fail(error, "%s", line->verb->name);
    SetConsoleCtrlHandler(on_break, TRUE);
    error = function(client, line);
    WlanCloseHandle(client, NULL);
    host_channel_close();
    return error;
}

int main(void)
{
    struct command_line line;
    char error[LINE_ERROR_SIZE];
    const char *const *arguments;
    int count = 0;

    arguments = program_arguments(&count);
    if (!arguments) return program_exit_code(fail(ERROR_NOT_ENOUGH_MEMORY, "the command line"));
    if (!command_line_parse(&line, count ? count - 1 : 0, arguments + 1, error))
    {
        tell("wlan: %s; wlan %s%s--help says how it is used\n", error, line.verb ? line.verb->name : "",
             line.verb ? " " : "");
        return ERROR_INVALID_PARAMETER;
    }
    if (line.help)
    {
        print_help(&line);
        return 0;
    }
    console_exit(program_exit_code(run(&line)));
}
