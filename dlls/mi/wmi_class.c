/* Classes: one by its name, those derived from one or all. See wmi_call.h. */
#define COBJMACROS
#include "mi/wmi_call.h"

#include "mi/wmi_object.h"
#include "mi/wmi_schema.h"

/* One of the flags has the other's bit. */
#define POLYMORPHISM MI_OPERATIONFLAGS_POLYMORPHISM_DEEP_BASE_PROPS_ONLY

/* Takes the class. Returns S_FALSE where the operation was cancelled. */
static HRESULT post_class(const struct mi_wmi_call *call, MI_Class *class_object)
{
    return mi_operation_post_class(call->operation, class_object) ? S_OK : S_FALSE;
}

HRESULT mi_wmi_get_class(const struct mi_wmi_call *call)
{
    IWbemClassObject *object;
    MI_Class *class_object;
    HRESULT result = mi_class_object_get(call, call->request->class_name, &object);

    /* Here the class is what was looked for. */
    if (result == (HRESULT)WBEM_E_INVALID_CLASS) return WBEM_E_NOT_FOUND;
    if (FAILED(result)) return result;
    result = mi_class_from_wmi(object, call->request->name_space, call, &class_object);
    IWbemClassObject_Release(object);
    return FAILED(result) ? result : post_class(call, class_object);
}

static HRESULT post_object(const struct mi_wmi_call *call, IWbemClassObject *object)
{
    MI_Class *class_object;
    HRESULT result = call->request->keys_only
                         ? mi_class_name_from_wmi(object, call->request->name_space, &class_object)
                         : mi_class_from_wmi(object, call->request->name_space, call, &class_object);

    return FAILED(result) ? result : post_class(call, class_object);
}

/* Without a class's name, from the classes without a super-class on. */
HRESULT mi_wmi_enumerate_classes(const struct mi_wmi_call *call)
{
    const MI_Char *name = call->request->class_name;
    bool shallow = (call->request->flags & POLYMORPHISM) == MI_OPERATIONFLAGS_POLYMORPHISM_SHALLOW;
    BSTR super = SysAllocString(name ? name : L"");
    IEnumWbemClassObject *objects;
    HRESULT result = super ? S_OK : E_OUTOFMEMORY;

    if (SUCCEEDED(result))
        result = IWbemServices_CreateClassEnum(call->services, super,
                                               call->flags | WBEM_FLAG_RETURN_IMMEDIATELY | WBEM_FLAG_FORWARD_ONLY |
                                                   (shallow ? WBEM_FLAG_SHALLOW : WBEM_FLAG_DEEP),
                                               call->context, &objects);
    SysFreeString(super);
    if (FAILED(result)) return result;
    result = mi_wmi_each(call, objects, post_object);
    IEnumWbemClassObject_Release(objects);
    return result;
}
