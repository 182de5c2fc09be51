/* The delivery of corkd's events to a DLL's subscriptions. */
#ifndef CORK_COMMON_HOST_EVENTS_H
#define CORK_COMMON_HOST_EVENTS_H

#include "common/host_channel.h"

/* Copies an event for later; drops it, with a warning, where nobody subscribed, too much is waiting or there is no
 * memory. False: it was dropped, and the connection has to end for that (host_subscription.all). */
bool host_events_add(const struct host_header *header, const uint8_t *payload);
/* The connection has broken: every subscription is told, behind the events that are waiting. */
void host_events_lost(void);
/* Whether anybody has subscribed. */
bool host_events_wanted(void);

#endif
