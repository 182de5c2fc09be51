/*
 * The shape of topologies: the order of edges, loops, nodes taken out, branches dropped; and random graphs against the
 * plain definitions.
 */
#include <stdlib.h>
#include <string.h>

#include "mf/topology_graph.h"
#include "test_framework.h"

static struct topology_graph graph;

static void begin(size_t nodes)
{
    require(topology_graph_init(&graph, nodes));
}

static void edge(size_t from, unsigned output, size_t to, unsigned input)
{
    require(topology_graph_connect(&graph, from, output, to, input));
}

/* Whether the edges out of each node come after all the edges into it. */
static bool in_order(void)
{
    for (size_t i = 0; i < graph.edge_count; i++)
        for (size_t j = 0; j < i; j++)
            if (graph.edges[graph.sorted[j]].from == graph.edges[graph.sorted[i]].to) return false;
    return true;
}

static bool has_edge(size_t from, unsigned output, size_t to, unsigned input)
{
    for (size_t i = 0; i < graph.edge_count; i++)
    {
        const struct topology_edge *e = &graph.edges[i];

        if (!e->removed && e->from == from && e->output == output && e->to == to && e->input == input) return true;
    }
    return false;
}

static size_t live_edges(void)
{
    size_t count = 0;

    for (size_t i = 0; i < graph.edge_count; i++)
        count += !graph.edges[i].removed;
    return count;
}

START_TEST(empty)
{
    begin(0);
    require(topology_graph_sort(&graph));
    require(graph.edge_count == 0);
    topology_graph_free(&graph);
    begin(3);
    require(topology_graph_sort(&graph));
    require(topology_graph_into(&graph, 1, 0) == 0 && topology_graph_out_of(&graph, 1, 0) == 0);
    topology_graph_free(&graph);
}
END_TEST

START_TEST(order_of_a_chain_given_backwards)
{
    begin(4);
    edge(2, 0, 3, 0);
    edge(1, 0, 2, 0);
    edge(0, 0, 1, 0);
    require(topology_graph_sort(&graph));
    require(graph.sorted[0] == 2 && graph.sorted[1] == 1 && graph.sorted[2] == 0);
    topology_graph_free(&graph);
}
END_TEST

START_TEST(edges_of_a_node_stay_as_added)
{
    begin(4);
    edge(0, 2, 3, 0);
    edge(0, 0, 1, 0);
    edge(0, 1, 2, 0);
    require(topology_graph_sort(&graph));
    require(graph.sorted[0] == 0 && graph.sorted[1] == 1 && graph.sorted[2] == 2);
    topology_graph_free(&graph);
}
END_TEST

START_TEST(loops)
{
    begin(2);
    edge(0, 0, 0, 0);
    require(!topology_graph_sort(&graph));
    topology_graph_free(&graph);
    begin(4);
    edge(0, 0, 1, 0);
    edge(1, 0, 2, 0);
    edge(2, 0, 1, 1);
    edge(2, 1, 3, 0);
    require(!topology_graph_sort(&graph));
    topology_graph_free(&graph);
    begin(4);
    edge(0, 0, 1, 0);
    edge(0, 1, 2, 0);
    edge(1, 0, 3, 0);
    edge(2, 0, 3, 1);
    require(topology_graph_sort(&graph) && in_order());
    topology_graph_free(&graph);
}
END_TEST

START_TEST(look_up)
{
    begin(3);
    edge(0, 1, 1, 2);
    edge(0, 3, 2, 4);
    require(topology_graph_into(&graph, 2, 4) == 1 && topology_graph_into(&graph, 2, 0) == 2);
    require(topology_graph_out_of(&graph, 0, 1) == 0 && topology_graph_out_of(&graph, 1, 0) == 2);
    require(topology_graph_out_degree(&graph, 0) == 2 && topology_graph_in_degree(&graph, 0) == 0);
    graph.edges[1].removed = true;
    require(topology_graph_into(&graph, 2, 4) == 2 && topology_graph_out_degree(&graph, 0) == 1);
    topology_graph_free(&graph);
}
END_TEST

START_TEST(bypass)
{
    begin(4);
    edge(0, 5, 1, 0);
    edge(1, 0, 2, 7);
    edge(2, 0, 3, 0);
    require(topology_graph_sort(&graph));
    require(!topology_graph_bypass(&graph, 0) && !topology_graph_bypass(&graph, 3));
    require(topology_graph_bypass(&graph, 1));
    require(live_edges() == 2 && has_edge(0, 5, 2, 7) && has_edge(2, 0, 3, 0) && graph.removed[1]);
    require(!topology_graph_bypass(&graph, 1));
    require(topology_graph_bypass(&graph, 2) && has_edge(0, 5, 3, 0) && live_edges() == 1);
    topology_graph_free(&graph);
}
END_TEST

START_TEST(bypass_needs_one_in_and_one_out)
{
    begin(4);
    edge(0, 0, 1, 0);
    edge(1, 0, 2, 0);
    edge(1, 1, 3, 0);
    require(topology_graph_sort(&graph));
    require(!topology_graph_bypass(&graph, 1));
    require(live_edges() == 3 && !graph.removed[1]);
    topology_graph_free(&graph);
}
END_TEST

/* 0 -> 1 -> tee 2 -> 3 -> 4, and 2 -> 5 */
START_TEST(dropped_branch_of_a_tee)
{
    begin(6);
    edge(0, 0, 1, 0);
    edge(1, 0, 2, 0);
    edge(2, 0, 3, 0);
    edge(3, 0, 4, 0);
    edge(2, 1, 5, 0);
    require(topology_graph_sort(&graph));
    topology_graph_drop_branch(&graph, 3);
    require(graph.removed[3] && graph.removed[4] && !graph.removed[2] && !graph.removed[5]);
    require(live_edges() == 3 && has_edge(2, 1, 5, 0));
    topology_graph_drop_branch(&graph, 5);
    require(live_edges() == 0);
    for (size_t i = 0; i < 6; i++)
        require(graph.removed[i]);
    topology_graph_free(&graph);
}
END_TEST

/* 0 -> 2, 1 -> 2, 2 -> 3: what 2 gets from 1 is left when 0 goes. */
START_TEST(dropped_branch_that_another_feeds)
{
    begin(4);
    edge(0, 0, 2, 0);
    edge(1, 0, 2, 1);
    edge(2, 0, 3, 0);
    require(topology_graph_sort(&graph));
    topology_graph_drop_branch(&graph, 0);
    require(graph.removed[0] && !graph.removed[2] && !graph.removed[3] && live_edges() == 2);
    topology_graph_free(&graph);
}
END_TEST

static size_t below(size_t limit)
{
    return limit ? (size_t)rand() % limit : 0; /* of nothing: the first */
}

/* Edges from lower to higher numbers only, of shuffled nodes: never a loop; with one edge back along a path always. */
START_TEST(random_graphs)
{
    srand(1);
    for (int round = 0; round < 2000; round++)
    {
        size_t nodes = 2 + below(12), names[14] = {0}, edges = below(20);

        for (size_t i = 0; i < nodes; i++)
            names[i] = i;
        for (size_t i = nodes; i-- > 1;)
        {
            size_t j = below(i + 1), name = names[i];

            names[i] = names[j];
            names[j] = name;
        }
        begin(nodes);
        for (size_t i = 0; i < edges; i++)
        {
            size_t from = below(nodes - 1);

            edge(names[from], (unsigned)i, names[from + 1 + below(nodes - 1 - from)], (unsigned)i);
        }
        require(topology_graph_sort(&graph) && in_order());
        if (edges)
        {
            const struct topology_edge *last = &graph.edges[edges - 1];

            edge(last->to, 1000, last->from, 1000);
            require(!topology_graph_sort(&graph));
        }
        topology_graph_free(&graph);
    }
}
END_TEST

/* After branches were dropped no edge is at a removed node, and every node that is left has what it had: inputs where
 * it had any, outputs where it had any. */
START_TEST(random_drops)
{
    srand(2);
    for (int round = 0; round < 2000; round++)
    {
        size_t nodes = 2 + below(12), edges = 1 + below(20);
        bool had_in[14] = {false}, had_out[14] = {false};

        begin(nodes);
        for (size_t i = 0; i < edges; i++)
        {
            size_t from = below(nodes - 1), to = from + 1 + below(nodes - 1 - from);

            edge(from, (unsigned)i, to, (unsigned)i);
            had_out[from] = had_in[to] = true;
        }
        require(topology_graph_sort(&graph));
        topology_graph_drop_branch(&graph, below(nodes));
        for (size_t i = 0; i < graph.edge_count; i++)
            require(graph.edges[i].removed == (graph.removed[graph.edges[i].from] || graph.removed[graph.edges[i].to]));
        for (size_t i = 0; i < nodes; i++)
        {
            if (graph.removed[i]) continue;
            require(had_in[i] == (topology_graph_in_degree(&graph, i) > 0));
            require(had_out[i] == (topology_graph_out_degree(&graph, i) > 0));
        }
        topology_graph_free(&graph);
    }
}
END_TEST

START_TEST(large)
{
    begin(40001);
    for (size_t i = 40000; i-- > 0;)
        edge(i, 0, i + 1, 0);
    require(topology_graph_sort(&graph));
    require(graph.sorted[0] == 39999 && graph.sorted[39999] == 0);
    topology_graph_free(&graph);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mf topology graph");
    TCase *tcase = tcase_create("graph");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_test(tcase, empty);
    tcase_add_test(tcase, order_of_a_chain_given_backwards);
    tcase_add_test(tcase, edges_of_a_node_stay_as_added);
    tcase_add_test(tcase, loops);
    tcase_add_test(tcase, look_up);
    tcase_add_test(tcase, bypass);
    tcase_add_test(tcase, bypass_needs_one_in_and_one_out);
    tcase_add_test(tcase, dropped_branch_of_a_tee);
    tcase_add_test(tcase, dropped_branch_that_another_feeds);
    tcase_add_test(tcase, random_graphs);
    tcase_add_test(tcase, random_drops);
    tcase_add_test(tcase, large);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
