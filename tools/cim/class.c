/* Classes: their declarations, for the verbs and for the user. */
#include "command.h"

#include <string.h>
#include <wchar.h>

static bool keep_class(void *context, const MI_Class *class_object)
{
    MI_Class **kept = context;

    if (!*kept && MI_Class_Clone(class_object, kept) != MI_RESULT_OK) *kept = NULL;
    return true;
}

int get_class(struct cim *cim, const MI_Char *name, MI_Class **class_object)
{
    struct sink sink = {.class_object = keep_class, .context = class_object};
    MI_Operation operation = MI_OPERATION_NULL;
    MI_Uint32 count = cim->line.count;
    int code;

    *class_object = NULL;
    cim->line.count = 0;
    MI_Session_GetClass(&cim->session, 0, operation_options(cim), cim->line.name_space, name, NULL, &operation);
    code = operation_run(cim, &operation, RESULT_CLASSES, &sink, name);
    cim->line.count = count;
    if (code || *class_object) return code;
    return fail(MI_RESULT_SERVER_LIMITS_EXCEEDED, NULL, NULL, L"%ls", name);
}

/* ---- For people ------------------------------------------------------------------------------------------------- */

static void add_type(struct text *text, MI_Type type, const MI_Char *reference_class)
{
    bool reference = (type & ~MI_ARRAY) == MI_REFERENCE, named = reference_class && *reference_class;

    if (named && (reference || (type & ~MI_ARRAY) == MI_INSTANCE))
        text_format(text, L"%ls%ls%ls", reference_class, reference ? L" ref" : L"", type & MI_ARRAY ? L"[]" : L"");
    else
        text_add(text, type_name(type));
}

static void add_property(struct text *text, const MI_Class *class_object, MI_Uint32 index)
{
    MI_Char *reference_class = NULL;
    MI_Boolean has_value = MI_FALSE;
    const MI_Char *name;
    MI_Uint32 flags = 0;
    MI_Value value;
    MI_Type type;

    if (MI_Class_GetElementAt(class_object, index, &name, &value, &has_value, &type, &reference_class, NULL, &flags) !=
        MI_RESULT_OK)
        return;
    text_add(text, flags & MI_FLAG_KEY ? L"  key " : L"  ");
    add_type(text, type, reference_class);
    text_format(text, L" %ls", name);
    if (has_value && !is_null(type, 0, &value))
    {
        text_add(text, L" = ");
        text_add_value(text, type, 0, &value);
    }
    text_add(text, L"\n");
}

static bool has_qualifier(const MI_QualifierSet *qualifiers, const MI_Char *name)
{
    MI_Uint32 flags, index;
    MI_Value value;
    MI_Type type;

    return MI_QualifierSet_GetQualifier(qualifiers, name, &type, &flags, &value, &index) == MI_RESULT_OK &&
           (type != MI_BOOLEAN || value.boolean);
}

static void add_parameter(struct text *text, const MI_ParameterSet *parameters, MI_Uint32 index)
{
    MI_QualifierSet qualifiers;
    MI_Char *reference_class = NULL;
    const MI_Char *name;
    MI_Type type;

    if (MI_ParameterSet_GetParameterAt(parameters, index, &name, &type, &reference_class, &qualifiers) != MI_RESULT_OK)
        return;
    if (index) text_add(text, L", ");
    if (has_qualifier(&qualifiers, L"in")) text_add(text, L"in ");
    if (has_qualifier(&qualifiers, L"out")) text_add(text, L"out ");
    add_type(text, type, reference_class);
    text_format(text, L" %ls", name);
}

static void add_method(struct text *text, const MI_Class *class_object, MI_Uint32 index)
{
    MI_QualifierSet qualifiers, of_result;
    MI_ParameterSet parameters;
    MI_Uint32 count = 0;
    const MI_Char *name;
    MI_Type type = MI_UINT32;

    if (MI_Class_GetMethodAt(class_object, index, &name, &qualifiers, &parameters) != MI_RESULT_OK) return;
    text_add(text, has_qualifier(&qualifiers, L"static") ? L"  static " : L"  ");
    if (MI_ParameterSet_GetMethodReturnType(&parameters, &type, &of_result) == MI_RESULT_OK)
        text_format(text, L"%ls ", type_name(type));
    text_format(text, L"%ls(", name);
    MI_ParameterSet_GetParameterCount(&parameters, &count);
    for (MI_Uint32 i = 0; i < count; i++)
        add_parameter(text, &parameters, i);
    text_add(text, L")\n");
}

static void add_class(struct text *text, const MI_Class *class_object)
{
    const MI_Char *name = NULL, *parent = NULL;
    MI_Uint32 properties = 0, methods = 0;

    MI_Class_GetClassName(class_object, &name);
    MI_Class_GetElementCount(class_object, &properties);
    MI_Class_GetMethodCount(class_object, &methods);
    text_add(text, name ? name : L"");
    if (MI_Class_GetParentClassName(class_object, &parent) == MI_RESULT_OK && parent && *parent)
        text_format(text, L" : %ls", parent);
    text_add(text, L"\n");
    for (MI_Uint32 i = 0; i < properties; i++)
        add_property(text, class_object, i);
    for (MI_Uint32 i = 0; i < methods; i++)
        add_method(text, class_object, i);
}

/* ---- JSON ------------------------------------------------------------------------------------------------------- */

static void add_json_property(struct text *text, const MI_Class *class_object, MI_Uint32 index)
{
    const MI_Char *name;
    MI_Uint32 flags = 0;
    MI_Type type;

    if (MI_Class_GetElementAt(class_object, index, &name, NULL, NULL, &type, NULL, NULL, &flags) != MI_RESULT_OK)
        return;
    text_add(text, index ? L",\n    {\"name\": " : L"\n    {\"name\": ");
    text_add_json_string(text, name);
    text_format(text, L", \"type\": \"%ls\", \"key\": %ls}", type_name(type), flags & MI_FLAG_KEY ? L"true" : L"false");
}

static void add_json_method(struct text *text, const MI_Class *class_object, MI_Uint32 index)
{
    MI_ParameterSet parameters;
    MI_QualifierSet qualifiers;
    MI_Uint32 count = 0;
    const MI_Char *name;

    if (MI_Class_GetMethodAt(class_object, index, &name, &qualifiers, &parameters) != MI_RESULT_OK) return;
    text_add(text, index ? L",\n    {\"name\": " : L"\n    {\"name\": ");
    text_add_json_string(text, name);
    text_format(text, L", \"static\": %ls, \"parameters\": [",
                has_qualifier(&qualifiers, L"static") ? L"true" : L"false");
    MI_ParameterSet_GetParameterCount(&parameters, &count);
    for (MI_Uint32 i = 0; i < count; i++)
    {
        MI_QualifierSet of_parameter;
        const MI_Char *parameter;
        MI_Type type;

        if (MI_ParameterSet_GetParameterAt(&parameters, i, &parameter, &type, NULL, &of_parameter) != MI_RESULT_OK)
            continue;
        text_add(text, i ? L", {\"name\": " : L"{\"name\": ");
        text_add_json_string(text, parameter);
        text_format(text, L", \"type\": \"%ls\", \"in\": %ls, \"out\": %ls}", type_name(type),
                    has_qualifier(&of_parameter, L"in") ? L"true" : L"false",
                    has_qualifier(&of_parameter, L"out") ? L"true" : L"false");
    }
    text_add(text, L"]}");
}

static void add_json_class(struct text *text, const MI_Class *class_object)
{
    const MI_Char *name = NULL, *parent = NULL;
    MI_Uint32 properties = 0, methods = 0;

    MI_Class_GetClassName(class_object, &name);
    MI_Class_GetElementCount(class_object, &properties);
    MI_Class_GetMethodCount(class_object, &methods);
    text_add(text, L"{\n  \"name\": ");
    text_add_json_string(text, name ? name : L"");
    text_add(text, L",\n  \"parent\": ");
    if (MI_Class_GetParentClassName(class_object, &parent) == MI_RESULT_OK && parent)
        text_add_json_string(text, parent);
    else
        text_add(text, L"null");
    text_add(text, L",\n  \"properties\": [");
    for (MI_Uint32 i = 0; i < properties; i++)
        add_json_property(text, class_object, i);
    text_add(text, L"],\n  \"methods\": [");
    for (MI_Uint32 i = 0; i < methods; i++)
        add_json_method(text, class_object, i);
    text_add(text, L"]\n}\n");
}

/* ---- Verbs ------------------------------------------------------------------------------------------------------ */

static int print_whole(struct text *text, int code)
{
    if (!code && !print_text(text)) code = fail(MI_RESULT_FAILED, L"It could not be written.", NULL, L"the output");
    text_free(text);
    return code;
}

int verb_class(struct cim *cim)
{
    struct text text = {0};
    MI_Class *class_object;
    MI_Result result = MI_RESULT_OK;
    int code;

    if (cim->line.format == FORMAT_TABLE) return fail_usage(L"class has no table; list, json and mof are its forms");
    code = get_class(cim, cim->line.operands[0], &class_object);
    if (code) return code;
    if (cim->line.format == FORMAT_MOF)
        result = mof_add_class(cim, &text, class_object);
    else if (cim->line.format == FORMAT_JSON)
        add_json_class(&text, class_object);
    else
        add_class(&text, class_object);
    MI_Class_Delete(class_object);
    return print_whole(&text,
                       result == MI_RESULT_OK ? 0 : fail(result, NULL, NULL, L"%ls as MOF", cim->line.operands[0]));
}

struct names
{
    struct text text;
    bool json, failed;
    int count;
};

static bool print_name(void *context, const MI_Class *class_object)
{
    struct names *names = context;
    const MI_Char *name = NULL;

    if (MI_Class_GetClassName(class_object, &name) != MI_RESULT_OK || !name) return true;
    text_clear(&names->text);
    if (names->json)
    {
        text_add(&names->text, names->count ? L",\n  " : L"[\n  ");
        text_add_json_string(&names->text, name);
    }
    else
        text_format(&names->text, L"%ls\n", name);
    names->count++;
    names->failed = !print_text(&names->text);
    return !names->failed;
}

int verb_classes(struct cim *cim)
{
    const MI_Char *parent = cim->line.operand_count ? cim->line.operands[0] : NULL;
    struct names names = {.json = cim->line.format == FORMAT_JSON};
    struct sink sink = {.class_object = print_name, .context = &names};
    MI_Operation operation = MI_OPERATION_NULL;
    int code;

    if (cim->line.format == FORMAT_TABLE || cim->line.format == FORMAT_MOF)
        return fail_usage(L"classes has names alone; list and json are its forms");
    MI_Session_EnumerateClasses(&cim->session, 0, operation_options(cim), cim->line.name_space, parent, MI_TRUE, NULL,
                                &operation);
    code = operation_run(cim, &operation, RESULT_CLASSES, &sink, parent ? parent : L"classes");
    text_clear(&names.text);
    if (names.json) text_add(&names.text, names.count ? L"\n]\n" : L"[]\n");
    if (names.json && !names.failed) names.failed = !print_text(&names.text);
    text_free(&names.text);
    return names.failed && !code ? fail(MI_RESULT_FAILED, L"It could not be written.", NULL, L"the output") : code;
}
