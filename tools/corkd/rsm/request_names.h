#ifndef CORK_RSM_REQUEST_NAMES_H
#define CORK_RSM_REQUEST_NAMES_H

#include <stdint.h>

/* What a request of enum rsm_request is called, for people; never NULL. */
const char *rsm_request_name(uint32_t method);

#endif
