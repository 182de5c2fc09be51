/*
 * Event queries: whatever the text, it is parsed or refused with a reason, and what is parsed can be checked and asked
 * of an event; nothing is left allocated (LeakSanitizer).
 */
#include <string.h>

#include "fuzz.h"
#include "mi/event_check.h"
#include "mi/event_filter.h"
#include "mi/event_group.h"
#include "mi/event_query.h"
#include "mi/instance.h"
#include "mi/text.h"

static MI_Instance *target, *previous;

static void add(const MI_Char *name, const MI_Value *value, MI_Type type)
{
    REQUIRE(MI_Instance_AddElement(target, name, value, type, value ? 0 : MI_FLAG_NULL) == MI_RESULT_OK);
}

/* A target with one property of each kind that conditions know. */
static void make_instances(void)
{
    static const MI_Value number = {.sint32 = -5}, flag = {.boolean = MI_TRUE}, real = {.real32 = 0.5f};
    static const MI_Value text = {.string = (MI_Char *)MI_T("some text")};
    static const MI_Value time = {.datetime = {1, {.timestamp = {2024, 2, 29, 1, 2, 3, 4, 60}}}};
    MI_Value object;

    REQUIRE(mi_instance_new(MI_T("A"), &target) == MI_RESULT_OK);
    add(MI_T("t"), &text, MI_STRING);
    add(MI_T("n"), &number, MI_SINT32);
    add(MI_T("b"), &flag, MI_BOOLEAN);
    add(MI_T("r"), &real, MI_REAL32);
    add(MI_T("d"), &time, MI_DATETIME);
    add(MI_T("l"), NULL, MI_UINT8A);
    REQUIRE(MI_Instance_Clone(target, &previous) == MI_RESULT_OK);
    object.instance = previous;
    add(MI_T("o"), &object, MI_INSTANCE);
}

static bool is_a(void *context, const MI_Char *class_name, const MI_Char *base)
{
    (void)context;
    return mi_name_equal(class_name, MI_T("A")) && mi_name_equal(base, MI_T("B"));
}

/* An event opens a group, and another one like it is counted to it. */
static void use_groups(const struct mi_event_query *query, const struct mi_event *event)
{
    struct mi_event_groups *groups = mi_event_groups_new(query);
    MI_Instance *aggregate;

    REQUIRE(groups && mi_event_groups_add(groups, event, 1) == MI_RESULT_OK);
    REQUIRE(mi_event_groups_add(groups, event, 1) == MI_RESULT_OK);
    REQUIRE(mi_event_groups_take(groups, mi_event_groups_due(groups), &aggregate) == MI_RESULT_OK);
    REQUIRE((aggregate || query->has_having) && mi_event_groups_due(groups) == ~(MI_Uint64)0);
    if (aggregate) MI_Instance_Delete(aggregate);
    mi_event_groups_delete(groups);
}

static void use(const struct mi_event_query *query)
{
    static const struct mi_event_classes classes = {is_a, NULL};
    struct mi_event event = {MI_EVENT_MODIFICATION, target, previous, 5};
    struct mi_event_targets targets;
    struct mi_event_error error;
    MI_Instance *made;

    REQUIRE(!query->interval || query->interval >= MI_EVENT_LEAST_INTERVAL);
    if (mi_event_check(query, &targets, &error))
        REQUIRE(targets.count >= 1 && targets.count <= MI_EVENT_TARGET_LIMIT && query->interval);
    else
        REQUIRE(error.code && error.text[0]);
    if (!mi_event_check_types(query, &target, 1, &error)) REQUIRE(error.code && error.text[0]);
    REQUIRE(mi_event_filter(query, &event, &classes) <= MI_TRUTH_UNKNOWN);
    REQUIRE(mi_event_instance(query, &event, &made) == MI_RESULT_OK);
    MI_Instance_Delete(made);
    if (query->grouped) use_groups(query, &event);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    MI_Char *text = malloc((size + 1) * sizeof(*text));
    struct mi_event_error error;
    struct mi_event_query *query;

    REQUIRE(text != NULL);
    if (!target) make_instances();
    /* Above 0x7f, letters of other scripts. */
    for (size_t i = 0; i < size; i++)
        text[i] = (MI_Char)(data[i] < 0x80 ? data[i] : data[i] + 0x380);
    text[size] = 0;
    query = mi_event_query_parse(text, &error);
    if (query)
        use(query);
    else
        REQUIRE(error.code && error.text[0] && mi_text_length(error.text) < MI_EVENT_TEXT_LENGTH);
    mi_event_query_free(query);
    free(text);
    return 0;
}
