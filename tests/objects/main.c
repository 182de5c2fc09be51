#include "test.h"

#include <stdio.h>
#include <string.h>

static int checks, failures;
static smiUINT32 sys_descr_ids[] = {1, 3, 6, 1, 2, 1, 1, 1, 0};

HSNMP_SESSION session;
const smiOID sys_descr = {9, sys_descr_ids};

void check(int passed, const char *what)
{
    if (!passed) failures++;
    printf("%s %d - %s\n", passed ? "ok" : "not ok", ++checks, what);
    if (!passed) printf("# the last error is %u\n", (unsigned)SnmpGetLastError(NULL));
    fflush(stdout);
}

int error_is(SNMPAPI_STATUS error)
{
    return SnmpGetLastError(session) == error && SnmpGetLastError(NULL) == error;
}

HSNMP_ENTITY entity(const char *name)
{
    return SnmpStrToEntity(session, name);
}

HSNMP_CONTEXT context(const char *name)
{
    smiOCTETS octets = {(smiUINT32)strlen(name), (smiLPBYTE)name};

    return SnmpStrToContext(session, &octets);
}

int entity_text_is(HSNMP_ENTITY handle, const char *text)
{
    char got[256];
    SNMPAPI_STATUS length = SnmpEntityToStr(handle, sizeof(got), got);

    if (length == strlen(text) + 1 && !strcmp(got, text)) return 1;
    if (length) printf("# the entity is %s, expected %s\n", got, text);
    return 0;
}

int context_text_is(HSNMP_CONTEXT handle, const void *text, unsigned length)
{
    smiOCTETS got;
    int same;

    if (!SnmpContextToStr(handle, &got)) return 0;
    same = got.len == length && !memcmp(got.ptr, text, length);
    return SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &got) && same;
}

static SNMPAPI_STATUS CALLBACK no_messages(HSNMP_SESSION handle, HWND window, UINT message, WPARAM wparam,
                                           LPARAM lparam, LPVOID data)
{
    (void)handle, (void)window, (void)message, (void)wparam, (void)lparam, (void)data;
    return SNMPAPI_SUCCESS;
}

int main(void)
{
    check(SnmpStartup(NULL, NULL, NULL, NULL, NULL), "SnmpStartup");
    session = SnmpCreateSession(NULL, 0, no_messages, NULL);
    check(session != NULL, "SnmpCreateSession");
    test_database();
    test_descriptors();
    test_messages();
    test_threads();
    check(SnmpCleanup(), "SnmpCleanup");
    printf("1..%d\n", checks);
    return failures != 0;
}
