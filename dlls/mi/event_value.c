/* Values as conditions compare them. See event_value.h. */
#include "mi/event_value.h"

#include "mi/datetime.h"
#include "mi/event_token.h"
#include "mi/text.h"
#include "mi/value.h"

#include <string.h>

#define SECOND ((MI_Sint64)1000000)
#define DAY    (86400 * SECOND)

enum mi_event_value_kind mi_event_kind_of(MI_Type type)
{
    switch (type)
    {
    case MI_BOOLEAN:
        return MI_EVENT_BOOLEAN;
    case MI_REAL32:
    case MI_REAL64:
        return MI_EVENT_REAL;
    case MI_STRING:
        return MI_EVENT_TEXT;
    case MI_DATETIME:
        return MI_EVENT_TIME;
    case MI_INSTANCE:
        return MI_EVENT_OBJECT;
    default:
        return type < MI_REAL32 || type == MI_CHAR16 ? MI_EVENT_INTEGER : MI_EVENT_OTHER;
    }
}

/* ---- Date-times ------------------------------------------------------------------------------------------------- */

/* Days from 1 March of the year 0, in the Gregorian calendar: years begin in March, so that the leap day is the last.
 */
static MI_Sint64 days_before(MI_Uint32 year, MI_Uint32 month, MI_Uint32 day)
{
    MI_Sint64 years = (MI_Sint64)year - (month <= 2), months = (month + 9) % 12;

    return 365 * years + years / 4 - years / 100 + years / 400 + (153 * months + 2) / 5 + day - 1;
}

static void set_datetime(struct mi_event_value *value, const MI_Datetime *datetime)
{
    const MI_Timestamp *at = &datetime->u.timestamp;
    const MI_Interval *interval = &datetime->u.interval;

    value->kind = datetime->isTimestamp ? MI_EVENT_TIME : MI_EVENT_INTERVAL;
    if (datetime->isTimestamp)
        value->microseconds =
            days_before(at->year, at->month, at->day) * DAY +
            ((MI_Sint64)at->hour * 3600 + ((MI_Sint64)at->minute - at->utc) * 60 + at->second) * SECOND +
            at->microseconds;
    else
        value->microseconds =
            interval->days * DAY +
            ((MI_Sint64)interval->hours * 3600 + interval->minutes * 60 + interval->seconds) * SECOND +
            interval->microseconds;
}

/* ---- Values ----------------------------------------------------------------------------------------------------- */

static void set_integer(struct mi_event_value *value, MI_Uint64 magnitude, bool negative)
{
    value->kind = MI_EVENT_INTEGER;
    value->magnitude = magnitude;
    value->negative = negative && magnitude;
    value->real = negative ? -(double)magnitude : (double)magnitude;
}

static void set_number(struct mi_event_value *value, MI_Type type, const MI_Value *from)
{
    unsigned bits = 8 * (unsigned)mi_type_size(type);
    MI_Uint64 mask = bits == 64 ? ~(MI_Uint64)0 : ((MI_Uint64)1 << bits) - 1, number = from->uint64 & mask;
    bool is_signed = type == MI_SINT8 || type == MI_SINT16 || type == MI_SINT32 || type == MI_SINT64;
    bool negative = is_signed && number >> (bits - 1);

    set_integer(value, negative ? (~number + 1) & mask : number, negative);
}

struct mi_event_value mi_event_value_of(MI_Type type, const MI_Value *from, bool null)
{
    struct mi_event_value value;

    memset(&value, 0, sizeof(value));
    if (null) return value;
    value.kind = mi_event_kind_of(type);
    if (value.kind == MI_EVENT_INTEGER)
        set_number(&value, type, from);
    else if (value.kind == MI_EVENT_BOOLEAN)
        value.magnitude = from->boolean != 0;
    else if (value.kind == MI_EVENT_REAL)
    {
        value.short_ = type == MI_REAL32;
        value.real = value.short_ ? (double)from->real32 : from->real64;
    }
    else if (value.kind == MI_EVENT_TEXT)
        value.text = from->string;
    else if (value.kind == MI_EVENT_TIME)
        set_datetime(&value, &from->datetime);
    else if (value.kind == MI_EVENT_OBJECT)
        value.object = from->instance;
    return value;
}

/* ---- Constants -------------------------------------------------------------------------------------------------- */

/* The number that a text is, and nothing else. */
static bool number_of_text(const MI_Char *text, struct mi_event_value *value)
{
    struct mi_event_error error;
    struct mi_arena arena;
    struct mi_tokens tokens = {text, text, &arena, &error};
    struct mi_token token, end;
    bool good;

    mi_arena_init(&arena, NULL, 0, 256);
    good = mi_token_next(&tokens, &token) && (token.kind == MI_TOKEN_INTEGER || token.kind == MI_TOKEN_REAL) &&
           mi_token_next(&tokens, &end) && end.kind == MI_TOKEN_END;
    if (good && token.kind == MI_TOKEN_INTEGER) set_integer(value, token.magnitude, token.negative);
    if (good && token.kind == MI_TOKEN_REAL)
    {
        value->kind = MI_EVENT_REAL;
        value->real = token.real;
    }
    mi_arena_free(&arena);
    return good;
}

static bool number_of(const struct mi_event_operand *operand, struct mi_event_value *value)
{
    if (operand->kind == MI_OPERAND_TEXT) return number_of_text(operand->text, value);
    if (operand->kind == MI_OPERAND_REAL)
    {
        value->kind = MI_EVENT_REAL;
        value->real = operand->real;
        return true;
    }
    set_integer(value, operand->magnitude, operand->negative);
    return operand->kind == MI_OPERAND_INTEGER || operand->kind == MI_OPERAND_BOOLEAN;
}

/* "The value TRUE is equivalent to the number 1, and the value FALSE is equivalent to the number 0." */
static bool boolean_of(const struct mi_event_operand *operand, struct mi_event_value *value)
{
    value->kind = MI_EVENT_BOOLEAN;
    value->magnitude = operand->magnitude;
    if (operand->kind == MI_OPERAND_TEXT)
    {
        value->magnitude = mi_name_equal(operand->text, MI_T("TRUE"));
        return value->magnitude || mi_name_equal(operand->text, MI_T("FALSE"));
    }
    return operand->kind == MI_OPERAND_BOOLEAN ||
           (operand->kind == MI_OPERAND_INTEGER && operand->magnitude <= 1 && !operand->negative);
}

bool mi_event_constant(const struct mi_event_operand *operand, enum mi_event_value_kind kind,
                       struct mi_event_value *value)
{
    MI_Datetime datetime;

    memset(value, 0, sizeof(*value));
    switch (kind)
    {
    case MI_EVENT_INTEGER:
    case MI_EVENT_REAL:
        return number_of(operand, value);
    case MI_EVENT_BOOLEAN:
        return boolean_of(operand, value);
    case MI_EVENT_TEXT:
        value->kind = MI_EVENT_TEXT;
        value->text = operand->text;
        return operand->kind >= MI_OPERAND_TEXT && operand->kind <= MI_OPERAND_BOOLEAN;
    case MI_EVENT_TIME:
    case MI_EVENT_INTERVAL:
        if (operand->kind != MI_OPERAND_TEXT || !mi_datetime_parse(operand->text, &datetime)) return false;
        set_datetime(value, &datetime);
        return true;
    default:
        return false;
    }
}

/* ---- Comparison ------------------------------------------------------------------------------------------------- */

static bool in_relation(enum mi_event_operator operator_, int order, bool *holds)
{
    static const struct
    {
        bool less, equal, greater;
    } relations[] = {{false, true, false}, {true, false, true}, {true, false, false},
                     {false, false, true}, {true, true, false}, {false, true, true}};

    if (operator_ > MI_OPERATOR_GREATER_OR_EQUAL) return false;
    *holds = order < 0   ? relations[operator_].less
             : order > 0 ? relations[operator_].greater
                         : relations[operator_].equal;
    return true;
}

static int order_of_integers(const struct mi_event_value *left, const struct mi_event_value *right)
{
    int order = (left->magnitude > right->magnitude) - (left->magnitude < right->magnitude);

    if (left->negative != right->negative) return left->negative ? -1 : 1;
    return left->negative ? -order : order;
}

/* A constant is as exact as what it is compared with: 0.1 is equal to a real of 32 bits that is as near to it as such a
 * one can be. */
static int order_of_reals(const struct mi_event_value *left, const struct mi_event_value *right)
{
    double first = right->short_ ? (double)(float)left->real : left->real;
    double second = left->short_ ? (double)(float)right->real : right->real;

    return (first > second) - (first < second);
}

static int order_of_texts(const MI_Char *left, const MI_Char *right)
{
    for (;; left++, right++)
    {
        MI_Char first = mi_char_lower(*left), second = mi_char_lower(*right);

        if (first != second) return first < second ? -1 : 1;
        if (!first) return 0;
    }
}

bool mi_event_compare(const struct mi_event_value *left, enum mi_event_operator operator_,
                      const struct mi_event_value *right, bool *holds)
{
    enum mi_event_value_kind kind = left->kind;
    int order;

    if (kind == MI_EVENT_INTEGER && right->kind == MI_EVENT_REAL) kind = MI_EVENT_REAL;
    if (kind != right->kind && !(kind == MI_EVENT_REAL && right->kind == MI_EVENT_INTEGER)) return false;
    if (kind == MI_EVENT_BOOLEAN && operator_ != MI_OPERATOR_EQUAL && operator_ != MI_OPERATOR_NOT_EQUAL) return false;
    if (kind == MI_EVENT_INTEGER)
        order = order_of_integers(left, right);
    else if (kind == MI_EVENT_REAL)
        order = order_of_reals(left, right);
    else if (kind == MI_EVENT_BOOLEAN)
        order = left->magnitude != right->magnitude;
    else if (kind == MI_EVENT_TEXT)
        order = order_of_texts(left->text, right->text);
    else if (kind == MI_EVENT_TIME || kind == MI_EVENT_INTERVAL)
        order = (left->microseconds > right->microseconds) - (left->microseconds < right->microseconds);
    else
        return false;
    return in_relation(operator_, order, holds);
}

/* ---- Patterns --------------------------------------------------------------------------------------------------- */

/* The end of the set whose bracket `pattern` begins with: behind its closing one; NULL where there is none. A closing
 * bracket that comes first is one of the set. */
static const MI_Char *end_of_set(const MI_Char *pattern)
{
    const MI_Char *at = pattern + 1;

    if (*at == '^') at++;
    if (*at == ']') at++;
    while (*at && *at != ']')
        at++;
    return *at ? at + 1 : NULL;
}

static bool is_in_set(MI_Char c, const MI_Char *pattern, const MI_Char *end)
{
    const MI_Char *at = pattern + 1, *last = end - 1;
    bool negated = *at == '^', found = false;

    if (negated) at++;
    while (at < last && !found)
    {
        bool range = at + 2 < last && at[1] == '-';

        found = c >= mi_char_lower(at[0]) && c <= mi_char_lower(at[range ? 2 : 0]);
        at += range ? 3 : 1;
    }
    return found != negated;
}

/* Whether a character is what stands at `*pattern`, not a %; goes past it if so. */
static bool is_like_one(MI_Char c, const MI_Char **pattern)
{
    const MI_Char *end = **pattern == '[' ? end_of_set(*pattern) : NULL;

    if (!**pattern) return false;
    c = mi_char_lower(c);
    if (end)
    {
        if (!is_in_set(c, *pattern, end)) return false;
        *pattern = end;
        return true;
    }
    if (**pattern != '_' && mi_char_lower(**pattern) != c) return false;
    ++*pattern;
    return true;
}

/* Of all % only the last one that was met has to be tried anew: what was before it fits already. */
bool mi_event_like(const MI_Char *text, const MI_Char *pattern)
{
    const MI_Char *again = NULL, *from = NULL;

    while (*text)
    {
        if (*pattern == '%')
        {
            again = ++pattern;
            from = text;
        }
        else if (is_like_one(*text, &pattern))
            text++;
        else if (again)
        {
            pattern = again;
            text = ++from;
        }
        else
            return false;
    }
    while (*pattern == '%')
        pattern++;
    return !*pattern;
}
