/* The Windows error codes that services of corkd return ("System Error Codes" on Microsoft Learn), for
 * sources that include no Windows header. */
#ifndef CORKD_WIN_ERROR_H
#define CORKD_WIN_ERROR_H

#define ERROR_SUCCESS                     0u
#define ERROR_FILE_NOT_FOUND              2u
#define ERROR_ACCESS_DENIED               5u
#define ERROR_INVALID_HANDLE              6u
#define ERROR_NOT_ENOUGH_MEMORY           8u
#define ERROR_INVALID_DRIVE               15u
#define ERROR_WRITE_PROTECT               19u
#define ERROR_NOT_READY                   21u
#define ERROR_CRC                         23u
#define ERROR_WRITE_FAULT                 29u
#define ERROR_READ_FAULT                  30u
#define ERROR_GEN_FAILURE                 31u
#define ERROR_SHARING_VIOLATION           32u
#define ERROR_NOT_SUPPORTED               50u
#define ERROR_INVALID_PARAMETER           87u
#define ERROR_DISK_FULL                   112u
#define ERROR_INSUFFICIENT_BUFFER         122u
#define ERROR_INVALID_NAME                123u
#define ERROR_BUSY                        170u
#define ERROR_ALREADY_EXISTS              183u
#define ERROR_DUPLICATE_OMID              183u /* the documentation's name; no header has a number for it: ERROR_ALREADY_EXISTS */
#define ERROR_NO_DATA                     232u
#define ERROR_SERVICE_NOT_ACTIVE          1062u
#define ERROR_CONNECTION_REFUSED          1225u
#define ERROR_END_OF_MEDIA                1100u
#define ERROR_FILEMARK_DETECTED           1101u
#define ERROR_NO_DATA_DETECTED            1104u
#define ERROR_MEDIA_CHANGED               1110u
#define ERROR_BUS_RESET                   1111u
#define ERROR_NO_MEDIA_IN_DRIVE           1112u
#define ERROR_IO_DEVICE                   1117u
#define ERROR_ILLEGAL_ELEMENT_ADDRESS     1162u
#define ERROR_MAGAZINE_NOT_PRESENT        1163u
#define ERROR_DEVICE_DOOR_OPEN            1166u
#define ERROR_BAD_PROFILE                 1206u
#define ERROR_CANCELLED                   1223u
#define ERROR_INVALID_SECURITY_DESCR      1338u
#define ERROR_NO_SECURITY_ON_OBJECT       1350u
#define ERROR_NOT_FOUND                   1168u
#define ERROR_NO_MATCH                    1169u
#define ERROR_TIMEOUT                     1460u
#define ERROR_BAD_CONFIGURATION           1610u
#define ERROR_UNRECOGNIZED_MEDIA          1785u
#define ERROR_NOT_CONNECTED               2250u
#define ERROR_INVALID_MEDIA               4300u
#define ERROR_INVALID_LIBRARY             4301u
#define ERROR_INVALID_MEDIA_POOL          4302u
#define ERROR_DRIVE_MEDIA_MISMATCH        4303u
#define ERROR_MEDIA_OFFLINE               4304u
#define ERROR_LIBRARY_OFFLINE             4305u
#define ERROR_EMPTY                       4306u
#define ERROR_NOT_EMPTY                   4307u
#define ERROR_MEDIA_UNAVAILABLE           4308u
#define ERROR_RESOURCE_DISABLED           4309u
#define ERROR_INVALID_CLEANER             4310u
#define ERROR_UNABLE_TO_CLEAN             4311u
#define ERROR_OBJECT_NOT_FOUND            4312u
#define ERROR_DATABASE_FAILURE            4313u
#define ERROR_DATABASE_FULL               4314u
#define ERROR_MEDIA_INCOMPATIBLE          4315u
#define ERROR_RESOURCE_NOT_PRESENT        4316u
#define ERROR_INVALID_OPERATION           4317u
#define ERROR_MEDIA_NOT_AVAILABLE         4318u
#define ERROR_DEVICE_NOT_AVAILABLE        4319u
#define ERROR_REQUEST_REFUSED             4320u
#define ERROR_INVALID_DRIVE_OBJECT        4321u
#define ERROR_LIBRARY_FULL                4322u
#define ERROR_UNABLE_TO_LOAD_MEDIUM       4324u
#define ERROR_UNABLE_TO_EJECT_MOUNTED     4330u
#define ERROR_CLEANER_SLOT_SET            4331u
#define ERROR_CLEANER_SLOT_NOT_SET        4332u
#define ERROR_CLEANER_CARTRIDGE_SPENT     4333u
#define ERROR_UNEXPECTED_OMID             4334u
#define ERROR_CANT_DELETE_LAST_ITEM       4335u
#define ERROR_MESSAGE_EXCEEDS_MAX         4336u
#define ERROR_INDIGENOUS_TYPE             4338u
#define ERROR_NO_SUPPORTING_DRIVES        4339u
#define ERROR_CLEANER_CARTRIDGE_INSTALLED 4340u
#define ERROR_IEPORT_FULL                 4341u
#define ERROR_RESOURCE_NOT_AVAILABLE      5006u
#define ERROR_INVALID_STATE               5023u

/* An NDIS status that wlanapi.dll returns: the radio is off. */
#define ERROR_NDIS_DOT11_POWER_STATE_INVALID 0x80342002u

#endif
