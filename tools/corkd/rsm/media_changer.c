/* SCSI media changers (SMC-3). */
#include "rsm/media_changer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rsm/tape_media.h"
#include "win_error.h"

#define MINUTE           60000u
#define QUICK_MS         30000u
#define READY_MS         (5 * MINUTE)  /* for a changer that has just been switched on */
#define MOVE_MS          (10 * MINUTE) /* for one move */
#define INITIALIZE_MS    (60 * MINUTE) /* for looking at every bar code */
#define FILE_DEVICE_TAPE 0x1f          /* devioctl.h */
#define FILE_DEVICE_CD   0x02
#define FILE_DEVICE_DISK 0x07
#define ALL_TOLD         ((1u << CHANGER_ELEMENT_TYPES) - 1)

static struct media_changer *changer_of(struct changer *changer)
{
    return (struct media_changer *)changer;
}

/* ---- Opening ---- */

static uint32_t read_geometry(struct media_changer *changer, char *message, size_t size)
{
    struct element_addresses addresses;
    uint8_t data[255];
    uint32_t got, error = scsi_device_mode(&changer->device, 0x1d, data, sizeof(data), &got);

    if (!error && !element_addresses_parse(data, got, &addresses)) error = ERROR_INVALID_PARAMETER;
    if (error)
    {
        snprintf(message, size, "the changer does not say which elements it has (mode page 1Dh, error %u)", error);
        return error == ERROR_INVALID_PARAMETER ? ERROR_NOT_SUPPORTED : error;
    }
    changer->picker = addresses.pickers.count ? addresses.pickers.first : 0;
    changer->ranges[CHANGER_SLOT] = addresses.slots;
    changer->ranges[CHANGER_DRIVE] = addresses.drives;
    changer->ranges[CHANGER_PORT] = addresses.ports;
    /* Optional. */
    if (!scsi_device_mode(&changer->device, 0x1e, data, sizeof(data), &got))
        changer->rotates = changer_rotates(data, got);
    return 0;
}

/* PREVENT ALLOW MEDIUM REMOVAL. */
static uint32_t set_lock(struct media_changer *changer, bool locked)
{
    uint8_t cdb[6] = {0x1e, 0, 0, 0, locked};

    return scsi_device_simple(&changer->device, cdb, 6, QUICK_MS, SCSI_REPEAT, QUICK_MS);
}

static uint32_t make_room(struct media_changer *changer)
{
    for (int type = 0; type < CHANGER_ELEMENT_TYPES; type++)
    {
        changer->known[type] = calloc(changer->ranges[type].count + 1u, sizeof(struct changer_content));
        if (!changer->known[type]) return ERROR_NOT_ENOUGH_MEMORY;
    }
    return 0;
}

static void changer_close(struct changer *base)
{
    struct media_changer *changer = changer_of(base);
    struct scsi_transport *transport = changer->device.transport;

    changer_drives_close(changer);
    if (transport) transport->kind->close(transport);
    for (int type = 0; type < CHANGER_ELEMENT_TYPES; type++)
        free(changer->known[type]);
    free(changer);
}

/* What both kinds do with the unit that they have reached. */
static uint32_t start(struct media_changer *changer, struct scsi_transport *transport, uint32_t unit, char *message,
                      size_t size)
{
    uint32_t error;

    changer->device.transport = transport;
    error = scsi_device_open(&changer->device, transport, unit);
    if (!error && changer->device.inquiry.type != SCSI_CHANGER)
    {
        snprintf(message, size, "the unit is no media changer (type %u)", changer->device.inquiry.type);
        return ERROR_INVALID_LIBRARY;
    }
    if (!error) error = scsi_device_ready(&changer->device, READY_MS);
    if (error)
    {
        snprintf(message, size, "the changer does not become ready (error %u)%s%s", error,
                 transport->message[0] ? ": " : "", transport->message);
        return error;
    }
    error = read_geometry(changer, message, size);
    if (!error) error = make_room(changer);
    /* Nothing that this client has locked before can be open now; whether it can be locked shows. */
    if (!error) changer->lockable = !set_lock(changer, false);
    if (!error) error = changer_elements_read(changer, CHANGER_SLOT, changer->known[CHANGER_SLOT]);
    if (!error) error = changer_drives_find(changer, message, size);
    return error;
}

static struct media_changer *new_changer(const struct changer_kind *kind, const char *location, char *message,
                                         size_t size, uint32_t *error)
{
    struct media_changer *changer = calloc(1, sizeof(*changer));

    *error = ERROR_NOT_ENOUGH_MEMORY;
    if (!changer) return NULL;
    changer->base.kind = kind;
    *error = changer_location_parse(location, &changer->location, message, size) ? 0 : ERROR_INVALID_NAME;
    if (!*error) return changer;
    free(changer);
    return NULL;
}

uint32_t media_changer_open(struct scsi_transport *transport, uint32_t unit, struct changer **opened, char *message,
                            size_t size)
{
    uint32_t error;
    struct media_changer *changer = new_changer(&iscsi_changer_kind, "", message, size, &error);

    if (!changer)
    {
        transport->kind->close(transport);
        return error;
    }
    error = start(changer, transport, unit, message, size);
    if (error)
        changer_close(&changer->base);
    else
        *opened = &changer->base;
    return error;
}

static void find_node(struct media_changer *changer, const char *path)
{
    struct scsi_node *nodes = calloc(256, sizeof(*nodes));
    size_t count = nodes ? scsi_nodes_list("/sys/class", nodes, 256) : 0;

    for (size_t i = 0; i < count; i++)
        if (!strcmp(nodes[i].generic, path)) changer->node = nodes[i];
    free(nodes);
}

static uint32_t sg_open(const char *location, struct changer **opened, char *message, size_t size)
{
    struct scsi_transport *transport = NULL;
    uint32_t error;
    struct media_changer *changer = new_changer(&sg_changer_kind, location, message, size, &error);

    if (!changer) return error;
    find_node(changer, changer->location.device);
    error = scsi_generic_open(changer->location.device, changer->location.timeout_s * 1000, &transport, message, size);
    if (!error) error = start(changer, transport, 0, message, size);
    if (error)
        changer_close(&changer->base);
    else
        *opened = &changer->base;
    return error;
}

static uint32_t iscsi_open(const char *location, struct changer **opened, char *message, size_t size)
{
    char url[LOCATION_TEXT + 8];
    struct scsi_transport *transport = NULL;
    uint32_t error, unit = 0;
    struct media_changer *changer = new_changer(&iscsi_changer_kind, location, message, size, &error);

    if (!changer) return error;
    snprintf(url, sizeof(url), "iscsi:%s", changer->location.device);
    error = scsi_iscsi_open(url, changer->location.initiator, changer->location.timeout_s * 1000, &transport, &unit,
                            message, size);
    if (!error) error = start(changer, transport, unit, message, size);
    if (error)
        changer_close(&changer->base);
    else
        *opened = &changer->base;
    return error;
}

/* ---- Describing ---- */

/* By the first drive that is known, else by the bar code of a cartridge, whose last characters say it for LTO. */
static void describe_media(const struct media_changer *changer, struct changer_description *description)
{
    const struct scsi_inquiry *inquiry = NULL;

    for (uint32_t i = 0; i < changer->ranges[CHANGER_DRIVE].count && !inquiry; i++)
        if (changer->drives[i].device.transport) inquiry = &changer->drives[i].device.inquiry;
    description->sides = 1;
    description->rw = 1; /* NTMS_MEDIARW_REWRITABLE */
    description->device_type = FILE_DEVICE_TAPE;
    strcpy(description->media_type_name, "Tape");
    if (inquiry && inquiry->type != SCSI_TAPE)
    {
        description->device_type = inquiry->type == SCSI_CD ? FILE_DEVICE_CD : FILE_DEVICE_DISK;
        description->sides = changer->rotates ? 2 : 1;
        description->media_type = inquiry->type == SCSI_CD ? 51 /* CD_ROM */ : 59 /* MO_5_RW */;
        description->rw = inquiry->type == SCSI_CD ? 0 : 1;
        strcpy(description->media_type_name, inquiry->type == SCSI_CD ? "CD or DVD" : "Optical");
        return;
    }
    if (inquiry) tape_media_of(inquiry->product, description);
}

static uint32_t changer_describe(struct changer *base, struct changer_description *description)
{
    const struct media_changer *changer = changer_of(base);
    const struct scsi_inquiry *inquiry = &changer->device.inquiry;

    memset(description, 0, sizeof(*description));
    strcpy(description->vendor, inquiry->vendor);
    strcpy(description->product, inquiry->product);
    strcpy(description->revision, inquiry->revision);
    snprintf(description->serial, sizeof(description->serial), "%.*s", CHANGER_TEXT - 1, changer->device.serial);
    if (base->kind == &sg_changer_kind)
        snprintf(description->device, sizeof(description->device), "%.*s", 60, changer->location.device);
    else
        snprintf(description->device, sizeof(description->device), "iSCSI unit %u", changer->device.unit);
    description->port = changer->node.host;
    description->bus = changer->node.channel;
    description->target = changer->node.target;
    description->lun = base->kind == &sg_changer_kind ? changer->node.lun : (uint16_t)changer->device.unit;
    for (int type = 0; type < CHANGER_ELEMENT_TYPES; type++)
        description->elements[type] = changer->ranges[type].count;
    description->doors = changer->lockable;
    description->barcode_reader = changer->has_tags;
    describe_media(changer, description);
    description->can_clean = description->device_type == FILE_DEVICE_TAPE;
    return 0;
}

static uint32_t changer_describe_drive(struct changer *base, uint32_t index, struct changer_drive *description)
{
    const struct media_changer *changer = changer_of(base);
    const struct tape_drive *drive;

    memset(description, 0, sizeof(*description));
    if (index >= changer->ranges[CHANGER_DRIVE].count) return ERROR_INVALID_DRIVE;
    drive = &changer->drives[index];
    description->port = drive->port;
    description->bus = drive->bus;
    description->target = drive->target;
    description->lun = drive->lun;
    if (!drive->device.transport)
    {
        strcpy(description->vendor, changer->device.inquiry.vendor);
        strcpy(description->product, "Unknown drive");
        return 0;
    }
    strcpy(description->vendor, drive->device.inquiry.vendor);
    strcpy(description->product, drive->device.inquiry.product);
    strcpy(description->revision, drive->device.inquiry.revision);
    snprintf(description->serial, sizeof(description->serial), "%.*s", CHANGER_TEXT - 1, drive->device.serial);
    strcpy(description->device, drive->node);
    return 0;
}

/* ---- What is where ---- */

static uint32_t initialize_status(struct media_changer *changer)
{
    static const uint8_t cdb[6] = {0x07};
    uint32_t error = scsi_device_simple(&changer->device, cdb, 6, INITIALIZE_MS, SCSI_REPEAT, READY_MS);

    return error == ERROR_NOT_SUPPORTED ? 0 : error;
}

static uint32_t changer_inventory(struct changer *base, enum changer_element_type type, bool scan,
                                  struct changer_content *contents)
{
    struct media_changer *changer = changer_of(base);
    uint32_t error = scan ? initialize_status(changer) : scsi_device_ready(&changer->device, READY_MS);

    if (error) return error;
    if (changer->device.changed) changer->told = 0;
    changer->device.changed = false;
    error = changer_elements_read(changer, type, contents);
    if (error) return error;
    memcpy(changer->known[type], contents, changer->ranges[type].count * sizeof(*contents));
    changer->told |= 1u << type;
    return 0;
}

/* ---- Moving ---- */

static bool in_range(const struct media_changer *changer, struct changer_element element)
{
    return element.type < CHANGER_ELEMENT_TYPES && element.index < changer->ranges[element.type].count;
}

static uint16_t address_of(const struct media_changer *changer, struct changer_element element)
{
    return (uint16_t)(changer->ranges[element.type].first + element.index);
}

static void put16(uint8_t *data, uint16_t value)
{
    data[0] = (uint8_t)(value >> 8);
    data[1] = (uint8_t)value;
}

/* Has a command move media, as long as they are where the engine was told. */
static uint32_t run_move(struct media_changer *changer, const uint8_t cdb[12])
{
    uint32_t error = 0;

    if (changer->device.changed || changer->told != ALL_TOLD) error = changer_elements_verify(changer);
    if (!error) error = scsi_device_simple(&changer->device, cdb, 12, MOVE_MS, SCSI_IF_UNCHANGED, READY_MS);
    if (error == ERROR_MEDIA_CHANGED && changer->device.changed)
    {
        /* Somebody has been at it, or it was switched off and on: perhaps nothing of it matters. */
        error = changer_elements_verify(changer);
        if (!error) error = scsi_device_simple(&changer->device, cdb, 12, MOVE_MS, SCSI_IF_UNCHANGED, READY_MS);
    }
    switch (error)
    {
    case 0:
    case ERROR_EMPTY:
    case ERROR_NOT_EMPTY:
    case ERROR_NOT_SUPPORTED:
    case ERROR_ILLEGAL_ELEMENT_ADDRESS:
        return error;
    default:
        changer->device.changed = true; /* what it has done is not known */
        return error;
    }
}

static uint32_t changer_move(struct changer *base, struct changer_element from, struct changer_element to, bool flip)
{
    struct media_changer *changer = changer_of(base);
    struct changer_content *source, *target;
    uint8_t cdb[12] = {0xa5};
    uint32_t error;

    if (!in_range(changer, from) || !in_range(changer, to)) return ERROR_INVALID_PARAMETER;
    if (flip && !changer->rotates) return ERROR_NOT_SUPPORTED;
    put16(cdb + 2, changer->picker);
    put16(cdb + 4, address_of(changer, from));
    put16(cdb + 6, address_of(changer, to));
    cdb[10] = flip;
    error = run_move(changer, cdb);
    if (error) return error;
    source = &changer->known[from.type][from.index];
    target = &changer->known[to.type][to.index];
    *target = *source;
    target->has_source = from.type == CHANGER_SLOT;
    target->source = from.index;
    memset(source, 0, sizeof(*source));
    source->readable = true;
    return 0;
}

static uint32_t changer_door(struct changer *base, bool unlock)
{
    struct media_changer *changer = changer_of(base);

    return changer->lockable ? set_lock(changer, !unlock) : ERROR_NOT_SUPPORTED;
}

/* ---- Drives ---- */

static struct tape_drive *drive_of(struct changer *base, uint32_t index)
{
    struct media_changer *changer = changer_of(base);

    return index < changer->ranges[CHANGER_DRIVE].count ? &changer->drives[index] : NULL;
}

static uint32_t changer_load(struct changer *base, uint32_t index, uint32_t side)
{
    struct tape_drive *drive = drive_of(base, index);

    (void)side; /* it was turned over on the way */
    if (!drive) return ERROR_INVALID_DRIVE;
    return tape_drive_load(drive, changer_of(base)->known[CHANGER_DRIVE][index].cleaner);
}

static uint32_t changer_unload(struct changer *base, uint32_t index)
{
    struct tape_drive *drive = drive_of(base, index);

    return drive ? tape_drive_unload(drive) : ERROR_INVALID_DRIVE;
}

static uint32_t changer_identify(struct changer *base, uint32_t index, uint32_t side, struct media_label *label)
{
    struct tape_drive *drive = drive_of(base, index);

    (void)side;
    return drive ? tape_drive_identify(drive, label) : ERROR_INVALID_DRIVE;
}

static uint32_t changer_write_label(struct changer *base, uint32_t index, uint32_t side,
                                    const struct media_label *label)
{
    struct tape_drive *drive = drive_of(base, index);

    (void)side;
    return drive ? tape_drive_write_label(drive, label) : ERROR_INVALID_DRIVE;
}

static uint32_t changer_path(struct changer *base, uint32_t index, char path[CHANGER_PATH])
{
    const struct tape_drive *drive = drive_of(base, index);

    path[0] = 0;
    if (!drive) return ERROR_INVALID_DRIVE;
    strcpy(path, drive->node);
    return 0;
}

static uint32_t changer_needs_cleaning(struct changer *base, uint32_t index, bool *needed)
{
    struct tape_drive *drive = drive_of(base, index);

    *needed = drive && tape_drive_wants_cleaning(drive);
    return drive ? 0 : ERROR_INVALID_DRIVE;
}

#define COMMON                                                                                                         \
    .close = changer_close, .describe = changer_describe, .describe_drive = changer_describe_drive,                    \
    .inventory = changer_inventory, .move = changer_move, .door = changer_door, .load = changer_load,                  \
    .unload = changer_unload, .identify = changer_identify, .write_label = changer_write_label, .path = changer_path,  \
    .needs_cleaning = changer_needs_cleaning

const struct changer_kind sg_changer_kind = {.scheme = "sg", .open = sg_open, COMMON};
const struct changer_kind iscsi_changer_kind = {.scheme = "iscsi", .open = iscsi_open, COMMON};
