/*
 * What tests find on disk and leave there: files, directories of their own, a
 * configuration.
 */
#ifndef UNIT_FIXTURE_H
#define UNIT_FIXTURE_H

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "config/config.h"
#include "unit.h"

/* The call names `err`; a failure's own sentence is what the test says. */
#define OK(call) \
	do { \
		struct err failure = {0}; \
		struct err *err = &failure; \
		if (!(call)) \
			fail_msg("%s: %s", #call, failure.text); \
	} while (0)

/* Into a buffer of its own; free it with buf_free(). */
static inline struct buf file_read(const char *path)
{
	FILE *file = fopen(path, "rb");
	struct buf bytes = {0};
	char block[4096];
	size_t got;

	assert_non_null(file);
	while ((got = fread(block, 1, sizeof(block), file)) > 0)
		buf_add(&bytes, block, got);
	fclose(file);
	return bytes;
}

/* Gives the path. */
static inline const char *file_write(const char *path, const char *bytes,
				     size_t len)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
	return path;
}

/* Make an empty directory; dir_remove() takes it away with all in it. */
static inline void dir_make(char path[64])
{
	const char *tmp = getenv("TMPDIR");

	snprintf(path, 64, "%s/proposals-XXXXXX",
		 tmp && strlen(tmp) < 40 ? tmp : "/tmp");
	assert_non_null(mkdtemp(path));
}

static inline int dir_remove_one(const char *path, const struct stat *st,
				 int type, struct FTW *at)
{
	(void)st, (void)type, (void)at;
	return remove(path);
}

static inline void dir_remove(const char *path)
{
	assert_int_equal(nftw(path, dir_remove_one, 8, FTW_DEPTH | FTW_PHYS),
			 0);
}

/* Free it with config_free(). */
static inline struct config *config_at(const char *path)
{
	struct buf mistakes = {0};
	struct config *config;

	OK(config_load(&config, path, &mistakes, err));
	buf_free(&mistakes);
	return config;
}

#endif
