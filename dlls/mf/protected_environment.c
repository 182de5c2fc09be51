/* Whether a presentation is protected. */
#define COBJMACROS
#include <mf_more.h>

#include "common/trace.h"

CORK_TRACE_CHANNEL(mf);

/*
 * Whether one of the presentation's streams, selected or not, has the attribute MF_SD_PROTECTED with a value that is
 * not 0: S_OK where one has, S_FALSE where none has. E_POINTER: no descriptor; else what the descriptor fails with. Any
 * thread. Source: mfidl.h, MFRequireProtectedEnvironment.
 */
HRESULT WINAPI MFRequireProtectedEnvironment(IMFPresentationDescriptor *presentation)
{
    DWORD count = 0;
    HRESULT result;

    CORK_TRACE("presentation %p\n", presentation);
    if (!presentation) return E_POINTER;
    result = IMFPresentationDescriptor_GetStreamDescriptorCount(presentation, &count);
    for (DWORD i = 0; SUCCEEDED(result) && i < count; i++)
    {
        IMFStreamDescriptor *stream;
        BOOL selected;
        UINT32 value = 0;

        result = IMFPresentationDescriptor_GetStreamDescriptorByIndex(presentation, i, &selected, &stream);
        if (FAILED(result)) break;
        IMFStreamDescriptor_GetUINT32(stream, &MF_SD_PROTECTED, &value);
        IMFStreamDescriptor_Release(stream);
        if (value) return S_OK;
    }
    return FAILED(result) ? result : S_FALSE;
}
