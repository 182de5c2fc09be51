/*
 * Variable-binding lists: a program of set, append, delete, copy, view and decode, with allocations failing now and
 * then, beside a naive model of fixed arrays.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "wsnmp32/allocation.h"
#include "wsnmp32/message_codec.h"
#include "wsnmp32/oid_text.h"

#define MODEL_ENTRIES 64
#define MODEL_NAME    4
#define MODEL_OCTETS  16

/* What an entry should hold: a short name, and a number or a few octets. */
struct model_entry
{
    uint32_t name_len;
    uint32_t name[MODEL_NAME];
    uint32_t syntax;
    uint64_t number;
    uint32_t octets_len;
    uint8_t octets[MODEL_OCTETS];
};

static struct model_entry model[MODEL_ENTRIES];
static uint32_t model_count;

static const uint8_t *input, *input_end;
static int fail_next;

static uint8_t take(void)
{
    return input == input_end ? 0 : *input++;
}

static void *failing_alloc(size_t size)
{
    if (fail_next > 0 && --fail_next == 0) return NULL;
    return malloc(size);
}

static void check_entry(const struct snmp_varbind *binding, const struct model_entry *expected)
{
    struct snmp_oid name = {expected->name_len, (uint32_t *)expected->name};
    const struct snmp_value *value = &binding->value;

    REQUIRE(snmp_oid_equal(&binding->name, &name));
    REQUIRE(value->syntax == expected->syntax);
    switch (snmp_syntax_kind(value->syntax))
    {
    case SNMP_KIND_UNSIGNED:
        REQUIRE(value->value.unumber == (uint32_t)expected->number);
        break;
    case SNMP_KIND_COUNTER64:
        REQUIRE(value->value.counter64 == expected->number);
        break;
    case SNMP_KIND_OCTETS:
        REQUIRE(value->value.octets.len == expected->octets_len);
        REQUIRE(expected->octets_len == 0 ||
                memcmp(value->value.octets.ptr, expected->octets, expected->octets_len) == 0);
        break;
    case SNMP_KIND_OID:
        REQUIRE(snmp_oid_equal(&value->value.oid, &name));
        break;
    default:
        break;
    }
}

static void check_list(const struct snmp_varbind_list *list)
{
    REQUIRE(snmp_varbind_list_count(list) == model_count);
    REQUIRE(!snmp_varbind_list_get(list, 0) && !snmp_varbind_list_get(list, model_count + 1));
    for (uint32_t i = 0; i < model_count; i++)
        check_entry(snmp_varbind_list_get(list, i + 1), &model[i]);
}

/* An entry from the input, and the binding that describes it (an OID value is the name once more). */
static struct model_entry take_entry(struct snmp_varbind *binding, uint32_t name[MODEL_NAME])
{
    static const uint32_t syntaxes[] = {SNMP_VALUE_NULL, SNMP_VALUE_CNTR32, SNMP_VALUE_CNTR64, SNMP_VALUE_OCTETS,
                                        SNMP_VALUE_OID};
    struct model_entry entry;

    memset(&entry, 0, sizeof(entry));
    memset(binding, 0, sizeof(*binding));
    entry.name_len = 2 + take() % (MODEL_NAME - 1);
    entry.name[0] = 1;
    for (uint32_t i = 1; i < entry.name_len; i++)
        entry.name[i] = take() % 40;
    entry.syntax = syntaxes[take() % 5];
    entry.number = take();
    entry.octets_len = entry.syntax == SNMP_VALUE_OCTETS ? take() % (MODEL_OCTETS + 1) : 0;
    for (uint32_t i = 0; i < entry.octets_len; i++)
        entry.octets[i] = take();
    memcpy(name, entry.name, sizeof(entry.name));
    binding->name.len = entry.name_len;
    binding->name.ids = name;
    binding->value.syntax = entry.syntax;
    switch (snmp_syntax_kind(entry.syntax))
    {
    case SNMP_KIND_UNSIGNED:
        binding->value.value.unumber = (uint32_t)entry.number;
        break;
    case SNMP_KIND_COUNTER64:
        binding->value.value.counter64 = entry.number;
        break;
    case SNMP_KIND_OID:
        binding->value.value.oid = binding->name;
        break;
    default:
        break;
    }
    return entry;
}

static void set(struct snmp_varbind_list *list, uint32_t index)
{
    struct snmp_varbind binding;
    uint32_t name[MODEL_NAME], position = 0;
    struct model_entry entry = take_entry(&binding, name);
    enum snmp_list_status status;

    if (entry.syntax == SNMP_VALUE_OCTETS)
    {
        binding.value.value.octets.len = entry.octets_len;
        binding.value.value.octets.ptr = entry.octets;
    }
    if (index == 0 && model_count == MODEL_ENTRIES) return;
    status = snmp_varbind_list_set(list, index, &binding.name, &binding.value, &position);
    if (index > model_count)
    {
        REQUIRE(status == SNMP_LIST_INDEX_INVALID);
        return;
    }
    if (status == SNMP_LIST_NO_MEMORY) return;
    REQUIRE(status == SNMP_LIST_OK && position == (index ? index : model_count + 1));
    if (index == 0) index = ++model_count;
    model[index - 1] = entry;
}

/* Sets an entry's value, or a whole new entry, from another one of the same list. */
static void set_from_itself(struct snmp_varbind_list *list, uint32_t index, uint32_t from, bool with_name)
{
    const struct snmp_varbind *source = snmp_varbind_list_get(list, from);
    struct model_entry entry;

    if (!source || index > model_count || (index == 0 && model_count == MODEL_ENTRIES)) return;
    /* The model keeps an OID value equal to the name. */
    if (!with_name && source->value.syntax == SNMP_VALUE_OID) return;
    entry = model[from - 1];
    if (snmp_varbind_list_set(list, index, with_name ? &source->name : NULL, &source->value, NULL) != SNMP_LIST_OK)
        return;
    REQUIRE(with_name || index != 0);
    if (!with_name)
    {
        entry.name_len = model[index - 1].name_len;
        memcpy(entry.name, model[index - 1].name, sizeof(entry.name));
    }
    if (index == 0) index = ++model_count;
    model[index - 1] = entry;
}

static void delete (struct snmp_varbind_list *list, uint32_t index)
{
    enum snmp_list_status status = snmp_varbind_list_delete(list, index);

    REQUIRE((status == SNMP_LIST_OK) == (index >= 1 && index <= model_count));
    if (status != SNMP_LIST_OK) return;
    memmove(&model[index - 1], &model[index], (model_count - index) * sizeof(model[0]));
    model_count--;
}

/* Goes on with a copy. */
static void copy(struct snmp_varbind_list *list)
{
    struct snmp_varbind_list made;

    if (snmp_varbind_list_copy(list, &made) != SNMP_LIST_OK)
    {
        REQUIRE(made.count == 0 && !made.block);
        return;
    }
    snmp_varbind_list_free(list);
    *list = made;
}

/* Goes on with what encoding and decoding make of it. */
static void through_codec(struct snmp_varbind_list *list)
{
    static uint8_t buffer[65536];
    struct snmp_message message, decoded;
    size_t length;

    memset(&message, 0, sizeof(message));
    message.version = SNMP_VERSION_2C;
    message.pdu.type = SNMP_TYPE_RESPONSE;
    message.pdu.bindings = snmp_varbind_list_view(list);
    REQUIRE(snmp_message_encode(&message, buffer, sizeof(buffer), &length) == SNMP_CODEC_OK);
    if (snmp_message_decode(buffer, length, &decoded, NULL) != SNMP_CODEC_OK) return;
    snmp_varbind_list_free(list);
    *list = decoded.pdu.bindings;
}

static void check_view(const struct snmp_varbind_list *list)
{
    struct snmp_varbind_list view = snmp_varbind_list_view(list);

    check_list(&view);
    REQUIRE(snmp_varbind_list_delete(&view, 1) == SNMP_LIST_INDEX_INVALID);
    snmp_varbind_list_free(&view);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct snmp_varbind_list list;
    uint8_t index;

    snmp_alloc = failing_alloc;
    input = data;
    input_end = data + size;
    model_count = 0;
    fail_next = 0;
    snmp_varbind_list_init(&list);
    while (input != input_end)
    {
        uint8_t operation = take();

        fail_next = operation & 0x80 ? 1 + (operation >> 6 & 1) : 0;
        switch (operation & 7)
        {
        case 0:
        case 1:
            set(&list, 0);
            break;
        case 2:
            set(&list, take() % (MODEL_ENTRIES + 2));
            break;
        case 3:
            delete (&list, take() % (MODEL_ENTRIES + 2));
            break;
        case 4:
            copy(&list);
            break;
        case 5:
            through_codec(&list);
            break;
        case 6:
            index = take();
            set_from_itself(&list, index % (MODEL_ENTRIES + 1), take(), index & 0x80);
            break;
        default:
            check_view(&list);
            break;
        }
        check_list(&list);
    }
    snmp_varbind_list_free(&list);
    REQUIRE(list.count == 0 && !list.block && !list.entries);
    return 0;
}
