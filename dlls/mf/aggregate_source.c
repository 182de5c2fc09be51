/* The aggregate source: the streams of several sources as those of one. */
#define COBJMACROS
#include <stdlib.h>

#include "common/trace.h"
#include "mf/source_group.h"

CORK_TRACE_CHANNEL(mf);

struct aggregate_source
{
    struct source_host host; /* first */
    struct source_group *group;
    struct source_child **children;
    DWORD count;
};

static struct aggregate_source *from_host(struct source_host *host)
{
    return CONTAINING_RECORD(host, struct aggregate_source, host);
}

static HRESULT aggregate_query(struct source_host *host, REFIID iid, void **out)
{
    (void)host;
    (void)iid;
    (void)out;
    return E_NOINTERFACE;
}

static void free_aggregate(struct aggregate_source *source)
{
    if (source->group) source_group_release(source->group);
    for (DWORD i = 0; i < source->count; i++)
        source_child_release(source->children[i]);
    free(source->children);
}

static void aggregate_destroy(struct source_host *host)
{
    free(from_host(host));
}

static struct source_group *aggregate_current(struct source_host *host)
{
    return from_host(host)->group;
}

static void aggregate_report(struct source_host *host, struct source_group *group, IMFMediaEvent *event,
                             MediaEventType type)
{
    (void)group;
    (void)type;
    IMFMediaEventQueue_QueueEvent(host->queue, event);
}

static HRESULT aggregate_describe(struct source_host *host, IMFPresentationDescriptor **descriptor)
{
    struct source_group *group;
    HRESULT hr = source_host_group(host, &group);

    if (FAILED(hr)) return hr;
    hr = IMFPresentationDescriptor_Clone(source_group_descriptor(group), descriptor);
    source_group_release(group);
    return hr;
}

static HRESULT aggregate_start(struct source_host *host, IMFPresentationDescriptor *descriptor, const GUID *format,
                               const PROPVARIANT *position)
{
    struct source_group *group;
    HRESULT hr = source_host_group(host, &group);

    if (FAILED(hr)) return hr;
    hr = source_group_start(group, descriptor, format, position, false);
    source_group_release(group);
    return hr;
}

static void aggregate_shut_down(struct source_host *host)
{
    struct aggregate_source *source = from_host(host);
    struct aggregate_source owned;

    for (DWORD i = 0; i < source->count; i++)
        source_child_shut_down(source->children[i]);
    EnterCriticalSection(&host->lock);
    owned = *source;
    source->group = NULL;
    source->children = NULL;
    source->count = 0;
    LeaveCriticalSection(&host->lock);
    free_aggregate(&owned);
}

static const struct source_host_type aggregate_type = {
    aggregate_query,
    aggregate_destroy,
    aggregate_current,
    aggregate_report,
    aggregate_describe,
    aggregate_start,
    NULL,
    aggregate_shut_down,
};

/* One source of the collection, and its presentation. */
static HRESULT add_child(struct aggregate_source *source, IMFCollection *collection, DWORD index,
                         struct source_group_child *child)
{
    IMFMediaSource *native = NULL;
    IUnknown *element = NULL;
    HRESULT hr = IMFCollection_GetElement(collection, index, &element);

    if (FAILED(hr)) return hr;
    if (!element) return E_INVALIDARG;
    hr = IUnknown_QueryInterface(element, &IID_IMFMediaSource, (void **)&native);
    IUnknown_Release(element);
    if (FAILED(hr)) return hr;
    hr = IMFMediaSource_CreatePresentationDescriptor(native, &child->descriptor);
    if (SUCCEEDED(hr) && !(child->child = source_child_create(&source->host, native))) hr = E_OUTOFMEMORY;
    if (SUCCEEDED(hr)) source->children[source->count++] = child->child;
    IMFMediaSource_Release(native);
    return hr;
}

static HRESULT add_children(struct aggregate_source *source, IMFCollection *collection, DWORD count)
{
    struct source_group_child *children = calloc(count, sizeof(*children));
    HRESULT hr = S_OK;

    source->children = calloc(count, sizeof(struct source_child *));
    if (!children || !source->children) hr = E_OUTOFMEMORY;
    for (DWORD i = 0; SUCCEEDED(hr) && i < count; i++)
        hr = add_child(source, collection, i, &children[i]);
    if (SUCCEEDED(hr)) hr = source_group_create(&source->host, children, count, &source->group);
    for (DWORD i = 0; children && i < count; i++)
        if (children[i].descriptor) IMFPresentationDescriptor_Release(children[i].descriptor);
    free(children);
    return hr;
}

/* Makes a source of the sources in `collection` (1 to 64), which are its own from now on: it starts, stops and shuts
 * them down. A stream keeps its identifier, unless an earlier source has one of the same. Returns E_POINTER,
 * E_INVALIDARG for an empty collection, E_NOINTERFACE for an element that is no media source, or a source's error; the
 * sources are then as they were. (nf-mfidl-mfcreateaggregatesource) */
HRESULT WINAPI MFCreateAggregateSource(IMFCollection *collection, IMFMediaSource **out)
{
    struct aggregate_source *source;
    DWORD count;
    HRESULT hr;

    CORK_TRACE("collection %p\n", (void *)collection);
    if (!collection || !out) return E_POINTER;
    *out = NULL;
    hr = IMFCollection_GetElementCount(collection, &count);
    if (FAILED(hr)) return hr;
    if (!count) return E_INVALIDARG;

    source = calloc(1, sizeof(*source));
    if (!source) return E_OUTOFMEMORY;
    hr = source_host_init(&source->host, &aggregate_type);
    if (FAILED(hr))
    {
        free(source);
        return hr;
    }
    hr = add_children(source, collection, count);
    if (FAILED(hr))
    {
        /* Nothing is to be shut down. */
        free_aggregate(source);
        source->group = NULL;
        source->children = NULL;
        source->count = 0;
        source_host_release(&source->host);
        return hr;
    }
    *out = &source->host.iface;
    return S_OK;
}
