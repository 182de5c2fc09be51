/*
 * What the operations on the prefix's own WMI share: each is a function of a call, on a thread that is in an apartment,
 * and says by an HRESULT how it ended; wmi.c makes an error of a failure. What has an MI_Result instead says so by
 * mi_operation_fail and returns S_OK.
 */
#ifndef CORK_MI_WMI_CALL_H
#define CORK_MI_WMI_CALL_H

#include <windows.h>
#include <wbemcli.h>

#include "mi/operation.h"
#include "mi/request.h"

struct mi_wmi_call
{
    struct mi_operation *operation;
    const struct mi_request *request;
    IWbemServices *services; /* of the request's namespace */
    IWbemContext *context;   /* for each call; may be NULL */
    LONG flags;              /* for each call: WBEM_FLAG_... of the operation's flags */
    MI_Class **known;        /* the class of the last instance that was posted; NULL at first */
    MI_Class **base;         /* the class that was asked for, where only its properties are wanted; NULL at first */
};

/* How long WMI may keep the thread before it looks whether it was cancelled, in milliseconds. */
#define MI_WMI_PATIENCE 200

/* wmi_read.c: what is there. */
HRESULT mi_wmi_get_instance(const struct mi_wmi_call *call);
HRESULT mi_wmi_enumerate_instances(const struct mi_wmi_call *call);
HRESULT mi_wmi_query_instances(const struct mi_wmi_call *call);

/* wmi_association.c */
HRESULT mi_wmi_associator_instances(const struct mi_wmi_call *call);
HRESULT mi_wmi_reference_instances(const struct mi_wmi_call *call);

/* wmi_modify.c */
HRESULT mi_wmi_create_instance(const struct mi_wmi_call *call);
HRESULT mi_wmi_modify_instance(const struct mi_wmi_call *call);
HRESULT mi_wmi_delete_instance(const struct mi_wmi_call *call);

/* wmi_invoke.c */
HRESULT mi_wmi_invoke(const struct mi_wmi_call *call);

/* wmi_class.c */
HRESULT mi_wmi_get_class(const struct mi_wmi_call *call);
HRESULT mi_wmi_enumerate_classes(const struct mi_wmi_call *call);

/* wmi_event.c: what happens. */
HRESULT mi_wmi_subscribe(const struct mi_wmi_call *call);

/* ---- For them: wmi_read.c ---------------------------------------------------------------------------------------- */

/* Posts an object as an instance, or its keys alone where that was asked for. Returns S_FALSE where the operation was
 * cancelled. */
HRESULT mi_wmi_post_object(const struct mi_wmi_call *call, IWbemClassObject *object);
/* The object path of an instance, for SysFreeString. */
HRESULT mi_wmi_path(const MI_Instance *instance, BSTR *path);
/* The object that the request's instance names by its keys. The caller releases it. */
HRESULT mi_wmi_read_instance(const struct mi_wmi_call *call, IWbemClassObject **object);
/* Calls `post` with each object until it returns something other than S_OK or the operation is cancelled. */
HRESULT mi_wmi_each(const struct mi_wmi_call *call, IEnumWbemClassObject *objects,
                    HRESULT (*post)(const struct mi_wmi_call *call, IWbemClassObject *object));
/* The same with each instance of a class, and of the classes that are derived from it. */
HRESULT mi_wmi_each_instance(const struct mi_wmi_call *call, const MI_Char *class_name,
                             HRESULT (*post)(const struct mi_wmi_call *call, IWbemClassObject *object));
/* The same of what a WQL query gives. */
HRESULT mi_wmi_each_of_query(const struct mi_wmi_call *call, const MI_Char *query,
                             HRESULT (*post)(const struct mi_wmi_call *call, IWbemClassObject *object));

#endif
