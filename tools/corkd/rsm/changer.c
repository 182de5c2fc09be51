/* Opening a changer by its location. */
#include "rsm/changer.h"

#include <stdio.h>
#include <string.h>

#include "win_error.h"

uint32_t changer_open(const char *location, struct changer **changer, char *message, size_t size)
{
    for (const struct changer_kind *const *kind = changer_kinds; *kind; kind++)
    {
        size_t length = strlen((*kind)->scheme);

        if (!strncmp(location, (*kind)->scheme, length) && location[length] == ':')
            return (*kind)->open(location + length + 1, changer, message, size);
    }
    snprintf(message, size, "no kind of library is called so: %.200s", location);
    return ERROR_INVALID_PARAMETER;
}
