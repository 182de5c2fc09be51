/* Errors in words. Wine's own messages have none for removable storage, and some for others that say little here. */
#include "command.h"

static const struct
{
    DWORD error;
    const char *words;
} all_words[] = {
    {ERROR_ALREADY_EXISTS, "it is there already"},
    {ERROR_BUSY, "it is in use"},
    {ERROR_CALL_NOT_IMPLEMENTED, "that is not there yet"},
    {ERROR_CANCELLED, "cancelled"},
    {ERROR_CANT_DELETE_LAST_ITEM, "it is the last one, which cannot be deleted"},
    {ERROR_CLEANER_CARTRIDGE_INSTALLED, "a cleaning medium is in the slot"},
    {ERROR_CLEANER_CARTRIDGE_SPENT, "the cleaning medium is used up"},
    {ERROR_CLEANER_SLOT_NOT_SET, "no slot is reserved for a cleaning medium"},
    {ERROR_CLEANER_SLOT_SET, "a slot is reserved for a cleaning medium already"},
    {ERROR_CONNECTION_UNAVAIL, "the removable storage service (corkd) does not run and could not be started"},
    {ERROR_CONTROLLING_IEPORT, "the library's port does not do what it should"},
    {ERROR_DATABASE_FAILURE, "the database cannot be read or written"},
    {ERROR_DATABASE_FULL, "there is no room for the database"},
    {ERROR_DEVICE_NOT_AVAILABLE, "the device is not there, is disabled or cannot do that"},
    {ERROR_DRIVE_MEDIA_MISMATCH, "the drive and the medium are in different libraries"},
    {ERROR_EMPTY, "it is empty"},
    {ERROR_IEPORT_FULL, "the library's port is full"},
    {ERROR_INDIGENOUS_TYPE, "it is the library's own type of media"},
    {ERROR_INVALID_CLEANER, "it is no cleaning medium"},
    {ERROR_INVALID_DRIVE, "it is no drive, or one of another library"},
    {ERROR_INVALID_LIBRARY, "it is no library that can do that"},
    {ERROR_INVALID_MEDIA, "it is no medium that can be used for that"},
    {ERROR_INVALID_MEDIA_POOL, "it is no media pool that can be used for that"},
    {ERROR_INVALID_NAME, "that name is not allowed"},
    {ERROR_INVALID_OPERATION, "there is no such operation, or it has ended"},
    {ERROR_INVALID_PARAMETER, "that is not allowed here"},
    {ERROR_INVALID_STATE, "its state does not allow that"},
    {ERROR_LIBRARY_FULL, "the library is full"},
    {ERROR_LIBRARY_OFFLINE, "it is the off-line library, which has no device"},
    {ERROR_MEDIA_INCOMPATIBLE, "the medium is of another type"},
    {ERROR_MEDIA_NOT_AVAILABLE, "the medium is disabled or not there"},
    {ERROR_MEDIA_OFFLINE, "the medium is in no library"},
    {ERROR_MEDIA_UNAVAILABLE, "there is no medium to be had"},
    {ERROR_MEDIUM_NOT_ACCESSIBLE, "the medium cannot be reached"},
    {ERROR_NOT_CONNECTED, "the removable storage service (corkd) does not run and could not be started"},
    {ERROR_NOT_EMPTY, "it is not empty"},
    {ERROR_NOT_SUPPORTED, "that is not possible with this device"},
    {ERROR_NO_SUPPORTING_DRIVES, "no drive takes media of that type"},
    {ERROR_OBJECT_NOT_FOUND, "there is no such object"},
    {ERROR_PATH_NOT_FOUND, "there is no such folder"},
    {ERROR_REQUEST_REFUSED, "the operator refused it"},
    {ERROR_RESOURCE_DISABLED, "the library, drive or medium is disabled"},
    {ERROR_RESOURCE_NOT_AVAILABLE, "the slot is full, or cannot be used for that"},
    {ERROR_RESOURCE_NOT_PRESENT, "the library has none"},
    {ERROR_TIMEOUT, "the time is over"},
    {ERROR_TRANSPORT_FULL, "the library's arm holds a medium"},
    {ERROR_UNABLE_TO_CLEAN, "it could not be cleaned"},
    {ERROR_UNABLE_TO_EJECT_MOUNTED_MEDIA, "the medium is mounted"},
    {ERROR_UNABLE_TO_INVENTORY_DRIVE, "the library does not say what is in a drive"},
    {ERROR_UNABLE_TO_INVENTORY_SLOT, "the library does not say what is in a slot"},
    {ERROR_UNABLE_TO_INVENTORY_TRANSPORT, "the library does not say what its arm holds"},
    {ERROR_UNABLE_TO_LOAD_MEDIUM, "the medium could not be loaded"},
    {ERROR_UNEXPECTED_OMID, "it is another medium than expected"},
    {ERROR_WRITE_PROTECT, "it cannot be written"},
    {RPC_S_NO_INTERFACES, "the removable storage service (corkd) is of another version"},
};

const char *error_words(DWORD error)
{
    for (size_t i = 0; i < sizeof(all_words) / sizeof(*all_words); i++)
        if (all_words[i].error == error) return all_words[i].words;
    return NULL;
}
