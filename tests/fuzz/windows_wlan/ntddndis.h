/* What mingw-w64's windot11.h needs of NDIS. */
#include "windows.h"

typedef LONG NDIS_STATUS;

typedef struct
{
    UCHAR Type, Revision;
    USHORT Size;
} NDIS_OBJECT_HEADER;
