#include "mf/flow.h"

#include <stddef.h>
#include <stdlib.h>

#define UNITS_PER_SECOND 10000000u

void flow_init(struct flow_link *link)
{
    *link = (struct flow_link){.last = NULL};
    link->last = &link->first;
}

static struct flow_item *take_item(struct flow_pool *pool)
{
    struct flow_item *item = pool->free;

    if (!item) return malloc(sizeof(*item));
    pool->free = item->next;
    return item;
}

static void give_item(struct flow_pool *pool, struct flow_item *item)
{
    item->next = pool->free;
    pool->free = item;
}

static void release_object(struct flow_pool *pool, void *object)
{
    if (object) pool->release(object);
}

bool flow_push(struct flow_link *link, struct flow_pool *pool, enum flow_kind kind, int64_t time, void *object)
{
    struct flow_item *item = link->ended ? NULL : take_item(pool);

    if (!item)
    {
        release_object(pool, object);
        return false;
    }
    *item = (struct flow_item){.kind = kind, .time = time, .object = object};
    *link->last = item;
    link->last = &item->next;
    if (kind == FLOW_SAMPLE) link->samples++;
    if (kind == FLOW_END) link->ended = true;
    return true;
}

void *flow_pop(struct flow_link *link, struct flow_pool *pool)
{
    struct flow_item *item = link->first;
    void *object = item->object;

    link->first = item->next;
    if (!link->first) link->last = &link->first;
    if (item->kind == FLOW_SAMPLE)
    {
        link->samples--;
        if (link->wanted) link->wanted--;
    }
    give_item(pool, item);
    return object;
}

void flow_drop(struct flow_link *link, struct flow_pool *pool)
{
    release_object(pool, flow_pop(link, pool));
}

bool flow_want_at_least(struct flow_link *link, unsigned int count)
{
    if (link->wanted >= count) return false;
    link->wanted = count;
    return true;
}

unsigned int flow_missing(const struct flow_link *link)
{
    unsigned int on_the_way = link->samples + link->asked;

    if (link->ended || link->wanted <= on_the_way) return 0;
    return link->wanted - on_the_way;
}

bool flow_answered(struct flow_link *link)
{
    if (!link->asked) return false;
    link->asked--;
    return true;
}

void flow_reset(struct flow_link *link, struct flow_pool *pool, bool keep_wishes)
{
    unsigned int wanted = link->wanted;

    while (link->first)
        flow_drop(link, pool);
    flow_init(link);
    if (keep_wishes) link->wanted = wanted;
}

void flow_pool_clear(struct flow_pool *pool)
{
    struct flow_item *item;

    while ((item = pool->free))
    {
        pool->free = item->next;
        free(item);
    }
}

unsigned int flow_tee_wish(const struct flow_branch *branches, unsigned int count, unsigned int primary)
{
    const struct flow_link *link = branches[primary].link;
    unsigned int i;

    for (i = 0; i < count; i++)
    {
        if (!branches[i].discardable && branches[i].link->samples >= FLOW_TEE_LIMIT) return 0;
    }
    return link->wanted > link->samples ? link->wanted - link->samples : 0;
}

bool flow_tee_takes(const struct flow_branch *branch)
{
    return !branch->discardable || branch->link->wanted > branch->link->samples;
}

enum flow_cut flow_place(int64_t time, int64_t duration, int64_t start, int64_t stop, bool reverse)
{
    int64_t end = duration > 0 && time <= INT64_MAX - duration ? time + duration : time;

    if (reverse) return time > start ? FLOW_BEFORE : FLOW_KEEP;
    if (time >= stop) return FLOW_AFTER;
    if (time < start && end <= start) return FLOW_BEFORE;
    return FLOW_KEEP;
}

/* The bytes that play in `duration`, rounded up to whole blocks, at most `size`. */
static uint32_t bytes_in(int64_t duration, uint32_t size, uint32_t rate, uint32_t block)
{
    uint64_t bytes;

    if (duration <= 0) return 0;
    if ((uint64_t)duration >= (uint64_t)size * UNITS_PER_SECOND / rate) return size;
    bytes = ((uint64_t)duration * rate + UNITS_PER_SECOND - 1) / UNITS_PER_SECOND;
    bytes = (bytes + block - 1) / block * block;
    return bytes < size ? (uint32_t)bytes : size;
}

bool flow_trim(struct flow_trim *trim, int64_t time, uint32_t size, uint32_t rate, uint32_t block, int64_t start,
               int64_t stop)
{
    uint32_t skip, end = size;

    if (!rate || !block) return false;
    skip = start > time ? bytes_in(start - time, size, rate, block) : 0;
    if (stop != INT64_MAX && stop > time) end = bytes_in(stop - time, size, rate, block);
    if ((!skip && end == size) || skip >= end) return false;
    trim->skip = skip;
    trim->keep = end - skip;
    trim->time = time + (int64_t)((uint64_t)skip * UNITS_PER_SECOND / rate);
    trim->duration = (int64_t)((uint64_t)trim->keep * UNITS_PER_SECOND / rate);
    return true;
}
