/* wpa_supplicant's networks. */
#include "corkd/wlan/network_list.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MARK "cork:"

/* A number that is not negative, and what stands behind it; -1: there is none. */
static long read_number(const char **at)
{
    char *end;
    long number;

    if (**at < '0' || **at > '9') return -1;
    errno = 0;
    number = strtol(*at, &end, 10);
    if (errno) return -1;
    *at = end;
    return number;
}

/* The beginning of the last of a line's words between tabs: its flags. */
static const char *flags_of(const char *line, const char *end)
{
    const char *flags = line;

    for (int tabs = 0; line < end; line++)
        if (*line == '\t' && ++tabs == 3) flags = line + 1;
    return *flags == '[' ? flags : end;
}

static bool has_flag(const char *flags, const char *end, const char *flag)
{
    const char *found = strstr(flags, flag);

    return found && found < end;
}

bool network_list_next(const char **at, struct network_line *line)
{
    while (**at)
    {
        const char *text = *at, *end = text + strcspn(text, "\n"), *rest = text, *flags;
        long id = read_number(&rest);

        *at = end + (*end == '\n');
        if (id < 0 || id > INT_MAX || *rest != '\t') continue;
        flags = flags_of(rest, end);
        line->id = (int)id;
        line->enabled = !has_flag(flags, end, "[DISABLED]") && !has_flag(flags, end, "[P2P-PERSISTENT]");
        return true;
    }
    return false;
}

bool network_mark_write(const struct network_mark *mark, char text[NETWORK_MARK_SIZE])
{
    int length = snprintf(text, NETWORK_MARK_SIZE, MARK "%ld:%llu:%d:", mark->process, mark->started, mark->resume);

    for (unsigned i = 0; i < mark->count && length > 0 && length < NETWORK_MARK_SIZE; i++)
        length += snprintf(text + length, NETWORK_MARK_SIZE - (size_t)length, "%s%d", i ? "." : "", mark->displaced[i]);
    if (length > 0 && length < NETWORK_MARK_SIZE) return true;
    text[0] = 0;
    return false;
}

bool network_mark_read(const char *text, struct network_mark *mark)
{
    char *end;
    long number;

    if (*text == '"') text++;
    if (strncmp(text, MARK, strlen(MARK)) != 0) return false;
    text += strlen(MARK);
    mark->process = read_number(&text);
    if (mark->process <= 0 || *text++ != ':' || *text < '0' || *text > '9') return false;
    mark->started = strtoull(text, &end, 10);
    text = end;
    if (text[0] != ':' || (text[1] != '0' && text[1] != '1') || text[2] != ':') return false;
    mark->resume = text[1] == '1';
    mark->count = 0;
    for (text += 3; mark->count < mark->room && (number = read_number(&text)) >= 0; text += *text == '.')
        if (number <= INT_MAX) mark->displaced[mark->count++] = (int)number;
    return true;
}
