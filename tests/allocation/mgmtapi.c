/*
 * mgmtapi without memory: a whole scenario, over and over, with another allocation failing each time, of mgmtapi, of
 * the wsnmp32 below it, and of what the caller is given. Linked with the object files of both DLLs, so that their
 * allocators can be replaced; the functions of snmpapi.dll that they use are here. Every call has to succeed or to fail
 * with an error that lack of memory explains, nothing may crash, and closing has to leave no memory behind.
 */
#include "each_allocation.h"

#include <winsnmp.h>
#include <snmp.h>
#include <mgmtapi.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* ---- snmpapi.dll ---------------------------------------------------------------------------------------------- */

/* What callers free, as snmpapi.dll has it. */
LPVOID WINAPI SnmpUtilMemAlloc(UINT nBytes)
{
    return counting_alloc(nBytes);
}

VOID WINAPI SnmpUtilMemFree(LPVOID pMem)
{
    counting_free(pMem);
}

VOID WINAPI SnmpUtilOidFree(AsnObjectIdentifier *pOid)
{
    counting_free(pOid->ids);
    pOid->ids = NULL;
    pOid->idLength = 0;
}

static void free_octets(AsnOctetString *octets)
{
    if (octets->dynamic) counting_free(octets->stream);
}

VOID WINAPI SnmpUtilVarBindListFree(SnmpVarBindList *pVbl)
{
    for (UINT i = 0; i < pVbl->len; i++)
    {
        AsnAny *value = &pVbl->list[i].value;

        SnmpUtilOidFree(&pVbl->list[i].name);
        if (value->asnType == ASN_OCTETSTRING) free_octets(&value->asnValue.string);
        if (value->asnType == ASN_OBJECTIDENTIFIER) SnmpUtilOidFree(&value->asnValue.object);
    }
    counting_free(pVbl->list);
    pVbl->list = NULL;
    pVbl->len = 0;
}

/* ---- The scenario --------------------------------------------------------------------------------------------- */

static unsigned short trap_port;

/* An SNMPv2c trap with one more binding, as many times as it takes to be received. */
static void send_trap(void)
{
    static const uint8_t trap[] = {0x30, 0x51, 0x02, 0x01, 0x01, 0x04, 0x06, 'p',  'u',  'b',  'l',  'i',  'c',  0xa7,
                                   0x44, 0x02, 0x01, 0x01, 0x02, 0x01, 0x00, 0x02, 0x01, 0x00, 0x30, 0x39, 0x30, 0x0d,
                                   0x06, 0x08, 0x2b, 0x06, 0x01, 0x02, 0x01, 0x01, 0x03, 0x00, 0x43, 0x01, 0x05, 0x30,
                                   0x16, 0x06, 0x0a, 0x2b, 0x06, 0x01, 0x06, 0x03, 0x01, 0x01, 0x04, 0x01, 0x00, 0x06,
                                   0x08, 0x2b, 0x06, 0x01, 0x04, 0x01, 0x37, 0x00, 0x07, 0x30, 0x10, 0x06, 0x08, 0x2b,
                                   0x06, 0x01, 0x02, 0x01, 0x01, 0x05, 0x00, 0x04, 0x04, 'n',  'a',  'm',  'e'};

    peer_send(trap, sizeof(trap), trap_port);
}

static int wrong;    /* calls that failed with an error that lack of memory does not explain */
static int fetched;  /* traps */
static int answered; /* requests */

/* Whether a call worked; otherwise its error must be `other` or tell of memory. */
static int worked(int result, const char *what, DWORD other)
{
    DWORD error = GetLastError();

    if (result) return 1;
    if (error != SNMP_MEM_ALLOC_ERROR && error != other)
    {
        printf("# allocation %ld: %s failed with %lu\n", failing_allocation(), what, error);
        wrong++;
    }
    return 0;
}

/* The answer to a request may get lost for lack of memory; retries then bring another. */
static void use_session(LPSNMP_MGR_SESSION session)
{
    AsnInteger status, index;
    SnmpVarBindList list = {NULL, 0};
    LPSTR text;

    list.list = counting_alloc(sizeof(*list.list));
    if (!list.list) return;
    memset(list.list, 0, sizeof(*list.list));
    list.list[0].value.asnType = ASN_NULL;
    list.len = 1;
    if (worked(SnmpMgrStrToOid("system.sysName.0", &list.list[0].name), "SnmpMgrStrToOid", 0))
    {
        if (worked(SnmpMgrRequest(session, SNMP_PDU_GET, &list, &status, &index), "SnmpMgrRequest",
                   SNMP_MGMTAPI_SELECT_FDERRORS))
            answered++;
        if (worked(SnmpMgrOidToStr(&list.list[0].name, &text), "SnmpMgrOidToStr", 0)) SnmpUtilMemFree(text);
        list.list[0].value.asnType = ASN_OBJECTIDENTIFIER;
        worked(SnmpMgrStrToOid(".1.3.6.1", &list.list[0].value.asnValue.object), "SnmpMgrStrToOid", 0);
        if (worked(SnmpMgrRequest(session, SNMP_PDU_SET, &list, &status, &index), "SnmpMgrRequest",
                   list.list[0].value.asnValue.object.ids ? SNMP_MGMTAPI_SELECT_FDERRORS : SNMP_BERAPI_INVALID_OBJELEM))
            answered++;
    }
    SnmpUtilVarBindListFree(&list);
}

static void fetch_trap(HANDLE available)
{
    AsnObjectIdentifier enterprise;
    AsnNetworkAddress agent, source;
    AsnInteger generic, specific;
    AsnOctetString community;
    AsnTimeticks timestamp;
    SnmpVarBindList bindings;

    for (int i = 0; i < 100; i++)
    {
        send_trap();
        if (WaitForSingleObject(available, 300)) continue;
        if (!worked(
                SnmpMgrGetTrapEx(&enterprise, &agent, &source, &generic, &specific, &community, &timestamp, &bindings),
                "SnmpMgrGetTrapEx", SNMP_MGMTAPI_NOTRAPS))
            continue;
        SnmpUtilOidFree(&enterprise);
        free_octets(&agent);
        free_octets(&source);
        free_octets(&community);
        SnmpUtilVarBindListFree(&bindings);
        fetched++;
        return;
    }
    printf("# allocation %ld: no trap could be fetched\n", failing_allocation());
    wrong++;
}

static void scenario(void)
{
    LPSNMP_MGR_SESSION session;
    UINT agent_port = peer_port();
    HANDLE available;

    session = SnmpMgrOpen("127.0.0.1", "public", 400, 4);
    if (worked(session != NULL, "SnmpMgrOpen", WSASYSNOTREADY))
    {
        worked(SnmpMgrCtl(session, MGMCTL_SETAGENTPORT, &agent_port, sizeof(agent_port), NULL, 0, NULL), "SnmpMgrCtl",
               0);
        use_session(session);
        worked(SnmpMgrClose(session), "SnmpMgrClose", 0);
    }
    if (!worked(SnmpMgrTrapListen(&available), "SnmpMgrTrapListen", SNMP_MGMTAPI_TRAP_ERRORS)) return;
    fetch_trap(available);
    worked(SnmpMgrClose(NULL), "SnmpMgrClose", 0);
}

static int worked_with_memory;

static void note_plain(void)
{
    /* Both runs without failures. */
    worked_with_memory = answered == 4 && fetched == 2 && !wrong;
}

int main(void)
{
    struct allocation_counts counts;
    char port[8];

    setvbuf(stdout, NULL, _IONBF, 0);
    peer_start();
    trap_port = free_port();
    snprintf(port, sizeof(port), "%u", trap_port);
    SetEnvironmentVariableA("CORK_WSNMP32_TRAPPORT", port);
    printf("1..5\n");
    each_allocation(scenario, note_plain, &counts);
    printf("%s 1 - with memory everything works\n", worked_with_memory ? "ok" : "not ok");
    printf("%s 2 - nothing is left after the closes (%ld blocks)\n", counts.left ? "not ok" : "ok", counts.left);
    printf("%s 3 - every allocation of the scenario failed once (%ld of %ld)\n",
           counts.failed > counts.allocations / 2 ? "ok" : "not ok", counts.failed, counts.allocations);
    printf("%s 4 - each failure is reported as a lack of memory\n", wrong ? "not ok" : "ok");
    printf("%s 5 - a failure leaves no memory behind\n", counts.leaks ? "not ok" : "ok");
    return wrong || counts.leaks || counts.left || !worked_with_memory;
}
