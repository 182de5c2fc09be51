/* Self-relative security descriptors. */
#include "rsm/security_descriptor.h"

#include <stdlib.h>
#include <string.h>

#include "rsm/ntms_constants.h"

enum
{
    HEADER_SIZE = 20,
    ACL_HEADER_SIZE = 8,
    ACE_HEADER_SIZE = 8, /* with the mask */
    OWNER_OFFSET = 4,
    GROUP_OFFSET = 8,
    SACL_OFFSET = 12,
    DACL_OFFSET = 16,
    ACE_ALLOWED = 0,
    ACE_DENIED = 1,
    ACE_INHERIT_ONLY = 8,
    DACL_PRESENT = 4,
    SACL_PRESENT = 0x10,
    DACL_FLAGS = 0x150c, /* present, defaulted, inheritance, protected */
    SACL_FLAGS = 0x2a30,
    SELF_RELATIVE = 0x8000,
};

static const uint8_t administrators[] = {1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 2, 0, 0};
static const uint8_t users[] = {1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x21, 2, 0, 0};
static const uint8_t backup_operators[] = {1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x27, 2, 0, 0};
static const uint8_t local_system[] = {1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0};

static uint32_t get16(const uint8_t *at)
{
    return at[0] | (uint32_t)at[1] << 8;
}

static uint32_t get32(const uint8_t *at)
{
    return get16(at) | get16(at + 2) << 16;
}

static void put16(uint8_t *at, uint32_t value)
{
    at[0] = (uint8_t)value;
    at[1] = (uint8_t)(value >> 8);
}

static void put32(uint8_t *at, uint32_t value)
{
    put16(at, value);
    put16(at + 2, value >> 16);
}

/* ---- SIDs ---- */

/* The size of the SID at the beginning of these bytes; 0: there is none. */
static size_t sid_size(const uint8_t *sid, size_t room)
{
    size_t size;

    if (room < 8 || sid[0] != 1 || sid[1] > 15) return 0;
    size = 8 + 4 * (size_t)sid[1];
    return size <= room ? size : 0;
}

bool sids_are_valid(const uint8_t *sids, size_t size)
{
    while (size)
    {
        size_t one = sid_size(sids, size);

        if (!one) return false;
        sids += one;
        size -= one;
    }
    return true;
}

static bool is_among(const uint8_t *sid, size_t size, const uint8_t *sids, size_t sids_size)
{
    for (size_t one; sids_size && (one = sid_size(sids, sids_size)); sids += one, sids_size -= one)
        if (one == size && !memcmp(sid, sids, one)) return true;
    return false;
}

/* ---- Parts ---- */

/* The list at an offset; NULL: there is none, or it does not lie inside. */
static const uint8_t *acl_at(const uint8_t *descriptor, size_t size, uint32_t offset)
{
    const uint8_t *acl = descriptor + offset;
    size_t length, at = ACL_HEADER_SIZE;

    if (offset < HEADER_SIZE || offset > size || size - offset < ACL_HEADER_SIZE) return NULL;
    length = get16(acl + 2);
    if (length > size - offset || length < ACL_HEADER_SIZE) return NULL;
    for (uint32_t i = 0; i < get16(acl + 4); i++)
    {
        size_t ace = length - at >= ACE_HEADER_SIZE ? get16(acl + at + 2) : 0;

        if (ace < ACE_HEADER_SIZE || ace > length - at) return NULL;
        /* Other kinds have other contents, which nobody here reads. */
        if (acl[at] <= ACE_DENIED && !sid_size(acl + at + ACE_HEADER_SIZE, ace - ACE_HEADER_SIZE)) return NULL;
        at += ace;
    }
    return acl;
}

/* Whether the part whose offset stands there is missing, or a SID or list inside the descriptor. */
static bool sid_is_valid(const uint8_t *descriptor, size_t size, int field)
{
    uint32_t offset = get32(descriptor + field);

    return !offset || (offset >= HEADER_SIZE && offset < size && sid_size(descriptor + offset, size - offset));
}

static bool list_is_valid(const uint8_t *descriptor, size_t size, int field, uint32_t present)
{
    uint32_t offset = get32(descriptor + field);

    return !offset || !(get16(descriptor + 2) & present) || acl_at(descriptor, size, offset);
}

bool descriptor_is_valid(const uint8_t *descriptor, size_t size)
{
    return size >= HEADER_SIZE && size <= DESCRIPTOR_SIZE_MAX && descriptor[0] == 1 &&
           get16(descriptor + 2) & SELF_RELATIVE && sid_is_valid(descriptor, size, OWNER_OFFSET) &&
           sid_is_valid(descriptor, size, GROUP_OFFSET) && list_is_valid(descriptor, size, SACL_OFFSET, SACL_PRESENT) &&
           list_is_valid(descriptor, size, DACL_OFFSET, DACL_PRESENT);
}

/* ---- Who may what ---- */

static uint32_t map_generic(uint32_t mask)
{
    static const struct
    {
        uint32_t generic, rights;
    } map[] = {
        {0x80000000, NTMS_USE_ACCESS | RIGHT_READ_CONTROL},
        {0x40000000, NTMS_USE_ACCESS | NTMS_MODIFY_ACCESS | RIGHT_READ_CONTROL},
        {0x20000000, NTMS_USE_ACCESS | NTMS_MODIFY_ACCESS | NTMS_CONTROL_ACCESS | RIGHT_READ_CONTROL},
        {0x10000000, RIGHTS_FULL},
    };

    for (size_t i = 0; i < sizeof(map) / sizeof(*map); i++)
        if (mask & map[i].generic) mask |= map[i].rights;
    return mask;
}

bool descriptor_grants(const uint8_t *descriptor, size_t size, const uint8_t *sids, size_t sids_size, uint32_t rights)
{
    uint32_t owner = get32(descriptor + OWNER_OFFSET), list = get32(descriptor + DACL_OFFSET);
    const uint8_t *acl = descriptor + list, *ace = acl + ACL_HEADER_SIZE;

    if (owner && is_among(descriptor + owner, sid_size(descriptor + owner, size - owner), sids, sids_size))
        rights &= ~(RIGHT_READ_CONTROL | RIGHT_WRITE_DAC);
    if (!list || !(get16(descriptor + 2) & DACL_PRESENT)) return true;
    for (uint32_t left = get16(acl + 4); left && rights; left--, ace += get16(ace + 2))
    {
        const uint8_t *sid = ace + ACE_HEADER_SIZE;
        uint32_t mask = map_generic(get32(ace + 4));

        if (ace[0] > ACE_DENIED || ace[1] & ACE_INHERIT_ONLY) continue;
        if (!is_among(sid, sid_size(sid, get16(ace + 2) - ACE_HEADER_SIZE), sids, sids_size)) continue;
        if (ace[0] == ACE_DENIED && mask & rights) return false;
        if (ace[0] == ACE_ALLOWED) rights &= ~mask;
    }
    return !rights;
}

/* ---- Making ---- */

struct part
{
    const uint8_t *bytes;
    size_t size;
};

struct parts
{
    struct part owner, group, sacl, dacl;
    uint32_t control;
};

static uint8_t *put_part(uint8_t *descriptor, uint8_t *at, int field, struct part part)
{
    if (!part.bytes) return at;
    put32(descriptor + field, (uint32_t)(at - descriptor));
    memcpy(at, part.bytes, part.size);
    return at + ((part.size + 3) & ~(size_t)3);
}

static uint8_t *build(const struct parts *parts, size_t *size)
{
    uint8_t *descriptor, *at;

    /* Each part may need three bytes more to end on a multiple of four. */
    descriptor =
        calloc(1, HEADER_SIZE + parts->owner.size + parts->group.size + parts->sacl.size + parts->dacl.size + 12);
    if (!descriptor) return NULL;
    descriptor[0] = 1;
    put16(descriptor + 2, parts->control | SELF_RELATIVE);
    at = descriptor + HEADER_SIZE;
    at = put_part(descriptor, at, OWNER_OFFSET, parts->owner);
    at = put_part(descriptor, at, GROUP_OFFSET, parts->group);
    at = put_part(descriptor, at, SACL_OFFSET, parts->sacl);
    at = put_part(descriptor, at, DACL_OFFSET, parts->dacl);
    *size = (size_t)(at - descriptor);
    return descriptor;
}

static struct part sid_part(const uint8_t *descriptor, int field)
{
    uint32_t offset = get32(descriptor + field);

    return offset ? (struct part){descriptor + offset, sid_size(descriptor + offset, SID_SIZE_MAX)} : (struct part){0};
}

static struct part list_part(const uint8_t *descriptor, int field, uint32_t present)
{
    uint32_t offset = get32(descriptor + field);

    if (!offset || !(get16(descriptor + 2) & present)) return (struct part){0};
    return (struct part){descriptor + offset, get16(descriptor + offset + 2)};
}

static void take_parts(struct parts *parts, const uint8_t *descriptor, uint32_t wanted)
{
    if (!descriptor) return;
    if (wanted & PART_OWNER) parts->owner = sid_part(descriptor, OWNER_OFFSET);
    if (wanted & PART_GROUP) parts->group = sid_part(descriptor, GROUP_OFFSET);
    if (wanted & PART_SACL)
    {
        parts->sacl = list_part(descriptor, SACL_OFFSET, SACL_PRESENT);
        parts->control |= get16(descriptor + 2) & SACL_FLAGS;
    }
    if (wanted & PART_DACL)
    {
        parts->dacl = list_part(descriptor, DACL_OFFSET, DACL_PRESENT);
        parts->control |= get16(descriptor + 2) & DACL_FLAGS;
    }
}

uint8_t *descriptor_merge(const uint8_t *base, const uint8_t *change, uint32_t wanted, size_t *size)
{
    struct parts parts = {0};

    take_parts(&parts, base, ~wanted);
    take_parts(&parts, change, wanted);
    return build(&parts, size);
}

uint32_t descriptor_parts(const uint8_t *descriptor)
{
    uint32_t control = get16(descriptor + 2);

    return (get32(descriptor + OWNER_OFFSET) ? PART_OWNER : 0) | (get32(descriptor + GROUP_OFFSET) ? PART_GROUP : 0) |
           (control & DACL_PRESENT ? PART_DACL : 0) | (control & SACL_PRESENT ? PART_SACL : 0);
}

/* A list being made, of its header and the entries so far. */
struct list
{
    uint8_t *bytes;
    size_t size;
};

/* Room for four entries, and for `more` bytes behind them. */
static bool list_begin(struct list *list, size_t more)
{
    list->size = ACL_HEADER_SIZE;
    list->bytes = calloc(1, ACL_HEADER_SIZE + 4 * (ACE_HEADER_SIZE + (size_t)SID_SIZE_MAX) + more);
    return list->bytes != NULL;
}

static void list_allow(struct list *list, struct part sid, uint32_t rights)
{
    uint8_t *ace = list->bytes + list->size;

    ace[0] = ACE_ALLOWED;
    put16(ace + 2, (uint32_t)(ACE_HEADER_SIZE + sid.size));
    put32(ace + 4, rights);
    memcpy(ace + ACE_HEADER_SIZE, sid.bytes, sid.size);
    list->size += ACE_HEADER_SIZE + sid.size;
    put16(list->bytes + 4, get16(list->bytes + 4) + 1);
}

/* The descriptor with that list, which ends here. */
static uint8_t *list_end(struct list *list, struct part owner, size_t *size)
{
    struct parts parts = {.owner = owner, .group = {local_system, sizeof(local_system)}, .control = DACL_PRESENT};
    uint8_t *descriptor;

    list->bytes[0] = 2;
    put16(list->bytes + 2, (uint32_t)list->size);
    parts.dacl = (struct part){list->bytes, list->size};
    descriptor = build(&parts, size);
    free(list->bytes);
    return descriptor;
}

#define KNOWN_SID(sid) ((struct part){sid, sizeof(sid)})

uint8_t *descriptor_default(size_t *size)
{
    struct list list;

    if (!list_begin(&list, 0)) return NULL;
    list_allow(&list, KNOWN_SID(administrators), RIGHTS_FULL);
    list_allow(&list, KNOWN_SID(backup_operators), RIGHTS_FULL);
    list_allow(&list, KNOWN_SID(local_system), RIGHTS_FULL);
    list_allow(&list, KNOWN_SID(users), NTMS_USE_ACCESS | RIGHT_READ_CONTROL);
    return list_end(&list, KNOWN_SID(administrators), size);
}

uint8_t *descriptor_of_pool(const uint8_t *sids, size_t sids_size, const uint8_t *parent, size_t *size)
{
    struct part creator = KNOWN_SID(local_system), inherited = {0};
    struct list list;

    if (sids_size) creator = (struct part){sids, sid_size(sids, sids_size)};
    if (parent) inherited = list_part(parent, DACL_OFFSET, DACL_PRESENT);
    if (!list_begin(&list, inherited.size)) return NULL;
    list_allow(&list, creator, RIGHTS_FULL);
    list_allow(&list, KNOWN_SID(local_system), RIGHTS_FULL);
    /* What would make the list longer than one can be is left out as a whole. */
    if (inherited.size && list.size + inherited.size <= 0xffff)
    {
        memcpy(list.bytes + list.size, inherited.bytes + ACL_HEADER_SIZE, inherited.size - ACL_HEADER_SIZE);
        list.size += inherited.size - ACL_HEADER_SIZE;
        put16(list.bytes + 4, get16(list.bytes + 4) + get16(inherited.bytes + 4));
    }
    return list_end(&list, creator, size);
}
