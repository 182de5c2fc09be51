/*
 * MOF: what is written, to the character; its grammar; what is refused, and where; many objects of one text.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "mi/class.h"
#include "mi/codec_tables.h"
#include "mi/instance.h"
#include "mi_codec_support.h"
#include "mi_support.h"

static MI_Deserializer deserializer;

static void set_up(void)
{
    use_mi_allocator();
    deserializer.reserved1 = cCodecMagic;
    deserializer.reserved2 = (ptrdiff_t)&mi_mof_deserializer_table;
}

static void tear_down(void)
{
    free_written();
    ck_assert_int_eq(live_allocations(), 0);
}

/* ---- What is written --------------------------------------------------------------------------------------------- */

/* As Windows writes it: a test of Microsoft's open client for it has this very text. */
START_TEST(an_instance_as_windows_has_it)
{
    MI_Value value = {.string = (MI_Char *)MI_T("Test string")};
    MI_Instance *instance = NULL;

    mi_instance_new(MI_T("TestInstance"), &instance);
    MI_Instance_AddElement(instance, MI_T("string"), &value, MI_STRING, 0);
    ck_assert(written_is(write_instance(FORMAT_MOF, 0, instance),
                         MI_T("instance of TestInstance\n{\n    string = \"Test string\";\n};\n\n")));
    MI_Instance_Delete(instance);
}
END_TEST

START_TEST(a_class_with_its_parents)
{
    MI_Class *class_object = NULL;

    ck_assert_int_eq(mi_class_from_decl(&sample_class, NULL, NULL, &class_object), MI_RESULT_OK);
    ck_assert(written_is(write_class(FORMAT_MOF, MI_SERIALIZER_FLAGS_CLASS_DEEP, class_object),
                         MI_T("[Abstract]\nclass Sample_Base\n{\n    [Key]\n    String Name;\n};\n\n"
                              "Qualifier Version : Uint32, Scope(any);\n"
                              "[Version(42) : EnableOverride Restricted]\nclass Sample_Class : Sample_Base\n{\n"
                              "    [Units(\"metres\"), Values{\"one\", \"two\"}]\n    Uint32 Size = 42;\n"
                              "    String Words[] = {\"one\", \"two\"};\n    [Read]\n    Sample_Base REF Owner;\n"
                              "    [Static, Version(42) : EnableOverride Restricted]\n    Uint32 Move(\n"
                              "        [Key]\n        Sample_Base REF Target,\n        [In(False), Out]\n"
                              "        Uint8 Result[]);\n};\n\n")));
    MI_Class_Delete(class_object);
}
END_TEST

START_TEST(instances_in_it_have_aliases)
{
    MI_Instance *inner = NULL, *outer = NULL;
    MI_Value value = {.char16 = '\''};

    mi_instance_new(MI_T("I"), &inner);
    MI_Instance_AddElement(inner, MI_T("c"), &value, MI_CHAR16, MI_FLAG_KEY);
    MI_Instance_AddElement(inner, MI_T("n"), NULL, MI_STRING, MI_FLAG_NULL);
    value.boolean = MI_TRUE;
    MI_Instance_AddElement(inner, MI_T("b"), &value, MI_BOOLEAN, 0);
    mi_instance_new(MI_T("O"), &outer);
    value.instance = inner;
    MI_Instance_AddElement(outer, MI_T("r"), &value, MI_REFERENCE, 0);
    MI_Instance_AddElement(outer, MI_T("e"), &value, MI_INSTANCE, MI_FLAG_ADOPT);
    ck_assert(written_is(write_instance(FORMAT_MOF, 0, outer),
                         MI_T("instance of I as $Alias00000001\n{\n    c = '\\'';\n};\n\n"
                              "instance of I as $Alias00000002\n{\n    c = '\\'';\n    b = True;\n};\n\n"
                              "instance of O\n{\n    r = $Alias00000001;\n    e = $Alias00000002;\n};\n\n")));
    MI_Instance_Delete(outer);
}
END_TEST

/* ---- What is read ------------------------------------------------------------------------------------------------ */

static MI_Class *class_of(const char *text)
{
    MI_Class *class_object = NULL;

    ck_assert_int_eq(read_class(FORMAT_MOF, ascii_buffer(text), NULL, &class_object, NULL), MI_RESULT_OK);
    return class_object;
}

/* A property's default, of a class of nothing else. */
static MI_Value default_of(MI_Class *class_object, const MI_Char *name, MI_Type type)
{
    MI_Value value = {0};
    MI_Boolean exists = MI_FALSE;
    MI_Type found = MI_BOOLEAN;

    ck_assert_int_eq(MI_Class_GetElement(class_object, name, &value, &exists, &found, NULL, NULL, NULL, NULL),
                     MI_RESULT_OK);
    ck_assert(exists && found == type);
    return value;
}

START_TEST(literals)
{
    MI_Class *c = class_of("/* all * of / them */ CLASS Literals // names are compared without case\n{\n"
                           "  UINT8 hexadecimal = 0xfF; sint8 octal = -017; uint16 binary = 101B; Sint32 plus = +7;\n"
                           "  real64 real = .5e-1; real32 whole = 3; real64 signs = -12.25E+2;\n"
                           "  char16 letter = 'x'; char16 escaped = '\\X41'; char16 number = 66; boolean no = FALSE;\n"
                           "  datetime when = \"00000007000000.000000:000\";\n"
                           "  string joined = \"a\" /* and */ \"b\\t\\\"\\x263a\"\n \"\";\n"
                           "  string none = null; uint32 list[3] = {1, 2}; string empty[] = {}; };");
    MI_Boolean exists = MI_TRUE;
    MI_Value value;

    ck_assert_uint_eq(default_of(c, MI_T("hexadecimal"), MI_UINT8).uint8, 255);
    ck_assert_int_eq(default_of(c, MI_T("octal"), MI_SINT8).sint8, -15);
    ck_assert_uint_eq(default_of(c, MI_T("binary"), MI_UINT16).uint16, 5);
    ck_assert_int_eq(default_of(c, MI_T("plus"), MI_SINT32).sint32, 7);
    ck_assert(default_of(c, MI_T("real"), MI_REAL64).real64 == 0.05);
    ck_assert(default_of(c, MI_T("whole"), MI_REAL32).real32 == 3.0f);
    ck_assert(default_of(c, MI_T("signs"), MI_REAL64).real64 == -1225.0);
    ck_assert_uint_eq(default_of(c, MI_T("letter"), MI_CHAR16).char16, 'x');
    ck_assert_uint_eq(default_of(c, MI_T("escaped"), MI_CHAR16).char16, 'A');
    ck_assert_uint_eq(default_of(c, MI_T("number"), MI_CHAR16).char16, 'B');
    ck_assert_uint_eq(default_of(c, MI_T("no"), MI_BOOLEAN).boolean, MI_FALSE);
    ck_assert_uint_eq(default_of(c, MI_T("when"), MI_DATETIME).datetime.u.interval.days, 7);
    ck_assert(texts_equal(default_of(c, MI_T("joined"), MI_STRING).string, MI_T("ab\t\"\x263a")));
    ck_assert_uint_eq(default_of(c, MI_T("list"), MI_UINT32A).uint32a.size, 2);
    ck_assert_uint_eq(default_of(c, MI_T("empty"), MI_STRINGA).stringa.size, 0);
    ck_assert(MI_Class_GetElement(c, MI_T("none"), &value, &exists, NULL, NULL, NULL, NULL, NULL) == MI_RESULT_OK &&
              !exists);
    MI_Class_Delete(c);
}
END_TEST

static const MI_Qualifier *qualifier(const MI_Class *class_object, MI_Uint32 property, MI_Uint32 index)
{
    ck_assert_uint_lt(index, class_object->classDecl->properties[property]->numQualifiers);
    return class_object->classDecl->properties[property]->qualifiers[index];
}

/* Their types and flavors: the standard's, those of a declaration, or as they show. */
START_TEST(qualifiers)
{
    MI_Class *c = class_of(
        "#pragma locale(\"en_US\")\n#pragma unknown (\"x\")\n"
        "Qualifier Mine : sint8[2] = {1, 2}, Scope(property, method), Flavor(DisableOverride, Restricted);\n"
        "[Abstract, Association : ToSubclass ToInstance] class Q {\n"
        "  [Key, Description(\"d\"), Mine{3}, MaxLen(7), Other(5), Large(5000000000), Text : Translatable]\n"
        "  string a;\n  [Mine, Read, Write, Key(false), Values{\"x\", \"y\"}, Half(0.5), Empty(NULL)] string b; };");

    ck_assert_uint_eq(c->classDecl->flags, MI_FLAG_CLASS | MI_FLAG_ABSTRACT | MI_FLAG_ASSOCIATION);
    ck_assert_uint_eq(c->classDecl->properties[0]->flags, MI_FLAG_PROPERTY | MI_FLAG_KEY);
    ck_assert_uint_eq(c->classDecl->properties[1]->flags, MI_FLAG_PROPERTY);
    ck_assert_uint_eq(qualifier(c, 0, 0)->flavor, MI_FLAG_DISABLEOVERRIDE | MI_FLAG_TOSUBCLASS);
    ck_assert_uint_eq(qualifier(c, 0, 1)->flavor, MI_FLAG_ENABLEOVERRIDE | MI_FLAG_TOSUBCLASS | MI_FLAG_TRANSLATABLE);
    ck_assert(qualifier(c, 0, 2)->type == MI_SINT8A &&
              qualifier(c, 0, 2)->flavor == (MI_FLAG_DISABLEOVERRIDE | MI_FLAG_RESTRICTED));
    ck_assert_uint_eq(qualifier(c, 0, 3)->type, MI_UINT32);
    ck_assert_uint_eq(qualifier(c, 0, 4)->type, MI_SINT32);
    ck_assert_uint_eq(qualifier(c, 0, 5)->type, MI_SINT64);
    ck_assert(qualifier(c, 0, 6)->type == MI_BOOLEAN && (qualifier(c, 0, 6)->flavor & MI_FLAG_TRANSLATABLE));
    ck_assert_uint_eq(((const MI_Value *)qualifier(c, 1, 0)->value)->sint8a.size, 2);
    ck_assert(qualifier(c, 1, 4)->type == MI_STRINGA && qualifier(c, 1, 5)->type == MI_REAL64);
    ck_assert_ptr_null(qualifier(c, 1, 6)->value);
    MI_Class_Delete(c);
}
END_TEST

/* What a class has of its super-class, and what it changes. */
START_TEST(overriding)
{
    MI_Class *c =
        class_of("[Indication] class Base { [Key, Description(\"base\"), Deprecated{\"x\"}] string k; "
                 "uint8 other; uint32 m(); };\n"
                 "class Derived as $D : Base { [Description(\"derived\")] string K = \"d\"; real64 own; "
                 "[Static] uint32 M([Out] string o, [EmbeddedInstance(\"Base\")] string e[2], Base REF r); };");
    const MI_ClassDecl *decl = c->classDecl;

    ck_assert(decl->flags == (MI_FLAG_CLASS | MI_FLAG_INDICATION) && decl->numProperties == 3 && decl->numMethods == 1);
    ck_assert_uint_eq(decl->properties[0]->flags, MI_FLAG_PROPERTY | MI_FLAG_KEY);
    ck_assert(texts_equal(decl->properties[0]->origin, MI_T("Base")) &&
              texts_equal(decl->properties[0]->propagator, MI_T("Derived")));
    ck_assert_uint_eq(decl->properties[0]->numQualifiers, 2);
    ck_assert(texts_equal(((const MI_Value *)qualifier(c, 0, 0)->value)->string, MI_T("derived")));
    ck_assert(texts_equal(decl->properties[1]->propagator, MI_T("Base")));
    ck_assert(texts_equal(decl->properties[2]->origin, MI_T("Derived")));
    ck_assert_uint_eq(decl->methods[0]->flags, MI_FLAG_METHOD | MI_FLAG_STATIC);
    ck_assert_uint_eq(decl->methods[0]->parameters[0]->flags, MI_FLAG_PARAMETER | MI_FLAG_IN | MI_FLAG_OUT);
    ck_assert(decl->methods[0]->parameters[1]->type == MI_INSTANCEA &&
              decl->methods[0]->parameters[1]->subscript == 2 &&
              texts_equal(decl->methods[0]->parameters[1]->className, MI_T("Base")));
    ck_assert(decl->methods[0]->parameters[2]->type == MI_REFERENCE);
    MI_Class_Delete(c);
}
END_TEST

static MI_Uint32 number_in(const MI_Instance *instance, const MI_Char *name)
{
    MI_Value value = {0};

    ck_assert_int_eq(MI_Instance_GetElement(instance, name, &value, NULL, NULL, NULL), MI_RESULT_OK);
    return value.uint32;
}

START_TEST(instances_hold_each_other)
{
    MI_Instance *instance = NULL;
    MI_Value value = {0};

    ck_assert_int_eq(
        read_instance(
            FORMAT_MOF,
            ascii_buffer("class C { uint32 n = 9; [EmbeddedObject] string e; C REF r; [EmbeddedObject] string "
                         "a[]; };\n"
                         "instance of C as $one { n = 1; };\n[Description(\"two\")] instance of c as $Two "
                         "{ e = $ONE; [Description(\"x\")] r = $one; };\n"
                         "instance of C { n = NULL; a = {$two, instance of C { n = 3; }, $one}; };"),
            NULL, 0, &instance, NULL),
        MI_RESULT_OK);
    MI_Instance_GetElement(instance, MI_T("a"), &value, NULL, NULL, NULL);
    ck_assert_uint_eq(value.instancea.size, 3);
    ck_assert_uint_eq(number_in(value.instancea.data[0], MI_T("n")), 9);
    ck_assert_uint_eq(number_in(value.instancea.data[1], MI_T("n")), 3);
    ck_assert_uint_eq(number_in(value.instancea.data[2], MI_T("n")), 1);
    MI_Instance_GetElement(value.instancea.data[0], MI_T("e"), &value, NULL, NULL, NULL);
    ck_assert_uint_eq(number_in(value.instance, MI_T("n")), 1);
    MI_Instance_Delete(instance);
}
END_TEST

/* ---- What is refused --------------------------------------------------------------------------------------------- */

#define WITH_CLASS "class C { uint8 n; string s; datetime d; [EmbeddedObject] string e; };\n"

static const struct
{
    const char *text;
    MI_Result result;
    unsigned line, column;
} bad_texts[] = {
    {"", MI_RESULT_FAILED, 1, 1},
    {"class", MI_RESULT_FAILED, 1, 6},
    {"class C", MI_RESULT_FAILED, 1, 8},
    {"class C { }", MI_RESULT_FAILED, 1, 12},
    {"class C { };", MI_RESULT_FAILED, 1, 13}, /* no instance */
    {"klass C { };", MI_RESULT_FAILED, 1, 1},
    {"class C : D { };", MI_RESULT_INVALID_SUPERCLASS, 1, 11},
    {"class C { };\nclass c { };", MI_RESULT_ALREADY_EXISTS, 2, 7},
    {"class C { uint7 n; };", MI_RESULT_FAILED, 1, 11},
    {"class C { uint8 n; string N; };", MI_RESULT_FAILED, 1, 20},
    {"class C { uint8 n = 256; };", MI_RESULT_TYPE_MISMATCH, 1, 21},
    {"class C { uint8 n = -1; };", MI_RESULT_TYPE_MISMATCH, 1, 21},
    {"class C { uint8 n = \"1\"; };", MI_RESULT_TYPE_MISMATCH, 1, 21},
    {"class C { uint8 n = {1}; };", MI_RESULT_TYPE_MISMATCH, 1, 21},
    {"class C { uint8 n[] = 1; };", MI_RESULT_TYPE_MISMATCH, 1, 23},
    {"class C { uint8 n[] = {1,}; };", MI_RESULT_FAILED, 1, 26},
    {"class C { uint8 n[] = {NULL}; };", MI_RESULT_TYPE_MISMATCH, 1, 24},
    {"class C { uint8 n[0]; };", MI_RESULT_FAILED, 1, 19},
    {"class C { uint64 n = 18446744073709551616; };", MI_RESULT_FAILED, 1, 22},
    {"class C { uint8 n = 08; };", MI_RESULT_FAILED, 1, 21},
    {"class C { uint8 n = 0x; };", MI_RESULT_FAILED, 1, 21},
    {"class C { real32 n = 1e5; };", MI_RESULT_FAILED, 1, 22},
    {"class C { real32 n = 1.0e39; };", MI_RESULT_TYPE_MISMATCH, 1, 22},
    {"class C { string s = \"x; };", MI_RESULT_FAILED, 1, 22},
    {"class C { string s = \"x\n\"; };", MI_RESULT_FAILED, 1, 22},
    {"class C { string s = \"\\q\"; };", MI_RESULT_FAILED, 1, 23},
    {"class C { string s = \"\\xg\"; };", MI_RESULT_FAILED, 1, 23},
    {"class C { string s = \"\\x0\"; };", MI_RESULT_FAILED, 1, 22},
    {"class C { char16 c = 'xy'; };", MI_RESULT_FAILED, 1, 22},
    {"class C { datetime d = \"20241301000000.000000+000\"; };", MI_RESULT_TYPE_MISMATCH, 1, 24},
    {"class C { [Key, key] string s; };", MI_RESULT_FAILED, 1, 17},
    {"class C { [Key string s; };", MI_RESULT_FAILED, 1, 16},
    {"class C { [MaxLen(\"x\")] string s; };", MI_RESULT_TYPE_MISMATCH, 1, 19},
    {"class C { [Key : Never] string s; };", MI_RESULT_FAILED, 1, 18},
    {"Qualifier Q : string, Scope(; };", MI_RESULT_FAILED, 1, 29},
    {"Qualifier Q : string, Never(x);", MI_RESULT_FAILED, 1, 23},
    {"class B { string p; };\nclass C : B { uint8 p; };", MI_RESULT_TYPE_MISMATCH, 2, 7},
    {"/* x", MI_RESULT_FAILED, 1, 1},
    {"class C { } ; %", MI_RESULT_FAILED, 1, 15},
    {"#include \"x\"", MI_RESULT_FAILED, 1, 1},
    {"#pragma include(\"x.mof\")", MI_RESULT_NOT_FOUND, 1, 1},
    {"instance of C { };", MI_RESULT_INVALID_CLASS, 1, 13},
    {WITH_CLASS "instance C { };", MI_RESULT_FAILED, 2, 10},
    {WITH_CLASS "instance of C { x = 1; };", MI_RESULT_NO_SUCH_PROPERTY, 2, 17},
    {WITH_CLASS "instance of C { n = 1 };", MI_RESULT_FAILED, 2, 23},
    {WITH_CLASS "instance of C { n 1; };", MI_RESULT_FAILED, 2, 19},
    {WITH_CLASS "instance of C { n = $x; };", MI_RESULT_NOT_FOUND, 2, 21},
    {WITH_CLASS "instance of C { e = \"x\"; };", MI_RESULT_TYPE_MISMATCH, 2, 21},
    {WITH_CLASS "instance of C { s = instance of C { }; };", MI_RESULT_TYPE_MISMATCH, 2, 21},
    {WITH_CLASS "instance of C as x { };", MI_RESULT_FAILED, 2, 18},
    {WITH_CLASS "instance of C as $ { };", MI_RESULT_FAILED, 2, 18},
    {WITH_CLASS "instance of C as $x { };\ninstance of C as $X { };", MI_RESULT_ALREADY_EXISTS, 3, 10},
    {WITH_CLASS "instance of C { };\ninstance of C { };", MI_RESULT_FAILED, 3, 19}, /* two results */
};

START_TEST(malformed)
{
    MI_Instance *instance = NULL, *error = NULL;
    unsigned line, column;

    ck_assert_int_eq(read_instance(FORMAT_MOF, ascii_buffer(bad_texts[_i].text), NULL, 0, &instance, &error),
                     bad_texts[_i].result);
    ck_assert(!instance && error);
    take_place(error, &line, &column);
    ck_assert_uint_eq(line, bad_texts[_i].line);
    ck_assert_uint_eq(column, bad_texts[_i].column);
}
END_TEST

/* Each instance holds ten copies of the one before: a thousand million in the end. */
START_TEST(alias_bomb)
{
    char text[4096] = "class C { [EmbeddedObject] string a[]; };\ninstance of C as $A0 { };\n", *at;
    MI_Instance *instance = NULL;

    for (int i = 1; i < 10; i++)
    {
        at = text + strlen(text);
        strcpy(at, "instance of C as $A# { a = {");
        *strchr(at, '#') = (char)('0' + i);
        for (int k = 0; k < 10; k++)
        {
            at = text + strlen(text);
            strcpy(at, k ? ", $A#" : "$A#");
            *strchr(at, '#') = (char)('0' + i - 1);
        }
        strcat(text, "}; };\n");
    }
    ck_assert_int_eq(read_instance(FORMAT_MOF, ascii_buffer(text), NULL, 0, &instance, NULL),
                     MI_RESULT_SERVER_LIMITS_EXCEEDED);
}
END_TEST

START_TEST(instances_too_deep)
{
    static const char begin[] = "class C { [EmbeddedObject] string e; }; ", middle[] = "instance of C { e = ";
    char *text = malloc(sizeof(begin) + 1000 * sizeof(middle)), *at = text;
    MI_Instance *instance = NULL;

    ck_assert_ptr_nonnull(text);
    at += strlen(strcpy(at, begin));
    for (int i = 0; i < 1000; i++)
        at += strlen(strcpy(at, middle));
    ck_assert_int_eq(read_instance(FORMAT_MOF, ascii_buffer(text), NULL, 0, &instance, NULL),
                     MI_RESULT_SERVER_LIMITS_EXCEEDED);
    free(text);
}
END_TEST

/* Many small classes of one with much in it: memory is bounded as a whole. */
START_TEST(many_copies_of_much)
{
    enum
    {
        DEFAULT = 1 << 20,
        CLASSES = 400
    };
    char *text = malloc(DEFAULT + 64 * CLASSES + 64), *at = text;
    MI_Class *class_object = NULL;

    ck_assert_ptr_nonnull(text);
    at += strlen(strcpy(at, "class B { string s = \""));
    memset(at, 'x', DEFAULT);
    at += DEFAULT;
    at += strlen(strcpy(at, "\"; };\n"));
    for (int i = 0; i < CLASSES; i++)
    {
        strcpy(at, "class Caaa : B { };\n");
        at[6] = (char)('a' + i / 100);
        at[7] = (char)('a' + i / 10 % 10);
        at[8] = (char)('a' + i % 10);
        at += strlen(at);
    }
    ck_assert_int_eq(read_class(FORMAT_MOF, ascii_buffer(text), NULL, &class_object, NULL),
                     MI_RESULT_SERVER_LIMITS_EXCEEDED);
    free(text);
}
END_TEST

/* ---- Many objects ------------------------------------------------------------------------------------------------ */

static int includes, releases;

static MI_Result MI_CALL get_included(void *context, const MI_Char *name, MI_Uint8 **buffer, MI_Uint32 *length)
{
    const char *text = context;

    includes++;
    if (!texts_equal(name, MI_T("base.mof"))) return MI_RESULT_NOT_FOUND;
    *length = (MI_Uint32)strlen(text);
    *buffer = malloc(*length + 1);
    ck_assert_ptr_nonnull(*buffer);
    memcpy(*buffer, text, *length + 1);
    return MI_RESULT_OK;
}

static void MI_CALL free_included(void *context, MI_Uint8 *buffer)
{
    (void)context;
    releases++;
    free(buffer);
}

static MI_Result MI_CALL give_qualifier(void *context, MI_QualifierDecl *decl)
{
    (void)context;
    if (!texts_equal(decl->name, MI_T("Mine"))) return MI_RESULT_NOT_FOUND;
    decl->type = MI_UINT16;
    decl->flavor = MI_FLAG_DISABLEOVERRIDE | MI_FLAG_RESTRICTED;
    return MI_RESULT_OK;
}

static MI_Result read_classes(const char *text, MI_DeserializerCallbacks *callbacks, MI_ClassA **classes,
                              MI_Instance **error)
{
    struct written buffer = ascii_buffer(text);
    MI_Uint32 read = 0;
    MI_Result result =
        MI_Deserializer_DeserializeClassArray(&deserializer, 0, NULL, callbacks, buffer.buffer, buffer.bytes, NULL,
                                              MI_T("server"), MI_T("root"), &read, classes, error);

    if (result == MI_RESULT_OK) ck_assert_uint_eq(read, buffer.bytes);
    return result;
}

START_TEST(class_arrays_with_includes)
{
    MI_DeserializerCallbacks callbacks = {.includedFileContext = (void *)"class Base { };\n[Mine(7)] class More { };",
                                          .getIncludedFileContent = get_included,
                                          .freeIncludedFileContent = free_included,
                                          .qualifierDeclNeeded = give_qualifier};
    MI_ClassA *classes = NULL;
    MI_Instance *error = NULL;
    const MI_Char *name = NULL;
    unsigned line, column;

    includes = releases = 0;
    ck_assert_int_eq(
        read_classes("#pragma include(\"base.mof\")\nclass Derived : Base { };", &callbacks, &classes, &error),
        MI_RESULT_OK);
    ck_assert(includes == 1 && releases == 1 && !error && classes->size == 3);
    ck_assert(texts_equal(classes->data[2]->classDecl->name, MI_T("Derived")));
    ck_assert(MI_Class_GetNameSpace(classes->data[1], &name) == MI_RESULT_OK && texts_equal(name, MI_T("root")));
    ck_assert(classes->data[1]->classDecl->qualifiers[0]->type == MI_UINT16 &&
              classes->data[1]->classDecl->qualifiers[0]->flavor == (MI_FLAG_DISABLEOVERRIDE | MI_FLAG_RESTRICTED));
    MI_Deserializer_ReleaseClassArray(classes);
    ck_assert_int_eq(read_classes("\n#pragma include(\"none.mof\")", &callbacks, &classes, &error),
                     MI_RESULT_NOT_FOUND);
    take_place(error, &line, &column);
    ck_assert(line == 2 && !classes && releases == 1);
    callbacks.includedFileContext = (void *)"#pragma include(\"base.mof\")";
    ck_assert_int_eq(read_classes("#pragma include(\"base.mof\")", &callbacks, &classes, &error),
                     MI_RESULT_SERVER_LIMITS_EXCEEDED);
    take_place(error, &line, &column);
    ck_assert_int_eq(includes - 1, releases);
}
END_TEST

START_TEST(instance_arrays)
{
    MI_ClassA *classes = NULL;
    MI_InstanceA *instances = NULL;
    MI_Instance *error = NULL;
    struct written buffer;
    MI_Uint32 read = 0;

    ck_assert_int_eq(read_classes("class C { uint32 n; C REF r; };", NULL, &classes, NULL), MI_RESULT_OK);
    buffer = ascii_buffer("instance of C as $x { n = 1; }; instance of C as $y { n = 2; }; instance of C { n = 3; r = "
                          "$x; };");
    for (long successes = 0;; successes++)
    {
        long live = live_allocations();
        MI_Result result;

        fail_allocation(successes);
        result = MI_Deserializer_DeserializeInstanceArray(&deserializer, 0, NULL, NULL, buffer.buffer, buffer.bytes,
                                                          classes, &read, &instances, &error);
        if (!allocation_failed()) break;
        ck_assert_int_eq(result, MI_RESULT_SERVER_LIMITS_EXCEEDED);
        if (error) MI_Instance_Delete(error);
        ck_assert(!instances && live_allocations() == live);
    }
    fail_allocation(-1);
    ck_assert(read == buffer.bytes && instances && instances->size == 2 && !error);
    ck_assert_uint_eq(number_in(instances->data[0], MI_T("n")), 2);
    ck_assert_uint_eq(number_in(instances->data[1], MI_T("n")), 3);
    MI_Deserializer_ReleaseInstanceArray(instances);
    buffer = ascii_buffer("");
    ck_assert_int_eq(MI_Deserializer_DeserializeInstanceArray(&deserializer, 0, NULL, NULL, buffer.buffer, 0, NULL,
                                                              NULL, &instances, NULL),
                     MI_RESULT_OK);
    ck_assert_uint_eq(instances->size, 0);
    MI_Deserializer_ReleaseInstanceArray(instances);
    MI_Deserializer_ReleaseClassArray(classes);
}
END_TEST

static MI_Result MI_CALL never(void *context, MI_Uint64 id, MI_Class **class_object)
{
    (void)context;
    (void)id;
    (void)class_object;
    return MI_RESULT_OK;
}

START_TEST(bad_arguments_of_arrays)
{
    MI_DeserializerCallbacks callbacks = {.classObjectNeededOnId = never};
    MI_Deserializer none = {0};
    MI_ClassA *classes = NULL;
    MI_InstanceA *instances = NULL;
    MI_Instance *error = NULL;
    MI_Uint8 buffer[1] = {' '};

    ck_assert_int_eq(read_classes("", &callbacks, &classes, &error), MI_RESULT_INVALID_PARAMETER);
    MI_Instance_Delete(error);
    ck_assert_int_eq(MI_Deserializer_DeserializeClassArray(&none, 0, NULL, NULL, buffer, 1, NULL, NULL, NULL, NULL,
                                                           &classes, &error),
                     MI_RESULT_INVALID_PARAMETER);
    ck_assert_ptr_null(error);
    ck_assert_int_eq(MI_Deserializer_DeserializeClassArray(&deserializer, 1, NULL, NULL, buffer, 1, NULL, NULL, NULL,
                                                           NULL, &classes, NULL),
                     MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(MI_Deserializer_DeserializeClassArray(&deserializer, 0, NULL, NULL, NULL, 1, NULL, NULL, NULL,
                                                           NULL, &classes, NULL),
                     MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(
        MI_Deserializer_DeserializeInstanceArray(&deserializer, 0, NULL, NULL, NULL, 1, NULL, NULL, &instances, NULL),
        MI_RESULT_INVALID_PARAMETER);
    ck_assert_int_eq(
        MI_Deserializer_DeserializeInstanceArray(&deserializer, 0, NULL, NULL, buffer, 1, NULL, NULL, NULL, NULL),
        MI_RESULT_INVALID_PARAMETER);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mi mof");
    TCase *tests = tcase_create("mof");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, an_instance_as_windows_has_it);
    tcase_add_test(tests, a_class_with_its_parents);
    tcase_add_test(tests, instances_in_it_have_aliases);
    tcase_add_test(tests, literals);
    tcase_add_test(tests, qualifiers);
    tcase_add_test(tests, overriding);
    tcase_add_test(tests, instances_hold_each_other);
    tcase_add_loop_test(tests, malformed, 0, (int)MI_COUNT(bad_texts));
    tcase_add_test(tests, alias_bomb);
    tcase_add_test(tests, instances_too_deep);
    tcase_add_test(tests, many_copies_of_much);
    tcase_add_test(tests, class_arrays_with_includes);
    tcase_add_test(tests, instance_arrays);
    tcase_add_test(tests, bad_arguments_of_arrays);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
