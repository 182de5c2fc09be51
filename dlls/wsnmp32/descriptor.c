/*
 * SnmpFreeDescriptor and the memory of output descriptors.
 *
 * SnmpFreeDescriptor has to recognise memory that it did not allocate, or has freed already, and must not crash on it.
 * So each block has a header in front with a mark that only holds at its own address, and is in a list under a lock
 * that its address alone selects: the header is only looked at under the lock that the freeing of that block needs, and
 * only as far as it can be read.
 */
#include "wsnmp32/descriptor.h"
#include "wsnmp32/wsnmp32.h"

CORK_TRACE_CHANNEL(wsnmp32);

struct header
{
    struct list entry;
    uintptr_t mark;   /* MARK ^ its own address while the block is the application's */
    uintptr_t unused; /* so that what follows is aligned as malloc aligns */
};

#define MARK ((uintptr_t)0x5cb3a90d64e1f287ull)

#define SHARDS 16 /* a power of two; so many threads seldom meet at one lock */

struct shard
{
    struct cork_quick_lock lock;
    struct list blocks; /* made at first use: next is NULL until then */
};

static struct shard shards[SHARDS];

static struct shard *shard_of(const void *memory)
{
    uintptr_t number = (uintptr_t)memory >> 4;

    return &shards[(number ^ number >> 4 ^ number >> 8) % SHARDS];
}

void *descriptor_alloc(size_t size)
{
    struct header *header;
    struct shard *shard;

    if (size > SIZE_MAX - sizeof(*header)) return NULL;
    header = snmp_alloc(sizeof(*header) + size);
    if (!header) return NULL;
    header->mark = MARK ^ (uintptr_t)header;
    header->unused = 0;
    shard = shard_of(header + 1);
    cork_quick_lock(&shard->lock);
    if (!shard->blocks.next) list_init(&shard->blocks);
    list_add_tail(&shard->blocks, &header->entry);
    cork_quick_unlock(&shard->lock);
    return header + 1;
}

static int is_ours(const struct header *header)
{
    return can_read(header, sizeof(*header)) && header->mark == (MARK ^ (uintptr_t)header);
}

/* Returns 0 where `memory` is no block of ours. */
static int descriptor_free(void *memory)
{
    struct header *header;
    struct shard *shard;
    int ours;

    if ((uintptr_t)memory < sizeof(*header) || (uintptr_t)memory % sizeof(void *)) return 0;
    header = (struct header *)memory - 1;
    shard = shard_of(memory);
    cork_quick_lock(&shard->lock);
    ours = is_ours(header);
    if (ours)
    {
        header->mark = 0;
        list_remove(&header->entry);
    }
    cork_quick_unlock(&shard->lock);
    if (ours) snmp_free(header);
    return ours;
}

void descriptor_discard(void *memory)
{
    descriptor_free(memory);
}

static void shard_free_all(struct shard *shard)
{
    cork_quick_lock(&shard->lock);
    while (shard->blocks.next && !list_empty(&shard->blocks))
    {
        struct header *header = LIST_ENTRY_OF(shard->blocks.next, struct header, entry);

        header->mark = 0;
        list_remove(&header->entry);
        snmp_free(header);
    }
    cork_quick_unlock(&shard->lock);
}

void descriptors_free_all(void)
{
    for (unsigned i = 0; i < SHARDS; i++)
        shard_free_all(&shards[i]);
}

/*
 * SnmpFreeDescriptor (nf-winsnmp-snmpfreedescriptor; "Freeing WinSNMP Descriptors"): frees what ptr points to, and
 * empties the structure. SNMPAPI_SYNTAX_INVALID for a syntax without a descriptor; SNMPAPI_OPERATION_INVALID for a
 * structure that cannot be read or written and for memory that was freed before or is not Cork's. Which of the syntaxes
 * is given makes no difference beyond that: SnmpEncodeMsg's bytes may be freed as SNMP_SYNTAX_OCTETS and as
 * SNMP_SYNTAX_OPAQUE. Any thread; of two that free the same block at once one succeeds.
 */
SNMPAPI_STATUS WINAPI SnmpFreeDescriptor(smiUINT32 syntax, smiLPOPAQUE descriptor)
{
    enum snmp_value_kind kind = snmp_syntax_kind(syntax);

    RETURN_IF_NOT_STARTED();
    CORK_TRACE("syntax %#x, %p\n", (unsigned)syntax, (void *)descriptor);
    if (kind != SNMP_KIND_OCTETS && kind != SNMP_KIND_OID) return fail(NULL, SNMPAPI_SYNTAX_INVALID);
    if (!can_write(descriptor, sizeof(*descriptor)) || !descriptor_free(descriptor->ptr))
        return fail(NULL, SNMPAPI_OPERATION_INVALID);
    descriptor->ptr = NULL;
    descriptor->len = 0;
    return SNMPAPI_SUCCESS;
}
