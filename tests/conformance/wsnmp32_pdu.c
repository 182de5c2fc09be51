/*
 * Protocol data units.
 */
#include "wsnmp32_test.h"

static struct inbox inbox;
static HSNMP_SESSION session;

static void open_one(void)
{
    start_snmp();
    session = open_session(&inbox);
}

struct fields
{
    smiINT type, status, index;
    smiINT32 request_id;
    HSNMP_VBL vbl;
};

static SNMPAPI_STATUS fields_of(HSNMP_PDU pdu, struct fields *out)
{
    memset(out, 0xcc, sizeof(*out));
    return pSnmpGetPduData(pdu, &out->type, &out->request_id, &out->status, &out->index, &out->vbl);
}

static void create_defaults(void)
{
    struct fields got, second;
    HSNMP_PDU pdu, other;

    open_one();
    pdu = pSnmpCreatePdu(session, 0, 0, 0, 0, NULL);
    other = pSnmpCreatePdu(session, 0, 0, 0, 0, NULL);
    CHECK(SnmpCreatePdu, success, "the return value is the handle to a new SNMP PDU", pdu && other && pdu != other);
    CHECK(SnmpCreatePdu, default_type, "the implementation supplies the default PDU type SNMP_PDU_GETNEXT",
          fields_of(pdu, &got) && got.type == (smiINT)SNMP_PDU_GETNEXT);
    CHECK(SnmpCreatePdu, default_request_id, "The implementation generates a numeric value.",
          fields_of(other, &second) && got.request_id != 0 && got.request_id != second.request_id);
    CHECK(SnmpCreatePdu, default_error_status, "error_status: SNMP_ERROR_NOERROR", got.status == SNMP_ERROR_NOERROR);
    CHECK(SnmpCreatePdu, default_error_index, "error_index: 0", got.index == 0);
    CHECK(SnmpCreatePdu, default_varbindlist, "varbindlist: NULL",
          got.vbl == NULL || FAILS(SNMPAPI_NOOP, pSnmpCountVbl(got.vbl)));
}

static void create_types(void)
{
    static const smiINT good[] = {SNMP_PDU_GET,     SNMP_PDU_GETNEXT, SNMP_PDU_RESPONSE, SNMP_PDU_SET,
                                  SNMP_PDU_GETBULK, SNMP_PDU_INFORM,  SNMP_PDU_TRAP};
    static const smiINT bad[] = {1, 0x1234, -1, 0xa8, 0x30};
    HSNMP_VBL vbl;
    HSNMP_PDU pdu;
    struct fields got;

    open_one();
    for (size_t i = 0; i < COUNT_OF(good); i++)
        CHECK(SnmpCreatePdu, PDU_type,
              "SNMP_PDU_GET, _GETNEXT, _RESPONSE, _SET, _GETBULK, _TRAP (and _INFORM of the PDU Type Values page)",
              fields_of(pSnmpCreatePdu(session, good[i], 17, 0, 0, NULL), &got) && got.type == good[i] &&
                  got.request_id == 17);
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        CHECK(SnmpCreatePdu, SNMPAPI_PDU_INVALID, "The PDU type is invalid.",
              FAILS_IN(session, SNMPAPI_PDU_INVALID, pSnmpCreatePdu(session, bad[i], 1, 0, 0, NULL)));
    CHECK(SnmpCreatePdu, v1_trap,
          "The only type of trap PDU you can create with a call to the SnmpCreatePdu function is an SNMPv2C trap PDU.",
          FAILS_IN(session, SNMPAPI_PDU_INVALID, pSnmpCreatePdu(session, SNMP_PDU_V1TRAP, 1, 0, 0, NULL)));
    pdu = pSnmpCreatePdu(session, SNMP_PDU_GETBULK, -5, 2, 30, NULL);
    CHECK(SnmpCreatePdu, getbulk,
          "If the PDU_type parameter is equal to SNMP_PDU_GETBULK, this parameter specifies a value for the "
          "non_repeaters field",
          fields_of(pdu, &got) && got.status == 2 && got.index == 30 && got.request_id == -5);
    vbl = pSnmpCreateVbl(session, &sys_descr, NULL);
    pSnmpFreeVbl(vbl);
    CHECK(SnmpCreatePdu, SNMPAPI_VBL_INVALID, "The variable bindings list is invalid.",
          FAILS_IN(session, SNMPAPI_VBL_INVALID, pSnmpCreatePdu(session, SNMP_PDU_GET, 1, 0, 0, vbl)));
    CHECK(SnmpCreatePdu, SNMPAPI_SESSION_INVALID, "The session handle is invalid.",
          FAILS(SNMPAPI_SESSION_INVALID, pSnmpCreatePdu(NULL, SNMP_PDU_GET, 1, 0, 0, NULL)));
    CHECK(SnmpCreatePdu, combination_later,
          "The value of one PDU field can be valid alone, but may be invalidated in combination",
          pSnmpCreatePdu(session, SNMP_PDU_GET, 1, 5, 1, NULL) != NULL);
}

static void get_pdu_data(void)
{
    HSNMP_VBL vbl;
    HSNMP_PDU pdu;
    struct fields first, second;
    smiINT type = 0;

    open_one();
    vbl = pSnmpCreateVbl(session, &sys_descr, NULL);
    pdu = pSnmpCreatePdu(session, SNMP_PDU_RESPONSE, 31, SNMP_ERROR_NOSUCHNAME, 1, vbl);
    CHECK(SnmpGetPduData, SNMPAPI_SUCCESS, "If the function succeeds, the return value is SNMPAPI_SUCCESS.",
          returned(fields_of(pdu, &first), SNMPAPI_SUCCESS));
    CHECK(SnmpGetPduData, fields, "receives the error_status field of the specified PDU",
          first.type == (smiINT)SNMP_PDU_RESPONSE && first.request_id == 31 && first.status == SNMP_ERROR_NOSUCHNAME &&
              first.index == 1);
    CHECK(SnmpGetPduData, null_outputs,
          "In parameters that the application passes as NULL, the SnmpGetPduData function does not return a value.",
          pSnmpGetPduData(pdu, &type, NULL, NULL, NULL, NULL) && type == (smiINT)SNMP_PDU_RESPONSE);
    CHECK(SnmpGetPduData, new_vbl,
          "always returns a handle to a new variable bindings list object if the varbindlist parameter is not NULL",
          fields_of(pdu, &second) && first.vbl && second.vbl && first.vbl != second.vbl && first.vbl != vbl);
    pSnmpDeleteVb(first.vbl, 1);
    CHECK(SnmpGetPduData, duplicate_vbl,
          "the function returns a handle to a new duplicate variable bindings list. The function call does not "
          "disturb the handle attached to the existing PDU.",
          pSnmpCountVbl(second.vbl) == 1 && pSnmpCountVbl(vbl) == 1 && fields_of(pdu, &first) &&
              pSnmpCountVbl(first.vbl) == 1);
    CHECK(SnmpGetPduData, SNMPAPI_NOOP, "All output parameters are NULL. The SNMP operation was not performed.",
          FAILS(SNMPAPI_NOOP, pSnmpGetPduData(pdu, NULL, NULL, NULL, NULL, NULL)));
    CHECK(SnmpGetPduData, SNMPAPI_ALLOC_ERROR,
          "The application specified an invalid pointer, or an error occurred during memory allocation.",
          FAILS(SNMPAPI_ALLOC_ERROR, pSnmpGetPduData(pdu, (smiLPINT)1, NULL, NULL, NULL, NULL)));
    pSnmpFreePdu(pdu);
    CHECK(SnmpGetPduData, SNMPAPI_PDU_INVALID, "The PDU type is invalid. (a handle that is no PDU has none)",
          FAILS(SNMPAPI_PDU_INVALID, pSnmpGetPduData(pdu, &type, NULL, NULL, NULL, NULL)) &&
              FAILS(SNMPAPI_PDU_INVALID, pSnmpGetPduData(NULL, &type, NULL, NULL, NULL, NULL)) &&
              FAILS(SNMPAPI_PDU_INVALID, pSnmpGetPduData(vbl, &type, NULL, NULL, NULL, NULL)));
}

static void set_pdu_data(void)
{
    smiINT type = SNMP_PDU_GETBULK, repeaters = 3, repetitions = 44;
    smiINT32 request_id = 0;
    HSNMP_VBL vbl, none = NULL;
    HSNMP_PDU pdu;
    struct fields got;

    open_one();
    vbl = pSnmpCreateVbl(session, &sys_name, NULL);
    pdu = pdu_of(session, SNMP_PDU_GET, 31);
    CHECK(SnmpSetPduData, ignored_unless_getbulk,
          "The Microsoft WinSNMP implementation ignores this parameter for other PDU types.",
          pSnmpSetPduData(pdu, NULL, NULL, &repeaters, &repetitions, NULL) && fields_of(pdu, &got) && got.status == 0 &&
              got.index == 0);
    CHECK(SnmpSetPduData, SNMPAPI_SUCCESS, "If the function succeeds, the return value is SNMPAPI_SUCCESS.",
          returned(pSnmpSetPduData(pdu, &type, NULL, &repeaters, &repetitions, NULL), SNMPAPI_SUCCESS));
    CHECK(SnmpSetPduData, getbulk, "update the non_repeaters field of the specified PDU",
          fields_of(pdu, &got) && got.type == type && got.status == 3 && got.index == 44);
    CHECK(SnmpSetPduData, null_is_not_updated,
          "If the WinSNMP application passes NULL in a parameter, SnmpSetPduData does not update the "
          "corresponding field in the PDU.",
          got.request_id == 31 && got.vbl && pSnmpCountVbl(got.vbl) == 1);
    CHECK(SnmpSetPduData, zero_request_id,
          "To assign a request identifier equal to a specific value, including zero, the application must pass "
          "that value in the request_id parameter of the SnmpSetPduData function.",
          pSnmpSetPduData(pdu, NULL, &request_id, NULL, NULL, NULL) && fields_of(pdu, &got) && got.request_id == 0);
    pSnmpSetVb(vbl, 0, &sys_descr, NULL);
    CHECK(SnmpSetPduData, varbindlist, "associates a variable binding list with a PDU",
          pSnmpSetPduData(pdu, NULL, NULL, NULL, NULL, &vbl) && fields_of(pdu, &got) && pSnmpCountVbl(got.vbl) == 2);
    CHECK(SnmpSetPduData, update_with_null, "an application can still update a PDU field with NULL",
          pSnmpSetPduData(pdu, NULL, NULL, NULL, NULL, &none) && fields_of(pdu, &got) &&
              (!got.vbl || !pSnmpCountVbl(got.vbl)));
}

static void set_pdu_data_errors(void)
{
    smiINT type = 0x1234, trap = SNMP_PDU_V1TRAP;
    smiINT32 request_id = 77;
    HSNMP_VBL vbl;
    HSNMP_PDU pdu;

    open_one();
    pdu = pdu_of(session, SNMP_PDU_GET, 31);
    CHECK(SnmpSetPduData, SNMPAPI_PDU_INVALID, "The PDU type is invalid.",
          FAILS(SNMPAPI_PDU_INVALID, pSnmpSetPduData(pdu, &type, NULL, NULL, NULL, NULL)) &&
              FAILS(SNMPAPI_PDU_INVALID, pSnmpSetPduData(NULL, NULL, &request_id, NULL, NULL, NULL)));
    CHECK(SnmpSetPduData, v1_trap,
          "The only type of trap PDU you can update with a call to the SnmpSetPduData function is an SNMPv2C trap PDU.",
          FAILS(SNMPAPI_PDU_INVALID, pSnmpSetPduData(pdu, &trap, NULL, NULL, NULL, NULL)));
    CHECK(SnmpSetPduData, SNMPAPI_NOOP, "All input parameters are NULL. The SNMP operation was not performed.",
          FAILS(SNMPAPI_NOOP, pSnmpSetPduData(pdu, NULL, NULL, NULL, NULL, NULL)));
    vbl = pSnmpCreateVbl(session, NULL, NULL);
    pSnmpFreeVbl(vbl);
    CHECK(SnmpSetPduData, SNMPAPI_VBL_INVALID, "The variable bindings list is invalid.",
          FAILS(SNMPAPI_VBL_INVALID, pSnmpSetPduData(pdu, NULL, &request_id, NULL, NULL, &vbl)));
    CHECK(SnmpSetPduData, unchanged_by_failure, "(a failed call changes nothing)", request_id_of(pdu) == 31);
    CHECK(SnmpSetPduData, SNMPAPI_ALLOC_ERROR,
          "The application specified an invalid pointer, or an error occurred during memory allocation.",
          FAILS(SNMPAPI_ALLOC_ERROR, pSnmpSetPduData(pdu, (smiINT *)1, NULL, NULL, NULL, NULL)));
}

static void duplicate_pdu(void)
{
    HSNMP_PDU pdu, copy;
    struct fields got;
    smiINT32 request_id = 5;

    open_one();
    pdu = pSnmpCreatePdu(session, SNMP_PDU_RESPONSE, 31, 5, 1, pSnmpCreateVbl(session, &sys_descr, NULL));
    copy = pSnmpDuplicatePdu(session, pdu);
    CHECK(SnmpDuplicatePdu, unique_handle, "provides a unique handle to each PDU within the calling application",
          copy && copy != pdu);
    pSnmpSetPduData(pdu, NULL, &request_id, NULL, NULL, NULL);
    CHECK(SnmpDuplicatePdu, copy, "duplicates the SNMP protocol data unit (PDU) that the PDU parameter identifies",
          fields_of(copy, &got) && got.type == (smiINT)SNMP_PDU_RESPONSE && got.request_id == 31 && got.status == 5 &&
              got.index == 1 && pSnmpCountVbl(got.vbl) == 1);
    CHECK(SnmpDuplicatePdu, SNMPAPI_SESSION_INVALID, "The session handle is invalid.",
          FAILS(SNMPAPI_SESSION_INVALID, pSnmpDuplicatePdu(NULL, pdu)));
    CHECK(SnmpFreePdu, SNMPAPI_SUCCESS, "If the function succeeds, the return value is SNMPAPI_SUCCESS.",
          returned(pSnmpFreePdu(pdu), SNMPAPI_SUCCESS));
    CHECK(SnmpFreePdu, SNMPAPI_PDU_INVALID, "The PDU handle is invalid.",
          FAILS(SNMPAPI_PDU_INVALID, pSnmpFreePdu(pdu)) && FAILS(SNMPAPI_PDU_INVALID, pSnmpFreePdu(NULL)) &&
              FAILS(SNMPAPI_PDU_INVALID, pSnmpFreePdu(session)));
    CHECK(SnmpDuplicatePdu, SNMPAPI_PDU_INVALID, "The PDU handle is invalid.",
          FAILS_IN(session, SNMPAPI_PDU_INVALID, pSnmpDuplicatePdu(session, pdu)));
    CHECK(SnmpDuplicatePdu, outlives_the_original, "allocating any necessary memory for the duplicate PDU",
          request_id_of(copy) == 31);
    pSnmpClose(session);
    CHECK(SnmpFreePdu, freed_by_close, "frees all resources it allocates for the WinSNMP session",
          FAILS(SNMPAPI_PDU_INVALID, pSnmpFreePdu(copy)));
}

static void free_keeps_vbl(void)
{
    HSNMP_VBL vbl;
    HSNMP_PDU pdu;

    open_one();
    vbl = pSnmpCreateVbl(session, &sys_descr, NULL);
    pdu = pSnmpCreatePdu(session, SNMP_PDU_GET, 1, 0, 0, vbl);
    pSnmpFreePdu(pdu);
    CHECK(SnmpFreePdu, vbl_stays,
          "The application should use the SnmpFreeVbl function to deallocate variable bindings list resources.",
          pSnmpCountVbl(vbl) == 1 && pSnmpFreeVbl(vbl) == SNMPAPI_SUCCESS);
}

static const struct test_case cases[] = {{"defaults", create_defaults},
                                         {"types", create_types},
                                         {"SnmpGetPduData", get_pdu_data},
                                         {"SnmpSetPduData", set_pdu_data},
                                         {"SnmpSetPduData's errors", set_pdu_data_errors},
                                         {"SnmpDuplicatePdu and SnmpFreePdu", duplicate_pdu},
                                         {"SnmpFreePdu and the list", free_keeps_vbl},
                                         {NULL, NULL}};
const struct group pdu_group = {"pdu", __FILE__, cases};
