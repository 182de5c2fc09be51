/* The kinds of changers that corkd knows. */
#include "rsm/changer.h"

#include "rsm/folder_library.h"
#include "rsm/media_changer.h"
#include "rsm/stand_alone_drive.h"

const struct changer_kind *const changer_kinds[] = {&folder_library_kind, &sg_changer_kind, &iscsi_changer_kind,
                                                    &stand_alone_drive_kind, NULL};
