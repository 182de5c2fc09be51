/* wpa_supplicant's P2P device. */
#include "corkd/wlan/direct_device.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GROUP_CAPABILITY_OWNER 1

const char *direct_address_text(const uint8_t address[6], char *text)
{
    snprintf(text, 18, "%02x:%02x:%02x:%02x:%02x:%02x", address[0], address[1], address[2], address[3], address[4],
             address[5]);
    return text;
}

bool direct_device(struct supplicant *supplicant, char *name)
{
    char names[16][CONTROL_IFNAME_SIZE], reply[SUPPLICANT_REPLY_SIZE], address[18];
    size_t count = supplicant_names(supplicant, names, 16);

    /* Drivers that have a device of its own for it have an interface of that name; others do it on the station's. */
    for (size_t i = 0; i < count; i++)
        if (!strncmp(names[i], "p2p-dev-", 8))
        {
            strcpy(name, names[i]);
            return true;
        }
    for (size_t i = 0; i < count; i++)
        if (strncmp(names[i], "p2p-", 4) != 0 &&
            supplicant_ask(supplicant, names[i], reply, "STATUS") == SUPPLICANT_OK &&
            supplicant_line(reply, "p2p_device_address", address, sizeof(address)))
        {
            strcpy(name, names[i]);
            return true;
        }
    return false;
}

static bool read_peer(const char *reply, struct direct_peer *peer)
{
    char capability[16] = "", level[16] = "";

    memset(peer->name, 0, sizeof(peer->name));
    memset(peer->device_type, 0, sizeof(peer->device_type));
    if (!control_parse_address(reply, peer->address)) return false;
    supplicant_line(reply, "device_name", peer->name, sizeof(peer->name));
    supplicant_line(reply, "pri_dev_type", peer->device_type, sizeof(peer->device_type));
    if (supplicant_line(reply, "group_capab", capability, sizeof(capability)))
        peer->is_owner = strtoul(capability, NULL, 0) & GROUP_CAPABILITY_OWNER;
    peer->is_member = !peer->is_owner && supplicant_line(reply, "member_in_go_dev", level, sizeof(level)) &&
                      strcmp(level, "00:00:00:00:00:00") != 0;
    /* One that only asked around has no listening frequency yet. */
    return !supplicant_line(reply, "listen_freq", level, sizeof(level)) || strcmp(level, "0") != 0 || peer->is_owner;
}

bool direct_find_peer(struct supplicant *supplicant, const char *device, const uint8_t address[6],
                      struct direct_peer *peer)
{
    char reply[SUPPLICANT_REPLY_SIZE], text[18];

    memset(peer, 0, sizeof(*peer));
    return supplicant_ask(supplicant, device, reply, "P2P_PEER %s", direct_address_text(address, text)) ==
               SUPPLICANT_OK &&
           read_peer(reply, peer);
}

size_t direct_peers(struct supplicant *supplicant, const char *device, struct direct_peer *peers, size_t room)
{
    char reply[SUPPLICANT_REPLY_SIZE], address[18];
    size_t count = 0;
    enum supplicant_result result = supplicant_ask(supplicant, device, reply, "P2P_PEER FIRST");

    while (count < room && result == SUPPLICANT_OK)
    {
        struct direct_peer peer = {0};
        bool seen = read_peer(reply, &peer);

        if (!control_parse_address(reply, peer.address)) break;
        if (seen) peers[count++] = peer;
        result =
            supplicant_ask(supplicant, device, reply, "P2P_PEER NEXT-%s", direct_address_text(peer.address, address));
    }
    return count;
}

/* Whether the network of that number is a group with the peer: the peer owns it, or is among those who were in it. */
static bool is_group_with(struct supplicant *supplicant, const char *device, int number, const uint8_t address[6])
{
    char reply[SUPPLICANT_REPLY_SIZE], text[18];
    uint8_t owner[6];

    direct_address_text(address, text);
    if (supplicant_ask(supplicant, device, reply, "GET_NETWORK %d bssid", number) == SUPPLICANT_OK &&
        control_parse_address(reply, owner) && !memcmp(owner, address, 6))
        return true;
    return supplicant_ask(supplicant, device, reply, "GET_NETWORK %d p2p_client_list", number) == SUPPLICANT_OK &&
           strstr(reply, text);
}

int direct_persistent_group(struct supplicant *supplicant, const char *device, const uint8_t address[6])
{
    char reply[SUPPLICANT_REPLY_SIZE];

    if (supplicant_ask(supplicant, device, reply, "LIST_NETWORKS") != SUPPLICANT_OK) return -1;
    for (const char *line = reply; *line;)
    {
        const char *end = line + strcspn(line, "\n"), *flag = strstr(line, "[P2P-PERSISTENT]");
        int number = atoi(line);

        if (*line >= '0' && *line <= '9' && flag && flag < end && is_group_with(supplicant, device, number, address))
            return number;
        line = end + (*end == '\n');
    }
    return -1;
}
