/* Groups of events. See event_group.h. */
#include "mi/event_group.h"

#include "mi/allocation.h"
#include "mi/event_value.h"
#include "mi/instance.h"
#include "mi/text.h"

#include <string.h>

struct group
{
    struct group *next; /* in the order in which they are complete */
    MI_Instance *first; /* the event, as it would have been delivered alone */
    MI_Char *key;       /* the values that the events have in common, as a text */
    MI_Uint64 due;
    MI_Uint32 count;
};

struct mi_event_groups
{
    const struct mi_event_query *query;
    struct group *first, **end;
    MI_Uint32 count;
};

struct mi_event_groups *mi_event_groups_new(const struct mi_event_query *query)
{
    struct mi_event_groups *groups = mi_alloc(sizeof(*groups));

    if (groups) *groups = (struct mi_event_groups){query, NULL, &groups->first, 0};
    return groups;
}

static void delete_group(struct group *group)
{
    if (group->first) MI_Instance_Delete(group->first);
    mi_free(group->key);
    mi_free(group);
}

void mi_event_groups_delete(struct mi_event_groups *groups)
{
    struct group *group = groups ? groups->first : NULL;

    while (group)
    {
        struct group *next = group->next;

        delete_group(group);
        group = next;
    }
    mi_free(groups);
}

/* ---- Adding ----------------------------------------------------------------------------------------------------- */

/* A text on its way into memory, or only measured where there is none. */
struct key
{
    MI_Char *at;
    size_t length;
};

static void put(struct key *key, MI_Char c)
{
    if (key->at) *key->at++ = c;
    key->length++;
}

static void put_number(struct key *key, MI_Uint64 number)
{
    do
        put(key, MI_T("0123456789abcdef")[number % 16]);
    while (number /= 16);
    put(key, ' ');
}

/* Without regard to case, as values compare. */
static void put_text(struct key *key, const MI_Char *text)
{
    put_number(key, mi_text_length(text));
    while (*text)
        put(key, mi_char_lower(*text++));
}

static void put_value(struct key *key, const struct mi_event_value *value)
{
    MI_Uint64 bits;

    put_number(key, value->kind);
    if (value->kind == MI_EVENT_TEXT) put_text(key, value->text);
    if (value->kind == MI_EVENT_INTEGER || value->kind == MI_EVENT_BOOLEAN) put_number(key, value->magnitude);
    if (value->kind == MI_EVENT_INTEGER) put_number(key, value->negative);
    if (value->kind == MI_EVENT_TIME || value->kind == MI_EVENT_INTERVAL)
        put_number(key, (MI_Uint64)value->microseconds);
    if (value->kind != MI_EVENT_REAL) return;
    memcpy(&bits, &value->real, sizeof(bits));
    put_number(key, bits);
}

/* The values of the properties of the BY as a text, which is the same where they are; from mi_alloc. */
static MI_Char *key_of(const struct mi_event_query *query, const struct mi_event *event)
{
    struct key key = {NULL, 0};
    MI_Char *text = NULL;

    for (int pass = 0; pass < 2; pass++)
    {
        for (const struct mi_event_path *path = query->group_by; path; path = path->next)
        {
            struct mi_event_value value = mi_event_property(event, path);

            put_value(&key, &value);
        }
        put(&key, 0);
        if (pass) break;
        text = mi_alloc(key.length * sizeof(*text));
        if (!text) return NULL;
        key.at = text;
    }
    return text;
}

static bool same_text(const MI_Char *left, const MI_Char *right)
{
    size_t length = mi_text_length(left);

    return mi_text_length(right) == length && !memcmp(left, right, length * sizeof(*left));
}

/* Takes the key. */
static MI_Result open_group(struct mi_event_groups *groups, const struct mi_event *event, MI_Char *key, MI_Uint64 now)
{
    struct group *group = groups->count < MI_EVENT_GROUP_LIMIT ? mi_alloc(sizeof(*group)) : NULL;
    MI_Result result = MI_RESULT_SERVER_LIMITS_EXCEEDED;

    if (group)
    {
        *group = (struct group){.key = key, .due = now + groups->query->group_interval, .count = 1};
        result = mi_event_instance(groups->query, event, &group->first);
        if (result != MI_RESULT_OK) delete_group(group);
    }
    else
        mi_free(key);
    if (result != MI_RESULT_OK) return result;
    *groups->end = group;
    groups->end = &group->next;
    groups->count++;
    return MI_RESULT_OK;
}

MI_Result mi_event_groups_add(struct mi_event_groups *groups, const struct mi_event *event, MI_Uint64 now)
{
    struct group *group = groups->first;
    MI_Char *key = key_of(groups->query, event);

    if (!key) return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    while (group && (now >= group->due || !same_text(group->key, key)))
        group = group->next;
    if (!group) return open_group(groups, event, key, now);
    group->count++;
    mi_free(key);
    return MI_RESULT_OK;
}

/* ---- Taking ----------------------------------------------------------------------------------------------------- */

MI_Uint64 mi_event_groups_due(const struct mi_event_groups *groups)
{
    return groups->first ? groups->first->due : ~(MI_Uint64)0;
}

/* "The HAVING clause operates on the NumberOfEvents property of the __AggregateEvent system class" */
static bool is_wanted(const struct mi_event_query *query, const struct group *group)
{
    MI_Value count = {.uint32 = group->count}, limit = {.uint32 = query->having_count};
    struct mi_event_value left = mi_event_value_of(MI_UINT32, &count, false);
    struct mi_event_value right = mi_event_value_of(MI_UINT32, &limit, false);
    bool holds = true;

    return !query->has_having || (mi_event_compare(&left, query->having, &right, &holds) && holds);
}

static MI_Result make_aggregate(struct group *group, MI_Instance **aggregate)
{
    MI_Uint32 flags = MI_FLAG_PROPERTY | MI_FLAG_READONLY | MI_FLAG_NOT_MODIFIED;
    MI_Value count = {.uint32 = group->count}, first = {.instance = group->first};
    MI_Result result = mi_instance_new(MI_T("__AggregateEvent"), aggregate);

    if (result != MI_RESULT_OK) return result;
    result = MI_Instance_AddElement(*aggregate, MI_T("NumberOfEvents"), &count, MI_UINT32, flags);
    if (result == MI_RESULT_OK)
        result = MI_Instance_AddElement(*aggregate, MI_T("Representative"), &first, MI_INSTANCE, flags);
    if (result == MI_RESULT_OK) return result;
    MI_Instance_Delete(*aggregate);
    *aggregate = NULL;
    return result;
}

MI_Result mi_event_groups_take(struct mi_event_groups *groups, MI_Uint64 now, MI_Instance **aggregate)
{
    MI_Result result = MI_RESULT_OK;

    *aggregate = NULL;
    while (groups->first && now >= groups->first->due && !*aggregate && result == MI_RESULT_OK)
    {
        struct group *group = groups->first;

        groups->first = group->next;
        if (!groups->first) groups->end = &groups->first;
        groups->count--;
        if (is_wanted(groups->query, group)) result = make_aggregate(group, aggregate);
        delete_group(group);
    }
    return result;
}
