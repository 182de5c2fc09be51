/*
 * The test rig of the media session: a media source, a transform, a media sink, a quality manager and a topology loader
 * of the tests' own, that record every call and fail, or answer late or never, where they are told to.
 *
 * In five lines:
 *
 *     struct rig *rig = rig_new(&api);                          api: the DLL's functions, rig_load_api
 *     IMFMediaSource *source = rig_source(rig, &(struct rig_source_options){.name = "source", .samples = 10});
 *     IMFMediaSink *sink = rig_sink(rig, &(struct rig_sink_options){.name = "sink"});
 *     struct rig_player *player = rig_player(rig, rig_topology(rig, source, NULL, sink));     a session that has it set
 *     rig_play(player); rig_wait(player, MESessionEnded); rig_close(player); ... rig_end(rig) == 0: nothing leaked
 *
 * Every object that a function here returns is the caller's to release unless its comment says otherwise. All functions
 * may be called on any thread. Times are in units of 100 ns, as everywhere in Media Foundation.
 *
 * Names. A component has the name in its options ("source"), its streams that and their number ("source:0", "sink:1").
 * A call is named "source:0.RequestSample", "sink.OnClockStart", "transform.ProcessInput", "loader.Load",
 * "quality.NotifyTopology". Calls of AddRef, Release and QueryInterface are not recorded.
 */
#ifndef CORK_TESTS_CONFORMANCE_MF_RIG_H
#define CORK_TESTS_CONFORMANCE_MF_RIG_H

#define COBJMACROS
#include <windows.h>
#include <mfapi.h>
#include <mfidl.h>
#include <mferror.h>
#include <mftransform.h>

enum
{
    RIG_STREAMS = 64,      /* of one component, at most */
    RIG_PATIENCE = 20000,  /* milliseconds until a wait gives up: only reached when something hangs */
    RIG_SECOND = 10000000, /* in units of 100 ns */
    RIG_NAME = 32
};

/* ---- The DLL under test ----------------------------------------------------------------------------------------- */

/* The functions of mf.dll that the rig calls itself. */
struct rig_api
{
    HMODULE module;
    HRESULT(WINAPI *create_session)(IMFAttributes *configuration, IMFMediaSession **session);
    HRESULT(WINAPI *create_topology)(IMFTopology **topology);
    HRESULT(WINAPI *create_node)(MF_TOPOLOGY_TYPE type, IMFTopologyNode **node);
    HRESULT(WINAPI *create_loader)(IMFTopoLoader **loader);
};

/* Fills in the functions of the DLL (L"mf.dll", L"mf_next.dll"). FALSE where it or one of them is not there. */
BOOL rig_load_api(struct rig_api *api, const WCHAR *dll);

/* ---- The rig ---------------------------------------------------------------------------------------------------- */

struct rig;

/* A new rig, nothing recorded, nothing to fail. MFStartup has to have been called. `api` has to stay. */
struct rig *rig_new(const struct rig_api *api);
const struct rig_api *rig_get_api(const struct rig *rig);

/* Waits until every object of the rig is destroyed, at most RIG_PATIENCE ms; frees the rig and returns 0, or writes the
 * names of what is left into `leaked` (size characters, may be NULL) and returns how many there are (the rig stays, for
 * whoever still calls them). Late answers that were not released are let go of first. */
unsigned rig_end(struct rig *rig, char *leaked, size_t size);
/* How many objects (components, streams, type handlers, buffers) exist now. */
unsigned rig_living(struct rig *rig);

/* ---- The record ------------------------------------------------------------------------------------------------- */

struct rig_call
{
    char component[RIG_NAME]; /* "source:0" */
    const char *method;       /* "RequestSample" */
    DWORD thread;
    HRESULT result;     /* what it was told to return: S_OK or the fault's code; the call's own errors are not in it */
    LONGLONG argument;  /* a time, a rate x 1000, a stream, a message: what the method has of it */
    unsigned of_method; /* its number among the calls of this component and method, from 1 */
};

/* Recording is on in a new rig; a bench turns it off (faults then have no effect either). */
void rig_record(struct rig *rig, BOOL on);
/* How many calls there were. */
unsigned rig_calls(struct rig *rig);
/* Copies call number `index`, from 0, in the order in which they began. FALSE beyond the last one. */
BOOL rig_call(struct rig *rig, unsigned index, struct rig_call *call);
/* How many calls "component.Method" had; "*.Method" counts those of all components. */
unsigned rig_count(struct rig *rig, const char *name);
/* The index of the number'th (from 1) call of that name, or -1. */
int rig_find(struct rig *rig, const char *name, unsigned number);
/* Whether a call of the first name came before one of the second (the first of each; both have to be there). */
BOOL rig_before(struct rig *rig, const char *first, const char *second);
/* Waits for the number'th call of that name, at most RIG_PATIENCE ms. */
BOOL rig_wait_call(struct rig *rig, const char *name, unsigned number);
/* Forgets the calls so far; numbers begin at 1 again. */
void rig_forget(struct rig *rig);
/* Writes the record to stdout as TAP comments. */
void rig_print(struct rig *rig);

/* ---- Faults ----------------------------------------------------------------------------------------------------- */

enum rig_manner
{
    RIG_FAIL,        /* the call does nothing and returns the code */
    RIG_FAIL_ANSWER, /* the call returns S_OK, and its answer (event, callback) has the code; without one: as RIG_FAIL
                      */
    RIG_LATE,        /* the answer comes when rig_release is called; without one: as RIG_BLOCK */
    RIG_NEVER,       /* the call returns S_OK and its answer never comes; without one: nothing happens */
    RIG_BLOCK        /* the call itself returns only after rig_release, then does its work */
};

/* Has call number `number` (from 1; 0: every one) of "component.Method" ("*.Method": of any component, counted for each
 * by itself) fail in this manner. Up to 32 faults at a time.
 *
 * What answers by an event or callback: source.Start, Pause, Stop (MESourceStarted ...); stream.RequestSample
 * (MEMediaSample); sink stream: OnClockStart, OnClockRestart, OnClockPause, OnClockStop, OnClockSetRate, NotifyPreroll
 * of the sink (MEStreamSinkStarted ... of each stream; after RIG_FAIL_ANSWER: MEError of the first one where the event
 * has no status of its own), stream sink PlaceMarker (MEStreamSinkMarker), ProcessSample (the next
 * MEStreamSinkRequestSample), sink.BeginFinalize (the callback; RIG_FAIL_ANSWER: EndFinalize's code),
 * loader.Load (none), asynchronous transform ProcessInput, ProcessOutput and ProcessMessage (METransform...). */
void rig_fault(struct rig *rig, const char *name, unsigned number, enum rig_manner manner, HRESULT code);
/* Has the number'th (from 1) of all calls, whichever it is, fail. */
void rig_fault_any(struct rig *rig, unsigned number, enum rig_manner manner, HRESULT code);
/* Nothing fails any more. */
void rig_no_faults(struct rig *rig);
/* How often a fault was met. */
unsigned rig_faults_met(struct rig *rig);
/* Sends the late answers and lets blocked calls go on; later ones of the same faults are not held. */
void rig_release(struct rig *rig);

/* ---- Media types and samples ------------------------------------------------------------------------------------ */

/* PCM of 16 bit. */
IMFMediaType *rig_audio_type(unsigned rate, unsigned channels);
/* RGB32 of that size at 25 frames a second. */
IMFMediaType *rig_video_type(unsigned width, unsigned height);

/* The first bytes of each sample that the rig's source makes, so that a sink can say what it got. */
struct rig_sample_header
{
    DWORD stream;
    DWORD number; /* from 0, of the position in the presentation: time / sample duration */
};

/* ---- Media source ----------------------------------------------------------------------------------------------- */

/* Options; what is 0 has the default. Implements IMFMediaSource and IMFMediaStream; IMFGetService with the rate service
 * and, where asked, IMFRateControl and IMFRateSupport. */
struct rig_source_options
{
    const char *name;                 /* "source" */
    unsigned streams;                 /* 1 */
    IMFMediaType *types[RIG_STREAMS]; /* of the streams; NULL: rig_audio_type(44100, 2). Referenced by the source. */
    unsigned samples;                 /* of each stream; 0: endless */
    BOOL ends_early;                  /* MEEndOfStream follows the last sample; else it answers the request after it */
    LONGLONG sample_duration;         /* a hundredth of a second */
    unsigned key_distance;            /* it can go to each so-manieth sample only, and goes to one before; 0: to any */
    DWORD sample_size;                /* bytes; 64, at least 8 */
    DWORD characteristics;  /* MFMEDIASOURCE_*; 0: CAN_SEEK | CAN_PAUSE; for none at all: RIG_NO_CHARACTERISTICS */
    BOOL live;              /* MFMEDIASOURCE_IS_LIVE, neither pauses nor seeks */
    BOOL rates;             /* offers IMFRateSupport and IMFRateControl */
    float slowest, fastest; /* rates: 0 and 8 where both are 0; reverse from -fastest on where `reverse` */
    BOOL reverse, thinning;
    unsigned change_at;        /* number of the sample before which every stream changes its format; 0: none */
    IMFMediaType *change_type; /* to this type (MEStreamFormatChanged). Referenced by the source. */
};

#define RIG_NO_CHARACTERISTICS 0x80000000u

IMFMediaSource *rig_source(struct rig *rig, const struct rig_source_options *options);

/* ---- Transform -------------------------------------------------------------------------------------------------- */

/* Passes samples on. Output j has the samples of input j % inputs, so one input and two outputs is a tee, and as many
 * inputs as outputs are pass-throughs side by side. */
struct rig_transform_options
{
    const char *name;          /* "transform" */
    unsigned inputs, outputs;  /* 1 and 1; fixed, with identifiers 0, 1 ... */
    BOOL asynchronous;         /* an asynchronous MFT: MF_TRANSFORM_ASYNC, IMFMediaEventGenerator, IMFShutdown */
    BOOL caller_allocates;     /* the caller supplies output samples, data are copied; else it provides samples */
    BOOL consumes_clock;       /* IMFClockConsumer */
    unsigned hold;             /* samples that it keeps back until it is drained, as a decoder does */
    unsigned change_at;        /* number of the output sample before which it changes its format; 0: none */
    IMFMediaType *change_type; /* to this type (MF_E_TRANSFORM_STREAM_CHANGE). Referenced by the transform. */
    IMFMediaType *input_type, *output_type; /* the only one taken; NULL: any input, and as output what the input has */
    DWORD sample_size;                      /* GetOutputStreamInfo's cbSize; 4096 */
};

IMFTransform *rig_transform(struct rig *rig, const struct rig_transform_options *options);

/* ---- Media sink ------------------------------------------------------------------------------------------------- */

/* Implements IMFMediaSink, IMFClockStateSink and IMFStreamSink, IMFMediaTypeHandler; more where asked. Requests `depth`
 * samples at the start and one more for each that it has consumed. Rateless: consumes at once. Clocked: when the
 * presentation clock has reached the sample's time. */
struct rig_sink_options
{
    const char *name;   /* "sink" */
    unsigned streams;   /* 1 */
    IMFMediaType *type; /* the only one taken; NULL: any. Referenced by the sink. */
    BOOL clocked;       /* else rateless: MEDIASINK_RATELESS */
    unsigned preroll;   /* samples to ask for at NotifyPreroll; 0: no IMFMediaSinkPreroll */
    BOOL finalizable;   /* IMFFinalizableMediaSink */
    BOOL rates;         /* IMFGetService offers IMFRateSupport */
    float slowest, fastest;
    BOOL allocates;        /* each stream offers an allocator as a video sink does, "allocator" in the record */
    unsigned depth;        /* 2 */
    DWORD characteristics; /* or'ed to MEDIASINK_FIXED_STREAMS and what follows from the above */
    /* Called with each sample in ProcessSample, on the session's thread; may be NULL. */
    void (*consume)(void *context, unsigned stream, IMFSample *sample);
    void *context;
};

IMFMediaSink *rig_sink(struct rig *rig, const struct rig_sink_options *options);

/* The allocator of a video sink: calls are recorded, InitializeSampleAllocator with the width in pixels, "Empty" is an
 * AllocateSample that found none. NULL: mfplat has none. */
IMFVideoSampleAllocator *rig_allocator(struct rig *rig, const char *name);
/* Whether the sample is one of the last 16 that the allocator has handed out. */
BOOL rig_is_allocated(IMFVideoSampleAllocator *allocator, IMFSample *sample);

/* What stream `stream` of the sink has got. */
struct rig_sink_state
{
    unsigned samples, markers, flushes;
    LONGLONG first_time, last_time; /* of samples */
    unsigned allocated;             /* samples of the stream's allocator */
    unsigned in_order;              /* samples whose header has the number that follows on the one before */
    BOOL shut_down, finalized, running;
    IMFMediaType *type; /* the caller's to release; NULL: none is set */
};
void rig_sink_state(IMFMediaSink *sink, unsigned stream, struct rig_sink_state *state);
/* Waits until the stream has had so many samples in all. */
BOOL rig_sink_wait(IMFMediaSink *sink, unsigned stream, unsigned samples);

/* What the application does after MESessionClosed: shuts down and releases the source and the sink (either may be
 * NULL), unrecorded and without faults. */
void rig_finish(struct rig *rig, IMFMediaSource *source, IMFMediaSink *sink);

/* ---- Topology loader and quality manager ------------------------------------------------------------------------ */

/* Loads by the DLL's own topology loader where `resolve`; else hands the topology back as it is. */
IMFTopoLoader *rig_loader(struct rig *rig, const char *name, BOOL resolve);

/* Records; the argument of NotifyProcessInput and -Output is the input's or output's number. */
IMFQualityManager *rig_quality_manager(struct rig *rig, const char *name);

/* Offers the object as what CoCreateInstance makes for this CLSID, in this process: a session has its loader and
 * quality manager by CLSID (MF_SESSION_TOPOLOADER, MF_SESSION_QUALITY_MANAGER). COM has to be initialized. Returns what
 * CoRevokeClassObject takes, to be called before rig_end; 0: it failed. */
DWORD rig_offer(struct rig *rig, REFCLSID id, IUnknown *object);

/* ---- Topologies ------------------------------------------------------------------------------------------------- */

/* A full topology of one source node for each stream (all selected), to a transform node if `transform`, to an output
 * node for the sink's stream of the same number. The source's streams beyond the sink's are left out. NULL on an error
 * (a component's fault). */
IMFTopology *rig_topology(struct rig *rig, IMFMediaSource *source, IMFTransform *transform, IMFMediaSink *sink);
/* Further branches, or a topology by hand. Nodes are added to the topology and the caller's to release; NULL: error. */
IMFTopologyNode *rig_source_node(struct rig *rig, IMFTopology *topology, IMFMediaSource *source, unsigned stream);
IMFTopologyNode *rig_output_node(struct rig *rig, IMFTopology *topology, IMFMediaSink *sink, unsigned stream);
IMFTopologyNode *rig_transform_node(struct rig *rig, IMFTopology *topology, IMFTransform *transform);
IMFTopologyNode *rig_tee_node(struct rig *rig, IMFTopology *topology);

/* ---- A session and its events ----------------------------------------------------------------------------------- */

/* A session whose events are all recorded, by a callback that asks for the next one until MESessionClosed. */
struct rig_player;

struct rig_event
{
    MediaEventType type;
    HRESULT status;
    LONGLONG value; /* of VT_I8, VT_UI4 ...; 0 */
    DWORD thread;
};

/* Makes a session with the configuration (may be NULL). NULL: MFCreateMediaSession or BeginGetEvent failed. */
struct rig_player *rig_player_new(struct rig *rig, IMFAttributes *configuration);
/* The same and SetTopology of the topology, which it releases (NULL: none). */
struct rig_player *rig_player(struct rig *rig, IMFTopology *topology);
IMFMediaSession *rig_session(struct rig_player *player); /* not the caller's to release */

/* How many events there have been; event number `index`. */
unsigned rig_events(struct rig_player *player);
BOOL rig_event(struct rig_player *player, unsigned index, struct rig_event *event);
/* How many of this type. */
unsigned rig_event_count(struct rig_player *player, MediaEventType type);
/* Waits for the next event of this type that no wait has returned yet, passing over others for good, at most
 * RIG_PATIENCE ms. Returns its status; RIG_NO_EVENT when none comes (also at once after an MEError or a failed event
 * for which nobody waited, when `type` is not what failed: those end the wait, since nothing will follow). */
#define RIG_NO_EVENT ((HRESULT)0xa0000001)
HRESULT rig_wait(struct rig_player *player, MediaEventType type);
/* The same, by another patience in ms, and it is not ended by failures. */
HRESULT rig_wait_long(struct rig_player *player, MediaEventType type, DWORD patience);

/* Session.Start at a position (rig_play: VT_EMPTY), Pause, Stop, SetRate: the call's own result. */
HRESULT rig_play(struct rig_player *player);
HRESULT rig_seek(struct rig_player *player, LONGLONG position);
HRESULT rig_set_rate(struct rig_player *player, BOOL thin, float rate);
/* Close, the wait for MESessionClosed, Shutdown, release of session and player. Returns the event's status or the
 * call's error, RIG_NO_EVENT when none came (session and player then stay: they may hang). The session's references
 * that are left afterwards go to *references (may be NULL). */
HRESULT rig_close(struct rig_player *player, ULONG *references);
/* Only Shutdown and the release of session and player; returns the session's references that are left. */
ULONG rig_player_release(struct rig_player *player);
/* Writes the events to stdout as TAP comments. */
void rig_print_events(struct rig_player *player);

#endif
