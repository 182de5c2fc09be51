/*
 * Output of the serializers: UTF-16LE into the caller's buffer, as far as it goes, and counted in any case.
 */
#ifndef CORK_MI_CODEC_OUTPUT_H
#define CORK_MI_CODEC_OUTPUT_H

#include <mi.h>

#include "mi/codec_names.h"

#include <stdbool.h>

/* Deeper embedded instances are not written, and not read. */
#define MI_CODEC_MAX_DEPTH 32

struct mi_codec_output
{
    MI_Uint8 *buffer;         /* the caller's; it need not be aligned */
    MI_Uint32 length;         /* bytes */
    MI_Uint64 needed;         /* bytes */
    MI_Result result;         /* the first failure */
    int depth;                /* of instances in instances */
    struct mi_names declared; /* qualifiers that MOF has declared: once a text */
    int escape; /* how many times XML markup is escaped: once for each instance that this one is embedded in */
};

void mi_output_init(struct mi_codec_output *output, MI_Uint8 *buffer, MI_Uint32 length);

/* Notes a failure, unless there was one before. */
void mi_output_fail(struct mi_codec_output *output, MI_Result result);

/* Ends it. What the serializer returns: the first failure, MI_RESULT_FAILED where the buffer was too small,
 * MI_RESULT_SERVER_LIMITS_EXCEEDED where the size is no MI_Uint32's. `needed` receives the size. */
MI_Result mi_output_finish(struct mi_codec_output *output, MI_Uint32 *needed);

/* Goes into an instance, and out of it. Entering fails, with MI_RESULT_SERVER_LIMITS_EXCEEDED, beyond
 * MI_CODEC_MAX_DEPTH. */
bool mi_output_enter(struct mi_codec_output *output);
void mi_output_leave(struct mi_codec_output *output);

/* A character as it is; as XML, escaped `escape` times. */
void mi_output_char(struct mi_codec_output *output, MI_Char c);
void mi_output_escaped(struct mi_codec_output *output, MI_Char c, int escape);

/* ASCII, and a text, each character by mi_output_escaped with the output's own `escape`. NULL is nothing. */
void mi_output_ascii(struct mi_codec_output *output, const char *text);
void mi_output_text(struct mi_codec_output *output, const MI_Char *text);

/* The number that is a value of one of the integer types, or a real one with all the digits that it takes to read the
 * same number again. A real that is none (infinity) fails with MI_RESULT_NOT_SUPPORTED unless `special`: then it is
 * "INF", "-INF" or "NaN". */
void mi_output_number(struct mi_codec_output *output, MI_Type type, const MI_Value *value, bool special);

/* A date-time's text. Fails with MI_RESULT_INVALID_PARAMETER where a field is out of its range. */
void mi_output_datetime(struct mi_codec_output *output, const MI_Datetime *datetime);

#endif
