/*
 * Calls of the service, and the handles that they are made on.
 */
#include "ntmsapi/call.h"

#include <stdlib.h>

#include "common/trace.h"

CORK_TRACE_CHANNEL(ntmsapi);

/* ---- Handles ---- */

/* Ends the calls under way, once the handle is closed. */
static void cancel_calls(void *object)
{
    struct ntms_handle *handle = object;

    AcquireSRWLockExclusive(&handle->lock);
    handle->closed = TRUE;
    for (struct ntms_call *call = handle->calls; call; call = call->next)
        host_call_cancel(&call->call);
    ReleaseSRWLockExclusive(&handle->lock);
}

static const struct cork_handle_type types[] = {
    {"session", cancel_calls, free}, {"notification", cancel_calls, free}, {"detection", cancel_calls, free}};
static struct cork_handle_table *table;
static INIT_ONCE table_once = INIT_ONCE_STATIC_INIT;

static BOOL CALLBACK make_table(INIT_ONCE *once, void *parameter, void **context)
{
    (void)once, (void)parameter, (void)context;
    table = cork_handle_table_create(&(struct cork_handle_table_config){.types = types, .type_count = 3});
    return table != NULL;
}

static struct cork_handle_table *handle_table(void)
{
    return InitOnceExecuteOnce(&table_once, make_table, NULL, NULL) ? table : NULL;
}

DWORD handle_open(enum ntms_handle_type type, uint64_t connection, uint32_t session, uint32_t number, HANDLE *handle)
{
    struct ntms_handle *object = calloc(1, sizeof(*object));

    *handle = NULL;
    if (!object) return ERROR_NOT_ENOUGH_MEMORY;
    object->connection = connection;
    object->session = session;
    object->number = number;
    InitializeSRWLock(&object->lock);
    if (handle_table() && cork_handle_open(table, type, object, handle, NULL) == CORK_OK) return ERROR_SUCCESS;
    free(object);
    return ERROR_NOT_ENOUGH_MEMORY;
}

DWORD handle_close(HANDLE handle, enum ntms_handle_type type, struct ntms_handle *copy)
{
    struct cork_pin pin;
    struct ntms_handle *object;

    if (!handle_table()) return ERROR_INVALID_HANDLE;
    object = cork_handle_acquire(table, handle, type, &pin);
    if (!object) return ERROR_INVALID_HANDLE;
    if (copy) *copy = (struct ntms_handle){object->connection, object->session, object->number, .closed = TRUE};
    cork_pin_release(&pin);
    return cork_handle_close_and_wait(table, handle, type) == CORK_OK ? ERROR_SUCCESS : ERROR_INVALID_HANDLE;
}

static void close_of_type(const struct ntms_handle *session, enum ntms_handle_type type)
{
    struct ntms_handle *object;
    struct cork_pin pin;
    void *handle;

    for (uint32_t at = 0; (object = cork_handle_next(table, type, &at, &handle, &pin));)
    {
        if (object->session == session->session && object->connection == session->connection)
        {
            AcquireSRWLockExclusive(&object->lock);
            object->session_closed = TRUE;
            ReleaseSRWLockExclusive(&object->lock);
            cork_handle_close(table, handle, type);
        }
        cork_pin_release(&pin);
    }
}

void handle_close_session(const struct ntms_handle *session)
{
    close_of_type(session, HANDLE_NOTIFICATION);
    close_of_type(session, HANDLE_DETECTION);
}

/* ---- Calls ---- */

DWORD call_begin(struct ntms_call *call, HANDLE handle, enum ntms_handle_type type)
{
    memset(call, 0, sizeof(*call));
    if (handle_table()) call->handle = cork_handle_acquire(table, handle, type, &call->pin);
    if (!call->handle) return ERROR_INVALID_HANDLE;
    host_encoder_init(&call->arguments);
    host_put_u32(&call->arguments, call->handle->session);
    return ERROR_SUCCESS;
}

/* Into the handle's list, so that its close finds the call. False: it has been closed already. */
static BOOL list_call(struct ntms_call *call)
{
    struct ntms_handle *handle = call->handle;
    BOOL listed;

    AcquireSRWLockExclusive(&handle->lock);
    listed = !handle->closed;
    if (listed)
    {
        call->next = handle->calls;
        if (call->next) call->next->previous = call;
        handle->calls = call;
    }
    ReleaseSRWLockExclusive(&handle->lock);
    return listed;
}

static void unlist_call(struct ntms_call *call)
{
    struct ntms_handle *handle = call->handle;

    AcquireSRWLockExclusive(&handle->lock);
    if (call->next) call->next->previous = call->previous;
    if (call->previous)
        call->previous->next = call->next;
    else
        handle->calls = call->next;
    ReleaseSRWLockExclusive(&handle->lock);
}

/* "Unable to connect to the RSM service": which pages have ERROR_NOT_CONNECTED for it. The others have nothing; they
 * get what CloseNtmsSession's page has: "Connection to the RSM server or domain is not available." */
static DWORD not_connected(uint32_t method)
{
    switch (method)
    {
    case RSM_OPEN_SESSION:
    case RSM_OPEN_NOTIFICATION:
    case RSM_WAIT_NOTIFICATION:
    case RSM_CLOSE_NOTIFICATION:
    case RSM_GET_ATTRIBUTE:
    case RSM_SET_ATTRIBUTE:
    case RSM_EXPORT_DATABASE:
    case RSM_IMPORT_DATABASE:
    case RSM_INVENTORY:
    case RSM_EJECT_CLEANER:
    case RSM_RESERVE_CLEANER:
    case RSM_RELEASE_CLEANER:
    case RSM_SUBMIT_OPREQUEST:
    case RSM_WAIT_OPREQUEST:
    case RSM_UPDATE_OMID:
        return ERROR_NOT_CONNECTED;
    default:
        return ERROR_CONNECTION_UNAVAIL;
    }
}

static DWORD refused(uint32_t method, const struct host_reply *reply)
{
    CORK_WARN("request %#x was refused: %s\n", method, reply->text);
    switch (reply->code)
    {
    case HOST_REFUSED_CANCELLED:
        return ERROR_CANCELLED;
    case HOST_REFUSED_LIMIT:
    case HOST_REFUSED_MEMORY:
        return ERROR_NOT_ENOUGH_MEMORY;
    case HOST_REFUSED_VERSION:
        return method == RSM_OPEN_SESSION ? RPC_S_NO_INTERFACES : not_connected(method);
    case HOST_REFUSED_MALFORMED:
    case HOST_REFUSED_METHOD:
        CORK_FIXME("the service does not know request %#x as it is: %s\n", method, reply->text);
        return not_connected(method);
    default:
        return not_connected(method);
    }
}

DWORD call_error(uint32_t method, const struct host_reply *reply)
{
    switch (reply->status)
    {
    case HOST_CALL_OK:
        return reply->code;
    case HOST_CALL_CANCELLED:
        return ERROR_CANCELLED;
    case HOST_CALL_REFUSED:
        return refused(method, reply);
    case HOST_CALL_NO_MEMORY:
        return ERROR_NOT_ENOUGH_MEMORY;
    case HOST_CALL_BAD_ARGUMENTS:
        return ERROR_INVALID_PARAMETER;
    case HOST_CALL_NOT_RUNNING:
        CORK_WARN("request %#x: %s\n", method, reply->text);
        break;
    default:
        break;
    }
    return not_connected(method);
}

DWORD call_send(struct ntms_call *call, uint32_t method)
{
    host_call_init(&call->call, RSM_SERVICE, method, &call->arguments, INFINITE);
    call->call.connection = call->handle->connection;
    if (!list_call(call)) return ERROR_CANCELLED;
    host_call(&call->call, &call->reply);
    call->sent = TRUE;
    unlist_call(call);
    return call_error(method, &call->reply);
}

DWORD call_end(struct ntms_call *call, DWORD error)
{
    if (call->sent)
    {
        if (call->reply.status == HOST_CALL_OK && host_decoder_finish(&call->reply.values, true) != HOST_OK)
        {
            CORK_ERR("the reply to request %#x cannot be read\n", call->call.method);
            error = not_connected(call->call.method);
        }
        host_reply_free(&call->reply);
    }
    host_encoder_free(&call->arguments);
    cork_pin_release(&call->pin);
    return error;
}

/* How long the service may take to let something go, in milliseconds. */
#define CLOSE_TIMEOUT 30000

DWORD tell_closed(const struct ntms_handle *closed, uint32_t method)
{
    struct host_encoder arguments;
    struct host_call call;
    struct host_reply reply;
    DWORD error;

    host_encoder_init(&arguments);
    host_put_u32(&arguments, closed->session);
    if (method != RSM_CLOSE_SESSION) host_put_u32(&arguments, closed->number);
    host_call_init(&call, RSM_SERVICE, method, &arguments, CLOSE_TIMEOUT);
    call.connection = closed->connection;
    host_call(&call, &reply);
    error = call_error(method, &reply);
    host_reply_free(&reply);
    host_encoder_free(&arguments);
    return error;
}

/* ---- Plain calls ---- */

DWORD ask(HANDLE session, uint32_t method)
{
    struct ntms_call call;
    DWORD error = call_begin(&call, session, HANDLE_SESSION);

    if (error) return error;
    return call_end(&call, call_send(&call, method));
}

DWORD ask_one(HANDLE session, uint32_t method, const NTMS_GUID *id, DWORD missing)
{
    struct ntms_call call;
    DWORD error = call_begin(&call, session, HANDLE_SESSION);

    if (error) return error;
    if (!id) return call_end(&call, missing);
    host_put_guid(&call.arguments, id);
    return call_end(&call, call_send(&call, method));
}

DWORD ask_one_number(HANDLE session, uint32_t method, const NTMS_GUID *id, DWORD number, DWORD missing)
{
    struct ntms_call call;
    DWORD error = call_begin(&call, session, HANDLE_SESSION);

    if (error) return error;
    if (!id) return call_end(&call, missing);
    host_put_guid(&call.arguments, id);
    host_put_u32(&call.arguments, number);
    return call_end(&call, call_send(&call, method));
}

DWORD ask_two(HANDLE session, uint32_t method, const NTMS_GUID *first, const NTMS_GUID *second, DWORD missing)
{
    struct ntms_call call;
    DWORD error = call_begin(&call, session, HANDLE_SESSION);

    if (error) return error;
    if (!first || !second) return call_end(&call, missing);
    host_put_guid(&call.arguments, first);
    host_put_guid(&call.arguments, second);
    return call_end(&call, call_send(&call, method));
}
