/* A media changer in memory that does as the test says: it can be stopped in the middle of what it does, refuse, and
 * lie. Its location is "fake:" and anything. One at a time. */
#ifndef FAKE_CHANGER_H
#define FAKE_CHANGER_H

#include "rsm/changer.h"

enum fake_step
{
    FAKE_MOVE,
    FAKE_LOAD,
    FAKE_UNLOAD,
    FAKE_IDENTIFY,
    FAKE_INVENTORY,
    FAKE_DOOR,
    FAKE_STEPS
};

/* An empty library of that size. */
void fake_reset(uint32_t drives, uint32_t slots, uint32_t ports);

/* The next call of that step waits before it does anything, until it is released. */
void fake_block(enum fake_step step);
void fake_wait_blocked(enum fake_step step);
void fake_release(enum fake_step step);
/* The next calls of that step return an error; `done` says whether they do their work all the same. */
void fake_fail(enum fake_step step, uint32_t error, unsigned times, bool done);
/* How often a step was called. */
unsigned fake_calls(enum fake_step step);

/* What a person does. */
void fake_put(enum changer_element_type type, uint32_t index, const char *barcode);
void fake_take(enum changer_element_type type, uint32_t index);
void fake_close_door(void);
bool fake_door_is_open(void);

/* What there is. */
unsigned fake_count(void);
bool fake_holds(enum changer_element_type type, uint32_t index, const char *barcode);
void fake_want_cleaning(uint32_t drive);
unsigned fake_cleanings(uint32_t drive);

#endif
