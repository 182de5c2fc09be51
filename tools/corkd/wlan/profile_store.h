/* The inside of the store of profiles: one list, in which an interface's profiles stand in its order. */
#ifndef CORKD_WLAN_PROFILE_STORE_H
#define CORKD_WLAN_PROFILE_STORE_H

#include <pthread.h>

#include "corkd/wlan/profile_file.h"
#include "corkd/wlan/profile_key.h"

#define PROFILE_NONE SIZE_MAX

struct profile_store
{
    pthread_mutex_t lock;
    char *folder;
    bool usable; /* false: the file could not be read (read_error), and is left as it is */
    bool damaged;
    int read_error;
    struct profile_record **records;
    size_t count;
    bool has_cipher;
    struct profile_cipher cipher;
};

/* With the lock, all of these. The place of a profile in the list, or PROFILE_NONE. */
size_t profile_store_place(const struct profile_store *store, const char *interface, const char *name);
/* Has `records` be the list, on the disk first; it owns the array then, else the caller still does. Records that the
 * old list alone had are still the caller's to free, after it. */
uint32_t profile_store_commit(struct profile_store *store, struct profile_record **records, size_t count);
/* The list's array copied, with room for one more; NULL: no memory. */
struct profile_record **profile_store_copy(const struct profile_store *store);

#endif
