/*
 * What wpa_supplicant's P2P device is asked: peers, persistent groups, commands.
 *
 * None of these locks; each sends commands and waits for their answers.
 */
#ifndef CORKD_WLAN_DIRECT_DEVICE_H
#define CORKD_WLAN_DIRECT_DEVICE_H

#include "corkd/wlan/supplicant.h"

struct direct_peer
{
    uint8_t address[6];
    char name[64];        /* UTF-8, as the peer has it */
    char device_type[24]; /* "1-0050F204-1" */
    bool is_owner;        /* of a group, now */
    bool is_member;       /* of a group, as its client */
};

/* The control interface of the P2P device, into `name` of CONTROL_IFNAME_SIZE bytes. False: there is none. */
bool direct_device(struct supplicant *supplicant, char *name);
/* What is known of a peer. False: it has not been seen, or only in a probe request, which is not enough to connect to
 * it. */
bool direct_find_peer(struct supplicant *supplicant, const char *device, const uint8_t address[6],
                      struct direct_peer *peer);
/* The peers that have been seen, up to `room`. Returns how many. */
size_t direct_peers(struct supplicant *supplicant, const char *device, struct direct_peer *peers, size_t room);
/* The number of the persistent group with that peer, or -1. */
int direct_persistent_group(struct supplicant *supplicant, const char *device, const uint8_t address[6]);
/* "xx:xx:xx:xx:xx:xx", into `text` of 18 bytes; returns it. */
const char *direct_address_text(const uint8_t address[6], char *text);

#endif
