#include "wsnmp32/pending.h"
#include "wsnmp32/allocation.h"

#include <string.h>

/* Requests whose ids hash alike, in the order of adding. */
struct snmp_pending_bucket
{
    struct snmp_pending *first, *last;
};

#define INITIAL_CAPACITY 16

static struct snmp_pending_bucket *bucket_of(const struct snmp_pending_table *table, int32_t request_id)
{
    /* Fibonacci hashing: ids mostly count up, the product's upper half spreads them. */
    uint64_t product = (uint32_t)request_id * UINT64_C(0x9e3779b97f4a7c15);

    return &table->buckets[(size_t)(product >> 32) & (table->bucket_count - 1)];
}

/* ---- The heap: the earliest due first, at the same time the oldest --------------------------------------------- */

static bool earlier(const struct snmp_pending *a, const struct snmp_pending *b)
{
    return a->due != b->due ? a->due < b->due : a->sequence < b->sequence;
}

static void heap_place(struct snmp_pending_table *table, size_t index, struct snmp_pending *node)
{
    table->heap[index] = node;
    node->heap_index = index;
}

static void sift_up(struct snmp_pending_table *table, size_t index, struct snmp_pending *node)
{
    while (index)
    {
        size_t parent = (index - 1) / 2;

        if (!earlier(node, table->heap[parent])) break;
        heap_place(table, index, table->heap[parent]);
        index = parent;
    }
    heap_place(table, index, node);
}

static void sift_down(struct snmp_pending_table *table, size_t index, struct snmp_pending *node)
{
    for (;;)
    {
        size_t child = 2 * index + 1;

        if (child >= table->count) break;
        if (child + 1 < table->count && earlier(table->heap[child + 1], table->heap[child])) child++;
        if (!earlier(table->heap[child], node)) break;
        heap_place(table, index, table->heap[child]);
        index = child;
    }
    heap_place(table, index, node);
}

/* Puts `node` where it belongs, starting from the hole at `index`. */
static void heap_settle(struct snmp_pending_table *table, size_t index, struct snmp_pending *node)
{
    if (index && earlier(node, table->heap[(index - 1) / 2]))
        sift_up(table, index, node);
    else
        sift_down(table, index, node);
}

/* ---- Lists ------------------------------------------------------------------------------------------------------ */

static void hash_append(struct snmp_pending_table *table, struct snmp_pending *node)
{
    struct snmp_pending_bucket *bucket = bucket_of(table, node->request_id);

    node->hash_next = NULL;
    node->hash_prev = bucket->last;
    if (bucket->last)
        bucket->last->hash_next = node;
    else
        bucket->first = node;
    bucket->last = node;
}

static void hash_unlink(struct snmp_pending_table *table, struct snmp_pending *node)
{
    struct snmp_pending_bucket *bucket = bucket_of(table, node->request_id);

    if (node->hash_prev)
        node->hash_prev->hash_next = node->hash_next;
    else
        bucket->first = node->hash_next;
    if (node->hash_next)
        node->hash_next->hash_prev = node->hash_prev;
    else
        bucket->last = node->hash_prev;
}

/* A session's requests form a ring, so that the last one is found from the first. */
static void session_append(struct snmp_pending *node)
{
    struct snmp_pending_session *session = node->session;
    struct snmp_pending *first = session->first;

    session->count++;
    if (!first)
    {
        session->first = node->session_next = node->session_prev = node;
        return;
    }
    node->session_next = first;
    node->session_prev = first->session_prev;
    first->session_prev->session_next = node;
    first->session_prev = node;
}

static void session_unlink(struct snmp_pending *node)
{
    struct snmp_pending_session *session = node->session;

    session->count--;
    if (node->session_next == node)
    {
        session->first = NULL;
        return;
    }
    node->session_prev->session_next = node->session_next;
    node->session_next->session_prev = node->session_prev;
    if (session->first == node) session->first = node->session_next;
}

/* ---- The table -------------------------------------------------------------------------------------------------- */

void snmp_pending_init(struct snmp_pending_table *table)
{
    memset(table, 0, sizeof(*table));
}

void snmp_pending_free(struct snmp_pending_table *table)
{
    if (table->heap) snmp_free(table->heap);
    if (table->buckets) snmp_free(table->buckets);
    snmp_pending_init(table);
}

/* Moves the nodes to `buckets`, all empty; those of one id stay in their order, since the oldest are taken first. */
static void rehash(struct snmp_pending_table *table, struct snmp_pending_bucket *buckets, size_t bucket_count)
{
    struct snmp_pending_bucket *old = table->buckets;
    size_t old_count = table->bucket_count;

    table->buckets = buckets;
    table->bucket_count = bucket_count;
    for (size_t i = 0; i < old_count; i++)
        for (struct snmp_pending *node = old[i].first, *next; node; node = next)
        {
            next = node->hash_next;
            hash_append(table, node);
        }
    if (old) snmp_free(old);
}

bool snmp_pending_reserve(struct snmp_pending_table *table, size_t count)
{
    size_t capacity = table->bucket_count ? table->bucket_count : INITIAL_CAPACITY;
    struct snmp_pending_bucket *buckets;
    struct snmp_pending **heap;

    if (count <= table->heap_size) return true;
    while (capacity < count)
    {
        if (capacity > SIZE_MAX / 4 / sizeof(*buckets)) return false;
        capacity *= 2;
    }
    heap = snmp_alloc(capacity * sizeof(*heap));
    buckets = snmp_alloc(capacity * sizeof(*buckets));
    if (!heap || !buckets)
    {
        if (heap) snmp_free(heap);
        if (buckets) snmp_free(buckets);
        return false;
    }
    if (table->count) memcpy(heap, table->heap, table->count * sizeof(*heap));
    if (table->heap) snmp_free(table->heap);
    table->heap = heap;
    table->heap_size = capacity;
    memset(buckets, 0, capacity * sizeof(*buckets));
    rehash(table, buckets, capacity);
    return true;
}

/* Hundredths of a second from `now`, never past the end of the clock. */
static uint64_t due_at(uint64_t now, uint32_t timeout)
{
    uint64_t period = (uint64_t)timeout * 10;

    return now > UINT64_MAX - 1 - period ? UINT64_MAX - 1 : now + period;
}

bool snmp_pending_add(struct snmp_pending_table *table, struct snmp_pending *node, uint64_t now)
{
    if (node->in_table) return false;
    if (table->count == table->heap_size && !snmp_pending_reserve(table, table->count + 1)) return false;
    node->in_table = true;
    node->due = due_at(now, node->timeout);
    node->sequence = table->next_sequence++;
    hash_append(table, node);
    session_append(node);
    table->count++;
    sift_up(table, table->count - 1, node);
    return true;
}

bool snmp_pending_remove(struct snmp_pending_table *table, struct snmp_pending *node)
{
    struct snmp_pending *last;

    if (!node->in_table) return false;
    hash_unlink(table, node);
    session_unlink(node);
    last = table->heap[--table->count];
    if (last != node) heap_settle(table, node->heap_index, last);
    node->in_table = false;
    return true;
}

struct snmp_pending *snmp_pending_match(struct snmp_pending_table *table, int32_t request_id,
                                        snmp_pending_predicate predicate, void *context)
{
    struct snmp_pending *node;

    if (table->count == 0) return NULL;
    for (node = bucket_of(table, request_id)->first; node; node = node->hash_next)
        if (node->request_id == request_id && (!predicate || predicate(node, context)))
        {
            snmp_pending_remove(table, node);
            return node;
        }
    return NULL;
}

struct snmp_pending *snmp_pending_cancel(struct snmp_pending_table *table, const struct snmp_pending_session *session,
                                         int32_t request_id)
{
    struct snmp_pending *node;

    if (table->count == 0) return NULL;
    for (node = bucket_of(table, request_id)->first; node; node = node->hash_next)
        if (node->request_id == request_id && node->session == session)
        {
            snmp_pending_remove(table, node);
            return node;
        }
    return NULL;
}

struct snmp_pending *snmp_pending_pop_session(struct snmp_pending_table *table, struct snmp_pending_session *session)
{
    struct snmp_pending *node = session->first;

    if (node) snmp_pending_remove(table, node);
    return node;
}

struct snmp_pending *snmp_pending_pop(struct snmp_pending_table *table)
{
    struct snmp_pending *node = table->count ? table->heap[0] : NULL;

    if (node) snmp_pending_remove(table, node);
    return node;
}

uint64_t snmp_pending_next_due(const struct snmp_pending_table *table)
{
    return table->count ? table->heap[0]->due : UINT64_MAX;
}

struct snmp_pending *snmp_pending_take_due(struct snmp_pending_table *table, uint64_t now,
                                           enum snmp_pending_action *action)
{
    struct snmp_pending *node = table->count ? table->heap[0] : NULL;

    *action = SNMP_PENDING_NONE;
    if (!node || node->due > now) return NULL;
    if (!node->retransmit || node->retries_left == 0)
    {
        *action = SNMP_PENDING_TIMEOUT;
        snmp_pending_remove(table, node);
        return node;
    }
    *action = SNMP_PENDING_RETRANSMIT;
    node->retries_left--;
    node->due = due_at(now, node->timeout);
    sift_down(table, 0, node);
    return node;
}

void snmp_pending_stop_retransmission(struct snmp_pending_table *table)
{
    for (size_t i = 0; i < table->count; i++)
        table->heap[i]->retries_left = 0;
}
