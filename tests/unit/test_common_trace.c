/* Traces: options, lines, and text made printable, on the native system. What Wine makes of them is tested in Wine. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "common/trace.h"
#include "common/trace_backend.h"
#include "test_framework.h"

CORK_TRACE_CHANNEL(fruit);

enum
{
    FIXME = 1 << CORK_TRACE_CLASS_FIXME,
    ERR = 1 << CORK_TRACE_CLASS_ERR,
    WARN = 1 << CORK_TRACE_CLASS_WARN,
    TRACE = 1 << CORK_TRACE_CLASS_TRACE,
    ALL = FIXME | ERR | WARN | TRACE,
};

START_TEST(options_are_those_of_winedebug)
{
    static const struct
    {
        const char *options;
        int flags;
    } cases[] = {
        {NULL, ERR | FIXME},
        {"", ERR | FIXME},
        {"+fruit", ALL},
        {"+other", ERR | FIXME},
        {"-fruit", 0},
        {"-all", 0},
        {"+all", ALL},
        {"warn+fruit", ERR | FIXME | WARN},
        {"trace+fruit,err-fruit", FIXME | TRACE},
        {"-all,err+fruit", ERR},
        {"fixme-all", ERR},
        {"fixme-all,fixme+fruit", ERR | FIXME},
        {"err+fruit,fixme-all", ERR | FIXME}, /* named before "all" */
        {"+fruit,-all", ALL},
        {"-all,+fruit", ALL},
        {"+all,err-fruit,-all", FIXME | WARN | TRACE},
        {"+fruit,-fruit", 0},
        {"-fruit,+fruit", ALL},
        {"+fruits,+frui", ERR | FIXME},
        {"bogus+fruit", ERR | FIXME},
        {"fruit", ERR | FIXME},
        {",,+fruit,", ALL},
        {"+", ERR | FIXME},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        ck_assert_msg(cork_trace_parse_flags(cases[i].options, "fruit") == cases[i].flags, "%s", cases[i].options);
}
END_TEST

/* Runs `function` with stderr in a file; returns what was written. */
static const char *capture(void (*function)(void))
{
    static char text[8192];
    FILE *file = tmpfile();
    int saved = dup(2);
    size_t length;

    require(file && saved >= 0);
    fflush(stderr);
    dup2(fileno(file), 2);
    function();
    fflush(stderr);
    dup2(saved, 2);
    close(saved);
    rewind(file);
    length = fread(text, 1, sizeof(text) - 1, file);
    text[length] = 0;
    fclose(file);
    return text;
}

static void one_of_each(void)
{
    CORK_TRACE("%d\n", 1);
    CORK_WARN("%s\n", "2");
    CORK_ERR("%zu %lld\n", (size_t)3, -3LL);
    CORK_FIXME("4\n");
}

static void check_lines(const char *options, const char *const *lines, int count)
{
    char expected[1024] = "";

    setenv("CORK_TRACE", options, 1);
    for (int i = 0; i < count; i++)
        snprintf(expected + strlen(expected), sizeof(expected) - strlen(expected), "%04lx:%s\n",
                 (unsigned long)syscall(SYS_gettid), lines[i]);
    ck_assert_str_eq(capture(one_of_each), expected);
}

START_TEST(lines_have_thread_class_channel_and_function)
{
    static const char *const lines[] = {"trace:fruit:one_of_each 1", "warn:fruit:one_of_each 2",
                                        "err:fruit:one_of_each 3 -3", "fixme:fruit:one_of_each 4"};

    check_lines("+fruit", lines, 4);
}
END_TEST

START_TEST(errors_and_fixmes_are_on_unless_switched_off)
{
    static const char *const lines[] = {"err:fruit:one_of_each 3 -3", "fixme:fruit:one_of_each 4"};

    check_lines("", lines, 2);
}
END_TEST

START_TEST(nothing_comes_where_all_is_off)
{
    check_lines("-all", NULL, 0);
}
END_TEST

static void in_parts(void)
{
    CORK_ERR("one ");
    CORK_ERR("two\n");
    CORK_ERR("three\n");
}

START_TEST(parts_of_a_line_have_one_header)
{
    char expected[256];
    unsigned long thread = (unsigned long)syscall(SYS_gettid);

    snprintf(expected, sizeof(expected), "%04lx:err:fruit:in_parts one two\n%04lx:err:fruit:in_parts three\n", thread,
             thread);
    ck_assert_str_eq(capture(in_parts), expected);
}
END_TEST

static void long_line(void)
{
    char text[3000];

    memset(text, 'x', sizeof(text));
    text[sizeof(text) - 1] = 0;
    CORK_ERR("%s\n", text);
}

START_TEST(long_line_is_cut)
{
    const char *line = capture(long_line);

    require(strlen(strchr(line, ' ') + 1) == 1023);
}
END_TEST

static void with_errno(void)
{
    errno = 77;
    CORK_ERR("%s\n", cork_debugstr_a("x"));
    CORK_TRACE("off\n");
    require(errno == 77);
}

START_TEST(errno_is_kept)
{
    capture(with_errno);
}
END_TEST

START_TEST(text_is_quoted_and_escaped)
{
    static const uint16_t wide[] = {'a', 0xe4, 0x20ac, '\n', '"', 0xd800, 0};

    ck_assert_str_eq(cork_debugstr_a(NULL), "(null)");
    ck_assert_str_eq(cork_debugstr_w(NULL), "(null)");
    ck_assert_str_eq(cork_debugstr_bytes(NULL, 3), "(null)");
    ck_assert_str_eq(cork_debugstr_a(""), "\"\"");
    ck_assert_str_eq(cork_debugstr_a("a\"b\\c\n\r\t\x01\x7f\xff"), "\"a\\\"b\\\\c\\n\\r\\t\\x01\\x7f\\xff\"");
    ck_assert_str_eq(cork_debugstr_an("abc\0d", 5), "\"abc\\x00d\"");
    ck_assert_str_eq(cork_debugstr_an("abc", 2), "\"ab\"");
    ck_assert_str_eq(cork_debugstr_an("abc", 0), "\"\"");
    ck_assert_str_eq(cork_debugstr_w(wide), "L\"a\\00e4\\20ac\\n\\\"\\d800\"");
    ck_assert_str_eq(cork_debugstr_wn(wide, 1), "L\"a\"");
    ck_assert_str_eq(cork_debugstr_bytes("\x00\x01\xfe\xff", 4), "4:00 01 fe ff");
    ck_assert_str_eq(cork_debugstr_bytes("", 0), "0:");
}
END_TEST

START_TEST(long_text_is_shortened)
{
    char text[2000];
    uint16_t wide[1000];
    const char *shown;

    memset(text, 0xff, sizeof(text));
    memset(wide, 0xff, sizeof(wide));
    shown = cork_debugstr_an(text, sizeof(text));
    require(strlen(shown) < 300 && !strcmp(shown + strlen(shown) - 4, "\"..."));
    shown = cork_debugstr_wn(wide, 1000);
    require(strlen(shown) < 300 && !strcmp(shown + strlen(shown) - 4, "\"..."));
    shown = cork_debugstr_bytes(text, sizeof(text));
    require(strlen(shown) < 300 && !strcmp(shown + strlen(shown) - 3, "..."));
}
END_TEST

/* A helper's result is good while a line with several of them is made. */
START_TEST(texts_live_side_by_side)
{
    const char *texts[16];
    char expected[8];

    for (int i = 0; i < 16; i++)
        texts[i] = cork_debugstr_bytes(&(unsigned char){(unsigned char)i}, 1);
    for (int i = 0; i < 16; i++)
    {
        snprintf(expected, sizeof(expected), "1:%02x", i);
        ck_assert_str_eq(texts[i], expected);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("trace");
    TCase *tcase = tcase_create("trace");
    SRunner *runner = srunner_create(suite);
    int failed;

    suite_add_tcase(suite, tcase);
    tcase_add_test(tcase, options_are_those_of_winedebug);
    tcase_add_test(tcase, lines_have_thread_class_channel_and_function);
    tcase_add_test(tcase, errors_and_fixmes_are_on_unless_switched_off);
    tcase_add_test(tcase, nothing_comes_where_all_is_off);
    tcase_add_test(tcase, parts_of_a_line_have_one_header);
    tcase_add_test(tcase, long_line_is_cut);
    tcase_add_test(tcase, errno_is_kept);
    tcase_add_test(tcase, text_is_quoted_and_escaped);
    tcase_add_test(tcase, long_text_is_shortened);
    tcase_add_test(tcase, texts_live_side_by_side);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
