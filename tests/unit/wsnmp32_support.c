#include "wsnmp32_support.h"
#include "wsnmp32/allocation.h"
#include "wsnmp32/oid_text.h"

#include <stdlib.h>
#include <string.h>

void use_counting_allocator(void)
{
    count_allocations(&snmp_alloc, &snmp_free);
}

uint64_t random_next(struct random *r)
{
    r->state ^= r->state << 13;
    r->state ^= r->state >> 7;
    r->state ^= r->state << 17;
    return r->state * UINT64_C(0x2545f4914f6cdd1d);
}

uint32_t random_below(struct random *r, uint32_t bound)
{
    return (uint32_t)((random_next(r) >> 32) % bound);
}

uint64_t random_edgy(struct random *r)
{
    uint64_t value = UINT64_C(1) << random_below(r, 64);

    switch (random_below(r, 4))
    {
    case 0:
        return value;
    case 1:
        return value - 1;
    case 2:
        return ~value + random_below(r, 3);
    default:
        return random_next(r) >> random_below(r, 64);
    }
}

struct snmp_oid random_oid(struct random *r, uint32_t ids[SNMP_OID_MAX_LENGTH])
{
    uint32_t most = random_below(r, 10) ? 20 : SNMP_OID_MAX_LENGTH - 1;
    struct snmp_oid oid = {2 + random_below(r, most), ids};

    ids[0] = random_below(r, 3);
    ids[1] = ids[0] < 2 ? random_below(r, 40) : (uint32_t)random_edgy(r) % (UINT32_MAX - 79);
    for (uint32_t i = 2; i < oid.len; i++)
        ids[i] = random_below(r, 3) ? random_below(r, 300) : (uint32_t)random_edgy(r);
    return oid;
}

static void random_octets(struct random *r, uint32_t syntax, struct binding_room *room, struct snmp_octets *octets)
{
    octets->ptr = room->octets;
    octets->len = random_below(r, 4) ? random_below(r, 40) : random_below(r, sizeof(room->octets));
    if (syntax == SNMP_VALUE_IPADDR) octets->len = 4;
    if (syntax == SNMP_VALUE_BITS) octets->len++;
    for (uint32_t i = 0; i < octets->len && i < sizeof(room->octets); i++)
        room->octets[i] = (uint8_t)random_next(r);
    if (octets->len > sizeof(room->octets)) octets->len = sizeof(room->octets);
    if (syntax == SNMP_VALUE_BITS) room->octets[0] &= 7;
    /* 9f begins net-snmp's own types inside an Opaque (floats and others), which it decodes to something else. */
    if (syntax == SNMP_VALUE_OPAQUE && octets->len && room->octets[0] == 0x9f) room->octets[0] = 0x9e;
}

struct snmp_varbind random_binding(struct random *r, bool v1, struct binding_room *room)
{
    static const uint32_t syntaxes[] = {
        SNMP_VALUE_INT,       SNMP_VALUE_BITS,         SNMP_VALUE_OCTETS,         SNMP_VALUE_NULL,
        SNMP_VALUE_OID,       SNMP_VALUE_IPADDR,       SNMP_VALUE_CNTR32,         SNMP_VALUE_GAUGE32,
        SNMP_VALUE_TIMETICKS, SNMP_VALUE_OPAQUE,       SNMP_VALUE_NSAPADDR,       SNMP_VALUE_UINT32,
        SNMP_VALUE_CNTR64,    SNMP_VALUE_NOSUCHOBJECT, SNMP_VALUE_NOSUCHINSTANCE, SNMP_VALUE_ENDOFMIBVIEW};
    struct snmp_varbind binding;

    memset(&binding, 0, sizeof(binding));
    binding.name = random_oid(r, room->name);
    binding.value.syntax = syntaxes[random_below(r, v1 ? 12 : 16)];
    switch (snmp_syntax_kind(binding.value.syntax))
    {
    case SNMP_KIND_NUMBER:
        binding.value.value.number = (int32_t)random_edgy(r);
        break;
    case SNMP_KIND_UNSIGNED:
        binding.value.value.unumber = (uint32_t)random_edgy(r);
        break;
    case SNMP_KIND_COUNTER64:
        binding.value.value.counter64 = random_edgy(r);
        break;
    case SNMP_KIND_OCTETS:
        random_octets(r, binding.value.syntax, room, &binding.value.value.octets);
        break;
    case SNMP_KIND_OID:
        binding.value.value.oid = random_oid(r, room->oid);
        break;
    default:
        break;
    }
    return binding;
}

void random_list(struct random *r, bool v1, uint32_t most, struct snmp_varbind_list *list)
{
    struct binding_room room;

    for (uint32_t i = random_below(r, most + 1); i; i--)
    {
        struct snmp_varbind binding = random_binding(r, v1, &room);

        if (snmp_varbind_list_set(list, 0, &binding.name, &binding.value, NULL) != SNMP_LIST_OK) abort();
    }
}

bool lists_equal(const struct snmp_varbind_list *a, const struct snmp_varbind_list *b)
{
    if (a->count != b->count) return false;
    for (uint32_t i = 1; i <= a->count; i++)
    {
        const struct snmp_varbind *x = snmp_varbind_list_get(a, i), *y = snmp_varbind_list_get(b, i);

        if (!snmp_oid_equal(&x->name, &y->name) || !snmp_value_equal(&x->value, &y->value)) return false;
    }
    return true;
}

void append_hex(struct octet_string *to, const char *hex)
{
    for (; *hex; hex++)
        if (*hex != ' ')
        {
            char digits[3] = {hex[0], hex[1], 0};

            to->at[to->length++] = (uint8_t)strtoul(digits, NULL, 16);
            hex++;
        }
}

struct octet_string from_hex(const char *hex)
{
    struct octet_string octets;

    octets.length = 0;
    append_hex(&octets, hex);
    return octets;
}

void wrap(struct octet_string *octets, uint8_t tag)
{
    memmove(octets->at + 4, octets->at, octets->length);
    octets->at[0] = tag;
    octets->at[1] = 0x82;
    octets->at[2] = (uint8_t)(octets->length >> 8);
    octets->at[3] = (uint8_t)octets->length;
    octets->length += 4;
}

void prepend_hex(struct octet_string *octets, const char *hex)
{
    struct octet_string front = from_hex(hex);

    memmove(octets->at + front.length, octets->at, octets->length);
    memcpy(octets->at, front.at, front.length);
    octets->length += front.length;
}
