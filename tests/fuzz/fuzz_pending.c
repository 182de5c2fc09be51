/*
 * The table of outstanding requests, driven by bytes, beside a naive model: an array that is searched from end to end.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "wsnmp32/allocation.h"
#include "wsnmp32/pending.h"

#define NODES    64
#define SESSIONS 4

/* What the model knows of a node; `node` is what the table knows. */
struct model_node
{
    struct snmp_pending node;
    bool present;
    unsigned session;
    int32_t request_id;
    uint8_t address;
    uint64_t due, sequence;
    uint32_t timeout, retries;
    bool retransmit;
};

static struct model_node nodes[NODES];
static struct snmp_pending_session sessions[SESSIONS];
static struct snmp_pending_table table;
static uint64_t now, sequence;
static const uint8_t *input, *input_end;
static bool fail_next;

static uint8_t take(void)
{
    return input == input_end ? 0 : *input++;
}

static void *failing_alloc(size_t size)
{
    bool fails = fail_next;

    fail_next = false;
    return fails ? NULL : malloc(size);
}

static struct model_node *model_of(struct snmp_pending *node)
{
    return (struct model_node *)((char *)node - offsetof(struct model_node, node));
}

static bool address_matches(const struct snmp_pending *node, void *context)
{
    return model_of((struct snmp_pending *)node)->address == *(const uint8_t *)context;
}

/* The node added first among those present that the arguments select; -1 stands for any. */
static struct model_node *oldest(int session, int request_id, int address)
{
    struct model_node *found = NULL;

    for (struct model_node *n = nodes; n < nodes + NODES; n++)
    {
        if (!n->present || (session >= 0 && n->session != (unsigned)session)) continue;
        if ((request_id >= 0 && n->request_id != request_id) || (address >= 0 && n->address != address)) continue;
        if (!found || n->sequence < found->sequence) found = n;
    }
    return found;
}

static struct model_node *earliest(void)
{
    struct model_node *found = NULL;

    for (struct model_node *n = nodes; n < nodes + NODES; n++)
        if (n->present && (!found || n->due < found->due || (n->due == found->due && n->sequence < found->sequence)))
            found = n;
    return found;
}

static void require_removed(struct snmp_pending *got, struct model_node *expected)
{
    REQUIRE(got == (expected ? &expected->node : NULL));
    if (!expected) return;
    REQUIRE(!got->in_table);
    expected->present = false;
}

static void add(void)
{
    struct model_node *n = &nodes[take() % NODES];
    bool added;

    if (!n->present)
    {
        n->session = take() % SESSIONS;
        n->request_id = take() % 8;
        n->address = take() % 3;
        n->timeout = take();
        n->retries = take() % 4;
        n->retransmit = take() & 1;
        n->node.session = &sessions[n->session];
        n->node.request_id = n->request_id;
        n->node.timeout = n->timeout;
        n->node.retries_left = n->retries;
        n->node.retransmit = n->retransmit;
    }
    added = snmp_pending_add(&table, &n->node, now);
    REQUIRE(!(added && n->present));
    if (!added) return;
    n->present = true;
    n->due = now + 10 * (uint64_t)n->timeout;
    n->sequence = sequence++;
}

static void take_all_due(void)
{
    enum snmp_pending_action action;
    struct snmp_pending *got;

    while ((got = snmp_pending_take_due(&table, now, &action)))
    {
        struct model_node *n = earliest();

        REQUIRE(n && got == &n->node && n->due <= now);
        if (n->retransmit && n->retries)
        {
            REQUIRE(action == SNMP_PENDING_RETRANSMIT && got->in_table);
            n->retries--;
            n->due = now + 10 * (uint64_t)n->timeout;
            REQUIRE(got->retries_left == n->retries && got->due == n->due);
            continue;
        }
        REQUIRE(action == SNMP_PENDING_TIMEOUT);
        require_removed(got, n);
    }
    REQUIRE(action == SNMP_PENDING_NONE);
}

static void stop_retransmission(void)
{
    snmp_pending_stop_retransmission(&table);
    for (struct model_node *n = nodes; n < nodes + NODES; n++)
        if (n->present) n->retries = 0;
}

static void remove_one(void)
{
    struct model_node *n = &nodes[take() % NODES];

    REQUIRE(snmp_pending_remove(&table, &n->node) == n->present);
    n->present = false;
}

static void check(void)
{
    uint32_t in_session[SESSIONS] = {0};
    struct model_node *first = earliest();
    size_t count = 0;

    for (struct model_node *n = nodes; n < nodes + NODES; n++)
    {
        REQUIRE(n->node.in_table == n->present);
        if (!n->present) continue;
        count++;
        in_session[n->session]++;
    }
    REQUIRE(table.count == count);
    REQUIRE(snmp_pending_next_due(&table) == (first ? first->due : UINT64_MAX));
    for (unsigned i = 0; i < SESSIONS; i++)
        REQUIRE(sessions[i].count == in_session[i] && !sessions[i].first == !in_session[i]);
}

static void operate(uint8_t operation)
{
    uint8_t id, other;

    switch (operation & 7)
    {
    case 0:
    case 1:
        add();
        break;
    case 2:
        id = take() % 8;
        other = take() % 4;
        if (other == 3)
            require_removed(snmp_pending_match(&table, id, NULL, NULL), oldest(-1, id, -1));
        else
            require_removed(snmp_pending_match(&table, id, address_matches, &other), oldest(-1, id, other));
        break;
    case 3:
        id = take() % 8;
        other = take() % SESSIONS;
        require_removed(snmp_pending_cancel(&table, &sessions[other], id), oldest(other, id, -1));
        break;
    case 4:
        now += take();
        take_all_due();
        break;
    case 5:
        other = take() % SESSIONS;
        require_removed(snmp_pending_pop_session(&table, &sessions[other]), oldest(other, -1, -1));
        break;
    case 6:
        remove_one();
        break;
    default:
        if (take() & 1)
            stop_retransmission();
        else
            (void)snmp_pending_reserve(&table, take());
        break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    snmp_alloc = failing_alloc;
    input = data;
    input_end = data + size;
    now = sequence = 0;
    fail_next = false;
    memset(nodes, 0, sizeof(nodes));
    memset(sessions, 0, sizeof(sessions));
    snmp_pending_init(&table);
    while (input != input_end)
    {
        uint8_t operation = take();

        fail_next = operation & 0x80;
        operate(operation);
        check();
    }
    for (struct model_node *n; (n = earliest());)
        require_removed(snmp_pending_pop(&table), n);
    REQUIRE(!snmp_pending_pop(&table));
    snmp_pending_free(&table);
    return 0;
}
