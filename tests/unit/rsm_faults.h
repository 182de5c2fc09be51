/* Faults on demand below the removable storage engine: memory that is not there, a disk that is full or broken. */
#ifndef RSM_FAULTS_H
#define RSM_FAULTS_H

#include <stdbool.h>

enum fault
{
    FAULT_NONE,
    FAULT_MEMORY, /* one allocation of the engine or of SQLite fails */
    FAULT_FULL,   /* from then on the database's files take nothing: no space left */
    FAULT_IO,     /* from then on writing them is an input/output error */
};

/* Before anything else of SQLite. */
void faults_init(void);
/* The fault comes with the (after + 1)th allocation, or write, since the next request began (rsm_request, rsm_open). */
void faults_arm(enum fault fault, unsigned after);
/* There are none from now on. Returns whether it has come. */
bool faults_disarm(void);

#endif
