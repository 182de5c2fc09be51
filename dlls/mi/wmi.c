/* The prefix's own WMI, through COM: the connection, and who carries out which request. See wmi.h. */
#define COBJMACROS
#include "mi/wmi.h"

#include "common/trace.h"
#include "mi/allocation.h"
#include "mi/wmi_call.h"
#include "mi/wmi_context.h"
#include "mi/wmi_turn.h"

CORK_TRACE_CHANNEL(mi);

static void fail(struct mi_operation *operation, HRESULT result, const MI_Char *what)
{
    CORK_WARN("%s: error %#lx\n", cork_debugstr_w(what), result);
    mi_operation_fail(operation, MI_RESULT_TYPE_HRESULT, (MI_Uint32)result, NULL);
}

static HRESULT connect_to(IWbemLocator *locator, struct mi_wmi_call *call)
{
    const struct mi_request *request = call->request;
    BSTR path = SysAllocString(request->name_space), locale = SysAllocString(request->locale);
    HRESULT result = path && (locale || !request->locale) ? S_OK : E_OUTOFMEMORY;

    if (SUCCEEDED(result))
        result = IWbemLocator_ConnectServer(locator, path, NULL, NULL, locale, 0, NULL, call->context, &call->services);
    SysFreeString(locale);
    SysFreeString(path);
    return result;
}

static HRESULT connect(struct mi_wmi_call *call)
{
    IWbemLocator *locator;
    HRESULT result;

    if (call->request->flags & MI_OPERATIONFLAGS_LOCALIZED_QUALIFIERS) call->flags |= WBEM_FLAG_USE_AMENDED_QUALIFIERS;
    result = CoCreateInstance(&CLSID_WbemLocator, NULL, CLSCTX_INPROC_SERVER, &IID_IWbemLocator, (void **)&locator);
    if (FAILED(result)) return result;
    result = connect_to(locator, call);
    IWbemLocator_Release(locator);
    return result;
}

/* That there is a connection is all. */
static HRESULT test_connection(const struct mi_wmi_call *call)
{
    (void)call;
    return S_OK;
}

/* By kind of request. Those of which there is none yet are refused. */
static HRESULT (*const functions[])(const struct mi_wmi_call *call) = {
    [MI_REQUEST_GET_INSTANCE] = mi_wmi_get_instance,
    [MI_REQUEST_ENUMERATE_INSTANCES] = mi_wmi_enumerate_instances,
    [MI_REQUEST_QUERY_INSTANCES] = mi_wmi_query_instances,
    [MI_REQUEST_ASSOCIATOR_INSTANCES] = mi_wmi_associator_instances,
    [MI_REQUEST_REFERENCE_INSTANCES] = mi_wmi_reference_instances,
    [MI_REQUEST_CREATE_INSTANCE] = mi_wmi_create_instance,
    [MI_REQUEST_MODIFY_INSTANCE] = mi_wmi_modify_instance,
    [MI_REQUEST_DELETE_INSTANCE] = mi_wmi_delete_instance,
    [MI_REQUEST_INVOKE] = mi_wmi_invoke,
    [MI_REQUEST_GET_CLASS] = mi_wmi_get_class,
    [MI_REQUEST_ENUMERATE_CLASSES] = mi_wmi_enumerate_classes,
    [MI_REQUEST_SUBSCRIBE] = mi_wmi_subscribe,
    [MI_REQUEST_TEST_CONNECTION] = test_connection,
};

/* An empty result says that the operation has begun, where the caller wants to know. Returns false where it was
 * cancelled. */
static bool report_started(const struct mi_wmi_call *call)
{
    return !(call->request->flags & MI_OPERATIONFLAGS_REPORT_OPERATION_STARTED) ||
           mi_operation_post(call->operation, NULL);
}

/* With the thread in an apartment. */
static HRESULT run(struct mi_wmi_call *call)
{
    enum mi_request_kind kind = call->request->kind;
    HRESULT result;

    if (kind >= MI_COUNT(functions) || !functions[kind])
    {
        CORK_FIXME("%s: not implemented\n", cork_debugstr_w(call->request->name));
        mi_operation_fail(call->operation, MI_RESULT_TYPE_MI, MI_RESULT_NOT_SUPPORTED,
                          MI_T("The operation is not implemented."));
        return S_OK;
    }
    result = mi_wmi_context(call->request, &call->context);
    if (SUCCEEDED(result)) result = connect(call);
    if (SUCCEEDED(result) && report_started(call))
    {
        mi_wmi_turn_take(call->operation);
        if (!mi_operation_stopped(call->operation)) result = functions[kind](call);
        mi_wmi_turn_give(call->operation);
    }
    if (call->services) IWbemServices_Release(call->services);
    if (call->context) IWbemContext_Release(call->context);
    return result;
}

void mi_wmi_run(struct mi_operation *operation, const struct mi_request *request)
{
    MI_Class *known = NULL, *base = NULL;
    struct mi_wmi_call call = {.operation = operation, .request = request, .known = &known, .base = &base};
    HRESULT result = CoInitializeEx(NULL, COINIT_MULTITHREADED);

    if (SUCCEEDED(result))
    {
        result = run(&call);
        CoUninitialize();
    }
    if (known) MI_Class_Delete(known);
    if (base) MI_Class_Delete(base);
    if (FAILED(result)) fail(operation, result, request->name);
}
