/*
 * MFCreateStandardQualityManager: watches how late samples come to the renderers, and has the components on the way
 * there work less where that does not keep up (quality_policy.h).
 */
#define COBJMACROS
#include <stdlib.h>
#include <windows.h>
#include <mf_more.h>

#include "common/trace.h"
#include "mf/clock_sinks.h"
#include "mf/com.h"
#include "mf/quality_topology.h"

CORK_TRACE_CHANNEL(mf);

struct quality_manager
{
    IMFQualityManager IMFQualityManager_iface;
    IMFClockStateSink IMFClockStateSink_iface;
    volatile LONG refs;

    /* Guards what follows, also while components are advised: they do not call back. */
    CRITICAL_SECTION lock;
    bool shut_down;
    IMFTopology *topology;
    struct quality_topology parts;
    IMFPresentationClock *clock;
    bool running;
    float rate;
};

static const struct com_interface interfaces[] = {
    {&IID_IMFQualityManager, offsetof(struct quality_manager, IMFQualityManager_iface)},
    {&IID_IMFClockStateSink, offsetof(struct quality_manager, IMFClockStateSink_iface)},
};

static HRESULT quality_manager_query(struct quality_manager *manager, REFIID iid, void **out)
{
    return com_query(manager, interfaces, ARRAYSIZE(interfaces), iid, out);
}

static ULONG quality_manager_addref(struct quality_manager *manager)
{
    return InterlockedIncrement(&manager->refs);
}

static ULONG quality_manager_release(struct quality_manager *manager)
{
    ULONG refs = InterlockedDecrement(&manager->refs);

    if (refs) return refs;
    quality_topology_clear(&manager->parts);
    com_drop(&manager->topology);
    com_drop(&manager->clock);
    DeleteCriticalSection(&manager->lock);
    free(manager);
    return 0;
}

/* Puts a topology (or NULL) in the place of the one before, whose components are as they were then. */
static HRESULT change_topology(struct quality_manager *manager, IMFTopology *topology)
{
    struct quality_topology parts = {0};
    HRESULT hr = topology ? quality_topology_read(&parts, topology) : S_OK;

    if (FAILED(hr)) return hr;
    quality_topology_reset(&manager->parts);
    quality_topology_clear(&manager->parts);
    com_drop(&manager->topology);
    manager->parts = parts;
    manager->topology = topology;
    if (topology) IMFTopology_AddRef(topology);
    return S_OK;
}

static void drop_clock(struct quality_manager *manager)
{
    if (manager->clock) IMFPresentationClock_RemoveClockStateSink(manager->clock, &manager->IMFClockStateSink_iface);
    com_drop(&manager->clock);
    manager->running = false;
}

COM_UNKNOWN(manager, IMFQualityManager, quality_manager, IMFQualityManager_iface)

static HRESULT STDMETHODCALLTYPE manager_NotifyTopology(IMFQualityManager *iface, IMFTopology *topology)
{
    struct quality_manager *manager = COM_OBJECT(iface, quality_manager, IMFQualityManager_iface);
    HRESULT hr;

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)topology);
    EnterCriticalSection(&manager->lock);
    hr = manager->shut_down ? MF_E_SHUTDOWN : change_topology(manager, topology);
    LeaveCriticalSection(&manager->lock);
    return hr;
}

/* "If this parameter is NULL, the quality manager should release any references to the presentation clock": it does,
 * and says E_POINTER, as on Windows. */
static HRESULT change_clock(struct quality_manager *manager, IMFPresentationClock *clock)
{
    IMFRateControl *control;
    HRESULT hr;
    BOOL thin;

    drop_clock(manager);
    if (!clock) return E_POINTER;
    manager->rate = 1;
    if (SUCCEEDED(IMFPresentationClock_QueryInterface(clock, &IID_IMFRateControl, (void **)&control)))
    {
        if (FAILED(IMFRateControl_GetRate(control, &thin, &manager->rate))) manager->rate = 1;
        IMFRateControl_Release(control);
    }
    hr = IMFPresentationClock_AddClockStateSink(clock, &manager->IMFClockStateSink_iface);
    if (FAILED(hr)) return hr;
    manager->clock = clock;
    IMFPresentationClock_AddRef(clock);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE manager_NotifyPresentationClock(IMFQualityManager *iface, IMFPresentationClock *clock)
{
    struct quality_manager *manager = COM_OBJECT(iface, quality_manager, IMFQualityManager_iface);
    HRESULT hr;

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)clock);
    EnterCriticalSection(&manager->lock);
    hr = manager->shut_down ? MF_E_SHUTDOWN : change_clock(manager, clock);
    LeaveCriticalSection(&manager->lock);
    return hr;
}

/* A sample came, or was rendered, so late. */
static void judge(struct quality_manager *manager, struct quality_branch *branch, int64_t lag)
{
    if (branch->audio) return;
    switch (quality_policy_sample(&branch->policy, lag))
    {
    case QUALITY_LOWER:
        quality_policy_lowered(&branch->policy, quality_topology_lower(&manager->parts, branch));
        break;
    case QUALITY_RAISE:
        quality_topology_raise(&manager->parts, branch);
        break;
    case QUALITY_DROP:
        quality_topology_drop(&manager->parts, branch, lag);
        break;
    default:
        break;
    }
}

/* What comes to a renderer is compared with the clock; what goes into a transform may be far ahead of it. */
static void judge_input(struct quality_manager *manager, IMFTopologyNode *node, IMFSample *sample)
{
    struct quality_branch *branch;
    LONGLONG time;
    MFTIME now;
    TOPOID id;

    if (!manager->running || FAILED(IMFTopologyNode_GetTopoNodeID(node, &id))) return;
    branch = quality_topology_branch(&manager->parts, id);
    if (!branch || FAILED(IMFSample_GetSampleTime(sample, &time))) return;
    if (FAILED(IMFPresentationClock_GetTime(manager->clock, &now))) return;
    judge(manager, branch, quality_lag(now, time, manager->rate, branch->latency));
}

static HRESULT STDMETHODCALLTYPE manager_NotifyProcessInput(IMFQualityManager *iface, IMFTopologyNode *node, LONG index,
                                                            IMFSample *sample)
{
    struct quality_manager *manager = COM_OBJECT(iface, quality_manager, IMFQualityManager_iface);
    HRESULT hr;

    CORK_TRACE("%p, %p, %ld, %p\n", (void *)iface, (void *)node, index, (void *)sample);
    if (!node || !sample) return E_POINTER;
    EnterCriticalSection(&manager->lock);
    hr = manager->shut_down ? MF_E_SHUTDOWN : S_OK;
    if (SUCCEEDED(hr)) judge_input(manager, node, sample);
    LeaveCriticalSection(&manager->lock);
    return hr;
}

/* Nothing is measured by it: what a component puts out comes in at the next. */
static HRESULT STDMETHODCALLTYPE manager_NotifyProcessOutput(IMFQualityManager *iface, IMFTopologyNode *node,
                                                             LONG index, IMFSample *sample)
{
    struct quality_manager *manager = COM_OBJECT(iface, quality_manager, IMFQualityManager_iface);
    HRESULT hr;

    CORK_TRACE("%p, %p, %ld, %p\n", (void *)iface, (void *)node, index, (void *)sample);
    if (!node || !sample) return E_POINTER;
    EnterCriticalSection(&manager->lock);
    hr = manager->shut_down ? MF_E_SHUTDOWN : S_OK;
    LeaveCriticalSection(&manager->lock);
    return hr;
}

/* "MF_QUALITY_NOTIFY_SAMPLE_LAG: Lag time for the sample", "MF_QUALITY_NOTIFY_PROCESSING_LATENCY: Approximate
 * processing latency introduced by the component", both VT_I8. Only a renderer's are added: a transform's have come
 * about already when its output gets to the renderer. */
static void judge_event(struct quality_manager *manager, const void *identity, const GUID *type, int64_t value)
{
    for (size_t i = 0; i < manager->parts.branch_count; i++)
    {
        struct quality_branch *branch = &manager->parts.branches[i];

        if (branch->renderer != identity) continue;
        if (IsEqualGUID(type, &MF_QUALITY_NOTIFY_PROCESSING_LATENCY)) branch->latency = value;
        if (IsEqualGUID(type, &MF_QUALITY_NOTIFY_SAMPLE_LAG)) judge(manager, branch, value);
    }
}

static HRESULT STDMETHODCALLTYPE manager_NotifyQualityEvent(IMFQualityManager *iface, IUnknown *object,
                                                            IMFMediaEvent *event)
{
    struct quality_manager *manager = COM_OBJECT(iface, quality_manager, IMFQualityManager_iface);
    PROPVARIANT value;
    GUID type;
    HRESULT hr;

    CORK_TRACE("%p, %p, %p\n", (void *)iface, (void *)object, (void *)event);
    if (!object || !event) return E_POINTER;
    hr = IMFMediaEvent_GetExtendedType(event, &type);
    if (FAILED(hr)) return hr;
    PropVariantInit(&value);
    hr = IMFMediaEvent_GetValue(event, &value);
    if (FAILED(hr)) return hr;
    EnterCriticalSection(&manager->lock);
    if (manager->shut_down)
        hr = MF_E_SHUTDOWN;
    else if (value.vt == VT_I8)
        judge_event(manager, clock_identity(object), &type, value.hVal.QuadPart);
    LeaveCriticalSection(&manager->lock);
    PropVariantClear(&value);
    return hr;
}

/* "The quality manager should release all references to the Media Session when this method is called." */
static HRESULT STDMETHODCALLTYPE manager_Shutdown(IMFQualityManager *iface)
{
    struct quality_manager *manager = COM_OBJECT(iface, quality_manager, IMFQualityManager_iface);

    CORK_TRACE("%p\n", (void *)iface);
    EnterCriticalSection(&manager->lock);
    if (!manager->shut_down)
    {
        manager->shut_down = true;
        change_topology(manager, NULL);
        drop_clock(manager);
    }
    LeaveCriticalSection(&manager->lock);
    return S_OK;
}

static IMFQualityManagerVtbl manager_vtbl = {
    .QueryInterface = manager_QueryInterface,
    .AddRef = manager_AddRef,
    .Release = manager_Release,
    .NotifyTopology = manager_NotifyTopology,
    .NotifyPresentationClock = manager_NotifyPresentationClock,
    .NotifyProcessInput = manager_NotifyProcessInput,
    .NotifyProcessOutput = manager_NotifyProcessOutput,
    .NotifyQualityEvent = manager_NotifyQualityEvent,
    .Shutdown = manager_Shutdown,
};

COM_UNKNOWN(clock_state, IMFClockStateSink, quality_manager, IMFClockStateSink_iface)

static HRESULT set_running(IMFClockStateSink *iface, bool running, bool stopped)
{
    struct quality_manager *manager = COM_OBJECT(iface, quality_manager, IMFClockStateSink_iface);
    HRESULT hr;

    EnterCriticalSection(&manager->lock);
    hr = manager->shut_down ? MF_E_SHUTDOWN : S_OK;
    if (SUCCEEDED(hr)) manager->running = running && manager->clock;
    if (SUCCEEDED(hr) && stopped) quality_topology_reset(&manager->parts);
    for (size_t i = 0; i < manager->parts.branch_count; i++)
        quality_policy_restart(&manager->parts.branches[i].policy);
    LeaveCriticalSection(&manager->lock);
    return hr;
}

static HRESULT STDMETHODCALLTYPE clock_state_OnClockStart(IMFClockStateSink *iface, MFTIME system_time, LONGLONG offset)
{
    CORK_TRACE("%p, %lld, %lld\n", (void *)iface, system_time, offset);
    return set_running(iface, true, false);
}

static HRESULT STDMETHODCALLTYPE clock_state_OnClockStop(IMFClockStateSink *iface, MFTIME system_time)
{
    CORK_TRACE("%p, %lld\n", (void *)iface, system_time);
    return set_running(iface, false, true);
}

static HRESULT STDMETHODCALLTYPE clock_state_OnClockPause(IMFClockStateSink *iface, MFTIME system_time)
{
    CORK_TRACE("%p, %lld\n", (void *)iface, system_time);
    return set_running(iface, false, false);
}

static HRESULT STDMETHODCALLTYPE clock_state_OnClockRestart(IMFClockStateSink *iface, MFTIME system_time)
{
    CORK_TRACE("%p, %lld\n", (void *)iface, system_time);
    return set_running(iface, true, false);
}

static HRESULT STDMETHODCALLTYPE clock_state_OnClockSetRate(IMFClockStateSink *iface, MFTIME system_time, float rate)
{
    struct quality_manager *manager = COM_OBJECT(iface, quality_manager, IMFClockStateSink_iface);

    CORK_TRACE("%p, %lld, %f\n", (void *)iface, system_time, (double)rate);
    EnterCriticalSection(&manager->lock);
    manager->rate = rate;
    for (size_t i = 0; i < manager->parts.branch_count; i++)
        quality_policy_restart(&manager->parts.branches[i].policy);
    LeaveCriticalSection(&manager->lock);
    return S_OK;
}

static IMFClockStateSinkVtbl clock_state_vtbl = {
    clock_state_QueryInterface, clock_state_AddRef,       clock_state_Release,        clock_state_OnClockStart,
    clock_state_OnClockStop,    clock_state_OnClockPause, clock_state_OnClockRestart, clock_state_OnClockSetRate,
};

HRESULT WINAPI MFCreateStandardQualityManager(IMFQualityManager **out)
{
    struct quality_manager *manager;

    CORK_TRACE("%p\n", (void *)out);
    if (!out) return E_POINTER;
    manager = calloc(1, sizeof(*manager));
    if (!manager) return E_OUTOFMEMORY;
    manager->IMFQualityManager_iface.lpVtbl = &manager_vtbl;
    manager->IMFClockStateSink_iface.lpVtbl = &clock_state_vtbl;
    manager->refs = 1;
    manager->rate = 1;
    InitializeCriticalSection(&manager->lock);
    *out = &manager->IMFQualityManager_iface;
    return S_OK;
}
