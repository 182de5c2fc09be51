/* Which request is done next, and in which drive. */
#include "rsm/engine.h"

#define GROUP_MAX 64 /* media that one call mounts */

static bool in_process(struct rsm *rsm, const struct guid *library)
{
    return db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM libreq WHERE state=1 AND library=? AND op<>?)", "gi",
                     library, (long long)NTMS_LM_INJECT);
}

/* ---- Drives ---- */

static struct guid medium_in_drive(struct rsm *rsm, const struct guid *drive)
{
    return db_id(&rsm->db, "SELECT id FROM medium WHERE place=? AND place_type=5", "g", drive);
}

/* Whether the drive can take another medium: nothing in it, or something that may be taken out. */
static bool drive_is_free(struct rsm *rsm, const struct guid *drive)
{
    return db_number(&rsm->db,
                     "SELECT reserved IS NULL AND state IN (?, ?, ?) AND (SELECT enabled FROM object WHERE "
                     "id=drive.id) FROM drive WHERE id=?",
                     "iiig", (long long)NTMS_DRIVESTATE_DISMOUNTED, (long long)NTMS_DRIVESTATE_DISMOUNTABLE,
                     (long long)NTMS_DRIVESTATE_UNLOADED, drive);
}

static bool is_among(const struct guid *id, const struct guid *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (guid_equal(id, &list[i])) return true;
    return false;
}

/* A drive for a medium: where it is already, else an empty one, else one whose medium may go. Null: none now. */
static struct guid choose_drive(struct rsm *rsm, const struct libreq *request, const struct guid *taken, size_t count)
{
    struct guid chosen = {{0}},
                place = db_id(&rsm->db, "SELECT place FROM medium WHERE id=? AND place_type=5", "g", &request->medium);
    sqlite3_stmt *query;

    if (request->option & NTMS_MOUNT_SPECIFIC_DRIVE && request->op == NTMS_LM_MOUNT)
    {
        if (drive_is_free(rsm, &request->drive) && !is_among(&request->drive, taken, count)) chosen = request->drive;
        return chosen;
    }
    if (!guid_is_null(&place))
    {
        if (drive_is_free(rsm, &place) && !is_among(&place, taken, count)) chosen = place;
        return chosen;
    }
    query =
        db_query(&rsm->db, "SELECT id FROM drive WHERE library=? ORDER BY state<>0, number", "g", &request->library);
    while (guid_is_null(&chosen) && db_row(&rsm->db, query))
    {
        struct guid drive = db_guid(query, 0);

        if (drive_is_free(rsm, &drive) && !is_among(&drive, taken, count)) chosen = drive;
    }
    db_done(&rsm->db, query);
    return chosen;
}

/* Whether nobody uses the medium and nothing is being done with it. */
static bool medium_is_free(struct rsm *rsm, const struct guid *medium)
{
    return db_number(
        &rsm->db,
        "SELECT state IN (?, ?) AND place_type IN (5, 16) AND (SELECT enabled FROM object WHERE id=medium.id)"
        " AND NOT EXISTS(SELECT 1 FROM libreq WHERE libreq.medium=medium.id AND libreq.state=1) FROM medium WHERE id=?",
        "iig", (long long)NTMS_MEDIASTATE_IDLE, (long long)NTMS_MEDIASTATE_UNLOADED, medium);
}

static void start(struct rsm *rsm, const struct libreq *request, const struct guid *drive)
{
    db_run(&rsm->db, "UPDATE libreq SET drive=? WHERE id=?", "gg", drive, &request->id);
    libreq_state(rsm, &request->id, NTMS_LM_INPROCESS, 0);
    db_run(&rsm->db, "UPDATE drive SET reserved=?, dismount_at=0 WHERE id=?", "gg", &request->work, drive);
    if (guid_is_null(&request->medium)) return;
    /* A dismount that has not begun is overtaken by what needs the medium in a drive. */
    if (request->op != NTMS_LM_DISMOUNT)
        db_run(&rsm->db, "UPDATE libreq SET state=?, completed=? WHERE medium=? AND op=? AND state=0", "iigi",
               (long long)NTMS_LM_CANCELLED, (long long)filetime_now(), &request->medium, (long long)NTMS_LM_DISMOUNT);
    db_run(&rsm->db, "UPDATE medium SET state=? WHERE id=?", "ig", (long long)NTMS_MEDIASTATE_INUSE, &request->medium);
    rsm_event(rsm, NTMS_PHYSICAL_MEDIA, NTMS_OBJ_UPDATE, &request->medium);
}

/* ---- Groups: all media of one mount, or none ---- */

static size_t read_group(struct rsm *rsm, const struct guid *work, struct libreq *group)
{
    sqlite3_stmt *query =
        db_query(&rsm->db, "SELECT id FROM libreq WHERE work=? AND state IN (0, 1, 5) ORDER BY ord", "g", work);
    size_t count = 0;

    while (count < GROUP_MAX && db_row(&rsm->db, query))
    {
        struct guid id = db_guid(query, 0);

        if (libreq_read(rsm, &id, &group[count])) count++;
    }
    db_done(&rsm->db, query);
    return count;
}

/* Starts a group if everything that it needs is there. *short_of_drives: only a drive is missing. */
static void try_group(struct rsm *rsm, const struct guid *work, bool *short_of_drives)
{
    struct libreq group[GROUP_MAX];
    struct guid drives[GROUP_MAX];
    size_t count = read_group(rsm, work, group);

    for (size_t i = 0; i < count; i++)
        if (group[i].state != NTMS_LM_QUEUED || !medium_is_free(rsm, &group[i].medium)) return;
    for (size_t i = 0; i < count; i++)
    {
        drives[i] = choose_drive(rsm, &group[i], drives, i);
        if (!guid_is_null(&drives[i])) continue;
        *short_of_drives = !(group[i].option & NTMS_MOUNT_SPECIFIC_DRIVE);
        return;
    }
    for (size_t i = 0; i < count; i++)
        start(rsm, &group[i], &drives[i]);
}

/* ---- Others ---- */

static void try_dismount(struct rsm *rsm, const struct libreq *request)
{
    struct guid medium = medium_in_drive(rsm, &request->drive);

    if (guid_is_null(&medium))
    {
        libreq_state(rsm, &request->id, NTMS_LM_PASSED, 0); /* it has gone already */
        return;
    }
    if (db_number(&rsm->db, "SELECT reserved IS NULL FROM drive WHERE id=?", "g", &request->drive) &&
        !db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM libreq WHERE medium=? AND state=1)", "g", &medium))
    {
        struct libreq with_medium = *request;

        with_medium.medium = medium;
        db_run(&rsm->db, "UPDATE libreq SET medium=? WHERE id=?", "gg", &medium, &request->id);
        start(rsm, &with_medium, &request->drive);
    }
}

static void try_eject(struct rsm *rsm, const struct libreq *request)
{
    struct guid none = {{0}};

    if (!medium_is_free(rsm, &request->medium)) return;
    if (!db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM port WHERE library=? AND content<>?)", "gi",
                   &request->library, (long long)NTMS_PORTCONTENT_FULL))
        return;
    start(rsm, request, &none);
}

static void try_clean(struct rsm *rsm, const struct libreq *request)
{
    if (drive_is_free(rsm, &request->drive)) start(rsm, request, &request->drive);
}

/* One queued request. Returns false when nothing behind it may start. */
static bool try_request(struct rsm *rsm, const struct libreq *request, bool *short_of_drives)
{
    struct guid none = {{0}};

    switch (request->op)
    {
    case NTMS_LM_MOUNT:
    case NTMS_LM_PROCESSOMID:
    case NTMS_LM_WRITESCRATCH:
        if (!*short_of_drives) try_group(rsm, &request->work, short_of_drives);
        return true;
    case NTMS_LM_DISMOUNT:
        try_dismount(rsm, request);
        return true;
    case NTMS_LM_EJECT:
    case NTMS_LM_EJECTCLEANER:
        try_eject(rsm, request);
        return true;
    case NTMS_LM_CLEANDRIVE:
        try_clean(rsm, request);
        return true;
    case NTMS_LM_INJECT:
    case NTMS_LM_INJECTCLEANER:
        libreq_state(rsm, &request->id, NTMS_LM_INPROCESS, 0);
        return true;
    case NTMS_LM_INVENTORY:
        if (in_process(rsm, &request->library)) return false;
        start(rsm, request, &none);
        return false;
    default:
        return true;
    }
}

static void schedule_library(struct rsm *rsm, const struct library *library)
{
    struct guid ids[GROUP_MAX];
    bool short_of_drives = false, go_on = true;
    size_t count = 0;
    sqlite3_stmt *query;

    if (!object_enabled(rsm, &library->id)) return;
    if (db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM libreq WHERE state=1 AND library=? AND op=?)", "gi",
                  &library->id, (long long)NTMS_LM_INVENTORY))
        return;
    query = db_query(&rsm->db, "SELECT id FROM libreq WHERE state=0 AND library=? ORDER BY priority DESC, ord LIMIT 64",
                     "g", &library->id);
    while (count < GROUP_MAX && db_row(&rsm->db, query))
        ids[count++] = db_guid(query, 0);
    db_done(&rsm->db, query);
    for (size_t i = 0; i < count && go_on; i++)
    {
        struct libreq request;

        if (libreq_read(rsm, &ids[i], &request) && request.state == NTMS_LM_QUEUED)
            go_on = try_request(rsm, &request, &short_of_drives);
    }
}

/* Mounts that wait for an operator to bring a medium: it may be there now. */
static void wake_waiting(struct rsm *rsm)
{
    sqlite3_stmt *query = db_query(&rsm->db,
                                   "SELECT r.id, m.library, r.opreq FROM libreq r JOIN medium m ON m.id=r.medium WHERE "
                                   "r.state=5 AND m.place_type IN (5, 16)",
                                   "");

    while (db_row(&rsm->db, query))
    {
        struct guid id = db_guid(query, 0), library = db_guid(query, 1), opreq = db_guid(query, 2);

        db_run(&rsm->db, "UPDATE libreq SET library=?, opreq=NULL WHERE id=?", "gg", &library, &id);
        libreq_state(rsm, &id, NTMS_LM_QUEUED, 0);
        opreq_end(rsm, &opreq, NTMS_OPSTATE_COMPLETE);
    }
    db_done(&rsm->db, query);
}

static void due_dismounts(struct rsm *rsm)
{
    sqlite3_stmt *query = db_query(&rsm->db, "SELECT id, library FROM drive WHERE dismount_at>0 AND dismount_at<=?",
                                   "i", (long long)filetime_now());

    while (db_row(&rsm->db, query))
    {
        struct libreq request = {.op = NTMS_LM_DISMOUNT, .drive = db_guid(query, 0), .library = db_guid(query, 1)};

        request.medium = medium_in_drive(rsm, &request.drive);
        db_run(&rsm->db, "UPDATE drive SET dismount_at=0 WHERE id=?", "g", &request.drive);
        libreq_add(rsm, NULL, &request);
    }
    db_done(&rsm->db, query);
}

void schedule(struct rsm *rsm)
{
    if (rsm->time_has_come) due_dismounts(rsm);
    rsm->time_has_come = false;
    /* Most changes leave nothing that waits: then none of the rest is to be asked. */
    if (db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM libreq WHERE state=5)", "")) wake_waiting(rsm);
    if (!db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM libreq WHERE state=0)", "")) return;
    for (struct library *library = rsm->libraries; library; library = library->next)
        schedule_library(rsm, library);
}
