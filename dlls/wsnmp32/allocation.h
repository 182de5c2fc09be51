/*
 * The allocator of the portable half of wsnmp32: function pointers, so that a test can make any allocation fail.
 */
#ifndef CORK_WSNMP32_ALLOCATION_H
#define CORK_WSNMP32_ALLOCATION_H

#include <stddef.h>

/*
 * snmp_alloc: `size` bytes (never 0), aligned as malloc aligns, contents undefined; NULL when there is no memory.
 * snmp_free: gives back what snmp_alloc returned; NULL is allowed.
 *
 * malloc and free unless set otherwise. Set both before the first use of the library, on one thread; the functions
 * themselves are called on any thread.
 */
extern void *(*snmp_alloc)(size_t size);
extern void (*snmp_free)(void *memory);

#endif
