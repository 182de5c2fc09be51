/* Objects: found by GUID or by name, listed, named. */
#include "command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Types ---- */

static const char *const type_names[] = {
    [NTMS_OBJECT] = "object",
    [NTMS_CHANGER] = "changer",
    [NTMS_CHANGER_TYPE] = "changer type",
    [NTMS_COMPUTER] = "computer",
    [NTMS_DRIVE] = "drive",
    [NTMS_DRIVE_TYPE] = "drive type",
    [NTMS_IEDOOR] = "door",
    [NTMS_IEPORT] = "port",
    [NTMS_LIBRARY] = "library",
    [NTMS_LIBREQUEST] = "library request",
    [NTMS_LOGICAL_MEDIA] = "logical medium",
    [NTMS_MEDIA_POOL] = "media pool",
    [NTMS_MEDIA_TYPE] = "media type",
    [NTMS_PARTITION] = "partition",
    [NTMS_PHYSICAL_MEDIA] = "physical medium",
    [NTMS_STORAGESLOT] = "slot",
    [NTMS_OPREQUEST] = "operator request",
};

const char *type_name(DWORD type)
{
    return type < sizeof(type_names) / sizeof(*type_names) && type_names[type] ? type_names[type] : "object";
}

DWORD type_of_word(uint32_t word)
{
    static const DWORD types[] = {
        NTMS_LIBRARY,       NTMS_DRIVE,      NTMS_DRIVE_TYPE, NTMS_CHANGER,    NTMS_CHANGER_TYPE,   NTMS_STORAGESLOT,
        NTMS_IEDOOR,        NTMS_IEPORT,     NTMS_MEDIA_TYPE, NTMS_MEDIA_POOL, NTMS_PHYSICAL_MEDIA, NTMS_PARTITION,
        NTMS_LOGICAL_MEDIA, NTMS_LIBREQUEST, NTMS_OPREQUEST,  NTMS_OPREQUEST,  NTMS_COMPUTER};

    return word < sizeof(types) / sizeof(*types) ? types[word] : NTMS_UNKNOWN;
}

/* ---- Identifiers ---- */

BOOL is_null_id(const NTMS_GUID *id)
{
    static const NTMS_GUID none;

    return same_id(id, &none);
}

BOOL same_id(const NTMS_GUID *a, const NTMS_GUID *b)
{
    return !memcmp(a, b, sizeof(*a));
}

const char *id_text(const NTMS_GUID *id)
{
    static char texts[4][GUID_TEXT_SIZE];
    static unsigned next;

    return guid_to_text((const uint8_t *)id, texts[next++ % 4]);
}

/* ---- Reading and listing ---- */

DWORD read_object(HANDLE session, const NTMS_GUID *id, DWORD type, object_information *information)
{
    NTMS_GUID copy = *id;

    memset(information, 0, sizeof(*information));
    information->dwSize = sizeof(*information);
    information->dwType = type;
    return GetNtmsObjectInformationW(session, &copy, information);
}

static DWORD list_in(HANDLE session, const NTMS_GUID *container, DWORD type, NTMS_GUID **ids, DWORD *count)
{
    NTMS_GUID copy = container ? *container : (NTMS_GUID){0};
    DWORD error = ERROR_INSUFFICIENT_BUFFER, room = 64;

    /* There may be more than there were a moment ago. */
    for (*ids = NULL; error == ERROR_INSUFFICIENT_BUFFER; room = *count + 64)
    {
        free(*ids);
        *ids = malloc(room * sizeof(**ids));
        if (!*ids) return ERROR_NOT_ENOUGH_MEMORY;
        *count = room;
        error = EnumerateNtmsObject(session, container ? &copy : NULL, *ids, count, type, NTMS_ENUM_DEFAULT);
    }
    if (!error) return 0;
    free(*ids);
    *ids = NULL;
    *count = 0;
    return error;
}

/* The service lists the pools of one pool; each pool's own follow it here. */
static DWORD add_pools(HANDLE session, const NTMS_GUID *parent, NTMS_GUID **ids, DWORD *count)
{
    NTMS_GUID *pools, *more;
    DWORD added, error = list_in(session, parent, NTMS_MEDIA_POOL, &pools, &added);

    for (DWORD i = 0; i < added && !error; i++)
    {
        more = realloc(*ids, (*count + 1) * sizeof(*more));
        if (more)
        {
            *ids = more;
            more[(*count)++] = pools[i];
            error = add_pools(session, &pools[i], ids, count);
        }
        else
            error = ERROR_NOT_ENOUGH_MEMORY;
    }
    free(pools);
    return error;
}

DWORD list_objects(HANDLE session, const NTMS_GUID *container, DWORD type, NTMS_GUID **ids, DWORD *count)
{
    DWORD error;

    if (container || type != NTMS_MEDIA_POOL) return list_in(session, container, type, ids, count);
    *ids = NULL;
    *count = 0;
    error = add_pools(session, NULL, ids, count);
    if (!error) return 0;
    free(*ids);
    *ids = NULL;
    *count = 0;
    return error;
}

/* ---- Names ---- */

static DWORD pool_name(HANDLE session, const NTMS_GUID *id, char *text)
{
    WCHAR name[NTMS_POOLHIERARCHY_LENGTH];
    DWORD size = NTMS_POOLHIERARCHY_LENGTH, error;
    NTMS_GUID copy = *id;

    error = GetNtmsMediaPoolNameW(session, &copy, name, &size);
    if (!error) to_utf8(name, text, TEXT_SIZE);
    return error;
}

static void read_name(HANDLE session, const NTMS_GUID *id, char *text)
{
    object_information information;
    DWORD error = read_object(session, id, NTMS_UNKNOWN, &information);

    if (!error && information.dwType == NTMS_MEDIA_POOL)
        error = pool_name(session, id, text);
    else if (!error)
        to_utf8(information.szName, text, TEXT_SIZE);
    if (error || !text[0]) snprintf(text, TEXT_SIZE, "%s", id_text(id));
}

const char *name_of(HANDLE session, const NTMS_GUID *id, char *text)
{
    /* A table names the same few libraries and pools in row after row. */
    static struct
    {
        NTMS_GUID id;
        char name[TEXT_SIZE];
    } recent[16];
    static unsigned next;

    if (is_null_id(id)) return strcpy(text, "-");
    for (unsigned i = 0; i < 16; i++)
        if (same_id(&recent[i].id, id)) return strcpy(text, recent[i].name);
    read_name(session, id, text);
    recent[next % 16].id = *id;
    strcpy(recent[next++ % 16].name, text);
    return text;
}

/* ---- Finding ---- */

static DWORD find_by_id(HANDLE session, const struct switch_value *value, DWORD type, NTMS_GUID *id)
{
    object_information information;
    DWORD error;

    memcpy(id, value->guid, sizeof(*id));
    error = read_object(session, id, NTMS_UNKNOWN, &information);
    if (error) return fail(error, "%s %s", type_name(type), id_text(id));
    if (information.dwType == type) return 0;
    return fail_plainly(ERROR_OBJECT_NOT_FOUND, "%s is a %s, and a %s is wanted", id_text(id),
                        type_name(information.dwType), type_name(type));
}

static BOOL has_name(HANDLE session, const NTMS_GUID *id, DWORD type, const char *name)
{
    object_information information;
    char text[TEXT_SIZE];

    return !read_object(session, id, type, &information) &&
           !strcmp(to_utf8(information.szName, text, sizeof(text)), name);
}

static DWORD find_by_name(HANDLE session, const char *name, DWORD type, const NTMS_GUID *container, NTMS_GUID *id)
{
    NTMS_GUID *ids;
    DWORD count, found = 0, error = list_objects(session, container, type, &ids, &count);

    if (error) return fail(error, "%s %s", type_name(type), name);
    for (DWORD i = 0; i < count; i++)
        if (has_name(session, &ids[i], type, name) && !found++) *id = ids[i];
    free(ids);
    if (found == 1) return 0;
    if (!found) return fail_plainly(ERROR_OBJECT_NOT_FOUND, "there is no %s named %s", type_name(type), name);
    return fail_plainly(ERROR_DUP_NAME, "there are %lu named %s: name the %s by its GUID (rsm view /guiddisplay)",
                        found, name, type_name(type));
}

DWORD find_object(HANDLE session, const struct switch_value *value, DWORD type, const NTMS_GUID *container,
                  NTMS_GUID *id)
{
    if (value->is_guid) return find_by_id(session, value, type, id);
    if (type == NTMS_MEDIA_POOL) return find_pool(session, value->text, id);
    return find_by_name(session, value->text, type, container, id);
}

DWORD find_pool(HANDLE session, const char *name, NTMS_GUID *id)
{
    WCHAR wide[NTMS_POOLHIERARCHY_LENGTH];
    DWORD error = ERROR_INVALID_NAME;

    if (to_wide(name, wide, NTMS_POOLHIERARCHY_LENGTH))
        error = CreateNtmsMediaPoolW(session, wide, NULL, NTMS_OPEN_EXISTING, NULL, id);
    return error ? fail(error, "media pool %s", name) : 0;
}

/* ---- Changing ---- */

static DWORD set_texts(HANDLE session, const NTMS_GUID *id, const char *name, const char *description)
{
    object_information information, now;
    NTMS_GUID copy = *id;
    DWORD error = read_object(session, id, NTMS_UNKNOWN, &information);

    if (error) return error;
    if (name && !to_wide(name, information.szName, NTMS_OBJECTNAME_LENGTH)) return ERROR_INVALID_NAME;
    if (description && !to_wide(description, information.szDescription, NTMS_DESCRIPTION_LENGTH))
        return ERROR_INVALID_NAME;
    error = SetNtmsObjectInformationW(session, &copy, &information);
    /* "The following members are writable" names fewer types than there are; the others' names stay. */
    if (!error) error = read_object(session, id, NTMS_UNKNOWN, &now);
    if (!error && wcscmp(now.szName, information.szName)) error = ERROR_NOT_SUPPORTED;
    return error;
}

DWORD rename_object(HANDLE session, const NTMS_GUID *id, const char *name, const char *description)
{
    DWORD error = set_texts(session, id, name, description);

    if (error == ERROR_NOT_SUPPORTED)
        return fail_plainly(error, "%s is an object whose name cannot be changed", id_text(id));
    return error ? fail(error, "rename %s", id_text(id)) : 0;
}
