/*
 * Which proposal: session and number in 32 bits that sort in that order.
 */
#ifndef DOMAIN_KEY_H
#define DOMAIN_KEY_H

#include <stdint.h>

#include "base/session.h"

#define NUMBER_MAX 999999u

/* session << 20 | number; KEY_NONE is no proposal. */
typedef uint32_t key;

#define KEY_NONE ((key)0)

key key_make(session s, uint32_t number);
session key_session(key k);
uint32_t key_number(key k);

/* "14-3-173"; 16 bytes. */
void key_format(key k, char out[16]);

/* "第173号", or "十四届二次第173号" when not of `current`; 64 bytes. */
void key_label(key k, session current, char out[64]);

#endif
