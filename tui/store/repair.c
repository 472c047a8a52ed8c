#include "store/repair.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/aside.h"
#include "store/gram_store.h"
#include "store/history.h"
#include "store/swap.h"
#include "store/transfer.h"
#include "store/work.h"

enum { STATUS_MAX = 256 };

/* What the history says of one slot. */
struct fact {
	key key;
	uint32_t revision, batch;
	bool seen;
};

/* A role that somebody was given. */
struct given {
	uint32_t batch;
	int64_t at;
	struct grant grant; /* the name in the repair's arena */
};

struct repair {
	struct store *old;
	struct reading reading; /* of the old one; its state is not used */
	struct transfer transfer;
	struct fact *facts; /* owned; by slot */
	uint32_t slots;
	struct dictionary codes; /* every status that is known */
	struct state state;
	unsigned broken;     /* tables of the old one: bits */
	struct given *given; /* owned */
	size_t given_count;
	struct arena arena;
	struct work work;
};

static void intern(struct repair *repair, const char *code, size_t len)
{
	struct dictionary *codes = &repair->codes;
	struct buf text = {0};

	buf_add(&text, code, len);
	if (len && !(codes->count && dict_find(codes, buf_text(&text))))
		dict_add(codes, code, len);
	buf_free(&text);
}

static bool take_record(void *arg, MDB_val at, struct slice value,
			struct err *err)
{
	struct repair *repair = arg;
	key k = place_id(at, 0);
	struct record record;

	if (at.mv_size != 4 || !record_decode(k, value, &record) ||
	    record.slot >= repair->slots || repair->facts[record.slot].seen)
		return store_damaged(err, k, "记录");
	repair->facts[record.slot] = (struct fact){.key = k, .seen = true};
	if (record.removed)
		repair->state.removed++;
	else
		repair->state.proposals++;
	return true;
}

static void learn(struct repair *repair, const struct entry *entry)
{
	for (size_t i = 0; i < entry->count; i++) {
		const struct change *change = &entry->changes[i];

		if (change->field != FIELD_STATUS)
			continue;
		intern(repair, change->before.text, change->before.len);
		intern(repair, change->after.text, change->after.len);
	}
}

static bool take_event(void *arg, MDB_val at, struct slice value,
		       struct err *err)
{
	struct repair *repair = arg;
	uint32_t batch = place_id(at, 0), slot;
	key k = place_id(at, 4);
	struct entry entry;
	struct slice bytes;
	bool removed;

	if (at.mv_size != 8 || !entry_decode(batch, k, value, &entry))
		return store_damaged(err, k, "历史");
	if (record_find(repair->old, repair->transfer.txn, k, &bytes, &slot,
			&removed) != FOUND_YES)
		return store_damaged(err, k, "记录");
	struct fact *fact = &repair->facts[slot];
	if (entry.revision != fact->revision + 1 ||
	    entry.previous != fact->batch)
		return store_damaged(err, k, "历史");
	fact->revision = entry.revision;
	fact->batch = batch;
	learn(repair, &entry);
	repair->state.events++;
	return true;
}

static void take_grant(struct repair *repair, const struct batch *batch)
{
	size_t size = (repair->given_count + 1) * sizeof(struct given);
	const char *name = batch->grant.name;

	repair->given = mem_resize(repair->given, size);
	struct given *given = &repair->given[repair->given_count++];
	*given = (struct given){batch->number, batch->at, batch->grant};
	given->grant.name = arena_str(&repair->arena, name, strlen(name));
}

static bool take_batch(void *arg, MDB_val at, struct slice value,
		       struct err *err)
{
	struct repair *repair = arg;
	uint32_t number = place_id(at, 0);
	struct arena arena = {0};
	struct batch batch;
	struct stamp stamp;
	bool ok = at.mv_size == 4 && number == repair->state.last_batch + 1 &&
		  batch_decode(number, value, &arena, &batch, &stamp);

	if (ok && batch.kind == BATCH_USER)
		take_grant(repair, &batch);
	arena_free(&arena);
	if (!ok)
		return store_broken(err, "批次");
	repair->state.last_batch = number;
	memcpy(repair->state.chain, stamp.chain, CHAIN_SIZE);
	return true;
}

/* As they are, and facts from them. */
static bool copy_all(struct repair *repair, struct err *err)
{
	const struct transfer *transfer = &repair->transfer;
	MDB_stat st;
	int rc = mdb_stat(transfer->txn, repair->old->tables[TABLE_RECORDS],
			  &st);

	if (rc)
		return store_failed(err, rc, repair->old->dir);
	repair->slots = (uint32_t)st.ms_entries;
	repair->facts = mem_array(st.ms_entries + 1, sizeof(struct fact));
	return transfer_table(transfer, TABLE_RECORDS, take_record, repair,
			      err) &&
	       transfer_table(transfer, TABLE_EVENTS, take_event, repair,
			      err) &&
	       transfer_table(transfer, TABLE_BATCHES, take_batch, repair, err);
}

static bool nod(void *arg, const struct step *step, struct err *err)
{
	(void)arg;
	(void)step;
	(void)err;
	return true;
}

static bool rebuild(const struct repair *repair, const struct dictionary *codes,
		    struct present *present, struct err *err)
{
	const struct strings statuses = {codes->items, codes->count};

	return history_rebuild(&repair->reading, present, &statuses, nod, NULL,
			       err);
}

/*
 * What follows from the rest may be damaged in any way, so the old dictionary
 * is asked only when nobody else knows a status.
 */
static bool find_status(struct repair *repair, struct present *present,
			struct err *err)
{
	struct store *old = repair->old;

	return rebuild(repair, &repair->codes, present, err) ||
	       (!(repair->broken & BIT(TABLE_DICT)) &&
		dict_load(old, repair->transfer.txn, DICT_STATUS, STATUS_MAX,
			  err) &&
		rebuild(repair, &old->dicts[DICT_STATUS], present, err));
}

static bool derive(struct repair *repair, const struct fact *fact,
		   struct err *err)
{
	struct work *work = &repair->work;
	struct present present = {
		.key = fact->key,
		.revision = fact->revision,
		.batch = fact->batch,
	};
	struct arena arena = {0};
	struct proposal p;
	struct slice bytes;
	struct err why;
	int rc = table_get(repair->old, repair->transfer.txn, TABLE_RECORDS,
			   place_of(fact->key), &bytes);

	if (rc || !record_decode(fact->key, bytes, &present.record))
		return store_damaged(err, fact->key, "记录");
	if (!find_status(repair, &present, err))
		return false;
	bool ok = content_proposal(&present.record.content, fact->key, &arena,
				   &p, &why);
	if (!ok) {
		store_damaged(err, fact->key, "记录");
	} else {
		p.status = arena_str(&arena, present.status.text,
				     present.status.len);
		work->batch = fact->batch;
		ok = apply_derived(work, &present.record, &p, fact->revision,
				   err);
	}
	arena_free(&arena);
	return ok;
}

static bool give_again(struct repair *repair, const struct given *given,
		       struct err *err)
{
	const struct commit commit = {.grant = &given->grant};
	struct work *work = &repair->work;

	work->commit = &commit;
	work->batch = given->batch;
	work->at = given->at;
	int rc = grant_put(work);
	work->commit = NULL;
	return rc ? store_failed(err, rc, repair->old->dir) : true;
}

static bool derive_all(struct repair *repair, struct err *err)
{
	struct work *work = &repair->work;

	if (!work_begin(work, repair->slots, err))
		return false;
	memcpy(repair->state.dicts, work->state.dicts,
	       sizeof(repair->state.dicts));
	work->state = repair->state;
	work->state.slots = repair->slots;
	for (uint32_t slot = 0; slot < repair->slots; slot++)
		if (!derive(repair, &repair->facts[slot], err))
			return false;
	for (size_t i = 0; i < repair->given_count; i++)
		if (!give_again(repair, &repair->given[i], err))
			return false;
	work->batch = repair->state.last_batch;
	memcpy(work->chain.last, repair->state.chain, CHAIN_SIZE);
	if (!draft_flush(work, err) || !finish_state(work, err))
		return false;
	int rc = mdb_txn_commit(work->txn);
	work->txn = NULL;
	return rc ? store_failed(err, rc, repair->old->dir) : true;
}

static bool open_txn(struct repair *repair, const struct strings *statuses,
		     struct err *err)
{
	struct store *old = repair->old;
	int rc = begin_txn(old, MDB_RDONLY, &repair->transfer.txn);

	if (rc)
		return store_failed(err, rc, old->dir);
	repair->transfer.from = old;
	repair->reading =
		(struct reading){.store = old, .txn = repair->transfer.txn};
	for (size_t i = 0; i < statuses->count; i++)
		intern(repair, statuses->items[i], strlen(statuses->items[i]));
	return true;
}

static bool build(struct repair *repair, const struct strings *statuses, int fd,
		  struct err *err)
{
	struct store *new = NULL;
	bool ok = open_txn(repair, statuses, err) &&
		  aside_create(&new, fd, repair->old->dir, repair->old->roles,
			       err);

	repair->transfer.to = repair->work.store = new;
	ok = ok && copy_all(repair, err) && derive_all(repair, err);
	if (ok)
		gram_settle(new, NULL, NULL);
	if (repair->work.txn)
		mdb_txn_abort(repair->work.txn);
	if (repair->transfer.txn)
		mdb_txn_abort(repair->transfer.txn);
	work_free(&repair->work);
	aside_close(new);
	free(repair->facts);
	free(repair->given);
	arena_free(&repair->arena);
	dict_free(&repair->codes);
	return ok;
}

/* Counters that cannot be read are a finding as well. */
static void look(struct repair *repair, finding_fn *tell, void *arg,
		 uint64_t *findings)
{
	struct check_sums sums;
	struct err err;

	if (!store_check(repair->old, tell, arg, &sums, findings, &err)) {
		tell(arg, err.text);
		++*findings;
	}
	repair->broken = sums.broken;
}

static void ignore(void *arg, const char *sentence)
{
	(void)arg;
	(void)sentence;
}

static bool refuse(const char *dir, struct err *err)
{
	return err_set(err, ERR_STORE,
		       "提案库 %s 的记录、历史或批次本身已损坏，没有改动它，"
		       "请从备份恢复",
		       dir);
}

/* The old one was told of; what is wrong with the new one is the same. */
static bool put_in_place(struct swap *swap, struct swapped *out,
			 struct err *err)
{
	if (swap_finish(swap, true, ignore, NULL, out, err))
		return true;
	if (err->code == ERR_STORE && !out->now.bytes)
		return refuse(swap->dir, err);
	return false;
}

/* LMDB cannot be asked for what is to be copied. */
static bool sources_whole(const struct repair *repair, const char *dir,
			  struct err *err)
{
	const unsigned sources =
		BIT(TABLE_RECORDS) | BIT(TABLE_EVENTS) | BIT(TABLE_BATCHES);

	return repair->broken & sources ? refuse(dir, err) : true;
}

bool store_repair(const char *dir, const struct strings *statuses,
		  finding_fn *tell, void *arg, struct repaired *out,
		  struct err *err)
{
	struct repair repair = {0};
	struct swap swap;

	*out = (struct repaired){0};
	if (!swap_begin(&swap, dir, false, err))
		return false;
	bool ok = aside_open(&repair.old, swap.old, dir, err);
	if (ok)
		look(&repair, tell, arg, &out->findings);
	if (ok && out->findings)
		ok = sources_whole(&repair, dir, err) &&
		     build(&repair, statuses, swap.file.fd, err) &&
		     put_in_place(&swap, &out->swapped, err);
	store_close(repair.old);
	swap_end(&swap);
	return ok;
}
