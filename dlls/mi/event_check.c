/* Whether an event query can be polled. See event_check.h. */
#include "mi/event_check.h"

#include "mi/event_filter.h"
#include "mi/text.h"

bool mi_event_can_be_polled(const MI_Char *class_name)
{
    return mi_name_equal(class_name, MI_EVENT_OPERATION) || mi_name_equal(class_name, MI_EVENT_CREATION) ||
           mi_name_equal(class_name, MI_EVENT_DELETION) || mi_name_equal(class_name, MI_EVENT_MODIFICATION);
}

/* ---- Properties of the event ------------------------------------------------------------------------------------- */

static bool is_object(const MI_Char *name)
{
    return mi_name_equal(name, MI_T("TargetInstance")) || mi_name_equal(name, MI_T("PreviousInstance"));
}

static bool is_system_name(const MI_Char *name)
{
    return name[0] == '_' && name[1] == '_';
}

/* System properties of the event: all but its class are NULL or not implemented. */
static bool check_system_name(const struct mi_event_path *path, MI_Uint32 at, struct mi_event_error *error)
{
    static const MI_Char *const known[] = {MI_T("__CLASS"), MI_T("__NAMESPACE"), MI_T("__SERVER"), MI_T("__PATH"),
                                           MI_T("__RELPATH")};

    /* Of an embedded object the server and the path are not kept. */
    for (size_t i = 0; i < (at ? 2 : MI_COUNT(known)); i++)
        if (mi_name_equal(path->names[at], known[i])) return true;
    return mi_event_error_set(error, MI_EVENT_NOT_SUPPORTED, path->position, MI_T("the system property "),
                              path->names[at], MI_T(" is not implemented in event queries."));
}

static bool check_path(const struct mi_event_query *query, const struct mi_event_path *path,
                       struct mi_event_error *error)
{
    const MI_Char *name = path->names[0];
    bool own = mi_name_equal(name, MI_T("TargetInstance")) || mi_name_equal(name, MI_T("SECURITY_DESCRIPTOR")) ||
               mi_name_equal(name, MI_T("TIME_CREATED"));

    if (mi_name_equal(name, MI_T("PreviousInstance"))) own = mi_name_equal(query->class_name, MI_EVENT_MODIFICATION);
    if (is_system_name(name))
    {
        if (!check_system_name(path, 0, error)) return false;
    }
    else if (!own)
        return mi_event_error_set(error, MI_EVENT_INVALID_QUERY, path->position, name, MI_T(" is no property of "),
                                  query->class_name);
    if (path->count > 1 && !is_object(name))
        return mi_event_error_set(error, MI_EVENT_INVALID_QUERY, path->position, name,
                                  MI_T(" has no properties of its own."), NULL);
    for (MI_Uint32 i = 1; i < path->count; i++)
        if (is_system_name(path->names[i]) && !check_system_name(path, i, error)) return false;
    return true;
}

static bool check_paths(const struct mi_event_query *query, const struct mi_event_path *path,
                        struct mi_event_error *error)
{
    for (; path; path = path->next)
        if (!check_path(query, path, error)) return false;
    return true;
}

/* "__this ISA class" is about the event itself. */
static bool is_this(const struct mi_event_condition *condition)
{
    return condition->operator_ == MI_OPERATOR_ISA && condition->left.path->count == 1 &&
           mi_name_equal(condition->left.path->names[0], MI_T("__this"));
}

static bool check_condition(const struct mi_event_query *query, const struct mi_event_condition *condition,
                            struct mi_event_error *error)
{
    const struct mi_event_path *left;

    if (condition->kind != MI_CONDITION_COMPARISON)
    {
        for (condition = condition->child; condition; condition = condition->next)
            if (!check_condition(query, condition, error)) return false;
        return true;
    }
    if (is_this(condition)) return true;
    left = condition->left.path;
    if (!check_path(query, left, error)) return false;
    if (condition->operator_ == MI_OPERATOR_ISA && left->count == 1 && !is_object(left->names[0]))
        return mi_event_error_set(error, MI_EVENT_INVALID_QUERY, left->position, MI_T("ISA is about objects, and "),
                                  left->names[0], MI_T(" is none."));
    return condition->right.kind != MI_OPERAND_PATH || check_path(query, condition->right.path, error);
}

/* ---- Classes to poll --------------------------------------------------------------------------------------------- */

enum finding
{
    NOT_SAID, /* the condition does not say which classes it is about */
    FOUND,
    TOO_MANY
};

static enum finding add_target(struct mi_event_targets *targets, const MI_Char *name)
{
    for (MI_Uint32 i = 0; i < targets->count; i++)
        if (mi_name_equal(targets->names[i], name)) return FOUND;
    if (targets->count == MI_EVENT_TARGET_LIMIT) return TOO_MANY;
    targets->names[targets->count++] = name;
    return FOUND;
}

static enum finding target_of_comparison(const struct mi_event_condition *condition, struct mi_event_targets *targets)
{
    const struct mi_event_path *path = condition->left.path;
    bool isa = condition->operator_ == MI_OPERATOR_ISA && path->count == 1;
    bool class_equal = condition->operator_ == MI_OPERATOR_EQUAL && path->count == 2 &&
                       mi_name_equal(path->names[1], MI_T("__CLASS")) && condition->right.kind == MI_OPERAND_TEXT;

    if (!is_object(path->names[0]) || (!isa && !class_equal)) return NOT_SAID;
    return add_target(targets, condition->right.text);
}

/* Of conditions that all must hold, one that says its classes is enough; of alternatives, each has to. */
static enum finding find_targets(const struct mi_event_condition *condition, struct mi_event_targets *targets)
{
    enum mi_event_condition_kind kind = condition->kind;
    MI_Uint32 before = targets->count;
    enum finding found = NOT_SAID;

    if (kind == MI_CONDITION_COMPARISON) return target_of_comparison(condition, targets);
    if (kind == MI_CONDITION_NOT) return NOT_SAID;
    for (condition = condition->child; condition; condition = condition->next)
    {
        found = find_targets(condition, targets);
        if (found == TOO_MANY || (found == FOUND) == (kind == MI_CONDITION_AND)) return found;
        if (found == NOT_SAID) targets->count = before;
    }
    return found;
}

bool mi_event_check(const struct mi_event_query *query, struct mi_event_targets *targets, struct mi_event_error *error)
{
    enum finding found;

    targets->count = 0;
    if (!check_paths(query, query->selected, error) || !check_paths(query, query->group_by, error)) return false;
    if (query->where && !check_condition(query, query->where, error)) return false;
    found = query->where ? find_targets(query->where, targets) : NOT_SAID;
    if (found == TOO_MANY)
        return mi_event_error_set(error, MI_EVENT_QUOTA, 0, MI_T("The query is about too many classes."), NULL, NULL);
    if (found == NOT_SAID)
        return mi_event_error_set(error, MI_EVENT_TOO_BROAD, 0,
                                  MI_T("The query does not say of which class TargetInstance is (WHERE TargetInstance "
                                       "ISA \"class\"): all objects would have to be polled."),
                                  NULL, NULL);
    if (!query->interval)
        return mi_event_error_set(error, MI_EVENT_TOO_PRECISE, 0,
                                  MI_T("The query has no polling interval (WITHIN seconds)."), NULL, NULL);
    return true;
}

/* ---- Types ------------------------------------------------------------------------------------------------------ */

/* The type of a property of one of the prototypes. */
static bool type_in(MI_Instance *const *prototypes, MI_Uint32 count, const MI_Char *name, MI_Type *type)
{
    for (MI_Uint32 i = 0; i < count; i++)
        if (MI_Instance_GetElement(prototypes[i], name, NULL, type, NULL, NULL) == MI_RESULT_OK) return true;
    return false;
}

/* What a path's value is of; MI_EVENT_NULL where it cannot be told before there is one. Returns false for a property
 * that no class has. */
static bool kind_of_path(const struct mi_event_path *path, MI_Instance *const *prototypes, MI_Uint32 count,
                         enum mi_event_value_kind *kind, struct mi_event_error *error)
{
    MI_Type type = MI_STRING;

    *kind = MI_EVENT_NULL;
    if (path->count == 1)
    {
        *kind = is_object(path->names[0])                             ? MI_EVENT_OBJECT
                : mi_name_equal(path->names[0], MI_T("TIME_CREATED")) ? MI_EVENT_INTEGER
                : is_system_name(path->names[0])                      ? MI_EVENT_TEXT
                                                                      : MI_EVENT_OTHER;
        return true;
    }
    if (is_system_name(path->names[path->count - 1]))
        *kind = MI_EVENT_TEXT;
    else if (!type_in(prototypes, count, path->names[1], &type))
        return mi_event_error_set(error, MI_EVENT_INVALID_QUERY, path->position, MI_T("there is no property "),
                                  path->names[1], MI_T("."));
    else if (path->count == 2)
        *kind = mi_event_kind_of(type);
    return true;
}

static bool mismatch(const struct mi_event_path *path, const MI_Char *what, struct mi_event_error *error)
{
    return mi_event_error_set(error, MI_EVENT_MISMATCH, path->position, path->names[path->count - 1], what, NULL);
}

static bool check_types_of(const struct mi_event_condition *condition, MI_Instance *const *prototypes, MI_Uint32 count,
                           struct mi_event_error *error)
{
    const struct mi_event_path *path = condition->left.path;
    enum mi_event_operator operator_ = condition->operator_;
    enum mi_event_value_kind left, right;
    struct mi_event_value value;

    if (is_this(condition)) return true;
    if (!kind_of_path(path, prototypes, count, &left, error)) return false;
    if (left == MI_EVENT_NULL || operator_ == MI_OPERATOR_IS_NULL || operator_ == MI_OPERATOR_IS_NOT_NULL) return true;
    if (operator_ == MI_OPERATOR_ISA)
        return left == MI_EVENT_OBJECT || mismatch(path, MI_T(" is no object, as ISA needs one."), error);
    if (left == MI_EVENT_OBJECT || left == MI_EVENT_OTHER)
        return mismatch(path, MI_T(" can only be compared with NULL."), error);
    if (operator_ == MI_OPERATOR_LIKE)
        return left == MI_EVENT_TEXT || mismatch(path, MI_T(" is no text, as LIKE needs one."), error);
    if (left == MI_EVENT_BOOLEAN && operator_ != MI_OPERATOR_EQUAL && operator_ != MI_OPERATOR_NOT_EQUAL)
        return mi_event_error_set(error, MI_EVENT_INVALID_QUERY, path->position, path->names[path->count - 1],
                                  MI_T(" is a boolean, which is neither less nor greater than anything."), NULL);
    if (condition->right.kind != MI_OPERAND_PATH)
        return mi_event_constant(&condition->right, left, &value) ||
               mismatch(path, MI_T(" is of another type than the constant."), error);
    if (!kind_of_path(condition->right.path, prototypes, count, &right, error)) return false;
    if (left == MI_EVENT_REAL) left = MI_EVENT_INTEGER;
    if (right == MI_EVENT_REAL) right = MI_EVENT_INTEGER;
    return right == MI_EVENT_NULL || left == right ||
           mismatch(path, MI_T(" is of another type than what it is compared with."), error);
}

static bool check_types(const struct mi_event_condition *condition, MI_Instance *const *prototypes, MI_Uint32 count,
                        struct mi_event_error *error)
{
    if (condition->kind == MI_CONDITION_COMPARISON) return check_types_of(condition, prototypes, count, error);
    for (condition = condition->child; condition; condition = condition->next)
        if (!check_types(condition, prototypes, count, error)) return false;
    return true;
}

/* Events are grouped by what can be compared. */
static bool check_groups(const struct mi_event_query *query, MI_Instance *const *prototypes, MI_Uint32 count,
                         struct mi_event_error *error)
{
    enum mi_event_value_kind kind;

    for (const struct mi_event_path *path = query->group_by; path; path = path->next)
    {
        if (!kind_of_path(path, prototypes, count, &kind, error)) return false;
        if (kind == MI_EVENT_OBJECT || kind == MI_EVENT_OTHER)
            return mismatch(path, MI_T(" has no values that events could be grouped by."), error);
    }
    return true;
}

bool mi_event_check_types(const struct mi_event_query *query, MI_Instance *const *prototypes, MI_Uint32 count,
                          struct mi_event_error *error)
{
    if (!check_groups(query, prototypes, count, error)) return false;
    return !query->where || check_types(query->where, prototypes, count, error);
}
