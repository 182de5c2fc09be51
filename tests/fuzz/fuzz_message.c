/*
 * Message decoder: whatever decodes has to encode, and that has to decode to the same again. Translations of what was
 * decoded have to encode too.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "wsnmp32/oid_text.h"
#include "wsnmp32/trap_translation.h"

static void require_same_bindings(const struct snmp_varbind_list *a, const struct snmp_varbind_list *b)
{
    REQUIRE(a->count == b->count);
    for (uint32_t i = 1; i <= a->count; i++)
    {
        const struct snmp_varbind *x = snmp_varbind_list_get(a, i), *y = snmp_varbind_list_get(b, i);

        REQUIRE(snmp_oid_equal(&x->name, &y->name));
        REQUIRE(snmp_value_equal(&x->value, &y->value));
        REQUIRE(snmp_value_check(&x->value) == SNMP_LIST_OK);
        REQUIRE(snmp_name_check(&x->name));
    }
}

static void require_same(const struct snmp_message *a, const struct snmp_message *b)
{
    REQUIRE(a->version == b->version && a->pdu.type == b->pdu.type);
    REQUIRE(a->community.len == b->community.len);
    REQUIRE(a->community.len == 0 || memcmp(a->community.ptr, b->community.ptr, a->community.len) == 0);
    REQUIRE(a->pdu.request_id == b->pdu.request_id && a->pdu.error_status == b->pdu.error_status);
    REQUIRE(a->pdu.error_index == b->pdu.error_index);
    require_same_bindings(&a->pdu.bindings, &b->pdu.bindings);
    if (a->pdu.type != SNMP_TYPE_V1TRAP) return;
    REQUIRE(a->pdu.trap.generic == b->pdu.trap.generic && a->pdu.trap.specific == b->pdu.trap.specific);
    REQUIRE(a->pdu.trap.timestamp == b->pdu.trap.timestamp);
    REQUIRE(memcmp(a->pdu.trap.agent_address, b->pdu.trap.agent_address, 4) == 0);
    REQUIRE(snmp_oid_equal(&a->pdu.trap.enterprise, &b->pdu.trap.enterprise));
}

/* Encodes into a block of exactly the size that was announced. The caller frees it. */
static uint8_t *encode(const struct snmp_message *message, size_t *length)
{
    uint8_t *buffer;
    size_t needed;

    REQUIRE(snmp_message_encode(message, NULL, 0, &needed) == SNMP_CODEC_TOO_BIG);
    buffer = malloc(needed);
    REQUIRE(buffer != NULL);
    REQUIRE(snmp_message_encode(message, buffer, needed, length) == SNMP_CODEC_OK);
    REQUIRE(*length == needed);
    return buffer;
}

static void check_round_trip(const struct snmp_message *message, size_t consumed, bool shorter)
{
    struct snmp_message again;
    size_t length, taken;
    uint8_t *buffer = encode(message, &length);

    /* An OID of no octets becomes 0.0, one octet longer; all else only shrinks. */
    REQUIRE(!shorter || length <= consumed + 2 * (size_t)message->pdu.bindings.count + 16);
    REQUIRE(snmp_message_decode(buffer, length, &again, &taken) == SNMP_CODEC_OK);
    REQUIRE(taken == length);
    require_same(message, &again);
    snmp_varbind_list_free(&again.pdu.bindings);
    free(buffer);
}

static void check_copy(const struct snmp_message *message)
{
    struct snmp_message copy = *message;

    REQUIRE(snmp_pdu_copy(&message->pdu, &copy.pdu) == SNMP_LIST_OK);
    require_same(message, &copy);
    snmp_varbind_list_free(&copy.pdu.bindings);
}

/* Counter64 and exceptions are tolerated in a v1 message, but not sent in one. */
static bool encodable_as_v1(const struct snmp_message *message)
{
    struct snmp_message copy = *message;
    size_t needed;

    return snmp_message_encode(&copy, NULL, 0, &needed) != SNMP_CODEC_SYNTAX;
}

static void check_translations(const struct snmp_message *message)
{
    static const uint8_t address[4] = {192, 0, 2, 1};
    struct snmp_message translated = *message;

    translated.version = SNMP_VERSION_2C;
    if (snmp_trap_v1_to_v2(&message->pdu, 1, &translated.pdu) == SNMP_TRANSLATION_OK)
    {
        REQUIRE(snmp_trap_is_translated(&translated.pdu));
        check_round_trip(&translated, 0, false);
    }
    snmp_varbind_list_free(&translated.pdu.bindings);
    translated.version = SNMP_VERSION_1;
    if (snmp_pdu_to_v1(&message->pdu, address, &translated.pdu) == SNMP_TRANSLATION_OK)
        check_round_trip(&translated, 0, false);
    snmp_varbind_list_free(&translated.pdu.bindings);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct snmp_message message, head;
    enum snmp_codec_status peeked = snmp_message_peek(data, size, &head);
    size_t consumed;

    if (snmp_message_decode(data, size, &message, &consumed) != SNMP_CODEC_OK)
    {
        REQUIRE(message.pdu.bindings.count == 0 && message.pdu.bindings.block == NULL);
        return 0;
    }
    REQUIRE(peeked == SNMP_CODEC_OK && consumed <= size);
    REQUIRE(head.pdu.type == message.pdu.type && head.pdu.request_id == message.pdu.request_id);
    if (message.version == SNMP_VERSION_2C || encodable_as_v1(&message)) check_round_trip(&message, consumed, true);
    check_translations(&message);
    check_copy(&message);
    snmp_varbind_list_free(&message.pdu.bindings);
    return 0;
}
