/*
 * The inline functions of mi.h, which includes this: each calls its object's function table, and answers
 * MI_RESULT_INVALID_PARAMETER itself where the object is NULL or has none.
 */
#ifndef CORK_MI_FUNCTIONS_H
#define CORK_MI_FUNCTIONS_H

#define MI_FORWARD_(object, call) ((object) && (object)->ft ? (object)->ft->call : MI_RESULT_INVALID_PARAMETER)
#define MI_ZERO_(object)          ((object) ? (void)memset((object), 0, sizeof(*(object))) : (void)0)
#define MI_CLEAR_(pointer)        ((pointer) ? (void)(*(pointer) = NULL) : (void)0)

/* ---- Instances -------------------------------------------------------------------------------------------------- */

MI_INLINE MI_Result MI_CALL MI_Instance_Clone(const MI_Instance *self, MI_Instance **newInstance)
{
    return MI_FORWARD_(self, Clone(self, newInstance));
}

MI_INLINE MI_Result MI_CALL MI_Instance_Destruct(MI_Instance *self)
{
    return MI_FORWARD_(self, Destruct(self));
}

MI_INLINE MI_Result MI_CALL MI_Instance_Delete(MI_Instance *self)
{
    return MI_FORWARD_(self, Delete(self));
}

MI_INLINE MI_Result MI_CALL MI_Instance_IsA(const MI_Instance *self, const MI_ClassDecl *classDecl, MI_Boolean *flag)
{
    return MI_FORWARD_(self, IsA(self, classDecl, flag));
}

MI_INLINE MI_Result MI_CALL MI_Instance_GetClassName(const MI_Instance *self, const MI_Char **className)
{
    return MI_FORWARD_(self, GetClassName(self, className));
}

MI_INLINE MI_Result MI_CALL MI_Instance_SetNameSpace(MI_Instance *self, const MI_Char *nameSpace)
{
    return MI_FORWARD_(self, SetNameSpace(self, nameSpace));
}

MI_INLINE MI_Result MI_CALL MI_Instance_GetNameSpace(const MI_Instance *self, const MI_Char **nameSpace)
{
    return MI_FORWARD_(self, GetNameSpace(self, nameSpace));
}

MI_INLINE MI_Result MI_CALL MI_Instance_GetElementCount(const MI_Instance *self, MI_Uint32 *count)
{
    return MI_FORWARD_(self, GetElementCount(self, count));
}

MI_INLINE MI_Result MI_CALL MI_Instance_AddElement(MI_Instance *self, const MI_Char *name, const MI_Value *value,
                                                   MI_Type type, MI_Uint32 flags)
{
    return MI_FORWARD_(self, AddElement(self, name, value, type, flags));
}

MI_INLINE MI_Result MI_CALL MI_Instance_SetElement(MI_Instance *self, const MI_Char *name, const MI_Value *value,
                                                   MI_Type type, MI_Uint32 flags)
{
    return MI_FORWARD_(self, SetElement(self, name, value, type, flags));
}

MI_INLINE MI_Result MI_CALL MI_Instance_SetElementAt(MI_Instance *self, MI_Uint32 index, const MI_Value *value,
                                                     MI_Type type, MI_Uint32 flags)
{
    return MI_FORWARD_(self, SetElementAt(self, index, value, type, flags));
}

MI_INLINE MI_Result MI_CALL MI_Instance_GetElement(const MI_Instance *self, const MI_Char *name, MI_Value *value,
                                                   MI_Type *type, MI_Uint32 *flags, MI_Uint32 *index)
{
    return MI_FORWARD_(self, GetElement(self, name, value, type, flags, index));
}

MI_INLINE MI_Result MI_CALL MI_Instance_GetElementAt(const MI_Instance *self, MI_Uint32 index, const MI_Char **name,
                                                     MI_Value *value, MI_Type *type, MI_Uint32 *flags)
{
    return MI_FORWARD_(self, GetElementAt(self, index, name, value, type, flags));
}

MI_INLINE MI_Result MI_CALL MI_Instance_ClearElement(MI_Instance *self, const MI_Char *name)
{
    return MI_FORWARD_(self, ClearElement(self, name));
}

MI_INLINE MI_Result MI_CALL MI_Instance_ClearElementAt(MI_Instance *self, MI_Uint32 index)
{
    return MI_FORWARD_(self, ClearElementAt(self, index));
}

MI_INLINE MI_Result MI_CALL MI_Instance_GetServerName(const MI_Instance *self, const MI_Char **name)
{
    return MI_FORWARD_(self, GetServerName(self, name));
}

MI_INLINE MI_Result MI_CALL MI_Instance_SetServerName(MI_Instance *self, const MI_Char *name)
{
    return MI_FORWARD_(self, SetServerName(self, name));
}

MI_INLINE MI_Result MI_CALL MI_Instance_GetClass(const MI_Instance *self, MI_Class **instanceClass)
{
    return MI_FORWARD_(self, GetClass(self, instanceClass));
}

/* Makes a plain instance of an extended one; does nothing where it is plain already. */
MI_INLINE MI_Result MI_CALL MI_Instance_Normalize(MI_Instance **self)
{
    if (!self || !*self) return MI_RESULT_INVALID_PARAMETER;
    if (!(*self)->ft || !(*self)->classDecl || !((*self)->classDecl->flags & MI_FLAG_EXTENDED)) return MI_RESULT_OK;
    return ((const MI_InstanceExFT *)(const void *)(*self)->ft)->Normalize(self);
}

/* ---- Classes ---------------------------------------------------------------------------------------------------- */

MI_INLINE MI_Result MI_CALL MI_Class_GetClassName(const MI_Class *self, const MI_Char **className)
{
    return MI_FORWARD_(self, GetClassName(self, className));
}

MI_INLINE MI_Result MI_CALL MI_Class_GetNameSpace(const MI_Class *self, const MI_Char **nameSpace)
{
    return MI_FORWARD_(self, GetNameSpace(self, nameSpace));
}

MI_INLINE MI_Result MI_CALL MI_Class_GetServerName(const MI_Class *self, const MI_Char **serverName)
{
    return MI_FORWARD_(self, GetServerName(self, serverName));
}

MI_INLINE MI_Result MI_CALL MI_Class_GetElementCount(const MI_Class *self, MI_Uint32 *count)
{
    return MI_FORWARD_(self, GetElementCount(self, count));
}

MI_INLINE MI_Result MI_CALL MI_Class_GetElement(const MI_Class *self, const MI_Char *name, MI_Value *value,
                                                MI_Boolean *valueExists, MI_Type *type, MI_Char **referenceClass,
                                                MI_QualifierSet *qualifierSet, MI_Uint32 *flags, MI_Uint32 *index)
{
    return MI_FORWARD_(self,
                       GetElement(self, name, value, valueExists, type, referenceClass, qualifierSet, flags, index));
}

MI_INLINE MI_Result MI_CALL MI_Class_GetElementAt(const MI_Class *self, MI_Uint32 index, const MI_Char **name,
                                                  MI_Value *value, MI_Boolean *valueExists, MI_Type *type,
                                                  MI_Char **referenceClass, MI_QualifierSet *qualifierSet,
                                                  MI_Uint32 *flags)
{
    return MI_FORWARD_(self,
                       GetElementAt(self, index, name, value, valueExists, type, referenceClass, qualifierSet, flags));
}

MI_INLINE MI_Result MI_CALL MI_Class_GetClassQualifierSet(const MI_Class *self, MI_QualifierSet *qualifierSet)
{
    return MI_FORWARD_(self, GetClassQualifierSet(self, qualifierSet));
}

MI_INLINE MI_Result MI_CALL MI_Class_GetMethodCount(const MI_Class *self, MI_Uint32 *count)
{
    return MI_FORWARD_(self, GetMethodCount(self, count));
}

MI_INLINE MI_Result MI_CALL MI_Class_GetMethodAt(const MI_Class *self, MI_Uint32 index, const MI_Char **name,
                                                 MI_QualifierSet *qualifierSet, MI_ParameterSet *parameterSet)
{
    return MI_FORWARD_(self, GetMethodAt(self, index, name, qualifierSet, parameterSet));
}

MI_INLINE MI_Result MI_CALL MI_Class_GetMethod(const MI_Class *self, const MI_Char *name, MI_QualifierSet *qualifierSet,
                                               MI_ParameterSet *parameterSet, MI_Uint32 *index)
{
    return MI_FORWARD_(self, GetMethod(self, name, qualifierSet, parameterSet, index));
}

MI_INLINE MI_Result MI_CALL MI_Class_GetParentClassName(const MI_Class *self, const MI_Char **name)
{
    return MI_FORWARD_(self, GetParentClassName(self, name));
}

MI_INLINE MI_Result MI_CALL MI_Class_GetParentClass(const MI_Class *self, MI_Class **parentClass)
{
    return MI_FORWARD_(self, GetParentClass(self, parentClass));
}

MI_INLINE MI_Result MI_CALL MI_Class_Delete(MI_Class *self)
{
    return MI_FORWARD_(self, Delete(self));
}

MI_INLINE MI_Result MI_CALL MI_Class_Clone(const MI_Class *self, MI_Class **newClass)
{
    return MI_FORWARD_(self, Clone(self, newClass));
}

MI_INLINE MI_Result MI_CALL MI_QualifierSet_GetQualifierCount(const MI_QualifierSet *self, MI_Uint32 *count)
{
    return MI_FORWARD_(self, GetQualifierCount(self, count));
}

MI_INLINE MI_Result MI_CALL MI_QualifierSet_GetQualifierAt(const MI_QualifierSet *self, MI_Uint32 index,
                                                           const MI_Char **name, MI_Type *qualifierType,
                                                           MI_Uint32 *qualifierFlags, MI_Value *qualifierValue)
{
    return MI_FORWARD_(self, GetQualifierAt(self, index, name, qualifierType, qualifierFlags, qualifierValue));
}

MI_INLINE MI_Result MI_CALL MI_QualifierSet_GetQualifier(const MI_QualifierSet *self, const MI_Char *name,
                                                         MI_Type *qualifierType, MI_Uint32 *qualifierFlags,
                                                         MI_Value *qualifierValue, MI_Uint32 *index)
{
    return MI_FORWARD_(self, GetQualifier(self, name, qualifierType, qualifierFlags, qualifierValue, index));
}

MI_INLINE MI_Result MI_CALL MI_ParameterSet_GetMethodReturnType(const MI_ParameterSet *self, MI_Type *returnType,
                                                                MI_QualifierSet *qualifierSet)
{
    return MI_FORWARD_(self, GetMethodReturnType(self, returnType, qualifierSet));
}

MI_INLINE MI_Result MI_CALL MI_ParameterSet_GetParameterCount(const MI_ParameterSet *self, MI_Uint32 *count)
{
    return MI_FORWARD_(self, GetParameterCount(self, count));
}

MI_INLINE MI_Result MI_CALL MI_ParameterSet_GetParameterAt(const MI_ParameterSet *self, MI_Uint32 index,
                                                           const MI_Char **name, MI_Type *parameterType,
                                                           MI_Char **referenceClass, MI_QualifierSet *qualifierSet)
{
    return MI_FORWARD_(self, GetParameterAt(self, index, name, parameterType, referenceClass, qualifierSet));
}

MI_INLINE MI_Result MI_CALL MI_ParameterSet_GetParameter(const MI_ParameterSet *self, const MI_Char *name,
                                                         MI_Type *parameterType, MI_Char **referenceClass,
                                                         MI_QualifierSet *qualifierSet, MI_Uint32 *index)
{
    return MI_FORWARD_(self, GetParameter(self, name, parameterType, referenceClass, qualifierSet, index));
}

/* ---- The provider's side ---------------------------------------------------------------------------------------- */

/* Defined by the provider's module, whose MI_Main sets it. */
extern MI_Server *__mi_server;

MI_INLINE MI_Result MI_CALL MI_Server_GetVersion(MI_Uint32 *version)
{
    if (!__mi_server || !__mi_server->serverFT) return MI_RESULT_INVALID_PARAMETER;
    return __mi_server->serverFT->GetVersion(version);
}

MI_INLINE MI_Result MI_CALL MI_Server_GetSystemName(const MI_Char **systemName)
{
    if (!__mi_server || !__mi_server->serverFT) return MI_RESULT_INVALID_PARAMETER;
    return __mi_server->serverFT->GetSystemName(systemName);
}

MI_INLINE MI_Result MI_CALL MI_Filter_Evaluate(const MI_Filter *self, const MI_Instance *instance, MI_Boolean *result)
{
    return MI_FORWARD_(self, Evaluate(self, instance, result));
}

MI_INLINE MI_Result MI_CALL MI_Filter_GetExpression(const MI_Filter *self, const MI_Char **queryLang,
                                                    const MI_Char **queryExpr)
{
    return MI_FORWARD_(self, GetExpression(self, queryLang, queryExpr));
}

MI_INLINE MI_Result MI_CALL MI_PropertySet_GetElementCount(const MI_PropertySet *self, MI_Uint32 *count)
{
    return MI_FORWARD_(self, GetElementCount(self, count));
}

MI_INLINE MI_Result MI_CALL MI_PropertySet_ContainsElement(const MI_PropertySet *self, const MI_Char *name,
                                                           MI_Boolean *flag)
{
    return MI_FORWARD_(self, ContainsElement(self, name, flag));
}

MI_INLINE MI_Result MI_CALL MI_PropertySet_AddElement(MI_PropertySet *self, const MI_Char *name)
{
    return MI_FORWARD_(self, AddElement(self, name));
}

MI_INLINE MI_Result MI_CALL MI_PropertySet_GetElementAt(const MI_PropertySet *self, MI_Uint32 index,
                                                        const MI_Char **name)
{
    return MI_FORWARD_(self, GetElementAt(self, index, name));
}

MI_INLINE MI_Result MI_CALL MI_PropertySet_Clear(MI_PropertySet *self)
{
    return MI_FORWARD_(self, Clear(self));
}

MI_INLINE MI_Result MI_CALL MI_PropertySet_Destruct(MI_PropertySet *self)
{
    return MI_FORWARD_(self, Destruct(self));
}

MI_INLINE MI_Result MI_CALL MI_PropertySet_Delete(MI_PropertySet *self)
{
    return MI_FORWARD_(self, Delete(self));
}

MI_INLINE MI_Result MI_CALL MI_PropertySet_Clone(const MI_PropertySet *self, MI_PropertySet **newPropertySet)
{
    return MI_FORWARD_(self, Clone(self, newPropertySet));
}

MI_INLINE MI_Result MI_CALL MI_Context_PostResult(MI_Context *context, MI_Result result)
{
    return MI_FORWARD_(context, PostResult(context, result));
}

MI_INLINE MI_Result MI_CALL MI_Context_PostInstance(MI_Context *context, const MI_Instance *instance)
{
    return MI_FORWARD_(context, PostInstance(context, instance));
}

MI_INLINE MI_Result MI_CALL MI_Context_PostIndication(MI_Context *context, const MI_Instance *indication,
                                                      MI_Uint32 subscriptionIDCount, const MI_Char *bookmark)
{
    return MI_FORWARD_(context, PostIndication(context, indication, subscriptionIDCount, bookmark));
}

MI_INLINE MI_Result MI_CALL MI_Context_ConstructInstance(MI_Context *context, const MI_ClassDecl *classDecl,
                                                         MI_Instance *instance)
{
    return MI_FORWARD_(context, ConstructInstance(context, classDecl, instance));
}

MI_INLINE MI_Result MI_CALL MI_Context_ConstructParameters(MI_Context *context, const MI_MethodDecl *methodDecl,
                                                           MI_Instance *instance)
{
    return MI_FORWARD_(context, ConstructParameters(context, methodDecl, instance));
}

MI_INLINE MI_Result MI_CALL MI_Context_NewInstance(MI_Context *context, const MI_ClassDecl *classDecl,
                                                   MI_Instance **instance)
{
    return MI_FORWARD_(context, NewInstance(context, classDecl, instance));
}

MI_INLINE MI_Result MI_CALL MI_Context_NewDynamicInstance(MI_Context *context, const MI_Char *className,
                                                          MI_Uint32 flags, MI_Instance **instance)
{
    return MI_FORWARD_(context, NewDynamicInstance(context, className, flags, instance));
}

MI_INLINE MI_Result MI_CALL MI_Context_NewParameters(MI_Context *context, const MI_MethodDecl *methodDecl,
                                                     MI_Instance **instance)
{
    return MI_FORWARD_(context, NewParameters(context, methodDecl, instance));
}

MI_INLINE MI_Result MI_CALL MI_Context_Canceled(const MI_Context *context, MI_Boolean *flag)
{
    return MI_FORWARD_(context, Canceled(context, flag));
}

MI_INLINE MI_Result MI_CALL MI_Context_GetLocale(const MI_Context *context, MI_LocaleType localeType,
                                                 MI_Char locale[MI_MAX_LOCALE_SIZE])
{
    return MI_FORWARD_(context, GetLocale(context, localeType, locale));
}

MI_INLINE MI_Result MI_CALL MI_Context_RegisterCancel(MI_Context *context, MI_CancelCallback callback,
                                                      void *callbackData)
{
    return MI_FORWARD_(context, RegisterCancel(context, callback, callbackData));
}

MI_INLINE MI_Result MI_CALL MI_Context_RequestUnload(MI_Context *context)
{
    return MI_FORWARD_(context, RequestUnload(context));
}

MI_INLINE MI_Result MI_CALL MI_Context_RefuseUnload(MI_Context *context)
{
    return MI_FORWARD_(context, RefuseUnload(context));
}

MI_INLINE MI_Result MI_CALL MI_Context_GetLocalSession(const MI_Context *context, MI_Session *session)
{
    return MI_FORWARD_(context, GetLocalSession(context, session));
}

MI_INLINE MI_Result MI_CALL MI_Context_SetStringOption(MI_Context *context, const MI_Char *name, const MI_Char *value)
{
    return MI_FORWARD_(context, SetStringOption(context, name, value));
}

MI_INLINE MI_Result MI_CALL MI_Context_GetStringOption(MI_Context *context, const MI_Char *name, const MI_Char **value)
{
    return MI_FORWARD_(context, GetStringOption(context, name, value));
}

MI_INLINE MI_Result MI_CALL MI_Context_GetNumberOption(MI_Context *context, const MI_Char *name, MI_Uint32 *value)
{
    return MI_FORWARD_(context, GetNumberOption(context, name, value));
}

MI_INLINE MI_Result MI_CALL MI_Context_GetCustomOption(MI_Context *context, const MI_Char *name, MI_Type *valueType,
                                                       MI_Value *value)
{
    return MI_FORWARD_(context, GetCustomOption(context, name, valueType, value));
}

MI_INLINE MI_Result MI_CALL MI_Context_GetCustomOptionCount(MI_Context *context, MI_Uint32 *count)
{
    return MI_FORWARD_(context, GetCustomOptionCount(context, count));
}

MI_INLINE MI_Result MI_CALL MI_Context_GetCustomOptionAt(MI_Context *context, MI_Uint32 index, const MI_Char **name,
                                                         MI_Type *valueType, MI_Value *value)
{
    return MI_FORWARD_(context, GetCustomOptionAt(context, index, name, valueType, value));
}

MI_INLINE MI_Result MI_CALL MI_Context_WriteMessage(MI_Context *context, MI_Uint32 channel, const MI_Char *message)
{
    return MI_FORWARD_(context, WriteMessage(context, channel, message));
}

MI_INLINE MI_Result MI_CALL MI_Context_WriteProgress(MI_Context *context, const MI_Char *activity,
                                                     const MI_Char *currentOperation, const MI_Char *statusDescription,
                                                     MI_Uint32 percentComplete, MI_Uint32 secondsRemaining)
{
    return MI_FORWARD_(context, WriteProgress(context, activity, currentOperation, statusDescription, percentComplete,
                                              secondsRemaining));
}

MI_INLINE MI_Result MI_CALL MI_Context_WriteStreamParameter(MI_Context *context, const MI_Char *name,
                                                            const MI_Value *value, MI_Type type, MI_Uint32 flags)
{
    return MI_FORWARD_(context, WriteStreamParameter(context, name, value, type, flags));
}

MI_INLINE MI_Result MI_CALL MI_Context_WriteCimError(MI_Context *context, const MI_Instance *error, MI_Boolean *flag)
{
    return MI_FORWARD_(context, WriteCimError(context, error, flag));
}

MI_INLINE MI_Result MI_CALL MI_Context_PromptUser(MI_Context *context, const MI_Char *message, MI_PromptType promptType,
                                                  MI_Boolean *flag)
{
    return MI_FORWARD_(context, PromptUser(context, message, promptType, flag));
}

MI_INLINE MI_Result MI_CALL MI_Context_ShouldProcess(MI_Context *context, const MI_Char *target, const MI_Char *action,
                                                     MI_Boolean *flag)
{
    return MI_FORWARD_(context, ShouldProcess(context, target, action, flag));
}

MI_INLINE MI_Result MI_CALL MI_Context_ShouldContinue(MI_Context *context, const MI_Char *message, MI_Boolean *flag)
{
    return MI_FORWARD_(context, ShouldContinue(context, message, flag));
}

MI_INLINE MI_Result MI_CALL MI_Context_PostError(MI_Context *context, MI_Uint32 resultCode, const MI_Char *resultType,
                                                 const MI_Char *errorMessage)
{
    return MI_FORWARD_(context, PostError(context, resultCode, resultType, errorMessage));
}

MI_INLINE MI_Result MI_CALL MI_Context_PostCimError(MI_Context *context, const MI_Instance *error)
{
    return MI_FORWARD_(context, PostCimError(context, error));
}

MI_INLINE MI_Result MI_CALL MI_Context_WriteError(MI_Context *context, MI_Uint32 resultCode, const MI_Char *resultType,
                                                  const MI_Char *errorMessage, MI_Boolean *flag)
{
    return MI_FORWARD_(context, WriteError(context, resultCode, resultType, errorMessage, flag));
}

MI_INLINE MI_Result MI_CALL MI_Context_WriteWarning(MI_Context *context, const MI_Char *message)
{
    return MI_Context_WriteMessage(context, MI_WRITEMESSAGE_CHANNEL_WARNING, message);
}

MI_INLINE MI_Result MI_CALL MI_Context_WriteVerbose(MI_Context *context, const MI_Char *message)
{
    return MI_Context_WriteMessage(context, MI_WRITEMESSAGE_CHANNEL_VERBOSE, message);
}

MI_INLINE MI_Result MI_CALL MI_Context_WriteDebug(MI_Context *context, const MI_Char *message)
{
    return MI_Context_WriteMessage(context, MI_WRITEMESSAGE_CHANNEL_DEBUG, message);
}

/* ---- Applications ----------------------------------------------------------------------------------------------- */

MI_INLINE MI_Result MI_CALL MI_Application_Close(MI_Application *application)
{
    return MI_FORWARD_(application, Close(application));
}

MI_INLINE MI_Result MI_CALL MI_Application_NewSession(MI_Application *application, const MI_Char *protocol,
                                                      const MI_Char *destination, MI_DestinationOptions *options,
                                                      MI_SessionCallbacks *callbacks, MI_Instance **extendedError,
                                                      MI_Session *session)
{
    MI_ZERO_(session);
    return MI_FORWARD_(application,
                       NewSession(application, protocol, destination, options, callbacks, extendedError, session));
}

MI_INLINE MI_Result MI_CALL MI_Application_NewHostedProvider(MI_Application *application, const MI_Char *namespaceName,
                                                             const MI_Char *providerName, MI_MainFunction mi_Main,
                                                             MI_Instance **extendedError,
                                                             MI_HostedProvider *hostedProvider)
{
    MI_ZERO_(hostedProvider);
    return MI_FORWARD_(application, NewHostedProvider(application, namespaceName, providerName, mi_Main, extendedError,
                                                      hostedProvider));
}

MI_INLINE MI_Result MI_CALL MI_Application_NewInstance(MI_Application *application, const MI_Char *className,
                                                       const MI_ClassDecl *classRTTI, MI_Instance **instance)
{
    MI_CLEAR_(instance);
    return MI_FORWARD_(application, NewInstance(application, className, classRTTI, instance));
}

MI_INLINE MI_Result MI_CALL MI_Application_NewDestinationOptions(MI_Application *application,
                                                                 MI_DestinationOptions *options)
{
    MI_ZERO_(options);
    return MI_FORWARD_(application, NewDestinationOptions(application, options));
}

MI_INLINE MI_Result MI_CALL MI_Application_NewOperationOptions(MI_Application *application, MI_Boolean mustUnderstand,
                                                               MI_OperationOptions *options)
{
    MI_ZERO_(options);
    return MI_FORWARD_(application, NewOperationOptions(application, mustUnderstand, options));
}

MI_INLINE MI_Result MI_CALL
MI_Application_NewSubscriptionDeliveryOptions(MI_Application *application, MI_SubscriptionDeliveryType deliveryType,
                                              MI_SubscriptionDeliveryOptions *deliveryOptions)
{
    MI_ZERO_(deliveryOptions);
    return MI_FORWARD_(application, NewSubscriptionDeliveryOptions(application, deliveryType, deliveryOptions));
}

MI_INLINE MI_Result MI_CALL MI_Application_NewSerializer(MI_Application *application, MI_Uint32 flags, MI_Char *format,
                                                         MI_Serializer *serializer)
{
    MI_ZERO_(serializer);
    return MI_FORWARD_(application, NewSerializer(application, flags, format, serializer));
}

MI_INLINE MI_Result MI_CALL MI_Application_NewDeserializer(MI_Application *application, MI_Uint32 flags,
                                                           MI_Char *format, MI_Deserializer *deserializer)
{
    MI_ZERO_(deserializer);
    return MI_FORWARD_(application, NewDeserializer(application, flags, format, deserializer));
}

MI_INLINE MI_Result MI_CALL MI_Application_NewInstanceFromClass(MI_Application *application, const MI_Char *className,
                                                                const MI_Class *classObject, MI_Instance **instance)
{
    MI_CLEAR_(instance);
    return MI_FORWARD_(application, NewInstanceFromClass(application, className, classObject, instance));
}

MI_INLINE MI_Result MI_CALL MI_Application_NewClass(MI_Application *application, const MI_ClassDecl *classDecl,
                                                    const MI_Char *namespaceName, const MI_Char *serverName,
                                                    MI_Class **classObject)
{
    MI_CLEAR_(classObject);
    return MI_FORWARD_(application, NewClass(application, classDecl, namespaceName, serverName, classObject));
}

MI_INLINE MI_Result MI_CALL MI_Application_NewParameterSet(MI_Application *application, const MI_ClassDecl *classRTTI,
                                                           MI_Instance **instance)
{
    MI_CLEAR_(instance);
    return MI_FORWARD_(application, NewInstance(application, MI_T("Parameters"), classRTTI, instance));
}

MI_INLINE MI_Result MI_CALL MI_HostedProvider_Close(MI_HostedProvider *hostedProvider)
{
    return MI_FORWARD_(hostedProvider, Close(hostedProvider));
}

MI_INLINE MI_Result MI_CALL MI_HostedProvider_GetApplication(MI_HostedProvider *hostedProvider,
                                                             MI_Application *application)
{
    MI_ZERO_(application);
    return MI_FORWARD_(hostedProvider, GetApplication(hostedProvider, application));
}

/* ---- Sessions --------------------------------------------------------------------------------------------------- */

/* What an operation on no session comes to: an empty handle, and the final result where somebody waits for it. */
MI_INLINE void MI_NoInstanceOperation_(MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    MI_ZERO_(operation);
    if (callbacks && callbacks->instanceResult)
        callbacks->instanceResult(NULL, callbacks->callbackContext, NULL, MI_FALSE, MI_RESULT_INVALID_PARAMETER, NULL,
                                  NULL, NULL);
}

MI_INLINE void MI_NoIndicationOperation_(MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    MI_ZERO_(operation);
    if (callbacks && callbacks->indicationResult)
        callbacks->indicationResult(NULL, callbacks->callbackContext, NULL, NULL, NULL, MI_FALSE,
                                    MI_RESULT_INVALID_PARAMETER, NULL, NULL, NULL);
}

MI_INLINE void MI_NoClassOperation_(MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    MI_ZERO_(operation);
    if (callbacks && callbacks->classResult)
        callbacks->classResult(NULL, callbacks->callbackContext, NULL, MI_FALSE, MI_RESULT_INVALID_PARAMETER, NULL,
                               NULL, NULL);
}

MI_INLINE MI_Result MI_CALL MI_Session_Close(MI_Session *session, void *completionContext,
                                             MI_SessionCloseCompleted completionCallback)
{
    if (session && session->ft) return session->ft->Close(session, completionContext, completionCallback);
    if (!completionCallback) return MI_RESULT_INVALID_PARAMETER;
    completionCallback(completionContext);
    return MI_RESULT_OK;
}

MI_INLINE MI_Result MI_CALL MI_Session_GetApplication(MI_Session *session, MI_Application *application)
{
    MI_ZERO_(application);
    return MI_FORWARD_(session, GetApplication(session, application));
}

MI_INLINE void MI_CALL MI_Session_GetInstance(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                                              const MI_Char *namespaceName, const MI_Instance *inboundInstance,
                                              MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    if (session && session->ft)
        session->ft->GetInstance(session, flags, options, namespaceName, inboundInstance, callbacks, operation);
    else
        MI_NoInstanceOperation_(callbacks, operation);
}

MI_INLINE void MI_CALL MI_Session_ModifyInstance(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                                                 const MI_Char *namespaceName, const MI_Instance *inboundInstance,
                                                 MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    if (session && session->ft)
        session->ft->ModifyInstance(session, flags, options, namespaceName, inboundInstance, callbacks, operation);
    else
        MI_NoInstanceOperation_(callbacks, operation);
}

MI_INLINE void MI_CALL MI_Session_CreateInstance(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                                                 const MI_Char *namespaceName, const MI_Instance *inboundInstance,
                                                 MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    if (session && session->ft)
        session->ft->CreateInstance(session, flags, options, namespaceName, inboundInstance, callbacks, operation);
    else
        MI_NoInstanceOperation_(callbacks, operation);
}

MI_INLINE void MI_CALL MI_Session_DeleteInstance(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                                                 const MI_Char *namespaceName, const MI_Instance *inboundInstance,
                                                 MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    if (session && session->ft)
        session->ft->DeleteInstance(session, flags, options, namespaceName, inboundInstance, callbacks, operation);
    else
        MI_NoInstanceOperation_(callbacks, operation);
}

MI_INLINE void MI_CALL MI_Session_Invoke(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                                         const MI_Char *namespaceName, const MI_Char *className,
                                         const MI_Char *methodName, const MI_Instance *inboundInstance,
                                         const MI_Instance *inboundProperties, MI_OperationCallbacks *callbacks,
                                         MI_Operation *operation)
{
    if (session && session->ft)
        session->ft->Invoke(session, flags, options, namespaceName, className, methodName, inboundInstance,
                            inboundProperties, callbacks, operation);
    else
        MI_NoInstanceOperation_(callbacks, operation);
}

MI_INLINE void MI_CALL MI_Session_EnumerateInstances(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                                                     const MI_Char *namespaceName, const MI_Char *className,
                                                     MI_Boolean keysOnly, MI_OperationCallbacks *callbacks,
                                                     MI_Operation *operation)
{
    if (session && session->ft)
        session->ft->EnumerateInstances(session, flags, options, namespaceName, className, keysOnly, callbacks,
                                        operation);
    else
        MI_NoInstanceOperation_(callbacks, operation);
}

MI_INLINE void MI_CALL MI_Session_QueryInstances(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                                                 const MI_Char *namespaceName, const MI_Char *queryDialect,
                                                 const MI_Char *queryExpression, MI_OperationCallbacks *callbacks,
                                                 MI_Operation *operation)
{
    if (session && session->ft)
        session->ft->QueryInstances(session, flags, options, namespaceName, queryDialect, queryExpression, callbacks,
                                    operation);
    else
        MI_NoInstanceOperation_(callbacks, operation);
}

MI_INLINE void MI_CALL MI_Session_AssociatorInstances(MI_Session *session, MI_Uint32 flags,
                                                      MI_OperationOptions *options, const MI_Char *namespaceName,
                                                      const MI_Instance *instanceKey, const MI_Char *assocClass,
                                                      const MI_Char *resultClass, const MI_Char *role,
                                                      const MI_Char *resultRole, MI_Boolean keysOnly,
                                                      MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    if (session && session->ft)
        session->ft->AssociatorInstances(session, flags, options, namespaceName, instanceKey, assocClass, resultClass,
                                         role, resultRole, keysOnly, callbacks, operation);
    else
        MI_NoInstanceOperation_(callbacks, operation);
}

MI_INLINE void MI_CALL MI_Session_ReferenceInstances(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                                                     const MI_Char *namespaceName, const MI_Instance *instanceKey,
                                                     const MI_Char *resultClass, const MI_Char *role,
                                                     MI_Boolean keysOnly, MI_OperationCallbacks *callbacks,
                                                     MI_Operation *operation)
{
    if (session && session->ft)
        session->ft->ReferenceInstances(session, flags, options, namespaceName, instanceKey, resultClass, role,
                                        keysOnly, callbacks, operation);
    else
        MI_NoInstanceOperation_(callbacks, operation);
}

MI_INLINE void MI_CALL MI_Session_Subscribe(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                                            const MI_Char *namespaceName, const MI_Char *queryDialect,
                                            const MI_Char *queryExpression,
                                            const MI_SubscriptionDeliveryOptions *deliverOptions,
                                            MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    if (session && session->ft)
        session->ft->Subscribe(session, flags, options, namespaceName, queryDialect, queryExpression, deliverOptions,
                               callbacks, operation);
    else
        MI_NoIndicationOperation_(callbacks, operation);
}

MI_INLINE void MI_CALL MI_Session_GetClass(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                                           const MI_Char *namespaceName, const MI_Char *className,
                                           MI_OperationCallbacks *callbacks, MI_Operation *operation)
{
    if (session && session->ft)
        session->ft->GetClass(session, flags, options, namespaceName, className, callbacks, operation);
    else
        MI_NoClassOperation_(callbacks, operation);
}

MI_INLINE void MI_CALL MI_Session_EnumerateClasses(MI_Session *session, MI_Uint32 flags, MI_OperationOptions *options,
                                                   const MI_Char *namespaceName, const MI_Char *className,
                                                   MI_Boolean classNamesOnly, MI_OperationCallbacks *callbacks,
                                                   MI_Operation *operation)
{
    if (session && session->ft)
        session->ft->EnumerateClasses(session, flags, options, namespaceName, className, classNamesOnly, callbacks,
                                      operation);
    else
        MI_NoClassOperation_(callbacks, operation);
}

MI_INLINE void MI_CALL MI_Session_TestConnection(MI_Session *session, MI_Uint32 flags, MI_OperationCallbacks *callbacks,
                                                 MI_Operation *operation)
{
    if (session && session->ft)
        session->ft->TestConnection(session, flags, callbacks, operation);
    else
        MI_NoInstanceOperation_(callbacks, operation);
}

/* ---- Operations ------------------------------------------------------------------------------------------------- */

MI_INLINE MI_Result MI_CALL MI_Operation_Close(MI_Operation *operation)
{
    return MI_FORWARD_(operation, Close(operation));
}

MI_INLINE MI_Result MI_CALL MI_Operation_Cancel(MI_Operation *operation, MI_CancellationReason reason)
{
    return MI_FORWARD_(operation, Cancel(operation, reason));
}

MI_INLINE MI_Result MI_CALL MI_Operation_GetSession(MI_Operation *operation, MI_Session *session)
{
    MI_ZERO_(session);
    return MI_FORWARD_(operation, GetSession(operation, session));
}

MI_INLINE MI_Result MI_CALL MI_Operation_GetInstance(MI_Operation *operation, const MI_Instance **instance,
                                                     MI_Boolean *moreResults, MI_Result *result,
                                                     const MI_Char **errorMessage,
                                                     const MI_Instance **completionDetails)
{
    if (!operation || !operation->ft)
    {
        if (result) *result = MI_RESULT_INVALID_PARAMETER;
        if (moreResults) *moreResults = MI_FALSE;
    }
    return MI_FORWARD_(operation,
                       GetInstance(operation, instance, moreResults, result, errorMessage, completionDetails));
}

MI_INLINE MI_Result MI_CALL MI_Operation_GetIndication(MI_Operation *operation, const MI_Instance **instance,
                                                       const MI_Char **bookmark, const MI_Char **machineID,
                                                       MI_Boolean *moreResults, MI_Result *result,
                                                       const MI_Char **errorMessage,
                                                       const MI_Instance **completionDetails)
{
    if (!operation || !operation->ft)
    {
        if (result) *result = MI_RESULT_INVALID_PARAMETER;
        if (moreResults) *moreResults = MI_FALSE;
    }
    return MI_FORWARD_(operation, GetIndication(operation, instance, bookmark, machineID, moreResults, result,
                                                errorMessage, completionDetails));
}

MI_INLINE MI_Result MI_CALL MI_Operation_GetClass(MI_Operation *operation, const MI_Class **classResult,
                                                  MI_Boolean *moreResults, MI_Result *result,
                                                  const MI_Char **errorMessage, const MI_Instance **completionDetails)
{
    if (!operation || !operation->ft)
    {
        if (result) *result = MI_RESULT_INVALID_PARAMETER;
        if (moreResults) *moreResults = MI_FALSE;
    }
    return MI_FORWARD_(operation,
                       GetClass(operation, classResult, moreResults, result, errorMessage, completionDetails));
}

/* ---- Destination options ---------------------------------------------------------------------------------------- */

MI_INLINE void MI_CALL MI_DestinationOptions_Delete(MI_DestinationOptions *options)
{
    if (options && options->ft) options->ft->Delete(options);
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_GetOptionCount(const MI_DestinationOptions *options, MI_Uint32 *count)
{
    return MI_FORWARD_(options, GetOptionCount(options, count));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_GetOptionAt(const MI_DestinationOptions *options, MI_Uint32 index,
                                                              const MI_Char **optionName, MI_Value *value,
                                                              MI_Type *type, MI_Uint32 *flags)
{
    return MI_FORWARD_(options, GetOptionAt(options, index, optionName, value, type, flags));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_GetOption(const MI_DestinationOptions *options,
                                                            const MI_Char *optionName, MI_Value *value, MI_Type *type,
                                                            MI_Uint32 *index, MI_Uint32 *flags)
{
    return MI_FORWARD_(options, GetOption(options, optionName, value, type, index, flags));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_GetCredentialsCount(const MI_DestinationOptions *options,
                                                                      MI_Uint32 *count)
{
    return MI_FORWARD_(options, GetCredentialsCount(options, count));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_GetCredentialsAt(const MI_DestinationOptions *options,
                                                                   MI_Uint32 index, const MI_Char **optionName,
                                                                   MI_UserCredentials *credentials, MI_Uint32 *flags)
{
    return MI_FORWARD_(options, GetCredentialsAt(options, index, optionName, credentials, flags));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_GetCredentialsPasswordAt(const MI_DestinationOptions *options,
                                                                           MI_Uint32 index, const MI_Char **optionName,
                                                                           MI_Char *password, MI_Uint32 bufferLength,
                                                                           MI_Uint32 *passwordLength, MI_Uint32 *flags)
{
    return MI_FORWARD_(
        options, GetCredentialsPasswordAt(options, index, optionName, password, bufferLength, passwordLength, flags));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_Clone(const MI_DestinationOptions *options,
                                                        MI_DestinationOptions *newDestinationOptions)
{
    return MI_FORWARD_(options, Clone(options, newDestinationOptions));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_SetString(MI_DestinationOptions *options, const MI_Char *optionName,
                                                            const MI_Char *optionValue)
{
    return MI_FORWARD_(options, SetString(options, optionName, optionValue, 0));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_GetString(const MI_DestinationOptions *options,
                                                            const MI_Char *optionName, const MI_Char **optionValue,
                                                            MI_Uint32 *index)
{
    return MI_FORWARD_(options, GetString(options, optionName, optionValue, index, NULL));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_SetNumber(MI_DestinationOptions *options, const MI_Char *optionName,
                                                            MI_Uint32 optionValue)
{
    return MI_FORWARD_(options, SetNumber(options, optionName, optionValue, 0));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_GetNumber(const MI_DestinationOptions *options,
                                                            const MI_Char *optionName, MI_Uint32 *optionValue,
                                                            MI_Uint32 *index)
{
    return MI_FORWARD_(options, GetNumber(options, optionName, optionValue, index, NULL));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_SetTimeout(MI_DestinationOptions *options, const MI_Interval *value)
{
    return MI_FORWARD_(options, SetInterval(options, MI_T("__MI_DESTINATIONOPTIONS_TIMEOUT"), value, 0));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_GetTimeout(const MI_DestinationOptions *options, MI_Interval *value)
{
    return MI_FORWARD_(options, GetInterval(options, MI_T("__MI_DESTINATIONOPTIONS_TIMEOUT"), value, NULL, NULL));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_SetCertCACheck(MI_DestinationOptions *options, MI_Boolean value)
{
    return MI_FORWARD_(options, SetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_CERT_CA_CHECK"), (MI_Uint32)value, 0));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_GetCertCACheck(const MI_DestinationOptions *options,
                                                                 MI_Boolean *value)
{
    MI_Uint32 number = 0;
    MI_Result result =
        MI_FORWARD_(options, GetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_CERT_CA_CHECK"), &number, NULL, NULL));

    if (!value) return MI_RESULT_INVALID_PARAMETER;
    if (result == MI_RESULT_OK) *value = (MI_Boolean)number;
    return result;
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_SetCertCNCheck(MI_DestinationOptions *options, MI_Boolean value)
{
    return MI_FORWARD_(options, SetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_CERT_CN_CHECK"), (MI_Uint32)value, 0));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_GetCertCNCheck(const MI_DestinationOptions *options,
                                                                 MI_Boolean *value)
{
    MI_Uint32 number = 0;
    MI_Result result =
        MI_FORWARD_(options, GetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_CERT_CN_CHECK"), &number, NULL, NULL));

    if (!value) return MI_RESULT_INVALID_PARAMETER;
    if (result == MI_RESULT_OK) *value = (MI_Boolean)number;
    return result;
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_SetCertRevocationCheck(MI_DestinationOptions *options,
                                                                         MI_Boolean value)
{
    return MI_FORWARD_(options,
                       SetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_CERT_REVOCATION_CHECK"), (MI_Uint32)value, 0));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_GetCertRevocationCheck(const MI_DestinationOptions *options,
                                                                         MI_Boolean *value)
{
    MI_Uint32 number = 0;
    MI_Result result = MI_FORWARD_(
        options, GetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_CERT_REVOCATION_CHECK"), &number, NULL, NULL));

    if (!value) return MI_RESULT_INVALID_PARAMETER;
    if (result == MI_RESULT_OK) *value = (MI_Boolean)number;
    return result;
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_SetPacketPrivacy(MI_DestinationOptions *options, MI_Boolean value)
{
    return MI_FORWARD_(options,
                       SetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_PACKET_PRIVACY"), (MI_Uint32)value, 0));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_GetPacketPrivacy(const MI_DestinationOptions *options,
                                                                   MI_Boolean *value)
{
    MI_Uint32 number = 0;
    MI_Result result =
        MI_FORWARD_(options, GetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_PACKET_PRIVACY"), &number, NULL, NULL));

    if (!value) return MI_RESULT_INVALID_PARAMETER;
    if (result == MI_RESULT_OK) *value = (MI_Boolean)number;
    return result;
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_SetPacketIntegrity(MI_DestinationOptions *options, MI_Boolean value)
{
    return MI_FORWARD_(options,
                       SetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_PACKET_INTEGRITY"), (MI_Uint32)value, 0));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_GetPacketIntegrity(const MI_DestinationOptions *options,
                                                                     MI_Boolean *value)
{
    MI_Uint32 number = 0;
    MI_Result result =
        MI_FORWARD_(options, GetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_PACKET_INTEGRITY"), &number, NULL, NULL));

    if (!value) return MI_RESULT_INVALID_PARAMETER;
    if (result == MI_RESULT_OK) *value = (MI_Boolean)number;
    return result;
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_SetPacketEncoding(MI_DestinationOptions *options,
                                                                    const MI_Char *value)
{
    return MI_FORWARD_(options, SetString(options, MI_T("__MI_DESTINATIONOPTIONS_PACKET_ENCODING"), value, 0));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_GetPacketEncoding(const MI_DestinationOptions *options,
                                                                    const MI_Char **value)
{
    return MI_FORWARD_(options, GetString(options, MI_T("__MI_DESTINATIONOPTIONS_PACKET_ENCODING"), value, NULL, NULL));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_SetDataLocale(MI_DestinationOptions *options, const MI_Char *value)
{
    return MI_FORWARD_(options, SetString(options, MI_T("__MI_DESTINATIONOPTIONS_DATA_LOCALE"), value, 0));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_GetDataLocale(const MI_DestinationOptions *options,
                                                                const MI_Char **value)
{
    return MI_FORWARD_(options, GetString(options, MI_T("__MI_DESTINATIONOPTIONS_DATA_LOCALE"), value, NULL, NULL));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_SetUILocale(MI_DestinationOptions *options, const MI_Char *value)
{
    return MI_FORWARD_(options, SetString(options, MI_T("__MI_DESTINATIONOPTIONS_UI_LOCALE"), value, 0));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_GetUILocale(const MI_DestinationOptions *options,
                                                              const MI_Char **value)
{
    return MI_FORWARD_(options, GetString(options, MI_T("__MI_DESTINATIONOPTIONS_UI_LOCALE"), value, NULL, NULL));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_SetMaxEnvelopeSize(MI_DestinationOptions *options, MI_Uint32 value)
{
    return MI_FORWARD_(options, SetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_MAX_ENVELOPE_SIZE"), value, 0));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_GetMaxEnvelopeSize(const MI_DestinationOptions *options,
                                                                     MI_Uint32 *value)
{
    return MI_FORWARD_(options,
                       GetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_MAX_ENVELOPE_SIZE"), value, NULL, NULL));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_SetEncodePortInSPN(MI_DestinationOptions *options, MI_Boolean value)
{
    return MI_FORWARD_(options,
                       SetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_ENCODE_PORT_IN_SPN"), (MI_Uint32)value, 0));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_GetEncodePortInSPN(const MI_DestinationOptions *options,
                                                                     MI_Boolean *value)
{
    MI_Uint32 number = 0;
    MI_Result result = MI_FORWARD_(
        options, GetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_ENCODE_PORT_IN_SPN"), &number, NULL, NULL));

    if (!value) return MI_RESULT_INVALID_PARAMETER;
    if (result == MI_RESULT_OK) *value = (MI_Boolean)number;
    return result;
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_SetHttpUrlPrefix(MI_DestinationOptions *options, const MI_Char *value)
{
    return MI_FORWARD_(options, SetString(options, MI_T("__MI_DESTINATIONOPTIONS_HTTP_URL_PREFIX"), value, 0));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_GetHttpUrlPrefix(const MI_DestinationOptions *options,
                                                                   const MI_Char **value)
{
    return MI_FORWARD_(options, GetString(options, MI_T("__MI_DESTINATIONOPTIONS_HTTP_URL_PREFIX"), value, NULL, NULL));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_SetDestinationPort(MI_DestinationOptions *options, MI_Uint32 value)
{
    return MI_FORWARD_(options, SetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_DESTINATION_PORT"), value, 0));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_GetDestinationPort(const MI_DestinationOptions *options,
                                                                     MI_Uint32 *value)
{
    return MI_FORWARD_(options,
                       GetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_DESTINATION_PORT"), value, NULL, NULL));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_SetTransport(MI_DestinationOptions *options, const MI_Char *value)
{
    return MI_FORWARD_(options, SetString(options, MI_T("__MI_DESTINATIONOPTIONS_TRANSPORT"), value, 0));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_GetTransport(const MI_DestinationOptions *options,
                                                               const MI_Char **value)
{
    return MI_FORWARD_(options, GetString(options, MI_T("__MI_DESTINATIONOPTIONS_TRANSPORT"), value, NULL, NULL));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_SetProxyType(MI_DestinationOptions *options, const MI_Char *value)
{
    return MI_FORWARD_(options, SetString(options, MI_T("__MI_DESTINATIONOPTIONS_PROXY_TYPE"), value, 0));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_GetProxyType(const MI_DestinationOptions *options,
                                                               const MI_Char **value)
{
    return MI_FORWARD_(options, GetString(options, MI_T("__MI_DESTINATIONOPTIONS_PROXY_TYPE"), value, NULL, NULL));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_AddProxyCredentials(MI_DestinationOptions *options,
                                                                      const MI_UserCredentials *credentials)
{
    return MI_FORWARD_(options,
                       AddCredentials(options, MI_T("__MI_DESTINATIONOPTIONS_PROXY_CREDENTIALS"), credentials, 0));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_AddDestinationCredentials(MI_DestinationOptions *options,
                                                                            const MI_UserCredentials *credentials)
{
    return MI_FORWARD_(
        options, AddCredentials(options, MI_T("__MI_DESTINATIONOPTIONS_DESTINATION_CREDENTIALS"), credentials, 0));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_SetImpersonationType(MI_DestinationOptions *options,
                                                                       MI_DestinationOptions_ImpersonationType value)
{
    return MI_FORWARD_(options,
                       SetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_IMPERSONATION_TYPE"), (MI_Uint32)value, 0));
}

MI_INLINE MI_Result MI_CALL MI_DestinationOptions_GetImpersonationType(const MI_DestinationOptions *options,
                                                                       MI_DestinationOptions_ImpersonationType *value)
{
    MI_Uint32 number = 0;
    MI_Result result = MI_FORWARD_(
        options, GetNumber(options, MI_T("__MI_DESTINATIONOPTIONS_IMPERSONATION_TYPE"), &number, NULL, NULL));

    if (!value) return MI_RESULT_INVALID_PARAMETER;
    if (result == MI_RESULT_OK) *value = (MI_DestinationOptions_ImpersonationType)number;
    return result;
}

/* ---- Operation options ------------------------------------------------------------------------------------------ */

MI_INLINE void MI_CALL MI_OperationOptions_Delete(MI_OperationOptions *options)
{
    if (options && options->ft) options->ft->Delete(options);
}

MI_INLINE MI_Result MI_CALL MI_OperationOptions_SetString(MI_OperationOptions *options, const MI_Char *optionName,
                                                          const MI_Char *value, MI_Uint32 flags)
{
    return MI_FORWARD_(options, SetString(options, optionName, value, flags));
}

MI_INLINE MI_Result MI_CALL MI_OperationOptions_SetNumber(MI_OperationOptions *options, const MI_Char *optionName,
                                                          MI_Uint32 value, MI_Uint32 flags)
{
    return MI_FORWARD_(options, SetNumber(options, optionName, value, flags));
}

MI_INLINE MI_Result MI_CALL MI_OperationOptions_GetString(const MI_OperationOptions *options, const MI_Char *optionName,
                                                          const MI_Char **value, MI_Uint32 *index, MI_Uint32 *flags)
{
    return MI_FORWARD_(options, GetString(options, optionName, value, index, flags));
}

MI_INLINE MI_Result MI_CALL MI_OperationOptions_GetNumber(const MI_OperationOptions *options, const MI_Char *optionName,
                                                          MI_Uint32 *value, MI_Uint32 *index, MI_Uint32 *flags)
{
    return MI_FORWARD_(options, GetNumber(options, optionName, value, index, flags));
}

MI_INLINE MI_Result MI_CALL MI_OperationOptions_GetOptionCount(const MI_OperationOptions *options, MI_Uint32 *count)
{
    return MI_FORWARD_(options, GetOptionCount(options, count));
}

MI_INLINE MI_Result MI_CALL MI_OperationOptions_GetOptionAt(const MI_OperationOptions *options, MI_Uint32 index,
                                                            const MI_Char **optionName, MI_Value *value, MI_Type *type,
                                                            MI_Uint32 *flags)
{
    return MI_FORWARD_(options, GetOptionAt(options, index, optionName, value, type, flags));
}

MI_INLINE MI_Result MI_CALL MI_OperationOptions_GetOption(const MI_OperationOptions *options, const MI_Char *optionName,
                                                          MI_Value *value, MI_Type *type, MI_Uint32 *index,
                                                          MI_Uint32 *flags)
{
    return MI_FORWARD_(options, GetOption(options, optionName, value, type, index, flags));
}

MI_INLINE MI_Result MI_CALL MI_OperationOptions_Clone(const MI_OperationOptions *options,
                                                      MI_OperationOptions *newOperationOptions)
{
    return MI_FORWARD_(options, Clone(options, newOperationOptions));
}

MI_INLINE MI_Result MI_CALL MI_OperationOptions_SetCustomOption(MI_OperationOptions *options, const MI_Char *optionName,
                                                                MI_Type optionValueType, const MI_Value *optionValue,
                                                                MI_Boolean mustComply)
{
    return MI_FORWARD_(options, SetCustomOption(options, optionName, optionValueType, optionValue, mustComply, 0));
}

/* Channels are options of one name; the table's flag 1 takes one away. */
MI_INLINE MI_Result MI_CALL MI_OperationOptions_EnableChannel(MI_OperationOptions *options, MI_Uint32 channel)
{
    return MI_FORWARD_(options, SetNumber(options, MI_T("__MI_OPERATIONOPTIONS_CHANNEL"), channel, 0));
}

MI_INLINE MI_Result MI_CALL MI_OperationOptions_DisableChannel(MI_OperationOptions *options, MI_Uint32 channel)
{
    return MI_FORWARD_(options, SetNumber(options, MI_T("__MI_OPERATIONOPTIONS_CHANNEL"), channel, 1));
}

MI_INLINE MI_Result MI_CALL MI_OperationOptions_GetEnabledChannels(const MI_OperationOptions *options,
                                                                   MI_Uint32 *channels, MI_Uint32 bufferLength,
                                                                   MI_Uint32 *channelCount, MI_Uint32 *flags)
{
    return MI_FORWARD_(options, GetEnabledChannels(options, MI_T("__MI_OPERATIONOPTIONS_CHANNEL"), channels,
                                                   bufferLength, channelCount, flags));
}

/* Two numbers that go together. */
MI_INLINE MI_Result MI_SetTwoNumbers_(MI_OperationOptions *options, const MI_Char *first, MI_Uint32 firstValue,
                                      const MI_Char *second, MI_Uint32 secondValue)
{
    MI_Result result = MI_FORWARD_(options, SetNumber(options, first, firstValue, 0));

    return result == MI_RESULT_OK ? options->ft->SetNumber(options, second, secondValue, 0) : result;
}

MI_INLINE MI_Result MI_GetTwoNumbers_(const MI_OperationOptions *options, const MI_Char *first, MI_Uint32 *firstValue,
                                      const MI_Char *second, MI_Uint32 *secondValue)
{
    MI_Result result = MI_FORWARD_(options, GetNumber(options, first, firstValue, NULL, NULL));

    return result == MI_RESULT_OK ? options->ft->GetNumber(options, second, secondValue, NULL, NULL) : result;
}

MI_INLINE MI_Result MI_CALL MI_OperationOptions_SetPromptUserRegularMode(MI_OperationOptions *options,
                                                                         MI_CallbackMode mode, MI_Boolean ackValue)
{
    return MI_SetTwoNumbers_(options, MI_T("__MI_OPERATIONOPTIONS_PROMPTUSERMODE"), (MI_Uint32)mode,
                             MI_T("__MI_OPERATIONOPTIONS_PROMPTUSERMODEREGULAR_ACKVALUE"), ackValue);
}

MI_INLINE MI_Result MI_CALL MI_OperationOptions_GetPromptUserRegularMode(const MI_OperationOptions *options,
                                                                         MI_CallbackMode *mode, MI_Boolean *ackValue)
{
    MI_Uint32 first = 0, second = 0;
    MI_Result result = MI_GetTwoNumbers_(options, MI_T("__MI_OPERATIONOPTIONS_PROMPTUSERMODE"), &first,
                                         MI_T("__MI_OPERATIONOPTIONS_PROMPTUSERMODEREGULAR_ACKVALUE"), &second);

    if (!mode || !ackValue) return MI_RESULT_INVALID_PARAMETER;
    if (result != MI_RESULT_OK) return result;
    *mode = (MI_CallbackMode)first;
    *ackValue = (MI_Boolean)second;
    return result;
}

MI_INLINE MI_Result MI_CALL MI_OperationOptions_SetProviderArchitecture(MI_OperationOptions *options,
                                                                        MI_ProviderArchitecture architecture,
                                                                        MI_Boolean mustComply)
{
    return MI_SetTwoNumbers_(options, MI_T("__MI_OPERATIONOPTIONS_PROVIDER_ARCHITECTURE"), (MI_Uint32)architecture,
                             MI_T("__MI_OPERATIONOPTIONS_REQUIRED_ARCHITECTURE"), mustComply);
}

MI_INLINE MI_Result MI_CALL MI_OperationOptions_GetProviderArchitecture(const MI_OperationOptions *options,
                                                                        MI_ProviderArchitecture *architecture,
                                                                        MI_Boolean *mustComply)
{
    MI_Uint32 first = 0, second = 0;
    MI_Result result = MI_GetTwoNumbers_(options, MI_T("__MI_OPERATIONOPTIONS_PROVIDER_ARCHITECTURE"), &first,
                                         MI_T("__MI_OPERATIONOPTIONS_REQUIRED_ARCHITECTURE"), &second);

    if (!architecture || !mustComply) return MI_RESULT_INVALID_PARAMETER;
    if (result != MI_RESULT_OK) return result;
    *architecture = (MI_ProviderArchitecture)first;
    *mustComply = (MI_Boolean)second;
    return result;
}

MI_INLINE MI_Result MI_CALL MI_OperationOptions_SetWriteErrorMode(MI_OperationOptions *options, MI_CallbackMode value)
{
    return MI_FORWARD_(options, SetNumber(options, MI_T("__MI_OPERATIONOPTIONS_WRITEERRORMODE"), (MI_Uint32)value, 0));
}

MI_INLINE MI_Result MI_CALL MI_OperationOptions_GetWriteErrorMode(const MI_OperationOptions *options,
                                                                  MI_CallbackMode *value)
{
    MI_Uint32 number = 0;
    MI_Result result =
        MI_FORWARD_(options, GetNumber(options, MI_T("__MI_OPERATIONOPTIONS_WRITEERRORMODE"), &number, NULL, NULL));

    if (!value) return MI_RESULT_INVALID_PARAMETER;
    if (result == MI_RESULT_OK) *value = (MI_CallbackMode)number;
    return result;
}

MI_INLINE MI_Result MI_CALL MI_OperationOptions_SetPromptUserMode(MI_OperationOptions *options, MI_CallbackMode value)
{
    return MI_FORWARD_(options, SetNumber(options, MI_T("__MI_OPERATIONOPTIONS_PROMPTUSERMODE"), (MI_Uint32)value, 0));
}

MI_INLINE MI_Result MI_CALL MI_OperationOptions_GetPromptUserMode(const MI_OperationOptions *options,
                                                                  MI_CallbackMode *value)
{
    MI_Uint32 number = 0;
    MI_Result result =
        MI_FORWARD_(options, GetNumber(options, MI_T("__MI_OPERATIONOPTIONS_PROMPTUSERMODE"), &number, NULL, NULL));

    if (!value) return MI_RESULT_INVALID_PARAMETER;
    if (result == MI_RESULT_OK) *value = (MI_CallbackMode)number;
    return result;
}

MI_INLINE MI_Result MI_CALL MI_OperationOptions_SetTimeout(MI_OperationOptions *options, const MI_Interval *value)
{
    return MI_FORWARD_(options, SetInterval(options, MI_T("__MI_OPERATIONOPTIONS_TIMEOUT"), value, 0));
}

MI_INLINE MI_Result MI_CALL MI_OperationOptions_GetTimeout(const MI_OperationOptions *options, MI_Interval *value)
{
    return MI_FORWARD_(options, GetInterval(options, MI_T("__MI_OPERATIONOPTIONS_TIMEOUT"), value, NULL, NULL));
}

MI_INLINE MI_Result MI_CALL MI_OperationOptions_SetResourceUriPrefix(MI_OperationOptions *options, const MI_Char *value)
{
    return MI_FORWARD_(options, SetString(options, MI_T("__MI_OPERATIONOPTIONS_RESOURCE_URI_PREFIX"), value, 0));
}

MI_INLINE MI_Result MI_CALL MI_OperationOptions_GetResourceUriPrefix(const MI_OperationOptions *options,
                                                                     const MI_Char **value)
{
    return MI_FORWARD_(options,
                       GetString(options, MI_T("__MI_OPERATIONOPTIONS_RESOURCE_URI_PREFIX"), value, NULL, NULL));
}

MI_INLINE MI_Result MI_CALL MI_OperationOptions_SetResourceUri(MI_OperationOptions *options, const MI_Char *value)
{
    return MI_FORWARD_(options, SetString(options, MI_T("__MI_OPERATIONOPTIONS_RESOURCE_URI"), value, 0));
}

MI_INLINE MI_Result MI_CALL MI_OperationOptions_GetResourceUri(const MI_OperationOptions *options,
                                                               const MI_Char **value)
{
    return MI_FORWARD_(options, GetString(options, MI_T("__MI_OPERATIONOPTIONS_RESOURCE_URI"), value, NULL, NULL));
}

MI_INLINE MI_Result MI_CALL MI_OperationOptions_SetUseMachineID(MI_OperationOptions *options, MI_Boolean value)
{
    return MI_FORWARD_(options, SetNumber(options, MI_T("__MI_OPERATIONOPTIONS_USE_MACHINE_ID"), (MI_Uint32)value, 0));
}

MI_INLINE MI_Result MI_CALL MI_OperationOptions_GetUseMachineID(const MI_OperationOptions *options, MI_Boolean *value)
{
    MI_Uint32 number = 0;
    MI_Result result =
        MI_FORWARD_(options, GetNumber(options, MI_T("__MI_OPERATIONOPTIONS_USE_MACHINE_ID"), &number, NULL, NULL));

    if (!value) return MI_RESULT_INVALID_PARAMETER;
    if (result == MI_RESULT_OK) *value = (MI_Boolean)number;
    return result;
}

/* ---- Subscription delivery options ------------------------------------------------------------------------------- */

MI_INLINE MI_Result MI_CALL MI_SubscriptionDeliveryOptions_SetString(MI_SubscriptionDeliveryOptions *self,
                                                                     const MI_Char *optionName, const MI_Char *value,
                                                                     MI_Uint32 flags)
{
    return MI_FORWARD_(self, SetString(self, optionName, value, flags));
}

MI_INLINE MI_Result MI_CALL MI_SubscriptionDeliveryOptions_SetNumber(MI_SubscriptionDeliveryOptions *self,
                                                                     const MI_Char *optionName, MI_Uint32 value,
                                                                     MI_Uint32 flags)
{
    return MI_FORWARD_(self, SetNumber(self, optionName, value, flags));
}

MI_INLINE MI_Result MI_CALL MI_SubscriptionDeliveryOptions_SetDateTime(MI_SubscriptionDeliveryOptions *self,
                                                                       const MI_Char *optionName,
                                                                       const MI_Datetime *value, MI_Uint32 flags)
{
    return MI_FORWARD_(self, SetDateTime(self, optionName, value, flags));
}

MI_INLINE MI_Result MI_CALL MI_SubscriptionDeliveryOptions_SetInterval(MI_SubscriptionDeliveryOptions *self,
                                                                       const MI_Char *optionName,
                                                                       const MI_Interval *value, MI_Uint32 flags)
{
    return MI_FORWARD_(self, SetInterval(self, optionName, value, flags));
}

MI_INLINE MI_Result MI_CALL MI_SubscriptionDeliveryOptions_Delete(MI_SubscriptionDeliveryOptions *self)
{
    return MI_FORWARD_(self, Delete(self));
}

MI_INLINE MI_Result MI_CALL MI_SubscriptionDeliveryOptions_GetString(const MI_SubscriptionDeliveryOptions *self,
                                                                     const MI_Char *optionName, const MI_Char **value,
                                                                     MI_Uint32 *index, MI_Uint32 *flags)
{
    return MI_FORWARD_(self, GetString(self, optionName, value, index, flags));
}

MI_INLINE MI_Result MI_CALL MI_SubscriptionDeliveryOptions_GetNumber(const MI_SubscriptionDeliveryOptions *self,
                                                                     const MI_Char *optionName, MI_Uint32 *value,
                                                                     MI_Uint32 *index, MI_Uint32 *flags)
{
    return MI_FORWARD_(self, GetNumber(self, optionName, value, index, flags));
}

MI_INLINE MI_Result MI_CALL MI_SubscriptionDeliveryOptions_GetDateTime(const MI_SubscriptionDeliveryOptions *self,
                                                                       const MI_Char *optionName, MI_Datetime *value,
                                                                       MI_Uint32 *index, MI_Uint32 *flags)
{
    return MI_FORWARD_(self, GetDateTime(self, optionName, value, index, flags));
}

MI_INLINE MI_Result MI_CALL MI_SubscriptionDeliveryOptions_GetInterval(const MI_SubscriptionDeliveryOptions *self,
                                                                       const MI_Char *optionName, MI_Interval *value,
                                                                       MI_Uint32 *index, MI_Uint32 *flags)
{
    return MI_FORWARD_(self, GetInterval(self, optionName, value, index, flags));
}

MI_INLINE MI_Result MI_CALL MI_SubscriptionDeliveryOptions_GetOptionCount(const MI_SubscriptionDeliveryOptions *self,
                                                                          MI_Uint32 *count)
{
    return MI_FORWARD_(self, GetOptionCount(self, count));
}

MI_INLINE MI_Result MI_CALL MI_SubscriptionDeliveryOptions_GetOptionAt(const MI_SubscriptionDeliveryOptions *self,
                                                                       MI_Uint32 index, const MI_Char **optionName,
                                                                       MI_Value *value, MI_Type *type, MI_Uint32 *flags)
{
    return MI_FORWARD_(self, GetOptionAt(self, index, optionName, value, type, flags));
}

MI_INLINE MI_Result MI_CALL MI_SubscriptionDeliveryOptions_GetOption(const MI_SubscriptionDeliveryOptions *self,
                                                                     const MI_Char *optionName, MI_Value *value,
                                                                     MI_Type *type, MI_Uint32 *index, MI_Uint32 *flags)
{
    return MI_FORWARD_(self, GetOption(self, optionName, value, type, index, flags));
}

MI_INLINE MI_Result MI_CALL
MI_SubscriptionDeliveryOptions_GetCredentialsCount(const MI_SubscriptionDeliveryOptions *self, MI_Uint32 *count)
{
    return MI_FORWARD_(self, GetCredentialsCount(self, count));
}

MI_INLINE MI_Result MI_CALL MI_SubscriptionDeliveryOptions_GetCredentialsAt(const MI_SubscriptionDeliveryOptions *self,
                                                                            MI_Uint32 index, const MI_Char **optionName,
                                                                            MI_UserCredentials *credentials,
                                                                            MI_Uint32 *flags)
{
    return MI_FORWARD_(self, GetCredentialsAt(self, index, optionName, credentials, flags));
}

MI_INLINE MI_Result MI_CALL MI_SubscriptionDeliveryOptions_GetCredentialsPasswordAt(
    const MI_SubscriptionDeliveryOptions *self, MI_Uint32 index, const MI_Char **optionName, MI_Char *password,
    MI_Uint32 bufferLength, MI_Uint32 *passwordLength, MI_Uint32 *flags)
{
    return MI_FORWARD_(
        self, GetCredentialsPasswordAt(self, index, optionName, password, bufferLength, passwordLength, flags));
}

MI_INLINE MI_Result MI_CALL MI_SubscriptionDeliveryOptions_Clone(
    const MI_SubscriptionDeliveryOptions *self, MI_SubscriptionDeliveryOptions *newSubscriptionDeliveryOptions)
{
    return MI_FORWARD_(self, Clone(self, newSubscriptionDeliveryOptions));
}

MI_INLINE MI_Result MI_CALL MI_SubscriptionDeliveryOptions_SetMaximumLatency(MI_SubscriptionDeliveryOptions *self,
                                                                             const MI_Interval *value)
{
    return MI_FORWARD_(self, SetInterval(self, MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_MAXIMUM_LATENCY"), value, 0));
}

MI_INLINE MI_Result MI_CALL MI_SubscriptionDeliveryOptions_GetMaximumLatency(const MI_SubscriptionDeliveryOptions *self,
                                                                             MI_Interval *value)
{
    return MI_FORWARD_(
        self, GetInterval(self, MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_MAXIMUM_LATENCY"), value, NULL, NULL));
}

MI_INLINE MI_Result MI_CALL MI_SubscriptionDeliveryOptions_SetHeartbeatInterval(MI_SubscriptionDeliveryOptions *self,
                                                                                const MI_Interval *value)
{
    return MI_FORWARD_(self,
                       SetInterval(self, MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_HEARTBEAT_INTERVAL"), value, 0));
}

MI_INLINE MI_Result MI_CALL
MI_SubscriptionDeliveryOptions_GetHeartbeatInterval(const MI_SubscriptionDeliveryOptions *self, MI_Interval *value)
{
    return MI_FORWARD_(
        self, GetInterval(self, MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_HEARTBEAT_INTERVAL"), value, NULL, NULL));
}

MI_INLINE MI_Result MI_CALL MI_SubscriptionDeliveryOptions_SetExpirationTime(MI_SubscriptionDeliveryOptions *self,
                                                                             const MI_Datetime *value)
{
    return MI_FORWARD_(self, SetDateTime(self, MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_EXPIRATION_TIME"), value, 0));
}

MI_INLINE MI_Result MI_CALL MI_SubscriptionDeliveryOptions_GetExpirationTime(const MI_SubscriptionDeliveryOptions *self,
                                                                             MI_Datetime *value)
{
    return MI_FORWARD_(
        self, GetDateTime(self, MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_EXPIRATION_TIME"), value, NULL, NULL));
}

MI_INLINE MI_Result MI_CALL MI_SubscriptionDeliveryOptions_SetBookmark(MI_SubscriptionDeliveryOptions *self,
                                                                       const MI_Char *value)
{
    return MI_FORWARD_(self, SetString(self, MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_BOOKMARK"), value, 0));
}

MI_INLINE MI_Result MI_CALL MI_SubscriptionDeliveryOptions_GetBookmark(const MI_SubscriptionDeliveryOptions *self,
                                                                       const MI_Char **value)
{
    return MI_FORWARD_(self, GetString(self, MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_BOOKMARK"), value, NULL, NULL));
}

MI_INLINE MI_Result MI_CALL MI_SubscriptionDeliveryOptions_SetDeliveryDestination(MI_SubscriptionDeliveryOptions *self,
                                                                                  const MI_Char *value)
{
    return MI_FORWARD_(self,
                       SetString(self, MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_DELIVERY_DESTINATION"), value, 0));
}

MI_INLINE MI_Result MI_CALL
MI_SubscriptionDeliveryOptions_GetDeliveryDestination(const MI_SubscriptionDeliveryOptions *self, const MI_Char **value)
{
    return MI_FORWARD_(
        self, GetString(self, MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_DELIVERY_DESTINATION"), value, NULL, NULL));
}

MI_INLINE MI_Result MI_CALL MI_SubscriptionDeliveryOptions_SetDeliveryPortNumber(MI_SubscriptionDeliveryOptions *self,
                                                                                 MI_Uint32 value)
{
    return MI_FORWARD_(self,
                       SetNumber(self, MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_DELIVERY_PORT_NUMBER"), value, 0));
}

MI_INLINE MI_Result MI_CALL
MI_SubscriptionDeliveryOptions_GetDeliveryPortNumber(const MI_SubscriptionDeliveryOptions *self, MI_Uint32 *value)
{
    return MI_FORWARD_(
        self, GetNumber(self, MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_DELIVERY_PORT_NUMBER"), value, NULL, NULL));
}

MI_INLINE MI_Result MI_CALL MI_SubscriptionDeliveryOptions_AddDeliveryCredentials(MI_SubscriptionDeliveryOptions *self,
                                                                                  const MI_UserCredentials *credentials)
{
    return MI_FORWARD_(
        self, AddCredentials(self, MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_ADD_DELIVERY_CREDENTIALS"), credentials, 0));
}

MI_INLINE MI_Result MI_CALL
MI_SubscriptionDeliveryOptions_SetDeliveryRetryInterval(MI_SubscriptionDeliveryOptions *self, const MI_Interval *value)
{
    return MI_FORWARD_(
        self, SetInterval(self, MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_DELIVERY_RETRY_INTERVAL"), value, 0));
}

MI_INLINE MI_Result MI_CALL
MI_SubscriptionDeliveryOptions_GetDeliveryRetryInterval(const MI_SubscriptionDeliveryOptions *self, MI_Interval *value)
{
    return MI_FORWARD_(self, GetInterval(self, MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_DELIVERY_RETRY_INTERVAL"),
                                         value, NULL, NULL));
}

MI_INLINE MI_Result MI_CALL
MI_SubscriptionDeliveryOptions_SetDeliveryRetryAttempts(MI_SubscriptionDeliveryOptions *self, MI_Uint32 value)
{
    return MI_FORWARD_(self,
                       SetNumber(self, MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_DELIVERY_RETRY_ATTEMPTS"), value, 0));
}

MI_INLINE MI_Result MI_CALL
MI_SubscriptionDeliveryOptions_GetDeliveryRetryAttempts(const MI_SubscriptionDeliveryOptions *self, MI_Uint32 *value)
{
    return MI_FORWARD_(
        self, GetNumber(self, MI_T("__MI_SUBSCRIPTIONDELIVERYOPTIONS_SET_DELIVERY_RETRY_ATTEMPTS"), value, NULL, NULL));
}

/* ---- Serialization and utilities: tables of the library, not of an object ---------------------------------------- */

MI_INLINE MI_Result MI_CALL MI_Serializer_Close(MI_Serializer *serializer)
{
    return mi_clientFT->serializerFT->Close(serializer);
}

MI_INLINE MI_Result MI_CALL MI_Serializer_SerializeClass(MI_Serializer *serializer, MI_Uint32 flags,
                                                         const MI_Class *classObject, MI_Uint8 *clientBuffer,
                                                         MI_Uint32 clientBufferLength, MI_Uint32 *clientBufferNeeded)
{
    return mi_clientFT->serializerFT->SerializeClass(serializer, flags, classObject, clientBuffer, clientBufferLength,
                                                     clientBufferNeeded);
}

MI_INLINE MI_Result MI_CALL MI_Serializer_SerializeInstance(MI_Serializer *serializer, MI_Uint32 flags,
                                                            const MI_Instance *instanceObject, MI_Uint8 *clientBuffer,
                                                            MI_Uint32 clientBufferLength, MI_Uint32 *clientBufferNeeded)
{
    return mi_clientFT->serializerFT->SerializeInstance(serializer, flags, instanceObject, clientBuffer,
                                                        clientBufferLength, clientBufferNeeded);
}

MI_INLINE MI_Result MI_CALL MI_Deserializer_Close(MI_Deserializer *deserializer)
{
    return mi_clientFT->deserializerFT->Close(deserializer);
}

MI_INLINE MI_Result MI_CALL MI_Deserializer_DeserializeClass(
    MI_Deserializer *deserializer, MI_Uint32 flags, MI_Uint8 *serializedBuffer, MI_Uint32 serializedBufferLength,
    MI_Class *parentClass, const MI_Char *serverName, const MI_Char *namespaceName,
    MI_Deserializer_ClassObjectNeeded classObjectNeeded, void *classObjectNeededContext,
    MI_Uint32 *serializedBufferRead, MI_Class **classObject, MI_Instance **cimErrorDetails)
{
    return mi_clientFT->deserializerFT->DeserializeClass(
        deserializer, flags, serializedBuffer, serializedBufferLength, parentClass, serverName, namespaceName,
        classObjectNeeded, classObjectNeededContext, serializedBufferRead, classObject, cimErrorDetails);
}

MI_INLINE MI_Result MI_CALL MI_Deserializer_Class_GetClassName(MI_Deserializer *deserializer,
                                                               MI_Uint8 *serializedBuffer,
                                                               MI_Uint32 serializedBufferLength, MI_Char *className,
                                                               MI_Uint32 *classNameLength,
                                                               MI_Instance **cimErrorDetails)
{
    return mi_clientFT->deserializerFT->Class_GetClassName(deserializer, serializedBuffer, serializedBufferLength,
                                                           className, classNameLength, cimErrorDetails);
}

MI_INLINE MI_Result MI_CALL MI_Deserializer_Class_GetParentClassName(
    MI_Deserializer *deserializer, MI_Uint8 *serializedBuffer, MI_Uint32 serializedBufferLength,
    MI_Char *parentClassName, MI_Uint32 *parentClassNameLength, MI_Instance **cimErrorDetails)
{
    return mi_clientFT->deserializerFT->Class_GetParentClassName(deserializer, serializedBuffer, serializedBufferLength,
                                                                 parentClassName, parentClassNameLength,
                                                                 cimErrorDetails);
}

MI_INLINE MI_Result MI_CALL MI_Deserializer_DeserializeInstance(
    MI_Deserializer *deserializer, MI_Uint32 flags, MI_Uint8 *serializedBuffer, MI_Uint32 serializedBufferLength,
    MI_Class **classObjects, MI_Uint32 numberClassObjects, MI_Deserializer_ClassObjectNeeded classObjectNeeded,
    void *classObjectNeededContext, MI_Uint32 *serializedBufferRead, MI_Instance **instanceObject,
    MI_Instance **cimErrorDetails)
{
    return mi_clientFT->deserializerFT->DeserializeInstance(
        deserializer, flags, serializedBuffer, serializedBufferLength, classObjects, numberClassObjects,
        classObjectNeeded, classObjectNeededContext, serializedBufferRead, instanceObject, cimErrorDetails);
}

MI_INLINE MI_Result MI_CALL MI_Deserializer_Instance_GetClassName(MI_Deserializer *deserializer,
                                                                  MI_Uint8 *serializedBuffer,
                                                                  MI_Uint32 serializedBufferLength, MI_Char *className,
                                                                  MI_Uint32 *classNameLength,
                                                                  MI_Instance **cimErrorDetails)
{
    return mi_clientFT->deserializerFT->Instance_GetClassName(deserializer, serializedBuffer, serializedBufferLength,
                                                              className, classNameLength, cimErrorDetails);
}

MI_INLINE MI_ErrorCategory MI_CALL MI_Utilities_MapErrorToMiErrorCategory(const MI_Char *errorType, MI_Uint32 error)
{
    return mi_clientFT->utilitiesFT->MapErrorToMiErrorCategory(errorType, error);
}

MI_INLINE MI_Result MI_CALL MI_Utilities_CimErrorFromErrorCode(MI_Uint32 error, const MI_Char *errorType,
                                                               const MI_Char *errorMessage, MI_Instance **cimError)
{
    return mi_clientFT->utilitiesFT->CimErrorFromErrorCode(error, errorType, errorMessage, cimError);
}

#endif
