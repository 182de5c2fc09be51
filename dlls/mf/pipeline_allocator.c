/* See pipeline_allocator.h. */
#include "mf/pipeline_allocator.h"

#include <stdlib.h>

#include "common/trace.h"
#include "mf/com.h"

CORK_TRACE_CHANNEL(mf);

/* One being shown, one waiting to be, one on its way and one being filled. */
#define SAMPLES 4

struct sink_allocator
{
    IMFVideoSampleAllocatorNotify IMFVideoSampleAllocatorNotify_iface;
    volatile LONG references;
    struct serial *serial;
    struct serial_item item;
    struct pipeline *pipeline; /* NULL once closed */
    IMFVideoSampleAllocator *allocator;
    IMFVideoSampleAllocatorCallback *callback; /* NULL: it has none */
    struct link *waiting;                      /* whose sender found it empty */
    volatile LONG empty;                       /* whether it may have been found empty since a sample came back */
    volatile LONG queued;                      /* the item is the serial's */
};

static struct sink_allocator *from_notify(IMFVideoSampleAllocatorNotify *iface)
{
    return COM_OBJECT(iface, sink_allocator, IMFVideoSampleAllocatorNotify_iface);
}

static HRESULT WINAPI notify_QueryInterface(IMFVideoSampleAllocatorNotify *iface, REFIID iid, void **object)
{
    static const struct com_interface interfaces[] = {{&IID_IMFVideoSampleAllocatorNotify, 0}};

    return com_query(iface, interfaces, 1, iid, object);
}

static ULONG WINAPI notify_AddRef(IMFVideoSampleAllocatorNotify *iface)
{
    return (ULONG)InterlockedIncrement(&from_notify(iface)->references);
}

static ULONG WINAPI notify_Release(IMFVideoSampleAllocatorNotify *iface)
{
    struct sink_allocator *own = from_notify(iface);
    ULONG references = (ULONG)InterlockedDecrement(&own->references);

    if (references) return references;
    serial_release(own->serial);
    free(own);
    return 0;
}

/* A sample has come back, and somebody waits for one. */
static void run(struct serial_item *item)
{
    struct sink_allocator *own = COM_OBJECT(item, sink_allocator, item);
    struct link *link = own->waiting;

    InterlockedExchange(&own->queued, 0);
    if (own->pipeline && own->pipeline->flowing && !own->pipeline->failed && link)
    {
        own->waiting = NULL;
        link->from->ops->want(link->from, link->output);
    }
    notify_Release(&own->IMFVideoSampleAllocatorNotify_iface);
}

/* Called from within the release of a sample, by whichever thread and with whatever locks: the work is done elsewhere.
 */
static HRESULT WINAPI notify_NotifyRelease(IMFVideoSampleAllocatorNotify *iface)
{
    struct sink_allocator *own = from_notify(iface);

    if (!InterlockedExchange(&own->empty, 0) || InterlockedExchange(&own->queued, 1)) return S_OK;
    notify_AddRef(iface);
    if (SUCCEEDED(serial_queue(own->serial, &own->item))) return S_OK;
    InterlockedExchange(&own->queued, 0);
    notify_Release(iface);
    return S_OK;
}

static IMFVideoSampleAllocatorNotifyVtbl notify_table = {notify_QueryInterface, notify_AddRef, notify_Release,
                                                         notify_NotifyRelease};

/* ---- The sink's allocator --------------------------------------------------------------------------------------- */

static HRESULT current_type(IMFStreamSink *stream, IMFMediaType **type)
{
    IMFMediaTypeHandler *handler;
    HRESULT hr = IMFStreamSink_GetMediaTypeHandler(stream, &handler);

    if (FAILED(hr)) return hr;
    hr = IMFMediaTypeHandler_GetCurrentMediaType(handler, type);
    IMFMediaTypeHandler_Release(handler);
    return hr;
}

/* Takes over the reference to the allocator, whether it succeeds or not. */
static HRESULT create(struct sink_node *sink, IMFVideoSampleAllocator *allocator, struct sink_allocator **out)
{
    struct sink_allocator *own = calloc(1, sizeof(*own));

    if (!own)
    {
        IMFVideoSampleAllocator_Release(allocator);
        return E_OUTOFMEMORY;
    }
    own->IMFVideoSampleAllocatorNotify_iface.lpVtbl = &notify_table;
    own->references = 1;
    own->item.run = run;
    own->pipeline = sink->node.pipeline;
    own->serial = own->pipeline->serial;
    serial_addref(own->serial);
    own->allocator = allocator;
    if (FAILED(IMFVideoSampleAllocator_QueryInterface(allocator, &IID_IMFVideoSampleAllocatorCallback,
                                                      (void **)&own->callback)))
        own->callback = NULL;
    if (own->callback)
        IMFVideoSampleAllocatorCallback_SetCallback(own->callback, &own->IMFVideoSampleAllocatorNotify_iface);
    *out = own;
    return S_OK;
}

/* Asks the sink for its allocator. S_FALSE: it has none; or no type yet, and is asked again. */
static HRESULT open(struct sink_node *sink)
{
    IMFVideoSampleAllocator *allocator;
    IMFMediaType *type;
    HRESULT hr;

    if (FAILED(current_type(sink->stream, &type))) return S_FALSE;
    sink->asked_for_allocator = true;
    hr = MFGetService((IUnknown *)sink->stream, &cork_MR_VIDEO_ACCELERATION_SERVICE, &IID_IMFVideoSampleAllocator,
                      (void **)&allocator);
    if (FAILED(hr))
        hr = S_FALSE;
    else
    {
        hr = IMFVideoSampleAllocator_InitializeSampleAllocator(allocator, SAMPLES, type);
        if (SUCCEEDED(hr))
            hr = create(sink, allocator, &sink->allocator);
        else
            IMFVideoSampleAllocator_Release(allocator);
    }
    IMFMediaType_Release(type);
    return hr;
}

/* The allocator of the first sink below the link that has one. S_FALSE: none has. */
static HRESULT find(const struct link *link, bool ask, struct sink_allocator **own)
{
    struct node *node = link ? link->to : NULL;
    struct sink_node *sink;
    HRESULT hr = S_FALSE;
    unsigned int i;

    *own = NULL;
    if (!node) return S_FALSE;
    if (node->type == MF_TOPOLOGY_TEE_NODE)
    {
        for (i = 0; i < node->output_count && hr == S_FALSE; i++)
            hr = find(node->outputs[i], ask, own);
        return hr;
    }
    if (node->type != MF_TOPOLOGY_OUTPUT_NODE) return S_FALSE;
    sink = (struct sink_node *)node;
    if (ask && !sink->asked_for_allocator)
    {
        hr = open(sink);
        if (FAILED(hr)) return hr;
    }
    *own = sink->allocator;
    return *own ? S_OK : S_FALSE;
}

HRESULT sink_allocate_sample(struct link *link, IMFSample **sample)
{
    struct sink_allocator *own;
    HRESULT hr = find(link, true, &own);

    if (hr != S_OK) return hr;
    /* First, for a sample may come back before the answer does. */
    own->waiting = link;
    InterlockedExchange(&own->empty, 1);
    hr = IMFVideoSampleAllocator_AllocateSample(own->allocator, sample);
    if (hr == MF_E_SAMPLEALLOCATOR_EMPTY) return hr;
    own->waiting = NULL;
    InterlockedExchange(&own->empty, 0);
    return hr;
}

HRESULT sink_allocator_set_type(struct link *link, IMFMediaType *type)
{
    struct sink_allocator *own;
    HRESULT hr = find(link, false, &own);

    if (hr != S_OK) return SUCCEEDED(hr) ? S_OK : hr;
    hr = IMFVideoSampleAllocator_UninitializeSampleAllocator(own->allocator);
    if (SUCCEEDED(hr)) hr = IMFVideoSampleAllocator_InitializeSampleAllocator(own->allocator, SAMPLES, type);
    if (FAILED(hr)) CORK_WARN("allocator %p: %#lx\n", (void *)own->allocator, (unsigned long)hr);
    return hr;
}

void sink_allocator_close(struct sink_node *sink)
{
    struct sink_allocator *own = sink->allocator;

    sink->allocator = NULL;
    if (!own) return;
    own->pipeline = NULL;
    own->waiting = NULL;
    if (own->callback)
    {
        IMFVideoSampleAllocatorCallback_SetCallback(own->callback, NULL);
        IMFVideoSampleAllocatorCallback_Release(own->callback);
    }
    IMFVideoSampleAllocator_UninitializeSampleAllocator(own->allocator);
    IMFVideoSampleAllocator_Release(own->allocator);
    notify_Release(&own->IMFVideoSampleAllocatorNotify_iface);
}
