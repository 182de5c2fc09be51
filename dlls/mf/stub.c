/* winebuild's stubs. See stub.h. */
#include "mf/stub.h"

#include <stdint.h>
#include <string.h>
#include <windows.h>

/* A part of the module: code that is read, or the module as a whole. */
struct range
{
    const uint8_t *start, *end;
};

static struct range image(const void *module)
{
    const uint8_t *base = module;
    const IMAGE_DOS_HEADER *dos = module;
    const IMAGE_NT_HEADERS *headers = (const void *)(base + dos->e_lfanew);

    return (struct range){base, base + headers->OptionalHeader.SizeOfImage};
}

static bool next_is(const struct range *code, const char *bytes, size_t size)
{
    return (size_t)(code->end - code->start) >= size && !memcmp(code->start, bytes, size);
}

static bool skip(struct range *code, const char *bytes, size_t size)
{
    if (!next_is(code, bytes, size)) return false;
    code->start += size;
    return true;
}

/* The four bytes that follow, as the number that they are. */
static bool take_number(struct range *code, int32_t *number)
{
    if (code->end - code->start < 4) return false;
    memcpy(number, code->start, 4);
    code->start += 4;
    return true;
}

/* An instruction that loads an address, and the address. */
static bool take_address(struct range *code, const char *instruction, size_t size, const uint8_t **address)
{
    int32_t number;

    if (!skip(code, instruction, size) || !take_number(code, &number)) return false;
#ifdef __x86_64__
    *address = code->start + number; /* relative to the next instruction */
#else
    *address = (const uint8_t *)(uintptr_t)(uint32_t)number;
#endif
    return true;
}

/* The address of the second argument, the function's name; NULL where the code does something else. */
static const uint8_t *stub_argument(struct range code)
{
    const uint8_t *name = NULL, *file;

    while (skip(&code, "\x90", 1))
        ;
#ifdef __x86_64__
    /* sub $40,%rsp; lea file(%rip),%rcx; lea name(%rip),%rdx; call */
    if (!skip(&code, "\x48\x83\xec\x28", 4) || !take_address(&code, "\x48\x8d\x0d", 3, &file) ||
        !take_address(&code, "\x48\x8d\x15", 3, &name))
        return NULL;
#else
    /* sub $12,%esp; movl $name,4(%esp); movl $file,(%esp); call */
    if (!skip(&code, "\x83\xec\x0c", 3) || !take_address(&code, "\xc7\x44\x24\x04", 4, &name) ||
        !take_address(&code, "\xc7\x04\x24", 3, &file))
        return NULL;
#endif
    return next_is(&code, "\xe8", 1) ? name : NULL;
}

bool mf_is_stub(const void *module, const void *function, const char *name)
{
    struct range whole = image(module), code = {function, whole.end};
    size_t size = strlen(name) + 1;
    const uint8_t *argument;

    /* An export that is forwarded to another DLL lies in that one. */
    if (code.start < whole.start || code.start >= whole.end) return false;
    argument = stub_argument(code);
    if (!argument || argument < whole.start || argument >= whole.end) return false;
    return (size_t)(whole.end - argument) >= size && !memcmp(argument, name, size);
}
