/* MountNtmsMedia, DismountNtmsMedia, DismountNtmsDrive. */
#include "rsm/engine.h"

#include <stdlib.h>

#define OPTIONS                                                                                                        \
    (NTMS_MOUNT_READ | NTMS_MOUNT_WRITE | NTMS_MOUNT_ERROR_NOT_AVAILABLE | NTMS_MOUNT_ERROR_OFFLINE |                  \
     NTMS_MOUNT_SPECIFIC_DRIVE | NTMS_MOUNT_NOWAIT)

struct mount_request
{
    uint32_t count, options, timeout;
    int priority;
    struct guid media[MOUNTS_MAX], drives[MOUNTS_MAX], sides[MOUNTS_MAX], mediums[MOUNTS_MAX];
    struct guid library; /* of those that are online */
};

/* A list of identifiers, of which those are kept for which there is room. */
static uint32_t read_ids(struct host_decoder *arguments, struct guid *ids)
{
    uint32_t count = host_get_list(arguments, sizeof(struct guid));
    struct guid more;

    for (uint32_t i = 0; i < count && !arguments->error; i++)
        host_get_guid(arguments, i < MOUNTS_MAX ? &ids[i] : &more);
    return count;
}

static uint32_t read_mount(struct operation *operation, struct mount_request *mount)
{
    struct host_decoder *arguments = operation->arguments;
    uint32_t drives;

    mount->count = read_ids(arguments, mount->media);
    drives = read_ids(arguments, mount->drives);
    mount->options = host_get_u32(arguments);
    mount->priority = host_get_i32(arguments);
    mount->timeout = host_get_u32(arguments);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (!mount->count || drives != mount->count || mount->options & ~(uint32_t)OPTIONS ||
        mount->priority < NTMS_PRIORITY_LOWEST || mount->priority > NTMS_PRIORITY_HIGHEST)
        return ERROR_INVALID_PARAMETER;
    return mount->count > MOUNTS_MAX ? ERROR_NOT_ENOUGH_MEMORY : 0;
}

/* ---- What can be said before anything is queued ---- */

static uint32_t check_medium(struct rsm *rsm, struct mount_request *mount, uint32_t i)
{
    const struct guid *medium = &mount->mediums[i];
    struct guid library;
    long long state;

    if (!media_side(rsm, &mount->media[i], &mount->sides[i], &mount->mediums[i])) return ERROR_INVALID_MEDIA;
    for (uint32_t j = 0; j < i; j++)
        if (guid_equal(&mount->mediums[j], medium)) return ERROR_INVALID_MEDIA;
    if (!object_enabled(rsm, medium)) return ERROR_RESOURCE_DISABLED;
    state = db_number(&rsm->db, "SELECT state FROM side WHERE id=?", "g", &mount->sides[i]);
    if (state == NTMS_PARTSTATE_COMPLETE && mount->options & NTMS_MOUNT_WRITE) return ERROR_WRITE_PROTECT;
    if (state == NTMS_PARTSTATE_DECOMMISSIONED || state == NTMS_PARTSTATE_INCOMPATIBLE) return ERROR_INVALID_STATE;
    library = db_id(&rsm->db, "SELECT library FROM medium WHERE id=?", "g", medium);
    if (guid_equal(&library, &rsm->offline))
    {
        /* NTMS_MOUNT_ERROR_NOT_AVAILABLE: "an error if the media or a drive is not available" */
        return mount->options & (NTMS_MOUNT_ERROR_OFFLINE | NTMS_MOUNT_ERROR_NOT_AVAILABLE) ? ERROR_MEDIA_OFFLINE : 0;
    }
    if (!guid_is_null(&mount->library) && !guid_equal(&mount->library, &library)) return ERROR_INVALID_LIBRARY;
    mount->library = library;
    if (!object_enabled(rsm, &library)) return ERROR_RESOURCE_DISABLED;
    return library_usable(rsm, &library) ? ERROR_INVALID_LIBRARY : 0;
}

static uint32_t check_drive(struct rsm *rsm, const struct mount_request *mount, uint32_t i)
{
    struct guid library;

    if (!(mount->options & NTMS_MOUNT_SPECIFIC_DRIVE)) return 0;
    if (object_type(rsm, &mount->drives[i]) != NTMS_DRIVE) return ERROR_INVALID_DRIVE;
    for (uint32_t j = 0; j < i; j++)
        if (guid_equal(&mount->drives[j], &mount->drives[i])) return ERROR_INVALID_DRIVE;
    if (!object_enabled(rsm, &mount->drives[i])) return ERROR_RESOURCE_DISABLED;
    if (db_number(&rsm->db, "SELECT opstate=? FROM object WHERE id=?", "ig", (long long)NTMS_NOT_PRESENT,
                  &mount->drives[i]))
        return ERROR_INVALID_DRIVE;
    library = db_id(&rsm->db, "SELECT library FROM drive WHERE id=?", "g", &mount->drives[i]);
    if (!guid_is_null(&mount->library) && !guid_equal(&library, &mount->library)) return ERROR_DRIVE_MEDIA_MISMATCH;
    return 0;
}

static uint32_t check_mount(struct rsm *rsm, struct mount_request *mount)
{
    uint32_t error = 0;

    for (uint32_t i = 0; i < mount->count && !error; i++)
        error = check_medium(rsm, mount, i);
    for (uint32_t i = 0; i < mount->count && !error; i++)
        error = check_drive(rsm, mount, i);
    if (error || guid_is_null(&mount->library)) return error;
    /* More at once than the library could ever hold. */
    if (mount->count >
        (uint32_t)db_number(
            &rsm->db, "SELECT COUNT(*) FROM drive WHERE library=? AND (SELECT enabled FROM object WHERE id=drive.id)",
            "g", &mount->library))
        return ERROR_RESOURCE_DISABLED;
    return 0;
}

/* ---- Queueing ---- */

static void queue_mount(struct operation *operation, const struct mount_request *mount, struct guid *work)
{
    struct rsm *rsm = operation->rsm;

    *work = guid_new();
    for (uint32_t i = 0; i < mount->count; i++)
    {
        struct guid library = db_id(&rsm->db, "SELECT library FROM medium WHERE id=?", "g", &mount->mediums[i]);
        bool offline = guid_equal(&library, &rsm->offline);
        struct libreq request = {.op = NTMS_LM_MOUNT,
                                 .option = mount->options,
                                 .state = offline ? NTMS_LM_WAITING : NTMS_LM_QUEUED,
                                 .side = mount->sides[i],
                                 .medium = mount->mediums[i],
                                 .library = library,
                                 .work = *work,
                                 .priority = mount->priority};
        struct guid id, opreq;

        if (mount->options & NTMS_MOUNT_SPECIFIC_DRIVE) request.drive = mount->drives[i];
        id = libreq_add(rsm, operation->session, &request);
        if (!offline) continue;
        opreq = opreq_add(rsm, operation->session, NTMS_OPREQ_MOVEMEDIA,
                          "A medium that is offline has to be put into a library.", &mount->mediums[i],
                          guid_is_null(&mount->library) ? NULL : &mount->library);
        db_run(&rsm->db, "UPDATE libreq SET opreq=? WHERE id=?", "gg", &opreq, &id);
        db_run(&rsm->db, "UPDATE medium SET state=? WHERE id=?", "ig", (long long)NTMS_MEDIASTATE_OPREQ,
               &mount->mediums[i]);
    }
}

/* Inventories that are under way may show the medium that an operator says is there. */
static bool is_looked_for(struct rsm *rsm)
{
    return db_number(
        &rsm->db,
        "SELECT EXISTS(SELECT 1 FROM libreq r JOIN object o ON o.id=r.library WHERE r.op IN (8, 9, 12, 14) "
        "AND (r.state=1 OR (r.state=0 AND o.enabled)))",
        "");
}

/* What the operator has said to a request that waits for a medium. It is asked for again when he has said that it is
 * there and it is not. */
static uint32_t poll_operator(struct rsm *rsm, struct rsm_call *call)
{
    sqlite3_stmt *query = db_query(&rsm->db,
                                   "SELECT r.id, r.medium, IFNULL(o.state, 4) FROM libreq r LEFT JOIN opreq o ON "
                                   "o.id=r.opreq WHERE r.work=? AND r.state=5",
                                   "g", &call->work);
    uint32_t result = RSM_PENDING;

    while (result == RSM_PENDING && db_row(&rsm->db, query))
    {
        struct guid id = db_guid(query, 0), medium = db_guid(query, 1), opreq;

        if (db_int(query, 2) == NTMS_OPSTATE_REFUSED) result = ERROR_REQUEST_REFUSED;
        if (db_int(query, 2) != NTMS_OPSTATE_COMPLETE || is_looked_for(rsm)) continue;
        opreq = opreq_add(rsm, call->session, NTMS_OPREQ_MOVEMEDIA,
                          "A medium that is offline has to be put into a library.", &medium, NULL);
        db_run(&rsm->db, "UPDATE libreq SET opreq=? WHERE id=?", "gg", &opreq, &id);
    }
    db_done(&rsm->db, query);
    return result;
}

/* The device's own codes stay with the request; for the caller they are "an unexpected media or device state". */
static uint32_t documented(uint32_t error)
{
    switch (error)
    {
    case ERROR_BUSY:
    case ERROR_CANCELLED:
    case ERROR_DATABASE_FAILURE:
    case ERROR_DATABASE_FULL:
    case ERROR_INVALID_LIBRARY:
    case ERROR_MEDIA_OFFLINE:
    case ERROR_NOT_ENOUGH_MEMORY:
    case ERROR_REQUEST_REFUSED:
    case ERROR_RESOURCE_DISABLED:
    case ERROR_WRITE_PROTECT:
        return error;
    default:
        return ERROR_INVALID_STATE;
    }
}

static uint32_t poll_mount(struct rsm *rsm, struct rsm_call *call, struct host_encoder *values)
{
    sqlite3_stmt *query =
        db_query(&rsm->db, "SELECT state, error, drive FROM libreq WHERE work=? ORDER BY ord", "g", &call->work);
    bool waiting = false, queued = false, cancelled = false;
    uint32_t result = 0, found = 0;

    host_put_list(values, call->count);
    for (; db_row(&rsm->db, query); found++)
    {
        struct guid drive = db_guid(query, 2);
        long long state = db_int(query, 0);

        host_put_guid(values, &drive);
        if (state == NTMS_LM_FAILED && !result) result = (uint32_t)db_int(query, 1);
        if (state == NTMS_LM_CANCELLED || state == NTMS_LM_STOPPED) cancelled = true;
        if (state == NTMS_LM_QUEUED) queued = true;
        if (state != NTMS_LM_PASSED) waiting = true;
    }
    db_done(&rsm->db, query);
    if (result) return documented(result);
    if (cancelled || found < call->count) return ERROR_CANCELLED; /* also: they went with their library */
    if (!waiting) return 0;
    /* The libraries have been asked to start what they can before this is called. */
    if (queued && call->options & NTMS_MOUNT_ERROR_NOT_AVAILABLE) return ERROR_BUSY;
    return poll_operator(rsm, call);
}

static void abandon_mount(struct rsm *rsm, struct rsm_call *call)
{
    abandon_work(rsm, call);
    db_run(&rsm->db, "UPDATE medium SET state=0 WHERE state=? AND id IN (SELECT medium FROM libreq WHERE work=?)", "ig",
           (long long)NTMS_MEDIASTATE_OPREQ, &call->work);
}

uint32_t op_mount(struct operation *operation)
{
    struct mount_request mount = {0};
    struct rsm_call *call = operation->call;
    uint32_t error = read_mount(operation, &mount);
    struct guid none = {{0}};

    if (!error) error = check_mount(operation->rsm, &mount);
    if (error) return error;
    queue_mount(operation, &mount, &call->work);
    if (mount.options & NTMS_MOUNT_NOWAIT)
    {
        host_put_list(operation->values, mount.count);
        for (uint32_t i = 0; i < mount.count; i++)
            host_put_guid(operation->values, mount.options & NTMS_MOUNT_SPECIFIC_DRIVE ? &mount.drives[i] : &none);
        return 0;
    }
    call->count = mount.count;
    call->options = mount.options;
    call->poll = poll_mount;
    call->abandon = abandon_mount;
    call_timeout(call, mount.timeout, ERROR_TIMEOUT);
    return RSM_PENDING;
}

/* ---- Dismounting ---- */

static void release_drive(struct operation *operation, const struct guid *medium, const struct guid *drive,
                          uint32_t options)
{
    struct rsm *rsm = operation->rsm;
    struct library *library;
    struct libreq request = {.op = NTMS_LM_DISMOUNT, .option = options, .medium = *medium, .drive = *drive};
    long long delay = db_number(&rsm->db, "SELECT defer_delay FROM drive WHERE id=?", "g", drive);

    db_run(&rsm->db, "UPDATE drive SET state=? WHERE id=?", "ig", (long long)NTMS_DRIVESTATE_DISMOUNTABLE, drive);
    db_run(&rsm->db, "UPDATE medium SET state=? WHERE id=?", "ig", (long long)NTMS_MEDIASTATE_UNLOADED, medium);
    rsm_event(rsm, NTMS_DRIVE, NTMS_OBJ_UPDATE, drive);
    rsm_event(rsm, NTMS_PHYSICAL_MEDIA, NTMS_OBJ_UPDATE, medium);
    request.library = db_id(&rsm->db, "SELECT library FROM drive WHERE id=?", "g", drive);
    library = library_find(rsm, &request.library);
    /* "Dismount requests to stand alone drives place the drive in the dismountable state and return success." */
    if (library && library->description.stand_alone) return;
    if (!(options & NTMS_DISMOUNT_DEFERRED))
    {
        libreq_add(rsm, operation->session, &request);
        return;
    }
    /* It stays until the drive is needed, or the drive's delay (seconds) is over. */
    rsm->clock_stale = true;
    db_run(&rsm->db, "UPDATE drive SET dismount_at=? WHERE id=?", "ig", (long long)filetime_now() + delay * 10000000LL,
           drive);
}

static uint32_t check_dismount(struct rsm *rsm, const struct guid *media, struct guid *medium, struct guid *drive)
{
    struct guid side, library;

    if (!media_side(rsm, media, &side, medium)) return ERROR_INVALID_MEDIA;
    library = db_id(&rsm->db, "SELECT library FROM medium WHERE id=?", "g", medium);
    if (guid_equal(&library, &rsm->offline)) return ERROR_MEDIA_OFFLINE;
    if (!object_enabled(rsm, medium)) return ERROR_MEDIA_NOT_AVAILABLE;
    if (!library_find(rsm, &library)) return ERROR_INVALID_LIBRARY;
    if (!object_enabled(rsm, &library)) return ERROR_DEVICE_NOT_AVAILABLE;
    *drive = db_id(&rsm->db, "SELECT place FROM medium WHERE id=? AND place_type=5 AND state=?", "gi", medium,
                   (long long)NTMS_MEDIASTATE_LOADED);
    return guid_is_null(drive) ? ERROR_INVALID_STATE : 0;
}

uint32_t op_dismount(struct operation *operation)
{
    struct guid media[MOUNTS_MAX], mediums[MOUNTS_MAX], drives[MOUNTS_MAX];
    uint32_t count = read_ids(operation->arguments, media), options, error = 0;

    options = host_get_u32(operation->arguments);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (!count || options & ~3u || options == 3) return ERROR_INVALID_PARAMETER;
    if (count > MOUNTS_MAX) return ERROR_NOT_ENOUGH_MEMORY;
    for (uint32_t i = 0; i < count && !error; i++)
    {
        error = check_dismount(operation->rsm, &media[i], &mediums[i], &drives[i]);
        for (uint32_t j = 0; j < i && !error; j++)
            if (guid_equal(&mediums[j], &mediums[i])) error = ERROR_INVALID_MEDIA;
    }
    for (uint32_t i = 0; i < count && !error; i++)
        release_drive(operation, &mediums[i], &drives[i], options);
    return error;
}

uint32_t op_dismount_drive(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct guid drive, medium, library;

    host_get_guid(operation->arguments, &drive);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (object_type(rsm, &drive) != NTMS_DRIVE) return ERROR_INVALID_DRIVE;
    library = db_id(&rsm->db, "SELECT library FROM drive WHERE id=?", "g", &drive);
    if (!object_enabled(rsm, &drive) || !object_enabled(rsm, &library) || !library_find(rsm, &library))
        return ERROR_DEVICE_NOT_AVAILABLE;
    medium = db_id(&rsm->db, "SELECT id FROM medium WHERE place=? AND place_type=5", "g", &drive);
    if (guid_is_null(&medium)) return ERROR_INVALID_STATE;
    if (db_number(&rsm->db, "SELECT reserved IS NOT NULL FROM drive WHERE id=?", "g", &drive)) return ERROR_BUSY;
    release_drive(operation, &medium, &drive, 0);
    return 0;
}
