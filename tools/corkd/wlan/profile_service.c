/*
 * What programs ask of profiles, and what they are told of changes. Who may do what is asked by the DLL, in the
 * program's own name: corkd has one user, the prefix's.
 */
#include <stdlib.h>
#include <string.h>

#include "corkd/wlan/profile_store.h"
#include "corkd/wlan/wlan.h"

#define CONNECTION_MODE_SET_BY_CLIENT 0x10000u
#define CONNECTION_MODE_AUTO          0x20000u

#define NAMES_LEAST 4 /* bytes that a name takes of the wire at least */

bool wlan_profiles_open(struct wlan *wlan, const char *folder)
{
    wlan->profiles = profile_store_open(folder);
    if (!wlan->profiles) return false;
    if (!wlan->profiles->usable)
        host_log("the file of Wi-Fi profiles in %s cannot be read: %s; it is left as it is, and there are no profiles",
                 folder, strerror(wlan->profiles->read_error));
    if (wlan->profiles->damaged)
        host_log("the file of Wi-Fi profiles in %s is damaged: it is wlan-profiles.damaged now, and there are none",
                 folder);
    return true;
}

/* ---- What the operations share ---- */

/* An interface and a profile's name. */
struct target
{
    uint32_t index;
    char interface[CONTROL_IFNAME_SIZE];
    char *name; /* freed by target_free */
};

static void target_read(struct target *target, struct host_decoder *arguments)
{
    target->index = host_get_u32(arguments);
    target->name = wlan_get_text(arguments);
}

/* All arguments have been read. ERROR_SUCCESS, or what the operation has to return. */
static uint32_t target_find(struct wlan *wlan, struct target *target, struct host_decoder *arguments)
{
    if (!wlan_arguments_end(arguments) || !target->name) return WLAN_MALFORMED;
    return wlan_interface_name(wlan, target->index, target->interface) ? ERROR_SUCCESS : ERROR_NOT_FOUND;
}

/* "A change in a profile or the profile list has occurred". Returns `error`: told only of what has been done. */
static uint32_t changed(struct wlan *wlan, uint32_t index, uint32_t error)
{
    if (error) return error;
    pthread_mutex_lock(&wlan->lock);
    wlan_notify(wlan, SOURCE_ACM, ACM_PROFILE_CHANGE, index, WLAN_DATA_NONE, NULL);
    pthread_mutex_unlock(&wlan->lock);
    return ERROR_SUCCESS;
}

/* ---- Setting ---- */

struct new_profile
{
    uint32_t index, flags;
    char interface[CONTROL_IFNAME_SIZE];
    char *xml, *security, *first_security;
    bool overwrite;
};

static void new_profile_free(struct new_profile *wanted)
{
    if (wanted->xml) explicit_bzero(wanted->xml, strlen(wanted->xml));
    free(wanted->xml);
    free(wanted->security);
    free(wanted->first_security);
}

static uint32_t set_profile(struct wlan *wlan, const struct new_profile *wanted, uint32_t *reason)
{
    size_t size = strlen(wanted->xml);
    const char *security = wanted->security;
    struct wlan_profile *profile, *old = NULL;
    uint32_t error = profile_store_parse(wlan->profiles, wanted->xml, size, &profile, reason);

    if (error) return error;
    error = wlan_profile_capability(wlan, wanted->interface, profile, reason);
    if (!error && !security)
    {
        if (profile_store_find(wlan->profiles, wanted->interface, profile->name, &old) == ERROR_NOT_FOUND)
            security = wanted->first_security;
        profile_free(old);
    }
    profile_free(profile);
    if (error) return error;
    return profile_store_set(wlan->profiles, wanted->interface, wanted->xml, size, wanted->flags, security,
                             wanted->overwrite, reason, NULL);
}

uint32_t wlan_set_profile(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                          struct host_encoder *values)
{
    struct new_profile wanted = {0};
    uint32_t error, reason = REASON_UNKNOWN;

    (void)client;
    wanted.index = host_get_u32(arguments);
    wanted.flags = host_get_u32(arguments);
    wanted.xml = wlan_get_text(arguments);
    wanted.security = wlan_get_text(arguments);
    wanted.first_security = wlan_get_text(arguments);
    wanted.overwrite = host_get_bool(arguments);
    if (!wlan_arguments_end(arguments) || !wanted.xml)
        error = WLAN_MALFORMED;
    else if (!wlan_interface_name(wlan, wanted.index, wanted.interface))
        error = ERROR_NOT_FOUND;
    else
        error = changed(wlan, wanted.index, set_profile(wlan, &wanted, &reason));
    host_put_u32(values, error ? reason : REASON_SUCCESS);
    new_profile_free(&wanted);
    return error;
}

uint32_t wlan_profile_name(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                           struct host_encoder *values)
{
    char *xml = wlan_get_text(arguments);
    struct wlan_profile *profile = NULL;
    uint32_t error = WLAN_MALFORMED, reason = REASON_UNKNOWN;

    (void)client;
    if (wlan_arguments_end(arguments) && xml)
        error = profile_store_parse(wlan->profiles, xml, strlen(xml), &profile, &reason);
    wlan_put_text(values, profile ? profile->name : "");
    host_put_u32(values, reason);
    profile_free(profile);
    if (xml) explicit_bzero(xml, strlen(xml));
    free(xml);
    return error;
}

/* The temporary profile's XML with another name and mode; NULL: there is none, or no memory. */
static uint32_t temporary_xml(struct wlan *wlan, const struct target *target, uint32_t flags, char **xml)
{
    struct profile_edit edit = {.name = target->name};
    const struct wlan_interface *interface;
    uint32_t error = ERROR_INVALID_STATE;

    if (flags & CONNECTION_MODE_SET_BY_CLIENT) edit.mode = "manual";
    if (flags & CONNECTION_MODE_AUTO) edit.mode = "auto";
    pthread_mutex_lock(&wlan->lock);
    interface = wlan_interface_by_index(wlan, target->index);
    if (interface && interface->state == STATE_CONNECTED && interface->temporary_profile)
    {
        *xml = profile_rewrite(interface->temporary_profile, strlen(interface->temporary_profile), &edit);
        error = *xml ? ERROR_SUCCESS : ERROR_NOT_ENOUGH_MEMORY;
    }
    pthread_mutex_unlock(&wlan->lock);
    return error;
}

uint32_t wlan_save_temporary_profile(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                                     struct host_encoder *values)
{
    struct target target = {0};
    char *security, *xml = NULL;
    uint32_t flags, reason, error;
    bool overwrite;

    (void)client;
    (void)values;
    target_read(&target, arguments);
    flags = host_get_u32(arguments);
    security = wlan_get_text(arguments);
    overwrite = host_get_bool(arguments);
    if (!wlan_arguments_end(arguments))
        error = WLAN_MALFORMED;
    else if (!wlan_interface_name(wlan, target.index, target.interface))
        error = ERROR_NOT_FOUND;
    else
        error = temporary_xml(wlan, &target, flags, &xml);
    if (!error)
        error = changed(wlan, target.index,
                        profile_store_set(wlan->profiles, target.interface, xml, strlen(xml), flags & PROFILE_USER,
                                          security, overwrite, &reason, NULL));
    if (xml) explicit_bzero(xml, strlen(xml));
    free(xml);
    free(security);
    free(target.name);
    return error;
}

/* ---- Getting ---- */

uint32_t wlan_get_profile(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                          struct host_encoder *values)
{
    struct target target = {0};
    uint32_t error, flags = 0;
    char *xml = NULL;
    bool clear;

    (void)client;
    target_read(&target, arguments);
    clear = host_get_bool(arguments);
    error = target_find(wlan, &target, arguments);
    if (!error) error = profile_store_xml(wlan->profiles, target.interface, target.name, clear, &xml, &flags);
    if (!error)
    {
        wlan_put_text(values, xml);
        host_put_u32(values, flags);
        explicit_bzero(xml, strlen(xml));
    }
    free(xml);
    free(target.name);
    return error;
}

uint32_t wlan_profile_security(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                               struct host_encoder *values)
{
    struct target target = {0};
    char *security = NULL;
    uint32_t error, flags = 0;

    (void)client;
    target_read(&target, arguments);
    error = target_find(wlan, &target, arguments);
    if (!error) error = profile_store_security(wlan->profiles, target.interface, target.name, &security, &flags);
    if (security)
        wlan_put_text(values, security);
    else
        host_put_utf16(values, NULL);
    host_put_u32(values, flags);
    free(security);
    free(target.name);
    return error;
}

uint32_t wlan_profile_list(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                           struct host_encoder *values)
{
    uint32_t index = host_get_u32(arguments), error;
    char interface[CONTROL_IFNAME_SIZE];
    struct profile_entry *entries;
    size_t count;

    (void)client;
    if (!wlan_arguments_end(arguments)) return WLAN_MALFORMED;
    if (!wlan_interface_name(wlan, index, interface)) return ERROR_NOT_FOUND;
    error = profile_store_list(wlan->profiles, interface, &entries, &count);
    if (error) return error;
    host_put_list(values, (uint32_t)count);
    for (size_t i = 0; i < count; i++)
    {
        wlan_put_text(values, entries[i].name);
        host_put_u32(values, entries[i].flags);
    }
    free(entries);
    return ERROR_SUCCESS;
}

uint32_t wlan_profile_data(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                           struct host_encoder *values)
{
    struct target target = {0};
    void *data = NULL;
    size_t size = 0;
    uint32_t error;

    (void)client;
    target_read(&target, arguments);
    error = target_find(wlan, &target, arguments);
    if (!error) error = profile_store_data(wlan->profiles, target.interface, target.name, &data, &size);
    if (!error) host_put_bytes(values, data, size);
    free(data);
    free(target.name);
    return error;
}

/* ---- Changing ---- */

uint32_t wlan_delete_profile(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                             struct host_encoder *values)
{
    struct target target = {0};
    uint32_t error;

    (void)client;
    (void)values;
    target_read(&target, arguments);
    error = target_find(wlan, &target, arguments);
    if (!error) error = profile_store_delete(wlan->profiles, target.interface, target.name);
    free(target.name);
    return changed(wlan, target.index, error);
}

/* A text's units, terminated, as a program has them in memory. */
static void put_units(struct host_encoder *bytes, const char *text)
{
    static const uint8_t zero[2];
    struct host_encoder encoded;

    host_encoder_init(&encoded);
    wlan_put_text(&encoded, text);
    if (!encoded.error) host_put_raw(bytes, encoded.data + 4, encoded.size - 4); /* without the length */
    if (encoded.error) bytes->error = encoded.error;
    host_put_raw(bytes, zero, sizeof(zero));
    host_encoder_free(&encoded);
}

/* "two NULL-terminated WCHAR strings, the old profile name followed by the new profile name" */
static void tell_names(struct wlan *wlan, uint32_t index, const char *name, const char *new_name)
{
    struct host_encoder bytes, data;

    host_encoder_init(&bytes);
    host_encoder_init(&data);
    put_units(&bytes, name);
    put_units(&bytes, new_name);
    host_put_bytes(&data, bytes.data, bytes.size);
    if (!bytes.error && !data.error)
    {
        pthread_mutex_lock(&wlan->lock);
        wlan_notify(wlan, SOURCE_ACM, ACM_PROFILE_NAME_CHANGE, index, WLAN_DATA_BYTES, &data);
        pthread_mutex_unlock(&wlan->lock);
    }
    host_encoder_free(&data);
    host_encoder_free(&bytes);
}

uint32_t wlan_rename_profile(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                             struct host_encoder *values)
{
    struct target target = {0};
    char *new_name;
    uint32_t error;

    (void)client;
    (void)values;
    target_read(&target, arguments);
    new_name = wlan_get_text(arguments);
    error = target_find(wlan, &target, arguments);
    if (!error && !new_name) error = WLAN_MALFORMED;
    if (!error) error = profile_store_rename(wlan->profiles, target.interface, target.name, new_name);
    if (!error) tell_names(wlan, target.index, target.name, new_name);
    free(new_name);
    free(target.name);
    return error;
}

static void free_names(char **names, uint32_t count)
{
    for (uint32_t i = 0; names && i < count; i++)
        free(names[i]);
    free(names);
}

uint32_t wlan_set_profile_list(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                               struct host_encoder *values)
{
    uint32_t index = host_get_u32(arguments), count = host_get_list(arguments, NAMES_LEAST), error;
    char interface[CONTROL_IFNAME_SIZE], **names = calloc(count + 1, sizeof(*names));
    bool whole = names != NULL;

    (void)client;
    (void)values;
    for (uint32_t i = 0; names && i < count; i++)
    {
        names[i] = wlan_get_text(arguments);
        whole = whole && names[i];
    }
    if (names && (!wlan_arguments_end(arguments) || !whole))
        error = WLAN_MALFORMED;
    else if (!names)
        error = ERROR_NOT_ENOUGH_MEMORY;
    else if (!wlan_interface_name(wlan, index, interface))
        error = ERROR_NOT_FOUND;
    else
        error = changed(wlan, index, profile_store_set_order(wlan->profiles, interface, names, count));
    free_names(names, count);
    return error;
}

uint32_t wlan_set_profile_position(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                                   struct host_encoder *values)
{
    struct target target = {0};
    uint32_t position, error;

    (void)client;
    (void)values;
    target_read(&target, arguments);
    position = host_get_u32(arguments);
    error = target_find(wlan, &target, arguments);
    if (!error) error = profile_store_move(wlan->profiles, target.interface, target.name, position);
    free(target.name);
    return changed(wlan, target.index, error);
}

uint32_t wlan_set_profile_data(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                               struct host_encoder *values)
{
    struct target target = {0};
    const uint8_t *data;
    uint32_t error;
    size_t size;

    (void)client;
    (void)values;
    target_read(&target, arguments);
    data = host_get_bytes(arguments, &size);
    error = target_find(wlan, &target, arguments);
    if (!error) error = profile_store_set_data(wlan->profiles, target.interface, target.name, data, size);
    free(target.name);
    return changed(wlan, target.index, error);
}
