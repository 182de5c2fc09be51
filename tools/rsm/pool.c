/* rsm createpool, rsm deletepool. */
#include "command.h"

static DWORD set_policies(HANDLE session, const struct command_line *line, NTMS_GUID *pool)
{
    object_information information;
    DWORD error;

    if (!line_switch(line, "d")->given && !line_switch(line, "r")->given) return 0;
    error = read_object(session, pool, NTMS_MEDIA_POOL, &information);
    if (error) return error;
    if (line_switch(line, "d")->given) information.Info.MediaPool.AllocationPolicy = NTMS_ALLOCATE_FROMSCRATCH;
    if (line_switch(line, "r")->given) information.Info.MediaPool.DeallocationPolicy = NTMS_DEALLOCATE_TOSCRATCH;
    return SetNtmsObjectInformationW(session, pool, &information);
}

DWORD verb_createpool(HANDLE session, const struct command_line *line)
{
    static const DWORD actions[] = {NTMS_OPEN_EXISTING, NTMS_OPEN_ALWAYS, NTMS_CREATE_NEW};
    const struct switch_value *type = line_switch(line, "t");
    const char *name = line_switch(line, "m")->text;
    WCHAR wide[NTMS_POOLHIERARCHY_LENGTH];
    NTMS_GUID media_type, pool;
    DWORD error;

    if (type->given && (error = find_object(session, type, NTMS_MEDIA_TYPE, NULL, &media_type))) return error;
    if (!to_wide(name, wide, NTMS_POOLHIERARCHY_LENGTH)) return fail(ERROR_INVALID_NAME, "createpool %s", name);
    error = CreateNtmsMediaPoolW(session, wide, type->given ? &media_type : NULL, actions[line_word(line, "a", 0)],
                                 NULL, &pool);
    if (!error) error = set_policies(session, line, &pool);
    return error ? fail(error, "createpool %s", name) : 0;
}

DWORD verb_deletepool(HANDLE session, const struct command_line *line)
{
    const char *name = line_switch(line, "m")->text;
    NTMS_GUID pool;
    DWORD error = find_pool(session, name, &pool);

    if (error) return error;
    error = DeleteNtmsMediaPool(session, &pool);
    return error ? fail(error, "deletepool %s", name) : 0;
}
