/* SNMPAPI_TRANSLATED mode: the database of names in the registry, host names, and strings in the other modes. */
#include "test.h"

#include <string.h>

#define FOLDER "Software\\Cork\\wsnmp32"

static HKEY make_key(const char *path)
{
    HKEY key = NULL;

    RegCreateKeyExA(HKEY_LOCAL_MACHINE, path, 0, NULL, 0, KEY_SET_VALUE | KEY_WOW64_64KEY, NULL, &key, NULL);
    return key;
}

static void set_text(HKEY key, const char *name, const char *text)
{
    RegSetValueExA(key, name, 0, REG_SZ, (const BYTE *)text, (DWORD)strlen(text) + 1);
}

static void set_number(HKEY key, const char *name, DWORD number)
{
    RegSetValueExA(key, name, 0, REG_DWORD, (const BYTE *)&number, sizeof(number));
}

static void fill(void)
{
    HKEY key = make_key(FOLDER "\\Entities\\cork test router");

    set_text(key, "Address", "192.0.2.7");
    set_number(key, "Port", 1161);
    set_number(key, "Version", 2);
    set_number(key, "Timeout", 77);
    set_number(key, "Retry", 9);
    RegCloseKey(key);
    RegCloseKey(make_key(FOLDER "\\Entities\\cork test empty"));
    key = make_key(FOLDER "\\Entities\\cork test port");
    set_text(key, "Address", "192.0.2.8");
    set_number(key, "Port", 65536);
    RegCloseKey(key);
    key = make_key(FOLDER "\\Contexts\\cork test lab");
    set_text(key, "Community", "s3cret");
    RegCloseKey(key);
    key = make_key(FOLDER "\\Contexts\\cork test binary");
    RegSetValueExA(key, "Community", 0, REG_BINARY, (const BYTE *)"a\0b", 3);
    RegCloseKey(key);
    RegCloseKey(make_key(FOLDER "\\Contexts\\cork test empty"));
}

static void clear(void)
{
    static const char *const paths[] = {"\\Entities\\cork test router", "\\Entities\\cork test empty",
                                        "\\Entities\\cork test port",   "\\Contexts\\cork test lab",
                                        "\\Contexts\\cork test binary", "\\Contexts\\cork test empty"};
    char path[128];

    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
    {
        strcat(strcpy(path, FOLDER), paths[i]);
        RegDeleteKeyExA(HKEY_LOCAL_MACHINE, path, KEY_WOW64_64KEY, 0);
    }
}

static void entities(void)
{
    smiTIMETICKS timeout = 0;
    smiUINT32 retry = 0;
    HSNMP_ENTITY named, literal;

    SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2);
    literal = entity("192.0.2.7");
    check(!entity("cork test router") && error_is(SNMPAPI_ENTITY_UNKNOWN), "a name is none in an untranslated mode");
    SnmpSetTranslateMode(SNMPAPI_TRANSLATED);
    named = entity("cork test router");
    check(entity_text_is(named, "cork test router"), "an entity of the database has its name");
    check(SnmpGetTimeout(named, &timeout, NULL) && timeout == 77, "its time-out is the database's");
    check(SnmpGetRetry(named, &retry, NULL) && retry == 9, "its retry count is the database's");
    check(entity_text_is(literal, "cork test router"), "an address of the database has the name, however it was made");
    check(!entity("cork test empty") && error_is(SNMPAPI_ENTITY_UNKNOWN), "an entry without an address");
    check(!entity("cork test port") && error_is(SNMPAPI_ENTITY_UNKNOWN), "an entry with a port that is none");
    check(!entity("..\\Contexts\\cork test lab") && error_is(SNMPAPI_ENTITY_UNKNOWN), "no way out of the folder");
    check(entity_text_is(entity("192.0.2.9"), "192.0.2.9"), "a literal address works in this mode too");
    SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V1);
    check(entity_text_is(named, "192.0.2.7"), "in an untranslated mode it has its address");
}

static void addresses(void)
{
    HSNMP_ENTITY host;

    SnmpSetTranslateMode(SNMPAPI_TRANSLATED);
    host = entity("localhost");
    check(entity_text_is(host, "localhost"), "a host name");
    check(!entity("no-such-host.invalid") && error_is(SNMPAPI_ENTITY_UNKNOWN), "a host that is not there");
    SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V1);
    check(entity_text_is(host, "127.0.0.1"), "a host's address is an IPv4 one if it has any");
    check(entity_text_is(entity("2001:DB8:0:0::1"), "2001:db8::1"), "an IPv6 address in its canonical form");
    check(entity_text_is(entity("fe80::1%3"), "fe80::1%3"), "a scope as a number");
    check(!entity("fe80::1%no-such-interface") && error_is(SNMPAPI_ENTITY_UNKNOWN), "a scope that is not there");
    check(!entity("00000001:00081A0D01C2") && error_is(SNMPAPI_ENTITY_UNKNOWN), "an IPX address");
}

static void contexts(void)
{
    HSNMP_CONTEXT lab, binary;

    SnmpSetTranslateMode(SNMPAPI_TRANSLATED);
    lab = context("cork test lab");
    binary = context("cork test binary");
    check(context_text_is(lab, "cork test lab", 13), "a context of the database has its name");
    check(!context("cork test empty") && error_is(SNMPAPI_CONTEXT_UNKNOWN), "an entry without a community");
    check(context_text_is(context("other"), "other", 5), "without an entry the string is the community");
    SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V1);
    check(context_text_is(lab, "s3cret", 6), "in an untranslated mode it has its community");
    check(context_text_is(binary, "a\0b", 3), "a community of any bytes");
    check(context_text_is(context("cork test lab"), "cork test lab", 13), "a name is a community there");
}

void test_database(void)
{
    fill();
    entities();
    addresses();
    contexts();
    clear();
}
