/*
 * Memory that cannot fail: when there is none left the program gives the
 * terminal back (base/crash.h), says so and ends with 70. A change is a
 * transaction, so nothing is half done.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

/* Zeroed. Never NULL. Give back with free(). */
void *mem_new(size_t size);

/* `count` zeroed things of `size`; ends the program if that overflows. */
void *mem_array(size_t count, size_t size);

/* Like realloc(), never NULL; what is new is not zeroed. */
void *mem_resize(void *old, size_t size);

/* The death itself, for sizes that overflow before anybody is asked. */
_Noreturn void mem_die(void);

/*
 * ncurses ends the program itself when it has no memory: between these two the
 * program ends as mem_die() does, whoever calls exit().
 */
void mem_lend(void);
void mem_lent(void);

#endif
