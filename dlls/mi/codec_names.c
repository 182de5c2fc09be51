/* A set of names. See codec_names.h. */
#include "mi/codec_names.h"

#include "mi/allocation.h"
#include "mi/text.h"

#include <string.h>

const struct mi_named *mi_names_find(const struct mi_names *names, const MI_Char *name)
{
    for (MI_Uint32 i = 0; i < names->count; i++)
        if (mi_name_equal(names->list[i].name, name)) return &names->list[i];
    return NULL;
}

bool mi_names_add(struct mi_names *names, const MI_Char *name, MI_Uint32 number)
{
    MI_Char *copy;

    if (names->count == names->room)
    {
        MI_Uint32 room = names->room ? 2 * names->room : 16;
        struct mi_named *list = mi_alloc(room * sizeof(*list));

        if (!list) return false;
        if (names->count) memcpy(list, names->list, names->count * sizeof(*list));
        mi_free(names->list);
        names->list = list;
        names->room = room;
    }
    copy = mi_text_copy(name);
    if (!copy) return false;
    names->list[names->count].name = copy;
    names->list[names->count++].number = number;
    return true;
}

void mi_names_free(struct mi_names *names)
{
    while (names->count)
        mi_free(names->list[--names->count].name);
    mi_free(names->list);
    memset(names, 0, sizeof(*names));
}
