/* Topologies on their way into the session: checked, bound to their sinks, resolved. */
#include "mf/session.h"

#include <stddef.h>
#include <stdlib.h>
#include "common/trace.h"

CORK_TRACE_CHANNEL(mf);

/* On an output node: the IMFActivate from which the session made the sink. Cork's own attribute. */
static const GUID made_from = {0x7a1c5b1e, 0x1c0d, 0x4f0b, {0x9d, 0x2e, 0x5a, 0x4f, 0x0c, 0x3b, 0x66, 0x10}};

IMFTopologyNode *session_next_node(IMFTopology *topology, MF_TOPOLOGY_TYPE type, WORD *index)
{
    IMFTopologyNode *node;
    MF_TOPOLOGY_TYPE is;

    while (SUCCEEDED(IMFTopology_GetNode(topology, *index, &node)))
    {
        ++*index;
        if (SUCCEEDED(IMFTopologyNode_GetNodeType(node, &is)) && is == type) return node;
        IMFTopologyNode_Release(node);
    }
    return NULL;
}

/* ---- Checks -------------------------------------------------------------------------------------------------------
 */

/* Whether the presentation descriptor has the stream and has it selected. */
static HRESULT check_selected(IMFPresentationDescriptor *pd, IMFStreamDescriptor *wanted)
{
    DWORD count = 0, i;

    if (FAILED(IMFPresentationDescriptor_GetStreamDescriptorCount(pd, &count))) count = 0;
    for (i = 0; i < count; i++)
    {
        IMFStreamDescriptor *sd;
        BOOL selected = FALSE;

        if (FAILED(IMFPresentationDescriptor_GetStreamDescriptorByIndex(pd, i, &selected, &sd))) break;
        IMFStreamDescriptor_Release(sd);
        if (sd == wanted) return selected ? S_OK : MF_E_TOPO_STREAM_DESCRIPTOR_NOT_SELECTED;
    }
    return MF_E_TOPO_STREAM_DESCRIPTOR_NOT_SELECTED;
}

/* MF_TOPONODE_MEDIASTART and -STOP: not negative, and one before the other. */
static HRESULT check_media_times(IMFTopologyNode *node)
{
    UINT64 start = 0, stop = INT64_MAX;

    IMFTopologyNode_GetUINT64(node, &MF_TOPONODE_MEDIASTART, &start);
    IMFTopologyNode_GetUINT64(node, &MF_TOPONODE_MEDIASTOP, &stop);
    return (INT64)start < 0 || (INT64)stop < (INT64)start ? MF_E_TOPO_INVALID_TIME_ATTRIBUTES : S_OK;
}

static HRESULT check_source_node(IMFTopologyNode *node)
{
    IMFPresentationDescriptor *pd;
    IMFStreamDescriptor *sd;
    IMFMediaSource *source;
    HRESULT hr;

    if (FAILED(IMFTopologyNode_GetUnknown(node, &MF_TOPONODE_SOURCE, &IID_IMFMediaSource, (void **)&source)))
        return MF_E_TOPO_MISSING_SOURCE;
    IMFMediaSource_Release(source);
    if (FAILED(IMFTopologyNode_GetUnknown(node, &MF_TOPONODE_PRESENTATION_DESCRIPTOR, &IID_IMFPresentationDescriptor,
                                          (void **)&pd)))
        return MF_E_TOPO_MISSING_PRESENTATION_DESCRIPTOR;
    hr = IMFTopologyNode_GetUnknown(node, &MF_TOPONODE_STREAM_DESCRIPTOR, &IID_IMFStreamDescriptor, (void **)&sd);
    if (SUCCEEDED(hr))
    {
        hr = check_selected(pd, sd);
        IMFStreamDescriptor_Release(sd);
    }
    else
        hr = MF_E_TOPO_MISSING_STREAM_DESCRIPTOR;
    IMFPresentationDescriptor_Release(pd);
    return SUCCEEDED(hr) ? check_media_times(node) : hr;
}

/* MF_TOPOLOGY_PROJECTSTART and -STOP: both there for a session of global time, else none
 * (mf-session-global-time-attribute). */
static HRESULT check_project_times(const struct session *session, IMFTopology *topology)
{
    UINT64 start = 0, stop = 0;
    bool has_start = SUCCEEDED(IMFTopology_GetUINT64(topology, &MF_TOPOLOGY_PROJECTSTART, &start));
    bool has_stop = SUCCEEDED(IMFTopology_GetUINT64(topology, &MF_TOPOLOGY_PROJECTSTOP, &stop));

    if (has_start != session->global_time || has_stop != session->global_time) return MF_E_TOPO_INVALID_TIME_ATTRIBUTES;
    return (INT64)stop < (INT64)start ? MF_E_TOPO_INVALID_TIME_ATTRIBUTES : S_OK;
}

HRESULT session_check_topology(const struct session *session, IMFTopology *topology)
{
    IMFTopologyNode *node;
    WORD count = 0, index = 0;
    HRESULT hr;

    if (!topology) return S_OK;
    if (FAILED(IMFTopology_GetNodeCount(topology, &count)) || !count) return E_INVALIDARG;
    if (FAILED(hr = check_project_times(session, topology))) return hr;
    while ((node = session_next_node(topology, MF_TOPOLOGY_SOURCESTREAM_NODE, &index)))
    {
        hr = check_source_node(node);
        IMFTopologyNode_Release(node);
        if (FAILED(hr)) return hr;
    }
    return S_OK;
}

/* ---- Sinks --------------------------------------------------------------------------------------------------------
 */

/* The stream of `sink` that an output node wants. */
static HRESULT find_stream(IMFTopologyNode *node, IMFMediaSink *sink, IMFStreamSink **stream)
{
    UINT32 id = 0;

    IMFTopologyNode_GetUINT32(node, &MF_TOPONODE_STREAMID, &id);
    if (SUCCEEDED(IMFMediaSink_GetStreamSinkById(sink, id, stream))) return S_OK;
    return IMFMediaSink_AddStreamSink(sink, id, NULL, stream);
}

/* Puts the stream sink into an output node that has an IMFActivate. */
static HRESULT bind_node(IMFTopologyNode *node)
{
    IMFStreamSink *stream;
    IMFActivate *activate;
    IMFMediaSink *sink;
    IUnknown *object;
    HRESULT hr;

    if (FAILED(IMFTopologyNode_GetObject(node, &object)) || !object) return S_OK; /* the loader or pipeline complains */
    hr = IUnknown_QueryInterface(object, &IID_IMFStreamSink, (void **)&stream);
    if (SUCCEEDED(hr)) IMFStreamSink_Release(stream);
    if (SUCCEEDED(hr) || FAILED(IUnknown_QueryInterface(object, &IID_IMFActivate, (void **)&activate)))
    {
        IUnknown_Release(object);
        return S_OK;
    }
    IUnknown_Release(object);
    hr = IMFActivate_ActivateObject(activate, &IID_IMFMediaSink, (void **)&sink);
    if (SUCCEEDED(hr))
    {
        hr = find_stream(node, sink, &stream);
        IMFMediaSink_Release(sink);
        if (SUCCEEDED(hr))
        {
            hr = IMFTopologyNode_SetObject(node, (IUnknown *)stream);
            if (SUCCEEDED(hr)) hr = IMFTopologyNode_SetUnknown(node, &made_from, (IUnknown *)activate);
            IMFStreamSink_Release(stream);
        }
        if (FAILED(hr)) IMFActivate_ShutdownObject(activate);
    }
    IMFActivate_Release(activate);
    return hr;
}

static HRESULT bind_nodes(IMFTopology *topology)
{
    IMFTopologyNode *node;
    WORD index = 0;
    HRESULT hr = S_OK;

    while (SUCCEEDED(hr) && (node = session_next_node(topology, MF_TOPOLOGY_OUTPUT_NODE, &index)))
    {
        hr = bind_node(node);
        IMFTopologyNode_Release(node);
    }
    return hr;
}

IMFMediaSink *session_node_sink(IMFTopologyNode *node)
{
    IMFStreamSink *stream;
    IMFMediaSink *sink = NULL;
    IUnknown *object;
    HRESULT hr;

    if (FAILED(IMFTopologyNode_GetObject(node, &object)) || !object) return NULL;
    hr = IUnknown_QueryInterface(object, &IID_IMFStreamSink, (void **)&stream);
    IUnknown_Release(object);
    if (FAILED(hr)) return NULL;
    if (FAILED(IMFStreamSink_GetMediaSink(stream, &sink))) sink = NULL;
    IMFStreamSink_Release(stream);
    return sink;
}

bool session_has_sink(IMFTopology *topology, const IMFMediaSink *sink)
{
    IMFTopologyNode *node;
    IMFMediaSink *other;
    WORD index = 0;

    while (topology && (node = session_next_node(topology, MF_TOPOLOGY_OUTPUT_NODE, &index)))
    {
        other = session_node_sink(node);
        IMFTopologyNode_Release(node);
        if (other) IMFMediaSink_Release(other);
        if (other && other == sink) return true;
    }
    return false;
}

HRESULT session_shut_sink(IMFTopologyNode *node, bool made)
{
    IMFActivate *activate;
    IMFMediaSink *sink;
    HRESULT hr;

    if (SUCCEEDED(IMFTopologyNode_GetUnknown(node, &made_from, &IID_IMFActivate, (void **)&activate)))
    {
        hr = IMFActivate_ShutdownObject(activate);
        IMFActivate_Release(activate);
        return hr;
    }
    if (made || !(sink = session_node_sink(node))) return S_OK;
    hr = IMFMediaSink_Shutdown(sink);
    IMFMediaSink_Release(sink);
    return hr == MF_E_SHUTDOWN ? S_OK : hr; /* two nodes may have one sink; or the application was first */
}

static void shut_transform(IMFTopologyNode *node)
{
    IMFShutdown *shutdown;
    IUnknown *object;

    if (FAILED(IMFTopologyNode_GetObject(node, &object)) || !object) return;
    if (SUCCEEDED(IUnknown_QueryInterface(object, &IID_IMFShutdown, (void **)&shutdown)))
    {
        IMFShutdown_Shutdown(shutdown);
        IMFShutdown_Release(shutdown);
    }
    IUnknown_Release(object);
}

/* Whether a node's object goes when its topology does (mf-toponode-noshutdown-on-remove-attribute: not by default). */
bool session_node_goes(IMFTopologyNode *node)
{
    UINT32 stays = TRUE;

    IMFTopologyNode_GetUINT32(node, &MF_TOPONODE_NOSHUTDOWN_ON_REMOVE, &stays);
    return !stays;
}

HRESULT session_shut_nodes(struct session *session, IMFTopology *topology, IMFTopology *keep, bool force, bool made)
{
    IMFTopologyNode *node;
    IMFMediaSink *sink;
    WORD index = 0;
    HRESULT first = S_OK, hr;
    bool spared;

    while ((node = session_next_node(topology, MF_TOPOLOGY_OUTPUT_NODE, &index)))
    {
        if (force || session_node_goes(node))
        {
            sink = session_node_sink(node);
            spared = session_has_sink(keep, sink) || (!force && session_is_finalizing(session, sink));
            hr = spared ? S_OK : session_shut_sink(node, made);
            if (sink) IMFMediaSink_Release(sink);
            if (FAILED(hr)) CORK_WARN("a sink does not shut down: %#lx\n", (unsigned long)hr);
            if (SUCCEEDED(first)) first = hr;
        }
        IMFTopologyNode_Release(node);
    }
    for (index = 0; !made && (node = session_next_node(topology, MF_TOPOLOGY_TRANSFORM_NODE, &index));)
    {
        if (force || session_node_goes(node)) shut_transform(node);
        IMFTopologyNode_Release(node);
    }
    return first;
}

/* ---- Resolving ----------------------------------------------------------------------------------------------------
 */

/* Gives the stream sinks of a topology that the loader has made the types that come in. */
static HRESULT set_sink_type(IMFTopologyNode *node)
{
    IMFMediaTypeHandler *handler;
    IMFTopologyNode *upstream;
    IMFMediaType *type;
    IMFStreamSink *stream;
    IUnknown *object;
    DWORD output;
    HRESULT hr;

    if (FAILED(IMFTopologyNode_GetInput(node, 0, &upstream, &output))) return S_OK;
    hr = MFGetTopoNodeCurrentType(upstream, output, TRUE, &type);
    IMFTopologyNode_Release(upstream);
    if (FAILED(hr)) return hr;

    hr = IMFTopologyNode_GetObject(node, &object);
    if (SUCCEEDED(hr))
    {
        hr = object ? IUnknown_QueryInterface(object, &IID_IMFStreamSink, (void **)&stream) : E_NOINTERFACE;
        if (SUCCEEDED(hr))
        {
            hr = IMFStreamSink_GetMediaTypeHandler(stream, &handler);
            if (SUCCEEDED(hr))
            {
                hr = IMFMediaTypeHandler_SetCurrentMediaType(handler, type);
                IMFMediaTypeHandler_Release(handler);
            }
            IMFStreamSink_Release(stream);
        }
        if (object) IUnknown_Release(object);
    }
    IMFMediaType_Release(type);
    return hr;
}

static HRESULT set_sink_types(IMFTopology *topology)
{
    IMFTopologyNode *node;
    WORD index = 0;
    HRESULT hr = S_OK;

    while (SUCCEEDED(hr) && (node = session_next_node(topology, MF_TOPOLOGY_OUTPUT_NODE, &index)))
    {
        hr = set_sink_type(node);
        IMFTopologyNode_Release(node);
    }
    return hr;
}

/* Makes the full topology of `partial`. The application's own is left as it is: it may be set again. */
static HRESULT resolve(struct session *session, IMFTopology *partial, IMFTopology **full)
{
    IMFTopology *copy;
    HRESULT hr;

    *full = NULL;
    if (FAILED(hr = MFCreateTopology(&copy))) return hr;
    hr = IMFTopology_CloneFrom(copy, partial);
    if (SUCCEEDED(hr)) hr = bind_nodes(copy);
    if (SUCCEEDED(hr)) hr = IMFTopoLoader_Load(session->loader, copy, full, NULL);
    if (SUCCEEDED(hr) && !*full) hr = E_UNEXPECTED;
    if (SUCCEEDED(hr)) hr = set_sink_types(*full);
    if (FAILED(hr))
    {
        CORK_WARN("the topology is not resolved: %#lx\n", (unsigned long)hr);
        session_shut_nodes(session, copy, NULL, true, true);
        if (*full) IMFTopology_Release(*full);
        *full = NULL;
    }
    IMFTopology_Release(copy);
    return hr;
}

/* A topology being resolved on the work queue, out of the serial: what is running goes on meanwhile, and Close does not
 * have to wait for the loader. */
struct resolution
{
    IMFAsyncCallback callback;
    struct serial_item item;
    LONG refs;
    struct session *session;               /* one use */
    const struct session_command *command; /* whose resolution it is; only compared */
    IMFTopology *partial, *full;
    HRESULT status;
};

static struct resolution *from_callback(IMFAsyncCallback *iface)
{
    return (struct resolution *)((char *)iface - offsetof(struct resolution, callback));
}

static HRESULT WINAPI resolution_QueryInterface(IMFAsyncCallback *iface, REFIID iid, void **object)
{
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IMFAsyncCallback))
    {
        *object = NULL;
        return E_NOINTERFACE;
    }
    *object = iface;
    IMFAsyncCallback_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI resolution_AddRef(IMFAsyncCallback *iface)
{
    return InterlockedIncrement(&from_callback(iface)->refs);
}

static ULONG WINAPI resolution_Release(IMFAsyncCallback *iface)
{
    struct resolution *resolution = from_callback(iface);
    ULONG refs = InterlockedDecrement(&resolution->refs);

    if (refs) return refs;
    IMFTopology_Release(resolution->partial);
    if (resolution->full) IMFTopology_Release(resolution->full);
    session_unuse(resolution->session);
    free(resolution);
    return 0;
}

static HRESULT WINAPI resolution_GetParameters(IMFAsyncCallback *iface, DWORD *flags, DWORD *queue)
{
    (void)iface;
    *flags = 0;
    *queue = MFASYNC_CALLBACK_QUEUE_MULTITHREADED;
    return S_OK;
}

/* In the serial: the command goes on, unless it was cancelled meanwhile. */
static void resolution_done(struct serial_item *item)
{
    struct resolution *resolution = (struct resolution *)((char *)item - offsetof(struct resolution, item));
    struct session *session = resolution->session;

    if (session->command && session->command == resolution->command)
        session_topology_resolved(session, resolution->full, resolution->status);
    else if (resolution->full)
        session_shut_nodes(session, resolution->full, NULL, true, true);
    resolution_Release(&resolution->callback);
}

static HRESULT WINAPI resolution_Invoke(IMFAsyncCallback *iface, IMFAsyncResult *result)
{
    struct resolution *resolution = from_callback(iface);

    (void)result;
    resolution->status = resolve(resolution->session, resolution->partial, &resolution->full);
    resolution_AddRef(iface); /* the serial's */
    serial_run(resolution->session->serial, &resolution->item);
    return S_OK;
}

static const IMFAsyncCallbackVtbl resolution_vtbl = {
    resolution_QueryInterface, resolution_AddRef, resolution_Release, resolution_GetParameters, resolution_Invoke,
};

static HRESULT start_resolution(struct session *session, const struct session_command *command)
{
    struct resolution *resolution = calloc(1, sizeof(*resolution));
    HRESULT hr;

    if (!resolution) return E_OUTOFMEMORY;
    resolution->callback.lpVtbl = (IMFAsyncCallbackVtbl *)&resolution_vtbl;
    resolution->item.run = resolution_done;
    resolution->refs = 1;
    session_use(session);
    resolution->session = session;
    resolution->command = command;
    IMFTopology_AddRef(command->topology);
    resolution->partial = command->topology;
    hr = MFPutWorkItem2(MFASYNC_CALLBACK_QUEUE_MULTITHREADED, 0, &resolution->callback, NULL);
    resolution_Release(&resolution->callback);
    return hr;
}

void session_set_topology(struct session *session, struct session_command *command)
{
    HRESULT hr;

    if (command->flags & MFSESSION_SETTOPOLOGY_CLEAR_CURRENT)
        session_clear_current(session, command->topology);
    else if (!command->topology)
        session_end_command(session, S_OK); /* IMMEDIATE "has no effect", and so have the others */
    else if (command->flags & MFSESSION_SETTOPOLOGY_NORESOLUTION)
    {
        hr = bind_nodes(command->topology);
        session_topology_resolved(session, command->topology, hr);
    }
    else if (FAILED(hr = start_resolution(session, command)))
        session_topology_resolved(session, NULL, hr);
}
