/*
 * The arithmetic and the state table of a presentation clock, without the clock: portable, no locks, no calls.
 *
 * Times are in units of 100 nanoseconds and 64 bits; no sum or difference overflows, it stops at the end of the range.
 * Source: the pages of IMFPresentationClock and IMFTimer, and "Presentation Clock".
 */
#ifndef CORK_MF_CLOCK_TIME_H
#define CORK_MF_CLOCK_TIME_H

#include <stdbool.h>
#include <stdint.h>

/* MFCLOCK_STATE's values. A clock that was never started or stopped is in none of the three states. */
enum clock_state
{
    CLOCK_INVALID,
    CLOCK_RUNNING,
    CLOCK_STOPPED,
    CLOCK_PAUSED,
    CLOCK_STATES
};

enum clock_command
{
    CLOCK_COMMAND_START,         /* at a position */
    CLOCK_COMMAND_START_CURRENT, /* PRESENTATION_CURRENT_POSITION */
    CLOCK_COMMAND_PAUSE,
    CLOCK_COMMAND_STOP,
    CLOCK_COMMANDS
};

/* What clock state sinks are told. */
enum clock_notice
{
    CLOCK_NOTICE_START,
    CLOCK_NOTICE_RESTART,
    CLOCK_NOTICE_PAUSE,
    CLOCK_NOTICE_STOP,
    CLOCK_NOTICE_RATE
};

enum clock_answer
{
    CLOCK_CHANGES,     /* to `state`, with `notice` */
    CLOCK_ALREADY_SET, /* MF_E_CLOCK_STATE_ALREADY_SET */
    CLOCK_REFUSES      /* MF_E_INVALIDREQUEST */
};

struct clock_change
{
    enum clock_answer answer;
    enum clock_state state;   /* afterwards */
    enum clock_notice notice; /* only where it changes */
};

/* What a command does to a clock in `state`. */
struct clock_change clock_change_of(enum clock_state state, enum clock_command command);

/*
 * From the time of the time source to the presentation time. They are the same, unless the time source cannot stand
 * still: rate 0, at which "the presentation clock does not advance", is none that the system time source has. The clock
 * then holds its time, and what the source went on meanwhile is taken off afterwards.
 */
struct clock_time
{
    bool held;
    int64_t held_at; /* the presentation time, where held */
    int64_t ahead;   /* of the source to the presentation, where not */
};

/* Presentation time when the source's is `source`. */
int64_t clock_time_at(const struct clock_time *time, int64_t source);
/* Stands still from now on, the source being at `source`. No effect where it does already. */
void clock_time_hold(struct clock_time *time, int64_t source);
/* Advances with the source from now on, the source being at `source`. No effect where it does already. */
void clock_time_go_on(struct clock_time *time, int64_t source);
/* The source was told to start from `position`, or was stopped, which is position 0. */
void clock_time_seek(struct clock_time *time, int64_t position);

/* a + b and a - b, at most INT64_MAX and at least INT64_MIN. */
int64_t clock_add(int64_t a, int64_t b);
int64_t clock_subtract(int64_t a, int64_t b);

/* The presentation time of a timer that is set `relative` to `now`: later in the direction that the clock goes at
 * `rate`. An amount below 0 is past at once. */
int64_t clock_timer_target(int64_t now, int64_t relative, float rate);

/* No time at which it will be due. */
#define CLOCK_NEVER UINT32_MAX
/* The longest wait that is returned, in milliseconds: an hour. Who waited looks again. */
#define CLOCK_LONGEST_WAIT 3600000u

/* How long a running clock at `now` takes to get to `target` at `rate`: 0 where it is there or past it (at a rate below
 * 0 the clock goes backwards); else milliseconds, rounded up, from 1 to CLOCK_LONGEST_WAIT; CLOCK_NEVER at rate 0. */
uint32_t clock_timer_wait(int64_t now, int64_t target, float rate);

#endif
