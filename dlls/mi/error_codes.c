/* Error codes. See error_codes.h. */
#include "mi/error_codes.h"

#define NO_OTHER MI_ERRORCATEGORY_NOT_SPECIFIED

/* By number. */
const struct mi_error_code mi_error_hresults[] = {
    {0x80004001, MI_RESULT_NOT_SUPPORTED, NO_OTHER, MI_T("It is not implemented.")},      /* E_NOTIMPL */
    {0x80004002, MI_RESULT_NOT_SUPPORTED, NO_OTHER, MI_T("There is no such interface.")}, /* E_NOINTERFACE */
    {0x80004004, MI_RESULT_FAILED, MI_ERRORCATEGORY_OPERATION_STOPPED,
     MI_T("The operation was aborted.")},                                                         /* E_ABORT */
    {0x80004005, MI_RESULT_FAILED, NO_OTHER, MI_T("The operation failed, for no known reason.")}, /* E_FAIL */
    {0x80041001, MI_RESULT_FAILED, NO_OTHER, MI_T("WMI failed, for no known reason.")},           /* WBEM_E_FAILED */
    {0x80041002, MI_RESULT_NOT_FOUND, NO_OTHER, MI_T("WMI could not find the object.")},          /* WBEM_E_NOT_FOUND */
    {0x80041003, MI_RESULT_ACCESS_DENIED, NO_OTHER, MI_T("WMI denied access.")}, /* WBEM_E_ACCESS_DENIED */
    {0x80041004, MI_RESULT_FAILED, NO_OTHER, MI_T("The WMI provider failed.")},  /* WBEM_E_PROVIDER_FAILURE */
    {0x80041005, MI_RESULT_TYPE_MISMATCH, NO_OTHER,
     MI_T("A value is not of the type that WMI has for it.")},                            /* WBEM_E_TYPE_MISMATCH */
    {0x80041006, MI_RESULT_SERVER_LIMITS_EXCEEDED, NO_OTHER, MI_T("WMI lacked memory.")}, /* WBEM_E_OUT_OF_MEMORY */
    {0x80041007, MI_RESULT_INVALID_PARAMETER, NO_OTHER,
     MI_T("WMI's context object is not valid.")}, /* WBEM_E_INVALID_CONTEXT */
    {0x80041008, MI_RESULT_INVALID_PARAMETER, NO_OTHER,
     MI_T("A parameter of a WMI call is not valid.")}, /* WBEM_E_INVALID_PARAMETER */
    {0x80041009, MI_RESULT_FAILED, MI_ERRORCATEGORY_RESOURCE_UNAVAILABLE,
     MI_T("What WMI needs for it is not available now.")}, /* WBEM_E_NOT_AVAILABLE */
    {0x8004100c, MI_RESULT_NOT_SUPPORTED, NO_OTHER,
     MI_T("WMI does not support the operation.")}, /* WBEM_E_NOT_SUPPORTED */
    {0x8004100d, MI_RESULT_INVALID_SUPERCLASS, NO_OTHER,
     MI_T("There is no such super-class in WMI.")}, /* WBEM_E_INVALID_SUPERCLASS */
    {0x8004100e, MI_RESULT_INVALID_NAMESPACE, NO_OTHER,
     MI_T("There is no such namespace in WMI.")}, /* WBEM_E_INVALID_NAMESPACE */
    {0x8004100f, MI_RESULT_INVALID_PARAMETER, NO_OTHER,
     MI_T("The object is not valid for WMI.")},                                              /* WBEM_E_INVALID_OBJECT */
    {0x80041010, MI_RESULT_INVALID_CLASS, NO_OTHER, MI_T("There is no such class in WMI.")}, /* WBEM_E_INVALID_CLASS */
    {0x80041011, MI_RESULT_FAILED, MI_ERRORCATEGORY_NOT_INSTALLED,
     MI_T("The WMI provider that the class names is not there.")}, /* WBEM_E_PROVIDER_NOT_FOUND */
    {0x80041013, MI_RESULT_FAILED, MI_ERRORCATEGORY_NOT_INSTALLED,
     MI_T("The WMI provider could not be loaded.")}, /* WBEM_E_PROVIDER_LOAD_FAILURE */
    {0x80041015, MI_RESULT_FAILED, MI_ERRORCATEGORY_CONNECTION_ERROR,
     MI_T("The connection to WMI failed.")}, /* WBEM_E_TRANSPORT_FAILURE */
    {0x80041016, MI_RESULT_FAILED, MI_ERRORCATEGORY_INVALID_OPERATION,
     MI_T("The operation is not valid for this object.")}, /* WBEM_E_INVALID_OPERATION */
    {0x80041017, MI_RESULT_INVALID_QUERY, NO_OTHER,
     MI_T("WMI does not understand the query.")}, /* WBEM_E_INVALID_QUERY */
    {0x80041018, MI_RESULT_QUERY_LANGUAGE_NOT_SUPPORTED, NO_OTHER,
     MI_T("WMI does not know the query language.")}, /* WBEM_E_INVALID_QUERY_TYPE */
    {0x80041019, MI_RESULT_ALREADY_EXISTS, NO_OTHER,
     MI_T("The object exists already in WMI.")},                                         /* WBEM_E_ALREADY_EXISTS */
    {0x80041020, MI_RESULT_INVALID_CLASS, NO_OTHER, MI_T("The class is not complete.")}, /* WBEM_E_INCOMPLETE_CLASS */
    {0x80041021, MI_RESULT_INVALID_QUERY, MI_ERRORCATEGORY_SYNTAX_ERROR,
     MI_T("The text is not in the syntax that WMI expects.")}, /* WBEM_E_INVALID_SYNTAX */
    {0x80041023, MI_RESULT_FAILED, MI_ERRORCATEGORY_INVALID_OPERATION,
     MI_T("The object or property can only be read.")}, /* WBEM_E_READ_ONLY */
    {0x80041024, MI_RESULT_NOT_SUPPORTED, NO_OTHER,
     MI_T("The WMI provider is not capable of the operation.")}, /* WBEM_E_PROVIDER_NOT_CAPABLE */
    {0x80041025, MI_RESULT_CLASS_HAS_CHILDREN, NO_OTHER,
     MI_T("The class has sub-classes.")}, /* WBEM_E_CLASS_HAS_CHILDREN */
    {0x80041026, MI_RESULT_CLASS_HAS_INSTANCES, NO_OTHER,
     MI_T("The class has instances.")}, /* WBEM_E_CLASS_HAS_INSTANCES */
    {0x80041028, MI_RESULT_INVALID_PARAMETER, NO_OTHER,
     MI_T("A value that must not be NULL is.")},                                         /* WBEM_E_ILLEGAL_NULL */
    {0x8004102d, MI_RESULT_TYPE_MISMATCH, NO_OTHER, MI_T("The CIM type is not valid.")}, /* WBEM_E_INVALID_CIM_TYPE */
    {0x8004102e, MI_RESULT_METHOD_NOT_FOUND, NO_OTHER,
     MI_T("There is no such method in WMI.")}, /* WBEM_E_INVALID_METHOD */
    {0x8004102f, MI_RESULT_INVALID_PARAMETER, NO_OTHER,
     MI_T("The parameters are not the method's.")}, /* WBEM_E_INVALID_METHOD_PARAMETERS */
    {0x80041031, MI_RESULT_NO_SUCH_PROPERTY, NO_OTHER,
     MI_T("There is no such property in WMI.")}, /* WBEM_E_INVALID_PROPERTY */
    {0x80041032, MI_RESULT_FAILED, MI_ERRORCATEGORY_OPERATION_STOPPED,
     MI_T("The call was cancelled.")}, /* WBEM_E_CALL_CANCELLED */
    {0x80041033, MI_RESULT_SERVER_IS_SHUTTING_DOWN, NO_OTHER, MI_T("WMI is shutting down.")}, /* WBEM_E_SHUTTING_DOWN */
    {0x8004103a, MI_RESULT_INVALID_PARAMETER, NO_OTHER,
     MI_T("The object path is not valid.")}, /* WBEM_E_INVALID_OBJECT_PATH */
    {0x80041055, MI_RESULT_METHOD_NOT_AVAILABLE, NO_OTHER,
     MI_T("The WMI provider does not implement the method.")}, /* WBEM_E_METHOD_NOT_IMPLEMENTED */
    {0x80041058, MI_RESULT_INVALID_QUERY, MI_ERRORCATEGORY_SYNTAX_ERROR,
     MI_T("The query cannot be parsed.")}, /* WBEM_E_UNPARSABLE_QUERY */
    {0x80041059, MI_RESULT_INVALID_QUERY, NO_OTHER,
     MI_T("The class of the event query is no event class.")}, /* WBEM_E_NOT_EVENT_CLASS */
    {0x80041064, MI_RESULT_NOT_SUPPORTED, NO_OTHER,
     MI_T("User credentials cannot be used for this machine.")}, /* WBEM_E_LOCAL_CREDENTIALS */
    {0x80041069, MI_RESULT_FAILED, MI_ERRORCATEGORY_OPERATION_TIMEOUT,
     MI_T("WMI took too long.")}, /* WBEM_E_TIMED_OUT */
    {0x8004106c, MI_RESULT_SERVER_LIMITS_EXCEEDED, NO_OTHER,
     MI_T("A quota of WMI was exceeded.")}, /* WBEM_E_QUOTA_VIOLATION */
    {0x80042001, MI_RESULT_INVALID_QUERY, NO_OTHER,
     MI_T("The event query asks for more than the provider gives.")}, /* WBEMESS_E_REGISTRATION_TOO_BROAD */
    {0x80042002, MI_RESULT_INVALID_QUERY, NO_OTHER,
     MI_T(
         "The event query's interval is needed, or shorter than WMI allows.")}, /* WBEMESS_E_REGISTRATION_TOO_PRECISE */
    {0x8007000e, MI_RESULT_SERVER_LIMITS_EXCEEDED, NO_OTHER, MI_T("There is not enough memory.")}, /* E_OUTOFMEMORY */
};
const MI_Uint32 mi_error_hresult_count = MI_COUNT(mi_error_hresults);

const struct mi_error_code mi_error_win32_codes[] = {
    {2, MI_RESULT_NOT_FOUND, NO_OTHER, MI_T("There is no such file.")},                    /* ERROR_FILE_NOT_FOUND */
    {3, MI_RESULT_NOT_FOUND, NO_OTHER, MI_T("There is no such path.")},                    /* ERROR_PATH_NOT_FOUND */
    {5, MI_RESULT_ACCESS_DENIED, NO_OTHER, MI_T("Access was denied.")},                    /* ERROR_ACCESS_DENIED */
    {8, MI_RESULT_SERVER_LIMITS_EXCEEDED, NO_OTHER, MI_T("There is not enough memory.")},  /* ERROR_NOT_ENOUGH_MEMORY */
    {14, MI_RESULT_SERVER_LIMITS_EXCEEDED, NO_OTHER, MI_T("There is not enough memory.")}, /* ERROR_OUTOFMEMORY */
    {50, MI_RESULT_NOT_SUPPORTED, NO_OTHER, MI_T("The request is not supported.")},        /* ERROR_NOT_SUPPORTED */
    {87, MI_RESULT_INVALID_PARAMETER, NO_OTHER, MI_T("A parameter is not valid.")},        /* ERROR_INVALID_PARAMETER */
    {120, MI_RESULT_NOT_SUPPORTED, NO_OTHER, MI_T("The function is not implemented.")}, /* ERROR_CALL_NOT_IMPLEMENTED */
    {170, MI_RESULT_FAILED, MI_ERRORCATEGORY_RESOURCE_BUSY, MI_T("The resource is in use.")}, /* ERROR_BUSY */
    {183, MI_RESULT_ALREADY_EXISTS, NO_OTHER, MI_T("The object exists already.")},            /* ERROR_ALREADY_EXISTS */
    {995, MI_RESULT_FAILED, MI_ERRORCATEGORY_OPERATION_STOPPED,
     MI_T("The operation was aborted.")}, /* ERROR_OPERATION_ABORTED */
    {1131, MI_RESULT_FAILED, MI_ERRORCATEGORY_DEADLOCK_DETECTED,
     MI_T("Waiting would have been a deadlock.")},                                  /* ERROR_POSSIBLE_DEADLOCK */
    {1168, MI_RESULT_NOT_FOUND, NO_OTHER, MI_T("The element could not be found.")}, /* ERROR_NOT_FOUND */
    {1223, MI_RESULT_FAILED, MI_ERRORCATEGORY_OPERATION_STOPPED,
     MI_T("The operation was cancelled.")}, /* ERROR_CANCELLED */
    {1460, MI_RESULT_FAILED, MI_ERRORCATEGORY_OPERATION_TIMEOUT,
     MI_T("The operation took too long.")}, /* ERROR_TIMEOUT */
};
const MI_Uint32 mi_error_win32_count = MI_COUNT(mi_error_win32_codes);

static const struct mi_error_code *find(const struct mi_error_code *list, MI_Uint32 count, MI_Uint32 code)
{
    for (MI_Uint32 i = 0; i < count; i++)
        if (list[i].code == code) return &list[i];
    return NULL;
}

/* An HRESULT of FACILITY_WIN32 is a Win32 code. */
const struct mi_error_code *mi_error_find_hresult(MI_Uint32 code)
{
    const struct mi_error_code *found = find(mi_error_hresults, mi_error_hresult_count, code);

    return found || (code & 0xffff0000) != 0x80070000 ? found : mi_error_find_win32(code & 0xffff);
}

const struct mi_error_code *mi_error_find_win32(MI_Uint32 code)
{
    return find(mi_error_win32_codes, mi_error_win32_count, code);
}
