/* Library requests: CancelNtmsLibraryRequest, Get and SetNtmsRequestOrder, DeleteNtmsRequests. */
#include "rsm/engine.h"

/* ---- Library requests ---- */

/* "ERROR_OBJECT_NOT_FOUND: ... This error occurs if the request is completed prior to issuing the cancel or when a
 * request ID that is not valid is specified." "ERROR_ACCESS_DENIED: ... also returned if the request is currently being
 * handled and cannot be deleted." */
uint32_t op_cancel_request(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct libreq request;
    bool being_done;
    struct guid id;

    host_get_guid(operation->arguments, &id);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (!libreq_read(rsm, &id, &request) || libreq_has_ended(request.state)) return ERROR_OBJECT_NOT_FOUND;
    libreq_cancel(rsm, &id, NTMS_LM_CANCELLED, ERROR_CANCELLED, &being_done);
    if (being_done) return ERROR_ACCESS_DENIED;
    work_cancel(rsm, &request.work, NTMS_LM_CANCELLED, ERROR_CANCELLED); /* all of a group, or none */
    return 0;
}

/* ---- Order ----
 *
 * "Currently on NTMS_LM_MOUNT, requests are sorted using the order number." Others have 0. */

/* A request's place among the mounts that its library has queued, from 1. */
static uint32_t order_of(struct rsm *rsm, const struct guid *id)
{
    return (uint32_t)db_number(&rsm->db,
                               "SELECT COUNT(*) FROM libreq r JOIN libreq o ON o.library=r.library AND o.state=0 AND "
                               "o.op=17 AND (o.priority>r.priority OR (o.priority=r.priority AND o.ord<=r.ord)) WHERE "
                               "r.id=? AND r.op=17 AND r.state=0",
                               "g", id);
}

uint32_t op_get_request_order(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct guid id;

    host_get_guid(operation->arguments, &id);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (object_type(rsm, &id) != NTMS_LIBREQUEST) return ERROR_OBJECT_NOT_FOUND;
    host_put_u32(operation->values, order_of(rsm, &id));
    return 0;
}

/* The media of one call stay together. The call takes the priority of that before which it comes. */
static void move_in_queue(struct rsm *rsm, const struct libreq *request, uint32_t order)
{
    struct guid before = db_id(&rsm->db,
                               "SELECT id FROM libreq WHERE library=? AND op=17 AND state=0 AND work<>? ORDER BY "
                               "priority DESC, ord LIMIT 1 OFFSET ?",
                               "ggi", &request->library, &request->work, (long long)order - 1);
    long long at = db_number(&rsm->db, "SELECT ord FROM libreq WHERE id=?", "g", &before);
    long long first = db_number(&rsm->db, "SELECT MIN(ord) FROM libreq WHERE work=? AND state=0", "g", &request->work);
    long long last = db_number(&rsm->db, "SELECT MAX(ord) FROM libreq WHERE work=? AND state=0", "g", &request->work);

    if (guid_is_null(&before))
    {
        last = db_number(&rsm->db, "SELECT MAX(ord) FROM libreq", "");
        db_run(&rsm->db,
               "UPDATE libreq SET ord=ord+?, priority=(SELECT MIN(priority) FROM libreq WHERE library=? AND op=17 AND "
               "state=0) WHERE work=? AND state=0",
               "igg", last, &request->library, &request->work);
        return;
    }
    db_run(&rsm->db, "UPDATE libreq SET ord=ord+? WHERE ord>=? AND work<>?", "iig", last - first + 1, at,
           &request->work);
    db_run(&rsm->db,
           "UPDATE libreq SET priority=(SELECT priority FROM libreq WHERE id=?), ord=ord+? WHERE work=? AND state=0",
           "gig", &before, at - first, &request->work);
}

/* "To process a request immediately, an application can set the order number to 1. To defer processing, an application
 * should set the order number to a very large number or 0xFFFFFFFF." "The order number of a request, which currently
 * has an order number of zero, cannot be changed." */
uint32_t op_set_request_order(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct libreq request;
    uint32_t order;
    struct guid id;

    host_get_guid(operation->arguments, &id);
    order = host_get_u32(operation->arguments);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (!libreq_read(rsm, &id, &request)) return ERROR_OBJECT_NOT_FOUND;
    if (!order || !order_of(rsm, &id)) return ERROR_INVALID_PARAMETER;
    move_in_queue(rsm, &request, order);
    rsm_event(rsm, NTMS_LIBREQUEST, NTMS_OBJ_UPDATE, &id);
    return 0;
}

/* ---- DeleteNtmsRequests ---- */

/* "Submitted requests, queued requests, waiting requests, and in progress requests cannot be deleted." "An error is not
 * returned if a request ... is not found." */
#define GOES_ON "EXISTS(SELECT 1 FROM libreq o WHERE o.work=r.work AND o.state IN (0, 1, 5, 6))" /* it or its group */

static uint32_t delete_one(struct rsm *rsm, const struct guid *id, uint32_t type)
{
    if (object_type(rsm, id) != type) return 0;
    if (type == NTMS_LIBREQUEST ? db_number(&rsm->db, "SELECT " GOES_ON " FROM libreq r WHERE id=?", "g", id)
                                : db_number(&rsm->db, "SELECT state IN (1, 2, 3) FROM opreq WHERE id=?", "g", id))
        return ERROR_ACCESS_DENIED;
    object_delete(rsm, id);
    return 0;
}

static void delete_all(struct rsm *rsm, uint32_t type)
{
    sqlite3_stmt *query = type == NTMS_LIBREQUEST
                              ? db_query(&rsm->db, "SELECT id FROM libreq r WHERE NOT " GOES_ON, "")
                              : db_query(&rsm->db, "SELECT id FROM opreq WHERE state NOT IN (1, 2, 3)", "");

    while (db_row(&rsm->db, query))
    {
        struct guid id = db_guid(query, 0);

        object_delete(rsm, &id);
    }
    db_done(&rsm->db, query);
}

/* One request, or all of that type that have ended. */
uint32_t op_delete_requests(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct guid id;
    uint32_t type;

    host_get_guid(operation->arguments, &id);
    type = host_get_u32(operation->arguments);
    host_get_u32(operation->arguments); /* how many: one */
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (type != NTMS_LIBREQUEST && type != NTMS_OPREQUEST) return ERROR_INVALID_PARAMETER;
    if (!guid_is_null(&id)) return delete_one(rsm, &id, type);
    delete_all(rsm, type);
    return 0;
}
