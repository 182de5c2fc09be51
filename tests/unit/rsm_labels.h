/* Labels for media of the tests, and what objects say of them. */
#ifndef RSM_LABELS_H
#define RSM_LABELS_H

#include "rsm_support.h"

#include "rsm/media_label.h"

enum
{
    MTF_BLOCK = 1024
};

/* A descriptor block of Microsoft Tape Format: `guid` (36 characters) in the media label, or NULL. */
void mtf_block(uint8_t block[MTF_BLOCK], const char *name, const char *guid);
/* Puts a label of that many bytes on a medium of the bench's folder library, which is in that slot (from 1). */
void put_label(struct bench *bench, uint32_t slot, const char *medium, const void *label, size_t size);
void put_mtf(struct bench *bench, uint32_t slot, const char *medium, const char *name, const char *guid);

/* Exchanges what is in two slots of the folder library, as a person does behind the door. */
void exchange_slots(struct bench *bench, uint32_t first, uint32_t second);
/* Makes the folder library one that reads no bar codes. The engine is opened anew. */
void without_barcodes(struct bench *bench);

struct side_label
{
    char type[64], info[256];
    uint8_t id[LABEL_ID_MAX];
    size_t id_size;
};
struct side_label side_label_of(struct bench *bench, const struct guid *side);

/* Where a medium is. */
struct medium_location
{
    struct guid library, place;
    uint32_t type;
};
struct medium_location location_of(struct bench *bench, const struct guid *medium);
/* The medium in a slot (from 1) of the bench's library; null: none. */
struct guid medium_in_slot(struct bench *bench, uint32_t slot);
/* NTMS_OBJECTINFORMATION, dwOperationalState. */
uint32_t operational_state_of(struct bench *bench, const struct guid *object);
/* The pool for the bench's media type below "Free", "Import" or "Unrecognized". */
struct guid pool_below(struct bench *bench, const char *top);
/* Changes one number of a library's or the computer's information: the how-manieth field of its own structure. */
void set_number(struct bench *bench, const struct guid *object, size_t field, uint32_t value);
/* EjectDiskFromSADrive. */
uint32_t eject_from_drive(struct bench *bench, const char *device, uint32_t options);

#endif
