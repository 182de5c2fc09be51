/*
 * When a quality manager lowers the quality of what is presented, and when it raises it again: counted on samples that
 * come to a renderer late or in time. Portable, no locks.
 *
 * The documentation leaves the rules to the quality manager; these are meant for playback. They are slow to act, so
 * that one late sample changes nothing, and slower to go back, so that quality does not swing.
 */
#ifndef CORK_MF_QUALITY_POLICY_H
#define CORK_MF_QUALITY_POLICY_H

#include <stdbool.h>
#include <stdint.h>

/* Lags in units of 100 nanoseconds of real time; above 0: late. */
#define QUALITY_LATE     500000  /* more is late */
#define QUALITY_IN_TIME  100000  /* up to that is in time */
#define QUALITY_FAR_LATE 5000000 /* more cannot be caught up with by lower quality */
#define QUALITY_LATE_RUN 5       /* so many late ones one after another */
#define QUALITY_GOOD_RUN 100     /* so many in time */

/* One branch, up to one renderer. Zeros: nothing seen, normal quality. */
struct quality_policy
{
    unsigned late, good; /* the present run */
    unsigned lowered;    /* steps that were taken down and not up again */
    bool lowest;         /* there was no further step down */
};

enum quality_advice
{
    QUALITY_KEEP,
    QUALITY_LOWER, /* by a step, and say so by quality_policy_lowered */
    QUALITY_RAISE, /* by a step */
    QUALITY_DROP /* IMFQualityAdvise::DropTime with the lag: "If this does occur, then simply lowering quality does not
                    guarantee the renderer will ever catch up." */
};

/* A sample came to the renderer so late. */
enum quality_advice quality_policy_sample(struct quality_policy *policy, int64_t lag);
/* What became of QUALITY_LOWER. */
void quality_policy_lowered(struct quality_policy *policy, bool done);
/* After a seek, or at a start, earlier samples say nothing any more. Quality stays as it is. */
void quality_policy_restart(struct quality_policy *policy);

/* The lag of a sample for `time` that comes when a clock of `rate` is at `now`, in real time: at twice the speed half.
 * 0 where the clock stands still. `latency`: what the renderer adds itself. */
int64_t quality_lag(int64_t now, int64_t time, float rate, int64_t latency);

#endif
