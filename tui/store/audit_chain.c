#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/audit.h"
#include "store/chain.h"
#include "store/users.h"

/* Roles as the batches made them. */
struct roles {
	struct user *items; /* owned; access and batch only */
	size_t count;
};

struct links {
	struct audit *audit;
	MDB_cursor *events;
	MDB_val at, value; /* the next event */
	int rc;            /* of the cursor there */
	struct chain chain;
	struct roles roles;
	struct buf scratch;
};

/* All events of a batch; the cursor stands at the first of the next. */
static void link_events(struct links *links, uint32_t batch)
{
	while (!links->rc && place_id(links->at, 0) <= batch) {
		struct slice bytes = {links->value.mv_data,
				      links->value.mv_size};
		MDB_val before = links->at;

		chain_event(&links->chain, place_id(links->at, 4), bytes);
		links->rc = mdb_cursor_get(links->events, &links->at,
					   &links->value, MDB_NEXT);
		/* In a circle; the table has been told of. */
		if (!links->rc && !audit_ascends(before, links->at))
			links->rc = MDB_CORRUPTED;
	}
}

static struct user *role_of(struct roles *roles, uint32_t uid)
{
	for (size_t i = 0; i < roles->count; i++)
		if (roles->items[i].uid == uid)
			return &roles->items[i];
	roles->items = mem_resize(roles->items,
				  (roles->count + 1) * sizeof(struct user));
	roles->items[roles->count] = (struct user){.uid = uid};
	return &roles->items[roles->count++];
}

static void follow_grant(struct links *links, const struct batch *batch)
{
	struct user *user = role_of(&links->roles, batch->grant.uid);

	if (user->access != batch->grant.before)
		audit_found(links->audit,
			    "批次 %u 之前，用户 %u 的权限与记录不一致",
			    (unsigned)batch->number, (unsigned)user->uid);
	user->access = batch->grant.after;
	user->batch = batch->number;
}

/* Damaged batches were told of one by one; the chain ends there. */
static bool link_batch(struct links *links, uint32_t number)
{
	const struct reading *reading = links->audit->reading;
	struct arena arena = {0};
	struct batch batch;
	struct slice bytes;
	struct stamp stamp;
	bool ok = !table_get(reading->store, reading->txn, TABLE_BATCHES,
			     place_of(number), &bytes) &&
		  batch_decode(number, bytes, &arena, &batch, &stamp);

	if (ok) {
		link_events(links, number);
		chain_batch(&links->chain, &batch, stamp.operation,
			    &links->scratch);
		ok = !memcmp(links->chain.last, stamp.chain, CHAIN_SIZE);
		if (!ok)
			audit_found(links->audit,
				    "批次 %u 与它之前的历史接不上，"
				    "历史被改动过",
				    (unsigned)number);
		if (batch.kind == BATCH_USER)
			follow_grant(links, &batch);
	}
	arena_free(&arena);
	return ok;
}

static void compare_user(struct links *links, const struct user *have)
{
	struct user *want = role_of(&links->roles, have->uid);

	if (want->access != have->access || want->batch != have->batch)
		audit_derived(links->audit, "用户 %u 的权限与历史不一致",
			      (unsigned)have->uid);
	want->access = ACCESS_NONE;
}

static void compare_users(struct links *links)
{
	struct arena arena = {0};
	struct user *users;
	size_t count;
	struct err err;

	if (!audit_can(links->audit, BIT(TABLE_USERS)))
		return;
	if (!reading_users(links->audit->reading, &arena, &users, &count, &err))
		audit_derived(links->audit, "%s", err.text);
	else
		for (size_t i = 0; i < count; i++)
			compare_user(links, &users[i]);
	for (size_t i = 0; i < links->roles.count; i++)
		if (links->roles.items[i].access != ACCESS_NONE)
			audit_derived(links->audit, "用户 %u 的权限不见了",
				      (unsigned)links->roles.items[i].uid);
	arena_free(&arena);
}

static void link_all(struct links *links)
{
	const struct state *state = &links->audit->reading->state;
	static const unsigned char nothing[CHAIN_SIZE];
	uint32_t number = 1;

	chain_begin(&links->chain, nothing);
	links->rc = mdb_cursor_get(links->events, &links->at, &links->value,
				   MDB_FIRST);
	while (number <= state->last_batch && link_batch(links, number))
		number++;
	if (number <= state->last_batch)
		return;
	if (memcmp(links->chain.last, state->chain, CHAIN_SIZE) != 0)
		audit_found(links->audit, "历史的最后一环与记录不一致");
	compare_users(links);
}

void audit_chain(struct audit *audit)
{
	const struct reading *reading = audit->reading;
	struct links links = {.audit = audit};

	if (!audit_can(audit, BIT(TABLE_BATCHES) | BIT(TABLE_EVENTS)))
		return;
	if (mdb_cursor_open(reading->txn, reading->store->tables[TABLE_EVENTS],
			    &links.events)) {
		audit_found(audit, "表 %s 打不开", table_names[TABLE_EVENTS]);
		return;
	}
	link_all(&links);
	mdb_cursor_close(links.events);
	free(links.roles.items);
	buf_free(&links.scratch);
}
