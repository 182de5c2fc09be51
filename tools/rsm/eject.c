/* rsm eject, rsm ejectatapi, rsm inject. */
#include "command.h"

#include <stdio.h>
#include <string.h>

/* ---- The medium ---- */

static DWORD find_medium(HANDLE session, const struct command_line *line, NTMS_GUID *id)
{
    const struct switch_value *slot = line_switch(line, "s"), *drive = line_switch(line, "d");
    NTMS_GUID library, place;
    DWORD error;

    if (line_switch(line, "p")->given)
        return find_object(session, line_switch(line, "p"), NTMS_PHYSICAL_MEDIA, NULL, id);
    if (!line_switch(line, "l")->given)
        return fail_plainly(ERROR_INVALID_PARAMETER, "eject needs a medium, by /p, or a place, by /s or /d with /l");
    error = find_object(session, line_switch(line, "l"), NTMS_LIBRARY, NULL, &library);
    if (!error && slot->given) error = find_object(session, slot, NTMS_STORAGESLOT, &library, &place);
    if (!error && drive->given) error = find_object(session, drive, NTMS_DRIVE, &library, &place);
    if (error) return error;
    error = medium_at(session, &library, slot->given || drive->given ? &place : NULL, id);
    if (error == ERROR_MEDIA_NOT_AVAILABLE) return fail_plainly(error, "there is no medium to eject");
    if (error == ERROR_INVALID_PARAMETER)
        return fail_plainly(error, "several drives have media: name one, by /p, or by /d with /l");
    return error ? fail(error, "eject from %s", line_switch(line, "l")->text) : 0;
}

/* ---- The verbs ---- */

static void say_operation(const struct command_line *line, const char *what, const NTMS_GUID *operation)
{
    if (line_switch(line, "b")->given)
        say("%s\n", id_text(operation));
    else
        say("%s: operation %s\n", what, id_text(operation));
}

/* Copies the operation of /o, which stopping needs. */
static DWORD operation_of(const struct command_line *line, BOOL stops, NTMS_GUID *operation)
{
    const struct switch_value *value = line_switch(line, "o");

    *operation = (NTMS_GUID){0};
    if (value->given) memcpy(operation, value->guid, sizeof(*operation));
    if (!stops || value->given) return 0;
    return fail_plainly(ERROR_INVALID_PARAMETER, "/astop needs the operation that is to be stopped, by /o");
}

DWORD verb_eject(HANDLE session, const struct command_line *line)
{
    static const DWORD actions[] = {NTMS_EJECT_START, NTMS_EJECT_STOP, NTMS_EJECT_QUEUE};
    DWORD action = actions[line_word(line, "a", 0)], error;
    NTMS_GUID medium = {0}, operation;
    char name[TEXT_SIZE];

    error = operation_of(line, action == NTMS_EJECT_STOP, &operation);
    /* An operation that is stopped is named by itself. */
    if (!error && action != NTMS_EJECT_STOP) error = find_medium(session, line, &medium);
    if (error) return error;
    error = EjectNtmsMedia(session, &medium, &operation, action);
    if (error) return fail(error, "eject %s", name_of(session, &medium, name));
    if (action == NTMS_EJECT_START) say_operation(line, "Ejecting", &operation);
    return 0;
}

DWORD verb_ejectatapi(HANDLE session, const struct command_line *line)
{
    WCHAR device[32];
    DWORD number = line_switch(line, "n")->number, error;

    (void)session;
    swprintf(device, 32, L"\\\\.\\CdChanger%lu", number);
    error = EjectDiskFromSADriveW(NULL, L"rsm", device, NULL, NULL, NULL, NTMS_EJECT_IMMEDIATE);
    return error ? fail(error, "ejectatapi CdChanger%lu", number) : 0;
}

DWORD verb_inject(HANDLE session, const struct command_line *line)
{
    static const DWORD actions[] = {NTMS_INJECT_START, NTMS_INJECT_STOP, NTMS_INJECT_RETRACT, NTMS_INJECT_STARTMANY};
    DWORD action = actions[line_word(line, "a", 0)], error;
    NTMS_GUID library, operation;

    error = operation_of(line, action == NTMS_INJECT_STOP, &operation);
    if (!error) error = find_object(session, line_switch(line, "l"), NTMS_LIBRARY, NULL, &library);
    if (error) return error;
    error = InjectNtmsMedia(session, &library, &operation, action);
    if (error) return fail(error, "inject into %s", line_switch(line, "l")->text);
    if (action == NTMS_INJECT_START || action == NTMS_INJECT_STARTMANY) say_operation(line, "Injecting", &operation);
    return 0;
}
