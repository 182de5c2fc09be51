/* What the kernel says of a drive, as a Windows error. */
#include <errno.h>

#include "rsm/drive_device.h"
#include "win_error.h"

uint32_t drive_device_error(int code)
{
    switch (code)
    {
    case ENOMEM:
        return ERROR_NOT_ENOUGH_MEMORY;
    case EACCES:
    case EPERM:
        return ERROR_ACCESS_DENIED;
    case EBUSY:
        return ERROR_BUSY;
    case EROFS:
        return ERROR_WRITE_PROTECT;
    case ENOMEDIUM:
        return ERROR_EMPTY;
    case EMEDIUMTYPE:
        return ERROR_UNRECOGNIZED_MEDIA;
    case EAGAIN:
    case EINTR:
        return ERROR_NOT_READY;
    case EOPNOTSUPP:
    case ENOSYS:
    case ENOTTY:
        return ERROR_NOT_SUPPORTED;
    case ENOENT:
    case ENXIO:
    case ENODEV:
        return ERROR_DEVICE_NOT_AVAILABLE;
    default:
        return ERROR_GEN_FAILURE;
    }
}
