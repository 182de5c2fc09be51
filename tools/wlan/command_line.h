/*
 * The command line of wlan.exe, in the style that Microsoft's documentation of netsh wlan has: a verb of one or two
 * words, then parameters: wlan show networks mode=bssid. No Windows header: unit tests build it too. All text is UTF-8.
 *
 *   - A verb's words, parameters' names and their words are the same in capitals or not; names of networks are not.
 *   - A verb's word may be shortened where only one verb begins like that: wlan sh int.
 *   - A parameter's name may be left out: such a value is for the first parameter that has none yet, in the order that
 *     the help shows: wlan connect Home. What begins with letters and an equals sign is never taken for such a value.
 */
#ifndef CORK_WLAN_COMMAND_LINE_H
#define CORK_WLAN_COMMAND_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum
{
    TAGS_MAX = 6, /* of a verb */
    LINE_ERROR_SIZE = 320,
    VERB_WORDS_MAX = 2,
};

enum tag_kind
{
    TAG_NONE, /* ends a verb's list */
    TAG_TEXT,
    TAG_NUMBER,  /* decimal, up to `most` */
    TAG_WORD,    /* one of the words */
    TAG_ADDRESS, /* six bytes in hexadecimal: 02:00:00:00:00:01 */
};

struct tag
{
    const char *name; /* lower case */
    enum tag_kind kind;
    const char *words; /* "infrastructure|adhoc" */
    bool needed;
    uint32_t least, most; /* of a number */
};

struct verb
{
    const char *name;    /* "show networks" */
    const char *summary; /* one line, for the list of verbs */
    const char *help;    /* syntax and what the parameters are */
    struct tag tags[TAGS_MAX];
    bool refused; /* known from Windows, and not there: its summary says why */
};

struct tag_value
{
    bool given;
    const char *text;   /* in the arguments' own memory; empty where it was not given */
    uint32_t number;    /* of a number; of a word its place, from 0 */
    uint8_t address[6]; /* of an address */
};

struct command_line
{
    const struct verb *verb; /* NULL: none was named: the list of verbs is wanted */
    const char *context;     /* of that list: only verbs that begin with this word; NULL: all */
    bool help;
    struct tag_value values[TAGS_MAX];
};

/* Reads `count` arguments (without the program's name), which have to stay. False: `error` (of LINE_ERROR_SIZE bytes)
 * says what is wrong, and line->verb is the verb where there is one. */
bool command_line_parse(struct command_line *line, int count, const char *const *arguments, char *error);

/* The value of the parameter with this name, which the verb has. */
const struct tag_value *line_value(const struct command_line *line, const char *name);
/* The same, where the verb may not have it: NULL. */
const struct tag_value *line_optional(const struct command_line *line, const char *name);
/* The place of the word that was given, from 0, or the number; `otherwise` where the parameter was not. */
uint32_t line_number(const struct command_line *line, const char *name, uint32_t otherwise);

/* The verbs (verbs.c), ended by one without a name. */
extern const struct verb verbs[];
/* Whether a verb's first word is this one, which may be shortened. */
bool verb_is_of(const struct verb *verb, const char *word);

#endif
