/* The ASF ContentInfo object: reading headers, generating them, presentation descriptors, encoding properties. */
#include "mf_asf_test.h"

#include <propsys.h>
#include <stdlib.h>

static void header_size(void)
{
    IMFASFContentInfo *info = NULL;
    struct asf_made made;
    IMFMediaBuffer *buffer;
    QWORD size = 0;
    int done = asf_make_file(1, 0, &made);

    CHECK(MFCreateASFContentInfo, S_OK, "Creates the ASF ContentInfo object.", OK(pMFCreateASFContentInfo(&info)));
    CHECK(MFCreateASFContentInfo, E_INVALIDARG, "Receives a pointer to the IMFASFContentInfo interface.",
          GIVES(E_INVALIDARG, pMFCreateASFContentInfo(NULL)));
    if (!info || !done) return;
    buffer = asf_buffer(made.data, 30);
    CHECK(
        IMFASFContentInfo_GetHeaderSize, S_OK,
        "The value includes the size of the ASF Header Object plus the size of the header section of the Data Object.",
        OK(IMFASFContentInfo_GetHeaderSize(info, buffer, &size)) && size == made.header);
    IMFMediaBuffer_SetCurrentLength(buffer, 23);
    CHECK(IMFASFContentInfo_GetHeaderSize, MF_E_BUFFERTOOSMALL, "The buffer does not contain enough valid data.",
          GIVES(MF_E_BUFFERTOOSMALL, IMFASFContentInfo_GetHeaderSize(info, buffer, &size)));
    drop(&buffer);
    made.data[3] ^= 1;
    buffer = asf_buffer(made.data, 30);
    CHECK(IMFASFContentInfo_GetHeaderSize, MF_E_ASF_INVALIDDATA, "The buffer does not contain valid ASF data.",
          GIVES(MF_E_ASF_INVALIDDATA, IMFASFContentInfo_GetHeaderSize(info, buffer, &size)));
    drop(&buffer);
    free(made.data);
    CHECK(MFCreateASFContentInfo, reference, "The caller must release the interface.", gone(&info));
}

/* Passes the header in pieces of a size; returns the last result. All before it must be in progress. */
static HRESULT parse_pieces(IMFASFContentInfo *info, const struct asf_made *made, DWORD piece)
{
    HRESULT result = MF_S_ASF_PARSEINPROGRESS;

    for (DWORD at = 0; at < made->header && result == MF_S_ASF_PARSEINPROGRESS; at += piece)
    {
        DWORD size = made->header - at < piece ? made->header - at : piece;
        IMFMediaBuffer *buffer = asf_buffer(made->data + at, size);

        result = IMFASFContentInfo_ParseHeader(info, buffer, at);
        IMFMediaBuffer_Release(buffer);
    }
    return result;
}

static void parse(void)
{
    IMFPresentationDescriptor *descriptor = NULL;
    IMFASFContentInfo *info = NULL;
    IMFASFProfile *profile = NULL;
    struct asf_made made;
    IMFMediaBuffer *buffer;
    DWORD size;

    if (!asf_make_file(1, 0, &made) || FAILED(pMFCreateASFContentInfo(&info))) return;
    buffer = asf_buffer(made.data, 29);
    CHECK(
        IMFASFContentInfo_ParseHeader, MF_E_BUFFERTOOSMALL,
        "The first call to ParseHeader reads everything up to and including Reserved2, so it requires a minimum of 30 "
        "bytes.",
        GIVES(MF_E_BUFFERTOOSMALL, IMFASFContentInfo_ParseHeader(info, buffer, 0)));
    drop(&buffer);
    buffer = asf_buffer(made.data, 40);
    CHECK(IMFASFContentInfo_ParseHeader, MF_S_ASF_PARSEINPROGRESS,
          "The method succeeded, but the header passed was incomplete.",
          GIVES(MF_S_ASF_PARSEINPROGRESS, IMFASFContentInfo_ParseHeader(info, buffer, 0)));
    CHECK(IMFASFContentInfo_GetProfile, MF_E_ASF_PARSINGINCOMPLETE, "The profile is set by calling ParseHeader.",
          GIVES(MF_E_ASF_PARSINGINCOMPLETE, IMFASFContentInfo_GetProfile(info, &profile)));
    CHECK(IMFASFContentInfo_GeneratePresentationDescriptor, MF_E_ASF_PARSINGINCOMPLETE,
          "make sure that the ContentInfo object is initialized for reading.",
          GIVES(MF_E_ASF_PARSINGINCOMPLETE, IMFASFContentInfo_GeneratePresentationDescriptor(info, &descriptor)));
    CHECK(IMFASFContentInfo_GenerateHeader, MF_E_ASF_PARSINGINCOMPLETE, "Encodes the data in the object",
          GIVES(MF_E_ASF_PARSINGINCOMPLETE, IMFASFContentInfo_GenerateHeader(info, NULL, &size)));
    CHECK(IMFASFContentInfo_ParseHeader, gap, "Offset of the first byte in the buffer relative to the beginning.",
          GIVES(E_INVALIDARG, IMFASFContentInfo_ParseHeader(info, buffer, 50)));
    drop(&buffer);
    CHECK(IMFASFContentInfo_ParseHeader, pieces,
          "This is the successful return code for all calls but the last one when passing the header in pieces.",
          OK(parse_pieces(info, &made, 30)) && OK(parse_pieces(info, &made, made.header - 1)) &&
              OK(parse_pieces(info, &made, 77)));
    CHECK(IMFASFContentInfo_ParseHeader, S_OK, "The header is completely parsed and validated.",
          OK(parse_pieces(info, &made, made.header)));
    CHECK(IMFASFContentInfo_GetProfile, S_OK, "The profile is set by calling either SetProfile or ParseHeader.",
          OK(IMFASFContentInfo_GetProfile(info, &profile)) && profile &&
              OK(IMFASFProfile_GetStreamCount(profile, &size)) && size == 2);
    drop(&profile);
    drop(&info);
    made.data[30 + 16] ^= 0xff; /* the first object's size */
    pMFCreateASFContentInfo(&info);
    CHECK(IMFASFContentInfo_ParseHeader, MF_E_ASF_INVALIDDATA, "The input buffer does not contain valid ASF data.",
          GIVES(MF_E_ASF_INVALIDDATA, parse_pieces(info, &made, made.header)));
    drop(&info);
    free(made.data);
}

static void generate(void)
{
    IMFASFContentInfo *info = NULL;
    IMFASFProfile *profile = NULL;
    IMFMediaBuffer *buffer;
    DWORD size = 0, length = 0;

    if (FAILED(pMFCreateASFContentInfo(&info))) return;
    CHECK(IMFASFContentInfo_GenerateHeader, MF_E_INVALIDREQUEST,
          "The ASF Header Objects do not exist for the media that the ContentInfo object holds reference to.",
          GIVES(MF_E_INVALIDREQUEST, IMFASFContentInfo_GenerateHeader(info, NULL, &size)));
    CHECK(IMFASFContentInfo_GetProfile, none,
          "If the object does not have an ASF profile, this parameter receives the value NULL.",
          OK(IMFASFContentInfo_GetProfile(info, &profile)) && !profile);
    drop(&info);
    info = asf_new_content(1);
    CHECK(IMFASFContentInfo_SetProfile, S_OK, "Uses profile data from a profile object to configure settings",
          info != NULL);
    if (!info) return;
    CHECK(IMFASFContentInfo_GenerateHeader, S_OK,
          "If pIHeader is NULL, this value is set to the buffer size required to hold the encoded header.",
          OK(IMFASFContentInfo_GenerateHeader(info, NULL, &size)) && size > 100);
    buffer = asf_buffer(NULL, size - 1);
    CHECK(IMFASFContentInfo_GenerateHeader, MF_E_BUFFERTOOSMALL,
          "The buffer passed in pIHeader is not large enough to hold the ASF Header Object information.",
          GIVES(MF_E_BUFFERTOOSMALL, IMFASFContentInfo_GenerateHeader(info, buffer, &size)));
    drop(&buffer);
    buffer = asf_buffer(NULL, size);
    CHECK(IMFASFContentInfo_GenerateHeader, written, "Encodes the data into a binary ASF header.",
          OK(IMFASFContentInfo_GenerateHeader(info, buffer, &length)) && length == size &&
              OK(IMFMediaBuffer_GetCurrentLength(buffer, &length)) && length == size);
    drop(&buffer);
    drop(&info);
}

/* Type-specific data go into a profile whole: a header can be made too large by them. */
static void too_large(void)
{
    IMFASFProfile *profile = NULL;
    IMFASFContentInfo *info = NULL;
    IMFASFStreamConfig *stream;
    IMFMediaType *type = NULL;
    BYTE *data;
    DWORD size;

    if (FAILED(pMFCreateASFProfile(&profile)) || FAILED(pMFCreateASFContentInfo(&info))) return;
    if (!(data = calloc(1, 11u << 20))) return;
    MFCreateMediaType(&type);
    IMFMediaType_SetGUID(type, &MF_MT_MAJOR_TYPE, &MFMediaType_Binary);
    IMFMediaType_SetBlob(type, &MF_MT_USER_DATA, data, 11u << 20);
    stream = asf_new_stream(profile, type, 1);
    IMFASFProfile_SetStream(profile, stream);
    CHECK(IMFASFContentInfo_GenerateHeader, MF_E_ASF_INVALIDDATA, "The ASF Header Object size exceeds 10 MB.",
          OK(IMFASFContentInfo_SetProfile(info, profile)) &&
              GIVES(MF_E_ASF_INVALIDDATA, IMFASFContentInfo_GenerateHeader(info, NULL, &size)));
    drop(&stream);
    drop(&type);
    drop(&profile);
    drop(&info);
    free(data);
}

static void descriptor(void)
{
    IMFPresentationDescriptor *descriptor = NULL;
    IMFStreamDescriptor *stream = NULL;
    IMFASFContentInfo *info;
    struct asf_made made;
    UINT64 value = 0, size = 0;
    UINT32 number = 0;
    BOOL selected;

    if (!asf_make_file(1, 0, &made) || !(info = asf_parse(&made))) return;
    CHECK(IMFASFContentInfo_GeneratePresentationDescriptor, S_OK, "Creates a presentation descriptor for ASF content.",
          OK(IMFASFContentInfo_GeneratePresentationDescriptor(info, &descriptor)));
    if (!descriptor) return;
    CHECK(MF_PD_ASF_DATA_START_OFFSET, value,
          "the offset from the start of an ASF file to the start of the first packet",
          OK(IMFPresentationDescriptor_GetUINT64(descriptor, &MF_PD_ASF_DATA_START_OFFSET, &value)) &&
              value == made.header);
    CHECK(MF_PD_ASF_DATA_LENGTH, value, "Specifies the size, in bytes, of the data section",
          OK(IMFPresentationDescriptor_GetUINT64(descriptor, &MF_PD_ASF_DATA_LENGTH, &value)) &&
              value == 50 + made.packets * ASF_PACKET);
    CHECK(MF_PD_ASF_FILEPROPERTIES_PACKETS, value, "Specifies the number of packets in the data section",
          OK(IMFPresentationDescriptor_GetUINT32(descriptor, &MF_PD_ASF_FILEPROPERTIES_PACKETS, &number)) &&
              number == made.packets);
    CHECK(MF_PD_ASF_FILEPROPERTIES_PLAY_DURATION, value,
          "To retrieve the actual playback duration, get the value of the MF_PD_DURATION attribute.",
          OK(IMFPresentationDescriptor_GetUINT64(descriptor, &MF_PD_ASF_FILEPROPERTIES_PREROLL, &size)) &&
              OK(IMFPresentationDescriptor_GetUINT64(descriptor, &MF_PD_DURATION, &value)) &&
              value == (UINT64)ASF_SAMPLES * ASF_SAMPLE_MS * ASF_MS && size == 3000);
    CHECK(MF_PD_ASF_FILEPROPERTIES_FLAGS, value,
          "A file is seekable if an audio stream is present and the maximum data packet size equals the minimum",
          OK(IMFPresentationDescriptor_GetUINT32(descriptor, &MF_PD_ASF_FILEPROPERTIES_FLAGS, &number)) && number == 2);
    CHECK(MF_PD_ASF_INFO_HAS_VIDEO, value, "If the value is TRUE, the file has at least one video stream.",
          OK(IMFPresentationDescriptor_GetUINT32(descriptor, &MF_PD_ASF_INFO_HAS_VIDEO, &number)) && number == 1 &&
              OK(IMFPresentationDescriptor_GetUINT32(descriptor, &MF_PD_ASF_INFO_HAS_NON_AUDIO_VIDEO, &number)) &&
              !number);
    CHECK(MF_SD_ASF_EXTSTRMPROP_AVG_BUFFERSIZE, value, "corresponds to the Buffer Size field",
          OK(IMFPresentationDescriptor_GetStreamDescriptorByIndex(descriptor, 0, &selected, &stream)) &&
              OK(IMFStreamDescriptor_GetUINT32(stream, &MF_SD_ASF_EXTSTRMPROP_AVG_BUFFERSIZE, &number)) &&
              number == 3000);
    drop(&stream);
    drop(&descriptor);
    drop(&info);
    free(made.data);
}

/* The media types that come back from a file are those that went into it. */
static void media_types(void)
{
    IMFMediaType *wanted[2] = {asf_audio_type(), asf_video_type()}, *type = NULL;
    IMFASFStreamConfig *config = NULL;
    IMFASFProfile *profile = NULL;
    IMFASFContentInfo *info;
    struct asf_made made;
    UINT8 data[20];
    UINT32 size;
    GUID a, b;
    UINT64 frame;

    if (!asf_make_file(1, 0, &made) || !(info = asf_parse(&made))) return;
    IMFASFContentInfo_GetProfile(info, &profile);
    for (WORD i = 0; profile && i < 2; i++)
    {
        CHECK(IMFASFContentInfo_GetProfile, media_types, "The stream media types are set based on the header.",
              OK(IMFASFProfile_GetStreamByNumber(profile, i + 1, &config)) &&
                  OK(IMFASFStreamConfig_GetMediaType(config, &type)) &&
                  OK(IMFMediaType_GetGUID(type, &MF_MT_SUBTYPE, &a)) &&
                  OK(IMFMediaType_GetGUID(wanted[i], &MF_MT_SUBTYPE, &b)) && IsEqualGUID(&a, &b) &&
                  OK(IMFMediaType_GetBlob(type, &MF_MT_USER_DATA, data, sizeof(data), &size)) &&
                  size == (i ? 4u : 10u) && data[0] == (i ? 9 : 1));
        if (i && type)
            CHECK(IMFASFContentInfo_GetProfile, frame_size, "The stream media types are set based on the header.",
                  OK(IMFMediaType_GetUINT64(type, &MF_MT_FRAME_SIZE, &frame)) && frame == ((UINT64)320 << 32 | 240));
        drop(&type);
        drop(&config);
    }
    drop(&profile);
    drop(&info);
    drop(&wanted[0]);
    drop(&wanted[1]);
    free(made.data);
}

static void set_profile_again(void)
{
    IMFASFProfile *profile = asf_new_profile(0);
    IMFASFContentInfo *info;
    struct asf_made made;

    if (!profile || !asf_make_file(0, 0, &made)) return;
    info = asf_new_content(1);
    CHECK(IMFASFContentInfo_SetProfile, replaced,
          "If there is already information in the ContentInfo object when this method is called, it is replaced",
          info && OK(IMFASFContentInfo_SetProfile(info, profile)));
    drop(&info);
    info = asf_parse(&made);
    CHECK(IMFASFContentInfo_SetProfile, MF_E_ALREADY_INITIALIZED,
          "If you reuse a ContentInfo object that includes information about any data packets, SetProfile fails and "
          "returns the MF_E_ALREADY_INITIALIZED error",
          info && GIVES(MF_E_ALREADY_INITIALIZED, IMFASFContentInfo_SetProfile(info, profile)));
    drop(&info);
    drop(&profile);
    free(made.data);
}

static void encoding_properties(void)
{
    IMFASFContentInfo *info = asf_new_content(0);
    IPropertyStore *store = NULL, *again = NULL;
    PROPVARIANT value = {.vt = VT_BOOL, .boolVal = VARIANT_TRUE}, read = {0};
    DWORD count = 1;

    if (!info) return;
    CHECK(IMFASFContentInfo_GetEncodingConfigurationPropertyStore, S_OK, "The received property store is empty.",
          OK(IMFASFContentInfo_GetEncodingConfigurationPropertyStore(info, 0, &store)) &&
              OK(IPropertyStore_GetCount(store, &count)) && !count);
    if (!store) return;
    CHECK(IMFASFContentInfo_GetEncodingConfigurationPropertyStore, kept,
          "Set to zero to configure file-level encoding properties.",
          OK(IPropertyStore_SetValue(store, &MFPKEY_ASFMEDIASINK_AUTOADJUST_BITRATE, &value)) &&
              OK(IMFASFContentInfo_GetEncodingConfigurationPropertyStore(info, 0, &again)) &&
              OK(IPropertyStore_GetValue(again, &MFPKEY_ASFMEDIASINK_AUTOADJUST_BITRATE, &read)) &&
              read.boolVal == VARIANT_TRUE);
    drop(&again);
    CHECK(
        IMFASFContentInfo_GetEncodingConfigurationPropertyStore, stream, "Stream number to configure.",
        OK(IMFASFContentInfo_GetEncodingConfigurationPropertyStore(info, ASF_AUDIO, &again)) && again != store &&
            GIVES(MF_E_INVALIDSTREAMNUMBER, IMFASFContentInfo_GetEncodingConfigurationPropertyStore(info, 99, &again)));
    drop(&store);
    drop(&info);
}

static const struct test_case cases[] = {
    {"header_size", header_size},
    {"parse", parse},
    {"generate", generate},
    {"too_large", too_large},
    {"descriptor", descriptor},
    {"media_types", media_types},
    {"set_profile_again", set_profile_again},
    {"encoding_properties", encoding_properties},
    {NULL, NULL},
};
const struct group asf_content_group = {"asf_content", __FILE__, cases};
