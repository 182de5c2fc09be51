/* wlan add profile, export profile: profiles in files. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "profile.h"

enum
{
    FILE_SIZE_MAX = 1 << 20, /* bytes; no profile has so many */
    PATH_MAX_LENGTH = 1024,
};

/* ---- Files ---- */

/* A path of the command line. */
static BOOL path_of(const char *text, WCHAR *path)
{
    return to_wide(text, path, PATH_MAX_LENGTH);
}

static DWORD read_bytes(const WCHAR *path, BYTE *bytes, DWORD room, DWORD *size)
{
    HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    DWORD error = ERROR_SUCCESS;

    if (file == INVALID_HANDLE_VALUE) return GetLastError();
    if (!ReadFile(file, bytes, room, size, NULL)) error = GetLastError();
    CloseHandle(file);
    return error;
}

/* The bytes as text: UTF-16 by its mark, otherwise UTF-8. NULL: they are neither, or there is no memory. */
static WCHAR *text_of(const BYTE *bytes, DWORD size)
{
    const BOOL wide = size >= 2 && bytes[0] == 0xff && bytes[1] == 0xfe;
    const DWORD mark = wide ? 2 : size >= 3 && !memcmp(bytes, "\xef\xbb\xbf", 3) ? 3 : 0;
    WCHAR *text = calloc(size + 1, sizeof(*text));

    if (!text) return NULL;
    if (wide)
        memcpy(text, bytes + mark, (size - mark) / sizeof(WCHAR) * sizeof(WCHAR));
    else if (size > mark && !MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, (const char *)bytes + mark,
                                                 (int)(size - mark), text, (int)size))
    {
        free(text);
        return NULL;
    }
    return text;
}

static WCHAR *read_profile(const char *name, DWORD *error)
{
    BYTE *bytes = malloc(FILE_SIZE_MAX);
    WCHAR path[PATH_MAX_LENGTH], *text = NULL;
    DWORD size = 0;

    *error = !bytes                ? ERROR_NOT_ENOUGH_MEMORY
             : path_of(name, path) ? read_bytes(path, bytes, FILE_SIZE_MAX, &size)
                                   : ERROR_INVALID_NAME;
    if (!*error && size == FILE_SIZE_MAX) *error = ERROR_BAD_PROFILE;
    if (!*error)
    {
        text = text_of(bytes, size);
        if (!text) *error = ERROR_BAD_PROFILE;
    }
    free(bytes);
    if (*error) fail(*error, "%s", name);
    return text;
}

/* ---- add profile ---- */

static DWORD add_to(HANDLE client, const WLAN_INTERFACE_INFO *radio, const struct command_line *line)
{
    const char *file = line_value(line, "filename")->text;
    const DWORD flags = line_number(line, "user", 0) == 1 ? WLAN_PROFILE_USER : 0;
    WLAN_REASON_CODE reason = WLAN_REASON_CODE_SUCCESS;
    char name[NAME_SIZE];
    DWORD error;
    WCHAR *xml = read_profile(file, &error);

    if (!xml) return error;
    error = WlanSetProfile(client, &radio->InterfaceGuid, flags, xml, NULL, TRUE, NULL, &reason);
    free(xml);
    if (error && reason != WLAN_REASON_CODE_SUCCESS) return fail_for_reason(error, reason, "add profile %s", file);
    if (error) return fail(error, "add profile %s", file);
    say("The profile of %s has been added on interface %s.\n", file, interface_name(radio, name));
    return ERROR_SUCCESS;
}

DWORD verb_add_profile(HANDLE client, const struct command_line *line)
{
    return each_interface(client, line, add_to);
}

/* ---- export profile ---- */

/* "INTERFACE-PROFILE.xml" in the folder, with what a file's name cannot have as underscores. */
static BOOL file_of(const struct matching *matching, const WCHAR *profile, WCHAR *path)
{
    const char *folder = line_value(matching->line, "folder")->text;
    WCHAR radio[WLAN_MAX_NAME_LENGTH], name[2 * WLAN_MAX_NAME_LENGTH + 8], end[PATH_MAX_LENGTH];

    if (!to_wide(*folder ? folder : ".", end, PATH_MAX_LENGTH)) return FALSE;
    if (!to_wide(matching->interface_name, radio, WLAN_MAX_NAME_LENGTH)) return FALSE;
    _snwprintf(name, sizeof(name) / sizeof(*name), L"%ls-%.255ls.xml", radio, profile);
    for (WCHAR *at = name; *at; at++)
        if (*at < ' ' || wcschr(L"\\/:*?\"<>|", *at)) *at = '_';
    return _snwprintf(path, PATH_MAX_LENGTH, L"%ls\\%ls", end, name) < PATH_MAX_LENGTH - 1;
}

static DWORD write_file(const WCHAR *path, const char *text)
{
    HANDLE file = CreateFileW(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    DWORD written = 0, error = ERROR_SUCCESS;

    if (file == INVALID_HANDLE_VALUE) return GetLastError();
    if (!WriteFile(file, text, (DWORD)strlen(text), &written, NULL)) error = GetLastError();
    if (!error && written != strlen(text)) error = ERROR_DISK_FULL;
    if (!CloseHandle(file) && !error) error = GetLastError();
    return error;
}

static DWORD export_one(HANDLE client, const struct matching *matching, const WLAN_PROFILE_INFO *info)
{
    WCHAR path[PATH_MAX_LENGTH];
    char name[NAME_SIZE], file[3 * PATH_MAX_LENGTH], *xml;
    DWORD flags, error;

    name_text(info->strProfileName, name);
    xml = profile_xml(client, matching, info->strProfileName, &flags, &error);
    if (!xml) return fail(error, "export profile %s", name);
    if (!file_of(matching, info->strProfileName, path)) error = ERROR_FILENAME_EXCED_RANGE;
    to_utf8(path, file, sizeof(file));
    if (!error) error = write_file(path, xml);
    free(xml);
    if (error) return fail(error, "export profile %s", name);
    say("Profile %s of interface %s has been written to %s.\n", name, matching->interface_name, file);
    return ERROR_SUCCESS;
}

static DWORD export_profiles(HANDLE client, const WLAN_INTERFACE_INFO *radio, const struct command_line *line)
{
    struct matching matching = matching_of(radio, line);
    DWORD count = 0, error;

    matching.function = export_one;
    error = each_profile(client, &matching, &count);
    if (error || count) return error;
    if (matching.pattern) return fail_no_profile(&matching);
    tell("wlan: there are no profiles on interface %s\n", matching.interface_name);
    return ERROR_SUCCESS;
}

DWORD verb_export_profile(HANDLE client, const struct command_line *line)
{
    return each_interface(client, line, export_profiles);
}
