/* Cleaning drives: CleanNtmsDrive, ReserveNtmsCleanerSlot, ReleaseNtmsCleanerSlot, InjectNtmsCleaner, EjectNtmsCleaner.
 *
 * The functions' pages name codes that no header has; [MS-RSMP] 3.2.5.2.1 says which ones they are:
 * ERROR_ALREADY_RESERVED is ERROR_CLEANER_SLOT_SET, ERROR_NO_SLOT_SET and ERROR_NO_SLOT_RESERVED are
 * ERROR_CLEANER_SLOT_NOT_SET, ERROR_SLOT_FULL and ERROR_SLOT_NOT_PRESENT are ERROR_RESOURCE_NOT_AVAILABLE. It has none
 * for ERROR_INVALID_SLOT and ERROR_SLOT_EMPTY: these are ERROR_OBJECT_NOT_FOUND and ERROR_EMPTY. */
#include "rsm/engine.h"

uint32_t op_clean_drive(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct libreq request = {.op = NTMS_LM_CLEANDRIVE};
    uint32_t error;

    host_get_guid(operation->arguments, &request.drive);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (object_type(rsm, &request.drive) != NTMS_DRIVE) return ERROR_INVALID_DRIVE;
    request.library = db_id(&rsm->db, "SELECT library FROM drive WHERE id=?", "g", &request.drive);
    error = library_usable(rsm, &request.library);
    if (error) return error;
    if (!object_enabled(rsm, &request.drive)) return ERROR_RESOURCE_DISABLED;
    if (library_find(rsm, &request.library)->description.stand_alone)
    {
        /* "the drive is marked as cleaned and the time is noted" */
        db_run(&rsm->db, "UPDATE drive SET cleaned=? WHERE id=?", "ig", (long long)filetime_now(), &request.drive);
        object_touch(rsm, &request.drive);
        return 0;
    }
    libreq_add(rsm, operation->session, &request);
    return 0;
}

/* ---- The slot ---- */

/* Whether the slot is in the library (a magazine may be missing) and has nothing in it. */
static uint32_t check_slot(struct rsm *rsm, const struct guid *slot, uint32_t full)
{
    if (db_number(&rsm->db, "SELECT state FROM slot WHERE id=?", "g", slot) == NTMS_SLOTSTATE_NOTPRESENT)
        return ERROR_RESOURCE_NOT_AVAILABLE;
    /* A cleaner that is in a drive just now comes back. */
    if (db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM medium WHERE place=?1 OR (home=?1 AND place_type=5))", "g",
                  slot))
        return full;
    return 0;
}

static struct guid reserved_slot(struct rsm *rsm, const struct guid *library)
{
    return db_id(&rsm->db, "SELECT cleaner_slot FROM library WHERE id=?", "g", library);
}

/* The slot has to be empty: a cleaning medium is put there afterwards. */
uint32_t op_reserve_cleaner(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct guid library, slot, owner, old;
    uint32_t error;

    host_get_guid(operation->arguments, &library);
    host_get_guid(operation->arguments, &slot);
    if (arguments_end(operation)) return RSM_MALFORMED;
    error = library_usable(rsm, &library);
    if (error) return error;
    owner = db_id(&rsm->db, "SELECT library FROM slot WHERE id=?", "g", &slot);
    if (guid_is_null(&owner) || !guid_equal(&owner, &library)) return ERROR_OBJECT_NOT_FOUND;
    old = reserved_slot(rsm, &library);
    if (!guid_is_null(&old)) return ERROR_CLEANER_SLOT_SET;
    error = check_slot(rsm, &slot, ERROR_RESOURCE_NOT_AVAILABLE);
    if (error) return error;
    db_run(&rsm->db, "UPDATE library SET cleaner_slot=? WHERE id=?", "gg", &slot, &library);
    object_touch(rsm, &library);
    return 0;
}

uint32_t op_release_cleaner(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct guid library, slot;
    uint32_t error;

    host_get_guid(operation->arguments, &library);
    if (arguments_end(operation)) return RSM_MALFORMED;
    error = library_usable(rsm, &library);
    if (error) return error;
    slot = reserved_slot(rsm, &library);
    if (guid_is_null(&slot)) return ERROR_CLEANER_SLOT_NOT_SET;
    error = check_slot(rsm, &slot, ERROR_CLEANER_CARTRIDGE_INSTALLED);
    if (error) return error;
    db_run(&rsm->db, "UPDATE library SET cleaner_slot=NULL WHERE id=?", "g", &library);
    object_touch(rsm, &library);
    return 0;
}

/* ---- The medium ---- */

/* "For libraries without NTMS_IEPORT objects, the server MUST return ERROR_INVALID_OPERATION." */
static uint32_t stop(struct operation *operation, const struct guid *library, const struct guid *id, uint32_t op)
{
    uint32_t error = ERROR_INVALID_OPERATION;

    if (library_find(operation->rsm, library)->description.elements[CHANGER_PORT])
        error = operation_stop(operation->rsm, id, op);
    if (!error) host_put_guid(operation->values, id);
    return error;
}

uint32_t op_inject_cleaner(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct libreq request = {.op = NTMS_LM_INJECTCLEANER};
    struct guid id;
    uint32_t action, error;

    host_get_guid(operation->arguments, &request.library);
    host_get_guid(operation->arguments, &id);
    request.option = host_get_u32(operation->arguments); /* how many cleanings are left */
    action = host_get_u32(operation->arguments);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (action != NTMS_INJECT_START && action != NTMS_INJECT_STOP) return ERROR_INVALID_PARAMETER;
    error = library_usable(rsm, &request.library);
    if (error) return error;
    if (action == NTMS_INJECT_STOP) return stop(operation, &request.library, &id, request.op);
    request.slot = reserved_slot(rsm, &request.library);
    if (guid_is_null(&request.slot)) return ERROR_CLEANER_SLOT_NOT_SET;
    error = check_slot(rsm, &request.slot, ERROR_RESOURCE_NOT_AVAILABLE);
    if (error) return error;
    id = libreq_add(rsm, operation->session, &request);
    host_put_guid(operation->values, &id);
    return 0;
}

uint32_t op_eject_cleaner(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct libreq request = {.op = NTMS_LM_EJECTCLEANER};
    struct guid id;
    uint32_t action, error;

    host_get_guid(operation->arguments, &request.library);
    host_get_guid(operation->arguments, &id);
    action = host_get_u32(operation->arguments);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (action != NTMS_EJECT_START && action != NTMS_EJECT_STOP) return ERROR_INVALID_PARAMETER;
    error = library_usable(rsm, &request.library);
    if (error) return error;
    if (action == NTMS_EJECT_STOP) return stop(operation, &request.library, &id, request.op);
    request.slot = reserved_slot(rsm, &request.library);
    if (guid_is_null(&request.slot)) return ERROR_CLEANER_SLOT_NOT_SET;
    error = check_slot(rsm, &request.slot, 0);
    if (error) return error;
    request.medium =
        db_id(&rsm->db, "SELECT id FROM medium WHERE place=?1 OR (home=?1 AND place_type=5)", "g", &request.slot);
    if (guid_is_null(&request.medium)) return ERROR_EMPTY;
    id = libreq_add(rsm, operation->session, &request);
    host_put_guid(operation->values, &id);
    return 0;
}
