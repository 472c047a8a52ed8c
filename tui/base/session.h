/*
 * 届次: a term of the committee and a session in it, 14-3 = 十四届三次.
 */
#ifndef BASE_SESSION_H
#define BASE_SESSION_H

#include <stdbool.h>
#include <stdint.h>

/* term << 5 | meeting, so sessions compare in time order; 0 is none. */
typedef uint16_t session;

#define SESSION_TERM_MAX 99u
#define SESSION_MEETING_MAX 31u

/* 0 unless 1 <= term <= SESSION_TERM_MAX, and the meeting alike. */
session session_make(uint32_t term, uint32_t meeting);
unsigned session_term(session s);
unsigned session_meeting(session s);

/*
 * Read one at *at and move behind it: 14-3, 十四届三次, 14届3次, 十四届三次会议,
 * 第十四届第三次会议, 十四届（三次）; full-width as well. False and *at unmoved
 * if there is none, or none that session_make() would make.
 */
bool session_next(const char **at, session *out);

/* The same for a whole text, blanks around allowed. */
bool session_parse(const char *text, session *out);

/* "14-3", "" for none; 8 bytes. */
void session_format(session s, char out[8]);

/* "十四届三次", "" for none; 32 bytes. */
void session_label(session s, char out[32]);

#endif
