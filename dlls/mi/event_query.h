/*
 * Event queries of WQL: SELECT list FROM class [WITHIN seconds] [WHERE condition] [GROUP WITHIN seconds [BY list]
 * [HAVING NumberOfEvents operator number]], as a tree.
 *
 * Sources: "SELECT Statement for Event Queries", "WHERE Clause", "WITHIN Clause", "GROUP Clause", "HAVING Clause", "WQL
 * Operators", "LIKE Operator" and "ISA Operator for Event Queries" of the WMI documentation. Beyond them, properties
 * may stand on both sides of an operator, as WMI takes it and event queries are written (TargetInstance.State <>
 * PreviousInstance.State).
 *
 * A query is not changed after it was parsed; any number of threads may read it.
 */
#ifndef CORK_MI_EVENT_QUERY_H
#define CORK_MI_EVENT_QUERY_H

#include <mi.h>

#include "mi/arena.h"

#include <stdbool.h>

/* What becomes of a query that is refused: documented results of IWbemServices::ExecNotificationQuery. */
#define MI_EVENT_INVALID_QUERY 0x80041017u /* WBEM_E_INVALID_QUERY: the query has a syntax error */
#define MI_EVENT_QUOTA         0x8004106cu /* WBEM_E_QUOTA_VIOLATION: the query is too complex */
#define MI_EVENT_TOO_BROAD     0x80042001u /* WBEMESS_E_REGISTRATION_TOO_BROAD: all objects would have to be polled */
#define MI_EVENT_TOO_PRECISE                                                                                           \
    0x80042002u /* WBEMESS_E_REGISTRATION_TOO_PRECISE: no polling interval, or too short a one */
#define MI_EVENT_MISMATCH      0x80041005u /* WBEM_E_TYPE_MISMATCH: a constant is not of its property's type */
#define MI_EVENT_NO_MEMORY     0x80041006u /* WBEM_E_OUT_OF_MEMORY */
#define MI_EVENT_NOT_SUPPORTED 0x8004100cu /* WBEM_E_NOT_SUPPORTED */

/* The shortest polling interval, in milliseconds ("specifying a value that is too small can cause WMI to reject the
 * statement as not valid"). */
#define MI_EVENT_LEAST_INTERVAL 10

/* Names in one path, conditions in one query, and how deep they are nested. */
#define MI_EVENT_PATH_LIMIT      8
#define MI_EVENT_CONDITION_LIMIT 1000
#define MI_EVENT_DEPTH_LIMIT     50

#define MI_EVENT_TEXT_LENGTH 200

/* Why a query is refused: one of the codes above, and a text that says where ("Character 8: ..."). */
struct mi_event_error
{
    MI_Uint32 code;
    MI_Char text[MI_EVENT_TEXT_LENGTH];
};

/* A property: of the event, or of an object embedded in it. */
struct mi_event_path
{
    const MI_Char *names[MI_EVENT_PATH_LIMIT];
    MI_Uint32 count;
    MI_Uint32 position;         /* in the query, in characters from 1 */
    struct mi_event_path *next; /* of a list of them */
};

enum mi_event_operand_kind
{
    MI_OPERAND_NONE,
    MI_OPERAND_PATH,
    MI_OPERAND_TEXT,
    MI_OPERAND_INTEGER,
    MI_OPERAND_REAL,
    MI_OPERAND_BOOLEAN,
    MI_OPERAND_NULL
};

struct mi_event_operand
{
    enum mi_event_operand_kind kind;
    MI_Uint32 position;
    struct mi_event_path *path;
    const MI_Char *text; /* of a text, without its quotes; of a number, as it was written */
    MI_Uint64 magnitude; /* of an integer; of a boolean, 0 or 1 */
    bool negative;
    double real; /* of a real, and of an integer too */
};

enum mi_event_operator
{
    MI_OPERATOR_EQUAL,
    MI_OPERATOR_NOT_EQUAL,
    MI_OPERATOR_LESS,
    MI_OPERATOR_GREATER,
    MI_OPERATOR_LESS_OR_EQUAL,
    MI_OPERATOR_GREATER_OR_EQUAL,
    MI_OPERATOR_LIKE,    /* right is a text */
    MI_OPERATOR_ISA,     /* right is a text */
    MI_OPERATOR_IS_NULL, /* left only; so is the next */
    MI_OPERATOR_IS_NOT_NULL
};

enum mi_event_condition_kind
{
    MI_CONDITION_AND, /* of all children */
    MI_CONDITION_OR,  /* of one of the children */
    MI_CONDITION_NOT, /* of the only child */
    MI_CONDITION_COMPARISON
};

struct mi_event_condition
{
    enum mi_event_condition_kind kind;
    struct mi_event_condition *child, *next; /* the first child; the next one of the same parent */
    enum mi_event_operator operator_;        /* of a comparison; its left side is always a path */
    struct mi_event_operand left, right;
};

struct mi_event_query
{
    struct mi_arena arena;
    const MI_Char *class_name;
    MI_Uint32 class_position;
    struct mi_event_path *selected;   /* NULL: all */
    MI_Uint64 interval;               /* of polling, in milliseconds; 0: no WITHIN */
    struct mi_event_condition *where; /* NULL: none */
    bool grouped;
    MI_Uint64 group_interval; /* in milliseconds */
    struct mi_event_path *group_by;
    bool has_having;
    enum mi_event_operator having;
    MI_Uint32 having_count;
};

/* Parses a query. Returns it, and the caller frees it; or NULL, and `error` says why. */
struct mi_event_query *mi_event_query_parse(const MI_Char *text, struct mi_event_error *error);
void mi_event_query_free(struct mi_event_query *query);

/* Fills in an error: "Character POSITION: BEFORE NAME AFTER". `position`: 0 for none. `name`, `after`: NULL for none.
 * What does not fit is cut. Returns false. */
bool mi_event_error_set(struct mi_event_error *error, MI_Uint32 code, MI_Uint32 position, const MI_Char *before,
                        const MI_Char *name, const MI_Char *after);

#endif
