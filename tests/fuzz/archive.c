/*
 * A whole register as JSON Lines, which an import makes a store of: any bytes
 * make one that is in order, or a sentence, and then nothing has changed.
 */
#include <sys/stat.h>

#include "../unit/fixture.h"
#include "claims.h"
#include "exchange/archive.h"

static char dir[64];

static void remove_dir(void)
{
	dir_remove(dir);
}

static void make_store(void)
{
	OK(store_create(dir, err));
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	dir_make(dir);
	make_store();
	atexit(remove_dir);
	return 0;
}

static void tell(void *arg, const char *sentence)
{
	unsigned *findings = arg;

	claim_sentence(sentence);
	++*findings;
}

/* The store that stands there, by what cannot be the same of two. */
static struct stat store_file(void)
{
	char path[80];
	struct stat st;

	snprintf(path, sizeof(path), "%s/data.mdb", dir);
	HOLDS(stat(path, &st) == 0);
	return st;
}

static void claim_unchanged(const struct stat *before)
{
	struct stat now = store_file();

	HOLDS(now.st_ino == before->st_ino && now.st_size == before->st_size);
	HOLDS(now.st_mtim.tv_nsec == before->st_mtim.tv_nsec);
}

static void claim_sound(void)
{
	struct check_sums sums;
	struct store *store;
	unsigned told = 0;
	uint64_t findings;

	OK(store_open(&store, dir, STORE_READ_ONLY, err));
	OK(store_check(store, tell, &told, &sums, &findings, err));
	HOLDS(findings == 0 && told == 0);
	store_close(store);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct stat before = store_file();
	struct swapped swapped = {0};
	struct err err = {0};
	unsigned findings = 0;

	if (archive_read(file_of(data, size), dir, tell, &findings, &swapped,
			 &err)) {
		claim_sound();
		dir_remove(dir);
		HOLDS(mkdir(dir, 0700) == 0);
		make_store();
		return 0;
	}
	claim_error(&err, ERR_USAGE);
	HOLDS(findings == 0);
	claim_unchanged(&before);
	return 0;
}
