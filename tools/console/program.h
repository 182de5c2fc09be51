/*
 * What Cork's command line programs share: their arguments, their text and their errors. All text is UTF-8; it is
 * written as the console or the reader of a pipe expects it (output.h). Any thread.
 */
#ifndef CORK_CONSOLE_PROGRAM_H
#define CORK_CONSOLE_PROGRAM_H

#include <windows.h>

#include <stddef.h>

/* ---- What a program has of its own ---- */

/* Its name, which its messages begin with. */
extern const char program_name[];
/* An error in its words; NULL: the system's have to do. */
const char *error_words(DWORD error);

/* ---- Text ---- */

/* Into `text` of `size` bytes; empty where it does not fit. Returns text. */
const char *to_utf8(const WCHAR *wide, char *text, size_t size);
/* Into `wide` of `size` units. False: it is too long. */
BOOL to_wide(const char *text, WCHAR *wide, size_t size);

/* The program's arguments, its own name first, NULL behind the last, in one piece of memory that stays. NULL: no
 * memory. */
const char *const *program_arguments(int *count);

/* To standard output. */
__attribute__((format(gnu_printf, 1, 2))) void say(const char *format, ...);
/* To standard error: progress, which a script does not read. */
__attribute__((format(gnu_printf, 1, 2))) void tell(const char *format, ...);

/* ---- Errors ---- */

/* "NAME: WHAT: the error in words (error NUMBER)" to standard error. Returns error. */
__attribute__((format(gnu_printf, 2, 3))) DWORD fail(DWORD error, const char *format, ...);
/* The same where the words are the program's own: "NAME: WHAT (error NUMBER)". */
__attribute__((format(gnu_printf, 2, 3))) DWORD fail_plainly(DWORD error, const char *format, ...);

/* The exit code for an error. Of a code's last byte only a program of the host learns; a failure must not look like 0
 * to it. */
int program_exit_code(DWORD error);

#endif
