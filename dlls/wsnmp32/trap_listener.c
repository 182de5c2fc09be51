/*
 * The trap port of this process: UDP over IPv4, and over IPv6 where the host has it, at the port of the setting
 * TrapPort.
 */
#include "wsnmp32/transport.h"
#include "wsnmp32/trap.h"

CORK_TRACE_CHANNEL(wsnmp32);

static struct endpoint *listeners[2];

/* "Informs are answered": a response with the request's identifier and bindings (RFC 1905, section 4.2.7), encoded
 * before the trap is handed on. Returns its length, 0 where it does not fit or cannot be made. */
static size_t make_acknowledgement(const struct snmp_message *inform, uint8_t *buffer, size_t size)
{
    struct snmp_message response = *inform;
    size_t length;

    response.pdu.type = SNMP_TYPE_RESPONSE;
    response.pdu.error_status = response.pdu.error_index = 0;
    response.pdu.bindings = snmp_varbind_list_view(&inform->pdu.bindings);
    return snmp_message_encode(&response, buffer, size, &length) == SNMP_CODEC_OK ? length : 0;
}

struct acknowledgement
{
    struct endpoint *endpoint;
    const union address *to;
    uint8_t *buffer;
    size_t length;
};

static void acknowledge(void *context)
{
    struct acknowledgement *acknowledgement = context;

    endpoint_send(acknowledgement->endpoint, acknowledgement->buffer, acknowledgement->length, acknowledgement->to);
}

static void receive_inform(struct endpoint *endpoint, struct snmp_message *message, const union address *from,
                           size_t size)
{
    /* Minimal encoding makes it no longer than what came, but for tolerated encodings without a leading zero. */
    size_t room = 2 * size + 64;
    struct acknowledgement acknowledgement = {.endpoint = endpoint, .to = from, .buffer = snmp_alloc(room)};

    if (!acknowledgement.buffer) return; /* not answered, so it comes again */
    acknowledgement.length = make_acknowledgement(message, acknowledgement.buffer, room);
    if (acknowledgement.length) trap_received(message, from, endpoint_address(endpoint), acknowledge, &acknowledgement);
    snmp_free(acknowledgement.buffer);
}

static void receive(struct endpoint *endpoint, void *context, const uint8_t *data, size_t size,
                    const union address *from)
{
    struct snmp_message message;
    enum snmp_codec_status status = snmp_message_decode(data, size, &message, NULL);

    (void)context;
    if (status != SNMP_CODEC_OK)
    {
        CORK_WARN("%u bytes from %s are no SNMP message (%d)\n", (unsigned)size, debugstr_address(from), status);
        return;
    }
    if (message.pdu.type == SNMP_TYPE_INFORM)
        receive_inform(endpoint, &message, from, size);
    else if (message.pdu.type == SNMP_TYPE_TRAP || message.pdu.type == SNMP_TYPE_V1TRAP)
        trap_received(&message, from, endpoint_address(endpoint), NULL, NULL);
    snmp_varbind_list_free(&message.pdu.bindings);
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
