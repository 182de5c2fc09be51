/* Settings in native builds (tests): the environment only. */
#ifndef _WIN32

#include "common/settings_source.h"

#include <stdlib.h>
#include <string.h>

enum cork_environment_result cork_settings_environment(const char *name, char *value, size_t size)
{
    const char *found = getenv(name);

    if (!found) return CORK_ENVIRONMENT_UNSET;
    if (strlen(found) >= size) return CORK_ENVIRONMENT_TOO_LONG;
    memcpy(value, found, strlen(found) + 1);
    return CORK_ENVIRONMENT_SET;
}

static bool read_nothing(const char *dll, const char *name, enum cork_setting_type *type, uint32_t *number,
                         char *string)
{
    (void)dll;
    (void)name;
    (void)type;
    (void)number;
    (void)string;
    return false;
}

const struct cork_setting_source cork_settings_system_source = {read_nothing};

#endif
