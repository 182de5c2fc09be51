/* Errors. See error.h. */
#include "mi/error.h"

#include "mi/error_codes.h"
#include "mi/instance.h"
#include "mi/text.h"

#include <stdbool.h>
#include <string.h>

/* Longest: "HRESULT 0x80041010". */
#define ID_LENGTH 24

enum error_type
{
    TYPE_NONE,
    TYPE_MI,
    TYPE_HRESULT,
    TYPE_WIN32
};

static enum error_type type_of(const MI_Char *type)
{
    if (!type) return TYPE_NONE;
    if (mi_name_equal(type, MI_RESULT_TYPE_MI)) return TYPE_MI;
    if (mi_name_equal(type, MI_RESULT_TYPE_HRESULT)) return TYPE_HRESULT;
    if (mi_name_equal(type, MI_RESULT_TYPE_WIN32)) return TYPE_WIN32;
    return TYPE_NONE;
}

/* ---- What codes mean -------------------------------------------------------------------------------------------- */

static const struct mi_error_code *look_up(enum error_type type, MI_Uint32 code)
{
    if (type == TYPE_HRESULT) return mi_error_find_hresult(code);
    return type == TYPE_WIN32 ? mi_error_find_win32(code) : NULL;
}

MI_Result mi_error_result(const MI_Char *type_name, MI_Uint32 code)
{
    enum error_type type = type_of(type_name);
    const struct mi_error_code *found;

    if (type == TYPE_MI) return (MI_Result)code;
    if (type == TYPE_WIN32 && code == 0) return MI_RESULT_OK;
    if (type == TYPE_HRESULT && !(code & 0x80000000)) return MI_RESULT_OK;
    found = look_up(type, code);
    return found ? found->result : MI_RESULT_FAILED;
}

/* ---- Results ---------------------------------------------------------------------------------------------------- */

struct result
{
    MI_ErrorCategory category;
    const MI_Char *text;
};

static const struct result results[] = {
    [MI_RESULT_OK] = {MI_ERRORCATEGORY_NOT_SPECIFIED, MI_T("The operation was successful.")},
    [MI_RESULT_FAILED] = {MI_ERRORCATEGORY_NOT_SPECIFIED, MI_T("The operation failed.")},
    [MI_RESULT_ACCESS_DENIED] = {MI_ERRORCATEGORY_ACCESS_DENIED, MI_T("Access was denied.")},
    [MI_RESULT_INVALID_NAMESPACE] = {MI_ERRORCATEGORY_METADATA_ERROR, MI_T("There is no such namespace.")},
    [MI_RESULT_INVALID_PARAMETER] = {MI_ERRORCATEGORY_INVALID_ARGUMENT, MI_T("A parameter is not valid.")},
    [MI_RESULT_INVALID_CLASS] = {MI_ERRORCATEGORY_METADATA_ERROR, MI_T("There is no such class.")},
    [MI_RESULT_NOT_FOUND] = {MI_ERRORCATEGORY_OBJECT_NOT_FOUND, MI_T("The object could not be found.")},
    [MI_RESULT_NOT_SUPPORTED] = {MI_ERRORCATEGORY_NOT_IMPLEMENTED, MI_T("The operation is not supported.")},
    [MI_RESULT_CLASS_HAS_CHILDREN] = {MI_ERRORCATEGORY_METADATA_ERROR, MI_T("The class has sub-classes.")},
    [MI_RESULT_CLASS_HAS_INSTANCES] = {MI_ERRORCATEGORY_METADATA_ERROR, MI_T("The class has instances.")},
    [MI_RESULT_INVALID_SUPERCLASS] = {MI_ERRORCATEGORY_METADATA_ERROR, MI_T("There is no such super-class.")},
    [MI_RESULT_ALREADY_EXISTS] = {MI_ERRORCATEGORY_RESOURCE_EXISTS, MI_T("The object exists already.")},
    [MI_RESULT_NO_SUCH_PROPERTY] = {MI_ERRORCATEGORY_METADATA_ERROR, MI_T("There is no such property.")},
    [MI_RESULT_TYPE_MISMATCH] = {MI_ERRORCATEGORY_INVALID_TYPE, MI_T("The value is of another type.")},
    [MI_RESULT_QUERY_LANGUAGE_NOT_SUPPORTED] = {MI_ERRORCATEGORY_NOT_IMPLEMENTED,
                                                MI_T("The query language is not supported.")},
    [MI_RESULT_INVALID_QUERY] = {MI_ERRORCATEGORY_INVALID_ARGUMENT, MI_T("The query is not valid.")},
    [MI_RESULT_METHOD_NOT_AVAILABLE] = {MI_ERRORCATEGORY_METADATA_ERROR, MI_T("The method is not implemented.")},
    [MI_RESULT_METHOD_NOT_FOUND] = {MI_ERRORCATEGORY_METADATA_ERROR, MI_T("There is no such method.")},
    [MI_RESULT_NAMESPACE_NOT_EMPTY] = {MI_ERRORCATEGORY_METADATA_ERROR, MI_T("The namespace is not empty.")},
    [MI_RESULT_INVALID_ENUMERATION_CONTEXT] = {MI_ERRORCATEGORY_METADATA_ERROR, MI_T("There is no such enumeration.")},
    [MI_RESULT_INVALID_OPERATION_TIMEOUT] = {MI_ERRORCATEGORY_INVALID_ARGUMENT, MI_T("The time-out is not valid.")},
    [MI_RESULT_PULL_HAS_BEEN_ABANDONED] = {MI_ERRORCATEGORY_OPERATION_STOPPED, MI_T("The enumeration was abandoned.")},
    [MI_RESULT_PULL_CANNOT_BE_ABANDONED] = {MI_ERRORCATEGORY_CLOS_EERROR, MI_T("The enumeration cannot be abandoned.")},
    [MI_RESULT_FILTERED_ENUMERATION_NOT_SUPPORTED] = {MI_ERRORCATEGORY_NOT_IMPLEMENTED,
                                                      MI_T("Filtered enumerations are not supported.")},
    [MI_RESULT_CONTINUATION_ON_ERROR_NOT_SUPPORTED] = {MI_ERRORCATEGORY_NOT_IMPLEMENTED,
                                                       MI_T("Going on after an error is not supported.")},
    [MI_RESULT_SERVER_LIMITS_EXCEEDED] = {MI_ERRORCATEGORY_RESOURCE_BUSY, MI_T("A limit was exceeded, or memory.")},
    [MI_RESULT_SERVER_IS_SHUTTING_DOWN] = {MI_ERRORCATEGORY_RESOURCE_UNAVAILABLE, MI_T("The server is shutting down.")},
};

static const struct result *find_result(MI_Uint32 result)
{
    return result < MI_COUNT(results) && results[result].text ? &results[result] : NULL;
}

const MI_Char *mi_result_text(MI_Result result)
{
    const struct result *found = find_result((MI_Uint32)result);

    return found ? found->text : results[MI_RESULT_FAILED].text;
}

MI_ErrorCategory mi_error_category(const MI_Char *type_name, MI_Uint32 code)
{
    enum error_type type = type_of(type_name);
    const struct mi_error_code *known = look_up(type, code);
    const struct result *found = type == TYPE_NONE ? NULL : find_result((MI_Uint32)mi_error_result(type_name, code));

    if (known && known->category != MI_ERRORCATEGORY_NOT_SPECIFIED) return known->category;
    return found ? found->category : MI_ERRORCATEGORY_NOT_SPECIFIED;
}

/* ---- Error instances -------------------------------------------------------------------------------------------- */

#define PROPERTY(variable, class, property, property_type)                                                             \
    static const MI_PropertyDecl variable = {.flags = MI_FLAG_PROPERTY | MI_FLAG_READONLY,                             \
                                             .name = MI_T(property),                                                   \
                                             .type = (property_type),                                                  \
                                             .origin = MI_T(class),                                                    \
                                             .propagator = MI_T(class)}

PROPERTY(error_type, "CIM_Error", "ErrorType", MI_UINT16);
PROPERTY(other_error_type, "CIM_Error", "OtherErrorType", MI_STRING);
PROPERTY(owning_entity, "CIM_Error", "OwningEntity", MI_STRING);
PROPERTY(message_id, "CIM_Error", "MessageID", MI_STRING);
PROPERTY(message_property, "CIM_Error", "Message", MI_STRING);
PROPERTY(message_arguments, "CIM_Error", "MessageArguments", MI_STRINGA);
PROPERTY(perceived_severity, "CIM_Error", "PerceivedSeverity", MI_UINT16);
PROPERTY(probable_cause, "CIM_Error", "ProbableCause", MI_UINT16);
PROPERTY(probable_cause_description, "CIM_Error", "ProbableCauseDescription", MI_STRING);
PROPERTY(recommended_actions, "CIM_Error", "RecommendedActions", MI_STRINGA);
PROPERTY(error_source, "CIM_Error", "ErrorSource", MI_STRING);
PROPERTY(error_source_format, "CIM_Error", "ErrorSourceFormat", MI_UINT16);
PROPERTY(other_error_source_format, "CIM_Error", "OtherErrorSourceFormat", MI_STRING);
PROPERTY(cim_status_code, "CIM_Error", "CIMStatusCode", MI_UINT32);
PROPERTY(cim_status_code_description, "CIM_Error", "CIMStatusCodeDescription", MI_STRING);
PROPERTY(windows_code, "MSFT_WmiError", "error_Code", MI_UINT32);
PROPERTY(windows_category, "MSFT_WmiError", "error_Category", MI_UINT16);
PROPERTY(windows_type, "MSFT_WmiError", "error_Type", MI_STRING);
PROPERTY(windows_message, "MSFT_WmiError", "error_WindowsErrorMessage", MI_STRING);
PROPERTY(omi_code, "OMI_Error", "OMI_Code", MI_UINT32);
PROPERTY(omi_category, "OMI_Error", "OMI_Category", MI_UINT16);
PROPERTY(omi_type, "OMI_Error", "OMI_Type", MI_STRING);
PROPERTY(omi_message, "OMI_Error", "OMI_ErrorMessage", MI_STRING);

static const MI_PropertyDecl *const error_properties[] = {&error_type,
                                                          &other_error_type,
                                                          &owning_entity,
                                                          &message_id,
                                                          &message_property,
                                                          &message_arguments,
                                                          &perceived_severity,
                                                          &probable_cause,
                                                          &probable_cause_description,
                                                          &recommended_actions,
                                                          &error_source,
                                                          &error_source_format,
                                                          &other_error_source_format,
                                                          &cim_status_code,
                                                          &cim_status_code_description,
                                                          &windows_code,
                                                          &windows_category,
                                                          &windows_type,
                                                          &windows_message,
                                                          &omi_code,
                                                          &omi_category,
                                                          &omi_type,
                                                          &omi_message};

static const MI_ClassDecl error_class = {.flags = MI_FLAG_CLASS | MI_FLAG_INDICATION,
                                         .name = MI_T("MSFT_WmiError"),
                                         .properties = error_properties,
                                         .numProperties = MI_COUNT(error_properties),
                                         .superClass = MI_T("CIM_Error")};

static bool set_number(MI_Instance *error, const MI_Char *name, MI_Uint32 number, MI_Type type)
{
    MI_Value value = {.uint32 = number};

    if (type == MI_UINT16) value.uint16 = (MI_Uint16)number;
    return MI_Instance_SetElement(error, name, &value, type, 0) == MI_RESULT_OK;
}

static bool set_text(MI_Instance *error, const MI_Char *name, const MI_Char *text)
{
    MI_Value value = {.string = (MI_Char *)text};

    return MI_Instance_SetElement(error, name, &value, MI_STRING, 0) == MI_RESULT_OK;
}

static MI_Char *append(MI_Char *at, const MI_Char *text)
{
    while (*text)
        *at++ = *text++;
    return at;
}

/* As Windows has them: "HRESULT 0x80041010", "WIN32 5", "MI RESULT 7". */
static void make_id(enum error_type type, MI_Uint32 code, MI_Char id[ID_LENGTH])
{
    MI_Uint32 base = type == TYPE_HRESULT ? 16 : 10;
    MI_Char digits[12], *first = digits + MI_COUNT(digits) - 1, *at;

    *first = 0;
    for (int count = 0; code || count < (base == 16 ? 8 : 1); count++, code /= base)
        *--first = MI_T("0123456789abcdef")[code % base];
    at = append(id, type == TYPE_HRESULT ? MI_T("HRESULT 0x")
                    : type == TYPE_WIN32 ? MI_T("WIN32 ")
                                         : MI_T("MI RESULT "));
    *append(at, first) = 0;
}

static bool fill_in(MI_Instance *error, MI_Uint32 code, const MI_Char *type, const MI_Char *message)
{
    MI_Result result = mi_error_result(type, code);
    MI_Uint32 category = mi_error_category(type, code);
    MI_Char id[ID_LENGTH];

    make_id(type_of(type), code, id);
    return set_number(error, MI_T("CIMStatusCode"), result, MI_UINT32) &&
           set_text(error, MI_T("CIMStatusCodeDescription"), mi_result_text(result)) &&
           set_text(error, MI_T("Message"), message) && set_text(error, MI_T("MessageID"), id) &&
           set_number(error, MI_T("PerceivedSeverity"), 0, MI_UINT16) &&
           set_number(error, MI_T("ProbableCause"), 0, MI_UINT16) &&
           set_text(error, MI_T("ProbableCauseDescription"), MI_T("Unknown")) &&
           set_number(error, MI_T("error_Code"), code, MI_UINT32) &&
           set_number(error, MI_T("error_Category"), category, MI_UINT16) &&
           set_text(error, MI_T("error_Type"), type) && set_text(error, MI_T("error_WindowsErrorMessage"), message) &&
           set_number(error, MI_T("OMI_Code"), code, MI_UINT32) &&
           set_number(error, MI_T("OMI_Category"), category, MI_UINT16) && set_text(error, MI_T("OMI_Type"), type) &&
           set_text(error, MI_T("OMI_ErrorMessage"), message);
}

const MI_Char *mi_error_text(const MI_Char *type, MI_Uint32 code)
{
    const struct mi_error_code *known = look_up(type_of(type), code);

    return known ? known->text : mi_result_text(mi_error_result(type, code));
}

MI_Result mi_error_new(MI_Uint32 code, const MI_Char *type, const MI_Char *message, MI_Instance **out)
{
    MI_Instance *error;
    MI_Result result;

    *out = NULL;
    if (type_of(type) == TYPE_NONE) return MI_RESULT_INVALID_PARAMETER;
    result = mi_instance_of(NULL, &error_class, NULL, &error);
    if (result != MI_RESULT_OK) return result;
    if (!message) message = mi_error_text(type, code);
    if (fill_in(error, code, type, message))
    {
        *out = error;
        return MI_RESULT_OK;
    }
    MI_Instance_Delete(error);
    return MI_RESULT_SERVER_LIMITS_EXCEEDED;
}

/* ---- Utilities -------------------------------------------------------------------------------------------------- */

static MI_ErrorCategory MI_CALL utilities_MapErrorToMiErrorCategory(const MI_Char *type, MI_Uint32 error)
{
    return mi_error_category(type, error);
}

static MI_Result MI_CALL utilities_CimErrorFromErrorCode(MI_Uint32 error, const MI_Char *type, const MI_Char *message,
                                                         MI_Instance **cim_error)
{
    return cim_error ? mi_error_new(error, type, message, cim_error) : MI_RESULT_INVALID_PARAMETER;
}

const MI_UtilitiesFT mi_utilities_table = {utilities_MapErrorToMiErrorCategory, utilities_CimErrorFromErrorCode};
