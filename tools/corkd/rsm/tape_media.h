/* What media a tape drive takes, by its product's name. */
#ifndef CORK_RSM_TAPE_MEDIA_H
#define CORK_RSM_TAPE_MEDIA_H

#include "rsm/changer.h"

/* Fills media_type and media_type_name: 0 and "Tape" for a product that is not known. */
void tape_media_of(const char *product, struct changer_description *description);

#endif
