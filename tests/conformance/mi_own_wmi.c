/* A WMI of the tests' own. See mi_own_wmi.h. */
#define COBJMACROS
#include "mi_own_wmi.h"

#include "mi_operate.h"
#include "mi_own_object.h"

#include <wchar.h>

#define MAX_STORED 8

static struct own_object *stored[MAX_STORED];
static WCHAR last_query[512];

const WCHAR *own_wmi_query(void)
{
    return last_query;
}

/* ---- Enumerations ----------------------------------------------------------------------------------------------- */

struct enumeration
{
    IEnumWbemClassObject iface;
    LONG references;
    struct own_object *list[MAX_STORED];
    int count, at;
};

static HRESULT WINAPI enumeration_QueryInterface(IEnumWbemClassObject *self, REFIID iid, void **out)
{
    (void)iid;
    *out = self;
    IEnumWbemClassObject_AddRef(self);
    return S_OK;
}

static ULONG WINAPI enumeration_AddRef(IEnumWbemClassObject *self)
{
    return (ULONG)InterlockedIncrement(&((struct enumeration *)self)->references);
}

static ULONG WINAPI enumeration_Release(IEnumWbemClassObject *self)
{
    struct enumeration *list = (struct enumeration *)self;
    LONG left = InterlockedDecrement(&list->references);

    if (left) return (ULONG)left;
    for (int i = 0; i < list->count; i++)
        IWbemClassObject_Release(&list->list[i]->iface);
    InterlockedDecrement(&own_objects);
    HeapFree(GetProcessHeap(), 0, list);
    return 0;
}

static HRESULT WINAPI enumeration_Next(IEnumWbemClassObject *self, long timeout, ULONG wanted, IWbemClassObject **out,
                                       ULONG *count)
{
    struct enumeration *list = (struct enumeration *)self;

    (void)timeout;
    *count = wanted && list->at < list->count;
    if (!*count) return WBEM_S_FALSE;
    *out = &list->list[list->at++]->iface;
    IWbemClassObject_AddRef(*out);
    return S_OK;
}

static IEnumWbemClassObjectVtbl enumeration_table = {
    .QueryInterface = enumeration_QueryInterface,
    .AddRef = enumeration_AddRef,
    .Release = enumeration_Release,
    .Next = enumeration_Next,
};

static struct enumeration *make_enumeration(IEnumWbemClassObject **out)
{
    struct enumeration *list = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof(*list));

    list->iface.lpVtbl = &enumeration_table;
    list->references = 1;
    InterlockedIncrement(&own_objects);
    *out = &list->iface;
    return list;
}

/* ---- Services --------------------------------------------------------------------------------------------------- */

static HRESULT WINAPI services_QueryInterface(IWbemServices *self, REFIID iid, void **out)
{
    *out = NULL;
    if (!IsEqualIID(iid, &IID_IWbemServices) && !IsEqualIID(iid, &IID_IUnknown)) return E_NOINTERFACE;
    *out = self;
    return S_OK;
}

static ULONG WINAPI no_count(IUnknown *self)
{
    (void)self;
    return 1;
}

static int find_stored(const WCHAR *path)
{
    for (int i = 0; i < MAX_STORED; i++)
    {
        WCHAR own[300];

        if (!stored[i]) continue;
        swprintf(own, COUNT_OF(own), L"%ls.Id=\"%ls\"", stored[i]->class->name, V_BSTR(&stored[i]->values[0]));
        if (!wcsicmp(own, path)) return i;
    }
    return -1;
}

static const struct own_class *find_class(const WCHAR *name)
{
    for (size_t i = 0; i < COUNT_OF(own_classes); i++)
        if (!wcsicmp(own_classes[i].name, name)) return &own_classes[i];
    return NULL;
}

static HRESULT WINAPI services_GetObject(IWbemServices *self, const BSTR path, long flags, IWbemContext *context,
                                         IWbemClassObject **out, IWbemCallResult **result)
{
    const struct own_class *class = find_class(path);
    int index = find_stored(path);

    (void)self;
    (void)flags;
    (void)context;
    (void)result;
    if (!class && index < 0) return WBEM_E_NOT_FOUND;
    *out = class ? &own_object_new(class, WBEM_GENUS_CLASS)->iface : &own_object_copy(stored[index])->iface;
    return S_OK;
}

static HRESULT WINAPI services_PutInstance(IWbemServices *self, IWbemClassObject *instance, long flags,
                                           IWbemContext *context, IWbemCallResult **result)
{
    VARIANT path;
    int index;

    (void)self;
    (void)context;
    (void)result;
    VariantInit(&path);
    if (own_object_get_system(own_object_of(instance), L"__RELPATH", &path) != S_OK) return WBEM_E_ILLEGAL_NULL;
    index = find_stored(V_BSTR(&path));
    VariantClear(&path);
    if (index >= 0 && flags & WBEM_FLAG_CREATE_ONLY) return WBEM_E_ALREADY_EXISTS;
    if (index < 0 && flags & WBEM_FLAG_UPDATE_ONLY) return WBEM_E_NOT_FOUND;
    for (int i = 0; i < MAX_STORED && index < 0; i++)
        if (!stored[i]) index = i;
    if (index < 0) return WBEM_E_QUOTA_VIOLATION;
    if (stored[index]) IWbemClassObject_Release(&stored[index]->iface);
    stored[index] = own_object_copy(own_object_of(instance));
    return S_OK;
}

static HRESULT WINAPI services_DeleteInstance(IWbemServices *self, const BSTR path, long flags, IWbemContext *context,
                                              IWbemCallResult **result)
{
    int index = find_stored(path);

    (void)self;
    (void)flags;
    (void)context;
    (void)result;
    if (index < 0) return WBEM_E_NOT_FOUND;
    IWbemClassObject_Release(&stored[index]->iface);
    stored[index] = NULL;
    return S_OK;
}

static volatile LONG enumerations;

long own_wmi_enumerations(void)
{
    return enumerations;
}

static HRESULT WINAPI services_CreateInstanceEnum(IWbemServices *self, const BSTR name, long flags,
                                                  IWbemContext *context, IEnumWbemClassObject **out)
{
    struct enumeration *list;

    (void)self;
    (void)context;
    if (!find_class(name)) return WBEM_E_INVALID_CLASS;
    InterlockedIncrement(&enumerations);
    list = make_enumeration(out);
    for (int i = 0; i < MAX_STORED; i++)
        if (stored[i] &&
            (!wcsicmp(stored[i]->class->name, name) ||
             (!(flags & WBEM_FLAG_SHALLOW) && stored[i]->class->super && !wcsicmp(stored[i]->class->super, name))))
            list->list[list->count++] = own_object_copy(stored[i]);
    return S_OK;
}

static HRESULT WINAPI services_CreateClassEnum(IWbemServices *self, const BSTR super, long flags, IWbemContext *context,
                                               IEnumWbemClassObject **out)
{
    struct enumeration *list;

    (void)self;
    (void)context;
    if (*super && !find_class(super)) return WBEM_E_INVALID_CLASS;
    list = make_enumeration(out);
    for (size_t i = 0; i < COUNT_OF(own_classes); i++)
    {
        const WCHAR *own = own_classes[i].super ? own_classes[i].super : L"";

        if (!wcsicmp(own, super) || (!*super && !(flags & WBEM_FLAG_SHALLOW)))
            list->list[list->count++] = own_object_new(&own_classes[i], WBEM_GENUS_CLASS);
    }
    return S_OK;
}

/* Any query gives what is stored, but one for a role: no association has any. */
static HRESULT WINAPI services_ExecQuery(IWbemServices *self, const BSTR language, const BSTR query, long flags,
                                         IWbemContext *context, IEnumWbemClassObject **out)
{
    struct enumeration *list = make_enumeration(out);

    (void)self;
    (void)language;
    (void)flags;
    (void)context;
    wcsncpy(last_query, query, COUNT_OF(last_query) - 1);
    for (int i = 0; i < MAX_STORED && !wcsstr(query, L"Role = Cork_NoSuchRole"); i++)
        if (stored[i]) list->list[list->count++] = own_object_copy(stored[i]);
    return S_OK;
}

/* Of events of class Fake_Notice there is one for each stored instance, and then no more; of others there are no
 * notification queries. */
static HRESULT WINAPI services_ExecNotificationQuery(IWbemServices *self, const BSTR language, const BSTR query,
                                                     long flags, IWbemContext *context, IEnumWbemClassObject **out)
{
    if (wcsstr(query, L"Fake_Notice")) return services_ExecQuery(self, language, query, flags, context, out);
    return wcsstr(query, L"Fake_Denied") ? WBEM_E_ACCESS_DENIED : WBEM_E_NOT_SUPPORTED;
}

static HRESULT WINAPI services_ExecMethod(IWbemServices *self, const BSTR path, const BSTR method, long flags,
                                          IWbemContext *context, IWbemClassObject *in, IWbemClassObject **out,
                                          IWbemCallResult **result)
{
    struct own_object *given = own_object_new(&own_out_class, WBEM_GENUS_INSTANCE);

    (void)self;
    (void)path;
    (void)method;
    (void)flags;
    (void)context;
    (void)result;
    V_VT(&given->values[0]) = VT_I4;
    V_I4(&given->values[0]) = 7;
    for (int i = 1; i < own_out_class.count; i++)
        VariantCopy(&given->values[i], &own_object_of(in)->values[i - 1]);
    *out = &given->iface;
    return S_OK;
}

static IWbemServicesVtbl services_table = {
    .QueryInterface = services_QueryInterface,
    .AddRef = (void *)no_count,
    .Release = (void *)no_count,
    .GetObject = services_GetObject,
    .PutInstance = services_PutInstance,
    .DeleteInstance = services_DeleteInstance,
    .CreateInstanceEnum = services_CreateInstanceEnum,
    .CreateClassEnum = services_CreateClassEnum,
    .ExecQuery = services_ExecQuery,
    .ExecNotificationQuery = services_ExecNotificationQuery,
    .ExecMethod = services_ExecMethod,
};
static IWbemServices services = {&services_table};

static HRESULT WINAPI locator_ConnectServer(IWbemLocator *self, const BSTR resource, const BSTR user,
                                            const BSTR password, const BSTR locale, long flags, const BSTR authority,
                                            IWbemContext *context, IWbemServices **out)
{
    (void)self;
    (void)user;
    (void)password;
    (void)locale;
    (void)flags;
    (void)authority;
    (void)context;
    if (wcsicmp(resource, L"root\\fake")) return WBEM_E_INVALID_NAMESPACE;
    *out = &services;
    return S_OK;
}

static HRESULT WINAPI any_QueryInterface(IUnknown *self, REFIID iid, void **out)
{
    *out = NULL;
    if (IsEqualIID(iid, &IID_IMarshal)) return E_NOINTERFACE;
    *out = self;
    return S_OK;
}

static IWbemLocatorVtbl locator_table = {
    .QueryInterface = (void *)any_QueryInterface,
    .AddRef = (void *)no_count,
    .Release = (void *)no_count,
    .ConnectServer = locator_ConnectServer,
};
static IWbemLocator locator = {&locator_table};

static HRESULT WINAPI factory_CreateInstance(IClassFactory *self, IUnknown *outer, REFIID iid, void **out)
{
    (void)self;
    (void)outer;
    (void)iid;
    *out = &locator;
    return S_OK;
}

static IClassFactoryVtbl factory_table = {
    .QueryInterface = (void *)any_QueryInterface,
    .AddRef = (void *)no_count,
    .Release = (void *)no_count,
    .CreateInstance = factory_CreateInstance,
};
static IClassFactory factory = {&factory_table};

static DWORD registered;

void own_wmi_begin(void)
{
    if (FAILED(CoInitializeEx(NULL, COINIT_MULTITHREADED)) ||
        FAILED(CoRegisterClassObject(&CLSID_WbemLocator, (IUnknown *)&factory, CLSCTX_INPROC_SERVER, REGCLS_MULTIPLEUSE,
                                     &registered)))
        note("no class object could be registered");
}

int own_wmi_end(void)
{
    int closed = close_session();

    for (int i = 0; i < MAX_STORED; i++)
    {
        if (stored[i]) IWbemClassObject_Release(&stored[i]->iface);
        stored[i] = NULL;
    }
    CoRevokeClassObject(registered);
    CoUninitialize();
    note("%ld objects are left", own_objects);
    return closed && !own_objects;
}
