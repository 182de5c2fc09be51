/* Instances and classes as MOF, by the serializer of mimofcodec.dll. */
#include "command.h"

#include <micodec.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef MI_Result(MI_MAIN_CALL *new_serializer)(MI_Application *application, MI_Uint32 flags, MI_Char *format,
                                                MI_Serializer *serializer);

/* The DLL is loaded where MOF is wanted, so that the program starts without it. */
static MI_Result open_serializer(struct cim *cim, MI_Serializer *serializer)
{
    static new_serializer function;
    HMODULE library;

    memset(serializer, 0, sizeof(*serializer));
    if (!function)
    {
        library = LoadLibraryW(L"mimofcodec.dll");
        if (library) function = (new_serializer)(uintptr_t)GetProcAddress(library, "MI_Application_NewSerializer_Mof");
    }
    return function ? function(&cim->application, 0, (MI_Char *)MOFCODEC_FORMAT, serializer) : MI_RESULT_NOT_SUPPORTED;
}

static MI_Result serialize(MI_Serializer *serializer, const MI_Instance *instance, const MI_Class *class_object,
                           MI_Uint8 *buffer, MI_Uint32 size, MI_Uint32 *needed)
{
    return instance ? MI_Serializer_SerializeInstance(serializer, 0, instance, buffer, size, needed)
                    : MI_Serializer_SerializeClass(serializer, 0, class_object, buffer, size, needed);
}

/* The first call says how large the buffer has to be. */
static MI_Result serialize_whole(MI_Serializer *serializer, const MI_Instance *instance, const MI_Class *class_object,
                                 struct text *text)
{
    MI_Uint32 size = 0, needed = 0;
    MI_Result result = serialize(serializer, instance, class_object, NULL, 0, &size);
    MI_Char *buffer;

    if (!size) return result == MI_RESULT_OK ? MI_RESULT_FAILED : result;
    buffer = calloc(1, size + sizeof(*buffer));
    if (!buffer) return MI_RESULT_SERVER_LIMITS_EXCEEDED;
    result = serialize(serializer, instance, class_object, (MI_Uint8 *)buffer, size, &needed);
    for (const MI_Char *at = buffer; result == MI_RESULT_OK && *at; at++)
        if (*at != '\r') text_add_char(text, *at);
    free(buffer);
    return result;
}

static MI_Result add(struct cim *cim, struct text *text, const MI_Instance *instance, const MI_Class *class_object)
{
    MI_Serializer serializer;
    MI_Result result = open_serializer(cim, &serializer);

    if (result != MI_RESULT_OK) return result;
    result = serialize_whole(&serializer, instance, class_object, text);
    MI_Serializer_Close(&serializer);
    if (result == MI_RESULT_OK && text->length && text->data[text->length - 1] != '\n') text_add(text, L"\n");
    return result;
}

MI_Result mof_add_instance(struct cim *cim, struct text *text, const MI_Instance *instance)
{
    return add(cim, text, instance, NULL);
}

MI_Result mof_add_class(struct cim *cim, struct text *text, const MI_Class *class_object)
{
    return add(cim, text, NULL, class_object);
}
