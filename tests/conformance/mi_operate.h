/*
 * What the mi.dll tests of operations share: a session, and operations that are carried through to their end.
 */
#ifndef CORK_TESTS_MI_OPERATE_H
#define CORK_TESTS_MI_OPERATE_H

#include "mi_test.h"

/* The session with this machine that is open; one is opened where none is. */
MI_Session *open_session(void);
/* Closes it; returns whether that succeeded. */
int close_session(void);

/* How an operation ended. */
struct ending
{
    MI_Result result;
    int results;       /* before the end */
    int bad_order;     /* a result after the last, or one that was not acknowledged before the next */
    MI_Uint32 status;  /* CIMStatusCode of the error instance; 0 without one */
    MI_Uint32 code;    /* error_Code, as the type says */
    int has_error;     /* an error instance with all that it should have: message, type, category */
    MI_Char text[200]; /* the message */
};

/* Takes all results of a synchronous operation and closes it. A copy of the first result is the caller's; `first` may
 * be NULL. */
struct ending finish(MI_Operation *operation, MI_Instance **first);
struct ending finish_classes(MI_Operation *operation, MI_Class **first);

/* Callbacks that do the same for an asynchronous operation: with `manual`, each result is acknowledged by another
 * thread after a while. */
struct inbox
{
    struct ending ending;
    MI_Instance *first;
    MI_Class *first_class;
    int manual;
    volatile LONG open; /* a result that is not acknowledged */
    HANDLE final;
};
MI_OperationCallbacks callbacks_to(struct inbox *inbox, int manual);
/* Waits for its end and closes the operation. */
struct ending wait_for(struct inbox *inbox, MI_Operation *operation);

/* The value of an element: a text, or a number of whatever integer type it has. */
const MI_Char *text_of(const MI_Instance *instance, const MI_Char *name);
long long number_of(const MI_Instance *instance, const MI_Char *name);
MI_Type type_of(const MI_Instance *instance, const MI_Char *name);
MI_Uint32 flags_of(const MI_Instance *instance, const MI_Char *name);
MI_Uint32 count_of(const MI_Instance *instance);

/* A dynamic instance of a class with one text for a key. */
MI_Instance *key_instance(const MI_Char *class_name, const MI_Char *key, const MI_Char *text);
/* Adds an element. */
void put_text(MI_Instance *instance, const MI_Char *name, const MI_Char *text);
void put_number(MI_Instance *instance, const MI_Char *name, MI_Uint32 number);

#endif
