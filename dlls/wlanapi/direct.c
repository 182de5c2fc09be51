/*
 * Wi-Fi Direct: WFDOpenHandle, WFDCloseHandle, WFDStartOpenSession, WFDCancelOpenSession, WFDOpenLegacySession,
 * WFDCloseSession, WFDUpdateDeviceVisibility.
 *
 * A session's number for the service is its handle. Whether the callback has been called is one word's change from
 * OPENING to something else: the service's event, the loss of the service and a request that failed may all come, one
 * of them wins.
 */
#include "wlanapi/direct.h"

#include <stdlib.h>

#include "common/settings.h"
#include "common/trace.h"
#include "wlanapi/call.h"
#include "wlanapi/handle.h"

CORK_TRACE_CHANNEL(wlanapi);

extern const struct cork_settings cork_settings_wlanapi;

/* What WFDOpenHandle's handle stands for. */
struct direct_client
{
    SRWLOCK lock; /* over what follows */
    CONDITION_VARIABLE changed;
    unsigned pending;      /* sessions whose callback has not returned */
    DWORD callback_thread; /* 0: none runs */
    BOOL closed;
};

enum direct_session_state
{
    SESSION_OPENING,
    SESSION_OPEN,
    SESSION_FAILED,
};

struct direct_session
{
    LONG state;
    struct cork_reference client;                /* to its struct direct_client */
    WFD_OPEN_SESSION_COMPLETE_CALLBACK callback; /* NULL: WFDOpenLegacySession waits for the end instead */
    void *context;
    BOOL ended; /* the opening, under the client's lock: how, and where */
    DWORD error, reason;
    GUID interface;
};

static BOOL is_allowed(void)
{
    return cork_setting_dword(&cork_settings_wlanapi, "Direct") != 0;
}

/* ---- Handles ---- */

void direct_client_destroy(void *object)
{
    free(object);
}

void direct_session_destroy(void *object)
{
    struct direct_session *session = object;

    cork_reference_release(&session->client);
    free(session);
}

/*
 * WFDOpenHandle (nf-wlanapi-wfdopenhandle): *phClientHandle for the other functions, until WFDCloseHandle;
 * *pdwNegotiatedVersion is 1, the only version there is. ERROR_INVALID_PARAMETER (a NULL, another version than
 * WFD_API_VERSION), ERROR_NOT_ENOUGH_MEMORY, ERROR_REMOTE_SESSION_LIMIT_EXCEEDED, ERROR_SERVICE_NOT_ACTIVE where corkd
 * cannot be reached. Any thread.
 */
DWORD WINAPI WFDOpenHandle(DWORD dwClientVersion, DWORD *pdwNegotiatedVersion, HANDLE *phClientHandle)
{
    struct direct_client *client;
    DWORD error;

    CORK_TRACE("%lu, %p, %p\n", dwClientVersion, pdwNegotiatedVersion, phClientHandle);
    if (!pdwNegotiatedVersion || !phClientHandle || dwClientVersion != WFD_API_VERSION) return ERROR_INVALID_PARAMETER;
    error = reach_service();
    if (error) return error;
    client = calloc(1, sizeof(*client));
    if (!client) return ERROR_NOT_ENOUGH_MEMORY;
    InitializeSRWLock(&client->lock);
    InitializeConditionVariable(&client->changed);
    error = handle_open(HANDLE_DIRECT, client, phClientHandle);
    if (error)
        free(client);
    else
        *pdwNegotiatedVersion = WFD_API_VERSION;
    CORK_TRACE("returning %lu, handle %p\n", error, error ? NULL : *phClientHandle);
    return error;
}

/* ---- The end of an opening ---- */

static void CALLBACK send_close(PTP_CALLBACK_INSTANCE instance, void *context)
{
    struct wlan_call call;

    (void)instance;
    call_begin(&call);
    host_put_u32(&call.arguments, HandleToULong(context));
    call_end(&call, call_send(&call, WLAN_DIRECT_CLOSE));
}

/* "WFDCloseSession queues a future work item to close the session". Where it cannot be queued it is done at once. */
static void queue_close(HANDLE handle)
{
    if (!TrySubmitThreadpoolCallback(send_close, handle, NULL)) send_close(NULL, handle);
}

static void callback_begins(struct direct_client *client)
{
    AcquireSRWLockExclusive(&client->lock);
    client->callback_thread = GetCurrentThreadId();
    ReleaseSRWLockExclusive(&client->lock);
}

static void callback_ended(struct direct_client *client)
{
    AcquireSRWLockExclusive(&client->lock);
    client->callback_thread = 0;
    ReleaseSRWLockExclusive(&client->lock);
}

static void call_back(HANDLE handle, const struct direct_session *session)
{
    struct direct_client *client = session->client.object;

    callback_begins(client);
    session->callback(handle, session->context, session->interface, session->error, session->reason);
    callback_ended(client);
}

/* Another session's callback may be running: only what has begun it ends it. `session` NULL: there is none. */
static void opening_ended(struct direct_client *client, struct direct_session *session)
{
    AcquireSRWLockExclusive(&client->lock);
    client->pending--;
    if (session) session->ended = TRUE;
    ReleaseSRWLockExclusive(&client->lock);
    WakeAllConditionVariable(&client->changed);
}

/* Calls the callback, if nobody has. A session that failed is closed before. The caller has the session pinned.
 * FALSE: somebody has. */
static BOOL complete(HANDLE handle, struct direct_session *session, const GUID *interface, DWORD error, DWORD reason)
{
    LONG next = error ? SESSION_FAILED : SESSION_OPEN;

    if (InterlockedCompareExchange(&session->state, next, SESSION_OPENING) != SESSION_OPENING) return FALSE;
    CORK_TRACE("session %p: error %lu, reason %#lx\n", handle, error, reason);
    session->interface = *interface;
    session->error = error;
    session->reason = reason;
    if (error) cork_handle_close(handle_table(), handle, HANDLE_DIRECT_SESSION);
    if (session->callback) call_back(handle, session);
    opening_ended(session->client.object, session);
    return TRUE;
}

static void on_opened(struct host_decoder *values)
{
    HANDLE handle = (HANDLE)(ULONG_PTR)host_get_u32(values);
    DWORD error = host_get_u32(values), reason = host_get_u32(values);
    uint32_t index = host_get_u32(values);
    struct direct_session *session;
    struct cork_pin pin;
    GUID interface = {0};

    if (host_decoder_finish(values, true)) return;
    session = cork_handle_acquire(handle_table(), handle, HANDLE_DIRECT_SESSION, &pin);
    if (!error) interface_guid(index, &interface);
    /* One that has failed here meanwhile would stay open there. */
    if (!(session && complete(handle, session, &interface, error, reason)) && !error) queue_close(handle);
    if (session) cork_pin_release(&pin);
}

void direct_event(uint32_t code, struct host_decoder *values)
{
    if (code == WLAN_DIRECT_OPENED)
        on_opened(values);
    else if (code == WLAN_DIRECT_ENDED)
        CORK_TRACE("the group of session %#x has ended\n", host_get_u32(values));
}

void direct_lost(void)
{
    struct direct_session *session;
    struct cork_pin pin;
    GUID none = {0};
    HANDLE handle;

    for (uint32_t at = 0; (session = cork_handle_next(handle_table(), HANDLE_DIRECT_SESSION, &at, &handle, &pin));)
    {
        complete(handle, session, &none, ERROR_SERVICE_NOT_ACTIVE, WLAN_REASON_CODE_DRIVER_DISCONNECTED);
        cork_pin_release(&pin);
    }
}

/* ---- Opening ---- */

struct opening
{
    enum wlan_method method; /* WLAN_DIRECT_OPEN or WLAN_DIRECT_OPEN_LEGACY */
    const BYTE *address;
    WFD_OPEN_SESSION_COMPLETE_CALLBACK callback; /* the former's */
    void *context;
    GUID *interface; /* the latter's */
};

/* The service's part. */
static DWORD request_session(const struct opening *opening, HANDLE handle)
{
    struct wlan_call call;
    char pin[16];

    call_begin(&call);
    host_put_raw(&call.arguments, opening->address, 6);
    host_put_u32(&call.arguments, HandleToULong(handle));
    host_put_u32(&call.arguments, cork_setting_dword(&cork_settings_wlanapi, "DirectTimeout"));
    if (opening->method == WLAN_DIRECT_OPEN)
    {
        cork_setting_string(&cork_settings_wlanapi, "DirectPin", pin, sizeof(pin));
        host_put_bool(&call.arguments, cork_setting_dword(&cork_settings_wlanapi, "DirectNewGroups") != 0);
        host_put_utf8(&call.arguments, pin[0] ? pin : NULL);
    }
    return call_end(&call, call_send(&call, opening->method));
}

/* One more that is pending. FALSE: the client's handle is closed already. */
static BOOL opening_begins(struct direct_client *client)
{
    BOOL open;

    AcquireSRWLockExclusive(&client->lock);
    open = !client->closed;
    if (open) client->pending++;
    ReleaseSRWLockExclusive(&client->lock);
    return open;
}

static DWORD make_session(const struct cork_pin *client_pin, const struct opening *opening, HANDLE *handle,
                          struct cork_pin *pin, struct direct_session **made)
{
    struct direct_session *session = calloc(1, sizeof(*session));

    *handle = NULL;
    if (!session) return ERROR_NOT_ENOUGH_MEMORY;
    session->callback = opening->callback;
    session->context = opening->context;
    cork_pin_reference(client_pin, &session->client);
    *made = session;
    if (handle_table() && cork_handle_open(handle_table(), HANDLE_DIRECT_SESSION, session, handle, pin) == CORK_OK)
        return ERROR_SUCCESS;
    direct_session_destroy(session);
    return ERROR_NOT_ENOUGH_MEMORY;
}

/* The opening's end. */
static DWORD wait_for_session(struct direct_client *client, const struct direct_session *session, GUID *interface)
{
    AcquireSRWLockExclusive(&client->lock);
    while (!session->ended)
        SleepConditionVariableSRW(&client->changed, &client->lock, INFINITE, 0);
    ReleaseSRWLockExclusive(&client->lock);
    *interface = session->interface;
    return session->error;
}

static DWORD begin_session(struct direct_client *client, const struct cork_pin *client_pin,
                           const struct opening *opening, HANDLE *handle)
{
    struct direct_session *session;
    struct cork_pin pin;
    DWORD error;

    if (!opening_begins(client)) return ERROR_INVALID_HANDLE;
    error = make_session(client_pin, opening, handle, &pin, &session);
    if (error)
    {
        opening_ended(client, NULL);
        return error;
    }
    subscribe_to_service();
    error = request_session(opening, *handle);
    /* Where the service was lost under the request its end may have been told already: then it has begun well. */
    if (error && InterlockedCompareExchange(&session->state, SESSION_FAILED, SESSION_OPENING) == SESSION_OPENING)
    {
        cork_handle_close(handle_table(), *handle, HANDLE_DIRECT_SESSION);
        opening_ended(client, session);
    }
    else
        error = opening->interface ? wait_for_session(client, session, opening->interface) : ERROR_SUCCESS;
    if (error) *handle = NULL;
    cork_pin_release(&pin);
    return error;
}

/* The part of both functions behind their own arguments. */
static DWORD start_session(HANDLE client_handle, const struct opening *opening, HANDLE *handle)
{
    struct cork_pin pin;
    void *client;
    DWORD error = handle_pin(client_handle, HANDLE_DIRECT, &client, &pin);

    if (error) return error;
    error = is_allowed() ? begin_session(client, &pin, opening, handle) : ERROR_INVALID_STATE;
    cork_pin_release(&pin);
    CORK_TRACE("returning %lu, session %p\n", error, error ? NULL : *handle);
    return error;
}

/*
 * WFDStartOpenSession (nf-wlanapi-wfdstartopensession): connects to the device of that address; a persistent group with
 * it is taken up again, otherwise one is formed. pfnCallback is called exactly once, on a thread of the DLL, perhaps
 * before the function returns; *phSessionHandle is set before. Where the callback tells a failure the handle is closed
 * already. The setting DirectTimeout is the longest that it takes. ERROR_INVALID_PARAMETER (a NULL),
 * ERROR_INVALID_HANDLE, ERROR_INVALID_STATE (the setting Direct forbids it), ERROR_SERVICE_NOT_ACTIVE,
 * ERROR_NOT_ENOUGH_MEMORY. To the callback: also ERROR_TIMEOUT, ERROR_CANCELLED, ERROR_CONNECTION_REFUSED,
 * ERROR_NOT_SUPPORTED (no radio that can), ERROR_NOT_FOUND (there is no group with it and none may be formed),
 * ERROR_GEN_FAILURE. Any thread.
 */
DWORD WINAPI WFDStartOpenSession(HANDLE hClientHandle, DOT11_MAC_ADDRESS *pDeviceAddress, PVOID pvContext,
                                 WFD_OPEN_SESSION_COMPLETE_CALLBACK pfnCallback, HANDLE *phSessionHandle)
{
    struct opening opening = {WLAN_DIRECT_OPEN, pDeviceAddress ? *pDeviceAddress : NULL, pfnCallback, pvContext, NULL};

    CORK_TRACE("%p, %p, %p, %p, %p\n", hClientHandle, pDeviceAddress, pvContext, pfnCallback, phSessionHandle);
    if (!pDeviceAddress || !pfnCallback || !phSessionHandle) return ERROR_INVALID_PARAMETER;
    return start_session(hClientHandle, &opening, phSessionHandle);
}

/*
 * WFDOpenLegacySession (nf-wlanapi-wfdopenlegacysession): connects to a device without Wi-Fi Direct by the profile that
 * is stored for it, which is a network of wpa_supplicant's configuration, and waits for that; *pGuidSessionInterface is
 * the station's interface, which leaves the network with the last session. ERROR_INVALID_PARAMETER (a NULL),
 * ERROR_INVALID_HANDLE, ERROR_NOT_FOUND (no profile is stored for it), ERROR_TIMEOUT (the setting DirectTimeout),
 * ERROR_CONNECTION_REFUSED, ERROR_INVALID_STATE (the setting Direct forbids it), ERROR_NOT_SUPPORTED (no radio),
 * ERROR_SERVICE_NOT_ACTIVE, ERROR_NOT_ENOUGH_MEMORY, ERROR_POSSIBLE_DEADLOCK (in a callback: the answer would come
 * behind it). Any thread.
 */
DWORD WINAPI WFDOpenLegacySession(HANDLE hClientHandle, DOT11_MAC_ADDRESS *pLegacyMacAddress, HANDLE *phSessionHandle,
                                  GUID *pGuidSessionInterface)
{
    struct opening opening = {.method = WLAN_DIRECT_OPEN_LEGACY, .interface = pGuidSessionInterface};

    CORK_TRACE("%p, %p, %p, %p\n", hClientHandle, pLegacyMacAddress, phSessionHandle, pGuidSessionInterface);
    if (!pLegacyMacAddress || !phSessionHandle || !pGuidSessionInterface) return ERROR_INVALID_PARAMETER;
    if (is_event_thread()) return ERROR_POSSIBLE_DEADLOCK;
    opening.address = *pLegacyMacAddress;
    return start_session(hClientHandle, &opening, phSessionHandle);
}

/*
 * WFDCancelOpenSession (nf-wlanapi-wfdcancelopensession): the callback of WFDStartOpenSession still comes, with
 * ERROR_CANCELLED if it was in time. ERROR_INVALID_PARAMETER (NULL), ERROR_INVALID_HANDLE, ERROR_SERVICE_NOT_ACTIVE.
 * Any thread.
 */
DWORD WINAPI WFDCancelOpenSession(HANDLE hSessionHandle)
{
    struct wlan_call call;
    struct cork_pin pin;
    void *session;
    DWORD error;

    CORK_TRACE("%p\n", hSessionHandle);
    error = handle_pin(hSessionHandle, HANDLE_DIRECT_SESSION, &session, &pin);
    if (error) return error;
    call_begin(&call);
    host_put_u32(&call.arguments, HandleToULong(hSessionHandle));
    error = call_end(&call, call_send(&call, WLAN_DIRECT_CANCEL));
    cork_pin_release(&pin);
    return error;
}

/* ---- Closing ---- */

/* ERROR_INVALID_STATE for one that is still opening, which stays as it is. */
static DWORD close_open_session(HANDLE handle, struct direct_session *session)
{
    if (InterlockedCompareExchange(&session->state, SESSION_OPEN, SESSION_OPEN) != SESSION_OPEN)
        return ERROR_INVALID_STATE;
    if (cork_handle_close(handle_table(), handle, HANDLE_DIRECT_SESSION) != CORK_OK) return ERROR_INVALID_HANDLE;
    queue_close(handle);
    return ERROR_SUCCESS;
}

/*
 * WFDCloseSession (nf-wlanapi-wfdclosesession): queues the session's end and returns; the group goes with its last
 * session. One that is still opening is not closed: ERROR_INVALID_STATE, which the setting Direct, forbidding, gives
 * too. ERROR_INVALID_PARAMETER (NULL), ERROR_INVALID_HANDLE (not in the table: closed before, too, where Windows'
 * behaviour is undefined). Any thread.
 */
DWORD WINAPI WFDCloseSession(HANDLE hSessionHandle)
{
    struct cork_pin pin;
    void *session;
    DWORD error;

    CORK_TRACE("%p\n", hSessionHandle);
    error = handle_pin(hSessionHandle, HANDLE_DIRECT_SESSION, &session, &pin);
    if (error) return error;
    error = is_allowed() ? close_open_session(hSessionHandle, session) : ERROR_INVALID_STATE;
    cork_pin_release(&pin);
    return error;
}

/* "WFDCloseHandle will wait until the WFDStartOpenSession call is completed". In its callback it does not wait for
 * that. */
static void wait_for_openings(struct direct_client *client)
{
    AcquireSRWLockExclusive(&client->lock);
    client->closed = TRUE;
    while (client->pending > (client->callback_thread == GetCurrentThreadId() ? 1u : 0u))
        SleepConditionVariableSRW(&client->changed, &client->lock, INFINITE, 0);
    ReleaseSRWLockExclusive(&client->lock);
}

/* "This allows the service to release resources used by the application": its sessions. */
static void close_sessions_of(const struct direct_client *client)
{
    struct direct_session *session;
    struct cork_pin pin;
    HANDLE handle;

    for (uint32_t at = 0; (session = cork_handle_next(handle_table(), HANDLE_DIRECT_SESSION, &at, &handle, &pin));)
    {
        if (session->client.object == client) close_open_session(handle, session);
        cork_pin_release(&pin);
    }
}

/*
 * WFDCloseHandle (nf-wlanapi-wfdclosehandle): waits for the sessions that are being opened, then closes those that are
 * open. ERROR_INVALID_PARAMETER (NULL), ERROR_INVALID_HANDLE. Any thread.
 */
DWORD WINAPI WFDCloseHandle(HANDLE hClientHandle)
{
    enum cork_result result;
    struct cork_pin pin;
    void *client;
    DWORD error;

    CORK_TRACE("%p\n", hClientHandle);
    error = handle_pin(hClientHandle, HANDLE_DIRECT, &client, &pin);
    if (error) return error;
    result = cork_handle_close(handle_table(), hClientHandle, HANDLE_DIRECT);
    if (result == CORK_OK)
    {
        wait_for_openings(client);
        close_sessions_of(client);
    }
    cork_pin_release(&pin);
    return result == CORK_OK ? ERROR_SUCCESS : ERROR_INVALID_HANDLE;
}

/* ---- The rest ---- */

/*
 * WFDUpdateDeviceVisibility (nf-wlanapi-wfdupdatedevicevisibility): a targeted discovery of the device; there is no
 * device node whose property could be updated, what is seen shows in what follows. ERROR_INVALID_PARAMETER (NULL),
 * ERROR_NOT_SUPPORTED (no radio that can), ERROR_SERVICE_NOT_ACTIVE, ERROR_NOT_ENOUGH_MEMORY. Any thread.
 */
DWORD WINAPI WFDUpdateDeviceVisibility(DOT11_MAC_ADDRESS *pDeviceAddress)
{
    struct wlan_call call;

    CORK_TRACE("%p\n", pDeviceAddress);
    if (!pDeviceAddress) return ERROR_INVALID_PARAMETER;
    call_begin(&call);
    host_put_raw(&call.arguments, *pDeviceAddress, 6);
    return call_end(&call, call_send(&call, WLAN_DIRECT_VISIBILITY));
}
