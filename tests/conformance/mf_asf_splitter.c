/* The ASF splitter: samples from the packets of a file, forwards and backwards, whole and damaged. */
#include "mf_asf_test.h"

#include <stdlib.h>

static IMFASFSplitter *new_splitter(const struct asf_made *made)
{
    IMFASFContentInfo *info = asf_parse(made);
    WORD streams[] = {ASF_AUDIO, ASF_VIDEO};
    IMFASFSplitter *splitter = NULL;

    if (info && SUCCEEDED(pMFCreateASFSplitter(&splitter)) &&
        (FAILED(IMFASFSplitter_Initialize(splitter, info)) ||
         FAILED(IMFASFSplitter_SelectStreams(splitter, streams, 2))))
        drop(&splitter);
    drop(&info);
    return splitter;
}

/* What came from a splitter. */
struct seen
{
    UINT32 samples[3], key_frames[3], discontinuities, errors[2]; /* of missing, of invalid data */
    int right; /* all samples were as they were made, in their order */
    UINT32 next[3];
    int backwards;
};

static int is_right(WORD stream, UINT32 number, IMFSample *sample)
{
    UINT32 size = stream == ASF_AUDIO ? ASF_AUDIO_BYTES : ASF_VIDEO_BYTES;
    IMFMediaBuffer *buffer;
    LONGLONG time;
    DWORD length;
    BYTE *data;
    int right;

    if (FAILED(IMFSample_GetSampleTime(sample, &time)) || time != (LONGLONG)number * ASF_SAMPLE_MS * ASF_MS) return 0;
    if (FAILED(IMFSample_ConvertToContiguousBuffer(sample, &buffer))) return 0;
    right = SUCCEEDED(IMFMediaBuffer_Lock(buffer, &data, NULL, &length)) && length == size;
    for (UINT32 i = 0; right && i < size; i++)
        right = data[i] == asf_byte(stream, number, i);
    IMFMediaBuffer_Unlock(buffer);
    IMFMediaBuffer_Release(buffer);
    return right;
}

static void see(struct seen *seen, WORD stream, IMFSample *sample)
{
    UINT32 value, number = seen->backwards ? ASF_SAMPLES - 1 - seen->next[stream] : seen->next[stream];

    seen->samples[stream]++;
    if (!is_right(stream, number, sample)) seen->right = 0;
    seen->next[stream]++;
    if (SUCCEEDED(IMFSample_GetUINT32(sample, &MFSampleExtension_CleanPoint, &value)) && value)
        seen->key_frames[stream]++;
    if (SUCCEEDED(IMFSample_GetUINT32(sample, &MFSampleExtension_Discontinuity, &value)) && value)
        seen->discontinuities++;
}

static void take_samples(IMFASFSplitter *splitter, struct seen *seen)
{
    DWORD status = ASF_STATUSFLAGS_INCOMPLETE;
    IMFSample *sample;
    HRESULT result;
    WORD stream;

    while (status & ASF_STATUSFLAGS_INCOMPLETE)
    {
        result = IMFASFSplitter_GetNextSample(splitter, &status, &stream, &sample);
        if (result == MF_E_ASF_MISSINGDATA) seen->errors[0]++;
        if (result == MF_E_ASF_INVALIDDATA) seen->errors[1]++;
        if (!sample) continue;
        if (stream == ASF_AUDIO || stream == ASF_VIDEO) see(seen, stream, sample);
        IMFSample_Release(sample);
    }
}

/* Gives the packets to a splitter in pieces, from the last to the first where that is wanted. */
static int split(IMFASFSplitter *splitter, const struct asf_made *made, DWORD piece, struct seen *seen)
{
    DWORD begin = made->header, end = made->header + made->packets * ASF_PACKET;

    for (DWORD done = 0; begin + done < end; done += piece)
    {
        DWORD size = end - begin - done < piece ? end - begin - done : piece;
        IMFMediaBuffer *buffer = asf_buffer(made->data + (seen->backwards ? end - done - size : begin + done), size);
        HRESULT result = IMFASFSplitter_ParseData(splitter, buffer, 0, 0);

        IMFMediaBuffer_Release(buffer);
        if (FAILED(result)) return 0;
        take_samples(splitter, seen);
    }
    return 1;
}

static void whole(void)
{
    static const DWORD pieces[] = {1, 7, ASF_PACKET, ASF_PACKET + 1, 100000};
    IMFASFSplitter *splitter;
    struct asf_made made;
    DWORD time = 0;

    if (!asf_make_file(1, 0, &made)) return;
    for (size_t i = 0; i < COUNT_OF(pieces); i++)
    {
        struct seen seen = {.right = 1};

        splitter = new_splitter(&made);
        if (!splitter) break;
        CHECK(IMFASFSplitter_GetNextSample, S_OK,
              "For ASF data with fixed packet sizes, a buffer can span multiple packets.",
              split(splitter, &made, pieces[i], &seen) && seen.right && seen.samples[1] == ASF_SAMPLES &&
                  seen.samples[2] == ASF_SAMPLES && !seen.errors[0] && !seen.errors[1] && !seen.discontinuities);
        CHECK(
            IMFASFSplitter_GetNextSample, clean_point,
            "For video, the splitter checks whether the sample contains a key frame. If it does, the splitter sets the "
            "MFSampleExtension_CleanPoint attribute on the sample.",
            seen.key_frames[2] == ASF_SAMPLES / 10);
        CHECK(IMFASFSplitter_GetLastSendTime, S_OK, "Receives the send time of the last sample received.",
              OK(IMFASFSplitter_GetLastSendTime(splitter, &time)) && time >= 800 && time <= 3000 + 3900);
        CHECK(IMFASFSplitter_GetLastSendTime, E_INVALIDARG, "pdwLastSendTime is NULL.",
              GIVES(E_INVALIDARG, IMFASFSplitter_GetLastSendTime(splitter, NULL)));
        CHECK(MFCreateASFSplitter, reference, "The caller must release the interface.", gone(&splitter));
    }
    free(made.data);
}

static void backwards(void)
{
    static const DWORD pieces[] = {7, ASF_PACKET, 3 * ASF_PACKET, 100000};
    struct asf_made made;

    if (!asf_make_file(1, 0, &made)) return;
    for (size_t i = 0; i < COUNT_OF(pieces); i++)
    {
        struct seen seen = {.right = 1, .backwards = 1};
        IMFASFSplitter *splitter = new_splitter(&made);

        if (!splitter) break;
        CHECK(IMFASFSplitter_SetFlags, reverse,
              "The splitter delivers samples for the ASF content in reverse order to accommodate reverse playback.",
              OK(IMFASFSplitter_SetFlags(splitter, MFASF_SPLITTER_REVERSE)) &&
                  split(splitter, &made, pieces[i], &seen) && seen.right && seen.samples[1] == ASF_SAMPLES &&
                  seen.samples[2] == ASF_SAMPLES && !seen.errors[0] && !seen.discontinuities);
        drop(&splitter);
    }
    free(made.data);
}

static void selected(void)
{
    WORD streams[4] = {ASF_VIDEO, 9}, count = 0;
    struct seen seen = {.right = 1};
    IMFASFSplitter *splitter = NULL;
    struct asf_made made;

    if (!asf_make_file(1, 0, &made) || !(splitter = new_splitter(&made))) return;
    CHECK(IMFASFSplitter_SelectStreams, MF_E_INVALIDSTREAMNUMBER, "Invalid stream number was passed in the array.",
          GIVES(MF_E_INVALIDSTREAMNUMBER, IMFASFSplitter_SelectStreams(splitter, streams, 2)));
    CHECK(IMFASFSplitter_SelectStreams, E_INVALIDARG,
          "pwStreamNumbers is NULL and wNumStreams contains a value greater than zero.",
          GIVES(E_INVALIDARG, IMFASFSplitter_SelectStreams(splitter, NULL, 1)));
    CHECK(
        IMFASFSplitter_GetSelectedStreams, MF_E_BUFFERTOOSMALL,
        "The method will return MF_E_BUFFERTOSMALL but will also set the value of *pwNumStreams equal to the number of "
        "selected streams.",
        GIVES(MF_E_BUFFERTOOSMALL, IMFASFSplitter_GetSelectedStreams(splitter, NULL, &count)) && count == 2);
    CHECK(IMFASFSplitter_SelectStreams, S_OK, "Calling this method supersedes any previous stream selections",
          OK(IMFASFSplitter_SelectStreams(splitter, streams, 1)));
    count = 4;
    CHECK(IMFASFSplitter_GetSelectedStreams, S_OK, "Each element is the identifier of a selected stream.",
          OK(IMFASFSplitter_GetSelectedStreams(splitter, streams, &count)) && count == 1 && streams[0] == ASF_VIDEO);
    count = 1;
    CHECK(IMFASFSplitter_GetSelectedStreams, E_INVALIDARG, "Invalid argument.",
          GIVES(E_INVALIDARG, IMFASFSplitter_GetSelectedStreams(splitter, NULL, &count)));
    CHECK(IMFASFSplitter_GetNextSample, selected, "The ASF splitter skips samples for unselected streams.",
          split(splitter, &made, 1000, &seen) && seen.right && !seen.samples[1] && seen.samples[2] == ASF_SAMPLES);
    drop(&splitter);
    free(made.data);
}

static void states(void)
{
    IMFASFSplitter *splitter = NULL;
    IMFSample *sample = NULL;
    struct asf_made made;
    IMFMediaBuffer *buffer;
    DWORD status, flags;
    WORD stream, count = 0;

    if (!asf_make_file(1, 0, &made)) return;
    CHECK(MFCreateASFSplitter, S_OK, "Creates the ASF Splitter.", OK(pMFCreateASFSplitter(&splitter)));
    CHECK(MFCreateASFSplitter, E_INVALIDARG, "Receives a pointer to the IMFASFSplitter interface.",
          GIVES(E_INVALIDARG, pMFCreateASFSplitter(NULL)));
    if (!splitter) return;
    buffer = asf_buffer(made.data + made.header, 4 * ASF_PACKET);
    CHECK(IMFASFSplitter_Initialize, E_INVALIDARG, "The pIContentInfo parameter is NULL.",
          GIVES(E_INVALIDARG, IMFASFSplitter_Initialize(splitter, NULL)));
    CHECK(IMFASFSplitter_ParseData, MF_E_NOT_INITIALIZED, "The Initialize method was not called or the call failed.",
          GIVES(MF_E_NOT_INITIALIZED, IMFASFSplitter_ParseData(splitter, buffer, 0, 0)));
    CHECK(IMFASFSplitter_SetFlags, MF_E_NOT_INITIALIZED, "The splitter is not initialized.",
          GIVES(MF_E_NOT_INITIALIZED, IMFASFSplitter_SetFlags(splitter, 0)));
    drop(&splitter);
    if (!(splitter = new_splitter(&made))) return;
    CHECK(IMFASFSplitter_SetFlags, E_INVALIDARG, "The dwFlags parameter does not contain a valid flag.",
          GIVES(E_INVALIDARG, IMFASFSplitter_SetFlags(splitter, 4)));
    CHECK(IMFASFSplitter_SetFlags, S_OK, "Sets option flags on the ASF splitter.",
          OK(IMFASFSplitter_SetFlags(splitter, MFASF_SPLITTER_WMDRM)) &&
              OK(IMFASFSplitter_GetFlags(splitter, &flags)) && flags == MFASF_SPLITTER_WMDRM &&
              OK(IMFASFSplitter_SetFlags(splitter, 0)));
    CHECK(IMFASFSplitter_ParseData, E_INVALIDARG,
          "The total value of cbBufferOffset and cbLength is greater than the length of the buffer.",
          GIVES(E_INVALIDARG, IMFASFSplitter_ParseData(splitter, NULL, 0, 0)) &&
              GIVES(E_INVALIDARG, IMFASFSplitter_ParseData(splitter, buffer, 4 * ASF_PACKET + 1, 0)) &&
              GIVES(E_INVALIDARG, IMFASFSplitter_ParseData(splitter, buffer, 4, 4 * ASF_PACKET)) &&
              GIVES(E_INVALIDARG, IMFASFSplitter_ParseData(splitter, buffer, 4, 0xfffffffe)));
    CHECK(IMFASFSplitter_GetNextSample, none,
          "If the input does not contain enough data for a complete sample, the GetNextSample method succeeds but "
          "returns NULL in the ppISample parameter.",
          OK(IMFASFSplitter_ParseData(splitter, buffer, 0, 10)) &&
              OK(IMFASFSplitter_GetNextSample(splitter, &status, &stream, &sample)) && !sample && !status);
    CHECK(IMFASFSplitter_ParseData, MF_E_NOTACCEPTING, "The splitter cannot process more input at this time.",
          OK(IMFASFSplitter_ParseData(splitter, buffer, 10, 0)) &&
              GIVES(MF_E_NOTACCEPTING, IMFASFSplitter_ParseData(splitter, buffer, 0, 0)));
    CHECK(IMFASFSplitter_GetNextSample, ASF_STATUSFLAGS_INCOMPLETE, "More samples are ready to be retrieved.",
          OK(IMFASFSplitter_GetNextSample(splitter, &status, &stream, &sample)) && sample &&
              status == ASF_STATUSFLAGS_INCOMPLETE);
    drop(&sample);
    CHECK(IMFASFSplitter_Flush, S_OK, "Any samples waiting to be retrieved when Flush is called are lost.",
          OK(IMFASFSplitter_Flush(splitter)) && OK(IMFASFSplitter_GetNextSample(splitter, &status, &stream, &sample)) &&
              !sample && !status &&
              GIVES(MF_E_BUFFERTOOSMALL, IMFASFSplitter_GetSelectedStreams(splitter, NULL, &count)) && count == 2);
    drop(&buffer);
    drop(&splitter);
    free(made.data);
}

static void damaged(void)
{
    struct seen seen = {.right = 1};
    IMFASFSplitter *splitter;
    struct asf_made made;
    IMFSample *sample;
    IMFMediaBuffer *buffer;
    DWORD status;
    WORD stream;
    HRESULT result = S_OK;

    if (!asf_make_file(1, 0, &made) || !(splitter = new_splitter(&made))) return;
    /* A packet is lost in the middle of a sample: the packets before and behind it meet. */
    memmove(made.data + made.header + 6 * ASF_PACKET, made.data + made.header + 7 * ASF_PACKET,
            (made.packets - 7) * ASF_PACKET);
    made.packets--;
    CHECK(IMFASFSplitter_GetNextSample, MF_E_ASF_MISSINGDATA, "There is a gap in the ASF data.",
          split(splitter, &made, ASF_PACKET, &seen) && seen.errors[0] >= 1 && !seen.errors[1] &&
              seen.samples[2] >= ASF_SAMPLES - 3);
    CHECK(IMFASFSplitter_GetNextSample, discontinuity,
          "If a break occurs during sample generation, the splitter sets the MFSampleExtension_Discontinuity attribute "
          "on "
          "the first sample after the discontinuity.",
          seen.discontinuities >= 1 && seen.discontinuities <= 2);
    drop(&splitter);
    if (!(splitter = new_splitter(&made))) return;
    memset(&seen, 0, sizeof(seen));
    memset(made.data + made.header + 5 * ASF_PACKET, 0xff, 20);
    CHECK(IMFASFSplitter_GetNextSample, MF_E_ASF_INVALIDDATA, "The ASF data in the buffer is invalid.",
          split(splitter, &made, ASF_PACKET, &seen) && seen.errors[1] == 1 && seen.samples[2] >= ASF_SAMPLES - 5);
    IMFASFSplitter_Flush(splitter);
    memset(&seen, 0, sizeof(seen));
    buffer = asf_buffer(made.data + made.header + 5, 10 * ASF_PACKET);
    CHECK(IMFASFSplitter_GetNextSample, offset,
          "If an invalid offset is passed to the splitter, such as the value does not point at the packet boundary, "
          "calls succeed but GetNextSample does not retrieve any samples",
          OK(IMFASFSplitter_ParseData(splitter, buffer, 0, 0)) &&
              (take_samples(splitter, &seen), !seen.samples[1] && !seen.samples[2] && !seen.errors[1]));
    drop(&buffer);
    IMFASFSplitter_Flush(splitter);
    made.data[made.header] = 0x92;
    buffer = asf_buffer(made.data + made.header, ASF_PACKET);
    IMFASFSplitter_ParseData(splitter, buffer, 0, 0);
    result = IMFASFSplitter_GetNextSample(splitter, &status, &stream, &sample);
    CHECK(IMFASFSplitter_GetNextSample, MF_E_ASF_OPAQUEPACKET, "The packet's data are opaque.",
          GIVES(MF_E_ASF_OPAQUEPACKET, result) && !sample);
    drop(&buffer);
    drop(&splitter);
    free(made.data);
}

/* Packets of different sizes: the header says so, and each buffer is one. */
static void variable_packets(void)
{
    struct seen seen = {.right = 1};
    IMFASFSplitter *splitter;
    struct asf_made made;
    DWORD flags = 0;

    if (!asf_make_file(1, 0, &made)) return;
    /* The least packet size, of the file properties, which come first in the header. */
    made.data[30 + 24 + 68] = ASF_PACKET % 256 - 0;
    made.data[30 + 24 + 68 + 1] = ASF_PACKET / 256 - 1;
    if (!(splitter = new_splitter(&made))) return;
    CHECK(IMFASFSplitter_SetFlags, MF_E_INVALIDREQUEST,
          "The MFASF_SPLITTER_REVERSE flag is set, but the content cannot be parsed in reverse.",
          GIVES(MF_E_INVALIDREQUEST, IMFASFSplitter_SetFlags(splitter, MFASF_SPLITTER_REVERSE)) &&
              OK(IMFASFSplitter_GetFlags(splitter, &flags)) && flags == MFASF_SPLITTER_REVERSE &&
              OK(IMFASFSplitter_SetFlags(splitter, 0)));
    CHECK(IMFASFSplitter_ParseData, variable,
          "If your ASF data contains variable-sized packets, the buffers cannot span "
          "multiple packets.",
          split(splitter, &made, ASF_PACKET, &seen) && seen.right && seen.samples[1] == ASF_SAMPLES &&
              seen.samples[2] == ASF_SAMPLES);
    drop(&splitter);
    free(made.data);
}

static const struct test_case cases[] = {
    {"whole", whole},   {"backwards", backwards}, {"selected", selected},
    {"states", states}, {"damaged", damaged},     {"variable_packets", variable_packets},
    {NULL, NULL},
};
const struct group asf_splitter_group = {"asf_splitter", __FILE__, cases};
