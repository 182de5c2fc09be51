/* rsm export, rsm import, rsm check. */
#include "command.h"

DWORD verb_export(HANDLE session, const struct command_line *line)
{
    DWORD error = ExportNtmsDatabase(session);

    return error ? fail(error, "%s", line->verb->name) : 0;
}

DWORD verb_import(HANDLE session, const struct command_line *line)
{
    DWORD error = ImportNtmsDatabase(session);

    if (error) return fail(error, "%s", line->verb->name);
    say("The copy will be the database when the service starts next.\n");
    return 0;
}

static void print_fault(const char *text)
{
    say("%s\n", text);
}

DWORD verb_check(HANDLE session, const struct command_line *line)
{
    DWORD count, error = wire_check(print_fault, &count);

    (void)session;
    if (error) return fail(error, "%s", line->verb->name);
    if (count) return fail_plainly(ERROR_DATABASE_FAILURE, "%lu faults in the database", count);
    say("No fault was found.\n");
    return 0;
}
