/* Texts that are put together. See text_builder.h. */
#include "mi/text_builder.h"

#include "mi/allocation.h"

#include <string.h>

void mi_text_put_char(struct mi_text_builder *text, MI_Char c)
{
    if (text->failed) return;
    if (text->length + 1 >= text->room)
    {
        size_t room = 2 * text->room + 64;
        MI_Char *larger = mi_alloc(room * sizeof(*larger));

        text->failed = !larger;
        if (!larger) return;
        if (text->at) memcpy(larger, text->at, text->length * sizeof(*larger));
        mi_free(text->at);
        text->at = larger;
        text->room = room;
    }
    text->at[text->length++] = c;
    text->at[text->length] = 0;
}

void mi_text_put(struct mi_text_builder *text, const MI_Char *from)
{
    while (*from)
        mi_text_put_char(text, *from++);
}
