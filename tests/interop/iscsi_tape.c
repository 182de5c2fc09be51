/*
 * What a program does with a tape, or somebody else with a changer, through iSCSI where there is no kernel device for
 * it.
 *
 * iscsi_tape URL write FILE    rewinds, writes the file in blocks of 4096 bytes (the last one filled with zeros) and a
 * file mark iscsi_tape URL read FILE     rewinds, reads up to the file mark iscsi_tape URL hold          prevents it,
 * says "held", and allows it again when its input ends
 * iscsi_tape URL move FROM TO  moves a medium, by element addresses
 *
 * URL: iscsi://HOST:PORT/TARGET/UNIT. Exit code 1 where the drive refuses; says why.
 */
#include <iscsi/iscsi.h>
#include <iscsi/scsi-lowlevel.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BLOCK       4096
#define MOVE_MEDIUM 0xa5

static struct iscsi_context *context;
static int lun;

/* Performs a command; its data goes to or comes from `data` of `size` bytes. The bytes that came; -1: it was refused.
 */
static int perform(const char *name, const unsigned char *cdb, int direction, unsigned char *data, int size)
{
    struct iscsi_data out = {.size = (size_t)size, .data = data};
    struct scsi_task *task = scsi_create_task(cdb[0] == MOVE_MEDIUM ? 12 : 6, (unsigned char *)cdb, direction, size),
                     *done;
    int got = -1;

    done = iscsi_scsi_command_sync(context, lun, task, direction == SCSI_XFER_WRITE ? &out : NULL);
    if (!done)
        fprintf(stderr, "%s: %s\n", name, iscsi_get_error(context));
    else if (done->status == SCSI_STATUS_GOOD)
    {
        got = direction == SCSI_XFER_READ && done->datain.size < size ? done->datain.size : size;
        if (direction == SCSI_XFER_READ) memcpy(data, done->datain.data, (size_t)got);
    }
    else if (!strcmp(name, "read") && done->status == SCSI_STATUS_CHECK_CONDITION && done->sense.key <= 1)
        got = 0; /* a file mark */
    else if (done->sense.key != SCSI_SENSE_UNIT_ATTENTION)
        fprintf(stderr, "%s: status %d, sense %x/%04x\n", name, done->status, done->sense.key, done->sense.ascq);
    if (done) scsi_free_scsi_task(done);
    return got;
}

static bool simple(const char *name, unsigned char code, unsigned char last)
{
    const unsigned char cdb[6] = {code, 0, 0, 0, last, 0};

    return perform(name, cdb, SCSI_XFER_NONE, NULL, 0) >= 0;
}

static bool open_unit(const char *text)
{
    struct iscsi_url *url;

    context = iscsi_create_context("iqn.2026-01.test.cork:tape");
    url = context ? iscsi_parse_full_url(context, text) : NULL;
    if (!url) return false;
    lun = url->lun;
    iscsi_set_targetname(context, url->target);
    iscsi_set_session_type(context, ISCSI_SESSION_NORMAL);
    iscsi_set_header_digest(context, ISCSI_HEADER_DIGEST_NONE);
    iscsi_set_timeout(context, 20);
    iscsi_set_noautoreconnect(context, 1);
    if (iscsi_full_connect_sync(context, url->portal, url->lun))
    {
        fprintf(stderr, "%s: %s\n", text, iscsi_get_error(context));
        return false;
    }
    iscsi_destroy_url(url);
    /* The first command of a session is told that the session is new. */
    simple("test unit ready", 0x00, 0);
    return simple("test unit ready", 0x00, 0);
}

static bool rewind_tape(void)
{
    return simple("rewind", 0x01, 0);
}

static bool write_tape(const char *name)
{
    static const unsigned char cdb[6] = {0x0a, 0, 0, BLOCK >> 8, BLOCK & 0xff, 0};
    unsigned char block[BLOCK];
    FILE *file = fopen(name, "rb");
    bool good = file && rewind_tape();
    size_t size;

    while (good && (size = fread(block, 1, BLOCK, file)) > 0)
    {
        memset(block + size, 0, BLOCK - size);
        good = perform("write", cdb, SCSI_XFER_WRITE, block, BLOCK) == BLOCK;
    }
    if (file) fclose(file);
    return good && simple("write file mark", 0x10, 1) && rewind_tape();
}

static bool read_tape(const char *name)
{
    static const unsigned char cdb[6] = {0x08, 0, 0, BLOCK >> 8, BLOCK & 0xff, 0};
    unsigned char block[BLOCK];
    FILE *file = fopen(name, "wb");
    bool good = file && rewind_tape();
    int size;

    while (good && (size = perform("read", cdb, SCSI_XFER_READ, block, BLOCK)) != 0)
        good = size > 0 && fwrite(block, 1, (size_t)size, file) == (size_t)size;
    if (file && fclose(file)) good = false;
    return good && rewind_tape();
}

static bool hold_tape(void)
{
    char byte;

    if (!simple("prevent", 0x1e, 1)) return false;
    puts("held");
    fflush(stdout);
    while (read(STDIN_FILENO, &byte, 1) > 0)
    {
    }
    return simple("allow", 0x1e, 0);
}

static bool move_medium(int from, int to)
{
    const unsigned char cdb[12] = {
        MOVE_MEDIUM,      0, 0, 1, (unsigned char)(from >> 8), (unsigned char)from, (unsigned char)(to >> 8),
        (unsigned char)to};

    return perform("move", cdb, SCSI_XFER_NONE, NULL, 0) == 0;
}

int main(int count, char **arguments)
{
    bool good = count >= 3 && open_unit(arguments[1]);

    if (!good) return 1;
    if (count == 4 && !strcmp(arguments[2], "write"))
        good = write_tape(arguments[3]);
    else if (count == 4 && !strcmp(arguments[2], "read"))
        good = read_tape(arguments[3]);
    else if (count == 3 && !strcmp(arguments[2], "hold"))
        good = hold_tape();
    else if (count == 5 && !strcmp(arguments[2], "move"))
        good = move_medium(atoi(arguments[3]), atoi(arguments[4]));
    else
        good = false;
    iscsi_logout_sync(context);
    iscsi_destroy_context(context);
    return good ? 0 : 1;
}
