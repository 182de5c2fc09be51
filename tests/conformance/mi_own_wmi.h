/*
 * A WMI of the tests' own, in this process: mi.dll finds it in the place of the machine's, which has few of CIM's
 * types, no qualifiers, no super-classes and no instance that could be written. It takes values as the WMI
 * documentation has them, and nothing else.
 *
 * Its classes: Fake_Root (abstract; key Id), Fake_Everything, derived from it, with a property of every CIM type and of
 * an array of each, named as the types are ("uint8", "uint8s"), and a method Echo that gives back what it takes;
 * Fake_Link, an association of two Fake_Roots, From and To.
 */
#ifndef CORK_TESTS_MI_OWN_WMI_H
#define CORK_TESTS_MI_OWN_WMI_H

#include <winsock2.h>
#include <windows.h>

/* Puts it in place; notes where that cannot be done. */
void own_wmi_begin(void);
/* Closes the session that is open (mi_operate.h), as its operations hold WMI's objects until they end, and puts this
 * WMI away, by the thread that began it. Returns whether the session could be closed and nobody holds an object of it
 * any more. */
int own_wmi_end(void);

/* How often the instances of a class were enumerated. */
long own_wmi_enumerations(void);

/* The last query that it was asked. */
const WCHAR *own_wmi_query(void);

#endif
