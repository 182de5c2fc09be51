/* AllocateNtmsMedia, DeallocateNtmsMedia. */
#include "rsm/engine.h"

#include <stdio.h>

/* ---- AllocateNtmsMedia ---- */

static struct guid allocate_side(struct rsm *rsm, const struct guid *side, const struct guid *pool, const char *name)
{
    struct guid logical = object_new(rsm, NTMS_LOGICAL_MEDIA, name, "");

    db_run(&rsm->db, "INSERT INTO logical VALUES(?, ?)", "gg", &logical, pool);
    db_run(&rsm->db, "UPDATE side SET logical=?, allocations=allocations+1 WHERE id=?", "gg", &logical, side);
    side_state(rsm, side, NTMS_PARTSTATE_ALLOCATED);
    return logical;
}

static struct guid allocate_named(struct rsm *rsm, const struct guid *side, const struct guid *pool)
{
    char name[4 * NTMS_OBJECTNAME_LENGTH] = "";
    sqlite3_stmt *query = db_query(&rsm->db, "SELECT name FROM object WHERE id=?", "g", side);

    if (db_row(&rsm->db, query)) snprintf(name, sizeof(name), "%s", db_text(query, 0));
    db_done(&rsm->db, query);
    return allocate_side(rsm, side, pool, name);
}

/* An online side that is Available, of a pool: of media whose other sides nobody has, if the medium is to be its
 * owner's alone. */
static struct guid available_side(struct rsm *rsm, const struct guid *pool, bool alone)
{
    return db_id(&rsm->db,
                 "SELECT s.id FROM medium m JOIN side s ON s.medium=m.id WHERE m.pool=? AND s.state=4 AND m.place_type "
                 "IN (5, 16)"
                 " AND (SELECT enabled FROM object WHERE id=m.id) AND (SELECT enabled FROM object WHERE id=m.library)"
                 " AND (?=0 OR NOT EXISTS(SELECT 1 FROM side o WHERE o.medium=m.id AND o.state IN (5, 6)))"
                 " ORDER BY s.allocations, m.barcode, s.number LIMIT 1",
                 "gi", pool, (long long)alone);
}

/* Whether a medium of a pool is on its way to Available: its label is being written. */
static bool is_being_prepared(struct rsm *rsm, const struct guid *pool)
{
    return db_number(&rsm->db,
                     "SELECT EXISTS(SELECT 1 FROM medium m JOIN side s ON s.medium=m.id JOIN libreq r ON r.medium=m.id "
                     "WHERE m.pool=? AND s.state=1"
                     " AND r.op=18 AND r.state IN (0, 1) AND m.place_type IN (5, 16))",
                     "g", pool);
}

static void put_allocated(struct host_encoder *values, const struct guid *logical, const struct guid *from)
{
    host_put_guid(values, logical);
    host_put_guid(values, from);
}

/* With NTMS_ALLOCATE_NEW the medium's other sides are kept for this application. */
static uint32_t take_side(struct rsm *rsm, struct rsm_call *call, const struct guid *side, const struct guid *from,
                          struct host_encoder *values)
{
    struct guid medium = db_id(&rsm->db, "SELECT medium FROM side WHERE id=?", "g", side), logical;
    uint32_t error = access_move(rsm, call->session, from, &call->pool);

    if (error) return error;
    /* What an operator was asked for is there, whoever brought it. */
    if (!guid_is_null(&call->opreq)) object_delete(rsm, &call->opreq);
    call->opreq = (struct guid){{0}};
    if (!guid_equal(from, &call->pool))
    {
        db_run(&rsm->db, "UPDATE medium SET pool=? WHERE id=?", "gg", &call->pool, &medium);
        object_touch(rsm, &medium);
    }
    logical = allocate_named(rsm, side, &call->pool);
    if (call->options & NTMS_ALLOCATE_NEW)
        db_run(&rsm->db, "UPDATE side SET state=? WHERE medium=? AND state=?", "igi",
               (long long)NTMS_PARTSTATE_RESERVED, &medium, (long long)NTMS_PARTSTATE_AVAILABLE);
    put_allocated(values, &logical, from);
    return 0;
}

/* A certain side: Available, or Import, from where it is moved to the pool. */
static uint32_t allocate_partition(struct rsm *rsm, struct rsm_call *call, struct host_encoder *values)
{
    struct guid medium = db_id(&rsm->db, "SELECT medium FROM side WHERE id=?", "g", &call->partition);
    struct guid from = db_id(&rsm->db, "SELECT pool FROM medium WHERE id=?", "g", &medium);
    struct guid type = db_id(&rsm->db, "SELECT media_type FROM medium WHERE id=?", "g", &medium);
    struct guid wanted = db_id(&rsm->db, "SELECT media_type FROM pool WHERE id=?", "g", &call->pool);
    uint32_t state;

    if (guid_is_null(&medium)) return ERROR_INVALID_MEDIA;
    if (!guid_equal(&type, &wanted)) return ERROR_INVALID_MEDIA;
    if (db_number(&rsm->db, "SELECT place_type=9 FROM medium WHERE id=?", "g", &medium)) return ERROR_MEDIA_OFFLINE;
    state = (uint32_t)db_number(&rsm->db, "SELECT state FROM side WHERE id=?", "g", &call->partition);
    if (state != NTMS_PARTSTATE_AVAILABLE && state != NTMS_PARTSTATE_IMPORT && state != NTMS_PARTSTATE_RESERVED)
        return ERROR_INVALID_MEDIA;
    if (!guid_equal(&from, &call->pool) && pool_type(rsm, &from) == NTMS_POOLTYPE_APPLICATION &&
        state == NTMS_PARTSTATE_RESERVED)
        return ERROR_INVALID_MEDIA;
    return take_side(rsm, call, &call->partition, &from, values);
}

/* The next side of the medium of a logical medium. */
static uint32_t allocate_next(struct rsm *rsm, struct rsm_call *call, struct host_encoder *values)
{
    struct guid side, medium, next, logical;

    if (!media_side(rsm, &call->work, &side, &medium) ||
        !db_number(&rsm->db, "SELECT pool=? FROM medium WHERE id=?", "gg", &call->pool, &medium))
        return ERROR_INVALID_MEDIA;
    next = db_id(&rsm->db, "SELECT id FROM side WHERE medium=? AND state IN (?, ?) ORDER BY number LIMIT 1", "gii",
                 &medium, (long long)NTMS_PARTSTATE_RESERVED, (long long)NTMS_PARTSTATE_AVAILABLE);
    if (guid_is_null(&next)) return ERROR_MEDIA_UNAVAILABLE;
    logical = allocate_named(rsm, &next, &call->pool);
    put_allocated(values, &logical, &call->pool);
    return 0;
}

/* Whether a library is still finding out what it holds: what an operator has just brought, for one. */
static bool is_looking(struct rsm *rsm)
{
    return db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM libreq WHERE op IN (?, ?, ?) AND state IN (0, 1))", "iii",
                     (long long)NTMS_LM_INVENTORY, (long long)NTMS_LM_PROCESSOMID, (long long)NTMS_LM_INJECT);
}

/* "If a user indicates that the operator request has been satisfied, the request is deleted and RSM retries the
 * process." */
static uint32_t ask_operator(struct rsm *rsm, struct rsm_call *call)
{
    const bool asked = !guid_is_null(&call->opreq);
    long long state = db_number(&rsm->db, "SELECT state FROM opreq WHERE id=?", "g", &call->opreq);

    if (asked && (!state || state == NTMS_OPSTATE_REFUSED)) return ERROR_CANCELLED;
    if ((asked && state != NTMS_OPSTATE_COMPLETE) || (asked && is_looking(rsm))) return RSM_PENDING;
    if (asked) object_delete(rsm, &call->opreq);
    call->opreq =
        opreq_add(rsm, call->session, NTMS_OPREQ_NEWMEDIA, "New media are needed for a media pool.", &call->pool, NULL);
    return RSM_PENDING;
}

/* The pool's own media first, then, by its policy, those of the free pool; else an operator is asked. */
static uint32_t poll_allocate(struct rsm *rsm, struct rsm_call *call, struct host_encoder *values)
{
    struct guid type = db_id(&rsm->db, "SELECT media_type FROM pool WHERE id=?", "g", &call->pool), free_pool = {{0}},
                side;
    bool from_free =
        db_number(&rsm->db, "SELECT allocation FROM pool WHERE id=?", "g", &call->pool) & NTMS_ALLOCATE_FROMSCRATCH;

    side = available_side(rsm, &call->pool, call->options & NTMS_ALLOCATE_NEW);
    if (!guid_is_null(&side)) return take_side(rsm, call, &side, &call->pool, values);
    if (from_free)
    {
        free_pool =
            db_id(&rsm->db, "SELECT id FROM pool WHERE parent=? AND media_type=?", "gg", &rsm->free_pool, &type);
        if (guid_is_null(&free_pool)) return ERROR_DEVICE_NOT_AVAILABLE;
        side = available_side(rsm, &free_pool, call->options & NTMS_ALLOCATE_NEW);
        if (!guid_is_null(&side)) return take_side(rsm, call, &side, &free_pool, values);
    }
    if (is_being_prepared(rsm, &call->pool) || is_being_prepared(rsm, &free_pool)) return RSM_PENDING;
    if (call->options & NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE) return ERROR_MEDIA_UNAVAILABLE;
    return ask_operator(rsm, call);
}

static void abandon_allocate(struct rsm *rsm, struct rsm_call *call)
{
    if (!guid_is_null(&call->opreq)) object_delete(rsm, &call->opreq);
}

uint32_t op_allocate(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct rsm_call *call = operation->call;
    struct guid type;
    uint32_t timeout, kinds;

    host_get_guid(operation->arguments, &call->pool);
    host_get_guid(operation->arguments, &call->partition);
    host_get_guid(operation->arguments, &call->work);
    call->options = host_get_u32(operation->arguments);
    timeout = host_get_u32(operation->arguments);
    if (arguments_end(operation)) return RSM_MALFORMED;
    kinds = call->options & (NTMS_ALLOCATE_NEW | NTMS_ALLOCATE_NEXT);
    if (call->options & ~7u || kinds == 3) return ERROR_INVALID_PARAMETER;
    if (object_type(rsm, &call->pool) != NTMS_MEDIA_POOL || pool_type(rsm, &call->pool) != NTMS_POOLTYPE_APPLICATION)
        return ERROR_INVALID_MEDIA_POOL;
    type = db_id(&rsm->db, "SELECT media_type FROM pool WHERE id=?", "g", &call->pool);
    if (guid_is_null(&type)) return ERROR_INVALID_MEDIA_POOL;
    if (kinds == NTMS_ALLOCATE_NEXT) return allocate_next(rsm, call, operation->values);
    if (!guid_is_null(&call->partition)) return allocate_partition(rsm, call, operation->values);
    call->poll = poll_allocate;
    call->abandon = abandon_allocate;
    call_timeout(call, timeout ? timeout : 0xffffffff,
                 ERROR_TIMEOUT); /* "If this parameter is zero, it will wait for media." */
    return RSM_PENDING;
}

/* ---- DeallocateNtmsMedia ---- */

/* Where a side that was allocated goes: Decommissioned when its pool's number of allocations is reached, else
 * Available. */
static void release_side(struct rsm *rsm, const struct guid *side, const struct guid *pool)
{
    bool worn = db_number(
        &rsm->db,
        "SELECT p.max_allocates>0 AND s.allocations>=p.max_allocates FROM side s, pool p WHERE s.id=? AND p.id=?", "gg",
        side, pool);

    db_run(&rsm->db, "UPDATE side SET logical=NULL WHERE id=?", "g", side);
    side_state(rsm, side, worn ? NTMS_PARTSTATE_DECOMMISSIONED : NTMS_PARTSTATE_AVAILABLE);
}

/* A medium none of whose sides is in use: what was kept for its application is free, and by the pool's policy it goes
 * back to the free pool, with a free label written anew. */
static uint32_t release_medium(struct operation *operation, const struct guid *medium, const struct guid *pool)
{
    struct rsm *rsm = operation->rsm;
    struct libreq request = {.op = NTMS_LM_WRITESCRATCH, .medium = *medium};
    struct guid type, target;
    uint32_t error;

    if (db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM side WHERE medium=? AND state IN (?, ?))", "gii", medium,
                  (long long)NTMS_PARTSTATE_ALLOCATED, (long long)NTMS_PARTSTATE_COMPLETE))
        return 0;
    db_run(&rsm->db, "UPDATE side SET state=? WHERE medium=? AND state=?", "igi", (long long)NTMS_PARTSTATE_AVAILABLE,
           medium, (long long)NTMS_PARTSTATE_RESERVED);
    if (!(db_number(&rsm->db, "SELECT deallocation FROM pool WHERE id=?", "g", pool) & NTMS_DEALLOCATE_TOSCRATCH))
        return 0;
    type = db_id(&rsm->db, "SELECT media_type FROM medium WHERE id=?", "g", medium);
    target = system_pool(rsm, &rsm->free_pool, &type);
    error = access_move(rsm, operation->session, pool, &target);
    if (error) return error;
    db_run(&rsm->db, "UPDATE medium SET pool=? WHERE id=?", "gg", &target, medium);
    db_run(&rsm->db, "UPDATE side SET state=? WHERE medium=? AND state=?", "igi", (long long)NTMS_PARTSTATE_UNPREPARED,
           medium, (long long)NTMS_PARTSTATE_AVAILABLE);
    if (db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM side WHERE medium=? AND state=?)", "gi", medium,
                  (long long)NTMS_PARTSTATE_UNPREPARED))
    {
        request.library = db_id(&rsm->db, "SELECT library FROM medium WHERE id=?", "g", medium);
        request.side = db_id(&rsm->db, "SELECT id FROM side WHERE medium=? AND number=0", "g", medium);
        libreq_add(rsm, operation->session, &request);
    }
    object_touch(rsm, medium);
    return 0;
}

uint32_t op_deallocate(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct guid logical, side, medium, pool;
    uint32_t options;

    host_get_guid(operation->arguments, &logical);
    options = host_get_u32(operation->arguments);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (options) return ERROR_INVALID_PARAMETER;
    if (object_type(rsm, &logical) != NTMS_LOGICAL_MEDIA) return ERROR_INVALID_MEDIA;
    if (!media_side(rsm, &logical, &side, &medium)) return ERROR_INVALID_MEDIA;
    pool = db_id(&rsm->db, "SELECT pool FROM medium WHERE id=?", "g", &medium);
    release_side(rsm, &side, &pool);
    object_delete(rsm, &logical);
    return release_medium(operation, &medium, &pool);
}
