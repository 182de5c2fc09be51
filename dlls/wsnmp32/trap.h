/*
 * Traps and informs: which session wants which, and the listener they come from.
 */
#ifndef CORK_WSNMP32_TRAP_H
#define CORK_WSNMP32_TRAP_H

#include "wsnmp32/session.h"

/*
 * Where traps come from: the UDP port of this process (trap_listener.c), or the one that corkd shares between all
 * processes of the prefix (trap_corkd.c). trap_source.c chooses.
 */
struct trap_source
{
    /* Begins to deliver to trap_datagram_received. SNMPAPI_SUCCESS, SNMPAPI_TL_IN_USE where the port is not to be had,
     * SNMPAPI_TL_NOT_AVAILABLE where there is no such source, another SNMPAPI_TL_*. */
    SNMPAPI_STATUS (*start)(void);
    /* Ends it; does not wait for deliveries that run. */
    void (*stop)(void);
};

extern const struct trap_source trap_port, trap_corkd;

/* The source that the setting TrapListener names. One thread at a time. */
SNMPAPI_STATUS trap_source_start(void);
void trap_source_stop(void);
/* Whether the process may listen itself where corkd does not. */
int trap_source_may_fall_back(void);

/* A datagram that came to the trap port. */
struct trap_datagram
{
    const uint8_t *data;
    size_t size;
    const union address *from, *to;
    /* Answers it, from where it was sent to. */
    void (*answer)(void *context, const union address *to, const uint8_t *data, size_t size);
    void *context;
};

/* Decodes it, acknowledges an inform that a session wants, and hands it to trap_received. Any thread, with no lock
 * held.
 */
void trap_datagram_received(const struct trap_datagram *datagram);

/* Called by the source for every trap and inform, in either version, on any thread, with no lock held; message's PDU
 * stays the caller's, though it may be another one afterwards (translated). to: the local address, as far as known.
 * acknowledge (may be NULL) is called once where some session wants it, before any is told: what answers an inform does
 * not wait for callbacks. */
void trap_received(struct snmp_message *message, const union address *from, const union address *to,
                   void (*acknowledge)(void *context), void *context);

/* Ends the registrations of a session that closes, and the source with the last of all. */
void traps_unregister_session(struct session *session);

#endif
