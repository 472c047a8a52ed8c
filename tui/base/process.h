/*
 * Another process, for a sentence about who holds something.
 */
#ifndef BASE_PROCESS_H
#define BASE_PROCESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* Add 王芳（proposals，进程 1234）; 进程 1234 when nothing else is known. */
void process_words(uint32_t pid, struct buf *out);

/*
 * Who holds a lock of the old kind (fcntl) on this file, each once, at most
 * `most` of them: how many there are. The file is not opened, which would
 * drop the caller's own locks on it. 0 when the kernel does not tell.
 */
size_t process_lockers(const char *path, uint32_t *pids, size_t most);

#endif
