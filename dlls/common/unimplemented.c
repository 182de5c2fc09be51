/* What winebuild's `stub` entries call. */
#ifdef _WIN32

#include "common/unimplemented.h"

#include <windows.h>

#include "common/trace.h"

CORK_TRACE_CHANNEL(cork);

/* As Wine's include/winternl.h has it; not in Windows' own headers. */
#define EXCEPTION_WINE_STUB 0x80000100

void __wine_spec_unimplemented_stub(const char *module, const char *function)
{
    ULONG_PTR arguments[2] = {(ULONG_PTR)module, (ULONG_PTR)function};

    CORK_FIXME("unimplemented function %s.%s called\n", module, function);
    /* A handler may try to go on, which a non-continuable exception answers with another one. */
    for (;;)
        RaiseException(EXCEPTION_WINE_STUB, EXCEPTION_NONCONTINUABLE, 2, arguments);
}

#endif
