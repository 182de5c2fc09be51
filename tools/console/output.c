/* What Cork's Windows programs print. See output.h. */
#include "output.h"

#include <stdio.h>
#include <stdlib.h>

#include <winternl.h>

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

static BOOL write_bytes(HANDLE file, const char *bytes, DWORD size)
{
    DWORD written;

    for (; size; bytes += written, size -= written)
        if (!WriteFile(file, bytes, size, &written, NULL) || !written) return FALSE;
    return TRUE;
}

/* A console takes wide characters. */
static BOOL write_wide(HANDLE file, const WCHAR *wide, int length)
{
    DWORD mode, written;
    int size;
    char *bytes;
    BOOL whole;

    if (GetConsoleMode(file, &mode)) return WriteConsoleW(file, wide, (DWORD)length, &written, NULL);
    size = WideCharToMultiByte(code_page(), 0, wide, length, NULL, 0, NULL, NULL);
    bytes = malloc((size_t)size + 1);
    if (!bytes) return FALSE;
    WideCharToMultiByte(code_page(), 0, wide, length, bytes, size, NULL, NULL);
    whole = write_bytes(file, bytes, (DWORD)size);
    free(bytes);
    return whole;
}

BOOL console_write(DWORD stream, const WCHAR *text, size_t length)
{
    WCHAR *lines = malloc(2 * length * sizeof(*lines) + sizeof(*lines)), *to = lines;
    BOOL written;

    if (!lines) return FALSE;
    for (size_t i = 0; i < length; i++)
    {
        if (text[i] == '\n') *to++ = '\r';
        *to++ = text[i];
    }
    written = to == lines || write_wide(GetStdHandle(stream), lines, (int)(to - lines));
    free(lines);
    return written;
}

BOOL console_is_terminal(DWORD stream)
{
    DWORD mode;

    return GetConsoleMode(GetStdHandle(stream), &mode);
}

unsigned console_width(DWORD stream)
{
    CONSOLE_SCREEN_BUFFER_INFO info;

    return GetConsoleScreenBufferInfo(GetStdHandle(stream), &info) && info.dwSize.X > 0 ? (unsigned)info.dwSize.X : 0;
}

void console_exit(int code)
{
    fflush(NULL);
    TerminateProcess(GetCurrentProcess(), (UINT)code);
    abort();
}
