/* Operations for tests of faults: each can be done again and again. */
#ifndef RSM_ACTIONS_H
#define RSM_ACTIONS_H

#include "rsm_support.h"

#define ACTION_MEDIA 3 /* M001 to M003; what an action makes besides, it or its undoing takes away */

struct life
{
    struct bench bench;
    struct guid type, pool, other_pool; /* M002 is in the other one */
    struct guid medium, media;          /* M002; the logical medium on M001 */
    struct guid offered, object;
    uint32_t number, timeout;
};

/* One operation, what has to be before it, and how to be where it can be done again. */
struct action
{
    const char *name;
    uint32_t (*prepare)(struct life *life); /* NULL: nothing */
    uint32_t (*run)(struct life *life);
    uint32_t (*undo)(struct life *life); /* after it has been done; NULL: nothing */
};

/* Of media: made, deleted, given back, dismounted, completed, swapped; and of what the library and its
 * requests are told. The last has no name. */
extern const struct action media_actions[];

/* The steps that others are made of. */
uint32_t action_allocate(struct life *life);
uint32_t action_deallocate(struct life *life);
uint32_t action_mount(struct life *life);
uint32_t action_dismount(struct life *life);
/* An operator request, and its refusal. */
uint32_t action_ask(struct life *life);
uint32_t action_refuse(struct life *life);

#endif
