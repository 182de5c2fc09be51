/*
 * What the targets of mi.dll's two readers do with an input: read it as an instance and as a class, with a class at
 * hand; what is read has to be written, read and written again as the same bytes, and nothing may stay allocated.
 */
#ifndef CORK_FUZZ_MI_CODEC_H
#define CORK_FUZZ_MI_CODEC_H

#include <micodec.h>

#include <stddef.h>
#include <stdint.h>

void fuzz_codec(const MI_SerializerFT *writer, const MI_DeserializerFT *reader, const uint8_t *data, size_t size);

#endif
