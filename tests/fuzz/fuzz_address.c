/*
 * Address parser: what parses has to format to a text that parses to the same address, and an IPv4 or IPv6 text without
 * scope has to be what inet_pton takes, and the other way round.
 */
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "wsnmp32/address.h"

static void check_format(const struct snmp_address *address)
{
    char text[SNMP_ADDRESS_TEXT_SIZE];
    struct snmp_address again;
    size_t length = snmp_address_format(address, text, sizeof(text));

    if (address->kind == SNMP_ADDRESS_NAME || address->kind == SNMP_ADDRESS_INVALID)
    {
        REQUIRE(length == 0);
        return;
    }
    REQUIRE(length == strlen(text) + 1);
    REQUIRE(snmp_address_parse(text, &again) == address->kind);
    REQUIRE(snmp_address_equal(address, &again));
    for (size_t size = 0; size < length; size++)
    {
        char *exact = malloc(size ? size : 1);

        REQUIRE(exact && snmp_address_format(address, exact, size) == length);
        REQUIRE(size == 0 || (strlen(exact) == size - 1 && memcmp(exact, text, size - 1) == 0));
        free(exact);
    }
}

static void check_against_system(const char *text, const struct snmp_address *address)
{
    uint8_t bytes[16];
    char formatted[INET6_ADDRSTRLEN], ours[SNMP_ADDRESS_TEXT_SIZE];

    if (strlen(text) >= SNMP_ADDRESS_TEXT_SIZE) return;
    REQUIRE((inet_pton(AF_INET, text, bytes) == 1) == (address->kind == SNMP_ADDRESS_IPV4));
    if (address->kind == SNMP_ADDRESS_IPV4) REQUIRE(memcmp(bytes, address->bytes, 4) == 0);
    if (address->kind == SNMP_ADDRESS_IPV6 && address->scope[0]) return;
    REQUIRE((inet_pton(AF_INET6, text, bytes) == 1) == (address->kind == SNMP_ADDRESS_IPV6));
    if (address->kind != SNMP_ADDRESS_IPV6) return;
    REQUIRE(memcmp(bytes, address->bytes, 16) == 0);
    /* glibc writes IPv4-compatible addresses (::1.2.3.4) in mixed notation too; RFC 5952 leaves that open. */
    if (memcmp(bytes, "\0\0\0\0\0\0\0\0\0\0\0\0", 12) == 0) return;
    snmp_address_format(address, ours, sizeof(ours));
    REQUIRE(inet_ntop(AF_INET6, bytes, formatted, sizeof(formatted)) && strcmp(formatted, ours) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct snmp_address address;
    char *text = malloc(size + 1);

    REQUIRE(text != NULL);
    if (size) memcpy(text, data, size);
    text[size] = 0;
    REQUIRE(snmp_address_parse(text, &address) == address.kind);
    check_format(&address);
    check_against_system(text, &address);
    free(text);
    return 0;
}
