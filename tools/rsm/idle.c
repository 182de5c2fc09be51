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

struct watch
{
    HANDLE session;
    const NTMS_GUID *library; /* NULL: all */
    NTMS_GUID *open;          /* requests that have not ended */
    DWORD open_count;
    NTMS_GUID last;  /* the last request that has been looked at; those after it in the list are new */
    char text[1024]; /* what there is to do */
};

/* A request's state now; *ended also where it has been purged. */
static DWORD read_request(const struct watch *watch, const NTMS_GUID *id, object_information *information, BOOL *ended)
{
    DWORD error = read_object(watch->session, id, NTMS_LIBREQUEST, information);

    *ended =
        error == ERROR_OBJECT_NOT_FOUND || (!error && library_request_has_ended(information->Info.LibRequest.State));
    return error == ERROR_OBJECT_NOT_FOUND ? 0 : error;
}

/* Adds those of the new requests that have not ended. They come in the order in which they were made. */
static DWORD look_at_new(struct watch *watch, const NTMS_GUID *ids, DWORD count)
{
    NTMS_GUID *open = realloc(watch->open, (watch->open_count + count + 1) * sizeof(*open));
    object_information information;
    DWORD error = 0;
    BOOL ended;

    if (!open) return ERROR_NOT_ENOUGH_MEMORY;
    watch->open = open;
    for (DWORD i = 0; i < count && !error; i++)
    {
        error = read_request(watch, &ids[i], &information, &ended);
        if (!ended) open[watch->open_count++] = ids[i];
        watch->last = ids[i];
    }
    return error;
}

static DWORD find_new(struct watch *watch, DWORD *new_count)
{
    NTMS_GUID *ids;
    DWORD count, first = 0, error = list_objects(watch->session, watch->library, NTMS_LIBREQUEST, &ids, &count);

    if (error) return error;
    for (DWORD i = count; i-- && !first;)
        if (same_id(&ids[i], &watch->last)) first = i + 1;
    *new_count = count - first;
    error = look_at_new(watch, ids + first, count - first);
    free(ids);
    return error;
}

/* The first open request that a library has to do; those before it that have ended are dropped. */
static DWORD find_work(struct watch *watch, BOOL *found)
{
    object_information information;
    const NTMS_LIBREQUESTINFORMATIONW *request = &information.Info.LibRequest;
    DWORD kept = 0, i = 0, error = 0;
    char name[TEXT_SIZE];

    for (*found = FALSE; i < watch->open_count && !*found && !error; i++)
    {
        BOOL ended;

        error = read_request(watch, &watch->open[i], &information, &ended);
        if (!ended) watch->open[kept++] = watch->open[i];
        *found = !error && !ended && is_work(request);
    }
    memmove(watch->open + kept, watch->open + i, (watch->open_count - i) * sizeof(*watch->open));
    watch->open_count -= i - kept;
    if (!*found) return error;
    snprintf(
        watch->text, sizeof(watch->text), "%s %s", library_operation(request->OperationCode),
        name_of(watch->session, is_null_id(&request->PhysMediaId) ? &request->Library : &request->PhysMediaId, name));
    return 0;
}

/* Whether there is something to do: nothing, if a look at all that is open finds none, and none is new since. */
static DWORD look(struct watch *watch, BOOL *found)
{
    DWORD new_count, error;

    do
    {
        error = find_new(watch, &new_count);
        if (!error) error = find_work(watch, found);
    }
    while (!error && !*found && new_count);
    return error;
}

/* Until something has changed; after the first second, when there is much to do, at least until a second is over. */
static DWORD wait_for_change(HANDLE notification, DWORD time, BOOL whole)
{
    const ULONGLONG end = GetTickCount64() + time;
    NTMS_NOTIFICATIONINFORMATION change;
    DWORD error;

    do
    {
        ULONGLONG now = GetTickCount64();

        error = WaitForNtmsNotification(notification, &change, now < end ? (DWORD)(end - now) : 0);
    }
    while (!error && whole && GetTickCount64() < end);
    return error == ERROR_TIMEOUT ? 0 : error;
}

static DWORD wait_until_idle(struct watch *watch, HANDLE notification, DWORD timeout)
{
    const ULONGLONG begin = GetTickCount64();
    char said[sizeof(watch->text)] = "";
    BOOL found;
    DWORD error;

    while (!(error = look(watch, &found)) && found)
    {
        const ULONGLONG passed = GetTickCount64() - begin;
        const DWORD left = timeout == INFINITE ? INFINITE : passed < timeout ? (DWORD)(timeout - passed) : 0;

        if (!left) return ERROR_TIMEOUT;
        if (strcmp(said, watch->text) && passed >= LOOK_EVERY)
        {
            tell("rsm: waiting: %s\n", watch->text);
            strcpy(said, watch->text);
        }
        error = wait_for_change(notification, left < LOOK_EVERY ? left : LOOK_EVERY, passed >= LOOK_EVERY);
        if (error) return error;
    }
    return error;
}

DWORD verb_wait(HANDLE session, const struct command_line *line)
{
    const struct switch_value *library = line_switch(line, "l"), *timeout = line_switch(line, "t");
    struct watch watch = {.session = session};
    HANDLE notification;
    NTMS_GUID id;
    DWORD error;

    if (library->given && (error = find_object(session, library, NTMS_LIBRARY, NULL, &id))) return error;
    if (library->given) watch.library = &id;
    notification = OpenNtmsNotification(session, NTMS_LIBREQUEST);
    if (notification == INVALID_HANDLE_VALUE) return fail(GetLastError(), "wait");
    error = wait_until_idle(&watch, notification, timeout->given ? timeout->number : INFINITE);
    CloseNtmsNotification(notification);
    free(watch.open);
    if (error == ERROR_INVALID_HANDLE) error = ERROR_CANCELLED; /* Ctrl-C has closed the session */
    return error ? fail(error, "wait") : 0;
}
