/*
 * A small configuration, and a register of it on disk in a directory that
 * desk_close() removes. For the tests of query/ and change/.
 */
#ifndef UNIT_DESK_H
#define UNIT_DESK_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "config/config.h"
#include "store/columns.h"
#include "store/commit.h"
#include "unit.h"

#define LENGTH(array) (sizeof(array) / sizeof(*(array)))

/* In the order of the configuration. */
enum { ST_RECEIVED, ST_ASSIGNED, ST_HANDLING, ST_ANSWERED, ST_CLOSED };

static const char desk_yaml[] =
	"sessions:\n"
	"  - {id: 14-2, year: 2023}\n"
	"  - {id: 14-3, year: 2024}\n"
	"current: 14-3\n"
	"departments:\n"
	"  - {code: jxj, name: 经济和信息化局, short: 经信局,"
	" aliases: [经信委]}\n"
	"  - {code: swj, name: 商务局}\n"
	"  - {code: jyj, name: 教育局}\n"
	"  - {code: gaj, name: 公安局}\n"
	"categories:\n"
	"  - {code: industry, label: 工业经济}\n"
	"  - {code: city, label: 城乡建设、环保}\n"
	"  - {code: culture, label: 文化}\n"
	"levels:\n"
	"  - {code: ordinary, label: 一般, rank: ordinary}\n"
	"  - {code: key, label: 重点, rank: key}\n"
	"statuses:\n"
	"  - {code: received, label: 已收到, phase: intake,"
	" next: [assigned]}\n"
	"  - {code: assigned, label: 待签收, phase: assigned,"
	" next: [handling]}\n"
	"  - {code: handling, label: 办理中, phase: handling,"
	" next: [answered]}\n"
	"  - {code: answered, label: 已答复, phase: answered,"
	" next: [closed, handling]}\n"
	"  - {code: closed, label: 已办结, phase: closed}\n"
	"results:\n"
	"  - {code: A, label: A, wording: 已经解决, solved: true}\n"
	"  - {code: B, label: B, wording: 正在解决}\n"
	"deadlines:\n"
	"  reply: {from: assigned, amount: 3, unit: month, warn: [15, 7]}\n";

struct desk {
	char dir[64];
	struct store *store;
	struct reading *reading; /* between desk_read() and desk_done() */
	struct config *config;
	struct arena arena; /* for the proposals of a test */
};

/* The call names `err`; a failure's own sentence is what the test says. */
#define OK(call) \
	do { \
		struct err failure = {0}; \
		struct err *err = &failure; \
		if (!(call)) \
			fail_msg("%s: %s", #call, failure.text); \
	} while (0)

static inline struct config *desk_configure(void)
{
	struct buf mistakes = {0};
	struct config *config;

	OK(config_parse(&config, "desk.yaml", desk_yaml, sizeof(desk_yaml) - 1,
			&mistakes, err));
	buf_free(&mistakes);
	return config;
}

static inline struct desk *desk_open(void)
{
	const char *tmp = getenv("TMPDIR");
	struct desk *desk = mem_new(sizeof(*desk));

	snprintf(desk->dir, sizeof(desk->dir), "%s/desk-XXXXXX",
		 tmp && strlen(tmp) < 40 ? tmp : "/tmp");
	assert_non_null(mkdtemp(desk->dir));
	setenv("PROPOSALS_NOW", "2024-11-20T09:30:00", 1);
	desk->config = desk_configure();
	OK(store_create(desk->dir, err));
	OK(store_open(&desk->store, desk->dir, STORE_READ_WRITE, err));
	return desk;
}

static inline void desk_remove(const char *dir)
{
	DIR *files = opendir(dir);
	struct dirent *file;
	char path[512];

	assert_non_null(files);
	while ((file = readdir(files))) {
		snprintf(path, sizeof(path), "%s/%s", dir, file->d_name);
		if (strcmp(file->d_name, ".") && strcmp(file->d_name, ".."))
			assert_int_equal(remove(path), 0);
	}
	closedir(files);
	assert_int_equal(rmdir(dir), 0);
}

static inline void desk_close(struct desk *desk)
{
	store_close(desk->store);
	desk_remove(desk->dir);
	config_free(desk->config);
	arena_free(&desk->arena);
	free(desk);
}

static inline struct reading *desk_read(struct desk *desk)
{
	OK(reading_begin(desk->store, &desk->reading, err));
	return desk->reading;
}

static inline void desk_done(struct desk *desk)
{
	reading_end(desk->reading);
	desk->reading = NULL;
}

static inline key desk_key(unsigned meeting, uint32_t number)
{
	return key_make(session_make(14, meeting), number);
}

/* A proposal to fill in, in the arena of the desk. */
static inline struct proposal *desk_new(struct desk *desk, key k,
					const char *status)
{
	struct proposal *p = arena_alloc(&desk->arena, sizeof(*p));

	proposal_init(p, k);
	p->title =
		arena_printf(&desk->arena, "关于第%u件事的建议", key_number(k));
	p->status = status;
	return p;
}

/* As somebody with this uid; the number of the batch. */
static inline uint32_t desk_commit(struct desk *desk, uint32_t uid,
				   enum batch_kind kind, struct edit *edits,
				   size_t count)
{
	struct commit commit = {
		.kind = kind,
		.who = {.uid = uid,
			.login_uid = uid,
			.name = "somebody",
			.from = ""},
		.note = "",
		.summary = "测试",
		.edits = edits,
		.count = count,
	};
	struct committed done = {0};

	OK(store_commit(desk->store, &commit, &done, err));
	free(done.conflicts);
	return done.batch;
}

/* Put as they are, over what is there. */
static inline uint32_t desk_put(struct desk *desk, uint32_t uid,
				const struct proposal *const *all, size_t count)
{
	struct edit *edits = mem_array(count, sizeof(*edits));
	struct reading *reading = desk_read(desk);
	uint32_t batch;

	for (size_t i = 0; i < count; i++) {
		uint32_t slot;

		edits[i] = (struct edit){
			.key = all[i]->key, .kind = EDIT_PUT, .next = all[i]};
		if (reading_find(reading, all[i]->key, &slot))
			edits[i].revision =
				reading_value(reading, COLUMN_REVISION, slot);
	}
	desk_done(desk);
	batch = desk_commit(desk, uid, BATCH_EDIT, edits, count);
	free(edits);
	return batch;
}

static inline uint32_t desk_add(struct desk *desk, key k, const char *status)
{
	const struct proposal *p = desk_new(desk, k, status);

	return desk_put(desk, 1, &p, 1);
}

#endif
