/* Which events a query asks for. See event_filter.h. */
#include "mi/event_filter.h"

#include "mi/instance.h"
#include "mi/text.h"

#include <string.h>

bool mi_event_is_of_class(const MI_Char *class_name, const MI_Char *base)
{
    static const MI_Char *const bases[] = {MI_EVENT_OPERATION, MI_T("__Event"), MI_T("__IndicationRelated"),
                                           MI_T("__SystemClass")};

    if (mi_name_equal(class_name, base)) return true;
    for (size_t i = 0; i < MI_COUNT(bases); i++)
        if (mi_name_equal(base, bases[i])) return true;
    return false;
}

/* ---- Properties ------------------------------------------------------------------------------------------------- */

static struct mi_event_value text_value(const MI_Char *text)
{
    MI_Value value = {.string = (MI_Char *)text};

    return mi_event_value_of(MI_STRING, &value, !text);
}

static struct mi_event_value object_value(const MI_Instance *object)
{
    MI_Value value = {.instance = (MI_Instance *)object};

    return mi_event_value_of(MI_INSTANCE, &value, !object);
}

/* A property of the event itself. The path, the namespace and the server of an event are NULL. */
static struct mi_event_value own_property(const struct mi_event *event, const MI_Char *name)
{
    MI_Value value = {.uint64 = event->time};

    if (mi_name_equal(name, MI_T("TargetInstance"))) return object_value(event->target);
    if (mi_name_equal(name, MI_T("PreviousInstance"))) return object_value(event->previous);
    if (mi_name_equal(name, MI_T("__CLASS"))) return text_value(event->class_name);
    return mi_event_value_of(MI_UINT64, &value, !mi_name_equal(name, MI_T("TIME_CREATED")));
}

/* A property of an embedded object. */
static struct mi_event_value embedded_property(const MI_Instance *object, const MI_Char *name)
{
    const MI_Char *text = NULL;
    MI_Value value = {0};
    MI_Type type = MI_BOOLEAN;
    MI_Uint32 flags = 0;

    if (mi_name_equal(name, MI_T("__CLASS")))
        return text_value(MI_Instance_GetClassName(object, &text) == MI_RESULT_OK ? text : NULL);
    if (mi_name_equal(name, MI_T("__NAMESPACE")))
        return text_value(MI_Instance_GetNameSpace(object, &text) == MI_RESULT_OK ? text : NULL);
    if (MI_Instance_GetElement(object, name, &value, &type, &flags, NULL) != MI_RESULT_OK) flags = MI_FLAG_NULL;
    return mi_event_value_of(type, &value, flags & MI_FLAG_NULL);
}

struct mi_event_value mi_event_property(const struct mi_event *event, const struct mi_event_path *path)
{
    struct mi_event_value value = own_property(event, path->names[0]);

    for (MI_Uint32 i = 1; i < path->count; i++)
        value = value.kind == MI_EVENT_OBJECT ? embedded_property(value.object, path->names[i]) : object_value(NULL);
    return value;
}

/* ---- Conditions --------------------------------------------------------------------------------------------------
 */

static enum mi_truth truth(bool holds)
{
    return holds ? MI_TRUTH_YES : MI_TRUTH_NO;
}

static enum mi_truth is_a(const struct mi_event_condition *condition, const struct mi_event *event,
                          const struct mi_event_classes *classes)
{
    const struct mi_event_path *path = condition->left.path;
    const MI_Char *base = condition->right.text, *name = NULL;
    struct mi_event_value value;

    if (path->count == 1 && mi_name_equal(path->names[0], MI_T("__this")))
        return truth(mi_event_is_of_class(event->class_name, base));
    value = mi_event_property(event, path);
    if (value.kind != MI_EVENT_OBJECT || MI_Instance_GetClassName(value.object, &name) != MI_RESULT_OK)
        return MI_TRUTH_UNKNOWN;
    return truth(mi_name_equal(name, base) || (classes && classes->is_a(classes->context, name, base)));
}

static enum mi_truth compare(const struct mi_event_condition *condition, const struct mi_event *event,
                             const struct mi_event_classes *classes)
{
    struct mi_event_value left, right;
    bool holds = false;

    if (condition->operator_ == MI_OPERATOR_ISA) return is_a(condition, event, classes);
    left = mi_event_property(event, condition->left.path);
    if (condition->operator_ == MI_OPERATOR_IS_NULL) return truth(left.kind == MI_EVENT_NULL);
    if (condition->operator_ == MI_OPERATOR_IS_NOT_NULL) return truth(left.kind != MI_EVENT_NULL);
    if (left.kind == MI_EVENT_NULL) return MI_TRUTH_UNKNOWN;
    if (condition->operator_ == MI_OPERATOR_LIKE)
        return left.kind == MI_EVENT_TEXT ? truth(mi_event_like(left.text, condition->right.text)) : MI_TRUTH_UNKNOWN;
    if (condition->right.kind == MI_OPERAND_PATH)
        right = mi_event_property(event, condition->right.path);
    else if (!mi_event_constant(&condition->right, left.kind, &right))
        return MI_TRUTH_UNKNOWN;
    return mi_event_compare(&left, condition->operator_, &right, &holds) ? truth(holds) : MI_TRUTH_UNKNOWN;
}

static enum mi_truth evaluate(const struct mi_event_condition *condition, const struct mi_event *event,
                              const struct mi_event_classes *classes)
{
    enum mi_truth decisive = condition->kind == MI_CONDITION_OR ? MI_TRUTH_YES : MI_TRUTH_NO;
    enum mi_truth result = decisive == MI_TRUTH_YES ? MI_TRUTH_NO : MI_TRUTH_YES;

    if (condition->kind == MI_CONDITION_COMPARISON) return compare(condition, event, classes);
    if (condition->kind == MI_CONDITION_NOT)
    {
        result = evaluate(condition->child, event, classes);
        return result == MI_TRUTH_UNKNOWN ? result : truth(result == MI_TRUTH_NO);
    }
    for (condition = condition->child; condition; condition = condition->next)
    {
        enum mi_truth one = evaluate(condition, event, classes);

        if (one == decisive) return decisive;
        if (one == MI_TRUTH_UNKNOWN) result = MI_TRUTH_UNKNOWN;
    }
    return result;
}

enum mi_truth mi_event_filter(const struct mi_event_query *query, const struct mi_event *event,
                              const struct mi_event_classes *classes)
{
    return query->where ? evaluate(query->where, event, classes) : MI_TRUTH_YES;
}

/* ---- Instances -------------------------------------------------------------------------------------------------- */

static bool is_selected(const struct mi_event_query *query, const MI_Char *name)
{
    const struct mi_event_path *path = query->selected;

    while (path && !mi_name_equal(path->names[0], name))
        path = path->next;
    return !query->selected || path;
}

static MI_Result add(MI_Instance *instance, const struct mi_event_query *query, const MI_Char *name,
                     const MI_Value *value, MI_Type type)
{
    MI_Uint32 flags = MI_FLAG_PROPERTY | MI_FLAG_READONLY | MI_FLAG_NOT_MODIFIED | (value ? 0 : MI_FLAG_NULL);

    if (!is_selected(query, name)) return MI_RESULT_OK;
    return MI_Instance_AddElement(instance, name, value, type, flags);
}

static MI_Result add_all(MI_Instance *instance, const struct mi_event_query *query, const struct mi_event *event)
{
    MI_Value previous = {.instance = (MI_Instance *)event->previous};
    MI_Value target = {.instance = (MI_Instance *)event->target}, time = {.uint64 = event->time};
    MI_Result result = MI_RESULT_OK;

    if (event->previous) result = add(instance, query, MI_T("PreviousInstance"), &previous, MI_INSTANCE);
    if (result == MI_RESULT_OK) result = add(instance, query, MI_T("SECURITY_DESCRIPTOR"), NULL, MI_UINT8A);
    if (result == MI_RESULT_OK) result = add(instance, query, MI_T("TargetInstance"), &target, MI_INSTANCE);
    if (result == MI_RESULT_OK) result = add(instance, query, MI_T("TIME_CREATED"), &time, MI_UINT64);
    return result;
}

MI_Result mi_event_instance(const struct mi_event_query *query, const struct mi_event *event, MI_Instance **instance)
{
    MI_Instance *made = NULL;
    MI_Result result = mi_instance_new(event->class_name, &made);

    *instance = NULL;
    if (result != MI_RESULT_OK) return result;
    result = add_all(made, query, event);
    if (result == MI_RESULT_OK)
        *instance = made;
    else
        MI_Instance_Delete(made);
    return result;
}
