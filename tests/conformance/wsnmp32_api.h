/*
 * wsnmp32.dll's functions, loaded at run time, so that the program also runs on a DLL that lacks some of them:
 * pSnmpOpen and so on, after the habit of Wine's tests. A function that is not exported returns 0.
 */
#ifndef CORK_TESTS_WSNMP32_API_H
#define CORK_TESTS_WSNMP32_API_H

#include <winsock2.h>
#include <windows.h>
#include <winsnmp.h>

/* name, number of parameters */
#define WSNMP32_FUNCTIONS(X)                                                                                           \
    X(SnmpGetTranslateMode, 1)                                                                                         \
    X(SnmpSetTranslateMode, 1)                                                                                         \
    X(SnmpGetRetransmitMode, 1)                                                                                        \
    X(SnmpSetRetransmitMode, 1)                                                                                        \
    X(SnmpGetTimeout, 3)                                                                                               \
    X(SnmpSetTimeout, 2)                                                                                               \
    X(SnmpSetRetry, 2)                                                                                                 \
    X(SnmpGetRetry, 3)                                                                                                 \
    X(SnmpGetVendorInfo, 1)                                                                                            \
    X(SnmpStartup, 5)                                                                                                  \
    X(SnmpCleanup, 0)                                                                                                  \
    X(SnmpOpen, 2)                                                                                                     \
    X(SnmpClose, 1)                                                                                                    \
    X(SnmpSendMsg, 5)                                                                                                  \
    X(SnmpRecvMsg, 5)                                                                                                  \
    X(SnmpRegister, 6)                                                                                                 \
    X(SnmpCreateSession, 4)                                                                                            \
    X(SnmpListen, 2)                                                                                                   \
    X(SnmpCancelMsg, 2)                                                                                                \
    X(SnmpStrToEntity, 2)                                                                                              \
    X(SnmpEntityToStr, 3)                                                                                              \
    X(SnmpFreeEntity, 1)                                                                                               \
    X(SnmpSetPort, 2)                                                                                                  \
    X(SnmpStrToContext, 2)                                                                                             \
    X(SnmpContextToStr, 2)                                                                                             \
    X(SnmpFreeContext, 1)                                                                                              \
    X(SnmpCreatePdu, 6)                                                                                                \
    X(SnmpGetPduData, 6)                                                                                               \
    X(SnmpSetPduData, 6)                                                                                               \
    X(SnmpDuplicatePdu, 2)                                                                                             \
    X(SnmpFreePdu, 1)                                                                                                  \
    X(SnmpCreateVbl, 3)                                                                                                \
    X(SnmpDuplicateVbl, 2)                                                                                             \
    X(SnmpFreeVbl, 1)                                                                                                  \
    X(SnmpCountVbl, 1)                                                                                                 \
    X(SnmpGetVb, 4)                                                                                                    \
    X(SnmpSetVb, 4)                                                                                                    \
    X(SnmpDeleteVb, 2)                                                                                                 \
    X(SnmpFreeDescriptor, 2)                                                                                           \
    X(SnmpEncodeMsg, 6)                                                                                                \
    X(SnmpDecodeMsg, 6)                                                                                                \
    X(SnmpStrToOid, 2)                                                                                                 \
    X(SnmpOidToStr, 3)                                                                                                 \
    X(SnmpOidCopy, 2)                                                                                                  \
    X(SnmpOidCompare, 4)                                                                                               \
    X(SnmpGetLastError, 1)                                                                                             \
    X(SnmpCleanupEx, 0)                                                                                                \
    X(SnmpListenEx, 3)                                                                                                 \
    X(SnmpStartupEx, 5)

#define DECLARE_FUNCTION(name, count) extern __typeof__(name) *p##name;
WSNMP32_FUNCTIONS(DECLARE_FUNCTION)
#undef DECLARE_FUNCTION

#endif
