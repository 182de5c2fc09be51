/*
 * What the ntmsapi tests share. See ntmsapi_test.h.
 */
#include "ntmsapi_test.h"

#include "api_loader.h"

#define DEFINE_FUNCTION(name, count) __typeof__(name) *p##name;
NTMSAPI_FUNCTIONS(DEFINE_FUNCTION)

#define LIST_FUNCTION(name, count) {#name, count, (void **)&p##name, 0},
static struct api_entry functions[] = {NTMSAPI_FUNCTIONS(LIST_FUNCTION){NULL, 0, NULL, 0}};

NTMS_GUID no_object = {0x6ba7b810, 0x9dad, 0x11d1, {0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8}};

void load_api(int report)
{
    load_functions("ntmsapi.dll", functions, report);
}

int function_is_there(const char *name)
{
    return entry_is_there(functions, name);
}

void before_case(void)
{
}

int returned(DWORD result, DWORD code)
{
    note("returned %lu, expected %lu", result, code);
    return result == code;
}

int failed_with(HANDLE result, DWORD code)
{
    DWORD error = GetLastError();

    note("returned %p, the last error is %lu, expected %lu", result, error, code);
    return result == INVALID_HANDLE_VALUE && error == code;
}

HANDLE open_session(void)
{
    return function_is_there("OpenNtmsSessionW") ? pOpenNtmsSessionW(NULL, L"ntmsapi_conformance", 0)
                                                 : INVALID_HANDLE_VALUE;
}

void end_without_closing(const char *how)
{
    (void)how;
    load_api(0);
    open_session();
    ExitProcess(42);
}
