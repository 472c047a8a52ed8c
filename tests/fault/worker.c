/*
 * worker: somebody at work on a store, with the program's own code.
 *
 *   worker make STORE ACKS            create the store
 *   worker fill STORE ACKS COUNT      so many proposals, in one batch
 *   worker WORDS STORE ACKS COUNT [RECORDS]
 *                                     COUNT batches of the kinds in WORDS, a
 *                                     letter each, taken in turn; below
 *   worker wait STORE ACKS COUNT      edits; a line each, what it took in us
 *   worker hold STORE ACKS            stop for ever inside a batch
 *   worker spoil STORE ACKS           damage the column of levels
 *   worker judge STORE ACKS SLACK     judge.h; exit status 0 when good
 *   worker sums STORE ACKS            proposals, revisions, counters, events,
 *                                     batches
 *
 *   e  edit the text of one proposal     i  8 proposals, as an import has them
 *   b  a status for half of them         I  up to 150 of them
 *   r  another role for somebody         u  take the last batch back
 *   c  add one to a counter kept in the remarks of one of RECORDS proposals
 *
 * A batch that is saved is a line appended to ACKS, judge.h tells which, and
 * so is one that is not. $PROPOSALS_CONFIG names the configuration, $WRITER
 * gives a number to each of several.
 */
#include <err.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/progress.h"
#include "change/plan.h"
#include "judge.h"
#include "store/check.h"
#include "store/columns.h"
#include "store/internal.h"
#include "store/users.h"

enum {
	RECORDS = 24,
	IMPORTED = 8,
	LARGE = 150,
	TEXT_MAX = 200,
	LONG_TEXT = 5000, /* more than a page */
	HELD = 1100,      /* enough that the commit asks whether to go on */
};

struct worker {
	struct store *store;
	struct reading *reading;
	struct config *config;
	struct arena arena; /* of one batch */
	struct who who;
	struct arena names;
	int acks;
	unsigned records, sequence;
	uint64_t noise;
	char note[64];
	struct err err;
};

static uint32_t below(struct worker *w, uint32_t limit)
{
	w->noise ^= w->noise << 13;
	w->noise ^= w->noise >> 7;
	w->noise ^= w->noise << 17;
	return (uint32_t)(w->noise >> 33) % limit;
}

_Noreturn static void give_up(const struct worker *w)
{
	fprintf(stderr, "%s\n", w->err.text);
	exit(err_status(w->err.code));
}

/*
 * A line, and empty ones up to a size that divides pages: a write across two of
 * them could be cut by a kill, and the next line would go on where it ended.
 */
__attribute__((format(printf, 2, 3))) static void say(const struct worker *w,
						      const char *fmt, ...)
{
	char block[256];
	va_list ap;

	memset(block, '\n', sizeof(block));
	va_start(ap, fmt);
	int len = vsnprintf(block, sizeof(block), fmt, ap);
	va_end(ap);
	if (len < 0 || (size_t)len >= sizeof(block))
		errx(2, "an acknowledgement is too long");
	block[len] = '\n';
	if (write(w->acks, block, sizeof(block)) != sizeof(block))
		err(2, "the acknowledgement");
}

static void look(struct worker *w)
{
	if (!reading_begin(w->store, &w->reading, &w->err))
		give_up(w);
}

static void look_away(struct worker *w)
{
	reading_end(w->reading);
	w->reading = NULL;
}

static key some_key(uint32_t number)
{
	return key_make(session_make(14, 3), number);
}

static const char *some_status(struct worker *w)
{
	const struct choices *all = &w->config->choices[CHOICE_STATUS];

	return all->items[below(w, (uint32_t)all->count)].code;
}

/* Now and then it needs pages of its own. */
static const char *some_text(struct worker *w)
{
	uint32_t len = below(w, 16) ? 10 + below(w, TEXT_MAX) : LONG_TEXT;
	char *text = arena_alloc(&w->arena, len + 1);

	for (uint32_t i = 0; i < len; i++)
		text[i] = (char)('a' + below(w, 26));
	return text;
}

/* What is there now, or a new one; the revision that was seen. */
static struct proposal *fetch(struct worker *w, key k, uint32_t *revision)
{
	struct proposal *p = arena_alloc(&w->arena, sizeof(*p));
	uint32_t slot;

	*revision = 0;
	proposal_init(p, k);
	p->status = w->config->choices[CHOICE_STATUS].items[0].code;
	p->title = "";
	if (!reading_find(w->reading, k, &slot))
		return p;
	if (!reading_proposal(w->reading, slot, &w->arena, p, &w->err))
		give_up(w);
	*revision = reading_value(w->reading, COLUMN_REVISION, slot);
	return p;
}

static struct edit put(struct worker *w, uint32_t number)
{
	struct edit edit = {.key = some_key(number), .kind = EDIT_PUT};
	struct proposal *p = fetch(w, edit.key, &edit.revision);

	p->title = arena_printf(&w->arena, "关于第%u件事的建议", number);
	p->body = some_text(w);
	edit.next = p;
	return edit;
}

static struct edit count_up(struct worker *w, uint32_t number)
{
	struct edit edit = {.key = some_key(number), .kind = EDIT_PUT};
	struct proposal *p = fetch(w, edit.key, &edit.revision);

	p->remarks = arena_printf(&w->arena, "%lu",
				  strtoul(p->remarks, &(char *){NULL}, 10) + 1);
	edit.next = p;
	return edit;
}

/* Not written, for a reason that is none of the store's making. */
static bool overtaken(const struct err *err)
{
	return err->code == ERR_CONFLICT || err->code == ERR_REFUSED ||
	       err->code == ERR_NOT_FOUND;
}

/* Acknowledge, or say that it was not; false: try again. */
static bool settle(struct worker *w, bool ok, struct committed *done)
{
	free(done->conflicts);
	if (ok && done->batch)
		say(w, "saved %u %zu %s\n", done->batch, done->changed,
		    w->note);
	if (ok)
		return true;
	say(w, "failed %s\n", w->note);
	if (!overtaken(&w->err))
		give_up(w);
	return false;
}

static bool commit(struct worker *w, enum batch_kind kind, struct edit *edits,
		   size_t count)
{
	struct commit batch = {.kind = kind,
			       .who = w->who,
			       .note = w->note,
			       .summary = "",
			       .edits = edits,
			       .count = count,
			       .config = w->config};
	struct committed done = {0};

	look_away(w);
	return settle(w, store_commit(w->store, &batch, &done, &w->err), &done);
}

static bool commit_plan(struct worker *w, bool ok, struct plan *plan)
{
	struct committed done = {0};

	look_away(w);
	ok = ok && plan_commit(plan, w->store, &w->who, w->note, true, &done,
			       &w->err);
	ok = settle(w, ok, &done);
	plan_free(plan);
	return ok;
}

static bool do_edit(struct worker *w)
{
	struct edit edit = put(w, 1 + below(w, w->records));

	return commit(w, BATCH_EDIT, &edit, 1);
}

static bool do_count(struct worker *w)
{
	struct edit edit = count_up(w, 1 + below(w, w->records));

	return commit(w, BATCH_EDIT, &edit, 1);
}

/* Some that are there and some that are not. */
static bool import(struct worker *w, uint32_t count)
{
	struct edit *edits = mem_array(count, sizeof(*edits));
	uint32_t first = 1 + below(w, 2 * w->records);

	for (uint32_t i = 0; i < count; i++)
		edits[i] = put(w, first + i);
	bool ok = commit(w, BATCH_IMPORT, edits, count);
	free(edits);
	return ok;
}

static bool do_import(struct worker *w)
{
	return import(w, IMPORTED);
}

static bool do_large_import(struct worker *w)
{
	return import(w, 1 + below(w, LARGE));
}

static bool do_bulk(struct worker *w)
{
	uint32_t all = reading_slots(w->reading), count = 0;
	uint32_t *slots = mem_array(all + 1, sizeof(*slots));
	struct plan plan = {0};

	for (uint32_t slot = 0; slot < all; slot++)
		if (below(w, 2))
			slots[count++] = slot;
	bool ok = plan_status(&plan, w->config, w->reading, slots, count,
			      some_status(w), true, &w->err);
	free(slots);
	return commit_plan(w, ok, &plan);
}

static bool do_undo(struct worker *w)
{
	uint32_t batch = undo_candidate(w->reading, w->who.uid);
	struct plan plan = {0};

	if (!batch) {
		look_away(w);
		return true;
	}
	bool ok = plan_undo(&plan, w->config, w->reading, batch, &w->err);
	return commit_plan(w, ok, &plan);
}

/* In a store without roles there is none to give. */
static bool do_role(struct worker *w)
{
	uint32_t uid = 2000 + below(w, 8);
	enum access access = (enum access)below(w, ACCESS_ADMIN + 1);
	struct committed done = {0};

	look_away(w);
	bool ok = !store_has_roles(w->store) ||
		  store_user_set(w->store, &w->who, uid, "somebody", access,
				 w->note, &done, &w->err);
	return settle(w, ok, &done);
}

static const struct {
	char letter;
	bool (*go)(struct worker *w);
	bool insists; /* tries again until it is saved */
} kinds[] = {
	{'e', do_edit, true},          {'b', do_bulk, false},
	{'i', do_import, false},       {'u', do_undo, false},
	{'c', do_count, true},         {'r', do_role, false},
	{'I', do_large_import, false},
};

static void work_on(struct worker *w, char letter)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		bool done = kinds[i].letter != letter;

		while (!done) {
			snprintf(w->note, sizeof(w->note), "%d-%u",
				 (int)getpid(), w->sequence++);
			look(w);
			done = kinds[i].go(w) || !kinds[i].insists;
			arena_free(&w->arena);
		}
	}
}

static int64_t now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void work(struct worker *w, const char *words, unsigned long count)
{
	for (unsigned long i = 0; i < count; i++)
		work_on(w, words[i % strlen(words)]);
}

static void wait_and_tell(struct worker *w, unsigned long count)
{
	while (count--) {
		int64_t began = now_us();

		work_on(w, 'e');
		printf("%lld\n", (long long)(now_us() - began));
	}
}

static void fill(struct worker *w, uint32_t count, struct progress *progress)
{
	struct edit *edits = mem_array(count, sizeof(*edits));
	struct commit batch = {.kind = BATCH_IMPORT,
			       .who = w->who,
			       .note = w->note,
			       .summary = "",
			       .edits = edits,
			       .count = count,
			       .config = w->config,
			       .progress = progress};
	struct committed done = {0};

	snprintf(w->note, sizeof(w->note), "%d-fill", (int)getpid());
	look(w);
	for (uint32_t i = 0; i < count; i++)
		edits[i] = put(w, i + 1);
	look_away(w);
	settle(w, store_commit(w->store, &batch, &done, &w->err), &done);
	arena_free(&w->arena);
	free(edits);
}

/* The commit calls this in the middle of its transaction. */
static bool stop_here(struct progress *progress)
{
	if (!progress->done)
		return true;
	raise(SIGSTOP);
	return true;
}

static int judge_all(const char *store, const char *acks, size_t slack)
{
	struct judgement verdict;
	struct buf text = {0};
	char block[65536];
	ssize_t got;
	int fd = open(acks, O_RDONLY | O_CLOEXEC);

	while (fd >= 0 && (got = read(fd, block, sizeof(block))) > 0)
		buf_add(&text, block, (size_t)got);
	if (fd >= 0)
		close(fd);
	judge(store, buf_text(&text), text.len, slack, &verdict);
	buf_free(&text);
	if (verdict.finding != FOUND_GOOD)
		printf("%s: %s\n", finding_words[verdict.finding],
		       verdict.text);
	return verdict.finding != FOUND_GOOD;
}

static void tell_finding(void *arg, const char *sentence)
{
	(void)arg;
	fprintf(stderr, "%s\n", sentence);
}

static int print_sums(struct worker *w)
{
	unsigned long long revisions = 0, counters = 0;
	struct check_sums sums;
	uint64_t findings;
	uint32_t revision;

	if (!store_check(w->store, tell_finding, NULL, &sums, &findings,
			 &w->err))
		give_up(w);
	look(w);
	for (uint32_t i = 0; i < reading_slots(w->reading); i++) {
		key k = reading_value(w->reading, COLUMN_KEY, i);
		const struct proposal *p = fetch(w, k, &revision);

		revisions += revision;
		counters += strtoul(p->remarks, &(char *){NULL}, 10);
	}
	look_away(w);
	arena_free(&w->arena);
	printf("%llu %llu %llu %llu %llu\n", (unsigned long long)sums.proposals,
	       revisions, counters, (unsigned long long)sums.events,
	       (unsigned long long)sums.batches);
	return findings != 0;
}

/* With a wrong checksum. What it stands for is in the records. */
static void spoil(struct worker *w)
{
	struct place at = place_byte(COLUMN_LEVEL, 0);
	struct slice bytes;
	struct buf copy = {0};
	MDB_txn *txn;
	int rc = mdb_txn_begin(w->store->env, NULL, 0, &txn);

	if (!rc)
		rc = table_get(w->store, txn, TABLE_COLUMNS, at, &bytes);
	if (rc)
		errx(2, "%s", mdb_strerror(rc));
	buf_add(&copy, bytes.text, bytes.len);
	copy.data[copy.len - 1] ^= 1;
	rc = table_put(w->store, txn, TABLE_COLUMNS, at, &copy);
	if (!rc)
		rc = mdb_txn_commit(txn);
	if (rc)
		errx(2, "%s", mdb_strerror(rc));
	buf_free(&copy);
}

static unsigned long number(const char *text)
{
	char *end;
	unsigned long value = strtoul(text ? text : "", &end, 10);

	if (!text || end == text || *end)
		errx(2, "not a number: %s", text ? text : "");
	return value;
}

static int run(struct worker *w, const char *word, char **args)
{
	if (!strcmp(word, "hold")) {
		fill(w, HELD, &(struct progress){.tell = stop_here});
	} else if (!strcmp(word, "spoil")) {
		spoil(w);
	} else if (!strcmp(word, "sums")) {
		return print_sums(w);
	} else {
		unsigned long count = number(args[0]);

		w->records = args[1] ? (unsigned)number(args[1]) : RECORDS;
		if (!strcmp(word, "fill"))
			fill(w, (uint32_t)count, NULL);
		else if (!strcmp(word, "wait"))
			wait_and_tell(w, count);
		else
			work(w, word, count);
	}
	return 0;
}

static void open_all(struct worker *w, const char *store, const char *acks)
{
	struct buf mistakes = {0};

	w->acks = open(acks, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (w->acks < 0)
		err(2, "%s", acks);
	if (!config_load(&w->config, NULL, &mistakes, &w->err) ||
	    !store_open(&w->store, store, STORE_READ_WRITE, &w->err))
		give_up(w);
	buf_free(&mistakes);
	who_am_i(&w->who, &w->names);
}

static void close_all(struct worker *w)
{
	store_close(w->store);
	config_free(w->config);
	arena_free(&w->names);
	close(w->acks);
}

/* Different for each writer, and for each start of it. */
static uint64_t seed(void)
{
	const char *writer = getenv("WRITER");
	uint64_t value = (writer ? number(writer) : 0) * 2654435761u +
			 (uint64_t)getpid() * 40503u;

	return value * 6364136223846793005u + 1442695040888963407u;
}

int main(int argc, char **argv)
{
	struct worker w = {.records = RECORDS, .noise = seed()};

	if (argc < 4)
		errx(2, "usage: worker WORD STORE ACKS [COUNT [RECORDS]]");
	signal(SIGXFSZ, SIG_IGN);
	if (!strcmp(argv[1], "judge"))
		return judge_all(argv[2], argv[3], number(argv[4]));
	if (!strcmp(argv[1], "make")) {
		w.acks = open(argv[3], O_WRONLY | O_CREAT | O_APPEND, 0600);
		/* Only root may do anything in a new store with roles. */
		if (!(getuid() ? store_create
			       : store_create_with_roles)(argv[2], &w.err))
			give_up(&w);
		say(&w, "made\n");
		return 0;
	}
	open_all(&w, argv[2], argv[3]);
	int status = run(&w, argv[1], argv + 4);
	close_all(&w);
	return status;
}
