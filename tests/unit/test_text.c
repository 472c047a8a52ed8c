#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/crash.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/scan.h"
#include "unit.h"

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED
#endif
#endif

static void every_code_point_survives_the_round_trip(void **state)
{
	(void)state;

	for (char32_t cp = 0; cp <= 0x10FFFF; cp++) {
		char bytes[4];
		size_t len = utf8_put(cp, bytes);
		const char *at = bytes;
		bool surrogate = cp >= 0xD800 && cp <= 0xDFFF;

		assert_int_equal(utf8_next(&at, bytes + len),
				 surrogate ? 0xFFFD : cp);
		assert_ptr_equal(at, bytes + len);
		assert_true(utf8_valid(bytes, len));
	}
}

static void what_is_no_character_is_written_as_fffd(void **state)
{
	char bytes[4];
	(void)state;

	assert_int_equal(utf8_put(0x110000, bytes), 3);
	assert_memory_equal(bytes, "\xEF\xBF\xBD", 3);
	assert_int_equal(utf8_put(UTF8_INVALID, bytes), 3);
}

static void refuses_malformed_utf8_a_byte_at_a_time(void **state)
{
	static const char *const cases[] = {
		"\x80",     /* lone continuation */
		"\xC0\xAF", /* overlong */
		"\xC1\x81",
		"\xE0\x80\xAF",
		"\xF0\x80\x80\xAF",
		"\xED\xA0\x80", /* surrogate */
		"\xED\xBF\xBF",
		"\xF4\x90\x80\x80", /* past 10FFFF */
		"\xF8\x88\x80\x80",
		"\xFF",
		"\xFE",
		"\xE4\xB8",
		"\xF0\x9F\x98", /* cut off */
		"\xC3",
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		const char *at = cases[i], *end = at + strlen(at);

		/* Alone, and where it is passed over in large steps. */
		assert_false(utf8_valid(at, strlen(at)));
		struct buf longer = {0};
		buf_printf(&longer, "一二三四五六%s一二三四五六", at);
		assert_false(utf8_valid(longer.data, longer.len));
		buf_free(&longer);
		assert_int_equal(utf8_count(at), strlen(at));
		assert_int_equal(utf8_next(&at, end), UTF8_INVALID);
		assert_ptr_equal(at, cases[i] + 1);
	}
}

static void reads_nothing_behind_the_end(void **state)
{
	/* Of the heap, so that the sanitizer sees one byte too many. */
	char *part = mem_new(2);
	const char *at = part;
	(void)state;

	memcpy(part, "\xE4\xB8", 2);
	assert_int_equal(utf8_next(&at, part + 2), UTF8_INVALID);
	assert_int_equal(utf8_cut(part, 2), 0);
	assert_int_equal(utf8_cut(part, 0), 0);
	free(part);
}

static void cuts_between_characters(void **state)
{
	static const struct {
		const char *text;
		size_t len, cut;
	} cases[] = {
		{"", 0, 0},     {"abc", 2, 2},  {"中文", 6, 6},
		{"中文", 5, 3}, {"中文", 4, 3}, {"中文", 3, 3},
		{"中文", 2, 0}, {"中文", 1, 0}, {"a\U0001F600", 4, 1},
		{"é", 1, 0},    {"aé", 3, 3},   {"\x80\x80\x80\x80", 4, 4},
		{"\x80", 1, 1}, {"\xFF", 1, 1}, {"a\U0001F600", 5, 5},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++)
		assert_int_equal(utf8_cut(cases[i].text, cases[i].len),
				 cases[i].cut);
}

static void narrows_what_an_input_method_types(void **state)
{
	static const char32_t wide[] =
		U"０９ＡＺａｚ：；，。．、／！？（）＃－—–‐‑−\u3000\u00A0";
	static const char32_t ascii[] = U"09AZaz:;,..,/!?()#------  ";
	static const char32_t kept[] = U"中“”《》～％é0aZ \n";
	(void)state;

	assert_int_equal(sizeof(wide), sizeof(ascii));
	for (size_t i = 0; wide[i]; i++)
		assert_int_equal(utf8_narrow(wide[i]), ascii[i]);
	for (size_t i = 0; kept[i]; i++)
		assert_int_equal(utf8_narrow(kept[i]), kept[i]);
	assert_int_equal(utf8_narrow(UTF8_INVALID), UTF8_INVALID);
}

static void scans_full_width_text_like_ascii(void **state)
{
	const char *at = " \t　Ａ－号\xE4";
	(void)state;

	scan_blanks(&at);
	assert_int_equal(scan_peek(at), U'A');
	assert_false(scan_char(&at, U'B'));
	assert_true(scan_char(&at, U'A'));
	assert_true(scan_char(&at, U'-'));
	assert_false(scan_word(&at, "号码"));
	assert_true(scan_word(&at, "号"));
	assert_int_equal(scan_next(&at), UTF8_INVALID);
	assert_int_equal(scan_next(&at), 0);
	assert_int_equal(scan_next(&at), 0);
}

static void a_buffer_grows_and_starts_again(void **state)
{
	struct buf buf = {0};
	(void)state;

	assert_string_equal(buf_text(&buf), "");
	buf_add(&buf, NULL, 0);
	buf_str(&buf, "");
	assert_null(buf.data);
	buf_reset(&buf);
	for (unsigned i = 0; i < 10000; i++)
		buf_printf(&buf, "%04u", i);
	assert_int_equal(buf.len, 40000);
	assert_string_equal(buf_text(&buf) + 39996, "9999");
	char *large = mem_new(200001);
	memset(large, 'x', 200000);
	buf_str(&buf, large);
	assert_int_equal(buf.len, 240000);
	assert_int_equal(strlen(buf.data), 240000);
	free(large);
	buf_reset(&buf);
	assert_string_equal(buf_text(&buf), "");
	buf_char(&buf, 'a');
	buf_utf8(&buf, U'中');
	buf_utf8(&buf, 0xD800);
	buf_printf(&buf, "%s", "");
	assert_string_equal(buf_text(&buf), "a中\uFFFD");
	assert_int_equal(buf.len, strlen(buf.data));
	buf_free(&buf);
	assert_null(buf.data);
}

static void an_arena_gives_zeroed_aligned_memory(void **state)
{
	struct arena arena = {0};
	(void)state;

	for (size_t size = 0; size < 6000; size += 7) {
		unsigned char *start = arena_alloc(&arena, size);

		assert_int_equal((uintptr_t)start % _Alignof(max_align_t), 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(start[i], 0);
		memset(start, 0xFF, size);
	}
	arena_free(&arena);
	assert_null(arena.head);
	assert_string_equal(arena_str(&arena, "中文xx", 6), "中文");
	assert_string_equal(arena_str(&arena, NULL, 0), "");
	assert_string_equal(arena_printf(&arena, "第%d号", 173), "第173号");
	arena_free(&arena);
	arena_free(&arena);
}

static void a_large_piece_does_not_waste_the_block(void **state)
{
	struct arena arena = {0};
	char *before, *large;
	(void)state;

	for (int i = 0; i < 10; i++) /* several blocks: none may leak */
		arena_alloc(&arena, 1000);
	before = arena_alloc(&arena, 16);
	large = arena_alloc(&arena, 1 << 20);
	memset(large, 1, 1 << 20);
	assert_ptr_equal(arena_alloc(&arena, 16), before + 16);
	arena_free(&arena);
	large = arena_alloc(&arena, 1 << 20);
	memset(large, 1, 1 << 20);
	arena_free(&arena);
}

static void an_error_is_a_sentence_and_false(void **state)
{
	struct err err = {0};
	(void)state;

	assert_false(err_set(&err, ERR_NOT_FOUND, "没有第%u号提案", 173u));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_string_equal(err.text, "没有第173号提案");
	assert_false(err_in(&err, "第%d行", 4));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_string_equal(err.text, "第4行：没有第173号提案");
	err_set(&err, ERR_USAGE, "%s！", err.text);
	assert_string_equal(err.text, "第4行：没有第173号提案！");
}

static void a_long_error_is_cut_between_characters(void **state)
{
	struct err err = {0};
	struct buf long_text = {0};
	(void)state;

	for (size_t pad = 0; pad < 3; pad++) {
		buf_reset(&long_text);
		buf_add(&long_text, "ab", pad);
		while (long_text.len < 5000)
			buf_str(&long_text, "中");
		err_set(&err, ERR_USAGE, "%s", long_text.data);
		size_t len = strlen(err.text);
		assert_true(len >= sizeof(err.text) - 3);
		assert_true(utf8_valid(err.text, len));
		err_set(&err, ERR_STORE, "磁盘已满");
		err_in(&err, "%s", long_text.data);
		assert_non_null(strstr(err.text, "中：磁盘已满"));
		assert_true(utf8_valid(err.text, strlen(err.text)));
	}
	buf_free(&long_text);
}

static void each_code_has_its_exit_status(void **state)
{
	static const int status[] = {
		[ERR_NONE] = 0,      [ERR_NOT_FOUND] = 1, [ERR_USAGE] = 2,
		[ERR_CONFIG] = 3,    [ERR_STORE] = 4,     [ERR_REFUSED] = 5,
		[ERR_CONFLICT] = 5,  [ERR_DENIED] = 5,    [ERR_BUSY] = 6,
		[ERR_INTERNAL] = 70,
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(status); i++)
		assert_int_equal(err_status((enum err_code)i), status[i]);
}

static void restore(void)
{
	fputs("restored\n", stderr);
}

static void ask_for_too_many(void)
{
	mem_array(SIZE_MAX / 2, 3);
}

static void ask_the_arena_for_too_much(void)
{
	struct arena arena = {0};

	arena_alloc(&arena, SIZE_MAX - 1);
}

static void ask_the_system_for_too_much(void)
{
#ifdef SANITIZED
	mem_die(); /* the sanitizer needs the address space for itself */
#else
	setrlimit(RLIMIT_AS, &(struct rlimit){64 << 20, 64 << 20});
	mem_resize(mem_new(1), (size_t)1 << 30);
#endif
}

/* Run `ask` in a child; what it says on stderr and its exit status. */
static int last_words(void (*ask)(void), char *out, size_t size)
{
	int ends[2], status;
	size_t len = 0;

	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (!child) {
		dup2(ends[1], STDERR_FILENO);
		crash_set_restore(restore);
		ask();
		_exit(0);
	}
	close(ends[1]);
	for (ssize_t n = 1; n > 0; len += n > 0 ? (size_t)n : 0)
		n = read(ends[0], out + len, size - 1 - len);
	out[len] = '\0';
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void without_memory_it_restores_and_says_so(void **state)
{
	static void (*const asks[])(void) = {ask_for_too_many,
					     ask_the_arena_for_too_much,
					     ask_the_system_for_too_much};
	char said[256];
	(void)state;

	for (size_t i = 0; i < LENGTH(asks); i++) {
		assert_int_equal(last_words(asks[i], said, sizeof(said)), 70);
		assert_ptr_equal(strstr(said, "restored\nproposals: 内存不足"),
				 said);
		assert_non_null(strstr(said, "；没有保存任何修改。\n"));
	}
}

static void ask_with_something_noted(void)
{
	crash_note("已保存：批次 %d", 7);
	ask_for_too_many();
}

static void without_memory_it_says_what_was_saved(void **state)
{
	char said[256];
	(void)state;

	assert_int_equal(
		last_words(ask_with_something_noted, said, sizeof(said)), 70);
	assert_non_null(strstr(said, "；已保存：批次 7。\n"));
}

static void nothing_asked_for_is_not_null(void **state)
{
	void *none = mem_new(0), *array = mem_array(0, 8);
	(void)state;

	none = mem_resize(none, 0);
	assert_non_null(none);
	assert_non_null(array);
	free(none);
	free(array);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_point_survives_the_round_trip),
		cmocka_unit_test(what_is_no_character_is_written_as_fffd),
		cmocka_unit_test(refuses_malformed_utf8_a_byte_at_a_time),
		cmocka_unit_test(reads_nothing_behind_the_end),
		cmocka_unit_test(cuts_between_characters),
		cmocka_unit_test(narrows_what_an_input_method_types),
		cmocka_unit_test(scans_full_width_text_like_ascii),
		cmocka_unit_test(a_buffer_grows_and_starts_again),
		cmocka_unit_test(an_arena_gives_zeroed_aligned_memory),
		cmocka_unit_test(a_large_piece_does_not_waste_the_block),
		cmocka_unit_test(an_error_is_a_sentence_and_false),
		cmocka_unit_test(a_long_error_is_cut_between_characters),
		cmocka_unit_test(each_code_has_its_exit_status),
		cmocka_unit_test(without_memory_it_restores_and_says_so),
		cmocka_unit_test(without_memory_it_says_what_was_saved),
		cmocka_unit_test(nothing_asked_for_is_not_null),
	};
	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
