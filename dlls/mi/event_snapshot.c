/* Instances as they were the last time. See event_snapshot.h. */
#include "mi/event_snapshot.h"

#include "mi/allocation.h"
#include "mi/text.h"
#include "mi/value.h"

#include <string.h>

struct entry
{
    struct entry *next; /* in the bucket, in the order in which they came */
    MI_Instance *instance;
    MI_Uint32 hash;  /* of the keys */
    MI_Uint32 round; /* in which it was seen last */
};

struct mi_event_snapshot
{
    struct entry **buckets;
    MI_Uint32 room, count, round;
    MI_Uint32 gone_at; /* where the search for those that are gone goes on */
};

/* ---- Comparison ------------------------------------------------------------------------------------------------- */

struct element
{
    const MI_Char *name;
    MI_Value value;
    MI_Type type;
    MI_Uint32 flags;
};

static bool element_at(const MI_Instance *instance, MI_Uint32 index, struct element *element)
{
    memset(element, 0, sizeof(*element));
    return MI_Instance_GetElementAt(instance, index, &element->name, &element->value, &element->type,
                                    &element->flags) == MI_RESULT_OK;
}

static bool same_text(const MI_Char *left, const MI_Char *right)
{
    size_t length;

    if (!left || !right) return left == right;
    length = mi_text_length(left);
    return mi_text_length(right) == length && !memcmp(left, right, length * sizeof(*left));
}

/* Date-times, field by field: the structure has padding. */
static bool same_datetime(const MI_Datetime *left, const MI_Datetime *right)
{
    const MI_Timestamp *at = &left->u.timestamp, *other = &right->u.timestamp;
    const MI_Interval *interval = &left->u.interval, *second = &right->u.interval;

    if (!left->isTimestamp != !right->isTimestamp) return false;
    if (left->isTimestamp)
        return at->year == other->year && at->month == other->month && at->day == other->day &&
               at->hour == other->hour && at->minute == other->minute && at->second == other->second &&
               at->microseconds == other->microseconds && at->utc == other->utc;
    return interval->days == second->days && interval->hours == second->hours && interval->minutes == second->minutes &&
           interval->seconds == second->seconds && interval->microseconds == second->microseconds;
}

/* Two scalars, from where values or arrays have them. */
static bool same_scalar(MI_Type type, const void *left, const void *right)
{
    switch (type)
    {
    case MI_STRING:
        return same_text(*(MI_Char *const *)left, *(MI_Char *const *)right);
    case MI_INSTANCE:
    case MI_REFERENCE:
        return mi_event_same_instance(*(MI_Instance *const *)left, *(MI_Instance *const *)right);
    case MI_DATETIME:
        return same_datetime(left, right);
    default:
        return !memcmp(left, right, mi_type_size(type));
    }
}

static bool same_value(const struct element *left, const struct element *right)
{
    MI_Type item = (MI_Type)(left->type & ~(MI_Uint32)MI_ARRAY);
    size_t size;

    if (left->type != right->type || (left->flags & MI_FLAG_NULL) != (right->flags & MI_FLAG_NULL)) return false;
    if (left->flags & MI_FLAG_NULL) return true;
    if (!mi_type_is_array(left->type)) return same_scalar(left->type, &left->value, &right->value);
    if (left->value.array.size != right->value.array.size) return false;
    size = mi_type_size(left->type);
    for (MI_Uint32 i = 0; i < left->value.array.size; i++)
        if (!same_scalar(item, (const char *)left->value.array.data + i * size,
                         (const char *)right->value.array.data + i * size))
            return false;
    return true;
}

/* Whether all elements are the same, or all keys. */
static bool same_elements(const MI_Instance *left, const MI_Instance *right, bool keys_only)
{
    const MI_Char *name = NULL, *other = NULL;
    MI_Uint32 count = 0, other_count = 0;

    MI_Instance_GetClassName(left, &name);
    MI_Instance_GetClassName(right, &other);
    MI_Instance_GetElementCount(left, &count);
    MI_Instance_GetElementCount(right, &other_count);
    if (!name || !other || !mi_name_equal(name, other) || count != other_count) return false;
    for (MI_Uint32 i = 0; i < count; i++)
    {
        struct element first, second;

        if (!element_at(left, i, &first) || !element_at(right, i, &second)) return false;
        if (keys_only && !((first.flags | second.flags) & MI_FLAG_KEY)) continue;
        if (!mi_name_equal(first.name, second.name) || !same_value(&first, &second)) return false;
    }
    return true;
}

bool mi_event_same_instance(const MI_Instance *left, const MI_Instance *right)
{
    return left == right || (left && right && same_elements(left, right, false));
}

static MI_Uint32 hash_bytes(MI_Uint32 hash, const void *bytes, size_t size)
{
    for (const unsigned char *at = bytes; size--; at++)
        hash = (hash ^ *at) * 16777619u;
    return hash;
}

/* Of the keys that are texts or numbers; others do not matter for finding the bucket. */
static MI_Uint32 hash_keys(const MI_Instance *instance)
{
    MI_Uint32 hash = 2166136261u, count = 0;

    MI_Instance_GetElementCount(instance, &count);
    for (MI_Uint32 i = 0; i < count; i++)
    {
        struct element element;

        if (!element_at(instance, i, &element) || !(element.flags & MI_FLAG_KEY) || (element.flags & MI_FLAG_NULL))
            continue;
        if (element.type == MI_STRING)
            hash = hash_bytes(hash, element.value.string, mi_text_length(element.value.string) * sizeof(MI_Char));
        else if (element.type < MI_REAL32)
            hash = hash_bytes(hash, &element.value, mi_type_size(element.type));
    }
    return hash;
}

/* ---- The table -------------------------------------------------------------------------------------------------- */

struct mi_event_snapshot *mi_event_snapshot_new(void)
{
    struct mi_event_snapshot *snapshot = mi_alloc(sizeof(*snapshot));

    if (snapshot) memset(snapshot, 0, sizeof(*snapshot));
    return snapshot;
}

void mi_event_snapshot_delete(struct mi_event_snapshot *snapshot)
{
    if (!snapshot) return;
    for (MI_Uint32 i = 0; i < snapshot->room; i++)
    {
        for (struct entry *entry = snapshot->buckets[i], *next; entry; entry = next)
        {
            next = entry->next;
            MI_Instance_Delete(entry->instance);
            mi_free(entry);
        }
    }
    mi_free(snapshot->buckets);
    mi_free(snapshot);
}

void mi_event_snapshot_begin(struct mi_event_snapshot *snapshot)
{
    snapshot->round++;
    snapshot->gone_at = 0;
}

/* Behind all that are in the bucket already. */
static void put(struct entry **buckets, MI_Uint32 room, struct entry *entry)
{
    struct entry **last = &buckets[entry->hash & (room - 1)];

    while (*last)
        last = &(*last)->next;
    entry->next = NULL;
    *last = entry;
}

/* Makes room for one more: at most as many as there are buckets, a power of two. */
static bool reserve(struct mi_event_snapshot *snapshot)
{
    MI_Uint32 room = snapshot->room ? 2 * snapshot->room : 64;
    struct entry **buckets;

    if (snapshot->count < snapshot->room) return true;
    buckets = mi_alloc(room * sizeof(struct entry *));
    if (!buckets) return false;
    memset(buckets, 0, room * sizeof(struct entry *));
    for (MI_Uint32 i = 0; i < snapshot->room; i++)
    {
        for (struct entry *entry = snapshot->buckets[i], *next; entry; entry = next)
        {
            next = entry->next;
            put(buckets, room, entry);
        }
    }
    mi_free(snapshot->buckets);
    snapshot->buckets = buckets;
    snapshot->room = room;
    return true;
}

/* The first instance with these keys that was not seen in this round. */
static struct entry *find(const struct mi_event_snapshot *snapshot, const MI_Instance *instance, MI_Uint32 hash)
{
    struct entry *entry = snapshot->room ? snapshot->buckets[hash & (snapshot->room - 1)] : NULL;

    while (entry &&
           (entry->round == snapshot->round || entry->hash != hash || !same_elements(entry->instance, instance, true)))
        entry = entry->next;
    return entry;
}

static bool add(struct mi_event_snapshot *snapshot, MI_Instance *instance, MI_Uint32 hash)
{
    struct entry *entry = reserve(snapshot) ? mi_alloc(sizeof(*entry)) : NULL;

    if (!entry) return false;
    *entry = (struct entry){NULL, instance, hash, snapshot->round};
    put(snapshot->buckets, snapshot->room, entry);
    snapshot->count++;
    return true;
}

MI_Result mi_event_snapshot_see(struct mi_event_snapshot *snapshot, MI_Instance *instance, enum mi_event_change *change,
                                MI_Instance **previous)
{
    MI_Uint32 hash = hash_keys(instance);
    struct entry *entry = find(snapshot, instance, hash);

    *previous = NULL;
    *change = MI_CHANGE_NONE;
    if (!entry)
    {
        if (!add(snapshot, instance, hash))
        {
            MI_Instance_Delete(instance);
            return MI_RESULT_SERVER_LIMITS_EXCEEDED;
        }
        *change = MI_CHANGE_CREATED;
        return MI_RESULT_OK;
    }
    entry->round = snapshot->round;
    if (mi_event_same_instance(entry->instance, instance))
    {
        MI_Instance_Delete(instance);
        return MI_RESULT_OK;
    }
    *previous = entry->instance;
    entry->instance = instance;
    *change = MI_CHANGE_MODIFIED;
    return MI_RESULT_OK;
}

MI_Instance *mi_event_snapshot_take_gone(struct mi_event_snapshot *snapshot)
{
    for (; snapshot->gone_at < snapshot->room; snapshot->gone_at++)
    {
        for (struct entry **at = &snapshot->buckets[snapshot->gone_at]; *at; at = &(*at)->next)
        {
            struct entry *entry = *at;
            MI_Instance *instance = entry->instance;

            if (entry->round == snapshot->round) continue;
            *at = entry->next;
            mi_free(entry);
            snapshot->count--;
            return instance;
        }
    }
    return NULL;
}
