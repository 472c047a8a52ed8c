#include "domain/key.h"

#include <stdio.h>

enum { SESSION_SHIFT = 20, LABEL_SIZE = 64 };

key key_make(session s, uint32_t number)
{
	if (s == 0 || s >> (32 - SESSION_SHIFT) || number == 0 ||
	    number > NUMBER_MAX)
		return KEY_NONE;
	return (key)s << SESSION_SHIFT | number;
}

session key_session(key k)
{
	return (session)(k >> SESSION_SHIFT);
}

uint32_t key_number(key k)
{
	return k & ((1u << SESSION_SHIFT) - 1);
}

void key_format(key k, char out[16])
{
	char s[8];

	session_format(key_session(k), s);
	snprintf(out, 16, "%s-%u", s, key_number(k));
}

void key_label(key k, session current, char out[64])
{
	char s[32] = "";

	if (key_session(k) != current)
		session_label(key_session(k), s);
	snprintf(out, LABEL_SIZE, "%s第%u号", s, key_number(k));
}
