/* File systems of removable disks: FAT, exFAT and NTFS by their boot sectors, ext2 to ext4 by their superblock. */
#include <string.h>

#include "rsm/label_formats.h"

enum
{
    BOOT_SECTOR = 512,

    FAT_SECTOR_BYTES = 11,
    FAT_CLUSTER_SECTORS = 13,
    FAT_COPIES = 16,
    FAT_SIGNATURE = 0x26, /* 0x28, 0x29: serial number, and with 0x29 volume label and type follow */
    FAT32_SIGNATURE = 0x42,

    EXFAT_SERIAL = 0x64,
    NTFS_SERIAL = 0x48,

    EXT_SUPERBLOCK = 1024,
    EXT_MAGIC = EXT_SUPERBLOCK + 0x38,
    EXT_COMPATIBLE = EXT_SUPERBLOCK + 0x5c,
    EXT_INCOMPATIBLE = EXT_SUPERBLOCK + 0x60,
    EXT_UUID = EXT_SUPERBLOCK + 0x68,
    EXT_NAME = EXT_SUPERBLOCK + 0x78,
    EXT_END = EXT_SUPERBLOCK + 1024,
};

static bool is_power_of_two(uint32_t number)
{
    return number && !(number & (number - 1));
}

static bool is_boot_sector(struct label_bytes bytes)
{
    return label_has(bytes, 0, BOOT_SECTOR) && label_u16(bytes, 510) == 0xaa55;
}

bool label_ntfs(struct label_bytes bytes, struct media_label *label)
{
    if (!is_boot_sector(bytes) || !label_is(bytes, 3, "NTFS    ")) return false;
    label_set_type(label, "NTFS");
    label_set_serial(label, label_u32(bytes, NTFS_SERIAL));
    return true;
}

bool label_exfat(struct label_bytes bytes, struct media_label *label)
{
    if (!is_boot_sector(bytes) || !label_is(bytes, 3, "EXFAT   ")) return false;
    label_set_type(label, "exFAT");
    label_set_serial(label, label_u32(bytes, EXFAT_SERIAL));
    return true;
}

bool label_fat(struct label_bytes bytes, struct media_label *label)
{
    uint32_t sector;
    size_t at;
    bool wide;

    if (!is_boot_sector(bytes)) return false;
    sector = label_u16(bytes, FAT_SECTOR_BYTES);
    if (!is_power_of_two(sector) || sector < 128 || sector > 4096) return false;
    if (!is_power_of_two(bytes.data[FAT_CLUSTER_SECTORS])) return false;
    if (bytes.data[FAT_COPIES] != 1 && bytes.data[FAT_COPIES] != 2) return false;
    /* FAT32 has no count of sectors of a FAT where the others have it. */
    wide = !label_u16(bytes, 22) && label_is(bytes, 0x52, "FAT32   ");
    at = wide ? FAT32_SIGNATURE : FAT_SIGNATURE;
    if (!wide && !label_is(bytes, 0x36, "FAT")) return false;
    if (bytes.data[at] != 0x29) return false;
    label_set_type(label, wide ? "FAT32" : "FAT");
    label_set_serial(label, label_u32(bytes, at + 1));
    label_latin1(bytes, at + 5, 11, label->info, sizeof(label->info));
    if (!strcmp(label->info, "NO NAME")) label->info[0] = 0;
    return true;
}

bool label_ext(struct label_bytes bytes, struct media_label *label)
{
    const uint32_t journal = 4, extents = 0x40;

    if (!label_has(bytes, 0, EXT_END) || label_u16(bytes, EXT_MAGIC) != 0xef53) return false;
    if (label_u32(bytes, EXT_INCOMPATIBLE) & extents)
        label_set_type(label, "ext4");
    else
        label_set_type(label, label_u32(bytes, EXT_COMPATIBLE) & journal ? "ext3" : "ext2");
    label_set_id(label, bytes, EXT_UUID, 16);
    label_latin1(bytes, EXT_NAME, 16, label->info, sizeof(label->info));
    return true;
}
