/* Classes from WMI's objects. See wmi_schema.h. */
#define COBJMACROS
#include "mi/wmi_schema.h"

#include "common/trace.h"
#include "mi/arena.h"
#include "mi/class.h"
#include "mi/object_path.h"
#include "mi/qualifier_flags.h"
#include "mi/text.h"
#include "mi/value.h"
#include "mi/wmi_object.h"
#include "mi/wmi_value.h"

#include <string.h>

CORK_TRACE_CHANNEL(mi);

/* Values of qualifiers and defaults, in the arena. */
struct kept
{
    struct kept *next;
    struct mi_slot slot;
    MI_Value value;
};

/* A declaration that is put together; all of it goes when the class was made. */
struct schema
{
    struct mi_arena arena;
    struct kept *kept;
    const WCHAR *name_space;
    const struct mi_wmi_call *call;
    int depth;       /* of super-classes */
    bool no_origins; /* WMI does not say where things come from */
    bool no_listing; /* WMI cannot enumerate qualifiers */
};

/* Pointers in the arena. */
struct list
{
    void **at;
    MI_Uint32 count, room;
};

static void *get_memory(struct schema *schema, size_t size)
{
    void *memory = mi_arena_alloc(&schema->arena, size);

    if (memory) memset(memory, 0, size);
    return memory;
}

/* A part of the size, on the list. */
static void *add_part(struct schema *schema, struct list *list, size_t size)
{
    void *part = get_memory(schema, size);

    if (part && list->count == list->room)
    {
        MI_Uint32 room = 2 * list->room + 8;
        void **larger = mi_arena_alloc(&schema->arena, room * sizeof(*larger));

        if (!larger) return NULL;
        if (list->count) memcpy(larger, list->at, list->count * sizeof(*larger));
        list->at = larger;
        list->room = room;
    }
    if (part) list->at[list->count++] = part;
    return part;
}

static HRESULT keep_text(struct schema *schema, const WCHAR *text, const MI_Char **copy)
{
    *copy = mi_arena_text(&schema->arena, text);
    return !text || *copy ? S_OK : E_OUTOFMEMORY;
}

/* NULL where there is none, or it is not of the type. */
static HRESULT keep_value(struct schema *schema, const VARIANT *variant, MI_Type type, const void **copy)
{
    struct kept *kept = get_memory(schema, sizeof(*kept));
    MI_Value value;
    HRESULT result = kept ? mi_value_from_wmi(variant, type, schema->name_space, &value) : E_OUTOFMEMORY;

    *copy = NULL;
    if (result != S_OK) return result == E_OUTOFMEMORY ? result : S_OK;
    mi_slot_init(&kept->slot, type);
    if (mi_slot_set(&kept->slot, &schema->arena, &value, type, 0) != MI_RESULT_OK) result = E_OUTOFMEMORY;
    mi_value_from_wmi_free(type, &value);
    mi_slot_get(&kept->slot, &kept->value);
    kept->next = schema->kept;
    schema->kept = kept;
    *copy = &kept->value;
    return result;
}

BSTR mi_wmi_text(IWbemClassObject *object, const WCHAR *name)
{
    VARIANT value;
    HRESULT result;

    VariantInit(&value);
    result = IWbemClassObject_Get(object, name, 0, &value, NULL, NULL);
    if (SUCCEEDED(result) && V_VT(&value) == VT_BSTR) return V_BSTR(&value);
    VariantClear(&value);
    return NULL;
}

/* ---- Qualifiers ------------------------------------------------------------------------------------------------- */

static MI_Uint32 flags_of_flavor(LONG flavor)
{
    return (flavor & WBEM_FLAVOR_NOT_OVERRIDABLE ? MI_FLAG_DISABLEOVERRIDE : MI_FLAG_ENABLEOVERRIDE) |
           (flavor & WBEM_FLAVOR_FLAG_PROPAGATE_TO_DERIVED_CLASS ? MI_FLAG_TOSUBCLASS : MI_FLAG_RESTRICTED) |
           (flavor & WBEM_FLAVOR_AMENDED ? MI_FLAG_TRANSLATABLE : 0);
}

static HRESULT add_qualifier(struct schema *schema, struct list *list, const WCHAR *name, const VARIANT *value,
                             LONG flavor)
{
    int type = mi_type_of_variant(value);
    MI_Qualifier *qualifier;
    HRESULT result;

    if (type < 0) return S_OK;
    qualifier = add_part(schema, list, sizeof(*qualifier));
    if (!qualifier) return E_OUTOFMEMORY;
    qualifier->type = (MI_Uint32)type;
    qualifier->flavor = flags_of_flavor(flavor);
    result = keep_text(schema, name, &qualifier->name);
    if (SUCCEEDED(result)) result = keep_value(schema, value, (MI_Type)type, &qualifier->value);
    return result;
}

/* Wine 8 cannot enumerate them; the one that it has, by name, gives the order of parameters. */
static HRESULT read_known_qualifier(struct schema *schema, IWbemQualifierSet *set, struct list *list)
{
    LONG flavor = 0;
    VARIANT value;
    HRESULT result = S_OK;

    VariantInit(&value);
    if (SUCCEEDED(IWbemQualifierSet_Get(set, L"ID", 0, &value, &flavor)))
        result = add_qualifier(schema, list, L"ID", &value, flavor);
    VariantClear(&value);
    return result;
}

/* Releases the set. `known`: set where all its qualifiers could be read. `ids`: it is a parameter's. */
static HRESULT read_qualifiers(struct schema *schema, IWbemQualifierSet *set, struct list *list, bool ids, bool *known)
{
    HRESULT begun = schema->no_listing ? E_NOTIMPL : IWbemQualifierSet_BeginEnumeration(set, 0);
    HRESULT result = S_OK;

    *known = SUCCEEDED(begun);
    if (begun == E_NOTIMPL) schema->no_listing = true;
    if (!*known && ids) result = read_known_qualifier(schema, set, list);
    while (*known && SUCCEEDED(result))
    {
        LONG flavor = 0;
        VARIANT value;
        BSTR name = NULL;

        VariantInit(&value);
        if (IWbemQualifierSet_Next(set, 0, &name, &value, &flavor) != S_OK) break;
        result = add_qualifier(schema, list, name, &value, flavor);
        VariantClear(&value);
        SysFreeString(name);
    }
    if (*known) IWbemQualifierSet_EndEnumeration(set);
    IWbemQualifierSet_Release(set);
    return result;
}

static MI_Qualifier MI_CONST *MI_CONST *as_qualifiers(const struct list *list)
{
    return (MI_Qualifier MI_CONST * MI_CONST *)(void *)list->at;
}

/* WMI says "required" in another way, too. */
static MI_Uint32 flags_of_qualifiers(const struct list *list)
{
    MI_Uint32 flags = mi_qualifier_flags(as_qualifiers(list), list->count);

    return mi_qualifier_is_true(as_qualifiers(list), list->count, MI_T("not_null")) ? flags | MI_FLAG_REQUIRED : flags;
}

/* The class that a reference or an embedded instance is of: CIMTYPE is "ref:Class" or "object:Class". */
static const MI_Char *class_of_type(const struct list *list)
{
    const MI_Qualifier *qualifier = mi_qualifier_find(as_qualifiers(list), list->count, MI_T("CIMTYPE"));
    const MI_Char *text =
        qualifier && qualifier->type == MI_STRING && qualifier->value ? *(MI_Char *const *)qualifier->value : NULL;

    for (; text && *text; text++)
        if (*text == ':' && text[1]) return text + 1;
    return NULL;
}

/* ---- Properties ------------------------------------------------------------------------------------------------- */

/* What there is of an object beside its properties. */
struct source
{
    IWbemClassObject *object;
    const MI_Char *class_name;
    BSTR path;         /* of an instance; NULL */
    bool is_class;     /* its values are defaults */
    bool is_signature; /* its properties are parameters */
};

/* The class that something came from; the own one where WMI does not say it. */
static HRESULT keep_origin(struct schema *schema, const struct source *source, HRESULT got, BSTR origin,
                           const MI_Char **kept)
{
    HRESULT result = S_OK;

    *kept = source->class_name;
    if (got == E_NOTIMPL) schema->no_origins = true;
    if (FAILED(got)) return S_OK;
    if (origin && *origin) result = keep_text(schema, origin, kept);
    SysFreeString(origin);
    return result;
}

static HRESULT read_details(struct schema *schema, const struct source *source, MI_PropertyDecl *property,
                            const WCHAR *name)
{
    struct list qualifiers = {NULL, 0, 0};
    IWbemQualifierSet *set;
    BSTR origin = NULL;
    bool known = false;
    HRESULT result = S_OK;

    if ((!schema->no_listing || source->is_signature) &&
        SUCCEEDED(IWbemClassObject_GetPropertyQualifierSet(source->object, name, &set)))
        result = read_qualifiers(schema, set, &qualifiers, source->is_signature, &known);
    property->flags = MI_FLAG_PROPERTY | flags_of_qualifiers(&qualifiers);
    if (!known && source->path && mi_object_path_has_key(source->path, name)) property->flags |= MI_FLAG_KEY;
    property->qualifiers = as_qualifiers(&qualifiers);
    property->numQualifiers = qualifiers.count;
    property->className = class_of_type(&qualifiers);
    property->origin = property->propagator = source->class_name;
    if (FAILED(result) || schema->no_origins || source->is_signature) return result;
    result = IWbemClassObject_GetPropertyOrigin(source->object, name, &origin);
    result = keep_origin(schema, source, result, origin, &property->origin);
    property->propagator = property->origin;
    return result;
}

static HRESULT read_property(struct schema *schema, const struct source *source, struct list *list, const WCHAR *name,
                             const VARIANT *value, CIMTYPE cim_type)
{
    int type = mi_type_of_cim(cim_type);
    MI_PropertyDecl *property;
    HRESULT result;

    if (type < 0)
    {
        CORK_FIXME("property %s of CIM type %#lx\n", cork_debugstr_w(name), (unsigned long)cim_type);
        return S_OK;
    }
    property = add_part(schema, list, sizeof(*property));
    result = property ? keep_text(schema, name, &property->name) : E_OUTOFMEMORY;
    if (FAILED(result)) return result;
    property->type = (MI_Uint32)type;
    result = read_details(schema, source, property, name);
    if (SUCCEEDED(result) && source->is_class)
        result = keep_value(schema, value, (MI_Type)type, (const void **)&property->value);
    return result;
}

static HRESULT read_properties(struct schema *schema, const struct source *source, struct list *list)
{
    HRESULT result = IWbemClassObject_BeginEnumeration(source->object, WBEM_FLAG_NONSYSTEM_ONLY);

    while (SUCCEEDED(result))
    {
        CIMTYPE type = 0;
        VARIANT value;
        BSTR name = NULL;

        VariantInit(&value);
        result = IWbemClassObject_Next(source->object, 0, &name, &value, &type, NULL);
        if (result != S_OK) break;
        result = read_property(schema, source, list, name, &value, type);
        VariantClear(&value);
        SysFreeString(name);
    }
    IWbemClassObject_EndEnumeration(source->object);
    return FAILED(result) ? result : S_OK;
}

/* ---- Methods ---------------------------------------------------------------------------------------------------- */

/* A parameter that is in both signatures is one. The value returned is none. */
static HRESULT take_parameter(struct schema *schema, MI_MethodDecl *method, struct list *list,
                              const MI_PropertyDecl *property, MI_Uint32 direction)
{
    MI_ParameterDecl *parameter = NULL;

    if (direction == MI_FLAG_OUT && mi_name_equal(property->name, MI_T("ReturnValue")))
    {
        method->returnType = property->type;
        return S_OK;
    }
    for (MI_Uint32 i = 0; i < list->count && !parameter; i++)
        if (mi_name_equal(((MI_ParameterDecl *)list->at[i])->name, property->name)) parameter = list->at[i];
    if (!parameter)
    {
        parameter = add_part(schema, list, sizeof(*parameter));
        if (!parameter) return E_OUTOFMEMORY;
        parameter->name = property->name;
        parameter->type = property->type;
        parameter->className = property->className;
        parameter->qualifiers = property->qualifiers;
        parameter->numQualifiers = property->numQualifiers;
    }
    parameter->flags |= MI_FLAG_PARAMETER | direction | (property->flags & (MI_FLAG_REQUIRED | MI_FLAG_STREAM));
    return S_OK;
}

/* Where WMI says it, in the "ID" qualifier; else at the end. */
static MI_Uint32 position(const MI_ParameterDecl *parameter)
{
    for (MI_Uint32 i = 0; i < parameter->numQualifiers; i++)
        if (mi_name_equal(parameter->qualifiers[i]->name, MI_T("ID")) && parameter->qualifiers[i]->value &&
            parameter->qualifiers[i]->type == MI_SINT32)
            return *(const MI_Uint32 *)parameter->qualifiers[i]->value;
    return ~(MI_Uint32)0;
}

static void sort_parameters(struct list *list)
{
    for (MI_Uint32 i = 1; i < list->count; i++)
    {
        void *moved = list->at[i];
        MI_Uint32 to = i;

        for (; to && position(list->at[to - 1]) > position(moved); to--)
            list->at[to] = list->at[to - 1];
        list->at[to] = moved;
    }
}

static HRESULT read_signature(struct schema *schema, MI_MethodDecl *method, struct list *list, IWbemClassObject *object,
                              MI_Uint32 direction)
{
    struct source source = {.object = object, .class_name = method->origin, .is_signature = true};
    struct list properties = {NULL, 0, 0};
    HRESULT result = object ? read_properties(schema, &source, &properties) : S_OK;

    for (MI_Uint32 i = 0; i < properties.count && SUCCEEDED(result); i++)
        result = take_parameter(schema, method, list, properties.at[i], direction);
    return result;
}

static HRESULT read_method_details(struct schema *schema, const struct source *source, MI_MethodDecl *method,
                                   const WCHAR *name)
{
    struct list qualifiers = {NULL, 0, 0};
    IWbemQualifierSet *set;
    BSTR origin = NULL;
    bool known;
    HRESULT result = S_OK;

    if (!schema->no_listing && SUCCEEDED(IWbemClassObject_GetMethodQualifierSet(source->object, name, &set)))
        result = read_qualifiers(schema, set, &qualifiers, false, &known);
    method->flags = MI_FLAG_METHOD | (flags_of_qualifiers(&qualifiers) & MI_FLAG_STATIC);
    method->qualifiers = as_qualifiers(&qualifiers);
    method->numQualifiers = qualifiers.count;
    method->origin = method->propagator = source->class_name;
    if (FAILED(result) || schema->no_origins) return result;
    result = IWbemClassObject_GetMethodOrigin(source->object, name, &origin);
    result = keep_origin(schema, source, result, origin, &method->origin);
    method->propagator = method->origin;
    return result;
}

/* A method of which WMI does not say what it returns is taken for one of uint32, as nearly all are. */
static HRESULT read_method(struct schema *schema, const struct source *source, struct list *list, const WCHAR *name,
                           IWbemClassObject *in, IWbemClassObject *out)
{
    MI_MethodDecl *method = add_part(schema, list, sizeof(*method));
    struct list parameters = {NULL, 0, 0};
    HRESULT result = method ? keep_text(schema, name, &method->name) : E_OUTOFMEMORY;

    if (FAILED(result)) return result;
    method->returnType = MI_UINT32;
    result = read_method_details(schema, source, method, name);
    if (SUCCEEDED(result)) result = read_signature(schema, method, &parameters, in, MI_FLAG_IN);
    if (SUCCEEDED(result)) result = read_signature(schema, method, &parameters, out, MI_FLAG_OUT);
    sort_parameters(&parameters);
    method->parameters = (MI_ParameterDecl MI_CONST * MI_CONST *)(void *)parameters.at;
    method->numParameters = parameters.count;
    return result;
}

/* Instances need not say methods; that is no failure. */
static HRESULT read_methods(struct schema *schema, const struct source *source, struct list *list)
{
    HRESULT result = S_OK;

    if (FAILED(IWbemClassObject_BeginMethodEnumeration(source->object, 0))) return S_OK;
    while (SUCCEEDED(result))
    {
        IWbemClassObject *in = NULL, *out = NULL;
        BSTR name = NULL;

        result = IWbemClassObject_NextMethod(source->object, 0, &name, &in, &out);
        if (result != S_OK) break;
        result = read_method(schema, source, list, name, in, out);
        SysFreeString(name);
        if (in) IWbemClassObject_Release(in);
        if (out) IWbemClassObject_Release(out);
    }
    IWbemClassObject_EndMethodEnumeration(source->object);
    return FAILED(result) ? result : S_OK;
}

/* ---- Classes ---------------------------------------------------------------------------------------------------- */

BSTR mi_wmi_class_name(IWbemClassObject *object)
{
    BSTR name = mi_wmi_text(object, L"__CLASS");

    if (name && *name) return name;
    SysFreeString(name);
    return SysAllocString(L"__PARAMETERS");
}

static HRESULT read_names(struct schema *schema, IWbemClassObject *object, MI_ClassDecl *decl)
{
    BSTR name = mi_wmi_class_name(object), super = mi_wmi_text(object, L"__SUPERCLASS");
    HRESULT result = name ? keep_text(schema, name, &decl->name) : E_OUTOFMEMORY;

    if (SUCCEEDED(result) && super && *super) result = keep_text(schema, super, &decl->superClass);
    SysFreeString(name);
    SysFreeString(super);
    decl->flags = MI_FLAG_CLASS;
    return result;
}

bool mi_wmi_is_class(IWbemClassObject *object)
{
    VARIANT genus;
    bool found;

    VariantInit(&genus);
    found = SUCCEEDED(IWbemClassObject_Get(object, L"__GENUS", 0, &genus, NULL, NULL)) && V_VT(&genus) == VT_I4 &&
            V_I4(&genus) == WBEM_GENUS_CLASS;
    VariantClear(&genus);
    return found;
}

static HRESULT read_parts(struct schema *schema, IWbemClassObject *object, MI_ClassDecl *decl)
{
    struct source source = {.object = object, .class_name = decl->name, .is_class = mi_wmi_is_class(object)};
    struct list qualifiers = {NULL, 0, 0}, properties = {NULL, 0, 0}, methods = {NULL, 0, 0};
    IWbemQualifierSet *set;
    bool known;
    HRESULT result = S_OK;

    if (!schema->no_listing && SUCCEEDED(IWbemClassObject_GetQualifierSet(object, &set)))
        result = read_qualifiers(schema, set, &qualifiers, false, &known);
    if (!source.is_class) source.path = mi_wmi_text(object, L"__RELPATH");
    if (SUCCEEDED(result)) result = read_properties(schema, &source, &properties);
    if (SUCCEEDED(result)) result = read_methods(schema, &source, &methods);
    SysFreeString(source.path);
    decl->flags |= flags_of_qualifiers(&qualifiers) &
                   (MI_FLAG_ABSTRACT | MI_FLAG_TERMINAL | MI_FLAG_ASSOCIATION | MI_FLAG_INDICATION);
    decl->qualifiers = as_qualifiers(&qualifiers);
    decl->numQualifiers = qualifiers.count;
    decl->properties = (MI_PropertyDecl MI_CONST * MI_CONST *)(void *)properties.at;
    decl->numProperties = properties.count;
    decl->methods = (MI_MethodDecl MI_CONST * MI_CONST *)(void *)methods.at;
    decl->numMethods = methods.count;
    return result;
}

static HRESULT read_class(struct schema *schema, IWbemClassObject *object, MI_ClassDecl **out)
{
    MI_ClassDecl *decl = *out = get_memory(schema, sizeof(*decl));
    IWbemClassObject *super;
    HRESULT result = decl ? read_names(schema, object, decl) : E_OUTOFMEMORY;

    if (SUCCEEDED(result)) result = read_parts(schema, object, decl);
    if (FAILED(result) || !schema->call || !decl->superClass) return result;
    if (schema->depth++ >= MI_MAX_SUPERCLASSES) return WBEM_E_INVALID_SUPERCLASS;
    result = mi_class_object_get(schema->call, decl->superClass, &super);
    if (FAILED(result)) return result;
    result = read_class(schema, super, (MI_ClassDecl **)&decl->superClassDecl);
    IWbemClassObject_Release(super);
    return result;
}

static void free_schema(struct schema *schema)
{
    for (struct kept *kept = schema->kept; kept; kept = kept->next)
        mi_slot_clear(&kept->slot);
    mi_arena_free(&schema->arena);
}

static HRESULT make_class(IWbemClassObject *object, const WCHAR *name_space, const struct mi_wmi_call *call, bool whole,
                          MI_Class **class_object)
{
    struct schema schema = {.name_space = name_space, .call = call};
    MI_ClassDecl *decl = NULL;
    HRESULT result;

    *class_object = NULL;
    mi_arena_init(&schema.arena, NULL, 0, 4096);
    if (whole)
        result = read_class(&schema, object, &decl);
    else
    {
        decl = get_memory(&schema, sizeof(*decl));
        result = decl ? read_names(&schema, object, decl) : E_OUTOFMEMORY;
    }
    if (SUCCEEDED(result))
    {
        BSTR server = mi_wmi_text(object, L"__SERVER");
        MI_Result made = mi_class_from_decl(decl, name_space, server, class_object);

        SysFreeString(server);
        if (made != MI_RESULT_OK)
            result = made == MI_RESULT_SERVER_LIMITS_EXCEEDED ? E_OUTOFMEMORY : WBEM_E_INVALID_CLASS;
    }
    free_schema(&schema);
    return result;
}

HRESULT mi_class_from_wmi(IWbemClassObject *object, const WCHAR *name_space, const struct mi_wmi_call *call,
                          MI_Class **class_object)
{
    return make_class(object, name_space, call, true, class_object);
}

HRESULT mi_class_name_from_wmi(IWbemClassObject *object, const WCHAR *name_space, MI_Class **class_object)
{
    return make_class(object, name_space, NULL, false, class_object);
}
