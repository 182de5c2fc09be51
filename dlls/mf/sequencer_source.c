/* The sequencer source's interfaces: the list of segments, and what the session gets of them. */
#define COBJMACROS
#include <stdlib.h>

#include "common/trace.h"
#include "mf/com.h"
#include "mf/sequencer_private.h"

CORK_TRACE_CHANNEL(mf);

static HRESULT extra_query(struct source_host *host, REFIID iid, void **out)
{
    static const struct com_interface interfaces[] = {
        {&IID_IMFSequencerSource, offsetof(struct sequencer, sequencer_iface)},
        {&IID_IMFMediaSourceTopologyProvider, offsetof(struct sequencer, topology_iface)},
        {&IID_IMFMediaSourcePresentationProvider, offsetof(struct sequencer, presentation_iface)},
    };

    return com_query(sequencer_from_host(host), interfaces, ARRAYSIZE(interfaces), iid, out);
}

static HRESULT sequencer_query(struct sequencer *sequencer, REFIID iid, void **out)
{
    return source_host_query(&sequencer->host, iid, out);
}

static ULONG sequencer_addref(struct sequencer *sequencer)
{
    return source_host_addref(&sequencer->host);
}

static ULONG sequencer_release(struct sequencer *sequencer)
{
    return source_host_release(&sequencer->host);
}

COM_UNKNOWN(list, IMFSequencerSource, sequencer, sequencer_iface)
COM_UNKNOWN(topology, IMFMediaSourceTopologyProvider, sequencer, topology_iface)
COM_UNKNOWN(presentation, IMFMediaSourcePresentationProvider, sequencer, presentation_iface)

static struct sequencer *from_list(IMFSequencerSource *iface)
{
    return COM_OBJECT(iface, sequencer, sequencer_iface);
}

static bool is_shut_down(struct sequencer *sequencer)
{
    bool shut_down;

    EnterCriticalSection(&sequencer->host.lock);
    shut_down = sequencer->host.is_shut_down;
    LeaveCriticalSection(&sequencer->host.lock);
    return shut_down;
}

/* ---- IMFSequencerSource ---------------------------------------------------------------------------------------- */

static HRESULT WINAPI list_AppendTopology(IMFSequencerSource *iface, IMFTopology *topology, DWORD flags,
                                          MFSequencerElementId *id)
{
    struct sequencer *sequencer = from_list(iface);
    struct segment *segment = NULL, **place;
    HRESULT hr;

    CORK_TRACE("sequencer %p, topology %p, flags %#lx\n", (void *)sequencer, (void *)topology, (unsigned long)flags);
    if (!topology || flags & ~(DWORD)SequencerTopologyFlags_Last) return E_INVALIDARG;
    if (!id) return E_POINTER;
    if (is_shut_down(sequencer)) return MF_E_SHUTDOWN;
    hr = segment_create(sequencer, topology, &segment);
    if (FAILED(hr)) return hr;

    segment->flags = flags;
    EnterCriticalSection(&sequencer->host.lock);
    if (sequencer->host.is_shut_down)
        hr = MF_E_SHUTDOWN;
    else
    {
        *id = segment->id = ++sequencer->last_id;
        for (place = &sequencer->segments; *place;)
            place = &(*place)->next;
        *place = segment;
        sequencer_announce_next(sequencer);
    }
    LeaveCriticalSection(&sequencer->host.lock);
    if (FAILED(hr)) segment_destroy(segment);
    return hr;
}

static HRESULT WINAPI list_DeleteTopology(IMFSequencerSource *iface, MFSequencerElementId id)
{
    struct sequencer *sequencer = from_list(iface);
    struct segment *segment, *dead = NULL;
    HRESULT hr = S_OK;

    CORK_TRACE("sequencer %p, id %lu\n", (void *)sequencer, (unsigned long)id);
    EnterCriticalSection(&sequencer->host.lock);
    segment = sequencer_find_id(sequencer, id);
    if (sequencer->host.is_shut_down)
        hr = MF_E_SHUTDOWN;
    else if (!segment)
        hr = E_INVALIDARG;
    else
    {
        dead = sequencer_remove(sequencer, segment);
        sequencer_announce_next(sequencer);
    }
    LeaveCriticalSection(&sequencer->host.lock);
    segment_destroy(dead);
    if (SUCCEEDED(hr)) sequencer_after(&sequencer->host);
    return hr;
}

static HRESULT WINAPI list_GetPresentationContext(IMFSequencerSource *iface, IMFPresentationDescriptor *descriptor,
                                                  MFSequencerElementId *id, IMFTopology **topology)
{
    struct sequencer *sequencer = from_list(iface);
    struct segment *segment;
    HRESULT hr = S_OK;

    if (topology) *topology = NULL;
    if (!descriptor) return E_INVALIDARG;
    EnterCriticalSection(&sequencer->host.lock);
    segment = sequencer_find(sequencer, descriptor);
    if (sequencer->host.is_shut_down)
        hr = MF_E_SHUTDOWN;
    else if (!segment)
        hr = E_INVALIDARG;
    else
    {
        if (segment->canceled) hr = MF_S_SEQUENCER_CONTEXT_CANCELED;
        if (id) *id = segment->id;
        if (topology && !segment->deleted)
        {
            *topology = segment->topology;
            IMFTopology_AddRef(*topology);
        }
    }
    LeaveCriticalSection(&sequencer->host.lock);
    return hr;
}

/* Puts `replacement` into the place of the segment `id`. What the session has of that one ends as canceled, and it is
 * told of the new one. */
static HRESULT replace(struct sequencer *sequencer, MFSequencerElementId id, struct segment *replacement,
                       struct segment **dead)
{
    struct segment *segment = sequencer_find_id(sequencer, id);
    PROPVARIANT value = {.vt = VT_UI4, .ulVal = id};
    bool known;

    if (sequencer->host.is_shut_down) return MF_E_SHUTDOWN;
    if (!segment) return E_INVALIDARG;
    known = segment->announced && !segment->ended;
    replacement->id = id;
    replacement->flags = segment->flags;
    replacement->next = segment->next;
    segment->next = replacement;
    /* The presentation goes on with the replacement. */
    segment->flags = 0;
    *dead = sequencer_remove(sequencer, segment);
    if (known) sequencer_announce(sequencer, replacement);
    source_host_queue(&sequencer->host, MESequencerSourceTopologyUpdated, S_OK, &value);
    return S_OK;
}

static HRESULT WINAPI list_UpdateTopology(IMFSequencerSource *iface, MFSequencerElementId id, IMFTopology *topology)
{
    struct sequencer *sequencer = from_list(iface);
    struct segment *replacement = NULL, *dead = NULL;
    HRESULT hr;

    CORK_TRACE("sequencer %p, id %lu, topology %p\n", (void *)sequencer, (unsigned long)id, (void *)topology);
    if (!topology) return E_INVALIDARG;
    if (is_shut_down(sequencer)) return MF_E_SHUTDOWN;
    hr = segment_create(sequencer, topology, &replacement);
    if (FAILED(hr)) return hr;
    EnterCriticalSection(&sequencer->host.lock);
    hr = replace(sequencer, id, replacement, &dead);
    LeaveCriticalSection(&sequencer->host.lock);
    segment_destroy(FAILED(hr) ? replacement : dead);
    if (SUCCEEDED(hr)) sequencer_after(&sequencer->host);
    return hr;
}

static HRESULT WINAPI list_UpdateTopologyFlags(IMFSequencerSource *iface, MFSequencerElementId id, DWORD flags)
{
    struct sequencer *sequencer = from_list(iface);
    struct segment *segment;
    HRESULT hr = S_OK;

    CORK_TRACE("sequencer %p, id %lu, flags %#lx\n", (void *)sequencer, (unsigned long)id, (unsigned long)flags);
    if (flags & ~(DWORD)SequencerTopologyFlags_Last) return E_INVALIDARG;
    EnterCriticalSection(&sequencer->host.lock);
    segment = sequencer_find_id(sequencer, id);
    if (sequencer->host.is_shut_down)
        hr = MF_E_SHUTDOWN;
    else if (!segment)
        hr = E_INVALIDARG;
    else
    {
        segment->flags = flags;
        /* It has ended, and the session waits for what comes next: nothing. */
        if (flags & SequencerTopologyFlags_Last && segment == sequencer->active && segment->ended &&
            !segment->presentation_ended)
            sequencer_segment_ended(sequencer, segment, false);
        else
            sequencer_announce_next(sequencer);
    }
    LeaveCriticalSection(&sequencer->host.lock);
    return hr;
}

static const IMFSequencerSourceVtbl list_vtbl = {
    list_QueryInterface, list_AddRef,
    list_Release,        list_AppendTopology,
    list_DeleteTopology, list_GetPresentationContext,
    list_UpdateTopology, list_UpdateTopologyFlags,
};

/* ---- What the session asks ------------------------------------------------------------------------------------- */

static HRESULT WINAPI topology_GetMediaSourceTopology(IMFMediaSourceTopologyProvider *iface,
                                                      IMFPresentationDescriptor *descriptor, IMFTopology **topology)
{
    struct sequencer *sequencer = COM_OBJECT(iface, sequencer, topology_iface);
    struct segment *segment, copy = {0};
    HRESULT hr = S_OK;

    if (!descriptor || !topology) return E_INVALIDARG;
    *topology = NULL;
    EnterCriticalSection(&sequencer->host.lock);
    segment = sequencer_find(sequencer, descriptor);
    if (sequencer->host.is_shut_down)
        hr = MF_E_SHUTDOWN;
    else if (!segment)
        hr = E_INVALIDARG;
    else
    {
        copy = *segment;
        source_group_addref(copy.group);
        IMFTopology_AddRef(copy.topology);
    }
    LeaveCriticalSection(&sequencer->host.lock);
    if (FAILED(hr)) return hr;
    hr = segment_session_topology(&copy, &sequencer->host.iface, topology);
    source_group_release(copy.group);
    IMFTopology_Release(copy.topology);
    return hr;
}

static const IMFMediaSourceTopologyProviderVtbl topology_vtbl = {
    topology_QueryInterface,
    topology_AddRef,
    topology_Release,
    topology_GetMediaSourceTopology,
};

/* The session has reached the point where a segment is to stop, before its sources have. */
static HRESULT WINAPI presentation_ForceEndOfPresentation(IMFMediaSourcePresentationProvider *iface,
                                                          IMFPresentationDescriptor *descriptor)
{
    struct sequencer *sequencer = COM_OBJECT(iface, sequencer, presentation_iface);
    struct source_group *group = NULL;
    struct segment *segment;
    HRESULT hr = S_OK;

    CORK_TRACE("sequencer %p, descriptor %p\n", (void *)sequencer, (void *)descriptor);
    if (!descriptor) return E_INVALIDARG;
    EnterCriticalSection(&sequencer->host.lock);
    segment = sequencer_find(sequencer, descriptor);
    if (sequencer->host.is_shut_down)
        hr = MF_E_SHUTDOWN;
    else if (!segment)
        hr = E_INVALIDARG;
    else if (segment->playing)
    {
        group = segment->group;
        source_group_addref(group);
        sequencer_segment_ended(sequencer, segment, false);
    }
    LeaveCriticalSection(&sequencer->host.lock);
    if (!group) return hr;
    source_group_end(group, true);
    source_group_release(group);
    return S_OK;
}

static const IMFMediaSourcePresentationProviderVtbl presentation_vtbl = {
    presentation_QueryInterface,
    presentation_AddRef,
    presentation_Release,
    presentation_ForceEndOfPresentation,
};

/* ---- The source ------------------------------------------------------------------------------------------------ */

static void sequencer_destroy(struct source_host *host)
{
    free(sequencer_from_host(host));
}

static struct segment *first(struct sequencer *sequencer)
{
    struct segment *segment = sequencer->segments;

    while (segment && segment->deleted)
        segment = segment->next;
    return segment;
}

static struct source_group *sequencer_current(struct source_host *host)
{
    struct sequencer *sequencer = sequencer_from_host(host);
    struct segment *segment = sequencer->active ? sequencer->active : first(sequencer);

    return segment ? segment->group : NULL;
}

/* The presentation descriptor of the first segment. */
static HRESULT sequencer_describe(struct source_host *host, IMFPresentationDescriptor **descriptor)
{
    struct sequencer *sequencer = sequencer_from_host(host);
    struct segment *segment;
    HRESULT hr;

    EnterCriticalSection(&host->lock);
    segment = first(sequencer);
    /* The session may have let go of what was to be canceled. */
    if (segment && !segment->playing) segment->canceled = false;
    hr = segment ? IMFPresentationDescriptor_Clone(source_group_descriptor(segment->group), descriptor)
                 : MF_E_INVALIDREQUEST;
    LeaveCriticalSection(&host->lock);
    return hr;
}

static void sequencer_shut_down(struct source_host *host)
{
    struct sequencer *sequencer = sequencer_from_host(host);
    struct source_child **children;
    struct segment *segments, *next;
    DWORD count;

    EnterCriticalSection(&host->lock);
    segments = sequencer->segments;
    children = sequencer->children;
    count = sequencer->child_count;
    sequencer->segments = sequencer->active = NULL;
    sequencer->children = NULL;
    sequencer->child_count = 0;
    LeaveCriticalSection(&host->lock);

    for (DWORD i = 0; i < count; i++)
    {
        source_child_shut_down(children[i]);
        source_child_release(children[i]);
    }
    free(children);
    for (; segments; segments = next)
    {
        next = segments->next;
        segment_destroy(segments);
    }
}

static const struct source_host_type sequencer_type = {
    extra_query,        sequencer_destroy, sequencer_current, sequencer_report,
    sequencer_describe, sequencer_start,   sequencer_after,   sequencer_shut_down,
};

/* Makes a sequencer source without segments. `reserved` must be NULL. Returns E_POINTER without `out`. Its Shutdown
 * shuts the sources of all segments down. (nf-mfidl-mfcreatesequencersource) */
HRESULT WINAPI MFCreateSequencerSource(IUnknown *reserved, IMFSequencerSource **out)
{
    struct sequencer *sequencer;
    HRESULT hr;

    CORK_TRACE("reserved %p\n", (void *)reserved);
    if (!out) return E_POINTER;
    *out = NULL;
    sequencer = calloc(1, sizeof(*sequencer));
    if (!sequencer) return E_OUTOFMEMORY;
    hr = source_host_init(&sequencer->host, &sequencer_type);
    if (FAILED(hr))
    {
        free(sequencer);
        return hr;
    }
    sequencer->sequencer_iface.lpVtbl = &list_vtbl;
    sequencer->topology_iface.lpVtbl = &topology_vtbl;
    sequencer->presentation_iface.lpVtbl = &presentation_vtbl;
    *out = &sequencer->sequencer_iface;
    return S_OK;
}
