/*
 * What an interface is asked and told by number: WlanQueryInterface and WlanSetInterface. Another part's opcodes are
 * functions that stand in the one table of interface_opcode.c.
 */
#ifndef CORKD_WLAN_INTERFACE_OPCODE_H
#define CORKD_WLAN_INTERFACE_OPCODE_H

#include "corkd/wlan/wlan.h"

/* Puts the data as it lies in memory on Windows: numbers of 32 and 64 bits, bytes. Without the lock. Returns the
 * result. */
typedef uint32_t opcode_query(struct wlan *wlan, uint32_t index, const char *name, struct host_encoder *data);
/* Reads the data, whose size has been checked. Without the lock. */
typedef uint32_t opcode_set(struct wlan *wlan, host_client client, uint32_t index, const char *name,
                            struct host_decoder *data);

#endif
