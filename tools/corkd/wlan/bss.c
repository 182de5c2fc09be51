/* Answers to BSS. */
#include "corkd/wlan/bss.h"

#include <stdlib.h>
#include <string.h>

#include "corkd/wlan/control_event.h"
#include "corkd/wlan/wlan_constants.h"

/* The value of a line KEY=VALUE, or NULL. */
static const char *value_of(const char *line, const char *key)
{
    size_t length = strlen(key);

    return !strncmp(line, key, length) && line[length] == '=' ? line + length + 1 : NULL;
}

/* Of a digit that is one. */
static unsigned hex_digit(char c)
{
    return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
}

/* Hexadecimal digits up to the line's end. False: no memory, or no such line. */
static bool read_elements(const char *text, struct wlan_bss *bss)
{
    size_t digits = strspn(text, "0123456789abcdef");

    if (digits % 2 || digits / 2 > BSS_ELEMENTS_MAX || (text[digits] && text[digits] != '\n')) return false;
    free(bss->elements);
    bss->elements = malloc(digits / 2 + 1);
    if (!bss->elements) return false;
    bss->element_size = digits / 2;
    for (size_t i = 0; i < digits / 2; i++)
        bss->elements[i] = (uint8_t)(hex_digit(text[2 * i]) << 4 | hex_digit(text[2 * i + 1]));
    return true;
}

static bool read_line(const char *line, struct wlan_bss *bss, bool *has_address)
{
    const char *value;

    if ((value = value_of(line, "id")))
        bss->id = (uint32_t)strtoul(value, NULL, 10);
    else if ((value = value_of(line, "bssid")))
    {
        char address[18] = {0};

        strncpy(address, value, 17);
        *has_address = control_parse_address(address, bss->address);
        return *has_address;
    }
    else if ((value = value_of(line, "freq")))
        bss->frequency = (uint32_t)strtoul(value, NULL, 10);
    else if ((value = value_of(line, "beacon_int")))
        bss->beacon_interval = (uint16_t)strtoul(value, NULL, 10);
    else if ((value = value_of(line, "capabilities")))
        bss->capabilities = (uint16_t)strtoul(value, NULL, 16);
    else if ((value = value_of(line, "level")))
        bss->level = (int32_t)strtol(value, NULL, 10);
    else if ((value = value_of(line, "tsf")))
        bss->timestamp = strtoull(value, NULL, 10);
    else if ((value = value_of(line, "age")))
        bss->age = (uint32_t)strtoul(value, NULL, 10);
    else if ((value = value_of(line, "flags")))
        bss->is_mesh = strstr(value, "[MESH]") && strstr(value, "[MESH]") < value + strcspn(value, "\n");
    else if ((value = value_of(line, "ie")))
        return read_elements(value, bss);
    return true;
}

bool bss_read(const char *text, const char **rest, bool *whole, struct wlan_bss *bss)
{
    bool has_address = false, good = true;

    memset(bss, 0, sizeof(*bss));
    *whole = false;
    while (*text && !*whole)
    {
        *whole = !strncmp(text, "====", 4) || !strncmp(text, "####", 4);
        if (!*whole && good) good = read_line(text, bss, &has_address);
        text += strcspn(text, "\n");
        text += *text == '\n';
    }
    *rest = text;
    if (good && has_address) return true;
    bss_free(bss);
    return false;
}

void bss_free(struct wlan_bss *bss)
{
    free(bss->elements);
    bss->elements = NULL;
    bss->element_size = 0;
}

uint32_t bss_type(const struct wlan_bss *bss)
{
    return bss->capabilities & CAPABILITY_IBSS && !(bss->capabilities & CAPABILITY_ESS) ? BSS_INDEPENDENT
                                                                                        : BSS_INFRASTRUCTURE;
}

uint32_t bss_quality(int32_t level)
{
    if (level <= -100) return 0;
    return level >= -50 ? 100 : 2 * (uint32_t)(level + 100);
}
