/*
 * Putting the media objects of one stream together from the payloads that they came in, forwards or backwards.
 *
 * Memory is taken for what has come, never for what a packet says will come. A stream's assembly belongs to one thread
 * at a time.
 */
#ifndef CORK_MF_ASF_ASSEMBLY_H
#define CORK_MF_ASF_ASSEMBLY_H

#include "mf/asf_packet.h"

#define ASF_MAX_EXTENSION 0xffu

struct asf_assembly
{
    bool backwards; /* the payloads come from the last to the first; set before the first one */
    /* The object that is being put together, or has just been. */
    bool begun;
    uint32_t object, size, time;
    bool key_frame;
    uint8_t extension[ASF_MAX_EXTENSION];
    size_t extension_size;
    uint8_t *data; /* in the object's order once it is whole */
    uint32_t received, room;
    uint32_t *pieces; /* their sizes, as they came */
    uint32_t piece_count, piece_room;
    /* What was before. */
    bool known;    /* `last` is the number of the object before */
    uint32_t last; /* whole or dropped */
    bool skipping; /* pieces of the object `last` are passed over */
    bool gap;      /* something is missing before the object; for the user to clear */
    bool lost;     /* an object has been given up, or its beginning is missing; for the user to clear */
};

/* What has become of a payload. */
enum asf_assembled
{
    ASF_PART,   /* more of the object has to come */
    ASF_WHOLE,  /* the object is whole: its fields say it, until the next call */
    ASF_PASSED, /* nothing begins with it: it is of an object whose beginning did not come */
    ASF_NO_ROOM /* no memory; the object is given up */
};

/* Takes a payload. */
enum asf_assembled asf_assembly_add(struct asf_assembly *assembly, const struct asf_payload *payload);
/* Gives up the object that is not whole, and forgets what was before; keeps `backwards`. */
void asf_assembly_reset(struct asf_assembly *assembly);
/* Notes that data are missing: the object that was begun is given up, and the next one comes after a gap. */
void asf_assembly_break(struct asf_assembly *assembly);

#endif
