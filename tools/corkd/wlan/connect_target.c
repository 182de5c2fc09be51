/* Connecting: what a program asks for, and what there is without its asking. */
#include <stdlib.h>
#include <string.h>

#include "corkd/wlan/available.h"
#include "corkd/wlan/connect.h"

#define SECONDS_MAX 3600
#define ANY_OPTIONS 0xffffffffu

/* What WLAN_CONNECT's arguments say. */
struct connect_request
{
    uint32_t mode, bss_type, flags, options, seconds;
    char *profile; /* a name, or XML, or NULL */
    bool has_ssid, has_hessid;
    uint8_t ssid[WLAN_SSID_MAX], hessid[6];
    size_t ssid_length;
    uint8_t bssids[CONNECT_BSSIDS_MAX][6];
    size_t bssid_count;
};

void connect_target_free(struct connect_target *target)
{
    if (!target) return;
    if (target->wanted) profile_free(target->wanted);
    if (target->xml) explicit_bzero(target->xml, strlen(target->xml)); /* it may have the key */
    free(target->xml);
    free(target);
}

/* ---- What is heard ---- */

static bool has_ssid(const struct wlan_elements *elements, const uint8_t *ssid, size_t length)
{
    return elements->ssid && elements->ssid_length == length && !memcmp(elements->ssid, ssid, length);
}

/* The access network options' byte (IEEE 802.11-2020, 9.4.2.91) that such a network has; its type 15 is any. */
static bool has_options(const struct wlan_elements *elements, uint32_t options)
{
    if (options == ANY_OPTIONS) return true;
    if (!elements->interworking) return false;
    if ((options & 15) == 15) return (elements->access_network & 0xf0) == (options & 0xf0);
    return elements->access_network == options;
}

/* Calls `each` for every service set that is heard of the SSID. */
static void for_heard(struct wlan *wlan, uint32_t index, const uint8_t *ssid, size_t length,
                      void (*each)(void *context, const struct wlan_bss *bss, const struct wlan_elements *elements),
                      void *context)
{
    struct wlan_interface *interface;

    wlan_refresh_bss(wlan, index);
    pthread_mutex_lock(&wlan->lock);
    interface = wlan_interface_by_index(wlan, index);
    for (size_t i = 0; interface && i < interface->bss_count; i++)
    {
        struct wlan_elements elements;

        wlan_read_elements(interface->bss[i].elements, interface->bss[i].element_size, &elements);
        if (has_ssid(&elements, ssid, length)) each(context, &interface->bss[i], &elements);
    }
    pthread_mutex_unlock(&wlan->lock);
}

/* The strongest of a type, as a network. */
struct strongest
{
    uint32_t bss_type;
    bool found;
    struct available_network network;
};

static void take_strongest(void *context, const struct wlan_bss *bss, const struct wlan_elements *elements)
{
    struct strongest *strongest = context;
    struct available_network network;

    (void)elements;
    if (strongest->bss_type != BSS_ANY && bss_type(bss) != strongest->bss_type) return;
    available_of_bss(bss, &network);
    if (strongest->found && network.quality <= strongest->network.quality) return;
    strongest->found = true;
    strongest->network = network;
}

static bool find_strongest(struct wlan *wlan, uint32_t index, const struct connect_target *target,
                           struct strongest *strongest)
{
    strongest->bss_type = target->bss_type;
    strongest->found = false;
    for_heard(wlan, index, target->ssid, target->ssid_length, take_strongest, strongest);
    return strongest->found;
}

/* Those that the HESSID and the options of WlanConnect2 name. */
struct chosen
{
    const struct connect_request *request;
    struct connect_target *target;
};

static void take_chosen(void *context, const struct wlan_bss *bss, const struct wlan_elements *elements)
{
    const struct chosen *chosen = context;
    const struct connect_request *request = chosen->request;
    bool wanted = has_options(elements, request->options);

    if (request->has_hessid) wanted &= elements->has_hessid && !memcmp(elements->hessid, request->hessid, 6);
    if (wanted && chosen->target->bssid_count < CONNECT_BSSIDS_MAX)
        memcpy(chosen->target->bssids[chosen->target->bssid_count++], bss->address, 6);
}

static void choose(struct wlan *wlan, uint32_t index, const struct connect_request *request,
                   struct connect_target *target)
{
    struct chosen chosen = {request, target};

    memcpy(target->bssids, request->bssids, sizeof(target->bssids));
    target->bssid_count = request->bssid_count;
    if (!request->has_hessid && request->options == ANY_OPTIONS) return;
    target->bssid_count = 0;
    for_heard(wlan, index, target->ssid, target->ssid_length, take_chosen, &chosen);
    if (!target->bssid_count) target->failure = REASON_NETWORK_NOT_AVAILABLE;
}

/* ---- By profile ---- */

/* The SSID that was named, which has to be one of the profile's, or the first of those that is heard, or the first. */
static bool choose_ssid(struct wlan *wlan, uint32_t index, const struct connect_request *request,
                        struct connect_target *target)
{
    const struct wlan_profile *profile = target->wanted;
    struct strongest strongest;

    for (size_t i = 0; i < profile->ssid_count; i++)
    {
        const struct profile_ssid *ssid = &profile->ssids[i];

        memcpy(target->ssid, ssid->bytes, ssid->length);
        target->ssid_length = ssid->length;
        if (!request->has_ssid && (profile->ssid_count == 1 || find_strongest(wlan, index, target, &strongest)))
            return true;
        if (request->has_ssid && ssid->length == request->ssid_length &&
            !memcmp(ssid->bytes, request->ssid, ssid->length))
            return true;
    }
    memcpy(target->ssid, profile->ssids[0].bytes, profile->ssids[0].length);
    target->ssid_length = profile->ssids[0].length;
    return !request->has_ssid;
}

static void describe(struct connect_target *target)
{
    const struct wlan_profile *profile = target->wanted;

    strcpy(target->profile, profile->name);
    target->bss_type = profile->bss_type;
    target->secure = profile->auth != WLAN_AUTH_OPEN || profile->cipher != WLAN_CIPHER_NONE;
    /* There is nobody here who could be asked for it. */
    if (profile->cipher != WLAN_CIPHER_NONE && profile->auth != WLAN_AUTH_OWE && !profile->key[0])
        target->failure = REASON_UI_REQUEST_FAILURE;
}

static uint32_t by_profile(struct wlan *wlan, uint32_t index, const char *name, const struct connect_request *request,
                           struct connect_target *target)
{
    struct strongest strongest;
    uint32_t error = ERROR_SUCCESS, reason;

    if (!request->profile) return ERROR_INVALID_PARAMETER;
    if (request->mode == MODE_PROFILE)
        error = profile_store_find(wlan->profiles, name, request->profile, &target->wanted);
    else
    {
        reason = profile_parse(request->profile, strlen(request->profile), NULL, NULL, &target->wanted);
        if (reason) error = reason == REASON_NO_MEMORY ? ERROR_NOT_ENOUGH_MEMORY : ERROR_BAD_PROFILE;
        target->xml = error ? NULL : strdup(request->profile);
        if (!error && !target->xml) error = ERROR_NOT_ENOUGH_MEMORY;
    }
    if (error) return error;
    describe(target);
    /* "If a profile is provided, this BSS type must be the same as the one in the profile." */
    if (request->bss_type != BSS_ANY && request->bss_type != target->bss_type) return ERROR_INVALID_PARAMETER;
    if (!choose_ssid(wlan, index, request, target)) return ERROR_INVALID_PARAMETER;
    if (request->flags & CONNECTION_ADHOC_JOIN_ONLY && target->bss_type == BSS_INDEPENDENT &&
        !find_strongest(wlan, index, target, &strongest))
        target->failure = REASON_NETWORK_NOT_AVAILABLE;
    return ERROR_SUCCESS;
}

/* ---- By discovery ---- */

/* A profile for an SSID as it is heard. The SSID is the name as far as it is text (wlan_put_text replaces the rest). */
static struct wlan_profile *profile_of_ssid(const struct connect_request *request, bool hidden)
{
    struct wlan_profile *profile = calloc(1, sizeof(*profile));

    if (!profile) return NULL;
    profile->ssids = calloc(1, sizeof(*profile->ssids));
    if (!profile->ssids)
    {
        free(profile);
        return NULL;
    }
    profile->ssid_count = 1;
    profile->ssids[0].length = (uint8_t)request->ssid_length;
    memcpy(profile->ssids[0].bytes, request->ssid, request->ssid_length);
    memcpy(profile->name, request->ssid, request->ssid_length);
    profile->bss_type = request->bss_type;
    profile->non_broadcast = hidden;
    profile->automatic = request->flags & CONNECTION_PERSIST_AUTO;
    profile->auth = WLAN_AUTH_OPEN;
    profile->cipher = WLAN_CIPHER_NONE;
    return profile;
}

/* Whether what is heard is what was asked for, and can be connected to without a key. */
static uint32_t discovery_reason(const struct connect_request *request, const struct available_network *network)
{
    if (network->secure != (request->mode == MODE_DISCOVERY_SECURE)) return REASON_NETWORK_NOT_COMPATIBLE;
    if (available_reason(network)) return available_reason(network);
    return network->secure && network->auth != WLAN_AUTH_OWE ? REASON_UI_REQUEST_FAILURE : REASON_SUCCESS;
}

static uint32_t by_discovery(struct wlan *wlan, uint32_t index, const struct connect_request *request,
                             struct connect_target *target)
{
    struct strongest strongest;

    if (!request->has_ssid || !request->ssid_length || request->bss_type == BSS_ANY) return ERROR_INVALID_PARAMETER;
    memcpy(target->ssid, request->ssid, request->ssid_length);
    target->ssid_length = request->ssid_length;
    target->bss_type = request->bss_type;
    target->wanted = profile_of_ssid(request, request->flags & CONNECTION_HIDDEN_NETWORK);
    if (!target->wanted) return ERROR_NOT_ENOUGH_MEMORY;
    target->secure = request->mode == MODE_DISCOVERY_SECURE;
    if (find_strongest(wlan, index, target, &strongest))
    {
        target->failure = discovery_reason(request, &strongest.network);
        target->secure = strongest.network.secure;
        target->wanted->auth = strongest.network.auth;
        target->wanted->cipher = strongest.network.cipher;
    }
    else if (target->secure) /* how it is secured is not known */
        target->failure = REASON_NETWORK_NOT_AVAILABLE;
    if (target->failure) return ERROR_SUCCESS;
    strcpy(target->profile, target->wanted->name);
    target->xml = profile_write(target->wanted);
    return target->xml ? ERROR_SUCCESS : ERROR_NOT_ENOUGH_MEMORY;
}

/* ---- The request ---- */

static bool read_addresses(struct host_decoder *arguments, struct connect_request *request)
{
    uint32_t count = host_get_list(arguments, 6);

    for (uint32_t i = 0; i < count; i++)
        for (int byte = 0; byte < 6; byte++)
        {
            uint8_t value = host_get_u8(arguments);

            if (i < CONNECT_BSSIDS_MAX) request->bssids[i][byte] = value;
        }
    request->bssid_count = count < CONNECT_BSSIDS_MAX ? count : CONNECT_BSSIDS_MAX;
    return count <= CONNECT_BSSIDS_MAX;
}

/* ERROR_SUCCESS, and request->profile is to be freed in any case. */
static uint32_t read_request(struct host_decoder *arguments, struct connect_request *request)
{
    const uint8_t *hessid;
    bool right;
    size_t size;

    request->mode = host_get_u32(arguments);
    request->profile = wlan_get_text(arguments);
    request->has_ssid = host_get_bool(arguments);
    right = wlan_get_ssid(arguments, request->ssid, &request->ssid_length);
    right &= read_addresses(arguments, request);
    request->bss_type = host_get_u32(arguments);
    request->flags = host_get_u32(arguments);
    hessid = host_get_bytes(arguments, &size);
    request->has_hessid = hessid && size == 6;
    if (request->has_hessid) memcpy(request->hessid, hessid, 6);
    request->options = host_get_u32(arguments);
    request->seconds = host_get_u32(arguments);
    if (!wlan_arguments_end(arguments)) return WLAN_MALFORMED;
    if (!right || request->mode > MODE_DISCOVERY_UNSECURE || request->bss_type < BSS_INFRASTRUCTURE ||
        request->bss_type > BSS_ANY || !request->seconds || request->seconds > SECONDS_MAX)
        return ERROR_INVALID_PARAMETER;
    /* wpa_supplicant has no such thing. */
    if (request->flags & (CONNECTION_IGNORE_PRIVACY_BIT | CONNECTION_EAPOL_PASSTHROUGH)) return ERROR_NOT_SUPPORTED;
    return ERROR_SUCCESS;
}

static uint32_t find_target(struct wlan *wlan, uint32_t index, const char *name, const struct connect_request *request,
                            struct connect_target *target)
{
    uint32_t error;

    target->mode = request->mode;
    target->bss_type = request->bss_type;
    target->flags = request->flags;
    target->seconds = request->seconds;
    if (request->mode == MODE_PROFILE || request->mode == MODE_TEMPORARY_PROFILE)
        error = by_profile(wlan, index, name, request, target);
    else
        error = by_discovery(wlan, index, request, target);
    /* "Denied networks cannot be connected by means of auto config" (WlanSetFilterList), which this is. */
    if (!error && !wlan_filter_allows(wlan, target->ssid, target->ssid_length, target->bss_type))
        target->failure = REASON_USER_DENIED;
    if (!error && !target->failure) choose(wlan, index, request, target);
    return error;
}

uint32_t connect_target_read(struct wlan *wlan, uint32_t index, const char *name, struct host_decoder *arguments,
                             struct connect_target **target)
{
    struct connect_request request = {.profile = NULL};
    uint32_t error = read_request(arguments, &request);

    *target = NULL;
    if (!error && !(*target = calloc(1, sizeof(**target)))) error = ERROR_NOT_ENOUGH_MEMORY;
    if (!error) error = find_target(wlan, index, name, &request, *target);
    if (request.profile) explicit_bzero(request.profile, strlen(request.profile));
    free(request.profile);
    if (!error) return ERROR_SUCCESS;
    connect_target_free(*target);
    *target = NULL;
    return error;
}

/* ---- Another's ---- */

/* STATUS has an SSID with the escapes of a quoted value. */
static size_t read_ssid(const char *status, uint8_t ssid[WLAN_SSID_MAX])
{
    char escaped[4 * WLAN_SSID_MAX + 1], quoted[4 * WLAN_SSID_MAX + 8], value[4 * WLAN_SSID_MAX + 1];
    struct control_event words = {.text = quoted};
    int length;

    if (!supplicant_line(status, "ssid", escaped, sizeof(escaped))) return 0;
    strcpy(quoted, "ssid=\"");
    strcat(quoted, escaped);
    strcat(quoted, "\"");
    length = control_event_value(&words, "ssid", value, sizeof(value));
    if (length <= 0 || length > WLAN_SSID_MAX) return 0;
    memcpy(ssid, value, (size_t)length);
    return (size_t)length;
}

struct connect_target *connect_target_of_other(struct wlan *wlan, const char *name)
{
    char reply[SUPPLICANT_REPLY_SIZE], word[64] = "";
    struct connect_target *target;

    if (supplicant_ask(wlan->supplicant, name, reply, "STATUS") != SUPPLICANT_OK) return NULL;
    if (supplicant_line(reply, "mode", word, sizeof(word)) && strcmp(word, "station") && strcmp(word, "IBSS"))
        return NULL;
    target = calloc(1, sizeof(*target));
    if (!target) return NULL;
    target->mode = MODE_AUTO;
    target->bss_type = !strcmp(word, "IBSS") ? BSS_INDEPENDENT : BSS_INFRASTRUCTURE;
    target->ssid_length = read_ssid(reply, target->ssid);
    target->secure = supplicant_line(reply, "key_mgmt", word, sizeof(word)) && strcmp(word, "NONE") != 0;
    return target;
}
