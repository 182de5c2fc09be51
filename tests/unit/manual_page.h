/* A command's manual page beside what the command itself says. */
#ifndef CORK_TESTS_MANUAL_PAGE_H
#define CORK_TESTS_MANUAL_PAGE_H

#include <stdbool.h>
#include <stddef.h>

/* The page's text, to be freed: without what roff needs before a hyphen and for a backslash. */
char *manual_read(const char *path);

/* Whether one of the page's lines is the `length` characters at `text`. */
bool manual_has_line(const char *page, const char *text, size_t length);

/* Each line of a help text stands in the page behind `heading`, which is a line of it. */
void manual_has_help(const char *page, const char *heading, const char *help);

#endif
