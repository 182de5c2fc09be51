/* tone.exe: the parts of a program that plays a tone through a media session and measures what comes out. */
#ifndef CORK_TONE_H
#define CORK_TONE_H

#define COBJMACROS
#include <mf_more.h>

#define TONE_RATE 44100 /* frames a second; one channel of 16 bits */

/* Makes a media source of a tone: `frequency` in Hz, `seconds` long, its peak at half of full scale (-6 dBFS). It is
 * the caller's. */
HRESULT tone_source(double frequency, double seconds, IMFMediaSource **source);

/* What has been measured of the samples so far. */
struct measure
{
    unsigned frames, crossings; /* upward through zero */
    int last, peak;
    LONGLONG end; /* of the last sample, 100 ns */
};

/* A sample grabber's callback that measures what it is given. It counts no references: it lasts as long as the
 * program. */
struct grabber
{
    IMFSampleGrabberSinkCallback IMFSampleGrabberSinkCallback_iface;
    struct measure measure;
};
void grabber_init(struct grabber *grabber);

#endif
