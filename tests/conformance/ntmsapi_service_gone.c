/*
 * What functions return on a session whose service has gone. This group is the last: nothing that it leaves is used.
 */
#include "ntmsapi_test.h"

struct waiting
{
    HANDLE notification;
    volatile LONG started;
    DWORD result;
};

static DWORD WINAPI wait_for_change(void *context)
{
    struct waiting *waiting = context;
    NTMS_NOTIFICATIONINFORMATION seen;

    InterlockedExchange(&waiting->started, 1);
    waiting->result = pWaitForNtmsNotification(waiting->notification, &seen, INFINITE);
    return 0;
}

/* Ends the service and waits until a session knows. False: nobody here can end it. */
static int end_service(struct world *world)
{
    char command[2 * MAX_PATH + 128];
    STARTUPINFOA startup = {.cb = sizeof(startup)};
    NTMS_OBJECTINFORMATIONW information = {.dwSize = sizeof(information)};
    PROCESS_INFORMATION process;

    if (!world->there || !GetEnvironmentVariableA("CORK_TEST_STOP", command, sizeof(command))) return 0;
    if (CreateProcessA(NULL, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process))
    {
        CloseHandle(process.hThread);
        CloseHandle(process.hProcess);
    }
    for (int i = 0; i < 6000; i++)
    {
        if (pGetNtmsObjectInformationW(world->session, &world->one, &information)) return 1;
        Sleep(10);
    }
    return 0;
}

#define NOBODY_ENDS_IT "nobody can end the service here"
#define GONE(function, ...)                                                                                            \
    CHECK_NAMED_IF(gone, NOBODY_ENDS_IT, #function, "ERROR_NOT_CONNECTED", "Unable to connect to the RSM service.",    \
                   RETURNS(ERROR_NOT_CONNECTED, p##function(world.session, ##__VA_ARGS__)))

static void service_gone(void)
{
    struct waiting waiting = {.notification = INVALID_HANDLE_VALUE, .result = 99};
    HANDLE thread = NULL, notification = INVALID_HANDLE_VALUE, other;
    NTMS_FILESYSTEM_INFO info = {L"NTFS", L"A volume", 1};
    NTMS_NOTIFICATIONINFORMATION seen;
    NTMS_GUID id = no_object;
    char data[8] = "";
    DWORD size = sizeof(data);
    struct world world;
    int gone;

    world_begin(&world);
    other = open_session();
    if (world.there)
    {
        waiting.notification = pOpenNtmsNotification(world.session, NTMS_OBJECT);
        notification = pOpenNtmsNotification(world.session, NTMS_LIBRARY);
        thread = CreateThread(NULL, 0, wait_for_change, &waiting, 0, NULL);
        while (!waiting.started)
            Sleep(1);
    }
    gone = end_service(&world);
    CHECK_IF(gone, NOBODY_ENDS_IT, WaitForNtmsNotification, ERROR_NO_DATA,
             "Notification pipe failed. Attempt to set up notification again.",
             WaitForSingleObject(thread, 60000) == WAIT_OBJECT_0 && RETURNS(ERROR_NO_DATA, waiting.result));
    CHECK_IF(gone, NOBODY_ENDS_IT, WaitForNtmsNotification, ERROR_NOT_CONNECTED,
             "Unable to connect to the RSM service.",
             RETURNS(ERROR_NO_DATA, pWaitForNtmsNotification(notification, &seen, INFINITE)) &&
                 RETURNS(ERROR_NOT_CONNECTED, pWaitForNtmsNotification(notification, &seen, INFINITE)));
    CHECK_IF(gone, NOBODY_ENDS_IT, CloseNtmsNotification, ERROR_NOT_CONNECTED, "Unable to connect to the RSM service.",
             RETURNS(ERROR_NOT_CONNECTED, pCloseNtmsNotification(notification)) &&
                 RETURNS(ERROR_INVALID_HANDLE, pCloseNtmsNotification(notification)));
    CHECK_IF(gone, NOBODY_ENDS_IT, OpenNtmsNotification, ERROR_NOT_CONNECTED, "Unable to connect to the RSM service.",
             FAILS(ERROR_NOT_CONNECTED, pOpenNtmsNotification(world.session, NTMS_LIBRARY)));
    GONE(GetNtmsObjectAttributeA, &id, NTMS_DRIVE, "a", data, &size);
    GONE(GetNtmsObjectAttributeW, &id, NTMS_DRIVE, L"a", data, &size);
    GONE(SetNtmsObjectAttributeA, &id, NTMS_DRIVE, "a", data, 1);
    GONE(SetNtmsObjectAttributeW, &id, NTMS_DRIVE, L"a", data, 1);
    GONE(SubmitNtmsOperatorRequestA, NTMS_OPREQ_MESSAGE, "m", NULL, NULL, &id);
    GONE(SubmitNtmsOperatorRequestW, NTMS_OPREQ_MESSAGE, L"m", NULL, NULL, &id);
    GONE(WaitForNtmsOperatorRequest, &id, INFINITE);
    GONE(UpdateNtmsOmidInfo, &id, NTMS_OMID_TYPE_FILESYSTEM_INFO, sizeof(info), &info);
    GONE(ExportNtmsDatabase);
    GONE(ImportNtmsDatabase);
    GONE(InventoryNtmsLibrary, &id, NTMS_INVENTORY_FAST);
    GONE(EjectNtmsCleaner, &id, &id, NTMS_EJECT_START);
    GONE(ReserveNtmsCleanerSlot, &id, &id);
    GONE(ReleaseNtmsCleanerSlot, &id);
    CHECK_IF(gone, NOBODY_ENDS_IT, CloseNtmsSession, ERROR_CONNECTION_UNAVAIL,
             "Connection to the RSM server or domain is not available.",
             RETURNS(ERROR_CONNECTION_UNAVAIL, pCloseNtmsSession(world.session)) &&
                 RETURNS(ERROR_INVALID_HANDLE, pCloseNtmsSession(world.session)));
    world.session = gone ? open_session() : world.session;
    CHECK_IF(gone, NOBODY_ENDS_IT, OpenNtmsSessionW, again,
             "(a session that is opened then has a service again; one that was open before has not)",
             world.session != INVALID_HANDLE_VALUE &&
                 RETURNS(ERROR_OBJECT_NOT_FOUND, pWaitForNtmsOperatorRequest(world.session, &id, 0)) &&
                 RETURNS(ERROR_NOT_CONNECTED, pWaitForNtmsOperatorRequest(other, &id, 0)));
    if (other != INVALID_HANDLE_VALUE) pCloseNtmsSession(other);
    world_end(&world);
}

static const struct test_case cases[] = {{"the service has gone", service_gone}, {NULL, NULL}};
const struct group service_gone_group = {"service_gone", __FILE__, cases};
