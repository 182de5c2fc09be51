#include "mf/topology_graph.h"

#include <stdlib.h>
#include <string.h>

bool topology_graph_init(struct topology_graph *graph, size_t node_count)
{
    memset(graph, 0, sizeof(*graph));
    graph->node_count = node_count;
    graph->removed = calloc(node_count ? node_count : 1, sizeof(*graph->removed));
    return graph->removed != NULL;
}

void topology_graph_free(struct topology_graph *graph)
{
    free(graph->removed);
    free(graph->edges);
    free(graph->sorted);
    memset(graph, 0, sizeof(*graph));
}

bool topology_graph_connect(struct topology_graph *graph, size_t from, unsigned output, size_t to, unsigned input)
{
    if (graph->edge_count == graph->edge_capacity)
    {
        size_t capacity = graph->edge_capacity ? 2 * graph->edge_capacity : 8;
        struct topology_edge *edges = realloc(graph->edges, capacity * sizeof(*edges));

        if (!edges) return false;
        graph->edges = edges;
        graph->edge_capacity = capacity;
    }
    graph->edges[graph->edge_count++] =
        (struct topology_edge){.from = from, .to = to, .output = output, .input = input, .removed = false};
    return true;
}

/* ---- Order ------------------------------------------------------------------------------------------------------ */

/* What sorting needs: the edges of each node, as stretches of one array, and how many edges into it are to come. */
struct sorting
{
    size_t *first;   /* where node i's edges begin in `grouped`; node_count + 1 of them */
    size_t *grouped; /* numbers of edges by the node that they come from */
    size_t *waiting;
    size_t *ready; /* queue of nodes with all their inputs */
};

static void group_by_source(const struct topology_graph *graph, struct sorting *sorting)
{
    size_t *next = sorting->ready; /* not in use yet */

    for (size_t i = 0; i < graph->edge_count; i++)
        sorting->first[graph->edges[i].from + 1]++;
    for (size_t i = 0; i < graph->node_count; i++)
        sorting->first[i + 1] += sorting->first[i];
    memcpy(next, sorting->first, graph->node_count * sizeof(*next));
    for (size_t i = 0; i < graph->edge_count; i++)
        sorting->grouped[next[graph->edges[i].from]++] = i;
}

/* Takes nodes whose inputs have all been seen, and their edges with them. A loop's nodes never get that far. */
static bool take_in_order(struct topology_graph *graph, struct sorting *sorting)
{
    size_t ready = 0, taken = 0, count = 0;

    for (size_t i = 0; i < graph->edge_count; i++)
        sorting->waiting[graph->edges[i].to]++;
    for (size_t i = 0; i < graph->node_count; i++)
        if (!sorting->waiting[i]) sorting->ready[ready++] = i;
    while (taken < ready)
    {
        size_t node = sorting->ready[taken++];

        for (size_t i = sorting->first[node]; i < sorting->first[node + 1]; i++)
        {
            size_t to = graph->edges[sorting->grouped[i]].to;

            graph->sorted[count++] = sorting->grouped[i];
            if (!--sorting->waiting[to]) sorting->ready[ready++] = to;
        }
    }
    return count == graph->edge_count;
}

bool topology_graph_sort(struct topology_graph *graph)
{
    size_t nodes = graph->node_count + 1, edges = graph->edge_count + 1;
    size_t *memory = calloc(3 * nodes + edges, sizeof(*memory));
    struct sorting sorting;
    bool sorted = false;

    free(graph->sorted);
    graph->sorted = malloc(edges * sizeof(*graph->sorted));
    if (memory && graph->sorted)
    {
        sorting.first = memory;
        sorting.waiting = memory + nodes;
        sorting.ready = memory + 2 * nodes;
        sorting.grouped = memory + 3 * nodes;
        group_by_source(graph, &sorting);
        sorted = take_in_order(graph, &sorting);
    }
    else
    {
        free(graph->sorted);
        graph->sorted = NULL;
    }
    free(memory);
    return sorted;
}

/* ---- Edges ------------------------------------------------------------------------------------------------------ */

size_t topology_graph_into(const struct topology_graph *graph, size_t node, unsigned input)
{
    size_t i = 0;

    while (i < graph->edge_count &&
           (graph->edges[i].removed || graph->edges[i].to != node || graph->edges[i].input != input))
        i++;
    return i;
}

size_t topology_graph_out_of(const struct topology_graph *graph, size_t node, unsigned output)
{
    size_t i = 0;

    while (i < graph->edge_count &&
           (graph->edges[i].removed || graph->edges[i].from != node || graph->edges[i].output != output))
        i++;
    return i;
}

size_t topology_graph_in_degree(const struct topology_graph *graph, size_t node)
{
    size_t degree = 0;

    for (size_t i = 0; i < graph->edge_count; i++)
        degree += !graph->edges[i].removed && graph->edges[i].to == node;
    return degree;
}

size_t topology_graph_out_degree(const struct topology_graph *graph, size_t node)
{
    size_t degree = 0;

    for (size_t i = 0; i < graph->edge_count; i++)
        degree += !graph->edges[i].removed && graph->edges[i].from == node;
    return degree;
}

bool topology_graph_bypass(struct topology_graph *graph, size_t node)
{
    struct topology_edge *in = NULL, *out = NULL;

    if (topology_graph_in_degree(graph, node) != 1 || topology_graph_out_degree(graph, node) != 1) return false;
    for (size_t i = 0; i < graph->edge_count; i++)
    {
        struct topology_edge *edge = &graph->edges[i];

        if (edge->removed) continue;
        if (edge->to == node) in = edge;
        if (edge->from == node) out = edge;
    }
    if (!in || !out || in == out) return false;
    in->to = out->to;
    in->input = out->input;
    out->removed = true;
    graph->removed[node] = true;
    return true;
}

/* Removes the edges of removed nodes. */
static void remove_edges(struct topology_graph *graph)
{
    for (size_t i = 0; i < graph->edge_count; i++)
        if (graph->removed[graph->edges[i].from] || graph->removed[graph->edges[i].to]) graph->edges[i].removed = true;
}

void topology_graph_drop_branch(struct topology_graph *graph, size_t node)
{
    graph->removed[node] = true;
    remove_edges(graph);

    /* In the order of the data: a node that had inputs and has none now. */
    for (size_t i = 0; i < graph->edge_count; i++)
    {
        size_t to = graph->edges[graph->sorted[i]].to;

        if (graph->removed[to] || topology_graph_in_degree(graph, to)) continue;
        graph->removed[to] = true;
        remove_edges(graph);
    }

    /* Against it: a node that had outputs and has none now. */
    for (size_t i = graph->edge_count; i-- > 0;)
    {
        size_t from = graph->edges[graph->sorted[i]].from;

        if (graph->removed[from] || topology_graph_out_degree(graph, from)) continue;
        graph->removed[from] = true;
        remove_edges(graph);
    }
}
