/* What the hosted network is set to: its name, its keys, whether it is allowed at all. Kept once a prefix. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "corkd/wlan/wlan.h"

#define NAME_ENABLED   "hosted.enabled"
#define NAME_SSID      "hosted.ssid"
#define NAME_MAX_PEERS "hosted.max_peers"
#define NAME_KEY       "hosted.key"
#define NAME_SECONDARY "hosted.secondary_key" /* 'p' and a pass phrase with its end, or 'k' and 32 bytes */
#define MAX_PEERS      100
#define SETTINGS_SIZE  40 /* of WLAN_HOSTED_NETWORK_CONNECTION_SETTINGS */
#define KEY_SIZE       32
#define PHRASE_LEAST   9 /* with its end */
#define HOST_NAME_PART 24

enum hosted_opcode /* WLAN_HOSTED_NETWORK_OPCODE */
{
    HOSTED_CONNECTION_SETTINGS,
    HOSTED_SECURITY_SETTINGS,
    HOSTED_STATION_PROFILE,
    HOSTED_ENABLE,
};

/* ---- Making them ---- */

/* Random letters and digits; those that look alike are left out. False: the system has no random numbers. */
static bool make_random(char *text, size_t length)
{
    static const char letters[] = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    uint8_t byte;

    for (size_t i = 0; i < length;)
    {
        if (getrandom(&byte, 1, 0) != 1) return false;
        if (byte >= 256 - 256 % (sizeof(letters) - 1)) continue; /* each letter is as likely as any other */
        text[i++] = letters[byte % (sizeof(letters) - 1)];
    }
    text[length] = 0;
    return true;
}

static bool make_key(struct wlan *wlan, uint32_t *reason)
{
    char key[HOSTED_PHRASE_SIZE];
    bool good = make_random(key, sizeof(key) - 1);

    *reason = good ? HOSTED_PERSISTENCE_FAILED : HOSTED_CRYPT_ERROR;
    good = good && kept_settings_put(wlan->settings, NAME_KEY, key, sizeof(key));
    explicit_bzero(key, sizeof(key));
    if (good) *reason = HOSTED_SUCCESS;
    return good;
}

static bool make_ssid(struct wlan *wlan, uint32_t *reason)
{
    char host[HOST_NAME_PART + 1] = "", random[5], ssid[WLAN_SSID_MAX + 1];

    if (gethostname(host, sizeof(host) - 1) || !host[0]) strcpy(host, "Cork");
    host[sizeof(host) - 1] = 0;
    *reason = HOSTED_CRYPT_ERROR;
    if (!make_random(random, sizeof(random) - 1)) return false;
    snprintf(ssid, sizeof(ssid), "%s-%s", host, random);
    *reason = HOSTED_PERSISTENCE_FAILED;
    if (!kept_settings_put_number(wlan->settings, NAME_MAX_PEERS, MAX_PEERS) ||
        !kept_settings_put(wlan->settings, NAME_SSID, ssid, strlen(ssid)))
        return false;
    *reason = HOSTED_SUCCESS;
    return true;
}

static bool is_kept(struct wlan *wlan, const char *name)
{
    size_t size;
    uint8_t *value = kept_settings_get(wlan->settings, name, &size);

    free(value);
    return value && size;
}

bool hosted_init(struct wlan *wlan, uint32_t *reason)
{
    *reason = HOSTED_SUCCESS;
    if (!is_kept(wlan, NAME_KEY) && !make_key(wlan, reason)) return false;
    return is_kept(wlan, NAME_SSID) || make_ssid(wlan, reason);
}

/* ---- Reading them ---- */

bool hosted_is_enabled(struct wlan *wlan)
{
    return kept_settings_number(wlan->settings, NAME_ENABLED, 1) != 0;
}

size_t hosted_ssid(struct wlan *wlan, uint8_t *ssid)
{
    size_t size;
    uint8_t *kept = kept_settings_get(wlan->settings, NAME_SSID, &size);

    if (size > WLAN_SSID_MAX) size = 0;
    if (kept) memcpy(ssid, kept, size);
    free(kept);
    return size;
}

uint32_t hosted_max_peers(struct wlan *wlan)
{
    return kept_settings_number(wlan->settings, NAME_MAX_PEERS, MAX_PEERS);
}

/* The secondary key: the one for this run or the next, else the kept one. */
static void get_secondary(struct wlan *wlan, struct hosted_key *key)
{
    uint8_t *kept;
    size_t size;

    pthread_mutex_lock(&wlan->lock);
    *key = wlan->hosted.once;
    pthread_mutex_unlock(&wlan->lock);
    if (key->size) return;
    kept = kept_settings_get(wlan->settings, NAME_SECONDARY, &size);
    if (kept && size > 1 && size <= HOSTED_KEY_MAX + 1)
    {
        key->is_phrase = kept[0] == 'p';
        key->is_persistent = true;
        key->size = size - 1;
        memcpy(key->bytes, kept + 1, key->size);
    }
    if (kept) explicit_bzero(kept, size);
    free(kept);
}

/* The key in force without quotation marks, into `text`, which is empty; *is_phrase: it is no number. False: none is
 * set. */
static bool key_in_force(struct wlan *wlan, char text[2 * HOSTED_KEY_MAX + 1], bool *is_phrase)
{
    struct hosted_key key;
    uint8_t *primary;
    size_t size;

    get_secondary(wlan, &key);
    *is_phrase = true;
    if (key.size && !key.is_phrase)
    {
        *is_phrase = false;
        wlan_to_hex(key.bytes, key.size, text);
    }
    else if (key.size)
        memcpy(text, key.bytes, key.size);
    explicit_bzero(&key, sizeof(key));
    if (text[0]) return true;
    primary = kept_settings_get(wlan->settings, NAME_KEY, &size);
    if (primary && size <= HOSTED_PHRASE_SIZE) memcpy(text, primary, size);
    if (primary) explicit_bzero(primary, size);
    free(primary);
    return text[0] != 0;
}

bool hosted_key_text(struct wlan *wlan, char *text, size_t size)
{
    char key[2 * HOSTED_KEY_MAX + 1] = "";
    bool is_phrase, good = key_in_force(wlan, key, &is_phrase);

    snprintf(text, size, is_phrase ? "\"%s\"" : "%s", key);
    explicit_bzero(key, sizeof(key));
    return good;
}

/* ---- The profile for stations ---- */

/* An ASCII text as XML has it. */
static void put_escaped(char **at, const char *end, const char *text)
{
    for (; *text && *at < end - 6; text++)
        switch (*text)
        {
        case '<':
            *at += sprintf(*at, "&lt;");
            break;
        case '>':
            *at += sprintf(*at, "&gt;");
            break;
        case '&':
            *at += sprintf(*at, "&amp;");
            break;
        default:
            *(*at)++ = *text;
        }
    **at = 0;
}

/* A profile by which a station connects to it: UTF-16, terminated. */
static void put_profile(struct wlan *wlan, const uint8_t *ssid, size_t length, struct host_encoder *data)
{
    char hex[2 * WLAN_SSID_MAX + 1], name[6 * WLAN_SSID_MAX + 8] = "", key[2 * HOSTED_KEY_MAX + 1] = "";
    char escaped[12 * HOSTED_KEY_MAX + 8] = "", xml[4096], plain[WLAN_SSID_MAX + 1] = "", *at = name;
    bool is_phrase;

    for (size_t i = 0; i < length; i++)
        plain[i] = ssid[i] >= 0x20 && ssid[i] < 0x7f ? (char)ssid[i] : '?';
    put_escaped(&at, name + sizeof(name), plain);
    key_in_force(wlan, key, &is_phrase);
    at = escaped;
    put_escaped(&at, escaped + sizeof(escaped), key);
    wlan_to_hex(ssid, length, hex);
    snprintf(xml, sizeof(xml),
             "<?xml version=\"1.0\"?>\n"
             "<WLANProfile xmlns=\"http://www.microsoft.com/networking/WLAN/profile/v1\">\n"
             "<name>%s</name>\n<SSIDConfig><SSID><hex>%s</hex><name>%s</name></SSID></SSIDConfig>\n"
             "<connectionType>ESS</connectionType>\n<connectionMode>auto</connectionMode>\n"
             "<MSM><security><authEncryption><authentication>WPA2PSK</authentication><encryption>AES</encryption>"
             "<useOneX>false</useOneX></authEncryption>\n<sharedKey><keyType>%s</keyType><protected>false</protected>"
             "<keyMaterial>%s</keyMaterial></sharedKey></security></MSM>\n</WLANProfile>\n",
             name, hex, name, is_phrase ? "passPhrase" : "networkKey", escaped);
    for (const char *c = xml; *c; c++)
        host_put_u16(data, (uint8_t)*c);
    host_put_u16(data, 0);
    explicit_bzero(key, sizeof(key));
    explicit_bzero(escaped, sizeof(escaped));
    explicit_bzero(xml, sizeof(xml));
}

/* ---- Operations ---- */

static uint32_t get_property(struct wlan *wlan, uint32_t opcode, struct host_encoder *data, uint32_t *type)
{
    uint8_t ssid[WLAN_SSID_MAX] = {0};
    size_t length = hosted_ssid(wlan, ssid);

    *type = VALUE_SET_BY_USER;
    switch (opcode)
    {
    case HOSTED_CONNECTION_SETTINGS:
        host_put_u32(data, (uint32_t)length);
        host_put_raw(data, ssid, sizeof(ssid));
        host_put_u32(data, hosted_max_peers(wlan));
        return length ? ERROR_SUCCESS : ERROR_BAD_CONFIGURATION;
    case HOSTED_SECURITY_SETTINGS:
        host_put_u32(data, WLAN_AUTH_RSNA_PSK);
        host_put_u32(data, WLAN_CIPHER_CCMP);
        *type = VALUE_QUERY_ONLY;
        return ERROR_SUCCESS;
    case HOSTED_STATION_PROFILE:
        if (!length) return ERROR_BAD_CONFIGURATION;
        put_profile(wlan, ssid, length, data);
        *type = VALUE_QUERY_ONLY;
        return ERROR_SUCCESS;
    case HOSTED_ENABLE:
        host_put_u32(data, hosted_is_enabled(wlan));
        return ERROR_SUCCESS;
    default:
        return ERROR_INVALID_PARAMETER;
    }
}

uint32_t wlan_hosted_get(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                         struct host_encoder *values)
{
    uint32_t opcode = host_get_u32(arguments), error, type;
    struct host_encoder data;

    (void)client;
    if (!wlan_arguments_end(arguments)) return WLAN_MALFORMED;
    host_encoder_init(&data);
    error = get_property(wlan, opcode, &data, &type);
    host_put_bytes(values, error ? NULL : data.data, error ? 0 : data.size);
    host_put_u32(values, type);
    if (data.error) values->error = data.error;
    if (data.data) explicit_bzero(data.data, data.size);
    host_encoder_free(&data);
    return error;
}

/* Whether that is a WLAN_HOSTED_NETWORK_CONNECTION_SETTINGS; keeps it. */
static uint32_t set_connection(struct wlan *wlan, struct host_decoder *data, uint32_t *reason)
{
    uint32_t length = host_get_u32(data), max_peers;
    uint8_t ssid[WLAN_SSID_MAX];

    for (unsigned i = 0; i < sizeof(ssid); i++)
        ssid[i] = host_get_u8(data);
    max_peers = host_get_u32(data);
    *reason = HOSTED_BAD_PARAMETERS;
    if (data->error || !length || length > WLAN_SSID_MAX || !max_peers) return ERROR_INVALID_PARAMETER;
    *reason = HOSTED_PERSISTENCE_FAILED;
    if (!is_kept(wlan, NAME_KEY) && !make_key(wlan, reason)) return ERROR_GEN_FAILURE;
    if (!kept_settings_put_number(wlan->settings, NAME_MAX_PEERS, max_peers) ||
        !kept_settings_put(wlan->settings, NAME_SSID, ssid, length))
        return ERROR_GEN_FAILURE;
    *reason = HOSTED_SUCCESS;
    return ERROR_SUCCESS;
}

static uint32_t set_enabled(struct wlan *wlan, struct host_decoder *data, uint32_t *reason)
{
    bool kept = kept_settings_put_number(wlan->settings, NAME_ENABLED, host_get_u32(data) != 0);

    *reason = kept ? HOSTED_SUCCESS : HOSTED_PERSISTENCE_FAILED;
    return kept ? ERROR_SUCCESS : ERROR_GEN_FAILURE;
}

static uint32_t set_property(struct wlan *wlan, uint32_t opcode, const uint8_t *bytes, size_t size, uint32_t *reason)
{
    struct host_decoder data;
    uint32_t error;

    host_decoder_init(&data, bytes, size);
    *reason = HOSTED_READ_ONLY;
    if (opcode == HOSTED_SECURITY_SETTINGS || opcode == HOSTED_STATION_PROFILE) return ERROR_NOT_SUPPORTED;
    *reason = HOSTED_BAD_PARAMETERS;
    if (opcode > HOSTED_ENABLE || size != (opcode == HOSTED_ENABLE ? 4 : SETTINGS_SIZE)) return ERROR_INVALID_PARAMETER;
    error = opcode == HOSTED_ENABLE ? set_enabled(wlan, &data, reason) : set_connection(wlan, &data, reason);
    /* "requires that the Hosted Network state be transitioned to wlan_hosted_network_idle" */
    if (!error && (opcode != HOSTED_ENABLE || !hosted_is_enabled(wlan))) hosted_end(wlan, HOSTED_PROPERTIES_CHANGE);
    return error;
}

uint32_t wlan_hosted_set(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                         struct host_encoder *values)
{
    uint32_t opcode = host_get_u32(arguments), reason, error;
    size_t size;
    const uint8_t *bytes = host_get_bytes(arguments, &size);

    (void)client;
    if (!wlan_arguments_end(arguments)) return WLAN_MALFORMED;
    pthread_mutex_lock(&wlan->hosted.operation);
    error = set_property(wlan, opcode, bytes, size, &reason);
    pthread_mutex_unlock(&wlan->hosted.operation);
    host_put_u32(values, reason);
    return error;
}

uint32_t wlan_hosted_initialize(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                                struct host_encoder *values)
{
    uint32_t reason;
    bool good;

    (void)client;
    if (!wlan_arguments_end(arguments)) return WLAN_MALFORMED;
    pthread_mutex_lock(&wlan->hosted.operation);
    good = hosted_init(wlan, &reason);
    pthread_mutex_unlock(&wlan->hosted.operation);
    host_put_u32(values, reason);
    return good ? ERROR_SUCCESS : ERROR_GEN_FAILURE;
}

uint32_t wlan_hosted_refresh(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                             struct host_encoder *values)
{
    uint32_t reason;
    bool good;

    (void)client;
    if (!wlan_arguments_end(arguments)) return WLAN_MALFORMED;
    pthread_mutex_lock(&wlan->hosted.operation);
    good = make_key(wlan, &reason);
    if (good) hosted_end(wlan, HOSTED_PROPERTIES_CHANGE);
    pthread_mutex_unlock(&wlan->hosted.operation);
    host_put_u32(values, reason);
    return good ? ERROR_SUCCESS : ERROR_GEN_FAILURE;
}

/* ---- The secondary key ---- */

static bool is_key(const uint8_t *bytes, size_t size, bool is_phrase)
{
    if (!size) return true;
    if (!is_phrase) return size == KEY_SIZE;
    if (size < PHRASE_LEAST || size > HOSTED_KEY_MAX || bytes[size - 1]) return false;
    for (size_t i = 0; i < size - 1; i++)
        if (bytes[i] < 0x20 || bytes[i] > 0x7e) return false;
    return true;
}

/* Keeps it, on the disk or in memory, in the place of what there was. No bytes: takes that away. */
static bool keep_secondary(struct wlan *wlan, const struct hosted_key *key)
{
    uint8_t kept[HOSTED_KEY_MAX + 1];
    bool good;

    kept[0] = key->is_phrase ? 'p' : 'k';
    memcpy(kept + 1, key->bytes, key->size);
    good = key->is_persistent && key->size ? kept_settings_put(wlan->settings, NAME_SECONDARY, kept, key->size + 1)
                                           : kept_settings_remove(wlan->settings, NAME_SECONDARY);
    explicit_bzero(kept, sizeof(kept));
    if (!good) return false;
    pthread_mutex_lock(&wlan->lock);
    explicit_bzero(&wlan->hosted.once, sizeof(wlan->hosted.once));
    if (!key->is_persistent) wlan->hosted.once = *key;
    pthread_mutex_unlock(&wlan->lock);
    return true;
}

uint32_t wlan_hosted_set_key(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                             struct host_encoder *values)
{
    struct hosted_key key = {.size = 0};
    uint32_t reason = HOSTED_SUCCESS, error;
    const uint8_t *bytes = host_get_bytes(arguments, &key.size);

    (void)client;
    key.is_phrase = host_get_bool(arguments);
    key.is_persistent = host_get_bool(arguments);
    if (!wlan_arguments_end(arguments)) return WLAN_MALFORMED;
    if (!is_key(bytes, key.size, key.is_phrase))
    {
        host_put_u32(values, HOSTED_BAD_PARAMETERS);
        return ERROR_INVALID_PARAMETER;
    }
    memcpy(key.bytes, bytes, key.size);
    pthread_mutex_lock(&wlan->hosted.operation);
    if (keep_secondary(wlan, &key))
        error = hosted_renew(wlan, &reason);
    else
    {
        error = ERROR_GEN_FAILURE;
        reason = HOSTED_PERSISTENCE_FAILED;
    }
    pthread_mutex_unlock(&wlan->hosted.operation);
    explicit_bzero(&key, sizeof(key));
    host_put_u32(values, reason);
    return error;
}

uint32_t wlan_hosted_get_key(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                             struct host_encoder *values)
{
    struct hosted_key key;

    (void)client;
    if (!wlan_arguments_end(arguments)) return WLAN_MALFORMED;
    get_secondary(wlan, &key);
    host_put_u32(values, HOSTED_SUCCESS);
    host_put_bytes(values, key.bytes, key.size);
    host_put_bool(values, key.is_phrase);
    host_put_bool(values, key.is_persistent);
    explicit_bzero(&key, sizeof(key));
    return ERROR_SUCCESS;
}
