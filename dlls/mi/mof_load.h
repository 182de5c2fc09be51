/*
 * Classes and instances from MOF (DSP0004, annex A): pragmas, qualifier declarations, classes, instances with aliases.
 * An instance may also stand where it is needed ("instance of X {...}" as a value), as Windows has it.
 */
#ifndef CORK_MI_MOF_LOAD_H
#define CORK_MI_MOF_LOAD_H

#include <micodec.h>

#include "mi/codec_reader.h"
#include "mi/mof_lexer.h"

/* What a text that is no MOF is. */
#define MI_MOF_BAD_INPUT MI_RESULT_FAILED
/* Files that include each other. */
#define MI_MOF_MAX_INCLUDES 8

/* What the caller of a reader may give: the text of included files (both functions or none), declarations of
 * qualifiers. See micodec.h. */
struct mi_mof_callbacks
{
    void *include_context;
    MI_Deserializer_GetIncludedFileBuffer get_included;
    MI_Deserializer_FreeIncludedFileBuffer free_included;
    void *qualifier_context;
    MI_Deserializer_QualifierDeclNeeded qualifier_needed;
};

struct mi_mof
{
    struct mi_mof_lexer lexer;
    struct mi_codec_reader *reader;
    struct mi_mof_callbacks callbacks;
    struct mi_pointers declared;  /* qualifiers: MI_QualifierDecl */
    struct mi_pointers classes;   /* MI_Class, as they come; the reader's */
    struct mi_pointers instances; /* struct mi_mof_instance, as they come */
    int include_depth;
};

/* An instance at the top of the text. */
struct mi_mof_instance
{
    const MI_Char *alias; /* or NULL */
    MI_Uint32 alias_hash;
    MI_Instance *instance;
    bool used; /* another one holds it: it is no result */
};

/* Reads the whole text. `callbacks`: or NULL. On failure: MI_MOF_BAD_INPUT, MI_RESULT_INVALID_CLASS and
 * MI_RESULT_INVALID_SUPERCLASS (one that is not known), MI_RESULT_NO_SUCH_PROPERTY, MI_RESULT_TYPE_MISMATCH,
 * MI_RESULT_NOT_FOUND (an alias, an included file), a limit. */
bool mi_mof_load(struct mi_mof *mof, struct mi_codec_reader *reader, const struct mi_mof_callbacks *callbacks);

/* ---- Parts ------------------------------------------------------------------------------------------------------- */

/* One item of a value as it is written. */
struct mi_mof_literal
{
    struct mi_mof_word word; /* END: an instance */
    MI_Instance *instance;   /* of an alias, or one written here: the reader's */
};

/* A value before its type is known. */
struct mi_mof_value
{
    const MI_Char *at;
    struct mi_items literals; /* struct mi_mof_literal */
    bool is_array, is_null;
};

/* The instance of the alias at the top of the text; NULL where there is none yet. */
struct mi_mof_instance *mi_mof_find_alias(const struct mi_mof *mof, const MI_Char *alias);
/* Reads a value: NULL, one item, or items in braces. */
bool mi_mof_read_value(struct mi_mof *mof, struct mi_mof_value *value);
/* Makes it one of the type. NULL has none. */
bool mi_mof_convert(struct mi_mof *mof, const struct mi_mof_value *value, MI_Type type, MI_Value *out);
/* The type that a value shows by itself. */
MI_Type mi_mof_natural_type(const struct mi_mof_value *value);

/* A list of qualifiers in brackets, if there is one. */
bool mi_mof_read_qualifiers(struct mi_mof *mof, struct mi_pointers *qualifiers);
/* "Qualifier Name : type = value, Scope(...), Flavor(...);" behind its first word. */
bool mi_mof_read_declaration(struct mi_mof *mof);
/* A class behind the word "class". */
bool mi_mof_read_class(struct mi_mof *mof, struct mi_pointers *qualifiers);
/* An instance behind the word "instance"; the last of the reader's `made`. `alias` receives its name, or NULL. */
MI_Instance *mi_mof_read_instance(struct mi_mof *mof, const MI_Char **alias);

#endif
