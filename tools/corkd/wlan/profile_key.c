/* The keys of profiles while they are kept: AES-256-GCM by libcrypto. */
#include "corkd/wlan/profile_key.h"

#include <errno.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "corkd/wlan/kept_file.h"
#include "corkd/wlan/profile_schema.h"

#define FILE_NAME  "wlan-key"
#define FORMAT     1 /* the first byte of a material */
#define NONCE_SIZE 12
#define TAG_SIZE   16
#define HEAD_SIZE  (1 + NONCE_SIZE)
#define BLOB_MAX   (HEAD_SIZE + PROFILE_KEY_SIZE - 1 + TAG_SIZE)

_Static_assert(2 * BLOB_MAX < PROFILE_MATERIAL_SIZE, "a material has room");

/* ---- The cipher's own key ---- */

bool profile_cipher_open(const char *folder, struct profile_cipher *cipher)
{
    enum kept_result result;
    uint8_t *bytes;
    size_t size;
    bool whole;

    result = kept_file_read(folder, FILE_NAME, &bytes, &size);
    if (result == KEPT_NONE)
        return getrandom(cipher->key, sizeof(cipher->key), 0) == (ssize_t)sizeof(cipher->key) &&
               kept_file_write(folder, FILE_NAME, cipher->key, sizeof(cipher->key)) == KEPT_OK;
    if (result == KEPT_NO_MEMORY) errno = ENOMEM;
    if (result != KEPT_OK) return false;
    whole = size == sizeof(cipher->key);
    if (whole)
        memcpy(cipher->key, bytes, size);
    else
        errno = EBADMSG;
    explicit_bzero(bytes, size);
    free(bytes);
    return whole;
}

/* ---- Materials ---- */

/* One pass of `size` bytes from `from` to `to`; `tag` is written or, when it decrypts, held to. */
static bool run_cipher(const struct profile_cipher *cipher, bool encrypt, const uint8_t *head, const uint8_t *from,
                       int size, uint8_t *to, uint8_t *tag)
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int done, rest;
    bool good = context && EVP_CipherInit_ex(context, EVP_aes_256_gcm(), NULL, cipher->key, head + 1, encrypt) == 1 &&
                EVP_CipherUpdate(context, NULL, &done, head, 1) == 1 &&
                EVP_CipherUpdate(context, to, &done, from, size) == 1 && done == size;

    if (good && !encrypt) good = EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, TAG_SIZE, tag) == 1;
    good = good && EVP_CipherFinal_ex(context, to + size, &rest) == 1 && rest == 0;
    if (good && encrypt) good = EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, TAG_SIZE, tag) == 1;
    EVP_CIPHER_CTX_free(context);
    return good;
}

bool profile_protect(const struct profile_cipher *cipher, const char *key, char material[PROFILE_MATERIAL_SIZE])
{
    size_t size = strlen(key), total = HEAD_SIZE + size + TAG_SIZE;
    uint8_t blob[BLOB_MAX + 1];

    if (size >= PROFILE_KEY_SIZE) return false;
    blob[0] = FORMAT;
    if (getrandom(blob + 1, NONCE_SIZE, 0) != NONCE_SIZE) return false;
    if (!run_cipher(cipher, true, blob, (const uint8_t *)key, (int)size, blob + HEAD_SIZE, blob + HEAD_SIZE + size))
        return false;
    profile_hex_text(blob, total, material);
    return true;
}

bool profile_cipher_unprotect(void *context, const char *material, char *key)
{
    uint8_t blob[BLOB_MAX];
    int total = profile_hex_bytes(material, blob, sizeof(blob)), size = total - HEAD_SIZE - TAG_SIZE;
    bool good;

    if (size < 0 || blob[0] != FORMAT) return false;
    good = run_cipher(context, false, blob, blob + HEAD_SIZE, size, (uint8_t *)key, blob + HEAD_SIZE + size) &&
           !memchr(key, 0, (size_t)size);
    key[good ? size : 0] = 0;
    return good;
}
