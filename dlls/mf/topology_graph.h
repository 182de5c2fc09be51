/*
 * The shape of a topology: nodes by number and the connections between their outputs and inputs. Portable; knows
 * nothing of what the nodes are.
 *
 *   struct topology_graph graph;
 *   if (!topology_graph_init(&graph, 3)) ...
 *   topology_graph_connect(&graph, 0, 0, 1, 0);
 *   topology_graph_connect(&graph, 1, 0, 2, 0);
 *   if (!topology_graph_sort(&graph)) ... loop
 *   for (size_t i = 0; i < graph.edge_count; i++) ... graph.edges[graph.sorted[i]]
 *   topology_graph_free(&graph);
 *
 * One thread at a time.
 */
#ifndef CORK_MF_TOPOLOGY_GRAPH_H
#define CORK_MF_TOPOLOGY_GRAPH_H

#include <stdbool.h>
#include <stddef.h>

struct topology_edge
{
    size_t from, to; /* nodes */
    unsigned output, input;
    bool removed;
};

struct topology_graph
{
    size_t node_count;
    bool *removed; /* for each node */
    struct topology_edge *edges;
    size_t edge_count, edge_capacity;
    size_t *sorted; /* topology_graph_sort's: the numbers of the edges, each after those into the node it comes from */
};

/* A graph without connections. Returns false without memory; then nothing needs to be freed. */
bool topology_graph_init(struct topology_graph *graph, size_t node_count);
void topology_graph_free(struct topology_graph *graph);

/* Adds a connection; the nodes are below node_count. Edges keep their numbers for good. Returns false without memory.
 */
bool topology_graph_connect(struct topology_graph *graph, size_t from, unsigned output, size_t to, unsigned input);

/* Fills `sorted`: edges in the order in which data flows; those of one node as they were added. Call it once all are
 * added. Returns false where the edges have a loop, or without memory (then sorted is NULL). */
bool topology_graph_sort(struct topology_graph *graph);

/* The number of the edge into the node's input, or out of its output, that is not removed; edge_count if none is. */
size_t topology_graph_into(const struct topology_graph *graph, size_t node, unsigned input);
size_t topology_graph_out_of(const struct topology_graph *graph, size_t node, unsigned output);

/* How many edges go into the node, or out of it, that are not removed. */
size_t topology_graph_in_degree(const struct topology_graph *graph, size_t node);
size_t topology_graph_out_degree(const struct topology_graph *graph, size_t node);

/*
 * Takes out a node with one edge in and one out: the edge out is removed, the edge in goes to where that went. Order is
 * kept: the edge in is no later than the one removed. Returns false and changes nothing for any other node.
 */
bool topology_graph_bypass(struct topology_graph *graph, size_t node);

/*
 * Removes a node, all that comes after it and gets nothing from elsewhere, all that came before it and gives nothing to
 * anybody else, and the edges of these nodes. The graph is sorted.
 */
void topology_graph_drop_branch(struct topology_graph *graph, size_t node);

#endif
