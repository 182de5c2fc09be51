/* Rundown: who is inside an object that is held by pointer, and what happens when the last one has left. */
#include "common/rundown.h"

#include "common/platform.h"
#include "common/thread_pins.h"

/* state: bits 0-61 how many are inside, the closer included until it has said what is to be done at the end. */

#define CLOSED UINT64_C(0x4000000000000000)

/* Waits are rare, and a lock of the module's own outlives every rundown: whoever wakes a waiting thread may still be in
 * the lock when that thread has freed the rundown. */
static struct cork_mutex wait_lock = CORK_MUTEX_INIT;
static struct cork_condition wait_done = CORK_CONDITION_INIT;

bool cork_rundown_init(struct cork_rundown *rundown)
{
    atomic_init(&rundown->state, 0);
    rundown->notify = NULL;
    rundown->context = NULL;
    return cork_thread_pins_available();
}

bool cork_rundown_enter_unowned(struct cork_rundown *rundown)
{
    uint64_t state = atomic_load_explicit(&rundown->state, memory_order_relaxed);

    do
    {
        if (state & CLOSED) return false;
    }
    while (!atomic_compare_exchange_weak_explicit(&rundown->state, &state, state + 1, memory_order_acquire,
                                                  memory_order_relaxed));
    return true;
}

/* A closed rundown's notify is set before its closer leaves, so the last one to leave finds it. */
void cork_rundown_leave_unowned(struct cork_rundown *rundown)
{
    uint64_t state = atomic_fetch_sub_explicit(&rundown->state, 1, memory_order_acq_rel);

    if (state == (CLOSED | 1)) rundown->notify(rundown->context);
}

bool cork_rundown_enter(struct cork_rundown *rundown, struct cork_pin *pin)
{
    if (!cork_rundown_enter_unowned(rundown)) return false;
    cork_thread_pins_push(pin, rundown, rundown, NULL);
    return true;
}

void cork_rundown_leave(struct cork_pin *pin)
{
    cork_thread_pins_remove(pin);
    cork_rundown_leave_unowned(pin->held);
}

void cork_rundown_adopt(struct cork_rundown *rundown, struct cork_pin *pin)
{
    cork_thread_pins_push(pin, rundown, rundown, NULL);
}

bool cork_rundown_is_closed(struct cork_rundown *rundown)
{
    return atomic_load_explicit(&rundown->state, memory_order_acquire) & CLOSED;
}

enum cork_result cork_rundown_close_and_notify(struct cork_rundown *rundown, cork_rundown_notify notify, void *context)
{
    uint64_t state = atomic_load_explicit(&rundown->state, memory_order_relaxed);

    do
    {
        if (state & CLOSED) return CORK_NOT_FOUND;
    }
    while (!atomic_compare_exchange_weak_explicit(&rundown->state, &state, (state + 1) | CLOSED, memory_order_acq_rel,
                                                  memory_order_relaxed));
    rundown->notify = notify;
    rundown->context = context;
    cork_rundown_leave_unowned(rundown);
    return CORK_OK;
}

static void set_done(void *context)
{
    bool *done = context;

    cork_mutex_lock(&wait_lock);
    *done = true;
    cork_condition_wake_all(&wait_done);
    cork_mutex_unlock(&wait_lock);
}

enum cork_result cork_rundown_close_and_wait(struct cork_rundown *rundown)
{
    bool done = false;
    enum cork_result result;

    if (cork_rundown_is_closed(rundown)) return CORK_NOT_FOUND;
    if (cork_thread_pins_holds(rundown)) return CORK_OWN_PIN;
    result = cork_rundown_close_and_notify(rundown, set_done, &done);
    if (result != CORK_OK) return result;
    cork_mutex_lock(&wait_lock);
    while (!done)
        cork_condition_wait(&wait_done, &wait_lock);
    cork_mutex_unlock(&wait_lock);
    return CORK_OK;
}
