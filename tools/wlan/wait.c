/* Waiting for what a notification tells. */
#include "command.h"

#include <stdlib.h>

enum
{
    TOLD_MAX = 64, /* notifications that nobody has looked at yet; more than a connection ever has */
};

struct told
{
    DWORD code;
    WLAN_REASON_CODE reason;
};

struct wait
{
    GUID radio;
    HANDLE changed; /* there is more in `told` */
    CRITICAL_SECTION lock;
    struct told told[TOLD_MAX];
    unsigned count, looked_at;
};

/* ---- What is told ---- */

static void tell_stage(const WLAN_NOTIFICATION_DATA *data)
{
    switch (data->NotificationCode)
    {
    case wlan_notification_msm_associating:
        tell("wlan: associating\n");
        break;
    case wlan_notification_msm_authenticating:
        tell("wlan: authenticating\n");
        break;
    case wlan_notification_msm_roaming_start:
        tell("wlan: roaming\n");
        break;
    default:
        break;
    }
}

static WLAN_REASON_CODE reason_of(const WLAN_NOTIFICATION_DATA *data)
{
    const WLAN_CONNECTION_NOTIFICATION_DATA *connection = data->pData;

    if (data->NotificationCode == wlan_notification_acm_scan_fail && data->dwDataSize >= sizeof(WLAN_REASON_CODE))
        return *(const WLAN_REASON_CODE *)data->pData;
    return data->dwDataSize >= offsetof(WLAN_CONNECTION_NOTIFICATION_DATA, strProfileXml) ? connection->wlanReasonCode
                                                                                          : WLAN_REASON_CODE_SUCCESS;
}

static void WINAPI on_notification(WLAN_NOTIFICATION_DATA *data, void *context)
{
    struct wait *wait = context;

    if (!IsEqualGUID(&data->InterfaceGuid, &wait->radio)) return;
    if (data->NotificationSource == WLAN_NOTIFICATION_SOURCE_MSM) tell_stage(data);
    if (data->NotificationSource != WLAN_NOTIFICATION_SOURCE_ACM) return;
    EnterCriticalSection(&wait->lock);
    if (wait->count < TOLD_MAX) wait->told[wait->count++] = (struct told){data->NotificationCode, reason_of(data)};
    LeaveCriticalSection(&wait->lock);
    SetEvent(wait->changed);
}

/* ---- Waiting ---- */

struct wait *wait_begin(HANDLE client, const GUID *radio, DWORD *error)
{
    struct wait *wait = calloc(1, sizeof(*wait));

    if (!wait || !(wait->changed = CreateEventW(NULL, FALSE, FALSE, NULL)))
    {
        free(wait);
        *error = fail(ERROR_NOT_ENOUGH_MEMORY, "waiting");
        return NULL;
    }
    wait->radio = *radio;
    InitializeCriticalSection(&wait->lock);
    *error = WlanRegisterNotification(client, WLAN_NOTIFICATION_SOURCE_ACM | WLAN_NOTIFICATION_SOURCE_MSM, FALSE,
                                      on_notification, wait, NULL, NULL);
    if (!*error) return wait;
    fail(*error, "notifications");
    wait_end(client, wait);
    return NULL;
}

/* Whether one of the codes came. */
static BOOL look(struct wait *wait, DWORD one, DWORD other, DWORD *code, WLAN_REASON_CODE *reason)
{
    BOOL found = FALSE;

    EnterCriticalSection(&wait->lock);
    while (!found && wait->looked_at < wait->count)
    {
        const struct told *told = &wait->told[wait->looked_at++];

        if (told->code != one && told->code != other) continue;
        *code = told->code;
        *reason = told->reason;
        found = TRUE;
    }
    LeaveCriticalSection(&wait->lock);
    return found;
}

DWORD wait_for(struct wait *wait, DWORD one, DWORD other, DWORD milliseconds, DWORD *code, WLAN_REASON_CODE *reason)
{
    HANDLE events[2] = {wait->changed, break_event};
    ULONGLONG end = GetTickCount64() + milliseconds;

    while (!look(wait, one, other, code, reason))
    {
        ULONGLONG now = GetTickCount64();

        switch (WaitForMultipleObjects(2, events, FALSE, now < end ? (DWORD)(end - now) : 0))
        {
        case WAIT_OBJECT_0:
            continue;
        case WAIT_OBJECT_0 + 1:
            return ERROR_CANCELLED;
        default:
            return ERROR_TIMEOUT;
        }
    }
    return ERROR_SUCCESS;
}

void wait_end(HANDLE client, struct wait *wait)
{
    /* It waits for a callback that runs. */
    WlanRegisterNotification(client, WLAN_NOTIFICATION_SOURCE_NONE, FALSE, NULL, NULL, NULL, NULL);
    CloseHandle(wait->changed);
    DeleteCriticalSection(&wait->lock);
    free(wait);
}
