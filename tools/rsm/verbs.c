/* The verbs of rsm.exe: Windows' own, as Microsoft's documentation of Rsm has them, then Cork's. */
#include "command_line.h"

#define OBJECT_IDS                                                                                                     \
    "A GUID follows g, in 32 hexadecimal digits (with dashes or braces, if you like); a friendly name follows f, in\n" \
    "capitals and small letters as `rsm view` shows it. A name with a space is put in quotation marks: /lf\"Backup "   \
    "1\".\n"

#define VIEW_TYPES                                                                                                     \
    "library|drive|drive_type|changer|changer_type|storageslot|iedoor|ieport|media_type|media_pool|physical_media|"    \
    "partition|logical_media|librequest|opreq|oprequest|computer"

const struct verb verbs[] = {
    {.name = "allocate",
     .summary = "takes a medium from a media pool",
     .help = "rsm allocate /mPOOL [/o{errunavail|new|next}] [/l{g|f}LOGICAL | /p{g|f}PARTITION]\n"
             "             [/lnNAME] [/ldDESCRIPTION] [/pnNAME] [/pdDESCRIPTION] [/tTIME] [/b]\n"
             "\n"
             "  /m  the media pool, as Parent\\Child\n"
             "  /o  errunavail: fail at once if there is no medium, instead of asking the operator for one\n"
             "      new: its other side is for this allocation's owner alone; next: the next side of the medium of /l\n"
             "  /l  the logical medium of which /onext takes the next side\n"
             "  /p  the partition (side) to take\n"
             "  /ln /ld  name and description for the logical medium; /pn /pd  for the partition\n"
             "  /t  how long to wait, in milliseconds; without it: until there is one\n"
             "  /b  print the logical medium's GUID alone\n",
     .switches = {{"m", SWITCH_TEXT, NULL},
                  {"o", SWITCH_WORDS, "errunavail|new|next"},
                  {"l", SWITCH_OBJECT, NULL},
                  {"p", SWITCH_OBJECT, NULL},
                  {"ln", SWITCH_TEXT, NULL},
                  {"ld", SWITCH_TEXT, NULL},
                  {"pn", SWITCH_TEXT, NULL},
                  {"pd", SWITCH_TEXT, NULL},
                  {"t", SWITCH_NUMBER, NULL},
                  {"b", SWITCH_FLAG, NULL}},
     .rules = {"m", "?l|p"}},

    {.name = "createpool",
     .summary = "makes an application media pool",
     .help = "rsm createpool /mPOOL /a{existing|always|new} [/t{g|f}MEDIA-TYPE] [/d] [/r]\n"
             "\n"
             "  /m  its name; Parent\\Child makes it in another pool\n"
             "  /a  existing: it has to be there; new: it must not be there; always: either\n"
             "  /t  what media it holds; without it: other pools\n"
             "  /d  it may take media from the free pool; /r  it gives media back to the free pool\n",
     .switches = {{"m", SWITCH_TEXT, NULL},
                  {"a", SWITCH_WORD, "existing|always|new"},
                  {"t", SWITCH_OBJECT, NULL},
                  {"d", SWITCH_FLAG, NULL},
                  {"r", SWITCH_FLAG, NULL}},
     .rules = {"m", "a"}},

    {.name = "deallocate",
     .summary = "gives a medium back",
     .help = "rsm deallocate {/l{g|f}LOGICAL | /p{g|f}PARTITION}\n",
     .switches = {{"l", SWITCH_OBJECT, NULL}, {"p", SWITCH_OBJECT, NULL}},
     .rules = {"l|p"}},

    {.name = "deletepool",
     .summary = "deletes an application media pool",
     .help = "rsm deletepool /mPOOL\n"
             "\n"
             "It has to be empty.\n",
     .switches = {{"m", SWITCH_TEXT, NULL}},
     .rules = {"m"}},

    {.name = "dismount",
     .summary = "takes a medium out of its drive",
     .help = "rsm dismount {/l{g|f}LOGICAL | /p{g|f}PARTITION | /d{g|f}DRIVE} [/odeferred]\n"
             "\n"
             "  /odeferred  it stays in the drive until the drive is needed\n"
             "  /d          whatever is in this drive (not on Windows)\n",
     .switches = {{"l", SWITCH_OBJECT, NULL},
                  {"p", SWITCH_OBJECT, NULL},
                  {"d", SWITCH_OBJECT, NULL},
                  {"o", SWITCH_WORD, "deferred"}},
     .rules = {"l|p|d", "?d|o"}},

    {.name = "eject",
     .summary = "moves a medium out of a library",
     .help =
         "rsm eject {/p{g|f}MEDIUM | /s{g|f}SLOT /l{g|f}LIBRARY | /d{g|f}DRIVE /l{g|f}LIBRARY | /l{g|f}LIBRARY}\n"
         "          [/a{start|stop|queue}] [/oOPERATION] [/b]\n"
         "\n"
         "  /p  the physical medium; or where it is: /s a slot or /d a drive, of the library /l. Of a library that\n"
         "      has one drive and no slots /l alone is enough\n"
         "  /a  start (unless it is given): eject; queue: together with others, when one is started;\n"
         "      stop: end the operation /o before its time is over\n"
         "  /b  print the operation's GUID alone\n",
     .switches = {{"p", SWITCH_OBJECT, NULL},
                  {"s", SWITCH_OBJECT, NULL},
                  {"d", SWITCH_OBJECT, NULL},
                  {"l", SWITCH_OBJECT, NULL},
                  {"a", SWITCH_WORD, "start|stop|queue"},
                  {"o", SWITCH_GUID, NULL},
                  {"b", SWITCH_FLAG, NULL}},
     .rules = {"?p|s|d", "?p|l"}},

    {.name = "ejectatapi",
     .summary = "ejects the media of an ATAPI changer",
     .help = "rsm ejectatapi /nNUMBER\n"
             "\n"
             "  /n  the N of the device CdChangerN\n",
     .switches = {{"n", SWITCH_NUMBER, NULL}},
     .rules = {"n"}},

    {.name = "erase",
     .summary = "is not there: no function of the API erases",
     .help = "rsm erase is not there: ntmsapi.dll has no function that erases a medium. Mount it and delete what is on "
             "it.\n",
     .refused = true},

    {.name = "ui",
     .summary = "is not there: `rsm requests` shows what operators are asked for",
     .help = "rsm ui is not there: messages for the operator are shown by `rsm requests`.\n",
     .refused = true},

    {.name = "freemedia",
     .summary = "labels a medium as free and moves it to the free pool",
     .help = "rsm freemedia {/l{g|f}LOGICAL | /p{g|f}PARTITION | /s{g|f}SLOT}\n"
             "\n"
             "A medium that is allocated is deallocated first, by `rsm deallocate`.\n",
     .switches = {{"l", SWITCH_OBJECT, NULL}, {"p", SWITCH_OBJECT, NULL}, {"s", SWITCH_OBJECT, NULL}},
     .rules = {"l|p|s"}},

    {.name = "inventory",
     .summary = "has a library look what media it has",
     .help =
         "rsm inventory /l{g|f}LIBRARY /a{full|fast|default|none|stop}\n"
         "\n"
         "  /a  full: mount each medium and read its label; fast: by the bar codes, and the labels of what is new;\n"
         "      default: as the library's settings say; none: no inventory; stop: end the one that waits\n",
     .switches = {{"l", SWITCH_OBJECT, NULL}, {"a", SWITCH_WORD, "none|fast|full|default|stop"}},
     .rules = {"l", "a"}},

    {.name = "mount",
     .summary = "brings a medium into a drive",
     .help =
         "rsm mount {/l{g|f}LOGICAL | /p{g|f}PARTITION | /s{g|f}SLOT [/c{g|f}CHANGER]} [/d{g|f}DRIVE]\n"
         "          [/o{errunavail|drive|read|write|offline}]... [/r{normal|high|low|highest|lowest}] [/tTIME] [/b]\n"
         "\n"
         "  /d  the drive to use; without it any that is free\n"
         "  /o  errunavail: fail at once if the medium or a drive is busy; drive: use the drive of /d;\n"
         "      read, write: what for; offline: fail if the medium is in no library, instead of asking the operator\n"
         "  /r  before or behind what else waits for drives\n"
         "  /t  how long to wait, in milliseconds; without it: until it is mounted. Ctrl-C cancels it\n"
         "  /b  print the drive letter alone, or the drive's GUID where it has none (not on Windows)\n",
     .switches = {{"l", SWITCH_OBJECT, NULL},
                  {"p", SWITCH_OBJECT, NULL},
                  {"s", SWITCH_OBJECT, NULL},
                  {"c", SWITCH_OBJECT, NULL},
                  {"d", SWITCH_OBJECT, NULL},
                  {"o", SWITCH_WORDS, "errunavail|drive|read|write|offline"},
                  {"r", SWITCH_WORD, "normal|high|low|highest|lowest"},
                  {"t", SWITCH_NUMBER, NULL},
                  {"b", SWITCH_FLAG, NULL}},
     .rules = {"l|p|s"}},

    {.name = "refresh",
     .summary = "looks again what is in a library, or where a medium is",
     .help = "rsm refresh {/l{g|f}LIBRARY | /p{g|f}MEDIUM | /t{g|f}MEDIA-TYPE}\n"
             "\n"
             "For devices that do not say when a medium is changed. /p: in the library of that physical medium;\n"
             "/t: in every library that takes this type of media.\n",
     .switches = {{"l", SWITCH_OBJECT, NULL}, {"p", SWITCH_OBJECT, NULL}, {"t", SWITCH_OBJECT, NULL}},
     .rules = {"l|p|t"}},

    {.name = "view",
     .summary = "lists libraries, drives, media ...",
     .help =
         "rsm view [/tTYPE] [/c{g|f}CONTAINER] [/guiddisplay] [/b] [/v]\n"
         "\n"
         "  /t  one of library, drive, drive_type, changer, changer_type, storageslot, iedoor, ieport, media_type,\n"
         "      media_pool, physical_media, partition, logical_media, librequest, opreq, computer;\n"
         "      without it: a summary of all there is (not on Windows)\n"
         "  /c  only those in this library, media pool, physical medium, partition or logical medium\n"
         "  /guiddisplay  show GUIDs, too\n"
         "  /b  names alone, or with /guiddisplay GUIDs alone, one a line, for scripts\n"
         "  /v  a table with states and places (not on Windows)\n",
     .switches = {{"t", SWITCH_WORD, VIEW_TYPES},
                  {"c", SWITCH_OBJECT, NULL},
                  {"guiddisplay", SWITCH_FLAG, NULL},
                  {"b", SWITCH_FLAG, NULL},
                  {"v", SWITCH_FLAG, NULL}},
     .rules = {"?b|v"}},

    {.name = "rename",
     .summary = "changes the name or description of an object",
     .help = "rsm rename /tTYPE /i{g|f}OBJECT [/nNAME] [/dDESCRIPTION]\n"
             "\n"
             "TYPE is one of those of `rsm view`. (Windows has the verb with other switches.)\n",
     .switches = {{"t", SWITCH_WORD, VIEW_TYPES},
                  {"i", SWITCH_OBJECT, NULL},
                  {"n", SWITCH_TEXT, NULL},
                  {"d", SWITCH_TEXT, NULL}},
     .rules = {"t", "i"}},

    /* ---- What Windows had in a snap-in ---- */

    {.name = "addlibrary",
     .summary = "adds a library: a folder, a SCSI changer, an iSCSI target",
     .operand = "a folder, /dev/sgN or iscsi://...",
     .help =
         "rsm addlibrary LOCATION [/nNAME] [/drivesN /slotsN [/portsN] [/sidesN]] [/b]\n"
         "\n"
         "  LOCATION  a folder (C:\\tapes, or a path of the host), a SCSI media changer (/dev/sgN), or one on the\n"
         "            network (iscsi://HOST[:PORT]/TARGET/LUN)\n"
         "  /n        its name; without it LOCATION\n"
         "  /drives /slots /ports /sides  make a new folder library: so many drives, slots and mail slots, and media\n"
         "            with 1 or 2 sides. Without /drives the folder has to be one already\n"
         "  /b        print its GUID alone\n",
     .switches = {{"n", SWITCH_TEXT, NULL},
                  {"drives", SWITCH_NUMBER, NULL},
                  {"slots", SWITCH_NUMBER, NULL},
                  {"ports", SWITCH_NUMBER, NULL},
                  {"sides", SWITCH_NUMBER, NULL},
                  {"b", SWITCH_FLAG, NULL}}},

    {.name = "deletelibrary",
     .summary = "forgets a library; its media go to the off-line library",
     .help = "rsm deletelibrary /l{g|f}LIBRARY\n"
             "\n"
             "It has to be disabled before. Nothing is deleted on the media.\n",
     .switches = {{"l", SWITCH_OBJECT, NULL}},
     .rules = {"l"}},

    {.name = "enable",
     .summary = "lets a library, drive or medium be used",
     .help = "rsm enable {/l{g|f}LIBRARY | /d{g|f}DRIVE | /p{g|f}MEDIUM}\n",
     .switches = {{"l", SWITCH_OBJECT, NULL}, {"d", SWITCH_OBJECT, NULL}, {"p", SWITCH_OBJECT, NULL}},
     .rules = {"l|d|p"}},

    {.name = "disable",
     .summary = "keeps a library, drive or medium from being used",
     .help = "rsm disable {/l{g|f}LIBRARY | /d{g|f}DRIVE | /p{g|f}MEDIUM}\n",
     .switches = {{"l", SWITCH_OBJECT, NULL}, {"d", SWITCH_OBJECT, NULL}, {"p", SWITCH_OBJECT, NULL}},
     .rules = {"l|d|p"}},

    {.name = "inject",
     .summary = "takes media from a library's mail slots",
     .help = "rsm inject /l{g|f}LIBRARY [/a{start|many|stop|retract}] [/oOPERATION] [/b]\n"
             "\n"
             "  /a  start (unless it is given): one medium; many: until it is stopped or its time is over;\n"
             "      stop: end the operation /o; retract: take in what stands in the extended port\n"
             "  /b  print the operation's GUID alone\n",
     .switches = {{"l", SWITCH_OBJECT, NULL},
                  {"a", SWITCH_WORD, "start|stop|retract|many"},
                  {"o", SWITCH_GUID, NULL},
                  {"b", SWITCH_FLAG, NULL}},
     .rules = {"l"}},

    {.name = "door",
     .summary = "unlocks a library's door",
     .help = "rsm door /l{g|f}LIBRARY [/a{default|none|fast|full}]\n"
             "\n"
             "  /a  the inventory to take when it has been closed, as in `rsm inventory`\n",
     .switches = {{"l", SWITCH_OBJECT, NULL}, {"a", SWITCH_WORD, "none|fast|full|default"}},
     .rules = {"l"}},

    {.name = "clean",
     .summary = "cleans a drive with the library's cleaning medium",
     .help = "rsm clean /d{g|f}DRIVE\n",
     .switches = {{"d", SWITCH_OBJECT, NULL}},
     .rules = {"d"}},

    {.name = "cleaner",
     .summary = "manages a library's slot for a cleaning medium",
     .help = "rsm cleaner /l{g|f}LIBRARY /a{reserve|release|inject|eject} [/s{g|f}SLOT] [/nCYCLES] [/b]\n"
             "\n"
             "  /a  reserve: the slot /s is for it; inject: take one with /n cleaning cycles left from the mail slot;\n"
             "      eject: move it out; release: the slot is one for other media again\n",
     .switches = {{"l", SWITCH_OBJECT, NULL},
                  {"a", SWITCH_WORD, "reserve|release|inject|eject"},
                  {"s", SWITCH_OBJECT, NULL},
                  {"n", SWITCH_NUMBER, NULL},
                  {"b", SWITCH_FLAG, NULL}},
     .rules = {"l", "a"}},

    {.name = "movemedia",
     .summary = "moves a medium to another media pool",
     .help = "rsm movemedia /p{g|f}MEDIUM /mPOOL\n",
     .switches = {{"p", SWITCH_OBJECT, NULL}, {"m", SWITCH_TEXT, NULL}},
     .rules = {"p", "m"}},

    {.name = "deletemedia",
     .summary = "forgets a medium that is in no library any more",
     .help = "rsm deletemedia /p{g|f}MEDIUM\n",
     .switches = {{"p", SWITCH_OBJECT, NULL}},
     .rules = {"p"}},

    {.name = "requests",
     .summary = "shows what libraries do, and what operators are asked for",
     .help = "rsm requests [/all] [/b]\n"
             "\n"
             "  /all  those that have ended, too\n"
             "  /b    GUIDs alone: first of operator requests, then of library requests\n",
     .switches = {{"all", SWITCH_FLAG, NULL}, {"b", SWITCH_FLAG, NULL}}},

    {.name = "wait",
     .summary = "waits until libraries have nothing left to do",
     .help = "rsm wait [/l{g|f}LIBRARY] [/tTIME]\n"
             "\n"
             "For scripts: what other verbs have queued (inventory, dismount, eject ...) is done then. A mount that "
             "waits for\n"
             "a drive or for the operator is not waited for.\n"
             "\n"
             "  /t  how long, in milliseconds; without it: until it is done\n",
     .switches = {{"l", SWITCH_OBJECT, NULL}, {"t", SWITCH_NUMBER, NULL}}},

    {.name = "satisfy",
     .summary = "says that an operator request has been done",
     .operand = "the GUID of an operator request",
     .help = "rsm satisfy REQUEST\n"
             "\n"
             "REQUEST is the GUID that `rsm requests` shows.\n"},

    {.name = "refuse",
     .summary = "says that an operator request will not be done",
     .operand = "the GUID of an operator request",
     .help = "rsm refuse REQUEST\n"
             "\n"
             "REQUEST is the GUID that `rsm requests` shows.\n"},

    {.name = "cancel",
     .summary = "cancels a library request",
     .operand = "the GUID of a library request",
     .help = "rsm cancel REQUEST\n"
             "\n"
             "REQUEST is the GUID that `rsm requests` shows.\n"},

    {.name = "export",
     .summary = "copies the database, for a backup",
     .help = "rsm export\n"
             "\n"
             "The copy is made in the folder Export beside the database.\n"},

    {.name = "import", .summary = "takes the copied database when the service starts next", .help = "rsm import\n"},

    {.name = "check",
     .summary = "checks the database",
     .help = "rsm check\n"
             "\n"
             "Exit code 0: no fault was found.\n"},

    {.name = NULL},
};
