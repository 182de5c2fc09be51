/*
 * Subscription delivery options: what of them can be honoured on the local machine, and what is refused.
 *
 * Indications are pulled by the operation's own thread and handed on as soon as they are there, so that any maximum
 * latency is kept, and there is no connection that a heartbeat would have to keep alive or a delivery that would have
 * to be tried again. Push delivery is a matter of the WinRM protocol ("This is not supported when using the DCOM
 * protocol", MI_SubscriptionDeliveryType), and so are the options about it.
 */
#ifndef CORK_MI_EVENT_DELIVERY_H
#define CORK_MI_EVENT_DELIVERY_H

#include <mi.h>

#include "mi/options.h"

#include <stdbool.h>

struct mi_event_delivery
{
    MI_Result refused;  /* MI_RESULT_OK, or what the options come to */
    const MI_Char *why; /* they are refused; a literal; NULL where the result says it all */
    bool expires;
    MI_Uint64 lifetime; /* until then, in milliseconds from when they were read */
};

/* Reads the options, whose kind is the delivery type. `now`: in 100 nanoseconds from 1601, UTC. */
struct mi_event_delivery mi_event_delivery_read(const struct mi_options *options, MI_Uint64 now);

#endif
