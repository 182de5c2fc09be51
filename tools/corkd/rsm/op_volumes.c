/* GetVolumesFromDrive. */
#include "rsm/engine.h"

#include <stdio.h>

/* "\\.\X:", "\\?\X:", "X:\" and "X:" name the same drive, and so do "\\.\tape0" and "tape0". */
static char *plain_name(char *name)
{
    size_t length;

    if (!strncmp(name, "\\\\.\\", 4) || !strncmp(name, "\\\\?\\", 4)) name += 4;
    length = strlen(name);
    if (length == 3 && name[1] == ':' && name[2] == '\\') name[2] = 0;
    return name;
}

/* "there will be only zero or one partitions on a removable disk, so there is at most one drive letter and one volume
 * name." */
uint32_t op_volumes_of_drive(struct operation *operation)
{
    char text[4 * NTMS_DEVICENAME_LENGTH], full[4 * NTMS_DEVICENAME_LENGTH + 4], *name;
    struct rsm *rsm = operation->rsm;
    char device[CHANGER_TEXT] = "";
    bool too_long = false, letter;
    sqlite3_stmt *query;
    struct guid drive;

    get_text(operation->arguments, text, sizeof(text), NTMS_DEVICENAME_LENGTH, &too_long);
    if (arguments_end(operation)) return RSM_MALFORMED;
    if (too_long || !text[0]) return ERROR_INVALID_PARAMETER;
    name = plain_name(text);
    snprintf(full, sizeof(full), "\\\\.\\%s", name);
    drive = db_id(&rsm->db, "SELECT id FROM drive WHERE device COLLATE NOCASE IN (?, ?) LIMIT 1", "tt", name, full);
    if (guid_is_null(&drive)) drive = stand_alone_named(rsm, full); /* whose disc may have a letter */
    if (guid_is_null(&drive)) return ERROR_INVALID_DRIVE;
    query = db_query(&rsm->db, "SELECT device FROM drive WHERE id=?", "g", &drive);
    if (db_row(&rsm->db, query)) snprintf(device, sizeof(device), "%s", db_text(query, 0));
    db_done(&rsm->db, query);
    letter = device[0] && device[1] == ':';
    host_put_list(operation->values, 0); /* a folder and a tape have no volume */
    host_put_list(operation->values, letter ? 1 : 0);
    if (letter) put_text(operation->values, device);
    return 0;
}
