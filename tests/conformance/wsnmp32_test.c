/*
 * What the wsnmp32 tests share. See wsnmp32_test.h.
 */
#include "wsnmp32_test.h"

#include "api_loader.h"

#define DEFINE_FUNCTION(name, count) __typeof__(name) *p##name;
WSNMP32_FUNCTIONS(DEFINE_FUNCTION)

#define LIST_FUNCTION(name, count) {#name, count, (void **)&p##name, 0},
static struct api_entry functions[] = {WSNMP32_FUNCTIONS(LIST_FUNCTION){NULL, 0, NULL, 0}};

void load_api(int report)
{
    load_functions("wsnmp32.dll", functions, report);
}

int function_is_there(const char *name)
{
    return entry_is_there(functions, name);
}

void before_case(void)
{
    end_snmp();
}

void start_snmp(void)
{
    smiUINT32 major, minor, level, translate, retransmit;

    pSnmpStartup(&major, &minor, &level, &translate, &retransmit);
    pSnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2);
    pSnmpSetRetransmitMode(SNMPAPI_ON);
}

void end_snmp(void)
{
    /* A DLL that always succeeds must not keep the tests here. */
    for (int i = 0; i < 20 && pSnmpCleanupEx() == SNMPAPI_SUCCESS; i++)
        ;
    pSnmpCleanup();
}

/* ---- Error codes ------------------------------------------------------------------------------------------------ */

void spoil_last_error(SNMPAPI_STATUS expected)
{
    /* Two calls that fail for sure; neither needs a session. */
    if (expected == SNMPAPI_CONTEXT_INVALID)
        pSnmpFreeEntity(NULL);
    else
        pSnmpFreeContext(NULL);
}

int failed_with(ULONG_PTR result, SNMPAPI_STATUS code, HSNMP_SESSION session)
{
    SNMPAPI_STATUS error = pSnmpGetLastError(session);

    note("returned %#lx, the last error is %lu, expected 0 and %lu", (unsigned long)result, (unsigned long)error,
         (unsigned long)code);
    return !result && error == code;
}

int returned(ULONG_PTR value, ULONG_PTR expected)
{
    note("returned %#lx, expected %#lx; the last error is %lu", (unsigned long)value, (unsigned long)expected,
         value ? 0ul : (unsigned long)pSnmpGetLastError(NULL));
    return value == expected;
}

/* ---- Notifications ---------------------------------------------------------------------------------------------- */

SNMPAPI_STATUS CALLBACK keep_notification(HSNMP_SESSION session, HWND window, UINT message, WPARAM wparam,
                                          LPARAM lparam, LPVOID data)
{
    struct inbox *inbox = data;
    LONG index = inbox->count;

    if (index < MAX_NOTIFICATIONS)
        inbox->list[index] = (struct notification){session, window, message, wparam, lparam, data};
    InterlockedIncrement(&inbox->count);
    SetEvent(inbox->arrived);
    return (SNMPAPI_STATUS)inbox->answer;
}

HSNMP_SESSION open_session(struct inbox *inbox)
{
    memset(inbox, 0, sizeof(*inbox));
    inbox->answer = SNMPAPI_SUCCESS;
    inbox->arrived = CreateEventA(NULL, FALSE, FALSE, NULL);
    return pSnmpCreateSession(NULL, 0, keep_notification, inbox);
}

int wait_for_notifications(struct inbox *inbox, LONG count)
{
    DWORD end = GetTickCount() + 10000;

    while (inbox->count < count && (LONG)(end - GetTickCount()) > 0)
        WaitForSingleObject(inbox->arrived, 100);
    if (inbox->count < count) note("%ld notifications came, expected %ld", inbox->count, count);
    return inbox->count >= count;
}

HWND make_window(void)
{
    return CreateWindowExA(0, "STATIC", "", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);
}

int wait_for_window_message(HWND window, UINT message, MSG *out)
{
    DWORD end = GetTickCount() + 10000;

    while ((LONG)(end - GetTickCount()) > 0)
    {
        if (PeekMessageA(out, window, message, message + 15, PM_REMOVE)) return 1;
        MsgWaitForMultipleObjects(0, NULL, FALSE, 100, QS_ALLINPUT);
    }
    note("no window message came");
    return 0;
}

/* ---- The usual objects ------------------------------------------------------------------------------------------ */

const unsigned sys_descr_ids[9] = {1, 3, 6, 1, 2, 1, 1, 1, 0}, sys_name_ids[9] = {1, 3, 6, 1, 2, 1, 1, 5, 0};
static smiUINT32 sys_descr_array[9] = {1, 3, 6, 1, 2, 1, 1, 1, 0}, sys_name_array[9] = {1, 3, 6, 1, 2, 1, 1, 5, 0};
const smiOID sys_descr = {9, sys_descr_array}, sys_name = {9, sys_name_array};

int same_oid(const smiOID *left, const smiOID *right)
{
    return left->len == right->len && left->ptr && !memcmp(left->ptr, right->ptr, left->len * sizeof(*left->ptr));
}

HSNMP_ENTITY entity_of(HSNMP_SESSION session, unsigned short port)
{
    HSNMP_ENTITY entity = pSnmpStrToEntity(session, "127.0.0.1");

    if (entity) pSnmpSetPort(entity, port);
    return entity;
}

HSNMP_CONTEXT context_of(HSNMP_SESSION session, const char *community)
{
    smiOCTETS octets = {(smiUINT32)strlen(community), (smiLPBYTE)community};

    return pSnmpStrToContext(session, &octets);
}

HSNMP_PDU pdu_of(HSNMP_SESSION session, smiINT type, smiINT32 request_id)
{
    HSNMP_VBL vbl = pSnmpCreateVbl(session, &sys_descr, NULL);
    smiINT repetitions = type == SNMP_PDU_GETBULK ? 5 : 0;
    HSNMP_PDU pdu = pSnmpCreatePdu(session, type, request_id, 0, repetitions, vbl);

    pSnmpFreeVbl(vbl);
    return pdu;
}

smiINT32 request_id_of(HSNMP_PDU pdu)
{
    smiINT32 request_id = 0;

    pSnmpGetPduData(pdu, NULL, &request_id, NULL, NULL, NULL);
    return request_id;
}

smiINT type_of(HSNMP_PDU pdu)
{
    smiINT type = 0;

    pSnmpGetPduData(pdu, &type, NULL, NULL, NULL, NULL);
    return type;
}

int exchange_start(struct exchange *exchange, enum answer answer, unsigned retries)
{
    memset(exchange, 0, sizeof(*exchange));
    start_snmp();
    if (!responder_start(&exchange->responder, answer)) return 0;
    exchange->session = open_session(&exchange->inbox);
    exchange->source = pSnmpStrToEntity(exchange->session, "127.0.0.1");
    exchange->agent = entity_of(exchange->session, exchange->responder.port);
    exchange->context = context_of(exchange->session, "public");
    pSnmpSetTimeout(exchange->agent, 200);
    pSnmpSetRetry(exchange->agent, retries);
    if (exchange->session && exchange->agent && exchange->context) return 1;
    note("no session, entity or context; the last error is %lu", (unsigned long)pSnmpGetLastError(NULL));
    return 0;
}

void exchange_stop(struct exchange *exchange)
{
    if (exchange->session) pSnmpClose(exchange->session);
    responder_stop(&exchange->responder);
    if (exchange->inbox.arrived) CloseHandle(exchange->inbox.arrived);
}

SNMPAPI_STATUS exchange_send(struct exchange *exchange, smiINT type, smiINT32 request_id)
{
    HSNMP_PDU pdu = pdu_of(exchange->session, type, request_id);
    SNMPAPI_STATUS status = pSnmpSendMsg(exchange->session, exchange->source, exchange->agent, exchange->context, pdu);

    pSnmpFreePdu(pdu);
    return status;
}

void receive(HSNMP_SESSION session, struct received *out)
{
    memset(out, 0, sizeof(*out));
    out->status = pSnmpRecvMsg(session, &out->source, &out->destination, &out->context, &out->pdu);
    if (!out->status) out->error = pSnmpGetLastError(session);
    if (out->pdu)
        pSnmpGetPduData(out->pdu, &out->type, &out->request_id, &out->error_status, &out->error_index, &out->vbl);
}

void received_free(struct received *received)
{
    if (received->vbl) pSnmpFreeVbl(received->vbl);
    if (received->pdu) pSnmpFreePdu(received->pdu);
    if (received->context) pSnmpFreeContext(received->context);
    if (received->source) pSnmpFreeEntity(received->source);
    if (received->destination) pSnmpFreeEntity(received->destination);
}
