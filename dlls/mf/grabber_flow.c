/* See grabber_flow.h. */
#include "mf/grabber_flow.h"

#include <stddef.h>

#include "mf/clock_time.h"

/* Asks for what is missing. At rate 0 "the source delivers a single frame". */
static unsigned missing(struct grabber_flow *flow)
{
    unsigned depth = flow->rate == 0 ? flow->scrub : GRABBER_DEPTH;
    unsigned has = flow->samples + flow->rendering + flow->asked;

    if (flow->state != GRABBER_RUNNING || has >= depth) return 0;
    flow->asked += depth - has;
    return depth - has;
}

static int64_t end_of(const struct grabber_item *item)
{
    return clock_add(item->time, item->duration);
}

/* "Media sinks should not render any data with a presentation time earlier than llClockStartOffset. If a sample
 * straddles the offset ... the sink should either trim the sample ... or else simply drop the sample." Backwards, the
 * start is the latest time. */
static bool too_early(const struct grabber_flow *flow, const struct grabber_item *item)
{
    if (flow->rateless || !item->timed || !flow->from || flow->rate < 0) return false;
    /* The picture that is to be seen at the position is one that began before. */
    if (flow->rate == 0) return item->time < flow->start && end_of(item) <= flow->start;
    return item->time < flow->start;
}

struct grabber_news grabber_flow_start(struct grabber_flow *flow, const int64_t *position)
{
    struct grabber_news news = {0};

    if (position) flow->start = *position;
    if (position || flow->state == GRABBER_STOPPED) flow->from = position != NULL;
    flow->state = GRABBER_RUNNING;
    flow->preroll = GRABBER_NO_PREROLL;
    flow->scrub = flow->rate == 0;
    news.requests = missing(flow);
    return news;
}

bool grabber_flow_pause(struct grabber_flow *flow)
{
    if (flow->state == GRABBER_STOPPED) return false;
    flow->state = GRABBER_PAUSED;
    return true;
}

static struct grabber_item *take_all(struct grabber_flow *flow)
{
    struct grabber_item *items = flow->first;

    flow->first = flow->last = NULL;
    flow->samples = 0;
    return items;
}

struct grabber_item *grabber_flow_stop(struct grabber_flow *flow)
{
    flow->state = GRABBER_STOPPED;
    flow->preroll = GRABBER_NO_PREROLL;
    flow->scrub = false;
    flow->asked = 0;
    return take_all(flow);
}

struct grabber_news grabber_flow_set_rate(struct grabber_flow *flow, float rate)
{
    struct grabber_news news = {0};

    flow->rate = rate;
    if (rate != 0) flow->scrub = false;
    news.requests = missing(flow);
    return news;
}

/* Goes on with the preroll: "it sends any number of MEStreamSinkRequestSample events to request samples, until it has
 * enough preroll data". One sample is enough to begin with; after the end of a segment none will come. */
static void go_on_prerolling(struct grabber_flow *flow, struct grabber_news *news)
{
    if (flow->preroll != GRABBER_PREROLLING) return;
    for (const struct grabber_item *item = flow->first; item; item = item->next)
        if (item->marker ? item->end_of_segment : !too_early(flow, item)) flow->preroll = GRABBER_PREROLLED;
    news->prerolled = flow->preroll == GRABBER_PREROLLED;
    if (news->prerolled || flow->asked) return;
    flow->asked = 1;
    news->requests++;
}

struct grabber_news grabber_flow_preroll(struct grabber_flow *flow, int64_t start)
{
    struct grabber_news news = {0};

    flow->preroll = GRABBER_PREROLLING;
    flow->from = true;
    flow->start = start;
    go_on_prerolling(flow, &news);
    return news;
}

enum grabber_answer grabber_flow_may_add(const struct grabber_flow *flow)
{
    if (flow->state != GRABBER_STOPPED || flow->preroll == GRABBER_PREROLLING) return GRABBER_TAKES;
    return flow->preroll == GRABBER_PREROLLED ? GRABBER_PREROLL_DONE : GRABBER_STANDS;
}

struct grabber_news grabber_flow_add(struct grabber_flow *flow, struct grabber_item *item)
{
    struct grabber_news news = {0};

    item->next = NULL;
    if (flow->last)
        flow->last->next = item;
    else
        flow->first = item;
    flow->last = item;
    if (!item->marker)
    {
        flow->samples++;
        if (flow->asked) flow->asked--;
    }
    go_on_prerolling(flow, &news);
    return news;
}

struct grabber_item *grabber_flow_flush(struct grabber_flow *flow, struct grabber_news *news)
{
    struct grabber_item *items = take_all(flow);

    *news = (struct grabber_news){0};
    news->requests = missing(flow);
    return items;
}

static struct grabber_item *take_first(struct grabber_flow *flow)
{
    struct grabber_item *item = flow->first;

    flow->first = item->next;
    if (!flow->first) flow->last = NULL;
    item->next = NULL;
    return item;
}

static enum grabber_step take_sample(struct grabber_flow *flow, enum grabber_step step, struct grabber_item **item)
{
    *item = take_first(flow);
    flow->samples--;
    flow->rendering++;
    return step;
}

/* The first sample's turn, of a sink that runs. */
static enum grabber_step next_sample(struct grabber_flow *flow, const int64_t *now, struct grabber_item **item,
                                     int64_t *until)
{
    const struct grabber_item *first = flow->first;
    bool scrub = flow->scrub;

    if (too_early(flow, first)) return take_sample(flow, GRABBER_DROP, item);
    if (flow->rate == 0)
    {
        /* "A rate of zero causes one frame to be rendered" */
        if (!scrub) return flow->rateless ? take_sample(flow, GRABBER_RENDER, item) : GRABBER_NOTHING;
        flow->scrub = false;
        return take_sample(flow, GRABBER_SHOW, item);
    }
    if (flow->rateless || !first->timed) return take_sample(flow, GRABBER_RENDER, item);
    if (!now) return GRABBER_ASK_TIME;
    /* "it presents the sample at time t - offset" */
    *until = flow->rate < 0 ? clock_add(first->time, flow->lead) : clock_subtract(first->time, flow->lead);
    if (clock_timer_wait(*now, *until, flow->rate)) return GRABBER_WAIT;
    return take_sample(flow, GRABBER_RENDER, item);
}

enum grabber_step grabber_flow_next(struct grabber_flow *flow, const int64_t *now, struct grabber_item **item,
                                    int64_t *until)
{
    if (!flow->first || flow->rendering) return GRABBER_NOTHING;
    if (flow->first->marker)
    {
        *item = take_first(flow);
        return GRABBER_MARK;
    }
    if (flow->state == GRABBER_RUNNING) return next_sample(flow, now, item, until);
    /* What a preroll passes over is not kept until the clock starts: there may be much of it. */
    if (flow->preroll != GRABBER_NO_PREROLL && too_early(flow, flow->first))
        return take_sample(flow, GRABBER_DROP, item);
    return GRABBER_NOTHING;
}

struct grabber_news grabber_flow_done(struct grabber_flow *flow)
{
    struct grabber_news news = {0};

    flow->rendering--;
    news.requests = missing(flow);
    return news;
}

struct grabber_news grabber_flow_marked(struct grabber_flow *flow, const struct grabber_item *marker)
{
    struct grabber_news news = {0};

    /* Nothing more comes that could be shown. */
    if (!marker->end_of_segment || !flow->scrub || flow->state != GRABBER_RUNNING) return news;
    flow->scrub = false;
    news.scrubbed = true;
    return news;
}
