/* See windows.h. */
#include "windows.h"

typedef ULONG NET_IFINDEX;
typedef struct
{
    ULONGLONG Value;
} NET_LUID;
DWORD ConvertInterfaceGuidToLuid(const GUID *guid, NET_LUID *luid);
DWORD ConvertInterfaceLuidToIndex(const NET_LUID *luid, NET_IFINDEX *index);
DWORD ConvertInterfaceIndexToLuid(NET_IFINDEX index, NET_LUID *luid);
DWORD ConvertInterfaceLuidToGuid(const NET_LUID *luid, GUID *guid);
