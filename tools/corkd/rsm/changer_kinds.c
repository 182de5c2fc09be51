/* The kinds of changers that corkd knows. */
#include "rsm/changer.h"

#include <stdio.h>
#include <string.h>

#include "rsm/folder_library.h"
#include "rsm/media_changer.h"
#include "rsm/stand_alone_drive.h"
#include "rsm/win_error.h"

const struct changer_kind *const changer_kinds[] = {&folder_library_kind, &sg_changer_kind, &iscsi_changer_kind,
                                                     &stand_alone_drive_kind, NULL};

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
