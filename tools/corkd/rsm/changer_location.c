/* Where a SCSI changer is. */
#include "rsm/changer_location.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TIMEOUT_MAX 86400

static bool parse_drives(char *value, struct changer_location *parsed, char *message, size_t size)
{
    char *next;

    parsed->has_drives = true;
    for (char *drive = value; drive; drive = next)
    {
        next = strchr(drive, ',');
        if (next) *next++ = 0;
        if (parsed->drive_count == LOCATION_DRIVES || strlen(drive) >= sizeof(parsed->drives[0]))
        {
            snprintf(message, size, "too many drives, or a name that is too long: %.60s", drive);
            return false;
        }
        strcpy(parsed->drives[parsed->drive_count++], drive);
    }
    return true;
}

static bool parse_timeout(const char *value, struct changer_location *parsed, char *message, size_t size)
{
    char *end;
    unsigned long number = strtoul(value, &end, 10);

    if (value[0] < '0' || value[0] > '9' || *end || !number || number > TIMEOUT_MAX)
    {
        snprintf(message, size, "timeout is a number of seconds up to %d, not %.60s", TIMEOUT_MAX, value);
        return false;
    }
    parsed->timeout_s = (uint32_t)number;
    return true;
}

static bool parse_option(char *option, struct changer_location *parsed, char *message, size_t size)
{
    if (!strncmp(option, "drives=", 7)) return parse_drives(option + 7, parsed, message, size);
    if (!strncmp(option, "timeout=", 8)) return parse_timeout(option + 8, parsed, message, size);
    if (!strncmp(option, "initiator=", 10))
    {
        if (strlen(option + 10) < sizeof(parsed->initiator))
        {
            strcpy(parsed->initiator, option + 10);
            return true;
        }
        snprintf(message, size, "the initiator's name is too long");
        return false;
    }
    /* Others are the transport's: header_digest and so on. */
    strcat(parsed->device, strchr(parsed->device, '?') ? "&" : "?");
    strcat(parsed->device, option);
    return true;
}

bool changer_location_parse(const char *location, struct changer_location *parsed, char *message, size_t size)
{
    char text[LOCATION_TEXT], *option, *next;

    memset(parsed, 0, sizeof(*parsed));
    /* What is put together again is never longer than what it was. */
    if (snprintf(text, sizeof(text), "%s", location) >= (int)sizeof(text) - 1)
    {
        snprintf(message, size, "the location is too long");
        return false;
    }
    option = strchr(text, '?');
    if (option) *option++ = 0;
    strcpy(parsed->device, text);
    for (; option; option = next)
    {
        next = strchr(option, '&');
        if (next) *next++ = 0;
        if (*option && !parse_option(option, parsed, message, size)) return false;
    }
    return true;
}

void changer_location_public(const char *location, char *text, size_t size)
{
    const char *host = strstr(location, "://"), *password = host ? strchr(host, '%') : NULL,
               *at = password ? strchr(password, '@') : NULL;
    char *secret;

    if (at)
        snprintf(text, size, "%.*s%s", (int)(password - location), location, at);
    else
        snprintf(text, size, "%s", location);
    secret = strstr(text, "target_password=");
    if (secret) secret[16] = 0;
}
