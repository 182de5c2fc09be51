/* Results of libcork's functions, for the caller to translate into its API's own error codes. */
#ifndef CORK_COMMON_RESULT_H
#define CORK_COMMON_RESULT_H

enum cork_result
{
    CORK_OK,
    CORK_NOT_FOUND, /* not open, not of that type, closed by somebody else already */
    CORK_OWN_PIN,   /* waiting would wait for the calling thread itself; nothing was done */
    CORK_NO_MEMORY,
    CORK_FULL, /* a configured limit is reached */
    CORK_SHUT, /* the table takes no new objects */
};

#endif
