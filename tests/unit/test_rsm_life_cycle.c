/*
 * The states of media and how they get from one to the other.
 *
 * Sides (NTMS_PARTITIONINFORMATION, "Media Life Cycle", "Media Pools"):
 *   -           -> Foreign         blank media; data of no known format                    new_media
 *   -           -> Import          a known format; a free label of another computer        new_media
 *   Foreign     -> Unprepared -> Available  moved to the free pool                         prepared
 *   Import      -> Unprepared -> Available  moved to the free pool                         prepared
 *   Available   -> Allocated       AllocateNtmsMedia                                       allocated
 *   Available   -> Reserved        the other side, with NTMS_ALLOCATE_NEW                  two_sides
 *   Reserved    -> Allocated       NTMS_ALLOCATE_NEXT                                      two_sides
 *   Reserved    -> Available       no side of the medium is in use any more                two_sides
 *   Allocated   -> Complete        SetNtmsMediaComplete                                    allocated
 *   Allocated   -> Available       DeallocateNtmsMedia                                     allocated
 *   Complete    -> Available       DeallocateNtmsMedia                                     allocated
 *   Available   -> Decommissioned  DecommissionNtmsMedia; no other state                   allocated
 *   Available   -> Import, Foreign its free label has gone                                 lost_free_label
 *   Foreign, Import -> Complete, Allocated, Decommissioned: none                           not_from_there
 *   (Incompatible: test_rsm_stand_alone.c. Allocated -> Decommissioned at the pool's limit: test_rsm_objects.c.)
 *
 * Physical media (NTMS_PMIDINFORMATION):
 *   Idle -> Loaded -> Unloaded -> Idle  mounted, dismounted deferred, taken out            mounted
 *   Idle -> OpReq -> Idle          mount of an offline medium, cancelled                   offline
 *   slot -> offline -> slot        taken out and put in again                              offline, recognised_again
 *
 * Drives (NTMS_DRIVEINFORMATION):
 *   Dismounted -> Loaded -> Dismountable -> Dismounted                                     mounted
 *
 * Libraries (NTMS_OBJECTINFORMATION, dwOperationalState):
 *   Ready -> Not present -> Ready                                                          library_goes
 *
 * Mounted (a medium in a drive that is not ready yet) and In use (being moved) last as long as the device takes;
 * nothing waits there for a test to look.
 *
 * And which medium is which: "RSM Media Identification and Naming", NTMS_LIBRARYINFORMATION (InventoryMethod,
 * AutoRecovery).
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rsm_labels.h"

#define WAIT     10000
#define A_GUID   "12345678-1234-1234-1234-123456789012"
#define B_GUID   "a2345678-1234-1234-1234-123456789012"
#define RECOVERY 20 /* the field of AutoRecovery */
#define POLICY   4  /* the field of dwMediaPoolPolicy */

static void inventory(struct bench *bench, uint32_t method)
{
    require(simple_number(bench, RSM_INVENTORY, &bench->library, method) == 0);
    rsm_drain(bench->rsm);
}

static struct guid side_of(struct bench *bench, const struct guid *medium)
{
    return first(bench, medium, NTMS_PARTITION);
}

static uint32_t state_in_slot(struct bench *bench, uint32_t slot)
{
    struct guid medium = medium_in_slot(bench, slot), side = side_of(bench, &medium);

    return side_state_of(bench, &side);
}

static bool is_in_pool(struct bench *bench, const struct guid *medium, const char *top)
{
    struct guid pool = medium_pool_of(bench, medium), wanted = pool_below(bench, top);

    return guid_equal(&pool, &wanted);
}

static void to_free_pool(struct bench *bench, const struct guid *medium)
{
    struct guid pool = pool_below(bench, "Free");

    require(simple2(bench, RSM_MOVE_TO_POOL, medium, &pool) == 0);
    rsm_drain(bench->rsm);
}

/* A folder library whose media get their labels before they are looked at. */
static void open_with_labels(struct bench *bench, bool barcodes)
{
    char path[400];
    uint8_t block[MEDIA_LABEL_FREE_BYTES];
    struct media_label label = {.id_size = 16, .id = {42}};

    bench_open(bench, 2, 8, 1, 0);
    if (!barcodes) without_barcodes(bench);
    for (int i = 1; i <= 4; i++)
    {
        snprintf(path, sizeof(path), "%s/library/slots/%04d/M%03d", bench->root, i, i);
        require(!mkdir(path, 0700));
    }
    put_label(bench, 2, "M002", "some data", 9);
    put_mtf(bench, 3, "M003", "Tape A", A_GUID);
    require(media_label_write_free(&label, block, sizeof(block)));
    put_label(bench, 4, "M004", block, sizeof(block));
    inventory(bench, NTMS_INVENTORY_FAST);
}

/* "If it has not seen this particular media before nor discerned its format ..., Removable Storage Manager places the
 * cartridge in the unrecognized pool for its media type. Blank media are treated this way." "If Removable Storage
 * Manager can identify the format or application ..., it places the cartridge in the import pool." */
START_TEST(new_media)
{
    struct bench bench;
    struct guid media[5], side;
    struct side_label label;

    open_with_labels(&bench, true);
    for (uint32_t i = 1; i <= 4; i++)
        media[i] = medium_in_slot(&bench, i);
    require(state_in_slot(&bench, 1) == NTMS_PARTSTATE_FOREIGN && is_in_pool(&bench, &media[1], "Unrecognized"));
    require(state_in_slot(&bench, 2) == NTMS_PARTSTATE_FOREIGN && is_in_pool(&bench, &media[2], "Unrecognized"));
    require(state_in_slot(&bench, 3) == NTMS_PARTSTATE_IMPORT && is_in_pool(&bench, &media[3], "Import"));
    require(state_in_slot(&bench, 4) == NTMS_PARTSTATE_IMPORT && is_in_pool(&bench, &media[4], "Import"));
    side = side_of(&bench, &media[3]);
    label = side_label_of(&bench, &side);
    require(!strcmp(label.type, "Some Backup") && !strcmp(label.info, "Tape A") && label.id_size == 16);
    require(label.id[0] == 0x78 && label.id[15] == 0x12);
    side = side_of(&bench, &media[1]);
    label = side_label_of(&bench, &side);
    require(!label.type[0] && !label.id_size);
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

/* "Media Names": the bar code; else, "if the media is single-sided and has a recognized label type", the label's name;
 * else the sequence number. */
START_TEST(names)
{
    struct bench bench;
    struct guid found;

    open_with_labels(&bench, true);
    found = named(&bench, &bench.library, NTMS_PHYSICAL_MEDIA, "M003");
    require(!guid_is_null(&found));
    bench_delete(&bench);
    open_with_labels(&bench, false);
    found = named(&bench, &bench.library, NTMS_PHYSICAL_MEDIA, "Tape A");
    require(!guid_is_null(&found));
    found = named(&bench, &bench.library, NTMS_PHYSICAL_MEDIA, "1");
    require(!guid_is_null(&found));
    bench_delete(&bench);
}
END_TEST

START_TEST(prepared)
{
    struct bench bench;
    struct guid media[5], side;
    struct side_label label;

    open_with_labels(&bench, true);
    for (uint32_t i = 1; i <= 4; i++)
    {
        media[i] = medium_in_slot(&bench, i);
        to_free_pool(&bench, &media[i]);
        require(state_in_slot(&bench, i) == NTMS_PARTSTATE_AVAILABLE && is_in_pool(&bench, &media[i], "Free"));
        side = side_of(&bench, &media[i]);
        label = side_label_of(&bench, &side);
        require(!strcmp(label.type, MEDIA_LABEL_FREE_TYPE) && label.id_size == 16);
    }
    inventory(&bench, NTMS_INVENTORY_OMID);
    for (uint32_t i = 1; i <= 4; i++)
        require(state_in_slot(&bench, i) == NTMS_PARTSTATE_AVAILABLE && is_in_pool(&bench, &media[i], "Free"));
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

START_TEST(not_from_there)
{
    struct bench bench;
    struct guid type, pool, medium, side, media;

    open_with_labels(&bench, true);
    type = media_type_of(&bench);
    pool = create_pool(&bench, "Application", &type);
    for (uint32_t i = 1; i <= 3; i += 2) /* Foreign, Import */
    {
        medium = medium_in_slot(&bench, i);
        side = side_of(&bench, &medium);
        require(simple(&bench, RSM_DECOMMISSION, &side) == ERROR_INVALID_STATE);
        require(simple2(&bench, RSM_MOVE_TO_POOL, &medium, &pool) == ERROR_INVALID_MEDIA_POOL);
    }
    require(allocate(&bench, &pool, NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE, 0, &media) == ERROR_MEDIA_UNAVAILABLE);
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

/* An application's pool with the medium of slot 1 in it, allocated. */
static struct guid allocate_first(struct bench *bench, struct guid *medium, struct guid *side)
{
    struct guid type = media_type_of(bench), pool = create_pool(bench, "Application", &type), media;

    *medium = medium_in_slot(bench, 1);
    *side = side_of(bench, medium);
    to_free_pool(bench, medium);
    require(simple2(bench, RSM_MOVE_TO_POOL, medium, &pool) == 0);
    require(side_state_of(bench, side) == NTMS_PARTSTATE_AVAILABLE);
    require(allocate(bench, &pool, 0, WAIT, &media) == 0);
    return media;
}

START_TEST(allocated)
{
    struct bench bench;
    struct guid medium, side, media, pool, drive;

    bench_open(&bench, 1, 4, 1, 1);
    media = allocate_first(&bench, &medium, &side);
    pool = medium_pool_of(&bench, &medium);
    require(side_state_of(&bench, &side) == NTMS_PARTSTATE_ALLOCATED);
    require(simple(&bench, RSM_DECOMMISSION, &side) == ERROR_INVALID_STATE);
    require(simple_number(&bench, RSM_DEALLOCATE, &media, 0) == 0);
    require(side_state_of(&bench, &side) == NTMS_PARTSTATE_AVAILABLE);
    require(allocate(&bench, &pool, 0, WAIT, &media) == 0);
    require(simple(&bench, RSM_SET_COMPLETE, &media) == 0);
    require(side_state_of(&bench, &side) == NTMS_PARTSTATE_COMPLETE);
    require(simple(&bench, RSM_SET_COMPLETE, &media) == ERROR_INVALID_STATE);
    require(simple(&bench, RSM_DECOMMISSION, &side) == ERROR_INVALID_STATE);
    require(mount(&bench, &media, NTMS_MOUNT_WRITE, WAIT, &drive) == ERROR_WRITE_PROTECT);
    require(mount(&bench, &media, NTMS_MOUNT_READ, WAIT, &drive) == 0);
    require(dismount(&bench, &media, NTMS_DISMOUNT_IMMEDIATE) == 0);
    rsm_drain(bench.rsm);
    require(simple_number(&bench, RSM_DEALLOCATE, &media, 0) == 0);
    require(side_state_of(&bench, &side) == NTMS_PARTSTATE_AVAILABLE);
    require(simple(&bench, RSM_DECOMMISSION, &side) == 0);
    require(side_state_of(&bench, &side) == NTMS_PARTSTATE_DECOMMISSIONED);
    require(mount(&bench, &side, NTMS_MOUNT_READ, WAIT, &drive) == ERROR_INVALID_STATE);
    inventory(&bench, NTMS_INVENTORY_OMID);
    require(side_state_of(&bench, &side) == NTMS_PARTSTATE_DECOMMISSIONED);
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

START_TEST(two_sides)
{
    struct bench bench;
    struct guid type, pool, medium, sides[2], first_media, next_media;
    uint32_t count;

    bench_open(&bench, 1, 4, 2, 1);
    type = media_type_of(&bench);
    pool = create_pool(&bench, "Application", &type);
    medium = medium_in_slot(&bench, 1);
    to_free_pool(&bench, &medium);
    require(simple2(&bench, RSM_MOVE_TO_POOL, &medium, &pool) == 0);
    require(enumerate(&bench, &medium, NTMS_PARTITION, sides, 2, &count) == 0 && count == 2);
    require(allocate(&bench, &pool, NTMS_ALLOCATE_NEW, WAIT, &first_media) == 0);
    require(side_state_of(&bench, &sides[0]) + side_state_of(&bench, &sides[1]) ==
            NTMS_PARTSTATE_ALLOCATED + NTMS_PARTSTATE_RESERVED);
    next_media = first_media;
    require(allocate(&bench, &pool, NTMS_ALLOCATE_NEXT, WAIT, &next_media) == 0);
    require(side_state_of(&bench, &sides[0]) == NTMS_PARTSTATE_ALLOCATED);
    require(side_state_of(&bench, &sides[1]) == NTMS_PARTSTATE_ALLOCATED);
    require(simple_number(&bench, RSM_DEALLOCATE, &next_media, 0) == 0);
    require(simple_number(&bench, RSM_DEALLOCATE, &first_media, 0) == 0);
    require(side_state_of(&bench, &sides[0]) == NTMS_PARTSTATE_AVAILABLE);
    require(side_state_of(&bench, &sides[1]) == NTMS_PARTSTATE_AVAILABLE);
    require(allocate(&bench, &pool, NTMS_ALLOCATE_NEW, WAIT, &first_media) == 0);
    require(simple_number(&bench, RSM_DEALLOCATE, &first_media, 0) == 0);
    require(side_state_of(&bench, &sides[0]) == NTMS_PARTSTATE_AVAILABLE);
    require(side_state_of(&bench, &sides[1]) == NTMS_PARTSTATE_AVAILABLE); /* it was Reserved */
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

START_TEST(mounted)
{
    struct bench bench;
    struct guid medium, side, media, drive;
    struct medium_location location;

    bench_open(&bench, 1, 4, 1, 2);
    media = allocate_first(&bench, &medium, &side);
    drive = first(&bench, &bench.library, NTMS_DRIVE);
    require(drive_state_of(&bench, &drive) == NTMS_DRIVESTATE_DISMOUNTED);
    require(medium_state_of(&bench, &medium) == NTMS_MEDIASTATE_IDLE);
    require(mount(&bench, &media, NTMS_MOUNT_READ, WAIT, &drive) == 0);
    require(drive_state_of(&bench, &drive) == NTMS_DRIVESTATE_LOADED);
    require(medium_state_of(&bench, &medium) == NTMS_MEDIASTATE_LOADED);
    location = location_of(&bench, &medium);
    require(location.type == NTMS_DRIVE && guid_equal(&location.place, &drive));
    require(dismount(&bench, &media, NTMS_DISMOUNT_DEFERRED) == 0);
    rsm_drain(bench.rsm);
    require(drive_state_of(&bench, &drive) == NTMS_DRIVESTATE_DISMOUNTABLE);
    require(medium_state_of(&bench, &medium) == NTMS_MEDIASTATE_UNLOADED);
    require(mount(&bench, &media, NTMS_MOUNT_READ, WAIT, &drive) == 0); /* where it is */
    require(medium_state_of(&bench, &medium) == NTMS_MEDIASTATE_LOADED);
    require(dismount(&bench, &media, NTMS_DISMOUNT_IMMEDIATE) == 0);
    rsm_drain(bench.rsm);
    require(drive_state_of(&bench, &drive) == NTMS_DRIVESTATE_DISMOUNTED);
    require(medium_state_of(&bench, &medium) == NTMS_MEDIASTATE_IDLE);
    require(location_of(&bench, &medium).type == NTMS_STORAGESLOT);
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

/* ---- Out of the library, and back ---- */

static void take_out(struct bench *bench, uint32_t slot, const char *name)
{
    char from[400], to[400];

    snprintf(from, sizeof(from), "%s/library/slots/%04u/%s", bench->root, slot, name);
    snprintf(to, sizeof(to), "%s/shelf-%s", bench->root, name);
    require(!rename(from, to));
    inventory(bench, NTMS_INVENTORY_FAST);
}

static void put_in(struct bench *bench, uint32_t slot, const char *name)
{
    char from[400], to[400];

    snprintf(from, sizeof(from), "%s/shelf-%s", bench->root, name);
    snprintf(to, sizeof(to), "%s/library/slots/%04u/%s", bench->root, slot, name);
    require(!rename(from, to));
    inventory(bench, NTMS_INVENTORY_FAST);
}

START_TEST(offline)
{
    struct bench bench;
    struct guid medium, side, media, drive, library;

    bench_open(&bench, 1, 4, 1, 1);
    media = allocate_first(&bench, &medium, &side);
    take_out(&bench, 1, "M001");
    library = location_of(&bench, &medium).library;
    require(!guid_equal(&library, &bench.library)); /* the offline library */
    require(medium_state_of(&bench, &medium) == NTMS_MEDIASTATE_IDLE);
    require(side_state_of(&bench, &side) == NTMS_PARTSTATE_ALLOCATED);
    require(mount(&bench, &media, NTMS_MOUNT_READ | NTMS_MOUNT_ERROR_OFFLINE, WAIT, &drive) == ERROR_MEDIA_OFFLINE);
    require(mount(&bench, &media, NTMS_MOUNT_READ, 50, &drive) == ERROR_TIMEOUT);
    require(medium_state_of(&bench, &medium) == NTMS_MEDIASTATE_IDLE);
    put_in(&bench, 3, "M001");
    require(location_of(&bench, &medium).type == NTMS_STORAGESLOT);
    require(mount(&bench, &media, NTMS_MOUNT_READ, WAIT, &drive) == 0);
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

/* By its bar code, and by its label where there is none: the same medium in the state that it had. */
START_TEST(recognised_again)
{
    for (int barcodes = 0; barcodes < 2; barcodes++)
    {
        struct bench bench;
        struct guid medium, side, media, drive, again;

        bench_open(&bench, 1, 4, 1, 1);
        if (!barcodes) without_barcodes(&bench);
        media = allocate_first(&bench, &medium, &side);
        take_out(&bench, 1, "M001");
        put_in(&bench, 4, "M001");
        again = medium_in_slot(&bench, 4);
        require(guid_equal(&medium, &again));
        require(side_state_of(&bench, &side) == NTMS_PARTSTATE_ALLOCATED);
        require(mount(&bench, &media, NTMS_MOUNT_READ, WAIT, &drive) == 0);
        check_engine(&bench);
        bench_delete(&bench);
    }
}
END_TEST

/* A free medium comes back free; not where the database was told to forget it (NTMS_POOLPOLICY_PURGEOFFLINESCRATCH):
 * then it is one of those that were free elsewhere. */
START_TEST(free_again)
{
    for (uint32_t forget = 0; forget < 2; forget++)
    {
        struct bench bench;
        struct guid medium, again, computer;

        bench_open(&bench, 1, 4, 1, 1);
        without_barcodes(&bench);
        computer = first(&bench, NULL, NTMS_COMPUTER);
        if (forget) set_number(&bench, &computer, POLICY, NTMS_POOLPOLICY_PURGEOFFLINESCRATCH);
        medium = medium_in_slot(&bench, 1);
        to_free_pool(&bench, &medium);
        take_out(&bench, 1, "M001");
        put_in(&bench, 2, "M001");
        again = medium_in_slot(&bench, 2);
        require(guid_equal(&medium, &again) == !forget);
        require(state_in_slot(&bench, 2) == (forget ? NTMS_PARTSTATE_IMPORT : NTMS_PARTSTATE_AVAILABLE));
        require(is_in_pool(&bench, &again, forget ? "Import" : "Free"));
        check_engine(&bench);
        bench_delete(&bench);
    }
}
END_TEST

/* An Available medium over whose free label something has been written. */
START_TEST(lost_free_label)
{
    struct bench bench;
    struct guid medium;

    bench_open(&bench, 1, 4, 1, 1);
    medium = medium_in_slot(&bench, 1);
    to_free_pool(&bench, &medium);
    put_mtf(&bench, 1, "M001", "Tape A", A_GUID);
    inventory(&bench, NTMS_INVENTORY_OMID);
    require(state_in_slot(&bench, 1) == NTMS_PARTSTATE_IMPORT && is_in_pool(&bench, &medium, "Import"));
    to_free_pool(&bench, &medium);
    put_label(&bench, 1, "M001", "some data", 9);
    inventory(&bench, NTMS_INVENTORY_OMID);
    require(state_in_slot(&bench, 1) == NTMS_PARTSTATE_FOREIGN && is_in_pool(&bench, &medium, "Unrecognized"));
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

/* ---- Inventories ---- */

static uint32_t mounts_of(struct bench *bench)
{
    struct guid requests[256];
    uint32_t count;

    require(enumerate(bench, &bench->library, NTMS_LIBREQUEST, requests, 256, &count) == 0);
    return count;
}

/* NTMS_INVENTORY_FAST: "a bar-code inventory", or "slots which transitioned from empty to full are classified";
 * NTMS_INVENTORY_OMID: "mounting each side in a library and reading the on-media identification"; none: none is. */
START_TEST(methods)
{
    for (int barcodes = 0; barcodes < 2; barcodes++)
    {
        struct bench bench;
        uint32_t before;
        char path[400];

        open_with_labels(&bench, barcodes);
        before = mounts_of(&bench);
        inventory(&bench, NTMS_INVENTORY_FAST);
        require(mounts_of(&bench) == before + 1); /* the inventory itself */
        snprintf(path, sizeof(path), "%s/library/slots/0007/M007", bench.root);
        require(!mkdir(path, 0700));
        inventory(&bench, NTMS_INVENTORY_NONE);
        require(mounts_of(&bench) == before + 2);
        inventory(&bench, NTMS_INVENTORY_FAST);
        require(mounts_of(&bench) == before + 4); /* and the new one */
        require(state_in_slot(&bench, 7) == NTMS_PARTSTATE_FOREIGN);
        inventory(&bench, NTMS_INVENTORY_OMID);
        require(mounts_of(&bench) == before + 10); /* and all five */
        check_engine(&bench);
        bench_delete(&bench);
    }
}
END_TEST

/* Media that a person has exchanged: with bar codes the fast inventory sees it. */
START_TEST(exchanged_with_barcodes)
{
    struct bench bench;
    struct guid first_medium, other, now;

    open_with_labels(&bench, true);
    first_medium = medium_in_slot(&bench, 1);
    other = medium_in_slot(&bench, 3);
    exchange_slots(&bench, 1, 3);
    inventory(&bench, NTMS_INVENTORY_FAST);
    now = medium_in_slot(&bench, 3);
    require(guid_equal(&now, &first_medium));
    now = medium_in_slot(&bench, 1);
    require(guid_equal(&now, &other));
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

/* Two media that are allocated and two that are not, exchanged behind a library without bar codes. */
static void open_exchanged(struct bench *bench, struct guid media[5], struct guid logical[3])
{
    struct guid type, pool;

    open_with_labels(bench, false);
    type = media_type_of(bench);
    pool = create_pool(bench, "Application", &type);
    for (uint32_t i = 1; i <= 4; i++)
        media[i] = medium_in_slot(bench, i);
    for (uint32_t i = 1; i <= 2; i++)
    {
        to_free_pool(bench, &media[i]);
        require(simple2(bench, RSM_MOVE_TO_POOL, &media[i], &pool) == 0);
        require(allocate(bench, &pool, 0, WAIT, &logical[i]) == 0);
    }
    exchange_slots(bench, 1, 2);
    exchange_slots(bench, 3, 4);
    inventory(bench, NTMS_INVENTORY_FAST); /* does not see it */
}

/* "The information that an administrator could exchange the medium in slot 6 for that in slot 7 ...": an inventory of
 * the labels finds each where it is. */
START_TEST(exchanged_without_barcodes)
{
    struct guid media[5], logical[3], now, drive;
    struct bench bench;

    open_exchanged(&bench, media, logical);
    inventory(&bench, NTMS_INVENTORY_OMID);
    now = medium_in_slot(&bench, 1);
    require(guid_equal(&now, &media[2]));
    now = medium_in_slot(&bench, 2);
    require(guid_equal(&now, &media[1]));
    require(state_in_slot(&bench, 1) == NTMS_PARTSTATE_ALLOCATED);
    require(state_in_slot(&bench, 2) == NTMS_PARTSTATE_ALLOCATED);
    require(state_in_slot(&bench, 3) == NTMS_PARTSTATE_IMPORT && state_in_slot(&bench, 4) == NTMS_PARTSTATE_IMPORT);
    require(mount(&bench, &logical[1], NTMS_MOUNT_READ, WAIT, &drive) == 0);
    require(mount(&bench, &logical[2], NTMS_MOUNT_READ, WAIT, &drive) == 0);
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

/* "Each time a medium is mounted, for example, Removable Storage Manager reads the label to ensure that the medium it
 * mounted is correct." AutoRecovery: "a full inventory will be performed if a mount fails." */
START_TEST(mount_of_an_exchanged_medium)
{
    struct guid media[5], logical[3], now, drive;
    struct bench bench;

    open_exchanged(&bench, media, logical);
    require(mount(&bench, &logical[1], NTMS_MOUNT_READ, WAIT, &drive) == ERROR_INVALID_STATE);
    rsm_drain(bench.rsm);
    now = medium_in_slot(&bench, 2);
    require(guid_equal(&now, &media[1]));
    require(mount(&bench, &logical[1], NTMS_MOUNT_READ, WAIT, &drive) == 0);
    check_engine(&bench);
    bench_delete(&bench);

    open_exchanged(&bench, media, logical);
    set_number(&bench, &bench.library, RECOVERY, 0);
    require(mount(&bench, &logical[1], NTMS_MOUNT_READ, WAIT, &drive) == ERROR_INVALID_STATE);
    rsm_drain(bench.rsm);
    require(mount(&bench, &logical[1], NTMS_MOUNT_READ, WAIT, &drive) == ERROR_INVALID_STATE);
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

/* An application's own label over the free one: the medium is the same, and known by the new label from then on. */
START_TEST(application_label)
{
    struct bench bench;
    struct guid medium, side, media, drive, library;
    struct side_label label;

    bench_open(&bench, 1, 4, 1, 1);
    without_barcodes(&bench);
    media = allocate_first(&bench, &medium, &side);
    put_mtf(&bench, 1, "M001", "Tape B", B_GUID);
    require(mount(&bench, &media, NTMS_MOUNT_READ, WAIT, &drive) == 0);
    label = side_label_of(&bench, &side);
    require(!strcmp(label.info, "Tape B"));
    require(dismount(&bench, &media, NTMS_DISMOUNT_IMMEDIATE) == 0);
    rsm_drain(bench.rsm);
    inventory(&bench, NTMS_INVENTORY_OMID);
    require(side_state_of(&bench, &side) == NTMS_PARTSTATE_ALLOCATED);
    put_mtf(&bench, 1, "M001", "Tape A", A_GUID); /* which another tape has, for all that can be known */
    require(mount(&bench, &media, NTMS_MOUNT_READ, WAIT, &drive) == ERROR_INVALID_STATE);
    rsm_drain(bench.rsm);
    library = location_of(&bench, &medium).library;
    require(!guid_equal(&library, &bench.library)); /* not in this one, at any rate */
    require(state_in_slot(&bench, 1) == NTMS_PARTSTATE_IMPORT);
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

/* The device is not there when the service starts, and is there the next time. */
START_TEST(library_goes)
{
    struct bench bench;
    char here[400], away[400];
    struct guid medium;

    bench_open(&bench, 1, 4, 1, 1);
    medium = medium_in_slot(&bench, 1);
    require(operational_state_of(&bench, &bench.library) == NTMS_READY);
    bench_close(&bench);
    snprintf(here, sizeof(here), "%s/library", bench.root);
    snprintf(away, sizeof(away), "%s/away", bench.root);
    require(!rename(here, away));
    bench_reopen(&bench);
    require(operational_state_of(&bench, &bench.library) == NTMS_NOT_PRESENT);
    require(simple_number(&bench, RSM_INVENTORY, &bench.library, NTMS_INVENTORY_FAST) == ERROR_DEVICE_NOT_AVAILABLE);
    bench_close(&bench);
    require(!rename(away, here));
    bench_reopen(&bench);
    require(operational_state_of(&bench, &bench.library) == NTMS_READY);
    require(location_of(&bench, &medium).type == NTMS_STORAGESLOT);
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("life cycle");
    Suite *suite = suite_create("test_rsm_life_cycle");
    SRunner *runner;
    int failed;

    tcase_set_timeout(cases, 120);
    tcase_add_test(cases, new_media);
    tcase_add_test(cases, names);
    tcase_add_test(cases, prepared);
    tcase_add_test(cases, not_from_there);
    tcase_add_test(cases, allocated);
    tcase_add_test(cases, two_sides);
    tcase_add_test(cases, mounted);
    tcase_add_test(cases, offline);
    tcase_add_test(cases, recognised_again);
    tcase_add_test(cases, free_again);
    tcase_add_test(cases, lost_free_label);
    tcase_add_test(cases, methods);
    tcase_add_test(cases, exchanged_with_barcodes);
    tcase_add_test(cases, exchanged_without_barcodes);
    tcase_add_test(cases, mount_of_an_exchanged_medium);
    tcase_add_test(cases, application_label);
    tcase_add_test(cases, library_goes);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
