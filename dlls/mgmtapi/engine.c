/*
 * wsnmp32.dll as mgmtapi uses it.
 */
#include "mgmtapi/engine.h"
#include "common/trace.h"

CORK_TRACE_CHANNEL(mgmtapi);

void *manager_zalloc(size_t size)
{
    void *memory = snmp_alloc(size);

    if (memory) memset(memory, 0, size);
    return memory;
}

/* A reference to this DLL, so that it is not unloaded under a callback. */
static HMODULE reference_module(void)
{
    HMODULE module = NULL;

    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (const WCHAR *)reference_module, &module);
    return module;
}

DWORD engine_start(void)
{
    smiUINT32 major, minor, level, translate_mode, retransmit_mode;
    HMODULE module = reference_module();
    SNMPAPI_STATUS error;

    if (SnmpStartupEx(&major, &minor, &level, &translate_mode, &retransmit_mode) == SNMPAPI_SUCCESS) return 0;
    error = SnmpGetLastError(NULL);
    CORK_WARN("WinSNMP does not start: %u\n", (unsigned)error);
    if (module) FreeLibrary(module);
    return error == SNMPAPI_ALLOC_ERROR ? SNMP_MEM_ALLOC_ERROR : WSASYSNOTREADY;
}

void engine_stop(HSNMP_SESSION session)
{
    HMODULE module;

    if (!session || SnmpClose(session) == SNMPAPI_SUCCESS) SnmpCleanupEx();
    /* The reference that engine_start made; the caller has one of its own. */
    if (GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                           (const WCHAR *)engine_stop, &module))
        FreeLibrary(module);
}

DWORD engine_error(SNMPAPI_STATUS error)
{
    switch (error)
    {
    case SNMPAPI_ALLOC_ERROR:
        return SNMP_MEM_ALLOC_ERROR;
    case SNMPAPI_NOT_INITIALIZED:
    case SNMPAPI_SESSION_INVALID:
    case SNMPAPI_ENTITY_INVALID:
    case SNMPAPI_CONTEXT_INVALID:
    case SNMPAPI_VBL_INVALID:
        return SNMP_MGMTAPI_INVALID_SESSION;
    case SNMPAPI_OID_INVALID:
    case SNMPAPI_PDU_INVALID:
    case SNMPAPI_OTHER_ERROR:
        return SNMP_BERAPI_INVALID_OBJELEM;
    case SNMPAPI_SYNTAX_INVALID:
    case SNMPAPI_OPERATION_INVALID:
        return SNMP_BERAPI_INVALID_TAG;
    case SNMPAPI_TL_PDU_TOO_BIG:
        return SNMP_BERAPI_OVERFLOW;
    case SNMPAPI_TL_TIMEOUT:
        return SNMP_MGMTAPI_TIMEOUT;
    default:
        return SNMP_MGMTAPI_SELECT_FDERRORS;
    }
}

DWORD engine_session_error(HSNMP_SESSION session)
{
    return engine_error(SnmpGetLastError(session));
}

static FARPROC private_function(const char *name)
{
    HMODULE module = GetModuleHandleW(L"wsnmp32.dll");

    return module ? GetProcAddress(module, name) : NULL;
}

void engine_use_snmpv1(HSNMP_SESSION session)
{
    cork_session_use_snmpv1_function use_snmpv1 =
        (cork_session_use_snmpv1_function)(void (*)(void))private_function("cork_session_use_snmpv1");

    if (!use_snmpv1 || use_snmpv1(session) != SNMPAPI_SUCCESS)
        CORK_WARN("the application's translation mode decides on the version\n");
}

BOOL engine_v1_trap(HSNMP_PDU pdu, struct cork_v1_trap *trap)
{
    cork_pdu_get_v1_trap_function get_v1_trap =
        (cork_pdu_get_v1_trap_function)(void (*)(void))private_function("cork_pdu_get_v1_trap");

    return get_v1_trap && get_v1_trap(pdu, trap) == SNMPAPI_SUCCESS;
}
