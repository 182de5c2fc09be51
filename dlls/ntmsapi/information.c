/*
 * NTMS_OBJECTINFORMATION as the service's values: one table has every member of every object type, in the order in
 * which the service has them, with its place in both structures.
 */
#include "ntmsapi/information.h"

#include <stddef.h>
#include <stdlib.h>

enum kind
{
    NUMBER, /* DWORD */
    TRUTH,  /* BOOL */
    WORD16, /* WORD */
    ID,     /* NTMS_GUID */
    TIME,   /* SYSTEMTIME */
    TEXT,   /* array of characters */
    LABEL,  /* dwOmidLabelIdLength and OmidLabelId */
    LARGE,  /* LARGE_INTEGER */
};

struct field
{
    unsigned char kind;
    unsigned short ansi, wide; /* offsets */
    unsigned short length;     /* TEXT, LABEL: elements of the array */
};

#define FIELD(kind, member)                                                                                            \
    {                                                                                                                  \
        kind, offsetof(NTMS_OBJECTINFORMATIONA, member), offsetof(NTMS_OBJECTINFORMATIONW, member), 0                  \
    }
#define ARRAY(kind, member)                                                                                            \
    {                                                                                                                  \
        kind, offsetof(NTMS_OBJECTINFORMATIONA, member), offsetof(NTMS_OBJECTINFORMATIONW, member),                    \
            sizeof(((NTMS_OBJECTINFORMATIONA *)NULL)->member)                                                          \
    }

static const struct field common_fields[] = {FIELD(TIME, Created),
                                             FIELD(TIME, Modified),
                                             FIELD(ID, ObjectGuid),
                                             FIELD(TRUTH, Enabled),
                                             FIELD(NUMBER, dwOperationalState),
                                             ARRAY(TEXT, szName),
                                             ARRAY(TEXT, szDescription)};

static const struct field changer_fields[] = {
    FIELD(NUMBER, Info.Changer.Number),       FIELD(ID, Info.Changer.ChangerType),
    ARRAY(TEXT, Info.Changer.szSerialNumber), ARRAY(TEXT, Info.Changer.szRevision),
    ARRAY(TEXT, Info.Changer.szDeviceName),   FIELD(WORD16, Info.Changer.ScsiPort),
    FIELD(WORD16, Info.Changer.ScsiBus),      FIELD(WORD16, Info.Changer.ScsiTarget),
    FIELD(WORD16, Info.Changer.ScsiLun),      FIELD(ID, Info.Changer.Library)};

static const struct field changer_type_fields[] = {ARRAY(TEXT, Info.ChangerType.szVendor),
                                                   ARRAY(TEXT, Info.ChangerType.szProduct),
                                                   FIELD(NUMBER, Info.ChangerType.DeviceType)};

static const struct field computer_fields[] = {
    FIELD(NUMBER, Info.Computer.dwLibRequestPurgeTime), FIELD(NUMBER, Info.Computer.dwOpRequestPurgeTime),
    FIELD(NUMBER, Info.Computer.dwLibRequestFlags), FIELD(NUMBER, Info.Computer.dwOpRequestFlags),
    FIELD(NUMBER, Info.Computer.dwMediaPoolPolicy)};

static const struct field drive_fields[] = {FIELD(NUMBER, Info.Drive.Number),
                                            FIELD(NUMBER, Info.Drive.State),
                                            FIELD(ID, Info.Drive.DriveType),
                                            ARRAY(TEXT, Info.Drive.szDeviceName),
                                            ARRAY(TEXT, Info.Drive.szSerialNumber),
                                            ARRAY(TEXT, Info.Drive.szRevision),
                                            FIELD(WORD16, Info.Drive.ScsiPort),
                                            FIELD(WORD16, Info.Drive.ScsiBus),
                                            FIELD(WORD16, Info.Drive.ScsiTarget),
                                            FIELD(WORD16, Info.Drive.ScsiLun),
                                            FIELD(NUMBER, Info.Drive.dwMountCount),
                                            FIELD(TIME, Info.Drive.LastCleanedTs),
                                            FIELD(ID, Info.Drive.SavedPartitionId),
                                            FIELD(ID, Info.Drive.Library),
                                            FIELD(NUMBER, Info.Drive.dwDeferDismountDelay)};

static const struct field drive_type_fields[] = {
    ARRAY(TEXT, Info.DriveType.szVendor), ARRAY(TEXT, Info.DriveType.szProduct),
    FIELD(NUMBER, Info.DriveType.NumberOfHeads), FIELD(NUMBER, Info.DriveType.DeviceType)};

static const struct field door_fields[] = {FIELD(NUMBER, Info.IEDoor.Number), FIELD(NUMBER, Info.IEDoor.State),
                                           FIELD(WORD16, Info.IEDoor.MaxOpenSecs), FIELD(ID, Info.IEDoor.Library)};

static const struct field port_fields[] = {FIELD(NUMBER, Info.IEPort.Number), FIELD(NUMBER, Info.IEPort.Content),
                                           FIELD(NUMBER, Info.IEPort.Position),
                                           FIELD(WORD16, Info.IEPort.MaxExtendSecs), FIELD(ID, Info.IEPort.Library)};

static const struct field library_fields[] = {FIELD(NUMBER, Info.Library.LibraryType),
                                              FIELD(ID, Info.Library.CleanerSlot),
                                              FIELD(ID, Info.Library.CleanerSlotDefault),
                                              FIELD(TRUTH, Info.Library.LibrarySupportsDriveCleaning),
                                              FIELD(TRUTH, Info.Library.BarCodeReaderInstalled),
                                              FIELD(NUMBER, Info.Library.InventoryMethod),
                                              FIELD(NUMBER, Info.Library.dwCleanerUsesRemaining),
                                              FIELD(NUMBER, Info.Library.FirstDriveNumber),
                                              FIELD(NUMBER, Info.Library.dwNumberOfDrives),
                                              FIELD(NUMBER, Info.Library.FirstSlotNumber),
                                              FIELD(NUMBER, Info.Library.dwNumberOfSlots),
                                              FIELD(NUMBER, Info.Library.FirstDoorNumber),
                                              FIELD(NUMBER, Info.Library.dwNumberOfDoors),
                                              FIELD(NUMBER, Info.Library.FirstPortNumber),
                                              FIELD(NUMBER, Info.Library.dwNumberOfPorts),
                                              FIELD(NUMBER, Info.Library.FirstChangerNumber),
                                              FIELD(NUMBER, Info.Library.dwNumberOfChangers),
                                              FIELD(NUMBER, Info.Library.dwNumberOfMedia),
                                              FIELD(NUMBER, Info.Library.dwNumberOfMediaTypes),
                                              FIELD(NUMBER, Info.Library.dwNumberOfLibRequests),
                                              FIELD(TRUTH, Info.Library.AutoRecovery),
                                              FIELD(NUMBER, Info.Library.dwFlags)};

static const struct field library_request_fields[] = {
    FIELD(NUMBER, Info.LibRequest.OperationCode), FIELD(NUMBER, Info.LibRequest.OperationOption),
    FIELD(NUMBER, Info.LibRequest.State),         FIELD(ID, Info.LibRequest.PartitionId),
    FIELD(ID, Info.LibRequest.DriveId),           FIELD(ID, Info.LibRequest.PhysMediaId),
    FIELD(ID, Info.LibRequest.Library),           FIELD(ID, Info.LibRequest.SlotId),
    FIELD(TIME, Info.LibRequest.TimeQueued),      FIELD(TIME, Info.LibRequest.TimeCompleted),
    ARRAY(TEXT, Info.LibRequest.szApplication),   ARRAY(TEXT, Info.LibRequest.szUser),
    ARRAY(TEXT, Info.LibRequest.szComputer),      FIELD(NUMBER, Info.LibRequest.dwErrorCode),
    FIELD(ID, Info.LibRequest.WorkItemId),        FIELD(NUMBER, Info.LibRequest.dwPriority)};

static const struct field logical_media_fields[] = {FIELD(ID, Info.LogicalMedia.MediaPool),
                                                    FIELD(NUMBER, Info.LogicalMedia.dwNumberOfPartitions)};

static const struct field pool_fields[] = {FIELD(NUMBER, Info.MediaPool.PoolType),
                                           FIELD(ID, Info.MediaPool.MediaType),
                                           FIELD(ID, Info.MediaPool.Parent),
                                           FIELD(NUMBER, Info.MediaPool.AllocationPolicy),
                                           FIELD(NUMBER, Info.MediaPool.DeallocationPolicy),
                                           FIELD(NUMBER, Info.MediaPool.dwMaxAllocates),
                                           FIELD(NUMBER, Info.MediaPool.dwNumberOfPhysicalMedia),
                                           FIELD(NUMBER, Info.MediaPool.dwNumberOfLogicalMedia),
                                           FIELD(NUMBER, Info.MediaPool.dwNumberOfMediaPools)};

static const struct field media_type_fields[] = {
    FIELD(NUMBER, Info.MediaType.MediaType), FIELD(NUMBER, Info.MediaType.NumberOfSides),
    FIELD(NUMBER, Info.MediaType.ReadWriteCharacteristics), FIELD(NUMBER, Info.MediaType.DeviceType)};

static const struct field operator_request_fields[] = {
    FIELD(NUMBER, Info.OpRequest.Request),     FIELD(TIME, Info.OpRequest.Submitted),
    FIELD(NUMBER, Info.OpRequest.State),       ARRAY(TEXT, Info.OpRequest.szMessage),
    FIELD(NUMBER, Info.OpRequest.Arg1Type),    FIELD(ID, Info.OpRequest.Arg1),
    FIELD(NUMBER, Info.OpRequest.Arg2Type),    FIELD(ID, Info.OpRequest.Arg2),
    ARRAY(TEXT, Info.OpRequest.szApplication), ARRAY(TEXT, Info.OpRequest.szUser),
    ARRAY(TEXT, Info.OpRequest.szComputer)};

static const struct field partition_fields[] = {
    FIELD(ID, Info.Partition.PhysicalMedia),       FIELD(ID, Info.Partition.LogicalMedia),
    FIELD(NUMBER, Info.Partition.State),           FIELD(WORD16, Info.Partition.Side),
    ARRAY(LABEL, Info.Partition.OmidLabelId),      ARRAY(TEXT, Info.Partition.szOmidLabelType),
    ARRAY(TEXT, Info.Partition.szOmidLabelInfo),   FIELD(NUMBER, Info.Partition.dwMountCount),
    FIELD(NUMBER, Info.Partition.dwAllocateCount), FIELD(LARGE, Info.Partition.Capacity)};

static const struct field physical_media_fields[] = {FIELD(ID, Info.PhysicalMedia.CurrentLibrary),
                                                     FIELD(ID, Info.PhysicalMedia.MediaPool),
                                                     FIELD(ID, Info.PhysicalMedia.Location),
                                                     FIELD(NUMBER, Info.PhysicalMedia.LocationType),
                                                     FIELD(ID, Info.PhysicalMedia.MediaType),
                                                     FIELD(ID, Info.PhysicalMedia.HomeSlot),
                                                     ARRAY(TEXT, Info.PhysicalMedia.szBarCode),
                                                     FIELD(NUMBER, Info.PhysicalMedia.BarCodeState),
                                                     ARRAY(TEXT, Info.PhysicalMedia.szSequenceNumber),
                                                     FIELD(NUMBER, Info.PhysicalMedia.MediaState),
                                                     FIELD(NUMBER, Info.PhysicalMedia.dwNumberOfPartitions),
                                                     FIELD(NUMBER, Info.PhysicalMedia.dwMediaTypeCode),
                                                     FIELD(NUMBER, Info.PhysicalMedia.dwDensityCode),
                                                     FIELD(ID, Info.PhysicalMedia.MountedPartition)};

static const struct field slot_fields[] = {FIELD(NUMBER, Info.StorageSlot.Number),
                                           FIELD(NUMBER, Info.StorageSlot.State), FIELD(ID, Info.StorageSlot.Library)};

/* ---- The types ---- */

struct object_type
{
    const struct field *fields;
    unsigned count;
    DWORD ansi_size, wide_size; /* of the common part and the type's own */
};

#define TYPE(list, member)                                                                                             \
    {                                                                                                                  \
        list, sizeof(list) / sizeof(*(list)),                                                                          \
            offsetof(NTMS_OBJECTINFORMATIONA, Info) + sizeof(((NTMS_OBJECTINFORMATIONA *)NULL)->member),               \
            offsetof(NTMS_OBJECTINFORMATIONW, Info) + sizeof(((NTMS_OBJECTINFORMATIONW *)NULL)->member)                \
    }

static const struct object_type types[NTMS_NUMBER_OF_OBJECT_TYPES] = {
    [NTMS_CHANGER] = TYPE(changer_fields, Info.Changer),
    [NTMS_CHANGER_TYPE] = TYPE(changer_type_fields, Info.ChangerType),
    [NTMS_COMPUTER] = TYPE(computer_fields, Info.Computer),
    [NTMS_DRIVE] = TYPE(drive_fields, Info.Drive),
    [NTMS_DRIVE_TYPE] = TYPE(drive_type_fields, Info.DriveType),
    [NTMS_IEDOOR] = TYPE(door_fields, Info.IEDoor),
    [NTMS_IEPORT] = TYPE(port_fields, Info.IEPort),
    [NTMS_LIBRARY] = TYPE(library_fields, Info.Library),
    [NTMS_LIBREQUEST] = TYPE(library_request_fields, Info.LibRequest),
    [NTMS_LOGICAL_MEDIA] = TYPE(logical_media_fields, Info.LogicalMedia),
    [NTMS_MEDIA_POOL] = TYPE(pool_fields, Info.MediaPool),
    [NTMS_MEDIA_TYPE] = TYPE(media_type_fields, Info.MediaType),
    [NTMS_PARTITION] = TYPE(partition_fields, Info.Partition),
    [NTMS_PHYSICAL_MEDIA] = TYPE(physical_media_fields, Info.PhysicalMedia),
    [NTMS_STORAGESLOT] = TYPE(slot_fields, Info.StorageSlot),
    [NTMS_OPREQUEST] = TYPE(operator_request_fields, Info.OpRequest),
};

static const struct object_type *find_type(DWORD type)
{
    return type < NTMS_NUMBER_OF_OBJECT_TYPES && types[type].fields ? &types[type] : NULL;
}

BOOL information_is_valid(DWORD type, DWORD size, BOOL wide)
{
    const struct object_type *known = find_type(type);

    if (!known && type != NTMS_UNKNOWN) return FALSE;
    if (size == (wide ? sizeof(NTMS_OBJECTINFORMATIONW) : sizeof(NTMS_OBJECTINFORMATIONA))) return TRUE;
    return known && size == (wide ? known->wide_size : known->ansi_size);
}

/* ---- Putting ---- */

static uint64_t time_value(const SYSTEMTIME *time)
{
    FILETIME value;

    if (!time->wYear || !SystemTimeToFileTime(time, &value)) return 0;
    return (uint64_t)value.dwHighDateTime << 32 | value.dwLowDateTime;
}

/* `length` elements, or fewer with a terminator. No array is longer than NTMS_MESSAGE_LENGTH. */
static void put_array(struct host_encoder *encoder, const void *array, unsigned length, BOOL wide)
{
    WCHAR text[NTMS_MESSAGE_LENGTH + 1] = L"";

    if (wide)
        memcpy(text, array, length * sizeof(WCHAR));
    else
    {
        const char *ansi = array;
        unsigned used = 0;

        while (used < length && ansi[used])
            used++;
        if (used) MultiByteToWideChar(CP_ACP, 0, ansi, (int)used, text, NTMS_MESSAGE_LENGTH);
    }
    put_text(encoder, text);
}

/* The length stands before the bytes, as the service has it. One that cannot be counts as the array's. */
static void put_label(struct host_encoder *encoder, const BYTE *label, unsigned length)
{
    DWORD used = *(const DWORD *)(const void *)(label - sizeof(DWORD));

    host_put_bytes(encoder, label, used < length ? used : length);
}

static void put_field(struct host_encoder *encoder, const struct field *field, const char *information, BOOL wide)
{
    const void *member = information + (wide ? field->wide : field->ansi);

    switch ((enum kind)field->kind)
    {
    case NUMBER:
        host_put_u32(encoder, *(const DWORD *)member);
        break;
    case TRUTH:
        host_put_bool(encoder, *(const BOOL *)member != 0);
        break;
    case WORD16:
        host_put_u16(encoder, *(const WORD *)member);
        break;
    case ID:
        host_put_guid(encoder, member);
        break;
    case TIME:
        host_put_u64(encoder, time_value(member));
        break;
    case TEXT:
        put_array(encoder, member, field->length, wide);
        break;
    case LABEL:
        put_label(encoder, member, field->length);
        break;
    case LARGE:
        host_put_u64(encoder, (uint64_t)((const LARGE_INTEGER *)member)->QuadPart);
        break;
    }
}

void information_put(struct host_encoder *encoder, const void *information, BOOL wide)
{
    DWORD type = ((const NTMS_OBJECTINFORMATIONW *)information)->dwType; /* lies at the same place in both */
    const struct object_type *known = find_type(type);

    host_put_u32(encoder, type);
    for (size_t i = 0; i < sizeof(common_fields) / sizeof(*common_fields); i++)
        put_field(encoder, &common_fields[i], information, wide);
    for (unsigned i = 0; i < known->count; i++)
        put_field(encoder, &known->fields[i], information, wide);
}

/* ---- Getting ---- */

static void get_time(struct host_decoder *decoder, SYSTEMTIME *time)
{
    uint64_t value = host_get_u64(decoder);
    FILETIME file_time = {(DWORD)value, (DWORD)(value >> 32)};

    if (!value || !FileTimeToSystemTime(&file_time, time)) memset(time, 0, sizeof(*time));
}

static void get_array(struct host_decoder *decoder, void *array, unsigned length, BOOL wide)
{
    WCHAR text[NTMS_MESSAGE_LENGTH + 1];

    if (!host_get_utf16_into(decoder, (uint16_t *)text, length)) return;
    if (wide)
        lstrcpynW(array, text, (int)length);
    else
        text_to_ansi(text, array, (int)length);
}

static void get_label(struct host_decoder *decoder, BYTE *label, unsigned length)
{
    size_t size;
    const uint8_t *bytes = host_get_bytes(decoder, &size);

    if (size > length) decoder->error = HOST_TOO_LARGE;
    if (decoder->error) return;
    memcpy(label, bytes, size);
    *(DWORD *)(void *)(label - sizeof(DWORD)) = (DWORD)size;
}

static void get_field(struct host_decoder *decoder, const struct field *field, char *information, BOOL wide)
{
    void *member = information + (wide ? field->wide : field->ansi);

    switch ((enum kind)field->kind)
    {
    case NUMBER:
        *(DWORD *)member = host_get_u32(decoder);
        break;
    case TRUTH:
        *(BOOL *)member = host_get_bool(decoder);
        break;
    case WORD16:
        *(WORD *)member = host_get_u16(decoder);
        break;
    case ID:
        host_get_guid(decoder, member);
        break;
    case TIME:
        get_time(decoder, member);
        break;
    case TEXT:
        get_array(decoder, member, field->length, wide);
        break;
    case LABEL:
        get_label(decoder, member, field->length);
        break;
    case LARGE:
        ((LARGE_INTEGER *)member)->QuadPart = (LONGLONG)host_get_u64(decoder);
        break;
    }
}

BOOL information_get(struct host_decoder *decoder, void *information, DWORD type, DWORD size, BOOL wide)
{
    union
    {
        NTMS_OBJECTINFORMATIONA ansi;
        NTMS_OBJECTINFORMATIONW wide;
    } read;
    DWORD found = host_get_u32(decoder);
    const struct object_type *known = find_type(found);

    if (!known || (type != NTMS_UNKNOWN && type != found)) decoder->error = HOST_MALFORMED;
    if (decoder->error) return FALSE;
    memset(&read, 0, sizeof(read));
    read.wide.dwSize = size;
    read.wide.dwType = found;
    for (size_t i = 0; i < sizeof(common_fields) / sizeof(*common_fields); i++)
        get_field(decoder, &common_fields[i], (char *)&read, wide);
    for (unsigned i = 0; i < known->count; i++)
        get_field(decoder, &known->fields[i], (char *)&read, wide);
    if (decoder->error) return FALSE;
    memcpy(information, &read, size);
    return TRUE;
}
