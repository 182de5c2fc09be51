/* Event queries. See event_query.h. */
#include "mi/event_query.h"

#include "mi/allocation.h"
#include "mi/event_token.h"
#include "mi/text.h"

#include <string.h>

struct parser
{
    struct mi_event_query *query;
    struct mi_tokens tokens;
    struct mi_token token; /* the next one */
    struct mi_event_error *error;
    MI_Uint32 conditions, depth;
};

/* ---- Errors ----------------------------------------------------------------------------------------------------- */

static MI_Char *append(MI_Char *at, const MI_Char *end, const MI_Char *text)
{
    while (text && *text && at < end)
        *at++ = *text++;
    return at;
}

static MI_Char *append_number(MI_Char *at, const MI_Char *end, MI_Uint32 number)
{
    MI_Char digits[12], *first = digits + MI_COUNT(digits) - 1;

    *first = 0;
    do
        *--first = (MI_Char)('0' + number % 10);
    while (number /= 10);
    return append(at, end, first);
}

bool mi_event_error_set(struct mi_event_error *error, MI_Uint32 code, MI_Uint32 position, const MI_Char *before,
                        const MI_Char *name, const MI_Char *after)
{
    MI_Char *at = error->text, *end = error->text + MI_COUNT(error->text) - 1;

    error->code = code;
    if (position)
    {
        at = append_number(append(at, end, MI_T("Character ")), end, position);
        at = append(at, end, MI_T(": "));
    }
    at = append(append(append(at, end, before), end, name), end, after);
    *at = 0;
    return false;
}

static bool fail(struct parser *parser, const MI_Char *what)
{
    return mi_event_error_set(parser->error, MI_EVENT_INVALID_QUERY, parser->token.position, what, NULL, NULL);
}

/* `what` was expected here, and there is something else. */
static bool expected(struct parser *parser, const MI_Char *what)
{
    struct mi_event_error *error = parser->error;
    bool end = parser->token.kind == MI_TOKEN_END;
    MI_Char *at, *last = error->text + MI_COUNT(error->text) - 1;

    mi_event_error_set(error, MI_EVENT_INVALID_QUERY, parser->token.position, what, MI_T(" expected, not "),
                       end ? MI_T("the end.") : MI_T("'"));
    if (end) return false;
    at = error->text + mi_text_length(error->text);
    *append(append(at, last, parser->token.text), last, MI_T("'.")) = 0;
    return false;
}

static void *take(struct parser *parser, size_t size)
{
    void *memory = mi_arena_alloc(&parser->query->arena, size);

    if (memory)
        memset(memory, 0, size);
    else
        mi_event_error_set(parser->error, MI_EVENT_NO_MEMORY, 0, MI_T("There is not enough memory."), NULL, NULL);
    return memory;
}

/* ---- Words ------------------------------------------------------------------------------------------------------ */

static bool next(struct parser *parser)
{
    return mi_token_next(&parser->tokens, &parser->token);
}

/* Goes past the keyword if it is the next word; `found` says so. */
static bool accept(struct parser *parser, const MI_Char *keyword, bool *found)
{
    *found = mi_token_is(&parser->token, keyword);
    return !*found || next(parser);
}

static bool expect(struct parser *parser, const MI_Char *keyword)
{
    return mi_token_is(&parser->token, keyword) ? next(parser) : expected(parser, keyword);
}

/* Name[.Name...]; after a full stop any word is a name. */
static bool parse_path(struct parser *parser, struct mi_event_path **out)
{
    struct mi_event_path *path;

    if (parser->token.kind != MI_TOKEN_NAME || mi_token_is_keyword(&parser->token))
        return expected(parser, MI_T("the name of a property was"));
    path = take(parser, sizeof(*path));
    if (!path) return false;
    path->position = parser->token.position;
    for (;;)
    {
        if (parser->token.kind != MI_TOKEN_NAME) return expected(parser, MI_T("the name of a property was"));
        if (path->count == MI_EVENT_PATH_LIMIT)
            return mi_event_error_set(parser->error, MI_EVENT_QUOTA, path->position,
                                      MI_T("the property is embedded too deeply."), NULL, NULL);
        path->names[path->count++] = parser->token.text;
        if (!next(parser)) return false;
        if (!mi_token_is_sign(&parser->token, '.')) break;
        if (!next(parser)) return false;
    }
    *out = path;
    return true;
}

static bool parse_path_list(struct parser *parser, struct mi_event_path **list)
{
    for (;;)
    {
        if (!parse_path(parser, list)) return false;
        if (!mi_token_is_sign(&parser->token, ',')) return true;
        if (!next(parser)) return false;
        list = &(*list)->next;
    }
}

/* ---- Conditions --------------------------------------------------------------------------------------------------
 */

static bool parse_or(struct parser *parser, struct mi_event_condition **out);

static bool parse_operand(struct parser *parser, struct mi_event_operand *operand)
{
    const struct mi_token *token = &parser->token;

    operand->position = token->position;
    operand->text = token->text;
    operand->magnitude = token->magnitude;
    operand->negative = token->negative;
    operand->real = token->real;
    if (token->kind == MI_TOKEN_TEXT)
        operand->kind = MI_OPERAND_TEXT;
    else if (token->kind == MI_TOKEN_INTEGER)
        operand->kind = MI_OPERAND_INTEGER;
    else if (token->kind == MI_TOKEN_REAL)
        operand->kind = MI_OPERAND_REAL;
    else if (mi_token_is(token, MI_T("TRUE")) || mi_token_is(token, MI_T("FALSE")))
    {
        operand->kind = MI_OPERAND_BOOLEAN;
        operand->magnitude = mi_token_is(token, MI_T("TRUE"));
    }
    else if (mi_token_is(token, MI_T("NULL")))
        operand->kind = MI_OPERAND_NULL;
    else if (token->kind == MI_TOKEN_NAME && !mi_token_is_keyword(token))
    {
        operand->kind = MI_OPERAND_PATH;
        return parse_path(parser, &operand->path);
    }
    else
        return expected(parser, MI_T("a property or a constant was"));
    return next(parser);
}

/* "constant operator property" as "property operator constant". */
static void turn_around(struct mi_event_condition *condition)
{
    static const enum mi_event_operator turned[] = {
        MI_OPERATOR_EQUAL, MI_OPERATOR_NOT_EQUAL,        MI_OPERATOR_GREATER,
        MI_OPERATOR_LESS,  MI_OPERATOR_GREATER_OR_EQUAL, MI_OPERATOR_LESS_OR_EQUAL,
    };
    struct mi_event_operand left = condition->left;

    condition->left = condition->right;
    condition->right = left;
    condition->operator_ = turned[condition->operator_];
}

/* NULL has no order ("infraredsupported >= null" is an invalid query); "= NULL" is IS NULL. */
static bool compare_with_null(struct parser *parser, struct mi_event_condition *condition)
{
    if (condition->operator_ != MI_OPERATOR_EQUAL && condition->operator_ != MI_OPERATOR_NOT_EQUAL)
        return mi_event_error_set(parser->error, MI_EVENT_INVALID_QUERY, condition->right.position,
                                  MI_T("NULL is neither less nor greater than anything."), NULL, NULL);
    condition->operator_ = condition->operator_ == MI_OPERATOR_EQUAL ? MI_OPERATOR_IS_NULL : MI_OPERATOR_IS_NOT_NULL;
    return true;
}

static bool parse_relation(struct parser *parser, struct mi_event_condition *condition)
{
    if (parser->token.kind != MI_TOKEN_OPERATOR) return expected(parser, MI_T("an operator was"));
    condition->operator_ = parser->token.operator_;
    if (!next(parser) || !parse_operand(parser, &condition->right)) return false;
    if (condition->left.kind != MI_OPERAND_PATH && condition->right.kind != MI_OPERAND_PATH)
        return mi_event_error_set(parser->error, MI_EVENT_INVALID_QUERY, condition->left.position,
                                  MI_T("a constant is compared with a constant."), NULL, NULL);
    if (condition->left.kind != MI_OPERAND_PATH) turn_around(condition);
    return condition->right.kind != MI_OPERAND_NULL || compare_with_null(parser, condition);
}

/* LIKE and ISA, which have a property before and a text behind them. */
static bool parse_word_operator(struct parser *parser, struct mi_event_condition *condition)
{
    if (condition->left.kind != MI_OPERAND_PATH)
        return mi_event_error_set(parser->error, MI_EVENT_INVALID_QUERY, condition->left.position,
                                  MI_T("a property has to stand before "), parser->token.text, MI_T("."));
    condition->operator_ = mi_token_is(&parser->token, MI_T("ISA")) ? MI_OPERATOR_ISA : MI_OPERATOR_LIKE;
    if (!next(parser)) return false;
    if (parser->token.kind != MI_TOKEN_TEXT || (condition->operator_ == MI_OPERATOR_ISA && !*parser->token.text))
        return expected(parser, condition->operator_ == MI_OPERATOR_ISA ? MI_T("the name of a class in quotes was")
                                                                        : MI_T("a pattern in quotes was"));
    return parse_operand(parser, &condition->right);
}

static bool parse_is_null(struct parser *parser, struct mi_event_condition *condition)
{
    bool negated;

    if (condition->left.kind != MI_OPERAND_PATH) return fail(parser, MI_T("a property has to stand before IS."));
    if (!next(parser) || !accept(parser, MI_T("NOT"), &negated)) return false;
    condition->operator_ = negated ? MI_OPERATOR_IS_NOT_NULL : MI_OPERATOR_IS_NULL;
    return expect(parser, MI_T("NULL"));
}

static struct mi_event_condition *new_condition(struct parser *parser, enum mi_event_condition_kind kind)
{
    struct mi_event_condition *condition;

    if (parser->conditions++ == MI_EVENT_CONDITION_LIMIT)
    {
        mi_event_error_set(parser->error, MI_EVENT_QUOTA, parser->token.position,
                           MI_T("the query has too many conditions."), NULL, NULL);
        return NULL;
    }
    condition = take(parser, sizeof(*condition));
    if (condition) condition->kind = kind;
    return condition;
}

static bool parse_comparison(struct parser *parser, struct mi_event_condition **out)
{
    struct mi_event_condition *condition = new_condition(parser, MI_CONDITION_COMPARISON);

    *out = condition;
    if (!condition || !parse_operand(parser, &condition->left)) return false;
    if (mi_token_is(&parser->token, MI_T("ISA")) || mi_token_is(&parser->token, MI_T("LIKE")))
        return parse_word_operator(parser, condition);
    if (mi_token_is(&parser->token, MI_T("IS"))) return parse_is_null(parser, condition);
    return parse_relation(parser, condition);
}

static bool parse_in_parentheses(struct parser *parser, struct mi_event_condition **out)
{
    if (!next(parser) || !parse_or(parser, out)) return false;
    if (!mi_token_is_sign(&parser->token, ')')) return expected(parser, MI_T("')' was"));
    return next(parser);
}

static bool parse_negation(struct parser *parser, struct mi_event_condition **out);

/* NOT, parentheses, or a comparison. */
static bool parse_term(struct parser *parser, struct mi_event_condition **out)
{
    bool good;

    if (parser->depth == MI_EVENT_DEPTH_LIMIT)
        return mi_event_error_set(parser->error, MI_EVENT_QUOTA, parser->token.position,
                                  MI_T("the conditions are nested too deeply."), NULL, NULL);
    parser->depth++;
    if (mi_token_is(&parser->token, MI_T("NOT")))
        good = parse_negation(parser, out);
    else if (mi_token_is_sign(&parser->token, '('))
        good = parse_in_parentheses(parser, out);
    else
        good = parse_comparison(parser, out);
    parser->depth--;
    return good;
}

static bool parse_negation(struct parser *parser, struct mi_event_condition **out)
{
    *out = new_condition(parser, MI_CONDITION_NOT);
    return *out && next(parser) && parse_term(parser, &(*out)->child);
}

/* Conditions joined by a keyword; a single one is handed on as it is. */
static bool parse_joined(struct parser *parser, const MI_Char *keyword, enum mi_event_condition_kind kind,
                         bool (*parse)(struct parser *parser, struct mi_event_condition **out),
                         struct mi_event_condition **out)
{
    struct mi_event_condition *joined, **last;

    if (!parse(parser, out)) return false;
    if (!mi_token_is(&parser->token, keyword)) return true;
    joined = new_condition(parser, kind);
    if (!joined) return false;
    joined->child = *out;
    *out = joined;
    last = &joined->child->next;
    while (mi_token_is(&parser->token, keyword))
    {
        if (!next(parser) || !parse(parser, last)) return false;
        last = &(*last)->next;
    }
    return true;
}

static bool parse_and(struct parser *parser, struct mi_event_condition **out)
{
    return parse_joined(parser, MI_T("AND"), MI_CONDITION_AND, parse_term, out);
}

/* "the OR operators are evaluated after the AND operators" */
static bool parse_or(struct parser *parser, struct mi_event_condition **out)
{
    return parse_joined(parser, MI_T("OR"), MI_CONDITION_OR, parse_and, out);
}

/* ---- Clauses ---------------------------------------------------------------------------------------------------- */

static bool parse_interval(struct parser *parser, MI_Uint64 *milliseconds)
{
    const struct mi_token *token = &parser->token;

    if (token->kind != MI_TOKEN_INTEGER && token->kind != MI_TOKEN_REAL)
        return expected(parser, MI_T("a number of seconds was"));
    if (!(token->real > 0 && token->real <= 4294967295.0))
        return fail(parser, MI_T("an interval has to be above 0 and at most 4294967295 seconds."));
    *milliseconds = (MI_Uint64)(token->real * 1000 + 0.5);
    if (*milliseconds < MI_EVENT_LEAST_INTERVAL)
        return mi_event_error_set(parser->error, MI_EVENT_TOO_PRECISE, token->position,
                                  MI_T("the polling interval is shorter than 0.01 seconds."), NULL, NULL);
    return next(parser);
}

/* "The unsigned integer is a number of seconds." */
static bool parse_whole_number(struct parser *parser, const MI_Char *what, MI_Uint64 least, MI_Uint32 *number)
{
    const struct mi_token *token = &parser->token;

    if (token->kind != MI_TOKEN_INTEGER || token->negative || token->magnitude > 0xffffffff || token->magnitude < least)
        return expected(parser, what);
    *number = (MI_Uint32)token->magnitude;
    return next(parser);
}

static bool parse_having(struct parser *parser)
{
    struct mi_event_query *query = parser->query;

    query->has_having = true;
    if (!expect(parser, MI_T("NumberOfEvents"))) return false;
    if (parser->token.kind != MI_TOKEN_OPERATOR) return expected(parser, MI_T("an operator was"));
    query->having = parser->token.operator_;
    return next(parser) && parse_whole_number(parser, MI_T("a number of events was"), 0, &query->having_count);
}

static bool parse_group(struct parser *parser)
{
    struct mi_event_query *query = parser->query;
    MI_Uint32 seconds = 0;
    bool found;

    query->grouped = true;
    if (!expect(parser, MI_T("WITHIN"))) return false;
    if (!parse_whole_number(parser, MI_T("a whole number of seconds was"), 1, &seconds)) return false;
    query->group_interval = (MI_Uint64)1000 * seconds;
    if (!accept(parser, MI_T("BY"), &found)) return false;
    if (found && !parse_path_list(parser, &query->group_by)) return false;
    if (!accept(parser, MI_T("HAVING"), &found)) return false;
    return !found || parse_having(parser);
}

static bool parse_class(struct parser *parser)
{
    struct mi_event_query *query = parser->query;

    if (!expect(parser, MI_T("FROM"))) return false;
    if (parser->token.kind != MI_TOKEN_NAME || mi_token_is_keyword(&parser->token))
        return expected(parser, MI_T("the name of an event class was"));
    query->class_name = parser->token.text;
    query->class_position = parser->token.position;
    return next(parser);
}

static bool parse_query(struct parser *parser)
{
    struct mi_event_query *query = parser->query;
    bool found;

    if (!next(parser) || !expect(parser, MI_T("SELECT"))) return false;
    if (mi_token_is_sign(&parser->token, '*'))
    {
        if (!next(parser)) return false;
    }
    else if (!parse_path_list(parser, &query->selected))
        return false;
    if (!parse_class(parser)) return false;
    if (!accept(parser, MI_T("WITHIN"), &found)) return false;
    if (found && !parse_interval(parser, &query->interval)) return false;
    if (!accept(parser, MI_T("WHERE"), &found)) return false;
    if (found && !parse_or(parser, &query->where)) return false;
    if (!accept(parser, MI_T("GROUP"), &found)) return false;
    if (found && !parse_group(parser)) return false;
    if (mi_token_is_sign(&parser->token, ';') && !next(parser)) return false;
    return parser->token.kind == MI_TOKEN_END || expected(parser, MI_T("the end of the query was"));
}

struct mi_event_query *mi_event_query_parse(const MI_Char *text, struct mi_event_error *error)
{
    struct mi_event_query *query = mi_alloc(sizeof(*query));
    struct parser parser = {.query = query, .error = error};

    memset(error, 0, sizeof(*error));
    if (!query)
    {
        mi_event_error_set(error, MI_EVENT_NO_MEMORY, 0, MI_T("There is not enough memory."), NULL, NULL);
        return NULL;
    }
    memset(query, 0, sizeof(*query));
    mi_arena_init(&query->arena, NULL, 0, 1024);
    parser.tokens = (struct mi_tokens){text, text, &query->arena, error};
    if (parse_query(&parser)) return query;
    mi_event_query_free(query);
    return NULL;
}

void mi_event_query_free(struct mi_event_query *query)
{
    if (!query) return;
    mi_arena_free(&query->arena);
    mi_free(query);
}
