/*
 * The data packets that a multiplexer writes, each as a sample of the application's: the one that is being written, and
 * those that are whole and wait to be fetched. The caller's lock guards a queue.
 */
#ifndef CORK_MF_ASF_PACKET_QUEUE_H
#define CORK_MF_ASF_PACKET_QUEUE_H

#include "mf/asf_objects.h"
#include "mf/asf_packet.h"

struct asf_whole_packet;

struct asf_packet_queue
{
    UINT32 packet_size; /* of every packet, bytes; to be set before the first is begun */
    struct asf_packet_writer writer;
    IMFMediaBuffer *buffer; /* of the packet that is being written; NULL: none is */
    BOOL key_frame;         /* one begins in it */
    struct asf_whole_packet *first, **last;
    UINT64 packets;          /* that have been finished */
    LONGLONG last_send_time; /* of the last one finished, ms */
};

/* Makes an empty queue. */
void asf_packet_queue_init(struct asf_packet_queue *queue);
/* Gives up all that is in a queue and makes it as it was in the beginning. */
void asf_packet_queue_reset(struct asf_packet_queue *queue);

/* Puts as much of a payload's data into the packet that is being written as it has room for, and makes payload->data
 * that piece. A packet without room for any is finished and the next one begun. `send_time` in ms. */
HRESULT asf_packet_queue_write(struct asf_packet_queue *queue, struct asf_payload *payload, UINT32 send_time);

/* Finishes the packet that is being written, if there is one. */
HRESULT asf_packet_queue_finish(struct asf_packet_queue *queue);

/* Whether nothing is being written or waits. */
BOOL asf_packet_queue_is_empty(const struct asf_packet_queue *queue);

/* Takes the oldest whole packet, with its reference, or NULL. */
IMFSample *asf_packet_queue_take(struct asf_packet_queue *queue);

#endif
