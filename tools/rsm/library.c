/* rsm addlibrary, deletelibrary, enable, disable, rename. */
#include "command.h"

#include <stdio.h>
#include <string.h>

#include "common/host_channel.h"

/* ---- Adding ---- */

/* Of a folder as Windows writes its path. */
static BOOL folder_location(const char *path, char *text, size_t size)
{
    WCHAR wide[TEXT_SIZE], full[TEXT_SIZE];
    char name[TEXT_SIZE];

    if (!to_wide(path, wide, TEXT_SIZE) || !GetFullPathNameW(wide, TEXT_SIZE, full, NULL) ||
        !host_path(full, name, sizeof(name)))
        return FALSE;
    return snprintf(text, size, "folder:%s", name) < (int)size;
}

static BOOL begins(const char *text, const char *with)
{
    return !strncmp(text, with, strlen(with));
}

/* "kind:place", as the service has it. */
static BOOL service_location(const char *location, char *text, size_t size)
{
    if (begins(location, "iscsi:") || begins(location, "sg:") || begins(location, "folder:"))
        snprintf(text, size, "%s", location);
    else if (begins(location, "/dev/"))
        snprintf(text, size, "sg:%s", location);
    else if (location[0] == '/')
        snprintf(text, size, "folder:%s", location);
    else
        return folder_location(location, text, size);
    return TRUE;
}

static DWORD fail_to_add(DWORD error, const char *location, BOOL folder)
{
    const char *why =
        error == ERROR_DEVICE_NOT_AVAILABLE && folder ? "it is no folder library; /drives and /slots make one there"
        : error == ERROR_DEVICE_NOT_AVAILABLE ? "no media changer answers there; cork/corkd.log in the prefix says why"
        : error == ERROR_INVALID_LIBRARY      ? "the device there is no media changer"
        : error == ERROR_ACCESS_DENIED        ? "this user may not read and write there"
                                              : NULL;

    return why ? fail_plainly(error, "addlibrary %s: %s", location, why) : fail(error, "addlibrary %s", location);
}

DWORD verb_addlibrary(HANDLE session, const struct command_line *line)
{
    static const char *const letters[] = {"drives", "slots", "ports", "sides"};
    const char *name = line_switch(line, "n")->given ? line_switch(line, "n")->text : "";
    uint32_t sizes[4] = {0, 0, 0, 0};
    char location[TEXT_SIZE];
    NTMS_GUID library;
    DWORD error;

    (void)session;
    for (int i = 0; i < 4; i++)
    {
        sizes[i] = line_switch(line, letters[i])->number;
        if (line_switch(line, letters[i])->given && !sizes[i] && i != 2)
            return fail_plainly(ERROR_INVALID_PARAMETER, "/%s has to be 1 or more", letters[i]);
    }
    if (!sizes[0] != !sizes[1])
        return fail_plainly(ERROR_INVALID_PARAMETER, "a new folder library needs /drives and /slots");
    if (!sizes[0] && (sizes[2] || sizes[3]))
        return fail_plainly(ERROR_INVALID_PARAMETER, "/ports and /sides go with /drives and /slots");
    if (!service_location(line->operand, location, sizeof(location)))
        return fail(ERROR_PATH_NOT_FOUND, "addlibrary %s", line->operand);
    if (sizes[0] && !begins(location, "folder:"))
        return fail_plainly(ERROR_INVALID_PARAMETER, "only a folder library is made; %s is a device", line->operand);
    error = wire_add_library(location, name, sizes, &library);
    if (error) return fail_to_add(error, line->operand, begins(location, "folder:"));
    if (line_switch(line, "b")->given)
        say("%s\n", id_text(&library));
    else
        say("Library %s\n", id_text(&library));
    return 0;
}

DWORD verb_deletelibrary(HANDLE session, const struct command_line *line)
{
    NTMS_GUID library;
    DWORD error = find_object(session, line_switch(line, "l"), NTMS_LIBRARY, NULL, &library);

    if (error) return error;
    error = DeleteNtmsLibrary(session, &library);
    if (error == ERROR_INVALID_STATE)
        return fail_plainly(error, "deletelibrary %s: it has to be disabled before (rsm disable)",
                            line_switch(line, "l")->text);
    return error ? fail(error, "deletelibrary %s", line_switch(line, "l")->text) : 0;
}

/* ---- Enabling ---- */

static DWORD able(HANDLE session, const struct command_line *line, BOOL enable)
{
    static const struct
    {
        const char *letters;
        DWORD type;
    } kinds[] = {{"l", NTMS_LIBRARY}, {"d", NTMS_DRIVE}, {"p", NTMS_PHYSICAL_MEDIA}};

    for (int i = 0; i < 3; i++)
    {
        const struct switch_value *value = line_switch(line, kinds[i].letters);
        NTMS_GUID id;
        DWORD error;

        if (!value->given) continue;
        error = find_object(session, value, kinds[i].type, NULL, &id);
        if (error) return error;
        error = enable ? EnableNtmsObject(session, kinds[i].type, &id) : DisableNtmsObject(session, kinds[i].type, &id);
        return error ? fail(error, "%s %s", line->verb->name, value->text) : 0;
    }
    return ERROR_INVALID_PARAMETER; /* the command line's rules see to it that one is there */
}

DWORD verb_enable(HANDLE session, const struct command_line *line)
{
    return able(session, line, TRUE);
}

DWORD verb_disable(HANDLE session, const struct command_line *line)
{
    return able(session, line, FALSE);
}

DWORD verb_rename(HANDLE session, const struct command_line *line)
{
    const char *name = line_switch(line, "n")->text, *description = line_switch(line, "d")->text;
    NTMS_GUID id;
    DWORD error;

    if (!name && !description)
        return fail_plainly(ERROR_INVALID_PARAMETER, "rename needs a new name, by /n, or a description, by /d");
    error = find_object(session, line_switch(line, "i"), type_of_word(line_word(line, "t", 0)), NULL, &id);
    return error ? error : rename_object(session, &id, name, description);
}
