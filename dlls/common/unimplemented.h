/*
 * What winebuild's `stub` entries call.
 *
 * A line `@ stub Name` (or `17 stub Name`) in a .spec file exports a name that a real DLL has and that is not
 * documented, so that programs load; calling it ends here. winebuild makes the code; linking with libcork is all that
 * is needed.
 */
#ifndef CORK_COMMON_UNIMPLEMENTED_H
#define CORK_COMMON_UNIMPLEMENTED_H

/* Traces a FIXME (channel "cork") and raises the exception EXCEPTION_WINE_STUB (0x80000100, non-continuable) with the
 * two strings as its parameters, as Wine's own DLLs do, so that debuggers and Wine's last-chance handler name the
 * function. Does not return. */
__attribute__((noreturn)) void __wine_spec_unimplemented_stub(const char *module, const char *function);

#endif
