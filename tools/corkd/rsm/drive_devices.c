/* The sorts of stand-alone drives. */
#include "rsm/drive_device.h"

const struct drive_device_kind *const drive_device_kinds[] = {&cdrom_device_kind, &tape_device_kind, NULL};
