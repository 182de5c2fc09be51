/* The words of an event query. See event_token.h. */
#include "mi/event_token.h"

#include "mi/text.h"

#include <string.h>

#define REAL_DIGITS 400 /* powers of ten that a double can have, and more */

static bool is_digit(MI_Char c)
{
    return c >= '0' && c <= '9';
}

static bool is_name_start(MI_Char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
}

static bool is_space(MI_Char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool fail(struct mi_tokens *tokens, const struct mi_token *token, const MI_Char *what, const MI_Char *name)
{
    return mi_event_error_set(tokens->error, MI_EVENT_INVALID_QUERY, token->position, what, name, NULL);
}

static bool no_memory(struct mi_tokens *tokens)
{
    return mi_event_error_set(tokens->error, MI_EVENT_NO_MEMORY, 0, MI_T("There is not enough memory."), NULL, NULL);
}

/* The token's text: the characters from `from` to where the reader is. */
static bool keep(struct mi_tokens *tokens, struct mi_token *token, const MI_Char *from)
{
    size_t length = (size_t)(tokens->at - from);
    MI_Char *text = mi_arena_alloc(tokens->arena, (length + 1) * sizeof(*text));

    if (!text) return no_memory(tokens);
    memcpy(text, from, length * sizeof(*text));
    text[length] = 0;
    token->text = text;
    return true;
}

static bool read_name(struct mi_tokens *tokens, struct mi_token *token)
{
    const MI_Char *from = tokens->at;

    token->kind = MI_TOKEN_NAME;
    while (is_name_start(*tokens->at) || is_digit(*tokens->at))
        tokens->at++;
    return keep(tokens, token, from);
}

/* A back-slash goes before a back-slash or a quote ("If you wish to include the following special characters in your
 * string, you must first escape the character by prefixing the character with a backslash"); before anything else it
 * stands for itself. */
static bool read_text(struct mi_tokens *tokens, struct mi_token *token)
{
    MI_Char quote = *tokens->at++, *text;
    const MI_Char *end = tokens->at;

    token->kind = MI_TOKEN_TEXT;
    while (*end && *end != quote)
        end += *end == '\\' && end[1] ? 2 : 1;
    if (!*end) return fail(tokens, token, MI_T("the text has no closing quote."), NULL);
    text = mi_arena_alloc(tokens->arena, ((size_t)(end - tokens->at) + 1) * sizeof(*text));
    if (!text) return no_memory(tokens);
    token->text = text;
    for (; tokens->at < end; tokens->at++)
    {
        if (*tokens->at == '\\' && (tokens->at[1] == '\\' || tokens->at[1] == '"' || tokens->at[1] == '\''))
            tokens->at++;
        *text++ = *tokens->at;
    }
    *text = 0;
    tokens->at = end + 1;
    return true;
}

static double power_of_ten(int exponent)
{
    double power = 1;

    while (exponent-- > 0)
        power *= 10;
    return power;
}

/* Digits, which add to the number; returns how many there were. Too large: for an integer. */
static int read_digits(struct mi_tokens *tokens, struct mi_token *token, bool *too_large)
{
    int count = 0;

    for (; is_digit(*tokens->at); tokens->at++, count++)
    {
        MI_Uint64 digit = (MI_Uint64)(*tokens->at - '0');

        if (token->magnitude > (~(MI_Uint64)0 - digit) / 10) *too_large = true;
        token->magnitude = 10 * token->magnitude + digit;
        token->real = 10 * token->real + (double)digit;
    }
    return count;
}

/* Returns false where there is none. Out of range: a number that no double is as large as, or as small. */
static bool read_exponent(struct mi_tokens *tokens, int *exponent)
{
    const MI_Char *at = tokens->at + 1;
    bool negative;
    int value = 0;

    if (*tokens->at != 'e' && *tokens->at != 'E') return false;
    negative = *at == '-';
    if (*at == '-' || *at == '+') at++;
    if (!is_digit(*at)) return false;
    for (; is_digit(*at); at++)
        if (value < 2 * REAL_DIGITS) value = 10 * value + (*at - '0');
    tokens->at = at;
    *exponent += negative ? -value : value;
    return true;
}

/* Sets the real number; returns false where it is too large or too small. */
static bool scale(struct mi_token *token, int exponent)
{
    if (exponent > REAL_DIGITS || exponent < -REAL_DIGITS) return false;
    if (exponent >= 0)
        token->real *= power_of_ten(exponent);
    else
        token->real /= power_of_ten(-exponent);
    if (token->negative) token->real = -token->real;
    return token->real - token->real == 0; /* finite */
}

/* Exact for 15 digits and powers of ten up to 22, as every number that people write. */
static bool read_number(struct mi_tokens *tokens, struct mi_token *token)
{
    const MI_Char *from = tokens->at;
    bool too_large = false;
    int exponent = 0, digits;

    token->negative = *from == '-';
    if (*from == '-' || *from == '+') tokens->at++;
    token->kind = MI_TOKEN_INTEGER;
    digits = read_digits(tokens, token, &too_large);
    if (*tokens->at == '.' && is_digit(tokens->at[1]))
    {
        tokens->at++;
        exponent = -read_digits(tokens, token, &too_large);
        token->kind = MI_TOKEN_REAL;
    }
    else if (!digits)
        return fail(tokens, token, MI_T("a sign without a number."), NULL);
    if (read_exponent(tokens, &exponent)) token->kind = MI_TOKEN_REAL;
    if (is_name_start(*tokens->at)) return fail(tokens, token, MI_T("letters follow a number."), NULL);
    if (token->kind == MI_TOKEN_REAL) too_large = false;
    if (token->kind == MI_TOKEN_INTEGER && token->negative && token->magnitude > (MI_Uint64)1 << 63) too_large = true;
    if (!scale(token, exponent)) too_large = true;
    if (too_large) return fail(tokens, token, MI_T("the number is out of range."), NULL);
    return keep(tokens, token, from);
}

static bool read_operator(struct mi_tokens *tokens, struct mi_token *token)
{
    static const struct
    {
        char text[3];
        enum mi_event_operator operator_;
    } operators[] = {
        {"<>", MI_OPERATOR_NOT_EQUAL},        {"!=", MI_OPERATOR_NOT_EQUAL}, {"<=", MI_OPERATOR_LESS_OR_EQUAL},
        {">=", MI_OPERATOR_GREATER_OR_EQUAL}, {"=", MI_OPERATOR_EQUAL},      {"<", MI_OPERATOR_LESS},
        {">", MI_OPERATOR_GREATER},
    };
    const MI_Char *from = tokens->at;

    for (size_t i = 0; i < MI_COUNT(operators); i++)
    {
        const char *text = operators[i].text;

        if (from[0] != (MI_Char)text[0] || (text[1] && from[1] != (MI_Char)text[1])) continue;
        token->kind = MI_TOKEN_OPERATOR;
        token->operator_ = operators[i].operator_;
        tokens->at += text[1] ? 2 : 1;
        return keep(tokens, token, from);
    }
    tokens->at++;
    if (!keep(tokens, token, from)) return false;
    return mi_event_error_set(tokens->error, MI_EVENT_INVALID_QUERY, token->position, MI_T("'"), token->text,
                              MI_T("' has no meaning here."));
}

bool mi_token_next(struct mi_tokens *tokens, struct mi_token *token)
{
    MI_Char c;

    memset(token, 0, sizeof(*token));
    while (is_space(*tokens->at))
        tokens->at++;
    c = *tokens->at;
    token->position = (MI_Uint32)(tokens->at - tokens->start) + 1;
    token->text = MI_T("");
    if (!c) return true;
    if (is_name_start(c)) return read_name(tokens, token);
    if (c == '"' || c == '\'') return read_text(tokens, token);
    if (is_digit(c) || c == '-' || c == '+' || (c == '.' && is_digit(tokens->at[1]))) return read_number(tokens, token);
    if (c != '*' && c != ',' && c != '.' && c != '(' && c != ')' && c != ';') return read_operator(tokens, token);
    token->kind = MI_TOKEN_SIGN;
    token->sign = c;
    tokens->at++;
    return keep(tokens, token, tokens->at - 1);
}

bool mi_token_is(const struct mi_token *token, const MI_Char *keyword)
{
    return token->kind == MI_TOKEN_NAME && mi_name_equal(token->text, keyword);
}

bool mi_token_is_sign(const struct mi_token *token, char sign)
{
    return token->kind == MI_TOKEN_SIGN && token->sign == (MI_Char)sign;
}

bool mi_token_is_keyword(const struct mi_token *token)
{
    static const MI_Char *const keywords[] = {MI_T("SELECT"), MI_T("FROM"), MI_T("WHERE"),  MI_T("WITHIN"),
                                              MI_T("GROUP"),  MI_T("BY"),   MI_T("HAVING"), MI_T("AND"),
                                              MI_T("OR"),     MI_T("NOT"),  MI_T("IS"),     MI_T("ISA"),
                                              MI_T("LIKE"),   MI_T("NULL"), MI_T("TRUE"),   MI_T("FALSE")};

    for (size_t i = 0; i < MI_COUNT(keywords); i++)
        if (mi_token_is(token, keywords[i])) return true;
    return false;
}
