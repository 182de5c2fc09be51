/*
 * The agent role: entities that listen for requests (SnmpListen).
 */
#ifndef CORK_WSNMP32_AGENT_H
#define CORK_WSNMP32_AGENT_H

#include "wsnmp32/session.h"
#include "wsnmp32/transport.h"

/* The endpoint of the agent that listens at this address and port, with one more owner (endpoint_unref), or NULL:
 * answers leave from the port that the request came to. */
struct endpoint *agent_find_endpoint(const union address *address);

/* The entity goes: if it acts as an agent it ends doing so. */
void agent_entity_gone(struct entity *entity);

/* Ends the agents of a session that closes: "you must release all ports associated with WinSNMP agent applications". */
void agents_close_session(struct session *session);

#endif
