/*
 * Which medium a medium is, by the labels on its sides ("RSM Media Identification and Naming").
 *
 * What is in the database is what the medium that has been there said of itself. A label that says something else is
 * either another medium's (two were exchanged by hand), or the same medium's, over whose label an application has
 * written. A bar code decides that; where there is none, the label that was to be found there does.
 */
#include "rsm/engine.h"
#include "rsm/media_label.h"

/* A side as the database has it, and what is read on it. */
enum agreement
{
    AGREES,    /* that label, or nothing to compare */
    REWRITTEN, /* the same medium with another label */
    ANOTHER    /* another medium */
};

static bool is_read_only(struct rsm *rsm, const struct guid *medium)
{
    return db_number(&rsm->db, "SELECT rw=? FROM media_type WHERE id=(SELECT media_type FROM medium WHERE id=?)", "ig",
                     (long long)NTMS_MEDIARW_READONLY, medium);
}

/* Another medium with that label; offline, or also in a slot of any library. None among read-only media: copies of one
 * disc have the same label ("On-media Identifiers"). */
static struct guid medium_by_label(struct rsm *rsm, const struct guid *but, const struct media_label *label,
                                   bool in_slots)
{
    struct guid none = {{0}};

    if (!label->id_size || (in_slots && is_read_only(rsm, but))) return none;
    return db_id(&rsm->db,
                 "SELECT m.id FROM side s JOIN medium m ON m.id=s.medium WHERE s.label_id=? AND m.id<>? AND "
                 "(m.place_type=? OR (? AND m.place_type=? AND m.state=?)) ORDER BY m.place_type LIMIT 1",
                 "bgiiii", label->id, (size_t)label->id_size, but, (long long)NTMS_LIBRARY, (long long)in_slots,
                 (long long)NTMS_STORAGESLOT, (long long)NTMS_MEDIASTATE_IDLE);
}

static enum agreement compare(struct rsm *rsm, const struct guid *medium, uint32_t number,
                              const struct media_label *label)
{
    sqlite3_stmt *query = db_query(&rsm->db,
                                   "SELECT s.state, s.label_type, LENGTH(s.label_id), IFNULL(s.label_id=?, 0), "
                                   "s.allocations, m.barcode<>'' FROM side s JOIN medium m ON m.id=s.medium WHERE "
                                   "s.medium=? AND s.number=?",
                                   "bgi", label->id, (size_t)label->id_size, medium, (long long)number);
    bool noted = false, equal = false, was_free = false, has_barcode = false, used = false;
    long long state = NTMS_PARTSTATE_UNKNOWN;
    struct guid other;

    if (db_row(&rsm->db, query))
    {
        state = db_int(query, 0);
        was_free = !strcmp(db_text(query, 1), MEDIA_LABEL_FREE_TYPE);
        noted = db_int(query, 2) > 0;
        equal = db_int(query, 3) != 0;
        used = db_int(query, 4) > 0;
        has_barcode = db_int(query, 5) != 0;
    }
    db_done(&rsm->db, query);
    if (noted ? equal : !label->id_size) return AGREES;
    if (has_barcode) return REWRITTEN;
    other = medium_by_label(rsm, medium, label, true);
    if (!guid_is_null(&other)) return ANOTHER;
    if (!noted || state == NTMS_PARTSTATE_UNPREPARED) return REWRITTEN;
    /* Over a free label the application writes its own. */
    return was_free && (used || state == NTMS_PARTSTATE_ALLOCATED) ? REWRITTEN : ANOTHER;
}

static void note_label(struct rsm *rsm, const struct guid *medium, uint32_t side, const struct media_label *label)
{
    db_run(&rsm->db, "UPDATE side SET label_id=?, label_type=?, label_info=? WHERE medium=? AND number=?", "bttgi",
           label->id, (size_t)label->id_size, label->type, label->info, medium, (long long)side);
}

/* ---- One medium for another ---- */

/* A medium that was taken for a new one is one that the database knows. Where that one was thought to be is something
 * that has to be looked at. */
static void become(struct rsm *rsm, struct guid *fresh, const struct guid *old)
{
    struct guid place = db_id(&rsm->db, "SELECT place FROM medium WHERE id=?", "g", fresh);
    struct guid library = db_id(&rsm->db, "SELECT library FROM medium WHERE id=?", "g", fresh);
    struct guid home = db_id(&rsm->db, "SELECT home FROM medium WHERE id=?", "g", fresh);
    struct guid left = db_id(&rsm->db, "SELECT place FROM medium WHERE id=? AND place_type=16", "g", old);
    struct guid left_library = db_id(&rsm->db, "SELECT library FROM medium WHERE id=?", "g", old);
    uint32_t type = (uint32_t)db_number(&rsm->db, "SELECT place_type FROM medium WHERE id=?", "g", fresh);
    struct library *there = library_find(rsm, &left_library);

    db_run(&rsm->db, "UPDATE libreq SET medium=? WHERE medium=?", "gg", old, fresh);
    db_run(&rsm->db,
           "UPDATE medium SET barcode=(SELECT barcode FROM medium WHERE id=?1), barcode_state=(SELECT barcode_state "
           "FROM medium WHERE id=?1) WHERE id=?2",
           "gg", fresh, old);
    db_run(&rsm->db, "UPDATE medium SET place=NULL, place_type=0 WHERE id=?", "g", fresh);
    medium_delete(rsm, fresh);
    medium_place(rsm, old, &library, &place, type);
    db_run(&rsm->db, "UPDATE medium SET home=?, state=? WHERE id=?", "gig", &home, (long long)NTMS_MEDIASTATE_INUSE,
           old);
    *fresh = *old;
    if (!guid_is_null(&left) && there)
    {
        const struct changer_content unknown = {.full = true, .readable = true};
        struct guid medium = medium_new(rsm, there, &unknown);

        medium_place(rsm, &medium, &left_library, &left, NTMS_STORAGESLOT);
        identify_queue(rsm, there, &medium);
    }
}

/* What is in the drive is not that medium. It is put to the offline library ("not in any library"), until it is found;
 * a new one takes its place, and its request. */
static void replace(struct rsm *rsm, struct library *library, struct guid *medium)
{
    const struct changer_content unknown = {.full = true, .readable = true};
    struct guid place = db_id(&rsm->db, "SELECT place FROM medium WHERE id=?", "g", medium);
    struct guid home = db_id(&rsm->db, "SELECT home FROM medium WHERE id=?", "g", medium);
    uint32_t type = (uint32_t)db_number(&rsm->db, "SELECT place_type FROM medium WHERE id=?", "g", medium);
    struct guid fresh = medium_new(rsm, library, &unknown);

    rsm_log(rsm, "a medium has another label than it had: it is taken for another medium");
    db_run(&rsm->db, "UPDATE libreq SET medium=? WHERE medium=? AND state=?", "ggi", &fresh, medium,
           (long long)NTMS_LM_INPROCESS);
    db_run(&rsm->db, "UPDATE medium SET place=NULL, place_type=0 WHERE id=?", "g", medium);
    medium_goes_offline(rsm, medium);
    medium_place(rsm, &fresh, &library->id, &place, type);
    db_run(&rsm->db, "UPDATE medium SET home=?, state=? WHERE id=?", "gig", &home, (long long)NTMS_MEDIASTATE_INUSE,
           &fresh);
    *medium = fresh;
}

/* ---- What a medium is ---- */

static void set_states(struct rsm *rsm, const struct guid *medium, uint32_t side, uint32_t state)
{
    db_run(&rsm->db, "UPDATE side SET state=? WHERE medium=? AND number=?", "igi", (long long)state, medium,
           (long long)side);
}

/* Puts a medium that nobody has claimed into the import or the unrecognized pool, by its labels. */
static void classify(struct rsm *rsm, const struct guid *medium, const struct media_label *labels, uint32_t sides)
{
    struct guid type = db_id(&rsm->db, "SELECT media_type FROM medium WHERE id=?", "g", medium), pool;
    bool known = false;

    for (uint32_t i = 0; i < sides; i++)
    {
        bool mine = labels[i].kind == LABEL_KNOWN || labels[i].kind == LABEL_FREE;

        known = known || mine;
        note_label(rsm, medium, i, &labels[i]);
        set_states(rsm, medium, i, mine ? NTMS_PARTSTATE_IMPORT : NTMS_PARTSTATE_FOREIGN);
    }
    pool = system_pool(rsm, known ? &rsm->import_pool : &rsm->unrecognized, &type);
    db_run(&rsm->db, "UPDATE medium SET pool=? WHERE id=?", "gg", &pool, medium);
    if (sides == 1 && labels[0].info[0])
        db_run(&rsm->db, "UPDATE object SET name=?2 WHERE id=?1 AND (SELECT barcode FROM medium WHERE id=?1)=''", "gt",
               medium, labels[0].info);
}

/* Whether a side is somebody's, or the free pool's, with what is on it. */
static bool is_claimed(struct rsm *rsm, const struct guid *medium, uint32_t side, enum agreement agreement)
{
    long long state =
        db_number(&rsm->db, "SELECT state FROM side WHERE medium=? AND number=?", "gi", medium, (long long)side);
    bool used = db_number(&rsm->db, "SELECT allocations>0 FROM side WHERE medium=? AND number=?", "gi", medium,
                          (long long)side);

    return state == NTMS_PARTSTATE_ALLOCATED || state == NTMS_PARTSTATE_COMPLETE ||
           state == NTMS_PARTSTATE_DECOMMISSIONED || state == NTMS_PARTSTATE_RESERVED ||
           state == NTMS_PARTSTATE_UNPREPARED || (state == NTMS_PARTSTATE_AVAILABLE && (agreement == AGREES || used));
}

static void apply_labels(struct rsm *rsm, struct library *library, struct guid *medium,
                         const struct media_label *labels, uint32_t sides)
{
    bool fresh = !db_number(&rsm->db, "SELECT identified FROM medium WHERE id=?", "g", medium);
    struct guid other = medium_by_label(rsm, medium, &labels[0], false);
    bool unclaimed = true;

    for (uint32_t i = 0; i < sides && !fresh; i++)
        if (compare(rsm, medium, i, &labels[i]) == ANOTHER)
        {
            other = medium_by_label(rsm, medium, &labels[i], true);
            replace(rsm, library, medium);
            fresh = true;
        }
    if (fresh && !guid_is_null(&other)) become(rsm, medium, &other);
    for (uint32_t i = 0; i < sides; i++)
    {
        enum agreement agreement = compare(rsm, medium, i, &labels[i]);

        if (!is_claimed(rsm, medium, i, agreement)) continue;
        unclaimed = false;
        if (agreement == REWRITTEN && labels[i].kind == LABEL_KNOWN) note_label(rsm, medium, i, &labels[i]);
    }
    if (unclaimed) classify(rsm, medium, labels, sides);
    db_run(&rsm->db, "UPDATE medium SET identified=1 WHERE id=?", "g", medium);
    rsm_event(rsm, NTMS_PHYSICAL_MEDIA, NTMS_OBJ_UPDATE, medium);
}

/* "The media has been found to be and marked as incompatible with the drive." */
static void mark_incompatible(struct rsm *rsm, const struct guid *medium)
{
    struct guid type = db_id(&rsm->db, "SELECT media_type FROM medium WHERE id=?", "g", medium);
    struct guid pool = system_pool(rsm, &rsm->unrecognized, &type);

    if (db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM side WHERE medium=? AND logical IS NOT NULL)", "g", medium))
        return;
    db_run(&rsm->db, "UPDATE side SET state=? WHERE medium=?", "ig", (long long)NTMS_PARTSTATE_INCOMPATIBLE, medium);
    db_run(&rsm->db, "UPDATE medium SET identified=1, pool=? WHERE id=?", "gg", &pool, medium);
    rsm_event(rsm, NTMS_PHYSICAL_MEDIA, NTMS_OBJ_UPDATE, medium);
}

uint32_t identify_run(struct library *library, struct guid *medium, uint32_t drive)
{
    struct media_label labels[2] = {{0}};
    uint32_t sides = library->description.sides < 2 ? 1 : 2, error = 0, result;
    struct guid identified = *medium;

    for (uint32_t i = 0; i < sides && !error; i++)
    {
        error = library->changer->kind->load(library->changer, drive, i);
        if (!error) error = library->changer->kind->identify(library->changer, drive, i, &labels[i]);
    }
    if (error && error != ERROR_UNRECOGNIZED_MEDIA) return error;
    rsm_begin(library->rsm);
    if (error)
        mark_incompatible(library->rsm, &identified);
    else
        apply_labels(library->rsm, library, &identified, labels, sides);
    result = rsm_end(library->rsm, 0);
    if (!result) *medium = identified;
    return result;
}

/* ---- Mounting ---- */

uint32_t verify_label(struct library *library, const struct libreq *request, uint32_t drive, uint32_t side)
{
    struct rsm *rsm = library->rsm;
    struct media_label label;
    uint32_t error = library->changer->kind->identify(library->changer, drive, side, &label);
    enum agreement agreement;
    bool claimed;

    if (error == ERROR_NOT_SUPPORTED) return 0;
    if (error) return error;
    rsm_look(rsm);
    agreement = compare(rsm, &request->medium, side, &label);
    claimed = is_claimed(rsm, &request->medium, side, agreement);
    if (db_number(&rsm->db, "SELECT state<>? FROM side WHERE id=?", "ig", (long long)NTMS_PARTSTATE_AVAILABLE,
                  &request->side))
        claimed = true; /* Import and unrecognized media are mounted as they are. */
    error = rsm_looked(rsm);
    if (error) return error;
    if (agreement == ANOTHER || !claimed) return ERROR_INVALID_STATE;
    if (agreement == AGREES || label.kind != LABEL_KNOWN) return 0;
    rsm_begin(rsm);
    note_label(rsm, &request->medium, side, &label);
    return rsm_end(rsm, 0);
}

void recover_library(struct library *library)
{
    struct libreq request = {.op = NTMS_LM_INVENTORY, .option = NTMS_INVENTORY_OMID, .library = library->id};
    struct rsm *rsm = library->rsm;

    rsm_begin(rsm);
    if (db_number(&rsm->db,
                  "SELECT recovery AND NOT EXISTS(SELECT 1 FROM libreq WHERE libreq.library=library.id AND op=? AND "
                  "state IN (0, 1)) FROM library WHERE id=?",
                  "ig", (long long)NTMS_LM_INVENTORY, &library->id))
        libreq_add(rsm, NULL, &request);
    rsm_end(rsm, 0);
}
