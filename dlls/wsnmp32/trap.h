/*
 * Traps and informs: which session wants which, and the listener they come from.
 */
#ifndef CORK_WSNMP32_TRAP_H
#define CORK_WSNMP32_TRAP_H

#include "wsnmp32/session.h"

/*
 * Where traps come from. wsnmp32 has one such source, the UDP port of this process (trap_listener.c); one that shares
 * the port between processes takes its place behind the same three functions.
 */
struct trap_source
{
    /* Begins to deliver to trap_received. SNMPAPI_SUCCESS, SNMPAPI_TL_IN_USE where the port is not to be had, another
     * SNMPAPI_TL_*. */
    SNMPAPI_STATUS (*start)(void);
    /* Ends it; does not wait for deliveries that run. */
    void (*stop)(void);
};

extern const struct trap_source trap_port;

/* Called by the source for every trap and inform, in either version, on any thread, with no lock held; message's PDU
 * stays the caller's, though it may be another one afterwards (translated). to: the local address, as far as known.
 * acknowledge (may be NULL) is called once where some session wants it, before any is told: what answers an inform does
 * not wait for callbacks. */
void trap_received(struct snmp_message *message, const union address *from, const union address *to,
                   void (*acknowledge)(void *context), void *context);

/* Ends the registrations of a session that closes, and the source with the last of all. */
void traps_unregister_session(struct session *session);

#endif
