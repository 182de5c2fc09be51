/* What the groups about the sample grabber sink share: a sink with its clock, and the application's callback. */
#ifndef CORK_TESTS_MF_SAMPLE_GRABBER_SUPPORT_H
#define CORK_TESTS_MF_SAMPLE_GRABBER_SUPPORT_H

#include "mf_clock_support.h"

#include <stdbool.h>

/* The application's callback: what is called goes to the journal. */
struct grabbed
{
    IMFSampleGrabberSinkCallback2 iface;
    struct journal *journal;
    bool second; /* it has IMFSampleGrabberSinkCallback2 */
    HANDLE hold, held;
    IMFMediaSink *shuts_down; /* inside OnProcessSample */
    DWORD flags, size;
    LONGLONG time, duration;
    GUID major;
    UINT32 attribute;
};

struct grabber
{
    struct journal journal, source_journal;
    struct source source;
    struct grabbed grabbed;
    IMFPresentationClock *clock;
    IMFActivate *activate;
    IMFMediaSink *sink;
    IMFStreamSink *stream;
    char events[1000];
};

enum
{
    RATELESS = 1,
    NO_CLOCK = 2,
    CALLBACK2 = 4
};

/* PCM audio, of any format. */
IMFMediaType *grabber_type(void);

/* `how`: of the flags above; `lead`: MF_SAMPLEGRABBERSINK_SAMPLE_TIME_OFFSET; 0: not set. */
void grabber_set_up(struct grabber *fixture, unsigned how, UINT64 lead);
/* Returns whether nothing was left over. */
int grabber_tear_down(struct grabber *fixture);

/* Starts the clock, and waits until the sink has asked for its samples. */
void grabber_start(struct grabber *fixture, LONGLONG offset);

/* A sample of 10 units from `time`, or (-1) without time and duration, that has one byte; and its way to the sink. */
IMFSample *grabber_sample(BYTE number, LONGLONG time);
HRESULT grabber_process(struct grabber *fixture, BYTE number, LONGLONG time);
HRESULT grabber_mark(struct grabber *fixture, MFSTREAMSINK_MARKER_TYPE type, int number);

/* Whether these events come, and then (a moment later) no others; they are then forgotten. */
int grabber_events_are(struct grabber *fixture, const char *expected);

#endif
