/* Sessions, for the functions that open one of their own. */
#ifndef CORK_NTMSAPI_SESSION_H
#define CORK_NTMSAPI_SESSION_H

#include <windows.h>

/* Whether `server` (NULL: this computer) names this computer: 0, ERROR_INVALID_COMPUTERNAME for what is no name,
 * ERROR_NOT_CONNECTED for another computer. */
DWORD session_check_server(const WCHAR *server);
/* OpenNtmsSession; 0 with the handle in `session`, or the error. */
DWORD session_open(const WCHAR *server, const WCHAR *application, DWORD options, HANDLE *session);

#endif
