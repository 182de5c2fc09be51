/*
 * The sample grabber sink: when the application gets its samples, and what the stream sink says of them.
 */
#include "mf_sample_grabber_support.h"

#include <float.h>
#include <stdint.h>

static void activation(void)
{
    struct grabber fixture;
    IMFMediaType *type = grabber_type();
    IMFActivate *activate = NULL;
    IMFMediaSink *again = NULL;
    DWORD flags = 0;

    CHECK(MFCreateSampleGrabberSinkActivate, no_type, "Pointer to the IMFMediaType interface",
          GIVES(E_POINTER, pMFCreateSampleGrabberSinkActivate(NULL, NULL, &activate)));
    CHECK(MFCreateSampleGrabberSinkActivate, no_callback, "The caller must implement this interface.",
          GIVES(E_POINTER, pMFCreateSampleGrabberSinkActivate(type, NULL, &activate)));
    IMFMediaType_Release(type);
    grabber_set_up(&fixture, RATELESS, 0);
    CHECK(MFCreateSampleGrabberSinkActivate, S_OK, "If this function succeeds, it returns S_OK.", fixture.activate);
    CHECK(IMFActivate_ActivateObject, S_OK, "To create the sample grabber sink, call IMFActivate::ActivateObject",
          fixture.sink && fixture.activate &&
              OK(IMFActivate_ActivateObject(fixture.activate, &IID_IMFMediaSink, (void **)&again)) &&
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
          grabber_tear_down(&fixture));
}

static void clocked(void)
{
    struct grabber fixture;

    grabber_set_up(&fixture, 0, 0);
    IMFPresentationClock_Start(fixture.clock, 0);
    CHECK(IMFClockStateSink_OnClockStart, started,
          "OnClockStart, OnClockRestart: MEStreamSinkStarted event. To get more data, each stream sink sends "
          "MEStreamSinkRequestSample events.",
          grabber_events_are(&fixture, "started;request;request;request;request;"));
    CHECK(IMFSampleGrabberSinkCallback_OnClockStart, told, "Called when the presentation clock starts.",
          journal_becomes(&fixture.journal, "start 0;"));
    CHECK(IMFStreamSink_ProcessSample, S_OK, "The method succeeded.",
          OK(grabber_process(&fixture, 1, 0)) && OK(grabber_process(&fixture, 2, 200000)));
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
          grabber_events_are(&fixture, "request;request;"));
    CHECK(IMFMediaSink_Shutdown, gone_clocked, "Shuts down the media sink and releases the resources it is using.",
          grabber_tear_down(&fixture));
}

static void lead(void)
{
    struct grabber fixture;

    grabber_set_up(&fixture, 0, 5000000);
    grabber_start(&fixture, 0);
    grabber_process(&fixture, 1, 5200000);
    Sleep(MOMENT);
    CHECK(MF_SAMPLEGRABBERSINK_SAMPLE_TIME_OFFSET, waits, "it presents the sample at time t - offset",
          journal_is(&fixture.journal, ""));
    fixture.source.time = 200000;
    CHECK(MF_SAMPLEGRABBERSINK_SAMPLE_TIME_OFFSET, early,
          "This attribute enables the sample grabber's callback function to receive samples earlier than the "
          "presentation time.",
          journal_becomes(&fixture.journal, "sample 1;"));
    grabber_tear_down(&fixture);
}

static void rateless(void)
{
    struct grabber fixture;

    grabber_set_up(&fixture, RATELESS, 0);
    grabber_start(&fixture, 500);
    grabber_process(&fixture, 1, 900000000);
    grabber_process(&fixture, 2, 0);
    CHECK(MF_SAMPLEGRABBERSINK_IGNORE_CLOCK, set,
          "the sample-grabber sink ignores the presentation clock and invokes the callback as soon as it receives each "
          "sample",
          journal_becomes(&fixture.journal, "sample 1;sample 2;"));
    CHECK(
        IMFSampleGrabberSinkCallback_OnProcessSample, no_time,
        "If the sample does not have a presentation time, the value of this parameter is _I64_MAX. If the sample does "
        "not have a duration, the value of this parameter is _I64_MAX.",
        OK(grabber_process(&fixture, 3, -1)) && journal_becomes(&fixture.journal, "sample 1;sample 2;sample 3;") &&
            fixture.grabbed.time == INT64_MAX && fixture.grabbed.duration == INT64_MAX);
    grabber_tear_down(&fixture);
}

static void callback_2(void)
{
    struct grabber fixture;
    IMFSample *sample = grabber_sample(7, 0);

    grabber_set_up(&fixture, RATELESS | CALLBACK2, 0);
    grabber_start(&fixture, 0);
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
    grabber_tear_down(&fixture);
}

static void markers(void)
{
    struct grabber fixture;

    grabber_set_up(&fixture, 0, 0);
    grabber_start(&fixture, 0);
    grabber_process(&fixture, 1, 100);
    grabber_process(&fixture, 2, 200);
    CHECK(IMFStreamSink_PlaceMarker, S_OK, "The method succeeded.",
          OK(grabber_mark(&fixture, MFSTREAMSINK_MARKER_DEFAULT, 1)));
    grabber_process(&fixture, 3, 300);
    grabber_mark(&fixture, MFSTREAMSINK_MARKER_ENDOFSEGMENT, 2);
    fixture.source.time = 1000;
    CHECK(IMFStreamSink_PlaceMarker, order,
          "the stream sink must send the MEStreamSinkMarker event for marker #1 after it processes sample #2, and the "
          "event for marker #2 after it processes sample #3.",
          grabber_events_are(&fixture, "request;request;marker 1;request;marker 2;"));
    CHECK(IMFStreamSink_MEStreamSinkMarker, value,
          "The event value is a copy of the PROPVARIANT that the caller specified",
          journal_is(&fixture.journal, "sample 1;sample 2;sample 3;"));
    /* Nothing before it. */
    grabber_mark(&fixture, MFSTREAMSINK_MARKER_TICK, 3);
    CHECK(IMFStreamSink_PlaceMarker, at_once, "after the stream sink consumes all of the samples that were delivered",
          grabber_events_are(&fixture, "marker 3;"));
    grabber_tear_down(&fixture);
}

static void flush(void)
{
    struct grabber fixture;

    grabber_set_up(&fixture, 0, 0);
    grabber_start(&fixture, 0);
    grabber_process(&fixture, 1, 10000000);
    grabber_mark(&fixture, MFSTREAMSINK_MARKER_DEFAULT, 1);
    grabber_process(&fixture, 2, 20000000);
    CHECK(IMFStreamSink_Flush, S_OK, "The method succeeded.", OK(IMFStreamSink_Flush(fixture.stream)));
    CHECK(IMFStreamSink_Flush, markers,
          "Any pending marker events from the IMFStreamSink::PlaceMarker method are dispatched immediately, with the "
          "status code E_ABORT.",
          grabber_events_are(&fixture, "marker 1 abort;request;request;"));
    fixture.source.time = 30000000;
    IMFPresentationClock_Start(fixture.clock, 30000000);
    grabber_process(&fixture, 3, 30000000);
    CHECK(IMFStreamSink_Flush, samples, "the media sink immediately discards them, without processing them",
          journal_becomes(&fixture.journal, "start 30000000;sample 3;"));
    grabber_tear_down(&fixture);
}

static void pause(void)
{
    struct grabber fixture;

    grabber_set_up(&fixture, 0, 0);
    grabber_start(&fixture, 0);
    IMFPresentationClock_Pause(fixture.clock);
    CHECK(IMFClockStateSink_OnClockPause, paused, "OnClockPause: MEStreamSinkPaused event",
          grabber_events_are(&fixture, "paused;"));
    grabber_mark(&fixture, MFSTREAMSINK_MARKER_DEFAULT, 1);
    CHECK(IMFStreamSink_PlaceMarker, paused_empty, "Otherwise, send the marker event immediately.",
          grabber_events_are(&fixture, "marker 1;"));
    grabber_process(&fixture, 1, 0);
    grabber_mark(&fixture, MFSTREAMSINK_MARKER_DEFAULT, 2);
    Sleep(MOMENT);
    CHECK(IMFStreamSink_ProcessSample, paused,
          "If the media sink accepts samples while paused, it must queue them until the clock restarts.",
          journal_is(&fixture.journal, "pause;"));
    IMFPresentationClock_Start(fixture.clock, PRESENTATION_CURRENT_POSITION);
    CHECK(IMFClockStateSink_OnClockRestart, queued, "Process any samples that were queued while paused",
          journal_becomes(&fixture.journal, "pause;restart;sample 1;"));
    CHECK(IMFClockStateSink_OnClockRestart, started, "OnClockStart, OnClockRestart: MEStreamSinkStarted event",
          grabber_events_are(&fixture, "started;request;marker 2;"));
    grabber_tear_down(&fixture);
}

static void stop(void)
{
    struct grabber fixture;

    grabber_set_up(&fixture, 0, 0);
    grabber_start(&fixture, 0);
    grabber_process(&fixture, 1, 10000000);
    grabber_mark(&fixture, MFSTREAMSINK_MARKER_DEFAULT, 1);
    IMFPresentationClock_Stop(fixture.clock);
    CHECK(IMFClockStateSink_OnClockStop, markers, "Send queued marker events.",
          grabber_events_are(&fixture, "marker 1;stopped;"));
    CHECK(IMFStreamSink_ProcessSample, MF_E_INVALIDREQUEST,
          "The media sink is paused or stopped and cannot process the sample.",
          GIVES(MF_E_INVALIDREQUEST, grabber_process(&fixture, 2, 0)));
    grabber_mark(&fixture, MFSTREAMSINK_MARKER_DEFAULT, 2);
    CHECK(IMFStreamSink_PlaceMarker, stopped, "On subsequent calls to PlaceMarker, send the marker event immediately.",
          grabber_events_are(&fixture, "marker 2;"));
    journal_becomes(&fixture.journal, "stop;");
    grabber_start(&fixture, 10000000);
    grabber_process(&fixture, 3, 10000000);
    CHECK(IMFClockStateSink_OnClockStop, samples, "Drop all queued samples.",
          journal_becomes(&fixture.journal, "sample 3;"));
    grabber_tear_down(&fixture);
}

static void start_position(void)
{
    struct grabber fixture;

    grabber_set_up(&fixture, 0, 0);
    grabber_start(&fixture, 100);
    grabber_process(&fixture, 1, 80);
    grabber_process(&fixture, 2, 95);
    grabber_process(&fixture, 3, 100);
    CHECK(IMFClockStateSink_OnClockStart, earlier,
          "Process samples whose time stamp is equal to or later than the clock start time.",
          journal_becomes(&fixture.journal, "sample 3;"));
    CHECK(IMFClockStateSink_OnClockStart, asks_for_others, "each stream sink sends MEStreamSinkRequestSample events",
          grabber_events_are(&fixture, "request;request;request;"));
    grabber_tear_down(&fixture);
}

static void preroll(void)
{
    struct grabber fixture;
    IMFMediaSinkPreroll *preroll = NULL;

    grabber_set_up(&fixture, NO_CLOCK, 0);
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
              grabber_events_are(&fixture, "request;"));
        grabber_process(&fixture, 1, 50);
        CHECK(IMFMediaSinkPreroll_NotifyPreroll, more, "until is has enough preroll data",
              grabber_events_are(&fixture, "request;"));
        grabber_process(&fixture, 2, 100);
        CHECK(IMFStreamSink_MEStreamSinkPrerolled, enough,
              "When it has enough preroll data, the media sink sends an MEStreamSinkPrerolled event.",
              grabber_events_are(&fixture, "prerolled;"));
        CHECK(IMFStreamSink_ProcessSample, MF_E_INVALID_STATE_TRANSITION,
              "preroll is complete but the presentation clock has not started yet",
              GIVES(MF_E_INVALID_STATE_TRANSITION, grabber_process(&fixture, 3, 110)));
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
    grabber_tear_down(&fixture);
}

static void scrub(void)
{
    struct grabber fixture;
    IMFRateControl *control;

    grabber_set_up(&fixture, 0, 0);
    IMFPresentationClock_QueryInterface(fixture.clock, &IID_IMFRateControl, (void **)&control);
    IMFRateControl_SetRate(control, FALSE, 0);
    CHECK(IMFStreamSink_MEStreamSinkRateChanged, changed, "The stream sink has changed playback rate.",
          grabber_events_are(&fixture, "rate;"));
    fixture.source.time = 100;
    IMFPresentationClock_Start(fixture.clock, 100);
    CHECK(IMFStreamSink_MEStreamSinkRequestSample, zero, "the source delivers a single frame",
          grabber_events_are(&fixture, "started;request;"));
    grabber_process(&fixture, 1, 95);
    CHECK(IMFStreamSink_MEStreamSinkScrubSampleComplete, rendered,
          "If the stream renders data while scrubbing, it sends the event as soon as the data is rendered.",
          grabber_events_are(&fixture, "scrubbed 95;"));
    grabber_process(&fixture, 2, 105);
    Sleep(MOMENT);
    CHECK(IMFRateControl_SetRate, one_frame, "A rate of zero causes one frame to be rendered",
          journal_is(&fixture.journal, "rate 0;start 100;sample 1;"));
    IMFStreamSink_Flush(fixture.stream);
    fixture.source.time = 900;
    IMFPresentationClock_Start(fixture.clock, 900);
    grabber_events_are(&fixture, "started;request;");
    grabber_mark(&fixture, MFSTREAMSINK_MARKER_ENDOFSEGMENT, 4);
    CHECK(IMFStreamSink_MEStreamSinkScrubSampleComplete, none,
          "If the media sink does not render data while scrubbing, it does not set this attribute.",
          grabber_events_are(&fixture, "marker 4;scrubbed;"));
    IMFRateControl_Release(control);
    grabber_tear_down(&fixture);
}

static void refusals(void)
{
    struct grabber fixture;
    IMFPresentationClock *clock;

    grabber_set_up(&fixture, NO_CLOCK, 0);
    CHECK(IMFStreamSink_ProcessSample, MF_E_NO_CLOCK, "The presentation clock was not set.",
          GIVES(MF_E_NO_CLOCK, grabber_process(&fixture, 1, 0)));
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
    grabber_start(&fixture, 0);
    CHECK(IMFStreamSink_ProcessSample, MF_E_NO_SAMPLE_TIMESTAMP, "The sample does not have a time stamp.",
          GIVES(MF_E_NO_SAMPLE_TIMESTAMP, grabber_process(&fixture, 1, -1)));
    IMFMediaSink_Shutdown(fixture.sink);
    CHECK(IMFStreamSink_ProcessSample, MF_E_STREAMSINK_REMOVED,
          "This stream was removed from the media sink and is no longer valid.",
          GIVES(MF_E_STREAMSINK_REMOVED, grabber_process(&fixture, 1, 0)));
    CHECK(IMFStreamSink_PlaceMarker, MF_E_STREAMSINK_REMOVED,
          "This stream was removed from the media sink and is no longer valid.",
          GIVES(MF_E_STREAMSINK_REMOVED, grabber_mark(&fixture, MFSTREAMSINK_MARKER_DEFAULT, 1)));
    CHECK(IMFStreamSink_Flush, MF_E_STREAMSINK_REMOVED,
          "This stream was removed from the media sink and is no longer valid.",
          GIVES(MF_E_STREAMSINK_REMOVED, IMFStreamSink_Flush(fixture.stream)));
    CHECK(IMFMediaSink_SetPresentationClock, MF_E_SHUTDOWN, "The media sink's Shutdown method has been called.",
          GIVES(MF_E_SHUTDOWN, IMFMediaSink_SetPresentationClock(fixture.sink, NULL)));
    CHECK(IMFMediaSink_Shutdown, MF_E_SHUTDOWN, "The media sink was shut down.",
          GIVES(MF_E_SHUTDOWN, IMFMediaSink_Shutdown(fixture.sink)));
    grabber_tear_down(&fixture);
}

static DWORD WINAPI shut_down_sink(void *sink)
{
    IMFMediaSink_Shutdown((IMFMediaSink *)sink);
    return 0;
}

static void shutting_down(void)
{
    struct grabber fixture;
    HANDLE thread;

    grabber_set_up(&fixture, RATELESS, 0);
    grabber_start(&fixture, 0);
    fixture.grabbed.hold = CreateEventA(NULL, TRUE, FALSE, NULL);
    fixture.grabbed.held = CreateEventA(NULL, TRUE, FALSE, NULL);
    grabber_process(&fixture, 1, 0);
    grabber_process(&fixture, 2, 0);
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
    CHECK(IMFMediaSink_Shutdown, gone_busy, "releases the resources it is using", grabber_tear_down(&fixture));
}

static void shutting_down_inside(void)
{
    struct grabber fixture;

    grabber_set_up(&fixture, RATELESS, 0);
    grabber_start(&fixture, 0);
    fixture.grabbed.shuts_down = fixture.sink;
    grabber_process(&fixture, 1, 0);
    grabber_process(&fixture, 2, 0);
    CHECK(IMFMediaSink_Shutdown, inside, "Shuts down the media sink",
          journal_becomes(&fixture.journal, "sample 1;no clock;shutdown;"));
    CHECK(IMFMediaSink_Shutdown, gone_inside, "releases the resources it is using", grabber_tear_down(&fixture));
}

/* Several callbacks that do not return, one of another sink that does. */
static void slow_callbacks(void)
{
    static struct grabber slow[6];
    struct grabber quick;

    for (size_t i = 0; i < COUNT_OF(slow); i++)
    {
        grabber_set_up(&slow[i], RATELESS, 0);
        grabber_start(&slow[i], 0);
        slow[i].grabbed.hold = CreateEventA(NULL, TRUE, FALSE, NULL);
        grabber_process(&slow[i], 1, 0);
        journal_becomes(&slow[i].journal, "sample 1;");
    }
    grabber_set_up(&quick, 0, 0);
    grabber_start(&quick, 0);
    grabber_process(&quick, 1, 0);
    CHECK(IMFSampleGrabberSinkCallback_OnProcessSample, slow,
          "this method should return quickly, or it might interfere with playback",
          journal_becomes(&quick.journal, "sample 1;"));
    IMFStreamSink_Flush(slow[0].stream);
    for (size_t i = 0; i < COUNT_OF(slow); i++)
        SetEvent(slow[i].grabbed.hold);
    for (size_t i = 0; i < COUNT_OF(slow); i++)
    {
        grabber_tear_down(&slow[i]);
        CloseHandle(slow[i].grabbed.hold);
    }
    grabber_tear_down(&quick);
}

static void types_and_rates(void)
{
    struct grabber fixture;
    IMFMediaTypeHandler *handler;
    IMFMediaType *type = grabber_type(), *current = NULL;
    IMFRateSupport *support = NULL;
    IMFGetService *services;
    float rate = 0;
    GUID major;

    grabber_set_up(&fixture, 0, 0);
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
    grabber_tear_down(&fixture);
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
