/*
 * What comes to the trap port: traps of either version, and informs, which are answered.
 */
#include "wsnmp32/transport.h"
#include "wsnmp32/trap.h"

CORK_TRACE_CHANNEL(wsnmp32);

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
    const struct trap_datagram *datagram;
    uint8_t *buffer;
    size_t length;
};

static void acknowledge(void *context)
{
    const struct acknowledgement *acknowledgement = context;
    const struct trap_datagram *datagram = acknowledgement->datagram;

    datagram->answer(datagram->context, datagram->from, acknowledgement->buffer, acknowledgement->length);
}

static void receive_inform(const struct trap_datagram *datagram, struct snmp_message *message)
{
    /* Minimal encoding makes it no longer than what came, but for tolerated encodings without a leading zero. */
    size_t room = 2 * datagram->size + 64;
    struct acknowledgement acknowledgement = {.datagram = datagram, .buffer = snmp_alloc(room)};

    if (!acknowledgement.buffer) return; /* not answered, so it comes again */
    acknowledgement.length = make_acknowledgement(message, acknowledgement.buffer, room);
    if (acknowledgement.length) trap_received(message, datagram->from, datagram->to, acknowledge, &acknowledgement);
    snmp_free(acknowledgement.buffer);
}

void trap_datagram_received(const struct trap_datagram *datagram)
{
    struct snmp_message message;
    enum snmp_codec_status status = snmp_message_decode(datagram->data, datagram->size, &message, NULL);

    if (status != SNMP_CODEC_OK)
    {
        CORK_WARN("%u bytes from %s are no SNMP message (%d)\n", (unsigned)datagram->size,
                  debugstr_address(datagram->from), status);
        return;
    }
    if (message.pdu.type == SNMP_TYPE_INFORM)
        receive_inform(datagram, &message);
    else if (message.pdu.type == SNMP_TYPE_TRAP || message.pdu.type == SNMP_TYPE_V1TRAP)
        trap_received(&message, datagram->from, datagram->to, NULL, NULL);
    snmp_varbind_list_free(&message.pdu.bindings);
}
