/*
 * A media changer: slots, drives, insert/eject ports and what moves media between them. One small interface,
 * implemented by each kind of library (a folder, a SCSI changer through SG_IO or iSCSI, a stand-alone drive); the
 * engine knows no other way to a device.
 *
 * Elements are named by type and index from 0 within the type; the indexes stay the same as long as the device's layout
 * does. Every function returns a Windows error code (win_error.h), 0 when all was done. One thread at a time calls a
 * changer (its library's worker); functions may take as long as the device does and hold no lock of the engine.
 */
#ifndef CORK_RSM_CHANGER_H
#define CORK_RSM_CHANGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum changer_element_type
{
    CHANGER_SLOT,
    CHANGER_DRIVE,
    CHANGER_PORT, /* insert/eject element, "mail slot" */
    CHANGER_ELEMENT_TYPES
};

enum
{
    CHANGER_TEXT = 128,   /* bytes of vendor, product, serial ..., with the 0 (UTF-8) */
    CHANGER_BARCODE = 64, /* bytes of a bar code, with the 0 */
    CHANGER_PATH = 4096,
    LABEL_ID_MAX = 255,
    LABEL_TEXT_MAX = 256,
};

struct changer_element
{
    enum changer_element_type type;
    uint32_t index;
};

/* What stands in an element. */
struct changer_content
{
    bool full;
    bool readable;                 /* false: the element reports an exception; what is in it is not known */
    bool cleaner;                  /* a cleaning medium, where that can be told */
    bool has_source;               /* drives: where the medium came from */
    uint32_t source;               /* index of the slot */
    char barcode[CHANGER_BARCODE]; /* "" when there is none or no reader */
    uint32_t generation;           /* of a stand-alone drive: another number, another medium may have come; else 0 */
};

struct changer_drive
{
    char vendor[CHANGER_TEXT], product[CHANGER_TEXT], revision[CHANGER_TEXT], serial[CHANGER_TEXT];
    char device[CHANGER_TEXT]; /* what szDeviceName shows */
    uint16_t port, bus, target, lun;
};

/* The device as a whole. */
struct changer_description
{
    char vendor[CHANGER_TEXT], product[CHANGER_TEXT], revision[CHANGER_TEXT], serial[CHANGER_TEXT];
    char device[CHANGER_TEXT];
    uint16_t port, bus, target, lun;
    uint32_t elements[CHANGER_ELEMENT_TYPES]; /* how many of each type */
    uint32_t doors;
    bool stand_alone; /* one drive, no slots: a person moves the media */
    bool barcode_reader;
    bool can_clean;       /* drives can be cleaned with a cleaning medium */
    uint32_t media_type;  /* STORAGE_MEDIA_TYPE of ntddstor.h: what new media are taken for */
    uint32_t sides;       /* of a medium, 1 or 2 */
    uint32_t device_type; /* FILE_DEVICE_* of the drives */
    uint32_t rw;          /* NtmsReadWriteCharacteristics */
    char media_type_name[CHANGER_TEXT];
};

/* The on-media identifier (OMID) of one side. */
struct media_label
{
    enum
    {
        LABEL_NONE,   /* blank: nothing recorded */
        LABEL_FREE,   /* Cork's own label of a free medium */
        LABEL_KNOWN,  /* a format that is known (MTF, a file system ...): type, id, info are filled */
        LABEL_UNKNOWN /* data of no known format */
    } kind;
    char type[64]; /* "MTF", "CORK" ... */
    uint8_t id[LABEL_ID_MAX];
    uint32_t id_size;
    char info[LABEL_TEXT_MAX]; /* for people: the tape's name, the volume's name */
};

struct changer;

struct changer_kind
{
    const char *scheme; /* of its locations: "folder" for "folder:/path" */

    /* Opens the device at `location` (without "scheme:"). On failure `message` (of `size` bytes) says why, for people.
     */
    uint32_t (*open)(const char *location, struct changer **changer, char *message, size_t size);
    void (*close)(struct changer *changer);
    uint32_t (*describe)(struct changer *changer, struct changer_description *description);
    uint32_t (*describe_drive)(struct changer *changer, uint32_t index, struct changer_drive *drive);

    /* What stands in each element of `type`; contents has room for as many as describe said. `scan`: have the device
     * look again (INITIALIZE ELEMENT STATUS) before; else what it remembers is enough. */
    uint32_t (*inventory)(struct changer *changer, enum changer_element_type type, bool scan,
                          struct changer_content *contents);

    /* Moves the medium in `from` to the empty `to`; `flip`: turn it over on the way. ERROR_EMPTY, ERROR_NOT_EMPTY
     * (4306, 4307) when an element is not as said: nothing moved then. Any other error: what moved is not known, the
     * engine takes an inventory. */
    uint32_t (*move)(struct changer *changer, struct changer_element from, struct changer_element to, bool flip);

    /* Optional (NULL): unlocks or locks the door or the ports for a person. ERROR_NOT_SUPPORTED when the device has no
     * lock.
     */
    uint32_t (*door)(struct changer *changer, bool unlock);

    /* Optional: whether what was unlocked is still open to a person: false when he has closed it. Without this it is
     * taken for open until its time is over. */
    uint32_t (*is_open)(struct changer *changer, bool *open);

    /* Makes the medium in a drive ready for programs, and takes it back before it is moved out. `side` is 0 or 1. load
     * is called after each move into a drive; for a cleaning medium it returns when the drive has cleaned itself, or
     * with ERROR_CLEANER_CARTRIDGE_SPENT. unload fails with ERROR_BUSY while a program holds the device. */
    uint32_t (*load)(struct changer *changer, uint32_t drive, uint32_t side);
    uint32_t (*unload)(struct changer *changer, uint32_t drive);

    /* Optional: takes the medium in a drive from whoever uses it, as far as this user may, so that unload succeeds. */
    uint32_t (*force)(struct changer *changer, uint32_t drive);

    /* Reads and writes the label of side `side` of the loaded medium in a drive. ERROR_WRITE_PROTECT where it cannot be
     * written. */
    uint32_t (*identify)(struct changer *changer, uint32_t drive, uint32_t side, struct media_label *label);
    uint32_t (*write_label)(struct changer *changer, uint32_t drive, uint32_t side, const struct media_label *label);

    /* Optional: the path at which the loaded medium's files are, or the device node by which a program works with it
     * ("" when it has none). Asks no device: any thread may call it while another uses the changer. */
    uint32_t (*path)(struct changer *changer, uint32_t drive, char path[CHANGER_PATH]);

    /* Optional: whether the drive asks for a cleaning medium (*needed). Devices say it once: what is said is kept until
     * a cleaning medium has been loaded. To be asked after a medium was unloaded, or before the next is loaded. */
    uint32_t (*needs_cleaning)(struct changer *changer, uint32_t drive, bool *needed);
};

/* Every implementation begins with this. */
struct changer
{
    const struct changer_kind *kind;
};

/* The kinds, ended by NULL: changer_kinds.c. */
extern const struct changer_kind *const changer_kinds[];

/* Opens "scheme:location" with the kind of that scheme. ERROR_INVALID_PARAMETER when there is none. */
uint32_t changer_open(const char *location, struct changer **changer, char *message, size_t size);

#endif
