/* A library's thread: does what schedule() has started, one move after another. */
#include "rsm/engine.h"
#include "rsm/media_label.h"

#include <time.h>
#include <unistd.h>

#define PORT_POLL_MS 200

/* ---- Moves ---- */

static bool place_of(struct rsm *rsm, const struct guid *medium, struct changer_element *element)
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

/* Moves a medium to a slot, drive or port of its library. */
static uint32_t move_medium(struct library *library, const struct guid *medium, const struct guid *target, bool flip)
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

/* Where a medium goes from a drive: its own slot, else any that is empty. */
static struct guid slot_for(struct rsm *rsm, const struct guid *library, const struct guid *medium)
{
    struct guid slot;

    pthread_mutex_lock(&rsm->lock);
    rsm->db.error = 0;
    slot = db_id(&rsm->db,
                 "SELECT home FROM medium m WHERE id=? AND home IS NOT NULL AND NOT EXISTS(SELECT 1 FROM medium o "
                 "WHERE o.place=m.home AND o.place_type=16)"
                 " AND home IN (SELECT id FROM slot WHERE library=?)",
                 "gg", medium, library);
    if (guid_is_null(&slot))
        slot = db_id(&rsm->db,
                     "SELECT id FROM slot s WHERE library=? AND state=? AND NOT EXISTS(SELECT 1 FROM medium WHERE "
                     "place=s.id AND place_type=16) AND"
                     " id IS NOT (SELECT cleaner_slot FROM library WHERE id=s.library) ORDER BY number LIMIT 1",
                     "gi", library, (long long)NTMS_SLOTSTATE_EMPTY);
    pthread_mutex_unlock(&rsm->lock);
    return slot;
}

/* Takes the medium out of a drive. */
static uint32_t empty_drive(struct library *library, const struct guid *medium, uint32_t drive)
{
    struct guid slot = slot_for(library->rsm, &library->id, medium);
    uint32_t error;

    if (guid_is_null(&slot)) return ERROR_LIBRARY_FULL;
    drive_letter(library, drive, false);
    error = library->changer->kind->unload(library->changer, drive);
    return error ? error : move_medium(library, medium, &slot, false);
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
    uint32_t error = 0;

    pthread_mutex_lock(&rsm->lock);
    rsm->db.error = 0;
    plan->drive_id = request->drive;
    if (!element_of(rsm, &request->drive, &plan->drive) || !place_of(rsm, &request->medium, &plan->at))
        error = ERROR_INVALID_STATE;
    plan->other = db_id(&rsm->db, "SELECT id FROM medium WHERE place=? AND place_type=5", "g", &request->drive);
    plan->side = (uint32_t)db_number(&rsm->db, "SELECT number FROM side WHERE id=?", "g", &request->side);
    plan->mounted_side = (uint32_t)db_number(
        &rsm->db, "SELECT s.number FROM medium m JOIN side s ON s.id=m.mounted WHERE m.id=?", "g", &request->medium);
    pthread_mutex_unlock(&rsm->lock);
    return error;
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
    uint32_t drive = 0, side, noted, error = load_medium(library, request, &drive);

    pthread_mutex_lock(&rsm->lock);
    rsm->db.error = 0;
    side = (uint32_t)db_number(&rsm->db, "SELECT number FROM side WHERE id=?", "g", &request->side);
    pthread_mutex_unlock(&rsm->lock);
    if (!error) error = verify_label(library, request, drive, side);
    if (!error) drive_letter(library, drive, true);
    rsm_begin(rsm);
    finish_mount(rsm, request, error);
    noted = rsm_end(rsm, 0);
    if (error) recover_library(library);
    return noted;
}

/* ---- Others ---- */

static uint32_t end_request(struct rsm *rsm, const struct libreq *request, uint32_t error)
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
    if (!error) error = empty_drive(library, &request->medium, drive);
    return end_request(rsm, request, error);
}

static uint32_t do_eject(struct library *library, const struct libreq *request)
{
    struct rsm *rsm = library->rsm;
    struct changer_element at = {0};
    uint32_t error = 0;
    struct guid port;

    pthread_mutex_lock(&rsm->lock);
    rsm->db.error = 0;
    port = db_id(&rsm->db, "SELECT id FROM port WHERE library=? AND content<>? ORDER BY number LIMIT 1", "gi",
                 &request->library, (long long)NTMS_PORTCONTENT_FULL);
    if (!place_of(rsm, &request->medium, &at)) error = ERROR_INVALID_STATE;
    pthread_mutex_unlock(&rsm->lock);
    if (!error && guid_is_null(&port)) error = ERROR_IEPORT_FULL;
    if (!error && at.type == CHANGER_DRIVE)
    {
        drive_letter(library, at.index, false);
        error = library->changer->kind->unload(library->changer, at.index);
    }
    if (!error) error = move_medium(library, &request->medium, &port, false);
    if (error) return end_request(rsm, request, error);
    rsm_begin(rsm);
    libreq_state(rsm, &request->id, NTMS_LM_PASSED, 0);
    medium_goes_offline(rsm, &request->medium);
    return rsm_end(rsm, 0);
}

static uint32_t do_inventory(struct library *library, const struct libreq *request)
{
    struct rsm *rsm = library->rsm;
    uint32_t method = request->option, error = 0;

    pthread_mutex_lock(&rsm->lock);
    rsm->db.error = 0;
    library->stop_inventory = false;
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

static uint32_t do_clean(struct library *library, const struct libreq *request)
{
    struct rsm *rsm = library->rsm;
    struct libreq load = *request;
    struct guid cleaner;
    uint32_t drive = 0, error = 0;

    pthread_mutex_lock(&rsm->lock);
    rsm->db.error = 0;
    cleaner = db_id(
        &rsm->db, "SELECT m.id FROM medium m JOIN library l ON l.id=? WHERE m.place=l.cleaner_slot AND m.place_type=16",
        "g", &library->id);
    pthread_mutex_unlock(&rsm->lock);
    load.medium = cleaner;
    load.side = (struct guid){{0}};
    if (guid_is_null(&cleaner)) error = ERROR_INVALID_CLEANER;
    if (!error) error = load_medium(library, &load, &drive);
    if (!error) error = empty_drive(library, &cleaner, drive);
    rsm_begin(rsm);
    if (!error)
    {
        db_run(&rsm->db, "UPDATE drive SET cleaned=? WHERE id=?", "ig", (long long)filetime_now(), &request->drive);
        db_run(&rsm->db, "UPDATE library SET cleaner_uses=MAX(cleaner_uses-1, 0) WHERE id=?", "g", &library->id);
    }
    rsm_end(rsm, 0);
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
        return do_eject(library, request);
    case NTMS_LM_INVENTORY:
        return do_inventory(library, request);
    case NTMS_LM_CLEANDRIVE:
        return do_clean(library, request);
    default:
        return end_request(library->rsm, request, ERROR_NOT_SUPPORTED);
    }
}

/* ---- Injecting ---- */

/* Takes what lies in the ports into free slots. Returns how many. */
static unsigned take_in(struct library *library)
{
    struct rsm *rsm = library->rsm;
    struct changer_content contents[64];
    uint32_t ports = library->description.elements[CHANGER_PORT];
    unsigned taken = 0;

    if (ports > 64) ports = 64;
    if (!ports || library->changer->kind->inventory(library->changer, CHANGER_PORT, false, contents)) return 0;
    for (uint32_t i = 0; i < ports; i++)
    {
        struct guid slot, none = {{0}};
        struct changer_element from = {CHANGER_PORT, i}, to = {0};
        bool found;

        if (!contents[i].full) continue;
        slot = slot_for(rsm, &library->id, &none);
        pthread_mutex_lock(&rsm->lock);
        rsm->db.error = 0;
        found = element_of(rsm, &slot, &to);
        pthread_mutex_unlock(&rsm->lock);
        if (!found || library->changer->kind->move(library->changer, from, to, false)) break;
        taken++;
        if (inventory_run(library, false, IDENTIFY_NEW)) break;
    }
    return taken;
}

static void poll_ports(struct library *library)
{
    struct rsm *rsm = library->rsm;
    struct guid request;
    unsigned taken = take_in(library);
    bool late, many;

    rsm_begin(rsm);
    request = db_id(&rsm->db, "SELECT id FROM libreq WHERE library=? AND state=1 AND op=? ORDER BY ord LIMIT 1", "gi",
                    &library->id, (long long)NTMS_LM_INJECT);
    late = db_number(&rsm->db,
                     "SELECT queued + 10000000 * IFNULL((SELECT MAX(max_extend) FROM port WHERE "
                     "library=libreq.library), 0) < ? FROM libreq WHERE id=?",
                     "ig", (long long)filetime_now(), &request);
    many =
        db_number(&rsm->db, "SELECT option=? FROM libreq WHERE id=?", "ig", (long long)NTMS_INJECT_STARTMANY, &request);
    if (taken && !many)
        libreq_state(rsm, &request, NTMS_LM_PASSED, 0);
    else if (late || !library->description.elements[CHANGER_PORT])
        libreq_state(rsm, &request, many ? NTMS_LM_PASSED : NTMS_LM_FAILED, many ? 0 : ERROR_TIMEOUT);
    rsm_end(rsm, 0);
}

/* ---- The thread ---- */

static void wait_for_work(struct library *library, bool ports)
{
    struct timespec until;

    if (!ports)
    {
        pthread_cond_wait(&library->wake, &library->rsm->lock);
        return;
    }
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += PORT_POLL_MS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    pthread_cond_timedwait(&library->wake, &library->rsm->lock, &until);
}

static bool next_request(struct library *library, struct libreq *request)
{
    struct rsm *rsm = library->rsm;
    struct guid id;

    rsm->db.error = 0;
    id = db_id(&rsm->db, "SELECT id FROM libreq WHERE state=1 AND library=? AND op<>? ORDER BY ord LIMIT 1", "gi",
               &library->id, (long long)NTMS_LM_INJECT);
    return !guid_is_null(&id) && libreq_read(rsm, &id, request);
}

void *library_main(void *context)
{
    struct library *library = context;
    struct rsm *rsm = library->rsm;
    struct libreq request;

    pthread_mutex_lock(&rsm->lock);
    while (!library->stop)
    {
        bool work = next_request(library, &request);
        bool ports =
            !work && db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM libreq WHERE library=? AND state=1 AND op=?)",
                               "gi", &library->id, (long long)NTMS_LM_INJECT);

        if (work) library->current = request.id;
        if (work || ports)
        {
            pthread_mutex_unlock(&rsm->lock);
            if (library->uncertain && !inventory_run(library, true, IDENTIFY_NEW)) library->uncertain = false;
            if (ports)
                poll_ports(library);
            else if (library->uncertain || do_request(library, &request))
                usleep(50000); /* the database takes nothing (a full disk): the request stays and is tried again */
            pthread_mutex_lock(&rsm->lock);
            library->current = (struct guid){{0}};
            pthread_cond_broadcast(&rsm->idle);
            if (work) continue;
        }
        if (!library->stop) wait_for_work(library, ports);
    }
    pthread_mutex_unlock(&rsm->lock);
    return NULL;
}
