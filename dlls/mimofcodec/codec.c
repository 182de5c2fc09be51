/*
 * mimofcodec.dll: MOF for Management Infrastructure. The serializer and the deserializer are in mi.dll, whose objects
 * they read and make; this DLL is where programs look for them.
 */
#include <micodec.h>

#include <string.h>

/* The format's name, compared without case as mi.dll compares it. */
static MI_Boolean is_mof(const MI_Char *format)
{
    const MI_Char *expected = MOFCODEC_FORMAT;

    for (; *expected && (*format == *expected || (*format >= 'a' && *format <= 'z' && *format - 32 == *expected));
         expected++)
        format++;
    return (MI_Boolean)(!*expected && !*format);
}

/* The application's table is mi.dll's. */
static MI_Result check(const MI_Application *application, const MI_Char *format)
{
    if (!application || !application->ft || !format) return MI_RESULT_INVALID_PARAMETER;
    return is_mof(format) ? MI_RESULT_OK : MI_RESULT_NOT_SUPPORTED;
}

MI_Result MI_MAIN_CALL MI_Application_NewSerializer_Mof(MI_Application *application, MI_Uint32 flags, MI_Char *format,
                                                        MI_Serializer *serializer)
{
    MI_Result result = check(application, format);

    if (serializer) memset(serializer, 0, sizeof(*serializer));
    return result == MI_RESULT_OK ? application->ft->NewSerializer(application, flags, format, serializer) : result;
}

MI_Result MI_MAIN_CALL MI_Application_NewDeserializer_Mof(MI_Application *application, MI_Uint32 flags, MI_Char *format,
                                                          MI_Deserializer *deserializer)
{
    MI_Result result = check(application, format);

    if (deserializer) memset(deserializer, 0, sizeof(*deserializer));
    return result == MI_RESULT_OK ? application->ft->NewDeserializer(application, flags, format, deserializer) : result;
}
