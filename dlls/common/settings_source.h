/* Where settings come from on each system. For libcork's own files. */
#ifndef CORK_COMMON_SETTINGS_SOURCE_H
#define CORK_COMMON_SETTINGS_SOURCE_H

#include "common/settings.h"

enum cork_environment_result
{
    CORK_ENVIRONMENT_UNSET,
    CORK_ENVIRONMENT_SET,
    CORK_ENVIRONMENT_TOO_LONG,
};

/* Copies the value of environment variable `name` to `value` of `size` bytes, as UTF-8. Keeps the last error. */
enum cork_environment_result cork_settings_environment(const char *name, char *value, size_t size);

/* The registry; natively there is nothing in it. Keeps the last error. */
extern const struct cork_setting_source cork_settings_system_source;

#endif
