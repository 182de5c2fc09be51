/*
 * The database: ExportNtmsDatabase, ImportNtmsDatabase.
 */
#include "ntmsapi/call.h"

#include <stdlib.h>

#include "common/trace.h"

CORK_TRACE_CHANNEL(ntmsapi);

/*
 * ExportNtmsDatabase (nf-ntmsapi-exportntmsdatabase): a consistent copy in the folder Export of the database's folder.
 * ERROR_INVALID_HANDLE, ERROR_NOT_CONNECTED, ERROR_SHARING_VIOLATION, ERROR_ACCESS_DENIED, ERROR_DATABASE_FAILURE. Any
 * thread.
 */
DWORD WINAPI ExportNtmsDatabase(HANDLE hSession)
{
    CORK_TRACE("%p\n", hSession);
    return ask(hSession, RSM_EXPORT_DATABASE);
}

/* ImportNtmsDatabase (nf-ntmsapi-importntmsdatabase): takes that copy. The same errors, without
 * ERROR_SHARING_VIOLATION. */
DWORD WINAPI ImportNtmsDatabase(HANDLE hSession)
{
    CORK_TRACE("%p\n", hSession);
    return ask(hSession, RSM_IMPORT_DATABASE);
}
