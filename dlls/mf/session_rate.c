/* IMFRateControl and IMFRateSupport of the session: what its sources and sinks allow. */
#include "mf/session.h"

#include <float.h>
#include <math.h>
#include "common/trace.h"
#include "mf/com.h"

CORK_TRACE_CHANNEL(mf);

/* ---- The components of the current presentation -------------------------------------------------------------------
 */

/* Asks one component; S_OK: go on. */
typedef HRESULT (*ask_component)(IUnknown *component, void *context);

static HRESULT ask_source(IMFTopologyNode *node, ask_component ask, void *context)
{
    IUnknown *source;
    HRESULT hr = IMFTopologyNode_GetUnknown(node, &MF_TOPONODE_SOURCE, &IID_IUnknown, (void **)&source);

    if (FAILED(hr)) return hr;
    hr = ask(source, context);
    IUnknown_Release(source);
    return hr;
}

/* A sink without a rate takes samples as they come, at any rate. */
static HRESULT ask_sink(IMFTopologyNode *node, ask_component ask, void *context)
{
    IMFMediaSink *sink = session_node_sink(node);
    DWORD flags = 0;
    HRESULT hr = S_OK;

    if (!sink) return S_OK;
    if (FAILED(IMFMediaSink_GetCharacteristics(sink, &flags))) flags = 0;
    if (!(flags & MEDIASINK_RATELESS)) hr = ask((IUnknown *)sink, context);
    IMFMediaSink_Release(sink);
    return hr;
}

/* Asks all sources, then all sinks, until one says no. */
static HRESULT ask_topology(IMFTopology *topology, ask_component ask, void *context)
{
    IMFTopologyNode *node;
    WORD index = 0;
    HRESULT hr = S_OK;

    while (SUCCEEDED(hr) && (node = session_next_node(topology, MF_TOPOLOGY_SOURCESTREAM_NODE, &index)))
    {
        hr = ask_source(node, ask, context);
        IMFTopologyNode_Release(node);
    }
    for (index = 0; SUCCEEDED(hr) && (node = session_next_node(topology, MF_TOPOLOGY_OUTPUT_NODE, &index));)
    {
        hr = ask_sink(node, ask, context);
        IMFTopologyNode_Release(node);
    }
    return hr;
}

/* The current topology with a reference, or NULL. */
static IMFTopology *current_topology(struct session *session)
{
    IMFTopology *topology;

    EnterCriticalSection(&session->lock);
    topology = session->current ? session->current->topology : NULL;
    if (topology) IMFTopology_AddRef(topology);
    LeaveCriticalSection(&session->lock);
    return topology;
}

static IMFRateSupport *rate_support_of(IUnknown *component)
{
    IMFRateSupport *support;

    if (FAILED(MFGetService(component, &MF_RATE_CONTROL_SERVICE, &IID_IMFRateSupport, (void **)&support))) return NULL;
    return support;
}

/* ---- Whether a rate is possible -----------------------------------------------------------------------------------
 */

struct wanted_rate
{
    BOOL thin;
    float rate, nearest;
};

/* A component without rate support plays forward at 1. */
static HRESULT ask_rate(IUnknown *component, void *context)
{
    struct wanted_rate *wanted = context;
    IMFRateSupport *support = rate_support_of(component);
    float nearest = wanted->rate;
    HRESULT hr;

    if (support)
    {
        hr = IMFRateSupport_IsRateSupported(support, wanted->thin, wanted->rate, &nearest);
        IMFRateSupport_Release(support);
    }
    else
    {
        hr = wanted->rate < 0       ? MF_E_REVERSE_UNSUPPORTED
             : wanted->thin         ? MF_E_THINNING_UNSUPPORTED
             : wanted->rate == 1.0f ? S_OK
                                    : MF_E_UNSUPPORTED_RATE;
        nearest = 1.0f;
    }
    if (FAILED(hr)) wanted->nearest = nearest;
    return hr;
}

static HRESULT check_rate(struct session *session, BOOL thin, float rate, float *nearest)
{
    struct wanted_rate wanted = {thin, rate, rate};
    IMFTopology *topology = current_topology(session);
    HRESULT hr = S_OK;

    if (topology)
    {
        hr = ask_topology(topology, ask_rate, &wanted);
        IMFTopology_Release(topology);
    }
    if (nearest) *nearest = wanted.nearest;
    return hr;
}

/* ---- The range of rates -------------------------------------------------------------------------------------------
 */

struct rate_range
{
    MFRATE_DIRECTION direction;
    BOOL thin;
    bool fastest;
    float rate; /* absolute */
};

static HRESULT ask_range(IUnknown *component, void *context)
{
    struct rate_range *range = context;
    IMFRateSupport *support = rate_support_of(component);
    float rate = 1.0f;
    HRESULT hr;

    if (support)
    {
        hr = range->fastest ? IMFRateSupport_GetFastestRate(support, range->direction, range->thin, &rate)
                            : IMFRateSupport_GetSlowestRate(support, range->direction, range->thin, &rate);
        IMFRateSupport_Release(support);
    }
    else
        hr = range->direction == MFRATE_REVERSE ? MF_E_REVERSE_UNSUPPORTED
             : range->thin                      ? MF_E_THINNING_UNSUPPORTED
                                                : S_OK;
    if (FAILED(hr)) return hr;
    rate = fabsf(rate);
    if (range->fastest ? rate < range->rate : rate > range->rate) range->rate = rate;
    return S_OK;
}

static HRESULT topology_range(IMFTopology *topology, struct rate_range *range)
{
    range->rate = range->fastest ? FLT_MAX : 0.0f;
    return ask_topology(topology, ask_range, range);
}

static HRESULT get_range(struct session *session, MFRATE_DIRECTION direction, BOOL thin, bool fastest, float *rate)
{
    struct rate_range range = {.direction = direction, .thin = thin, .fastest = fastest};
    IMFTopology *topology;
    HRESULT hr;

    if (!rate) return E_POINTER;
    if (session->shut_down) return MF_E_SHUTDOWN;
    if (session->closed) return MF_E_INVALIDREQUEST;
    if (!(topology = current_topology(session))) return MF_E_INVALIDREQUEST;
    hr = topology_range(topology, &range);
    IMFTopology_Release(topology);
    if (SUCCEEDED(hr)) *rate = direction == MFRATE_REVERSE ? -range.rate : range.rate;
    return hr;
}

DWORD session_rate_caps(IMFTopology *topology)
{
    struct rate_range forward = {.direction = MFRATE_FORWARD, .fastest = true};
    struct rate_range reverse = {.direction = MFRATE_REVERSE, .fastest = true};
    DWORD caps = 0;

    if (SUCCEEDED(topology_range(topology, &forward)) && forward.rate > 1.0f) caps |= MFSESSIONCAP_RATE_FORWARD;
    if (SUCCEEDED(topology_range(topology, &reverse))) caps |= MFSESSIONCAP_RATE_REVERSE;
    return caps;
}

/* ---- IMFRateSupport -----------------------------------------------------------------------------------------------
 */

COM_UNKNOWN(rate_support, IMFRateSupport, session, rate_support)

static HRESULT WINAPI rate_support_GetSlowestRate(IMFRateSupport *iface, MFRATE_DIRECTION direction, BOOL thin,
                                                  float *rate)
{
    return get_range(COM_OBJECT(iface, session, rate_support), direction, thin, false, rate);
}

static HRESULT WINAPI rate_support_GetFastestRate(IMFRateSupport *iface, MFRATE_DIRECTION direction, BOOL thin,
                                                  float *rate)
{
    return get_range(COM_OBJECT(iface, session, rate_support), direction, thin, true, rate);
}

static HRESULT WINAPI rate_support_IsRateSupported(IMFRateSupport *iface, BOOL thin, float rate, float *nearest)
{
    struct session *session = COM_OBJECT(iface, session, rate_support);

    if (session->shut_down) return MF_E_SHUTDOWN;
    if (session->closed) return MF_E_INVALIDREQUEST;
    return check_rate(session, thin, rate, nearest);
}

const IMFRateSupportVtbl session_rate_support_vtbl = {
    rate_support_QueryInterface, rate_support_AddRef,         rate_support_Release,
    rate_support_GetSlowestRate, rate_support_GetFastestRate, rate_support_IsRateSupported,
};

/* ---- IMFRateControl -----------------------------------------------------------------------------------------------
 */

COM_UNKNOWN(rate_control, IMFRateControl, session, rate_control)

static HRESULT WINAPI rate_control_SetRate(IMFRateControl *iface, BOOL thin, float rate)
{
    struct session_command command = {
        .input = SESSION_DO_SET_RATE, .event = MESessionRateChanged, .thin = thin, .rate = rate};

    CORK_TRACE("thin %d, rate %f\n", thin, rate);
    return session_command_submit(COM_OBJECT(iface, session, rate_control), &command);
}

static HRESULT WINAPI rate_control_GetRate(IMFRateControl *iface, BOOL *thin, float *rate)
{
    struct session *session = COM_OBJECT(iface, session, rate_control);

    if (!rate) return E_POINTER;
    if (session->shut_down) return MF_E_SHUTDOWN;
    EnterCriticalSection(&session->lock);
    *rate = session->rate;
    if (thin) *thin = session->thin;
    LeaveCriticalSection(&session->lock);
    return S_OK;
}

const IMFRateControlVtbl session_rate_control_vtbl = {
    rate_control_QueryInterface, rate_control_AddRef, rate_control_Release, rate_control_SetRate, rate_control_GetRate,
};

/* ---- SetRate, when its turn has come ------------------------------------------------------------------------------
 */

static int sign(float rate)
{
    return (rate > 0) - (rate < 0);
}

/* The table of nf-mfidl-imfratecontrol-setrate: what may change into what while running, and while paused. */
static bool transition_allowed(enum session_state state, float from, float to)
{
    if (sign(from) == sign(to)) return true;
    if (state == SESSION_RUNNING) return false;
    if (state == SESSION_PAUSED) return sign(from) >= 0 && sign(to) >= 0;
    return true;
}

void session_set_rate(struct session *session, struct session_command *command)
{
    HRESULT hr = S_OK;

    if (!transition_allowed(session->state, session->rate, command->rate)) hr = MF_E_UNSUPPORTED_RATE_TRANSITION;
    if (SUCCEEDED(hr)) hr = check_rate(session, command->thin, command->rate, NULL);
    if (SUCCEEDED(hr) && session->current &&
        (command->rate != session->rate || (command->thin != FALSE) != (session->thin != FALSE)))
    {
        hr = pipeline_set_rate(session->current->pipeline, command->thin, command->rate);
        if (SUCCEEDED(hr)) return;
    }
    if (SUCCEEDED(hr))
    {
        EnterCriticalSection(&session->lock);
        session->rate = command->rate;
        session->thin = command->thin;
        LeaveCriticalSection(&session->lock);
    }
    session_end_command(session, hr);
}
