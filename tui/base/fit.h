/*
 * How well what somebody has typed so far fits a name: for completion. What
 * fold.h says makes no difference; letters may be pinyin, see pinyin.h.
 */
#ifndef BASE_FIT_H
#define BASE_FIT_H

#include <stdbool.h>
#include <uchar.h>

#include "base/pinyin.h"

/* Longer texts fit nothing. */
#define FIT_MAX 64u

/* From the worst to the best. */
enum fit_grade {
	FIT_NONE,
	FIT_SCATTERED, /* 发改委: 发展和改革委员会 has them in that order */
	FIT_SOUND,       /* xxh: 经济和信息化局 */
	FIT_SOUND_BEGIN, /* jx */
	FIT_SOUND_WHOLE, /* jxj: 经信局 */
	FIT_INSIDE,      /* 信息 */
	FIT_BEGIN,       /* 经 */
	FIT_WHOLE
};

struct fit {
	char32_t typed[FIT_MAX]; /* folded, without blanks around */
	size_t count;            /* 0: nothing, which all names begin with */
	bool sounds;             /* it may be pinyin */
	struct pinyin pinyin;
};

/* False if it is too long. */
bool fit_begin(struct fit *fit, const char *typed);

/* An empty name fits nothing. */
enum fit_grade fit_try(const struct fit *fit, const char *name);

#endif
