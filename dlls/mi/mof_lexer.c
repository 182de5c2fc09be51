/* The words of MOF. See mof_lexer.h. */
#include "mi/mof_lexer.h"

#include "mi/codec_types.h"

#include <string.h>

static bool bad(struct mi_mof_lexer *lexer, const char *text)
{
    return mi_codec_bad(lexer->reader, lexer->at, text);
}

static bool is_digit(MI_Char c)
{
    return c >= '0' && c <= '9';
}

static bool begins_name(MI_Char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c >= 0x80;
}

static MI_Char peek(const struct mi_mof_lexer *lexer, size_t ahead)
{
    return (size_t)(lexer->end - lexer->at) > ahead ? lexer->at[ahead] : 0;
}

/* Goes beyond white space and comments. */
static bool skip_space(struct mi_mof_lexer *lexer)
{
    while (lexer->at < lexer->end)
    {
        const MI_Char *begin = lexer->at;

        if (*begin == ' ' || (*begin >= '\t' && *begin <= '\r'))
            lexer->at++;
        else if (*begin == '/' && peek(lexer, 1) == '/')
            while (lexer->at < lexer->end && *lexer->at != '\n')
                lexer->at++;
        else if (*begin == '/' && peek(lexer, 1) == '*')
        {
            lexer->at += 2;
            while (lexer->at < lexer->end && !(*lexer->at == '*' && peek(lexer, 1) == '/'))
                lexer->at++;
            if (lexer->at == lexer->end) return mi_codec_bad(lexer->reader, begin, "the comment does not end");
            lexer->at += 2;
        }
        else
            break;
    }
    return true;
}

/* ---- Strings and characters -------------------------------------------------------------------------------------- */

/* What follows a backslash, as a character; up to four hexadecimal digits follow an x. */
static bool read_escape(struct mi_mof_lexer *lexer, MI_Char *c)
{
    static const char from[] = "btnfr\"'\\", to[] = "\b\t\n\f\r\"'\\";
    MI_Char next = peek(lexer, 1);
    size_t digits = 0;
    MI_Uint64 number;

    if (next == 'x' || next == 'X')
    {
        while (digits < 4 && mi_digits_parse(lexer->at + 2, digits + 1, 16, &number) &&
               (size_t)(lexer->end - lexer->at) > 2 + digits)
            digits++;
        if (!digits) return bad(lexer, "hexadecimal digits are expected here");
        mi_digits_parse(lexer->at + 2, digits, 16, &number);
        *c = (MI_Char)number;
        lexer->at += 2 + digits;
        return true;
    }
    for (size_t i = 0; from[i]; i++)
    {
        if (next != (MI_Char)from[i]) continue;
        *c = (MI_Char)to[i];
        lexer->at += 2;
        return true;
    }
    return bad(lexer, "there is no such escape");
}

/* Characters between quotes, and the closing one. `out`: where they go; NULL: nowhere. */
static bool walk_quoted(struct mi_mof_lexer *lexer, MI_Char **out)
{
    const MI_Char *begin = lexer->at;
    MI_Char quote = *lexer->at++;

    while (lexer->at < lexer->end && *lexer->at != quote)
    {
        MI_Char c = *lexer->at;

        if (c == '\n' || c == '\r') break;
        if (c == '\\')
        {
            if (!read_escape(lexer, &c)) return false;
        }
        else
            lexer->at++;
        if (out) *(*out)++ = c;
    }
    if (lexer->at == lexer->end || *lexer->at != quote)
        return mi_codec_bad(lexer->reader, begin, "the text does not end on its line");
    lexer->at++;
    return true;
}

/* One quoted text after another, as long as there are more. */
static bool walk_strings(struct mi_mof_lexer *lexer, MI_Char **out)
{
    const MI_Char *behind;

    do
    {
        if (!walk_quoted(lexer, out)) return false;
        behind = lexer->at;
        if (!skip_space(lexer)) return false;
    }
    while (peek(lexer, 0) == '"');
    lexer->at = behind;
    return true;
}

/* First to the end, which no text is longer than the way to. */
static bool read_quoted(struct mi_mof_lexer *lexer, bool string)
{
    const MI_Char *begin = lexer->at;
    MI_Char *text, *out;

    if (string ? !walk_strings(lexer, NULL) : !walk_quoted(lexer, NULL)) return false;
    out = text = mi_codec_alloc(lexer->reader, ((size_t)(lexer->at - begin) + 1) * sizeof(*text));
    if (!text) return false;
    lexer->at = begin;
    if (string ? !walk_strings(lexer, &out) : !walk_quoted(lexer, &out)) return false;
    *out = 0;
    lexer->word.text = text;
    lexer->word.length = (size_t)(out - text);
    lexer->word.kind = string ? MI_MOF_STRING : MI_MOF_CHAR;
    return string || lexer->word.length == 1 || mi_codec_bad(lexer->reader, begin, "this is not one character");
}

/* ---- Numbers ----------------------------------------------------------------------------------------------------- */

static bool is_in_number(const struct mi_mof_lexer *lexer, const MI_Char *begin, bool hexadecimal)
{
    MI_Char c = *lexer->at;

    if (is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.') return true;
    if (hexadecimal || (c != '+' && c != '-') || lexer->at == begin) return false;
    return lexer->at[-1] == 'e' || lexer->at[-1] == 'E';
}

/* Decimal, octal (after 0), hexadecimal (after 0x) or binary (before b). */
static bool parse_integer(const MI_Char *digits, size_t length, MI_Uint64 *number)
{
    if (length > 2 && digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X'))
        return mi_digits_parse(digits + 2, length - 2, 16, number);
    if (length > 1 && (digits[length - 1] == 'b' || digits[length - 1] == 'B'))
        return mi_digits_parse(digits, length - 1, 2, number);
    if (length > 1 && digits[0] == '0') return mi_digits_parse(digits, length, 8, number);
    return mi_digits_parse(digits, length, 10, number);
}

static bool read_number(struct mi_mof_lexer *lexer)
{
    struct mi_mof_word *word = &lexer->word;
    bool is_signed = *lexer->at == '+' || *lexer->at == '-', hexadecimal;
    const MI_Char *begin = lexer->at + is_signed;
    MI_Value value;

    hexadecimal = peek(lexer, is_signed) == '0' && (peek(lexer, is_signed + 1u) | 0x20) == 'x';
    lexer->at = begin;
    while (lexer->at < lexer->end && is_in_number(lexer, begin, hexadecimal))
        lexer->at++;
    word->length = (size_t)(lexer->at - word->at);
    word->integer.negative = *word->at == '-';
    word->kind = MI_MOF_INTEGER;
    if (parse_integer(begin, (size_t)(lexer->at - begin), &word->integer.magnitude)) return true;
    word->kind = MI_MOF_REAL;
    for (const MI_Char *c = begin; c < lexer->at && !hexadecimal; c++)
        if (*c == '.')
            return mi_real_parse(word->at, word->length, false, MI_REAL64, &value) ||
                   mi_codec_bad(lexer->reader, word->at, "this is no number");
    return mi_codec_bad(lexer->reader, word->at, "this is no number, or one that is too large");
}

/* ---- Words ------------------------------------------------------------------------------------------------------- */

static void read_name(struct mi_mof_lexer *lexer, enum mi_mof_kind kind)
{
    lexer->word.kind = kind;
    lexer->word.text = lexer->at;
    while (lexer->at < lexer->end && (begins_name(*lexer->at) || is_digit(*lexer->at)))
        lexer->at++;
    lexer->word.length = (size_t)(lexer->at - lexer->word.text);
}

/* $name and #pragma. */
static bool read_marked(struct mi_mof_lexer *lexer)
{
    bool alias = *lexer->at++ == '$';

    read_name(lexer, alias ? MI_MOF_ALIAS : MI_MOF_PRAGMA);
    if (alias ? lexer->word.length > 0 : mi_is_word(lexer->word.text, lexer->word.length, "pragma")) return true;
    return mi_codec_bad(lexer->reader, lexer->word.at, alias ? "the alias has no name" : "this is no #pragma");
}

bool mi_mof_advance(struct mi_mof_lexer *lexer)
{
    struct mi_mof_word *word = &lexer->word;
    MI_Char c, next;

    if (!skip_space(lexer)) return false;
    memset(word, 0, sizeof(*word));
    word->at = word->text = lexer->at;
    if (lexer->at == lexer->end) return true;
    c = *lexer->at;
    next = peek(lexer, 1);
    if (c == '"' || c == '\'') return read_quoted(lexer, c == '"');
    if (is_digit(c) || (c == '.' && is_digit(next)) || ((c == '+' || c == '-') && (is_digit(next) || next == '.')))
        return read_number(lexer);
    if (c == '$' || c == '#') return read_marked(lexer);
    if (begins_name(c))
    {
        read_name(lexer, MI_MOF_NAME);
        return true;
    }
    word->kind = MI_MOF_PUNCTUATION;
    word->length = 1;
    if (c < 0x80 && c && strchr("{}[]():;,=", c))
    {
        lexer->at++;
        return true;
    }
    return bad(lexer, "there is no such character in MOF");
}

bool mi_mof_begin(struct mi_mof_lexer *lexer, struct mi_codec_reader *reader)
{
    memset(lexer, 0, sizeof(*lexer));
    lexer->reader = reader;
    lexer->at = reader->text.begin;
    lexer->end = reader->text.begin + reader->text.length;
    return mi_mof_advance(lexer);
}

bool mi_mof_is(const struct mi_mof_lexer *lexer, const char *name)
{
    return lexer->word.kind == MI_MOF_NAME && mi_is_word(lexer->word.text, lexer->word.length, name);
}

bool mi_mof_is_punctuation(const struct mi_mof_lexer *lexer, char c)
{
    return lexer->word.kind == MI_MOF_PUNCTUATION && *lexer->word.text == (MI_Char)c;
}

bool mi_mof_try(struct mi_mof_lexer *lexer, const char *name, bool *taken)
{
    *taken = mi_mof_is(lexer, name);
    return !*taken || mi_mof_advance(lexer);
}

bool mi_mof_try_punctuation(struct mi_mof_lexer *lexer, char c, bool *taken)
{
    *taken = mi_mof_is_punctuation(lexer, c);
    return !*taken || mi_mof_advance(lexer);
}

bool mi_mof_expect(struct mi_mof_lexer *lexer, char c)
{
    char text[] = "'?' is expected here";

    text[1] = c;
    if (mi_mof_is_punctuation(lexer, c)) return mi_mof_advance(lexer);
    return mi_codec_bad(lexer->reader, lexer->word.at, text);
}

bool mi_mof_expect_name(struct mi_mof_lexer *lexer, const MI_Char **name)
{
    *name = NULL;
    if (lexer->word.kind != MI_MOF_NAME) return mi_mof_unexpected(lexer);
    *name = mi_codec_copy(lexer->reader, lexer->word.text, lexer->word.length);
    return *name && mi_mof_advance(lexer);
}

bool mi_mof_unexpected(struct mi_mof_lexer *lexer)
{
    const struct mi_mof_word *word = &lexer->word;

    if (word->kind == MI_MOF_END) return mi_codec_bad(lexer->reader, word->at, "the text ends too early");
    return mi_codec_fail(lexer->reader, word->at, lexer->reader->bad_input, "this is not expected here", word->text,
                         word->length);
}
