/*
 * Windows Management Infrastructure (MI), client and provider side, as Microsoft documents its mi.h.
 *
 *   mi_types.h       scalars, values, declarations of classes
 *   mi.h             results, objects and their function tables, callbacks, what mi.dll exports
 *   mi_functions.h   the inline functions, each of which calls its object's function table
 *
 * Include this one. For C and C++, 32 and 64 bit. Sources: the Windows SDK's documentation (mi.h) and the public
 * metadata of its types.
 */
#ifndef CORK_MI_H
#define CORK_MI_H

#include "mi_types.h"

/* windows.h makes a macro of it, and it is a member of function tables here. */
#ifdef GetClassName
#undef GetClassName
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Results ---------------------------------------------------------------------------------------------------- */

typedef enum _MI_Result
{
    MI_RESULT_OK = 0,
    MI_RESULT_FAILED = 1,
    MI_RESULT_ACCESS_DENIED = 2,
    MI_RESULT_INVALID_NAMESPACE = 3,
    MI_RESULT_INVALID_PARAMETER = 4,
    MI_RESULT_INVALID_CLASS = 5,
    MI_RESULT_NOT_FOUND = 6,
    MI_RESULT_NOT_SUPPORTED = 7,
    MI_RESULT_CLASS_HAS_CHILDREN = 8,
    MI_RESULT_CLASS_HAS_INSTANCES = 9,
    MI_RESULT_INVALID_SUPERCLASS = 10,
    MI_RESULT_ALREADY_EXISTS = 11,
    MI_RESULT_NO_SUCH_PROPERTY = 12,
    MI_RESULT_TYPE_MISMATCH = 13,
    MI_RESULT_QUERY_LANGUAGE_NOT_SUPPORTED = 14,
    MI_RESULT_INVALID_QUERY = 15,
    MI_RESULT_METHOD_NOT_AVAILABLE = 16,
    MI_RESULT_METHOD_NOT_FOUND = 17,
    MI_RESULT_NAMESPACE_NOT_EMPTY = 20,
    MI_RESULT_INVALID_ENUMERATION_CONTEXT = 21,
    MI_RESULT_INVALID_OPERATION_TIMEOUT = 22,
    MI_RESULT_PULL_HAS_BEEN_ABANDONED = 23,
    MI_RESULT_PULL_CANNOT_BE_ABANDONED = 24,
    MI_RESULT_FILTERED_ENUMERATION_NOT_SUPPORTED = 25,
    MI_RESULT_CONTINUATION_ON_ERROR_NOT_SUPPORTED = 26,
    MI_RESULT_SERVER_LIMITS_EXCEEDED = 27,
    MI_RESULT_SERVER_IS_SHUTTING_DOWN = 28
} MI_Result;

/* The kinds of errors that error instances tell apart (OMI_Error.OMI_Category). */
typedef enum _MI_ErrorCategory
{
    MI_ERRORCATEGORY_NOT_SPECIFIED = 0,
    MI_ERRORCATEGORY_OPEN_ERROR = 1,
    MI_ERRORCATEGORY_CLOS_EERROR = 2,
    MI_ERRORCATEGORY_DEVICE_ERROR = 3,
    MI_ERRORCATEGORY_DEADLOCK_DETECTED = 4,
    MI_ERRORCATEGORY_INVALID_ARGUMENT = 5,
    MI_ERRORCATEGORY_INVALID_DATA = 6,
    MI_ERRORCATEGORY_INVALID_OPERATION = 7,
    MI_ERRORCATEGORY_INVALID_RESULT = 8,
    MI_ERRORCATEGORY_INVALID_TYPE = 9,
    MI_ERRORCATEGORY_METADATA_ERROR = 10,
    MI_ERRORCATEGORY_NOT_IMPLEMENTED = 11,
    MI_ERRORCATEGORY_NOT_INSTALLED = 12,
    MI_ERRORCATEGORY_OBJECT_NOT_FOUND = 13,
    MI_ERRORCATEGORY_OPERATION_STOPPED = 14,
    MI_ERRORCATEGORY_OPERATION_TIMEOUT = 15,
    MI_ERRORCATEGORY_SYNTAX_ERROR = 16,
    MI_ERRORCATEGORY_PARSER_ERROR = 17,
    MI_ERRORCATEGORY_ACCESS_DENIED = 18,
    MI_ERRORCATEGORY_RESOURCE_BUSY = 19,
    MI_ERRORCATEGORY_RESOURCE_EXISTS = 20,
    MI_ERRORCATEGORY_RESOURCE_UNAVAILABLE = 21,
    MI_ERRORCATEGORY_READ_ERROR = 22,
    MI_ERRORCATEGORY_WRITE_ERROR = 23,
    MI_ERRORCATEGORY_FROM_STDERR = 24,
    MI_ERRORCATEGORY_SECURITY_ERROR = 25,
    MI_ERRORCATEGORY_PROTOCOL_ERROR = 26,
    MI_ERRORCATEGORY_CONNECTION_ERROR = 27,
    MI_ERRORCATEGORY_AUTHENTICATION_ERROR = 28,
    MI_ERRORCATEGORY_LIMITS_EXCEEDED = 29,
    MI_ERRORCATEGORY_QUOTA_EXCEEDED = 30,
    MI_ERRORCATEGORY_NOT_ENABLED = 31
} MI_ErrorCategory;

/* What a number in an error instance is (OMI_Error.OMI_Type). */
#define MI_RESULT_TYPE_MI      MI_T("MI")
#define MI_RESULT_TYPE_HRESULT MI_T("HRESULT")
#define MI_RESULT_TYPE_WIN32   MI_T("WIN32")

typedef enum _MI_PromptType
{
    MI_PROMPTTYPE_NORMAL = 0,
    MI_PROMPTTYPE_CRITICAL = 1
} MI_PromptType;

typedef enum _MI_CallbackMode
{
    MI_CALLBACKMODE_REPORT = 0,
    MI_CALLBACKMODE_INQUIRE = 1,
    MI_CALLBACKMODE_IGNORE = 2
} MI_CallbackMode;

typedef enum _MI_ProviderArchitecture
{
    MI_PROVIDER_ARCHITECTURE_32BIT = 0,
    MI_PROVIDER_ARCHITECTURE_64BIT = 1
} MI_ProviderArchitecture;

typedef enum _MI_LocaleType
{
    MI_LOCALE_TYPE_REQUESTED_UI = 0,
    MI_LOCALE_TYPE_REQUESTED_DATA = 1,
    MI_LOCALE_TYPE_CLOSEST_UI = 2,
    MI_LOCALE_TYPE_CLOSEST_DATA = 3
} MI_LocaleType;

typedef enum _MI_CancellationReason
{
    MI_REASON_NONE = 0,
    MI_REASON_TIMEOUT = 1,
    MI_REASON_SHUTDOWN = 2,
    MI_REASON_SERVICESTOP = 3
} MI_CancellationReason;

typedef enum _MI_OperationCallback_ResponseType
{
    MI_OperationCallback_ResponseType_No = 0,
    MI_OperationCallback_ResponseType_Yes = 1,
    MI_OperationCallback_ResponseType_NoToAll = 2,
    MI_OperationCallback_ResponseType_YesToAll = 3
} MI_OperationCallback_ResponseType;

typedef enum _MI_SubscriptionDeliveryType
{
    MI_SubscriptionDeliveryType_Pull = 1,
    MI_SubscriptionDeliveryType_Push = 2
} MI_SubscriptionDeliveryType;

typedef enum _MI_DestinationOptions_ImpersonationType
{
    MI_DestinationOptions_ImpersonationType_Default = 0,
    MI_DestinationOptions_ImpersonationType_None = 1,
    MI_DestinationOptions_ImpersonationType_Identify = 2,
    MI_DestinationOptions_ImpersonationType_Impersonate = 3,
    MI_DestinationOptions_ImpersonationType_Delegate = 4
} MI_DestinationOptions_ImpersonationType;

/* ---- Constants -------------------------------------------------------------------------------------------------- */

#define MI_QUERY_DIALECT_WQL MI_T("WQL")
#define MI_QUERY_DIALECT_CQL MI_T("CQL")

#define MI_MODULE_FLAG_STANDARD_QUALIFIERS 0x01u
#define MI_MODULE_FLAG_DESCRIPTIONS        0x02u
#define MI_MODULE_FLAG_VALUES              0x04u
#define MI_MODULE_FLAG_MAPPING_STRINGS     0x08u
#define MI_MODULE_FLAG_BOOLEANS            0x10u
#define MI_MODULE_FLAG_CPLUSPLUS           0x20u
#define MI_MODULE_FLAG_LOCALIZED           0x40u
#define MI_MODULE_FLAG_FILTER_SUPPORT      0x80u

#define MI_MAX_LOCALE_SIZE 128 /* characters, with the terminating 0 */

#define MI_WRITEMESSAGE_CHANNEL_WARNING 0
#define MI_WRITEMESSAGE_CHANNEL_VERBOSE 1
#define MI_WRITEMESSAGE_CHANNEL_DEBUG   2

#define MI_OPERATIONFLAGS_DEFAULT_RTTI                      0x0000u
#define MI_OPERATIONFLAGS_MANUAL_ACK_RESULTS                0x0001u
#define MI_OPERATIONFLAGS_BASIC_RTTI                        0x0002u
#define MI_OPERATIONFLAGS_FULL_RTTI                         0x0004u
#define MI_OPERATIONFLAGS_LOCALIZED_QUALIFIERS              0x0008u
#define MI_OPERATIONFLAGS_EXPENSIVE_PROPERTIES              0x0040u
#define MI_OPERATIONFLAGS_POLYMORPHISM_SHALLOW              0x0080u
#define MI_OPERATIONFLAGS_POLYMORPHISM_DEEP_BASE_PROPS_ONLY 0x0180u
#define MI_OPERATIONFLAGS_REPORT_OPERATION_STARTED          0x0200u
#define MI_OPERATIONFLAGS_NO_RTTI                           0x0400u
#define MI_OPERATIONFLAGS_STANDARD_RTTI                     0x0800u

#define MI_SUBSCRIBE_BOOKMARK_OLDEST MI_T("MI_SUBSCRIBE_BOOKMARK_OLDEST")
#define MI_SUBSCRIBE_BOOKMARK_NEWEST MI_T("MI_SUBSCRIBE_BOOKMARK_NEWEST")

#define MI_SERIALIZER_FLAGS_CLASS_DEEP          1
#define MI_SERIALIZER_FLAGS_INSTANCE_WITH_CLASS 1

#define MI_AUTH_TYPE_DEFAULT         MI_T("Default")
#define MI_AUTH_TYPE_NONE            MI_T("None")
#define MI_AUTH_TYPE_DIGEST          MI_T("Digest")
#define MI_AUTH_TYPE_NEGO_WITH_CREDS MI_T("NegoWithCreds")
#define MI_AUTH_TYPE_NEGO_NO_CREDS   MI_T("NegoNoCreds")
#define MI_AUTH_TYPE_BASIC           MI_T("Basic")
#define MI_AUTH_TYPE_KERBEROS        MI_T("Kerberos")
#define MI_AUTH_TYPE_CLIENT_CERTS    MI_T("ClientCerts")
#define MI_AUTH_TYPE_NTLM            MI_T("Ntlmdomain")
#define MI_AUTH_TYPE_CREDSSP         MI_T("CredSSP")
#define MI_AUTH_TYPE_ISSUER_CERT     MI_T("IssuerCert")

#define MI_DESTINATIONOPTIONS_PACKET_ENCODING_DEFAULT MI_T("default")
#define MI_DESTINATIONOPTIONS_PACKET_ENCODING_UTF8    MI_T("UTF8")
#define MI_DESTINATIONOPTIONS_PACKET_ENCODING_UTF16   MI_T("UTF16")
#define MI_DESTINATIONOPTIONS_TRANSPORT_HTTP          MI_T("HTTP")
#define MI_DESTINATIONOPTIONS_TRANSPORT_HTTPS         MI_T("HTTPS")
#define MI_DESTINATIONOPTIONS_PROXY_TYPE_IE           MI_T("IE")
#define MI_DESTINATIONOPTIONS_PROXY_TYPE_WINHTTP      MI_T("WinHTTP")
#define MI_DESTINATIONOPTIONS_PROXY_TYPE_AUTO         MI_T("Auto")
#define MI_DESTINATIONOPTIONS_PROXY_TYPE_NONE         MI_T("None")

/* ---- Instances and classes -------------------------------------------------------------------------------------- */

struct _MI_InstanceFT
{
    MI_Result(MI_CALL *Clone)(const MI_Instance *self, MI_Instance **newInstance);
    MI_Result(MI_CALL *Destruct)(MI_Instance *self);
    MI_Result(MI_CALL *Delete)(MI_Instance *self);
    MI_Result(MI_CALL *IsA)(const MI_Instance *self, const MI_ClassDecl *classDecl, MI_Boolean *flag);
    MI_Result(MI_CALL *GetClassName)(const MI_Instance *self, const MI_Char **className);
    MI_Result(MI_CALL *SetNameSpace)(MI_Instance *self, const MI_Char *nameSpace);
    MI_Result(MI_CALL *GetNameSpace)(const MI_Instance *self, const MI_Char **nameSpace);
    MI_Result(MI_CALL *GetElementCount)(const MI_Instance *self, MI_Uint32 *count);
    MI_Result(MI_CALL *AddElement)(MI_Instance *self, const MI_Char *name, const MI_Value *value, MI_Type type,
                                   MI_Uint32 flags);
    MI_Result(MI_CALL *SetElement)(MI_Instance *self, const MI_Char *name, const MI_Value *value, MI_Type type,
                                   MI_Uint32 flags);
    MI_Result(MI_CALL *SetElementAt)(MI_Instance *self, MI_Uint32 index, const MI_Value *value, MI_Type type,
                                     MI_Uint32 flags);
    MI_Result(MI_CALL *GetElement)(const MI_Instance *self, const MI_Char *name, MI_Value *value, MI_Type *type,
                                   MI_Uint32 *flags, MI_Uint32 *index);
    MI_Result(MI_CALL *GetElementAt)(const MI_Instance *self, MI_Uint32 index, const MI_Char **name, MI_Value *value,
                                     MI_Type *type, MI_Uint32 *flags);
    MI_Result(MI_CALL *ClearElement)(MI_Instance *self, const MI_Char *name);
    MI_Result(MI_CALL *ClearElementAt)(MI_Instance *self, MI_Uint32 index);
    MI_Result(MI_CALL *GetServerName)(const MI_Instance *self, const MI_Char **name);
    MI_Result(MI_CALL *SetServerName)(MI_Instance *self, const MI_Char *name);
    MI_Result(MI_CALL *GetClass)(const MI_Instance *self, MI_Class **instanceClass);
};

/* The table of an instance whose classDecl has MI_FLAG_EXTENDED. */
struct _MI_InstanceExFT
{
    MI_InstanceFT parent;
    MI_Result(MI_CALL *Normalize)(MI_Instance **self);
};

struct _MI_Instance
{
    const MI_InstanceFT *ft;
    const MI_ClassDecl *classDecl;
    const MI_Char *serverName;
    const MI_Char *nameSpace;
    ptrdiff_t reserved[4];
};

struct _MI_QualifierSetFT
{
    MI_Result(MI_CALL *GetQualifierCount)(const MI_QualifierSet *self, MI_Uint32 *count);
    MI_Result(MI_CALL *GetQualifierAt)(const MI_QualifierSet *self, MI_Uint32 index, const MI_Char **name,
                                       MI_Type *qualifierType, MI_Uint32 *qualifierFlags, MI_Value *qualifierValue);
    MI_Result(MI_CALL *GetQualifier)(const MI_QualifierSet *self, const MI_Char *name, MI_Type *qualifierType,
                                     MI_Uint32 *qualifierFlags, MI_Value *qualifierValue, MI_Uint32 *index);
};

struct _MI_QualifierSet
{
    MI_Uint64 reserved1;
    ptrdiff_t reserved2;
    const MI_QualifierSetFT *ft;
};

struct _MI_ParameterSetFT
{
    MI_Result(MI_CALL *GetMethodReturnType)(const MI_ParameterSet *self, MI_Type *returnType,
                                            MI_QualifierSet *qualifierSet);
    MI_Result(MI_CALL *GetParameterCount)(const MI_ParameterSet *self, MI_Uint32 *count);
    MI_Result(MI_CALL *GetParameterAt)(const MI_ParameterSet *self, MI_Uint32 index, const MI_Char **name,
                                       MI_Type *parameterType, MI_Char **referenceClass, MI_QualifierSet *qualifierSet);
    MI_Result(MI_CALL *GetParameter)(const MI_ParameterSet *self, const MI_Char *name, MI_Type *parameterType,
                                     MI_Char **referenceClass, MI_QualifierSet *qualifierSet, MI_Uint32 *index);
};

struct _MI_ParameterSet
{
    MI_Uint64 reserved1;
    ptrdiff_t reserved2;
    const MI_ParameterSetFT *ft;
};

struct _MI_ClassFT
{
    MI_Result(MI_CALL *GetClassName)(const MI_Class *self, const MI_Char **className);
    MI_Result(MI_CALL *GetNameSpace)(const MI_Class *self, const MI_Char **nameSpace);
    MI_Result(MI_CALL *GetServerName)(const MI_Class *self, const MI_Char **serverName);
    MI_Result(MI_CALL *GetElementCount)(const MI_Class *self, MI_Uint32 *count);
    MI_Result(MI_CALL *GetElement)(const MI_Class *self, const MI_Char *name, MI_Value *value, MI_Boolean *valueExists,
                                   MI_Type *type, MI_Char **referenceClass, MI_QualifierSet *qualifierSet,
                                   MI_Uint32 *flags, MI_Uint32 *index);
    MI_Result(MI_CALL *GetElementAt)(const MI_Class *self, MI_Uint32 index, const MI_Char **name, MI_Value *value,
                                     MI_Boolean *valueExists, MI_Type *type, MI_Char **referenceClass,
                                     MI_QualifierSet *qualifierSet, MI_Uint32 *flags);
    MI_Result(MI_CALL *GetClassQualifierSet)(const MI_Class *self, MI_QualifierSet *qualifierSet);
    MI_Result(MI_CALL *GetMethodCount)(const MI_Class *self, MI_Uint32 *count);
    MI_Result(MI_CALL *GetMethodAt)(const MI_Class *self, MI_Uint32 index, const MI_Char **name,
                                    MI_QualifierSet *qualifierSet, MI_ParameterSet *parameterSet);
    MI_Result(MI_CALL *GetMethod)(const MI_Class *self, const MI_Char *name, MI_QualifierSet *qualifierSet,
                                  MI_ParameterSet *parameterSet, MI_Uint32 *index);
    MI_Result(MI_CALL *GetParentClassName)(const MI_Class *self, const MI_Char **name);
    MI_Result(MI_CALL *GetParentClass)(const MI_Class *self, MI_Class **parentClass);
    MI_Result(MI_CALL *Delete)(MI_Class *self);
    MI_Result(MI_CALL *Clone)(const MI_Class *self, MI_Class **newClass);
};

struct _MI_Class
{
    const MI_ClassFT *ft;
    const MI_ClassDecl *classDecl;
    const MI_Char *namespaceName;
    const MI_Char *serverName;
    ptrdiff_t reserved[4];
};

/* ---- The provider's side ---------------------------------------------------------------------------------------- */

typedef struct _MI_Module_Self MI_Module_Self;

struct _MI_ServerFT
{
    MI_Result(MI_CALL *GetVersion)(MI_Uint32 *version);
    MI_Result(MI_CALL *GetSystemName)(const MI_Char **systemName);
};

/* What MI_Main gets; providers keep it in __mi_server. */
struct _MI_Server
{
    const MI_ServerFT *serverFT;
    const MI_ContextFT *contextFT;
    const MI_InstanceFT *instanceFT;
    const MI_PropertySetFT *propertySetFT;
    const MI_FilterFT *filterFT;
};

struct _MI_FilterFT
{
    MI_Result(MI_CALL *Evaluate)(const MI_Filter *self, const MI_Instance *instance, MI_Boolean *result);
    MI_Result(MI_CALL *GetExpression)(const MI_Filter *self, const MI_Char **queryLang, const MI_Char **queryExpr);
};

struct _MI_Filter
{
    const MI_FilterFT *ft;
    ptrdiff_t reserved[3];
};

struct _MI_PropertySetFT
{
    MI_Result(MI_CALL *GetElementCount)(const MI_PropertySet *self, MI_Uint32 *count);
    MI_Result(MI_CALL *ContainsElement)(const MI_PropertySet *self, const MI_Char *name, MI_Boolean *flag);
    MI_Result(MI_CALL *AddElement)(MI_PropertySet *self, const MI_Char *name);
    MI_Result(MI_CALL *GetElementAt)(const MI_PropertySet *self, MI_Uint32 index, const MI_Char **name);
    MI_Result(MI_CALL *Clear)(MI_PropertySet *self);
    MI_Result(MI_CALL *Destruct)(MI_PropertySet *self);
    MI_Result(MI_CALL *Delete)(MI_PropertySet *self);
    MI_Result(MI_CALL *Clone)(const MI_PropertySet *self, MI_PropertySet **newPropertySet);
};

struct _MI_PropertySet
{
    const MI_PropertySetFT *ft;
    ptrdiff_t reserved[3];
};

typedef void(MI_CALL *MI_ProviderFT_Load)(void **self, MI_Module_Self *selfModule, MI_Context *context);
typedef void(MI_CALL *MI_ProviderFT_Unload)(void *self, MI_Context *context);
typedef void(MI_CALL *MI_ProviderFT_GetInstance)(void *self, MI_Context *context, const MI_Char *nameSpace,
                                                 const MI_Char *className, const MI_Instance *instanceName,
                                                 const MI_PropertySet *propertySet);
typedef void(MI_CALL *MI_ProviderFT_EnumerateInstances)(void *self, MI_Context *context, const MI_Char *nameSpace,
                                                        const MI_Char *className, const MI_PropertySet *propertySet,
                                                        MI_Boolean keysOnly, const MI_Filter *filter);
typedef void(MI_CALL *MI_ProviderFT_CreateInstance)(void *self, MI_Context *context, const MI_Char *nameSpace,
                                                    const MI_Char *className, const MI_Instance *newInstance);
typedef void(MI_CALL *MI_ProviderFT_ModifyInstance)(void *self, MI_Context *context, const MI_Char *nameSpace,
                                                    const MI_Char *className, const MI_Instance *modifiedInstance,
                                                    const MI_PropertySet *propertySet);
typedef void(MI_CALL *MI_ProviderFT_DeleteInstance)(void *self, MI_Context *context, const MI_Char *nameSpace,
                                                    const MI_Char *className, const MI_Instance *instanceName);
typedef void(MI_CALL *MI_ProviderFT_AssociatorInstances)(void *self, MI_Context *context, const MI_Char *nameSpace,
                                                         const MI_Char *className, const MI_Instance *instanceName,
                                                         const MI_Char *resultClass, const MI_Char *role,
                                                         const MI_Char *resultRole, const MI_PropertySet *propertySet,
                                                         MI_Boolean keysOnly, const MI_Filter *filter);
typedef void(MI_CALL *MI_ProviderFT_ReferenceInstances)(void *self, MI_Context *context, const MI_Char *nameSpace,
                                                        const MI_Char *className, const MI_Instance *instanceName,
                                                        const MI_Char *role, const MI_PropertySet *propertySet,
                                                        MI_Boolean keysOnly, const MI_Filter *filter);
typedef void(MI_CALL *MI_ProviderFT_EnableIndications)(void *self, MI_Context *indicationsContext,
                                                       const MI_Char *nameSpace, const MI_Char *className);
typedef void(MI_CALL *MI_ProviderFT_DisableIndications)(void *self, MI_Context *indicationsContext,
                                                        const MI_Char *nameSpace, const MI_Char *className);
typedef void(MI_CALL *MI_ProviderFT_Subscribe)(void *self, MI_Context *context, const MI_Char *nameSpace,
                                               const MI_Char *className, const MI_Filter *filter,
                                               const MI_Char *bookmark, MI_Uint64 subscriptionID,
                                               void **subscriptionSelf);
typedef void(MI_CALL *MI_ProviderFT_Unsubscribe)(void *self, MI_Context *context, const MI_Char *nameSpace,
                                                 const MI_Char *className, MI_Uint64 subscriptionID,
                                                 void *subscriptionSelf);
typedef void(MI_CALL *MI_ProviderFT_Invoke)(void *self, MI_Context *context, const MI_Char *nameSpace,
                                            const MI_Char *className, const MI_Char *methodName,
                                            const MI_Instance *instanceName, const MI_Instance *inputParameters);

struct _MI_ProviderFT
{
    MI_ProviderFT_Load Load;
    MI_ProviderFT_Unload Unload;
    MI_ProviderFT_GetInstance GetInstance;
    MI_ProviderFT_EnumerateInstances EnumerateInstances;
    MI_ProviderFT_CreateInstance CreateInstance;
    MI_ProviderFT_ModifyInstance ModifyInstance;
    MI_ProviderFT_DeleteInstance DeleteInstance;
    MI_ProviderFT_AssociatorInstances AssociatorInstances;
    MI_ProviderFT_ReferenceInstances ReferenceInstances;
    MI_ProviderFT_EnableIndications EnableIndications;
    MI_ProviderFT_DisableIndications DisableIndications;
    MI_ProviderFT_Subscribe Subscribe;
    MI_ProviderFT_Unsubscribe Unsubscribe;
    MI_ProviderFT_Invoke Invoke;
};

typedef void(MI_CALL *MI_Module_Load)(MI_Module_Self **self, MI_Context *context);
typedef void(MI_CALL *MI_Module_Unload)(MI_Module_Self *self, MI_Context *context);

typedef struct _MI_Module
{
    MI_Uint32 version;          /* MI_VERSION */
    MI_Uint32 generatorVersion; /* of the generator, as MI_MAKE_VERSION */
    MI_Uint32 flags;            /* MI_MODULE_FLAG_... */
    MI_Uint32 charSize;         /* sizeof(MI_Char) */
    MI_SchemaDecl *schemaDecl;
    MI_Module_Load Load;
    MI_Module_Unload Unload;
    const MI_ProviderFT *dynamicProviderFT;
} MI_Module;

typedef MI_Module *(MI_MAIN_CALL *MI_MainFunction)(MI_Server *server);
typedef void(MI_CALL *MI_CancelCallback)(MI_CancellationReason reason, void *callbackData);

struct _MI_ContextFT
{
    MI_Result(MI_CALL *PostResult)(MI_Context *context, MI_Result result);
    MI_Result(MI_CALL *PostInstance)(MI_Context *context, const MI_Instance *instance);
    MI_Result(MI_CALL *PostIndication)(MI_Context *context, const MI_Instance *indication,
                                       MI_Uint32 subscriptionIDCount, const MI_Char *bookmark);
    MI_Result(MI_CALL *ConstructInstance)(MI_Context *context, const MI_ClassDecl *classDecl, MI_Instance *instance);
    MI_Result(MI_CALL *ConstructParameters)(MI_Context *context, const MI_MethodDecl *methodDecl,
                                            MI_Instance *instance);
    MI_Result(MI_CALL *NewInstance)(MI_Context *context, const MI_ClassDecl *classDecl, MI_Instance **instance);
    MI_Result(MI_CALL *NewDynamicInstance)(MI_Context *context, const MI_Char *className, MI_Uint32 flags,
                                           MI_Instance **instance);
    MI_Result(MI_CALL *NewParameters)(MI_Context *context, const MI_MethodDecl *methodDecl, MI_Instance **instance);
    MI_Result(MI_CALL *Canceled)(const MI_Context *context, MI_Boolean *flag);
    MI_Result(MI_CALL *GetLocale)(const MI_Context *context, MI_LocaleType localeType,
                                  MI_Char locale[MI_MAX_LOCALE_SIZE]);
    MI_Result(MI_CALL *RegisterCancel)(MI_Context *context, MI_CancelCallback callback, void *callbackData);
    MI_Result(MI_CALL *RequestUnload)(MI_Context *context);
    MI_Result(MI_CALL *RefuseUnload)(MI_Context *context);
    MI_Result(MI_CALL *GetLocalSession)(const MI_Context *context, MI_Session *session);
    MI_Result(MI_CALL *SetStringOption)(MI_Context *context, const MI_Char *name, const MI_Char *value);
    MI_Result(MI_CALL *GetStringOption)(MI_Context *context, const MI_Char *name, const MI_Char **value);
    MI_Result(MI_CALL *GetNumberOption)(MI_Context *context, const MI_Char *name, MI_Uint32 *value);
    MI_Result(MI_CALL *GetCustomOption)(MI_Context *context, const MI_Char *name, MI_Type *valueType, MI_Value *value);
    MI_Result(MI_CALL *GetCustomOptionCount)(MI_Context *context, MI_Uint32 *count);
    MI_Result(MI_CALL *GetCustomOptionAt)(MI_Context *context, MI_Uint32 index, const MI_Char **name,
                                          MI_Type *valueType, MI_Value *value);
    MI_Result(MI_CALL *WriteMessage)(MI_Context *context, MI_Uint32 channel, const MI_Char *message);
    MI_Result(MI_CALL *WriteProgress)(MI_Context *context, const MI_Char *activity, const MI_Char *currentOperation,
                                      const MI_Char *statusDescription, MI_Uint32 percentComplete,
                                      MI_Uint32 secondsRemaining);
    MI_Result(MI_CALL *WriteStreamParameter)(MI_Context *context, const MI_Char *name, const MI_Value *value,
                                             MI_Type type, MI_Uint32 flags);
    MI_Result(MI_CALL *WriteCimError)(MI_Context *context, const MI_Instance *error, MI_Boolean *flag);
    MI_Result(MI_CALL *PromptUser)(MI_Context *context, const MI_Char *message, MI_PromptType promptType,
                                   MI_Boolean *flag);
    MI_Result(MI_CALL *ShouldProcess)(MI_Context *context, const MI_Char *target, const MI_Char *action,
                                      MI_Boolean *flag);
    MI_Result(MI_CALL *ShouldContinue)(MI_Context *context, const MI_Char *message, MI_Boolean *flag);
    MI_Result(MI_CALL *PostError)(MI_Context *context, MI_Uint32 resultCode, const MI_Char *resultType,
                                  const MI_Char *errorMessage);
    MI_Result(MI_CALL *PostCimError)(MI_Context *context, const MI_Instance *error);
    MI_Result(MI_CALL *WriteError)(MI_Context *context, MI_Uint32 resultCode, const MI_Char *resultType,
                                   const MI_Char *errorMessage, MI_Boolean *flag);
};

struct _MI_Context
{
    const MI_ContextFT *ft;
    ptrdiff_t reserved[3];
};

/* ---- Callbacks of operations and sessions ------------------------------------------------------------------------ */

typedef MI_Result(MI_CALL *MI_OperationCallback_PromptUserResult)(MI_Operation *operation,
                                                                  MI_OperationCallback_ResponseType response);
typedef MI_Result(MI_CALL *MI_OperationCallback_ResultAcknowledgement)(MI_Operation *operation);

typedef void(MI_CALL *MI_OperationCallback_PromptUser)(MI_Operation *operation, void *callbackContext,
                                                       const MI_Char *message, MI_PromptType promptType,
                                                       MI_OperationCallback_PromptUserResult promptUserResult);
typedef void(MI_CALL *MI_OperationCallback_WriteError)(MI_Operation *operation, void *callbackContext,
                                                       MI_Instance *instance,
                                                       MI_OperationCallback_PromptUserResult writeErrorResult);
typedef void(MI_CALL *MI_OperationCallback_WriteMessage)(MI_Operation *operation, void *callbackContext,
                                                         MI_Uint32 channel, const MI_Char *message);
typedef void(MI_CALL *MI_OperationCallback_WriteProgress)(MI_Operation *operation, void *callbackContext,
                                                          const MI_Char *activity, const MI_Char *currentOperation,
                                                          const MI_Char *statusDescription,
                                                          MI_Uint32 percentageComplete, MI_Uint32 secondsRemaining);
typedef void(MI_CALL *MI_OperationCallback_Instance)(MI_Operation *operation, void *callbackContext,
                                                     const MI_Instance *instance, MI_Boolean moreResults,
                                                     MI_Result resultCode, const MI_Char *errorString,
                                                     const MI_Instance *errorDetails,
                                                     MI_OperationCallback_ResultAcknowledgement resultAcknowledgement);
typedef void(MI_CALL *MI_OperationCallback_StreamedParameter)(
    MI_Operation *operation, void *callbackContext, const MI_Char *parameterName, MI_Type resultType,
    const MI_Value *result, MI_OperationCallback_ResultAcknowledgement resultAcknowledgement);
typedef void(MI_CALL *MI_OperationCallback_Indication)(
    MI_Operation *operation, void *callbackContext, const MI_Instance *instance, const MI_Char *bookmark,
    const MI_Char *machineID, MI_Boolean moreResults, MI_Result resultCode, const MI_Char *errorString,
    const MI_Instance *errorDetails, MI_OperationCallback_ResultAcknowledgement resultAcknowledgement);
typedef void(MI_CALL *MI_OperationCallback_Class)(MI_Operation *operation, void *callbackContext,
                                                  const MI_Class *classResult, MI_Boolean moreResults,
                                                  MI_Result resultCode, const MI_Char *errorString,
                                                  const MI_Instance *errorDetails,
                                                  MI_OperationCallback_ResultAcknowledgement resultAcknowledgement);

typedef struct _MI_OperationCallbacks
{
    void *callbackContext;
    MI_OperationCallback_PromptUser promptUser;
    MI_OperationCallback_WriteError writeError;
    MI_OperationCallback_WriteMessage writeMessage;
    MI_OperationCallback_WriteProgress writeProgress;
    MI_OperationCallback_Instance instanceResult;
    MI_OperationCallback_Indication indicationResult;
    MI_OperationCallback_Class classResult;
    MI_OperationCallback_StreamedParameter streamedParameterResult;
} MI_OperationCallbacks;

#define MI_OPERATIONCALLBACKS_NULL                                                                                     \
    {                                                                                                                  \
        NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL                                                           \
    }

typedef struct _MI_SessionCallbacks
{
    void *callbackContext;
    void(MI_CALL *writeMessage)(MI_Application *application, void *callbackContext, MI_Uint32 channel,
                                const MI_Char *message);
    void(MI_CALL *writeError)(MI_Application *application, void *callbackContext, MI_Instance *instance);
} MI_SessionCallbacks;

#define MI_SESSIONCALLBACKS_NULL                                                                                       \
    {                                                                                                                  \
        NULL, NULL, NULL                                                                                               \
    }

typedef void(MI_CALL *MI_SessionCloseCompleted)(void *completionContext);

/* ---- Options ---------------------------------------------------------------------------------------------------- */

typedef struct _MI_UsernamePasswordCreds
{
    const MI_Char *domain;
    const MI_Char *username;
    const MI_Char *password;
} MI_UsernamePasswordCreds;

typedef struct _MI_UserCredentials
{
    const MI_Char *authenticationType; /* MI_AUTH_TYPE_...; says which member of the union holds */
    union
    {
        MI_UsernamePasswordCreds usernamePassword;
        const MI_Char *certificateThumbprint;
    } credentials;
} MI_UserCredentials;

struct _MI_DestinationOptionsFT
{
    void(MI_CALL *Delete)(MI_DestinationOptions *options);
    MI_Result(MI_CALL *SetString)(MI_DestinationOptions *options, const MI_Char *optionName, const MI_Char *value,
                                  MI_Uint32 flags);
    MI_Result(MI_CALL *SetNumber)(MI_DestinationOptions *options, const MI_Char *optionName, MI_Uint32 value,
                                  MI_Uint32 flags);
    MI_Result(MI_CALL *AddCredentials)(MI_DestinationOptions *options, const MI_Char *optionName,
                                       const MI_UserCredentials *credentials, MI_Uint32 flags);
    MI_Result(MI_CALL *GetString)(const MI_DestinationOptions *options, const MI_Char *optionName,
                                  const MI_Char **value, MI_Uint32 *index, MI_Uint32 *flags);
    MI_Result(MI_CALL *GetNumber)(const MI_DestinationOptions *options, const MI_Char *optionName, MI_Uint32 *value,
                                  MI_Uint32 *index, MI_Uint32 *flags);
    MI_Result(MI_CALL *GetOptionCount)(const MI_DestinationOptions *options, MI_Uint32 *count);
    MI_Result(MI_CALL *GetOptionAt)(const MI_DestinationOptions *options, MI_Uint32 index, const MI_Char **optionName,
                                    MI_Value *value, MI_Type *type, MI_Uint32 *flags);
    MI_Result(MI_CALL *GetOption)(const MI_DestinationOptions *options, const MI_Char *optionName, MI_Value *value,
                                  MI_Type *type, MI_Uint32 *index, MI_Uint32 *flags);
    MI_Result(MI_CALL *GetCredentialsCount)(const MI_DestinationOptions *options, MI_Uint32 *count);
    MI_Result(MI_CALL *GetCredentialsAt)(const MI_DestinationOptions *options, MI_Uint32 index,
                                         const MI_Char **optionName, MI_UserCredentials *credentials, MI_Uint32 *flags);
    MI_Result(MI_CALL *GetCredentialsPasswordAt)(const MI_DestinationOptions *options, MI_Uint32 index,
                                                 const MI_Char **optionName, MI_Char *password, MI_Uint32 bufferLength,
                                                 MI_Uint32 *passwordLength, MI_Uint32 *flags);
    MI_Result(MI_CALL *Clone)(const MI_DestinationOptions *options, MI_DestinationOptions *newDestinationOptions);
    MI_Result(MI_CALL *SetInterval)(MI_DestinationOptions *options, const MI_Char *optionName, const MI_Interval *value,
                                    MI_Uint32 flags);
    MI_Result(MI_CALL *GetInterval)(const MI_DestinationOptions *options, const MI_Char *optionName, MI_Interval *value,
                                    MI_Uint32 *index, MI_Uint32 *flags);
};

struct _MI_DestinationOptions
{
    MI_Uint64 reserved1;
    ptrdiff_t reserved2;
    const MI_DestinationOptionsFT *ft;
};

#define MI_DESTINATIONOPTIONS_NULL                                                                                     \
    {                                                                                                                  \
        0, 0, NULL                                                                                                     \
    }

struct _MI_OperationOptionsFT
{
    void(MI_CALL *Delete)(MI_OperationOptions *options);
    MI_Result(MI_CALL *SetString)(MI_OperationOptions *options, const MI_Char *optionName, const MI_Char *value,
                                  MI_Uint32 flags);
    MI_Result(MI_CALL *SetNumber)(MI_OperationOptions *options, const MI_Char *optionName, MI_Uint32 value,
                                  MI_Uint32 flags);
    MI_Result(MI_CALL *SetCustomOption)(MI_OperationOptions *options, const MI_Char *optionName, MI_Type valueType,
                                        const MI_Value *value, MI_Boolean mustComply, MI_Uint32 flags);
    MI_Result(MI_CALL *GetString)(const MI_OperationOptions *options, const MI_Char *optionName, const MI_Char **value,
                                  MI_Uint32 *index, MI_Uint32 *flags);
    MI_Result(MI_CALL *GetNumber)(const MI_OperationOptions *options, const MI_Char *optionName, MI_Uint32 *value,
                                  MI_Uint32 *index, MI_Uint32 *flags);
    MI_Result(MI_CALL *GetOptionCount)(const MI_OperationOptions *options, MI_Uint32 *count);
    MI_Result(MI_CALL *GetOptionAt)(const MI_OperationOptions *options, MI_Uint32 index, const MI_Char **optionName,
                                    MI_Value *value, MI_Type *type, MI_Uint32 *flags);
    MI_Result(MI_CALL *GetOption)(const MI_OperationOptions *options, const MI_Char *optionName, MI_Value *value,
                                  MI_Type *type, MI_Uint32 *index, MI_Uint32 *flags);
    MI_Result(MI_CALL *GetEnabledChannels)(const MI_OperationOptions *options, const MI_Char *optionName,
                                           MI_Uint32 *channels, MI_Uint32 bufferLength, MI_Uint32 *channelCount,
                                           MI_Uint32 *flags);
    MI_Result(MI_CALL *Clone)(const MI_OperationOptions *options, MI_OperationOptions *newOperationOptions);
    MI_Result(MI_CALL *SetInterval)(MI_OperationOptions *options, const MI_Char *optionName, const MI_Interval *value,
                                    MI_Uint32 flags);
    MI_Result(MI_CALL *GetInterval)(const MI_OperationOptions *options, const MI_Char *optionName, MI_Interval *value,
                                    MI_Uint32 *index, MI_Uint32 *flags);
};

struct _MI_OperationOptions
{
    MI_Uint64 reserved1;
    ptrdiff_t reserved2;
    const MI_OperationOptionsFT *ft;
};

#define MI_OPERATIONOPTIONS_NULL                                                                                       \
    {                                                                                                                  \
        0, 0, NULL                                                                                                     \
    }

struct _MI_SubscriptionDeliveryOptionsFT
{
    MI_Result(MI_CALL *SetString)(MI_SubscriptionDeliveryOptions *self, const MI_Char *optionName, const MI_Char *value,
                                  MI_Uint32 flags);
    MI_Result(MI_CALL *SetNumber)(MI_SubscriptionDeliveryOptions *self, const MI_Char *optionName, MI_Uint32 value,
                                  MI_Uint32 flags);
    MI_Result(MI_CALL *SetDateTime)(MI_SubscriptionDeliveryOptions *self, const MI_Char *optionName,
                                    const MI_Datetime *value, MI_Uint32 flags);
    MI_Result(MI_CALL *SetInterval)(MI_SubscriptionDeliveryOptions *self, const MI_Char *optionName,
                                    const MI_Interval *value, MI_Uint32 flags);
    MI_Result(MI_CALL *AddCredentials)(MI_SubscriptionDeliveryOptions *self, const MI_Char *optionName,
                                       const MI_UserCredentials *credentials, MI_Uint32 flags);
    MI_Result(MI_CALL *Delete)(MI_SubscriptionDeliveryOptions *self);
    MI_Result(MI_CALL *GetString)(const MI_SubscriptionDeliveryOptions *self, const MI_Char *optionName,
                                  const MI_Char **value, MI_Uint32 *index, MI_Uint32 *flags);
    MI_Result(MI_CALL *GetNumber)(const MI_SubscriptionDeliveryOptions *self, const MI_Char *optionName,
                                  MI_Uint32 *value, MI_Uint32 *index, MI_Uint32 *flags);
    MI_Result(MI_CALL *GetDateTime)(const MI_SubscriptionDeliveryOptions *self, const MI_Char *optionName,
                                    MI_Datetime *value, MI_Uint32 *index, MI_Uint32 *flags);
    MI_Result(MI_CALL *GetInterval)(const MI_SubscriptionDeliveryOptions *self, const MI_Char *optionName,
                                    MI_Interval *value, MI_Uint32 *index, MI_Uint32 *flags);
    MI_Result(MI_CALL *GetOptionCount)(const MI_SubscriptionDeliveryOptions *self, MI_Uint32 *count);
    MI_Result(MI_CALL *GetOptionAt)(const MI_SubscriptionDeliveryOptions *self, MI_Uint32 index,
                                    const MI_Char **optionName, MI_Value *value, MI_Type *type, MI_Uint32 *flags);
    MI_Result(MI_CALL *GetOption)(const MI_SubscriptionDeliveryOptions *self, const MI_Char *optionName,
                                  MI_Value *value, MI_Type *type, MI_Uint32 *index, MI_Uint32 *flags);
    MI_Result(MI_CALL *GetCredentialsCount)(const MI_SubscriptionDeliveryOptions *self, MI_Uint32 *count);
    MI_Result(MI_CALL *GetCredentialsAt)(const MI_SubscriptionDeliveryOptions *self, MI_Uint32 index,
                                         const MI_Char **optionName, MI_UserCredentials *credentials, MI_Uint32 *flags);
    MI_Result(MI_CALL *GetCredentialsPasswordAt)(const MI_SubscriptionDeliveryOptions *self, MI_Uint32 index,
                                                 const MI_Char **optionName, MI_Char *password, MI_Uint32 bufferLength,
                                                 MI_Uint32 *passwordLength, MI_Uint32 *flags);
    MI_Result(MI_CALL *Clone)(const MI_SubscriptionDeliveryOptions *self,
                              MI_SubscriptionDeliveryOptions *newSubscriptionDeliveryOptions);
};

struct _MI_SubscriptionDeliveryOptions
{
    MI_Uint64 reserved1;
    ptrdiff_t reserved2;
    const MI_SubscriptionDeliveryOptionsFT *ft;
};

#define MI_SUBSCRIPTIONDELIVERYOPTIONS_NULL                                                                            \
    {                                                                                                                  \
        0, 0, NULL                                                                                                     \
    }

/* ---- Serialization ---------------------------------------------------------------------------------------------- */

typedef MI_Result(MI_CALL *MI_Deserializer_ClassObjectNeeded)(void *context, const MI_Char *serverName,
                                                              const MI_Char *namespaceName, const MI_Char *className,
                                                              MI_Class **requestedClassObject);

struct _MI_Serializer
{
    MI_Uint64 reserved1;
    ptrdiff_t reserved2;
};

#define MI_SERIALIZER_NULL                                                                                             \
    {                                                                                                                  \
        0, 0                                                                                                           \
    }

struct _MI_SerializerFT
{
    MI_Result(MI_CALL *Close)(MI_Serializer *serializer);
    MI_Result(MI_CALL *SerializeClass)(MI_Serializer *serializer, MI_Uint32 flags, const MI_Class *classObject,
                                       MI_Uint8 *clientBuffer, MI_Uint32 clientBufferLength,
                                       MI_Uint32 *clientBufferNeeded);
    MI_Result(MI_CALL *SerializeInstance)(MI_Serializer *serializer, MI_Uint32 flags, const MI_Instance *instanceObject,
                                          MI_Uint8 *clientBuffer, MI_Uint32 clientBufferLength,
                                          MI_Uint32 *clientBufferNeeded);
};

struct _MI_Deserializer
{
    MI_Uint64 reserved1;
    ptrdiff_t reserved2;
};

#define MI_DESERIALIZER_NULL                                                                                           \
    {                                                                                                                  \
        0, 0                                                                                                           \
    }

struct _MI_DeserializerFT
{
    MI_Result(MI_CALL *Close)(MI_Deserializer *deserializer);
    MI_Result(MI_CALL *DeserializeClass)(MI_Deserializer *deserializer, MI_Uint32 flags, MI_Uint8 *serializedBuffer,
                                         MI_Uint32 serializedBufferLength, MI_Class *parentClass,
                                         const MI_Char *serverName, const MI_Char *namespaceName,
                                         MI_Deserializer_ClassObjectNeeded classObjectNeeded,
                                         void *classObjectNeededContext, MI_Uint32 *serializedBufferRead,
                                         MI_Class **classObject, MI_Instance **cimErrorDetails);
    MI_Result(MI_CALL *Class_GetClassName)(MI_Deserializer *deserializer, MI_Uint8 *serializedBuffer,
                                           MI_Uint32 serializedBufferLength, MI_Char *className,
                                           MI_Uint32 *classNameLength, MI_Instance **cimErrorDetails);
    MI_Result(MI_CALL *Class_GetParentClassName)(MI_Deserializer *deserializer, MI_Uint8 *serializedBuffer,
                                                 MI_Uint32 serializedBufferLength, MI_Char *parentClassName,
                                                 MI_Uint32 *parentClassNameLength, MI_Instance **cimErrorDetails);
    MI_Result(MI_CALL *DeserializeInstance)(MI_Deserializer *deserializer, MI_Uint32 flags, MI_Uint8 *serializedBuffer,
                                            MI_Uint32 serializedBufferLength, MI_Class **classObjects,
                                            MI_Uint32 numberClassObjects,
                                            MI_Deserializer_ClassObjectNeeded classObjectNeeded,
                                            void *classObjectNeededContext, MI_Uint32 *serializedBufferRead,
                                            MI_Instance **instanceObject, MI_Instance **cimErrorDetails);
    MI_Result(MI_CALL *Instance_GetClassName)(MI_Deserializer *deserializer, MI_Uint8 *serializedBuffer,
                                              MI_Uint32 serializedBufferLength, MI_Char *className,
                                              MI_Uint32 *classNameLength, MI_Instance **cimErrorDetails);
};

/* ---- Applications, sessions, operations -------------------------------------------------------------------------- */

struct _MI_ApplicationFT
{
    MI_Result(MI_CALL *Close)(MI_Application *application);
    MI_Result(MI_CALL *NewSession)(MI_Application *application, const MI_Char *protocol, const MI_Char *destination,
                                   MI_DestinationOptions *options, MI_SessionCallbacks *callbacks,
                                   MI_Instance **extendedError, MI_Session *session);
    MI_Result(MI_CALL *NewHostedProvider)(MI_Application *application, const MI_Char *namespaceName,
                                          const MI_Char *providerName, MI_MainFunction mi_Main,
                                          MI_Instance **extendedError, MI_HostedProvider *hostedProvider);
    MI_Result(MI_CALL *NewInstance)(MI_Application *application, const MI_Char *className,
                                    const MI_ClassDecl *classRTTI, MI_Instance **instance);
    MI_Result(MI_CALL *NewDestinationOptions)(MI_Application *application, MI_DestinationOptions *options);
    MI_Result(MI_CALL *NewOperationOptions)(MI_Application *application, MI_Boolean mustUnderstand,
                                            MI_OperationOptions *options);
    MI_Result(MI_CALL *NewSubscriptionDeliveryOptions)(MI_Application *application,
                                                       MI_SubscriptionDeliveryType deliveryType,
                                                       MI_SubscriptionDeliveryOptions *deliveryOptions);
    MI_Result(MI_CALL *NewSerializer)(MI_Application *application, MI_Uint32 flags, MI_Char *format,
                                      MI_Serializer *serializer);
    MI_Result(MI_CALL *NewDeserializer)(MI_Application *application, MI_Uint32 flags, MI_Char *format,
                                        MI_Deserializer *deserializer);
    MI_Result(MI_CALL *NewInstanceFromClass)(MI_Application *application, const MI_Char *className,
                                             const MI_Class *classObject, MI_Instance **instance);
    MI_Result(MI_CALL *NewClass)(MI_Application *application, const MI_ClassDecl *classDecl,
                                 const MI_Char *namespaceName, const MI_Char *serverName, MI_Class **classObject);
};

struct _MI_Application
{
    MI_Uint64 reserved1;
    ptrdiff_t reserved2;
    const MI_ApplicationFT *ft;
};

#define MI_APPLICATION_NULL                                                                                            \
    {                                                                                                                  \
        0, 0, NULL                                                                                                     \
    }

struct _MI_SessionFT
{
    MI_Result(MI_CALL *Close)(MI_Session *session, void *completionContext,
                              MI_SessionCloseCompleted completionCallback);
    MI_Result(MI_CALL *GetApplication)(MI_Session *session, MI_Application *application);
    void(MI_CALL *GetInstance)(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                               const MI_Char *namespaceName, const MI_Instance *inboundInstance,
                               MI_OperationCallbacks *callbacks, MI_Operation *operation);
    void(MI_CALL *ModifyInstance)(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                                  const MI_Char *namespaceName, const MI_Instance *inboundInstance,
                                  MI_OperationCallbacks *callbacks, MI_Operation *operation);
    void(MI_CALL *CreateInstance)(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                                  const MI_Char *namespaceName, const MI_Instance *inboundInstance,
                                  MI_OperationCallbacks *callbacks, MI_Operation *operation);
    void(MI_CALL *DeleteInstance)(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                                  const MI_Char *namespaceName, const MI_Instance *inboundInstance,
                                  MI_OperationCallbacks *callbacks, MI_Operation *operation);
    void(MI_CALL *Invoke)(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                          const MI_Char *namespaceName, const MI_Char *className, const MI_Char *methodName,
                          const MI_Instance *inboundInstance, const MI_Instance *inboundProperties,
                          MI_OperationCallbacks *callbacks, MI_Operation *operation);
    void(MI_CALL *EnumerateInstances)(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                                      const MI_Char *namespaceName, const MI_Char *className, MI_Boolean keysOnly,
                                      MI_OperationCallbacks *callbacks, MI_Operation *operation);
    void(MI_CALL *QueryInstances)(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                                  const MI_Char *namespaceName, const MI_Char *queryDialect,
                                  const MI_Char *queryExpression, MI_OperationCallbacks *callbacks,
                                  MI_Operation *operation);
    void(MI_CALL *AssociatorInstances)(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                                       const MI_Char *namespaceName, const MI_Instance *instanceKey,
                                       const MI_Char *assocClass, const MI_Char *resultClass, const MI_Char *role,
                                       const MI_Char *resultRole, MI_Boolean keysOnly, MI_OperationCallbacks *callbacks,
                                       MI_Operation *operation);
    void(MI_CALL *ReferenceInstances)(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                                      const MI_Char *namespaceName, const MI_Instance *instanceKey,
                                      const MI_Char *resultClass, const MI_Char *role, MI_Boolean keysOnly,
                                      MI_OperationCallbacks *callbacks, MI_Operation *operation);
    void(MI_CALL *Subscribe)(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                             const MI_Char *namespaceName, const MI_Char *queryDialect, const MI_Char *queryExpression,
                             const MI_SubscriptionDeliveryOptions *deliverOptions, MI_OperationCallbacks *callbacks,
                             MI_Operation *operation);
    void(MI_CALL *GetClass)(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                            const MI_Char *namespaceName, const MI_Char *className, MI_OperationCallbacks *callbacks,
                            MI_Operation *operation);
    void(MI_CALL *EnumerateClasses)(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                                    const MI_Char *namespaceName, const MI_Char *className, MI_Boolean classNamesOnly,
                                    MI_OperationCallbacks *callbacks, MI_Operation *operation);
    void(MI_CALL *TestConnection)(MI_Session *session, MI_Uint32 flags, MI_OperationCallbacks *callbacks,
                                  MI_Operation *operation);
};

struct _MI_Session
{
    MI_Uint64 reserved1;
    ptrdiff_t reserved2;
    const MI_SessionFT *ft;
};

#define MI_SESSION_NULL                                                                                                \
    {                                                                                                                  \
        0, 0, NULL                                                                                                     \
    }

struct _MI_OperationFT
{
    MI_Result(MI_CALL *Close)(MI_Operation *operation);
    MI_Result(MI_CALL *Cancel)(MI_Operation *operation, MI_CancellationReason reason);
    MI_Result(MI_CALL *GetSession)(MI_Operation *operation, MI_Session *session);
    MI_Result(MI_CALL *GetInstance)(MI_Operation *operation, const MI_Instance **instance, MI_Boolean *moreResults,
                                    MI_Result *result, const MI_Char **errorMessage,
                                    const MI_Instance **completionDetails);
    MI_Result(MI_CALL *GetIndication)(MI_Operation *operation, const MI_Instance **instance, const MI_Char **bookmark,
                                      const MI_Char **machineID, MI_Boolean *moreResults, MI_Result *result,
                                      const MI_Char **errorMessage, const MI_Instance **completionDetails);
    MI_Result(MI_CALL *GetClass)(MI_Operation *operation, const MI_Class **classResult, MI_Boolean *moreResults,
                                 MI_Result *result, const MI_Char **errorMessage,
                                 const MI_Instance **completionDetails);
};

struct _MI_Operation
{
    MI_Uint64 reserved1;
    ptrdiff_t reserved2;
    const MI_OperationFT *ft;
};

#define MI_OPERATION_NULL                                                                                              \
    {                                                                                                                  \
        0, 0, NULL                                                                                                     \
    }

struct _MI_HostedProviderFT
{
    MI_Result(MI_CALL *Close)(MI_HostedProvider *hostedProvider);
    MI_Result(MI_CALL *GetApplication)(MI_HostedProvider *hostedProvider, MI_Application *application);
};

struct _MI_HostedProvider
{
    MI_Uint64 reserved1;
    ptrdiff_t reserved2;
    const MI_HostedProviderFT *ft;
};

#define MI_HOSTEDPROVIDER_NULL                                                                                         \
    {                                                                                                                  \
        0, 0, NULL                                                                                                     \
    }

/* ---- What mi.dll exports ---------------------------------------------------------------------------------------- */

typedef struct _MI_UtilitiesFT
{
    MI_ErrorCategory(MI_CALL *MapErrorToMiErrorCategory)(const MI_Char *errorType, MI_Uint32 error);
    MI_Result(MI_CALL *CimErrorFromErrorCode)(MI_Uint32 error, const MI_Char *errorType, const MI_Char *errorMessage,
                                              MI_Instance **cimError);
} MI_UtilitiesFT;

typedef struct _MI_ClientFT_V1
{
    const MI_ApplicationFT *applicationFT;
    const MI_SessionFT *sessionFT;
    const MI_OperationFT *operationFT;
    const MI_HostedProviderFT *hostedProviderFT;
    const MI_SerializerFT *serializerFT;
    const MI_DeserializerFT *deserializerFT;
    const MI_SubscriptionDeliveryOptionsFT *subscribeDeliveryOptionsFT;
    const MI_DestinationOptionsFT *destinationOptionsFT;
    const MI_OperationOptionsFT *operationOptionsFT;
    const MI_UtilitiesFT *utilitiesFT;
} MI_ClientFT_V1;

/* MI_CLIENT_IMPORT is empty inside mi.dll. */
#ifndef MI_CLIENT_IMPORT
#define MI_CLIENT_IMPORT MI_IMPORT
#endif
MI_CLIENT_IMPORT extern const MI_ClientFT_V1 *mi_clientFT_V1;
#define mi_clientFT mi_clientFT_V1

MI_Result MI_MAIN_CALL MI_Application_InitializeV1(MI_Uint32 flags, const MI_Char *applicationID,
                                                   MI_Instance **extendedError, MI_Application *application);
#define MI_Application_Initialize MI_Application_InitializeV1

#include "mi_functions.h"

#ifdef __cplusplus
}
#endif

#endif
