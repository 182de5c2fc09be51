/*
 * The file of profiles: all of a prefix in one, so that every change is one replacement of it (kept_file.h).
 *
 * The file is "wlan-profiles" in corkd's folder: a head, a checksum, and the records by the codec of
 * common/host_protocol.h.
 *
 * No Windows header, no lock.
 */
#ifndef CORKD_WLAN_PROFILE_FILE_H
#define CORKD_WLAN_PROFILE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One profile of an interface. A record that is in a list of the store does not change. */
struct profile_record
{
    char *interface;
    char *name;
    char *xml; /* with the key protected */
    uint32_t flags;
    char *security; /* NULL: none of its own */
    uint8_t *data;  /* NULL: there is none */
    size_t data_size;
};

/* Copies what `from` has. NULL: no memory. */
struct profile_record *profile_record_copy(const struct profile_record *from);
void profile_record_free(struct profile_record *record);

enum profile_file_result
{
    PROFILE_FILE_READ,    /* or there was none: an empty list */
    PROFILE_FILE_DAMAGED, /* and has become "wlan-profiles.damaged"; the list is empty */
    PROFILE_FILE_FAILED,  /* errno; it has to stay as it is (a newer corkd's: EPROTONOSUPPORT) */
};

/* Reads `folder`'s file. *records and each of them are the caller's. */
enum profile_file_result profile_file_read(const char *folder, struct profile_record ***records, size_t *count);
/* Replaces it. 0, or -1 with errno: the file is as it was. ENOSPC also for more than a kept file may have. */
int profile_file_write(const char *folder, struct profile_record *const *records, size_t count);

#endif
