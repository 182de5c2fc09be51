/* What every libFuzzer target has. */
#ifndef CORK_TESTS_FUZZ_H
#define CORK_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* The target: libFuzzer calls it with each input. Always 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A property that has to hold whatever the input: the fuzzer reports the input that breaks it. */
#define REQUIRE(condition)                                                                                             \
    do                                                                                                                 \
    {                                                                                                                  \
        if (!(condition))                                                                                              \
        {                                                                                                              \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                                            \
            abort();                                                                                                   \
        }                                                                                                              \
    }                                                                                                                  \
    while (0)

#endif
