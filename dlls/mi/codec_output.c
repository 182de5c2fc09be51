/* Output of the serializers. See codec_output.h. */
#include "mi/codec_output.h"

#include "mi/datetime.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void mi_output_init(struct mi_codec_output *output, MI_Uint8 *buffer, MI_Uint32 length)
{
    memset(output, 0, sizeof(*output));
    output->buffer = buffer;
    output->length = buffer ? length : 0;
}

void mi_output_fail(struct mi_codec_output *output, MI_Result result)
{
    if (output->result == MI_RESULT_OK) output->result = result;
}

MI_Result mi_output_finish(struct mi_codec_output *output, MI_Uint32 *needed)
{
    *needed = 0;
    mi_names_free(&output->declared);
    if (output->result != MI_RESULT_OK) return output->result;
    if (output->needed > 0xffffffff) return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    *needed = (MI_Uint32)output->needed;
    return output->needed > output->length ? MI_RESULT_FAILED : MI_RESULT_OK;
}

bool mi_output_enter(struct mi_codec_output *output)
{
    if (output->depth == MI_CODEC_MAX_DEPTH)
    {
        mi_output_fail(output, MI_RESULT_SERVER_LIMITS_EXCEEDED);
        return false;
    }
    output->depth++;
    return true;
}

void mi_output_leave(struct mi_codec_output *output)
{
    output->depth--;
}

void mi_output_char(struct mi_codec_output *output, MI_Char c)
{
    if (output->needed + 2 <= output->length)
    {
        output->buffer[output->needed] = (MI_Uint8)(c & 0xff);
        output->buffer[output->needed + 1] = (MI_Uint8)((unsigned)c >> 8);
    }
    output->needed += 2;
}

/* What stands for a character in XML, where it cannot stand for itself; NULL where it can. */
static const char *entity_of(MI_Char c, char number[8])
{
    switch (c)
    {
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '&':
        return "&amp;";
    case '"':
        return "&quot;";
    case '\'':
        return "&apos;";
    default:
        if (c >= 0x20) return NULL;
        snprintf(number, 8, "&#%u;", (unsigned)c);
        return number;
    }
}

void mi_output_escaped(struct mi_codec_output *output, MI_Char c, int escape)
{
    char number[8];
    const char *entity = escape > 0 ? entity_of(c, number) : NULL;

    if (!entity) mi_output_char(output, c);
    for (; entity && *entity; entity++)
        mi_output_escaped(output, (MI_Char)*entity, escape - 1);
}

void mi_output_ascii(struct mi_codec_output *output, const char *text)
{
    for (; *text; text++)
        mi_output_escaped(output, (MI_Char)*text, output->escape);
}

void mi_output_text(struct mi_codec_output *output, const MI_Char *text)
{
    for (; text && *text; text++)
        mi_output_escaped(output, *text, output->escape);
}

/* A decimal point whatever the C library's locale has for one. */
static void put_real(struct mi_codec_output *output, double number, int digits, bool special)
{
    char text[40];

    if (!isfinite(number) && !special)
    {
        mi_output_fail(output, MI_RESULT_NOT_SUPPORTED);
        return;
    }
    if (isnan(number))
        mi_output_ascii(output, "NaN");
    else if (isinf(number))
        mi_output_ascii(output, number < 0 ? "-INF" : "INF");
    else
    {
        snprintf(text, sizeof(text), "%.*e", digits, number);
        for (char *at = text; *at; at++)
            if (!strchr("+-0123456789e", *at)) *at = '.';
        mi_output_ascii(output, text);
    }
}

void mi_output_number(struct mi_codec_output *output, MI_Type type, const MI_Value *value, bool special)
{
    char text[24];
    long long number = 0;

    switch (type)
    {
    case MI_REAL32:
        put_real(output, (double)value->real32, 8, special);
        return;
    case MI_REAL64:
        put_real(output, value->real64, 16, special);
        return;
    case MI_UINT64:
        snprintf(text, sizeof(text), "%llu", value->uint64);
        mi_output_ascii(output, text);
        return;
    case MI_UINT8:
        number = value->uint8;
        break;
    case MI_SINT8:
        number = (MI_Sint32)value->sint8;
        break;
    case MI_UINT16:
        number = value->uint16;
        break;
    case MI_SINT16:
        number = value->sint16;
        break;
    case MI_UINT32:
        number = value->uint32;
        break;
    case MI_SINT32:
        number = value->sint32;
        break;
    case MI_SINT64:
        number = value->sint64;
        break;
    default:
        mi_output_fail(output, MI_RESULT_INVALID_PARAMETER);
        return;
    }
    snprintf(text, sizeof(text), "%lld", number);
    mi_output_ascii(output, text);
}

void mi_output_datetime(struct mi_codec_output *output, const MI_Datetime *datetime)
{
    MI_Char text[MI_DATETIME_LENGTH + 1];

    if (!mi_datetime_format(datetime, text)) mi_output_fail(output, MI_RESULT_INVALID_PARAMETER);
    mi_output_text(output, text);
}
