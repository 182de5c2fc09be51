/*
 * The words of an event query: names, texts, numbers and signs. See event_query.h.
 */
#ifndef CORK_MI_EVENT_TOKEN_H
#define CORK_MI_EVENT_TOKEN_H

#include <mi.h>

#include "mi/arena.h"
#include "mi/event_query.h"

enum mi_token_kind
{
    MI_TOKEN_END,
    MI_TOKEN_NAME,
    MI_TOKEN_TEXT,
    MI_TOKEN_INTEGER,
    MI_TOKEN_REAL,
    MI_TOKEN_SIGN,    /* one character of "*,.();" */
    MI_TOKEN_OPERATOR /* = <> != < > <= >= */
};

struct mi_token
{
    enum mi_token_kind kind;
    MI_Uint32 position; /* of its first character, from 1 */
    MI_Char sign;
    enum mi_event_operator operator_;
    const MI_Char *text; /* a name, a text without quotes, a number as written, an operator; in the arena */
    MI_Uint64 magnitude; /* of an integer */
    bool negative;
    double real; /* of a real, and of an integer too */
};

/* A text on its way through mi_token_next. */
struct mi_tokens
{
    const MI_Char *start, *at;
    struct mi_arena *arena;
    struct mi_event_error *error;
};

/* Reads the next word. Returns false, with the error filled in, for a character that begins none, a text without an
 * end, a number that is too large, and for lack of memory. */
bool mi_token_next(struct mi_tokens *tokens, struct mi_token *token);

/* Whether the token is this keyword, in whatever case. */
bool mi_token_is(const struct mi_token *token, const MI_Char *keyword);
/* Whether the token is one of the keywords of WQL. */
bool mi_token_is_keyword(const struct mi_token *token);
/* Whether it is this sign. */
bool mi_token_is_sign(const struct mi_token *token, char sign);

#endif
