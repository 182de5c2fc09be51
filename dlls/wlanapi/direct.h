/* Wi-Fi Direct's part of what the DLL's other files do. */
#ifndef CORK_WLANAPI_DIRECT_H
#define CORK_WLANAPI_DIRECT_H

#include <windows.h>

#include "common/host_protocol.h"

/* The table's: frees what a handle of WFDOpenHandle, or of a session, stands for. */
void direct_client_destroy(void *object);
void direct_session_destroy(void *object);

/* The host channel's thread: an event of the service; the service has ended. */
void direct_event(uint32_t code, struct host_decoder *values);
void direct_lost(void);

#endif
