/* The SCSI device nodes of this machine. */
#include "rsm/scsi_nodes.h"

#include <dirent.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The unit that an entry of a class belongs to: the last part of where its "device" link leads, "6:0:0:3". */
static bool unit_of(const char *classes, const char *class, const char *name, char unit[64])
{
    char link[PATH_MAX], target[PATH_MAX];
    const char *last;
    ssize_t length;

    if (snprintf(link, sizeof(link), "%s/%s/%s/device", classes, class, name) >= (int)sizeof(link)) return false;
    length = readlink(link, target, sizeof(target) - 1);
    if (length <= 0) return false;
    target[length] = 0;
    last = strrchr(target, '/');
    last = last ? last + 1 : target;
    return snprintf(unit, 64, "%s", last) < 64;
}

static bool read_type(const char *classes, const char *name, uint8_t *type)
{
    char path[PATH_MAX];
    unsigned value;
    bool found;
    FILE *file;

    if (snprintf(path, sizeof(path), "%s/scsi_generic/%s/device/type", classes, name) >= (int)sizeof(path))
        return false;
    file = fopen(path, "re");
    if (!file) return false;
    found = fscanf(file, "%3u", &value) == 1 && value < 0x20;
    fclose(file);
    if (found) *type = (uint8_t)value;
    return found;
}

/* The non-rewinding node of a tape unit: "nst0", not "st0" or "nst0a". */
static void find_tape(const char *classes, const char *unit, struct scsi_node *node)
{
    char path[PATH_MAX], other[64];
    struct dirent *entry;
    DIR *folder;

    if (snprintf(path, sizeof(path), "%s/scsi_tape", classes) >= (int)sizeof(path)) return;
    folder = opendir(path);
    while (folder && (entry = readdir(folder)))
    {
        const char *name = entry->d_name;

        if (strncmp(name, "nst", 3) != 0 || name[3 + strspn(name + 3, "0123456789")] || strlen(name) > 12) continue;
        if (unit_of(classes, "scsi_tape", name, other) && !strcmp(unit, other))
            snprintf(node->tape, sizeof(node->tape), "/dev/%.12s", name);
    }
    if (folder) closedir(folder);
}

static bool read_node(const char *classes, const char *name, struct scsi_node *node)
{
    unsigned numbers[4];
    char unit[64];

    memset(node, 0, sizeof(*node));
    if (strncmp(name, "sg", 2) != 0 || strlen(name) > 12 || !unit_of(classes, "scsi_generic", name, unit) ||
        !read_type(classes, name, &node->type) ||
        sscanf(unit, "%5u:%5u:%5u:%5u", &numbers[0], &numbers[1], &numbers[2], &numbers[3]) != 4)
        return false;
    snprintf(node->generic, sizeof(node->generic), "/dev/%.12s", name);
    node->host = (uint16_t)numbers[0];
    node->channel = (uint16_t)numbers[1];
    node->target = (uint16_t)numbers[2];
    node->lun = (uint16_t)numbers[3];
    if (node->type == 1) find_tape(classes, unit, node);
    return true;
}

static int by_number(const void *a, const void *b)
{
    long first = strtol(((const struct scsi_node *)a)->generic + 7, NULL, 10),
         second = strtol(((const struct scsi_node *)b)->generic + 7, NULL, 10);

    return first < second ? -1 : first > second;
}

size_t scsi_nodes_list(const char *classes, struct scsi_node *nodes, size_t room)
{
    char path[PATH_MAX];
    struct dirent *entry;
    size_t count = 0;
    DIR *folder;

    if (snprintf(path, sizeof(path), "%s/scsi_generic", classes) >= (int)sizeof(path)) return 0;
    folder = opendir(path);
    while (folder && count < room && (entry = readdir(folder)))
        if (read_node(classes, entry->d_name, &nodes[count])) count++;
    if (folder) closedir(folder);
    if (count) qsort(nodes, count, sizeof(*nodes), by_number);
    return count;
}
