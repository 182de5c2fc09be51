/*
 * Where a session's operations go, and what its destination options say of all of them.
 */
#ifndef CORK_MI_DESTINATION_H
#define CORK_MI_DESTINATION_H

#include <mi.h>

struct mi_destination
{
    MI_Uint64 timeout; /* of operations that name none, in milliseconds; 0: none */
    MI_Char *locale;   /* of messages, as WMI has it ("MS_409"), from mi_alloc; NULL: the system's */
};

/*
 * Reads what MI_Application_NewSession is given. The local machine by WMI is the one destination there is.
 *
 * Of the options, the time-out and the locale of messages are taken. Those that say where to connect, or as whom,
 * cannot hold for the local machine and are refused, as WMI refuses credentials for it; those that say how packets are
 * protected and encoded hold where there are none. What is refused, and what has no meaning here, the callbacks are
 * told, too.
 *
 * `to`: receives what mi_destination_clear gives back, in case of success. `error`: as mi_fail.
 * Returns MI_RESULT_OK; MI_RESULT_NOT_SUPPORTED; MI_RESULT_INVALID_PARAMETER (no such protocol, a handle of no options,
 * no such locale); MI_RESULT_SERVER_LIMITS_EXCEEDED (no memory).
 */
MI_Result mi_destination_read(const MI_Char *protocol, const MI_Char *destination, const MI_DestinationOptions *options,
                              const MI_SessionCallbacks *callbacks, MI_Application *application,
                              struct mi_destination *to, MI_Instance **error);

void mi_destination_clear(struct mi_destination *destination);

/* An interval in milliseconds: at least 1, unless it is 0. */
MI_Uint64 mi_interval_milliseconds(const MI_Interval *interval);

#endif
