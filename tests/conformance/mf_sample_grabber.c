/*
 * The sample grabber sink: when the application gets its samples, and what the stream sink says of them.
 */
#include "mf_clock_support.h"

#include <float.h>
#include <stdbool.h>
#include <stdint.h>

/* ---- The application's callback ---------------------------------------------------------------------------------- */

struct grabbed
{
    IMFSampleGrabberSinkCallback2 iface;
    struct journal *journal;
    bool second; /* it has IMFSampleGrabberSinkCallback2 */
    HANDLE hold, held;
    IMFMediaSink *shuts_down; /* inside OnProcessSample */
    DWORD flags, size;
    LONGLONG time, duration;
    GUID major;
    UINT32 attribute;
};

static struct grabbed *grabbed_of(IMFSampleGrabberSinkCallback2 *iface)
{
    return CONTAINING_RECORD(iface, struct grabbed, iface);
}

static HRESULT STDMETHODCALLTYPE grabbed_QueryInterface(IMFSampleGrabberSinkCallback2 *iface, REFIID iid, void **out)
{
    int has = IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IMFClockStateSink) ||
              IsEqualIID(iid, &IID_IMFSampleGrabberSinkCallback) ||
              (grabbed_of(iface)->second && IsEqualIID(iid, &IID_IMFSampleGrabberSinkCallback2));

    *out = has ? iface : NULL;
    return has ? S_OK : E_NOINTERFACE;
}

static ULONG STDMETHODCALLTYPE grabbed_AddRef(IMFSampleGrabberSinkCallback2 *iface)
{
    (void)iface;
    return 2;
}

static HRESULT STDMETHODCALLTYPE grabbed_OnClockStart(IMFSampleGrabberSinkCallback2 *iface, MFTIME time,
                                                      LONGLONG offset)
{
    (void)time;
    journal_add(grabbed_of(iface)->journal, "start %lld", offset);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE grabbed_OnClockStop(IMFSampleGrabberSinkCallback2 *iface, MFTIME time)
{
    (void)time;
    journal_add(grabbed_of(iface)->journal, "stop");
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE grabbed_OnClockPause(IMFSampleGrabberSinkCallback2 *iface, MFTIME time)
{
    (void)time;
    journal_add(grabbed_of(iface)->journal, "pause");
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE grabbed_OnClockRestart(IMFSampleGrabberSinkCallback2 *iface, MFTIME time)
{
    (void)time;
    journal_add(grabbed_of(iface)->journal, "restart");
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE grabbed_OnClockSetRate(IMFSampleGrabberSinkCallback2 *iface, MFTIME time, float rate)
{
    (void)time;
    journal_add(grabbed_of(iface)->journal, "rate %g", (double)rate);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE grabbed_OnSetPresentationClock(IMFSampleGrabberSinkCallback2 *iface,
                                                                IMFPresentationClock *clock)
{
    journal_add(grabbed_of(iface)->journal, clock ? "clock" : "no clock");
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE grabbed_OnProcessSample(IMFSampleGrabberSinkCallback2 *iface, REFGUID major,
                                                         DWORD flags, LONGLONG time, LONGLONG duration,
                                                         const BYTE *data, DWORD size)
{
    struct grabbed *grabbed = grabbed_of(iface);

    grabbed->major = *major;
    grabbed->flags = flags;
    grabbed->time = time;
    grabbed->duration = duration;
    grabbed->size = size;
    journal_add(grabbed->journal, "sample %d", size ? data[0] : -1);
    if (grabbed->held) SetEvent(grabbed->held);
    if (grabbed->hold) WaitForSingleObject(grabbed->hold, PATIENCE);
    if (grabbed->shuts_down) IMFMediaSink_Shutdown(grabbed->shuts_down);
    if (grabbed->held) journal_add(grabbed->journal, "done");
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE grabbed_OnShutdown(IMFSampleGrabberSinkCallback2 *iface)
{
    journal_add(grabbed_of(iface)->journal, "shutdown");
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE grabbed_OnProcessSampleEx(IMFSampleGrabberSinkCallback2 *iface, REFGUID major,
                                                           DWORD flags, LONGLONG time, LONGLONG duration,
                                                           const BYTE *data, DWORD size, IMFAttributes *attributes)
{
    IMFAttributes_GetUINT32(attributes, &MFSampleExtension_CleanPoint, &grabbed_of(iface)->attribute);
    return grabbed_OnProcessSample(iface, major, flags, time, duration, data, size);
}

static IMFSampleGrabberSinkCallback2Vtbl grabbed_vtbl = {
    grabbed_QueryInterface,  grabbed_AddRef,         grabbed_AddRef,
    grabbed_OnClockStart,    grabbed_OnClockStop,    grabbed_OnClockPause,
    grabbed_OnClockRestart,  grabbed_OnClockSetRate, grabbed_OnSetPresentationClock,
    grabbed_OnProcessSample, grabbed_OnShutdown,     grabbed_OnProcessSampleEx,
};

/* ---- A sink with its clock --------------------------------------------------------------------------------------- */

struct fixture
{
    struct journal journal, source_journal;
    struct source source;
    struct grabbed grabbed;
    IMFPresentationClock *clock;
    IMFActivate *activate;
    IMFMediaSink *sink;
    IMFStreamSink *stream;
    char events[1000];
};

enum
{
    RATELESS = 1,
    NO_CLOCK = 2,
    CALLBACK2 = 4
};

static IMFMediaType *pcm_type(void)
{
    IMFMediaType *type = NULL;

    MFCreateMediaType(&type);
    IMFMediaType_SetGUID(type, &MF_MT_MAJOR_TYPE, &MFMediaType_Audio);
    IMFMediaType_SetGUID(type, &MF_MT_SUBTYPE, &MFAudioFormat_PCM);
    return type;
}

/* `lead`: MF_SAMPLEGRABBERSINK_SAMPLE_TIME_OFFSET; 0: not set. */
static void set_up(struct fixture *fixture, unsigned how, UINT64 lead)
{
    IMFMediaType *type = pcm_type();

    memset(fixture, 0, sizeof(*fixture));
    journal_init(&fixture->journal);
    journal_init(&fixture->source_journal);
    source_init(&fixture->source, &fixture->source_journal);
    fixture->grabbed.iface.lpVtbl = &grabbed_vtbl;
    fixture->grabbed.journal = &fixture->journal;
    fixture->grabbed.second = how & CALLBACK2;
    fixture->clock = clock_with(&fixture->source);
    pMFCreateSampleGrabberSinkActivate(type, (IMFSampleGrabberSinkCallback *)&fixture->grabbed.iface,
                                       &fixture->activate);
    IMFMediaType_Release(type);
    if (how & RATELESS) IMFActivate_SetUINT32(fixture->activate, &MF_SAMPLEGRABBERSINK_IGNORE_CLOCK, 1);
    if (lead) IMFActivate_SetUINT64(fixture->activate, &MF_SAMPLEGRABBERSINK_SAMPLE_TIME_OFFSET, lead);
    IMFActivate_ActivateObject(fixture->activate, &IID_IMFMediaSink, (void **)&fixture->sink);
    IMFMediaSink_GetStreamSinkByIndex(fixture->sink, 0, &fixture->stream);
    if (!(how & NO_CLOCK)) IMFMediaSink_SetPresentationClock(fixture->sink, fixture->clock);
    journal_clear(&fixture->journal);
}

/* Returns whether nothing was left over. */
static int tear_down(struct fixture *fixture)
{
    int all_gone;

    IMFMediaSink_Shutdown(fixture->sink);
    drop(&fixture->stream);
    drop(&fixture->activate);
    /* A thread may be about to leave the sink. */
    for (int i = 0; i < PATIENCE && references(fixture->sink) > 1; i++)
        Sleep(1);
    all_gone = gone(&fixture->sink);
    all_gone &= clock_end(&fixture->clock);
    journal_end(&fixture->journal);
    journal_end(&fixture->source_journal);
    return all_gone;
}

/* A sample of 10 units from `time`, or (-1) without time and duration, that has one byte. */
static IMFSample *sample_of(BYTE number, LONGLONG time)
{
    IMFSample *sample = NULL;
    IMFMediaBuffer *buffer = NULL;
    BYTE *data;

    MFCreateSample(&sample);
    MFCreateMemoryBuffer(1, &buffer);
    IMFMediaBuffer_Lock(buffer, &data, NULL, NULL);
    data[0] = number;
    IMFMediaBuffer_Unlock(buffer);
    IMFMediaBuffer_SetCurrentLength(buffer, 1);
    IMFSample_AddBuffer(sample, buffer);
    IMFMediaBuffer_Release(buffer);
    if (time >= 0) IMFSample_SetSampleTime(sample, time);
    if (time >= 0) IMFSample_SetSampleDuration(sample, 10);
    return sample;
}

static HRESULT process(struct fixture *fixture, BYTE number, LONGLONG time)
{
    IMFSample *sample = sample_of(number, time);
    HRESULT hr = IMFStreamSink_ProcessSample(fixture->stream, sample);

    IMFSample_Release(sample);
    return hr;
}

static HRESULT mark(struct fixture *fixture, MFSTREAMSINK_MARKER_TYPE type, int number)
{
    PROPVARIANT context = {.vt = VT_I4, .lVal = number};

    return IMFStreamSink_PlaceMarker(fixture->stream, type, NULL, &context);
}

static void add_event(struct fixture *fixture, IMFMediaEvent *event)
{
    static const struct
    {
        MediaEventType type;
        const char *name;
    } names[] = {{MEStreamSinkStarted, "started"},       {MEStreamSinkStopped, "stopped"},
                 {MEStreamSinkPaused, "paused"},         {MEStreamSinkRateChanged, "rate"},
                 {MEStreamSinkRequestSample, "request"}, {MEStreamSinkMarker, "marker"},
                 {MEStreamSinkPrerolled, "prerolled"},   {MEStreamSinkScrubSampleComplete, "scrubbed"}};
    MediaEventType type = MEUnknown;
    PROPVARIANT value;
    HRESULT status = E_PENDING;
    UINT64 time;
    size_t length;

    IMFMediaEvent_GetType(event, &type);
    IMFMediaEvent_GetStatus(event, &status);
    PropVariantInit(&value);
    IMFMediaEvent_GetValue(event, &value);
    for (size_t i = 0; i < COUNT_OF(names); i++)
    {
        length = strlen(fixture->events);
        if (names[i].type == type)
            snprintf(fixture->events + length, sizeof(fixture->events) - length, "%s", names[i].name);
    }
    length = strlen(fixture->events);
    if (value.vt == VT_I4) snprintf(fixture->events + length, sizeof(fixture->events) - length, " %ld", value.lVal);
    if (SUCCEEDED(IMFMediaEvent_GetUINT64(event, &MF_EVENT_SCRUBSAMPLE_TIME, &time)))
        snprintf(fixture->events + length, sizeof(fixture->events) - length, " %llu", time);
    length = strlen(fixture->events);
    snprintf(fixture->events + length, sizeof(fixture->events) - length, "%s;",
             status == S_OK      ? ""
             : status == E_ABORT ? " abort"
                                 : " error");
    PropVariantClear(&value);
}

/* Takes the events that have come. */
static void take_events(struct fixture *fixture)
{
    IMFMediaEvent *event;

    while (SUCCEEDED(IMFStreamSink_GetEvent(fixture->stream, MF_EVENT_FLAG_NO_WAIT, &event)))
    {
        add_event(fixture, event);
        IMFMediaEvent_Release(event);
    }
    note("the events were '%s'", fixture->events);
}

/* Whether these come, and then (a moment later) no others; they are then forgotten. */
static int events_are(struct fixture *fixture, const char *expected)
{
    int same;

    for (int i = 0; i < PATIENCE / 10; i++)
    {
        take_events(fixture);
        if (strlen(fixture->events) >= strlen(expected)) break;
        Sleep(10);
    }
    take_events(fixture);
    same = !strcmp(fixture->events, expected);
    fixture->events[0] = 0;
    return same;
}

/* Starts the clock, and waits until the sink has asked for its samples. */
static void start(struct fixture *fixture, LONGLONG offset)
{
    fixture->source.time = offset;
    IMFPresentationClock_Start(fixture->clock, offset);
    events_are(fixture, "started;request;request;request;request;");
    journal_clear(&fixture->journal);
}

/* ---- Cases ------------------------------------------------------------------------------------------------------- */

static void activation(void)
{
    struct fixture fixture;
    IMFMediaType *type = pcm_type();
    IMFActivate *activate = NULL;
    IMFMediaSink *again = NULL;
    DWORD flags = 0;

    CHECK(MFCreateSampleGrabberSinkActivate, no_type, "Pointer to the IMFMediaType interface",
          GIVES(E_POINTER, pMFCreateSampleGrabberSinkActivate(NULL, NULL, &activate)));
    CHECK(MFCreateSampleGrabberSinkActivate, no_callback, "The caller must implement this interface.",
          GIVES(E_POINTER, pMFCreateSampleGrabberSinkActivate(type, NULL, &activate)));
    IMFMediaType_Release(type);
    set_up(&fixture, RATELESS, 0);
    CHECK(MFCreateSampleGrabberSinkActivate, S_OK, "If this function succeeds, it returns S_OK.", fixture.activate);
    CHECK(IMFActivate_ActivateObject, S_OK, "To create the sample grabber sink, call IMFActivate::ActivateObject",
          fixture.sink && OK(IMFActivate_ActivateObject(fixture.activate, &IID_IMFMediaSink, (void **)&again)) &&
              again == fixture.sink);
    drop(&again);
    CHECK(IMFMediaSink_GetCharacteristics, S_OK, "A rateless sink returns the MEDIASINK_RATELESS flag",
          OK(IMFMediaSink_GetCharacteristics(fixture.sink, &flags)) && (flags & MEDIASINK_RATELESS));
    CHECK(IMFMediaSink_GetCharacteristics, preroll,
          "If a media sink supports prerolling, the media sink exposes the IMFMediaSinkPreroll interface, and the "
          "GetCharacteristics method returns the MEDIASINK_CAN_PREROLL flag.",
          flags & MEDIASINK_CAN_PREROLL);
    CHECK(IMFMediaSink_AddStreamSink, MF_E_STREAMSINKS_FIXED, "This media sink does not support adding stream sinks.",
          GIVES(MF_E_STREAMSINKS_FIXED, IMFMediaSink_AddStreamSink(fixture.sink, 1, NULL, &fixture.stream)));
    CHECK(IMFActivate_DetachObject, E_NOTIMPL, "Not implemented.",
          GIVES(E_NOTIMPL, IMFActivate_DetachObject(fixture.activate)));
    CHECK(IMFActivate_ShutdownObject, S_OK, "The method succeeded.", OK(IMFActivate_ShutdownObject(fixture.activate)));
    CHECK(IMFMediaSink_Shutdown, all_gone, "Shuts down the media sink and releases the resources it is using.",
          tear_down(&fixture));
}

static void clocked(void)
{
    struct fixture fixture;

    set_up(&fixture, 0, 0);
    IMFPresentationClock_Start(fixture.clock, 0);
    CHECK(IMFClockStateSink_OnClockStart, started,
          "OnClockStart, OnClockRestart: MEStreamSinkStarted event. To get more data, each stream sink sends "
          "MEStreamSinkRequestSample events.",
          events_are(&fixture, "started;request;request;request;request;"));
    CHECK(IMFSampleGrabberSinkCallback_OnClockStart, told, "Called when the presentation clock starts.",
          journal_becomes(&fixture.journal, "start 0;"));
    CHECK(IMFStreamSink_ProcessSample, S_OK, "The method succeeded.",
          OK(process(&fixture, 1, 0)) && OK(process(&fixture, 2, 200000)));
    CHECK(IMFSampleGrabberSinkCallback_OnProcessSample, due,
          "Called when the sample-grabber sink receives a new sample.",
          journal_becomes(&fixture.journal, "start 0;sample 1;"));
    CHECK(IMFSampleGrabberSinkCallback_OnProcessSample, arguments,
          "The presentation time for this sample, in 100-nanosecond units.",
          fixture.grabbed.time == 0 && fixture.grabbed.duration == 10 && fixture.grabbed.size == 1 &&
              IsEqualGUID(&fixture.grabbed.major, &MFMediaType_Audio));
    Sleep(MOMENT);
    CHECK(MF_SAMPLEGRABBERSINK_IGNORE_CLOCK, unset,
          "By default, when the sample-grabber sink receives a sample, it waits until the presentation time of the "
          "sample to invoke the application's callback.",
          journal_is(&fixture.journal, "start 0;sample 1;"));
    fixture.source.time = 200000;
    CHECK(IMFSampleGrabberSinkCallback_OnProcessSample, at_its_time, "it waits until the presentation time",
          journal_becomes(&fixture.journal, "start 0;sample 1;sample 2;"));
    CHECK(IMFStreamSink_ProcessSample, asks_again, "This step is repeated until the presentation ends.",
          events_are(&fixture, "request;request;"));
    CHECK(IMFMediaSink_Shutdown, gone_clocked, "Shuts down the media sink and releases the resources it is using.",
          tear_down(&fixture));
}

static void lead(void)
{
    struct fixture fixture;

    set_up(&fixture, 0, 5000000);
    start(&fixture, 0);
    process(&fixture, 1, 5200000);
    Sleep(MOMENT);
    CHECK(MF_SAMPLEGRABBERSINK_SAMPLE_TIME_OFFSET, waits, "it presents the sample at time t - offset",
          journal_is(&fixture.journal, ""));
    fixture.source.time = 200000;
    CHECK(MF_SAMPLEGRABBERSINK_SAMPLE_TIME_OFFSET, early,
          "This attribute enables the sample grabber's callback function to receive samples earlier than the "
          "presentation time.",
          journal_becomes(&fixture.journal, "sample 1;"));
    tear_down(&fixture);
}

static void rateless(void)
{
    struct fixture fixture;

    set_up(&fixture, RATELESS, 0);
    start(&fixture, 500);
    process(&fixture, 1, 900000000);
    process(&fixture, 2, 0);
    CHECK(MF_SAMPLEGRABBERSINK_IGNORE_CLOCK, set,
          "the sample-grabber sink ignores the presentation clock and invokes the callback as soon as it receives each "
          "sample",
          journal_becomes(&fixture.journal, "sample 1;sample 2;"));
    CHECK(
        IMFSampleGrabberSinkCallback_OnProcessSample, no_time,
        "If the sample does not have a presentation time, the value of this parameter is _I64_MAX. If the sample does "
        "not have a duration, the value of this parameter is _I64_MAX.",
        OK(process(&fixture, 3, -1)) && journal_becomes(&fixture.journal, "sample 1;sample 2;sample 3;") &&
            fixture.grabbed.time == INT64_MAX && fixture.grabbed.duration == INT64_MAX);
    tear_down(&fixture);
}

static void callback_2(void)
{
    struct fixture fixture;
    IMFSample *sample = sample_of(7, 0);

    set_up(&fixture, RATELESS | CALLBACK2, 0);
    start(&fixture, 0);
    IMFSample_SetUINT32(sample, &MFSampleExtension_CleanPoint, 3);
    IMFSample_SetSampleFlags(sample, 5);
    IMFStreamSink_ProcessSample(fixture.stream, sample);
    IMFSample_Release(sample);
    CHECK(IMFSampleGrabberSinkCallback2_OnProcessSampleEx, attributes,
          "Use this interface to get the attributes for this sample (if any).",
          journal_becomes(&fixture.journal, "sample 7;") && fixture.grabbed.attribute == 3);
    CHECK(IMFSampleGrabberSinkCallback2_OnProcessSampleEx, flags,
          "The sample-grabber sink gets the value of this parameter by calling the IMFSample::GetSampleFlags method",
          fixture.grabbed.flags == 5);
    tear_down(&fixture);
}

static void markers(void)
{
    struct fixture fixture;

    set_up(&fixture, 0, 0);
    start(&fixture, 0);
    process(&fixture, 1, 100);
    process(&fixture, 2, 200);
    CHECK(IMFStreamSink_PlaceMarker, S_OK, "The method succeeded.", OK(mark(&fixture, MFSTREAMSINK_MARKER_DEFAULT, 1)));
    process(&fixture, 3, 300);
    mark(&fixture, MFSTREAMSINK_MARKER_ENDOFSEGMENT, 2);
    fixture.source.time = 1000;
    CHECK(IMFStreamSink_PlaceMarker, order,
          "the stream sink must send the MEStreamSinkMarker event for marker #1 after it processes sample #2, and the "
          "event for marker #2 after it processes sample #3.",
          events_are(&fixture, "request;request;marker 1;request;marker 2;"));
    CHECK(IMFStreamSink_MEStreamSinkMarker, value,
          "The event value is a copy of the PROPVARIANT that the caller specified",
          journal_is(&fixture.journal, "sample 1;sample 2;sample 3;"));
    /* Nothing before it. */
    mark(&fixture, MFSTREAMSINK_MARKER_TICK, 3);
    CHECK(IMFStreamSink_PlaceMarker, at_once, "after the stream sink consumes all of the samples that were delivered",
          events_are(&fixture, "marker 3;"));
    tear_down(&fixture);
}

static void flush(void)
{
    struct fixture fixture;

    set_up(&fixture, 0, 0);
    start(&fixture, 0);
    process(&fixture, 1, 10000000);
    mark(&fixture, MFSTREAMSINK_MARKER_DEFAULT, 1);
    process(&fixture, 2, 20000000);
    CHECK(IMFStreamSink_Flush, S_OK, "The method succeeded.", OK(IMFStreamSink_Flush(fixture.stream)));
    CHECK(IMFStreamSink_Flush, markers,
          "Any pending marker events from the IMFStreamSink::PlaceMarker method are dispatched immediately, with the "
          "status code E_ABORT.",
          events_are(&fixture, "marker 1 abort;request;request;"));
    fixture.source.time = 30000000;
    IMFPresentationClock_Start(fixture.clock, 30000000);
    process(&fixture, 3, 30000000);
    CHECK(IMFStreamSink_Flush, samples, "the media sink immediately discards them, without processing them",
          journal_becomes(&fixture.journal, "start 30000000;sample 3;"));
    tear_down(&fixture);
}

static void pause(void)
{
    struct fixture fixture;

    set_up(&fixture, 0, 0);
    start(&fixture, 0);
    IMFPresentationClock_Pause(fixture.clock);
    CHECK(IMFClockStateSink_OnClockPause, paused, "OnClockPause: MEStreamSinkPaused event",
          events_are(&fixture, "paused;"));
    mark(&fixture, MFSTREAMSINK_MARKER_DEFAULT, 1);
    CHECK(IMFStreamSink_PlaceMarker, paused_empty, "Otherwise, send the marker event immediately.",
          events_are(&fixture, "marker 1;"));
    process(&fixture, 1, 0);
    mark(&fixture, MFSTREAMSINK_MARKER_DEFAULT, 2);
    Sleep(MOMENT);
    CHECK(IMFStreamSink_ProcessSample, paused,
          "If the media sink accepts samples while paused, it must queue them until the clock restarts.",
          journal_is(&fixture.journal, "pause;"));
    IMFPresentationClock_Start(fixture.clock, PRESENTATION_CURRENT_POSITION);
    CHECK(IMFClockStateSink_OnClockRestart, queued, "Process any samples that were queued while paused",
          journal_becomes(&fixture.journal, "pause;restart;sample 1;"));
    CHECK(IMFClockStateSink_OnClockRestart, started, "OnClockStart, OnClockRestart: MEStreamSinkStarted event",
          events_are(&fixture, "started;request;marker 2;"));
    tear_down(&fixture);
}

static void stop(void)
{
    struct fixture fixture;

    set_up(&fixture, 0, 0);
    start(&fixture, 0);
    process(&fixture, 1, 10000000);
    mark(&fixture, MFSTREAMSINK_MARKER_DEFAULT, 1);
    IMFPresentationClock_Stop(fixture.clock);
    CHECK(IMFClockStateSink_OnClockStop, markers, "Send queued marker events.",
          events_are(&fixture, "marker 1;stopped;"));
    CHECK(IMFStreamSink_ProcessSample, MF_E_INVALIDREQUEST,
          "The media sink is paused or stopped and cannot process the sample.",
          GIVES(MF_E_INVALIDREQUEST, process(&fixture, 2, 0)));
    mark(&fixture, MFSTREAMSINK_MARKER_DEFAULT, 2);
    CHECK(IMFStreamSink_PlaceMarker, stopped, "On subsequent calls to PlaceMarker, send the marker event immediately.",
          events_are(&fixture, "marker 2;"));
    journal_becomes(&fixture.journal, "stop;");
    start(&fixture, 10000000);
    process(&fixture, 3, 10000000);
    CHECK(IMFClockStateSink_OnClockStop, samples, "Drop all queued samples.",
          journal_becomes(&fixture.journal, "sample 3;"));
    tear_down(&fixture);
}

static void start_position(void)
{
    struct fixture fixture;

    set_up(&fixture, 0, 0);
    start(&fixture, 100);
    process(&fixture, 1, 80);
    process(&fixture, 2, 95);
    process(&fixture, 3, 100);
    CHECK(IMFClockStateSink_OnClockStart, earlier,
          "Process samples whose time stamp is equal to or later than the clock start time.",
          journal_becomes(&fixture.journal, "sample 3;"));
    CHECK(IMFClockStateSink_OnClockStart, asks_for_others, "each stream sink sends MEStreamSinkRequestSample events",
          events_are(&fixture, "request;request;request;"));
    tear_down(&fixture);
}

static void preroll(void)
{
    struct fixture fixture;
    IMFMediaSinkPreroll *preroll = NULL;

    set_up(&fixture, NO_CLOCK, 0);
    IMFMediaSink_QueryInterface(fixture.sink, &IID_IMFMediaSinkPreroll, (void **)&preroll);
    CHECK(IMFMediaSinkPreroll_NotifyPreroll, interface, "the media sink exposes the IMFMediaSinkPreroll interface",
          preroll);
    if (preroll)
    {
        CHECK(IMFMediaSinkPreroll_NotifyPreroll, no_clock,
              "The presentation clock must be set on the media sink before streaming can begin.",
              GIVES(MF_E_NO_CLOCK, IMFMediaSinkPreroll_NotifyPreroll(preroll, 100)));
        IMFMediaSink_SetPresentationClock(fixture.sink, fixture.clock);
        CHECK(IMFMediaSinkPreroll_NotifyPreroll, S_OK, "If this method succeeds, it returns S_OK.",
              OK(IMFMediaSinkPreroll_NotifyPreroll(preroll, 100)));
        CHECK(IMFMediaSinkPreroll_NotifyPreroll, requests,
              "the media sink sends any number of MEStreamSinkRequestSample events to request samples",
              events_are(&fixture, "request;"));
        process(&fixture, 1, 50);
        CHECK(IMFMediaSinkPreroll_NotifyPreroll, more, "until is has enough preroll data",
              events_are(&fixture, "request;"));
        process(&fixture, 2, 100);
        CHECK(IMFStreamSink_MEStreamSinkPrerolled, enough,
              "When it has enough preroll data, the media sink sends an MEStreamSinkPrerolled event.",
              events_are(&fixture, "prerolled;"));
        CHECK(IMFStreamSink_ProcessSample, MF_E_INVALID_STATE_TRANSITION,
              "preroll is complete but the presentation clock has not started yet",
              GIVES(MF_E_INVALID_STATE_TRANSITION, process(&fixture, 3, 110)));
        Sleep(MOMENT);
        CHECK(IMFMediaSinkPreroll_NotifyPreroll, renders_not,
              "It does not actually render any samples until the clock starts.",
              journal_is(&fixture.journal, "clock;"));
        fixture.source.time = 100;
        IMFPresentationClock_Start(fixture.clock, 100);
        CHECK(IMFMediaSinkPreroll_NotifyPreroll, ready,
              "Prerolling ensures that the media sink is ready to present the first sample when the presentation clock "
              "starts.",
              journal_becomes(&fixture.journal, "clock;start 100;sample 2;"));
        IMFMediaSinkPreroll_Release(preroll);
    }
    tear_down(&fixture);
}

static void scrub(void)
{
    struct fixture fixture;
    IMFRateControl *control;

    set_up(&fixture, 0, 0);
    IMFPresentationClock_QueryInterface(fixture.clock, &IID_IMFRateControl, (void **)&control);
    IMFRateControl_SetRate(control, FALSE, 0);
    CHECK(IMFStreamSink_MEStreamSinkRateChanged, changed, "The stream sink has changed playback rate.",
          events_are(&fixture, "rate;"));
    fixture.source.time = 100;
    IMFPresentationClock_Start(fixture.clock, 100);
    CHECK(IMFStreamSink_MEStreamSinkRequestSample, zero, "the source delivers a single frame",
          events_are(&fixture, "started;request;"));
    process(&fixture, 1, 95);
    CHECK(IMFStreamSink_MEStreamSinkScrubSampleComplete, rendered,
          "If the stream renders data while scrubbing, it sends the event as soon as the data is rendered.",
          events_are(&fixture, "scrubbed 95;"));
    process(&fixture, 2, 105);
    Sleep(MOMENT);
    CHECK(IMFRateControl_SetRate, one_frame, "A rate of zero causes one frame to be rendered",
          journal_is(&fixture.journal, "rate 0;start 100;sample 1;"));
    IMFStreamSink_Flush(fixture.stream);
    fixture.source.time = 900;
    IMFPresentationClock_Start(fixture.clock, 900);
    events_are(&fixture, "started;request;");
    mark(&fixture, MFSTREAMSINK_MARKER_ENDOFSEGMENT, 4);
    CHECK(IMFStreamSink_MEStreamSinkScrubSampleComplete, none,
          "If the media sink does not render data while scrubbing, it does not set this attribute.",
          events_are(&fixture, "marker 4;scrubbed;"));
    IMFRateControl_Release(control);
    tear_down(&fixture);
}

static void refusals(void)
{
    struct fixture fixture;
    IMFPresentationClock *clock;

    set_up(&fixture, NO_CLOCK, 0);
    CHECK(IMFStreamSink_ProcessSample, MF_E_NO_CLOCK, "The presentation clock was not set.",
          GIVES(MF_E_NO_CLOCK, process(&fixture, 1, 0)));
    CHECK(IMFMediaSink_GetPresentationClock, MF_E_NO_CLOCK, "No clock has been set.",
          GIVES(MF_E_NO_CLOCK, IMFMediaSink_GetPresentationClock(fixture.sink, &clock)));
    CHECK(IMFMediaSink_SetPresentationClock, S_OK, "The method succeeded.",
          OK(IMFMediaSink_SetPresentationClock(fixture.sink, fixture.clock)));
    CHECK(IMFSampleGrabberSinkCallback_OnSetPresentationClock, S_OK,
          "Called when the presentation clock is set on the sample-grabber sink.",
          journal_is(&fixture.journal, "clock;"));
    CHECK(IMFMediaSink_GetPresentationClock, S_OK, "Gets the presentation clock that was set on the media sink.",
          OK(IMFMediaSink_GetPresentationClock(fixture.sink, &clock)) && clock == fixture.clock);
    IMFPresentationClock_Release(clock);
    start(&fixture, 0);
    CHECK(IMFStreamSink_ProcessSample, MF_E_NO_SAMPLE_TIMESTAMP, "The sample does not have a time stamp.",
          GIVES(MF_E_NO_SAMPLE_TIMESTAMP, process(&fixture, 1, -1)));
    IMFMediaSink_Shutdown(fixture.sink);
    CHECK(IMFStreamSink_ProcessSample, MF_E_STREAMSINK_REMOVED,
          "This stream was removed from the media sink and is no longer valid.",
          GIVES(MF_E_STREAMSINK_REMOVED, process(&fixture, 1, 0)));
    CHECK(IMFStreamSink_PlaceMarker, MF_E_STREAMSINK_REMOVED,
          "This stream was removed from the media sink and is no longer valid.",
          GIVES(MF_E_STREAMSINK_REMOVED, mark(&fixture, MFSTREAMSINK_MARKER_DEFAULT, 1)));
    CHECK(IMFStreamSink_Flush, MF_E_STREAMSINK_REMOVED,
          "This stream was removed from the media sink and is no longer valid.",
          GIVES(MF_E_STREAMSINK_REMOVED, IMFStreamSink_Flush(fixture.stream)));
    CHECK(IMFMediaSink_SetPresentationClock, MF_E_SHUTDOWN, "The media sink's Shutdown method has been called.",
          GIVES(MF_E_SHUTDOWN, IMFMediaSink_SetPresentationClock(fixture.sink, NULL)));
    CHECK(IMFMediaSink_Shutdown, MF_E_SHUTDOWN, "The media sink was shut down.",
          GIVES(MF_E_SHUTDOWN, IMFMediaSink_Shutdown(fixture.sink)));
    tear_down(&fixture);
}

static DWORD WINAPI shut_down_sink(void *sink)
{
    IMFMediaSink_Shutdown((IMFMediaSink *)sink);
    return 0;
}

static void shutting_down(void)
{
    struct fixture fixture;
    HANDLE thread;

    set_up(&fixture, RATELESS, 0);
    start(&fixture, 0);
    fixture.grabbed.hold = CreateEventA(NULL, TRUE, FALSE, NULL);
    fixture.grabbed.held = CreateEventA(NULL, TRUE, FALSE, NULL);
    process(&fixture, 1, 0);
    process(&fixture, 2, 0);
    WaitForSingleObject(fixture.grabbed.held, PATIENCE);
    thread = CreateThread(NULL, 0, shut_down_sink, fixture.sink, 0, NULL);
    CHECK(IMFMediaSink_Shutdown, waits, "Called when the sample-grabber sink is shut down.",
          WaitForSingleObject(thread, MOMENT) == WAIT_TIMEOUT);
    SetEvent(fixture.grabbed.hold);
    CHECK(IMFMediaSink_Shutdown, S_OK, "The method succeeded.", !WaitForSingleObject(thread, PATIENCE));
    CHECK(IMFSampleGrabberSinkCallback_OnShutdown, last, "Called when the sample-grabber sink is shut down.",
          journal_is(&fixture.journal, "sample 1;no clock;done;shutdown;"));
    CloseHandle(thread);
    CloseHandle(fixture.grabbed.hold);
    CloseHandle(fixture.grabbed.held);
    CHECK(IMFMediaSink_Shutdown, gone_busy, "releases the resources it is using", tear_down(&fixture));
}

static void shutting_down_inside(void)
{
    struct fixture fixture;

    set_up(&fixture, RATELESS, 0);
    start(&fixture, 0);
    fixture.grabbed.shuts_down = fixture.sink;
    process(&fixture, 1, 0);
    process(&fixture, 2, 0);
    CHECK(IMFMediaSink_Shutdown, inside, "Shuts down the media sink",
          journal_becomes(&fixture.journal, "sample 1;no clock;shutdown;"));
    CHECK(IMFMediaSink_Shutdown, gone_inside, "releases the resources it is using", tear_down(&fixture));
}

/* Several callbacks that do not return, one of another sink that does. */
static void slow_callbacks(void)
{
    static struct fixture slow[6];
    struct fixture quick;

    for (size_t i = 0; i < COUNT_OF(slow); i++)
    {
        set_up(&slow[i], RATELESS, 0);
        start(&slow[i], 0);
        slow[i].grabbed.hold = CreateEventA(NULL, TRUE, FALSE, NULL);
        process(&slow[i], 1, 0);
        journal_becomes(&slow[i].journal, "sample 1;");
    }
    set_up(&quick, 0, 0);
    start(&quick, 0);
    process(&quick, 1, 0);
    CHECK(IMFSampleGrabberSinkCallback_OnProcessSample, slow,
          "this method should return quickly, or it might interfere with playback",
          journal_becomes(&quick.journal, "sample 1;"));
    IMFStreamSink_Flush(slow[0].stream);
    for (size_t i = 0; i < COUNT_OF(slow); i++)
        SetEvent(slow[i].grabbed.hold);
    for (size_t i = 0; i < COUNT_OF(slow); i++)
    {
        tear_down(&slow[i]);
        CloseHandle(slow[i].grabbed.hold);
    }
    tear_down(&quick);
}

static void types_and_rates(void)
{
    struct fixture fixture;
    IMFMediaTypeHandler *handler;
    IMFMediaType *type = pcm_type(), *current = NULL;
    IMFRateSupport *support = NULL;
    IMFGetService *services;
    float rate = 0;
    GUID major;

    set_up(&fixture, 0, 0);
    IMFStreamSink_GetMediaTypeHandler(fixture.stream, &handler);
    IMFMediaType_SetUINT32(type, &MF_MT_AUDIO_SAMPLES_PER_SECOND, 8000);
    CHECK(IMFMediaTypeHandler_SetCurrentMediaType, grabber,
          "Configure the media type that the Sample Grabber will receive. Setting the major and subtype is usually "
          "enough",
          OK(IMFMediaTypeHandler_SetCurrentMediaType(handler, type)) &&
              OK(IMFMediaTypeHandler_GetCurrentMediaType(handler, &current)) && current == type);
    drop(&current);
    IMFMediaType_SetGUID(type, &MF_MT_SUBTYPE, &MFAudioFormat_Float);
    CHECK(IMFMediaTypeHandler_IsMediaTypeSupported, grabber_other, "The object does not support this media type.",
          GIVES(MF_E_INVALIDMEDIATYPE, IMFMediaTypeHandler_IsMediaTypeSupported(handler, type, NULL)));
    CHECK(IMFMediaTypeHandler_GetMajorType, grabber, "Receives the GUID that identifies the major type.",
          OK(IMFMediaTypeHandler_GetMajorType(handler, &major)) && IsEqualGUID(&major, &MFMediaType_Audio));
    IMFMediaSink_QueryInterface(fixture.sink, &IID_IMFGetService, (void **)&services);
    CHECK(IMFGetService_GetService, grabber_rates, "Reports the range of supported playback rates.",
          OK(IMFGetService_GetService(services, &MF_RATE_CONTROL_SERVICE, &IID_IMFRateSupport, (void **)&support)));
    CHECK(IMFRateSupport_GetFastestRate, grabber, "Retrieves the fastest playback rate supported by the object.",
          support && OK(IMFRateSupport_GetFastestRate(support, MFRATE_REVERSE, TRUE, &rate)) && rate == -FLT_MAX);
    CHECK(IMFGetService_GetService, grabber_none, "The object does not support the service.",
          GIVES(MF_E_UNSUPPORTED_SERVICE,
                IMFGetService_GetService(services, &MF_TIMECODE_SERVICE, &IID_IMFRateSupport, (void **)&current)));
    drop(&support);
    IMFGetService_Release(services);
    IMFMediaTypeHandler_Release(handler);
    IMFMediaType_Release(type);
    tear_down(&fixture);
}

static const struct test_case cases[] = {{"activation", activation},
                                         {"clocked", clocked},
                                         {"lead", lead},
                                         {"rateless", rateless},
                                         {"callback_2", callback_2},
                                         {"markers", markers},
                                         {"flush", flush},
                                         {"pause", pause},
                                         {"stop", stop},
                                         {"start_position", start_position},
                                         {"preroll", preroll},
                                         {"scrub", scrub},
                                         {"refusals", refusals},
                                         {"shutting_down", shutting_down},
                                         {"shutting_down_inside", shutting_down_inside},
                                         {"slow_callbacks", slow_callbacks},
                                         {"types_and_rates", types_and_rates},
                                         {NULL, NULL}};
const struct group sample_grabber_group = {"sample_grabber", __FILE__, cases};
