/*
 * Whose turn it is to use WMI: one operation's at a time.
 *
 * The objects that Wine's WMI gives are views of tables which the next query of the same class, on whatever thread and
 * connection, empties and fills anew, without a lock. So an operation keeps its turn from its first call until it has
 * read its last object. It must not wait for the application meanwhile: who wants the turn has it hurry, and it keeps
 * the results that nobody takes (mi_operation_hurry). Connecting needs no turn.
 */
#ifndef CORK_MI_WMI_TURN_H
#define CORK_MI_WMI_TURN_H

#include <stdbool.h>

struct mi_operation;

/* On the operation's thread, without any lock. Waits as long as it takes, also for an operation that was stopped. */
void mi_wmi_turn_take(struct mi_operation *operation);
/* Nothing where the turn is not the operation's. Returns whether it was. */
bool mi_wmi_turn_give(struct mi_operation *operation);

#endif
