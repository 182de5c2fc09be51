/*
 * How wsnmp32.dll asks corkd's service "trap" for traps: corkd owns the UDP port and every process gets each datagram.
 * Portable: corkd includes it too.
 *
 * Requests, with their arguments and the reply's code (enum trap_result):
 *   TRAP_LISTEN   u16 port                 the datagrams of this port come as events from now on
 *   TRAP_UNLISTEN u16 port                 and no longer
 *   TRAP_ANSWER   u64 datagram, bytes      sends the bytes to where the datagram came from: the first answer only, so
 * that an inform is acknowledged once Event TRAP_DATAGRAM: u64 datagram, u16 port (the one listened at), address from,
 * address to, bytes. An address: u8 family (4 or 6), u16 port, u32 scope (IPv6), 16 bytes (IPv4: the first four).
 */
#ifndef CORK_WSNMP32_TRAP_SERVICE_H
#define CORK_WSNMP32_TRAP_SERVICE_H

#define TRAP_SERVICE "trap"

enum trap_method
{
    TRAP_LISTEN = 1,
    TRAP_UNLISTEN,
    TRAP_ANSWER,
};

enum trap_event
{
    TRAP_DATAGRAM = 1,
};

enum trap_result
{
    TRAP_OK,
    TRAP_IN_USE,      /* another program has the port */
    TRAP_NOT_ALLOWED, /* a port below 1024, which takes root or a capability */
    TRAP_FAILED,      /* no socket for another reason */
    TRAP_NO_MEMORY,
    TRAP_ANSWERED, /* somebody else has answered it */
    TRAP_GONE,     /* too long ago to be answered, or never there */
};

#endif
