/*
 * Which events a query asks for, and what it asks of them.
 */
#ifndef CORK_MI_EVENT_FILTER_H
#define CORK_MI_EVENT_FILTER_H

#include <mi.h>

#include "mi/event_query.h"
#include "mi/event_value.h"

/* An intrinsic event that is not an instance yet. */
struct mi_event
{
    const MI_Char *class_name; /* one of MI_EVENT_CREATION, MI_EVENT_DELETION, MI_EVENT_MODIFICATION */
    const MI_Instance *target;
    const MI_Instance *previous; /* NULL but for a modification */
    MI_Uint64 time;              /* when it was generated, in 100 nanoseconds from 1601 */
};

#define MI_EVENT_OPERATION    MI_T("__InstanceOperationEvent") /* the base of the others */
#define MI_EVENT_CREATION     MI_T("__InstanceCreationEvent")
#define MI_EVENT_DELETION     MI_T("__InstanceDeletionEvent")
#define MI_EVENT_MODIFICATION MI_T("__InstanceModificationEvent")

/* Whether a class is another, or derived from it. */
struct mi_event_classes
{
    bool (*is_a)(void *context, const MI_Char *class_name, const MI_Char *base);
    void *context;
};

/* The conditions have three values, as in SQL: of what is NULL, or of another type, nothing is known. */
enum mi_truth
{
    MI_TRUTH_NO,
    MI_TRUTH_YES,
    MI_TRUTH_UNKNOWN
};

/* Whether an event of the class is one that the query asks for by its FROM: of its class or of one derived from it. */
bool mi_event_is_of_class(const MI_Char *class_name, const MI_Char *base);

/* The WHERE of the query for this event; MI_TRUTH_YES where there is none. */
enum mi_truth mi_event_filter(const struct mi_event_query *query, const struct mi_event *event,
                              const struct mi_event_classes *classes);

/* The value of a property of the event, or embedded in it: MI_EVENT_NULL where there is no such property. It is good as
 * long as the event. */
struct mi_event_value mi_event_property(const struct mi_event *event, const struct mi_event_path *path);

/* Makes the event's instance, with copies of the target and of the previous instance, and with the properties that the
 * query selects: of one that is embedded in an object, the whole object ("all of the properties of an embedded object
 * are returned, even if the query specifies embedded object properties").
 * Returns MI_RESULT_OK, or what making instances returns; the caller deletes it. */
MI_Result mi_event_instance(const struct mi_event_query *query, const struct mi_event *event, MI_Instance **instance);

#endif
