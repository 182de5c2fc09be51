/*
 * Who may do what: functions on objects whose security descriptors deny it, and the descriptors themselves.
 */
#include "ntmsapi_test.h"

#include <aclapi.h>
#include <sddl.h>

#define DENIED "... access ... is denied."

/* Everything of an object's list, or of its owner too, from its text; whether that was done. */
static DWORD secure(struct world *world, NTMS_GUID *object, DWORD type, SECURITY_INFORMATION parts, const char *text)
{
    PSECURITY_DESCRIPTOR descriptor = NULL;
    DWORD error;

    if (!ConvertStringSecurityDescriptorToSecurityDescriptorA(text, SDDL_REVISION_1, &descriptor, NULL))
        return GetLastError();
    error = pSetNtmsObjectSecurity(world->session, object, type, parts, descriptor);
    LocalFree(descriptor);
    return error;
}

/* An empty list grants nothing but what an owner always may: to read the descriptor and to change the list. */
#define DENY(world, object, type) secure(world, object, type, DACL_SECURITY_INFORMATION, "D:")
#define ALLOW(world, object, type)                                                                                     \
    secure(world, object, type, DACL_SECURITY_INFORMATION, "D:(A;;GA;;;BA)(A;;GA;;;SY)(A;;GA;;;WD)")

#define DENIES(world, function, ...) ON_WORLD(world, function, ERROR_ACCESS_DENIED, DENIED, ##__VA_ARGS__)

/* ---- Libraries ---- */

static void library(void)
{
    NTMS_OBJECTINFORMATIONW information;
    NTMS_OBJECTINFORMATIONA ansi = {.dwSize = sizeof(ansi), .dwType = NTMS_LIBRARY};
    NTMS_GUID drive, slot, medium, operation = {0};
    struct world world;
    DWORD size = 64;
    char data[64];
    WCHAR wide[64];

    world_begin(&world);
    drive = first_object(world.session, &world.two, NTMS_DRIVE);
    slot = first_object(world.session, &world.two, NTMS_STORAGESLOT);
    medium = first_object(world.session, &world.two, NTMS_PHYSICAL_MEDIA);
    information_of(world.session, &world.two, NTMS_LIBRARY, &information);
    if (world.there) DENY(&world, &world.two, NTMS_LIBRARY);
    DENIES(&world, AccessNtmsLibraryDoor, &world.two, NTMS_INVENTORY_NONE);
    DENIES(&world, AddNtmsMediaType, &world.type_two, &world.two);
    DENIES(&world, DeleteNtmsMediaType, &world.type_two, &world.two);
    DENIES(&world, CleanNtmsDrive, &drive);
    DENIES(&world, DeleteNtmsDrive, &drive);
    DENIES(&world, DeleteNtmsLibrary, &world.two);
    DENIES(&world, DisableNtmsObject, NTMS_DRIVE, &drive);
    DENIES(&world, EnableNtmsObject, NTMS_PHYSICAL_MEDIA, &medium);
    DENIES(&world, DismountNtmsDrive, &drive);
    DENIES(&world, EjectNtmsCleaner, &world.two, &operation, NTMS_EJECT_START);
    DENIES(&world, EjectNtmsMedia, &medium, &operation, NTMS_EJECT_START);
    DENIES(&world, IdentifyNtmsSlot, &slot, NTMS_DISMOUNT_IMMEDIATE);
    DENIES(&world, InjectNtmsCleaner, &world.two, &operation, 1, NTMS_INJECT_START);
    DENIES(&world, InjectNtmsMedia, &world.two, &operation, NTMS_INJECT_START);
    DENIES(&world, InventoryNtmsLibrary, &world.two, NTMS_INVENTORY_FAST);
    DENIES(&world, ReleaseNtmsCleanerSlot, &world.two);
    DENIES(&world, ReserveNtmsCleanerSlot, &world.two, &slot);
    DENIES(&world, GetNtmsObjectInformationA, &world.two, &ansi);
    DENIES(&world, GetNtmsObjectInformationW, &world.two, &information);
    DENIES(&world, SetNtmsObjectInformationA, &world.two, &ansi);
    DENIES(&world, SetNtmsObjectInformationW, &world.two, &information);
    DENIES(&world, GetNtmsObjectAttributeA, &drive, NTMS_DRIVE, "a", data, &size);
    DENIES(&world, GetNtmsObjectAttributeW, &drive, NTMS_DRIVE, L"a", data, &size);
    DENIES(&world, SetNtmsObjectAttributeA, &drive, NTMS_DRIVE, "a", data, 1);
    DENIES(&world, SetNtmsObjectAttributeW, &drive, NTMS_DRIVE, L"a", data, 1);
    DENIES(&world, GetNtmsUIOptionsA, &world.two, NTMS_UITYPE_INFO, data, &size);
    DENIES(&world, GetNtmsUIOptionsW, &world.two, NTMS_UITYPE_INFO, wide, &size);
    DENIES(&world, SetNtmsUIOptionsA, &world.two, NTMS_UITYPE_INFO, NTMS_UIDEST_ADD, "a");
    DENIES(&world, SetNtmsUIOptionsW, &world.two, NTMS_UITYPE_INFO, NTMS_UIDEST_ADD, L"a");
    ON_WORLD(&world, SubmitNtmsOperatorRequestW, ERROR_ACCESS_DENIED, "Requires NTMS_CONTROL_ACCESS to the library.",
             NTMS_OPREQ_DEVICESERVICE, L"m", &drive, NULL, &operation);
    if (world.there) ALLOW(&world, &world.two, NTMS_LIBRARY);
    OF_WORLD(&world, SetNtmsObjectSecurity, allowed, "(what was denied is allowed again)",
             RETURNS(ERROR_SUCCESS, pGetNtmsObjectInformationW(world.session, &world.two, &information)));
    world_end(&world);
}

/* ---- Media pools ---- */

/* A request that another session's mount has in a library's queue stays until it is cancelled. */
static void pool(void)
{
    NTMS_OBJECTINFORMATIONW medium_w = {.dwSize = sizeof(medium_w), .dwType = NTMS_PHYSICAL_MEDIA}, side_w = medium_w;
    NTMS_OBJECTINFORMATIONA medium_a = {.dwSize = sizeof(medium_a), .dwType = NTMS_PHYSICAL_MEDIA}, side_a = medium_a;
    NTMS_GUID media = {0}, medium = {0}, side, pool = {0}, top = {0}, child, drive = {0}, free_pool;
    NTMS_FILESYSTEM_INFO info = {L"NTFS", L"A volume", 1};
    struct world world;

    world_begin(&world);
    if (world.there)
    {
        medium = free_medium(world.session, L"A005");
        pCreateNtmsMediaPoolW(world.session, L"CSPool", &world.type_one, NTMS_CREATE_NEW, NULL, &pool);
        pCreateNtmsMediaPoolW(world.session, L"CSTop", NULL, NTMS_CREATE_NEW, NULL, &top);
        side = first_object(world.session, &medium, NTMS_PARTITION);
        pAllocateNtmsMedia(world.session, &pool, &side, &media, NTMS_ALLOCATE_NEW, 0, NULL);
        DENY(&world, &pool, NTMS_MEDIA_POOL);
        DENY(&world, &top, NTMS_MEDIA_POOL);
    }
    free_pool = system_pool_of(world.session, L"Free", &world.type_one);
    side_w.dwType = side_a.dwType = NTMS_PARTITION;
    medium_w.Info.PhysicalMedia.MediaPool = medium_a.Info.PhysicalMedia.MediaPool = pool;
    medium_w.Info.PhysicalMedia.dwNumberOfPartitions = medium_a.Info.PhysicalMedia.dwNumberOfPartitions = 1;
    side_w.Info.Partition.State = side_a.Info.Partition.State = NTMS_PARTSTATE_AVAILABLE;
    side_w.Info.Partition.dwOmidLabelIdLength = side_a.Info.Partition.dwOmidLabelIdLength = 1;
    strcpy(side_a.Info.Partition.szOmidLabelType, "t");
    wcscpy(side_w.Info.Partition.szOmidLabelType, L"t");
    DENIES(&world, AllocateNtmsMedia, &pool, NULL, &child, NTMS_ALLOCATE_NEW | NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE, 0,
           NULL);
    DENIES(&world, DeallocateNtmsMedia, &media, 0);
    DENIES(&world, DecommissionNtmsMedia, &side);
    DENIES(&world, SetNtmsMediaComplete, &media);
    DENIES(&world, SwapNtmsMedia, &media, &media);
    DENIES(&world, UpdateNtmsOmidInfo, &media, NTMS_OMID_TYPE_FILESYSTEM_INFO, sizeof(info), &info);
    DENIES(&world, DeleteNtmsMedia, &medium);
    DENIES(&world, ChangeNtmsMediaType, &medium, &pool);
    DENIES(&world, MountNtmsMedia, &media, &drive, 1, NTMS_MOUNT_READ, 0, 1000, NULL);
    DENIES(&world, DismountNtmsMedia, &media, 1, NTMS_DISMOUNT_IMMEDIATE);
    DENIES(&world, DeleteNtmsMediaPool, &pool);
    DENIES(&world, CreateNtmsMediaA, &medium_a, &side_a, 0);
    DENIES(&world, CreateNtmsMediaW, &medium_w, &side_w, 0);
    DENIES(&world, CreateNtmsMediaPoolA, "CSTop\\Pool", &world.type_one, NTMS_CREATE_NEW, NULL, &child);
    DENIES(&world, CreateNtmsMediaPoolW, L"CSTop\\Pool", &world.type_one, NTMS_CREATE_NEW, NULL, &child);
    ON_WORLD(&world, SubmitNtmsOperatorRequestW, ERROR_ACCESS_DENIED, "Requires NTMS_CONTROL_ACCESS to the media pool.",
             NTMS_OPREQ_NEWMEDIA, L"m", &pool, NULL, &child);
    if (world.there)
    {
        ALLOW(&world, &pool, NTMS_MEDIA_POOL);
        pDeallocateNtmsMedia(world.session, &media, 0);
        DENY(&world, &pool, NTMS_MEDIA_POOL);
    }
    DENIES(&world, MoveToNtmsMediaPool, &medium, &free_pool);
    if (world.there)
    {
        ALLOW(&world, &pool, NTMS_MEDIA_POOL);
        ALLOW(&world, &top, NTMS_MEDIA_POOL);
        free_medium(world.session, L"A005");
        pDeleteNtmsMediaPool(world.session, &pool);
        pDeleteNtmsMediaPool(world.session, &top);
    }
    world_end(&world);
}

/* ---- The computer ---- */

static void computer(void)
{
    NTMS_GUID request = {0}, ignored;
    struct world world;
    DWORD order;

    world_begin(&world);
    if (world.there)
    {
        pSubmitNtmsOperatorRequestW(world.session, NTMS_OPREQ_MESSAGE, L"m", NULL, NULL, &request);
        DENY(&world, &world.computer, NTMS_COMPUTER);
    }
    OF_WORLD(&world, OpenNtmsNotification, ERROR_ACCESS_DENIED, "NTMS_USE_ACCESS to the computer is denied.",
             FAILS(ERROR_ACCESS_DENIED, pOpenNtmsNotification(world.session, NTMS_LIBRARY)));
    DENIES(&world, SubmitNtmsOperatorRequestA, NTMS_OPREQ_MESSAGE, "m", NULL, NULL, &ignored);
    DENIES(&world, SubmitNtmsOperatorRequestW, NTMS_OPREQ_MESSAGE, L"m", NULL, NULL, &ignored);
    DENIES(&world, CancelNtmsOperatorRequest, &request);
    DENIES(&world, SatisfyNtmsOperatorRequest, &request);
    DENIES(&world, DeleteNtmsRequests, &request, NTMS_OPREQUEST, 1);
    DENIES(&world, GetNtmsRequestOrder, &request, &order);
    DENIES(&world, SetNtmsRequestOrder, &request, 1);
    DENIES(&world, ExportNtmsDatabase);
    DENIES(&world, ImportNtmsDatabase);
    if (world.there)
    {
        ALLOW(&world, &world.computer, NTMS_COMPUTER);
        pCancelNtmsOperatorRequest(world.session, &request);
    }
    world_end(&world);
}

/* ---- Descriptors ---- */

/* The text of parts of an object's descriptor. */
static DWORD get_text(struct world *world, NTMS_GUID *object, DWORD type, SECURITY_INFORMATION parts, char *text)
{
    BYTE descriptor[1024];
    DWORD needed = 0,
          error = pGetNtmsObjectSecurity(world->session, object, type, parts, descriptor, sizeof(descriptor), &needed);
    char *converted;

    *text = 0;
    if (error) return error;
    if (needed != GetSecurityDescriptorLength(descriptor)) return ERROR_INVALID_SECURITY_DESCR;
    if (!ConvertSecurityDescriptorToStringSecurityDescriptorA(descriptor, SDDL_REVISION_1, parts, &converted, NULL))
        return GetLastError();
    snprintf(text, 256, "%s", converted);
    LocalFree(converted);
    return ERROR_SUCCESS;
}

#define OWNER_AND_LIST (OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION)

static void descriptors(void)
{
    NTMS_GUID pool = {0}, drive;
    SECURITY_ATTRIBUTES given = {.nLength = sizeof(given)};
    BYTE buffer[64] = {0};
    DWORD needed = 0;
    struct world world;
    char text[256];

    world_begin(&world);
    drive = first_object(world.session, &world.one, NTMS_DRIVE);
    ConvertStringSecurityDescriptorToSecurityDescriptorA("D:(A;;0xe0007;;;WD)", SDDL_REVISION_1,
                                                         &given.lpSecurityDescriptor, NULL);
    if (world.there)
        pCreateNtmsMediaPoolW(world.session, L"CSSecured", &world.type_one, NTMS_CREATE_NEW, &given, &pool);
    LocalFree(given.lpSecurityDescriptor);
    OF_WORLD(&world, CreateNtmsMediaPoolW, security,
             "lpSecurityAttributes: Optional security descriptor used to restrict access to the pool.",
             RETURNS(ERROR_SUCCESS, get_text(&world, &pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, text)) &&
                 !strcmp(text, "D:(A;;CCDCLCRCWDWO;;;WD)"));
    OF_WORLD(&world, SetNtmsObjectSecurity, ERROR_SUCCESS, "The function was successful.",
             RETURNS(ERROR_SUCCESS, secure(&world, &pool, NTMS_MEDIA_POOL, OWNER_AND_LIST, "O:SYD:(A;;WDCC;;;WD)")));
    ON_WORLD(&world, GetNtmsObjectSecurity, ERROR_ACCESS_DENIED, "READ_CONTROL access to the object is denied.", &pool,
             NTMS_MEDIA_POOL, OWNER_SECURITY_INFORMATION, buffer, sizeof(buffer), &needed);
    OF_WORLD(&world, SetNtmsObjectSecurity, ERROR_ACCESS_DENIED,
             "The privileges required to modify the security descriptor are denied. (WRITE_OWNER)",
             RETURNS(ERROR_ACCESS_DENIED, secure(&world, &pool, NTMS_MEDIA_POOL, OWNER_SECURITY_INFORMATION, "O:BA")));
    OF_WORLD(&world, SetNtmsObjectSecurity, write_dac,
             "to set the discretionary access-control list (ACL) of an object, the application must have WRITE_DAC "
             "permission",
             RETURNS(ERROR_SUCCESS,
                     secure(&world, &pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, "D:(A;;0xf0007;;;WD)")) &&
                 RETURNS(ERROR_SUCCESS,
                         secure(&world, &pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, "D:(A;;0xb0007;;;WD)")) &&
                 RETURNS(ERROR_ACCESS_DENIED,
                         secure(&world, &pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, "D:(A;;GA;;;WD)")));
    OF_WORLD(&world, GetNtmsObjectSecurity, ERROR_SUCCESS, "The function was successful.",
             RETURNS(ERROR_SUCCESS, get_text(&world, &pool, NTMS_MEDIA_POOL, OWNER_AND_LIST, text)) &&
                 !strncmp(text, "O:SYD:", 6));
    OF_WORLD(&world, GetNtmsObjectSecurity, needed, "Required length of the buffer if it is not large enough",
             RETURNS(ERROR_INSUFFICIENT_BUFFER, pGetNtmsObjectSecurity(world.session, &pool, NTMS_MEDIA_POOL,
                                                                       OWNER_AND_LIST, buffer, 8, &needed)) &&
                 needed > 8);
    OF_WORLD(&world, SetNtmsObjectSecurity, privilege,
             "to set the system ACL of an object, the SE_SECURITY_NAME privilege must be enabled for the application",
             RETURNS(ERROR_ACCESS_DENIED,
                     secure(&world, &pool, NTMS_MEDIA_POOL, SACL_SECURITY_INFORMATION, "S:(AU;SA;GA;;;WD)")));
    ON_WORLD(&world, GetNtmsObjectSecurity, ERROR_NO_SECURITY_ON_OBJECT,
             "There is no security information for this object.", &drive, NTMS_DRIVE, OWNER_SECURITY_INFORMATION,
             buffer, sizeof(buffer), &needed);
    OF_WORLD(&world, SetNtmsObjectSecurity, ERROR_NO_SECURITY_ON_OBJECT,
             "There is no security information for this object.",
             RETURNS(ERROR_NO_SECURITY_ON_OBJECT, secure(&world, &drive, NTMS_DRIVE, DACL_SECURITY_INFORMATION, "D:")));
    ON_WORLD(&world, GetNtmsObjectSecurity, ERROR_OBJECT_NOT_FOUND, "The object ID is not valid.", &no_object,
             NTMS_LIBRARY, OWNER_SECURITY_INFORMATION, buffer, sizeof(buffer), &needed);
    OF_WORLD(
        &world, SetNtmsObjectSecurity, ERROR_OBJECT_NOT_FOUND, "The object ID is not valid.",
        RETURNS(ERROR_OBJECT_NOT_FOUND, secure(&world, &no_object, NTMS_LIBRARY, DACL_SECURITY_INFORMATION, "D:")));
    ON_WORLD(&world, GetNtmsObjectSecurity, ERROR_INVALID_PARAMETER, "The object ID is missing.", NULL, NTMS_LIBRARY,
             OWNER_SECURITY_INFORMATION, buffer, sizeof(buffer), &needed);
    ON_WORLD(&world, SetNtmsObjectSecurity, ERROR_INVALID_PARAMETER, "The object ID is missing.", NULL, NTMS_LIBRARY,
             DACL_SECURITY_INFORMATION, buffer);
    if (world.there) pDeleteNtmsMediaPool(world.session, &pool);
    world_end(&world);
}

/* Who made a pool, and nobody else. */
static void creators(void)
{
    NTMS_GUID pool = {0}, top = {0};
    struct world world;
    char text[256];

    world_begin(&world);
    if (world.there)
    {
        pCreateNtmsMediaPoolW(world.session, L"CSOwn", NULL, NTMS_CREATE_NEW, NULL, &top);
        secure(&world, &top, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, "D:(A;;GA;;;WD)(A;;CC;;;BG)");
        pCreateNtmsMediaPoolW(world.session, L"CSOwn\\Pool", &world.type_one, NTMS_CREATE_NEW, NULL, &pool);
    }
    OF_WORLD(&world, CreateNtmsMediaPoolW, inherited,
             "If a security descriptor is not provided, the pool inherits the ACEs of its parent pool ... In addition, "
             "the creator and local system accounts have full access to the pool.",
             RETURNS(ERROR_SUCCESS, get_text(&world, &pool, NTMS_MEDIA_POOL, DACL_SECURITY_INFORMATION, text)) &&
                 strstr(text, ";;;SY)") && strstr(text, "(A;;CC;;;BG)") && !strstr(text, "D:(A;;CC"));
    if (world.there)
    {
        pDeleteNtmsMediaPool(world.session, &pool);
        pDeleteNtmsMediaPool(world.session, &top);
    }
    world_end(&world);
}

static const struct test_case cases[] = {{"library", library},         {"pool", pool},         {"computer", computer},
                                         {"descriptors", descriptors}, {"creators", creators}, {NULL, NULL}};
const struct group security_group = {"security", __FILE__, cases};
