/*
 * A class that is being read: its parts, and how they and its super-class make a class object.
 */
#ifndef CORK_MI_CLASS_PARTS_H
#define CORK_MI_CLASS_PARTS_H

#include <mi.h>

#include "mi/codec_reader.h"

struct mi_class_parts
{
    const MI_Char *name, *super_class;
    struct mi_pointers qualifiers; /* MI_Qualifier */
    struct mi_pointers properties; /* MI_PropertyDecl */
    struct mi_pointers methods;    /* MI_MethodDecl */
};

/* The qualifiers that flags say too. */
struct mi_flag_qualifier
{
    MI_Uint32 flag;
    const MI_Char *name;
};
extern const struct mi_flag_qualifier mi_flag_qualifiers[];
extern const MI_Uint32 mi_flag_qualifier_count;

/* What a list of qualifiers says of its object. */
MI_Uint32 mi_flags_of_qualifiers(const struct mi_pointers *qualifiers);

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

/* Makes the class: what its super-class (or NULL) has and the parts do not, first, then the parts. A part of a name
 * that the super-class has takes its place and those of its qualifiers that go to sub-classes. The class is kept by
 * mi_codec_add_class. NULL on failure. */
MI_Class *mi_class_parts_finish(struct mi_codec_reader *reader, const MI_Char *at, struct mi_class_parts *parts,
                                const MI_Class *super_class);

#endif
