/* The frame of this test: checks in TAP, and what every case uses. */
#ifndef CORK_TESTS_OBJECTS_TEST_H
#define CORK_TESTS_OBJECTS_TEST_H

#include <windows.h>
#include <winsnmp.h>

/* Prints one result line. */
void check(int passed, const char *what);
/* Whether the last error of the session, and of the application, is this one. */
int error_is(SNMPAPI_STATUS error);

/* Open while the cases run. */
extern HSNMP_SESSION session;
/* 1.3.6.1.2.1.1.1.0 */
extern const smiOID sys_descr;

HSNMP_ENTITY entity(const char *name);
HSNMP_CONTEXT context(const char *name);
/* Whether the entity's or context's string is this one. */
int entity_text_is(HSNMP_ENTITY entity, const char *text);
int context_text_is(HSNMP_CONTEXT context, const void *text, unsigned length);

/* The cases, a file each. */
void test_database(void);
void test_descriptors(void);
void test_messages(void);
void test_threads(void);

#endif
