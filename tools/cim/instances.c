/* The verbs that read: instances, one, many, of a query, by associations; events; whether there is a WMI. */
#include "command.h"

/* Runs an operation that was started, and prints what it brings. */
static int print_results(struct cim *cim, MI_Operation *operation, enum result_kind kind, enum output_format otherwise,
                         const MI_Char *what)
{
    struct printer *printer = printer_new(cim, otherwise, kind == RESULT_INDICATIONS);
    struct sink sink;

    if (!printer)
    {
        MI_Operation_Close(operation);
        return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    }
    sink = printer_sink(printer);
    return printer_end(printer, operation_run(cim, operation, kind, &sink, what));
}

int verb_enumerate(struct cim *cim)
{
    const MI_Char *class_name = cim->line.operands[0];
    MI_Operation operation = MI_OPERATION_NULL;

    MI_Session_EnumerateInstances(&cim->session, 0, operation_options(cim), cim->line.name_space, class_name,
                                  cim->line.keys_only, NULL, &operation);
    return print_results(cim, &operation, RESULT_INSTANCES, FORMAT_TABLE, class_name);
}

int verb_query(struct cim *cim)
{
    MI_Operation operation = MI_OPERATION_NULL;

    MI_Session_QueryInstances(&cim->session, 0, operation_options(cim), cim->line.name_space, MI_QUERY_DIALECT_WQL,
                              cim->line.operands[0], NULL, &operation);
    return print_results(cim, &operation, RESULT_INSTANCES, FORMAT_TABLE, L"the query");
}

/* Those that start from an instance, which the operands name. */
static int start_from_instance(struct cim *cim,
                               void (*start)(struct cim *cim, const MI_Instance *instance, MI_Operation *operation))
{
    MI_Operation operation = MI_OPERATION_NULL;
    MI_Instance *instance;
    int code = named_instance(cim, true, &instance);

    if (code) return code;
    start(cim, instance, &operation);
    code = print_results(cim, &operation, RESULT_INSTANCES, FORMAT_LIST, cim->line.operands[0]);
    MI_Instance_Delete(instance);
    return code;
}

static void start_get(struct cim *cim, const MI_Instance *instance, MI_Operation *operation)
{
    MI_Session_GetInstance(&cim->session, 0, operation_options(cim), cim->line.name_space, instance, NULL, operation);
}

static void start_associators(struct cim *cim, const MI_Instance *instance, MI_Operation *operation)
{
    const struct command_line *line = &cim->line;

    MI_Session_AssociatorInstances(&cim->session, 0, operation_options(cim), line->name_space, instance,
                                   line->association, line->result_class, line->role, line->result_role,
                                   line->keys_only, NULL, operation);
}

static void start_references(struct cim *cim, const MI_Instance *instance, MI_Operation *operation)
{
    const struct command_line *line = &cim->line;

    MI_Session_ReferenceInstances(&cim->session, 0, operation_options(cim), line->name_space, instance,
                                  line->result_class, line->role, line->keys_only, NULL, operation);
}

int verb_get(struct cim *cim)
{
    return start_from_instance(cim, start_get);
}

int verb_associators(struct cim *cim)
{
    return start_from_instance(cim, start_associators);
}

int verb_references(struct cim *cim)
{
    return start_from_instance(cim, start_references);
}

/* Until Ctrl-C, which is how a watch without --count ends. */
int verb_watch(struct cim *cim)
{
    MI_Operation operation = MI_OPERATION_NULL;

    MI_Session_Subscribe(&cim->session, 0, operation_options(cim), cim->line.name_space, MI_QUERY_DIALECT_WQL,
                         cim->line.operands[0], NULL, NULL, &operation);
    return print_results(cim, &operation, RESULT_INDICATIONS, FORMAT_LIST, L"the events");
}

int verb_test(struct cim *cim)
{
    MI_Operation operation = MI_OPERATION_NULL;
    struct text text = {0};
    int code;

    MI_Session_TestConnection(&cim->session, 0, NULL, &operation);
    code = operation_run(cim, &operation, RESULT_INSTANCES, NULL, L"the connection");
    if (code) return code;
    text_add(&text, L"WMI answers.\n");
    if (!print_text(&text)) code = fail(MI_RESULT_FAILED, L"It could not be written.", NULL, L"the output");
    text_free(&text);
    return code;
}
