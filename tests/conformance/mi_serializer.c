/*
 * Serializers and deserializers of XML.
 */
#include "mi_test.h"

#include <stdlib.h>

static MI_Uint8 buffer[16384];
static MI_Uint32 used;

static MI_Serializer new_serializer(void)
{
    MI_Serializer serializer = MI_SERIALIZER_NULL;

    MI_Application_NewSerializer(application(), 0, (MI_Char *)MI_T("MI_XML"), &serializer);
    return serializer;
}

static MI_Deserializer new_deserializer(void)
{
    MI_Deserializer deserializer = MI_DESERIALIZER_NULL;

    MI_Application_NewDeserializer(application(), 0, (MI_Char *)MI_T("MI_XML"), &deserializer);
    return deserializer;
}

static MI_Class *new_class(void)
{
    MI_Class *class = NULL;

    MI_Application_NewClass(application(), &test_class, MI_T("root/test"), MI_T("server"), &class);
    return class;
}

/* An instance of the class whose name is "me". */
static MI_Instance *instance_of(MI_Class *class)
{
    MI_Value name = text_value(MI_T("me"));
    MI_Instance *instance = NULL;

    MI_Application_NewInstanceFromClass(application(), MI_T("Test_Derived"), class, &instance);
    MI_Instance_SetElement(instance, MI_T("Name"), &name, MI_STRING, 0);
    return instance;
}

static MI_Result write_instance(MI_Uint32 flags, const MI_Instance *instance)
{
    MI_Serializer serializer = new_serializer();
    MI_Result result;

    used = 0;
    result = MI_Serializer_SerializeInstance(&serializer, flags, instance, buffer, sizeof(buffer), &used);
    MI_Serializer_Close(&serializer);
    return result;
}

static MI_Result write_class(MI_Uint32 flags, const MI_Class *class)
{
    MI_Serializer serializer = new_serializer();
    MI_Result result;

    used = 0;
    result = MI_Serializer_SerializeClass(&serializer, flags, class, buffer, sizeof(buffer), &used);
    MI_Serializer_Close(&serializer);
    return result;
}

static void open_and_close(void)
{
    MI_Serializer serializer = MI_SERIALIZER_NULL;
    MI_Deserializer deserializer = MI_DESERIALIZER_NULL;
    MI_Char *xml = (MI_Char *)MI_T("MI_XML"), *other = (MI_Char *)MI_T("MI_JSON");

    CHECK(MI_Application_NewSerializer, retrieves,
          "Retrieves a serializer object that can then be used to serialize instances and classes",
          OK(MI_Application_NewSerializer(application(), 0, xml, &serializer)) && serializer.reserved2);
    CHECK(MI_Serializer_Close, closes, "Closes a serializer object and frees any internal memory associated with it.",
          OK(MI_Serializer_Close(&serializer)));
    CHECK(MI_Serializer_Close, twice, "(a closed serializer is none)",
          GIVES(MI_RESULT_INVALID_PARAMETER, MI_Serializer_Close(&serializer)));
    CHECK(MI_Application_NewSerializer, flags, "This parameter must be 0.",
          GIVES(MI_RESULT_INVALID_PARAMETER, MI_Application_NewSerializer(application(), 1, xml, &serializer)));
    CHECK(MI_Application_NewSerializer, format, "This parameter must be L\"MI_XML\".",
          GIVES(MI_RESULT_NOT_SUPPORTED, MI_Application_NewSerializer(application(), 0, other, &serializer)));
    CHECK(MI_Application_NewSerializer, null, "(no format, and no place for the serializer, are bad parameters)",
          GIVES(MI_RESULT_INVALID_PARAMETER, MI_Application_NewSerializer(application(), 0, NULL, &serializer)) &&
              GIVES(MI_RESULT_INVALID_PARAMETER, MI_Application_NewSerializer(application(), 0, xml, NULL)));
    CHECK(MI_Application_NewSerializer, v1, "(\"MI_XML_V1\", as Windows' own clients ask for it)",
          OK(MI_Application_NewSerializer(application(), 0, (MI_Char *)MI_T("MI_XML_V1"), &serializer)));
    MI_Serializer_Close(&serializer);
    CHECK(MI_Application_NewDeserializer, creates,
          "Creates a deserializer object that can then be used to convert a serialized object back",
          OK(MI_Application_NewDeserializer(application(), 0, xml, &deserializer)) && deserializer.reserved2);
    CHECK(MI_Deserializer_Close, closes,
          "Closes a deserializer object and deletes any associated memory that is held within the deserializer.",
          OK(MI_Deserializer_Close(&deserializer)) &&
              GIVES(MI_RESULT_INVALID_PARAMETER, MI_Deserializer_Close(&deserializer)));
    CHECK(MI_Application_NewDeserializer, flags, "Must be 0.",
          GIVES(MI_RESULT_INVALID_PARAMETER, MI_Application_NewDeserializer(application(), 1, xml, &deserializer)));
    CHECK(MI_Application_NewDeserializer, format, "Must be L\"MI_XML\".",
          GIVES(MI_RESULT_NOT_SUPPORTED, MI_Application_NewDeserializer(application(), 0, other, &deserializer)));
}

static void buffers(void)
{
    MI_Serializer serializer = new_serializer();
    MI_Class *class = new_class();
    MI_Instance *instance = instance_of(class);
    MI_Uint32 needed = 0, again = 0;

    CHECK(MI_Serializer_SerializeInstance, clientBuffer,
          "If this parameter is Null, the required length of the buffer is passed back in clientBufferNeeded.",
          GIVES(MI_RESULT_FAILED, MI_Serializer_SerializeInstance(&serializer, 0, instance, NULL, 0, &needed)) &&
              needed > 0);
    CHECK(MI_Serializer_SerializeInstance, too_small,
          "the buffer is too small to hold the serialized class, this value will indicate how much space is needed",
          GIVES(MI_RESULT_FAILED,
                MI_Serializer_SerializeInstance(&serializer, 0, instance, buffer, needed - 1, &again)) &&
              again == needed);
    CHECK(MI_Serializer_SerializeInstance, used, "this value will indicate how much buffer was used.",
          OK(MI_Serializer_SerializeInstance(&serializer, 0, instance, buffer, sizeof(buffer), &again)) &&
              again == needed);
    CHECK(MI_Serializer_SerializeInstance, flags, "Must be either 0 or MI_SERIALIZER_FLAGS_INSTANCE_WITH_CLASS.",
          GIVES(MI_RESULT_INVALID_PARAMETER,
                MI_Serializer_SerializeInstance(&serializer, 2, instance, buffer, sizeof(buffer), &again)));
    CHECK(MI_Serializer_SerializeClass, clientBuffer,
          "If this parameter is Null, the required length of the buffer is passed back in clientBufferNeeded.",
          GIVES(MI_RESULT_FAILED, MI_Serializer_SerializeClass(&serializer, 0, class, NULL, 0, &needed)) && needed > 0);
    CHECK(MI_Serializer_SerializeClass, used, "this value will indicate how much buffer was used.",
          OK(MI_Serializer_SerializeClass(&serializer, 0, class, buffer, needed, &again)) && again == needed);
    CHECK(MI_Serializer_SerializeClass, flags, "Must be either 0 or MI_SERIALIZER_FLAGS_CLASS_DEEP.",
          GIVES(MI_RESULT_INVALID_PARAMETER,
                MI_Serializer_SerializeClass(&serializer, 2, class, buffer, sizeof(buffer), &again)));
    CHECK(MI_Serializer_SerializeClass, null, "(no class, no instance, no place for the size: bad parameters)",
          GIVES(MI_RESULT_INVALID_PARAMETER, MI_Serializer_SerializeClass(&serializer, 0, NULL, NULL, 0, &again)) &&
              GIVES(MI_RESULT_INVALID_PARAMETER,
                    MI_Serializer_SerializeInstance(&serializer, 0, NULL, NULL, 0, &again)) &&
              GIVES(MI_RESULT_INVALID_PARAMETER,
                    MI_Serializer_SerializeInstance(&serializer, 0, instance, NULL, 0, NULL)));
    MI_Serializer_Close(&serializer);
    CHECK(MI_Serializer_SerializeInstance, closed, "(a closed serializer is none)",
          GIVES(MI_RESULT_INVALID_PARAMETER,
                MI_Serializer_SerializeInstance(&serializer, 0, instance, buffer, sizeof(buffer), &again)));
    MI_Instance_Delete(instance);
    MI_Class_Delete(class);
}

static void windows_text(void)
{
    static const MI_Char expected[] = MI_T("<INSTANCE CLASSNAME=\"TestInstance\"><PROPERTY NAME=\"string\" "
                                           "TYPE=\"string\" MODIFIED=\"TRUE\"><VALUE>Test string</VALUE></PROPERTY>"
                                           "</INSTANCE>");
    MI_Value value = text_value(MI_T("Test string"));
    MI_Instance *instance = NULL;

    MI_Application_NewInstance(application(), MI_T("TestInstance"), NULL, &instance);
    MI_Instance_AddElement(instance, MI_T("string"), &value, MI_STRING, 0);
    CHECK(MI_Serializer_SerializeInstance, text, "(the text that Windows writes)",
          OK(write_instance(0, instance)) && used == sizeof(expected) - sizeof(MI_Char) &&
              !memcmp(buffer, expected, used));
    MI_Instance_Delete(instance);
}

static MI_Result MI_CALL give_class(void *context, const MI_Char *server, const MI_Char *name_space,
                                    const MI_Char *name, MI_Class **class)
{
    (void)server;
    (void)name_space;
    ++*(int *)context;
    if (wcscmp(name, MI_T("Test_Derived")) != 0) return MI_RESULT_NOT_FOUND;
    *class = new_class();
    return MI_RESULT_OK;
}

static int is_me(const MI_Instance *instance)
{
    return instance && has_text(instance, MI_T("Name"), MI_T("me")) && has_number(instance, MI_T("Size"), 42);
}

static void instances(void)
{
    MI_Deserializer deserializer = new_deserializer();
    MI_Class *class = new_class();
    MI_Instance *instance = instance_of(class), *read = NULL, *error = NULL;
    MI_Char name[32];
    MI_Uint32 length = 32, bytes = 0;
    int asked = 0;

    write_instance(0, instance);
    CHECK(MI_Deserializer_DeserializeInstance, deserializes,
          "Deserializes a serialized buffer into a MI_Instance object.",
          OK(MI_Deserializer_DeserializeInstance(&deserializer, 0, buffer, used, &class, 1, NULL, NULL, &bytes, &read,
                                                 &error)) &&
              is_me(read) && !error);
    CHECK(MI_Deserializer_DeserializeInstance, serializedBufferRead,
          "The amount of the serialized buffer that was read (deserialized).", bytes == used);
    CHECK(MI_Deserializer_DeserializeInstance, deleted, "needs to be deleted via MI_Instance_Delete",
          OK(MI_Instance_Delete(read)));
    CHECK(MI_Deserializer_DeserializeInstance, classObjectNeeded,
          "they can be queried for via the classObjectNeeded callback.",
          OK(MI_Deserializer_DeserializeInstance(&deserializer, 0, buffer, used, NULL, 0, give_class, &asked, NULL,
                                                 &read, NULL)) &&
              asked == 1 && is_me(read));
    MI_Instance_Delete(read);
    CHECK(MI_Deserializer_DeserializeInstance, classObjects,
          "If the instance was serialized without class details, an array of pointers to all classes needed to rebuild "
          "the instance is needed.",
          GIVES(MI_RESULT_INVALID_CLASS, MI_Deserializer_DeserializeInstance(&deserializer, 0, buffer, used, NULL, 0,
                                                                             NULL, NULL, &bytes, &read, &error)) &&
              !read);
    CHECK(MI_Deserializer_DeserializeInstance, cimErrorDetails,
          "If the call fails, this value will contain information useful in debugging.",
          error && OK(MI_Instance_Delete(error)));
    CHECK(MI_Deserializer_Instance_GetClassName, gets, "Gets the class name associated with the serialized instance.",
          OK(MI_Deserializer_Instance_GetClassName(&deserializer, buffer, used, name, &length, NULL)) &&
              !wcscmp(name, MI_T("Test_Derived")));
    CHECK(MI_Deserializer_Instance_GetClassName, classNameLength, "the value indicates how much buffer was used.",
          length == 13);
    CHECK(MI_Serializer_SerializeInstance, MI_SERIALIZER_FLAGS_INSTANCE_WITH_CLASS,
          "to serialize the instance and all class parts into the buffer so that it is self contained.",
          OK(write_instance(MI_SERIALIZER_FLAGS_INSTANCE_WITH_CLASS, instance)) &&
              OK(MI_Deserializer_DeserializeInstance(&deserializer, 0, buffer, used, NULL, 0, NULL, NULL, &bytes, &read,
                                                     NULL)) &&
              is_me(read) && bytes == used);
    MI_Instance_Delete(read);
    CHECK(MI_Deserializer_DeserializeInstance, flags, "This parameter must be 0.",
          GIVES(MI_RESULT_INVALID_PARAMETER, MI_Deserializer_DeserializeInstance(&deserializer, 1, buffer, used, NULL,
                                                                                 0, NULL, NULL, NULL, &read, NULL)));
    buffer[used / 4 * 2] = '<';
    CHECK(MI_Deserializer_DeserializeInstance, malformed, "(a text that is not well-formed: an error with its place)",
          GIVES(MI_RESULT_INVALID_PARAMETER, MI_Deserializer_DeserializeInstance(&deserializer, 0, buffer, used, NULL,
                                                                                 0, NULL, NULL, NULL, &read, &error)) &&
              error);
    MI_Instance_Delete(error);
    MI_Deserializer_Close(&deserializer);
    MI_Instance_Delete(instance);
    MI_Class_Delete(class);
}

static void classes(void)
{
    MI_Deserializer deserializer = new_deserializer();
    MI_Class *class = new_class(), *parent = NULL, *read = NULL;
    MI_Instance *error = NULL;
    const MI_Char *text = NULL;
    MI_Char name[32];
    MI_Uint32 bytes = 0, count = 0, length = 0;

    MI_Class_GetParentClass(class, &parent);
    CHECK(MI_Serializer_SerializeClass, zero, "0 means only the child most part of the class will be serialized.",
          OK(write_class(0, class)) &&
              GIVES(MI_RESULT_INVALID_SUPERCLASS,
                    MI_Deserializer_DeserializeClass(&deserializer, 0, buffer, used, NULL, NULL, NULL, NULL, NULL,
                                                     &bytes, &read, &error)) &&
              error && !read);
    MI_Instance_Delete(error);
    CHECK(MI_Deserializer_DeserializeClass, parentClass,
          "If the class was not serialized with the class's parent class then this parameter needs to contain the "
          "MI_Class for the parent class.",
          OK(MI_Deserializer_DeserializeClass(&deserializer, 0, buffer, used, parent, MI_T("server"), MI_T("root/test"),
                                              NULL, NULL, &bytes, &read, NULL)) &&
              OK(MI_Class_GetElementCount(read, &count)) && count == 3 && bytes == used);
    CHECK(MI_Deserializer_DeserializeClass, serverName,
          "An optional, null-terminated string that represents the server name.",
          OK(MI_Class_GetServerName(read, &text)) && !wcscmp(text, MI_T("server")));
    CHECK(MI_Deserializer_DeserializeClass, namespaceName,
          "An optional, null-terminated string that represents the namespace name.",
          OK(MI_Class_GetNameSpace(read, &text)) && !wcscmp(text, MI_T("root/test")));
    CHECK(MI_Deserializer_DeserializeClass, deleted, "This class needs to be deleted via MI_Class_Delete.",
          OK(MI_Class_Delete(read)));
    CHECK(
        MI_Deserializer_Class_GetClassName, className,
        "If this parameter is Null, the required buffer size is returned through the classNameLength parameter.",
        GIVES(MI_RESULT_FAILED, MI_Deserializer_Class_GetClassName(&deserializer, buffer, used, NULL, &length, NULL)) &&
            length == 13);
    CHECK(MI_Deserializer_Class_GetClassName, gets, "Gets the class name from a serialized class buffer.",
          OK(MI_Deserializer_Class_GetClassName(&deserializer, buffer, used, name, &length, NULL)) &&
              !wcscmp(name, MI_T("Test_Derived")));
    length = 32;
    CHECK(MI_Deserializer_Class_GetParentClassName, gets, "Gets the parent class name from a serialized class buffer.",
          OK(MI_Deserializer_Class_GetParentClassName(&deserializer, buffer, used, name, &length, NULL)) &&
              !wcscmp(name, MI_T("Test_Base")));
    CHECK(MI_Serializer_SerializeClass, MI_SERIALIZER_FLAGS_CLASS_DEEP,
          "means all properties in the class will be serialized.",
          OK(write_class(MI_SERIALIZER_FLAGS_CLASS_DEEP, class)) &&
              OK(MI_Deserializer_DeserializeClass(&deserializer, 0, buffer, used, NULL, NULL, NULL, NULL, NULL, NULL,
                                                  &read, NULL)) &&
              OK(MI_Class_GetElementCount(read, &count)) && count == 3 &&
              OK(MI_Class_GetParentClassName(read, &text)) && !wcscmp(text, MI_T("Test_Base")));
    MI_Class_Delete(read);
    CHECK(
        MI_Deserializer_DeserializeClass, flags, "This parameter must be 0.",
        GIVES(MI_RESULT_INVALID_PARAMETER, MI_Deserializer_DeserializeClass(&deserializer, 1, buffer, used, NULL, NULL,
                                                                            NULL, NULL, NULL, NULL, &read, NULL)));
    write_class(0, parent);
    CHECK(MI_Deserializer_Class_GetParentClassName, none,
          "If no parent exists, the function will return a MI_RESULT_NOT_FOUND error.",
          GIVES(MI_RESULT_NOT_FOUND,
                MI_Deserializer_Class_GetParentClassName(&deserializer, buffer, used, name, &length, &error)) &&
              error);
    MI_Instance_Delete(error);
    MI_Deserializer_Close(&deserializer);
    MI_Class_Delete(parent);
    MI_Class_Delete(class);
}

static int has_reals(const MI_Real64A *found, const double *list, MI_Uint32 count)
{
    int same = found->size == count;

    for (MI_Uint32 i = 0; same && i < count; i++)
        same = found->data[i] == list[i];
    return same;
}

/* Real numbers are the same afterwards, with Windows' C library too. */
static void reals(void)
{
    static const double list[] = {0.1, 1.0 / 3, 5e-324, 1.7976931348623157e308, -2.2250738585072014e-308};
    MI_Deserializer deserializer = new_deserializer();
    MI_Instance *instance = new_instance(), *read = NULL;
    MI_Value value = {.real64a = {(MI_Real64 *)list, COUNT_OF(list)}};

    MI_Instance_AddElement(instance, MI_T("Reals"), &value, MI_REAL64A, 0);
    write_instance(MI_SERIALIZER_FLAGS_INSTANCE_WITH_CLASS, instance);
    MI_Instance_Delete(instance);
    MI_Deserializer_DeserializeInstance(&deserializer, 0, buffer, used, NULL, 0, NULL, NULL, NULL, &read, NULL);
    if (read) MI_Instance_GetElement(read, MI_T("Reals"), &value, NULL, NULL, NULL);
    CHECK(MI_Deserializer_DeserializeInstance, reals, "(what is read is what was written)",
          read && has_reals(&value.real64a, list, COUNT_OF(list)));
    if (read) MI_Instance_Delete(read);
    MI_Deserializer_Close(&deserializer);
}

static const struct test_case cases[] = {{"open and close", open_and_close},
                                         {"buffers", buffers},
                                         {"Windows' text", windows_text},
                                         {"instances", instances},
                                         {"classes", classes},
                                         {"reals", reals},
                                         {NULL, NULL}};
const struct group serializer_group = {"serializer", __FILE__, cases};
