/*
 * Notifications: WlanRegisterNotification, and their delivery.
 *
 * The process tells the service what its handles want together; what comes is given to each handle that wants it, one
 * after another, on the host channel's thread.
 */
#include <stdlib.h>

#include "common/trace.h"
#include "wlanapi/call.h"
#include "wlanapi/direct.h"
#include "wlanapi/handle.h"

CORK_TRACE_CHANNEL(wlanapi);

static SRWLOCK attach_lock; /* over what the service was told */
static DWORD attached;      /* that */
static LONG attach_lost;    /* the service that was told it has gone */
static SRWLOCK register_lock;
static LONG event_thread; /* what calls callbacks now, or 0 */
static INIT_ONCE subscribe_once = INIT_ONCE_STATIC_INIT;

/* ---- Data ---- */

/* What a notification carries, in memory of malloc. */
struct notification
{
    WLAN_NOTIFICATION_DATA data;
    BYTE bytes[]; /* data.pData */
};

static void *notification_make(struct notification **notification, size_t size)
{
    *notification = calloc(1, sizeof(**notification) + size);
    if (!*notification) return NULL;
    (*notification)->data.dwDataSize = (DWORD)size;
    (*notification)->data.pData = size ? (*notification)->bytes : NULL;
    return (*notification)->bytes;
}

static void read_connection(struct host_decoder *values, struct notification **notification)
{
    WLAN_CONNECTION_NOTIFICATION_DATA head = {0}, *data;
    uint16_t *xml;
    size_t length;

    head.wlanConnectionMode = (WLAN_CONNECTION_MODE)host_get_u32(values);
    get_text(values, head.strProfileName, WLAN_MAX_NAME_LENGTH);
    get_ssid(values, &head.dot11Ssid);
    head.dot11BssType = (DOT11_BSS_TYPE)host_get_u32(values);
    head.bSecurityEnabled = host_get_bool(values);
    head.wlanReasonCode = host_get_u32(values);
    head.dwFlags = host_get_u32(values);
    xml = host_get_utf16(values);
    length = xml ? wcslen((const WCHAR *)xml) : 0;
    data = notification_make(notification, sizeof(*data) + length * sizeof(WCHAR));
    if (data)
    {
        memcpy(data, &head, sizeof(head));
        if (length) memcpy(data->strProfileXml, xml, (length + 1) * sizeof(WCHAR));
    }
    free(xml);
}

static void read_msm(struct host_decoder *values, struct notification **notification)
{
    WLAN_MSM_NOTIFICATION_DATA *data = notification_make(notification, sizeof(*data));

    if (!data) return;
    data->wlanConnectionMode = (WLAN_CONNECTION_MODE)host_get_u32(values);
    get_text(values, data->strProfileName, WLAN_MAX_NAME_LENGTH);
    get_ssid(values, &data->dot11Ssid);
    data->dot11BssType = (DOT11_BSS_TYPE)host_get_u32(values);
    get_address(values, data->dot11MacAddr);
    data->bSecurityEnabled = host_get_bool(values);
    data->bFirstPeer = host_get_bool(values);
    data->bLastPeer = host_get_bool(values);
    data->wlanReasonCode = host_get_u32(values);
}

/* NULL where it could not be read, or for lack of memory. */
static struct notification *read_notification(struct host_decoder *values)
{
    DWORD source = host_get_u32(values), code = host_get_u32(values), index = host_get_u32(values), number;
    struct notification *notification = NULL;
    const uint8_t *bytes;
    size_t size;
    void *data;

    switch (host_get_u8(values))
    {
    case WLAN_DATA_NUMBER:
        number = host_get_u32(values);
        data = notification_make(&notification, sizeof(number));
        if (data) memcpy(data, &number, sizeof(number));
        break;
    case WLAN_DATA_CONNECTION:
        read_connection(values, &notification);
        break;
    case WLAN_DATA_MSM:
        read_msm(values, &notification);
        break;
    case WLAN_DATA_BYTES:
        bytes = host_get_bytes(values, &size);
        data = notification_make(&notification, size);
        if (data && bytes) memcpy(data, bytes, size);
        break;
    default:
        notification_make(&notification, 0);
        break;
    }
    if (notification && !values->error)
    {
        notification->data.NotificationSource = source;
        notification->data.NotificationCode = code;
        interface_guid(index, &notification->data.InterfaceGuid);
        return notification;
    }
    CORK_ERR("a notification of source %#lx, code %lu was lost\n", source, code);
    free(notification);
    return NULL;
}

/* ---- Delivery ---- */

static BOOL is_same(const WLAN_NOTIFICATION_DATA *a, const WLAN_NOTIFICATION_DATA *b)
{
    return a->NotificationSource == b->NotificationSource && a->NotificationCode == b->NotificationCode &&
           IsEqualGUID(&a->InterfaceGuid, &b->InterfaceGuid) && a->dwDataSize == b->dwDataSize &&
           !memcmp(a->pData, b->pData, a->dwDataSize);
}

/* Keeps a copy of what it is given, to know the next one by. */
static void remember(struct wlan_client *client, const WLAN_NOTIFICATION_DATA *data)
{
    struct notification *copy;
    void *bytes = notification_make(&copy, data->dwDataSize);

    free(client->last);
    client->last = NULL;
    if (!bytes) return;
    memcpy(bytes, data->pData, data->dwDataSize);
    memcpy(&copy->data, data, offsetof(WLAN_NOTIFICATION_DATA, dwDataSize));
    client->last = &copy->data;
}

/* Whether the client is to be told, and how. */
static BOOL wants(struct wlan_client *client, const WLAN_NOTIFICATION_DATA *data, WLAN_NOTIFICATION_CALLBACK *callback,
                  void **context)
{
    BOOL wanted;

    AcquireSRWLockExclusive(&client->lock);
    wanted = client->sources & data->NotificationSource;
    if (wanted && client->ignore_duplicate)
    {
        wanted = !client->last || !is_same(client->last, data);
        if (wanted) remember(client, data);
    }
    *callback = client->callback;
    *context = client->context;
    client->callback_thread = wanted ? GetCurrentThreadId() : 0;
    ReleaseSRWLockExclusive(&client->lock);
    return wanted;
}

static void tell(struct wlan_client *client, WLAN_NOTIFICATION_DATA *data)
{
    WLAN_NOTIFICATION_CALLBACK callback;
    void *context;

    AcquireSRWLockExclusive(&client->callback_lock);
    if (wants(client, data, &callback, &context))
    {
        CORK_TRACE("source %#lx, code %lu to %p\n", data->NotificationSource, data->NotificationCode, callback);
        callback(data, context);
        AcquireSRWLockExclusive(&client->lock);
        client->callback_thread = 0;
        ReleaseSRWLockExclusive(&client->lock);
    }
    ReleaseSRWLockExclusive(&client->callback_lock);
}

static void deliver(struct host_decoder *values)
{
    struct notification *notification = read_notification(values);
    struct wlan_client *client;
    struct cork_pin pin;
    void *handle;

    if (!notification) return;
    for (uint32_t at = 0; (client = cork_handle_next(handle_table(), HANDLE_CLIENT, &at, &handle, &pin));)
    {
        tell(client, &notification->data);
        cork_pin_release(&pin);
    }
    free(notification);
}

BOOL is_event_thread(void)
{
    return (DWORD)InterlockedCompareExchange(&event_thread, 0, 0) == GetCurrentThreadId();
}

static void on_event(void *context, uint32_t code, struct host_decoder *values)
{
    (void)context;
    InterlockedExchange(&event_thread, (LONG)GetCurrentThreadId());
    if (code == WLAN_NOTIFICATION)
        deliver(values);
    else
        direct_event(code, values);
    InterlockedExchange(&event_thread, 0);
}

/* The service has ended; the next call reaches a new one. */
static void on_lost(void *context)
{
    (void)context;
    CORK_WARN("the service has ended\n");
    InterlockedExchange(&attach_lost, 1);
    InterlockedExchange(&event_thread, (LONG)GetCurrentThreadId());
    direct_lost();
    InterlockedExchange(&event_thread, 0);
}

static BOOL CALLBACK subscribe(INIT_ONCE *once, void *parameter, void **context)
{
    static struct host_subscription subscription = {
        .service = WLAN_SERVICE, .event = on_event, .lost = on_lost, .all = true};

    (void)once, (void)parameter, (void)context;
    host_subscribe(&subscription);
    return TRUE;
}

void subscribe_to_service(void)
{
    InitOnceExecuteOnce(&subscribe_once, subscribe, NULL, NULL);
}

/* ---- Registering ---- */

/* Has the service told what all handles want together. */
static DWORD attach(void)
{
    struct wlan_client *client;
    struct wlan_call call;
    struct cork_pin pin;
    DWORD sources = 0, error = ERROR_SUCCESS;
    void *handle;

    AcquireSRWLockExclusive(&attach_lock);
    if (InterlockedExchange(&attach_lost, 0)) attached = 0;
    for (uint32_t at = 0; (client = cork_handle_next(handle_table(), HANDLE_CLIENT, &at, &handle, &pin));)
    {
        sources |= client->sources;
        cork_pin_release(&pin);
    }
    if (sources != attached)
    {
        call_begin(&call);
        host_put_u32(&call.arguments, sources);
        error = call_end(&call, call_send(&call, WLAN_ATTACH));
        if (!error)
            attached = sources;
        else
            InterlockedExchange(&attach_lost, 1);
    }
    ReleaseSRWLockExclusive(&attach_lock);
    return error;
}

void attach_again(void)
{
    if (InterlockedCompareExchange(&attach_lost, 0, 0) && attach()) CORK_ERR("notifications will not come\n");
}

void notification_client_closed(struct wlan_client *client)
{
    free(client->last);
    if (client->sources) attach();
}

struct registration
{
    DWORD sources;
    BOOL ignore_duplicate;
    WLAN_NOTIFICATION_CALLBACK callback;
    void *context;
};

/* Puts that in the place of what there is, which it returns. */
static struct registration set_registration(struct wlan_client *client, const struct registration *registration)
{
    struct registration before;

    AcquireSRWLockExclusive(&client->lock);
    before = (struct registration){client->sources, client->ignore_duplicate, client->callback, client->context};
    client->sources = registration->sources;
    client->ignore_duplicate = registration->ignore_duplicate;
    client->callback = registration->callback;
    client->context = registration->context;
    ReleaseSRWLockExclusive(&client->lock);
    return before;
}

/* Tells the service, too; what it did not take is not kept. */
static DWORD change_registration(struct wlan_client *client, const struct registration *registration, DWORD *previous)
{
    struct registration before;
    DWORD error;

    AcquireSRWLockExclusive(&register_lock);
    before = set_registration(client, registration);
    error = attach();
    if (error) set_registration(client, &before);
    ReleaseSRWLockExclusive(&register_lock);
    *previous = before.sources;
    return error;
}

/* "If the client is in the middle of a notification callback, WlanRegisterNotification will wait for the callback to
 * finish." In the callback itself, where Windows would wait for ever, it does not. */
static void wait_for_callback(struct wlan_client *client)
{
    BOOL own;

    AcquireSRWLockExclusive(&client->lock);
    own = client->callback_thread == GetCurrentThreadId();
    ReleaseSRWLockExclusive(&client->lock);
    if (own) return;
    AcquireSRWLockExclusive(&client->callback_lock);
    ReleaseSRWLockExclusive(&client->callback_lock);
}

/*
 * WlanRegisterNotification (nf-wlanapi-wlanregisternotification): funcCallback is called for the notifications of
 * dwNotifSource from now on, one at a time, on a thread of the DLL; WLAN_NOTIFICATION_SOURCE_NONE ends that, after a
 * callback that runs. bIgnoreDuplicate: one that is as the one before is not told. *pdwPrevNotifSource: what was
 * registered before. ERROR_INVALID_PARAMETER (NULL, pReserved, sources without a callback), ERROR_INVALID_HANDLE,
 * ERROR_SERVICE_NOT_ACTIVE: what was registered before stays so. After the loss of the service the next call of any
 * function has a new one told.
 */
DWORD WINAPI WlanRegisterNotification(HANDLE hClientHandle, DWORD dwNotifSource, BOOL bIgnoreDuplicate,
                                      WLAN_NOTIFICATION_CALLBACK funcCallback, PVOID pCallbackContext, PVOID pReserved,
                                      DWORD *pdwPrevNotifSource)
{
    struct registration registration = {dwNotifSource, bIgnoreDuplicate, funcCallback, pCallbackContext};
    struct cork_pin pin;
    DWORD before, error;
    void *object;

    CORK_TRACE("%p, %#lx, %d, %p, %p, %p, %p\n", hClientHandle, dwNotifSource, bIgnoreDuplicate, funcCallback,
               pCallbackContext, pReserved, pdwPrevNotifSource);
    if (pReserved || (dwNotifSource && !funcCallback)) return ERROR_INVALID_PARAMETER;
    error = handle_pin(hClientHandle, HANDLE_CLIENT, &object, &pin);
    if (error) return error;
    subscribe_to_service();
    error = change_registration(object, &registration, &before);
    if (!error && !dwNotifSource) wait_for_callback(object);
    cork_pin_release(&pin);
    if (!error && pdwPrevNotifSource) *pdwPrevNotifSource = before;
    return error;
}
