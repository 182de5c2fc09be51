/*
 * A whole SCSI changer that answers anything: each command takes its answer from the input. Opening, inventories, moves
 * and drives' work end, whatever that is, and every result is one of a function's own.
 */
#include <stdlib.h>
#include <string.h>

#include "rsm/media_changer.h"
#include "win_error.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define REQUIRE(condition)                                                                                             \
    do                                                                                                                 \
    {                                                                                                                  \
        if (!(condition)) abort();                                                                                     \
    }                                                                                                                  \
    while (0)

#define ELEMENTS 0x10000

struct liar
{
    struct scsi_transport base;
    const uint8_t *data;
    size_t size;
};

static size_t take(struct liar *liar, uint8_t *target, size_t size)
{
    if (size > liar->size) size = liar->size;
    if (size) memcpy(target, liar->data, size);
    liar->data += size;
    liar->size -= size;
    return size;
}

/* The first byte says what kind of answer it is, the second how long; when the input is used up the device has gone. */
static uint32_t liar_execute(struct scsi_transport *transport, uint32_t unit, struct scsi_command *command)
{
    struct liar *liar = (struct liar *)transport;
    uint8_t kind[2];

    (void)unit;
    REQUIRE(command->cdb_size >= 6 && command->cdb_size <= SCSI_CDB_MAX && command->timeout_ms > 0);
    REQUIRE(command->direction == SCSI_NO_DATA || command->data);
    command->sense_size = 0;
    command->transferred = 0;
    if (command->direction == SCSI_DATA_IN) memset(command->data, 0, command->size);
    if (take(liar, kind, 2) < 2) return ERROR_DEVICE_NOT_AVAILABLE;
    if (kind[0] == 0xff) return ERROR_TIMEOUT;
    if (kind[0] == 0xfe) transport->connections++;
    if (kind[0] & 1)
    {
        command->status = kind[0] >> 1;
        command->sense_size = (uint32_t)take(liar, command->sense, kind[1] < 32 ? kind[1] : 32);
        if (command->status == 1) command->status = SCSI_CHECK_CONDITION;
        return 0;
    }
    command->status = SCSI_GOOD;
    command->transferred = command->size;
    if (command->direction != SCSI_DATA_IN) return 0;
    command->transferred = (uint32_t)take(liar, command->data, kind[1] < command->size ? kind[1] : command->size);
    if (kind[0] & 2) command->transferred = command->size; /* it says that it has sent more */
    return 0;
}

static void liar_close(struct scsi_transport *transport)
{
    (void)transport;
}

static const struct scsi_transport_kind liar_kind = {.execute = liar_execute, .close = liar_close};

static void check_content(const struct changer_content *content)
{
    REQUIRE(memchr(content->barcode, 0, sizeof(content->barcode)));
    REQUIRE(content->full || !content->barcode[0]);
}

static void use_drive(struct changer *changer, uint32_t index)
{
    struct media_label label = {.kind = LABEL_FREE, .id = {1}, .id_size = 16};
    struct changer_drive drive;
    char path[CHANGER_PATH];
    bool needed;

    REQUIRE(changer->kind->describe_drive(changer, index, &drive) == 0);
    REQUIRE(memchr(drive.serial, 0, sizeof(drive.serial)));
    changer->kind->load(changer, index, 0);
    changer->kind->write_label(changer, index, 0, &label);
    changer->kind->identify(changer, index, 0, &label);
    changer->kind->needs_cleaning(changer, index, &needed);
    changer->kind->path(changer, index, path);
    changer->kind->unload(changer, index);
}

static void use(struct changer *changer)
{
    static struct changer_content contents[ELEMENTS];
    struct changer_element from = {CHANGER_SLOT, 0}, to = {CHANGER_DRIVE, 0};
    struct changer_description description;

    REQUIRE(changer->kind->describe(changer, &description) == 0);
    for (int type = 0; type < CHANGER_ELEMENT_TYPES; type++)
    {
        uint32_t count = description.elements[type];

        REQUIRE(count < ELEMENTS);
        if (changer->kind->inventory(changer, (enum changer_element_type)type, type == CHANGER_SLOT, contents))
            continue;
        for (uint32_t i = 0; i < count; i++)
            check_content(&contents[i]);
    }
    changer->kind->move(changer, from, to, false);
    changer->kind->door(changer, true);
    if (description.elements[CHANGER_DRIVE]) use_drive(changer, 0);
    changer->kind->move(changer, to, from, false);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct liar liar = {.base = {.kind = &liar_kind, .limit_ms = 1, .connections = 1}, .data = data, .size = size};
    struct changer *changer = NULL;
    char message[256] = "";
    uint32_t error = media_changer_open(&liar.base, 0, &changer, message, sizeof(message));

    REQUIRE(!error == (changer != NULL) && memchr(message, 0, sizeof(message)));
    if (!changer) return 0;
    use(changer);
    changer->kind->close(changer);
    return 0;
}
