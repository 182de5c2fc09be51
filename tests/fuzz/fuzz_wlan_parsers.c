/*
 * What comes from wpa_supplicant's sockets and from the air: the first byte chooses the parser. Texts end, numbers stay
 * within their bounds, pointers lead into what was given.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "corkd/wlan/available.h"
#include "corkd/wlan/bss.h"
#include "corkd/wlan/control_event.h"
#include "corkd/wlan/network_list.h"

static void check_event(const char *line)
{
    struct control_event event;
    uint8_t address[6];
    char text[40];
    int length;

    if (!control_event_parse(line, &event)) return;
    REQUIRE(event.kind < CONTROL_EVENT_KINDS && memchr(event.ifname, 0, sizeof(event.ifname)));
    for (unsigned i = 0; i < 4; i++)
    {
        length = control_event_word(&event, i, text, sizeof(text));
        REQUIRE(length < (int)sizeof(text) && (length < 0 || !text[length]));
    }
    length = control_event_value(&event, "ssid", text, sizeof(text));
    REQUIRE(length < (int)sizeof(text) && (length < 0 || !text[length]));
    control_event_number(&event, "freq", 0);
    control_event_address(&event, NULL, address);
    control_event_address(&event, "p2p_dev_addr", address);
}

static void check_elements(const uint8_t *data, size_t size)
{
    struct wlan_elements elements;
    uint32_t auth, cipher;

    wlan_read_elements(data, size, &elements);
    REQUIRE(!elements.ssid || (elements.ssid >= data && elements.ssid + elements.ssid_length <= data + size));
    REQUIRE(elements.ssid_length <= WLAN_SSID_MAX && elements.rate_count <= WLAN_RATES_MAX);
    REQUIRE(elements.rsn.auth_count <= WLAN_AUTHS_MAX && elements.wpa.cipher_count <= WLAN_CIPHERS_MAX);
    wlan_default_security(&elements, true, &auth, &cipher);
    REQUIRE(wlan_phy_of(&elements, 2437) >= WLAN_PHY_OFDM);
}

static void check_answer(const char *text)
{
    while (*text)
    {
        struct available_network network;
        const char *before = text;
        struct wlan_bss bss;
        bool whole;

        if (bss_read(text, &text, &whole, &bss))
        {
            REQUIRE(bss.element_size <= BSS_ELEMENTS_MAX);
            check_elements(bss.elements, bss.element_size);
            available_of_bss(&bss, &network);
            REQUIRE(network.ssid_length <= WLAN_SSID_MAX && network.bss_count == 1 && network.quality <= 100);
            bss_free(&bss);
        }
        REQUIRE(text > before && (whole || !*text));
    }
}

/* The same text as wpa_supplicant's list of networks, and as the mark of one. */
static void check_networks(const char *text)
{
    int displaced[4];
    struct network_mark mark = {.displaced = displaced, .room = 4};
    struct network_line line;

    if (network_mark_read(text, &mark)) REQUIRE(mark.process > 0 && mark.count <= mark.room);
    while (network_list_next(&text, &line))
        REQUIRE(line.id >= 0);
    REQUIRE(!*text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text;

    if (!size) return 0;
    if (data[0] % 3 == 0)
    {
        check_elements(data + 1, size - 1);
        return 0;
    }
    text = malloc(size);
    if (!text) return 0;
    memcpy(text, data + 1, size - 1);
    text[size - 1] = 0;
    if (data[0] % 3 == 1)
        check_event(text);
    else
    {
        check_answer(text);
        check_networks(text);
    }
    free(text);
    return 0;
}
