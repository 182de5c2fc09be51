/*
 * What the mf.dll tests share. See mf_test.h.
 */
#include "mf_test.h"

#define MF_POINTER(name, words) __typeof__(name) *p##name;
MF_FUNCTIONS(MF_POINTER)
#undef MF_POINTER

/* In 32 bit the callee takes the parameters off the stack, so the number of their words matters. */
#pragma GCC diagnostic ignored "-Wunused-parameter"
static HRESULT WINAPI missing_1(ULONG_PTR a)
{
    return E_NOTIMPL;
}
static HRESULT WINAPI missing_2(ULONG_PTR a, ULONG_PTR b)
{
    return E_NOTIMPL;
}
static HRESULT WINAPI missing_3(ULONG_PTR a, ULONG_PTR b, ULONG_PTR c)
{
    return E_NOTIMPL;
}
static HRESULT WINAPI missing_4(ULONG_PTR a, ULONG_PTR b, ULONG_PTR c, ULONG_PTR d)
{
    return E_NOTIMPL;
}
static HRESULT WINAPI missing_7(ULONG_PTR a, ULONG_PTR b, ULONG_PTR c, ULONG_PTR d, ULONG_PTR e, ULONG_PTR f,
                                ULONG_PTR g)
{
    return E_NOTIMPL;
}

static HMODULE module;

static void *load(const char *name, void *replacement, int report)
{
    void *function = module ? (void *)GetProcAddress(module, name) : NULL;

    if (report && module && !function) printf("# mf.dll does not export %s\n", name);
    return function ? function : replacement;
}

void load_api(int report)
{
    char path[MAX_PATH] = "";

    module = LoadLibraryA("mf.dll");
    if (module) GetModuleFileNameA(module, path, sizeof(path));
    if (report && module) printf("# mf.dll is %s\n", path);
    if (report && !module) printf("# mf.dll cannot be loaded: error %lu\n", GetLastError());
#define MF_POINTER(name, words) p##name = (__typeof__(p##name))load(#name, (void *)missing_##words, report);
    MF_FUNCTIONS(MF_POINTER)
#undef MF_POINTER
    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    MFStartup(MF_VERSION, MFSTARTUP_FULL);
}

/* A method's name has its interface's in front, and the object comes from a function. */
int function_is_there(const char *name)
{
    return strchr(name, '_') || (module && GetProcAddress(module, name));
}

int is_cork(void)
{
    const char *base = (const char *)module;

    return module && GetProcAddress(GetModuleHandleA("ntdll.dll"), "wine_get_version") &&
           strncmp(base + sizeof(IMAGE_DOS_HEADER), "Wine builtin DLL", 16) != 0;
}

void before_case(void)
{
}

void end_without_closing(const char *how)
{
    IMFMediaSession *session = NULL;

    (void)how;
    pMFCreateMediaSession(NULL, &session);
    ExitProcess(session ? 42 : 1);
}

int is_result(HRESULT result, HRESULT expected)
{
    note("the result is %#lx", result);
    return result == expected;
}

ULONG references(void *object)
{
    IUnknown_AddRef((IUnknown *)object);
    return IUnknown_Release((IUnknown *)object);
}

int gone(void *object)
{
    IUnknown **place = object;
    ULONG left = *place ? IUnknown_Release(*place) : 0;

    *place = NULL;
    note("%lu references are left", left);
    return !left;
}

void drop(void *object)
{
    gone(object);
}
