/*
 * The application's start and end: SnmpStartup, SnmpStartupEx, SnmpCleanup, SnmpCleanupEx.
 */
#include "wsnmp32/descriptor.h"
#include "wsnmp32/entity.h"
#include "wsnmp32/request.h"

CORK_TRACE_CHANNEL(wsnmp32);

struct application app;

/* Over app.startup, app.startup_ex and the transitions of app.started. Not held while a clean-up waits for callbacks,
 * which may call any function: `ending` keeps starters out meanwhile. */
SRWLOCK app_lock = SRWLOCK_INIT;
static CONDITION_VARIABLE ended = CONDITION_VARIABLE_INIT;
static int ending;

extern const struct cork_handle_type resource_types[];

/* ---- Start ---------------------------------------------------------------------------------------------------------
 */

/* Pool threads run this DLL's code, and a program may free the DLL in a callback: it stays loaded from the first start
 * on. */
static void stay_loaded(void)
{
    HMODULE module;

    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_PIN,
                       (const WCHAR *)(ULONG_PTR)stay_loaded, &module);
}

static void *table_alloc(void *context, size_t size)
{
    (void)context;
    return snmp_alloc(size);
}

static void table_free(void *context, void *memory)
{
    (void)context;
    snmp_free(memory);
}

static const struct cork_allocator table_memory = {table_alloc, table_free, NULL};

static SNMPAPI_STATUS make_table(void)
{
    static const struct cork_handle_table_config config = {
        .types = resource_types, .type_count = TYPE_VBL, .allocator = &table_memory};

    if (app.table)
        cork_handle_table_reopen(app.table);
    else
        app.table = cork_handle_table_create(&config);
    return app.table ? SNMPAPI_SUCCESS : SNMPAPI_ALLOC_ERROR;
}

/* Called with app_lock held exclusively. */
static SNMPAPI_STATUS start(void)
{
    SNMPAPI_STATUS error;

    if (app.started) return SNMPAPI_SUCCESS;
    if ((error = make_table()) != SNMPAPI_SUCCESS) return error;
    if ((error = transport_start()) != SNMPAPI_SUCCESS) return error;
    if ((error = requests_start()) != SNMPAPI_SUCCESS)
    {
        transport_stop();
        return error;
    }
    stay_loaded();
    app.translate_mode = (LONG)cork_setting_dword(&cork_settings_wsnmp32, "TranslateMode");
    app.retransmit_mode = (LONG)cork_setting_dword(&cork_settings_wsnmp32, "RetransmitMode");
    entity_read_defaults();
    app.queue_limit = cork_setting_dword(&cork_settings_wsnmp32, "QueueLimit");
    InterlockedExchange(&app.started, 1);
    return SNMPAPI_SUCCESS;
}

/* An output that is given must be writable; NULL means that the caller does not want it. */
static int outputs_valid(smiLPUINT32 const outputs[5])
{
    int i;

    for (i = 0; i < 5; i++)
        if (outputs[i] && !can_write(outputs[i], sizeof(*outputs[i]))) return 0;
    return 1;
}

static SNMPAPI_STATUS startup(smiLPUINT32 const outputs[5], int counted)
{
    smiUINT32 values[5] = {2, 0, SNMPAPI_V2_SUPPORT, 0, 0};
    SNMPAPI_STATUS error;
    int i;

    if (!outputs_valid(outputs)) return fail(NULL, SNMPAPI_ALLOC_ERROR);
    AcquireSRWLockExclusive(&app_lock);
    while (ending)
    {
        if (in_callback())
        {
            /* In a callback that the clean-up waits for: waiting for the clean-up would never end. */
            ReleaseSRWLockExclusive(&app_lock);
            CORK_WARN("in a callback while the application ends\n");
            return fail(NULL, SNMPAPI_OTHER_ERROR);
        }
        SleepConditionVariableSRW(&ended, &app_lock, INFINITE, 0);
    }
    error = start();
    if (error == SNMPAPI_SUCCESS)
    {
        if (counted)
            app.startup_ex++;
        else
            app.startup = 1;
        values[3] = (smiUINT32)app.translate_mode;
        values[4] = (smiUINT32)app.retransmit_mode;
    }
    ReleaseSRWLockExclusive(&app_lock);
    if (error != SNMPAPI_SUCCESS) return fail(NULL, error);
    for (i = 0; i < 5; i++)
        if (outputs[i]) *outputs[i] = values[i];
    return SNMPAPI_SUCCESS;
}

/*
 * SnmpStartup (nf-winsnmp-snmpstartup): starts WinSNMP for the process. Version 2.0, level 2, and the modes in force,
 * to the outputs that are not NULL. May be called any number of times; one SnmpCleanup undoes them all.
 * SNMPAPI_ALLOC_ERROR (no memory, a pointer that cannot be written), SNMPAPI_TL_NOT_INITIALIZED and
 * SNMPAPI_TL_RESOURCE_ERROR (no Winsock, no thread pool), SNMPAPI_OTHER_ERROR (in a callback while another thread
 * cleans up). Any thread.
 */
SNMPAPI_STATUS WINAPI SnmpStartup(smiLPUINT32 nMajorVersion, smiLPUINT32 nMinorVersion, smiLPUINT32 nLevel,
                                  smiLPUINT32 nTranslateMode, smiLPUINT32 nRetransmitMode)
{
    smiLPUINT32 outputs[5] = {nMajorVersion, nMinorVersion, nLevel, nTranslateMode, nRetransmitMode};

    CORK_TRACE("\n");
    return startup(outputs, 0);
}

/*
 * SnmpStartupEx (nf-winsnmp-snmpstartupex): as SnmpStartup, but counted: each needs its own SnmpCleanupEx, so that
 * independent modules of a process do not end each other's use. Errors as SnmpStartup. Any thread.
 */
SNMPAPI_STATUS WINAPI SnmpStartupEx(smiLPUINT32 nMajorVersion, smiLPUINT32 nMinorVersion, smiLPUINT32 nLevel,
                                    smiLPUINT32 nTranslateMode, smiLPUINT32 nRetransmitMode)
{
    smiLPUINT32 outputs[5] = {nMajorVersion, nMinorVersion, nLevel, nTranslateMode, nRetransmitMode};

    CORK_TRACE("\n");
    return startup(outputs, 1);
}

/* ---- End -----------------------------------------------------------------------------------------------------------
 */

static void close_sessions(void)
{
    struct cork_pin pin;
    struct session *session;
    uint32_t at = 0;

    while ((session = cork_handle_next(app.table, TYPE_SESSION, &at, NULL, &pin)))
    {
        if (resource_close(session->handle, TYPE_SESSION)) session_end(session);
        resource_release(&pin);
    }
}

/* Called with app_lock held exclusively and nothing outstanding; releases it. */
static void end(void)
{
    ending = 1;
    InterlockedExchange(&app.started, 0);
    cork_handle_table_shut(app.table);
    ReleaseSRWLockExclusive(&app_lock);

    close_sessions();
    cork_handle_close_all(app.table, CORK_ANY_TYPE);
    requests_stop();
    transport_stop();
    descriptors_free_all();

    AcquireSRWLockExclusive(&app_lock);
    ending = 0;
    WakeAllConditionVariable(&ended);
    ReleaseSRWLockExclusive(&app_lock);
}

/*
 * SnmpCleanup (nf-winsnmp-snmpcleanup): undoes every SnmpStartup. Where no SnmpStartupEx is outstanding, everything
 * ends: "as if it were a series of SnmpClose calls", and every function fails with SNMPAPI_NOT_INITIALIZED until the
 * next start. What SnmpClose says of callbacks holds. Memory in descriptors that the application has stays until it
 * frees them. SNMPAPI_NOT_INITIALIZED where no SnmpStartup is outstanding; it allocates nothing. Any thread, not in
 * DllMain.
 */
SNMPAPI_STATUS WINAPI SnmpCleanup(void)
{
    CORK_TRACE("\n");
    AcquireSRWLockExclusive(&app_lock);
    if (!app.startup)
    {
        ReleaseSRWLockExclusive(&app_lock);
        return fail(NULL, SNMPAPI_NOT_INITIALIZED);
    }
    app.startup = 0;
    if (!app.startup_ex)
        end();
    else
        ReleaseSRWLockExclusive(&app_lock);
    return SNMPAPI_SUCCESS;
}

/*
 * SnmpCleanupEx (nf-winsnmp-snmpcleanupex): undoes one SnmpStartupEx; the last one, with no SnmpStartup outstanding,
 * ends everything as SnmpCleanup does. SNMPAPI_OTHER_ERROR: "The SnmpStartupEx function did not complete successfully".
 * Any thread, not in DllMain.
 */
SNMPAPI_STATUS WINAPI SnmpCleanupEx(void)
{
    CORK_TRACE("\n");
    AcquireSRWLockExclusive(&app_lock);
    if (!app.startup_ex)
    {
        ReleaseSRWLockExclusive(&app_lock);
        return fail(NULL, SNMPAPI_OTHER_ERROR);
    }
    if (!--app.startup_ex && !app.startup)
        end();
    else
        ReleaseSRWLockExclusive(&app_lock);
    return SNMPAPI_SUCCESS;
}
