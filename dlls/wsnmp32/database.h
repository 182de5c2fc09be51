/*
 * The database of user-friendly names ("The WinSNMP Database"), for SNMPAPI_TRANSLATED mode. It is the user's, in the
 * registry:
 *
 *   HKEY_LOCAL_MACHINE\Software\Cork\wsnmp32\Entities\NAME   Address  REG_SZ     a literal address or host name
 *                                                            Port     REG_DWORD  161 if not there
 *                                                            Version  REG_DWORD  1 (SNMPv1) or 2 (SNMPv2c); by the PDU
 * if not there Timeout  REG_DWORD  hundredths of a second; the setting's if not there Retry    REG_DWORD  the setting's
 * if not there HKEY_LOCAL_MACHINE\Software\Cork\wsnmp32\Contexts\NAME   Community  REG_SZ or REG_BINARY
 *
 * in the 64-bit view for 32-bit programs too, as the settings. Each call looks anew. Any thread.
 */
#ifndef CORK_WSNMP32_DATABASE_H
#define CORK_WSNMP32_DATABASE_H

#include "wsnmp32/address.h"

#include <stdint.h>

#define DATABASE_COMMUNITY_MAX 1024 /* bytes */

enum database_result
{
    DATABASE_NONE, /* no such name */
    DATABASE_FOUND,
    DATABASE_INVALID /* the name is there, but without an Address or Community that can be used */
};

/* Numbers that are not there are what the caller set before. */
struct database_entity
{
    char address[SNMP_ADDRESS_TEXT_SIZE];
    uint32_t port;
    uint32_t version; /* 1 or 2; another one counts as not there */
    uint32_t timeout;
    uint32_t retry;
};

/* name is terminated; one that no entry can have (empty, longer than 255 characters, with a backslash) is
 * DATABASE_NONE. */
enum database_result database_find_entity(const char *name, struct database_entity *entity);

/* The name (of at most 255 characters) of entity number `index` from 0 on, in no particular order; 0 behind the last.
 */
int database_entity_name(uint32_t index, char name[SNMP_ADDRESS_TEXT_SIZE]);

/* name is `length` bytes that need no 0 behind. *community_length: bytes in `community`. */
enum database_result database_find_context(const void *name, uint32_t length, uint8_t community[DATABASE_COMMUNITY_MAX],
                                           uint32_t *community_length);

#endif
