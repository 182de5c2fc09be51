/* WMI's objects and instances. See wmi_object.h. */
#define COBJMACROS
#include "mi/wmi_object.h"

#include "common/trace.h"
#include "mi/class.h"
#include "mi/instance.h"
#include "mi/text.h"
#include "mi/value.h"
#include "mi/wmi_call.h"
#include "mi/wmi_schema.h"
#include "mi/wmi_value.h"

#include <string.h>

CORK_TRACE_CHANNEL(mi);

/* The bits that CIM types have. */
#define CIM_TYPE_BITS (CIM_FLAG_ARRAY | CIM_ILLEGAL)

/* ---- From WMI --------------------------------------------------------------------------------------------------- */

/* Sets or adds an element; instances in the value become the element's. */
static HRESULT give_element(MI_Instance *instance, const MI_PropertyDecl *property, MI_Uint32 index, bool add,
                            const VARIANT *variant, const WCHAR *name_space)
{
    MI_Type type = (MI_Type)property->type;
    MI_Uint32 flags = MI_FLAG_NOT_MODIFIED;
    MI_Value value;
    MI_Result result;
    HRESULT read = mi_value_from_wmi(variant, type, name_space, &value);

    if (read == E_OUTOFMEMORY) return read;
    if (FAILED(read))
        CORK_FIXME("property %s of type %d: error %#lx\n", cork_debugstr_w(property->name), (int)type,
                   (unsigned long)read);
    if (add) flags |= property->flags & (MI_FLAG_ANY | MI_FLAG_KEY);
    result = add ? MI_Instance_AddElement(instance, property->name, read == S_OK ? &value : NULL, type,
                                          flags | (read == S_OK ? 0 : MI_FLAG_NULL))
                 : MI_Instance_SetElementAt(instance, index, read == S_OK ? &value : NULL, type,
                                            flags | (read == S_OK ? 0 : MI_FLAG_NULL));
    if (read == S_OK) mi_value_from_wmi_free(type, &value);
    return result == MI_RESULT_OK ? S_OK : E_OUTOFMEMORY;
}

/* Gives the instance the object's values, as long as the properties are the class's in their order; those that have no
 * MI type are none of the class's. Returns S_FALSE where they are others. */
static HRESULT give_values(MI_Instance *instance, IWbemClassObject *object, const MI_ClassDecl *decl, bool keys,
                           const WCHAR *name_space)
{
    HRESULT result = IWbemClassObject_BeginEnumeration(object, WBEM_FLAG_NONSYSTEM_ONLY);
    MI_Uint32 index = 0;
    bool same = true;

    while (SUCCEEDED(result) && same)
    {
        CIMTYPE type = 0;
        VARIANT value;
        BSTR name = NULL;

        VariantInit(&value);
        result = IWbemClassObject_Next(object, 0, &name, &value, &type, NULL);
        if (result != S_OK) break;
        if (mi_type_of_cim(type) >= 0)
        {
            const MI_PropertyDecl *property = index < decl->numProperties ? decl->properties[index] : NULL;

            same = property && property->type == (MI_Uint32)mi_type_of_cim(type) && !wcscmp(property->name, name);
            if (same && (!keys || property->flags & MI_FLAG_KEY))
                result = give_element(instance, property, index, keys, &value, name_space);
            index++;
        }
        VariantClear(&value);
        SysFreeString(name);
    }
    IWbemClassObject_EndEnumeration(object);
    if (FAILED(result)) return result;
    return same && index == decl->numProperties ? S_OK : S_FALSE;
}

/* An instance of the class without values, or a dynamic one of its name. */
static HRESULT begin_instance(MI_Class *class_object, bool keys, const WCHAR *name_space, MI_Instance **instance)
{
    const MI_ClassDecl *decl = class_object->classDecl;
    MI_Result made = keys ? mi_instance_new(decl->name, instance)
                          : mi_instance_of(NULL, decl, mi_class_get_data(class_object), instance);

    if (made == MI_RESULT_OK) made = MI_Instance_SetNameSpace(*instance, name_space);
    if (made == MI_RESULT_OK) made = MI_Instance_SetServerName(*instance, class_object->serverName);
    return made == MI_RESULT_OK ? S_OK : E_OUTOFMEMORY;
}

static HRESULT make_instance(IWbemClassObject *object, MI_Class *class_object, bool keys, const WCHAR *name_space,
                             MI_Instance **out)
{
    const MI_ClassDecl *decl = class_object->classDecl;
    BSTR name = mi_wmi_class_name(object);
    MI_Instance *instance = NULL;
    HRESULT result = name && !wcscmp(name, decl->name) ? S_OK : S_FALSE;

    *out = NULL;
    SysFreeString(name);
    if (result != S_OK) return result;
    result = begin_instance(class_object, keys, name_space, &instance);
    if (SUCCEEDED(result)) result = give_values(instance, object, decl, keys, name_space);
    if (result == S_OK)
        *out = instance;
    else if (instance)
        MI_Instance_Delete(instance);
    return result;
}

HRESULT mi_instance_from_wmi_as(IWbemClassObject *object, const WCHAR *name_space, MI_Class *base, MI_Instance **out)
{
    const MI_ClassDecl *decl = base->classDecl;
    MI_Instance *instance = NULL;
    HRESULT result = begin_instance(base, false, name_space, &instance);

    *out = NULL;
    for (MI_Uint32 i = 0; i < decl->numProperties && SUCCEEDED(result); i++)
    {
        VARIANT value;

        VariantInit(&value);
        result = IWbemClassObject_Get(object, decl->properties[i]->name, 0, &value, NULL, NULL);
        if (SUCCEEDED(result)) result = give_element(instance, decl->properties[i], i, false, &value, name_space);
        VariantClear(&value);
    }
    if (SUCCEEDED(result))
        *out = instance;
    else if (instance)
        MI_Instance_Delete(instance);
    return result;
}

/* By the class that is known, or, where the object is not of it, by its own. */
static HRESULT read_object(IWbemClassObject *object, const WCHAR *name_space, bool keys, MI_Class **known,
                           MI_Instance **instance)
{
    HRESULT result = *known ? make_instance(object, *known, keys, name_space, instance) : S_FALSE;

    if (result != S_FALSE) return result;
    if (*known) MI_Class_Delete(*known);
    result = mi_class_from_wmi(object, name_space, NULL, known);
    if (FAILED(result)) return result;
    result = make_instance(object, *known, keys, name_space, instance);
    return result == S_FALSE ? (HRESULT)WBEM_E_INVALID_OBJECT : result;
}

HRESULT mi_instance_from_wmi_like(IWbemClassObject *object, const WCHAR *name_space, MI_Class **known,
                                  MI_Instance **instance)
{
    return read_object(object, name_space, false, known, instance);
}

HRESULT mi_keys_from_wmi(IWbemClassObject *object, const WCHAR *name_space, MI_Class **known, MI_Instance **instance)
{
    return read_object(object, name_space, true, known, instance);
}

HRESULT mi_instance_from_wmi(IWbemClassObject *object, const WCHAR *name_space, MI_Instance **instance)
{
    MI_Class *known = NULL;
    HRESULT result = mi_instance_from_wmi_like(object, name_space, &known, instance);

    if (known) MI_Class_Delete(known);
    return result;
}

/* ---- To WMI ----------------------------------------------------------------------------------------------------- */

HRESULT mi_class_object_get(const struct mi_wmi_call *call, const WCHAR *class_name, IWbemClassObject **object)
{
    BSTR name = SysAllocString(class_name);
    HRESULT result =
        name ? IWbemServices_GetObject(call->services, name, call->flags, call->context, object, NULL) : E_OUTOFMEMORY;

    SysFreeString(name);
    return result == (HRESULT)WBEM_E_NOT_FOUND ? (HRESULT)WBEM_E_INVALID_CLASS : result;
}

/* Wine says WBEM_E_INVALID_QUERY of a property that there is not, and has bits of its own in types. */
static HRESULT put_element(const struct mi_wmi_call *call, IWbemClassObject *object, const WCHAR *name, MI_Type type,
                           const MI_Value *value)
{
    CIMTYPE cim_type = 0;
    VARIANT variant;
    HRESULT result = IWbemClassObject_Get(object, name, 0, NULL, &cim_type, NULL);

    if (result == (HRESULT)WBEM_E_NOT_FOUND || result == (HRESULT)WBEM_E_INVALID_QUERY) return WBEM_E_INVALID_PROPERTY;
    cim_type &= CIM_TYPE_BITS;
    if (SUCCEEDED(result)) result = mi_value_to_wmi(value, type, cim_type, call, &variant);
    if (FAILED(result)) return result;
    result = IWbemClassObject_Put(object, name, 0, &variant, 0);
    if (result == (HRESULT)WBEM_E_TYPE_MISMATCH && mi_variant_to_own_type(&variant, cim_type))
        result = IWbemClassObject_Put(object, name, 0, &variant, 0);
    VariantClear(&variant);
    return result;
}

HRESULT mi_object_put_elements(const struct mi_wmi_call *call, IWbemClassObject *object, const MI_Instance *instance,
                               bool modified)
{
    MI_Uint32 count = 0;
    HRESULT result = S_OK;

    MI_Instance_GetElementCount(instance, &count);
    for (MI_Uint32 i = 0; i < count && SUCCEEDED(result); i++)
    {
        const MI_Char *name = NULL;
        MI_Type type = MI_BOOLEAN;
        MI_Uint32 flags = 0;
        MI_Value value;

        MI_Instance_GetElementAt(instance, i, &name, &value, &type, &flags);
        if ((flags & MI_FLAG_NOT_MODIFIED) && (modified || (flags & MI_FLAG_NULL))) continue;
        result = put_element(call, object, name, type, flags & MI_FLAG_NULL ? NULL : &value);
        if (FAILED(result)) CORK_WARN("element %s: error %#lx\n", cork_debugstr_w(name), (unsigned long)result);
    }
    return result;
}

HRESULT mi_object_from_instance(const struct mi_wmi_call *call, const MI_Instance *instance, IWbemClassObject **object)
{
    const MI_Char *name = NULL;
    IWbemClassObject *class_object;
    HRESULT result;

    *object = NULL;
    if (MI_Instance_GetClassName(instance, &name) != MI_RESULT_OK) return WBEM_E_INVALID_PARAMETER;
    result = mi_class_object_get(call, name, &class_object);
    if (FAILED(result)) return result;
    result = IWbemClassObject_SpawnInstance(class_object, 0, object);
    IWbemClassObject_Release(class_object);
    if (FAILED(result)) return result;
    result = mi_object_put_elements(call, *object, instance, false);
    if (SUCCEEDED(result)) return result;
    IWbemClassObject_Release(*object);
    *object = NULL;
    return result;
}
