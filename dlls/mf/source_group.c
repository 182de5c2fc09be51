/* A group's making, and the descriptor with the streams of all its children. See source_group.h. */
#define COBJMACROS
#include <stdlib.h>

#include "common/trace.h"
#include "mf/source_group_private.h"

CORK_TRACE_CHANNEL(mf);

#define MOST_MEMBERS 64 /* the bits of group_command's mask */

static bool id_is_taken(struct source_group *group, DWORD id)
{
    for (DWORD i = 0; i < group->stream_count; i++)
        if (group->streams[i].id == id) return true;
    return false;
}

/* A copy of `descriptor` under another identifier. */
static HRESULT renumber(IMFStreamDescriptor *descriptor, DWORD id, IMFStreamDescriptor **out)
{
    IMFMediaTypeHandler *handler = NULL;
    IMFMediaType **types = NULL, *current = NULL;
    DWORD count = 0, got = 0;
    HRESULT hr = IMFStreamDescriptor_GetMediaTypeHandler(descriptor, &handler);

    if (SUCCEEDED(hr)) hr = IMFMediaTypeHandler_GetMediaTypeCount(handler, &count);
    if (SUCCEEDED(hr) && !(types = calloc(count ? count : 1, sizeof(IMFMediaType *)))) hr = E_OUTOFMEMORY;
    for (; SUCCEEDED(hr) && got < count; got++)
        if (FAILED(hr = IMFMediaTypeHandler_GetMediaTypeByIndex(handler, got, &types[got]))) break;
    if (SUCCEEDED(hr)) hr = MFCreateStreamDescriptor(id, count, types, out);
    if (SUCCEEDED(hr)) hr = IMFStreamDescriptor_CopyAllItems(descriptor, (IMFAttributes *)*out);

    if (SUCCEEDED(hr) && SUCCEEDED(IMFMediaTypeHandler_GetCurrentMediaType(handler, &current)))
    {
        IMFMediaTypeHandler *copy;

        hr = IMFStreamDescriptor_GetMediaTypeHandler(*out, &copy);
        if (SUCCEEDED(hr))
        {
            hr = IMFMediaTypeHandler_SetCurrentMediaType(copy, current);
            IMFMediaTypeHandler_Release(copy);
        }
        IMFMediaType_Release(current);
    }
    for (DWORD i = 0; types && i < got; i++)
        IMFMediaType_Release(types[i]);
    free(types);
    if (handler) IMFMediaTypeHandler_Release(handler);
    return hr;
}

/* Adds a child's stream under its own identifier, or, where an earlier child has that, under the next free one. */
static HRESULT add_stream(struct source_group *group, DWORD member, DWORD index)
{
    struct group_stream *stream = &group->streams[group->stream_count];
    BOOL selected;
    HRESULT hr;

    *stream = (struct group_stream){.member = member, .native_index = index};
    hr = IMFPresentationDescriptor_GetStreamDescriptorByIndex(group->members[member].descriptor, index, &selected,
                                                              &stream->native_descriptor);
    if (FAILED(hr)) return hr;
    hr = IMFStreamDescriptor_GetStreamIdentifier(stream->native_descriptor, &stream->native_id);
    if (SUCCEEDED(hr))
    {
        for (stream->id = stream->native_id; id_is_taken(group, stream->id);)
            stream->id++;
        if (stream->id == stream->native_id)
        {
            stream->descriptor = stream->native_descriptor;
            IMFStreamDescriptor_AddRef(stream->descriptor);
        }
        else
            hr = renumber(stream->native_descriptor, stream->id, &stream->descriptor);
    }
    if (FAILED(hr))
    {
        IMFStreamDescriptor_Release(stream->native_descriptor);
        if (stream->descriptor) IMFStreamDescriptor_Release(stream->descriptor);
        return hr;
    }
    group->stream_count++;
    return S_OK;
}

static HRESULT add_streams(struct source_group *group)
{
    DWORD total = 0, count;
    HRESULT hr;

    for (DWORD i = 0; i < group->member_count; i++)
    {
        hr = IMFPresentationDescriptor_GetStreamDescriptorCount(group->members[i].descriptor, &count);
        if (FAILED(hr)) return hr;
        total += count;
    }
    group->streams = calloc(total ? total : 1, sizeof(*group->streams));
    if (!group->streams) return E_OUTOFMEMORY;

    for (DWORD i = 0; i < group->member_count; i++)
    {
        hr = IMFPresentationDescriptor_GetStreamDescriptorCount(group->members[i].descriptor, &count);
        for (DWORD j = 0; SUCCEEDED(hr) && j < count; j++)
            hr = add_stream(group, i, j);
        if (FAILED(hr)) return hr;
    }
    return S_OK;
}

/* A lone child's attributes are the group's; of several, what holds for all: the longest duration. */
static HRESULT describe_members(struct source_group *group)
{
    UINT64 longest = 0, duration;
    bool known = false;

    if (group->member_count == 1)
        return IMFPresentationDescriptor_CopyAllItems(group->members[0].descriptor, (IMFAttributes *)group->descriptor);
    for (DWORD i = 0; i < group->member_count; i++)
    {
        if (FAILED(IMFPresentationDescriptor_GetUINT64(group->members[i].descriptor, &MF_PD_DURATION, &duration)))
            continue;
        known = true;
        if (duration > longest) longest = duration;
    }
    return known ? IMFPresentationDescriptor_SetUINT64(group->descriptor, &MF_PD_DURATION, longest) : S_OK;
}

static HRESULT make_descriptor(struct source_group *group)
{
    IMFStreamDescriptor **descriptors =
        calloc(group->stream_count ? group->stream_count : 1, sizeof(IMFStreamDescriptor *));
    HRESULT hr;

    if (!descriptors) return E_OUTOFMEMORY;
    for (DWORD i = 0; i < group->stream_count; i++)
        descriptors[i] = group->streams[i].descriptor;
    hr = MFCreatePresentationDescriptor(group->stream_count, descriptors, &group->descriptor);
    free(descriptors);
    if (SUCCEEDED(hr)) hr = describe_members(group);

    for (DWORD i = 0; SUCCEEDED(hr) && i < group->stream_count; i++)
    {
        struct group_stream *stream = &group->streams[i];
        IMFStreamDescriptor *native;
        BOOL selected;

        hr = IMFPresentationDescriptor_GetStreamDescriptorByIndex(group->members[stream->member].descriptor,
                                                                  stream->native_index, &selected, &native);
        if (FAILED(hr)) break;
        IMFStreamDescriptor_Release(native);
        hr = selected ? IMFPresentationDescriptor_SelectStream(group->descriptor, i)
                      : IMFPresentationDescriptor_DeselectStream(group->descriptor, i);
    }
    return hr;
}

HRESULT source_group_create(struct source_host *host, const struct source_group_child *children, DWORD count,
                            struct source_group **out)
{
    struct source_group *group;
    HRESULT hr = S_OK;

    if (!count || count > MOST_MEMBERS) return E_INVALIDARG;
    group = calloc(1, sizeof(*group));
    if (!group) return E_OUTOFMEMORY;
    group->refs = 1;
    group->host = host;
    group->last_command = &group->commands;
    group->members = calloc(count, sizeof(*group->members));
    if (!group->members) hr = E_OUTOFMEMORY;

    for (DWORD i = 0; SUCCEEDED(hr) && i < count; i++)
    {
        hr = IMFPresentationDescriptor_Clone(children[i].descriptor, &group->members[i].descriptor);
        if (FAILED(hr)) break;
        group->members[i].child = children[i].child;
        source_child_addref(children[i].child);
        group->members[i].media_start = children[i].media_start;
        group->member_count++;
    }
    if (SUCCEEDED(hr)) hr = add_streams(group);
    if (SUCCEEDED(hr)) hr = make_descriptor(group);
    if (FAILED(hr))
        source_group_release(group);
    else
        *out = group;
    return hr;
}

void source_group_addref(struct source_group *group)
{
    InterlockedIncrement(&group->refs);
}

static void disown_children(struct source_group *group)
{
    EnterCriticalSection(&group->host->lock);
    for (DWORD i = 0; i < group->member_count; i++)
        if (group->members[i].child->group == group) group->members[i].child->group = NULL;
    while (group->commands)
        group_command_drop(group, group->commands);
    LeaveCriticalSection(&group->host->lock);
}

void source_group_release(struct source_group *group)
{
    if (InterlockedDecrement(&group->refs)) return;
    disown_children(group);
    for (DWORD i = 0; i < group->stream_count; i++)
    {
        IMFStreamDescriptor_Release(group->streams[i].descriptor);
        IMFStreamDescriptor_Release(group->streams[i].native_descriptor);
        if (group->streams[i].outer) source_stream_release(group->streams[i].outer);
    }
    for (DWORD i = 0; i < group->member_count; i++)
    {
        source_child_release(group->members[i].child);
        IMFPresentationDescriptor_Release(group->members[i].descriptor);
    }
    if (group->descriptor) IMFPresentationDescriptor_Release(group->descriptor);
    free(group->streams);
    free(group->members);
    free(group);
}

IMFPresentationDescriptor *source_group_descriptor(struct source_group *group)
{
    return group->descriptor;
}

IMFStreamDescriptor *source_group_stream(struct source_group *group, IMFMediaSource *source, DWORD native)
{
    for (DWORD i = 0; i < group->stream_count; i++)
        if (group->members[group->streams[i].member].child->source == source && group->streams[i].native_id == native)
            return group->streams[i].descriptor;
    return NULL;
}

HRESULT source_group_characteristics(struct source_group *group, DWORD *characteristics)
{
    /* What holds if it holds for any child; everything else has to hold for all. */
    const DWORD any = MFMEDIASOURCE_IS_LIVE | MFMEDIASOURCE_HAS_SLOW_SEEK | MFMEDIASOURCE_HAS_MULTIPLE_PRESENTATIONS;
    DWORD one, all = ~0u, some = 0;
    HRESULT hr;

    for (DWORD i = 0; i < group->member_count; i++)
    {
        hr = IMFMediaSource_GetCharacteristics(group->members[i].child->source, &one);
        if (FAILED(hr)) return hr;
        all &= one;
        some |= one;
    }
    *characteristics = (all & ~any) | (some & any);
    return S_OK;
}

static HRESULT child_service(struct source_child *child, REFGUID service, REFIID iid, void **out)
{
    IMFGetService *services;
    HRESULT hr = IMFMediaSource_QueryInterface(child->source, &IID_IMFGetService, (void **)&services);

    if (FAILED(hr)) return MF_E_UNSUPPORTED_SERVICE;
    hr = IMFGetService_GetService(services, service, iid, out);
    IMFGetService_Release(services);
    return hr;
}

HRESULT source_group_service(struct source_group *group, REFGUID service, REFIID iid, void **out)
{
    HRESULT hr = MF_E_UNSUPPORTED_SERVICE;

    for (DWORD i = 0; i < group->member_count && FAILED(hr); i++)
        hr = child_service(group->members[i].child, service, iid, out);
    return hr;
}

HRESULT source_group_rates(struct source_group *group, REFIID iid, bool answered,
                           HRESULT (*function)(void *rate, void *context), void *context)
{
    struct group_command *command = NULL;
    HRESULT hr = S_OK;
    DWORD i;

    if (answered)
    {
        EnterCriticalSection(&group->host->lock);
        command = group_command_add(group, MESourceRateChanged, ~0ull >> (MOST_MEMBERS - group->member_count), false);
        for (i = 0; i < group->member_count; i++)
            if (!group->members[i].child->group) group->members[i].child->group = group;
        LeaveCriticalSection(&group->host->lock);
        if (!command) return E_OUTOFMEMORY;
    }
    for (i = 0; i < group->member_count; i++)
    {
        IUnknown *rate;

        /* Without an audience there is no answer. */
        if (answered) hr = source_child_listen(group->members[i].child);
        if (SUCCEEDED(hr)) hr = child_service(group->members[i].child, &MF_RATE_CONTROL_SERVICE, iid, (void **)&rate);
        if (FAILED(hr)) break;
        hr = function(rate, context);
        IUnknown_Release(rate);
        if (FAILED(hr)) break;
    }
    if (FAILED(hr) && command)
    {
        EnterCriticalSection(&group->host->lock);
        command->silent = true;
        group_command_forget(group, command, i);
        LeaveCriticalSection(&group->host->lock);
    }
    return hr;
}
