/*
 * Transform nodes whose transform is still to be made.
 */
#ifndef CORK_MF_TOPOLOGY_BIND_H
#define CORK_MF_TOPOLOGY_BIND_H

#define COBJMACROS
#include <windows.h>
#include <mfidl.h>

/*
 * Sees to it that a transform node's object is its transform: the node holds that already, or an activation object that
 * makes it, or its class, MF_TOPONODE_TRANSFORM_OBJECTID ("Creating Transform Nodes").
 *
 * `current` is a full topology that may be running, or NULL: the transform of its node of the same id is taken where it
 * is of the same class. As it must not be changed, the node is locked then (MF_TOPONODE_LOCKED).
 *
 * Returns S_OK; MF_E_TOPO_CODEC_NOT_FOUND where the node tells no transform; the activation object's or the class's
 * error. Any thread.
 */
HRESULT topology_bind_transform(IMFTopologyNode *node, IMFTopology *current);

#endif
