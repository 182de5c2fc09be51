/* mi.dll's reader of XML: see fuzz_mi_codec.h. */
#include "fuzz.h"
#include "fuzz_mi_codec.h"
#include "mi/codec_tables.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_codec(&mi_xml_serializer_table, &mi_xml_deserializer_table, data, size);
    return 0;
}
