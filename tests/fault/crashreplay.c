/*
 * crashreplay: replay what crashrec recorded, and after every event judge each
 * state that a power cut then could leave.
 *
 *   crashreplay [-r N] [-t] [-b] [-p K/N] [-s SEED] [-f] [-w WRITERS]
 *               [-m STATES] LOG STATE STORE
 *     LOG      of crashrec
 *     STATE    an empty folder, best in memory, where states are built
 *     STORE    where in it the store stands
 *     -r N     random subsets of what is not durable, at each event (8)
 *     -t       writes are torn as well, at sectors of 512 bytes
 *     -b       and within a sector, which no disk does
 *     -p K/N   only every Nth event, from the Kth, for several at once
 *     -w N     so many writers may have a batch that is not acknowledged
 *     -m N     end after so many states
 *     -f       end at the first fault
 *
 * What a file's last fsync(), fdatasync() or O_DSYNC write left is durable, and
 * what a folder's last fsync() left. Of n later changes: none, all, each alone,
 * all but each, each number of the first, and random ones; equal states at one
 * event are judged once. Each is judged in a process of its own, so that one
 * that dies or hangs is found as well. Exit status 0: no fault.
 */
#include <err.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "judge.h"
#include "world.h"

enum { SECTOR = 512, FEW = 64, SHOWN = 10, LIMIT = 30 };

/* What becomes of an op. */
enum fate { GONE, WHOLE, TORN, TORN_BYTES };

static struct world live, base, state;
static struct op pending[OPS_MAX];
static size_t pending_count;
static enum fate fates[OPS_MAX];
static struct part parts[OPS_MAX];

static struct {
	unsigned subsets, part, part_count;
	bool torn, torn_bytes, first_only;
	size_t writers;
	unsigned long most;
	const char *log, *folder, *store;
} options = {.subsets = 8, .part_count = 1, .most = -1ul};

static struct buf acks;
static struct judgement *verdict; /* shared with the process that judges */
static unsigned long events, states, repeated, faults, found[FOUND_COUNT];
static uint64_t *seen; /* hashes of this event's states */
static size_t seen_count, seen_room;
static uint64_t noise = 88172645463325252u;

static size_t below(size_t limit)
{
	noise ^= noise << 13;
	noise ^= noise >> 7;
	noise ^= noise << 17;
	return (size_t)(noise >> 11) % limit;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static struct part part_of(const struct op *op, enum fate fate)
{
	struct part part = {fate != GONE, 0, op->length};

	if (fate == TORN && op->length > SECTOR) {
		size_t sectors = (op->length + SECTOR - 1) / SECTOR;
		size_t from = below(sectors);
		size_t to = from + 1 + below(sectors - from);

		part.from = from * SECTOR;
		part.to = least(to * SECTOR, op->length);
	} else if (fate == TORN_BYTES && op->length > 1) {
		part.from = below(op->length);
		part.to = part.from + 1 + below(op->length - part.from);
	}
	return part;
}

static uint64_t mix(uint64_t hash, uint64_t value)
{
	return (hash ^ value) * 1099511628211u;
}

static bool seen_before(uint64_t hash)
{
	for (size_t i = 0; i < seen_count; i++)
		if (seen[i] == hash)
			return true;
	if (seen_count == seen_room) {
		seen_room = 2 * seen_room + 64;
		seen = realloc(seen, seen_room * sizeof(*seen));
		if (!seen)
			errx(2, "no memory");
	}
	seen[seen_count++] = hash;
	return false;
}

static bool choose_parts(void)
{
	uint64_t hash = 14695981039346656037u;

	for (size_t i = 0; i < pending_count; i++) {
		parts[i] = part_of(&pending[i], fates[i]);
		hash = mix(hash, parts[i].kept);
		hash = mix(mix(hash, parts[i].from), parts[i].to);
	}
	return !seen_before(hash);
}

_Noreturn static void judge_child(void)
{
	char store[4096];

	alarm(LIMIT);
	snprintf(store, sizeof(store), "%s/%s", options.folder, options.store);
	judge(store, buf_text(&acks), acks.len, options.writers, verdict);
	_exit(verdict->finding != FOUND_GOOD);
}

static void judge_state(void)
{
	int status;

	*verdict = (struct judgement){.finding = FOUND_UNOPENABLE};
	fflush(stdout);
	pid_t child = fork();
	if (child < 0)
		err(2, "fork");
	if (!child)
		judge_child();
	if (waitpid(child, &status, 0) != child)
		err(2, "waitpid");
	if (WIFSIGNALED(status))
		snprintf(verdict->text, sizeof(verdict->text), "died of %s",
			 strsignal(WTERMSIG(status)));
	if (status && verdict->finding == FOUND_GOOD)
		verdict->finding = FOUND_UNOPENABLE;
}

static void summary(void)
{
	printf("%lu events, %lu states, %lu repeated", events, states,
	       repeated);
	for (int i = FOUND_GOOD + 1; i < FOUND_COUNT; i++)
		printf(", %lu %s", found[i], finding_words[i]);
	printf("\n");
}

_Noreturn static void finish(void)
{
	summary();
	exit(faults ? 1 : 0);
}

static void try(const char *how)
{
	if (!choose_parts()) {
		repeated++;
		return;
	}
	world_copy(&state, &base);
	for (size_t i = 0; i < pending_count; i++)
		if (parts[i].kept)
			world_apply(&state, &pending[i], parts[i]);
	if (!world_write(&state, options.folder))
		exit(2);
	judge_state();
	states++;
	found[verdict->finding]++;
	if (verdict->finding != FOUND_GOOD && faults++ < SHOWN)
		printf("event %lu, %zu not durable, %s: %s: %s\n", events,
		       pending_count, how, finding_words[verdict->finding],
		       verdict->text);
	if ((faults && options.first_only) || states >= options.most)
		finish();
}

static void set_all(size_t from, size_t to, enum fate fate)
{
	for (size_t i = from; i < to; i++)
		fates[i] = fate;
}

static void try_one(size_t i)
{
	size_t n = pending_count;

	set_all(0, n, GONE);
	fates[i] = WHOLE;
	try("one alone");
	set_all(0, n, WHOLE);
	fates[i] = GONE;
	try("one lost");
	set_all(0, i, WHOLE);
	set_all(i, n, GONE);
	try("the first");
	set_all(0, n, WHOLE);
	fates[i] = TORN;
	if (options.torn)
		try("one torn");
	fates[i] = TORN_BYTES;
	if (options.torn_bytes)
		try("one torn in a sector");
}

static void try_some(void)
{
	for (size_t i = 0; i < pending_count; i++) {
		fates[i] = below(2) ? WHOLE : GONE;
		if (options.torn && fates[i] == WHOLE && !below(4))
			fates[i] = TORN;
	}
	try("some");
}

/* The power is cut here. */
static void cut(void)
{
	seen_count = 0;
	set_all(0, pending_count, GONE);
	try("none");
	set_all(0, pending_count, WHOLE);
	try("all");
	for (size_t i = 0; pending_count <= FEW && i < pending_count; i++)
		try_one(i);
	for (unsigned i = 0; pending_count && i < options.subsets; i++)
		try_some();
}

static bool is_name(const struct op *op)
{
	return op->path != NULL;
}

/* What the sync of this inode makes durable, in order. */
static void make_durable(int inode)
{
	size_t left = 0;

	for (size_t i = 0; i < pending_count; i++) {
		const struct op *op = &pending[i];

		if ((is_name(op) ? op->folder : op->inode) == inode)
			world_apply(&base, op,
				    (struct part){true, 0, op->length});
		else
			pending[left++] = *op;
	}
	pending_count = left;
}

static void replay_one(const struct crash_event *event,
		       const unsigned char *payload)
{
	struct op op;

	if (event->type == CRASH_ACK)
		buf_add(&acks, (const char *)payload, event->length);
	else if (event->type == CRASH_SYNC)
		make_durable(world_inode(&live, event->inode));
	else if (!world_op(&live, event, payload, &op))
		return;
	else if (pending_count == OPS_MAX)
		errx(2, "more than %d changes without a sync", OPS_MAX);
	else
		pending[pending_count++] = op;
	world_learn(&base, &live);
	if (events++ % options.part_count == options.part)
		cut();
}

static void replay(const unsigned char *log, size_t size)
{
	struct crash_event event;

	for (size_t at = 0; at + sizeof(event) <= size;) {
		memcpy(&event, log + at, sizeof(event));
		at += sizeof(event);
		if (event.magic != CRASH_MAGIC || event.length > size - at)
			errx(2, "%s is no log", options.log);
		replay_one(&event, log + at);
		at += event.length;
	}
}

static unsigned long number(const char *text)
{
	char *end;
	unsigned long value = strtoul(text, &end, 10);

	if (end == text || (*end && *end != '/'))
		errx(2, "not a number: %s", text);
	return value;
}

static void read_part(const char *text)
{
	const char *slash = strchr(text, '/');

	if (!slash)
		errx(2, "not K/N: %s", text);
	options.part = (unsigned)number(text);
	options.part_count = (unsigned)number(slash + 1);
}

static void read_options(int argc, char **argv)
{
	int letter;

	while ((letter = getopt(argc, argv, "r:tbp:s:fw:m:")) != -1)
		switch (letter) {
		case 'r':
			options.subsets = (unsigned)number(optarg);
			break;
		case 't':
			options.torn = true;
			break;
		case 'b':
			options.torn_bytes = true;
			break;
		case 'p':
			read_part(optarg);
			break;
		case 's':
			noise += number(optarg) * 2654435761u;
			break;
		case 'f':
			options.first_only = true;
			break;
		case 'w':
			options.writers = number(optarg);
			break;
		case 'm':
			options.most = number(optarg);
			break;
		default:
			exit(2);
		}
	if (argc - optind != 3)
		errx(2, "usage: crashreplay [OPTION...] LOG STATE STORE");
	options.log = argv[optind];
	options.folder = argv[optind + 1];
	options.store = argv[optind + 2];
}

int main(int argc, char **argv)
{
	struct stat st;

	read_options(argc, argv);
	verdict = mmap(NULL, sizeof(*verdict), PROT_READ | PROT_WRITE,
		       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int fd = open(options.log, O_RDONLY | O_CLOEXEC);
	if (verdict == MAP_FAILED || fd < 0 || fstat(fd, &st))
		err(2, "%s", options.log);
	const unsigned char *log =
		mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (log == MAP_FAILED)
		err(2, "%s", options.log);
	replay(log, (size_t)st.st_size);
	finish();
}
