/* rsm satisfy, rsm refuse, rsm cancel; `rsm requests` is in request_list.c. */
#include "command.h"

#include <string.h>

/* The request that the operand names. */
static DWORD request_of(HANDLE session, const struct command_line *line, DWORD type, NTMS_GUID *id)
{
    struct switch_value value = {.given = true, .is_guid = true, .text = line->operand};

    if (!guid_from_text(line->operand, value.guid))
        return fail_plainly(ERROR_INVALID_PARAMETER, "%s is no GUID; `rsm requests` shows those of requests",
                            line->operand);
    return find_object(session, &value, type, NULL, id);
}

static DWORD end_request(HANDLE session, const struct command_line *line, DWORD type,
                         DWORD WINAPI (*function)(HANDLE, LPNTMS_GUID))
{
    NTMS_GUID id;
    DWORD error = request_of(session, line, type, &id);

    if (error) return error;
    error = function(session, &id);
    return error ? fail(error, "%s %s", line->verb->name, line->operand) : 0;
}

DWORD verb_satisfy(HANDLE session, const struct command_line *line)
{
    return end_request(session, line, NTMS_OPREQUEST, SatisfyNtmsOperatorRequest);
}

DWORD verb_refuse(HANDLE session, const struct command_line *line)
{
    return end_request(session, line, NTMS_OPREQUEST, CancelNtmsOperatorRequest);
}

DWORD verb_cancel(HANDLE session, const struct command_line *line)
{
    return end_request(session, line, NTMS_LIBREQUEST, CancelNtmsLibraryRequest);
}
