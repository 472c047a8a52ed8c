/*
 * What terminals send for a key, behind the Esc. For ui/key.c only.
 */
#ifndef UI_KEY_TABLE_H
#define UI_KEY_TABLE_H

#include "ui/key.h"

struct key_sequence {
	char bytes[6];
	keycode key;
};

extern const struct key_sequence key_table[];
extern const size_t key_table_count;

#endif
