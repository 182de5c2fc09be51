/* Settings on Windows: environment and registry. */
#ifdef _WIN32

#include "common/settings_source.h"

#include <windows.h>

#include "common/trace.h"

CORK_TRACE_CHANNEL(cork);

#define NAME_SIZE 128

/* Names are ASCII. False where there is no room. */
static bool widen(const char *text, WCHAR *wide, size_t size)
{
    return MultiByteToWideChar(CP_UTF8, 0, text, -1, wide, (int)size) != 0;
}

static bool narrow(const WCHAR *wide, char *text, size_t size)
{
    return WideCharToMultiByte(CP_UTF8, 0, wide, -1, text, (int)size, NULL, NULL) != 0;
}

static enum cork_environment_result read_variable(const char *name, char *value, size_t size)
{
    WCHAR wide_name[NAME_SIZE], wide[CORK_SETTING_STRING_MAX];
    DWORD length;

    if (!widen(name, wide_name, NAME_SIZE)) return CORK_ENVIRONMENT_UNSET;
    SetLastError(ERROR_SUCCESS);
    length = GetEnvironmentVariableW(wide_name, wide, CORK_SETTING_STRING_MAX);
    if (!length && GetLastError() != ERROR_SUCCESS) return CORK_ENVIRONMENT_UNSET;
    if (length >= CORK_SETTING_STRING_MAX) return CORK_ENVIRONMENT_TOO_LONG;
    wide[length] = 0;
    return narrow(wide, value, size) ? CORK_ENVIRONMENT_SET : CORK_ENVIRONMENT_TOO_LONG;
}

enum cork_environment_result cork_settings_environment(const char *name, char *value, size_t size)
{
    DWORD error = GetLastError();
    enum cork_environment_result result = read_variable(name, value, size);

    SetLastError(error);
    return result;
}

/* The 64-bit view for 32-bit programs too: Software is one of the keys that WOW64 has two of. On 32-bit Windows the
 * flag means nothing. */
static HKEY open_key(const char *dll)
{
    WCHAR path[NAME_SIZE] = L"Software\\Cork\\";
    HKEY key;

    if (!widen(dll, path + lstrlenW(path), NAME_SIZE - lstrlenW(path))) return NULL;
    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, path, 0, KEY_QUERY_VALUE | KEY_WOW64_64KEY, &key)) return NULL;
    return key;
}

/* RegGetValue would be shorter, but expands strings and cannot be told the view on an open key. */
static bool query(HKEY key, const char *dll, const char *name, enum cork_setting_type *type, uint32_t *number,
                  char *string)
{
    union
    {
        DWORD number;
        WCHAR string[CORK_SETTING_STRING_MAX];
    } data;
    WCHAR wide_name[NAME_SIZE];
    DWORD kind, size = sizeof(data) - sizeof(WCHAR);
    LSTATUS status;

    if (!widen(name, wide_name, NAME_SIZE)) return false;
    status = RegQueryValueExW(key, wide_name, NULL, &kind, (BYTE *)&data, &size);
    if (status == ERROR_FILE_NOT_FOUND) return false;
    if (!status && kind == REG_DWORD && size == sizeof(data.number))
    {
        *type = CORK_SETTING_DWORD;
        *number = data.number;
        return true;
    }
    if (!status && kind == REG_SZ)
    {
        /* A string in the registry need not have its terminating 0. */
        data.string[size / sizeof(WCHAR)] = 0;
        *type = CORK_SETTING_STRING;
        if (narrow(data.string, string, CORK_SETTING_STRING_MAX)) return true;
    }
    CORK_WARN("%s %s: neither REG_DWORD nor a short REG_SZ, ignored\n", dll, name);
    return false;
}

static bool read_registry(const char *dll, const char *name, enum cork_setting_type *type, uint32_t *number,
                          char *string)
{
    DWORD error = GetLastError();
    HKEY key = open_key(dll);
    bool found = false;

    if (key)
    {
        found = query(key, dll, name, type, number, string);
        RegCloseKey(key);
    }
    SetLastError(error);
    return found;
}

const struct cork_setting_source cork_settings_system_source = {read_registry};

#endif
