/* IMFRateControl and IMFRateSupport of a source that plays other sources: what all of these can do, done by all. */
#define COBJMACROS
#include <stdlib.h>

#include "mf/com.h"
#include "mf/source_group.h"

struct source_rate
{
    IMFRateControl control_iface;
    IMFRateSupport support_iface;
    LONG refs;
    struct source_host *host;
};

static HRESULT source_rate_query(struct source_rate *rate, REFIID iid, void **out)
{
    static const struct com_interface interfaces[] = {
        {&IID_IMFRateControl, offsetof(struct source_rate, control_iface)},
        {&IID_IMFRateSupport, offsetof(struct source_rate, support_iface)},
    };

    return com_query(rate, interfaces, ARRAYSIZE(interfaces), iid, out);
}

static ULONG source_rate_addref(struct source_rate *rate)
{
    return InterlockedIncrement(&rate->refs);
}

static ULONG source_rate_release(struct source_rate *rate)
{
    ULONG refs = InterlockedDecrement(&rate->refs);

    if (refs) return refs;
    source_host_release(rate->host);
    free(rate);
    return 0;
}

COM_UNKNOWN(control, IMFRateControl, source_rate, control_iface)
COM_UNKNOWN(support, IMFRateSupport, source_rate, support_iface)

/* Calls `function` for the `iid` of each child that plays, or would. */
static HRESULT for_each(struct source_rate *rate, REFIID iid, bool answered,
                        HRESULT (*function)(void *rate, void *context), void *context)
{
    struct source_host *host = rate->host;
    struct source_group *group = NULL;
    HRESULT hr;

    EnterCriticalSection(&host->lock);
    if (!host->is_shut_down) group = host->type->current(host);
    hr = host->is_shut_down ? MF_E_SHUTDOWN : group ? S_OK : MF_E_INVALIDREQUEST;
    if (group) source_group_addref(group);
    LeaveCriticalSection(&host->lock);
    if (FAILED(hr)) return hr;
    hr = source_group_rates(group, iid, answered, function, context);
    source_group_release(group);
    return hr;
}

struct rate_query
{
    MFRATE_DIRECTION direction;
    BOOL thin;
    float rate, result;
    bool slowest, any;
};

static HRESULT set_one(void *control, void *context)
{
    struct rate_query *query = context;

    return IMFRateControl_SetRate((IMFRateControl *)control, query->thin, query->rate);
}

static HRESULT WINAPI control_SetRate(IMFRateControl *iface, BOOL thin, float rate)
{
    struct rate_query query = {.thin = thin, .rate = rate};

    return for_each(COM_OBJECT(iface, source_rate, control_iface), &IID_IMFRateControl, true, set_one, &query);
}

/* All were set together, so that any one's rate is everybody's. */
static HRESULT get_one(void *control, void *context)
{
    struct rate_query *query = context;

    return IMFRateControl_GetRate((IMFRateControl *)control, &query->thin, &query->rate);
}

static HRESULT WINAPI control_GetRate(IMFRateControl *iface, BOOL *thin, float *rate)
{
    struct rate_query query = {.rate = 1.0f};
    HRESULT hr;

    if (!rate) return E_POINTER;
    hr = for_each(COM_OBJECT(iface, source_rate, control_iface), &IID_IMFRateControl, false, get_one, &query);
    if (FAILED(hr)) return hr;
    *rate = query.rate;
    if (thin) *thin = query.thin;
    return S_OK;
}

static IMFRateControlVtbl control_vtbl = {control_QueryInterface, control_AddRef, control_Release, control_SetRate,
                                          control_GetRate};

static float magnitude(float value)
{
    return value < 0 ? -value : value;
}

/* The fastest of the slowest rates, the slowest of the fastest. */
static HRESULT limit_one(void *support, void *context)
{
    struct rate_query *query = context;
    HRESULT hr;
    float rate;

    hr = query->slowest
             ? IMFRateSupport_GetSlowestRate((IMFRateSupport *)support, query->direction, query->thin, &rate)
             : IMFRateSupport_GetFastestRate((IMFRateSupport *)support, query->direction, query->thin, &rate);
    if (FAILED(hr)) return hr;
    if (!query->any || (magnitude(rate) > magnitude(query->result)) == query->slowest) query->result = rate;
    query->any = true;
    return S_OK;
}

static HRESULT limit(IMFRateSupport *iface, bool slowest, MFRATE_DIRECTION direction, BOOL thin, float *rate)
{
    struct rate_query query = {.direction = direction, .thin = thin, .slowest = slowest};
    HRESULT hr;

    if (!rate) return E_POINTER;
    hr = for_each(COM_OBJECT(iface, source_rate, support_iface), &IID_IMFRateSupport, false, limit_one, &query);
    if (SUCCEEDED(hr)) *rate = query.result;
    return hr;
}

static HRESULT WINAPI support_GetSlowestRate(IMFRateSupport *iface, MFRATE_DIRECTION direction, BOOL thin, float *rate)
{
    return limit(iface, true, direction, thin, rate);
}

static HRESULT WINAPI support_GetFastestRate(IMFRateSupport *iface, MFRATE_DIRECTION direction, BOOL thin, float *rate)
{
    return limit(iface, false, direction, thin, rate);
}

/* Of a child that cannot, the nearest rate that it can is what the caller is told. */
static HRESULT supported_one(void *support, void *context)
{
    struct rate_query *query = context;

    query->result = query->rate;
    return IMFRateSupport_IsRateSupported((IMFRateSupport *)support, query->thin, query->rate, &query->result);
}

static HRESULT WINAPI support_IsRateSupported(IMFRateSupport *iface, BOOL thin, float rate, float *nearest)
{
    struct rate_query query = {.thin = thin, .rate = rate, .result = rate};
    HRESULT hr;

    hr = for_each(COM_OBJECT(iface, source_rate, support_iface), &IID_IMFRateSupport, false, supported_one, &query);
    if (nearest) *nearest = query.result;
    return hr;
}

static IMFRateSupportVtbl support_vtbl = {support_QueryInterface, support_AddRef,         support_Release,
                                          support_GetSlowestRate, support_GetFastestRate, support_IsRateSupported};

HRESULT source_rate_create(struct source_host *host, REFIID iid, void **out)
{
    struct source_rate *rate = calloc(1, sizeof(*rate));
    HRESULT hr;

    if (!rate) return E_OUTOFMEMORY;
    rate->control_iface.lpVtbl = &control_vtbl;
    rate->support_iface.lpVtbl = &support_vtbl;
    rate->refs = 1;
    rate->host = host;
    source_host_addref(host);
    hr = source_rate_query(rate, iid, out);
    source_rate_release(rate);
    return hr;
}
