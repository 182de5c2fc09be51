/*
 * Which streams of a file to read: outputs, of each of which one stream is read at a time, and bandwidth steps.
 *
 * Streams that exclude each other share an output; any other has one of its own. A bandwidth step chooses a stream for
 * each output. The first has the stream of the lowest bit rate of each, each further one goes to the next higher
 * stream of one output, the one that costs least. Before the first there is one with only the clean points of video
 * streams, where something else is there to be received whole, unless thinning is off; clean points count nothing.
 *
 * Portable. Source: the pages of IMFASFStreamSelector, which leave open how steps are made.
 */
#ifndef CORK_MF_ASF_SELECTION_H
#define CORK_MF_ASF_SELECTION_H

#include "mf/asf_format.h"

enum asf_selected
{
    ASF_NOT_SELECTED,
    ASF_CLEAN_POINTS_ONLY,
    ASF_ALL_DATA
};

#define ASF_NO_RECORD 0xffffu

struct asf_selectable
{
    uint16_t number;
    uint32_t bitrate; /* what counts for steps */
    bool video;
    unsigned output; /* set by asf_selection_connect */
};

/* A mutual exclusion: of each stream the record that it is in, by the stream's place; ASF_NO_RECORD: none. */
struct asf_exclusion
{
    bool by_bitrate;
    unsigned selected; /* the record to use; ASF_NO_RECORD: any */
    uint16_t records[ASF_MAX_STREAM];
};

struct asf_step
{
    uint32_t bitrate;
    uint8_t selected[ASF_MAX_STREAM]; /* enum asf_selected, by the stream's place */
};

#define ASF_MAX_EXCLUSIONS 256u
#define ASF_MAX_STEPS      (ASF_MAX_STREAM + 1u)

struct asf_selection
{
    unsigned stream_count, exclusion_count, output_count, step_count;
    bool thinning;
    struct asf_selectable streams[ASF_MAX_STREAM];
    struct asf_exclusion *exclusions;  /* exclusion_count of them; the user's */
    uint8_t overrides[ASF_MAX_STREAM]; /* enum asf_selected, by output; ASF_ALL_DATA to begin with */
    struct asf_step steps[ASF_MAX_STEPS];
};

/* Makes the outputs from streams and exclusions, numbered in the order of their first streams. */
void asf_selection_connect(struct asf_selection *selection);
/* Makes the steps; again after any change. */
void asf_selection_make_steps(struct asf_selection *selection);
/* Whether an exclusion concerns an output. */
bool asf_selection_concerns(const struct asf_selection *selection, unsigned exclusion, unsigned output);
/* The highest step that needs no more than the bit rate; 0 where none does. */
unsigned asf_selection_step(const struct asf_selection *selection, uint32_t bitrate);

#endif
