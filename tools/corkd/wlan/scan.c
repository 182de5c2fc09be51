/* Scans, and the networks that were heard. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "corkd/wlan/wlan.h"

#define SCAN_MS              15000 /* a scan without an answer has failed */
#define VENDOR_ELEMENT_PROBE "14"  /* wpa_supplicant's number of probe requests' elements */
#define PROBE_ELEMENTS_MAX   1500  /* bytes of elements in a probe request: a frame holds them */
/* id, address, frequency, beacon interval, capabilities, level, timestamp, age, elements, flags, delimiter */
#define BSS_MASK "0x20f9f"

/* ---- Scans ---- */

/* Sends it. One that is under way already will do. */
static enum supplicant_result start_scan(struct wlan *wlan, const char *name, const char *ssid)
{
    char reply[SUPPLICANT_REPLY_SIZE];
    enum supplicant_result result =
        supplicant_ask(wlan->supplicant, name, reply, "SCAN TYPE=ONLY%s%s", ssid ? " ssid " : "", ssid ? ssid : "");

    if (result != SUPPLICANT_OK || !strcmp(reply, "OK") || !strcmp(reply, "FAIL-BUSY")) return result;
    return SUPPLICANT_FAIL;
}

uint32_t wlan_scan(struct wlan *wlan, host_client client, struct host_decoder *arguments, struct host_encoder *values)
{
    char name[CONTROL_IFNAME_SIZE], ssid_text[2 * WLAN_SSID_MAX + 1], elements_text[2 * PROBE_ELEMENTS_MAX + 1];
    uint32_t index = host_get_u32(arguments);
    bool one = host_get_bool(arguments);
    uint8_t ssid[WLAN_SSID_MAX], all[PROBE_ELEMENTS_MAX];
    size_t ssid_length, size;
    bool right = wlan_get_ssid(arguments, ssid, &ssid_length);
    const uint8_t *elements = host_get_bytes(arguments, &size);
    struct wlan_interface *interface;
    enum supplicant_result result;

    (void)client, (void)values;
    if (!wlan_arguments_end(arguments)) return WLAN_MALFORMED;
    if (!right || size > 255) return ERROR_INVALID_PARAMETER;
    if (!wlan_interface_name(wlan, index, name)) return ERROR_NOT_FOUND;
    wlan_to_hex(ssid, ssid_length, ssid_text);
    memcpy(all, elements, size);
    size += wlan_psd_elements(wlan, all + size, sizeof(all) - size);
    wlan_to_hex(all, size, elements_text);
    if (size) supplicant_ask_ok(wlan->supplicant, name, "VENDOR_ELEM_ADD " VENDOR_ELEMENT_PROBE " %s", elements_text);
    pthread_mutex_lock(&wlan->lock);
    interface = wlan_interface_by_index(wlan, index);
    if (interface)
    {
        interface->scanning = true;
        interface->scan_deadline = supplicant_now() + SCAN_MS;
    }
    pthread_mutex_unlock(&wlan->lock);
    result = start_scan(wlan, name, one && ssid_length ? ssid_text : NULL);
    if (size) supplicant_ask_ok(wlan->supplicant, name, "VENDOR_ELEM_REMOVE " VENDOR_ELEMENT_PROBE " *");
    if (result == SUPPLICANT_OK)
    {
        supplicant_wake_at(wlan->supplicant, supplicant_now() + SCAN_MS);
        return ERROR_SUCCESS;
    }
    pthread_mutex_lock(&wlan->lock);
    interface = wlan_interface_by_index(wlan, index);
    if (interface) interface->scanning = false;
    pthread_mutex_unlock(&wlan->lock);
    return wlan_error(result);
}

void wlan_scan_event(struct wlan *wlan, struct wlan_interface *interface, const struct control_event *event)
{
    switch (event->kind)
    {
    case CONTROL_BSS_ADDED:
    case CONTROL_BSS_REMOVED:
        interface->bss_stale = true;
        break;
    case CONTROL_SCAN_RESULTS:
        interface->bss_stale = true;
        interface->scanning = false;
        wlan_notify(wlan, SOURCE_ACM, ACM_SCAN_COMPLETE, interface->index, WLAN_DATA_NONE, NULL);
        wlan_notify(wlan, SOURCE_ACM, ACM_SCAN_LIST_REFRESH, interface->index, WLAN_DATA_NONE, NULL);
        break;
    case CONTROL_SCAN_FAILED:
        interface->scanning = false;
        wlan_notify_number(wlan, SOURCE_ACM, ACM_SCAN_FAIL, interface->index, REASON_DRIVER_OPERATION_FAILURE);
        break;
    default:
        break;
    }
}

int64_t wlan_scan_deadline(struct wlan *wlan, int64_t now)
{
    int64_t next = 0;

    for (unsigned i = 0; i < WLAN_INTERFACES_MAX; i++)
    {
        struct wlan_interface *interface = &wlan->interfaces[i];

        if (!interface->name[0] || !interface->scanning) continue;
        if (interface->scan_deadline <= now)
        {
            interface->scanning = false;
            wlan_notify_number(wlan, SOURCE_ACM, ACM_SCAN_FAIL, interface->index, REASON_DRIVER_OPERATION_FAILURE);
        }
        else if (!next || interface->scan_deadline < next)
            next = interface->scan_deadline;
    }
    return next;
}

/* ---- The list ---- */

static void free_list(struct wlan_bss *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        bss_free(&list[i]);
    free(list);
}

void wlan_forget_bss(struct wlan_interface *interface)
{
    free_list(interface->bss, interface->bss_count);
    interface->bss = NULL;
    interface->bss_count = 0;
    interface->bss_stale = true;
}

static bool append(struct wlan_bss **list, size_t *count, const struct wlan_bss *bss)
{
    if (*count >= WLAN_BSS_MAX) return false;
    if (!(*count & (*count - 1)))
    {
        struct wlan_bss *larger = realloc(*list, (*count ? 2 * *count : 1) * sizeof(**list));

        if (!larger) return false;
        *list = larger;
    }
    (*list)[(*count)++] = *bss;
    return true;
}

/* What one answer has. Moves *next_id behind the last that was whole. Returns how many records it had, whole ones or
 * not; -1: no memory. */
static int take_answer(const char *reply, struct wlan_bss **list, size_t *count, uint32_t *next_id)
{
    int records = 0;

    while (*reply)
    {
        struct wlan_bss bss;
        bool whole, good = bss_read(reply, &reply, &whole, &bss);

        records++;
        if (!good) continue;
        if (!whole) /* the answer was full: it is asked for again, alone */
        {
            bss_free(&bss);
            break;
        }
        *next_id = bss.id + 1;
        if (bss.is_mesh || !append(list, count, &bss)) bss_free(&bss);
    }
    return records;
}

/* An answer has no room for all; each goes on where the one before has ended. */
static enum supplicant_result fetch(struct wlan *wlan, const char *name, struct wlan_bss **list, size_t *count)
{
    char reply[SUPPLICANT_REPLY_SIZE];
    uint32_t next_id = 0;

    for (;;)
    {
        uint32_t before = next_id;
        enum supplicant_result result =
            supplicant_ask(wlan->supplicant, name, reply, "BSS RANGE=%u-2147483647 MASK=" BSS_MASK, (unsigned)next_id);

        if (result != SUPPLICANT_OK) return result;
        if (!strncmp(reply, "FAIL", 4) || !take_answer(reply, list, count, &next_id)) return SUPPLICANT_OK;
        /* One alone that does not fit is left out. */
        if (next_id == before) next_id++;
    }
}

enum supplicant_result wlan_refresh_bss(struct wlan *wlan, uint32_t index)
{
    char name[CONTROL_IFNAME_SIZE] = "";
    struct wlan_interface *interface;
    struct wlan_bss *list = NULL;
    enum supplicant_result result;
    size_t count = 0;

    pthread_mutex_lock(&wlan->lock);
    interface = wlan_interface_by_index(wlan, index);
    if (interface) strcpy(name, interface->name);
    if (interface && !interface->bss_stale)
    {
        pthread_mutex_unlock(&wlan->lock);
        return SUPPLICANT_OK;
    }
    if (interface) interface->bss_stale = false; /* what comes while it is fetched makes it stale again */
    pthread_mutex_unlock(&wlan->lock);
    if (!interface) return SUPPLICANT_NONE;
    result = fetch(wlan, name, &list, &count);
    pthread_mutex_lock(&wlan->lock);
    interface = wlan_interface_by_index(wlan, index);
    if (interface && result == SUPPLICANT_OK)
    {
        struct wlan_bss *old = interface->bss;
        size_t old_count = interface->bss_count;

        interface->bss = list;
        interface->bss_count = count;
        interface->bss_time = supplicant_now();
        list = old;
        count = old_count;
    }
    else if (interface)
        interface->bss_stale = true;
    pthread_mutex_unlock(&wlan->lock);
    free_list(list, count);
    return interface ? result : SUPPLICANT_NONE;
}

/* ---- WLAN_BSS_LIST ---- */

struct bss_filter
{
    bool one_network, secure;
    uint8_t ssid[WLAN_SSID_MAX];
    size_t ssid_length;
    uint32_t type;
};

static bool is_wanted(const struct wlan_bss *bss, const struct wlan_elements *elements, const struct bss_filter *filter)
{
    if (filter->type != BSS_ANY && filter->type != bss_type(bss)) return false;
    if (!filter->one_network) return true;
    return elements->ssid && elements->ssid_length == filter->ssid_length &&
           !memcmp(elements->ssid, filter->ssid, filter->ssid_length) &&
           filter->secure == !!(bss->capabilities & CAPABILITY_PRIVACY);
}

/* 100 ns since 1601, of `age` milliseconds ago. */
static uint64_t heard_at(int64_t age)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)(now.tv_sec + 11644473600ll) * 10000000 + (uint64_t)now.tv_nsec / 100 - (uint64_t)age * 10000;
}

static void put_bss(struct host_encoder *values, const struct wlan_bss *bss, const struct wlan_elements *elements,
                    int64_t age)
{
    host_put_raw(values, bss->address, 6);
    host_put_u32(values, bss->frequency);
    host_put_u16(values, bss->beacon_interval);
    host_put_u16(values, bss->capabilities);
    host_put_i32(values, bss->level);
    host_put_u64(values, bss->timestamp);
    host_put_u64(values, heard_at(age));
    host_put_bytes(values, bss->elements, bss->element_size);
    host_put_u32(values, wlan_phy_of(elements, bss->frequency));
    host_put_list(values, elements->rate_count);
    for (unsigned i = 0; i < elements->rate_count; i++)
        host_put_u16(values, elements->rates[i]);
    host_put_bytes(values, elements->ssid, elements->ssid_length);
    host_put_u32(values, bss_quality(bss->level));
}

uint32_t wlan_bss_list(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                       struct host_encoder *values)
{
    uint32_t index = host_get_u32(arguments), count = 0;
    struct bss_filter filter = {.one_network = host_get_bool(arguments)};
    bool right = wlan_get_ssid(arguments, filter.ssid, &filter.ssid_length);
    struct wlan_interface *interface;
    char name[CONTROL_IFNAME_SIZE];
    struct connection_view view;
    enum supplicant_result result;
    struct host_encoder entries;

    (void)client;
    filter.type = host_get_u32(arguments);
    filter.secure = host_get_bool(arguments);
    if (!wlan_arguments_end(arguments)) return WLAN_MALFORMED;
    if (!right) return ERROR_INVALID_PARAMETER;
    if (wlan_interface_name(wlan, index, name) && wlan_connection_view(wlan, name, &view) && view.radio_off)
        return ERROR_NDIS_DOT11_POWER_STATE_INVALID;
    result = wlan_refresh_bss(wlan, index);
    if (result != SUPPLICANT_OK) return wlan_error(result);
    host_encoder_init(&entries);
    pthread_mutex_lock(&wlan->lock);
    interface = wlan_interface_by_index(wlan, index);
    for (size_t i = 0; interface && i < interface->bss_count; i++)
    {
        const struct wlan_bss *bss = &interface->bss[i];
        struct wlan_elements elements;

        wlan_read_elements(bss->elements, bss->element_size, &elements);
        if (!is_wanted(bss, &elements, &filter)) continue;
        put_bss(&entries, bss, &elements, supplicant_now() - interface->bss_time + (int64_t)bss->age * 1000);
        count++;
    }
    pthread_mutex_unlock(&wlan->lock);
    host_put_list(values, count);
    host_put_raw(values, entries.data, entries.size);
    if (entries.error) values->error = entries.error;
    host_encoder_free(&entries);
    return ERROR_SUCCESS;
}
