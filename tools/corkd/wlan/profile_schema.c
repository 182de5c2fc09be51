/*
 * A WLANProfile's elements, in the schema's order ("WLAN_profile Schema Elements": "The ordering of elements is
 * enforced"). Each complex type is a table of what may stand in it.
 *
 * Where a WLAN_REASON_CODE names exactly what is wrong with a value, or which element is missing, that is the answer;
 * everything else that the schema does not allow is INVALID_PROFILE_SCHEMA.
 */
#include "corkd/wlan/profile_schema.h"

#include <stdlib.h>
#include <string.h>

#include "corkd/wlan/profile_reasons.h"
#include "corkd/wlan/wlan_constants.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

typedef uint32_t element_reader(const xmlNode *node, struct profile_document *document);

/* One element of a sequence. A rule without a name is a place for other namespaces' elements (xs:any ##other). */
struct rule
{
    const char *name;
    unsigned least, most;
    element_reader *read;      /* of a nameless rule: NULL, they are taken as they are */
    uint32_t missing, surplus; /* 0: INVALID_PROFILE_SCHEMA */
};

#define ANY_OTHER(reader)                                                                                              \
    {                                                                                                                  \
        NULL, 0, UINT32_MAX, reader, 0, 0                                                                              \
    }

/* ---- Values ---- */

bool profile_element_is(const xmlNode *node, const char *space, const char *name)
{
    return node->type == XML_ELEMENT_NODE && node->ns && node->ns->href &&
           !strcmp((const char *)node->ns->href, space) && !strcmp((const char *)node->name, name);
}

static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == 0;
}

char *profile_element_text(const xmlNode *node, bool *memory)
{
    char *text;

    *memory = true;
    for (const xmlNode *child = node->children; child; child = child->next)
        if (child->type == XML_ELEMENT_NODE || child->type == XML_ENTITY_REF_NODE) return NULL;
    text = (char *)xmlNodeGetContent(node);
    *memory = text != NULL;
    return text;
}

/* The text without the white space around it, as XML Schema's types but string have it. */
static char *collapsed(char *text)
{
    size_t length;

    text += strspn(text, " \t\r\n");
    for (length = strlen(text); length && strchr(" \t\r\n", text[length - 1]); length--)
        ;
    text[length] = 0;
    return text;
}

/* Calls `use` with the element's text; `wrong` is the answer where it refuses it. */
static uint32_t with_text(const xmlNode *node, bool (*use)(char *text, void *result), void *result, uint32_t wrong)
{
    bool memory, good;
    char *text = profile_element_text(node, &memory);

    if (!text) return memory ? REASON_INVALID_SCHEMA : REASON_NO_MEMORY;
    good = use(text, result);
    xmlFree(text);
    return good ? REASON_SUCCESS : wrong;
}

static bool use_boolean(char *text, void *result)
{
    bool *value = result;

    text = collapsed(text);
    *value = !strcmp(text, "true") || !strcmp(text, "1");
    return *value || !strcmp(text, "false") || !strcmp(text, "0");
}

static uint32_t read_boolean(const xmlNode *node, bool *value)
{
    return with_text(node, use_boolean, value, REASON_INVALID_SCHEMA);
}

struct range
{
    uint32_t least, most, value;
};

static bool use_number(char *text, void *result)
{
    struct range *range = result;
    unsigned long value;

    text = collapsed(text);
    if (*text == '+') text++;
    if (!*text || strspn(text, "0123456789") != strlen(text) || strlen(text) > 9) return false;
    value = strtoul(text, NULL, 10);
    range->value = (uint32_t)value;
    return value >= range->least && value <= range->most;
}

static uint32_t read_number(const xmlNode *node, uint32_t least, uint32_t most, uint32_t *value, uint32_t wrong)
{
    struct range range = {least, most, 0};
    uint32_t reason = with_text(node, use_number, &range, wrong);

    *value = range.value;
    return reason;
}

struct choice
{
    const char *name;
    uint32_t value;
};

struct choosing
{
    const struct choice *choices;
    size_t count;
    uint32_t value;
};

static bool use_choice(char *text, void *result)
{
    struct choosing *choosing = result;

    for (size_t i = 0; i < choosing->count; i++)
        if (!strcmp(choosing->choices[i].name, text))
        {
            choosing->value = choosing->choices[i].value;
            return true;
        }
    return false;
}

static uint32_t read_choice(const xmlNode *node, const struct choice *choices, size_t count, uint32_t *value,
                            uint32_t wrong)
{
    struct choosing choosing = {choices, count, 0};
    uint32_t reason = with_text(node, use_choice, &choosing, wrong);

    *value = choosing.value;
    return reason;
}

static const struct choice modes[] = {{"disabled", false}, {"enabled", true}};

static uint32_t read_mode(const xmlNode *node, bool *value, uint32_t wrong)
{
    uint32_t number, reason = read_choice(node, modes, COUNT_OF(modes), &number, wrong);

    *value = number != 0;
    return reason;
}

/* ---- Sequences ---- */

static uint32_t reason_or_schema(uint32_t reason)
{
    return reason ? reason : REASON_INVALID_SCHEMA;
}

static bool in_place(const xmlNode *node, const struct rule *rule)
{
    bool own = node->ns && node->ns->href && !strcmp((const char *)node->ns->href, PROFILE_NAMESPACE_V1);

    if (!rule->name) return !own && node->ns && node->ns->href;
    return own && !strcmp((const char *)node->name, rule->name);
}

/* Reads the children of `node` by `count` rules. */
static uint32_t read_sequence(const xmlNode *node, const struct rule *rules, size_t count,
                              struct profile_document *document)
{
    unsigned seen = 0;
    size_t at = 0;
    uint32_t reason;

    for (const xmlNode *child = node->children; child; child = child->next)
    {
        if (child->type == XML_COMMENT_NODE || child->type == XML_PI_NODE) continue;
        if (child->type != XML_ELEMENT_NODE)
        {
            if (!child->content || !is_blank((const char *)child->content)) return REASON_INVALID_SCHEMA;
            continue;
        }
        while (at < count && !in_place(child, &rules[at]))
        {
            if (seen < rules[at].least) return reason_or_schema(rules[at].missing);
            seen = 0;
            at++;
        }
        if (at == count) return REASON_INVALID_SCHEMA;
        if (++seen > rules[at].most) return reason_or_schema(rules[at].surplus);
        reason = rules[at].read ? rules[at].read(child, document) : REASON_SUCCESS;
        if (reason) return reason;
    }
    for (; at < count; at++, seen = 0)
        if (seen < rules[at].least) return reason_or_schema(rules[at].missing);
    return REASON_SUCCESS;
}

/* ---- SSIDs ---- */

static bool use_hex_ssid(char *text, void *result)
{
    struct profile_ssid *ssid = result;
    int length = profile_hex_bytes(collapsed(text), ssid->bytes, sizeof(ssid->bytes));

    ssid->length = length > 0 ? (uint8_t)length : 0;
    return length > 0;
}

/* The page: "converted to an SSID using Unicode to ASCII conversion", which loses what is not ASCII; here those
 * characters become UTF-8, which is what access points with such names send. */
static bool use_ssid_name(char *text, void *result)
{
    struct profile_ssid *ssid = result;
    size_t length = strlen(text);

    if (!length || length > WLAN_SSID_MAX) return false;
    if (ssid->length) return true; /* "the hex element is converted ... and the name element is ignored" */
    memcpy(ssid->bytes, text, length);
    ssid->length = (uint8_t)length;
    return true;
}

static struct profile_ssid *last_ssid(struct profile_document *document)
{
    return &document->profile->ssids[document->profile->ssid_count - 1];
}

static uint32_t read_ssid_hex(const xmlNode *node, struct profile_document *document)
{
    return with_text(node, use_hex_ssid, last_ssid(document), REASON_SSID_INVALID);
}

static uint32_t read_ssid_name(const xmlNode *node, struct profile_document *document)
{
    return with_text(node, use_ssid_name, last_ssid(document), REASON_SSID_INVALID);
}

static uint32_t read_ssid(const xmlNode *node, struct profile_document *document)
{
    static const struct rule rules[] = {
        {"hex", 0, 1, read_ssid_hex, 0, 0},
        {"name", 0, 1, read_ssid_name, 0, 0},
        ANY_OTHER(NULL),
    };
    struct wlan_profile *profile = document->profile;
    struct profile_ssid *ssids;
    uint32_t reason;

    if (profile->ssid_count == PROFILE_SSIDS_MAX) return REASON_TOO_MANY_SSID;
    ssids = realloc(profile->ssids, (profile->ssid_count + 1) * sizeof(*ssids));
    if (!ssids) return REASON_NO_MEMORY;
    profile->ssids = ssids;
    memset(&ssids[profile->ssid_count++], 0, sizeof(*ssids));
    reason = read_sequence(node, rules, COUNT_OF(rules), document);
    if (reason) return reason;
    return last_ssid(document)->length ? REASON_SUCCESS : REASON_SSID_INVALID;
}

static uint32_t read_non_broadcast(const xmlNode *node, struct profile_document *document)
{
    return read_boolean(node, &document->profile->non_broadcast);
}

static uint32_t read_ssid_config(const xmlNode *node, struct profile_document *document)
{
    static const struct rule rules[] = {
        {"SSID", 1, PROFILE_SSIDS_MAX, read_ssid, REASON_SSID_INVALID, REASON_TOO_MANY_SSID},
        {"nonBroadcast", 0, 1, read_non_broadcast, 0, 0},
        ANY_OTHER(NULL),
    };
    bool before = document->profile->non_broadcast;
    uint32_t reason;

    document->profile->non_broadcast = false;
    reason = read_sequence(node, rules, COUNT_OF(rules), document);
    if (document->config_count++ && before != document->profile->non_broadcast) document->non_broadcast_differs = true;
    return reason;
}

/* ---- Security ---- */

static const struct choice auths[] = {
    {"open", WLAN_AUTH_OPEN},
    {"shared", WLAN_AUTH_SHARED_KEY},
    {"WPA", WLAN_AUTH_WPA},
    {"WPAPSK", WLAN_AUTH_WPA_PSK},
    {"WPA2", WLAN_AUTH_RSNA},
    {"WPA2PSK", WLAN_AUTH_RSNA_PSK},
    {"WPA3SAE", WLAN_AUTH_WPA3_SAE},
    {"OWE", WLAN_AUTH_OWE},
    {"WPA3ENT192", WLAN_AUTH_WPA3_ENT_192},
    {"WPA3", WLAN_AUTH_WPA3_ENT_192},
    {"WPA3ENT", PROFILE_AUTH_WPA3_ENT},
};

static const struct choice ciphers[] = {
    {"none", WLAN_CIPHER_NONE}, {"WEP", WLAN_CIPHER_WEP},          {"TKIP", WLAN_CIPHER_TKIP},
    {"AES", WLAN_CIPHER_CCMP},  {"GCMP256", WLAN_CIPHER_GCMP_256},
};

static const char *choice_name(const struct choice *choices, size_t count, uint32_t value)
{
    for (size_t i = 0; i < count; i++)
        if (choices[i].value == value) return choices[i].name;
    return NULL;
}

const char *profile_auth_name(uint32_t auth)
{
    return choice_name(auths, COUNT_OF(auths), auth);
}

const char *profile_cipher_name(uint32_t cipher)
{
    return choice_name(ciphers, COUNT_OF(ciphers), cipher);
}

static uint32_t read_authentication(const xmlNode *node, struct profile_document *document)
{
    return read_choice(node, auths, COUNT_OF(auths), &document->profile->auth, REASON_UNSUPPORTED_AUTH);
}

static uint32_t read_encryption(const xmlNode *node, struct profile_document *document)
{
    return read_choice(node, ciphers, COUNT_OF(ciphers), &document->profile->cipher, REASON_UNSUPPORTED_CIPHER);
}

static uint32_t read_use_one_x(const xmlNode *node, struct profile_document *document)
{
    return read_boolean(node, &document->profile->one_x);
}

static uint32_t read_auth_extension(const xmlNode *node, struct profile_document *document)
{
    if (profile_element_is(node, PROFILE_NAMESPACE_V2, "FIPSMode")) return read_boolean(node, &document->fips);
    if (profile_element_is(node, PROFILE_NAMESPACE_V4, "transitionMode"))
        return read_boolean(node, &document->profile->transition);
    return REASON_SUCCESS;
}

static uint32_t read_auth_encryption(const xmlNode *node, struct profile_document *document)
{
    static const struct rule rules[] = {
        {"authentication", 1, 1, read_authentication, 0, 0},
        {"encryption", 1, 1, read_encryption, 0, 0},
        {"useOneX", 0, 1, read_use_one_x, 0, 0},
        ANY_OTHER(read_auth_extension),
    };

    return read_sequence(node, rules, COUNT_OF(rules), document);
}

static uint32_t read_key_type(const xmlNode *node, struct profile_document *document)
{
    static const struct choice types[] = {{"networkKey", PROFILE_KEY_NETWORK}, {"passPhrase", PROFILE_KEY_PASS_PHRASE}};
    uint32_t type, reason = read_choice(node, types, COUNT_OF(types), &type, REASON_INVALID_SCHEMA);

    document->profile->key_type = (enum profile_key_type)type;
    return reason;
}

static uint32_t read_protected(const xmlNode *node, struct profile_document *document)
{
    return read_boolean(node, &document->key_protected);
}

static uint32_t read_key_material(const xmlNode *node, struct profile_document *document)
{
    bool memory;

    document->material = profile_element_text(node, &memory);
    if (document->material) return REASON_SUCCESS;
    return memory ? REASON_INVALID_SCHEMA : REASON_NO_MEMORY;
}

static uint32_t read_shared_key(const xmlNode *node, struct profile_document *document)
{
    static const struct rule rules[] = {
        {"keyType", 1, 1, read_key_type, 0, 0},
        {"protected", 1, 1, read_protected, 0, 0},
        {"keyMaterial", 1, 1, read_key_material, 0, 0},
        ANY_OTHER(NULL),
    };

    return read_sequence(node, rules, COUNT_OF(rules), document);
}

static uint32_t read_key_index(const xmlNode *node, struct profile_document *document)
{
    uint32_t index, reason = read_number(node, 0, 3, &index, REASON_KEY_INDEX);

    document->profile->key_index = (uint8_t)index;
    return reason;
}

static uint32_t read_pmk_mode(const xmlNode *node, struct profile_document *document)
{
    document->has_pmk_mode = true;
    return read_mode(node, &document->profile->pmk_cache, REASON_PMK_MODE);
}

static uint32_t read_pmk_ttl(const xmlNode *node, struct profile_document *document)
{
    return read_number(node, 5, 1440, &document->profile->pmk_cache_minutes, REASON_PMK_TTL);
}

static uint32_t read_pmk_size(const xmlNode *node, struct profile_document *document)
{
    return read_number(node, 1, 255, &document->profile->pmk_cache_size, REASON_PMK_SIZE);
}

static uint32_t read_pre_auth(const xmlNode *node, struct profile_document *document)
{
    return read_mode(node, &document->profile->pre_auth, REASON_PRE_AUTH_MODE);
}

static uint32_t read_throttle(const xmlNode *node, struct profile_document *document)
{
    return read_number(node, 1, 16, &document->profile->pre_auth_throttle, REASON_PRE_AUTH_THROTTLE);
}

static uint32_t read_security(const xmlNode *node, struct profile_document *document)
{
    static const struct rule rules[] = {
        {"authEncryption", 1, 1, read_auth_encryption, REASON_NO_AUTH_CIPHER, REASON_TOO_MANY_AUTH_CIPHER},
        {"sharedKey", 0, 1, read_shared_key, 0, 0},
        {"keyIndex", 0, 1, read_key_index, 0, 0},
        {"PMKCacheMode", 0, 1, read_pmk_mode, 0, 0},
        {"PMKCacheTTL", 0, 1, read_pmk_ttl, 0, 0},
        {"PMKCacheSize", 0, 1, read_pmk_size, 0, 0},
        {"preAuthMode", 0, 1, read_pre_auth, 0, 0},
        {"preAuthThrottle", 0, 1, read_throttle, 0, 0},
        ANY_OTHER(NULL),
    };

    document->has_security = true;
    return read_sequence(node, rules, COUNT_OF(rules), document);
}

static uint32_t read_phy(const xmlNode *node, struct profile_document *document)
{
    static const struct choice phys[] = {
        {"a", WLAN_PHY_OFDM}, {"b", WLAN_PHY_HRDSSS}, {"g", WLAN_PHY_ERP}, {"n", WLAN_PHY_HT}};
    uint32_t phy, reason = read_choice(node, phys, COUNT_OF(phys), &phy, REASON_PHY_TYPE);

    document->profile->phys |= 1u << phy;
    return reason;
}

static uint32_t read_connectivity(const xmlNode *node, struct profile_document *document)
{
    static const struct rule rules[] = {{"phyType", 0, 4, read_phy, 0, 0}, ANY_OTHER(NULL)};

    return read_sequence(node, rules, COUNT_OF(rules), document);
}

static uint32_t read_msm(const xmlNode *node, struct profile_document *document)
{
    static const struct rule rules[] = {
        {"connectivity", 0, 1, read_connectivity, 0, 0},
        {"security", 0, 1, read_security, 0, 0},
        ANY_OTHER(NULL),
    };

    document->has_msm = true;
    return read_sequence(node, rules, COUNT_OF(rules), document);
}

/* ---- Hardware vendors' settings, of which there are none here ---- */

static uint32_t read_oui(const xmlNode *node, struct profile_document *document)
{
    (void)node;
    document->ihv_oui = true;
    return REASON_SUCCESS;
}

static uint32_t read_ihv_connectivity(const xmlNode *node, struct profile_document *document)
{
    (void)node;
    document->ihv_connectivity = true;
    return REASON_SUCCESS;
}

static uint32_t read_ihv_security(const xmlNode *node, struct profile_document *document)
{
    (void)node;
    document->ihv_security = true;
    return REASON_SUCCESS;
}

static uint32_t read_ihv_one_x(const xmlNode *node, struct profile_document *document)
{
    bool value;

    (void)document;
    return read_boolean(node, &value);
}

static uint32_t read_ihv(const xmlNode *node, struct profile_document *document)
{
    static const struct rule rules[] = {
        {"OUIHeader", 1, 1, read_oui, REASON_IHV_OUI_MISSING, 0},
        {"connectivity", 0, 1, read_ihv_connectivity, 0, 0},
        {"security", 0, 1, read_ihv_security, 0, 0},
        {"useMSOneX", 0, 1, read_ihv_one_x, 0, 0},
        ANY_OTHER(NULL),
    };

    document->has_ihv = true;
    return read_sequence(node, rules, COUNT_OF(rules), document);
}

/* ---- The profile ---- */

/* Units of UTF-16 that a text of UTF-8 takes. */
static size_t utf16_length(const char *text)
{
    size_t length = 0;

    for (; *text; text++)
        length += (*text & 0xc0) != 0x80 ? 1 + ((*text & 0xf8) == 0xf0) : 0;
    return length;
}

static bool use_name(char *text, void *result)
{
    char *name = result;
    size_t length = strlen(text);

    if (!length || length >= PROFILE_NAME_SIZE || utf16_length(text) > PROFILE_NAME_MAX) return false;
    memcpy(name, text, length + 1);
    return true;
}

static uint32_t read_name(const xmlNode *node, struct profile_document *document)
{
    return with_text(node, use_name, document->profile->name, REASON_PROFILE_NAME);
}

static uint32_t read_connection_type(const xmlNode *node, struct profile_document *document)
{
    static const struct choice types[] = {{"ESS", BSS_INFRASTRUCTURE}, {"IBSS", BSS_INDEPENDENT}};

    return read_choice(node, types, COUNT_OF(types), &document->profile->bss_type, REASON_BSS_TYPE);
}

static uint32_t read_connection_mode(const xmlNode *node, struct profile_document *document)
{
    static const struct choice choices[] = {{"auto", true}, {"manual", false}};
    uint32_t automatic, reason = read_choice(node, choices, COUNT_OF(choices), &automatic, REASON_INVALID_SCHEMA);

    document->has_mode = true;
    document->profile->automatic = automatic != 0;
    return reason;
}

static uint32_t read_auto_switch(const xmlNode *node, struct profile_document *document)
{
    return read_boolean(node, &document->profile->auto_switch);
}

static uint32_t read_hotspot(const xmlNode *node, struct profile_document *document)
{
    (void)node;
    document->hotspot = true;
    return REASON_SUCCESS;
}

/* v3's MacRandomization has elements of its own namespace. */
static uint32_t read_profile_extension(const xmlNode *node, struct profile_document *document)
{
    uint32_t reason = REASON_SUCCESS;

    if (!profile_element_is(node, PROFILE_NAMESPACE_V3, "MacRandomization")) return REASON_SUCCESS;
    for (const xmlNode *child = node->children; child && !reason; child = child->next)
        if (profile_element_is(child, PROFILE_NAMESPACE_V3, "enableRandomization"))
            reason = read_boolean(child, &document->profile->randomize_mac);
    return reason;
}

uint32_t profile_read_elements(const xmlNode *root, struct profile_document *document)
{
    static const struct rule rules[] = {
        {"name", 1, 1, read_name, REASON_PROFILE_NAME, 0},
        {"SSIDConfig", 1, PROFILE_SSIDS_MAX, read_ssid_config, REASON_SSID_INVALID, REASON_TOO_MANY_SSID},
        {"Hotspot2", 0, 1, read_hotspot, 0, 0},
        {"connectionType", 1, 1, read_connection_type, 0, 0},
        {"connectionMode", 0, 1, read_connection_mode, 0, 0},
        {"autoSwitch", 0, 1, read_auto_switch, 0, 0},
        ANY_OTHER(read_profile_extension),
        {"MSM", 0, 1, read_msm, 0, 0},
        {"IHV", 0, 1, read_ihv, 0, 0},
        ANY_OTHER(read_profile_extension),
    };

    return read_sequence(root, rules, COUNT_OF(rules), document);
}
