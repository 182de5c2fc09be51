/*
 * What the wlanapi tests share. See wlanapi_test.h.
 */
#include "wlanapi_test.h"

#include "api_loader.h"

#define DEFINE_FUNCTION(name, count) __typeof__(name) *p##name;
WLANAPI_FUNCTIONS(DEFINE_FUNCTION)

#define LIST_FUNCTION(name, count) {#name, count, (void **)&p##name, 0},
static struct api_entry functions[] = {WLANAPI_FUNCTIONS(LIST_FUNCTION){NULL, 0, NULL, 0}};

const GUID unknown_interface = {0x7a6f1e02, 0x1111, 0x2222, {1, 2, 3, 4, 5, 6, 7, 8}};

static HANDLE open_client, open_direct;

void load_api(int report)
{
    load_functions("wlanapi.dll", functions, report);
}

int function_is_there(const char *name)
{
    return entry_is_there(functions, name);
}

void end_without_closing(const char *how)
{
    load_api(0);
    if (!strcmp(how, "profile"))
        add_profile_and_end();
    else if (!strcmp(how, "hosted"))
        pWlanHostedNetworkStartUsing(client(), NULL, NULL);
    else
        client();
    ExitProcess(42);
}

void before_case(void)
{
    if (open_client) pWlanCloseHandle(open_client, NULL);
    if (open_direct) pWFDCloseHandle(open_direct);
    open_client = open_direct = NULL;
}

int returned(DWORD result, DWORD code)
{
    note("returned %lu, expected %lu", result, code);
    return result == code;
}

HANDLE client(void)
{
    DWORD version = 0;

    if (!open_client && pWlanOpenHandle(2, NULL, &version, &open_client)) open_client = NULL;
    return open_client;
}

HANDLE old_client(void)
{
    HANDLE handle = NULL;
    DWORD version = 0;

    return pWlanOpenHandle(1, NULL, &version, &handle) ? NULL : handle;
}

/* The folder that the system has for the service's process. */
static BOOL service_folder(char *folder, size_t size)
{
    char path[MAX_PATH], text[256] = "";
    DWORD length = 0;
    HANDLE file;
    int process;

    if (!GetEnvironmentVariableA("CORK_TEST_ENDPOINT", path, sizeof(path))) return FALSE;
    file = CreateFileA(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) return FALSE;
    if (!ReadFile(file, text, sizeof(text) - 1, &length, NULL)) length = 0;
    CloseHandle(file);
    if (sscanf(text, "corkd %*d %*d %d", &process) != 1) return FALSE;
    snprintf(folder, size, "Z:\\proc\\%d", process);
    return TRUE;
}

BOOL end_service(void)
{
    char command[2 * MAX_PATH + 128], folder[64];
    STARTUPINFOA startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION process;

    if (!GetEnvironmentVariableA("CORK_TEST_STOP", command, sizeof(command))) return FALSE;
    if (!service_folder(folder, sizeof(folder))) return FALSE;
    /* A native program gives no process handle: what it does is waited for. */
    if (CreateProcessA(NULL, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process))
    {
        CloseHandle(process.hThread);
        CloseHandle(process.hProcess);
    }
    for (int i = 0; i < LONG_TIME / 10; i++)
    {
        if (GetFileAttributesA(folder) == INVALID_FILE_ATTRIBUTES) return TRUE;
        Sleep(10);
    }
    return FALSE;
}

/* What the log has from `from` on. */
static BOOL log_has(const char *path, DWORD from, const char *text)
{
    HANDLE file = CreateFileA(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
    static char content[1 << 20];
    DWORD size = 0;

    if (file == INVALID_HANDLE_VALUE) return FALSE;
    SetFilePointer(file, (LONG)from, NULL, FILE_BEGIN);
    if (!ReadFile(file, content, sizeof(content) - 1, &size, NULL)) size = 0;
    CloseHandle(file);
    content[size] = 0;
    return strstr(content, text) != NULL;
}

BOOL was_asked(const char *text)
{
    static DWORD from;
    WIN32_FILE_ATTRIBUTE_DATA data;
    char path[MAX_PATH];

    if (!GetEnvironmentVariableA("CORK_TEST_SUPPLICANT_LOG", path, sizeof(path))) return FALSE;
    if (!text)
    {
        from = GetFileAttributesExA(path, GetFileExInfoStandard, &data) ? data.nFileSizeLow : 0;
        return TRUE;
    }
    for (int i = 0; i < LONG_TIME / 10; i++)
    {
        if (log_has(path, from, text)) return TRUE;
        Sleep(10);
    }
    note("wpa_supplicant was not asked \"%s\"", text);
    return FALSE;
}

HANDLE direct_client(void)
{
    DWORD version = 0;

    if (!open_direct && pWFDOpenHandle(WFD_API_VERSION, &version, &open_direct)) open_direct = NULL;
    return open_direct;
}

BOOL station(GUID *guid)
{
    WLAN_INTERFACE_INFO_LIST *list = NULL;
    BOOL there = !pWlanEnumInterfaces(client(), NULL, &list) && list && list->dwNumberOfItems > 0;

    *guid = there ? list->InterfaceInfo[0].InterfaceGuid : unknown_interface;
    pWlanFreeMemory(list);
    return there;
}
