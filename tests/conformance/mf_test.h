/*
 * What the mf.dll tests share: the DLL's functions, loaded at run time so that one program runs on Cork's DLL, on
 * Wine's builtin and on Windows, and checks of results.
 *
 * A group is a file mf_CONCEPT.c that defines `const struct group CONCEPT_group = {"CONCEPT", __FILE__, cases};` at the
 * beginning of a line; it is found by that and needs no entry anywhere. Codes that no test can provoke are in
 * mf_CONCEPT_unreachable.inc, as lines {"Function", "CODE", "why"}, and a concept's documented codes in
 * abi/mf_CONCEPT.codes. Methods are named Interface_Method: CHECK(IMFTopology_AddNode, E_INVALIDARG, "...", ...).
 */
#ifndef CORK_TESTS_MF_TEST_H
#define CORK_TESTS_MF_TEST_H

#ifndef COBJMACROS
#define COBJMACROS
#endif
#include "harness.h"

#include <mf_more.h>
#include <wmcontainer.h>

#include <stdio.h>
#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* Every documented function of mf.dll: its name, and the number of 32-bit words that its parameters take on an i386
 * stack. */
#define MF_FUNCTIONS(FUNCTION)                                                                                         \
    FUNCTION(CreateNamedPropertyStore, 1)                                                                              \
    FUNCTION(MFCreate3GPMediaSink, 4)                                                                                  \
    FUNCTION(MFCreateAC3MediaSink, 3)                                                                                  \
    FUNCTION(MFCreateADTSMediaSink, 3)                                                                                 \
    FUNCTION(MFCreateASFContentInfo, 1)                                                                                \
    FUNCTION(MFCreateASFIndexer, 1)                                                                                    \
    FUNCTION(MFCreateASFIndexerByteStream, 4)                                                                          \
    FUNCTION(MFCreateASFMediaSink, 2)                                                                                  \
    FUNCTION(MFCreateASFMediaSinkActivate, 3)                                                                          \
    FUNCTION(MFCreateASFMultiplexer, 1)                                                                                \
    FUNCTION(MFCreateASFProfile, 1)                                                                                    \
    FUNCTION(MFCreateASFProfileFromPresentationDescriptor, 2)                                                          \
    FUNCTION(MFCreateASFSplitter, 1)                                                                                   \
    FUNCTION(MFCreateASFStreamSelector, 2)                                                                             \
    FUNCTION(MFCreateASFStreamingMediaSink, 2)                                                                         \
    FUNCTION(MFCreateASFStreamingMediaSinkActivate, 3)                                                                 \
    FUNCTION(MFCreateAggregateSource, 2)                                                                               \
    FUNCTION(MFCreateAudioRenderer, 2)                                                                                 \
    FUNCTION(MFCreateAudioRendererActivate, 1)                                                                         \
    FUNCTION(MFCreateCredentialCache, 1)                                                                               \
    FUNCTION(MFCreateDeviceSource, 2)                                                                                  \
    FUNCTION(MFCreateDeviceSourceActivate, 2)                                                                          \
    FUNCTION(MFCreateEncryptedMediaExtensionsStoreActivate, 4)                                                         \
    FUNCTION(MFCreateFMPEG4MediaSink, 4)                                                                               \
    FUNCTION(MFCreateMP3MediaSink, 2)                                                                                  \
    FUNCTION(MFCreateMPEG4MediaSink, 4)                                                                                \
    FUNCTION(MFCreateMediaSession, 2)                                                                                  \
    FUNCTION(MFCreateMuxSink, 7)                                                                                       \
    FUNCTION(MFCreateNetSchemePlugin, 2)                                                                               \
    FUNCTION(MFCreatePMPMediaSession, 4)                                                                               \
    FUNCTION(MFCreatePMPServer, 2)                                                                                     \
    FUNCTION(MFCreatePresentationClock, 1)                                                                             \
    FUNCTION(MFCreatePresentationDescriptorFromASFProfile, 2)                                                          \
    FUNCTION(MFCreateProtectedEnvironmentAccess, 1)                                                                    \
    FUNCTION(MFCreateProxyLocator, 3)                                                                                  \
    FUNCTION(MFCreateRemoteDesktopPlugin, 1)                                                                           \
    FUNCTION(MFCreateSampleCopierMFT, 1)                                                                               \
    FUNCTION(MFCreateSampleGrabberSinkActivate, 3)                                                                     \
    FUNCTION(MFCreateSequencerSegmentOffset, 4)                                                                        \
    FUNCTION(MFCreateSequencerSource, 2)                                                                               \
    FUNCTION(MFCreateSimpleTypeHandler, 1)                                                                             \
    FUNCTION(MFCreateSourceResolver, 1)                                                                                \
    FUNCTION(MFCreateStandardQualityManager, 1)                                                                        \
    FUNCTION(MFCreateTopoLoader, 1)                                                                                    \
    FUNCTION(MFCreateTopology, 1)                                                                                      \
    FUNCTION(MFCreateTopologyNode, 2)                                                                                  \
    FUNCTION(MFCreateTranscodeProfile, 1)                                                                              \
    FUNCTION(MFCreateTranscodeSinkActivate, 1)                                                                         \
    FUNCTION(MFCreateTranscodeTopology, 4)                                                                             \
    FUNCTION(MFCreateTranscodeTopologyFromByteStream, 4)                                                               \
    FUNCTION(MFCreateVideoRenderer, 2)                                                                                 \
    FUNCTION(MFCreateVideoRendererActivate, 2)                                                                         \
    FUNCTION(MFCreateWMAEncoderActivate, 3)                                                                            \
    FUNCTION(MFCreateWMVEncoderActivate, 3)                                                                            \
    FUNCTION(MFEnumDeviceSources, 3)                                                                                   \
    FUNCTION(MFGetLocalId, 3)                                                                                          \
    FUNCTION(MFGetService, 4)                                                                                          \
    FUNCTION(MFGetSupportedMimeTypes, 1)                                                                               \
    FUNCTION(MFGetSupportedSchemes, 1)                                                                                 \
    FUNCTION(MFGetSystemId, 1)                                                                                         \
    FUNCTION(MFGetTopoNodeCurrentType, 4)                                                                              \
    FUNCTION(MFLoadSignedLibrary, 2)                                                                                   \
    FUNCTION(MFRequireProtectedEnvironment, 1)                                                                         \
    FUNCTION(MFShutdownObject, 1)                                                                                      \
    FUNCTION(MFTranscodeGetAudioOutputAvailableTypes, 4)

/* Pointers named pMFCreateTopology and so on. One that the DLL does not export answers E_NOTIMPL. */
#define MF_POINTER(name, words) extern __typeof__(name) *p##name;
MF_FUNCTIONS(MF_POINTER)
#undef MF_POINTER

/* Whether the DLL under test is Cork's: in Wine, and no builtin. For what is Cork's own and documented in its README.
 */
int is_cork(void);

/* Whether the result is this one; notes what it is instead. */
int is_result(HRESULT result, HRESULT expected);
#define OK(call)            is_result(call, S_OK)
#define GIVES(result, call) is_result(call, result)

/* Takes and gives back a reference, and so learns how many there are. */
ULONG references(void *object);
/* Releases *object and makes it NULL. Returns whether that was the last reference (true where it was NULL already). */
int gone(void *object);
/* Releases *object, if there is one, and makes it NULL. */
void drop(void *object);

#endif
