/* OIDs and values from the command line. */

#include "command.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int parse_oid(const char *text, smiLPOID oid)
{
    memset(oid, 0, sizeof(*oid));
    if (*text == '.') text++;
    return SnmpStrToOid(text, oid) != SNMPAPI_FAILURE;
}

void free_oid(smiLPOID oid)
{
    if (oid->ptr) SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)oid);
    oid->ptr = NULL;
}

static int parse_unsigned(const char *text, uint64_t limit, uint64_t *number)
{
    char *end;

    *number = strtoull(text, &end, 10);
    return *text && *text != '-' && !*end && *number <= limit;
}

static int parse_hex(const char *text, smiOCTETS *octets)
{
    octets->ptr = malloc(strlen(text) / 2 + 1);
    if (!octets->ptr) return 0;
    for (octets->len = 0;; octets->len++)
    {
        char pair[3], *end;

        while (isspace((unsigned char)*text))
            text++;
        if (!*text) return 1;
        pair[0] = text[0];
        pair[1] = text[1];
        pair[2] = 0;
        octets->ptr[octets->len] = (smiBYTE)strtoul(pair, &end, 16);
        if (end != pair + 2) break;
        text += 2;
    }
    free(octets->ptr);
    return 0;
}

static int parse_ip(const char *text, smiOCTETS *octets)
{
    unsigned long address = inet_addr(text);

    if (address == INADDR_NONE || !(octets->ptr = malloc(4))) return 0;
    memcpy(octets->ptr, &address, 4);
    octets->len = 4;
    return 1;
}

static int parse_text(const char *text, smiOCTETS *octets)
{
    octets->len = (smiUINT32)strlen(text);
    octets->ptr = malloc(octets->len + 1);
    if (!octets->ptr) return 0;
    memcpy(octets->ptr, text, octets->len);
    return 1;
}

static int parse_number(char type, const char *text, smiLPVALUE value)
{
    uint64_t number;
    char *end;

    if (type == 'i')
    {
        value->syntax = SNMP_SYNTAX_INT;
        value->value.sNumber = strtol(text, &end, 10);
        return *text && !*end;
    }
    if (!parse_unsigned(text, type == 'C' ? UINT64_MAX : UINT32_MAX, &number)) return 0;
    if (type == 'C')
    {
        value->syntax = SNMP_SYNTAX_CNTR64;
        value->value.hNumber.hipart = (smiUINT32)(number >> 32);
        value->value.hNumber.lopart = (smiUINT32)number;
        return 1;
    }
    value->syntax = type == 'u' ? SNMP_SYNTAX_GAUGE32 : type == 'c' ? SNMP_SYNTAX_CNTR32 : SNMP_SYNTAX_TIMETICKS;
    value->value.uNumber = (smiUINT32)number;
    return 1;
}

int parse_value(const char *type, const char *text, smiLPVALUE value)
{
    memset(value, 0, sizeof(*value));
    if (!*type || type[1]) return 0;
    switch (*type)
    {
    case 'i':
    case 'u':
    case 'c':
    case 'C':
    case 't':
        return parse_number(*type, text, value);
    case 'a':
        value->syntax = SNMP_SYNTAX_IPADDR;
        return parse_ip(text, &value->value.string);
    case 'o':
        value->syntax = SNMP_SYNTAX_OID;
        return parse_oid(text, &value->value.oid);
    case 's':
        value->syntax = SNMP_SYNTAX_OCTETS;
        return parse_text(text, &value->value.string);
    case 'x':
        value->syntax = SNMP_SYNTAX_OCTETS;
        return parse_hex(text, &value->value.string);
    case 'n':
        value->syntax = SNMP_SYNTAX_NULL;
        return 1;
    }
    return 0;
}

void free_parsed_value(smiLPVALUE value)
{
    if (value->syntax == SNMP_SYNTAX_OID) free_oid(&value->value.oid);
    if (value->syntax == SNMP_SYNTAX_OCTETS || value->syntax == SNMP_SYNTAX_IPADDR) free(value->value.string.ptr);
}

void free_received(smiLPOID name, smiLPVALUE value)
{
    free_oid(name);
    switch (value->syntax)
    {
    case SNMP_SYNTAX_OID:
        free_oid(&value->value.oid);
        break;
    case SNMP_SYNTAX_OCTETS:
    case SNMP_SYNTAX_IPADDR:
    case SNMP_SYNTAX_OPAQUE:
        if (value->value.string.ptr) SnmpFreeDescriptor(value->syntax, (smiLPOPAQUE)&value->value.string);
        break;
    }
}

int oid_below(smiLPCOID oid, smiLPCOID root)
{
    return oid->len >= root->len && !memcmp(oid->ptr, root->ptr, root->len * sizeof(*root->ptr));
}
