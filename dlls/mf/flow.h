/*
 * The bookkeeping of what flows from one node of a presentation to the next: queues of samples and of marks between
 * them, who has asked for how much, and where a stream is cut.
 *
 * A link connects an output of one node with an input of the next. Data is pulled: the receiver wants samples
 * (flow_want), the sender finds out how many are missing (flow_missing), asks for those further up and puts what it
 * gets into the link (flow_push). Marks (gaps, format changes, the end) are not asked for; they keep their place
 * between the samples.
 *
 * No Windows header: the samples are pointers that the user releases. Not for several threads at once.
 */
#ifndef CORK_MF_FLOW_H
#define CORK_MF_FLOW_H

#include <stdbool.h>
#include <stdint.h>

enum flow_kind
{
    FLOW_SAMPLE, /* object: the sample */
    FLOW_TICK,   /* no data at `time`; no object */
    FLOW_FORMAT, /* object: the media type of the samples that follow */
    FLOW_EVENT,  /* object: an event that goes with the stream */
    FLOW_END,    /* the segment or stream ends; `time` is 1 where it is cut off before its own end; no object */
};

struct flow_item
{
    struct flow_item *next;
    enum flow_kind kind;
    int64_t time; /* 100 ns; of a tick; of an end: whether it is a cut */
    void *object; /* one reference is the item's; NULL for a tick and an end */
};

/* Where items come from and go back to. All-zero but for `release` is a pool. */
struct flow_pool
{
    struct flow_item *free;
    void (*release)(void *object); /* lets go of an item's object */
};

struct flow_link
{
    struct flow_item *first, **last;
    unsigned int samples; /* in the queue */
    unsigned int wanted;  /* samples that the receiver has asked for and not taken out yet */
    unsigned int asked;   /* samples that the sender has asked for further up and not got yet */
    bool ended;           /* the end has been put in; nothing follows until flow_reset */
};

/* Ready for use, empty. */
void flow_init(struct flow_link *link);

/* Puts an item at the end; takes over the caller's reference to `object`, also on failure (and then releases it).
 * Returns false without memory and after the end; nothing is put in then. */
bool flow_push(struct flow_link *link, struct flow_pool *pool, enum flow_kind kind, int64_t time, void *object);

/* The item that is next to be taken out, or NULL. It stays where it is. */
static inline const struct flow_item *flow_first(const struct flow_link *link)
{
    return link->first;
}

/* Takes the first item out, of which there has to be one, and hands its object's reference over. A sample meets one
 * wish. */
void *flow_pop(struct flow_link *link, struct flow_pool *pool);

/* Takes the first item out and releases its object. */
void flow_drop(struct flow_link *link, struct flow_pool *pool);

/* The receiver wants `count` samples more. */
static inline void flow_want(struct flow_link *link, unsigned int count)
{
    link->wanted += count;
}

/* The receiver wants `count` samples in all. Returns whether that is more than before. */
bool flow_want_at_least(struct flow_link *link, unsigned int count);

/* How many samples are wanted that are neither in the queue nor on their way. 0 after the end. */
unsigned int flow_missing(const struct flow_link *link);

/* The sender has asked for a sample, and has got an answer to one. flow_answered returns false where none was asked
 * for. */
static inline void flow_asked(struct flow_link *link)
{
    link->asked++;
}
bool flow_answered(struct flow_link *link);

/* Empties the link and forgets the end and what the sender has asked for; wishes stay where `keep_wishes`. */
void flow_reset(struct flow_link *link, struct flow_pool *pool, bool keep_wishes);

/* Frees what the pool keeps. Its links have been reset. */
void flow_pool_clear(struct flow_pool *pool);

/*
 * A tee: one link in, several out, each of which gets every item.
 *
 * The primary output sets the pace: the others are served what it asks for (MF_TOPONODE_PRIMARYOUTPUT). One that falls
 * behind has its samples kept for it, up to FLOW_TEE_LIMIT, and then holds up the others; a discardable one
 * (MF_TOPONODE_DISCARDABLE) misses them instead.
 */
#define FLOW_TEE_LIMIT 64

struct flow_branch
{
    struct flow_link *link;
    bool discardable;
};

/* How many samples the tee's input has to want so that the primary output can be served; 0 where a branch holds it
 * up. */
unsigned int flow_tee_wish(const struct flow_branch *branches, unsigned int count, unsigned int primary);

/* Whether `branch` is to get the sample that is handed on now. */
bool flow_tee_takes(const struct flow_branch *branch);

/*
 * Cutting a stream to what is to be played of it.
 */
enum flow_cut
{
    FLOW_KEEP,
    FLOW_BEFORE, /* lies before the start: to be dropped */
    FLOW_AFTER,  /* lies at or after the stop: here the stream ends */
};

/* Where a sample lies that plays from `time` for `duration` (0: unknown or none), all in 100 ns. `start` and `stop`:
 * what is played, stop INT64_MAX for no limit. `reverse`: time goes down, from `start` to 0, and `stop` has no
 * meaning. */
enum flow_cut flow_place(int64_t time, int64_t duration, int64_t start, int64_t stop, bool reverse);

/* What stays of `size` bytes of sound that play from `time` on, `rate` bytes a second in blocks of `block` bytes, where
 * only what lies between `start` and `stop` is played. */
struct flow_trim
{
    uint32_t skip, keep; /* bytes: left out at the beginning, what stays after them */
    int64_t time;        /* of the first byte that stays */
    int64_t duration;    /* of what stays */
};

/* Returns false where all of it stays, or nothing would, or `rate` or `block` is 0; *trim is not written then. */
bool flow_trim(struct flow_trim *trim, int64_t time, uint32_t size, uint32_t rate, uint32_t block, int64_t start,
               int64_t stop);

#endif
