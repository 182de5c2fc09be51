/*
 * The qualifiers that every MOF text may use without declaring them (DSP0004, 5.6.3), and what stands for others.
 */
#ifndef CORK_MI_MOF_QUALIFIERS_H
#define CORK_MI_MOF_QUALIFIERS_H

#include <mi.h>

#include <stdbool.h>

/* The flavors of a qualifier that says nothing else. */
#define MI_MOF_DEFAULT_FLAVOR (MI_FLAG_ENABLEOVERRIDE | MI_FLAG_TOSUBCLASS)

/* The type and flavor of a qualifier of the standard. Returns false for another; then they are MI_MOF_DEFAULT_FLAVOR
 * and MI_STRING. */
bool mi_mof_standard_qualifier(const MI_Char *name, MI_Type *type, MI_Uint32 *flavor);

#endif
