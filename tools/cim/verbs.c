/* The verbs of cim.exe, and what is said of them. */
#include "command.h"

const struct verb verbs[] = {
    {L"enumerate", L"the instances of a class", L"CLASS",
     L"Prints the instances of a class and of the classes derived from it.\n\n"
     L"  cim enumerate Win32_Process\n"
     L"  cim enumerate Win32_LogicalDisk -p DeviceID,Size,FreeSpace -o json\n",
     TAKES_RESULTS | TAKES_KEYS, 1, 1, verb_enumerate},
    {L"query", L"the instances that a WQL query finds", L"\"SELECT ...\"",
     L"Prints what a query in WQL finds.\n\n"
     L"  cim query \"SELECT Name, ProcessId FROM Win32_Process WHERE ProcessId > 40\"\n",
     TAKES_RESULTS, 1, 1, verb_query},
    {L"get", L"one instance", L"CLASS [KEY=VALUE]...",
     L"Prints the instance of a class that has these keys.\n\n"
     L"  cim get Win32_Process Handle=40\n",
     TAKES_NAMESPACE | TAKES_OUTPUT | TAKES_PROPERTIES | TAKES_TIMEOUT, 1, LINE_WORDS_MAX, verb_get},
    {L"associators", L"the instances that an instance is associated with", L"CLASS [KEY=VALUE]...",
     L"Prints the instances at the other end of an instance's associations.\n\n"
     L"  cim associators Win32_LogicalDisk DeviceID=C: -r Win32_DiskPartition\n",
     TAKES_RESULTS | TAKES_KEYS | TAKES_RESULT | TAKES_ASSOCIATION, 1, LINE_WORDS_MAX, verb_associators},
    {L"references", L"the associations of an instance", L"CLASS [KEY=VALUE]...",
     L"Prints the associations that an instance has a part in.\n\n"
     L"  cim references Win32_LogicalDisk DeviceID=C:\n",
     TAKES_RESULTS | TAKES_KEYS | TAKES_RESULT, 1, LINE_WORDS_MAX, verb_references},
    {L"invoke", L"calls a method", L"CLASS METHOD [PARAMETER=VALUE]...",
     L"Calls a method of a class, or with --where of an instance, and prints what it returns. An array's items are\n"
     L"given by its name again and again; numbers are decimal, or hexadecimal with 0x.\n\n"
     L"  cim invoke Win32_Process Create CommandLine=notepad.exe\n"
     L"  cim invoke Win32_Process Terminate -w Handle=40\n"
     L"  cim invoke StdRegProv GetStringValue hDefKey=0x80000002 sSubKeyName=Software\\App sValueName=Path\n\n"
     L"Exit code: 32 where the method returned another value than 0.\n",
     TAKES_NAMESPACE | TAKES_OUTPUT | TAKES_PROPERTIES | TAKES_TIMEOUT | TAKES_WHERE, 2, LINE_WORDS_MAX, verb_invoke},
    {L"class", L"a class's properties and methods", L"CLASS",
     L"Prints what a class has: its parent, its properties with their types, its methods with their parameters. Its\n"
     L"forms are list, json and mof.\n\n"
     L"  cim class StdRegProv\n",
     TAKES_NAMESPACE | TAKES_OUTPUT | TAKES_TIMEOUT, 1, 1, verb_class},
    {L"classes", L"the names of the classes", L"[CLASS]",
     L"Prints the names of the namespace's classes, or of those derived from a class. Its forms are list and json.\n\n"
     L"  cim classes\n"
     L"  cim classes CIM_LogicalDevice -n root\\cimv2\n",
     TAKES_NAMESPACE | TAKES_OUTPUT | TAKES_TIMEOUT | TAKES_COUNT, 0, 1, verb_classes},
    {L"watch", L"events, as they come", L"\"SELECT ...\"",
     L"Prints the events that a query in WQL asks for, until Ctrl-C, --count of them or the --timeout.\n\n"
     L"  cim watch \"SELECT * FROM __InstanceCreationEvent WITHIN 1 WHERE TargetInstance ISA 'Win32_Process'\"\n",
     TAKES_RESULTS, 1, 1, verb_watch},
    {L"create", L"a new instance", L"CLASS PROPERTY=VALUE...",
     L"Makes an instance of a class.\n\n"
     L"  cim create Win32_Environment Name=EDITOR UserName=me VariableValue=notepad\n",
     TAKES_NAMESPACE | TAKES_TIMEOUT, 1, LINE_WORDS_MAX, verb_create},
    {L"modify", L"changes an instance", L"CLASS KEY=VALUE... PROPERTY=VALUE...",
     L"Changes properties of the instance that has these keys.\n\n"
     L"  cim modify Win32_Environment Name=EDITOR UserName=me VariableValue=wordpad\n",
     TAKES_NAMESPACE | TAKES_TIMEOUT, 2, LINE_WORDS_MAX, verb_modify},
    {L"delete", L"deletes an instance", L"CLASS KEY=VALUE...",
     L"Deletes the instance that has these keys.\n\n"
     L"  cim delete Win32_Environment Name=EDITOR UserName=me\n",
     TAKES_NAMESPACE | TAKES_TIMEOUT, 2, LINE_WORDS_MAX, verb_delete},
    {L"test", L"whether WMI answers", L"", L"Says whether WMI answers.\n", 0, 0, 0, verb_test},
    {NULL, NULL, NULL, NULL, 0, 0, 0, NULL},
};
