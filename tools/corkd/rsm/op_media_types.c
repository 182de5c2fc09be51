/* Media types of libraries and media: AddNtmsMediaType, DeleteNtmsMediaType, ChangeNtmsMediaType. */
#include "rsm/engine.h"

static uint32_t read_type(struct operation *operation, struct guid *type, struct guid *library)
{
    host_get_guid(operation->arguments, type);
    host_get_guid(operation->arguments, library);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (object_type(operation->rsm, type) != NTMS_MEDIA_TYPE) return ERROR_INVALID_MEDIA;
    return library_usable(operation->rsm, library);
}

/* "adds the specified media type to the specified library if there is not currently a relation" */
uint32_t op_add_media_type(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct guid type, library;
    uint32_t error = read_type(operation, &type, &library);

    if (error) return error;
    db_run(&rsm->db, "INSERT OR IGNORE INTO library_media_type VALUES(?, ?, 0)", "gg", &library, &type);
    if (db_changes(&rsm->db)) object_touch(rsm, &library);
    system_pool(rsm, &rsm->free_pool, &type);
    system_pool(rsm, &rsm->import_pool, &type);
    system_pool(rsm, &rsm->unrecognized, &type);
    return 0;
}

/* The system pools of a type that no library has and no medium is of. An application pool below one cannot be: they
 * have none. */
static void delete_system_pools(struct rsm *rsm, const struct guid *type)
{
    if (db_number(&rsm->db,
                  "SELECT EXISTS(SELECT 1 FROM medium WHERE media_type=?1) OR EXISTS(SELECT 1 FROM library_media_type "
                  "WHERE media_type=?1)",
                  "g", type))
        return;
    for (;;)
    {
        struct guid pool = db_id(&rsm->db,
                                 "SELECT id FROM pool p WHERE media_type=? AND type IN (1, 2, 3) AND NOT EXISTS(SELECT "
                                 "1 FROM pool WHERE parent=p.id) LIMIT 1",
                                 "g", type);

        if (guid_is_null(&pool) || rsm->db.error) return;
        object_delete(rsm, &pool);
    }
}

uint32_t op_delete_media_type(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct guid type, library;
    uint32_t error = read_type(operation, &type, &library);

    if (error) return error;
    if (db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM medium WHERE library=? AND media_type=?)", "gg", &library,
                  &type))
        return ERROR_NOT_EMPTY;
    if (db_number(&rsm->db, "SELECT native FROM library_media_type WHERE library=? AND media_type=?", "gg", &library,
                  &type))
        return ERROR_INDIGENOUS_TYPE;
    db_run(&rsm->db, "DELETE FROM library_media_type WHERE library=? AND media_type=?", "gg", &library, &type);
    if (!db_changes(&rsm->db)) return ERROR_OBJECT_NOT_FOUND;
    object_touch(rsm, &library);
    delete_system_pools(rsm, &type);
    return 0;
}

/* Whether a medium can be of the type of that pool: as many sides, and its library has that type. */
static uint32_t check_type(struct rsm *rsm, const struct guid *medium, const struct guid *pool)
{
    struct guid type = db_id(&rsm->db, "SELECT media_type FROM pool WHERE id=?", "g", pool);

    if (guid_is_null(&type)) return ERROR_INVALID_MEDIA_POOL;
    if (!db_number(&rsm->db,
                   "SELECT (SELECT sides FROM media_type WHERE id=?1)=(SELECT COUNT(*) FROM side WHERE medium=?2) AND "
                   "(place_type=9 OR EXISTS(SELECT 1 FROM library_media_type t WHERE t.library=medium.library AND "
                   "t.media_type=?1)) FROM medium WHERE id=?2",
                   "gg", &type, medium))
        return ERROR_INVALID_MEDIA_POOL;
    return 0;
}

/* "uses the same policy for moving media as the MoveToNtmsMediaPool function" */
uint32_t op_change_media_type(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct guid medium, pool;
    uint32_t error;

    host_get_guid(operation->arguments, &medium);
    host_get_guid(operation->arguments, &pool);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (object_type(rsm, &medium) != NTMS_PHYSICAL_MEDIA) return ERROR_INVALID_MEDIA;
    if (object_type(rsm, &pool) != NTMS_MEDIA_POOL) return ERROR_INVALID_MEDIA_POOL;
    error = check_type(rsm, &medium, &pool);
    if (error) return error;
    db_run(&rsm->db, "UPDATE medium SET media_type=(SELECT media_type FROM pool WHERE id=?) WHERE id=?", "gg", &pool,
           &medium);
    error = pool_take_medium(operation, &medium, &pool);
    return error == ERROR_BUSY ? ERROR_INVALID_MEDIA_POOL : error; /* "moving ... is an invalid operation" */
}
