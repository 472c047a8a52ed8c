/*
 * What a person may have meant. Private to query/.
 */
#ifndef QUERY_NEAREST_H
#define QUERY_NEAREST_H

#include <stddef.h>

/* Characters to add, drop or change until `a` is `b`; texts are cut at 32. */
size_t nearest_distance(const char *a, const char *b);

#endif
