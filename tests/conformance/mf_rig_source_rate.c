/*
 * The rates of the rig's media source. What it holds to: IMFRateSupport and IMFRateControl as documented for media
 * sources ("Rate Control", MF_RATE_CONTROL_SERVICE).
 */
#include "mf_rig_source.h"

RIG_UNKNOWN(IMFGetService, source, services)
RIG_UNKNOWN(IMFRateSupport, source, rate_support)
RIG_UNKNOWN(IMFRateControl, source, rate_control)

static HRESULT WINAPI source_GetService(IMFGetService *self, REFGUID service, REFIID iid, void **out)
{
    struct source *source = source_of_services(self);
    HRESULT hr = rig_enter(&source->object, NULL, "GetService", 0, NULL);

    if (FAILED(hr)) return hr;
    if (!source->options.rates || !IsEqualGUID(service, &MF_RATE_CONTROL_SERVICE)) return MF_E_UNSUPPORTED_SERVICE;
    return rig_object_query(&source->object, iid, out);
}

IMFGetServiceVtbl rig_source_services_table = {RIG_UNKNOWN_METHODS(source, services), source_GetService};

static HRESULT check_rate(const struct source *source, BOOL thin, float rate)
{
    float size = rate < 0 ? -rate : rate;

    if (thin && !source->options.thinning) return MF_E_THINNING_UNSUPPORTED;
    if (rate < 0 && !source->options.reverse) return MF_E_REVERSE_UNSUPPORTED;
    if (size < source->options.slowest || size > source->options.fastest) return MF_E_UNSUPPORTED_RATE;
    return S_OK;
}

static HRESULT limit_rate(struct source *source, const char *method, MFRATE_DIRECTION direction, BOOL thin, float limit,
                          float *rate)
{
    HRESULT hr = rig_enter(&source->object, NULL, method, direction, NULL);

    if (FAILED(hr)) return hr;
    if (direction == MFRATE_REVERSE && !source->options.reverse) return MF_E_REVERSE_UNSUPPORTED;
    if (thin && !source->options.thinning) return MF_E_THINNING_UNSUPPORTED;
    *rate = direction == MFRATE_REVERSE ? -limit : limit;
    return S_OK;
}

static HRESULT WINAPI source_GetSlowestRate(IMFRateSupport *self, MFRATE_DIRECTION direction, BOOL thin, float *rate)
{
    struct source *source = source_of_rate_support(self);

    return limit_rate(source, "GetSlowestRate", direction, thin, source->options.slowest, rate);
}

static HRESULT WINAPI source_GetFastestRate(IMFRateSupport *self, MFRATE_DIRECTION direction, BOOL thin, float *rate)
{
    struct source *source = source_of_rate_support(self);

    return limit_rate(source, "GetFastestRate", direction, thin, source->options.fastest, rate);
}

static HRESULT WINAPI source_IsRateSupported(IMFRateSupport *self, BOOL thin, float rate, float *nearest)
{
    struct source *source = source_of_rate_support(self);
    HRESULT hr = rig_enter(&source->object, NULL, "IsRateSupported", (LONGLONG)(rate * 1000), NULL);

    if (FAILED(hr)) return hr;
    hr = check_rate(source, thin, rate);
    if (nearest)
    {
        *nearest = rate;
        if (hr == MF_E_UNSUPPORTED_RATE)
            *nearest = rate > source->options.fastest ? source->options.fastest : source->options.slowest;
    }
    return hr;
}

IMFRateSupportVtbl rig_source_rate_support_table = {RIG_UNKNOWN_METHODS(source, rate_support), source_GetSlowestRate,
                                                    source_GetFastestRate, source_IsRateSupported};

static HRESULT WINAPI source_SetRate(IMFRateControl *self, BOOL thin, float rate)
{
    struct source *source = source_of_rate_control(self);
    PROPVARIANT value = {.vt = VT_R4}, thinned = {.vt = VT_BOOL, .boolVal = thin ? -1 : 0};
    struct rig_answer answer;
    HRESULT hr = rig_enter(&source->object, NULL, "SetRate", (LONGLONG)(rate * 1000), &answer);

    if (FAILED(hr)) return hr;
    EnterCriticalSection(&source->lock);
    hr = source->shut_down ? MF_E_SHUTDOWN : check_rate(source, thin, rate);
    if (SUCCEEDED(hr))
    {
        value.fltVal = source->rate = rate;
        for (unsigned i = 0; thin != source->thin && i < source->options.streams; i++)
            if (source->streams[i].active)
                IMFMediaEventQueue_QueueEventParamVar(source->streams[i].events, MEStreamThinMode, &GUID_NULL, S_OK,
                                                      &thinned);
        source->thin = thin;
        rig_answer(source->object.rig, &answer, source->events, MESourceRateChanged, MESourceRateChanged, &value);
    }
    LeaveCriticalSection(&source->lock);
    return hr;
}

static HRESULT WINAPI source_GetRate(IMFRateControl *self, BOOL *thin, float *rate)
{
    struct source *source = source_of_rate_control(self);
    HRESULT hr = rig_enter(&source->object, NULL, "GetRate", 0, NULL);

    if (FAILED(hr)) return hr;
    if (thin) *thin = source->thin;
    *rate = source->rate;
    return S_OK;
}

IMFRateControlVtbl rig_source_rate_control_table = {RIG_UNKNOWN_METHODS(source, rate_control), source_SetRate,
                                                    source_GetRate};
