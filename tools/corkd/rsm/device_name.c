/* The names by which Windows programs open drives: a letter for one that has files, "\\.\tape0" for a tape. Both are
 * links in the prefix's dosdevices, where Wine looks. */
#include "rsm/engine.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#define TAPES_MAX 100

/* ---- Tapes ---- */

static bool is_node(const char *path)
{
    return !strncmp(path, "/dev/", 5);
}

/* A link of that name that leads to `path`: one that is there already, or a new one. */
static bool link_to(const char *link, const char *path)
{
    char target[4096];
    ssize_t length = readlink(link, target, sizeof(target) - 1);

    if (length < 0) return errno == ENOENT && !symlink(path, link);
    target[length] = 0;
    return !strcmp(target, path);
}

void tape_name(struct rsm *rsm, const char *node, char *name, size_t size)
{
    char link[4096];

    snprintf(name, size, "%s", node);
    if (!rsm->dosdevices || !is_node(node)) return;
    for (int number = 0; number < TAPES_MAX; number++)
    {
        if (snprintf(link, sizeof(link), "%s/tape%d", rsm->dosdevices, number) >= (int)sizeof(link)) return;
        if (!link_to(link, node)) continue;
        snprintf(name, size, "\\\\.\\tape%d", number);
        return;
    }
}

void device_link(struct rsm *rsm, const char *name, const char *node)
{
    char link[4096];

    if (!rsm->dosdevices || strncmp(name, "\\\\.\\", 4) != 0) return;
    if (snprintf(link, sizeof(link), "%s/%s", rsm->dosdevices, name + 4) >= (int)sizeof(link)) return;
    for (char *at = strrchr(link, '/'); *at; at++)
        if (*at >= 'A' && *at <= 'Z') *at |= 0x20; /* Wine looks for small letters */
    if (access(link, F_OK)) unlink(link);          /* to a device that has gone */
    link_to(link, node);
}

/* ---- Drive letters ---- */

/* The letter that a path has, or a free one; 0: none is left. */
static char letter_for(struct rsm *rsm, const char *path)
{
    char link[4096];

    for (int letter = 'f'; letter <= 'y'; letter++)
    {
        if (snprintf(link, sizeof(link), "%s/%c:", rsm->dosdevices, letter) >= (int)sizeof(link)) return 0;
        if (link_to(link, path)) return (char)letter;
    }
    return 0;
}

static void drop_letter(struct rsm *rsm, const char *device)
{
    char link[4096];

    if (device[0] && device[1] == ':' &&
        snprintf(link, sizeof(link), "%s/%c:", rsm->dosdevices, device[0] | 0x20) < (int)sizeof(link))
        unlink(link);
}

void drive_letter(struct library *library, uint32_t drive, bool mounted)
{
    struct rsm *rsm = library->rsm;
    struct changer_element element = {CHANGER_DRIVE, drive};
    char path[CHANGER_PATH] = "", device[CHANGER_TEXT] = "";
    struct changer_drive described;
    sqlite3_stmt *query;
    struct guid id;
    char letter;

    if (!rsm->dosdevices || !library->changer->kind->path) return;
    if (library->changer->kind->path(library->changer, drive, path)) return;
    if (!mounted || is_node(path)) path[0] = 0; /* a node has its name for good */
    if (library->changer->kind->describe_drive(library->changer, drive, &described)) described.device[0] = 0;
    rsm_begin(rsm);
    id = element_id(rsm, &library->id, element);
    query = db_query(&rsm->db, "SELECT device FROM drive WHERE id=?", "g", &id);
    if (db_row(&rsm->db, query)) snprintf(device, sizeof(device), "%s", db_text(query, 0));
    db_done(&rsm->db, query);
    letter = path[0] ? letter_for(rsm, path) : 0;
    if (letter || (device[0] && device[1] == ':'))
    {
        if (!letter || device[0] != (letter & ~0x20)) drop_letter(rsm, device);
        if (letter)
            snprintf(device, sizeof(device), "%c:", letter & ~0x20);
        else
            snprintf(device, sizeof(device), "%s", is_node(described.device) ? "" : described.device);
        db_run(&rsm->db, "UPDATE drive SET device=? WHERE id=? AND device<>?", "tgt", device, &id, device);
    }
    rsm_end(rsm, 0);
}
