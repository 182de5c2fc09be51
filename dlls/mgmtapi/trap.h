/*
 * The trap listener of the process: at most one.
 */
#ifndef CORK_MGMTAPI_TRAP_H
#define CORK_MGMTAPI_TRAP_H

#include "mgmtapi/engine.h"

/* Ends it (SnmpMgrClose with NULL); when it returns nothing signals the event any more, which is closed. FALSE where
 * nobody listens. */
BOOL trap_stop_listening(void);

#endif
