/* Whose turn it is to use WMI. See wmi_turn.h. */
#include "mi/wmi_turn.h"

#include "common/platform.h"
#include "mi/operation.h"

static struct cork_mutex lock = CORK_MUTEX_INIT;
static struct cork_condition changed = CORK_CONDITION_INIT;
static struct mi_operation *current;

void mi_wmi_turn_take(struct mi_operation *operation)
{
    cork_mutex_lock(&lock);
    while (current)
    {
        mi_operation_hurry(current, true);
        cork_condition_wait(&changed, &lock);
    }
    current = operation;
    cork_mutex_unlock(&lock);
}

bool mi_wmi_turn_give(struct mi_operation *operation)
{
    bool mine;

    cork_mutex_lock(&lock);
    mine = current == operation;
    if (mine)
    {
        mi_operation_hurry(operation, false);
        current = NULL;
        cork_condition_wake_all(&changed);
    }
    cork_mutex_unlock(&lock);
    return mine;
}
