/* The order of preference of an interface's profiles. */
#include <stdlib.h>
#include <string.h>

#include "corkd/wlan/profile_store.h"
#include "corkd/wlan/wlan_constants.h"

/* With the lock: the places of an interface's profiles in the list, in its order. Freed by the caller. NULL: no memory.
 */
static size_t *places_of(const struct profile_store *store, const char *interface, size_t *count)
{
    size_t *places = calloc(store->count + 1, sizeof(*places));

    *count = 0;
    for (size_t i = 0; places && i < store->count; i++)
        if (!strcmp(store->records[i]->interface, interface)) places[(*count)++] = i;
    return places;
}

/* Has the interface's places hold its profiles in the order of `from`, places of the list too. */
static uint32_t reorder(struct profile_store *store, const size_t *places, const size_t *from, size_t count)
{
    struct profile_record **records = profile_store_copy(store);
    uint32_t error;

    if (!records) return ERROR_NOT_ENOUGH_MEMORY;
    for (size_t i = 0; i < count; i++)
    {
        if (places[i] != from[i] && (store->records[places[i]]->flags | store->records[from[i]]->flags) & 1u)
        {
            free(records);
            return ERROR_ACCESS_DENIED;
        }
        records[places[i]] = store->records[from[i]];
    }
    error = profile_store_commit(store, records, store->count);
    if (error) free(records);
    return error;
}

static bool stands_in(const size_t *places, size_t count, size_t place)
{
    for (size_t i = 0; i < count; i++)
        if (places[i] == place) return true;
    return false;
}

/* The places of the names, each once. */
static uint32_t find_names(const struct profile_store *store, const char *interface, char *const *names, size_t count,
                           size_t *from)
{
    for (size_t i = 0; i < count; i++)
    {
        size_t at = profile_store_place(store, interface, names[i]);

        if (at == PROFILE_NONE) return ERROR_NOT_FOUND;
        if (stands_in(from, i, at)) return ERROR_INVALID_PARAMETER;
        from[i] = at;
    }
    return ERROR_SUCCESS;
}

uint32_t profile_store_set_order(struct profile_store *store, const char *interface, char *const *names, size_t count)
{
    size_t have, *places, *from = calloc(count + 1, sizeof(*from));
    uint32_t error;

    pthread_mutex_lock(&store->lock);
    places = places_of(store, interface, &have);
    error = places && from ? ERROR_SUCCESS : ERROR_NOT_ENOUGH_MEMORY;
    if (!error && !store->usable) error = ERROR_READ_FAULT;
    if (!error) error = find_names(store, interface, names, count, from);
    if (!error && have != count) error = ERROR_INVALID_PARAMETER; /* "must be a one-to-one match" */
    if (!error) error = reorder(store, places, from, count);
    pthread_mutex_unlock(&store->lock);
    free(places);
    free(from);
    return error;
}

/* The order of `places` with the one at `old` moved to `position`. Freed by the caller. NULL: no memory. */
static size_t *moved(const size_t *places, size_t count, size_t old, size_t position)
{
    size_t *from = calloc(count + 1, sizeof(*from)), done = 0;

    for (size_t i = 0; from && i < count; i++)
    {
        if (done == position) from[done++] = places[old];
        if (i != old) from[done++] = places[i];
    }
    if (from && done < count) from[done] = places[old];
    return from;
}

uint32_t profile_store_move(struct profile_store *store, const char *interface, const char *name, size_t position)
{
    size_t count, old = 0, at, *places, *from = NULL;
    uint32_t error;

    pthread_mutex_lock(&store->lock);
    places = places_of(store, interface, &count);
    at = profile_store_place(store, interface, name);
    error = places ? ERROR_SUCCESS : ERROR_NOT_ENOUGH_MEMORY;
    if (!error && !store->usable) error = ERROR_READ_FAULT;
    if (!error && at == PROFILE_NONE) error = ERROR_NOT_FOUND;
    if (!error && position >= count) error = ERROR_INVALID_PARAMETER;
    while (!error && places[old] != at)
        old++;
    if (!error && !(from = moved(places, count, old, position))) error = ERROR_NOT_ENOUGH_MEMORY;
    if (!error) error = reorder(store, places, from, count);
    pthread_mutex_unlock(&store->lock);
    free(places);
    free(from);
    return error;
}
