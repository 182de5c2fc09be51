/* What the parts of mf's allocation test share. Each scenario is run over and over, with another allocation failing
 * each time. */
#ifndef CORK_TESTS_ALLOCATION_MF_SCENARIO_H
#define CORK_TESTS_ALLOCATION_MF_SCENARIO_H

#ifndef COBJMACROS
#define COBJMACROS
#endif
#include "each_allocation.h"

#include <mf_more.h>

/* Whether the call succeeded. Fails the test where the result is not explained by a lack of memory. */
int worked(HRESULT result, const char *what);
#define WORKED(call) worked(call, #call)

/* Fails the test. */
void complain(const char *what, HRESULT result);

/* Releases what the pointer points at points to, if anything, and makes that NULL. */
void drop(void *object);

/* (mf_play.c) A media session with a source, a transform and a sink; a partial topology; a sequence; sources of
 * sources; a transcode topology. */
void play_scenario(void);
void to_the_end_scenario(void);
void resolve_scenario(void);
void sequencer_scenario(void);
void aggregate_scenario(void);
/* (mf_asf.c) */
void asf_scenario(void);

#endif
