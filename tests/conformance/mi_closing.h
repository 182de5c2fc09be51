/*
 * What the tests of closing share: sessions, synchronous operations in them, and the completion of a close.
 */
#ifndef CORK_TESTS_MI_CLOSING_H
#define CORK_TESTS_MI_CLOSING_H

#include "mi_test.h"

#define PATIENCE 60000 /* milliseconds, for what happens at once where it happens at all */

/* A session with this machine; the caller closes it. */
MI_Session new_session(void);

/* A synchronous operation whose results nobody has asked for. */
MI_Operation start_synchronous(MI_Session *session);
/* Takes all its results; returns how it ended. */
MI_Result final_result(MI_Operation *operation);

/* How often a close has completed; `event` is set when it has. */
struct completion
{
    HANDLE event;
    volatile LONG calls;
};

/* The completion callback; its context is a struct completion. */
void MI_CALL completed(void *context);

#endif
