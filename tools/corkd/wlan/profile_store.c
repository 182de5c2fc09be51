/*
 * The store of profiles. A change makes a new list of records, brings that to the disk, and only then is it the list:
 * a change that fails has done nothing.
 */
#include "corkd/wlan/profile_store.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "corkd/wlan/profile_reasons.h"
#include "corkd/wlan/wlan_constants.h"

/* ---- The list ---- */

struct profile_store *profile_store_open(const char *folder)
{
    struct profile_store *store = calloc(1, sizeof(*store));
    enum profile_file_result result;

    if (store) store->folder = strdup(folder);
    if (!store || !store->folder)
    {
        free(store);
        return NULL;
    }
    pthread_mutex_init(&store->lock, NULL);
    result = profile_file_read(folder, &store->records, &store->count);
    store->read_error = errno;
    store->usable = result != PROFILE_FILE_FAILED;
    store->damaged = result == PROFILE_FILE_DAMAGED;
    return store;
}

void profile_store_close(struct profile_store *store)
{
    if (!store) return;
    for (size_t i = 0; i < store->count; i++)
        profile_record_free(store->records[i]);
    pthread_mutex_destroy(&store->lock);
    explicit_bzero(&store->cipher, sizeof(store->cipher));
    free(store->records);
    free(store->folder);
    free(store);
}

size_t profile_store_place(const struct profile_store *store, const char *interface, const char *name)
{
    for (size_t i = 0; i < store->count; i++)
        if (!strcmp(store->records[i]->interface, interface) && !strcmp(store->records[i]->name, name)) return i;
    return PROFILE_NONE;
}

/* The Windows error of a file that could not be written. */
static uint32_t error_of_errno(void)
{
    switch (errno)
    {
    case ENOSPC:
    case EDQUOT:
        return ERROR_DISK_FULL;
    case ENOMEM:
        return ERROR_NOT_ENOUGH_MEMORY;
    default:
        return ERROR_WRITE_FAULT;
    }
}

uint32_t profile_store_commit(struct profile_store *store, struct profile_record **records, size_t count)
{
    if (profile_file_write(store->folder, records, count)) return error_of_errno();
    free(store->records);
    store->records = records;
    store->count = count;
    return ERROR_SUCCESS;
}

struct profile_record **profile_store_copy(const struct profile_store *store)
{
    struct profile_record **records = calloc(store->count + 1, sizeof(struct profile_record *));

    if (records && store->count) memcpy(records, store->records, store->count * sizeof(*records));
    return records;
}

/* `record` in the place of the one at `at`, or in front of it. It is the store's then, and freed on an error. */
static uint32_t put_record(struct profile_store *store, size_t at, struct profile_record *record, bool replace)
{
    struct profile_record **records = profile_store_copy(store), *old = replace ? store->records[at] : NULL;
    uint32_t error = ERROR_NOT_ENOUGH_MEMORY;

    if (records && !replace) memmove(records + at + 1, records + at, (store->count - at) * sizeof(*records));
    if (records)
    {
        records[at] = record;
        error = profile_store_commit(store, records, store->count + !replace);
    }
    if (error) free(records);
    profile_record_free(error ? record : old);
    return error;
}

/* ---- Keys ---- */

/* What protects keys, made at the first. */
static struct profile_cipher *cipher_of(struct profile_store *store)
{
    if (!store->has_cipher) store->has_cipher = profile_cipher_open(store->folder, &store->cipher);
    return store->has_cipher ? &store->cipher : NULL;
}

static uint32_t parse(struct profile_store *store, const char *xml, size_t size, struct wlan_profile **profile)
{
    struct profile_cipher *cipher = cipher_of(store);

    return profile_parse(xml, size, cipher ? profile_cipher_unprotect : NULL, cipher, profile);
}

static uint32_t error_of_reason(uint32_t reason)
{
    switch (reason)
    {
    case REASON_SUCCESS:
        return ERROR_SUCCESS;
    case REASON_NO_MEMORY:
        return ERROR_NOT_ENOUGH_MEMORY;
    case REASON_EMPTY_BLOB:
        return ERROR_INVALID_PARAMETER;
    case REASON_SAFE_MODE_NIC: /* "FIPS mode when the NIC does not support FIPS mode" */
        return ERROR_NO_MATCH;
    default:
        return ERROR_BAD_PROFILE;
    }
}

uint32_t profile_store_parse(struct profile_store *store, const char *xml, size_t size, struct wlan_profile **profile,
                             uint32_t *reason)
{
    uint32_t answer, error;

    pthread_mutex_lock(&store->lock);
    answer = parse(store, xml, size, profile);
    pthread_mutex_unlock(&store->lock);
    error = error_of_reason(answer);
    *reason = answer >= REASON_EMPTY_BLOB ? REASON_UNKNOWN : answer;
    return error;
}

/* ---- Finding ---- */

static uint32_t load(struct profile_store *store, const struct profile_record *record, struct wlan_profile **profile)
{
    uint32_t error = error_of_reason(parse(store, record->xml, strlen(record->xml), profile));

    if (!error) (*profile)->flags = record->flags;
    return error;
}

/* Locks. ERROR_SUCCESS: the record's place is in *at. In any case it is to be unlocked. */
static uint32_t lock_at(struct profile_store *store, const char *interface, const char *name, size_t *at)
{
    pthread_mutex_lock(&store->lock);
    if (!store->usable) return ERROR_READ_FAULT;
    *at = profile_store_place(store, interface, name);
    return *at == PROFILE_NONE ? ERROR_NOT_FOUND : ERROR_SUCCESS;
}

uint32_t profile_store_find(struct profile_store *store, const char *interface, const char *name,
                            struct wlan_profile **profile)
{
    size_t at;
    uint32_t error = lock_at(store, interface, name, &at);

    *profile = NULL;
    if (!error) error = load(store, store->records[at], profile);
    pthread_mutex_unlock(&store->lock);
    return error;
}

/* Profiles whose key cannot be had any more (the key's file is gone) are left out: nothing can be done by them. */
uint32_t profile_store_all(struct profile_store *store, const char *interface, struct wlan_profile ***profiles,
                           size_t *count)
{
    uint32_t error = ERROR_SUCCESS;

    *count = 0;
    pthread_mutex_lock(&store->lock);
    *profiles = calloc(store->count + 1, sizeof(struct wlan_profile *));
    if (!*profiles) error = ERROR_NOT_ENOUGH_MEMORY;
    for (size_t i = 0; !error && i < store->count; i++)
        if (!strcmp(store->records[i]->interface, interface))
        {
            error = load(store, store->records[i], &(*profiles)[*count]);
            if (!error) ++*count;
            if (error == ERROR_BAD_PROFILE) error = ERROR_SUCCESS;
        }
    pthread_mutex_unlock(&store->lock);
    if (!error) return ERROR_SUCCESS;
    profile_list_free(*profiles, *count);
    *profiles = NULL;
    *count = 0;
    return error;
}

void profile_list_free(struct wlan_profile **profiles, size_t count)
{
    for (size_t i = 0; i < count; i++)
        profile_free(profiles[i]);
    free(profiles);
}

uint32_t profile_store_list(struct profile_store *store, const char *interface, struct profile_entry **entries,
                            size_t *count)
{
    uint32_t error = ERROR_SUCCESS;

    *count = 0;
    pthread_mutex_lock(&store->lock);
    *entries = calloc(store->count + 1, sizeof(**entries));
    if (!*entries) error = ERROR_NOT_ENOUGH_MEMORY;
    if (!error && !store->usable) error = ERROR_READ_FAULT;
    for (size_t i = 0; !error && i < store->count; i++)
        if (!strcmp(store->records[i]->interface, interface))
        {
            strncpy((*entries)[*count].name, store->records[i]->name, PROFILE_NAME_SIZE - 1);
            (*entries)[(*count)++].flags = store->records[i]->flags;
        }
    pthread_mutex_unlock(&store->lock);
    if (!error) return ERROR_SUCCESS;
    free(*entries);
    *entries = NULL;
    return error;
}

static uint32_t clear_xml(struct profile_store *store, const struct profile_record *record, char **xml)
{
    struct profile_edit edit = {0};
    struct wlan_profile *profile;
    uint32_t error = load(store, record, &profile);

    if (error) return error;
    if (profile->key[0]) edit.material = profile->key;
    *xml = profile_rewrite(record->xml, strlen(record->xml), &edit);
    profile_free(profile);
    return *xml ? ERROR_SUCCESS : ERROR_NOT_ENOUGH_MEMORY;
}

uint32_t profile_store_xml(struct profile_store *store, const char *interface, const char *name, bool clear_key,
                           char **xml, uint32_t *flags)
{
    size_t at;
    uint32_t error = lock_at(store, interface, name, &at);

    *xml = NULL;
    if (!error && clear_key) error = clear_xml(store, store->records[at], xml);
    if (!error && !clear_key && !(*xml = strdup(store->records[at]->xml))) error = ERROR_NOT_ENOUGH_MEMORY;
    if (!error) *flags = store->records[at]->flags;
    pthread_mutex_unlock(&store->lock);
    return error;
}

uint32_t profile_store_security(struct profile_store *store, const char *interface, const char *name, char **security,
                                uint32_t *flags)
{
    size_t at;
    uint32_t error = lock_at(store, interface, name, &at);

    *security = NULL;
    if (!error)
    {
        const char *own = store->records[at]->security;

        if (own && !(*security = strdup(own))) error = ERROR_NOT_ENOUGH_MEMORY;
        *flags = store->records[at]->flags;
    }
    pthread_mutex_unlock(&store->lock);
    return error;
}

/* ---- Changing ---- */

/* The XML as it is kept: with the key protected, WEP's in hexadecimal digits. */
static uint32_t kept_xml(struct profile_store *store, const char *xml, size_t size, const struct wlan_profile *profile,
                         char **kept)
{
    char material[PROFILE_MATERIAL_SIZE];
    struct profile_edit edit = {.is_protected = true};

    if (profile->key[0])
    {
        const struct profile_cipher *cipher = cipher_of(store);

        if (!cipher) return error_of_errno();
        if (!profile_protect(cipher, profile->key, material)) return ERROR_NOT_ENOUGH_MEMORY;
        edit.material = material;
    }
    *kept = profile_rewrite(xml, size, &edit);
    return *kept ? ERROR_SUCCESS : ERROR_NOT_ENOUGH_MEMORY;
}

/* "A new profile is added at the top of the list after the group policy profiles"; a group policy's behind the others
 * of its kind. ERROR_NOT_ENOUGH_MEMORY: there are too many. */
static uint32_t new_place(const struct profile_store *store, const char *interface, size_t *at)
{
    size_t have = 0;

    *at = PROFILE_NONE;
    for (size_t i = 0; i < store->count; i++)
    {
        const struct profile_record *record = store->records[i];

        if (strcmp(record->interface, interface) != 0) continue;
        have++;
        if (*at == PROFILE_NONE && !(record->flags & PROFILE_GROUP_POLICY)) *at = i;
    }
    if (*at == PROFILE_NONE) *at = store->count;
    return have < PROFILES_MAX ? ERROR_SUCCESS : ERROR_NOT_ENOUGH_MEMORY;
}

static uint32_t set_profile(struct profile_store *store, const struct profile_record *wanted, bool overwrite)
{
    size_t at = profile_store_place(store, wanted->interface, wanted->name);
    struct profile_record *record, merged = *wanted;
    const struct profile_record *old = at == PROFILE_NONE ? NULL : store->records[at];
    uint32_t error;

    if (old && (!overwrite || old->flags != wanted->flags)) return ERROR_ALREADY_EXISTS;
    if (!old && (error = new_place(store, wanted->interface, &at))) return error;
    if (old && !merged.security) merged.security = old->security;
    record = profile_record_copy(&merged);
    return record ? put_record(store, at, record, old != NULL) : ERROR_NOT_ENOUGH_MEMORY;
}

uint32_t profile_store_set(struct profile_store *store, const char *interface, const char *xml, size_t size,
                           uint32_t flags, const char *security, bool overwrite, uint32_t *reason, char *name)
{
    struct profile_record wanted = {.interface = (char *)interface, .flags = flags, .security = (char *)security};
    struct wlan_profile *profile;
    uint32_t error = profile_store_parse(store, xml, size, &profile, reason);

    if (error) return error;
    wanted.name = profile->name;
    pthread_mutex_lock(&store->lock);
    error = store->usable ? kept_xml(store, xml, size, profile, &wanted.xml) : ERROR_READ_FAULT;
    if (!error) error = set_profile(store, &wanted, overwrite);
    pthread_mutex_unlock(&store->lock);
    if (!error && name) strcpy(name, profile->name);
    free(wanted.xml);
    profile_free(profile);
    return error;
}

/* As lock_at, for a change that a group policy's profile does not allow. */
static uint32_t lock_own_at(struct profile_store *store, const char *interface, const char *name, size_t *at)
{
    uint32_t error = lock_at(store, interface, name, at);

    if (!error && store->records[*at]->flags & PROFILE_GROUP_POLICY) error = ERROR_ACCESS_DENIED;
    return error;
}

uint32_t profile_store_delete(struct profile_store *store, const char *interface, const char *name)
{
    size_t at;
    uint32_t error = lock_own_at(store, interface, name, &at);

    if (!error)
    {
        struct profile_record **records = profile_store_copy(store), *old = store->records[at];

        if (records) memmove(records + at, records + at + 1, (store->count - at - 1) * sizeof(*records));
        error = records ? profile_store_commit(store, records, store->count - 1) : ERROR_NOT_ENOUGH_MEMORY;
        if (error)
            free(records);
        else
            profile_record_free(old);
    }
    pthread_mutex_unlock(&store->lock);
    return error;
}

static uint32_t rename_at(struct profile_store *store, size_t at, const char *new_name)
{
    struct profile_record wanted = *store->records[at], *record = NULL;
    struct wlan_profile *profile = NULL;
    uint32_t error, reason;

    wanted.name = (char *)new_name;
    wanted.xml = profile_rewrite(wanted.xml, strlen(wanted.xml), &(struct profile_edit){.name = new_name});
    if (!wanted.xml) return ERROR_NOT_ENOUGH_MEMORY;
    reason = parse(store, wanted.xml, strlen(wanted.xml), &profile);
    error = error_of_reason(reason);
    if (reason == REASON_PROFILE_NAME || reason == REASON_INVALID_SCHEMA) error = ERROR_INVALID_PARAMETER;
    if (!error && strcmp(profile->name, new_name) != 0) error = ERROR_INVALID_PARAMETER; /* no XML has it */
    profile_free(profile);
    if (!error && !(record = profile_record_copy(&wanted))) error = ERROR_NOT_ENOUGH_MEMORY;
    free(wanted.xml);
    return error ? error : put_record(store, at, record, true);
}

uint32_t profile_store_rename(struct profile_store *store, const char *interface, const char *name,
                              const char *new_name)
{
    size_t at;
    uint32_t error = lock_own_at(store, interface, name, &at);

    if (!error && strcmp(name, new_name) != 0)
    {
        if (profile_store_place(store, interface, new_name) != PROFILE_NONE)
            error = ERROR_ALREADY_EXISTS;
        else
            error = rename_at(store, at, new_name);
    }
    pthread_mutex_unlock(&store->lock);
    return error;
}

uint32_t profile_store_set_data(struct profile_store *store, const char *interface, const char *name, const void *data,
                                size_t size)
{
    size_t at;
    uint32_t error = lock_at(store, interface, name, &at);

    if (!error && size > PROFILE_DATA_MAX) error = ERROR_NOT_ENOUGH_MEMORY;
    if (!error)
    {
        struct profile_record wanted = *store->records[at], *record;

        wanted.data = (uint8_t *)data;
        wanted.data_size = size;
        record = profile_record_copy(&wanted);
        error = record ? put_record(store, at, record, true) : ERROR_NOT_ENOUGH_MEMORY;
    }
    pthread_mutex_unlock(&store->lock);
    return error;
}

uint32_t profile_store_data(struct profile_store *store, const char *interface, const char *name, void **data,
                            size_t *size)
{
    size_t at;
    uint32_t error = lock_at(store, interface, name, &at);

    *data = NULL;
    *size = 0;
    if (!error && !store->records[at]->data_size) error = ERROR_FILE_NOT_FOUND;
    if (!error && !(*data = malloc(store->records[at]->data_size))) error = ERROR_NOT_ENOUGH_MEMORY;
    if (!error)
    {
        *size = store->records[at]->data_size;
        memcpy(*data, store->records[at]->data, *size);
    }
    pthread_mutex_unlock(&store->lock);
    return error;
}
