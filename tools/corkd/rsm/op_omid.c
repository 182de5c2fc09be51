/* UpdateNtmsOmidInfo: the label that an application has just written to a side of its own. */
#include "rsm/engine.h"

#include <stdio.h>

#include "rsm/media_label.h"

/* NTMS_FILESYSTEM_INFO */
enum
{
    TYPE_UNITS = 64,
    NAME_UNITS = 256,
    SERIAL_OFFSET = 2 * (TYPE_UNITS + NAME_UNITS),
    SERIAL_SIZE = 4,
};

/* Characters up to the first 0, as little-endian units. */
static bool read_text(const uint8_t *bytes, size_t units, char *text, size_t size)
{
    uint16_t read[NAME_UNITS];
    size_t count = 0;

    for (; count < units && (bytes[2 * count] || bytes[2 * count + 1]); count++)
        read[count] = (uint16_t)(bytes[2 * count] | bytes[2 * count + 1] << 8);
    return text_of_units(read, count, text, size);
}

/* What the database keeps of a label. */
struct omid
{
    char type[4 * TYPE_UNITS], info[4 * NAME_UNITS];
    uint8_t id[LABEL_ID_MAX];
    size_t id_size;
};

/* "RSM uses this file system info as the OMID": the serial number identifies it, as where a medium is read. */
static bool read_file_system(const uint8_t *bytes, size_t size, struct omid *omid)
{
    if (size < SERIAL_OFFSET + SERIAL_SIZE) return false;
    if (!read_text(bytes, TYPE_UNITS, omid->type, sizeof(omid->type)) || !omid->type[0]) return false;
    if (!read_text(bytes + 2 * (size_t)TYPE_UNITS, NAME_UNITS, omid->info, sizeof(omid->info))) return false;
    memcpy(omid->id, bytes + SERIAL_OFFSET, SERIAL_SIZE);
    omid->id_size = SERIAL_SIZE;
    return true;
}

/* "One of the installed MLLs must recognize a valid label in this data." */
static bool read_raw(const uint8_t *bytes, size_t size, struct omid *omid)
{
    struct media_label label;

    media_label_recognise(bytes, size, &label);
    if (label.kind != LABEL_KNOWN) return false;
    snprintf(omid->type, sizeof(omid->type), "%s", label.type);
    snprintf(omid->info, sizeof(omid->info), "%s", label.info);
    memcpy(omid->id, label.id, label.id_size);
    omid->id_size = label.id_size;
    return true;
}

static bool read_label(uint32_t type, const uint8_t *bytes, size_t size, struct omid *omid)
{
    memset(omid, 0, sizeof(*omid));
    if (type == NTMS_OMID_TYPE_FILESYSTEM_INFO) return read_file_system(bytes, size, omid);
    return type == NTMS_OMID_TYPE_RAW_LABEL && read_raw(bytes, size, omid);
}

uint32_t op_update_omid(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct guid media, side, medium;
    const uint8_t *bytes;
    struct omid omid;
    uint32_t type;
    size_t size;

    host_get_guid(operation->arguments, &media);
    type = host_get_u32(operation->arguments);
    bytes = host_get_bytes(operation->arguments, &size);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (!media_side(rsm, &media, &side, &medium)) return ERROR_INVALID_MEDIA;
    if (!read_label(type, bytes, size, &omid)) return ERROR_INVALID_PARAMETER;
    db_run(&rsm->db, "UPDATE side SET label_id=?, label_type=?, label_info=? WHERE id=?", "bttg", omid.id, omid.id_size,
           omid.type, omid.info, &side);
    object_touch(rsm, &side);
    return 0;
}
