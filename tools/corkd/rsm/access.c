/* Who may do what: the rights that each function's page asks for, on the library, media pool or computer that an object
 * is in. "RSM provides security for media pool and library objects" (RSM Security); the computer object has the rest. A
 * session without SIDs is the service's own user's, who may do everything. */
#include "rsm/engine.h"

#include <stdlib.h>

#include "rsm/rsm_service.h"
#include "rsm/security_descriptor.h"

/* Where a request names the object that counts. */
enum place
{
    COMPUTER,      /* nowhere: it is the computer */
    FIRST,         /* its first identifier */
    SECOND,        /* the second of two identifiers at the beginning */
    AFTER_NUMBER,  /* an identifier behind a number */
    FIRST_LIBRARY, /* the library of a physical medium, its first identifier */
    LIST,          /* each of a list of logical media or sides: their pools and libraries */
};

static const struct
{
    uint32_t method;
    enum place place;
    uint32_t rights;
} rules[] = {
    {RSM_OPEN_NOTIFICATION, COMPUTER, NTMS_USE_ACCESS},
    {RSM_GET_INFORMATION, FIRST, NTMS_USE_ACCESS},
    {RSM_GET_ATTRIBUTE, FIRST, NTMS_USE_ACCESS},
    {RSM_SET_ATTRIBUTE, FIRST, NTMS_MODIFY_ACCESS},
    {RSM_ENABLE, AFTER_NUMBER, NTMS_MODIFY_ACCESS},
    {RSM_DISABLE, AFTER_NUMBER, NTMS_MODIFY_ACCESS},
    {RSM_GET_UI_OPTIONS, FIRST, NTMS_USE_ACCESS},
    {RSM_SET_UI_OPTIONS, FIRST, NTMS_MODIFY_ACCESS},
    {RSM_DELETE_POOL, FIRST, NTMS_MODIFY_ACCESS},
    {RSM_ALLOCATE, FIRST, NTMS_CONTROL_ACCESS},
    {RSM_DEALLOCATE, FIRST, NTMS_CONTROL_ACCESS},
    {RSM_SWAP_MEDIA, FIRST, NTMS_MODIFY_ACCESS},
    {RSM_SWAP_MEDIA, SECOND, NTMS_MODIFY_ACCESS},
    {RSM_ADD_MEDIA_TYPE, SECOND, NTMS_MODIFY_ACCESS},
    {RSM_DELETE_MEDIA_TYPE, SECOND, NTMS_MODIFY_ACCESS},
    {RSM_CHANGE_MEDIA_TYPE, COMPUTER, NTMS_MODIFY_ACCESS},
    {RSM_CHANGE_MEDIA_TYPE, FIRST, NTMS_MODIFY_ACCESS},
    {RSM_DECOMMISSION, FIRST, NTMS_CONTROL_ACCESS},
    {RSM_SET_COMPLETE, FIRST, NTMS_CONTROL_ACCESS},
    {RSM_CREATE_MEDIA, COMPUTER, NTMS_MODIFY_ACCESS},
    {RSM_DELETE_MEDIA, COMPUTER, NTMS_MODIFY_ACCESS},
    {RSM_DELETE_MEDIA, FIRST, NTMS_MODIFY_ACCESS},
    {RSM_UPDATE_OMID, FIRST, NTMS_CONTROL_ACCESS},
    {RSM_MOUNT, LIST, NTMS_USE_ACCESS},
    {RSM_DISMOUNT, LIST, NTMS_USE_ACCESS},
    {RSM_DISMOUNT_DRIVE, FIRST, NTMS_MODIFY_ACCESS},
    {RSM_INVENTORY, FIRST, NTMS_CONTROL_ACCESS},
    {RSM_IDENTIFY_SLOT, FIRST, NTMS_CONTROL_ACCESS},
    {RSM_EJECT_MEDIA, FIRST_LIBRARY, NTMS_CONTROL_ACCESS},
    {RSM_INJECT_MEDIA, FIRST, NTMS_CONTROL_ACCESS},
    {RSM_ACCESS_DOOR, FIRST, NTMS_CONTROL_ACCESS},
    {RSM_CLEAN_DRIVE, FIRST, NTMS_CONTROL_ACCESS},
    {RSM_RESERVE_CLEANER, FIRST, NTMS_CONTROL_ACCESS},
    {RSM_RELEASE_CLEANER, FIRST, NTMS_CONTROL_ACCESS},
    {RSM_INJECT_CLEANER, FIRST, NTMS_CONTROL_ACCESS},
    {RSM_EJECT_CLEANER, FIRST, NTMS_CONTROL_ACCESS},
    {RSM_DELETE_LIBRARY, FIRST, NTMS_MODIFY_ACCESS},
    {RSM_DELETE_DRIVE, FIRST, NTMS_MODIFY_ACCESS},
    {RSM_CANCEL_REQUEST, FIRST, NTMS_CONTROL_ACCESS},
    {RSM_GET_REQUEST_ORDER, COMPUTER, NTMS_CONTROL_ACCESS},
    {RSM_SET_REQUEST_ORDER, COMPUTER, NTMS_CONTROL_ACCESS},
    {RSM_DELETE_REQUESTS, COMPUTER, NTMS_MODIFY_ACCESS},
    /* "Only an administrator of the RSM server can": whoever may control the computer. */
    {RSM_CANCEL_OPREQUEST, COMPUTER, NTMS_CONTROL_ACCESS},
    {RSM_SATISFY_OPREQUEST, COMPUTER, NTMS_CONTROL_ACCESS},
    {RSM_EXPORT_DATABASE, COMPUTER, NTMS_CONTROL_ACCESS},
    {RSM_IMPORT_DATABASE, COMPUTER, NTMS_CONTROL_ACCESS},
    {RSM_ADD_LIBRARY, COMPUTER, NTMS_MODIFY_ACCESS},
};

/* ---- What protects an object ---- */

struct guid access_container(struct rsm *rsm, const struct guid *object)
{
    static const struct
    {
        uint32_t type;
        const char *sql;
    } containers[] = {
        {NTMS_DRIVE, "SELECT library FROM drive WHERE id=?"},
        {NTMS_CHANGER, "SELECT library FROM changer WHERE id=?"},
        {NTMS_STORAGESLOT, "SELECT library FROM slot WHERE id=?"},
        {NTMS_IEDOOR, "SELECT library FROM door WHERE id=?"},
        {NTMS_IEPORT, "SELECT library FROM port WHERE id=?"},
        {NTMS_LIBREQUEST, "SELECT library FROM libreq WHERE id=?"},
        {NTMS_PHYSICAL_MEDIA, "SELECT pool FROM medium WHERE id=?"},
        {NTMS_PARTITION, "SELECT pool FROM medium WHERE id=(SELECT medium FROM side WHERE id=?)"},
        {NTMS_LOGICAL_MEDIA, "SELECT pool FROM logical WHERE id=?"},
    };
    uint32_t type = object_type(rsm, object);

    if (!type || type == NTMS_LIBRARY || type == NTMS_MEDIA_POOL) return *object;
    for (size_t i = 0; i < sizeof(containers) / sizeof(*containers); i++)
        if (containers[i].type == type) return db_id(&rsm->db, containers[i].sql, "g", object);
    return rsm->computer;
}

/* The descriptor of what protects objects, in a row of `query`, or the one that nobody has to give. */
static const uint8_t *descriptor_row(struct rsm *rsm, sqlite3_stmt *query, size_t *size)
{
    if (!db_row(&rsm->db, query))
    {
        *size = rsm->default_descriptor_size;
        return rsm->default_descriptor;
    }
    *size = (size_t)sqlite3_column_bytes(query, 0);
    return sqlite3_column_blob(query, 0);
}

#define DESCRIPTOR_OF "SELECT descriptor FROM security WHERE object=?"

uint8_t *access_descriptor(struct rsm *rsm, const struct guid *object, size_t *size)
{
    sqlite3_stmt *query = db_query(&rsm->db, DESCRIPTOR_OF, "g", object);
    const uint8_t *found = descriptor_row(rsm, query, size);
    uint8_t *descriptor = found && !rsm->db.error ? malloc(*size) : NULL;

    if (descriptor)
        memcpy(descriptor, found, *size);
    else if (!rsm->db.error)
        rsm->db.error = ERROR_NOT_ENOUGH_MEMORY;
    db_done(&rsm->db, query);
    return descriptor;
}

/* ---- Checking ---- */

uint32_t access_check(struct rsm *rsm, const struct rsm_session *session, const struct guid *object, uint32_t rights)
{
    struct guid container;
    const uint8_t *descriptor;
    sqlite3_stmt *query;
    bool granted;
    size_t size;

    if (!session->sids) return 0;
    container = access_container(rsm, object);
    if (!object_type(rsm, &container)) return 0;
    query = db_query(&rsm->db, DESCRIPTOR_OF, "g", &container);
    descriptor = descriptor_row(rsm, query, &size);
    granted = descriptor && descriptor_grants(descriptor, size, session->sids, session->sids_size, rights);
    db_done(&rsm->db, query);
    return rsm->db.error ? rsm->db.error : granted ? 0 : ERROR_ACCESS_DENIED;
}

uint32_t access_move(struct rsm *rsm, const struct rsm_session *session, const struct guid *from, const struct guid *to)
{
    const struct guid *pools[] = {from, to};

    if (guid_equal(from, to)) return access_check(rsm, session, to, NTMS_CONTROL_ACCESS);
    for (int i = 0; i < 2; i++)
    {
        uint32_t error =
            access_check(rsm, session, pools[i],
                         pool_type(rsm, pools[i]) == NTMS_POOLTYPE_SCRATCH ? NTMS_USE_ACCESS : NTMS_CONTROL_ACCESS);

        if (error) return error;
    }
    return 0;
}

static uint32_t check_list(struct rsm *rsm, const struct rsm_session *session, struct host_decoder *arguments,
                           uint32_t rights)
{
    uint32_t count = host_get_list(arguments, sizeof(struct guid)), error = 0;

    for (uint32_t i = 0; i < count && !error && !arguments->error; i++)
    {
        struct guid media, side, medium, library;

        host_get_guid(arguments, &media);
        if (!media_side(rsm, &media, &side, &medium)) continue;
        library = db_id(&rsm->db, "SELECT library FROM medium WHERE id=?", "g", &medium);
        error = access_check(rsm, session, &medium, rights);
        if (!error) error = access_check(rsm, session, &library, rights);
    }
    return error;
}

static uint32_t check_rule(struct rsm *rsm, const struct rsm_session *session, enum place place,
                           struct host_decoder arguments, uint32_t rights)
{
    struct guid object = rsm->computer;

    if (place == LIST) return check_list(rsm, session, &arguments, rights);
    if (place == AFTER_NUMBER) host_get_u32(&arguments);
    if (place != COMPUTER) host_get_guid(&arguments, &object);
    if (place == SECOND) host_get_guid(&arguments, &object);
    if (place == FIRST_LIBRARY || (place == AFTER_NUMBER && object_type(rsm, &object) == NTMS_PHYSICAL_MEDIA))
        object = db_id(&rsm->db, "SELECT library FROM medium WHERE id=?", "g", &object);
    return arguments.error ? 0 : access_check(rsm, session, &object, rights);
}

uint32_t access_request(struct rsm *rsm, const struct rsm_session *session, uint32_t method,
                        const struct host_decoder *arguments)
{
    uint32_t error = 0;

    if (!session->sids) return 0;
    for (size_t i = 0; i < sizeof(rules) / sizeof(*rules) && !error; i++)
        if (rules[i].method == method) error = check_rule(rsm, session, rules[i].place, *arguments, rules[i].rights);
    return error;
}
