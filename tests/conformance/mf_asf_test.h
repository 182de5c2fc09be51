/* What the tests of mf.dll's ASF objects share: media types, profiles, and a small file that is made and read. */
#ifndef CORK_TESTS_MF_ASF_TEST_H
#define CORK_TESTS_MF_ASF_TEST_H

#include "mf_test.h"

#define ASF_MS          10000 /* 100 ns */
#define ASF_PACKET      512u
#define ASF_AUDIO       1
#define ASF_VIDEO       2
#define ASF_SAMPLES     40u /* of each stream */
#define ASF_SAMPLE_MS   100u
#define ASF_AUDIO_BYTES 200u
#define ASF_VIDEO_BYTES 900u /* more than a packet */
#define ASF_FILE_ROOM   (1u << 20)

/* Audio of format tag 0x161 with 10 bytes behind its format; video of FOURCC WMV3 with 4. */
IMFMediaType *asf_audio_type(void);
IMFMediaType *asf_video_type(void);
/* A new stream of a profile, not set on it. */
IMFASFStreamConfig *asf_new_stream(IMFASFProfile *profile, IMFMediaType *type, WORD number);
/* A profile of streams ASF_AUDIO and, if so, ASF_VIDEO, with packets of ASF_PACKET bytes and leaky buckets of 100
 * kbit/s and 3 s. */
IMFASFProfile *asf_new_profile(int video);
/* A content info object of such a profile. */
IMFASFContentInfo *asf_new_content(int video);
/* The byte at a place of a sample. */
BYTE asf_byte(WORD stream, UINT32 sample, UINT32 at);
/* Sample `number` of a stream, at number * ASF_SAMPLE_MS; every tenth video sample is a key frame. */
IMFSample *asf_sample(WORD stream, UINT32 number);
/* A media buffer with a copy of bytes. */
IMFMediaBuffer *asf_buffer(const void *data, DWORD size);

/* A file as it is made. */
struct asf_made
{
    BYTE *data;         /* ASF_FILE_ROOM bytes; free it */
    DWORD size, header; /* header: with the data object's header */
    DWORD packets;
};

/* Makes a file of ASF_SAMPLES samples of each stream by the multiplexer, with an index if so. Returns whether all of it
 * went well. */
int asf_make_file(int video, int with_index, struct asf_made *made);
/* Reads the header of a made file; NULL where that fails. */
IMFASFContentInfo *asf_parse(const struct asf_made *made);

#endif
