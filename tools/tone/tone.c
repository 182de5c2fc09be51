/*
 * tone.exe: makes a tone, plays it through a media session into a sample grabber, and says what came out.
 *
 *   tone [HERTZ [SECONDS]]      440 and 2 unless given
 *
 * Exit code 0: the session was opened, played to its end and closed, each as documented.
 */
#include "tone.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Waits for the session's event `wanted`; an event with an error ends that. */
static HRESULT wait_for(IMFMediaSession *session, MediaEventType wanted)
{
    MediaEventType type = MEUnknown;
    HRESULT result = S_OK, status = S_OK;

    while (SUCCEEDED(result) && SUCCEEDED(status) && type != wanted)
    {
        IMFMediaEvent *event = NULL;

        result = IMFMediaSession_GetEvent(session, 0, &event);
        if (FAILED(result)) break;
        IMFMediaEvent_GetType(event, &type);
        IMFMediaEvent_GetStatus(event, &status);
        IMFMediaEvent_Release(event);
    }
    return FAILED(result) ? result : status;
}

/* Samples of one channel and 16 bits, as fast as they come. */
static HRESULT new_grabber(struct grabber *grabber, IMFActivate **activate)
{
    IMFMediaType *type = NULL;
    HRESULT result;

    grabber_init(grabber);
    result = MFCreateMediaType(&type);
    if (FAILED(result)) return result;
    IMFMediaType_SetGUID(type, &MF_MT_MAJOR_TYPE, &MFMediaType_Audio);
    IMFMediaType_SetGUID(type, &MF_MT_SUBTYPE, &MFAudioFormat_PCM);
    result = MFCreateSampleGrabberSinkActivate(type, &grabber->IMFSampleGrabberSinkCallback_iface, activate);
    if (SUCCEEDED(result)) result = IMFActivate_SetUINT32(*activate, &MF_SAMPLEGRABBERSINK_IGNORE_CLOCK, TRUE);
    IMFMediaType_Release(type);
    return result;
}

static HRESULT new_node(IMFTopology *topology, MF_TOPOLOGY_TYPE type, IMFTopologyNode **node)
{
    HRESULT result = MFCreateTopologyNode(type, node);

    return SUCCEEDED(result) ? IMFTopology_AddNode(topology, *node) : result;
}

/* The source's first stream to the grabber; what belongs between them the session finds. */
static HRESULT new_topology(IMFMediaSource *source, IMFActivate *grabber, IMFTopology **topology)
{
    IMFPresentationDescriptor *presentation = NULL;
    IMFStreamDescriptor *stream = NULL;
    IMFTopologyNode *from = NULL, *to = NULL;
    BOOL selected;
    HRESULT result = MFCreateTopology(topology);

    if (SUCCEEDED(result)) result = IMFMediaSource_CreatePresentationDescriptor(source, &presentation);
    if (SUCCEEDED(result))
        result = IMFPresentationDescriptor_GetStreamDescriptorByIndex(presentation, 0, &selected, &stream);
    if (SUCCEEDED(result)) result = new_node(*topology, MF_TOPOLOGY_SOURCESTREAM_NODE, &from);
    if (SUCCEEDED(result)) result = new_node(*topology, MF_TOPOLOGY_OUTPUT_NODE, &to);
    if (SUCCEEDED(result))
    {
        IMFTopologyNode_SetUnknown(from, &MF_TOPONODE_SOURCE, (IUnknown *)source);
        IMFTopologyNode_SetUnknown(from, &MF_TOPONODE_PRESENTATION_DESCRIPTOR, (IUnknown *)presentation);
        IMFTopologyNode_SetUnknown(from, &MF_TOPONODE_STREAM_DESCRIPTOR, (IUnknown *)stream);
        IMFTopologyNode_SetObject(to, (IUnknown *)grabber);
        result = IMFTopologyNode_ConnectOutput(from, 0, to, 0);
    }
    if (presentation) IMFPresentationDescriptor_Release(presentation);
    if (stream) IMFStreamDescriptor_Release(stream);
    if (from) IMFTopologyNode_Release(from);
    if (to) IMFTopologyNode_Release(to);
    return result;
}

static HRESULT play(IMFMediaSession *session, IMFTopology *topology)
{
    PROPVARIANT from_start = {.vt = VT_EMPTY};
    HRESULT result = IMFMediaSession_SetTopology(session, 0, topology);

    if (SUCCEEDED(result)) result = wait_for(session, MESessionTopologySet);
    if (SUCCEEDED(result)) result = IMFMediaSession_Start(session, &GUID_NULL, &from_start);
    if (SUCCEEDED(result)) result = wait_for(session, MESessionStarted);
    if (SUCCEEDED(result)) puts("started: MESessionStarted");
    if (SUCCEEDED(result)) result = wait_for(session, MESessionEnded);
    if (SUCCEEDED(result)) puts("played: MESessionEnded");
    return result;
}

static void print_measure(const struct measure *measure)
{
    printf("duration: %.3f s\n", (double)measure->frames / TONE_RATE);
    printf("level: %.1f dBFS\n", measure->peak ? 20 * log10(measure->peak / 32768.0) : -96.0);
    printf("frequency: %.0f Hz\n", measure->frames ? (double)measure->crossings * TONE_RATE / measure->frames : 0.0);
}

/* Everything between the opening and the closing of the session. */
static HRESULT run(double frequency, double seconds, IMFMediaSession *session, struct grabber *grabber)
{
    IMFMediaSource *source = NULL;
    IMFActivate *activate = NULL;
    IMFTopology *topology = NULL;
    HRESULT result = tone_source(frequency, seconds, &source);

    if (SUCCEEDED(result)) result = new_grabber(grabber, &activate);
    if (SUCCEEDED(result)) result = new_topology(source, activate, &topology);
    if (SUCCEEDED(result)) result = play(session, topology);
    if (SUCCEEDED(result)) print_measure(&grabber->measure);
    if (topology) IMFTopology_Release(topology);
    if (activate) IMFActivate_Release(activate);
    if (source) IMFMediaSource_Release(source);
    return result;
}

static HRESULT close_session(IMFMediaSession *session)
{
    HRESULT result = IMFMediaSession_Close(session);

    if (SUCCEEDED(result)) result = wait_for(session, MESessionClosed);
    if (SUCCEEDED(result)) puts("closed: MESessionClosed");
    IMFMediaSession_Shutdown(session);
    IMFMediaSession_Release(session);
    return result;
}

int main(int argc, char **argv)
{
    static struct grabber grabber;
    double frequency = argc > 1 ? atof(argv[1]) : 440, seconds = argc > 2 ? atof(argv[2]) : 2;
    IMFMediaSession *session = NULL;
    HRESULT result, closed;

    if (argc > 3 || frequency <= 0 || frequency >= TONE_RATE / 2.0 || seconds <= 0 || seconds > 600)
    {
        fprintf(stderr, "tone [HERTZ [SECONDS]]\n");
        return 2;
    }
    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    MFStartup(MF_VERSION, MFSTARTUP_FULL);
    result = MFCreateMediaSession(NULL, &session);
    if (SUCCEEDED(result))
    {
        puts("opened: a media session");
        result = run(frequency, seconds, session, &grabber);
        closed = close_session(session);
        if (SUCCEEDED(result)) result = closed;
    }
    if (FAILED(result)) fprintf(stderr, "tone: error %#lx\n", result);
    MFShutdown();
    return FAILED(result);
}
