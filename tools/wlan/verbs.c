/* The verbs of wlan.exe, for its parser and its help. The manual page says the same (a test holds them together). */
#include "command_line.h"

#include <stddef.h>

#define INTERFACE                                                                                                      \
    {                                                                                                                  \
        .name = "interface", .kind = TAG_TEXT                                                                          \
    }
#define NEEDED_NAME                                                                                                    \
    {                                                                                                                  \
        .name = "name", .kind = TAG_TEXT, .needed = true                                                               \
    }
#define YES_OR_NO(NAME)                                                                                                \
    {                                                                                                                  \
        .name = (NAME), .kind = TAG_WORD, .words = "yes|no", .needed = true                                            \
    }
#define FILTER_TAGS                                                                                                    \
    {                                                                                                                  \
        {.name = "permission", .kind = TAG_WORD, .words = "allow|block|denyall", .needed = true},                      \
            {.name = "ssid", .kind = TAG_TEXT},                                                                        \
        {                                                                                                              \
            .name = "networktype", .kind = TAG_WORD, .words = "infrastructure|adhoc"                                   \
        }                                                                                                              \
    }
#define ADDRESS                                                                                                        \
    {                                                                                                                  \
        .name = "address", .kind = TAG_ADDRESS, .needed = true                                                         \
    }

const struct verb verbs[] = {
    {.name = "show interfaces",
     .summary = "the radios, and what they are connected to",
     .help = "wlan show interfaces [interface=NAME]\n",
     .tags = {INTERFACE}},

    {.name = "show networks",
     .summary = "the networks in reach",
     .help = "wlan show networks [interface=NAME] [mode={ssid|bssid}] [scan={yes|no}]\n"
             "\n"
             "  mode  bssid: each with its access points\n"
             "  scan  no: those that are known already, without looking anew (not on Windows, which never looks)\n",
     .tags = {INTERFACE,
              {.name = "mode", .kind = TAG_WORD, .words = "ssid|bssid"},
              {.name = "scan", .kind = TAG_WORD, .words = "yes|no"}}},

    {.name = "show profiles",
     .summary = "the profiles, or one of them",
     .help = "wlan show profiles [name=NAME] [interface=NAME] [key=clear]\n"
             "\n"
             "  name  what this profile says; without it: which there are, in their order of preference\n"
             "  key   clear: with its key\n",
     .tags = {{.name = "name", .kind = TAG_TEXT}, INTERFACE, {.name = "key", .kind = TAG_WORD, .words = "clear"}}},

    {.name = "show drivers",
     .summary = "what the radios can do",
     .help = "wlan show drivers [interface=NAME]\n",
     .tags = {INTERFACE}},

    {.name = "show wirelesscapabilities",
     .summary = "the same, in a table of yes and no",
     .help = "wlan show wirelesscapabilities [interface=NAME]\n",
     .tags = {INTERFACE}},

    {.name = "show settings", .summary = "how networks are chosen", .help = "wlan show settings\n"},

    {.name = "show autoconfig",
     .summary = "whether the radios connect by themselves",
     .help = "wlan show autoconfig [interface=NAME]\n",
     .tags = {INTERFACE}},

    {.name = "show filters",
     .summary = "the networks that are allowed or blocked",
     .help = "wlan show filters [permission={allow|block}]\n",
     .tags = {{.name = "permission", .kind = TAG_WORD, .words = "allow|block"}}},

    {.name = "show hostednetwork",
     .summary = "the network that this machine offers",
     .help = "wlan show hostednetwork [setting=security]\n"
             "\n"
             "  setting  security: its keys\n",
     .tags = {{.name = "setting", .kind = TAG_WORD, .words = "security"}}},

    {.name = "show all", .summary = "all of these", .help = "wlan show all\n"},

    {.name = "connect",
     .summary = "connects to the network of a profile",
     .help =
         "wlan connect name=PROFILE [ssid=SSID] [interface=NAME] [timeout=SECONDS]\n"
         "\n"
         "  ssid     which of the profile's networks, if it has several\n"
         "  timeout  how long to wait for the end, up to 3600; 0: not at all; 60 without it (not on Windows, which\n"
         "           does not wait)\n",
     .tags = {NEEDED_NAME,
              {.name = "ssid", .kind = TAG_TEXT},
              INTERFACE,
              {.name = "timeout", .kind = TAG_NUMBER, .most = 3600}}},

    {.name = "disconnect",
     .summary = "ends the connection",
     .help = "wlan disconnect [interface=NAME]\n",
     .tags = {INTERFACE}},

    {.name = "add profile",
     .summary = "takes a profile from a file",
     .help = "wlan add profile filename=FILE [interface=NAME] [user={all|current}]\n"
             "\n"
             "  filename  a profile in XML, such as `wlan export profile` and Windows write\n"
             "  user      current: for this user alone\n",
     .tags = {{.name = "filename", .kind = TAG_TEXT, .needed = true},
              INTERFACE,
              {.name = "user", .kind = TAG_WORD, .words = "all|current"}}},

    {.name = "delete profile",
     .summary = "forgets a profile",
     .help = "wlan delete profile name=NAME [interface=NAME]\n"
             "\n"
             "  name  * and ? in it stand for any characters, and for any one\n",
     .tags = {NEEDED_NAME, INTERFACE}},

    {.name = "set profileorder",
     .summary = "moves a profile in the order of preference",
     .help = "wlan set profileorder name=NAME [interface=NAME] priority=NUMBER\n"
             "\n"
             "  priority  1: before all others\n",
     .tags = {NEEDED_NAME,
              INTERFACE,
              {.name = "priority", .kind = TAG_NUMBER, .needed = true, .least = 1, .most = 1000000}}},

    {.name = "export profile",
     .summary = "writes profiles to files",
     .help = "wlan export profile [folder=FOLDER] [name=NAME] [interface=NAME] [key=clear]\n"
             "\n"
             "Each goes to the file INTERFACE-PROFILE.xml.\n"
             "\n"
             "  folder  where to; without it: the current folder\n"
             "  name    this one alone\n"
             "  key     clear: with its key in clear\n",
     .tags = {{.name = "folder", .kind = TAG_TEXT},
              {.name = "name", .kind = TAG_TEXT},
              INTERFACE,
              {.name = "key", .kind = TAG_WORD, .words = "clear"}}},

    {.name = "add filter",
     .summary = "allows or blocks networks",
     .help = "wlan add filter permission={allow|block|denyall} [ssid=SSID] [networktype={infrastructure|adhoc}]\n"
             "\n"
             "  permission  denyall: all networks of the type, and no ssid; otherwise that of ssid\n",
     .tags = FILTER_TAGS},

    {.name = "delete filter",
     .summary = "takes that back",
     .help = "wlan delete filter permission={allow|block|denyall} [ssid=SSID] [networktype={infrastructure|adhoc}]\n",
     .tags = FILTER_TAGS},

    {.name = "set autoconfig",
     .summary = "whether a radio connects by itself",
     .help = "wlan set autoconfig enabled={yes|no} [interface=NAME]\n",
     .tags = {YES_OR_NO("enabled"), INTERFACE}},

    {.name = "set blockednetworks",
     .summary = "whether blocked networks are shown",
     .help = "wlan set blockednetworks display={show|hide}\n",
     .tags = {{.name = "display", .kind = TAG_WORD, .words = "show|hide", .needed = true}}},

    {.name = "set allowexplicitcreds",
     .summary = "whether stored user credentials are used while nobody is logged on",
     .help = "wlan set allowexplicitcreds allow={yes|no}\n",
     .tags = {YES_OR_NO("allow")}},

    {.name = "set blockperiod",
     .summary = "how long a network that failed is not tried again",
     .help = "wlan set blockperiod value=MINUTES\n"
             "\n"
             "  value  0 to 60\n",
     .tags = {{.name = "value", .kind = TAG_NUMBER, .needed = true, .most = 60}}},

    {.name = "set hostednetwork",
     .summary = "sets up the network that this machine offers",
     .help = "wlan set hostednetwork [mode={allow|disallow}] [ssid=SSID] [key=KEY] [keyusage={persistent|temporary}]\n"
             "\n"
             "  key       8 to 63 characters\n"
             "  keyusage  temporary: for the next time that it is started alone\n",
     .tags = {{.name = "mode", .kind = TAG_WORD, .words = "allow|disallow"},
              {.name = "ssid", .kind = TAG_TEXT},
              {.name = "key", .kind = TAG_TEXT},
              {.name = "keyusage", .kind = TAG_WORD, .words = "persistent|temporary"}}},

    {.name = "start hostednetwork", .summary = "starts it", .help = "wlan start hostednetwork\n"},

    {.name = "stop hostednetwork", .summary = "stops it", .help = "wlan stop hostednetwork\n"},

    {.name = "refresh hostednetwork",
     .summary = "makes a new key for it",
     .help = "wlan refresh hostednetwork [data=key]\n",
     .tags = {{.name = "data", .kind = TAG_WORD, .words = "key"}}},

    /* ---- What netsh has not ---- */

    {.name = "direct find",
     .summary = "the Wi-Fi Direct devices in reach",
     .help = "wlan direct find [time=SECONDS]\n"
             "\n"
             "  time  how long to look, 1 to 120; 10 without it\n",
     .tags = {{.name = "time", .kind = TAG_NUMBER, .least = 1, .most = 120}}},

    {.name = "direct connect",
     .summary = "opens a session with one, until it is closed",
     .help = "wlan direct connect address=ADDRESS\n"
             "\n"
             "The session is open while the command runs: until Ctrl-C, `wlan direct close`, or the other side's end.\n"
             "The settings Direct... of wlanapi.dll say how (PIN or push button, how long it may take).\n",
     .tags = {ADDRESS}},

    {.name = "direct close",
     .summary = "ends the session that `wlan direct connect` holds",
     .help = "wlan direct close address=ADDRESS\n",
     .tags = {ADDRESS}},

    /* ---- What netsh has and this has not ---- */

    {.name = "dump", .summary = "is not there: netsh has no script to write here", .refused = true},
    {.name = "ihv", .summary = "is not there: no vendor's extensions are", .refused = true},
    {.name = "reportissues",
     .summary = "is not there: the DLL's and corkd's traces say what went wrong",
     .refused = true},
    {.name = "export hostednetworkprofile",
     .summary = "is not there: `wlan show hostednetwork setting=security` shows what it has",
     .refused = true},
    {.name = "set profileparameter",
     .summary = "is not there: export the profile, change the file and add it again",
     .refused = true},
    {.name = "set profiletype",
     .summary = "is not there: export the profile and add it again with user=all or user=current",
     .refused = true},
    {.name = "set createalluserprofile", .summary = "is not there: every user may", .refused = true},
    {.name = "set randomization",
     .summary = "is not there: wpa_supplicant's mac_addr is what has to be set",
     .refused = true},
    {.name = "set tracing",
     .summary = "is not there: WINEDEBUG=+wlanapi and corkd's log are what to look at",
     .refused = true},
    {.name = "show tracing",
     .summary = "is not there: WINEDEBUG=+wlanapi and corkd's log are what to look at",
     .refused = true},
    {.name = "show wlanreport",
     .summary = "is not there: the DLL's and corkd's traces say what went wrong",
     .refused = true},

    {.name = NULL},
};
