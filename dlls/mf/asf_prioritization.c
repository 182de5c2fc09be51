/*
 * IMFASFStreamPrioritization: the streams of a profile, the most important first. Its pages say that Windows does not
 * implement it; here it is what they describe.
 */
#include "mf/asf_objects.h"

#include <stdlib.h>

#include "common/trace.h"
#include "mf/com.h"

CORK_TRACE_CHANNEL(mf);

struct entry
{
    WORD stream, flags;
};

struct prioritization
{
    IMFASFStreamPrioritization IMFASFStreamPrioritization_iface;
    volatile LONG references;
    CRITICAL_SECTION lock; /* of what follows */
    struct entry entries[ASF_MAX_STREAM];
    DWORD count;
};

static struct prioritization *impl(IMFASFStreamPrioritization *iface)
{
    return CONTAINING_RECORD(iface, struct prioritization, IMFASFStreamPrioritization_iface);
}

static HRESULT prioritization_query(struct prioritization *list, REFIID iid, void **out)
{
    static const struct com_interface interfaces[] = {{&asf_prioritization_iid, 0}};

    return com_query(list, interfaces, ARRAYSIZE(interfaces), iid, out);
}

static ULONG prioritization_addref(struct prioritization *list)
{
    return (ULONG)InterlockedIncrement(&list->references);
}

static ULONG prioritization_release(struct prioritization *list)
{
    ULONG left = (ULONG)InterlockedDecrement(&list->references);

    if (left) return left;
    DeleteCriticalSection(&list->lock);
    free(list);
    return 0;
}

COM_UNKNOWN(prioritization, IMFASFStreamPrioritization, prioritization, IMFASFStreamPrioritization_iface)

static HRESULT STDMETHODCALLTYPE prioritization_GetStreamCount(IMFASFStreamPrioritization *iface, DWORD *count)
{
    if (!count) return E_INVALIDARG;
    *count = impl(iface)->count;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE prioritization_GetStream(IMFASFStreamPrioritization *iface, DWORD index, WORD *stream,
                                                          WORD *flags)
{
    struct prioritization *list = impl(iface);
    HRESULT result = E_INVALIDARG;

    if (!stream || !flags) return E_INVALIDARG;
    EnterCriticalSection(&list->lock);
    if (index < list->count)
    {
        *stream = list->entries[index].stream;
        *flags = list->entries[index].flags;
        result = S_OK;
    }
    LeaveCriticalSection(&list->lock);
    return result;
}

/* A stream is in the list once: "Invalid stream number" otherwise. */
static HRESULT STDMETHODCALLTYPE prioritization_AddStream(IMFASFStreamPrioritization *iface, WORD stream, WORD flags)
{
    struct prioritization *list = impl(iface);
    HRESULT result = S_OK;

    if (!stream || stream > ASF_MAX_STREAM) return MF_E_INVALIDREQUEST;
    EnterCriticalSection(&list->lock);
    for (DWORD i = 0; i < list->count; i++)
        if (list->entries[i].stream == stream) result = MF_E_INVALIDREQUEST;
    if (SUCCEEDED(result)) list->entries[list->count++] = (struct entry){stream, flags};
    LeaveCriticalSection(&list->lock);
    return result;
}

static HRESULT STDMETHODCALLTYPE prioritization_RemoveStream(IMFASFStreamPrioritization *iface, DWORD index)
{
    struct prioritization *list = impl(iface);
    HRESULT result = E_INVALIDARG;

    EnterCriticalSection(&list->lock);
    if (index < list->count)
    {
        list->count--;
        memmove(list->entries + index, list->entries + index + 1, (list->count - index) * sizeof(*list->entries));
        result = S_OK;
    }
    LeaveCriticalSection(&list->lock);
    return result;
}

static HRESULT STDMETHODCALLTYPE prioritization_Clone(IMFASFStreamPrioritization *iface,
                                                      IMFASFStreamPrioritization **out)
{
    struct prioritization *list = impl(iface);
    HRESULT result;

    if (!out) return E_INVALIDARG;
    if (FAILED(result = asf_prioritization_create(out))) return result;
    EnterCriticalSection(&list->lock);
    memcpy(impl(*out)->entries, list->entries, sizeof(list->entries));
    impl(*out)->count = list->count;
    LeaveCriticalSection(&list->lock);
    return S_OK;
}

static IMFASFStreamPrioritizationVtbl prioritization_vtbl = {
    prioritization_QueryInterface, prioritization_AddRef,    prioritization_Release,      prioritization_GetStreamCount,
    prioritization_GetStream,      prioritization_AddStream, prioritization_RemoveStream, prioritization_Clone,
};

HRESULT asf_prioritization_create(IMFASFStreamPrioritization **out)
{
    struct prioritization *list = calloc(1, sizeof(*list));

    *out = NULL;
    if (!list) return E_OUTOFMEMORY;
    list->IMFASFStreamPrioritization_iface.lpVtbl = &prioritization_vtbl;
    list->references = 1;
    InitializeCriticalSection(&list->lock);
    *out = &list->IMFASFStreamPrioritization_iface;
    return S_OK;
}
