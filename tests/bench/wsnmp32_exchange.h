/* The same exchanges as bare_exchange.h through WinSNMP, as an application writes them: a list, a PDU, send; receive,
 * read the value, free. */

#ifndef CORK_WSNMP32_EXCHANGE_H
#define CORK_WSNMP32_EXCHANGE_H

/* Each runs count exchanges with the responder at port on loopback and returns the microseconds an exchange, or a
 * negative number where it failed (and says why on standard error). SnmpStartup has been called, the translate mode is
 * SNMPAPI_UNTRANSLATED_V2. */
double wsnmp32_callback(unsigned short port, int count); /* one GET outstanding, the next sent from the callback */
double wsnmp32_window64(unsigned short port, int count); /* 64 outstanding, the next sent from the callback */
double wsnmp32_event(unsigned short port, int count);    /* send, wait for the event that the callback sets, receive */

/* Microseconds to open a session and close it; with one GET sent in between (used), or with nothing. */
double wsnmp32_open_close(unsigned short port, int count, int used);

/* Bytes of heap and of committed memory that each of count open sessions takes. Returns 0 where it failed. */
int wsnmp32_session_bytes(int count, double *heap_bytes, double *memory_bytes);

#endif
