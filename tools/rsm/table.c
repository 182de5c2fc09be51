/* Tables for people. */
#include "table.h"

#include <stdlib.h>
#include <string.h>

/* In characters: bytes that continue one are not counted. */
static size_t width(const char *text)
{
    size_t count = 0;

    for (; *text; text++)
        count += (*text & 0xc0) != 0x80;
    return count;
}

static int make_room(struct table *table)
{
    size_t room = table->room ? 2 * table->room : 64;
    char **cells;

    if (table->count + table->columns <= table->room) return 1;
    cells = realloc(table->cells, room * sizeof(*cells));
    if (!cells) return 0;
    table->cells = cells;
    table->room = room;
    return 1;
}

void table_begin(struct table *table, unsigned columns, const char *const *head)
{
    memset(table, 0, sizeof(*table));
    table->columns = columns;
    table_add(table, head);
}

void table_add(struct table *table, const char *const *row)
{
    if (table->failed || !make_room(table))
    {
        table->failed = 1;
        return;
    }
    for (unsigned i = 0; i < table->columns; i++)
    {
        const char *cell = row[i][0] ? row[i] : "-";
        char *copy = malloc(strlen(cell) + 1);

        if (!copy)
        {
            /* The row is not whole: it is not counted, but what there is of it goes. */
            while (i--)
                free(table->cells[table->count + i]);
            table->failed = 1;
            return;
        }
        strcpy(copy, cell);
        table->cells[table->count + i] = copy;
    }
    table->count += table->columns;
}

/* ---- Sorting ---- */

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Compares the numbers that both begin with, and moves behind them. */
static int compare_numbers(const char **a, const char **b)
{
    size_t length_a, length_b;
    int order;

    while (**a == '0')
        ++*a;
    while (**b == '0')
        ++*b;
    for (length_a = 0; is_digit((*a)[length_a]);)
        length_a++;
    for (length_b = 0; is_digit((*b)[length_b]);)
        length_b++;
    order = length_a != length_b ? (length_a > length_b) - (length_a < length_b) : memcmp(*a, *b, length_a);
    *a += length_a;
    *b += length_b;
    return order;
}

int natural_order(const char *a, const char *b)
{
    const char *first = a, *second = b;

    while (*a && *b)
    {
        int order;

        if (is_digit(*a) && is_digit(*b))
        {
            order = compare_numbers(&a, &b);
            if (order) return order;
            continue;
        }
        if (*a != *b) return (unsigned char)*a - (unsigned char)*b;
        a++;
        b++;
    }
    if (*a || *b) return *a ? 1 : -1;
    return strcmp(first, second); /* "1" and "01" */
}

/* Each is the place of a row's cell in the column to sort by. */
static int compare_rows(const void *a, const void *b)
{
    return natural_order(**(char *const *const *)a, **(char *const *const *)b);
}

void table_sort(struct table *table, unsigned column)
{
    size_t rows = table->columns ? table->count / table->columns : 0;
    char ***places, **cells;

    if (table->failed || rows < 3) return;
    places = malloc(rows * sizeof(*places));
    cells = malloc(table->room * sizeof(*cells));
    if (places && cells)
    {
        for (size_t i = 1; i < rows; i++)
            places[i] = &table->cells[i * table->columns + column];
        qsort(places + 1, rows - 1, sizeof(*places), compare_rows);
        memcpy(cells, table->cells, table->columns * sizeof(*cells));
        for (size_t i = 1; i < rows; i++)
            memcpy(cells + i * table->columns, places[i] - column, table->columns * sizeof(*cells));
        free(table->cells);
        table->cells = cells;
        cells = NULL;
    }
    free(places);
    free(cells);
}

/* ---- Printing ---- */

static void measure(const struct table *table, size_t *widths)
{
    for (size_t i = 0; i < table->count; i++)
    {
        size_t *widest = &widths[i % table->columns];

        if (width(table->cells[i]) > *widest) *widest = width(table->cells[i]);
    }
}

static char *put(char *to, const char *text, size_t pad)
{
    size_t length = strlen(text);

    memcpy(to, text, length);
    memset(to + length, ' ', pad);
    return to + length + pad;
}

/* A line below the head. */
static char *put_rule(const struct table *table, char *to, const size_t *widths)
{
    for (unsigned i = 0; i < table->columns; i++)
    {
        memset(to, '-', widths[i]);
        to += widths[i];
        to = put(to, i + 1 < table->columns ? "  " : "\n", 0);
    }
    return to;
}

char *table_text(const struct table *table)
{
    size_t widths[TABLE_COLUMNS_MAX] = {0}, size = 1;
    char *text, *to;

    if (table->failed || !table->columns) return NULL;
    measure(table, widths);
    for (unsigned i = 0; i < table->columns; i++)
        size += (widths[i] + 2) * (table->count / table->columns + 1);
    for (size_t i = 0; i < table->count; i++)
        size += strlen(table->cells[i]);
    text = malloc(size);
    if (!text) return NULL;
    to = text;
    for (size_t i = 0; i < table->count; i++)
    {
        size_t column = i % table->columns;

        if (column + 1 < table->columns)
            to = put(to, table->cells[i], widths[column] - width(table->cells[i]) + 2);
        else
            to = put(put(to, table->cells[i], 0), "\n", 0);
        if (i + 1 == table->columns) to = put_rule(table, to, widths);
    }
    *to = 0;
    return text;
}

void table_free(struct table *table)
{
    for (size_t i = 0; i < table->count; i++)
        free(table->cells[i]);
    free(table->cells);
    memset(table, 0, sizeof(*table));
}
