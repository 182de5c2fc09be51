/*
 * The conformance tests of wsnmp32.dll: WinSNMP 2.0 as documented in the Windows SDK (winsnmp.h) and its concept pages.
 *
 * The listener's port is 162, unless CORK_WSNMP32_TRAPPORT names another.
 */
#include "wsnmp32_test.h"

extern const struct group application_group, not_initialized_group, session_group, entity_group, vbl_group, pdu_group,
    oid_group, message_group, send_group, retransmit_group, register_group, listen_group, close_group, stress_group;

const struct group *const groups[] = {&application_group,
                                      &not_initialized_group,
                                      &session_group,
                                      &entity_group,
                                      &vbl_group,
                                      &pdu_group,
                                      &oid_group,
                                      &message_group,
                                      &send_group,
                                      &retransmit_group,
                                      &register_group,
                                      &listen_group,
                                      &close_group,
                                      &stress_group,
                                      NULL};
