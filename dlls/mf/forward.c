/*
 * The exports of documented parameters that are the next DLL's. Where it has none, or only a stub, they fail with
 * E_NOTIMPL and a trace; the documentation names no code for that, as on Windows all are there.
 */
#include "mf/next.h"

#include "common/trace.h"

#include <mf_more.h>
#include <wmcontainer.h>

CORK_TRACE_CHANNEL(mf);

/* An export `name` of `parameters`, passed on with `arguments`, both in parentheses. */
/* NOLINTBEGIN(bugprone-macro-parentheses): they have them */
#define FORWARD(name, parameters, arguments)                                                                           \
    HRESULT WINAPI name parameters                                                                                     \
    {                                                                                                                  \
        HRESULT(WINAPI *next) parameters = (HRESULT(WINAPI *) parameters)mf_next_function(#name);                      \
        CORK_TRACE("%s\n", #name);                                                                                     \
        return next ? next arguments : E_NOTIMPL;                                                                      \
    }
/* NOLINTEND(bugprone-macro-parentheses) */

FORWARD(CreateNamedPropertyStore, (INamedPropertyStore * *ppStore), (ppStore))
FORWARD(MFCreate3GPMediaSink,
        (IMFByteStream * pIByteStream, IMFMediaType *pVideoMediaType, IMFMediaType *pAudioMediaType,
         IMFMediaSink **ppIMediaSink),
        (pIByteStream, pVideoMediaType, pAudioMediaType, ppIMediaSink))
FORWARD(MFCreateAC3MediaSink,
        (IMFByteStream * pTargetByteStream, IMFMediaType *pAudioMediaType, IMFMediaSink **ppMediaSink),
        (pTargetByteStream, pAudioMediaType, ppMediaSink))
FORWARD(MFCreateADTSMediaSink,
        (IMFByteStream * pTargetByteStream, IMFMediaType *pAudioMediaType, IMFMediaSink **ppMediaSink),
        (pTargetByteStream, pAudioMediaType, ppMediaSink))
FORWARD(MFCreateASFMediaSink, (IMFByteStream * pIByteStream, IMFMediaSink **ppIMediaSink), (pIByteStream, ppIMediaSink))
FORWARD(MFCreateASFMediaSinkActivate,
        (LPCWSTR pwszFileName, IMFASFContentInfo *pContentInfo, IMFActivate **ppIActivate),
        (pwszFileName, pContentInfo, ppIActivate))
FORWARD(MFCreateASFStreamingMediaSink, (IMFByteStream * pIByteStream, IMFMediaSink **ppIMediaSink),
        (pIByteStream, ppIMediaSink))
FORWARD(MFCreateASFStreamingMediaSinkActivate,
        (IMFActivate * pByteStreamActivate, IMFASFContentInfo *pContentInfo, IMFActivate **ppIActivate),
        (pByteStreamActivate, pContentInfo, ppIActivate))
FORWARD(MFCreateAudioRenderer, (IMFAttributes * pAudioAttributes, IMFMediaSink **ppSink), (pAudioAttributes, ppSink))
FORWARD(MFCreateAudioRendererActivate, (IMFActivate * *ppActivate), (ppActivate))
FORWARD(MFCreateCredentialCache, (IMFNetCredentialCache * *ppCache), (ppCache))
FORWARD(MFCreateDeviceSource, (IMFAttributes * pAttributes, IMFMediaSource **ppSource), (pAttributes, ppSource))
FORWARD(MFCreateDeviceSourceActivate, (IMFAttributes * pAttributes, IMFActivate **ppActivate),
        (pAttributes, ppActivate))
FORWARD(MFCreateEncryptedMediaExtensionsStoreActivate,
        (IMFPMPHostApp * pmpHost, IStream *objectStream, LPCWSTR classId, IMFActivate **activate),
        (pmpHost, objectStream, classId, activate))
FORWARD(MFCreateFMPEG4MediaSink,
        (IMFByteStream * pIByteStream, IMFMediaType *pVideoMediaType, IMFMediaType *pAudioMediaType,
         IMFMediaSink **ppIMediaSink),
        (pIByteStream, pVideoMediaType, pAudioMediaType, ppIMediaSink))
FORWARD(MFCreateMP3MediaSink, (IMFByteStream * pTargetByteStream, IMFMediaSink **ppMediaSink),
        (pTargetByteStream, ppMediaSink))
FORWARD(MFCreateMPEG4MediaSink,
        (IMFByteStream * pIByteStream, IMFMediaType *pVideoMediaType, IMFMediaType *pAudioMediaType,
         IMFMediaSink **ppIMediaSink),
        (pIByteStream, pVideoMediaType, pAudioMediaType, ppIMediaSink))
FORWARD(MFCreateMuxSink,
        (GUID guidOutputSubType, IMFAttributes *pOutputAttributes, IMFByteStream *pOutputByteStream,
         IMFMediaSink **ppMuxSink),
        (guidOutputSubType, pOutputAttributes, pOutputByteStream, ppMuxSink))
FORWARD(MFCreateNetSchemePlugin, (REFGUID riid, void **ppvHandler), (riid, ppvHandler))
FORWARD(MFCreatePMPMediaSession,
        (DWORD dwCreationFlags, IMFAttributes *pConfiguration, IMFMediaSession **ppMediaSession,
         IMFActivate **ppEnablerActivate),
        (dwCreationFlags, pConfiguration, ppMediaSession, ppEnablerActivate))
FORWARD(MFCreatePMPServer, (DWORD dwCreationFlags, IMFPMPServer **ppPMPServer), (dwCreationFlags, ppPMPServer))
FORWARD(MFCreateProtectedEnvironmentAccess, (IMFProtectedEnvironmentAccess * *ppAccess), (ppAccess))
FORWARD(MFCreateProxyLocator, (LPCWSTR pszProtocol, IPropertyStore *pProxyConfig, IMFNetProxyLocator **ppProxyLocator),
        (pszProtocol, pProxyConfig, ppProxyLocator))
FORWARD(MFCreateRemoteDesktopPlugin, (IMFRemoteDesktopPlugin * *ppPlugin), (ppPlugin))
FORWARD(MFCreateSampleCopierMFT, (IMFTransform * *ppCopierMFT), (ppCopierMFT))
FORWARD(MFCreateVideoRenderer, (REFGUID riidRenderer, void **ppVideoRenderer), (riidRenderer, ppVideoRenderer))
FORWARD(MFCreateVideoRendererActivate, (HWND hwndVideo, IMFActivate **ppActivate), (hwndVideo, ppActivate))
FORWARD(MFCreateWMAEncoderActivate,
        (IMFMediaType * pMediaType, IPropertyStore *pEncodingConfigurationProperties, IMFActivate **ppActivate),
        (pMediaType, pEncodingConfigurationProperties, ppActivate))
FORWARD(MFCreateWMVEncoderActivate,
        (IMFMediaType * pMediaType, IPropertyStore *pEncodingConfigurationProperties, IMFActivate **ppActivate),
        (pMediaType, pEncodingConfigurationProperties, ppActivate))
FORWARD(MFGetLocalId, (const BYTE *verifier, DWORD size, LPWSTR *id), (verifier, size, id))
FORWARD(MFGetSupportedMimeTypes, (PROPVARIANT * pPropVarMimeTypeArray), (pPropVarMimeTypeArray))
FORWARD(MFGetSupportedSchemes, (PROPVARIANT * pPropVarSchemeArray), (pPropVarSchemeArray))
FORWARD(MFGetSystemId, (IMFSystemId * *ppId), (ppId))
FORWARD(MFLoadSignedLibrary, (LPCWSTR pszName, IMFSignedLibrary **ppLib), (pszName, ppLib))
