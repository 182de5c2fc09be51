/*
 * The presentation clock's timers, on a clock whose time the test sets.
 */
#include "mf_clock_support.h"

enum
{
    MILLISECOND = 10000
};

struct fixture
{
    struct journal journal;
    struct source source;
    struct callback callback, other;
    IMFPresentationClock *clock;
    IMFTimer *timer;
};

static void set_up(struct fixture *fixture)
{
    journal_init(&fixture->journal);
    source_init(&fixture->source, &fixture->journal);
    callback_init(&fixture->callback);
    callback_init(&fixture->other);
    fixture->clock = clock_with(&fixture->source);
    IMFPresentationClock_QueryInterface(fixture->clock, &IID_IMFTimer, (void **)&fixture->timer);
}

static void tear_down(struct fixture *fixture)
{
    IMFTimer_Release(fixture->timer);
    clock_end(&fixture->clock);
    callback_end(&fixture->callback);
    callback_end(&fixture->other);
    journal_end(&fixture->journal);
}

static HRESULT set(struct fixture *fixture, DWORD flags, LONGLONG time)
{
    return IMFTimer_SetTimer(fixture->timer, flags, time, &fixture->callback.iface, NULL, NULL);
}

static void fires(void)
{
    struct fixture fixture;
    IUnknown *key = NULL;

    set_up(&fixture);
    IMFPresentationClock_Start(fixture.clock, 0);
    CHECK(IMFTimer_SetTimer, S_OK, "The method succeeded.",
          OK(IMFTimer_SetTimer(fixture.timer, 0, 10 * MILLISECOND, &fixture.callback.iface, (IUnknown *)fixture.clock,
                               &key)) &&
              key);
    CHECK(IMFTimer_SetTimer, not_before, "Sets a timer that invokes a callback at the specified time.",
          callback_stays(&fixture.callback, 0));
    fixture.source.time = 10 * MILLISECOND;
    CHECK(IMFTimer_SetTimer, at, "The callback's Invoke method is called at the time specified",
          callback_comes(&fixture.callback) && fixture.callback.status == S_OK);
    CHECK(IMFTimer_SetTimer, state, "The object is returned to the caller when the callback is invoked.",
          fixture.callback.state == (IUnknown *)fixture.clock);
    CHECK(IMFTimer_CancelTimer, fired,
          "Because the timer is dispatched asynchronously, the application's timer callback might get invoked even if "
          "this method succeeds.",
          OK(IMFTimer_CancelTimer(fixture.timer, key)));
    CHECK(IMFTimer_SetTimer, once, "Sets a timer that invokes a callback at the specified time.",
          callback_stays(&fixture.callback, 1));
    CHECK(IMFTimer_SetTimer, past, "The time is either absolute or relative to the current time",
          OK(set(&fixture, 0, 0)) && callback_comes(&fixture.callback));
    if (key) IUnknown_Release(key);
    tear_down(&fixture);
}

static void relative(void)
{
    struct fixture fixture;

    set_up(&fixture);
    IMFPresentationClock_Start(fixture.clock, 0);
    fixture.source.time = 50 * MILLISECOND;
    OK(set(&fixture, MFTIMER_RELATIVE, 10 * MILLISECOND));
    fixture.source.time = 59 * MILLISECOND;
    CHECK(IMFTimer_SetTimer, relative_before, "relative to the current time", callback_stays(&fixture.callback, 0));
    fixture.source.time = 60 * MILLISECOND;
    CHECK(IMFTimer_SetTimer, relative, "relative to the current time", callback_comes(&fixture.callback));
    /* Of a clock that is yet to start. */
    IMFPresentationClock_Stop(fixture.clock);
    fixture.source.time = 1000 * MILLISECOND;
    GIVES(MF_S_CLOCK_STOPPED, set(&fixture, MFTIMER_RELATIVE, 10 * MILLISECOND));
    IMFPresentationClock_Start(fixture.clock, 1000 * MILLISECOND);
    CHECK(IMFTimer_SetTimer, relative_stopped, "The callback will not be invoked until the clock is started.",
          callback_stays(&fixture.callback, 1));
    fixture.source.time = 1010 * MILLISECOND;
    CHECK(IMFTimer_SetTimer, relative_started, "relative to the current time", callback_comes(&fixture.callback));
    tear_down(&fixture);
}

static void states(void)
{
    struct fixture fixture;

    set_up(&fixture);
    IMFPresentationClock_Start(fixture.clock, 0);
    IMFPresentationClock_Stop(fixture.clock);
    CHECK(IMFTimer_SetTimer, MF_S_CLOCK_STOPPED, "The method succeeded, but the clock is stopped.",
          GIVES(MF_S_CLOCK_STOPPED, set(&fixture, 0, 20 * MILLISECOND)));
    IMFPresentationClock_Start(fixture.clock, 0);
    CHECK(IMFTimer_SetTimer, started, "The callback's Invoke method is called at the time specified",
          callback_stays(&fixture.callback, 0));
    IMFPresentationClock_Pause(fixture.clock);
    fixture.source.time = 30 * MILLISECOND;
    CHECK(IMFTimer_SetTimer, paused, "While the clock is paused, the clock time does not advance",
          callback_stays(&fixture.callback, 0));
    IMFPresentationClock_Start(fixture.clock, PRESENTATION_CURRENT_POSITION);
    CHECK(IMFTimer_SetTimer, restarted, "The callback's Invoke method is called at the time specified",
          callback_comes(&fixture.callback));
    /* A seek takes the clock past it. */
    OK(set(&fixture, 0, 100000 * MILLISECOND));
    fixture.source.time = 200000 * MILLISECOND;
    IMFPresentationClock_Start(fixture.clock, 200000 * MILLISECOND);
    CHECK(IMFTimer_SetTimer, seek, "The callback's Invoke method is called at the time specified",
          callback_comes(&fixture.callback));
    tear_down(&fixture);
}

static void cancel(void)
{
    struct fixture fixture;
    IUnknown *key = NULL;

    set_up(&fixture);
    IMFPresentationClock_Start(fixture.clock, 0);
    OK(IMFTimer_SetTimer(fixture.timer, 0, 10 * MILLISECOND, &fixture.callback.iface, NULL, &key));
    CHECK(IMFTimer_CancelTimer, S_OK, "The method succeeded.", OK(IMFTimer_CancelTimer(fixture.timer, key)));
    fixture.source.time = 20 * MILLISECOND;
    OK(IMFTimer_SetTimer(fixture.timer, 0, 0, &fixture.other.iface, NULL, NULL));
    callback_comes(&fixture.other);
    CHECK(IMFTimer_CancelTimer, cancelled, "Cancels a timer that was set using the IMFTimer::SetTimer method.",
          callback_stays(&fixture.callback, 0));
    IUnknown_Release(key);
    tear_down(&fixture);
}

/* One that does not return. */
static void slow_callback(void)
{
    struct fixture fixture;

    set_up(&fixture);
    fixture.callback.hold = CreateEventA(NULL, TRUE, FALSE, NULL);
    IMFPresentationClock_Start(fixture.clock, 0);
    for (int i = 0; i < 8; i++)
        OK(set(&fixture, 0, 0));
    callback_comes(&fixture.callback);
    OK(IMFTimer_SetTimer(fixture.timer, 0, 0, &fixture.other.iface, NULL, NULL));
    CHECK(IMFTimer_SetTimer, slow, "the timer is dispatched asynchronously", callback_comes(&fixture.other));
    SetEvent(fixture.callback.hold);
    while (fixture.callback.calls < 8)
        if (!callback_comes(&fixture.callback)) break;
    CHECK(IMFTimer_SetTimer, all, "Sets a timer that invokes a callback at the specified time.",
          callback_stays(&fixture.callback, 8));
    CloseHandle(fixture.callback.hold);
    tear_down(&fixture);
}

static void shut_down(void)
{
    struct fixture fixture;
    IMFShutdown *shutdown;

    set_up(&fixture);
    IMFPresentationClock_Start(fixture.clock, 0);
    OK(set(&fixture, 0, 1000 * MILLISECOND));
    IMFPresentationClock_QueryInterface(fixture.clock, &IID_IMFShutdown, (void **)&shutdown);
    IMFShutdown_Shutdown(shutdown);
    CHECK(IMFTimer_SetTimer, orphaned, "MF_E_TIMER_ORPHANED: A timer was orphaned.",
          callback_comes(&fixture.callback) && fixture.callback.status == MF_E_TIMER_ORPHANED);
    CHECK(IMFTimer_SetTimer, MF_E_SHUTDOWN, "The clock was shut down.", GIVES(MF_E_SHUTDOWN, set(&fixture, 0, 0)));
    IMFShutdown_Release(shutdown);
    tear_down(&fixture);
}

static const struct test_case cases[] = {{"fires", fires},   {"relative", relative},           {"states", states},
                                         {"cancel", cancel}, {"slow_callback", slow_callback}, {"shut_down", shut_down},
                                         {NULL, NULL}};
const struct group timer_group = {"timer", __FILE__, cases};
