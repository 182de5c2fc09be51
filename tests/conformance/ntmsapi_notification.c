/*
 * Notifications: opened, waited for, closed.
 */
#include "ntmsapi_test.h"

/* The next notification of an object; whether it came. */
static int told(HANDLE notification, const NTMS_GUID *object, DWORD operation)
{
    NTMS_NOTIFICATIONINFORMATION seen = {0};
    DWORD error;

    do
        error = pWaitForNtmsNotification(notification, &seen, 20000);
    while (!error && !(same_object(&seen.ObjectId, object) && seen.dwOperation == operation));
    note("the wait ended with %lu", error);
    return !error;
}

static void changes(void)
{
    HANDLE pools = INVALID_HANDLE_VALUE, everything = INVALID_HANDLE_VALUE, other;
    NTMS_NOTIFICATIONINFORMATION seen;
    NTMS_OBJECTINFORMATIONW information;
    NTMS_GUID pool = no_object;
    struct world world;

    world_begin(&world);
    other = open_session();
    SetLastError(0xdead);
    if (world.there) pools = pOpenNtmsNotification(world.session, NTMS_MEDIA_POOL);
    OF_WORLD(&world, OpenNtmsNotification, ERROR_SUCCESS, "The function was successful.",
             pools != INVALID_HANDLE_VALUE && RETURNS(ERROR_SUCCESS, GetLastError()));
    if (world.there) everything = pOpenNtmsNotification(world.session, NTMS_OBJECT);
    if (world.there) pCreateNtmsMediaPoolW(other, L"CNPool", &world.type_one, NTMS_CREATE_NEW, NULL, &pool);
    OF_WORLD(&world, WaitForNtmsNotification, insert, "waits for the next object change notification (NTMS_OBJ_INSERT)",
             told(pools, &pool, NTMS_OBJ_INSERT) && told(everything, &pool, NTMS_OBJ_INSERT));
    information_of(world.session, &pool, NTMS_MEDIA_POOL, &information);
    wcscpy(information.szDescription, L"changed");
    OF_WORLD(&world, WaitForNtmsNotification, update, "waits for the next object change notification (NTMS_OBJ_UPDATE)",
             !pSetNtmsObjectInformationW(other, &pool, &information) && told(pools, &pool, NTMS_OBJ_UPDATE));
    OF_WORLD(&world, WaitForNtmsNotification, deleted,
             "waits for the next object change notification (NTMS_OBJ_DELETE)",
             !pDeleteNtmsMediaPool(other, &pool) && told(pools, &pool, NTMS_OBJ_DELETE));
    OF_WORLD(&world, WaitForNtmsNotification, none, "The time-out event expired.",
             RETURNS(ERROR_TIMEOUT, pWaitForNtmsNotification(pools, &seen, 10)));
    OF_WORLD(&world, CloseNtmsNotification, ERROR_SUCCESS, "The function was successful.",
             RETURNS(ERROR_SUCCESS, pCloseNtmsNotification(pools)));
    OF_WORLD(&world, CloseNtmsNotification, second, "The value specified in the hNotification parameter is not valid.",
             RETURNS(ERROR_INVALID_HANDLE, pCloseNtmsNotification(pools)));
    OF_WORLD(&world, WaitForNtmsNotification, closed, "The value specified in hNotification ... is not valid.",
             RETURNS(ERROR_INVALID_HANDLE, pWaitForNtmsNotification(pools, &seen, 0)));
    OF_WORLD(&world, WaitForNtmsNotification, nowhere, "(nowhere to put the notification)",
             RETURNS(ERROR_INVALID_PARAMETER, pWaitForNtmsNotification(everything, NULL, 0)));
    OF_WORLD(&world, OpenNtmsNotification, INVALID_HANDLE_VALUE, "The function failed. (for objects of no type)",
             FAILS(ERROR_INVALID_PARAMETER, pOpenNtmsNotification(world.session, NTMS_NUMBER_OF_OBJECT_TYPES)));
    if (other != INVALID_HANDLE_VALUE) pCloseNtmsSession(other);
    world_end(&world);
}

static const struct test_case cases[] = {{"changes", changes}, {NULL, NULL}};
const struct group notification_group = {"notification", __FILE__, cases};
