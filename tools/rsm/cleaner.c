/* rsm clean, rsm cleaner. */
#include "command.h"

DWORD verb_clean(HANDLE session, const struct command_line *line)
{
    NTMS_GUID drive;
    DWORD error = find_object(session, line_switch(line, "d"), NTMS_DRIVE, NULL, &drive);

    if (error) return error;
    error = CleanNtmsDrive(session, &drive);
    return error ? fail(error, "clean %s", line_switch(line, "d")->text) : 0;
}

static DWORD reserve(HANDLE session, const struct command_line *line, NTMS_GUID *library)
{
    const struct switch_value *value = line_switch(line, "s");
    NTMS_GUID slot;
    DWORD error;

    if (!value->given) return fail_plainly(ERROR_INVALID_PARAMETER, "/areserve needs the slot, by /s");
    error = find_object(session, value, NTMS_STORAGESLOT, library, &slot);
    if (error) return error;
    error = ReserveNtmsCleanerSlot(session, library, &slot);
    return error ? fail(error, "reserve %s", value->text) : 0;
}

DWORD verb_cleaner(HANDLE session, const struct command_line *line)
{
    enum
    {
        RESERVE,
        RELEASE,
        INJECT,
        EJECT
    } action = line_word(line, "a", RESERVE);
    const struct switch_value *cycles = line_switch(line, "n");
    NTMS_GUID library, operation = {0};
    DWORD error = find_object(session, line_switch(line, "l"), NTMS_LIBRARY, NULL, &library);

    if (error) return error;
    if (action == RESERVE) return reserve(session, line, &library);
    if (action == INJECT && !cycles->given)
        return fail_plainly(ERROR_INVALID_PARAMETER, "/ainject needs the number of cleaning cycles left, by /n");
    if (action == RELEASE) error = ReleaseNtmsCleanerSlot(session, &library);
    if (action == INJECT) error = InjectNtmsCleaner(session, &library, &operation, cycles->number, NTMS_INJECT_START);
    if (action == EJECT) error = EjectNtmsCleaner(session, &library, &operation, NTMS_EJECT_START);
    if (error) return fail(error, "cleaner of %s", line_switch(line, "l")->text);
    if (action == RELEASE) return 0;
    say("%s%s\n", line_switch(line, "b")->given ? "" : "Operation ", id_text(&operation));
    return 0;
}
