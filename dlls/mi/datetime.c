/* Date-times as text. See datetime.h. */
#include "mi/datetime.h"

#include <string.h>

/* A field of digits, or of asterisks, which count as `least`. Sets `bad` where it is neither. */
static MI_Uint32 read_field(const MI_Char *text, int digits, MI_Uint32 least, bool *bad)
{
    MI_Uint32 number = 0;
    int stars = 0;

    for (int i = 0; i < digits; i++)
    {
        if (text[i] == '*')
            stars++;
        else if (text[i] >= '0' && text[i] <= '9')
            number = 10 * number + (MI_Uint32)(text[i] - '0');
        else
            *bad = true;
    }
    if (stars && stars != digits) *bad = true;
    return stars ? least : number;
}

static MI_Uint32 days_in(MI_Uint32 year, MI_Uint32 month)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return days[month - 1] + (month == 2 && leap);
}

static bool timestamp_is_valid(const MI_Timestamp *at)
{
    if (at->year > 9999 || at->month < 1 || at->month > 12 || at->day < 1 || at->day > days_in(at->year, at->month))
        return false;
    return at->hour < 24 && at->minute < 60 && at->second < 60 && at->microseconds < 1000000 && at->utc >= -999 &&
           at->utc <= 999;
}

static bool interval_is_valid(const MI_Interval *interval)
{
    return interval->days <= 99999999 && interval->hours < 24 && interval->minutes < 60 && interval->seconds < 60 &&
           interval->microseconds < 1000000;
}

static bool has_length(const MI_Char *text)
{
    for (int i = 0; i < MI_DATETIME_LENGTH; i++)
        if (!text[i]) return false;
    return !text[MI_DATETIME_LENGTH];
}

static bool parse_timestamp(const MI_Char *text, MI_Timestamp *at)
{
    bool bad = text[0] == '*';

    at->year = read_field(text, 4, 0, &bad);
    at->month = read_field(text + 4, 2, 1, &bad);
    at->day = read_field(text + 6, 2, 1, &bad);
    at->hour = read_field(text + 8, 2, 0, &bad);
    at->minute = read_field(text + 10, 2, 0, &bad);
    at->second = read_field(text + 12, 2, 0, &bad);
    at->microseconds = read_field(text + 15, 6, 0, &bad);
    at->utc = (MI_Sint32)read_field(text + 22, 3, 0, &bad);
    if (text[21] == '-') at->utc = -at->utc;
    return !bad && timestamp_is_valid(at);
}

static bool parse_interval(const MI_Char *text, MI_Interval *interval)
{
    bool bad = text[0] == '*';

    interval->days = read_field(text, 8, 0, &bad);
    interval->hours = read_field(text + 8, 2, 0, &bad);
    interval->minutes = read_field(text + 10, 2, 0, &bad);
    interval->seconds = read_field(text + 12, 2, 0, &bad);
    interval->microseconds = read_field(text + 15, 6, 0, &bad);
    if (text[22] != '0' || text[23] != '0' || text[24] != '0') bad = true;
    return !bad && interval_is_valid(interval);
}

bool mi_datetime_parse(const MI_Char *text, MI_Datetime *datetime)
{
    MI_Datetime read;
    bool good;

    memset(&read, 0, sizeof(read));
    if (!has_length(text) || text[14] != '.') return false;
    read.isTimestamp = text[21] != ':';
    if (text[21] != ':' && text[21] != '+' && text[21] != '-') return false;
    good = read.isTimestamp ? parse_timestamp(text, &read.u.timestamp) : parse_interval(text, &read.u.interval);
    if (good) *datetime = read;
    return good;
}

static MI_Char *put(MI_Char *at, MI_Uint32 number, int digits)
{
    for (int i = digits; i-- > 0; number /= 10)
        at[i] = (MI_Char)('0' + number % 10);
    return at + digits;
}

static MI_Char *put_char(MI_Char *at, char c)
{
    *at = (MI_Char)c;
    return at + 1;
}

static MI_Char *put_clock(MI_Char *at, MI_Uint32 hours, MI_Uint32 minutes, MI_Uint32 seconds, MI_Uint32 microseconds)
{
    at = put(put(put(at, hours, 2), minutes, 2), seconds, 2);
    return put(put_char(at, '.'), microseconds, 6);
}

bool mi_datetime_format(const MI_Datetime *datetime, MI_Char text[MI_DATETIME_LENGTH + 1])
{
    const MI_Timestamp *at = &datetime->u.timestamp;
    const MI_Interval *interval = &datetime->u.interval;
    MI_Char *end;

    text[0] = 0;
    if (datetime->isTimestamp ? !timestamp_is_valid(at) : !interval_is_valid(interval)) return false;
    if (datetime->isTimestamp)
    {
        end = put(put(put(text, at->year, 4), at->month, 2), at->day, 2);
        end = put_clock(end, at->hour, at->minute, at->second, at->microseconds);
        end = put(put_char(end, at->utc < 0 ? '-' : '+'), (MI_Uint32)(at->utc < 0 ? -at->utc : at->utc), 3);
    }
    else
    {
        end = put_clock(put(text, interval->days, 8), interval->hours, interval->minutes, interval->seconds,
                        interval->microseconds);
        end = put(put_char(end, ':'), 0, 3);
    }
    *end = 0;
    return true;
}
