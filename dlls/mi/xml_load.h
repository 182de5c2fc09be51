/*
 * Classes and instances from CIM-XML, as xml_writer.h writes them, and as DSP0201 has them otherwise.
 */
#ifndef CORK_MI_XML_LOAD_H
#define CORK_MI_XML_LOAD_H

#include <mi.h>

#include "mi/codec_reader.h"
#include "mi/xml_reader.h"

/* What a text that is not well-formed, or says what CIM-XML does not allow, is. */
#define MI_XML_BAD_INPUT MI_RESULT_INVALID_PARAMETER

/* Reads the CLASS that the reader's text begins with. `super_class`: its super-class, or NULL: it is known, or built
 * from the text's DERIVATION, or asked for. `end` receives where the text goes on behind it. The class is the reader's;
 * NULL on failure: MI_XML_BAD_INPUT, MI_RESULT_INVALID_SUPERCLASS (it is not known), MI_RESULT_TYPE_MISMATCH, a limit.
 */
MI_Class *mi_xml_load_class(struct mi_codec_reader *reader, MI_Class *super_class, const MI_Char **end);

/* Reads the INSTANCE, or the CIM document of one, that the text begins with. The caller deletes it. NULL on failure:
 * as mi_xml_load_class, MI_RESULT_INVALID_CLASS (its class is not known), MI_RESULT_NO_SUCH_PROPERTY. */
MI_Instance *mi_xml_load_instance(struct mi_codec_reader *reader, const MI_Char **end);

/* The name of the class, and of its super-class (NULL for none), of a CLASS, or the name of the class of an INSTANCE or
 * a document, without more of it being read than it takes. In the reader's memory. */
bool mi_xml_class_name(struct mi_codec_reader *reader, MI_Char **name, MI_Char **super_class);
bool mi_xml_instance_class_name(struct mi_codec_reader *reader, MI_Char **name);

/* ---- Parts of both ----------------------------------------------------------------------------------------------- */

/* Each reads an element whose start tag was read, up to its end tag. */
MI_Class *mi_xml_read_class(struct mi_xml *xml, const struct mi_xml_tag *tag, MI_Class *super_class);
MI_Instance *mi_xml_read_instance(struct mi_xml *xml, const struct mi_xml_tag *tag);
/* VALUE, VALUE.ARRAY, VALUE.REFERENCE, VALUE.REFARRAY: whichever the type needs. Instances in it are the last of the
 * reader's `made`. */
bool mi_xml_read_value(struct mi_xml *xml, const struct mi_xml_tag *tag, MI_Type type, MI_Value *value);
/* An element whose content makes no difference. */
bool mi_xml_skip(struct mi_xml *xml);
/* LOCALNAMESPACEPATH, and NAMESPACEPATH. */
bool mi_xml_read_namespace(struct mi_xml *xml, MI_Char **name_space);
bool mi_xml_read_namespace_path(struct mi_xml *xml, MI_Char **server, MI_Char **name_space);

/* The next child of an element has to be of this name. */
bool mi_xml_expect(struct mi_xml *xml, struct mi_xml_tag *tag, const char *name);
/* And then its end. */
bool mi_xml_expect_end(struct mi_xml *xml);

/* The type that the TYPE attribute says; without one `type` stays. */
bool mi_xml_type(struct mi_xml *xml, const struct mi_xml_tag *tag, bool required, MI_Type *type);
/* An attribute that is true or false; without it `flag` stays. */
bool mi_xml_boolean(struct mi_xml *xml, const struct mi_xml_tag *tag, const char *name, bool *flag);

#endif
