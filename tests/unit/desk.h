/*
 * A small configuration, and a register of it on disk in a directory that
 * desk_close() removes. For the tests of query/ and change/.
 */
#ifndef UNIT_DESK_H
#define UNIT_DESK_H

#include "base/mem.h"
#include "fixture.h"
#include "store/columns.h"
#include "store/commit.h"

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

static inline struct config *desk_configure(void)
{
	struct buf mistakes = {0};
	struct config *config;

	OK(config_parse(&config, "desk.yaml", desk_yaml, sizeof(desk_yaml) - 1,
			&mistakes, err));
	buf_free(&mistakes);
	return config;
}

static inline struct desk *desk_make(bool (*create)(const char *dir,
						    struct err *err))
{
	struct desk *desk = mem_new(sizeof(*desk));

	dir_make(desk->dir);
	setenv("PROPOSALS_NOW", "2024-11-20T09:30:00", 1);
	desk->config = desk_configure();
	OK(create(desk->dir, err));
	OK(store_open(&desk->store, desk->dir, STORE_READ_WRITE, err));
	return desk;
}

static inline struct desk *desk_open(void)
{
	return desk_make(store_create);
}

static inline void desk_close(struct desk *desk)
{
	store_close(desk->store);
	dir_remove(desk->dir);
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
		.config = desk->config,
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
