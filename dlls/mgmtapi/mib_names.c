#include "mgmtapi/mib_names.h"
#include "mgmtapi/mib_tree.h"

#include <string.h>

/* iso.org.dod.internet.mgmt.mib-2 */
static const uint32_t mib_2[] = {1, 3, 6, 1, 2, 1};
#define MIB_2_LENGTH (sizeof(mib_2) / sizeof(mib_2[0]))

#define NODE_ROOT (-1)
#define NODE_NONE (-2) /* not in the tree, nor is anything below it */

/* ---- The tree ---- */

static int first_child(int node)
{
    return node == NODE_NONE ? (int)mib_tree_size : node + 1;
}

/* The nodes from `at` on that belong to the children of a node at `depth`: false at the end of them. */
static bool is_below(int at, int depth)
{
    return at < (int)mib_tree_size && mib_tree[at].depth > depth;
}

static int node_depth(int node)
{
    return node < 0 ? 0 : mib_tree[node].depth;
}

static int child_by_id(int node, uint32_t id)
{
    int depth = node_depth(node);

    for (int at = first_child(node); is_below(at, depth); at++)
        if (mib_tree[at].depth == depth + 1 && mib_tree[at].id == id) return at;
    return NODE_NONE;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Whether the `size` characters at `text` are `name`, in either case. */
static bool is_name(const char *name, const char *text, size_t size)
{
    if (strlen(name) != size) return false;
    for (size_t i = 0; i < size; i++)
        if (lower(name[i]) != lower(text[i])) return false;
    return true;
}

static int child_by_name(int node, const char *text, size_t size)
{
    int depth = node_depth(node);

    if (is_name("mib", text, size))
    {
        text = "mib-2";
        size = strlen(text);
    }
    for (int at = first_child(node); is_below(at, depth); at++)
        if (mib_tree[at].depth == depth + 1 && is_name(mib_tree[at].name, text, size)) return at;
    return NODE_NONE;
}

static int node_of(const uint32_t *ids, uint32_t len)
{
    int node = NODE_ROOT;

    for (uint32_t i = 0; i < len; i++)
        node = child_by_id(node, ids[i]);
    return node;
}

/* ---- Text to identifier ---- */

static bool parse_number(const char *text, size_t size, uint32_t *number)
{
    uint64_t value = 0;

    for (size_t i = 0; i < size; i++)
    {
        if (text[i] < '0' || text[i] > '9') return false;
        value = value * 10 + (uint64_t)(text[i] - '0');
        if (value > UINT32_MAX) return false;
    }
    *number = (uint32_t)value;
    return size != 0;
}

/* One sub-identifier below `*node`, which steps down to it. */
static bool parse_component(const char *text, size_t size, int *node, uint32_t *id)
{
    if (parse_number(text, size, id))
    {
        *node = child_by_id(*node, *id);
        return true;
    }
    *node = child_by_name(*node, text, size);
    if (*node == NODE_NONE) return false;
    *id = mib_tree[*node].id;
    return true;
}

/* Everything behind the leading period, or all of a text without one; `len` sub-identifiers are there already. */
static bool parse_components(const char *text, uint32_t *ids, uint32_t *len)
{
    int node = node_of(ids, *len);

    for (;;)
    {
        size_t size = strcspn(text, ".");

        if (*len == MIB_OID_MAX || !parse_component(text, size, &node, &ids[*len])) return false;
        ++*len;
        text += size;
        if (!*text) return true;
        text++;
    }
}

bool mib_oid_parse(const char *text, uint32_t *ids, uint32_t *len)
{
    uint32_t found[MIB_OID_MAX];
    uint32_t count = 0;

    if (!text) return false;
    if (*text == '.')
        text++;
    else if (child_by_name(NODE_ROOT, text, strcspn(text, ".")) == NODE_NONE)
    {
        memcpy(found, mib_2, sizeof(mib_2));
        count = MIB_2_LENGTH;
    }
    if (!parse_components(text, found, &count)) return false;
    memcpy(ids, found, count * sizeof(*ids));
    *len = count;
    return true;
}

/* ---- Identifier to text ---- */

struct text
{
    char *buffer;
    size_t size, used; /* used counts what did not fit, too */
};

static void put_char(struct text *text, char c)
{
    if (text->used < text->size) text->buffer[text->used] = c;
    text->used++;
}

static void put_string(struct text *text, const char *string)
{
    while (*string)
        put_char(text, *string++);
}

static void put_number(struct text *text, uint32_t number)
{
    char digits[11];
    char *p = digits + sizeof(digits);

    *--p = 0;
    do
        *--p = (char)('0' + number % 10);
    while (number /= 10);
    put_string(text, p);
}

static bool is_known_mib_2_object(const uint32_t *ids, uint32_t len)
{
    return len > MIB_2_LENGTH && !memcmp(ids, mib_2, sizeof(mib_2)) && node_of(ids, MIB_2_LENGTH + 1) != NODE_NONE;
}

size_t mib_oid_format(const uint32_t *ids, uint32_t len, char *buffer, size_t size)
{
    struct text text = {buffer, size, 0};
    uint32_t first = is_known_mib_2_object(ids, len) ? MIB_2_LENGTH : 0;
    int node = node_of(ids, first);

    for (uint32_t i = first; i < len; i++)
    {
        node = child_by_id(node, ids[i]);
        if (i != MIB_2_LENGTH || !first) put_char(&text, '.');
        if (node == NODE_NONE)
            put_number(&text, ids[i]);
        else
            put_string(&text, mib_tree[node].name);
    }
    put_char(&text, 0);
    if (size && text.used > size) buffer[size - 1] = 0;
    return text.used;
}
