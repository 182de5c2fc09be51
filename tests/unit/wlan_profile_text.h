/* Profiles for tests, and other ones made of them by replacing what stands in them. */
#ifndef WLAN_PROFILE_TEXT_H
#define WLAN_PROFILE_TEXT_H

#include <stdlib.h>
#include <string.h>

#define PROFILE_HEAD                                                                                                   \
    "<?xml version=\"1.0\"?>\n<WLANProfile xmlns=\"http://www.microsoft.com/networking/WLAN/profile/v1\">\n"
#define PROFILE_START                                                                                                  \
    PROFILE_HEAD "<name>Attic</name><SSIDConfig><SSID><name>Attic net</name></SSID></SSIDConfig>"                      \
                 "<connectionType>ESS</connectionType><connectionMode>auto</connectionMode>"
#define PROFILE_SECURITY(auth, cipher)                                                                                 \
    "<MSM><security><authEncryption><authentication>" auth "</authentication><encryption>" cipher                      \
    "</encryption><useOneX>false</useOneX></authEncryption>"
#define PROFILE_KEY(type, material)                                                                                    \
    "<sharedKey><keyType>" type "</keyType><protected>false</protected><keyMaterial>" material                         \
    "</keyMaterial></sharedKey>"
#define PROFILE_END "</security></MSM></WLANProfile>"

#define PROFILE_OPEN PROFILE_START PROFILE_SECURITY("open", "none") PROFILE_END
#define PROFILE_WPA2                                                                                                   \
    PROFILE_START PROFILE_SECURITY("WPA2PSK", "AES") PROFILE_KEY("passPhrase", "correct horse") PROFILE_END
#define PROFILE_WEP PROFILE_START PROFILE_SECURITY("open", "WEP") PROFILE_KEY("networkKey", "apple") PROFILE_END

/* `text` with its first `from` replaced; freed by the caller. */
static inline char *replaced(const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);
    char *result = at ? malloc(strlen(text) + strlen(to) + 1) : NULL;

    if (!result) abort();
    memcpy(result, text, (size_t)(at - text));
    strcpy(result + (at - text), to);
    strcat(result, at + strlen(from));
    return result;
}

#endif
