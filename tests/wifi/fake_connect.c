/* The fake wpa_supplicant's network blocks. */
#include "fake_connect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCKS_MAX 32
#define TEXT_SIZE  640
#define LINE_SIZE  1024

static struct block
{
    bool used, enabled;
    char ssid[80], key[80], mark[TEXT_SIZE];
} blocks[BLOCKS_MAX] = {{true, true, "Home", "", ""}, {true, false, "Work", "", ""}};

static int selected = -1; /* what it is connected to, or was told to connect to */
static bool is_connected, is_off;

#define ADDRESS "02:10:00:00:00:00"
#define OTHER   "02:10:00:00:00:01"
#define TRYING(address)                                                                                                \
    "<3>SME: Trying to authenticate with " address " (SSID='%s' freq=2437 MHz)",                                       \
        "<3>Trying to associate with " address " (SSID='%s' freq=2437 MHz)"
#define ASSOCIATED(address)  "<3>Associated with " address, "<3>CTRL-EVENT-SUBNET-STATUS-UPDATE status=0"
#define CONNECTED(address)   "<3>CTRL-EVENT-CONNECTED - Connection to " address " completed [id=%d id_str=x]"
#define DISCONNECTED(reason) "<3>CTRL-EVENT-DISCONNECTED bssid=" ADDRESS " reason=" reason
#define REFUSED              TRYING(ADDRESS), "<3>CTRL-EVENT-ASSOC-REJECT bssid=" ADDRESS " status_code=17"
#define NOT_FOUND            "<3>CTRL-EVENT-SCAN-STARTED ", "<3>CTRL-EVENT-NETWORK-NOT-FOUND "
#define JOIN                 TRYING(ADDRESS), ASSOCIATED(ADDRESS), CONNECTED(ADDRESS)

/* What is said: %s is the SSID, %d the block. */
static const struct script
{
    const char *ssid;
    bool connects;
    const char *lines[24];
} scripts[] = {
    {"Silent", false, {NULL}},
    {"Missing", false, {NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND}},
    {"Refuses", false, {REFUSED, REFUSED, REFUSED, REFUSED}},
    {"Twice",
     true,
     {DISCONNECTED("3"), "<3>CTRL-EVENT-ASSOC-REJECT", "<3>SME: Deauth request to the driver failed", JOIN, JOIN,
      "<3>CTRL-EVENT-CONNECTED", "<3>CTRL-EVENT-SSID-TEMP-DISABLED id=%d reason=WRONG_KEY",
      "<3>CTRL-EVENT-NETWORK-NOT-FOUND "}},
    {"Lost", false, {JOIN, DISCONNECTED("4")}},
    {"Roams", true, {JOIN, TRYING(OTHER), ASSOCIATED(OTHER), CONNECTED(OTHER)}},
    {"Taken",
     true,
     {JOIN, "<3>Trying to associate with " OTHER " (SSID='Home' freq=2437 MHz)", "<3>Associated with " OTHER,
      "<3>CTRL-EVENT-CONNECTED - Connection to " OTHER " completed [id=0 id_str=]"}},
    {"Off", false, {TRYING(ADDRESS), "<3>INTERFACE-DISABLED "}},
    {"Weak", true, {JOIN, "<3>CTRL-EVENT-SIGNAL-CHANGE above=0 signal=-75 noise=-95 txrate=6000"}},
};

static const struct script joins = {NULL, true, {JOIN}};
static const struct script wrong_key = {
    NULL,
    false,
    {TRYING(ADDRESS), ASSOCIATED(ADDRESS), DISCONNECTED("15"),
     "<3>WPA: 4-Way Handshake failed - pre-shared key may be incorrect",
     "<3>CTRL-EVENT-SSID-TEMP-DISABLED id=%d ssid=\"x\" auth_failures=1 duration=10 reason=WRONG_KEY"}};

/* ---- Answers ---- */

static int new_block(void)
{
    for (int i = 0; i < BLOCKS_MAX; i++)
        if (!blocks[i].used)
        {
            memset(&blocks[i], 0, sizeof(blocks[i]));
            blocks[i].used = true;
            return i;
        }
    return -1;
}

static struct block *block_of(const char *number)
{
    int id = atoi(number);

    return id >= 0 && id < BLOCKS_MAX && blocks[id].used ? &blocks[id] : NULL;
}

static void unhex(const char *text, char *ssid, size_t room)
{
    unsigned byte;

    for (; room > 1 && sscanf(text, "%2x", &byte) == 1; text += 2, room--)
        *ssid++ = (char)byte;
    *ssid = 0;
}

static bool set(const char *arguments)
{
    struct block *block = block_of(arguments);
    char name[32], value[TEXT_SIZE];

    if (!block || sscanf(arguments, "%*d %31s %639[^\n]", name, value) != 2) return false;
    if (!strcmp(name, "ssid")) unhex(value, block->ssid, sizeof(block->ssid));
    if (!strcmp(name, "psk")) snprintf(block->key, sizeof(block->key), "%.79s", value);
    if (!strcmp(name, "id_str")) snprintf(block->mark, sizeof(block->mark), "%s", value);
    return strcmp(name, "bssid_accept") != 0; /* an older one, which has the setting's older name */
}

static void list(char *answer, size_t size)
{
    size_t length = (size_t)snprintf(answer, size, "network id / ssid / bssid / flags\n");

    for (int i = 0; i < BLOCKS_MAX && length < size; i++)
        if (blocks[i].used)
            length += (size_t)snprintf(answer + length, size - length, "%d\t%s\tany\t%s%s\n", i, blocks[i].ssid,
                                       i == selected && is_connected ? "[CURRENT]" : "",
                                       blocks[i].enabled ? "" : "[DISABLED]");
}

static void status(char *answer, size_t size)
{
    size_t length = 0;

    if (is_connected && selected >= 0)
        length = (size_t)snprintf(answer, size,
                                  "bssid=" ADDRESS "\nfreq=2437\nssid=%s\nid=%d\nmode=station\npairwise_cipher=CCMP\n"
                                  "group_cipher=CCMP\nkey_mgmt=%s\n",
                                  blocks[selected].ssid, selected, blocks[selected].key[0] ? "WPA2-PSK" : "NONE");
    snprintf(answer + length, size - length,
             "wpa_state=%s\np2p_device_address=02:00:00:00:00:ff\n"
             "address=02:00:00:00:00:ff\n",
             is_off         ? "INTERFACE_DISABLED"
             : is_connected ? "COMPLETED"
                            : "DISCONNECTED");
}

static const struct script *script_of(int id)
{
    if (!strcmp(blocks[id].key, "\"wrong key!\"")) return &wrong_key;
    for (size_t i = 0; i < sizeof(scripts) / sizeof(scripts[0]); i++)
        if (!strcmp(scripts[i].ssid, blocks[id].ssid)) return &scripts[i];
    return &joins;
}

static bool select_block(const char *number)
{
    struct block *block = block_of(number);

    if (!block) return false;
    for (int i = 0; i < BLOCKS_MAX; i++)
        blocks[i].enabled = false;
    block->enabled = true;
    selected = (int)(block - blocks);
    is_connected = script_of(selected)->connects;
    return true;
}

static bool remove_block(const char *number)
{
    struct block *block = block_of(number);

    if (!block) return false;
    block->used = block->enabled = false;
    if (block - blocks == selected) is_connected = false;
    if (block - blocks == selected) selected = -1;
    return true;
}

static bool enable_block(const char *number)
{
    struct block *block = block_of(number);

    if (block) block->enabled = true;
    return block != NULL;
}

static const char *begins(const char *command, const char *name)
{
    return strncmp(command, name, strlen(name)) ? NULL : command + strlen(name);
}

/* Commands whose answer is OK or FAIL. */
static bool answer_simple(const char *command, bool *good)
{
    const char *rest;

    if ((rest = strstr(command, "_NETWORK ")) && !block_of(rest + 9)) return false;
    if ((rest = begins(command, "SET_NETWORK ")))
        *good = set(rest);
    else if ((rest = begins(command, "SELECT_NETWORK ")))
        *good = select_block(rest);
    else if ((rest = begins(command, "REMOVE_NETWORK ")))
        *good = remove_block(rest);
    else if ((rest = begins(command, "ENABLE_NETWORK ")))
        *good = enable_block(rest);
    else
        *good = true;
    return rest || !strcmp(command, "DISCONNECT") || !strcmp(command, "RECONNECT") || begins(command, "SIGNAL_MONITOR");
}

bool connect_answer(const char *command, char *answer, size_t size)
{
    const char *rest;
    bool good;

    if (!strcmp(command, "STATUS"))
        status(answer, size);
    else if (!strcmp(command, "ADD_NETWORK"))
        snprintf(answer, size, "%d\n", new_block());
    else if (begins(command, "LIST_NETWORKS LAST_ID="))
        snprintf(answer, size, "network id / ssid / bssid / flags\n");
    else if (!strcmp(command, "LIST_NETWORKS"))
        list(answer, size);
    else if ((rest = begins(command, "GET_NETWORK ")) && block_of(rest) && strstr(rest, " id_str"))
        snprintf(answer, size, "%s\n", block_of(rest)->mark[0] ? block_of(rest)->mark : "FAIL");
    else if (!strcmp(command, "SIGNAL_POLL"))
        snprintf(answer, size, is_connected ? "RSSI=-60\nLINKSPEED=54\nNOISE=-95\nFREQUENCY=2437\n" : "FAIL\n");
    else if (answer_simple(command, &good))
        snprintf(answer, size, good ? "OK\n" : "FAIL\n");
    else
        return false;
    return true;
}

/* ---- What is said ---- */

static void say_line(const char *format, int id, void (*say)(const char *line))
{
    char line[LINE_SIZE], *number;

    snprintf(line, sizeof(line), "%s", format);
    if ((number = strstr(line, "%s")))
        snprintf(number, sizeof(line) - (size_t)(number - line), "%s%s", blocks[id].ssid, strstr(format, "%s") + 2);
    else if ((number = strstr(line, "%d")))
        snprintf(number, sizeof(line) - (size_t)(number - line), "%d%s", id, strstr(format, "%d") + 2);
    if (strstr(line, "INTERFACE-DISABLED")) is_off = true;
    say(line);
}

void connect_follow(const char *command, void (*say)(const char *line))
{
    const char *number = begins(command, "SELECT_NETWORK ");
    const struct script *script;

    if (number && block_of(number))
    {
        script = script_of(selected);
        for (size_t i = 0; i < sizeof(script->lines) / sizeof(script->lines[0]) && script->lines[i]; i++)
            say_line(script->lines[i], selected, say);
    }
    if (is_off && begins(command, "SCAN"))
    {
        is_off = false;
        say("<3>INTERFACE-ENABLED ");
    }
}
