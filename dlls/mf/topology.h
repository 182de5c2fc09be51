/*
 * Topologies (IMFTopology).
 */
#ifndef CORK_MF_TOPOLOGY_H
#define CORK_MF_TOPOLOGY_H

#define COBJMACROS
#include <windows.h>
#include <mfidl.h>

/* Makes an empty topology with an id that another one has already, as resolving one keeps it. Returns S_OK and
 * *topology with one reference, E_OUTOFMEMORY, or MFCreateAttributes' error. Any thread. */
HRESULT topology_create(TOPOID id, IMFTopology **topology);

#endif
