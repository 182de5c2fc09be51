/*
 * XML: what is written, to the character; what is read beyond that; what is refused, and where.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "mi/class.h"
#include "mi/codec_output.h"
#include "mi/instance.h"
#include "mi_codec_support.h"
#include "mi_support.h"

static MI_Class *class_object;

static void set_up(void)
{
    use_mi_allocator();
    ck_assert_int_eq(mi_class_from_decl(&sample_class, NULL, NULL, &class_object), MI_RESULT_OK);
}

static void tear_down(void)
{
    MI_Class_Delete(class_object);
    free_written();
    ck_assert_int_eq(live_allocations(), 0);
}

static MI_Result read_ascii(const char *text, MI_Instance **instance, MI_Instance **error)
{
    return read_instance(FORMAT_XML, ascii_buffer(text), &class_object, 1, instance, error);
}

static MI_Result read_class_text(const char *text, MI_Class **made, MI_Instance **error)
{
    return read_class(FORMAT_XML, ascii_buffer(text), NULL, made, error);
}

/* ---- What is written --------------------------------------------------------------------------------------------- */

/* As Windows writes it: a test of Microsoft's open client for it has this very text. */
START_TEST(an_instance_as_windows_has_it)
{
    MI_Value value = {.string = (MI_Char *)MI_T("Test string")};
    MI_Instance *instance = NULL;

    mi_instance_new(MI_T("TestInstance"), &instance);
    MI_Instance_AddElement(instance, MI_T("string"), &value, MI_STRING, 0);
    ck_assert(written_is(write_instance(FORMAT_XML, 0, instance),
                         MI_T("<INSTANCE CLASSNAME=\"TestInstance\"><PROPERTY NAME=\"string\" TYPE=\"string\" "
                              "MODIFIED=\"TRUE\"><VALUE>Test string</VALUE></PROPERTY></INSTANCE>")));
    MI_Instance_Delete(instance);
}
END_TEST

START_TEST(a_class_by_itself)
{
    ck_assert(written_is(
        write_class(FORMAT_XML, 0, class_object),
        MI_T("<CLASS NAME=\"Sample_Class\" SUPERCLASS=\"Sample_Base\"><QUALIFIER NAME=\"Version\" TYPE=\"uint32\" "
             "TOSUBCLASS=\"false\"><VALUE>42</VALUE></QUALIFIER><PROPERTY NAME=\"Size\" TYPE=\"uint32\" "
             "CLASSORIGIN=\"Sample_Class\"><QUALIFIER NAME=\"Units\" TYPE=\"string\" TRANSLATABLE=\"true\"><VALUE>"
             "metres</VALUE></QUALIFIER><QUALIFIER NAME=\"Values\" TYPE=\"string\" TRANSLATABLE=\"true\"><VALUE.ARRAY>"
             "<VALUE>one</VALUE><VALUE>two</VALUE></VALUE.ARRAY></QUALIFIER><VALUE>42</VALUE></PROPERTY>"
             "<PROPERTY.ARRAY NAME=\"Words\" TYPE=\"string\" CLASSORIGIN=\"Sample_Class\"><VALUE.ARRAY><VALUE>one"
             "</VALUE><VALUE>two</VALUE></VALUE.ARRAY></PROPERTY.ARRAY><PROPERTY.REFERENCE NAME=\"Owner\" "
             "REFERENCECLASS=\"Sample_Base\" CLASSORIGIN=\"Sample_Class\"><QUALIFIER NAME=\"Read\" TYPE=\"boolean\">"
             "<VALUE>true</VALUE></QUALIFIER></PROPERTY.REFERENCE><METHOD NAME=\"Move\" TYPE=\"uint32\" "
             "CLASSORIGIN=\"Sample_Class\"><QUALIFIER NAME=\"Version\" TYPE=\"uint32\" TOSUBCLASS=\"false\"><VALUE>42"
             "</VALUE></QUALIFIER><QUALIFIER NAME=\"Static\" TYPE=\"boolean\"><VALUE>true</VALUE></QUALIFIER>"
             "<PARAMETER.REFERENCE NAME=\"Target\" REFERENCECLASS=\"Sample_Base\"><QUALIFIER NAME=\"Key\" "
             "TYPE=\"boolean\" OVERRIDABLE=\"false\"><VALUE>true</VALUE></QUALIFIER></PARAMETER.REFERENCE>"
             "<PARAMETER.ARRAY NAME=\"Result\" TYPE=\"uint8\"><QUALIFIER NAME=\"Out\" TYPE=\"boolean\"><VALUE>true"
             "</VALUE></QUALIFIER><QUALIFIER NAME=\"In\" TYPE=\"boolean\"><VALUE>false</VALUE></QUALIFIER>"
             "</PARAMETER.ARRAY></METHOD></CLASS>")));
}
END_TEST

START_TEST(an_embedded_instance_is_text)
{
    MI_Value value = {.string = (MI_Char *)MI_T("<")};
    MI_Instance *inner = NULL, *outer = NULL;

    mi_instance_new(MI_T("I"), &inner);
    MI_Instance_AddElement(inner, MI_T("s"), &value, MI_STRING, MI_FLAG_NOT_MODIFIED);
    mi_instance_new(MI_T("O"), &outer);
    value.instance = inner;
    MI_Instance_AddElement(outer, MI_T("e"), &value, MI_INSTANCE, MI_FLAG_ADOPT);
    ck_assert(
        written_is(write_instance(FORMAT_XML, 0, outer),
                   MI_T("<INSTANCE CLASSNAME=\"O\"><PROPERTY NAME=\"e\" TYPE=\"string\" EmbeddedObject=\"object\" "
                        "MODIFIED=\"TRUE\"><VALUE>&lt;INSTANCE CLASSNAME=&quot;I&quot;&gt;&lt;PROPERTY "
                        "NAME=&quot;s&quot; TYPE=&quot;string&quot;&gt;&lt;VALUE&gt;&amp;lt;&lt;/VALUE&gt;&lt;"
                        "/PROPERTY&gt;&lt;/INSTANCE&gt;</VALUE></PROPERTY></INSTANCE>")));
    MI_Instance_Delete(outer);
}
END_TEST

/* ---- What is read ------------------------------------------------------------------------------------------------ */

/* White space, comments, instructions, CDATA, single quotes, references, another byte order, UTF-8, marks. */
START_TEST(xml_of_others)
{
    static const char text[] =
        "<?xml version='1.0'?>\n<!-- a comment -->\n<INSTANCE CLASSNAME = 'Sample_Class' >\n"
        " <QUALIFIER NAME='q'><VALUE>x</VALUE></QUALIFIER>\n"
        " <PROPERTY NAME='name' TYPE='string'><QUALIFIER NAME='q'/><VALUE>a<!-- b -->c<![CDATA[<d>&amp;]]>&#x65;&#102;"
        "&#x1F600;</VALUE></PROPERTY >\n <PROPERTY TYPE='uint32' NAME='Size'><VALUE> 0x2A </VALUE></PROPERTY>"
        "<PROPERTY.ARRAY NAME='Words' TYPE='string'/>\r\n</INSTANCE>";
    MI_Instance *instance = NULL;
    MI_Uint8 wide[2 * sizeof(text)];
    MI_Value value = {0};
    MI_Uint32 flags = 0;
    struct written buffer = ascii_buffer(text);

    memset(wide, 0, sizeof(wide));
    if (_i > 0)
    {
        wide[0] = _i == 1 ? 0xff : 0xfe;
        wide[1] = _i == 1 ? 0xfe : 0xff;
        for (size_t i = 0; i < sizeof(text) - 1; i++)
            wide[2 + 2 * i + (_i == 2)] = (MI_Uint8)text[i];
        buffer.buffer = wide;
        buffer.bytes = 2 * sizeof(text);
    }
    ck_assert_int_eq(read_instance(FORMAT_XML, buffer, &class_object, 1, &instance, NULL), MI_RESULT_OK);
    MI_Instance_GetElement(instance, MI_T("Name"), &value, NULL, &flags, NULL);
    ck_assert(texts_equal(value.string, MI_T("ac<d>&amp;ef\xd83d\xde00")) && (flags & MI_FLAG_NOT_MODIFIED));
    MI_Instance_GetElement(instance, MI_T("Size"), &value, NULL, &flags, NULL);
    ck_assert_uint_eq(value.uint32, 42);
    MI_Instance_GetElement(instance, MI_T("Words"), NULL, NULL, &flags, NULL);
    ck_assert_uint_ne(flags & MI_FLAG_NULL, 0);
    MI_Instance_Delete(instance);
}
END_TEST

/* serializedBufferRead says where the next one begins. */
START_TEST(one_after_another)
{
    struct written buffer = ascii_buffer("\xef\xbb\xbf<INSTANCE CLASSNAME='Sample_Class'><PROPERTY NAME='Name' "
                                         "TYPE='string'><VALUE>\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80</VALUE></PROPERTY>"
                                         "</INSTANCE> <INSTANCE CLASSNAME='Sample_Class'/><INSTANCE");
    MI_Uint32 at = 0, counts[] = {120, 37};
    MI_Deserializer deserializer = {0};
    MI_Instance *instance = NULL;
    MI_Uint32 read = 0;

    for (int i = 0; i < 2; i++)
    {
        ck_assert_int_eq(codec_formats[FORMAT_XML].deserializer->DeserializeInstance(
                             &deserializer, 0, buffer.buffer + at, buffer.bytes - at, &class_object, 1, NULL, NULL,
                             &read, &instance, NULL),
                         MI_RESULT_OK);
        ck_assert_uint_eq(read, counts[i]);
        MI_Instance_Delete(instance);
        at += read;
    }
    ck_assert_int_eq(codec_formats[FORMAT_XML].deserializer->DeserializeInstance(&deserializer, 0, buffer.buffer + at,
                                                                                 buffer.bytes - at, &class_object, 1,
                                                                                 NULL, NULL, &read, &instance, NULL),
                     MI_RESULT_INVALID_PARAMETER);
    ck_assert_uint_eq(read, 0);
}
END_TEST

START_TEST(names_in_the_text)
{
    static const char class_text[] = "<CLASS NAME='A&amp;B' SUPERCLASS='C'>";
    const MI_DeserializerFT *table = codec_formats[FORMAT_XML].deserializer;
    MI_Deserializer deserializer = {0};
    struct written buffer = ascii_buffer(class_text);
    MI_Instance *error = NULL;
    MI_Char name[8];
    MI_Uint32 length = 0;

    ck_assert_int_eq(table->Class_GetClassName(&deserializer, buffer.buffer, buffer.bytes, NULL, &length, &error),
                     MI_RESULT_FAILED);
    ck_assert(length == 4 && !error);
    length = 3;
    ck_assert_int_eq(table->Class_GetClassName(&deserializer, buffer.buffer, buffer.bytes, name, &length, NULL),
                     MI_RESULT_FAILED);
    ck_assert_int_eq(table->Class_GetClassName(&deserializer, buffer.buffer, buffer.bytes, name, &length, NULL),
                     MI_RESULT_OK);
    ck_assert(length == 4 && texts_equal(name, MI_T("A&B")));
    ck_assert_int_eq(table->Class_GetParentClassName(&deserializer, buffer.buffer, buffer.bytes, name, &length, NULL),
                     MI_RESULT_OK);
    ck_assert(length == 2 && texts_equal(name, MI_T("C")));
    buffer = ascii_buffer("<CLASS NAME='A'/>");
    length = 8;
    ck_assert_int_eq(table->Class_GetParentClassName(&deserializer, buffer.buffer, buffer.bytes, name, &length, &error),
                     MI_RESULT_NOT_FOUND);
    ck_assert_ptr_nonnull(error);
    MI_Instance_Delete(error);
    buffer = ascii_buffer("<CIM><DECLARATION><DECLGROUP><VALUE.OBJECT><CLASS NAME='A'>x</CLASS></VALUE.OBJECT>"
                          "<VALUE.OBJECT><INSTANCE CLASSNAME='B'>");
    length = 8;
    ck_assert_int_eq(table->Instance_GetClassName(&deserializer, buffer.buffer, buffer.bytes, name, &length, NULL),
                     MI_RESULT_OK);
    ck_assert(length == 2 && texts_equal(name, MI_T("B")));
}
END_TEST

/* ---- What is refused --------------------------------------------------------------------------------------------- */

#define BEGIN "<INSTANCE CLASSNAME='Sample_Class'>\n"
#define NAME  "<PROPERTY NAME='Name' TYPE='string'>"
#define SIZE  "<PROPERTY NAME='Size' TYPE='uint32'>"
#define OWNER "<PROPERTY.REFERENCE NAME='Owner'><VALUE.REFERENCE>"

static const struct
{
    const char *text;
    MI_Result result;
    unsigned line, column;
} bad_instances[] = {
    {"", MI_RESULT_INVALID_PARAMETER, 1, 1},
    {"x", MI_RESULT_INVALID_PARAMETER, 1, 1},
    {"<", MI_RESULT_INVALID_PARAMETER, 1, 2},
    {"<INSTANCE", MI_RESULT_INVALID_PARAMETER, 1, 1},
    {"<CLASS NAME='x'/>", MI_RESULT_INVALID_PARAMETER, 1, 1},
    {"</INSTANCE>", MI_RESULT_INVALID_PARAMETER, 1, 1},
    {"<!DOCTYPE a [<!ENTITY b 'c'>]>", MI_RESULT_INVALID_PARAMETER, 1, 1},
    {"<!-- x", MI_RESULT_INVALID_PARAMETER, 1, 5},
    {"<INSTANCE/>", MI_RESULT_INVALID_PARAMETER, 1, 1},
    {"<INSTANCE CLASSNAME=Sample_Class/>", MI_RESULT_INVALID_PARAMETER, 1, 21},
    {"<INSTANCE CLASSNAME 'Sample_Class'/>", MI_RESULT_INVALID_PARAMETER, 1, 21},
    {"<INSTANCE CLASSNAME='Sample_Class/>", MI_RESULT_INVALID_PARAMETER, 1, 22},
    {"<INSTANCE CLASSNAME='Sample_Class'X='1'/>", MI_RESULT_INVALID_PARAMETER, 1, 35},
    {"<INSTANCE\nCLASSNAME='a' CLASSNAME='a'/>", MI_RESULT_INVALID_PARAMETER, 2, 15},
    {"<INSTANCE CLASSNAME='&none;'/>", MI_RESULT_INVALID_PARAMETER, 1, 22},
    {"<INSTANCE CLASSNAME='&#x110000;'/>", MI_RESULT_INVALID_PARAMETER, 1, 22},
    {"<INSTANCE CLASSNAME='Other'/>", MI_RESULT_INVALID_CLASS, 1, 1},
    {BEGIN, MI_RESULT_INVALID_PARAMETER, 2, 1},
    {BEGIN "</INSTANC>", MI_RESULT_INVALID_PARAMETER, 2, 1},
    {BEGIN "text</INSTANCE>", MI_RESULT_INVALID_PARAMETER, 2, 1},
    {BEGIN "<METHOD/></INSTANCE>", MI_RESULT_INVALID_PARAMETER, 2, 1},
    {BEGIN "<PROPERTY NAME='None' TYPE='string'/></INSTANCE>", MI_RESULT_NO_SUCH_PROPERTY, 2, 1},
    {BEGIN "<PROPERTY NAME='Name'/></INSTANCE>", MI_RESULT_INVALID_PARAMETER, 2, 1},
    {BEGIN "<PROPERTY NAME='Name' TYPE='text'/></INSTANCE>", MI_RESULT_INVALID_PARAMETER, 2, 1},
    {BEGIN "<PROPERTY NAME='Name' TYPE='uint8'/></INSTANCE>", MI_RESULT_TYPE_MISMATCH, 2, 1},
    {BEGIN "<PROPERTY.ARRAY NAME='Name' TYPE='string'/></INSTANCE>", MI_RESULT_TYPE_MISMATCH, 2, 1},
    {BEGIN "<PROPERTY NAME='Name' TYPE='string' MODIFIED='2'/></INSTANCE>", MI_RESULT_INVALID_PARAMETER, 2, 1},
    {BEGIN NAME "<VALUE>&#0;</VALUE></PROPERTY></INSTANCE>", MI_RESULT_INVALID_PARAMETER, 2, 44},
    {BEGIN NAME "<VALUE><X/></VALUE></PROPERTY></INSTANCE>", MI_RESULT_INVALID_PARAMETER, 2, 44},
    {BEGIN NAME "<VALUE><![CDATA[x</VALUE></PROPERTY></INSTANCE>", MI_RESULT_INVALID_PARAMETER, 2, 53},
    {BEGIN NAME "<VALUE/><VALUE/></PROPERTY></INSTANCE>", MI_RESULT_INVALID_PARAMETER, 2, 45},
    {BEGIN NAME "<VALUE.ARRAY/></PROPERTY></INSTANCE>", MI_RESULT_INVALID_PARAMETER, 2, 37},
    {BEGIN SIZE "<VALUE></VALUE></PROPERTY></INSTANCE>", MI_RESULT_INVALID_PARAMETER, 2, 44},
    {BEGIN SIZE "<VALUE>-1</VALUE></PROPERTY></INSTANCE>", MI_RESULT_INVALID_PARAMETER, 2, 44},
    {BEGIN SIZE "<VALUE>4294967296</VALUE></PROPERTY></INSTANCE>", MI_RESULT_INVALID_PARAMETER, 2, 44},
    {BEGIN SIZE "<VALUE>1 2</VALUE></PROPERTY></INSTANCE>", MI_RESULT_INVALID_PARAMETER, 2, 44},
    {BEGIN OWNER "</VALUE.REFERENCE></PROPERTY.REFERENCE></INSTANCE>", MI_RESULT_INVALID_PARAMETER, 2, 69},
    {BEGIN OWNER "<CLASSNAME NAME='a'/></VALUE.REFERENCE></PROPERTY.REFERENCE></INSTANCE>", MI_RESULT_INVALID_PARAMETER,
     2, 51},
    {BEGIN OWNER "<INSTANCENAME CLASSNAME='a'><KEYVALUE/></INSTANCENAME></VALUE.REFERENCE></PROPERTY.REFERENCE>",
     MI_RESULT_INVALID_PARAMETER, 2, 79},
    {BEGIN OWNER "<LOCALINSTANCEPATH><LOCALNAMESPACEPATH/><INSTANCENAME CLASSNAME='a'/></LOCALINSTANCEPATH>",
     MI_RESULT_INVALID_PARAMETER, 2, 91},
    {"<CIM><DECLARATION><DECLGROUP></DECLGROUP></DECLARATION></CIM>", MI_RESULT_INVALID_PARAMETER, 1, 62},
    {"<CIM><DECLARATION><DECLGROUP><VALUE.OBJECT/></DECLGROUP></DECLARATION></CIM>", MI_RESULT_INVALID_PARAMETER, 1,
     45},
};

START_TEST(malformed_instances)
{
    MI_Instance *instance = NULL, *error = NULL;
    unsigned line, column;

    ck_assert_int_eq(read_ascii(bad_instances[_i].text, &instance, &error), bad_instances[_i].result);
    ck_assert(!instance && error);
    take_place(error, &line, &column);
    ck_assert_uint_eq(line, bad_instances[_i].line);
    ck_assert_uint_eq(column, bad_instances[_i].column);
}
END_TEST

static const struct
{
    const char *text;
    MI_Result result;
} bad_classes[] = {
    {"<INSTANCE CLASSNAME='x'/>", MI_RESULT_INVALID_PARAMETER},
    {"<CLASS/>", MI_RESULT_INVALID_PARAMETER},
    {"<CLASS NAME=''/>", MI_RESULT_INVALID_CLASS},
    {"<CLASS NAME='x' SUPERCLASS='y'/>", MI_RESULT_INVALID_SUPERCLASS},
    {"<CLASS NAME='x' SUPERCLASS='y' DERIVATION='z'/>", MI_RESULT_INVALID_PARAMETER},
    {"<CLASS NAME='x' SUPERCLASS='y' DERIVATION='y,,z'/>", MI_RESULT_INVALID_PARAMETER},
    {"<CLASS NAME='x'><VALUE/></CLASS>", MI_RESULT_INVALID_PARAMETER},
    {"<CLASS NAME='x'><QUALIFIER NAME='q' TYPE='boolean'><VALUE>2</VALUE></QUALIFIER></CLASS>",
     MI_RESULT_INVALID_PARAMETER},
    {"<CLASS NAME='x'><QUALIFIER TYPE='boolean'/></CLASS>", MI_RESULT_INVALID_PARAMETER},
    {"<CLASS NAME='x'><QUALIFIER NAME='q'/></CLASS>", MI_RESULT_INVALID_PARAMETER},
    {"<CLASS NAME='x'><QUALIFIER NAME='q' TYPE='string' TOSUBCLASS='no'/></CLASS>", MI_RESULT_INVALID_PARAMETER},
    {"<CLASS NAME='x'><PROPERTY NAME='p' TYPE='string'/><PROPERTY NAME='P' TYPE='string'/></CLASS>",
     MI_RESULT_INVALID_PARAMETER},
    {"<CLASS NAME='x'><PROPERTY NAME='p' TYPE='string'><QUALIFIER NAME='a' TYPE='string'/><QUALIFIER NAME='A' "
     "TYPE='string'/></PROPERTY></CLASS>",
     MI_RESULT_INVALID_PARAMETER},
    {"<CLASS NAME='x'><PROPERTY.ARRAY NAME='p' TYPE='string' ARRAYSIZE='-1'/></CLASS>", MI_RESULT_INVALID_PARAMETER},
    {"<CLASS NAME='x'><METHOD NAME='m'/></CLASS>", MI_RESULT_INVALID_PARAMETER},
    {"<CLASS NAME='x'><METHOD NAME='m' TYPE='uint8'><PROPERTY NAME='p' TYPE='string'/></METHOD></CLASS>",
     MI_RESULT_INVALID_PARAMETER},
    {"<CLASS NAME='x'><METHOD NAME='m' TYPE='uint8'><PARAMETER NAME='p' TYPE='string'><VALUE/></PARAMETER></METHOD>"
     "</CLASS>",
     MI_RESULT_INVALID_PARAMETER},
};

START_TEST(malformed_classes)
{
    MI_Instance *error = NULL;
    MI_Class *made = NULL;
    unsigned line, column;

    ck_assert_int_eq(read_class_text(bad_classes[_i].text, &made, &error), bad_classes[_i].result);
    ck_assert(!made && error);
    take_place(error, &line, &column);
    ck_assert_uint_eq(line, 1);
    ck_assert_uint_gt(column, 0);
}
END_TEST

START_TEST(what_is_no_text)
{
    static const MI_Uint8 bad[][4] = {
        {'<', 0x80}, {'<', 0xc0, 0x80}, {0xed, 0xa0, 0x80}, {0xf4, 0x90, 0x80, 0x80}, {'<', 0xe2, 0x82}};
    MI_Instance *instance = NULL;

    for (size_t i = 0; i < MI_COUNT(bad); i++)
        ck_assert_int_eq(read_ascii((const char *)bad[i], &instance, NULL), MI_RESULT_INVALID_PARAMETER);
}
END_TEST

/* ---- Bombs ------------------------------------------------------------------------------------------------------- */

static char *repeat(const char *begin, const char *middle, int count, const char *end)
{
    char *text = malloc(strlen(begin) + (size_t)count * strlen(middle) + strlen(end) + 1), *at = text;

    ck_assert_ptr_nonnull(text);
    at += strlen(strcpy(at, begin));
    for (int i = 0; i < count; i++)
        at += strlen(strcpy(at, middle));
    strcpy(at, end);
    return text;
}

START_TEST(elements_too_deep)
{
    char *text = repeat(BEGIN "<QUALIFIER>", "<a>", 100000, "");
    MI_Instance *instance = NULL;

    ck_assert_int_eq(read_ascii(text, &instance, NULL), MI_RESULT_SERVER_LIMITS_EXCEEDED);
    free(text);
}
END_TEST

START_TEST(references_too_deep)
{
    char *text = repeat(BEGIN OWNER, "<INSTANCENAME CLASSNAME='a'><KEYBINDING NAME='k'><VALUE.REFERENCE>", 1000, "");
    MI_Instance *instance = NULL;

    ck_assert_int_eq(read_ascii(text, &instance, NULL), MI_RESULT_SERVER_LIMITS_EXCEEDED);
    free(text);
}
END_TEST

static char *escape(const char *text)
{
    char *escaped = malloc(5 * strlen(text) + 1), *at = escaped;

    ck_assert_ptr_nonnull(escaped);
    for (; *text; text++)
    {
        const char *entity = *text == '<' ? "&lt;" : *text == '&' ? "&amp;" : NULL;

        if (entity)
            at += strlen(strcpy(at, entity));
        else
            *at++ = *text;
    }
    *at = 0;
    return escaped;
}

/* Instances as text in text; one more than there may be. */
START_TEST(embedded_too_deep)
{
    static const MI_PropertyDecl inner = {.flags = MI_FLAG_PROPERTY, .name = MI_T("i"), .type = MI_INSTANCE};
    static const MI_PropertyDecl *const properties[] = {&inner};
    static const MI_ClassDecl decl = {
        .flags = MI_FLAG_CLASS, .name = MI_T("O"), .properties = properties, .numProperties = 1};
    char *text = repeat("<INSTANCE CLASSNAME='O'/>", "", 0, "");
    MI_Instance *instance = NULL, *error = NULL;
    MI_Class *outer = NULL;
    unsigned line, column;

    ck_assert_int_eq(mi_class_from_decl(&decl, NULL, NULL, &outer), MI_RESULT_OK);
    for (int depth = 0; depth <= MI_CODEC_MAX_DEPTH; depth++)
    {
        char *escaped = escape(text);

        free(text);
        text = repeat("<INSTANCE CLASSNAME='O'><PROPERTY NAME='i' TYPE='string'><VALUE>", escaped, 1,
                      "</VALUE></PROPERTY></INSTANCE>");
        free(escaped);
    }
    ck_assert_int_eq(read_instance(FORMAT_XML, ascii_buffer(text), &outer, 1, &instance, &error),
                     MI_RESULT_SERVER_LIMITS_EXCEEDED);
    take_place(error, &line, &column);
    ck_assert(line == 1 && column == 65);
    free(text);
    MI_Class_Delete(outer);
}
END_TEST

START_TEST(too_many_members)
{
    char *text = repeat("<CLASS NAME='x'><METHOD NAME='m' TYPE='uint8'>", "<PARAMETER NAME='p' TYPE='uint8'/>", 8193,
                        "</METHOD></CLASS>");
    MI_Class *made = NULL;

    ck_assert_int_eq(read_class_text(text, &made, NULL), MI_RESULT_SERVER_LIMITS_EXCEEDED);
    free(text);
}
END_TEST

START_TEST(too_large)
{
    MI_Uint32 length = (50u << 20) + 1;
    MI_Uint8 *buffer = calloc(1, length);
    MI_Deserializer deserializer = {0};
    MI_Instance *instance = NULL;

    ck_assert_ptr_nonnull(buffer);
    ck_assert_int_eq(codec_formats[FORMAT_XML].deserializer->DeserializeInstance(&deserializer, 0, buffer, length, NULL,
                                                                                 0, NULL, NULL, NULL, &instance, NULL),
                     MI_RESULT_SERVER_LIMITS_EXCEEDED);
    free(buffer);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mi xml");
    TCase *tests = tcase_create("xml");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, an_instance_as_windows_has_it);
    tcase_add_test(tests, a_class_by_itself);
    tcase_add_test(tests, an_embedded_instance_is_text);
    tcase_add_loop_test(tests, xml_of_others, 0, 3);
    tcase_add_test(tests, one_after_another);
    tcase_add_test(tests, names_in_the_text);
    tcase_add_loop_test(tests, malformed_instances, 0, (int)MI_COUNT(bad_instances));
    tcase_add_loop_test(tests, malformed_classes, 0, (int)MI_COUNT(bad_classes));
    tcase_add_test(tests, what_is_no_text);
    tcase_add_test(tests, elements_too_deep);
    tcase_add_test(tests, references_too_deep);
    tcase_add_test(tests, embedded_too_deep);
    tcase_add_test(tests, too_many_members);
    tcase_add_test(tests, too_large);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
