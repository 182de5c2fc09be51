/*
 * The command line of rsm.exe, in the style that Microsoft's documentation of Rsm has: a verb, then switches in any
 * order, each with its value attached: rsm mount /lf"Backup 1" /odrive /t60000. No Windows header: unit tests build it
 * too. All text is UTF-8.
 *
 *   - Verbs, switches and words are the same in capitals or not; names of objects are not.
 *   - A switch that names an object ends in g (the GUID follows) or f (the friendly name follows): /lg..., /lf... .
 *   - "No spaces are allowed between a tag and the actual argument", says the documentation, whose syntax lines have
 *     some all the same: a switch that ends where its value should begin takes the next argument, unless that begins
 *     with a slash.
 */
#ifndef CORK_RSM_COMMAND_LINE_H
#define CORK_RSM_COMMAND_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum
{
    SWITCHES_MAX = 12, /* of a verb */
    RULES_MAX = 2,
    LINE_ERROR_SIZE = 320,
};

enum switch_kind
{
    SWITCH_NONE, /* ends a verb's list */
    SWITCH_FLAG,
    SWITCH_TEXT,
    SWITCH_NUMBER, /* decimal, 32 bits */
    SWITCH_OBJECT, /* letters and g or f */
    SWITCH_GUID,
    SWITCH_WORD,  /* one of the words */
    SWITCH_WORDS, /* the same, and may be given several times */
};

struct switch_rule
{
    const char *letters; /* lower case, without the slash */
    enum switch_kind kind;
    const char *words; /* "errunavail|new|next"; underscores in them need not be typed */
};

struct verb
{
    const char *name;
    const char *summary; /* one line, for the list of verbs */
    const char *help;    /* syntax and what the switches are */
    const char *operand; /* what stands between the verb and the switches, for messages; NULL: nothing does */
    struct switch_rule switches[SWITCHES_MAX];
    /* "l|p": exactly one of these switches is needed; "?l|p": at most one. */
    const char *rules[RULES_MAX];
    bool refused; /* known from Windows, and not there: help says why */
};

struct switch_value
{
    bool given;
    bool is_guid;     /* of an object: `guid` is the value, else `text` is its name */
    const char *text; /* in the command line's own memory */
    uint32_t number;  /* of a number; of words: a bit for each, from bit 0 for the first */
    uint8_t guid[16]; /* as a GUID lies in memory */
};

struct command_line
{
    const struct verb *verb; /* NULL: none was named: the list of verbs is wanted */
    bool help;               /* /? or "help VERB" */
    const char *operand;
    struct switch_value values[SWITCHES_MAX];
};

/* Reads `count` arguments (without the program's name), which have to stay. False: `error` (of LINE_ERROR_SIZE bytes)
 * says what is wrong, and line->verb is the verb where there is one. */
bool command_line_parse(struct command_line *line, int count, const char *const *arguments, char *error);

/* The value of the switch with these letters, which the verb has. */
const struct switch_value *line_switch(const struct command_line *line, const char *letters);

/* The place of the word that was given, from 0; `otherwise` where the switch was not. */
uint32_t line_word(const struct command_line *line, const char *letters, uint32_t otherwise);

/* A GUID in 32 hexadecimal digits, as Windows' rsm shows and takes it; with dashes at their places, with braces or
 * without. False: it is none. `guid`: 16 bytes. */
bool guid_from_text(const char *text, uint8_t *guid);
/* The 32 digits, upper case; `text` of GUID_TEXT_SIZE bytes. Returns text. */
enum
{
    GUID_TEXT_SIZE = 33
};
const char *guid_to_text(const uint8_t *guid, char *text);

/* The verbs (verbs.c), ended by one without a name. */
extern const struct verb verbs[];
/* The verb of that name; NULL: none. */
const struct verb *verb_named(const char *name);

#endif
