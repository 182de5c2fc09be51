/*
 * The trap port of this process: UDP over IPv4, and over IPv6 where the host has it, at the port of the setting
 * TrapPort.
 */
#include "wsnmp32/transport.h"
#include "wsnmp32/trap.h"

CORK_TRACE_CHANNEL(wsnmp32);

static struct endpoint *listeners[2];

static void answer(void *context, const union address *to, const uint8_t *data, size_t size)
{
    endpoint_send(context, data, size, to);
}

static void receive(struct endpoint *endpoint, void *context, const uint8_t *data, size_t size,
                    const union address *from)
{
    const struct trap_datagram datagram = {data, size, from, endpoint_address(endpoint), answer, endpoint};

    (void)context;
    trap_datagram_received(&datagram);
}

static SNMPAPI_STATUS start(void)
{
    unsigned port = cork_setting_dword(&cork_settings_wsnmp32, "TrapPort");
    union address local;
    SNMPAPI_STATUS error, ignored;

    memset(&local, 0, sizeof(local));
    local.any.sa_family = AF_INET;
    address_set_port(&local, port);
    listeners[0] = endpoint_open(&local, receive, NULL, NULL, &error);
    if (!listeners[0])
    {
        CORK_WARN("UDP port %u is not to be had; the setting TrapPort names another\n", port);
        return error == SNMPAPI_TL_IN_USE || error == SNMPAPI_ALLOC_ERROR ? error : SNMPAPI_TL_NOT_INITIALIZED;
    }
    memset(&local, 0, sizeof(local));
    local.any.sa_family = AF_INET6;
    address_set_port(&local, port);
    listeners[1] = endpoint_open(&local, receive, NULL, NULL, &ignored);
    return SNMPAPI_SUCCESS;
}

static void stop(void)
{
    int i;

    for (i = 0; i < 2; i++)
        if (listeners[i])
        {
            endpoint_close(listeners[i]);
            listeners[i] = NULL;
        }
}

const struct trap_source trap_port = {start, stop};
