/* EjectDiskFromSADrive: a convenient way to eject media from a stand-alone device, "by specifying its drive name
 * instead of its RSM name". */
#include "rsm/engine.h"

#include <stdio.h>
#include <strings.h>

#include "rsm/stand_alone_drive.h"

struct guid stand_alone_named(struct rsm *rsm, const char *name)
{
    sqlite3_stmt *query = db_query(
        &rsm->db, "SELECT d.id, d.device, l.location FROM drive d JOIN library l ON l.id=d.library WHERE l.type=?", "i",
        (long long)NTMS_LIBRARYTYPE_STANDALONE);
    struct guid found = {{0}};

    while (guid_is_null(&found) && db_row(&rsm->db, query))
    {
        char own[CHANGER_TEXT];
        const char *device = db_text(query, 1);

        stand_alone_device_name(db_text(query, 2), own);
        if (!strcasecmp(name, own) || (device[0] && (!strcasecmp(name, device) ||
                                                     (!strncmp(name, "\\\\.\\", 4) && !strcasecmp(name + 4, device)))))
            found = db_guid(query, 0);
    }
    db_done(&rsm->db, query);
    return found;
}

/* Takes back an eject that has not been begun. */
static uint32_t stop_eject(struct rsm *rsm, const struct guid *library)
{
    struct guid id = db_id(&rsm->db, "SELECT id FROM libreq WHERE library=? AND op=? AND state=? ORDER BY ord LIMIT 1",
                           "gii", library, (long long)NTMS_LM_EJECT, (long long)NTMS_LM_QUEUED);

    if (guid_is_null(&id)) return ERROR_INVALID_OPERATION;
    libreq_state(rsm, &id, NTMS_LM_STOPPED, 0);
    return 0;
}

/* "Eject the media immediately and synchronously." */
static uint32_t poll_eject(struct rsm *rsm, struct rsm_call *call, struct host_encoder *values)
{
    struct libreq request;

    (void)values;
    if (!libreq_read(rsm, &call->work, &request)) return ERROR_CANCELLED;
    switch (request.state)
    {
    case NTMS_LM_PASSED:
        return 0;
    case NTMS_LM_FAILED:
        return (uint32_t)db_number(&rsm->db, "SELECT error FROM libreq WHERE id=?", "g", &call->work);
    case NTMS_LM_CANCELLED:
    case NTMS_LM_STOPPED:
        return ERROR_CANCELLED;
    default:
        return RSM_PENDING;
    }
}

static void abandon_eject(struct rsm *rsm, struct rsm_call *call)
{
    struct libreq request;

    if (libreq_read(rsm, &call->work, &request) && request.state == NTMS_LM_QUEUED)
        libreq_state(rsm, &call->work, NTMS_LM_CANCELLED, ERROR_CANCELLED);
}

/* What is mounted is given up for the one who forces it out. */
static void take_from_user(struct rsm *rsm, const struct guid *medium, const struct guid *drive)
{
    db_run(&rsm->db, "UPDATE drive SET state=? WHERE id=?", "ig", (long long)NTMS_DRIVESTATE_DISMOUNTABLE, drive);
    db_run(&rsm->db, "UPDATE medium SET state=? WHERE id=?", "ig", (long long)NTMS_MEDIASTATE_UNLOADED, medium);
    rsm_event(rsm, NTMS_DRIVE, NTMS_OBJ_UPDATE, drive);
}

static uint32_t check_eject(struct rsm *rsm, const struct guid *library, const struct guid *medium, uint32_t options)
{
    long long state;

    if (guid_is_null(medium)) return ERROR_MEDIA_NOT_AVAILABLE;
    if (!object_enabled(rsm, medium)) return ERROR_MEDIA_NOT_AVAILABLE;
    state = db_number(&rsm->db, "SELECT state FROM medium WHERE id=?", "g", medium);
    if (state == NTMS_MEDIASTATE_LOADED && options != NTMS_EJECT_FORCE) return ERROR_UNABLE_TO_EJECT_MOUNTED;
    /* One that is queued already is enough. */
    if (options != NTMS_EJECT_FORCE && options != NTMS_EJECT_IMMEDIATE &&
        db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM libreq WHERE library=? AND op=? AND state IN (0, 1))", "gi",
                  library, (long long)NTMS_LM_EJECT))
        return ERROR_ALREADY_EXISTS;
    return 0;
}

uint32_t op_eject_from_drive(struct operation *operation)
{
    struct libreq request = {.op = NTMS_LM_EJECT};
    struct rsm *rsm = operation->rsm;
    char name[4 * NTMS_DEVICENAME_LENGTH];
    bool too_long = false;
    struct guid drive;
    uint32_t error;

    get_text(operation->arguments, name, sizeof(name), NTMS_DEVICENAME_LENGTH, &too_long);
    request.option = host_get_u32(operation->arguments);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (too_long || !name[0] || request.option > NTMS_EJECT_ASK_USER) return ERROR_INVALID_PARAMETER;
    drive = stand_alone_named(rsm, name);
    if (guid_is_null(&drive)) return ERROR_INVALID_PARAMETER;
    request.library = db_id(&rsm->db, "SELECT library FROM drive WHERE id=?", "g", &drive);
    if (!library_find(rsm, &request.library) || !object_enabled(rsm, &request.library))
        return ERROR_DEVICE_NOT_AVAILABLE;
    error = access_check(rsm, operation->session, &request.library, NTMS_CONTROL_ACCESS);
    if (error) return error;
    if (request.option == NTMS_EJECT_STOP) return stop_eject(rsm, &request.library);
    request.medium = db_id(&rsm->db, "SELECT id FROM medium WHERE place=? AND place_type=5", "g", &drive);
    error = check_eject(rsm, &request.library, &request.medium, request.option);
    if (error) return error == ERROR_ALREADY_EXISTS ? 0 : error;
    if (request.option == NTMS_EJECT_FORCE) take_from_user(rsm, &request.medium, &drive);
    operation->call->work = libreq_add(rsm, operation->session, &request);
    if (request.option == NTMS_EJECT_START || request.option == NTMS_EJECT_QUEUE) return 0;
    operation->call->poll = poll_eject;
    operation->call->abandon = abandon_eject;
    return RSM_PENDING;
}
