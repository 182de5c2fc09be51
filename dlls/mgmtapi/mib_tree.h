/* The names of the registration tree that mgmtapi knows: RFC 1155 and RFC 1213. */
#ifndef CORK_MGMTAPI_MIB_TREE_H
#define CORK_MGMTAPI_MIB_TREE_H

#include <stdint.h>

/* One node. The tree is listed in pre-order: a node's children follow it, one level deeper. */
struct mib_node
{
    uint8_t depth; /* 1: below the root */
    uint8_t id;    /* the last sub-identifier */
    const char *name;
};

extern const struct mib_node mib_tree[];
extern const unsigned mib_tree_size;

#endif
