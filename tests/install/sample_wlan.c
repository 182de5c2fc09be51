/* A program on wlanapi.dll: opens a handle, asks for the interfaces, of which a machine may have none, and closes it.
 */
#include <stdio.h>
#include <wlanapi.h>

int main(void)
{
    WLAN_INTERFACE_INFO_LIST *list = NULL;
    DWORD version = 0, opened, listed, closed;
    HANDLE client = NULL;

    opened = WlanOpenHandle(WLAN_API_VERSION_2_0, NULL, &version, &client);
    listed = WlanEnumInterfaces(client, NULL, &list);
    closed = WlanCloseHandle(client, NULL);
    printf("opened: %lu, version %lu, listed: %lu, closed: %lu\n", opened, version, listed, closed);
    WlanFreeMemory(list);
    return 0;
}
