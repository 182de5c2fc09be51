/*
 * What the readers of XML and MOF share: the text that is read, memory for the time of reading, the first error with
 * its place, the classes that are known, and the instances that are made.
 *
 * Memory is bounded: an input of more than MI_CODEC_MAX_INPUT bytes is refused, and so is one that takes more than
 * MI_CODEC_MAX_MEMORY for reading or as much for the objects in it, more than MI_CODEC_MAX_INSTANCES instances,
 * MI_CODEC_MAX_CLASSES classes or MI_CODEC_MAX_MEMBERS members of one object, or a deeper nesting than
 * MI_CODEC_MAX_DEPTH: all with MI_RESULT_SERVER_LIMITS_EXCEEDED.
 */
#ifndef CORK_MI_CODEC_READER_H
#define CORK_MI_CODEC_READER_H

#include <mi.h>

#include "mi/arena.h"
#include "mi/codec_output.h"

#include <stdbool.h>
#include <stddef.h>

#define MI_CODEC_MAX_INPUT     (50u << 20)
#define MI_CODEC_MAX_MEMORY    (256u << 20)
#define MI_CODEC_MAX_INSTANCES 65536u
#define MI_CODEC_MAX_MEMBERS   8192u
#define MI_CODEC_MAX_CLASSES   8192u
#define MI_CODEC_MESSAGE       240

/* What is to be read, and with what. All of it is the caller's. */
struct mi_codec_request
{
    const MI_Uint8 *buffer;
    MI_Uint32 length;
    MI_Class *const *classes; /* may have NULL in it */
    MI_Uint32 class_count;
    const MI_Char *server_name, *name_space;
    MI_Deserializer_ClassObjectNeeded class_needed;
    void *class_context;
};

/* A list of pointers in the reader's memory. */
struct mi_pointers
{
    void **list;
    MI_Uint32 count, room;
};

enum mi_encoding
{
    MI_ENCODING_UTF16LE,
    MI_ENCODING_UTF16BE,
    MI_ENCODING_UTF8
};

/* The text that is read; a 0 follows it. */
struct mi_codec_text
{
    const MI_Char *begin;
    size_t length;
    enum mi_encoding encoding;
    MI_Uint32 mark; /* bytes of the byte order mark */
};

struct mi_codec_reader
{
    const struct mi_codec_request *request;
    struct mi_arena arena;
    struct mi_codec_text text;
    const MI_Char *outer; /* not NULL: while what is read is a value in the text, where that is */
    MI_Result result;     /* the first failure */
    MI_Uint32 line, column;
    MI_Char message[MI_CODEC_MESSAGE];
    MI_Result bad_input;        /* what a text that is not well-formed is */
    struct mi_pointers classes; /* read, or asked for: the reader's own; NULL: taken away */
    struct mi_pointers made;    /* instances that belong to no other yet, the newest last; NULL: taken away */
    size_t object_bytes;        /* of all classes and instances that were made */
    MI_Uint32 instance_count;
    int depth;
};

/* Begins, and decodes the buffer: UTF-16 or UTF-8, with or without a byte order mark; without one, UTF-16 shows by a
 * byte of 0 among the first two. mi_codec_end has to follow, also after a failure. */
bool mi_codec_begin(struct mi_codec_reader *reader, const struct mi_codec_request *request, MI_Result bad_input);
void mi_codec_end(struct mi_codec_reader *reader);

/* Decodes bytes into the reader's memory. */
bool mi_codec_decode(struct mi_codec_reader *reader, const MI_Uint8 *buffer, MI_Uint32 length,
                     struct mi_codec_text *text);

/* How many bytes of the buffer the text takes up to `at`. */
MI_Uint32 mi_codec_bytes(const struct mi_codec_reader *reader, const MI_Char *at);

/* Notes a failure, unless there was one before. `at`: where in the text, or NULL; `text`: what is wrong;
 * `name` (of `length` characters, or NULL): with what. Always false. */
bool mi_codec_fail(struct mi_codec_reader *reader, const MI_Char *at, MI_Result result, const char *text,
                   const MI_Char *name, size_t length);
bool mi_codec_bad(struct mi_codec_reader *reader, const MI_Char *at, const char *text); /* bad_input, no name */
bool mi_codec_no_memory(struct mi_codec_reader *reader);

/* Makes an error instance of the failure, whose MessageArguments are the line and the column; NULL for lack of memory.
 */
MI_Instance *mi_codec_error(const struct mi_codec_reader *reader);

/* Memory until mi_codec_end; NULL, and a failure, where there is none. */
void *mi_codec_alloc(struct mi_codec_reader *reader, size_t size);
/* A copy of characters, and a 0. A 0 among them is a failure. */
MI_Char *mi_codec_copy(struct mi_codec_reader *reader, const MI_Char *at, size_t length);
bool mi_pointers_add(struct mi_codec_reader *reader, struct mi_pointers *pointers, void *pointer);

/* ---- Values ------------------------------------------------------------------------------------------------------ */

/* The items of an array, in the reader's memory. */
struct mi_items
{
    char *data;
    MI_Uint32 count, room;
};

bool mi_items_add(struct mi_codec_reader *reader, struct mi_items *items, MI_Type type, const MI_Value *item);
void mi_items_get(const struct mi_items *items, MI_Value *array);

/* ---- Classes ----------------------------------------------------------------------------------------------------- */

/* The class of the name: one that was read, one of the request's, or what its callback gives. `at` is where it is
 * named. `required`: not to have it is a failure (MI_RESULT_INVALID_CLASS, or what the callback returned). NULL where
 * there is none. It is the reader's, or the request's. */
MI_Class *mi_codec_find_class(struct mi_codec_reader *reader, const MI_Char *at, const MI_Char *name, bool required);

/* The same without asking the callback; NULL where it is not known. */
MI_Class *mi_codec_known_class(struct mi_codec_reader *reader, const MI_Char *name);

/* Keeps a class that was read; the reader deletes it. */
bool mi_codec_add_class(struct mi_codec_reader *reader, MI_Class *class_object);

/* ---- Instances --------------------------------------------------------------------------------------------------- */

/* Makes an instance of the class, or a dynamic one where it is NULL. It is the reader's, the last of `made`. */
MI_Instance *mi_codec_new_instance(struct mi_codec_reader *reader, const MI_Char *at, const MI_Char *class_name,
                                   const MI_Class *class_object);

/* Sets, or adds to a dynamic instance, an element. The instances in the value, which are those of `made` from `first`
 * on, become the instance's. */
bool mi_codec_set(struct mi_codec_reader *reader, const MI_Char *at, MI_Instance *instance, bool dynamic,
                  const MI_Char *name, const MI_Value *value, MI_Type type, MI_Uint32 flags, MI_Uint32 first);

/* A copy of an instance, as mi_codec_new_instance makes one. */
MI_Instance *mi_codec_clone(struct mi_codec_reader *reader, const MI_Char *at, const MI_Instance *instance);

/* Takes the last of `made`, or a class that was read, away from the reader: it is the caller's. */
MI_Instance *mi_codec_take(struct mi_codec_reader *reader);
MI_Class *mi_codec_take_class(struct mi_codec_reader *reader, MI_Class *class_object);

/* Takes an object away from a list of the reader's, where it is not before index `from`. */
void mi_codec_release(struct mi_pointers *pointers, const void *object, MI_Uint32 from);

#endif
