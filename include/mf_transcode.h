/*
 * What mfidl.h of mingw-w64 10 lacks for transcoding and for sequences of sources, beside mf_more.h, which this
 * includes: where a newer header has a declaration, its own counts. Names and layouts are those of the Windows SDK's
 * mfidl.h.
 */
#ifndef CORK_MF_TRANSCODE_H
#define CORK_MF_TRANSCODE_H

#include "mf_more.h"

HRESULT WINAPI MFCreateCollection(IMFCollection **ppIMFCollection);

#ifndef MF_SOURCE_PRESENTATION_PROVIDER_SERVICE
CORK_MF_GUID(cork_MF_SOURCE_PRESENTATION_PROVIDER_SERVICE, 0xe002aadc, 0xf4af, 0x4ee5, 0x98, 0x47, 0x05, 0x3e, 0xdf,
             0x84, 0x04, 0x26);
#define MF_SOURCE_PRESENTATION_PROVIDER_SERVICE cork_MF_SOURCE_PRESENTATION_PROVIDER_SERVICE
#endif

#ifndef __IMFTranscodeProfile_INTERFACE_DEFINED__
#define __IMFTranscodeProfile_INTERFACE_DEFINED__
CORK_MF_GUID(cork_IID_IMFTranscodeProfile, 0x4adfdba3, 0x7ab0, 0x4953, 0xa6, 0x2b, 0x46, 0x1e, 0x7f, 0xf3, 0xda, 0x1e);
#define IID_IMFTranscodeProfile cork_IID_IMFTranscodeProfile
typedef struct IMFTranscodeProfile IMFTranscodeProfile;
typedef struct IMFTranscodeProfileVtbl
{
    CORK_MF_UNKNOWN(IMFTranscodeProfile);
    HRESULT(STDMETHODCALLTYPE *SetAudioAttributes)(IMFTranscodeProfile *This, IMFAttributes *pAttrs);
    HRESULT(STDMETHODCALLTYPE *GetAudioAttributes)(IMFTranscodeProfile *This, IMFAttributes **ppAttrs);
    HRESULT(STDMETHODCALLTYPE *SetVideoAttributes)(IMFTranscodeProfile *This, IMFAttributes *pAttrs);
    HRESULT(STDMETHODCALLTYPE *GetVideoAttributes)(IMFTranscodeProfile *This, IMFAttributes **ppAttrs);
    HRESULT(STDMETHODCALLTYPE *SetContainerAttributes)(IMFTranscodeProfile *This, IMFAttributes *pAttrs);
    HRESULT(STDMETHODCALLTYPE *GetContainerAttributes)(IMFTranscodeProfile *This, IMFAttributes **ppAttrs);
} IMFTranscodeProfileVtbl;
struct IMFTranscodeProfile
{
    const IMFTranscodeProfileVtbl *lpVtbl;
};
#ifdef COBJMACROS
#define IMFTranscodeProfile_QueryInterface(This, riid, ppvObject) (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define IMFTranscodeProfile_AddRef(This)                          (This)->lpVtbl->AddRef(This)
#define IMFTranscodeProfile_Release(This)                         (This)->lpVtbl->Release(This)
#define IMFTranscodeProfile_SetAudioAttributes(This, pAttrs)      (This)->lpVtbl->SetAudioAttributes(This, pAttrs)
#define IMFTranscodeProfile_GetAudioAttributes(This, ppAttrs)     (This)->lpVtbl->GetAudioAttributes(This, ppAttrs)
#define IMFTranscodeProfile_SetVideoAttributes(This, pAttrs)      (This)->lpVtbl->SetVideoAttributes(This, pAttrs)
#define IMFTranscodeProfile_GetVideoAttributes(This, ppAttrs)     (This)->lpVtbl->GetVideoAttributes(This, ppAttrs)
#define IMFTranscodeProfile_SetContainerAttributes(This, pAttrs)  (This)->lpVtbl->SetContainerAttributes(This, pAttrs)
#define IMFTranscodeProfile_GetContainerAttributes(This, ppAttrs) (This)->lpVtbl->GetContainerAttributes(This, ppAttrs)
#endif
#endif

#ifndef __IMFTranscodeSinkInfoProvider_INTERFACE_DEFINED__
#define __IMFTranscodeSinkInfoProvider_INTERFACE_DEFINED__
CORK_MF_GUID(cork_IID_IMFTranscodeSinkInfoProvider, 0x8cffcd2e, 0x5a03, 0x4a3a, 0xaf, 0xf7, 0xed, 0xcd, 0x10, 0x7c,
             0x62, 0x0e);
#define IID_IMFTranscodeSinkInfoProvider cork_IID_IMFTranscodeSinkInfoProvider
typedef struct IMFTranscodeSinkInfoProvider IMFTranscodeSinkInfoProvider;
typedef struct IMFTranscodeSinkInfoProviderVtbl
{
    CORK_MF_UNKNOWN(IMFTranscodeSinkInfoProvider);
    HRESULT(STDMETHODCALLTYPE *SetOutputFile)(IMFTranscodeSinkInfoProvider *This, LPCWSTR pwszFileName);
    HRESULT(STDMETHODCALLTYPE *SetOutputByteStream)
    (IMFTranscodeSinkInfoProvider *This, IMFActivate *pByteStreamActivate);
    HRESULT(STDMETHODCALLTYPE *SetProfile)(IMFTranscodeSinkInfoProvider *This, IMFTranscodeProfile *pProfile);
    HRESULT(STDMETHODCALLTYPE *GetSinkInfo)(IMFTranscodeSinkInfoProvider *This, MF_TRANSCODE_SINK_INFO *pSinkInfo);
} IMFTranscodeSinkInfoProviderVtbl;
struct IMFTranscodeSinkInfoProvider
{
    const IMFTranscodeSinkInfoProviderVtbl *lpVtbl;
};
#ifdef COBJMACROS
#define IMFTranscodeSinkInfoProvider_QueryInterface(This, riid, ppvObject)                                             \
    (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define IMFTranscodeSinkInfoProvider_AddRef(This)                      (This)->lpVtbl->AddRef(This)
#define IMFTranscodeSinkInfoProvider_Release(This)                     (This)->lpVtbl->Release(This)
#define IMFTranscodeSinkInfoProvider_SetOutputFile(This, pwszFileName) (This)->lpVtbl->SetOutputFile(This, pwszFileName)
#define IMFTranscodeSinkInfoProvider_SetOutputByteStream(This, pByteStreamActivate)                                    \
    (This)->lpVtbl->SetOutputByteStream(This, pByteStreamActivate)
#define IMFTranscodeSinkInfoProvider_SetProfile(This, pProfile)   (This)->lpVtbl->SetProfile(This, pProfile)
#define IMFTranscodeSinkInfoProvider_GetSinkInfo(This, pSinkInfo) (This)->lpVtbl->GetSinkInfo(This, pSinkInfo)
#endif
#endif

#ifndef __IMFSequencerSource_INTERFACE_DEFINED__
#define __IMFSequencerSource_INTERFACE_DEFINED__
CORK_MF_GUID(cork_IID_IMFSequencerSource, 0x197cd219, 0x19cb, 0x4de1, 0xa6, 0x4c, 0xac, 0xf2, 0xed, 0xcb, 0xe5, 0x9e);
#define IID_IMFSequencerSource cork_IID_IMFSequencerSource
typedef struct IMFSequencerSource IMFSequencerSource;
typedef struct IMFSequencerSourceVtbl
{
    CORK_MF_UNKNOWN(IMFSequencerSource);
    HRESULT(STDMETHODCALLTYPE *AppendTopology)
    (IMFSequencerSource *This, IMFTopology *pTopology, DWORD dwFlags, MFSequencerElementId *pdwId);
    HRESULT(STDMETHODCALLTYPE *DeleteTopology)(IMFSequencerSource *This, MFSequencerElementId dwId);
    HRESULT(STDMETHODCALLTYPE *GetPresentationContext)
    (IMFSequencerSource *This, IMFPresentationDescriptor *pPD, MFSequencerElementId *pId, IMFTopology **ppTopology);
    HRESULT(STDMETHODCALLTYPE *UpdateTopology)
    (IMFSequencerSource *This, MFSequencerElementId dwId, IMFTopology *pTopology);
    HRESULT(STDMETHODCALLTYPE *UpdateTopologyFlags)(IMFSequencerSource *This, MFSequencerElementId dwId, DWORD dwFlags);
} IMFSequencerSourceVtbl;
struct IMFSequencerSource
{
    const IMFSequencerSourceVtbl *lpVtbl;
};
#ifdef COBJMACROS
#define IMFSequencerSource_QueryInterface(This, riid, ppvObject) (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define IMFSequencerSource_AddRef(This)                          (This)->lpVtbl->AddRef(This)
#define IMFSequencerSource_Release(This)                         (This)->lpVtbl->Release(This)
#define IMFSequencerSource_AppendTopology(This, pTopology, dwFlags, pdwId)                                             \
    (This)->lpVtbl->AppendTopology(This, pTopology, dwFlags, pdwId)
#define IMFSequencerSource_DeleteTopology(This, dwId) (This)->lpVtbl->DeleteTopology(This, dwId)
#define IMFSequencerSource_GetPresentationContext(This, pPD, pId, ppTopology)                                          \
    (This)->lpVtbl->GetPresentationContext(This, pPD, pId, ppTopology)
#define IMFSequencerSource_UpdateTopology(This, dwId, pTopology) (This)->lpVtbl->UpdateTopology(This, dwId, pTopology)
#define IMFSequencerSource_UpdateTopologyFlags(This, dwId, dwFlags)                                                    \
    (This)->lpVtbl->UpdateTopologyFlags(This, dwId, dwFlags)
#endif
#endif

#ifndef __IMFMediaSourcePresentationProvider_INTERFACE_DEFINED__
#define __IMFMediaSourcePresentationProvider_INTERFACE_DEFINED__
CORK_MF_GUID(cork_IID_IMFMediaSourcePresentationProvider, 0x0e1d600a, 0xc9f3, 0x442d, 0x8c, 0x51, 0xa4, 0x2d, 0x2d,
             0x49, 0x45, 0x2f);
#define IID_IMFMediaSourcePresentationProvider cork_IID_IMFMediaSourcePresentationProvider
typedef struct IMFMediaSourcePresentationProvider IMFMediaSourcePresentationProvider;
typedef struct IMFMediaSourcePresentationProviderVtbl
{
    CORK_MF_UNKNOWN(IMFMediaSourcePresentationProvider);
    HRESULT(STDMETHODCALLTYPE *ForceEndOfPresentation)
    (IMFMediaSourcePresentationProvider *This, IMFPresentationDescriptor *pPresentationDescriptor);
} IMFMediaSourcePresentationProviderVtbl;
struct IMFMediaSourcePresentationProvider
{
    const IMFMediaSourcePresentationProviderVtbl *lpVtbl;
};
#ifdef COBJMACROS
#define IMFMediaSourcePresentationProvider_QueryInterface(This, riid, ppvObject)                                       \
    (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define IMFMediaSourcePresentationProvider_AddRef(This)  (This)->lpVtbl->AddRef(This)
#define IMFMediaSourcePresentationProvider_Release(This) (This)->lpVtbl->Release(This)
#define IMFMediaSourcePresentationProvider_ForceEndOfPresentation(This, pPresentationDescriptor)                       \
    (This)->lpVtbl->ForceEndOfPresentation(This, pPresentationDescriptor)
#endif
#endif

#endif
