/*
 * What the tests of the presentation clock, its timers, the sample grabber and the quality manager share: a listener
 * and a time source of the tests' own, and a callback that counts.
 */
#ifndef CORK_TESTS_MF_CLOCK_SUPPORT_H
#define CORK_TESTS_MF_CLOCK_SUPPORT_H

#include "mf_test.h"

enum
{
    PATIENCE = 20000, /* milliseconds until a wait gives up: only reached when something hangs */
    MOMENT = 100      /* in which something that must not happen would have */
};

/* What was called, as text: "start 5", "restart", "pause", "stop", "rate 2", each ended by ';'. */
struct journal
{
    CRITICAL_SECTION lock;
    HANDLE changed;
    char text[1000];
};
void journal_init(struct journal *journal);
void journal_end(struct journal *journal);
void journal_add(struct journal *journal, const char *format, ...) __attribute__((format(gnu_printf, 2, 3)));
void journal_clear(struct journal *journal);
/* Whether it is this now, and whether it becomes this; notes what it is. */
int journal_is(struct journal *journal, const char *text);
int journal_becomes(struct journal *journal, const char *text);
/* The same for a part of it. */
int journal_has(struct journal *journal, const char *part);

/* A clock state sink on the stack, without references: for as long as the clock lives. */
struct listener
{
    IMFClockStateSink iface;
    struct journal *journal;
    const char *name; /* in front of what it notes; may be "" */
    HRESULT result;
    HANDLE hold; /* it answers when this is set; NULL: at once */
};
void listener_init(struct listener *listener, struct journal *journal, const char *name);

/* A time source on the stack that stands where the test puts it. */
struct source
{
    IMFPresentationTimeSource iface;
    struct listener listener; /* its IMFClockStateSink */
    volatile LONGLONG time;
    DWORD flags;
    UINT64 frequency;
    HRESULT flags_result;
};
void source_init(struct source *source, struct journal *journal);

/* A callback on the stack. */
struct callback
{
    IMFAsyncCallback iface;
    HANDLE called, hold;
    volatile LONG calls;
    HRESULT status;
    IUnknown *state; /* of the last call; only compared */
};
void callback_init(struct callback *callback);
void callback_end(struct callback *callback);
int callback_comes(struct callback *callback);
/* Whether it has been called so often, also a moment later. */
int callback_stays(struct callback *callback, LONG calls);

/* A clock with this source, or the system's for NULL. */
IMFPresentationClock *clock_with(struct source *source);
/* Shuts it down and releases it. Returns whether that was the last reference. */
int clock_end(IMFPresentationClock **clock);

#endif
