#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "store/codec_meta.h"
#include "store/seal.h"
#include "store/wire.h"

enum { K = 14 << 25 | 3 << 20 | 173, BATCH_NUMBER = 7 };

static const unsigned char operation[16] = "0123456789abcde";
static const struct stamp some_stamp = {"0123456789abcde",
					"the link that it has made here."};

static struct content some_content(void)
{
	struct content content = {0};

	content.of[FIELD_TITLE] = slice_text("关于乌篷船的建议");
	content.of[FIELD_BODY] = slice_text("第一行\n第二行");
	content.of[FIELD_DUE] = slice_text("2024-10-04");
	return content;
}

/* Each kind of value: how it is written, and whether it can be read. */
static void write_record(struct buf *out)
{
	struct record record = {.slot = 99, .content = some_content()};

	record_encode(K, &record, out);
}

static bool read_record(struct slice bytes, key k)
{
	struct record record;

	return record_decode(k, bytes, &record);
}

static void write_changed(struct buf *out)
{
	struct entry entry = {
		.kind = EVENT_CHANGED,
		.revision = 3,
		.previous = 2,
		.count = 2,
		.changes = {{FIELD_TITLE, {"a", 1}, {"b", 1}},
			    {FIELD_STATUS, {"", 0}, {"filed", 5}}},
	};

	entry_encode(BATCH_NUMBER, K, &entry, out);
}

static void write_created(struct buf *out)
{
	struct entry entry = {.kind = EVENT_CREATED, .revision = 1};

	memcpy(entry.digest, operation, 16);
	entry_encode(BATCH_NUMBER, K, &entry, out);
}

static void write_removed(struct buf *out)
{
	struct entry entry = {.kind = EVENT_REMOVED,
			      .revision = 2,
			      .previous = 1,
			      .removed = some_content()};

	entry.removed.of[FIELD_STATUS] = slice_text("filed");
	entry_encode(BATCH_NUMBER, K, &entry, out);
}

static bool read_entry(struct slice bytes, key k)
{
	struct entry entry;

	return entry_decode(BATCH_NUMBER, k, bytes, &entry);
}

static const struct batch some_batch = {
	.number = K,
	.kind = BATCH_UNDO,
	.at = 1732066200123,
	.who = {1000, UINT32_MAX, "alice", ""},
	.note = "备注",
	.summary = "办理中 → 已答复",
	.count = 226,
	.undoes = 5,
	.undone_by = 9,
};

static void write_batch(struct buf *out)
{
	batch_encode(&some_batch, &some_stamp, out);
}

static bool read_batch(struct slice bytes, key k)
{
	struct arena arena = {0};
	struct stamp stamp;
	struct batch batch;
	bool ok = batch_decode(k, bytes, &arena, &batch, &stamp);

	arena_free(&arena);
	return ok;
}

static void write_state(struct buf *out)
{
	struct state state = {1,
			      2,
			      3,
			      4,
			      5,
			      {1, 2, 3, 4, 5, 6, 65536},
			      "the newest link, so long in all."};

	state_encode(&state, out);
}

static bool read_state(struct slice bytes, key k)
{
	struct state state;

	return k == K && state_decode(bytes, &state);
}

static void write_code(struct buf *out)
{
	code_encode(DICT_LEADS, K, "jingxin\nshangwu", out);
}

static bool read_code(struct slice bytes, key k)
{
	struct slice code;

	return code_decode(DICT_LEADS, k, bytes, &code);
}

static void write_format(struct buf *out)
{
	struct format format = {STORE_FORMAT, 4096, true, {"proposals", 9}};

	format_encode(&format, out);
}

static bool read_format(struct slice bytes, key k)
{
	struct format format;

	return k == K && format_decode(bytes, &format);
}

static const struct {
	const char *name;
	void (*write)(struct buf *out);
	bool (*read)(struct slice bytes, key k);
} kinds[] = {
	{"record", write_record, read_record},
	{"changed", write_changed, read_entry},
	{"created", write_created, read_entry},
	{"removed", write_removed, read_entry},
	{"batch", write_batch, read_batch},
	{"state", write_state, read_state},
	{"code", write_code, read_code},
	{"format", write_format, read_format},
};

enum { KINDS = sizeof(kinds) / sizeof(*kinds) };

/* A copy with nothing behind it, so that ASan sees a byte read too far. */
static bool read_exactly(size_t kind, const char *bytes, size_t len, key k)
{
	char *copy = malloc(len ? len : 1);

	assert_non_null(copy);
	memcpy(copy, bytes, len);
	bool ok = kinds[kind].read((struct slice){copy, len}, k);
	free(copy);
	return ok;
}

static void reads_what_it_writes(void **state)
{
	(void)state;
	for (size_t i = 0; i < KINDS; i++) {
		struct buf buf = {0};

		kinds[i].write(&buf);
		if (!read_exactly(i, buf.data, buf.len, K))
			fail_msg("%s", kinds[i].name);
		buf_free(&buf);
	}
}

static void refuses_every_flipped_bit(void **state)
{
	(void)state;
	for (size_t i = 0; i < KINDS; i++) {
		struct buf buf = {0};

		kinds[i].write(&buf);
		for (size_t bit = 0; bit < buf.len * 8; bit++) {
			char mask = (char)(1u << bit % 8);

			buf.data[bit / 8] ^= mask;
			if (read_exactly(i, buf.data, buf.len, K))
				fail_msg("%s: bit %zu", kinds[i].name, bit);
			buf.data[bit / 8] ^= mask;
		}
		buf_free(&buf);
	}
}

static void refuses_what_was_cut_off(void **state)
{
	(void)state;
	for (size_t i = 0; i < KINDS; i++) {
		struct buf buf = {0};

		kinds[i].write(&buf);
		for (size_t len = 0; len < buf.len; len++)
			if (read_exactly(i, buf.data, len, K))
				fail_msg("%s: %zu bytes", kinds[i].name, len);
		buf_free(&buf);
	}
}

static void refuses_the_value_of_another(void **state)
{
	(void)state;
	for (size_t i = 0; i < KINDS; i++) {
		struct buf buf = {0};

		kinds[i].write(&buf);
		if (read_exactly(i, buf.data, buf.len, K + 1))
			fail_msg("%s", kinds[i].name);
		for (size_t other = 0; other < KINDS; other++)
			if (kinds[other].read != kinds[i].read &&
			    read_exactly(other, buf.data, buf.len, K))
				fail_msg("%s as %s", kinds[i].name,
					 kinds[other].name);
		buf_free(&buf);
	}
}

#define HEAD "\1\0\x63\0\0\0"
#define EVENT "\1\2\3\0\0\0\2\0\0\0"

/* Sealed as it should be, and still nothing that an encoder writes. */
static const struct {
	const char *why;
	enum seal seal;
	const char *bytes;
	size_t len;
	bool good;
} bodies[] = {
#define BODY(text) text, sizeof(text) - 1
	{"as written", SEAL_RECORD, BODY(HEAD "\1\1a"), true},
	{"no field at all", SEAL_RECORD, BODY(HEAD), true},
	{"layout", SEAL_RECORD, BODY("\2\0\x63\0\0\0\1\1a"), false},
	{"flag", SEAL_RECORD, BODY("\1\2\x63\0\0\0\1\1a"), false},
	{"removed with fields", SEAL_RECORD, BODY("\1\1\x63\0\0\0\1\1a"),
	 false},
	{"no slot", SEAL_RECORD, BODY("\1\0\x63"), false},
	{"field 0", SEAL_RECORD, BODY(HEAD "\0\1a"), false},
	{"field behind the last", SEAL_RECORD, BODY(HEAD "\x17\1a"), false},
	{"field 255", SEAL_RECORD, BODY(HEAD "\xff\1a"), false},
	{"status", SEAL_RECORD, BODY(HEAD "\x8\1a"), false},
	{"empty text", SEAL_RECORD, BODY(HEAD "\1\0"), false},
	{"twice", SEAL_RECORD, BODY(HEAD "\1\1a\1\1b"), false},
	{"out of order", SEAL_RECORD, BODY(HEAD "\2\1a\1\1b"), false},
	{"NUL", SEAL_RECORD, BODY(HEAD "\1\3a\0b"), false},
	{"length without text", SEAL_RECORD, BODY(HEAD "\1"), false},
	{"text too short", SEAL_RECORD, BODY(HEAD "\1\5abcd"), false},
	{"length in two bytes", SEAL_RECORD, BODY(HEAD "\1\x81\0a"), false},
	{"length without end", SEAL_RECORD,
	 BODY(HEAD "\1\xff\xff\xff\xff\xff\xff\xff\xff"), false},
	{"length over 4 GiB", SEAL_RECORD, BODY(HEAD "\1\xff\xff\xff\xff\x7f"),
	 false},
	{"length 4 GiB - 1", SEAL_RECORD, BODY(HEAD "\1\xff\xff\xff\xff\x0f"),
	 false},
	{"a change", SEAL_EVENT, BODY(EVENT "\1\1a\1b"), true},
	{"no change", SEAL_EVENT, BODY(EVENT), false},
	{"a change to the same", SEAL_EVENT, BODY(EVENT "\1\1a\1a"), false},
	{"half a change", SEAL_EVENT, BODY(EVENT "\1\1a"), false},
	{"a field twice", SEAL_EVENT, BODY(EVENT "\1\1a\1b\1\1b\1c"), false},
	{"kind 0", SEAL_EVENT, BODY("\1\0\3\0\0\0\2\0\0\0"), false},
	{"kind 4", SEAL_EVENT, BODY("\1\4\3\0\0\0\2\0\0\0"), false},
	{"short digest", SEAL_EVENT, BODY("\1\1\3\0\0\0\2\0\0\0abc"), false},
	{"long digest", SEAL_EVENT,
	 BODY("\1\1\3\0\0\0\2\0\0\0"
	      "0123456789abcdef0"),
	 false},
};

static void refuses_what_no_encoder_writes(void **state)
{
	uint64_t event = (uint64_t)BATCH_NUMBER << 32 | K;

	(void)state;
	for (size_t i = 0; i < sizeof(bodies) / sizeof(*bodies); i++) {
		bool record = bodies[i].seal == SEAL_RECORD;
		struct buf buf = {0};

		buf_add(&buf, bodies[i].bytes, bodies[i].len);
		seal_close(bodies[i].seal, record ? K : event, &buf);
		if (read_exactly(record ? 0 : 1, buf.data, buf.len, K) !=
		    bodies[i].good)
			fail_msg("%s", bodies[i].why);
		buf_free(&buf);
	}
}

static void roles_are_in_force_or_not(void **state)
{
	const struct format format = {STORE_FORMAT, 4096, true,
				      slice_text("x")};
	struct format read;
	struct buf buf = {0};

	(void)state;
	for (char roles = 0; roles < 4; roles++) {
		format_encode(&format, &buf);
		buf.len -= 8;
		buf.data[8] = roles;
		seal_close(SEAL_FORMAT, 0, &buf);
		assert_int_equal(
			format_decode((struct slice){buf.data, buf.len}, &read),
			roles < 2);
	}
	buf_free(&buf);
}

/* The first one had no roles, and of a later one nothing else is known. */
static void another_version_is_known_by_its_number(void **state)
{
	struct buf buf = {0};
	struct format read;

	(void)state;
	wire_put_u32(&buf, 1);
	wire_put_u32(&buf, 4096);
	wire_put_text(&buf, slice_text("proposals 0.1.0"));
	seal_close(SEAL_FORMAT, 0, &buf);
	assert_true(format_decode((struct slice){buf.data, buf.len}, &read));
	assert_int_equal(read.version, 1);
	assert_int_equal(read.program.len, 0);
	buf_reset(&buf);
	wire_put_u32(&buf, STORE_FORMAT + 1);
	seal_close(SEAL_FORMAT, 0, &buf);
	assert_true(format_decode((struct slice){buf.data, buf.len}, &read));
	assert_int_equal(read.version, STORE_FORMAT + 1);
	buf_reset(&buf);
	wire_put_u32(&buf, STORE_FORMAT);
	seal_close(SEAL_FORMAT, 0, &buf);
	assert_false(format_decode((struct slice){buf.data, buf.len}, &read));
	/* Without a whole number there is no version. */
	buf_reset(&buf);
	buf_add(&buf, "\x09\0\0", 3);
	seal_close(SEAL_FORMAT, 0, &buf);
	assert_false(format_decode((struct slice){buf.data, buf.len}, &read));
	buf_free(&buf);
}

/* Right checksums over noise: no decoder may read past its end. */
static void survives_any_bytes(void **state)
{
	static const enum seal seals[KINDS] = {
		SEAL_RECORD, SEAL_EVENT, SEAL_EVENT, SEAL_EVENT,
		SEAL_BATCH,  SEAL_STATE, SEAL_CODE,  SEAL_FORMAT};
	uint64_t noise = 88172645463325252u;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		size_t kind = (size_t)round % KINDS;
		struct buf buf = {0};
		uint64_t id = K;

		if (seals[kind] == SEAL_EVENT)
			id |= (uint64_t)BATCH_NUMBER << 32;
		if (seals[kind] == SEAL_CODE)
			id |= (uint64_t)DICT_LEADS << 32;
		if (seals[kind] == SEAL_STATE || seals[kind] == SEAL_FORMAT)
			id = 0;
		kinds[kind].write(&buf);
		buf.len -= 8;
		for (int i = 0; i < 4; i++) {
			noise ^= noise << 13;
			noise ^= noise >> 7;
			noise ^= noise << 17;
			buf.data[noise % buf.len] = (char)(noise >> 40);
		}
		buf.len -= noise >> 20 & 3;
		seal_close(seals[kind], id, &buf);
		(void)read_exactly(kind, buf.data, buf.len, K);
		buf_free(&buf);
	}
}

static void keeps_every_value(void **state)
{
	struct buf buf = {0};
	struct record record;
	struct entry entry;

	(void)state;
	write_record(&buf);
	assert_true(
		record_decode(K, (struct slice){buf.data, buf.len}, &record));
	struct content want = some_content();
	assert_int_equal(record.slot, 99);
	assert_false(record.removed);
	for (unsigned id = 0; id < FIELD_END; id++)
		assert_true(slice_equal(record.content.of[id], want.of[id]));

	write_changed(&buf);
	assert_true(entry_decode(BATCH_NUMBER, K,
				 (struct slice){buf.data, buf.len}, &entry));
	assert_int_equal(entry.revision, 3);
	assert_int_equal(entry.previous, 2);
	assert_int_equal(entry.count, 2);
	assert_int_equal(entry.changes[1].field, FIELD_STATUS);
	assert_int_equal(entry.changes[1].before.len, 0);
	assert_true(slice_equal(entry.changes[1].after, slice_text("filed")));
	buf_free(&buf);
}

static void keeps_every_word_of_a_batch(void **state)
{
	struct buf buf = {0};
	struct arena arena = {0};
	struct stamp stamp;
	struct batch b;

	(void)state;
	write_batch(&buf);
	assert_true(batch_decode(K, (struct slice){buf.data, buf.len}, &arena,
				 &b, &stamp));
	assert_memory_equal(&stamp, &some_stamp, sizeof(stamp));
	assert_int_equal(b.number, K);
	assert_int_equal(b.kind, BATCH_UNDO);
	assert_true(b.at == some_batch.at);
	assert_int_equal(b.who.uid, 1000);
	assert_true(b.who.login_uid == UINT32_MAX);
	assert_string_equal(b.who.name, "alice");
	assert_string_equal(b.who.from, "");
	assert_string_equal(b.note, "备注");
	assert_string_equal(b.summary, "办理中 → 已答复");
	assert_int_equal(b.count, 226);
	assert_int_equal(b.undoes, 5);
	assert_int_equal(b.undone_by, 9);
	arena_free(&arena);
	buf_free(&buf);
}

static void long_texts_need_long_lengths(void **state)
{
	static const size_t lengths[] = {0,     127,   128,     16383,
					 16384, 65536, 2097152, 3000000};

	(void)state;
	for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++) {
		struct buf buf = {0};
		char *text = malloc(lengths[i] + 1);

		assert_non_null(text);
		memset(text, 'x', lengths[i]);
		wire_put_text(&buf, (struct slice){text, lengths[i]});
		struct wire wire = wire_over((struct slice){buf.data, buf.len});
		assert_int_equal(wire_text(&wire).len, lengths[i]);
		assert_true(wire_done(&wire));
		buf_free(&buf);
		free(text);
	}
}

static void a_digest_is_of_content_and_number(void **state)
{
	struct content content = some_content(), other = some_content();
	unsigned char a[16], b[16];
	struct buf buf = {0};

	(void)state;
	content_digest(&content, K, &buf, a);
	content_digest(&other, K, &buf, b);
	assert_memory_equal(a, b, 16);
	content_digest(&other, K + 1, &buf, b);
	assert_memory_not_equal(a, b, 16);
	other.of[FIELD_STATUS] = slice_text("filed");
	content_digest(&other, K, &buf, b);
	assert_memory_not_equal(a, b, 16);
	buf_free(&buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_what_it_writes),
		cmocka_unit_test(keeps_every_value),
		cmocka_unit_test(keeps_every_word_of_a_batch),
		cmocka_unit_test(refuses_every_flipped_bit),
		cmocka_unit_test(refuses_what_was_cut_off),
		cmocka_unit_test(refuses_the_value_of_another),
		cmocka_unit_test(refuses_what_no_encoder_writes),
		cmocka_unit_test(roles_are_in_force_or_not),
		cmocka_unit_test(another_version_is_known_by_its_number),
		cmocka_unit_test(survives_any_bytes),
		cmocka_unit_test(long_texts_need_long_lengths),
		cmocka_unit_test(a_digest_is_of_content_and_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
