/* The objects of the WMI of the tests' own. See mi_own_object.h. */
#define COBJMACROS
#include "mi_own_object.h"

#include <wchar.h>

/* What Echo gives; what it takes, and Fake_Everything has, is the same without the first. */
static const struct own_property everything[] = {
    {L"ReturnValue", CIM_UINT32, 0, L"uint32"},
    {L"Id", CIM_STRING, 1, L"string"},
    {L"boolean", CIM_BOOLEAN, 0, L"boolean"},
    {L"uint8", CIM_UINT8, 0, L"uint8"},
    {L"sint8", CIM_SINT8, 0, L"sint8"},
    {L"uint16", CIM_UINT16, 0, L"uint16"},
    {L"sint16", CIM_SINT16, 0, L"sint16"},
    {L"uint32", CIM_UINT32, 0, L"uint32"},
    {L"sint32", CIM_SINT32, 0, L"sint32"},
    {L"uint64", CIM_UINT64, 0, L"uint64"},
    {L"sint64", CIM_SINT64, 0, L"sint64"},
    {L"real32", CIM_REAL32, 0, L"real32"},
    {L"real64", CIM_REAL64, 0, L"real64"},
    {L"char16", CIM_CHAR16, 0, L"char16"},
    {L"datetime", CIM_DATETIME, 0, L"datetime"},
    {L"string", CIM_STRING, 0, L"string"},
    {L"reference", CIM_REFERENCE, 0, L"ref:Fake_Root"},
    {L"instance", CIM_OBJECT, 0, L"object:Fake_Root"},
    {L"booleans", CIM_BOOLEAN | CIM_FLAG_ARRAY, 0, L"boolean"},
    {L"uint8s", CIM_UINT8 | CIM_FLAG_ARRAY, 0, L"uint8"},
    {L"sint8s", CIM_SINT8 | CIM_FLAG_ARRAY, 0, L"sint8"},
    {L"uint16s", CIM_UINT16 | CIM_FLAG_ARRAY, 0, L"uint16"},
    {L"sint16s", CIM_SINT16 | CIM_FLAG_ARRAY, 0, L"sint16"},
    {L"uint32s", CIM_UINT32 | CIM_FLAG_ARRAY, 0, L"uint32"},
    {L"sint32s", CIM_SINT32 | CIM_FLAG_ARRAY, 0, L"sint32"},
    {L"uint64s", CIM_UINT64 | CIM_FLAG_ARRAY, 0, L"uint64"},
    {L"sint64s", CIM_SINT64 | CIM_FLAG_ARRAY, 0, L"sint64"},
    {L"real32s", CIM_REAL32 | CIM_FLAG_ARRAY, 0, L"real32"},
    {L"real64s", CIM_REAL64 | CIM_FLAG_ARRAY, 0, L"real64"},
    {L"char16s", CIM_CHAR16 | CIM_FLAG_ARRAY, 0, L"char16"},
    {L"datetimes", CIM_DATETIME | CIM_FLAG_ARRAY, 0, L"datetime"},
    {L"strings", CIM_STRING | CIM_FLAG_ARRAY, 0, L"string"},
    {L"references", CIM_REFERENCE | CIM_FLAG_ARRAY, 0, L"ref:Fake_Root"},
    {L"instances", CIM_OBJECT | CIM_FLAG_ARRAY, 0, L"object:Fake_Root"},
};
static const struct own_property link_properties[] = {{L"From", CIM_REFERENCE, 1, L"ref:Fake_Root"},
                                                      {L"To", CIM_REFERENCE, 1, L"ref:Fake_Root"}};

const struct own_class own_classes[OWN_CLASSES] = {
    {L"Fake_Root", NULL, everything + 1, 1, L"abstract", 0},
    {L"Fake_Everything", L"Fake_Root", everything + 1, COUNT_OF(everything) - 1, L"dynamic", 1},
    {L"Fake_Link", NULL, link_properties, COUNT_OF(link_properties), L"association", 0},
};
static const struct own_class in_class = {L"__PARAMETERS", NULL, everything + 1, COUNT_OF(everything) - 1, NULL, 0};
const struct own_class own_out_class = {L"__PARAMETERS", NULL, everything, COUNT_OF(everything), NULL, 0};

volatile LONG own_objects;

/* ---- Qualifiers ------------------------------------------------------------------------------------------------- */

struct qualifiers
{
    IWbemQualifierSet iface;
    LONG references;
    const struct own_class *class;       /* of a class, or */
    const struct own_property *property; /* of a property */
    int at;
};

static HRESULT WINAPI qualifiers_QueryInterface(IWbemQualifierSet *self, REFIID iid, void **out)
{
    (void)iid;
    *out = self;
    IWbemQualifierSet_AddRef(self);
    return S_OK;
}

static ULONG WINAPI qualifiers_AddRef(IWbemQualifierSet *self)
{
    return (ULONG)InterlockedIncrement(&((struct qualifiers *)self)->references);
}

static ULONG WINAPI qualifiers_Release(IWbemQualifierSet *self)
{
    LONG left = InterlockedDecrement(&((struct qualifiers *)self)->references);

    if (left) return (ULONG)left;
    InterlockedDecrement(&own_objects);
    HeapFree(GetProcessHeap(), 0, self);
    return 0;
}

static HRESULT WINAPI qualifiers_BeginEnumeration(IWbemQualifierSet *self, long flags)
{
    (void)flags;
    ((struct qualifiers *)self)->at = 0;
    return S_OK;
}

static void make_list(VARIANT *value)
{
    LONG index = 0;
    BSTR text = SysAllocString(L"one");

    V_VT(value) = VT_ARRAY | VT_BSTR;
    V_ARRAY(value) = SafeArrayCreateVector(VT_BSTR, 0, 1);
    SafeArrayPutElement(V_ARRAY(value), &index, text);
    SysFreeString(text);
}

/* What a property has: CIMTYPE, key, a list, a real; a class: one that is true. */
static HRESULT WINAPI qualifiers_Next(IWbemQualifierSet *self, long flags, BSTR *name, VARIANT *value, long *flavor)
{
    struct qualifiers *set = (struct qualifiers *)self;
    const WCHAR *found = NULL;

    (void)flags;
    if (set->class && set->at == 0) found = set->class->says;
    if (set->property && set->at == 0) found = L"CIMTYPE";
    if (set->property && set->at == 1) found = set->property->key ? L"key" : L"write";
    if (set->property && set->at == 2) found = L"ValueMap";
    if (set->property && set->at == 3) found = L"Weight";
    if (!found) return WBEM_S_NO_MORE_DATA;
    *name = SysAllocString(found);
    V_VT(value) = VT_BOOL;
    V_BOOL(value) = VARIANT_TRUE;
    *flavor = WBEM_FLAVOR_OVERRIDABLE | WBEM_FLAVOR_FLAG_PROPAGATE_TO_DERIVED_CLASS;
    if (set->property && set->at == 0)
    {
        V_VT(value) = VT_BSTR;
        V_BSTR(value) = SysAllocString(set->property->cimtype);
        *flavor = WBEM_FLAVOR_NOT_OVERRIDABLE;
    }
    if (set->property && set->at == 2) make_list(value);
    if (set->property && set->at == 3)
    {
        V_VT(value) = VT_R8;
        V_R8(value) = 1.5;
        *flavor = WBEM_FLAVOR_AMENDED;
    }
    set->at++;
    return S_OK;
}

static HRESULT WINAPI qualifiers_EndEnumeration(IWbemQualifierSet *self)
{
    (void)self;
    return S_OK;
}

static IWbemQualifierSetVtbl qualifiers_table = {
    .QueryInterface = qualifiers_QueryInterface,
    .AddRef = qualifiers_AddRef,
    .Release = qualifiers_Release,
    .BeginEnumeration = qualifiers_BeginEnumeration,
    .Next = qualifiers_Next,
    .EndEnumeration = qualifiers_EndEnumeration,
};

static HRESULT make_qualifiers(const struct own_class *class, const struct own_property *property,
                               IWbemQualifierSet **out)
{
    struct qualifiers *set = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof(*set));

    *set = (struct qualifiers){{&qualifiers_table}, 1, class, property, 0};
    InterlockedIncrement(&own_objects);
    *out = &set->iface;
    return S_OK;
}

/* ---- Objects ---------------------------------------------------------------------------------------------------- */

static IWbemClassObjectVtbl object_table;

struct own_object *own_object_new(const struct own_class *class, int genus)
{
    struct own_object *object = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, sizeof(*object));

    object->iface.lpVtbl = &object_table;
    object->references = 1;
    object->class = class;
    object->genus = genus;
    for (int i = 0; i < class->count; i++)
        V_VT(&object->values[i]) = VT_NULL;
    if (class == &own_classes[1])
    {
        V_VT(&object->values[5]) = VT_I2; /* sint16's default */
        V_I2(&object->values[5]) = 42;
    }
    InterlockedIncrement(&own_objects);
    return object;
}

struct own_object *own_object_copy(struct own_object *from)
{
    struct own_object *copy = own_object_new(from->class, from->genus);

    for (int i = 0; i < from->class->count; i++)
        VariantCopy(&copy->values[i], &from->values[i]);
    return copy;
}

static HRESULT WINAPI object_QueryInterface(IWbemClassObject *self, REFIID iid, void **out)
{
    *out = NULL;
    if (!IsEqualIID(iid, &IID_IWbemClassObject) && !IsEqualIID(iid, &IID_IUnknown)) return E_NOINTERFACE;
    *out = self;
    IWbemClassObject_AddRef(self);
    return S_OK;
}

static ULONG WINAPI object_AddRef(IWbemClassObject *self)
{
    return (ULONG)InterlockedIncrement(&own_object_of(self)->references);
}

static ULONG WINAPI object_Release(IWbemClassObject *self)
{
    struct own_object *object = own_object_of(self);
    LONG left = InterlockedDecrement(&object->references);

    if (left) return (ULONG)left;
    for (int i = 0; i < object->class->count; i++)
        VariantClear(&object->values[i]);
    InterlockedDecrement(&own_objects);
    HeapFree(GetProcessHeap(), 0, object);
    return 0;
}

static int find_property(const struct own_object *object, const WCHAR *name)
{
    for (int i = 0; i < object->class->count; i++)
        if (!wcsicmp(object->class->properties[i].name, name)) return i;
    return -1;
}

static void say_text(VARIANT *value, const WCHAR *text)
{
    V_VT(value) = text ? VT_BSTR : VT_NULL;
    if (text) V_BSTR(value) = SysAllocString(text);
}

/* What the class is derived from: one class, or none. */
static void say_derivation(VARIANT *value, const WCHAR *super)
{
    SAFEARRAY *array = SafeArrayCreateVector(VT_BSTR, 0, super ? 1 : 0);
    BSTR name = SysAllocString(super);
    LONG first = 0;

    if (super) SafeArrayPutElement(array, &first, name);
    SysFreeString(name);
    V_VT(value) = VT_ARRAY | VT_BSTR;
    V_ARRAY(value) = array;
}

HRESULT own_object_get_system(struct own_object *object, const WCHAR *name, VARIANT *value)
{
    WCHAR path[300];

    if (!wcscmp(name, L"__CLASS"))
        say_text(value, object->class->name);
    else if (!wcscmp(name, L"__SUPERCLASS"))
        say_text(value, object->class->super);
    else if (!wcscmp(name, L"__DERIVATION"))
        say_derivation(value, object->class->super);
    else if (!wcscmp(name, L"__SERVER"))
        say_text(value, L"FAKE");
    else if (!wcscmp(name, L"__RELPATH") && object->genus == WBEM_GENUS_INSTANCE && V_VT(&object->values[0]) == VT_BSTR)
    {
        swprintf(path, COUNT_OF(path), L"%ls.Id=\"%ls\"", object->class->name, V_BSTR(&object->values[0]));
        say_text(value, path);
    }
    else if (!wcscmp(name, L"__GENUS"))
    {
        V_VT(value) = VT_I4;
        V_I4(value) = object->genus;
    }
    else
        return WBEM_E_NOT_FOUND;
    return S_OK;
}

static HRESULT WINAPI object_Get(IWbemClassObject *self, LPCWSTR name, long flags, VARIANT *value, CIMTYPE *type,
                                 long *flavor)
{
    struct own_object *object = own_object_of(self);
    int index = find_property(object, name);

    (void)flags;
    (void)flavor;
    if (name[0] == '_') return own_object_get_system(object, name, value);
    if (index < 0) return WBEM_E_NOT_FOUND;
    if (value)
    {
        VariantInit(value);
        VariantCopy(value, &object->values[index]);
    }
    if (type) *type = object->class->properties[index].type;
    return S_OK;
}

/* As IWbemClassObject::Put is documented. */
static VARTYPE variant_of(CIMTYPE type)
{
    switch (type & ~CIM_FLAG_ARRAY)
    {
    case CIM_BOOLEAN:
        return VT_BOOL;
    case CIM_UINT8:
        return VT_UI1;
    case CIM_SINT8:
    case CIM_SINT16:
    case CIM_CHAR16:
        return VT_I2;
    case CIM_UINT16:
    case CIM_UINT32:
    case CIM_SINT32:
        return VT_I4;
    case CIM_REAL32:
        return VT_R4;
    case CIM_REAL64:
        return VT_R8;
    case CIM_OBJECT:
        return VT_UNKNOWN;
    default:
        return VT_BSTR;
    }
}

static HRESULT WINAPI object_Put(IWbemClassObject *self, LPCWSTR name, long flags, VARIANT *value, CIMTYPE type)
{
    struct own_object *object = own_object_of(self);
    int index = find_property(object, name);
    VARTYPE wanted;

    (void)flags;
    (void)type;
    if (index < 0) return WBEM_E_NOT_FOUND;
    wanted = variant_of(object->class->properties[index].type);
    if (object->class->properties[index].type & CIM_FLAG_ARRAY) wanted |= VT_ARRAY;
    if (V_VT(value) != VT_NULL && V_VT(value) != wanted) return WBEM_E_TYPE_MISMATCH;
    VariantClear(&object->values[index]);
    return VariantCopy(&object->values[index], value);
}

static HRESULT WINAPI object_BeginEnumeration(IWbemClassObject *self, long flags)
{
    (void)flags;
    own_object_of(self)->at = 0;
    return S_OK;
}

static HRESULT WINAPI object_Next(IWbemClassObject *self, long flags, BSTR *name, VARIANT *value, CIMTYPE *type,
                                  long *flavor)
{
    struct own_object *object = own_object_of(self);

    if (object->at >= object->class->count) return WBEM_S_NO_MORE_DATA;
    *name = SysAllocString(object->class->properties[object->at].name);
    return object_Get(self, object->class->properties[object->at++].name, flags, value, type, flavor);
}

static HRESULT WINAPI object_End(IWbemClassObject *self)
{
    (void)self;
    return S_OK;
}

static HRESULT WINAPI object_GetQualifierSet(IWbemClassObject *self, IWbemQualifierSet **out)
{
    return make_qualifiers(own_object_of(self)->class, NULL, out);
}

static HRESULT WINAPI object_GetPropertyQualifierSet(IWbemClassObject *self, LPCWSTR name, IWbemQualifierSet **out)
{
    int index = find_property(own_object_of(self), name);

    return index < 0 ? (HRESULT)WBEM_E_NOT_FOUND
                     : make_qualifiers(NULL, &own_object_of(self)->class->properties[index], out);
}

static HRESULT WINAPI object_GetPropertyOrigin(IWbemClassObject *self, LPCWSTR name, BSTR *origin)
{
    *origin = SysAllocString(wcscmp(name, L"Id") ? own_object_of(self)->class->name : L"Fake_Root");
    return S_OK;
}

static HRESULT WINAPI object_SpawnInstance(IWbemClassObject *self, long flags, IWbemClassObject **out)
{
    (void)flags;
    *out = &own_object_new(own_object_of(self)->class, WBEM_GENUS_INSTANCE)->iface;
    return S_OK;
}

static HRESULT WINAPI object_GetMethod(IWbemClassObject *self, LPCWSTR name, long flags, IWbemClassObject **in,
                                       IWbemClassObject **out)
{
    (void)flags;
    if (!own_object_of(self)->class->has_method || wcsicmp(name, L"Echo")) return WBEM_E_NOT_FOUND;
    if (in) *in = &own_object_new(&in_class, WBEM_GENUS_CLASS)->iface;
    if (out) *out = &own_object_new(&own_out_class, WBEM_GENUS_CLASS)->iface;
    return S_OK;
}

/* Instances say none. */
static HRESULT WINAPI object_BeginMethodEnumeration(IWbemClassObject *self, long flags)
{
    (void)flags;
    own_object_of(self)->method_at = 0;
    return own_object_of(self)->genus == WBEM_GENUS_CLASS ? S_OK : (HRESULT)WBEM_E_ILLEGAL_OPERATION;
}

static HRESULT WINAPI object_NextMethod(IWbemClassObject *self, long flags, BSTR *name, IWbemClassObject **in,
                                        IWbemClassObject **out)
{
    if (!own_object_of(self)->class->has_method || own_object_of(self)->method_at++) return WBEM_S_NO_MORE_DATA;
    *name = SysAllocString(L"Echo");
    return object_GetMethod(self, L"Echo", flags, in, out);
}

static HRESULT WINAPI object_GetMethodQualifierSet(IWbemClassObject *self, LPCWSTR name, IWbemQualifierSet **out)
{
    static const struct own_class says_static = {.says = L"static"};

    (void)self;
    (void)name;
    return make_qualifiers(&says_static, NULL, out);
}

static HRESULT WINAPI object_GetMethodOrigin(IWbemClassObject *self, LPCWSTR name, BSTR *origin)
{
    (void)name;
    *origin = SysAllocString(own_object_of(self)->class->name);
    return S_OK;
}

static IWbemClassObjectVtbl object_table = {
    .QueryInterface = object_QueryInterface,
    .AddRef = object_AddRef,
    .Release = object_Release,
    .GetQualifierSet = object_GetQualifierSet,
    .Get = object_Get,
    .Put = object_Put,
    .BeginEnumeration = object_BeginEnumeration,
    .Next = object_Next,
    .EndEnumeration = object_End,
    .GetPropertyQualifierSet = object_GetPropertyQualifierSet,
    .SpawnInstance = object_SpawnInstance,
    .GetPropertyOrigin = object_GetPropertyOrigin,
    .GetMethod = object_GetMethod,
    .BeginMethodEnumeration = object_BeginMethodEnumeration,
    .NextMethod = object_NextMethod,
    .EndMethodEnumeration = object_End,
    .GetMethodQualifierSet = object_GetMethodQualifierSet,
    .GetMethodOrigin = object_GetMethodOrigin,
};
