/* GetNtmsUIOptions, SetNtmsUIOptions: the computers that messages are shown on, for a library, for the computer, or for
 * a session ("Application rows are deleted when the session is closed"), whose list is not in the database. */
#include "rsm/engine.h"

#include <stdio.h>
#include <stdlib.h>

void destinations_free(struct destination *destinations)
{
    while (destinations)
    {
        struct destination *next = destinations->next;

        free(destinations);
        destinations = next;
    }
}

/* "lpObjectId is not a valid container"; null is the session. */
static uint32_t check_source(struct rsm *rsm, const struct guid *id)
{
    uint32_t type = object_type(rsm, id);

    if (guid_is_null(id) || type == NTMS_LIBRARY || type == NTMS_COMPUTER) return 0;
    return type ? ERROR_INVALID_PARAMETER : ERROR_OBJECT_NOT_FOUND;
}

/* ---- GetNtmsUIOptions ---- */

struct list
{
    struct host_encoder texts;
    uint32_t count;
    size_t units;
};

static void add_text(struct list *list, const char *text)
{
    put_text(&list->texts, text);
    list->units += text_units(text) + 1;
    list->count++;
}

static void list_of_object(struct rsm *rsm, const struct guid *id, uint32_t type, struct list *list)
{
    sqlite3_stmt *query =
        db_query(&rsm->db, "SELECT destination FROM ui WHERE object=? AND type=? ORDER BY destination", "gi", id,
                 (long long)type);

    while (db_row(&rsm->db, query))
        add_text(list, db_text(query, 0));
    db_done(&rsm->db, query);
}

static void list_of_session(const struct rsm_session *session, uint32_t type, struct list *list)
{
    for (const struct destination *at = session->destinations; at; at = at->next)
        if (at->type == type) add_text(list, at->text);
}

uint32_t op_get_ui_options(struct operation *operation)
{
    uint32_t type, capacity, error;
    struct list list = {.count = 0};
    struct guid id;
    bool fits;

    host_get_guid(operation->arguments, &id);
    type = host_get_u32(operation->arguments);
    capacity = host_get_u32(operation->arguments);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (type <= NTMS_UITYPE_INVALID || type >= NTMS_UITYPE_MAX) return ERROR_INVALID_PARAMETER;
    error = check_source(operation->rsm, &id);
    if (error) return error;
    host_encoder_init(&list.texts);
    if (guid_is_null(&id))
        list_of_session(operation->session, type, &list);
    else
        list_of_object(operation->rsm, &id, type, &list);
    list.units += list.count ? 1 : 0; /* the empty string at the end of a list */
    fits = list.units <= capacity;
    host_put_u32(operation->values, (uint32_t)list.units);
    host_put_list(operation->values, fits ? list.count : 0);
    if (fits) host_put_raw(operation->values, list.texts.data, list.texts.size);
    error = list.texts.error ? ERROR_NOT_ENOUGH_MEMORY : fits ? 0 : ERROR_INSUFFICIENT_BUFFER;
    host_encoder_free(&list.texts);
    return error;
}

/* ---- SetNtmsUIOptions ---- */

static struct destination **find_own(struct rsm_session *session, uint32_t type, const char *text)
{
    struct destination **link = &session->destinations;

    while (*link && ((*link)->type != type || (text && strcmp((*link)->text, text) != 0)))
        link = &(*link)->next;
    return link;
}

/* `text` NULL: any. */
static void remove_own(struct rsm_session *session, uint32_t type, const char *text)
{
    struct destination **link;

    while (*(link = find_own(session, type, text)))
    {
        struct destination *gone = *link;

        *link = gone->next;
        free(gone);
    }
}

static uint32_t change_own(struct rsm_session *session, uint32_t type, uint32_t action, const char *text)
{
    struct destination **link = find_own(session, type, text);

    if (action == NTMS_UIDEST_DELETE) remove_own(session, type, text);
    if (action == NTMS_UIDEST_DELETEALL) remove_own(session, type, NULL);
    if (action != NTMS_UIDEST_ADD) return 0;
    if (*link) return ERROR_ALREADY_EXISTS;
    *link = calloc(1, sizeof(**link));
    if (!*link) return ERROR_NOT_ENOUGH_MEMORY;
    (*link)->type = type;
    snprintf((*link)->text, sizeof((*link)->text), "%s", text);
    return 0;
}

static uint32_t change_of_object(struct rsm *rsm, const struct guid *id, uint32_t type, uint32_t action,
                                 const char *text)
{
    if (action == NTMS_UIDEST_DELETE)
        db_run(&rsm->db, "DELETE FROM ui WHERE object=? AND type=? AND destination=?", "git", id, (long long)type,
               text);
    if (action == NTMS_UIDEST_DELETEALL)
        db_run(&rsm->db, "DELETE FROM ui WHERE object=? AND type=?", "gi", id, (long long)type);
    if (action != NTMS_UIDEST_ADD) return 0;
    db_run(&rsm->db, "INSERT OR IGNORE INTO ui VALUES(?, ?, ?)", "git", id, (long long)type, text);
    return rsm->db.error || db_changes(&rsm->db) ? 0 : ERROR_ALREADY_EXISTS;
}

uint32_t op_set_ui_options(struct operation *operation)
{
    char destination[4 * NTMS_COMPUTERNAME_LENGTH];
    uint32_t type, action, error;
    bool too_long = false;
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
    error = check_source(operation->rsm, &id);
    if (error) return error;
    if (guid_is_null(&id)) return change_own(operation->session, type, action, destination);
    return change_of_object(operation->rsm, &id, type, action, destination);
}
