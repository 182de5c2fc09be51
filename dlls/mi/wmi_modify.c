/* Instances that are made, changed and deleted. See wmi_call.h. */
#define COBJMACROS
#include "mi/wmi_call.h"

#include "mi/wmi_object.h"
#include "mi/wmi_schema.h"

/* What the caller may say of a deletion: how results come, nothing of types. */
#define DELETE_FLAGS (MI_OPERATIONFLAGS_MANUAL_ACK_RESULTS | MI_OPERATIONFLAGS_REPORT_OPERATION_STARTED)

/* The path of the object that was put: the provider may have chosen keys. For SysFreeString; NULL where WMI does not
 * say it. */
static BSTR path_of(IWbemClassObject *object, IWbemCallResult *outcome)
{
    BSTR path = NULL;

    if (outcome && SUCCEEDED(IWbemCallResult_GetResultString(outcome, (LONG)WBEM_INFINITE, &path)) && path) return path;
    return mi_wmi_text(object, L"__RELPATH");
}

/* Puts the object and posts it as it is then; where it cannot be read again, as it was put. */
static HRESULT put(const struct mi_wmi_call *call, IWbemClassObject *object, LONG how)
{
    IWbemClassObject *after = NULL;
    IWbemCallResult *outcome = NULL;
    HRESULT result = IWbemServices_PutInstance(call->services, object, call->flags | how, call->context, &outcome);
    BSTR path;

    if (FAILED(result)) return result;
    path = path_of(object, outcome);
    if (outcome) IWbemCallResult_Release(outcome);
    if (path && FAILED(IWbemServices_GetObject(call->services, path, call->flags, call->context, &after, NULL)))
        after = NULL;
    SysFreeString(path);
    result = mi_wmi_post_object(call, after ? after : object);
    if (after) IWbemClassObject_Release(after);
    return result;
}

HRESULT mi_wmi_create_instance(const struct mi_wmi_call *call)
{
    IWbemClassObject *object;
    HRESULT result = mi_object_from_instance(call, call->request->instance, &object);

    if (FAILED(result)) return result;
    result = put(call, object, WBEM_FLAG_CREATE_ONLY);
    IWbemClassObject_Release(object);
    return result;
}

/* What was not modified stays as it is now. */
HRESULT mi_wmi_modify_instance(const struct mi_wmi_call *call)
{
    IWbemClassObject *object;
    HRESULT result = mi_wmi_read_instance(call, &object);

    if (FAILED(result)) return result;
    result = mi_object_put_elements(call, object, call->request->instance, true);
    if (SUCCEEDED(result)) result = put(call, object, WBEM_FLAG_UPDATE_ONLY);
    IWbemClassObject_Release(object);
    return result;
}

HRESULT mi_wmi_delete_instance(const struct mi_wmi_call *call)
{
    BSTR path;
    HRESULT result;

    if (call->request->flags & ~DELETE_FLAGS) return WBEM_E_INVALID_PARAMETER;
    result = mi_wmi_path(call->request->instance, &path);
    if (FAILED(result)) return result;
    result = IWbemServices_DeleteInstance(call->services, path, 0, call->context, NULL);
    SysFreeString(path);
    return result;
}
