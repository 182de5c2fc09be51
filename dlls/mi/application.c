/* Applications. See application.h. */
#include "mi/application.h"

#include "common/trace.h"
#include "mi/allocation.h"
#include "mi/class.h"
#include "mi/error.h"
#include "mi/handles.h"
#include "mi/instance.h"
#include "mi/option_tables.h"
#include "mi/serializer.h"
#include "mi/session.h"
#include "mi/text.h"

#include <stdint.h>
#include <string.h>

CORK_TRACE_CHANNEL(mi);

struct application
{
    MI_Char *id; /* for traces; may be NULL */
};

void mi_application_cancel(void *object)
{
    mi_sessions_stop(object);
}

void mi_application_destroy(void *object)
{
    struct application *application = object;

    mi_free(application->id);
    mi_free(application);
}

MI_Result mi_fail(MI_Instance **extended_error, MI_Result result, const MI_Char *message)
{
    if (extended_error) mi_error_new((MI_Uint32)result, MI_RESULT_TYPE_MI, message, extended_error);
    return result;
}

/* ---- The beginning and the end ------------------------------------------------------------------------------------
 */

static MI_Result open_application(const MI_Char *id, MI_Application *out)
{
    struct application *application = mi_alloc(sizeof(*application));
    MI_Result result;

    if (!application) return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    application->id = mi_text_copy(id);
    result = !id || application->id ? mi_handle_open(MI_HANDLE_APPLICATION, application, &out->reserved1, NULL)
                                    : MI_RESULT_SERVER_LIMITS_EXCEEDED;
    if (result != MI_RESULT_OK)
        mi_application_destroy(application);
    else
        out->ft = &mi_application_table;
    return result;
}

MI_Result MI_MAIN_CALL MI_Application_InitializeV1(MI_Uint32 flags, const MI_Char *id, MI_Instance **extended_error,
                                                   MI_Application *application)
{
    MI_Result result;

    CORK_TRACE("flags %#x, id %s, application %p\n", flags, cork_debugstr_w(id), (void *)application);
    if (extended_error) *extended_error = NULL;
    if (!application) return mi_fail(extended_error, MI_RESULT_INVALID_PARAMETER, MI_T("application is NULL."));
    memset(application, 0, sizeof(*application));
    if (flags) return mi_fail(extended_error, MI_RESULT_INVALID_PARAMETER, MI_T("flags must be 0."));
    result = open_application(id, application);
    return result == MI_RESULT_OK ? result : mi_fail(extended_error, result, NULL);
}

/* Its sessions hold the application, so this waits for them; a thread that is inside a callback of one would wait for
 * itself, and is told so. */
static MI_Result MI_CALL application_Close(MI_Application *self)
{
    struct cork_handle_table *table = mi_handles();

    CORK_TRACE("application %p\n", (void *)self);
    if (!self || !table || self->reserved1 > UINT32_MAX) return MI_RESULT_INVALID_PARAMETER;
    switch (cork_handle_close_and_wait(table, (const void *)(uintptr_t)self->reserved1, MI_HANDLE_APPLICATION))
    {
    case CORK_OK:
        return MI_RESULT_OK;
    case CORK_OWN_PIN:
        CORK_WARN("called from a callback\n");
        return MI_RESULT_FAILED;
    default:
        return MI_RESULT_INVALID_PARAMETER;
    }
}

/* Whether the handle is an application's, for functions that need no more of it. */
static bool is_application(const MI_Application *self)
{
    struct cork_pin pin;

    if (!self || !mi_handle_acquire(self->reserved1, MI_HANDLE_APPLICATION, &pin)) return false;
    cork_pin_release(&pin);
    return true;
}

/* ---- Objects ---------------------------------------------------------------------------------------------------- */

static MI_Result MI_CALL application_NewInstance(MI_Application *self, const MI_Char *class_name,
                                                 const MI_ClassDecl *decl, MI_Instance **instance)
{
    if (!instance) return MI_RESULT_INVALID_PARAMETER;
    *instance = NULL;
    if (!is_application(self)) return MI_RESULT_INVALID_PARAMETER;
    return decl ? mi_instance_of(class_name, decl, NULL, instance) : mi_instance_new(class_name, instance);
}

static MI_Result MI_CALL application_NewInstanceFromClass(MI_Application *self, const MI_Char *class_name,
                                                          const MI_Class *class_object, MI_Instance **instance)
{
    if (!instance) return MI_RESULT_INVALID_PARAMETER;
    *instance = NULL;
    if (!is_application(self)) return MI_RESULT_INVALID_PARAMETER;
    if (!class_object) return mi_instance_new(class_name, instance);
    if (!mi_class_get_data(class_object)) return MI_RESULT_INVALID_PARAMETER;
    return mi_instance_of(class_name, class_object->classDecl, mi_class_get_data(class_object), instance);
}

static MI_Result MI_CALL application_NewClass(MI_Application *self, const MI_ClassDecl *decl, const MI_Char *name_space,
                                              const MI_Char *server_name, MI_Class **object)
{
    if (!object) return MI_RESULT_INVALID_PARAMETER;
    *object = NULL;
    if (!is_application(self) || !decl) return MI_RESULT_INVALID_PARAMETER;
    return mi_class_from_decl(decl, name_space, server_name, object);
}

static MI_Result MI_CALL application_NewDestinationOptions(MI_Application *self, MI_DestinationOptions *options)
{
    if (!options) return MI_RESULT_INVALID_PARAMETER;
    memset(options, 0, sizeof(*options));
    return is_application(self) ? mi_destination_options_new(options) : MI_RESULT_INVALID_PARAMETER;
}

static MI_Result MI_CALL application_NewOperationOptions(MI_Application *self, MI_Boolean must_understand,
                                                         MI_OperationOptions *options)
{
    if (!options) return MI_RESULT_INVALID_PARAMETER;
    memset(options, 0, sizeof(*options));
    return is_application(self) ? mi_operation_options_new(must_understand, options) : MI_RESULT_INVALID_PARAMETER;
}

static MI_Result MI_CALL application_NewSubscriptionDeliveryOptions(MI_Application *self,
                                                                    MI_SubscriptionDeliveryType type,
                                                                    MI_SubscriptionDeliveryOptions *options)
{
    if (!options) return MI_RESULT_INVALID_PARAMETER;
    memset(options, 0, sizeof(*options));
    if (!is_application(self)) return MI_RESULT_INVALID_PARAMETER;
    if (type != MI_SubscriptionDeliveryType_Pull && type != MI_SubscriptionDeliveryType_Push)
        return MI_RESULT_INVALID_PARAMETER;
    return mi_subscription_options_new(type, options);
}

/* ---- What is not there yet ----------------------------------------------------------------------------------------
 */

static MI_Result MI_CALL application_NewHostedProvider(MI_Application *self, const MI_Char *name_space,
                                                       const MI_Char *provider, MI_MainFunction mi_main,
                                                       MI_Instance **extended_error, MI_HostedProvider *hosted_provider)
{
    CORK_FIXME("namespace %s, provider %s: not implemented\n", cork_debugstr_w(name_space), cork_debugstr_w(provider));
    if (extended_error) *extended_error = NULL;
    if (hosted_provider) memset(hosted_provider, 0, sizeof(*hosted_provider));
    if (!is_application(self) || !name_space || !provider || !mi_main || !hosted_provider)
        return mi_fail(extended_error, MI_RESULT_INVALID_PARAMETER, NULL);
    return mi_fail(extended_error, MI_RESULT_NOT_SUPPORTED, MI_T("Hosted providers are not implemented."));
}

static MI_Result MI_CALL hosted_provider_Close(MI_HostedProvider *self)
{
    (void)self;
    return MI_RESULT_INVALID_PARAMETER;
}

static MI_Result MI_CALL hosted_provider_GetApplication(MI_HostedProvider *self, MI_Application *application)
{
    (void)self;
    if (application) memset(application, 0, sizeof(*application));
    return MI_RESULT_INVALID_PARAMETER;
}

/* No hosted provider can be made, so these handles are of none. */
const MI_HostedProviderFT mi_hosted_provider_table = {hosted_provider_Close, hosted_provider_GetApplication};

const MI_ApplicationFT mi_application_table = {
    .Close = application_Close,
    .NewSession = mi_session_new,
    .NewHostedProvider = application_NewHostedProvider,
    .NewInstance = application_NewInstance,
    .NewDestinationOptions = application_NewDestinationOptions,
    .NewOperationOptions = application_NewOperationOptions,
    .NewSubscriptionDeliveryOptions = application_NewSubscriptionDeliveryOptions,
    .NewSerializer = mi_serializer_new,
    .NewDeserializer = mi_deserializer_new,
    .NewInstanceFromClass = application_NewInstanceFromClass,
    .NewClass = application_NewClass,
};
