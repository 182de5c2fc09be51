/* What windows.h promises. */
#include "windows.h"

static DWORD last_error;

void SetLastError(DWORD error)
{
    last_error = error;
}

DWORD GetLastError(void)
{
    return last_error;
}

/* ---- Locks ---- */

void InitializeSRWLock(SRWLOCK *lock)
{
    lock->unused = NULL;
}

void AcquireSRWLockExclusive(SRWLOCK *lock)
{
    (void)lock;
}

void ReleaseSRWLockExclusive(SRWLOCK *lock)
{
    (void)lock;
}

void AcquireSRWLockShared(SRWLOCK *lock)
{
    (void)lock;
}

void ReleaseSRWLockShared(SRWLOCK *lock)
{
    (void)lock;
}

BOOL InitOnceExecuteOnce(INIT_ONCE *once, BOOL (*make)(INIT_ONCE *, void *, void **), void *parameter, void **context)
{
    if (!once->unused && make(once, parameter, context)) once->unused = once;
    return once->unused != NULL;
}

/* ---- Text ---- */

int lstrlenW(const WCHAR *text)
{
    return (int)wide_length(text);
}

size_t wide_length(const WCHAR *text)
{
    size_t length = 0;

    while (text[length])
        length++;
    return length;
}

WCHAR *wide_find_any(const WCHAR *text, const WCHAR *any)
{
    for (; *text; text++)
        for (const WCHAR *at = any; *at; at++)
            if (*at == *text) return (WCHAR *)(uintptr_t)text;
    return NULL;
}

int _wcsicmp(const WCHAR *first, const WCHAR *second)
{
    while (*first && *first == *second)
        first++, second++;
    return *first - *second;
}

WCHAR *lstrcpynW(WCHAR *to, const WCHAR *from, int room)
{
    int at = 0;

    for (; at < room - 1 && from[at]; at++)
        to[at] = from[at];
    if (room) to[at] = 0;
    return to;
}

int MultiByteToWideChar(UINT page, DWORD flags, const char *text, int length, WCHAR *wide, int room)
{
    (void)page, (void)flags;
    if (length < 0) length = (int)strlen(text) + 1;
    if (!room) return length;
    if (room < length) return 0;
    for (int i = 0; i < length; i++)
        wide[i] = (uint8_t)text[i];
    return length;
}

int WideCharToMultiByte(UINT page, DWORD flags, const WCHAR *wide, int length, char *text, int room, const char *other,
                        BOOL *used)
{
    (void)page, (void)flags, (void)other, (void)used;
    if (length < 0) length = lstrlenW(wide) + 1;
    if (!room) return length;
    if (room < length) return 0;
    for (int i = 0; i < length; i++)
        text[i] = wide[i] > 255 ? '?' : (char)wide[i];
    return length;
}

/* ---- Times: as good as any that comes back as it was ---- */

BOOL SystemTimeToFileTime(const SYSTEMTIME *time, FILETIME *value)
{
    value->dwHighDateTime = (DWORD)time->wYear << 16 | time->wMonth;
    value->dwLowDateTime = (DWORD)time->wDay << 16 | time->wMilliseconds;
    return TRUE;
}

BOOL FileTimeToSystemTime(const FILETIME *value, SYSTEMTIME *time)
{
    if (value->dwHighDateTime >> 31 || !(value->dwHighDateTime >> 16)) return FALSE;
    memset(time, 0, sizeof(*time));
    time->wYear = (WORD)(value->dwHighDateTime >> 16);
    time->wMonth = (WORD)value->dwHighDateTime;
    time->wDay = (WORD)(value->dwLowDateTime >> 16);
    time->wMilliseconds = (WORD)value->dwLowDateTime;
    return TRUE;
}

/* ---- The rest ---- */

void *LocalAlloc(UINT flags, size_t size)
{
    (void)flags;
    return malloc(size);
}

void *LocalFree(void *memory)
{
    free(memory);
    return NULL;
}

int MessageBoxW(HWND window, const WCHAR *text, const WCHAR *title, UINT flags)
{
    (void)window, (void)text, (void)title, (void)flags;
    return IDOK;
}

BOOL GetComputerNameExW(COMPUTER_NAME_FORMAT format, WCHAR *name, DWORD *size)
{
    (void)format;
    return GetComputerNameW(name, size);
}

BOOL GetComputerNameW(WCHAR *name, DWORD *size)
{
    lstrcpynW(name, L"HERE", (int)*size);
    return TRUE;
}

BOOL GetUserNameW(WCHAR *name, DWORD *size)
{
    return GetComputerNameW(name, size);
}

BOOL Wow64DisableWow64FsRedirection(void **old)
{
    *old = NULL;
    return FALSE;
}

BOOL Wow64RevertWow64FsRedirection(void *old)
{
    (void)old;
    return FALSE;
}

LONG RegGetValueW(HKEY key, const WCHAR *path, const WCHAR *name, DWORD flags, DWORD *type, void *data, DWORD *size)
{
    (void)key, (void)path, (void)name, (void)flags, (void)type, (void)data, (void)size;
    return ERROR_INVALID_PARAMETER;
}

HANDLE GetCurrentThread(void)
{
    return NULL;
}

HANDLE GetCurrentProcess(void)
{
    return NULL;
}

BOOL OpenThreadToken(HANDLE thread, DWORD access, BOOL as_self, HANDLE *token)
{
    (void)thread, (void)access, (void)as_self, (void)token;
    return FALSE;
}

BOOL OpenProcessToken(HANDLE process, DWORD access, HANDLE *token)
{
    (void)process, (void)access;
    *token = NULL;
    return TRUE;
}

BOOL GetTokenInformation(HANDLE token, TOKEN_INFORMATION_CLASS kind, void *information, DWORD room, DWORD *size)
{
    static char sid[12];

    (void)token;
    *size = kind == TokenUser ? sizeof(TOKEN_USER) : sizeof(TOKEN_GROUPS);
    if (room < *size) return FALSE;
    memset(information, 0, *size);
    if (kind == TokenUser) ((TOKEN_USER *)information)->User.Sid = sid;
    return TRUE;
}

BOOL LookupPrivilegeValueW(const WCHAR *system, const WCHAR *name, LUID *luid)
{
    (void)system, (void)name, (void)luid;
    return FALSE;
}

BOOL PrivilegeCheck(HANDLE token, PRIVILEGE_SET *set, BOOL *held)
{
    (void)token, (void)set, (void)held;
    return FALSE;
}

BOOL CloseHandle(HANDLE handle)
{
    (void)handle;
    return TRUE;
}

DWORD GetLengthSid(PSID sid)
{
    (void)sid;
    return 12;
}

BOOL IsValidSecurityDescriptor(PSECURITY_DESCRIPTOR descriptor)
{
    (void)descriptor;
    return FALSE;
}

BOOL MakeSelfRelativeSD(PSECURITY_DESCRIPTOR absolute, PSECURITY_DESCRIPTOR relative, DWORD *size)
{
    (void)absolute, (void)relative, (void)size;
    return FALSE;
}

DWORD GetSecurityDescriptorLength(PSECURITY_DESCRIPTOR descriptor)
{
    (void)descriptor;
    return 0;
}
