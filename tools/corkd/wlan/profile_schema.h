/*
 * The inside of profile_xml.c: a WLANProfile's elements, in the schema's order.
 *
 * No Windows header, no lock. Everything but the document belongs to the caller.
 */
#ifndef CORKD_WLAN_PROFILE_SCHEMA_H
#define CORKD_WLAN_PROFILE_SCHEMA_H

#include <libxml/tree.h>

#include "corkd/wlan/profile.h"

#define PROFILE_NAMESPACE_V1 "http://www.microsoft.com/networking/WLAN/profile/v1"
#define PROFILE_NAMESPACE_V2 "http://www.microsoft.com/networking/WLAN/profile/v2"
#define PROFILE_NAMESPACE_V3 "http://www.microsoft.com/networking/WLAN/profile/v3"
#define PROFILE_NAMESPACE_V4 "http://www.microsoft.com/networking/WLAN/profile/v4"

/* DOT11_AUTH_ALGO_WPA3_ENT, which the air's elements do not tell from the others yet. */
#define PROFILE_AUTH_WPA3_ENT 11

/* What was said, beside the profile: the rules look at it. */
struct profile_document
{
    struct wlan_profile *profile;
    bool has_mode, has_msm, has_security, has_ihv, ihv_oui, ihv_security, ihv_connectivity;
    bool key_protected, fips, non_broadcast_differs;
    unsigned config_count; /* SSIDConfig elements read */
    bool has_pmk_mode;     /* PMKCacheMode was there */
    char *material;        /* keyMaterial as it stands; the reader's caller clears and frees it (xmlFree) */
    bool hotspot;          /* Hotspot2 was there */
};

/* Reads the elements below WLANProfile. REASON_SUCCESS, or what is against the schema. */
uint32_t profile_read_elements(const xmlNode *root, struct profile_document *document);
/* Holds them to what the pages say beside the schema, and completes the defaults. The key is not looked at. */
uint32_t profile_check_rules(struct profile_document *document);
/* Holds the key in clear to its kind of network, and brings WEP's keys to hexadecimal digits. */
uint32_t profile_check_key(struct wlan_profile *profile, const char *key);

/* An element's text, freed by xmlFree; NULL: it has elements in it, or there is no memory (*memory is false then). */
char *profile_element_text(const xmlNode *node, bool *memory);
bool profile_element_is(const xmlNode *node, const char *space, const char *name);
/* Bytes of hexadecimal digits; -1: they are none, or more than `room`. */
int profile_hex_bytes(const char *text, uint8_t *bytes, size_t room);
/* `count` bytes as digits: 2 * count + 1 bytes of text. */
void profile_hex_text(const uint8_t *bytes, size_t count, char *text);
/* profile_text.c: the document as text, without its comments and instructions; the caller frees it. NULL: no memory. */
char *profile_document_text(const xmlDoc *document);
/* The names of the numbers, as the schema has them; NULL: there is none. */
const char *profile_auth_name(uint32_t auth);
const char *profile_cipher_name(uint32_t cipher);

#endif
