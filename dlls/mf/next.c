/* The next mf.dll. See next.h. */
#include "mf/next.h"

#include "common/trace.h"
#include "mf/settings.h"
#include "mf/stub.h"

#include <stdio.h>
#include <wchar.h>

CORK_TRACE_CHANNEL(mf);

#define PATH_SIZE CORK_SETTING_STRING_MAX

/* The file that the setting names: a bare name is one of the system folder, so that no program's own folder can put
 * another in its place. False where there is no room. */
static BOOL find_next(WCHAR path[PATH_SIZE])
{
    char value[CORK_SETTING_STRING_MAX];
    WCHAR name[PATH_SIZE], folder[MAX_PATH];

    if (cork_setting_string(&cork_settings_mf, "Next", value, sizeof(value)) >= sizeof(value)) return FALSE;
    if (!MultiByteToWideChar(CP_UTF8, 0, value, -1, name, PATH_SIZE)) return FALSE;
    folder[0] = 0;
    if (!wcspbrk(name, L"\\/"))
    {
        UINT length = GetSystemDirectoryW(folder, MAX_PATH - 1);

        if (!length || length >= MAX_PATH - 1) return FALSE;
        wcscpy(folder + length, L"\\");
    }
    if (wcslen(folder) + wcslen(name) >= PATH_SIZE) return FALSE;
    wcscat(wcscpy(path, folder), name);
    return TRUE;
}

static HMODULE load_next(void)
{
    WCHAR path[PATH_SIZE];
    HMODULE module;

    if (!find_next(path))
    {
        CORK_FIXME("the name of the next mf.dll is too long\n");
        return NULL;
    }
    module = LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    if (!module)
    {
        CORK_FIXME("the next mf.dll, %s, cannot be loaded: error %lu\n", cork_debugstr_w(path), GetLastError());
        return NULL;
    }
    if (module == mf_module)
    {
        CORK_FIXME("the next mf.dll, %s, is this one itself\n", cork_debugstr_w(path));
        FreeLibrary(module);
        return NULL;
    }
    return module;
}

HMODULE mf_next(void)
{
    static void *volatile loaded;
    HMODULE module = InterlockedCompareExchangePointer(&loaded, NULL, NULL);
    HMODULE other;

    if (module) return module;
    module = load_next();
    if (!module) return NULL;
    other = InterlockedCompareExchangePointer(&loaded, module, NULL);
    /* Another thread was first: the same file, of which one reference is enough. */
    if (other) FreeLibrary(module);
    return other ? other : module;
}

void *mf_next_function(const char *name)
{
    HMODULE module = mf_next();
    void *function = module ? (void *)GetProcAddress(module, name) : NULL;

    if (function && mf_is_stub(module, function, name)) function = NULL;
    if (!function) CORK_FIXME("%s: not in the next mf.dll\n", name);
    return function;
}
