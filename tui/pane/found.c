#include "pane/found.h"

#include <stdlib.h>
#include <string.h>

#include "base/clean.h"
#include "base/mem.h"
#include "base/width.h"

void found_open(struct found *found, const struct filter *filter)
{
	const char *at = filter->text;
	char text[FILTER_TEXT];

	*found = (struct found){0};
	while (filter_text_next(&at, text)) {
		found->needles =
			mem_resize(found->needles,
				   (found->count + 1) * sizeof(struct needle));
		found->count += needle_set(&found->needles[found->count], text);
	}
}

void found_close(struct found *found)
{
	free(found->needles);
	*found = (struct found){0};
}

static bool find(const struct needle *needle, bool sounds, const char *text,
		 size_t len, struct hit *hit)
{
	return sounds ? needle_find(needle, text, len, &hit->from, &hit->to)
		      : needle_find_text(needle, text, len, &hit->from,
					 &hit->to);
}

/* Where a text of the search stands next: each is looked for once. */
struct next {
	struct hit hit;
	bool none;
};

static void look_on(const struct needle *needle, bool sounds, const char *text,
		    size_t len, size_t at, struct next *next)
{
	if (next->none || next->hit.from >= at)
		return;
	next->none = !find(needle, sounds, text + at, len - at, &next->hit);
	next->hit.from += at;
	next->hit.to += at;
}

/* The first from `at` on, of those that begin there the longest. */
static const struct hit *first_of(const struct next *nexts, size_t count)
{
	const struct hit *first = NULL;

	for (size_t i = 0; i < count; i++) {
		const struct hit *hit = &nexts[i].hit;

		if (!nexts[i].none &&
		    (!first || hit->from < first->from ||
		     (hit->from == first->from && hit->to > first->to)))
			first = hit;
	}
	return first;
}

struct hit *found_hits(const struct found *found, bool sounds, const char *text,
		       size_t len, size_t *count)
{
	struct next *nexts = mem_array(found->count + 1, sizeof(*nexts));
	struct buf hits = {0};
	const struct hit *first;
	size_t at = 0;

	for (size_t i = 0; i < found->count; i++)
		nexts[i].none = !find(&found->needles[i], sounds, text, len,
				      &nexts[i].hit);
	while ((first = first_of(nexts, found->count))) {
		buf_add(&hits, first, sizeof(*first));
		at = first->to;
		for (size_t i = 0; i < found->count; i++)
			look_on(&found->needles[i], sounds, text, len, at,
				&nexts[i]);
	}
	free(nexts);
	*count = hits.len / sizeof(*first);
	return (struct hit *)(void *)hits.data;
}

static int draw_clean(const struct found *found, bool sounds, bool cut,
		      struct canvas *canvas, int y, int x, int width,
		      enum style style, const struct buf *text)
{
	size_t count;
	struct hit *hits =
		found_hits(found, sounds, buf_text(text), text->len, &count);
	bool over = cut && width > 0 &&
		    width_fit(buf_text(text), width, NULL) < text->len;
	int used = canvas_text_hits(canvas, y, x, over ? width - 1 : width,
				    style, buf_text(text), hits, count);

	if (over) {
		canvas_text(canvas, y, x + width - 1, 1, STYLE_DIM, ">");
		used = width;
	}
	free(hits);
	return used;
}

int found_draw(const struct found *found, bool sounds, bool cut,
	       struct canvas *canvas, int y, int x, int width, enum style style,
	       const char *text)
{
	struct buf clean = {0};

	if (!found->count)
		return (cut ? canvas_text_cut
			    : canvas_text)(canvas, y, x, width, style, text);
	clean_line(&clean, text, strlen(text));
	int used = draw_clean(found, sounds, cut, canvas, y, x, width, style,
			      &clean);
	buf_free(&clean);
	return used;
}
