/*
 * Date-times as text, as CIM has them (DSP0004, 5.2.4) and WMI uses them: "yyyymmddhhmmss.mmmmmmsuuu", a point in time
 * with its minutes from UTC, and "ddddddddhhmmss.mmmmmm:000", an interval.
 */
#ifndef CORK_MI_DATETIME_H
#define CORK_MI_DATETIME_H

#include <mi.h>

#include <stdbool.h>

/* Characters of a date-time's text, without the terminating 0. */
#define MI_DATETIME_LENGTH 25

/* Reads a text. Asterisks, which stand for what is not known, are allowed for whole fields beside the year and count as
 * the least value that the field can have. Returns false for a text that is none; `datetime` is unchanged then. */
bool mi_datetime_parse(const MI_Char *text, MI_Datetime *datetime);

/* Writes a text and its terminating 0. Returns false where a field is out of its range; the text is empty then. */
bool mi_datetime_format(const MI_Datetime *datetime, MI_Char text[MI_DATETIME_LENGTH + 1]);

#endif
