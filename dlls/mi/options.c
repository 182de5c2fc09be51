/* Options: named values. See options.h. */
#include "mi/options.h"

#include "mi/allocation.h"
#include "mi/credentials.h"
#include "mi/text.h"

#include <string.h>

struct mi_options *mi_options_new(MI_Uint32 kind)
{
    struct mi_options *options = mi_alloc(sizeof(*options));

    if (!options) return NULL;
    memset(options, 0, sizeof(*options));
    mi_arena_init(&options->arena, NULL, 0, 1024);
    options->kind = kind;
    return options;
}

void mi_options_delete(struct mi_options *options)
{
    if (!options) return;
    mi_credentials_delete(options->credentials);
    mi_elements_clear(&options->elements);
    mi_arena_free(&options->arena);
    mi_free(options->extras);
    mi_free(options);
}

static bool copy_into(struct mi_options *copy, const struct mi_options *options)
{
    for (MI_Uint32 i = 0; i < options->elements.count; i++)
    {
        const struct mi_element *element = &options->elements.list[i];
        MI_Value value;

        mi_slot_get(&element->slot, &value);
        if (mi_options_set(copy, element->name, &value, element->slot.type, options->extras[i].flags,
                           options->extras[i].must_comply) != MI_RESULT_OK)
            return false;
    }
    return mi_credentials_clone(options->credentials, &copy->credentials);
}

struct mi_options *mi_options_clone(const struct mi_options *options)
{
    struct mi_options *copy = mi_options_new(options->kind);

    if (copy && copy_into(copy, options)) return copy;
    mi_options_delete(copy);
    return NULL;
}

/* ---- Setting ---------------------------------------------------------------------------------------------------- */

static bool reserve_extra(struct mi_options *options, MI_Uint32 count)
{
    struct mi_option_extra *extras;

    if (count <= options->extra_room) return true;
    extras = mi_alloc(2 * (size_t)count * sizeof(*extras));
    if (!extras) return false;
    if (options->extra_room) memcpy(extras, options->extras, options->extra_room * sizeof(*extras));
    mi_free(options->extras);
    options->extras = extras;
    options->extra_room = 2 * count;
    return true;
}

MI_Result mi_options_set(struct mi_options *options, const MI_Char *name, const MI_Value *value, MI_Uint32 type,
                         MI_Uint32 flags, bool must_comply)
{
    MI_Uint32 index;
    MI_Result result;

    if (!name || !*name || !value) return MI_RESULT_INVALID_PARAMETER;
    index = mi_elements_find(&options->elements, name);
    if (index == MI_NO_ELEMENT)
    {
        index = options->elements.count;
        if (!reserve_extra(options, index + 1)) return MI_RESULT_SERVER_LIMITS_EXCEEDED;
        result = mi_elements_add(&options->elements, &options->arena, name, value, type, 0, 0);
    }
    else
        result = mi_slot_set(&options->elements.list[index].slot, &options->arena, value, type, 0);
    if (result != MI_RESULT_OK) return result;
    options->extras[index] = (struct mi_option_extra){flags, must_comply};
    return MI_RESULT_OK;
}

/* ---- Getting ---------------------------------------------------------------------------------------------------- */

MI_Result mi_options_at(const struct mi_options *options, MI_Uint32 index, const MI_Char **name, MI_Value *value,
                        MI_Type *type, MI_Uint32 *flags)
{
    const struct mi_element *element;

    if (index >= options->elements.count) return MI_RESULT_NO_SUCH_PROPERTY;
    element = &options->elements.list[index];
    if (name) *name = element->name;
    if (value) mi_slot_get(&element->slot, value);
    if (type) *type = (MI_Type)element->slot.type;
    if (flags) *flags = options->extras[index].flags;
    return MI_RESULT_OK;
}

MI_Result mi_options_find(const struct mi_options *options, const MI_Char *name, MI_Value *value, MI_Type *type,
                          MI_Uint32 *index, MI_Uint32 *flags)
{
    MI_Uint32 at;

    if (!name) return MI_RESULT_INVALID_PARAMETER;
    at = mi_elements_find(&options->elements, name);
    if (at == MI_NO_ELEMENT) return MI_RESULT_NO_SUCH_PROPERTY;
    if (index) *index = at;
    return mi_options_at(options, at, NULL, value, type, flags);
}

MI_Result mi_options_get(const struct mi_options *options, const MI_Char *name, MI_Uint32 type, MI_Value *value,
                         MI_Uint32 *index, MI_Uint32 *flags)
{
    MI_Type found;
    MI_Result result = mi_options_find(options, name, NULL, &found, NULL, NULL);

    if (result != MI_RESULT_OK) return result;
    if (found != (MI_Type)type) return MI_RESULT_TYPE_MISMATCH;
    return mi_options_find(options, name, value, NULL, index, flags);
}

/* ---- Channels: an option that is an array of their numbers --------------------------------------------------------
 */

MI_Result mi_options_set_channel(struct mi_options *options, MI_Uint32 channel, bool enabled)
{
    MI_Value value = {0};
    MI_Uint32 *list, count = 0;
    MI_Result result;

    mi_options_get(options, MI_CHANNEL_OPTION, MI_UINT32A, &value, NULL, NULL);
    list = mi_alloc(((size_t)value.uint32a.size + 1) * sizeof(*list));
    if (!list) return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    for (MI_Uint32 i = 0; i < value.uint32a.size; i++)
        if (value.uint32a.data[i] != channel) list[count++] = value.uint32a.data[i];
    if (enabled) list[count++] = channel;
    value.uint32a.data = list;
    value.uint32a.size = count;
    result = mi_options_set(options, MI_CHANNEL_OPTION, &value, MI_UINT32A, 0, false);
    mi_free(list);
    return result;
}

MI_Result mi_options_channels(const struct mi_options *options, MI_Uint32 *channels, MI_Uint32 length, MI_Uint32 *count)
{
    MI_Value value = {0};

    if (!count || (length && !channels)) return MI_RESULT_INVALID_PARAMETER;
    mi_options_get(options, MI_CHANNEL_OPTION, MI_UINT32A, &value, NULL, NULL);
    *count = value.uint32a.size;
    if (!length) return MI_RESULT_OK;
    if (length < value.uint32a.size) return MI_RESULT_FAILED;
    for (MI_Uint32 i = 0; i < value.uint32a.size; i++)
        channels[i] = value.uint32a.data[i];
    return MI_RESULT_OK;
}
