/*
 * The exports whose parameters are documented nowhere: each is a jump to the next DLL's, which leaves all parameters
 * where the caller put them. Where the next DLL has none, or only a stub, calling one ends as a stub does.
 */
#include "mf/next.h"

#include "common/unimplemented.h"

#ifdef __x86_64__
/* The registers that parameters come in, and room for the callee's own; the stack stays aligned to 16 bytes. */
#define JUMP_TO_NEXT                                                                                                   \
    "pushq %rcx\n\t.seh_pushreg %rcx\n\t"                                                                              \
    "pushq %rdx\n\t.seh_pushreg %rdx\n\t"                                                                              \
    "pushq %r8\n\t.seh_pushreg %r8\n\t"                                                                                \
    "pushq %r9\n\t.seh_pushreg %r9\n\t"                                                                                \
    "subq $104,%rsp\n\t.seh_stackalloc 104\n\t.seh_endprologue\n\t"                                                    \
    "movaps %xmm0,32(%rsp)\n\tmovaps %xmm1,48(%rsp)\n\tmovaps %xmm2,64(%rsp)\n\tmovaps %xmm3,80(%rsp)\n\t"             \
    "movq %rax,%rcx\n\tcall mf_undocumented_function\n\t"                                                              \
    "movaps 32(%rsp),%xmm0\n\tmovaps 48(%rsp),%xmm1\n\tmovaps 64(%rsp),%xmm2\n\tmovaps 80(%rsp),%xmm3\n\t"             \
    "addq $104,%rsp\n\tpopq %r9\n\tpopq %r8\n\tpopq %rdx\n\tpopq %rcx\n\tjmp *%rax\n"
#define EXPORT_CODE(name)                                                                                              \
    ".globl " name "\n" name ":\n\tleaq 1f(%rip),%rax\n\tjmp mf_jump_to_next\n1:\t.asciz \"" name "\"\n"
#define JUMP_CODE ".seh_proc mf_jump_to_next\nmf_jump_to_next:\n\t" JUMP_TO_NEXT ".seh_endproc\n"
#else
#define EXPORT_CODE(name)                                                                                              \
    ".globl _" name "\n_" name ":\n\tmovl $1f,%eax\n\tjmp _mf_jump_to_next\n1:\t.asciz \"" name "\"\n"
#define JUMP_CODE                                                                                                      \
    "_mf_jump_to_next:\n\tpushl %ecx\n\tpushl %edx\n\tpushl %eax\n\tcall _mf_undocumented_function\n\t"                \
    "addl $4,%esp\n\tpopl %edx\n\tpopl %ecx\n\tjmp *%eax\n"
#endif

/* Called by the jumps only. */
void *mf_undocumented_function(const char *name) __attribute__((used));

void *mf_undocumented_function(const char *name)
{
    void *function = mf_next_function(name);

    if (!function) __wine_spec_unimplemented_stub("mf.dll", name);
    return function;
}

__asm__(".text\n" JUMP_CODE);

#define FORWARD_UNDOCUMENTED(name) __asm__(".text\n" EXPORT_CODE(#name))

FORWARD_UNDOCUMENTED(AppendPropVariant);
FORWARD_UNDOCUMENTED(ConvertPropVariant);
FORWARD_UNDOCUMENTED(CopyPropertyStore);
FORWARD_UNDOCUMENTED(ExtractPropVariant);
FORWARD_UNDOCUMENTED(MFCreateASFByteStreamPlugin);
FORWARD_UNDOCUMENTED(MFCreateAppSourceProxy);
FORWARD_UNDOCUMENTED(MFCreateByteCacheFile);
FORWARD_UNDOCUMENTED(MFCreateCacheManager);
FORWARD_UNDOCUMENTED(MFCreateDrmNetNDSchemePlugin);
FORWARD_UNDOCUMENTED(MFCreateFileBlockMap);
FORWARD_UNDOCUMENTED(MFCreateFileSchemePlugin);
FORWARD_UNDOCUMENTED(MFCreateHttpSchemePlugin);
FORWARD_UNDOCUMENTED(MFCreateLPCMByteStreamPlugin);
FORWARD_UNDOCUMENTED(MFCreateMP3ByteStreamPlugin);
FORWARD_UNDOCUMENTED(MFCreateMediaProcessor);
FORWARD_UNDOCUMENTED(MFCreateNSCByteStreamPlugin);
FORWARD_UNDOCUMENTED(MFCreatePMPHost);
FORWARD_UNDOCUMENTED(MFCreateSAMIByteStreamPlugin);
FORWARD_UNDOCUMENTED(MFCreateSecureHttpSchemePlugin);
FORWARD_UNDOCUMENTED(MFCreateSequencerSourceRemoteStream);
FORWARD_UNDOCUMENTED(MFCreateSoundEventSchemePlugin);
FORWARD_UNDOCUMENTED(MFCreateUrlmonSchemePlugin);
FORWARD_UNDOCUMENTED(MFGetMultipleServiceProviders);
FORWARD_UNDOCUMENTED(MFRR_CreateActivate);
FORWARD_UNDOCUMENTED(MFReadSequencerSegmentOffset);
FORWARD_UNDOCUMENTED(MergePropertyStore);
