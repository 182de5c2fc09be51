/* What wlan.exe's commands about profiles share. */
#ifndef CORK_WLAN_PROFILE_H
#define CORK_WLAN_PROFILE_H

#include "command.h"

/* Which profiles a command is about, and what is done with each. */
struct matching
{
    const GUID *radio;
    const struct command_line *line;
    const char *pattern; /* of their names; NULL: all */
    BOOL with_key;
    char interface_name[NAME_SIZE];
    DWORD (*function)(HANDLE client, const struct matching *matching, const WLAN_PROFILE_INFO *info);
};

/* Of the parameters name= and key=; `function` is the caller's to set. */
struct matching matching_of(const WLAN_INTERFACE_INFO *radio, const struct command_line *line);
/* Adds how many there were to *count. Returns the first error, which was printed. */
DWORD each_profile(HANDLE client, const struct matching *matching, DWORD *count);
/* Prints and returns that there was none. */
DWORD fail_no_profile(const struct matching *matching);
/* A profile's XML, of malloc, and its flags. NULL: *error, nothing printed. */
char *profile_xml(HANDLE client, const struct matching *matching, const WCHAR *name, DWORD *flags, DWORD *error);

#endif
