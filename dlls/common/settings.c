/* Settings: which value counts, and whether it is one. */
#include "common/settings.h"

#include <string.h>

#include "common/settings_source.h"
#include "common/trace.h"

CORK_TRACE_CHANNEL(cork);

/* CORK_<DLL>_<NAME>; names are short, a longer one finds nothing. */
#define VARIABLE_SIZE 128

static const struct cork_setting_source *source = &cork_settings_system_source;

void cork_settings_set_source(const struct cork_setting_source *given)
{
    source = given ? given : &cork_settings_system_source;
}

static const struct cork_setting *find(const struct cork_settings *settings, const char *name,
                                       enum cork_setting_type type)
{
    for (size_t i = 0; i < settings->count; i++)
    {
        if (!strcmp(settings->list[i].name, name) && settings->list[i].type == type) return &settings->list[i];
    }
    __builtin_trap();
}

/* Not toupper, which depends on the locale. */
static void append_upper(char *variable, const char *text)
{
    size_t length = strlen(variable);

    for (; *text && length < VARIABLE_SIZE - 1; text++)
        variable[length++] = (char)(*text >= 'a' && *text <= 'z' ? *text - 'a' + 'A' : *text);
    variable[length] = 0;
}

static bool read_environment(const char *dll, const char *name, char *string)
{
    char variable[VARIABLE_SIZE] = "CORK_";

    append_upper(variable, dll);
    append_upper(variable, "_");
    append_upper(variable, name);
    switch (cork_settings_environment(variable, string, CORK_SETTING_STRING_MAX))
    {
    case CORK_ENVIRONMENT_SET:
        return true;
    case CORK_ENVIRONMENT_TOO_LONG:
        CORK_WARN("%s is too long, ignored\n", variable);
        return false;
    default:
        return false;
    }
}

static int digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return 16;
}

/* Decimal or 0x hexadecimal, nothing before or after. */
static bool parse_number(const char *string, uint32_t *number)
{
    int base = 10;
    uint64_t value = 0;

    if (string[0] == '0' && (string[1] == 'x' || string[1] == 'X'))
    {
        base = 16;
        string += 2;
    }
    if (!*string) return false;
    for (; *string; string++)
    {
        if (digit(*string) >= base) return false;
        value = value * base + digit(*string);
        if (value > UINT32_MAX) return false;
    }
    *number = (uint32_t)value;
    return true;
}

static bool in_range(const struct cork_settings *settings, const struct cork_setting *setting, uint32_t number)
{
    if (number >= setting->min && number <= setting->max) return true;
    CORK_WARN("%s %s: %lu is not within %lu and %lu, ignored\n", settings->dll, setting->name, (unsigned long)number,
              (unsigned long)setting->min, (unsigned long)setting->max);
    return false;
}

static bool number_from_text(const struct cork_settings *settings, const struct cork_setting *setting,
                             const char *string, uint32_t *number)
{
    if (parse_number(string, number)) return in_range(settings, setting, *number);
    CORK_WARN("%s %s: %s is no number, ignored\n", settings->dll, setting->name, cork_debugstr_a(string));
    return false;
}

static bool number_of_environment(const struct cork_settings *settings, const struct cork_setting *setting,
                                  uint32_t *number)
{
    char string[CORK_SETTING_STRING_MAX];

    return read_environment(settings->dll, setting->name, string) &&
           number_from_text(settings, setting, string, number);
}

/* What is stored, or the default. */
static uint32_t stored_number(const struct cork_settings *settings, const struct cork_setting *setting)
{
    char string[CORK_SETTING_STRING_MAX];
    enum cork_setting_type type;
    uint32_t number;

    if (source->read(settings->dll, setting->name, &type, &number, string))
    {
        if (type == CORK_SETTING_DWORD && in_range(settings, setting, number)) return number;
        if (type == CORK_SETTING_STRING && number_from_text(settings, setting, string, &number)) return number;
    }
    return setting->number;
}

uint32_t cork_setting_dword(const struct cork_settings *settings, const char *name)
{
    const struct cork_setting *setting = find(settings, name, CORK_SETTING_DWORD);
    uint32_t number;

    return number_of_environment(settings, setting, &number) ? number : stored_number(settings, setting);
}

uint32_t cork_setting_dword_kept(const struct cork_settings *settings, const char *name, uint32_t *kept)
{
    const struct cork_setting *setting = find(settings, name, CORK_SETTING_DWORD);
    uint32_t number;

    if (number_of_environment(settings, setting, &number)) return number;
    number = __atomic_load_n(kept, __ATOMIC_RELAXED);
    if (number) return number;
    number = stored_number(settings, setting);
    __atomic_store_n(kept, number, __ATOMIC_RELAXED);
    return number;
}

size_t cork_setting_string(const struct cork_settings *settings, const char *name, char *buffer, size_t size)
{
    const struct cork_setting *setting = find(settings, name, CORK_SETTING_STRING);
    char string[CORK_SETTING_STRING_MAX];
    const char *value = setting->string ? setting->string : "";
    enum cork_setting_type type;
    uint32_t number;
    size_t length, copied;

    if (read_environment(settings->dll, name, string))
        value = string;
    else if (source->read(settings->dll, name, &type, &number, string))
    {
        if (type == CORK_SETTING_STRING)
            value = string;
        else
            CORK_WARN("%s %s is a number, ignored\n", settings->dll, name);
    }
    length = strlen(value);
    if (!size) return length;
    copied = length < size ? length : size - 1;
    memcpy(buffer, value, copied);
    buffer[copied] = 0;
    return length;
}
