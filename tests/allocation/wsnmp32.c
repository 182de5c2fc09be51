/*
 * wsnmp32 without memory: a whole scenario, over and over, with another allocation failing each time. Linked with the
 * DLL's own object files, so that its allocator can be replaced. Every call has to succeed or to fail with a documented
 * error, nothing may crash, a request has to end in an answer or an error, and SnmpCleanup has to leave no memory
 * behind.
 */
#include "each_allocation.h"

#include <winsnmp.h>
#include <stdint.h>
#include <stdio.h>

/* ---- The scenario --------------------------------------------------------------------------------------------------
 */

static HANDLE notified;
static int wrong; /* calls that failed with an error that lack of memory does not explain */

static SNMPAPI_STATUS CALLBACK notify(HSNMP_SESSION session, HWND window, UINT message, WPARAM error, LPARAM request,
                                      LPVOID data)
{
    (void)session, (void)window, (void)message, (void)error, (void)request, (void)data;
    SetEvent(notified);
    return SNMPAPI_SUCCESS;
}

/* Whether a call worked; otherwise its error must tell of memory, or of what could not be had for lack of it: a thread,
 * the trap listener. */
static int worked(uintptr_t result, const char *what)
{
    SNMPAPI_STATUS error;

    if (result) return 1;
    error = SnmpGetLastError(NULL);
    if (error != SNMPAPI_ALLOC_ERROR && error != SNMPAPI_TL_RESOURCE_ERROR && error != SNMPAPI_TL_NOT_INITIALIZED)
    {
        printf("# allocation %ld: %s failed with %lu\n", failing_allocation(), what, (unsigned long)error);
        wrong++;
    }
    return 0;
}

static void read_answer(HSNMP_SESSION session)
{
    HSNMP_ENTITY source, destination;
    HSNMP_CONTEXT context;
    HSNMP_VBL list;
    HSNMP_PDU pdu;
    smiVALUE value;
    smiOID name;
    SNMPAPI_STATUS result;

    if (WaitForSingleObject(notified, 20000))
    {
        printf("# allocation %ld: the request neither answered nor failed\n", failing_allocation());
        wrong++;
        return;
    }
    result = SnmpRecvMsg(session, &source, &destination, &context, &pdu);
    if (!result && SnmpGetLastError(session) == SNMPAPI_ALLOC_ERROR)
        result = SnmpRecvMsg(session, &source, &destination, &context, &pdu); /* the message stayed */
    if (!result)
    {
        SNMPAPI_STATUS error = SnmpGetLastError(session);

        if (error != SNMPAPI_TL_TIMEOUT && error != SNMPAPI_TL_RESOURCE_ERROR)
        {
            printf("# allocation %ld: SnmpRecvMsg failed with %lu\n", failing_allocation(), (unsigned long)error);
            wrong++;
        }
        return;
    }
    if (worked(SnmpGetPduData(pdu, NULL, NULL, NULL, NULL, &list), "SnmpGetPduData"))
    {
        if (worked(SnmpGetVb(list, 1, &name, &value), "SnmpGetVb"))
        {
            SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&name);
            if (value.syntax == SNMP_SYNTAX_OCTETS) SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &value.value.string);
        }
        SnmpFreeVbl(list);
    }
    SnmpFreePdu(pdu);
    SnmpFreeContext(context);
}

static void use_session(HSNMP_SESSION session)
{
    smiUINT32 ids[] = {1, 3, 6, 1, 2, 1, 1, 5, 0};
    smiOCTETS community = {6, (smiLPBYTE) "public"}, text = {3, (smiLPBYTE) "abc"}, encoded;
    smiOID name = {9, ids}, copy;
    smiVALUE value = {.syntax = SNMP_SYNTAX_OCTETS};
    HSNMP_ENTITY agent = NULL;
    HSNMP_CONTEXT context = NULL;
    HSNMP_VBL list = NULL;
    HSNMP_PDU pdu = NULL, decoded;
    HSNMP_CONTEXT decoded_context;
    HSNMP_ENTITY none1, none2;

    value.value.string = text;
    if (!worked((uintptr_t)(agent = SnmpStrToEntity(session, "127.0.0.1")), "SnmpStrToEntity")) return;
    SnmpSetPort(agent, peer_port());
    SnmpSetTimeout(agent, 20);
    SnmpSetRetry(agent, 2);
    if (!worked((uintptr_t)(context = SnmpStrToContext(session, &community)), "SnmpStrToContext")) return;
    if (!worked((uintptr_t)(list = SnmpCreateVbl(session, &name, &value)), "SnmpCreateVbl")) return;
    worked(SnmpSetVb(list, 0, &name, NULL), "SnmpSetVb");
    if (worked(SnmpOidCopy(&name, &copy), "SnmpOidCopy")) SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&copy);
    if (!worked((uintptr_t)(pdu = SnmpCreatePdu(session, SNMP_PDU_SET, 0, 0, 0, list)), "SnmpCreatePdu")) return;
    if (worked(SnmpEncodeMsg(session, agent, agent, context, pdu, &encoded), "SnmpEncodeMsg"))
    {
        worked(SnmpDecodeMsg(session, &none1, &none2, &decoded_context, &decoded, &encoded), "SnmpDecodeMsg");
        SnmpFreeDescriptor(SNMP_SYNTAX_OPAQUE, &encoded);
    }
    worked(SnmpRegister(session, NULL, agent, context, &name, SNMPAPI_ON), "SnmpRegister");
    if (worked(SnmpSendMsg(session, agent, agent, context, pdu), "SnmpSendMsg")) read_answer(session);
}

static void scenario(void)
{
    smiUINT32 major, minor, level, translate, retransmit;
    HSNMP_SESSION session;

    ResetEvent(notified);
    if (!worked(SnmpStartup(&major, &minor, &level, &translate, &retransmit), "SnmpStartup")) return;
    session = SnmpCreateSession(NULL, 0, notify, NULL);
    if (worked((uintptr_t)session, "SnmpCreateSession")) use_session(session);
    SnmpCleanup();
}

int main(void)
{
    struct allocation_counts counts;
    char port[8];

    notified = CreateEventA(NULL, FALSE, FALSE, NULL);
    peer_start();
    snprintf(port, sizeof(port), "%u", free_port());
    SetEnvironmentVariableA("CORK_WSNMP32_TRAPPORT", port);
    printf("1..4\n");
    each_allocation(scenario, NULL, &counts);
    printf("%s 1 - nothing is left after SnmpCleanup (%ld blocks)\n", counts.left ? "not ok" : "ok", counts.left);
    printf("%s 2 - every allocation of the scenario failed once (%ld of %ld)\n",
           counts.failed > counts.allocations / 2 ? "ok" : "not ok", counts.failed, counts.allocations);
    printf("%s 3 - each failure is reported as a lack of memory, and every request ends\n", wrong ? "not ok" : "ok");
    printf("%s 4 - a failure leaves no memory behind\n", counts.leaks ? "not ok" : "ok");
    return wrong || counts.leaks || counts.left;
}
