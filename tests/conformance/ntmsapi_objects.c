/*
 * Objects that every service has: the computer, the offline library, media types; media pools, attributes,
 * notifications.
 */
#include "ntmsapi_test.h"

/* The first object of a type; zeros where there is none. */
static NTMS_GUID first_of(HANDLE session, DWORD type)
{
    NTMS_GUID list[64] = {{0}};
    DWORD count = COUNT_OF(list);

    pEnumerateNtmsObject(session, NULL, list, &count, type, 0);
    return list[0];
}

static void enumeration(void)
{
    HANDLE session = open_session();
    const int there = session != INVALID_HANDLE_VALUE;
    NTMS_GUID list[2];
    DWORD count = 1, none = 0;

    CHECK_IF(there, NO_SERVICE, EnumerateNtmsObject, ERROR_SUCCESS, "The function was successful.",
             RETURNS(ERROR_SUCCESS, pEnumerateNtmsObject(session, NULL, list, &count, NTMS_COMPUTER, 0)) && count == 1);
    count = 0;
    CHECK_IF(there, NO_SERVICE, EnumerateNtmsObject, ERROR_INSUFFICIENT_BUFFER,
             "The function truncates the list and returns the actual size in lpdwListSize.",
             RETURNS(ERROR_INSUFFICIENT_BUFFER, pEnumerateNtmsObject(session, NULL, NULL, &count, NTMS_COMPUTER, 0)) &&
                 count == 1);
    CHECK_IF(there, NO_SERVICE, EnumerateNtmsObject, ERROR_OBJECT_NOT_FOUND,
             "The GUID specified by lpContainerId is not the GUID of any container object in the database.",
             RETURNS(ERROR_OBJECT_NOT_FOUND, pEnumerateNtmsObject(session, &no_object, NULL, &none, NTMS_DRIVE, 0)));
    if (there) pCloseNtmsSession(session);
}

static void information(void)
{
    HANDLE session = open_session();
    const int there = session != INVALID_HANDLE_VALUE;
    NTMS_GUID library = first_of(session, NTMS_LIBRARY);
    NTMS_OBJECTINFORMATIONW wide = {.dwSize = sizeof(wide), .dwType = NTMS_LIBRARY};
    NTMS_OBJECTINFORMATIONA ansi = {.dwSize = sizeof(ansi), .dwType = NTMS_LIBRARY};
    char name[NTMS_OBJECTNAME_LENGTH] = "";

    CHECK_IF(there, NO_SERVICE, GetNtmsObjectInformationW, ERROR_SUCCESS, "The function was successful.",
             RETURNS(ERROR_SUCCESS, pGetNtmsObjectInformationW(session, &library, &wide)) &&
                 wide.dwType == NTMS_LIBRARY && !memcmp(&wide.ObjectGuid, &library, sizeof(library)) &&
                 wide.Created.wYear > 2000 && *wide.szName);
    WideCharToMultiByte(CP_ACP, 0, wide.szName, -1, name, sizeof(name), NULL, NULL);
    CHECK_IF(there, NO_SERVICE, GetNtmsObjectInformationA, ERROR_SUCCESS, "The function was successful.",
             RETURNS(ERROR_SUCCESS, pGetNtmsObjectInformationA(session, &library, &ansi)) &&
                 !strcmp(ansi.szName, name) && ansi.Info.Library.LibraryType == wide.Info.Library.LibraryType);
    CHECK_IF(there, NO_SERVICE, GetNtmsObjectInformationW, ERROR_OBJECT_NOT_FOUND, "The object ID is not valid.",
             RETURNS(ERROR_OBJECT_NOT_FOUND, pGetNtmsObjectInformationW(session, &no_object, &wide)));
    wcscpy(wide.szDescription, L"described \x00e9");
    CHECK_IF(there, NO_SERVICE, SetNtmsObjectInformationW, ERROR_SUCCESS,
             "updates all writable members (of a library: szDescription, for one)",
             RETURNS(ERROR_SUCCESS, pSetNtmsObjectInformationW(session, &library, &wide)) &&
                 (wide.szDescription[0] = 0, !pGetNtmsObjectInformationW(session, &library, &wide)) &&
                 !wcscmp(wide.szDescription, L"described \x00e9"));
    strcpy(ansi.szDescription, "");
    CHECK_IF(there, NO_SERVICE, SetNtmsObjectInformationA, ERROR_SUCCESS,
             "updates all writable members (of a library: szDescription, for one)",
             RETURNS(ERROR_SUCCESS, pSetNtmsObjectInformationA(session, &library, &ansi)) &&
                 !pGetNtmsObjectInformationW(session, &library, &wide) && !*wide.szDescription);
    if (there) pCloseNtmsSession(session);
}

static void pools(void)
{
    HANDLE session = open_session();
    const int there = session != INVALID_HANDLE_VALUE;
    NTMS_GUID type = first_of(session, NTMS_MEDIA_TYPE), pool = no_object, again = no_object;
    WCHAR name[64] = L"";
    char ansi[64] = "";
    DWORD size = COUNT_OF(name), small = 2, ansi_size = COUNT_OF(ansi);

    CHECK_IF(
        there, NO_SERVICE, CreateNtmsMediaPoolW, NTMS_CREATE_NEW, "Creates a new media pool.",
        RETURNS(ERROR_SUCCESS, pCreateNtmsMediaPoolW(session, L"Conformance", &type, NTMS_CREATE_NEW, NULL, &pool)));
    CHECK_IF(there, NO_SERVICE, CreateNtmsMediaPoolA, ERROR_ALREADY_EXISTS,
             "Unable to create a new media pool because one already exists with this name.",
             RETURNS(ERROR_ALREADY_EXISTS,
                     pCreateNtmsMediaPoolA(session, "Conformance", &type, NTMS_CREATE_NEW, NULL, &again)));
    CHECK_IF(there, NO_SERVICE, CreateNtmsMediaPoolA, NTMS_OPEN_EXISTING, "Opens an existing media pool by name.",
             RETURNS(ERROR_SUCCESS,
                     pCreateNtmsMediaPoolA(session, "Conformance", &type, NTMS_OPEN_EXISTING, NULL, &again)) &&
                 !memcmp(&pool, &again, sizeof(pool)));
    CHECK_IF(there, NO_SERVICE, CreateNtmsMediaPoolW, ERROR_OBJECT_NOT_FOUND, "Unable to open existing media pool.",
             RETURNS(ERROR_OBJECT_NOT_FOUND,
                     pCreateNtmsMediaPoolW(session, L"Nobody's", &type, NTMS_OPEN_EXISTING, NULL, &again)));
    CHECK_IF(there, NO_SERVICE, GetNtmsMediaPoolNameW, ERROR_SUCCESS, "The function was successful.",
             RETURNS(ERROR_SUCCESS, pGetNtmsMediaPoolNameW(session, &pool, name, &size)) &&
                 wcsstr(name, L"Conformance") && size == wcslen(name) + 1);
    CHECK_IF(there, NO_SERVICE, GetNtmsMediaPoolNameA, ERROR_SUCCESS, "The function was successful.",
             RETURNS(ERROR_SUCCESS, pGetNtmsMediaPoolNameA(session, &pool, ansi, &ansi_size)) &&
                 strstr(ansi, "Conformance") && ansi_size == strlen(ansi) + 1);
    CHECK_IF(there, NO_SERVICE, GetNtmsMediaPoolNameW, ERROR_INSUFFICIENT_BUFFER,
             "The correct size is returned in lpdwBufSize.",
             RETURNS(ERROR_INSUFFICIENT_BUFFER, pGetNtmsMediaPoolNameW(session, &pool, name, &small)) && small == size);
    CHECK_IF(there, NO_SERVICE, DeleteNtmsMediaPool, ERROR_SUCCESS, "The function was successful.",
             RETURNS(ERROR_SUCCESS, pDeleteNtmsMediaPool(session, &pool)));
    CHECK_IF(there, NO_SERVICE, DeleteNtmsMediaPool, ERROR_INVALID_MEDIA_POOL, "Unable to open existing media pool",
             RETURNS(ERROR_INVALID_MEDIA_POOL, pDeleteNtmsMediaPool(session, &pool)));
    if (there) pCloseNtmsSession(session);
}

static void attributes(void)
{
    HANDLE session = open_session();
    const int there = session != INVALID_HANDLE_VALUE;
    NTMS_GUID library = first_of(session, NTMS_LIBRARY);
    char data[8] = "";
    DWORD size = sizeof(data), small = 1, none = 0;

    CHECK_IF(there, NO_SERVICE, SetNtmsObjectAttributeW, ERROR_SUCCESS, "The function was successful.",
             RETURNS(ERROR_SUCCESS, pSetNtmsObjectAttributeW(session, &library, NTMS_LIBRARY, L"a name", "12345", 5)));
    CHECK_IF(there, NO_SERVICE, GetNtmsObjectAttributeA, ERROR_SUCCESS, "The function was successful.",
             RETURNS(ERROR_SUCCESS, pGetNtmsObjectAttributeA(session, &library, NTMS_LIBRARY, "a name", data, &size)) &&
                 size == 5 && !memcmp(data, "12345", 5));
    CHECK_IF(there, NO_SERVICE, GetNtmsObjectAttributeW, ERROR_INSUFFICIENT_BUFFER,
             "The correct size is returned in the lpAttributeSize parameter.",
             RETURNS(ERROR_INSUFFICIENT_BUFFER,
                     pGetNtmsObjectAttributeW(session, &library, NTMS_LIBRARY, L"a name", data, &small)) &&
                 small == 5);
    CHECK_IF(there, NO_SERVICE, SetNtmsObjectAttributeA, deleting,
             "To delete an attribute, perform a set of the attribute with a length of zero.",
             RETURNS(ERROR_SUCCESS, pSetNtmsObjectAttributeA(session, &library, NTMS_LIBRARY, "a name", NULL, 0)));
    CHECK_IF(there, NO_SERVICE, GetNtmsObjectAttributeA, ERROR_OBJECT_NOT_FOUND,
             "The specified attribute was not found.",
             RETURNS(ERROR_OBJECT_NOT_FOUND,
                     pGetNtmsObjectAttributeA(session, &library, NTMS_LIBRARY, "a name", NULL, &none)));
    if (there) pCloseNtmsSession(session);
}

/* A change that another session makes. */
static void notified(void)
{
    HANDLE session = open_session(), other = open_session(), notification = INVALID_HANDLE_VALUE;
    NTMS_NOTIFICATIONINFORMATION seen = {0};
    NTMS_GUID request = no_object;
    DWORD error = 99;

    if (session != INVALID_HANDLE_VALUE) notification = pOpenNtmsNotification(session, NTMS_OPREQUEST);
    if (notification != INVALID_HANDLE_VALUE)
    {
        pSubmitNtmsOperatorRequestA(other, NTMS_OPREQ_MESSAGE, "A test: never mind.", NULL, NULL, &request);
        error = pWaitForNtmsNotification(notification, &seen, 20000);
    }
    CHECK_IF(notification != INVALID_HANDLE_VALUE, NO_SERVICE, WaitForNtmsNotification, ERROR_SUCCESS,
             "waits for the next object change notification",
             RETURNS(ERROR_SUCCESS, error) && seen.dwOperation == NTMS_OBJ_INSERT &&
                 !memcmp(&seen.ObjectId, &request, sizeof(request)));
    CHECK_IF(notification != INVALID_HANDLE_VALUE, NO_SERVICE, WaitForNtmsOperatorRequest, ERROR_TIMEOUT,
             "The time specified in the dwTimeout parameter elapsed before the completion of the operator request.",
             RETURNS(ERROR_TIMEOUT, pWaitForNtmsOperatorRequest(session, &request, 0)));
    CHECK_IF(notification != INVALID_HANDLE_VALUE, NO_SERVICE, SatisfyNtmsOperatorRequest, ERROR_SUCCESS,
             "The operator request has been satisfied.",
             RETURNS(ERROR_SUCCESS, pSatisfyNtmsOperatorRequest(session, &request)) &&
                 RETURNS(ERROR_SUCCESS, pWaitForNtmsOperatorRequest(session, &request, 0)));
    if (other != INVALID_HANDLE_VALUE) pCloseNtmsSession(other);
    if (session != INVALID_HANDLE_VALUE) pCloseNtmsSession(session);
    CHECK_IF(notification != INVALID_HANDLE_VALUE, NO_SERVICE, CloseNtmsSession, notifications,
             "The CloseNtmsSession function releases all resources. (notification handles too)",
             RETURNS(ERROR_INVALID_HANDLE, pCloseNtmsNotification(notification)));
}

static const struct test_case cases[] = {{"enumeration", enumeration}, {"information", information}, {"pools", pools},
                                         {"attributes", attributes},   {"notified", notified},       {NULL, NULL}};
const struct group objects_group = {"objects", __FILE__, cases};
