/* mi.dll's reader of MOF: see fuzz_mi_codec.h. */
#include "fuzz.h"
#include "fuzz_mi_codec.h"
#include "mi/codec_tables.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_codec(&mi_mof_serializer_table, &mi_mof_deserializer_table.ft, data, size);
    return 0;
}
