/* Labels for media of the tests, and what objects say of them. */
#include "rsm_labels.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- Labels ---- */

static void put_number(uint8_t *at, uint32_t number, size_t size)
{
    for (size_t i = 0; i < size; i++)
        at[i] = (uint8_t)(number >> 8 * i);
}

static void put_string(uint8_t *block, size_t field, size_t at, const char *text)
{
    put_number(block + field, (uint32_t)strlen(text), 2);
    put_number(block + field + 2, (uint32_t)at, 2);
    memcpy(block + at, text, strlen(text));
}

void mtf_block(uint8_t block[MTF_BLOCK], const char *name, const char *guid)
{
    uint16_t sum = 0;

    memset(block, 0, MTF_BLOCK);
    memcpy(block, "TAPE", 4);
    put_number(block + 8, 600, 2);
    block[48] = 1;
    put_number(block + 56, guid ? 2 : 0, 4);
    put_string(block, 68, 100, name);
    if (guid) put_string(block, 72, 200, guid);
    put_string(block, 80, 400, "Some Backup");
    for (size_t i = 0; i < 50; i += 2)
        sum ^= (uint16_t)(block[i] | block[i + 1] << 8);
    put_number(block + 50, sum, 2);
}

void put_label(struct bench *bench, uint32_t slot, const char *medium, const void *label, size_t size)
{
    char path[400];
    FILE *file;

    snprintf(path, sizeof(path), "%s/library/slots/%04u/%s/.cork-label", bench->root, slot, medium);
    file = fopen(path, "w");
    require(file && fwrite(label, 1, size, file) == size && !fclose(file));
}

void put_mtf(struct bench *bench, uint32_t slot, const char *medium, const char *name, const char *guid)
{
    uint8_t block[MTF_BLOCK];

    mtf_block(block, name, guid);
    put_label(bench, slot, medium, block, sizeof(block));
}

void exchange_slots(struct bench *bench, uint32_t first, uint32_t second)
{
    char paths[3][400];

    snprintf(paths[0], sizeof(paths[0]), "%s/library/slots/%04u", bench->root, first);
    snprintf(paths[1], sizeof(paths[1]), "%s/library/slots/%04u", bench->root, second);
    snprintf(paths[2], sizeof(paths[2]), "%s/library/hand", bench->root);
    require(!rename(paths[0], paths[2]) && !rename(paths[1], paths[0]) && !rename(paths[2], paths[1]));
}

void without_barcodes(struct bench *bench)
{
    char path[400];
    FILE *file;

    bench_close(bench);
    snprintf(path, sizeof(path), "%s/library/library.ini", bench->root);
    file = fopen(path, "a");
    require(file && fputs("barcodes=0\n", file) >= 0 && !fclose(file));
    bench_reopen(bench);
}

/* ---- Information ---- */

/* One value goes from `values` to `out`, which may be NULL; a number may be changed on the way. */
static void copy_value(struct host_decoder *values, struct host_encoder *out, char format, const uint32_t *change)
{
    uint16_t text[300];
    struct guid id;
    uint64_t number;

    switch (format)
    {
    case 'u':
        number = host_get_u32(values);
        if (out) host_put_u32(out, change ? *change : (uint32_t)number);
        break;
    case 'q':
        number = host_get_u64(values);
        if (out) host_put_u64(out, number);
        break;
    case 'b':
        number = host_get_bool(values);
        if (out) host_put_bool(out, change ? *change != 0 : number != 0);
        break;
    case 'g':
        host_get_guid(values, &id);
        if (out) host_put_guid(out, &id);
        break;
    default:
        host_get_utf16_into(values, text, 300);
        if (out) host_put_utf16(out, text);
        break;
    }
    require(!values->error);
}

static const char common[] = "uqqgbuss";

static void get(struct bench *bench, const struct guid *id, struct request *request)
{
    request_begin(request, bench->session, RSM_GET_INFORMATION);
    host_put_guid(&request->arguments, id);
    host_put_u32(&request->arguments, 0);
    require(request_run(bench->rsm, 1, request) == 0);
}

static void get_own(struct bench *bench, const struct guid *id, struct request *request)
{
    get(bench, id, request);
    for (const char *format = common; *format; format++)
        copy_value(&request->values, NULL, *format, NULL);
}

void set_number(struct bench *bench, const struct guid *object, size_t field, uint32_t value)
{
    struct request old, changed;
    struct guid ids[1];
    const char *own;
    uint32_t count;

    own = enumerate(bench, NULL, NTMS_COMPUTER, ids, 1, &count) == 0 && guid_equal(&ids[0], object) ? "uuuuu"
                                                                                                    : "uggbb"
                                                                                                      "uuuuuuuuuuuuuuu"
                                                                                                      "bu";
    get(bench, object, &old);
    request_begin(&changed, bench->session, RSM_SET_INFORMATION);
    for (const char *format = common; *format; format++)
        copy_value(&old.values, &changed.arguments, *format, NULL);
    for (size_t i = 0; own[i]; i++)
        copy_value(&old.values, &changed.arguments, own[i], i == field ? &value : NULL);
    require(host_decoder_finish(&old.values, false) == HOST_OK);
    require(request_run(bench->rsm, 1, &changed) == 0);
    request_free(&old);
    request_free(&changed);
}

static void narrow(struct host_decoder *values, char *text, size_t size)
{
    uint16_t units[300];

    host_get_utf16_into(values, units, 300);
    for (size_t i = 0; i < size; i++)
    {
        text[i] = (char)units[i];
        if (!units[i]) break;
    }
}

struct side_label side_label_of(struct bench *bench, const struct guid *side)
{
    struct side_label label = {0};
    struct request request;
    const uint8_t *id;

    get_own(bench, side, &request);
    for (const char *format = "ggu"; *format; format++)
        copy_value(&request.values, NULL, *format, NULL);
    host_get_u16(&request.values);
    id = host_get_bytes(&request.values, &label.id_size);
    require(label.id_size <= sizeof(label.id));
    if (label.id_size) memcpy(label.id, id, label.id_size);
    narrow(&request.values, label.type, sizeof(label.type));
    narrow(&request.values, label.info, sizeof(label.info));
    request_free(&request);
    return label;
}

struct medium_location location_of(struct bench *bench, const struct guid *medium)
{
    struct medium_location location;
    struct request request;

    get_own(bench, medium, &request);
    host_get_guid(&request.values, &location.library);
    copy_value(&request.values, NULL, 'g', NULL);
    host_get_guid(&request.values, &location.place);
    location.type = host_get_u32(&request.values);
    request_free(&request);
    return location;
}

struct guid medium_in_slot(struct bench *bench, uint32_t slot)
{
    struct guid slots[64], media[64], found = {{0}};
    uint32_t count;

    require(enumerate(bench, &bench->library, NTMS_STORAGESLOT, slots, 64, &count) == 0 && slot <= count);
    for (uint32_t i = 0; i < count; i++)
    {
        struct request request;
        uint32_t number;

        get_own(bench, &slots[i], &request);
        number = host_get_u32(&request.values);
        request_free(&request);
        if (number + 1 != slot) continue;
        slots[0] = slots[i];
        break;
    }
    require(enumerate(bench, &bench->library, NTMS_PHYSICAL_MEDIA, media, 64, &count) == 0);
    for (uint32_t i = 0; i < count; i++)
    {
        struct medium_location location = location_of(bench, &media[i]);

        if (guid_equal(&location.place, &slots[0])) found = media[i];
    }
    return found;
}

uint32_t operational_state_of(struct bench *bench, const struct guid *object)
{
    struct request request;
    uint32_t state;

    get(bench, object, &request);
    for (const char *format = "uqqgb"; *format; format++)
        copy_value(&request.values, NULL, *format, NULL);
    state = host_get_u32(&request.values);
    request_free(&request);
    return state;
}

struct guid pool_below(struct bench *bench, const char *top)
{
    struct guid pool = named(bench, NULL, NTMS_MEDIA_POOL, top);

    return first(bench, &pool, NTMS_MEDIA_POOL);
}

/* ---- Stand-alone drives ---- */

uint32_t eject_from_drive(struct bench *bench, const char *device, uint32_t options)
{
    struct request request;
    uint16_t name[64];
    uint32_t result;
    size_t i;

    for (i = 0; device[i]; i++)
        name[i] = (uint8_t)device[i];
    name[i] = 0;
    request_begin(&request, bench->session, RSM_EJECT_FROM_DRIVE);
    host_put_utf16(&request.arguments, name);
    host_put_u32(&request.arguments, options);
    result = request_run(bench->rsm, 1, &request);
    request_free(&request);
    return result;
}
