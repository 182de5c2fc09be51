/*
 * CloseNtmsSession while others use the session: threads, processes, requests that wait.
 */
#include "ntmsapi_test.h"

#define UNWOUND                                                                                                        \
    "If a call to the CloseNtmsSession function occurs while an application has an outstanding synchronous request "   \
    "(for example, a mount or dismount request), the request is unwound and canceled."

enum
{
    THREADS = 8,
};

static int all_ended(HANDLE *threads, int count)
{
    int ended = WaitForMultipleObjects((DWORD)count, threads, TRUE, 60000) < WAIT_OBJECT_0 + (DWORD)count;

    for (int i = 0; i < count; i++)
        CloseHandle(threads[i]);
    return ended;
}

/* ---- Threads ---- */

struct racer
{
    HANDLE session, go;
    DWORD result;
};

static DWORD WINAPI close_it(void *context)
{
    struct racer *racer = context;

    WaitForSingleObject(racer->go, INFINITE);
    racer->result = pCloseNtmsSession(racer->session);
    return 0;
}

static void close_races_close(void)
{
    int rounds = 0, good = 1;

    for (; rounds < 20 && good; rounds++)
    {
        struct racer racers[THREADS];
        HANDLE threads[THREADS], go = CreateEventA(NULL, TRUE, FALSE, NULL), session = open_session();
        int won = 0;

        if (session == INVALID_HANDLE_VALUE)
        {
            CloseHandle(go);
            break;
        }
        for (int i = 0; i < THREADS; i++)
        {
            racers[i] = (struct racer){session, go, 99};
            threads[i] = CreateThread(NULL, 0, close_it, &racers[i], 0, NULL);
        }
        SetEvent(go);
        good = all_ended(threads, THREADS);
        for (int i = 0; i < THREADS; i++)
        {
            won += racers[i].result == ERROR_SUCCESS;
            good = good && (racers[i].result == ERROR_SUCCESS || racers[i].result == ERROR_INVALID_HANDLE);
        }
        good = good && won == 1;
        CloseHandle(go);
    }
    CHECK_IF(rounds, NO_SERVICE, CloseNtmsSession, race,
             "Use of a closed session handle returns an error code. (of "
             "several that close one at once, one does)",
             good);
}

static DWORD WINAPI use_it(void *context)
{
    struct racer *racer = context;
    NTMS_GUID list[64];
    DWORD count, error = 0;

    while (!error)
    {
        count = COUNT_OF(list);
        error = pEnumerateNtmsObject(racer->session, NULL, list, &count, NTMS_MEDIA_POOL, 0);
        InterlockedExchange((LONG *)&racer->result, 1);
    }
    racer->result = error;
    return 0;
}

static void close_races_calls(void)
{
    struct racer racers[THREADS];
    HANDLE threads[THREADS], session = open_session();
    int good = 1;

    for (int i = 0; session != INVALID_HANDLE_VALUE && i < THREADS; i++)
    {
        racers[i] = (struct racer){session, NULL, 0};
        threads[i] = CreateThread(NULL, 0, use_it, &racers[i], 0, NULL);
    }
    for (int i = 0; session != INVALID_HANDLE_VALUE && i < THREADS; i++)
        while (!*(volatile DWORD *)&racers[i].result)
            Sleep(1);
    if (session != INVALID_HANDLE_VALUE) good = !pCloseNtmsSession(session) && all_ended(threads, THREADS);
    for (int i = 0; session != INVALID_HANDLE_VALUE && i < THREADS; i++)
    {
        note("a call ended with %lu", racers[i].result);
        good = good && (racers[i].result == ERROR_INVALID_HANDLE || racers[i].result == ERROR_CANCELLED);
    }
    CHECK_IF(session != INVALID_HANDLE_VALUE, NO_SERVICE, CloseNtmsSession, under_calls, UNWOUND, good);
}

/* ---- Requests that wait ---- */

struct mount
{
    HANDLE session;
    NTMS_GUID media, drive;
    DWORD result;
};

static DWORD WINAPI mount_it(void *context)
{
    struct mount *mount = context;

    mount->result = pMountNtmsMedia(mount->session, &mount->media, &mount->drive, 1, NTMS_MOUNT_READ,
                                    NTMS_PRIORITY_NORMAL, INFINITE, NULL);
    return 0;
}

/* An offline medium with a logical medium. */
static NTMS_GUID offline_media(struct world *world, NTMS_GUID *pool, NTMS_GUID *medium_id)
{
    NTMS_OBJECTINFORMATIONW medium = {.dwSize = sizeof(medium), .dwType = NTMS_PHYSICAL_MEDIA, .Enabled = TRUE},
                            side = {.dwSize = sizeof(side), .dwType = NTMS_PARTITION, .Enabled = TRUE};

    medium.Info.PhysicalMedia.MediaPool = *pool;
    medium.Info.PhysicalMedia.dwNumberOfPartitions = 1;
    wcscpy(medium.Info.PhysicalMedia.szBarCode, L"CLOSE1");
    side.Info.Partition.State = NTMS_PARTSTATE_ALLOCATED;
    side.Info.Partition.dwOmidLabelIdLength = 1;
    wcscpy(side.Info.Partition.szOmidLabelType, L"t");
    pCreateNtmsMediaW(world->session, &medium, &side, 0);
    *medium_id = medium.ObjectGuid;
    return side.Info.Partition.LogicalMedia;
}

static void under_a_mount(void)
{
    NTMS_GUID pool = {0}, medium = {0}, request = {0};
    struct mount mount = {.result = 99};
    struct world world;
    HANDLE thread = NULL;

    world_begin(&world);
    forget_requests(&world);
    if (world.there)
    {
        pCreateNtmsMediaPoolW(world.session, L"CClose", &world.type_one, NTMS_CREATE_NEW, NULL, &pool);
        mount.media = offline_media(&world, &pool, &medium);
        mount.session = open_session();
        thread = CreateThread(NULL, 0, mount_it, &mount, 0, NULL);
        while (same_object(&request, &(NTMS_GUID){0}) && WaitForSingleObject(thread, 5) == WAIT_TIMEOUT)
            request = first_object(world.session, NULL, NTMS_OPREQUEST);
    }
    OF_WORLD(&world, MountNtmsMedia, ERROR_CANCELLED, "The request was canceled by the CloseNtmsSession function.",
             RETURNS(ERROR_SUCCESS, pCloseNtmsSession(mount.session)) && all_ended(&thread, 1) &&
                 RETURNS(ERROR_CANCELLED, mount.result));
    OF_WORLD(&world, CloseNtmsSession, under_a_mount, "... the request is unwound and canceled. (the operator's too)",
             pWaitForNtmsOperatorRequest(world.session, &request, 0) != ERROR_TIMEOUT &&
                 RETURNS(ERROR_INVALID_STATE, pCancelNtmsOperatorRequest(world.session, &request)));
    if (world.there)
    {
        pDeallocateNtmsMedia(world.session, &mount.media, 0);
        pDeleteNtmsMedia(world.session, &medium);
        pDeleteNtmsMediaPool(world.session, &pool);
    }
    world_end(&world);
}

struct listener
{
    HANDLE notification;
    volatile LONG started;
    DWORD result;
};

static DWORD WINAPI hear(void *context)
{
    struct listener *listener = context;
    NTMS_NOTIFICATIONINFORMATION seen;

    InterlockedExchange(&listener->started, 1);
    listener->result = pWaitForNtmsNotification(listener->notification, &seen, INFINITE);
    return 0;
}

static void under_a_notification(void)
{
    struct listener listener = {.result = 99};
    HANDLE session = open_session(), thread = NULL;
    const int there = session != INVALID_HANDLE_VALUE;

    if (there)
    {
        listener.notification = pOpenNtmsNotification(session, NTMS_MEDIA_TYPE);
        thread = CreateThread(NULL, 0, hear, &listener, 0, NULL);
        while (!listener.started)
            Sleep(1);
        Sleep(100); /* into its wait, most likely; where it comes later its handle is not valid any more */
    }
    CHECK_IF(there, NO_SERVICE, CloseNtmsSession, under_a_notification, UNWOUND,
             RETURNS(ERROR_SUCCESS, pCloseNtmsSession(session)) && all_ended(&thread, 1) &&
                 (listener.result == ERROR_INVALID_HANDLE || RETURNS(ERROR_CANCELLED, listener.result)));
}

/* ---- Processes ---- */

/* Starts this program with --exit HOW. */
static HANDLE start_child(const char *how)
{
    char path[MAX_PATH], command[MAX_PATH * 2];
    STARTUPINFOA startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION child;

    GetModuleFileNameA(NULL, path, sizeof(path));
    snprintf(command, sizeof(command), "\"%s\" --exit %s", path, how);
    if (!CreateProcessA(path, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &child)) return NULL;
    CloseHandle(child.hThread);
    return child.hProcess;
}

static DWORD child_code(HANDLE child)
{
    DWORD code = 99;

    if (child && WaitForSingleObject(child, 60000) != WAIT_OBJECT_0) TerminateProcess(child, 5);
    if (child) GetExitCodeProcess(child, &code);
    if (child) CloseHandle(child);
    return code;
}

static void processes(void)
{
    HANDLE session = open_session();
    const int there = session != INVALID_HANDLE_VALUE;
    char how[64];

    snprintf(how, sizeof(how), "close:%llx", (unsigned long long)(ULONG_PTR)session);
    CHECK_IF(there, NO_SERVICE, CloseNtmsSession, foreign,
             "Sessions are thread-safe but cannot be passed among processes. (OpenNtmsSession)",
             RETURNS(ERROR_INVALID_HANDLE, child_code(start_child(how))) &&
                 RETURNS(ERROR_SUCCESS, pCloseNtmsSession(session)));
    CHECK_IF(there, NO_SERVICE, CloseNtmsSession, unloaded,
             "(the DLL unloaded with an open session: the process goes on)",
             RETURNS(42, child_code(start_child("unload"))));
}

/* A process that waits for an operator, and is ended. */
static void killed(void)
{
    NTMS_GUID pool = {0}, request = {0};
    struct world world;
    HANDLE child = NULL;
    int gone = 0;

    world_begin(&world);
    forget_requests(&world);
    if (world.there)
    {
        pCreateNtmsMediaPoolW(world.session, L"CKilled", &world.type_one, NTMS_CREATE_NEW, NULL, &pool);
        child = start_child("allocate");
        while (same_object(&request, &(NTMS_GUID){0}) && WaitForSingleObject(child, 5) == WAIT_TIMEOUT)
            request = first_object(world.session, NULL, NTMS_OPREQUEST);
        TerminateProcess(child, 5);
        child_code(child);
        for (int i = 0; i < 6000 && !gone; i++)
        {
            gone = pWaitForNtmsOperatorRequest(world.session, &request, 0) == ERROR_OBJECT_NOT_FOUND;
            if (!gone) Sleep(10);
        }
        pDeleteNtmsMediaPool(world.session, &pool);
    }
    OF_WORLD(&world, CloseNtmsSession, killed,
             "(a process that dies has its sessions closed and what they wait for cancelled)", gone);
    world_end(&world);
}

static const struct test_case cases[] = {{"close races close", close_races_close},
                                         {"close races calls", close_races_calls},
                                         {"under a mount", under_a_mount},
                                         {"under a notification", under_a_notification},
                                         {"processes", processes},
                                         {"killed", killed},
                                         {NULL, NULL}};
const struct group close_group = {"close", __FILE__, cases};
