/*
 * The codec against net-snmp's library: random messages of every PDU type and syntax have to be encoded byte for byte
 * the same by both, and each has to read what the other wrote.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "netsnmp_peer.h"
#include "wsnmp32/message_codec.h"
#include "wsnmp32/oid_text.h"
#include "wsnmp32_support.h"

#define MESSAGES 20000
#define SEEDS    4

/* Room for 12 bindings of at most two long OIDs or an OID and 2 KB of octets. */
static uint8_t ours[60000], theirs[60000];

static const uint8_t v1_types[] = {SNMP_TYPE_GET, SNMP_TYPE_GETNEXT, SNMP_TYPE_RESPONSE, SNMP_TYPE_SET,
                                   SNMP_TYPE_V1TRAP};
static const uint8_t v2_types[] = {SNMP_TYPE_GET,     SNMP_TYPE_GETNEXT, SNMP_TYPE_RESPONSE, SNMP_TYPE_SET,
                                   SNMP_TYPE_GETBULK, SNMP_TYPE_INFORM,  SNMP_TYPE_TRAP};

/* A random message; `enterprise` and `community` are its memory. */
static struct snmp_message random_message(struct random *r, uint32_t *enterprise, uint8_t community[64])
{
    struct snmp_message m;

    memset(&m, 0, sizeof(m));
    m.version = (int32_t)random_below(r, 2);
    m.pdu.type = m.version ? v2_types[random_below(r, sizeof(v2_types))] : v1_types[random_below(r, sizeof(v1_types))];
    m.community.len = random_below(r, 65);
    m.community.ptr = community;
    for (uint32_t i = 0; i < m.community.len; i++)
        community[i] = (uint8_t)random_next(r);
    if (m.pdu.type == SNMP_TYPE_V1TRAP)
    {
        m.pdu.trap.enterprise = random_oid(r, enterprise);
        for (int i = 0; i < 4; i++)
            m.pdu.trap.agent_address[i] = (uint8_t)random_next(r);
        m.pdu.trap.generic = (int32_t)random_below(r, 7);
        m.pdu.trap.specific = (int32_t)random_edgy(r);
        m.pdu.trap.timestamp = (uint32_t)random_edgy(r);
    }
    else
    {
        m.pdu.request_id = (int32_t)random_edgy(r);
        m.pdu.error_status = (int32_t)random_below(r, 19);
        m.pdu.error_index = (int32_t)random_below(r, 20);
    }
    random_list(r, m.version == SNMP_VERSION_1, 12, &m.pdu.bindings);
    return m;
}

static struct peer_message to_peer(const struct snmp_message *m)
{
    struct peer_message p;

    memset(&p, 0, sizeof(p));
    p.version = m->version;
    p.community = m->community.ptr;
    p.community_len = m->community.len;
    p.type = m->pdu.type;
    p.request_id = m->pdu.request_id;
    p.error_status = m->pdu.error_status;
    p.error_index = m->pdu.error_index;
    p.enterprise = m->pdu.trap.enterprise;
    memcpy(p.agent_address, m->pdu.trap.agent_address, 4);
    p.generic = m->pdu.trap.generic;
    p.specific = m->pdu.trap.specific;
    p.timestamp = m->pdu.trap.timestamp;
    return p;
}

static void assert_same_head(const struct peer_message *a, const struct peer_message *b)
{
    ck_assert_int_eq(a->version, b->version);
    ck_assert_uint_eq(a->type, b->type);
    ck_assert_int_eq(a->request_id, b->request_id);
    ck_assert_int_eq(a->error_status, b->error_status);
    ck_assert_int_eq(a->error_index, b->error_index);
    ck_assert(snmp_oid_equal(&a->enterprise, &b->enterprise));
    ck_assert_mem_eq(a->agent_address, b->agent_address, 4);
    ck_assert_int_eq(a->generic, b->generic);
    ck_assert_int_eq(a->specific, b->specific);
    ck_assert_uint_eq(a->timestamp, b->timestamp);
}

START_TEST(same_octets_and_values)
{
    struct random r = {UINT64_C(0x5eed) + (uint64_t)_i};

    for (int n = 0; n < MESSAGES / SEEDS; n++)
    {
        uint32_t enterprise[SNMP_OID_MAX_LENGTH], peer_enterprise[SNMP_OID_MAX_LENGTH];
        uint8_t community[64];
        struct snmp_message m = random_message(&r, enterprise, community), decoded;
        struct peer_message p = to_peer(&m), q;
        struct snmp_varbind_list list;
        size_t our_length, their_length, consumed;

        ck_assert_int_eq(snmp_message_encode(&m, ours, sizeof(ours), &our_length), SNMP_CODEC_OK);
        ck_assert(peer_encode(&p, &m.pdu.bindings, theirs, sizeof(theirs), &their_length));
        ck_assert_uint_eq(our_length, their_length);
        ck_assert_mem_eq(ours, theirs, our_length);

        ck_assert_int_eq(snmp_message_decode(theirs, their_length, &decoded, &consumed), SNMP_CODEC_OK);
        ck_assert_uint_eq(consumed, their_length);
        q = to_peer(&decoded);
        assert_same_head(&p, &q);
        ck_assert_uint_eq(decoded.community.len, m.community.len);
        ck_assert_mem_eq(decoded.community.ptr, m.community.ptr, m.community.len);
        ck_assert(lists_equal(&decoded.pdu.bindings, &m.pdu.bindings));

        snmp_varbind_list_init(&list);
        ck_assert(peer_decode(ours, our_length, &q, peer_enterprise, &list));
        assert_same_head(&p, &q);
        ck_assert(lists_equal(&list, &m.pdu.bindings));

        snmp_varbind_list_free(&list);
        snmp_varbind_list_free(&decoded.pdu.bindings);
        snmp_varbind_list_free(&m.pdu.bindings);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("wsnmp32 codec against net-snmp");
    TCase *tcase = tcase_create("net-snmp");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_set_timeout(tcase, 600);
    tcase_add_loop_test(tcase, same_octets_and_values, 0, SEEDS);
    suite_add_tcase(suite, tcase);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
