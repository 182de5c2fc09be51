/*
 * What an operation's flags and options, and its session's defaults, come to.
 */
#ifndef CORK_MI_OPERATION_OPTIONS_H
#define CORK_MI_OPERATION_OPTIONS_H

#include "mi/destination.h"
#include "mi/request.h"

/* Reads the options (may be NULL) and flags into the request. What cannot be complied with is left in `refused`, and
 * what is no option or flag in `bad`. */
void mi_request_take_options(struct mi_request *request, MI_Uint32 flags, const MI_OperationOptions *options,
                             const struct mi_destination *destination);

/* Of the options that a request has, the context that goes with it to WMI's providers, by name: custom options, and the
 * provider's architecture. Walks them: `at` is 0 at first; false at the end. The name and value are the request's. */
bool mi_request_next_context(const struct mi_request *request, MI_Uint32 *at, const MI_Char **name, MI_Value *value,
                             MI_Type *type);

#endif
