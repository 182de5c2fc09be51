/*
 * Handles, memory, interfaces.
 */
#include "wlanapi_test.h"

static void open_handle(void)
{
    DWORD version = 0;
    HANDLE handle = NULL;

    CHECK(WlanOpenHandle, ERROR_SUCCESS, "If the function succeeds, the return value is ERROR_SUCCESS.",
          GIVES(ERROR_SUCCESS, pWlanOpenHandle(2, NULL, &version, &handle)) && handle);
    CHECK(WlanOpenHandle, version, "This value is usually the highest version supported by both the client and server.",
          version == 2);
    CHECK(WlanCloseHandle, ERROR_SUCCESS, "If the function succeeds, the return value is ERROR_SUCCESS.",
          GIVES(ERROR_SUCCESS, pWlanCloseHandle(handle, NULL)));
    CHECK(WlanCloseHandle, ERROR_INVALID_HANDLE, "The handle hClientHandle was not found in the handle table.",
          GIVES(ERROR_INVALID_HANDLE, pWlanCloseHandle(handle, NULL)));
    CHECK(WlanOpenHandle, version_1,
          "Client version for Windows XP with SP3 and Wireless LAN API for Windows XP with SP2.",
          GIVES(ERROR_SUCCESS, pWlanOpenHandle(1, NULL, &version, &handle)) && version == 1);
    CHECK(WlanCloseHandle, version_1, "Closes a connection to the server.",
          GIVES(ERROR_SUCCESS, pWlanCloseHandle(handle, NULL)));
    CHECK(WlanOpenHandle, higher_version, "The highest version of the WLAN API that the client supports.",
          GIVES(ERROR_SUCCESS, pWlanOpenHandle(7, NULL, &version, &handle)) && version == 2);
    pWlanCloseHandle(handle, NULL);
}

static void open_arguments(void)
{
    DWORD version;
    HANDLE handle;

    CHECK(WlanOpenHandle, ERROR_INVALID_PARAMETER,
          "pdwNegotiatedVersion is NULL, phClientHandle is NULL, or pReserved is not NULL.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanOpenHandle(2, NULL, NULL, &handle)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanOpenHandle(2, NULL, &version, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanOpenHandle(2, &version, &version, &handle)));
    CHECK(WlanCloseHandle, ERROR_INVALID_PARAMETER, "hClientHandle is NULL or invalid, or pReserved is not NULL.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanCloseHandle(NULL, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanCloseHandle(client(), &version)));
    CHECK(WlanCloseHandle, another_kind, "The handle hClientHandle was not found in the handle table.",
          GIVES(ERROR_INVALID_HANDLE, pWlanCloseHandle(direct_client(), NULL)) &&
              GIVES(ERROR_INVALID_HANDLE, pWlanCloseHandle(BAD_HANDLE, NULL)));
}

static void memory(void)
{
    void *memory = pWlanAllocateMemory(1000);

    CHECK(WlanAllocateMemory, memory,
          "If the call is successful, the function returns a pointer to the allocated memory.",
          memory && memset(memory, 0xa5, 1000));
    pWlanFreeMemory(memory);
    CHECK(WlanFreeMemory, null, "Any memory returned from Native Wifi functions must be freed (there may be none).",
          (pWlanFreeMemory(NULL), TRUE));
    CHECK(WlanAllocateMemory, nothing, "If the dwMemorySize parameter is 0, the returned pointer is NULL.",
          !pWlanAllocateMemory(0));
}

static void interfaces(void)
{
    WLAN_INTERFACE_INFO_LIST *list = NULL;
    WLAN_INTERFACE_CAPABILITY *capability = NULL;
    DWORD reserved, version;
    HANDLE old;
    GUID guid;

    CHECK(WlanEnumInterfaces, ERROR_SUCCESS,
          "Enumerates all of the wireless LAN interfaces currently enabled on the local computer.",
          GIVES(ERROR_SUCCESS, pWlanEnumInterfaces(client(), NULL, &list)) && list && list->dwNumberOfItems == 1 &&
              list->dwIndex == 0);
    pWlanFreeMemory(list);
    CHECK(WlanEnumInterfaces, ERROR_INVALID_PARAMETER,
          "This error is returned if the hClientHandle or ppInterfaceList parameter is NULL; if the pReserved is not "
          "NULL.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanEnumInterfaces(NULL, NULL, &list)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanEnumInterfaces(client(), NULL, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanEnumInterfaces(client(), &reserved, &list)));
    CHECK(WlanEnumInterfaces, ERROR_INVALID_HANDLE, "The handle hClientHandle was not found in the handle table.",
          GIVES(ERROR_INVALID_HANDLE, pWlanEnumInterfaces(BAD_HANDLE, NULL, &list)));
    CHECK_IF(station(&guid), NEEDS_STATION, WlanGetInterfaceCapability, ERROR_SUCCESS,
             "Retrieves the capabilities of an interface.",
             GIVES(ERROR_SUCCESS, pWlanGetInterfaceCapability(client(), &guid, NULL, &capability)) && capability &&
                 capability->interfaceType == wlan_interface_type_native_802_11 &&
                 capability->dwNumberOfSupportedPhys == 3);
    pWlanFreeMemory(capability);
    CHECK(WlanGetInterfaceCapability, ERROR_INVALID_PARAMETER,
          "hClientHandle is NULL or invalid, pInterfaceGuid is NULL, pReserved is not NULL, or ppCapability is NULL.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanGetInterfaceCapability(NULL, &guid, NULL, &capability)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanGetInterfaceCapability(client(), NULL, NULL, &capability)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanGetInterfaceCapability(client(), &guid, &reserved, &capability)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanGetInterfaceCapability(client(), &guid, NULL, NULL)));
    CHECK(WlanGetInterfaceCapability, ERROR_INVALID_HANDLE,
          "The handle hClientHandle was not found in the handle table.",
          GIVES(ERROR_INVALID_HANDLE, pWlanGetInterfaceCapability(BAD_HANDLE, &guid, NULL, &capability)));
    pWlanOpenHandle(1, NULL, &version, &old);
    CHECK(WlanGetInterfaceCapability, ERROR_NOT_SUPPORTED,
          "This value will be returned if this function was called from a Windows XP with SP3 client.",
          GIVES(ERROR_NOT_SUPPORTED, pWlanGetInterfaceCapability(old, &guid, NULL, &capability)));
    pWlanCloseHandle(old, NULL);
}

/* Handles do not grow the process: 10,000 are opened and closed. */
static void many_handles(void)
{
    DWORD before = 0, after = 0, version, failed = 0;
    HANDLE handle;

    client();
    GetProcessHandleCount(GetCurrentProcess(), &before);
    for (int i = 0; i < 10000; i++)
        failed += pWlanOpenHandle(2, NULL, &version, &handle) || pWlanCloseHandle(handle, NULL);
    GetProcessHandleCount(GetCurrentProcess(), &after);
    note("%lu failed; %lu handles before, %lu after", failed, before, after);
    CHECK(WlanCloseHandle, many, "Closes a connection to the server.", !failed && after <= before + 8);
}

static const struct test_case cases[] = {
    {"open_handle", open_handle}, {"open_arguments", open_arguments}, {"memory", memory},
    {"interfaces", interfaces},   {"many_handles", many_handles},     {NULL, NULL}};
extern const struct group handle_group;
const struct group handle_group = {"handle", __FILE__, cases};
