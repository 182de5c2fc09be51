/* The SCSI device nodes of this machine, as the kernel lists them in /sys/class. */
#ifndef CORK_RSM_SCSI_NODES_H
#define CORK_RSM_SCSI_NODES_H

#include <stddef.h>
#include <stdint.h>

struct scsi_node
{
    char generic[32]; /* "/dev/sg1" */
    char tape[32];    /* "/dev/nst0"; "": none */
    uint8_t type;     /* peripheral device type */
    uint16_t host, channel, target, lun;
};

/* Lists the nodes in the order of their numbers; `classes` is "/sys/class" but in tests. Returns how many were stored.
 */
size_t scsi_nodes_list(const char *classes, struct scsi_node *nodes, size_t room);

#endif
