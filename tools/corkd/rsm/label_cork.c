/*
 * The label of a free medium, 512 bytes, numbers little-endian:
 *
 *     0  16  "CORK FREE MEDIA", 0
 *    16   4  version, 1
 *    20   4  bytes of the id, 1 to 255
 *    24 255  the id, then zeros
 *   279 217  zeros
 *   496  16  MD5 of the 496 bytes before it
 */
#include <md5.h>
#include <string.h>

#include "rsm/label_formats.h"

#define MAGIC   "CORK FREE MEDIA"
#define VERSION 1
enum
{
    AT_VERSION = 16,
    AT_ID_SIZE = 20,
    AT_ID = 24,
    AT_DIGEST = 496,
};

static void digest_of(const uint8_t *block, uint8_t digest[MD5_DIGEST_LENGTH])
{
    MD5_CTX context;

    MD5Init(&context);
    MD5Update(&context, block, AT_DIGEST);
    MD5Final(digest, &context);
}

static void put_u32(uint8_t *at, uint32_t number)
{
    for (int i = 0; i < 4; i++)
        at[i] = (uint8_t)(number >> 8 * i);
}

size_t media_label_write_free(const struct media_label *label, uint8_t *block, size_t size)
{
    if (size < MEDIA_LABEL_FREE_BYTES || !label->id_size || label->id_size > LABEL_ID_MAX) return 0;
    memset(block, 0, size);
    memcpy(block, MAGIC, sizeof(MAGIC));
    put_u32(block + AT_VERSION, VERSION);
    put_u32(block + AT_ID_SIZE, label->id_size);
    memcpy(block + AT_ID, label->id, label->id_size);
    digest_of(block, block + AT_DIGEST);
    return size;
}

bool label_cork(struct label_bytes bytes, struct media_label *label)
{
    uint8_t digest[MD5_DIGEST_LENGTH];
    uint32_t id_size;

    if (!label_has(bytes, 0, MEDIA_LABEL_FREE_BYTES) || memcmp(bytes.data, MAGIC, sizeof(MAGIC))) return false;
    digest_of(bytes.data, digest);
    if (memcmp(digest, bytes.data + AT_DIGEST, sizeof(digest))) return false;
    id_size = label_u32(bytes, AT_ID_SIZE);
    if (label_u32(bytes, AT_VERSION) != VERSION || !id_size || id_size > LABEL_ID_MAX) return false;
    label_set_type(label, MEDIA_LABEL_FREE_TYPE);
    label->kind = LABEL_FREE;
    label_set_id(label, bytes, AT_ID, id_size);
    return true;
}
