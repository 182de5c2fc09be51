/*
 * Errors: categories of error codes, and the instances that describe them. An error instance is of class MSFT_WmiError,
 * documented for Windows, which adds error_Code, error_Category, error_Type and error_WindowsErrorMessage to
 * CIM_Error's properties; the same values stand in OMI_Code, OMI_Category, OMI_Type and OMI_ErrorMessage, for programs
 * written to the open implementations.
 */
#ifndef CORK_MI_ERROR_H
#define CORK_MI_ERROR_H

#include <mi.h>

/* The MI_Result that an error code comes to. `type`: MI_RESULT_TYPE_...; MI_RESULT_FAILED for what is not known. */
MI_Result mi_error_result(const MI_Char *type, MI_Uint32 code);

/* The category of an error code. MI_ERRORCATEGORY_NOT_SPECIFIED for what is not known, and for no error. */
MI_ErrorCategory mi_error_category(const MI_Char *type, MI_Uint32 code);

/* Text of a result, in English. */
const MI_Char *mi_result_text(MI_Result result);

/* Text of an error code, in English: its own, or for what is not known that of the result that it comes to. */
const MI_Char *mi_error_text(const MI_Char *type, MI_Uint32 code);

/* Makes an error instance, which the caller deletes.
 * `message`: NULL for mi_error_text.
 * Returns MI_RESULT_OK; MI_RESULT_INVALID_PARAMETER (a type that there is not); MI_RESULT_SERVER_LIMITS_EXCEEDED. */
MI_Result mi_error_new(MI_Uint32 code, const MI_Char *type, const MI_Char *message, MI_Instance **error);

extern const MI_UtilitiesFT mi_utilities_table;

#endif
