/*
 * What mfidl.h of mingw-w64 10 lacks of the Media Foundation API: interfaces, structures, attributes and services, and
 * the functions of mf.dll that it does not declare. Include it in place of mfidl.h, which it includes; where that one
 * is newer and has a declaration, its own counts.
 *
 * The names and layouts are those of the Windows SDK's mfidl.h, as its documentation and the public Windows metadata
 * have them. Interfaces are declared for C.
 */
#ifndef CORK_MF_MORE_H
#define CORK_MF_MORE_H

#include <mfapi.h>
#include <mferror.h>
#include <mfidl.h>

/* ---- Attributes, services, time formats -------------------------------------------------------------------------- */

/* A name may be there already, and as a definition; so the name stands for a constant of this file. */
#ifndef CORK_MF_GUID
#define CORK_MF_GUID(name, a, b, c, d0, d1, d2, d3, d4, d5, d6, d7)                                                    \
    static const GUID name __attribute__((unused)) = {a, b, c, {d0, d1, d2, d3, d4, d5, d6, d7}}
#endif

/* Of evr.h, which needs Direct3D's headers: under a name of its own, as programs include that, too. */
CORK_MF_GUID(cork_MR_VIDEO_ACCELERATION_SERVICE, 0xefef5175, 0x5c7d, 0x4ce2, 0xbb, 0xbd, 0x34, 0xff, 0x8b, 0xca, 0x65,
             0x54);
CORK_MF_GUID(cork_MF_EVENT_STREAM_METADATA_KEYDATA, 0xcd59a4a1, 0x4a3b, 0x4bbd, 0x86, 0x65, 0x72, 0xa4, 0x0f, 0xbe,
             0xa7, 0x76);
#define MF_EVENT_STREAM_METADATA_KEYDATA cork_MF_EVENT_STREAM_METADATA_KEYDATA
CORK_MF_GUID(cork_MF_EVENT_STREAM_METADATA_CONTENT_KEYIDS, 0x5063449d, 0xcc29, 0x4fc6, 0xa7, 0x5a, 0xd2, 0x47, 0xb3,
             0x5a, 0xf8, 0x5c);
#define MF_EVENT_STREAM_METADATA_CONTENT_KEYIDS cork_MF_EVENT_STREAM_METADATA_CONTENT_KEYIDS
CORK_MF_GUID(cork_MF_EVENT_STREAM_METADATA_SYSTEMID, 0x1ea2ef64, 0xba16, 0x4a36, 0x87, 0x19, 0xfe, 0x75, 0x60, 0xba,
             0x32, 0xad);
#define MF_EVENT_STREAM_METADATA_SYSTEMID cork_MF_EVENT_STREAM_METADATA_SYSTEMID
CORK_MF_GUID(cork_MF_SESSION_TOPOLOADER, 0x1e83d482, 0x1f1c, 0x4571, 0x84, 0x05, 0x88, 0xf4, 0xb2, 0x18, 0x1f, 0x71);
#define MF_SESSION_TOPOLOADER cork_MF_SESSION_TOPOLOADER
CORK_MF_GUID(cork_MF_SESSION_GLOBAL_TIME, 0x1e83d482, 0x1f1c, 0x4571, 0x84, 0x05, 0x88, 0xf4, 0xb2, 0x18, 0x1f, 0x72);
#define MF_SESSION_GLOBAL_TIME cork_MF_SESSION_GLOBAL_TIME
CORK_MF_GUID(cork_MF_SESSION_QUALITY_MANAGER, 0x1e83d482, 0x1f1c, 0x4571, 0x84, 0x05, 0x88, 0xf4, 0xb2, 0x18, 0x1f,
             0x73);
#define MF_SESSION_QUALITY_MANAGER cork_MF_SESSION_QUALITY_MANAGER
CORK_MF_GUID(cork_MF_SESSION_CONTENT_PROTECTION_MANAGER, 0x1e83d482, 0x1f1c, 0x4571, 0x84, 0x05, 0x88, 0xf4, 0xb2, 0x18,
             0x1f, 0x74);
#define MF_SESSION_CONTENT_PROTECTION_MANAGER cork_MF_SESSION_CONTENT_PROTECTION_MANAGER
CORK_MF_GUID(cork_MF_SESSION_SERVER_CONTEXT, 0xafe5b291, 0x50fa, 0x46e8, 0xb9, 0xbe, 0x0c, 0x0c, 0x3c, 0xe4, 0xb3,
             0xa5);
#define MF_SESSION_SERVER_CONTEXT cork_MF_SESSION_SERVER_CONTEXT
CORK_MF_GUID(cork_MF_SESSION_REMOTE_SOURCE_MODE, 0xf4033ef4, 0x9bb3, 0x4378, 0x94, 0x1f, 0x85, 0xa0, 0x85, 0x6b, 0xc2,
             0x44);
#define MF_SESSION_REMOTE_SOURCE_MODE cork_MF_SESSION_REMOTE_SOURCE_MODE
CORK_MF_GUID(cork_MF_SESSION_APPROX_EVENT_OCCURRENCE_TIME, 0x190e852f, 0x6238, 0x42d1, 0xb5, 0xaf, 0x69, 0xea, 0x33,
             0x8e, 0xf8, 0x50);
#define MF_SESSION_APPROX_EVENT_OCCURRENCE_TIME cork_MF_SESSION_APPROX_EVENT_OCCURRENCE_TIME
CORK_MF_GUID(cork_MF_TIME_FORMAT_ENTRY_RELATIVE, 0x4399f178, 0x46d3, 0x4504, 0xaf, 0xda, 0x20, 0xd3, 0x2e, 0x9b, 0xa3,
             0x60);
#define MF_TIME_FORMAT_ENTRY_RELATIVE cork_MF_TIME_FORMAT_ENTRY_RELATIVE
CORK_MF_GUID(cork_MF_TOPOLOGY_PROJECTSTART, 0x7ed3f802, 0x86bb, 0x4b3f, 0xb7, 0xe4, 0x7c, 0xb4, 0x3a, 0xfd, 0x4b, 0x80);
#define MF_TOPOLOGY_PROJECTSTART cork_MF_TOPOLOGY_PROJECTSTART
CORK_MF_GUID(cork_MF_TOPOLOGY_PROJECTSTOP, 0x7ed3f803, 0x86bb, 0x4b3f, 0xb7, 0xe4, 0x7c, 0xb4, 0x3a, 0xfd, 0x4b, 0x80);
#define MF_TOPOLOGY_PROJECTSTOP cork_MF_TOPOLOGY_PROJECTSTOP
CORK_MF_GUID(cork_MF_TOPOLOGY_NO_MARKIN_MARKOUT, 0x7ed3f804, 0x86bb, 0x4b3f, 0xb7, 0xe4, 0x7c, 0xb4, 0x3a, 0xfd, 0x4b,
             0x80);
#define MF_TOPOLOGY_NO_MARKIN_MARKOUT cork_MF_TOPOLOGY_NO_MARKIN_MARKOUT
CORK_MF_GUID(cork_MF_TOPOLOGY_DXVA_MODE, 0x1e8d34f6, 0xf5ab, 0x4e23, 0xbb, 0x88, 0x87, 0x4a, 0xa3, 0xa1, 0xa7, 0x4d);
#define MF_TOPOLOGY_DXVA_MODE cork_MF_TOPOLOGY_DXVA_MODE
CORK_MF_GUID(cork_MF_TOPOLOGY_ENABLE_XVP_FOR_PLAYBACK, 0x1967731f, 0xcd78, 0x42fc, 0xb0, 0x26, 0x09, 0x92, 0xa5, 0x6e,
             0x56, 0x93);
#define MF_TOPOLOGY_ENABLE_XVP_FOR_PLAYBACK cork_MF_TOPOLOGY_ENABLE_XVP_FOR_PLAYBACK
CORK_MF_GUID(cork_MF_TOPOLOGY_STATIC_PLAYBACK_OPTIMIZATIONS, 0xb86cac42, 0x41a6, 0x4b79, 0x89, 0x7a, 0x1a, 0xb0, 0xe5,
             0x2b, 0x4a, 0x1b);
#define MF_TOPOLOGY_STATIC_PLAYBACK_OPTIMIZATIONS cork_MF_TOPOLOGY_STATIC_PLAYBACK_OPTIMIZATIONS
CORK_MF_GUID(cork_MF_TOPOLOGY_PLAYBACK_MAX_DIMS, 0x5715cf19, 0x5768, 0x44aa, 0xad, 0x6e, 0x87, 0x21, 0xf1, 0xb0, 0xf9,
             0xbb);
#define MF_TOPOLOGY_PLAYBACK_MAX_DIMS cork_MF_TOPOLOGY_PLAYBACK_MAX_DIMS
CORK_MF_GUID(cork_MF_TOPOLOGY_HARDWARE_MODE, 0xd2d362fd, 0x4e4f, 0x4191, 0xa5, 0x79, 0xc6, 0x18, 0xb6, 0x67, 0x06,
             0xaf);
#define MF_TOPOLOGY_HARDWARE_MODE cork_MF_TOPOLOGY_HARDWARE_MODE
CORK_MF_GUID(cork_MF_TOPOLOGY_PLAYBACK_FRAMERATE, 0xc164737a, 0xc2b1, 0x4553, 0x83, 0xbb, 0x5a, 0x52, 0x60, 0x72, 0x44,
             0x8f);
#define MF_TOPOLOGY_PLAYBACK_FRAMERATE cork_MF_TOPOLOGY_PLAYBACK_FRAMERATE
CORK_MF_GUID(cork_MF_TOPOLOGY_DYNAMIC_CHANGE_NOT_ALLOWED, 0xd529950b, 0xd484, 0x4527, 0xa9, 0xcd, 0xb1, 0x90, 0x95,
             0x32, 0xb5, 0xb0);
#define MF_TOPOLOGY_DYNAMIC_CHANGE_NOT_ALLOWED cork_MF_TOPOLOGY_DYNAMIC_CHANGE_NOT_ALLOWED
CORK_MF_GUID(cork_MF_TOPOLOGY_ENUMERATE_SOURCE_TYPES, 0x6248c36d, 0x5d0b, 0x4f40, 0xa0, 0xbb, 0xb0, 0xb3, 0x05, 0xf7,
             0x76, 0x98);
#define MF_TOPOLOGY_ENUMERATE_SOURCE_TYPES cork_MF_TOPOLOGY_ENUMERATE_SOURCE_TYPES
CORK_MF_GUID(cork_MF_TOPOLOGY_START_TIME_ON_PRESENTATION_SWITCH, 0xc8cc113f, 0x7951, 0x4548, 0xaa, 0xd6, 0x9e, 0xd6,
             0x20, 0x2e, 0x62, 0xb3);
#define MF_TOPOLOGY_START_TIME_ON_PRESENTATION_SWITCH cork_MF_TOPOLOGY_START_TIME_ON_PRESENTATION_SWITCH
CORK_MF_GUID(cork_MF_TOPONODE_FLUSH, 0x494bbce8, 0xb031, 0x4e38, 0x97, 0xc4, 0xd5, 0x42, 0x2d, 0xd6, 0x18, 0xdc);
#define MF_TOPONODE_FLUSH cork_MF_TOPONODE_FLUSH
CORK_MF_GUID(cork_MF_TIMECODE_SERVICE, 0xa0d502a7, 0x0eb3, 0x4885, 0xb1, 0xb9, 0x9f, 0xeb, 0x0d, 0x08, 0x34, 0x54);
#define MF_TIMECODE_SERVICE cork_MF_TIMECODE_SERVICE
CORK_MF_GUID(cork_MF_TIME_FORMAT_SEGMENT_OFFSET, 0xc8b8be77, 0x869c, 0x431d, 0x81, 0x2e, 0x16, 0x96, 0x93, 0xf6, 0x5a,
             0x39);
#define MF_TIME_FORMAT_SEGMENT_OFFSET cork_MF_TIME_FORMAT_SEGMENT_OFFSET
CORK_MF_GUID(cork_MF_TOPONODE_ATTRIBUTE_EDITOR_SERVICE, 0x65656e1a, 0x077f, 0x4472, 0x83, 0xef, 0x31, 0x6f, 0x11, 0xd5,
             0x08, 0x7a);
#define MF_TOPONODE_ATTRIBUTE_EDITOR_SERVICE cork_MF_TOPONODE_ATTRIBUTE_EDITOR_SERVICE
CORK_MF_GUID(cork_MF_LOCAL_MFT_REGISTRATION_SERVICE, 0xddf5cf9c, 0x4506, 0x45aa, 0xab, 0xf0, 0x6d, 0x5d, 0x94, 0xdd,
             0x1b, 0x4a);
#define MF_LOCAL_MFT_REGISTRATION_SERVICE cork_MF_LOCAL_MFT_REGISTRATION_SERVICE
/* A member of MFMEDIASOURCE_CHARACTERISTICS. */
#define MFMEDIASOURCE_DOES_NOT_USE_NETWORK 0x80
CORK_MF_GUID(cork_MF_SAMPLEGRABBERSINK_SAMPLE_TIME_OFFSET, 0x62e3d776, 0x8100, 0x4e03, 0xa6, 0xe8, 0xbd, 0x38, 0x57,
             0xac, 0x9c, 0x47);
#define MF_SAMPLEGRABBERSINK_SAMPLE_TIME_OFFSET cork_MF_SAMPLEGRABBERSINK_SAMPLE_TIME_OFFSET
CORK_MF_GUID(cork_MF_QUALITY_NOTIFY_PROCESSING_LATENCY, 0xf6b44af8, 0x604d, 0x46fe, 0xa9, 0x5d, 0x45, 0x47, 0x9b, 0x10,
             0xc9, 0xbc);
#define MF_QUALITY_NOTIFY_PROCESSING_LATENCY cork_MF_QUALITY_NOTIFY_PROCESSING_LATENCY
CORK_MF_GUID(cork_MF_QUALITY_NOTIFY_SAMPLE_LAG, 0x30d15206, 0xed2a, 0x4760, 0xbe, 0x17, 0xeb, 0x4a, 0x9f, 0x12, 0x29,
             0x5c);
#define MF_QUALITY_NOTIFY_SAMPLE_LAG cork_MF_QUALITY_NOTIFY_SAMPLE_LAG
CORK_MF_GUID(cork_MF_QUALITY_SERVICES, 0xb7e2be11, 0x2f96, 0x4640, 0xb5, 0x2c, 0x28, 0x23, 0x65, 0xbd, 0xf1, 0x6c);
#define MF_QUALITY_SERVICES cork_MF_QUALITY_SERVICES

#ifndef PRESENTATION_CURRENT_POSITION
#define PRESENTATION_CURRENT_POSITION 0x7fffffffffffffff
#endif

/* The last of enum MFTOPOLOGY_HARDWARE_MODE; also where the header has it, as its value is the same. */
#define MFTOPOLOGY_HWMODE_USE_ONLY_HARDWARE ((MFTOPOLOGY_HARDWARE_MODE)2)

#ifndef MFCLOCK_FREQUENCY_HNS
/* Members of an anonymous enumeration in the Windows SDK, where each has a #define of its own too. */
#define MFCLOCK_FREQUENCY_HNS     10000000
#define MFCLOCK_TOLERANCE_UNKNOWN 50000
#define MFCLOCK_JITTER_ISR        1000
#define MFCLOCK_JITTER_DPC        4000
#define MFCLOCK_JITTER_PASSIVE    10000
#endif

/* ---- Interfaces ---------------------------------------------------------------------------------------------------
 */

/* The three methods that every interface begins with. */
/* NOLINTBEGIN(bugprone-macro-parentheses): types, in declarations */
#define CORK_MF_UNKNOWN(interface_)                                                                                    \
    HRESULT(STDMETHODCALLTYPE *QueryInterface)(interface_ * This, REFIID riid, void **ppvObject);                      \
    ULONG(STDMETHODCALLTYPE *AddRef)(interface_ * This);                                                               \
    ULONG(STDMETHODCALLTYPE *Release)(interface_ * This)
/* NOLINTEND(bugprone-macro-parentheses) */

#ifndef __IMFTopologyNodeAttributeEditor_INTERFACE_DEFINED__
#define __IMFTopologyNodeAttributeEditor_INTERFACE_DEFINED__
CORK_MF_GUID(cork_IID_IMFTopologyNodeAttributeEditor, 0x676aa6dd, 0x238a, 0x410d, 0xbb, 0x99, 0x65, 0x66, 0x8d, 0x01,
             0x60, 0x5a);
#define IID_IMFTopologyNodeAttributeEditor cork_IID_IMFTopologyNodeAttributeEditor
typedef struct _MFTOPONODE_ATTRIBUTE_UPDATE
{
    TOPOID NodeId;
    GUID guidAttributeKey;
    MF_ATTRIBUTE_TYPE attrType;
    union
    {
        UINT32 u32;
        UINT64 u64;
        double d;
    };
} MFTOPONODE_ATTRIBUTE_UPDATE;

typedef struct IMFTopologyNodeAttributeEditor IMFTopologyNodeAttributeEditor;
typedef struct IMFTopologyNodeAttributeEditorVtbl
{
    CORK_MF_UNKNOWN(IMFTopologyNodeAttributeEditor);
    HRESULT(STDMETHODCALLTYPE *UpdateNodeAttributes)
    (IMFTopologyNodeAttributeEditor *This, TOPOID TopoId, DWORD cUpdates, MFTOPONODE_ATTRIBUTE_UPDATE *pUpdates);
} IMFTopologyNodeAttributeEditorVtbl;
struct IMFTopologyNodeAttributeEditor
{
    const IMFTopologyNodeAttributeEditorVtbl *lpVtbl;
};
#ifdef COBJMACROS
#define IMFTopologyNodeAttributeEditor_QueryInterface(This, riid, ppvObject)                                           \
    (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define IMFTopologyNodeAttributeEditor_AddRef(This)  (This)->lpVtbl->AddRef(This)
#define IMFTopologyNodeAttributeEditor_Release(This) (This)->lpVtbl->Release(This)
#define IMFTopologyNodeAttributeEditor_UpdateNodeAttributes(This, TopoId, cUpdates, pUpdates)                          \
    (This)->lpVtbl->UpdateNodeAttributes(This, TopoId, cUpdates, pUpdates)
#endif
#endif

#ifndef __IMFLocalMFTRegistration_INTERFACE_DEFINED__
#define __IMFLocalMFTRegistration_INTERFACE_DEFINED__
CORK_MF_GUID(cork_IID_IMFLocalMFTRegistration, 0x149c4d73, 0xb4be, 0x4f8d, 0x8b, 0x87, 0x07, 0x9e, 0x92, 0x6b, 0x6a,
             0xdd);
#define IID_IMFLocalMFTRegistration cork_IID_IMFLocalMFTRegistration
typedef struct IMFLocalMFTRegistration IMFLocalMFTRegistration;
typedef struct IMFLocalMFTRegistrationVtbl
{
    CORK_MF_UNKNOWN(IMFLocalMFTRegistration);
    HRESULT(STDMETHODCALLTYPE *RegisterMFTs)(IMFLocalMFTRegistration *This, MFT_REGISTRATION_INFO *pMFTs, DWORD cMFTs);
} IMFLocalMFTRegistrationVtbl;
struct IMFLocalMFTRegistration
{
    const IMFLocalMFTRegistrationVtbl *lpVtbl;
};
#ifdef COBJMACROS
#define IMFLocalMFTRegistration_QueryInterface(This, riid, ppvObject)                                                  \
    (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define IMFLocalMFTRegistration_AddRef(This)                     (This)->lpVtbl->AddRef(This)
#define IMFLocalMFTRegistration_Release(This)                    (This)->lpVtbl->Release(This)
#define IMFLocalMFTRegistration_RegisterMFTs(This, pMFTs, cMFTs) (This)->lpVtbl->RegisterMFTs(This, pMFTs, cMFTs)
#endif
#endif

#ifndef __IMFQualityManager_INTERFACE_DEFINED__
#define __IMFQualityManager_INTERFACE_DEFINED__
CORK_MF_GUID(cork_IID_IMFQualityManager, 0x8d009d86, 0x5b9f, 0x4115, 0xb1, 0xfc, 0x9f, 0x80, 0xd5, 0x2a, 0xb8, 0xab);
#define IID_IMFQualityManager cork_IID_IMFQualityManager
typedef struct IMFQualityManagerVtbl
{
    CORK_MF_UNKNOWN(IMFQualityManager);
    HRESULT(STDMETHODCALLTYPE *NotifyTopology)(IMFQualityManager *This, IMFTopology *pTopology);
    HRESULT(STDMETHODCALLTYPE *NotifyPresentationClock)(IMFQualityManager *This, IMFPresentationClock *pClock);
    HRESULT(STDMETHODCALLTYPE *NotifyProcessInput)
    (IMFQualityManager *This, IMFTopologyNode *pNode, LONG lInputIndex, IMFSample *pSample);
    HRESULT(STDMETHODCALLTYPE *NotifyProcessOutput)
    (IMFQualityManager *This, IMFTopologyNode *pNode, LONG lOutputIndex, IMFSample *pSample);
    HRESULT(STDMETHODCALLTYPE *NotifyQualityEvent)(IMFQualityManager *This, IUnknown *pObject, IMFMediaEvent *pEvent);
    HRESULT(STDMETHODCALLTYPE *Shutdown)(IMFQualityManager *This);
} IMFQualityManagerVtbl;
struct IMFQualityManager
{
    const IMFQualityManagerVtbl *lpVtbl;
};
#ifdef COBJMACROS
#define IMFQualityManager_QueryInterface(This, riid, ppvObject) (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define IMFQualityManager_AddRef(This)                          (This)->lpVtbl->AddRef(This)
#define IMFQualityManager_Release(This)                         (This)->lpVtbl->Release(This)
#define IMFQualityManager_NotifyTopology(This, pTopology)       (This)->lpVtbl->NotifyTopology(This, pTopology)
#define IMFQualityManager_NotifyPresentationClock(This, pClock) (This)->lpVtbl->NotifyPresentationClock(This, pClock)
#define IMFQualityManager_NotifyProcessInput(This, pNode, lInputIndex, pSample)                                        \
    (This)->lpVtbl->NotifyProcessInput(This, pNode, lInputIndex, pSample)
#define IMFQualityManager_NotifyProcessOutput(This, pNode, lOutputIndex, pSample)                                      \
    (This)->lpVtbl->NotifyProcessOutput(This, pNode, lOutputIndex, pSample)
#define IMFQualityManager_NotifyQualityEvent(This, pObject, pEvent)                                                    \
    (This)->lpVtbl->NotifyQualityEvent(This, pObject, pEvent)
#define IMFQualityManager_Shutdown(This) (This)->lpVtbl->Shutdown(This)
#endif
#endif

#ifndef __IMFSampleGrabberSinkCallback2_INTERFACE_DEFINED__
#define __IMFSampleGrabberSinkCallback2_INTERFACE_DEFINED__
CORK_MF_GUID(cork_IID_IMFSampleGrabberSinkCallback2, 0xca86aa50, 0xc46e, 0x429e, 0xab, 0x27, 0x16, 0xd6, 0xac, 0x68,
             0x44, 0xcb);
#define IID_IMFSampleGrabberSinkCallback2 cork_IID_IMFSampleGrabberSinkCallback2
typedef struct IMFSampleGrabberSinkCallback2 IMFSampleGrabberSinkCallback2;
typedef struct IMFSampleGrabberSinkCallback2Vtbl
{
    CORK_MF_UNKNOWN(IMFSampleGrabberSinkCallback2);
    HRESULT(STDMETHODCALLTYPE *OnClockStart)
    (IMFSampleGrabberSinkCallback2 *This, MFTIME hnsSystemTime, LONGLONG llClockStartOffset);
    HRESULT(STDMETHODCALLTYPE *OnClockStop)(IMFSampleGrabberSinkCallback2 *This, MFTIME hnsSystemTime);
    HRESULT(STDMETHODCALLTYPE *OnClockPause)(IMFSampleGrabberSinkCallback2 *This, MFTIME hnsSystemTime);
    HRESULT(STDMETHODCALLTYPE *OnClockRestart)(IMFSampleGrabberSinkCallback2 *This, MFTIME hnsSystemTime);
    HRESULT(STDMETHODCALLTYPE *OnClockSetRate)(IMFSampleGrabberSinkCallback2 *This, MFTIME hnsSystemTime, float flRate);
    HRESULT(STDMETHODCALLTYPE *OnSetPresentationClock)
    (IMFSampleGrabberSinkCallback2 *This, IMFPresentationClock *pPresentationClock);
    HRESULT(STDMETHODCALLTYPE *OnProcessSample)
    (IMFSampleGrabberSinkCallback2 *This, REFGUID guidMajorMediaType, DWORD dwSampleFlags, LONGLONG llSampleTime,
     LONGLONG llSampleDuration, const BYTE *pSampleBuffer, DWORD dwSampleSize);
    HRESULT(STDMETHODCALLTYPE *OnShutdown)(IMFSampleGrabberSinkCallback2 *This);
    HRESULT(STDMETHODCALLTYPE *OnProcessSampleEx)
    (IMFSampleGrabberSinkCallback2 *This, REFGUID guidMajorMediaType, DWORD dwSampleFlags, LONGLONG llSampleTime,
     LONGLONG llSampleDuration, const BYTE *pSampleBuffer, DWORD dwSampleSize, IMFAttributes *pAttributes);
} IMFSampleGrabberSinkCallback2Vtbl;
struct IMFSampleGrabberSinkCallback2
{
    const IMFSampleGrabberSinkCallback2Vtbl *lpVtbl;
};
#ifdef COBJMACROS
#define IMFSampleGrabberSinkCallback2_QueryInterface(This, riid, ppvObject)                                            \
    (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define IMFSampleGrabberSinkCallback2_AddRef(This)  (This)->lpVtbl->AddRef(This)
#define IMFSampleGrabberSinkCallback2_Release(This) (This)->lpVtbl->Release(This)
#define IMFSampleGrabberSinkCallback2_OnClockStart(This, hnsSystemTime, llClockStartOffset)                            \
    (This)->lpVtbl->OnClockStart(This, hnsSystemTime, llClockStartOffset)
#define IMFSampleGrabberSinkCallback2_OnClockStop(This, hnsSystemTime) (This)->lpVtbl->OnClockStop(This, hnsSystemTime)
#define IMFSampleGrabberSinkCallback2_OnClockPause(This, hnsSystemTime)                                                \
    (This)->lpVtbl->OnClockPause(This, hnsSystemTime)
#define IMFSampleGrabberSinkCallback2_OnClockRestart(This, hnsSystemTime)                                              \
    (This)->lpVtbl->OnClockRestart(This, hnsSystemTime)
#define IMFSampleGrabberSinkCallback2_OnClockSetRate(This, hnsSystemTime, flRate)                                      \
    (This)->lpVtbl->OnClockSetRate(This, hnsSystemTime, flRate)
#define IMFSampleGrabberSinkCallback2_OnSetPresentationClock(This, pPresentationClock)                                 \
    (This)->lpVtbl->OnSetPresentationClock(This, pPresentationClock)
#define IMFSampleGrabberSinkCallback2_OnProcessSample(This, guidMajorMediaType, dwSampleFlags, llSampleTime,           \
                                                      llSampleDuration, pSampleBuffer, dwSampleSize)                   \
    (This)->lpVtbl->OnProcessSample(This, guidMajorMediaType, dwSampleFlags, llSampleTime, llSampleDuration,           \
                                    pSampleBuffer, dwSampleSize)
#define IMFSampleGrabberSinkCallback2_OnShutdown(This) (This)->lpVtbl->OnShutdown(This)
#define IMFSampleGrabberSinkCallback2_OnProcessSampleEx(This, guidMajorMediaType, dwSampleFlags, llSampleTime,         \
                                                        llSampleDuration, pSampleBuffer, dwSampleSize, pAttributes)    \
    (This)->lpVtbl->OnProcessSampleEx(This, guidMajorMediaType, dwSampleFlags, llSampleTime, llSampleDuration,         \
                                      pSampleBuffer, dwSampleSize, pAttributes)
#endif
#endif

#ifndef __IMFMediaSourceTopologyProvider_INTERFACE_DEFINED__
#define __IMFMediaSourceTopologyProvider_INTERFACE_DEFINED__
CORK_MF_GUID(cork_IID_IMFMediaSourceTopologyProvider, 0x0e1d6009, 0xc9f3, 0x442d, 0x8c, 0x51, 0xa4, 0x2d, 0x2d, 0x49,
             0x45, 0x2f);
#define IID_IMFMediaSourceTopologyProvider cork_IID_IMFMediaSourceTopologyProvider
typedef struct IMFMediaSourceTopologyProvider IMFMediaSourceTopologyProvider;
typedef struct IMFMediaSourceTopologyProviderVtbl
{
    CORK_MF_UNKNOWN(IMFMediaSourceTopologyProvider);
    HRESULT(STDMETHODCALLTYPE *GetMediaSourceTopology)
    (IMFMediaSourceTopologyProvider *This, IMFPresentationDescriptor *pPresentationDescriptor,
     IMFTopology **ppTopology);
} IMFMediaSourceTopologyProviderVtbl;
struct IMFMediaSourceTopologyProvider
{
    const IMFMediaSourceTopologyProviderVtbl *lpVtbl;
};
#ifdef COBJMACROS
#define IMFMediaSourceTopologyProvider_QueryInterface(This, riid, ppvObject)                                           \
    (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define IMFMediaSourceTopologyProvider_AddRef(This)  (This)->lpVtbl->AddRef(This)
#define IMFMediaSourceTopologyProvider_Release(This) (This)->lpVtbl->Release(This)
#define IMFMediaSourceTopologyProvider_GetMediaSourceTopology(This, pPresentationDescriptor, ppTopology)               \
    (This)->lpVtbl->GetMediaSourceTopology(This, pPresentationDescriptor, ppTopology)
#endif
#endif

#ifndef __IMFAudioPolicy_INTERFACE_DEFINED__
#define __IMFAudioPolicy_INTERFACE_DEFINED__
CORK_MF_GUID(cork_IID_IMFAudioPolicy, 0xa0638c2b, 0x6465, 0x4395, 0x9a, 0xe7, 0xa3, 0x21, 0xa9, 0xfd, 0x28, 0x56);
#define IID_IMFAudioPolicy cork_IID_IMFAudioPolicy
typedef struct IMFAudioPolicy IMFAudioPolicy;
typedef struct IMFAudioPolicyVtbl
{
    CORK_MF_UNKNOWN(IMFAudioPolicy);
    HRESULT(STDMETHODCALLTYPE *SetGroupingParam)(IMFAudioPolicy *This, REFGUID rguidClass);
    HRESULT(STDMETHODCALLTYPE *GetGroupingParam)(IMFAudioPolicy *This, GUID *pguidClass);
    HRESULT(STDMETHODCALLTYPE *SetDisplayName)(IMFAudioPolicy *This, LPCWSTR pszName);
    HRESULT(STDMETHODCALLTYPE *GetDisplayName)(IMFAudioPolicy *This, LPWSTR *pszName);
    HRESULT(STDMETHODCALLTYPE *SetIconPath)(IMFAudioPolicy *This, LPCWSTR pszPath);
    HRESULT(STDMETHODCALLTYPE *GetIconPath)(IMFAudioPolicy *This, LPWSTR *pszPath);
} IMFAudioPolicyVtbl;
struct IMFAudioPolicy
{
    const IMFAudioPolicyVtbl *lpVtbl;
};
#ifdef COBJMACROS
#define IMFAudioPolicy_QueryInterface(This, riid, ppvObject) (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define IMFAudioPolicy_AddRef(This)                          (This)->lpVtbl->AddRef(This)
#define IMFAudioPolicy_Release(This)                         (This)->lpVtbl->Release(This)
#define IMFAudioPolicy_SetGroupingParam(This, rguidClass)    (This)->lpVtbl->SetGroupingParam(This, rguidClass)
#define IMFAudioPolicy_GetGroupingParam(This, pguidClass)    (This)->lpVtbl->GetGroupingParam(This, pguidClass)
#define IMFAudioPolicy_SetDisplayName(This, pszName)         (This)->lpVtbl->SetDisplayName(This, pszName)
#define IMFAudioPolicy_GetDisplayName(This, pszName)         (This)->lpVtbl->GetDisplayName(This, pszName)
#define IMFAudioPolicy_SetIconPath(This, pszPath)            (This)->lpVtbl->SetIconPath(This, pszPath)
#define IMFAudioPolicy_GetIconPath(This, pszPath)            (This)->lpVtbl->GetIconPath(This, pszPath)
#endif
#endif

#ifndef __IMFClockConsumer_INTERFACE_DEFINED__
#define __IMFClockConsumer_INTERFACE_DEFINED__
CORK_MF_GUID(cork_IID_IMFClockConsumer, 0x6ef2a662, 0x47c0, 0x4666, 0xb1, 0x3d, 0xcb, 0xb7, 0x17, 0xf2, 0xfa, 0x2c);
#define IID_IMFClockConsumer cork_IID_IMFClockConsumer
typedef struct IMFClockConsumer IMFClockConsumer;
typedef struct IMFClockConsumerVtbl
{
    CORK_MF_UNKNOWN(IMFClockConsumer);
    HRESULT(STDMETHODCALLTYPE *SetPresentationClock)
    (IMFClockConsumer *This, IMFPresentationClock *pPresentationClock);
    HRESULT(STDMETHODCALLTYPE *GetPresentationClock)
    (IMFClockConsumer *This, IMFPresentationClock **ppPresentationClock);
} IMFClockConsumerVtbl;
struct IMFClockConsumer
{
    const IMFClockConsumerVtbl *lpVtbl;
};
#ifdef COBJMACROS
#define IMFClockConsumer_QueryInterface(This, riid, ppvObject) (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define IMFClockConsumer_AddRef(This)                          (This)->lpVtbl->AddRef(This)
#define IMFClockConsumer_Release(This)                         (This)->lpVtbl->Release(This)
#define IMFClockConsumer_SetPresentationClock(This, pPresentationClock)                                                \
    (This)->lpVtbl->SetPresentationClock(This, pPresentationClock)
#define IMFClockConsumer_GetPresentationClock(This, ppPresentationClock)                                               \
    (This)->lpVtbl->GetPresentationClock(This, ppPresentationClock)
#endif
#endif

#ifndef __IMFQualityAdvise_INTERFACE_DEFINED__
#define __IMFQualityAdvise_INTERFACE_DEFINED__
CORK_MF_GUID(cork_IID_IMFQualityAdvise, 0xec15e2e9, 0xe36b, 0x4f7c, 0x87, 0x58, 0x77, 0xd4, 0x52, 0xef, 0x4c, 0xe7);
#define IID_IMFQualityAdvise cork_IID_IMFQualityAdvise
typedef struct IMFQualityAdvise IMFQualityAdvise;
typedef struct IMFQualityAdviseVtbl
{
    CORK_MF_UNKNOWN(IMFQualityAdvise);
    HRESULT(STDMETHODCALLTYPE *SetDropMode)(IMFQualityAdvise *This, MF_QUALITY_DROP_MODE eDropMode);
    HRESULT(STDMETHODCALLTYPE *SetQualityLevel)(IMFQualityAdvise *This, MF_QUALITY_LEVEL eQualityLevel);
    HRESULT(STDMETHODCALLTYPE *GetDropMode)(IMFQualityAdvise *This, MF_QUALITY_DROP_MODE *peDropMode);
    HRESULT(STDMETHODCALLTYPE *GetQualityLevel)(IMFQualityAdvise *This, MF_QUALITY_LEVEL *peQualityLevel);
    HRESULT(STDMETHODCALLTYPE *DropTime)(IMFQualityAdvise *This, LONGLONG hnsAmountToDrop);
} IMFQualityAdviseVtbl;
struct IMFQualityAdvise
{
    const IMFQualityAdviseVtbl *lpVtbl;
};
#ifdef COBJMACROS
#define IMFQualityAdvise_QueryInterface(This, riid, ppvObject) (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define IMFQualityAdvise_AddRef(This)                          (This)->lpVtbl->AddRef(This)
#define IMFQualityAdvise_Release(This)                         (This)->lpVtbl->Release(This)
#define IMFQualityAdvise_SetDropMode(This, eDropMode)          (This)->lpVtbl->SetDropMode(This, eDropMode)
#define IMFQualityAdvise_SetQualityLevel(This, eQualityLevel)  (This)->lpVtbl->SetQualityLevel(This, eQualityLevel)
#define IMFQualityAdvise_GetDropMode(This, peDropMode)         (This)->lpVtbl->GetDropMode(This, peDropMode)
#define IMFQualityAdvise_GetQualityLevel(This, peQualityLevel) (This)->lpVtbl->GetQualityLevel(This, peQualityLevel)
#define IMFQualityAdvise_DropTime(This, hnsAmountToDrop)       (This)->lpVtbl->DropTime(This, hnsAmountToDrop)
#endif
#endif

#ifndef __IMFQualityManager_INTERFACE_DEFINED__
#define __IMFQualityManager_INTERFACE_DEFINED__
CORK_MF_GUID(cork_IID_IMFQualityManager, 0x8d009d86, 0x5b9f, 0x4115, 0xb1, 0xfc, 0x9f, 0x80, 0xd5, 0x2a, 0xb8, 0xab);
#define IID_IMFQualityManager cork_IID_IMFQualityManager
typedef struct IMFQualityManager IMFQualityManager;
typedef struct IMFQualityManagerVtbl
{
    CORK_MF_UNKNOWN(IMFQualityManager);
    HRESULT(STDMETHODCALLTYPE *NotifyTopology)(IMFQualityManager *This, IMFTopology *pTopology);
    HRESULT(STDMETHODCALLTYPE *NotifyPresentationClock)(IMFQualityManager *This, IMFPresentationClock *pClock);
    HRESULT(STDMETHODCALLTYPE *NotifyProcessInput)
    (IMFQualityManager *This, IMFTopologyNode *pNode, LONG lInputIndex, IMFSample *pSample);
    HRESULT(STDMETHODCALLTYPE *NotifyProcessOutput)
    (IMFQualityManager *This, IMFTopologyNode *pNode, LONG lOutputIndex, IMFSample *pSample);
    HRESULT(STDMETHODCALLTYPE *NotifyQualityEvent)(IMFQualityManager *This, IUnknown *pObject, IMFMediaEvent *pEvent);
    HRESULT(STDMETHODCALLTYPE *Shutdown)(IMFQualityManager *This);
} IMFQualityManagerVtbl;
struct IMFQualityManager
{
    const IMFQualityManagerVtbl *lpVtbl;
};
#ifdef COBJMACROS
#define IMFQualityManager_QueryInterface(This, riid, ppvObject) (This)->lpVtbl->QueryInterface(This, riid, ppvObject)
#define IMFQualityManager_AddRef(This)                          (This)->lpVtbl->AddRef(This)
#define IMFQualityManager_Release(This)                         (This)->lpVtbl->Release(This)
#define IMFQualityManager_NotifyTopology(This, pTopology)       (This)->lpVtbl->NotifyTopology(This, pTopology)
#define IMFQualityManager_NotifyPresentationClock(This, pClock) (This)->lpVtbl->NotifyPresentationClock(This, pClock)
#define IMFQualityManager_NotifyProcessInput(This, pNode, lInputIndex, pSample)                                        \
    (This)->lpVtbl->NotifyProcessInput(This, pNode, lInputIndex, pSample)
#define IMFQualityManager_NotifyProcessOutput(This, pNode, lOutputIndex, pSample)                                      \
    (This)->lpVtbl->NotifyProcessOutput(This, pNode, lOutputIndex, pSample)
#define IMFQualityManager_NotifyQualityEvent(This, pObject, pEvent)                                                    \
    (This)->lpVtbl->NotifyQualityEvent(This, pObject, pEvent)
#define IMFQualityManager_Shutdown(This) (This)->lpVtbl->Shutdown(This)
#endif
#endif

/* ---- Types without an interface -----------------------------------------------------------------------------------
 */

typedef enum cork_MF_TRANSCODE_ADJUST_PROFILE_FLAGS
{
    cork_MF_TRANSCODE_ADJUST_PROFILE_DEFAULT = 0,
    cork_MF_TRANSCODE_ADJUST_PROFILE_USE_SOURCE_ATTRIBUTES = 1,
} cork_MF_TRANSCODE_ADJUST_PROFILE_FLAGS;
#define MF_TRANSCODE_ADJUST_PROFILE_FLAGS                 cork_MF_TRANSCODE_ADJUST_PROFILE_FLAGS
#define MF_TRANSCODE_ADJUST_PROFILE_DEFAULT               cork_MF_TRANSCODE_ADJUST_PROFILE_DEFAULT
#define MF_TRANSCODE_ADJUST_PROFILE_USE_SOURCE_ATTRIBUTES cork_MF_TRANSCODE_ADJUST_PROFILE_USE_SOURCE_ATTRIBUTES

typedef struct cork_MF_TRANSCODE_SINK_INFO
{
    DWORD dwVideoStreamID;
    IMFMediaType *pVideoMediaType;
    DWORD dwAudioStreamID;
    IMFMediaType *pAudioMediaType;
} cork_MF_TRANSCODE_SINK_INFO;
#define MF_TRANSCODE_SINK_INFO cork_MF_TRANSCODE_SINK_INFO

/* ---- Functions of mf.dll ------------------------------------------------------------------------------------------
 */

typedef struct IMFNetCredentialCache IMFNetCredentialCache;
typedef struct IMFPMPHostApp IMFPMPHostApp;
typedef struct IMFProtectedEnvironmentAccess IMFProtectedEnvironmentAccess;
typedef struct IMFSignedLibrary IMFSignedLibrary;
typedef struct IMFSystemId IMFSystemId;

#ifdef __cplusplus
extern "C" {
#endif

HRESULT WINAPI MFCreateAC3MediaSink(IMFByteStream *pTargetByteStream, IMFMediaType *pAudioMediaType,
                                    IMFMediaSink **ppMediaSink);
HRESULT WINAPI MFCreateADTSMediaSink(IMFByteStream *pTargetByteStream, IMFMediaType *pAudioMediaType,
                                     IMFMediaSink **ppMediaSink);
HRESULT WINAPI MFCreateCredentialCache(IMFNetCredentialCache **ppCache);
HRESULT WINAPI MFCreateDeviceSourceActivate(IMFAttributes *pAttributes, IMFActivate **ppActivate);
HRESULT WINAPI MFCreateEncryptedMediaExtensionsStoreActivate(IMFPMPHostApp *pmpHost, IStream *objectStream,
                                                             LPCWSTR classId, IMFActivate **activate);
HRESULT WINAPI MFCreateFMPEG4MediaSink(IMFByteStream *pIByteStream, IMFMediaType *pVideoMediaType,
                                       IMFMediaType *pAudioMediaType, IMFMediaSink **ppIMediaSink);
HRESULT WINAPI MFCreateMuxSink(GUID guidOutputSubType, IMFAttributes *pOutputAttributes,
                               IMFByteStream *pOutputByteStream, IMFMediaSink **ppMuxSink);
HRESULT WINAPI MFCreateProtectedEnvironmentAccess(IMFProtectedEnvironmentAccess **ppAccess);
HRESULT WINAPI MFCreateSequencerSegmentOffset(DWORD dwId, MFTIME hnsOffset, PROPVARIANT *pvarSegmentOffset);
HRESULT WINAPI MFCreateTranscodeTopologyFromByteStream(IMFMediaSource *pSrc, IMFByteStream *pOutputStream,
                                                       IMFTranscodeProfile *pProfile, IMFTopology **ppTranscodeTopo);
HRESULT WINAPI MFGetLocalId(const BYTE *verifier, DWORD size, LPWSTR *id);
HRESULT WINAPI MFGetSystemId(IMFSystemId **ppId);
HRESULT WINAPI MFLoadSignedLibrary(LPCWSTR pszName, IMFSignedLibrary **ppLib);

#ifdef __cplusplus
}
#endif

#endif
