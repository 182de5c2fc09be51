/*
 * What Cork's Windows programs print: text for a console, or for whatever reads their output. Any thread.
 */
#ifndef CORK_CONSOLE_OUTPUT_H
#define CORK_CONSOLE_OUTPUT_H

#include <windows.h>

#include <stddef.h>

/* Writes `length` characters to `stream` (STD_OUTPUT_HANDLE, STD_ERROR_HANDLE). Lines end with a line feed in `text`,
 * and as Windows programs end them in what is written. A console gets wide characters, a program of the host UTF-8, any
 * other reader the code page that Windows' own programs write. Returns FALSE where it cannot be written (the reader has
 * gone), or memory is short. */
BOOL console_write(DWORD stream, const WCHAR *text, size_t length);

/* Whether somebody looks at it, and how many characters a line of it has (0 where that is not known). */
BOOL console_is_terminal(DWORD stream);
unsigned console_width(DWORD stream);

/* Ends the program with an exit code, at once. Not as a return from main does: where another thread is starting or on
 * its way out at that moment, newer Wine now and then gives 0 for the code, and 32-bit Wine crashes. */
void console_exit(int code) __attribute__((noreturn));

#endif
