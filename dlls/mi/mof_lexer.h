/*
 * The words of MOF (DSP0004, annex A): names, numbers, strings, characters and punctuation, in the reader's text.
 */
#ifndef CORK_MI_MOF_LEXER_H
#define CORK_MI_MOF_LEXER_H

#include <mi.h>

#include "mi/codec_number.h"
#include "mi/codec_reader.h"

#include <stdbool.h>
#include <stddef.h>

enum mi_mof_kind
{
    MI_MOF_END,
    MI_MOF_NAME,
    MI_MOF_ALIAS,  /* $name; the text is the name */
    MI_MOF_PRAGMA, /* #pragma */
    MI_MOF_STRING, /* one or more, side by side; the text is theirs together */
    MI_MOF_CHAR,
    MI_MOF_INTEGER,
    MI_MOF_REAL,
    MI_MOF_PUNCTUATION
};

struct mi_mof_word
{
    enum mi_mof_kind kind;
    const MI_Char *at;         /* where it begins */
    const MI_Char *text;       /* as it stands there; of a string or character: in the reader's memory, unescaped */
    size_t length;             /* of the text */
    struct mi_integer integer; /* its value */
};

struct mi_mof_lexer
{
    struct mi_codec_reader *reader;
    const MI_Char *at, *end;
    struct mi_mof_word word; /* the one that comes next */
};

/* Begins with the first word of the reader's text. */
bool mi_mof_begin(struct mi_mof_lexer *lexer, struct mi_codec_reader *reader);

/* Goes on to the next word. */
bool mi_mof_advance(struct mi_mof_lexer *lexer);

/* Whether the next word is this name (compared without case), or this punctuation. */
bool mi_mof_is(const struct mi_mof_lexer *lexer, const char *name);
bool mi_mof_is_punctuation(const struct mi_mof_lexer *lexer, char c);

/* As these, and goes on if it is. `taken` says so; false is a failure. */
bool mi_mof_try(struct mi_mof_lexer *lexer, const char *name, bool *taken);
bool mi_mof_try_punctuation(struct mi_mof_lexer *lexer, char c, bool *taken);

/* The next word has to be this punctuation, or a name, of which `name` receives a copy. */
bool mi_mof_expect(struct mi_mof_lexer *lexer, char c);
bool mi_mof_expect_name(struct mi_mof_lexer *lexer, const MI_Char **name);

/* Fails with "this is not expected here" and the next word. Always false. */
bool mi_mof_unexpected(struct mi_mof_lexer *lexer);

#endif
