/*
 * As much of Windows as dlls/wlanapi needs beyond what dlls/ntmsapi does (../windows/windows.h), to be built natively
 * for a fuzz target: types, locks for one thread, and functions most of which do nothing (fuzz_wlanapi_replies.c).
 */
#ifndef CORK_FUZZ_WINDOWS_WLAN_H
#define CORK_FUZZ_WINDOWS_WLAN_H

#include "../windows/windows.h"

typedef uint8_t UCHAR, BOOLEAN, *PBYTE, *PUCHAR;
typedef uint16_t USHORT, UINT16;
typedef uint64_t ULONGLONG, ULONG64, DWORD64;
typedef int8_t INT8;
typedef char CCHAR;
typedef void VOID, *PVOID;
typedef BOOL *PBOOL;
typedef LONG *PLONG;
typedef ULONG *PULONG;
typedef DWORD *PDWORD;
typedef BOOL *LPBOOL;
typedef GUID IID, CLSID;
typedef WCHAR *PWSTR, *PWCHAR;
typedef const WCHAR *PCWSTR;
typedef WORD *PWORD;
typedef void *PTP_CALLBACK_INSTANCE, *HMODULE, *HINSTANCE;
typedef union
{
    ULONGLONG QuadPart;
} ULARGE_INTEGER;

#define DECLSPEC_ALIGN(bytes)
#define DUMMYUNIONNAME
#define ANYSIZE_ARRAY 1
#define IN
#define OUT
#define __field_bcount_opt(x)
#define FAR

enum
{
    ERROR_FILE_NOT_FOUND = 2,
    ERROR_INVALID_DATA = 13,
    ERROR_GEN_FAILURE = 31,
    ERROR_NOT_SUPPORTED = 50,
    ERROR_BAD_PROFILE = 1206,
    ERROR_ALREADY_EXISTS = 183,
    ERROR_NOT_FOUND = 1168,
    ERROR_SERVICE_NOT_ACTIVE = 1062,
    ERROR_POSSIBLE_DEADLOCK = 1131,
    ERROR_INVALID_STATE = 5023,
    ERROR_REMOTE_SESSION_LIMIT_EXCEEDED = 1220,
    ERROR_BAD_PROVIDER = 1204,
};

typedef struct
{
    void *unused;
} CONDITION_VARIABLE;
void InitializeConditionVariable(CONDITION_VARIABLE *variable);
BOOL SleepConditionVariableSRW(CONDITION_VARIABLE *variable, SRWLOCK *lock, DWORD time, ULONG flags);
void WakeAllConditionVariable(CONDITION_VARIABLE *variable);
DWORD GetCurrentThreadId(void);
DWORD GetCurrentProcessId(void);
BOOL TrySubmitThreadpoolCallback(void (*callback)(PTP_CALLBACK_INSTANCE, void *), void *context, void *environment);

#define InterlockedCompareExchange(at, to, from) __sync_val_compare_and_swap(at, from, to)
#define InterlockedExchange(at, to)              __sync_lock_test_and_set(at, to)
#define InterlockedIncrement(at)                 __sync_add_and_fetch(at, 1)
#define InterlockedDecrement(at)                 __sync_sub_and_fetch(at, 1)
#define HandleToULong(handle)                    ((ULONG)(uintptr_t)(handle))
#define ZeroMemory(at, size)                     memset(at, 0, size)
#define min(a, b)                                ((a) < (b) ? (a) : (b))
#define max(a, b)                                ((a) > (b) ? (a) : (b))
#define GetProcessHeap()                         NULL
#define HeapAlloc(heap, flags, size)             ((void)(heap), malloc(size))
#define HeapFree(heap, flags, memory)            ((void)(heap), free(memory))
#define IsEqualGUID(one, other)                  (!memcmp(one, other, sizeof(GUID)))

#define DELETE                  0x10000
#define WRITE_DAC               0x40000
#define STANDARD_RIGHTS_READ    0x20000
#define STANDARD_RIGHTS_WRITE   0x20000
#define STANDARD_RIGHTS_EXECUTE 0x20000
#define FILE_READ_DATA          1
#define FILE_WRITE_DATA         2
#define FILE_EXECUTE            32

#endif
