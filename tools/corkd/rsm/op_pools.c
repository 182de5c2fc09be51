/* Media pools: CreateNtmsMediaPool, GetNtmsMediaPoolName, MoveToNtmsMediaPool, DeleteNtmsMediaPool. */
#include "rsm/engine.h"

#include <stdlib.h>

#include "rsm/security_descriptor.h"

static struct guid child_pool(struct rsm *rsm, const struct guid *parent, const char *name)
{
    return db_id(&rsm->db,
                 "SELECT p.id FROM pool p JOIN object o ON o.id=p.id WHERE p.parent=? AND o.name=? COLLATE NOCASE",
                 "gt", parent, name);
}

/* Goes down the name's levels; *last is the last of them, the result its parent. Null: a level is not there. */
static struct guid find_parent(struct rsm *rsm, char *name, char **last)
{
    struct guid parent = rsm->root;
    char *end;

    if (*name == '\\') name++;
    while ((end = strchr(name, '\\')) && !guid_is_null(&parent))
    {
        *end = 0;
        parent = child_pool(rsm, &parent, name);
        name = end + 1;
    }
    *last = name;
    return parent;
}

/* "If a security descriptor is not provided, the pool inherits the ACEs of its parent pool (if the parent pool is not
 * the root pool). In addition, the creator and local system accounts have full access to the pool." A descriptor that
 * names no owner or group gets the creator for one. */
static uint32_t secure_pool(struct operation *operation, const struct guid *pool, const struct guid *parent,
                            const uint8_t *given, size_t size)
{
    struct rsm *rsm = operation->rsm;
    const struct rsm_session *session = operation->session;
    uint8_t *above = NULL, *own = NULL, *descriptor = NULL;
    size_t above_size;

    if (!guid_equal(parent, &rsm->root)) above = access_descriptor(rsm, parent, &above_size);
    own = descriptor_of_pool(session->sids, session->sids_size, above, &above_size);
    if (own && size)
        descriptor = descriptor_merge(own, given, descriptor_parts(given), &size);
    else if (own)
        descriptor = descriptor_merge(NULL, own, PART_ALL, &size);
    if (descriptor) db_run(&rsm->db, "INSERT INTO security VALUES(?, ?)", "gb", pool, descriptor, size);
    free(above);
    free(own);
    free(descriptor);
    return descriptor ? 0 : ERROR_NOT_ENOUGH_MEMORY;
}

uint32_t op_create_pool(struct operation *operation)
{
    char name[4 * NTMS_POOLHIERARCHY_LENGTH], *last;
    struct host_decoder *arguments = operation->arguments;
    struct rsm *rsm = operation->rsm;
    struct guid media_type, parent, pool;
    const uint8_t *descriptor;
    uint32_t action, error = 0;
    bool too_long = false;
    size_t size;

    get_text(arguments, name, sizeof(name), NTMS_POOLHIERARCHY_LENGTH, &too_long);
    host_get_guid(arguments, &media_type);
    action = host_get_u32(arguments);
    descriptor = host_get_bytes(arguments, &size);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (action < NTMS_OPEN_EXISTING || action > NTMS_OPEN_ALWAYS) return ERROR_INVALID_PARAMETER;
    if (size && !descriptor_is_valid(descriptor, size)) return ERROR_INVALID_PARAMETER;
    if (too_long) return ERROR_INVALID_NAME;
    parent = find_parent(rsm, name, &last);
    if (!*last || text_units(last) >= NTMS_OBJECTNAME_LENGTH) return ERROR_INVALID_NAME;
    if (!guid_is_null(&media_type) && object_type(rsm, &media_type) != NTMS_MEDIA_TYPE) return ERROR_INVALID_MEDIA;
    if (guid_is_null(&parent)) return ERROR_OBJECT_NOT_FOUND;
    pool = child_pool(rsm, &parent, last);
    if (!guid_is_null(&pool) && action == NTMS_CREATE_NEW) return ERROR_ALREADY_EXISTS;
    if (guid_is_null(&pool) && action == NTMS_OPEN_EXISTING) return ERROR_OBJECT_NOT_FOUND;
    if (guid_is_null(&pool))
    {
        /* The service alone makes pools in its own; a pool that holds media holds no pools. */
        if (!guid_equal(&parent, &rsm->root) &&
            (pool_type(rsm, &parent) != NTMS_POOLTYPE_APPLICATION ||
             db_number(&rsm->db, "SELECT media_type IS NOT NULL FROM pool WHERE id=?", "g", &parent)))
            return ERROR_INVALID_NAME;
        error = access_check(rsm, operation->session, &parent, NTMS_CONTROL_ACCESS);
        if (error) return error;
        pool = object_new(rsm, NTMS_MEDIA_POOL, last, "");
        db_run(&rsm->db, "INSERT INTO pool(id, parent, type, media_type) VALUES(?, ?, ?, ?)", "ggig", &pool, &parent,
               (long long)NTMS_POOLTYPE_APPLICATION, &media_type);
        error = secure_pool(operation, &pool, &parent, descriptor, size);
    }
    host_put_guid(operation->values, &pool);
    return error;
}

uint32_t op_get_pool_name(struct operation *operation)
{
    char name[4 * NTMS_POOLHIERARCHY_LENGTH];
    uint32_t capacity, error;
    struct guid pool;
    size_t units;

    host_get_guid(operation->arguments, &pool);
    capacity = host_get_u32(operation->arguments);
    if (arguments_end(operation)) return RSM_MALFORMED;
    error = pool_name(operation->rsm, &pool, name, sizeof(name));
    if (error) return error;
    units = text_units(name) + 1;
    host_put_u32(operation->values, (uint32_t)units);
    put_text(operation->values, units > capacity ? "" : name);
    return units > capacity ? ERROR_INSUFFICIENT_BUFFER : 0;
}

/* ---- MoveToNtmsMediaPool ---- */

/* Sides of a medium that came to the free pool: RSM writes its own label before they can be allocated. */
static void prepare_sides(struct operation *operation, const struct guid *medium)
{
    struct rsm *rsm = operation->rsm;
    struct libreq request = {.op = NTMS_LM_WRITESCRATCH, .medium = *medium};

    db_run(&rsm->db, "UPDATE side SET state=? WHERE medium=? AND state NOT IN (?, ?)", "igii",
           (long long)NTMS_PARTSTATE_UNPREPARED, medium, (long long)NTMS_PARTSTATE_AVAILABLE,
           (long long)NTMS_PARTSTATE_DECOMMISSIONED);
    if (!db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM side WHERE medium=? AND state=?)", "gi", medium,
                   (long long)NTMS_PARTSTATE_UNPREPARED))
        return;
    request.library = db_id(&rsm->db, "SELECT library FROM medium WHERE id=?", "g", medium);
    request.side = db_id(&rsm->db, "SELECT id FROM side WHERE medium=? AND number=0", "g", medium);
    libreq_add(rsm, operation->session, &request);
}

static bool has_side_in(struct rsm *rsm, const struct guid *medium, uint32_t a, uint32_t b, uint32_t c)
{
    return db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM side WHERE medium=? AND state IN (?, ?, ?))", "giii",
                     medium, (long long)a, (long long)b, (long long)c);
}

static uint32_t may_move(struct rsm *rsm, const struct rsm_session *session, const struct guid *medium,
                         const struct guid *pool)
{
    struct guid from = db_id(&rsm->db, "SELECT pool FROM medium WHERE id=?", "g", medium);
    struct guid type = db_id(&rsm->db, "SELECT media_type FROM medium WHERE id=?", "g", medium);
    struct guid wanted = db_id(&rsm->db, "SELECT media_type FROM pool WHERE id=?", "g", pool);
    uint32_t source = pool_type(rsm, &from), target = pool_type(rsm, pool);

    if (guid_is_null(&wanted)) return ERROR_INVALID_MEDIA_POOL;
    if (!guid_equal(&type, &wanted)) return ERROR_MEDIA_INCOMPATIBLE;
    if ((source == NTMS_POOLTYPE_FOREIGN || source == NTMS_POOLTYPE_IMPORT) && target != NTMS_POOLTYPE_SCRATCH &&
        !guid_equal(&from, pool))
        return ERROR_INVALID_MEDIA_POOL;
    if (target == NTMS_POOLTYPE_FOREIGN) return ERROR_INVALID_MEDIA_POOL;
    if (target == NTMS_POOLTYPE_SCRATCH &&
        has_side_in(rsm, medium, NTMS_PARTSTATE_COMPLETE, NTMS_PARTSTATE_ALLOCATED, NTMS_PARTSTATE_RESERVED))
        return ERROR_BUSY;
    if (target == NTMS_POOLTYPE_IMPORT &&
        db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM side WHERE medium=? AND state<>?)", "gi", medium,
                  (long long)NTMS_PARTSTATE_IMPORT))
        return ERROR_INVALID_MEDIA_POOL;
    if (medium_in_use(rsm, medium)) return ERROR_BUSY;
    return access_move(rsm, session, &from, pool);
}

uint32_t pool_take_medium(struct operation *operation, const struct guid *medium, const struct guid *pool)
{
    struct rsm *rsm = operation->rsm;
    uint32_t error = may_move(rsm, operation->session, medium, pool);

    if (error) return error;
    db_run(&rsm->db, "UPDATE medium SET pool=? WHERE id=?", "gg", pool, medium);
    db_run(&rsm->db, "UPDATE logical SET pool=? WHERE id IN (SELECT logical FROM side WHERE medium=?)", "gg", pool,
           medium);
    if (pool_type(rsm, pool) == NTMS_POOLTYPE_SCRATCH) prepare_sides(operation, medium);
    object_touch(rsm, medium);
    return 0;
}

uint32_t op_move_to_pool(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct guid medium, pool;

    host_get_guid(operation->arguments, &medium);
    host_get_guid(operation->arguments, &pool);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (object_type(rsm, &medium) != NTMS_PHYSICAL_MEDIA) return ERROR_INVALID_MEDIA;
    if (object_type(rsm, &pool) != NTMS_MEDIA_POOL) return ERROR_INVALID_MEDIA_POOL;
    return pool_take_medium(operation, &medium, &pool);
}

uint32_t op_delete_pool(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct guid pool;

    host_get_guid(operation->arguments, &pool);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (object_type(rsm, &pool) != NTMS_MEDIA_POOL || pool_type(rsm, &pool) != NTMS_POOLTYPE_APPLICATION)
        return ERROR_INVALID_MEDIA_POOL;
    if (db_number(&rsm->db,
                  "SELECT EXISTS(SELECT 1 FROM medium WHERE pool=?1) OR EXISTS(SELECT 1 FROM pool WHERE parent=?1)",
                  "g", &pool))
        return ERROR_NOT_EMPTY;
    object_delete(rsm, &pool);
    return 0;
}
