/*
 * The conformance tests of mi.dll: Windows Management Infrastructure as documented in the Windows SDK (mi.h) and its
 * concept pages.
 */
#include "mi_test.h"

extern const struct group application_group, instance_group, class_group, options_group, session_group,
    destination_group, subscribe_group, subscribe_callbacks_group, notify_group, schema_group, invoke_group,
    change_group, close_group, close_stress_group, control_group, serializer_group, mof_group, values_group,
    provider_group, named_options_group;

const struct group *const groups[] = {&application_group,
                                      &instance_group,
                                      &class_group,
                                      &options_group,
                                      &session_group,
                                      &destination_group,
                                      &subscribe_group,
                                      &subscribe_callbacks_group,
                                      &notify_group,
                                      &schema_group,
                                      &invoke_group,
                                      &change_group,
                                      &close_group,
                                      &close_stress_group,
                                      &control_group,
                                      &serializer_group,
                                      &mof_group,
                                      &values_group,
                                      &provider_group,
                                      &named_options_group,
                                      NULL};

const struct unreachable unreachable[] = {{NULL, NULL, NULL}};
