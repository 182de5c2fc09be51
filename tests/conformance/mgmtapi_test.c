/*
 * What the mgmtapi tests share. See mgmtapi_test.h.
 */
#include "mgmtapi_test.h"

#include "api_loader.h"

#define DEFINE_FUNCTION(name, count) __typeof__(name) *p##name;
MGMTAPI_FUNCTIONS(DEFINE_FUNCTION)

#define LIST_FUNCTION(name, count) {#name, count, (void **)&p##name, 0},
static struct api_entry functions[] = {MGMTAPI_FUNCTIONS(LIST_FUNCTION){NULL, 0, NULL, 0}};

const unsigned sys_descr_ids[9] = {1, 3, 6, 1, 2, 1, 1, 1, 0}, sys_name_ids[9] = {1, 3, 6, 1, 2, 1, 1, 5, 0};

void load_api(int report)
{
    load_functions("mgmtapi.dll", functions, report);
}

int function_is_there(const char *name)
{
    return entry_is_there(functions, name);
}

void before_case(void)
{
    pSnmpMgrClose(NULL);
}

int failed_with(ULONG_PTR result, DWORD code)
{
    DWORD error = GetLastError();

    note("returned %#lx, the last error is %lu, expected 0 and %lu%s", (unsigned long)result, error, code,
         code ? "" : " (any other)");
    return !result && (code ? error == code : error != 0);
}

LPSNMP_MGR_SESSION open_agent(struct responder *responder, int timeout, int retries)
{
    char address[] = "127.0.0.1", community[] = "public";
    LPSNMP_MGR_SESSION session = pSnmpMgrOpen(address, community, timeout, retries);
    UINT port = responder->port;

    if (session) pSnmpMgrCtl(session, MGMCTL_SETAGENTPORT, &port, sizeof(port), NULL, 0, NULL);
    return session;
}

void null_list(SnmpVarBindList *list, const unsigned *ids, unsigned count)
{
    AsnObjectIdentifier name = {count, (UINT *)ids};

    list->len = 1;
    list->list = SnmpUtilMemAlloc(sizeof(*list->list));
    memset(list->list, 0, sizeof(*list->list));
    SnmpUtilOidCpy(&list->list[0].name, &name);
    list->list[0].value.asnType = ASN_NULL;
}

void end_without_closing(const char *how)
{
    struct responder responder;
    HANDLE event;

    (void)how;
    load_api(0);
    if (!responder_start(&responder, ANSWER_NOTHING) || !open_agent(&responder, 1000, 1)) ExitProcess(41);
    pSnmpMgrTrapListen(&event);
    ExitProcess(42);
}
