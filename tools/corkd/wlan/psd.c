/* Proximity service discovery: the elements that programs want to be sent. */
#include <stdlib.h>
#include <string.h>

#include "corkd/wlan/wlan.h"

#define LISTS_MAX    64 /* formats of one program */
#define ELEMENTS_MAX 5  /* of a format: DOT11_PSD_IE_MAX_ENTRY_NUMBER */

/* What one program has set for one format. */
struct psd_list
{
    struct psd_list *next;
    host_client client;
    uint16_t *format; /* terminated */
    uint8_t *elements;
    size_t size;
};

static void free_list(struct psd_list *list)
{
    free(list->format);
    free(list->elements);
    free(list);
}

static bool same_text(const uint16_t *a, const uint16_t *b)
{
    while (*a && *a == *b)
        a++, b++;
    return *a == *b;
}

/* With the lock: takes away what the client has of that format, of any where it is NULL. Returns how many are left. */
static unsigned clear(struct wlan *wlan, host_client client, const uint16_t *format)
{
    struct psd_list **at = &wlan->psd, *list;
    unsigned left = 0;

    while ((list = *at))
        if (list->client != client || (format && !same_text(list->format, format)))
        {
            left += list->client == client;
            at = &list->next;
        }
        else
        {
            *at = list->next;
            free_list(list);
        }
    return left;
}

/* Well-formed vendor's elements, one behind the other. */
static bool read_elements(struct host_decoder *arguments, struct psd_list *list)
{
    uint32_t count = host_get_list(arguments, 1);

    if (count > ELEMENTS_MAX) return false;
    list->elements = malloc(count * 257u + 1);
    if (!list->elements) return false;
    for (uint32_t i = 0; i < count; i++)
    {
        size_t size;
        const uint8_t *bytes = host_get_bytes(arguments, &size);

        if (!bytes || size < 2 || size != 2u + bytes[1] || bytes[0] != 221) return false;
        memcpy(list->elements + list->size, bytes, size);
        list->size += size;
    }
    return true;
}

uint32_t wlan_set_psd(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                      struct host_encoder *values)
{
    struct psd_list *list = calloc(1, sizeof(*list));
    bool good;

    (void)values;
    if (!list) return ERROR_NOT_ENOUGH_MEMORY;
    list->client = client;
    list->format = host_get_utf16(arguments);
    good = read_elements(arguments, list);
    if (!wlan_arguments_end(arguments))
    {
        free_list(list);
        return WLAN_MALFORMED;
    }
    if (!good || (list->size && !list->format))
    {
        free_list(list);
        return ERROR_INVALID_PARAMETER;
    }
    pthread_mutex_lock(&wlan->lock);
    good = clear(wlan, client, list->format) < LISTS_MAX;
    if (good && list->size)
    {
        list->next = wlan->psd;
        wlan->psd = list;
        list = NULL;
    }
    pthread_mutex_unlock(&wlan->lock);
    if (list) free_list(list);
    return good ? ERROR_SUCCESS : ERROR_NOT_ENOUGH_MEMORY;
}

size_t wlan_psd_elements(struct wlan *wlan, uint8_t *elements, size_t room)
{
    size_t size = 0;

    pthread_mutex_lock(&wlan->lock);
    for (const struct psd_list *list = wlan->psd; list; list = list->next)
    {
        if (list->size > room - size)
        {
            host_log("elements of proximity service discovery of client %llu do not fit and are not sent",
                     (unsigned long long)list->client);
            continue;
        }
        memcpy(elements + size, list->elements, list->size);
        size += list->size;
    }
    pthread_mutex_unlock(&wlan->lock);
    return size;
}

void wlan_psd_client_gone(struct wlan *wlan, host_client client)
{
    pthread_mutex_lock(&wlan->lock);
    clear(wlan, client, NULL);
    pthread_mutex_unlock(&wlan->lock);
}

void wlan_psd_stop(struct wlan *wlan)
{
    struct psd_list *list;

    while ((list = wlan->psd))
    {
        wlan->psd = list->next;
        free_list(list);
    }
}
