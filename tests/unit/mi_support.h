/*
 * What the unit tests of mi.dll's portable half share: its allocator, an instance of everything, and comparisons.
 *
 * They are built with wchar_t of 16 bits (-fshort-wchar), as MI_Char is, so no wide function of the C library may be
 * used.
 */
#ifndef CORK_TESTS_MI_SUPPORT_H
#define CORK_TESTS_MI_SUPPORT_H

#include <mi.h>

#include "counting_allocator.h"

#include <stdbool.h>

/* Puts the counting allocator in place. */
void use_mi_allocator(void);

/* Values of each of the 32 types, never 0 throughout: two sets that differ. Instances in them live until
 * free_sample_instances. */
MI_Value sample_value(MI_Type type, int which);
void free_sample_instances(void);

/* Whether two values of the type are the same, instances by their elements. */
bool values_equal(MI_Type type, const MI_Value *left, const MI_Value *right);
bool instances_equal(const MI_Instance *left, const MI_Instance *right);

/* Flags of elements that make no difference to them; none at first. */
void ignore_element_flags(MI_Uint32 flags);

/* Whether `value` has no pointer of `other`'s (a copy, not the same). */
bool values_share_memory(MI_Type type, const MI_Value *left, const MI_Value *right);

bool texts_equal(const MI_Char *left, const MI_Char *right);

/* A class with keys, defaults, qualifiers, methods and a super-class. */
extern const MI_ClassDecl sample_class, sample_super_class;

#endif
