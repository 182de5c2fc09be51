/*
 * What the ntmsapi tests share: the functions, loaded at run time, and a session where a service can be had.
 */
#ifndef CORK_TESTS_NTMSAPI_TEST_H
#define CORK_TESTS_NTMSAPI_TEST_H

#include "harness.h"

#include <ntmsapi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* name, number of parameters */
#define NTMSAPI_FUNCTIONS(X)                                                                                           \
    X(AccessNtmsLibraryDoor, 3)                                                                                        \
    X(AddNtmsMediaType, 3)                                                                                             \
    X(AllocateNtmsMedia, 7)                                                                                            \
    X(BeginNtmsDeviceChangeDetection, 2)                                                                               \
    X(CancelNtmsLibraryRequest, 2)                                                                                     \
    X(CancelNtmsOperatorRequest, 2)                                                                                    \
    X(ChangeNtmsMediaType, 3)                                                                                          \
    X(CleanNtmsDrive, 2)                                                                                               \
    X(CloseNtmsNotification, 1)                                                                                        \
    X(CloseNtmsSession, 1)                                                                                             \
    X(CreateNtmsMediaA, 4)                                                                                             \
    X(CreateNtmsMediaPoolA, 6)                                                                                         \
    X(CreateNtmsMediaPoolW, 6)                                                                                         \
    X(CreateNtmsMediaW, 4)                                                                                             \
    X(DeallocateNtmsMedia, 3)                                                                                          \
    X(DecommissionNtmsMedia, 2)                                                                                        \
    X(DeleteNtmsDrive, 2)                                                                                              \
    X(DeleteNtmsLibrary, 2)                                                                                            \
    X(DeleteNtmsMedia, 2)                                                                                              \
    X(DeleteNtmsMediaPool, 2)                                                                                          \
    X(DeleteNtmsMediaType, 3)                                                                                          \
    X(DeleteNtmsRequests, 4)                                                                                           \
    X(DisableNtmsObject, 3)                                                                                            \
    X(DismountNtmsDrive, 2)                                                                                            \
    X(DismountNtmsMedia, 4)                                                                                            \
    X(EjectDiskFromSADriveA, 7)                                                                                        \
    X(EjectDiskFromSADriveW, 7)                                                                                        \
    X(EjectNtmsCleaner, 4)                                                                                             \
    X(EjectNtmsMedia, 4)                                                                                               \
    X(EnableNtmsObject, 3)                                                                                             \
    X(EndNtmsDeviceChangeDetection, 2)                                                                                 \
    X(EnumerateNtmsObject, 6)                                                                                          \
    X(ExportNtmsDatabase, 1)                                                                                           \
    X(GetNtmsMediaPoolNameA, 4)                                                                                        \
    X(GetNtmsMediaPoolNameW, 4)                                                                                        \
    X(GetNtmsObjectAttributeA, 6)                                                                                      \
    X(GetNtmsObjectAttributeW, 6)                                                                                      \
    X(GetNtmsObjectInformationA, 3)                                                                                    \
    X(GetNtmsObjectInformationW, 3)                                                                                    \
    X(GetNtmsObjectSecurity, 7)                                                                                        \
    X(GetNtmsRequestOrder, 3)                                                                                          \
    X(GetNtmsUIOptionsA, 5)                                                                                            \
    X(GetNtmsUIOptionsW, 5)                                                                                            \
    X(GetVolumesFromDriveA, 3)                                                                                         \
    X(GetVolumesFromDriveW, 3)                                                                                         \
    X(IdentifyNtmsSlot, 3)                                                                                             \
    X(ImportNtmsDatabase, 1)                                                                                           \
    X(InjectNtmsCleaner, 5)                                                                                            \
    X(InjectNtmsMedia, 4)                                                                                              \
    X(InventoryNtmsLibrary, 3)                                                                                         \
    X(MountNtmsMedia, 8)                                                                                               \
    X(MoveToNtmsMediaPool, 3)                                                                                          \
    X(OpenNtmsNotification, 2)                                                                                         \
    X(OpenNtmsSessionA, 3)                                                                                             \
    X(OpenNtmsSessionW, 3)                                                                                             \
    X(ReleaseNtmsCleanerSlot, 2)                                                                                       \
    X(ReserveNtmsCleanerSlot, 3)                                                                                       \
    X(SatisfyNtmsOperatorRequest, 2)                                                                                   \
    X(SetNtmsDeviceChangeDetection, 5)                                                                                 \
    X(SetNtmsMediaComplete, 2)                                                                                         \
    X(SetNtmsObjectAttributeA, 6)                                                                                      \
    X(SetNtmsObjectAttributeW, 6)                                                                                      \
    X(SetNtmsObjectInformationA, 3)                                                                                    \
    X(SetNtmsObjectInformationW, 3)                                                                                    \
    X(SetNtmsObjectSecurity, 5)                                                                                        \
    X(SetNtmsRequestOrder, 3)                                                                                          \
    X(SetNtmsUIOptionsA, 5)                                                                                            \
    X(SetNtmsUIOptionsW, 5)                                                                                            \
    X(SubmitNtmsOperatorRequestA, 6)                                                                                   \
    X(SubmitNtmsOperatorRequestW, 6)                                                                                   \
    X(SwapNtmsMedia, 3)                                                                                                \
    X(UpdateNtmsOmidInfo, 5)                                                                                           \
    X(WaitForNtmsNotification, 3)                                                                                      \
    X(WaitForNtmsOperatorRequest, 3)

#define DECLARE_FUNCTION(name, count) extern __typeof__(name) *p##name;
NTMSAPI_FUNCTIONS(DECLARE_FUNCTION)
#undef DECLARE_FUNCTION

/* Whether a call returned this code; says what it returned instead. */
#define RETURNS(code, call) returned((call), code)
int returned(DWORD result, DWORD code);
/* Whether a call returned INVALID_HANDLE_VALUE with this code by GetLastError. */
#define FAILS(code, call) (SetLastError(0xdead), failed_with((call), code))
int failed_with(HANDLE result, DWORD code);

/* A session, or INVALID_HANDLE_VALUE where there is no service to be had. */
HANDLE open_session(void);
#define NO_SERVICE "no removable storage service runs here"

/* An identifier of nothing. */
extern NTMS_GUID no_object;

#endif
