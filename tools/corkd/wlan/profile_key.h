/*
 * The keys of profiles while they are kept, and where they leave corkd: "protected" keyMaterial.
 *
 * What that is worth: the material is the key under AES-256-GCM, with a key of its own that lies in a second file of
 * corkd's folder (mode 0600). So the XML that WlanGetProfile returns, an exported profile, a copy of the file of
 * profiles in a backup or a bug report tell nobody the pass phrase. Whoever may read the prefix as this user can read
 * both files, and any program in the prefix may ask for the key in clear: against those it is no protection, nor is it
 * meant to be. On Windows the same line runs between users and administrators; a prefix has one user.
 *
 * No Windows header. Any thread: a cipher does not change after profile_cipher_open.
 */
#ifndef CORKD_WLAN_PROFILE_KEY_H
#define CORKD_WLAN_PROFILE_KEY_H

#include <stdbool.h>

#include "corkd/wlan/profile.h"

#define PROFILE_MATERIAL_SIZE 256 /* bytes of protected material's text, terminated */

struct profile_cipher
{
    uint8_t key[32];
};

/* Reads the key's file in `folder`, or makes it: false where it can be neither read nor made whole, and errno says why.
 * A file that is there is never replaced: what it protects would be lost. */
bool profile_cipher_open(const char *folder, struct profile_cipher *cipher);
/* The material of a key of fewer than PROFILE_KEY_SIZE characters, in hexadecimal digits. False: no random numbers, no
 * memory. */
bool profile_protect(const struct profile_cipher *cipher, const char *key, char material[PROFILE_MATERIAL_SIZE]);
/* A profile_unprotect: `cipher` is a struct profile_cipher. */
bool profile_cipher_unprotect(void *cipher, const char *material, char *key);

#endif
