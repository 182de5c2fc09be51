/* See quality_policy.h. */
#include "mf/quality_policy.h"

#include "mf/clock_time.h"

static enum quality_advice late_sample(struct quality_policy *policy, int64_t lag)
{
    policy->good = 0;
    if (++policy->late < QUALITY_LATE_RUN) return QUALITY_KEEP;
    policy->late = 0;
    if (!policy->lowest) return QUALITY_LOWER;
    return lag > QUALITY_FAR_LATE ? QUALITY_DROP : QUALITY_KEEP;
}

enum quality_advice quality_policy_sample(struct quality_policy *policy, int64_t lag)
{
    if (lag > QUALITY_LATE) return late_sample(policy, lag);
    policy->late = 0;
    if (lag > QUALITY_IN_TIME)
    {
        policy->good = 0;
        return QUALITY_KEEP;
    }
    if (!policy->lowered || ++policy->good < QUALITY_GOOD_RUN) return QUALITY_KEEP;
    policy->good = 0;
    policy->lowered--;
    policy->lowest = false;
    return QUALITY_RAISE;
}

void quality_policy_lowered(struct quality_policy *policy, bool done)
{
    if (done)
        policy->lowered++;
    else
        policy->lowest = true;
}

void quality_policy_restart(struct quality_policy *policy)
{
    policy->late = policy->good = 0;
}

int64_t quality_lag(int64_t now, int64_t time, float rate, int64_t latency)
{
    int64_t behind = rate < 0 ? clock_subtract(time, now) : clock_subtract(now, time);
    double lag;

    if (!(rate > 0 || rate < 0)) return 0;
    lag = (double)behind / (rate < 0 ? -(double)rate : (double)rate);
    /* 2^63 is the first number that does not fit. */
    if (lag >= 9223372036854775808.0) return INT64_MAX;
    if (lag <= -9223372036854775808.0) return INT64_MIN;
    return clock_add((int64_t)lag, latency);
}
