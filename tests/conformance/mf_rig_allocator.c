/*
 * The rig's allocator of a video sink: mfplat's own, which keeps samples in ordinary memory as long as it is given no
 * Direct3D device, with a record of the calls.
 */
#include "mf_rig_object.h"

struct allocator
{
    struct rig_object object;
    IMFVideoSampleAllocator samples;
    IMFVideoSampleAllocatorCallback notices;
    IMFVideoSampleAllocator *inner;
    IMFSample *known[16]; /* samples that were handed out; never followed */
    unsigned count;
};

RIG_UNKNOWN(IMFVideoSampleAllocator, allocator, samples)
RIG_UNKNOWN(IMFVideoSampleAllocatorCallback, allocator, notices)

static HRESULT WINAPI allocator_SetDirectXManager(IMFVideoSampleAllocator *self, IUnknown *manager)
{
    struct allocator *allocator = allocator_of_samples(self);
    HRESULT hr = rig_enter(&allocator->object, NULL, "SetDirectXManager", 0, NULL);

    return FAILED(hr) ? hr : IMFVideoSampleAllocator_SetDirectXManager(allocator->inner, manager);
}

static HRESULT WINAPI allocator_UninitializeSampleAllocator(IMFVideoSampleAllocator *self)
{
    struct allocator *allocator = allocator_of_samples(self);
    HRESULT hr = rig_enter(&allocator->object, NULL, "UninitializeSampleAllocator", 0, NULL);

    return FAILED(hr) ? hr : IMFVideoSampleAllocator_UninitializeSampleAllocator(allocator->inner);
}

static HRESULT WINAPI allocator_InitializeSampleAllocator(IMFVideoSampleAllocator *self, DWORD samples,
                                                          IMFMediaType *type)
{
    struct allocator *allocator = allocator_of_samples(self);
    UINT64 size = 0;
    HRESULT hr;

    IMFMediaType_GetUINT64(type, &MF_MT_FRAME_SIZE, &size);
    hr = rig_enter(&allocator->object, NULL, "InitializeSampleAllocator", (LONGLONG)(size >> 32), NULL);
    return FAILED(hr) ? hr : IMFVideoSampleAllocator_InitializeSampleAllocator(allocator->inner, samples, type);
}

static HRESULT WINAPI allocator_AllocateSample(IMFVideoSampleAllocator *self, IMFSample **sample)
{
    struct allocator *allocator = allocator_of_samples(self);
    HRESULT hr = rig_enter(&allocator->object, NULL, "AllocateSample", 0, NULL);

    if (SUCCEEDED(hr)) hr = IMFVideoSampleAllocator_AllocateSample(allocator->inner, sample);
    if (SUCCEEDED(hr)) allocator->known[allocator->count++ % 16] = *sample;
    if (hr == MF_E_SAMPLEALLOCATOR_EMPTY) rig_enter(&allocator->object, NULL, "Empty", 0, NULL);
    return hr;
}

static IMFVideoSampleAllocatorVtbl samples_table = {RIG_UNKNOWN_METHODS(allocator, samples),
                                                    allocator_SetDirectXManager, allocator_UninitializeSampleAllocator,
                                                    allocator_InitializeSampleAllocator, allocator_AllocateSample};

static HRESULT WINAPI allocator_SetCallback(IMFVideoSampleAllocatorCallback *self,
                                            IMFVideoSampleAllocatorNotify *notify)
{
    struct allocator *allocator = allocator_of_notices(self);
    HRESULT hr = rig_enter(&allocator->object, NULL, "SetCallback", notify != NULL, NULL);
    IMFVideoSampleAllocatorCallback *inner;

    if (FAILED(hr)) return hr;
    hr =
        IMFVideoSampleAllocator_QueryInterface(allocator->inner, &IID_IMFVideoSampleAllocatorCallback, (void **)&inner);
    if (FAILED(hr)) return hr;
    hr = IMFVideoSampleAllocatorCallback_SetCallback(inner, notify);
    IMFVideoSampleAllocatorCallback_Release(inner);
    return hr;
}

static HRESULT WINAPI allocator_GetFreeSampleCount(IMFVideoSampleAllocatorCallback *self, LONG *samples)
{
    struct allocator *allocator = allocator_of_notices(self);
    HRESULT hr = rig_enter(&allocator->object, NULL, "GetFreeSampleCount", 0, NULL);

    if (FAILED(hr)) return hr;
    *samples = 0;
    return E_NOTIMPL;
}

static IMFVideoSampleAllocatorCallbackVtbl notices_table = {RIG_UNKNOWN_METHODS(allocator, notices),
                                                            allocator_SetCallback, allocator_GetFreeSampleCount};

static void *allocator_query(struct rig_object *object, REFIID iid)
{
    struct allocator *allocator = (struct allocator *)object;

    if (IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IMFVideoSampleAllocator)) return &allocator->samples;
    if (IsEqualIID(iid, &IID_IMFVideoSampleAllocatorCallback)) return &allocator->notices;
    return NULL;
}

static void allocator_destroy(struct rig_object *object)
{
    struct allocator *allocator = (struct allocator *)object;

    if (allocator->inner) IMFVideoSampleAllocator_Release(allocator->inner);
}

IMFVideoSampleAllocator *rig_allocator(struct rig *rig, const char *name)
{
    struct allocator *allocator = rig_object_new(rig, sizeof(*allocator), name, allocator_query, allocator_destroy);

    allocator->samples.lpVtbl = &samples_table;
    allocator->notices.lpVtbl = &notices_table;
    if (SUCCEEDED(MFCreateVideoSampleAllocatorEx(&IID_IMFVideoSampleAllocator, (void **)&allocator->inner)))
        return &allocator->samples;
    rig_object_release(&allocator->object);
    return NULL;
}

BOOL rig_is_allocated(IMFVideoSampleAllocator *self, IMFSample *sample)
{
    struct allocator *allocator = allocator_of_samples(self);

    for (unsigned i = 0; i < 16; i++)
        if (allocator->known[i] == sample) return TRUE;
    return FALSE;
}
