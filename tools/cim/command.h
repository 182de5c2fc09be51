/* cim.exe: what its files share. It is written against mi.h and its documentation. */
#ifndef CORK_CIM_COMMAND_H
#define CORK_CIM_COMMAND_H

#include <windows.h>
#include <mi.h>

#include <stdbool.h>

#include "command_line.h"
#include "text.h"

/* Exit codes: 0, an MI_Result (1 to 28), or one of these. */
enum
{
    EXIT_METHOD = 32,     /* the method ran, and returned another value than 0 */
    EXIT_USAGE = 64,      /* a wrong command line */
    EXIT_CANCELLED = 130, /* Ctrl-C */
};

struct cim
{
    struct command_line line;
    MI_Application application;
    MI_Session session;
    MI_OperationOptions options; /* its time-out */
};

/* ---- print.c ---- */

/* To standard output, whole at once. False: its reader has gone, or memory was short. */
bool print_text(const struct text *text);
/* To standard error, as wprintf; progress that stands there is taken away first. */
void tell(const MI_Char *format, ...);
/* "cim: WHAT: the error in words (MI_RESULT_..., its id)" to standard error. `message` and `error` (an error instance)
 * may be NULL. Returns the exit code. */
int fail(MI_Result result, const MI_Char *message, const MI_Instance *error, const MI_Char *format, ...);
/* "cim: ..." to standard error. Returns EXIT_USAGE. */
int fail_usage(const MI_Char *format, ...);
/* The name of a result, without MI_RESULT_. */
const MI_Char *result_name(MI_Result result);

/* ---- operation.c ---- */

/* What is done with each result. False: no more are wanted. */
struct sink
{
    bool (*instance)(void *context, const MI_Instance *instance);
    bool (*class_object)(void *context, const MI_Class *class_object);
    void *context;
};

enum result_kind
{
    RESULT_INSTANCES,
    RESULT_CLASSES,
    RESULT_INDICATIONS,
};

/* Takes an operation that was just started to its end, and closes it: its results go to the sink until --count of them
 * were had. `what`: for messages. Shows progress on a terminal. Returns the exit code; what is wrong was printed. */
int operation_run(struct cim *cim, MI_Operation *operation, enum result_kind kind, const struct sink *sink,
                  const MI_Char *what);
/* The options that operations are started with; NULL: none. */
MI_OperationOptions *operation_options(struct cim *cim);
/* Ctrl-C: cancels what runs, and whatever starts after it. */
void operation_cancel(void);
bool operation_is_cancelled(void);
/* Whatever is printed, is printed between these: progress stays out of it. */
void operation_print_begin(void);
void operation_print_end(void);

/* ---- printer.c: instances in the output format ---- */

struct printer;

/* `otherwise`: the format where none was named. `at_once`: each instance is printed when it comes. NULL: printed what
 * is wrong. */
struct printer *printer_new(struct cim *cim, enum output_format otherwise, bool at_once);
/* A sink of instances for it. */
struct sink printer_sink(struct printer *printer);
/* Prints what is left and frees it. `code`: the operation's exit code; returns it, or what printing came to. */
int printer_end(struct printer *printer, int code);

/* table.c: rows that are collected until their widths are known. */
struct table;
struct table *table_new(const MI_Char *properties, bool at_once);
bool table_add(struct table *table, const MI_Instance *instance);
/* Prints what is left. */
bool table_end(struct table *table);
void table_free(struct table *table);

/* mof.c: instances and classes as MOF. The API's results. */
MI_Result mof_add_instance(struct cim *cim, struct text *text, const MI_Instance *instance);
MI_Result mof_add_class(struct cim *cim, struct text *text, const MI_Class *class_object);

/* ---- class.c ---- */

/* A class's declaration, the caller's to delete. Exit code; what is wrong was printed. */
int get_class(struct cim *cim, const MI_Char *name, MI_Class **class_object);

/* ---- property.c: NAME=VALUE ---- */

/* Where a name's type is known from. */
typedef bool find_type(const void *context, const MI_Char *name, MI_Type *type, MI_Uint32 *flags);
/* Adds NAME=VALUE words to an instance, each in the type that `find` says; an array's items are given by its name again
 * and again. Exit code; what is wrong was printed. `owner`: whose names they are, for messages. */
int add_properties(MI_Instance *instance, const MI_Char *const *words, int count, find_type *find, const void *context,
                   const MI_Char *owner);
/* A new instance of a class with such properties; `keys`: only keys are allowed. The caller deletes it. */
int make_instance(struct cim *cim, const MI_Class *class_object, const MI_Char *const *words, int count, bool keys,
                  MI_Instance **instance);
/* The instance that the operands name: its class, then KEY=VALUE... , or (where `keys` is false) any properties. */
int named_instance(struct cim *cim, bool keys, MI_Instance **instance);

/* ---- The verbs: each returns the exit code, and has printed what is wrong ---- */

int verb_enumerate(struct cim *cim), verb_query(struct cim *cim), verb_get(struct cim *cim);  /* instances.c */
int verb_associators(struct cim *cim), verb_references(struct cim *cim);                      /* instances.c */
int verb_create(struct cim *cim), verb_modify(struct cim *cim), verb_delete(struct cim *cim); /* change.c */
int verb_invoke(struct cim *cim);                                                             /* invoke.c */
int verb_class(struct cim *cim), verb_classes(struct cim *cim);                               /* class.c */
int verb_watch(struct cim *cim), verb_test(struct cim *cim);                                  /* instances.c */

#endif
