/*
 * The service goes, and what was registered is registered with the next one. This group is the last.
 */
#include "wlanapi_test.h"

static void WINAPI on_notification(WLAN_NOTIFICATION_DATA *data, void *context)
{
    if (data->NotificationSource == WLAN_NOTIFICATION_SOURCE_ACM &&
        data->NotificationCode == wlan_notification_acm_scan_complete)
        SetEvent(context);
}

/* Until a call does not meet the connection to the service that has gone. */
static BOOL reaches_service(void)
{
    GUID guid;

    for (int i = 0; i < LONG_TIME / 10; i++)
    {
        if (station(&guid)) return TRUE;
        Sleep(10);
    }
    return FALSE;
}

/* Until a call meets it no more. */
static BOOL reaches_none(void)
{
    GUID guid;

    for (int i = 0; i < LONG_TIME / 10; i++)
    {
        if (!station(&guid)) return TRUE;
        Sleep(10);
    }
    return FALSE;
}

/* Until a scan's end is told: the loss may be noticed only after a call that has reached the next service. */
static BOOL hears_scan(HANDLE event, const GUID *guid)
{
    for (int i = 0; i < LONG_TIME / 200; i++)
    {
        if (!GIVES(ERROR_SUCCESS, pWlanScan(client(), guid, NULL, NULL, NULL))) return FALSE;
        if (WaitForSingleObject(event, 200) == WAIT_OBJECT_0) return TRUE;
    }
    return FALSE;
}

/* Functions whose pages name the code. */
static void credentials(BOOL gone, const GUID *guid)
{
    const WLAN_SET_EAPHOST_FLAGS none = 0;
    static const EAP_METHOD_TYPE type;

    CHECK_IF(gone, NOBODY_ENDS_IT, WlanSetProfileEapUserData, ERROR_SERVICE_NOT_ACTIVE,
             "This value is returned if the Wireless LAN service is not running.",
             GIVES(ERROR_SERVICE_NOT_ACTIVE,
                   pWlanSetProfileEapUserData(client(), guid, L"a", type, none, 1, (const BYTE *)"", NULL)));
    CHECK_IF(gone, NOBODY_ENDS_IT, WlanSetProfileEapXmlUserData, ERROR_SERVICE_NOT_ACTIVE,
             "This value is returned if the Wireless LAN service is not running.",
             GIVES(ERROR_SERVICE_NOT_ACTIVE, pWlanSetProfileEapXmlUserData(client(), guid, L"a", none, L"<a/>", NULL)));
}

static void networks(BOOL gone, const GUID *guid)
{
    WLAN_BSS_LIST *list = NULL;

    CHECK_IF(gone, NOBODY_ENDS_IT, WlanGetNetworkBssList, ERROR_SERVICE_NOT_ACTIVE,
             "The WLAN AutoConfig service has not been started.",
             GIVES(ERROR_SERVICE_NOT_ACTIVE,
                   pWlanGetNetworkBssList(client(), guid, NULL, dot11_BSS_type_any, FALSE, NULL, &list)));
}

#define NOT_RUNNING                                                                                                    \
    "The service has not been started. This error is returned if the WLAN AutoConfig Service is not running."

static void hosted_network(BOOL gone)
{
    WLAN_HOSTED_NETWORK_REASON reason;
    WLAN_OPCODE_VALUE_TYPE type;
    BOOL enabled = TRUE, is_phrase, persistent;
    void *data = NULL;
    UCHAR *key = NULL;
    DWORD size;

    CHECK_IF(gone, NOBODY_ENDS_IT, WlanHostedNetworkStartUsing, ERROR_SERVICE_NOT_ACTIVE, NOT_RUNNING,
             GIVES(ERROR_SERVICE_NOT_ACTIVE, pWlanHostedNetworkStartUsing(client(), &reason, NULL)));
    CHECK_IF(gone, NOBODY_ENDS_IT, WlanHostedNetworkForceStart, ERROR_SERVICE_NOT_ACTIVE, NOT_RUNNING,
             GIVES(ERROR_SERVICE_NOT_ACTIVE, pWlanHostedNetworkForceStart(client(), &reason, NULL)));
    CHECK_IF(
        gone, NOBODY_ENDS_IT, WlanHostedNetworkQueryProperty, ERROR_SERVICE_NOT_ACTIVE, NOT_RUNNING,
        GIVES(ERROR_SERVICE_NOT_ACTIVE,
              pWlanHostedNetworkQueryProperty(client(), wlan_hosted_network_opcode_enable, &size, &data, &type, NULL)));
    CHECK_IF(gone, NOBODY_ENDS_IT, WlanHostedNetworkSetProperty, ERROR_SERVICE_NOT_ACTIVE, NOT_RUNNING,
             GIVES(ERROR_SERVICE_NOT_ACTIVE, pWlanHostedNetworkSetProperty(client(), wlan_hosted_network_opcode_enable,
                                                                           sizeof(enabled), &enabled, &reason, NULL)));
    CHECK_IF(gone, NOBODY_ENDS_IT, WlanHostedNetworkQuerySecondaryKey, ERROR_SERVICE_NOT_ACTIVE, NOT_RUNNING,
             GIVES(ERROR_SERVICE_NOT_ACTIVE,
                   pWlanHostedNetworkQuerySecondaryKey(client(), &size, &key, &is_phrase, &persistent, &reason, NULL)));
}

static void virtual_stations(BOOL gone)
{
    CHECK_IF(gone, NOBODY_ENDS_IT, WlanRegisterVirtualStationNotification, ERROR_SERVICE_NOT_ACTIVE, NOT_RUNNING,
             GIVES(ERROR_SERVICE_NOT_ACTIVE, pWlanRegisterVirtualStationNotification(client(), TRUE, NULL)));
}

static void service_gone(void)
{
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
    DWORD before = 7;
    BOOL gone;
    GUID guid;

    gone =
        station(&guid) &&
        !pWlanRegisterNotification(client(), WLAN_NOTIFICATION_SOURCE_ACM, FALSE, on_notification, event, NULL, NULL) &&
        end_service();
    CHECK_IF(gone, NOBODY_ENDS_IT, WlanRegisterNotification, next_service,
             "Once registered, the callback function will be called whenever a notification is available: also after "
             "the service was started anew.",
             reaches_service() && hears_scan(event, &guid));
    SetEnvironmentVariableA("CORK_CORKD", "/nowhere/corkd");
    gone = gone && end_service() && reaches_none();
    CHECK_IF(gone, NOBODY_ENDS_IT, WlanRegisterNotification, failed_registration,
             "If the function fails, the return value may be one of the following return codes: what was registered "
             "before stays.",
             GIVES(ERROR_SERVICE_NOT_ACTIVE, pWlanRegisterNotification(client(), WLAN_NOTIFICATION_SOURCE_MSM, FALSE,
                                                                       on_notification, event, NULL, &before)) &&
                 before == 7);
    credentials(gone, &guid);
    networks(gone, &guid);
    hosted_network(gone);
    virtual_stations(gone);
    CloseHandle(event);
}

static const struct test_case cases[] = {{"service_gone", service_gone}, {NULL, NULL}};
extern const struct group service_gone_group;
const struct group service_gone_group = {"service_gone", __FILE__, cases};
