/*
 * Without memory: serializers and deserializers of XML and MOF. See mi_scenario.h.
 */
#include "mi_scenario.h"

#include <micodec.h>
#include <string.h>
#include <wchar.h>

static MI_Uint8 buffer[32768];

/* What the scenarios write and read. */
static const char text_of_class[] =
    "[Description(\"A base\")] class Base { [Key] string Name; uint32 Sizes[] = {1, 2}; };"
    "class Derived : Base { [Description(\"When\")] datetime At; Base REF Owner; [EmbeddedInstance(\"Base\")] string "
    "In;"
    " [Static] uint32 Move([In, Description(\"Where\")] string To, [Out] string Log[]); };";
static const char text_of_instance[] = "instance of Base as $Inner { Name = \"in\"; };"
                                       "instance of Derived { Name = \"me\"; At = \"20300102030405.000006+060\"; "
                                       "In = $Inner; Sizes = {3, 4, 5}; };";

static void drop(MI_Instance *error)
{
    if (error) MI_Instance_Delete(error);
}

/* ---- Class by class, instance by instance ----------------------------------------------------------------------- */

/* What there are: the base class, and the one derived from it. */
static MI_ClassA *known_classes;

/* The class of the name, among them. */
static MI_Result MI_CALL give_class(void *context, const MI_Char *server, const MI_Char *name_space,
                                    const MI_Char *name, MI_Class **class_object)
{
    (void)context;
    (void)server;
    (void)name_space;
    for (MI_Uint32 i = 0; i < known_classes->size; i++)
        if (!wcscmp(known_classes->data[i]->classDecl->name, name))
            return MI_Class_Clone(known_classes->data[i], class_object);
    return MI_RESULT_NOT_FOUND;
}

static void read_class(MI_Deserializer *deserializer, MI_Uint32 length)
{
    MI_Class *class_object = NULL;
    MI_Instance *error = NULL;
    MI_Uint32 read = 0, count = 0;

    if (worked(MI_Deserializer_DeserializeClass(deserializer, 0, buffer, length, NULL, MI_T("server"),
                                                MI_T("root/cork"), NULL, NULL, &read, &class_object, &error),
               "DeserializeClass"))
    {
        MI_Class_GetElementCount(class_object, &count);
        complete("a class", (long)count);
        complete("a class's text", (long)read);
        MI_Class_GetMethodCount(class_object, &count);
        complete("a class's methods", (long)count);
        MI_Class_Delete(class_object);
    }
    else if (class_object)
        complain("DeserializeClass", "fails with a class", 1);
    drop(error);
}

static void read_instance(MI_Deserializer *deserializer, MI_Uint32 length, const MI_ClassA *known, const char *what)
{
    MI_Instance *instance = NULL, *error = NULL;

    if (worked(MI_Deserializer_DeserializeInstance(deserializer, 0, buffer, length, known ? known->data : NULL,
                                                   known ? known->size : 0, give_class, NULL, NULL, &instance, &error),
               what))
    {
        complete(what, amount_of(instance));
        MI_Instance_Delete(instance);
    }
    else if (instance)
        complain(what, "fails with an instance", 1);
    drop(error);
}

static void both_ways(MI_Serializer *serializer, MI_Deserializer *deserializer, MI_Class *class_object,
                      MI_Instance *instance)
{
    MI_Uint32 used = 0;

    if (worked(MI_Serializer_SerializeClass(serializer, MI_SERIALIZER_FLAGS_CLASS_DEEP, class_object, buffer,
                                            sizeof(buffer), &used),
               "SerializeClass"))
    {
        complete("SerializeClass", (long)used);
        read_class(deserializer, used);
    }
    if (worked(MI_Serializer_SerializeInstance(serializer, 0, instance, buffer, sizeof(buffer), &used),
               "SerializeInstance"))
    {
        complete("SerializeInstance", (long)used);
        read_instance(deserializer, used, known_classes, "DeserializeInstance");
        read_instance(deserializer, used, NULL, "DeserializeInstance by callback");
    }
    if (worked(MI_Serializer_SerializeInstance(serializer, MI_SERIALIZER_FLAGS_INSTANCE_WITH_CLASS, instance, buffer,
                                               sizeof(buffer), &used),
               "SerializeInstance with class"))
    {
        complete("SerializeInstance with class", (long)used);
        read_instance(deserializer, used, NULL, "DeserializeInstance with class");
    }
}

/* ---- Several at once -------------------------------------------------------------------------------------------- */

/* NULL where there is no memory. */
static MI_ClassA *read_classes(MI_Deserializer *mof)
{
    MI_ClassA *classes = NULL;
    MI_Instance *error = NULL;
    MI_Uint32 read = 0;
    MI_Result result;

    memcpy(buffer, text_of_class, sizeof(text_of_class));
    result = MI_Deserializer_DeserializeClassArray(mof, 0, NULL, NULL, buffer, sizeof(text_of_class) - 1, NULL, NULL,
                                                   NULL, &read, &classes, &error);
    drop(error);
    worked(result, "DeserializeClassArray");
    if (classes) complete("DeserializeClassArray", (long)classes->size);
    if (!classes != (result != MI_RESULT_OK)) complain("DeserializeClassArray", "has or lacks classes for", result);
    return classes;
}

static MI_InstanceA *read_instances(MI_Deserializer *mof, MI_ClassA *classes)
{
    MI_InstanceA *instances = NULL;
    MI_Instance *error = NULL;
    MI_Uint32 read = 0;
    MI_Result result;

    memcpy(buffer, text_of_instance, sizeof(text_of_instance));
    result = MI_Deserializer_DeserializeInstanceArray(mof, 0, NULL, NULL, buffer, sizeof(text_of_instance) - 1, classes,
                                                      &read, &instances, &error);
    drop(error);
    worked(result, "DeserializeInstanceArray");
    if (instances) complete("DeserializeInstanceArray", (long)instances->size);
    if (!instances != (result != MI_RESULT_OK)) complain("DeserializeInstanceArray", "has or lacks some for", result);
    return instances;
}

static void use_texts(MI_Deserializer *mof, void (*use)(MI_Class *class_object, MI_Instance *instance))
{
    MI_ClassA *classes = known_classes = read_classes(mof);
    MI_InstanceA *instances = classes ? read_instances(mof, classes) : NULL;

    if (instances)
    {
        complete("an instance", amount_of(instances->data[instances->size - 1]));
        if (use) use(classes->data[classes->size - 1], instances->data[instances->size - 1]);
        MI_Deserializer_ReleaseInstanceArray(instances);
    }
    if (classes) MI_Deserializer_ReleaseClassArray(classes);
}

/* ---- The scenarios ---------------------------------------------------------------------------------------------- */

static MI_Char *used_format;

static void use_codecs(MI_Class *class_object, MI_Instance *instance)
{
    MI_Serializer serializer = MI_SERIALIZER_NULL;
    MI_Deserializer deserializer = MI_DESERIALIZER_NULL;

    if (!worked(MI_Application_NewSerializer(&application, 0, used_format, &serializer), "NewSerializer")) return;
    if (worked(MI_Application_NewDeserializer(&application, 0, used_format, &deserializer), "NewDeserializer"))
    {
        both_ways(&serializer, &deserializer, class_object, instance);
        worked(MI_Deserializer_Close(&deserializer), "MI_Deserializer_Close");
    }
    worked(MI_Serializer_Close(&serializer), "MI_Serializer_Close");
}

static void with_format(MI_Char *format)
{
    MI_Deserializer mof = MI_DESERIALIZER_NULL;

    used_format = format;
    if (!worked(MI_Application_NewDeserializer(&application, 0, (MI_Char *)MOFCODEC_FORMAT, &mof), "NewDeserializer"))
        return;
    use_texts(&mof, format ? use_codecs : NULL);
    worked(MI_Deserializer_Close(&mof), "MI_Deserializer_Close");
}

static void mof_arrays(void)
{
    with_format(NULL);
}

static void mof(void)
{
    with_format((MI_Char *)MOFCODEC_FORMAT);
}

static void xml(void)
{
    with_format((MI_Char *)MI_T("MI_XML"));
}

const struct scenario codec_scenarios[] = {
    {"MOF arrays", mof_arrays, NULL}, {"MOF", mof, NULL}, {"XML", xml, NULL}, {NULL, NULL, NULL}};
