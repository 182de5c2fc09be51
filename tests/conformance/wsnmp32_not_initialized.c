/*
 * "If a WinSNMP application does call another WinSNMP function, before it successfully calls SnmpStartup, the
 * implementation returns the error SNMPAPI_NOT_INITIALIZED": every function, before the first SnmpStartup of the
 * process.
 */
#include "wsnmp32_test.h"

#define NOT_STARTED(function, ...)                                                                                     \
    CHECK(function, SNMPAPI_NOT_INITIALIZED, "The SnmpStartup function did not complete successfully.",                \
          FAILS(SNMPAPI_NOT_INITIALIZED, p##function(__VA_ARGS__)))

static smiOCTETS octets = {6, (smiLPBYTE) "public"};

static void application_functions(void)
{
    smiUINT32 mode;
    smiVENDORINFO vendor;

    NOT_STARTED(SnmpCleanup);
    NOT_STARTED(SnmpGetTranslateMode, &mode);
    NOT_STARTED(SnmpSetTranslateMode, SNMPAPI_TRANSLATED);
    NOT_STARTED(SnmpGetRetransmitMode, &mode);
    NOT_STARTED(SnmpSetRetransmitMode, SNMPAPI_ON);
    NOT_STARTED(SnmpGetVendorInfo, &vendor);
}

static void entity_functions(void)
{
    char text[64];
    smiTIMETICKS ticks;
    smiUINT32 count;

    NOT_STARTED(SnmpGetTimeout, NULL, &ticks, &ticks);
    NOT_STARTED(SnmpSetTimeout, NULL, 100);
    NOT_STARTED(SnmpGetRetry, NULL, &count, &count);
    NOT_STARTED(SnmpSetRetry, NULL, 1);
    NOT_STARTED(SnmpStrToEntity, NULL, "127.0.0.1");
    NOT_STARTED(SnmpEntityToStr, NULL, sizeof(text), text);
    NOT_STARTED(SnmpFreeEntity, NULL);
    NOT_STARTED(SnmpSetPort, NULL, 161);
    NOT_STARTED(SnmpStrToContext, NULL, &octets);
    NOT_STARTED(SnmpContextToStr, NULL, &octets);
    NOT_STARTED(SnmpFreeContext, NULL);
}

static void pdu_functions(void)
{
    smiINT type = SNMP_PDU_GET;
    smiOID name;
    smiVALUE value;

    NOT_STARTED(SnmpCreatePdu, NULL, SNMP_PDU_GET, 1, 0, 0, NULL);
    NOT_STARTED(SnmpGetPduData, NULL, &type, NULL, NULL, NULL, NULL);
    NOT_STARTED(SnmpSetPduData, NULL, &type, NULL, NULL, NULL, NULL);
    NOT_STARTED(SnmpDuplicatePdu, NULL, NULL);
    NOT_STARTED(SnmpFreePdu, NULL);
    NOT_STARTED(SnmpCreateVbl, NULL, &sys_descr, NULL);
    NOT_STARTED(SnmpDuplicateVbl, NULL, NULL);
    NOT_STARTED(SnmpFreeVbl, NULL);
    NOT_STARTED(SnmpCountVbl, NULL);
    NOT_STARTED(SnmpGetVb, NULL, 1, &name, &value);
    NOT_STARTED(SnmpSetVb, NULL, 0, &sys_descr, NULL);
    NOT_STARTED(SnmpDeleteVb, NULL, 1);
}

static void utility_functions(void)
{
    HSNMP_ENTITY source, destination;
    HSNMP_CONTEXT context;
    HSNMP_PDU pdu;
    smiOID oid;
    smiINT result;
    char text[64];

    NOT_STARTED(SnmpEncodeMsg, NULL, NULL, NULL, NULL, NULL, &octets);
    NOT_STARTED(SnmpDecodeMsg, NULL, &source, &destination, &context, &pdu, &octets);
    NOT_STARTED(SnmpFreeDescriptor, SNMP_SYNTAX_OCTETS, &octets);
    NOT_STARTED(SnmpStrToOid, "1.3.6", &oid);
    NOT_STARTED(SnmpOidToStr, &sys_descr, sizeof(text), text);
    NOT_STARTED(SnmpOidCopy, &sys_descr, &oid);
    NOT_STARTED(SnmpOidCompare, &sys_descr, &sys_name, 0, &result);
}

static void communication_functions(void)
{
    HSNMP_ENTITY source, destination;
    HSNMP_CONTEXT context;
    HSNMP_PDU pdu;

    NOT_STARTED(SnmpOpen, make_window(), WM_USER);
    NOT_STARTED(SnmpCreateSession, NULL, 0, keep_notification, NULL);
    NOT_STARTED(SnmpClose, NULL);
    NOT_STARTED(SnmpSendMsg, NULL, NULL, NULL, NULL, NULL);
    NOT_STARTED(SnmpRecvMsg, NULL, &source, &destination, &context, &pdu);
    NOT_STARTED(SnmpRegister, NULL, NULL, NULL, NULL, NULL, SNMPAPI_ON);
    NOT_STARTED(SnmpCancelMsg, NULL, 1);
    NOT_STARTED(SnmpListen, NULL, SNMPAPI_ON);
    NOT_STARTED(SnmpListenEx, NULL, SNMPAPI_ON, SNMPLISTEN_ALL_ADDR);
}

static void clean_up_ex(void)
{
    CHECK(SnmpCleanupEx, SNMPAPI_OTHER_ERROR,
          "The SnmpStartupEx function did not complete successfully, or an unknown or undefined error occurred.",
          FAILS(SNMPAPI_OTHER_ERROR, pSnmpCleanupEx()));
}

static const struct test_case cases[] = {{"application functions", application_functions},
                                         {"entity functions", entity_functions},
                                         {"PDU functions", pdu_functions},
                                         {"utility functions", utility_functions},
                                         {"communication functions", communication_functions},
                                         {"SnmpCleanupEx", clean_up_ex},
                                         {NULL, NULL}};
const struct group not_initialized_group = {"not_initialized", __FILE__, cases};
