/* The verbs that change instances. */
#include "command.h"

typedef void start_function(struct cim *cim, const MI_Instance *instance, MI_Operation *operation);

/* `keys`: the operands name an instance, and say nothing else of it. */
static int change(struct cim *cim, bool keys, start_function *start)
{
    MI_Operation operation = MI_OPERATION_NULL;
    MI_Instance *instance;
    int code = named_instance(cim, keys, &instance);

    if (code) return code;
    start(cim, instance, &operation);
    code = operation_run(cim, &operation, RESULT_INSTANCES, NULL, cim->line.operands[0]);
    MI_Instance_Delete(instance);
    return code;
}

static void start_create(struct cim *cim, const MI_Instance *instance, MI_Operation *operation)
{
    MI_Session_CreateInstance(&cim->session, 0, operation_options(cim), cim->line.name_space, instance, NULL,
                              operation);
}

static void start_modify(struct cim *cim, const MI_Instance *instance, MI_Operation *operation)
{
    MI_Session_ModifyInstance(&cim->session, 0, operation_options(cim), cim->line.name_space, instance, NULL,
                              operation);
}

static void start_delete(struct cim *cim, const MI_Instance *instance, MI_Operation *operation)
{
    MI_Session_DeleteInstance(&cim->session, 0, operation_options(cim), cim->line.name_space, instance, NULL,
                              operation);
}

int verb_create(struct cim *cim)
{
    return change(cim, false, start_create);
}

int verb_modify(struct cim *cim)
{
    return change(cim, false, start_modify);
}

int verb_delete(struct cim *cim)
{
    return change(cim, true, start_delete);
}
