/*
 * Stored values: the first byte says of which table, the rest is the value,
 * once as it is and once with the checksum that it should have, so that the
 * decoder behind the seal is reached. What a decoder takes its encoder writes
 * again to the letter.
 */
#include "claims.h"
#include "store/codec_meta.h"
#include "store/internal.h"
#include "store/seal.h"
#include "store/wire.h"

enum { KEY = (14 << 5 | 3) << 20 | 173, NUMBER = 7 };

static struct slice slice_of(const struct buf *buf)
{
	return (struct slice){buf_text(buf), buf->len};
}

static void claim_same(struct slice bytes, struct buf *again)
{
	HOLDS(slice_equal(bytes, slice_of(again)));
	buf_free(again);
}

/* A content is a proposal that gives it back, or there is a sentence. */
static void claim_content(const struct content *content)
{
	struct arena arena = {0};
	struct proposal p;
	struct content again;
	struct buf memory = {0};
	struct err err = {0};

	if (content_proposal(content, KEY, &arena, &p, &err)) {
		content_from(&again, &p, &memory);
		for (unsigned id = 1; id < FIELD_END; id++)
			HOLDS(slice_equal(content->of[id], again.of[id]));
	} else {
		claim_error(&err, ERR_USAGE);
	}
	buf_free(&memory);
	arena_free(&arena);
}

static bool try_record(struct slice bytes)
{
	struct record record;
	struct buf again = {0};
	uint32_t slot;
	bool removed;
	bool head = record_head(KEY, bytes, &slot, &removed);

	if (!record_decode(KEY, bytes, &record))
		return false;
	HOLDS(head && slot == record.slot && removed == record.removed);
	claim_content(&record.content);
	record_encode(KEY, &record, &again);
	claim_same(bytes, &again);
	return true;
}

static bool try_entry(struct slice bytes)
{
	struct entry entry;
	struct buf again = {0};

	if (!entry_decode(NUMBER, KEY, bytes, &entry))
		return false;
	if (entry.kind == EVENT_REMOVED)
		claim_content(&entry.removed);
	entry_encode(NUMBER, KEY, &entry, &again);
	claim_same(bytes, &again);
	return true;
}

static bool try_batch(struct slice bytes)
{
	struct arena arena = {0};
	struct batch batch;
	struct stamp stamp;
	struct buf again = {0};
	bool ok = batch_decode(NUMBER, bytes, &arena, &batch, &stamp);

	if (ok) {
		batch_encode(&batch, &stamp, &again);
		claim_same(bytes, &again);
	}
	arena_free(&arena);
	return ok;
}

static bool try_user(struct slice bytes)
{
	struct arena arena = {0};
	struct user user;
	struct buf again = {0};
	bool ok = user_decode(NUMBER, bytes, &arena, &user);

	if (ok) {
		user_encode(&user, &again);
		claim_same(bytes, &again);
	}
	arena_free(&arena);
	return ok;
}

static bool try_state(struct slice bytes)
{
	struct state state;
	struct buf again = {0};

	if (!state_decode(bytes, &state))
		return false;
	state_encode(&state, &again);
	claim_same(bytes, &again);
	return true;
}

/* A later version may say more behind what this one knows; of any other only
 * the number is understood. */
static bool try_format(struct slice bytes)
{
	struct format format;
	struct buf again = {0};

	if (!format_decode(bytes, &format))
		return false;
	HOLDS(memcmp(&format.version, bytes.text, 4) == 0);
	if (format.version != STORE_FORMAT)
		return true;
	format_encode(&format, &again);
	HOLDS(again.len <= bytes.len);
	HOLDS(memcmp(again.data, bytes.text, again.len - 8) == 0);
	buf_free(&again);
	return true;
}

static bool try_code(struct slice bytes)
{
	struct slice code;
	struct buf again = {0};

	if (!code_decode(DICT_STATUS, NUMBER, bytes, &code))
		return false;
	char *text = text_copy((const uint8_t *)code.text, code.len);
	code_encode(DICT_STATUS, NUMBER, text, &again);
	free(text);
	claim_same(bytes, &again);
	return true;
}

/* Searchable text: no end leads out of the value. */
static bool try_texts(struct slice bytes)
{
	uint32_t ends[TEXT_SLOTS], last = 0;

	if (!texts_intact(NUMBER, bytes))
		return false;
	memcpy(ends, bytes.text + 8, sizeof(ends));
	for (size_t i = 0; i < TEXT_SLOTS; i++) {
		HOLDS(ends[i] >= last && ends[i] <= bytes.len - TEXTS_HEADER);
		last = ends[i];
	}
	return true;
}

static const struct {
	enum seal seal;
	uint64_t id;
	bool (*try)(struct slice bytes);
} tables[] = {
	{SEAL_RECORD, KEY, try_record},
	{SEAL_EVENT, (uint64_t)NUMBER << 32 | KEY, try_entry},
	{SEAL_BATCH, NUMBER, try_batch},
	{SEAL_STATE, 0, try_state},
	{SEAL_FORMAT, 0, try_format},
	{SEAL_CODE, (uint64_t)DICT_STATUS << 32 | NUMBER, try_code},
	{SEAL_USER, NUMBER, try_user},
	{SEAL_TEXTS, NUMBER, try_texts},
};

enum { TABLES = sizeof(tables) / sizeof(*tables) };

/* Of exactly that size, so that a decoder that reads on is seen. */
static bool try(size_t table, struct slice bytes)
{
	char *copy = bytes_copy((const uint8_t *)bytes.text, bytes.len);
	bool ok = tables[table].try((struct slice){copy, bytes.len});

	free(copy);
	return ok;
}

/* Texts have it in front, and are never as short as the fuzzer's inputs. */
static void seal(size_t table, struct buf *bytes)
{
	struct buf body = *bytes;

	if (tables[table].seal != SEAL_TEXTS) {
		seal_close(tables[table].seal, tables[table].id, bytes);
		return;
	}
	while (body.len < TEXTS_MIN - 8)
		buf_char(&body, 0);

	uint64_t sum = seal_sum(SEAL_TEXTS, NUMBER, body.data, body.len);
	*bytes = (struct buf){0};
	wire_put_u64(bytes, sum);
	buf_add(bytes, body.data, body.len);
	buf_free(&body);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t table = size ? data[0] % TABLES : 0;
	struct buf sealed = {0};

	if (size == 0)
		return 0;
	try(table, (struct slice){(const char *)data + 1, size - 1});
	buf_add(&sealed, data + 1, size - 1);
	seal(table, &sealed);
	bool whole = try(table, slice_of(&sealed));
	/* It is the checksum of this value and of no other. */
	sealed.data[sealed.len - 1] ^= 1;
	HOLDS(!whole || !try(table, slice_of(&sealed)));
	buf_free(&sealed);
	return 0;
}
