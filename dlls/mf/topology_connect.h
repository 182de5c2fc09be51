/*
 * One connection of a topology that is being resolved: finds the media type by which an output can be joined with an
 * input, puts a decoder and a converter between them where that is needed and allowed, and joins them.
 *
 * One thread at a time.
 */
#ifndef CORK_MF_TOPOLOGY_CONNECT_H
#define CORK_MF_TOPOLOGY_CONNECT_H

#define COBJMACROS
#include <windows.h>
#include <mfidl.h>

#include "mf/transform_finder.h"

/* What the connections of one topology have in common. */
struct topology_connector
{
    IMFTopology *topology; /* where inserted nodes go; has the nodes to be joined */
    struct transform_finder finder;
    BOOL enumerate_source_types; /* MF_TOPOLOGY_ENUMERATE_SOURCE_TYPES */
};

/* At most a decoder and a converter come between. */
#define TOPOLOGY_CONNECTION_INSERTED 2

struct topology_connection
{
    /* To be joined. */
    IMFTopologyNode *up, *down;
    DWORD output, input;
    /* The input whose media types count: `down` and `input`, or where `down` is a tee, what its primary output goes to.
     */
    IMFTopologyNode *target;
    DWORD target_input;
    /* The result: nodes that were put in, in the order of the data; without references, the topology has them. */
    IMFTopologyNode *inserted[TOPOLOGY_CONNECTION_INSERTED];
    unsigned inserted_count;
};

/*
 * Joins the two nodes. MF_TOPONODE_CONNECT_METHOD of `down` says what may come between.
 *
 * Returns S_OK. Where it fails nothing is joined or inserted: the target's refusal (MF_E_INVALIDMEDIATYPE ...) of a
 * direct connection; MF_E_NO_MORE_TYPES where all types of the output were tried directly;
 * MF_E_TRANSFORM_NOT_POSSIBLE_FOR_CURRENT_MEDIATYPE_COMBINATION where no converter fits; MF_E_TOPO_CODEC_NOT_FOUND
 * where there is no decoder of the format; MF_E_TOPO_CANNOT_CONNECT where none of its decoders helps;
 * MF_E_TOPO_CANNOT_FIND_DECRYPTOR for protected content that would have to be decoded; node_stream_open's errors.
 */
HRESULT topology_connect(struct topology_connector *connector, struct topology_connection *connection);

/* Joins the nodes without a look at their types; for a tee whose branches are to find their own way. */
HRESULT topology_connect_as_it_is(struct topology_connection *connection);

/* Breaks what one of the functions above has joined, and removes what was inserted. */
void topology_connect_undo(struct topology_connector *connector, struct topology_connection *connection);

#endif
