/*
 * SnmpGetLastError and what it reports: one error a session, and the application's last one.
 */
#include "wsnmp32/session.h"

CORK_TRACE_CHANNEL(wsnmp32);

SNMPAPI_STATUS fail(struct session *session, SNMPAPI_STATUS error)
{
    if (session) InterlockedExchange(&session->last_error, (LONG)error);
    InterlockedExchange(&app.last_error, (LONG)error);
    return SNMPAPI_FAILURE;
}

SNMPAPI_STATUS fail_not_started(const char *function)
{
    CORK_WARN("%s before SnmpStartup\n", function);
    return fail(NULL, SNMPAPI_NOT_INITIALIZED);
}

/*
 * SnmpGetLastError (nf-winsnmp-snmpgetlasterror): the last error of a session, or for NULL the application's last one,
 * whichever session or thread it came from. Works before SnmpStartup, after SnmpClose and after SnmpCleanup: "must be
 * able to return the last-error code ... after the SnmpCleanup function disconnects the WinSNMP application". The page
 * names no error for a session that is not open: SNMPAPI_SESSION_INVALID. Any thread; a success does not change what is
 * reported.
 */
SNMPAPI_STATUS WINAPI SnmpGetLastError(HSNMP_SESSION session)
{
    struct cork_pin pin;
    struct session *object;
    LONG error;

    if (!session || !app.started) return (SNMPAPI_STATUS)InterlockedCompareExchange(&app.last_error, 0, 0);
    if (!(object = resource_acquire(session, TYPE_SESSION, &pin))) return SNMPAPI_SESSION_INVALID;
    error = InterlockedCompareExchange(&object->last_error, 0, 0);
    resource_release(&pin);
    return (SNMPAPI_STATUS)error;
}
