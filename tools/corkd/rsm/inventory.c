/* What is where, by what the library says. */
#include "rsm/engine.h"

#include <stdio.h>
#include <stdlib.h>

struct known_medium
{
    struct guid id, place;
    char barcode[CHANGER_BARCODE];
    bool placed;
};

struct finding
{
    struct library *library;
    struct changer_content *contents[CHANGER_ELEMENT_TYPES];
    struct known_medium *known;
    size_t count;
    enum identify identify;
};

/* ---- Reading ---- */

static uint32_t read_contents(struct finding *finding, bool scan)
{
    struct library *library = finding->library;

    for (int type = 0; type < CHANGER_ELEMENT_TYPES; type++)
    {
        uint32_t count = library->description.elements[type], error;

        finding->contents[type] = calloc(count + 1, sizeof(struct changer_content));
        if (!finding->contents[type]) return ERROR_NOT_ENOUGH_MEMORY;
        error = library->changer->kind->inventory(library->changer, (enum changer_element_type)type,
                                                  scan && type == CHANGER_SLOT, finding->contents[type]);
        if (error) return error;
    }
    return 0;
}

static uint32_t read_known(struct rsm *rsm, struct finding *finding)
{
    size_t room =
        (size_t)db_number(&rsm->db, "SELECT COUNT(*) FROM medium WHERE library=?", "g", &finding->library->id);
    sqlite3_stmt *query;

    finding->known = calloc(room + 1, sizeof(*finding->known));
    if (!finding->known) return ERROR_NOT_ENOUGH_MEMORY;
    query = db_query(&rsm->db, "SELECT id, place, barcode FROM medium WHERE library=?", "g", &finding->library->id);
    while (finding->count < room && db_row(&rsm->db, query))
    {
        struct known_medium *known = &finding->known[finding->count++];

        known->id = db_guid(query, 0);
        known->place = db_guid(query, 1);
        snprintf(known->barcode, sizeof(known->barcode), "%s", db_text(query, 2));
    }
    db_done(&rsm->db, query);
    return 0;
}

/* ---- New media ---- */

struct guid medium_new(struct rsm *rsm, struct library *library, const struct changer_content *content)
{
    struct guid type =
        db_id(&rsm->db, "SELECT media_type FROM library_media_type WHERE library=? AND native=1", "g", &library->id);
    struct guid pool = system_pool(rsm, &rsm->unrecognized, &type), id;
    char sequence[NTMS_SEQUENCE_LENGTH];

    medium_sequence(rsm, sequence);
    id = object_new(rsm, NTMS_PHYSICAL_MEDIA, content->barcode[0] ? content->barcode : sequence, "");
    db_run(&rsm->db,
           "INSERT INTO medium(id, library, pool, place_type, media_type, barcode, barcode_state, sequence, state, "
           "cleaner)"
           " VALUES(?, ?, ?, 0, ?, ?, ?, ?, 0, ?)",
           "ggggtiti", &id, &library->id, &pool, &type, content->barcode,
           (long long)(content->barcode[0] ? NTMS_BARCODESTATE_OK : NTMS_BARCODESTATE_UNREADABLE), sequence,
           (long long)content->cleaner);
    for (uint32_t i = 0; i < library->description.sides; i++)
    {
        char name[NTMS_OBJECTNAME_LENGTH * 2];
        struct guid side;

        snprintf(name, sizeof(name), "%.55s%s", content->barcode[0] ? content->barcode : sequence,
                 library->description.sides == 1 ? ""
                 : i                             ? " (B)"
                                                 : " (A)");
        side = object_new(rsm, NTMS_PARTITION, name, "");
        db_run(&rsm->db, "INSERT INTO side(id, medium, state, number) VALUES(?, ?, ?, ?)", "ggii", &side, &id,
               (long long)NTMS_PARTSTATE_UNKNOWN, (long long)i);
    }
    return id;
}

void identify_queue(struct rsm *rsm, const struct library *library, const struct guid *medium)
{
    struct libreq request = {.op = NTMS_LM_PROCESSOMID, .library = library->id, .medium = *medium};

    if (db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM libreq WHERE medium=? AND op=? AND state IN (0, 1))", "gi",
                  medium, (long long)NTMS_LM_PROCESSOMID))
        return;
    request.side = db_id(&rsm->db, "SELECT id FROM side WHERE medium=? AND number=0", "g", medium);
    libreq_add(rsm, NULL, &request);
}

/* ---- Matching ---- */

/* Without a bar code it is the one that was there, or that was on its way there when the service ended. */
static struct known_medium *find_known(struct finding *finding, const struct guid *place, const char *barcode)
{
    struct library *library = finding->library;
    bool another = library->description.stand_alone && library->generation &&
                   finding->contents[CHANGER_DRIVE][0].generation != library->generation;
    struct known_medium *found = NULL;
    struct guid moved = {{0}};

    if (!barcode[0]) moved = db_id(&finding->library->rsm->db, "SELECT medium FROM move WHERE target=?", "g", place);
    for (size_t i = 0; i < finding->count; i++)
    {
        struct known_medium *known = &finding->known[i];

        if (known->placed || strcmp(known->barcode, barcode) || another) continue;
        if (guid_equal(&known->place, place)) return known;
        if (barcode[0] || guid_equal(&known->id, &moved)) found = known;
    }
    return found;
}

/* The medium that is in an element: one of this library's, one that was offline, or a new one. */
static struct guid medium_of(struct rsm *rsm, struct finding *finding, const struct guid *place,
                             const struct changer_content *content, bool *fresh)
{
    struct known_medium *known = find_known(finding, place, content->barcode);
    struct guid id = {{0}};

    *fresh = false;
    if (known)
    {
        known->placed = true;
        return known->id;
    }
    if (content->barcode[0])
        id = db_id(&rsm->db, "SELECT id FROM medium WHERE library=? AND barcode=? LIMIT 1", "gt", &rsm->offline,
                   content->barcode);
    if (!guid_is_null(&id)) return id;
    *fresh = true;
    return medium_new(rsm, finding->library, content);
}

static void settle_drive(struct rsm *rsm, struct library *library, const struct guid *drive, const struct guid *medium,
                         bool was_there)
{
    struct libreq dismount = {.op = NTMS_LM_DISMOUNT, .library = library->id, .drive = *drive, .medium = *medium};
    long long state = db_number(&rsm->db, "SELECT state FROM drive WHERE id=?", "g", drive);

    if (was_there && state == NTMS_DRIVESTATE_LOADED) return;
    if (was_there && state == NTMS_DRIVESTATE_DISMOUNTABLE) return;
    if (db_number(&rsm->db, "SELECT reserved IS NOT NULL FROM drive WHERE id=?", "g", drive)) return;
    db_run(&rsm->db, "UPDATE drive SET state=? WHERE id=?", "ig", (long long)NTMS_DRIVESTATE_DISMOUNTABLE, drive);
    db_run(&rsm->db, "UPDATE medium SET state=? WHERE id=?", "ig", (long long)NTMS_MEDIASTATE_UNLOADED, medium);
    /* "Inventory will empty the drives if possible" */
    if (!library->description.stand_alone) libreq_add(rsm, NULL, &dismount);
}

static bool wants_identification(struct rsm *rsm, const struct finding *finding, const struct changer_content *content,
                                 const struct guid *medium)
{
    if (finding->identify == IDENTIFY_NONE) return false;
    if (finding->identify == IDENTIFY_ALL) return true;
    /* In a drive that was not watched until now there may be another one than there was. */
    if (content->generation != finding->library->generation) return true;
    return !db_number(&rsm->db, "SELECT identified FROM medium WHERE id=?", "g", medium);
}

/* What stands in the reserved slot is the library's cleaner, and so is the first cleaning medium of a library that has
 * none reserved. How often one can be used that just stands there nobody has said. True for every cleaning medium. */
static bool note_cleaner(struct rsm *rsm, const struct library *library, const struct guid *place,
                         const struct guid *medium, bool told)
{
    struct guid reserved = db_id(&rsm->db, "SELECT cleaner_slot FROM library WHERE id=?", "g", &library->id);
    bool here = guid_equal(&reserved, place);

    if (told) db_run(&rsm->db, "UPDATE medium SET cleaner=1 WHERE id=?", "g", medium);
    told = told || here || db_number(&rsm->db, "SELECT cleaner FROM medium WHERE id=?", "g", medium);
    if (!told || (!here && !guid_is_null(&reserved)) || object_type(rsm, place) != NTMS_STORAGESLOT) return told;
    if (!db_number(&rsm->db, "SELECT flags&? FROM library WHERE id=?", "ig", (long long)NTMS_LIBRARYFLAG_CLEANERPRESENT,
                   &library->id))
        cleaner_found(rsm, &library->id, place, medium, CLEANER_USES_UNKNOWN);
    return true;
}

static void place_one(struct rsm *rsm, struct finding *finding, struct changer_element element)
{
    static const uint32_t types[CHANGER_ELEMENT_TYPES] = {NTMS_STORAGESLOT, NTMS_DRIVE, NTMS_IEPORT};
    const struct changer_content *content = &finding->contents[element.type][element.index];
    struct library *library = finding->library;
    struct guid place = element_id(rsm, &library->id, element), medium, mounted;
    bool fresh, was_there = false, cleaner;

    medium = medium_of(rsm, finding, &place, content, &fresh);
    for (size_t i = 0; i < finding->count; i++)
        if (guid_equal(&finding->known[i].id, &medium)) was_there = guid_equal(&finding->known[i].place, &place);
    mounted = db_id(&rsm->db, "SELECT mounted FROM medium WHERE id=?", "g", &medium);
    if (was_there)
        db_run(&rsm->db, "UPDATE medium SET place=?, place_type=? WHERE id=?", "gig", &place,
               (long long)types[element.type], &medium);
    else
        medium_place(rsm, &medium, &library->id, &place, types[element.type]);
    if (element.type == CHANGER_DRIVE)
        settle_drive(rsm, library, &place, &medium, was_there);
    else if (!was_there)
        db_run(&rsm->db, "UPDATE medium SET state=? WHERE id=?", "ig", (long long)NTMS_MEDIASTATE_IDLE, &medium);
    if (was_there && !guid_is_null(&mounted))
        db_run(&rsm->db, "UPDATE medium SET mounted=? WHERE id=?", "gg", &mounted, &medium);
    cleaner = note_cleaner(rsm, library, &place, &medium, content->cleaner);
    if (!cleaner && wants_identification(rsm, finding, content, &medium)) identify_queue(rsm, library, &medium);
}

/* An element that cannot be read keeps what was in it. */
static void keep_unreadable(struct rsm *rsm, struct finding *finding, struct changer_element element)
{
    struct guid place = element_id(rsm, &finding->library->id, element);

    for (size_t i = 0; i < finding->count; i++)
        if (guid_equal(&finding->known[i].place, &place) && !finding->known[i].placed)
        {
            finding->known[i].placed = true;
            db_run(&rsm->db, "UPDATE medium SET place=?, place_type=? WHERE id=?", "gig", &place,
                   (long long)(element.type == CHANGER_SLOT ? NTMS_STORAGESLOT : NTMS_DRIVE), &finding->known[i].id);
            return;
        }
    db_run(&rsm->db, "UPDATE slot SET state=? WHERE id=?", "ig", (long long)NTMS_SLOTSTATE_UNKNOWN, &place);
}

static void place_all(struct rsm *rsm, struct finding *finding)
{
    static const enum changer_element_type order[] = {CHANGER_DRIVE, CHANGER_SLOT};
    struct library *library = finding->library;

    db_run(&rsm->db, "UPDATE medium SET place=NULL, place_type=0 WHERE library=?", "g", &library->id);
    db_run(&rsm->db, "UPDATE slot SET state=? WHERE library=?", "ig", (long long)NTMS_SLOTSTATE_EMPTY, &library->id);
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < library->description.elements[order[pass]]; i++)
        {
            const struct changer_content *content = &finding->contents[order[pass]][i];
            struct changer_element element = {order[pass], i};

            if (!content->readable)
                keep_unreadable(rsm, finding, element);
            else if (content->full)
                place_one(rsm, finding, element);
        }
    db_run(&rsm->db, "UPDATE slot SET state=? WHERE library=? AND EXISTS(SELECT 1 FROM medium WHERE place=slot.id)",
           "ig", (long long)NTMS_SLOTSTATE_FULL, &library->id);
    db_run(&rsm->db,
           "UPDATE drive SET state=0 WHERE library=? AND NOT EXISTS(SELECT 1 FROM medium WHERE place=drive.id)", "g",
           &library->id);
    for (uint32_t i = 0; i < library->description.elements[CHANGER_PORT]; i++)
        db_run(&rsm->db, "UPDATE port SET content=? WHERE library=? AND number=?", "igi",
               (long long)(finding->contents[CHANGER_PORT][i].full ? NTMS_PORTCONTENT_FULL : NTMS_PORTCONTENT_EMPTY),
               &library->id, (long long)i);
    /* What is in no slot and no drive has left the library; a port belongs to the person in front of it. */
    for (size_t i = 0; i < finding->count; i++)
        if (!finding->known[i].placed) medium_goes_offline(rsm, &finding->known[i].id);
    db_run(&rsm->db, "DELETE FROM move WHERE library=?", "g", &library->id);
    if (db_number(&rsm->db,
                  "SELECT flags&2 AND NOT EXISTS(SELECT 1 FROM medium WHERE library=l.id AND cleaner) FROM library l "
                  "WHERE id=?",
                  "g", &library->id))
        cleaner_gone(rsm, &library->id);
}

uint32_t inventory_run(struct library *library, bool scan, enum identify identify)
{
    struct finding finding = {.library = library, .identify = identify};
    struct rsm *rsm = library->rsm;
    uint32_t error = read_contents(&finding, scan);

    if (!error)
    {
        rsm_begin(rsm);
        error = read_known(rsm, &finding);
        if (!error) place_all(rsm, &finding);
        error = rsm_end(rsm, error);
    }
    if (!error && library->description.stand_alone) library->generation = finding.contents[CHANGER_DRIVE][0].generation;
    for (int type = 0; type < CHANGER_ELEMENT_TYPES; type++)
        free(finding.contents[type]);
    free(finding.known);
    return error;
}
