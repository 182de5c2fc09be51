/*
 * wlan direct find, direct connect, direct close. A session is its process's: `direct connect` keeps it open until it
 * is told to end, by Ctrl-C or by `direct close`, which find each other by the names of two objects: an event that ends
 * the session, and a mutex that its holder has.
 */
#include <winsock2.h>
#include <ws2ipdef.h>
#include <iphlpapi.h>
#include <netioapi.h>

#include "command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum
{
    FIND_SECONDS = 10,
    LOOK_EVERY = 1000,       /* milliseconds */
    CLOSE_PATIENCE = 30000,  /* milliseconds */
    OBJECT_NAME_LENGTH = 64, /* characters */
};

/* ---- direct find ---- */

static BOOL is_there(const struct direct_peer *peers, DWORD count, const UCHAR *address)
{
    for (DWORD i = 0; i < count; i++)
        if (!memcmp(peers[i].address, address, 6)) return TRUE;
    return FALSE;
}

/* What is new since the last look. */
static void tell_new(const struct direct_peer *peers, DWORD count, const struct direct_peer *old, DWORD old_count)
{
    char address[18], name[NAME_SIZE];

    for (DWORD i = 0; i < count; i++)
        if (!is_there(old, old_count, peers[i].address))
            tell("wlan: %s  %s\n", address_text(peers[i].address, address), name_text(peers[i].name, name));
}

static void show_peers(const struct direct_peer *peers, DWORD count)
{
    char address[18], name[NAME_SIZE], type[NAME_SIZE];

    say("There %s %lu Wi-Fi Direct device%s in reach.\n", count == 1 ? "is" : "are", count, count == 1 ? "" : "s");
    for (DWORD i = 0; i < count; i++)
    {
        say("\n");
        show("Address", "%s", address_text(peers[i].address, address));
        show("Name", "%s", name_text(peers[i].name, name));
        show("Device type", "%s", name_text(peers[i].type, type));
        show("In a group", "%s", yes_or_no(peers[i].in_group));
    }
}

DWORD verb_direct_find(HANDLE client, const struct command_line *line)
{
    const DWORD seconds = line_number(line, "time", FIND_SECONDS);
    struct direct_peer *peers = NULL, *old;
    DWORD count = 0, old_count, error = wire_find(seconds);

    (void)client;
    if (error) return fail(error, "direct find");
    tell("wlan: looking for %lu seconds\n", seconds);
    for (DWORD i = 0; !error && i < seconds; i++)
    {
        if (WaitForSingleObject(break_event, LOOK_EVERY) == WAIT_OBJECT_0) break;
        old = peers;
        old_count = count;
        peers = NULL;
        count = 0;
        error = wire_peers(&peers, &count);
        if (!error) tell_new(peers, count, old, old_count);
        free(old);
    }
    if (error)
        fail(error, "direct find");
    else
        show_peers(peers, count);
    free(peers);
    return error;
}

/* ---- direct connect ---- */

struct session
{
    HANDLE opened; /* the callback came */
    GUID radio;
    DWORD error;
    WLAN_REASON_CODE reason;
};

static void WINAPI on_opened(HANDLE handle, PVOID context, GUID radio, DWORD error, DWORD reason)
{
    struct session *session = context;

    (void)handle;
    session->radio = radio;
    session->error = error;
    session->reason = reason;
    SetEvent(session->opened);
}

static const WCHAR *object_name(const char *what, const UCHAR *address, WCHAR *name)
{
    _snwprintf(name, OBJECT_NAME_LENGTH, L"cork.wlan.direct.%hs.%02x%02x%02x%02x%02x%02x", what, address[0], address[1],
               address[2], address[3], address[4], address[5]);
    return name;
}

/* Whether the group's interface is there still. */
static BOOL is_alive(const struct session *session)
{
    NET_IFINDEX index;
    NET_LUID luid;

    return !ConvertInterfaceGuidToLuid(&session->radio, &luid) && !ConvertInterfaceLuidToIndex(&luid, &index);
}

static void say_opened(const struct session *session, const char *peer)
{
    WCHAR alias[NDIS_IF_MAX_STRING_SIZE + 1];
    char name[NAME_SIZE] = "";
    NET_LUID luid;

    if (!ConvertInterfaceGuidToLuid(&session->radio, &luid) &&
        !ConvertInterfaceLuidToAlias(&luid, alias, NDIS_IF_MAX_STRING_SIZE + 1))
        name_text(alias, name);
    say("The session with %s is open%s%s.\n", peer, *name ? ", on interface " : "", name);
}

/* Until it is to end, or has. */
static DWORD hold(const struct session *session, HANDLE close_event, const char *peer)
{
    HANDLE events[2] = {break_event, close_event};

    say_opened(session, peer);
    for (;;)
    {
        DWORD ended = WaitForMultipleObjects(2, events, FALSE, LOOK_EVERY);

        if (ended != WAIT_TIMEOUT) break;
        if (!is_alive(session)) return fail_plainly(ERROR_CONNECTION_ABORTED, "the session with %s has ended", peer);
    }
    say("The session with %s is closed.\n", peer);
    return ERROR_SUCCESS;
}

/* Waits for the callback, which always comes; Ctrl-C has it come at once. */
static void await_callback(const struct session *session, HANDLE handle, HANDLE close_event)
{
    HANDLE events[3] = {session->opened, break_event, close_event};

    if (WaitForMultipleObjects(3, events, FALSE, INFINITE) == WAIT_OBJECT_0) return;
    WFDCancelOpenSession(handle);
    WaitForSingleObject(session->opened, INFINITE);
}

static DWORD open_and_hold(HANDLE direct, struct session *session, const struct tag_value *address, HANDLE close_event)
{
    DOT11_MAC_ADDRESS peer = {0};
    HANDLE handle = NULL;
    char text[18];
    DWORD error;

    memcpy(peer, address->address, sizeof(peer));
    address_text(peer, text);
    tell("wlan: opening a session with %s\n", text);
    error = WFDStartOpenSession(direct, &peer, session, on_opened, &handle);
    if (error) return fail(error, "direct connect %s", text);
    await_callback(session, handle, close_event);
    if (session->error == ERROR_CANCELLED) return fail(session->error, "direct connect %s", text);
    if (session->error && session->reason)
        return fail_for_reason(session->error, session->reason, "direct connect %s", text);
    if (session->error) return fail(session->error, "direct connect %s", text);
    error = hold(session, close_event, text);
    WFDCloseSession(handle);
    return error;
}

static DWORD connect_to(const struct tag_value *address, HANDLE close_event)
{
    struct session session = {.opened = CreateEventW(NULL, TRUE, FALSE, NULL)};
    HANDLE direct;
    DWORD version, error;

    if (!session.opened) return fail(GetLastError(), "direct connect");
    error = WFDOpenHandle(WFD_API_VERSION, &version, &direct);
    if (error)
        fail(error, "direct connect");
    else
    {
        error = open_and_hold(direct, &session, address, close_event);
        WFDCloseHandle(direct);
    }
    CloseHandle(session.opened);
    return error;
}

DWORD verb_direct_connect(HANDLE client, const struct command_line *line)
{
    const struct tag_value *address = line_value(line, "address");
    WCHAR name[OBJECT_NAME_LENGTH];
    HANDLE holder = CreateMutexW(NULL, FALSE, object_name("holder", address->address, name)), event;
    DWORD error;

    (void)client;
    if (!holder) return fail(GetLastError(), "direct connect");
    if (WaitForSingleObject(holder, 0) == WAIT_TIMEOUT)
    {
        CloseHandle(holder);
        return fail_plainly(ERROR_ALREADY_EXISTS, "another wlan holds a session with %s", address->text);
    }
    event = CreateEventW(NULL, TRUE, FALSE, object_name("close", address->address, name));
    error = event ? connect_to(address, event) : fail(GetLastError(), "direct connect");
    if (event) CloseHandle(event);
    ReleaseMutex(holder);
    CloseHandle(holder);
    return error;
}

/* ---- direct close ---- */

DWORD verb_direct_close(HANDLE client, const struct command_line *line)
{
    const struct tag_value *address = line_value(line, "address");
    WCHAR name[OBJECT_NAME_LENGTH];
    HANDLE event = OpenEventW(EVENT_MODIFY_STATE, FALSE, object_name("close", address->address, name));
    HANDLE holder = OpenMutexW(SYNCHRONIZE, FALSE, object_name("holder", address->address, name));
    DWORD error = ERROR_SUCCESS;

    (void)client;
    if (!event || !holder)
        error = fail_plainly(ERROR_NOT_FOUND, "no `wlan direct connect` holds a session with %s", address->text);
    else
    {
        SetEvent(event);
        if (WaitForSingleObject(holder, CLOSE_PATIENCE) == WAIT_TIMEOUT) error = fail(ERROR_TIMEOUT, "direct close");
        if (!error) say("The session with %s is closed.\n", address->text);
    }
    if (event) CloseHandle(event);
    if (holder) CloseHandle(holder);
    return error;
}
