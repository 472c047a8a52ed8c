#include "query/sieve.h"

/* Where all texts are that have to be there. */
static void require(struct sieve *sieve, struct hits *hits)
{
	if (sieve->has_texts) {
		hits_and(&sieve->texts, hits);
		hits_free(hits);
	} else {
		sieve->texts = *hits;
	}
	sieve->has_texts = true;
}

static void forbid(struct sieve *sieve, struct hits *hits)
{
	for (int i = 0; i < WHERE_COUNT; i++)
		slotset_without(&sieve->texts.in[i], &hits->in[WHERE_REST]);
	hits_free(hits);
}

static void find_all(struct sieve *sieve)
{
	const struct query *query = sieve->query;
	const struct filter *filter = query->filter;
	const char *at = filter->text, *no = filter->no_text;
	char text[FILTER_TEXT];
	struct hits hits;

	while (filter_text_next(&at, text)) {
		search_text(query->reading, query->catalog->config, text,
			    &hits);
		require(sieve, &hits);
	}
	while (filter_text_next(&no, text)) {
		if (!sieve->has_texts) {
			hits_all(&hits, reading_slots(query->reading));
			require(sieve, &hits);
		}
		search_text(query->reading, query->catalog->config, text,
			    &hits);
		forbid(sieve, &hits);
	}
}

/* Where they all are is all that there can be. */
static void only_there(struct sieve *sieve)
{
	const struct slotset *there = &sieve->texts.in[WHERE_REST];

	if (sieve->only.words) {
		slotset_and(&sieve->only, there);
		return;
	}
	slotset_init(&sieve->only, reading_slots(sieve->query->reading));
	slotset_or(&sieve->only, there);
}

void sieve_texts_open(struct sieve *sieve)
{
	find_all(sieve);
	if (sieve->has_texts)
		only_there(sieve);
}
