/*
 * For the tests of exchange/: files to import, and a register in a directory
 * of its own for an office of a few departments.
 */
#ifndef UNIT_OFFICE_H
#define UNIT_OFFICE_H

#include "base/mem.h"
#include "exchange/rows.h"
#include "fixture.h"
#include "store/store.h"

#define SEED "tests/data/pinghu-2024-key-proposals.csv"

struct office {
	char dir[64];
	char file[128]; /* what office_file() writes */
	struct config *config;
	struct store *store;
};

static inline struct office *office_open(void)
{
	struct office *office = mem_new(sizeof(*office));

	setenv("PROPOSALS_NOW", "2024-11-20T09:30:00", 1);
	setenv("TZ", "Asia/Shanghai", 1);
	dir_make(office->dir);
	snprintf(office->file, sizeof(office->file), "%s.file", office->dir);
	office->config = config_at("tests/data/import/office.yaml");
	OK(store_create(office->dir, err));
	OK(store_open(&office->store, office->dir, STORE_READ_WRITE, err));
	return office;
}

static inline void office_close(struct office *office)
{
	store_close(office->store);
	config_free(office->config);
	dir_remove(office->dir);
	remove(office->file);
	free(office);
}

/* A file with this text, until the next one. */
static inline const char *office_file(struct office *office, const char *text)
{
	return file_write(office->file, text, strlen(text));
}

#endif
