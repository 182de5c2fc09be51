/*
 * The conformance tests of ntmsapi.dll: Removable Storage Manager as documented in the Windows SDK (ntmsapi.h).
 *
 * What needs the service is left out, with that reason, where there is none.
 */
#include "ntmsapi_test.h"

/* In the order in which they run. */
#define GROUPS(X)                                                                                                      \
    X(no_service_group)                                                                                                \
    X(session_group)                                                                                                   \
    X(arguments_group)                                                                                                 \
    X(objects_group)                                                                                                   \
    X(pools_group)                                                                                                     \
    X(media_group)                                                                                                     \
    X(create_group)                                                                                                    \
    X(notification_group)                                                                                              \
    X(operator_group)                                                                                                  \
    X(attributes_group)                                                                                                \
    X(mount_group)                                                                                                     \
    X(library_group)                                                                                                   \
    X(security_group)                                                                                                  \
    X(stand_alone_group)                                                                                               \
    X(close_group)                                                                                                     \
    X(database_group)                                                                                                  \
    X(service_gone_group)                                                                                              \
    X(library_gone_group)

#define DECLARE_GROUP(name) extern const struct group name;
GROUPS(DECLARE_GROUP)

#define LIST_GROUP(name) &(name),
const struct group *const groups[] = {GROUPS(LIST_GROUP) NULL};
