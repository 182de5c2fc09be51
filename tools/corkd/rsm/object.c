/* What all objects have. */
#include "rsm/engine.h"

void object_insert(struct rsm *rsm, const struct guid *id, uint32_t type, const char *name, const char *description)
{
    long long now = (long long)filetime_now();

    db_run(&rsm->db, "INSERT INTO object(id, type, created, modified, name, description) VALUES(?, ?, ?, ?, ?, ?)",
           "giiitt", id, (long long)type, now, now, name, description);
    rsm_event(rsm, type, NTMS_OBJ_INSERT, id);
}

struct guid object_new(struct rsm *rsm, uint32_t type, const char *name, const char *description)
{
    struct guid id = guid_new();

    object_insert(rsm, &id, type, name, description);
    return id;
}

void object_delete(struct rsm *rsm, const struct guid *id)
{
    uint32_t type = object_type(rsm, id);

    if (!type) return;
    db_run(&rsm->db, "DELETE FROM object WHERE id=?", "g", id);
    rsm_event(rsm, type, NTMS_OBJ_DELETE, id);
}

void object_touch(struct rsm *rsm, const struct guid *id)
{
    uint32_t type = object_type(rsm, id);

    if (!type) return;
    db_run(&rsm->db, "UPDATE object SET modified=? WHERE id=?", "ig", (long long)filetime_now(), id);
    rsm_event(rsm, type, NTMS_OBJ_UPDATE, id);
}

uint32_t object_type(struct rsm *rsm, const struct guid *id)
{
    return (uint32_t)db_number(&rsm->db, "SELECT type FROM object WHERE id=?", "g", id);
}

bool object_enabled(struct rsm *rsm, const struct guid *id)
{
    return db_number(&rsm->db, "SELECT enabled FROM object WHERE id=?", "g", id) != 0;
}
