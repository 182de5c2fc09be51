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

/* CreateNtmsMedia's page has this name, but no header a number for it. */
#ifndef ERROR_DUPLICATE_OMID
#define ERROR_DUPLICATE_OMID ERROR_ALREADY_EXISTS
#endif

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

/* ---- Libraries that tests may do anything with: see tests/conformance/with_corkd ---- */

#define NO_LIBRARY "there is no library for tests here"

struct world
{
    HANDLE session;
    int there;                              /* whether there are the libraries */
    NTMS_GUID one, two, type_one, type_two; /* the libraries, and the types of their media */
    NTMS_GUID computer;
};
/* Opens a session and looks what is there. */
void world_begin(struct world *world);
void world_end(struct world *world);

/* The object of that name, zeros where there is none; `container` may be NULL. */
NTMS_GUID object_named(HANDLE session, NTMS_GUID *container, DWORD type, const WCHAR *name);
/* The first object of a type, zeros where there is none. */
NTMS_GUID first_object(HANDLE session, NTMS_GUID *container, DWORD type);
DWORD count_objects(HANDLE session, NTMS_GUID *container, DWORD type);
/* The system pool of that name ("Free" ...) for a media type. */
NTMS_GUID system_pool_of(HANDLE session, const WCHAR *top, const NTMS_GUID *type);
/* A medium of a library with that bar code, moved into the free pool and ready to be allocated. */
NTMS_GUID free_medium(HANDLE session, const WCHAR *barcode);
/* What an object's information says; zeros where there is no such object. */
void information_of(HANDLE session, NTMS_GUID *id, DWORD type, NTMS_OBJECTINFORMATIONW *information);
DWORD side_state(HANDLE session, NTMS_GUID *side);
/* Waits until a side is in a state; whether it came to be. */
int wait_for_side(HANDLE session, NTMS_GUID *side, DWORD state);
/* Cancels and deletes all operator requests, so that a case sees its own. */
void forget_requests(struct world *world);
/* Waits until a medium is idle in a slot; whether it came to be. */
int wait_for_idle(HANDLE session, NTMS_GUID *medium);
int same_object(const NTMS_GUID *a, const NTMS_GUID *b);

/* One check on a world: what the function returns. */
#define ON_WORLD(world, function, code, sentence, ...)                                                                 \
    CHECK_NAMED_IF((world)->there, NO_LIBRARY, #function, #code, sentence,                                             \
                   RETURNS(code, p##function((world)->session, ##__VA_ARGS__)))
/* One check on a world of something else. */
#define OF_WORLD(world, function, id, sentence, condition)                                                             \
    CHECK_NAMED_IF((world)->there, NO_LIBRARY, #function, #id, sentence, condition)

#endif
