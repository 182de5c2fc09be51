/*
 * Wi-Fi Direct sessions.
 */
#include "wlanapi_test.h"

struct opening
{
    HANDLE done, session;
    LONG calls;
    DWORD error, reason;
    GUID adapter;
    DWORD close_result; /* with close_client: of WFDCloseHandle in the callback */
    HANDLE close_client;
};

static void WINAPI opened(HANDLE session, void *context, GUID adapter, DWORD error, DWORD reason)
{
    struct opening *opening = context;

    opening->session = session;
    opening->adapter = adapter;
    opening->error = error;
    opening->reason = reason;
    if (opening->close_client) opening->close_result = pWFDCloseHandle(opening->close_client);
    InterlockedIncrement(&opening->calls);
    SetEvent(opening->done);
}

/* A session with the peer of that number (see fake_supplicant.c); waits for the callback. Returns the function's
 * result. */
static DWORD open_with(UCHAR peer, struct opening *opening, HANDLE *session)
{
    DOT11_MAC_ADDRESS address = {2, 0, 0, 0, 0, peer};
    DWORD error;

    *opening = (struct opening){.done = CreateEventW(NULL, TRUE, FALSE, NULL), .close_client = opening->close_client};
    error = pWFDStartOpenSession(direct_client(), &address, opening, opened, session);
    if (!error && WaitForSingleObject(opening->done, LONG_TIME) != WAIT_OBJECT_0) note("the callback does not come");
    CloseHandle(opening->done);
    note("result %lu, callback: error %lu, reason %#lx", error, opening->error, opening->reason);
    return error;
}

static void open_handle(void)
{
    DWORD version = 0;
    HANDLE handle = NULL;

    CHECK(WFDOpenHandle, ERROR_SUCCESS, "If the function succeeds, the return value is ERROR_SUCCESS.",
          GIVES(ERROR_SUCCESS, pWFDOpenHandle(WFD_API_VERSION, &version, &handle)) && handle && version == 1);
    CHECK(WFDCloseHandle, ERROR_SUCCESS, "If the function succeeds, the return value is ERROR_SUCCESS.",
          GIVES(ERROR_SUCCESS, pWFDCloseHandle(handle)));
    CHECK(WFDCloseHandle, ERROR_INVALID_HANDLE,
          "The handle specified in the hClientHandle parameter was not found in the handle table.",
          GIVES(ERROR_INVALID_HANDLE, pWFDCloseHandle(handle)) &&
              GIVES(ERROR_INVALID_HANDLE, pWFDCloseHandle(client())));
    CHECK(WFDCloseHandle, ERROR_INVALID_PARAMETER, "The hClientHandle parameter is NULL or not valid.",
          GIVES(ERROR_INVALID_PARAMETER, pWFDCloseHandle(NULL)));
    CHECK(WFDOpenHandle, ERROR_INVALID_PARAMETER,
          "This value is also returned if dwClientVersion is not equal to WFD_API_VERSION.",
          GIVES(ERROR_INVALID_PARAMETER, pWFDOpenHandle(2, &version, &handle)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWFDOpenHandle(WFD_API_VERSION, NULL, &handle)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWFDOpenHandle(WFD_API_VERSION, &version, NULL)));
}

static void arguments(void)
{
    DOT11_MAC_ADDRESS address = {2, 0, 0, 0, 0, 1};
    HANDLE session;

    CHECK(WFDStartOpenSession, ERROR_INVALID_PARAMETER,
          "pDeviceAddress is NULL, pfnCallback is NULL, or phSessionHandle is NULL.",
          GIVES(ERROR_INVALID_PARAMETER, pWFDStartOpenSession(NULL, &address, NULL, opened, &session)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWFDStartOpenSession(direct_client(), NULL, NULL, opened, &session)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWFDStartOpenSession(direct_client(), &address, NULL, NULL, &session)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWFDStartOpenSession(direct_client(), &address, NULL, opened, NULL)));
    CHECK(WFDStartOpenSession, ERROR_INVALID_HANDLE,
          "The handle specified in hClientHandle was not found in the handle table.",
          GIVES(ERROR_INVALID_HANDLE, pWFDStartOpenSession(BAD_HANDLE, &address, NULL, opened, &session)) &&
              GIVES(ERROR_INVALID_HANDLE, pWFDStartOpenSession(client(), &address, NULL, opened, &session)));
    CHECK(WFDCancelOpenSession, ERROR_INVALID_PARAMETER, "The hSessionHandle parameter is NULL or not valid.",
          GIVES(ERROR_INVALID_PARAMETER, pWFDCancelOpenSession(NULL)));
    CHECK(WFDCancelOpenSession, ERROR_INVALID_HANDLE,
          "The handle specified in hSessionHandle was not found in the handle table.",
          GIVES(ERROR_INVALID_HANDLE, pWFDCancelOpenSession(BAD_HANDLE)) &&
              GIVES(ERROR_INVALID_HANDLE, pWFDCancelOpenSession(direct_client())));
    CHECK(WFDCloseSession, ERROR_INVALID_PARAMETER, "The hSessionHandle parameter is NULL or not valid.",
          GIVES(ERROR_INVALID_PARAMETER, pWFDCloseSession(NULL)));
    CHECK(WFDUpdateDeviceVisibility, ERROR_INVALID_PARAMETER, "The pDeviceAddress parameter is NULL.",
          GIVES(ERROR_INVALID_PARAMETER, pWFDUpdateDeviceVisibility(NULL)));
    CHECK(WFDUpdateDeviceVisibility, ERROR_SUCCESS, "The function will perform a targeted Wi-Fi Direct discovery.",
          GIVES(ERROR_SUCCESS, pWFDUpdateDeviceVisibility(&address)));
}

static void open_and_close(void)
{
    static const UCHAR peers[] = {1, 6, 7, 8}; /* a new group, with lies, taken up again, formed anew */
    struct opening opening = {0};
    HANDLE session = NULL;

    for (unsigned i = 0; i < sizeof(peers); i++)
    {
        CHECK(WFDStartOpenSession, ERROR_SUCCESS, "Starts an on-demand connection to a specific Wi-Fi Direct device.",
              GIVES(ERROR_SUCCESS, open_with(peers[i], &opening, &session)) && session);
        CHECK(WFD_OPEN_SESSION_COMPLETE_CALLBACK, ERROR_SUCCESS,
              "If this value is ERROR_SUCCESS, then no error occurred.",
              opening.calls == 1 && GIVES(ERROR_SUCCESS, opening.error) && opening.session == session);
        CHECK(WFD_OPEN_SESSION_COMPLETE_CALLBACK, adapter, "The interface GUID of the local network interface.",
              opening.adapter.Data1 != 0);
        CHECK(WFDCancelOpenSession, too_late, "Cancel a pending WFDStartOpenSession function that has not completed.",
              GIVES(ERROR_SUCCESS, pWFDCancelOpenSession(session)) && opening.calls == 1);
        CHECK(WFDCloseSession, ERROR_SUCCESS,
              "Closes a session after a previously successful call to WFDStartOpenSession.",
              GIVES(ERROR_SUCCESS, pWFDCloseSession(session)));
        CHECK(WFDCloseSession, ERROR_INVALID_HANDLE,
              "A handle that was valid and has become invalid: never anything else.",
              GIVES(ERROR_INVALID_HANDLE, pWFDCloseSession(session)) &&
                  GIVES(ERROR_INVALID_HANDLE, pWFDCloseSession(session)));
    }
}

static void failures(void)
{
    struct opening opening = {0};
    HANDLE session = NULL;

    CHECK(WFD_OPEN_SESSION_COMPLETE_CALLBACK, refused, "A value that specifies whether there was an error encountered.",
          GIVES(ERROR_SUCCESS, open_with(2, &opening, &session)) && opening.error == ERROR_CONNECTION_REFUSED &&
              opening.reason);
    CHECK(WFDCloseSession, after_failure, "Closes a session after a previously successful call to WFDStartOpenSession.",
          GIVES(ERROR_INVALID_HANDLE, pWFDCloseSession(session)));
    CHECK(WFD_OPEN_SESSION_COMPLETE_CALLBACK, command_failed, "Various RPC and other error codes.",
          GIVES(ERROR_SUCCESS, open_with(5, &opening, &session)) && opening.error == ERROR_GEN_FAILURE);
    CHECK(WFD_OPEN_SESSION_COMPLETE_CALLBACK, no_answer, "A time-out of its own: a refusal may give no event.",
          GIVES(ERROR_SUCCESS, open_with(3, &opening, &session)) && opening.error == ERROR_TIMEOUT);
    CHECK(WFD_OPEN_SESSION_COMPLETE_CALLBACK, not_visible,
          "A value that specifies the more detail if an error occurred.",
          GIVES(ERROR_SUCCESS, open_with(4, &opening, &session)) && opening.error == ERROR_TIMEOUT &&
              opening.reason == WLAN_REASON_CODE_NOT_VISIBLE);
}

static void cancel(void)
{
    DOT11_MAC_ADDRESS silent = {2, 0, 0, 0, 0, 3};
    struct opening opening = {.done = CreateEventW(NULL, TRUE, FALSE, NULL)};
    HANDLE session = NULL;

    CHECK(WFDStartOpenSession, pending, "Starts an asynchronous operation.",
          GIVES(ERROR_SUCCESS, pWFDStartOpenSession(direct_client(), &silent, &opening, opened, &session)) &&
              !opening.calls);
    CHECK(WFDCloseSession, pending,
          "Calling WFDCloseSession while a WFDStartOpenSession call is pending will not close the session.",
          GIVES(ERROR_INVALID_STATE, pWFDCloseSession(session)) && !opening.calls);
    CHECK(WFDCloseSession, ERROR_INVALID_STATE,
          "The group or resource is not in the correct state to perform the requested operation.",
          GIVES(ERROR_INVALID_STATE, pWFDCloseSession(session)));
    CHECK(WFDCancelOpenSession, ERROR_SUCCESS, "If the function succeeds, the return value is ERROR_SUCCESS.",
          GIVES(ERROR_SUCCESS, pWFDCancelOpenSession(session)));
    CHECK(WFDCancelOpenSession, callback,
          "The callback function specified to the WFDStartOpenSession function will still be called.",
          WaitForSingleObject(opening.done, LONG_TIME) == WAIT_OBJECT_0 && GIVES(ERROR_CANCELLED, opening.error) &&
              opening.calls == 1);
    CloseHandle(opening.done);
}

static void close_handle(void)
{
    DOT11_MAC_ADDRESS silent = {2, 0, 0, 0, 0, 3};
    struct opening opening = {.done = CreateEventW(NULL, TRUE, FALSE, NULL)};
    HANDLE session = NULL, handle = NULL;
    DWORD version;

    pWFDOpenHandle(WFD_API_VERSION, &version, &handle);
    pWFDStartOpenSession(handle, &silent, &opening, opened, &session);
    CHECK(WFDCloseHandle, waits,
          "The WFDCloseHandle function will wait until the WFDStartOpenSession call is completed.",
          !opening.calls && GIVES(ERROR_SUCCESS, pWFDCloseHandle(handle)) && opening.calls == 1);
    CloseHandle(opening.done);
    opening.close_client = direct_client();
    CHECK(WFDCloseHandle, in_callback,
          "Signal to the Wi-Fi Direct service that the application is done: in the callback, too.",
          GIVES(ERROR_SUCCESS, open_with(1, &opening, &session)) && GIVES(ERROR_SUCCESS, opening.close_result));
    CHECK(WFDCloseHandle, sessions,
          "This allows the Wi-Fi Direct service to release resources used by the application.",
          GIVES(ERROR_INVALID_HANDLE, pWFDCloseSession(session)));
}

/* The setting Direct is the policy; it is read at each call. */
static void forbidden(void)
{
    DOT11_MAC_ADDRESS address = {2, 0, 0, 0, 0, 1};
    struct opening opening = {0};
    HANDLE session = NULL, other = NULL;
    GUID interface;

    open_with(1, &opening, &session);
    SetEnvironmentVariableA("CORK_WLANAPI_DIRECT", "0");
    CHECK(WFDStartOpenSession, ERROR_INVALID_STATE,
          "This error is returned if the Wi-Fi Direct service is disabled by group policy on a domain.",
          GIVES(ERROR_INVALID_STATE, pWFDStartOpenSession(direct_client(), &address, &opening, opened, &other)));
    CHECK(WFDCloseSession, disabled,
          "This error is returned if the Wi-Fi Direct service is disabled by group policy on a domain.",
          GIVES(ERROR_INVALID_STATE, pWFDCloseSession(session)));
    CHECK(WFDOpenLegacySession, ERROR_INVALID_STATE, "Various error codes.",
          GIVES(ERROR_INVALID_STATE, pWFDOpenLegacySession(direct_client(), &address, &other, &interface)));
    SetEnvironmentVariableA("CORK_WLANAPI_DIRECT", NULL);
    SetEnvironmentVariableA("CORK_WLANAPI_DIRECTNEWGROUPS", "0");
    CHECK(WFDStartOpenSession, paired, "The target Wi-Fi device must previously have been paired.",
          GIVES(ERROR_SUCCESS, open_with(6, &opening, &other)) && GIVES(ERROR_NOT_FOUND, opening.error));
    CHECK(WFDStartOpenSession, persistent, "The target Wi-Fi device must previously have been paired: it has been.",
          GIVES(ERROR_SUCCESS, open_with(7, &opening, &other)) && GIVES(ERROR_SUCCESS, opening.error) &&
              !pWFDCloseSession(other));
    SetEnvironmentVariableA("CORK_WLANAPI_DIRECTNEWGROUPS", NULL);
    CHECK(WFDCloseSession, allowed, "Closes a session after a previously successful call.",
          GIVES(ERROR_SUCCESS, pWFDCloseSession(session)));
}

/* 1,000 sessions one after another do not grow the process. */
static void many_sessions(void)
{
    struct opening opening = {0};
    HANDLE session = NULL;
    DWORD before = 0, after = 0, failed = 0;

    open_with(1, &opening, &session);
    pWFDCloseSession(session);
    GetProcessHandleCount(GetCurrentProcess(), &before);
    for (int i = 0; i < 1000; i++)
        failed += open_with(1, &opening, &session) || opening.error || opening.calls != 1 || pWFDCloseSession(session);
    GetProcessHandleCount(GetCurrentProcess(), &after);
    note("%lu failed; %lu handles before, %lu after", failed, before, after);
    CHECK(WFDCloseSession, many, "Queues a future work item to close the session.", !failed && after <= before + 16);
}

static const struct test_case cases[] = {{"open_handle", open_handle},
                                         {"arguments", arguments},
                                         {"open_and_close", open_and_close},
                                         {"failures", failures},
                                         {"cancel", cancel},
                                         {"close_handle", close_handle},
                                         {"forbidden", forbidden},
                                         {"many_sessions", many_sessions},
                                         {NULL, NULL}};
extern const struct group direct_group;
const struct group direct_group = {"direct", __FILE__, cases};
