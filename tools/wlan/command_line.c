/* The parser of wlan.exe's command line. */
#include "command_line.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ---- Text ---- */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* Whether the `length` bytes at `text` are how `word` (lower case, up to a space or a bar) begins, in any case. *whole:
 * they are all of it. */
static bool begins(const char *word, const char *text, size_t length, bool *whole)
{
    for (size_t i = 0; i < length; i++)
        if (lower(text[i]) != word[i] || word[i] == ' ' || word[i] == '|') return false;
    *whole = !word[length] || word[length] == ' ' || word[length] == '|';
    return true;
}

static bool is_whole(const char *word, const char *text, size_t length)
{
    bool whole = false;

    return begins(word, text, length, &whole) && whole;
}

__attribute__((format(printf, 2, 3))) static bool wrong(char *error, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(error, LINE_ERROR_SIZE, format, arguments);
    va_end(arguments);
    return false;
}

/* ---- Verbs ---- */

static bool asks_for_help(const char *argument)
{
    static const char *const words[] = {"help", "?", "/?", "-h", "--help"};

    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        if (is_whole(words[i], argument, strlen(argument))) return true;
    return false;
}

/* The word of a verb's name at `place`; NULL: it has fewer. */
static const char *word_of(const struct verb *verb, int place)
{
    const char *word = verb->name;

    for (; place; place--)
    {
        word = strchr(word, ' ');
        if (!word) return NULL;
        word++;
    }
    return word;
}

/* How well the arguments name a verb: as many words as are whole, behind a 1; 0: they do not. */
static int match(const struct verb *verb, int count, const char *const *arguments)
{
    int score = 1;

    for (int i = 0; i < VERB_WORDS_MAX; i++)
    {
        const char *word = word_of(verb, i);
        bool whole = false;

        if (!word) return score;
        if (i >= count || !*arguments[i] || !begins(word, arguments[i], strlen(arguments[i]), &whole)) return 0;
        score += whole;
    }
    return score;
}

bool verb_is_of(const struct verb *verb, const char *word)
{
    bool whole;

    return word_of(verb, 1) && begins(verb->name, word, strlen(word), &whole);
}

/* The best match; *doubtful: another is as good. */
static const struct verb *find_verb(int count, const char *const *arguments, bool *doubtful)
{
    const struct verb *found = NULL;
    int best = 0;

    *doubtful = false;
    for (const struct verb *verb = verbs; verb->name; verb++)
    {
        int score = match(verb, count, arguments);

        if (!score || score < best) continue;
        *doubtful = score == best;
        best = score;
        found = verb;
    }
    return found;
}

static bool is_context(const char *argument)
{
    for (const struct verb *verb = verbs; *argument && verb->name; verb++)
        if (verb_is_of(verb, argument)) return true;
    return false;
}

/* *taken: how many of the arguments are the verb's. */
static bool read_verb(struct command_line *line, int count, const char *const *arguments, int *taken, char *error)
{
    bool doubtful;

    *taken = 0;
    line->verb = find_verb(count, arguments, &doubtful);
    if (line->verb && doubtful)
    {
        line->verb = NULL;
        return wrong(error, "more than one command begins with %.60s %.60s", arguments[0],
                     count > 1 ? arguments[1] : "");
    }
    if (line->verb)
    {
        *taken = word_of(line->verb, 1) ? 2 : 1;
        return true;
    }
    if (is_context(arguments[0]) && (count == 1 || asks_for_help(arguments[1])))
    {
        line->help = true;
        line->context = arguments[0];
        *taken = count;
        return true;
    }
    return wrong(error, "there is no command %.100s%s%.100s", arguments[0],
                 count > 1 && is_context(arguments[0]) ? " " : "",
                 count > 1 && is_context(arguments[0]) ? arguments[1] : "");
}

/* ---- Values ---- */

static bool read_number(const struct tag *tag, const char *text, struct tag_value *value)
{
    uint64_t number = 0;

    if (!*text) return false;
    for (; *text; text++)
    {
        if (*text < '0' || *text > '9') return false;
        number = number * 10 + (uint64_t)(*text - '0');
        if (number > tag->most) return false;
    }
    value->number = (uint32_t)number;
    return number >= tag->least;
}

static bool read_word(const struct tag *tag, const char *text, struct tag_value *value)
{
    const char *word = tag->words;

    for (value->number = 0; word; value->number++)
    {
        if (is_whole(word, text, strlen(text))) return true;
        word = strchr(word, '|');
        if (word) word++;
    }
    return false;
}

static int digit(char c)
{
    c = lower(c);
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool read_address(const char *text, uint8_t *address)
{
    for (int i = 0; i < 6; i++)
    {
        int high = digit(text[0]), low = high < 0 ? -1 : digit(text[1]);

        if (low < 0) return false;
        address[i] = (uint8_t)(16 * high + low);
        text += 2;
        if (i < 5 && *text != ':' && *text != '-') return false;
        if (i < 5) text++;
    }
    return !*text;
}

static bool read_value(const struct tag *tag, const char *text, struct tag_value *value, char *error)
{
    if (value->given) return wrong(error, "%s is given twice", tag->name);
    value->given = true;
    value->text = text;
    switch (tag->kind)
    {
    case TAG_NUMBER:
        return read_number(tag, text, value) || wrong(error, "%s is a number from %u to %u, not %.100s", tag->name,
                                                      (unsigned)tag->least, (unsigned)tag->most, text);
    case TAG_WORD:
        return read_word(tag, text, value) || wrong(error, "%s is one of %s, not %.100s", tag->name, tag->words, text);
    case TAG_ADDRESS:
        return read_address(text, value->address) ||
               wrong(error, "%s is an address such as 02:00:00:00:00:01, not %.100s", tag->name, text);
    default:
        return *text || wrong(error, "%s is empty", tag->name);
    }
}

/* How much of an argument is a parameter's name and the equals sign; 0: it has none. */
static size_t name_length(const char *argument)
{
    size_t length = 0;

    while (lower(argument[length]) >= 'a' && lower(argument[length]) <= 'z')
        length++;
    return length && argument[length] == '=' ? length + 1 : 0;
}

static int find_tag(const struct command_line *line, const char *name, size_t length)
{
    for (int i = 0; i < TAGS_MAX && line->verb->tags[i].kind != TAG_NONE; i++)
        if (is_whole(line->verb->tags[i].name, name, length)) return i;
    return -1;
}

static int first_without(const struct command_line *line)
{
    for (int i = 0; i < TAGS_MAX && line->verb->tags[i].kind != TAG_NONE; i++)
        if (!line->values[i].given) return i;
    return -1;
}

static bool read_argument(struct command_line *line, const char *argument, char *error)
{
    size_t length = name_length(argument);
    int tag = length ? find_tag(line, argument, length - 1) : first_without(line);

    if (tag < 0 && length)
        return wrong(error, "%s has no parameter %.*s", line->verb->name, (int)(length < 60 ? length - 1 : 60),
                     argument);
    if (tag < 0) return wrong(error, "%s does not know what to do with %.100s", line->verb->name, argument);
    return read_value(&line->verb->tags[tag], argument + length, &line->values[tag], error);
}

static bool has_what_is_needed(const struct command_line *line, char *error)
{
    for (int i = 0; i < TAGS_MAX && line->verb->tags[i].kind != TAG_NONE; i++)
        if (line->verb->tags[i].needed && !line->values[i].given)
            return wrong(error, "%s needs %s=", line->verb->name, line->verb->tags[i].name);
    return true;
}

bool command_line_parse(struct command_line *line, int count, const char *const *arguments, char *error)
{
    int at = 0;

    *line = (struct command_line){0};
    error[0] = 0;
    for (int i = 0; i < TAGS_MAX; i++)
        line->values[i].text = "";
    while (at < count && asks_for_help(arguments[at]))
    {
        line->help = true;
        at++;
    }
    if (at == count)
    {
        line->help = true;
        return true;
    }
    arguments += at;
    count -= at;
    if (!read_verb(line, count, arguments, &at, error)) return false;
    for (; at < count; at++)
    {
        if (asks_for_help(arguments[at])) line->help = true;
        if (!line->help && !line->verb->refused && !read_argument(line, arguments[at], error)) return false;
    }
    return line->help || line->verb->refused || has_what_is_needed(line, error);
}

const struct tag_value *line_optional(const struct command_line *line, const char *name)
{
    int tag = find_tag(line, name, strlen(name));

    return tag < 0 ? NULL : &line->values[tag];
}

const struct tag_value *line_value(const struct command_line *line, const char *name)
{
    static const struct tag_value none = {.text = ""};
    const struct tag_value *value = line_optional(line, name);

    return value ? value : &none;
}

uint32_t line_number(const struct command_line *line, const char *name, uint32_t otherwise)
{
    const struct tag_value *value = line_value(line, name);

    return value->given ? value->number : otherwise;
}
