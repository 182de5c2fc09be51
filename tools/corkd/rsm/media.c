/* Physical media, their sides and places. */
#include "rsm/engine.h"

#include <stdio.h>

bool media_side(struct rsm *rsm, const struct guid *media, struct guid *side, struct guid *medium)
{
    *side = *media;
    *medium = db_id(&rsm->db, "SELECT medium FROM side WHERE id=?", "g", side);
    if (!guid_is_null(medium)) return true;
    *side = db_id(&rsm->db, "SELECT id, MIN(number) FROM side WHERE logical=?", "g", media);
    *medium = db_id(&rsm->db, "SELECT medium FROM side WHERE id=?", "g", side);
    return !guid_is_null(side);
}

bool medium_in_use(struct rsm *rsm, const struct guid *medium)
{
    return db_number(&rsm->db, "SELECT state IN (?, ?, ?) FROM medium WHERE id=?", "iiig",
                     (long long)NTMS_MEDIASTATE_INUSE, (long long)NTMS_MEDIASTATE_MOUNTED,
                     (long long)NTMS_MEDIASTATE_LOADED, medium);
}

void medium_sequence(struct rsm *rsm, char sequence[NTMS_SEQUENCE_LENGTH])
{
    db_run(&rsm->db,
           "INSERT INTO system(name, number) VALUES('sequence', 1) ON CONFLICT(name) DO UPDATE SET number=number+1",
           "");
    snprintf(sequence, NTMS_SEQUENCE_LENGTH, "%lld",
             db_number(&rsm->db, "SELECT number FROM system WHERE name='sequence'", ""));
}

void side_state(struct rsm *rsm, const struct guid *side, uint32_t state)
{
    db_run(&rsm->db, "UPDATE side SET state=? WHERE id=?", "ig", (long long)state, side);
    object_touch(rsm, side);
}

/* An element's own state follows the media. */
static void element_state(struct rsm *rsm, const struct guid *element, bool full)
{
    db_run(&rsm->db, "UPDATE slot SET state=? WHERE id=?", "ig",
           (long long)(full ? NTMS_SLOTSTATE_FULL : NTMS_SLOTSTATE_EMPTY), element);
    db_run(&rsm->db, "UPDATE port SET content=? WHERE id=?", "ig",
           (long long)(full ? NTMS_PORTCONTENT_FULL : NTMS_PORTCONTENT_EMPTY), element);
    if (!full) db_run(&rsm->db, "UPDATE drive SET state=0 WHERE id=?", "g", element);
}

void medium_place(struct rsm *rsm, const struct guid *medium, const struct guid *library, const struct guid *place,
                  uint32_t place_type)
{
    struct guid old = db_id(&rsm->db, "SELECT place FROM medium WHERE id=?", "g", medium);

    element_state(rsm, &old, false);
    /* In a drive it is "mounted" until it is ready ("loaded"); out of one it is none of what it was there. */
    db_run(&rsm->db,
           "UPDATE medium SET library=?1, place=?2, place_type=?3, mounted=NULL, state=CASE WHEN ?3=?4 THEN ?5"
           " WHEN state=?5 OR state=?6 OR state=?7 THEN ?8 ELSE state END WHERE id=?9",
           "ggiiiiiig", library, place, (long long)place_type, (long long)NTMS_DRIVE,
           (long long)NTMS_MEDIASTATE_MOUNTED, (long long)NTMS_MEDIASTATE_LOADED, (long long)NTMS_MEDIASTATE_UNLOADED,
           (long long)NTMS_MEDIASTATE_IDLE, medium);
    if (place_type == NTMS_STORAGESLOT) db_run(&rsm->db, "UPDATE medium SET home=? WHERE id=?", "gg", place, medium);
    if (place_type == NTMS_LIBRARY) db_run(&rsm->db, "UPDATE medium SET home=NULL WHERE id=?", "g", medium);
    element_state(rsm, place, true);
    if (place_type == NTMS_DRIVE)
        db_run(&rsm->db, "UPDATE drive SET state=? WHERE id=? AND state=0", "ig", (long long)NTMS_DRIVESTATE_MOUNTED,
               place);
    rsm_event(rsm, NTMS_PHYSICAL_MEDIA, NTMS_OBJ_UPDATE, medium);
}

void medium_delete(struct rsm *rsm, const struct guid *medium)
{
    sqlite3_stmt *query = db_query(&rsm->db, "SELECT id, logical FROM side WHERE medium=?", "g", medium);
    struct guid sides[8], logical[8], place = db_id(&rsm->db, "SELECT place FROM medium WHERE id=?", "g", medium);
    size_t count = 0;

    while (count < 8 && db_row(&rsm->db, query))
    {
        sides[count] = db_guid(query, 0);
        logical[count++] = db_guid(query, 1);
    }
    db_done(&rsm->db, query);
    for (size_t i = 0; i < count; i++)
    {
        object_delete(rsm, &sides[i]);
        object_delete(rsm, &logical[i]);
    }
    object_delete(rsm, medium);
    element_state(rsm, &place, false);
}

void medium_goes_offline(struct rsm *rsm, const struct guid *medium)
{
    struct guid pool = db_id(&rsm->db, "SELECT pool FROM medium WHERE id=?", "g", medium);
    uint32_t type = pool_type(rsm, &pool);
    long long policy = db_number(&rsm->db, "SELECT pool_policy FROM computer WHERE id=?", "g", &rsm->computer);
    bool forget = type == NTMS_POOLTYPE_FOREIGN ||
                  (type == NTMS_POOLTYPE_IMPORT && !(policy & NTMS_POOLPOLICY_KEEPOFFLINEIMPORT)) ||
                  (type == NTMS_POOLTYPE_SCRATCH && policy & NTMS_POOLPOLICY_PURGEOFFLINESCRATCH) ||
                  db_number(&rsm->db, "SELECT cleaner FROM medium WHERE id=?", "g", medium);

    if (forget)
    {
        medium_delete(rsm, medium);
        return;
    }
    medium_place(rsm, medium, &rsm->offline, &rsm->offline, NTMS_LIBRARY);
    db_run(&rsm->db, "UPDATE medium SET state=? WHERE id=?", "ig", (long long)NTMS_MEDIASTATE_IDLE, medium);
}
