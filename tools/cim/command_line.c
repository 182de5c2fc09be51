/* The command line of cim.exe. See command_line.h. */
#include <windows.h>

#include "command_line.h"
#include "text.h"

#include <stdlib.h>
#include <wchar.h>

const struct option_help option_helps[] = {
    {TAKES_NAMESPACE, L"  -n, --namespace NAME     the namespace; root\\cimv2 where none is named"},
    {TAKES_OUTPUT, L"  -o, --output FORM        table, list, json or mof"},
    {TAKES_PROPERTIES, L"  -p, --properties A,B     only these properties"},
    {TAKES_KEYS, L"  -k, --keys               only the properties that are keys"},
    {TAKES_COUNT, L"  -c, --count NUMBER       ends after so many results"},
    {TAKES_TIMEOUT, L"  -t, --timeout SECONDS    ends with an error when it takes longer"},
    {TAKES_WHERE, L"  -w, --where KEY=VALUE    the instance whose method it is (again for each key)"},
    {TAKES_RESULT, L"  -r, --result CLASS       only results of this class"},
    {TAKES_RESULT, L"      --role PROPERTY      where the instance has this role in the association"},
    {TAKES_ASSOCIATION, L"  -a, --association CLASS  only by associations of this class"},
    {TAKES_ASSOCIATION, L"      --result-role PROPERTY  where the results have this role in it"},
    {0, L"  -h, --help               this"},
    {0, NULL},
};

enum option_id
{
    OPTION_NAMESPACE,
    OPTION_OUTPUT,
    OPTION_PROPERTIES,
    OPTION_KEYS,
    OPTION_TIMEOUT,
    OPTION_COUNT,
    OPTION_WHERE,
    OPTION_RESULT,
    OPTION_ROLE,
    OPTION_ASSOCIATION,
    OPTION_RESULT_ROLE,
    OPTION_HELP,
    OPTION_VERSION,
};

static const struct option
{
    const MI_Char *name;
    MI_Char letter;
    enum option_id id;
    bool valued;
    int takes;
} options[] = {
    {L"namespace", 'n', OPTION_NAMESPACE, true, TAKES_NAMESPACE},
    {L"output", 'o', OPTION_OUTPUT, true, TAKES_OUTPUT},
    {L"properties", 'p', OPTION_PROPERTIES, true, TAKES_PROPERTIES},
    {L"keys", 'k', OPTION_KEYS, false, TAKES_KEYS},
    {L"timeout", 't', OPTION_TIMEOUT, true, TAKES_TIMEOUT},
    {L"count", 'c', OPTION_COUNT, true, TAKES_COUNT},
    {L"where", 'w', OPTION_WHERE, true, TAKES_WHERE},
    {L"result", 'r', OPTION_RESULT, true, TAKES_RESULT},
    {L"role", 0, OPTION_ROLE, true, TAKES_RESULT},
    {L"association", 'a', OPTION_ASSOCIATION, true, TAKES_ASSOCIATION},
    {L"result-role", 0, OPTION_RESULT_ROLE, true, TAKES_ASSOCIATION},
    {L"help", 'h', OPTION_HELP, false, 0},
    {L"version", 0, OPTION_VERSION, false, 0},
};

#define SAY(error, ...) _snwprintf(error, LINE_ERROR_SIZE - 1, __VA_ARGS__)

/* `value`: behind an equals sign, or NULL. */
static const struct option *find_option(const MI_Char *word, const MI_Char **value)
{
    size_t length = wcscspn(word, L"=");

    *value = NULL;
    for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++)
    {
        const struct option *option = &options[i];

        if (word[1] != '-' && word[1] == option->letter && !word[2]) return option;
        if (word[1] != '-' || wcslen(option->name) != length - 2 || wcsncmp(word + 2, option->name, length - 2))
            continue;
        if (word[length]) *value = word + length + 1;
        return option;
    }
    return NULL;
}

static bool read_number(const MI_Char *text, MI_Uint32 *number)
{
    MI_Char *end;
    unsigned long value = wcstoul(text, &end, 10);

    *number = (MI_Uint32)value;
    return *text >= '0' && *text <= '9' && !*end && value > 0 && value <= 1000000000;
}

static bool read_format(const MI_Char *text, enum output_format *format)
{
    static const MI_Char *const names[] = {
        [FORMAT_TABLE] = L"table", [FORMAT_LIST] = L"list", [FORMAT_JSON] = L"json", [FORMAT_MOF] = L"mof"};

    for (size_t i = FORMAT_TABLE; i < sizeof(names) / sizeof(*names); i++)
    {
        if (!same_name(names[i], text)) continue;
        *format = (enum output_format)i;
        return true;
    }
    return false;
}

static bool add_where(struct command_line *line, const MI_Char *value)
{
    if (line->where_count == LINE_WORDS_MAX) return false;
    line->where[line->where_count++] = value;
    return true;
}

static bool set_option(struct command_line *line, enum option_id id, const MI_Char *value)
{
    switch (id)
    {
    case OPTION_NAMESPACE:
        line->name_space = value;
        return *value;
    case OPTION_OUTPUT:
        return read_format(value, &line->format);
    case OPTION_PROPERTIES:
        line->properties = value;
        return *value;
    case OPTION_KEYS:
        return line->keys_only = true;
    case OPTION_TIMEOUT:
        return read_number(value, &line->timeout);
    case OPTION_COUNT:
        return read_number(value, &line->count);
    case OPTION_WHERE:
        return add_where(line, value);
    case OPTION_RESULT:
        line->result_class = value;
        return *value;
    case OPTION_ROLE:
        line->role = value;
        return *value;
    case OPTION_ASSOCIATION:
        line->association = value;
        return *value;
    case OPTION_RESULT_ROLE:
        line->result_role = value;
        return *value;
    case OPTION_HELP:
        return line->help = true;
    default:
        return line->version = true;
    }
}

/* `given`: the options that were, as bits. Returns how many of the arguments were read; 0: one is wrong. */
static int read_option(struct command_line *line, int count, MI_Char *const *arguments, int *given, MI_Char *error)
{
    const MI_Char *value;
    const struct option *option = find_option(arguments[0], &value);
    int read = 1;

    if (!option)
    {
        SAY(error, L"there is no option %.100ls", arguments[0]);
        return 0;
    }
    if (option->valued && !value)
    {
        if (count < 2)
        {
            SAY(error, L"--%ls needs a value", option->name);
            return 0;
        }
        value = arguments[1];
        read = 2;
    }
    if (!option->valued && value)
    {
        SAY(error, L"--%ls takes no value", option->name);
        return 0;
    }
    if (!value) value = L"";
    *given |= option->takes;
    if (set_option(line, option->id, value)) return read;
    SAY(error, L"%.100ls is no value for --%ls", value, option->name);
    return 0;
}

static const struct verb *find_verb(const MI_Char *name)
{
    for (const struct verb *verb = verbs; verb->name; verb++)
        if (same_name(verb->name, name)) return verb;
    return NULL;
}

static bool add_word(struct command_line *line, const MI_Char *word, MI_Char *error)
{
    if (!line->verb)
    {
        if (same_name(word, L"help") && !line->help) return line->help = true;
        line->verb = find_verb(word);
        if (!line->verb) SAY(error, L"there is no verb %.100ls", word);
        return line->verb != NULL;
    }
    if (line->operand_count == LINE_WORDS_MAX)
    {
        SAY(error, L"too many words");
        return false;
    }
    line->operands[line->operand_count++] = word;
    return true;
}

static bool check(const struct command_line *line, int given, MI_Char *error)
{
    const struct verb *verb = line->verb;

    if (line->help || line->version) return true;
    if (!verb)
        SAY(error, L"which verb?");
    else if (given & ~verb->takes)
    {
        for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++)
            if (options[i].takes & given & ~verb->takes) SAY(error, L"%ls takes no --%ls", verb->name, options[i].name);
    }
    else if (line->operand_count < verb->least)
        SAY(error, L"%ls needs more: %ls", verb->name, verb->syntax);
    else if (line->operand_count > verb->most)
        SAY(error, L"%ls does not know what to do with %.100ls", verb->name, line->operands[verb->most]);
    else
        return true;
    return false;
}

bool command_line_parse(struct command_line *line, int count, MI_Char *const *arguments, MI_Char error[LINE_ERROR_SIZE])
{
    bool options_ended = false;
    int given = 0;

    *line = (struct command_line){0};
    error[LINE_ERROR_SIZE - 1] = error[0] = 0;
    for (int i = 0; i < count;)
    {
        const MI_Char *word = arguments[i];

        if (!options_ended && word[0] == '-' && word[1])
        {
            int read = 1;

            if (wcscmp(word, L"--") == 0)
                options_ended = true;
            else
                read = read_option(line, count - i, arguments + i, &given, error);
            if (!read) return false;
            i += read;
        }
        else if (!options_ended && !wcscmp(word, L"/?"))
        {
            line->help = true;
            i++;
        }
        else if (!add_word(line, arguments[i++], error))
            return false;
    }
    return check(line, given, error);
}
