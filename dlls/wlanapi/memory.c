/*
 * Memory that goes between the DLL and programs: WlanAllocateMemory, WlanFreeMemory.
 */
#include <windows.h>
#include <wlanapi.h>

/*
 * WlanAllocateMemory (nf-wlanapi-wlanallocatememory): memory for what a program hands to functions of this DLL; NULL
 * where there is none ("GetLastError" has ERROR_NOT_ENOUGH_MEMORY). Any thread.
 */
PVOID WINAPI WlanAllocateMemory(DWORD dwMemorySize)
{
    void *memory = dwMemorySize ? HeapAlloc(GetProcessHeap(), 0, dwMemorySize) : NULL;

    if (!memory) SetLastError(dwMemorySize ? ERROR_NOT_ENOUGH_MEMORY : ERROR_INVALID_PARAMETER);
    return memory;
}

/* WlanFreeMemory (nf-wlanapi-wlanfreememory): what WlanAllocateMemory or a function of this DLL has given. Any thread.
 */
VOID WINAPI WlanFreeMemory(PVOID pMemory)
{
    if (pMemory) HeapFree(GetProcessHeap(), 0, pMemory);
}
