/*
 * The functions of mi.h that a provider calls, and those of a provider that is hosted: each calls its object's own
 * table, as the server, or here this program, has it. By mi.h's inline functions, and by the functions that mi.dll
 * exports under their names.
 */
#include "mi_test.h"

#include <stdint.h>

static const char *called;

#define STUB(name, parameters)                                                                                         \
    static MI_Result MI_CALL fake_##name parameters                                                                    \
    {                                                                                                                  \
        called = #name;                                                                                                \
        return MI_RESULT_ALREADY_EXISTS;                                                                               \
    }

#pragma GCC diagnostic ignored "-Wunused-parameter"

/* ---- MI_Context ---- */

STUB(Context_PostResult, (MI_Context * context, MI_Result result))
STUB(Context_PostInstance, (MI_Context * context, const MI_Instance *instance))
STUB(Context_PostIndication,
     (MI_Context * context, const MI_Instance *indication, MI_Uint32 subscriptionIDCount, const MI_Char *bookmark))
STUB(Context_ConstructInstance, (MI_Context * context, const MI_ClassDecl *classDecl, MI_Instance *instance))
STUB(Context_ConstructParameters, (MI_Context * context, const MI_MethodDecl *methodDecl, MI_Instance *instance))
STUB(Context_NewInstance, (MI_Context * context, const MI_ClassDecl *classDecl, MI_Instance **instance))
STUB(Context_NewDynamicInstance,
     (MI_Context * context, const MI_Char *className, MI_Uint32 flags, MI_Instance **instance))
STUB(Context_NewParameters, (MI_Context * context, const MI_MethodDecl *methodDecl, MI_Instance **instance))
STUB(Context_Canceled, (const MI_Context *context, MI_Boolean *flag))
STUB(Context_GetLocale, (const MI_Context *context, MI_LocaleType localeType, MI_Char locale[MI_MAX_LOCALE_SIZE]))
STUB(Context_RegisterCancel, (MI_Context * context, MI_CancelCallback callback, void *callbackData))
STUB(Context_RequestUnload, (MI_Context * context))
STUB(Context_RefuseUnload, (MI_Context * context))
STUB(Context_GetLocalSession, (const MI_Context *context, MI_Session *session))
STUB(Context_SetStringOption, (MI_Context * context, const MI_Char *name, const MI_Char *value))
STUB(Context_GetStringOption, (MI_Context * context, const MI_Char *name, const MI_Char **value))
STUB(Context_GetNumberOption, (MI_Context * context, const MI_Char *name, MI_Uint32 *value))
STUB(Context_GetCustomOption, (MI_Context * context, const MI_Char *name, MI_Type *valueType, MI_Value *value))
STUB(Context_GetCustomOptionCount, (MI_Context * context, MI_Uint32 *count))
STUB(Context_GetCustomOptionAt,
     (MI_Context * context, MI_Uint32 index, const MI_Char **name, MI_Type *valueType, MI_Value *value))
STUB(Context_WriteMessage, (MI_Context * context, MI_Uint32 channel, const MI_Char *message))
STUB(Context_WriteProgress, (MI_Context * context, const MI_Char *activity, const MI_Char *currentOperation,
                             const MI_Char *statusDescription, MI_Uint32 percentComplete, MI_Uint32 secondsRemaining))
STUB(Context_WriteStreamParameter,
     (MI_Context * context, const MI_Char *name, const MI_Value *value, MI_Type type, MI_Uint32 flags))
STUB(Context_WriteCimError, (MI_Context * context, const MI_Instance *error, MI_Boolean *flag))
STUB(Context_PromptUser, (MI_Context * context, const MI_Char *message, MI_PromptType promptType, MI_Boolean *flag))
STUB(Context_ShouldProcess, (MI_Context * context, const MI_Char *target, const MI_Char *action, MI_Boolean *flag))
STUB(Context_ShouldContinue, (MI_Context * context, const MI_Char *message, MI_Boolean *flag))
STUB(Context_PostError,
     (MI_Context * context, MI_Uint32 resultCode, const MI_Char *resultType, const MI_Char *errorMessage))
STUB(Context_PostCimError, (MI_Context * context, const MI_Instance *error))
STUB(Context_WriteError, (MI_Context * context, MI_Uint32 resultCode, const MI_Char *resultType,
                          const MI_Char *errorMessage, MI_Boolean *flag))

/* ---- MI_Filter ---- */

STUB(Filter_Evaluate, (const MI_Filter *self, const MI_Instance *instance, MI_Boolean *result))
STUB(Filter_GetExpression, (const MI_Filter *self, const MI_Char **queryLang, const MI_Char **queryExpr))

/* ---- MI_PropertySet ---- */

STUB(PropertySet_GetElementCount, (const MI_PropertySet *self, MI_Uint32 *count))
STUB(PropertySet_ContainsElement, (const MI_PropertySet *self, const MI_Char *name, MI_Boolean *flag))
STUB(PropertySet_AddElement, (MI_PropertySet * self, const MI_Char *name))
STUB(PropertySet_GetElementAt, (const MI_PropertySet *self, MI_Uint32 index, const MI_Char **name))
STUB(PropertySet_Clear, (MI_PropertySet * self))
STUB(PropertySet_Destruct, (MI_PropertySet * self))
STUB(PropertySet_Delete, (MI_PropertySet * self))
STUB(PropertySet_Clone, (const MI_PropertySet *self, MI_PropertySet **newPropertySet))

/* ---- MI_HostedProvider ---- */

STUB(HostedProvider_Close, (MI_HostedProvider * hostedProvider))
STUB(HostedProvider_GetApplication, (MI_HostedProvider * hostedProvider, MI_Application *application))

/* ---- MI_Server ---- */

STUB(Server_GetVersion, (MI_Uint32 * version))
STUB(Server_GetSystemName, (const MI_Char **systemName))

static const MI_ContextFT context_table = {
    .PostResult = fake_Context_PostResult,
    .PostInstance = fake_Context_PostInstance,
    .PostIndication = fake_Context_PostIndication,
    .ConstructInstance = fake_Context_ConstructInstance,
    .ConstructParameters = fake_Context_ConstructParameters,
    .NewInstance = fake_Context_NewInstance,
    .NewDynamicInstance = fake_Context_NewDynamicInstance,
    .NewParameters = fake_Context_NewParameters,
    .Canceled = fake_Context_Canceled,
    .GetLocale = fake_Context_GetLocale,
    .RegisterCancel = fake_Context_RegisterCancel,
    .RequestUnload = fake_Context_RequestUnload,
    .RefuseUnload = fake_Context_RefuseUnload,
    .GetLocalSession = fake_Context_GetLocalSession,
    .SetStringOption = fake_Context_SetStringOption,
    .GetStringOption = fake_Context_GetStringOption,
    .GetNumberOption = fake_Context_GetNumberOption,
    .GetCustomOption = fake_Context_GetCustomOption,
    .GetCustomOptionCount = fake_Context_GetCustomOptionCount,
    .GetCustomOptionAt = fake_Context_GetCustomOptionAt,
    .WriteMessage = fake_Context_WriteMessage,
    .WriteProgress = fake_Context_WriteProgress,
    .WriteStreamParameter = fake_Context_WriteStreamParameter,
    .WriteCimError = fake_Context_WriteCimError,
    .PromptUser = fake_Context_PromptUser,
    .ShouldProcess = fake_Context_ShouldProcess,
    .ShouldContinue = fake_Context_ShouldContinue,
    .PostError = fake_Context_PostError,
    .PostCimError = fake_Context_PostCimError,
    .WriteError = fake_Context_WriteError,
};
static const MI_FilterFT filter_table = {
    .Evaluate = fake_Filter_Evaluate,
    .GetExpression = fake_Filter_GetExpression,
};
static const MI_PropertySetFT property_set_table = {
    .GetElementCount = fake_PropertySet_GetElementCount,
    .ContainsElement = fake_PropertySet_ContainsElement,
    .AddElement = fake_PropertySet_AddElement,
    .GetElementAt = fake_PropertySet_GetElementAt,
    .Clear = fake_PropertySet_Clear,
    .Destruct = fake_PropertySet_Destruct,
    .Delete = fake_PropertySet_Delete,
    .Clone = fake_PropertySet_Clone,
};
static const MI_HostedProviderFT hosted_provider_table = {
    .Close = fake_HostedProvider_Close,
    .GetApplication = fake_HostedProvider_GetApplication,
};
static const MI_ServerFT server_table = {
    .GetVersion = fake_Server_GetVersion,
    .GetSystemName = fake_Server_GetSystemName,
};

static MI_Module *MI_MAIN_CALL main_function(MI_Server *server_of_provider)
{
    return NULL;
}

/* ---- What calls them --------------------------------------------------------------------------------------------- */

static int reached(const char *name, MI_Result result)
{
    int right = called && !strcmp(called, name) && result == MI_RESULT_ALREADY_EXISTS;

    if (!right)
        note("%s was called instead of %s; the result is %u", called ? called : "nothing", name, (unsigned)result);
    called = NULL;
    return right;
}

#define EXPORTED(name) ((__typeof__(&(name)))(uintptr_t)GetProcAddress(GetModuleHandleW(L"mi.dll"), #name))
/* NOLINTBEGIN(bugprone-macro-parentheses): the arguments have theirs */
#define REACHES(name, stub, arguments)                                                                                 \
    CHECK(name, forwards, "(calls the object's own table, by mi.h and by the DLL's export)",                           \
          reached(#stub, name arguments) && EXPORTED(name) && reached(#stub, EXPORTED(name) arguments))
/* NOLINTEND(bugprone-macro-parentheses) */

static void context(void)
{
    MI_Context it = {.ft = &context_table};

    REACHES(MI_Context_PostResult, Context_PostResult, (&it, MI_RESULT_OK));
    REACHES(MI_Context_PostInstance, Context_PostInstance, (&it, NULL));
    REACHES(MI_Context_PostIndication, Context_PostIndication, (&it, NULL, 0, NULL));
    REACHES(MI_Context_ConstructInstance, Context_ConstructInstance, (&it, NULL, NULL));
    REACHES(MI_Context_ConstructParameters, Context_ConstructParameters, (&it, NULL, NULL));
    REACHES(MI_Context_NewInstance, Context_NewInstance, (&it, NULL, NULL));
    REACHES(MI_Context_NewDynamicInstance, Context_NewDynamicInstance, (&it, NULL, 0, NULL));
    REACHES(MI_Context_NewParameters, Context_NewParameters, (&it, NULL, NULL));
    REACHES(MI_Context_Canceled, Context_Canceled, (&it, NULL));
    REACHES(MI_Context_GetLocale, Context_GetLocale, (&it, MI_LOCALE_TYPE_REQUESTED_UI, NULL));
    REACHES(MI_Context_RegisterCancel, Context_RegisterCancel, (&it, NULL, NULL));
    REACHES(MI_Context_RequestUnload, Context_RequestUnload, (&it));
    REACHES(MI_Context_RefuseUnload, Context_RefuseUnload, (&it));
    REACHES(MI_Context_GetLocalSession, Context_GetLocalSession, (&it, NULL));
    REACHES(MI_Context_SetStringOption, Context_SetStringOption, (&it, NULL, NULL));
    REACHES(MI_Context_GetStringOption, Context_GetStringOption, (&it, NULL, NULL));
    REACHES(MI_Context_GetNumberOption, Context_GetNumberOption, (&it, NULL, NULL));
    REACHES(MI_Context_GetCustomOption, Context_GetCustomOption, (&it, NULL, NULL, NULL));
    REACHES(MI_Context_GetCustomOptionCount, Context_GetCustomOptionCount, (&it, NULL));
    REACHES(MI_Context_GetCustomOptionAt, Context_GetCustomOptionAt, (&it, 0, NULL, NULL, NULL));
    REACHES(MI_Context_WriteMessage, Context_WriteMessage, (&it, 0, NULL));
    REACHES(MI_Context_WriteProgress, Context_WriteProgress, (&it, NULL, NULL, NULL, 0, 0));
    REACHES(MI_Context_WriteStreamParameter, Context_WriteStreamParameter, (&it, NULL, NULL, MI_UINT32, 0));
    REACHES(MI_Context_WriteCimError, Context_WriteCimError, (&it, NULL, NULL));
    REACHES(MI_Context_PromptUser, Context_PromptUser, (&it, NULL, MI_PROMPTTYPE_NORMAL, NULL));
    REACHES(MI_Context_ShouldProcess, Context_ShouldProcess, (&it, NULL, NULL, NULL));
    REACHES(MI_Context_ShouldContinue, Context_ShouldContinue, (&it, NULL, NULL));
    REACHES(MI_Context_PostError, Context_PostError, (&it, 0, NULL, NULL));
    REACHES(MI_Context_PostCimError, Context_PostCimError, (&it, NULL));
    REACHES(MI_Context_WriteError, Context_WriteError, (&it, 0, NULL, NULL, NULL));
    REACHES(MI_Context_WriteWarning, Context_WriteMessage, (&it, MI_T("x")));
    REACHES(MI_Context_WriteVerbose, Context_WriteMessage, (&it, MI_T("x")));
    REACHES(MI_Context_WriteDebug, Context_WriteMessage, (&it, MI_T("x")));
}

static void filter(void)
{
    MI_Filter it = {.ft = &filter_table};

    REACHES(MI_Filter_Evaluate, Filter_Evaluate, (&it, NULL, NULL));
    REACHES(MI_Filter_GetExpression, Filter_GetExpression, (&it, NULL, NULL));
}

static void property_set(void)
{
    MI_PropertySet it = {.ft = &property_set_table};

    REACHES(MI_PropertySet_GetElementCount, PropertySet_GetElementCount, (&it, NULL));
    REACHES(MI_PropertySet_ContainsElement, PropertySet_ContainsElement, (&it, NULL, NULL));
    REACHES(MI_PropertySet_AddElement, PropertySet_AddElement, (&it, NULL));
    REACHES(MI_PropertySet_GetElementAt, PropertySet_GetElementAt, (&it, 0, NULL));
    REACHES(MI_PropertySet_Clear, PropertySet_Clear, (&it));
    REACHES(MI_PropertySet_Destruct, PropertySet_Destruct, (&it));
    REACHES(MI_PropertySet_Delete, PropertySet_Delete, (&it));
    REACHES(MI_PropertySet_Clone, PropertySet_Clone, (&it, NULL));
}

static void hosted_provider(void)
{
    MI_HostedProvider it = {.ft = &hosted_provider_table};

    REACHES(MI_HostedProvider_Close, HostedProvider_Close, (&it));
    REACHES(MI_HostedProvider_GetApplication, HostedProvider_GetApplication, (&it, NULL));
}

static void server(void)
{
    MI_Server it = {.serverFT = &server_table};
    const MI_Char *name = NULL;
    MI_Uint32 version = 0;

    __mi_server = NULL;
    CHECK(MI_Server_GetVersion, no_server, "(without a server, which only a provider has: a bad parameter)",
          GIVES(MI_RESULT_INVALID_PARAMETER, MI_Server_GetVersion(&version)) &&
              GIVES(MI_RESULT_INVALID_PARAMETER, EXPORTED(MI_Server_GetVersion)(&version)));
    CHECK(MI_Server_GetSystemName, no_server, "(without a server, which only a provider has: a bad parameter)",
          GIVES(MI_RESULT_INVALID_PARAMETER, MI_Server_GetSystemName(&name)) &&
              GIVES(MI_RESULT_INVALID_PARAMETER, EXPORTED(MI_Server_GetSystemName)(&name)));
    __mi_server = &it;
    CHECK(MI_Server_GetVersion, forwards, "(calls the server's own table)",
          reached("Server_GetVersion", MI_Server_GetVersion(&version)));
    CHECK(MI_Server_GetSystemName, forwards, "(calls the server's own table)",
          reached("Server_GetSystemName", MI_Server_GetSystemName(&name)));
    __mi_server = NULL;
}

/* Providers are hosted by Windows' own service, which there is none of. */
static void hosting(void)
{
    MI_HostedProvider provider;
    MI_Instance *error = NULL;

    memset(&provider, 0xff, sizeof(provider));
    CHECK(MI_Application_NewHostedProvider, MI_RESULT_NOT_SUPPORTED, "(there is nothing that could host a provider)",
          GIVES(MI_RESULT_NOT_SUPPORTED,
                MI_Application_NewHostedProvider(application(), MI_T("root/cimv2"), MI_T("Test_Provider"),
                                                 main_function, &error, &provider)) &&
              !provider.ft);
    CHECK(MI_Application_NewHostedProvider, extendedError, "(and an error instance says so)",
          error && has_number(error, MI_T("CIMStatusCode"), MI_RESULT_NOT_SUPPORTED));
    if (error) MI_Instance_Delete(error);
}

static const struct test_case cases[] = {{"context", context},
                                         {"filter", filter},
                                         {"property set", property_set},
                                         {"hosted provider", hosted_provider},
                                         {"server", server},
                                         {"hosting", hosting},
                                         {NULL, NULL}};
const struct group provider_group = {"provider", __FILE__, cases};
