/*
 * The conformance tests of ntmsapi.dll: Removable Storage Manager as documented in the Windows SDK (ntmsapi.h).
 *
 * What needs the service is left out, with that reason, where there is none.
 */
#include "ntmsapi_test.h"

extern const struct group no_service_group, session_group, arguments_group, objects_group, pools_group, media_group,
    create_group, notification_group, operator_group, attributes_group, security_group;

const struct group *const groups[] = {&no_service_group, &session_group,    &arguments_group, &objects_group,
                                      &pools_group,      &media_group,      &create_group,    &notification_group,
                                      &operator_group,   &attributes_group, &security_group,  NULL};
