/*
 * The types of the Windows Management Infrastructure (MI) API: scalars, values, declarations of classes. Part of mi.h.
 */
#ifndef CORK_MI_TYPES_H
#define CORK_MI_TYPES_H

#include <stddef.h>
#include <string.h>

/* ---- The language ----------------------------------------------------------------------------------------------- */

/* The library is built for wide characters. */
#define MI_CHAR_TYPE 2
#define MI_USE_WCHAR
#define MI_T(text) L##text

#define MI_CONST                                const
#define MI_MAJOR                                ((MI_Uint32)1)
#define MI_MINOR                                ((MI_Uint32)0)
#define MI_REVISION                             ((MI_Uint32)0)
#define MI_MAKE_VERSION(major, minor, revision) (((major) << 16) | ((minor) << 8) | (revision))
#define MI_VERSION                              MI_MAKE_VERSION(MI_MAJOR, MI_MINOR, MI_REVISION)
#ifndef MI_API_VERSION
#define MI_API_VERSION 1
#endif
#define MI_CALL_VERSION 1

#define MI_UNREFERENCED_PARAMETER(parameter) (void)(parameter)
#define MI_OFFSETOF(structure, field)        ((ptrdiff_t)offsetof(structure, field))
#define MI_COUNT(array)                      (sizeof(array) / sizeof((array)[0]))
#define MI_LL(number)                        number##LL
#define MI_ULL(number)                       number##ULL

#ifdef __cplusplus
#define MI_EXTERN_C extern "C"
#else
#define MI_EXTERN_C extern
#endif

/* MI_MAIN_CALL: MI_Main and MI_Application_InitializeV1. MI_CALL: all other functions and callbacks. Elsewhere than on
 * Windows (tests of what uses the types) there is one convention. */
#ifdef _WIN32
#define MI_EXPORT    __declspec(dllexport)
#define MI_IMPORT    __declspec(dllimport)
#define MI_MAIN_CALL __cdecl
#define MI_CALL      __stdcall
#else
#define MI_EXPORT
#define MI_IMPORT
#define MI_MAIN_CALL
#define MI_CALL
#endif
#define MI_INLINE_CALL MI_CALL

#ifndef MI_INLINE
#ifdef __cplusplus
#define MI_INLINE static inline
#else
#define MI_INLINE static __inline
#endif
#endif

/* ---- Scalars ---------------------------------------------------------------------------------------------------- */

typedef unsigned char MI_Boolean;
typedef unsigned char MI_Uint8;
typedef signed char MI_Sint8;
typedef unsigned short MI_Uint16;
typedef signed short MI_Sint16;
typedef unsigned int MI_Uint32;
typedef signed int MI_Sint32;
typedef unsigned long long MI_Uint64;
typedef signed long long MI_Sint64;
typedef float MI_Real32;
typedef double MI_Real64;
typedef unsigned short MI_Char16;
typedef wchar_t MI_Char;
typedef MI_Char *MI_StringPtr;
typedef const MI_Char *MI_ConstStringPtr;

#define MI_TRUE  ((MI_Boolean)1)
#define MI_FALSE ((MI_Boolean)0)

/* A point in time. utc: minutes east of UTC. */
typedef struct _MI_Timestamp
{
    MI_Uint32 year;
    MI_Uint32 month; /* 1 to 12 */
    MI_Uint32 day;   /* 1 to 31 */
    MI_Uint32 hour;
    MI_Uint32 minute;
    MI_Uint32 second;
    MI_Uint32 microseconds;
    MI_Sint32 utc;
} MI_Timestamp;

/* A length of time. */
typedef struct _MI_Interval
{
    MI_Uint32 days;
    MI_Uint32 hours;
    MI_Uint32 minutes;
    MI_Uint32 seconds;
    MI_Uint32 microseconds;
    MI_Uint32 __padding1;
    MI_Uint32 __padding2;
    MI_Uint32 __padding3;
} MI_Interval;

typedef struct _MI_Datetime
{
    MI_Uint32 isTimestamp;
    union
    {
        MI_Timestamp timestamp;
        MI_Interval interval;
    } u;
} MI_Datetime;

typedef enum _MI_Type
{
    MI_BOOLEAN = 0,
    MI_UINT8 = 1,
    MI_SINT8 = 2,
    MI_UINT16 = 3,
    MI_SINT16 = 4,
    MI_UINT32 = 5,
    MI_SINT32 = 6,
    MI_UINT64 = 7,
    MI_SINT64 = 8,
    MI_REAL32 = 9,
    MI_REAL64 = 10,
    MI_CHAR16 = 11,
    MI_DATETIME = 12,
    MI_STRING = 13,
    MI_REFERENCE = 14,
    MI_INSTANCE = 15,
    MI_BOOLEANA = 16,
    MI_UINT8A = 17,
    MI_SINT8A = 18,
    MI_UINT16A = 19,
    MI_SINT16A = 20,
    MI_UINT32A = 21,
    MI_SINT32A = 22,
    MI_UINT64A = 23,
    MI_SINT64A = 24,
    MI_REAL32A = 25,
    MI_REAL64A = 26,
    MI_CHAR16A = 27,
    MI_DATETIMEA = 28,
    MI_STRINGA = 29,
    MI_REFERENCEA = 30,
    MI_INSTANCEA = 31,
    MI_ARRAY = 16 /* the bit that makes an array of a scalar type */
} MI_Type;

/* ---- Names of what follows -------------------------------------------------------------------------------------- */

typedef struct _MI_Server MI_Server;
typedef struct _MI_ServerFT MI_ServerFT;
typedef struct _MI_Context MI_Context;
typedef struct _MI_ContextFT MI_ContextFT;
typedef struct _MI_Instance MI_Instance;
typedef struct _MI_InstanceFT MI_InstanceFT;
typedef struct _MI_Class MI_Class;
typedef struct _MI_ClassFT MI_ClassFT;
typedef struct _MI_Filter MI_Filter;
typedef struct _MI_FilterFT MI_FilterFT;
typedef struct _MI_PropertySet MI_PropertySet;
typedef struct _MI_PropertySetFT MI_PropertySetFT;
typedef struct _MI_QualifierSet MI_QualifierSet;
typedef struct _MI_QualifierSetFT MI_QualifierSetFT;
typedef struct _MI_ParameterSet MI_ParameterSet;
typedef struct _MI_ParameterSetFT MI_ParameterSetFT;
typedef struct _MI_Application MI_Application;
typedef struct _MI_ApplicationFT MI_ApplicationFT;
typedef struct _MI_Session MI_Session;
typedef struct _MI_SessionFT MI_SessionFT;
typedef struct _MI_Operation MI_Operation;
typedef struct _MI_OperationFT MI_OperationFT;
typedef struct _MI_HostedProvider MI_HostedProvider;
typedef struct _MI_HostedProviderFT MI_HostedProviderFT;
typedef struct _MI_DestinationOptions MI_DestinationOptions;
typedef struct _MI_DestinationOptionsFT MI_DestinationOptionsFT;
typedef struct _MI_OperationOptions MI_OperationOptions;
typedef struct _MI_OperationOptionsFT MI_OperationOptionsFT;
typedef struct _MI_SubscriptionDeliveryOptions MI_SubscriptionDeliveryOptions;
typedef struct _MI_SubscriptionDeliveryOptionsFT MI_SubscriptionDeliveryOptionsFT;
typedef struct _MI_Serializer MI_Serializer;
typedef struct _MI_SerializerFT MI_SerializerFT;
typedef struct _MI_Deserializer MI_Deserializer;
typedef struct _MI_DeserializerFT MI_DeserializerFT;
typedef struct _MI_InstanceExFT MI_InstanceExFT;
typedef struct _MI_ProviderFT MI_ProviderFT;
typedef struct _MI_ClassDecl MI_ClassDecl;
typedef struct _MI_Qualifier MI_Qualifier;

/* ---- Arrays and values ------------------------------------------------------------------------------------------ */

typedef struct _MI_BooleanA
{
    MI_Boolean *data;
    MI_Uint32 size;
} MI_BooleanA;

typedef struct _MI_Uint8A
{
    MI_Uint8 *data;
    MI_Uint32 size;
} MI_Uint8A;

typedef struct _MI_Sint8A
{
    MI_Sint8 *data;
    MI_Uint32 size;
} MI_Sint8A;

typedef struct _MI_Uint16A
{
    MI_Uint16 *data;
    MI_Uint32 size;
} MI_Uint16A;

typedef struct _MI_Sint16A
{
    MI_Sint16 *data;
    MI_Uint32 size;
} MI_Sint16A;

typedef struct _MI_Uint32A
{
    MI_Uint32 *data;
    MI_Uint32 size;
} MI_Uint32A;

typedef struct _MI_Sint32A
{
    MI_Sint32 *data;
    MI_Uint32 size;
} MI_Sint32A;

typedef struct _MI_Uint64A
{
    MI_Uint64 *data;
    MI_Uint32 size;
} MI_Uint64A;

typedef struct _MI_Sint64A
{
    MI_Sint64 *data;
    MI_Uint32 size;
} MI_Sint64A;

typedef struct _MI_Real32A
{
    MI_Real32 *data;
    MI_Uint32 size;
} MI_Real32A;

typedef struct _MI_Real64A
{
    MI_Real64 *data;
    MI_Uint32 size;
} MI_Real64A;

typedef struct _MI_Char16A
{
    MI_Char16 *data;
    MI_Uint32 size;
} MI_Char16A;

typedef struct _MI_DatetimeA
{
    MI_Datetime *data;
    MI_Uint32 size;
} MI_DatetimeA;

typedef struct _MI_StringA
{
    MI_Char **data;
    MI_Uint32 size;
} MI_StringA;

typedef struct _MI_ReferenceA
{
    MI_Instance **data;
    MI_Uint32 size;
} MI_ReferenceA;

typedef struct _MI_InstanceA
{
    MI_Instance **data;
    MI_Uint32 size;
} MI_InstanceA;

/* Any of them, where the element type does not matter. */
typedef struct _MI_Array
{
    void *data;
    MI_Uint32 size;
} MI_Array;

typedef struct _MI_ConstBooleanA
{
    const MI_Boolean *data;
    MI_Uint32 size;
} MI_ConstBooleanA;

typedef struct _MI_ConstUint8A
{
    const MI_Uint8 *data;
    MI_Uint32 size;
} MI_ConstUint8A;

typedef struct _MI_ConstSint8A
{
    const MI_Sint8 *data;
    MI_Uint32 size;
} MI_ConstSint8A;

typedef struct _MI_ConstUint16A
{
    const MI_Uint16 *data;
    MI_Uint32 size;
} MI_ConstUint16A;

typedef struct _MI_ConstSint16A
{
    const MI_Sint16 *data;
    MI_Uint32 size;
} MI_ConstSint16A;

typedef struct _MI_ConstUint32A
{
    const MI_Uint32 *data;
    MI_Uint32 size;
} MI_ConstUint32A;

typedef struct _MI_ConstSint32A
{
    const MI_Sint32 *data;
    MI_Uint32 size;
} MI_ConstSint32A;

typedef struct _MI_ConstUint64A
{
    const MI_Uint64 *data;
    MI_Uint32 size;
} MI_ConstUint64A;

typedef struct _MI_ConstSint64A
{
    const MI_Sint64 *data;
    MI_Uint32 size;
} MI_ConstSint64A;

typedef struct _MI_ConstReal32A
{
    const MI_Real32 *data;
    MI_Uint32 size;
} MI_ConstReal32A;

typedef struct _MI_ConstReal64A
{
    const MI_Real64 *data;
    MI_Uint32 size;
} MI_ConstReal64A;

typedef struct _MI_ConstChar16A
{
    const MI_Char16 *data;
    MI_Uint32 size;
} MI_ConstChar16A;

typedef struct _MI_ConstDatetimeA
{
    const MI_Datetime *data;
    MI_Uint32 size;
} MI_ConstDatetimeA;

typedef struct _MI_ConstStringA
{
    const MI_Char *const *data;
    MI_Uint32 size;
} MI_ConstStringA;

typedef struct _MI_ConstReferenceA
{
    const MI_Instance *const *data;
    MI_Uint32 size;
} MI_ConstReferenceA;

typedef struct _MI_ConstInstanceA
{
    const MI_Instance *const *data;
    MI_Uint32 size;
} MI_ConstInstanceA;

typedef union _MI_Value
{
    MI_Boolean boolean;
    MI_Uint8 uint8;
    MI_Sint8 sint8;
    MI_Uint16 uint16;
    MI_Sint16 sint16;
    MI_Uint32 uint32;
    MI_Sint32 sint32;
    MI_Uint64 uint64;
    MI_Sint64 sint64;
    MI_Real32 real32;
    MI_Real64 real64;
    MI_Char16 char16;
    MI_Datetime datetime;
    MI_Char *string;
    MI_Instance *reference;
    MI_Instance *instance;
    MI_BooleanA booleana;
    MI_Uint8A uint8a;
    MI_Sint8A sint8a;
    MI_Uint16A uint16a;
    MI_Sint16A sint16a;
    MI_Uint32A uint32a;
    MI_Sint32A sint32a;
    MI_Uint64A uint64a;
    MI_Sint64A sint64a;
    MI_Real32A real32a;
    MI_Real64A real64a;
    MI_Char16A char16a;
    MI_DatetimeA datetimea;
    MI_StringA stringa;
    MI_ReferenceA referencea;
    MI_InstanceA instancea;
    MI_Array array;
} MI_Value;

/* ---- Fields: members of the structures that a provider's generator makes of a class ------------------------------ */

#define MI_FIELD_(name, type)                                                                                          \
    typedef struct _MI_##name##Field                                                                                   \
    {                                                                                                                  \
        type value;                                                                                                    \
        MI_Boolean exists;                                                                                             \
        MI_Uint8 flags;                                                                                                \
    } MI_##name##Field

MI_FIELD_(Boolean, MI_Boolean);
MI_FIELD_(Uint8, MI_Uint8);
MI_FIELD_(Sint8, MI_Sint8);
MI_FIELD_(Uint16, MI_Uint16);
MI_FIELD_(Sint16, MI_Sint16);
MI_FIELD_(Uint32, MI_Uint32);
MI_FIELD_(Sint32, MI_Sint32);
MI_FIELD_(Uint64, MI_Uint64);
MI_FIELD_(Sint64, MI_Sint64);
MI_FIELD_(Real32, MI_Real32);
MI_FIELD_(Real64, MI_Real64);
MI_FIELD_(Char16, MI_Char16);
MI_FIELD_(Datetime, MI_Datetime);
MI_FIELD_(String, MI_Char *);
MI_FIELD_(Reference, MI_Instance *);
MI_FIELD_(Instance, MI_Instance *);
MI_FIELD_(BooleanA, MI_BooleanA);
MI_FIELD_(Uint8A, MI_Uint8A);
MI_FIELD_(Sint8A, MI_Sint8A);
MI_FIELD_(Uint16A, MI_Uint16A);
MI_FIELD_(Sint16A, MI_Sint16A);
MI_FIELD_(Uint32A, MI_Uint32A);
MI_FIELD_(Sint32A, MI_Sint32A);
MI_FIELD_(Uint64A, MI_Uint64A);
MI_FIELD_(Sint64A, MI_Sint64A);
MI_FIELD_(Real32A, MI_Real32A);
MI_FIELD_(Real64A, MI_Real64A);
MI_FIELD_(Char16A, MI_Char16A);
MI_FIELD_(DatetimeA, MI_DatetimeA);
MI_FIELD_(StringA, MI_StringA);
MI_FIELD_(ReferenceA, MI_ReferenceA);
MI_FIELD_(InstanceA, MI_InstanceA);
MI_FIELD_(Array, MI_Array);
MI_FIELD_(ConstBoolean, MI_Boolean);
MI_FIELD_(ConstUint8, MI_Uint8);
MI_FIELD_(ConstSint8, MI_Sint8);
MI_FIELD_(ConstUint16, MI_Uint16);
MI_FIELD_(ConstSint16, MI_Sint16);
MI_FIELD_(ConstUint32, MI_Uint32);
MI_FIELD_(ConstSint32, MI_Sint32);
MI_FIELD_(ConstUint64, MI_Uint64);
MI_FIELD_(ConstSint64, MI_Sint64);
MI_FIELD_(ConstReal32, MI_Real32);
MI_FIELD_(ConstReal64, MI_Real64);
MI_FIELD_(ConstChar16, MI_Char16);
MI_FIELD_(ConstDatetime, MI_Datetime);
MI_FIELD_(ConstString, const MI_Char *);
MI_FIELD_(ConstReference, const MI_Instance *);
MI_FIELD_(ConstInstance, const MI_Instance *);
MI_FIELD_(ConstBooleanA, MI_ConstBooleanA);
MI_FIELD_(ConstUint8A, MI_ConstUint8A);
MI_FIELD_(ConstSint8A, MI_ConstSint8A);
MI_FIELD_(ConstUint16A, MI_ConstUint16A);
MI_FIELD_(ConstSint16A, MI_ConstSint16A);
MI_FIELD_(ConstUint32A, MI_ConstUint32A);
MI_FIELD_(ConstSint32A, MI_ConstSint32A);
MI_FIELD_(ConstUint64A, MI_ConstUint64A);
MI_FIELD_(ConstSint64A, MI_ConstSint64A);
MI_FIELD_(ConstReal32A, MI_ConstReal32A);
MI_FIELD_(ConstReal64A, MI_ConstReal64A);
MI_FIELD_(ConstChar16A, MI_ConstChar16A);
MI_FIELD_(ConstDatetimeA, MI_ConstDatetimeA);
MI_FIELD_(ConstStringA, MI_ConstStringA);
MI_FIELD_(ConstReferenceA, MI_ConstReferenceA);
MI_FIELD_(ConstInstanceA, MI_ConstInstanceA);

#undef MI_FIELD_

/* ---- Flags of classes, methods, properties, parameters, qualifiers ----------------------------------------------- */

#define MI_FLAG_CLASS       0x00000001u
#define MI_FLAG_METHOD      0x00000002u
#define MI_FLAG_PROPERTY    0x00000004u
#define MI_FLAG_PARAMETER   0x00000008u
#define MI_FLAG_ASSOCIATION 0x00000010u
#define MI_FLAG_INDICATION  0x00000020u
#define MI_FLAG_REFERENCE   0x00000040u
#define MI_FLAG_ANY         0x0000007fu
/* Flavors of qualifiers. */
#define MI_FLAG_ENABLEOVERRIDE  0x00000080u
#define MI_FLAG_DISABLEOVERRIDE 0x00000100u
#define MI_FLAG_RESTRICTED      0x00000200u
#define MI_FLAG_TOSUBCLASS      0x00000400u
#define MI_FLAG_TRANSLATABLE    0x00000800u
/* What qualifiers say of the object. */
#define MI_FLAG_KEY          0x00001000u
#define MI_FLAG_IN           0x00002000u
#define MI_FLAG_OUT          0x00004000u
#define MI_FLAG_REQUIRED     0x00008000u
#define MI_FLAG_STATIC       0x00010000u
#define MI_FLAG_ABSTRACT     0x00020000u
#define MI_FLAG_TERMINAL     0x00040000u
#define MI_FLAG_EXPENSIVE    0x00080000u
#define MI_FLAG_STREAM       0x00100000u
#define MI_FLAG_READONLY     0x00200000u
#define MI_FLAG_EXTENDED     0x00001000u
#define MI_FLAG_NOT_MODIFIED 0x02000000u
#define MI_FLAG_VERSION      0x1c000000u
/* The value and its memory. */
#define MI_FLAG_NULL   0x20000000u
#define MI_FLAG_BORROW 0x40000000u
#define MI_FLAG_ADOPT  0x80000000u

/* ---- Declarations ----------------------------------------------------------------------------------------------- */

struct _MI_Qualifier
{
    const MI_Char *name;
    MI_Uint32 type;
    MI_Uint32 flavor;
    const void *value; /* points to it, as MI_Value holds it */
};

/* What classes and methods begin with. */
typedef struct _MI_ObjectDecl
{
    MI_Uint32 flags;
    MI_Uint32 code;
    const MI_Char *name;
    MI_Qualifier MI_CONST *MI_CONST *qualifiers;
    MI_Uint32 numQualifiers;
    struct _MI_PropertyDecl MI_CONST *MI_CONST *properties;
    MI_Uint32 numProperties;
    MI_Uint32 size; /* of the structure that an instance is, in bytes */
} MI_ObjectDecl;

struct _MI_ClassDecl
{
    MI_Uint32 flags;
    MI_Uint32 code;
    const MI_Char *name;
    MI_Qualifier MI_CONST *MI_CONST *qualifiers;
    MI_Uint32 numQualifiers;
    struct _MI_PropertyDecl MI_CONST *MI_CONST *properties; /* those of the super-classes too */
    MI_Uint32 numProperties;
    MI_Uint32 size;
    const MI_Char *superClass;
    MI_ClassDecl MI_CONST *superClassDecl;
    struct _MI_MethodDecl MI_CONST *MI_CONST *methods;
    MI_Uint32 numMethods;
    struct _MI_SchemaDecl MI_CONST *schema;
    const MI_ProviderFT *providerFT;
    MI_Class *owningClass;
};

/* What properties and parameters begin with. */
typedef struct _MI_FeatureDecl
{
    MI_Uint32 flags;
    MI_Uint32 code;
    const MI_Char *name;
    MI_Qualifier MI_CONST *MI_CONST *qualifiers;
    MI_Uint32 numQualifiers;
} MI_FeatureDecl;

typedef struct _MI_ParameterDecl
{
    MI_Uint32 flags;
    MI_Uint32 code;
    const MI_Char *name;
    MI_Qualifier MI_CONST *MI_CONST *qualifiers;
    MI_Uint32 numQualifiers;
    MI_Uint32 type;
    const MI_Char *className; /* of a reference or embedded instance */
    MI_Uint32 subscript;
    MI_Uint32 offset; /* of the field in the structure that an instance is, in bytes */
} MI_ParameterDecl;

typedef struct _MI_PropertyDecl
{
    MI_Uint32 flags;
    MI_Uint32 code;
    const MI_Char *name;
    MI_Qualifier MI_CONST *MI_CONST *qualifiers;
    MI_Uint32 numQualifiers;
    MI_Uint32 type;
    const MI_Char *className;
    MI_Uint32 subscript;
    MI_Uint32 offset;
    const MI_Char *origin;     /* the class that first declared it */
    const MI_Char *propagator; /* the class that last declared it */
    const void *value;         /* points to the default, as MI_Value holds it; or NULL */
} MI_PropertyDecl;

typedef void(MI_CALL *MI_MethodDecl_Invoke)(void *self, MI_Context *context, const MI_Char *nameSpace,
                                            const MI_Char *className, const MI_Char *methodName,
                                            const MI_Instance *instanceName, const MI_Instance *parameters);

typedef struct _MI_MethodDecl
{
    MI_Uint32 flags;
    MI_Uint32 code;
    const MI_Char *name;
    MI_Qualifier MI_CONST *MI_CONST *qualifiers;
    MI_Uint32 numQualifiers;
    MI_ParameterDecl MI_CONST *MI_CONST *parameters;
    MI_Uint32 numParameters;
    MI_Uint32 size;
    MI_Uint32 returnType;
    const MI_Char *origin;
    const MI_Char *propagator;
    struct _MI_SchemaDecl MI_CONST *schema;
    MI_MethodDecl_Invoke function;
} MI_MethodDecl;

typedef struct _MI_QualifierDecl
{
    const MI_Char *name;
    MI_Uint32 type;
    MI_Uint32 scope;
    MI_Uint32 flavor;
    MI_Uint32 subscript;
    const void *value;
} MI_QualifierDecl;

typedef struct _MI_SchemaDecl
{
    MI_QualifierDecl MI_CONST *MI_CONST *qualifierDecls;
    MI_Uint32 numQualifierDecls;
    MI_ClassDecl MI_CONST *MI_CONST *classDecls;
    MI_Uint32 numClassDecls;
} MI_SchemaDecl;

#endif
