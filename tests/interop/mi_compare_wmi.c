/* WMI without mi.dll: IWbemServices and its objects. */
#define COBJMACROS
#include "mi_compare.h"

#include <oleauto.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

static IWbemServices *services;

bool wmi_connect(const WCHAR *name_space)
{
    BSTR path = SysAllocString(name_space);
    IWbemLocator *locator;
    HRESULT result;

    result = CoCreateInstance(&CLSID_WbemLocator, NULL, CLSCTX_INPROC_SERVER, &IID_IWbemLocator, (void **)&locator);
    if (SUCCEEDED(result))
    {
        result = IWbemLocator_ConnectServer(locator, path, NULL, NULL, NULL, 0, NULL, NULL, &services);
        IWbemLocator_Release(locator);
    }
    SysFreeString(path);
    return SUCCEEDED(result);
}

void wmi_disconnect(void)
{
    IWbemServices_Release(services);
}

/* ---- Values ----------------------------------------------------------------------------------------------------- */

static const WCHAR *type_name(CIMTYPE type)
{
    static const struct
    {
        CIMTYPE type;
        const WCHAR *name;
    } names[] = {
        {CIM_BOOLEAN, L"boolean"}, {CIM_UINT8, L"uint8"},   {CIM_SINT8, L"sint8"},       {CIM_UINT16, L"uint16"},
        {CIM_SINT16, L"sint16"},   {CIM_UINT32, L"uint32"}, {CIM_SINT32, L"sint32"},     {CIM_UINT64, L"uint64"},
        {CIM_SINT64, L"sint64"},   {CIM_REAL32, L"real32"}, {CIM_REAL64, L"real64"},     {CIM_CHAR16, L"char16"},
        {CIM_STRING, L"string"},   {CIM_OBJECT, L"object"}, {CIM_DATETIME, L"datetime"}, {CIM_REFERENCE, L"ref"},
    };

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (names[i].type == (type & ~CIM_FLAG_ARRAY)) return names[i].name;
    return L"unknown";
}

/* Of a date-time, whose minutes from UTC Wine 8 writes with a digit too few, or as -000. */
static void add_datetime(struct property *property, const WCHAR *text)
{
    size_t length = wcslen(text);
    bool zero = length > 22 && text[21] == '-' && !wcstol(text + 22, NULL, 10);

    value_add(property, L"%.21ls%lc%ls%ls", text, zero ? '+' : text[21], length == 24 ? L"0" : L"", text + 22);
}

/* Without the machine and the namespace. */
static const WCHAR *relative_path(const WCHAR *path)
{
    const WCHAR *colon = path[0] == '\\' ? wcschr(path, ':') : NULL;

    return colon ? colon + 1 : path;
}

static void add_scalar(struct property *property, CIMTYPE type, const VARIANT *value)
{
    switch (type)
    {
    case CIM_BOOLEAN:
        value_add(property, V_BOOL(value) ? L"true" : L"false");
        break;
    case CIM_UINT8:
        value_add(property, L"%u", V_UI1(value));
        break;
    case CIM_SINT8:
        value_add(property, L"%d", (signed char)V_UI1(value));
        break;
    case CIM_UINT16:
    case CIM_CHAR16:
        value_add(property, L"%u", (unsigned short)V_I2(value));
        break;
    case CIM_SINT16:
        value_add(property, L"%d", V_I2(value));
        break;
    case CIM_UINT32:
        value_add(property, L"%u", (unsigned)V_I4(value));
        break;
    case CIM_SINT32:
        value_add(property, L"%d", (int)V_I4(value));
        break;
    case CIM_REAL32:
        value_add(property, L"%.9g", (double)V_R4(value));
        break;
    case CIM_REAL64:
        value_add(property, L"%.17g", V_R8(value));
        break;
    case CIM_UINT64:
    case CIM_SINT64:
        value_add(property, V_VT(value) == VT_BSTR ? L"%ls" : L"?", V_BSTR(value));
        break;
    case CIM_DATETIME:
        add_datetime(property, V_BSTR(value));
        break;
    case CIM_REFERENCE:
        value_add_text(property, relative_path(V_BSTR(value)));
        break;
    case CIM_STRING:
        value_add_text(property, V_BSTR(value) ? V_BSTR(value) : L"");
        break;
    default:
        value_add(property, L"?");
    }
}

static void add_array(struct property *property, CIMTYPE type, SAFEARRAY *array)
{
    LONG lower = 0, upper = -1;
    VARTYPE item_type = VT_EMPTY;

    SafeArrayGetLBound(array, 1, &lower);
    SafeArrayGetUBound(array, 1, &upper);
    SafeArrayGetVartype(array, &item_type);
    for (LONG i = lower; i <= upper; i++)
    {
        VARIANT item;

        VariantInit(&item);
        if (FAILED(SafeArrayGetElement(array, &i, &V_UI1(&item)))) break;
        V_VT(&item) = item_type;
        value_add(property, L"[");
        add_scalar(property, type, &item);
        value_add(property, L"]");
        VariantClear(&item);
    }
}

static void add_value(struct property *property, CIMTYPE type, const VARIANT *value)
{
    bool array = type & CIM_FLAG_ARRAY;

    value_add(property, L"%ls%ls ", type_name(type), array ? L"[]" : L"");
    if (V_VT(value) == VT_NULL || V_VT(value) == VT_EMPTY)
        value_add(property, L"null");
    else if (array)
        add_array(property, type & ~CIM_FLAG_ARRAY, V_ARRAY(value));
    else
        add_scalar(property, type, value);
}

/* ---- Objects ---------------------------------------------------------------------------------------------------- */

static void read_object(IWbemClassObject *from, struct object *object)
{
    CIMTYPE type;
    VARIANT value;
    BSTR name;

    IWbemClassObject_BeginEnumeration(from, WBEM_FLAG_NONSYSTEM_ONLY);
    for (;;)
    {
        VariantInit(&value);
        type = 0;
        if (IWbemClassObject_Next(from, 0, &name, &value, &type, NULL) != S_OK) break;
        add_value(object_add(object, name), type, &value);
        VariantClear(&value);
        SysFreeString(name);
    }
    IWbemClassObject_EndEnumeration(from);
}

void wmi_read(const WCHAR *name, const WCHAR *query, struct objects *objects)
{
    BSTR language = SysAllocString(L"WQL"), text = SysAllocString(query ? query : name);
    LONG flags = WBEM_FLAG_RETURN_IMMEDIATELY | WBEM_FLAG_FORWARD_ONLY;
    IEnumWbemClassObject *results;
    IWbemClassObject *object;
    ULONG count;

    *objects = (struct objects){0};
    objects->error = query ? IWbemServices_ExecQuery(services, language, text, flags, NULL, &results)
                           : IWbemServices_CreateInstanceEnum(services, text, flags, NULL, &results);
    SysFreeString(language);
    SysFreeString(text);
    if (FAILED(objects->error)) return;
    while ((objects->error = IEnumWbemClassObject_Next(results, WBEM_INFINITE, 1, &object, &count)) == S_OK && count)
    {
        read_object(object, objects_add(objects));
        IWbemClassObject_Release(object);
    }
    if (SUCCEEDED(objects->error)) objects->error = S_OK;
    IEnumWbemClassObject_Release(results);
}

static IWbemClassObject *get_class(const WCHAR *name)
{
    BSTR path = SysAllocString(name);
    IWbemClassObject *object = NULL;
    HRESULT result = IWbemServices_GetObject(services, path, 0, NULL, &object, NULL);

    SysFreeString(path);
    return SUCCEEDED(result) ? object : NULL;
}

/* ---- Classes ---------------------------------------------------------------------------------------------------- */

void wmi_read_class(const WCHAR *name, struct objects *objects)
{
    IWbemClassObject *from = get_class(name);
    struct object *object;
    CIMTYPE type;
    BSTR property;

    *objects = (struct objects){0};
    if (!from) return;
    object = objects_add(objects);
    IWbemClassObject_BeginEnumeration(from, WBEM_FLAG_NONSYSTEM_ONLY);
    while (IWbemClassObject_Next(from, 0, &property, NULL, &type, NULL) == S_OK)
    {
        value_add(object_add(object, property), L"%ls%ls", type_name(type), type & CIM_FLAG_ARRAY ? L"[]" : L"");
        SysFreeString(property);
    }
    IWbemClassObject_EndEnumeration(from);
    IWbemClassObject_Release(from);
}

/* ---- Which classes there are ------------------------------------------------------------------------------------ */

static bool is_word(WCHAR c)
{
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Wine's WMI walks through every drive as soon as one of these is named, and a drive of a prefix is the host's whole
 * tree. */
static bool is_of_files(const WCHAR *name)
{
    return !_wcsicmp(name, L"CIM_DataFile") || !_wcsicmp(name, L"Win32_Directory") ||
           !_wcsicmp(name, L"CIM_LogicalFile");
}

static bool looks_like_class(const WCHAR *name)
{
    static const WCHAR *const schemas[] = {L"Win32_",     L"CIM_",          L"MSFT_",
                                           L"StdRegProv", L"SystemRestore", L"SoftwareLicensing"};

    for (size_t i = 0; i < sizeof(schemas) / sizeof(*schemas); i++)
        if (!_wcsnicmp(name, schemas[i], wcslen(schemas[i]))) return true;
    return false;
}

/* A text of the DLL's that could be a class's name. */
static void try_text(const WCHAR *text, size_t length, void (*found)(const WCHAR *name))
{
    WCHAR name[NAME_SIZE];

    if (length < 5 || length >= NAME_SIZE) return;
    wmemcpy(name, text, length);
    name[length] = 0;
    if (looks_like_class(name) && !is_of_files(name)) found(name);
}

void wmi_each_class(void (*found)(const WCHAR *name))
{
    const char *image = (const char *)GetModuleHandleW(L"wbemprox.dll");
    const IMAGE_NT_HEADERS *headers;
    const WCHAR *text, *end;

    if (!image) return;
    headers = (const IMAGE_NT_HEADERS *)(image + ((const IMAGE_DOS_HEADER *)image)->e_lfanew);
    text = (const WCHAR *)(image + headers->OptionalHeader.SizeOfHeaders);
    end = (const WCHAR *)(image + headers->OptionalHeader.SizeOfImage);
    while (text < end)
    {
        MEMORY_BASIC_INFORMATION area;
        const WCHAR *area_end;

        if (!VirtualQuery(text, &area, sizeof(area))) return;
        area_end = (const WCHAR *)((const char *)area.BaseAddress + area.RegionSize);
        if (area_end > end) area_end = end;
        if (area.State == MEM_COMMIT && !(area.Protect & (PAGE_NOACCESS | PAGE_GUARD)))
            for (size_t length; text < area_end; text += length + 1)
            {
                for (length = 0; text + length < area_end && is_word(text[length]);)
                    length++;
                if (text + length < area_end && !text[length]) try_text(text, length, found);
            }
        text = area_end;
    }
}
