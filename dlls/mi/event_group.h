/*
 * Groups of events: with GROUP WITHIN, one __AggregateEvent stands for those that come within an interval after the
 * first of them ("The grouping interval specifies the time period, after receiving an initial event, during which WMI
 * should collect similar events", "GROUP Clause"). With BY, events are similar whose properties have the same values.
 *
 * Of a group only its first event is kept, and how many there were. One thread at a time.
 */
#ifndef CORK_MI_EVENT_GROUP_H
#define CORK_MI_EVENT_GROUP_H

#include <mi.h>

#include "mi/event_filter.h"
#include "mi/event_query.h"

struct mi_event_groups;

/* Groups that may be open at once; further events are refused ("WBEM_E_QUOTA_VIOLATION"). */
#define MI_EVENT_GROUP_LIMIT 10000

/* No groups yet; NULL for lack of memory. The caller deletes it. The query has to live as long. */
struct mi_event_groups *mi_event_groups_new(const struct mi_event_query *query);
void mi_event_groups_delete(struct mi_event_groups *groups);

/* Counts an event. `now`: a time in milliseconds, of any clock that goes forward.
 * Returns MI_RESULT_OK; MI_RESULT_SERVER_LIMITS_EXCEEDED for lack of memory, and where there are too many groups. */
MI_Result mi_event_groups_add(struct mi_event_groups *groups, const struct mi_event *event, MI_Uint64 now);

/* When the first of the groups is complete; ~0: there is none. */
MI_Uint64 mi_event_groups_due(const struct mi_event_groups *groups);

/* Takes a group that is complete out: its __AggregateEvent, which the caller deletes. NULL where there is none any
 * more, or none that the HAVING lets through.
 * Returns MI_RESULT_OK or MI_RESULT_SERVER_LIMITS_EXCEEDED. */
MI_Result mi_event_groups_take(struct mi_event_groups *groups, MI_Uint64 now, MI_Instance **aggregate);

#endif
