/*
 * SnmpEncodeMsg and SnmpDecodeMsg, against messages written by hand.
 */
#include "wsnmp32_test.h"

static struct inbox inbox;
static HSNMP_SESSION session;
static HSNMP_ENTITY entity;
static HSNMP_CONTEXT context;

static void open_one(smiUINT32 mode)
{
    start_snmp();
    pSnmpSetTranslateMode(mode);
    session = open_session(&inbox);
    entity = pSnmpStrToEntity(session, "127.0.0.1");
    context = context_of(session, "public");
}

/* The message of one NULL binding of sysDescr.0. */
static struct bytes message_of(int version, unsigned char tag, int request_id, int second, int third)
{
    struct bytes bindings = {.length = 0}, message = {.length = 0};

    put_null_binding(&bindings, sys_descr_ids, 9);
    put_message(&message, version, "public", tag, request_id, second, third, &bindings);
    return message;
}

static int encodes_to(HSNMP_PDU pdu, const struct bytes *expected)
{
    smiOCTETS octets = {99, (smiLPBYTE)1};
    SNMPAPI_STATUS length = pSnmpEncodeMsg(session, entity, entity, context, pdu, &octets);
    int same = length && octets.len == expected->length && !memcmp(octets.ptr, expected->data, expected->length);

    note("returned %lu, expected %lu; the last error is %lu", (unsigned long)length, (unsigned long)expected->length,
         length ? 0ul : (unsigned long)pSnmpGetLastError(session));
    if (length) pSnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &octets);
    return same;
}

static void encode(void)
{
    static const int request_ids[] = {1, 127, 128, -1, 0x12345678, (int)0x80000000};
    struct bytes expected;
    smiOCTETS octets = {99, (smiLPBYTE)1};

    open_one(SNMPAPI_UNTRANSLATED_V2);
    expected = message_of(1, 0xa0, 1, 0, 0);
    CHECK(SnmpEncodeMsg, length,
          "the return value is the length, in bytes, of the encoded SNMP message. This number is also the value of the "
          "len member",
          returned(pSnmpEncodeMsg(session, entity, entity, context, pdu_of(session, SNMP_PDU_GET, 1), &octets),
                   expected.length) &&
              octets.len == expected.length);
    CHECK(SnmpEncodeMsg, freed,
          "must call the SnmpFreeDescriptor function to free resources allocated for the ptr member",
          returned(pSnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &octets), SNMPAPI_SUCCESS));
    for (size_t i = 0; i < COUNT_OF(request_ids); i++)
    {
        expected = message_of(1, 0xa0, request_ids[i], 0, 0);
        CHECK(SnmpEncodeMsg, bytes, "The implementation returns the encoded SNMP message to the WinSNMP application",
              encodes_to(pdu_of(session, SNMP_PDU_GET, request_ids[i]), &expected));
    }
    expected = message_of(1, 0xa5, 7, 0, 5);
    CHECK(SnmpEncodeMsg, getbulk, "specifies a value for the max_repetitions field of the PDU",
          encodes_to(pdu_of(session, SNMP_PDU_GETBULK, 7), &expected));
    CHECK(SnmpEncodeMsg, version_2c,
          "SNMPAPI_UNTRANSLATED_V2: ... creates outgoing SNMP messages that contain a value of 1 in the version field",
          (expected = message_of(1, 0xa1, 7, 0, 0), encodes_to(pdu_of(session, SNMP_PDU_GETNEXT, 7), &expected)));
    open_one(SNMPAPI_UNTRANSLATED_V1);
    CHECK(
        SnmpEncodeMsg, version_1,
        "SNMPAPI_UNTRANSLATED_V1: ... creates outgoing SNMP messages that contain a value of zero in the version field",
        (expected = message_of(0, 0xa0, 7, 0, 0), encodes_to(pdu_of(session, SNMP_PDU_GET, 7), &expected)));
}

static HSNMP_PDU pdu_with(smiUINT32 syntax, const void *value)
{
    smiVALUE binding = {.syntax = syntax};

    memcpy(&binding.value, value,
           syntax == SNMP_SYNTAX_OID || syntax == SNMP_SYNTAX_OCTETS || syntax == SNMP_SYNTAX_IPADDR ||
                   syntax == SNMP_SYNTAX_OPAQUE
               ? sizeof(smiOCTETS)
               : sizeof(smiCNTR64));
    return pSnmpCreatePdu(session, SNMP_PDU_SET, 9, 0, 0, pSnmpCreateVbl(session, &sys_descr, &binding));
}

static int encodes_value(smiUINT32 syntax, const void *value, const char *content, size_t length)
{
    struct bytes bindings = {.length = 0}, message = {.length = 0};

    put_binding(&bindings, sys_descr_ids, 9, (unsigned char)syntax, content, length);
    put_message(&message, 1, "public", 0xa3, 9, 0, 0, &bindings);
    return encodes_to(pdu_with(syntax, value), &message);
}

static void encode_values(void)
{
    smiINT minus = -129;
    smiUINT32 all[2] = {0xffffffff}, one[2] = {1};
    smiCNTR64 big = {0xffffffff, 0xfffffffe}, small = {0, 5};
    smiOCTETS octets = {3, (smiLPBYTE) "a\0b"}, address = {4, (smiLPBYTE) "\x7f\0\0\1"};
    smiUINT32 ids[] = {1, 3, 128, 4294967295u};
    smiOID oid = {4, ids};
    smiINT minus_pair[2] = {minus};

    open_one(SNMPAPI_UNTRANSLATED_V2);
    CHECK(SnmpEncodeMsg, integers, "(RFC 1902: INTEGER and the unsigned types in their shortest form)",
          encodes_value(SNMP_SYNTAX_INT, minus_pair, "\xff\x7f", 2) &&
              encodes_value(SNMP_SYNTAX_CNTR32, all, "\0\xff\xff\xff\xff", 5) &&
              encodes_value(SNMP_SYNTAX_GAUGE32, one, "\1", 1) &&
              encodes_value(SNMP_SYNTAX_TIMETICKS, all, "\0\xff\xff\xff\xff", 5));
    CHECK(SnmpEncodeMsg, counter64, "(RFC 1902: Counter64)",
          encodes_value(SNMP_SYNTAX_CNTR64, &big, "\0\xff\xff\xff\xff\xff\xff\xff\xfe", 9) &&
              encodes_value(SNMP_SYNTAX_CNTR64, &small, "\5", 1));
    CHECK(SnmpEncodeMsg, octets, "(RFC 1902: OCTET STRING, IpAddress, Opaque)",
          encodes_value(SNMP_SYNTAX_OCTETS, &octets, "a\0b", 3) &&
              encodes_value(SNMP_SYNTAX_IPADDR, &address, "\x7f\0\0\1", 4) &&
              encodes_value(SNMP_SYNTAX_OPAQUE, &octets, "a\0b", 3));
    CHECK(SnmpEncodeMsg, oid, "(X.690 8.19: OBJECT IDENTIFIER)",
          encodes_value(SNMP_SYNTAX_OID, &oid, "\x2b\x81\0\x8f\xff\xff\xff\x7f", 8));
}

static void encode_errors(void)
{
    smiOCTETS octets;
    HSNMP_PDU pdu, wrong;

    open_one(SNMPAPI_UNTRANSLATED_V2);
    pdu = pdu_of(session, SNMP_PDU_GET, 1);
    wrong = pSnmpCreatePdu(session, SNMP_PDU_GET, 1, 5, 1, pSnmpCreateVbl(session, &sys_descr, NULL));
    CHECK(SnmpEncodeMsg, SNMPAPI_SESSION_INVALID, "The session parameter is invalid.",
          FAILS(SNMPAPI_SESSION_INVALID, pSnmpEncodeMsg(NULL, entity, entity, context, pdu, &octets)));
    CHECK(SnmpEncodeMsg, SNMPAPI_ENTITY_INVALID, "One or both of the entity parameters is invalid.",
          FAILS_IN(session, SNMPAPI_ENTITY_INVALID, pSnmpEncodeMsg(session, context, entity, context, pdu, &octets)) &&
              FAILS_IN(session, SNMPAPI_ENTITY_INVALID, pSnmpEncodeMsg(session, entity, NULL, context, pdu, &octets)));
    CHECK(
        SnmpEncodeMsg, SNMPAPI_CONTEXT_INVALID, "The context parameter is invalid.",
        FAILS_IN(session, SNMPAPI_CONTEXT_INVALID, pSnmpEncodeMsg(session, entity, entity, NULL, pdu, &octets)) &&
            FAILS_IN(session, SNMPAPI_CONTEXT_INVALID, pSnmpEncodeMsg(session, entity, entity, entity, pdu, &octets)));
    CHECK(
        SnmpEncodeMsg, SNMPAPI_PDU_INVALID, "The pdu parameter is invalid.",
        FAILS_IN(session, SNMPAPI_PDU_INVALID, pSnmpEncodeMsg(session, entity, entity, context, NULL, &octets)) &&
            FAILS_IN(session, SNMPAPI_PDU_INVALID, pSnmpEncodeMsg(session, entity, entity, context, context, &octets)));
    CHECK(SnmpEncodeMsg, error_fields,
          "unless the PDU_type field of the PDU is SNMP_PDU_GETBULK or SNMP_PDU_RESPONSE, both the error_status and "
          "error_index fields must be "
          "equal to zero",
          FAILS_IN(session, SNMPAPI_PDU_INVALID, pSnmpEncodeMsg(session, entity, entity, context, wrong, &octets)));
    CHECK(SnmpEncodeMsg, SNMPAPI_ALLOC_ERROR,
          "The application specified an invalid pointer, or an error occurred during memory allocation.",
          FAILS_IN(session, SNMPAPI_ALLOC_ERROR, pSnmpEncodeMsg(session, entity, entity, context, pdu, NULL)));
    /* Programs that send give no source entity, and the parameters are the same. */
    CHECK(SnmpEncodeMsg, null_source,
          "The first five parameters ... are the same parameters that are passed to the SnmpSendMsg function.",
          pSnmpEncodeMsg(session, NULL, entity, context, pdu, &octets) != 0);
    /* SnmpSendMsg has SNMPAPI_OPERATION_INVALID for this, this page only SNMPAPI_PDU_INVALID. */
    pSnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V1);
    CHECK(SnmpEncodeMsg, inform_to_version_1, "The pdu parameter is invalid. (SNMPv1 has no inform)",
          FAILS_IN(session, SNMPAPI_PDU_INVALID,
                   pSnmpEncodeMsg(session, entity, pSnmpStrToEntity(session, "127.0.0.1"), context,
                                  pdu_of(session, SNMP_PDU_INFORM, 1), &octets)));
}

struct decoded
{
    HSNMP_ENTITY source, destination;
    HSNMP_CONTEXT context;
    HSNMP_PDU pdu;
};

static SNMPAPI_STATUS decode_bytes(const void *data, size_t length, struct decoded *out)
{
    smiOCTETS octets = {(smiUINT32)length, (smiLPBYTE)data};

    memset(out, 0, sizeof(*out));
    out->source = out->destination = (HANDLE)(ULONG_PTR)0x5a5a;
    return pSnmpDecodeMsg(session, &out->source, &out->destination, &out->context, &out->pdu, &octets);
}

static void decode(void)
{
    struct bytes message;
    struct decoded got;
    smiINT type, status, index;
    smiINT32 request_id;
    HSNMP_VBL vbl;
    smiOCTETS community = {0, NULL};
    size_t length;

    open_one(SNMPAPI_UNTRANSLATED_V2);
    message = message_of(1, 0xa2, 0x12345, 2, 1);
    length = message.length;
    memcpy(message.data + message.length, "behind", 6);
    CHECK(SnmpDecodeMsg, length,
          "the return value is the number of decoded bytes. This value can be equal to, or less than, the len member",
          returned(decode_bytes(message.data, length, &got), length) &&
              returned(decode_bytes(message.data, length + 6, &got), length));
    CHECK(SnmpDecodeMsg, no_entities,
          "returns a value of zero in the srcEntity and the dstEntity parameters when an application submits an SNMPv1 "
          "or an SNMPv2C message",
          got.source == NULL && got.destination == NULL);
    CHECK(SnmpDecodeMsg, pdu, "receives a handle to the SNMP protocol data unit (PDU)",
          pSnmpGetPduData(got.pdu, &type, &request_id, &status, &index, &vbl) && type == (smiINT)SNMP_PDU_RESPONSE &&
              request_id == 0x12345 && status == 2 && index == 1 && pSnmpCountVbl(vbl) == 1);
    CHECK(SnmpDecodeMsg, context, "receives a handle to the context",
          pSnmpContextToStr(got.context, &community) && community.len == 6 && !memcmp(community.ptr, "public", 6));
    CHECK(SnmpDecodeMsg, freed, "It is recommended that the WinSNMP application free individual resources",
          pSnmpFreePdu(got.pdu) && pSnmpFreeContext(got.context));
    message = message_of(0, 0xa0, 1, 0, 0);
    CHECK(SnmpDecodeMsg, version_1, "decodes an encoded SNMP message into its components (SNMPv1)",
          decode_bytes(message.data, message.length, &got) == message.length &&
              type_of(got.pdu) == (smiINT)SNMP_PDU_GET);
}

static void decode_values(void)
{
    struct bytes bindings = {.length = 0}, message = {.length = 0};
    struct decoded got;
    smiOCTETS again = {0, NULL};
    static const unsigned one[] = {1, 3, 6, 1};

    open_one(SNMPAPI_UNTRANSLATED_V2);
    put_binding(&bindings, one, 4, 0x02, "\x80\0\0\0", 4);
    put_binding(&bindings, one, 4, 0x04, "text", 4);
    put_binding(&bindings, one, 4, 0x05, "", 0);
    put_binding(&bindings, one, 4, 0x06, "\x2b\x8f\xff\xff\xff\x7f", 6);
    put_binding(&bindings, one, 4, 0x40, "\x7f\0\0\1", 4);
    put_binding(&bindings, one, 4, 0x41, "\0\xff\xff\xff\xff", 5);
    put_binding(&bindings, one, 4, 0x42, "\5", 1);
    put_binding(&bindings, one, 4, 0x43, "\x7f\xff", 2);
    put_binding(&bindings, one, 4, 0x44, "opaque", 6);
    put_binding(&bindings, one, 4, 0x46, "\0\xff\xff\xff\xff\xff\xff\xff\xff", 9);
    put_binding(&bindings, one, 4, 0x80, "", 0);
    put_binding(&bindings, one, 4, 0x81, "", 0);
    put_binding(&bindings, one, 4, 0x82, "", 0);
    put_message(&message, 1, "public", 0xa2, 5, 0, 0, &bindings);
    CHECK(SnmpDecodeMsg, all_values,
          "This function performs the opposite action of the WinSNMP SnmpEncodeMsg function.",
          decode_bytes(message.data, message.length, &got) == message.length &&
              pSnmpEncodeMsg(session, entity, entity, got.context, got.pdu, &again) == message.length &&
              !memcmp(again.ptr, message.data, message.length));
}

static int nothing_made(const struct decoded *got)
{
    return !got->pdu && !got->context;
}

static void decode_errors(void)
{
    static const unsigned char garbage[] = "This is not an SNMP message.";
    struct bytes message, other;
    struct decoded got;
    smiOCTETS octets;
    HSNMP_PDU *const no_pdu = NULL;

    open_one(SNMPAPI_UNTRANSLATED_V2);
    message = message_of(1, 0xa0, 1, 0, 0);
    octets = (smiOCTETS){(smiUINT32)message.length, message.data};
    CHECK(SnmpDecodeMsg, SNMPAPI_MESSAGE_INVALID,
          "The SNMP message format in the buffer indicated by the msgBufDesc parameter is invalid. No output "
          "parameters were created.",
          FAILS_IN(session, SNMPAPI_MESSAGE_INVALID, decode_bytes(garbage, sizeof(garbage), &got)) &&
              nothing_made(&got) && FAILS_IN(session, SNMPAPI_MESSAGE_INVALID, decode_bytes("", 0, &got)) &&
              FAILS_IN(session, SNMPAPI_MESSAGE_INVALID,
                       pSnmpDecodeMsg(session, &got.source, &got.destination, &got.context, &got.pdu, NULL)));
    /* "The output buffer length is insufficient" has no output buffer to speak of; a message cut short fits it as well.
     */
    for (size_t length = 1; length < message.length; length++)
        CHECK(SnmpDecodeMsg, cut_short,
              "No output parameters were created. (either SNMPAPI_MESSAGE_INVALID or SNMPAPI_OUTPUT_TRUNCATED)",
              !decode_bytes(message.data, length, &got) && nothing_made(&got) &&
                  (pSnmpGetLastError(session) == SNMPAPI_MESSAGE_INVALID ||
                   pSnmpGetLastError(session) == SNMPAPI_OUTPUT_TRUNCATED));
    other = message_of(3, 0xa0, 1, 0, 0);
    CHECK(SnmpDecodeMsg, other_version,
          "The SNMP message format in the buffer ... is invalid. (SNMPv3 is none of this API)",
          FAILS_IN(session, SNMPAPI_MESSAGE_INVALID, decode_bytes(other.data, other.length, &got)) &&
              nothing_made(&got));
    CHECK(SnmpDecodeMsg, SNMPAPI_SESSION_INVALID, "The session parameter is invalid.",
          FAILS(SNMPAPI_SESSION_INVALID,
                pSnmpDecodeMsg(NULL, &got.source, &got.destination, &got.context, &got.pdu, &octets)));
    /* These parameters are outputs: what makes them invalid is a pointer that cannot be written. */
    CHECK(SnmpDecodeMsg, SNMPAPI_ENTITY_INVALID, "One or both of the entity parameters is invalid.",
          FAILS_IN(session, SNMPAPI_ENTITY_INVALID,
                   pSnmpDecodeMsg(session, NULL, &got.destination, &got.context, &got.pdu, &octets)) &&
              FAILS_IN(session, SNMPAPI_ENTITY_INVALID,
                       pSnmpDecodeMsg(session, &got.source, NULL, &got.context, &got.pdu, &octets)));
    CHECK(SnmpDecodeMsg, SNMPAPI_CONTEXT_INVALID, "The context parameter is invalid.",
          FAILS_IN(session, SNMPAPI_CONTEXT_INVALID,
                   pSnmpDecodeMsg(session, &got.source, &got.destination, NULL, &got.pdu, &octets)));
    CHECK(SnmpDecodeMsg, SNMPAPI_PDU_INVALID, "The pdu parameter is invalid.",
          FAILS_IN(session, SNMPAPI_PDU_INVALID,
                   pSnmpDecodeMsg(session, &got.source, &got.destination, &got.context, no_pdu, &octets)));
}

static const struct test_case cases[] = {{"SnmpEncodeMsg", encode},
                                         {"values encoded", encode_values},
                                         {"SnmpEncodeMsg's errors", encode_errors},
                                         {"SnmpDecodeMsg", decode},
                                         {"values decoded", decode_values},
                                         {"SnmpDecodeMsg's errors", decode_errors},
                                         {NULL, NULL}};
const struct group message_group = {"message", __FILE__, cases};
