/*
 * A stand-in for WMI. See mi_fake_wmi.h. It is a class object for the locator's class, registered in this process: COM
 * takes it before the DLL's. What it lets through goes to the real locator.
 */
#define COBJMACROS
#define CINTERFACE
#include "mi_fake_wmi.h"

#include <wchar.h>

static IClassFactory *real;
static DWORD cookie;
static HANDLE gate; /* set: nothing is held up */
static volatile LONG blocked, under_way, note_only;
static HANDLE changed;
static struct wmi_told told;

/* ---- What is noted ---- */

static void note_context(IWbemContext *context)
{
    VARIANT value;

    told.architecture = 0;
    told.option[0] = 0;
    if (!context) return;
    VariantInit(&value);
    if (SUCCEEDED(IWbemContext_GetValue(context, L"__ProviderArchitecture", 0, &value)) && V_VT(&value) == VT_I4)
        told.architecture = V_I4(&value);
    VariantClear(&value);
    if (SUCCEEDED(IWbemContext_GetValue(context, L"TestOption", 0, &value)) && V_VT(&value) == VT_BSTR)
        lstrcpynW(told.option, V_BSTR(&value), sizeof(told.option) / sizeof(told.option[0]));
    VariantClear(&value);
}

/* ---- Services that only note an enumeration ---- */

static HRESULT STDMETHODCALLTYPE services_QueryInterface(IWbemServices *self, REFIID id, void **object)
{
    (void)self;
    (void)id;
    *object = NULL;
    return E_NOINTERFACE;
}

static ULONG STDMETHODCALLTYPE services_count(IWbemServices *self)
{
    (void)self;
    return 1;
}

static HRESULT STDMETHODCALLTYPE services_CreateInstanceEnum(IWbemServices *self, BSTR class_name, LONG flags,
                                                             IWbemContext *context, IEnumWbemClassObject **objects)
{
    (void)self;
    (void)class_name;
    *objects = NULL;
    told.flags = flags;
    note_context(context);
    return WBEM_E_ACCESS_DENIED;
}

static IWbemServicesVtbl services_table = {.QueryInterface = services_QueryInterface,
                                           .AddRef = services_count,
                                           .Release = services_count,
                                           .CreateInstanceEnum = services_CreateInstanceEnum};
static IWbemServices services = {&services_table};

/* ---- The locator ---- */

static HRESULT STDMETHODCALLTYPE locator_QueryInterface(IWbemLocator *self, REFIID id, void **object)
{
    *object = IsEqualGUID(id, &IID_IWbemLocator) || IsEqualGUID(id, &IID_IUnknown) ? self : NULL;
    return *object ? S_OK : E_NOINTERFACE;
}

static ULONG STDMETHODCALLTYPE locator_count(IWbemLocator *self)
{
    (void)self;
    return 1;
}

static HRESULT connect_really(BSTR name_space, IWbemServices **out)
{
    IWbemLocator *locator;
    HRESULT result = IClassFactory_CreateInstance(real, NULL, &IID_IWbemLocator, (void **)&locator);

    if (FAILED(result)) return result;
    result = IWbemLocator_ConnectServer(locator, name_space, NULL, NULL, NULL, 0, NULL, NULL, out);
    IWbemLocator_Release(locator);
    return result;
}

static HRESULT STDMETHODCALLTYPE locator_ConnectServer(IWbemLocator *self, const BSTR name_space, const BSTR user,
                                                       const BSTR password, const BSTR locale, LONG flags,
                                                       const BSTR authority, IWbemContext *context, IWbemServices **out)
{
    HRESULT result;

    (void)self;
    (void)user;
    (void)password;
    (void)flags;
    (void)authority;
    InterlockedIncrement(&under_way);
    InterlockedIncrement(&blocked);
    SetEvent(changed);
    WaitForSingleObject(gate, INFINITE);
    InterlockedDecrement(&blocked);
    if (note_only)
    {
        lstrcpynW(told.locale, locale ? locale : L"", sizeof(told.locale) / sizeof(told.locale[0]));
        note_context(context);
        *out = &services;
        result = S_OK;
    }
    else
        result = connect_really(name_space, out);
    InterlockedDecrement(&under_way);
    SetEvent(changed);
    return result;
}

static IWbemLocatorVtbl locator_table = {locator_QueryInterface, locator_count, locator_count, locator_ConnectServer};
static IWbemLocator locator = {&locator_table};

/* ---- Its class object ---- */

static HRESULT STDMETHODCALLTYPE factory_QueryInterface(IClassFactory *self, REFIID id, void **object)
{
    *object = IsEqualGUID(id, &IID_IClassFactory) || IsEqualGUID(id, &IID_IUnknown) ? self : NULL;
    return *object ? S_OK : E_NOINTERFACE;
}

static ULONG STDMETHODCALLTYPE factory_count(IClassFactory *self)
{
    (void)self;
    return 1;
}

static HRESULT STDMETHODCALLTYPE factory_CreateInstance(IClassFactory *self, IUnknown *outer, REFIID id, void **object)
{
    (void)self;
    (void)outer;
    return locator_QueryInterface(&locator, id, object);
}

static HRESULT STDMETHODCALLTYPE factory_LockServer(IClassFactory *self, BOOL lock)
{
    (void)self;
    (void)lock;
    return S_OK;
}

static IClassFactoryVtbl factory_table = {factory_QueryInterface, factory_count, factory_count, factory_CreateInstance,
                                          factory_LockServer};
static IClassFactory factory = {&factory_table};

int fake_wmi_begin(void)
{
    if (!gate) gate = CreateEventW(NULL, TRUE, TRUE, NULL);
    if (!changed) changed = CreateEventW(NULL, FALSE, FALSE, NULL);
    if (FAILED(CoInitializeEx(NULL, COINIT_MULTITHREADED))) return 0;
    note_only = 0;
    return SUCCEEDED(
               CoGetClassObject(&CLSID_WbemLocator, CLSCTX_INPROC_SERVER, NULL, &IID_IClassFactory, (void **)&real)) &&
           SUCCEEDED(CoRegisterClassObject(&CLSID_WbemLocator, (IUnknown *)&factory, CLSCTX_INPROC_SERVER,
                                           REGCLS_MULTIPLEUSE, &cookie));
}

void fake_wmi_end(void)
{
    fake_wmi_release();
    fake_wmi_wait_idle();
    CoRevokeClassObject(cookie);
    IClassFactory_Release(real);
    CoUninitialize();
}

void fake_wmi_block(void)
{
    ResetEvent(gate);
}

void fake_wmi_wait_blocked(LONG count)
{
    while (blocked < count)
        WaitForSingleObject(changed, INFINITE);
}

void fake_wmi_release(void)
{
    SetEvent(gate);
}

void fake_wmi_wait_idle(void)
{
    while (under_way)
        WaitForSingleObject(changed, INFINITE);
}

void fake_wmi_note_only(void)
{
    note_only = 1;
    memset(&told, 0, sizeof(told));
}

const struct wmi_told *fake_wmi_told(void)
{
    return &told;
}
