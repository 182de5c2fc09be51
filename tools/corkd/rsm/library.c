/* Libraries: what a device has becomes objects, and a thread works for it. */
#include "rsm/engine.h"

#include <stdio.h>
#include <stdlib.h>

#include "rsm/changer_location.h"
#include "rsm/folder_library.h"

struct library *library_find(struct rsm *rsm, const struct guid *id)
{
    for (struct library *library = rsm->libraries; library; library = library->next)
        if (guid_equal(&library->id, id)) return library;
    return NULL;
}

struct guid element_id(struct rsm *rsm, const struct guid *library, struct changer_element element)
{
    long long number = element.index;

    switch (element.type)
    {
    case CHANGER_SLOT:
        return db_id(&rsm->db, "SELECT id FROM slot WHERE library=? AND number=?", "gi", library, number);
    case CHANGER_DRIVE:
        return db_id(&rsm->db, "SELECT id FROM drive WHERE library=? AND number=?", "gi", library, number);
    default:
        return db_id(&rsm->db, "SELECT id FROM port WHERE library=? AND number=?", "gi", library, number);
    }
}

bool element_of(struct rsm *rsm, const struct guid *id, struct changer_element *element)
{
    uint32_t type = object_type(rsm, id);

    element->type = type == NTMS_STORAGESLOT ? CHANGER_SLOT : type == NTMS_DRIVE ? CHANGER_DRIVE : CHANGER_PORT;
    if (type == NTMS_STORAGESLOT)
        element->index = (uint32_t)db_number(&rsm->db, "SELECT number FROM slot WHERE id=?", "g", id);
    else if (type == NTMS_DRIVE)
        element->index = (uint32_t)db_number(&rsm->db, "SELECT number FROM drive WHERE id=?", "g", id);
    else if (type == NTMS_IEPORT)
        element->index = (uint32_t)db_number(&rsm->db, "SELECT number FROM port WHERE id=?", "g", id);
    else
        return false;
    return true;
}

/* ---- Types, shared by all libraries ---- */

static struct guid media_type(struct rsm *rsm, const struct changer_description *description)
{
    struct guid id =
        db_id(&rsm->db, "SELECT id FROM media_type WHERE code=? AND sides=? AND rw=?", "iii",
              (long long)description->media_type, (long long)description->sides, (long long)description->rw);

    if (!guid_is_null(&id)) return id;
    id = object_new(rsm, NTMS_MEDIA_TYPE, description->media_type_name, "");
    db_run(&rsm->db, "INSERT INTO media_type VALUES(?, ?, ?, ?, ?)", "giiii", &id, (long long)description->media_type,
           (long long)description->sides, (long long)description->rw, (long long)description->device_type);
    return id;
}

static struct guid drive_type(struct rsm *rsm, const struct changer_drive *drive, uint32_t device_type)
{
    struct guid id =
        db_id(&rsm->db, "SELECT id FROM drive_type WHERE vendor=? AND product=?", "tt", drive->vendor, drive->product);
    char name[2 * CHANGER_TEXT];

    if (!guid_is_null(&id)) return id;
    snprintf(name, sizeof(name), "%.30s %.30s", drive->vendor, drive->product);
    id = object_new(rsm, NTMS_DRIVE_TYPE, name, "");
    db_run(&rsm->db, "INSERT INTO drive_type VALUES(?, ?, ?, 1, ?)", "gtti", &id, drive->vendor, drive->product,
           (long long)device_type);
    return id;
}

static struct guid changer_type(struct rsm *rsm, const struct changer_description *description)
{
    struct guid id = db_id(&rsm->db, "SELECT id FROM changer_type WHERE vendor=? AND product=?", "tt",
                           description->vendor, description->product);
    char name[2 * CHANGER_TEXT];

    if (!guid_is_null(&id)) return id;
    snprintf(name, sizeof(name), "%.30s %.30s", description->vendor, description->product);
    id = object_new(rsm, NTMS_CHANGER_TYPE, name, "");
    db_run(&rsm->db, "INSERT INTO changer_type VALUES(?, ?, ?, 8)", "gtt", &id, description->vendor,
           description->product);
    return id;
}

/* ---- The objects of one library ---- */

static void sync_drive(struct rsm *rsm, const struct library *library, uint32_t index,
                       const struct changer_drive *drive)
{
    struct changer_element element = {CHANGER_DRIVE, index};
    struct guid id = element_id(rsm, &library->id, element), type;
    char name[64], device[CHANGER_TEXT];

    type = drive_type(rsm, drive, library->description.device_type);
    tape_name(rsm, drive->device, device, sizeof(device));
    if (guid_is_null(&id))
    {
        snprintf(name, sizeof(name), "Drive %u", index);
        id = object_new(rsm, NTMS_DRIVE, name, "");
        db_run(&rsm->db, "INSERT INTO drive(id, library, number) VALUES(?, ?, ?)", "ggi", &id, &library->id,
               (long long)index);
    }
    db_run(&rsm->db,
           "UPDATE drive SET type=?, device=?, serial=?, revision=?, port=?, bus=?, target=?, lun=? WHERE id=?",
           "gtttiiiig", &type, device, drive->serial, drive->revision, (long long)drive->port, (long long)drive->bus,
           (long long)drive->target, (long long)drive->lun, &id);
    db_run(&rsm->db, "UPDATE object SET opstate=? WHERE id=?", "ig", (long long)NTMS_READY, &id);
}

/* What the device had and has no more: DeleteNtmsDrive is for these. */
static void mark_missing_drives(struct rsm *rsm, const struct guid *library, uint32_t there)
{
    db_run(&rsm->db, "UPDATE object SET opstate=? WHERE id IN (SELECT id FROM drive WHERE library=? AND number>=?)",
           "igi", (long long)NTMS_NOT_PRESENT, library, (long long)there);
}

static void sync_slots(struct rsm *rsm, const struct library *library)
{
    uint32_t there = (uint32_t)db_number(&rsm->db, "SELECT COUNT(*) FROM slot WHERE library=?", "g", &library->id);
    char name[64];

    for (uint32_t i = there; i < library->description.elements[CHANGER_SLOT]; i++)
    {
        struct guid id;

        snprintf(name, sizeof(name), "Slot %u", i);
        id = object_new(rsm, NTMS_STORAGESLOT, name, "");
        db_run(&rsm->db, "INSERT INTO slot(id, library, number) VALUES(?, ?, ?)", "ggi", &id, &library->id,
               (long long)i);
    }
}

static void sync_ports(struct rsm *rsm, const struct library *library)
{
    uint32_t there = (uint32_t)db_number(&rsm->db, "SELECT COUNT(*) FROM port WHERE library=?", "g", &library->id);
    char name[64];

    for (uint32_t i = there; i < library->description.elements[CHANGER_PORT]; i++)
    {
        struct guid id;

        snprintf(name, sizeof(name), "Port %u", i);
        id = object_new(rsm, NTMS_IEPORT, name, "");
        db_run(&rsm->db, "INSERT INTO port(id, library, number, position, max_extend) VALUES(?, ?, ?, 0, 30)", "ggi",
               &id, &library->id, (long long)i);
    }
    there = (uint32_t)db_number(&rsm->db, "SELECT COUNT(*) FROM door WHERE library=?", "g", &library->id);
    for (uint32_t i = there; i < library->description.doors; i++)
    {
        struct guid id = object_new(rsm, NTMS_IEDOOR, "Door", "");

        db_run(&rsm->db, "INSERT INTO door VALUES(?, ?, ?, ?, 60)", "ggii", &id, &library->id, (long long)i,
               (long long)NTMS_DOORSTATE_CLOSED);
    }
}

static void sync_changer(struct rsm *rsm, const struct library *library)
{
    const struct changer_description *description = &library->description;
    struct guid id = db_id(&rsm->db, "SELECT id FROM changer WHERE library=?", "g", &library->id), type;

    if (description->stand_alone) return;
    type = changer_type(rsm, description);
    if (guid_is_null(&id))
    {
        id = object_new(rsm, NTMS_CHANGER, "Changer 0", "");
        db_run(&rsm->db, "INSERT INTO changer(id, library, number) VALUES(?, ?, 0)", "gg", &id, &library->id);
    }
    db_run(&rsm->db,
           "UPDATE changer SET type=?, serial=?, revision=?, device=?, port=?, bus=?, target=?, lun=? WHERE id=?",
           "gtttiiiig", &type, description->serial, description->revision, description->device,
           (long long)description->port, (long long)description->bus, (long long)description->target,
           (long long)description->lun, &id);
}

static void sync_library(struct rsm *rsm, const struct library *library)
{
    struct guid type = media_type(rsm, &library->description);

    db_run(&rsm->db, "INSERT OR IGNORE INTO library_media_type VALUES(?, ?, 1)", "gg", &library->id, &type);
    system_pool(rsm, &rsm->free_pool, &type);
    system_pool(rsm, &rsm->import_pool, &type);
    system_pool(rsm, &rsm->unrecognized, &type);
    db_run(&rsm->db, "UPDATE library SET barcode=?, cleaning=?, type=? WHERE id=?", "iiig",
           (long long)library->description.barcode_reader, (long long)library->description.can_clean,
           (long long)(library->description.stand_alone ? NTMS_LIBRARYTYPE_STANDALONE : NTMS_LIBRARYTYPE_ONLINE),
           &library->id);
    db_run(&rsm->db, "UPDATE object SET opstate=? WHERE id=?", "ig", (long long)NTMS_READY, &library->id);
    sync_changer(rsm, library);
    sync_slots(rsm, library);
    sync_ports(rsm, library);
}

/* ---- Starting and stopping ---- */

static uint32_t sync_all(struct rsm *rsm, struct library *library)
{
    uint32_t drives = library->description.elements[CHANGER_DRIVE], error = 0;
    struct changer_drive *described = calloc(drives + 1, sizeof(*described));
    struct libreq request = {.op = NTMS_LM_INVENTORY, .option = NTMS_INVENTORY_DEFAULT};

    if (!described) return ERROR_NOT_ENOUGH_MEMORY;
    for (uint32_t i = 0; i < drives && !error; i++)
        error = library->changer->kind->describe_drive(library->changer, i, &described[i]);
    rsm_begin(rsm);
    if (!error)
    {
        sync_library(rsm, library);
        for (uint32_t i = 0; i < drives; i++)
            sync_drive(rsm, library, i, &described[i]);
        mark_missing_drives(rsm, &library->id, drives);
        request.library = library->id;
        libreq_add(rsm, NULL, &request);
        library->next = rsm->libraries;
        rsm->libraries = library;
    }
    free(described);
    error = rsm_end(rsm, error);
    return error;
}

static void mark_absent(struct rsm *rsm, const struct guid *id)
{
    rsm_begin(rsm);
    db_run(&rsm->db, "UPDATE object SET opstate=? WHERE id=?", "ig", (long long)NTMS_NOT_PRESENT, id);
    mark_missing_drives(rsm, id, 0);
    rsm_event(rsm, NTMS_LIBRARY, NTMS_OBJ_UPDATE, id);
    rsm_end(rsm, 0);
}

static void take_off_list(struct rsm *rsm, struct library *library)
{
    pthread_mutex_lock(&rsm->lock);
    for (struct library **link = &rsm->libraries; *link; link = &(*link)->next)
        if (*link == library)
        {
            *link = library->next;
            break;
        }
    pthread_mutex_unlock(&rsm->lock);
}

static void library_free(struct library *library)
{
    if (library->changer) library->changer->kind->close(library->changer);
    pthread_cond_destroy(&library->wake);
    free(library);
}

uint32_t library_start(struct rsm *rsm, const struct guid *id, const char *location)
{
    struct library *library = calloc(1, sizeof(*library));
    char message[512] = "", shown[512];
    uint32_t error;

    if (!library) return ERROR_NOT_ENOUGH_MEMORY;
    changer_location_public(location, shown, sizeof(shown));
    library->rsm = rsm;
    library->id = *id;
    pthread_cond_init(&library->wake, NULL);
    error = changer_open(location, &library->changer, message, sizeof(message));
    if (error) rsm_log(rsm, "library %s cannot be used: %s (error %u)", shown, message, error);
    if (!error) error = library->changer->kind->describe(library->changer, &library->description);
    if (!error) error = sync_all(rsm, library);
    if (!error && pthread_create(&library->thread, NULL, library_main, library)) error = ERROR_NOT_ENOUGH_MEMORY;
    if (error)
    {
        take_off_list(rsm, library);
        library_free(library);
        mark_absent(rsm, id);
        return error;
    }
    library->started = true;
    return 0;
}

void library_stop(struct rsm *rsm, struct library *library)
{
    pthread_mutex_lock(&rsm->lock);
    library->stop = true;
    pthread_cond_signal(&library->wake);
    pthread_mutex_unlock(&rsm->lock);
    pthread_join(library->thread, NULL);
    take_off_list(rsm, library);
    library_free(library);
}

void library_gone(struct rsm *rsm, struct library *library)
{
    struct guid id = library->id;

    library_stop(rsm, library);
    rsm_begin(rsm);
    db_run(&rsm->db, "UPDATE libreq SET state=?, error=?, completed=? WHERE library=? AND state IN (?, ?)", "iiigii",
           (long long)NTMS_LM_CANCELLED, (long long)ERROR_DEVICE_NOT_AVAILABLE, (long long)filetime_now(), &id,
           (long long)NTMS_LM_QUEUED, (long long)NTMS_LM_INPROCESS);
    db_run(&rsm->db, "UPDATE drive SET reserved=NULL WHERE library=?", "g", &id);
    rsm_end(rsm, 0);
    mark_absent(rsm, &id);
}

/* The row of a library at that location: a new one, or the one of a library that is there but could not be started.
 */
static uint32_t library_row(struct rsm *rsm, const char *location, const char *name, struct guid *id, bool *is_new)
{
    rsm_begin(rsm);
    *id = db_id(&rsm->db, "SELECT id FROM library WHERE location=?", "t", location);
    *is_new = guid_is_null(id);
    if (!*is_new) return rsm_end(rsm, library_find(rsm, id) ? ERROR_ALREADY_EXISTS : 0);
    *id = object_new(rsm, NTMS_LIBRARY, name, "");
    db_run(&rsm->db, "UPDATE object SET opstate=? WHERE id=?", "ig", (long long)NTMS_INITIALIZING, id);
    db_run(&rsm->db, "INSERT INTO library(id, type, location, method) VALUES(?, ?, ?, ?)", "giti", id,
           (long long)NTMS_LIBRARYTYPE_ONLINE, location, (long long)NTMS_INVENTORY_FAST);
    return rsm_end(rsm, 0);
}

uint32_t library_add(struct rsm *rsm, const char *location, const char *name, const uint32_t sizes[4], struct guid *id)
{
    uint32_t error = 0;
    bool is_new;
    char shown[512];

    changer_location_public(location, shown, sizeof(shown));
    if (!strncmp(location, "folder:", 7) && sizes[0])
    {
        struct folder_library_size size = {sizes[0], sizes[1], sizes[2], sizes[3] ? sizes[3] : 1};

        error = folder_library_create(location + 7, &size);
        if (error) return error;
    }
    error = library_row(rsm, location, name[0] ? name : shown, id, &is_new);
    if (error) return error;
    error = library_start(rsm, id, location);
    if (!error || !is_new) return error;
    rsm_begin(rsm);
    object_delete(rsm, id);
    rsm_end(rsm, 0);
    return error;
}

/* ---- Forgetting ---- */

static void delete_objects(struct rsm *rsm, const char *sql, const struct guid *library)
{
    for (;;)
    {
        struct guid id = db_id(&rsm->db, sql, "g", library);

        if (guid_is_null(&id)) return;
        object_delete(rsm, &id);
        if (rsm->db.error) return;
    }
}

void library_forget(struct rsm *rsm, const struct guid *id)
{
    for (;;)
    {
        struct guid medium = db_id(&rsm->db, "SELECT id FROM medium WHERE library=? LIMIT 1", "g", id);

        if (guid_is_null(&medium) || rsm->db.error) break;
        medium_goes_offline(rsm, &medium);
    }
    delete_objects(rsm, "SELECT id FROM libreq WHERE library=? LIMIT 1", id);
    delete_objects(rsm, "SELECT id FROM drive WHERE library=? LIMIT 1", id);
    delete_objects(rsm, "SELECT id FROM slot WHERE library=? LIMIT 1", id);
    delete_objects(rsm, "SELECT id FROM port WHERE library=? LIMIT 1", id);
    delete_objects(rsm, "SELECT id FROM door WHERE library=? LIMIT 1", id);
    delete_objects(rsm, "SELECT id FROM changer WHERE library=? LIMIT 1", id);
    object_delete(rsm, id);
}
