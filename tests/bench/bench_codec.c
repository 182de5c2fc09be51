/*
 * Encoding and decoding of a response with 10 bindings (a row of the interface table and the system group: the usual
 * mix of strings, OIDs, counters and time ticks) against net-snmp's library doing the same: snmp_build and snmp_parse
 * on one side, snmp_message_encode and snmp_message_decode (with freeing, on both sides) on the other.
 *
 * Rounds alternate between the two; the median of each is taken, so that a busy machine slows both alike.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../unit/netsnmp_peer.h"
#include "wsnmp32/message_codec.h"
#include "wsnmp32/oid_text.h"

#define ROUNDS       41
#define REPEATS      20000
#define WANTED_RATIO 3.0

struct sample_binding
{
    const char *name;
    uint32_t syntax;
    uint64_t number;
    const char *text;
};

static const struct sample_binding sample[] = {
    {"1.3.6.1.2.1.1.1.0", SNMP_VALUE_OCTETS, 0, "Linux router 6.1.0-18-amd64 #1 SMP PREEMPT_DYNAMIC x86_64"},
    {"1.3.6.1.2.1.1.2.0", SNMP_VALUE_OID, 0, "1.3.6.1.4.1.8072.3.2.10"},
    {"1.3.6.1.2.1.1.3.0", SNMP_VALUE_TIMETICKS, 123456789, NULL},
    {"1.3.6.1.2.1.2.2.1.2.1001", SNMP_VALUE_OCTETS, 0, "GigabitEthernet1/0/1"},
    {"1.3.6.1.2.1.2.2.1.3.1001", SNMP_VALUE_INT, 6, NULL},
    {"1.3.6.1.2.1.2.2.1.5.1001", SNMP_VALUE_GAUGE32, 1000000000, NULL},
    {"1.3.6.1.2.1.2.2.1.10.1001", SNMP_VALUE_CNTR32, 3456789012u, NULL},
    {"1.3.6.1.2.1.4.20.1.1.192.168.100.1", SNMP_VALUE_IPADDR, 0, "\xc0\xa8\x64\x01"},
    {"1.3.6.1.2.1.31.1.1.1.6.1001", SNMP_VALUE_CNTR64, UINT64_C(98765432109876), NULL},
    {"1.3.6.1.2.1.31.1.1.1.18.1001", SNMP_VALUE_OCTETS, 0, "uplink"},
};

static struct snmp_message message;
static struct peer_pdu *peer;
static uint8_t packet[2048];
static size_t packet_length;

static void add_sample(const struct sample_binding *from)
{
    uint32_t name_ids[SNMP_OID_MAX_LENGTH], value_ids[SNMP_OID_MAX_LENGTH];
    struct snmp_oid name = {0, name_ids};
    struct snmp_value value = {from->syntax, {0}};

    snmp_oid_parse(from->name, 0, name_ids, &name.len);
    switch (snmp_syntax_kind(from->syntax))
    {
    case SNMP_KIND_OCTETS:
        value.value.octets.len = (uint32_t)strlen(from->text);
        value.value.octets.ptr = (uint8_t *)from->text;
        break;
    case SNMP_KIND_OID:
        value.value.oid.ids = value_ids;
        snmp_oid_parse(from->text, 0, value_ids, &value.value.oid.len);
        break;
    case SNMP_KIND_COUNTER64:
        value.value.counter64 = from->number;
        break;
    default:
        value.value.unumber = (uint32_t)from->number;
        break;
    }
    if (snmp_varbind_list_set(&message.pdu.bindings, 0, &name, &value, NULL) != SNMP_LIST_OK) abort();
}

static void prepare(void)
{
    struct peer_message head;

    message.version = SNMP_VERSION_2C;
    message.community.ptr = (uint8_t *)"public";
    message.community.len = 6;
    message.pdu.type = SNMP_TYPE_RESPONSE;
    message.pdu.request_id = 1804289383;
    for (size_t i = 0; i < sizeof(sample) / sizeof(sample[0]); i++)
        add_sample(&sample[i]);
    if (snmp_message_encode(&message, packet, sizeof(packet), &packet_length) != SNMP_CODEC_OK) abort();
    memset(&head, 0, sizeof(head));
    head.version = message.version;
    head.community = message.community.ptr;
    head.community_len = message.community.len;
    head.type = message.pdu.type;
    head.request_id = message.pdu.request_id;
    peer = peer_prepare(&head, &message.pdu.bindings);
    if (peer_encode_prepared(peer) != packet_length || !peer_decode_and_free(peer, packet, packet_length)) abort();
}

static void encode_ours(void)
{
    static uint8_t buffer[2048];
    size_t length;

    if (snmp_message_encode(&message, buffer, sizeof(buffer), &length) != SNMP_CODEC_OK || length != packet_length)
        abort();
}

static void encode_theirs(void)
{
    if (peer_encode_prepared(peer) != packet_length) abort();
}

static void decode_ours(void)
{
    struct snmp_message decoded;

    if (snmp_message_decode(packet, packet_length, &decoded, NULL) != SNMP_CODEC_OK) abort();
    snmp_varbind_list_free(&decoded.pdu.bindings);
}

static void decode_theirs(void)
{
    if (!peer_decode_and_free(peer, packet, packet_length)) abort();
}

/* Nanoseconds of one call. */
static double measure(void (*call)(void))
{
    struct timespec start, end;

    clock_gettime(CLOCK_MONOTONIC, &start);
    for (int i = 0; i < REPEATS; i++)
        call();
    clock_gettime(CLOCK_MONOTONIC, &end);
    return ((double)(end.tv_sec - start.tv_sec) * 1e9 + (double)(end.tv_nsec - start.tv_nsec)) / REPEATS;
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double median(double *times)
{
    qsort(times, ROUNDS, sizeof(*times), compare_doubles);
    return times[ROUNDS / 2];
}

/* Prints one line; returns whether the ratio is reached. */
static int compare(const char *what, void (*ours)(void), void (*theirs)(void))
{
    double our_times[ROUNDS], their_times[ROUNDS], our_median, their_median;

    for (int i = 0; i < ROUNDS; i++)
    {
        our_times[i] = measure(ours);
        their_times[i] = measure(theirs);
    }
    our_median = median(our_times);
    their_median = median(their_times);
    printf("codec: %s of a 10-binding response (%zu octets): cork %.0f ns, net-snmp %.0f ns, %.2f times as fast (to "
           "reach: "
           "%.0f)\n",
           what, packet_length, our_median, their_median, their_median / our_median, WANTED_RATIO);
    return their_median / our_median >= WANTED_RATIO;
}

int main(void)
{
    int reached;

    prepare();
    reached = compare("encoding", encode_ours, encode_theirs);
    reached &= compare("decoding", decode_ours, decode_theirs);
    peer_discard(peer);
    snmp_varbind_list_free(&message.pdu.bindings);
    return reached ? 0 : 1;
}
