/*
 * The exports that are the next DLL's: each is passed on with its parameters whole, so that what the builtin has works,
 * and what it has not fails with E_NOTIMPL; on Windows, where all are there, they succeed.
 */
#include "mf_test.h"

/* Whether a function that may be nobody's either did what it is there for, or said that it did not. */
static int done_or_refused(HRESULT result, void *object)
{
    IUnknown **made = object;
    int passed = result == E_NOTIMPL ? !*made : SUCCEEDED(result) && *made;

    note("the result is %#lx, the object %p", result, *made);
    if (passed) drop(made);
    return passed;
}

#define REFUSED "Where the next DLL only has a stub or is absent, the call fails with E_NOTIMPL and a trace."

static void source_resolver(void)
{
    IMFSourceResolver *resolver = NULL;

    CHECK(MFCreateSourceResolver, S_OK, "The function succeeded.", OK(pMFCreateSourceResolver(&resolver)) && resolver);
    drop(&resolver);
}

/* `expected` NULL: any list, as Wine 8's is empty. */
static int is_string_list(HRESULT result, PROPVARIANT *list, const WCHAR *expected)
{
    int found = 0;

    note("the result is %#lx, the variant's type %#x", result, list->vt);
    if (result != S_OK || list->vt != (VT_VECTOR | VT_LPWSTR)) return 0;
    for (ULONG i = 0; i < list->calpwstr.cElems; i++)
        found += expected && !wcscmp(list->calpwstr.pElems[i], expected);
    PropVariantClear(list);
    return !expected || found == 1;
}

static void lists(void)
{
    PROPVARIANT list;

    PropVariantInit(&list);
    CHECK(MFGetSupportedSchemes, S_OK, "the PROPVARIANT contains a counted array of string pointers",
          is_string_list(pMFGetSupportedSchemes(&list), &list, L"file:"));
    PropVariantInit(&list);
    CHECK(MFGetSupportedMimeTypes, S_OK, "the PROPVARIANT contains a counted array of string pointers",
          is_string_list(pMFGetSupportedMimeTypes(&list), &list, NULL));
    CHECK(MFGetSupportedSchemes, E_POINTER, "Pointer to a PROPVARIANT that receives the list.",
          GIVES(E_POINTER, pMFGetSupportedSchemes(NULL)));
    CHECK(MFGetSupportedMimeTypes, E_POINTER, "Pointer to a PROPVARIANT that receives the list.",
          GIVES(E_POINTER, pMFGetSupportedMimeTypes(NULL)));
}

static void devices(void)
{
    IMFAttributes *attributes = NULL;
    IMFActivate **devices_found = NULL, *activate = NULL;
    IMFMediaSource *source = NULL;
    UINT32 count = 0;

    MFCreateAttributes(&attributes, 1);
    CHECK(MFEnumDeviceSources, E_INVALIDARG, "pAttributes [in], pppSourceActivate [out], pcSourceActivate [out]",
          GIVES(E_INVALIDARG, pMFEnumDeviceSources(NULL, &devices_found, &count)) &&
              GIVES(E_INVALIDARG, pMFEnumDeviceSources(attributes, NULL, &count)) &&
              GIVES(E_INVALIDARG, pMFEnumDeviceSources(attributes, &devices_found, NULL)));
    CHECK(MFEnumDeviceSources, MF_E_ATTRIBUTENOTFOUND,
          "MF_DEVSOURCE_ATTRIBUTE_SOURCE_TYPE: Specifies whether to enumerate audio or video devices. (Required.)",
          GIVES(MF_E_ATTRIBUTENOTFOUND, pMFEnumDeviceSources(attributes, &devices_found, &count)) && !devices_found);
    IMFAttributes_SetGUID(attributes, &MF_DEVSOURCE_ATTRIBUTE_SOURCE_TYPE, &MF_DEVSOURCE_ATTRIBUTE_SOURCE_TYPE);
    CHECK(MFEnumDeviceSources, type, "Specifies whether to enumerate audio or video devices.",
          GIVES(E_INVALIDARG, pMFEnumDeviceSources(attributes, &devices_found, &count)));
    IMFAttributes_SetGUID(attributes, &MF_DEVSOURCE_ATTRIBUTE_SOURCE_TYPE,
                          &MF_DEVSOURCE_ATTRIBUTE_SOURCE_TYPE_VIDCAP_GUID);
    devices_found = (void *)1;
    count = 1;
    CHECK(MFEnumDeviceSources, S_OK,
          "If no capture devices match the search criteria, this parameter receives the value 0. The caller must call "
          "CoTaskMemFree to free the memory for the array.",
          OK(pMFEnumDeviceSources(attributes, &devices_found, &count)) && !count == !devices_found);
    /* Wine's builtin leaves the array as it is. */
    if (!count) devices_found = NULL;
    for (UINT32 i = 0; i < count; i++)
        drop(&devices_found[i]);
    CoTaskMemFree(devices_found);
    CHECK(MFCreateDeviceSource, passed_on, REFUSED, FAILED(pMFCreateDeviceSource(attributes, &source)) && !source);
    CHECK(MFCreateDeviceSourceActivate, passed_on, REFUSED,
          done_or_refused(pMFCreateDeviceSourceActivate(attributes, &activate), &activate));
    drop(&attributes);
}

static void renderers(void)
{
    IMFActivate *activate = NULL;
    IMFMediaSink *sink = NULL;
    HRESULT result;

    CHECK(MFCreateAudioRendererActivate, S_OK, "The function succeeded.",
          OK(pMFCreateAudioRendererActivate(&activate)) && activate);
    drop(&activate);
    CHECK(MFCreateVideoRendererActivate, S_OK, "The function succeeded.",
          OK(pMFCreateVideoRendererActivate(NULL, &activate)) && activate);
    drop(&activate);
    /* A machine without a sound device has no renderer. */
    result = pMFCreateAudioRenderer(NULL, &sink);
    note("the result is %#lx, the sink %p", result, sink);
    CHECK(MFCreateAudioRenderer, passed_on, "Creates the Streaming Audio Renderer.", SUCCEEDED(result) == !!sink);
    if (sink) IMFMediaSink_Shutdown(sink);
    drop(&sink);
}

static IMFByteStream *a_stream(void)
{
    IMFByteStream *stream = NULL;

    MFCreateTempFile(MF_ACCESSMODE_READWRITE, MF_OPENMODE_DELETE_IF_EXIST, MF_FILEFLAGS_NONE, &stream);
    return stream;
}

static IMFMediaType *audio_type(const GUID *subtype)
{
    IMFMediaType *type = NULL;

    MFCreateMediaType(&type);
    IMFMediaType_SetGUID(type, &MF_MT_MAJOR_TYPE, &MFMediaType_Audio);
    IMFMediaType_SetGUID(type, &MF_MT_SUBTYPE, subtype);
    IMFMediaType_SetUINT32(type, &MF_MT_AUDIO_NUM_CHANNELS, 2);
    IMFMediaType_SetUINT32(type, &MF_MT_AUDIO_SAMPLES_PER_SECOND, 44100);
    return type;
}

/* What comes of a sink is the encoders' matter: here, that a failure leaves no sink and a success does. */
static int sink_or_failure(HRESULT result, IMFMediaSink **sink)
{
    int passed = SUCCEEDED(result) == !!*sink;

    note("the result is %#lx, the sink %p", result, *sink);
    if (passed && *sink) IMFMediaSink_Shutdown(*sink);
    if (passed) drop(sink);
    return passed;
}

#define SINK_SENTENCE                                                                                                  \
    "Receives a pointer to the media sink's IMFMediaSink interface. The caller must release the interface."

static void file_sinks(void)
{
    IMFByteStream *stream = a_stream();
    IMFMediaType *aac = audio_type(&MFAudioFormat_AAC), *ac3 = audio_type(&MFAudioFormat_Dolby_AC3);
    IMFMediaSink *sink = NULL;
    GUID subtype = MFTranscodeContainerType_MP3;

    CHECK(MFCreateMPEG4MediaSink, passed_on, SINK_SENTENCE,
          sink_or_failure(pMFCreateMPEG4MediaSink(stream, NULL, aac, &sink), &sink));
    CHECK(MFCreateFMPEG4MediaSink, passed_on, SINK_SENTENCE,
          sink_or_failure(pMFCreateFMPEG4MediaSink(stream, NULL, aac, &sink), &sink));
    CHECK(MFCreate3GPMediaSink, passed_on, SINK_SENTENCE,
          sink_or_failure(pMFCreate3GPMediaSink(stream, NULL, aac, &sink), &sink));
    CHECK(MFCreateMP3MediaSink, passed_on, SINK_SENTENCE, sink_or_failure(pMFCreateMP3MediaSink(stream, &sink), &sink));
    CHECK(MFCreateADTSMediaSink, passed_on, SINK_SENTENCE,
          sink_or_failure(pMFCreateADTSMediaSink(stream, aac, &sink), &sink));
    CHECK(MFCreateAC3MediaSink, passed_on, SINK_SENTENCE,
          sink_or_failure(pMFCreateAC3MediaSink(stream, ac3, &sink), &sink));
    CHECK(MFCreateMuxSink, passed_on, SINK_SENTENCE,
          sink_or_failure(pMFCreateMuxSink(subtype, NULL, stream, &sink), &sink));
    CHECK(MFCreateASFMediaSink, passed_on, SINK_SENTENCE, sink_or_failure(pMFCreateASFMediaSink(stream, &sink), &sink));
    CHECK(MFCreateASFStreamingMediaSink, passed_on, SINK_SENTENCE,
          sink_or_failure(pMFCreateASFStreamingMediaSink(stream, &sink), &sink));
    drop(&aac);
    drop(&ac3);
    drop(&stream);
}

static void sample_copier(void)
{
    IMFTransform *copier = NULL;

    CHECK(MFCreateSampleCopierMFT, S_OK, "The function succeeded.", OK(pMFCreateSampleCopierMFT(&copier)) && copier);
    drop(&copier);
}

static void network(void)
{
    IUnknown *made = NULL;

    CHECK(MFCreateCredentialCache, passed_on, REFUSED,
          done_or_refused(pMFCreateCredentialCache((IMFNetCredentialCache **)&made), &made));
    CHECK(MFCreateProxyLocator, passed_on, REFUSED,
          done_or_refused(pMFCreateProxyLocator(L"http", NULL, (IMFNetProxyLocator **)&made), &made));
    CHECK(MFCreateNetSchemePlugin, passed_on, REFUSED,
          done_or_refused(pMFCreateNetSchemePlugin(&IID_IUnknown, (void **)&made), &made));
    CHECK(MFCreateRemoteDesktopPlugin, passed_on, "(Fails outside a Remote Desktop session.)",
          FAILED(pMFCreateRemoteDesktopPlugin((IMFRemoteDesktopPlugin **)&made)) == !made);
    drop(&made);
    CHECK(CreateNamedPropertyStore, passed_on, REFUSED,
          done_or_refused(pCreateNamedPropertyStore((INamedPropertyStore **)&made), &made));
}

/* There is no protected process in Wine: what asks for one is refused, and never handed an unprotected one. */
static void protected_path(void)
{
    IMFMediaSession *session = NULL;
    IMFActivate *enabler = NULL;
    IUnknown *made = NULL;
    LPWSTR id = NULL;
    BYTE verifier[16] = {0};

    CHECK(MFCreatePMPMediaSession, passed_on, REFUSED,
          done_or_refused(pMFCreatePMPMediaSession(0, NULL, &session, &enabler), &session) && !enabler);
    CHECK(MFCreatePMPServer, passed_on, REFUSED, done_or_refused(pMFCreatePMPServer(0, (IMFPMPServer **)&made), &made));
    CHECK(MFCreateProtectedEnvironmentAccess, passed_on, REFUSED,
          done_or_refused(pMFCreateProtectedEnvironmentAccess((IMFProtectedEnvironmentAccess **)&made), &made));
    CHECK(MFLoadSignedLibrary, passed_on, "Loads a dynamic link library that is signed for the protected environment.",
          FAILED(pMFLoadSignedLibrary(L"no_such_library.dll", (IMFSignedLibrary **)&made)) && !made);
    CHECK(MFGetSystemId, passed_on, REFUSED, done_or_refused(pMFGetSystemId((IMFSystemId **)&made), &made));
    CHECK(MFGetLocalId, passed_on, REFUSED, FAILED(pMFGetLocalId(verifier, sizeof(verifier), &id)) == !id);
    CHECK(MFCreateEncryptedMediaExtensionsStoreActivate, passed_on, "(Fails without a PMP host.)",
          FAILED(pMFCreateEncryptedMediaExtensionsStoreActivate(NULL, NULL, L"", (IMFActivate **)&made)) && !made);
    CoTaskMemFree(id);
}

static void encoders(void)
{
    IMFMediaType *type = audio_type(&MFAudioFormat_PCM);
    IMFActivate *activate = NULL;

    /* Windows wants properties; none of these makes something from nothing. */
    CHECK(MFCreateWMAEncoderActivate, passed_on, "pEncodingConfigurationProperties: a set of configuration properties.",
          FAILED(pMFCreateWMAEncoderActivate(type, NULL, &activate)) == !activate);
    drop(&activate);
    CHECK(MFCreateWMVEncoderActivate, passed_on, "pEncodingConfigurationProperties: a set of configuration properties.",
          FAILED(pMFCreateWMVEncoderActivate(type, NULL, &activate)) == !activate);
    drop(&activate);
    CHECK(MFCreateASFMediaSinkActivate, passed_on, "pContentInfo [in]",
          FAILED(pMFCreateASFMediaSinkActivate(L"C:\\made.wma", NULL, &activate)) == !activate);
    drop(&activate);
    CHECK(MFCreateASFStreamingMediaSinkActivate, passed_on, "pContentInfo [in]",
          FAILED(pMFCreateASFStreamingMediaSinkActivate(NULL, NULL, &activate)) == !activate);
    drop(&activate);
    drop(&type);
}

static const struct test_case cases[] = {{"source_resolver", source_resolver},
                                         {"lists", lists},
                                         {"devices", devices},
                                         {"renderers", renderers},
                                         {"file_sinks", file_sinks},
                                         {"sample_copier", sample_copier},
                                         {"network", network},
                                         {"protected_path", protected_path},
                                         {"encoders", encoders},
                                         {NULL, NULL}};
const struct group forward_group = {"forward", __FILE__, cases};
