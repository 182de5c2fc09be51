/*
 * As much of Windows as dlls/ntmsapi needs to be built natively, for a fuzz target: the types that its structures are
 * made of, with their sizes, and the functions that it calls, most of which do nothing (windows.c). To be compiled with
 * -fshort-wchar. It comes before mingw-w64's headers, of which ntmsapi.h alone is used.
 */
#ifndef CORK_FUZZ_WINDOWS_H
#define CORK_FUZZ_WINDOWS_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define WINAPI
#define CALLBACK
#define CONST const
#define TRUE  1
#define FALSE 0
#define UNICODE

typedef uint8_t BYTE;
typedef uint16_t WORD;
typedef uint32_t DWORD, UINT, ULONG;
typedef int32_t LONG, BOOL, WINBOOL;
typedef int64_t LONGLONG;
typedef uintptr_t ULONG_PTR;
typedef char CHAR;
typedef wchar_t WCHAR, TCHAR;
typedef void *HANDLE, *LPVOID, *PSECURITY_DESCRIPTOR, *PSID, *HWND, *HKEY;
typedef HANDLE *LPHANDLE;
typedef DWORD *LPDWORD, SECURITY_INFORMATION;
typedef char *LPSTR;
typedef const char *LPCSTR;
typedef WCHAR *LPWSTR, *LPTSTR;
typedef const WCHAR *LPCWSTR, *LPCTSTR;

typedef struct
{
    uint32_t Data1;
    uint16_t Data2, Data3;
    uint8_t Data4[8];
} GUID, *LPGUID;

typedef struct
{
    WORD wYear, wMonth, wDayOfWeek, wDay, wHour, wMinute, wSecond, wMilliseconds;
} SYSTEMTIME;

typedef struct
{
    DWORD dwLowDateTime, dwHighDateTime;
} FILETIME;

typedef union
{
    LONGLONG QuadPart;
} LARGE_INTEGER;

typedef struct
{
    DWORD nLength;
    void *lpSecurityDescriptor;
    BOOL bInheritHandle;
} SECURITY_ATTRIBUTES, *LPSECURITY_ATTRIBUTES;

enum
{
    ERROR_SUCCESS = 0,
    ERROR_ACCESS_DENIED = 5,
    ERROR_INVALID_HANDLE = 6,
    ERROR_NOT_ENOUGH_MEMORY = 8,
    ERROR_OUTOFMEMORY = 14,
    ERROR_NO_MORE_ITEMS = 259,
    ERROR_INVALID_PARAMETER = 87,
    ERROR_INSUFFICIENT_BUFFER = 122,
    ERROR_INVALID_NAME = 123,
    ERROR_NO_DATA = 232,
    ERROR_TIMEOUT = 1460,
    ERROR_NO_UNICODE_TRANSLATION = 1113,
    ERROR_CONNECTION_UNAVAIL = 1201,
    ERROR_INVALID_COMPUTERNAME = 1210,
    ERROR_CANCELLED = 1223,
    ERROR_INVALID_SECURITY_DESCR = 1338,
    ERROR_BAD_DESCRIPTOR_FORMAT = 1361,
    RPC_S_NO_INTERFACES = 1817,
    ERROR_NOT_CONNECTED = 2250,
    ERROR_INVALID_MEDIA = 4300,
    ERROR_INVALID_LIBRARY = 4301,
    ERROR_INVALID_MEDIA_POOL = 4302,
    ERROR_DRIVE_MEDIA_MISMATCH = 4303,
    ERROR_INVALID_DRIVE = 4307,
    ERROR_OBJECT_NOT_FOUND = 4312,
    ERROR_MEDIA_INCOMPATIBLE = 4315,
    ERROR_REQUEST_REFUSED = 4320,
};

#define INFINITE                0xffffffffu
#define INVALID_HANDLE_VALUE    ((HANDLE)(intptr_t)-1)
#define MAX_PATH                260
#define MAX_COMPUTERNAME_LENGTH 15

/* ---- Locks: one thread ---- */

typedef struct
{
    void *unused;
} SRWLOCK, INIT_ONCE;
#define INIT_ONCE_STATIC_INIT                                                                                          \
    {                                                                                                                  \
        NULL                                                                                                           \
    }
void InitializeSRWLock(SRWLOCK *lock);
void AcquireSRWLockExclusive(SRWLOCK *lock);
void ReleaseSRWLockExclusive(SRWLOCK *lock);
void AcquireSRWLockShared(SRWLOCK *lock);
void ReleaseSRWLockShared(SRWLOCK *lock);
BOOL InitOnceExecuteOnce(INIT_ONCE *once, BOOL (*make)(INIT_ONCE *, void *, void **), void *parameter, void **context);

/* ---- Text: ANSI is ISO 8859-1 here ---- */

#define CP_ACP  0
#define CP_UTF8 65001
int MultiByteToWideChar(UINT page, DWORD flags, const char *text, int length, WCHAR *wide, int room);
int WideCharToMultiByte(UINT page, DWORD flags, const WCHAR *wide, int length, char *text, int room, const char *other,
                        BOOL *used);
int lstrlenW(const WCHAR *text);
WCHAR *lstrcpynW(WCHAR *to, const WCHAR *from, int room);
int _wcsicmp(const WCHAR *first, const WCHAR *second);
/* The C library's have wide characters of 32 bits. */
#define wcslen  wide_length
#define wcspbrk wide_find_any
size_t wide_length(const WCHAR *text);
WCHAR *wide_find_any(const WCHAR *text, const WCHAR *any);

/* ---- The rest ---- */

BOOL SystemTimeToFileTime(const SYSTEMTIME *time, FILETIME *value);
BOOL FileTimeToSystemTime(const FILETIME *value, SYSTEMTIME *time);
void SetLastError(DWORD error);
DWORD GetLastError(void);
#define LMEM_FIXED 0
void *LocalAlloc(UINT flags, size_t size);
void *LocalFree(void *memory);
#define MB_OKCANCEL    1
#define MB_ICONWARNING 48
#define IDOK           1
int MessageBoxW(HWND window, const WCHAR *text, const WCHAR *title, UINT flags);

typedef enum
{
    ComputerNameNetBIOS,
    ComputerNameDnsHostname,
    ComputerNameDnsFullyQualified = 3,
} COMPUTER_NAME_FORMAT;
BOOL GetComputerNameExW(COMPUTER_NAME_FORMAT format, WCHAR *name, DWORD *size);
BOOL GetComputerNameW(WCHAR *name, DWORD *size);
BOOL GetUserNameW(WCHAR *name, DWORD *size);
BOOL Wow64DisableWow64FsRedirection(void **old);
BOOL Wow64RevertWow64FsRedirection(void *old);
#define HKEY_LOCAL_MACHINE ((HKEY)1)
#define RRF_RT_REG_SZ      2
LONG RegGetValueW(HKEY key, const WCHAR *path, const WCHAR *name, DWORD flags, DWORD *type, void *data, DWORD *size);

/* Nobody holds a privilege, and every token has one user and no groups. */
typedef struct
{
    DWORD LowPart;
    LONG HighPart;
} LUID;
typedef struct
{
    LUID Luid;
    DWORD Attributes;
} LUID_AND_ATTRIBUTES;
typedef struct
{
    DWORD PrivilegeCount, Control;
    LUID_AND_ATTRIBUTES Privilege[1];
} PRIVILEGE_SET;
typedef struct
{
    PSID Sid;
    DWORD Attributes;
} SID_AND_ATTRIBUTES;
typedef struct
{
    SID_AND_ATTRIBUTES User;
} TOKEN_USER;
typedef struct
{
    DWORD GroupCount;
    SID_AND_ATTRIBUTES Groups[1];
} TOKEN_GROUPS;
typedef enum
{
    TokenUser = 1,
    TokenGroups,
} TOKEN_INFORMATION_CLASS;
#define SE_GROUP_ENABLED            4
#define SE_PRIVILEGE_ENABLED        2
#define PRIVILEGE_SET_ALL_NECESSARY 1
#define TOKEN_QUERY                 8
#define SACL_SECURITY_INFORMATION   8
HANDLE GetCurrentThread(void);
HANDLE GetCurrentProcess(void);
BOOL OpenThreadToken(HANDLE thread, DWORD access, BOOL as_self, HANDLE *token);
BOOL OpenProcessToken(HANDLE process, DWORD access, HANDLE *token);
BOOL GetTokenInformation(HANDLE token, TOKEN_INFORMATION_CLASS kind, void *information, DWORD room, DWORD *size);
BOOL LookupPrivilegeValueW(const WCHAR *system, const WCHAR *name, LUID *luid);
BOOL PrivilegeCheck(HANDLE token, PRIVILEGE_SET *set, BOOL *held);
BOOL CloseHandle(HANDLE handle);
DWORD GetLengthSid(PSID sid);
BOOL IsValidSecurityDescriptor(PSECURITY_DESCRIPTOR descriptor);
BOOL MakeSelfRelativeSD(PSECURITY_DESCRIPTOR absolute, PSECURITY_DESCRIPTOR relative, DWORD *size);
DWORD GetSecurityDescriptorLength(PSECURITY_DESCRIPTOR descriptor);

#endif
