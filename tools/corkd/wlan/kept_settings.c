/* Names with values in a file. */
#include "corkd/wlan/kept_settings.h"

#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corkd/wlan/kept_file.h"

struct setting
{
    struct setting *next;
    char name[KEPT_NAME_SIZE];
    size_t size;
    uint8_t value[];
};

struct kept_settings
{
    pthread_mutex_t lock;
    char folder[PATH_MAX], file[KEPT_NAME_SIZE];
    struct setting *first;
};

/* ---- Values ---- */

static struct setting *make_setting(const char *name, size_t size)
{
    struct setting *setting = calloc(1, sizeof(*setting) + size + 1);

    if (!setting) return NULL;
    strcpy(setting->name, name);
    setting->size = size;
    return setting;
}

static struct setting **find(struct kept_settings *settings, const char *name)
{
    struct setting **at = &settings->first;

    while (*at && strcmp((*at)->name, name))
        at = &(*at)->next;
    return at;
}

/* ---- The file ---- */

static int digit(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = c ? strchr(digits, c) : NULL;

    return at ? (int)(at - digits) : -1;
}

/* A line of `length` characters; what is none is left out. */
static void read_line(struct kept_settings *settings, const char *line, size_t length)
{
    size_t name_length = 0, digits;
    struct setting *setting;
    char name[KEPT_NAME_SIZE];

    while (name_length < length && line[name_length] != ' ')
        name_length++;
    if (!name_length || name_length >= KEPT_NAME_SIZE || name_length == length) return;
    memcpy(name, line, name_length);
    name[name_length] = 0;
    line += name_length + 1;
    digits = length - name_length - 1;
    if (digits % 2 || *find(settings, name)) return;
    setting = make_setting(name, digits / 2);
    if (!setting) return;
    for (size_t i = 0; i < setting->size; i++)
    {
        int high = digit(line[2 * i]), low = digit(line[2 * i + 1]);

        if (high < 0 || low < 0)
        {
            free(setting);
            return;
        }
        setting->value[i] = (uint8_t)(high << 4 | low);
    }
    *find(settings, name) = setting;
}

static void read_file(struct kept_settings *settings)
{
    uint8_t *bytes;
    size_t size;

    if (kept_file_read(settings->folder, settings->file, &bytes, &size) != KEPT_OK) return;
    for (size_t at = 0; at < size;)
    {
        const uint8_t *end = memchr(bytes + at, '\n', size - at);
        size_t length = end ? (size_t)(end - (bytes + at)) : size - at;

        read_line(settings, (const char *)bytes + at, length);
        at += length + 1;
    }
    free(bytes);
}

/* All of them, but `without`, and with `with` instead; each may be NULL. */
static bool write_file(const struct kept_settings *settings, const struct setting *without, struct setting *with)
{
    size_t room = 1, size = 0;
    char *text;
    bool good;

    if (with) with->next = settings->first;
    for (const struct setting *setting = with ? with : settings->first; setting; setting = setting->next)
        room += KEPT_NAME_SIZE + 2 * setting->size + 2;
    text = malloc(room);
    if (!text) return false;
    for (const struct setting *setting = with ? with : settings->first; setting; setting = setting->next)
    {
        if (setting == without) continue;
        size += (size_t)snprintf(text + size, room - size, "%s ", setting->name);
        for (size_t i = 0; i < setting->size; i++)
            size += (size_t)snprintf(text + size, room - size, "%02x", setting->value[i]);
        text[size++] = '\n';
    }
    good = kept_file_write(settings->folder, settings->file, text, size) == KEPT_OK;
    memset(text, 0, room); /* it may have keys */
    free(text);
    return good;
}

/* ---- Interface ---- */

struct kept_settings *kept_settings_open(const char *folder, const char *name)
{
    struct kept_settings *settings = calloc(1, sizeof(*settings));

    if (!settings) return NULL;
    snprintf(settings->folder, sizeof(settings->folder), "%s", folder);
    snprintf(settings->file, sizeof(settings->file), "%s", name);
    pthread_mutex_init(&settings->lock, NULL);
    read_file(settings);
    return settings;
}

void kept_settings_close(struct kept_settings *settings)
{
    struct setting *setting;

    while ((setting = settings->first))
    {
        settings->first = setting->next;
        free(setting);
    }
    pthread_mutex_destroy(&settings->lock);
    free(settings);
}

uint8_t *kept_settings_get(struct kept_settings *settings, const char *name, size_t *size)
{
    const struct setting *setting;
    uint8_t *copy = NULL;

    *size = 0;
    pthread_mutex_lock(&settings->lock);
    setting = *find(settings, name);
    if (setting) copy = malloc(setting->size + 1);
    if (copy)
    {
        memcpy(copy, setting->value, setting->size + 1);
        *size = setting->size;
    }
    pthread_mutex_unlock(&settings->lock);
    return copy;
}

/* Puts `fresh` (NULL: nothing), which is its own from then on, in the place of what has that name. */
static bool replace(struct kept_settings *settings, const char *name, struct setting *fresh)
{
    struct setting **at, *old;
    bool good;

    pthread_mutex_lock(&settings->lock);
    at = find(settings, name);
    old = *at;
    good = (!old && !fresh) || write_file(settings, old, fresh);
    if (good && old)
    {
        *at = old->next;
        free(old);
    }
    if (good && fresh)
    {
        fresh->next = settings->first;
        settings->first = fresh;
    }
    pthread_mutex_unlock(&settings->lock);
    if (!good) free(fresh);
    return good;
}

bool kept_settings_put(struct kept_settings *settings, const char *name, const void *value, size_t size)
{
    struct setting *setting = strlen(name) < KEPT_NAME_SIZE ? make_setting(name, size) : NULL;

    if (!setting) return false;
    if (size) memcpy(setting->value, value, size);
    return replace(settings, name, setting);
}

bool kept_settings_remove(struct kept_settings *settings, const char *name)
{
    return replace(settings, name, NULL);
}

uint32_t kept_settings_number(struct kept_settings *settings, const char *name, uint32_t missing)
{
    size_t size;
    uint8_t *value = kept_settings_get(settings, name, &size);
    uint32_t number = missing;

    if (value && size == 4)
        number = value[0] | (uint32_t)value[1] << 8 | (uint32_t)value[2] << 16 | (uint32_t)value[3] << 24;
    free(value);
    return number;
}

bool kept_settings_put_number(struct kept_settings *settings, const char *name, uint32_t number)
{
    uint8_t value[4] = {(uint8_t)number, (uint8_t)(number >> 8), (uint8_t)(number >> 16), (uint8_t)(number >> 24)};

    return kept_settings_put(settings, name, value, sizeof(value));
}
