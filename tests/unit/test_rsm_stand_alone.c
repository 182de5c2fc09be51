/*
 * Stand-alone drives: found by themselves, watched, ejected. The devices are of this file: a node is the file sr0 in a
 * folder, and the disc in the drive the file sr0.disc beside it.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "rsm_labels.h"

#include "rsm/drive_device.h"

#define WAIT   10000
#define A_GUID "12345678-1234-1234-1234-123456789012"

/* ---- The device ---- */

static void beside(const struct drive_device *device, const char *ending, char path[400])
{
    snprintf(path, 400, "%s.%s", device->path, ending);
}

static bool is_there(const struct drive_device *device, const char *ending)
{
    char path[400];

    beside(device, ending, path);
    return !access(path, F_OK);
}

static uint32_t fake_describe(struct drive_device *device, struct changer_description *description)
{
    (void)device;
    strcpy(description->vendor, "Fake");
    strcpy(description->product, "Drive");
    strcpy(description->media_type_name, "Disc");
    description->media_type = 0x33;
    description->device_type = 2;
    description->rw = NTMS_MEDIARW_REWRITABLE;
    return 0;
}

static uint32_t fake_status(struct drive_device *device, bool *full, bool *changed)
{
    struct stat status;
    char path[400];

    *full = *changed = false;
    if (access(device->path, F_OK)) return ERROR_DEVICE_NOT_AVAILABLE;
    if (is_there(device, "at-work")) return ERROR_NOT_READY;
    beside(device, "disc", path);
    *full = !stat(path, &status);
    if (!*full) return 0;
    *changed = device->last_change && device->last_change != (int64_t)status.st_ino;
    device->last_change = (int64_t)status.st_ino;
    return 0;
}

static uint32_t fake_is_in_use(struct drive_device *device)
{
    return is_there(device, "used") ? ERROR_BUSY : 0;
}

static uint32_t fake_eject(struct drive_device *device)
{
    char disc[400], tray[400];

    if (fake_is_in_use(device)) return ERROR_BUSY;
    beside(device, "disc", disc);
    beside(device, "tray", tray);
    return rename(disc, tray) ? ERROR_EMPTY : 0;
}

static uint32_t fake_insert(struct drive_device *device)
{
    char disc[400], tray[400];

    beside(device, "disc", disc);
    beside(device, "tray", tray);
    return rename(tray, disc) && errno != ENOENT ? ERROR_GEN_FAILURE : 0;
}

static uint32_t fake_unlock(struct drive_device *device)
{
    (void)device;
    return 0;
}

static uint32_t fake_identify(struct drive_device *device, struct media_label *label)
{
    uint8_t data[4096];
    char path[400];
    size_t size;
    FILE *file;

    beside(device, "disc", path);
    file = fopen(path, "r");
    if (!file) return ERROR_EMPTY;
    size = fread(data, 1, sizeof(data), file);
    fclose(file);
    if (size >= 5 && !memcmp(data, "alien", 5)) return ERROR_UNRECOGNIZED_MEDIA;
    media_label_recognise(data, size, label);
    return 0;
}

static uint32_t fake_write_label(struct drive_device *device, const struct media_label *label)
{
    uint8_t block[MEDIA_LABEL_FREE_BYTES];
    char path[400];
    FILE *file;

    beside(device, "disc", path);
    if (access(path, F_OK)) return ERROR_EMPTY;
    if (!media_label_write_free(label, block, sizeof(block))) return ERROR_INVALID_PARAMETER;
    file = fopen(path, "r+");
    if (!file) return ERROR_WRITE_PROTECT;
    return fwrite(block, 1, sizeof(block), file) == sizeof(block) && !fclose(file) ? 0 : ERROR_GEN_FAILURE;
}

static const struct drive_device_kind fake_kind = {
    .prefix = "sr",
    .windows_name = "Cdrom",
    .sys_class = "block",
    .describe = fake_describe,
    .status = fake_status,
    .eject = fake_eject,
    .insert = fake_insert,
    .unlock = fake_unlock,
    .is_in_use = fake_is_in_use,
    .identify = fake_identify,
    .write_label = fake_write_label,
};

const struct drive_device_kind *const drive_device_kinds[] = {&fake_kind, NULL};

/* ---- The person ---- */

static void make_file(struct bench *bench, const char *name, const void *bytes, size_t size)
{
    char draft[400], path[400];
    FILE *file;

    snprintf(draft, sizeof(draft), "%s/draft", bench->root);
    snprintf(path, sizeof(path), "%s/%s", bench->drives, name);
    file = fopen(draft, "w");
    require(file && fwrite(bytes, 1, size, file) == size && !fclose(file));
    require(!rename(draft, path));
}

static void remove_file(struct bench *bench, const char *name)
{
    char path[400];

    snprintf(path, sizeof(path), "%s/%s", bench->drives, name);
    require(!unlink(path));
}

static void insert_tape(struct bench *bench, const char *name, const char *guid)
{
    uint8_t block[MTF_BLOCK];

    mtf_block(block, name, guid);
    make_file(bench, "sr0.disc", block, sizeof(block));
}

static bool has_file(struct bench *bench, const char *name)
{
    char path[400];

    snprintf(path, sizeof(path), "%s/%s", bench->drives, name);
    return !access(path, F_OK);
}

/* ---- Waiting ---- */

/* What the thread that watches finds takes a while: until `holds`, or far too long. */
static bool comes_true(struct bench *bench, bool (*holds)(struct bench *bench))
{
    const struct timespec pause = {0, 20000000};

    for (int i = 0; i < 3000; i++)
    {
        if (holds(bench))
        {
            rsm_drain(bench->rsm);
            if (holds(bench)) return true;
        }
        nanosleep(&pause, NULL);
    }
    return false;
}

static struct guid stand_alone_library(struct bench *bench)
{
    return named(bench, NULL, NTMS_LIBRARY, "Fake Drive");
}

static bool library_is_ready(struct bench *bench)
{
    bench->library = stand_alone_library(bench);
    return !guid_is_null(&bench->library) && operational_state_of(bench, &bench->library) == NTMS_READY;
}

static bool library_is_away(struct bench *bench)
{
    bench->library = stand_alone_library(bench);
    return !guid_is_null(&bench->library) && operational_state_of(bench, &bench->library) == NTMS_NOT_PRESENT;
}

static uint32_t count_of(struct bench *bench, uint32_t type)
{
    struct guid ids[16];
    uint32_t count;

    require(enumerate(bench, &bench->library, type, ids, 16, &count) == 0);
    return count;
}

static struct guid medium_there(struct bench *bench)
{
    struct guid ids[16] = {{{0}}};
    uint32_t count;

    require(enumerate(bench, &bench->library, NTMS_PHYSICAL_MEDIA, ids, 16, &count) == 0);
    return ids[0];
}

/* A medium that has been identified. */
static bool has_medium(struct bench *bench)
{
    struct guid medium, side;

    if (!library_is_ready(bench) || count_of(bench, NTMS_PHYSICAL_MEDIA) != 1) return false;
    medium = medium_there(bench);
    side = first(bench, &medium, NTMS_PARTITION);
    return side_state_of(bench, &side) != NTMS_PARTSTATE_UNKNOWN;
}

static bool is_empty(struct bench *bench)
{
    return library_is_ready(bench) && count_of(bench, NTMS_PHYSICAL_MEDIA) == 0;
}

static bool has_tape_b(struct bench *bench)
{
    struct guid medium = named(bench, &bench->library, NTMS_PHYSICAL_MEDIA, "Tape B");

    return !guid_is_null(&medium) && has_medium(bench);
}

static void open_engine(struct bench *bench)
{
    memset(bench, 0, sizeof(*bench));
    snprintf(bench->root, sizeof(bench->root), "%s/cork-drives-XXXXXX", access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm");
    require(mkdtemp(bench->root));
    snprintf(bench->drives, sizeof(bench->drives), "%.250s/dev", bench->root);
    require(!mkdir(bench->drives, 0700));
}

static void open_with_drive(struct bench *bench)
{
    open_engine(bench);
    make_file(bench, "sr0", "", 0);
    bench_reopen(bench);
    require(comes_true(bench, is_empty));
}

static struct guid side_there(struct bench *bench)
{
    struct guid medium = medium_there(bench);

    return first(bench, &medium, NTMS_PARTITION);
}

/* ---- Tests ---- */

/* "Removable Storage Manager treats stand-alone drives as libraries with one drive and an insert/eject port." "A
 * stand-alone drive library has no slots." */
START_TEST(found)
{
    struct bench bench;
    struct guid medium, side, drive;

    open_engine(&bench);
    make_file(&bench, "sr0", "", 0);
    make_file(&bench, "sr0x", "", 0);
    make_file(&bench, "srx", "", 0);
    insert_tape(&bench, "Tape A", A_GUID);
    bench_reopen(&bench);
    require(comes_true(&bench, has_medium));
    require(count_of(&bench, NTMS_STORAGESLOT) == 0 && count_of(&bench, NTMS_DRIVE) == 1);
    require(count_of(&bench, NTMS_IEPORT) == 1 && count_of(&bench, NTMS_CHANGER) == 0);
    medium = medium_there(&bench);
    side = side_there(&bench);
    drive = first(&bench, &bench.library, NTMS_DRIVE);
    require(side_state_of(&bench, &side) == NTMS_PARTSTATE_IMPORT);
    require(!strcmp(side_label_of(&bench, &side).info, "Tape A"));
    require(drive_state_of(&bench, &drive) == NTMS_DRIVESTATE_DISMOUNTABLE);
    require(medium_state_of(&bench, &medium) == NTMS_MEDIASTATE_UNLOADED);
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

START_TEST(devices_come_and_go)
{
    struct bench bench;
    struct guid library;

    open_engine(&bench);
    bench_reopen(&bench);
    make_file(&bench, "sr0", "", 0);
    require(comes_true(&bench, library_is_ready));
    library = bench.library;
    remove_file(&bench, "sr0");
    require(comes_true(&bench, library_is_away));
    require(simple_number(&bench, RSM_INVENTORY, &library, NTMS_INVENTORY_FAST) == ERROR_DEVICE_NOT_AVAILABLE);
    make_file(&bench, "sr0", "", 0);
    require(comes_true(&bench, library_is_ready));
    require(guid_equal(&library, &bench.library));
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

/* "the state of the drive that Removable Storage Manager presents to applications is updated". */
START_TEST(media_come_and_go)
{
    struct guid medium, other;
    struct bench bench;

    open_with_drive(&bench);
    insert_tape(&bench, "Tape A", A_GUID);
    require(comes_true(&bench, has_medium));
    medium = medium_there(&bench);
    insert_tape(&bench, "Tape B", NULL); /* another one, and nobody has seen the drive empty */
    require(comes_true(&bench, has_tape_b));
    other = medium_there(&bench);
    require(!guid_equal(&medium, &other));
    remove_file(&bench, "sr0.disc");
    require(comes_true(&bench, is_empty));
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

/* A medium that was exchanged while the service was not there, and one that was not. */
START_TEST(exchanged_meanwhile)
{
    struct guid medium, again;
    struct bench bench;

    open_with_drive(&bench);
    insert_tape(&bench, "Tape A", A_GUID);
    require(comes_true(&bench, has_medium));
    medium = medium_there(&bench);
    bench_close(&bench);
    bench_reopen(&bench);
    require(comes_true(&bench, has_medium));
    again = medium_there(&bench);
    require(guid_equal(&medium, &again));
    bench_close(&bench);
    insert_tape(&bench, "Tape B", NULL);
    bench_reopen(&bench);
    require(comes_true(&bench, has_tape_b));
    again = medium_there(&bench);
    require(!guid_equal(&medium, &again));
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

static uint32_t switch_object(struct bench *bench, uint32_t method, uint32_t type, const struct guid *object)
{
    struct request request;
    uint32_t result;

    request_begin(&request, bench->session, method);
    host_put_u32(&request.arguments, type);
    host_put_guid(&request.arguments, object);
    result = request_run(bench->rsm, 1, &request);
    request_free(&request);
    return result;
}

static uint32_t inject(struct bench *bench, uint32_t action, struct guid *operation)
{
    struct request request;
    uint32_t result;

    request_begin(&request, bench->session, RSM_INJECT_MEDIA);
    host_put_guid(&request.arguments, &bench->library);
    host_put_guid(&request.arguments, operation);
    host_put_u32(&request.arguments, action);
    result = request_run(bench->rsm, 1, &request);
    if (!result) host_get_guid(&request.values, operation);
    request_free(&request);
    return result;
}

/* EjectDiskFromSADrive: "Name of the device to eject. For example, \\.\Cdrom0". "Media ejected ... is moved to the
 * offline library or deleted from the database. Import media, unrecognized media, and incompatible media are deleted
 * when ejected." "The function will not return until the eject is complete." */
START_TEST(ejected)
{
    struct bench bench;

    open_with_drive(&bench);
    require(eject_from_drive(&bench, "\\\\.\\Cdrom0", NTMS_EJECT_IMMEDIATE) == ERROR_MEDIA_NOT_AVAILABLE);
    insert_tape(&bench, "Tape A", A_GUID);
    require(comes_true(&bench, has_medium));
    require(eject_from_drive(&bench, "\\\\.\\Cdrom1", NTMS_EJECT_IMMEDIATE) == ERROR_INVALID_PARAMETER);
    require(eject_from_drive(&bench, "", NTMS_EJECT_IMMEDIATE) == ERROR_INVALID_PARAMETER);
    require(eject_from_drive(&bench, "\\\\.\\Cdrom0", NTMS_EJECT_ASK_USER + 1) == ERROR_INVALID_PARAMETER);
    require(eject_from_drive(&bench, "\\\\.\\Cdrom0", NTMS_EJECT_STOP) == ERROR_INVALID_OPERATION);
    require(eject_from_drive(&bench, "\\\\.\\CDROM0", NTMS_EJECT_IMMEDIATE) == 0);
    require(has_file(&bench, "sr0.tray") && !has_file(&bench, "sr0.disc"));
    require(comes_true(&bench, is_empty));
    insert_tape(&bench, "Tape B", NULL);
    require(comes_true(&bench, has_tape_b));
    require(eject_from_drive(&bench, "\\\\.\\Cdrom0", NTMS_EJECT_START) ==
            0); /* "as soon as the eject request is queued" */
    require(comes_true(&bench, is_empty));
    require(has_file(&bench, "sr0.tray"));
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

START_TEST(eject_refused)
{
    struct bench bench;

    open_with_drive(&bench);
    insert_tape(&bench, "Tape A", A_GUID);
    require(comes_true(&bench, has_medium));
    make_file(&bench, "sr0.used", "", 0);
    require(eject_from_drive(&bench, "\\\\.\\Cdrom0", NTMS_EJECT_IMMEDIATE) == ERROR_BUSY);
    require(has_file(&bench, "sr0.disc"));
    remove_file(&bench, "sr0.used");
    require(eject_from_drive(&bench, "\\\\.\\Cdrom0", NTMS_EJECT_FORCE) == 0);
    require(has_file(&bench, "sr0.tray"));
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

/* ERROR_DEVICE_NOT_AVAILABLE: "The library is disabled." ERROR_MEDIA_NOT_AVAILABLE: "The media is disabled." */
START_TEST(eject_disabled)
{
    struct bench bench;
    struct guid medium;

    open_with_drive(&bench);
    insert_tape(&bench, "Tape A", A_GUID);
    require(comes_true(&bench, has_medium));
    medium = medium_there(&bench);
    require(switch_object(&bench, RSM_DISABLE, NTMS_PHYSICAL_MEDIA, &medium) == 0);
    require(eject_from_drive(&bench, "\\\\.\\Cdrom0", NTMS_EJECT_START) == ERROR_MEDIA_NOT_AVAILABLE);
    require(switch_object(&bench, RSM_ENABLE, NTMS_PHYSICAL_MEDIA, &medium) == 0);
    require(switch_object(&bench, RSM_DISABLE, NTMS_LIBRARY, &bench.library) == 0);
    require(eject_from_drive(&bench, "\\\\.\\Cdrom0", NTMS_EJECT_START) == ERROR_DEVICE_NOT_AVAILABLE);
    require(switch_object(&bench, RSM_ENABLE, NTMS_LIBRARY, &bench.library) == 0);
    require(eject_from_drive(&bench, "\\\\.\\Cdrom0", NTMS_EJECT_QUEUE) == 0);
    require(comes_true(&bench, is_empty));
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

/* InjectNtmsMedia: what lies in the tray is drawn in; a drive that has a medium takes no other. */
START_TEST(injected)
{
    struct bench bench;
    struct guid operation = {{0}};

    open_with_drive(&bench);
    insert_tape(&bench, "Tape A", A_GUID);
    require(comes_true(&bench, has_medium));
    require(inject(&bench, NTMS_INJECT_START, &operation) == ERROR_LIBRARY_FULL);
    require(eject_from_drive(&bench, "\\\\.\\Cdrom0", NTMS_EJECT_IMMEDIATE) == 0);
    require(has_file(&bench, "sr0.tray"));
    require(comes_true(&bench, is_empty));
    require(inject(&bench, NTMS_INJECT_RETRACT, &operation) == 0);
    require(comes_true(&bench, has_medium));
    require(!has_file(&bench, "sr0.tray"));
    require(eject_from_drive(&bench, "\\\\.\\Cdrom0", NTMS_EJECT_IMMEDIATE) == 0);
    require(comes_true(&bench, is_empty));
    require(inject(&bench, NTMS_INJECT_START, &operation) == 0);
    require(inject(&bench, NTMS_INJECT_STOP, &operation) == 0);
    require(comes_true(&bench, is_empty));
    require(inject(&bench, NTMS_INJECT_START, &operation) == 0);
    insert_tape(&bench, "Tape B", NULL); /* the person closes the tray */
    require(comes_true(&bench, has_tape_b));
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

/* From the free pool to an application, mounted where it is, ejected to the offline library, and the same again. */
START_TEST(used)
{
    struct guid type, pool, medium, again, side, media, drive, library;
    struct bench bench;

    open_with_drive(&bench);
    make_file(&bench, "sr0.disc", "", 0);
    require(comes_true(&bench, has_medium));
    medium = medium_there(&bench);
    side = side_there(&bench);
    require(side_state_of(&bench, &side) == NTMS_PARTSTATE_FOREIGN);
    type = media_type_of(&bench);
    pool = create_pool(&bench, "Application", &type);
    again = pool_below(&bench, "Free");
    require(simple2(&bench, RSM_MOVE_TO_POOL, &medium, &again) == 0);
    rsm_drain(bench.rsm);
    require(side_state_of(&bench, &side) == NTMS_PARTSTATE_AVAILABLE);
    require(simple2(&bench, RSM_MOVE_TO_POOL, &medium, &pool) == 0);
    require(allocate(&bench, &pool, 0, WAIT, &media) == 0);
    require(mount(&bench, &media, NTMS_MOUNT_READ, WAIT, &drive) == 0);
    require(drive_state_of(&bench, &drive) == NTMS_DRIVESTATE_LOADED);
    require(eject_from_drive(&bench, "\\\\.\\Cdrom0", NTMS_EJECT_IMMEDIATE) == ERROR_UNABLE_TO_EJECT_MOUNTED);
    require(dismount(&bench, &media, NTMS_DISMOUNT_DEFERRED) == 0);
    rsm_drain(bench.rsm);
    /* "Dismount requests to stand alone drives place the drive in the dismountable state and return success." */
    require(drive_state_of(&bench, &drive) == NTMS_DRIVESTATE_DISMOUNTABLE);
    require(mount(&bench, &media, NTMS_MOUNT_READ, WAIT, &drive) == 0);
    require(eject_from_drive(&bench, "\\\\.\\Cdrom0", NTMS_EJECT_FORCE) == 0);
    require(drive_state_of(&bench, &drive) == NTMS_DRIVESTATE_DISMOUNTED);
    library = location_of(&bench, &medium).library;
    require(!guid_equal(&library, &bench.library));
    require(mount(&bench, &media, NTMS_MOUNT_READ | NTMS_MOUNT_ERROR_OFFLINE, WAIT, &drive) == ERROR_MEDIA_OFFLINE);
    {
        char tray[400], disc[400];

        snprintf(tray, sizeof(tray), "%s/sr0.tray", bench.drives);
        snprintf(disc, sizeof(disc), "%s/sr0.disc", bench.drives);
        require(!rename(tray, disc));
    }
    require(comes_true(&bench, has_medium));
    again = medium_there(&bench);
    require(guid_equal(&medium, &again));
    require(side_state_of(&bench, &side) == NTMS_PARTSTATE_ALLOCATED);
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

/* "The media has been found to be and marked as incompatible with the drive." */
START_TEST(incompatible)
{
    struct bench bench;
    struct guid side, medium, pool, unrecognized;

    open_with_drive(&bench);
    make_file(&bench, "sr0.disc", "alien", 5);
    require(comes_true(&bench, has_medium));
    side = side_there(&bench);
    require(side_state_of(&bench, &side) == NTMS_PARTSTATE_INCOMPATIBLE);
    medium = medium_there(&bench);
    pool = medium_pool_of(&bench, &medium);
    unrecognized = pool_below(&bench, "Unrecognized");
    require(guid_equal(&pool, &unrecognized));
    require(eject_from_drive(&bench, "\\\\.\\Cdrom0", NTMS_EJECT_IMMEDIATE) == 0);
    require(comes_true(&bench, is_empty));
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

/* What cannot be told while the drive is at work is told when it has done. */
START_TEST(at_work)
{
    struct bench bench;

    open_with_drive(&bench);
    make_file(&bench, "sr0.at-work", "", 0);
    insert_tape(&bench, "Tape A", A_GUID);
    require(simple_number(&bench, RSM_INVENTORY, &bench.library, NTMS_INVENTORY_FAST) == 0);
    rsm_drain(bench.rsm);
    require(is_empty(&bench));
    remove_file(&bench, "sr0.at-work");
    require(comes_true(&bench, has_medium));
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("stand-alone drives");
    Suite *suite = suite_create("test_rsm_stand_alone");
    SRunner *runner;
    int failed;

    tcase_set_timeout(cases, 120);
    tcase_add_test(cases, found);
    tcase_add_test(cases, devices_come_and_go);
    tcase_add_test(cases, media_come_and_go);
    tcase_add_test(cases, exchanged_meanwhile);
    tcase_add_test(cases, ejected);
    tcase_add_test(cases, eject_refused);
    tcase_add_test(cases, eject_disabled);
    tcase_add_test(cases, injected);
    tcase_add_test(cases, used);
    tcase_add_test(cases, incompatible);
    tcase_add_test(cases, at_work);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
