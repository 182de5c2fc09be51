/* Library requests: CancelNtmsLibraryRequest, Get and SetNtmsRequestOrder, DeleteNtmsRequests. */
#include "rsm/engine.h"

static bool has_ended(uint32_t state)
{
    return state == NTMS_LM_PASSED || state == NTMS_LM_FAILED || state == NTMS_LM_CANCELLED ||
           state == NTMS_LM_STOPPED || state == NTMS_LM_INVALID;
}

/* ---- Library requests ---- */

uint32_t op_cancel_request(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct libreq request;
    struct guid id;

    host_get_guid(operation->arguments, &id);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (!libreq_read(rsm, &id, &request)) return ERROR_OBJECT_NOT_FOUND;
    if (has_ended(request.state)) return ERROR_INVALID_STATE;
    if (request.state == NTMS_LM_INPROCESS && request.op != NTMS_LM_MOUNT && request.op != NTMS_LM_INJECT)
        return ERROR_INVALID_STATE;
    work_cancel(rsm, &request.work, NTMS_LM_CANCELLED, ERROR_CANCELLED);
    if (request.op == NTMS_LM_INJECT) libreq_state(rsm, &id, NTMS_LM_CANCELLED, ERROR_CANCELLED);
    return 0;
}

/* The place in the queue of the request's library, from 1. */
uint32_t op_get_request_order(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct libreq request;
    struct guid id;

    host_get_guid(operation->arguments, &id);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (!libreq_read(rsm, &id, &request)) return ERROR_OBJECT_NOT_FOUND;
    if (has_ended(request.state)) return ERROR_INVALID_STATE;
    host_put_u32(operation->values,
                 (uint32_t)db_number(&rsm->db,
                                     "SELECT COUNT(*) FROM libreq o, libreq r WHERE r.id=? AND o.library=r.library AND "
                                     "o.state IN (0, 1, 5, 6) AND"
                                     " (o.priority>r.priority OR (o.priority=r.priority AND o.ord<=r.ord))",
                                     "g", &id));
    return 0;
}

uint32_t op_set_request_order(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct libreq request;
    struct guid id, before;
    uint32_t order;

    host_get_guid(operation->arguments, &id);
    order = host_get_u32(operation->arguments);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (!order) return ERROR_INVALID_PARAMETER;
    if (!libreq_read(rsm, &id, &request)) return ERROR_OBJECT_NOT_FOUND;
    if (request.state != NTMS_LM_QUEUED) return ERROR_INVALID_STATE;
    before = db_id(
        &rsm->db,
        "SELECT id FROM libreq WHERE library=? AND state=0 AND id<>? ORDER BY priority DESC, ord LIMIT 1 OFFSET ?",
        "ggi", &request.library, &id, (long long)order - 1);
    if (guid_is_null(&before))
        db_run(&rsm->db,
               "UPDATE libreq SET ord=(SELECT MAX(ord)+1 FROM libreq), priority=(SELECT MIN(priority) FROM libreq "
               "WHERE library=? AND state=0) WHERE id=?",
               "gg", &request.library, &id);
    else
    {
        long long at = db_number(&rsm->db, "SELECT ord FROM libreq WHERE id=?", "g", &before);

        db_run(&rsm->db, "UPDATE libreq SET ord=ord+1 WHERE ord>=?", "i", at);
        db_run(&rsm->db, "UPDATE libreq SET ord=?, priority=(SELECT priority FROM libreq WHERE id=?) WHERE id=?", "igg",
               at, &before, &id);
    }
    rsm_event(rsm, NTMS_LIBREQUEST, NTMS_OBJ_UPDATE, &id);
    return 0;
}

static uint32_t delete_one(struct rsm *rsm, const struct guid *id, uint32_t type)
{
    if (object_type(rsm, id) != type) return ERROR_OBJECT_NOT_FOUND;
    if (type == NTMS_LIBREQUEST ? db_number(&rsm->db, "SELECT state IN (0, 1, 5, 6) FROM libreq WHERE id=?", "g", id)
                                : db_number(&rsm->db, "SELECT state IN (1, 2, 3) FROM opreq WHERE id=?", "g", id))
        return ERROR_INVALID_STATE;
    object_delete(rsm, id);
    return 0;
}

/* One request, or all of that type that have ended. */
uint32_t op_delete_requests(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    uint32_t type, count;
    struct guid id;

    host_get_guid(operation->arguments, &id);
    type = host_get_u32(operation->arguments);
    count = host_get_u32(operation->arguments);
    if (arguments_end(operation)) return RSM_MALFORMED;
    (void)count;
    if (type != NTMS_LIBREQUEST && type != NTMS_OPREQUEST) return ERROR_INVALID_PARAMETER;
    if (!guid_is_null(&id)) return delete_one(rsm, &id, type);
    if (type == NTMS_LIBREQUEST)
        db_run(&rsm->db, "DELETE FROM object WHERE id IN (SELECT id FROM libreq WHERE state NOT IN (0, 1, 5, 6))", "");
    else
        db_run(&rsm->db, "DELETE FROM object WHERE id IN (SELECT id FROM opreq WHERE state NOT IN (1, 2, 3))", "");
    return 0;
}
