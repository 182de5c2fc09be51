/* The tables of the removable storage database. */
#ifndef CORK_RSM_SCHEMA_H
#define CORK_RSM_SCHEMA_H

#define RSM_SCHEMA_VERSION 1

/* SQL that makes the tables of an empty database, to be run in a transaction. */
extern const char rsm_schema[];

#endif
