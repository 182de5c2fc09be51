/* The first message of a client. */
#ifndef CORKD_HELLO_H
#define CORKD_HELLO_H

#include "corkd/daemon.h"

/* Whether the hello is right; it is answered in any case. False: the connection has to be closed. */
bool hello_received(struct connection *connection, const struct endpoint *endpoint, const struct host_header *header,
                    const uint8_t *payload);
/* Tells the client why its stream of bytes is no use. */
void hello_refuse_stream(struct connection *connection);

#endif
