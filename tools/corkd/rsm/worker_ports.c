/* The insert/eject ports of a library: media that go out, and media that are taken in while a person puts them there.
 *
 * InjectNtmsMedia: "1. Allow/unlock/extend the NTMS_IEPORT. 2. Poll for a full NTMS_IEPORT, a retracted NTMS_IEPORT, a
 * Stop Inject command, or a time-out value. 3. When one of the preceding events occurs, the NTMS_IEPORT is locked, each
 * medium in the NTMS_IEPORT is moved to a slot, and an identify medium command is queued for each medium." */
#include "rsm/worker.h"

#include <stdlib.h>

#define OUT_OF_SLOTS "A library has no slot for the media in its ports: media have to be taken out of it."

/* ---- Ports ---- */

static long long content_of(const struct changer_content *port)
{
    return port->full ? NTMS_PORTCONTENT_FULL : NTMS_PORTCONTENT_EMPTY;
}

/* Whether the database has the ports as they are. */
static bool is_noted(struct library *library, const struct changer_content *contents)
{
    struct rsm *rsm = library->rsm;
    bool noted = true;

    pthread_mutex_lock(&rsm->lock);
    rsm->db.error = 0;
    for (uint32_t i = 0; i < library->description.elements[CHANGER_PORT] && noted; i++)
        noted = db_number(&rsm->db, "SELECT content FROM port WHERE library=? AND number=?", "gi", &library->id,
                          (long long)i) == content_of(&contents[i]);
    pthread_mutex_unlock(&rsm->lock);
    return noted;
}

/* Asks what is in the ports, and notes it. Returns an array, the caller's to free; NULL: the library does not say. */
static struct changer_content *read_ports(struct library *library, bool *any_full)
{
    uint32_t ports = library->description.elements[CHANGER_PORT];
    struct changer_content *contents = calloc(ports + 1, sizeof(*contents));
    struct rsm *rsm = library->rsm;

    *any_full = false;
    if (!contents || library->changer->kind->inventory(library->changer, CHANGER_PORT, false, contents))
    {
        free(contents);
        return NULL;
    }
    for (uint32_t i = 0; i < ports; i++)
        *any_full = *any_full || contents[i].full;
    if (is_noted(library, contents)) return contents;
    rsm_begin(rsm);
    for (uint32_t i = 0; i < ports; i++)
        db_run(&rsm->db, "UPDATE port SET content=? WHERE library=? AND number=?", "igi", content_of(&contents[i]),
               &library->id, (long long)i);
    rsm_end(rsm, 0);
    return contents;
}

static void position(struct library *library, uint32_t position)
{
    db_run(&library->rsm->db, "UPDATE port SET position=? WHERE library=?", "ig", (long long)position, &library->id);
}

/* ---- Out ---- */

static uint32_t requeue(struct rsm *rsm, const struct libreq *request)
{
    rsm_begin(rsm);
    db_run(&rsm->db, "UPDATE medium SET state=CASE place_type WHEN 5 THEN ? ELSE ? END WHERE id=?", "iig",
           (long long)NTMS_MEDIASTATE_UNLOADED, (long long)NTMS_MEDIASTATE_IDLE, &request->medium);
    libreq_state(rsm, &request->id, NTMS_LM_QUEUED, 0);
    return rsm_end(rsm, 0);
}

uint32_t eject_run(struct library *library, const struct libreq *request)
{
    struct rsm *rsm = library->rsm;
    struct changer_element at = {0};
    bool any_full, found;
    struct guid port;
    uint32_t error;

    free(read_ports(library, &any_full));
    rsm_look(rsm);
    port = db_id(&rsm->db, "SELECT id FROM port WHERE library=? AND content<>? ORDER BY number LIMIT 1", "gi",
                 &request->library, (long long)NTMS_PORTCONTENT_FULL);
    found = place_of(rsm, &request->medium, &at);
    error = rsm_looked(rsm);
    if (!error && !found) error = ERROR_INVALID_STATE;
    if (!error && guid_is_null(&port)) return requeue(rsm, request);
    if (!error && request->option == NTMS_EJECT_FORCE && library->changer->kind->force)
        library->changer->kind->force(library->changer, at.index);
    if (!error && at.type == CHANGER_DRIVE) error = library->changer->kind->unload(library->changer, at.index);
    if (!error && at.type == CHANGER_DRIVE) drive_letter(library, at.index, false);
    if (!error) error = move_medium(library, &request->medium, &port, false);
    if (error) return end_request(rsm, request, error);
    rsm_begin(rsm);
    libreq_state(rsm, &request->id, NTMS_LM_PASSED, 0);
    if (request->op == NTMS_LM_EJECTCLEANER) cleaner_gone(rsm, &library->id);
    medium_goes_offline(rsm, &request->medium);
    /* It is in the port until a person takes it. */
    db_run(&rsm->db, "UPDATE port SET content=? WHERE id=?", "ig", (long long)NTMS_PORTCONTENT_FULL, &port);
    return rsm_end(rsm, 0);
}

/* Ejects that have waited for a port as long as "the time-out value" says. */
static void end_late_ejects(struct library *library)
{
    struct rsm *rsm = library->rsm;
    struct guid late;

    rsm_begin(rsm);
    late = db_id(&rsm->db,
                 "SELECT id FROM libreq WHERE library=?1 AND op IN (10, 11) AND state=0 AND queued + 10000000 * "
                 "(SELECT MAX(max_extend) FROM port WHERE library=?1) <= ?2 ORDER BY ord LIMIT 1",
                 "gi", &library->id, (long long)filetime_now());
    if (!guid_is_null(&late)) libreq_state(rsm, &late, NTMS_LM_FAILED, ERROR_IEPORT_FULL);
    rsm_end(rsm, 0);
}

/* ---- In ---- */

struct taken
{
    uint32_t count;
    bool left;      /* there is no slot for more */
    uint32_t error; /* why nothing, or no more, was taken */
};

static uint32_t take_one(struct library *library, uint32_t port, const struct guid *slot)
{
    struct changer_element from = {CHANGER_PORT, port}, to = {0};
    struct rsm *rsm = library->rsm;
    uint32_t error;
    bool found;

    rsm_look(rsm);
    found = element_of(rsm, slot, &to);
    error = rsm_looked(rsm);
    if (error) return error;
    if (!found) return ERROR_LIBRARY_FULL;
    error = library->changer->kind->move(library->changer, from, to, false);
    if (!error) error = inventory_run(library, false, IDENTIFY_NEW); /* which queues the identification */
    if (error) library->uncertain = true;
    return error;
}

static void take_media(struct library *library, const struct changer_content *contents, struct taken *taken)
{
    for (uint32_t i = 0; i < library->description.elements[CHANGER_PORT] && !taken->error && !taken->left; i++)
    {
        struct guid slot, none = {{0}};

        if (!contents[i].full) continue;
        taken->error = slot_for(library->rsm, &library->id, &none, &slot);
        taken->left = taken->error == ERROR_LIBRARY_FULL;
        if (taken->left) taken->error = 0;
        if (!taken->left && !taken->error) taken->error = take_one(library, i, &slot);
        if (!taken->left && !taken->error) taken->count++;
    }
}

/* One cleaner into the reserved slot. What is certainly none stays where it is. */
static void take_cleaner(struct library *library, const struct libreq *request, const struct changer_content *contents,
                         struct taken *taken)
{
    for (uint32_t i = 0; i < library->description.elements[CHANGER_PORT]; i++)
    {
        if (!contents[i].full) continue;
        if (!contents[i].cleaner && library->description.barcode_reader && contents[i].barcode[0])
            taken->error = ERROR_INVALID_CLEANER;
        else
            taken->error = take_one(library, i, &request->slot);
        if (!taken->error) taken->count++;
        return;
    }
}

/* What a person has put into a stand-alone drive, or into its tray: it is drawn in. */
static bool drive_is_full(struct library *library)
{
    struct changer_content content;

    return !library->changer->kind->inventory(library->changer, CHANGER_DRIVE, false, &content) && content.full &&
           content.readable;
}

static void take_inserted(struct library *library, struct taken *taken)
{
    const struct changer_element from = {CHANGER_PORT, 0}, to = {CHANGER_DRIVE, 0};
    uint32_t error = drive_is_full(library) ? 0 : library->changer->kind->move(library->changer, from, to, false);

    if (!error) error = inventory_run(library, false, IDENTIFY_NEW);
    if (!error)
        taken->count = 1;
    else if (error != ERROR_EMPTY)
        taken->error = error;
}

/* What happened that ends the waiting for a person; `goes_on`: the ports are opened again afterwards. */
struct port_event
{
    bool any, stop, late, goes_on;
};

static struct port_event look_for_event(struct library *library, const struct libreq *request, bool any_full)
{
    bool open = true, marked = !guid_is_null(&request->slot) && request->op == NTMS_LM_INJECT;
    struct port_event event = {.stop = request->option == NTMS_INJECT_STOP && request->op == NTMS_LM_INJECT};

    if (library->changer->kind->is_open && library->changer->kind->is_open(library->changer, &open)) open = false;
    event.late = monotonic_ms() >= library->extended_until;
    event.any = event.stop || event.late || marked || any_full || !open ||
                (request->op == NTMS_LM_INJECT && request->option == NTMS_INJECT_RETRACT);
    event.goes_on =
        request->op == NTMS_LM_INJECT && request->option == NTMS_INJECT_STARTMANY && !event.stop && !event.late;
    if (library->description.stand_alone) event.goes_on = false; /* it holds one */
    return event;
}

static void extend(struct library *library, const struct libreq *request)
{
    struct rsm *rsm = library->rsm;
    long long seconds;

    unlock(library, true);
    rsm_begin(rsm);
    position(library, NTMS_PORTPOSITION_EXTENDED);
    seconds = db_number(&rsm->db, "SELECT MAX(max_extend) FROM port WHERE library=?", "g", &library->id);
    library->extended = request->id;
    library->extended_until = monotonic_ms() + (uint64_t)seconds * 1000;
    db_run(&rsm->db, "UPDATE libreq SET slot=NULL WHERE id=? AND op=12", "g", &request->id);
    rsm_end(rsm, 0);
}

static void finish(struct library *library, const struct libreq *request, const struct port_event *event,
                   const struct taken *taken)
{
    struct rsm *rsm = library->rsm;
    uint32_t error = taken->error;
    bool wanted;

    if (!error && taken->left && !taken->count) error = ERROR_LIBRARY_FULL;
    if (!error && event->late && !taken->count &&
        (request->op == NTMS_LM_INJECTCLEANER || request->option == NTMS_INJECT_START))
        error = ERROR_TIMEOUT;
    if (!error && request->op == NTMS_LM_INJECTCLEANER && !taken->count) error = ERROR_INVALID_CLEANER;
    rsm_begin(rsm);
    position(library, NTMS_PORTPOSITION_RETRACTED);
    wanted = db_number(&rsm->db, "SELECT state FROM libreq WHERE id=?", "g", &request->id) == NTMS_LM_INPROCESS;
    if (taken->left) opreq_add(rsm, NULL, NTMS_OPREQ_MOVEMEDIA, OUT_OF_SLOTS, &library->id, &library->id);
    if (taken->count && request->op == NTMS_LM_INJECTCLEANER)
    {
        struct guid medium =
            db_id(&rsm->db, "SELECT id FROM medium WHERE place=? AND place_type=16", "g", &request->slot);

        cleaner_found(rsm, &library->id, &request->slot, &medium, request->option);
    }
    if (wanted)
        libreq_state(rsm, &request->id, event->stop ? NTMS_LM_STOPPED : error ? NTMS_LM_FAILED : NTMS_LM_PASSED, error);
    end_extended(library);
}

static void inject_poll(struct library *library, const struct libreq *request)
{
    struct changer_content *contents;
    struct port_event event;
    struct taken taken = {0};
    bool any_full;

    if (!guid_equal(&library->extended, &request->id)) extend(library, request);
    contents = read_ports(library, &any_full);
    if (library->description.stand_alone) any_full = drive_is_full(library);
    event = look_for_event(library, request, any_full);
    if (!event.any && contents)
    {
        free(contents);
        return;
    }
    unlock(library, false);
    if (!contents)
        taken.error = ERROR_DEVICE_NOT_AVAILABLE;
    else if (library->description.stand_alone && !event.stop)
        take_inserted(library, &taken);
    else if (request->op == NTMS_LM_INJECTCLEANER)
        take_cleaner(library, request, contents, &taken);
    else
        take_media(library, contents, &taken);
    free(contents);
    if (event.goes_on && !taken.left && !taken.error)
        extend(library, request);
    else
        finish(library, request, &event, &taken);
}

/* An inject that was cancelled: the ports are locked. */
static void retract(struct library *library)
{
    struct rsm *rsm = library->rsm;

    unlock(library, false);
    rsm_begin(rsm);
    position(library, NTMS_PORTPOSITION_RETRACTED);
    end_extended(library);
}

/* ---- Both ---- */

static struct guid next_inject(struct library *library)
{
    return db_id(
        &library->rsm->db,
        "SELECT id, MIN(+ord) FROM libreq WHERE library=?1 AND state=1 AND +op IN (12, 13) AND EXISTS(SELECT 1 "
        "FROM port WHERE library=?1)",
        "g", &library->id);
}

static bool ejects_wait(struct library *library)
{
    return db_number(&library->rsm->db,
                     "SELECT EXISTS(SELECT 1 FROM libreq WHERE library=?1 AND state=0 AND op IN (10, 11)) AND "
                     "EXISTS(SELECT 1 FROM port WHERE library=?1) AND NOT EXISTS(SELECT 1 FROM port WHERE library=?1 "
                     "AND content<>1) AND (SELECT enabled FROM object WHERE id=?1)",
                     "g", &library->id);
}

bool ports_have_work(struct library *library)
{
    struct guid inject = next_inject(library);

    return !guid_is_null(&library->extended) || !guid_is_null(&inject) || ejects_wait(library);
}

void ports_poll(struct library *library)
{
    struct rsm *rsm = library->rsm;
    struct libreq request;
    bool any_full, inject, eject;
    struct guid id;

    pthread_mutex_lock(&rsm->lock);
    rsm->db.error = 0;
    id = next_inject(library);
    inject = !guid_is_null(&id) && libreq_read(rsm, &id, &request);
    eject = ejects_wait(library);
    pthread_mutex_unlock(&rsm->lock);
    if (!guid_is_null(&library->extended) && !guid_equal(&library->extended, &id)) retract(library);
    if (inject) inject_poll(library, &request);
    if (!eject) return;
    free(read_ports(library, &any_full));
    end_late_ejects(library);
}
