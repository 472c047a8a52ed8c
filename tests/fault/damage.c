/*
 * damage - damages a store in every way that a disk does, and lets the
 * program read each copy.
 *
 *   damage [-l] [-b BITS] [-c CUTS] [-o OLD]... [-j WORKERS] [-t SECONDS]
 *          [-s SEED] GOOD SCRATCH READERS
 *   damage [-l] -p KIND,PAGE[,SEED] GOOD SCRATCH
 *
 * GOOD is the folder of a sound store, SCRATCH one for the copies. Of data.mdb,
 * with -l of lock.mdb, every page gets each kind of damage once; then come BITS
 * single bits, CUTS sizes of the file, and every page that differs in OLD, the
 * file as it was some batches ago.
 *
 * READERS is a file of lines `NAME WORD...`: the program's commands that
 * the reader NAME runs one after the other until one fails, by the program's
 * own main() in a child. What they print of the sound store is the measure:
 *
 *   same     everything is printed as of the sound store
 *   told     status 4, and a sentence in Chinese
 *   left     the same with 70: it could not go on
 *   SILENT   other output, or a status that says nothing of damage
 *   signal   it died by one
 *   hang     it used up its time
 *
 * -p leaves one damaged copy in SCRATCH/0, for a look at it.
 */
#include <err.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/shell.h"

enum {
	PAGE = 4096,
	READERS_MAX = 8,
	COMMANDS_MAX = 256,
	WORDS_MAX = 16,
	OLDS_MAX = 16,
	SHOWN_MAX = 20
};

enum kind {
	ZEROED,
	ONES,
	RANDOM,
	HEADER_BIT,
	EIGHT_BYTES,
	SWAPPED,
	CUT,
	HALF_ZEROED,
	ANOTHER,
	PAGE_KINDS, /* these, once a page */
	BIT = PAGE_KINDS,
	CUT_ANYWHERE,
	OLD_PAGE,
	KINDS
};

static const char *const kind_words[KINDS] = {
	[ZEROED] = "zeroed",
	[ONES] = "0xFF",
	[RANDOM] = "random bytes",
	[HEADER_BIT] = "bit in page header",
	[EIGHT_BYTES] = "8 random bytes",
	[SWAPPED] = "swapped with next",
	[CUT] = "file cut here",
	[HALF_ZEROED] = "second half zeroed",
	[ANOTHER] = "copy of another page",
	[BIT] = "single bit anywhere",
	[CUT_ANYWHERE] = "file cut anywhere",
	[OLD_PAGE] = "old page put back",
};

enum verdict {
	IS_SAME,
	IS_TOLD,
	IS_LEFT,
	IS_SILENT,
	IS_SIGNAL,
	IS_HANG,
	VERDICTS
};

static const char *const verdict_words[VERDICTS] = {"same",   "told",   "left",
						    "SILENT", "signal", "hang"};

struct bytes {
	unsigned char *at;
	size_t len;
};

struct reader {
	const char *name;
	char *commands[COMMANDS_MAX][WORDS_MAX + 1]; /* NULL behind the last */
	int count;
	struct bytes good; /* what they print of the sound store */
};

/* Of a store; one of them is damaged, the other one is as it was. */
enum { FILES = 2 };
static const char *const file_names[FILES] = {"data.mdb", "lock.mdb"};

struct sweep {
	int file; /* the one that is damaged */
	const char *good, *scratch;
	struct bytes images[FILES], olds[OLDS_MAX];
	int old_count;
	long bits, cuts, seconds, workers;
	uint64_t seed;
	struct reader readers[READERS_MAX];
	int reader_count;
};

struct damage {
	enum kind kind;
	size_t page; /* of BIT and CUT_ANYWHERE: only a number */
	int old;
	uint64_t seed;
};

/* What the workers share. */
struct tally {
	long counts[READERS_MAX][KINDS][VERDICTS];
	int shown;
};

struct worker {
	const struct sweep *sweep;
	struct tally *tally;
	char dir[4000];
	int files[FILES], out, messages; /* descriptors */
	unsigned char *copy;             /* room for the image */
};

/* xorshift: the same seed is the same damage. */
static uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state >> 11;
}

static uint64_t seeded(uint64_t seed, uint64_t number)
{
	uint64_t state = (seed + 1) * 0x9E3779B97F4A7C15u ^
			 (number + 1) * 0xD1B54A32D192ED03u;

	next_random(&state);
	next_random(&state);
	return state | 1;
}

static struct bytes read_whole(const char *path)
{
	struct bytes whole = {NULL, 0};
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &st))
		err(2, "%s", path);
	whole.len = (size_t)st.st_size;
	whole.at = malloc(whole.len + 1);
	if (!whole.at || read(fd, whole.at, whole.len) != st.st_size)
		err(2, "%s", path);
	close(fd);
	whole.at[whole.len] = '\0';
	return whole;
}

static void put_random(unsigned char *to, size_t len, uint64_t *random)
{
	for (size_t i = 0; i < len; i++)
		to[i] = (unsigned char)next_random(random);
}

static void swap_pages(unsigned char *a, unsigned char *b)
{
	unsigned char page[PAGE];

	memcpy(page, a, PAGE);
	memcpy(a, b, PAGE);
	memcpy(b, page, PAGE);
}

static void flip(unsigned char *bytes, size_t len, uint64_t *random)
{
	size_t at = next_random(random) % len;

	bytes[at] ^= (unsigned char)(1u << next_random(random) % 8);
}

static void put_old_page(unsigned char *to, const struct bytes *old,
			 const struct damage *damage)
{
	if ((damage->page + 1) * PAGE <= old->len)
		memcpy(to, old->at + damage->page * PAGE, PAGE);
}

/* Damage the copy; the size that it has then. */
static size_t damage_copy(const struct sweep *sweep,
			  const struct damage *damage, unsigned char *copy)
{
	size_t size = sweep->images[sweep->file].len, pages = size / PAGE;
	unsigned char *page = copy;
	uint64_t random = damage->seed;

	if (damage->kind < PAGE_KINDS || damage->kind == OLD_PAGE)
		page += damage->page * PAGE;
	switch (damage->kind) {
	case ZEROED:
		memset(page, 0, PAGE);
		break;
	case ONES:
		memset(page, 0xFF, PAGE);
		break;
	case RANDOM:
		put_random(page, PAGE, &random);
		break;
	case HEADER_BIT:
		flip(page, 16, &random);
		break;
	case EIGHT_BYTES:
		for (int i = 0; i < 8; i++)
			put_random(page + next_random(&random) % PAGE, 1,
				   &random);
		break;
	case SWAPPED:
		if (damage->page + 1 < pages)
			swap_pages(page, page + PAGE);
		break;
	case CUT:
		return damage->page * PAGE;
	case HALF_ZEROED:
		memset(page + PAGE / 2, 0, PAGE / 2);
		break;
	case ANOTHER:
		memcpy(page,
		       sweep->images[sweep->file].at +
			       next_random(&random) % pages * PAGE,
		       PAGE);
		break;
	case BIT:
		flip(copy, size, &random);
		break;
	case CUT_ANYWHERE:
		return next_random(&random) % size;
	case OLD_PAGE:
		put_old_page(page, &sweep->olds[damage->old], damage);
		break;
	case KINDS:
		break;
	}
	return size;
}

static void write_file(const struct worker *worker, int file,
		       const unsigned char *bytes, size_t size)
{
	int fd = worker->files[file];

	if (ftruncate(fd, (off_t)size) ||
	    pwrite(fd, bytes, size, 0) != (ssize_t)size)
		err(2, "%s", worker->dir);
}

/* The copy, and beside it what the readers before may have written to. */
static void write_copy(const struct worker *worker, size_t size)
{
	const struct sweep *sweep = worker->sweep;

	for (int file = 0; file < FILES; file++)
		if (file == sweep->file)
			write_file(worker, file, worker->copy, size);
		else
			write_file(worker, file, sweep->images[file].at,
				   sweep->images[file].len);
}

/* The child: one command after the other, until one fails. */
static _Noreturn void run_commands(const struct worker *worker,
				   const struct reader *reader)
{
	int status = 0;

	setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
	alarm((unsigned)worker->sweep->seconds);
	dup2(worker->out, STDOUT_FILENO);
	dup2(worker->messages, STDERR_FILENO);
	for (int i = 0; !status && i < reader->count; i++) {
		char *words[WORDS_MAX + 1];
		int count = 0;

		for (char *const *w = reader->commands[i]; *w; w++)
			words[count++] = *w;
		words[count] = NULL;
		optind = 0;
		status = app_main(count, words);
	}
	_exit(status);
}

static void empty(int fd)
{
	if (ftruncate(fd, 0) || lseek(fd, 0, SEEK_SET))
		err(2, "a file in memory");
}

/* Not freed: into a buffer that grows. */
static struct bytes written(int fd)
{
	static struct bytes room;
	struct stat st;

	if (fstat(fd, &st))
		err(2, "a file in memory");
	size_t len = (size_t)st.st_size;
	if (len > room.len || !room.at) {
		free(room.at);
		room = (struct bytes){malloc(len * 2 + 1), len * 2};
		if (!room.at)
			err(2, "memory");
	}
	if (pread(fd, room.at, len, 0) != st.st_size)
		err(2, "a file in memory");
	room.at[len] = '\0';
	return (struct bytes){room.at, len};
}

/* A Han character, and a line that ends. */
static bool has_sentence(int messages)
{
	struct bytes said = written(messages);

	for (size_t i = 0; i + 2 < said.len; i++)
		if (said.at[i] >= 0xE4 && said.at[i] <= 0xE9 &&
		    said.at[i + 1] >= 0x80 && said.at[i + 2] >= 0x80)
			return said.at[said.len - 1] == '\n';
	return false;
}

static int run_reader(const struct worker *worker, const struct reader *reader)
{
	int status;

	empty(worker->out);
	empty(worker->messages);
	pid_t child = fork();
	if (child < 0)
		err(2, "fork");
	if (!child)
		run_commands(worker, reader);
	if (waitpid(child, &status, 0) != child)
		err(2, "waitpid");
	return status;
}

static enum verdict judge(const struct worker *worker,
			  const struct reader *reader, int status)
{
	if (WIFSIGNALED(status))
		return WTERMSIG(status) == SIGALRM ? IS_HANG : IS_SIGNAL;
	if (WEXITSTATUS(status)) {
		bool told = has_sentence(worker->messages);

		if (told && WEXITSTATUS(status) == 4)
			return IS_TOLD;
		return told && WEXITSTATUS(status) == 70 ? IS_LEFT : IS_SILENT;
	}
	struct bytes out = written(worker->out);
	if (out.len == reader->good.len &&
	    !memcmp(out.at, reader->good.at, out.len))
		return IS_SAME;
	return IS_SILENT;
}

static void show(const struct worker *worker, const struct damage *damage,
		 const struct reader *reader, enum verdict verdict, int status)
{
	struct bytes said = written(worker->messages);

	if (__atomic_fetch_add(&worker->tally->shown, 1, __ATOMIC_RELAXED) >=
	    SHOWN_MAX)
		return;
	printf("%s: %s: %s, page %zu (-p %d,%zu,%llu): status %x %.300s\n",
	       verdict_words[verdict], reader->name, kind_words[damage->kind],
	       damage->page, (int)damage->kind, damage->page,
	       (unsigned long long)damage->seed, (unsigned)status,
	       (const char *)said.at);
	fflush(stdout);
}

static void try_one(struct worker *worker, const struct damage *damage)
{
	const struct sweep *sweep = worker->sweep;

	memcpy(worker->copy, sweep->images[sweep->file].at,
	       sweep->images[sweep->file].len);
	size_t size = damage_copy(sweep, damage, worker->copy);
	write_copy(worker, size);
	for (int i = 0; i < sweep->reader_count; i++) {
		const struct reader *reader = &sweep->readers[i];
		int status = run_reader(worker, reader);
		enum verdict verdict = judge(worker, reader, status);

		worker->tally->counts[i][damage->kind][verdict]++;
		if (verdict > IS_LEFT)
			show(worker, damage, reader, verdict, status);
	}
}

/* The n-th damage of all; false behind the last. */
static bool pick(const struct sweep *sweep, size_t n, struct damage *out)
{
	size_t pages = sweep->images[sweep->file].len / PAGE;

	*out = (struct damage){.seed = seeded(sweep->seed, n)};
	if (n < pages * PAGE_KINDS) {
		out->kind = (enum kind)(n / pages);
		out->page = n % pages;
		return true;
	}
	n -= pages * PAGE_KINDS;
	if (n < (size_t)sweep->bits) {
		out->kind = BIT;
		out->page = n;
		return true;
	}
	n -= (size_t)sweep->bits;
	if (n < (size_t)sweep->cuts) {
		out->kind = CUT_ANYWHERE;
		out->page = n;
		return true;
	}
	n -= (size_t)sweep->cuts;
	out->kind = OLD_PAGE;
	out->old = (int)(n / pages);
	out->page = n % pages;
	return n < pages * (size_t)sweep->old_count;
}

/* An old page that is not there, or is the same, damages nothing. */
static bool is_damage(const struct sweep *sweep, const struct damage *damage)
{
	const struct bytes *old = &sweep->olds[damage->old];
	size_t at = damage->page * PAGE;

	if (damage->kind != OLD_PAGE)
		return true;
	return at + PAGE <= old->len &&
	       memcmp(old->at + at, sweep->images[sweep->file].at + at, PAGE) !=
		       0;
}

static int make_file(const char *dir, const char *name)
{
	char path[4400];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		err(2, "%s", path);
	return fd;
}

/* A copy of the sound store in a folder of its own. */
static struct worker worker_new(const struct sweep *sweep, struct tally *tally,
				long number)
{
	const struct bytes *image = &sweep->images[sweep->file];
	struct worker worker = {.sweep = sweep, .tally = tally};

	snprintf(worker.dir, sizeof(worker.dir), "%s/%ld", sweep->scratch,
		 number);
	mkdir(worker.dir, 0700);
	for (int file = 0; file < FILES; file++)
		worker.files[file] = make_file(worker.dir, file_names[file]);
	worker.out = memfd_create("out", MFD_CLOEXEC);
	worker.messages = memfd_create("messages", MFD_CLOEXEC);
	worker.copy = malloc(image->len);
	if (worker.out < 0 || worker.messages < 0 || !worker.copy)
		err(2, "memory");
	memcpy(worker.copy, image->at, image->len);
	write_copy(&worker, image->len);
	setenv("PROPOSALS_STORE", worker.dir, 1);
	return worker;
}

static _Noreturn void work(const struct sweep *sweep, struct tally *tally,
			   long number)
{
	struct worker worker = worker_new(sweep, tally, number);
	struct damage damage;

	for (size_t n = (size_t)number; pick(sweep, n, &damage);
	     n += (size_t)sweep->workers)
		if (is_damage(sweep, &damage))
			try_one(&worker, &damage);
	_exit(0);
}

/* What the readers print when nothing is wrong. */
static void measure(struct sweep *sweep, struct tally *tally)
{
	struct worker worker = worker_new(sweep, tally, 0);

	for (int i = 0; i < sweep->reader_count; i++) {
		struct reader *reader = &sweep->readers[i];
		int status = run_reader(&worker, reader);
		struct bytes out = written(worker.out);

		if (status || !out.len)
			errx(2, "%s: status %x of the sound store: %s",
			     reader->name, (unsigned)status,
			     (const char *)written(worker.messages).at);
		reader->good = (struct bytes){malloc(out.len), out.len};
		if (!reader->good.at)
			err(2, "memory");
		memcpy(reader->good.at, out.at, out.len);
	}
}

static void sweep_all(struct sweep *sweep, struct tally *tally)
{
	for (long i = 0; i < sweep->workers; i++) {
		pid_t child = fork();

		if (child < 0)
			err(2, "fork");
		if (!child)
			work(sweep, tally, i);
	}
	for (long i = 0; i < sweep->workers; i++) {
		int status;

		if (wait(&status) < 0 || status)
			errx(2, "a worker ended with %x", (unsigned)status);
	}
}

static void print_table(const long counts[KINDS][VERDICTS], const char *name)
{
	printf("%-22s", name);
	for (int v = 0; v < VERDICTS; v++)
		printf(" %8s", verdict_words[v]);
	putchar('\n');
	for (int kind = 0; kind < KINDS; kind++) {
		printf("%-22s", kind_words[kind]);
		for (int v = 0; v < VERDICTS; v++)
			printf(" %8ld", counts[kind][v]);
		putchar('\n');
	}
}

/* One line a reader, for the person and for who adds up. */
static bool report(const struct sweep *sweep, const struct tally *tally)
{
	bool good = true;

	for (int i = 0; i < sweep->reader_count; i++) {
		long sums[VERDICTS] = {0}, all = 0;

		print_table(tally->counts[i], sweep->readers[i].name);
		for (int kind = 0; kind < KINDS; kind++)
			for (int v = 0; v < VERDICTS; v++)
				sums[v] += tally->counts[i][kind][v];
		for (int v = 0; v < VERDICTS; v++)
			all += sums[v];
		printf("tried: %s, %s on %ld damaged files (pages %zu x %d, "
		       "bits %ld, cuts %ld, old pages): %ld the same, %ld "
		       "told (%ld by leaving with 70), %ld silent, %ld "
		       "signals, %ld hangs\n",
		       file_names[sweep->file], sweep->readers[i].name, all,
		       sweep->images[sweep->file].len / PAGE, PAGE_KINDS,
		       sweep->bits, sweep->cuts, sums[IS_SAME],
		       sums[IS_TOLD] + sums[IS_LEFT], sums[IS_LEFT],
		       sums[IS_SILENT], sums[IS_SIGNAL], sums[IS_HANG]);
		good &= !sums[IS_SILENT] && !sums[IS_SIGNAL] && !sums[IS_HANG];
	}
	return good;
}

static struct reader *reader_named(struct sweep *sweep, const char *name)
{
	for (int i = 0; i < sweep->reader_count; i++)
		if (!strcmp(sweep->readers[i].name, name))
			return &sweep->readers[i];
	if (sweep->reader_count == READERS_MAX)
		errx(2, "more than %d readers", READERS_MAX);
	struct reader *reader = &sweep->readers[sweep->reader_count++];
	reader->name = name;
	return reader;
}

static void add_command(struct sweep *sweep, char *line)
{
	char *rest = line, *name = strsep(&rest, " "), *word;
	struct reader *reader = reader_named(sweep, name);
	int count = 1;

	if (reader->count == COMMANDS_MAX)
		errx(2, "more than %d commands", COMMANDS_MAX);
	char **words = reader->commands[reader->count++];
	words[0] = strdup("proposals");
	while ((word = strsep(&rest, " ")) && count < WORDS_MAX)
		words[count++] = word;
}

static void read_readers(struct sweep *sweep, const char *path)
{
	char *text = (char *)read_whole(path).at, *line;

	while ((line = strsep(&text, "\n")))
		if (*line)
			add_command(sweep, line);
}

static _Noreturn void leave_one(const struct sweep *sweep, const char *text)
{
	struct tally tally;
	struct worker worker = worker_new(sweep, &tally, 0);
	struct damage damage = {0};
	char *rest;

	damage.kind = (enum kind)strtoul(text, &rest, 10);
	damage.page = strtoul(rest + (*rest == ','), &rest, 10);
	damage.seed = strtoull(rest + (*rest == ','), &rest, 10) | 1;
	memcpy(worker.copy, sweep->images[sweep->file].at,
	       sweep->images[sweep->file].len);
	write_copy(&worker, damage_copy(sweep, &damage, worker.copy));
	exit(0);
}

static long number(const char *text)
{
	char *end;
	long value = strtol(text, &end, 10);

	if (*end || end == text || value < 0)
		errx(2, "%s is no number", text);
	return value;
}

static const char *read_options(struct sweep *sweep, int argc, char **argv)
{
	const char *one = NULL;
	int option;

	while ((option = getopt(argc, argv, "lb:c:o:j:t:s:p:")) != -1) {
		switch (option) {
		case 'l':
			sweep->file = 1;
			break;
		case 'b':
			sweep->bits = number(optarg);
			break;
		case 'c':
			sweep->cuts = number(optarg);
			break;
		case 'o':
			if (sweep->old_count == OLDS_MAX)
				errx(2, "more than %d old files", OLDS_MAX);
			sweep->olds[sweep->old_count++] = read_whole(optarg);
			break;
		case 'j':
			sweep->workers = number(optarg);
			break;
		case 't':
			sweep->seconds = number(optarg);
			break;
		case 's':
			sweep->seed = (uint64_t)number(optarg);
			break;
		case 'p':
			one = optarg;
			break;
		default:
			exit(2);
		}
	}
	return one;
}

int main(int argc, char **argv)
{
	static struct sweep sweep = {.workers = 2, .seconds = 600};
	const char *one = read_options(&sweep, argc, argv);
	char path[4400];

	if (argc - optind != (one ? 2 : 3) || !sweep.workers)
		errx(2, "usage: damage [OPTION...] GOOD SCRATCH READERS");
	sweep.good = argv[optind];
	sweep.scratch = argv[optind + 1];
	for (int file = 0; file < FILES; file++) {
		snprintf(path, sizeof(path), "%s/%s", sweep.good,
			 file_names[file]);
		sweep.images[file] = read_whole(path);
	}
	if (one)
		leave_one(&sweep, one);
	read_readers(&sweep, argv[optind + 2]);
	struct tally *tally = mmap(NULL, sizeof(*tally), PROT_READ | PROT_WRITE,
				   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (tally == MAP_FAILED)
		err(2, "memory");
	measure(&sweep, tally);
	sweep_all(&sweep, tally);
	return report(&sweep, tally) ? 0 : 1;
}
