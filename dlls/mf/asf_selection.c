/* See asf_selection.h. */
#include "mf/asf_selection.h"

#include <string.h>

/* Gives all streams of one output to another. */
static void merge(struct asf_selection *selection, unsigned from, unsigned to)
{
    for (unsigned i = 0; i < selection->stream_count; i++)
        if (selection->streams[i].output == from) selection->streams[i].output = to;
}

/* Makes the outputs' numbers 0, 1, 2 ... in the order of their first streams. */
static void number(struct asf_selection *selection)
{
    unsigned next = 0, renamed[ASF_MAX_STREAM];
    bool known[ASF_MAX_STREAM] = {0};

    for (unsigned i = 0; i < selection->stream_count; i++)
    {
        unsigned output = selection->streams[i].output;

        if (!known[output]) renamed[output] = next++;
        known[output] = true;
        selection->streams[i].output = renamed[output];
    }
    selection->output_count = next;
}

void asf_selection_connect(struct asf_selection *selection)
{
    for (unsigned i = 0; i < selection->stream_count; i++)
        selection->streams[i].output = i;
    for (unsigned e = 0; e < selection->exclusion_count; e++)
    {
        const struct asf_exclusion *exclusion = &selection->exclusions[e];
        unsigned first = ASF_MAX_STREAM;

        for (unsigned i = 0; i < selection->stream_count; i++)
        {
            if (exclusion->records[i] == ASF_NO_RECORD) continue;
            if (first == ASF_MAX_STREAM)
                first = i;
            else
                merge(selection, selection->streams[i].output, selection->streams[first].output);
        }
    }
    number(selection);
    memset(selection->overrides, ASF_ALL_DATA, sizeof(selection->overrides));
}

bool asf_selection_concerns(const struct asf_selection *selection, unsigned exclusion, unsigned output)
{
    for (unsigned i = 0; i < selection->stream_count; i++)
        if (selection->streams[i].output == output && selection->exclusions[exclusion].records[i] != ASF_NO_RECORD)
            return true;
    return false;
}

/* Whether the records that are selected leave a stream. Of an exclusion by anything but bit rate the first record
 * counts where none is selected. */
static bool is_candidate(const struct asf_selection *selection, unsigned stream)
{
    for (unsigned e = 0; e < selection->exclusion_count; e++)
    {
        const struct asf_exclusion *exclusion = &selection->exclusions[e];
        unsigned wanted = exclusion->selected;

        if (wanted == ASF_NO_RECORD && !exclusion->by_bitrate) wanted = 0;
        if (exclusion->records[stream] == ASF_NO_RECORD || wanted == ASF_NO_RECORD) continue;
        if (exclusion->records[stream] != wanted) return false;
    }
    return true;
}

/* Of an output's candidates that cost more than the current one (ASF_MAX_STREAM: of all) the one that costs least;
 * ASF_MAX_STREAM: there is none. */
static unsigned next_stream(const struct asf_selection *selection, unsigned output, unsigned current)
{
    unsigned best = ASF_MAX_STREAM;

    for (unsigned i = 0; i < selection->stream_count; i++)
    {
        const struct asf_selectable *stream = &selection->streams[i];

        if (stream->output != output || !is_candidate(selection, i)) continue;
        if (current != ASF_MAX_STREAM && stream->bitrate <= selection->streams[current].bitrate) continue;
        if (best == ASF_MAX_STREAM || stream->bitrate < selection->streams[best].bitrate) best = i;
    }
    return best;
}

/* Adds a step of the outputs' chosen streams. */
static void add_step(struct asf_selection *selection, const unsigned *chosen, bool thin)
{
    struct asf_step *step = &selection->steps[selection->step_count];
    uint64_t bitrate = 0;

    if (selection->step_count == ASF_MAX_STEPS) return;
    memset(step, 0, sizeof(*step));
    for (unsigned output = 0; output < selection->output_count; output++)
    {
        uint8_t selected = selection->overrides[output];
        unsigned stream = chosen[output];

        if (stream == ASF_MAX_STREAM) continue;
        if (thin && selection->streams[stream].video && selected == ASF_ALL_DATA) selected = ASF_CLEAN_POINTS_ONLY;
        step->selected[stream] = selected;
        if (selected == ASF_ALL_DATA) bitrate += selection->streams[stream].bitrate;
    }
    step->bitrate = bitrate < UINT32_MAX ? (uint32_t)bitrate : UINT32_MAX;
    selection->step_count++;
}

/* Goes to the next higher stream of the output where that costs least; false where no output has one. */
static bool upgrade(const struct asf_selection *selection, unsigned *chosen)
{
    unsigned best = 0, best_stream = ASF_MAX_STREAM;
    uint32_t best_cost = 0;

    for (unsigned output = 0; output < selection->output_count; output++)
    {
        unsigned stream;
        uint32_t cost;

        if (chosen[output] == ASF_MAX_STREAM || selection->overrides[output] != ASF_ALL_DATA) continue;
        if ((stream = next_stream(selection, output, chosen[output])) == ASF_MAX_STREAM) continue;
        cost = selection->streams[stream].bitrate - selection->streams[chosen[output]].bitrate;
        if (best_stream != ASF_MAX_STREAM && cost >= best_cost) continue;
        best = output;
        best_stream = stream;
        best_cost = cost;
    }
    if (best_stream == ASF_MAX_STREAM) return false;
    chosen[best] = best_stream;
    return true;
}

void asf_selection_make_steps(struct asf_selection *selection)
{
    unsigned chosen[ASF_MAX_STREAM] = {0};
    bool video = false, other = false;

    selection->step_count = 0;
    for (unsigned output = 0; output < selection->output_count; output++)
    {
        chosen[output] = next_stream(selection, output, ASF_MAX_STREAM);
        if (chosen[output] == ASF_MAX_STREAM || selection->overrides[output] != ASF_ALL_DATA) continue;
        if (selection->streams[chosen[output]].video)
            video = true;
        else
            other = true;
    }
    if (selection->thinning && video && other) add_step(selection, chosen, true);
    do
        add_step(selection, chosen, false);
    while (upgrade(selection, chosen));
}

unsigned asf_selection_step(const struct asf_selection *selection, uint32_t bitrate)
{
    unsigned step = 0;

    for (unsigned i = 1; i < selection->step_count; i++)
        if (selection->steps[i].bitrate <= bitrate) step = i;
    return step;
}
