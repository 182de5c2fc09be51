/* What the readers of XML and MOF share. See codec_reader.h. */
#include "mi/codec_reader.h"

#include "mi/allocation.h"
#include "mi/class.h"
#include "mi/error.h"
#include "mi/instance.h"
#include "mi/text.h"
#include "mi/value.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define FIRST_CHUNK 2048
/* Of a name in a message. */
#define MAX_NAME 80

/* ---- Failures ---------------------------------------------------------------------------------------------------- */

static void find_place(struct mi_codec_reader *reader, const MI_Char *at)
{
    if (reader->outer) at = reader->outer;
    if (!at || !reader->text.begin || at < reader->text.begin || at > reader->text.begin + reader->text.length) return;
    reader->line = reader->column = 1;
    for (const MI_Char *c = reader->text.begin; c < at; c++)
    {
        reader->column++;
        if (*c != '\n') continue;
        reader->line++;
        reader->column = 1;
    }
}

static MI_Char *put_ascii(MI_Char *at, const char *text)
{
    while (*text)
        *at++ = (MI_Char)*text++;
    return at;
}

/* "Line 3, column 14: there is no such class: Name". */
static void make_message(struct mi_codec_reader *reader, const char *text, const MI_Char *name, size_t length)
{
    char place[64] = "";
    MI_Char *at = reader->message;

    if (reader->line) snprintf(place, sizeof(place), "Line %u, column %u: ", reader->line, reader->column);
    at = put_ascii(put_ascii(at, place), text);
    if (name)
    {
        at = put_ascii(at, ": ");
        for (size_t i = 0; i < length && i < MAX_NAME; i++)
            *at++ = name[i] ? name[i] : '?';
    }
    *at = 0;
}

bool mi_codec_fail(struct mi_codec_reader *reader, const MI_Char *at, MI_Result result, const char *text,
                   const MI_Char *name, size_t length)
{
    if (reader->result != MI_RESULT_OK) return false;
    reader->result = result;
    find_place(reader, at);
    make_message(reader, text, name, length);
    return false;
}

bool mi_codec_bad(struct mi_codec_reader *reader, const MI_Char *at, const char *text)
{
    return mi_codec_fail(reader, at, reader->bad_input, text, NULL, 0);
}

bool mi_codec_no_memory(struct mi_codec_reader *reader)
{
    return mi_codec_fail(reader, NULL, MI_RESULT_SERVER_LIMITS_EXCEEDED, "there is not enough memory", NULL, 0);
}

MI_Instance *mi_codec_error(const struct mi_codec_reader *reader)
{
    MI_Char numbers[2][12], *texts[2] = {numbers[0], numbers[1]};
    MI_Uint32 place[2] = {reader->line, reader->column};
    MI_Value value = {.stringa = {texts, 2}};
    MI_Instance *error;

    if (mi_error_new(reader->result, MI_RESULT_TYPE_MI, *reader->message ? reader->message : NULL, &error) !=
        MI_RESULT_OK)
        return NULL;
    for (int i = 0; i < 2; i++)
    {
        char text[12];

        snprintf(text, sizeof(text), "%u", place[i]);
        *put_ascii(numbers[i], text) = 0;
    }
    if (!reader->line || MI_Instance_SetElement(error, MI_T("MessageArguments"), &value, MI_STRINGA, 0) == MI_RESULT_OK)
        return error;
    MI_Instance_Delete(error);
    return NULL;
}

/* ---- Memory ------------------------------------------------------------------------------------------------------ */

void *mi_codec_alloc(struct mi_codec_reader *reader, size_t size)
{
    void *memory = NULL;

    if (size <= MI_CODEC_MAX_MEMORY && reader->arena.bytes <= MI_CODEC_MAX_MEMORY - size)
        memory = mi_arena_alloc(&reader->arena, size ? size : 1);
    if (!memory) mi_codec_no_memory(reader);
    return memory;
}

MI_Char *mi_codec_copy(struct mi_codec_reader *reader, const MI_Char *at, size_t length)
{
    MI_Char *copy;

    for (size_t i = 0; i < length; i++)
    {
        if (at[i]) continue;
        mi_codec_bad(reader, at, "a text has a character 0 in it");
        return NULL;
    }
    copy = mi_codec_alloc(reader, (length + 1) * sizeof(*copy));
    if (!copy) return NULL;
    if (length) memcpy(copy, at, length * sizeof(*copy));
    copy[length] = 0;
    return copy;
}

/* A larger place for `count` items, which are copied; `room` is how many it has then. */
static void *grow(struct mi_codec_reader *reader, const void *from, MI_Uint32 count, size_t size, MI_Uint32 *room)
{
    MI_Uint32 next = *room ? 2 * *room : 8;
    void *memory = next <= MI_CODEC_MAX_MEMORY / size ? mi_codec_alloc(reader, next * size) : NULL;

    if (!memory)
    {
        mi_codec_no_memory(reader);
        return NULL;
    }
    if (count) memcpy(memory, from, count * size);
    *room = next;
    return memory;
}

bool mi_pointers_add(struct mi_codec_reader *reader, struct mi_pointers *pointers, void *pointer)
{
    if (pointers->count == pointers->room)
    {
        void **list = grow(reader, pointers->list, pointers->count, sizeof(*list), &pointers->room);

        if (!list) return false;
        pointers->list = list;
    }
    pointers->list[pointers->count++] = pointer;
    return true;
}

bool mi_items_add(struct mi_codec_reader *reader, struct mi_items *items, MI_Type type, const MI_Value *item)
{
    size_t size = mi_type_size(type);

    if (items->count == items->room)
    {
        char *data = grow(reader, items->data, items->count, size, &items->room);

        if (!data) return false;
        items->data = data;
    }
    memcpy(items->data + items->count++ * size, item, size);
    return true;
}

void mi_items_get(const struct mi_items *items, MI_Value *array)
{
    memset(array, 0, sizeof(*array));
    array->array.data = items->data;
    array->array.size = items->count;
}

/* ---- The text ---------------------------------------------------------------------------------------------------- */

static void detect(const MI_Uint8 *buffer, MI_Uint32 length, struct mi_codec_text *text)
{
    text->mark = 2;
    if (length >= 2 && buffer[0] == 0xff && buffer[1] == 0xfe)
        text->encoding = MI_ENCODING_UTF16LE;
    else if (length >= 2 && buffer[0] == 0xfe && buffer[1] == 0xff)
        text->encoding = MI_ENCODING_UTF16BE;
    else
    {
        text->mark = length >= 3 && buffer[0] == 0xef && buffer[1] == 0xbb && buffer[2] == 0xbf ? 3 : 0;
        text->encoding = MI_ENCODING_UTF8;
        if (length >= 2 && buffer[1] == 0) text->encoding = MI_ENCODING_UTF16LE;
        if (length >= 2 && buffer[0] == 0) text->encoding = MI_ENCODING_UTF16BE;
    }
}

/* The octets of the UTF-8 sequence that begins with `first`; 0 for what begins none. */
static unsigned sequence_length(MI_Uint8 first)
{
    if (first < 0x80) return 1;
    if (first >= 0xc2 && first < 0xe0) return 2;
    if (first >= 0xe0 && first < 0xf0) return 3;
    return first >= 0xf0 && first < 0xf5 ? 4 : 0;
}

/* A character from UTF-8; 0 in `octets` where it is none. */
static MI_Uint32 take_utf8(const MI_Uint8 *at, const MI_Uint8 *end, unsigned *octets)
{
    static const MI_Uint8 masks[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    static const MI_Uint32 least[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned length = sequence_length(*at);
    MI_Uint32 c = *at & masks[length];

    *octets = 0;
    if (!length || length > (size_t)(end - at)) return 0;
    for (unsigned i = 1; i < length; i++)
    {
        if ((at[i] & 0xc0) != 0x80) return 0;
        c = c << 6 | (at[i] & 0x3f);
    }
    if (c < least[length] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) return 0;
    *octets = length;
    return c;
}

static bool decode_utf8(struct mi_codec_reader *reader, const MI_Uint8 *at, const MI_Uint8 *end, MI_Char *out,
                        size_t *length)
{
    MI_Char *begin = out;

    while (at < end)
    {
        unsigned octets;
        MI_Uint32 c = take_utf8(at, end, &octets);

        if (!octets) return mi_codec_bad(reader, NULL, "the buffer is neither UTF-16 nor UTF-8");
        if (c >= 0x10000)
        {
            *out++ = (MI_Char)(0xd800 + ((c - 0x10000) >> 10));
            c = 0xdc00 + ((c - 0x10000) & 0x3ff);
        }
        *out++ = (MI_Char)c;
        at += octets;
    }
    *length = (size_t)(out - begin);
    return true;
}

bool mi_codec_decode(struct mi_codec_reader *reader, const MI_Uint8 *buffer, MI_Uint32 length,
                     struct mi_codec_text *text)
{
    size_t count;
    MI_Char *out;
    const MI_Uint8 *at;

    memset(text, 0, sizeof(*text));
    if (length > MI_CODEC_MAX_INPUT)
        return mi_codec_fail(reader, NULL, MI_RESULT_SERVER_LIMITS_EXCEEDED, "the buffer is too large", NULL, 0);
    detect(buffer, length, text);
    at = buffer + text->mark;
    count = length - text->mark;
    if (text->encoding != MI_ENCODING_UTF8) count /= 2;
    out = mi_codec_alloc(reader, (count + 1) * sizeof(*out));
    if (!out) return false;
    if (text->encoding == MI_ENCODING_UTF8)
    {
        if (!decode_utf8(reader, at, buffer + length, out, &count)) return false;
    }
    else
        for (size_t i = 0; i < count; i++, at += 2)
            out[i] = (MI_Char)(text->encoding == MI_ENCODING_UTF16LE ? at[0] | at[1] << 8 : at[0] << 8 | at[1]);
    out[count] = 0;
    text->begin = out;
    text->length = count;
    return true;
}

MI_Uint32 mi_codec_bytes(const struct mi_codec_reader *reader, const MI_Char *at)
{
    MI_Uint32 bytes = reader->text.mark;

    for (const MI_Char *c = reader->text.begin; c < at; c++)
    {
        if (reader->text.encoding != MI_ENCODING_UTF8)
            bytes += 2;
        else if (*c < 0x80)
            bytes += 1;
        else if (*c < 0x800 || (*c >= 0xd800 && *c < 0xe000))
            bytes += 2; /* each of a pair of surrogates: they are 4 octets */
        else
            bytes += 3;
    }
    return bytes;
}

bool mi_codec_begin(struct mi_codec_reader *reader, const struct mi_codec_request *request, MI_Result bad_input)
{
    memset(reader, 0, sizeof(*reader));
    reader->request = request;
    reader->bad_input = bad_input;
    mi_arena_init(&reader->arena, NULL, 0, FIRST_CHUNK);
    return mi_codec_decode(reader, request->buffer, request->length, &reader->text);
}

void mi_codec_end(struct mi_codec_reader *reader)
{
    while (reader->made.count)
        if (reader->made.list[--reader->made.count]) MI_Instance_Delete(reader->made.list[reader->made.count]);
    while (reader->classes.count)
        if (reader->classes.list[--reader->classes.count]) MI_Class_Delete(reader->classes.list[reader->classes.count]);
    mi_arena_free(&reader->arena);
}

/* ---- Classes ----------------------------------------------------------------------------------------------------- */

static bool is_class(MI_Class *class_object, const MI_Char *name)
{
    return class_object && mi_class_get_data(class_object) && mi_name_equal(class_object->classDecl->name, name);
}

MI_Class *mi_codec_known_class(struct mi_codec_reader *reader, const MI_Char *name)
{
    const struct mi_codec_request *request = reader->request;

    for (MI_Uint32 i = reader->classes.count; i-- > 0;)
        if (is_class(reader->classes.list[i], name)) return reader->classes.list[i];
    for (MI_Uint32 i = 0; i < request->class_count; i++)
        if (is_class(request->classes[i], name)) return request->classes[i];
    return NULL;
}

/* Objects are bounded as a whole: small texts can ask for many of a large class. */
static bool count_bytes(struct mi_codec_reader *reader, size_t bytes)
{
    reader->object_bytes += bytes;
    return reader->object_bytes <= MI_CODEC_MAX_MEMORY || mi_codec_no_memory(reader);
}

bool mi_codec_add_class(struct mi_codec_reader *reader, MI_Class *class_object)
{
    const struct mi_class_data *data = mi_class_get_data(class_object);

    if (reader->classes.count == MI_CODEC_MAX_CLASSES)
        mi_codec_fail(reader, NULL, MI_RESULT_SERVER_LIMITS_EXCEEDED, "there are too many classes", NULL, 0);
    else if (count_bytes(reader, data ? mi_class_data_bytes(data) : 0) &&
             mi_pointers_add(reader, &reader->classes, class_object))
        return true;
    MI_Class_Delete(class_object);
    return false;
}

MI_Class *mi_codec_find_class(struct mi_codec_reader *reader, const MI_Char *at, const MI_Char *name, bool required)
{
    const struct mi_codec_request *request = reader->request;
    MI_Class *found = mi_codec_known_class(reader, name);
    MI_Result result = MI_RESULT_INVALID_CLASS;

    if (!found && request->class_needed)
    {
        result = request->class_needed(request->class_context, request->server_name, request->name_space, name, &found);
        if (result != MI_RESULT_OK) found = NULL;
        if (found && !mi_codec_add_class(reader, found)) return NULL;
        if (result == MI_RESULT_OK && !is_class(found, name)) result = MI_RESULT_INVALID_CLASS;
    }
    if (found && is_class(found, name)) return found;
    if (required) mi_codec_fail(reader, at, result, "the class is not known", name, mi_text_length(name));
    return NULL;
}

/* ---- Instances --------------------------------------------------------------------------------------------------- */

static bool count_instance(struct mi_codec_reader *reader, const MI_Char *at)
{
    if (++reader->instance_count <= MI_CODEC_MAX_INSTANCES) return true;
    return mi_codec_fail(reader, at, MI_RESULT_SERVER_LIMITS_EXCEEDED, "there are too many instances", NULL, 0);
}

static MI_Instance *keep_instance(struct mi_codec_reader *reader, MI_Instance *instance)
{
    if (count_bytes(reader, mi_instance_bytes(instance)) && mi_pointers_add(reader, &reader->made, instance))
        return instance;
    MI_Instance_Delete(instance);
    return NULL;
}

MI_Instance *mi_codec_new_instance(struct mi_codec_reader *reader, const MI_Char *at, const MI_Char *class_name,
                                   const MI_Class *class_object)
{
    MI_Instance *instance = NULL;
    MI_Result result;

    if (!count_instance(reader, at)) return NULL;
    result = class_object ? mi_instance_of(NULL, class_object->classDecl, mi_class_get_data(class_object), &instance)
                          : mi_instance_new(class_name, &instance);
    if (result == MI_RESULT_OK) return keep_instance(reader, instance);
    mi_codec_fail(reader, at, result, "the instance cannot be made", class_name, mi_text_length(class_name));
    return NULL;
}

/* Counts an instance and those in it, as if each were read anew. */
static bool count_copy(struct mi_codec_reader *reader, const MI_Char *at, const MI_Instance *instance)
{
    MI_Uint32 count = 0;

    if (!count_instance(reader, at) || !count_bytes(reader, mi_instance_bytes(instance))) return false;
    MI_Instance_GetElementCount(instance, &count);
    for (MI_Uint32 i = 0; i < count; i++)
    {
        MI_Value value = {0};
        MI_Type type = MI_BOOLEAN;
        MI_Uint32 flags = 0, items;

        MI_Instance_GetElementAt(instance, i, NULL, &value, &type, &flags);
        if ((flags & MI_FLAG_NULL) || !mi_type_is_instance(type)) continue;
        items = mi_type_is_array(type) ? value.instancea.size : 1;
        for (MI_Uint32 k = 0; k < items; k++)
            if (!count_copy(reader, at, mi_type_is_array(type) ? value.instancea.data[k] : value.instance))
                return false;
    }
    return true;
}

MI_Instance *mi_codec_clone(struct mi_codec_reader *reader, const MI_Char *at, const MI_Instance *instance)
{
    MI_Instance *copy = NULL;
    MI_Result result;

    if (!count_copy(reader, at, instance)) return NULL;
    result = MI_Instance_Clone(instance, &copy);
    if (result == MI_RESULT_OK && mi_pointers_add(reader, &reader->made, copy)) return copy;
    if (copy) MI_Instance_Delete(copy);
    if (result != MI_RESULT_OK) mi_codec_fail(reader, at, result, "the instance cannot be copied", NULL, 0);
    return NULL;
}

bool mi_codec_set(struct mi_codec_reader *reader, const MI_Char *at, MI_Instance *instance, bool dynamic,
                  const MI_Char *name, const MI_Value *value, MI_Type type, MI_Uint32 flags, MI_Uint32 first)
{
    MI_Result result;

    if (mi_type_is_instance(type) && value) flags |= MI_FLAG_ADOPT;
    result = dynamic ? MI_Instance_AddElement(instance, name, value, type, flags)
                     : MI_Instance_SetElement(instance, name, value, type, flags);
    if (result != MI_RESULT_OK)
        return mi_codec_fail(reader, at, result,
                             result == MI_RESULT_NO_SUCH_PROPERTY ? "the class has no such property"
                             : result == MI_RESULT_TYPE_MISMATCH  ? "the property is of another type"
                                                                  : "the property cannot be set",
                             name, mi_text_length(name));
    reader->made.count = first;
    return true;
}

MI_Instance *mi_codec_take(struct mi_codec_reader *reader)
{
    return reader->made.list[--reader->made.count];
}

void mi_codec_release(struct mi_pointers *pointers, const void *object, MI_Uint32 from)
{
    for (MI_Uint32 i = from; i < pointers->count; i++)
    {
        if (pointers->list[i] != object) continue;
        pointers->list[i] = NULL;
        return;
    }
}

MI_Class *mi_codec_take_class(struct mi_codec_reader *reader, MI_Class *class_object)
{
    mi_codec_release(&reader->classes, class_object, 0);
    return class_object;
}
