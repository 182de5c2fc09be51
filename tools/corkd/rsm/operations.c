/* From a request of rsm_service.h to its operation, and sessions. */
#include "rsm/engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "rsm/rsm_service.h"

#define RESERVED         256  /* bytes for the replies of operations that change something */
#define RESERVED_BY_CALL 2048 /* the longest of those that wait: a mount's drives */
#include "rsm/security_descriptor.h"

static uint32_t (*const handlers[RSM_END_OF_REQUESTS - RSM_FIRST_REQUEST])(struct operation *operation) = {
#define HANDLER(request, function) [(request)-RSM_FIRST_REQUEST] = (function)
    HANDLER(RSM_ENUMERATE, op_enumerate),
    HANDLER(RSM_GET_INFORMATION, op_get_information),
    HANDLER(RSM_SET_INFORMATION, op_set_information),
    HANDLER(RSM_ENABLE, op_enable),
    HANDLER(RSM_DISABLE, op_disable),
    HANDLER(RSM_GET_ATTRIBUTE, op_get_attribute),
    HANDLER(RSM_SET_ATTRIBUTE, op_set_attribute),
    HANDLER(RSM_GET_SECURITY, op_get_security),
    HANDLER(RSM_SET_SECURITY, op_set_security),
    HANDLER(RSM_GET_UI_OPTIONS, op_get_ui_options),
    HANDLER(RSM_SET_UI_OPTIONS, op_set_ui_options),
    HANDLER(RSM_CREATE_POOL, op_create_pool),
    HANDLER(RSM_GET_POOL_NAME, op_get_pool_name),
    HANDLER(RSM_MOVE_TO_POOL, op_move_to_pool),
    HANDLER(RSM_DELETE_POOL, op_delete_pool),
    HANDLER(RSM_ALLOCATE, op_allocate),
    HANDLER(RSM_DEALLOCATE, op_deallocate),
    HANDLER(RSM_SWAP_MEDIA, op_swap_media),
    HANDLER(RSM_DECOMMISSION, op_decommission),
    HANDLER(RSM_SET_COMPLETE, op_set_complete),
    HANDLER(RSM_CREATE_MEDIA, op_create_media),
    HANDLER(RSM_DELETE_MEDIA, op_delete_media),
    HANDLER(RSM_UPDATE_OMID, op_update_omid),
    HANDLER(RSM_MOUNT, op_mount),
    HANDLER(RSM_DISMOUNT, op_dismount),
    HANDLER(RSM_DISMOUNT_DRIVE, op_dismount_drive),
    HANDLER(RSM_INVENTORY, op_inventory),
    HANDLER(RSM_IDENTIFY_SLOT, op_identify_slot),
    HANDLER(RSM_ACCESS_DOOR, op_access_door),
    HANDLER(RSM_EJECT_MEDIA, op_eject_media),
    HANDLER(RSM_INJECT_MEDIA, op_inject_media),
    HANDLER(RSM_INJECT_CLEANER, op_inject_cleaner),
    HANDLER(RSM_EJECT_CLEANER, op_eject_cleaner),
    HANDLER(RSM_BEGIN_DETECTION, op_begin_detection),
    HANDLER(RSM_SET_DETECTION, op_set_detection),
    HANDLER(RSM_END_DETECTION, op_end_detection),
    HANDLER(RSM_DELETE_DRIVE, op_delete_drive),
    HANDLER(RSM_CLEAN_DRIVE, op_clean_drive),
    HANDLER(RSM_RESERVE_CLEANER, op_reserve_cleaner),
    HANDLER(RSM_RELEASE_CLEANER, op_release_cleaner),
    HANDLER(RSM_ADD_MEDIA_TYPE, op_add_media_type),
    HANDLER(RSM_DELETE_MEDIA_TYPE, op_delete_media_type),
    HANDLER(RSM_CHANGE_MEDIA_TYPE, op_change_media_type),
    HANDLER(RSM_EJECT_FROM_DRIVE, op_eject_from_drive),
    HANDLER(RSM_VOLUMES_OF_DRIVE, op_volumes_of_drive),
    HANDLER(RSM_CANCEL_REQUEST, op_cancel_request),
    HANDLER(RSM_GET_REQUEST_ORDER, op_get_request_order),
    HANDLER(RSM_SET_REQUEST_ORDER, op_set_request_order),
    HANDLER(RSM_DELETE_REQUESTS, op_delete_requests),
    HANDLER(RSM_SUBMIT_OPREQUEST, op_submit_opreq),
    HANDLER(RSM_WAIT_OPREQUEST, op_wait_opreq),
    HANDLER(RSM_CANCEL_OPREQUEST, op_cancel_opreq),
    HANDLER(RSM_SATISFY_OPREQUEST, op_satisfy_opreq),
    HANDLER(RSM_OPEN_NOTIFICATION, op_open_notification),
    HANDLER(RSM_WAIT_NOTIFICATION, op_wait_notification),
    HANDLER(RSM_CLOSE_NOTIFICATION, op_close_notification),
    HANDLER(RSM_DRIVE_PATH, op_drive_path),
#undef HANDLER
};

bool rsm_waits(uint32_t method)
{
    return method == RSM_ALLOCATE || method == RSM_MOUNT || method == RSM_WAIT_OPREQUEST ||
           method == RSM_WAIT_NOTIFICATION || method == RSM_IDENTIFY_SLOT || method == RSM_SET_DETECTION ||
           method == RSM_EJECT_FROM_DRIVE;
}

void call_timeout(struct rsm_call *call, uint32_t timeout_ms, uint32_t result)
{
    call->timeout_result = result;
    if (timeout_ms != RSM_INFINITE) call->deadline = monotonic_ms() + timeout_ms;
}

/* ---- Sessions ---- */

static struct rsm_session *find_session(struct rsm *rsm, uint64_t client, uint32_t number)
{
    for (struct rsm_session *session = rsm->sessions; session; session = session->next)
        if (session->number == number && session->client == client) return session;
    return NULL;
}

/* Who opens it; nobody says so of the service's own user. */
static uint32_t get_sids(struct host_decoder *arguments, struct rsm_session *session)
{
    const uint8_t *sids = NULL;

    if (arguments->error || arguments->at == arguments->size) return 0;
    sids = host_get_bytes(arguments, &session->sids_size);
    if (arguments->error || !sids_are_valid(sids, session->sids_size)) return RSM_MALFORMED;
    if (!session->sids_size) return 0;
    session->sids = malloc(session->sids_size);
    if (!session->sids) return ERROR_NOT_ENOUGH_MEMORY;
    memcpy(session->sids, sids, session->sids_size);
    return 0;
}

static uint32_t open_session(struct rsm *rsm, uint64_t client, struct host_decoder *arguments,
                             struct host_encoder *values)
{
    struct rsm_session *session = calloc(1, sizeof(*session));
    bool too_long = false;
    uint32_t error;

    if (!session) return ERROR_NOT_ENOUGH_MEMORY;
    get_text(arguments, session->application, sizeof(session->application), NTMS_APPLICATIONNAME_LENGTH, &too_long);
    get_text(arguments, session->user, sizeof(session->user), NTMS_USERNAME_LENGTH, &too_long);
    get_text(arguments, session->computer, sizeof(session->computer), NTMS_COMPUTERNAME_LENGTH, &too_long);
    host_get_u32(arguments);
    error = get_sids(arguments, session);
    if (host_decoder_finish(arguments, true)) error = RSM_MALFORMED;
    if (!error && too_long) error = ERROR_INVALID_PARAMETER;
    if (error)
    {
        free(session->sids);
        free(session);
        return error;
    }
    pthread_mutex_lock(&rsm->lock);
    session->client = client;
    session->number = ++rsm->numbers;
    session->next = rsm->sessions;
    rsm->sessions = session;
    host_put_u32(values, session->number);
    pthread_mutex_unlock(&rsm->lock);
    return 0;
}

static bool waits_in(struct rsm *rsm, const struct rsm_session *session)
{
    for (struct rsm_call *call = rsm->calls; call; call = call->next)
        if (call->session == session) return true;
    return false;
}

/* Takes the session off the list and ends what waits in it: no call looks at it afterwards. The lock is released. */
static void close_locked(struct rsm *rsm, struct rsm_session *session)
{
    for (struct rsm_session **link = &rsm->sessions; *link; link = &(*link)->next)
        if (*link == session)
        {
            *link = session->next;
            break;
        }
    for (struct rsm_call *call = rsm->calls; call; call = call->next)
        if (call->session == session) call->forced = ERROR_CANCELLED;
    /* Where a full disk has kept the cancellation from being written, the calls end all the same, without it: the
     * second time. */
    while (waits_in(rsm, session))
    {
        rsm->pending.count = 0;
        db_begin(&rsm->db);
        rsm_end(rsm, 0);
        pthread_mutex_lock(&rsm->lock);
    }
    pthread_mutex_unlock(&rsm->lock);
    while (session->subscriptions)
    {
        struct subscription *subscription = session->subscriptions;

        session->subscriptions = subscription->next;
        subscription_free(subscription);
    }
    destinations_free(session->destinations);
    free(session->sids);
    while (session->detections)
    {
        struct detection *detection = session->detections;

        session->detections = detection->next;
        detection_free(detection);
    }
    free(session);
}

static uint32_t close_session(struct rsm *rsm, uint64_t client, uint32_t number)
{
    struct rsm_session *session;

    pthread_mutex_lock(&rsm->lock);
    session = find_session(rsm, client, number);
    if (session)
        close_locked(rsm, session);
    else
        pthread_mutex_unlock(&rsm->lock);
    return session ? 0 : ERROR_INVALID_HANDLE;
}

void rsm_client_gone(struct rsm *rsm, uint64_t client)
{
    for (;;)
    {
        struct rsm_session *session;

        pthread_mutex_lock(&rsm->lock);
        for (session = rsm->sessions; session && session->client != client;)
            session = session->next;
        if (!session) break;
        close_locked(rsm, session);
    }
    pthread_mutex_unlock(&rsm->lock);
}

void rsm_cancel(struct rsm *rsm, struct rsm_waiter *waiter)
{
    waiter->cancelled = true;
    rsm_begin(rsm);
    rsm_end(rsm, 0);
}

/* ---- Operations that hold the lock only at times ---- */

static uint32_t add_library(struct rsm *rsm, struct host_decoder *arguments, struct host_encoder *values)
{
    char location[CHANGER_PATH], name[4 * NTMS_OBJECTNAME_LENGTH];
    bool too_long = false;
    uint32_t sizes[4], error;
    struct guid id;

    get_text(arguments, location, sizeof(location), CHANGER_PATH / 4, &too_long);
    get_text(arguments, name, sizeof(name), NTMS_OBJECTNAME_LENGTH, &too_long);
    for (int i = 0; i < 4; i++)
        sizes[i] = host_get_u32(arguments);
    if (host_decoder_finish(arguments, true)) return RSM_MALFORMED;
    if (too_long) return ERROR_INVALID_PARAMETER;
    error = library_add(rsm, location, name, sizes, &id);
    if (!error) host_put_guid(values, &id);
    return error;
}

/* Whether a library can go: it is not there any more, or has been disabled ("To remove a drive or media changer from
 * service the drive or media changer must first be disabled"), and nobody uses a medium of it. */
static uint32_t may_delete(struct rsm *rsm, const struct guid *id)
{
    struct library *library = library_find(rsm, id);

    if (object_type(rsm, id) != NTMS_LIBRARY || guid_equal(id, &rsm->offline) || (library && library->stop))
        return ERROR_INVALID_LIBRARY;
    if (!library) return 0;
    if (object_enabled(rsm, id)) return ERROR_INVALID_STATE;
    return db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM drive WHERE library=? AND state IN (1, 2))", "g", id)
               ? ERROR_INVALID_STATE
               : 0;
}

/* A library goes from the database; its media are offline, its folder or device stays as it is. What its thread does is
 * done to its end. */
static uint32_t delete_library(struct rsm *rsm, struct host_decoder *arguments)
{
    struct library *library;
    struct guid id;
    uint32_t error;

    host_get_guid(arguments, &id);
    if (host_decoder_finish(arguments, true)) return RSM_MALFORMED;
    pthread_mutex_lock(&rsm->lock);
    rsm->db.error = 0;
    library = library_find(rsm, &id);
    error = may_delete(rsm, &id);
    if (!error && library) library->stop = true; /* for one caller */
    pthread_mutex_unlock(&rsm->lock);
    if (error) return error;
    if (library) library_stop(rsm, library);
    rsm_begin(rsm);
    /* Another caller may have found the library without a device since, and have been quicker. */
    if (object_type(rsm, &id) != NTMS_LIBRARY)
        error = ERROR_INVALID_LIBRARY;
    else
        library_forget(rsm, &id);
    return rsm_end(rsm, error);
}

/* ExportNtmsDatabase: a consistent copy in the folder "Export"; ImportNtmsDatabase takes it from there at the next
 * start. */
static uint32_t export_database(struct rsm *rsm)
{
    uint32_t error;

    pthread_mutex_lock(&rsm->lock);
    error = db_export(&rsm->db, rsm->folder);
    pthread_mutex_unlock(&rsm->lock);
    return error;
}

static uint32_t import_database(struct rsm *rsm)
{
    uint32_t error;

    pthread_mutex_lock(&rsm->lock);
    error = db_import(rsm->folder);
    pthread_mutex_unlock(&rsm->lock);
    return error;
}

static void put_fault(void *context, const char *text)
{
    put_text(context, text);
}

static void count_fault(void *context, const char *text)
{
    (void)text;
    ++*(uint32_t *)context;
}

static uint32_t check(struct rsm *rsm, struct host_encoder *values)
{
    uint32_t faults = 0;
    struct host_encoder texts;

    host_encoder_init(&texts);
    rsm_check(rsm, put_fault, &texts);
    rsm_check(rsm, count_fault, &faults);
    host_put_u32(values, faults);
    host_put_list(values, faults);
    host_put_raw(values, texts.data, texts.size);
    host_encoder_free(&texts);
    return 0;
}

/* ---- Requests ---- */

static bool is_apart(uint32_t method)
{
    return method == RSM_ADD_LIBRARY || method == RSM_DELETE_LIBRARY || method == RSM_EXPORT_DATABASE ||
           method == RSM_IMPORT_DATABASE || method == RSM_CHECK;
}

static uint32_t perform_apart(struct rsm *rsm, uint32_t method, struct host_decoder *arguments,
                              struct host_encoder *values)
{
    switch (method)
    {
    case RSM_ADD_LIBRARY:
        return add_library(rsm, arguments, values);
    case RSM_DELETE_LIBRARY:
        return delete_library(rsm, arguments);
    case RSM_EXPORT_DATABASE:
        return export_database(rsm);
    case RSM_IMPORT_DATABASE:
        return import_database(rsm);
    default:
        return check(rsm, values);
    }
}

/* Memory for a reply, so that what has been done cannot fail for want of it. */
static bool reserve(struct host_encoder *values, size_t size)
{
    static const uint8_t nothing[RESERVED_BY_CALL];

    host_put_raw(values, nothing, size);
    values->size = 0;
    return !values->error;
}

/* In a transaction; RSM_PENDING when the call went on the list, and may be done by now. */
static uint32_t perform(struct rsm *rsm, uint64_t client, uint32_t number, uint32_t method,
                        struct host_decoder *arguments, struct host_encoder *values, struct rsm_waiter *waiter)
{
    struct operation operation = {.rsm = rsm, .arguments = arguments, .values = values};
    uint32_t result = ERROR_INVALID_HANDLE;

    if (rsm_waits(method))
    {
        operation.call = calloc(1, sizeof(*operation.call));
        if (!operation.call || !reserve(&operation.call->reply.values, RESERVED_BY_CALL))
        {
            free(operation.call);
            return ERROR_NOT_ENOUGH_MEMORY;
        }
    }
    rsm_begin(rsm);
    operation.session = find_session(rsm, client, number);
    if (operation.call) operation.call->session = operation.session;
    if (operation.session) result = access_request(rsm, operation.session, method, arguments);
    if (operation.session && !result) result = handlers[method - RSM_FIRST_REQUEST](&operation);
    if (result == RSM_PENDING && operation.call)
    {
        struct rsm_call *call = operation.call;

        call->waiter = waiter;
        call->fresh = true;
        call->next = rsm->calls;
        rsm->calls = call;
        rsm_end(rsm, 0);
        return RSM_PENDING;
    }
    if (operation.call) host_encoder_free(&operation.call->reply.values);
    free(operation.call);
    if (!result && values->error) result = ERROR_NOT_ENOUGH_MEMORY;
    return rsm_end(rsm, result);
}

bool rsm_request(struct rsm *rsm, uint64_t client, uint32_t method, struct host_decoder *arguments,
                 struct rsm_reply *reply, struct rsm_waiter *waiter)
{
    uint32_t number = 0;

    memset(reply, 0, sizeof(*reply));
    host_encoder_init(&reply->values);
    if (method < RSM_FIRST_REQUEST || method >= RSM_END_OF_REQUESTS)
    {
        reply->malformed = true;
        return true;
    }
    if (method != RSM_OPEN_SESSION) number = host_get_u32(arguments);
    if (arguments->error)
        reply->result = RSM_MALFORMED;
    else if (!reserve(&reply->values, RESERVED))
        reply->result = ERROR_NOT_ENOUGH_MEMORY;
    else if (method == RSM_OPEN_SESSION)
        reply->result = open_session(rsm, client, arguments, &reply->values);
    else if (method == RSM_CLOSE_SESSION)
        reply->result = close_session(rsm, client, number);
    else if (is_apart(method))
    {
        const struct rsm_session *session;

        rsm_begin(rsm);
        session = find_session(rsm, client, number);
        reply->result = session ? access_request(rsm, session, method, arguments) : ERROR_INVALID_HANDLE;
        reply->result = rsm_end(rsm, reply->result);
        if (!reply->result) reply->result = perform_apart(rsm, method, arguments, &reply->values);
    }
    else if (!handlers[method - RSM_FIRST_REQUEST])
        reply->result = ERROR_NOT_SUPPORTED;
    else
        reply->result = perform(rsm, client, number, method, arguments, &reply->values, waiter);
    if (reply->result == RSM_PENDING)
    {
        host_encoder_free(&reply->values);
        return false;
    }
    if (reply->result == RSM_MALFORMED && arguments->error == HOST_NO_MEMORY) reply->result = ERROR_NOT_ENOUGH_MEMORY;
    if (reply->values.error)
    {
        host_encoder_free(&reply->values);
        reply->result = ERROR_NOT_ENOUGH_MEMORY;
    }
    reply->malformed = reply->result == RSM_MALFORMED;
    return true;
}
