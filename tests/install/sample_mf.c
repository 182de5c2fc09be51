/* A program on mf.dll: makes a topology and asks which schemes there are, of which the first is Cork's own work and the
 * second passed on. */
#define COBJMACROS
#include <mf_more.h>
#include <stdio.h>

int main(void)
{
    IMFTopology *topology = NULL;
    PROPVARIANT schemes;
    HRESULT made, listed;

    PropVariantInit(&schemes);
    MFStartup(MF_VERSION, MFSTARTUP_FULL);
    made = MFCreateTopology(&topology);
    listed = MFGetSupportedSchemes(&schemes);
    printf("topology: %#lx, schemes: %#lx\n", made, listed);
    if (topology) IMFTopology_Release(topology);
    PropVariantClear(&schemes);
    MFShutdown();
    return 0;
}
