/*
 * UDP endpoints. An endpoint is a socket and the one pool thread that receives on it: however many sessions share it,
 * none has a thread of its own. The thread runs the handler, and through it the application's callback, itself, so that
 * an answer costs no hand-over between threads; a handler that takes long is noticed (guard) and another pool thread
 * takes over receiving.
 */
#ifndef CORK_WSNMP32_TRANSPORT_H
#define CORK_WSNMP32_TRANSPORT_H

#include "wsnmp32/wsnmp32.h"

struct endpoint;

/* Called for every datagram, on a pool thread, several at once at times. data is the callee's until it returns. */
typedef void (*datagram_handler)(struct endpoint *endpoint, void *context, const uint8_t *data, size_t size,
                                 const union address *from);

/* Starts Winsock, the thread pool and its timers; once an application start. SNMPAPI_SUCCESS or an SNMPAPI_TL_* error.
 */
SNMPAPI_STATUS transport_start(void);
/* Ends them; every endpoint has been closed. */
void transport_stop(void);

/* Binds a socket to the local address (port 0: any) and begins to receive. release (may be NULL) is called with the
 * context when the endpoint has gone and no handler runs any more. NULL with *error: SNMPAPI_TL_RESOURCE_ERROR where
 * there is no socket or thread, SNMPAPI_TL_IN_USE where the port is taken or may not be bound, SNMPAPI_TL_OTHER for
 * another failed bind, SNMPAPI_TL_NOT_SUPPORTED where the address family is not there, SNMPAPI_ALLOC_ERROR; then
 * release is not called. */
struct endpoint *endpoint_open(const union address *local, datagram_handler handler, void (*release)(void *context),
                               void *context, SNMPAPI_STATUS *error);
/* One more owner; endpoint_unref gives one back. */
void endpoint_ref(struct endpoint *endpoint);
void endpoint_unref(struct endpoint *endpoint);
/* Ends receiving, frees the port and gives the opener's ownership back. Does not wait for handlers that run, so that it
 * may be called in one and under locks that handlers take. Once. */
void endpoint_close(struct endpoint *endpoint);
/* The address it is bound to. */
const union address *endpoint_address(const struct endpoint *endpoint);
/* Sends one datagram. SNMPAPI_SUCCESS, or what went wrong: SNMPAPI_TL_PDU_TOO_BIG, SNMPAPI_TL_UNDELIVERABLE (no route,
 * unreachable), SNMPAPI_TL_RESOURCE_ERROR, SNMPAPI_TL_NOT_AVAILABLE, SNMPAPI_TL_INVALID_PARAM, SNMPAPI_TL_SRC_INVALID
 * (closed), SNMPAPI_TL_OTHER. */
SNMPAPI_STATUS endpoint_send(struct endpoint *endpoint, const uint8_t *data, size_t size, const union address *to);

/* A timer of the pool, for the life of the process; NULL: none to be had. */
PTP_TIMER transport_timer(PTP_TIMER_CALLBACK fires);

/* Runs work(context) on a pool thread soon. 0 where there is no memory. */
int transport_run(void (*work)(void *context), void *context);

#endif
