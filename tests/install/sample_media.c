/*
 * What a user of removable storage writes first, from the documentation of ntmsapi.h alone: opens a session, looks for
 * a library, makes a media pool, frees and allocates a medium, mounts it, writes a file, dismounts it, waits for the
 * notification that it is back, deallocates and closes. Prints each step; exit code 0 where all went well.
 */
#include <windows.h>
#include <ntmsapi.h>
#include <stdio.h>
#include <string.h>

static HANDLE session, notification;

/* Says what failed, and ends. */
static void need(DWORD error, const char *what)
{
    if (!error) return;
    printf("%s: error %lu\n", what, error);
    if (session) CloseNtmsSession(session);
    ExitProcess(1);
}

static NTMS_OBJECTINFORMATIONA object_of(NTMS_GUID *id, DWORD type)
{
    NTMS_OBJECTINFORMATIONA information = {.dwSize = sizeof(information), .dwType = type};

    need(GetNtmsObjectInformationA(session, id, &information), "GetNtmsObjectInformation");
    return information;
}

static NTMS_GUID first_of(NTMS_GUID *container, DWORD type)
{
    NTMS_GUID list[16] = {{0}};
    DWORD count = 16;

    need(EnumerateNtmsObject(session, container, list, &count, type, NTMS_ENUM_DEFAULT), "EnumerateNtmsObject");
    if (!count) need(ERROR_OBJECT_NOT_FOUND, "EnumerateNtmsObject");
    return list[0];
}

/* The library that is not that of the off-line media. */
static NTMS_GUID find_library(void)
{
    NTMS_GUID list[16];
    DWORD count = 16;

    need(EnumerateNtmsObject(session, NULL, list, &count, NTMS_LIBRARY, NTMS_ENUM_DEFAULT), "EnumerateNtmsObject");
    for (DWORD i = 0; i < count; i++)
    {
        NTMS_OBJECTINFORMATIONA library = object_of(&list[i], NTMS_LIBRARY);

        if (library.Info.Library.LibraryType != NTMS_LIBRARYTYPE_OFFLINE)
        {
            printf("library %s: %lu drives, %lu slots, %lu media\n", library.szName,
                   library.Info.Library.dwNumberOfDrives, library.Info.Library.dwNumberOfSlots,
                   library.Info.Library.dwNumberOfMedia);
            return list[i];
        }
    }
    need(ERROR_OBJECT_NOT_FOUND, "library");
    return list[0];
}

/* The pool below "Free" for a type of media. */
static NTMS_GUID free_pool(NTMS_GUID *media_type)
{
    NTMS_OBJECTINFORMATIONA type = object_of(media_type, NTMS_MEDIA_TYPE);
    char name[NTMS_POOLHIERARCHY_LENGTH];
    NTMS_GUID pool;

    snprintf(name, sizeof(name), "Free\\%s", type.szName);
    need(CreateNtmsMediaPoolA(session, name, NULL, NTMS_OPEN_EXISTING, NULL, &pool), "CreateNtmsMediaPool Free");
    return pool;
}

/* A pool of this program's own, which takes media from the free pool. */
static NTMS_GUID own_pool(NTMS_GUID *media_type)
{
    NTMS_OBJECTINFORMATIONA information;
    NTMS_GUID pool;

    need(CreateNtmsMediaPoolA(session, "Samples", media_type, NTMS_OPEN_ALWAYS, NULL, &pool), "CreateNtmsMediaPool");
    information = object_of(&pool, NTMS_MEDIA_POOL);
    information.Info.MediaPool.AllocationPolicy = NTMS_ALLOCATE_FROMSCRATCH;
    need(SetNtmsObjectInformationA(session, &pool, &information), "SetNtmsObjectInformation");
    return pool;
}

/* Waits for changes of physical media until the medium is in its slot and nobody uses it. */
static void wait_until_idle(NTMS_GUID *medium)
{
    NTMS_NOTIFICATIONINFORMATION change;

    while (object_of(medium, NTMS_PHYSICAL_MEDIA).Info.PhysicalMedia.MediaState != NTMS_MEDIASTATE_IDLE)
        need(WaitForNtmsNotification(notification, &change, 30000), "WaitForNtmsNotification");
}

static void write_file(const char *device)
{
    static const char text[] = "written by a Windows program\r\n";
    char path[MAX_PATH];
    DWORD written;
    HANDLE file;

    snprintf(path, sizeof(path), "%s\\sample.txt", device);
    file = CreateFileA(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    need(file == INVALID_HANDLE_VALUE ? GetLastError() : 0, path);
    need(WriteFile(file, text, sizeof(text) - 1, &written, NULL) ? 0 : GetLastError(), path);
    CloseHandle(file);
}

int main(void)
{
    NTMS_GUID library, medium, media_type, pool, free, logical, drive;

    session = OpenNtmsSessionA(NULL, "sample", 0);
    if (session == INVALID_HANDLE_VALUE)
    {
        session = NULL;
        need(GetLastError(), "OpenNtmsSession");
    }
    notification = OpenNtmsNotification(session, NTMS_PHYSICAL_MEDIA);
    need(notification == INVALID_HANDLE_VALUE ? GetLastError() : 0, "OpenNtmsNotification");
    library = find_library();
    medium = first_of(&library, NTMS_PHYSICAL_MEDIA);
    wait_until_idle(&medium);
    printf("medium %s\n", object_of(&medium, NTMS_PHYSICAL_MEDIA).Info.PhysicalMedia.szBarCode);
    media_type = object_of(&medium, NTMS_PHYSICAL_MEDIA).Info.PhysicalMedia.MediaType;
    free = free_pool(&media_type);
    need(MoveToNtmsMediaPool(session, &medium, &free), "MoveToNtmsMediaPool");
    pool = own_pool(&media_type);
    need(AllocateNtmsMedia(session, &pool, NULL, &logical, 0, 30000, NULL), "AllocateNtmsMedia");
    need(MountNtmsMedia(session, &logical, &drive, 1, NTMS_MOUNT_READ | NTMS_MOUNT_WRITE, NTMS_PRIORITY_NORMAL, 30000,
                        NULL),
         "MountNtmsMedia");
    write_file(object_of(&drive, NTMS_DRIVE).Info.Drive.szDeviceName);
    printf("written\n");
    need(DismountNtmsMedia(session, &logical, 1, NTMS_DISMOUNT_IMMEDIATE), "DismountNtmsMedia");
    wait_until_idle(&medium);
    printf("back\n");
    need(DeallocateNtmsMedia(session, &logical, 0), "DeallocateNtmsMedia");
    need(CloseNtmsNotification(notification), "CloseNtmsNotification");
    need(CloseNtmsSession(session), "CloseNtmsSession");
    printf("closed\n");
    return 0;
}
