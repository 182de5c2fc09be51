/*
 * Profiles: what a WLANProfile's XML says, taken apart (profile_xml.c), what wpa_supplicant is told of it
 * (profile_network.c), and the profiles that are kept (profile_store.c).
 *
 * Texts are UTF-8. No Windows header. A profile belongs to who got it, until profile_free; the store has a lock of its
 * own, under which nothing is waited for but the disk, and any thread may call it, with `lock` of wlan.h held or not.
 */
#ifndef CORKD_WLAN_PROFILE_H
#define CORKD_WLAN_PROFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corkd/wlan/elements.h"

#define PROFILE_XML_MAX   (256u << 10) /* bytes of a profile's XML as UTF-8 */
#define PROFILE_NAME_MAX  255          /* characters (UTF-16 units) of a profile's name */
#define PROFILE_NAME_SIZE 768          /* bytes of one as UTF-8, terminated */
#define PROFILE_KEY_SIZE  65           /* bytes of a key's text, terminated: 64 hexadecimal digits are the longest */
#define PROFILE_SSIDS_MAX 256          /* the schema's limit of SSID elements in all */
#define PROFILE_DATA_MAX  (64u << 10)  /* bytes of a profile's custom user data */
#define PROFILES_MAX      1024         /* that an interface may have */

/* Flags of a profile, as wlanapi.h has them. */
#define PROFILE_ALL_USER     0u
#define PROFILE_GROUP_POLICY 1u
#define PROFILE_USER         2u

struct profile_ssid
{
    uint8_t bytes[WLAN_SSID_MAX];
    uint8_t length; /* 1 to 32 */
};

enum profile_key_type
{
    PROFILE_KEY_NONE,
    PROFILE_KEY_NETWORK,     /* 10 or 26 hexadecimal digits or 5 or 13 characters (WEP), 64 digits (the PSK itself) */
    PROFILE_KEY_PASS_PHRASE, /* 8 to 63 printable ASCII characters */
};

struct wlan_profile
{
    char name[PROFILE_NAME_SIZE];
    struct profile_ssid *ssids; /* in the profile's order, at least one */
    size_t ssid_count;
    bool non_broadcast;    /* hidden: it has to be probed for by name */
    uint32_t bss_type;     /* BSS_INFRASTRUCTURE ("ESS") or BSS_INDEPENDENT ("IBSS") of wlan_constants.h */
    bool automatic;        /* connectionMode: auto rather than manual */
    bool auto_switch;      /* leave it for a network that is preferred to it */
    uint32_t phys;         /* bits 1 << enum wlan_phy of the phyTypes that are asked for; 0: any */
    uint32_t auth, cipher; /* enum wlan_auth, enum wlan_cipher (WEP is WLAN_CIPHER_WEP) */
    bool one_x;            /* useOneX: never true of a profile that was accepted */
    bool transition;       /* v4's transitionMode: WPA2-Personal too, where a WPA3-Personal network offers both */
    enum profile_key_type key_type;
    char key[PROFILE_KEY_SIZE]; /* in clear; empty where the profile has none: it is to be asked for */
    uint8_t key_index;          /* 0 to 3: which of WEP's keys it is */
    bool pmk_cache;             /* PMKCacheMode */
    uint32_t pmk_cache_minutes; /* PMKCacheTTL: 5 to 1440 */
    uint32_t pmk_cache_size;    /* 1 to 255 */
    bool pre_auth;              /* preAuthMode */
    uint32_t pre_auth_throttle; /* 1 to 16 */
    bool randomize_mac;         /* v3's MacRandomization: enableRandomization */
    uint32_t flags;             /* PROFILE_...: set by the store */
};

/* ---- profile_xml.c ---- */

/* Has the key in clear of a protected keyMaterial: `material` is its text, `key` has room for PROFILE_KEY_SIZE bytes.
 * False: it was not protected here. */
typedef bool profile_unprotect(void *context, const char *material, char *key);

/* profile_parse's own answers beside the reasons: no memory; an 802.1X method's ConfigBlob is empty, which
 * WlanSetProfile's page answers with ERROR_INVALID_PARAMETER. */
#define REASON_NO_MEMORY  0xffffffffu
#define REASON_EMPTY_BLOB 0xfffffffeu

/* Reads `size` bytes of XML and holds them to the schema and to the rules of the WLAN_profile pages. Returns
 * REASON_SUCCESS and a profile in *profile, which profile_free frees, or the WLAN_REASON_CODE that says what is wrong,
 * and NULL. `unprotect` NULL: a protected key is refused. */
uint32_t profile_parse(const char *xml, size_t size, profile_unprotect *unprotect, void *context,
                       struct wlan_profile **profile);
void profile_free(struct wlan_profile *profile);

struct profile_edit
{
    const char *name;     /* NULL: as it is */
    const char *mode;     /* connectionMode: "auto", "manual"; NULL: as it is */
    const char *material; /* NULL: the key stays as it is, or missing */
    bool is_protected;    /* whether `material` is */
};

/* A copy of an accepted profile's XML with other values, and with the hex element that an SSID may be lacking ("always
 * generated"). What else it has, other namespaces' elements too, stays. Returns a terminated text that the caller
 * frees; NULL: no memory. */
char *profile_rewrite(const char *xml, size_t size, const struct profile_edit *edit);
/* The XML of a profile that was made here (a discovery's), with its key in clear. Freed by the caller; NULL: no memory.
 */
char *profile_write(const struct wlan_profile *profile);

/* ---- profile_network.c ---- */

#define PROFILE_SETTINGS_MAX 20

/* What SET_NETWORK is to be told: one name with its value, quoted where wpa_supplicant wants it quoted. */
struct profile_setting
{
    const char *name;
    char value[160];
};

/* The settings of a network block for one of the profile's SSIDs, in the order in which they are to be set. Returns how
 * many there are; 0: the profile asks for 802.1X, or has no key where one is needed. `list` holds the key: clear it
 * afterwards (explicit_bzero). */
size_t profile_network(const struct wlan_profile *profile, const struct profile_ssid *ssid,
                       struct profile_setting list[PROFILE_SETTINGS_MAX]);

/* ---- profile_store.c ---- */

/* `interface` is its name in the kernel, which stays the same when its number does not. Errors are Windows'. */
struct profile_store;

/* One of the list's. */
struct profile_entry
{
    char name[PROFILE_NAME_SIZE];
    uint32_t flags;
};

/* Opens what is kept below `folder`. NULL: no memory. */
struct profile_store *profile_store_open(const char *folder);
void profile_store_close(struct profile_store *store);

/* The profile of that name (case counts), with its key in clear, in *profile: profile_free. ERROR_NOT_FOUND. */
uint32_t profile_store_find(struct profile_store *store, const char *interface, const char *name,
                            struct wlan_profile **profile);
/* All of an interface's, in the order of preference: *profiles is freed by the caller behind each of its profiles, or
 * by profile_list_free. */
uint32_t profile_store_all(struct profile_store *store, const char *interface, struct wlan_profile ***profiles,
                           size_t *count);
void profile_list_free(struct wlan_profile **profiles, size_t count);
/* Their names and flags, in that order: the caller frees *entries. */
uint32_t profile_store_list(struct profile_store *store, const char *interface, struct profile_entry **entries,
                            size_t *count);
/* Its XML with the key protected, or in clear: freed by the caller. */
uint32_t profile_store_xml(struct profile_store *store, const char *interface, const char *name, bool clear_key,
                           char **xml, uint32_t *flags);
/* What profile_store_set would make of the XML: ERROR_BAD_PROFILE and the reason, ERROR_NO_MATCH (FIPS mode),
 * ERROR_INVALID_PARAMETER (an empty ConfigBlob). */
uint32_t profile_store_parse(struct profile_store *store, const char *xml, size_t size, struct wlan_profile **profile,
                             uint32_t *reason);
/* Adds a profile behind the group policy's, or, with `overwrite`, replaces the one of its name where that stands;
 * `security` (NULL: as it was, or none) is its security descriptor string. The new profile's name goes to `name` of
 * PROFILE_NAME_SIZE bytes (NULL: not wanted). ERROR_BAD_PROFILE, and *reason says why; ERROR_ALREADY_EXISTS;
 * ERROR_DISK_FULL, ERROR_WRITE_FAULT: everything is as before. */
uint32_t profile_store_set(struct profile_store *store, const char *interface, const char *xml, size_t size,
                           uint32_t flags, const char *security, bool overwrite, uint32_t *reason, char *name);
/* ERROR_NOT_FOUND; ERROR_ACCESS_DENIED: a group policy profile, which "is read-only". The same for the next two. */
uint32_t profile_store_delete(struct profile_store *store, const char *interface, const char *name);
/* ERROR_ALREADY_EXISTS; ERROR_INVALID_PARAMETER: no profile can have that name. */
uint32_t profile_store_rename(struct profile_store *store, const char *interface, const char *name,
                              const char *new_name);
/* The security descriptor string of its own, freed by the caller, or NULL; its flags. */
uint32_t profile_store_security(struct profile_store *store, const char *interface, const char *name, char **security,
                                uint32_t *flags);
/* Its custom user data: `size` 0 is none. profile_store_data: ERROR_FILE_NOT_FOUND where there is none; freed by the
 * caller. */
uint32_t profile_store_set_data(struct profile_store *store, const char *interface, const char *name, const void *data,
                                size_t size);
uint32_t profile_store_data(struct profile_store *store, const char *interface, const char *name, void **data,
                            size_t *size);

/* ---- profile_order.c ---- */

/* All of an interface's profiles in another order. ERROR_NOT_FOUND: no profile has one of the names;
 * ERROR_INVALID_PARAMETER: a name stands there twice, or one is missing; ERROR_ACCESS_DENIED: "The position of group
 * policy profiles cannot be changed." */
uint32_t profile_store_set_order(struct profile_store *store, const char *interface, char *const *names, size_t count);
/* One profile to a place in the list, 0 the first. ERROR_INVALID_PARAMETER: the list is not as long. */
uint32_t profile_store_move(struct profile_store *store, const char *interface, const char *name, size_t position);

#endif
