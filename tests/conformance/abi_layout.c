/*
 * The headers' structures, constants and functions, laid down where abi_check can read them from the file, whatever
 * bitness this machine runs.
 */
#include <winsock2.h>
#include <windows.h>
#include <winsnmp.h>
#include <mgmtapi.h>
#include <stddef.h>
#include <stdint.h>

#include "abi_row.h"

#define SIZE(type)                                                                                                     \
    {                                                                                                                  \
#type, (uint32_t)sizeof(type)                                                                                  \
    }
#define OFFSET(type, member)                                                                                           \
    {                                                                                                                  \
#type "." #member, (uint32_t)offsetof(type, member)                                                            \
    }
#define VALUE(name)                                                                                                    \
    {                                                                                                                  \
#name, (uint32_t)(name)                                                                                        \
    }

const struct abi_row abi_rows[] __attribute__((section(".abi"), used)) = {
    /* structures */
    SIZE(smiOCTETS), OFFSET(smiOCTETS, len), OFFSET(smiOCTETS, ptr), SIZE(smiOID), OFFSET(smiOID, len),
    OFFSET(smiOID, ptr), SIZE(smiCNTR64), OFFSET(smiCNTR64, hipart), OFFSET(smiCNTR64, lopart), SIZE(smiVALUE),
    OFFSET(smiVALUE, syntax), OFFSET(smiVALUE, value), OFFSET(smiVALUE, value.sNumber), OFFSET(smiVALUE, value.uNumber),
    OFFSET(smiVALUE, value.hNumber), OFFSET(smiVALUE, value.string), OFFSET(smiVALUE, value.oid),
    OFFSET(smiVALUE, value.empty), SIZE(smiVENDORINFO), OFFSET(smiVENDORINFO, vendorName),
    OFFSET(smiVENDORINFO, vendorContact), OFFSET(smiVENDORINFO, vendorVersionId),
    OFFSET(smiVENDORINFO, vendorVersionDate), OFFSET(smiVENDORINFO, vendorEnterprise), SIZE(AsnOctetString),
    OFFSET(AsnOctetString, stream), OFFSET(AsnOctetString, length), OFFSET(AsnOctetString, dynamic),
    SIZE(AsnObjectIdentifier), OFFSET(AsnObjectIdentifier, idLength), OFFSET(AsnObjectIdentifier, ids), SIZE(AsnAny),
    OFFSET(AsnAny, asnType), OFFSET(AsnAny, asnValue), OFFSET(AsnAny, asnValue.number),
    OFFSET(AsnAny, asnValue.unsigned32), OFFSET(AsnAny, asnValue.counter64), OFFSET(AsnAny, asnValue.string),
    OFFSET(AsnAny, asnValue.bits), OFFSET(AsnAny, asnValue.object), OFFSET(AsnAny, asnValue.sequence),
    OFFSET(AsnAny, asnValue.address), OFFSET(AsnAny, asnValue.counter), OFFSET(AsnAny, asnValue.gauge),
    OFFSET(AsnAny, asnValue.ticks), OFFSET(AsnAny, asnValue.arbitrary), SIZE(SnmpVarBind), OFFSET(SnmpVarBind, name),
    OFFSET(SnmpVarBind, value), SIZE(SnmpVarBindList), OFFSET(SnmpVarBindList, list), OFFSET(SnmpVarBindList, len),
    /* constants */
    VALUE(ASN_APPLICATION), VALUE(ASN_CONSTRUCTOR), VALUE(ASN_CONTEXT), VALUE(ASN_CONTEXTSPECIFIC),
    VALUE(ASN_PRIMATIVE), VALUE(ASN_PRIMITIVE), VALUE(ASN_PRIVATE), VALUE(ASN_UNIVERSAL),
    VALUE(DEFAULT_SNMPTRAP_PORT_IPX), VALUE(DEFAULT_SNMPTRAP_PORT_UDP), VALUE(DEFAULT_SNMP_PORT_IPX),
    VALUE(DEFAULT_SNMP_PORT_UDP), VALUE(MAXOBJIDSIZE), VALUE(MAXOBJIDSTRSIZE), VALUE(MAXVENDORINFO),
    VALUE(MGMCTL_SETAGENTPORT), VALUE(SNMPAPI_ALLOC_ERROR), VALUE(SNMPAPI_CONTEXT_INVALID),
    VALUE(SNMPAPI_CONTEXT_UNKNOWN), VALUE(SNMPAPI_ENTITY_INVALID), VALUE(SNMPAPI_ENTITY_UNKNOWN), VALUE(SNMPAPI_ERROR),
    VALUE(SNMPAPI_FAILURE), VALUE(SNMPAPI_HWND_INVALID), VALUE(SNMPAPI_INDEX_INVALID), VALUE(SNMPAPI_M2M_SUPPORT),
    VALUE(SNMPAPI_MESSAGE_INVALID), VALUE(SNMPAPI_MODE_INVALID), VALUE(SNMPAPI_NOERROR), VALUE(SNMPAPI_NOOP),
    VALUE(SNMPAPI_NOT_INITIALIZED), VALUE(SNMPAPI_NO_SUPPORT), VALUE(SNMPAPI_OFF), VALUE(SNMPAPI_OID_INVALID),
    VALUE(SNMPAPI_ON), VALUE(SNMPAPI_OPERATION_INVALID), VALUE(SNMPAPI_OTHER_ERROR), VALUE(SNMPAPI_OUTPUT_TRUNCATED),
    VALUE(SNMPAPI_PDU_INVALID), VALUE(SNMPAPI_SESSION_INVALID), VALUE(SNMPAPI_SIZE_INVALID), VALUE(SNMPAPI_SUCCESS),
    VALUE(SNMPAPI_SYNTAX_INVALID), VALUE(SNMPAPI_TL_INVALID_PARAM), VALUE(SNMPAPI_TL_IN_USE),
    VALUE(SNMPAPI_TL_NOT_AVAILABLE), VALUE(SNMPAPI_TL_NOT_INITIALIZED), VALUE(SNMPAPI_TL_NOT_SUPPORTED),
    VALUE(SNMPAPI_TL_OTHER), VALUE(SNMPAPI_TL_PDU_TOO_BIG), VALUE(SNMPAPI_TL_RESOURCE_ERROR),
    VALUE(SNMPAPI_TL_SRC_INVALID), VALUE(SNMPAPI_TL_TIMEOUT), VALUE(SNMPAPI_TL_UNDELIVERABLE),
    VALUE(SNMPAPI_TRANSLATED), VALUE(SNMPAPI_UNTRANSLATED_V1), VALUE(SNMPAPI_UNTRANSLATED_V2),
    VALUE(SNMPAPI_V1_SUPPORT), VALUE(SNMPAPI_V2_SUPPORT), VALUE(SNMPAPI_VBL_INVALID), VALUE(SNMPLISTEN_ALL_ADDR),
    VALUE(SNMPLISTEN_USEENTITY_ADDR), VALUE(SNMP_ACCESS_NONE), VALUE(SNMP_ACCESS_NOTIFY),
    VALUE(SNMP_ACCESS_READ_CREATE), VALUE(SNMP_ACCESS_READ_ONLY), VALUE(SNMP_ACCESS_READ_WRITE),
    VALUE(SNMP_AUTHAPI_INVALID_MSG_TYPE), VALUE(SNMP_AUTHAPI_INVALID_VERSION), VALUE(SNMP_AUTHAPI_TRIV_AUTH_FAILED),
    VALUE(SNMP_BERAPI_INVALID_LENGTH), VALUE(SNMP_BERAPI_INVALID_OBJELEM), VALUE(SNMP_BERAPI_INVALID_TAG),
    VALUE(SNMP_BERAPI_OVERFLOW), VALUE(SNMP_BERAPI_SHORT_BUFFER), VALUE(SNMP_ERRORSTATUS_AUTHORIZATIONERROR),
    VALUE(SNMP_ERRORSTATUS_BADVALUE), VALUE(SNMP_ERRORSTATUS_COMMITFAILED), VALUE(SNMP_ERRORSTATUS_GENERR),
    VALUE(SNMP_ERRORSTATUS_INCONSISTENTNAME), VALUE(SNMP_ERRORSTATUS_INCONSISTENTVALUE),
    VALUE(SNMP_ERRORSTATUS_NOACCESS), VALUE(SNMP_ERRORSTATUS_NOCREATION), VALUE(SNMP_ERRORSTATUS_NOERROR),
    VALUE(SNMP_ERRORSTATUS_NOSUCHNAME), VALUE(SNMP_ERRORSTATUS_NOTWRITABLE), VALUE(SNMP_ERRORSTATUS_READONLY),
    VALUE(SNMP_ERRORSTATUS_RESOURCEUNAVAILABLE), VALUE(SNMP_ERRORSTATUS_TOOBIG), VALUE(SNMP_ERRORSTATUS_UNDOFAILED),
    VALUE(SNMP_ERRORSTATUS_WRONGENCODING), VALUE(SNMP_ERRORSTATUS_WRONGLENGTH), VALUE(SNMP_ERRORSTATUS_WRONGTYPE),
    VALUE(SNMP_ERRORSTATUS_WRONGVALUE), VALUE(SNMP_ERROR_AUTHORIZATIONERROR), VALUE(SNMP_ERROR_BADVALUE),
    VALUE(SNMP_ERROR_COMMITFAILED), VALUE(SNMP_ERROR_GENERR), VALUE(SNMP_ERROR_INCONSISTENTNAME),
    VALUE(SNMP_ERROR_INCONSISTENTVALUE), VALUE(SNMP_ERROR_NOACCESS), VALUE(SNMP_ERROR_NOCREATION),
    VALUE(SNMP_ERROR_NOERROR), VALUE(SNMP_ERROR_NOSUCHNAME), VALUE(SNMP_ERROR_NOTWRITABLE), VALUE(SNMP_ERROR_READONLY),
    VALUE(SNMP_ERROR_RESOURCEUNAVAILABLE), VALUE(SNMP_ERROR_TOOBIG), VALUE(SNMP_ERROR_UNDOFAILED),
    VALUE(SNMP_ERROR_WRONGENCODING), VALUE(SNMP_ERROR_WRONGLENGTH), VALUE(SNMP_ERROR_WRONGTYPE),
    VALUE(SNMP_ERROR_WRONGVALUE), VALUE(SNMP_EXTENSION_GET), VALUE(SNMP_EXTENSION_GET_NEXT),
    VALUE(SNMP_EXTENSION_SET_CLEANUP), VALUE(SNMP_EXTENSION_SET_COMMIT), VALUE(SNMP_EXTENSION_SET_TEST),
    VALUE(SNMP_EXTENSION_SET_UNDO), VALUE(SNMP_GENERICTRAP_AUTHFAILURE), VALUE(SNMP_GENERICTRAP_COLDSTART),
    VALUE(SNMP_GENERICTRAP_EGPNEIGHLOSS), VALUE(SNMP_GENERICTRAP_ENTERSPECIFIC), VALUE(SNMP_GENERICTRAP_LINKDOWN),
    VALUE(SNMP_GENERICTRAP_LINKUP), VALUE(SNMP_GENERICTRAP_WARMSTART), VALUE(SNMP_LOG_ERROR), VALUE(SNMP_LOG_FATAL),
    VALUE(SNMP_LOG_SILENT), VALUE(SNMP_LOG_TRACE), VALUE(SNMP_LOG_VERBOSE), VALUE(SNMP_LOG_WARNING),
    VALUE(SNMP_MAX_OID_LEN), VALUE(SNMP_MEM_ALLOC_ERROR), VALUE(SNMP_MGMTAPI_AGAIN), VALUE(SNMP_MGMTAPI_INVALID_BUFFER),
    VALUE(SNMP_MGMTAPI_INVALID_CTL), VALUE(SNMP_MGMTAPI_INVALID_SESSION), VALUE(SNMP_MGMTAPI_NOTRAPS),
    VALUE(SNMP_MGMTAPI_SELECT_FDERRORS), VALUE(SNMP_MGMTAPI_TIMEOUT), VALUE(SNMP_MGMTAPI_TRAP_DUPINIT),
    VALUE(SNMP_MGMTAPI_TRAP_ERRORS), VALUE(SNMP_OUTPUT_TO_CONSOLE), VALUE(SNMP_OUTPUT_TO_DEBUGGER),
    VALUE(SNMP_OUTPUT_TO_EVENTLOG), VALUE(SNMP_OUTPUT_TO_LOGFILE), VALUE(SNMP_PDUAPI_INVALID_ES),
    VALUE(SNMP_PDUAPI_INVALID_GT), VALUE(SNMP_PDUAPI_UNRECOGNIZED_PDU), VALUE(SNMP_PDU_GET), VALUE(SNMP_PDU_GETBULK),
    VALUE(SNMP_PDU_GETNEXT), VALUE(SNMP_PDU_RESPONSE), VALUE(SNMP_PDU_SET), VALUE(SNMP_PDU_TRAP),
    VALUE(SNMP_TRAP_AUTHFAIL), VALUE(SNMP_TRAP_COLDSTART), VALUE(SNMP_TRAP_EGPNEIGHBORLOSS),
    VALUE(SNMP_TRAP_ENTERPRISESPECIFIC), VALUE(SNMP_TRAP_LINKDOWN), VALUE(SNMP_TRAP_LINKUP),
    VALUE(SNMP_TRAP_WARMSTART)};

/* In 32 bit the objects' symbols carry the parameters' size, and the import library has what the .spec file says. */
void *volatile abi_functions[] = {(void *)SnmpGetTranslateMode,
                                  (void *)SnmpSetTranslateMode,
                                  (void *)SnmpGetRetransmitMode,
                                  (void *)SnmpSetRetransmitMode,
                                  (void *)SnmpGetTimeout,
                                  (void *)SnmpSetTimeout,
                                  (void *)SnmpSetRetry,
                                  (void *)SnmpGetRetry,
                                  (void *)SnmpGetVendorInfo,
                                  (void *)SnmpStartup,
                                  (void *)SnmpCleanup,
                                  (void *)SnmpOpen,
                                  (void *)SnmpClose,
                                  (void *)SnmpSendMsg,
                                  (void *)SnmpRecvMsg,
                                  (void *)SnmpRegister,
                                  (void *)SnmpCreateSession,
                                  (void *)SnmpListen,
                                  (void *)SnmpCancelMsg,
                                  (void *)SnmpStrToEntity,
                                  (void *)SnmpEntityToStr,
                                  (void *)SnmpFreeEntity,
                                  (void *)SnmpSetPort,
                                  (void *)SnmpStrToContext,
                                  (void *)SnmpContextToStr,
                                  (void *)SnmpFreeContext,
                                  (void *)SnmpCreatePdu,
                                  (void *)SnmpGetPduData,
                                  (void *)SnmpSetPduData,
                                  (void *)SnmpDuplicatePdu,
                                  (void *)SnmpFreePdu,
                                  (void *)SnmpCreateVbl,
                                  (void *)SnmpDuplicateVbl,
                                  (void *)SnmpFreeVbl,
                                  (void *)SnmpCountVbl,
                                  (void *)SnmpGetVb,
                                  (void *)SnmpSetVb,
                                  (void *)SnmpDeleteVb,
                                  (void *)SnmpFreeDescriptor,
                                  (void *)SnmpEncodeMsg,
                                  (void *)SnmpDecodeMsg,
                                  (void *)SnmpStrToOid,
                                  (void *)SnmpOidToStr,
                                  (void *)SnmpOidCopy,
                                  (void *)SnmpOidCompare,
                                  (void *)SnmpGetLastError,
                                  (void *)SnmpCleanupEx,
                                  (void *)SnmpListenEx,
                                  (void *)SnmpStartupEx,
                                  (void *)SnmpMgrClose,
                                  (void *)SnmpMgrCtl,
                                  (void *)SnmpMgrGetTrap,
                                  (void *)SnmpMgrGetTrapEx,
                                  (void *)SnmpMgrOidToStr,
                                  (void *)SnmpMgrOpen,
                                  (void *)SnmpMgrRequest,
                                  (void *)SnmpMgrStrToOid,
                                  (void *)SnmpMgrTrapListen};

int main(void)
{
    return abi_functions[0] == NULL || abi_rows[0].value == 0;
}
