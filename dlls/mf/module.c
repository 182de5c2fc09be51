/* Loading and unloading, class objects and registration. */
#include "mf/next.h"

#include "common/trace.h"

#include <initguid.h>
#include <objbase.h>
#include <wchar.h>

CORK_TRACE_CHANNEL(mf);

HINSTANCE mf_module;

/* What COM and RegSvr32 call; not in a header. */
BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, void *reserved);
HRESULT WINAPI DllRegisterServer(void);
HRESULT WINAPI DllUnregisterServer(void);
HRESULT WINAPI DllGetActivationFactory(void *class_id, void **factory);

/* The DLL stays loaded: work items, clocks' timers and callbacks of its sessions come from mfplat's threads, some of
 * them after an application's last reference. */
BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, void *reserved)
{
    HMODULE pinned;

    (void)reserved;
    if (reason != DLL_PROCESS_ATTACH) return TRUE;
    mf_module = instance;
    DisableThreadLibraryCalls(instance);
    return GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_PIN | GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (void *)instance,
                              &pinned);
}

HRESULT WINAPI DllCanUnloadNow(void)
{
    return S_FALSE;
}

/* There is no class of this DLL's own: all are the next one's. */
HRESULT WINAPI DllGetClassObject(REFCLSID class_id, REFIID riid, void **object)
{
    HRESULT(WINAPI * next)(REFCLSID, REFIID, void **) = mf_next_function("DllGetClassObject");

    if (!object) return E_POINTER;
    *object = NULL;
    return next ? next(class_id, riid, object) : CLASS_E_CLASSNOTAVAILABLE;
}

/* For Windows Runtime classes, of which the documentation names none in this DLL. */
HRESULT WINAPI DllGetActivationFactory(void *class_id, void **factory)
{
    HRESULT(WINAPI * next)(void *, void **) = mf_next_function("DllGetActivationFactory");

    if (!factory) return E_POINTER;
    *factory = NULL;
    return next ? next(class_id, factory) : CLASS_E_CLASSNOTAVAILABLE;
}

#define CLASS_PATH_SIZE 128

/* Names this DLL as the server of a class that names the next one. */
static void take_class(const WCHAR *class_id, const WCHAR *next_path, const WCHAR *own_path)
{
    WCHAR key[CLASS_PATH_SIZE], server[MAX_PATH];
    DWORD size = sizeof(server);

    if (wcslen(class_id) + wcslen(L"CLSID\\\\InprocServer32") >= CLASS_PATH_SIZE) return;
    wcscat(wcscat(wcscpy(key, L"CLSID\\"), class_id), L"\\InprocServer32");
    if (RegGetValueW(HKEY_CLASSES_ROOT, key, NULL, RRF_RT_REG_SZ, NULL, server, &size)) return;
    if (_wcsicmp(server, next_path)) return;
    RegSetKeyValueW(HKEY_CLASSES_ROOT, key, NULL, REG_SZ, own_path, (DWORD)((wcslen(own_path) + 1) * sizeof(WCHAR)));
}

/* Classes that the next DLL has registered with its own file, which is gone when Cork is taken away, are given this
 * DLL's, which passes them on and whose name stays. */
static HRESULT take_classes(void)
{
    WCHAR next_path[MAX_PATH], own_path[MAX_PATH], class_id[CLASS_PATH_SIZE];
    HKEY classes;
    LSTATUS status;

    if (!GetModuleFileNameW(mf_next(), next_path, MAX_PATH) || !GetModuleFileNameW(mf_module, own_path, MAX_PATH))
        return HRESULT_FROM_WIN32(GetLastError());
    status = RegOpenKeyExW(HKEY_CLASSES_ROOT, L"CLSID", 0, KEY_READ, &classes);
    if (status) return HRESULT_FROM_WIN32(status);
    for (DWORD i = 0; status != ERROR_NO_MORE_ITEMS; i++)
    {
        DWORD length = CLASS_PATH_SIZE;

        status = RegEnumKeyExW(classes, i, class_id, &length, NULL, NULL, NULL, NULL);
        if (!status) take_class(class_id, next_path, own_path);
    }
    RegCloseKey(classes);
    return S_OK;
}

HRESULT WINAPI DllRegisterServer(void)
{
    HRESULT(WINAPI * next)(void) = mf_next_function("DllRegisterServer");
    HRESULT result = next ? next() : S_OK;

    CORK_TRACE("the next DLL's: %#lx\n", result);
    return next && SUCCEEDED(result) ? take_classes() : result;
}

HRESULT WINAPI DllUnregisterServer(void)
{
    HRESULT(WINAPI * next)(void) = mf_next_function("DllUnregisterServer");

    return next ? next() : S_OK;
}
