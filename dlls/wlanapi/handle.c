/*
 * Handles: WlanOpenHandle, WlanCloseHandle.
 */
#include "wlanapi/handle.h"

#include <stdlib.h>

#include "common/trace.h"
#include "wlanapi/call.h"
#include "wlanapi/direct.h"

CORK_TRACE_CHANNEL(wlanapi);

/* ---- The table ---- */

static void destroy_client(void *object)
{
    hosted_client_closed(object);
    notification_client_closed(object);
    free(object);
}

static const struct cork_handle_type types[] = {{"client", NULL, destroy_client},
                                                {"Wi-Fi Direct client", NULL, direct_client_destroy},
                                                {"Wi-Fi Direct session", NULL, direct_session_destroy}};
static struct cork_handle_table *table;
static INIT_ONCE table_once = INIT_ONCE_STATIC_INIT;

static BOOL CALLBACK make_table(INIT_ONCE *once, void *parameter, void **context)
{
    (void)once, (void)parameter, (void)context;
    table = cork_handle_table_create(
        &(struct cork_handle_table_config){.types = types, .type_count = sizeof(types) / sizeof(types[0])});
    return table != NULL;
}

struct cork_handle_table *handle_table(void)
{
    return InitOnceExecuteOnce(&table_once, make_table, NULL, NULL) ? table : NULL;
}

DWORD handle_open(enum wlan_handle_type type, void *object, HANDLE *handle)
{
    *handle = NULL;
    if (!handle_table()) return ERROR_NOT_ENOUGH_MEMORY;
    switch (cork_handle_open(table, type, object, handle, NULL))
    {
    case CORK_OK:
        return ERROR_SUCCESS;
    case CORK_FULL:
        return ERROR_REMOTE_SESSION_LIMIT_EXCEEDED;
    default:
        return ERROR_NOT_ENOUGH_MEMORY;
    }
}

DWORD handle_pin(HANDLE handle, enum wlan_handle_type type, void **object, struct cork_pin *pin)
{
    *object = NULL;
    if (!handle) return ERROR_INVALID_PARAMETER;
    if (handle_table()) *object = cork_handle_acquire(table, handle, type, pin);
    return *object ? ERROR_SUCCESS : ERROR_INVALID_HANDLE;
}

DWORD handle_check(HANDLE handle)
{
    struct cork_pin pin;
    void *client;
    DWORD error = handle_pin(handle, HANDLE_CLIENT, &client, &pin);

    if (!error) cork_pin_release(&pin);
    return error;
}

DWORD handle_check_version(HANDLE handle)
{
    struct cork_pin pin;
    void *object;
    DWORD error = handle_pin(handle, HANDLE_CLIENT, &object, &pin);

    if (error) return error;
    if (((struct wlan_client *)object)->version == WLAN_API_VERSION_1_0) error = ERROR_NOT_SUPPORTED;
    cork_pin_release(&pin);
    return error;
}

/* ---- Open and close ---- */

DWORD reach_service(void)
{
    struct wlan_call call;

    call_begin(&call);
    return call_end(&call, call_send(&call, WLAN_ENUM_INTERFACES) ? ERROR_SERVICE_NOT_ACTIVE : ERROR_SUCCESS);
}

static DWORD open_client(DWORD version, HANDLE *handle)
{
    struct wlan_client *client;
    DWORD error = reach_service();

    if (error) return error;
    client = calloc(1, sizeof(*client));
    if (!client) return ERROR_NOT_ENOUGH_MEMORY;
    client->version = version;
    InitializeSRWLock(&client->lock);
    InitializeSRWLock(&client->callback_lock);
    error = handle_open(HANDLE_CLIENT, client, handle);
    if (error) free(client);
    return error;
}

/*
 * WlanOpenHandle (nf-wlanapi-wlanopenhandle): *phClientHandle for the other functions, until WlanCloseHandle.
 * *pdwNegotiatedVersion is the highest version that both sides have: 2, or 1 for a client of Windows XP's API.
 * ERROR_INVALID_PARAMETER (a NULL, pReserved), ERROR_NOT_ENOUGH_MEMORY, ERROR_REMOTE_SESSION_LIMIT_EXCEEDED;
 * ERROR_SERVICE_NOT_ACTIVE where corkd cannot be reached. Version 0 is ERROR_NOT_SUPPORTED, as on Windows. Any thread.
 */
DWORD WINAPI WlanOpenHandle(DWORD dwClientVersion, PVOID pReserved, DWORD *pdwNegotiatedVersion, HANDLE *phClientHandle)
{
    DWORD version, error;

    CORK_TRACE("%lu, %p, %p, %p\n", dwClientVersion, pReserved, pdwNegotiatedVersion, phClientHandle);
    if (!pdwNegotiatedVersion || !phClientHandle || pReserved) return ERROR_INVALID_PARAMETER;
    if (!WLAN_API_VERSION_MAJOR(dwClientVersion)) return ERROR_NOT_SUPPORTED;
    version = WLAN_API_VERSION_MAJOR(dwClientVersion) == 1 ? WLAN_API_VERSION_1_0 : WLAN_API_VERSION_2_0;
    error = open_client(version, phClientHandle);
    if (!error) *pdwNegotiatedVersion = version;
    CORK_TRACE("returning %lu, handle %p\n", error, error ? NULL : *phClientHandle);
    return error;
}

/*
 * WlanCloseHandle (nf-wlanapi-wlanclosehandle): outstanding notifications are discarded; a callback that runs is waited
 * for. In a callback of the same handle, where Windows would wait for ever, it does not wait: the callback is the last.
 * ERROR_INVALID_PARAMETER (NULL, pReserved), ERROR_INVALID_HANDLE (not in the table: closed before, too). Any thread.
 */
DWORD WINAPI WlanCloseHandle(HANDLE hClientHandle, PVOID pReserved)
{
    enum cork_result result;

    CORK_TRACE("%p, %p\n", hClientHandle, pReserved);
    if (!hClientHandle || pReserved) return ERROR_INVALID_PARAMETER;
    if (!handle_table()) return ERROR_INVALID_HANDLE;
    result = cork_handle_close_and_wait(table, hClientHandle, HANDLE_CLIENT);
    if (result == CORK_OWN_PIN)
    {
        CORK_WARN("%p is closed in its own callback\n", hClientHandle);
        result = cork_handle_close(table, hClientHandle, HANDLE_CLIENT);
    }
    return result == CORK_OK ? ERROR_SUCCESS : ERROR_INVALID_HANDLE;
}
