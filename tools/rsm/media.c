/* rsm freemedia, rsm movemedia, rsm deletemedia. */
#include "command.h"

#include <stdlib.h>

/* The physical medium that the command line names by a side, a logical medium or a slot. */
static DWORD find_physical(HANDLE session, const struct command_line *line, NTMS_GUID *id)
{
    const struct switch_value *slot = line_switch(line, "s"), *partition = line_switch(line, "p");
    const struct switch_value *value = slot->given ? slot : partition->given ? partition : line_switch(line, "l");
    DWORD type = slot->given ? NTMS_STORAGESLOT : partition->given ? NTMS_PARTITION : NTMS_LOGICAL_MEDIA;
    NTMS_GUID named;
    DWORD error = find_object(session, value, type, NULL, &named);

    if (error) return error;
    error = slot->given ? medium_in_slot(session, &named, id) : physical_medium_of(session, &named, id);
    if (error == ERROR_MEDIA_NOT_AVAILABLE) return fail_plainly(error, "the slot %s is empty", value->text);
    return error ? fail(error, "%s %s", type_name(type), value->text) : 0;
}

/* The free pool of a type of media. */
static DWORD free_pool(HANDLE session, const NTMS_GUID *media_type, NTMS_GUID *pool)
{
    object_information information;
    NTMS_GUID *pools;
    DWORD count, error = list_objects(session, NULL, NTMS_MEDIA_POOL, &pools, &count);

    if (error) return error;
    error = ERROR_OBJECT_NOT_FOUND;
    for (DWORD i = 0; i < count && error; i++)
    {
        if (read_object(session, &pools[i], NTMS_MEDIA_POOL, &information) ||
            information.Info.MediaPool.PoolType != NTMS_POOLTYPE_SCRATCH ||
            !same_id(&information.Info.MediaPool.MediaType, media_type))
            continue;
        *pool = pools[i];
        error = 0;
    }
    free(pools);
    return error;
}

DWORD verb_freemedia(HANDLE session, const struct command_line *line)
{
    object_information information;
    NTMS_GUID medium, pool;
    char name[TEXT_SIZE];
    DWORD error = find_physical(session, line, &medium);

    if (error) return error;
    error = read_object(session, &medium, NTMS_PHYSICAL_MEDIA, &information);
    if (!error) error = free_pool(session, &information.Info.PhysicalMedia.MediaType, &pool);
    if (!error) error = MoveToNtmsMediaPool(session, &medium, &pool);
    return error ? fail(error, "freemedia %s", name_of(session, &medium, name)) : 0;
}

DWORD verb_movemedia(HANDLE session, const struct command_line *line)
{
    const struct switch_value *medium = line_switch(line, "p");
    NTMS_GUID id, pool;
    DWORD error = find_object(session, medium, NTMS_PHYSICAL_MEDIA, NULL, &id);

    if (!error) error = find_pool(session, line_switch(line, "m")->text, &pool);
    if (error) return error;
    error = MoveToNtmsMediaPool(session, &id, &pool);
    return error ? fail(error, "move %s to %s", medium->text, line_switch(line, "m")->text) : 0;
}

DWORD verb_deletemedia(HANDLE session, const struct command_line *line)
{
    const struct switch_value *medium = line_switch(line, "p");
    NTMS_GUID id;
    DWORD error = find_object(session, medium, NTMS_PHYSICAL_MEDIA, NULL, &id);

    if (error) return error;
    error = DeleteNtmsMedia(session, &id);
    return error ? fail(error, "deletemedia %s", medium->text) : 0;
}
