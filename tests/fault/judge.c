#include "judge.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/check.h"
#include "store/columns.h"
#include "store/commit.h"

const char *const finding_words[FOUND_COUNT] = {
	[FOUND_GOOD] = "good",
	[FOUND_LOST] = "lost",
	[FOUND_GHOST] = "ghosts",
	[FOUND_HALF] = "halves",
	[FOUND_UNOPENABLE] = "unopenable",
	[FOUND_UNSOUND] = "unsound",
};

/* An acknowledgement, its note in the text of them all. */
struct ack {
	uint32_t batch; /* 0: failed */
	uint32_t count;
	const char *note;
	size_t note_len;
};

struct judging {
	struct store *store;
	struct reading *reading;
	struct ack *acks; /* owned; by batch, then those that failed */
	size_t ack_count, saved;
	bool made;
	struct judgement *verdict;
};

__attribute__((format(printf, 3, 4))) static bool
found(struct judging *all, enum finding finding, const char *fmt, ...)
{
	va_list ap;

	all->verdict->finding = finding;
	va_start(ap, fmt);
	vsnprintf(all->verdict->text, sizeof(all->verdict->text), fmt, ap);
	va_end(ap);
	return false;
}

static uint32_t number_at(const char **at)
{
	uint32_t value = 0;

	for (; **at >= '0' && **at <= '9'; ++*at)
		value = value * 10 + (uint32_t)(**at - '0');
	if (**at == ' ')
		++*at;
	return value;
}

static bool word_at(const char **at, const char *word)
{
	size_t len = strlen(word);

	if (strncmp(*at, word, len))
		return false;
	*at += len;
	return true;
}

static void read_line(struct judging *all, const char *at, const char *end)
{
	struct ack *ack = &all->acks[all->ack_count];

	*ack = (struct ack){0};
	if (word_at(&at, "saved ")) {
		all->saved++;
		ack->batch = number_at(&at);
		ack->count = number_at(&at);
	} else if (!word_at(&at, "failed ")) {
		all->made = true;
		return;
	}
	ack->note = at;
	ack->note_len = (size_t)(end - at);
	all->ack_count++;
}

/* What failed stands last, by its note. */
static int by_batch(const void *a, const void *b)
{
	const struct ack *x = a, *y = b;

	if (x->batch != y->batch) /* 0 - 1 is the largest */
		return x->batch - 1 > y->batch - 1 ? 1 : -1;
	if (x->note_len != y->note_len)
		return x->note_len > y->note_len ? 1 : -1;
	return x->note_len ? memcmp(x->note, y->note, x->note_len) : 0;
}

/* A line that was cut off acknowledges nothing, nor does an empty one. */
static void read_acks(struct judging *all, const char *text, size_t length)
{
	size_t lines = 0;

	for (size_t i = 0; i < length; i++)
		lines += text[i] == '\n';
	all->acks = mem_array(lines + 1, sizeof(*all->acks));
	for (size_t at = 0; lines--;) {
		const char *end = memchr(text + at, '\n', length - at);

		if (end > text + at)
			read_line(all, text + at, end);
		at = (size_t)(end - text) + 1;
	}
	qsort(all->acks, all->ack_count, sizeof(*all->acks), by_batch);
}

static bool count_event(void *arg, const struct event *event, struct err *err)
{
	uint32_t *count = arg;

	(void)event, (void)err;
	++*count;
	return true;
}

static bool same_note(const struct ack *ack, const char *note)
{
	return strlen(note) == ack->note_len &&
	       !memcmp(note, ack->note, ack->note_len);
}

static bool called_failed(const struct judging *all, const char *note)
{
	const struct ack wanted = {.note = note, .note_len = strlen(note)};

	return bsearch(&wanted, all->acks + all->saved,
		       all->ack_count - all->saved, sizeof(wanted),
		       by_batch) != NULL;
}

/* One batch against what was acknowledged of it, NULL for nothing. */
static bool judge_batch(struct judging *all, const struct batch *batch,
			const struct ack *ack)
{
	uint32_t events = 0;
	struct err err;

	if (!reading_events(all->reading, batch->number, count_event, &events,
			    &err))
		return found(all, FOUND_UNSOUND, "batch %u: %s", batch->number,
			     err.text);
	if (events != batch->count)
		return found(all, FOUND_HALF, "batch %u: %u of %u changes",
			     batch->number, events, batch->count);
	if (ack && !same_note(ack, batch->note))
		return found(all, FOUND_LOST,
			     "batch %u is \"%s\", not \"%.*s\"", batch->number,
			     batch->note, (int)ack->note_len, ack->note);
	if (ack && ack->count != batch->count)
		return found(all, FOUND_HALF, "batch %u: %u changes, not %u",
			     batch->number, batch->count, ack->count);
	if (called_failed(all, batch->note))
		return found(all, FOUND_GHOST, "batch %u, \"%s\"",
			     batch->number, batch->note);
	return true;
}

static bool judge_batches(struct judging *all, size_t slack)
{
	uint32_t last = reading_last_batch(all->reading);
	const struct ack *ack = all->acks, *end = all->acks + all->saved;
	struct arena arena = {0};
	struct batch batch;
	struct err err;
	bool ok = true;

	for (uint32_t number = 1; ok && number <= last; number++) {
		bool acked = ack < end && ack->batch == number;

		ok = reading_batch(all->reading, number, &arena, &batch,
				   &err) ||
		     found(all, acked ? FOUND_LOST : FOUND_UNSOUND, "%s",
			   err.text);
		ok = ok && judge_batch(all, &batch, acked ? ack : NULL);
		ack += acked;
		arena_free(&arena);
	}
	if (ok && ack < end)
		return found(all, FOUND_LOST, "batch %u of %zu, the last is %u",
			     ack->batch, all->saved, last);
	if (ok && last > all->saved + slack)
		return found(all, FOUND_GHOST, "%u batches, %zu acknowledged",
			     last, all->saved);
	return ok;
}

static bool judge_content(struct judging *all, size_t slack)
{
	struct err err;

	if (!reading_begin(all->store, &all->reading, &err))
		return found(all, FOUND_UNOPENABLE, "%s", err.text);
	bool ok = judge_batches(all, slack);
	reading_end(all->reading);
	return ok;
}

static void tell(void *arg, const char *sentence)
{
	struct judging *all = arg;

	if (all->verdict->finding == FOUND_GOOD)
		found(all, FOUND_UNSOUND, "%s", sentence);
}

static bool judge_check(struct judging *all)
{
	struct check_sums sums;
	uint64_t findings;
	struct err err;

	if (!store_check(all->store, tell, all, &sums, &findings, &err))
		return found(all, FOUND_UNSOUND, "%s", err.text);
	return findings == 0;
}

static bool find_revision(struct judging *all, key k, uint32_t *revision,
			  struct err *err)
{
	uint32_t slot;

	if (!reading_begin(all->store, &all->reading, err))
		return false;
	*revision = reading_find(all->reading, k, &slot)
			    ? reading_value(all->reading, COLUMN_REVISION, slot)
			    : 0;
	reading_end(all->reading);
	return true;
}

static bool find_last(struct judging *all, uint32_t *last, struct err *err)
{
	if (!reading_begin(all->store, &all->reading, err))
		return false;
	*last = reading_last_batch(all->reading);
	reading_end(all->reading);
	return true;
}

/* Whatever was there before, the work goes on. */
static void write_more(struct judging *all)
{
	struct proposal p;
	struct edit edit = {.kind = EDIT_PUT, .next = &p};
	const struct config config = {0};
	struct commit commit = {
		.kind = BATCH_EDIT,
		.who = {.uid = getuid(), .name = "judge", .from = ""},
		.config = &config,
		.note = "",
		.summary = "",
		.edits = &edit,
		.count = 1};
	struct committed done = {0};
	uint32_t last = 0;
	struct err err;
	char title[32];

	proposal_init(&p, key_make(session_make(14, 31), 1));
	snprintf(title, sizeof(title), "%d", (int)getpid());
	p.title = title;
	edit.key = p.key;
	bool ok = find_revision(all, p.key, &edit.revision, &err) &&
		  store_commit(all->store, &commit, &done, &err) &&
		  find_last(all, &last, &err);
	free(done.conflicts);
	if (!ok)
		found(all, FOUND_UNOPENABLE, "no more batches: %s", err.text);
	else if (!done.batch || last != done.batch)
		found(all, FOUND_LOST, "batch %u, the last is %u", done.batch,
		      last);
}

/* None is there, which is right as long as none was called made. */
static bool judge_nothing(struct judging *all, const char *store)
{
	struct err err;

	if (all->made || all->ack_count)
		return found(all, FOUND_LOST, "the whole store");
	if (!store_create(store, &err))
		return found(all, FOUND_UNOPENABLE, "cannot be made: %s",
			     err.text);
	return true;
}

static bool exists(const char *store)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s/data.mdb", store);
	return access(path, F_OK) == 0;
}

void judge(const char *store, const char *acks, size_t length, size_t slack,
	   struct judgement *verdict)
{
	struct judging all = {.verdict = verdict};
	struct err err;

	*verdict = (struct judgement){.finding = FOUND_GOOD};
	read_acks(&all, acks, length);
	bool ok = exists(store) || judge_nothing(&all, store);
	if (ok && !store_open(&all.store, store, STORE_READ_WRITE, &err))
		ok = found(&all, FOUND_UNOPENABLE, "%s", err.text);
	if (ok && judge_check(&all) && judge_content(&all, slack))
		write_more(&all);
	store_close(all.store);
	free(all.acks);
}
