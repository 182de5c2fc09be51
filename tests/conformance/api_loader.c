/*
 * Functions of the DLL under test, loaded at run time. See api_loader.h.
 */
#include "api_loader.h"

#include <winsock2.h>
#include <windows.h>
#include <stdio.h>
#include <string.h>

#define P1 ULONG_PTR a
#define P2 P1, ULONG_PTR b
#define P3 P2, ULONG_PTR c
#define P4 P3, ULONG_PTR d
#define P5 P4, ULONG_PTR e
#define P6 P5, ULONG_PTR f
#define P7 P6, ULONG_PTR g
#define P8 P7, ULONG_PTR h

#pragma GCC diagnostic ignored "-Wunused-parameter"
/* In 32 bit the callee takes the parameters off the stack, so their number matters. */
static ULONG_PTR WINAPI missing_0(void)
{
    return 0;
}
static ULONG_PTR WINAPI missing_1(P1)
{
    return 0;
}
static ULONG_PTR WINAPI missing_2(P2)
{
    return 0;
}
static ULONG_PTR WINAPI missing_3(P3)
{
    return 0;
}
static ULONG_PTR WINAPI missing_4(P4)
{
    return 0;
}
static ULONG_PTR WINAPI missing_5(P5)
{
    return 0;
}
static ULONG_PTR WINAPI missing_6(P6)
{
    return 0;
}
static ULONG_PTR WINAPI missing_7(P7)
{
    return 0;
}
static ULONG_PTR WINAPI missing_8(P8)
{
    return 0;
}

static void *const missing[] = {(void *)missing_0, (void *)missing_1, (void *)missing_2,
                                (void *)missing_3, (void *)missing_4, (void *)missing_5,
                                (void *)missing_6, (void *)missing_7, (void *)missing_8};

void load_functions(const char *dll, struct api_entry *list, int report)
{
    HMODULE module = LoadLibraryA(dll);
    char path[MAX_PATH] = "";

    if (module) GetModuleFileNameA(module, path, sizeof(path));
    if (report && module) printf("# %s is %s\n", dll, path);
    if (report && !module) printf("# %s cannot be loaded: error %lu\n", dll, GetLastError());
    for (; list->name; list++)
    {
        FARPROC function = module ? GetProcAddress(module, list->name) : NULL;

        list->there = !!function;
        *list->pointer = function ? (void *)function : missing[list->parameters];
        if (report && !function) printf("# %s does not export %s\n", dll, list->name);
    }
}

int entry_is_there(const struct api_entry *list, const char *name)
{
    for (; list->name; list++)
        if (!strcmp(list->name, name)) return list->there;
    return 1;
}
