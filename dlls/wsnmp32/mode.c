/*
 * The entity and context translation mode and the retransmission mode, settings of the whole application.
 */
#include "wsnmp32/request.h"
#include "wsnmp32/wsnmp32.h"

CORK_TRACE_CHANNEL(wsnmp32);

/*
 * SnmpGetTranslateMode (nf-winsnmp-snmpgettranslatemode): the mode in force. SNMPAPI_ALLOC_ERROR for a pointer that
 * cannot be written. Any thread.
 */
SNMPAPI_STATUS WINAPI SnmpGetTranslateMode(smiLPUINT32 nTranslateMode)
{
    RETURN_IF_NOT_STARTED();
    if (!can_write(nTranslateMode, sizeof(*nTranslateMode))) return fail(NULL, SNMPAPI_ALLOC_ERROR);
    *nTranslateMode = (smiUINT32)app.translate_mode;
    return SNMPAPI_SUCCESS;
}

/*
 * SnmpSetTranslateMode (nf-winsnmp-snmpsettranslatemode): how entity and context strings are read and given from now
 * on. SNMPAPI_MODE_INVALID for anything but the three documented modes. Any thread; entities made before keep their
 * version.
 */
SNMPAPI_STATUS WINAPI SnmpSetTranslateMode(smiUINT32 nTranslateMode)
{
    RETURN_IF_NOT_STARTED();
    if (nTranslateMode > SNMPAPI_UNTRANSLATED_V2) return fail(NULL, SNMPAPI_MODE_INVALID);
    CORK_TRACE("%u\n", (unsigned)nTranslateMode);
    InterlockedExchange(&app.translate_mode, (LONG)nTranslateMode);
    return SNMPAPI_SUCCESS;
}

/*
 * SnmpGetRetransmitMode (nf-winsnmp-snmpgetretransmitmode): SNMPAPI_ON or SNMPAPI_OFF. SNMPAPI_ALLOC_ERROR for a
 * pointer that cannot be written. Any thread.
 */
SNMPAPI_STATUS WINAPI SnmpGetRetransmitMode(smiLPUINT32 nRetransmitMode)
{
    RETURN_IF_NOT_STARTED();
    if (!can_write(nRetransmitMode, sizeof(*nRetransmitMode))) return fail(NULL, SNMPAPI_ALLOC_ERROR);
    *nRetransmitMode = (smiUINT32)app.retransmit_mode;
    return SNMPAPI_SUCCESS;
}

/*
 * SnmpSetRetransmitMode (nf-winsnmp-snmpsetretransmitmode; turning-retransmission-on-and-off): ON concerns later
 * SnmpSendMsg calls only; OFF also "cancels retransmission attempts for outstanding messages". SNMPAPI_MODE_INVALID for
 * other values. Any thread.
 */
SNMPAPI_STATUS WINAPI SnmpSetRetransmitMode(smiUINT32 nRetransmitMode)
{
    RETURN_IF_NOT_STARTED();
    if (nRetransmitMode != SNMPAPI_ON && nRetransmitMode != SNMPAPI_OFF) return fail(NULL, SNMPAPI_MODE_INVALID);
    CORK_TRACE("%u\n", (unsigned)nRetransmitMode);
    InterlockedExchange(&app.retransmit_mode, (LONG)nRetransmitMode);
    if (nRetransmitMode == SNMPAPI_OFF) requests_stop_retransmission();
    return SNMPAPI_SUCCESS;
}
