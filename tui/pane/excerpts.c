#include "pane/excerpts.h"

#include <string.h>

#include "base/utf8.h"

/* Bytes that are shown around the difference; how many the same are worth
 * leaving out. */
enum { AROUND = 45, WORTH = 120 };

struct side {
	const char *text;
	size_t len;
};

static size_t shortest(const struct side *sides, size_t count)
{
	size_t least = sides[0].len;

	for (size_t i = 1; i < count; i++)
		least = sides[i].len < least ? sides[i].len : least;
	return least;
}

static bool same_at(const struct side *sides, size_t count, size_t at)
{
	for (size_t i = 1; i < count; i++)
		if (sides[i].text[at] != sides[0].text[at])
			return false;
	return true;
}

static bool same_from_end(const struct side *sides, size_t count, size_t back)
{
	char last = sides[0].text[sides[0].len - back];

	for (size_t i = 1; i < count; i++)
		if (sides[i].text[sides[i].len - back] != last)
			return false;
	return true;
}

/* What all begin with, less what is shown of it. */
static size_t hidden_before(const struct side *sides, size_t count)
{
	size_t least = shortest(sides, count), at = 0;

	while (at < least && same_at(sides, count, at))
		at++;
	return at > WORTH ? utf8_cut(sides[0].text, at - AROUND) : 0;
}

static size_t hidden_behind(const struct side *sides, size_t count,
			    size_t before)
{
	size_t least = shortest(sides, count) - before, back = 0;

	while (back < least && same_from_end(sides, count, back + 1))
		back++;
	if (back <= WORTH)
		return 0;
	return sides[0].len -
	       utf8_cut(sides[0].text, sides[0].len - back + AROUND);
}

void excerpts(const char *const *texts, size_t count, struct buf *out)
{
	struct side sides[EXCERPTS_MAX] = {{"", 0}};

	for (size_t i = 0; i < count; i++)
		sides[i] = (struct side){texts[i], strlen(texts[i])};
	size_t before = hidden_before(sides, count);
	size_t behind = hidden_behind(sides, count, before);
	for (size_t i = 0; i < count; i++) {
		buf_str(&out[i], before ? "……" : "");
		buf_add(&out[i], texts[i] + before,
			sides[i].len - before - behind);
		buf_str(&out[i], behind ? "……" : "");
	}
}
