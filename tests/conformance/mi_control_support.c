/*
 * How things end, and destination options. See mi_control_support.h.
 */
#include "mi_control_support.h"

void read_error(const MI_Instance *error, struct ending *ending)
{
    MI_Value value = {0};

    ending->has_error = error != NULL;
    if (!error) return;
    if (MI_Instance_GetElement(error, MI_T("OMI_Category"), &value, NULL, NULL, NULL) == MI_RESULT_OK)
        ending->category = value.uint16;
    if (MI_Instance_GetElement(error, MI_T("OMI_Code"), &value, NULL, NULL, NULL) == MI_RESULT_OK)
        ending->code = value.uint32;
    if (MI_Instance_GetElement(error, MI_T("Message"), &value, NULL, NULL, NULL) == MI_RESULT_OK && value.string)
        lstrcpynW(ending->message, value.string, COUNT_OF(ending->message));
}

MI_DestinationOptions destination_options(void)
{
    MI_DestinationOptions options = MI_DESTINATIONOPTIONS_NULL;

    MI_Application_NewDestinationOptions(application(), &options);
    return options;
}
