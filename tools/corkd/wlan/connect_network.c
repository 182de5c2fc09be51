/*
 * Connecting: the network block that corkd has in wpa_supplicant.
 *
 * SELECT_NETWORK switches all others off. Which those were is noted down, in the block's own mark too, so that they
 * come back: when the connection has ended, and where corkd is killed, at the start of the next one. Nothing is saved
 * in wpa_supplicant's configuration file.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "corkd/wlan/connect.h"

/* ---- Whose it is ---- */

/* When a process has begun, in ticks since the kernel has: 0 where there is none of that number. */
static unsigned long long started_at(long process)
{
    unsigned long long started = 0;
    char path[40], line[1024], *at;
    FILE *file;

    snprintf(path, sizeof(path), "/proc/%ld/stat", process);
    file = fopen(path, "re");
    if (!file) return 0;
    /* The second word, a name in parentheses, may have spaces. The 22nd is the time. */
    at = fgets(line, sizeof(line), file) ? strrchr(line, ')') : NULL;
    fclose(file);
    for (int word = 2; at && word < 22; word++)
    {
        at = strchr(at, ' ');
        if (at) at++;
    }
    if (at) started = strtoull(at, NULL, 10);
    return started;
}

/* ---- What there is ---- */

/* An answer has no room for all; each goes on where the one before has ended. */
void wlan_for_networks(struct wlan *wlan, const char *name, void (*each)(void *context, const struct network_line *),
                       void *context)
{
    char reply[SUPPLICANT_REPLY_SIZE];
    struct network_line line;
    int last = -1, before;

    do
    {
        const char *at = reply;
        enum supplicant_result result =
            last < 0 ? supplicant_ask(wlan->supplicant, name, reply, "LIST_NETWORKS")
                     : supplicant_ask(wlan->supplicant, name, reply, "LIST_NETWORKS LAST_ID=%d", last);

        before = last;
        if (result != SUPPLICANT_OK) return;
        while (network_list_next(&at, &line))
        {
            if (line.id <= last) continue;
            last = line.id;
            each(context, &line);
        }
    }
    while (last > before);
}

static void note_displaced(void *context, const struct network_line *line)
{
    struct wlan_link *link = context;

    if (line->enabled && line->id != link->network && link->displaced_count < CONNECT_DISPLACED_MAX)
        link->displaced[link->displaced_count++] = line->id;
}

/* What it would connect to by itself. */
static bool is_active(struct wlan *wlan, const char *name)
{
    char reply[SUPPLICANT_REPLY_SIZE], state[32] = "";

    if (supplicant_ask(wlan->supplicant, name, reply, "STATUS") != SUPPLICANT_OK) return false;
    supplicant_line(reply, "wpa_state", state, sizeof(state));
    return strcmp(state, "DISCONNECTED") && strcmp(state, "INACTIVE") && strcmp(state, "INTERFACE_DISABLED");
}

/* ---- Ours ---- */

static bool set(struct wlan *wlan, const struct wlan_link *link, const char *name, const char *value)
{
    return supplicant_ask_ok(wlan->supplicant, link->name, "SET_NETWORK %d %s %s", link->network, name, value) ==
           SUPPLICANT_OK;
}

static bool set_profile(struct wlan *wlan, const struct wlan_link *link)
{
    struct profile_setting settings[PROFILE_SETTINGS_MAX];
    struct profile_ssid ssid = {.length = (uint8_t)link->target->ssid_length};
    size_t count;
    bool good;

    memcpy(ssid.bytes, link->target->ssid, link->target->ssid_length);
    count = profile_network(link->target->wanted, &ssid, settings);
    good = count > 0;
    for (size_t i = 0; i < count && good; i++)
        good = set(wlan, link, settings[i].name, settings[i].value);
    explicit_bzero(settings, sizeof(settings));
    return good;
}

/* The access points that it may be. The setting has had two names. */
static bool set_bssids(struct wlan *wlan, const struct wlan_link *link)
{
    char text[CONNECT_BSSIDS_MAX * 18 + 1], *at = text;

    if (!link->target->bssid_count) return true;
    for (size_t i = 0; i < link->target->bssid_count; i++)
    {
        const uint8_t *bssid = link->target->bssids[i];

        at += snprintf(at, 19, "%s%02x:%02x:%02x:%02x:%02x:%02x", i ? " " : "", bssid[0], bssid[1], bssid[2], bssid[3],
                       bssid[4], bssid[5]);
    }
    return set(wlan, link, "bssid_accept", text) || set(wlan, link, "bssid_whitelist", text);
}

/* False: so much is displaced that it could not be brought back. */
static bool set_mark(struct wlan *wlan, struct wlan_link *link)
{
    struct network_mark mark = {.process = getpid(), .resume = link->resume, .displaced = link->displaced};
    char text[NETWORK_MARK_SIZE], value[NETWORK_MARK_SIZE + 2];

    mark.started = started_at(mark.process);
    mark.count = link->displaced_count;
    if (!network_mark_write(&mark, text)) return false;
    snprintf(value, sizeof(value), "\"%s\"", text);
    return set(wlan, link, "id_str", value);
}

static bool add(struct wlan *wlan, struct wlan_link *link)
{
    char reply[SUPPLICANT_REPLY_SIZE], *end;
    long number;

    if (supplicant_ask(wlan->supplicant, link->name, reply, "ADD_NETWORK") != SUPPLICANT_OK) return false;
    number = strtol(reply, &end, 10);
    if (end == reply || *end || number < 0) return false;
    link->network = (int)number;
    return true;
}

uint32_t connect_network_select(struct wlan *wlan, struct wlan_link *link)
{
    if (link->target->failure) return link->target->failure;
    if (!add(wlan, link)) return REASON_DRIVER_OPERATION_FAILURE;
    /* What an earlier one of ours displaced is noted down already. */
    if (!link->displaced_count)
    {
        link->resume |= is_active(wlan, link->name);
        wlan_for_networks(wlan, link->name, note_displaced, link);
    }
    if (set_mark(wlan, link) && set_profile(wlan, link) && set_bssids(wlan, link) &&
        supplicant_ask_ok(wlan->supplicant, link->name, "SELECT_NETWORK %d", link->network) == SUPPLICANT_OK)
        return REASON_SUCCESS;
    return REASON_DRIVER_OPERATION_FAILURE;
}

static void switch_on(struct wlan *wlan, const char *name, const int *displaced, unsigned count, bool resume)
{
    for (unsigned i = 0; i < count; i++)
        supplicant_ask_ok(wlan->supplicant, name, "ENABLE_NETWORK %d no-connect", displaced[i]);
    if (resume) supplicant_ask_ok(wlan->supplicant, name, "RECONNECT");
}

void connect_network_remove(struct wlan *wlan, struct wlan_link *link, bool restore)
{
    if (link->network >= 0) supplicant_ask_ok(wlan->supplicant, link->name, "REMOVE_NETWORK %d", link->network);
    link->network = -1;
    if (!restore) return;
    switch_on(wlan, link->name, link->displaced, link->displaced_count, link->resume);
    link->displaced_count = 0;
    link->resume = false;
}

/* ---- What is left of another ---- */

struct leftovers
{
    struct wlan *wlan;
    const char *name;
};

static void clean_network(void *context, const struct network_line *line)
{
    const struct leftovers *leftovers = context;
    struct supplicant *supplicant = leftovers->wlan->supplicant;
    int displaced[CONNECT_DISPLACED_MAX];
    struct network_mark mark = {.displaced = displaced, .room = CONNECT_DISPLACED_MAX};
    char reply[SUPPLICANT_REPLY_SIZE];

    if (supplicant_ask(supplicant, leftovers->name, reply, "GET_NETWORK %d id_str", line->id) != SUPPLICANT_OK ||
        !network_mark_read(reply, &mark) || started_at(mark.process) == mark.started)
        return;
    host_log("%s: network %d, which a corkd has left that did not end by itself, is removed", leftovers->name,
             line->id);
    supplicant_ask_ok(supplicant, leftovers->name, "REMOVE_NETWORK %d", line->id);
    switch_on(leftovers->wlan, leftovers->name, mark.displaced, mark.count, mark.resume);
}

void connect_network_clean(struct wlan *wlan, const char *name)
{
    struct leftovers leftovers = {wlan, name};

    wlan_for_networks(wlan, name, clean_network, &leftovers);
}
