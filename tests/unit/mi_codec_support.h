/*
 * What the unit tests of mi.dll's serializers and deserializers share: both formats, a buffer, comparisons of classes.
 */
#ifndef CORK_TESTS_MI_CODEC_SUPPORT_H
#define CORK_TESTS_MI_CODEC_SUPPORT_H

#include <micodec.h>

#include <stdbool.h>
#include <stddef.h>

struct codec_format
{
    const char *name;
    const MI_SerializerFT *serializer;
    const MI_DeserializerFT *deserializer;
};
enum
{
    FORMAT_XML,
    FORMAT_MOF,
    FORMATS
};
extern const struct codec_format codec_formats[FORMATS];

/* A dynamic instance of class Holder; a class object of sample_class. The caller deletes them. */
MI_Instance *new_holder(void);
MI_Class *new_sample_class(void);
/* Adds a property. Aborts the test where it fails. */
void add_element(MI_Instance *instance, const MI_Char *name, const MI_Value *value, MI_Type type, MI_Uint32 flags);

/* What was written last; the caller's until the next call. `bytes` of UTF-16, and a 0 behind them. */
struct written
{
    MI_Uint8 *buffer;
    MI_Uint32 bytes;
};

/* Writes into a buffer of just the size that is asked for first. Aborts the test where it fails. */
struct written write_instance(int format, MI_Uint32 flags, const MI_Instance *instance);
struct written write_class(int format, MI_Uint32 flags, const MI_Class *class_object);
/* A text as a buffer. */
struct written text_buffer(const MI_Char *text);
struct written ascii_buffer(const char *text);
void free_written(void);
/* Whether what was written is this text. */
bool written_is(struct written written, const MI_Char *text);

/* Reads; without classes, callback and names. */
MI_Result read_instance(int format, struct written from, MI_Class **classes, MI_Uint32 count, MI_Instance **instance,
                        MI_Instance **error);
MI_Result read_class(int format, struct written from, MI_Class *parent, MI_Class **class_object, MI_Instance **error);

/* The line and column that an error instance names; 0 for none. Deletes it. */
void take_place(MI_Instance *error, unsigned *line, unsigned *column);

/* Whether a class read is the one that was written: names, types, flags, values, flavors as they are without being said
 * otherwise. Qualifiers that only say what flags say may be there besides. `parents`: the chain of super-classes too.
 */
bool classes_equal(const MI_ClassDecl *original, const MI_ClassDecl *read, bool parents);

/* A fixture of tests that write and read instances: the allocator that counts, and instances that are the same whether
 * they are of a class or dynamic; at the end nothing may be left. */
void codec_set_up(void);
void codec_tear_down(void);

#endif
