/* The header of a WAVE file: PCM, formats that are not, odd sizes, and what no header can say. */
#include <string.h>

#include "mf/wave_header.h"
#include "test_framework.h"

static const uint8_t pcm[18] = {1, 0, 2, 0, 0x44, 0xac, 0, 0, 0x10, 0xb1, 2, 0, 4, 0, 16, 0, 0, 0};
/* WAVE_FORMAT_IEEE_FLOAT, one channel. */
static const uint8_t floating[18] = {3, 0, 1, 0, 0x80, 0xbb, 0, 0, 0, 0xee, 2, 0, 4, 0, 32, 0, 0, 0};

static uint32_t get32(const uint8_t *from)
{
    return from[0] | (uint32_t)from[1] << 8 | (uint32_t)from[2] << 16 | (uint32_t)from[3] << 24;
}

START_TEST(plain_pcm)
{
    uint8_t header[64];

    require(wave_header_size(pcm, sizeof(pcm)) == 44);
    require(wave_header_write(pcm, sizeof(pcm), 1000, header) == 44);
    require(!memcmp(header, "RIFF", 4) && get32(header + 4) == 36 + 1000 && !memcmp(header + 8, "WAVEfmt ", 8));
    require(get32(header + 16) == 16 && !memcmp(header + 20, pcm, 16));
    require(!memcmp(header + 36, "data", 4) && get32(header + 40) == 1000);
}
END_TEST

/* A chunk of odd size has a byte of padding, which the file's size counts and the chunk's does not. */
START_TEST(odd_data)
{
    uint8_t header[64];

    require(wave_header_write(pcm, sizeof(pcm), 7, header) == 44);
    require(get32(header + 4) == 36 + 8 && get32(header + 40) == 7);
}
END_TEST

START_TEST(not_pcm)
{
    uint8_t header[64];

    require(wave_header_size(floating, sizeof(floating)) == 12 + 8 + 18 + 12 + 8);
    require(wave_header_write(floating, sizeof(floating), 400, header) == 58);
    require(get32(header + 4) == 50 + 400 && get32(header + 16) == 18 && !memcmp(header + 20, floating, 18));
    require(!memcmp(header + 38, "fact", 4) && get32(header + 42) == 4 && get32(header + 46) == 100);
    require(!memcmp(header + 50, "data", 4) && get32(header + 54) == 400);
}
END_TEST

/* A format of odd size is padded. */
START_TEST(odd_format)
{
    uint8_t format[19] = {2, 0, 1, 0, 0x40, 0x1f, 0, 0, 0, 0, 0, 0, 1, 0, 4, 0, 1, 0, 0x55}, header[64];

    memset(header, 0xee, sizeof(header));
    require(wave_header_size(format, sizeof(format)) == 12 + 8 + 20 + 12 + 8);
    require(wave_header_write(format, sizeof(format), 0, header) == 60);
    require(get32(header + 16) == 19 && header[20 + 18] == 0x55 && header[20 + 19] == 0);
    require(!memcmp(header + 40, "fact", 4) && header[60] == 0xee);
}
END_TEST

/* A block of no bytes has no samples to count. */
START_TEST(no_block)
{
    uint8_t format[18] = {0x55, 0, 1, 0}, header[64];

    require(wave_header_write(format, sizeof(format), 100, header) == 58);
    require(get32(header + 46) == 0);
}
END_TEST

START_TEST(too_large)
{
    uint64_t most = wave_data_most(pcm, sizeof(pcm));
    uint8_t header[64];

    require(wave_header_write(pcm, sizeof(pcm), most, header) == 44);
    require((uint64_t)get32(header + 4) == 36 + most + (most & 1) && get32(header + 40) == most);
    require(wave_header_write(pcm, sizeof(pcm), most + 1, header) == 0);
    require(wave_header_write(pcm, sizeof(pcm), UINT64_MAX, header) == 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mf wave header");
    TCase *tcase = tcase_create("header");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_test(tcase, plain_pcm);
    tcase_add_test(tcase, odd_data);
    tcase_add_test(tcase, not_pcm);
    tcase_add_test(tcase, odd_format);
    tcase_add_test(tcase, no_block);
    tcase_add_test(tcase, too_large);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
