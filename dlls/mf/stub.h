/*
 * Recognizing an export that is only one of winebuild's stubs.
 *
 * For a line `@ stub Name` winebuild makes code that calls __wine_spec_unimplemented_stub with the module's and the
 * function's names, which raises an exception that ends the program. The code is recognized by what it does: it loads
 * two addresses, calls, and the second address is that of the export's own name inside the module. No function that
 * does anything else begins like that.
 */
#ifndef CORK_MF_STUB_H
#define CORK_MF_STUB_H

#include <stdbool.h>

/* Whether `function`, which the loaded `module` (its base address) exports as `name`, is a stub. Reads nothing outside
 * the module. Any thread. */
bool mf_is_stub(const void *module, const void *function, const char *name);

#endif
