/*
 * Values as the conditions of event queries compare them: whatever its type, a value is of one of a few kinds, and a
 * constant is taken as what the property is that it is compared with ("The value of the constant must be of the correct
 * type for the property", "WHERE Clause").
 */
#ifndef CORK_MI_EVENT_VALUE_H
#define CORK_MI_EVENT_VALUE_H

#include <mi.h>

#include "mi/event_query.h"

enum mi_event_value_kind
{
    MI_EVENT_NULL,
    MI_EVENT_INTEGER,
    MI_EVENT_REAL,
    MI_EVENT_BOOLEAN,
    MI_EVENT_TEXT,
    MI_EVENT_TIME,     /* microseconds from the year 0, UTC */
    MI_EVENT_INTERVAL, /* microseconds */
    MI_EVENT_OBJECT,
    MI_EVENT_OTHER /* arrays, references: has no comparison */
};

struct mi_event_value
{
    enum mi_event_value_kind kind;
    MI_Uint64 magnitude; /* of an integer; a boolean: 0 or 1 */
    bool negative;
    double real; /* of an integer, too */
    bool short_; /* a real of 32 bits */
    MI_Sint64 microseconds;
    const MI_Char *text; /* the owner's, as is the next */
    const MI_Instance *object;
};

/* What values of the type are. A date-time is MI_EVENT_TIME; only the value says whether it is an interval. */
enum mi_event_value_kind mi_event_kind_of(MI_Type type);

/* The value of a property. `null`: it is NULL. */
struct mi_event_value mi_event_value_of(MI_Type type, const MI_Value *value, bool null);

/* A constant, as one of the kind that it is compared with. Returns false where it is none. */
bool mi_event_constant(const struct mi_event_operand *operand, enum mi_event_value_kind kind,
                       struct mi_event_value *value);

/* Whether two values of kinds that can be compared are in this relation (not LIKE, ISA, IS NULL): texts without regard
 * to case ("Comparison tests are always case-insensitive"); booleans and objects have no order. Returns false where
 * they cannot be compared; `holds` is unchanged then. */
bool mi_event_compare(const struct mi_event_value *left, enum mi_event_operator operator_,
                      const struct mi_event_value *right, bool *holds);

/* Whether the whole text is like the pattern, without regard to case: % stands for any characters, _ for any one,
 * [abc-e] for any of these, [^abc-e] for any but these. A bracket without an end stands for itself. */
bool mi_event_like(const MI_Char *text, const MI_Char *pattern);

#endif
