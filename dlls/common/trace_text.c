/* Text for traces: strings and bytes made printable. */
#include "common/trace.h"

#include <stdio.h>
#include <string.h>

#include "common/trace_backend.h"

/* Longest text with its quotes, "..." and 0; Wine's own helpers cut off at about as much. */
#define TEXT_SIZE 300
/* Room that one character at most and the end need. */
#define TEXT_REST 12

struct text
{
    char bytes[TEXT_SIZE];
    size_t length;
};

static void append(struct text *text, const char *string)
{
    size_t length = strlen(string);

    memcpy(text->bytes + text->length, string, length + 1);
    text->length += length;
}

static bool full(const struct text *text)
{
    return text->length > TEXT_SIZE - TEXT_REST;
}

/* `digits` is how many hexadecimal digits an unprintable character gets, after `prefix`. */
static void append_escaped(struct text *text, unsigned c, const char *prefix, int digits)
{
    char escaped[8] = {'\\', 0};

    if (c == '\n')
        escaped[1] = 'n';
    else if (c == '\r')
        escaped[1] = 'r';
    else if (c == '\t')
        escaped[1] = 't';
    else if (c == '"' || c == '\\')
        escaped[1] = (char)c;
    else if (c >= ' ' && c < 127)
        escaped[0] = (char)c;
    else
        snprintf(escaped, sizeof(escaped), "\\%s%0*x", prefix, digits, c);
    append(text, escaped);
}

static const char *finish(struct text *text, const char *quote, bool shortened)
{
    append(text, quote);
    if (shortened) append(text, "...");
    return cork_trace_keep(text->bytes);
}

const char *cork_debugstr_an(const char *string, ptrdiff_t length)
{
    struct text text = {.length = 0};
    ptrdiff_t i = 0;

    if (!string) return "(null)";
    append(&text, "\"");
    for (; (length < 0 ? string[i] != 0 : i < length) && !full(&text); i++)
        append_escaped(&text, (unsigned char)string[i], "x", 2);
    return finish(&text, "\"", length < 0 ? string[i] != 0 : i < length);
}

const char *cork_debugstr_wn(const void *string, ptrdiff_t length)
{
    struct text text = {.length = 0};
    const uint16_t *units = string;
    ptrdiff_t i = 0;

    if (!string) return "(null)";
    append(&text, "L\"");
    for (; (length < 0 ? units[i] != 0 : i < length) && !full(&text); i++)
        append_escaped(&text, units[i], "", 4);
    return finish(&text, "\"", length < 0 ? units[i] != 0 : i < length);
}

const char *cork_debugstr_a(const char *string)
{
    return cork_debugstr_an(string, -1);
}

const char *cork_debugstr_w(const void *string)
{
    return cork_debugstr_wn(string, -1);
}

const char *cork_debugstr_bytes(const void *data, size_t size)
{
    struct text text = {.length = 0};
    const unsigned char *bytes = data;
    char number[24];
    size_t i = 0;

    if (!data) return "(null)";
    snprintf(number, sizeof(number), "%lu:", (unsigned long)size);
    append(&text, number);
    for (; i < size && !full(&text); i++)
    {
        snprintf(number, sizeof(number), i ? " %02x" : "%02x", bytes[i]);
        append(&text, number);
    }
    return finish(&text, "", i < size);
}
