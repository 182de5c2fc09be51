/* What media a tape drive takes. */
#include "rsm/tape_media.h"

#include <string.h>

struct tape_media
{
    const char *product; /* a part of its name */
    uint32_t type;       /* STORAGE_MEDIA_TYPE of ntddstor.h */
    const char *name;
};

static const struct tape_media kinds[] = {
    {"ULT", 86, "LTO Ultrium"},      {"LTO", 86, "LTO Ultrium"}, {"DLT", 39, "DLT"},     {"SDX", 89, "AIT 8mm"},
    {"AIT", 89, "AIT 8mm"},          {"DDS", 32, "DDS 4mm"},     {"DAT", 32, "DDS 4mm"}, {"VXA", 94, "VXA"},
    {"359", 43, "IBM Magstar 3590"}, {"T9840", 85, "STK 9840"},
};

void tape_media_of(const char *product, struct changer_description *description)
{
    description->media_type = 0;
    strcpy(description->media_type_name, "Tape");
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (strstr(product, kinds[i].product))
        {
            description->media_type = kinds[i].type;
            strcpy(description->media_type_name, kinds[i].name);
            return;
        }
}
