/* Instances that are there: one by its keys, those of a class, those of a query. See wmi_call.h. */
#define COBJMACROS
#include "mi/wmi_call.h"

#include "mi/allocation.h"
#include "mi/object_path.h"
#include "mi/text.h"
#include "mi/wmi_object.h"
#include "mi/wmi_schema.h"

#include <stdbool.h>

/* One of the flags has the other's bit. */
static MI_Uint32 polymorphism(const struct mi_wmi_call *call)
{
    return call->request->flags & MI_OPERATIONFLAGS_POLYMORPHISM_DEEP_BASE_PROPS_ONLY;
}

/* Whether the object has other properties than those of the class that was asked for, where only these are wanted. */
static bool has_too_much(const struct mi_wmi_call *call, IWbemClassObject *object)
{
    const struct mi_request *request = call->request;
    BSTR name;
    bool other;

    if (request->kind != MI_REQUEST_ENUMERATE_INSTANCES || request->keys_only ||
        polymorphism(call) != MI_OPERATIONFLAGS_POLYMORPHISM_DEEP_BASE_PROPS_ONLY)
        return false;
    name = mi_wmi_class_name(object);
    other = name && !mi_name_equal(name, request->class_name);
    SysFreeString(name);
    return other;
}

/* As an instance of the class that was asked for, which is read once. */
static HRESULT make_base_instance(const struct mi_wmi_call *call, IWbemClassObject *object, MI_Instance **instance)
{
    const MI_Char *name_space = call->request->name_space;
    IWbemClassObject *class_object;
    HRESULT result = S_OK;

    if (!*call->base)
    {
        result = mi_class_object_get(call, call->request->class_name, &class_object);
        if (FAILED(result)) return result;
        result = mi_class_from_wmi(class_object, name_space, NULL, call->base);
        IWbemClassObject_Release(class_object);
    }
    return FAILED(result) ? result : mi_instance_from_wmi_as(object, name_space, *call->base, instance);
}

HRESULT mi_wmi_post_object(const struct mi_wmi_call *call, IWbemClassObject *object)
{
    const MI_Char *name_space = call->request->name_space;
    MI_Instance *instance;
    HRESULT result;

    if (has_too_much(call, object))
        result = make_base_instance(call, object, &instance);
    else if (call->request->keys_only)
        result = mi_keys_from_wmi(object, name_space, call->known, &instance);
    else
        result = mi_instance_from_wmi_like(object, name_space, call->known, &instance);
    if (FAILED(result)) return result;
    return mi_operation_post(call->operation, instance) ? S_OK : S_FALSE;
}

HRESULT mi_wmi_each(const struct mi_wmi_call *call, IEnumWbemClassObject *objects,
                    HRESULT (*post)(const struct mi_wmi_call *call, IWbemClassObject *object))
{
    HRESULT result = S_OK;

    while (result == S_OK && !mi_operation_stopped(call->operation))
    {
        IWbemClassObject *object = NULL;
        ULONG count = 0;

        result = IEnumWbemClassObject_Next(objects, MI_WMI_PATIENCE, 1, &object, &count);
        if (result == (HRESULT)WBEM_S_TIMEDOUT) result = S_OK;
        if (!count || !object) continue;
        result = post(call, object);
        IWbemClassObject_Release(object);
    }
    return FAILED(result) ? result : S_OK;
}

HRESULT mi_wmi_each_of_query(const struct mi_wmi_call *call, const MI_Char *query,
                             HRESULT (*post)(const struct mi_wmi_call *call, IWbemClassObject *object))
{
    BSTR language = SysAllocString(L"WQL"), text = SysAllocString(query);
    IEnumWbemClassObject *objects;
    HRESULT result = language && text ? S_OK : E_OUTOFMEMORY;

    if (SUCCEEDED(result))
        result = IWbemServices_ExecQuery(call->services, language, text,
                                         call->flags | WBEM_FLAG_RETURN_IMMEDIATELY | WBEM_FLAG_FORWARD_ONLY,
                                         call->context, &objects);
    SysFreeString(language);
    SysFreeString(text);
    if (FAILED(result)) return result;
    result = mi_wmi_each(call, objects, post);
    IEnumWbemClassObject_Release(objects);
    return result;
}

HRESULT mi_wmi_query_instances(const struct mi_wmi_call *call)
{
    if (mi_name_equal(call->request->dialect, MI_QUERY_DIALECT_WQL))
        return mi_wmi_each_of_query(call, call->request->query, mi_wmi_post_object);
    return WBEM_E_INVALID_QUERY_TYPE;
}

HRESULT mi_wmi_each_instance(const struct mi_wmi_call *call, const MI_Char *class_name,
                             HRESULT (*post)(const struct mi_wmi_call *call, IWbemClassObject *object))
{
    LONG depth = polymorphism(call) == MI_OPERATIONFLAGS_POLYMORPHISM_SHALLOW ? WBEM_FLAG_SHALLOW : WBEM_FLAG_DEEP;
    BSTR name = SysAllocString(class_name);
    IEnumWbemClassObject *objects;
    HRESULT result = name ? S_OK : E_OUTOFMEMORY;

    if (SUCCEEDED(result))
        result = IWbemServices_CreateInstanceEnum(
            call->services, name, call->flags | depth | WBEM_FLAG_RETURN_IMMEDIATELY | WBEM_FLAG_FORWARD_ONLY,
            call->context, &objects);
    SysFreeString(name);
    if (FAILED(result)) return result;
    result = mi_wmi_each(call, objects, post);
    IEnumWbemClassObject_Release(objects);
    return result;
}

/* Wine's WMI answers a class that there is not as one that has no instances, and GetObject of either is
 * WBEM_E_NOT_FOUND: nothing tells them apart, so an empty result stays one. */
HRESULT mi_wmi_enumerate_instances(const struct mi_wmi_call *call)
{
    return mi_wmi_each_instance(call, call->request->class_name, mi_wmi_post_object);
}

HRESULT mi_wmi_path(const MI_Instance *instance, BSTR *path)
{
    MI_Char *text;
    MI_Result result = mi_object_path(instance, false, &text);

    *path = NULL;
    if (result == MI_RESULT_INVALID_PARAMETER) return WBEM_E_INVALID_OBJECT;
    if (result == MI_RESULT_OK) *path = SysAllocString(text);
    mi_free(text);
    return *path ? S_OK : E_OUTOFMEMORY;
}

static HRESULT get_object(const struct mi_wmi_call *call, BSTR path, IWbemClassObject **object)
{
    return IWbemServices_GetObject(call->services, path, call->flags, call->context, object, NULL);
}

/* The one instance of a class; where there are more, its name does not say which is meant. */
static HRESULT get_only_instance(const struct mi_wmi_call *call, BSTR name, IWbemClassObject **object)
{
    IWbemClassObject *found[2] = {NULL, NULL};
    IEnumWbemClassObject *objects;
    ULONG count = 0;
    HRESULT result = IWbemServices_CreateInstanceEnum(call->services, name, call->flags | WBEM_FLAG_SHALLOW,
                                                      call->context, &objects);

    if (FAILED(result)) return result;
    result = IEnumWbemClassObject_Next(objects, WBEM_INFINITE, 2, found, &count);
    IEnumWbemClassObject_Release(objects);
    if (FAILED(result)) return result;
    if (count == 0) return WBEM_E_NOT_FOUND;
    if (count == 1)
    {
        *object = found[0];
        return S_OK;
    }
    IWbemClassObject_Release(found[0]);
    IWbemClassObject_Release(found[1]);
    return WBEM_E_INVALID_OBJECT_PATH;
}

/* Wine does not know "Class=@". To older ones the class's name alone is the one instance, to newer ones the class. */
static HRESULT get_singleton(const struct mi_wmi_call *call, BSTR path, IWbemClassObject **object)
{
    HRESULT result;

    path[SysStringLen(path) - 2] = 0;
    result = get_object(call, path, object);
    if (FAILED(result) || !mi_wmi_is_class(*object)) return result;
    IWbemClassObject_Release(*object);
    *object = NULL;
    return get_only_instance(call, path, object);
}

static bool is_no_path(HRESULT result)
{
    return result == (HRESULT)WBEM_E_INVALID_QUERY || result == (HRESULT)WBEM_E_INVALID_OBJECT_PATH;
}

HRESULT mi_wmi_read_instance(const struct mi_wmi_call *call, IWbemClassObject **object)
{
    BSTR path;
    HRESULT result = mi_wmi_path(call->request->instance, &path);

    *object = NULL;
    if (FAILED(result)) return result;
    result = get_object(call, path, object);
    if (is_no_path(result) && path[SysStringLen(path) - 1] == '@') result = get_singleton(call, path, object);
    SysFreeString(path);
    return result;
}

HRESULT mi_wmi_get_instance(const struct mi_wmi_call *call)
{
    IWbemClassObject *object;
    HRESULT result = mi_wmi_read_instance(call, &object);

    if (FAILED(result)) return result;
    result = mi_wmi_post_object(call, object);
    IWbemClassObject_Release(object);
    return result;
}
