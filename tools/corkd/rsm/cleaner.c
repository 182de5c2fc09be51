/* A library's cleaning medium: where it is, how often it can still be used, and which drives want it. */
#include "rsm/engine.h"

/* ---- The medium ---- */

struct guid cleaner_of(struct rsm *rsm, const struct guid *library)
{
    return db_id(&rsm->db,
                 "SELECT m.id FROM library l JOIN medium m ON m.place=l.cleaner_slot AND m.place_type=16 JOIN object o "
                 "ON o.id=m.id WHERE l.id=? AND m.cleaner AND o.enabled AND (l.cleaner_uses>0 OR l.flags&8)",
                 "g", library);
}

/* "NTMS_LIBRARYFLAG_IGNORECLEANERUSESREMAINING ... is set if dwCleanerUsesRemaining is 0xFFFFFFFF, and cleared
 * otherwise." */
void cleaner_found(struct rsm *rsm, const struct guid *library, const struct guid *slot, const struct guid *medium,
                   uint32_t uses)
{
    db_run(&rsm->db, "UPDATE medium SET cleaner=1 WHERE id=?", "g", medium);
    db_run(&rsm->db,
           "UPDATE library SET cleaner_slot=?1, cleaner_uses=?2, flags=CASE ?2 WHEN 4294967295 THEN flags|8 ELSE "
           "flags&~8 END|2 WHERE id=?3",
           "gig", slot, (long long)uses, library);
    object_touch(rsm, library);
}

void cleaner_gone(struct rsm *rsm, const struct guid *library)
{
    db_run(&rsm->db, "UPDATE library SET cleaner_uses=0, flags=flags&~10 WHERE id=?", "g", library);
    object_touch(rsm, library);
}

void cleaner_used(struct rsm *rsm, const struct guid *library, const struct guid *drive)
{
    db_run(&rsm->db, "UPDATE drive SET cleaned=? WHERE id=?", "ig", (long long)filetime_now(), drive);
    db_run(&rsm->db, "UPDATE library SET cleaner_uses=cleaner_uses-1 WHERE id=? AND cleaner_uses>0 AND NOT flags&8",
           "g", library);
    object_touch(rsm, library);
}

/* ---- Drives that want it ---- */

void cleaning_wanted(struct rsm *rsm, const struct guid *library, const struct guid *drive)
{
    struct libreq request = {.op = NTMS_LM_CLEANDRIVE, .library = *library, .drive = *drive};

    if (db_number(&rsm->db,
                  "SELECT EXISTS(SELECT 1 FROM libreq WHERE library=? AND drive=? AND op=15 AND state IN "
                  "(0, 1, 5))",
                  "gg", library, drive))
        return;
    libreq_add(rsm, NULL, &request);
}

static void ask_for_cleaner(struct rsm *rsm, const struct guid *request, const struct guid *drive,
                            const struct guid *library)
{
    struct guid opreq =
        opreq_add(rsm, NULL, NTMS_OPREQ_CLEANER,
                  "A drive has to be cleaned, and its library has no cleaner that can be used.", drive, library);

    db_run(&rsm->db, "UPDATE libreq SET opreq=? WHERE id=?", "gg", &opreq, request);
}

/* What is under way may show the cleaner that an operator says is there. */
static bool is_looked_for(struct rsm *rsm, const struct guid *library)
{
    return db_number(&rsm->db,
                     "SELECT EXISTS(SELECT 1 FROM libreq WHERE library=? AND op IN (8, 9, 13) AND state IN "
                     "(0, 1))",
                     "g", library);
}

/* What an operator has said to a cleaning that has no cleaner. A drive that a library cannot clean is cleaned by hand
 * when he says so. */
static void hear_operator(struct rsm *rsm, const struct libreq *request, const struct guid *opreq)
{
    long long state = db_number(&rsm->db, "SELECT state FROM opreq WHERE id=?", "g", opreq);
    bool by_hand = !db_number(&rsm->db, "SELECT cleaning FROM library WHERE id=?", "g", &request->library);

    if (state == NTMS_OPSTATE_COMPLETE && by_hand)
    {
        db_run(&rsm->db, "UPDATE drive SET cleaned=? WHERE id=?", "ig", (long long)filetime_now(), &request->drive);
        libreq_state(rsm, &request->id, NTMS_LM_PASSED, 0);
    }
    else if (state == NTMS_OPSTATE_REFUSED || !state)
        libreq_state(rsm, &request->id, NTMS_LM_FAILED, ERROR_REQUEST_REFUSED);
    else if (state == NTMS_OPSTATE_COMPLETE && !is_looked_for(rsm, &request->library))
        ask_for_cleaner(rsm, &request->id, &request->drive, &request->library);
}

void cleanings_wait(struct rsm *rsm)
{
    sqlite3_stmt *query = db_query(&rsm->db, "SELECT id, opreq FROM libreq WHERE state=5 AND op=15", "");

    while (db_row(&rsm->db, query))
    {
        struct guid id = db_guid(query, 0), opreq = db_guid(query, 1), cleaner;
        struct libreq request;

        if (!libreq_read(rsm, &id, &request)) continue;
        cleaner = cleaner_of(rsm, &request.library);
        if (!guid_is_null(&cleaner))
        {
            db_run(&rsm->db, "UPDATE libreq SET opreq=NULL WHERE id=?", "g", &id);
            libreq_state(rsm, &id, NTMS_LM_QUEUED, 0);
            opreq_end(rsm, &opreq, NTMS_OPSTATE_COMPLETE);
        }
        else if (guid_is_null(&opreq))
            ask_for_cleaner(rsm, &id, &request.drive, &request.library);
        else
            hear_operator(rsm, &request, &opreq);
    }
    db_done(&rsm->db, query);
}
