/* The folder library. */
#include "rsm/folder_library.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rsm/media_label.h"
#include "win_error.h"

#define COUNT_MAX        10000u
#define LABEL_FILE       ".cork-label"
#define LABEL_BLOCK      65536 /* bytes of it that are looked at */
#define REMOVABLE_MEDIA  11    /* RemovableMedia, ntddstor.h */
#define FILE_DEVICE_DISK 7

struct folder_library
{
    struct changer base;
    char root[CHANGER_PATH / 2];
    struct folder_library_size size;
    bool barcodes; /* it has a reader */
};

static uint32_t folder_door(struct changer *changer, bool unlock);

static const char *const folder_names[CHANGER_ELEMENT_TYPES] = {"slots", "drives", "ports"};

static uint32_t error_of(int code)
{
    switch (code)
    {
    case ENOMEM:
        return ERROR_NOT_ENOUGH_MEMORY;
    case EACCES:
    case EPERM:
        return ERROR_ACCESS_DENIED;
    case EROFS:
        return ERROR_WRITE_PROTECT;
    case EBUSY:
        return ERROR_BUSY;
    default:
        return ERROR_DEVICE_NOT_AVAILABLE;
    }
}

static struct folder_library *library_of(struct changer *changer)
{
    return (struct folder_library *)changer;
}

static uint32_t count_of(const struct folder_library *library, enum changer_element_type type)
{
    return type == CHANGER_SLOT    ? library->size.slots
           : type == CHANGER_DRIVE ? library->size.drives
                                   : library->size.ports;
}

/* ---- Making one ---- */

static bool format_path(char path[CHANGER_PATH], const char *root, enum changer_element_type type, uint32_t index,
                        const char *name)
{
    int length = snprintf(path, CHANGER_PATH, type == CHANGER_SLOT ? "%s/%s/%04u%s%s" : "%s/%s/%u%s%s", root,
                          folder_names[type], index + 1, name ? "/" : "", name ? name : "");

    return length > 0 && length < CHANGER_PATH;
}

static bool read_size(const char *root, struct folder_library_size *size, bool *barcodes)
{
    unsigned reader = 1;
    char path[CHANGER_PATH];
    FILE *file;
    int fields;

    snprintf(path, sizeof(path), "%s/library.ini", root);
    file = fopen(path, "re");
    if (!file) return false;
    fields = fscanf(file, "drives=%u\nslots=%u\nports=%u\nsides=%u\nbarcodes=%u\n", &size->drives, &size->slots,
                    &size->ports, &size->sides, &reader);
    fclose(file);
    *barcodes = reader != 0;
    return fields >= 4 && size->drives >= 1 && size->drives <= COUNT_MAX && size->slots >= 1 &&
           size->slots <= COUNT_MAX && size->ports <= COUNT_MAX && (size->sides == 1 || size->sides == 2);
}

static uint32_t make_folder(const char *path)
{
    if (!mkdir(path, 0700) || errno == EEXIST) return 0;
    return error_of(errno);
}

static uint32_t make_elements(const char *root, enum changer_element_type type, uint32_t count)
{
    char path[CHANGER_PATH];
    uint32_t error;

    snprintf(path, sizeof(path), "%s/%s", root, folder_names[type]);
    error = make_folder(path);
    for (uint32_t i = 0; i < count && !error; i++)
        error = format_path(path, root, type, i, NULL) ? make_folder(path) : ERROR_INVALID_NAME;
    return error;
}

uint32_t folder_library_create(const char *root, const struct folder_library_size *size)
{
    struct folder_library_size there;
    char path[CHANGER_PATH];
    uint32_t error;
    bool barcodes;
    FILE *file;

    if (root[0] != '/' || strlen(root) >= CHANGER_PATH / 2) return ERROR_INVALID_NAME;
    if (!size->drives || size->drives > COUNT_MAX || !size->slots || size->slots > COUNT_MAX ||
        size->ports > COUNT_MAX || size->sides < 1 || size->sides > 2)
        return ERROR_INVALID_PARAMETER;
    if (read_size(root, &there, &barcodes) && memcmp(&there, size, sizeof(there))) return ERROR_ALREADY_EXISTS;
    error = make_folder(root);
    if (!error) error = make_elements(root, CHANGER_SLOT, size->slots);
    if (!error) error = make_elements(root, CHANGER_DRIVE, size->drives);
    if (!error) error = make_elements(root, CHANGER_PORT, size->ports);
    if (error) return error;

    /* Last, so that a library that is there is whole. */
    snprintf(path, sizeof(path), "%s/library.ini", root);
    file = fopen(path, "we");
    if (!file) return error_of(errno);
    fprintf(file, "drives=%u\nslots=%u\nports=%u\nsides=%u\n", size->drives, size->slots, size->ports, size->sides);
    return fclose(file) ? error_of(errno) : 0;
}

/* ---- Opening ---- */

static uint32_t folder_open(const char *location, struct changer **changer, char *message, size_t size)
{
    struct folder_library *library;

    if (location[0] != '/' || strlen(location) >= sizeof(library->root))
    {
        snprintf(message, size, "a folder library is named by its absolute path");
        return ERROR_INVALID_NAME;
    }
    library = calloc(1, sizeof(*library));
    if (!library) return ERROR_NOT_ENOUGH_MEMORY;
    library->base.kind = &folder_library_kind;
    strcpy(library->root, location);
    if (!read_size(location, &library->size, &library->barcodes))
    {
        snprintf(message, size, "%.200s has no library.ini of a folder library", location);
        free(library);
        return ERROR_DEVICE_NOT_AVAILABLE;
    }
    *changer = &library->base;
    folder_door(*changer, false); /* nobody waits any more for a person who was let in */
    return 0;
}

static void folder_close(struct changer *changer)
{
    free(changer);
}

static uint32_t folder_describe(struct changer *changer, struct changer_description *description)
{
    struct folder_library *library = library_of(changer);

    memset(description, 0, sizeof(*description));
    strcpy(description->vendor, "Cork");
    strcpy(description->product, "Folder Library");
    strcpy(description->revision, "1");
    snprintf(description->device, sizeof(description->device), "%.*s", 60, library->root);
    description->elements[CHANGER_SLOT] = library->size.slots;
    description->elements[CHANGER_DRIVE] = library->size.drives;
    description->elements[CHANGER_PORT] = library->size.ports;
    description->doors = 1;
    description->barcode_reader = library->barcodes;
    description->can_clean = true;
    description->media_type = REMOVABLE_MEDIA;
    description->sides = library->size.sides;
    description->device_type = FILE_DEVICE_DISK;
    description->rw = 1; /* NTMS_MEDIARW_REWRITABLE */
    strcpy(description->media_type_name, library->size.sides == 2 ? "Folder, two-sided" : "Folder");
    return 0;
}

static uint32_t folder_describe_drive(struct changer *changer, uint32_t index, struct changer_drive *drive)
{
    memset(drive, 0, sizeof(*drive));
    if (index >= library_of(changer)->size.drives) return ERROR_INVALID_DRIVE;
    strcpy(drive->vendor, "Cork");
    strcpy(drive->product, "Folder Drive");
    strcpy(drive->revision, "1");
    drive->target = (uint16_t)index;
    return 0;
}

/* ---- Contents ---- */

/* The name of the medium in an element; false with *error 0: empty. More than one is taken for a fault of that element.
 */
static bool medium_in(const struct folder_library *library, struct changer_element element, char name[CHANGER_BARCODE],
                      uint32_t *error)
{
    char path[CHANGER_PATH];
    struct dirent *entry;
    bool found = false;
    DIR *folder;

    *error = format_path(path, library->root, element.type, element.index, NULL) ? 0 : ERROR_INVALID_NAME;
    if (*error) return false;
    folder = opendir(path);
    if (!folder)
    {
        *error = error_of(errno);
        return false;
    }
    while (!*error && (entry = readdir(folder)))
    {
        if (entry->d_name[0] == '.') continue;
        if (found || strlen(entry->d_name) >= CHANGER_BARCODE)
            *error = ERROR_INVALID_STATE;
        else
            strcpy(name, entry->d_name);
        found = true;
    }
    closedir(folder);
    return found && !*error;
}

static uint32_t folder_inventory(struct changer *changer, enum changer_element_type type, bool scan,
                                 struct changer_content *contents)
{
    struct folder_library *library = library_of(changer);
    struct stat status;

    (void)scan;
    if (stat(library->root, &status)) return ERROR_DEVICE_NOT_AVAILABLE;
    for (uint32_t i = 0; i < count_of(library, type); i++)
    {
        struct changer_element element = {type, i};
        uint32_t error;

        memset(&contents[i], 0, sizeof(contents[i]));
        contents[i].full = medium_in(library, element, contents[i].barcode, &error);
        contents[i].readable = !error;
        if (error) contents[i].full = error == ERROR_INVALID_STATE;
        if (error) contents[i].barcode[0] = 0;
        contents[i].cleaner = !strncmp(contents[i].barcode, "CLN", 3);
        if (!library->barcodes) contents[i].barcode[0] = 0;
    }
    return 0;
}

static uint32_t folder_move(struct changer *changer, struct changer_element from, struct changer_element to, bool flip)
{
    struct folder_library *library = library_of(changer);
    char source[CHANGER_PATH], target[CHANGER_PATH], name[CHANGER_BARCODE], other[CHANGER_BARCODE];
    uint32_t error;

    (void)flip; /* a side is chosen when the medium is loaded */
    if (from.index >= count_of(library, from.type) || to.index >= count_of(library, to.type))
        return ERROR_INVALID_PARAMETER;
    if (!medium_in(library, from, name, &error)) return error ? error : ERROR_EMPTY;
    if (medium_in(library, to, other, &error)) return ERROR_NOT_EMPTY;
    if (error) return error == ERROR_INVALID_STATE ? ERROR_NOT_EMPTY : error;
    if (!format_path(source, library->root, from.type, from.index, name) ||
        !format_path(target, library->root, to.type, to.index, name))
        return ERROR_INVALID_NAME;
    if (!rename(source, target)) return 0;
    return errno == ENOENT ? ERROR_EMPTY : errno == ENOTEMPTY || errno == EEXIST ? ERROR_NOT_EMPTY : error_of(errno);
}

/* ---- The door ----
 *
 * While a person may put media into the slots and take them out there is a file "open" in the library's folder; he
 * closes the door by removing it. */

static bool door_path(const struct folder_library *library, char path[CHANGER_PATH])
{
    int length = snprintf(path, CHANGER_PATH, "%s/open", library->root);

    return length > 0 && length < CHANGER_PATH;
}

static uint32_t folder_door(struct changer *changer, bool unlock)
{
    char path[CHANGER_PATH];
    int file;

    if (!door_path(library_of(changer), path)) return ERROR_INVALID_NAME;
    if (!unlock) return unlink(path) && errno != ENOENT ? error_of(errno) : 0;
    file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return error_of(errno);
    close(file);
    return 0;
}

static uint32_t folder_is_open(struct changer *changer, bool *open)
{
    char path[CHANGER_PATH];

    if (!door_path(library_of(changer), path)) return ERROR_INVALID_NAME;
    *open = !access(path, F_OK);
    return 0;
}

/* ---- Drives ---- */

/* The folder of a side of the medium in a drive. */
static uint32_t side_path(struct folder_library *library, uint32_t drive, uint32_t side, char path[CHANGER_PATH])
{
    struct changer_element element = {CHANGER_DRIVE, drive};
    char name[CHANGER_BARCODE];
    size_t length;
    uint32_t error;

    if (drive >= library->size.drives || side >= library->size.sides) return ERROR_INVALID_PARAMETER;
    if (!medium_in(library, element, name, &error)) return error ? error : ERROR_EMPTY;
    if (!format_path(path, library->root, CHANGER_DRIVE, drive, name)) return ERROR_INVALID_NAME;
    if (library->size.sides == 1) return 0;
    length = strlen(path);
    if (length + 3 > CHANGER_PATH) return ERROR_INVALID_NAME;
    path[length] = '/';
    path[length + 1] = side ? 'B' : 'A';
    path[length + 2] = 0;
    return make_folder(path);
}

/* Which side is loaded is a symbolic link beside the medium, ".loaded", so that it can be read again after a restart.
 */
static bool link_path(const struct folder_library *library, uint32_t drive, char path[CHANGER_PATH])
{
    return format_path(path, library->root, CHANGER_DRIVE, drive, ".loaded");
}

static uint32_t folder_load(struct changer *changer, uint32_t drive, uint32_t side)
{
    struct folder_library *library = library_of(changer);
    char path[CHANGER_PATH], link[CHANGER_PATH];
    uint32_t error = side_path(library, drive, side, path);

    if (error) return error;
    if (!link_path(library, drive, link)) return ERROR_INVALID_NAME;
    if (unlink(link) && errno != ENOENT) return error_of(errno);
    return symlink(path, link) ? error_of(errno) : 0;
}

static uint32_t folder_unload(struct changer *changer, uint32_t drive)
{
    char link[CHANGER_PATH];

    if (!link_path(library_of(changer), drive, link)) return ERROR_INVALID_NAME;
    return unlink(link) && errno != ENOENT ? error_of(errno) : 0;
}

static uint32_t folder_path(struct changer *changer, uint32_t drive, char path[CHANGER_PATH])
{
    char link[CHANGER_PATH];
    ssize_t length;

    path[0] = 0;
    if (!link_path(library_of(changer), drive, link)) return ERROR_INVALID_NAME;
    length = readlink(link, path, CHANGER_PATH - 1);
    path[length > 0 ? length : 0] = 0;
    return length < 0 && errno != ENOENT ? error_of(errno) : 0;
}

/* ---- Labels ----
 *
 * What would be the first block of a tape. */

static uint32_t label_path(struct changer *changer, uint32_t drive, uint32_t side, char path[CHANGER_PATH])
{
    uint32_t error = side_path(library_of(changer), drive, side, path);

    if (error) return error;
    if (strlen(path) + sizeof("/" LABEL_FILE) > CHANGER_PATH) return ERROR_INVALID_NAME;
    strcat(path, "/" LABEL_FILE);
    return 0;
}

static bool is_blank(const char *label)
{
    char path[CHANGER_PATH];
    struct dirent *entry;
    bool blank = true;
    DIR *folder;

    snprintf(path, sizeof(path), "%.*s", (int)(strlen(label) - sizeof(LABEL_FILE)), label);
    folder = opendir(path);
    while (folder && blank && (entry = readdir(folder)))
        blank = !strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..");
    if (folder) closedir(folder);
    return blank;
}

static uint32_t folder_identify(struct changer *changer, uint32_t drive, uint32_t side, struct media_label *label)
{
    uint8_t block[LABEL_BLOCK];
    char path[CHANGER_PATH];
    uint32_t error;
    size_t size;
    FILE *file;

    memset(label, 0, sizeof(*label));
    error = label_path(changer, drive, side, path);
    if (error) return error;
    file = fopen(path, "re");
    if (!file)
    {
        if (errno != ENOENT) return error_of(errno);
        label->kind = is_blank(path) ? LABEL_NONE : LABEL_UNKNOWN;
        return 0;
    }
    size = fread(block, 1, sizeof(block), file);
    error = ferror(file) ? ERROR_GEN_FAILURE : 0;
    fclose(file);
    media_label_recognise(block, size, label);
    return error;
}

static uint32_t folder_write_label(struct changer *changer, uint32_t drive, uint32_t side,
                                   const struct media_label *label)
{
    char path[CHANGER_PATH], draft[CHANGER_PATH + 8];
    uint32_t error = label_path(changer, drive, side, path);
    uint8_t block[MEDIA_LABEL_FREE_BYTES];
    size_t size = media_label_write_free(label, block, sizeof(block));
    bool written;
    FILE *file;

    if (error) return error;
    if (!size) return ERROR_INVALID_PARAMETER;
    snprintf(draft, sizeof(draft), "%s.new", path);
    file = fopen(draft, "we");
    if (!file) return error_of(errno);
    written = fwrite(block, 1, size, file) == size;
    written = !fclose(file) && written;
    if (written && !rename(draft, path)) return 0;
    unlink(draft);
    return ERROR_WRITE_PROTECT;
}

const struct changer_kind folder_library_kind = {
    .scheme = "folder",
    .open = folder_open,
    .close = folder_close,
    .describe = folder_describe,
    .describe_drive = folder_describe_drive,
    .inventory = folder_inventory,
    .move = folder_move,
    .door = folder_door,
    .is_open = folder_is_open,
    .load = folder_load,
    .unload = folder_unload,
    .identify = folder_identify,
    .write_label = folder_write_label,
    .path = folder_path,
};
