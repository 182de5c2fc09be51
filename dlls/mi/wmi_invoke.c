/* Methods. See wmi_call.h. */
#define COBJMACROS
#include "mi/wmi_call.h"

#include "mi/wmi_object.h"

/* What the method takes; NULL for nothing. The caller releases it. */
static HRESULT get_signature(const struct mi_wmi_call *call, BSTR method, IWbemClassObject **signature)
{
    const struct mi_request *request = call->request;
    const MI_Char *class_name = request->class_name;
    IWbemClassObject *class_object;
    HRESULT result;

    *signature = NULL;
    if (request->instance) MI_Instance_GetClassName(request->instance, &class_name);
    result = mi_class_object_get(call, class_name, &class_object);
    if (FAILED(result)) return result;
    result = IWbemClassObject_GetMethod(class_object, method, 0, signature, NULL);
    IWbemClassObject_Release(class_object);
    return result == (HRESULT)WBEM_E_NOT_FOUND ? (HRESULT)WBEM_E_INVALID_METHOD : result;
}

/* The object with the parameters' values; NULL for a method that takes nothing. Wine needs one, if empty, of a method
 * that takes something. */
static HRESULT make_parameters(const struct mi_wmi_call *call, IWbemClassObject *signature, IWbemClassObject **made)
{
    const MI_Instance *given = call->request->parameters;
    MI_Uint32 count = 0;
    HRESULT result;

    *made = NULL;
    if (given) MI_Instance_GetElementCount(given, &count);
    if (!signature) return count ? WBEM_E_INVALID_METHOD_PARAMETERS : S_OK;
    result = IWbemClassObject_SpawnInstance(signature, 0, made);
    if (SUCCEEDED(result) && given) result = mi_object_put_elements(call, *made, given, false);
    if (SUCCEEDED(result)) return result;
    if (*made) IWbemClassObject_Release(*made);
    *made = NULL;
    return result == (HRESULT)WBEM_E_INVALID_PROPERTY ? (HRESULT)WBEM_E_INVALID_METHOD_PARAMETERS : result;
}

/* What the method gives, ReturnValue among it, is the result; of one that gives nothing there is none. */
static HRESULT execute(const struct mi_wmi_call *call, BSTR path, BSTR method, IWbemClassObject *parameters)
{
    IWbemClassObject *out = NULL;
    HRESULT result = IWbemServices_ExecMethod(call->services, path, method, 0, call->context, parameters, &out, NULL);

    if (SUCCEEDED(result) && out) result = mi_wmi_post_object(call, out);
    if (out) IWbemClassObject_Release(out);
    return result;
}

HRESULT mi_wmi_invoke(const struct mi_wmi_call *call)
{
    const struct mi_request *request = call->request;
    IWbemClassObject *signature = NULL, *parameters = NULL;
    BSTR method = SysAllocString(request->method), path = NULL;
    HRESULT result = method ? S_OK : E_OUTOFMEMORY;

    if (SUCCEEDED(result) && request->instance)
        result = mi_wmi_path(request->instance, &path);
    else if (SUCCEEDED(result))
    {
        path = SysAllocString(request->class_name);
        if (!path) result = E_OUTOFMEMORY;
    }
    if (SUCCEEDED(result)) result = get_signature(call, method, &signature);
    if (SUCCEEDED(result)) result = make_parameters(call, signature, &parameters);
    if (SUCCEEDED(result)) result = execute(call, path, method, parameters);
    if (signature) IWbemClassObject_Release(signature);
    if (parameters) IWbemClassObject_Release(parameters);
    SysFreeString(method);
    SysFreeString(path);
    return result;
}
