/* Cleaning drives, and the media types of a library: CleanNtmsDrive, Reserve/ReleaseNtmsCleanerSlot,
 * Add/DeleteNtmsMediaType, GetVolumesFromDrive. */
#include "rsm/engine.h"

#include <stdio.h>

/* A library that has a device and is enabled. */
static uint32_t usable(struct rsm *rsm, const struct guid *library)
{
    if (object_type(rsm, library) != NTMS_LIBRARY) return ERROR_INVALID_LIBRARY;
    if (guid_equal(library, &rsm->offline)) return ERROR_LIBRARY_OFFLINE;
    if (!library_find(rsm, library) || !object_enabled(rsm, library)) return ERROR_DEVICE_NOT_AVAILABLE;
    return 0;
}

/* ---- Cleaning ---- */

uint32_t op_clean_drive(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct libreq request = {.op = NTMS_LM_CLEANDRIVE};
    struct guid slot;
    uint32_t error;

    host_get_guid(operation->arguments, &request.drive);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (object_type(rsm, &request.drive) != NTMS_DRIVE) return ERROR_INVALID_DRIVE;
    request.library = db_id(&rsm->db, "SELECT library FROM drive WHERE id=?", "g", &request.drive);
    error = usable(rsm, &request.library);
    if (error) return error;
    if (!object_enabled(rsm, &request.drive)) return ERROR_RESOURCE_DISABLED;
    slot = db_id(&rsm->db, "SELECT cleaner_slot FROM library WHERE id=?", "g", &request.library);
    if (guid_is_null(&slot)) return ERROR_CLEANER_SLOT_NOT_SET;
    libreq_add(rsm, operation->session, &request);
    return 0;
}

/* The slot has to be empty: a cleaning cartridge is put there afterwards. */
uint32_t op_reserve_cleaner(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct guid library, slot, owner, old;
    uint32_t error;

    host_get_guid(operation->arguments, &library);
    host_get_guid(operation->arguments, &slot);
    if (arguments_end(operation)) return RSM_MALFORMED;
    error = usable(rsm, &library);
    if (error) return error;
    owner = db_id(&rsm->db, "SELECT library FROM slot WHERE id=?", "g", &slot);
    if (!guid_equal(&owner, &library)) return ERROR_OBJECT_NOT_FOUND;
    old = db_id(&rsm->db, "SELECT cleaner_slot FROM library WHERE id=?", "g", &library);
    if (!guid_is_null(&old)) return ERROR_CLEANER_SLOT_SET;
    if (db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM medium WHERE place=? AND NOT cleaner)", "g", &slot))
        return ERROR_NOT_EMPTY;
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
    error = usable(rsm, &library);
    if (error) return error;
    slot = db_id(&rsm->db, "SELECT cleaner_slot FROM library WHERE id=?", "g", &library);
    if (guid_is_null(&slot)) return ERROR_CLEANER_SLOT_NOT_SET;
    if (db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM medium WHERE place=?)", "g", &slot))
        return ERROR_CLEANER_INSTALLED;
    db_run(&rsm->db, "UPDATE library SET cleaner_slot=NULL WHERE id=?", "g", &library);
    object_touch(rsm, &library);
    return 0;
}

/* ---- Media types ---- */

static uint32_t read_type(struct operation *operation, struct guid *type, struct guid *library)
{
    host_get_guid(operation->arguments, type);
    host_get_guid(operation->arguments, library);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (object_type(operation->rsm, type) != NTMS_MEDIA_TYPE) return ERROR_INVALID_MEDIA;
    return usable(operation->rsm, library);
}

uint32_t op_add_media_type(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct guid type, library;
    uint32_t error = read_type(operation, &type, &library);

    if (error) return error;
    if (db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM library_media_type WHERE library=? AND media_type=?)", "gg",
                  &library, &type))
        return ERROR_ALREADY_EXISTS;
    db_run(&rsm->db, "INSERT INTO library_media_type VALUES(?, ?, 0)", "gg", &library, &type);
    system_pool(rsm, &rsm->free_pool, &type);
    system_pool(rsm, &rsm->import_pool, &type);
    system_pool(rsm, &rsm->unrecognized, &type);
    object_touch(rsm, &library);
    return 0;
}

uint32_t op_delete_media_type(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct guid type, library;
    uint32_t error = read_type(operation, &type, &library);

    if (error) return error;
    if (db_number(&rsm->db, "SELECT native FROM library_media_type WHERE library=? AND media_type=?", "gg", &library,
                  &type))
        return ERROR_INDIGENOUS_TYPE;
    if (db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM medium WHERE library=? AND media_type=?)", "gg", &library,
                  &type))
        return ERROR_NOT_EMPTY;
    db_run(&rsm->db, "DELETE FROM library_media_type WHERE library=? AND media_type=?", "gg", &library, &type);
    if (!db_changes(&rsm->db)) return ERROR_OBJECT_NOT_FOUND;
    object_touch(rsm, &library);
    return 0;
}

/* ---- GetVolumesFromDrive ---- */

/* "\\.\X:" and "X:" name the same drive. */
uint32_t op_volumes_of_drive(struct operation *operation)
{
    char text[4 * NTMS_DEVICENAME_LENGTH], *name = text;
    struct rsm *rsm = operation->rsm;
    bool too_long = false;
    struct guid drive;

    get_text(operation->arguments, text, sizeof(text), NTMS_DEVICENAME_LENGTH, &too_long);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (too_long || !text[0]) return ERROR_INVALID_PARAMETER;
    if (!strncmp(name, "\\\\.\\", 4)) name += 4;
    drive = db_id(&rsm->db, "SELECT id FROM drive WHERE device COLLATE NOCASE IN (?, ?) LIMIT 1", "tt", name, text);
    if (guid_is_null(&drive)) return ERROR_INVALID_DRIVE;
    host_put_list(operation->values, 0); /* a folder has no volume of its own */
    host_put_list(operation->values, name[1] == ':' ? 1 : 0);
    if (name[1] == ':') put_text(operation->values, name);
    return 0;
}
