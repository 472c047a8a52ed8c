/*
 * What a program that reads foreign bytes may use, so that a hostile file
 * costs a sentence and not the server.
 */
#ifndef SHEET_LIMITS_H
#define SHEET_LIMITS_H

#include <stddef.h>

/*
 * Memory, CPU time, files, processes; no way back, and none to more rights.
 * `mapped`: bytes of a file that are looked at where they are; they take time,
 * and no memory.
 */
void limits_set(size_t mapped);

#endif
