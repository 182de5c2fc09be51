#include "wsnmp32/database.h"
#include "wsnmp32/wsnmp32.h"

CORK_TRACE_CHANNEL(wsnmp32);

#define DATABASE_PATH   "Software\\Cork\\wsnmp32\\"
#define NAME_MAX_LENGTH 255

static HKEY open_path(const char *path, REGSAM access)
{
    HKEY key;

    return RegOpenKeyExA(HKEY_LOCAL_MACHINE, path, 0, access | KEY_WOW64_64KEY, &key) ? NULL : key;
}

/* The key of one entry, or NULL. A backslash would lead out of the folder. */
static HKEY open_entry(const char *folder, const char *name)
{
    char path[sizeof(DATABASE_PATH) + 16 + NAME_MAX_LENGTH] = DATABASE_PATH;

    if (!*name || strlen(name) > NAME_MAX_LENGTH || strchr(name, '\\')) return NULL;
    strcat(path, folder);
    strcat(path, name);
    return open_path(path, KEY_QUERY_VALUE);
}

static void read_number(HKEY key, const char *name, uint32_t *number)
{
    DWORD type, value, size = sizeof(value);

    if (!RegQueryValueExA(key, name, NULL, &type, (BYTE *)&value, &size) && type == REG_DWORD && size == sizeof(value))
        *number = value;
}

/* A string that may lack its 0 in the registry; in `text` it has one. */
static int read_text(HKEY key, const char *name, char *text, DWORD size)
{
    DWORD type;

    size--;
    if (RegQueryValueExA(key, name, NULL, &type, (BYTE *)text, &size) || type != REG_SZ) return 0;
    text[size] = 0;
    return *text != 0;
}

enum database_result database_find_entity(const char *name, struct database_entity *entity)
{
    HKEY key = open_entry("Entities\\", name);
    int valid;

    if (!key) return DATABASE_NONE;
    valid = read_text(key, "Address", entity->address, sizeof(entity->address));
    read_number(key, "Port", &entity->port);
    read_number(key, "Version", &entity->version);
    read_number(key, "Timeout", &entity->timeout);
    read_number(key, "Retry", &entity->retry);
    RegCloseKey(key);
    if (!valid) CORK_WARN("entity %s has no address\n", cork_debugstr_a(name));
    return valid ? DATABASE_FOUND : DATABASE_INVALID;
}

int database_entity_name(uint32_t index, char name[SNMP_ADDRESS_TEXT_SIZE])
{
    HKEY key = open_path(DATABASE_PATH "Entities", KEY_ENUMERATE_SUB_KEYS);
    DWORD size = SNMP_ADDRESS_TEXT_SIZE;
    LSTATUS status;

    if (!key) return 0;
    status = RegEnumKeyExA(key, index, name, &size, NULL, NULL, NULL, NULL);
    RegCloseKey(key);
    return status == ERROR_SUCCESS;
}

static int read_community(HKEY key, uint8_t *community, uint32_t *length)
{
    DWORD type, size = DATABASE_COMMUNITY_MAX;

    if (RegQueryValueExA(key, "Community", NULL, &type, community, &size)) return 0;
    if (type == REG_SZ)
        size = (DWORD)strnlen((const char *)community, size);
    else if (type != REG_BINARY)
        return 0;
    *length = size;
    return size != 0;
}

enum database_result database_find_context(const void *name, uint32_t length, uint8_t community[DATABASE_COMMUNITY_MAX],
                                           uint32_t *community_length)
{
    char text[NAME_MAX_LENGTH + 1];
    HKEY key;
    int valid;

    if (length > NAME_MAX_LENGTH || memchr(name, 0, length)) return DATABASE_NONE;
    memcpy(text, name, length);
    text[length] = 0;
    key = open_entry("Contexts\\", text);
    if (!key) return DATABASE_NONE;
    valid = read_community(key, community, community_length);
    RegCloseKey(key);
    if (!valid) CORK_WARN("context %s has no community\n", cork_debugstr_a(text));
    return valid ? DATABASE_FOUND : DATABASE_INVALID;
}
