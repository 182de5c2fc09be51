/* rsm wait. */
#include "command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How long to wait for a notification before looking again all the same, in milliseconds. */
#define LOOK_EVERY 1000

/* A mount that is queued may wait for a drive that somebody has, and one that waits does so for the operator: nothing
 * that a library has to do. */
static BOOL is_work(const NTMS_LIBREQUESTINFORMATIONW *request)
{
    return request->State == NTMS_LM_INPROCESS ||
           (request->State == NTMS_LM_QUEUED && request->OperationCode != NTMS_LM_MOUNT);
}

/* How many requests libraries have to do; `text` of `size` bytes says what the first is. */
static DWORD count_work(HANDLE session, const NTMS_GUID *library, DWORD *work, char *text, size_t size)
{
    object_information information;
    char medium[TEXT_SIZE];
    NTMS_GUID *ids;
    DWORD count, error = list_objects(session, library, NTMS_LIBREQUEST, &ids, &count);

    *work = 0;
    if (error) return error;
    for (DWORD i = 0; i < count; i++)
    {
        const NTMS_LIBREQUESTINFORMATIONW *request = &information.Info.LibRequest;

        if (read_object(session, &ids[i], NTMS_LIBREQUEST, &information) || !is_work(request) || (*work)++) continue;
        snprintf(
            text, size, "%s %s", library_operation(request->OperationCode),
            name_of(session, is_null_id(&request->PhysMediaId) ? &request->Library : &request->PhysMediaId, medium));
    }
    free(ids);
    return 0;
}

static DWORD wait_until_idle(HANDLE session, HANDLE notification, const NTMS_GUID *library, DWORD timeout)
{
    const ULONGLONG begin = GetTickCount64();
    char said[1024] = "", now[1024] = "";
    DWORD work, error;

    while (!(error = count_work(session, library, &work, now, sizeof(now))) && work)
    {
        NTMS_NOTIFICATIONINFORMATION change;
        ULONGLONG passed = GetTickCount64() - begin;

        if (timeout != INFINITE && passed >= timeout) return ERROR_TIMEOUT;
        if (strcmp(said, now) && passed >= LOOK_EVERY)
        {
            tell("rsm: waiting: %s, %lu more to do\n", now, work - 1);
            strcpy(said, now);
        }
        error = WaitForNtmsNotification(notification, &change,
                                        timeout - passed < LOOK_EVERY ? (DWORD)(timeout - passed) : LOOK_EVERY);
        if (error && error != ERROR_TIMEOUT) return error;
    }
    return error;
}

DWORD verb_wait(HANDLE session, const struct command_line *line)
{
    const struct switch_value *library = line_switch(line, "l"), *timeout = line_switch(line, "t");
    HANDLE notification;
    NTMS_GUID id;
    DWORD error;

    if (library->given && (error = find_object(session, library, NTMS_LIBRARY, NULL, &id))) return error;
    notification = OpenNtmsNotification(session, NTMS_LIBREQUEST);
    if (notification == INVALID_HANDLE_VALUE) return fail(GetLastError(), "wait");
    error = wait_until_idle(session, notification, library->given ? &id : NULL,
                            timeout->given ? timeout->number : INFINITE);
    CloseNtmsNotification(notification);
    if (error == ERROR_INVALID_HANDLE) error = ERROR_CANCELLED; /* Ctrl-C has closed the session */
    return error ? fail(error, "wait") : 0;
}
