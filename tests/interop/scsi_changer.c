/*
 * Drives a SCSI changer through its kind in corkd, without an engine: inventory, moves and the errors of those that the
 * library refuses, labels, drives; and where the kernel has nodes for the drives, these as a program uses them. Prints
 * TAP. It needs a library as tests/interop/tape_library.sh makes it: tapes
 * RSM001L4 and RSM002L4 in the first slots, the last but one and its neighbour empty, drives and mail slots empty.
 *
 * scsi_changer LOCATION       sg:/dev/sg3, iscsi://host:port/name/unit
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rsm/changer.h"
#include "win_error.h"

static int tests, failed;
static struct changer *changer;
static const struct changer_kind *kind;
static struct changer_description description;

static void check(bool good, const char *what)
{
    tests++;
    if (!good) failed++;
    printf("%sok %d - %s\n", good ? "" : "not ", tests, what);
    fflush(stdout);
}

/* A result that has to be. */
static void result(uint32_t expected, uint32_t actual, const char *what)
{
    check(expected == actual, what);
    if (expected != actual) printf("# expected %u, got %u\n", expected, actual);
}

static struct changer_element slot(uint32_t index)
{
    return (struct changer_element){CHANGER_SLOT, index};
}

static struct changer_element drive(uint32_t index)
{
    return (struct changer_element){CHANGER_DRIVE, index};
}

static struct changer_element port(uint32_t index)
{
    return (struct changer_element){CHANGER_PORT, index};
}

static struct changer_content *contents_of(enum changer_element_type type, bool scan)
{
    struct changer_content *contents = calloc(description.elements[type] + 1, sizeof(*contents));

    if (!contents || kind->inventory(changer, type, scan, contents))
    {
        printf("Bail out! no inventory\n");
        exit(1);
    }
    return contents;
}

static bool stands_in(struct changer_element element, const char *barcode)
{
    struct changer_content *contents = contents_of(element.type, false);
    const struct changer_content *content = &contents[element.index];
    bool there = content->readable && content->full == (barcode[0] != 0) && !strcmp(content->barcode, barcode);

    if (!there) printf("# there is \"%s\"\n", content->barcode);
    free(contents);
    return there;
}

static void test_description(void)
{
    struct changer_drive first = {0}, second = {0}, none;

    check(!strcmp(description.vendor, "STK") && !strcmp(description.product, "L700"), "vendor and product");
    check(!strcmp(description.serial, "LIB000001"), "serial number");
    check(description.elements[CHANGER_DRIVE] == 2 && description.elements[CHANGER_SLOT] == 8 &&
              description.elements[CHANGER_PORT] == 2,
          "2 drives, 8 slots, 2 mail slots");
    check(description.barcode_reader, "it reads bar codes");
    check(description.sides == 1 && description.device_type == 0x1f && description.media_type == 86,
          "its media are LTO tapes of one side");
    result(0, kind->describe_drive(changer, 0, &first), "the first drive is described");
    result(0, kind->describe_drive(changer, 1, &second), "the second drive is described");
    check(!strcmp(first.serial, "DRV000001") && !strcmp(first.product, "ULT3580-TD4"),
          "the first drive's unit is found by what the changer says of it");
    check(!strcmp(second.serial, "DRV000002"), "the second drive's unit is the one that is left");
    printf("# drives: %s %s\n", first.device, second.device);
    result(ERROR_INVALID_DRIVE, kind->describe_drive(changer, 2, &none), "there is no third drive");
}

static void test_moves(void)
{
    struct changer_content *slots = contents_of(CHANGER_SLOT, true);

    check(!strcmp(slots[0].barcode, "RSM001L4") && slots[0].full && !slots[0].cleaner, "the first tape is there");
    check(slots[7].cleaner && slots[7].full, "the cleaning tape is known for one");
    check(!slots[5].full && slots[5].readable && !slots[5].barcode[0], "an empty slot");
    free(slots);
    free(contents_of(CHANGER_DRIVE, false));
    free(contents_of(CHANGER_PORT, false));
    result(ERROR_EMPTY, kind->move(changer, slot(5), slot(6), false), "a move from an empty slot is refused");
    result(ERROR_NOT_EMPTY, kind->move(changer, slot(0), slot(1), false), "a move into a full slot is refused");
    result(ERROR_INVALID_PARAMETER, kind->move(changer, slot(8), slot(5), false), "there is no ninth slot");
    result(ERROR_NOT_SUPPORTED, kind->move(changer, slot(0), drive(0), true), "it turns no media over");
    result(0, kind->move(changer, slot(0), port(0), false), "a tape goes to the mail slot");
    check(stands_in(port(0), "RSM001L4") && stands_in(slot(0), ""), "it is there, and not where it was");
    result(0, kind->move(changer, port(0), slot(0), false), "and back");
    result(ERROR_NOT_SUPPORTED, kind->door(changer, true), "what has no lock says so");
}

static void test_drive(void)
{
    struct media_label label = {0}, again;
    char path[CHANGER_PATH];
    bool needed = true;

    result(ERROR_NO_MEDIA_IN_DRIVE, kind->identify(changer, 0, 0, &again), "an empty drive has no label");
    result(ERROR_UNABLE_TO_LOAD_MEDIUM, kind->load(changer, 0, 0), "nothing can be loaded in an empty drive");
    result(0, kind->move(changer, slot(0), drive(0), false), "a tape goes into the first drive");
    result(0, kind->load(changer, 0, 0), "it becomes ready");
    result(0, kind->path(changer, 0, path), "the drive's node");
    printf("# node: \"%s\"\n", path);
    label.kind = LABEL_KNOWN;
    result(ERROR_NOT_SUPPORTED, kind->write_label(changer, 0, 0, &label), "only free media's labels are written");
    label = (struct media_label){.kind = LABEL_FREE, .type = "Cork free", .id = {1, 2, 3, 4, 5}, .id_size = 16};
    result(0, kind->write_label(changer, 0, 0, &label), "a label is written");
    result(0, kind->identify(changer, 0, 0, &again), "it is read");
    check(again.kind == LABEL_FREE && again.id_size == 16 && !memcmp(again.id, label.id, 16), "it is what was written");
    result(0, kind->needs_cleaning(changer, 0, &needed), "the drive says whether it has to be cleaned");
    check(!needed, "it need not");
    result(ERROR_NOT_EMPTY, kind->move(changer, slot(1), drive(0), false), "a full drive takes no other tape");
    result(0, kind->unload(changer, 0), "it is unloaded");
    result(0, kind->move(changer, drive(0), slot(0), false), "it goes back");
    result(0, kind->move(changer, slot(1), drive(1), false), "another goes into the second drive");
    result(0, kind->load(changer, 1, 0), "it becomes ready");
    result(0, kind->identify(changer, 1, 0, &again), "its label is read");
    check(again.kind == LABEL_NONE, "it is blank: each drive is taken for the right one");
    result(0, kind->unload(changer, 1), "it is unloaded");
    result(0, kind->move(changer, drive(1), slot(1), false), "it goes back");
    result(0, kind->move(changer, slot(7), drive(0), false), "the cleaning tape goes into a drive");
    result(0, kind->load(changer, 0, 0), "the drive has done with it");
    result(0, kind->move(changer, drive(0), slot(7), false), "it goes back");
}

/* ---- /dev/nst0 ---- */

static void fill(uint8_t *data, size_t size)
{
    for (size_t i = 0; i < size; i++)
        data[i] = (uint8_t)(i * 11 + i / 256);
}

/* What a program writes and reads when the engine has told it the node; corkd leaves the drive to it meanwhile. */
static void test_node(void)
{
    static uint8_t written[10240], read_back[10240];
    struct media_label label;
    char path[CHANGER_PATH];
    int fd;

    if (kind->path(changer, 0, path) || !path[0]) return;
    fill(written, sizeof(written));
    result(0, kind->move(changer, slot(0), drive(0), false), "a tape goes into the first drive");
    result(0, kind->load(changer, 0, 0), "it becomes ready");
    result(0, kind->identify(changer, 0, 0, &label), "its label is read");
    fd = open(path, O_RDWR | O_CLOEXEC);
    check(fd >= 0, "a program opens the drive's node");
    check(write(fd, written, sizeof(written)) == sizeof(written), "it writes from the beginning");
    result(ERROR_BUSY, kind->identify(changer, 0, 0, &label), "nobody else reads meanwhile");
    result(ERROR_BUSY, kind->unload(changer, 0), "nor takes the tape away");
    close(fd);
    result(0, kind->identify(changer, 0, 0, &label), "then it is read again");
    check(label.kind == LABEL_UNKNOWN, "what is on it is known to nobody");
    result(0, kind->unload(changer, 0), "it is unloaded");
    result(0, kind->move(changer, drive(0), slot(0), false), "it goes back");
    result(0, kind->move(changer, slot(0), drive(1), false), "and into the other drive");
    result(0, kind->load(changer, 1, 0), "it becomes ready");
    kind->path(changer, 1, path);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    check(fd >= 0 && read(fd, read_back, sizeof(read_back)) == sizeof(read_back) &&
              !memcmp(written, read_back, sizeof(written)),
          "a program reads there what it has written");
    check(fd >= 0 && read(fd, read_back, sizeof(read_back)) == 0, "and no more");
    if (fd >= 0) close(fd);
    result(0, kind->unload(changer, 1), "it is unloaded");
    result(0, kind->move(changer, drive(1), slot(0), false), "it goes back");
    fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    check(fd < 0 || read(fd, read_back, sizeof(read_back)) < 0, "and is not in the drive any more");
    if (fd >= 0) close(fd);
}

int main(int argc, char **argv)
{
    char message[512] = "";
    uint32_t error;

    if (argc != 2)
    {
        fprintf(stderr, "scsi_changer LOCATION\n");
        return 2;
    }
    error = changer_open(argv[1], &changer, message, sizeof(message));
    result(0, error, "the changer is opened");
    if (error)
    {
        printf("# %s\n1..%d\n", message, tests);
        return 1;
    }
    kind = changer->kind;
    result(0, kind->describe(changer, &description), "it is described");
    test_description();
    test_moves();
    test_drive();
    test_node();
    kind->close(changer);
    printf("1..%d\n", tests);
    return failed != 0;
}
