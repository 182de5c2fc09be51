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
    (void)how;
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
