/* GetNtmsObjectAttribute, SetNtmsObjectAttribute: named private data that is kept with an object. */
#include "rsm/engine.h"

uint32_t check_object(struct rsm *rsm, const struct guid *id, uint32_t type)
{
    uint32_t found = object_type(rsm, id);

    if (type <= NTMS_UNKNOWN || type >= NTMS_NUMBER_OF_OBJECT_TYPES) return ERROR_INVALID_PARAMETER;
    if (!found) return ERROR_OBJECT_NOT_FOUND;
    return type == found || type == NTMS_OBJECT ? 0 : ERROR_OBJECT_NOT_FOUND;
}

uint32_t put_sized(struct operation *operation, const void *bytes, size_t size, uint32_t capacity)
{
    const bool fits = size <= capacity;

    host_put_u32(operation->values, (uint32_t)size);
    host_put_bytes(operation->values, bytes, fits ? size : 0);
    return fits ? 0 : ERROR_INSUFFICIENT_BUFFER;
}

uint32_t op_get_attribute(struct operation *operation)
{
    char name[4 * NTMS_MAXATTR_NAMELEN];
    struct rsm *rsm = operation->rsm;
    uint32_t type, capacity, error;
    bool too_long = false;
    sqlite3_stmt *query;
    struct guid id;

    host_get_guid(operation->arguments, &id);
    type = host_get_u32(operation->arguments);
    get_text(operation->arguments, name, sizeof(name), NTMS_MAXATTR_NAMELEN, &too_long);
    capacity = host_get_u32(operation->arguments);
    if (arguments_end(operation)) return RSM_MALFORMED;
    error = check_object(rsm, &id, type);
    if (error) return error;
    if (too_long) return ERROR_OBJECT_NOT_FOUND; /* no attribute has such a name */
    error = ERROR_OBJECT_NOT_FOUND;
    query = db_query(&rsm->db, "SELECT data FROM attribute WHERE object=? AND name=?", "gt", &id, name);
    if (db_row(&rsm->db, query))
        error = put_sized(operation, sqlite3_column_blob(query, 0), (size_t)sqlite3_column_bytes(query, 0), capacity);
    db_done(&rsm->db, query);
    return error;
}

uint32_t op_set_attribute(struct operation *operation)
{
    char name[4 * NTMS_MAXATTR_NAMELEN];
    struct rsm *rsm = operation->rsm;
    bool too_long = false;
    const uint8_t *data;
    uint32_t type, error;
    struct guid id;
    size_t size;

    host_get_guid(operation->arguments, &id);
    type = host_get_u32(operation->arguments);
    get_text(operation->arguments, name, sizeof(name), NTMS_MAXATTR_NAMELEN, &too_long);
    data = host_get_bytes(operation->arguments, &size);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (too_long || !name[0]) return ERROR_INVALID_NAME;
    if (size >= NTMS_MAXATTR_LENGTH) return ERROR_NO_DATA;
    error = check_object(rsm, &id, type);
    if (error) return error;
    if (size)
        db_run(&rsm->db, "INSERT OR REPLACE INTO attribute VALUES(?, ?, ?)", "gtb", &id, name, data, size);
    else
        db_run(&rsm->db, "DELETE FROM attribute WHERE object=? AND name=?", "gt", &id, name);
    object_touch(rsm, &id);
    return 0;
}
