/* A thread's hold on an object, for handle tables and rundowns. */
#ifndef CORK_COMMON_PIN_H
#define CORK_COMMON_PIN_H

/* Lies in the caller's memory, normally its stack, and is linked into a list of its thread, so nothing is allocated and
 * no other thread ever looks at it. The members are the library's own, except `object`, which may be read. */
struct cork_pin
{
    void *held;            /* the slot or rundown that counts it; beside `next`, so that both are one store */
    struct cork_pin *next; /* the pin that the thread acquired before this one */
    void *owner;           /* the chunk of a slot, NULL for a rundown */
    void *object;
};

#endif
