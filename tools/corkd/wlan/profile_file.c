/* The file of profiles: read, and replaced as a whole. */
#include "corkd/wlan/profile_file.h"

#include <errno.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#include "common/host_protocol.h"
#include "corkd/wlan/kept_file.h"
#include "corkd/wlan/profile.h"

#define FILE_NAME    "wlan-profiles"
#define MAGIC        "CORKWLAN"
#define MAGIC_SIZE   8
#define FORMAT       1u
#define DIGEST_SIZE  32
#define HEAD_SIZE    (MAGIC_SIZE + 4 + DIGEST_SIZE) /* magic, format, SHA-256 of the rest */
#define RECORD_LEAST 24                             /* bytes that a record takes at least */

/* ---- Records ---- */

void profile_record_free(struct profile_record *record)
{
    if (!record) return;
    free(record->interface);
    free(record->name);
    free(record->xml);
    free(record->security);
    free(record->data);
    free(record);
}

/* True where there is nothing to copy. */
static bool copy_text(char **to, const char *from)
{
    if (from) *to = strdup(from);
    return !from || *to;
}

struct profile_record *profile_record_copy(const struct profile_record *from)
{
    struct profile_record *record = calloc(1, sizeof(*record));
    bool good = record && copy_text(&record->interface, from->interface) && copy_text(&record->name, from->name) &&
                copy_text(&record->xml, from->xml) && copy_text(&record->security, from->security);

    if (good && from->data_size)
    {
        record->data = malloc(from->data_size);
        good = record->data != NULL;
        if (good) memcpy(record->data, from->data, from->data_size);
    }
    if (good)
    {
        record->data_size = from->data_size;
        record->flags = from->flags;
        return record;
    }
    profile_record_free(record);
    return NULL;
}

/* ---- Bytes ---- */

static bool digest(const uint8_t *bytes, size_t size, uint8_t sum[DIGEST_SIZE])
{
    unsigned length = 0;

    return EVP_Digest(bytes, size, sum, &length, EVP_sha256(), NULL) == 1 && length == DIGEST_SIZE;
}

static void put_record(struct host_encoder *encoder, const struct profile_record *record)
{
    host_put_utf8(encoder, record->interface);
    host_put_utf8(encoder, record->name);
    host_put_utf8(encoder, record->xml);
    host_put_u32(encoder, record->flags);
    host_put_utf8(encoder, record->security);
    host_put_bytes(encoder, record->data, record->data_size);
}

/* A record that points into the decoder's bytes, copied. NULL: no memory, or none was there (decoder->error). */
static struct profile_record *get_record(struct host_decoder *decoder)
{
    struct profile_record record = {0};

    record.interface = (char *)host_get_utf8(decoder);
    record.name = (char *)host_get_utf8(decoder);
    record.xml = (char *)host_get_utf8(decoder);
    record.flags = host_get_u32(decoder);
    record.security = (char *)host_get_utf8(decoder);
    record.data = (uint8_t *)host_get_bytes(decoder, &record.data_size);
    if (!record.interface || !record.name || !record.xml) decoder->error = HOST_MALFORMED;
    return decoder->error ? NULL : profile_record_copy(&record);
}

static void free_records(struct profile_record **records, size_t count)
{
    for (size_t i = 0; i < count; i++)
        profile_record_free(records[i]);
    free(records);
}

/* The records behind the head. FAILED: no memory. */
static enum profile_file_result decode(const uint8_t *bytes, size_t size, struct profile_record ***records,
                                       size_t *count)
{
    struct host_decoder decoder;
    uint32_t total, done = 0;

    host_decoder_init(&decoder, bytes, size);
    total = host_get_list(&decoder, RECORD_LEAST);
    if (decoder.error) return PROFILE_FILE_DAMAGED;
    *records = calloc(total ? total : 1, sizeof(struct profile_record *));
    while (*records && done < total && ((*records)[done] = get_record(&decoder)))
        done++;
    if (*records && done == total && host_decoder_finish(&decoder, false) == HOST_OK)
    {
        *count = total;
        return PROFILE_FILE_READ;
    }
    free_records(*records, *records ? done : 0);
    *records = NULL;
    if (decoder.error) return PROFILE_FILE_DAMAGED;
    errno = ENOMEM;
    return PROFILE_FILE_FAILED;
}

/* Holds the head to the rest. */
static enum profile_file_result check_head(const uint8_t *bytes, size_t size)
{
    uint8_t sum[DIGEST_SIZE];
    struct host_decoder head;

    if (size < HEAD_SIZE || memcmp(bytes, MAGIC, MAGIC_SIZE) != 0) return PROFILE_FILE_DAMAGED;
    host_decoder_init(&head, bytes + MAGIC_SIZE, 4);
    if (host_get_u32(&head) > FORMAT)
    {
        errno = EPROTONOSUPPORT;
        return PROFILE_FILE_FAILED;
    }
    if (!digest(bytes + HEAD_SIZE, size - HEAD_SIZE, sum))
    {
        errno = ENOMEM;
        return PROFILE_FILE_FAILED;
    }
    return memcmp(sum, bytes + MAGIC_SIZE + 4, DIGEST_SIZE) == 0 ? PROFILE_FILE_READ : PROFILE_FILE_DAMAGED;
}

/* ---- The file ---- */

/* What cannot be read is still somebody's: a copy, then it goes. */
static bool put_aside(const char *folder, const uint8_t *bytes, size_t size)
{
    return kept_file_write(folder, FILE_NAME ".damaged", bytes, size) == KEPT_OK &&
           kept_file_remove(folder, FILE_NAME) == KEPT_OK;
}

enum profile_file_result profile_file_read(const char *folder, struct profile_record ***records, size_t *count)
{
    enum profile_file_result result;
    uint8_t *bytes;
    size_t size;

    *records = NULL;
    *count = 0;
    switch (kept_file_read(folder, FILE_NAME, &bytes, &size))
    {
    case KEPT_OK:
        break;
    case KEPT_NONE:
        return PROFILE_FILE_READ;
    default:
        return PROFILE_FILE_FAILED;
    }
    result = check_head(bytes, size);
    if (result == PROFILE_FILE_READ) result = decode(bytes + HEAD_SIZE, size - HEAD_SIZE, records, count);
    if (result == PROFILE_FILE_DAMAGED && !put_aside(folder, bytes, size)) result = PROFILE_FILE_FAILED;
    free(bytes);
    return result;
}

int profile_file_write(const char *folder, struct profile_record *const *records, size_t count)
{
    struct host_encoder rest, file;
    uint8_t sum[DIGEST_SIZE];
    int result = -1;

    host_encoder_init(&rest);
    host_encoder_init(&file);
    host_put_list(&rest, (uint32_t)count);
    for (size_t i = 0; i < count; i++)
        put_record(&rest, records[i]);
    errno = rest.error == HOST_NO_MEMORY ? ENOMEM : ENOSPC;
    if (!rest.error && rest.size <= KEPT_FILE_MAX - HEAD_SIZE && digest(rest.data, rest.size, sum))
    {
        host_put_raw(&file, MAGIC, MAGIC_SIZE);
        host_put_u32(&file, FORMAT);
        host_put_raw(&file, sum, sizeof(sum));
        host_put_raw(&file, rest.data, rest.size);
        errno = ENOMEM;
        if (!file.error && kept_file_write(folder, FILE_NAME, file.data, file.size) == KEPT_OK) result = 0;
    }
    host_encoder_free(&rest);
    host_encoder_free(&file);
    return result;
}
