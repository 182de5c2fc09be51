/* What Cork's command line programs share. See program.h. */
#include "program.h"

#include <shellapi.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "output.h"

const char *to_utf8(const WCHAR *wide, char *text, size_t size)
{
    if (!WideCharToMultiByte(CP_UTF8, 0, wide, -1, text, (int)size, NULL, NULL)) text[0] = 0;
    return text;
}

BOOL to_wide(const char *text, WCHAR *wide, size_t size)
{
    return MultiByteToWideChar(CP_UTF8, 0, text, -1, wide, (int)size) > 0;
}

const char *const *program_arguments(int *count)
{
    LPWSTR *wide = CommandLineToArgvW(GetCommandLineW(), count);
    size_t size = sizeof(char *);
    const char **arguments;
    char *text;

    for (int i = 0; wide && i < *count; i++)
        size += sizeof(char *) + 3 * wcslen(wide[i]) + 1;
    arguments = wide ? malloc(size) : NULL;
    if (arguments)
    {
        text = (char *)(arguments + *count + 1);
        for (int i = 0; i < *count; i++)
        {
            arguments[i] = to_utf8(wide[i], text, 3 * wcslen(wide[i]) + 1);
            text += strlen(text) + 1;
        }
        arguments[*count] = NULL;
    }
    LocalFree(wide);
    return arguments;
}

static void write_text(DWORD stream, const char *text)
{
    int length = MultiByteToWideChar(CP_UTF8, 0, text, -1, NULL, 0);
    WCHAR *wide = malloc((size_t)length * sizeof(*wide));

    if (!wide) return;
    if (MultiByteToWideChar(CP_UTF8, 0, text, -1, wide, length) > 1) console_write(stream, wide, (size_t)length - 1);
    free(wide);
}

__attribute__((format(gnu_printf, 2, 0))) static void print(DWORD stream, const char *format, va_list arguments)
{
    va_list again;
    char *text;
    int length;

    va_copy(again, arguments);
    length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    text = length < 0 ? NULL : malloc((size_t)length + 1);
    if (text)
    {
        vsnprintf(text, (size_t)length + 1, format, arguments);
        write_text(stream, text);
    }
    free(text);
}

void say(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    print(STD_OUTPUT_HANDLE, format, arguments);
    va_end(arguments);
}

void tell(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    print(STD_ERROR_HANDLE, format, arguments);
    va_end(arguments);
}

/* ---- Errors ---- */

static void words_of(DWORD error, char *words, size_t size)
{
    WCHAR wide[256];
    DWORD length;

    if (error_words(error))
    {
        snprintf(words, size, "%s", error_words(error));
        return;
    }
    length =
        FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, NULL, error, 0, wide, 256, NULL);
    while (length && (wide[length - 1] <= ' ' || wide[length - 1] == '.'))
        length--;
    wide[length] = 0;
    if (length)
        to_utf8(wide, words, size);
    else
        snprintf(words, size, "it failed");
}

DWORD fail(DWORD error, const char *format, ...)
{
    char what[1024], words[768];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(what, sizeof(what), format, arguments);
    va_end(arguments);
    words_of(error, words, sizeof(words));
    tell("%s: %s: %s (error %lu)\n", program_name, what, words, error);
    return error;
}

DWORD fail_plainly(DWORD error, const char *format, ...)
{
    char what[1024];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(what, sizeof(what), format, arguments);
    va_end(arguments);
    tell("%s: %s (error %lu)\n", program_name, what, error);
    return error;
}

int program_exit_code(DWORD error)
{
    return error && !(error & 0xff) ? 1 : (int)error;
}
