/*
 * What the mi.dll tests share: the application handle, and values.
 *
 * Everything is called as a C program calls it, by mi.h's inline functions; the program is not linked with mi.dll, so
 * that it starts where there is none.
 */
#ifndef CORK_TESTS_MI_TEST_H
#define CORK_TESTS_MI_TEST_H

#include "harness.h"

/* This program's own, loaded from the DLL. */
#define MI_CLIENT_IMPORT
#include <mi.h>

#include <stdio.h>
#include <string.h>
#include <wchar.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

typedef MI_Result(MI_MAIN_CALL *initialize_function)(MI_Uint32 flags, const MI_Char *id, MI_Instance **error,
                                                     MI_Application *application);
extern initialize_function pMI_Application_InitializeV1;

/* Whether the result is this one; notes what it is instead. */
int is_result(MI_Result result, MI_Result expected);
#define OK(call)            is_result(call, MI_RESULT_OK)
#define GIVES(result, call) is_result(call, result)

/* An open application; closed before the next case. */
MI_Application *application(void);

/* A dynamic instance of class Test_Class. */
MI_Instance *new_instance(void);

MI_Value number_value(MI_Uint32 number);
MI_Value text_value(const MI_Char *text);
/* Whether the element is a text, or a number, of this value. */
int has_text(const MI_Instance *instance, const MI_Char *name, const MI_Char *text);
int has_number(const MI_Instance *instance, const MI_Char *name, MI_Uint32 number);

/* A class of a name (key, string), a size (uint32, default 42), a reference; one method with two parameters. */
extern const MI_ClassDecl test_class, test_super_class;

#endif
