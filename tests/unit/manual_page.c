/* A command's manual page. See manual_page.h. */
#include "manual_page.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *manual_read(const char *path)
{
    FILE *file = fopen(path, "r");
    char *text = calloc(1, 65536);
    size_t length = 0;
    int byte;

    ck_assert_msg(file != NULL, "%s", path);
    ck_assert(text != NULL);
    while (length < 65535 && (byte = getc(file)) != EOF)
    {
        if (byte == '\\' && (byte = getc(file)) == 'e') byte = '\\';
        text[length++] = (char)byte;
    }
    fclose(file);
    return text;
}

bool manual_has_line(const char *page, const char *text, size_t length)
{
    for (const char *at = page; at; at = strchr(at, '\n') ? strchr(at, '\n') + 1 : NULL)
        if (!strncmp(at, text, length) && at[length] == '\n') return true;
    return false;
}

void manual_has_help(const char *page, const char *heading, const char *help)
{
    const char *section = strstr(page, heading);

    ck_assert_msg(manual_has_line(page, heading, strlen(heading)), "%s", heading);
    while (*help)
    {
        size_t size = strcspn(help, "\n");

        ck_assert_msg(manual_has_line(section, help, size), "%s: %.*s", heading, (int)size, help);
        help += size + (help[size] == '\n');
    }
}
