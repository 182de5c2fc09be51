/* cim invoke: a method, of a class or of an instance. */
#include "command.h"

#include <stdio.h>
#include <string.h>
#include <wchar.h>

/* ---- Parameters ------------------------------------------------------------------------------------------------- */

static bool find_parameter(const void *context, const MI_Char *name, MI_Type *type, MI_Uint32 *flags)
{
    MI_QualifierSet qualifiers;
    MI_Uint32 index;

    *flags = MI_FLAG_PARAMETER;
    return MI_ParameterSet_GetParameter(context, name, type, NULL, &qualifiers, &index) == MI_RESULT_OK;
}

/* The operands behind class and method. NULL, and no error, where there are none. */
static int make_parameters(struct cim *cim, const MI_Class *class_object, MI_Instance **parameters)
{
    const struct command_line *line = &cim->line;
    MI_QualifierSet qualifiers;
    MI_ParameterSet set;
    MI_Uint32 index;
    MI_Result result = MI_Class_GetMethod(class_object, line->operands[1], &qualifiers, &set, &index);
    int code;

    *parameters = NULL;
    if (result != MI_RESULT_OK) return fail(result, NULL, NULL, L"%ls.%ls", line->operands[0], line->operands[1]);
    if (line->operand_count == 2) return 0;
    result = MI_Application_NewParameterSet(&cim->application, NULL, parameters);
    if (result != MI_RESULT_OK) return fail(result, NULL, NULL, L"the parameters");
    code = add_properties(*parameters, line->operands + 2, line->operand_count - 2, find_parameter, &set,
                          line->operands[1]);
    if (!code) return 0;
    MI_Instance_Delete(*parameters);
    *parameters = NULL;
    return code;
}

/* ---- The result ------------------------------------------------------------------------------------------------- */

struct answer
{
    struct sink printer;
    bool failed; /* the method says so */
};

static bool take_answer(void *context, const MI_Instance *instance)
{
    struct answer *answer = context;
    MI_Uint32 flags;
    MI_Value value;
    MI_Type type;

    if (MI_Instance_GetElement(instance, L"ReturnValue", &value, &type, &flags, NULL) == MI_RESULT_OK &&
        !is_null(type, flags, &value))
        answer->failed = (type == MI_UINT32 || type == MI_SINT32) && value.uint32;
    return answer->printer.instance(answer->printer.context, instance);
}

static int invoke(struct cim *cim, const MI_Instance *instance, const MI_Instance *parameters)
{
    const struct command_line *line = &cim->line;
    struct printer *printer = printer_new(cim, FORMAT_LIST, true);
    MI_Operation operation = MI_OPERATION_NULL;
    struct answer answer = {0};
    MI_Char what[300];
    int code;

    if (!printer) return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    answer.printer = printer_sink(printer);
    _snwprintf(what, 299, L"%ls.%ls", line->operands[0], line->operands[1]);
    what[299] = 0;
    MI_Session_Invoke(&cim->session, 0, operation_options(cim), line->name_space, line->operands[0], line->operands[1],
                      instance, parameters, NULL, &operation);
    code = operation_run(cim, &operation, RESULT_INSTANCES, &(struct sink){.instance = take_answer, .context = &answer},
                         what);
    code = printer_end(printer, code);
    return code || !answer.failed ? code : EXIT_METHOD;
}

int verb_invoke(struct cim *cim)
{
    const struct command_line *line = &cim->line;
    MI_Instance *instance = NULL, *parameters = NULL;
    MI_Class *class_object;
    int code = get_class(cim, line->operands[0], &class_object);

    if (code) return code;
    code = make_parameters(cim, class_object, &parameters);
    if (!code && line->where_count)
        code = make_instance(cim, class_object, line->where, line->where_count, true, &instance);
    if (!code) code = invoke(cim, instance, parameters);
    if (instance) MI_Instance_Delete(instance);
    if (parameters) MI_Instance_Delete(parameters);
    MI_Class_Delete(class_object);
    return code;
}
