/*
 * A stand-in for WMI in this process: what mi.dll asks of WMI's locator goes through here first, so that a test can
 * hold WMI up for as long as it wants, and see what WMI is told.
 */
#ifndef CORK_TESTS_MI_FAKE_WMI_H
#define CORK_TESTS_MI_FAKE_WMI_H

#include <windows.h>
#include <wbemcli.h>

/* What the last connection, and the last enumeration of instances, were asked with. */
struct wmi_told
{
    WCHAR locale[32];  /* empty: none */
    LONG architecture; /* the context's __ProviderArchitecture; 0: none */
    WCHAR option[32];  /* the context's TestOption; empty: none */
    LONG flags;
};

/* Puts the stand-in in WMI's place, in the multi-threaded apartment, which this thread enters. Returns 0 where that
 * does not work. */
int fake_wmi_begin(void);
void fake_wmi_end(void);

/* Holds up every connection from now on. */
void fake_wmi_block(void);
/* How many are held up now; waits until there are at least so many. */
void fake_wmi_wait_blocked(LONG count);
/* Lets all go on, and those to come. */
void fake_wmi_release(void);
/* Waits until none is under way any more. */
void fake_wmi_wait_idle(void);

/* Enumerations fail from now on with WBEM_E_ACCESS_DENIED, after their arguments were noted. */
void fake_wmi_note_only(void);
const struct wmi_told *fake_wmi_told(void);

#endif
