/*
 * mimofcodec.dll: serializers and deserializers of MOF.
 */
#include "mi_test.h"

#include <micodec.h>

typedef MI_Result(MI_MAIN_CALL *new_serializer_function)(MI_Application *application, MI_Uint32 flags, MI_Char *format,
                                                         MI_Serializer *serializer);
typedef MI_Result(MI_MAIN_CALL *new_deserializer_function)(MI_Application *application, MI_Uint32 flags,
                                                           MI_Char *format, MI_Deserializer *deserializer);
static new_serializer_function new_mof_serializer;
static new_deserializer_function new_mof_deserializer;
static MI_Serializer serializer;
static MI_Deserializer deserializer;
static MI_Char format[] = MOFCODEC_FORMAT;

static MI_Uint8 buffer[16384];
static MI_Uint32 used;

/* Whether the DLL is there; opens both. */
static int open_both(void)
{
    static HMODULE module;

    if (!module) module = LoadLibraryA("mimofcodec.dll");
    if (!module) return 0;
    new_mof_serializer = (new_serializer_function)(void *)GetProcAddress(module, "MI_Application_NewSerializer_Mof");
    new_mof_deserializer =
        (new_deserializer_function)(void *)GetProcAddress(module, "MI_Application_NewDeserializer_Mof");
    return new_mof_serializer && new_mof_deserializer &&
           new_mof_serializer(application(), 0, format, &serializer) == MI_RESULT_OK &&
           new_mof_deserializer(application(), 0, format, &deserializer) == MI_RESULT_OK;
}

static void close_both(void)
{
    MI_Serializer_Close(&serializer);
    MI_Deserializer_Close(&deserializer);
}

static void put_text(const char *text)
{
    used = (MI_Uint32)strlen(text);
    memcpy(buffer, text, used);
}

static void open_and_close(void)
{
    MI_Char other[] = L"MI_XML";

    CHECK(MI_Application_NewSerializer_Mof, opens, "(mimofcodec.dll makes both; its format is MI_MOF_CIMV2_EXTV1)",
          open_both());
    if (!new_mof_serializer || !new_mof_deserializer) return;
    CHECK(MI_Application_NewSerializer_Mof, handle, "(micodec.h: a handle has cCodecMagic and its table)",
          serializer.reserved1 == cCodecMagic && serializer.reserved2 && deserializer.reserved1 == cCodecMagic &&
              deserializer.reserved2);
    CHECK(MI_Serializer_Close, mof, "Closes a serializer object and frees any internal memory associated with it.",
          OK(MI_Serializer_Close(&serializer)) && OK(MI_Deserializer_Close(&deserializer)));
    CHECK(MI_Application_NewSerializer_Mof, bad, "(flags, another format, NULL)",
          GIVES(MI_RESULT_INVALID_PARAMETER, new_mof_serializer(application(), 1, format, &serializer)) &&
              GIVES(MI_RESULT_NOT_SUPPORTED, new_mof_serializer(application(), 0, other, &serializer)) &&
              GIVES(MI_RESULT_INVALID_PARAMETER, new_mof_serializer(NULL, 0, format, &serializer)) &&
              GIVES(MI_RESULT_INVALID_PARAMETER, new_mof_serializer(application(), 0, NULL, &serializer)) &&
              GIVES(MI_RESULT_INVALID_PARAMETER, new_mof_serializer(application(), 0, format, NULL)));
    CHECK(MI_Application_NewDeserializer_Mof, bad, "(flags, another format, NULL)",
          GIVES(MI_RESULT_INVALID_PARAMETER, new_mof_deserializer(application(), 1, format, &deserializer)) &&
              GIVES(MI_RESULT_NOT_SUPPORTED, new_mof_deserializer(application(), 0, other, &deserializer)) &&
              GIVES(MI_RESULT_INVALID_PARAMETER, new_mof_deserializer(NULL, 0, format, &deserializer)) &&
              GIVES(MI_RESULT_INVALID_PARAMETER, new_mof_deserializer(application(), 0, NULL, &deserializer)) &&
              GIVES(MI_RESULT_INVALID_PARAMETER, new_mof_deserializer(application(), 0, format, NULL)));
}

static void instances(void)
{
    static const MI_Char expected[] = MI_T("instance of TestInstance\n{\n    string = \"Test string\";\n};\n\n");
    MI_Value value = text_value(MI_T("Test string"));
    MI_Instance *instance = NULL, *read = NULL, *error = NULL;
    MI_Class *class = NULL;
    MI_Uint32 bytes = 0, length = 0;

    if (!open_both()) return;
    MI_Application_NewInstance(application(), MI_T("TestInstance"), NULL, &instance);
    MI_Instance_AddElement(instance, MI_T("string"), &value, MI_STRING, 0);
    CHECK(MI_Serializer_SerializeInstance, mof, "(the text that Windows writes)",
          OK(MI_Serializer_SerializeInstance(&serializer, 0, instance, buffer, sizeof(buffer), &used)) &&
              used == sizeof(expected) - sizeof(MI_Char) && !memcmp(buffer, expected, used));
    CHECK(MI_Serializer_SerializeInstance, mof_with_class,
          "to serialize the instance and all class parts into the buffer so that it is self contained.",
          OK(MI_Serializer_SerializeInstance(&serializer, MI_SERIALIZER_FLAGS_INSTANCE_WITH_CLASS, instance, buffer,
                                             sizeof(buffer), &used)) &&
              OK(MI_Deserializer_DeserializeInstance(&deserializer, 0, buffer, used, NULL, 0, NULL, NULL, &bytes, &read,
                                                     NULL)) &&
              has_text(read, MI_T("string"), MI_T("Test string")) && bytes == used);
    if (read) MI_Instance_Delete(read);
    MI_Instance_Delete(instance);
    MI_Application_NewClass(application(), &test_class, NULL, NULL, &class);
    put_text("instance of Test_Derived { Name = \"me\"; };");
    CHECK(MI_Deserializer_DeserializeInstance, mof, "Deserializes a serialized buffer into a MI_Instance object.",
          OK(MI_Deserializer_DeserializeInstance(&deserializer, 0, buffer, used, &class, 1, NULL, NULL, &bytes, &read,
                                                 &error)) &&
              has_text(read, MI_T("Name"), MI_T("me")) && has_number(read, MI_T("Size"), 42));
    if (read) MI_Instance_Delete(read);
    put_text("instance of Test_Derived\n{\n  Name = 5;\n};");
    CHECK(MI_Deserializer_DeserializeInstance, mof_error,
          "If the call fails, this value will contain information useful in debugging.",
          GIVES(MI_RESULT_TYPE_MISMATCH, MI_Deserializer_DeserializeInstance(&deserializer, 0, buffer, used, &class, 1,
                                                                             NULL, NULL, &bytes, &read, &error)) &&
              error && has_text(error, MI_T("Message"), MI_T("Line 3, column 10: this is no value of the type: 5")));
    if (error) MI_Instance_Delete(error);
    CHECK(MI_Deserializer_Instance_GetClassName, mof, "Not all deserializers can support this call.",
          GIVES(MI_RESULT_NOT_SUPPORTED,
                MI_Deserializer_Instance_GetClassName(&deserializer, buffer, used, NULL, &length, NULL)) &&
              GIVES(MI_RESULT_NOT_SUPPORTED,
                    MI_Deserializer_Class_GetClassName(&deserializer, buffer, used, NULL, &length, NULL)) &&
              GIVES(MI_RESULT_NOT_SUPPORTED,
                    MI_Deserializer_Class_GetParentClassName(&deserializer, buffer, used, NULL, &length, NULL)));
    MI_Class_Delete(class);
    close_both();
}

static void classes(void)
{
    MI_Class *class = NULL, *read = NULL;
    const MI_Char *name = NULL;
    MI_Uint32 bytes = 0, count = 0;

    if (!open_both()) return;
    MI_Application_NewClass(application(), &test_class, NULL, NULL, &class);
    CHECK(MI_Serializer_SerializeClass, mof_deep, "means all properties in the class will be serialized.",
          OK(MI_Serializer_SerializeClass(&serializer, MI_SERIALIZER_FLAGS_CLASS_DEEP, class, buffer, sizeof(buffer),
                                          &used)) &&
              OK(MI_Deserializer_DeserializeClass(&deserializer, 0, buffer, used, NULL, NULL, NULL, NULL, NULL, &bytes,
                                                  &read, NULL)) &&
              bytes == used && OK(MI_Class_GetClassName(read, &name)) && !wcscmp(name, MI_T("Test_Derived")) &&
              OK(MI_Class_GetElementCount(read, &count)) && count == 3);
    if (read) MI_Class_Delete(read);
    MI_Class_Delete(class);
    close_both();
}

static void arrays(void)
{
    MI_ClassA *read_classes = NULL;
    MI_InstanceA *read_instances = NULL;
    MI_Instance *error = NULL;
    MI_Uint32 bytes = 0;

    if (!open_both()) return;
    put_text("class A { uint32 n; }; class B : A { };");
    CHECK(MI_Deserializer_DeserializeClassArray, all, "(micodec.h: one or multiple classes from a buffer)",
          OK(MI_Deserializer_DeserializeClassArray(&deserializer, 0, NULL, NULL, buffer, used, NULL, NULL, NULL, &bytes,
                                                   &read_classes, &error)) &&
              read_classes && read_classes->size == 2 && bytes == used && !error);
    put_text("instance of A { n = 1; }; instance of B { n = 2; };");
    CHECK(MI_Deserializer_DeserializeInstanceArray, all, "(micodec.h: one or multiple instances from a buffer)",
          OK(MI_Deserializer_DeserializeInstanceArray(&deserializer, 0, NULL, NULL, buffer, used, read_classes, &bytes,
                                                      &read_instances, &error)) &&
              read_instances && read_instances->size == 2 && has_number(read_instances->data[1], MI_T("n"), 2));
    if (read_classes) MI_Deserializer_ReleaseClassArray(read_classes);
    if (read_instances) MI_Deserializer_ReleaseInstanceArray(read_instances);
    CHECK(MI_Deserializer_DeserializeInstanceArray, error, "(an error instance says what is wrong)",
          GIVES(MI_RESULT_INVALID_CLASS,
                MI_Deserializer_DeserializeInstanceArray(&deserializer, 0, NULL, NULL, buffer, used, NULL, &bytes,
                                                         &read_instances, &error)) &&
              error && !read_instances);
    if (error) MI_Instance_Delete(error);
    close_both();
}

static const struct test_case cases[] = {{"open and close", open_and_close},
                                         {"instances", instances},
                                         {"classes", classes},
                                         {"arrays", arrays},
                                         {NULL, NULL}};
const struct group mof_group = {"mof", __FILE__, cases};
