/*
 * A class that is being read: its parts, and how they and its super-class make a class object.
 */
#ifndef CORK_MI_CLASS_PARTS_H
#define CORK_MI_CLASS_PARTS_H

#include <mi.h>

#include "mi/codec_reader.h"
#include "mi/qualifier_flags.h"

struct mi_class_parts
{
    const MI_Char *name, *super_class;
    struct mi_pointers qualifiers; /* MI_Qualifier */
    struct mi_pointers properties; /* MI_PropertyDecl */
    struct mi_pointers methods;    /* MI_MethodDecl */
};

/* The flags of qualifiers that say something of a class, a property, a method, a parameter. */
#define MI_CLASS_FLAGS (MI_FLAG_ABSTRACT | MI_FLAG_TERMINAL | MI_FLAG_ASSOCIATION | MI_FLAG_INDICATION)
#define MI_PROPERTY_FLAGS                                                                                              \
    (MI_FLAG_KEY | MI_FLAG_REQUIRED | MI_FLAG_STATIC | MI_FLAG_EXPENSIVE | MI_FLAG_STREAM | MI_FLAG_READONLY)
#define MI_METHOD_FLAGS    (MI_FLAG_STATIC | MI_FLAG_EXPENSIVE)
#define MI_PARAMETER_FLAGS (MI_FLAG_IN | MI_FLAG_OUT | MI_FLAG_REQUIRED | MI_FLAG_STREAM)

/* What a list of qualifiers says of its object, of the flags that it can have. */
MI_Uint32 mi_flags_of_qualifiers(const struct mi_pointers *qualifiers, MI_Uint32 flags);

/* As a parameter's: In is so unless it says otherwise (DSP0004, In). */
MI_Uint32 mi_flags_of_parameter(const struct mi_pointers *qualifiers);

/* The qualifier of the name; NULL where there is none. */
const MI_Qualifier *mi_find_qualifier(const struct mi_pointers *qualifiers, const MI_Char *name);

/* Whether the qualifiers make an embedded instance of a text (EmbeddedInstance, EmbeddedObject); `class_name` receives
 * its class's, or NULL. */
bool mi_is_embedded(const struct mi_pointers *qualifiers, const MI_Char **class_name);

/* Each adds a part, whose name none of its kind has yet. `at`: where it is, for the failure. */
bool mi_class_parts_add_qualifier(struct mi_codec_reader *reader, const MI_Char *at, struct mi_pointers *qualifiers,
                                  MI_Qualifier *qualifier);
bool mi_class_parts_add_property(struct mi_codec_reader *reader, const MI_Char *at, struct mi_class_parts *parts,
                                 MI_PropertyDecl *property);
bool mi_class_parts_add_method(struct mi_codec_reader *reader, const MI_Char *at, struct mi_class_parts *parts,
                               MI_MethodDecl *method);

/* Whether the class has a property, or a method, of the name. */
bool mi_class_has(const MI_ClassDecl *decl, bool method, const MI_Char *name);

/* Makes the class: what its super-class (or NULL) has and the parts do not, first, then the parts. A part of a name
 * that the super-class has takes its place and those of its qualifiers that go to sub-classes. The class is kept by
 * mi_codec_add_class. NULL on failure. */
MI_Class *mi_class_parts_finish(struct mi_codec_reader *reader, const MI_Char *at, struct mi_class_parts *parts,
                                const MI_Class *super_class);

#endif
