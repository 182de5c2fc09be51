/* Texts that grow. See text.h. */
#include <windows.h>

#include "text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

/* Room for `more` characters and a 0. */
static bool reserve(struct text *text, size_t more)
{
    size_t wanted = text->length + more + 1, size = text->size ? text->size : 128;
    MI_Char *data;

    if (wanted <= text->size) return true;
    while (size < wanted)
        size *= 2;
    data = realloc(text->data, size * sizeof(*data));
    if (!data)
    {
        text->failed = true;
        return false;
    }
    text->data = data;
    text->size = size;
    return true;
}

static void add_part(struct text *text, const MI_Char *more, size_t length)
{
    if (!reserve(text, length)) return;
    memcpy(text->data + text->length, more, length * sizeof(*more));
    text->length += length;
    text->data[text->length] = 0;
}

void text_add(struct text *text, const MI_Char *more)
{
    add_part(text, more, wcslen(more));
}

void text_add_char(struct text *text, MI_Char more)
{
    add_part(text, &more, 1);
}

void text_format(struct text *text, const MI_Char *format, ...)
{
    va_list arguments, again;
    int length;

    va_start(arguments, format);
    va_copy(again, arguments);
    length = _vscwprintf(format, again);
    va_end(again);
    if (length >= 0 && reserve(text, (size_t)length))
    {
        _vsnwprintf(text->data + text->length, (size_t)length + 1, format, arguments);
        text->length += (size_t)length;
        text->data[text->length] = 0;
    }
    va_end(arguments);
}

void text_fill(struct text *text, size_t spaces)
{
    while (spaces--)
        text_add_char(text, ' ');
}

void text_clear(struct text *text)
{
    text->length = 0;
    if (text->data) text->data[0] = 0;
}

void text_free(struct text *text)
{
    free(text->data);
    *text = (struct text){0};
}

bool same_name(const MI_Char *a, const MI_Char *b)
{
    return !_wcsicmp(a, b);
}

bool properties_want(const MI_Char *list, const MI_Char *name)
{
    size_t length = wcslen(name);

    if (!list) return true;
    for (;;)
    {
        size_t item = wcscspn(list, L",");

        if (item == length && !_wcsnicmp(list, name, length)) return true;
        if (!list[item]) return false;
        list += item + 1;
    }
}
