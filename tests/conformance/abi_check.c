/*
 * Compares what was built with the facts about the real DLLs in tests/conformance/abi: structures, constants, exports
 * with their ordinals, and the functions' parameters. Native; for each bitness, whatever this machine runs. Prints TAP.
 *
 *   abi_check ARCH        x86_64 or i686; run in the tree's top folder
 */
#include "abi_row.h"
#include "pe_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *arch;
static int tests, failures;

static void result(int passed, const char *what, const char *why)
{
    printf("%sok %d - %s %s\n", passed ? "" : "not ", ++tests, arch, what);
    if (!passed) printf("# %s\n", why);
    failures += !passed;
}

/* Calls `each` with the fields of every line that is no comment. */
static void read_facts(const char *path, void (*each)(void *context, char **fields, int count), void *context)
{
    char line[256];
    FILE *stream = fopen(path, "r");

    if (!stream)
    {
        result(0, path, "the file cannot be read");
        return;
    }
    while (fgets(line, sizeof(line), stream))
    {
        char *fields[4] = {NULL};
        int count = 0;

        if (line[0] == '#') continue;
        for (char *field = strtok(line, " \n"); field && count < 4; field = strtok(NULL, " \n"))
            fields[count++] = field;
        if (count) each(context, fields, count);
    }
    fclose(stream);
}

/* ---- Structures and constants ----------------------------------------------------------------------------------- */

struct rows
{
    const struct abi_row *list;
    size_t count;
};

static void check_row(const struct rows *rows, const char *name, unsigned expected)
{
    char what[100], why[100] = "the headers do not have it";
    int passed = 0;

    for (size_t i = 0; i < rows->count; i++)
    {
        if (strcmp(rows->list[i].name, name) != 0) continue;
        passed = rows->list[i].value == expected;
        snprintf(why, sizeof(why), "it is %u, expected %u", rows->list[i].value, expected);
    }
    snprintf(what, sizeof(what), "%s is %u", name, expected);
    result(passed, what, why);
}

static void check_layout(void *context, char **fields, int count)
{
    if (count == 3) check_row(context, fields[0], (unsigned)strtoul(fields[strcmp(arch, "i686") ? 2 : 1], NULL, 10));
}

static void check_constant(void *context, char **fields, int count)
{
    if (count == 2) check_row(context, fields[0], (unsigned)strtoul(fields[1], NULL, 10));
}

/* Headers name what they define in place of a name that may be there already cork_NAME. */
static int is_guid_named(const struct abi_guid *guid, const char *name)
{
    return !strcmp(guid->name, name) || (!strncmp(guid->name, "cork_", 5) && !strcmp(guid->name + 5, name));
}

static void check_guid(void *context, char **fields, int count)
{
    const struct pe_file *program = context;
    char what[200], text[40] = "the headers do not have it";
    const struct abi_guid *list;
    size_t size = 0;

    if (count != 2) return;
    list = (const struct abi_guid *)(const void *)pe_section(program, ".abiguid", &size);
    for (size_t i = 0; list && i < size / sizeof(*list); i++)
    {
        const struct abi_guid *guid = &list[i];
        const uint8_t *tail = guid->data4;

        if (!is_guid_named(guid, fields[0])) continue;
        snprintf(text, sizeof(text), "%08x-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x", guid->data1, guid->data2,
                 guid->data3, tail[0], tail[1], tail[2], tail[3], tail[4], tail[5], tail[6], tail[7]);
    }
    snprintf(what, sizeof(what), "%s is %s", fields[0], fields[1]);
    result(!strcmp(text, fields[1]), what, text);
}

static void check_headers(void)
{
    struct pe_file program;
    struct rows rows;
    char path[200];
    size_t size = 0;
    const uint8_t *section;

    snprintf(path, sizeof(path), "build/%s/tests/abi_layout.exe", arch);
    section = pe_read(&program, path) ? pe_section(&program, ".abi", &size) : NULL;
    if (!section)
    {
        result(0, path, "the section .abi cannot be read");
        return;
    }
    rows.list = (const struct abi_row *)(const void *)section;
    rows.count = size / sizeof(struct abi_row);
    read_facts("tests/conformance/abi/layout", check_layout, &rows);
    read_facts("tests/conformance/abi/constants", check_constant, &rows);
    read_facts("tests/conformance/abi/ntmsapi.layout", check_layout, &rows);
    read_facts("tests/conformance/abi/ntmsapi.constants", check_constant, &rows);
    read_facts("tests/conformance/abi/mi.layout", check_layout, &rows);
    read_facts("tests/conformance/abi/mi.constants", check_constant, &rows);
    read_facts("tests/conformance/abi/mf.layout", check_layout, &rows);
    read_facts("tests/conformance/abi/mf.constants", check_constant, &rows);
    read_facts("tests/conformance/abi/wlanapi.layout", check_layout, &rows);
    read_facts("tests/conformance/abi/wlanapi.constants", check_constant, &rows);
    read_facts("tests/conformance/abi/mf.guids", check_guid, &program);
}

/* ---- Exports ---------------------------------------------------------------------------------------------------- */

struct exports
{
    const char *dll;
    struct pe_file file, program;
    struct
    {
        char name[64];
        unsigned ordinal;
        int known;
    } list[300];
    int count;
};

static void add_export(void *context, const char *name, unsigned ordinal)
{
    struct exports *exports = context;

    if (exports->count == 300) return;
    snprintf(exports->list[exports->count].name, sizeof(exports->list[0].name), "%s", name);
    exports->list[exports->count++].ordinal = ordinal;
}

static void check_export(void *context, char **fields, int count)
{
    struct exports *exports = context;
    char what[200], why[100] = "it is not exported", symbol[100];
    int passed = 0;

    if (count != 3) return;
    for (int i = 0; i < exports->count; i++)
    {
        if (strcmp(exports->list[i].name, fields[1]) != 0) continue;
        exports->list[i].known = 1;
        passed = fields[0][0] == '-' || exports->list[i].ordinal == strtoul(fields[0], NULL, 10);
        snprintf(why, sizeof(why), "the ordinal is %u", exports->list[i].ordinal);
    }
    snprintf(what, sizeof(what), "%s.dll exports %s, ordinal %s", exports->dll, fields[1], fields[0]);
    result(passed, what, why);
    if (fields[2][0] == '-' || strcmp(arch, "i686") != 0) return;
    snprintf(symbol, sizeof(symbol), "_%s@%lu", fields[1], 4 * strtoul(fields[2], NULL, 10));
    snprintf(what, sizeof(what), "%s.dll's %s takes %s parameters", exports->dll, fields[1], fields[2]);
    result(coff_has_symbol(&exports->program, symbol), what, "header, .spec file and the facts differ");
}

static void check_dll(const char *dll)
{
    static struct exports exports;
    char path[200];

    memset(&exports, 0, sizeof(exports));
    exports.dll = dll;
    snprintf(path, sizeof(path), "build/%s/tests/abi_layout.exe", arch);
    pe_read(&exports.program, path);
    snprintf(path, sizeof(path), "build/%s/%s.dll", arch, dll);
    result(pe_read(&exports.file, path) && exports.file.machine == (strcmp(arch, "i686") ? 0x8664u : 0x14cu), path,
           "it is no DLL of this bitness");
    if (pe_exports(&exports.file, add_export, &exports) < 0) return;
    snprintf(path, sizeof(path), "tests/conformance/abi/%s.exports", dll);
    read_facts(path, check_export, &exports);
    for (int i = 0; i < exports.count; i++)
        if (!exports.list[i].known && strncmp(exports.list[i].name, "cork_", 5) != 0 &&
            strncmp(exports.list[i].name, "Cork", 4) != 0)
            result(0, exports.list[i].name, "the real DLL does not export it");
}

int main(int argc, char **argv)
{
    if (argc != 2 || (strcmp(argv[1], "x86_64") != 0 && strcmp(argv[1], "i686") != 0))
    {
        fprintf(stderr, "abi_check x86_64|i686\n");
        return 2;
    }
    arch = argv[1];
    check_headers();
    check_dll("wsnmp32");
    check_dll("mgmtapi");
    check_dll("ntmsapi");
    check_dll("mi");
    check_dll("mimofcodec");
    check_dll("mf");
    check_dll("wlanapi");
    printf("1..%d\n", tests);
    return failures != 0;
}
