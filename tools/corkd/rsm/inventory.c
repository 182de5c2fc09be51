/* What is where, by what the library says; and which medium it is, by its labels. */
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
    bool identify_all;
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

static struct guid new_medium(struct rsm *rsm, struct library *library, const struct changer_content *content)
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

static void queue_identify(struct rsm *rsm, const struct library *library, const struct guid *medium)
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
    struct known_medium *found = NULL;
    struct guid moved = {{0}};

    if (!barcode[0]) moved = db_id(&finding->library->rsm->db, "SELECT medium FROM move WHERE target=?", "g", place);
    for (size_t i = 0; i < finding->count; i++)
    {
        struct known_medium *known = &finding->known[i];

        if (known->placed || strcmp(known->barcode, barcode)) continue;
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
    return new_medium(rsm, finding->library, content);
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
    libreq_add(rsm, NULL, &dismount); /* "Inventory will empty the drives if possible" */
}

static void place_one(struct rsm *rsm, struct finding *finding, struct changer_element element)
{
    static const uint32_t types[CHANGER_ELEMENT_TYPES] = {NTMS_STORAGESLOT, NTMS_DRIVE, NTMS_IEPORT};
    const struct changer_content *content = &finding->contents[element.type][element.index];
    struct library *library = finding->library;
    struct guid place = element_id(rsm, &library->id, element), medium, mounted;
    bool fresh, was_there = false;

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
    if (content->cleaner && element.type == CHANGER_SLOT)
        db_run(&rsm->db, "UPDATE library SET cleaner_slot=IFNULL(cleaner_slot, ?), flags=flags|? WHERE id=?", "gig",
               &place, (long long)NTMS_LIBRARYFLAG_CLEANERPRESENT, &library->id);
    if (!content->cleaner &&
        (finding->identify_all || !db_number(&rsm->db, "SELECT identified FROM medium WHERE id=?", "g", &medium)))
        queue_identify(rsm, library, &medium);
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
}

uint32_t inventory_run(struct library *library, bool scan, bool identify_all)
{
    struct finding finding = {.library = library, .identify_all = identify_all};
    struct rsm *rsm = library->rsm;
    uint32_t error = read_contents(&finding, scan);

    if (!error)
    {
        rsm_begin(rsm);
        error = read_known(rsm, &finding);
        if (!error) place_all(rsm, &finding);
        error = rsm_end(rsm, error);
    }
    for (int type = 0; type < CHANGER_ELEMENT_TYPES; type++)
        free(finding.contents[type]);
    free(finding.known);
    return error;
}

/* ---- Labels ---- */

static uint32_t side_number_state(struct rsm *rsm, const struct guid *medium, uint32_t side)
{
    return (uint32_t)db_number(&rsm->db, "SELECT state FROM side WHERE medium=? AND number=?", "gi", medium,
                               (long long)side);
}

/* The medium that was offline and has this label. */
static struct guid offline_by_label(struct rsm *rsm, const struct media_label *label)
{
    struct guid none = {{0}};

    if (!label->id_size) return none;
    return db_id(&rsm->db,
                 "SELECT m.id FROM side s JOIN medium m ON m.id=s.medium WHERE s.label_id=? AND m.place_type=9 LIMIT 1",
                 "b", label->id, (size_t)label->id_size);
}

/* A medium that was taken for a new one is one that was offline. */
static void become(struct rsm *rsm, struct guid *fresh, const struct guid *old)
{
    struct guid place = db_id(&rsm->db, "SELECT place FROM medium WHERE id=?", "g", fresh);
    struct guid library = db_id(&rsm->db, "SELECT library FROM medium WHERE id=?", "g", fresh);
    struct guid home = db_id(&rsm->db, "SELECT home FROM medium WHERE id=?", "g", fresh);
    uint32_t type = (uint32_t)db_number(&rsm->db, "SELECT place_type FROM medium WHERE id=?", "g", fresh);

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
}

static void note_label(struct rsm *rsm, const struct guid *medium, uint32_t side, const struct media_label *label)
{
    db_run(&rsm->db, "UPDATE side SET label_id=?, label_type=?, label_info=? WHERE medium=? AND number=?", "bttgi",
           label->id, (size_t)label->id_size, label->type, label->info, medium, (long long)side);
}

/* Puts a medium that nobody has allocated into the import or the unrecognized pool, by its labels. */
static void classify(struct rsm *rsm, const struct guid *medium, const struct media_label *labels, uint32_t sides)
{
    struct guid type = db_id(&rsm->db, "SELECT media_type FROM medium WHERE id=?", "g", medium), pool;
    bool known = false;

    for (uint32_t i = 0; i < sides; i++)
    {
        bool mine = labels[i].kind == LABEL_KNOWN || labels[i].kind == LABEL_FREE;

        known = known || mine;
        note_label(rsm, medium, i, &labels[i]);
        db_run(&rsm->db, "UPDATE side SET state=? WHERE medium=? AND number=?", "igi",
               (long long)(mine ? NTMS_PARTSTATE_IMPORT : NTMS_PARTSTATE_FOREIGN), medium, (long long)i);
    }
    pool = system_pool(rsm, known ? &rsm->import_pool : &rsm->unrecognized, &type);
    db_run(&rsm->db, "UPDATE medium SET pool=? WHERE id=?", "gg", &pool, medium);
    if (sides == 1 && labels[0].info[0])
        db_run(&rsm->db, "UPDATE object SET name=?2 WHERE id=?1 AND (SELECT barcode FROM medium WHERE id=?1)=''", "gt",
               medium, labels[0].info);
}

static void apply_labels(struct rsm *rsm, struct guid *medium, const struct media_label *labels, uint32_t sides)
{
    bool unclaimed = true;

    if (!db_number(&rsm->db, "SELECT identified FROM medium WHERE id=?", "g", medium))
    {
        struct guid old = offline_by_label(rsm, &labels[0]);

        if (!guid_is_null(&old) && !guid_equal(&old, medium)) become(rsm, medium, &old);
    }
    for (uint32_t i = 0; i < sides; i++)
    {
        uint32_t state = side_number_state(rsm, medium, i);
        struct guid same = db_id(&rsm->db, "SELECT id FROM side WHERE medium=? AND number=? AND label_id=?", "gib",
                                 medium, (long long)i, labels[i].id, (size_t)labels[i].id_size);

        if (state == NTMS_PARTSTATE_ALLOCATED || state == NTMS_PARTSTATE_COMPLETE ||
            state == NTMS_PARTSTATE_DECOMMISSIONED || state == NTMS_PARTSTATE_RESERVED ||
            state == NTMS_PARTSTATE_UNPREPARED || (state == NTMS_PARTSTATE_AVAILABLE && !guid_is_null(&same)))
            unclaimed = false;
        if (state == NTMS_PARTSTATE_ALLOCATED && labels[i].kind == LABEL_KNOWN) note_label(rsm, medium, i, &labels[i]);
    }
    if (unclaimed) classify(rsm, medium, labels, sides);
    db_run(&rsm->db, "UPDATE medium SET identified=1 WHERE id=?", "g", medium);
    rsm_event(rsm, NTMS_PHYSICAL_MEDIA, NTMS_OBJ_UPDATE, medium);
}

uint32_t identify_run(struct library *library, struct guid *medium, uint32_t drive)
{
    struct media_label labels[2] = {{0}};
    uint32_t sides = library->description.sides < 2 ? 1 : 2, error = 0;
    struct guid identified = *medium;

    for (uint32_t i = 0; i < sides && !error; i++)
    {
        error = library->changer->kind->load(library->changer, drive, i);
        if (!error) error = library->changer->kind->identify(library->changer, drive, i, &labels[i]);
    }
    if (error) return error;
    rsm_begin(library->rsm);
    apply_labels(library->rsm, &identified, labels, sides);
    error = rsm_end(library->rsm, 0);
    if (!error) *medium = identified;
    return error;
}
