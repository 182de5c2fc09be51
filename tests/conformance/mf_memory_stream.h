/* A byte stream in memory that the tests write to: with a limited room, and that takes little at a time. */
#ifndef CORK_TESTS_MF_MEMORY_STREAM_H
#define CORK_TESTS_MF_MEMORY_STREAM_H

#include "mf_test.h"

/* A stream with room for `room` bytes (a write beyond it fails with HRESULT_FROM_WIN32(ERROR_DISK_FULL)), that takes at
 * most `portion` bytes in one write (0: all). `capabilities`: MFBYTESTREAM_IS_... */
IMFByteStream *memory_stream(DWORD room, DWORD portion, DWORD capabilities);
/* What it has: *size bytes, the stream's. */
const BYTE *memory_stream_data(IMFByteStream *stream, DWORD *size);

#endif
