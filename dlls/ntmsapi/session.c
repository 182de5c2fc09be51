/*
 * Sessions: OpenNtmsSession, CloseNtmsSession.
 */
#include "ntmsapi/call.h"
#include "ntmsapi/session.h"

#include <stdlib.h>
#include <wchar.h>

#include "common/trace.h"

CORK_TRACE_CHANNEL(ntmsapi);

/* ---- The server's name ---- */

static BOOL is_this_computer(const WCHAR *name)
{
    static const COMPUTER_NAME_FORMAT formats[] = {ComputerNameNetBIOS, ComputerNameDnsHostname,
                                                   ComputerNameDnsFullyQualified};
    WCHAR own[256];

    if (!_wcsicmp(name, L".") || !_wcsicmp(name, L"localhost") || !_wcsicmp(name, L"127.0.0.1")) return TRUE;
    for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++)
    {
        DWORD size = sizeof(own) / sizeof(*own);

        if (GetComputerNameExW(formats[i], own, &size) && !_wcsicmp(name, own)) return TRUE;
    }
    return FALSE;
}

DWORD session_check_server(const WCHAR *server)
{
    if (!server) return ERROR_SUCCESS;
    if (server[0] == '\\' && server[1] == '\\') server += 2;
    if (!*server || wcslen(server) > 255 || wcspbrk(server, L"\"/\\[]:;|<>+=,?*() \t"))
        return ERROR_INVALID_COMPUTERNAME;
    if (is_this_computer(server)) return ERROR_SUCCESS;
    CORK_FIXME("the removable storage of another computer (%s) cannot be reached, only this one's\n",
               cork_debugstr_w(server));
    return ERROR_NOT_CONNECTED;
}

/* ---- Opening ---- */

static void put_caller(struct host_encoder *arguments, const WCHAR *application)
{
    WCHAR user[257] = L"", computer[257] = L"";
    DWORD user_size = 257, computer_size = 257;

    if (!GetUserNameW(user, &user_size)) *user = 0;
    if (!GetComputerNameW(computer, &computer_size)) *computer = 0;
    put_text(arguments, application);
    put_text(arguments, user);
    put_text(arguments, computer);
}

/* The information of that kind of whom this thread acts for, to be freed; NULL: there is none. */
static void *token_information(TOKEN_INFORMATION_CLASS kind)
{
    DWORD size = 0;
    void *information = NULL;
    HANDLE token;

    if (!OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &token) &&
        !OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token))
        return NULL;
    GetTokenInformation(token, kind, NULL, 0, &size);
    if (size) information = malloc(size);
    if (information && !GetTokenInformation(token, kind, information, size, &size))
    {
        free(information);
        information = NULL;
    }
    CloseHandle(token);
    return information;
}

static void put_sid(struct host_encoder *sids, PSID sid)
{
    host_put_raw(sids, sid, GetLengthSid(sid));
}

/* Whose rights count in the session: the user's, then the groups' SIDs. Nobody's are not to be taken for the service's
 * own. 0 or an error. */
static DWORD put_sids(struct host_encoder *arguments)
{
    TOKEN_USER *user = token_information(TokenUser);
    TOKEN_GROUPS *groups = token_information(TokenGroups);
    struct host_encoder sids;
    DWORD error = ERROR_SUCCESS;

    host_encoder_init(&sids);
    if (user) put_sid(&sids, user->User.Sid);
    for (DWORD i = 0; groups && i < groups->GroupCount; i++)
        if (groups->Groups[i].Attributes & SE_GROUP_ENABLED) put_sid(&sids, groups->Groups[i].Sid);
    if (!user || !groups || sids.error)
        error = ERROR_NOT_ENOUGH_MEMORY;
    else
        host_put_bytes(arguments, sids.data, sids.size);
    host_encoder_free(&sids);
    free(user);
    free(groups);
    return error;
}

/* As the service means it, for 32-bit programs too: of these, Windows has another system32. */
static BOOL find_folder(const WCHAR *folder, char *path, size_t size)
{
    void *redirection = NULL;
    BOOL redirected = Wow64DisableWow64FsRedirection(&redirection);
    BOOL found = host_path(folder, path, size);

    if (redirected) Wow64RevertWow64FsRedirection(redirection);
    return found;
}

/* "The default location of the database is %SystemRoot%\System32\NtmsData, but this can be set by defining a registry
 * value" (ExportNtmsDatabase). It counts when the service opens the database, so each session names it. A folder that
 * is not to be had is no reason to begin an empty database in the usual one. */
static DWORD place_database(void)
{
    struct host_encoder arguments;
    WCHAR folder[MAX_PATH];
    char path[4 * MAX_PATH];
    DWORD size = sizeof(folder);
    struct host_call call;
    struct host_reply reply;
    WCHAR wide[4 * MAX_PATH];
    DWORD error;

    if (RegGetValueW(HKEY_LOCAL_MACHINE, L"System\\CurrentControlSet\\Control\\NTMS", L"NtmsData", RRF_RT_REG_SZ, NULL,
                     folder, &size) ||
        !folder[0])
        return ERROR_SUCCESS;
    if (!find_folder(folder, path, sizeof(path)) || !MultiByteToWideChar(CP_UTF8, 0, path, -1, wide, 4 * MAX_PATH))
    {
        CORK_ERR("there is no folder for the database that the registry names, %s\n", cork_debugstr_w(folder));
        return ERROR_NOT_CONNECTED;
    }
    host_encoder_init(&arguments);
    put_text(&arguments, wide);
    host_call_init(&call, RSM_SERVICE, RSM_PLACE_DATABASE, &arguments, INFINITE);
    host_call(&call, &reply);
    error = call_error(RSM_OPEN_SESSION, &reply);
    host_reply_free(&reply);
    host_encoder_free(&arguments);
    return error;
}

static DWORD ask_for_session(const WCHAR *application, DWORD options, uint64_t *connection, uint32_t *session)
{
    struct host_encoder arguments;
    struct host_call call;
    struct host_reply reply;
    DWORD error;

    host_encoder_init(&arguments);
    put_caller(&arguments, application);
    host_put_u32(&arguments, options);
    error = put_sids(&arguments);
    if (error)
    {
        host_encoder_free(&arguments);
        return error;
    }
    host_call_init(&call, RSM_SERVICE, RSM_OPEN_SESSION, &arguments, INFINITE);
    host_call(&call, &reply);
    error = call_error(RSM_OPEN_SESSION, &reply);
    if (!error)
    {
        *connection = reply.connection;
        *session = host_get_u32(&reply.values);
        if (host_decoder_finish(&reply.values, true) != HOST_OK) error = ERROR_NOT_CONNECTED;
    }
    host_reply_free(&reply);
    host_encoder_free(&arguments);
    return error;
}

DWORD session_open(const WCHAR *server, const WCHAR *application, DWORD options, HANDLE *session)
{
    uint64_t connection;
    uint32_t number;
    DWORD error = session_check_server(server);

    if (error) return error;
    if (options & ~(DWORD)NTMS_SESSION_QUERYEXPEDITE) return ERROR_INVALID_PARAMETER;
    error = place_database();
    if (error) return error;
    error = ask_for_session(application, options, &connection, &number);
    if (error) return error;
    error = handle_open(HANDLE_SESSION, connection, number, 0, session);
    if (error) tell_closed(&(struct ntms_handle){.connection = connection, .session = number}, RSM_CLOSE_SESSION);
    return error;
}

/*
 * OpenNtmsSession (nf-ntmsapi-openntmssessionw): a session with this computer's removable storage service, which is
 * started where it does not run. lpServer: NULL, or a name of this computer. lpApplication names what the session's
 * requests are shown with; may be NULL. dwOptions: 0, or NTMS_SESSION_QUERYEXPEDITE, which the header has and the page
 * has not. The handle is closed by CloseNtmsSession; any thread of this process may use it. INVALID_HANDLE_VALUE with
 * GetLastError: ERROR_INVALID_COMPUTERNAME, ERROR_INVALID_PARAMETER, ERROR_NOT_CONNECTED (no service, or another
 * computer), ERROR_NOT_ENOUGH_MEMORY, RPC_S_NO_INTERFACES (the service is of another version).
 * The database is in %SystemRoot%\System32\NtmsData, or where the registry value that ExportNtmsDatabase's page names
 * puts it, once the service opens it. What the session may do goes by whom the thread that opens it acts for: its user
 * and enabled groups.
 */
HANDLE WINAPI OpenNtmsSessionW(LPCWSTR lpServer, LPCWSTR lpApplication, DWORD dwOptions)
{
    HANDLE session = INVALID_HANDLE_VALUE;
    DWORD error;

    CORK_TRACE("%s, %s, %#lx\n", cork_debugstr_w(lpServer), cork_debugstr_w(lpApplication), dwOptions);
    error = session_open(lpServer, lpApplication, dwOptions, &session);
    if (error) session = INVALID_HANDLE_VALUE;
    SetLastError(error);
    CORK_TRACE("returning %p, error %lu\n", session, error);
    return session;
}

HANDLE WINAPI OpenNtmsSessionA(LPCSTR lpServer, LPCSTR lpApplication, DWORD dwOptions)
{
    HANDLE session = INVALID_HANDLE_VALUE;
    WCHAR *server = NULL, *application = NULL;
    DWORD error = text_to_wide(lpServer, &server);

    if (!error) error = text_to_wide(lpApplication, &application);
    if (error)
        SetLastError(error);
    else
        session = OpenNtmsSessionW(server, application, dwOptions);
    error = GetLastError();
    free(server);
    free(application);
    SetLastError(error);
    return session;
}

/*
 * CloseNtmsSession (nf-ntmsapi-closentmssession): "releases all resources": the session's notification and detection
 * handles too. Calls that other threads have outstanding on it are "unwound and canceled": they return ERROR_CANCELLED,
 * at once, before the close returns. ERROR_INVALID_HANDLE: NULL, no session, or closed already; exactly one caller
 * succeeds. ERROR_CONNECTION_UNAVAIL: the service has gone; the handle is closed all the same. Any thread, but not from
 * DllMain.
 */
DWORD WINAPI CloseNtmsSession(HANDLE hSession)
{
    struct ntms_handle closed;
    DWORD error;

    CORK_TRACE("%p\n", hSession);
    error = handle_close(hSession, HANDLE_SESSION, &closed);
    if (error) return error;
    handle_close_session(&closed);
    return tell_closed(&closed, RSM_CLOSE_SESSION) ? ERROR_CONNECTION_UNAVAIL : ERROR_SUCCESS;
}
