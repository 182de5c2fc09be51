/* The tables of the removable storage database. */
#ifndef CORK_RSM_SCHEMA_H
#define CORK_RSM_SCHEMA_H

#define RSM_SCHEMA_VERSION 1

/* Also for databases that were made before there was this: without it SQLite looks through all media for the references
 * to each object that is deleted. */
#define RSM_SCHEMA_LATER "CREATE INDEX IF NOT EXISTS medium_at ON medium(place);"

/* SQL that makes the tables of an empty database, to be run in a transaction. */
extern const char rsm_schema[];

#endif
