/*
 * Requests: what an operation is to do, with copies of all that it was asked with.
 */
#ifndef CORK_MI_REQUEST_H
#define CORK_MI_REQUEST_H

#include <mi.h>

#include <stdbool.h>

enum mi_request_kind
{
    MI_REQUEST_GET_INSTANCE,
    MI_REQUEST_ENUMERATE_INSTANCES,
    MI_REQUEST_QUERY_INSTANCES,
    MI_REQUEST_ASSOCIATOR_INSTANCES,
    MI_REQUEST_REFERENCE_INSTANCES,
    MI_REQUEST_CREATE_INSTANCE,
    MI_REQUEST_MODIFY_INSTANCE,
    MI_REQUEST_DELETE_INSTANCE,
    MI_REQUEST_INVOKE,
    MI_REQUEST_GET_CLASS,
    MI_REQUEST_ENUMERATE_CLASSES,
    MI_REQUEST_SUBSCRIBE,
    MI_REQUEST_TEST_CONNECTION,
    MI_REQUEST_NOT_THERE /* operations that are not implemented yet */
};

struct mi_options;

struct mi_request
{
    enum mi_request_kind kind;
    const MI_Char *name; /* of the operation, for messages; a literal */
    MI_Char *name_space; /* with back-slashes; never NULL */
    MI_Char *class_name; /* of the result, for associators and references; these may be NULL */
    MI_Char *dialect, *query;
    MI_Char *method;
    MI_Char *association, *role, *result_role;
    MI_Instance *instance, *parameters;
    struct mi_options *options; /* of the operation; NULL: none */
    MI_Char *locale;            /* as WMI has it ("MS_409"), or NULL */
    MI_Uint64 timeout;          /* milliseconds; 0: none */
    MI_Uint64 expires;          /* a subscription, in GetTickCount64's milliseconds; 0: never */
    MI_Uint32 flags;            /* MI_OPERATIONFLAGS_... */
    bool keys_only;             /* of EnumerateClasses: names only */
    bool bad;                   /* an argument was missing */
    MI_Result refused;          /* MI_RESULT_OK, or what its options come to */
    const MI_Char *refusal;     /* why, or NULL; a literal */
};

/* Frees the copies. */
void mi_request_free(struct mi_request *request);

#endif
