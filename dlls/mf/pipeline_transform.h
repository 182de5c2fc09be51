/* The inside of a transform's node, shared by the files that deal with it. */
#ifndef CORK_MF_PIPELINE_TRANSFORM_H
#define CORK_MF_PIPELINE_TRANSFORM_H

#include "mf/pipeline_parts.h"

struct transform_input
{
    DWORD id;
    bool ended;
    unsigned int requests; /* METransformNeedInput that have not been answered */
};

struct transform_output
{
    DWORD id;
    MFT_OUTPUT_STREAM_INFO info;
    DWORD least;      /* bytes that a buffer has at least, where the transform does not say enough */
    IMFSample *spare; /* allocated, and not made use of by the last ProcessOutput */
    bool of_sink;     /* the spare is of the sink's allocator: its size is given */
    DWORD changes;    /* what the last ProcessOutput has said about the stream itself */
    bool ended;
};

/* Why a transform is being drained. */
enum drain
{
    DRAIN_NONE,
    DRAIN_FORMAT, /* the input's type is to be changed */
    DRAIN_END,
};

struct transform_node
{
    struct node node;
    IMFTransform *transform;
    struct transform_input *inputs;
    struct transform_output *outputs;
    MFT_OUTPUT_DATA_BUFFER *buffers;
    DWORD input_count, output_count; /* the transform's streams; the node may have fewer connections */
    UINT32 flush_mode, drain_mode;
    bool streaming;      /* it has been told that streaming begins */
    bool dynamic_format; /* its input type may be changed without a drain */
    bool copies;         /* the attributes of an input sample are to be put on its output sample */
    bool may_output;     /* a synchronous one: ProcessOutput may have something */
    bool discontinuity;  /* the next sample goes in as the first after a drain */
    bool reverse_as_is;  /* takes delta frames in reverse */
    enum drain drain;
    bool cut;              /* the last input has ended by a cut */
    unsigned int refusals; /* inputs refused in a row though all output had been taken */
    IMFSample *last_input; /* whose attributes are to be copied */
    bool working, again;   /* inside `transform_work`; something has changed meanwhile */

    bool asynchronous;
    struct listener *listener;
    unsigned int have_output; /* METransformHaveOutput that have not been answered */
};

/* Goes on as far as it can: takes output that is wanted, gives input that is there, asks for what is missing. */
void transform_work(struct transform_node *transform);

/* pipeline_transform_output.c: one ProcessOutput, and what comes of it. S_OK: something came out. S_FALSE: no sample
 * can be had to fill at present. MF_E_TRANSFORM_NEED_MORE_INPUT; an error. */
HRESULT transform_output(struct transform_node *transform);
HRESULT transform_get_streams(struct transform_node *transform);
void transform_drop_spares(struct transform_node *transform);

/* pipeline_format.c: the output's type is not valid any more. Agrees on another one with the receiver. */
HRESULT transform_choose_output_type(struct transform_node *transform, unsigned int output);
void transform_note_output(struct transform_node *transform, unsigned int output);

#endif
