/* Cleaning drives with the library's cleaner. */
#include "rsm/worker.h"

/* The cleaner into the drive, which cleans itself, and back. */
static uint32_t clean_with(struct library *library, const struct libreq *request, const struct guid *cleaner,
                           uint32_t drive)
{
    uint32_t error = move_medium(library, cleaner, &request->drive, false), back;

    if (error) return error;
    error = library->changer->kind->load(library->changer, drive, 0);
    back = empty_drive(library, cleaner, drive);
    return error ? error : back;
}

/* What is in the drive makes room. */
static uint32_t make_room(struct library *library, const struct libreq *request, struct changer_element *drive)
{
    struct rsm *rsm = library->rsm;
    struct guid other;
    uint32_t error;
    bool found;

    rsm_look(rsm);
    found = element_of(rsm, &request->drive, drive);
    other = db_id(&rsm->db, "SELECT id FROM medium WHERE place=? AND place_type=5", "g", &request->drive);
    error = rsm_looked(rsm);
    if (error) return error;
    if (!found) return ERROR_INVALID_DRIVE;
    return guid_is_null(&other) ? 0 : empty_drive(library, &other, drive->index);
}

static struct guid begin(struct rsm *rsm, const struct libreq *request)
{
    struct guid cleaner;

    rsm_begin(rsm);
    cleaner = cleaner_of(rsm, &request->library);
    if (!guid_is_null(&cleaner))
        db_run(&rsm->db, "UPDATE drive SET state=? WHERE id=?", "ig", (long long)NTMS_DRIVESTATE_BEING_CLEANED,
               &request->drive);
    rsm_event(rsm, NTMS_DRIVE, NTMS_OBJ_UPDATE, &request->drive);
    if (rsm_end(rsm, 0)) cleaner = (struct guid){{0}};
    return cleaner;
}

/* A cleaner that does not clean any more is spent, whatever was thought of it: the request waits for another. */
static uint32_t wait_for_another(struct rsm *rsm, const struct libreq *request)
{
    rsm_begin(rsm);
    db_run(&rsm->db, "UPDATE library SET cleaner_uses=0, flags=flags&~8 WHERE id=?", "g", &request->library);
    db_run(&rsm->db,
           "UPDATE drive SET reserved=NULL, state=0 WHERE id=? AND NOT EXISTS(SELECT 1 FROM medium WHERE "
           "place=drive.id)",
           "g", &request->drive);
    libreq_state(rsm, &request->id, NTMS_LM_WAITING, ERROR_CLEANER_CARTRIDGE_SPENT);
    return rsm_end(rsm, 0);
}

uint32_t clean_run(struct library *library, const struct libreq *request)
{
    struct rsm *rsm = library->rsm;
    struct changer_element drive = {0};
    uint32_t error = make_room(library, request, &drive);
    struct guid cleaner;

    if (error) return end_request(rsm, request, error);
    cleaner = begin(rsm, request);
    if (guid_is_null(&cleaner)) return wait_for_another(rsm, request);
    error = clean_with(library, request, &cleaner, drive.index);
    if (error == ERROR_CLEANER_CARTRIDGE_SPENT && !library->uncertain) return wait_for_another(rsm, request);
    if (!error)
    {
        rsm_begin(rsm);
        cleaner_used(rsm, &request->library, &request->drive);
        error = rsm_end(rsm, 0);
    }
    return end_request(rsm, request, error);
}

void cleaning_poll(struct library *library, uint32_t drive)
{
    struct changer_element element = {CHANGER_DRIVE, drive};
    struct rsm *rsm = library->rsm;
    bool needed = false;
    struct guid id;

    if (!library->changer->kind->needs_cleaning || library->description.stand_alone) return;
    if (library->changer->kind->needs_cleaning(library->changer, drive, &needed) || !needed) return;
    rsm_begin(rsm);
    id = element_id(rsm, &library->id, element);
    if (object_enabled(rsm, &id)) cleaning_wanted(rsm, &library->id, &id);
    rsm_end(rsm, 0);
}
