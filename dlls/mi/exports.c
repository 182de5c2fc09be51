/*
 * mi.h's inline functions under their own names, for languages that bind by name: here they are no inline functions.
 */
#pragma GCC diagnostic ignored "-Wmissing-prototypes"

#define MI_INLINE
#define MI_CLIENT_IMPORT
#include <mi.h>

/* There is no provider's module in mi.dll: MI_Server_... answer MI_RESULT_INVALID_PARAMETER. */
MI_Server *__mi_server;
