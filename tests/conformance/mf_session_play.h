/* What the groups about the media session share: a session on the rig's components. */
#ifndef CORK_TESTS_MF_SESSION_PLAY_H
#define CORK_TESTS_MF_SESSION_PLAY_H

#include "mf_test.h"
#include "mf_rig.h"

/* A source, a sink and a session with their topology. */
struct play
{
    struct rig *rig;
    IMFMediaSource *source;
    IMFMediaSink *sink;
    struct rig_player *player;
    IMFMediaSession *session; /* the player's */
};

/* The rig that tests make their components in. */
struct rig *play_rig(void);

/* Makes all of it, with `samples` of a hundredth of a second (0: endless) into a sink that the clock paces where
 * `clocked`; and sets the topology (full, not resolved) where `set`. Returns 0 and notes what failed. */
int play_new(struct play *play, unsigned samples, BOOL clocked, BOOL set);
/* The same on components that are there: takes over the references to source and sink, which may be NULL. */
int play_on(struct play *play, struct rig *rig, IMFMediaSource *source, IMFMediaSink *sink, BOOL set);

/* Sets a further topology of the same source and sink. Returns SetTopology's result. */
HRESULT play_set(struct play *play, DWORD flags);

/* Start and the wait for MESessionStarted: its status. */
HRESULT play_start(struct play *play);

/* Close, MESessionClosed, Shutdown, the release of everything. Returns whether MESessionClosed had `status`, no
 * reference to the session and no object of the rig is left. */
int play_end(struct play *play, HRESULT status);
/* Releases what the tests have and ends the rig, where the session was closed or shut down by the test. */
int play_drop(struct play *play);

/* A further event that was recorded, by number among those of its type, from 0; *event is the player's record. */
int play_event(struct play *play, MediaEventType type, unsigned number, struct rig_event *event);
/* Whether the first event of one type came before the first of another; both have to have come. */
int play_before(struct play *play, MediaEventType first, MediaEventType second);

#endif
