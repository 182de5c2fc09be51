/* Instances and classes as MOF, by the serializer of mimofcodec.dll. */
#include "command.h"

#include <stdlib.h>
#include <string.h>

MI_Result mof_add_instance(struct cim *cim, struct text *text, const MI_Instance *instance)
{
    (void)cim, (void)text, (void)instance;
    return MI_RESULT_NOT_SUPPORTED;
}

MI_Result mof_add_class(struct cim *cim, struct text *text, const MI_Class *class_object)
{
    (void)cim, (void)text, (void)class_object;
    return MI_RESULT_NOT_SUPPORTED;
}
