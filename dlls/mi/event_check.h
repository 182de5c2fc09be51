/*
 * Whether an event query can be answered by polling, and of which classes.
 */
#ifndef CORK_MI_EVENT_CHECK_H
#define CORK_MI_EVENT_CHECK_H

#include <mi.h>

#include "mi/event_query.h"

/* Classes that one query may poll. */
#define MI_EVENT_TARGET_LIMIT 16

/* The classes whose instances the query is about, each once; the query's. */
struct mi_event_targets
{
    const MI_Char *names[MI_EVENT_TARGET_LIMIT];
    MI_Uint32 count;
};

/* Whether instances can be polled for events of the class: __InstanceOperationEvent or one derived from it. */
bool mi_event_can_be_polled(const MI_Char *class_name);

/* Checks a query for events that are polled: that there is an interval, that the properties are the class's, and that
 * the WHERE says whose instances they are about (TargetInstance ISA "class", or TargetInstance.__CLASS = "class", in
 * each of the alternatives). Returns false, and `error` says why. */
bool mi_event_check(const struct mi_event_query *query, struct mi_event_targets *targets, struct mi_event_error *error);

/* Checks what the WHERE compares properties of the target with, by instances of its classes whose values do not matter
 * (`count` of them, one a target): that one of them has the property, and that the constant and the operator are of its
 * type; and that what the BY names can be compared. Returns false, and `error` says why. */
bool mi_event_check_types(const struct mi_event_query *query, MI_Instance *const *prototypes, MI_Uint32 count,
                          struct mi_event_error *error);

#endif
