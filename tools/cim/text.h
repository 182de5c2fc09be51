/*
 * Texts that grow, and the API's values as texts.
 */
#ifndef CORK_CIM_TEXT_H
#define CORK_CIM_TEXT_H

#include <mi.h>

#include <stdbool.h>
#include <stddef.h>

/* Starts as {0}; text_free frees it. */
struct text
{
    MI_Char *data; /* NULL: nothing was added; else ends with a 0 */
    size_t length, size;
    bool failed; /* memory was short: something is missing */
};

void text_add(struct text *text, const MI_Char *more);
void text_add_char(struct text *text, MI_Char more);
/* As wprintf, where a text is %ls and a 64-bit number %I64u or %I64d. */
void text_format(struct text *text, const MI_Char *format, ...);
void text_fill(struct text *text, size_t spaces);
void text_clear(struct text *text);
void text_free(struct text *text);

bool same_name(const MI_Char *a, const MI_Char *b);

/* Whether an element has no value. */
bool is_null(MI_Type type, MI_Uint32 flags, const MI_Value *value);
/* For people, in one line: nothing for NULL, {1, 2} for an array, Class {Name = value} for an instance. */
void text_add_value(struct text *text, MI_Type type, MI_Uint32 flags, const MI_Value *value);
/* As JSON has it: date-times as texts in CIM's form. */
void text_add_json_value(struct text *text, MI_Type type, MI_Uint32 flags, const MI_Value *value);
void text_add_json_string(struct text *text, const MI_Char *string);
/* An object with the class's name as "__CLASS", then the elements, each in a line of its own behind `indent` spaces;
 * all in one line where it is negative. `wanted`: as properties_want has it. */
void text_add_json_instance(struct text *text, const MI_Instance *instance, const MI_Char *wanted, int indent);

/* A type as MOF names it: uint32, string, datetime[] ... */
const MI_Char *type_name(MI_Type type);
/* Bytes of a value of the type, or of an array's item. */
size_t type_size(MI_Type type);
/* An item of an array. */
MI_Value array_item(MI_Type array_type, const MI_Value *array, MI_Uint32 index);

/* Whether a list of names with commas has this one; NULL wants all. */
bool properties_want(const MI_Char *list, const MI_Char *name);

#endif
