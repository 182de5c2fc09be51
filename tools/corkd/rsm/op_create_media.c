/* CreateNtmsMedia: a new offline medium with its sides, from what the caller knows of it. */
#include "rsm/engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SIDES_MAX 8 /* of any medium; media types say how many they have */

/* What all objects have, of the members that are read. */
struct new_object
{
    struct guid id;
    bool enabled;
    char name[4 * NTMS_OBJECTNAME_LENGTH], description[4 * NTMS_DESCRIPTION_LENGTH];
};

struct new_side
{
    struct new_object object;
    struct guid logical;
    uint32_t state, mounts, allocations;
    uint64_t capacity;
    const uint8_t *label; /* in the request */
    size_t label_size;
    char label_type[4 * NTMS_OMIDLABELTYPE_LENGTH], label_info[4 * NTMS_OMIDLABELINFO_LENGTH];
};

struct new_medium
{
    struct new_object object;
    struct guid library, pool;
    uint32_t side_count, density, options;
    char barcode[4 * NTMS_BARCODE_LENGTH];
    struct new_side sides[SIDES_MAX];
    bool too_long;
};

/* ---- Reading the request ---- */

static void skip_numbers(struct host_decoder *arguments, int count)
{
    while (count--)
        host_get_u32(arguments);
}

static void skip_guids(struct host_decoder *arguments, int count)
{
    struct guid ignored;

    while (count--)
        host_get_guid(arguments, &ignored);
}

static bool get_object(struct host_decoder *arguments, struct new_object *object, uint32_t type, bool *too_long)
{
    bool right = host_get_u32(arguments) == type;

    host_get_u64(arguments);
    host_get_u64(arguments);
    host_get_guid(arguments, &object->id);
    object->enabled = host_get_bool(arguments);
    host_get_u32(arguments);
    get_text(arguments, object->name, sizeof(object->name), NTMS_OBJECTNAME_LENGTH, too_long);
    get_text(arguments, object->description, sizeof(object->description), NTMS_DESCRIPTION_LENGTH, too_long);
    return right;
}

static bool get_side(struct host_decoder *arguments, struct new_side *side, bool *too_long)
{
    bool right = get_object(arguments, &side->object, NTMS_PARTITION, too_long);

    skip_guids(arguments, 1);
    host_get_guid(arguments, &side->logical);
    side->state = host_get_u32(arguments);
    host_get_u16(arguments);
    side->label = host_get_bytes(arguments, &side->label_size);
    get_text(arguments, side->label_type, sizeof(side->label_type), NTMS_OMIDLABELTYPE_LENGTH, too_long);
    get_text(arguments, side->label_info, sizeof(side->label_info), NTMS_OMIDLABELINFO_LENGTH, too_long);
    side->mounts = host_get_u32(arguments);
    side->allocations = host_get_u32(arguments);
    side->capacity = host_get_u64(arguments);
    return right;
}

/* False: an object is of another type than it should be. */
static bool get_medium(struct host_decoder *arguments, struct new_medium *medium)
{
    bool right = get_object(arguments, &medium->object, NTMS_PHYSICAL_MEDIA, &medium->too_long);
    uint32_t count;

    host_get_guid(arguments, &medium->library);
    host_get_guid(arguments, &medium->pool);
    skip_guids(arguments, 1);
    skip_numbers(arguments, 1);
    skip_guids(arguments, 2);
    get_text(arguments, medium->barcode, sizeof(medium->barcode), NTMS_BARCODE_LENGTH, &medium->too_long);
    skip_numbers(arguments, 1);
    free(host_get_utf16(arguments)); /* szSequenceNumber */
    skip_numbers(arguments, 3);
    medium->density = host_get_u32(arguments);
    skip_guids(arguments, 1);
    medium->side_count = count = host_get_list(arguments, 1);
    for (uint32_t i = 0; i < count && !arguments->error; i++)
        right = get_side(arguments, &medium->sides[i < SIDES_MAX ? i : SIDES_MAX - 1], &medium->too_long) && right;
    medium->options = host_get_u32(arguments);
    return right;
}

/* "The barcode is stripped of any ending spaces." */
static void strip(char *text)
{
    size_t length = strlen(text);

    while (length && text[length - 1] == ' ')
        text[--length] = 0;
}

/* ---- Checking ---- */

static bool is_taken(struct rsm *rsm, const struct guid *id)
{
    return !guid_is_null(id) && object_type(rsm, id);
}

static bool has_logical(const struct new_side *side)
{
    return side->state == NTMS_PARTSTATE_ALLOCATED || side->state == NTMS_PARTSTATE_COMPLETE;
}

/* A logical medium goes with a side that is allocated, and with no other. */
static uint32_t check_side(struct rsm *rsm, const struct new_side *side, bool alone)
{
    if (!side->label_size || side->label_size > NTMS_OMIDLABELID_LENGTH || !side->label_type[0])
        return ERROR_INVALID_PARAMETER;
    if (side->state <= NTMS_PARTSTATE_UNKNOWN || side->state > NTMS_PARTSTATE_RESERVED) return ERROR_INVALID_PARAMETER;
    if (!guid_is_null(&side->logical) && !has_logical(side)) return ERROR_INVALID_PARAMETER;
    if (is_taken(rsm, &side->object.id) || is_taken(rsm, &side->logical)) return ERROR_INVALID_PARAMETER;
    if (alone && db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM side WHERE label_id=? AND label_type=?)", "bt",
                           side->label, side->label_size, side->label_type))
        return ERROR_DUPLICATE_OMID;
    return 0;
}

static uint32_t check_pool(struct rsm *rsm, const struct guid *pool)
{
    uint32_t type = object_type(rsm, pool) == NTMS_MEDIA_POOL ? pool_type(rsm, pool) : NTMS_POOLTYPE_UNKNOWN;

    if (type != NTMS_POOLTYPE_IMPORT && type != NTMS_POOLTYPE_APPLICATION) return ERROR_INVALID_MEDIA_POOL;
    return db_number(&rsm->db, "SELECT media_type IS NULL FROM pool WHERE id=?", "g", pool) ? ERROR_INVALID_MEDIA_POOL
                                                                                            : 0;
}

static uint32_t check_medium(struct rsm *rsm, const struct new_medium *medium)
{
    uint32_t error = check_pool(rsm, &medium->pool);

    if (error) return error;
    if (medium->too_long || medium->options & ~(uint32_t)NTMS_ERROR_ON_DUPLICATE || is_taken(rsm, &medium->object.id))
        return ERROR_INVALID_PARAMETER;
    if (!guid_is_null(&medium->library) && !guid_equal(&medium->library, &rsm->offline)) return ERROR_INVALID_PARAMETER;
    if (medium->side_count > SIDES_MAX ||
        medium->side_count !=
            db_number(&rsm->db, "SELECT sides FROM media_type WHERE id=(SELECT media_type FROM pool WHERE id=?)", "g",
                      &medium->pool))
        return ERROR_MEDIA_INCOMPATIBLE;
    if (medium->barcode[0] &&
        db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM medium WHERE barcode=?)", "t", medium->barcode))
        return ERROR_INVALID_MEDIA;
    for (uint32_t i = 0; i < medium->side_count && !error; i++)
        error = check_side(rsm, &medium->sides[i], medium->options & NTMS_ERROR_ON_DUPLICATE);
    return error;
}

/* ---- Making ---- */

static void insert(struct rsm *rsm, struct new_object *object, uint32_t type)
{
    if (guid_is_null(&object->id)) object->id = guid_new();
    object_insert(rsm, &object->id, type, object->name, object->description);
    if (!object->enabled) db_run(&rsm->db, "UPDATE object SET enabled=0 WHERE id=?", "g", &object->id);
}

/* "The RSM default naming selection is: for single sided: Barcode, then Label Info value or Sequence Number; for
 * multi-sided media Barcode then Sequence Number." */
static void name_medium(struct new_medium *medium, const char *sequence)
{
    const char *name = medium->barcode;

    if (medium->object.name[0]) return;
    if (!*name && medium->side_count == 1) name = medium->sides[0].label_info;
    if (!*name) name = sequence;
    snprintf(medium->object.name, sizeof(medium->object.name), "%.*s", (int)(NTMS_OBJECTNAME_LENGTH - 1), name);
}

static void insert_side(struct rsm *rsm, struct new_medium *medium, uint32_t number)
{
    struct new_side *side = &medium->sides[number];

    if (has_logical(side))
    {
        if (guid_is_null(&side->logical)) side->logical = guid_new();
        object_insert(rsm, &side->logical, NTMS_LOGICAL_MEDIA, medium->object.name, "");
        db_run(&rsm->db, "INSERT INTO logical VALUES(?, ?)", "gg", &side->logical, &medium->pool);
    }
    insert(rsm, &side->object, NTMS_PARTITION);
    db_run(&rsm->db,
           "INSERT INTO side(id, medium, logical, state, number, label_id, label_type, label_info, mounts, "
           "allocations, capacity) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
           "gggiibttiii", &side->object.id, &medium->object.id, &side->logical, (long long)side->state,
           (long long)number, side->label, side->label_size, side->label_type, side->label_info,
           (long long)side->mounts, (long long)side->allocations, (long long)side->capacity);
}

static void insert_medium(struct rsm *rsm, struct new_medium *medium)
{
    struct guid type = db_id(&rsm->db, "SELECT media_type FROM pool WHERE id=?", "g", &medium->pool);
    char sequence[NTMS_SEQUENCE_LENGTH];

    medium_sequence(rsm, sequence);
    name_medium(medium, sequence);
    insert(rsm, &medium->object, NTMS_PHYSICAL_MEDIA);
    db_run(&rsm->db,
           "INSERT INTO medium(id, library, pool, place, place_type, media_type, barcode, barcode_state, sequence, "
           "state, density, identified) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
           "ggggigtitii", &medium->object.id, &rsm->offline, &medium->pool, &rsm->offline, (long long)NTMS_LIBRARY,
           &type, medium->barcode,
           (long long)(medium->barcode[0] ? NTMS_BARCODESTATE_OK : NTMS_BARCODESTATE_UNREADABLE), sequence,
           (long long)NTMS_MEDIASTATE_IDLE, (long long)medium->density);
    for (uint32_t i = 0; i < medium->side_count; i++)
        insert_side(rsm, medium, i);
}

static uint32_t create(struct operation *operation, struct new_medium *medium)
{
    struct rsm *rsm = operation->rsm;
    bool right = get_medium(operation->arguments, medium);
    uint32_t error;

    if (arguments_end(operation)) return RSM_MALFORMED;
    if (!right) return ERROR_INVALID_PARAMETER;
    strip(medium->barcode);
    error = check_medium(rsm, medium);
    if (!error) error = access_check(rsm, operation->session, &medium->pool, NTMS_MODIFY_ACCESS);
    if (error) return error;
    insert_medium(rsm, medium);
    error = information_get(rsm, &medium->object.id, NTMS_PHYSICAL_MEDIA, operation->values);
    host_put_list(operation->values, medium->side_count);
    for (uint32_t i = 0; i < medium->side_count && !error; i++)
        error = information_get(rsm, &medium->sides[i].object.id, NTMS_PARTITION, operation->values);
    return error;
}

uint32_t op_create_media(struct operation *operation)
{
    struct new_medium *medium = calloc(1, sizeof(*medium));
    uint32_t error = medium ? create(operation, medium) : ERROR_NOT_ENOUGH_MEMORY;

    free(medium);
    return error;
}
