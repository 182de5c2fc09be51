/* Instances in the output format that is wanted. */
#include "command.h"

#include <stdlib.h>
#include <wchar.h>

struct printer
{
    struct cim *cim;
    enum output_format format;
    struct table *table; /* of FORMAT_TABLE */
    struct text text;
    MI_Uint32 count;
    bool failed;      /* what it printed could not be written */
    MI_Result result; /* of what it could not turn into text */
};

struct printer *printer_new(struct cim *cim, enum output_format otherwise, bool at_once)
{
    struct printer *printer = calloc(1, sizeof(*printer));

    if (printer)
    {
        printer->cim = cim;
        printer->format = cim->line.format == FORMAT_DEFAULT ? otherwise : cim->line.format;
        if (printer->format == FORMAT_TABLE) printer->table = table_new(cim->line.properties, at_once);
        if (printer->format != FORMAT_TABLE || printer->table) return printer;
        free(printer);
    }
    fail(MI_RESULT_SERVER_LIMITS_EXCEEDED, L"Memory is short.", NULL, L"the results");
    return NULL;
}

/* ---- Lists ------------------------------------------------------------------------------------------------------ */

static size_t longest_name(const MI_Instance *instance, const MI_Char *properties)
{
    const MI_Char *name;
    size_t longest = 0;

    for (MI_Uint32 i = 0; MI_Instance_GetElementAt(instance, i, &name, NULL, NULL, NULL) == MI_RESULT_OK; i++)
        if (properties_want(properties, name) && wcslen(name) > longest) longest = wcslen(name);
    return longest;
}

/* A line a property; instances have an empty line between them. */
static void add_list(struct text *text, const MI_Instance *instance, const MI_Char *properties, bool first)
{
    size_t width = longest_name(instance, properties);
    const MI_Char *name;
    MI_Uint32 flags;
    MI_Value value;
    MI_Type type;

    if (!first) text_add(text, L"\n");
    for (MI_Uint32 i = 0; MI_Instance_GetElementAt(instance, i, &name, &value, &type, &flags) == MI_RESULT_OK; i++)
    {
        if (!properties_want(properties, name)) continue;
        text_add(text, name);
        text_fill(text, width - wcslen(name));
        text_add(text, is_null(type, flags, &value) ? L" :" : L" : ");
        text_add_value(text, type, flags, &value);
        text_add(text, L"\n");
    }
}

/* ---- Any -------------------------------------------------------------------------------------------------------- */

static bool print_instance(void *context, const MI_Instance *instance)
{
    struct printer *printer = context;
    const MI_Char *properties = printer->cim->line.properties;

    if (printer->format == FORMAT_TABLE)
        printer->failed = !table_add(printer->table, instance);
    else
    {
        text_clear(&printer->text);
        if (printer->format == FORMAT_JSON)
        {
            text_add(&printer->text, printer->count ? L",\n" : L"[");
            text_add_json_instance(&printer->text, instance, properties, 2);
        }
        else if (printer->format == FORMAT_LIST)
            add_list(&printer->text, instance, properties, !printer->count);
        else
            printer->result = mof_add_instance(printer->cim, &printer->text, instance);
        printer->failed = printer->result != MI_RESULT_OK || !print_text(&printer->text);
    }
    printer->count++;
    return !printer->failed;
}

struct sink printer_sink(struct printer *printer)
{
    return (struct sink){.instance = print_instance, .context = printer};
}

int printer_end(struct printer *printer, int code)
{
    if (printer->table)
    {
        if (!printer->failed) printer->failed = !table_end(printer->table);
        table_free(printer->table);
    }
    else if (printer->format == FORMAT_JSON && !printer->failed)
    {
        text_clear(&printer->text);
        text_add(&printer->text, printer->count ? L"]\n" : L"[]\n");
        printer->failed = !print_text(&printer->text);
    }
    if (printer->result != MI_RESULT_OK)
        code = fail(printer->result, NULL, NULL, L"the output format");
    else if (printer->failed && !code)
        code = fail(MI_RESULT_FAILED, L"It could not be written.", NULL, L"the output");
    text_free(&printer->text);
    free(printer);
    return code;
}
