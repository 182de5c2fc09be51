/* See asf_assembly.h. */
#include "mf/asf_assembly.h"

#include <stdlib.h>
#include <string.h>

/* Object numbers are of 8 bits at least, and count round. */
#define NUMBER_MASK 0xffu

void asf_assembly_reset(struct asf_assembly *assembly)
{
    bool backwards = assembly->backwards;

    free(assembly->data);
    free(assembly->pieces);
    memset(assembly, 0, sizeof(*assembly));
    assembly->backwards = backwards;
}

void asf_assembly_break(struct asf_assembly *assembly)
{
    if (assembly->begun)
    {
        assembly->lost = true;
        assembly->begun = false;
        assembly->known = true;
        assembly->last = assembly->object;
        assembly->skipping = true;
    }
    assembly->gap |= assembly->known;
}

/* Whether a payload is where the object goes on. */
static bool continues(const struct asf_assembly *assembly, const struct asf_payload *payload)
{
    if (payload->object != assembly->object || payload->object_size != assembly->size) return false;
    if (!assembly->backwards) return payload->offset == assembly->received;
    return payload->offset + (uint64_t)payload->data.size == assembly->size - assembly->received;
}

/* Whether an object begins with a payload: going backwards, with its end. */
static bool begins(const struct asf_assembly *assembly, const struct asf_payload *payload)
{
    if (!assembly->backwards) return !payload->offset;
    return payload->offset + (uint64_t)payload->data.size == payload->object_size;
}

static void begin(struct asf_assembly *assembly, const struct asf_payload *payload)
{
    uint32_t step = assembly->backwards ? assembly->last - payload->object : payload->object - assembly->last;

    assembly->gap |= assembly->known && (step & NUMBER_MASK) != 1;
    assembly->begun = true;
    assembly->skipping = false;
    assembly->object = payload->object;
    assembly->size = payload->object_size;
    assembly->time = payload->time;
    assembly->key_frame = payload->key_frame;
    assembly->received = assembly->piece_count = 0;
    assembly->extension_size = 0;
}

/* Room for so many more of what has `size` bytes each, doubling what there is. */
static bool reserve(void *array, uint32_t *room, uint64_t needed, size_t size)
{
    void **place = array, *larger;
    uint64_t wanted = 2ull * *room;

    if (needed <= *room) return true;
    if (wanted < needed) wanted = needed;
    if (wanted < 16) wanted = 16;
    if (wanted > UINT32_MAX) wanted = UINT32_MAX;
    if (!(larger = realloc(*place, (size_t)wanted * size))) return false;
    *place = larger;
    *room = (uint32_t)wanted;
    return true;
}

static bool take(struct asf_assembly *assembly, const struct asf_payload *payload)
{
    size_t size = payload->data.size;

    if (!reserve(&assembly->data, &assembly->room, (uint64_t)assembly->received + size, 1)) return false;
    if (!reserve(&assembly->pieces, &assembly->piece_room, (uint64_t)assembly->piece_count + 1,
                 sizeof(*assembly->pieces)))
        return false;
    memcpy(assembly->data + assembly->received, payload->data.data, size);
    assembly->received += (uint32_t)size;
    assembly->pieces[assembly->piece_count++] = (uint32_t)size;
    /* Each piece repeats it; backwards the first comes last. */
    if (payload->extension.size && payload->extension.size <= ASF_MAX_EXTENSION)
    {
        memcpy(assembly->extension, payload->extension.data, payload->extension.size);
        assembly->extension_size = payload->extension.size;
    }
    return true;
}

/* Turns pieces that came from the last to the first. */
static bool turn(struct asf_assembly *assembly)
{
    uint32_t from = 0, to = assembly->received, count = assembly->piece_count;
    uint8_t *turned;

    if (count < 2) return true;
    if (!(turned = malloc(assembly->received))) return false;
    for (uint32_t i = 0; i < count; i++)
    {
        to -= assembly->pieces[i];
        memcpy(turned + to, assembly->data + from, assembly->pieces[i]);
        from += assembly->pieces[i];
    }
    for (uint32_t i = 0; i < count / 2; i++)
    {
        uint32_t piece = assembly->pieces[i];

        assembly->pieces[i] = assembly->pieces[count - 1 - i];
        assembly->pieces[count - 1 - i] = piece;
    }
    free(assembly->data);
    assembly->data = turned;
    assembly->room = assembly->received;
    return true;
}

static enum asf_assembled complete(struct asf_assembly *assembly)
{
    if (assembly->backwards && !turn(assembly))
    {
        asf_assembly_break(assembly);
        return ASF_NO_ROOM;
    }
    assembly->begun = false;
    assembly->known = true;
    assembly->last = assembly->object;
    return ASF_WHOLE;
}

/* A payload that no object begins with. It is news that something is missing where the object was not begun at all. */
static enum asf_assembled pass(struct asf_assembly *assembly, const struct asf_payload *payload)
{
    if (assembly->known && !(assembly->skipping && assembly->last == payload->object))
        assembly->lost = assembly->gap = true;
    assembly->skipping = true;
    assembly->last = payload->object;
    return ASF_PASSED;
}

enum asf_assembled asf_assembly_add(struct asf_assembly *assembly, const struct asf_payload *payload)
{
    if (!payload->data.size) return ASF_PASSED;
    if (assembly->begun && !continues(assembly, payload)) asf_assembly_break(assembly);
    if (!assembly->begun)
    {
        if (!begins(assembly, payload)) return pass(assembly, payload);
        begin(assembly, payload);
    }
    if (!take(assembly, payload))
    {
        asf_assembly_break(assembly);
        return ASF_NO_ROOM;
    }
    if (assembly->received < assembly->size) return ASF_PART;
    return complete(assembly);
}
