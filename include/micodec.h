/*
 * The codecs of Management Infrastructure: what mimofcodec.dll exports, and reading several objects of one MOF text at
 * once. Serializers and deserializers of MOF are used by mi.h's functions as those of XML are; what is here goes
 * beyond. Names and layouts are those of the header of the same name in Microsoft's open implementation.
 */
#ifndef CORK_MICODEC_H
#define CORK_MICODEC_H

#include "mi.h"

#ifdef __cplusplus
extern "C" {
#endif

/* In reserved1 of a serializer's or deserializer's handle; reserved2 points to its function table then. */
#define cCodecMagic ((MI_Uint64)0xFFEEDDCCFFEEDDCCULL)

#define MOFCODEC_FORMAT_V1 MI_T("MI_MOF_CIMV2_EXTV1")
#define MOFCODEC_FORMAT    MOFCODEC_FORMAT_V1

/* A string among the operation options. "Default" is the one that there is. */
#define MOFCODEC_SCHEMA_VALIDATION_OPTION_NAME MI_T("SchemaValidation")
#define MOFCODEC_SCHEMA_VALIDATION_DEFAULT     MI_T("Default")

typedef struct _MI_ClassA
{
    MI_Class **data;
    MI_Uint32 size;
} MI_ClassA;

/* What the arrays that are returned are within; MI_Deserializer_Release... deletes them and the objects in them. */
typedef struct _MI_ExtendedArray
{
    MI_Array arr;
    MI_Uint64 reserved1; /* cCodecMagic */
    ptrdiff_t reserved2; /* MI_ExtendedArrayFT */
    ptrdiff_t reserved3;
    ptrdiff_t reserved4;
} MI_ExtendedArray;

typedef struct _MI_ExtendedArrayFT
{
    void(MI_CALL *Delete)(MI_ExtendedArray *self);
} MI_ExtendedArrayFT;

/* Gives the text of a file that #pragma include names, and takes it back. */
typedef MI_Result(MI_CALL *MI_Deserializer_GetIncludedFileBuffer)(void *context, const MI_Char *fileName,
                                                                  MI_Uint8 **fileBuffer, MI_Uint32 *bufferLength);
typedef void(MI_CALL *MI_Deserializer_FreeIncludedFileBuffer)(void *context, MI_Uint8 *Buffer);
typedef MI_Result(MI_CALL *MI_Deserializer_ClassObjectNeededOnId)(void *context, MI_Uint64 classId,
                                                                  MI_Class **requestedClassObject);
typedef MI_Result(MI_CALL *MI_Deserializer_ClassObjectAndId)(void *context, MI_Uint64 classId, MI_Class *classObject);
/* Fills in the declaration of the qualifier of the name in it. */
typedef MI_Result(MI_CALL *MI_Deserializer_QualifierDeclNeeded)(void *context, MI_QualifierDecl *decl);

typedef struct _MI_DeserializerCallbacks
{
    void *classObjectNeededContext;
    MI_Deserializer_ClassObjectNeeded classObjectNeeded;
    void *includedFileContext;
    MI_Deserializer_GetIncludedFileBuffer getIncludedFileContent;
    MI_Deserializer_FreeIncludedFileBuffer freeIncludedFileContent;
    void *instanceResultContext;
    MI_OperationCallback_Instance instanceResult; /* reserved: NULL */
    void *classResultContext;
    MI_OperationCallback_Class classResult; /* reserved: NULL */
    void *classObjectNeededOnIdContext;
    MI_Deserializer_ClassObjectNeededOnId classObjectNeededOnId; /* not MOF's: NULL */
    void *classObjectAndIdContext;
    MI_Deserializer_ClassObjectAndId classObjectAndId; /* not MOF's: NULL */
    void *qualifierDeclNeededContext;
    MI_Deserializer_QualifierDeclNeeded qualifierDeclNeeded;
} MI_DeserializerCallbacks;

/* The table of MOF's deserializers. */
typedef struct _MI_DeserializerFT_INTL
{
    MI_DeserializerFT ft;
    MI_Result(MI_CALL *DeserializeClassArray)(MI_Deserializer *deserializer, MI_Uint32 flags,
                                              MI_OperationOptions *options, MI_DeserializerCallbacks *callbacks,
                                              MI_Uint8 *serializedBuffer, MI_Uint32 serializedBufferLength,
                                              MI_ClassA *classes, const MI_Char *serverName,
                                              const MI_Char *namespaceName, MI_Uint32 *serializedBufferRead,
                                              MI_ClassA **classObjects, MI_Instance **cimErrorDetails);
    MI_Result(MI_CALL *DeserializeInstanceArray)(MI_Deserializer *deserializer, MI_Uint32 flags,
                                                 MI_OperationOptions *options, MI_DeserializerCallbacks *callbacks,
                                                 MI_Uint8 *serializedBuffer, MI_Uint32 serializedBufferLength,
                                                 MI_ClassA *classes, MI_Uint32 *serializedBufferRead,
                                                 MI_InstanceA **instanceObjects, MI_Instance **cimErrorDetails);
} MI_DeserializerFT_INTL;

MI_INLINE MI_Boolean MI_Deserializer_IsInternal(const MI_Deserializer *deserializer)
{
    return (MI_Boolean)(deserializer && deserializer->reserved1 == cCodecMagic && deserializer->reserved2);
}

/* Reads all classes of a text, in its order. `classes`: those that it may build upon, or NULL. */
MI_INLINE MI_Result MI_Deserializer_DeserializeClassArray(MI_Deserializer *deserializer, MI_Uint32 flags,
                                                          MI_OperationOptions *options,
                                                          MI_DeserializerCallbacks *callbacks,
                                                          MI_Uint8 *serializedBuffer, MI_Uint32 serializedBufferLength,
                                                          MI_ClassA *classes, const MI_Char *serverName,
                                                          const MI_Char *namespaceName, MI_Uint32 *serializedBufferRead,
                                                          MI_ClassA **classObjects, MI_Instance **cimErrorDetails)
{
    if (cimErrorDetails) *cimErrorDetails = NULL;
    if (!MI_Deserializer_IsInternal(deserializer)) return MI_RESULT_INVALID_PARAMETER;
    return ((const MI_DeserializerFT_INTL *)deserializer->reserved2)
        ->DeserializeClassArray(deserializer, flags, options, callbacks, serializedBuffer, serializedBufferLength,
                                classes, serverName, namespaceName, serializedBufferRead, classObjects,
                                cimErrorDetails);
}

/* Reads all instances of a text that no other one of it holds, in its order. */
MI_INLINE MI_Result MI_Deserializer_DeserializeInstanceArray(
    MI_Deserializer *deserializer, MI_Uint32 flags, MI_OperationOptions *options, MI_DeserializerCallbacks *callbacks,
    MI_Uint8 *serializedBuffer, MI_Uint32 serializedBufferLength, MI_ClassA *classes, MI_Uint32 *serializedBufferRead,
    MI_InstanceA **instanceObjects, MI_Instance **cimErrorDetails)
{
    if (cimErrorDetails) *cimErrorDetails = NULL;
    if (!MI_Deserializer_IsInternal(deserializer)) return MI_RESULT_INVALID_PARAMETER;
    return ((const MI_DeserializerFT_INTL *)deserializer->reserved2)
        ->DeserializeInstanceArray(deserializer, flags, options, callbacks, serializedBuffer, serializedBufferLength,
                                   classes, serializedBufferRead, instanceObjects, cimErrorDetails);
}

MI_INLINE void MI_Deserializer_ReleaseClassArray(MI_ClassA *classObjects)
{
    MI_ExtendedArray *array = (MI_ExtendedArray *)(void *)classObjects;

    if (array && array->reserved1 == cCodecMagic) ((const MI_ExtendedArrayFT *)array->reserved2)->Delete(array);
}

MI_INLINE void MI_Deserializer_ReleaseInstanceArray(MI_InstanceA *instanceObjects)
{
    MI_ExtendedArray *array = (MI_ExtendedArray *)(void *)instanceObjects;

    if (array && array->reserved1 == cCodecMagic) ((const MI_ExtendedArrayFT *)array->reserved2)->Delete(array);
}

/* What mimofcodec.dll exports. `flags`: 0. `format`: MOFCODEC_FORMAT. */
MI_Result MI_MAIN_CALL MI_Application_NewSerializer_Mof(MI_Application *application, MI_Uint32 flags, MI_Char *format,
                                                        MI_Serializer *serializer);
MI_Result MI_MAIN_CALL MI_Application_NewDeserializer_Mof(MI_Application *application, MI_Uint32 flags, MI_Char *format,
                                                          MI_Deserializer *deserializer);

#ifdef __cplusplus
}
#endif

#endif
