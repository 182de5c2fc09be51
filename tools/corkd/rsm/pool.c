/* Media pools: the root, the three system pools with one pool for each media type, application pools. */
#include "rsm/engine.h"

#include <stdio.h>

static struct guid insert_pool(struct rsm *rsm, const struct guid *parent, const char *name, uint32_t type,
                               const struct guid *media_type)
{
    struct guid id = object_new(rsm, NTMS_MEDIA_POOL, name, "");

    db_run(&rsm->db, "INSERT INTO pool(id, parent, type, media_type) VALUES(?, ?, ?, ?)", "ggig", &id, parent,
           (long long)type, media_type);
    return id;
}

static struct guid system_top(struct rsm *rsm, const char *key, const char *name, uint32_t type)
{
    struct guid id = db_id(&rsm->db, "SELECT id FROM system WHERE name=?", "t", key);

    if (!guid_is_null(&id) || rsm->db.error) return id;
    id = insert_pool(rsm, guid_is_null(&rsm->root) ? NULL : &rsm->root, name, type, NULL);
    db_run(&rsm->db, "INSERT INTO system(name, id) VALUES(?, ?)", "tg", key, &id);
    return id;
}

void pools_init(struct rsm *rsm)
{
    rsm->root = system_top(rsm, "root", "", NTMS_POOLTYPE_UNKNOWN);
    rsm->free_pool = system_top(rsm, "free", "Free", NTMS_POOLTYPE_SCRATCH);
    rsm->import_pool = system_top(rsm, "import", "Import", NTMS_POOLTYPE_IMPORT);
    rsm->unrecognized = system_top(rsm, "unrecognized", "Unrecognized", NTMS_POOLTYPE_FOREIGN);
}

struct guid system_pool(struct rsm *rsm, const struct guid *top, const struct guid *media_type)
{
    struct guid id = db_id(&rsm->db, "SELECT id FROM pool WHERE parent=? AND media_type=?", "gg", top, media_type);
    char name[4 * NTMS_OBJECTNAME_LENGTH] = "";
    sqlite3_stmt *query;

    if (!guid_is_null(&id) || rsm->db.error) return id;
    query = db_query(&rsm->db, "SELECT name FROM object WHERE id=?", "g", media_type);
    if (db_row(&rsm->db, query)) snprintf(name, sizeof(name), "%s", db_text(query, 0));
    db_done(&rsm->db, query);
    return insert_pool(rsm, top, name, pool_type(rsm, top), media_type);
}

uint32_t pool_type(struct rsm *rsm, const struct guid *pool)
{
    return (uint32_t)db_number(&rsm->db, "SELECT type FROM pool WHERE id=?", "g", pool);
}

uint32_t pool_name(struct rsm *rsm, const struct guid *pool, char *name, size_t size)
{
    struct guid at = *pool;
    char rest[4 * NTMS_POOLHIERARCHY_LENGTH];

    name[0] = 0;
    if (object_type(rsm, pool) != NTMS_MEDIA_POOL) return ERROR_INVALID_MEDIA_POOL;
    while (!guid_equal(&at, &rsm->root) && !guid_is_null(&at) && !rsm->db.error)
    {
        sqlite3_stmt *query =
            db_query(&rsm->db, "SELECT name, parent FROM object NATURAL JOIN (SELECT id, parent FROM pool) WHERE id=?",
                     "g", &at);

        snprintf(rest, sizeof(rest), "%s", name);
        at = (struct guid){{0}};
        if (db_row(&rsm->db, query))
        {
            snprintf(name, size, "%s%s%s", db_text(query, 0), rest[0] ? "\\" : "", rest);
            at = db_guid(query, 1);
        }
        db_done(&rsm->db, query);
    }
    return rsm->db.error;
}
