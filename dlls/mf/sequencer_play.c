/* How the segments of a sequencer source are started, end, and follow each other. See sequencer_private.h. */
#define COBJMACROS
#include "common/trace.h"
#include "mf/segment_offset.h"
#include "mf/sequencer_private.h"

CORK_TRACE_CHANNEL(mf);

struct segment *sequencer_find(struct sequencer *sequencer, IMFPresentationDescriptor *descriptor)
{
    UINT64 serial;

    if (FAILED(IMFPresentationDescriptor_GetUINT64(descriptor, &segment_serial_attribute, &serial))) return NULL;
    for (struct segment *segment = sequencer->segments; segment; segment = segment->next)
        if (segment->serial == serial) return segment;
    return NULL;
}

struct segment *sequencer_find_id(struct sequencer *sequencer, MFSequencerElementId id)
{
    for (struct segment *segment = sequencer->segments; segment; segment = segment->next)
        if (segment->id == id && !segment->deleted) return segment;
    return NULL;
}

void sequencer_announce(struct sequencer *sequencer, struct segment *segment)
{
    PROPVARIANT value = {.vt = VT_UNKNOWN, .punkVal = (IUnknown *)source_group_descriptor(segment->group)};

    segment->announced = true;
    segment->canceled = segment->ended = segment->presentation_ended = false;
    source_host_queue(&sequencer->host, MENewPresentation, S_OK, &value);
}

void sequencer_announce_next(struct sequencer *sequencer)
{
    struct segment *active = sequencer->active, *next;

    if (!active || active->canceled || active->flags & SequencerTopologyFlags_Last) return;
    for (next = active->next; next && next->deleted;)
        next = next->next;
    if (next && !next->announced) sequencer_announce(sequencer, next);
}

void sequencer_segment_ended(struct sequencer *sequencer, struct segment *segment, bool canceled)
{
    /* A segment that is left for another one is not the presentation's end, one that was deleted may be. */
    bool last = segment->flags & SequencerTopologyFlags_Last && (!canceled || segment->deleted);
    MediaEventType type = last ? MEEndOfPresentation : MEEndOfPresentationSegment;
    IMFMediaEvent *event;
    HRESULT hr;

    segment->playing = false;
    segment->ended = true;
    segment->presentation_ended = last;
    hr = MFCreateMediaEvent(type, &GUID_NULL, S_OK, NULL, &event);
    if (SUCCEEDED(hr) && canceled) hr = IMFMediaEvent_SetUINT32(event, &MF_EVENT_SOURCE_TOPOLOGY_CANCELED, TRUE);
    if (SUCCEEDED(hr)) hr = IMFMediaEventQueue_QueueEvent(sequencer->host.queue, event);
    if (FAILED(hr)) CORK_WARN("the end of segment %lu is lost: %#lx\n", segment->id, (unsigned long)hr);
    if (event) IMFMediaEvent_Release(event);
}

static void unlink_segment(struct sequencer *sequencer, struct segment *segment)
{
    struct segment **place = &sequencer->segments;

    while (*place != segment)
        place = &(*place)->next;
    *place = segment->next;
}

struct segment *sequencer_remove(struct sequencer *sequencer, struct segment *segment)
{
    segment->deleted = true;
    if (segment->playing)
        segment->canceled = segment->cancel_now = true;
    else if (segment->announced && !segment->ended)
        segment->canceled = true;
    else if (segment != sequencer->active)
    {
        unlink_segment(sequencer, segment);
        return segment;
    }
    return NULL;
}

/* ---- Start ----------------------------------------------------------------------------------------------------- */

/* What a Start comes to. */
struct start
{
    struct segment *segment;
    struct source_group *group; /* referenced */
    struct source_group *left;  /* of the segment that was active, referenced; or NULL */
    const GUID *format;
    PROPVARIANT position;
    bool relative, canceled;
};

/* A position in another segment: the session is told of it, and what it has now ends as soon as it is started. */
static void jump(struct sequencer *sequencer, struct segment *target, MFTIME offset)
{
    for (struct segment *segment = sequencer->segments; segment; segment = segment->next)
        if (segment != target && segment->announced && !segment->ended) segment->canceled = true;
    target->has_offset = true;
    target->offset = offset;
    sequencer_announce(sequencer, target);
}

static HRESULT resolve_position(struct sequencer *sequencer, struct start *start)
{
    MFSequencerElementId id;
    struct segment *target;
    MFTIME offset;
    HRESULT hr;

    if (!start->format || !IsEqualGUID(start->format, &MF_TIME_FORMAT_SEGMENT_OFFSET)) return S_OK;
    hr = segment_offset_read(&start->position, &id, &offset);
    if (FAILED(hr)) return hr;
    target = sequencer_find_id(sequencer, id);
    if (!target) return MF_E_INVALID_POSITION;

    start->format = NULL;
    start->position = (PROPVARIANT){.vt = VT_EMPTY};
    if (target != start->segment)
    {
        jump(sequencer, target, offset);
        start->segment->canceled = true;
        return S_OK;
    }
    target->has_offset = true;
    target->offset = offset;
    return S_OK;
}

/* What comes before the active segment has been played, and is told of again should the session come back to it. */
static void forget_earlier(struct sequencer *sequencer)
{
    for (struct segment *segment = sequencer->segments; segment && segment != sequencer->active;
         segment = segment->next)
        if (!segment->deleted && !segment->canceled) segment->announced = false;
}

static void activate(struct sequencer *sequencer, struct start *start)
{
    struct segment *segment = start->segment, *active = sequencer->active;

    start->group = segment->group;
    source_group_addref(start->group);
    if (active && active != segment)
    {
        start->left = active->group;
        source_group_addref(start->left);
        active->playing = false;
    }
    sequencer->active = segment;
    segment->announced = true;
    if (segment->ended) segment->canceled = segment->deleted;
    segment->ended = segment->presentation_ended = false;
    start->canceled = segment->canceled;
    segment->answer_offset = segment->has_offset;
    segment->answer_empty = !segment->has_offset && start->position.vt == VT_EMPTY;
    if (segment->has_offset)
    {
        start->position = (PROPVARIANT){.vt = VT_I8, .hVal.QuadPart = segment->offset};
        start->relative = true;
    }
    segment->has_offset = false;
    if (!start->canceled) forget_earlier(sequencer);
}

/* Segments that nobody will ask for again. */
static struct segment *take_dead(struct sequencer *sequencer)
{
    struct segment *dead = NULL, *segment, **place = &sequencer->segments;

    while ((segment = *place))
    {
        if (!segment->deleted || !segment->ended || segment == sequencer->active)
        {
            place = &segment->next;
            continue;
        }
        *place = segment->next;
        segment->next = dead;
        dead = segment;
    }
    return dead;
}

/* The group is being started. Where it plays already and is to be canceled, that is the answer. */
static HRESULT start_group(struct sequencer *sequencer, struct start *start, IMFPresentationDescriptor *descriptor)
{
    struct segment *segment = start->segment;
    bool playing;
    HRESULT hr;

    EnterCriticalSection(&sequencer->host.lock);
    playing = segment->playing;
    segment->playing = true;
    if (start->canceled && playing)
    {
        source_host_queue(&sequencer->host, MESourceStarted, S_OK, NULL);
        segment->cancel_now = true;
    }
    LeaveCriticalSection(&sequencer->host.lock);
    if (start->canceled && playing) return S_OK;

    hr = source_group_start(start->group, descriptor, start->format, &start->position, start->relative);
    if (FAILED(hr))
    {
        EnterCriticalSection(&sequencer->host.lock);
        segment->playing = false;
        LeaveCriticalSection(&sequencer->host.lock);
    }
    return hr;
}

HRESULT sequencer_start(struct source_host *host, IMFPresentationDescriptor *descriptor, const GUID *format,
                        const PROPVARIANT *position)
{
    struct sequencer *sequencer = sequencer_from_host(host);
    struct start start = {.format = format, .position = *position};
    struct segment *dead = NULL, *next;
    HRESULT hr;

    EnterCriticalSection(&host->lock);
    start.segment = sequencer_find(sequencer, descriptor);
    hr = start.segment ? resolve_position(sequencer, &start) : E_INVALIDARG;
    if (SUCCEEDED(hr))
    {
        activate(sequencer, &start);
        sequencer_announce_next(sequencer);
        dead = take_dead(sequencer);
    }
    LeaveCriticalSection(&host->lock);
    for (; dead; dead = next)
    {
        next = dead->next;
        segment_destroy(dead);
    }
    if (FAILED(hr)) return hr;

    if (start.left)
    {
        source_group_end(start.left, false);
        source_group_release(start.left);
    }
    hr = start_group(sequencer, &start, descriptor);
    source_group_release(start.group);
    sequencer_after(host);
    return hr;
}

/* ---- What the sources report ------------------------------------------------------------------------------------- */

/* The answer to a Start, with the position that the session knows: not where a source begins in its own file. */
static void started(struct sequencer *sequencer, struct segment *segment, IMFMediaEvent *event, MediaEventType type)
{
    PROPVARIANT value = {.vt = VT_EMPTY};
    HRESULT status = S_OK;

    IMFMediaEvent_GetStatus(event, &status);
    if (SUCCEEDED(status) && (segment->answer_empty || segment->answer_offset))
    {
        if (segment->answer_offset) value = (PROPVARIANT){.vt = VT_I8, .hVal.QuadPart = segment->offset};
        source_host_queue(&sequencer->host, type, S_OK, &value);
    }
    else
        IMFMediaEventQueue_QueueEvent(sequencer->host.queue, event);
    segment->answer_empty = segment->answer_offset = false;
    if (FAILED(status))
        segment->playing = false;
    else if (segment->canceled)
        segment->cancel_now = true;
}

void sequencer_report(struct source_host *host, struct source_group *group, IMFMediaEvent *event, MediaEventType type)
{
    struct sequencer *sequencer = sequencer_from_host(host);
    struct segment *segment = sequencer->segments;

    while (segment && segment->group != group)
        segment = segment->next;
    if (!segment || segment != sequencer->active) return;

    switch (type)
    {
    case MESourceStarted:
    case MESourceSeeked:
        started(sequencer, segment, event, type);
        break;
    case MESourceStopped:
        segment->playing = false;
        IMFMediaEventQueue_QueueEvent(host->queue, event);
        break;
    case MEEndOfPresentation:
        if (segment->playing && !segment->cancel_now) sequencer_segment_ended(sequencer, segment, false);
        break;
    default:
        IMFMediaEventQueue_QueueEvent(host->queue, event);
        break;
    }
}

/* Ends the segments that were canceled: its streams end, the sources stop, the session is told. */
void sequencer_after(struct source_host *host)
{
    struct sequencer *sequencer = sequencer_from_host(host);
    struct source_group *group;
    struct segment *segment;
    UINT64 serial = 0;

    for (;;)
    {
        group = NULL;
        EnterCriticalSection(&host->lock);
        for (segment = sequencer->segments; segment && !segment->cancel_now;)
            segment = segment->next;
        if (segment)
        {
            segment->cancel_now = false;
            serial = segment->serial;
            group = segment->group;
            source_group_addref(group);
        }
        LeaveCriticalSection(&host->lock);
        if (!group) return;

        source_group_end(group, true);
        EnterCriticalSection(&host->lock);
        for (segment = sequencer->segments; segment && segment->serial != serial;)
            segment = segment->next;
        if (segment && segment->playing) sequencer_segment_ended(sequencer, segment, true);
        LeaveCriticalSection(&host->lock);
        source_group_release(group);
    }
}
