/* What rsm.exe prints. */
#include "command.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <winternl.h>

const char *to_utf8(const WCHAR *wide, char *text, size_t size)
{
    if (!WideCharToMultiByte(CP_UTF8, 0, wide, -1, text, (int)size, NULL, NULL)) text[0] = 0;
    return text;
}

BOOL to_wide(const char *text, WCHAR *wide, size_t size)
{
    return MultiByteToWideChar(CP_UTF8, 0, text, -1, wide, (int)size) > 0;
}

/* Whether a program of the host started this one: Wine knows no Windows program that did. */
static BOOL host_is_parent(void)
{
    PROCESS_BASIC_INFORMATION basic = {0};

    return !NtQueryInformationProcess(GetCurrentProcess(), ProcessBasicInformation, &basic, sizeof(basic), NULL) &&
           !basic.InheritedFromUniqueProcessId;
}

/* What reads a pipe or file: a program of the host expects UTF-8, a batch file what Windows' own programs write. */
static UINT code_page(void)
{
    static UINT page;

    if (page) return page;
    page = host_is_parent() ? CP_UTF8 : GetConsoleOutputCP();
    if (!page) page = GetOEMCP();
    return page;
}

/* A console takes wide characters. */
static void write_wide(HANDLE file, const WCHAR *wide, int length)
{
    DWORD mode, written;
    int size;
    char *bytes;

    if (GetConsoleMode(file, &mode))
    {
        WriteConsoleW(file, wide, (DWORD)length, &written, NULL);
        return;
    }
    size = WideCharToMultiByte(code_page(), 0, wide, length, NULL, 0, NULL, NULL);
    bytes = malloc((size_t)size + 1);
    if (!bytes) return;
    WideCharToMultiByte(code_page(), 0, wide, length, bytes, size, NULL, NULL);
    WriteFile(file, bytes, (DWORD)size, &written, NULL);
    free(bytes);
}

static void write_text(DWORD stream, const char *text)
{
    int length = MultiByteToWideChar(CP_UTF8, 0, text, -1, NULL, 0);
    WCHAR *wide = malloc((size_t)length * sizeof(*wide));

    if (!wide) return;
    if (MultiByteToWideChar(CP_UTF8, 0, text, -1, wide, length) > 1) write_wide(GetStdHandle(stream), wide, length - 1);
    free(wide);
}

/* Lines end as Windows programs end them. */
__attribute__((format(gnu_printf, 2, 0))) static void print(DWORD stream, const char *format, va_list arguments)
{
    va_list again;
    char *text, *lines;
    int length;

    va_copy(again, arguments);
    length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    text = length < 0 ? NULL : malloc((size_t)length + 1);
    lines = length < 0 ? NULL : malloc(2 * (size_t)length + 1);
    if (text && lines)
    {
        char *to = lines;

        vsnprintf(text, (size_t)length + 1, format, arguments);
        for (const char *from = text; *from; from++)
        {
            if (*from == '\n') *to++ = '\r';
            *to++ = *from;
        }
        *to = 0;
        write_text(stream, lines);
    }
    free(text);
    free(lines);
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
    tell("rsm: %s: %s (error %lu)\n", what, words, error);
    return error;
}

DWORD fail_plainly(DWORD error, const char *format, ...)
{
    char what[1024];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(what, sizeof(what), format, arguments);
    va_end(arguments);
    tell("rsm: %s (error %lu)\n", what, error);
    return error;
}
