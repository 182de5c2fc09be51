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

void libreq_state(struct rsm *rsm, const struct guid *id, uint32_t state, uint32_t error)
{
    bool ended =
        state == NTMS_LM_PASSED || state == NTMS_LM_FAILED || state == NTMS_LM_CANCELLED || state == NTMS_LM_STOPPED;

    db_run(&rsm->db, "UPDATE libreq SET state=?, error=?, completed=? WHERE id=?", "iiig", (long long)state,
           (long long)error, ended ? (long long)filetime_now() : 0LL, id);
    if (state == NTMS_LM_INPROCESS) rsm->work_started = true;
    rsm_event(rsm, NTMS_LIBREQUEST, NTMS_OBJ_UPDATE, id);
}

static void cancel_one(struct rsm *rsm, const struct libreq *request, uint32_t state, uint32_t error)
{
    struct libreq dismount = {
        .op = NTMS_LM_DISMOUNT, .library = request->library, .medium = request->medium, .drive = request->drive};
    struct library *library = library_find(rsm, &request->library);

    if (request->state == NTMS_LM_PASSED)
    {
        /* One of several that was mounted before another failed. */
        if (request->op != NTMS_LM_MOUNT ||
            db_number(&rsm->db, "SELECT state FROM drive WHERE id=?", "g", &request->drive) != NTMS_DRIVESTATE_LOADED)
            return;
        db_run(&rsm->db, "UPDATE drive SET state=? WHERE id=?", "ig", (long long)NTMS_DRIVESTATE_DISMOUNTABLE,
               &request->drive);
        db_run(&rsm->db, "UPDATE medium SET state=? WHERE id=?", "ig", (long long)NTMS_MEDIASTATE_UNLOADED,
               &request->medium);
        libreq_add(rsm, NULL, &dismount);
        return;
    }
    /* The worker finds out that what it works on is cancelled when it has done its move, and frees the drive itself. */
    if (!library || !guid_equal(&library->current, &request->id))
        db_run(&rsm->db, "UPDATE drive SET reserved=NULL WHERE id=? AND reserved=?", "gg", &request->drive,
               &request->work);
    if (request->state == NTMS_LM_INPROCESS && request->op != NTMS_LM_MOUNT) return; /* it is being done */
    libreq_state(rsm, &request->id, state, error);
}

void work_cancel(struct rsm *rsm, const struct guid *work, uint32_t state, uint32_t error)
{
    sqlite3_stmt *query =
        db_query(&rsm->db, "SELECT id, opreq FROM libreq WHERE work=? AND state IN (0, 1, 2, 5, 6)", "g", work);
    struct libreq request;

    while (db_row(&rsm->db, query))
    {
        struct guid id = db_guid(query, 0), opreq = db_guid(query, 1);

        if (!guid_is_null(&opreq)) opreq_end(rsm, &opreq, NTMS_OPSTATE_REFUSED);
        if (libreq_read(rsm, &id, &request)) cancel_one(rsm, &request, state, error);
    }
    db_done(&rsm->db, query);
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
    if (db_changes(&rsm->db)) rsm_event(rsm, NTMS_OPREQUEST, NTMS_OBJ_UPDATE, id);
}
