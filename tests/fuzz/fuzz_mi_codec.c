/* What the targets of mi.dll's two readers share. See fuzz_mi_codec.h. */
#include "fuzz_mi_codec.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "mi/allocation.h"
#include "mi/class.h"

/* Without a limit of its own a small input could ask for much: the readers' limits are too large to be met here. */
#define MAX_OUTPUT (4u << 20)

static long live;
static MI_Serializer serializer;
static MI_Deserializer deserializer;

static void *counting_alloc(size_t size)
{
    void *memory = malloc(size);

    live += memory != NULL;
    return memory;
}

static void counting_free(void *memory)
{
    live -= memory != NULL;
    free(memory);
}

/* ---- A class to read instances of: something of each kind of type ------------------------------------------------ */

#define PROPERTY(number, text, kind)                                                                                   \
    static const MI_PropertyDecl property##number = {.flags = MI_FLAG_PROPERTY | ((number) ? 0 : MI_FLAG_KEY),         \
                                                     .name = MI_T(text),                                               \
                                                     .type = (kind),                                                   \
                                                     .origin = MI_T("A"),                                              \
                                                     .propagator = MI_T("A")}
PROPERTY(0, "k", MI_UINT8);
PROPERTY(1, "b", MI_BOOLEAN);
PROPERTY(2, "i", MI_SINT64);
PROPERTY(3, "r", MI_REAL64);
PROPERTY(4, "c", MI_CHAR16);
PROPERTY(5, "d", MI_DATETIME);
PROPERTY(6, "s", MI_STRING);
PROPERTY(7, "e", MI_INSTANCE);
PROPERTY(8, "f", MI_REFERENCE);
PROPERTY(9, "n", MI_UINT16A);
PROPERTY(10, "t", MI_STRINGA);
PROPERTY(11, "a", MI_INSTANCEA);
static const MI_PropertyDecl *const properties[] = {&property0, &property1, &property2,  &property3,
                                                    &property4, &property5, &property6,  &property7,
                                                    &property8, &property9, &property10, &property11};
static const MI_ClassDecl decl = {
    .flags = MI_FLAG_CLASS, .name = MI_T("A"), .properties = properties, .numProperties = MI_COUNT(properties)};

/* ---- There and back ---------------------------------------------------------------------------------------------- */

struct text
{
    MI_Uint8 *bytes;
    MI_Uint32 length;
};

/* An instance, or a class where that is NULL; NULL bytes for what cannot be written. */
static struct text write_object(const MI_SerializerFT *writer, const MI_Instance *instance, const MI_Class *object)
{
    struct text text = {NULL, 0};
    MI_Result result = instance ? writer->SerializeInstance(&serializer, 1, instance, NULL, 0, &text.length)
                                : writer->SerializeClass(&serializer, 1, object, NULL, 0, &text.length);

    if (result != MI_RESULT_FAILED || text.length > MAX_OUTPUT) return text;
    text.bytes = malloc(text.length);
    REQUIRE(text.bytes);
    result = instance ? writer->SerializeInstance(&serializer, 1, instance, text.bytes, text.length, &text.length)
                      : writer->SerializeClass(&serializer, 1, object, text.bytes, text.length, &text.length);
    REQUIRE(result == MI_RESULT_OK);
    return text;
}

static void compare(struct text first, struct text second)
{
    REQUIRE(second.bytes && first.length == second.length && !memcmp(first.bytes, second.bytes, first.length));
    free(second.bytes);
}

static void check_instance(const MI_SerializerFT *writer, const MI_DeserializerFT *reader, MI_Instance *instance)
{
    struct text first = write_object(writer, instance, NULL);
    MI_Instance *again = NULL;

    if (first.bytes)
    {
        REQUIRE(reader->DeserializeInstance(&deserializer, 0, first.bytes, first.length, NULL, 0, NULL, NULL, NULL,
                                            &again, NULL) == MI_RESULT_OK);
        compare(first, write_object(writer, again, NULL));
        MI_Instance_Delete(again);
        free(first.bytes);
    }
    MI_Instance_Delete(instance);
}

/* A class that is read again says more than it did: of what it has flags for it has qualifiers too. */
static void check_class(const MI_SerializerFT *writer, const MI_DeserializerFT *reader, MI_Class *object)
{
    struct text first = write_object(writer, NULL, object), second;
    MI_Class *again = NULL, *third = NULL;

    MI_Class_Delete(object);
    if (!first.bytes) return;
    REQUIRE(reader->DeserializeClass(&deserializer, 0, first.bytes, first.length, NULL, NULL, NULL, NULL, NULL, NULL,
                                     &again, NULL) == MI_RESULT_OK);
    free(first.bytes);
    second = write_object(writer, NULL, again);
    MI_Class_Delete(again);
    if (!second.bytes) return;
    REQUIRE(reader->DeserializeClass(&deserializer, 0, second.bytes, second.length, NULL, NULL, NULL, NULL, NULL, NULL,
                                     &third, NULL) == MI_RESULT_OK);
    compare(second, write_object(writer, NULL, third));
    MI_Class_Delete(third);
    free(second.bytes);
}

typedef MI_Result(MI_CALL *name_function)(MI_Deserializer *deserializer, MI_Uint8 *buffer, MI_Uint32 length,
                                          MI_Char *name, MI_Uint32 *name_length, MI_Instance **error);

/* A name is given into as much room as it needs. */
static void check_name(name_function function, MI_Uint8 *bytes, MI_Uint32 length)
{
    MI_Instance *error = NULL;
    MI_Uint32 needed = 0;
    MI_Char *name;

    if (function(&deserializer, bytes, length, NULL, &needed, &error) == MI_RESULT_FAILED && !error && needed)
    {
        name = malloc(needed * sizeof(*name));
        REQUIRE(name && function(&deserializer, bytes, length, name, &needed, NULL) == MI_RESULT_OK);
        free(name);
    }
    if (error) MI_Instance_Delete(error);
}

void fuzz_codec(const MI_SerializerFT *writer, const MI_DeserializerFT *reader, const uint8_t *data, size_t size)
{
    MI_Uint8 *bytes = malloc(size + 1);
    MI_Instance *instance = NULL, *error = NULL;
    MI_Class *class_object = NULL, *read = NULL;
    MI_Uint32 end = 0;
    MI_Result result;

    mi_alloc = counting_alloc;
    mi_free = counting_free;
    live = 0;
    REQUIRE(bytes && mi_class_from_decl(&decl, NULL, NULL, &class_object) == MI_RESULT_OK);
    if (size) memcpy(bytes, data, size);
    result = reader->DeserializeInstance(&deserializer, 0, bytes, (MI_Uint32)size, &class_object, 1, NULL, NULL, &end,
                                         &instance, &error);
    REQUIRE((result == MI_RESULT_OK) == (instance != NULL) && (result == MI_RESULT_OK) == !error && end <= size);
    if (instance) check_instance(writer, reader, instance);
    if (error) MI_Instance_Delete(error);
    error = NULL;
    result = reader->DeserializeClass(&deserializer, 0, bytes, (MI_Uint32)size, NULL, NULL, NULL, NULL, NULL, &end,
                                      &read, &error);
    REQUIRE((result == MI_RESULT_OK) == (read != NULL) && (result == MI_RESULT_OK) == !error && end <= size);
    if (read) check_class(writer, reader, read);
    if (error) MI_Instance_Delete(error);
    check_name(reader->Class_GetClassName, bytes, (MI_Uint32)size);
    check_name(reader->Class_GetParentClassName, bytes, (MI_Uint32)size);
    check_name(reader->Instance_GetClassName, bytes, (MI_Uint32)size);
    MI_Class_Delete(class_object);
    free(bytes);
    REQUIRE(live == 0);
}
