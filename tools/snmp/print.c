/* Values as text, in the format of net-snmp's tools with -On and no MIB, so that the outputs can be compared line by
 * line. */

#include "command.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

const char *oid_text(smiLPCOID oid, char *text)
{
    text[0] = '.';
    text[1] = 0;
    if (SnmpOidToStr(oid, MAXOBJIDSTRSIZE, text + 1) == SNMPAPI_FAILURE) strcpy(text + 1, "?");
    return text;
}

static int is_text(const smiOCTETS *octets)
{
    for (smiUINT32 i = 0; i < octets->len; i++)
        if (octets->ptr[i] > 126 || (!isprint(octets->ptr[i]) && !isspace(octets->ptr[i]))) return 0;
    return 1;
}

static void print_hex(const smiOCTETS *octets)
{
    for (smiUINT32 i = 0; i < octets->len; i++)
    {
        if (i && i % 16 == 0) putchar('\n');
        printf("%02X ", octets->ptr[i]);
    }
}

static void print_octets(const smiOCTETS *octets)
{
    if (!octets->len)
    {
        printf("\"\"");
        return;
    }
    if (!is_text(octets))
    {
        printf("Hex-STRING: ");
        print_hex(octets);
        return;
    }
    printf("STRING: \"");
    for (smiUINT32 i = 0; i < octets->len; i++)
    {
        if (octets->ptr[i] == '"' || octets->ptr[i] == '\\') putchar('\\');
        putchar(octets->ptr[i]);
    }
    putchar('"');
}

static void print_timeticks(smiUINT32 ticks)
{
    unsigned days = ticks / 8640000, rest = ticks % 8640000;

    printf("Timeticks: (%lu) ", (unsigned long)ticks);
    if (days) printf("%u day%s, ", days, days == 1 ? "" : "s");
    printf("%u:%02u:%02u.%02u", rest / 360000, rest / 6000 % 60, rest / 100 % 60, rest % 100);
}

/* An Opaque may hold a float: tag 9F 78, four bytes (net-snmp's own convention). */
static void print_opaque(const smiOCTETS *octets)
{
    if (octets->len == 7 && octets->ptr[0] == 0x9f && octets->ptr[1] == 0x78 && octets->ptr[2] == 4)
    {
        uint32_t bits = (uint32_t)octets->ptr[3] << 24 | octets->ptr[4] << 16 | octets->ptr[5] << 8 | octets->ptr[6];
        float number;

        memcpy(&number, &bits, sizeof(number));
        printf("Opaque: Float: %f", number);
        return;
    }
    printf("OPAQUE: ");
    print_hex(octets);
}

static void print_ip_address(const smiOCTETS *octets)
{
    if (octets->len == 4)
        printf("IpAddress: %u.%u.%u.%u", octets->ptr[0], octets->ptr[1], octets->ptr[2], octets->ptr[3]);
    else
        printf("IpAddress: of %lu bytes", (unsigned long)octets->len);
}

static void print_value(smiLPCVALUE value)
{
    char text[MAXOBJIDSTRSIZE + 2];

    switch (value->syntax)
    {
    case SNMP_SYNTAX_INT:
        printf("INTEGER: %ld", (long)value->value.sNumber);
        break;
    case SNMP_SYNTAX_OCTETS:
        print_octets(&value->value.string);
        break;
    case SNMP_SYNTAX_NULL:
        printf("NULL");
        break;
    case SNMP_SYNTAX_OID:
        printf("OID: %s", oid_text(&value->value.oid, text));
        break;
    case SNMP_SYNTAX_IPADDR:
        print_ip_address(&value->value.string);
        break;
    case SNMP_SYNTAX_CNTR32:
        printf("Counter32: %lu", (unsigned long)value->value.uNumber);
        break;
    case SNMP_SYNTAX_GAUGE32:
        printf("Gauge32: %lu", (unsigned long)value->value.uNumber);
        break;
    case SNMP_SYNTAX_UINT32:
        printf("UInteger32: %lu", (unsigned long)value->value.uNumber);
        break;
    case SNMP_SYNTAX_TIMETICKS:
        print_timeticks(value->value.uNumber);
        break;
    case SNMP_SYNTAX_CNTR64:
        printf("Counter64: %llu", (unsigned long long)value->value.hNumber.hipart << 32 | value->value.hNumber.lopart);
        break;
    case SNMP_SYNTAX_OPAQUE:
        print_opaque(&value->value.string);
        break;
    case SNMP_SYNTAX_NOSUCHOBJECT:
        printf("No Such Object available on this agent at this OID");
        break;
    case SNMP_SYNTAX_NOSUCHINSTANCE:
        printf("No Such Instance currently exists at this OID");
        break;
    case SNMP_SYNTAX_ENDOFMIBVIEW:
        printf("No more variables left in this MIB View (It is past the end of the MIB tree)");
        break;
    default:
        printf("syntax 0x%lx", (unsigned long)value->syntax);
        break;
    }
}

void print_varbind(smiLPCOID name, smiLPCVALUE value)
{
    char text[MAXOBJIDSTRSIZE + 2];

    printf("%s = ", oid_text(name, text));
    print_value(value);
    putchar('\n');
}

const char *error_status_name(smiINT status)
{
    static const char *const names[] = {"noError",
                                        "tooBig",
                                        "noSuchName",
                                        "badValue",
                                        "readOnly",
                                        "genErr",
                                        "noAccess",
                                        "wrongType",
                                        "wrongLength",
                                        "wrongEncoding",
                                        "wrongValue",
                                        "noCreation",
                                        "inconsistentValue",
                                        "resourceUnavailable",
                                        "commitFailed",
                                        "undoFailed",
                                        "authorizationError",
                                        "notWritable",
                                        "inconsistentName"};

    return status >= 0 && status < (smiINT)(sizeof(names) / sizeof(*names)) ? names[status] : "unknown error";
}

const char *api_error_name(SNMPAPI_STATUS error)
{
    static const struct
    {
        SNMPAPI_STATUS error;
        const char *name;
    } names[] = {
#define NAME(error) {error, #error}
        NAME(SNMPAPI_ALLOC_ERROR),
        NAME(SNMPAPI_CONTEXT_INVALID),
        NAME(SNMPAPI_CONTEXT_UNKNOWN),
        NAME(SNMPAPI_ENTITY_INVALID),
        NAME(SNMPAPI_ENTITY_UNKNOWN),
        NAME(SNMPAPI_INDEX_INVALID),
        NAME(SNMPAPI_NOOP),
        NAME(SNMPAPI_OID_INVALID),
        NAME(SNMPAPI_OPERATION_INVALID),
        NAME(SNMPAPI_OUTPUT_TRUNCATED),
        NAME(SNMPAPI_PDU_INVALID),
        NAME(SNMPAPI_SESSION_INVALID),
        NAME(SNMPAPI_SYNTAX_INVALID),
        NAME(SNMPAPI_VBL_INVALID),
        NAME(SNMPAPI_MODE_INVALID),
        NAME(SNMPAPI_SIZE_INVALID),
        NAME(SNMPAPI_NOT_INITIALIZED),
        NAME(SNMPAPI_MESSAGE_INVALID),
        NAME(SNMPAPI_HWND_INVALID),
        NAME(SNMPAPI_OTHER_ERROR),
        NAME(SNMPAPI_TL_NOT_INITIALIZED),
        NAME(SNMPAPI_TL_NOT_SUPPORTED),
        NAME(SNMPAPI_TL_NOT_AVAILABLE),
        NAME(SNMPAPI_TL_RESOURCE_ERROR),
        NAME(SNMPAPI_TL_UNDELIVERABLE),
        NAME(SNMPAPI_TL_SRC_INVALID),
        NAME(SNMPAPI_TL_INVALID_PARAM),
        NAME(SNMPAPI_TL_IN_USE),
        NAME(SNMPAPI_TL_TIMEOUT),
        NAME(SNMPAPI_TL_PDU_TOO_BIG),
        NAME(SNMPAPI_TL_OTHER),
#undef NAME
    };

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (names[i].error == error) return names[i].name;
    return "an unknown error";
}
