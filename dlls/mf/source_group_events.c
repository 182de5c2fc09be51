/* What the children of a group send, and what becomes of it. See source_group.h. */
#define COBJMACROS
#include <stdlib.h>

#include "common/trace.h"
#include "mf/event_pump.h"
#include "mf/source_group_private.h"

CORK_TRACE_CHANNEL(mf);

struct source_child *source_child_create(struct source_host *host, IMFMediaSource *source)
{
    struct source_child *child = calloc(1, sizeof(*child));

    if (!child) return NULL;
    child->refs = 1;
    child->host = host;
    child->source = source;
    IMFMediaSource_AddRef(source);
    return child;
}

void source_child_addref(struct source_child *child)
{
    InterlockedIncrement(&child->refs);
}

void source_child_release(struct source_child *child)
{
    struct native_stream *stream;

    if (InterlockedDecrement(&child->refs)) return;
    while ((stream = child->streams))
    {
        child->streams = stream->next;
        if (stream->outer) source_stream_release(stream->outer);
        IMFMediaStream_Release(stream->stream);
        free(stream);
    }
    IMFMediaSource_Release(child->source);
    free(child);
}

IMFMediaSource *source_child_source(struct source_child *child)
{
    return child->source;
}

void source_child_shut_down(struct source_child *child)
{
    bool was_shut_down;
    HRESULT hr;

    EnterCriticalSection(&child->host->lock);
    was_shut_down = child->is_shut_down;
    child->is_shut_down = true;
    child->group = NULL;
    LeaveCriticalSection(&child->host->lock);
    if (was_shut_down) return;

    hr = IMFMediaSource_Shutdown(child->source);
    if (FAILED(hr)) CORK_WARN("source %p: %#lx\n", (void *)child->source, (unsigned long)hr);
    /* The list only ever grows at its head. */
    for (struct native_stream *stream = child->streams; stream; stream = stream->next)
        if (stream->outer) source_stream_shut_down(stream->outer);
}

/* ---- Streams --------------------------------------------------------------------------------------------------- */

/* A child's stream has an event: it is the outer stream's. */
static void stream_event(void *context, IMFMediaEvent *event)
{
    struct native_stream *stream = context;
    struct source_stream *outer;
    MediaEventType type = MEUnknown;

    IMFMediaEvent_GetType(event, &type);
    EnterCriticalSection(&stream->child->host->lock);
    outer = stream->outer;
    /* What comes after the end that it was given itself is nobody's. */
    if (!stream->child->group || (stream->ended && (type == MEMediaSample || type == MEEndOfStream))) outer = NULL;
    if (type == MEEndOfStream) stream->ended = true;
    if (outer) IMFMediaEventQueue_QueueEvent(outer->queue, event);
    LeaveCriticalSection(&stream->child->host->lock);
}

static void stream_end(void *context)
{
    struct native_stream *stream = context;
    struct source_host *host = stream->child->host;

    source_child_release(stream->child);
    source_host_release(host);
}

static const struct event_pump_user stream_user = {stream_event, stream_end};

/* What is known of the child's stream `native`, whose events are taken from now on. NULL where that fails. */
static struct native_stream *find_stream(struct source_child *child, IMFMediaStream *native)
{
    struct native_stream *stream;

    for (stream = child->streams; stream; stream = stream->next)
        if (stream->stream == native) return stream;
    stream = calloc(1, sizeof(*stream));
    if (!stream) return NULL;
    stream->child = child;
    stream->stream = native;
    IMFMediaStream_AddRef(native);
    stream->next = child->streams;
    child->streams = stream;

    source_child_addref(child);
    source_host_addref(child->host);
    if (FAILED(event_pump_start((IMFMediaEventGenerator *)native, &stream_user, stream)))
    {
        CORK_WARN("no events of stream %p\n", (void *)native);
        child->streams = stream->next;
        IMFMediaStream_Release(native);
        free(stream);
        source_child_release(child);
        source_host_release(child->host);
        return NULL;
    }
    return stream;
}

static struct group_stream *find_group_stream(struct source_group *group, DWORD member, IMFMediaStream *native)
{
    struct group_stream *found = NULL;
    IMFStreamDescriptor *descriptor;
    DWORD id;

    if (FAILED(IMFMediaStream_GetStreamDescriptor(native, &descriptor))) return NULL;
    if (SUCCEEDED(IMFStreamDescriptor_GetStreamIdentifier(descriptor, &id)))
        for (DWORD i = 0; i < group->stream_count && !found; i++)
            if (group->streams[i].member == member && group->streams[i].native_id == id) found = &group->streams[i];
    IMFStreamDescriptor_Release(descriptor);
    return found;
}

/* MENewStream or MEUpdatedStream: reports it with the outer stream, made at the first time. */
static HRESULT new_stream(struct source_group *group, DWORD member, IMFMediaStream *native)
{
    struct source_child *child = group->members[member].child;
    struct group_stream *stream = find_group_stream(group, member, native);
    struct native_stream *known = find_stream(child, native);
    PROPVARIANT value = {.vt = VT_UNKNOWN};
    bool updated = true;
    HRESULT hr;

    if (!stream || !known) return MF_E_INVALIDSTREAMNUMBER;
    if (stream->outer && stream->outer->native != native)
    {
        source_stream_release(stream->outer);
        stream->outer = NULL;
    }
    if (!stream->outer)
    {
        updated = false;
        hr = source_stream_create(&group->host->iface, native, stream->descriptor, &stream->outer);
        if (FAILED(hr)) return hr;
    }
    if (known->outer) source_stream_release(known->outer);
    known->outer = stream->outer;
    source_stream_addref(known->outer);
    known->ended = false;

    value.punkVal = (IUnknown *)&stream->outer->iface;
    source_host_queue(group->host, updated ? MEUpdatedStream : MENewStream, S_OK, &value);
    return S_OK;
}

/* ---- Children -------------------------------------------------------------------------------------------------- */

static void report(struct source_group *group, IMFMediaEvent *event, MediaEventType type)
{
    group->host->type->report(group->host, group, event, type);
}

/* The answer to the oldest command that the member has yet to answer. One that answers nothing is an event like others.
 */
static bool answered(struct source_group *group, DWORD member, IMFMediaEvent *event, MediaEventType type)
{
    if (type == MESourceSeeked) type = MESourceStarted;
    for (struct group_command *command = group->commands; command; command = command->next)
    {
        if (command->answer != type || !(command->waiting & 1ull << member)) continue;
        group_command_answer(group, command, member, event);
        return true;
    }
    return false;
}

/* The presentation ends with the last of its children. */
static void ended(struct source_group *group, DWORD member, IMFMediaEvent *event, MediaEventType type)
{
    if (!group->members[member].running) return;
    group->members[member].ended = true;
    for (DWORD i = 0; i < group->member_count; i++)
        if (group->members[i].running && !group->members[i].ended) return;
    report(group, event, type);
}

/* It buffers as long as any child does. */
static void buffering(struct source_group *group, DWORD member, IMFMediaEvent *event, MediaEventType type)
{
    bool begins = type == MEBufferingStarted;

    if (group->members[member].buffering == begins) return;
    group->members[member].buffering = begins;
    if (begins ? !group->buffering++ : !--group->buffering) report(group, event, type);
}

static void handle(struct source_group *group, DWORD member, IMFMediaEvent *event, MediaEventType type)
{
    PROPVARIANT value;
    HRESULT hr;

    switch (type)
    {
    case MENewStream:
    case MEUpdatedStream:
        PropVariantInit(&value);
        hr = IMFMediaEvent_GetValue(event, &value);
        if (SUCCEEDED(hr))
            hr = value.vt == VT_UNKNOWN ? new_stream(group, member, (IMFMediaStream *)value.punkVal) : E_UNEXPECTED;
        PropVariantClear(&value);
        if (FAILED(hr)) source_host_queue(group->host, MEError, hr, NULL);
        break;
    case MESourceStarted:
    case MESourceSeeked:
    case MESourceStopped:
    case MESourcePaused:
        /* An answer to a command of a group that had the child before is nobody's any more. */
        if (!answered(group, member, event, type)) CORK_TRACE("event %d answers nothing\n", (int)type);
        break;
    case MESourceRateChanged:
        if (!answered(group, member, event, type)) report(group, event, type);
        break;
    case MENewPresentation:
        CORK_FIXME("a source that changes its presentation cannot be played together with others\n");
        source_host_queue(group->host, MEError, E_NOTIMPL, NULL);
        break;
    case MEEndOfPresentation:
        ended(group, member, event, type);
        break;
    case MEBufferingStarted:
    case MEBufferingStopped:
        buffering(group, member, event, type);
        break;
    default:
        report(group, event, type);
        break;
    }
}

/* A reference to a group that may be on its way out. */
static bool hold(struct source_group *group)
{
    LONG refs = group->refs, before;

    while (refs)
    {
        before = InterlockedCompareExchange(&group->refs, refs + 1, refs);
        if (before == refs) return true;
        refs = before;
    }
    return false;
}

static void child_event(void *context, IMFMediaEvent *event)
{
    struct source_child *child = context;
    struct source_host *host = child->host;
    struct source_group *group;
    MediaEventType type = MEUnknown;
    bool stop_rest = false;

    IMFMediaEvent_GetType(event, &type);
    EnterCriticalSection(&host->lock);
    group = child->group;
    if (group && !hold(group)) group = NULL;
    if (group)
    {
        for (DWORD i = 0; i < group->member_count; i++)
            if (group->members[i].child == child)
            {
                handle(group, i, event, type);
                break;
            }
        stop_rest = group->stop_rest;
        group->stop_rest = false;
    }
    LeaveCriticalSection(&host->lock);
    if (!group) return;
    if (stop_rest) source_group_stop_running(group);
    source_group_release(group);
    if (host->type->after) host->type->after(host);
}

static void child_end(void *context)
{
    struct source_child *child = context;
    struct source_host *host = child->host;

    source_child_release(child);
    source_host_release(host);
}

static const struct event_pump_user child_user = {child_event, child_end};

HRESULT source_child_listen(struct source_child *child)
{
    bool begin;
    HRESULT hr;

    EnterCriticalSection(&child->host->lock);
    begin = !child->has_pump;
    child->has_pump = true;
    LeaveCriticalSection(&child->host->lock);
    if (!begin) return S_OK;

    source_child_addref(child);
    source_host_addref(child->host);
    hr = event_pump_start((IMFMediaEventGenerator *)child->source, &child_user, child);
    if (SUCCEEDED(hr)) return hr;

    EnterCriticalSection(&child->host->lock);
    child->has_pump = false;
    LeaveCriticalSection(&child->host->lock);
    child_end(child);
    return hr;
}
