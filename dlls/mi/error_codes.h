/*
 * What error codes of WMI and Windows come to: the one table of them.
 */
#ifndef CORK_MI_ERROR_CODES_H
#define CORK_MI_ERROR_CODES_H

#include <mi.h>

struct mi_error_code
{
    MI_Uint32 code;
    MI_Result result;
    MI_ErrorCategory category; /* MI_ERRORCATEGORY_NOT_SPECIFIED: the result's */
    const MI_Char *text;       /* English */
};

/* WBEM_E_... (wbemcli.h) and other HRESULTs, and Win32 codes (winerror.h). NULL for one that is not known. */
const struct mi_error_code *mi_error_find_hresult(MI_Uint32 code);
const struct mi_error_code *mi_error_find_win32(MI_Uint32 code);

extern const struct mi_error_code mi_error_hresults[], mi_error_win32_codes[];
extern const MI_Uint32 mi_error_hresult_count, mi_error_win32_count;

#endif
