/* Finding, starting and greeting corkd: the part of the host channel before there is a connection. */
#ifndef CORK_COMMON_HOST_CONNECT_H
#define CORK_COMMON_HOST_CONNECT_H

#include <winsock2.h>

#include "common/host_channel.h"

/* Connects to this prefix's corkd and exchanges hellos; starts it where needed. Stops when *cancelled becomes non-zero.
 * On success *connected is a blocking socket, *lifeline the one that goes with it (INVALID_SOCKET where corkd knows of
 * none; to be closed after it, and not to be received from), and `reader` holds what came behind the hello. Otherwise
 * the status, with reply->code and reply->text. Only one thread at a time. */
enum host_call_status host_connect(SOCKET *connected, SOCKET *lifeline, struct host_reader *reader,
                                   const volatile LONG *cancelled, struct host_reply *reply);

/* Sends all of it. False: the connection is broken. */
bool host_send_all(SOCKET socket, const uint8_t *data, size_t size);

#endif
