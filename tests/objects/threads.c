/* One list and one PDU, changed, copied and freed by several threads at once. */
#include "test.h"

#include <string.h>

#define THREADS 4
#define ROUNDS  3000

static HSNMP_VBL shared_vbl;
static HSNMP_PDU shared_pdu;
static volatile LONG wrong;

static void free_value(smiVALUE *value)
{
    if (value->syntax == SNMP_SYNTAX_OCTETS) SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &value->value.string);
}

/* Every entry is whole: either kind of value that the threads set. */
static void look(HSNMP_VBL vbl)
{
    smiOID name;
    smiVALUE value;

    if (!SnmpGetVb(vbl, 1, &name, &value)) return;
    if (name.len != 9 || memcmp(name.ptr, sys_descr.ptr, 9 * sizeof(*name.ptr))) InterlockedIncrement(&wrong);
    if (value.syntax == SNMP_SYNTAX_OCTETS &&
        (value.value.string.len != 5 || memcmp(value.value.string.ptr, "hello", 5)))
        InterlockedIncrement(&wrong);
    if (value.syntax == SNMP_SYNTAX_INT && value.value.sNumber != -5) InterlockedIncrement(&wrong);
    SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&name);
    free_value(&value);
}

static DWORD WINAPI work(LPVOID context)
{
    smiVALUE octets = {.syntax = SNMP_SYNTAX_OCTETS}, number = {.syntax = SNMP_SYNTAX_INT};
    HSNMP_VBL copy;
    HSNMP_PDU pdu;

    (void)context;
    octets.value.string.len = 5;
    octets.value.string.ptr = (smiLPBYTE) "hello";
    number.value.sNumber = -5;
    for (int i = 0; i < ROUNDS; i++)
    {
        SnmpSetVb(shared_vbl, 0, &sys_descr, i & 1 ? &octets : &number);
        SnmpSetVb(shared_vbl, 1, NULL, i & 2 ? &octets : &number);
        look(shared_vbl);
        SnmpSetPduData(shared_pdu, NULL, NULL, NULL, NULL, &shared_vbl);
        if (SnmpGetPduData(shared_pdu, NULL, NULL, NULL, NULL, &copy)) look(copy), SnmpFreeVbl(copy);
        pdu = SnmpDuplicatePdu(session, shared_pdu);
        SnmpDeleteVb(shared_vbl, 1);
        if (!SnmpFreePdu(pdu)) InterlockedIncrement(&wrong);
    }
    return 0;
}

/* Both threads free the same handles and the same descriptor: one succeeds each time. */
static struct
{
    HSNMP_VBL vbl;
    smiOID oid;
    volatile LONG freed_vbls, freed_oids, turn;
} race;

static DWORD WINAPI free_both(LPVOID context)
{
    smiOID oid = race.oid;

    (void)context;
    InterlockedIncrement(&race.turn);
    while (race.turn < 2)
        YieldProcessor();
    if (SnmpFreeVbl(race.vbl)) InterlockedIncrement(&race.freed_vbls);
    if (SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&oid)) InterlockedIncrement(&race.freed_oids);
    return 0;
}

static void free_at_once(void)
{
    for (int i = 0; i < 50; i++)
    {
        HANDLE thread;

        race.vbl = SnmpCreateVbl(session, &sys_descr, NULL);
        SnmpOidCopy(&sys_descr, &race.oid);
        race.turn = 0;
        thread = CreateThread(NULL, 0, free_both, NULL, 0, NULL);
        free_both(NULL);
        WaitForSingleObject(thread, INFINITE);
        CloseHandle(thread);
    }
    check(race.freed_vbls == 50 && race.freed_oids == 50, "of two that free the same at once, one succeeds");
}

void test_threads(void)
{
    HANDLE threads[THREADS];

    shared_vbl = SnmpCreateVbl(session, NULL, NULL);
    shared_pdu = SnmpCreatePdu(session, SNMP_PDU_SET, 1, 0, 0, NULL);
    for (int i = 0; i < THREADS; i++)
        threads[i] = CreateThread(NULL, 0, work, NULL, 0, NULL);
    WaitForMultipleObjects(THREADS, threads, TRUE, INFINITE);
    for (int i = 0; i < THREADS; i++)
        CloseHandle(threads[i]);
    check(!wrong, "no thread ever sees half an entry");
    check(!SnmpCountVbl(shared_vbl) && error_is(SNMPAPI_NOOP), "what was added was deleted");
    check(SnmpFreeVbl(shared_vbl) && SnmpFreePdu(shared_pdu), "and the handles are whole");
    free_at_once();
}
