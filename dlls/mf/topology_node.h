/*
 * Topology nodes (IMFTopologyNode): type, id, object, attributes, the streams with their preferred types, and the
 * connections between nodes.
 */
#ifndef CORK_MF_TOPOLOGY_NODE_H
#define CORK_MF_TOPOLOGY_NODE_H

#define COBJMACROS
#include <windows.h>
#include <mfidl.h>

/*
 * Gets the object of a node (IMFTopologyNode::GetObject), anybody's node, as interface `iid`.
 *
 * Returns S_OK and *object with a reference; E_FAIL where the node has no object; E_NOINTERFACE. *object is NULL on
 * failure. Any thread.
 */
HRESULT topology_node_get_object(IMFTopologyNode *node, REFIID iid, void **object);

/* Breaks every connection of a node, anybody's, to its inputs and outputs. Any thread. */
void topology_node_disconnect(IMFTopologyNode *node);

/*
 * Makes `to` a copy of `from` in all but connections: attributes, object, id, preferred types (those that `to` has and
 * `from` has not stay).
 *
 * Returns S_OK; MF_E_INVALIDREQUEST where the types of the two differ; the error of a node that fails. Any thread.
 */
HRESULT topology_node_copy(IMFTopologyNode *to, IMFTopologyNode *from);

#endif
