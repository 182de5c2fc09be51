/* Functions of Windows for a fuzz target. See windows.h. */
#include "windows.h"

#include <stdlib.h>

#include "netioapi.h"

/* The DLL says what it cannot read: that is what it is given here. */
int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    return setenv("CORK_TRACE", "-all", 1);
}

void InitializeConditionVariable(CONDITION_VARIABLE *variable)
{
    (void)variable;
}

BOOL SleepConditionVariableSRW(CONDITION_VARIABLE *variable, SRWLOCK *lock, DWORD time, ULONG flags)
{
    (void)variable, (void)lock, (void)time, (void)flags;
    abort(); /* nothing here is waited for */
}

void WakeAllConditionVariable(CONDITION_VARIABLE *variable)
{
    (void)variable;
}

DWORD GetCurrentThreadId(void)
{
    return 1;
}

BOOL TrySubmitThreadpoolCallback(void (*callback)(PTP_CALLBACK_INSTANCE, void *), void *context, void *environment)
{
    (void)callback, (void)context, (void)environment;
    return FALSE;
}

DWORD ConvertInterfaceGuidToLuid(const GUID *guid, NET_LUID *luid)
{
    luid->Value = guid->Data1;
    return 0;
}

DWORD ConvertInterfaceLuidToIndex(const NET_LUID *luid, NET_IFINDEX *index)
{
    *index = (NET_IFINDEX)luid->Value;
    return 0;
}

DWORD ConvertInterfaceIndexToLuid(NET_IFINDEX index, NET_LUID *luid)
{
    luid->Value = index;
    return 0;
}

DWORD ConvertInterfaceLuidToGuid(const NET_LUID *luid, GUID *guid)
{
    memset(guid, 0, sizeof(*guid));
    guid->Data1 = (uint32_t)luid->Value;
    return 0;
}
