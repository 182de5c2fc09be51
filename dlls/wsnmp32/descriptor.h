/*
 * The memory of output descriptors: what the ptr member of an smiOID or smiOCTETS that Cork fills in points to. It is
 * the application's until SnmpFreeDescriptor or SnmpCleanup, and belongs to no session.
 */
#ifndef CORK_WSNMP32_DESCRIPTOR_H
#define CORK_WSNMP32_DESCRIPTOR_H

#include <stddef.h>

/* size bytes (0 is allowed and gives a pointer too), aligned for any type; NULL when there is no memory. Any thread. */
void *descriptor_alloc(size_t size);

/* Gives back what descriptor_alloc returned and the application has not seen yet. NULL is ignored. */
void descriptor_discard(void *memory);

/* Frees all that is left: "the implementation deallocates all resources allocated to the application" (SnmpCleanup). */
void descriptors_free_all(void);

#endif
