/*
 * The next mf.dll: the one that does what this one does not.
 *
 * Under Wine it is a copy of the builtin mf.dll beside this one, as mf_next.dll; the setting Next names another. It is
 * loaded on first use and stays loaded.
 */
#ifndef CORK_MF_NEXT_H
#define CORK_MF_NEXT_H

#include <windows.h>

/* This DLL's own module; set when it is loaded. */
extern HINSTANCE mf_module;

/* The next DLL; NULL, with a trace, where there is none or where it would be this one. It stays this DLL's. Any thread,
 * but not from DllMain. */
HMODULE mf_next(void);

/* The next DLL's export `name`; NULL, with a trace, where it has none or where it only has Wine's stub, which ends the
 * program that calls it. Any thread, but not from DllMain. */
void *mf_next_function(const char *name);

#endif
