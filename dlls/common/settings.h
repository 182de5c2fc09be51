/*
 * Settings: what a user can change about a DLL.
 *
 * A DLL lists its settings in one table, in dlls/NAME/settings.c, which includes no other header than this one:
 *
 *   #include "common/settings.h"
 *   static const struct cork_setting settings[] = {
 *       { .name = "TrapPort", .type = CORK_SETTING_DWORD, .number = 162, .min = 1, .max = 65535,
 *         .description = "UDP port on which traps and informs are received" },
 *   };
 *   const struct cork_settings cork_settings_wsnmp32 = { "wsnmp32", settings, 1 };
 *
 * and declares `extern const struct cork_settings cork_settings_wsnmp32;` in a header of its own. `make list-settings`
 * prints the tables of all DLLs as one.
 *
 * A setting's value is, in this order: the environment variable CORK_<DLL>_<NAME> in capitals (CORK_WSNMP32_TRAPPORT);
 * the registry value HKEY_LOCAL_MACHINE\Software\Cork\<dll>, <name>, REG_DWORD or REG_SZ, in the 64-bit view for 32-bit
 * programs too, so that all programs of a prefix see the same; the table's default. Numbers may also be given as text,
 * decimal or 0x hexadecimal. A value that is no number, out of range or too long is warned of (trace channel "cork")
 * and counts as not given.
 *
 * Each call looks anew: read at start what must not change in between. Any thread may call.
 */
#ifndef CORK_COMMON_SETTINGS_H
#define CORK_COMMON_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum cork_setting_type
{
    CORK_SETTING_DWORD,  /* 32 bits, unsigned */
    CORK_SETTING_STRING, /* UTF-8 */
};

/* Longest string value in bytes, its terminating 0 included. */
#define CORK_SETTING_STRING_MAX 1024

struct cork_setting
{
    const char *name; /* letters and digits, e.g. "TrapPort" */
    enum cork_setting_type type;
    uint32_t number, min, max; /* CORK_SETTING_DWORD: the default and the range, both ends included */
    const char *string;        /* CORK_SETTING_STRING: the default */
    const char *description;   /* one line, with the unit */
};

struct cork_settings
{
    const char *dll; /* e.g. "wsnmp32" */
    const struct cork_setting *list;
    size_t count;
};

/* The value of the DWORD setting `name`. A name or type that the table does not have is a caller's error and stops the
 * program. */
uint32_t cork_setting_dword(const struct cork_settings *settings, const char *name);

/* The same for what is asked often, since the registry costs some 50 microseconds: what is stored there is read once
 * and kept in *kept, which is 0 at first; the environment is looked at each time. The setting cannot be 0. Any thread.
 */
uint32_t cork_setting_dword_kept(const struct cork_settings *settings, const char *name, uint32_t *kept);

/* Copies the value of the string setting `name` to `buffer` of `size` bytes, always terminated. Returns the value's
 * length in bytes without the 0; where that is not below `size` the copy is cut off. */
size_t cork_setting_string(const struct cork_settings *settings, const char *name, char *buffer, size_t size);

/* Where values come from, replaceable by tests. `read` finds setting `name` of `dll`: as a number (*type
 * CORK_SETTING_DWORD, *number) or as a terminated string (CORK_SETTING_STRING, `string` of CORK_SETTING_STRING_MAX
 * bytes). Returns false where there is none. */
struct cork_setting_source
{
    bool (*read)(const char *dll, const char *name, enum cork_setting_type *type, uint32_t *number, char *string);
};

/* Replaces the registry as the source, for tests; NULL: the registry again (natively: nothing). Not while others read.
 */
void cork_settings_set_source(const struct cork_setting_source *source);

#endif
