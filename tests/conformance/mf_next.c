/*
 * Where the next DLL comes from, and what is done without one. Each step is in a process of which mf.dll has not yet
 * loaded the next one; what cannot be loaded is looked for anew at the next call.
 */
#include "mf_test.h"

#define SKIPPED "Cork's own"

/* A function that no implementation of this DLL does itself, and that the builtin has. */
static HRESULT passed_on(void)
{
    PROPVARIANT schemes;
    HRESULT result;

    PropVariantInit(&schemes);
    result = pMFGetSupportedSchemes(&schemes);
    PropVariantClear(&schemes);
    return result;
}

static HRESULT with_next(const char *name)
{
    SetEnvironmentVariableA("CORK_MF_NEXT", name);
    return passed_on();
}

static void absent(void)
{
    char own[MAX_PATH] = "";
    IClassFactory *factory = NULL;
    GUID nothing = {0};

    if (is_cork()) GetModuleFileNameA(GetModuleHandleA("mf.dll"), own, sizeof(own));
    CHECK_NAMED_IF(is_cork(), SKIPPED, "MFGetSupportedSchemes", "absent",
                   "Where the next DLL is absent, the call fails with E_NOTIMPL.",
                   GIVES(E_NOTIMPL, with_next("no_such_mf.dll")) &&
                       GIVES(E_NOTIMPL, with_next("C:\\no\\such\\mf.dll")));
    CHECK_NAMED_IF(
        is_cork(), SKIPPED, "DllGetClassObject", "absent", "Class factories likewise.",
        GIVES(CLASS_E_CLASSNOTAVAILABLE,
              ((HRESULT(WINAPI *)(REFCLSID, REFIID, void **))(void *)GetProcAddress(
                  GetModuleHandleA("mf.dll"), "DllGetClassObject"))(&nothing, &IID_IClassFactory, (void **)&factory)) &&
            !factory);
    CHECK_NAMED_IF(is_cork(), SKIPPED, "MFGetSupportedSchemes", "itself",
                   "The next DLL is never this one: the call fails with E_NOTIMPL.", GIVES(E_NOTIMPL, with_next(own)));
    CHECK_NAMED_IF(is_cork(), SKIPPED, "MFGetSupportedSchemes", "again",
                   "What Cork does not implement is passed on to the next DLL.", OK(with_next(NULL)));
}

static const struct test_case cases[] = {{"absent", absent}, {NULL, NULL}};
const struct group next_group = {"next", __FILE__, cases};
