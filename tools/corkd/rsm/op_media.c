/* Media: DecommissionNtmsMedia, SetNtmsMediaComplete, SwapNtmsMedia, DeleteNtmsMedia, UpdateNtmsOmidInfo. */
#include "rsm/engine.h"

/* ---- States ---- */

uint32_t op_decommission(struct operation *operation)
{
    struct guid side;

    host_get_guid(operation->arguments, &side);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (object_type(operation->rsm, &side) != NTMS_PARTITION) return ERROR_INVALID_MEDIA;
    if (db_number(&operation->rsm->db, "SELECT state FROM side WHERE id=?", "g", &side) != NTMS_PARTSTATE_AVAILABLE)
        return ERROR_INVALID_STATE;
    side_state(operation->rsm, &side, NTMS_PARTSTATE_DECOMMISSIONED);
    return 0;
}

uint32_t op_set_complete(struct operation *operation)
{
    struct guid logical, side, medium;

    host_get_guid(operation->arguments, &logical);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (object_type(operation->rsm, &logical) != NTMS_LOGICAL_MEDIA ||
        !media_side(operation->rsm, &logical, &side, &medium))
        return ERROR_INVALID_MEDIA;
    if (db_number(&operation->rsm->db, "SELECT state FROM side WHERE id=?", "g", &side) != NTMS_PARTSTATE_ALLOCATED ||
        medium_in_use(operation->rsm, &medium))
        return ERROR_INVALID_STATE;
    side_state(operation->rsm, &side, NTMS_PARTSTATE_COMPLETE);
    return 0;
}

/* The data of a logical medium are on another side from now on. */
uint32_t op_swap_media(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct guid first, second, side1, side2, medium1, medium2;

    host_get_guid(operation->arguments, &first);
    host_get_guid(operation->arguments, &second);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (object_type(rsm, &first) != NTMS_LOGICAL_MEDIA || object_type(rsm, &second) != NTMS_LOGICAL_MEDIA ||
        guid_equal(&first, &second))
        return ERROR_INVALID_MEDIA;
    if (!media_side(rsm, &first, &side1, &medium1) || !media_side(rsm, &second, &side2, &medium2))
        return ERROR_INVALID_MEDIA;
    if (medium_in_use(rsm, &medium1) || medium_in_use(rsm, &medium2)) return ERROR_BUSY;
    db_run(&rsm->db, "UPDATE side SET logical=? WHERE id=?", "gg", &second, &side1);
    db_run(&rsm->db, "UPDATE side SET logical=? WHERE id=?", "gg", &first, &side2);
    db_run(&rsm->db,
           "UPDATE logical SET pool=(SELECT m.pool FROM side s JOIN medium m ON m.id=s.medium WHERE "
           "s.logical=logical.id) WHERE id IN (?, ?)",
           "gg", &first, &second);
    object_touch(rsm, &first);
    object_touch(rsm, &second);
    return 0;
}

uint32_t op_delete_media(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct guid medium;

    host_get_guid(operation->arguments, &medium);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (object_type(rsm, &medium) != NTMS_PHYSICAL_MEDIA) return ERROR_INVALID_MEDIA;
    if (!db_number(&rsm->db, "SELECT place_type=9 FROM medium WHERE id=?", "g", &medium)) return ERROR_INVALID_STATE;
    if (db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM side WHERE medium=? AND state IN (?, ?, ?))", "giii", &medium,
                  (long long)NTMS_PARTSTATE_ALLOCATED, (long long)NTMS_PARTSTATE_COMPLETE,
                  (long long)NTMS_PARTSTATE_RESERVED))
        return ERROR_INVALID_STATE;
    medium_delete(rsm, &medium);
    return 0;
}

uint32_t op_update_omid(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct guid media, side, medium;
    const uint8_t *label;
    uint32_t type;
    size_t size;

    host_get_guid(operation->arguments, &media);
    type = host_get_u32(operation->arguments);
    label = host_get_bytes(operation->arguments, &size);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (type != NTMS_OMID_TYPE_RAW_LABEL && type != NTMS_OMID_TYPE_FILESYSTEM_INFO) return ERROR_INVALID_PARAMETER;
    if (!media_side(rsm, &media, &side, &medium)) return ERROR_INVALID_MEDIA;
    if (!size) return ERROR_INVALID_PARAMETER;
    db_run(&rsm->db, "UPDATE side SET label_id=?, label_type=? WHERE id=?", "btg", label,
           size > LABEL_ID_MAX ? (size_t)LABEL_ID_MAX : size, type == NTMS_OMID_TYPE_RAW_LABEL ? "RAW" : "File system",
           &side);
    object_touch(rsm, &side);
    return 0;
}
