/*
 * MFGetService, MFShutdownObject and MFRequireProtectedEnvironment: with an object of the test's own that has the
 * interfaces or not.
 */
#include "mf_test.h"

/* One object with both interfaces, as far as `has` allows; counts calls. */
struct object
{
    IMFGetService IMFGetService_iface;
    IMFShutdown IMFShutdown_iface;
    int has;
    LONG references, shutdowns;
    HRESULT answer;
    GUID service, interface_id;
};

static struct object object;

static HRESULT WINAPI query(void *iface, REFIID iid, void **out)
{
    (void)iface;
    *out = NULL;
    if (!object.has || IsEqualIID(iid, &IID_IMFClock)) return E_NOINTERFACE;
    *out = IsEqualIID(iid, &IID_IMFShutdown) ? (void *)&object.IMFShutdown_iface : &object.IMFGetService_iface;
    object.references++;
    return S_OK;
}
static ULONG WINAPI addref(void *iface)
{
    (void)iface;
    return ++object.references;
}
static ULONG WINAPI release(void *iface)
{
    (void)iface;
    return --object.references;
}
static HRESULT WINAPI get_service(IMFGetService *iface, REFGUID service, REFIID iid, void **out)
{
    object.service = *service;
    object.interface_id = *iid;
    *out = iface;
    return object.answer;
}
static HRESULT WINAPI shut_down(IMFShutdown *iface)
{
    (void)iface;
    object.shutdowns++;
    return object.answer;
}
static HRESULT WINAPI shutdown_status(IMFShutdown *iface, MFSHUTDOWN_STATUS *status)
{
    (void)iface;
    (void)status;
    return E_NOTIMPL;
}

static IMFGetServiceVtbl service_vtbl = {(HRESULT(WINAPI *)(IMFGetService *, REFIID, void **))query,
                                         (ULONG(WINAPI *)(IMFGetService *))addref,
                                         (ULONG(WINAPI *)(IMFGetService *))release, get_service};
static IMFShutdownVtbl shutdown_vtbl = {(HRESULT(WINAPI *)(IMFShutdown *, REFIID, void **))query,
                                        (ULONG(WINAPI *)(IMFShutdown *))addref, (ULONG(WINAPI *)(IMFShutdown *))release,
                                        shut_down, shutdown_status};

static IUnknown *an_object(int has, HRESULT answer)
{
    memset(&object, 0, sizeof(object));
    object.IMFGetService_iface.lpVtbl = &service_vtbl;
    object.IMFShutdown_iface.lpVtbl = &shutdown_vtbl;
    object.has = has;
    object.references = 1;
    object.answer = answer;
    return (IUnknown *)&object.IMFGetService_iface;
}

static void service(void)
{
    void *out = NULL;

    CHECK(MFGetService, S_OK,
          "The function queries the object for the IMFGetService interface and, if successful, calls GetService on the "
          "object.",
          OK(pMFGetService(an_object(1, S_OK), &MF_RATE_CONTROL_SERVICE, &IID_IMFRateControl, &out)) &&
              out == &object.IMFGetService_iface && IsEqualGUID(&object.service, &MF_RATE_CONTROL_SERVICE) &&
              IsEqualGUID(&object.interface_id, &IID_IMFRateControl) && object.references == 1);
    CHECK(MFGetService, MF_E_UNSUPPORTED_SERVICE,
          "The service requested cannot be found in the object represented by punkObject.",
          GIVES(MF_E_UNSUPPORTED_SERVICE, pMFGetService(an_object(1, MF_E_UNSUPPORTED_SERVICE),
                                                        &MF_RATE_CONTROL_SERVICE, &IID_IMFRateControl, &out)) &&
              object.references == 1);
    CHECK(MFGetService, E_NOINTERFACE,
          "The function queries the object for the IMFGetService interface and, if successful, calls GetService.",
          GIVES(E_NOINTERFACE, pMFGetService(an_object(0, S_OK), &MF_RATE_CONTROL_SERVICE, &IID_IMFRateControl, &out)));
    CHECK(MFGetService, E_POINTER, "punkObject: A pointer to the IUnknown interface of the object to query.",
          GIVES(E_POINTER, pMFGetService(NULL, &MF_RATE_CONTROL_SERVICE, &IID_IMFRateControl, &out)));
}

static void shutdown_object(void)
{
    CHECK(MFShutdownObject, S_OK,
          "The function queries the object for the IMFShutdown interface and, if successful, calls Shutdown on the "
          "object.",
          OK(pMFShutdownObject(an_object(1, S_OK))) && object.shutdowns == 1 && object.references == 1);
    CHECK(MFShutdownObject, without, "The function queries the object for the IMFShutdown interface",
          OK(pMFShutdownObject(an_object(0, S_OK))) && object.shutdowns == 0 && object.references == 1 &&
              OK(pMFShutdownObject(NULL)));
    CHECK(MFShutdownObject, result, "The function succeeded. (On Windows, whatever Shutdown returns.)",
          OK(pMFShutdownObject(an_object(1, MF_E_SHUTDOWN))) && object.shutdowns == 1 && object.references == 1);
}

/* A presentation of two streams, of which the second has the attribute with this value, -1: has it not. */
static IMFPresentationDescriptor *presentation(int value)
{
    IMFStreamDescriptor *streams[2] = {NULL};
    IMFPresentationDescriptor *descriptor = NULL;
    IMFMediaType *type = NULL;

    MFCreateMediaType(&type);
    IMFMediaType_SetGUID(type, &MF_MT_MAJOR_TYPE, &MFMediaType_Audio);
    for (DWORD i = 0; i < 2; i++)
        MFCreateStreamDescriptor(i, 1, &type, &streams[i]);
    if (value >= 0) IMFStreamDescriptor_SetUINT32(streams[1], &MF_SD_PROTECTED, value);
    MFCreatePresentationDescriptor(2, streams, &descriptor);
    drop(&streams[0]);
    drop(&streams[1]);
    drop(&type);
    return descriptor;
}

static int protected_answer(int value, HRESULT expected)
{
    IMFPresentationDescriptor *descriptor = presentation(value);
    int passed = GIVES(expected, pMFRequireProtectedEnvironment(descriptor));

    drop(&descriptor);
    return passed;
}

static void protection(void)
{
    CHECK(MFRequireProtectedEnvironment, S_OK,
          "this function checks whether any of the stream descriptors in the presentation have the MF_SD_PROTECTED "
          "attribute with the value TRUE.",
          protected_answer(1, S_OK));
    CHECK(MFRequireProtectedEnvironment, S_FALSE, "This presentation does not require a protected environment.",
          protected_answer(0, S_FALSE) && protected_answer(-1, S_FALSE));
    CHECK(MFRequireProtectedEnvironment, E_POINTER, "pPresentationDescriptor [in]",
          GIVES(E_POINTER, pMFRequireProtectedEnvironment(NULL)));
}

static const struct test_case cases[] = {
    {"service", service}, {"shutdown", shutdown_object}, {"protection", protection}, {NULL, NULL}};
const struct group service_group = {"service", __FILE__, cases};
