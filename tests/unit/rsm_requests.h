/* An engine on the fake changer, and what its requests say of themselves. */
#ifndef RSM_REQUESTS_H
#define RSM_REQUESTS_H

#include "fake_changer.h"
#include "rsm_support.h"

/* An engine with a library of the fake changer: media "M001" ... in the first slots, all identified. */
void fake_bench_open(struct bench *bench, uint32_t drives, uint32_t slots, uint32_t ports, uint32_t media);
/* Checks that no medium has been lost, in the library or the database, and closes all. `media`: how many there are. */
void fake_bench_end(struct bench *bench, uint32_t media);

/* The side of the medium of that bar code, which can be mounted. */
struct guid side_of(struct bench *bench, const char *barcode);

/* A mount in a thread of its own. */
struct mounting
{
    struct bench *bench;
    pthread_t thread;
    uint32_t count, options, timeout, result, session;
    uint64_t client;
    int priority;
    struct guid media[8], drives[8];
    _Atomic bool done;
};
/* Of one medium; with `count` and `media` set before, of several. */
void mounting_begin(struct mounting *mounting, struct bench *bench, const char *barcode, uint32_t options,
                    uint32_t timeout);
void mounting_start(struct mounting *mounting);
uint32_t mounting_end(struct mounting *mounting);

/* ---- Library requests ---- */

#define ANY 0xffffffffu

struct request_facts
{
    uint32_t op, option, state, error, priority;
    struct guid medium, drive;
};
struct request_facts request_facts(struct bench *bench, const struct guid *id);
/* The requests of a kind and state, at most 64: how many, and the last of them. */
uint32_t requests_of(struct bench *bench, uint32_t op, uint32_t state, struct guid *last);
/* Waits until there are that many. */
void wait_requests(struct bench *bench, uint32_t op, uint32_t state, uint32_t count);
/* Waits until nothing is queued or under way. */
void wait_idle(struct bench *bench);

/* Operator requests that are open: how many, and the last one's identifier and kind. */
uint32_t open_opreqs(struct bench *bench, struct guid *last, uint32_t *kind);
void wait_opreqs(struct bench *bench, uint32_t count);

/* Waits for a condition. */
#define WAIT_UNTIL(condition)                                                                                          \
    do                                                                                                                 \
    {                                                                                                                  \
        for (int waited_ = 0; !(condition); waited_++)                                                                 \
        {                                                                                                              \
            require(waited_ < 30000);                                                                                  \
            usleep(1000);                                                                                              \
        }                                                                                                              \
    }                                                                                                                  \
    while (0)

#endif
