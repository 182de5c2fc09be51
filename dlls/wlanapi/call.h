/*
 * One call of the service "wlan", and memory for what it answers.
 *
 *   struct wlan_call call;
 *   call_begin(&call);
 *   host_put_u32(&call.arguments, index);
 *   error = call_send(&call, WLAN_DISCONNECT);
 *   ... if (!error) read call.reply.values into locals ...
 *   return call_end(&call, error);
 *
 * What requests and replies hold stands in tools/corkd/wlan/wlan_service.h. Any thread may call; a call is its own
 * thread's.
 */
#ifndef CORK_WLANAPI_CALL_H
#define CORK_WLANAPI_CALL_H

#include <windows.h>
#include <wlanapi.h>

#include "../tools/corkd/wlan/wlan_service.h"
#include "common/host_channel.h"

struct wlan_call
{
    struct host_encoder arguments;
    struct host_reply reply;
    BOOL sent; /* there is a reply to free */
};

void call_begin(struct wlan_call *call);
/* Asks and waits. Returns the service's result, ERROR_SERVICE_NOT_ACTIVE where the service cannot be reached, or
 * ERROR_NOT_ENOUGH_MEMORY. */
DWORD call_send(struct wlan_call *call, enum wlan_method method);
/* Frees. Returns `error`, or ERROR_GEN_FAILURE where the reply could not be read: what was read is not to be given to
 * the program then. */
DWORD call_end(struct wlan_call *call, DWORD error);

/* Calls that have an interface, or nothing, and no values in their reply. */
DWORD call_plain(enum wlan_method method);
DWORD call_interface(enum wlan_method method, uint32_t index);

/* Asks for an opcode's value: bytes and their kind. *data is to be freed by WlanFreeMemory; NULL with an error. `type`
 * may be NULL. Ends the call. */
DWORD call_for_data(struct wlan_call *call, enum wlan_method method, DWORD *size, void **data,
                    WLAN_OPCODE_VALUE_TYPE *type);

/* The number of the interface of that GUID, which is the one that GetAdaptersAddresses reports. ERROR_NOT_FOUND. */
DWORD interface_index(const GUID *guid, uint32_t *index);
/* The GUID of the interface of that number; GUID_NULL where it has gone. */
void interface_guid(uint32_t index, GUID *guid);

/* Puts an SSID: `is_there`, and its bytes. */
void put_ssid(struct host_encoder *arguments, const DOT11_SSID *ssid);
/* Reads an SSID's bytes; one that is too long is an error of the reply. */
void get_ssid(struct host_decoder *values, DOT11_SSID *ssid);
/* Reads a text into `text` of `room` characters, shortened where it does not fit, empty where there is none. */
void get_text(struct host_decoder *values, WCHAR *text, size_t room);
/* Reads 6 bytes. */
void get_address(struct host_decoder *values, DOT11_MAC_ADDRESS address);

#endif
