/*
 * The command line of cim.exe: cim VERB [OPERAND...] [OPTION...], in any order. An option's value follows it, as a word
 * of its own or, for the long form, behind an equals sign. `--` ends the options.
 */
#ifndef CORK_CIM_COMMAND_LINE_H
#define CORK_CIM_COMMAND_LINE_H

#include <mi.h>

#include <stdbool.h>

enum
{
    LINE_WORDS_MAX = 256, /* operands, and values of --where */
    LINE_ERROR_SIZE = 320,
};

enum output_format
{
    FORMAT_DEFAULT, /* the verb's own */
    FORMAT_TABLE,
    FORMAT_LIST,
    FORMAT_JSON,
    FORMAT_MOF,
};

struct command_line
{
    const struct verb *verb; /* NULL: none was named */
    bool help, version;
    int operand_count, where_count;
    const MI_Char *operands[LINE_WORDS_MAX], *where[LINE_WORDS_MAX];
    const MI_Char *name_space; /* NULL: the API's own default */
    const MI_Char *properties; /* NULL: all */
    const MI_Char *association, *result_class, *role, *result_role;
    enum output_format format;
    bool keys_only;
    MI_Uint32 timeout; /* seconds; 0: none */
    MI_Uint32 count;   /* of results; 0: all */
};

/* What a verb takes beside --help, as bits. */
enum
{
    TAKES_NAMESPACE = 1,
    TAKES_OUTPUT = 2,
    TAKES_PROPERTIES = 4,
    TAKES_KEYS = 8,
    TAKES_TIMEOUT = 16,
    TAKES_COUNT = 32,
    TAKES_WHERE = 64,
    TAKES_RESULT = 128,      /* --result, --role */
    TAKES_ASSOCIATION = 256, /* --association, --result-role */
    TAKES_RESULTS = TAKES_NAMESPACE | TAKES_OUTPUT | TAKES_PROPERTIES | TAKES_TIMEOUT | TAKES_COUNT,
};

struct cim;

struct verb
{
    const MI_Char *name;
    const MI_Char *summary; /* one line, for the list of verbs */
    const MI_Char *syntax;  /* its operands */
    const MI_Char *help;    /* what it does, how it is used */
    int takes;
    int least, most; /* operands */
    int (*run)(struct cim *cim);
};

/* Reads `count` arguments (without the program's name), which have to stay. False: `error` says what is wrong. */
bool command_line_parse(struct command_line *line, int count, MI_Char *const *arguments,
                        MI_Char error[LINE_ERROR_SIZE]);

/* The verbs, ended by one without a name (verbs.c). */
extern const struct verb verbs[];

/* The options that a verb takes, a line each, for its help; the last one has no text. */
struct option_help
{
    int takes; /* 0: every verb */
    const MI_Char *text;
};
extern const struct option_help option_helps[];

#endif
