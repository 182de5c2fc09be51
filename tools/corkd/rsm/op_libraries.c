/* Library control: InventoryNtmsLibrary, IdentifyNtmsSlot, EjectNtmsMedia, InjectNtmsMedia, DeleteNtmsDrive. */
#include "rsm/engine.h"

#include <stdio.h>

/* A library that can be told to do something. */
static uint32_t usable(struct rsm *rsm, const struct guid *library)
{
    if (object_type(rsm, library) != NTMS_LIBRARY) return ERROR_INVALID_PARAMETER;
    if (!library_find(rsm, library) || !object_enabled(rsm, library)) return ERROR_DEVICE_NOT_AVAILABLE;
    return 0;
}

static uint32_t stop_inventory(struct rsm *rsm, const struct guid *library)
{
    db_run(&rsm->db, "UPDATE libreq SET state=?, completed=? WHERE library=? AND op IN (?, ?) AND state=0", "iigii",
           (long long)NTMS_LM_STOPPED, (long long)filetime_now(), library, (long long)NTMS_LM_INVENTORY,
           (long long)NTMS_LM_PROCESSOMID);
    return 0;
}

uint32_t op_inventory(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct libreq request = {.op = NTMS_LM_INVENTORY};
    uint32_t error;

    host_get_guid(operation->arguments, &request.library);
    request.option = host_get_u32(operation->arguments);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (guid_equal(&request.library, &rsm->offline)) return ERROR_INVALID_LIBRARY;
    if (request.option >= NTMS_INVENTORY_MAX || request.option == NTMS_INVENTORY_SLOT) return ERROR_INVALID_PARAMETER;
    error = usable(rsm, &request.library);
    if (error) return error;
    if (request.option == NTMS_INVENTORY_STOP) return stop_inventory(rsm, &request.library);
    libreq_add(rsm, operation->session, &request);
    return 0;
}

uint32_t op_identify_slot(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct libreq request = {.op = NTMS_LM_PROCESSOMID};
    uint32_t error;

    host_get_guid(operation->arguments, &request.slot);
    request.option = host_get_u32(operation->arguments);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (object_type(rsm, &request.slot) != NTMS_STORAGESLOT) return ERROR_INVALID_PARAMETER;
    request.library = db_id(&rsm->db, "SELECT library FROM slot WHERE id=?", "g", &request.slot);
    error = usable(rsm, &request.library);
    if (error) return error;
    request.medium = db_id(&rsm->db, "SELECT id FROM medium WHERE place=? AND place_type=16", "g", &request.slot);
    if (guid_is_null(&request.medium)) return ERROR_INVALID_STATE;
    request.side = db_id(&rsm->db, "SELECT id FROM side WHERE medium=? AND number=0", "g", &request.medium);
    libreq_add(rsm, operation->session, &request);
    return 0;
}

/* Ends an eject or inject that has not been done. */
static uint32_t stop_operation(struct rsm *rsm, const struct guid *id, uint32_t op)
{
    struct libreq request;

    if (!libreq_read(rsm, id, &request) || request.op != op) return ERROR_INVALID_OPERATION;
    if (request.state != NTMS_LM_QUEUED && !(request.state == NTMS_LM_INPROCESS && op == NTMS_LM_INJECT))
        return ERROR_INVALID_OPERATION;
    libreq_state(rsm, id, NTMS_LM_STOPPED, 0);
    return 0;
}

uint32_t op_eject_media(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct libreq request = {.op = NTMS_LM_EJECT};
    struct guid id;
    uint32_t action, error;
    long long state;

    host_get_guid(operation->arguments, &request.medium);
    host_get_guid(operation->arguments, &id);
    action = host_get_u32(operation->arguments);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (action == NTMS_EJECT_STOP)
    {
        error = stop_operation(rsm, &id, NTMS_LM_EJECT);
        if (!error) host_put_guid(operation->values, &id);
        return error;
    }
    if (action > NTMS_EJECT_IMMEDIATE || object_type(rsm, &request.medium) != NTMS_PHYSICAL_MEDIA)
        return ERROR_INVALID_PARAMETER;
    request.library = db_id(&rsm->db, "SELECT library FROM medium WHERE id=?", "g", &request.medium);
    if (guid_equal(&request.library, &rsm->offline)) return ERROR_LIBRARY_OFFLINE;
    error = usable(rsm, &request.library);
    if (error) return error;
    if (!object_enabled(rsm, &request.medium)) return ERROR_MEDIA_NOT_AVAILABLE;
    if (!library_find(rsm, &request.library)->description.elements[CHANGER_PORT]) return ERROR_DEVICE_NOT_AVAILABLE;
    state = db_number(&rsm->db, "SELECT state FROM medium WHERE id=?", "g", &request.medium);
    if (state == NTMS_MEDIASTATE_LOADED || state == NTMS_MEDIASTATE_MOUNTED) return ERROR_UNABLE_TO_EJECT_MOUNTED;
    if (action == NTMS_EJECT_QUEUE &&
        db_number(&rsm->db, "SELECT COUNT(*) FROM libreq WHERE library=? AND op=? AND state IN (0, 1)", "gi",
                  &request.library,
                  (long long)NTMS_LM_EJECT) >= library_find(rsm, &request.library)->description.elements[CHANGER_PORT])
        return ERROR_BUSY;
    request.option = action;
    id = libreq_add(rsm, operation->session, &request);
    host_put_guid(operation->values, &id);
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
    if (request.option == NTMS_INJECT_STOP)
    {
        error = stop_operation(rsm, &id, NTMS_LM_INJECT);
        if (!error) host_put_guid(operation->values, &id);
        return error;
    }
    if (request.option > NTMS_INJECT_STARTMANY) return ERROR_INVALID_PARAMETER;
    if (guid_equal(&request.library, &rsm->offline)) return ERROR_LIBRARY_OFFLINE;
    error = usable(rsm, &request.library);
    if (error) return error;
    if (!library_find(rsm, &request.library)->description.elements[CHANGER_PORT]) return ERROR_DEVICE_NOT_AVAILABLE;
    if (!db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM slot WHERE library=? AND state=?)", "gi", &request.library,
                   (long long)NTMS_SLOTSTATE_EMPTY))
        return ERROR_LIBRARY_FULL;
    id = libreq_add(rsm, operation->session, &request);
    host_put_guid(operation->values, &id);
    return 0;
}

uint32_t op_delete_drive(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct guid drive;

    host_get_guid(operation->arguments, &drive);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (object_type(rsm, &drive) != NTMS_DRIVE) return ERROR_INVALID_DRIVE;
    /* Only what is not there any more: a drive of a device comes back with the device. */
    if (db_number(&rsm->db, "SELECT opstate<>? FROM object WHERE id=?", "ig", (long long)NTMS_NOT_PRESENT, &drive))
        return ERROR_INVALID_STATE;
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
