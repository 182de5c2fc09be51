/*
 * Stand-alone drives: EjectDiskFromSADrive, on one that is empty (tests/conformance/with_corkd has made it). Media in
 * real ones: tests/interop/stand_alone_guest.sh.
 */
#include "ntmsapi_test.h"

#include <sddl.h>

#define DRIVE_NAME "\\\\.\\Cdrom97"
#define WIDE_NAME  L"\\\\.\\Cdrom97"

/* The service finds it by itself, which may take a moment. */
static NTMS_GUID stand_alone_library(struct world *world)
{
    NTMS_GUID library = no_object;

    for (int i = 0; i < 200 && world->there && same_object(&library, &no_object); i++)
    {
        library = object_named(world->session, NULL, NTMS_LIBRARY, WIDE_NAME);
        if (same_object(&library, &no_object)) Sleep(50);
    }
    return library;
}

#define EJECT(world, code, sentence, name, wide, option)                                                               \
    CHECK_NAMED_IF((world)->there, NO_LIBRARY, "EjectDiskFromSADriveA", #code, sentence,                               \
                   RETURNS(code, pEjectDiskFromSADriveA(NULL, NULL, name, NULL, NULL, NULL, option)));                 \
    CHECK_NAMED_IF((world)->there, NO_LIBRARY, "EjectDiskFromSADriveW", #code, sentence,                               \
                   RETURNS(code, pEjectDiskFromSADriveW(NULL, L"test", wide, NULL, NULL, NULL, option)))

/* The name that the drive says that it has opens a device. */
static int opens(struct world *world, NTMS_GUID *library)
{
    NTMS_GUID drive = first_object(world->session, library, NTMS_DRIVE);
    NTMS_OBJECTINFORMATIONW information = {0};
    HANDLE device;

    information_of(world->session, &drive, NTMS_DRIVE, &information);
    if (lstrcmpiW(information.Info.Drive.szDeviceName, WIDE_NAME) != 0) return 0;
    device = CreateFileW(information.Info.Drive.szDeviceName, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                         OPEN_EXISTING, 0, NULL);
    if (device == INVALID_HANDLE_VALUE) return 0;
    CloseHandle(device);
    return 1;
}

static void ejecting(void)
{
    PSECURITY_DESCRIPTOR nobody = NULL, everybody = NULL;
    NTMS_OBJECTINFORMATIONW information = {0};
    struct world world;
    NTMS_GUID library;

    world_begin(&world);
    library = stand_alone_library(&world);
    information_of(world.session, &library, NTMS_LIBRARY, &information);
    OF_WORLD(&world, GetNtmsObjectInformationW, stand_alone,
             "A stand-alone drive that is modeled as a library with one drive in RSM.",
             information.Info.Library.LibraryType == NTMS_LIBRARYTYPE_STANDALONE &&
                 information.Info.Library.dwNumberOfDrives == 1 && information.Info.Library.dwNumberOfSlots == 0 &&
                 information.Info.Library.dwNumberOfPorts == 1 && information.Info.Library.dwNumberOfChangers == 0);
    OF_WORLD(&world, GetNtmsObjectInformationW, device_name, "Name of the device used to access the drive.",
             opens(&world, &library));
    EJECT(&world, ERROR_INVALID_PARAMETER, "Name of the device to eject. (one that there is not)", "\\\\.\\Cdrom98",
          L"\\\\.\\Cdrom98", NTMS_EJECT_IMMEDIATE);
    EJECT(&world, ERROR_INVALID_OPERATION, "A stop was performed on an operation ID that was not valid.", DRIVE_NAME,
          WIDE_NAME, NTMS_EJECT_STOP);
    EJECT(&world, ERROR_MEDIA_NOT_AVAILABLE, "(an empty drive)", DRIVE_NAME, WIDE_NAME, NTMS_EJECT_IMMEDIATE);
    EJECT(&world, ERROR_MEDIA_NOT_AVAILABLE, "(an empty drive)", DRIVE_NAME, WIDE_NAME, NTMS_EJECT_QUEUE);
    if (ConvertStringSecurityDescriptorToSecurityDescriptorA("D:", SDDL_REVISION_1, &nobody, NULL) && world.there)
        pSetNtmsObjectSecurity(world.session, &library, NTMS_LIBRARY, DACL_SECURITY_INFORMATION, nobody);
    EJECT(&world, ERROR_ACCESS_DENIED, "NTMS_CONTROL_ACCESS to the library is denied.", DRIVE_NAME, WIDE_NAME,
          NTMS_EJECT_START);
    if (ConvertStringSecurityDescriptorToSecurityDescriptorA("D:(A;;GA;;;WD)", SDDL_REVISION_1, &everybody, NULL) &&
        world.there)
        pSetNtmsObjectSecurity(world.session, &library, NTMS_LIBRARY, DACL_SECURITY_INFORMATION, everybody);
    LocalFree(nobody);
    LocalFree(everybody);
    if (world.there) pDisableNtmsObject(world.session, NTMS_LIBRARY, &library);
    EJECT(&world, ERROR_DEVICE_NOT_AVAILABLE, "The library is disabled.", DRIVE_NAME, WIDE_NAME, NTMS_EJECT_START);
    if (world.there) pEnableNtmsObject(world.session, NTMS_LIBRARY, &library);
    EJECT(&world, ERROR_MEDIA_NOT_AVAILABLE, "(enabled again)", DRIVE_NAME, WIDE_NAME, NTMS_EJECT_START);
    world_end(&world);
}

static const struct test_case cases[] = {{"ejecting", ejecting}, {NULL, NULL}};

const struct group stand_alone_group = {"stand-alone", __FILE__, cases};
