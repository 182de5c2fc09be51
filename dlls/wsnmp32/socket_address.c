/*
 * Transport addresses: literal text, host names, comparing.
 */
#include "wsnmp32/entity.h"

#include <stdio.h>
#include <stdlib.h>

static int parse_number(const char *text, uint32_t *number)
{
    uint64_t value = 0;

    if (!*text) return 0;
    for (; *text; text++)
    {
        if (*text < '0' || *text > '9') return 0;
        value = value * 10 + (uint64_t)(*text - '0');
        if (value > UINT32_MAX) return 0;
    }
    *number = (uint32_t)value;
    return 1;
}

/* The number of the interface that the scope names. The resolver knows them by name, without looking anything up. */
static int scope_number(const struct snmp_address *literal, uint32_t *number)
{
    struct addrinfo hints = {.ai_family = AF_INET6, .ai_flags = AI_NUMERICHOST}, *found;
    char text[SNMP_ADDRESS_TEXT_SIZE];

    *number = 0;
    if (!literal->scope[0] || parse_number(literal->scope, number)) return 1;
    snmp_address_format(literal, text, sizeof(text));
    if (getaddrinfo(text, NULL, &hints, &found)) return 0;
    *number = (uint32_t)((const struct sockaddr_in6 *)found->ai_addr)->sin6_scope_id;
    freeaddrinfo(found);
    return *number != 0;
}

int address_from_literal(const struct snmp_address *literal, unsigned port, union address *address)
{
    uint32_t scope;

    memset(address, 0, sizeof(*address));
    if (literal->kind == SNMP_ADDRESS_IPV4)
    {
        address->in4.sin_family = AF_INET;
        memcpy(&address->in4.sin_addr, literal->bytes, 4);
    }
    else if (literal->kind == SNMP_ADDRESS_IPV6 && scope_number(literal, &scope))
    {
        address->in6.sin6_family = AF_INET6;
        memcpy(&address->in6.sin6_addr, literal->bytes, 16);
        address->in6.sin6_scope_id = scope;
    }
    else
        return 0;
    address_set_port(address, port);
    return 1;
}

static const struct addrinfo *pick(const struct addrinfo *list, int family)
{
    while (list && list->ai_family != family)
        list = list->ai_next;
    return list;
}

int address_from_name(const char *name, unsigned port, union address *address)
{
    struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_DGRAM}, *list;
    const struct addrinfo *best;

    if (getaddrinfo(name, NULL, &hints, &list)) return 0;
    best = pick(list, AF_INET);
    if (!best) best = pick(list, AF_INET6);
    if (best && best->ai_addrlen <= sizeof(*address))
    {
        memset(address, 0, sizeof(*address));
        memcpy(address, best->ai_addr, best->ai_addrlen);
        address_set_port(address, port);
    }
    else
        best = NULL;
    freeaddrinfo(list);
    return best != NULL;
}

size_t address_to_text(const union address *address, char text[SNMP_ADDRESS_TEXT_SIZE])
{
    struct snmp_address literal = {.kind = SNMP_ADDRESS_IPV4};

    if (address->any.sa_family == AF_INET6)
    {
        literal.kind = SNMP_ADDRESS_IPV6;
        memcpy(literal.bytes, &address->in6.sin6_addr, 16);
        if (address->in6.sin6_scope_id)
            snprintf(literal.scope, sizeof(literal.scope), "%lu", (unsigned long)address->in6.sin6_scope_id);
    }
    else
        memcpy(literal.bytes, &address->in4.sin_addr, 4);
    return snmp_address_format(&literal, text, SNMP_ADDRESS_TEXT_SIZE);
}

int address_equal(const union address *a, const union address *b, int with_port)
{
    if (a->any.sa_family != b->any.sa_family) return 0;
    if (with_port && address_port(a) != address_port(b)) return 0;
    if (a->any.sa_family != AF_INET6) return a->in4.sin_addr.s_addr == b->in4.sin_addr.s_addr;
    if (memcmp(&a->in6.sin6_addr, &b->in6.sin6_addr, sizeof(a->in6.sin6_addr)) != 0) return 0;
    return !a->in6.sin6_scope_id || !b->in6.sin6_scope_id || a->in6.sin6_scope_id == b->in6.sin6_scope_id;
}

/* sin_port and sin6_port are at the same place. */
_Static_assert(offsetof(struct sockaddr_in, sin_port) == offsetof(struct sockaddr_in6, sin6_port), "ports differ");

unsigned address_port(const union address *address)
{
    return ntohs(address->in4.sin_port);
}

void address_set_port(union address *address, unsigned port)
{
    address->in4.sin_port = htons((u_short)port);
}

const char *debugstr_address(const union address *address)
{
    char text[SNMP_ADDRESS_TEXT_SIZE + 16];
    size_t length = address_to_text(address, text);

    snprintf(text + length - 1, sizeof(text) - length + 1, " port %u", address_port(address));
    return cork_debugstr_a(text);
}
