/* Where media are, and what they are sides of. */
#include "command.h"

#include <stdlib.h>

DWORD physical_medium_of(HANDLE session, const NTMS_GUID *logical_or_side, NTMS_GUID *physical)
{
    object_information information;
    NTMS_GUID *sides, side = *logical_or_side;
    DWORD count, error;

    if (!list_objects(session, logical_or_side, NTMS_PARTITION, &sides, &count))
    {
        if (count) side = sides[0];
        free(sides);
    }
    error = read_object(session, &side, NTMS_PARTITION, &information);
    if (!error) *physical = information.Info.Partition.PhysicalMedia;
    return error;
}

DWORD first_side_of(HANDLE session, const NTMS_GUID *physical, NTMS_GUID *side)
{
    NTMS_GUID *sides;
    DWORD count, error = list_objects(session, physical, NTMS_PARTITION, &sides, &count);

    if (error) return error;
    if (count) *side = sides[0];
    free(sides);
    return count ? 0 : ERROR_INVALID_MEDIA;
}

static BOOL is_at(const object_information *medium, const NTMS_GUID *place)
{
    return place ? same_id(&medium->Info.PhysicalMedia.Location, place)
                 : medium->Info.PhysicalMedia.LocationType == NTMS_DRIVE;
}

DWORD medium_at(HANDLE session, const NTMS_GUID *library, const NTMS_GUID *place, NTMS_GUID *physical)
{
    object_information information;
    NTMS_GUID *media;
    DWORD count, found = 0, error = list_objects(session, library, NTMS_PHYSICAL_MEDIA, &media, &count);

    if (error) return error;
    /* A place has one medium, several drives may have several. */
    for (DWORD i = 0; i < count && !(place && found); i++)
        if (!read_object(session, &media[i], NTMS_PHYSICAL_MEDIA, &information) && is_at(&information, place) &&
            !found++)
            *physical = media[i];
    free(media);
    return !found ? ERROR_MEDIA_NOT_AVAILABLE : found > 1 ? ERROR_INVALID_PARAMETER : 0;
}

DWORD medium_in_slot(HANDLE session, const NTMS_GUID *slot, NTMS_GUID *physical)
{
    object_information information;
    DWORD error = read_object(session, slot, NTMS_STORAGESLOT, &information);

    return error ? error : medium_at(session, &information.Info.StorageSlot.Library, slot, physical);
}
