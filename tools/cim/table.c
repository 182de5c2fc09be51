/*
 * Tables. The first rows are collected, and say how wide the columns are; the others follow as they come.
 *
 * Where --properties names the columns, all of them are shown whole. Else it is those that have a value somewhere in
 * the first rows and fit into a line: keys first, then the others in the class's order; long values are cut off.
 */
#include "command.h"

#include <stdlib.h>
#include <wchar.h>

#include "../console/output.h"

enum
{
    ROWS_COLLECTED = 64,
    LINE_WIDTH = 120, /* where no terminal says another */
    CELL_WIDTH = 40,  /* of a column that nobody asked for */
};

struct column
{
    const MI_Char *name; /* in the first instance */
    size_t width;
};

struct table
{
    const MI_Char *properties;
    MI_Uint32 collect, count; /* rows to collect, and rows that were */
    MI_Instance *rows[ROWS_COLLECTED];
    struct column *columns; /* NULL: they are not known yet */
    MI_Uint32 column_count;
    struct text line, cell;
};

struct table *table_new(const MI_Char *properties, bool at_once)
{
    struct table *table = calloc(1, sizeof(*table));

    if (!table) return NULL;
    table->properties = properties;
    table->collect = at_once ? 1 : ROWS_COLLECTED;
    return table;
}

void table_free(struct table *table)
{
    for (MI_Uint32 i = 0; i < table->count; i++)
        MI_Instance_Delete(table->rows[i]);
    free(table->columns);
    text_free(&table->line);
    text_free(&table->cell);
    free(table);
}

/* A cell's text; empty where the instance has no such property. */
static const struct text *cell_of(struct table *table, const MI_Instance *instance, const MI_Char *name)
{
    MI_Uint32 flags;
    MI_Value value;
    MI_Type type;

    text_clear(&table->cell);
    if (MI_Instance_GetElement(instance, name, &value, &type, &flags, NULL) == MI_RESULT_OK)
        text_add_value(&table->cell, type, flags, &value);
    return &table->cell;
}

/* ---- Columns ---------------------------------------------------------------------------------------------------- */

/* 0 where no row has a value for it, and nobody asked for it. */
static size_t width_of(struct table *table, const MI_Char *name)
{
    size_t width = table->properties ? wcslen(name) : 0;

    for (MI_Uint32 i = 0; i < table->count; i++)
    {
        const struct text *cell = cell_of(table, table->rows[i], name);

        if (cell->length > width) width = cell->length;
    }
    if (!width) return 0;
    if (width < wcslen(name)) width = wcslen(name);
    return !table->properties && width > CELL_WIDTH ? CELL_WIDTH : width;
}

/* Adds the columns that fit into `room`, keys or the others. */
static void choose(struct table *table, bool keys, size_t *room)
{
    const MI_Char *name;
    MI_Uint32 flags;
    MI_Value value;
    MI_Type type;

    for (MI_Uint32 i = 0; MI_Instance_GetElementAt(table->rows[0], i, &name, &value, &type, &flags) == MI_RESULT_OK;
         i++)
    {
        size_t width;

        if (keys != !!(flags & MI_FLAG_KEY) || !properties_want(table->properties, name)) continue;
        width = width_of(table, name);
        if (!width || (!table->properties && table->column_count && width + 2 > *room)) continue;
        table->columns[table->column_count++] = (struct column){name, width};
        *room -= width + 2 < *room ? width + 2 : *room;
    }
}

/* In the order in which they were asked for. */
static void choose_named(struct table *table)
{
    const MI_Char *at = table->properties;

    for (;;)
    {
        size_t length = wcscspn(at, L",");
        const MI_Char *name;

        for (MI_Uint32 i = 0; MI_Instance_GetElementAt(table->rows[0], i, &name, NULL, NULL, NULL) == MI_RESULT_OK; i++)
            if (wcslen(name) == length && !_wcsnicmp(name, at, length))
                table->columns[table->column_count++] = (struct column){name, width_of(table, name)};
        if (!at[length]) break;
        at += length + 1;
    }
}

/* A list of names may have one several times. */
static size_t columns_at_most(const struct table *table)
{
    MI_Uint32 elements = 0;
    size_t named = 1;

    MI_Instance_GetElementCount(table->rows[0], &elements);
    for (const MI_Char *at = table->properties ? table->properties : L""; *at; at++)
        named += *at == ',';
    return named > elements ? named : elements + 1;
}

static bool choose_columns(struct table *table)
{
    unsigned terminal = console_width(STD_OUTPUT_HANDLE);
    size_t room = terminal > 1 ? terminal - 1 : LINE_WIDTH;

    table->columns = calloc(columns_at_most(table), sizeof(*table->columns));
    if (!table->columns) return false;
    if (table->properties)
        choose_named(table);
    else
    {
        choose(table, true, &room);
        choose(table, false, &room);
    }
    return true;
}

/* ---- Rows ------------------------------------------------------------------------------------------------------- */

/* The last column is not filled up. */
static void add_cell(struct table *table, MI_Uint32 column, const MI_Char *text, size_t length)
{
    const struct column *c = &table->columns[column];
    bool last = column + 1 == table->column_count, cut = !table->properties && length > c->width;

    if (cut)
        text_format(&table->line, L"%.*ls...", (int)c->width - 3, text);
    else if (length)
        text_add(&table->line, text);
    if (!last) text_fill(&table->line, 2 + (cut || length > c->width ? 0 : c->width - length));
}

static bool print_line(struct table *table)
{
    while (table->line.length && table->line.data[table->line.length - 1] == ' ')
        table->line.data[--table->line.length] = 0;
    text_add(&table->line, L"\n");
    return print_text(&table->line);
}

static bool print_row(struct table *table, const MI_Instance *instance)
{
    text_clear(&table->line);
    for (MI_Uint32 i = 0; i < table->column_count; i++)
    {
        const struct text *cell = cell_of(table, instance, table->columns[i].name);

        add_cell(table, i, cell->data, cell->length);
    }
    return print_line(table);
}

static bool print_collected(struct table *table)
{
    text_clear(&table->line);
    if (!choose_columns(table)) return false;
    for (MI_Uint32 i = 0; i < table->column_count; i++)
        add_cell(table, i, table->columns[i].name, wcslen(table->columns[i].name));
    if (!print_line(table)) return false;
    for (MI_Uint32 i = 0; i < table->count; i++)
        if (!print_row(table, table->rows[i])) return false;
    return true;
}

bool table_add(struct table *table, const MI_Instance *instance)
{
    if (table->columns) return print_row(table, instance);
    if (MI_Instance_Clone(instance, &table->rows[table->count]) != MI_RESULT_OK) return false;
    table->count++;
    return table->count < table->collect || print_collected(table);
}

bool table_end(struct table *table)
{
    return table->columns || !table->count || print_collected(table);
}
