/*
 * Prints the settings of all DLLs as one Markdown table, from the tables that the DLLs themselves use
 * (dlls/NAME/settings.c). The build defines CORK_SETTINGS_TABLES as TABLE(NAME) TABLE(NAME) ...
 */
#include "common/settings.h"

#include <ctype.h>
#include <stdio.h>

#ifndef CORK_SETTINGS_TABLES
#define CORK_SETTINGS_TABLES TABLE(wsnmp32)
#endif

#define TABLE(name) extern const struct cork_settings cork_settings_##name;
CORK_SETTINGS_TABLES
#undef TABLE

#define TABLE(name) &cork_settings_##name,
static const struct cork_settings *const tables[] = {CORK_SETTINGS_TABLES};
#undef TABLE

static void print_capitals(const char *text)
{
    for (; *text; text++)
    {
        putchar(toupper((unsigned char)*text));
    }
}

static void print_setting(const char *dll, const struct cork_setting *setting)
{
    printf("| %s | `%s` | `CORK_", dll, setting->name);
    print_capitals(dll);
    putchar('_');
    print_capitals(setting->name);
    if (setting->type == CORK_SETTING_DWORD)
    {
        printf("` | %u | %u to %u", setting->number, setting->min, setting->max);
    }
    else
    {
        printf("` | %s | text", setting->string && *setting->string ? setting->string : "(empty)");
    }
    printf(" | %s |\n", setting->description);
}

int main(void)
{
    puts(
        "| DLL | value | environment variable | default | range | what it is |\n| --- | --- | --- | --- | --- | --- |");
    for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
    {
        for (size_t k = 0; k < tables[i]->count; k++)
        {
            print_setting(tables[i]->dll, &tables[i]->list[k]);
        }
    }
    return 0;
}
