/*
 * Wi-Fi Direct sessions, in the Wi-Fi guest: a Windows program and another machine's wpa_supplicant.
 *
 * direct CASE ADDRESS [ARGUMENT]     prints TAP; exit code 0 if all went as it should. ADDRESS is the peer's.
 *   open FOLDER    a session is opened; "open" appears in FOLDER, with the interface's GUID; when "go" is there a
 * datagram goes to 192.168.49.2 and comes back; the session is closed held FOLDER    a session is opened, and closed
 * when "end" is there, whatever has happened to it refused        the peer refuses, or does not answer cancel the
 * session is cancelled while it is opened absent         there is no such peer (DirectTimeout ends it) close-handle the
 * handle is closed while a session is opened: that waits
 */
#include <winsock2.h>
#include <windows.h>
#include <iphlpapi.h>
#include <stdio.h>
#include <string.h>
#include <wlanapi.h>

#define LONG_TIME 180000
#define ECHO_PORT 7007

static int tests_run, tests_failed;

static BOOL check(BOOL good, const char *what)
{
    printf("%sok %d - %s\n", good ? "" : "not ", ++tests_run, what);
    tests_failed += !good;
    return good;
}

struct opening
{
    HANDLE done, session;
    LONG calls;
    DWORD error, reason;
    GUID adapter;
};

static void WINAPI opened(HANDLE session, void *context, GUID adapter, DWORD error, DWORD reason)
{
    struct opening *opening = context;

    opening->session = session;
    opening->adapter = adapter;
    opening->error = error;
    opening->reason = reason;
    InterlockedIncrement(&opening->calls);
    SetEvent(opening->done);
}

static HANDLE open_client(void)
{
    DWORD version = 0;
    HANDLE client = NULL;

    check(!WFDOpenHandle(WFD_API_VERSION, &version, &client) && version == WFD_API_VERSION, "a handle");
    return client;
}

static BOOL start(HANDLE client, DOT11_MAC_ADDRESS *address, struct opening *opening, HANDLE *session)
{
    memset(opening, 0, sizeof(*opening));
    opening->done = CreateEventW(NULL, TRUE, FALSE, NULL);
    return check(!WFDStartOpenSession(client, address, opening, opened, session) && *session,
                 "a session is being opened");
}

static BOOL wait_for(const struct opening *opening)
{
    return check(WaitForSingleObject(opening->done, LONG_TIME) == WAIT_OBJECT_0, "the callback comes");
}

/* ---- open ---- */

static BOOL is_adapter(const char *name)
{
    static BYTE memory[65536];
    IP_ADAPTER_ADDRESSES *adapter = (IP_ADAPTER_ADDRESSES *)memory;
    ULONG size = sizeof(memory);

    if (GetAdaptersAddresses(AF_UNSPEC, 0, NULL, adapter, &size)) return FALSE;
    for (; adapter; adapter = adapter->Next)
        if (!_stricmp(adapter->AdapterName, name)) return TRUE;
    return FALSE;
}

static void write_file(const char *folder, const char *name, const char *text)
{
    char path[MAX_PATH], part[MAX_PATH];
    FILE *file;

    snprintf(part, sizeof(part), "%s\\%s.part", folder, name);
    snprintf(path, sizeof(path), "%s\\%s", folder, name);
    file = fopen(part, "w");
    if (!file) return;
    fprintf(file, "%s\n", text);
    fclose(file);
    MoveFileA(part, path);
}

static BOOL wait_for_file(const char *folder, const char *name)
{
    char path[MAX_PATH];

    snprintf(path, sizeof(path), "%s\\%s", folder, name);
    for (int i = 0; i < LONG_TIME / 100; i++, Sleep(100))
        if (GetFileAttributesA(path) != INVALID_FILE_ATTRIBUTES) return TRUE;
    return FALSE;
}

/* A datagram to the peer and back; sent again while nothing comes, as the air may lose one. */
static BOOL exchange(void)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(ECHO_PORT)};
    char sent[] = "across the group", received[64] = "";
    DWORD wait = 2000;
    WSADATA data;
    SOCKET s;

    WSAStartup(MAKEWORD(2, 2), &data);
    s = socket(AF_INET, SOCK_DGRAM, 0);
    setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, (char *)&wait, sizeof(wait));
    to.sin_addr.s_addr = inet_addr("192.168.49.2");
    for (int i = 0; i < 20 && strcmp(sent, received) != 0; i++)
    {
        sendto(s, sent, sizeof(sent), 0, (struct sockaddr *)&to, sizeof(to));
        recv(s, received, sizeof(received) - 1, 0);
    }
    closesocket(s);
    return !strcmp(sent, received);
}

static BOOL open_session(HANDLE client, DOT11_MAC_ADDRESS *address, struct opening *opening, HANDLE *session)
{
    if (!start(client, address, opening, session) || !wait_for(opening)) return FALSE;
    if (check(!opening->error, "the session is open")) return TRUE;
    printf("# error %lu, reason %#lx\n", opening->error, opening->reason);
    return FALSE;
}

static void case_open(HANDLE client, DOT11_MAC_ADDRESS *address, const char *folder)
{
    struct opening opening;
    char name[40];
    GUID *guid = &opening.adapter;
    HANDLE session;

    if (!open_session(client, address, &opening, &session)) return;
    check(opening.session == session, "the callback has the session's handle");
    sprintf(name, "{%08lX-%04X-%04X-%02X%02X-%02X%02X%02X%02X%02X%02X}", guid->Data1, guid->Data2, guid->Data3,
            guid->Data4[0], guid->Data4[1], guid->Data4[2], guid->Data4[3], guid->Data4[4], guid->Data4[5],
            guid->Data4[6], guid->Data4[7]);
    check(is_adapter(name), "its interface is an adapter of GetAdaptersAddresses");
    write_file(folder, "open", name);
    if (check(wait_for_file(folder, "go"), "both sides have addresses")) check(exchange(), "IP goes across the group");
    check(!WFDCloseSession(session), "the session is closed");
    check(WFDCloseSession(session) == ERROR_INVALID_HANDLE, "and then its handle is none any more");
    check(opening.calls == 1, "the callback has come once");
}

static void case_held(HANDLE client, DOT11_MAC_ADDRESS *address, const char *folder)
{
    struct opening opening;
    HANDLE session;

    if (!open_session(client, address, &opening, &session)) return;
    write_file(folder, "open", "");
    check(wait_for_file(folder, "end"), "it is told to end");
    check(!WFDCloseSession(session), "the session is closed all the same");
    check(WFDCloseSession(session) == ERROR_INVALID_HANDLE, "and then its handle is none any more");
    check(opening.calls == 1, "the callback has come once");
}

/* ---- time ---- */

static BOOL is_end(const char *folder, const char *name)
{
    char path[MAX_PATH], text[8] = "";
    FILE *file;

    snprintf(path, sizeof(path), "%s\\%s", folder, name);
    file = fopen(path, "r");
    if (!file) return TRUE;
    if (!fgets(text, sizeof(text), file)) text[0] = 0;
    fclose(file);
    return !strncmp(text, "end", 3);
}

static void case_time(HANDLE client, DOT11_MAC_ADDRESS *address, const char *folder)
{
    LARGE_INTEGER begin, end, frequency;
    char name[24], text[24];

    QueryPerformanceFrequency(&frequency);
    for (int i = 0;; i++)
    {
        struct opening opening;
        HANDLE session;

        sprintf(name, "go.%d", i);
        if (!wait_for_file(folder, name) || is_end(folder, name)) return;
        QueryPerformanceCounter(&begin);
        if (!open_session(client, address, &opening, &session)) return;
        QueryPerformanceCounter(&end);
        check(!WFDCloseSession(session), "and closed");
        sprintf(name, "time.%d", i);
        sprintf(text, "%.0f", (double)(end.QuadPart - begin.QuadPart) * 1e6 / (double)frequency.QuadPart);
        write_file(folder, name, text);
    }
}

/* ---- What goes wrong ---- */

static void case_refused(HANDLE client, DOT11_MAC_ADDRESS *address)
{
    struct opening opening;
    HANDLE session;

    if (!start(client, address, &opening, &session) || !wait_for(&opening)) return;
    check(opening.error != 0 && opening.reason != 0, "with an error and a reason");
    printf("# error %lu, reason %#lx\n", opening.error, opening.reason);
    check(WFDCloseSession(session) == ERROR_INVALID_HANDLE, "the session is none");
    check(opening.calls == 1, "the callback has come once");
}

static void case_cancel(HANDLE client, DOT11_MAC_ADDRESS *address)
{
    struct opening opening;
    HANDLE session;

    if (!start(client, address, &opening, &session)) return;
    check(WFDCloseSession(session) == ERROR_INVALID_STATE, "one that is being opened is not closed");
    check(!WFDCancelOpenSession(session), "it is cancelled");
    if (!wait_for(&opening)) return;
    check(opening.error == ERROR_CANCELLED, "with ERROR_CANCELLED");
    check(opening.calls == 1, "the callback has come once");
}

static void case_absent(HANDLE client, DOT11_MAC_ADDRESS *address)
{
    struct opening opening;
    HANDLE session;

    if (!start(client, address, &opening, &session) || !wait_for(&opening)) return;
    check(opening.error == ERROR_TIMEOUT && opening.reason == WLAN_REASON_CODE_NOT_VISIBLE,
          "with ERROR_TIMEOUT: not visible");
}

static void case_close_handle(HANDLE client, DOT11_MAC_ADDRESS *address)
{
    struct opening opening;
    HANDLE session;

    if (!start(client, address, &opening, &session)) return;
    check(!WFDCloseHandle(client), "the handle is closed meanwhile");
    check(opening.calls == 1, "which has waited for the callback");
}

int main(int argc, char **argv)
{
    unsigned byte[6];
    DOT11_MAC_ADDRESS address;
    HANDLE client;

    setvbuf(stdout, NULL, _IONBF, 0);
    if (argc < 3 ||
        sscanf(argv[2], "%x:%x:%x:%x:%x:%x", &byte[0], &byte[1], &byte[2], &byte[3], &byte[4], &byte[5]) != 6)
        return 2;
    for (int i = 0; i < 6; i++)
        address[i] = (UCHAR)byte[i];
    client = open_client();
    if (!strcmp(argv[1], "open") && argc == 4)
        case_open(client, &address, argv[3]);
    else if (!strcmp(argv[1], "held") && argc == 4)
        case_held(client, &address, argv[3]);
    else if (!strcmp(argv[1], "time") && argc == 4)
        case_time(client, &address, argv[3]);
    else if (!strcmp(argv[1], "refused"))
        case_refused(client, &address);
    else if (!strcmp(argv[1], "cancel"))
        case_cancel(client, &address);
    else if (!strcmp(argv[1], "absent"))
        case_absent(client, &address);
    else if (!strcmp(argv[1], "close-handle"))
        case_close_handle(client, &address);
    else
        return 2;
    if (strcmp(argv[1], "close-handle") != 0) check(!WFDCloseHandle(client), "the handle is closed");
    check(WFDCloseHandle(client) == ERROR_INVALID_HANDLE, "and then it is none any more");
    printf("1..%d\n", tests_run);
    return tests_failed != 0;
}
