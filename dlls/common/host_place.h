/* Where corkd and its endpoint file are, as this process sees them through Wine. */
#ifndef CORK_COMMON_HOST_PLACE_H
#define CORK_COMMON_HOST_PLACE_H

#include <windows.h>

#include "common/host_protocol.h"

enum host_place_result
{
    HOST_PLACE_OK,
    HOST_PLACE_MISSING,   /* no endpoint file, or none that is whole */
    HOST_PLACE_UNTRUSTED, /* others can read it, or it belongs to somebody else */
};

/* Reads the prefix's endpoint file. */
enum host_place_result host_place_read_endpoint(struct host_endpoint *endpoint);
/* Starts corkd for the prefix; it takes a moment until it serves. False with GetLastError(). */
bool host_place_start(void);

#endif
