/*
 * OID parser: what parses has to format to a text that parses to the same; formatting into every smaller buffer has to
 * cut that text, and no more.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "wsnmp32/oid_text.h"

static void check_format(const struct snmp_oid *oid)
{
    char text[SNMP_OID_TEXT_SIZE];
    uint32_t ids[SNMP_OID_MAX_LENGTH];
    struct snmp_oid again = {0, ids};
    size_t length, needed;
    int order;

    REQUIRE(snmp_oid_format(oid, text, sizeof(text), &length) == SNMP_OID_FORMAT_OK);
    REQUIRE(strlen(text) + 1 == length);
    REQUIRE(snmp_oid_parse(text, 0, ids, &again.len) == SNMP_OID_PARSE_OK);
    REQUIRE(snmp_oid_equal(oid, &again));
    REQUIRE(snmp_oid_compare_limited(oid, &again, 0, &order) == SNMP_OID_COMPARE_OK && order == 0);
    for (size_t size = 1; size < length && size < 40; size++)
    {
        char *exact = malloc(size);

        REQUIRE(exact && snmp_oid_format(oid, exact, size, &needed) == SNMP_OID_FORMAT_TRUNCATED);
        REQUIRE(needed == length && strlen(exact) == size - 1 && memcmp(exact, text, size - 1) == 0);
        free(exact);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint32_t ids[SNMP_OID_MAX_LENGTH];
    struct snmp_oid oid = {0, ids};
    char *text = malloc(size + 1);

    REQUIRE(text != NULL);
    if (size) memcpy(text, data, size);
    text[size] = 0;
    if (snmp_oid_parse(text, 0, ids, &oid.len) == SNMP_OID_PARSE_OK) check_format(&oid);
    if (snmp_oid_parse(text, SNMP_OID_PARSE_LEADING_DOT, ids, &oid.len) == SNMP_OID_PARSE_OK) check_format(&oid);
    free(text);
    /* Not terminated: only allowed when there are as many bytes as are looked at. */
    if (size >= SNMP_OID_TEXT_SIZE && !memchr(data, 0, SNMP_OID_TEXT_SIZE))
        REQUIRE(snmp_oid_parse((const char *)data, 0, ids, &oid.len) == SNMP_OID_PARSE_TOO_LONG);
    return 0;
}
