/*
 * Documented return codes that no test can provoke, and why.
 */
#include "ntmsapi_test.h"

/* The two forms of a function share a page. */
#define BOTH(function, id, why)                                                                                        \
    {#function "A", #id, why},                                                                                         \
    {                                                                                                                  \
#function "W", #id, why                                                                                        \
    }

const struct unreachable unreachable[] = {
    BOTH(OpenNtmsSession, ERROR_NO_NETWORK, "only this computer's service can be used, which needs no network"),
    {NULL, NULL, NULL}};
