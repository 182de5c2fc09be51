#include "wsnmp32/oid_text.h"

#include <string.h>

/* One decimal number at *text, which advances behind it. */
static enum snmp_oid_parse_status parse_number(const char **text, const char *end, uint32_t *number)
{
    const char *p = *text;
    uint64_t value = 0;

    if (p == end || *p < '0' || *p > '9') return SNMP_OID_PARSE_FORM;
    for (; p != end && *p >= '0' && *p <= '9'; p++)
    {
        value = value * 10 + (uint64_t)(*p - '0');
        if (value > UINT32_MAX) return SNMP_OID_PARSE_RANGE;
    }
    *text = p;
    *number = (uint32_t)value;
    return SNMP_OID_PARSE_OK;
}

enum snmp_oid_parse_status snmp_oid_parse(const char *text, unsigned flags, uint32_t *ids, uint32_t *len)
{
    uint32_t numbers[SNMP_OID_MAX_LENGTH];
    enum snmp_oid_parse_status status;
    const char *end;
    uint32_t count = 0;

    if (!text) return SNMP_OID_PARSE_NULL;
    end = memchr(text, 0, SNMP_OID_TEXT_SIZE);
    if (!end) return SNMP_OID_PARSE_TOO_LONG;
    if ((flags & SNMP_OID_PARSE_LEADING_DOT) && *text == '.') text++;
    for (;; text++)
    {
        if (count == SNMP_OID_MAX_LENGTH) return SNMP_OID_PARSE_TOO_MANY;
        status = parse_number(&text, end, &numbers[count]);
        if (status != SNMP_OID_PARSE_OK) return status;
        count++;
        if (text == end) break;
        if (*text != '.') return SNMP_OID_PARSE_FORM;
    }
    if (count < SNMP_OID_MIN_LENGTH) return SNMP_OID_PARSE_TOO_SHORT;
    memcpy(ids, numbers, count * sizeof(*ids));
    *len = count;
    return SNMP_OID_PARSE_OK;
}

/* Writes `number` in decimal at `p`, returns what follows it. */
static char *put_number(char *p, uint32_t number)
{
    char digits[10];
    int n = 0;

    do
        digits[n++] = (char)('0' + number % 10);
    while (number /= 10);
    while (n)
        *p++ = digits[--n];
    return p;
}

enum snmp_oid_format_status snmp_oid_format(const struct snmp_oid *oid, char *buffer, size_t size, size_t *length)
{
    char text[SNMP_OID_TEXT_SIZE];
    char *p = text;
    size_t needed, copied;

    if (size == 0 || !buffer) return SNMP_OID_FORMAT_SIZE;
    if (!oid || !oid->ids || oid->len < SNMP_OID_MIN_LENGTH || oid->len > SNMP_OID_MAX_LENGTH)
        return SNMP_OID_FORMAT_OID;
    for (uint32_t i = 0; i < oid->len; i++)
    {
        if (i) *p++ = '.';
        p = put_number(p, oid->ids[i]);
    }
    *p++ = 0;
    needed = (size_t)(p - text);
    copied = needed < size ? needed : size;
    memcpy(buffer, text, copied - 1);
    buffer[copied - 1] = 0;
    if (length) *length = needed;
    return needed <= size ? SNMP_OID_FORMAT_OK : SNMP_OID_FORMAT_TRUNCATED;
}

/* -1, 0 or 1 for the first `count` sub-identifiers. */
static int compare_ids(const uint32_t *x, const uint32_t *y, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (x[i] != y[i]) return x[i] < y[i] ? -1 : 1;
    return 0;
}

static bool comparable(const struct snmp_oid *oid)
{
    return oid && oid->len <= SNMP_OID_MAX_LENGTH && (oid->ids || oid->len == 0);
}

enum snmp_oid_compare_status snmp_oid_compare_limited(const struct snmp_oid *x, const struct snmp_oid *y,
                                                      uint32_t maxlen, int *result)
{
    uint32_t shorter;
    int order;

    if (!comparable(x) || !comparable(y)) return SNMP_OID_COMPARE_OID;
    if (maxlen > SNMP_OID_MAX_LENGTH) return SNMP_OID_COMPARE_SIZE;
    shorter = x->len < y->len ? x->len : y->len;
    if (maxlen && maxlen <= shorter)
        order = compare_ids(x->ids, y->ids, maxlen);
    else
        order = snmp_oid_order(x, y);
    *result = order;
    return SNMP_OID_COMPARE_OK;
}

int snmp_oid_order(const struct snmp_oid *x, const struct snmp_oid *y)
{
    int order = compare_ids(x->ids, y->ids, x->len < y->len ? x->len : y->len);

    return order ? order : (x->len > y->len) - (x->len < y->len);
}

bool snmp_oid_equal(const struct snmp_oid *x, const struct snmp_oid *y)
{
    return x->len == y->len && compare_ids(x->ids, y->ids, x->len) == 0;
}

bool snmp_oid_has_prefix(const struct snmp_oid *oid, const struct snmp_oid *prefix)
{
    return prefix->len <= oid->len && compare_ids(oid->ids, prefix->ids, prefix->len) == 0;
}
