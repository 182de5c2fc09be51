/*
 * Requests: what the application sent and awaits an answer to, and what becomes of it.
 */
#ifndef CORK_WSNMP32_REQUEST_H
#define CORK_WSNMP32_REQUEST_H

#include "wsnmp32/session.h"
#include "wsnmp32/transport.h"

/* Over the outstanding requests and the sessions' registrations. Held for moments only, never while a callback runs. */
extern struct cork_quick_lock engine_lock;

/* Makes the timer; once a process. */
SNMPAPI_STATUS requests_start(void);
/* Closes the sockets that requests were sent on; every session has been ended. */
void requests_stop(void);

/* SnmpSetRetransmitMode(SNMPAPI_OFF): outstanding requests are sent no more. */
void requests_stop_retransmission(void);
/* Forgets the requests of a session that closes. */
void requests_discard(struct session *session);

/* A response came in. Finds its request, hands the message to the request's session; what answers nothing is dropped.
 * message's PDU is taken over or freed. */
void requests_answer(struct snmp_message *message, const union address *from);

#endif
