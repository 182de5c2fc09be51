/*
 * The driver's commands that make libraries work: inventories, mail slots, cleaning, notifications, operators.
 *
 *   inventory LIBRARY [METHOD]           NTMS_INVENTORY_*, FAST unless given
 *   identify LIBRARY SLOT
 *   eject BARCODE [ACTION], inject LIBRARY [ACTION]   NTMS_EJECT_*, NTMS_INJECT_*
 *   stopeject BARCODE, stopinject LIBRARY             the last that was started
 *   clean LIBRARY DRIVE, reservecleaner LIBRARY SLOT, releasecleaner LIBRARY
 *   injectcleaner LIBRARY CLEANS, ejectcleaner LIBRARY
 *   enable|disable drive LIBRARY N, enable|disable medium BARCODE
 *   subscribe TYPE                       a number of enum NtmsObjectsTypes; unsubscribe
 *   notified OPERATION [MS]              waits for a notification of NTMS_OBJ_*, skipping others
 *   notifiedof OPERATION BARCODE [MS]    likewise, of that medium
 *   satisfy, refuse                      each operator request that is submitted
 */
#include "ntmsapi_driver.h"

#include <string.h>

static NTMS_GUID last_operation;
static HANDLE notification;

static DWORD inventory(struct command *command)
{
    NTMS_GUID library;
    DWORD error = find_library(command->words[1], &library);

    if (error) return error;
    return InventoryNtmsLibrary(session, &library, command->words[2] ? number(command->words[2]) : NTMS_INVENTORY_FAST);
}

static DWORD identify(struct command *command)
{
    NTMS_GUID slot;
    DWORD error = find_element(command->words[1], NTMS_STORAGESLOT, number(command->words[2]), &slot);

    return error ? error : IdentifyNtmsSlot(session, &slot, 0);
}

static DWORD eject(struct command *command)
{
    NTMS_GUID medium;
    DWORD error = find_medium(command->words[1], &medium);

    return error ? error : EjectNtmsMedia(session, &medium, &last_operation, number(command->words[2]));
}

static DWORD stop_eject(struct command *command)
{
    NTMS_GUID medium;
    DWORD error = find_medium(command->words[1], &medium);

    return error ? error : EjectNtmsMedia(session, &medium, &last_operation, NTMS_EJECT_STOP);
}

static DWORD inject(struct command *command)
{
    NTMS_GUID library;
    DWORD error = find_library(command->words[1], &library);

    return error ? error : InjectNtmsMedia(session, &library, &last_operation, number(command->words[2]));
}

static DWORD stop_inject(struct command *command)
{
    NTMS_GUID library;
    DWORD error = find_library(command->words[1], &library);

    return error ? error : InjectNtmsMedia(session, &library, &last_operation, NTMS_INJECT_STOP);
}

/* ---- Cleaning ---- */

static DWORD clean(struct command *command)
{
    NTMS_GUID drive;
    DWORD error = find_element(command->words[1], NTMS_DRIVE, number(command->words[2]), &drive);

    return error ? error : CleanNtmsDrive(session, &drive);
}

static DWORD reserve_cleaner(struct command *command)
{
    NTMS_GUID library, slot;
    DWORD error = find_library(command->words[1], &library);

    if (!error) error = find_element(command->words[1], NTMS_STORAGESLOT, number(command->words[2]), &slot);
    return error ? error : ReserveNtmsCleanerSlot(session, &library, &slot);
}

static DWORD release_cleaner(struct command *command)
{
    NTMS_GUID library;
    DWORD error = find_library(command->words[1], &library);

    return error ? error : ReleaseNtmsCleanerSlot(session, &library);
}

static DWORD inject_cleaner(struct command *command)
{
    NTMS_GUID library;
    DWORD error = find_library(command->words[1], &library);

    if (error) return error;
    return InjectNtmsCleaner(session, &library, &last_operation, number(command->words[2]), NTMS_INJECT_START);
}

static DWORD eject_cleaner(struct command *command)
{
    NTMS_GUID library;
    DWORD error = find_library(command->words[1], &library);

    return error ? error : EjectNtmsCleaner(session, &library, &last_operation, NTMS_EJECT_START);
}

/* ---- Enabling ---- */

static DWORD set_enabled(struct command *command, BOOL enabled)
{
    BOOL drive = command->words[1] && !strcmp(command->words[1], "drive");
    DWORD type = drive ? NTMS_DRIVE : NTMS_PHYSICAL_MEDIA, error;
    NTMS_GUID id;

    error = drive ? find_element(command->words[2], type, number(command->words[3]), &id)
                  : find_medium(command->words[2], &id);
    if (error) return error;
    return enabled ? EnableNtmsObject(session, type, &id) : DisableNtmsObject(session, type, &id);
}

static DWORD enable(struct command *command)
{
    return set_enabled(command, TRUE);
}

static DWORD disable(struct command *command)
{
    return set_enabled(command, FALSE);
}

/* ---- Notifications ---- */

static DWORD subscribe(struct command *command)
{
    notification = OpenNtmsNotification(session, number(command->words[1]));
    return notification == INVALID_HANDLE_VALUE ? GetLastError() : 0;
}

static DWORD unsubscribe(struct command *command)
{
    (void)command;
    return CloseNtmsNotification(notification);
}

static DWORD await_notification(DWORD operation, const NTMS_GUID *object, DWORD timeout)
{
    NTMS_NOTIFICATIONINFORMATION information;
    DWORD begin = GetTickCount(), error = 0;

    while (!error)
    {
        DWORD gone = GetTickCount() - begin;

        error = WaitForNtmsNotification(notification, &information, gone < timeout ? timeout - gone : 0);
        if (!error && information.dwOperation == operation &&
            (!object || !memcmp(&information.ObjectId, object, sizeof(*object))))
            break;
    }
    return error;
}

static DWORD notified(struct command *command)
{
    return await_notification(number(command->words[1]), NULL, command->words[2] ? number(command->words[2]) : 30000);
}

static DWORD notified_of(struct command *command)
{
    NTMS_GUID medium;
    DWORD error = find_medium(command->words[2], &medium);

    if (error) return error;
    return await_notification(number(command->words[1]), &medium,
                              command->words[3] ? number(command->words[3]) : 30000);
}

/* ---- The operator ---- */

static DWORD answer_operator(struct command *command, BOOL done)
{
    static __thread NTMS_GUID found[FOUND_MAX];
    NTMS_OBJECTINFORMATIONA object;
    DWORD count, answered = 0, error = list_objects(NULL, NTMS_OPREQUEST, found, &count);

    for (DWORD i = 0; i < count && !error; i++)
    {
        if (get_object(&found[i], NTMS_OPREQUEST, &object) || object.Info.OpRequest.State > NTMS_OPSTATE_INPROGRESS)
            continue;
        error = done ? SatisfyNtmsOperatorRequest(session, &found[i]) : CancelNtmsOperatorRequest(session, &found[i]);
        answered++;
    }
    say(command, "%lu", answered);
    return error;
}

static DWORD satisfy(struct command *command)
{
    return answer_operator(command, TRUE);
}

static DWORD refuse(struct command *command)
{
    return answer_operator(command, FALSE);
}

const struct verb library_verbs[] = {{"inventory", inventory},
                                     {"identify", identify},
                                     {"eject", eject},
                                     {"stopeject", stop_eject},
                                     {"inject", inject},
                                     {"stopinject", stop_inject},
                                     {"clean", clean},
                                     {"reservecleaner", reserve_cleaner},
                                     {"releasecleaner", release_cleaner},
                                     {"injectcleaner", inject_cleaner},
                                     {"ejectcleaner", eject_cleaner},
                                     {"enable", enable},
                                     {"disable", disable},
                                     {"subscribe", subscribe},
                                     {"unsubscribe", unsubscribe},
                                     {"notified", notified},
                                     {"notifiedof", notified_of},
                                     {"satisfy", satisfy},
                                     {"refuse", refuse},
                                     {NULL, NULL}};
