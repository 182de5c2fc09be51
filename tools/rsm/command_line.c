/* The parser of rsm.exe's command line. */
#include "command_line.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ---- Text ---- */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* How many bytes `text` begins with `letters`, in any case: all of them, or 0. */
static size_t begins(const char *text, const char *letters)
{
    size_t length = 0;

    while (letters[length] && lower(text[length]) == letters[length])
        length++;
    return letters[length] ? 0 : length;
}

static bool same(const char *text, const char *letters)
{
    size_t length = begins(text, letters);

    return length && !text[length];
}

__attribute__((format(printf, 2, 3))) static bool wrong(char *error, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(error, LINE_ERROR_SIZE, format, arguments);
    va_end(arguments);
    return false;
}

/* ---- GUIDs ---- */

static int digit(char c)
{
    c = lower(c);
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Where each byte of the text stands in memory: the first three fields are numbers, the rest are bytes. */
static const uint8_t guid_order[16] = {3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15};

bool guid_from_text(const char *text, uint8_t *guid)
{
    const bool braces = *text == '{', dashes = strlen(text) > 32u + (braces ? 2 : 0);
    uint8_t bytes[16];

    if (braces) text++;
    for (int i = 0; i < 16; i++)
    {
        int high, low;

        if (dashes && (i == 4 || i == 6 || i == 8 || i == 10) && *text++ != '-') return false;
        high = digit(text[0]);
        low = high < 0 ? -1 : digit(text[1]);
        if (low < 0) return false;
        bytes[guid_order[i]] = (uint8_t)(16 * high + low);
        text += 2;
    }
    if (braces && *text++ != '}') return false;
    if (*text) return false;
    memcpy(guid, bytes, sizeof(bytes));
    return true;
}

const char *guid_to_text(const uint8_t *guid, char *text)
{
    for (int i = 0; i < 16; i++)
        snprintf(text + 2 * i, 3, "%02X", guid[guid_order[i]]);
    return text;
}

/* ---- One switch ---- */

/* How much of an argument, behind its slash, a rule takes as the switch itself; 0: it is another switch. *g is the
 * letter behind it that says what follows, for an object. */
static size_t matches(const struct switch_rule *rule, const char *argument, char *form)
{
    size_t length = begins(argument, rule->letters);

    *form = 0;
    if (!length) return 0;
    if (rule->kind == SWITCH_FLAG) return argument[length] ? 0 : length;
    if (rule->kind != SWITCH_OBJECT && rule->kind != SWITCH_GUID) return length;
    *form = lower(argument[length]);
    if (*form == 'g' || (*form == 'f' && rule->kind == SWITCH_OBJECT)) return length + 1;
    /* An operation's GUID has no letter for its form. */
    *form = 'g';
    return rule->kind == SWITCH_GUID ? length : 0;
}

/* The rule that takes most of the argument: /ln is not /l. */
static int find_rule(const struct verb *verb, const char *argument, size_t *taken, char *form)
{
    int found = -1;

    *taken = 0;
    for (int i = 0; i < SWITCHES_MAX && verb->switches[i].kind != SWITCH_NONE; i++)
    {
        char its_form;
        size_t length = matches(&verb->switches[i], argument, &its_form);

        if (length <= *taken) continue;
        *taken = length;
        *form = its_form;
        found = i;
    }
    return found;
}

static bool read_number(const char *text, uint32_t *number)
{
    uint64_t value = 0;

    if (!*text) return false;
    for (; *text; text++)
    {
        if (*text < '0' || *text > '9') return false;
        value = value * 10 + (uint64_t)(*text - '0');
        if (value > UINT32_MAX) return false;
    }
    *number = (uint32_t)value;
    return true;
}

/* Whether `text` is the word that `words` begins with; *length is that word's. */
static bool is_word(const char *text, const char *words, size_t *length)
{
    bool equal = true;

    for (*length = 0; words[*length] && words[*length] != '|'; (*length)++)
    {
        if (equal && lower(*text) == words[*length])
            text++;
        else if (words[*length] != '_')
            equal = false;
    }
    return equal && !*text;
}

static bool read_word(const struct switch_rule *rule, const char *text, uint32_t *bits)
{
    const char *words = rule->words;
    size_t length;

    for (uint32_t i = 0;; i++)
    {
        if (is_word(text, words, &length))
        {
            *bits |= 1u << i;
            return true;
        }
        words += length;
        if (!*words++) return false;
    }
}

static bool read_value(const struct switch_rule *rule, const char *text, char form, struct switch_value *value,
                       char *error)
{
    value->text = text;
    switch (rule->kind)
    {
    case SWITCH_NUMBER:
        if (read_number(text, &value->number)) return true;
        return wrong(error, "/%s takes a number up to 4294967295, and %.60s is none", rule->letters, text);
    case SWITCH_WORD:
    case SWITCH_WORDS:
        if (read_word(rule, text, &value->number)) return true;
        return wrong(error, "/%s takes one of %s, and not %.60s", rule->letters, rule->words, text);
    case SWITCH_GUID:
    case SWITCH_OBJECT:
        value->is_guid = form == 'g';
        if (!value->is_guid || guid_from_text(text, value->guid)) return true;
        return wrong(error, "/%s%s takes a GUID, 32 hexadecimal digits, and %.60s is none", rule->letters,
                     rule->kind == SWITCH_OBJECT ? "g" : "", text);
    default:
        return true;
    }
}

/* Reads the switch at *at, and its value, which may be the argument behind it. */
static bool read_switch(struct command_line *line, int count, const char *const *arguments, int *at, char *error)
{
    const char *argument = arguments[*at] + 1, *text;
    const struct switch_rule *rule;
    struct switch_value *value;
    size_t taken;
    char form = 0;
    int index = find_rule(line->verb, argument, &taken, &form);

    if (index < 0) return wrong(error, "%s has no switch %.60s", line->verb->name, arguments[*at]);
    rule = &line->verb->switches[index];
    value = &line->values[index];
    if (value->given && rule->kind != SWITCH_WORDS) return wrong(error, "/%s is there twice", rule->letters);
    value->given = true;
    if (rule->kind == SWITCH_FLAG) return true;
    text = argument + taken;
    if (!*text)
    {
        if (*at + 1 >= count || !arguments[*at + 1][0] || arguments[*at + 1][0] == '/')
            return wrong(error, "%.60s needs a value", arguments[*at]);
        text = arguments[++*at];
    }
    return read_value(rule, text, form, value, error);
}

/* ---- What has to be there ---- */

static int index_of(const struct verb *verb, const char *letters, size_t length)
{
    for (int i = 0; i < SWITCHES_MAX && verb->switches[i].kind != SWITCH_NONE; i++)
        if (strlen(verb->switches[i].letters) == length && !strncmp(verb->switches[i].letters, letters, length))
            return i;
    return -1;
}

/* "l|p" as a person reads it: "/l or /p". */
static const char *in_words(const char *rule, char *text, size_t size)
{
    size_t at = (size_t)snprintf(text, size, "/");

    for (; *rule && at + 8 < size; rule++)
        at += (size_t)(*rule == '|' ? snprintf(text + at, size - at, " or /")
                                    : snprintf(text + at, size - at, "%c", *rule));
    return text;
}

static bool check_rule(const struct command_line *line, const char *rule, char *error)
{
    const bool optional = *rule == '?';
    const char *letters = rule + optional;
    unsigned given = 0;
    char text[80];

    while (*letters)
    {
        size_t length = strcspn(letters, "|");
        int index = index_of(line->verb, letters, length);

        if (index >= 0 && line->values[index].given) given++;
        letters += length + (letters[length] == '|');
    }
    if (given > 1)
        return wrong(error, "%s takes only one of %s", line->verb->name, in_words(rule + optional, text, sizeof(text)));
    if (!given && !optional) return wrong(error, "%s needs %s", line->verb->name, in_words(rule, text, sizeof(text)));
    return true;
}

static bool check_rules(const struct command_line *line, char *error)
{
    for (int i = 0; i < RULES_MAX && line->verb->rules[i]; i++)
        if (!check_rule(line, line->verb->rules[i], error)) return false;
    return true;
}

/* ---- The whole line ---- */

const struct verb *verb_named(const char *name)
{
    for (const struct verb *verb = verbs; verb->name; verb++)
        if (same(name, verb->name)) return verb;
    return NULL;
}

static bool asks_for_help(const char *argument)
{
    return !strcmp(argument, "/?") || !strcmp(argument, "-?") || same(argument, "--help") || same(argument, "/help");
}

static bool parse_verb(struct command_line *line, int count, const char *const *arguments, int *at, char *error)
{
    if (!count) return wrong(error, "which verb?");
    if (asks_for_help(arguments[0]) || same(arguments[0], "help"))
    {
        line->help = true;
        *at = count;
        if (count == 1) return true;
        line->verb = verb_named(arguments[1]);
        return line->verb || wrong(error, "there is no verb %.60s", arguments[1]);
    }
    line->verb = verb_named(arguments[0]);
    *at = 1;
    return line->verb || wrong(error, "there is no verb %.60s", arguments[0]);
}

bool command_line_parse(struct command_line *line, int count, const char *const *arguments, char *error)
{
    int at;

    *line = (struct command_line){0};
    *error = 0;
    if (!parse_verb(line, count, arguments, &at, error)) return false;
    if (line->help) return true;
    for (int i = at; i < count && !line->help; i++)
        line->help = asks_for_help(arguments[i]);
    if (line->help || line->verb->refused) return true;
    if (line->verb->operand)
    {
        if (at >= count || !arguments[at][0]) return wrong(error, "%s needs %s", line->verb->name, line->verb->operand);
        line->operand = arguments[at++];
    }
    for (; at < count; at++)
    {
        if (arguments[at][0] != '/')
            return wrong(error, "%s does not know what to do with %.60s", line->verb->name, arguments[at]);
        if (!read_switch(line, count, arguments, &at, error)) return false;
    }
    return check_rules(line, error);
}

const struct switch_value *line_switch(const struct command_line *line, const char *letters)
{
    static const struct switch_value none;
    int index = index_of(line->verb, letters, strlen(letters));

    return index < 0 ? &none : &line->values[index];
}

uint32_t line_word(const struct command_line *line, const char *letters, uint32_t otherwise)
{
    const struct switch_value *value = line_switch(line, letters);

    return value->given && value->number ? (uint32_t)__builtin_ctz(value->number) : otherwise;
}
