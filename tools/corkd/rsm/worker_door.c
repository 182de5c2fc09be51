/* The door: unlocked for a person until he has closed it, or has had it open as long as it may be. Then what he was
 * let in for is looked at. */
#include "rsm/worker.h"

static void door_state(struct rsm *rsm, const struct guid *library, uint32_t state)
{
    struct guid door = db_id(&rsm->db, "SELECT id FROM door WHERE library=? ORDER BY number LIMIT 1", "g", library);

    db_run(&rsm->db, "UPDATE door SET state=? WHERE library=?", "ig", (long long)state, library);
    object_touch(rsm, &door);
}

static void open_door(struct library *library, const struct libreq *request)
{
    struct rsm *rsm = library->rsm;
    uint32_t error = unlock(library, true);
    long long seconds;

    if (error)
    {
        end_request(rsm, request, error);
        return;
    }
    rsm_begin(rsm);
    seconds = db_number(&rsm->db, "SELECT MAX(max_open) FROM door WHERE library=?", "g", &library->id);
    door_state(rsm, &library->id, NTMS_DOORSTATE_OPEN);
    library->extended = request->id;
    library->extended_until = monotonic_ms() + (uint64_t)seconds * 1000;
    rsm_end(rsm, 0);
}

static bool is_open(struct library *library)
{
    bool open = true;

    if (monotonic_ms() >= library->extended_until) return false;
    if (library->changer->kind->is_open && library->changer->kind->is_open(library->changer, &open)) return false;
    return open;
}

/* What a person has put into the reserved slot is the cleaner. */
static void take_cleaner(struct rsm *rsm, const struct libreq *request)
{
    struct guid medium = db_id(&rsm->db, "SELECT id FROM medium WHERE place=? AND place_type=16", "g", &request->slot);

    if (guid_is_null(&medium))
        libreq_state(rsm, &request->id, NTMS_LM_FAILED, ERROR_TIMEOUT);
    else
        cleaner_found(rsm, &request->library, &request->slot, &medium, request->option);
}

/* "If the NTMS_IEDOOR object is used, no inventory will be performed on the library": what stands where is asked for,
 * and no medium is looked at. The same when the door was opened for no inventory. */
static uint32_t look_inside(struct library *library, const struct libreq *request)
{
    uint32_t method = request->op == NTMS_LM_DOORACCESS ? request->option : (uint32_t)NTMS_INVENTORY_NONE;
    struct rsm *rsm = library->rsm;
    struct libreq inventory = {.op = NTMS_LM_INVENTORY, .option = method, .library = library->id};

    if (method == NTMS_INVENTORY_DEFAULT)
    {
        pthread_mutex_lock(&rsm->lock);
        rsm->db.error = 0;
        method = (uint32_t)db_number(&rsm->db, "SELECT method FROM library WHERE id=?", "g", &library->id);
        pthread_mutex_unlock(&rsm->lock);
    }
    if (method == NTMS_INVENTORY_NONE) return inventory_run(library, false, IDENTIFY_NONE);
    rsm_begin(rsm);
    libreq_add(rsm, NULL, &inventory);
    return rsm_end(rsm, 0);
}

/* Also one whose request has been cancelled meanwhile. */
static void close_door(struct library *library, const struct libreq *request)
{
    struct rsm *rsm = library->rsm;
    uint32_t error;

    unlock(library, false);
    error = look_inside(library, request);
    if (error) library->uncertain = true;
    rsm_begin(rsm);
    door_state(rsm, &library->id, NTMS_DOORSTATE_CLOSED);
    if (db_number(&rsm->db, "SELECT state FROM libreq WHERE id=?", "g", &request->id) == NTMS_LM_INPROCESS)
    {
        libreq_state(rsm, &request->id, error ? NTMS_LM_FAILED : NTMS_LM_PASSED, error);
        if (!error && request->op == NTMS_LM_INJECTCLEANER) take_cleaner(rsm, request);
    }
    end_extended(library); /* one that could not be written is done again, with the door closed */
}

void door_poll(struct library *library, const struct libreq *request)
{
    if (!guid_equal(&library->extended, &request->id))
        open_door(library, request);
    else if (request->state != NTMS_LM_INPROCESS || !is_open(library))
        close_door(library, request);
}
