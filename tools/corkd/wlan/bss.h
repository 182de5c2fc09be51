/*
 * The networks that a radio hears: wpa_supplicant's answers to BSS, taken apart.
 *
 * No Windows header, no lock; the only memory is a record's elements.
 */
#ifndef CORKD_WLAN_BSS_H
#define CORKD_WLAN_BSS_H

#include "corkd/wlan/elements.h"

#define BSS_ELEMENTS_MAX 4096 /* bytes of a network's elements; with more it is left out */

/* Bits of a network's capabilities. */
#define CAPABILITY_ESS     0x0001
#define CAPABILITY_IBSS    0x0002
#define CAPABILITY_PRIVACY 0x0010

/* One basic service set. */
struct wlan_bss
{
    uint32_t id; /* wpa_supplicant's, which grows */
    uint8_t address[6];
    uint32_t frequency; /* MHz */
    uint16_t beacon_interval, capabilities;
    int32_t level;      /* dBm */
    uint64_t timestamp; /* of its own clock, microseconds */
    uint32_t age;       /* seconds since it was heard, when it was asked for */
    bool is_mesh;
    uint8_t *elements; /* the record's; bss_free */
    size_t element_size;
};

/* Reads one record: the lines up to "====" or, behind the last, "####", or to the end, of a terminated answer to "BSS
 * ... MASK=...". *rest is behind it. `whole` is false where the answer ends without those: wpa_supplicant's buffer was
 * full. Returns false where the lines are no network; then there is nothing to free. */
bool bss_read(const char *text, const char **rest, bool *whole, struct wlan_bss *bss);
void bss_free(struct wlan_bss *bss);

/* BSS_INFRASTRUCTURE or BSS_INDEPENDENT. */
uint32_t bss_type(const struct wlan_bss *bss);
/* 0 to 100 as WLAN_SIGNAL_QUALITY's page has it: -100 dBm is 0, -50 dBm is 100, linear between them. */
uint32_t bss_quality(int32_t level);

#endif
