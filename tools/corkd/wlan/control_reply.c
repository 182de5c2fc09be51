/* What wpa_supplicant answers: lines NAME=VALUE. */
#include <string.h>

#include "corkd/wlan/supplicant.h"

bool supplicant_line(const char *reply, const char *name, char *value, size_t size)
{
    size_t length = strlen(name), value_length;

    for (const char *line = reply; *line; line += strcspn(line, "\n"), line += *line == '\n')
    {
        if (strncmp(line, name, length) || line[length] != '=') continue;
        value_length = strcspn(line + length + 1, "\n");
        if (value_length >= size) return false;
        memcpy(value, line + length + 1, value_length);
        value[value_length] = 0;
        return true;
    }
    return false;
}
