/* What is kept with an object: attributes, security descriptors, where messages about it go. */
#include "rsm/engine.h"

#include <stdio.h>
#include <stdlib.h>

/* The object of (id, type): ERROR_OBJECT_NOT_FOUND, or ERROR_INVALID_PARAMETER for a type that it does not have. */
static uint32_t check_object(struct rsm *rsm, const struct guid *id, uint32_t type)
{
    uint32_t found = object_type(rsm, id);

    if (type <= NTMS_UNKNOWN || type >= NTMS_NUMBER_OF_OBJECT_TYPES) return ERROR_INVALID_PARAMETER;
    if (!found) return ERROR_OBJECT_NOT_FOUND;
    return type == found || type == NTMS_OBJECT ? 0 : ERROR_INVALID_PARAMETER;
}

/* Puts a blob of one row: its size, and it itself where it fits. */
static uint32_t put_blob(struct operation *operation, sqlite3_stmt *query, uint32_t capacity, uint32_t missing)
{
    struct rsm *rsm = operation->rsm;
    uint32_t error = missing, size;

    if (db_row(&rsm->db, query))
    {
        size = (uint32_t)sqlite3_column_bytes(query, 0);
        error = size > capacity ? ERROR_INSUFFICIENT_BUFFER : 0;
        host_put_u32(operation->values, size);
        host_put_bytes(operation->values, sqlite3_column_blob(query, 0), error ? 0 : size);
    }
    db_done(&rsm->db, query);
    return error;
}

/* ---- Attributes ---- */

uint32_t op_get_attribute(struct operation *operation)
{
    char name[4 * NTMS_MAXATTR_NAMELEN];
    struct rsm *rsm = operation->rsm;
    uint32_t type, capacity, error;
    bool too_long = false;
    struct guid id;

    host_get_guid(operation->arguments, &id);
    type = host_get_u32(operation->arguments);
    get_text(operation->arguments, name, sizeof(name), NTMS_MAXATTR_NAMELEN + 1, &too_long);
    capacity = host_get_u32(operation->arguments);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (too_long || !name[0]) return ERROR_INVALID_PARAMETER;
    error = check_object(rsm, &id, type);
    if (error) return error;
    return put_blob(operation,
                    db_query(&rsm->db, "SELECT data FROM attribute WHERE object=? AND name=?", "gt", &id, name),
                    capacity, ERROR_OBJECT_NOT_FOUND);
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
    get_text(operation->arguments, name, sizeof(name), NTMS_MAXATTR_NAMELEN + 1, &too_long);
    data = host_get_bytes(operation->arguments, &size);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (too_long || !name[0] || size > NTMS_MAXATTR_LENGTH) return ERROR_INVALID_PARAMETER;
    error = check_object(rsm, &id, type);
    if (error) return error;
    if (size)
        db_run(&rsm->db, "INSERT OR REPLACE INTO attribute VALUES(?, ?, ?)", "gtb", &id, name, data, size);
    else
        db_run(&rsm->db, "DELETE FROM attribute WHERE object=? AND name=?", "gt", &id, name);
    object_touch(rsm, &id);
    return 0;
}

/* ---- Security descriptors: kept as they were given ---- */

uint32_t op_get_security(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    uint32_t type, capacity, error;
    struct guid id;

    host_get_guid(operation->arguments, &id);
    type = host_get_u32(operation->arguments);
    host_get_u32(operation->arguments);
    capacity = host_get_u32(operation->arguments);
    if (arguments_end(operation)) return RSM_MALFORMED;
    error = check_object(rsm, &id, type);
    if (error) return error;
    return put_blob(operation, db_query(&rsm->db, "SELECT descriptor FROM security WHERE object=?", "g", &id), capacity,
                    ERROR_OBJECT_NOT_FOUND);
}

uint32_t op_set_security(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    const uint8_t *descriptor;
    uint32_t type, error;
    struct guid id;
    size_t size;

    host_get_guid(operation->arguments, &id);
    type = host_get_u32(operation->arguments);
    host_get_u32(operation->arguments);
    descriptor = host_get_bytes(operation->arguments, &size);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (size < 20 || descriptor[0] != 1) return ERROR_INVALID_SECURITY_DESCR;
    error = check_object(rsm, &id, type);
    if (error) return error;
    db_run(&rsm->db, "INSERT OR REPLACE INTO security VALUES(?, ?)", "gb", &id, descriptor, size);
    object_touch(rsm, &id);
    return 0;
}

/* ---- UI options ---- */

uint32_t op_get_ui_options(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    uint32_t type, capacity, count = 0;
    sqlite3_stmt *query;
    struct guid id;
    size_t units = 1;
    bool fits;

    host_get_guid(operation->arguments, &id);
    type = host_get_u32(operation->arguments);
    capacity = host_get_u32(operation->arguments);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (type <= NTMS_UITYPE_INVALID || type >= NTMS_UITYPE_MAX) return ERROR_INVALID_PARAMETER;
    if (guid_is_null(&id)) id = rsm->computer;
    if (!object_type(rsm, &id)) return ERROR_OBJECT_NOT_FOUND;
    query = db_query(&rsm->db, "SELECT destination FROM ui WHERE object=? AND type=? ORDER BY destination", "gi", &id,
                     (long long)type);
    for (; db_row(&rsm->db, query); count++)
        units += text_units(db_text(query, 0)) + 1;
    db_done(&rsm->db, query);
    fits = units <= capacity;
    host_put_u32(operation->values, (uint32_t)units);
    host_put_list(operation->values, fits ? count : 0);
    query = db_query(&rsm->db, "SELECT destination FROM ui WHERE object=? AND type=? ORDER BY destination ", "gi", &id,
                     (long long)type);
    while (fits && db_row(&rsm->db, query))
        put_text(operation->values, db_text(query, 0));
    db_done(&rsm->db, query);
    return fits ? 0 : ERROR_INSUFFICIENT_BUFFER;
}

uint32_t op_set_ui_options(struct operation *operation)
{
    char destination[4 * NTMS_COMPUTERNAME_LENGTH];
    struct rsm *rsm = operation->rsm;
    bool too_long = false;
    uint32_t type, action;
    struct guid id;

    host_get_guid(operation->arguments, &id);
    type = host_get_u32(operation->arguments);
    action = host_get_u32(operation->arguments);
    get_text(operation->arguments, destination, sizeof(destination), NTMS_COMPUTERNAME_LENGTH, &too_long);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (type <= NTMS_UITYPE_INVALID || type >= NTMS_UITYPE_MAX || action < NTMS_UIDEST_ADD ||
        action >= NTMS_UIOPERATION_MAX || too_long)
        return ERROR_INVALID_PARAMETER;
    if (action != NTMS_UIDEST_DELETEALL && !destination[0]) return ERROR_INVALID_PARAMETER;
    if (guid_is_null(&id)) id = rsm->computer;
    if (!object_type(rsm, &id)) return ERROR_OBJECT_NOT_FOUND;
    if (action == NTMS_UIDEST_ADD)
        db_run(&rsm->db, "INSERT OR IGNORE INTO ui VALUES(?, ?, ?)", "git", &id, (long long)type, destination);
    else if (action == NTMS_UIDEST_DELETE)
        db_run(&rsm->db, "DELETE FROM ui WHERE object=? AND type=? AND destination=?", "git", &id, (long long)type,
               destination);
    else
        db_run(&rsm->db, "DELETE FROM ui WHERE object=? AND type=?", "gi", &id, (long long)type);
    return 0;
}
