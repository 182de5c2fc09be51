/*
 * Security descriptors, self-relative ([MS-DTYP] 2.4.6), as they stand in the database and go over the channel. None of
 * these functions keeps anything; any thread.
 */
#ifndef CORK_RSM_SECURITY_DESCRIPTOR_H
#define CORK_RSM_SECURITY_DESCRIPTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Rights, beside NTMS_USE_ACCESS, NTMS_MODIFY_ACCESS and NTMS_CONTROL_ACCESS. */
#define RIGHT_READ_CONTROL 0x00020000u
#define RIGHT_WRITE_DAC    0x00040000u
#define RIGHT_WRITE_OWNER  0x00080000u
#define RIGHTS_FULL        0x001f0007u

/* Parts (SECURITY_INFORMATION). */
#define PART_OWNER 1u
#define PART_GROUP 2u
#define PART_DACL  4u
#define PART_SACL  8u
#define PART_ALL   15u

#define SID_SIZE_MAX        68u
#define DESCRIPTOR_SIZE_MAX 0x10000u

/* Whether these bytes are a descriptor whose parts lie inside it and are what they should be. */
bool descriptor_is_valid(const uint8_t *descriptor, size_t size);

/* Whether bytes are SIDs one behind the other. None is one too. */
bool sids_are_valid(const uint8_t *sids, size_t size);

/* Whether a valid descriptor grants all of `rights` to whoever has these SIDs, by the order of its access control
 * entries. The owner may always read the descriptor and write its list; a descriptor without a list grants everything.
 * Generic rights in an entry count as what NTMS_GENERIC_* says. */
bool descriptor_grants(const uint8_t *descriptor, size_t size, const uint8_t *sids, size_t sids_size, uint32_t rights);

/* A new descriptor, to be freed with free(): the parts named in `parts` of `change`, the others of `base`. Either may
 * be NULL, which has no parts. Both are valid. NULL: no memory. */
uint8_t *descriptor_merge(const uint8_t *base, const uint8_t *change, uint32_t parts, size_t *size);

/* Which parts a valid descriptor has; a list that is there and grants everything is one. */
uint32_t descriptor_parts(const uint8_t *descriptor);

/* What an object has that nobody gave one: Administrators, Backup Operators and the system have full access, Users may
 * use it. To be freed; NULL: no memory. */
uint8_t *descriptor_default(size_t *size);

/* What a new media pool has (the remarks of CreateNtmsMediaPool): its creator, the first of `sids` (none: the system),
 * and the system have full access; behind that come the entries of `parent`, a valid descriptor or NULL. */
uint8_t *descriptor_of_pool(const uint8_t *sids, size_t sids_size, const uint8_t *parent, size_t *size);

#endif
