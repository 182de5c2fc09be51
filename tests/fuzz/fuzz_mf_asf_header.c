/*
 * The header of an ASF file, and the lists in it: any bytes are read or refused; what was read is written, and gives
 * the same bytes when it is read and written once more.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "mf/asf_description.h"
#include "mf/asf_header.h"

static uint8_t *write_header(const struct asf_header *header, size_t *size)
{
    struct asf_writer out;
    uint8_t *data;

    asf_writer_init(&out, NULL, 0);
    asf_header_write(header, 0, &out);
    REQUIRE(data = malloc(out.size));
    *size = out.size;
    asf_writer_init(&out, data, out.size);
    asf_header_write(header, 0, &out);
    REQUIRE(out.size == *size);
    return data;
}

static void read_lists(const struct asf_header *header)
{
    bool (*const lists[])(struct asf_bytes, struct asf_writer *) = {asf_codec_list, asf_script_list, asf_marker_list,
                                                                    asf_language_list};
    struct asf_value value;
    struct asf_writer out;
    uint64_t number;

    for (const struct asf_object *object = header->objects; object; object = object->next)
        for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
        {
            asf_writer_init(&out, NULL, 0);
            lists[i](object->content, &out);
        }
    if (asf_find_description(header, 0, "IsVBR", &value)) asf_value_number(&value, &number);
    asf_find_description(header, 1, "DeviceConformanceTemplate", &value);
}

static void there_and_back(const struct asf_header *header)
{
    size_t size, again_size;
    uint8_t *data = write_header(header, &size), *again;
    struct asf_header *read;

    REQUIRE(asf_header_read(data, size, &read) == ASF_OK);
    again = write_header(read, &again_size);
    REQUIRE(again_size == size && !memcmp(data, again, size));
    asf_header_free(read);
    free(again);
    free(data);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct asf_header *header;

    if (asf_header_read(data, size, &header)) return 0;
    read_lists(header);
    there_and_back(header);
    asf_header_free(header);
    return 0;
}
