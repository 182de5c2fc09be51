/*
 * Texts that are put together piece by piece. After the first failure nothing is added any more.
 */
#ifndef CORK_MI_TEXT_BUILDER_H
#define CORK_MI_TEXT_BUILDER_H

#include <mi.h>

#include <stdbool.h>
#include <stddef.h>

struct mi_text_builder
{
    MI_Char *at; /* from mi_alloc, ends with 0; NULL while there is nothing. The owner's, who frees it with mi_free */
    size_t length, room;
    bool failed; /* there was no memory */
};

void mi_text_put(struct mi_text_builder *text, const MI_Char *from);
void mi_text_put_char(struct mi_text_builder *text, MI_Char c);

#endif
