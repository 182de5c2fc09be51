/* A library's thread: does what schedule() has started, one move after another. */
#include "rsm/worker.h"
#include "rsm/media_label.h"

#include <time.h>
#include <unistd.h>

#define RETRY_US 50000
#define POLL_MS  100 /* between two looks at a door, a port, or media that may have changed */

/* ---- Moves ---- */

bool place_of(struct rsm *rsm, const struct guid *medium, struct changer_element *element)
{
    struct guid place = db_id(&rsm->db, "SELECT place FROM medium WHERE id=?", "g", medium);

    return element_of(rsm, &place, element);
}

/* Notes that a medium is on its way, where only that tells later which medium it is: a bar code tells by itself. */
static uint32_t begin_move(struct rsm *rsm, const struct guid *medium, const struct guid *target,
                           struct changer_element *from, struct changer_element *to, uint32_t *type)
{
    rsm_begin(rsm);
    *type = object_type(rsm, target);
    if (!place_of(rsm, medium, from) || !element_of(rsm, target, to)) return rsm_end(rsm, ERROR_INVALID_STATE);
    db_run(&rsm->db, "INSERT OR REPLACE INTO move SELECT id, library, place, ? FROM medium WHERE id=? AND barcode=''",
           "gg", target, medium);
    return rsm_end(rsm, 0);
}

uint32_t move_medium(struct library *library, const struct guid *medium, const struct guid *target, bool flip)
{
    struct rsm *rsm = library->rsm;
    struct changer_element from = {0}, to = {0};
    uint32_t type = 0, moved, error = begin_move(rsm, medium, target, &from, &to, &type);

    if (error) return error;
    moved = library->changer->kind->move(library->changer, from, to, flip);
    if (moved) library->uncertain = true;
    rsm_begin(rsm);
    if (!moved)
    {
        medium_place(rsm, medium, &library->id, target, type);
        db_run(&rsm->db, "DELETE FROM move WHERE medium=?", "g", medium);
    }
    error = rsm_end(rsm, 0);
    if (error) library->uncertain = true;
    if (moved) rsm_log(rsm, "a move was refused by the library (error %u)", moved);
    return moved ? ERROR_INVALID_STATE : error;
}

uint32_t slot_for(struct rsm *rsm, const struct guid *library, const struct guid *medium, struct guid *slot)
{
    uint32_t error;

    rsm_look(rsm);
    *slot = db_id(&rsm->db,
                  "SELECT home FROM medium m WHERE id=? AND home IS NOT NULL AND NOT EXISTS(SELECT 1 FROM medium o "
                  "WHERE o.place=m.home AND o.place_type=16)"
                  " AND home IN (SELECT id FROM slot WHERE library=?)",
                  "gg", medium, library);
    if (guid_is_null(slot))
        *slot = db_id(&rsm->db,
                      "SELECT id FROM slot s WHERE library=? AND state=? AND NOT EXISTS(SELECT 1 FROM medium WHERE "
                      "place=s.id AND place_type=16) AND"
                      " id IS NOT (SELECT cleaner_slot FROM library WHERE id=s.library) ORDER BY number LIMIT 1",
                      "gi", library, (long long)NTMS_SLOTSTATE_EMPTY);
    error = rsm_looked(rsm);
    return error ? error : guid_is_null(slot) ? ERROR_LIBRARY_FULL : 0;
}

uint32_t empty_drive(struct library *library, const struct guid *medium, uint32_t drive)
{
    struct guid slot;
    uint32_t error = slot_for(library->rsm, &library->id, medium, &slot);

    if (error) return error;
    error = library->changer->kind->unload(library->changer, drive);
    if (error) return error; /* it stays where it is, and programs keep it under its letter */
    drive_letter(library, drive, false);
    error = move_medium(library, medium, &slot, false);
    if (!error) cleaning_poll(library, drive);
    return error;
}

uint32_t end_extended(struct library *library)
{
    struct guid was = library->extended;
    uint32_t error;

    library->extended = (struct guid){{0}};
    error = rsm_end(library->rsm, 0);
    if (!error) return 0;
    pthread_mutex_lock(&library->rsm->lock);
    library->extended = was;
    pthread_mutex_unlock(&library->rsm->lock);
    return error;
}

uint32_t unlock(struct library *library, bool unlocked)
{
    uint32_t error = library->changer->kind->door ? library->changer->kind->door(library->changer, unlocked) : 0;

    return error == ERROR_NOT_SUPPORTED ? 0 : error;
}

/* ---- Mounting ---- */

struct mount_plan
{
    struct changer_element at, drive; /* where the medium is, where it has to be */
    struct guid drive_id, other;      /* what is in the drive now */
    uint32_t side, mounted_side;
};

static uint32_t read_plan(struct rsm *rsm, const struct libreq *request, struct mount_plan *plan)
{
    uint32_t error;
    bool found;

    rsm_look(rsm);
    plan->drive_id = request->drive;
    found = element_of(rsm, &request->drive, &plan->drive) && place_of(rsm, &request->medium, &plan->at);
    plan->other = db_id(&rsm->db, "SELECT id FROM medium WHERE place=? AND place_type=5", "g", &request->drive);
    plan->side = (uint32_t)db_number(&rsm->db, "SELECT number FROM side WHERE id=?", "g", &request->side);
    plan->mounted_side = (uint32_t)db_number(
        &rsm->db, "SELECT s.number FROM medium m JOIN side s ON s.id=m.mounted WHERE m.id=?", "g", &request->medium);
    error = rsm_looked(rsm);
    return error ? error : found ? 0 : ERROR_INVALID_STATE;
}

/* Brings the request's medium into its drive with the side that is asked for and makes it ready. */
static uint32_t load_medium(struct library *library, const struct libreq *request, uint32_t *drive)
{
    struct rsm *rsm = library->rsm;
    struct mount_plan plan = {0};
    uint32_t error = read_plan(rsm, request, &plan);

    *drive = plan.drive.index;
    if (error) return error;
    if (!guid_is_null(&plan.other) && !guid_equal(&plan.other, &request->medium))
    {
        error = empty_drive(library, &plan.other, plan.drive.index);
        if (error) return error;
    }
    if (guid_equal(&plan.other, &request->medium))
    {
        /* A disc in a stand-alone drive may be in use as it is. */
        if (!library->description.stand_alone)
            error = library->changer->kind->unload(library->changer, plan.drive.index);
        if (!error && plan.side != plan.mounted_side) error = empty_drive(library, &request->medium, plan.drive.index);
        if (error) return error;
        if (plan.side != plan.mounted_side)
            error = move_medium(library, &request->medium, &request->drive, plan.side == 1);
    }
    else
    {
        if (plan.at.type == CHANGER_DRIVE) error = empty_drive(library, &request->medium, plan.at.index);
        if (!error) error = move_medium(library, &request->medium, &request->drive, plan.side == 1);
    }
    return error ? error : library->changer->kind->load(library->changer, plan.drive.index, plan.side);
}

static void finish_mount(struct rsm *rsm, const struct libreq *request, uint32_t error)
{
    bool wanted = db_number(&rsm->db, "SELECT state FROM libreq WHERE id=?", "g", &request->id) == NTMS_LM_INPROCESS;
    bool in_drive = db_number(&rsm->db, "SELECT place_type=5 FROM medium WHERE id=?", "g", &request->medium);
    struct libreq dismount = {
        .op = NTMS_LM_DISMOUNT, .library = request->library, .medium = request->medium, .drive = request->drive};
    bool mounted = wanted && !error;

    db_run(&rsm->db, "UPDATE drive SET reserved=NULL, state=?, mounts=mounts+?, saved_side=? WHERE id=?", "iigg",
           (long long)(mounted    ? NTMS_DRIVESTATE_LOADED
                       : in_drive ? NTMS_DRIVESTATE_DISMOUNTABLE
                                  : NTMS_DRIVESTATE_DISMOUNTED),
           (long long)mounted, mounted ? &request->side : NULL, &request->drive);
    db_run(&rsm->db, "UPDATE medium SET state=?, mounted=? WHERE id=?", "igg",
           (long long)(mounted    ? NTMS_MEDIASTATE_LOADED
                       : in_drive ? NTMS_MEDIASTATE_UNLOADED
                                  : NTMS_MEDIASTATE_IDLE),
           in_drive ? &request->side : NULL, &request->medium);
    if (mounted) db_run(&rsm->db, "UPDATE side SET mounts=mounts+1 WHERE id=?", "g", &request->side);
    if (wanted) libreq_state(rsm, &request->id, error ? NTMS_LM_FAILED : NTMS_LM_PASSED, error);
    if (error) work_cancel(rsm, &request->work, NTMS_LM_CANCELLED, error); /* all of a group, or none */
    if (!mounted && in_drive) libreq_add(rsm, NULL, &dismount);
    rsm_event(rsm, NTMS_DRIVE, NTMS_OBJ_UPDATE, &request->drive);
    rsm_event(rsm, NTMS_PHYSICAL_MEDIA, NTMS_OBJ_UPDATE, &request->medium);
}

static uint32_t do_mount(struct library *library, const struct libreq *request)
{
    struct rsm *rsm = library->rsm;
    uint32_t drive = 0, side, noted, lost, error = load_medium(library, request, &drive);

    rsm_look(rsm);
    side = (uint32_t)db_number(&rsm->db, "SELECT number FROM side WHERE id=?", "g", &request->side);
    lost = rsm_looked(rsm);
    if (!error) error = lost;
    if (!error) error = verify_label(library, request, drive, side);
    if (!error) drive_letter(library, drive, true);
    rsm_begin(rsm);
    finish_mount(rsm, request, error);
    noted = rsm_end(rsm, 0);
    if (error) recover_library(library);
    return noted;
}

/* ---- Others ---- */

uint32_t end_request(struct rsm *rsm, const struct libreq *request, uint32_t error)
{
    bool in_drive;

    rsm_begin(rsm);
    in_drive = db_number(&rsm->db, "SELECT place_type=5 FROM medium WHERE id=?", "g", &request->medium);
    db_run(&rsm->db,
           "UPDATE drive SET reserved=NULL, state=CASE WHEN EXISTS(SELECT 1 FROM medium WHERE place=drive.id) THEN ? "
           "ELSE ? END WHERE id=? AND reserved=?",
           "iigg", (long long)NTMS_DRIVESTATE_DISMOUNTABLE, (long long)NTMS_DRIVESTATE_DISMOUNTED, &request->drive,
           &request->work);
    db_run(&rsm->db, "UPDATE medium SET state=? WHERE id=? AND state IN (?, ?)", "igii",
           (long long)(in_drive ? NTMS_MEDIASTATE_UNLOADED : NTMS_MEDIASTATE_IDLE), &request->medium,
           (long long)NTMS_MEDIASTATE_INUSE, (long long)NTMS_MEDIASTATE_MOUNTED);
    libreq_state(rsm, &request->id, error ? NTMS_LM_FAILED : NTMS_LM_PASSED, error);
    rsm_event(rsm, NTMS_DRIVE, NTMS_OBJ_UPDATE, &request->drive);
    rsm_event(rsm, NTMS_PHYSICAL_MEDIA, NTMS_OBJ_UPDATE, &request->medium);
    return rsm_end(rsm, 0);
}

static uint32_t do_dismount(struct library *library, const struct libreq *request)
{
    struct mount_plan plan = {0};
    uint32_t error = read_plan(library->rsm, request, &plan);

    if (!error && plan.at.type == CHANGER_DRIVE) error = empty_drive(library, &request->medium, plan.at.index);
    return end_request(library->rsm, request, error);
}

/* IdentifyNtmsSlot: "Leave the media in the drive ... as if it had been dismounted with the "deferred" option." */
static bool stays_in_drive(struct library *library, const struct libreq *request)
{
    struct rsm *rsm = library->rsm;

    if (library->description.stand_alone) return true;
    if (request->op != NTMS_LM_PROCESSOMID || request->option != NTMS_DISMOUNT_DEFERRED) return false;
    rsm_begin(rsm);
    db_run(&rsm->db, "UPDATE drive SET dismount_at=?+10000000*defer_delay WHERE id=?", "ig", (long long)filetime_now(),
           &request->drive);
    rsm->clock_stale = true;
    return !rsm_end(rsm, 0);
}

/* Reads the labels, or writes a free one, in a drive; the medium goes back to its slot afterwards. */
static uint32_t do_label(struct library *library, struct libreq *request)
{
    struct rsm *rsm = library->rsm;
    uint32_t drive = 0, error = load_medium(library, request, &drive);
    uint32_t sides = library->description.sides;

    for (uint32_t side = 0; side < sides && !error && request->op == NTMS_LM_WRITESCRATCH; side++)
    {
        struct media_label label = {.kind = LABEL_FREE, .type = MEDIA_LABEL_FREE_TYPE, .id_size = sizeof(struct guid)};
        struct guid id = guid_new();

        memcpy(label.id, &id, sizeof(id));
        error = library->changer->kind->load(library->changer, drive, side);
        if (!error) error = library->changer->kind->write_label(library->changer, drive, side, &label);
        if (error) break;
        rsm_begin(rsm);
        db_run(&rsm->db,
               "UPDATE side SET state=?, label_id=?, label_type=?, label_info='' WHERE medium=? AND number=? "
               "AND state=?",
               "ibtgii", (long long)NTMS_PARTSTATE_AVAILABLE, label.id, (size_t)label.id_size, label.type,
               &request->medium, (long long)side, (long long)NTMS_PARTSTATE_UNPREPARED);
        error = rsm_end(rsm, 0);
    }
    if (!error && request->op == NTMS_LM_PROCESSOMID) error = identify_run(library, &request->medium, drive);
    if (!error && !stays_in_drive(library, request)) error = empty_drive(library, &request->medium, drive);
    return end_request(rsm, request, error);
}

static uint32_t do_inventory(struct library *library, const struct libreq *request)
{
    struct rsm *rsm = library->rsm;
    uint32_t method = request->option, error = 0;

    pthread_mutex_lock(&rsm->lock);
    rsm->db.error = 0;
    if (method == NTMS_INVENTORY_DEFAULT)
        method = (uint32_t)db_number(&rsm->db, "SELECT method FROM library WHERE id=?", "g", &library->id);
    pthread_mutex_unlock(&rsm->lock);
    /* None: what is where is taken from the library's memory, and no medium is looked at. Media have to be known to be
     * kept, all the same. */
    error = inventory_run(library, method != NTMS_INVENTORY_NONE,
                          method == NTMS_INVENTORY_OMID   ? IDENTIFY_ALL
                          : method == NTMS_INVENTORY_NONE ? IDENTIFY_NONE
                                                          : IDENTIFY_NEW);
    return end_request(rsm, request, error);
}

static uint32_t do_request(struct library *library, struct libreq *request)
{
    switch (request->op)
    {
    case NTMS_LM_MOUNT:
        return do_mount(library, request);
    case NTMS_LM_DISMOUNT:
        return do_dismount(library, request);
    case NTMS_LM_PROCESSOMID:
    case NTMS_LM_WRITESCRATCH:
        return do_label(library, request);
    case NTMS_LM_EJECT:
    case NTMS_LM_EJECTCLEANER:
        return eject_run(library, request);
    case NTMS_LM_INVENTORY:
        return do_inventory(library, request);
    case NTMS_LM_CLEANDRIVE:
        return clean_run(library, request);
    default:
        return end_request(library->rsm, request, ERROR_NOT_SUPPORTED);
    }
}

/* ---- The thread ---- */

/* A device that does not say what is where needs somebody who looks at it. Told once. */
static void note_health(struct library *library, uint32_t error)
{
    struct rsm *rsm = library->rsm;

    if (library->failing == (error != 0)) return;
    library->failing = error != 0;
    rsm_begin(rsm);
    db_run(&rsm->db, "UPDATE object SET opstate=? WHERE id=?", "ig",
           (long long)(error ? NTMS_NEEDS_SERVICE : NTMS_READY), &library->id);
    rsm_event(rsm, NTMS_LIBRARY, NTMS_OBJ_UPDATE, &library->id);
    if (error)
        opreq_add(rsm, NULL, NTMS_OPREQ_DEVICESERVICE, "A library does not say what is in it.", &library->id, NULL);
    rsm_end(rsm, 0);
}

/* Drives and media that are kept for a request that was cancelled while its end could not be written are free again. */
static uint32_t free_abandoned(struct library *library)
{
    struct rsm *rsm = library->rsm;

    rsm_begin(rsm);
    db_run(
        &rsm->db,
        "UPDATE drive SET reserved=NULL WHERE library=? AND reserved IS NOT NULL AND NOT EXISTS(SELECT 1 FROM libreq "
        "WHERE work=drive.reserved AND state=?)",
        "gi", &library->id, (long long)NTMS_LM_INPROCESS);
    db_run(&rsm->db,
           "UPDATE medium SET state=CASE place_type WHEN 5 THEN ? ELSE ? END WHERE library=? AND state=? AND NOT "
           "EXISTS(SELECT 1 FROM libreq WHERE medium=medium.id AND state=?)",
           "iigii", (long long)NTMS_MEDIASTATE_UNLOADED, (long long)NTMS_MEDIASTATE_IDLE, &library->id,
           (long long)NTMS_MEDIASTATE_INUSE, (long long)NTMS_LM_INPROCESS);
    return rsm_end(rsm, 0);
}

/* Finds out where the media are, after a move of which that is not known, or a database that took nothing. */
static uint32_t settle_places(struct library *library)
{
    uint32_t error = free_abandoned(library);

    if (!error) error = inventory_run(library, true, IDENTIFY_NEW);

    library->uncertain = error != 0;
    if (error != ERROR_DATABASE_FULL && error != ERROR_DATABASE_FAILURE && error != ERROR_NOT_ENOUGH_MEMORY)
        note_health(library, error);
    return error;
}

static bool next_request(struct library *library, struct libreq *request)
{
    struct rsm *rsm = library->rsm;
    struct guid id;

    rsm->db.error = 0;
    /* What goes through a door or port is looked after beside the others. */
    id = db_id(&rsm->db,
               "SELECT id, MIN(+ord) FROM libreq r WHERE state=1 AND library=? AND op<>9 AND op<>12 AND op<>13 AND "
               "(op<>11 OR EXISTS(SELECT 1 FROM port WHERE library=r.library))",
               "g", &library->id);
    return !guid_is_null(&id) && libreq_read(rsm, &id, request);
}

/* The request for which the door is open, or has to be opened. */
static bool door_request(struct library *library, struct libreq *request)
{
    struct rsm *rsm = library->rsm;
    struct guid id = library->extended;

    if (guid_is_null(&id))
        id = db_id(&rsm->db,
                   "SELECT id FROM libreq WHERE state=1 AND library=?1 AND (op=9 OR (op IN (11, 13) AND NOT "
                   "EXISTS(SELECT 1 FROM port WHERE library=?1))) LIMIT 1",
                   "g", &library->id);
    return !guid_is_null(&id) && libreq_read(rsm, &id, request) &&
           (request->op == NTMS_LM_DOORACCESS || !library->description.elements[CHANGER_PORT]);
}

/* What has to be looked at now and then. */
struct rounds
{
    bool door, ports, watch;
    struct libreq door_request;
};

static bool any_rounds(struct library *library, struct rounds *rounds)
{
    rounds->door = door_request(library, &rounds->door_request);
    rounds->ports = !rounds->door && ports_have_work(library);
    rounds->watch = library_is_watched(library->rsm, &library->id);
    return rounds->door || rounds->ports || rounds->watch;
}

static void make_rounds(struct library *library, const struct rounds *rounds)
{
    if (rounds->door)
        door_poll(library, &rounds->door_request);
    else if (rounds->ports)
        ports_poll(library);
    else if (rounds->watch)
        watch_poll(library);
}

static void wait_for_work(struct library *library, bool poll)
{
    struct timespec until;

    if (!poll)
    {
        pthread_cond_wait(&library->wake, &library->rsm->lock);
        return;
    }
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += POLL_MS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    pthread_cond_timedwait(&library->wake, &library->rsm->lock, &until);
}

/* Ends a request that a device that does not answer cannot do. */
static uint32_t fail_request(struct library *library, const struct libreq *request, uint32_t error)
{
    if (request->op != NTMS_LM_MOUNT) return end_request(library->rsm, request, error);
    rsm_begin(library->rsm);
    finish_mount(library->rsm, request, error);
    return rsm_end(library->rsm, 0);
}

/* Whether it is still to be done; from then on it is for its own end to free what it has reserved. */
static bool begin_request(struct library *library, const struct libreq *request)
{
    struct rsm *rsm = library->rsm;
    bool begun;

    pthread_mutex_lock(&rsm->lock);
    rsm->db.error = 0;
    begun =
        db_number(&rsm->db, "SELECT state=? FROM libreq WHERE id=?", "ig", (long long)NTMS_LM_INPROCESS, &request->id);
    if (begun) library->current = request->id;
    pthread_mutex_unlock(&rsm->lock);
    return begun;
}

/* One request, or one round. Without the lock. */
static void do_work(struct library *library, struct libreq *request, bool work, const struct rounds *rounds)
{
    uint32_t lost = library->uncertain ? settle_places(library) : 0;
    bool full = lost == ERROR_DATABASE_FULL || lost == ERROR_DATABASE_FAILURE || lost == ERROR_NOT_ENOUGH_MEMORY;

    if (!work && !lost) make_rounds(library, rounds);
    if (!work || full)
    {
        if (full) usleep(RETRY_US); /* the database takes nothing: the request stays and is tried again */
        return;
    }
    if (!begin_request(library, request)) return;
    if (!(lost ? fail_request(library, request, lost) : do_request(library, request))) return;
    library->uncertain = true; /* that it has ended is not written */
    usleep(RETRY_US);
}

void *library_main(void *context)
{
    struct library *library = context;
    struct rsm *rsm = library->rsm;
    struct libreq request;

    pthread_mutex_lock(&rsm->lock);
    while (!library->stop)
    {
        struct rounds rounds = {0};
        bool work = next_request(library, &request), poll = any_rounds(library, &rounds) || library->uncertain;

        if (rsm->db.error) poll = true; /* it is not known whether there is any work */
        if (work || poll)
        {
            pthread_mutex_unlock(&rsm->lock);
            do_work(library, &request, work, &rounds);
            pthread_mutex_lock(&rsm->lock);
            library->current = (struct guid){{0}};
            pthread_cond_broadcast(&rsm->idle);
            if (work) continue;
        }
        if (!library->stop) wait_for_work(library, poll);
    }
    pthread_mutex_unlock(&rsm->lock);
    if (!guid_is_null(&library->extended)) unlock(library, false);
    return NULL;
}
