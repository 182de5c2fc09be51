/*
 * The simple media type handler. Where Windows is known to differ from its documentation (Wine's tests of it ran on
 * Windows), the checks hold to Windows, and say so.
 */
#include "mf_test.h"

static IMFMediaTypeHandler *new_handler(void)
{
    IMFMediaTypeHandler *handler = NULL;

    CHECK(MFCreateSimpleTypeHandler, S_OK, "The method succeeded.",
          OK(pMFCreateSimpleTypeHandler(&handler)) && handler);
    return handler;
}

static IMFMediaType *new_type(const GUID *major, const GUID *subtype)
{
    IMFMediaType *type = NULL;

    MFCreateMediaType(&type);
    if (major) IMFMediaType_SetGUID(type, &MF_MT_MAJOR_TYPE, major);
    if (subtype) IMFMediaType_SetGUID(type, &MF_MT_SUBTYPE, subtype);
    return type;
}

static void creation(void)
{
    IMFMediaTypeHandler *handler = new_handler();
    IUnknown *unknown = NULL;

    CHECK(MFCreateSimpleTypeHandler, E_POINTER,
          "ppHandler [out]: Receives a pointer to the IMFMediaTypeHandler interface.",
          GIVES(E_POINTER, pMFCreateSimpleTypeHandler(NULL)));
    if (!handler) return;
    CHECK(MFCreateSimpleTypeHandler, interfaces, "Receives a pointer to the IMFMediaTypeHandler interface.",
          OK(IMFMediaTypeHandler_QueryInterface(handler, &IID_IUnknown, (void **)&unknown)) &&
              GIVES(E_NOINTERFACE, IMFMediaTypeHandler_QueryInterface(handler, &IID_IMFMediaSink, (void **)&unknown)));
    IMFMediaTypeHandler_Release(handler);
    CHECK(MFCreateSimpleTypeHandler, reference, "The caller must release the interface.", gone(&handler));
}

static void without_type(void)
{
    IMFMediaTypeHandler *handler = new_handler();
    IMFMediaType *type = (void *)1, *audio = new_type(&MFMediaType_Audio, NULL);
    DWORD count = 0;
    GUID major;

    if (!handler) return;
    CHECK(IMFMediaTypeHandler_GetMediaTypeCount, S_OK, "If this method succeeds, it returns S_OK. (On Windows: one.)",
          OK(IMFMediaTypeHandler_GetMediaTypeCount(handler, &count)) && count == 1);
    CHECK(IMFMediaTypeHandler_GetMediaTypeCount, E_POINTER, "pdwTypeCount [out]",
          GIVES(E_POINTER, IMFMediaTypeHandler_GetMediaTypeCount(handler, NULL)));
    CHECK(IMFMediaTypeHandler_GetCurrentMediaType, none, "No media type is set. (On Windows: S_OK and no type.)",
          OK(IMFMediaTypeHandler_GetCurrentMediaType(handler, &type)) && !type);
    CHECK(IMFMediaTypeHandler_GetCurrentMediaType, E_POINTER, "ppMediaType [out]",
          GIVES(E_POINTER, IMFMediaTypeHandler_GetCurrentMediaType(handler, NULL)));
    CHECK(IMFMediaTypeHandler_GetMajorType, MF_E_NOT_INITIALIZED, "Otherwise, it returns an HRESULT error code.",
          GIVES(MF_E_NOT_INITIALIZED, IMFMediaTypeHandler_GetMajorType(handler, &major)));
    CHECK(IMFMediaTypeHandler_IsMediaTypeSupported, MF_E_UNEXPECTED,
          "The object does not support this media type. (On Windows: MF_E_UNEXPECTED before a type is set.)",
          GIVES(MF_E_UNEXPECTED, IMFMediaTypeHandler_IsMediaTypeSupported(handler, audio, NULL)) &&
              GIVES(MF_E_UNEXPECTED, IMFMediaTypeHandler_IsMediaTypeSupported(handler, NULL, NULL)));
    drop(&audio);
    drop(&handler);
}

static void setting(void)
{
    IMFMediaTypeHandler *handler = new_handler();
    IMFMediaType *type = new_type(&MFMediaType_Audio, &MFAudioFormat_PCM), *read = NULL;
    GUID major = {0};

    if (!handler) return;
    CHECK(IMFMediaTypeHandler_SetCurrentMediaType, S_OK, "The method succeeded.",
          OK(IMFMediaTypeHandler_SetCurrentMediaType(handler, type)) && references(type) == 2);
    CHECK(IMFMediaTypeHandler_SetCurrentMediaType, same,
          "If the types are identical, the method should return S_OK but avoid releasing and recreating resources "
          "unnecessarily.",
          OK(IMFMediaTypeHandler_SetCurrentMediaType(handler, type)) && references(type) == 2);
    CHECK(IMFMediaTypeHandler_GetCurrentMediaType, S_OK, "The method succeeded.",
          OK(IMFMediaTypeHandler_GetCurrentMediaType(handler, &read)) && read == type);
    drop(&read);
    CHECK(IMFMediaTypeHandler_GetMediaTypeByIndex, S_OK, "The method succeeded.",
          OK(IMFMediaTypeHandler_GetMediaTypeByIndex(handler, 0, &read)) && read == type);
    drop(&read);
    CHECK(IMFMediaTypeHandler_GetMediaTypeByIndex, MF_E_NO_MORE_TYPES, "The dwIndex parameter is out of range.",
          GIVES(MF_E_NO_MORE_TYPES, IMFMediaTypeHandler_GetMediaTypeByIndex(handler, 1, &read)));
    CHECK(IMFMediaTypeHandler_GetMajorType, S_OK,
          "The major type identifies what kind of data is in the stream, such as audio or video.",
          OK(IMFMediaTypeHandler_GetMajorType(handler, &major)) && IsEqualGUID(&major, &MFMediaType_Audio));
    IMFMediaType_DeleteItem(type, &MF_MT_MAJOR_TYPE);
    CHECK(IMFMediaTypeHandler_GetMajorType, MF_E_ATTRIBUTENOTFOUND, "Otherwise, it returns an HRESULT error code.",
          GIVES(MF_E_ATTRIBUTENOTFOUND, IMFMediaTypeHandler_GetMajorType(handler, &major)));
    CHECK(IMFMediaTypeHandler_SetCurrentMediaType, NULL, "Sets the object's media type. (On Windows none is one too.)",
          OK(IMFMediaTypeHandler_SetCurrentMediaType(handler, NULL)) && references(type) == 1 &&
              OK(IMFMediaTypeHandler_GetCurrentMediaType(handler, &read)) && !read);
    drop(&type);
    drop(&handler);
}

/* Whether the handler answers so, and proposes nothing. */
static int answers(IMFMediaTypeHandler *handler, const GUID *major, const GUID *subtype, HRESULT expected)
{
    IMFMediaType *type = new_type(major, subtype), *closest = (void *)1;
    int passed = GIVES(expected, IMFMediaTypeHandler_IsMediaTypeSupported(handler, type, &closest)) &&
                 (!closest || expected == E_INVALIDARG);

    passed = passed && GIVES(expected, IMFMediaTypeHandler_IsMediaTypeSupported(handler, type, NULL));
    drop(&type);
    return passed;
}

static void support(void)
{
    IMFMediaTypeHandler *handler = new_handler();
    IMFMediaType *type = new_type(&MFMediaType_Audio, NULL);

    if (!handler) return;
    IMFMediaTypeHandler_SetCurrentMediaType(handler, type);
    CHECK(IMFMediaTypeHandler_IsMediaTypeSupported, S_OK,
          "If the object supports the media type given in pMediaType, the method returns S_OK. If the method succeeds, "
          "this parameter receives a NULL pointer.",
          answers(handler, &MFMediaType_Audio, NULL, S_OK));
    CHECK(IMFMediaTypeHandler_IsMediaTypeSupported, subtype,
          "After the type is set, IsMediaTypeSupported always checks against that type. (On Windows: E_FAIL.)",
          answers(handler, &MFMediaType_Audio, &MFAudioFormat_PCM, E_FAIL));
    IMFMediaType_SetGUID(type, &MF_MT_SUBTYPE, &MFAudioFormat_PCM);
    IMFMediaType_SetUINT32(type, &MF_MT_AUDIO_NUM_CHANNELS, 2);
    CHECK(IMFMediaTypeHandler_IsMediaTypeSupported, attributes,
          "After the type is set, IsMediaTypeSupported always checks against that type.",
          answers(handler, &MFMediaType_Audio, &MFAudioFormat_PCM, S_OK));
    CHECK(IMFMediaTypeHandler_IsMediaTypeSupported, E_FAIL,
          "If the object does not support the media type, the method fails. (On Windows: E_FAIL.)",
          answers(handler, &MFMediaType_Video, NULL, E_FAIL) &&
              answers(handler, &MFMediaType_Audio, &MFAudioFormat_Float, E_FAIL));
    CHECK(IMFMediaTypeHandler_IsMediaTypeSupported, E_INVALIDARG,
          "If the object does not support the media type, the method fails. (On Windows: E_INVALIDARG for no type and "
          "for one without a major type.)",
          answers(handler, NULL, NULL, E_INVALIDARG) &&
              GIVES(E_INVALIDARG, IMFMediaTypeHandler_IsMediaTypeSupported(handler, NULL, NULL)));
    drop(&handler);
    drop(&type);
}

static const struct test_case cases[] = {
    {"creation", creation}, {"without_type", without_type}, {"setting", setting}, {"support", support}, {NULL, NULL}};
const struct group type_handler_group = {"type_handler", __FILE__, cases};
