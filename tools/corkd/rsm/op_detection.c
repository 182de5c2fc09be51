/* Device change detection: BeginNtmsDeviceChangeDetection, SetNtmsDeviceChangeDetection, EndNtmsDeviceChangeDetection.
 * Libraries that are watched are looked at by their threads (worker_watch.c); what has changed is told by the objects'
 * notifications. */
#include "rsm/engine.h"

#include <stdlib.h>

void detection_free(struct detection *detection)
{
    free(detection->libraries);
    free(detection);
}

bool library_is_watched(struct rsm *rsm, const struct guid *library)
{
    for (struct rsm_session *session = rsm->sessions; session; session = session->next)
        for (struct detection *detection = session->detections; detection; detection = detection->next)
            for (size_t i = 0; i < detection->count; i++)
                if (guid_equal(&detection->libraries[i], library)) return true;
    return false;
}

uint32_t op_begin_detection(struct operation *operation)
{
    struct detection *detection;

    if (arguments_end(operation)) return RSM_MALFORMED;
    detection = calloc(1, sizeof(*detection));
    if (!detection) return ERROR_NOT_ENOUGH_MEMORY;
    detection->number = ++operation->rsm->numbers;
    detection->next = operation->session->detections;
    operation->session->detections = detection;
    host_put_u32(operation->values, detection->number);
    return 0;
}

static struct detection **find(struct rsm_session *session, uint32_t number)
{
    struct detection **link = &session->detections;

    while (*link && (*link)->number != number)
        link = &(*link)->next;
    return link;
}

uint32_t op_end_detection(struct operation *operation)
{
    uint32_t number = host_get_u32(operation->arguments);
    struct detection **link, *detection;

    if (arguments_end(operation)) return RSM_MALFORMED;
    link = find(operation->session, number);
    detection = *link;
    if (!detection) return ERROR_INVALID_HANDLE;
    *link = detection->next;
    detection_free(detection);
    return 0;
}

/* ---- SetNtmsDeviceChangeDetection ---- */

/* Libraries that are to be looked at. */
struct targets
{
    struct guid *ids;
    size_t count, room;
    bool no_memory;
};

static void add_target(struct targets *targets, const struct guid *id)
{
    for (size_t i = 0; i < targets->count; i++)
        if (guid_equal(&targets->ids[i], id)) return;
    if (targets->count == targets->room)
    {
        size_t room = targets->room ? 2 * targets->room : 8;
        struct guid *ids = realloc(targets->ids, room * sizeof(*ids));

        targets->no_memory = targets->no_memory || !ids;
        if (!ids) return;
        targets->ids = ids;
        targets->room = room;
    }
    targets->ids[targets->count++] = *id;
}

/* "When using the indirect specification, all stand-alone libraries that could contain the media or media type are
 * detected." */
static void add_stand_alone(struct rsm *rsm, struct targets *targets, const struct guid *media_type)
{
    sqlite3_stmt *query = db_query(&rsm->db,
                                   "SELECT l.id FROM library l JOIN library_media_type t ON t.library=l.id WHERE "
                                   "l.type=? AND t.media_type=?",
                                   "ig", (long long)NTMS_LIBRARYTYPE_STANDALONE, media_type);

    while (db_row(&rsm->db, query))
    {
        struct guid id = db_guid(query, 0);

        add_target(targets, &id);
    }
    db_done(&rsm->db, query);
}

static uint32_t add_object(struct rsm *rsm, struct targets *targets, const struct guid *id, uint32_t type)
{
    struct guid media_type = *id;

    if (object_type(rsm, id) != type) return type == NTMS_LIBRARY ? ERROR_INVALID_LIBRARY : ERROR_INVALID_MEDIA;
    if (type == NTMS_LIBRARY)
    {
        if (guid_equal(id, &rsm->offline)) return ERROR_INVALID_LIBRARY;
        add_target(targets, id);
        return 0;
    }
    if (type == NTMS_PHYSICAL_MEDIA) media_type = db_id(&rsm->db, "SELECT media_type FROM medium WHERE id=?", "g", id);
    add_stand_alone(rsm, targets, &media_type);
    return 0;
}

static uint32_t read_targets(struct operation *operation, uint32_t *number, struct targets *targets)
{
    struct host_decoder *arguments = operation->arguments, ids;
    uint32_t count, type, error = 0;
    struct guid id;

    *number = host_get_u32(arguments);
    count = host_get_list(arguments, sizeof(id));
    ids = *arguments;
    for (uint32_t i = 0; i < count && !arguments->error; i++)
        host_get_guid(arguments, &id);
    type = host_get_u32(arguments);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (!count || (type != NTMS_LIBRARY && type != NTMS_MEDIA_TYPE && type != NTMS_PHYSICAL_MEDIA))
        return ERROR_INVALID_PARAMETER;
    for (uint32_t i = 0; i < count && !error; i++)
    {
        host_get_guid(&ids, &id);
        error = add_object(operation->rsm, targets, &id, type);
    }
    return error ? error : targets->no_memory ? ERROR_NOT_ENOUGH_MEMORY : 0;
}

/* Adds the libraries to those of a detection. */
static uint32_t watch(struct operation *operation, uint32_t number, const struct targets *targets)
{
    struct detection *detection = *find(operation->session, number);
    struct guid *ids;

    if (!detection) return ERROR_INVALID_HANDLE;
    if (!targets->count) return 0;
    ids = realloc(detection->libraries, (detection->count + targets->count) * sizeof(*ids));
    if (!ids) return ERROR_NOT_ENOUGH_MEMORY;
    memcpy(ids + detection->count, targets->ids, targets->count * sizeof(*ids));
    detection->libraries = ids;
    detection->count += targets->count;
    operation->rsm->work_started = true; /* the libraries' threads see it now */
    return 0;
}

/* "NULL for a single poll": each library is asked what is in it, and this waits for that. */
static uint32_t poll_once(struct operation *operation, const struct targets *targets)
{
    struct rsm_call *call = operation->call;
    bool any = false;

    call->work = guid_new();
    for (size_t i = 0; i < targets->count; i++)
    {
        struct libreq request = {
            .op = NTMS_LM_INVENTORY, .option = NTMS_INVENTORY_FAST, .library = targets->ids[i], .work = call->work};

        if (library_usable(operation->rsm, &targets->ids[i])) continue; /* there is nothing that could have changed */
        libreq_add(operation->rsm, operation->session, &request);
        any = true;
    }
    call->poll = poll_work;
    call->abandon = abandon_work;
    return any ? RSM_PENDING : 0;
}

uint32_t op_set_detection(struct operation *operation)
{
    struct targets targets = {0};
    uint32_t number = 0, error = read_targets(operation, &number, &targets);

    if (!error && number)
        error = watch(operation, number, &targets);
    else if (!error)
        error = poll_once(operation, &targets);
    free(targets.ids);
    return error;
}
