#include "mf_sample_grabber_support.h"

/* ---- The application's callback ---------------------------------------------------------------------------------- */

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

IMFMediaType *grabber_type(void)
{
    IMFMediaType *type = NULL;

    MFCreateMediaType(&type);
    IMFMediaType_SetGUID(type, &MF_MT_MAJOR_TYPE, &MFMediaType_Audio);
    IMFMediaType_SetGUID(type, &MF_MT_SUBTYPE, &MFAudioFormat_PCM);
    return type;
}

void grabber_set_up(struct grabber *fixture, unsigned how, UINT64 lead)
{
    IMFMediaType *type = grabber_type();

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

int grabber_tear_down(struct grabber *fixture)
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

IMFSample *grabber_sample(BYTE number, LONGLONG time)
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

HRESULT grabber_process(struct grabber *fixture, BYTE number, LONGLONG time)
{
    IMFSample *sample = grabber_sample(number, time);
    HRESULT hr = IMFStreamSink_ProcessSample(fixture->stream, sample);

    IMFSample_Release(sample);
    return hr;
}

HRESULT grabber_mark(struct grabber *fixture, MFSTREAMSINK_MARKER_TYPE type, int number)
{
    PROPVARIANT context = {.vt = VT_I4, .lVal = number};

    return IMFStreamSink_PlaceMarker(fixture->stream, type, NULL, &context);
}

static void add_event(struct grabber *fixture, IMFMediaEvent *event)
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
static void take_events(struct grabber *fixture)
{
    IMFMediaEvent *event;

    while (SUCCEEDED(IMFStreamSink_GetEvent(fixture->stream, MF_EVENT_FLAG_NO_WAIT, &event)))
    {
        add_event(fixture, event);
        IMFMediaEvent_Release(event);
    }
    note("the events were '%s'", fixture->events);
}

int grabber_events_are(struct grabber *fixture, const char *expected)
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

void grabber_start(struct grabber *fixture, LONGLONG offset)
{
    fixture->source.time = offset;
    IMFPresentationClock_Start(fixture->clock, offset);
    grabber_events_are(fixture, "started;request;request;request;request;");
    journal_clear(&fixture->journal);
}
