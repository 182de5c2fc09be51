/* Which request is done next, and in which drive.
 *
 * A library's queue is sorted by the requests' kinds, in the order of NtmsLmOperation ([MS-RSMP] 2.2.4.3 and
 * 3.2.5.2.1.15: "an NTMS_LM_DISMOUNT request is processed prior to an NTMS_LM_MOUNT request"), then by priority, then
 * by place in the queue. */
#include "rsm/engine.h"

/* What has the library to itself: an inventory, and an open door, through which also the cleaner of a library without
 * ports goes. */
#define EXCLUSIVE                                                                                                      \
    "(op IN (8, 9) OR (op IN (11, 13) AND NOT EXISTS(SELECT 1 FROM port WHERE port.library=libreq.library)))"

/* Media that are being taken in through a port are in nobody's way. */
static bool in_process(struct rsm *rsm, const struct guid *library)
{
    return db_number(&rsm->db,
                     "SELECT EXISTS(SELECT 1 FROM libreq WHERE state=1 AND library=? AND (op NOT IN (12, 13) "
                     "OR " EXCLUSIVE "))",
                     "g", library);
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
                     "SELECT d.reserved IS NULL AND d.state IN (?, ?, ?) AND o.enabled AND o.opstate<>? FROM drive d "
                     "JOIN object o ON o.id=d.id WHERE d.id=?",
                     "iiiig", (long long)NTMS_DRIVESTATE_DISMOUNTED, (long long)NTMS_DRIVESTATE_DISMOUNTABLE,
                     (long long)NTMS_DRIVESTATE_UNLOADED, (long long)NTMS_NOT_PRESENT, drive);
}

static bool is_among(const struct guid *id, const struct guid *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (guid_equal(id, &list[i])) return true;
    return false;
}

/* An empty drive, else one whose medium may go. */
static struct guid any_drive(struct rsm *rsm, const struct guid *library, const struct guid *taken, size_t count)
{
    sqlite3_stmt *query =
        db_query(&rsm->db, "SELECT id FROM drive WHERE library=? ORDER BY state<>0, number", "g", library);
    struct guid chosen = {{0}};

    while (guid_is_null(&chosen) && db_row(&rsm->db, query))
    {
        struct guid drive = db_guid(query, 0);

        if (drive_is_free(rsm, &drive) && !is_among(&drive, taken, count)) chosen = drive;
    }
    db_done(&rsm->db, query);
    return chosen;
}

/* A drive for a medium: the one that was asked for, else where it is already, else any. Null: none now;
 * *short_of_drives if any would have done. */
static struct guid choose_drive(struct rsm *rsm, const struct libreq *request, const struct guid *taken, size_t count,
                                bool *short_of_drives)
{
    struct guid chosen = {{0}}, wanted;

    if (request->option & NTMS_MOUNT_SPECIFIC_DRIVE && request->op == NTMS_LM_MOUNT)
        wanted = request->drive;
    else
        wanted = db_id(&rsm->db, "SELECT place FROM medium WHERE id=? AND place_type=5", "g", &request->medium);
    if (!guid_is_null(&wanted))
    {
        if (drive_is_free(rsm, &wanted) && !is_among(&wanted, taken, count)) chosen = wanted;
        /* Out of a drive that has been disabled it goes into another. */
        if (!guid_is_null(&chosen) || object_enabled(rsm, &wanted)) return chosen;
    }
    chosen = any_drive(rsm, &request->library, taken, count);
    *short_of_drives = guid_is_null(&chosen);
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
        db_query(&rsm->db, "SELECT id FROM libreq WHERE work=? AND (+state<2 OR +state=5) ORDER BY ord", "g", work);
    size_t count = 0;

    while (count < MOUNTS_MAX && db_row(&rsm->db, query))
    {
        struct guid id = db_guid(query, 0);

        if (libreq_read(rsm, &id, &group[count])) count++;
    }
    db_done(&rsm->db, query);
    return count;
}

/* Starts a group if everything that it needs is there. */
static void try_group(struct rsm *rsm, const struct guid *work, bool *short_of_drives)
{
    struct libreq group[MOUNTS_MAX];
    struct guid drives[MOUNTS_MAX];
    size_t count = read_group(rsm, work, group);

    for (size_t i = 0; i < count; i++)
        if (group[i].state != NTMS_LM_QUEUED || !medium_is_free(rsm, &group[i].medium)) return;
    for (size_t i = 0; i < count; i++)
    {
        drives[i] = choose_drive(rsm, &group[i], drives, i, short_of_drives);
        if (guid_is_null(&drives[i])) return;
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
    if (db_number(&rsm->db, "SELECT state FROM drive WHERE id=?", "g", &request->drive) == NTMS_DRIVESTATE_LOADED)
    {
        libreq_state(rsm, &request->id, NTMS_LM_CANCELLED, 0); /* somebody has it again */
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

/* Without a cleaner it waits for an operator. */
static void try_clean(struct rsm *rsm, const struct libreq *request)
{
    struct guid cleaner = cleaner_of(rsm, &request->library);

    if (guid_is_null(&cleaner))
    {
        libreq_state(rsm, &request->id, NTMS_LM_WAITING, 0);
        cleanings_wait(rsm);
    }
    else if (drive_is_free(rsm, &request->drive) && medium_is_free(rsm, &cleaner))
        start(rsm, request, &request->drive);
}

/* One queued request. Returns false when nothing behind it may start. */
static bool try_request(struct rsm *rsm, const struct libreq *request, bool exclusive, bool *short_of_drives)
{
    struct guid none = {{0}};

    if (exclusive)
    {
        if (!in_process(rsm, &request->library)) start(rsm, request, &none);
        return false;
    }
    switch (request->op)
    {
    case NTMS_LM_MOUNT:
    case NTMS_LM_PROCESSOMID:
    case NTMS_LM_WRITESCRATCH:
        if (!*short_of_drives || request->option & NTMS_MOUNT_SPECIFIC_DRIVE)
            try_group(rsm, &request->work, short_of_drives);
        break;
    case NTMS_LM_DISMOUNT:
        try_dismount(rsm, request);
        break;
    case NTMS_LM_EJECT:
    case NTMS_LM_EJECTCLEANER:
        try_eject(rsm, request);
        break;
    case NTMS_LM_CLEANDRIVE:
        try_clean(rsm, request);
        break;
    case NTMS_LM_INJECT:
    case NTMS_LM_INJECTCLEANER:
        libreq_state(rsm, &request->id, NTMS_LM_INPROCESS, 0);
        break;
    default:
        break;
    }
    return true;
}

static void schedule_library(struct rsm *rsm, const struct library *library)
{
    bool short_of_drives = false, go_on = true;
    sqlite3_stmt *query;

    if (library->stop || !object_enabled(rsm, &library->id)) return;
    if (db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM libreq WHERE state=1 AND library=? AND " EXCLUSIVE ")", "g",
                  &library->id))
        return;
    query = db_query(&rsm->db,
                     "SELECT id, " EXCLUSIVE " FROM libreq WHERE state=0 AND library=? ORDER BY op, priority DESC, ord",
                     "g", &library->id);
    while (go_on && db_row(&rsm->db, query))
    {
        struct guid id = db_guid(query, 0);
        struct libreq request;

        if (libreq_read(rsm, &id, &request) && request.state == NTMS_LM_QUEUED)
            go_on = try_request(rsm, &request, db_int(query, 1), &short_of_drives);
    }
    db_done(&rsm->db, query);
}

/* Mounts that wait for an operator to bring a medium: it may be there now. */
static void wake_waiting(struct rsm *rsm)
{
    sqlite3_stmt *query = db_query(&rsm->db,
                                   "SELECT r.id, m.library, r.opreq FROM libreq r JOIN medium m ON m.id=r.medium WHERE "
                                   "r.state=5 AND r.op=17 AND m.place_type IN (5, 16)",
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
    bool waiting;

    if (rsm->time_has_come) due_dismounts(rsm);
    if (rsm->time_has_come) purge(rsm);
    rsm->time_has_come = false;
    /* Most changes leave nothing that waits: then none of the rest is to be asked. */
    waiting = db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM libreq WHERE state=5)", "");
    if (waiting) wake_waiting(rsm);
    if (waiting) cleanings_wait(rsm);
    if (!db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM libreq WHERE state=0)", "")) return;
    for (struct library *library = rsm->libraries; library; library = library->next)
        schedule_library(rsm, library);
}
