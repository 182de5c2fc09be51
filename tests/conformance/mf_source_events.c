/* See mf_source_events.h. */
#include "mf_source_events.h"

static struct rig_api api;

struct rig *source_rig(void)
{
    if (!api.module) rig_load_api(&api, L"mf.dll");
    return rig_new(&api);
}

int end_rig(struct rig *rig)
{
    char leaked[256] = "";
    unsigned left = rig_end(rig, leaked, sizeof(leaked));

    if (left) note("%u objects are left: %s", left, leaked);
    return !left;
}

static IMFMediaEvent *any_event(IMFMediaEventGenerator *generator)
{
    DWORD begin = GetTickCount();
    IMFMediaEvent *event = NULL;
    HRESULT hr;

    while ((hr = IMFMediaEventGenerator_GetEvent(generator, MF_EVENT_FLAG_NO_WAIT, &event)) ==
               MF_E_NO_EVENTS_AVAILABLE &&
           GetTickCount() - begin < RIG_PATIENCE)
        Sleep(1);
    if (FAILED(hr)) note("no event: %#lx", (unsigned long)hr);
    return SUCCEEDED(hr) ? event : NULL;
}

IMFMediaEvent *wait_event(void *generator, MediaEventType type)
{
    IMFMediaEvent *event;
    MediaEventType got;

    while ((event = any_event(generator)))
    {
        IMFMediaEvent_GetType(event, &got);
        if (got == type) return event;
        IMFMediaEvent_Release(event);
    }
    note("event %d did not come", (int)type);
    return NULL;
}

HRESULT wait_status(void *generator, MediaEventType type)
{
    IMFMediaEvent *event = wait_event(generator, type);
    HRESULT status = E_PENDING;

    if (!event) return status;
    IMFMediaEvent_GetStatus(event, &status);
    IMFMediaEvent_Release(event);
    return status;
}

void *wait_object(void *generator, MediaEventType type, REFIID iid)
{
    IMFMediaEvent *event = wait_event(generator, type);
    void *object = NULL;
    PROPVARIANT value;

    if (!event) return NULL;
    PropVariantInit(&value);
    IMFMediaEvent_GetValue(event, &value);
    if (value.vt == VT_UNKNOWN) IUnknown_QueryInterface(value.punkVal, iid, &object);
    PropVariantClear(&value);
    IMFMediaEvent_Release(event);
    return object;
}

int next_is(void *generator, MediaEventType type)
{
    IMFMediaEvent *event = any_event(generator);
    MediaEventType got = MEUnknown;

    if (!event) return 0;
    IMFMediaEvent_GetType(event, &got);
    IMFMediaEvent_Release(event);
    if (got != type) note("event %d came, not %d", (int)got, (int)type);
    return got == type;
}

int no_event(void *generator)
{
    IMFMediaEvent *event = NULL;
    MediaEventType got = MEUnknown;

    if (FAILED(IMFMediaEventGenerator_GetEvent((IMFMediaEventGenerator *)generator, MF_EVENT_FLAG_NO_WAIT, &event)))
        return 1;
    IMFMediaEvent_GetType(event, &got);
    note("event %d is there", (int)got);
    IMFMediaEvent_Release(event);
    return 0;
}

int drain_stream(IMFMediaStream *stream)
{
    IMFMediaEvent *event;
    MediaEventType type;
    int samples = 0;

    if (FAILED(IMFMediaStream_RequestSample(stream, NULL))) return -1;
    while ((event = any_event((IMFMediaEventGenerator *)stream)))
    {
        IMFMediaEvent_GetType(event, &type);
        IMFMediaEvent_Release(event);
        if (type == MEEndOfStream) return samples;
        if (type != MEMediaSample) continue;
        samples++;
        if (FAILED(IMFMediaStream_RequestSample(stream, NULL))) return -1;
    }
    return -1;
}

HRESULT start_empty(IMFMediaSource *source, IMFPresentationDescriptor *descriptor)
{
    PROPVARIANT position = {.vt = VT_EMPTY};

    return IMFMediaSource_Start(source, descriptor, &GUID_NULL, &position);
}

HRESULT start_at(IMFMediaSource *source, IMFPresentationDescriptor *descriptor, LONGLONG time)
{
    PROPVARIANT position = {.vt = VT_I8, .hVal.QuadPart = time};

    return IMFMediaSource_Start(source, descriptor, NULL, &position);
}
