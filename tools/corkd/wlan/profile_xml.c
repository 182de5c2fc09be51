/*
 * A WLANProfile as XML: read, rewritten, written.
 *
 * The text comes from programs, and may be anything: nothing is fetched, a document type is refused before its entities
 * are looked at, libxml2's limits of depth and size hold, and the size has one of its own.
 */
#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>

#include "corkd/wlan/profile_reasons.h"
#include "corkd/wlan/profile_schema.h"
#include "corkd/wlan/wlan_constants.h"

/* ---- Documents ---- */

/* A document type: its entities could be bombs, or files. */
static void refuse_document_type(void *context, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id)
{
    (void)name;
    (void)public_id;
    (void)system_id;
    xmlStopParser(context);
}

/* The document, or NULL; *memory is false where the reason is that there is none. What encoding it names is that of the
 * file that it came from: here it is UTF-8. Entities are read as characters: without a document type there are XML's
 * five, no others. */
static xmlDoc *read_document(const char *xml, size_t size, bool *memory)
{
    xmlParserCtxt *context;
    xmlDoc *document = NULL;

    *memory = true;
    if (!size || size > PROFILE_XML_MAX) return NULL;
    xmlInitParser();
    context = xmlNewParserCtxt();
    if (context)
    {
        context->sax->internalSubset = refuse_document_type;
        document = xmlCtxtReadMemory(context, xml, (int)size, NULL, NULL,
                                     XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA |
                                         XML_PARSE_IGNORE_ENC | XML_PARSE_NOENT);
    }
    if (context && (context->disableSAX || !context->nsWellFormed))
    {
        xmlFreeDoc(document);
        document = NULL;
    }
    *memory = context && context->lastError.code != XML_ERR_NO_MEMORY;
    xmlFreeParserCtxt(context);
    return document;
}

/* The first child of that name in v1's namespace. */
static xmlNode *child_of(const xmlNode *node, const char *name)
{
    xmlNode *child = node ? node->children : NULL;

    while (child && !profile_element_is(child, PROFILE_NAMESPACE_V1, name))
        child = child->next;
    return child;
}

/* ---- Reading ---- */

/* An 802.1X method's ConfigBlob without anything in it, wherever it stands. */
static bool has_empty_blob(const xmlNode *node)
{
    for (; node; node = node->next)
    {
        if (node->type != XML_ELEMENT_NODE) continue;
        if (!strcmp((const char *)node->name, "ConfigBlob") && !node->children) return true;
        if (has_empty_blob(node->children)) return true;
    }
    return false;
}

static uint32_t read_key(struct profile_document *document, profile_unprotect *unprotect, void *context)
{
    char key[PROFILE_KEY_SIZE];
    uint32_t reason;

    if (!document->material) return REASON_SUCCESS;
    if (!document->key_protected) return profile_check_key(document->profile, document->material);
    if (!unprotect || !unprotect(context, document->material, key)) return REASON_RAW_DATA;
    reason = profile_check_key(document->profile, key);
    explicit_bzero(key, sizeof(key));
    return reason;
}

static uint32_t read_profile(const xmlNode *root, profile_unprotect *unprotect, void *context,
                             struct wlan_profile *profile)
{
    struct profile_document document = {.profile = profile};
    uint32_t reason;

    if (!root || !profile_element_is(root, PROFILE_NAMESPACE_V1, "WLANProfile")) return REASON_PROFILE_MISSING;
    if (has_empty_blob(root)) return REASON_EMPTY_BLOB;
    reason = profile_read_elements(root, &document);
    if (!reason) reason = profile_check_rules(&document);
    if (!reason) reason = read_key(&document, unprotect, context);
    if (document.material)
    {
        explicit_bzero(document.material, strlen(document.material));
        xmlFree(document.material);
    }
    return reason;
}

uint32_t profile_parse(const char *xml, size_t size, profile_unprotect *unprotect, void *context,
                       struct wlan_profile **profile)
{
    bool memory;
    xmlDoc *document = read_document(xml, size, &memory);
    uint32_t reason = memory ? REASON_INVALID_SCHEMA : REASON_NO_MEMORY;

    *profile = NULL;
    if (!document) return reason;
    *profile = calloc(1, sizeof(**profile));
    reason = *profile ? read_profile(xmlDocGetRootElement(document), unprotect, context, *profile) : REASON_NO_MEMORY;
    xmlFreeDoc(document);
    if (reason)
    {
        profile_free(*profile);
        *profile = NULL;
    }
    return reason;
}

void profile_free(struct wlan_profile *profile)
{
    if (!profile) return;
    free(profile->ssids);
    explicit_bzero(profile, sizeof(*profile));
    free(profile);
}

/* ---- Rewriting ---- */

/* Sets what an element says. The text is escaped on its way out. */
static bool set_text(xmlNode *node, const char *text)
{
    xmlNode *child = xmlNewDocText(node->doc, (const xmlChar *)text);

    if (!child || !child->content)
    {
        xmlFreeNode(child);
        return false;
    }
    xmlFreeNodeList(node->children);
    node->children = node->last = NULL;
    return xmlAddChild(node, child) != NULL;
}

/* A new element in `parent`'s namespace, not yet in its place. libxml2 makes one without a name where memory ends. */
static xmlNode *new_element(const xmlNode *parent, const char *name)
{
    xmlNode *node = xmlNewDocNode(parent->doc, parent->ns, (const xmlChar *)name, NULL);

    if (node && node->name) return node;
    xmlFreeNode(node);
    return NULL;
}

/* A new element of v1 in front of `next`, or where that is NULL the last of `parent`. */
static bool add_element(xmlNode *parent, xmlNode *next, const char *name, const char *text)
{
    xmlNode *node = new_element(parent, name);

    if (!node) return false;
    if (!set_text(node, text) || !(next ? xmlAddPrevSibling(next, node) : xmlAddChild(parent, node)))
    {
        xmlFreeNode(node);
        return false;
    }
    return true;
}

/* "When an SSID is stored in a profile, the hex element is always generated." */
static bool add_hex(xmlNode *ssid)
{
    char hex[2 * WLAN_SSID_MAX + 1], *name;
    bool memory, good;
    xmlNode *node = child_of(ssid, "name");

    if (child_of(ssid, "hex") || !node) return true;
    name = profile_element_text(node, &memory);
    if (!name) return false;
    good = strlen(name) <= WLAN_SSID_MAX;
    if (good)
    {
        profile_hex_text((const uint8_t *)name, strlen(name), hex);
        good = add_element(ssid, node, "hex", hex);
    }
    xmlFree(name);
    return good;
}

static bool add_all_hex(const xmlNode *root)
{
    for (xmlNode *config = root->children; config; config = config->next)
    {
        if (!profile_element_is(config, PROFILE_NAMESPACE_V1, "SSIDConfig")) continue;
        for (xmlNode *ssid = config->children; ssid; ssid = ssid->next)
            if (profile_element_is(ssid, PROFILE_NAMESPACE_V1, "SSID") && !add_hex(ssid)) return false;
    }
    return true;
}

static bool set_mode(xmlNode *root, const char *mode)
{
    xmlNode *node = child_of(root, "connectionMode"), *type = child_of(root, "connectionType");

    if (node) return set_text(node, mode);
    if (!type) return false;
    return add_element(root, type->next, "connectionMode", mode);
}

static bool set_key(const xmlNode *root, const char *material, bool is_protected)
{
    const xmlNode *shared = child_of(child_of(child_of(root, "MSM"), "security"), "sharedKey");
    xmlNode *flag = child_of(shared, "protected"), *key = child_of(shared, "keyMaterial");

    return flag && key && set_text(flag, is_protected ? "true" : "false") && set_text(key, material);
}

static bool apply(xmlNode *root, const struct profile_edit *edit)
{
    xmlNode *name = child_of(root, "name");

    if (!add_all_hex(root)) return false;
    if (edit->name && !(name && set_text(name, edit->name))) return false;
    if (edit->mode && !set_mode(root, edit->mode)) return false;
    return !edit->material || set_key(root, edit->material, edit->is_protected);
}

char *profile_rewrite(const char *xml, size_t size, const struct profile_edit *edit)
{
    bool memory;
    xmlDoc *document = read_document(xml, size, &memory);
    xmlNode *root = document ? xmlDocGetRootElement(document) : NULL;
    char *text = NULL;

    if (root && apply(root, edit)) text = profile_document_text(document);
    xmlFreeDoc(document);
    return text;
}

/* ---- Writing ---- */

/* Adds an empty element at the end of `parent`, or is the root. */
static xmlNode *open_element(xmlNode *parent, const char *name)
{
    xmlNode *node = parent ? new_element(parent, name) : NULL;

    if (node && !xmlAddChild(parent, node))
    {
        xmlFreeNode(node);
        return NULL;
    }
    return node;
}

static bool write_ssids(xmlNode *root, const struct wlan_profile *profile)
{
    xmlNode *config = open_element(root, "SSIDConfig");

    for (size_t i = 0; config && i < profile->ssid_count; i++)
    {
        char hex[2 * WLAN_SSID_MAX + 1];
        xmlNode *ssid = open_element(config, "SSID");

        profile_hex_text(profile->ssids[i].bytes, profile->ssids[i].length, hex);
        if (!ssid || !add_element(ssid, NULL, "hex", hex)) return false;
    }
    return config && add_element(config, NULL, "nonBroadcast", profile->non_broadcast ? "true" : "false");
}

static bool write_security(xmlNode *security, const struct wlan_profile *profile)
{
    const char *auth = profile_auth_name(profile->auth), *cipher = profile_cipher_name(profile->cipher);
    bool phrase = profile->key_type == PROFILE_KEY_PASS_PHRASE;
    char index[2] = {(char)('0' + profile->key_index), 0};
    xmlNode *node = open_element(security, "authEncryption");

    if (!node || !auth || !cipher || !add_element(node, NULL, "authentication", auth)) return false;
    if (!add_element(node, NULL, "encryption", cipher) || !add_element(node, NULL, "useOneX", "false")) return false;
    if (!profile->key[0]) return true;
    node = open_element(security, "sharedKey");
    if (!node || !add_element(node, NULL, "keyType", phrase ? "passPhrase" : "networkKey")) return false;
    if (!add_element(node, NULL, "protected", "false") || !add_element(node, NULL, "keyMaterial", profile->key))
        return false;
    return profile->cipher != WLAN_CIPHER_WEP || add_element(security, NULL, "keyIndex", index);
}

static bool write_profile(xmlNode *root, const struct wlan_profile *profile)
{
    xmlNs *space = xmlNewNs(root, (const xmlChar *)PROFILE_NAMESPACE_V1, NULL);
    bool adhoc = profile->bss_type == BSS_INDEPENDENT;

    if (!space) return false;
    xmlSetNs(root, space);
    return add_element(root, NULL, "name", profile->name) && write_ssids(root, profile) &&
           add_element(root, NULL, "connectionType", adhoc ? "IBSS" : "ESS") &&
           add_element(root, NULL, "connectionMode", profile->automatic ? "auto" : "manual") &&
           (!profile->auto_switch || add_element(root, NULL, "autoSwitch", "true")) &&
           write_security(open_element(open_element(root, "MSM"), "security"), profile);
}

char *profile_write(const struct wlan_profile *profile)
{
    xmlDoc *document = xmlNewDoc((const xmlChar *)"1.0");
    xmlNode *root = document ? xmlNewDocNode(document, NULL, (const xmlChar *)"WLANProfile", NULL) : NULL;
    char *text = NULL;

    if (root) xmlDocSetRootElement(document, root);
    if (root && write_profile(root, profile)) text = profile_document_text(document);
    xmlFreeDoc(document);
    return text;
}
