/* Text that came from the air or out of a profile. See text.h. */
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- What may be shown ---- */

/* How many bytes at `bytes` are one character that may be shown; 0: none. */
static size_t character(const uint8_t *bytes, size_t length)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    uint32_t value = bytes[0];
    size_t size = value < 0x80 ? 1 : value >> 5 == 6 ? 2 : value >> 4 == 14 ? 3 : value >> 3 == 30 ? 4 : 0;

    if (!size || size > length) return 0;
    if (size > 1) value &= 0x7fu >> size;
    for (size_t i = 1; i < size; i++)
    {
        if (bytes[i] >> 6 != 2) return 0;
        value = value << 6 | (bytes[i] & 0x3fu);
    }
    if (value < least[size] || value > 0x10ffff || (value >= 0xd800 && value < 0xe000)) return 0;
    /* Control characters, and those that turn the direction of writing. */
    if (value < 0x20 || (value >= 0x7f && value < 0xa0)) return 0;
    if ((value >= 0x200e && value <= 0x200f) || (value >= 0x2028 && value <= 0x202e)) return 0;
    if (value >= 0x2066 && value <= 0x2069) return 0;
    return size;
}

const char *shown_text(const uint8_t *bytes, size_t length, char *text)
{
    char *to = text;

    while (length)
    {
        size_t size = character(bytes, length);

        if (size)
        {
            memcpy(to, bytes, size);
            to += size;
        }
        else
        {
            to += sprintf(to, "\\x%02x", bytes[0]);
            size = 1;
        }
        bytes += size;
        length -= size;
    }
    *to = 0;
    return text;
}

/* ---- XML ---- */

struct span
{
    const char *begin, *end;
};

/* Behind the tag that begins at `at`, or NULL. */
static const char *behind_tag(const char *at, const char *end)
{
    char quote = 0;

    for (; at < end; at++)
    {
        if (quote ? *at == quote : *at == '"' || *at == '\'')
            quote = quote ? 0 : *at;
        else if (!quote && *at == '>')
            return at + 1;
    }
    return NULL;
}

/* Where the next tag of elements begins at `at` or behind it; comments are no tags. NULL: there is none. */
static const char *next_tag(const char *at, const char *end)
{
    while (at && at < end)
    {
        at = memchr(at, '<', (size_t)(end - at));
        if (!at || end - at < 2) return NULL;
        if (!strncmp(at, "<!--", 4))
        {
            at = strstr(at, "-->");
            continue;
        }
        if (at[1] != '?' && at[1] != '!') return at;
        at = behind_tag(at, end);
    }
    return NULL;
}

static bool is_named(const char *tag, const char *name, size_t length)
{
    return !strncmp(tag + 1, name, length) && strchr(" \t\r\n/>", tag[1 + length]) && tag[1 + length];
}

/* The inside of the first element of that name among `in`'s own. */
static bool find_element(const struct span *in, const char *name, size_t length, struct span *found)
{
    const char *at = in->begin, *tag;
    int depth = 0;
    bool inside = false;

    while ((tag = next_tag(at, in->end)))
    {
        at = behind_tag(tag, in->end);
        if (!at) return false;
        if (tag[1] == '/')
        {
            depth--;
            found->end = tag;
            if (inside && !depth) return true;
            continue;
        }
        if (!depth && is_named(tag, name, length))
        {
            inside = true;
            *found = (struct span){at, at};
            if (at[-2] == '/') return true;
        }
        depth += at[-2] != '/';
    }
    return false;
}

static size_t put_utf8(uint32_t value, char *text)
{
    if (value < 0x80)
    {
        text[0] = (char)value;
        return 1;
    }
    if (value < 0x800)
    {
        text[0] = (char)(0xc0 | value >> 6);
        text[1] = (char)(0x80 | (value & 0x3f));
        return 2;
    }
    if (value < 0x10000)
    {
        text[0] = (char)(0xe0 | value >> 12);
        text[1] = (char)(0x80 | (value >> 6 & 0x3f));
        text[2] = (char)(0x80 | (value & 0x3f));
        return 3;
    }
    text[0] = (char)(0xf0 | value >> 18);
    text[1] = (char)(0x80 | (value >> 12 & 0x3f));
    text[2] = (char)(0x80 | (value >> 6 & 0x3f));
    text[3] = (char)(0x80 | (value & 0x3f));
    return 4;
}

/* A reference's character; *length: the reference's own. */
static uint32_t reference(const char *at, size_t *length)
{
    static const struct
    {
        const char *text;
        uint32_t value;
    } named[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
    char *end = NULL;
    unsigned long value = 0;

    for (size_t i = 0; i < sizeof(named) / sizeof(*named); i++)
    {
        *length = strlen(named[i].text);
        if (!strncmp(at, named[i].text, *length)) return named[i].value;
    }
    if (at[1] == '#') value = at[2] == 'x' ? strtoul(at + 3, &end, 16) : strtoul(at + 2, &end, 10);
    *length = end && *end == ';' && value && value <= 0x10ffff ? (size_t)(end + 1 - at) : 1;
    return *length > 1 ? (uint32_t)value : '&';
}

static bool copy_text(const struct span *from, char *text, size_t size)
{
    size_t used = 0;

    for (const char *at = from->begin; at < from->end;)
    {
        size_t length = 1;

        if (*at == '<' || size - used < 5) return false;
        if (*at == '&')
            used += put_utf8(reference(at, &length), text + used);
        else
            text[used++] = *at;
        at += length;
    }
    text[used] = 0;
    return true;
}

bool profile_text(const char *xml, const char *path, char *text, size_t size)
{
    struct span span = {xml, xml + strlen(xml)}, inner;

    if (!find_element(&span, "WLANProfile", strlen("WLANProfile"), &inner)) return false;
    for (span = inner; *path; span = inner)
    {
        size_t length = strcspn(path, "/");

        if (!find_element(&span, path, length, &inner)) return false;
        path += length + (path[length] == '/');
    }
    return copy_text(&span, text, size);
}

/* ---- Patterns ---- */

static const char *next_character(const char *text)
{
    text++;
    while (((uint8_t)*text & 0xc0) == 0x80)
        text++;
    return text;
}

bool fits_pattern(const char *pattern, const char *name)
{
    const char *star = NULL, *retry = NULL;

    while (*name)
    {
        if (*pattern == '*')
        {
            star = ++pattern;
            retry = name;
        }
        else if (*pattern == '?')
        {
            pattern++;
            name = next_character(name);
        }
        else if (*pattern == *name)
        {
            pattern++;
            name++;
        }
        else if (star)
        {
            pattern = star;
            name = ++retry;
        }
        else
            return false;
    }
    while (*pattern == '*')
        pattern++;
    return !*pattern;
}
