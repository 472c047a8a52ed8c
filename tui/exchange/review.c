#include "exchange/review.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/numeral.h"
#include "exchange/review_text.h"

struct review {
	const struct config *config;
	const struct reading *reading;
	struct arena arena;
	struct review_counts counts;
	struct review_item *items; /* owned; by key, then by topic */
	size_t count;
};

static void count_status(struct review *review, const char *status)
{
	const struct choice *choice =
		config_choice(review->config, CHOICE_STATUS, status);
	struct review_counts *counts = &review->counts;

	counts->received++;
	if (!choice)
		return;
	if (choice->phase == PHASE_MERGED)
		counts->merged++;
	if (choice->phase == PHASE_MERGED
		    ? counts->merged_filed
		    : choice->phase >= PHASE_FILED &&
			      choice->phase <= PHASE_CLOSED)
		counts->filed++;
}

static uint32_t topic_value(const char *topic)
{
	uint32_t value;

	return numeral_next(&topic, &value) && !*topic ? value : 0;
}

static bool add_key(struct review *review, uint32_t slot, struct err *err)
{
	if ((review->count & (review->count - 1)) == 0)
		review->items = mem_resize(
			review->items, (review->count ? 2 * review->count : 1) *
					       sizeof(*review->items));

	struct review_item *item = &review->items[review->count];
	*item = (struct review_item){0};
	if (!reading_proposal(review->reading, slot, &review->arena, &item->p,
			      err))
		return false;
	item->topic = topic_value(item->p.topic);
	review->count++;
	return true;
}

static const char *word_of(const struct strings *dict, uint32_t id)
{
	return id < dict->count ? dict->items[id] : "";
}

/* All of the session are counted by their columns; only key ones are read. */
static bool collect(struct review *review, session which, struct err *err)
{
	const struct reading *reading = review->reading;
	struct strings statuses = reading_dict(reading, DICT_STATUS);
	struct strings levels = reading_dict(reading, DICT_LEVEL);
	key k = key_make(which, 1);
	uint32_t slot;

	while (reading_next(reading, k, &slot)) {
		k = reading_value(reading, COLUMN_KEY, slot);
		if (key_session(k) != which)
			break;
		k++;

		uint32_t status = reading_value(reading, COLUMN_STATUS, slot);
		uint32_t level = reading_value(reading, COLUMN_LEVEL, slot);
		const struct choice *choice = config_choice(
			review->config, CHOICE_LEVEL, word_of(&levels, level));
		count_status(review, word_of(&statuses, status));
		if (choice && choice->rank == LEVEL_IMPORTANT)
			review->counts.important++;
		if (choice && choice->rank == LEVEL_KEY &&
		    !add_key(review, slot, err))
			return false;
	}
	review->counts.key = review->count;
	return true;
}

/* Numbers in their order, then words, then those without a topic. */
static int compare_topics(const struct review_item *a,
			  const struct review_item *b)
{
	if (a->topic != b->topic)
		return a->topic - 1 < b->topic - 1 ? -1 : 1;
	if (a->topic)
		return 0;
	if (!*a->p.topic != !*b->p.topic)
		return *a->p.topic ? -1 : 1;
	return strcmp(a->p.topic, b->p.topic);
}

static int by_topic(const void *a, const void *b)
{
	const struct review_item *x = a, *y = b;
	int order = compare_topics(x, y);

	return order ? order : x->p.key < y->p.key ? -1 : x->p.key > y->p.key;
}

static size_t find_main(struct review_item *items, size_t i)
{
	while (items[i].main != i) {
		items[i].main = items[items[i].main].main;
		i = items[i].main;
	}
	return i;
}

/* What is answered is printed in full, else what has proposers. */
static int weight(const struct review_item *item)
{
	return (*item->p.result || *item->p.feedback) * 2 +
	       (item->p.proposers.count > 0);
}

static void join(struct review_item *items, size_t a, size_t b)
{
	a = find_main(items, a);
	b = find_main(items, b);

	int heavier = weight(&items[a]) - weight(&items[b]);
	if (heavier > 0 || (heavier == 0 && a < b))
		items[b].main = a;
	else
		items[a].main = b;
}

/* Where a proposal stands among items[from .. to-1]; false if elsewhere. */
static bool find_key(const struct review_item *items, size_t from, size_t to,
		     key k, size_t *out)
{
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		key here = items[middle].p.key;

		*out = middle;
		if (here == k)
			return true;
		if (here < k)
			from = middle + 1;
		else
			to = middle;
	}
	return false;
}

/* Bring together what is related, or merged, within one topic. */
static void join_topic(struct review_item *items, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		const struct proposal *p = &items[i].p;
		size_t kin;

		for (size_t j = 0; j < p->related.count; j++)
			if (find_key(items, from, to, p->related.items[j],
				     &kin))
				join(items, i, kin);
		if (find_key(items, from, to, p->merged_into, &kin))
			join(items, i, kin);
	}
}

static void join_topics(struct review *review)
{
	struct review_item *items = review->items;
	size_t from = 0;

	for (size_t i = 0; i < review->count; i++)
		items[i].main = i;
	for (size_t i = 1; i <= review->count; i++) {
		if (i < review->count &&
		    compare_topics(&items[from], &items[i]) == 0)
			continue;
		review->counts.topics += *items[from].p.topic != '\0';
		join_topic(items, from, i);
		from = i;
	}
}

struct place {
	size_t main, item;
};

/* By main proposal, that one first. */
static int by_place(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->main != y->main)
		return x->main < y->main ? -1 : 1;
	if ((x->item == x->main) != (y->item == y->main))
		return x->item == x->main ? -1 : 1;
	return x->item < y->item ? -1 : x->item > y->item;
}

static void print(struct review *review, struct buf *out)
{
	struct review_item *items = review->items;
	struct place *places = mem_array(review->count, sizeof(*places));

	for (size_t i = 0; i < review->count; i++)
		places[i] = (struct place){find_main(items, i), i};
	qsort(places, review->count, sizeof(*places), by_place);
	for (size_t i = 0; i < review->count; i++) {
		const struct review_item *item = &items[places[i].item];

		if (places[i].item == places[i].main)
			review_main(review->config, item, out);
		else
			review_kin(review->config, item, &items[places[i].main],
				   out);
	}
	free(places);
}

static bool write_review(struct review *review, session which, struct buf *out,
			 struct err *err)
{
	char label[32];

	if (!collect(review, which, err))
		return false;
	session_label(which, label);
	if (review->counts.received == 0)
		return err_set(err, ERR_NOT_FOUND, "%s还没有提案", label);
	if (review->count > 0) {
		qsort(review->items, review->count, sizeof(*review->items),
		      by_topic);
		join_topics(review);
	}
	review_head(review->config, which, &review->counts, out);
	if (review->count > 0)
		print(review, out);
	return true;
}

bool review_write(const struct reading *reading, const struct catalog *catalog,
		  session which, struct buf *out, struct err *err)
{
	const struct session_info *info =
		config_session(catalog->config, which);
	struct review review = {
		.config = catalog->config,
		.reading = reading,
		.counts = {.merged_filed =
				   info && info->merged_counts_as_filed},
	};
	bool ok = write_review(&review, which, out, err);

	free(review.items);
	arena_free(&review.arena);
	return ok;
}
