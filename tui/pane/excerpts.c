#include "pane/excerpts.h"

#include <string.h>

#include "base/utf8.h"

/* Bytes that are shown around the difference; how many the same are worth
 * leaving out. */
enum { AROUND = 45, WORTH = 120 };

static size_t shortest(const char *const *texts, size_t count)
{
	size_t least = strlen(texts[0]);

	for (size_t i = 1; i < count; i++) {
		size_t len = strlen(texts[i]);

		least = len < least ? len : least;
	}
	return least;
}

static bool same_at(const char *const *texts, size_t count, size_t at)
{
	for (size_t i = 1; i < count; i++)
		if (texts[i][at] != texts[0][at])
			return false;
	return true;
}

static bool same_from_end(const char *const *texts, size_t count, size_t back)
{
	size_t last = strlen(texts[0]) - back;

	for (size_t i = 1; i < count; i++)
		if (texts[i][strlen(texts[i]) - back] != texts[0][last])
			return false;
	return true;
}

/* What all begin with, less what is shown of it. */
static size_t hidden_before(const char *const *texts, size_t count)
{
	size_t least = shortest(texts, count), at = 0;

	while (at < least && same_at(texts, count, at))
		at++;
	return at > WORTH ? utf8_cut(texts[0], at - AROUND) : 0;
}

static size_t hidden_behind(const char *const *texts, size_t count,
			    size_t before)
{
	size_t least = shortest(texts, count) - before, back = 0;

	while (back < least && same_from_end(texts, count, back + 1))
		back++;
	if (back <= WORTH)
		return 0;
	size_t len = strlen(texts[0]);
	return len - utf8_cut(texts[0], len - back + AROUND);
}

void excerpts(const char *const *texts, size_t count, struct buf *out)
{
	size_t before = hidden_before(texts, count);
	size_t behind = hidden_behind(texts, count, before);

	for (size_t i = 0; i < count; i++) {
		size_t len = strlen(texts[i]);

		buf_str(&out[i], before ? "……" : "");
		buf_add(&out[i], texts[i] + before, len - before - behind);
		buf_str(&out[i], behind ? "……" : "");
	}
}
