/*
 * Arguments that are wrong in themselves: handles that are no session, which need no service to be told, and on a
 * session pointers that are missing and values out of range.
 */
#include "ntmsapi_test.h"

static NTMS_GUID id;
static NTMS_OBJECTINFORMATIONA ansi;
static NTMS_OBJECTINFORMATIONW wide;
static HANDLE handle;
static DWORD number;
static char text[64];
static WCHAR wide_text[64];

static void reset(void)
{
    id = no_object;
    memset(&ansi, 0, sizeof(ansi));
    memset(&wide, 0, sizeof(wide));
    handle = NULL;
    number = 1;
}

/* NULL, one that nobody gave out, and one of another kind. */
#define NO_SESSION(function, ...)                                                                                      \
    CHECK(function, ERROR_INVALID_HANDLE, "The session handle is missing or is not valid.",                            \
          (reset(), RETURNS(ERROR_INVALID_HANDLE, p##function(NULL, ##__VA_ARGS__))) &&                                \
              (reset(), RETURNS(ERROR_INVALID_HANDLE, p##function((HANDLE)(ULONG_PTR)0x1234, ##__VA_ARGS__))) &&       \
              (reset(), RETURNS(ERROR_INVALID_HANDLE, p##function(GetCurrentProcess(), ##__VA_ARGS__))))

#define ON_SESSION(function, code, sentence, ...)                                                                      \
    CHECK_NAMED_IF(session != INVALID_HANDLE_VALUE, NO_SERVICE, #function, #code, sentence,                            \
                   (reset(), RETURNS(code, p##function(session, ##__VA_ARGS__))))

static void no_session_1(void)
{
    NO_SESSION(AccessNtmsLibraryDoor, &id, NTMS_INVENTORY_NONE);
    NO_SESSION(AddNtmsMediaType, &id, &id);
    NO_SESSION(AllocateNtmsMedia, &id, NULL, &id, NTMS_ALLOCATE_NEW, 0, NULL);
    NO_SESSION(BeginNtmsDeviceChangeDetection, &handle);
    NO_SESSION(CancelNtmsLibraryRequest, &id);
    NO_SESSION(CancelNtmsOperatorRequest, &id);
    NO_SESSION(ChangeNtmsMediaType, &id, &id);
    NO_SESSION(CleanNtmsDrive, &id);
    NO_SESSION(CreateNtmsMediaA, &ansi, &ansi, 0);
    NO_SESSION(CreateNtmsMediaW, &wide, &wide, 0);
    NO_SESSION(CreateNtmsMediaPoolA, "p", NULL, NTMS_CREATE_NEW, NULL, &id);
    NO_SESSION(CreateNtmsMediaPoolW, L"p", NULL, NTMS_CREATE_NEW, NULL, &id);
    NO_SESSION(DeallocateNtmsMedia, &id, 0);
    NO_SESSION(DecommissionNtmsMedia, &id);
    NO_SESSION(DeleteNtmsDrive, &id);
    NO_SESSION(DeleteNtmsLibrary, &id);
    NO_SESSION(DeleteNtmsMedia, &id);
    NO_SESSION(DeleteNtmsMediaPool, &id);
    NO_SESSION(DeleteNtmsMediaType, &id, &id);
    NO_SESSION(DeleteNtmsRequests, &id, NTMS_LIBREQUEST, 1);
    NO_SESSION(DisableNtmsObject, NTMS_DRIVE, &id);
    NO_SESSION(DismountNtmsDrive, &id);
}

static void no_session_2(void)
{
    NO_SESSION(DismountNtmsMedia, &id, 1, 0);
    NO_SESSION(EjectNtmsCleaner, &id, &id, NTMS_EJECT_START);
    NO_SESSION(EjectNtmsMedia, &id, &id, NTMS_EJECT_START);
    NO_SESSION(EnableNtmsObject, NTMS_DRIVE, &id);
    NO_SESSION(EndNtmsDeviceChangeDetection, handle);
    NO_SESSION(EnumerateNtmsObject, NULL, &id, &number, NTMS_LIBRARY, 0);
    NO_SESSION(ExportNtmsDatabase);
    NO_SESSION(GetNtmsMediaPoolNameA, &id, text, &number);
    NO_SESSION(GetNtmsMediaPoolNameW, &id, wide_text, &number);
    NO_SESSION(GetNtmsObjectAttributeA, &id, NTMS_DRIVE, "a", text, &number);
    NO_SESSION(GetNtmsObjectAttributeW, &id, NTMS_DRIVE, L"a", text, &number);
    NO_SESSION(GetNtmsObjectInformationA, &id, &ansi);
    NO_SESSION(GetNtmsObjectInformationW, &id, &wide);
    NO_SESSION(GetNtmsObjectSecurity, &id, NTMS_DRIVE, OWNER_SECURITY_INFORMATION, text, sizeof(text), &number);
    NO_SESSION(GetNtmsRequestOrder, &id, &number);
    NO_SESSION(GetNtmsUIOptionsA, &id, NTMS_UITYPE_INFO, text, &number);
    NO_SESSION(GetNtmsUIOptionsW, &id, NTMS_UITYPE_INFO, wide_text, &number);
    NO_SESSION(IdentifyNtmsSlot, &id, NTMS_DISMOUNT_IMMEDIATE);
    NO_SESSION(ImportNtmsDatabase);
    NO_SESSION(InjectNtmsCleaner, &id, &id, 1, NTMS_INJECT_START);
    NO_SESSION(InjectNtmsMedia, &id, &id, NTMS_INJECT_START);
    NO_SESSION(InventoryNtmsLibrary, &id, NTMS_INVENTORY_FAST);
}

static void no_session_3(void)
{
    NO_SESSION(MountNtmsMedia, &id, &id, 1, NTMS_MOUNT_READ, 0, 0, NULL);
    NO_SESSION(MoveToNtmsMediaPool, &id, &id);
    NO_SESSION(ReleaseNtmsCleanerSlot, &id);
    NO_SESSION(ReserveNtmsCleanerSlot, &id, &id);
    NO_SESSION(SatisfyNtmsOperatorRequest, &id);
    NO_SESSION(SetNtmsDeviceChangeDetection, NULL, &id, NTMS_LIBRARY, 1);
    NO_SESSION(SetNtmsMediaComplete, &id);
    NO_SESSION(SetNtmsObjectAttributeA, &id, NTMS_DRIVE, "a", text, 1);
    NO_SESSION(SetNtmsObjectAttributeW, &id, NTMS_DRIVE, L"a", text, 1);
    NO_SESSION(SetNtmsObjectInformationA, &id, &ansi);
    NO_SESSION(SetNtmsObjectInformationW, &id, &wide);
    NO_SESSION(SetNtmsObjectSecurity, &id, NTMS_DRIVE, DACL_SECURITY_INFORMATION, text);
    NO_SESSION(SetNtmsRequestOrder, &id, 1);
    NO_SESSION(SetNtmsUIOptionsA, &id, NTMS_UITYPE_INFO, NTMS_UIDEST_ADD, "c");
    NO_SESSION(SetNtmsUIOptionsW, &id, NTMS_UITYPE_INFO, NTMS_UIDEST_ADD, L"c");
    NO_SESSION(SubmitNtmsOperatorRequestA, NTMS_OPREQ_MESSAGE, "m", NULL, NULL, &id);
    NO_SESSION(SubmitNtmsOperatorRequestW, NTMS_OPREQ_MESSAGE, L"m", NULL, NULL, &id);
    NO_SESSION(SwapNtmsMedia, &id, &id);
    NO_SESSION(UpdateNtmsOmidInfo, &id, NTMS_OMID_TYPE_RAW_LABEL, 1, text);
    NO_SESSION(WaitForNtmsOperatorRequest, &id, 0);
}

static void on_session_1(void)
{
    HANDLE session = open_session();

    ON_SESSION(AccessNtmsLibraryDoor, ERROR_INVALID_PARAMETER, "The library ID is missing.", NULL, 0);
    ON_SESSION(AddNtmsMediaType, ERROR_INVALID_PARAMETER, "The media type or library ID is missing.", NULL, &id);
    ON_SESSION(AddNtmsMediaType, ERROR_INVALID_PARAMETER, "The media type or library ID is missing.", &id, NULL);
    ON_SESSION(DeleteNtmsMediaType, ERROR_INVALID_PARAMETER, "The media type or library ID is missing.", NULL, &id);
    ON_SESSION(DeleteNtmsMediaType, ERROR_INVALID_PARAMETER, "The media type or library ID is missing.", &id, NULL);
    ON_SESSION(AllocateNtmsMedia, ERROR_INVALID_PARAMETER, "The media or media pool ID is missing.", NULL, NULL, &id,
               NTMS_ALLOCATE_NEW, 0, NULL);
    ON_SESSION(AllocateNtmsMedia, ERROR_INVALID_PARAMETER, "The media or media pool ID is missing.", &id, NULL, NULL,
               NTMS_ALLOCATE_NEW, 0, NULL);
    ON_SESSION(BeginNtmsDeviceChangeDetection, ERROR_INVALID_PARAMETER, "(nowhere to put the handle)", NULL);
    ON_SESSION(CancelNtmsLibraryRequest, ERROR_OBJECT_NOT_FOUND,
               "This error occurs ... when a request ID that is not valid is specified.", NULL);
    ON_SESSION(CancelNtmsOperatorRequest, ERROR_INVALID_PARAMETER, "The request identifier is missing.", NULL);
    ON_SESSION(ChangeNtmsMediaType, ERROR_INVALID_PARAMETER, "The media pool or media ID is missing.", NULL, &id);
    ON_SESSION(ChangeNtmsMediaType, ERROR_INVALID_PARAMETER, "The media pool or media ID is missing.", &id, NULL);
    ON_SESSION(CleanNtmsDrive, ERROR_INVALID_PARAMETER, "The drive ID is missing.", NULL);
    ON_SESSION(CreateNtmsMediaA, ERROR_INVALID_PARAMETER,
               "A parameter is missing, or the object information size or object type is not valid.", NULL, &ansi, 0);
    ON_SESSION(CreateNtmsMediaA, ERROR_INVALID_PARAMETER,
               "A parameter is missing, or the object information size or object type is not valid.", &ansi, NULL, 0);
    ON_SESSION(CreateNtmsMediaA, ERROR_INVALID_PARAMETER,
               "A parameter is missing, or the object information size or object type is not valid.", &ansi, &ansi, 0);
    ON_SESSION(CreateNtmsMediaPoolA, ERROR_INVALID_PARAMETER,
               "The media pool name or media pool ID pointer is missing.", NULL, NULL, NTMS_CREATE_NEW, NULL, &id);
    ON_SESSION(CreateNtmsMediaPoolA, ERROR_INVALID_PARAMETER,
               "The media pool name or media pool ID pointer is missing.", "p", NULL, NTMS_CREATE_NEW, NULL, NULL);
    ON_SESSION(GetNtmsMediaPoolNameA, ERROR_INVALID_MEDIA_POOL, "The media pool ID is missing or is not valid.", NULL,
               text, &number);
    ON_SESSION(GetNtmsMediaPoolNameA, ERROR_INVALID_PARAMETER, "The parameter is missing or is not valid.", &id, text,
               NULL);
    ON_SESSION(GetNtmsObjectAttributeA, ERROR_INVALID_PARAMETER, "The pointer is NULL or is not valid.", NULL,
               NTMS_DRIVE, "a", text, &number);
    ON_SESSION(GetNtmsObjectAttributeA, ERROR_INVALID_PARAMETER, "The pointer is NULL or is not valid.", &id,
               NTMS_DRIVE, NULL, text, &number);
    ON_SESSION(GetNtmsObjectAttributeA, ERROR_INVALID_PARAMETER, "The pointer is NULL or is not valid.", &id,
               NTMS_DRIVE, "a", text, NULL);
    ON_SESSION(SetNtmsObjectAttributeA, ERROR_INVALID_PARAMETER, "The pointer is NULL or is not valid.", NULL,
               NTMS_DRIVE, "a", text, 1);
    if (session != INVALID_HANDLE_VALUE) pCloseNtmsSession(session);
}

static void on_session_2(void)
{
    HANDLE session = open_session();

    ON_SESSION(SetNtmsObjectAttributeA, ERROR_INVALID_PARAMETER, "The pointer is NULL or is not valid.", &id,
               NTMS_DRIVE, NULL, text, 1);
    ON_SESSION(SetNtmsObjectAttributeA, ERROR_INVALID_PARAMETER, "The pointer is NULL or is not valid.", &id,
               NTMS_DRIVE, "a", NULL, 1);
    ON_SESSION(SetNtmsObjectAttributeA, ERROR_NO_DATA,
               "The attribute specified is greater than or equal to NTMS_MAXATTR_LENGTH.", &id, NTMS_DRIVE, "a", text,
               NTMS_MAXATTR_LENGTH);
    ON_SESSION(SetNtmsObjectAttributeA, ERROR_INVALID_NAME,
               "The NTMS_MAXATTR_NAMELEN value defines the maximum attribute name length. The length includes a NULL.",
               &id, NTMS_DRIVE, "12345678901234567890123456789012", text, 1);
    ON_SESSION(GetNtmsObjectInformationA, ERROR_INVALID_PARAMETER,
               "The object ID or information structure is missing, or the object information size or object type is "
               "not valid.",
               NULL, &ansi);
    ON_SESSION(GetNtmsObjectInformationA, ERROR_INVALID_PARAMETER,
               "The object ID or information structure is missing, or the object information size or object type is "
               "not valid.",
               &id, NULL);
    ON_SESSION(GetNtmsObjectInformationA, ERROR_INVALID_PARAMETER,
               "The object ID or information structure is missing, or the object information size or object type is "
               "not valid.",
               &id, &ansi);
    ON_SESSION(SetNtmsObjectInformationA, ERROR_INVALID_PARAMETER,
               "The object ID or information structure is missing, or the object information size or object type is "
               "not valid.",
               NULL, &ansi);
    ON_SESSION(SetNtmsObjectInformationA, ERROR_INVALID_PARAMETER,
               "The object ID or information structure is missing, or the object information size or object type is "
               "not valid.",
               &id, NULL);
    ON_SESSION(SetNtmsObjectInformationA, ERROR_INVALID_PARAMETER,
               "The object ID or information structure is missing, or the object information size or object type is "
               "not valid.",
               &id, &ansi);
    ON_SESSION(GetNtmsUIOptionsA, ERROR_INVALID_PARAMETER,
               "The lpdwSize or lpszDestination parameter is NULL, ... or dwType is not one of the three valid values.",
               NULL, NTMS_UITYPE_INFO, NULL, &number);
    ON_SESSION(GetNtmsUIOptionsA, ERROR_INVALID_PARAMETER,
               "The lpdwSize or lpszDestination parameter is NULL, ... or dwType is not one of the three valid values.",
               NULL, NTMS_UITYPE_INFO, text, NULL);
    ON_SESSION(GetNtmsUIOptionsA, ERROR_INVALID_PARAMETER,
               "The lpdwSize or lpszDestination parameter is NULL, ... or dwType is not one of the three valid values.",
               NULL, NTMS_UITYPE_INVALID, text, &number);
    ON_SESSION(
        SetNtmsUIOptionsA, ERROR_INVALID_PARAMETER,
        "... lpszDestination pointer is NULL, ... or dwType or dwOperation is not one of the three valid values.", NULL,
        NTMS_UITYPE_INFO, NTMS_UIDEST_ADD, NULL);
    ON_SESSION(
        SetNtmsUIOptionsA, ERROR_INVALID_PARAMETER,
        "... lpszDestination pointer is NULL, ... or dwType or dwOperation is not one of the three valid values.", NULL,
        NTMS_UITYPE_MAX, NTMS_UIDEST_ADD, "a");
    ON_SESSION(
        SetNtmsUIOptionsA, ERROR_INVALID_PARAMETER,
        "... lpszDestination pointer is NULL, ... or dwType or dwOperation is not one of the three valid values.", NULL,
        NTMS_UITYPE_INFO, NTMS_UIOPERATION_MAX, "a");
    ON_SESSION(SubmitNtmsOperatorRequestA, ERROR_INVALID_PARAMETER, "One of the parameter values is not valid.",
               NTMS_OPREQ_MESSAGE, "a", NULL, NULL, NULL);
    ON_SESSION(SubmitNtmsOperatorRequestA, ERROR_INVALID_PARAMETER, "One of the parameter values is not valid.",
               NTMS_OPREQ_UNKNOWN, "a", NULL, NULL, &id);
    ON_SESSION(CreateNtmsMediaW, ERROR_INVALID_PARAMETER,
               "A parameter is missing, or the object information size or object type is not valid.", NULL, &wide, 0);
    ON_SESSION(CreateNtmsMediaW, ERROR_INVALID_PARAMETER,
               "A parameter is missing, or the object information size or object type is not valid.", &wide, NULL, 0);
    ON_SESSION(CreateNtmsMediaW, ERROR_INVALID_PARAMETER,
               "A parameter is missing, or the object information size or object type is not valid.", &wide, &wide, 0);
    ON_SESSION(CreateNtmsMediaPoolW, ERROR_INVALID_PARAMETER,
               "The media pool name or media pool ID pointer is missing.", NULL, NULL, NTMS_CREATE_NEW, NULL, &id);
    ON_SESSION(CreateNtmsMediaPoolW, ERROR_INVALID_PARAMETER,
               "The media pool name or media pool ID pointer is missing.", L"p", NULL, NTMS_CREATE_NEW, NULL, NULL);
    ON_SESSION(GetNtmsMediaPoolNameW, ERROR_INVALID_MEDIA_POOL, "The media pool ID is missing or is not valid.", NULL,
               wide_text, &number);
    if (session != INVALID_HANDLE_VALUE) pCloseNtmsSession(session);
}

static void on_session_3(void)
{
    HANDLE session = open_session();

    ON_SESSION(GetNtmsMediaPoolNameW, ERROR_INVALID_PARAMETER, "The parameter is missing or is not valid.", &id,
               wide_text, NULL);
    ON_SESSION(GetNtmsObjectAttributeW, ERROR_INVALID_PARAMETER, "The pointer is NULL or is not valid.", NULL,
               NTMS_DRIVE, L"a", text, &number);
    ON_SESSION(GetNtmsObjectAttributeW, ERROR_INVALID_PARAMETER, "The pointer is NULL or is not valid.", &id,
               NTMS_DRIVE, NULL, text, &number);
    ON_SESSION(GetNtmsObjectAttributeW, ERROR_INVALID_PARAMETER, "The pointer is NULL or is not valid.", &id,
               NTMS_DRIVE, L"a", text, NULL);
    ON_SESSION(SetNtmsObjectAttributeW, ERROR_INVALID_PARAMETER, "The pointer is NULL or is not valid.", NULL,
               NTMS_DRIVE, L"a", text, 1);
    ON_SESSION(SetNtmsObjectAttributeW, ERROR_INVALID_PARAMETER, "The pointer is NULL or is not valid.", &id,
               NTMS_DRIVE, NULL, text, 1);
    ON_SESSION(SetNtmsObjectAttributeW, ERROR_INVALID_PARAMETER, "The pointer is NULL or is not valid.", &id,
               NTMS_DRIVE, L"a", NULL, 1);
    ON_SESSION(SetNtmsObjectAttributeW, ERROR_NO_DATA,
               "The attribute specified is greater than or equal to NTMS_MAXATTR_LENGTH.", &id, NTMS_DRIVE, L"a", text,
               NTMS_MAXATTR_LENGTH);
    ON_SESSION(SetNtmsObjectAttributeW, ERROR_INVALID_NAME,
               "The NTMS_MAXATTR_NAMELEN value defines the maximum attribute name length. The length includes a NULL.",
               &id, NTMS_DRIVE, L"12345678901234567890123456789012", text, 1);
    ON_SESSION(GetNtmsObjectInformationW, ERROR_INVALID_PARAMETER,
               "The object ID or information structure is missing, or the object information size or object type is "
               "not valid.",
               NULL, &wide);
    ON_SESSION(GetNtmsObjectInformationW, ERROR_INVALID_PARAMETER,
               "The object ID or information structure is missing, or the object information size or object type is "
               "not valid.",
               &id, NULL);
    ON_SESSION(GetNtmsObjectInformationW, ERROR_INVALID_PARAMETER,
               "The object ID or information structure is missing, or the object information size or object type is "
               "not valid.",
               &id, &wide);
    ON_SESSION(SetNtmsObjectInformationW, ERROR_INVALID_PARAMETER,
               "The object ID or information structure is missing, or the object information size or object type is "
               "not valid.",
               NULL, &wide);
    ON_SESSION(SetNtmsObjectInformationW, ERROR_INVALID_PARAMETER,
               "The object ID or information structure is missing, or the object information size or object type is "
               "not valid.",
               &id, NULL);
    ON_SESSION(SetNtmsObjectInformationW, ERROR_INVALID_PARAMETER,
               "The object ID or information structure is missing, or the object information size or object type is "
               "not valid.",
               &id, &wide);
    ON_SESSION(GetNtmsUIOptionsW, ERROR_INVALID_PARAMETER,
               "The lpdwSize or lpszDestination parameter is NULL, ... or dwType is not one of the three valid values.",
               NULL, NTMS_UITYPE_INFO, NULL, &number);
    ON_SESSION(GetNtmsUIOptionsW, ERROR_INVALID_PARAMETER,
               "The lpdwSize or lpszDestination parameter is NULL, ... or dwType is not one of the three valid values.",
               NULL, NTMS_UITYPE_INFO, wide_text, NULL);
    ON_SESSION(GetNtmsUIOptionsW, ERROR_INVALID_PARAMETER,
               "The lpdwSize or lpszDestination parameter is NULL, ... or dwType is not one of the three valid values.",
               NULL, NTMS_UITYPE_INVALID, wide_text, &number);
    ON_SESSION(
        SetNtmsUIOptionsW, ERROR_INVALID_PARAMETER,
        "... lpszDestination pointer is NULL, ... or dwType or dwOperation is not one of the three valid values.", NULL,
        NTMS_UITYPE_INFO, NTMS_UIDEST_ADD, NULL);
    ON_SESSION(
        SetNtmsUIOptionsW, ERROR_INVALID_PARAMETER,
        "... lpszDestination pointer is NULL, ... or dwType or dwOperation is not one of the three valid values.", NULL,
        NTMS_UITYPE_MAX, NTMS_UIDEST_ADD, L"a");
    ON_SESSION(
        SetNtmsUIOptionsW, ERROR_INVALID_PARAMETER,
        "... lpszDestination pointer is NULL, ... or dwType or dwOperation is not one of the three valid values.", NULL,
        NTMS_UITYPE_INFO, NTMS_UIOPERATION_MAX, L"a");
    ON_SESSION(SubmitNtmsOperatorRequestW, ERROR_INVALID_PARAMETER, "One of the parameter values is not valid.",
               NTMS_OPREQ_MESSAGE, L"a", NULL, NULL, NULL);
    ON_SESSION(SubmitNtmsOperatorRequestW, ERROR_INVALID_PARAMETER, "One of the parameter values is not valid.",
               NTMS_OPREQ_UNKNOWN, L"a", NULL, NULL, &id);
    ON_SESSION(DeallocateNtmsMedia, ERROR_INVALID_PARAMETER, "The media or media pool ID is missing.", NULL, 0);
    if (session != INVALID_HANDLE_VALUE) pCloseNtmsSession(session);
}

static void on_session_4(void)
{
    HANDLE session = open_session();

    ON_SESSION(DeallocateNtmsMedia, ERROR_INVALID_PARAMETER, "dwOptions: Reserved; must be zero.", &id, 1);
    ON_SESSION(DecommissionNtmsMedia, ERROR_INVALID_PARAMETER, "The media identifier is missing.", NULL);
    ON_SESSION(DeleteNtmsDrive, ERROR_INVALID_DRIVE, "The drive identifier is not valid.", NULL);
    ON_SESSION(DeleteNtmsLibrary, ERROR_INVALID_PARAMETER, "There is a missing media identifier.", NULL);
    ON_SESSION(DeleteNtmsMedia, ERROR_INVALID_PARAMETER, "The media identifier is missing.", NULL);
    ON_SESSION(DeleteNtmsMediaPool, ERROR_INVALID_PARAMETER, "The media pool ID is missing.", NULL);
    ON_SESSION(DeleteNtmsRequests, ERROR_INVALID_PARAMETER, "The type identifier is not valid.", &id, NTMS_DRIVE, 1);
    ON_SESSION(EnableNtmsObject, ERROR_INVALID_PARAMETER, "An object ID is missing or the object type is not valid.",
               NTMS_DRIVE, NULL);
    ON_SESSION(EnableNtmsObject, ERROR_INVALID_PARAMETER, "An object ID is missing or the object type is not valid.",
               NTMS_MEDIA_POOL, &id);
    ON_SESSION(DisableNtmsObject, ERROR_INVALID_PARAMETER, "An object ID is missing or the object type is not valid.",
               NTMS_DRIVE, NULL);
    ON_SESSION(DisableNtmsObject, ERROR_INVALID_PARAMETER, "An object ID is missing or the object type is not valid.",
               NTMS_MEDIA_POOL, &id);
    ON_SESSION(DismountNtmsDrive, ERROR_INVALID_PARAMETER, "The drive ID is missing.", NULL);
    ON_SESSION(DismountNtmsMedia, ERROR_INVALID_MEDIA, "At least one of the specified media is not valid.", NULL, 1, 0);
    ON_SESSION(DismountNtmsMedia, ERROR_INVALID_MEDIA, "At least one of the specified media is not valid.", &id, 0, 0);
    ON_SESSION(EjectNtmsCleaner, ERROR_INVALID_LIBRARY, "Unable to retrieve the library definition from the database.",
               NULL, &id, NTMS_EJECT_START);
    ON_SESSION(EjectNtmsMedia, ERROR_INVALID_PARAMETER, "A library ID or operation ID pointer is missing.", &id, NULL,
               NTMS_EJECT_START);
    ON_SESSION(EndNtmsDeviceChangeDetection, ERROR_INVALID_HANDLE,
               "The session handle or detection handle is not valid.", NULL);
    ON_SESSION(EnumerateNtmsObject, ERROR_INVALID_PARAMETER, "The lpdwListSize pointer is missing", NULL, &id, NULL,
               NTMS_LIBRARY, 0);
    ON_SESSION(GetNtmsObjectSecurity, ERROR_INVALID_PARAMETER, "The object ID is missing.", NULL, NTMS_DRIVE,
               OWNER_SECURITY_INFORMATION, text, sizeof(text), &number);
    ON_SESSION(SetNtmsObjectSecurity, ERROR_INVALID_PARAMETER, "The object ID is missing.", NULL, NTMS_DRIVE,
               DACL_SECURITY_INFORMATION, text);
    ON_SESSION(GetNtmsRequestOrder, ERROR_INVALID_PARAMETER, "The library request identifier is missing.", NULL,
               &number);
    ON_SESSION(SetNtmsRequestOrder, ERROR_INVALID_PARAMETER, "The library request identifier is missing.", NULL, 1);
    ON_SESSION(IdentifyNtmsSlot, ERROR_INVALID_PARAMETER, "The slot ID or the dwOption is not valid.", NULL,
               NTMS_DISMOUNT_IMMEDIATE);
    ON_SESSION(IdentifyNtmsSlot, ERROR_INVALID_PARAMETER, "The slot ID or the dwOption is not valid.", &id, 99);
    if (session != INVALID_HANDLE_VALUE) pCloseNtmsSession(session);
}

static void on_session_5(void)
{
    HANDLE session = open_session();

    ON_SESSION(InjectNtmsCleaner, ERROR_INVALID_LIBRARY, "Unable to retrieve the library definition from the database.",
               NULL, &id, 1, NTMS_INJECT_START);
    ON_SESSION(InjectNtmsMedia, ERROR_INVALID_PARAMETER, "The library ID or operation ID pointer is missing.", NULL,
               &id, NTMS_INJECT_START);
    ON_SESSION(InjectNtmsMedia, ERROR_INVALID_PARAMETER, "The library ID or operation ID pointer is missing.", &id,
               NULL, NTMS_INJECT_START);
    ON_SESSION(InventoryNtmsLibrary, ERROR_INVALID_PARAMETER, "The library ID or session ID is not valid.", NULL,
               NTMS_INVENTORY_FAST);
    ON_SESSION(MountNtmsMedia, ERROR_INVALID_MEDIA, "One or more of the media specified is not valid", NULL, &id, 1,
               NTMS_MOUNT_READ, 0, 0, NULL);
    ON_SESSION(MountNtmsMedia, ERROR_INVALID_DRIVE, "At least one of the specified drives is not valid.", &id, NULL, 1,
               NTMS_MOUNT_READ, 0, 0, NULL);
    ON_SESSION(MoveToNtmsMediaPool, ERROR_INVALID_PARAMETER, "The media ID or media pool ID is missing.", NULL, &id);
    ON_SESSION(MoveToNtmsMediaPool, ERROR_INVALID_PARAMETER, "The media ID or media pool ID is missing.", &id, NULL);
    ON_SESSION(ReleaseNtmsCleanerSlot, ERROR_INVALID_PARAMETER, "(an identifier is missing)", NULL);
    ON_SESSION(ReserveNtmsCleanerSlot, ERROR_INVALID_PARAMETER, "(an identifier is missing)", NULL, NULL);
    ON_SESSION(SatisfyNtmsOperatorRequest, ERROR_OBJECT_NOT_FOUND,
               "This error occurs ... when an request ID that is not valid is specified.", NULL);
    ON_SESSION(SetNtmsDeviceChangeDetection, ERROR_INVALID_PARAMETER, "The object type is not valid.", NULL, &id,
               NTMS_DRIVE, 1);
    ON_SESSION(SetNtmsDeviceChangeDetection, ERROR_INVALID_HANDLE, "The session or detection handle is not valid.",
               (HANDLE)(ULONG_PTR)0x1234, &id, NTMS_LIBRARY, 1);
    ON_SESSION(SetNtmsMediaComplete, ERROR_INVALID_PARAMETER, "The media identifier is missing.", NULL);
    ON_SESSION(SwapNtmsMedia, ERROR_INVALID_PARAMETER, "At least one media identifier is missing.", NULL, &id);
    ON_SESSION(SwapNtmsMedia, ERROR_INVALID_PARAMETER, "At least one media identifier is missing.", &id, NULL);
    ON_SESSION(UpdateNtmsOmidInfo, ERROR_INVALID_PARAMETER, "The lpMediaId parameter is NULL.", NULL,
               NTMS_OMID_TYPE_RAW_LABEL, 1, text);
    ON_SESSION(WaitForNtmsOperatorRequest, ERROR_INVALID_PARAMETER, "One of the parameter values is not valid.", NULL,
               0);
    if (session != INVALID_HANDLE_VALUE) pCloseNtmsSession(session);
}

/* The functions that take no session. */
static void no_handle(void)
{
    LPSTR ansi_volume, ansi_letter;
    LPWSTR volume, letter;
    char name[] = "X:";
    WCHAR wide_name[] = L"X:";

    CHECK(EjectDiskFromSADriveA, ERROR_INVALID_PARAMETER, "(no device name)",
          RETURNS(ERROR_INVALID_PARAMETER, pEjectDiskFromSADriveA(NULL, NULL, NULL, NULL, NULL, NULL, 0)));
    CHECK(EjectDiskFromSADriveW, ERROR_INVALID_PARAMETER, "(no device name; an action that there is not)",
          RETURNS(ERROR_INVALID_PARAMETER, pEjectDiskFromSADriveW(NULL, NULL, NULL, NULL, NULL, NULL, 0)) &&
              RETURNS(ERROR_INVALID_PARAMETER,
                      pEjectDiskFromSADriveW(NULL, NULL, L"\\\\.\\Cdrom0", NULL, NULL, NULL, 99)));
    CHECK(EjectDiskFromSADriveW, remote, "RSM server name. (one that nobody can have)",
          RETURNS(ERROR_NOT_CONNECTED,
                  pEjectDiskFromSADriveW(L"cork.invalid", NULL, L"\\\\.\\Cdrom0", NULL, NULL, NULL, 0)));
    CHECK(GetVolumesFromDriveA, missing, "(a pointer that is missing)",
          RETURNS(ERROR_INVALID_PARAMETER, pGetVolumesFromDriveA(NULL, &ansi_volume, &ansi_letter)) &&
              RETURNS(ERROR_INVALID_PARAMETER, pGetVolumesFromDriveA(name, NULL, &ansi_letter)) &&
              RETURNS(ERROR_INVALID_PARAMETER, pGetVolumesFromDriveA(name, &ansi_volume, NULL)));
    CHECK(GetVolumesFromDriveW, missing, "(a pointer that is missing)",
          RETURNS(ERROR_INVALID_PARAMETER, pGetVolumesFromDriveW(NULL, &volume, &letter)) &&
              RETURNS(ERROR_INVALID_PARAMETER, pGetVolumesFromDriveW(wide_name, NULL, &letter)) &&
              RETURNS(ERROR_INVALID_PARAMETER, pGetVolumesFromDriveW(wide_name, &volume, NULL)));
}

static const struct test_case cases[] = {{"no session, 1", no_session_1},   {"no session, 2", no_session_2},
                                         {"no session, 3", no_session_3},   {"on a session, 1", on_session_1},
                                         {"on a session, 2", on_session_2}, {"on a session, 3", on_session_3},
                                         {"on a session, 4", on_session_4}, {"on a session, 5", on_session_5},
                                         {"no handle", no_handle},          {NULL, NULL}};
const struct group arguments_group = {"arguments", __FILE__, cases};
