/* SNMPv1 traps in SnmpDecodeMsg and SnmpEncodeMsg, what SNMPv1 cannot say, and long messages. */
#include "test.h"

#include <stdlib.h>
#include <string.h>

static const unsigned char v1_trap[] = {0x30, 0x27, 2,    1, 0, 4, 6,    'p',  'u',  'b',  'l', 'i',  'c', 0xa4, 0x1a,
                                        6,    7,    0x2b, 6, 1, 4, 1,    0x8d, 0x1f, 0x40, 4,   10,   0,   0,    1,
                                        2,    1,    6,    2, 1, 5, 0x43, 1,    100,  0x30, 0,   0xff, 0xff};

static HSNMP_PDU decode(const smiOCTETS *message, HSNMP_CONTEXT *context_out)
{
    HSNMP_ENTITY source = session, destination = session;
    HSNMP_PDU pdu = NULL;
    SNMPAPI_STATUS length = SnmpDecodeMsg(session, &source, &destination, context_out, &pdu, message);

    return length && !source && !destination ? pdu : NULL;
}

static void traps(void)
{
    smiOCTETS message = {sizeof(v1_trap), (smiLPBYTE)v1_trap}, again;
    HSNMP_CONTEXT public;
    HSNMP_ENTITY v1, v2;
    HSNMP_PDU pdu = decode(&message, &public), copy;
    HSNMP_VBL vbl;
    smiINT type, generic, specific, other = SNMP_PDU_TRAP;

    check(pdu && SnmpGetPduData(pdu, &type, NULL, &generic, &specific, &vbl) && type == SNMP_PDU_V1TRAP &&
              generic == 6 && specific == 5 && !SnmpCountVbl(vbl),
          "a decoded SNMPv1 trap shows its numbers and its own bindings");
    check(!SnmpSetPduData(pdu, &other, NULL, NULL, NULL, NULL) && error_is(SNMPAPI_PDU_INVALID), "it is not changed");
    copy = SnmpDuplicatePdu(session, pdu);
    SnmpFreePdu(pdu);
    SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V1);
    v1 = entity("127.0.0.1");
    SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2);
    v2 = entity("127.0.0.1");
    check(SnmpEncodeMsg(session, NULL, v1, public, copy, &again) == sizeof(v1_trap) - 2 &&
              !memcmp(again.ptr, v1_trap, again.len),
          "its copy is encoded to the same octets, without those that followed");
    SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &again);
    check(!SnmpEncodeMsg(session, NULL, v2, public, copy, &again) && error_is(SNMPAPI_PDU_INVALID),
          "SNMPv2c has no such PDU");
}

static HSNMP_VBL list_with(smiUINT32 syntax)
{
    smiVALUE value;

    memset(&value, 0, sizeof(value));
    value.syntax = syntax;
    return SnmpCreateVbl(session, &sys_descr, &value);
}

static void not_in_v1(void)
{
    HSNMP_CONTEXT public = context("public"), other;
    HSNMP_ENTITY v1;
    HSNMP_PDU pdu;
    smiOCTETS message;
    smiINT status, index;

    SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V1);
    v1 = entity("127.0.0.1");
    pdu = SnmpCreatePdu(session, SNMP_PDU_RESPONSE, 7, 0, 0, list_with(SNMP_SYNTAX_NOSUCHINSTANCE));
    check(SnmpEncodeMsg(session, NULL, v1, public, pdu, &message) && (pdu = decode(&message, &other)) &&
              SnmpGetPduData(pdu, NULL, NULL, &status, &index, NULL) && status == SNMP_ERROR_NOSUCHNAME && index == 1,
          "a response with an exception is noSuchName for an SNMPv1 manager");
    pdu = SnmpCreatePdu(session, SNMP_PDU_SET, 7, 0, 0, list_with(SNMP_SYNTAX_CNTR64));
    check(!SnmpEncodeMsg(session, NULL, v1, public, pdu, &message) && error_is(SNMPAPI_PDU_INVALID),
          "a Counter64 cannot be asked of an SNMPv1 agent");
    pdu = SnmpCreatePdu(session, SNMP_PDU_INFORM, 7, 0, 0, NULL);
    check(!SnmpEncodeMsg(session, NULL, v1, public, pdu, &message) && error_is(SNMPAPI_PDU_INVALID), "nor an inform");
}

static void long_message(void)
{
    smiVALUE value = {.syntax = SNMP_SYNTAX_OCTETS};
    HSNMP_VBL vbl = SnmpCreateVbl(session, NULL, NULL);
    HSNMP_CONTEXT other;
    HSNMP_PDU pdu;
    HSNMP_VBL copy;
    smiOCTETS message;

    value.value.string.len = 65535;
    value.value.string.ptr = calloc(1, 65535);
    for (int i = 0; i < 4; i++)
        SnmpSetVb(vbl, 0, &sys_descr, &value);
    pdu = SnmpCreatePdu(session, SNMP_PDU_SET, 7, 0, 0, vbl);
    check(SnmpEncodeMsg(session, NULL, entity("127.0.0.1"), context("public"), pdu, &message) > 4 * 65535,
          "a message longer than any datagram is encoded");
    pdu = decode(&message, &other);
    check(SnmpGetPduData(pdu, NULL, NULL, NULL, NULL, &copy) && SnmpCountVbl(copy) == 4, "and decoded");
    check(SnmpFreeDescriptor(SNMP_SYNTAX_OPAQUE, &message), "its octets may be freed as OPAQUE too");
    free(value.value.string.ptr);
}

/* Inputs that point into what they change. */
static void own_parts(void)
{
    HSNMP_VBL vbl = list_with(SNMP_SYNTAX_NULL), taken = NULL;
    HSNMP_PDU pdu = SnmpCreatePdu(session, SNMP_PDU_GET, 7, 0, 0, vbl);
    smiOID oid;
    smiVALUE value;

    check(SnmpGetPduData(pdu, NULL, NULL, NULL, NULL, &taken) && SnmpSetPduData(pdu, NULL, NULL, NULL, NULL, &taken) &&
              SnmpFreeVbl(taken) && SnmpGetPduData(pdu, NULL, NULL, NULL, NULL, &taken) && SnmpCountVbl(taken) == 1,
          "a PDU is given its own list");
    check(SnmpGetVb(vbl, 1, &oid, &value) && SnmpSetVb(vbl, 1, &oid, &value) == 1 &&
              SnmpSetVb(vbl, 0, &oid, &value) == 2,
          "a list is given its own entry");
    check(SnmpOidCopy(&oid, &oid) == 9, "an OID is copied onto itself");
    check(SnmpSetPduData(pdu, NULL, NULL, NULL, NULL, &(HSNMP_VBL){NULL}) &&
              SnmpGetPduData(pdu, NULL, NULL, NULL, NULL, &taken) && taken && !SnmpCountVbl(taken),
          "a PDU loses its list");
}

void test_messages(void)
{
    traps();
    not_in_v1();
    long_message();
    own_parts();
}
