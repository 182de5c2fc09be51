/*
 * What the parts of mi's allocation test share. Each scenario is run over and over, with another allocation failing
 * each time.
 */
#ifndef CORK_TESTS_ALLOCATION_MI_SCENARIO_H
#define CORK_TESTS_ALLOCATION_MI_SCENARIO_H

#include "each_allocation.h"

#define MI_CLIENT_IMPORT
#include <mi.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

struct scenario
{
    const char *name;
    void (*run)(void);                    /* NULL: */
    void (*operate)(MI_Session *session); /* with a session of its own */
};

/* (mi_objects.c, mi_codecs.c, mi_operations.c) Each ends with a scenario without a name. */
extern const struct scenario object_scenarios[], codec_scenarios[], operation_scenarios[];

/* Open while scenarios run. */
extern MI_Application application;

/* Whether the call succeeded. Fails the test where the result is not explained by a lack of memory. */
int worked(MI_Result result, const char *what);

/* Fails the test. */
void complain(const char *what, const char *how, long number);

/* Fails the test where a successful call's result is not as large as it was when there was memory. `what` names the
 * call, of which there is one in each scenario. */
void complete(const char *what, long amount);

/* The number of an instance's elements, and of those that have a value. */
long amount_of(const MI_Instance *instance);

#endif
