/* Values of MOF. See mof_load.h. */
#include "mi/mof_load.h"

#include "mi/codec_types.h"
#include "mi/datetime.h"
#include "mi/text.h"
#include "mi/value.h"

#include <string.h>

/* ---- Reading ----------------------------------------------------------------------------------------------------- */

struct mi_mof_instance *mi_mof_find_alias(const struct mi_mof *mof, const MI_Char *alias)
{
    MI_Uint32 hash = mi_name_hash(alias);

    for (MI_Uint32 i = 0; i < mof->instances.count; i++)
    {
        struct mi_mof_instance *found = mof->instances.list[i];

        if (found->alias && found->alias_hash == hash && mi_name_equal(found->alias, alias)) return found;
    }
    return NULL;
}

static MI_Instance *copy_of_alias(struct mi_mof *mof)
{
    const struct mi_mof_word *word = &mof->lexer.word;
    const MI_Char *name = mi_codec_copy(mof->reader, word->text, word->length);
    struct mi_mof_instance *found = name ? mi_mof_find_alias(mof, name) : NULL;

    if (found)
    {
        found->used = true;
        return mi_codec_clone(mof->reader, word->at, found->instance);
    }
    if (name)
        mi_codec_fail(mof->reader, word->at, MI_RESULT_NOT_FOUND, "there is no such alias yet", word->text,
                      word->length);
    return NULL;
}

static bool read_literal(struct mi_mof *mof, struct mi_mof_literal *literal)
{
    const MI_Char *none;
    bool is_instance;

    memset(literal, 0, sizeof(*literal));
    literal->word = mof->lexer.word;
    switch (literal->word.kind)
    {
    case MI_MOF_ALIAS:
        literal->instance = copy_of_alias(mof);
        return literal->instance && mi_mof_advance(&mof->lexer);
    case MI_MOF_NAME:
        if (!mi_mof_try(&mof->lexer, "instance", &is_instance)) return false;
        if (is_instance)
        {
            literal->instance = mi_mof_read_instance(mof, &none);
            return literal->instance != NULL;
        }
        return mi_mof_advance(&mof->lexer);
    case MI_MOF_STRING:
    case MI_MOF_CHAR:
    case MI_MOF_INTEGER:
    case MI_MOF_REAL:
        return mi_mof_advance(&mof->lexer);
    default:
        return mi_mof_unexpected(&mof->lexer);
    }
}

/* Literals are kept as an array's items are: their size is no type's, so one by one. */
static bool add_literal(struct mi_mof *mof, struct mi_mof_value *value, const struct mi_mof_literal *literal)
{
    struct mi_items *items = &value->literals;
    struct mi_mof_literal *list;

    if (items->count == items->room)
    {
        MI_Uint32 room = items->room ? 2 * items->room : 4;

        list = mi_codec_alloc(mof->reader, (size_t)room * sizeof(*list));
        if (!list) return false;
        if (items->count) memcpy(list, items->data, items->count * sizeof(*list));
        items->data = (char *)list;
        items->room = room;
    }
    memcpy(items->data + items->count++ * sizeof(*literal), literal, sizeof(*literal));
    return true;
}

bool mi_mof_read_value(struct mi_mof *mof, struct mi_mof_value *value)
{
    struct mi_mof_literal literal;
    bool more = true;

    memset(value, 0, sizeof(*value));
    value->at = mof->lexer.word.at;
    if (!mi_mof_try(&mof->lexer, "null", &value->is_null)) return false;
    if (value->is_null) return true;
    if (!mi_mof_try_punctuation(&mof->lexer, '{', &value->is_array)) return false;
    if (!value->is_array) return read_literal(mof, &literal) && add_literal(mof, value, &literal);
    if (mi_mof_is_punctuation(&mof->lexer, '}')) return mi_mof_advance(&mof->lexer);
    while (more)
        if (!read_literal(mof, &literal) || !add_literal(mof, value, &literal) ||
            !mi_mof_try_punctuation(&mof->lexer, ',', &more))
            return false;
    return mi_mof_expect(&mof->lexer, '}');
}

/* ---- Types ------------------------------------------------------------------------------------------------------- */

MI_Type mi_mof_natural_type(const struct mi_mof_value *value)
{
    const struct mi_mof_literal *first = (const void *)value->literals.data;
    MI_Type type = MI_STRING;
    MI_Value none;

    if (value->literals.count) switch (first->word.kind)
        {
        case MI_MOF_CHAR:
            type = MI_CHAR16;
            break;
        case MI_MOF_REAL:
            type = MI_REAL64;
            break;
        case MI_MOF_NAME:
            type = MI_BOOLEAN;
            break;
        case MI_MOF_INTEGER:
            type = mi_integer_fit(&first->word.integer, MI_SINT32, &none)   ? MI_SINT32
                   : mi_integer_fit(&first->word.integer, MI_SINT64, &none) ? MI_SINT64
                                                                            : MI_UINT64;
            break;
        default:
            break;
        }
    return (MI_Type)(type | (value->is_array ? MI_ARRAY : 0));
}

static bool convert_datetime(const struct mi_mof_word *word, MI_Value *out)
{
    return word->kind == MI_MOF_STRING && word->length == MI_DATETIME_LENGTH &&
           mi_datetime_parse(word->text, &out->datetime);
}

/* Whether the word is a value of the type. */
static bool convert_word(const struct mi_mof_word *word, MI_Type type, MI_Value *out)
{
    switch (type)
    {
    case MI_BOOLEAN:
        out->boolean = word->kind == MI_MOF_NAME && mi_is_word(word->text, word->length, "true");
        return out->boolean || (word->kind == MI_MOF_NAME && mi_is_word(word->text, word->length, "false"));
    case MI_STRING:
        out->string = (MI_Char *)word->text;
        return word->kind == MI_MOF_STRING;
    case MI_CHAR16:
        if (word->kind == MI_MOF_CHAR) out->char16 = (MI_Char16)*word->text;
        return word->kind == MI_MOF_CHAR ||
               (word->kind == MI_MOF_INTEGER && mi_integer_fit(&word->integer, MI_UINT16, out));
    case MI_DATETIME:
        return convert_datetime(word, out);
    case MI_REAL32:
    case MI_REAL64:
        return (word->kind == MI_MOF_REAL || word->kind == MI_MOF_INTEGER) &&
               mi_real_parse(word->at, word->length, false, type, out);
    default:
        return word->kind == MI_MOF_INTEGER && mi_integer_fit(&word->integer, type, out);
    }
}

static bool convert(struct mi_mof *mof, const struct mi_mof_literal *literal, MI_Type type, MI_Value *out)
{
    const struct mi_mof_word *word = &literal->word;

    memset(out, 0, sizeof(*out));
    if (mi_type_is_instance(type) ? literal->instance != NULL : !literal->instance && convert_word(word, type, out))
    {
        if (literal->instance) out->instance = literal->instance;
        if (type == MI_STRING && mi_text_length(out->string) != word->length)
            return mi_codec_bad(mof->reader, word->at, "a text has a character 0 in it");
        return true;
    }
    return mi_codec_fail(mof->reader, word->at, MI_RESULT_TYPE_MISMATCH, "this is no value of the type", word->text,
                         word->length);
}

bool mi_mof_convert(struct mi_mof *mof, const struct mi_mof_value *value, MI_Type type, MI_Value *out)
{
    const struct mi_mof_literal *literals = (const void *)value->literals.data;
    MI_Type item_type = (MI_Type)(type & ~MI_ARRAY);
    struct mi_items items = {0};

    memset(out, 0, sizeof(*out));
    if (value->is_null) return true;
    if (value->is_array != mi_type_is_array(type))
        return mi_codec_fail(mof->reader, value->at, MI_RESULT_TYPE_MISMATCH,
                             value->is_array ? "the type is no array" : "the type is an array", NULL, 0);
    if (!value->is_array) return convert(mof, literals, type, out);
    for (MI_Uint32 i = 0; i < value->literals.count; i++)
    {
        MI_Value item;

        if (!convert(mof, &literals[i], item_type, &item) || !mi_items_add(mof->reader, &items, item_type, &item))
            return false;
    }
    mi_items_get(&items, out);
    return true;
}
