/*
 * For the tests of exchange/: files to import, and a register in a directory
 * of its own for an office of a few departments.
 */
#ifndef UNIT_OFFICE_H
#define UNIT_OFFICE_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "exchange/rows.h"
#include "store/store.h"
#include "unit.h"

#define SEED "tests/data/pinghu-2024-key-proposals.csv"
#define LENGTH(array) (sizeof(array) / sizeof(*(array)))
#define OK(call) \
	do { \
		struct err failure = {0}; \
		struct err *err = &failure; \
		if (!(call)) \
			fail_msg("%s: %s", #call, failure.text); \
	} while (0)

struct office {
	char dir[64];
	char file[128]; /* what office_file() writes */
	struct config *config;
	struct store *store;
};

/* Into a buffer of its own; free it with buf_free(). */
static inline struct buf office_read(const char *path)
{
	FILE *file = fopen(path, "rb");
	struct buf text = {0};
	char bytes[4096];
	size_t got;

	assert_non_null(file);
	while ((got = fread(bytes, 1, sizeof(bytes), file)) > 0)
		buf_add(&text, bytes, got);
	fclose(file);
	return text;
}

static inline struct office *office_open(void)
{
	struct office *office = mem_new(sizeof(*office));
	const char *tmp = getenv("TMPDIR");
	struct buf mistakes = {0};

	setenv("PROPOSALS_NOW", "2024-11-20T09:30:00", 1);
	setenv("TZ", "Asia/Shanghai", 1);
	snprintf(office->dir, sizeof(office->dir), "%s/office-XXXXXX",
		 tmp && strlen(tmp) < 40 ? tmp : "/tmp");
	assert_non_null(mkdtemp(office->dir));
	snprintf(office->file, sizeof(office->file), "%s.file", office->dir);
	OK(config_load(&office->config, "tests/data/import/office.yaml",
		       &mistakes, err));
	OK(store_create(office->dir, err));
	OK(store_open(&office->store, office->dir, STORE_READ_WRITE, err));
	buf_free(&mistakes);
	return office;
}

static inline void office_remove(const char *dir)
{
	DIR *files = opendir(dir);
	struct dirent *file;
	char path[512];

	assert_non_null(files);
	while ((file = readdir(files))) {
		snprintf(path, sizeof(path), "%s/%s", dir, file->d_name);
		if (file->d_name[0] != '.')
			assert_int_equal(remove(path), 0);
	}
	closedir(files);
	assert_int_equal(rmdir(dir), 0);
}

static inline void office_close(struct office *office)
{
	store_close(office->store);
	config_free(office->config);
	office_remove(office->dir);
	remove(office->file);
	free(office);
}

/* A file with these bytes, until the next one. */
static inline const char *file_write(const char *path, const char *bytes,
				     size_t len)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
	return path;
}

static inline const char *office_file(struct office *office, const char *text)
{
	return file_write(office->file, text, strlen(text));
}

#endif
