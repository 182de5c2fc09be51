/* GetNtmsObjectInformation: each type's structure, as rsm_service.h has it. */
#include "rsm/engine.h"

/* A letter for each column: u DWORD, w WORD, b BOOL, t text, g identifier, q 64 bits (time, capacity), x bytes. */
static void put_columns(struct host_encoder *values, sqlite3_stmt *query, const char *letters)
{
    for (int i = 0; letters[i]; i++)
    {
        struct guid guid;

        switch (letters[i])
        {
        case 'u':
            host_put_u32(values, (uint32_t)db_int(query, i));
            break;
        case 'w':
            host_put_u16(values, (uint16_t)db_int(query, i));
            break;
        case 'b':
            host_put_bool(values, db_int(query, i) != 0);
            break;
        case 'q':
            host_put_u64(values, (uint64_t)db_int(query, i));
            break;
        case 't':
            put_text(values, db_text(query, i));
            break;
        case 'x':
            host_put_bytes(values, sqlite3_column_blob(query, i), (size_t)sqlite3_column_bytes(query, i));
            break;
        default:
            guid = db_guid(query, i);
            host_put_guid(values, &guid);
        }
    }
}

#define COUNT(table, column) "(SELECT COUNT(*) FROM " table " WHERE " column "=x.id)"
/* A kind of element of a library: the first one's number, and how many there are. */
#define ELEMENTS(table) "IFNULL((SELECT MIN(number) FROM " table " WHERE library=x.id), 0), " COUNT(table, "library")

/* Broken by hand: they would not be readable otherwise. */
/* clang-format off */
static const char library_sql[] =
    "SELECT type, cleaner_slot, cleaner_default, cleaning, barcode, method, cleaner_uses, "
    ELEMENTS("drive") ", " ELEMENTS("slot") ", " ELEMENTS("door") ", " ELEMENTS("port") ", " ELEMENTS("changer") ", "
    COUNT("medium", "library") ", " COUNT("library_media_type", "library") ", " COUNT("libreq", "library") ", "
    "recovery, flags FROM library x WHERE id=?";
/* "Offline media are in slots" (NTMS_PMIDINFORMATION), of which the offline library has none. */
static const char medium_sql[] =
    "SELECT library, pool, CASE place_type WHEN 9 THEN NULL ELSE place END, "
    "CASE place_type WHEN 9 THEN 16 ELSE place_type END, media_type, home, barcode, barcode_state, sequence, state, "
    COUNT("side", "medium") ", (SELECT code FROM media_type WHERE id=x.media_type), density, mounted "
    "FROM medium x WHERE id=?";
static const char pool_sql[] =
    "SELECT type, media_type, parent, allocation, deallocation, max_allocates, "
    COUNT("medium", "pool") ", " COUNT("logical", "pool") ", " COUNT("pool", "parent") " FROM pool x WHERE id=?";
/* clang-format on */

static const struct
{
    const char *letters, *sql;
} structures[NTMS_NUMBER_OF_OBJECT_TYPES] = {
    [NTMS_CHANGER] =
        {"ugtttwwwwg",
         "SELECT number, type, serial, revision, device, port, bus, target, lun, library FROM changer WHERE id=?"},
    [NTMS_CHANGER_TYPE] = {"ttu", "SELECT vendor, product, device_type FROM changer_type WHERE id=?"},
    [NTMS_COMPUTER] = {"uuuuu",
                       "SELECT lib_purge, op_purge, lib_flags, op_flags, pool_policy FROM computer WHERE id=?"},
    [NTMS_DRIVE] =
        {"uugtttwwwwuqggu",
         "SELECT number, state, type, device, serial, revision, port, bus, target, lun, mounts, cleaned, saved_side,"
         " library, defer_delay FROM drive WHERE id=?"},
    [NTMS_DRIVE_TYPE] = {"ttuu", "SELECT vendor, product, heads, device_type FROM drive_type WHERE id=?"},
    [NTMS_IEDOOR] = {"uuwg", "SELECT number, state, max_open, library FROM door WHERE id=?"},
    [NTMS_IEPORT] = {"uuuwg", "SELECT number, content, position, max_extend, library FROM port WHERE id=?"},
    [NTMS_LIBRARY] = {"uggbbuuuuuuuuuuuuuuubu", library_sql},
    [NTMS_LIBREQUEST] =
        {"uuugggggqqtttugu",
         "SELECT op, option, state, side, drive, medium, library, slot, queued, completed, application, user,"
         " computer, error, work, priority FROM libreq WHERE id=?"},
    [NTMS_LOGICAL_MEDIA] = {"gu", "SELECT pool, " COUNT("side", "logical") " FROM logical x WHERE id=?"},
    [NTMS_MEDIA_POOL] = {"ugguuuuuu", pool_sql},
    [NTMS_MEDIA_TYPE] = {"uuuu", "SELECT code, sides, rw, device_type FROM media_type WHERE id=?"},
    [NTMS_OPREQUEST] =
        {"uqutugugttt",
         "SELECT request, submitted, state, message, arg1_type, arg1, arg2_type, arg2, application, user, computer"
         " FROM opreq WHERE id=?"},
    [NTMS_PARTITION] =
        {"gguwxttuuq",
         "SELECT medium, logical, state, number, label_id, label_type, label_info, mounts, allocations, capacity"
         " FROM side WHERE id=?"},
    [NTMS_PHYSICAL_MEDIA] = {"gggugg"
                             "tutuuuug",
                             medium_sql},
    [NTMS_STORAGESLOT] = {"uug", "SELECT number, state, library FROM slot WHERE id=?"},
};

uint32_t information_get(struct rsm *rsm, const struct guid *id, uint32_t type, struct host_encoder *values)
{
    uint32_t found = object_type(rsm, id);
    sqlite3_stmt *query;

    if (rsm->db.error) return rsm->db.error;
    if (!found) return ERROR_OBJECT_NOT_FOUND;
    if (type >= NTMS_NUMBER_OF_OBJECT_TYPES || (type && type != found)) return ERROR_INVALID_PARAMETER;
    query = db_query(&rsm->db,
                     "SELECT type, created, modified, id, enabled, opstate, name, description FROM object WHERE id=?",
                     "g", id);
    if (db_row(&rsm->db, query)) put_columns(values, query, "uqqgbutt");
    db_done(&rsm->db, query);
    query = db_query(&rsm->db, structures[found].sql, "g", id);
    if (db_row(&rsm->db, query)) put_columns(values, query, structures[found].letters);
    db_done(&rsm->db, query);
    return rsm->db.error ? rsm->db.error : values->error ? ERROR_NOT_ENOUGH_MEMORY : 0;
}
