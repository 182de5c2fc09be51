#include "wsnmp32/varbind.h"
#include "wsnmp32/allocation.h"
#include "wsnmp32/oid_text.h"

#include <string.h>

void snmp_varbind_list_init(struct snmp_varbind_list *list)
{
    memset(list, 0, sizeof(*list));
}

static bool entries_own_allocation(const struct snmp_varbind_list *list)
{
    return !list->view && list->entries && (void *)list->entries != list->block;
}

void snmp_varbind_list_free(struct snmp_varbind_list *list)
{
    if (!list->view)
    {
        for (uint32_t i = 0; i < list->count; i++)
            if (list->entries[i].own) snmp_free(list->entries[i].own);
        if (entries_own_allocation(list)) snmp_free(list->entries);
        if (list->block) snmp_free(list->block);
    }
    snmp_varbind_list_init(list);
}

const struct snmp_varbind *snmp_varbind_list_get(const struct snmp_varbind_list *list, uint32_t index)
{
    if (index == 0 || index > list->count) return NULL;
    return &list->entries[index - 1].binding;
}

bool snmp_name_check(const struct snmp_oid *name)
{
    return name && name->ids && name->len >= SNMP_OID_MIN_LENGTH && name->len <= SNMP_OID_MAX_LENGTH;
}

static bool octets_check(uint32_t syntax, const struct snmp_octets *octets)
{
    if ((octets->len && !octets->ptr) || octets->len > SNMP_OCTETS_MAX_LENGTH) return false;
    if (syntax == SNMP_VALUE_IPADDR) return octets->len == 4;
    if (syntax == SNMP_VALUE_BITS) return octets->len >= 1 && octets->ptr[0] <= 7;
    return true;
}

enum snmp_list_status snmp_value_check(const struct snmp_value *value)
{
    bool valid = true;

    switch (snmp_syntax_kind(value->syntax))
    {
    case SNMP_KIND_UNKNOWN:
        return SNMP_LIST_SYNTAX_INVALID;
    case SNMP_KIND_OCTETS:
        valid = octets_check(value->syntax, &value->value.octets);
        break;
    case SNMP_KIND_OID:
        valid = snmp_name_check(&value->value.oid);
        break;
    default:
        break;
    }
    return valid ? SNMP_LIST_OK : SNMP_LIST_VALUE_INVALID;
}

static bool octets_equal(const struct snmp_octets *a, const struct snmp_octets *b)
{
    return a->len == b->len && (a->len == 0 || memcmp(a->ptr, b->ptr, a->len) == 0);
}

bool snmp_value_equal(const struct snmp_value *a, const struct snmp_value *b)
{
    if (a->syntax != b->syntax) return false;
    switch (snmp_syntax_kind(a->syntax))
    {
    case SNMP_KIND_NONE:
        return true;
    case SNMP_KIND_NUMBER:
        return a->value.number == b->value.number;
    case SNMP_KIND_UNSIGNED:
        return a->value.unumber == b->value.unumber;
    case SNMP_KIND_COUNTER64:
        return a->value.counter64 == b->value.counter64;
    case SNMP_KIND_OCTETS:
        return octets_equal(&a->value.octets, &b->value.octets);
    case SNMP_KIND_OID:
        return snmp_oid_equal(&a->value.oid, &b->value.oid);
    default:
        return false;
    }
}

void snmp_block_measure(const struct snmp_varbind *binding, size_t *id_count, size_t *octet_count)
{
    enum snmp_value_kind kind = snmp_syntax_kind(binding->value.syntax);

    *id_count += binding->name.len;
    if (kind == SNMP_KIND_OID)
        *id_count += binding->value.value.oid.len;
    else if (kind == SNMP_KIND_OCTETS)
        *octet_count += binding->value.value.octets.len;
}

struct snmp_oid snmp_block_copy_oid(struct snmp_block_cursor *cursor, const struct snmp_oid *oid)
{
    struct snmp_oid copy = {oid->len, cursor->ids};

    if (oid->len) memcpy(cursor->ids, oid->ids, oid->len * sizeof(*oid->ids));
    cursor->ids += oid->len;
    return copy;
}

static struct snmp_octets copy_octets(struct snmp_block_cursor *cursor, const struct snmp_octets *octets)
{
    struct snmp_octets copy = {octets->len, cursor->octets};

    if (octets->len) memcpy(cursor->octets, octets->ptr, octets->len);
    cursor->octets += octets->len;
    return copy;
}

void snmp_block_copy_binding(struct snmp_block_cursor *cursor, const struct snmp_varbind *from,
                             struct snmp_varbind_entry *to)
{
    enum snmp_value_kind kind = snmp_syntax_kind(from->value.syntax);

    to->own = NULL;
    to->binding.name = snmp_block_copy_oid(cursor, &from->name);
    to->binding.value = from->value;
    if (kind == SNMP_KIND_OID)
        to->binding.value.value.oid = snmp_block_copy_oid(cursor, &from->value.value.oid);
    else if (kind == SNMP_KIND_OCTETS)
        to->binding.value.value.octets = copy_octets(cursor, &from->value.value.octets);
}

bool snmp_varbind_list_allocate(struct snmp_varbind_list *list, uint32_t count, size_t id_count, size_t octet_count,
                                struct snmp_block_cursor *cursor)
{
    size_t size = count * sizeof(*list->entries) + id_count * sizeof(*cursor->ids) + octet_count;

    snmp_varbind_list_init(list);
    cursor->ids = NULL;
    cursor->octets = NULL;
    if (count == 0 && id_count == 0 && octet_count == 0) return true;
    list->block = snmp_alloc(size);
    if (!list->block) return false;
    list->entries = list->block;
    list->count = list->capacity = count;
    cursor->ids = (uint32_t *)(list->entries + count);
    cursor->octets = (uint8_t *)(cursor->ids + id_count);
    return true;
}

enum snmp_list_status snmp_varbind_list_copy(const struct snmp_varbind_list *list, struct snmp_varbind_list *copy)
{
    const struct snmp_varbind_entry *entries = list->entries;
    size_t id_count = 0, octet_count = 0;
    struct snmp_block_cursor cursor;
    uint32_t count = list->count;

    for (uint32_t i = 0; i < count; i++)
        snmp_block_measure(&entries[i].binding, &id_count, &octet_count);
    if (!snmp_varbind_list_allocate(copy, count, id_count, octet_count, &cursor)) return SNMP_LIST_NO_MEMORY;
    for (uint32_t i = 0; i < count; i++)
        snmp_block_copy_binding(&cursor, &entries[i].binding, &copy->entries[i]);
    return SNMP_LIST_OK;
}

struct snmp_varbind_list snmp_varbind_list_view(const struct snmp_varbind_list *list)
{
    struct snmp_varbind_list view = {list->count, 0, list->entries, NULL, true};

    return view;
}

/* Room for one more entry. */
static bool grow(struct snmp_varbind_list *list)
{
    size_t capacity = list->capacity < 4 ? 4 : (size_t)list->capacity * 2;
    struct snmp_varbind_entry *entries;

    if (list->count < list->capacity) return true;
    if (capacity > INT32_MAX / sizeof(*entries)) return false;
    entries = snmp_alloc(capacity * sizeof(*entries));
    if (!entries) return false;
    if (list->count) memcpy(entries, list->entries, list->count * sizeof(*entries));
    if (entries_own_allocation(list)) snmp_free(list->entries);
    list->entries = entries;
    list->capacity = (uint32_t)capacity;
    return true;
}

/* An entry with a block of its own. */
static bool make_entry(const struct snmp_varbind *binding, struct snmp_varbind_entry *entry)
{
    size_t id_count = 0, octet_count = 0;
    struct snmp_block_cursor cursor;
    void *own;

    snmp_block_measure(binding, &id_count, &octet_count);
    own = snmp_alloc(id_count * sizeof(*cursor.ids) + octet_count);
    if (!own) return false;
    cursor.ids = own;
    cursor.octets = (uint8_t *)(cursor.ids + id_count);
    snmp_block_copy_binding(&cursor, binding, entry);
    entry->own = own;
    return true;
}

static enum snmp_list_status check_arguments(const struct snmp_varbind_list *list, uint32_t index,
                                             const struct snmp_oid *name, const struct snmp_value *value)
{
    if (index > list->count || list->view) return SNMP_LIST_INDEX_INVALID;
    if (name ? !snmp_name_check(name) : (index == 0 || !value)) return SNMP_LIST_NAME_INVALID;
    return value ? snmp_value_check(value) : SNMP_LIST_OK;
}

enum snmp_list_status snmp_varbind_list_set(struct snmp_varbind_list *list, uint32_t index, const struct snmp_oid *name,
                                            const struct snmp_value *value, uint32_t *position)
{
    enum snmp_list_status status = check_arguments(list, index, name, value);
    struct snmp_varbind binding = {{0, NULL}, {SNMP_VALUE_NULL, {0}}};
    struct snmp_varbind_entry entry;

    if (status != SNMP_LIST_OK) return status;
    binding.name = name ? *name : list->entries[index - 1].binding.name;
    if (value) binding.value = *value;
    if (!make_entry(&binding, &entry)) return SNMP_LIST_NO_MEMORY;
    if (index == 0)
    {
        if (!grow(list))
        {
            snmp_free(entry.own);
            return SNMP_LIST_NO_MEMORY;
        }
        index = ++list->count;
    }
    else if (list->entries[index - 1].own)
        snmp_free(list->entries[index - 1].own);
    list->entries[index - 1] = entry;
    if (position) *position = index;
    return SNMP_LIST_OK;
}

enum snmp_list_status snmp_varbind_list_delete(struct snmp_varbind_list *list, uint32_t index)
{
    if (index == 0 || index > list->count || list->view) return SNMP_LIST_INDEX_INVALID;
    if (list->entries[index - 1].own) snmp_free(list->entries[index - 1].own);
    memmove(&list->entries[index - 1], &list->entries[index], (list->count - index) * sizeof(*list->entries));
    list->count--;
    return SNMP_LIST_OK;
}
