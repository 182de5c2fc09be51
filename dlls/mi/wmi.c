/* The prefix's own WMI, through COM. See wmi.h. */
#define COBJMACROS
#include "mi/wmi.h"

#include <windows.h>
#include <wbemcli.h>

#include "common/trace.h"
#include "mi/allocation.h"
#include "mi/text.h"
#include "mi/wmi_object.h"

CORK_TRACE_CHANNEL(mi);

/* How long WMI may keep the thread before it looks whether it was cancelled, in milliseconds. */
#define PATIENCE 200

static void fail(struct mi_operation *operation, HRESULT result, const MI_Char *what)
{
    CORK_WARN("%s: error %#lx\n", cork_debugstr_w(what), result);
    mi_operation_fail(operation, MI_RESULT_TYPE_HRESULT, (MI_Uint32)result, NULL);
}

static HRESULT connect(const MI_Char *name_space, IWbemServices **services)
{
    IWbemLocator *locator;
    BSTR path;
    HRESULT result;

    result = CoCreateInstance(&CLSID_WbemLocator, NULL, CLSCTX_INPROC_SERVER, &IID_IWbemLocator, (void **)&locator);
    if (FAILED(result)) return result;
    path = SysAllocString(name_space);
    result =
        path ? IWbemLocator_ConnectServer(locator, path, NULL, NULL, NULL, 0, NULL, NULL, services) : E_OUTOFMEMORY;
    SysFreeString(path);
    IWbemLocator_Release(locator);
    return result;
}

/* Returns S_FALSE where the operation was cancelled. */
static HRESULT post_object(struct mi_operation *operation, const struct mi_request *request, IWbemClassObject *object)
{
    MI_Instance *instance;
    HRESULT result = mi_instance_from_wmi(object, request->name_space, &instance);

    if (FAILED(result)) return result;
    return mi_operation_post(operation, instance) ? S_OK : S_FALSE;
}

static HRESULT post_all(struct mi_operation *operation, const struct mi_request *request, IEnumWbemClassObject *objects)
{
    HRESULT result = S_OK;

    while (result == S_OK && !mi_operation_stopped(operation))
    {
        IWbemClassObject *object = NULL;
        ULONG count = 0;

        result = IEnumWbemClassObject_Next(objects, PATIENCE, 1, &object, &count);
        if (result == (HRESULT)WBEM_S_TIMEDOUT) result = S_OK;
        if (!count || !object) continue;
        result = post_object(operation, request, object);
        IWbemClassObject_Release(object);
    }
    return FAILED(result) ? result : S_OK;
}

static HRESULT enumerate(struct mi_operation *operation, const struct mi_request *request, IWbemServices *services)
{
    BSTR class_name = SysAllocString(request->class_name);
    IEnumWbemClassObject *objects;
    HRESULT result = class_name ? S_OK : E_OUTOFMEMORY;

    if (SUCCEEDED(result))
        result = IWbemServices_CreateInstanceEnum(
            services, class_name, WBEM_FLAG_RETURN_IMMEDIATELY | WBEM_FLAG_FORWARD_ONLY, NULL, &objects);
    SysFreeString(class_name);
    if (FAILED(result)) return result;
    result = post_all(operation, request, objects);
    IEnumWbemClassObject_Release(objects);
    return result;
}

static HRESULT query(struct mi_operation *operation, const struct mi_request *request, IWbemServices *services)
{
    BSTR language = SysAllocString(L"WQL"), text = SysAllocString(request->query);
    IEnumWbemClassObject *objects;
    HRESULT result = language && text ? S_OK : E_OUTOFMEMORY;

    if (SUCCEEDED(result))
        result = IWbemServices_ExecQuery(services, language, text,
                                         WBEM_FLAG_RETURN_IMMEDIATELY | WBEM_FLAG_FORWARD_ONLY, NULL, &objects);
    SysFreeString(language);
    SysFreeString(text);
    if (FAILED(result)) return result;
    result = post_all(operation, request, objects);
    IEnumWbemClassObject_Release(objects);
    return result;
}

static HRESULT get_one(struct mi_operation *operation, const struct mi_request *request, IWbemServices *services,
                       const MI_Char *path)
{
    BSTR text = SysAllocString(path);
    IWbemClassObject *object = NULL;
    HRESULT result = text ? IWbemServices_GetObject(services, text, 0, NULL, &object, NULL) : E_OUTOFMEMORY;

    SysFreeString(text);
    if (FAILED(result)) return result;
    result = post_object(operation, request, object);
    IWbemClassObject_Release(object);
    return result;
}

/* With the thread in an apartment. */
static void run(struct mi_operation *operation, const struct mi_request *request, const MI_Char *path)
{
    IWbemServices *services;
    HRESULT result = connect(request->name_space, &services);

    if (SUCCEEDED(result))
    {
        if (request->kind == MI_REQUEST_ENUMERATE_INSTANCES)
            result = enumerate(operation, request, services);
        else if (request->kind == MI_REQUEST_QUERY_INSTANCES)
            result = query(operation, request, services);
        else if (request->kind == MI_REQUEST_GET_INSTANCE)
            result = get_one(operation, request, services, path);
        IWbemServices_Release(services);
    }
    if (FAILED(result)) fail(operation, result, request->name);
}

void mi_wmi_run(struct mi_operation *operation, const struct mi_request *request)
{
    MI_Char *path = NULL;
    MI_Result bad = MI_RESULT_OK;
    HRESULT result;

    if (request->kind == MI_REQUEST_GET_INSTANCE) bad = mi_object_path(request->instance, &path);
    if (request->kind == MI_REQUEST_QUERY_INSTANCES && !mi_name_equal(request->dialect, MI_QUERY_DIALECT_WQL))
        bad = MI_RESULT_QUERY_LANGUAGE_NOT_SUPPORTED;
    if (request->keys_only)
    {
        CORK_FIXME("keys only: not implemented\n");
        bad = MI_RESULT_NOT_SUPPORTED;
    }
    if (bad != MI_RESULT_OK)
    {
        mi_operation_fail(operation, MI_RESULT_TYPE_MI, (MI_Uint32)bad, NULL);
        mi_free(path);
        return;
    }
    result = CoInitializeEx(NULL, COINIT_MULTITHREADED);
    if (SUCCEEDED(result))
    {
        run(operation, request, path);
        CoUninitialize();
    }
    else
        fail(operation, result, MI_T("CoInitializeEx"));
    mi_free(path);
}
