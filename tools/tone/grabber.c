/* What the sample grabber sink hands out is measured. */
#include "tone.h"

#include <stdlib.h>

static HRESULT WINAPI grabber_query(IMFSampleGrabberSinkCallback *iface, REFIID iid, void **out)
{
    *out = IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IMFClockStateSink) ||
                   IsEqualIID(iid, &IID_IMFSampleGrabberSinkCallback)
               ? iface
               : NULL;
    return *out ? S_OK : E_NOINTERFACE;
}

static ULONG WINAPI grabber_reference(IMFSampleGrabberSinkCallback *iface)
{
    (void)iface;
    return 1;
}

static HRESULT WINAPI grabber_clock(IMFSampleGrabberSinkCallback *iface, MFTIME time)
{
    (void)iface;
    (void)time;
    return S_OK;
}

static HRESULT WINAPI grabber_clock_start(IMFSampleGrabberSinkCallback *iface, MFTIME time, LONGLONG offset)
{
    (void)offset;
    return grabber_clock(iface, time);
}

static HRESULT WINAPI grabber_clock_rate(IMFSampleGrabberSinkCallback *iface, MFTIME time, float rate)
{
    (void)rate;
    return grabber_clock(iface, time);
}

static HRESULT WINAPI grabber_set_clock(IMFSampleGrabberSinkCallback *iface, IMFPresentationClock *clock)
{
    (void)iface;
    (void)clock;
    return S_OK;
}

static HRESULT WINAPI grabber_sample(IMFSampleGrabberSinkCallback *iface, REFGUID major, DWORD flags, LONGLONG time,
                                     LONGLONG duration, const BYTE *data, DWORD size)
{
    struct measure *measure = &CONTAINING_RECORD(iface, struct grabber, IMFSampleGrabberSinkCallback_iface)->measure;
    const short *samples = (const short *)(const void *)data;

    (void)major;
    (void)flags;
    for (DWORD i = 0; i < size / sizeof(*samples); i++)
    {
        measure->crossings += measure->last < 0 && samples[i] >= 0;
        measure->last = samples[i];
        if (abs(samples[i]) > measure->peak) measure->peak = abs(samples[i]);
    }
    measure->frames += size / sizeof(*samples);
    measure->end = time + duration;
    return S_OK;
}

static HRESULT WINAPI grabber_shutdown(IMFSampleGrabberSinkCallback *iface)
{
    (void)iface;
    return S_OK;
}

static IMFSampleGrabberSinkCallbackVtbl grabber_vtbl = {
    grabber_query, grabber_reference,  grabber_reference, grabber_clock_start, grabber_clock,    grabber_clock,
    grabber_clock, grabber_clock_rate, grabber_set_clock, grabber_sample,      grabber_shutdown,
};

void grabber_init(struct grabber *grabber)
{
    memset(grabber, 0, sizeof(*grabber));
    grabber->IMFSampleGrabberSinkCallback_iface.lpVtbl = &grabber_vtbl;
}
