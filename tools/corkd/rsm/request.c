/* Library requests (the work queue) and operator requests. */
#include "rsm/engine.h"

/* ---- Library requests ---- */

struct guid libreq_add(struct rsm *rsm, const struct rsm_session *session, const struct libreq *request)
{
    struct guid id = object_new(rsm, NTMS_LIBREQUEST, "", "");
    struct guid work = guid_is_null(&request->work) ? id : request->work;
    long long order = db_number(&rsm->db, "SELECT IFNULL(MAX(ord), 0) + 1 FROM libreq", "");

    db_run(&rsm->db,
           "INSERT INTO libreq(id, op, option, state, side, drive, medium, library, slot, queued, completed, "
           "application, user, computer, error,"
           " work, priority, ord) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, 0, ?, ?, ?)",
           "giiigggggitttgii", &id, (long long)request->op, (long long)request->option, (long long)request->state,
           &request->side, &request->drive, &request->medium, &request->library, &request->slot,
           (long long)filetime_now(), session ? session->application : "RSM", session ? session->user : "",
           session ? session->computer : "", &work, (long long)request->priority, order);
    /* The library's thread looks after ports that it may have to wait for. */
    if (request->op == NTMS_LM_EJECT || request->op == NTMS_LM_EJECTCLEANER) rsm->work_started = true;
    return id;
}

bool libreq_read(struct rsm *rsm, const struct guid *id, struct libreq *request)
{
    sqlite3_stmt *query = db_query(
        &rsm->db, "SELECT op, option, state, library, side, drive, medium, slot, work, priority FROM libreq WHERE id=?",
        "g", id);
    bool found = db_row(&rsm->db, query);

    if (found)
        *request = (struct libreq){.id = *id,
                                   .op = (uint32_t)db_int(query, 0),
                                   .option = (uint32_t)db_int(query, 1),
                                   .state = (uint32_t)db_int(query, 2),
                                   .library = db_guid(query, 3),
                                   .side = db_guid(query, 4),
                                   .drive = db_guid(query, 5),
                                   .medium = db_guid(query, 6),
                                   .slot = db_guid(query, 7),
                                   .work = db_guid(query, 8),
                                   .priority = (int)db_int(query, 9)};
    db_done(&rsm->db, query);
    return found;
}

bool libreq_has_ended(uint32_t state)
{
    return state == NTMS_LM_PASSED || state == NTMS_LM_FAILED || state == NTMS_LM_INVALID ||
           state == NTMS_LM_CANCELLED || state == NTMS_LM_STOPPED;
}

void libreq_state(struct rsm *rsm, const struct guid *id, uint32_t state, uint32_t error)
{
    bool ended = libreq_has_ended(state);

    db_run(&rsm->db, "UPDATE libreq SET state=?, error=?, completed=? WHERE id=?", "iiig", (long long)state,
           (long long)error, ended ? (long long)filetime_now() : 0LL, id);
    if (state == NTMS_LM_INPROCESS) rsm->work_started = true;
    if (ended && !rsm->purge_planned) rsm->clock_stale = true;
    rsm_event(rsm, NTMS_LIBREQUEST, NTMS_OBJ_UPDATE, id);
}

/* ---- Cancelling ---- */

/* A medium that is in a drive for nobody goes back; where a person moves the media it stays. */
static void send_back(struct rsm *rsm, const struct libreq *request)
{
    struct libreq dismount = {.op = NTMS_LM_DISMOUNT, .medium = request->medium};
    struct library *library;

    dismount.drive = db_id(&rsm->db, "SELECT place FROM medium WHERE id=? AND place_type=5", "g", &request->medium);
    dismount.library = db_id(&rsm->db, "SELECT library FROM drive WHERE id=?", "g", &dismount.drive);
    library = library_find(rsm, &dismount.library);
    if (library && !library->description.stand_alone) libreq_add(rsm, NULL, &dismount);
}

/* One of several that was mounted before another failed. */
static void take_back_mount(struct rsm *rsm, const struct libreq *request)
{
    if (request->op != NTMS_LM_MOUNT ||
        db_number(&rsm->db, "SELECT state FROM drive WHERE id=?", "g", &request->drive) != NTMS_DRIVESTATE_LOADED)
        return;
    db_run(&rsm->db, "UPDATE drive SET state=? WHERE id=?", "ig", (long long)NTMS_DRIVESTATE_DISMOUNTABLE,
           &request->drive);
    db_run(&rsm->db, "UPDATE medium SET state=? WHERE id=?", "ig", (long long)NTMS_MEDIASTATE_UNLOADED,
           &request->medium);
    send_back(rsm, request);
}

/* What schedule() has given to a request on which nobody works yet. */
static void take_back_start(struct rsm *rsm, const struct libreq *request)
{
    db_run(&rsm->db, "UPDATE drive SET reserved=NULL WHERE id=? AND reserved=?", "gg", &request->drive, &request->work);
    if (guid_is_null(&request->medium)) return;
    db_run(&rsm->db, "UPDATE medium SET state=CASE place_type WHEN 5 THEN ? ELSE ? END WHERE id=? AND state=?", "iigi",
           (long long)NTMS_MEDIASTATE_UNLOADED, (long long)NTMS_MEDIASTATE_IDLE, &request->medium,
           (long long)NTMS_MEDIASTATE_INUSE);
    rsm_event(rsm, NTMS_PHYSICAL_MEDIA, NTMS_OBJ_UPDATE, &request->medium);
    if (request->op != NTMS_LM_DISMOUNT) send_back(rsm, request);
}

void libreq_cancel(struct rsm *rsm, const struct guid *id, uint32_t state, uint32_t error, bool *being_done)
{
    struct guid opreq = db_id(&rsm->db, "SELECT opreq FROM libreq WHERE id=?", "g", id);
    struct library *library;
    struct libreq request;

    *being_done = false;
    if (!libreq_read(rsm, id, &request) || (libreq_has_ended(request.state) && request.state != NTMS_LM_PASSED)) return;
    if (request.state == NTMS_LM_PASSED)
    {
        take_back_mount(rsm, &request);
        return;
    }
    library = library_find(rsm, &request.library);
    *being_done = library && request.state == NTMS_LM_INPROCESS &&
                  (guid_equal(&library->current, id) || guid_equal(&library->extended, id));
    /* A mount finds out that nobody wants it when the move is done, and frees the drive itself; media that are taken in
     * and doors are looked after all the time. Any other goes on to its end. */
    if (*being_done && request.op != NTMS_LM_MOUNT && !guid_equal(&library->extended, id)) return;
    if (request.state == NTMS_LM_INPROCESS && !*being_done) take_back_start(rsm, &request);
    if (!guid_is_null(&opreq)) opreq_end(rsm, &opreq, NTMS_OPSTATE_REFUSED);
    libreq_state(rsm, id, state, error);
    *being_done = false;
}

void work_cancel(struct rsm *rsm, const struct guid *work, uint32_t state, uint32_t error)
{
    sqlite3_stmt *query =
        db_query(&rsm->db, "SELECT id FROM libreq WHERE work=? AND state IN (0, 1, 2, 5, 6)", "g", work);

    while (db_row(&rsm->db, query))
    {
        struct guid id = db_guid(query, 0);
        bool being_done;

        libreq_cancel(rsm, &id, state, error, &being_done);
    }
    db_done(&rsm->db, query);
}

void mounts_refuse(struct rsm *rsm, const struct guid *object)
{
    /* The last: more media at once than the library has drives left. */
    sqlite3_stmt *query = db_query(
        &rsm->db,
        "SELECT work FROM libreq r WHERE state=0 AND op=17 AND (medium=?1 OR library=?1 OR (option&16 AND drive=?1) OR "
        "((SELECT COUNT(*) FROM drive d JOIN object o ON o.id=d.id WHERE d.library=r.library AND o.enabled) < "
        "(SELECT COUNT(*) FROM libreq g WHERE g.work=r.work AND g.state=0) AND "
        "r.library=(SELECT library FROM drive WHERE id=?1)))",
        "g", object);

    while (db_row(&rsm->db, query))
    {
        struct guid work = db_guid(query, 0);

        work_cancel(rsm, &work, NTMS_LM_FAILED, ERROR_RESOURCE_DISABLED);
    }
    db_done(&rsm->db, query);
}

/* ---- Waiting ---- */

uint32_t poll_work(struct rsm *rsm, struct rsm_call *call, struct host_encoder *values)
{
    sqlite3_stmt *query = db_query(&rsm->db, "SELECT state, error FROM libreq WHERE work=?", "g", &call->work);
    uint32_t result = 0;
    bool waiting = false, cancelled = false;

    (void)values;
    while (db_row(&rsm->db, query))
    {
        long long state = db_int(query, 0);

        if (state == NTMS_LM_FAILED && !result) result = (uint32_t)db_int(query, 1);
        if (state == NTMS_LM_CANCELLED || state == NTMS_LM_STOPPED) cancelled = true;
        if (!libreq_has_ended((uint32_t)state)) waiting = true;
    }
    db_done(&rsm->db, query);
    return waiting ? RSM_PENDING : result ? result : cancelled ? ERROR_CANCELLED : 0;
}

void abandon_work(struct rsm *rsm, struct rsm_call *call)
{
    work_cancel(rsm, &call->work, NTMS_LM_CANCELLED, ERROR_CANCELLED);
}

/* ---- Operator requests ---- */

struct guid opreq_add(struct rsm *rsm, const struct rsm_session *session, uint32_t request, const char *message,
                      const struct guid *arg1, const struct guid *arg2)
{
    struct guid id = object_new(rsm, NTMS_OPREQUEST, "", "");

    db_run(&rsm->db, "INSERT INTO opreq VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)", "giiitigigttt", &id,
           (long long)request, (long long)filetime_now(), (long long)NTMS_OPSTATE_SUBMITTED, message,
           (long long)(arg1 ? object_type(rsm, arg1) : 0), arg1, (long long)(arg2 ? object_type(rsm, arg2) : 0), arg2,
           session ? session->application : "RSM", session ? session->user : "", session ? session->computer : "");
    return id;
}

void opreq_end(struct rsm *rsm, const struct guid *id, uint32_t state)
{
    db_run(&rsm->db, "UPDATE opreq SET state=?, completed=? WHERE id=? AND state IN (1, 2, 3)", "iig", (long long)state,
           (long long)filetime_now(), id);
    if (!db_changes(&rsm->db)) return;
    if (!rsm->purge_planned) rsm->clock_stale = true;
    rsm_event(rsm, NTMS_OPREQUEST, NTMS_OBJ_UPDATE, id);
}
