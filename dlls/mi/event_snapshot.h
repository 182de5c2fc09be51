/*
 * The instances of a class as they were the last time, so that what has become of them since can be told: which are
 * new, which are changed, which are gone.
 *
 * An instance is known again by the values of its keys. Of those that have the same keys, or none, the first is taken
 * for the first of the last time, and so on.
 *
 * One thread at a time.
 */
#ifndef CORK_MI_EVENT_SNAPSHOT_H
#define CORK_MI_EVENT_SNAPSHOT_H

#include <mi.h>

#include <stdbool.h>

struct mi_event_snapshot;

enum mi_event_change
{
    MI_CHANGE_NONE,
    MI_CHANGE_CREATED,
    MI_CHANGE_MODIFIED
};

/* An empty snapshot; NULL for lack of memory. The caller deletes it. */
struct mi_event_snapshot *mi_event_snapshot_new(void);
void mi_event_snapshot_delete(struct mi_event_snapshot *snapshot);

/* Begins a round: no instance has been seen yet. */
void mi_event_snapshot_begin(struct mi_event_snapshot *snapshot);

/* Takes an instance that there is now. `previous`: what it was before, where it was modified; the caller deletes it.
 * Returns MI_RESULT_OK or MI_RESULT_SERVER_LIMITS_EXCEEDED; the instance is taken in either case. */
MI_Result mi_event_snapshot_see(struct mi_event_snapshot *snapshot, MI_Instance *instance, enum mi_event_change *change,
                                MI_Instance **previous);

/* An instance that was not seen in this round, no longer in the snapshot: the caller deletes it. NULL where there is no
 * further one. */
MI_Instance *mi_event_snapshot_take_gone(struct mi_event_snapshot *snapshot);

/* Whether two instances are of the same class and have the same elements with the same values, embedded ones and arrays
 * included. */
bool mi_event_same_instance(const MI_Instance *left, const MI_Instance *right);

#endif
