/* Object management: EnumerateNtmsObject, Get/SetNtmsObjectInformation, Enable/DisableNtmsObject. */
#include "rsm/engine.h"

#include <stdlib.h>

uint32_t arguments_end(struct operation *operation)
{
    return host_decoder_finish(operation->arguments, true) ? RSM_MALFORMED : 0;
}

/* ---- EnumerateNtmsObject ---- */

static const struct
{
    uint32_t type, container;
    const char *sql;
} containers[] = {
    {NTMS_CHANGER, NTMS_LIBRARY, "SELECT id FROM changer WHERE library=? ORDER BY number"},
    {NTMS_DRIVE, NTMS_LIBRARY, "SELECT id FROM drive WHERE library=? ORDER BY number"},
    {NTMS_IEDOOR, NTMS_LIBRARY, "SELECT id FROM door WHERE library=? ORDER BY number"},
    {NTMS_IEPORT, NTMS_LIBRARY, "SELECT id FROM port WHERE library=? ORDER BY number"},
    {NTMS_STORAGESLOT, NTMS_LIBRARY, "SELECT id FROM slot WHERE library=? ORDER BY number"},
    {NTMS_LIBREQUEST, NTMS_LIBRARY, "SELECT id FROM libreq WHERE library=? ORDER BY ord"},
    {NTMS_MEDIA_TYPE, NTMS_LIBRARY, "SELECT media_type FROM library_media_type WHERE library=?"},
    {NTMS_PHYSICAL_MEDIA, NTMS_LIBRARY, "SELECT id FROM medium WHERE library=?"},
    {NTMS_PHYSICAL_MEDIA, NTMS_MEDIA_POOL, "SELECT id FROM medium WHERE pool=?"},
    {NTMS_MEDIA_POOL, NTMS_MEDIA_POOL, "SELECT id FROM pool WHERE parent=?"},
    {NTMS_LOGICAL_MEDIA, NTMS_MEDIA_POOL, "SELECT id FROM logical WHERE pool=?"},
    {NTMS_LOGICAL_MEDIA, NTMS_PARTITION, "SELECT logical FROM side WHERE id=? AND logical IS NOT NULL"},
    {NTMS_PARTITION, NTMS_LOGICAL_MEDIA, "SELECT id FROM side WHERE logical=? ORDER BY number"},
    {NTMS_PARTITION, NTMS_PHYSICAL_MEDIA, "SELECT id FROM side WHERE medium=? ORDER BY number"},
    {NTMS_PARTITION, NTMS_MEDIA_POOL,
     "SELECT side.id FROM side JOIN medium ON medium.id=side.medium WHERE medium.pool=?"},
};

static sqlite3_stmt *query_all(struct rsm *rsm, uint32_t type)
{
    if (type == NTMS_MEDIA_POOL) return db_query(&rsm->db, "SELECT id FROM pool WHERE parent=?", "g", &rsm->root);
    if (type == NTMS_LIBREQUEST) return db_query(&rsm->db, "SELECT id FROM libreq ORDER BY ord", "");
    return db_query(&rsm->db, "SELECT id FROM object WHERE type=?", "i", (long long)type);
}

static sqlite3_stmt *query_container(struct rsm *rsm, const struct guid *container, uint32_t type, uint32_t *error)
{
    uint32_t found = object_type(rsm, container);

    *error = found ? ERROR_INVALID_PARAMETER : ERROR_OBJECT_NOT_FOUND;
    for (size_t i = 0; i < sizeof(containers) / sizeof(*containers); i++)
        if (containers[i].type == type && containers[i].container == found)
        {
            *error = 0;
            return db_query(&rsm->db, containers[i].sql, "g", container);
        }
    return NULL;
}

/* Reads a query's identifiers, at most `room`, and counts them all. */
static uint32_t read_ids(struct rsm *rsm, sqlite3_stmt *query, struct guid *ids, uint32_t at, uint32_t room)
{
    while (db_row(&rsm->db, query))
    {
        if (at < room) ids[at] = db_guid(query, 0);
        at++;
    }
    db_done(&rsm->db, query);
    return at;
}

uint32_t op_enumerate(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    uint32_t type, options, capacity, found = 0, error = 0;
    struct guid container, *ids;
    sqlite3_stmt *query;

    host_get_guid(operation->arguments, &container);
    type = host_get_u32(operation->arguments);
    options = host_get_u32(operation->arguments);
    capacity = host_get_u32(operation->arguments);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (type <= NTMS_OBJECT || type >= NTMS_UI_DESTINATION) return ERROR_INVALID_PARAMETER;
    if (options == NTMS_ENUM_ROOTPOOL ? type != NTMS_MEDIA_POOL || !guid_is_null(&container)
                                      : options != NTMS_ENUM_DEFAULT)
        return ERROR_INVALID_PARAMETER;
    if (capacity > HOST_PAYLOAD_MAX / sizeof(*ids) - 16) capacity = HOST_PAYLOAD_MAX / sizeof(*ids) - 16;
    query = guid_is_null(&container) ? query_all(rsm, type) : query_container(rsm, &container, type, &error);
    if (error) return error;
    /* What a reader can see is read; more room than there are objects is not taken. */
    ids = malloc((size_t)(capacity ? capacity : 1) * sizeof(*ids));
    if (!ids)
    {
        db_done(&rsm->db, query);
        return ERROR_NOT_ENOUGH_MEMORY;
    }
    if (options == NTMS_ENUM_ROOTPOOL)
    {
        if (capacity) ids[0] = rsm->root;
        found = 1;
    }
    found = read_ids(rsm, query, ids, found, capacity);
    host_put_u32(operation->values, found);
    host_put_list(operation->values, found < capacity ? found : capacity);
    host_put_raw(operation->values, ids, (found < capacity ? found : capacity) * sizeof(*ids));
    free(ids);
    if (operation->values->error) return ERROR_NOT_ENOUGH_MEMORY;
    return found > capacity ? ERROR_INSUFFICIENT_BUFFER : 0;
}

/* ---- GetNtmsObjectInformation, SetNtmsObjectInformation ---- */

uint32_t op_get_information(struct operation *operation)
{
    struct guid id;
    uint32_t type;

    host_get_guid(operation->arguments, &id);
    type = host_get_u32(operation->arguments);
    if (arguments_end(operation)) return RSM_MALFORMED;
    return information_get(operation->rsm, &id, type, operation->values);
}

struct settings
{
    struct guid id;
    uint32_t type;
    char name[4 * NTMS_OBJECTNAME_LENGTH], description[4 * NTMS_DESCRIPTION_LENGTH];
    bool too_long;
};

static void skip_guids(struct host_decoder *arguments, int count)
{
    struct guid ignored;

    while (count--)
        host_get_guid(arguments, &ignored);
}

static void skip_text(struct host_decoder *arguments, int count)
{
    while (count--)
        free(host_get_utf16(arguments));
}

static void skip_words(struct host_decoder *arguments, int count)
{
    while (count--)
        host_get_u16(arguments);
}

/* Library: AutoRecovery, dwCleanerUsesRemaining, dwFlags, InventoryMethod. */
static uint32_t set_library(struct rsm *rsm, struct host_decoder *arguments, const struct guid *id)
{
    uint32_t method, uses, flags;
    bool recovery;

    host_get_u32(arguments);
    skip_guids(arguments, 2);
    host_get_bool(arguments);
    host_get_bool(arguments);
    method = host_get_u32(arguments);
    uses = host_get_u32(arguments);
    for (int i = 0; i < 13; i++)
        host_get_u32(arguments);
    recovery = host_get_bool(arguments);
    flags = host_get_u32(arguments);
    if (arguments->error) return RSM_MALFORMED;
    if (method > NTMS_INVENTORY_OMID) return ERROR_INVALID_PARAMETER;
    /* "Do not set this flag directly. ... It is set if dwCleanerUsesRemaining is 0xFFFFFFFF, and cleared otherwise." */
    flags &= ~(uint32_t)NTMS_LIBRARYFLAG_IGNORECLEANERUSESREMAINING;
    if (uses == CLEANER_USES_UNKNOWN) flags |= NTMS_LIBRARYFLAG_IGNORECLEANERUSESREMAINING;
    db_run(&rsm->db, "UPDATE library SET method=?, cleaner_uses=?, recovery=?, flags=? WHERE id=?", "iiiig",
           (long long)method, (long long)uses, (long long)recovery, (long long)flags, id);
    return 0;
}

static uint32_t set_computer(struct rsm *rsm, struct host_decoder *arguments, const struct guid *id)
{
    uint32_t fields[5];

    for (int i = 0; i < 5; i++)
        fields[i] = host_get_u32(arguments);
    if (arguments->error) return RSM_MALFORMED;
    db_run(&rsm->db, "UPDATE computer SET lib_purge=?, op_purge=?, lib_flags=?, op_flags=?, pool_policy=? WHERE id=?",
           "iiiiig", (long long)fields[0], (long long)fields[1], (long long)fields[2], (long long)fields[3],
           (long long)fields[4], id);
    rsm->clock_stale = true; /* when requests are forgotten may have changed */
    return 0;
}

static uint32_t set_drive(struct rsm *rsm, struct host_decoder *arguments, const struct guid *id)
{
    uint32_t delay;

    host_get_u32(arguments);
    host_get_u32(arguments);
    skip_guids(arguments, 1);
    skip_text(arguments, 3);
    skip_words(arguments, 4);
    host_get_u32(arguments);
    host_get_u64(arguments);
    skip_guids(arguments, 2);
    delay = host_get_u32(arguments);
    if (arguments->error) return RSM_MALFORMED;
    db_run(&rsm->db, "UPDATE drive SET defer_delay=? WHERE id=?", "ig", (long long)delay, id);
    return 0;
}

static uint32_t set_door(struct rsm *rsm, struct host_decoder *arguments, const struct guid *id, bool port)
{
    uint16_t seconds;

    host_get_u32(arguments);
    host_get_u32(arguments);
    if (port) host_get_u32(arguments);
    seconds = host_get_u16(arguments);
    if (arguments->error) return RSM_MALFORMED;
    if (port)
        db_run(&rsm->db, "UPDATE port SET max_extend=? WHERE id=?", "ig", (long long)seconds, id);
    else
        db_run(&rsm->db, "UPDATE door SET max_open=? WHERE id=?", "ig", (long long)seconds, id);
    return 0;
}

static uint32_t set_pool(struct rsm *rsm, struct host_decoder *arguments, const struct guid *id)
{
    uint32_t allocation, deallocation, max;
    struct guid type, parent, old;

    host_get_u32(arguments);
    host_get_guid(arguments, &type);
    host_get_guid(arguments, &parent);
    allocation = host_get_u32(arguments);
    deallocation = host_get_u32(arguments);
    max = host_get_u32(arguments);
    if (arguments->error) return RSM_MALFORMED;
    if (allocation & ~(uint32_t)NTMS_ALLOCATE_FROMSCRATCH || deallocation & ~(uint32_t)NTMS_DEALLOCATE_TOSCRATCH)
        return ERROR_INVALID_PARAMETER;
    old = db_id(&rsm->db, "SELECT media_type FROM pool WHERE id=?", "g", id);
    if (!guid_equal(&old, &type))
    {
        if (!guid_is_null(&type) && object_type(rsm, &type) != NTMS_MEDIA_TYPE) return ERROR_INVALID_PARAMETER;
        if (pool_type(rsm, id) != NTMS_POOLTYPE_APPLICATION ||
            db_number(&rsm->db,
                      "SELECT EXISTS(SELECT 1 FROM medium WHERE pool=?1) OR EXISTS(SELECT 1 FROM pool WHERE parent=?1)",
                      "g", id))
            return ERROR_INVALID_PARAMETER;
    }
    db_run(&rsm->db, "UPDATE pool SET media_type=?, allocation=?, deallocation=?, max_allocates=? WHERE id=?", "giiig",
           &type, (long long)allocation, (long long)deallocation, (long long)max, id);
    return 0;
}

static uint32_t set_fields(struct rsm *rsm, struct host_decoder *arguments, const struct settings *settings)
{
    switch (settings->type)
    {
    case NTMS_LIBRARY:
        return set_library(rsm, arguments, &settings->id);
    case NTMS_COMPUTER:
        return set_computer(rsm, arguments, &settings->id);
    case NTMS_DRIVE:
        return set_drive(rsm, arguments, &settings->id);
    case NTMS_IEDOOR:
        return set_door(rsm, arguments, &settings->id, false);
    case NTMS_IEPORT:
        return set_door(rsm, arguments, &settings->id, true);
    case NTMS_MEDIA_POOL:
        return set_pool(rsm, arguments, &settings->id);
    default:
        return 0;
    }
}

/* The types whose szName is written too. */
static bool has_writable_name(uint32_t type)
{
    return type == NTMS_LIBRARY || type == NTMS_LOGICAL_MEDIA || type == NTMS_MEDIA_POOL || type == NTMS_PARTITION ||
           type == NTMS_PHYSICAL_MEDIA;
}

/* A pool's name stays one level of its whole name, and the only one of that name there. */
static uint32_t check_pool_name(struct rsm *rsm, const struct settings *settings)
{
    if (pool_type(rsm, &settings->id) != NTMS_POOLTYPE_APPLICATION) return 0;
    if (!settings->name[0] || strchr(settings->name, '\\')) return ERROR_INVALID_PARAMETER;
    return db_number(&rsm->db,
                     "SELECT EXISTS(SELECT 1 FROM pool p JOIN object o ON o.id=p.id WHERE p.id<>?1 AND p.parent="
                     "(SELECT parent FROM pool WHERE id=?1) AND o.name=?2 COLLATE NOCASE)",
                     "gt", &settings->id, settings->name)
               ? ERROR_INVALID_PARAMETER
               : 0;
}

uint32_t op_set_information(struct operation *operation)
{
    struct host_decoder *arguments = operation->arguments;
    struct rsm *rsm = operation->rsm;
    struct settings settings = {0};
    uint32_t found, error;

    settings.type = host_get_u32(arguments);
    host_get_u64(arguments);
    host_get_u64(arguments);
    host_get_guid(arguments, &settings.id);
    host_get_bool(arguments);
    host_get_u32(arguments);
    get_text(arguments, settings.name, sizeof(settings.name), NTMS_OBJECTNAME_LENGTH, &settings.too_long);
    get_text(arguments, settings.description, sizeof(settings.description), NTMS_DESCRIPTION_LENGTH,
             &settings.too_long);
    if (arguments->error) return RSM_MALFORMED;
    found = object_type(rsm, &settings.id);
    if (!found) return ERROR_OBJECT_NOT_FOUND;
    if (settings.type != found || settings.too_long) return ERROR_INVALID_PARAMETER;
    error = access_check(rsm, operation->session, &settings.id,
                         found == NTMS_LIBRARY ? NTMS_CONTROL_ACCESS : NTMS_MODIFY_ACCESS);
    if (!error && found == NTMS_MEDIA_POOL) error = check_pool_name(rsm, &settings);
    if (!error) error = set_fields(rsm, arguments, &settings);
    if (error) return error;
    db_run(&rsm->db, "UPDATE object SET description=? WHERE id=?", "tg", settings.description, &settings.id);
    /* The pools that the service makes keep their names. */
    if (has_writable_name(found) &&
        (found != NTMS_MEDIA_POOL || pool_type(rsm, &settings.id) == NTMS_POOLTYPE_APPLICATION))
        db_run(&rsm->db, "UPDATE object SET name=? WHERE id=?", "tg", settings.name, &settings.id);
    object_touch(rsm, &settings.id);
    return 0;
}

/* ---- EnableNtmsObject, DisableNtmsObject ---- */

static uint32_t enable(struct operation *operation, bool on)
{
    static const uint32_t types[] = {NTMS_LIBRARY, NTMS_DRIVE, NTMS_PHYSICAL_MEDIA};
    struct rsm *rsm = operation->rsm;
    uint32_t type = host_get_u32(operation->arguments);
    bool allowed = false;
    struct guid id;

    host_get_guid(operation->arguments, &id);
    if (arguments_end(operation)) return RSM_MALFORMED;
    for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
        allowed = allowed || types[i] == type;
    if (!allowed) return ERROR_INVALID_PARAMETER;
    if (object_type(rsm, &id) != type) return ERROR_OBJECT_NOT_FOUND;
    if (guid_equal(&id, &rsm->offline)) return ERROR_LIBRARY_OFFLINE;
    if (object_enabled(rsm, &id) == on) return ERROR_INVALID_STATE;
    db_run(&rsm->db, "UPDATE object SET enabled=? WHERE id=?", "ig", (long long)on, &id);
    if (!on) mounts_refuse(rsm, &id);
    /* A drive that is disabled gives its medium back, if nobody uses it. */
    if (!on && type == NTMS_DRIVE &&
        db_number(&rsm->db, "SELECT state IN (?, ?) FROM drive WHERE id=?", "iig",
                  (long long)NTMS_DRIVESTATE_DISMOUNTABLE, (long long)NTMS_DRIVESTATE_UNLOADED, &id))
    {
        struct libreq request = {.op = NTMS_LM_DISMOUNT, .drive = id};

        request.library = db_id(&rsm->db, "SELECT library FROM drive WHERE id=?", "g", &id);
        libreq_add(rsm, operation->session, &request);
    }
    object_touch(rsm, &id);
    return 0;
}

uint32_t op_enable(struct operation *operation)
{
    return enable(operation, true);
}

uint32_t op_disable(struct operation *operation)
{
    return enable(operation, false);
}
