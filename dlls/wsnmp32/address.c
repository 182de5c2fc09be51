#include "wsnmp32/address.h"

#include <string.h>

#define MAX_NAME    253
#define MAX_LABEL   63
#define IPV6_GROUPS 8

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int hex_digit(char c)
{
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/* ---- IPv4 ------------------------------------------------------------------------------------------------------- */

/* A decimal number of 0 to 255 without leading zeros at *text, which advances behind it. */
static bool parse_octet(const char **text, const char *end, uint8_t *octet)
{
    const char *p = *text;
    unsigned value = 0;

    while (p != end && is_digit(*p) && p - *text < 3)
        value = value * 10 + (unsigned)(*p++ - '0');
    if (p == *text || value > 255 || (**text == '0' && p - *text > 1)) return false;
    *text = p;
    *octet = (uint8_t)value;
    return true;
}

/* All of text up to end, as four numbers and three dots. */
static bool parse_ipv4(const char *text, const char *end, uint8_t bytes[4])
{
    for (int i = 0; i < 4; i++)
    {
        if (i && (text == end || *text++ != '.')) return false;
        if (!parse_octet(&text, end, &bytes[i])) return false;
    }
    return text == end;
}

/* ---- IPv6 ------------------------------------------------------------------------------------------------------- */

/* What has been read of an IPv6 address: 16-bit groups, and where "::" stands among them. */
struct groups
{
    uint16_t value[IPV6_GROUPS];
    int count;
    int gap; /* groups in front of "::", -1 without one */
};

/* One to four hexadecimal digits. */
static bool parse_group(const char **text, const char *end, struct groups *groups)
{
    const char *p = *text;
    unsigned value = 0;

    for (; p != end && hex_digit(*p) >= 0; p++)
    {
        if (p - *text == 4) return false;
        value = value << 4 | (unsigned)hex_digit(*p);
    }
    if (p == *text || groups->count == IPV6_GROUPS) return false;
    groups->value[groups->count++] = (uint16_t)value;
    *text = p;
    return true;
}

/* The rest of the text as a dotted IPv4 address, which makes two groups. */
static bool parse_ipv4_tail(const char *text, const char *end, struct groups *groups)
{
    uint8_t bytes[4];

    if (groups->count > IPV6_GROUPS - 2 || !parse_ipv4(text, end, bytes)) return false;
    groups->value[groups->count++] = (uint16_t)(bytes[0] << 8 | bytes[1]);
    groups->value[groups->count++] = (uint16_t)(bytes[2] << 8 | bytes[3]);
    return true;
}

/* "::" at the text, if there is one. False for a second one. */
static bool parse_gap(const char **text, const char *end, struct groups *groups)
{
    if (end - *text < 2 || (*text)[0] != ':' || (*text)[1] != ':') return true;
    if (groups->gap >= 0) return false;
    groups->gap = groups->count;
    *text += 2;
    return true;
}

static bool parse_groups(const char *text, const char *end, struct groups *groups)
{
    if (!parse_gap(&text, end, groups)) return false;
    while (text != end)
    {
        const char *start = text;

        if (parse_ipv4_tail(start, end, groups)) break;
        if (!parse_group(&text, end, groups)) return false;
        if (text == end) break;
        start = text;
        if (!parse_gap(&text, end, groups)) return false;
        if (text == start && (*text++ != ':' || text == end)) return false;
    }
    return groups->gap >= 0 ? groups->count < IPV6_GROUPS : groups->count == IPV6_GROUPS;
}

static void store_groups(const struct groups *groups, uint8_t bytes[16])
{
    int tail = groups->gap < 0 ? 0 : groups->count - groups->gap;

    memset(bytes, 0, 16);
    for (int i = 0; i < groups->count; i++)
    {
        int at = i < groups->count - tail ? i : IPV6_GROUPS - groups->count + i;

        bytes[2 * at] = (uint8_t)(groups->value[i] >> 8);
        bytes[2 * at + 1] = (uint8_t)groups->value[i];
    }
}

/* A scope: 1 to 63 printable characters other than '%' and space. */
static bool parse_scope(const char *text, const char *end, char scope[SNMP_SCOPE_TEXT_SIZE])
{
    size_t length = (size_t)(end - text);

    if (length == 0 || length >= SNMP_SCOPE_TEXT_SIZE) return false;
    for (const char *p = text; p != end; p++)
        if (*p <= ' ' || *p > '~' || *p == '%') return false;
    memcpy(scope, text, length);
    scope[length] = 0;
    return true;
}

static bool parse_ipv6(const char *text, const char *end, struct snmp_address *address)
{
    const char *percent = memchr(text, '%', (size_t)(end - text));
    struct groups groups = {{0}, 0, -1};

    if (percent && !parse_scope(percent + 1, end, address->scope)) return false;
    if (!parse_groups(text, percent ? percent : end, &groups)) return false;
    store_groups(&groups, address->bytes);
    return true;
}

/* ---- IPX and names ---------------------------------------------------------------------------------------------- */

static bool parse_hex_bytes(const char *text, uint8_t *bytes, int count)
{
    for (int i = 0; i < count; i++)
    {
        int high = hex_digit(text[2 * i]), low = hex_digit(text[2 * i + 1]);

        if (high < 0 || low < 0) return false;
        bytes[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

static bool parse_ipx(const char *text, const char *end, uint8_t bytes[10])
{
    if (end - text != 8 + 1 + 12 || (text[8] != ':' && text[8] != '.' && text[8] != '-')) return false;
    return parse_hex_bytes(text, bytes, 4) && parse_hex_bytes(text + 9, bytes + 4, 6);
}

/* Whether a label is what inet_addr would take for a number: all digits, or 0x and hexadecimal digits. */
static bool is_number(const char *label, const char *end)
{
    if (end - label >= 2 && label[0] == '0' && (label[1] == 'x' || label[1] == 'X'))
    {
        for (label += 2; label != end; label++)
            if (hex_digit(*label) < 0) return false;
        return true;
    }
    for (; label != end; label++)
        if (!is_digit(*label)) return false;
    return true;
}

static bool is_label(const char *label, const char *end)
{
    if (label == end || end - label > MAX_LABEL || *label == '-' || end[-1] == '-') return false;
    for (; label != end; label++)
    {
        char c = *label;

        if (!is_digit(c) && !((c | 0x20) >= 'a' && (c | 0x20) <= 'z') && c != '-' && c != '_') return false;
    }
    return true;
}

static bool is_name(const char *text, const char *end)
{
    if (end != text && end[-1] == '.') end--;
    if (end - text > MAX_NAME) return false;
    for (;;)
    {
        const char *dot = memchr(text, '.', (size_t)(end - text));

        if (!is_label(text, dot ? dot : end)) return false;
        if (!dot) return !is_number(text, end);
        text = dot + 1;
    }
}

enum snmp_address_kind snmp_address_parse(const char *text, struct snmp_address *address)
{
    struct snmp_address parsed;
    const char *end = text ? memchr(text, 0, SNMP_ADDRESS_TEXT_SIZE) : NULL;

    memset(&parsed, 0, sizeof(parsed));
    memset(address, 0, sizeof(*address));
    if (!end || end == text) return SNMP_ADDRESS_INVALID;
    if (parse_ipv4(text, end, parsed.bytes))
        parsed.kind = SNMP_ADDRESS_IPV4;
    else if (parse_ipx(text, end, parsed.bytes))
        parsed.kind = SNMP_ADDRESS_IPX;
    else if (parse_ipv6(text, end, &parsed))
        parsed.kind = SNMP_ADDRESS_IPV6;
    else
    {
        if (is_name(text, end)) address->kind = SNMP_ADDRESS_NAME;
        return address->kind;
    }
    *address = parsed;
    return address->kind;
}

/* ---- Text ------------------------------------------------------------------------------------------------------- */

/* Text under construction; SNMP_ADDRESS_TEXT_SIZE is more than any address takes. */
struct text
{
    char at[SNMP_ADDRESS_TEXT_SIZE];
    size_t length;
};

static void put(struct text *text, char c)
{
    text->at[text->length++] = c;
}

static void put_hex(struct text *text, unsigned value, int digits)
{
    while (digits--)
        put(text, "0123456789abcdef"[value >> 4 * digits & 15]);
}

static void put_ipv4(struct text *text, const uint8_t bytes[4])
{
    for (int i = 0; i < 4; i++)
    {
        if (i) put(text, '.');
        if (bytes[i] >= 100) put(text, (char)('0' + bytes[i] / 100));
        if (bytes[i] >= 10) put(text, (char)('0' + bytes[i] / 10 % 10));
        put(text, (char)('0' + bytes[i] % 10));
    }
}

static unsigned group_at(const uint8_t bytes[16], int i)
{
    return (unsigned)bytes[2 * i] << 8 | bytes[2 * i + 1];
}

/* The longest run of at least two zero groups, the first of equals (RFC 5952, section 4.2); its length or 0. */
static int find_zeros(const uint8_t bytes[16], int *start)
{
    int best = 1;

    for (int i = 0; i < IPV6_GROUPS; i++)
    {
        int run = 0;

        while (i + run < IPV6_GROUPS && group_at(bytes, i + run) == 0)
            run++;
        if (run > best)
        {
            best = run;
            *start = i;
        }
    }
    return best > 1 ? best : 0;
}

static bool is_ipv4_mapped(const uint8_t bytes[16])
{
    static const uint8_t prefix[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

    return memcmp(bytes, prefix, sizeof(prefix)) == 0;
}

static void put_group(struct text *text, unsigned value)
{
    put_hex(text, value, value > 0xfff ? 4 : value > 0xff ? 3 : value > 0xf ? 2 : 1);
}

static void put_ipv6(struct text *text, const uint8_t bytes[16])
{
    int start = -1, zeros = find_zeros(bytes, &start);
    int groups = is_ipv4_mapped(bytes) ? IPV6_GROUPS - 2 : IPV6_GROUPS;

    for (int i = 0; i < groups;)
    {
        if (zeros && i == start)
        {
            put(text, ':');
            if (i == 0) put(text, ':');
            i += zeros;
            continue;
        }
        put_group(text, group_at(bytes, i));
        if (++i < IPV6_GROUPS) put(text, ':');
    }
    if (groups < IPV6_GROUPS) put_ipv4(text, bytes + 12);
}

static void put_scope(struct text *text, const char *scope)
{
    if (*scope) put(text, '%');
    for (int i = 0; i < SNMP_SCOPE_TEXT_SIZE - 1 && scope[i]; i++)
        put(text, scope[i]);
}

static void put_ipx(struct text *text, const uint8_t bytes[10])
{
    for (int i = 0; i < 10; i++)
    {
        if (i == 4) put(text, ':');
        put_hex(text, bytes[i], 2);
    }
}

size_t snmp_address_format(const struct snmp_address *address, char *buffer, size_t size)
{
    struct text text;
    size_t copied;

    text.length = 0;
    switch (address->kind)
    {
    case SNMP_ADDRESS_IPV4:
        put_ipv4(&text, address->bytes);
        break;
    case SNMP_ADDRESS_IPV6:
        put_ipv6(&text, address->bytes);
        put_scope(&text, address->scope);
        break;
    case SNMP_ADDRESS_IPX:
        put_ipx(&text, address->bytes);
        break;
    default:
        return 0;
    }
    copied = text.length < size ? text.length : size - 1;
    if (size)
    {
        memcpy(buffer, text.at, copied);
        buffer[copied] = 0;
    }
    return text.length + 1;
}

bool snmp_address_equal(const struct snmp_address *a, const struct snmp_address *b)
{
    if (a->kind != b->kind) return false;
    switch (a->kind)
    {
    case SNMP_ADDRESS_IPV4:
        return memcmp(a->bytes, b->bytes, 4) == 0;
    case SNMP_ADDRESS_IPV6:
        return memcmp(a->bytes, b->bytes, 16) == 0 && strcmp(a->scope, b->scope) == 0;
    case SNMP_ADDRESS_IPX:
        return memcmp(a->bytes, b->bytes, 10) == 0;
    default:
        return false;
    }
}
