/* Media: DecommissionNtmsMedia, SetNtmsMediaComplete, SwapNtmsMedia, DeleteNtmsMedia. */
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

/* The data of a logical medium are on another side from now on. [MS-RSMP] 3.2.5.2.2.5: ERROR_INVALID_STATE for a side
 * that is not allocated, ERROR_INVALID_MEDIA for media in use. "The specified LMIDs must be in the same media pool." */
uint32_t op_swap_media(struct operation *operation)
{
    struct rsm *rsm = operation->rsm;
    struct guid media[2], sides[2], mediums[2], pools[2];

    host_get_guid(operation->arguments, &media[0]);
    host_get_guid(operation->arguments, &media[1]);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (guid_equal(&media[0], &media[1])) return ERROR_INVALID_MEDIA;
    for (int i = 0; i < 2; i++)
    {
        if (object_type(rsm, &media[i]) != NTMS_LOGICAL_MEDIA || !media_side(rsm, &media[i], &sides[i], &mediums[i]) ||
            medium_in_use(rsm, &mediums[i]))
            return ERROR_INVALID_MEDIA;
        pools[i] = db_id(&rsm->db, "SELECT pool FROM medium WHERE id=?", "g", &mediums[i]);
    }
    if (!guid_equal(&pools[0], &pools[1])) return ERROR_INVALID_MEDIA_POOL;
    for (int i = 0; i < 2; i++)
        if (db_number(&rsm->db, "SELECT state FROM side WHERE id=?", "g", &sides[i]) != NTMS_PARTSTATE_ALLOCATED)
            return ERROR_INVALID_STATE;
    for (int i = 0; i < 2; i++)
    {
        db_run(&rsm->db, "UPDATE side SET logical=? WHERE id=?", "gg", &media[i], &sides[1 - i]);
        object_touch(rsm, &media[i]);
    }
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
