/* Start, Stop and Pause of a group, and the one answer that is made of all its children's. See source_group.h. */
#define COBJMACROS
#include <stdlib.h>

#include "common/trace.h"
#include "mf/source_group_private.h"

CORK_TRACE_CHANNEL(mf);

struct group_command *group_command_add(struct source_group *group, MediaEventType answer, UINT64 waiting, bool silent)
{
    struct group_command *command = calloc(1, sizeof(*command));

    if (!command) return NULL;
    command->answer = answer;
    command->waiting = waiting;
    command->silent = silent;
    *group->last_command = command;
    group->last_command = &command->next;
    return command;
}

void group_command_drop(struct source_group *group, struct group_command *command)
{
    struct group_command **place = &group->commands;

    while (*place != command)
        place = &(*place)->next;
    *place = command->next;
    if (!command->next) group->last_command = place;
    if (command->event) IMFMediaEvent_Release(command->event);
    free(command);
}

/* All have answered. */
static void finish(struct source_group *group, struct group_command *command)
{
    MediaEventType type = command->answer;

    /* Of children that were stopped and ones that played, some say that they started and some that they sought. */
    if (command->event) IMFMediaEvent_GetType(command->event, &type);
    if (command->failed && command->answer == MESourceStarted && !command->silent) group->stop_rest = true;
    if (!command->silent && command->event) group->host->type->report(group->host, group, command->event, type);
    group_command_drop(group, command);
}

void group_command_answer(struct source_group *group, struct group_command *command, DWORD member, IMFMediaEvent *event)
{
    HRESULT status = S_OK;

    command->waiting &= ~(1ull << member);
    if (event) IMFMediaEvent_GetStatus(event, &status);
    if (event && (!command->event || (FAILED(status) && !command->failed)))
    {
        if (command->event) IMFMediaEvent_Release(command->event);
        command->event = event;
        IMFMediaEvent_AddRef(event);
        command->failed = FAILED(status);
    }
    if (!command->waiting) finish(group, command);
}

void group_command_forget(struct source_group *group, struct group_command *command, DWORD member)
{
    command->silent = true;
    command->waiting &= (1ull << member) - 1;
    if (!command->waiting) group_command_drop(group, command);
}

/* ---- Start ---------------------------------------------------------------------------------------------------- */

/* A stream that was renumbered has a handler of its own, in which the caller has chosen a type. */
static HRESULT pass_type_on(struct group_stream *stream)
{
    IMFMediaTypeHandler *from = NULL, *to = NULL;
    IMFMediaType *type = NULL;
    HRESULT hr;

    if (stream->descriptor == stream->native_descriptor) return S_OK;
    hr = IMFStreamDescriptor_GetMediaTypeHandler(stream->descriptor, &from);
    if (SUCCEEDED(hr)) hr = IMFStreamDescriptor_GetMediaTypeHandler(stream->native_descriptor, &to);
    if (SUCCEEDED(hr) && SUCCEEDED(IMFMediaTypeHandler_GetCurrentMediaType(from, &type)))
    {
        hr = IMFMediaTypeHandler_SetCurrentMediaType(to, type);
        IMFMediaType_Release(type);
    }
    if (from) IMFMediaTypeHandler_Release(from);
    if (to) IMFMediaTypeHandler_Release(to);
    return hr;
}

/* Hands what `descriptor` selects on to the children's own. *selected: a bit for each that has any. */
static HRESULT select_streams(struct source_group *group, IMFPresentationDescriptor *descriptor, UINT64 *selected)
{
    IMFPresentationDescriptor *native;
    IMFStreamDescriptor *stream;
    HRESULT hr = S_OK;
    BOOL is_selected;
    DWORD count, id;

    *selected = 0;
    if (FAILED(IMFPresentationDescriptor_GetStreamDescriptorCount(descriptor, &count)) || count != group->stream_count)
        return E_INVALIDARG;
    for (DWORD i = 0; SUCCEEDED(hr) && i < count; i++)
    {
        hr = IMFPresentationDescriptor_GetStreamDescriptorByIndex(descriptor, i, &is_selected, &stream);
        if (FAILED(hr)) return hr;
        hr = IMFStreamDescriptor_GetStreamIdentifier(stream, &id);
        IMFStreamDescriptor_Release(stream);
        if (SUCCEEDED(hr) && id != group->streams[i].id) hr = E_INVALIDARG;
        if (FAILED(hr)) return hr;

        native = group->members[group->streams[i].member].descriptor;
        if (is_selected)
        {
            *selected |= 1ull << group->streams[i].member;
            hr = pass_type_on(&group->streams[i]);
            if (SUCCEEDED(hr)) hr = IMFPresentationDescriptor_SelectStream(native, group->streams[i].native_index);
        }
        else
            hr = IMFPresentationDescriptor_DeselectStream(native, group->streams[i].native_index);
    }
    return SUCCEEDED(hr) && !*selected ? MF_E_MEDIA_SOURCE_NO_STREAMS_SELECTED : hr;
}

/* Takes the children over, and notes what they are about to do. *to_stop: children that played and shall not. */
static HRESULT begin_start(struct source_group *group, UINT64 selected, UINT64 *fresh, UINT64 *to_stop,
                           struct group_command **command)
{
    HRESULT hr = S_OK;

    *fresh = *to_stop = 0;
    EnterCriticalSection(&group->host->lock);
    *command = group_command_add(group, MESourceStarted, selected, false);
    if (!*command) hr = E_OUTOFMEMORY;
    for (DWORD i = 0; SUCCEEDED(hr) && i < group->member_count; i++)
    {
        struct group_member *member = &group->members[i];
        UINT64 bit = 1ull << i;

        if (selected & bit)
        {
            if (!member->running || member->child->group != group) *fresh |= bit;
            member->running = true;
            member->ended = false;
            member->child->group = group;
            for (struct native_stream *stream = member->child->streams; stream; stream = stream->next)
                stream->ended = false;
        }
        else if (member->running)
        {
            member->running = false;
            *to_stop |= bit;
        }
    }
    if (SUCCEEDED(hr) && *to_stop) group_command_add(group, MESourceStopped, *to_stop, true);
    LeaveCriticalSection(&group->host->lock);
    return hr;
}

static HRESULT start_child(struct group_member *member, bool fresh, const GUID *format, const PROPVARIANT *position,
                           bool relative)
{
    PROPVARIANT moved = {.vt = VT_I8};
    HRESULT hr = source_child_listen(member->child);

    if (FAILED(hr)) return hr;
    /* A child that another group has played is to begin, not to go on where that was. */
    if (fresh && position->vt == VT_EMPTY && (member->media_start || member->child->started))
    {
        moved.hVal.QuadPart = member->media_start;
        position = &moved;
    }
    else if (relative && position->vt == VT_I8)
    {
        moved.hVal.QuadPart = member->media_start + position->hVal.QuadPart;
        position = &moved;
    }
    member->child->started = true;
    return IMFMediaSource_Start(member->child->source, member->descriptor, format, position);
}

/* Stops the children of `members`; one that cannot be stopped is not waited for. */
static void stop_children(struct source_group *group, UINT64 members)
{
    HRESULT hr;

    for (DWORD i = 0; i < group->member_count; i++)
    {
        if (!(members & 1ull << i)) continue;
        hr = IMFMediaSource_Stop(group->members[i].child->source);
        if (FAILED(hr)) CORK_WARN("source %p: %#lx\n", (void *)group->members[i].child->source, (unsigned long)hr);
    }
}

void source_group_stop_running(struct source_group *group)
{
    UINT64 running = 0;

    EnterCriticalSection(&group->host->lock);
    for (DWORD i = 0; i < group->member_count; i++)
    {
        if (group->members[i].running && group->members[i].child->group == group) running |= 1ull << i;
        group->members[i].running = false;
    }
    if (running) group_command_add(group, MESourceStopped, running, true);
    LeaveCriticalSection(&group->host->lock);
    stop_children(group, running);
}

HRESULT source_group_start(struct source_group *group, IMFPresentationDescriptor *descriptor, const GUID *format,
                           const PROPVARIANT *position, bool relative)
{
    UINT64 selected, fresh, to_stop;
    struct group_command *command;
    HRESULT hr = select_streams(group, descriptor, &selected);

    if (SUCCEEDED(hr)) hr = begin_start(group, selected, &fresh, &to_stop, &command);
    if (FAILED(hr)) return hr;
    stop_children(group, to_stop);

    for (DWORD i = 0; i < group->member_count; i++)
    {
        if (!(selected & 1ull << i)) continue;
        hr = start_child(&group->members[i], fresh & 1ull << i, format, position, relative);
        if (SUCCEEDED(hr)) continue;

        CORK_WARN("source %p: %#lx\n", (void *)group->members[i].child->source, (unsigned long)hr);
        EnterCriticalSection(&group->host->lock);
        group->members[i].running = false;
        group_command_forget(group, command, i);
        for (DWORD j = i + 1; j < group->member_count; j++)
            if (fresh & 1ull << j) group->members[j].running = false;
        LeaveCriticalSection(&group->host->lock);
        source_group_stop_running(group);
        return hr;
    }
    return S_OK;
}

/* ---- Stop, Pause, end ------------------------------------------------------------------------------------------ */

/* A command to the children that play. Where none does, it is done at once. */
static HRESULT command(struct source_group *group, MediaEventType answer)
{
    struct group_command *command = NULL;
    UINT64 running = 0;
    HRESULT hr = S_OK;

    EnterCriticalSection(&group->host->lock);
    for (DWORD i = 0; i < group->member_count; i++)
    {
        if (group->members[i].running && group->members[i].child->group == group) running |= 1ull << i;
        if (answer == MESourceStopped) group->members[i].running = false;
    }
    if (!running)
        source_host_queue(group->host, answer, S_OK, NULL);
    else if (!(command = group_command_add(group, answer, running, false)))
        hr = E_OUTOFMEMORY;
    LeaveCriticalSection(&group->host->lock);

    for (DWORD i = 0; SUCCEEDED(hr) && i < group->member_count; i++)
    {
        IMFMediaSource *source = group->members[i].child->source;

        if (!(running & 1ull << i)) continue;
        hr = answer == MESourceStopped ? IMFMediaSource_Stop(source) : IMFMediaSource_Pause(source);
        if (SUCCEEDED(hr)) continue;
        EnterCriticalSection(&group->host->lock);
        group_command_forget(group, command, i);
        LeaveCriticalSection(&group->host->lock);
    }
    return hr;
}

HRESULT source_group_stop(struct source_group *group)
{
    return command(group, MESourceStopped);
}

HRESULT source_group_pause(struct source_group *group)
{
    return command(group, MESourcePaused);
}

void source_group_end(struct source_group *group, bool end_streams)
{
    EnterCriticalSection(&group->host->lock);
    for (DWORD i = 0; end_streams && i < group->member_count; i++)
    {
        struct source_child *child = group->members[i].child;

        if (!group->members[i].running || child->group != group) continue;
        for (struct native_stream *stream = child->streams; stream; stream = stream->next)
        {
            if (stream->ended || !stream->outer) continue;
            stream->ended = true;
            IMFMediaEventQueue_QueueEventParamVar(stream->outer->queue, MEEndOfStream, &GUID_NULL, S_OK, NULL);
        }
    }
    LeaveCriticalSection(&group->host->lock);
    source_group_stop_running(group);
}
