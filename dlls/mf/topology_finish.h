/*
 * What a resolved topology gets at the end: the attributes that the loader sets on nodes, and the sinks' Direct3D.
 */
#ifndef CORK_MF_TOPOLOGY_FINISH_H
#define CORK_MF_TOPOLOGY_FINISH_H

#define COBJMACROS
#include <windows.h>
#include <mfidl.h>

/*
 * Sets MF_TOPONODE_STREAMID (0) of output nodes and MF_TOPONODE_MEDIASTART (0) of source nodes where they are missing,
 * MF_TOPONODE_MARKIN_HERE and -MARKOUT_HERE on one node of each branch unless MF_TOPOLOGY_NO_MARKIN_MARKOUT says that
 * nothing is trimmed, and does what MF_TOPOLOGY_DXVA_MODE asks for the sinks with a Direct3D device manager.
 *
 * Returns S_OK, or the error of an attribute or node. Acceleration that cannot be had is no error. One thread.
 */
HRESULT topology_finish(IMFTopology *topology);

#endif
