/* SnmpFreeDescriptor with pointers that are not Cork's. */
#include "test.h"

#include <stdlib.h>

static int refused(void *pointer)
{
    smiOCTETS descriptor = {3, pointer};

    SnmpSetTranslateMode(99);
    return !SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &descriptor) &&
           SnmpGetLastError(NULL) == SNMPAPI_OPERATION_INVALID && descriptor.ptr == pointer;
}

static void foreign(void)
{
    static char data[256] = "no block";
    char stack[256];
    char *heap = malloc(256), *page = VirtualAlloc(NULL, 4096, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
    smiOID oid;
    int all = 1;

    for (int i = 0; i < 256; i++)
        all &= refused(data + i) && refused(stack + i) && refused(heap + i);
    check(all, "pointers into data, stack and another heap");
    check(refused(page), "the first byte of a mapping: what is in front cannot be read");
    check(refused((void *)8) && refused((void *)(ULONG_PTR)0x7fffff00) && refused((void *)~(ULONG_PTR)0),
          "pointers to nowhere");
    check(refused((void *)(ULONG_PTR)check), "a pointer into code");
    check(SnmpStrToOid("1.3.6.1", &oid) == 4 && refused(oid.ptr + 1) && refused((char *)oid.ptr - 8) &&
              SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&oid),
          "pointers beside a block of Cork's, which stays valid");
    free(heap);
    VirtualFree(page, 0, MEM_RELEASE);
}

/* A block's header, copied elsewhere, is no block. */
static void forged(void)
{
    static char copy[4096] __attribute__((aligned(64)));
    smiOID oid;

    check(SnmpStrToOid("1.3.6.1", &oid) == 4, "SnmpStrToOid");
    memcpy(copy, (char *)oid.ptr - 32, 48);
    check(refused(copy + 32), "the copy of a block");
    check(SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&oid), "the block itself");
}

void test_descriptors(void)
{
    foreign();
    forged();
}
