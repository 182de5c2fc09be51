/*
 * Loads a DLL's functions into pointers; a function that is not there is replaced by one that takes as many parameters
 * and returns 0.
 */
#ifndef CORK_TESTS_API_LOADER_H
#define CORK_TESTS_API_LOADER_H

struct api_entry
{
    const char *name;
    int parameters;
    void **pointer;
    int there;
};

/* Loads `dll` and fills in the list, which ends with a NULL name. Prints the DLL's path and the missing functions as
 * TAP comments if `report`. A DLL that cannot be loaded counts as one without any function. */
void load_functions(const char *dll, struct api_entry *list, int report);
/* Whether the list's DLL exports the function; 1 for a name that is not in the list. */
int entry_is_there(const struct api_entry *list, const char *name);

#endif
