/* Profiles: XML by the schema's order and the pages' rules, each with its reason code; what wpa_supplicant is told. */
#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test_framework.h"

#include "../../include/wlan_reasons.h"
#include "corkd/wlan/profile.h"
#include "corkd/wlan/profile_reasons.h"
#include "corkd/wlan/wlan_constants.h"
#include "wlan_profile_text.h"

static uint32_t parse(const char *xml, struct wlan_profile **profile)
{
    return profile_parse(xml, strlen(xml), NULL, NULL, profile);
}

static struct wlan_profile *accepted(const char *xml)
{
    struct wlan_profile *profile;
    uint32_t reason = parse(xml, &profile);

    if (reason) ck_abort_msg("reason %#x of %s", reason, xml);
    return profile;
}

/* ---- Reasons ---- */

START_TEST(reasons_are_those_of_the_header)
{
    require(REASON_INVALID_SCHEMA == WLAN_REASON_CODE_INVALID_PROFILE_SCHEMA);
    require(REASON_PROFILE_MISSING == WLAN_REASON_CODE_PROFILE_MISSING);
    require(REASON_PROFILE_NAME == WLAN_REASON_CODE_INVALID_PROFILE_NAME);
    require(REASON_PHY_TYPE == WLAN_REASON_CODE_INVALID_PHY_TYPE);
    require(REASON_MSM_SECURITY_MISSING == WLAN_REASON_CODE_MSM_SECURITY_MISSING);
    require(REASON_IHV_SECURITY_NOT_SUPPORTED == WLAN_REASON_CODE_IHV_SECURITY_NOT_SUPPORTED);
    require(REASON_IHV_OUI_MISSING == WLAN_REASON_CODE_IHV_OUI_MISSING);
    require(REASON_IHV_SETTINGS_MISSING == WLAN_REASON_CODE_IHV_SETTINGS_MISSING);
    require(REASON_CONFLICT_SECURITY == WLAN_REASON_CODE_CONFLICT_SECURITY);
    require(REASON_SECURITY_MISSING == WLAN_REASON_CODE_SECURITY_MISSING);
    require(REASON_BSS_TYPE == WLAN_REASON_CODE_INVALID_BSS_TYPE);
    require(REASON_ADHOC_CONNECTION_MODE == WLAN_REASON_CODE_INVALID_ADHOC_CONNECTION_MODE);
    require(REASON_ADHOC_NON_BROADCAST == WLAN_REASON_CODE_NON_BROADCAST_SET_FOR_ADHOC);
    require(REASON_ADHOC_AUTO_SWITCH == WLAN_REASON_CODE_AUTO_SWITCH_SET_FOR_ADHOC);
    require(REASON_MANUAL_AUTO_SWITCH == WLAN_REASON_CODE_AUTO_SWITCH_SET_FOR_MANUAL_CONNECTION);
    require(REASON_SSID_INVALID == WLAN_REASON_CODE_PROFILE_SSID_INVALID);
    require(REASON_TOO_MANY_SSID == WLAN_REASON_CODE_TOO_MANY_SSID);
    require(REASON_IHV_CONNECTIVITY == WLAN_REASON_CODE_IHV_CONNECTIVITY_NOT_SUPPORTED);
    require(REASON_HOTSPOT2_NOT_ALLOWED == WLAN_REASON_CODE_HOTSPOT2_PROFILE_NOT_ALLOWED);
    require(REASON_UNSUPPORTED_BY_OS == WLAN_REASON_CODE_UNSUPPORTED_SECURITY_SET_BY_OS);
    require(REASON_UNSUPPORTED_SECURITY_SET == WLAN_REASON_CODE_UNSUPPORTED_SECURITY_SET);
    require(REASON_BSS_TYPE_UNMATCH == WLAN_REASON_CODE_BSS_TYPE_UNMATCH);
}
END_TEST

START_TEST(security_reasons_are_those_of_the_header)
{
    require(REASON_KEY_INDEX == WLAN_REASON_CODE_MSMSEC_PROFILE_INVALID_KEY_INDEX);
    require(REASON_PSK_PRESENT == WLAN_REASON_CODE_MSMSEC_PROFILE_PSK_PRESENT);
    require(REASON_KEY_LENGTH == WLAN_REASON_CODE_MSMSEC_PROFILE_KEY_LENGTH);
    require(REASON_PSK_LENGTH == WLAN_REASON_CODE_MSMSEC_PROFILE_PSK_LENGTH);
    require(REASON_NO_AUTH_CIPHER == WLAN_REASON_CODE_MSMSEC_PROFILE_NO_AUTH_CIPHER_SPECIFIED);
    require(REASON_TOO_MANY_AUTH_CIPHER == WLAN_REASON_CODE_MSMSEC_PROFILE_TOO_MANY_AUTH_CIPHER_SPECIFIED);
    require(REASON_RAW_DATA == WLAN_REASON_CODE_MSMSEC_PROFILE_RAWDATA_INVALID);
    require(REASON_INVALID_AUTH_CIPHER == WLAN_REASON_CODE_MSMSEC_PROFILE_INVALID_AUTH_CIPHER);
    require(REASON_ONE_X_DISABLED == WLAN_REASON_CODE_MSMSEC_PROFILE_ONEX_DISABLED);
    require(REASON_ONE_X_ENABLED == WLAN_REASON_CODE_MSMSEC_PROFILE_ONEX_ENABLED);
    require(REASON_PMK_MODE == WLAN_REASON_CODE_MSMSEC_PROFILE_INVALID_PMKCACHE_MODE);
    require(REASON_PMK_SIZE == WLAN_REASON_CODE_MSMSEC_PROFILE_INVALID_PMKCACHE_SIZE);
    require(REASON_PMK_TTL == WLAN_REASON_CODE_MSMSEC_PROFILE_INVALID_PMKCACHE_TTL);
    require(REASON_PRE_AUTH_MODE == WLAN_REASON_CODE_MSMSEC_PROFILE_INVALID_PREAUTH_MODE);
    require(REASON_PRE_AUTH_THROTTLE == WLAN_REASON_CODE_MSMSEC_PROFILE_INVALID_PREAUTH_THROTTLE);
    require(REASON_PRE_AUTH_ONLY == WLAN_REASON_CODE_MSMSEC_PROFILE_PREAUTH_ONLY_ENABLED);
    require(REASON_PASS_PHRASE_CHAR == WLAN_REASON_CODE_MSMSEC_PROFILE_PASSPHRASE_CHAR);
    require(REASON_KEY_CHAR == WLAN_REASON_CODE_MSMSEC_PROFILE_KEYMATERIAL_CHAR);
    require(REASON_KEY_TYPE == WLAN_REASON_CODE_MSMSEC_PROFILE_WRONG_KEYTYPE);
    require(REASON_KEY_UNMAPPED == WLAN_REASON_CODE_MSMSEC_PROFILE_KEY_UNMAPPED_CHAR);
    require(REASON_NIC_AUTH == WLAN_REASON_CODE_MSMSEC_CAPABILITY_PROFILE_AUTH);
    require(REASON_NIC_CIPHER == WLAN_REASON_CODE_MSMSEC_CAPABILITY_PROFILE_CIPHER);
    require(REASON_SAFE_MODE == WLAN_REASON_CODE_MSMSEC_PROFILE_SAFE_MODE);
    require(REASON_SAFE_MODE_NIC == WLAN_REASON_CODE_MSMSEC_CAPABILITY_PROFILE_SAFE_MODE_NIC);
    require(REASON_UNSUPPORTED_AUTH == WLAN_REASON_CODE_MSMSEC_PROFILE_UNSUPPORTED_AUTH);
    require(REASON_UNSUPPORTED_CIPHER == WLAN_REASON_CODE_MSMSEC_PROFILE_UNSUPPORTED_CIPHER);
}
END_TEST

#define HEX64  "00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF"
#define A16    "aaaaaaaaaaaaaaaa"
#define A64    A16 A16 A16 A16
#define A256   A64 A64 A64 A64
#define OTHER  "<x:y xmlns:x=\"urn:other\"><z/></x:y>"
#define PMK    "<PMKCacheMode>enabled</PMKCacheMode>"
#define ADHOC  "<connectionType>IBSS</connectionType><connectionMode>manual</connectionMode>"
#define IS_ESS "<connectionType>ESS</connectionType><connectionMode>auto</connectionMode>"

/* A profile in which `from` is replaced. Reason 0: it is accepted. */
struct change
{
    const char *base, *from, *to;
    uint32_t reason;
};

static void check_changes(const struct change *changes, size_t count)
{
    for (size_t i = 0; i < count; i++)
    {
        char *xml = replaced(changes[i].base, changes[i].from, changes[i].to);
        struct wlan_profile *profile;
        uint32_t reason = parse(xml, &profile);

        if (reason != changes[i].reason)
            ck_abort_msg("%#x, not %#x, for %s -> %s", reason, changes[i].reason, changes[i].from, changes[i].to);
        require((reason == 0) == (profile != NULL));
        profile_free(profile);
        free(xml);
    }
}
#define CHECK_CHANGES(changes) check_changes(changes, sizeof(changes) / sizeof((changes)[0]))

START_TEST(the_document)
{
    static const struct change changes[] = {
        {PROFILE_OPEN, "<?xml version=\"1.0\"?>", "<?xml version=\"1.0\" encoding=\"US-ASCII\"?>", 0},
        {PROFILE_OPEN, "<?xml version=\"1.0\"?>", "", 0},
        {PROFILE_OPEN, "<?xml version=\"1.0\"?>", "<!DOCTYPE a []>", REASON_INVALID_SCHEMA},
        {PROFILE_OPEN, "<?xml version=\"1.0\"?>", "<!DOCTYPE WLANProfile SYSTEM \"file:///etc/passwd\">",
         REASON_INVALID_SCHEMA},
        {PROFILE_OPEN, "</WLANProfile>", "", REASON_INVALID_SCHEMA},
        {PROFILE_OPEN, "</WLANProfile>", "</WLANProfile>x", REASON_INVALID_SCHEMA},
        {PROFILE_OPEN, "WLAN/profile/v1", "LAN/profile/v1", REASON_PROFILE_MISSING},
        {PROFILE_OPEN, " xmlns=\"http://www.microsoft.com/networking/WLAN/profile/v1\"", "", REASON_PROFILE_MISSING},
        {PROFILE_OPEN, "Attic", "&undefined;", REASON_INVALID_SCHEMA},
        {PROFILE_OPEN, "<MSM>", "text<MSM>", REASON_INVALID_SCHEMA},
        {PROFILE_OPEN, "<MSM>", "<!-- a remark --><?and an instruction?><MSM>", 0},
        {PROFILE_OPEN, "<MSM>", "<MSM><unknown/>", REASON_INVALID_SCHEMA},
        {PROFILE_OPEN, "<MSM>", "<unknown xmlns=\"\"/><MSM>", REASON_INVALID_SCHEMA},
        {PROFILE_OPEN, "<MSM>", "<MSM/><MSM>", REASON_INVALID_SCHEMA},
    };
    static const char other[] = "<LANProfile xmlns=\"http://www.microsoft.com/networking/WLAN/profile/v1\"/>";
    struct wlan_profile *profile;

    CHECK_CHANGES(changes);
    require(parse("", &profile) == REASON_INVALID_SCHEMA && parse("<", &profile) == REASON_INVALID_SCHEMA);
    require(parse(other, &profile) == REASON_PROFILE_MISSING);
}
END_TEST

START_TEST(too_large_and_too_deep)
{
    char *large = malloc(PROFILE_XML_MAX + 2);
    struct wlan_profile *profile;
    char *deep;

    memset(large, ' ', PROFILE_XML_MAX + 1);
    memcpy(large, PROFILE_OPEN, strlen(PROFILE_OPEN));
    require(profile_parse(large, PROFILE_XML_MAX + 1, NULL, NULL, &profile) == REASON_INVALID_SCHEMA);
    require(profile_parse(large, PROFILE_XML_MAX, NULL, NULL, &profile) == 0);
    profile_free(profile);
    memset(large, 0, PROFILE_XML_MAX + 2);
    for (int i = 0; i < 20000; i++)
        strcpy(large + 3 * i, "<a>");
    deep = replaced(PROFILE_OPEN, "<MSM>", large);
    require(parse(deep, &profile) == REASON_INVALID_SCHEMA);
    free(deep);
    free(large);
}
END_TEST

START_TEST(names_and_ssids)
{
    static const struct change changes[] = {
        {PROFILE_OPEN, "<name>Attic</name>", "", REASON_PROFILE_NAME},
        {PROFILE_OPEN, "<name>Attic</name>", "<name/>", REASON_PROFILE_NAME},
        {PROFILE_OPEN, "<name>Attic</name>", "<name>" A256 "</name>", REASON_PROFILE_NAME},
        {PROFILE_OPEN, "<name>Attic</name>", "<name>a<b/></name>", REASON_INVALID_SCHEMA},
        {PROFILE_OPEN, "<name>Attic</name>", "<name>Attic</name><name>Attic</name>", REASON_INVALID_SCHEMA},
        {PROFILE_OPEN, "Attic net", "", REASON_SSID_INVALID},
        {PROFILE_OPEN, "Attic net", A16 A16, 0},
        {PROFILE_OPEN, "Attic net", A16 A16 "a", REASON_SSID_INVALID},
        {PROFILE_OPEN, "<name>Attic net</name>", "", REASON_SSID_INVALID},
        {PROFILE_OPEN, "<SSID><name>Attic net</name></SSID>", "", REASON_SSID_INVALID},
        {PROFILE_OPEN, "<SSIDConfig><SSID><name>Attic net</name></SSID></SSIDConfig>", "", REASON_SSID_INVALID},
        {PROFILE_OPEN, "<SSID>", "<SSID><hex>004142</hex>", 0},
        {PROFILE_OPEN, "<SSID>", "<SSID><hex> 4142 </hex>", 0},
        {PROFILE_OPEN, "<SSID>", "<SSID><hex></hex>", REASON_SSID_INVALID},
        {PROFILE_OPEN, "<SSID>", "<SSID><hex>414</hex>", REASON_SSID_INVALID},
        {PROFILE_OPEN, "<SSID>", "<SSID><hex>4g</hex>", REASON_SSID_INVALID},
        {PROFILE_OPEN, "<SSID>", "<SSID><hex>" A64 "aa</hex>", REASON_SSID_INVALID},
        {PROFILE_OPEN, "</SSID>", "<hex>4142</hex></SSID>", REASON_INVALID_SCHEMA}, /* behind the name */
        {PROFILE_OPEN, "</SSID>", OTHER "</SSID>", 0},
        {PROFILE_OPEN, "<SSID>", "<SSID>" OTHER, REASON_INVALID_SCHEMA},
        {PROFILE_OPEN, "</SSIDConfig>", "<nonBroadcast>true</nonBroadcast></SSIDConfig>", 0},
        {PROFILE_OPEN, "</SSIDConfig>", "<nonBroadcast> 1 </nonBroadcast></SSIDConfig>", 0},
        {PROFILE_OPEN, "</SSIDConfig>", "<nonBroadcast>TRUE</nonBroadcast></SSIDConfig>", REASON_INVALID_SCHEMA},
        {PROFILE_OPEN, "</SSIDConfig>",
         "</SSIDConfig><SSIDConfig><SSID><hex>41</hex></SSID><nonBroadcast>true</nonBroadcast></SSIDConfig>",
         REASON_INVALID_SCHEMA},
    };

    CHECK_CHANGES(changes);
}
END_TEST

START_TEST(as_many_ssids_as_there_may_be)
{
    struct wlan_profile *profile;
    char *many = calloc(1, 257 * 32), *xml;

    for (int i = 0; i < 255; i++)
        strcat(many, "<SSID><hex>41</hex></SSID>");
    strcat(many, "<SSID>");
    xml = replaced(PROFILE_OPEN, "<SSID>", many);
    profile = accepted(xml);
    require(profile->ssid_count == PROFILE_SSIDS_MAX);
    profile_free(profile);
    free(xml);
    strcat(many, "<hex>41</hex></SSID><SSID>");
    xml = replaced(PROFILE_OPEN, "<SSID>", many);
    require(parse(xml, &profile) == REASON_TOO_MANY_SSID);
    free(xml);
    free(many);
}
END_TEST

START_TEST(connections)
{
    static const struct change changes[] = {
        {PROFILE_OPEN, "<connectionType>ESS</connectionType>", "", REASON_INVALID_SCHEMA},
        {PROFILE_OPEN, "ESS", "ess", REASON_BSS_TYPE},
        {PROFILE_OPEN, "<connectionMode>auto</connectionMode>", "", 0},
        {PROFILE_OPEN, ">auto<", ">sometimes<", REASON_INVALID_SCHEMA},
        {PROFILE_OPEN, IS_ESS, ADHOC, 0},
        {PROFILE_OPEN, "ESS", "IBSS", REASON_ADHOC_CONNECTION_MODE},
        {PROFILE_OPEN, IS_ESS, "<connectionType>IBSS</connectionType>", 0},
        {PROFILE_OPEN, IS_ESS, ADHOC "<autoSwitch>true</autoSwitch>", REASON_ADHOC_AUTO_SWITCH},
        {PROFILE_OPEN, "</SSIDConfig>" IS_ESS, "<nonBroadcast>true</nonBroadcast></SSIDConfig>" ADHOC,
         REASON_ADHOC_NON_BROADCAST},
        {PROFILE_OPEN, "<MSM>", "<autoSwitch>true</autoSwitch><MSM>", 0},
        {PROFILE_OPEN, ">auto</connectionMode>", ">manual</connectionMode><autoSwitch>true</autoSwitch>",
         REASON_MANUAL_AUTO_SWITCH},
        {PROFILE_OPEN, "<connectionType>", "<Hotspot2/><connectionType>", REASON_HOTSPOT2_NOT_ALLOWED},
        {PROFILE_OPEN, "<MSM>", OTHER "<MSM>", 0},
        {PROFILE_OPEN, "</MSM>", "</MSM>" OTHER, 0},
        {PROFILE_OPEN, "<MSM>", "<MSM><connectivity><phyType>g</phyType><phyType>n</phyType></connectivity>", 0},
        {PROFILE_OPEN, "<MSM>", "<MSM><connectivity><phyType>ac</phyType></connectivity>", REASON_PHY_TYPE},
        {PROFILE_OPEN, "<MSM>",
         "<MSM><connectivity><phyType>a</phyType><phyType>b</phyType><phyType>g</phyType><phyType>n</phyType>"
         "<phyType>n</phyType></connectivity>",
         REASON_INVALID_SCHEMA},
    };

    CHECK_CHANGES(changes);
}
END_TEST

START_TEST(vendors_settings)
{
    static const char oui[] = "</MSM><IHV><OUIHeader><OUI>001122</OUI><type>01</type></OUIHeader></IHV>";
    static const char secure[] = "<IHV><OUIHeader/><security/></IHV>";
    static const struct change changes[] = {
        {PROFILE_OPEN, "</MSM>", "</MSM><IHV/>", REASON_IHV_OUI_MISSING},
        {PROFILE_OPEN, "</MSM>", oui, REASON_IHV_SETTINGS_MISSING},
        {PROFILE_OPEN, "</MSM>", "</MSM><IHV><OUIHeader/><security/></IHV>", REASON_CONFLICT_SECURITY},
        {PROFILE_OPEN, "</MSM>", "</MSM><IHV><OUIHeader/><connectivity/><useMSOneX>false</useMSOneX></IHV>",
         REASON_IHV_CONNECTIVITY},
        {PROFILE_START "<MSM/></WLANProfile>", "<MSM/>", secure, REASON_IHV_SECURITY_NOT_SUPPORTED},
        {PROFILE_START "<MSM/></WLANProfile>", "<MSM/>", "", REASON_SECURITY_MISSING},
        {PROFILE_START "<MSM/></WLANProfile>", "<MSM/>", "<MSM/>", REASON_MSM_SECURITY_MISSING},
    };

    CHECK_CHANGES(changes);
}
END_TEST

START_TEST(authentication_and_encryption)
{
    static const struct change changes[] = {
        {PROFILE_OPEN, PROFILE_SECURITY("open", "none"), "<MSM><security>", REASON_NO_AUTH_CIPHER},
        {PROFILE_OPEN, "<authEncryption>", "<authEncryption/><authEncryption>", REASON_INVALID_SCHEMA},
        {PROFILE_OPEN, "</authEncryption>",
         "</authEncryption><authEncryption><authentication>open</authentication><encryption>none</encryption>"
         "</authEncryption>",
         REASON_TOO_MANY_AUTH_CIPHER},
        {PROFILE_OPEN, "<authentication>open</authentication>", "", REASON_INVALID_SCHEMA},
        {PROFILE_OPEN, ">open<", ">Open<", REASON_UNSUPPORTED_AUTH},
        {PROFILE_OPEN, ">none<", ">DES<", REASON_UNSUPPORTED_CIPHER},
        {PROFILE_OPEN, ">none<", ">AES<", REASON_INVALID_AUTH_CIPHER},
        {PROFILE_OPEN, ">open<", ">shared<", REASON_INVALID_AUTH_CIPHER},
        {PROFILE_OPEN, "<useOneX>false</useOneX>", "", 0},
        {PROFILE_WPA2, ">AES<", ">TKIP<", 0},
        {PROFILE_WPA2, ">AES<", ">WEP<", REASON_INVALID_AUTH_CIPHER},
        {PROFILE_WPA2, "WPA2PSK", "WPAPSK", 0},
        {PROFILE_WPA2, "WPA2PSK", "WPA3SAE", 0},
        {PROFILE_WPA2, "WPA2PSK</authentication><encryption>AES", "OWE</authentication><encryption>TKIP",
         REASON_INVALID_AUTH_CIPHER},
        {PROFILE_WPA2, "WPA2PSK", "OWE", REASON_PSK_PRESENT},
        {PROFILE_WPA2, ">false</useOneX>", ">true</useOneX>", REASON_ONE_X_ENABLED},
        {PROFILE_WPA2, "WPA2PSK", "WPA2", REASON_ONE_X_DISABLED},
        {PROFILE_WPA2, IS_ESS, ADHOC, 0},
        {PROFILE_WPA2, IS_ESS "<MSM><security><authEncryption><authentication>WPA2PSK",
         ADHOC "<MSM><security><authEncryption><authentication>WPA3SAE", REASON_UNSUPPORTED_SECURITY_SET},
        {PROFILE_WPA2, "</authEncryption>",
         "<transitionMode xmlns=\"http://www.microsoft.com/networking/WLAN/profile/v4\">false</transitionMode>"
         "</authEncryption>",
         0},
        {PROFILE_WPA2, "</authEncryption>",
         "<FIPSMode xmlns=\"http://www.microsoft.com/networking/WLAN/profile/v2\">false</FIPSMode></authEncryption>",
         0},
        {PROFILE_WPA2, "</authEncryption>",
         "<FIPSMode xmlns=\"http://www.microsoft.com/networking/WLAN/profile/v2\">true</FIPSMode></authEncryption>",
         REASON_SAFE_MODE_NIC},
        {PROFILE_OPEN, "</authEncryption>",
         "<FIPSMode xmlns=\"http://www.microsoft.com/networking/WLAN/profile/v2\">true</FIPSMode></authEncryption>",
         REASON_SAFE_MODE},
    };

    CHECK_CHANGES(changes);
}
END_TEST

/* 802.1X, whose credentials corkd does not have: refused as what "the operating system" does not support. */
START_TEST(enterprise_is_refused)
{
    static const char *const pairs[][2] = {
        {"WPA", "TKIP"},    {"WPA", "AES"},   {"WPA2", "TKIP"}, {"WPA2", "AES"},           {"WPA3", "GCMP256"},
        {"WPA3ENT", "AES"}, {"open", "none"}, {"open", "WEP"},  {"WPA3ENT192", "GCMP256"}, {"WPA3ENT", "GCMP256"}};
    static const char one_x[] =
        "</authEncryption><OneX xmlns=\"http://www.microsoft.com/networking/OneX/v1\"><EAPConfig><EapHostConfig "
        "xmlns=\"http://www.microsoft.com/provisioning/EapHostConfig\"><ConfigBlob>00</ConfigBlob></EapHostConfig>"
        "</EAPConfig></OneX>";
    struct wlan_profile *profile;
    char words[64], *xml, *with, *empty;

    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
    {
        snprintf(words, sizeof(words), "%s</authentication><encryption>%s", pairs[i][0], pairs[i][1]);
        xml = replaced(PROFILE_OPEN, "open</authentication><encryption>none", words);
        with = replaced(xml, ">false</useOneX>", ">true</useOneX>");
        require(parse(with, &profile) == REASON_UNSUPPORTED_BY_OS && !profile);
        free(xml);
        free(with);
    }
    with = replaced(PROFILE_OPEN, "</authEncryption>", one_x);
    require(parse(with, &profile) == 0);
    profile_free(profile);
    empty = replaced(with, "<ConfigBlob>00</ConfigBlob>", "<ConfigBlob></ConfigBlob>");
    require(parse(empty, &profile) == REASON_EMPTY_BLOB);
    free(empty);
    free(with);
}
END_TEST

START_TEST(keys)
{
    static const char network_key[] = ">networkKey</keyType><protected>false</protected><keyMaterial>" HEX64 "<";
    static const char phrase[] = ">passPhrase</keyType><protected>false</protected><keyMaterial>correct horse<";
    static const struct change changes[] = {
        {PROFILE_WPA2, "correct horse", "1234567", REASON_PSK_LENGTH},
        {PROFILE_WPA2, "correct horse", "12345678", 0},
        {PROFILE_WPA2, "correct horse", A64, REASON_KEY_TYPE},
        {PROFILE_WPA2, "correct horse", A64 "z", REASON_PSK_LENGTH},
        {PROFILE_WPA2, "correct horse", "&#x7f;1234567", REASON_PASS_PHRASE_CHAR},
        {PROFILE_WPA2, "correct horse", "tab\tulator", REASON_PASS_PHRASE_CHAR},
        {PROFILE_WPA2, "correct horse", "gr&#xfc;ezi mitenand", REASON_KEY_UNMAPPED},
        {PROFILE_WPA2, "correct horse", "", REASON_PSK_LENGTH},
        {PROFILE_WPA2, phrase, network_key, 0},
        {PROFILE_WPA2, ">passPhrase<", ">networkKey<", REASON_PSK_LENGTH},
        {PROFILE_WPA2, phrase,
         ">networkKey</keyType><protected>false</protected><keyMaterial>z0112233445566778899aabbccddeeff"
         "00112233445566778899AABBCCDDEEFF<",
         REASON_KEY_CHAR},
        {PROFILE_WPA2, ">passPhrase<", ">password<", REASON_INVALID_SCHEMA},
        {PROFILE_WPA2, "<protected>false</protected>", "", REASON_INVALID_SCHEMA},
        {PROFILE_WPA2, "<protected>false", "<protected>true", REASON_RAW_DATA},
        {PROFILE_WPA2, PROFILE_KEY("passPhrase", "correct horse"), "", 0},
        {PROFILE_START PROFILE_SECURITY("WPA3SAE", "AES") PROFILE_KEY("networkKey", HEX64) PROFILE_END, "Attic",
         "Attic", REASON_KEY_TYPE},
        {PROFILE_OPEN, "</authEncryption>", "</authEncryption>" PROFILE_KEY("passPhrase", "correct horse"),
         REASON_PSK_PRESENT},
        {PROFILE_WEP, "networkKey", "passPhrase", REASON_PSK_PRESENT},
        {PROFILE_WEP, "apple", "apples", REASON_KEY_LENGTH},
        {PROFILE_WEP, "apple", "0123456789", 0},
        {PROFILE_WEP, "apple", "0123456x89", REASON_KEY_CHAR},
        {PROFILE_WEP, "apple", "13characters!", 0},
        {PROFILE_WEP, "apple", "0123456789abcdef0123456789", 0},
        {PROFILE_WEP, "apple", "&#x20ac;pple", REASON_KEY_UNMAPPED},
        {PROFILE_WEP, "</sharedKey>", "</sharedKey><keyIndex>3</keyIndex>", 0},
        {PROFILE_WEP, "</sharedKey>", "</sharedKey><keyIndex>4</keyIndex>", REASON_KEY_INDEX},
        {PROFILE_WEP, "</sharedKey>", "</sharedKey><keyIndex>-1</keyIndex>", REASON_KEY_INDEX},
        {PROFILE_WEP, "</sharedKey>", "</sharedKey><keyIndex>one</keyIndex>", REASON_KEY_INDEX},
    };

    CHECK_CHANGES(changes);
}
END_TEST

START_TEST(pmk_cache)
{
    static const struct change changes[] = {
        {PROFILE_WPA2, "</sharedKey>", "</sharedKey>" PMK, 0},
        {PROFILE_WPA2, "</sharedKey>", "</sharedKey><PMKCacheMode>on</PMKCacheMode>", REASON_PMK_MODE},
        {PROFILE_OPEN, "</authEncryption>", "</authEncryption>" PMK, REASON_PMK_MODE},
        {PROFILE_WPA2, "</sharedKey>", "</sharedKey>" PMK "<PMKCacheTTL>5</PMKCacheTTL>", 0},
        {PROFILE_WPA2, "</sharedKey>", "</sharedKey>" PMK "<PMKCacheTTL>1440</PMKCacheTTL>", 0},
        {PROFILE_WPA2, "</sharedKey>", "</sharedKey>" PMK "<PMKCacheTTL>4</PMKCacheTTL>", REASON_PMK_TTL},
        {PROFILE_WPA2, "</sharedKey>", "</sharedKey>" PMK "<PMKCacheTTL>1441</PMKCacheTTL>", REASON_PMK_TTL},
        {PROFILE_WPA2, "</sharedKey>", "</sharedKey>" PMK "<PMKCacheTTL>9999999999</PMKCacheTTL>", REASON_PMK_TTL},
        {PROFILE_WPA2, "</sharedKey>", "</sharedKey>" PMK "<PMKCacheSize>255</PMKCacheSize>", 0},
        {PROFILE_WPA2, "</sharedKey>", "</sharedKey>" PMK "<PMKCacheSize>0</PMKCacheSize>", REASON_PMK_SIZE},
        {PROFILE_WPA2, "</sharedKey>", "</sharedKey>" PMK "<preAuthMode>maybe</preAuthMode>", REASON_PRE_AUTH_MODE},
        {PROFILE_WPA2, "</sharedKey>",
         "</sharedKey>" PMK "<preAuthMode>enabled</preAuthMode><preAuthThrottle>16</preAuthThrottle>", 0},
        {PROFILE_WPA2, "</sharedKey>",
         "</sharedKey>" PMK "<preAuthMode>enabled</preAuthMode><preAuthThrottle>17</preAuthThrottle>",
         REASON_PRE_AUTH_THROTTLE},
        {PROFILE_WPA2, "</sharedKey>",
         "</sharedKey><PMKCacheMode>disabled</PMKCacheMode><preAuthMode>enabled</preAuthMode>", REASON_PRE_AUTH_ONLY},
        {PROFILE_WPA2, "</sharedKey>", "</sharedKey><preAuthMode>disabled</preAuthMode>" PMK, REASON_INVALID_SCHEMA},
    };

    CHECK_CHANGES(changes);
}
END_TEST

/* ---- What a profile says ---- */

START_TEST(values_and_defaults)
{
    struct wlan_profile *profile = accepted(PROFILE_WPA2);
    char *xml;

    require(!strcmp(profile->name, "Attic") && profile->ssid_count == 1 && profile->ssids[0].length == 9);
    require(!memcmp(profile->ssids[0].bytes, "Attic net", 9) && !profile->non_broadcast);
    require(profile->bss_type == BSS_INFRASTRUCTURE && profile->automatic && !profile->auto_switch && !profile->phys);
    require(profile->auth == WLAN_AUTH_RSNA_PSK && profile->cipher == WLAN_CIPHER_CCMP && !profile->one_x);
    require(profile->key_type == PROFILE_KEY_PASS_PHRASE && !strcmp(profile->key, "correct horse"));
    require(profile->pmk_cache && profile->pmk_cache_minutes == 720 && profile->pmk_cache_size == 128);
    require(!profile->pre_auth && profile->pre_auth_throttle == 3 && !profile->randomize_mac);
    profile_free(profile);

    xml = replaced(PROFILE_WEP, "<SSID>", "<SSID><hex>00fF20</hex>");
    profile = accepted(xml);
    require(profile->ssids[0].length == 3 && !memcmp(profile->ssids[0].bytes, "\0\xff ", 3));
    require(profile->key_type == PROFILE_KEY_NETWORK && !strcmp(profile->key, "6170706c65"));
    profile_free(profile);
    free(xml);

    xml = replaced(PROFILE_OPEN, "</MSM>",
                   "</MSM><MacRandomization xmlns=\"http://www.microsoft.com/networking/WLAN/profile/v3\">"
                   "<enableRandomization>true</enableRandomization></MacRandomization>");
    profile = accepted(xml);
    require(profile->randomize_mac && profile->auth == WLAN_AUTH_OPEN && !profile->key[0]);
    profile_free(profile);
    free(xml);
}
END_TEST

static bool unprotect(void *context, const char *material, char *key)
{
    if (strcmp(material, context)) return false;
    strcpy(key, "correct horse");
    return true;
}

START_TEST(a_protected_key)
{
    static char blob[] = "0badcafe";
    char *xml =
        replaced(PROFILE_WPA2, "false</protected><keyMaterial>correct horse", "true</protected><keyMaterial>0badcafe");
    struct wlan_profile *profile;

    require(parse(xml, &profile) == REASON_RAW_DATA);
    require(profile_parse(xml, strlen(xml), unprotect, blob, &profile) == 0);
    require(!strcmp(profile->key, "correct horse"));
    profile_free(profile);
    blob[0] = '1';
    require(profile_parse(xml, strlen(xml), unprotect, blob, &profile) == REASON_RAW_DATA && !profile);
    free(xml);
}
END_TEST

/* ---- Rewriting, writing ---- */

START_TEST(rewriting_keeps_what_it_does_not_know)
{
    struct profile_edit edit = {"A & <B>", "manual", "00ff", true};
    char *xml = replaced(PROFILE_WPA2, "</MSM>", "</MSM>" OTHER), *text = profile_rewrite(xml, strlen(xml), &edit);
    struct wlan_profile *profile;

    require(strstr(text, "<name>A &amp; &lt;B&gt;</name>") && strstr(text, "<connectionMode>manual</connectionMode>"));
    require(strstr(text, "<protected>true</protected><keyMaterial>00ff</keyMaterial>") && strstr(text, "urn:other"));
    require(strstr(text, "<hex>4174746963206E6574</hex><name>Attic net</name>") && !strstr(text, "correct"));
    free(text);

    text = profile_rewrite(xml, strlen(xml), &(struct profile_edit){0});
    profile = accepted(text);
    require(!strcmp(profile->name, "Attic") && !strcmp(profile->key, "correct horse") && profile->automatic);
    profile_free(profile);
    free(text);
    free(xml);

    xml = replaced(PROFILE_OPEN, "<connectionMode>auto</connectionMode>", "");
    text = profile_rewrite(xml, strlen(xml), &(struct profile_edit){.mode = "manual"});
    profile = accepted(text);
    require(!profile->automatic);
    profile_free(profile);
    free(text);
    free(xml);
    require(!profile_rewrite("<a", 2, &edit));
}
END_TEST

static void check_round_trip(const char *xml)
{
    struct wlan_profile *profile = accepted(xml), *again;
    char *text = profile_write(profile);

    again = accepted(text);
    require(!strcmp(profile->name, again->name) && profile->ssid_count == again->ssid_count);
    require(!memcmp(profile->ssids, again->ssids, profile->ssid_count * sizeof(*again->ssids)));
    require(profile->non_broadcast == again->non_broadcast && profile->bss_type == again->bss_type);
    require(profile->automatic == again->automatic && profile->auto_switch == again->auto_switch);
    require(profile->auth == again->auth && profile->cipher == again->cipher);
    require(profile->key_type == again->key_type && !strcmp(profile->key, again->key));
    require(profile->key_index == again->key_index);
    free(text);
    profile_free(again);
    profile_free(profile);
}

/* The kinds of network of the pages' samples: WPA2-Personal, WPA-Personal, one that does not broadcast its name. */
START_TEST(what_is_written_is_read_again)
{
    char *hidden = replaced(PROFILE_WPA2, "</SSIDConfig>", "<nonBroadcast>true</nonBroadcast></SSIDConfig>");
    char *wpa = replaced(hidden, "WPA2PSK</authentication><encryption>AES", "WPAPSK</authentication><encryption>TKIP");
    char *adhoc = replaced(PROFILE_WEP, IS_ESS, ADHOC);
    char *index = replaced(adhoc, "</sharedKey>", "</sharedKey><keyIndex>2</keyIndex>");

    check_round_trip(PROFILE_OPEN);
    check_round_trip(PROFILE_WPA2);
    check_round_trip(hidden);
    check_round_trip(wpa);
    check_round_trip(index);
    free(hidden);
    free(wpa);
    free(adhoc);
    free(index);
}
END_TEST

START_TEST(text_is_escaped_and_read_again)
{
    static const char odd[] = "<o:x xmlns:o=\"urn:a&amp;o\" a=\"&lt;&#10;&#9;&#13;&gt;'\" o:b=\"&amp;amp;\">"
                              "a&#13;<![CDATA[<&>]]></o:x><MSM>";
    char *xml = replaced(PROFILE_OPEN, "<MSM>", odd), *twice;
    char *with = replaced(xml, "<o:x", "<!-- remark --><o:x");
    char *once = profile_rewrite(with, strlen(with), &(struct profile_edit){0});

    require(once);
    twice = profile_rewrite(once, strlen(once), &(struct profile_edit){0});
    if (!twice || strcmp(once, twice)) ck_abort_msg("%s not %s", twice, once);
    require(!strstr(once, "remark"));
    require(strstr(once, "urn:a&amp;o") && strstr(once, "a=\"&lt;&#10;&#9;&#13;&gt;'\""));
    require(strstr(once, "o:b=\"&amp;amp;\"") && strstr(once, ">a&#13;&lt;&amp;&gt;</o:x>"));
    free(xml);
    free(with);
    free(once);
    free(twice);
}
END_TEST

/* ---- No memory ---- */

static size_t until_failure;

static void *failing_malloc(size_t size)
{
    return until_failure && --until_failure ? malloc(size) : NULL;
}

static void *failing_realloc(void *memory, size_t size)
{
    return until_failure && --until_failure ? realloc(memory, size) : NULL;
}

static char *failing_strdup(const char *text)
{
    return until_failure && --until_failure ? strdup(text) : NULL;
}

/* Each of libxml2's allocations fails once: never an accepted profile that is not whole, never a lost byte (ASan). */
START_TEST(every_allocation_of_the_reader_fails_once)
{
    struct wlan_profile *profile;
    uint32_t reason = REASON_NO_MEMORY;
    char *text = NULL;

    xmlMemSetup(free, failing_malloc, failing_realloc, failing_strdup);
    for (size_t fail = 1; reason; fail++)
    {
        until_failure = fail;
        reason = parse(PROFILE_WPA2, &profile);
        require(fail < 2000 && (reason == 0) == (profile != NULL));
        if (profile) require(!strcmp(profile->key, "correct horse") && profile->ssids[0].length == 9);
        profile_free(profile);
    }
    for (size_t fail = 1; !text; fail++)
    {
        until_failure = fail;
        text = profile_rewrite(PROFILE_WPA2, strlen(PROFILE_WPA2), &(struct profile_edit){.mode = "manual"});
        require(fail < 2000);
    }
    require(strstr(text, ">manual<") && strstr(text, "<hex>") && strstr(text, "</WLANProfile>\n"));
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("wlan_profile");
    TCase *cases = tcase_create("tests");
    SRunner *runner;
    int failed;

    tcase_set_timeout(cases, 120);
    tcase_add_test(cases, reasons_are_those_of_the_header);
    tcase_add_test(cases, security_reasons_are_those_of_the_header);
    tcase_add_test(cases, the_document);
    tcase_add_test(cases, too_large_and_too_deep);
    tcase_add_test(cases, names_and_ssids);
    tcase_add_test(cases, as_many_ssids_as_there_may_be);
    tcase_add_test(cases, connections);
    tcase_add_test(cases, vendors_settings);
    tcase_add_test(cases, authentication_and_encryption);
    tcase_add_test(cases, enterprise_is_refused);
    tcase_add_test(cases, keys);
    tcase_add_test(cases, pmk_cache);
    tcase_add_test(cases, values_and_defaults);
    tcase_add_test(cases, a_protected_key);
    tcase_add_test(cases, rewriting_keeps_what_it_does_not_know);
    tcase_add_test(cases, what_is_written_is_read_again);
    tcase_add_test(cases, text_is_escaped_and_read_again);
    tcase_add_test(cases, every_allocation_of_the_reader_fails_once);
    suite_add_tcase(suite, cases);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
