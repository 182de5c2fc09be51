/*
 * What the tests of subscriptions share: a session of their own, and programs that come and go for events to be about.
 */
#ifndef CORK_TESTS_MI_SUBSCRIPTION_H
#define CORK_TESTS_MI_SUBSCRIPTION_H

#include "mi_test.h"

/* A query that has no event within an hour. */
#define NEVER MI_T("SELECT * FROM __InstanceCreationEvent WITHIN 3600 WHERE TargetInstance ISA 'Win32_Process'")

/* How long something may take that happens at once, in milliseconds. */
#define PATIENCE 30000

/* The session of the subscription that is being tested; the test closes it. */
extern MI_Session subscribed_session;
/* Opens it anew. */
MI_Session *subscription_session(void);

/* Starts and ends programs, one after another, until it is told to stop: nothing says when a subscription has begun. */
struct traffic
{
    HANDLE thread, stop;
    volatile LONG started;
};

void start_traffic(struct traffic *traffic);
void stop_traffic(struct traffic *traffic);

/* A query about the programs that this one starts: `select` and `event` are what stands after SELECT and FROM. */
const MI_Char *about_children(MI_Char query[300], const MI_Char *select, const MI_Char *event);

#endif
