/* The SCSI changer's code on a changer of the test's own, which has what no emulated one has: a lock, many
 * slots, unit attentions, elements that cannot be read; and which can be wrong about itself. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test_framework.h"

#include "rsm/media_changer.h"
#include "win_error.h"

#define SLOTS       300
#define FIRST_SLOT  1000
#define FIRST_DRIVE 10
#define FIRST_PORT  5

struct element
{
    uint16_t address;
    uint8_t type;
    char tag[16];
    uint8_t exception; /* its code */
};

struct robot
{
    struct scsi_transport base;
    struct element elements[SLOTS + 4];
    size_t count;
    uint8_t attention[2]; /* what it says to the next command but INQUIRY, once */
    bool no_tags;         /* it has no reader and refuses to be asked */
    bool no_mode_page;    /* it does not say what it has */
    bool no_identifiers;
    bool all_at_once; /* it takes no notice of how many are asked for */
    bool closed;
    int locked, moves, reports;
};

/* NULL: there is none. */
static struct element *at(struct robot *robot, uint16_t address)
{
    for (size_t i = 0; i < robot->count; i++)
        if (robot->elements[i].address == address) return &robot->elements[i];
    return NULL;
}

static void say_no(struct scsi_command *command, uint8_t key, uint8_t asc, uint8_t ascq)
{
    memcpy(command->sense, (uint8_t[18]){0x70, 0, key, 0, 0, 0, 0, 10, 0, 0, 0, 0, asc, ascq}, 18);
    command->sense_size = 18;
    command->status = SCSI_CHECK_CONDITION;
}

static void answer(struct scsi_command *command, const void *data, size_t size)
{
    command->transferred = size < command->size ? (uint32_t)size : command->size;
    memcpy(command->data, data, command->transferred);
}

static void inquire(struct robot *robot, uint32_t unit, struct scsi_command *command)
{
    uint8_t data[64] = "\x08\x80\x05\x02\x1f\0\0\0CORK    ROBOT           0001";
    int length;

    (void)robot;
    if (unit) memcpy(data, "\x01\x80\x05\x02\x1f\0\0\0IBM     ULT3580-TD4     C7R3", 36);
    if (!command->cdb[1])
    {
        answer(command, data, 36);
        return;
    }
    if (command->cdb[2] != 0x80)
    {
        say_no(command, SENSE_ILLEGAL_REQUEST, 0x24, 0);
        return;
    }
    memset(data, 0, sizeof(data));
    data[1] = 0x80;
    length = snprintf((char *)data + 4, 32, "%s%02u", unit ? "DRV" : "ROBOT", unit);
    data[3] = (uint8_t)length;
    answer(command, data, 4 + (size_t)length);
}

static void mode_sense(struct robot *robot, struct scsi_command *command)
{
    uint8_t data[24] = {0, 0, 0, 0, command->cdb[2], 0x12};

    if (robot->no_mode_page || command->cdb[2] == 0x1e)
    {
        say_no(command, SENSE_ILLEGAL_REQUEST, 0x24, 0);
        return;
    }
    if (command->cdb[2] == 0x1d)
        memcpy(data + 6,
               (uint8_t[16]){0, 1, 0, 1, FIRST_SLOT >> 8, FIRST_SLOT & 0xff, SLOTS >> 8, SLOTS & 0xff, 0, FIRST_PORT, 0,
                             1, 0, FIRST_DRIVE, 0, 2},
               16);
    else
        memset(data + 16, 0x0f, 4);
    answer(command, data, sizeof(data));
}

static size_t put_element(const struct robot *robot, const struct element *element, bool tags, bool identifiers,
                          uint8_t *data)
{
    size_t size = 12;

    memset(data, 0, 80);
    data[0] = (uint8_t)(element->address >> 8);
    data[1] = (uint8_t)element->address;
    data[2] = (uint8_t)((element->tag[0] != 0) | (element->exception ? 4 : 0));
    data[4] = element->exception;
    if (tags)
    {
        memset(data + 12, ' ', 32);
        memcpy(data + 12, element->tag, strlen(element->tag));
        size += 36;
    }
    if (identifiers && element->type == ELEMENT_DRIVE && !robot->no_identifiers)
    {
        data[size] = 2;
        data[size + 3] = 5;
        /* The second element is the first unit. */
        memcpy(data + size + 4, element->address == FIRST_DRIVE ? "DRV02" : "DRV01", 5);
    }
    return size + (identifiers ? 12 : 0);
}

static void element_status(struct robot *robot, struct scsi_command *command)
{
    const uint8_t *cdb = command->cdb;
    uint16_t first = (uint16_t)(cdb[2] << 8 | cdb[3]), most = (uint16_t)(cdb[4] << 8 | cdb[5]);
    uint8_t type = cdb[1] & 0xf, *data = calloc(1, 16 + (SLOTS + 4) * 80);
    size_t size = 16, one = 0;

    require(data != NULL);
    robot->reports++;
    if (robot->no_tags && cdb[1] & 0x10)
    {
        say_no(command, SENSE_ILLEGAL_REQUEST, 0x24, 0);
        free(data);
        return;
    }
    if (robot->all_at_once) most = 0xffff;
    for (size_t i = 0; i < robot->count && most; i++)
        if (robot->elements[i].type == type && robot->elements[i].address >= first)
        {
            one = put_element(robot, &robot->elements[i], cdb[1] & 0x10, cdb[6] & 1, data + size);
            size += one;
            most--;
        }
    data[8] = type;
    data[9] = cdb[1] & 0x10 ? 0x80 : 0;
    data[11] = (uint8_t)one;
    data[13] = (uint8_t)((size - 16) >> 16);
    data[14] = (uint8_t)((size - 16) >> 8);
    data[15] = (uint8_t)(size - 16);
    answer(command, data, size);
    free(data);
}

static void move(struct robot *robot, struct scsi_command *command)
{
    const uint8_t *cdb = command->cdb;
    struct element *from = at(robot, (uint16_t)(cdb[4] << 8 | cdb[5])),
                   *to = at(robot, (uint16_t)(cdb[6] << 8 | cdb[7]));

    require(cdb[2] == 0 && cdb[3] == 1);
    if (!from || !to)
        say_no(command, SENSE_ILLEGAL_REQUEST, 0x21, 1);
    else if (!from->tag[0])
        say_no(command, SENSE_ILLEGAL_REQUEST, 0x3b, 0x0e);
    else if (to->tag[0])
        say_no(command, SENSE_ILLEGAL_REQUEST, 0x3b, 0x0d);
    else
    {
        robot->moves++;
        memcpy(to->tag, from->tag, sizeof(to->tag));
        memset(from->tag, 0, sizeof(from->tag));
    }
}

static void report_luns(struct scsi_command *command)
{
    uint8_t data[8 + 3 * 8] = {0, 0, 0, 24};

    data[8 + 8 + 1] = 1;
    data[8 + 16 + 1] = 2;
    answer(command, data, sizeof(data));
}

static uint32_t robot_execute(struct scsi_transport *transport, uint32_t unit, struct scsi_command *command)
{
    struct robot *robot = (struct robot *)transport;

    command->status = SCSI_GOOD;
    command->transferred = 0;
    command->sense_size = 0;
    if (command->direction == SCSI_DATA_IN) memset(command->data, 0, command->size);
    if (robot->attention[0] && command->cdb[0] != 0x12 && !unit)
    {
        say_no(command, SENSE_UNIT_ATTENTION, robot->attention[0], robot->attention[1]);
        memset(robot->attention, 0, 2);
        return 0;
    }
    switch (command->cdb[0])
    {
    case 0x12:
        inquire(robot, unit, command);
        break;
    case 0x1a:
        mode_sense(robot, command);
        break;
    case 0x1e:
        robot->locked = command->cdb[4] & 1;
        break;
    case 0xa0:
        report_luns(command);
        break;
    case 0xa5:
        move(robot, command);
        break;
    case 0xb8:
        element_status(robot, command);
        break;
    default:
        break;
    }
    return 0;
}

static void robot_close(struct scsi_transport *transport)
{
    ((struct robot *)transport)->closed = true;
}

static const struct scsi_transport_kind robot_kind = {.execute = robot_execute, .close = robot_close};

static void robot_make(struct robot *robot)
{
    memset(robot, 0, sizeof(*robot));
    robot->base.kind = &robot_kind;
    robot->base.connections = 1;
    for (int i = 0; i < SLOTS; i++)
        robot->elements[robot->count++] = (struct element){.address = (uint16_t)(FIRST_SLOT + i), .type = ELEMENT_SLOT};
    for (int i = 0; i < 2; i++)
        robot->elements[robot->count++] =
            (struct element){.address = (uint16_t)(FIRST_DRIVE + i), .type = ELEMENT_DRIVE};
    robot->elements[robot->count++] = (struct element){.address = FIRST_PORT, .type = ELEMENT_PORT};
    strcpy(robot->elements[0].tag, "AAA001L4");
    strcpy(robot->elements[1].tag, "AAA002L4");
    strcpy(robot->elements[SLOTS - 1].tag, "CLNU01L1");
}

static struct changer *open_robot(struct robot *robot)
{
    struct changer *changer = NULL;
    char message[256] = "";

    require(media_changer_open(&robot->base, 0, &changer, message, sizeof(message)) == 0);
    return changer;
}

static void take_inventory(struct changer *changer, struct changer_content contents[SLOTS])
{
    for (int type = CHANGER_ELEMENT_TYPES - 1; type >= 0; type--)
        require(changer->kind->inventory(changer, (enum changer_element_type)type, false, contents) == 0);
}

static const struct changer_element slot0 = {CHANGER_SLOT, 0}, slot1 = {CHANGER_SLOT, 1}, slot5 = {CHANGER_SLOT, 5},
                                    drive0 = {CHANGER_DRIVE, 0};

static struct robot robot;
static struct changer_content contents[SLOTS];

START_TEST(test_many_slots)
{
    struct changer_description description;
    struct changer *changer;

    for (int all = 0; all < 2; all++)
    {
        robot_make(&robot);
        robot.all_at_once = all;
        changer = open_robot(&robot);
        require(changer->kind->describe(changer, &description) == 0);
        require(description.elements[CHANGER_SLOT] == SLOTS && description.elements[CHANGER_DRIVE] == 2 &&
                description.elements[CHANGER_PORT] == 1 && description.doors == 1 && description.barcode_reader);
        robot.reports = 0;
        require(changer->kind->inventory(changer, CHANGER_SLOT, false, contents) == 0);
        require(robot.reports == (all ? 1 : 3));
        require(!strcmp(contents[0].barcode, "AAA001L4") && !strcmp(contents[SLOTS - 1].barcode, "CLNU01L1") &&
                contents[SLOTS - 1].cleaner && !contents[0].cleaner);
        for (int i = 2; i < SLOTS - 1; i++)
            require(contents[i].readable && !contents[i].full);
        changer->kind->close(changer);
        require(robot.closed);
    }
}
END_TEST

/* Which element is which unit is what the changer says, not their order. */
START_TEST(test_drives)
{
    struct changer_drive drive;
    struct changer *changer;

    robot_make(&robot);
    changer = open_robot(&robot);
    require(changer->kind->describe_drive(changer, 0, &drive) == 0 && !strcmp(drive.serial, "DRV02") && drive.lun == 2);
    require(changer->kind->describe_drive(changer, 1, &drive) == 0 && !strcmp(drive.serial, "DRV01") && drive.lun == 1);
    changer->kind->close(changer);
    /* It says nothing, and there are two: neither is guessed, and media are moved all the same. */
    robot_make(&robot);
    robot.no_identifiers = true;
    changer = open_robot(&robot);
    require(changer->kind->describe_drive(changer, 0, &drive) == 0 && !drive.serial[0]);
    take_inventory(changer, contents);
    require(changer->kind->move(changer, slot0, drive0, false) == 0);
    require(changer->kind->load(changer, 0, 0) == 0);
    require(changer->kind->identify(changer, 0, 0, &(struct media_label){0}) == ERROR_NOT_SUPPORTED);
    changer->kind->close(changer);
}
END_TEST

START_TEST(test_without_bar_codes)
{
    struct changer_description description;
    struct changer *changer;

    robot_make(&robot);
    robot.no_tags = true;
    changer = open_robot(&robot);
    require(changer->kind->describe(changer, &description) == 0 && !description.barcode_reader);
    take_inventory(changer, contents);
    require(contents[0].full && !contents[0].barcode[0] && !contents[2].full);
    changer->kind->close(changer);
}
END_TEST

START_TEST(test_unreadable_elements)
{
    struct changer *changer;

    robot_make(&robot);
    robot.elements[1].exception = 0x30; /* what is in it fits nothing */
    robot.elements[0].exception = 0x83; /* its bar code was not read */
    robot.elements[3].address = 9;      /* and one that is missing from the report */
    changer = open_robot(&robot);
    take_inventory(changer, contents);
    require(contents[0].readable && contents[0].full && !contents[1].readable && !contents[3].readable &&
            !contents[3].full && contents[4].readable);
    changer->kind->close(changer);
}
END_TEST

/* After an attention nothing moves unless all is where the engine was told. */
START_TEST(test_attentions)
{
    struct changer *changer;

    robot_make(&robot);
    changer = open_robot(&robot);
    take_inventory(changer, contents);
    /* The port was opened; nobody has changed anything. */
    robot.attention[0] = 0x28;
    robot.attention[1] = 0x01;
    require(changer->kind->move(changer, slot0, drive0, false) == 0 && robot.moves == 1);
    /* Somebody has exchanged two tapes. */
    strcpy(robot.elements[1].tag, "OTHER1L4");
    robot.attention[0] = 0x28;
    require(changer->kind->move(changer, slot1, slot5, false) == ERROR_MEDIA_CHANGED && robot.moves == 1);
    require(changer->kind->move(changer, slot1, slot5, false) == ERROR_MEDIA_CHANGED && robot.moves == 1);
    take_inventory(changer, contents);
    require(changer->kind->move(changer, slot1, slot5, false) == 0 && robot.moves == 2);
    /* A look at the ports alone does not make up for the rest. */
    strcpy(robot.elements[7].tag, "OTHER2L4");
    robot.attention[0] = 0x29;
    require(changer->kind->inventory(changer, CHANGER_PORT, false, contents) == 0);
    require(changer->kind->move(changer, slot5, slot1, false) == ERROR_MEDIA_CHANGED && robot.moves == 2);
    changer->kind->close(changer);
}
END_TEST

START_TEST(test_lock)
{
    struct changer *changer;

    robot_make(&robot);
    robot.locked = 1;
    changer = open_robot(&robot);
    require(!robot.locked);
    require(changer->kind->door(changer, false) == 0 && robot.locked);
    require(changer->kind->door(changer, true) == 0 && !robot.locked);
    changer->kind->close(changer);
}
END_TEST

START_TEST(test_no_changer)
{
    struct changer *changer = NULL;
    char message[256] = "";

    robot_make(&robot);
    require(media_changer_open(&robot.base, 1, &changer, message, sizeof(message)) == ERROR_INVALID_LIBRARY);
    require(!changer && robot.closed && strstr(message, "no media changer"));
    robot_make(&robot);
    robot.no_mode_page = true;
    require(media_changer_open(&robot.base, 0, &changer, message, sizeof(message)) == ERROR_NOT_SUPPORTED);
    require(robot.closed && strstr(message, "1Dh"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("media changer");
    TCase *tests = tcase_create("tests");
    SRunner *runner;
    int failed;

    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, test_many_slots);
    tcase_add_test(tests, test_drives);
    tcase_add_test(tests, test_without_bar_codes);
    tcase_add_test(tests, test_unreadable_elements);
    tcase_add_test(tests, test_attentions);
    tcase_add_test(tests, test_lock);
    tcase_add_test(tests, test_no_changer);
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
