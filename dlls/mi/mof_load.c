/* MOF texts: what stands at their top, and instances. See mof_load.h. */
#include "mi/mof_load.h"

#include "mi/class.h"
#include "mi/codec_types.h"
#include "mi/text.h"

#include <string.h>

/* ---- Instances --------------------------------------------------------------------------------------------------- */

static bool set_property(struct mi_mof *mof, MI_Instance *instance)
{
    MI_Uint32 first = mof->reader->made.count;
    const MI_Char *at = mof->lexer.word.at, *name;
    struct mi_mof_value written;
    MI_Type type = MI_STRING;
    MI_Value value;

    if (!mi_mof_expect_name(&mof->lexer, &name)) return false;
    if (MI_Instance_GetElement(instance, name, NULL, &type, NULL, NULL) != MI_RESULT_OK)
        return mi_codec_fail(mof->reader, at, MI_RESULT_NO_SUCH_PROPERTY, "the class has no such property", name,
                             mi_text_length(name));
    return mi_mof_expect(&mof->lexer, '=') && mi_mof_read_value(mof, &written) &&
           mi_mof_convert(mof, &written, type, &value) &&
           mi_codec_set(mof->reader, at, instance, false, name, written.is_null ? NULL : &value, type,
                        written.is_null ? MI_FLAG_NULL : 0, first);
}

static bool read_alias(struct mi_mof *mof, const MI_Char **alias)
{
    bool taken;

    *alias = NULL;
    if (!mi_mof_try(&mof->lexer, "as", &taken)) return false;
    if (!taken) return true;
    if (mof->lexer.word.kind != MI_MOF_ALIAS) return mi_mof_unexpected(&mof->lexer);
    *alias = mi_codec_copy(mof->reader, mof->lexer.word.text, mof->lexer.word.length);
    return *alias && mi_mof_advance(&mof->lexer);
}

/* Instances' own qualifiers are read and forgotten: MI_Instance has none. */
static MI_Instance *read_body(struct mi_mof *mof, const MI_Char **alias)
{
    const MI_Char *at, *name;
    const MI_Class *class_object;
    MI_Instance *instance;
    bool of;

    if (!mi_mof_try(&mof->lexer, "of", &of) || (!of && !mi_mof_unexpected(&mof->lexer))) return NULL;
    at = mof->lexer.word.at;
    if (!mi_mof_expect_name(&mof->lexer, &name) || !read_alias(mof, alias) || !mi_mof_expect(&mof->lexer, '{'))
        return NULL;
    class_object = mi_codec_find_class(mof->reader, at, name, true);
    instance = class_object ? mi_codec_new_instance(mof->reader, at, name, class_object) : NULL;
    while (instance && !mi_mof_is_punctuation(&mof->lexer, '}'))
    {
        struct mi_pointers qualifiers = {0};

        if (!mi_mof_read_qualifiers(mof, &qualifiers) || !set_property(mof, instance) ||
            !mi_mof_expect(&mof->lexer, ';'))
            return NULL;
    }
    return instance && mi_mof_advance(&mof->lexer) ? instance : NULL;
}

MI_Instance *mi_mof_read_instance(struct mi_mof *mof, const MI_Char **alias)
{
    struct mi_codec_reader *reader = mof->reader;
    MI_Instance *instance;

    if (reader->depth == MI_CODEC_MAX_DEPTH)
    {
        mi_codec_fail(reader, mof->lexer.word.at, MI_RESULT_SERVER_LIMITS_EXCEEDED, "instances are embedded too deeply",
                      NULL, 0);
        return NULL;
    }
    reader->depth++;
    instance = read_body(mof, alias);
    reader->depth--;
    return instance;
}

static bool read_top_instance(struct mi_mof *mof)
{
    struct mi_mof_instance *top = mi_codec_alloc(mof->reader, sizeof(*top));
    const MI_Char *at = mof->lexer.word.at;

    if (!top) return false;
    memset(top, 0, sizeof(*top));
    top->instance = mi_mof_read_instance(mof, &top->alias);
    if (!top->instance || !mi_mof_expect(&mof->lexer, ';')) return false;
    if (top->alias && mi_mof_find_alias(mof, top->alias))
        return mi_codec_fail(mof->reader, at, MI_RESULT_ALREADY_EXISTS, "the alias is there already", top->alias,
                             mi_text_length(top->alias));
    top->alias_hash = top->alias ? mi_name_hash(top->alias) : 0;
    return mi_pointers_add(mof->reader, &mof->instances, top);
}

/* ---- Pragmas ----------------------------------------------------------------------------------------------------- */

static bool read_top(struct mi_mof *mof);

/* The included text's places are its own. */
static bool read_included(struct mi_mof *mof, const MI_Uint8 *buffer, MI_Uint32 length)
{
    struct mi_codec_text text = mof->reader->text;
    struct mi_mof_lexer lexer = mof->lexer;
    bool good;

    if (!mi_codec_decode(mof->reader, buffer, length, &mof->reader->text)) return false;
    mof->include_depth++;
    good = mi_mof_begin(&mof->lexer, mof->reader) && read_top(mof);
    mof->include_depth--;
    if (!good) return false;
    mof->reader->text = text;
    mof->lexer = lexer;
    return true;
}

static bool include(struct mi_mof *mof, const MI_Char *at, const MI_Char *name)
{
    const struct mi_mof_callbacks *callbacks = &mof->callbacks;
    MI_Uint8 *buffer = NULL;
    MI_Uint32 length = 0;
    bool good;

    if (!callbacks->get_included || !callbacks->free_included ||
        callbacks->get_included(callbacks->include_context, name, &buffer, &length) != MI_RESULT_OK || !buffer)
        return mi_codec_fail(mof->reader, at, MI_RESULT_NOT_FOUND, "the included file cannot be had", name,
                             mi_text_length(name));
    if (mof->include_depth == MI_MOF_MAX_INCLUDES)
        good = mi_codec_fail(mof->reader, at, MI_RESULT_SERVER_LIMITS_EXCEEDED, "files include each other too deeply",
                             name, mi_text_length(name));
    else
        good = read_included(mof, buffer, length);
    callbacks->free_included(callbacks->include_context, buffer);
    return good;
}

/* #pragma name("parameter"): include is done; others, as the standard has it, are for who knows them. */
static bool read_pragma(struct mi_mof *mof)
{
    const MI_Char *at = mof->lexer.word.at, *name;
    const MI_Char *parameter;

    if (!mi_mof_advance(&mof->lexer) || !mi_mof_expect_name(&mof->lexer, &name) || !mi_mof_expect(&mof->lexer, '('))
        return false;
    if (mof->lexer.word.kind != MI_MOF_STRING) return mi_mof_unexpected(&mof->lexer);
    parameter = mi_codec_copy(mof->reader, mof->lexer.word.text, mof->lexer.word.length);
    if (!parameter || !mi_mof_advance(&mof->lexer) || !mi_mof_expect(&mof->lexer, ')')) return false;
    return !mi_is_word(name, mi_text_length(name), "include") || include(mof, at, parameter);
}

/* ---- Texts ------------------------------------------------------------------------------------------------------- */

static bool read_production(struct mi_mof *mof)
{
    struct mi_pointers qualifiers = {0};
    bool taken;

    if (mof->lexer.word.kind == MI_MOF_PRAGMA) return read_pragma(mof);
    if (!mi_mof_try(&mof->lexer, "qualifier", &taken)) return false;
    if (taken) return mi_mof_read_declaration(mof);
    if (!mi_mof_read_qualifiers(mof, &qualifiers) || !mi_mof_try(&mof->lexer, "class", &taken)) return false;
    if (taken) return mi_mof_read_class(mof, &qualifiers);
    if (!mi_mof_try(&mof->lexer, "instance", &taken)) return false;
    return taken ? read_top_instance(mof) : mi_mof_unexpected(&mof->lexer);
}

static bool read_top(struct mi_mof *mof)
{
    while (mof->lexer.word.kind != MI_MOF_END)
        if (!read_production(mof)) return false;
    return true;
}

bool mi_mof_load(struct mi_mof *mof, struct mi_codec_reader *reader, const struct mi_mof_callbacks *callbacks)
{
    memset(mof, 0, sizeof(*mof));
    mof->reader = reader;
    if (callbacks) mof->callbacks = *callbacks;
    return mi_mof_begin(&mof->lexer, reader) && read_top(mof);
}
