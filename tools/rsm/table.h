/* A table for people: columns as wide as their widest cell, two spaces between them. No Windows header. */
#ifndef CORK_RSM_TABLE_H
#define CORK_RSM_TABLE_H

#include <stddef.h>

enum
{
    TABLE_COLUMNS_MAX = 10
};

struct table
{
    unsigned columns;
    char **cells; /* rows of them, the head first */
    size_t count, room;
    int failed; /* out of memory; what is there is not printed */
};

/* Begins one with a head of `columns` cells, which are copied (UTF-8). */
void table_begin(struct table *table, unsigned columns, const char *const *head);
void table_add(struct table *table, const char *const *row);
/* Sorts the rows below the head by the cells of a column, numbers in them by their size: "Slot 9" before "Slot 10". */
void table_sort(struct table *table, unsigned column);
/* The same order for two texts, as strcmp. */
int natural_order(const char *a, const char *b);
/* The text of it, of malloc, lines ended by line feeds; NULL: no memory. */
char *table_text(const struct table *table);
void table_free(struct table *table);

#endif
