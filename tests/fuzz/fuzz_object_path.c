/*
 * Object paths: whatever the text, it is read or refused, and what is read is written as a path that reads the same;
 * nothing is left allocated (LeakSanitizer).
 */
#include <string.h>

#include "fuzz.h"
#include "mi/allocation.h"
#include "mi/object_path.h"
#include "mi/text.h"

/* A namespace alone is written with "." for the machine, so that the first writing need not be as the text was. */
static void check(const MI_Char *text)
{
    MI_Instance *first = NULL, *second = NULL;
    MI_Char *once = NULL, *twice = NULL;
    MI_Result result = mi_object_path_parse(text, &first);

    REQUIRE(result == MI_RESULT_OK || result == MI_RESULT_INVALID_PARAMETER);
    if (result != MI_RESULT_OK) return;
    REQUIRE(mi_object_path(first, true, &once) == MI_RESULT_OK);
    REQUIRE(mi_object_path_parse(once, &second) == MI_RESULT_OK);
    REQUIRE(mi_object_path(second, true, &twice) == MI_RESULT_OK);
    REQUIRE(mi_text_length(once) == mi_text_length(twice));
    REQUIRE(!memcmp(once, twice, mi_text_length(once) * sizeof(*once)));
    MI_Instance_Delete(first);
    MI_Instance_Delete(second);
    mi_free(once);
    mi_free(twice);
}

/* Bytes are characters, so that the fuzzer finds its way soon; 0x80 on, others beyond ASCII. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    MI_Char *text = malloc((size + 1) * sizeof(*text));

    REQUIRE(text);
    for (size_t i = 0; i < size; i++)
        text[i] = data[i] < 0x80 ? data[i] : (MI_Char)(data[i] << 8 | data[i]);
    text[size] = 0;
    mi_object_path_has_key(text, MI_T("Key"));
    check(text);
    free(text);
    return 0;
}
