/*
 * What notifications tell of a connection. See wlanapi_story.h.
 */
#include "wlanapi_story.h"

#include <stdlib.h>

static void keep_acm(struct story *story, const WLAN_NOTIFICATION_DATA *data)
{
    const WLAN_CONNECTION_NOTIFICATION_DATA *connection = data->pData;

    story->acm = *connection;
    lstrcpynW(story->xml, connection->strProfileXml, ARRAYSIZE(story->xml));
    if (data->NotificationCode == wlan_notification_acm_connection_attempt_fail)
        story->attempt_reason = connection->wlanReasonCode;
}

static void keep_msm(struct story *story, const WLAN_NOTIFICATION_DATA *data)
{
    if (data->NotificationCode == wlan_notification_msm_signal_quality_change)
        story->number = *(const DWORD *)data->pData;
    else if (data->NotificationCode == wlan_notification_msm_radio_state_change)
        story->radio = *(const WLAN_PHY_RADIO_STATE *)data->pData;
    else
        story->msm = *(const WLAN_MSM_NOTIFICATION_DATA *)data->pData;
    if (data->NotificationCode == wlan_notification_msm_disconnected) story->left_reason = story->msm.wlanReasonCode;
}

static BOOL is_of_connections(const WLAN_NOTIFICATION_DATA *data)
{
    if (data->NotificationSource == WLAN_NOTIFICATION_SOURCE_MSM) return TRUE;
    switch (data->NotificationCode)
    {
    case wlan_notification_acm_connection_start:
    case wlan_notification_acm_connection_complete:
    case wlan_notification_acm_connection_attempt_fail:
    case wlan_notification_acm_disconnecting:
    case wlan_notification_acm_disconnected:
        return TRUE;
    default:
        return FALSE;
    }
}

static void WINAPI on_notification(WLAN_NOTIFICATION_DATA *data, void *context)
{
    struct story *story = context;
    BOOL is_acm = data->NotificationSource == WLAN_NOTIFICATION_SOURCE_ACM;
    size_t length;

    if (!is_of_connections(data)) return;
    EnterCriticalSection(&story->lock);
    length = strlen(story->text);
    if (length + 16 < sizeof(story->text))
        sprintf(story->text + length, "%c%lu ", is_acm ? 'A' : 'M', data->NotificationCode);
    story->guid = data->InterfaceGuid;
    story->size = data->dwDataSize;
    (is_acm ? keep_acm : keep_msm)(story, data);
    LeaveCriticalSection(&story->lock);
    SetEvent(story->told);
}

BOOL story_begin(struct story *story)
{
    memset(story, 0, sizeof(*story));
    InitializeCriticalSection(&story->lock);
    story->told = CreateEventW(NULL, FALSE, FALSE, NULL);
    return !pWlanRegisterNotification(client(), WLAN_NOTIFICATION_SOURCE_ACM | WLAN_NOTIFICATION_SOURCE_MSM, FALSE,
                                      on_notification, story, NULL, NULL);
}

void story_end(struct story *story)
{
    pWlanRegisterNotification(client(), WLAN_NOTIFICATION_SOURCE_NONE, FALSE, NULL, NULL, NULL, NULL);
    CloseHandle(story->told);
    DeleteCriticalSection(&story->lock);
}

BOOL story_is(struct story *story, const char *expected)
{
    size_t length = strlen(expected);
    BOOL same, more = TRUE;

    EnterCriticalSection(&story->lock);
    while (strlen(story->text) < length && more)
    {
        LeaveCriticalSection(&story->lock);
        more = WaitForSingleObject(story->told, LONG_TIME) == WAIT_OBJECT_0;
        EnterCriticalSection(&story->lock);
    }
    note("told %s, expected %s", story->text, expected);
    same = !strncmp(story->text, expected, length);
    memmove(story->text, story->text + min(length, strlen(story->text)),
            strlen(story->text + min(length, strlen(story->text))) + 1);
    LeaveCriticalSection(&story->lock);
    return same;
}
