/*
 * Classes and instances as MOF (DSP0004, annex A), in the shape that Windows gives them. An instance that another one
 * holds or refers to comes before it, with an alias; of one that is referred to only the keys are written. What is NULL
 * is left out unless the class has a default in its place.
 */
#ifndef CORK_MI_MOF_WRITER_H
#define CORK_MI_MOF_WRITER_H

#include <mi.h>

#include "mi/codec_output.h"

#include <stdbool.h>

/* Writes a class; `deep`: its super-classes before it. Qualifiers that the standard does not have, and whose type does
 * not show, are declared before it. Fails with MI_RESULT_NOT_SUPPORTED for what MOF has no way to say: an array of
 * references that is no parameter, a real number that is none, a name with other characters than a name's, qualifiers
 * of one name that need different declarations. */
void mi_mof_write_class(struct mi_codec_output *output, const MI_ClassDecl *decl, bool deep);

/* Writes a class without its super-classes. `whole`: with what it has of them, as if it had none. */
void mi_mof_write_one_class(struct mi_codec_output *output, const MI_ClassDecl *decl, bool whole);

/* Writes an instance, and those that it needs. `with_class`: their classes first. Fails as mi_mof_write_class, and with
 * MI_RESULT_SERVER_LIMITS_EXCEEDED where instances are embedded more than MI_CODEC_MAX_DEPTH deep. */
void mi_mof_write_instance(struct mi_codec_output *output, const MI_Instance *instance, bool with_class);

/* A name. */
void mi_mof_write_name(struct mi_codec_output *output, const MI_Char *name);

/* A value that has no instances in it. `value`: NULL for NULL. */
void mi_mof_write_value(struct mi_codec_output *output, MI_Type type, const MI_Value *value);

#endif
