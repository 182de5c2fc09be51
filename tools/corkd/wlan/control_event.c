/* wpa_supplicant's event lines, taken apart. */
#include "corkd/wlan/control_event.h"

#include <stdlib.h>
#include <string.h>

static const struct
{
    const char *name; /* as far as the first space */
    enum control_event_kind kind;
} kinds[] = {
    {"CTRL-EVENT-SCAN-STARTED", CONTROL_SCAN_STARTED},
    {"CTRL-EVENT-SCAN-RESULTS", CONTROL_SCAN_RESULTS},
    {"CTRL-EVENT-SCAN-FAILED", CONTROL_SCAN_FAILED},
    {"CTRL-EVENT-BSS-ADDED", CONTROL_BSS_ADDED},
    {"CTRL-EVENT-BSS-REMOVED", CONTROL_BSS_REMOVED},
    {"CTRL-EVENT-STATE-CHANGE", CONTROL_STATE_CHANGE},
    {"SME:", CONTROL_TRYING_TO_ASSOCIATE},
    {"Trying", CONTROL_TRYING_TO_ASSOCIATE},
    {"Associated", CONTROL_ASSOCIATED},
    {"CTRL-EVENT-ASSOC-REJECT", CONTROL_ASSOC_REJECT},
    {"CTRL-EVENT-AUTH-REJECT", CONTROL_AUTH_REJECT},
    {"CTRL-EVENT-CONNECTED", CONTROL_CONNECTED},
    {"CTRL-EVENT-DISCONNECTED", CONTROL_DISCONNECTED},
    {"CTRL-EVENT-NETWORK-NOT-FOUND", CONTROL_NETWORK_NOT_FOUND},
    {"CTRL-EVENT-SSID-TEMP-DISABLED", CONTROL_SSID_TEMP_DISABLED},
    {"CTRL-EVENT-SIGNAL-CHANGE", CONTROL_SIGNAL_CHANGE},
    {"CTRL-EVENT-TERMINATING", CONTROL_TERMINATING},
    {"INTERFACE-ENABLED", CONTROL_INTERFACE_ENABLED},
    {"INTERFACE-DISABLED", CONTROL_INTERFACE_DISABLED},
    {"AP-ENABLED", CONTROL_AP_ENABLED},
    {"AP-DISABLED", CONTROL_AP_DISABLED},
    {"AP-STA-CONNECTED", CONTROL_AP_STA_CONNECTED},
    {"AP-STA-DISCONNECTED", CONTROL_AP_STA_DISCONNECTED},
    {"P2P-DEVICE-FOUND", CONTROL_P2P_DEVICE_FOUND},
    {"P2P-DEVICE-LOST", CONTROL_P2P_DEVICE_LOST},
    {"P2P-FIND-STOPPED", CONTROL_P2P_FIND_STOPPED},
    {"P2P-GO-NEG-REQUEST", CONTROL_P2P_GO_NEG_REQUEST},
    {"P2P-GO-NEG-SUCCESS", CONTROL_P2P_GO_NEG_SUCCESS},
    {"P2P-GO-NEG-FAILURE", CONTROL_P2P_GO_NEG_FAILURE},
    {"P2P-GROUP-FORMATION-SUCCESS", CONTROL_P2P_GROUP_FORMATION_SUCCESS},
    {"P2P-GROUP-FORMATION-FAILURE", CONTROL_P2P_GROUP_FORMATION_FAILURE},
    {"P2P-GROUP-STARTED", CONTROL_P2P_GROUP_STARTED},
    {"P2P-GROUP-REMOVED", CONTROL_P2P_GROUP_REMOVED},
    {"P2P-INVITATION-RECEIVED", CONTROL_P2P_INVITATION_RECEIVED},
    {"P2P-INVITATION-ACCEPTED", CONTROL_P2P_INVITATION_ACCEPTED},
    {"P2P-INVITATION-RESULT", CONTROL_P2P_INVITATION_RESULT},
    {"P2P-PROV-DISC-PBC-REQ", CONTROL_P2P_PROV_DISC_REQUEST},
    {"P2P-PROV-DISC-SHOW-PIN", CONTROL_P2P_PROV_DISC_REQUEST},
    {"P2P-PROV-DISC-ENTER-PIN", CONTROL_P2P_PROV_DISC_REQUEST},
    {"P2P-PROV-DISC-PBC-RESP", CONTROL_P2P_PROV_DISC_RESPONSE},
    {"P2P-PROV-DISC-FAILURE", CONTROL_P2P_PROV_DISC_FAILURE},
};

static enum control_event_kind find_kind(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (strlen(kinds[i].name) == length && !memcmp(kinds[i].name, name, length)) return kinds[i].kind;
    return CONTROL_OTHER;
}

bool control_event_parse(const char *line, struct control_event *event)
{
    size_t length;

    memset(event, 0, sizeof(*event));
    event->text = "";
    if (!strncmp(line, "IFNAME=", 7))
    {
        length = strcspn(line + 7, " ");
        if (!length || length >= sizeof(event->ifname) || line[7 + length] != ' ') return false;
        memcpy(event->ifname, line + 7, length);
        line += 7 + length + 1;
    }
    if (line[0] != '<' || line[1] < '0' || line[1] > '9' || line[2] != '>') return false;
    line += 3;
    length = strcspn(line, " ");
    if (!length) return false;
    event->kind = find_kind(line, length);
    event->text = line[length] ? line + length + 1 : line + length;
    return true;
}

/* ---- Words ---- */

/* Behind the word that begins at `text`: a quotation mark opens what goes on to the next one of its kind. */
static const char *word_end(const char *text)
{
    char open = 0;

    for (; *text; text++)
    {
        if (open == '"' && *text == '\\' && text[1])
            text++;
        else if (open)
            open = *text == open ? 0 : open;
        else if (*text == ' ')
            break;
        else if ((*text == '"' || *text == '\'') && text[-1] == '=')
            open = *text;
    }
    return text;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* One character of what stood in double quotation marks; moves *at behind it. */
static char unescape(const char **at, const char *end)
{
    static const char letters[] = "\"\\enrt", meant[] = "\"\\\033\n\r\t";
    const char *letter;
    char c = *(*at)++;

    if (c != '\\' || *at == end) return c;
    c = *(*at)++;
    letter = c ? strchr(letters, c) : NULL;
    if (letter) return meant[letter - letters];
    if (c == 'x' && end - *at >= 2 && hex_digit((*at)[0]) >= 0 && hex_digit((*at)[1]) >= 0)
    {
        c = (char)(hex_digit((*at)[0]) << 4 | hex_digit((*at)[1]));
        *at += 2;
    }
    return c;
}

static int copy_value(const char *from, const char *end, char *value, size_t size)
{
    bool quoted = end - from >= 2 && (*from == '"' || *from == '\'') && end[-1] == *from, escapes = *from == '"';
    size_t length = 0;

    if (quoted) from++, end--;
    while (from < end)
    {
        char c = quoted && escapes ? unescape(&from, end) : *from++;

        if (length + 1 >= size) return -1;
        value[length++] = c;
    }
    if (length >= size) return -1;
    value[length] = 0;
    return (int)length;
}

int control_event_value(const struct control_event *event, const char *name, char *value, size_t size)
{
    size_t length = strlen(name);

    for (const char *at = event->text; *at;)
    {
        const char *end = word_end(at);

        if (!strncmp(at, name, length) && at[length] == '=') return copy_value(at + length + 1, end, value, size);
        at = end + strspn(end, " ");
    }
    return -1;
}

long control_event_number(const struct control_event *event, const char *name, long missing)
{
    char value[24], *end;
    long number;

    if (control_event_value(event, name, value, sizeof(value)) <= 0) return missing;
    number = strtol(value, &end, 0);
    return *end ? missing : number;
}

int control_event_word(const struct control_event *event, unsigned number, char *word, size_t size)
{
    for (const char *at = event->text; *at;)
    {
        const char *end = word_end(at);

        if (!number--) return copy_value(at, end, word, size);
        at = end + strspn(end, " ");
    }
    return -1;
}

bool control_parse_address(const char *text, uint8_t address[6])
{
    for (int i = 0; i < 6; i++, text += 3)
    {
        int high = hex_digit(text[0]), low = high < 0 ? -1 : hex_digit(text[1]);

        if (low < 0) return false;
        if (i < 5 ? text[2] != ':' : !strchr(" \n", text[2])) return false;
        address[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

bool control_event_address(const struct control_event *event, const char *name, uint8_t address[6])
{
    char value[18];

    if (name)
        return control_event_value(event, name, value, sizeof(value)) == 17 && control_parse_address(value, address);
    for (const char *at = event->text; *at;)
    {
        const char *end = word_end(at);

        if (end - at == 17 && control_parse_address(at, address)) return true;
        at = end + strspn(end, " ");
    }
    return false;
}
