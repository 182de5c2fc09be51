/* How commands to a SCSI unit are repeated: on a transport that answers as the test says. */
#include <stdio.h>
#include <string.h>

#include "test_framework.h"

#include "rsm/scsi_device.h"
#include "rsm/scsi_nodes.h"
#include "rsm/tape_drive.h"
#include "win_error.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the unit answers to one command. */
struct answer
{
    uint32_t error; /* of the transport */
    uint8_t status, key, asc, ascq;
    bool reconnects; /* the connection is made anew for it */
};

struct fake
{
    struct scsi_transport base;
    const struct answer *answers; /* to commands but INQUIRY, one after another; then all is well */
    size_t count, next;
    char serial[16];
    uint8_t seen[64]; /* operation codes */
    size_t seen_count;
    bool closed;
};

static void inquire(struct fake *fake, struct scsi_command *command)
{
    if (command->cdb[1])
    {
        command->data[1] = 0x80;
        command->data[3] = (uint8_t)strlen(fake->serial);
        memcpy(command->data + 4, fake->serial, strlen(fake->serial));
        command->transferred = 4 + command->data[3];
        return;
    }
    memcpy(command->data, "\x01\x80\x05\x02\x1f\0\0\0IBM     ULT3580-TD4     C7R3", 36);
    command->transferred = 36;
}

static uint32_t fake_execute(struct scsi_transport *transport, uint32_t unit, struct scsi_command *command)
{
    struct fake *fake = (struct fake *)transport;
    const struct answer *answer;

    require(unit == 7 && command->timeout_ms > 0);
    if (fake->seen_count < sizeof(fake->seen)) fake->seen[fake->seen_count++] = command->cdb[0];
    command->status = SCSI_GOOD;
    command->transferred = 0;
    command->sense_size = 0;
    if (command->cdb[0] == 0x12)
    {
        inquire(fake, command);
        return 0;
    }
    if (fake->next == fake->count) return 0;
    answer = &fake->answers[fake->next++];
    if (answer->reconnects) transport->connections++;
    command->status = answer->status;
    if (answer->status == SCSI_CHECK_CONDITION)
    {
        memcpy(command->sense,
               (uint8_t[18]){0x70, 0, answer->key, 0, 0, 0, 0, 10, 0, 0, 0, 0, answer->asc, answer->ascq}, 18);
        command->sense_size = 18;
    }
    return answer->error;
}

static void fake_close(struct scsi_transport *transport)
{
    ((struct fake *)transport)->closed = true;
}

static const struct scsi_transport_kind fake_kind = {.execute = fake_execute, .close = fake_close};

static void fake_open(struct fake *fake, struct scsi_device *device)
{
    memset(fake, 0, sizeof(*fake));
    fake->base.kind = &fake_kind;
    fake->base.connections = 1;
    strcpy(fake->serial, "DRV000001");
    require(scsi_device_open(device, &fake->base, 7) == 0);
    require(device->inquiry.type == SCSI_TAPE && !strcmp(device->serial, "DRV000001"));
    fake->seen_count = 0;
}

#define ANSWER(fake, ...)                                                                                              \
    do                                                                                                                 \
    {                                                                                                                  \
        static const struct answer answers[] = {__VA_ARGS__};                                                          \
                                                                                                                       \
        (fake).answers = answers;                                                                                      \
        (fake).count = sizeof(answers) / sizeof(answers[0]);                                                           \
        (fake).next = 0;                                                                                               \
    }                                                                                                                  \
    while (0)

#define ATTENTION(asc, ascq)                                                                                           \
    {                                                                                                                  \
        0, SCSI_CHECK_CONDITION, SENSE_UNIT_ATTENTION, asc, ascq, false                                                \
    }
#define BECOMING_READY                                                                                                 \
    {                                                                                                                  \
        0, SCSI_CHECK_CONDITION, SENSE_NOT_READY, 4, 1, false                                                          \
    }

static uint32_t move(struct scsi_device *device)
{
    static const uint8_t cdb[12] = {0xa5};

    return scsi_device_simple(device, cdb, 12, 1000, SCSI_IF_UNCHANGED, 10000);
}

START_TEST(test_attentions)
{
    struct scsi_device device;
    struct fake fake;

    fake_open(&fake, &device);
    ANSWER(fake, ATTENTION(0x29, 0), ATTENTION(0x2a, 1), ATTENTION(0x28, 0));
    require(scsi_device_ready(&device, 0) == 0 && fake.next == 3 && device.changed);
    /* Nothing is moved until somebody has looked. */
    require(move(&device) == ERROR_MEDIA_CHANGED);
    require(!memchr(fake.seen, 0xa5, fake.seen_count));
    device.changed = false;
    require(move(&device) == 0 && memchr(fake.seen, 0xa5, fake.seen_count));
    /* One that says nothing about media is of no account. */
    ANSWER(fake, ATTENTION(0x2a, 1));
    require(move(&device) == 0 && !device.changed);
    /* A unit that does not stop. */
    ANSWER(fake, ATTENTION(0x2a, 1), ATTENTION(0x2a, 1), ATTENTION(0x2a, 1), ATTENTION(0x2a, 1), ATTENTION(0x2a, 1),
           ATTENTION(0x2a, 1), ATTENTION(0x2a, 1), ATTENTION(0x2a, 1), ATTENTION(0x2a, 1), ATTENTION(0x2a, 1),
           ATTENTION(0x2a, 1), ATTENTION(0x2a, 1), ATTENTION(0x2a, 1), ATTENTION(0x2a, 1), ATTENTION(0x2a, 1),
           ATTENTION(0x2a, 1), ATTENTION(0x2a, 1));
    require(scsi_device_ready(&device, 0) == ERROR_MEDIA_CHANGED && fake.next == 16);
}
END_TEST

START_TEST(test_waiting)
{
    struct scsi_device device;
    struct fake fake;

    fake_open(&fake, &device);
    ANSWER(fake, BECOMING_READY, BECOMING_READY, BECOMING_READY);
    require(scsi_device_ready(&device, 10000) == 0 && fake.next == 3);
    ANSWER(fake, BECOMING_READY, BECOMING_READY);
    require(scsi_device_ready(&device, 0) == ERROR_NOT_READY && fake.next == 1);
    ANSWER(fake, {0, SCSI_BUSY, 0, 0, 0, false}, {0, SCSI_SET_FULL, 0, 0, 0, false});
    require(scsi_device_ready(&device, 10000) == 0 && fake.next == 2);
    ANSWER(fake, {0, SCSI_BUSY, 0, 0, 0, false});
    require(scsi_device_ready(&device, 0) == ERROR_BUSY);
    ANSWER(fake, {0, SCSI_RESERVED, 0, 0, 0, false});
    require(scsi_device_ready(&device, 10000) == ERROR_BUSY);
    ANSWER(fake, {0, SCSI_ABORTED, 0, 0, 0, false});
    require(scsi_device_ready(&device, 10000) == ERROR_IO_DEVICE);
    /* Waiting does not help. */
    ANSWER(fake, {0, SCSI_CHECK_CONDITION, SENSE_NOT_READY, 0x3a, 0, false});
    require(scsi_device_ready(&device, 10000) == ERROR_NO_MEDIA_IN_DRIVE && fake.next == 1);
    /* The limit of the location goes before. */
    fake.base.limit_ms = 1;
    ANSWER(fake, BECOMING_READY, BECOMING_READY, BECOMING_READY, BECOMING_READY, BECOMING_READY);
    require(scsi_device_ready(&device, 600000) == ERROR_NOT_READY && fake.next < 5);
}
END_TEST

START_TEST(test_aborted_commands)
{
    struct scsi_device device;
    struct fake fake;

    fake_open(&fake, &device);
    ANSWER(fake, {0, SCSI_CHECK_CONDITION, SENSE_ABORTED_COMMAND, 0x47, 0, false});
    require(scsi_device_ready(&device, 0) == 0 && fake.next == 1);
    /* What may have been done is not done again: the first answer is to the TEST UNIT READY before it. */
    ANSWER(fake, {0, SCSI_GOOD, 0, 0, 0, false}, {0, SCSI_CHECK_CONDITION, SENSE_ABORTED_COMMAND, 0x47, 0, false});
    require(move(&device) == ERROR_IO_DEVICE && fake.next == 2);
}
END_TEST

START_TEST(test_connections)
{
    struct scsi_device device;
    struct fake fake;

    fake_open(&fake, &device);
    /* A command that may be done twice goes through a connection that is made anew; one that may not does not. */
    ANSWER(fake, {ERROR_DEVICE_NOT_AVAILABLE, 0, 0, 0, 0, false}, {0, SCSI_GOOD, 0, 0, 0, true});
    require(scsi_device_ready(&device, 0) == 0 && device.changed);
    device.changed = false;
    ANSWER(fake, {0, SCSI_GOOD, 0, 0, 0, false}, {ERROR_DEVICE_NOT_AVAILABLE, 0, 0, 0, 0, false});
    require(move(&device) == ERROR_DEVICE_NOT_AVAILABLE && fake.next == 2);
    ANSWER(fake, {ERROR_DEVICE_NOT_AVAILABLE, 0, 0, 0, 0, false}, {ERROR_DEVICE_NOT_AVAILABLE, 0, 0, 0, 0, false});
    require(scsi_device_ready(&device, 0) == ERROR_DEVICE_NOT_AVAILABLE && fake.next == 2);
    ANSWER(fake, {ERROR_TIMEOUT, 0, 0, 0, 0, false});
    require(scsi_device_ready(&device, 0) == ERROR_TIMEOUT && fake.next == 1);
    /* Nothing is moved through a new connection before somebody has looked. */
    ANSWER(fake, {0, SCSI_GOOD, 0, 0, 0, true});
    fake.seen_count = 0;
    require(move(&device) == ERROR_MEDIA_CHANGED && !memchr(fake.seen, 0xa5, fake.seen_count));
    device.changed = false;
    require(move(&device) == 0);
    /* Another unit stands there now. */
    strcpy(fake.serial, "OTHER");
    ANSWER(fake, {0, SCSI_GOOD, 0, 0, 0, true});
    require(scsi_device_ready(&device, 0) == ERROR_DEVICE_NOT_AVAILABLE);
    fake.base.connections++;
    require(move(&device) == ERROR_DEVICE_NOT_AVAILABLE || move(&device) == ERROR_MEDIA_CHANGED);
}
END_TEST

/* "... 00h/17h CLEANING REQUESTED": kept until a cleaning medium was loaded. */
START_TEST(test_cleaning)
{
    struct tape_drive drive = {0};
    struct fake fake;

    fake_open(&fake, &drive.device);
    require(!tape_drive_wants_cleaning(&drive));
    ANSWER(fake, {0, SCSI_CHECK_CONDITION, SENSE_RECOVERED, 0x00, 0x17, false});
    require(scsi_device_ready(&drive.device, 0) == 0 && drive.device.wants_cleaning);
    require(tape_drive_wants_cleaning(&drive));
    require(tape_drive_wants_cleaning(&drive));
    /* The drive cleans itself, and puts the cartridge out. */
    ANSWER(fake, {0, SCSI_CHECK_CONDITION, SENSE_NOT_READY, 0x30, 0x03, false}, BECOMING_READY,
           {0, SCSI_CHECK_CONDITION, SENSE_NOT_READY, 0x3a, 0x00, false});
    require(tape_drive_load(&drive, true) == 0 && fake.next == 3);
    require(!tape_drive_wants_cleaning(&drive));
    /* One that is not known can do nothing, and what is not there is not asked. */
    tape_drive_close(&drive);
    require(!fake.closed);
    require(tape_drive_load(&drive, false) == 0 && tape_drive_unload(&drive) == 0 &&
            !tape_drive_wants_cleaning(&drive));
    require(tape_drive_identify(&drive, &(struct media_label){0}) == ERROR_NOT_SUPPORTED);
}
END_TEST

START_TEST(test_loading)
{
    struct tape_drive drive = {0};
    struct media_label label = {.kind = LABEL_FREE, .id = {1}, .id_size = 16};
    struct fake fake;

    fake_open(&fake, &drive.device);
    drive.owns_transport = true;
    /* It waits for being told to start; then it becomes ready. */
    ANSWER(fake, ATTENTION(0x28, 0), {0, SCSI_CHECK_CONDITION, SENSE_NOT_READY, 0x3a, 0, false},
           {0, SCSI_GOOD, 0, 0, 0, false}, BECOMING_READY);
    require(tape_drive_load(&drive, false) == 0 && fake.next == 4 && memchr(fake.seen, 0x1b, fake.seen_count));
    require(!drive.device.changed);
    ANSWER(fake, {0, SCSI_CHECK_CONDITION, SENSE_NOT_READY, 0x3a, 0, false}, {0, SCSI_GOOD, 0, 0, 0, false},
           {0, SCSI_CHECK_CONDITION, SENSE_NOT_READY, 0x3a, 0, false});
    require(tape_drive_load(&drive, false) == ERROR_UNABLE_TO_LOAD_MEDIUM);
    ANSWER(fake, {0, SCSI_CHECK_CONDITION, SENSE_ILLEGAL_REQUEST, 0x53, 0x02, false});
    require(tape_drive_unload(&drive) == ERROR_BUSY);
    ANSWER(fake, {0, SCSI_CHECK_CONDITION, SENSE_NOT_READY, 0x3a, 0, false});
    require(tape_drive_unload(&drive) == 0);
    /* Rewind, MODE SELECT, TEST UNIT READY, WRITE. */
    ANSWER(fake, {0, 0, 0, 0, 0, false}, {0, 0, 0, 0, 0, false}, {0, 0, 0, 0, 0, false},
           {0, SCSI_CHECK_CONDITION, SENSE_DATA_PROTECT, 0x27, 0, false});
    require(tape_drive_write_label(&drive, &label) == ERROR_WRITE_PROTECT && fake.next == 4);
    /* Nothing is written over a tape that may be another one. */
    ANSWER(fake, ATTENTION(0x28, 0));
    fake.seen_count = 0;
    require(tape_drive_write_label(&drive, &label) == ERROR_MEDIA_CHANGED && !memchr(fake.seen, 0x0a, fake.seen_count));
    tape_drive_close(&drive);
    require(fake.closed);
}
END_TEST

/* ---- /sys/class ---- */

static void put(const char *root, const char *path, const char *text)
{
    char name[512];
    FILE *file;

    snprintf(name, sizeof(name), "%s/%s", root, path);
    file = fopen(name, "w");
    require(file != NULL && fputs(text, file) >= 0);
    fclose(file);
}

static void add_unit(const char *root, const char *unit, const char *type, const char *generic, const char *tape)
{
    char command[1024], path[64];

    snprintf(command, sizeof(command),
             "mkdir -p '%s/scsi_generic/%s' '%s/devices/%s' && ln -s '../../devices/%s' "
             "'%s/scsi_generic/%s/device'",
             root, generic, root, unit, unit, root, generic);
    require(!system(command));
    snprintf(path, sizeof(path), "devices/%s/type", unit);
    put(root, path, type);
    if (!tape[0]) return;
    snprintf(command, sizeof(command),
             "mkdir -p '%s/scsi_tape/%s' && ln -s '../../devices/%s' '%s/scsi_tape/%s/device'", root, tape, unit, root,
             tape);
    require(!system(command));
}

START_TEST(test_nodes)
{
    char root[] = "/tmp/cork-nodes-XXXXXX", command[128];
    struct scsi_node nodes[8];

    require(mkdtemp(root) != NULL);
    require(scsi_nodes_list(root, nodes, 8) == 0);
    add_unit(root, "2:0:0:1", "1\n", "sg10", "nst3");
    add_unit(root, "2:0:0:3", "8\n", "sg2", "");
    add_unit(root, "0:0:0:0", "0\n", "sg0", "");
    add_unit(root, "2:0:0:1", "1\n", "sg10x", "nst3a");
    add_unit(root, "2:0:0:2", "nonsense\n", "sg4", "");
    require(scsi_nodes_list(root, nodes, 8) >= 3);
    require(!strcmp(nodes[0].generic, "/dev/sg0") && nodes[0].type == 0);
    require(!strcmp(nodes[1].generic, "/dev/sg2") && nodes[1].type == 8 && !nodes[1].tape[0] && nodes[1].lun == 3);
    require(!strcmp(nodes[2].generic, "/dev/sg10") && nodes[2].type == 1 && !strcmp(nodes[2].tape, "/dev/nst3") &&
            nodes[2].host == 2 && nodes[2].lun == 1);
    require(scsi_nodes_list(root, nodes, 1) == 1);
    snprintf(command, sizeof(command), "rm -rf '%s'", root);
    require(!system(command));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("SCSI device");
    TCase *tests = tcase_create("tests");
    SRunner *runner;
    int failed;

    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, test_attentions);
    tcase_add_test(tests, test_waiting);
    tcase_add_test(tests, test_aborted_commands);
    tcase_add_test(tests, test_connections);
    tcase_add_test(tests, test_cleaning);
    tcase_add_test(tests, test_loading);
    tcase_add_test(tests, test_nodes);
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
