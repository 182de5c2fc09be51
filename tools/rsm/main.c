/* rsm.exe: manages removable storage from the command line. */
#include "command.h"

#include <string.h>

#include "../console/output.h"
#include "common/host_channel.h"

const char program_name[] = "rsm";

static const struct
{
    const char *name;
    verb_function *function;
} functions[] = {
    {"allocate", verb_allocate},
    {"createpool", verb_createpool},
    {"deallocate", verb_deallocate},
    {"deletepool", verb_deletepool},
    {"dismount", verb_dismount},
    {"eject", verb_eject},
    {"ejectatapi", verb_ejectatapi},
    {"freemedia", verb_freemedia},
    {"inventory", verb_inventory},
    {"mount", verb_mount},
    {"refresh", verb_refresh},
    {"view", verb_view},
    {"rename", verb_rename},
    {"addlibrary", verb_addlibrary},
    {"deletelibrary", verb_deletelibrary},
    {"enable", verb_enable},
    {"disable", verb_disable},
    {"inject", verb_inject},
    {"door", verb_door},
    {"clean", verb_clean},
    {"cleaner", verb_cleaner},
    {"movemedia", verb_movemedia},
    {"deletemedia", verb_deletemedia},
    {"requests", verb_requests},
    {"satisfy", verb_satisfy},
    {"refuse", verb_refuse},
    {"cancel", verb_cancel},
    {"export", verb_export},
    {"import", verb_import},
    {"check", verb_check},
    {"wait", verb_wait},
};

/* ---- Help ---- */

static void print_help(const struct verb *verb)
{
    if (verb)
    {
        say("%s", verb->help);
        return;
    }
    say("rsm VERB [/SWITCH]...  manages removable storage: tape and disc libraries and their media.\n\n");
    for (verb = verbs; verb->name; verb++)
        if (!verb->refused) say("  %-14s %s\n", verb->name, verb->summary);
    say("\nrsm VERB /? says how a verb is used.\n\n"
        "Objects are named by GUID (/lgGUID) or by friendly name (/lfNAME, /lf\"NAME WITH SPACES\"), with no space "
        "before\n"
        "the value. `rsm view` shows names, `rsm view /guiddisplay` GUIDs.\n"
        "Exit code: 0, or the Windows error code that is printed; 87 is a wrong command line.\n");
}

/* ---- Ctrl-C ---- */

static HANDLE session = INVALID_HANDLE_VALUE;

/* Closing the session cancels what it waits for, in the service too: the verb ends with ERROR_CANCELLED. */
static BOOL WINAPI on_break(DWORD event)
{
    HANDLE open = InterlockedExchangePointer(&session, INVALID_HANDLE_VALUE);

    if (event != CTRL_C_EVENT && event != CTRL_BREAK_EVENT) return FALSE;
    if (open == INVALID_HANDLE_VALUE) return FALSE;
    CloseNtmsSession(open);
    return TRUE;
}

/* ---- One command ---- */

static DWORD run(const struct command_line *line)
{
    HANDLE open;
    DWORD error = ERROR_CALL_NOT_IMPLEMENTED;

    if (line->verb->refused) return fail_plainly(ERROR_NOT_SUPPORTED, "%s %s", line->verb->name, line->verb->summary);
    session = OpenNtmsSessionW(NULL, L"rsm", 0);
    if (session == INVALID_HANDLE_VALUE) return fail(GetLastError(), "%s", line->verb->name);
    open = session;
    SetConsoleCtrlHandler(on_break, TRUE);
    for (size_t i = 0; i < sizeof(functions) / sizeof(*functions); i++)
        if (!strcmp(functions[i].name, line->verb->name)) error = functions[i].function(open, line);
    open = InterlockedExchangePointer(&session, INVALID_HANDLE_VALUE);
    if (open != INVALID_HANDLE_VALUE) CloseNtmsSession(open);
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
        tell("rsm: %s; rsm %s%s/? says how it is used\n", error, line.verb ? line.verb->name : "",
             line.verb ? " " : "");
        return ERROR_INVALID_PARAMETER;
    }
    if (line.help)
    {
        print_help(line.verb);
        return 0;
    }
    console_exit(program_exit_code(run(&line)));
}
