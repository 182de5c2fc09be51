/*
 * Classes and instances as CIM-XML (DSP0201), in the shape that Windows gives them: an instance is an INSTANCE element
 * whose PROPERTY elements say MODIFIED="TRUE" unless MI_FLAG_NOT_MODIFIED is set; with its classes it is a CIM document
 * with a DECLGROUP of them, super-classes first. No element is longer for the eye: there is no white space between
 * them.
 */
#ifndef CORK_MI_XML_WRITER_H
#define CORK_MI_XML_WRITER_H

#include <mi.h>

#include "mi/codec_output.h"

#include <stdbool.h>

/* Writes a CLASS. `deep`: with what it has of its super-classes, and their names; else only what is its own. Fails with
 * MI_RESULT_NOT_SUPPORTED for an array of references, which CIM has for parameters only. */
void mi_xml_write_class(struct mi_codec_output *output, const MI_ClassDecl *decl, bool deep);

/* Writes an INSTANCE. `with_class`: a CIM document with its class too, and those of the instances in it. Fails with
 * MI_RESULT_SERVER_LIMITS_EXCEEDED where instances are embedded more than MI_CODEC_MAX_DEPTH deep, or are of too many
 * classes to remember, and as mi_xml_write_class. */
void mi_xml_write_instance(struct mi_codec_output *output, const MI_Instance *instance, bool with_class);

/* ---- Of both ----------------------------------------------------------------------------------------------------- */

/* ` NAME="value"` for a value that is not NULL. */
void mi_xml_write_attribute(struct mi_codec_output *output, const char *name, const MI_Char *value);

/* VALUE, VALUE.ARRAY, VALUE.REFERENCE or VALUE.REFARRAY of a value that is not NULL. */
void mi_xml_write_value(struct mi_codec_output *output, MI_Type type, const MI_Value *value);

#endif
