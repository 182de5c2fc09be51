/*
 * The application: SnmpStartup, SnmpCleanup and their counted forms, the modes, the vendor's name, SnmpGetLastError.
 */
#include "wsnmp32_test.h"

struct startup
{
    smiUINT32 major, minor, level, translate, retransmit;
};

static SNMPAPI_STATUS start_up(struct startup *out)
{
    memset(out, 0xcc, sizeof(*out));
    return pSnmpStartup(&out->major, &out->minor, &out->level, &out->translate, &out->retransmit);
}

static SNMPAPI_STATUS start_up_ex(struct startup *out)
{
    memset(out, 0xcc, sizeof(*out));
    return pSnmpStartupEx(&out->major, &out->minor, &out->level, &out->translate, &out->retransmit);
}

static int is_started(void)
{
    smiUINT32 mode;

    return pSnmpGetTranslateMode(&mode) == SNMPAPI_SUCCESS;
}

static void startup_values(void)
{
    struct startup got;
    smiUINT32 translate = 99, retransmit = 99;

    CHECK(
        SnmpStartup, SNMPAPI_SUCCESS,
        "If the function succeeds, the return value is SNMPAPI_SUCCESS, and the parameters contain appropriate values",
        returned(start_up(&got), SNMPAPI_SUCCESS));
    CHECK(SnmpStartup, nMajorVersion,
          "to indicate that the implementation supports WinSNMP version 2.0, the function returns a value of 2",
          got.major == 2);
    CHECK(SnmpStartup, nMinorVersion,
          "to indicate that the implementation supports WinSNMP version 2.0, the function returns a value of 0",
          got.minor == 0);
    CHECK(SnmpStartup, nLevel, "Upon successful return, this parameter contains a value of 2.", got.level == 2);
    pSnmpGetTranslateMode(&translate);
    pSnmpGetRetransmitMode(&retransmit);
    CHECK(SnmpStartup, nTranslateMode, "receive the default translation mode in effect for the implementation",
          got.translate == translate && translate <= SNMPAPI_UNTRANSLATED_V2);
    CHECK(SnmpStartup, nRetransmitMode, "receive the default retransmission mode in effect for the implementation",
          got.retransmit == retransmit && (retransmit == SNMPAPI_ON || retransmit == SNMPAPI_OFF));
}

static void startup_counting(void)
{
    struct startup got;

    CHECK(SnmpStartup, several, "A WinSNMP application can call SnmpStartup multiple times.",
          start_up(&got) && start_up(&got) && start_up(&got) && got.major == 2);
    CHECK(SnmpStartup, one_cleanup, "Multiple SnmpStartup calls do not require multiple SnmpCleanup calls.",
          is_started() && pSnmpCleanup() == SNMPAPI_SUCCESS && !is_started());
    CHECK(SnmpCleanup, not_initialized_again,
          "Until the WinSNMP application successfully recalls the SnmpStartup function, any other call to a WinSNMP "
          "function returns "
          "SNMPAPI_FAILURE, with an extended error code of SNMPAPI_NOT_INITIALIZED.",
          FAILS(SNMPAPI_NOT_INITIALIZED, pSnmpCreateSession(NULL, 0, keep_notification, NULL)) &&
              FAILS(SNMPAPI_NOT_INITIALIZED, pSnmpSetRetransmitMode(SNMPAPI_ON)));
    CHECK(SnmpCleanup, second_fails,
          "If the function fails, the return value is SNMPAPI_FAILURE, but the WinSNMP application does not need to "
          "retry the call",
          FAILS(SNMPAPI_NOT_INITIALIZED, pSnmpCleanup()));
    CHECK(SnmpStartup, again_after_cleanup,
          "A WinSNMP application can call SnmpStartup multiple times, also after SnmpCleanup.",
          start_up(&got) == SNMPAPI_SUCCESS && is_started());
}

/* The page does not speak of NULL; programs pass it for what they do not want, as the other functions with several
 * outputs allow. */
static void startup_null(void)
{
    smiUINT32 level = 0;

    CHECK(SnmpStartup, null_outputs, "(not documented; a NULL output is one that is not wanted)",
          pSnmpStartup(NULL, NULL, &level, NULL, NULL) == SNMPAPI_SUCCESS && level == 2);
    CHECK(SnmpStartupEx, null_outputs, "(not documented; a NULL output is one that is not wanted)",
          pSnmpStartupEx(NULL, NULL, NULL, NULL, NULL) == SNMPAPI_SUCCESS);
}

static void startup_invalid_pointer(void)
{
    CHECK(SnmpStartup, SNMPAPI_ALLOC_ERROR,
          "The application specified an invalid pointer, or an error occurred during memory allocation.",
          FAILS(SNMPAPI_ALLOC_ERROR, pSnmpStartup((smiLPUINT32)1, NULL, NULL, NULL, NULL)));
    CHECK(SnmpStartup, SNMPAPI_NOT_INITIALIZED, "The SnmpStartup function did not complete successfully.",
          !is_started() && pSnmpGetLastError(NULL) == SNMPAPI_NOT_INITIALIZED);
    CHECK(SnmpStartupEx, SNMPAPI_ALLOC_ERROR,
          "The application specified an invalid pointer, or an error occurred during memory allocation.",
          FAILS(SNMPAPI_ALLOC_ERROR, pSnmpStartupEx((smiLPUINT32)1, NULL, NULL, NULL, NULL)));
}

static void startup_ex_counting(void)
{
    struct startup got, second;

    CHECK(
        SnmpStartupEx, SNMPAPI_SUCCESS,
        "If the function succeeds, the return value is SNMPAPI_SUCCESS, and the parameters contain appropriate values",
        returned(start_up_ex(&got), SNMPAPI_SUCCESS) && got.major == 2 && got.minor == 0 && got.level == 2 &&
            got.translate <= SNMPAPI_UNTRANSLATED_V2 && got.retransmit <= SNMPAPI_ON);
    CHECK(SnmpStartupEx, counted,
          "A WinSNMP application must call SnmpCleanupEx for each successful call to SnmpStartupEx.",
          start_up_ex(&second) == SNMPAPI_SUCCESS && pSnmpCleanupEx() == SNMPAPI_SUCCESS && is_started());
    CHECK(SnmpCleanupEx, SNMPAPI_SUCCESS, "If the function succeeds, the return value is SNMPAPI_SUCCESS.",
          returned(pSnmpCleanupEx(), SNMPAPI_SUCCESS));
    CHECK(SnmpCleanupEx, last_one_cleans_up,
          "if there are no additional outstanding successful calls to either SnmpStartup or SnmpStartupEx, any other "
          "call to a WinSNMP "
          "function within the same application returns SNMPAPI_FAILURE, with an extended error code of "
          "SNMPAPI_NOT_INITIALIZED",
          FAILS(SNMPAPI_NOT_INITIALIZED, pSnmpSetTranslateMode(SNMPAPI_TRANSLATED)));
}

static void startup_mixed(void)
{
    struct startup got;

    start_up(&got);
    start_up_ex(&got);
    CHECK(SnmpCleanupEx, startup_outstanding,
          "an internal reference count indicating the current number of outstanding successful calls to SnmpStartupEx "
          "is decremented",
          pSnmpCleanupEx() == SNMPAPI_SUCCESS && is_started());
    start_up_ex(&got);
    CHECK(SnmpStartupEx, final_cleanup,
          "The WinSNMP implementation performs the final cleanup where there are no outstanding successful calls to "
          "SnmpStartup or SnmpStartupEx.",
          pSnmpCleanup() == SNMPAPI_SUCCESS && is_started() && pSnmpCleanupEx() == SNMPAPI_SUCCESS && !is_started());
}

static void cleanup_frees_all(void)
{
    struct startup got;
    struct inbox inbox;
    HSNMP_SESSION session;
    HSNMP_ENTITY entity;
    HSNMP_VBL vbl;

    start_snmp();
    session = open_session(&inbox);
    entity = pSnmpStrToEntity(session, "127.0.0.1");
    vbl = pSnmpCreateVbl(session, NULL, NULL);
    CHECK(SnmpCleanup, SNMPAPI_SUCCESS, "If the function succeeds, the return value is SNMPAPI_SUCCESS.",
          session && entity && vbl && returned(pSnmpCleanup(), SNMPAPI_SUCCESS));
    start_up(&got);
    CHECK(SnmpCleanup, emergency_exit,
          "it calls SnmpCleanup without freeing individual resources and without calling SnmpClose for every open "
          "session, the "
          "implementation deallocates all resources allocated to the WinSNMP application",
          FAILS(SNMPAPI_SESSION_INVALID, pSnmpClose(session)) &&
              FAILS(SNMPAPI_ENTITY_INVALID, pSnmpFreeEntity(entity)) && FAILS(SNMPAPI_VBL_INVALID, pSnmpFreeVbl(vbl)));
    pSnmpCleanup();

    start_up_ex(&got);
    session = open_session(&inbox);
    pSnmpCleanupEx();
    start_up_ex(&got);
    CHECK(SnmpCleanupEx, emergency_exit,
          "the implementation deallocates all resources allocated to the WinSNMP application",
          session && FAILS(SNMPAPI_SESSION_INVALID, pSnmpClose(session)));
}

static void translate_mode(void)
{
    smiUINT32 mode = 99;

    start_snmp();
    for (smiUINT32 wanted = SNMPAPI_TRANSLATED; wanted <= SNMPAPI_UNTRANSLATED_V2; wanted++)
    {
        CHECK(SnmpSetTranslateMode, SNMPAPI_SUCCESS, "If the function succeeds, the return value is SNMPAPI_SUCCESS.",
              returned(pSnmpSetTranslateMode(wanted), SNMPAPI_SUCCESS));
        CHECK(SnmpGetTranslateMode, SNMPAPI_SUCCESS,
              "returns the current setting of the entity and context translation mode",
              pSnmpGetTranslateMode(&mode) == SNMPAPI_SUCCESS && mode == wanted);
    }
    CHECK(SnmpSetTranslateMode, SNMPAPI_MODE_INVALID,
          "The implementation does not support the requested translation mode.",
          FAILS(SNMPAPI_MODE_INVALID, pSnmpSetTranslateMode(3)) &&
              FAILS(SNMPAPI_MODE_INVALID, pSnmpSetTranslateMode(0xffffffff)));
    CHECK(SnmpSetTranslateMode, unchanged_by_failure, "(a refused mode leaves the setting as it was)",
          pSnmpGetTranslateMode(&mode) && mode == SNMPAPI_UNTRANSLATED_V2);
    CHECK(SnmpGetTranslateMode, SNMPAPI_ALLOC_ERROR,
          "The application specified an invalid pointer, or an error occurred during memory allocation.",
          FAILS(SNMPAPI_ALLOC_ERROR, pSnmpGetTranslateMode(NULL)));
}

static void retransmit_mode(void)
{
    smiUINT32 mode = 99;

    start_snmp();
    for (smiUINT32 wanted = SNMPAPI_OFF; wanted <= SNMPAPI_ON; wanted++)
    {
        CHECK(SnmpSetRetransmitMode, SNMPAPI_SUCCESS, "If the function succeeds, the return value is SNMPAPI_SUCCESS.",
              returned(pSnmpSetRetransmitMode(wanted), SNMPAPI_SUCCESS));
        CHECK(SnmpGetRetransmitMode, SNMPAPI_SUCCESS, "returns the current setting of the retransmission mode",
              pSnmpGetRetransmitMode(&mode) == SNMPAPI_SUCCESS && mode == wanted);
    }
    CHECK(SnmpSetRetransmitMode, SNMPAPI_MODE_INVALID,
          "The implementation does not support the requested retransmission mode.",
          FAILS(SNMPAPI_MODE_INVALID, pSnmpSetRetransmitMode(2)) &&
              FAILS(SNMPAPI_MODE_INVALID, pSnmpSetRetransmitMode(0xffffffff)));
    CHECK(SnmpSetRetransmitMode, unchanged_by_failure, "(a refused mode leaves the setting as it was)",
          pSnmpGetRetransmitMode(&mode) && mode == SNMPAPI_ON);
    CHECK(SnmpGetRetransmitMode, SNMPAPI_ALLOC_ERROR,
          "The application specified an invalid pointer, or an error occurred during memory allocation.",
          FAILS(SNMPAPI_ALLOC_ERROR, pSnmpGetRetransmitMode(NULL)));
}

static void vendor_info(void)
{
    smiVENDORINFO info;

    start_snmp();
    memset(&info, 'x', sizeof(info));
    CHECK(SnmpGetVendorInfo, SNMPAPI_SUCCESS, "If the function succeeds, the return value is SNMPAPI_SUCCESS.",
          returned(pSnmpGetVendorInfo(&info), SNMPAPI_SUCCESS));
    /* The structure's page gives Microsoft's name and number; another implementation has to name itself. */
    CHECK(SnmpGetVendorInfo, vendorName, "Contains the null-terminated string ... suitable for display to end users.",
          info.vendorName[0] && memchr(info.vendorName, 0, sizeof(info.vendorName)));
    CHECK(SnmpGetVendorInfo, vendorContact,
          "Specifies a null-terminated character string that indicates how [the vendor] can be contacted",
          memchr(info.vendorContact, 0, sizeof(info.vendorContact)));
    CHECK(SnmpGetVendorInfo, vendorVersionId,
          "Specifies a null-terminated character string that identifies the version number of the WinSNMP API",
          info.vendorVersionId[0] && memchr(info.vendorVersionId, 0, sizeof(info.vendorVersionId)));
    CHECK(SnmpGetVendorInfo, vendorVersionDate,
          "Specifies a null-terminated character string that indicates the release date",
          memchr(info.vendorVersionDate, 0, sizeof(info.vendorVersionDate)));
    CHECK(SnmpGetVendorInfo, SNMPAPI_NOOP, "The vendorInfo parameter is NULL.",
          FAILS(SNMPAPI_NOOP, pSnmpGetVendorInfo(NULL)));
    CHECK(SnmpGetVendorInfo, SNMPAPI_ALLOC_ERROR,
          "The application specified an invalid pointer, or an error occurred during memory allocation.",
          FAILS(SNMPAPI_ALLOC_ERROR, pSnmpGetVendorInfo((smiLPVENDORINFO)1)));
}

static void last_error_without_session(void)
{
    struct startup got;
    struct inbox inbox;
    HSNMP_SESSION session;

    pSnmpFreeEntity(NULL);
    CHECK(SnmpGetLastError, before_startup,
          "must be able to return the last-error code ... After the SnmpStartup function fails",
          returned(pSnmpGetLastError(NULL), SNMPAPI_NOT_INITIALIZED));
    start_up(&got);
    CHECK(SnmpGetLastError, before_session,
          "Before the SnmpCreateSession function creates any WinSNMP sessions for the instance of the application",
          FAILS(SNMPAPI_ENTITY_INVALID, pSnmpFreeEntity(NULL)));
    CHECK(SnmpGetLastError, overwritten,
          "If another function fails, it overwrites the last-error code set by the most recently failed function.",
          FAILS(SNMPAPI_ENTITY_INVALID, pSnmpFreeEntity(NULL)) && FAILS(SNMPAPI_VBL_INVALID, pSnmpFreeVbl(NULL)));
    session = open_session(&inbox);
    pSnmpClose(session);
    CHECK(SnmpGetLastError, after_close,
          "After the SnmpClose function closes all WinSNMP sessions for the instance of the application",
          FAILS(SNMPAPI_SESSION_INVALID, pSnmpClose(session)));
    pSnmpFreeVbl(NULL);
    pSnmpCleanup();
    CHECK(
        SnmpGetLastError, after_cleanup,
        "After the SnmpCleanup function disconnects the WinSNMP application from the Microsoft WinSNMP implementation",
        returned(pSnmpGetLastError(NULL), SNMPAPI_VBL_INVALID));
}

static void last_error_of_sessions(void)
{
    struct inbox first_inbox, second_inbox;
    HSNMP_SESSION first, second;

    start_snmp();
    first = open_session(&first_inbox);
    second = open_session(&second_inbox);
    pSnmpStrToEntity(first, "no address");
    pSnmpDuplicateVbl(second, NULL);
    CHECK(SnmpGetLastError, session, "returns the last WinSNMP error that occurred for the indicated session",
          returned(pSnmpGetLastError(first), SNMPAPI_ENTITY_UNKNOWN) &&
              returned(pSnmpGetLastError(second), SNMPAPI_VBL_INVALID));
    CHECK(SnmpGetLastError, null_session,
          "If the session parameter is NULL ... SnmpGetLastError returns the last WinSNMP error that occurred.",
          returned(pSnmpGetLastError(NULL), SNMPAPI_VBL_INVALID));
}

static const struct test_case cases[] = {{"SnmpStartup", startup_values},
                                         {"SnmpStartup several times", startup_counting},
                                         {"SnmpStartup with NULL", startup_null},
                                         {"SnmpStartup with an invalid pointer", startup_invalid_pointer},
                                         {"SnmpStartupEx", startup_ex_counting},
                                         {"SnmpStartup and SnmpStartupEx", startup_mixed},
                                         {"SnmpCleanup with open sessions", cleanup_frees_all},
                                         {"translation mode", translate_mode},
                                         {"retransmission mode", retransmit_mode},
                                         {"SnmpGetVendorInfo", vendor_info},
                                         {"SnmpGetLastError without session", last_error_without_session},
                                         {"SnmpGetLastError of sessions", last_error_of_sessions},
                                         {NULL, NULL}};
const struct group application_group = {"application", __FILE__, cases};
