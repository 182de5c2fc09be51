/*
 * Entities: what entity.c and socket_address.c offer beside what wsnmp32.h declares.
 */
#ifndef CORK_WSNMP32_ENTITY_H
#define CORK_WSNMP32_ENTITY_H

#include "wsnmp32/address.h"
#include "wsnmp32/wsnmp32.h"

#define SNMP_PORT 161 /* "the default port": SnmpSetPort */

/* Reads the settings Timeout and Retry, for the entities made from then on. At start, before there are any. */
void entity_read_defaults(void);

/* The transport address of a literal one, IPv4 or IPv6, with a port in host byte order. 0 where its IPv6 scope names no
 * interface. */
int address_from_literal(const struct snmp_address *literal, unsigned port, union address *address);

/* The address of a host name, which may take as long as the system's resolver takes; the first IPv4 address, since that
 * is where SNMP agents listen, else the first IPv6 one. 0 where there is none. */
int address_from_name(const char *name, unsigned port, union address *address);

/* The literal text, without the port. Returns its bytes with its 0. */
size_t address_to_text(const union address *address, char text[SNMP_ADDRESS_TEXT_SIZE]);

#endif
