/* rsm.exe's command line: the input is the arguments, each ended by a line feed. Whatever is accepted has its verb's
 * switches, and a GUID that is read comes out as it was written. */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "../tools/rsm/command_line.h"

#define ARGUMENTS_MAX 16

static void check_switch(const struct switch_rule *rule, const struct switch_value *value)
{
    char text[GUID_TEXT_SIZE];
    uint8_t again[16];

    if (!value->given) return;
    REQUIRE(rule->kind == SWITCH_FLAG || (value->text && value->text[0]));
    if (rule->kind == SWITCH_WORD || rule->kind == SWITCH_WORDS) REQUIRE(value->number);
    if (rule->kind == SWITCH_WORD) REQUIRE(!(value->number & (value->number - 1)));
    if (!value->is_guid) return;
    REQUIRE(guid_from_text(guid_to_text(value->guid, text), again));
    REQUIRE(!memcmp(again, value->guid, sizeof(again)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *arguments[ARGUMENTS_MAX];
    char *text = malloc(size + 1), error[LINE_ERROR_SIZE], *at;
    struct command_line line;
    int count = 0;

    REQUIRE(text != NULL);
    if (size) memcpy(text, data, size);
    text[size] = 0;
    for (at = text; at && *at && count < ARGUMENTS_MAX;)
    {
        arguments[count++] = at;
        at = strchr(at, '\n');
        if (at) *at++ = 0;
    }
    if (command_line_parse(&line, count, arguments, error))
    {
        REQUIRE(line.verb || line.help);
        for (int i = 0; line.verb && i < SWITCHES_MAX && line.verb->switches[i].kind != SWITCH_NONE; i++)
            check_switch(&line.verb->switches[i], &line.values[i]);
    }
    else
        REQUIRE(error[0] && strlen(error) < LINE_ERROR_SIZE);
    free(text);
    return 0;
}
