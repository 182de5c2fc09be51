/* The removable storage service as ntmsapi.dll sees it: one request for each operation of the API.
 *
 * This file is the seam between the DLL and the engine in corkd. It includes no Windows header and no header of the
 * engine, so both sides include it. The transport (frames, request numbers, cancellation, events) is corkd's; here is
 * what stands in the payload.
 *
 * Encoding: the frames and values of dlls/common/host_protocol.h. The frame's service is RSM_SERVICE, the request's
 * code is one of enum rsm_request, the reply's code is the result: a Windows error code exactly as the API function
 * returns it (0: ERROR_SUCCESS). Names of the values below:
 *
 *   u16 u32 i32 u64   host_put_u16 and so on
 *   bool              host_put_bool
 *   str16             host_put_utf16, never NULL: empty instead
 *   guid              host_put_guid; all zero: none
 *   time              u64, 100 ns since 1601-01-01 UTC (FILETIME); 0: never (an all-zero SYSTEMTIME)
 *   blob              host_put_bytes
 *   list T            host_put_list, then the items
 *   object            see "Objects" below
 *
 * Every request but RSM_OPEN_SESSION and RSM_PLACE_DATABASE begins with `u32 session`, the number that RSM_OPEN_SESSION
 * gave; it is not repeated below. A session belongs to the connection that opened it: another connection's number is
 * ERROR_INVALID_HANDLE. A connection may open any number of sessions; when it goes, its sessions are closed and their
 * pending requests cancelled.
 *
 * The values after "->" follow in a reply only when the result is 0, or one of the codes named in brackets after them;
 * other replies are empty. A payload that cannot be decoded is refused (HOST_REFUSED_MALFORMED).
 *
 * The DLL checks by itself what only it can see: pointers that are NULL, handles of another process, structures'
 * dwSize. It converts the A functions' strings. All else (unknown ids, states, access, lengths of names) the engine
 * checks.
 *
 * Requests marked (waits) may take as long as their time-out says, INFINITE included. The DLL cancels one by the
 * transport's cancel message, by closing its session or by closing its connection; its reply is then ERROR_CANCELLED.
 * They are answered out of order.
 */
#ifndef CORK_RSM_SERVICE_H
#define CORK_RSM_SERVICE_H

#define RSM_SERVICE       "rsm"
#define RSM_FIRST_REQUEST 0x100
#define RSM_INFINITE      0xffffffffu /* a time-out: wait without end */

enum rsm_request
{
    /* Sessions. */
    RSM_OPEN_SESSION =
        RSM_FIRST_REQUEST, /* str16 application, str16 user, str16 computer, u32 options, blob sids (one behind the
                              other: the caller's user, then the enabled groups) -> u32 session. Without sids the
                              caller is the service's own user, whom no security descriptor keeps from anything. */
    RSM_CLOSE_SESSION,     /* -> ; cancels what is pending in it */

    /* Objects. A NULL container is the zero guid. */
    RSM_ENUMERATE, /* guid container, u32 type, u32 options, u32 capacity -> u32 found, list guid (at most capacity)
                      [also with ERROR_INSUFFICIENT_BUFFER]; capacity 0 asks for the number only */
    RSM_GET_INFORMATION, /* guid object, u32 type (0: any, as GetNtmsObjectInformation's dwType) -> object */
    RSM_SET_INFORMATION, /* object -> ; the id and type in it name the object to change */
    RSM_ENABLE,          /* u32 type, guid object -> */
    RSM_DISABLE,         /* u32 type, guid object -> */
    RSM_GET_ATTRIBUTE,   /* guid object, u32 type, str16 name, u32 capacity -> u32 size, blob data
                            [size, and an empty blob, also with ERROR_INSUFFICIENT_BUFFER] */
    RSM_SET_ATTRIBUTE,   /* guid object, u32 type, str16 name, blob data -> ; an empty blob deletes */
    RSM_GET_SECURITY,    /* guid object, u32 type, u32 security_information, u32 capacity -> u32 size, blob descriptor
                            (self-relative, the parts asked for) [size, and an empty blob, also with
                            ERROR_INSUFFICIENT_BUFFER] */
    RSM_SET_SECURITY,    /* guid object, u32 type, u32 security_information, blob descriptor (self-relative) -> */
    RSM_GET_UI_OPTIONS,  /* guid object (zero: the session), u32 ui_type, u32 capacity in code units -> u32 size in code
                            units with  terminators, list str16 destinations [size, and an empty list, also with
                            ERROR_INSUFFICIENT_BUFFER] */
    RSM_SET_UI_OPTIONS,  /* guid object (zero: the session), u32 ui_type, u32 operation, str16 destination -> */

    /* Media pools. */
    RSM_CREATE_POOL,   /* str16 name (backslashes separate levels), guid media_type (zero: for pools only), u32 action,
                          blob descriptor (self-relative; empty: default) -> guid pool */
    RSM_GET_POOL_NAME, /* guid pool, u32 capacity in code units with terminator -> u32 size in code units with
                          terminator, str16 name [size, and an empty name, also with ERROR_INSUFFICIENT_BUFFER] */
    RSM_MOVE_TO_POOL,  /* guid medium (physical), guid pool -> */
    RSM_DELETE_POOL,   /* guid pool -> */

    /* Media. */
    RSM_ALLOCATE,   /* (waits) guid pool, guid partition (zero: any), guid media (for NTMS_ALLOCATE_NEXT), u32 options,
                       u32 timeout_ms -> guid media (LMID), guid allocated_from (pool) */
    RSM_DEALLOCATE, /* guid media, u32 options -> */
    RSM_SWAP_MEDIA, /* guid media1, guid media2 -> */
    RSM_ADD_MEDIA_TYPE,    /* guid media_type, guid library -> */
    RSM_DELETE_MEDIA_TYPE, /* guid media_type, guid library -> */
    RSM_CHANGE_MEDIA_TYPE, /* guid media, guid pool -> */
    RSM_DECOMMISSION,      /* guid side -> */
    RSM_SET_COMPLETE,      /* guid media -> */
    RSM_CREATE_MEDIA, /* object physical_medium, list object sides, u32 options -> object physical_medium, list object
                         sides (both with the ids that they were given) */
    RSM_DELETE_MEDIA, /* guid physical_medium -> */
    RSM_UPDATE_OMID,  /* guid logical medium or side, u32 label_type, blob label -> */
    RSM_MOUNT,    /* (waits) list guid media, list guid drives (as many; all zero without NTMS_MOUNT_SPECIFIC_DRIVE),
                     u32 options, i32 priority, u32 timeout_ms -> list guid drives */
    RSM_DISMOUNT, /* list guid media, u32 options -> ; returns when it is queued */
    RSM_DISMOUNT_DRIVE, /* guid drive -> ; returns when it is queued */

    /* Libraries. */
    RSM_INVENTORY,     /* guid library, u32 action (NTMS_INVENTORY_*) -> */
    RSM_IDENTIFY_SLOT, /* guid slot, u32 option -> */
    RSM_EJECT_MEDIA,  /* guid medium (physical), guid operation (in for STOP and QUEUE), u32 action -> guid operation */
    RSM_INJECT_MEDIA, /* guid library, guid operation (in for STOP), u32 action -> guid operation */
    RSM_ACCESS_DOOR,  /* guid library, u32 action -> */
    RSM_CLEAN_DRIVE,  /* guid drive -> */
    RSM_RESERVE_CLEANER,  /* guid library, guid slot -> */
    RSM_RELEASE_CLEANER,  /* guid library -> */
    RSM_INJECT_CLEANER,   /* guid library, guid operation, u32 cleans_left, u32 action -> guid operation */
    RSM_EJECT_CLEANER,    /* guid library, guid operation, u32 action -> guid operation */
    RSM_DELETE_LIBRARY,   /* guid library -> */
    RSM_DELETE_DRIVE,     /* guid drive -> */
    RSM_EJECT_FROM_DRIVE, /* str16 device_name, u32 options -> ; EjectDiskFromSADrive */
    RSM_VOLUMES_OF_DRIVE, /* str16 device_name ("\\.\X:", "X:" or a drive object's szDeviceName) -> list str16 volumes,
                             list str16 letters ("X:") */

    /* Requests. */
    RSM_CANCEL_REQUEST,    /* guid library request -> */
    RSM_GET_REQUEST_ORDER, /* guid library request -> u32 order */
    RSM_SET_REQUEST_ORDER, /* guid library request, u32 order -> */
    RSM_DELETE_REQUESTS,   /* guid request (zero: all), u32 type (NTMS_LIBREQUEST, NTMS_OPREQUEST), u32 count -> */
    RSM_SUBMIT_OPREQUEST,  /* u32 request, str16 message, guid arg1, guid arg2 -> guid request */
    RSM_WAIT_OPREQUEST,    /* (waits) guid request, u32 timeout_ms -> */
    RSM_CANCEL_OPREQUEST,  /* guid request -> ; "refuse" */
    RSM_SATISFY_OPREQUEST, /* guid request -> ; "complete" */

    /* Notifications: a subscription is asked in its session; RSM_WAIT_NOTIFICATION takes the next of its queue. */
    RSM_OPEN_NOTIFICATION,  /* u32 type -> u32 notification */
    RSM_WAIT_NOTIFICATION,  /* (waits) u32 notification, u32 timeout_ms -> u32 operation (NTMS_OBJ_*), guid object */
    RSM_CLOSE_NOTIFICATION, /* u32 notification -> ; a wait on it returns ERROR_INVALID_HANDLE */

    /* Database. */
    RSM_EXPORT_DATABASE, /* -> */
    RSM_IMPORT_DATABASE, /* -> */

    /* Device change detection. */
    RSM_BEGIN_DETECTION, /* -> u32 detection */
    RSM_SET_DETECTION,   /* u32 detection, list guid objects, u32 type -> */
    RSM_END_DETECTION,   /* u32 detection -> */

    /* What Windows had in a snap-in; no function of the API asks for these, rsm.exe and corkd's own tools do. */
    RSM_ADD_LIBRARY, /* str16 location ("folder:PATH", "sg:/dev/sgN", "iscsi://..."), str16 name, u32 drives, u32 slots,
                        u32 ports, u32 sides (of a medium) -> guid library; the four numbers only where a new folder
                        library is made (0 drives: it must exist) */
    RSM_DRIVE_PATH,  /* guid drive -> str16 path ("" while nothing is mounted), str16 letter ("X:" or "") : where a
                        mounted medium is */
    RSM_CHECK,       /* -> u32 faults, list str16 texts : the engine's own check of its database */
    RSM_PLACE_DATABASE, /* (no session) str16 folder, a path of the host -> ; where the database is, for a service that
                           has not opened it yet: the first session opens it there. Without this request it is in the
                           prefix' system32\NtmsData. No effect on one that is open, as the registry value has none on
                           a service that runs. */
    RSM_END_OF_REQUESTS
};

/* Objects: the fields of NTMS_OBJECTINFORMATIONW in its order.
 *
 *   u32 dwType, time Created, time Modified, guid ObjectGuid, bool Enabled, u32 dwOperationalState, str16 szName, str16
 * szDescription
 *
 * then those of the type's own structure, in its order, DWORD and the enumerations as u32, BOOL as bool, WORD as u16,
 * SYSTEMTIME as time, character arrays as str16 (shorter than the array), LARGE_INTEGER as u64; Reserved members are
 * left out:
 *
 *   NTMS_CHANGER         u32 Number, guid ChangerType, str16 szSerialNumber, str16 szRevision, str16 szDeviceName, u16
 * ScsiPort, u16 ScsiBus, u16 ScsiTarget, u16 ScsiLun, guid Library NTMS_CHANGER_TYPE    str16 szVendor, str16
 * szProduct, u32 DeviceType NTMS_COMPUTER        u32 dwLibRequestPurgeTime, u32 dwOpRequestPurgeTime, u32
 * dwLibRequestFlags, u32 dwOpRequestFlags, u32 dwMediaPoolPolicy NTMS_DRIVE           u32 Number, u32 State, guid
 * DriveType, str16 szDeviceName, str16 szSerialNumber, str16 szRevision, u16 ScsiPort, u16 ScsiBus, u16 ScsiTarget, u16
 * ScsiLun, u32 dwMountCount, time LastCleanedTs, guid SavedPartitionId, guid Library, u32 dwDeferDismountDelay
 *   NTMS_DRIVE_TYPE      str16 szVendor, str16 szProduct, u32 NumberOfHeads, u32 DeviceType
 *   NTMS_IEDOOR          u32 Number, u32 State, u16 MaxOpenSecs, guid Library
 *   NTMS_IEPORT          u32 Number, u32 Content, u32 Position, u16 MaxExtendSecs, guid Library
 *   NTMS_LIBRARY         u32 LibraryType, guid CleanerSlot, guid CleanerSlotDefault, bool LibrarySupportsDriveCleaning,
 *                        bool BarCodeReaderInstalled, u32 InventoryMethod, u32 dwCleanerUsesRemaining, u32
 * FirstDriveNumber, u32 dwNumberOfDrives, u32 FirstSlotNumber, u32 dwNumberOfSlots, u32 FirstDoorNumber, u32
 * dwNumberOfDoors, u32 FirstPortNumber, u32 dwNumberOfPorts, u32 FirstChangerNumber, u32 dwNumberOfChangers, u32
 * dwNumberOfMedia, u32 dwNumberOfMediaTypes, u32 dwNumberOfLibRequests, bool AutoRecovery, u32 dwFlags NTMS_LIBREQUEST
 * u32 OperationCode, u32 OperationOption, u32 State, guid PartitionId, guid DriveId, guid PhysMediaId, guid Library,
 *                        guid SlotId, time TimeQueued, time TimeCompleted, str16 szApplication, str16 szUser, str16
 * szComputer, u32 dwErrorCode, guid WorkItemId, u32 dwPriority NTMS_LOGICAL_MEDIA   guid MediaPool, u32
 * dwNumberOfPartitions NTMS_MEDIA_POOL      u32 PoolType, guid MediaType, guid Parent, u32 AllocationPolicy, u32
 * DeallocationPolicy, u32 dwMaxAllocates, u32 dwNumberOfPhysicalMedia, u32 dwNumberOfLogicalMedia, u32
 * dwNumberOfMediaPools NTMS_MEDIA_TYPE      u32 MediaType, u32 NumberOfSides, u32 ReadWriteCharacteristics, u32
 * DeviceType NTMS_OPREQUEST       u32 Request, time Submitted, u32 State, str16 szMessage, u32 Arg1Type, guid Arg1, u32
 * Arg2Type, guid Arg2, str16 szApplication, str16 szUser, str16 szComputer NTMS_PARTITION       guid PhysicalMedia,
 * guid LogicalMedia, u32 State, u16 Side, blob OmidLabelId (at most 255 bytes; its length is dwOmidLabelIdLength),
 * str16 szOmidLabelType, str16 szOmidLabelInfo, u32 dwMountCount, u32 dwAllocateCount, u64 Capacity NTMS_PHYSICAL_MEDIA
 * guid CurrentLibrary, guid MediaPool, guid Location, u32 LocationType, guid MediaType, guid HomeSlot, str16 szBarCode,
 * u32 BarCodeState, str16 szSequenceNumber, u32 MediaState, u32 dwNumberOfPartitions, u32 dwMediaTypeCode, u32
 * dwDensityCode, guid MountedPartition NTMS_STORAGESLOT     u32 Number, u32 State, guid Library
 */

#endif
