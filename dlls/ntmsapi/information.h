/*
 * NTMS_OBJECTINFORMATION, A and W, and the service's "object" values.
 */
#ifndef CORK_NTMSAPI_INFORMATION_H
#define CORK_NTMSAPI_INFORMATION_H

#include "ntmsapi/call.h"

/* Whether a structure of `size` bytes (its dwSize) can be used for objects of `type`: the whole structure's size, or
 * that of the common part and the type's own. `type` NTMS_UNKNOWN needs the whole. */
BOOL information_is_valid(DWORD type, DWORD size, BOOL wide);
/* Puts the object of a structure whose size and type are valid and not NTMS_UNKNOWN. Arrays without a terminator end
 * with their last element. */
void information_put(struct host_encoder *encoder, const void *information, BOOL wide);
/* Reads an object into a structure of `size` bytes, all of which are written. False: the values are not an object, or
 * one of another type than `type` (NTMS_UNKNOWN: of any); nothing was written then. */
BOOL information_get(struct host_decoder *decoder, void *information, DWORD type, DWORD size, BOOL wide);

#endif
