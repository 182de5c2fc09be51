/* What the parts of source_group.h know of each other. All of it is guarded by the host's lock. */
#ifndef CORK_MF_SOURCE_GROUP_PRIVATE_H
#define CORK_MF_SOURCE_GROUP_PRIVATE_H

#include "mf/source_group.h"
#include "mf/source_stream.h"

/* A stream of a child, and who has it at the moment. */
struct native_stream
{
    struct native_stream *next;
    struct source_child *child;
    IMFMediaStream *stream;
    struct source_stream *outer; /* referenced; NULL: nobody */
    bool ended;                  /* since the last start */
};

struct source_child
{
    LONG refs;
    struct source_host *host; /* referenced while the child's events are taken */
    IMFMediaSource *source;
    struct source_group *group; /* whose the events are; not referenced */
    struct native_stream *streams;
    bool has_pump, started, is_shut_down;
};

/* A stream of the group's descriptor. */
struct group_stream
{
    DWORD member, id, native_id, native_index;
    IMFStreamDescriptor *descriptor, *native_descriptor;
    struct source_stream *outer; /* referenced; NULL until it was there */
};

struct group_member
{
    struct source_child *child;
    IMFPresentationDescriptor *descriptor;
    MFTIME media_start;
    bool running, ended, buffering;
};

/* A command that not all children have answered yet. */
struct group_command
{
    struct group_command *next;
    MediaEventType answer; /* MESourceStarted stands for MESourceSeeked too */
    UINT64 waiting;        /* a bit a member */
    IMFMediaEvent *event;  /* the answer so far */
    bool failed, silent;
};

struct source_group
{
    LONG refs;
    struct source_host *host;
    struct group_member *members;
    DWORD member_count, stream_count, buffering;
    struct group_stream *streams;
    IMFPresentationDescriptor *descriptor;
    struct group_command *commands, **last_command;
    bool stop_rest; /* a child failed to start: the others are to be stopped */
};

/* Stops what plays of the group, with nothing reported. Called without the lock. */
void source_group_stop_running(struct source_group *group);

/* Begins to take the child's events, where that has not begun. Called without the lock. */
HRESULT source_child_listen(struct source_child *child);

/* Adds a command that the members in `waiting` are to answer. NULL without memory. */
struct group_command *group_command_add(struct source_group *group, MediaEventType answer, UINT64 waiting, bool silent);
/* Takes a command out that will not be answered. */
void group_command_drop(struct source_group *group, struct group_command *command);
/* Silences a command that could not be given to `member` and those after it, and goes on waiting for the others. */
void group_command_forget(struct source_group *group, struct group_command *command, DWORD member);
/* No longer waits for `member`, whose answer was `event` (or NULL: none will come). Reports the command's end. */
void group_command_answer(struct source_group *group, struct group_command *command, DWORD member,
                          IMFMediaEvent *event);

#endif
