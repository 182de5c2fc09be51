/* Library control: InventoryNtmsLibrary, IdentifyNtmsSlot, AccessNtmsLibraryDoor, EjectNtmsMedia, InjectNtmsMedia,
 * DeleteNtmsDrive. */
#include "rsm/engine.h"

#include <stdio.h>

uint32_t library_usable(struct rsm *rsm, const struct guid *library)
{
    struct library *found = library_find(rsm, library);

    if (object_type(rsm, library) != NTMS_LIBRARY) return ERROR_INVALID_LIBRARY;
    if (guid_equal(library, &rsm->offline)) return ERROR_LIBRARY_OFFLINE;
    if (!found || found->stop) return ERROR_DEVICE_NOT_AVAILABLE;
    return object_enabled(rsm, library) ? 0 : ERROR_RESOURCE_DISABLED;
}

/* ---- Inventories ---- */

/* What is being done goes on to its end. */
static void stop_inventory(struct rsm *rsm, const struct guid *library)
{
    sqlite3_stmt *query =
        db_query(&rsm->db, "SELECT id FROM libreq WHERE library=? AND op IN (8, 14) AND state IN (0, 1)", "g", library);

    while (db_row(&rsm->db, query))
    {
        struct guid id = db_guid(query, 0);
        bool being_done;

        libreq_cancel(rsm, &id, NTMS_LM_STOPPED, 0, &being_done);
    }
    db_done(&rsm->db, query);
}

/* "ERROR_INVALID_LIBRARY: The library is the offline library." "ERROR_INVALID_PARAMETER: The library ID ... is not
 * valid." */
uint32_t op_inventory(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct libreq request = {.op = NTMS_LM_INVENTORY};
    uint32_t error;

    host_get_guid(operation->arguments, &request.library);
    request.option = host_get_u32(operation->arguments);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (object_type(rsm, &request.library) != NTMS_LIBRARY) return ERROR_INVALID_PARAMETER;
    if (guid_equal(&request.library, &rsm->offline)) return ERROR_INVALID_LIBRARY;
    /* rsm.exe asks for "none" too. */
    if (request.option > NTMS_INVENTORY_DEFAULT && request.option != NTMS_INVENTORY_STOP)
        return ERROR_INVALID_PARAMETER;
    error = library_usable(rsm, &request.library);
    if (error) return error;
    if (request.option == NTMS_INVENTORY_STOP)
        stop_inventory(rsm, &request.library);
    else
        libreq_add(rsm, operation->session, &request);
    return 0;
}

/* "The command returns when the identification is complete." "If the slot is empty the function returns
 * ERROR_SUCCESS". */
uint32_t op_identify_slot(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct libreq request = {.op = NTMS_LM_PROCESSOMID};
    struct rsm_call *call = operation->call;
    uint32_t error;

    host_get_guid(operation->arguments, &request.slot);
    request.option = host_get_u32(operation->arguments);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (object_type(rsm, &request.slot) != NTMS_STORAGESLOT) return ERROR_INVALID_PARAMETER;
    if (request.option != NTMS_DISMOUNT_DEFERRED && request.option != NTMS_DISMOUNT_IMMEDIATE)
        return ERROR_INVALID_PARAMETER;
    request.library = db_id(&rsm->db, "SELECT library FROM slot WHERE id=?", "g", &request.slot);
    error = library_usable(rsm, &request.library);
    if (error) return error;
    request.medium =
        db_id(&rsm->db, "SELECT id FROM medium WHERE place=? AND place_type=16 AND NOT cleaner", "g", &request.slot);
    if (guid_is_null(&request.medium)) return 0; /* what a cleaner is, is known */
    if (!object_enabled(rsm, &request.medium)) return ERROR_RESOURCE_DISABLED;
    request.side = db_id(&rsm->db, "SELECT id FROM side WHERE medium=? AND number=0", "g", &request.medium);
    call->work = libreq_add(rsm, operation->session, &request);
    call->poll = poll_work;
    call->abandon = abandon_work;
    return RSM_PENDING;
}

/* ---- The door ---- */

uint32_t op_access_door(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct libreq request = {.op = NTMS_LM_DOORACCESS};
    uint32_t error;

    host_get_guid(operation->arguments, &request.library);
    request.option = host_get_u32(operation->arguments);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (object_type(rsm, &request.library) != NTMS_LIBRARY || request.option > NTMS_INVENTORY_DEFAULT)
        return ERROR_INVALID_PARAMETER;
    error = library_usable(rsm, &request.library);
    /* A library that is not connected has no door that could be opened. */
    if (error) return error == ERROR_DEVICE_NOT_AVAILABLE ? ERROR_RESOURCE_NOT_PRESENT : error;
    if (!library_find(rsm, &request.library)->description.doors) return ERROR_RESOURCE_NOT_PRESENT;
    libreq_add(rsm, operation->session, &request);
    return 0;
}

/* ---- Ports ---- */

/* A library that has a port. "ERROR_DEVICE_NOT_AVAILABLE: The library is disabled." */
static uint32_t has_port(struct rsm *rsm, const struct guid *library)
{
    uint32_t error = library_usable(rsm, library);

    if (error == ERROR_RESOURCE_DISABLED) return ERROR_DEVICE_NOT_AVAILABLE;
    if (error) return error;
    return library_find(rsm, library)->description.elements[CHANGER_PORT] ? 0 : ERROR_DEVICE_NOT_AVAILABLE;
}

uint32_t operation_stop(struct rsm *rsm, const struct guid *id, uint32_t op)
{
    bool inject = op == NTMS_LM_INJECT || op == NTMS_LM_INJECTCLEANER;
    struct libreq request;
    bool being_done;

    if (!libreq_read(rsm, id, &request) || request.op != op || libreq_has_ended(request.state))
        return ERROR_INVALID_OPERATION;
    if (op == NTMS_LM_INJECT && request.state == NTMS_LM_INPROCESS)
    {
        /* "When one of the preceding events occurs, ... each medium in the NTMS_IEPORT is moved to a slot" */
        db_run(&rsm->db, "UPDATE libreq SET option=? WHERE id=?", "ig", (long long)NTMS_INJECT_STOP, id);
        return 0;
    }
    if (inject)
        libreq_cancel(rsm, id, NTMS_LM_STOPPED, 0, &being_done);
    else
        work_cancel(rsm, &request.work, NTMS_LM_STOPPED, 0);
    return 0;
}

/* The media that the session has queued, all started at once with this one; the operation's identifier stands for all
 * of them. */
static void start_queued(struct operation *operation, const struct guid *library, const struct guid *id)
{
    struct rsm *rsm = operation->rsm;

    db_run(&rsm->db,
           "UPDATE libreq SET work=?1, state=0 WHERE op=10 AND state=6 AND application=?2 AND user=?3 AND computer=?4 "
           "AND library=?5",
           "gtttg", id, operation->session->application, operation->session->user, operation->session->computer,
           library);
    rsm->work_started = true;
}

static struct guid first_queued(struct operation *operation)
{
    return db_id(&operation->rsm->db,
                 "SELECT id FROM libreq WHERE op=10 AND state=6 AND application=? AND user=? AND computer=? ORDER BY "
                 "ord DESC LIMIT 1",
                 "ttt", operation->session->application, operation->session->user, operation->session->computer);
}

/* Without a medium: those that have been queued go now. */
static uint32_t eject_queued(struct operation *operation)
{
    struct guid id = first_queued(operation);
    struct libreq last;

    if (guid_is_null(&id) || !libreq_read(operation->rsm, &id, &last)) return ERROR_INVALID_PARAMETER;
    start_queued(operation, &last.library, &id);
    host_put_guid(operation->values, &id);
    return 0;
}

static uint32_t check_eject(struct rsm *rsm, struct libreq *request)
{
    long long queued;
    uint32_t error;

    if (request->option > NTMS_EJECT_IMMEDIATE || object_type(rsm, &request->medium) != NTMS_PHYSICAL_MEDIA)
        return ERROR_INVALID_PARAMETER;
    request->library = db_id(&rsm->db, "SELECT library FROM medium WHERE id=?", "g", &request->medium);
    error = has_port(rsm, &request->library);
    if (error) return error;
    if (!object_enabled(rsm, &request->medium)) return ERROR_MEDIA_NOT_AVAILABLE;
    /* "Return an ERROR_BUSY if the media are currently in use (mounted or opened)." */
    if (db_number(&rsm->db,
                  "SELECT state IN (2, 3) OR EXISTS(SELECT 1 FROM libreq r WHERE r.medium=medium.id AND r.op=17 AND "
                  "r.state=1) "
                  "FROM medium WHERE id=?",
                  "g", &request->medium))
        return ERROR_BUSY;
    queued = db_number(&rsm->db, "SELECT COUNT(*) FROM libreq WHERE library=? AND op=10 AND state=6 AND medium<>?",
                       "gg", &request->library, &request->medium);
    return queued >= library_find(rsm, &request->library)->description.elements[CHANGER_PORT] ? ERROR_BUSY : 0;
}

uint32_t op_eject_media(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct libreq request = {.op = NTMS_LM_EJECT};
    struct guid id;
    uint32_t error;

    host_get_guid(operation->arguments, &request.medium);
    host_get_guid(operation->arguments, &id);
    request.option = host_get_u32(operation->arguments);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (request.option == NTMS_EJECT_STOP)
    {
        error = operation_stop(rsm, &id, NTMS_LM_EJECT);
        if (!error) host_put_guid(operation->values, &id);
        return error;
    }
    if (guid_is_null(&request.medium) && request.option == NTMS_EJECT_START) return eject_queued(operation);
    error = check_eject(rsm, &request);
    if (error) return error;
    if (request.option == NTMS_EJECT_QUEUE) request.state = NTMS_LM_DEFERRED;
    id = db_id(&rsm->db, "SELECT id FROM libreq WHERE op=10 AND state=6 AND medium=?", "g", &request.medium);
    if (guid_is_null(&id)) id = libreq_add(rsm, operation->session, &request);
    if (request.option != NTMS_EJECT_QUEUE) start_queued(operation, &request.library, &id);
    db_run(&rsm->db, "UPDATE libreq SET state=? WHERE id=?", "ig", (long long)request.state, &id);
    host_put_guid(operation->values, &id);
    return 0;
}

/* The port of an inject that goes on is retracted and looked at; without one it is looked at once. */
static uint32_t retract(struct operation *operation, struct libreq *request, struct guid *id)
{
    struct rsm *rsm = operation->rsm;
    struct libreq running;

    if (libreq_read(rsm, id, &running) && running.op == NTMS_LM_INJECT && !libreq_has_ended(running.state) &&
        guid_equal(&running.library, &request->library))
        db_run(&rsm->db, "UPDATE libreq SET slot=? WHERE id=?", "gg", id, id); /* the mark for the library's thread */
    else
        *id = libreq_add(rsm, operation->session, request);
    return 0;
}

uint32_t op_inject_media(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct libreq request = {.op = NTMS_LM_INJECT};
    struct guid id;
    uint32_t error;

    host_get_guid(operation->arguments, &request.library);
    host_get_guid(operation->arguments, &id);
    request.option = host_get_u32(operation->arguments);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (request.option > NTMS_INJECT_STARTMANY || object_type(rsm, &request.library) != NTMS_LIBRARY)
        return ERROR_INVALID_PARAMETER;
    error = has_port(rsm, &request.library);
    if (error) return error;
    if (request.option == NTMS_INJECT_STOP)
        error = operation_stop(rsm, &id, NTMS_LM_INJECT);
    else if (!library_find(rsm, &request.library)->description.stand_alone &&
             !db_number(&rsm->db,
                        "SELECT EXISTS(SELECT 1 FROM slot s WHERE library=? AND state=? AND id IS NOT "
                        "(SELECT cleaner_slot FROM library WHERE id=s.library))",
                        "gi", &request.library, (long long)NTMS_SLOTSTATE_EMPTY))
        error = ERROR_LIBRARY_FULL;
    else if (library_find(rsm, &request.library)->description.stand_alone &&
             db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM medium WHERE library=?)", "g", &request.library))
        error = ERROR_LIBRARY_FULL;
    else if (request.option == NTMS_INJECT_RETRACT)
        error = retract(operation, &request, &id);
    else
        id = libreq_add(rsm, operation->session, &request);
    if (!error) host_put_guid(operation->values, &id);
    return error;
}

/* ---- DeleteNtmsDrive ---- */

/* "The drive must have a dwOperationalState of NTMS_NOT_PRESENT": a drive of a device comes back with the device. The
 * library of a stand-alone drive goes with it. */
uint32_t op_delete_drive(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct guid drive, library;

    host_get_guid(operation->arguments, &drive);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (object_type(rsm, &drive) != NTMS_DRIVE) return ERROR_INVALID_DRIVE;
    library = db_id(&rsm->db, "SELECT library FROM drive WHERE id=?", "g", &drive);
    if (db_number(&rsm->db, "SELECT opstate<>? FROM object WHERE id=?", "ig", (long long)NTMS_NOT_PRESENT, &drive))
        return ERROR_INVALID_STATE;
    if (db_number(&rsm->db, "SELECT type=? FROM library WHERE id=?", "ig", (long long)NTMS_LIBRARYTYPE_STANDALONE,
                  &library) &&
        !library_find(rsm, &library))
        library_forget(rsm, &library);
    else
        object_delete(rsm, &drive);
    return 0;
}

uint32_t op_drive_path(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct changer_element element;
    struct library *library;
    char path[CHANGER_PATH] = "", device[CHANGER_TEXT] = "";
    struct guid drive, id;
    sqlite3_stmt *query;

    host_get_guid(operation->arguments, &drive);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (object_type(rsm, &drive) != NTMS_DRIVE || !element_of(rsm, &drive, &element)) return ERROR_INVALID_DRIVE;
    id = db_id(&rsm->db, "SELECT library FROM drive WHERE id=?", "g", &drive);
    library = library_find(rsm, &id);
    if (library && library->changer->kind->path &&
        db_number(&rsm->db, "SELECT state=2 FROM drive WHERE id=?", "g", &drive))
        library->changer->kind->path(library->changer, element.index, path);
    query = db_query(&rsm->db, "SELECT device FROM drive WHERE id=?", "g", &drive);
    if (db_row(&rsm->db, query)) snprintf(device, sizeof(device), "%s", db_text(query, 0));
    db_done(&rsm->db, query);
    put_text(operation->values, path);
    put_text(operation->values, device[0] && device[1] == ':' ? device : "");
    return 0;
}
