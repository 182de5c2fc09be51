/*
 * Stand-alone drives, found without configuration: each CD, DVD and tape drive that is no part of a changer is a
 * library. A thread looks for devices that come and go, and for media that a person has put in or taken out; what it
 * finds is for the library's own thread to see, by an inventory.
 */
#include "rsm/engine.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "rsm/stand_alone_drive.h"

#define DRIVES_MAX    64
#define LOOK_MS       2000 /* between two looks at the drives; none while there is no drive */
#define NODE_NAME_MAX 16

#define SCSI_TYPE_CHANGER 8 /* SPC-4, peripheral device type */

struct watched_drive
{
    char node[NODE_NAME_MAX]; /* "sr0" */
    const struct drive_device_kind *kind;
    struct drive_device device;
    bool seen;
};

struct discovery
{
    struct rsm *rsm;
    char *folder; /* "/dev" */
    pthread_t thread;
    int stop, changes; /* an eventfd; an inotify of the folder, -1: there is none */
    struct watched_drive drives[DRIVES_MAX];
    size_t count;
};

/* ---- Libraries ---- */

/* A drive of a changer is the changer's. */
static bool is_in_changer(struct rsm *rsm, const struct changer_description *description)
{
    bool found;

    pthread_mutex_lock(&rsm->lock);
    rsm->db.error = 0;
    found =
        db_number(&rsm->db,
                  "SELECT EXISTS(SELECT 1 FROM drive d JOIN library l ON l.id=d.library WHERE l.type<>?1 AND "
                  "((d.serial<>'' AND d.serial=?2) OR (d.port+d.bus+d.target+d.lun>0 AND d.port=?3 AND d.bus=?4 AND "
                  "d.target=?5 AND d.lun=?6)))",
                  "itiiii", (long long)NTMS_LIBRARYTYPE_STANDALONE, description->serial, (long long)description->port,
                  (long long)description->bus, (long long)description->target, (long long)description->lun) != 0;
    pthread_mutex_unlock(&rsm->lock);
    return found;
}

/* Whether a changer is among the units of the drive's SCSI target: such a drive is that changer's. */
static bool is_beside_changer(const struct drive_device_kind *kind, const char *node)
{
    char path[PATH_MAX], target[PATH_MAX], *last;
    struct dirent *entry;
    bool found = false;
    DIR *units;

    snprintf(path, sizeof(path), "/sys/class/%s/%s/device", kind->sys_class, node);
    if (!realpath(path, target)) return false;
    last = strrchr(target, '/');
    *last = 0;
    units = opendir(target);
    while (units && !found && (entry = readdir(units)))
    {
        unsigned type = 0;
        FILE *file;

        if (snprintf(path, sizeof(path), "%.2000s/%s/type", target, entry->d_name) >= (int)sizeof(path)) continue;
        file = fopen(path, "re");
        if (!file) continue;
        found = fscanf(file, "%3u", &type) == 1 && type == SCSI_TYPE_CHANGER;
        fclose(file);
    }
    if (units) closedir(units);
    return found;
}

static bool describe(const char *location, struct changer_description *description)
{
    char message[512];
    struct changer *changer;
    uint32_t error;

    if (changer_open(location, &changer, message, sizeof(message))) return false;
    error = changer->kind->describe(changer, description);
    changer->kind->close(changer);
    return !error;
}

/* Starts the library of a drive; makes it, if it is new. */
static void start_drive(struct discovery *discovery, const struct drive_device_kind *kind, const char *path)
{
    static const uint32_t no_sizes[4] = {0};
    struct changer_description description;
    char location[sizeof(STAND_ALONE_SCHEME) + PATH_MAX], name[2 * CHANGER_TEXT];
    struct rsm *rsm = discovery->rsm;
    bool running;
    struct guid id;

    snprintf(location, sizeof(location), STAND_ALONE_SCHEME "%s", path);
    pthread_mutex_lock(&rsm->lock);
    rsm->db.error = 0;
    id = db_id(&rsm->db, "SELECT id FROM library WHERE location=?", "t", location);
    running = library_find(rsm, &id) != NULL;
    pthread_mutex_unlock(&rsm->lock);
    if (running || is_beside_changer(kind, strrchr(path, '/') + 1) || !describe(location, &description) ||
        is_in_changer(rsm, &description))
        return;
    device_link(rsm, description.device, path);
    if (!guid_is_null(&id))
    {
        library_start(rsm, &id, location);
        return;
    }
    snprintf(name, sizeof(name), "%.30s%s%.30s", description.vendor, description.vendor[0] ? " " : "",
             description.product[0] ? description.product : description.device);
    if (library_add(rsm, location, name, no_sizes, &id)) rsm_log(rsm, "the drive %s cannot be used", path);
}

/* A changer that was added since has the drive: its library is nobody's. */
static void give_up_drives(struct discovery *discovery)
{
    struct rsm *rsm = discovery->rsm;
    struct library *library = NULL;
    struct guid id;

    pthread_mutex_lock(&rsm->lock);
    rsm->db.error = 0;
    id = db_id(&rsm->db,
               "SELECT d.library FROM drive d JOIN library l ON l.id=d.library WHERE l.type=?1 AND d.serial<>'' AND "
               "EXISTS(SELECT 1 FROM drive o JOIN library c ON c.id=o.library WHERE c.type<>?1 AND o.serial=d.serial) "
               "LIMIT 1",
               "i", (long long)NTMS_LIBRARYTYPE_STANDALONE);
    library = library_find(rsm, &id);
    pthread_mutex_unlock(&rsm->lock);
    if (guid_is_null(&id)) return;
    if (library) library_stop(rsm, library);
    rsm_begin(rsm);
    library_forget(rsm, &id);
    rsm_end(rsm, 0);
}

static void stop_drive(struct discovery *discovery, const char *path)
{
    char location[sizeof(STAND_ALONE_SCHEME) + PATH_MAX];
    struct rsm *rsm = discovery->rsm;
    struct library *library;
    struct guid id;

    snprintf(location, sizeof(location), STAND_ALONE_SCHEME "%s", path);
    pthread_mutex_lock(&rsm->lock);
    rsm->db.error = 0;
    id = db_id(&rsm->db, "SELECT id FROM library WHERE location=?", "t", location);
    library = library_find(rsm, &id);
    pthread_mutex_unlock(&rsm->lock);
    if (library) library_gone(rsm, library);
}

/* Whether the drive is looked at: it has a library of its own, and no program would find it taken by that, which has a
 * medium mounted in it. A changer's drives are the changer's alone. */
static bool may_look(struct rsm *rsm, const struct watched_drive *drive)
{
    char location[sizeof(STAND_ALONE_SCHEME) + PATH_MAX];
    struct guid library, id;
    bool may;

    snprintf(location, sizeof(location), STAND_ALONE_SCHEME "%s", drive->device.path);
    pthread_mutex_lock(&rsm->lock);
    rsm->db.error = 0;
    library = db_id(&rsm->db, "SELECT id FROM library WHERE location=?", "t", location);
    id = db_id(&rsm->db, "SELECT id FROM drive WHERE library=? AND (reserved IS NOT NULL OR state IN (?, ?))", "gii",
               &library, (long long)NTMS_DRIVESTATE_MOUNTED, (long long)NTMS_DRIVESTATE_LOADED);
    may = library_find(rsm, &library) && (guid_is_null(&id) || !drive->kind->exclusive);
    pthread_mutex_unlock(&rsm->lock);
    return may;
}

/* ---- Devices ---- */

static void forget(struct discovery *discovery, size_t index)
{
    stop_drive(discovery, discovery->drives[index].device.path);
    discovery->drives[index] = discovery->drives[--discovery->count];
}

static void find_drive(struct discovery *discovery, const char *node)
{
    struct watched_drive *drive = &discovery->drives[discovery->count];
    const struct drive_device_kind *kind;
    unsigned number;
    bool full, changed;

    for (size_t i = 0; i < discovery->count; i++)
        if (!strcmp(discovery->drives[i].node, node))
        {
            discovery->drives[i].seen = true;
            /* It may not have been to be opened before. */
            start_drive(discovery, discovery->drives[i].kind, discovery->drives[i].device.path);
            return;
        }
    kind = stand_alone_kind_of(node, &number);
    if (!kind || discovery->count == DRIVES_MAX || strlen(node) >= NODE_NAME_MAX) return;
    memset(drive, 0, sizeof(*drive));
    strcpy(drive->node, node);
    drive->kind = kind;
    drive->seen = true;
    if (snprintf(drive->device.path, sizeof(drive->device.path), "%s/%s", discovery->folder, node) >=
        (int)sizeof(drive->device.path))
        return;
    discovery->count++;
    /* Before its library's first inventory: what changes after that is seen as a change. */
    if (!is_beside_changer(kind, node)) kind->status(&drive->device, &full, &changed);
    start_drive(discovery, kind, drive->device.path);
}

static void find_drives(struct discovery *discovery)
{
    DIR *folder = opendir(discovery->folder);
    struct dirent *entry;

    for (size_t i = 0; i < discovery->count; i++)
        discovery->drives[i].seen = false;
    while (folder && (entry = readdir(folder)))
        find_drive(discovery, entry->d_name);
    if (folder) closedir(folder);
    for (size_t i = discovery->count; i-- > 0;)
        if (!discovery->drives[i].seen) forget(discovery, i);
}

/* ---- Media ---- */

/* Queues an inventory where the database says otherwise, or the medium may be another one. */
static void compare(struct rsm *rsm, const char *path, bool full, bool changed)
{
    struct libreq request = {.op = NTMS_LM_INVENTORY, .option = NTMS_INVENTORY_FAST};
    char location[sizeof(STAND_ALONE_SCHEME) + PATH_MAX];
    bool known;

    snprintf(location, sizeof(location), STAND_ALONE_SCHEME "%s", path);
    pthread_mutex_lock(&rsm->lock);
    rsm->db.error = 0;
    request.library = db_id(&rsm->db, "SELECT id FROM library WHERE location=?", "t", location);
    known = db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM medium WHERE library=?)", "g", &request.library) != 0;
    pthread_mutex_unlock(&rsm->lock);
    if (full == known && !(full && changed)) return;
    rsm_begin(rsm);
    if (library_find(rsm, &request.library) &&
        !db_number(&rsm->db, "SELECT EXISTS(SELECT 1 FROM libreq WHERE library=? AND op=? AND state=?)", "gii",
                   &request.library, (long long)NTMS_LM_INVENTORY, (long long)NTMS_LM_QUEUED))
        libreq_add(rsm, NULL, &request);
    rsm_end(rsm, 0);
}

/* What cannot be told now (a drive that is at work, or that a program has for itself) is told later. */
static void look_at_drives(struct discovery *discovery)
{
    for (size_t i = 0; i < discovery->count; i++)
    {
        struct watched_drive *drive = &discovery->drives[i];
        bool full, changed;

        if (may_look(discovery->rsm, drive) && !drive->kind->status(&drive->device, &full, &changed))
            compare(discovery->rsm, drive->device.path, full, changed);
    }
}

/* ---- The thread ---- */

static bool read_changes(struct discovery *discovery)
{
    char events[4096];

    return read(discovery->changes, events, sizeof(events)) > 0;
}

static void *discovery_main(void *context)
{
    struct discovery *discovery = context;

    find_drives(discovery);
    for (;;)
    {
        struct pollfd files[2] = {{.fd = discovery->stop, .events = POLLIN},
                                  {.fd = discovery->changes, .events = POLLIN}};

        if (poll(files, 2, discovery->count ? LOOK_MS : -1) < 0 && errno != EINTR) break;
        if (files[0].revents) break;
        if (files[1].revents && read_changes(discovery)) find_drives(discovery);
        look_at_drives(discovery);
        give_up_drives(discovery);
    }
    return NULL;
}

static void discovery_free(struct discovery *discovery)
{
    if (discovery->stop >= 0) close(discovery->stop);
    if (discovery->changes >= 0) close(discovery->changes);
    free(discovery->folder);
    free(discovery);
}

uint32_t discovery_start(struct rsm *rsm, const char *folder)
{
    struct discovery *discovery = calloc(1, sizeof(*discovery));

    if (!discovery) return ERROR_NOT_ENOUGH_MEMORY;
    discovery->rsm = rsm;
    discovery->folder = strdup(folder);
    discovery->stop = eventfd(0, EFD_CLOEXEC);
    discovery->changes = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    /* A node may be made before it may be opened: its attributes change then. */
    if (discovery->changes >= 0)
        inotify_add_watch(discovery->changes, folder, IN_CREATE | IN_DELETE | IN_ATTRIB | IN_MOVED_TO | IN_MOVED_FROM);
    if (!discovery->folder || discovery->stop < 0 ||
        pthread_create(&discovery->thread, NULL, discovery_main, discovery))
    {
        discovery_free(discovery);
        return ERROR_NOT_ENOUGH_MEMORY;
    }
    rsm->discovery = discovery;
    return 0;
}

void discovery_end(struct rsm *rsm)
{
    struct discovery *discovery = rsm->discovery;
    const uint64_t one = 1;

    if (!discovery) return;
    if (write(discovery->stop, &one, sizeof(one)) == sizeof(one)) pthread_join(discovery->thread, NULL);
    rsm->discovery = NULL;
    discovery_free(discovery);
}
