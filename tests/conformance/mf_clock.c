/*
 * The presentation clock: its states, its time, its time source, those who listen to it, and its rate.
 */
#include "mf_clock_support.h"

#define NO_SOURCE "The clock does not have a presentation time source."

static void no_time_source(void)
{
    IMFPresentationTimeSource *source;
    IMFPresentationClock *clock = NULL;
    IMFRateControl *control;
    MFTIME time, system_time;
    HRESULT hr = pMFCreatePresentationClock(&clock);

    CHECK(MFCreatePresentationClock, S_OK, "If this function succeeds, it returns S_OK.", OK(hr) && clock);
    if (!clock) return;
    CHECK(IMFPresentationClock_Start, MF_E_CLOCK_NO_TIME_SOURCE, "No time source was set on this clock.",
          GIVES(MF_E_CLOCK_NO_TIME_SOURCE, IMFPresentationClock_Start(clock, 0)));
    CHECK(IMFPresentationClock_Pause, MF_E_CLOCK_NO_TIME_SOURCE, "No time source was set on this clock.",
          GIVES(MF_E_CLOCK_NO_TIME_SOURCE, IMFPresentationClock_Pause(clock)));
    CHECK(IMFPresentationClock_Stop, MF_E_CLOCK_NO_TIME_SOURCE, "No time source was set on this clock.",
          GIVES(MF_E_CLOCK_NO_TIME_SOURCE, IMFPresentationClock_Stop(clock)));
    CHECK(IMFPresentationClock_GetTime, MF_E_CLOCK_NO_TIME_SOURCE, NO_SOURCE,
          GIVES(MF_E_CLOCK_NO_TIME_SOURCE, IMFPresentationClock_GetTime(clock, &time)));
    CHECK(IMFClock_GetCorrelatedTime, MF_E_CLOCK_NO_TIME_SOURCE, "The clock does not have a time source.",
          GIVES(MF_E_CLOCK_NO_TIME_SOURCE, IMFPresentationClock_GetCorrelatedTime(clock, 0, &time, &system_time)));
    CHECK(IMFPresentationClock_GetTimeSource, MF_E_CLOCK_NO_TIME_SOURCE, "No time source was set on this clock.",
          GIVES(MF_E_CLOCK_NO_TIME_SOURCE, IMFPresentationClock_GetTimeSource(clock, &source)));
    IMFPresentationClock_QueryInterface(clock, &IID_IMFRateControl, (void **)&control);
    CHECK(IMFRateControl_SetRate, no_source, "The presentation clock cannot start until it has a time source.",
          GIVES(MF_E_CLOCK_NO_TIME_SOURCE, IMFRateControl_SetRate(control, FALSE, 1)));
    IMFRateControl_Release(control);
    CHECK(IMFShutdown_Shutdown, clock,
          "The caller must shut down the presentation clock by calling IMFShutdown::Shutdown on the clock.",
          clock_end(&clock));
}

static void time_source(void)
{
    IMFPresentationTimeSource *got = NULL;
    IMFPresentationClock *clock = NULL;
    MFCLOCK_PROPERTIES properties;
    struct journal journal;
    struct source source, other;
    DWORD flags = 0;

    journal_init(&journal);
    source_init(&source, &journal);
    source_init(&other, &journal);
    pMFCreatePresentationClock(&clock);
    CHECK(IMFPresentationClock_SetTimeSource, S_OK, "The method succeeded.",
          OK(IMFPresentationClock_SetTimeSource(clock, &source.iface)));
    other.flags = 0;
    other.frequency = 1000;
    CHECK(IMFPresentationClock_SetTimeSource, MF_E_CLOCK_NOT_SIMPLE,
          "The time source does not have a frequency of 10 MHz.",
          GIVES(MF_E_CLOCK_NOT_SIMPLE, IMFPresentationClock_SetTimeSource(clock, &other.iface)));
    other.flags_result = MF_E_NOT_INITIALIZED;
    CHECK(IMFPresentationClock_SetTimeSource, MF_E_NOT_INITIALIZED, "The time source has not been initialized.",
          GIVES(MF_E_NOT_INITIALIZED, IMFPresentationClock_SetTimeSource(clock, &other.iface)));
    CHECK(IMFPresentationClock_GetTimeSource, S_OK, "Receives a pointer to the time source's interface.",
          OK(IMFPresentationClock_GetTimeSource(clock, &got)) && got == &source.iface);
    CHECK(IMFClock_GetClockCharacteristics, S_OK,
          "Receives a bitwise OR of values ... indicating the characteristics of the clock.",
          OK(IMFPresentationClock_GetClockCharacteristics(clock, &flags)) && flags == source.flags);
    CHECK(IMFClock_GetProperties, S_OK, "Retrieves the properties of the clock.",
          OK(IMFPresentationClock_GetProperties(clock, &properties)) && properties.qwClockFrequency == 10000000);
    other.flags_result = S_OK;
    other.flags = source.flags;
    IMFPresentationClock_Start(clock, 50);
    source.time = 70;
    journal_clear(&journal);
    CHECK(IMFPresentationClock_SetTimeSource, running, "The time source is the object that drives the clock",
          OK(IMFPresentationClock_SetTimeSource(clock, &other.iface)) && journal_is(&journal, "source start 70;"));
    clock_end(&clock);
    journal_end(&journal);
}

static int has_state(IMFPresentationClock *clock, MFCLOCK_STATE expected)
{
    MFCLOCK_STATE state = MFCLOCK_STATE_INVALID;

    return OK(IMFPresentationClock_GetState(clock, 0, &state)) && state == expected;
}

static int has_time(IMFPresentationClock *clock, MFTIME expected)
{
    MFTIME time = -1;
    HRESULT hr = IMFPresentationClock_GetTime(clock, &time);

    note("the time is %lld, result %#lx", time, hr);
    return hr == S_OK && time == expected;
}

static void states(void)
{
    IMFPresentationClock *clock;
    LONGLONG time = 0;
    MFTIME system_time;
    struct journal journal;
    struct source source;
    DWORD key = 1;

    journal_init(&journal);
    source_init(&source, &journal);
    clock = clock_with(&source);
    CHECK(IMFClock_GetState, S_OK, "Retrieves the current state of the clock.",
          has_state(clock, MFCLOCK_STATE_INVALID));
    CHECK(IMFPresentationClock_Start, S_OK, "The method succeeded.",
          OK(IMFPresentationClock_Start(clock, 5)) && has_state(clock, MFCLOCK_STATE_RUNNING));
    source.time = 20;
    CHECK(IMFPresentationClock_GetTime, S_OK, "Retrieves the latest clock time.", has_time(clock, 20));
    CHECK(IMFClock_GetCorrelatedTime, S_OK, "You can also get the presentation time by calling GetTime.",
          OK(IMFPresentationClock_GetCorrelatedTime(clock, 0, &time, &system_time)) && time == 20);
    CHECK(IMFPresentationClock_Pause, S_OK, "The method succeeded.",
          OK(IMFPresentationClock_Pause(clock)) && has_state(clock, MFCLOCK_STATE_PAUSED));
    CHECK(IMFPresentationClock_Pause, MF_E_CLOCK_STATE_ALREADY_SET, "The clock is already paused.",
          GIVES(MF_E_CLOCK_STATE_ALREADY_SET, IMFPresentationClock_Pause(clock)));
    CHECK(IMFPresentationClock_Start, restart,
          "If the clock is paused and restarted from the same position ..., the presentation clock sends an "
          "IMFClockStateSink::OnClockRestart notification.",
          OK(IMFPresentationClock_Start(clock, PRESENTATION_CURRENT_POSITION)) &&
              journal_is(&journal, "source start 5;source pause;source restart;"));
    journal_clear(&journal);
    CHECK(IMFPresentationClock_Start, seek,
          "If the clock is already running, calling Start again has the effect of seeking the clock to the new "
          "StartOffset position.",
          OK(IMFPresentationClock_Start(clock, 500)) && journal_is(&journal, "source start 500;") &&
              has_state(clock, MFCLOCK_STATE_RUNNING));
    CHECK(IMFPresentationClock_Stop, S_OK, "The method succeeded.",
          OK(IMFPresentationClock_Stop(clock)) && has_state(clock, MFCLOCK_STATE_STOPPED));
    CHECK(IMFPresentationClock_GetTime, stopped,
          "While the clock is stopped, the clock time does not advance, and the clock's GetTime method returns zero.",
          has_time(clock, 0));
    CHECK(IMFPresentationClock_Stop, MF_E_CLOCK_STATE_ALREADY_SET, "The clock is already stopped.",
          GIVES(MF_E_CLOCK_STATE_ALREADY_SET, IMFPresentationClock_Stop(clock)));
    CHECK(IMFPresentationClock_Pause, MF_E_INVALIDREQUEST,
          "The clock is stopped. This request is not valid when the clock is stopped.",
          GIVES(MF_E_INVALIDREQUEST, IMFPresentationClock_Pause(clock)));
    CHECK(IMFClock_GetContinuityKey, S_OK, "Clocks must return the value zero in the pdwContinuityKey parameter.",
          OK(IMFPresentationClock_GetContinuityKey(clock, &key)) && !key);
    clock_end(&clock);
    journal_end(&journal);
}

static void listeners(void)
{
    IMFPresentationClock *clock;
    static struct listener listener, slow; /* the clock may release them after the end */
    struct journal journal, slow_journal;
    struct source source;

    journal_init(&journal);
    journal_init(&slow_journal);
    source_init(&source, &journal);
    listener_init(&listener, &journal, "");
    listener_init(&slow, &slow_journal, "");
    clock = clock_with(&source);
    CHECK(IMFPresentationClock_AddClockStateSink, S_OK,
          "Registers an object to be notified whenever the clock starts, stops, or pauses, or changes rate.",
          OK(IMFPresentationClock_AddClockStateSink(clock, &listener.iface)));
    IMFPresentationClock_Start(clock, 3);
    CHECK(IMFPresentationClock_Start, order,
          "If the call succeeds, the state changes, and the clock notifies the other state-change subscribers",
          journal_becomes(&journal, "source start 3;start 3;"));
    listener.result = E_FAIL;
    IMFPresentationClock_Pause(clock);
    CHECK(IMFClockStateSink_OnClockPause, ignored, "In that case, the return value from this method is ignored.",
          journal_becomes(&journal, "source start 3;start 3;source pause;pause;") &&
              has_state(clock, MFCLOCK_STATE_PAUSED));
    journal_clear(&journal);
    source.listener.result = E_ACCESSDENIED;
    CHECK(IMFPresentationClock_Stop, fails,
          "This call is made synchronously. If it fails, the state change does not occur.",
          GIVES(E_ACCESSDENIED, IMFPresentationClock_Stop(clock)) && has_state(clock, MFCLOCK_STATE_PAUSED));
    source.listener.result = S_OK;
    Sleep(MOMENT);
    CHECK(IMFPresentationClock_Stop, not_told, "If the call succeeds, the state changes, and the clock notifies",
          journal_is(&journal, "source stop;"));
    /* One that does not answer. */
    slow.hold = CreateEventA(NULL, TRUE, FALSE, NULL);
    IMFPresentationClock_AddClockStateSink(clock, &slow.iface);
    journal_becomes(&slow_journal, "pause;");
    journal_clear(&journal);
    IMFPresentationClock_Start(clock, 9);
    CHECK(IMFPresentationClock_AddClockStateSink, slow, "These calls are made asynchronously.",
          journal_becomes(&journal, "source start 9;start 9;"));
    IMFPresentationClock_Stop(clock);
    journal_becomes(&journal, "source start 9;start 9;source stop;stop;");
    CHECK(IMFPresentationClock_Stop, slow, "These calls are made asynchronously.", journal_is(&slow_journal, "pause;"));
    SetEvent(slow.hold);
    CHECK(IMFPresentationClock_Stop, in_order, "and the clock notifies the other state-change subscribers",
          journal_becomes(&slow_journal, "pause;start 9;stop;"));
    journal_clear(&journal);
    CHECK(IMFPresentationClock_RemoveClockStateSink, S_OK,
          "Unregisters an object that is receiving state-change notifications from the clock.",
          OK(IMFPresentationClock_RemoveClockStateSink(clock, &listener.iface)));
    IMFPresentationClock_Start(clock, 1);
    journal_becomes(&slow_journal, "pause;start 9;stop;start 1;");
    CHECK(IMFPresentationClock_RemoveClockStateSink, not_told, "Unregisters an object",
          journal_is(&journal, "source start 1;"));
    CloseHandle(slow.hold);
    slow.hold = NULL;
    clock_end(&clock);
    journal_end(&journal);
    journal_end(&slow_journal);
}

/* The time source as one of those who registered, as a renderer does. */
static void source_listens(void)
{
    IMFPresentationClock *clock;
    struct journal journal;
    struct source source;

    journal_init(&journal);
    source_init(&source, &journal);
    clock = clock_with(&source);
    CHECK(IMFPresentationClock_AddClockStateSink, source,
          "The time source is automatically registered to receive state change notifications from the clock",
          OK(IMFPresentationClock_AddClockStateSink(clock, (IMFClockStateSink *)&source.listener.iface)));
    clock_end(&clock);
    journal_end(&journal);
}

static void rate(void)
{
    IMFPresentationClock *clock;
    IMFRateControl *control;
    static struct listener listener; /* the clock may release it after the end */
    struct journal journal;
    struct source source;
    float value = 0;
    BOOL thin = TRUE;

    journal_init(&journal);
    source_init(&source, &journal);
    listener_init(&listener, &journal, "");
    clock = clock_with(&source);
    IMFPresentationClock_QueryInterface(clock, &IID_IMFRateControl, (void **)&control);
    IMFPresentationClock_AddClockStateSink(clock, &listener.iface);
    CHECK(IMFRateControl_SetRate, S_OK, "The method succeeded.", OK(IMFRateControl_SetRate(control, FALSE, 2)));
    CHECK(IMFClockStateSink_OnClockSetRate, order,
          "This call occurs synchronously within the SetRate method. ... For any object that is not the presentation "
          "time source, the OnClockSetRate method is called asynchronously",
          journal_becomes(&journal, "source rate 2;rate 2;"));
    CHECK(IMFRateControl_GetRate, S_OK, "Gets the current playback rate.",
          OK(IMFRateControl_GetRate(control, &thin, &value)) && value == 2 && !thin);
    CHECK(IMFRateControl_SetRate, MF_E_THINNING_UNSUPPORTED, "The object does not support thinning.",
          GIVES(MF_E_THINNING_UNSUPPORTED, IMFRateControl_SetRate(control, TRUE, 1)));
    source.listener.result = MF_E_UNSUPPORTED_RATE;
    CHECK(IMFRateControl_SetRate, MF_E_UNSUPPORTED_RATE, "The object does not support the requested playback rate.",
          GIVES(MF_E_UNSUPPORTED_RATE, IMFRateControl_SetRate(control, FALSE, 3)));
    source.listener.result = MF_E_REVERSE_UNSUPPORTED;
    CHECK(IMFRateControl_SetRate, MF_E_REVERSE_UNSUPPORTED, "The object does not support reverse playback.",
          GIVES(MF_E_REVERSE_UNSUPPORTED, IMFRateControl_SetRate(control, FALSE, -1)));
    source.listener.result = MF_E_UNSUPPORTED_RATE_TRANSITION;
    CHECK(IMFRateControl_SetRate, MF_E_UNSUPPORTED_RATE_TRANSITION,
          "The object cannot change to the new rate while in the running state.",
          GIVES(MF_E_UNSUPPORTED_RATE_TRANSITION, IMFRateControl_SetRate(control, FALSE, 3)));
    CHECK(IMFClockStateSink_OnClockSetRate, fails,
          "If the time source returns an error ..., the presentation clock's SetRate method returns an error and the "
          "state change does not take place.",
          OK(IMFRateControl_GetRate(control, NULL, &value)) && value == 2);
    IMFRateControl_Release(control);
    clock_end(&clock);
    journal_end(&journal);
}

/* A source that has no rate 0, as the system's. */
static void rate_zero(void)
{
    IMFPresentationClock *clock;
    IMFRateControl *control;
    struct journal journal;
    struct source source;

    journal_init(&journal);
    source_init(&source, &journal);
    clock = clock_with(&source);
    IMFPresentationClock_QueryInterface(clock, &IID_IMFRateControl, (void **)&control);
    IMFPresentationClock_Start(clock, 0);
    source.time = 1000;
    source.listener.result = MF_E_UNSUPPORTED_RATE;
    CHECK(IMFRateControl_SetRate, zero, "zero indicates scrubbing",
          OK(IMFRateControl_SetRate(control, FALSE, 0)) && has_time(clock, 1000));
    source.time = 3000;
    CHECK(IMFRateControl_SetRate, zero_stands, "after that, the presentation clock does not advance",
          has_time(clock, 1000));
    source.listener.result = S_OK;
    IMFPresentationClock_Start(clock, 7000);
    source.time = 8000;
    CHECK(IMFRateControl_SetRate, zero_seek,
          "To get another frame at the rate of zero, the application must seek to a new position.",
          has_time(clock, 7000));
    CHECK(IMFRateControl_SetRate, zero_on, "the clock time increments from there",
          OK(IMFRateControl_SetRate(control, FALSE, 1)) && has_time(clock, 7000));
    source.time = 9500;
    CHECK(IMFRateControl_SetRate, zero_after, "the clock time increments from there", has_time(clock, 8500));
    IMFPresentationClock_Start(clock, 0);
    source.time = 10;
    CHECK(IMFPresentationClock_Start, after_zero, "and the clock time increments from there", has_time(clock, 10));
    IMFRateControl_Release(control);
    clock_end(&clock);
    journal_end(&journal);
}

static void shut_down(void)
{
    IMFPresentationClock *clock = clock_with(NULL);
    MFSHUTDOWN_STATUS status = MFSHUTDOWN_INITIATED;
    static struct listener listener; /* the clock may release it after the end */
    struct journal journal;
    IMFShutdown *shutdown;

    journal_init(&journal);
    listener_init(&listener, &journal, "");
    IMFPresentationClock_AddClockStateSink(clock, &listener.iface);
    IMFPresentationClock_QueryInterface(clock, &IID_IMFShutdown, (void **)&shutdown);
    CHECK(IMFShutdown_GetShutdownStatus, MF_E_INVALIDREQUEST, "The Shutdown method has not been called on this object.",
          GIVES(MF_E_INVALIDREQUEST, IMFShutdown_GetShutdownStatus(shutdown, &status)));
    CHECK(IMFShutdown_GetShutdownStatus, E_INVALIDARG, "Invalid argument.",
          GIVES(E_INVALIDARG, IMFShutdown_GetShutdownStatus(shutdown, NULL)));
    CHECK(IMFShutdown_Shutdown, S_OK, "The method succeeded.", OK(IMFShutdown_Shutdown(shutdown)));
    CHECK(IMFShutdown_GetShutdownStatus, S_OK,
          "When the object is completely shut down, pStatus receives the value MFSHUTDOWN_COMPLETED.",
          OK(IMFShutdown_GetShutdownStatus(shutdown, &status)) && status == MFSHUTDOWN_COMPLETED);
    IMFShutdown_Release(shutdown);
    CHECK(IMFShutdown_Shutdown, released, "Shuts down a Media Foundation object and releases all resources",
          gone(&clock));
    journal_end(&journal);
}

static const struct test_case cases[] = {
    {"no_time_source", no_time_source}, {"time_source", time_source},       {"states", states},
    {"listeners", listeners},           {"source_listens", source_listens}, {"rate", rate},
    {"rate_zero", rate_zero},           {"shut_down", shut_down},           {NULL, NULL}};
const struct group clock_group = {"clock", __FILE__, cases};
