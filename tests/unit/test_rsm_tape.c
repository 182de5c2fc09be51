/* The engine on an emulated tape library over iSCSI (tests/interop/tape_library.sh): the life of a tape, moves that the
 * library refuses, a library that goes away, hangs, or is none. */
#include <arpa/inet.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "rsm_support.h"

#include "rsm/changer.h"
#include "rsm/scsi_device.h"
#include "rsm/scsi_transport.h"

#define WAIT 60000

static char folder[64], location[200];

/* ---- The library ---- */

static bool script(const char *command, char *output, size_t size)
{
    char line[300];
    FILE *pipe;

    snprintf(line, sizeof(line), "TAPE_LIBRARY='%s' tests/interop/tape_library.sh %s", folder, command);
    pipe = popen(line, "r");
    if (!pipe) return false;
    while (fgets(line, sizeof(line), pipe)) /* all of it: a script whose reader has gone fails */
        if (output) snprintf(output, size, "%.*s", (int)strcspn(line, "\n"), line);
    return pclose(pipe) == 0;
}

static void start_library(void)
{
    strcpy(folder, "/tmp/cork-tape-XXXXXX");
    require(mkdtemp(folder) != NULL);
    require(script("start", location, sizeof(location)));
}

static void stop_library(void)
{
    char command[128];

    script("stop", NULL, 0);
    snprintf(command, sizeof(command), "rm -rf '%s'", folder);
    require(!system(command));
}

/* The library as it was made, with blank tapes. What a test starts ends with it. */
static void renew_library(void)
{
    char command[200];

    require(script("kill", NULL, 0));
    snprintf(command, sizeof(command), "rm -rf '%s/media'", folder);
    require(!system(command));
    require(script("start", location, sizeof(location)));
}

/* ... and an engine that has it. */
static void begin(struct bench *bench, const char *options)
{
    static const uint32_t none[4] = {0};
    char text[300];

    renew_library();
    bench_open_empty(bench);
    snprintf(text, sizeof(text), "%s%s", location, options);
    require(bench_add_library(bench, text, none) == 0);
}

static void end(struct bench *bench)
{
    rsm_drain(bench->rsm);
    check_engine(bench);
    bench_delete(bench);
}

static struct guid tape(struct bench *bench, const char *barcode)
{
    struct guid medium = named(bench, &bench->library, NTMS_PHYSICAL_MEDIA, barcode);

    require(!guid_is_null(&medium));
    return medium;
}

/* A tape that an application has. */
static struct guid allocated(struct bench *bench, const char *barcode)
{
    struct guid type = media_type_of(bench), pool = create_pool(bench, barcode, &type), medium = tape(bench, barcode),
                media;

    free_medium(bench, barcode);
    require(simple2(bench, RSM_MOVE_TO_POOL, &medium, &pool) == 0);
    require(allocate(bench, &pool, NTMS_ALLOCATE_NEW, WAIT, &media) == 0);
    return media;
}

/* ---- What an application does with a drive ---- */

/* The unit of a drive: its elements and units go in the same order, from 1. */
static uint32_t unit_of(struct bench *bench, const struct guid *drive)
{
    struct guid drives[8];
    uint32_t count;

    require(enumerate(bench, &bench->library, NTMS_DRIVE, drives, 8, &count) == 0 && count == 2);
    for (uint32_t i = 0; i < count; i++)
        if (guid_equal(&drives[i], drive)) return i + 1;
    require(false);
    return 0;
}

static void open_drive(struct bench *bench, const struct guid *drive, struct scsi_device *device)
{
    static const uint8_t rewind[6] = {1};
    struct scsi_transport *transport;
    char message[256] = "";
    uint32_t unit;

    require(scsi_iscsi_open(location, "", 10000, &transport, &unit, message, sizeof(message)) == 0);
    require(scsi_device_open(device, transport, unit_of(bench, drive)) == 0);
    require(scsi_device_ready(device, 1000) == 0);
    require(scsi_device_simple(device, rewind, 6, 10000, SCSI_REPEAT, 0) == 0);
    device->changed = false;
}

static void transfer(struct bench *bench, const struct guid *drive, bool write, uint8_t data[1024])
{
    uint8_t cdb[6] = {write ? 0x0a : 0x08, 0, 0, 4, 0};
    struct scsi_command command;
    struct scsi_device device;

    open_drive(bench, drive, &device);
    scsi_command_init(&command, cdb, 6, 10000);
    scsi_command_data(&command, write ? SCSI_DATA_OUT : SCSI_DATA_IN, data, 1024);
    require(scsi_device_run(&device, &command, SCSI_IF_UNCHANGED, 0) == 0 && command.transferred == 1024);
    device.transport->kind->close(device.transport);
}

static void write_tape(struct bench *bench, const struct guid *drive, uint8_t seed)
{
    uint8_t data[1024];

    for (size_t i = 0; i < sizeof(data); i++)
        data[i] = (uint8_t)(i * 7 + seed);
    transfer(bench, drive, true, data);
}

static bool tape_has(struct bench *bench, const struct guid *drive, uint8_t seed)
{
    uint8_t data[1024];

    transfer(bench, drive, false, data);
    for (size_t i = 0; i < sizeof(data); i++)
        if (data[i] != (uint8_t)(i * 7 + seed)) return false;
    return true;
}

/* ---- Tests ---- */

START_TEST(test_inventory)
{
    struct bench bench;
    struct guid ids[32], medium, top, pool, expected;
    uint32_t count;
    char name[32];

    begin(&bench, "");
    require(enumerate(&bench, &bench.library, NTMS_STORAGESLOT, ids, 32, &count) == 0 && count == 8);
    require(enumerate(&bench, &bench.library, NTMS_DRIVE, ids, 32, &count) == 0 && count == 2);
    require(enumerate(&bench, &bench.library, NTMS_IEPORT, ids, 32, &count) == 0 && count == 2);
    require(enumerate(&bench, &bench.library, NTMS_PHYSICAL_MEDIA, ids, 32, &count) == 0 && count == 6);
    top = named(&bench, NULL, NTMS_MEDIA_POOL, "Unrecognized");
    expected = first(&bench, &top, NTMS_MEDIA_POOL);
    for (int i = 1; i <= 5; i++)
    {
        snprintf(name, sizeof(name), "RSM%03dL4", i);
        medium = tape(&bench, name);
        pool = medium_pool_of(&bench, &medium);
        require(guid_equal(&pool, &expected) && medium_state_of(&bench, &medium) == NTMS_MEDIASTATE_IDLE);
    }
    tape(&bench, "CLN001L1");
    end(&bench);
}
END_TEST

static uint32_t eject(struct bench *bench, const struct guid *medium)
{
    struct request request;
    uint32_t result;

    request_begin(&request, bench->session, RSM_EJECT_MEDIA);
    host_put_guid(&request.arguments, medium);
    host_put_guid(&request.arguments, NULL);
    host_put_u32(&request.arguments, NTMS_EJECT_START);
    result = request_run(bench->rsm, 1, &request);
    request_free(&request);
    return result;
}

static uint32_t inject(struct bench *bench)
{
    struct request request;
    uint32_t result;

    request_begin(&request, bench->session, RSM_INJECT_MEDIA);
    host_put_guid(&request.arguments, &bench->library);
    host_put_guid(&request.arguments, NULL);
    host_put_u32(&request.arguments, NTMS_INJECT_START);
    result = request_run(bench->rsm, 1, &request);
    request_free(&request);
    return result;
}

/* Allocated, mounted, written, dismounted, mounted again, ejected, taken out, put in again, mounted: the data are the
 * same. */
START_TEST(test_life_of_a_tape)
{
    struct bench bench;
    struct guid media, drive, medium, other;

    begin(&bench, "");
    medium = tape(&bench, "RSM001L4");
    media = allocated(&bench, "RSM001L4");
    require(mount(&bench, &media, NTMS_MOUNT_READ | NTMS_MOUNT_WRITE, WAIT, &drive) == 0);
    write_tape(&bench, &drive, 3);
    require(dismount(&bench, &media, NTMS_DISMOUNT_IMMEDIATE) == 0);
    rsm_drain(bench.rsm);
    require(drive_state_of(&bench, &drive) == NTMS_DRIVESTATE_DISMOUNTED);
    require(mount(&bench, &media, NTMS_MOUNT_READ, WAIT, &drive) == 0);
    require(tape_has(&bench, &drive, 3));
    require(dismount(&bench, &media, NTMS_DISMOUNT_IMMEDIATE) == 0);
    rsm_drain(bench.rsm);
    require(eject(&bench, &medium) == 0);
    rsm_drain(bench.rsm);
    other = named(&bench, &bench.library, NTMS_PHYSICAL_MEDIA, "RSM001L4");
    require(guid_is_null(&other));
    require(mount(&bench, &media, NTMS_MOUNT_READ | NTMS_MOUNT_ERROR_OFFLINE, WAIT, &drive) == ERROR_MEDIA_OFFLINE);
    require(script("remove", NULL, 0) && script("insert RSM001L4 1", NULL, 0));
    require(inject(&bench) == 0);
    require(mount(&bench, &media, NTMS_MOUNT_READ, WAIT, &drive) == 0);
    require(tape_has(&bench, &drive, 3));
    other = tape(&bench, "RSM001L4");
    require(guid_equal(&other, &medium));
    require(dismount(&bench, &media, NTMS_DISMOUNT_IMMEDIATE) == 0);
    end(&bench);
}
END_TEST

/* A medium that somebody else has moved, a drive that somebody else has filled: "An unexpected media or device state
 * occurred during mount" (MountNtmsMedia, ERROR_INVALID_STATE); the engine looks where things are, and goes on. */
START_TEST(test_refused_moves)
{
    struct changer_element slots[] = {{CHANGER_SLOT, 0}, {CHANGER_SLOT, 1}, {CHANGER_SLOT, 5}},
                           drives[] = {{CHANGER_DRIVE, 0}, {CHANGER_DRIVE, 1}};
    struct changer_content contents[8];
    struct changer *rival;
    struct bench bench;
    struct guid media, drive;
    char message[256];

    begin(&bench, "");
    media = allocated(&bench, "RSM001L4");
    require(changer_open(location, &rival, message, sizeof(message)) == 0);
    for (int type = 0; type < CHANGER_ELEMENT_TYPES; type++)
        require(rival->kind->inventory(rival, (enum changer_element_type)type, false, contents) == 0);
    require(rival->kind->move(rival, slots[0], slots[2], false) == 0);
    require(mount(&bench, &media, NTMS_MOUNT_READ, WAIT, &drive) == ERROR_INVALID_STATE);
    require(simple_number(&bench, RSM_INVENTORY, &bench.library, NTMS_INVENTORY_FAST) == 0);
    rsm_drain(bench.rsm);
    require(mount(&bench, &media, NTMS_MOUNT_READ, WAIT, &drive) == 0);
    require(dismount(&bench, &media, NTMS_DISMOUNT_IMMEDIATE) == 0);
    rsm_drain(bench.rsm);
    for (int type = 0; type < CHANGER_ELEMENT_TYPES; type++)
        require(rival->kind->inventory(rival, (enum changer_element_type)type, false, contents) == 0);
    require(rival->kind->move(rival, slots[1], drives[0], false) == 0);
    require(rival->kind->move(rival, (struct changer_element){CHANGER_SLOT, 2}, drives[1], false) == 0);
    require(mount(&bench, &media, NTMS_MOUNT_READ, WAIT, &drive) == ERROR_INVALID_STATE);
    require(simple_number(&bench, RSM_INVENTORY, &bench.library, NTMS_INVENTORY_FAST) == 0);
    rsm_drain(bench.rsm);
    require(mount(&bench, &media, NTMS_MOUNT_READ, WAIT, &drive) == 0);
    rival->kind->close(rival);
    end(&bench);
}
END_TEST

START_TEST(test_library_goes_and_comes)
{
    struct bench bench;
    struct guid media, drive, medium;

    begin(&bench, "");
    media = allocated(&bench, "RSM001L4");
    require(script("kill", NULL, 0));
    require(mount(&bench, &media, NTMS_MOUNT_READ, WAIT, &drive) == ERROR_INVALID_STATE);
    require(script("restart", NULL, 0));
    require(simple_number(&bench, RSM_INVENTORY, &bench.library, NTMS_INVENTORY_FAST) == 0);
    rsm_drain(bench.rsm);
    require(mount(&bench, &media, NTMS_MOUNT_READ, WAIT, &drive) == 0);
    /* It comes back with everything in its first place: the tape is in no drive any more. */
    require(script("restart", NULL, 0));
    require(simple_number(&bench, RSM_INVENTORY, &bench.library, NTMS_INVENTORY_FAST) == 0);
    rsm_drain(bench.rsm);
    medium = tape(&bench, "RSM001L4");
    require(medium_state_of(&bench, &medium) == NTMS_MEDIASTATE_IDLE);
    require(mount(&bench, &media, NTMS_MOUNT_READ, WAIT, &drive) == 0);
    end(&bench);
}
END_TEST

/* It accepts, and answers nothing: an error, and when it goes on all is as before. */
START_TEST(test_library_hangs)
{
    struct bench bench;
    struct guid media, drive;

    begin(&bench, "?timeout=1");
    media = allocated(&bench, "RSM001L4");
    require(script("pause", NULL, 0));
    require(mount(&bench, &media, NTMS_MOUNT_READ, WAIT, &drive) == ERROR_INVALID_STATE);
    require(script("continue", NULL, 0));
    require(simple_number(&bench, RSM_INVENTORY, &bench.library, NTMS_INVENTORY_FAST) == 0);
    rsm_drain(bench.rsm);
    require(mount(&bench, &media, NTMS_MOUNT_READ, WAIT, &drive) == 0);
    end(&bench);
}
END_TEST

/* The engine ends and starts again with a tape in a drive. */
START_TEST(test_restart)
{
    struct bench bench;
    struct guid media, drive, again;

    begin(&bench, "");
    media = allocated(&bench, "RSM002L4");
    require(mount(&bench, &media, NTMS_MOUNT_READ, WAIT, &drive) == 0);
    bench_close(&bench);
    bench_reopen(&bench);
    check_engine(&bench);
    require(dismount(&bench, &media, NTMS_DISMOUNT_IMMEDIATE) == 0 || drive_state_of(&bench, &drive) == 0);
    rsm_drain(bench.rsm);
    require(mount(&bench, &media, NTMS_MOUNT_READ, WAIT, &again) == 0);
    end(&bench);
}
END_TEST

/* It is not there when the engine starts, and comes later. */
START_TEST(test_absent_at_first)
{
    struct bench bench;
    struct guid media, drive;
    uint32_t error;

    begin(&bench, "");
    media = allocated(&bench, "RSM001L4");
    bench_close(&bench);
    require(script("kill", NULL, 0));
    bench_reopen(&bench);
    require(mount(&bench, &media, NTMS_MOUNT_READ, WAIT, &drive) != 0);
    require(simple_number(&bench, RSM_INVENTORY, &bench.library, NTMS_INVENTORY_FAST) == ERROR_DEVICE_NOT_AVAILABLE);
    require(script("restart", NULL, 0));
    do
    {
        usleep(50000);
        error = simple_number(&bench, RSM_INVENTORY, &bench.library, NTMS_INVENTORY_FAST);
    }
    while (error == ERROR_DEVICE_NOT_AVAILABLE);
    require(error == 0);
    rsm_drain(bench.rsm);
    require(mount(&bench, &media, NTMS_MOUNT_READ, WAIT, &drive) == 0);
    end(&bench);
}
END_TEST

START_TEST(test_cleaning)
{
    struct bench bench;
    struct guid drive, medium;

    begin(&bench, "");
    drive = first(&bench, &bench.library, NTMS_DRIVE);
    medium = tape(&bench, "CLN001L1");
    require(simple(&bench, RSM_CLEAN_DRIVE, &drive) == 0);
    rsm_drain(bench.rsm);
    require(drive_state_of(&bench, &drive) == NTMS_DRIVESTATE_DISMOUNTED);
    require(medium_state_of(&bench, &medium) == NTMS_MEDIASTATE_IDLE);
    end(&bench);
}
END_TEST

/* ---- No library ---- */

/* A listener that takes connections and says `text`, or nothing. */
static int listen_somewhere(uint16_t *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof(address);
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    require(fd >= 0 && !bind(fd, (struct sockaddr *)&address, sizeof(address)) && !listen(fd, 8));
    require(!getsockname(fd, (struct sockaddr *)&address, &size));
    *port = ntohs(address.sin_port);
    return fd;
}

static void *talk_nonsense(void *context)
{
    int listener = *(int *)context, fd;
    uint8_t garbage[4096];

    memset(garbage, 0xa5, sizeof(garbage));
    while ((fd = accept(listener, NULL, NULL)) >= 0)
    {
        if (send(fd, garbage, sizeof(garbage), MSG_NOSIGNAL) < 0) perror("send");
        close(fd);
    }
    return NULL;
}

static uint32_t add(struct bench *bench, const char *format, ...) __attribute__((format(printf, 2, 3)));

static uint32_t add(struct bench *bench, const char *format, ...)
{
    static const uint32_t none[4] = {0};
    char text[300];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    return bench_add_library(bench, text, none);
}

START_TEST(test_no_library)
{
    struct bench bench;
    pthread_t thread;
    uint16_t port;
    char base[200];
    int silent, nonsense, closed;

    renew_library();
    bench_open_empty(&bench);
    snprintf(base, sizeof(base), "%.*s", (int)(strrchr(location, '/') - location), location);
    require(add(&bench, "iscsi://") == ERROR_INVALID_NAME);
    require(add(&bench, "%s", base) == ERROR_INVALID_NAME);
    require(add(&bench, "%s?timeout=none", location) == ERROR_INVALID_NAME);
    require(add(&bench, "%s/1", base) == ERROR_INVALID_LIBRARY); /* a drive */
    require(add(&bench, "%s/77", base) == ERROR_INVALID_LIBRARY);
    require(add(&bench, "%sx/3", base) == ERROR_DEVICE_NOT_AVAILABLE); /* no such target */
    require(add(&bench, "%s?drives=1,2,3", location) == ERROR_INVALID_PARAMETER);
    require(add(&bench, "%s?drives=3", location) == ERROR_INVALID_DRIVE);
    require(add(&bench, "%s?drives=,x", location) == ERROR_INVALID_DRIVE);
    closed = listen_somewhere(&port);
    close(closed);
    require(add(&bench, "iscsi://127.0.0.1:%u/iqn.x/1", port) == ERROR_DEVICE_NOT_AVAILABLE);
    silent = listen_somewhere(&port);
    require(add(&bench, "iscsi://127.0.0.1:%u/iqn.x/1?timeout=1", port) == ERROR_DEVICE_NOT_AVAILABLE);
    close(silent);
    nonsense = listen_somewhere(&port);
    require(!pthread_create(&thread, NULL, talk_nonsense, &nonsense));
    require(add(&bench, "iscsi://127.0.0.1:%u/iqn.x/1?timeout=5", port) == ERROR_DEVICE_NOT_AVAILABLE);
    shutdown(nonsense, SHUT_RDWR);
    pthread_join(thread, NULL);
    close(nonsense);
    require(add(&bench, "sg:/dev/null/sg0") == ERROR_DEVICE_NOT_AVAILABLE);
    require(add(&bench, "sg:sg0") == ERROR_INVALID_NAME);
    require(add(&bench, "sg:/dev/null") != 0); /* no SCSI device */
    require(script("account me secretsecret", NULL, 0));
    require(add(&bench, "%s", location) == ERROR_ACCESS_DENIED);
    require(add(&bench, "iscsi://me%%wrongwrongwrong@%s", location + 8) == ERROR_ACCESS_DENIED);
    require(add(&bench, "iscsi://me%%secretsecret@%s?drives=2,1&timeout=10", location + 8) == 0);
    end(&bench);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rsm tape");
    TCase *cases = tcase_create("tape");
    SRunner *runner;
    int failed;

    tcase_set_timeout(cases, 120);
    tcase_add_unchecked_fixture(cases, start_library, stop_library);
    tcase_add_test(cases, test_inventory);
    tcase_add_test(cases, test_life_of_a_tape);
    tcase_add_test(cases, test_refused_moves);
    tcase_add_test(cases, test_library_goes_and_comes);
    tcase_add_test(cases, test_library_hangs);
    tcase_add_test(cases, test_restart);
    tcase_add_test(cases, test_absent_at_first);
    tcase_add_test(cases, test_cleaning);
    tcase_add_test(cases, test_no_library);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
