/* The endpoint file and the program corkd, seen from Windows. */
#ifdef _WIN32

#include "common/host_place.h"

#include <aclapi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/host_channel.h"
#include "common/settings.h"
#include "common/trace.h"

CORK_TRACE_CHANNEL(cork);

/* A path of the host as Wine takes it, with room for the longest. */
#define HOST_PATH_SIZE 4096
static const char unix_start[] = "\\\\?\\unix";

static const struct cork_setting settings[] = {
    {.name = "CorkdPath",
     .type = CORK_SETTING_STRING,
     .string = "",
     .description = "corkd's path on the host; empty: where make install puts it (CORK_CORKD overrides)"},
};

extern const struct cork_settings cork_settings_common;
const struct cork_settings cork_settings_common = {"common", settings, sizeof(settings) / sizeof(settings[0])};

/* ---- Paths ---- */

bool host_path(const WCHAR *windows_path, char *path, size_t size)
{
    char *(CDECL * unix_name)(LPCWSTR) =
        (void *)GetProcAddress(GetModuleHandleA("kernel32.dll"), "wine_get_unix_file_name");
    char *name = unix_name ? unix_name(windows_path) : NULL;
    bool found = name && (size_t)snprintf(path, size, "%s", name) < size;

    if (name) HeapFree(GetProcessHeap(), 0, name);
    return found;
}

/* The prefix's folder on the host, UTF-8. False on Windows itself. */
static bool find_prefix(char *path, size_t size)
{
    static const char drive[] = "/dosdevices/c:";
    char *end = host_path(L"C:\\", path, size) ? strstr(path, drive) : NULL;

    /* The last one: a folder of the path may be called so too. */
    while (end && strstr(end + 1, drive))
        end = strstr(end + 1, drive);
    if (end) *end = 0;
    return end != NULL;
}

/* A host path in the form that Windows functions take. */
static bool to_windows_path(const char *path, WCHAR *wide, size_t size)
{
    char text[HOST_PATH_SIZE];

    if ((size_t)snprintf(text, sizeof(text), "%s%s", unix_start, path) >= sizeof(text)) return false;
    for (char *at = text; *at; at++)
        if (*at == '/') *at = '\\';
    return MultiByteToWideChar(CP_UTF8, 0, text, -1, wide, (int)size) != 0;
}

static bool is_file(const char *path)
{
    WCHAR wide[HOST_PATH_SIZE];
    DWORD attributes;

    if (path[0] != '/' || !to_windows_path(path, wide, HOST_PATH_SIZE)) return false;
    attributes = GetFileAttributesW(wide);
    return attributes != INVALID_FILE_ATTRIBUTES && !(attributes & FILE_ATTRIBUTE_DIRECTORY);
}

/* The program's path on the host. False where it is not installed. */
static bool find_corkd(char *path, size_t size)
{
    static const char *const installed[] = {"/usr/local/libexec/cork/corkd", "/usr/libexec/cork/corkd"};
    WCHAR wide[HOST_PATH_SIZE];
    DWORD length = GetEnvironmentVariableW(L"CORK_CORKD", wide, HOST_PATH_SIZE);

    if (length && length < HOST_PATH_SIZE)
        return WideCharToMultiByte(CP_UTF8, 0, wide, -1, path, (int)size, NULL, NULL) && is_file(path);
    if (cork_setting_string(&cork_settings_common, "CorkdPath", path, size) && path[0]) return is_file(path);
    for (size_t i = 0; i < sizeof(installed) / sizeof(installed[0]); i++)
        if (is_file(installed[i])) return (size_t)snprintf(path, size, "%s", installed[i]) < size;
    return false;
}

bool host_service_is_installed(void)
{
    char path[HOST_PATH_SIZE], prefix[HOST_PATH_SIZE];

    return find_corkd(path, sizeof(path)) && find_prefix(prefix, sizeof(prefix));
}

/* ---- The endpoint file ---- */

static bool is_own_sid(PSID sid)
{
    struct
    {
        TOKEN_USER user;
        uint8_t sid[SECURITY_MAX_SID_SIZE];
    } own;
    DWORD size = sizeof(own);
    HANDLE token;
    bool same;

    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token)) return false;
    same = GetTokenInformation(token, TokenUser, &own, size, &size) && EqualSid(own.user.User.Sid, sid);
    CloseHandle(token);
    return same;
}

/* Wine shows the host's owner and mode as an access list: everybody's entry is that of "others". The group's does not
 * show; corkd itself looks at that one. */
static bool gives_everybody_rights(PACL list)
{
    uint8_t everybody[SECURITY_MAX_SID_SIZE];
    DWORD size = sizeof(everybody);
    ACCESS_ALLOWED_ACE *entry;

    if (!list || !CreateWellKnownSid(WinWorldSid, NULL, everybody, &size)) return true;
    for (DWORD i = 0; i < list->AceCount; i++)
        if (!GetAce(list, i, (void **)&entry) ||
            (entry->Header.AceType == ACCESS_ALLOWED_ACE_TYPE && EqualSid(&entry->SidStart, everybody)))
            return true;
    return false;
}

static bool is_trusted(HANDLE file)
{
    PSECURITY_DESCRIPTOR descriptor;
    PSID owner;
    PACL list;
    bool trusted;

    if (GetSecurityInfo(file, SE_FILE_OBJECT, OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION, &owner, NULL,
                        &list, NULL, &descriptor))
        return false;
    trusted = is_own_sid(owner) && !gives_everybody_rights(list);
    LocalFree(descriptor);
    return trusted;
}

enum host_place_result host_place_read_endpoint(struct host_endpoint *endpoint)
{
    enum host_place_result result = HOST_PLACE_MISSING;
    char path[HOST_PATH_SIZE], text[HOST_ENDPOINT_SIZE];
    WCHAR wide[HOST_PATH_SIZE];
    HANDLE file;
    size_t length;
    DWORD size;

    if (!find_prefix(path, sizeof(path))) return result;
    length = strlen(path);
    if ((size_t)snprintf(path + length, sizeof(path) - length, "/%s", HOST_ENDPOINT_PATH) >= sizeof(path) - length ||
        !to_windows_path(path, wide, HOST_PATH_SIZE))
        return result;
    file = CreateFileW(wide, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING,
                       0, NULL);
    if (file == INVALID_HANDLE_VALUE)
        return GetLastError() == ERROR_ACCESS_DENIED ? HOST_PLACE_UNTRUSTED : HOST_PLACE_MISSING;
    if (!is_trusted(file))
        result = HOST_PLACE_UNTRUSTED;
    else if (ReadFile(file, text, sizeof(text), &size, NULL) && host_endpoint_parse(text, size, endpoint))
        result = HOST_PLACE_OK;
    CloseHandle(file);
    SecureZeroMemory(text, sizeof(text));
    return result;
}

/* ---- Starting ---- */

/* As the C runtime reads it back: a backslash before a quote, and each at the end, doubled. Host paths seldom have any.
 */
static bool quote(const char *argument, char *quoted, size_t size)
{
    size_t at = 0, backslashes = 0;

    quoted[at++] = '"';
    for (; *argument; argument++)
    {
        if (at + 2 * backslashes + 4 > size) return false;
        if (*argument == '"')
            for (backslashes++; backslashes; backslashes--)
                quoted[at++] = '\\';
        backslashes = *argument == '\\' ? backslashes + 1 : 0;
        quoted[at++] = *argument;
    }
    if (at + backslashes + 2 > size) return false;
    for (; backslashes; backslashes--)
        quoted[at++] = '\\';
    quoted[at++] = '"';
    quoted[at] = 0;
    return true;
}

bool host_place_start(void)
{
    char path[HOST_PATH_SIZE], prefix[HOST_PATH_SIZE], quoted[HOST_PATH_SIZE], line[HOST_PATH_SIZE + 32];
    WCHAR wide[HOST_PATH_SIZE], wide_line[HOST_PATH_SIZE + 32];
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION process = {0};

    SetLastError(ERROR_FILE_NOT_FOUND);
    if (!find_corkd(path, sizeof(path)) || !find_prefix(prefix, sizeof(prefix))) return false;
    SetLastError(ERROR_FILENAME_EXCED_RANGE);
    if (!quote(prefix, quoted, sizeof(quoted)) || !to_windows_path(path, wide, HOST_PATH_SIZE)) return false;
    snprintf(line, sizeof(line), "corkd --prefix %s", quoted);
    if (!MultiByteToWideChar(CP_UTF8, 0, line, -1, wide_line, HOST_PATH_SIZE + 32)) return false;
    if (!CreateProcessW(wide, wide_line, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process))
    {
        CORK_WARN("cannot start %s: %lu\n", path, GetLastError());
        return false;
    }
    /* Wine has none for a program of the host. */
    if (process.hProcess) CloseHandle(process.hProcess);
    if (process.hThread) CloseHandle(process.hThread);
    return true;
}

#endif
