/*
 * Documented return codes that no test can provoke, and why.
 */
#include "ntmsapi_test.h"

#define UNREACHABLE(function, id, why)                                                                                 \
    {                                                                                                                  \
#function, #id, why                                                                                            \
    }
/* The two forms of a function share a page. */
#define BOTH(function, id, why)                                                                                        \
    {#function "A", #id, why},                                                                                         \
    {                                                                                                                  \
#function "W", #id, why                                                                                        \
    }

#define NO_MEMORY(function)                                                                                            \
    UNREACHABLE(                                                                                                       \
        function, ERROR_NOT_ENOUGH_MEMORY,                                                                             \
        "memory cannot be made to run out without harming the machine; the service's part is unit tested where "       \
        "test_rsm_resources has the operation")
#define DAMAGED(function)                                                                                              \
    UNREACHABLE(                                                                                                       \
        function, ERROR_DATABASE_FAILURE,                                                                              \
        "a database that is damaged under the service is out of a program's reach; unit tested (test_rsm_faults)")
#define FULL(function)                                                                                                 \
    UNREACHABLE(function, ERROR_DATABASE_FULL,                                                                         \
                "a disk cannot be made to fill up without harming the machine; unit tested for the requests of "       \
                "test_rsm_faults and test_rsm_resources")

#define HAS_POOL "every medium is in a pool: the database keeps its references whole"
#define HAS_SIDE "every logical medium has its side: the database keeps its references whole"

#define HAS_LIBRARY "every drive is in a library: the database keeps its references whole"
#define CONNECTED                                                                                                      \
    "a library's device is out of a program's reach; tested with an emulated tape library that is switched off"
#define NO_MAGAZINES "no kind of library that there is tells of magazines that are missing"

const struct unreachable unreachable[] = {
    UNREACHABLE(CancelNtmsLibraryRequest, ERROR_ACCESS_DENIED,
                "a request cannot be held while it is being handled; unit tested (test_rsm_queue)"),
    UNREACHABLE(CleanNtmsDrive, ERROR_INVALID_LIBRARY, HAS_LIBRARY),
    UNREACHABLE(DeleteNtmsDrive, ERROR_INVALID_LIBRARY, HAS_LIBRARY),
    UNREACHABLE(DeleteNtmsDrive, ERROR_SUCCESS,
                "a drive goes only with its device, while the service is not there; unit tested (test_rsm_control)"),
    UNREACHABLE(DismountNtmsDrive, ERROR_INVALID_LIBRARY, HAS_LIBRARY),
    UNREACHABLE(DismountNtmsMedia, ERROR_INVALID_LIBRARY, CONNECTED),
    UNREACHABLE(DismountNtmsMedia, ERROR_TIMEOUT, "a dismount is queued, and waits for nothing"),
    UNREACHABLE(AccessNtmsLibraryDoor, ERROR_RESOURCE_NOT_PRESENT,
                "the libraries that a program can be tested with have doors; those behind SCSI have none"),
    UNREACHABLE(MountNtmsMedia, ERROR_INVALID_STATE,
                "a device that refuses is out of a program's reach; unit tested (test_rsm_mount)"),
    UNREACHABLE(InventoryNtmsLibrary, ERROR_DEVICE_NOT_AVAILABLE, CONNECTED),
    UNREACHABLE(InjectNtmsCleaner, ERROR_DEVICE_NOT_AVAILABLE, CONNECTED),
    UNREACHABLE(ReserveNtmsCleanerSlot, ERROR_DEVICE_NOT_AVAILABLE, CONNECTED),
    UNREACHABLE(ReleaseNtmsCleanerSlot, ERROR_DEVICE_NOT_AVAILABLE, CONNECTED),
    UNREACHABLE(EjectNtmsCleaner, ERROR_SLOT_NOT_PRESENT, NO_MAGAZINES),
    UNREACHABLE(InjectNtmsCleaner, ERROR_SLOT_NOT_PRESENT, NO_MAGAZINES),
    UNREACHABLE(ReserveNtmsCleanerSlot, ERROR_SLOT_NOT_PRESENT, NO_MAGAZINES),
    UNREACHABLE(ReleaseNtmsCleanerSlot, ERROR_SLOT_NOT_PRESENT, NO_MAGAZINES),
    UNREACHABLE(SwapNtmsMedia, ERROR_BAD_FORMAT, "media are swapped without their labels being read"),
    BOTH(OpenNtmsSession, ERROR_NO_NETWORK, "only this computer's service can be used, which needs no network"),
    BOTH(OpenNtmsSession, ERROR_NOT_READY,
         "a service that is being started is waited for; one that cannot be is ERROR_NOT_CONNECTED"),
    BOTH(OpenNtmsSession, RPC_S_NO_INTERFACES, "a service of another version is not installed beside this one"),
    UNREACHABLE(AllocateNtmsMedia, ERROR_DEVICE_NOT_AVAILABLE,
                "every media type that there are media of has its free pool; unit tested (test_rsm_faults)"),
    UNREACHABLE(DeallocateNtmsMedia, ERROR_INVALID_PARTITION, HAS_SIDE),
    UNREACHABLE(UpdateNtmsOmidInfo, ERROR_INVALID_PARTITION, HAS_SIDE),
    UNREACHABLE(DecommissionNtmsMedia, ERROR_INVALID_MEDIA_POOL, HAS_POOL),
    UNREACHABLE(DeleteNtmsMedia, ERROR_INVALID_MEDIA_POOL, HAS_POOL),
    UNREACHABLE(SetNtmsMediaComplete, ERROR_INVALID_MEDIA_POOL, HAS_POOL),
    NO_MEMORY(AccessNtmsLibraryDoor),
    NO_MEMORY(AddNtmsMediaType),
    NO_MEMORY(AllocateNtmsMedia),
    NO_MEMORY(CancelNtmsLibraryRequest),
    NO_MEMORY(ChangeNtmsMediaType),
    NO_MEMORY(CleanNtmsDrive),
    NO_MEMORY(CreateNtmsMediaA),
    NO_MEMORY(CreateNtmsMediaW),
    NO_MEMORY(DeallocateNtmsMedia),
    NO_MEMORY(DecommissionNtmsMedia),
    NO_MEMORY(DeleteNtmsDrive),
    NO_MEMORY(DeleteNtmsLibrary),
    NO_MEMORY(DeleteNtmsMedia),
    NO_MEMORY(DeleteNtmsMediaPool),
    NO_MEMORY(DeleteNtmsMediaType),
    NO_MEMORY(DeleteNtmsRequests),
    NO_MEMORY(DismountNtmsDrive),
    NO_MEMORY(DismountNtmsMedia),
    NO_MEMORY(EjectDiskFromSADriveA),
    NO_MEMORY(EjectDiskFromSADriveW),
    NO_MEMORY(EjectNtmsMedia),
    NO_MEMORY(EnumerateNtmsObject),
    NO_MEMORY(GetNtmsMediaPoolNameA),
    NO_MEMORY(GetNtmsMediaPoolNameW),
    NO_MEMORY(GetNtmsObjectInformationA),
    NO_MEMORY(GetNtmsObjectInformationW),
    NO_MEMORY(GetNtmsUIOptionsA),
    NO_MEMORY(GetNtmsUIOptionsW),
    NO_MEMORY(InjectNtmsMedia),
    NO_MEMORY(MountNtmsMedia),
    NO_MEMORY(MoveToNtmsMediaPool),
    NO_MEMORY(SetNtmsMediaComplete),
    NO_MEMORY(SetNtmsObjectInformationA),
    NO_MEMORY(SetNtmsObjectInformationW),
    NO_MEMORY(SetNtmsUIOptionsA),
    NO_MEMORY(SetNtmsUIOptionsW),
    NO_MEMORY(SwapNtmsMedia),
    DAMAGED(AccessNtmsLibraryDoor),
    DAMAGED(AddNtmsMediaType),
    DAMAGED(AllocateNtmsMedia),
    DAMAGED(ChangeNtmsMediaType),
    DAMAGED(CleanNtmsDrive),
    DAMAGED(CloseNtmsNotification),
    DAMAGED(CreateNtmsMediaA),
    DAMAGED(CreateNtmsMediaW),
    DAMAGED(CreateNtmsMediaPoolA),
    DAMAGED(CreateNtmsMediaPoolW),
    DAMAGED(DeallocateNtmsMedia),
    DAMAGED(DecommissionNtmsMedia),
    DAMAGED(DeleteNtmsDrive),
    DAMAGED(DeleteNtmsLibrary),
    DAMAGED(DeleteNtmsMedia),
    DAMAGED(DeleteNtmsMediaPool),
    DAMAGED(DeleteNtmsMediaType),
    DAMAGED(DeleteNtmsRequests),
    DAMAGED(DisableNtmsObject),
    DAMAGED(DismountNtmsDrive),
    DAMAGED(DismountNtmsMedia),
    DAMAGED(EjectDiskFromSADriveA),
    DAMAGED(EjectDiskFromSADriveW),
    DAMAGED(EjectNtmsMedia),
    DAMAGED(EnableNtmsObject),
    DAMAGED(ExportNtmsDatabase),
    DAMAGED(GetNtmsObjectAttributeA),
    DAMAGED(GetNtmsObjectAttributeW),
    DAMAGED(GetNtmsObjectSecurity),
    DAMAGED(GetNtmsRequestOrder),
    DAMAGED(InjectNtmsMedia),
    DAMAGED(MountNtmsMedia),
    DAMAGED(MoveToNtmsMediaPool),
    DAMAGED(OpenNtmsNotification),
    DAMAGED(SetNtmsMediaComplete),
    DAMAGED(SetNtmsObjectAttributeA),
    DAMAGED(SetNtmsObjectAttributeW),
    DAMAGED(SetNtmsObjectInformationA),
    DAMAGED(SetNtmsObjectInformationW),
    DAMAGED(SetNtmsObjectSecurity),
    DAMAGED(SetNtmsRequestOrder),
    DAMAGED(SubmitNtmsOperatorRequestA),
    DAMAGED(SubmitNtmsOperatorRequestW),
    DAMAGED(SwapNtmsMedia),
    DAMAGED(UpdateNtmsOmidInfo),
    DAMAGED(WaitForNtmsNotification),
    BOTH(EjectDiskFromSADrive, ERROR_INVALID_HANDLE, "it takes no session, and opens its own"),
    BOTH(EjectDiskFromSADrive, ERROR_LIBRARY_OFFLINE, "no device's name leads to the offline library"),
    BOTH(EjectDiskFromSADrive, ERROR_SUCCESS,
         "needs a drive with a medium in it: tests/interop/stand_alone_guest.sh, and unit tested "
         "(test_rsm_stand_alone)"),
    FULL(AccessNtmsLibraryDoor),
    FULL(AddNtmsMediaType),
    FULL(AllocateNtmsMedia),
    FULL(ChangeNtmsMediaType),
    FULL(CleanNtmsDrive),
    FULL(CreateNtmsMediaA),
    FULL(CreateNtmsMediaW),
    FULL(CreateNtmsMediaPoolA),
    FULL(CreateNtmsMediaPoolW),
    FULL(DeallocateNtmsMedia),
    FULL(DecommissionNtmsMedia),
    FULL(DeleteNtmsDrive),
    FULL(DeleteNtmsLibrary),
    FULL(DeleteNtmsMedia),
    FULL(DeleteNtmsMediaType),
    FULL(DeleteNtmsRequests),
    FULL(DismountNtmsDrive),
    FULL(DismountNtmsMedia),
    FULL(EjectDiskFromSADriveA),
    FULL(EjectDiskFromSADriveW),
    FULL(EjectNtmsMedia),
    FULL(InjectNtmsMedia),
    FULL(MountNtmsMedia),
    FULL(MoveToNtmsMediaPool),
    FULL(SetNtmsMediaComplete),
    FULL(SetNtmsObjectInformationA),
    FULL(SetNtmsObjectInformationW),
    FULL(SetNtmsObjectSecurity),
    FULL(SwapNtmsMedia),
    {NULL, NULL, NULL}};
