/*
 * A program with a Wi-Fi Direct session, for a test to do things to it and to what is behind it; peers are those of the
 * tests' own wpa_supplicant (tests/wifi/fake_supplicant.c).
 *
 * wlan_faults hold PEER FOLDER NAME   opens a session with peer number PEER; how that ended, "error reason", is in
 *                                     FOLDER/NAME.opened; when FOLDER/NAME.end is there, closes what is open: what that
 *                                     returned, "session handle", is in FOLDER/NAME.closed
 * wlan_faults cycles HANDLES SESSIONS opens and closes that many, after a tenth to get used to it; prints blocks of
 * heap and threads before and after, and how many calls failed
 */
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tlhelp32.h>
#include <wlanapi.h>

#define LONG_TIME 120000

struct opening
{
    HANDLE done;
    LONG calls;
    DWORD error, reason;
};

static void WINAPI opened(HANDLE session, void *context, GUID adapter, DWORD error, DWORD reason)
{
    struct opening *opening = context;

    (void)session, (void)adapter;
    opening->error = error;
    opening->reason = reason;
    InterlockedIncrement(&opening->calls);
    SetEvent(opening->done);
}

/* Opens a session and waits for the callback. The function's result. */
static DWORD open_session(HANDLE client, UCHAR peer, struct opening *opening, HANDLE *session)
{
    DOT11_MAC_ADDRESS address = {2, 0, 0, 0, 0, peer};
    DWORD error;

    memset(opening, 0, sizeof(*opening));
    opening->done = CreateEventW(NULL, TRUE, FALSE, NULL);
    error = WFDStartOpenSession(client, &address, opening, opened, session);
    if (!error && WaitForSingleObject(opening->done, LONG_TIME) != WAIT_OBJECT_0) opening->error = ERROR_TIMEOUT;
    CloseHandle(opening->done);
    return error;
}

/* ---- hold ---- */

static void write_file(const char *folder, const char *name, const char *ending, DWORD first, DWORD second)
{
    char path[MAX_PATH], part[MAX_PATH];
    FILE *file;

    snprintf(part, sizeof(part), "%s\\%s.part", folder, name);
    snprintf(path, sizeof(path), "%s\\%s.%s", folder, name, ending);
    file = fopen(part, "wb");
    if (!file) return;
    fprintf(file, "%lu %lu\n", first, second);
    fclose(file);
    MoveFileA(part, path);
}

static int hold(UCHAR peer, const char *folder, const char *name)
{
    HANDLE client = NULL, session = NULL;
    struct opening opening;
    char path[MAX_PATH];
    DWORD version, error, closed;

    if (WFDOpenHandle(WFD_API_VERSION, &version, &client)) return 1;
    error = open_session(client, peer, &opening, &session);
    write_file(folder, name, "opened", error ? error : opening.error, opening.reason);
    snprintf(path, sizeof(path), "%s\\%s.end", folder, name);
    for (int i = 0; i < LONG_TIME / 20 && GetFileAttributesA(path) == INVALID_FILE_ATTRIBUTES; i++)
        Sleep(20);
    closed = WFDCloseSession(session);
    write_file(folder, name, "closed", closed, WFDCloseHandle(client));
    return opening.calls != 1;
}

/* ---- cycles ---- */

static unsigned heap_blocks(void)
{
    HANDLE heaps[64];
    DWORD count = GetProcessHeaps(64, heaps);
    unsigned blocks = 0;

    for (DWORD i = 0; i < count && i < 64; i++)
    {
        PROCESS_HEAP_ENTRY entry;

        memset(&entry, 0, sizeof(entry));
        HeapLock(heaps[i]);
        while (HeapWalk(heaps[i], &entry))
            blocks += (entry.wFlags & PROCESS_HEAP_ENTRY_BUSY) != 0;
        HeapUnlock(heaps[i]);
    }
    return blocks;
}

static unsigned own_threads(void)
{
    HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPTHREAD, 0);
    THREADENTRY32 entry = {.dwSize = sizeof(entry)};
    unsigned threads = 0;

    for (BOOL more = Thread32First(snapshot, &entry); more; more = Thread32Next(snapshot, &entry))
        threads += entry.th32OwnerProcessID == GetCurrentProcessId();
    CloseHandle(snapshot);
    return threads;
}

/* How many calls failed. */
static unsigned cycle_handles(int count)
{
    unsigned failed = 0;

    for (int i = 0; i < count; i++)
    {
        HANDLE direct = NULL, client = NULL;
        DWORD version;

        failed += WFDOpenHandle(WFD_API_VERSION, &version, &direct) || WFDCloseHandle(direct);
        failed += WlanOpenHandle(2, NULL, &version, &client) || WlanCloseHandle(client, NULL);
    }
    return failed;
}

static unsigned cycle_sessions(int count)
{
    HANDLE client = NULL, session;
    struct opening opening;
    unsigned failed = 0;
    DWORD version;

    if (WFDOpenHandle(WFD_API_VERSION, &version, &client)) return 1;
    for (int i = 0; i < count; i++)
        failed += open_session(client, 1, &opening, &session) || opening.error || opening.calls != 1 ||
                  WFDCloseSession(session);
    return failed + (WFDCloseHandle(client) != 0);
}

static int cycles(int handles, int sessions)
{
    unsigned failed = cycle_handles(handles / 10) + cycle_sessions(sessions / 10), blocks = heap_blocks(),
             threads = own_threads();

    failed += cycle_handles(handles) + cycle_sessions(sessions);
    printf("%u %u %u %u %u\n", blocks, heap_blocks(), threads, own_threads(), failed);
    return failed != 0;
}

int main(int argc, char **argv)
{
    if (argc == 5 && !strcmp(argv[1], "hold")) return hold((UCHAR)atoi(argv[2]), argv[3], argv[4]);
    if (argc == 4 && !strcmp(argv[1], "cycles")) return cycles(atoi(argv[2]), atoi(argv[3]));
    return 2;
}
