/*
 * Outstanding requests and the retransmission policy, on a clock that the caller passes in.
 *
 * Nodes are the caller's (embedded in its requests); the table links them and allocates only its hash and heap arrays,
 * which snmp_pending_reserve grows beforehand. It does not lock: the caller holds one lock around every call.
 *
 * Time is uint64_t milliseconds of a monotonic clock; a request's time-out is in hundredths of a second, as in
 * SnmpSetTimeout. Add, match, cancel, due: O(1) or O(log n); the requests of one session: O(their number).
 *
 * Sources: "About Retransmission", "Canceling Retransmission", "Turning Retransmission On and Off", SnmpSetTimeout,
 * SnmpSetRetry, SnmpCancelMsg, "Matching Response and Request PDUs".
 */
#ifndef CORK_WSNMP32_PENDING_H
#define CORK_WSNMP32_PENDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The requests of one session; embedded in the caller's session, all-zero at first. Its address is the session's key.
 */
struct snmp_pending_session
{
    struct snmp_pending *first;
    uint32_t count; /* requests of this session in the table */
};

/*
 * One outstanding request. The first group is the caller's, set before snmp_pending_add and not changed while the
 * node is in the table (`retries_left` and `retransmit` change only by the table). The rest is the table's.
 */
struct snmp_pending
{
    struct snmp_pending_session *session;
    int32_t request_id;
    uint32_t timeout;      /* hundredths of a second for each attempt; 0: due at once */
    uint32_t retries_left; /* retransmissions still to be made */
    bool retransmit; /* the retransmission mode when it was sent; false: no retransmission whatever retries_left */

    bool in_table;
    uint64_t due;      /* milliseconds */
    uint64_t sequence; /* order of adding: breaks ties */
    size_t heap_index;
    struct snmp_pending *hash_next, *hash_prev;
    struct snmp_pending *session_next, *session_prev;
};

/* The table. All members are pending.c's; `count` may be read. */
struct snmp_pending_table
{
    size_t count;
    size_t heap_size;
    struct snmp_pending **heap;
    size_t bucket_count; /* a power of two, or 0 */
    struct snmp_pending_bucket *buckets;
    uint64_t next_sequence;
};

/* Whether a received response can answer this request: the caller compares the source with the request's destination.
 */
typedef bool (*snmp_pending_predicate)(const struct snmp_pending *node, void *context);

/* What to do with a request that snmp_pending_take_due returned. */
enum snmp_pending_action
{
    SNMP_PENDING_NONE,       /* nothing is due */
    SNMP_PENDING_RETRANSMIT, /* send it once more: it is still in the table, with one retry less and a new due time */
    SNMP_PENDING_TIMEOUT     /* it is out of the table: report SNMPAPI_TL_TIMEOUT if its `retransmit` is set; if not,
                                the policy is the application's own and the request is only forgotten */
};

/* An empty table; allocates nothing. */
void snmp_pending_init(struct snmp_pending_table *table);

/* Frees the arrays. Nodes that are still in the table are left as they are: remove them first. */
void snmp_pending_free(struct snmp_pending_table *table);

/* Makes room for `count` requests in all, so that adding up to that many cannot fail. False: no memory, table as
 * before. */
bool snmp_pending_reserve(struct snmp_pending_table *table, size_t count);

/*
 * Adds a node, first due at `now` + its time-out. Several nodes may have the same request id, of one session too.
 * False when there is no memory (never within what was reserved) or the node is in the table: nothing changed.
 */
bool snmp_pending_add(struct snmp_pending_table *table, struct snmp_pending *node, uint64_t now);

/*
 * Finds the request that a response with `request_id` answers, removes and returns it; NULL if there is none. Among
 * several, the one added first for which `predicate` (NULL: always) is true: responses mostly come in the order of the
 * requests, and a session's duplicates are indistinguishable on the wire anyway.
 */
struct snmp_pending *snmp_pending_match(struct snmp_pending_table *table, int32_t request_id,
                                        snmp_pending_predicate predicate, void *context);

/* Removes and returns the oldest request of `session` with `request_id` (SnmpCancelMsg), NULL if there is none. */
struct snmp_pending *snmp_pending_cancel(struct snmp_pending_table *table, const struct snmp_pending_session *session,
                                         int32_t request_id);

/* Removes one node. False if it is not in the table. */
bool snmp_pending_remove(struct snmp_pending_table *table, struct snmp_pending *node);

/* Removes and returns the oldest request of a session, NULL when it has none left: call until NULL to close one. */
struct snmp_pending *snmp_pending_pop_session(struct snmp_pending_table *table, struct snmp_pending_session *session);

/* The node of the table that is due next, removed, whatever the time, or NULL: for shutting down. */
struct snmp_pending *snmp_pending_pop(struct snmp_pending_table *table);

/* When the next request is due, in milliseconds of the caller's clock; UINT64_MAX when there is none. */
uint64_t snmp_pending_next_due(const struct snmp_pending_table *table);

/*
 * One request that is due at `now`, the most overdue first (the older one at the same time), or NULL; `*action` says
 * what to do. A retransmission is due again at `now` + its time-out, so that a late timer delays the schedule and
 * never bursts. Call until NULL; with a time-out of 0 that ends, since each call takes a retry.
 */
struct snmp_pending *snmp_pending_take_due(struct snmp_pending_table *table, uint64_t now,
                                           enum snmp_pending_action *action);

/*
 * The retransmission mode was set to off: "cancels retransmission attempts for outstanding SNMP messages". Every
 * request in the table keeps its current due time, then its time-out is reported (its `retransmit` stays true) without
 * further retransmission. Those added later carry their own mode.
 */
void snmp_pending_stop_retransmission(struct snmp_pending_table *table);

#endif
