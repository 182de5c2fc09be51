/*
 * Handles: applications, sessions, operations and sets of options. A handle structure has a number of libcork's handle
 * table in reserved1, so that copies of a closed handle, and made up ones, are found out; the table says which kind.
 */
#ifndef CORK_MI_HANDLES_H
#define CORK_MI_HANDLES_H

#include <mi.h>

#include "common/handle_table.h"

enum mi_handle_kind
{
    MI_HANDLE_APPLICATION = 1,
    MI_HANDLE_SESSION,
    MI_HANDLE_OPERATION,
    MI_HANDLE_DESTINATION_OPTIONS,
    MI_HANDLE_OPERATION_OPTIONS,
    MI_HANDLE_SUBSCRIPTION_OPTIONS,
    MI_HANDLE_KINDS = MI_HANDLE_SUBSCRIPTION_OPTIONS
};

/* How each kind is cancelled and destroyed; the first is MI_HANDLE_APPLICATION's. */
extern const struct cork_handle_type mi_handle_types[MI_HANDLE_KINDS];

/* The one table; NULL for lack of memory. It is never freed: other threads may be in the library until the end. */
struct cork_handle_table *mi_handles(void);

/* Gives an object a handle. Returns MI_RESULT_OK or MI_RESULT_SERVER_LIMITS_EXCEEDED; the object is the table's from
 * success on. */
MI_Result mi_handle_open(enum mi_handle_kind kind, void *object, MI_Uint64 *reserved1, struct cork_pin *pin);

/* Pins the object behind a handle, until cork_pin_release. NULL where there is none of that kind. */
void *mi_handle_acquire(MI_Uint64 reserved1, enum mi_handle_kind kind, struct cork_pin *pin);

#endif
