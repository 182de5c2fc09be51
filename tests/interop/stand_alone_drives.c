/*
 * Stand-alone drives through the kernel's own drivers: a CD drive (/dev/srN) and a tape drive (/dev/nstN), found by the
 * engine without being told, among others that belong to a changer. In a guest where stand_alone_guest.sh has made
 * them.
 *
 * The person in front of them is tgtadm, for target 2: unit 1 is the CD drive, unit 2 the tape drive.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "unit/rsm_labels.h"

#define WAIT 20000
#define CD   "CORK CDROM"
#define TAPE "CORK ULT3580-TD4"

/* ---- The person ---- */

static void person(int unit, const char *parameters)
{
    char command[400];

    snprintf(command, sizeof(command), "tgtadm --lld iscsi --mode logicalunit --op update --tid 2 --lun %d --params %s",
             unit, parameters);
    require(!system(command));
}

/* ---- The engine ---- */

static void open_engine(struct bench *bench)
{
    memset(bench, 0, sizeof(*bench));
    strcpy(bench->root, "/dev/shm/cork-alone-XXXXXX");
    require(mkdtemp(bench->root));
    strcpy(bench->drives, "/dev");
    bench_reopen(bench);
}

static bool comes_true(struct bench *bench, bool (*holds)(struct bench *bench))
{
    const struct timespec pause = {0, 50000000};

    for (int i = 0; i < 1200; i++)
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

static bool library_called(struct bench *bench, const char *name)
{
    bench->library = named(bench, NULL, NTMS_LIBRARY, name);
    return !guid_is_null(&bench->library) && operational_state_of(bench, &bench->library) == NTMS_READY;
}

static struct guid medium_of(struct bench *bench)
{
    struct guid ids[16] = {{{0}}};
    uint32_t count;

    require(enumerate(bench, &bench->library, NTMS_PHYSICAL_MEDIA, ids, 16, &count) == 0);
    return count == 1 ? ids[0] : (struct guid){{0}};
}

static bool is_identified(struct bench *bench)
{
    struct guid medium = medium_of(bench), side;

    if (guid_is_null(&medium)) return false;
    side = first(bench, &medium, NTMS_PARTITION);
    return side_state_of(bench, &side) != NTMS_PARTSTATE_UNKNOWN;
}

static bool is_empty(struct bench *bench)
{
    struct guid medium = medium_of(bench);

    return guid_is_null(&medium);
}

static bool has_disc(struct bench *bench)
{
    return library_called(bench, CD) && is_identified(bench);
}

static bool has_tape(struct bench *bench)
{
    return library_called(bench, TAPE) && is_identified(bench);
}

/* The path by which a program works with what is in the drive. */
static void path_of(struct bench *bench, const struct guid *drive, char *path, size_t size)
{
    struct request request;
    uint16_t units[300];

    request_begin(&request, bench->session, RSM_DRIVE_PATH);
    host_put_guid(&request.arguments, drive);
    require(request_run(bench->rsm, 1, &request) == 0);
    host_get_utf16_into(&request.values, units, 300);
    for (size_t i = 0; i < size; i++)
    {
        path[i] = (char)units[i];
        if (!units[i]) break;
    }
    request_free(&request);
}

/* ---- Tests ---- */

/* The drives of the changer beside them are its own. */
START_TEST(found)
{
    struct guid libraries[16];
    struct bench bench;
    uint32_t count;

    open_engine(&bench);
    require(comes_true(&bench, has_disc));
    require(comes_true(&bench, has_tape));
    require(enumerate(&bench, NULL, NTMS_LIBRARY, libraries, 16, &count) == 0);
    require(count == 3); /* and the offline library */
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

START_TEST(disc)
{
    struct bench bench;
    struct guid medium, other, side, library;
    struct side_label label;

    open_engine(&bench);
    require(comes_true(&bench, has_disc));
    library = bench.library;
    medium = medium_of(&bench);
    side = first(&bench, &medium, NTMS_PARTITION);
    require(side_state_of(&bench, &side) == NTMS_PARTSTATE_IMPORT);
    label = side_label_of(&bench, &side);
    require(!strcmp(label.type, "CDFS") && !strcmp(label.info, "DISC_ONE") && label.id_size == 4);

    /* The person takes it out, and puts another one in. */
    person(1, "online=No");
    require(comes_true(&bench, is_empty));
    person(1, "path=/run/guest/two.iso");
    require(comes_true(&bench, has_disc));
    require(guid_equal(&library, &bench.library));
    other = medium_of(&bench);
    require(!guid_equal(&medium, &other));
    side = first(&bench, &other, NTMS_PARTITION);
    label = side_label_of(&bench, &side);
    require(!strcmp(label.info, "DISC_TWO"));

    /* A program that has the drive for itself keeps it, and the drive ejects what it gives up. */
    {
        int program = open("/dev/sr0", O_RDONLY | O_EXCL | O_CLOEXEC);

        require(program >= 0);
        require(eject_from_drive(&bench, "\\\\.\\Cdrom0", NTMS_EJECT_IMMEDIATE) == ERROR_BUSY);
        close(program);
    }
    require(eject_from_drive(&bench, "\\\\.\\Cdrom0", NTMS_EJECT_IMMEDIATE) == 0);
    require(comes_true(&bench, is_empty));
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

static void write_and_read(const char *path)
{
    static const char data[512] = "what an application writes";
    char back[512];
    int tape = open(path, O_RDWR | O_CLOEXEC);

    require(tape >= 0 && write(tape, data, sizeof(data)) == (ssize_t)sizeof(data));
    require(!close(tape));
    require(!system(
        "mt_rewind() { : </dev/st${1#/dev/nst}; }; mt_rewind $(ls -d /dev/nst* | grep -v '[alm]$' | tail -n 1)"));
    tape = open(path, O_RDONLY | O_CLOEXEC);
    require(tape >= 0 && read(tape, back, sizeof(back)) == (ssize_t)sizeof(back) && !memcmp(data, back, sizeof(data)));
    close(tape);
}

START_TEST(tape)
{
    struct guid medium, again, side, type, pool, media, drive, library = {{0}};
    struct side_label label;
    struct bench bench;
    char path[300];

    open_engine(&bench);
    require(comes_true(&bench, has_tape));
    medium = medium_of(&bench);
    side = first(&bench, &medium, NTMS_PARTITION);
    require(side_state_of(&bench, &side) == NTMS_PARTSTATE_FOREIGN); /* blank */
    type = media_type_of(&bench);
    pool = create_pool(&bench, "Application", &type);
    again = named(&bench, NULL, NTMS_MEDIA_POOL, "Free");
    again = named(&bench, &again, NTMS_MEDIA_POOL, "LTO Ultrium");
    require(simple2(&bench, RSM_MOVE_TO_POOL, &medium, &again) == 0);
    rsm_drain(bench.rsm);
    require(side_state_of(&bench, &side) == NTMS_PARTSTATE_AVAILABLE);
    label = side_label_of(&bench, &side);
    require(!strcmp(label.type, MEDIA_LABEL_FREE_TYPE));
    require(simple_number(&bench, RSM_INVENTORY, &bench.library, NTMS_INVENTORY_OMID) == 0);
    rsm_drain(bench.rsm);
    require(side_state_of(&bench, &side) == NTMS_PARTSTATE_AVAILABLE); /* the label is there */
    require(simple2(&bench, RSM_MOVE_TO_POOL, &medium, &pool) == 0);
    require(allocate(&bench, &pool, 0, WAIT, &media) == 0);
    require(mount(&bench, &media, NTMS_MOUNT_READ | NTMS_MOUNT_WRITE, WAIT, &drive) == 0);
    require(drive_state_of(&bench, &drive) == NTMS_DRIVESTATE_LOADED);
    path_of(&bench, &drive, path, sizeof(path));
    require(!strncmp(path, "/dev/nst", 8));
    write_and_read(path);
    require(eject_from_drive(&bench, path, NTMS_EJECT_IMMEDIATE) == ERROR_UNABLE_TO_EJECT_MOUNTED);
    require(dismount(&bench, &media, NTMS_DISMOUNT_IMMEDIATE) == 0);
    rsm_drain(bench.rsm);
    require(drive_state_of(&bench, &drive) == NTMS_DRIVESTATE_DISMOUNTABLE);
    require(eject_from_drive(&bench, path, NTMS_EJECT_IMMEDIATE) == 0);
    require(comes_true(&bench, is_empty));
    library = location_of(&bench, &medium).library;
    require(!guid_equal(&library, &bench.library)); /* offline, as it is allocated */
    check_engine(&bench);
    bench_delete(&bench);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("stand-alone drives");
    Suite *suite = suite_create("stand_alone_drives");
    SRunner *runner;
    int failed;

    tcase_set_timeout(cases, 200);
    tcase_add_test(cases, found);
    tcase_add_test(cases, disc);
    tcase_add_test(cases, tape);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
