/*
 * No service to talk to.
 */
#include "ntmsapi_test.h"

/* In a process that cannot start the service, and where none runs. */
static void without_a_service(void)
{
    HANDLE session;

    SetEnvironmentVariableA("CORK_CORKD", "/nowhere/corkd");
    session = open_session();
    CHECK_IF(session == INVALID_HANDLE_VALUE, "a removable storage service runs here", OpenNtmsSessionW,
             ERROR_NOT_CONNECTED, "Unable to connect to the RSM service.",
             FAILS(ERROR_NOT_CONNECTED, pOpenNtmsSessionW(NULL, NULL, 0)));
    CHECK_IF(session == INVALID_HANDLE_VALUE, "a removable storage service runs here", OpenNtmsSessionA,
             ERROR_NOT_CONNECTED, "Unable to connect to the RSM service.",
             FAILS(ERROR_NOT_CONNECTED, pOpenNtmsSessionA(NULL, "test", 0)));
    if (session != INVALID_HANDLE_VALUE) pCloseNtmsSession(session);
}

static const struct test_case no_service_cases[] = {{"without a service", without_a_service}, {NULL, NULL}};
const struct group no_service_group = {"no_service", __FILE__, no_service_cases};
