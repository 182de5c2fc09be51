/* See clock_time.h. */
#include "mf/clock_time.h"

#define CHANGES(state, notice)                                                                                         \
    {                                                                                                                  \
        CLOCK_CHANGES, CLOCK_##state, CLOCK_NOTICE_##notice                                                            \
    }
/* "The clock is already paused", "already stopped". */
#define ALREADY(state)                                                                                                 \
    {                                                                                                                  \
        CLOCK_ALREADY_SET, CLOCK_##state, 0                                                                            \
    }
/* "The clock is stopped. This request is not valid when the clock is stopped." */
#define REFUSES(state)                                                                                                 \
    {                                                                                                                  \
        CLOCK_REFUSES, CLOCK_##state, 0                                                                                \
    }

static const struct clock_change changes[CLOCK_STATES][CLOCK_COMMANDS] = {
    /* Start, Start at the current position, Pause, Stop. A clock that has not been started yet can be paused, as on
     * Windows. Only from a pause, and only without a new position, is it restarted. */
    [CLOCK_INVALID] = {CHANGES(RUNNING, START), CHANGES(RUNNING, START), CHANGES(PAUSED, PAUSE),
                       CHANGES(STOPPED, STOP)},
    [CLOCK_RUNNING] = {CHANGES(RUNNING, START), CHANGES(RUNNING, START), CHANGES(PAUSED, PAUSE),
                       CHANGES(STOPPED, STOP)},
    [CLOCK_STOPPED] = {CHANGES(RUNNING, START), CHANGES(RUNNING, START), REFUSES(STOPPED), ALREADY(STOPPED)},
    [CLOCK_PAUSED] = {CHANGES(RUNNING, START), CHANGES(RUNNING, RESTART), ALREADY(PAUSED), CHANGES(STOPPED, STOP)},
};

struct clock_change clock_change_of(enum clock_state state, enum clock_command command)
{
    return changes[state][command];
}

int64_t clock_add(int64_t a, int64_t b)
{
    int64_t sum;

    if (!__builtin_add_overflow(a, b, &sum)) return sum;
    return b < 0 ? INT64_MIN : INT64_MAX;
}

int64_t clock_subtract(int64_t a, int64_t b)
{
    int64_t difference;

    if (!__builtin_sub_overflow(a, b, &difference)) return difference;
    return b < 0 ? INT64_MAX : INT64_MIN;
}

int64_t clock_time_at(const struct clock_time *time, int64_t source)
{
    return time->held ? time->held_at : clock_subtract(source, time->ahead);
}

void clock_time_hold(struct clock_time *time, int64_t source)
{
    time->held_at = clock_time_at(time, source);
    time->held = true;
}

void clock_time_go_on(struct clock_time *time, int64_t source)
{
    if (time->held) time->ahead = clock_subtract(source, time->held_at);
    time->held = false;
}

void clock_time_seek(struct clock_time *time, int64_t position)
{
    time->held_at = position;
    time->ahead = 0;
}

int64_t clock_timer_target(int64_t now, int64_t relative, float rate)
{
    return rate < 0 ? clock_subtract(now, relative) : clock_add(now, relative);
}

uint32_t clock_timer_wait(int64_t now, int64_t target, float rate)
{
    bool backwards = rate < 0;
    uint64_t left;
    double wait;

    if (backwards ? now <= target : now >= target) return 0;
    if (!(rate > 0 || backwards)) return CLOCK_NEVER;
    /* The difference of two 64-bit numbers has 64 bits, in the one direction that is left. */
    left = backwards ? (uint64_t)now - (uint64_t)target : (uint64_t)target - (uint64_t)now;
    wait = (double)left / ((backwards ? -(double)rate : (double)rate) * 10000.0);
    if (!(wait < CLOCK_LONGEST_WAIT)) return CLOCK_LONGEST_WAIT;
    return (uint32_t)wait < wait ? (uint32_t)wait + 1 : (uint32_t)wait;
}
