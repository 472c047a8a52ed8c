#include "ui/key.h"

#include <string.h>

#include "base/clean.h"
#include "base/utf8.h"
#include "unit.h"

enum { REPLACEMENT = 0xFFFD, KEYS_MAX = 64 };

struct keys {
	keycode all[KEYS_MAX];
	size_t count;
};

static void add(struct keys *keys, keycode key)
{
	if (key == KEYCODE_NONE)
		return;
	assert_true(keys->count < KEYS_MAX);
	keys->all[keys->count++] = key;
}

static void feed(struct key_parser *parser, struct keys *keys,
		 const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		add(keys, key_feed(parser, (unsigned char)bytes[i]));
}

/* All keys in `bytes`, with silence after them. */
static struct keys read_keys(const char *bytes, size_t len)
{
	struct key_parser parser = {0};
	struct keys keys = {0};

	feed(&parser, &keys, bytes, len);
	for (int i = 0; i < 4 && key_pending(&parser); i++)
		add(&keys, key_timeout(&parser));
	assert_int_equal(key_pending(&parser), 0);
	key_parser_free(&parser);
	return keys;
}

static const struct {
	const char *bytes;
	keycode key;
} sequences[] = {
	{"\033[A", KEYCODE_UP},
	{"\033OA", KEYCODE_UP},
	{"\033[B", KEYCODE_DOWN},
	{"\033OB", KEYCODE_DOWN},
	{"\033[C", KEYCODE_RIGHT},
	{"\033OD", KEYCODE_LEFT},
	{"\033[H", KEYCODE_HOME},
	{"\033OH", KEYCODE_HOME},
	{"\033[1~", KEYCODE_HOME},
	{"\033[7~", KEYCODE_HOME},
	{"\033[F", KEYCODE_END},
	{"\033OF", KEYCODE_END},
	{"\033[4~", KEYCODE_END},
	{"\033[8~", KEYCODE_END},
	{"\033[2~", KEYCODE_INSERT},
	{"\033[3~", KEYCODE_DELETE},
	{"\033[5~", KEYCODE_PAGE_UP},
	{"\033[6~", KEYCODE_PAGE_DOWN},
	{"\033[Z", KEYCODE_SHIFT_TAB},
	{"\033[1;2A", KEYCODE_SHIFT_UP},
	{"\033[1;2B", KEYCODE_SHIFT_DOWN},
	{"\033[a", KEYCODE_SHIFT_UP},
	{"\033[b", KEYCODE_SHIFT_DOWN},
	{"\033OP", KEYCODE_F1},
	{"\033[11~", KEYCODE_F1},
	{"\033[[A", KEYCODE_F1},
	{"\033OS", KEYCODE_F1 + 3},
	{"\033[14~", KEYCODE_F1 + 3},
	{"\033[[E", KEYCODE_F1 + 4},
	{"\033[15~", KEYCODE_F1 + 4},
	{"\033[17~", KEYCODE_F1 + 5},
	{"\033[21~", KEYCODE_F1 + 9},
	{"\033[24~", KEYCODE_F12},
	{"\033Op", '0'},
	{"\033Oy", '9'},
	{"\033OM", KEYCODE_ENTER},
	{"\033[0n", KEYCODE_ACK},
	{"\033[24;80R", KEYCODE_CURSOR},
	{"\033[1;5A", KEYCODE_UNKNOWN},  /* Ctrl-Up */
	{"\033[17;2~", KEYCODE_UNKNOWN}, /* Shift-F6 is not F6 */
	{"\033[3$", KEYCODE_UNKNOWN},    /* rxvt, Shift-Delete */
	{"\033[?62;1;4c", KEYCODE_UNKNOWN},
	{"\033[?2026;2$y", KEYCODE_UNKNOWN},
	{"\033[<0;10;10M", KEYCODE_UNKNOWN},
	{"\033[M q:", KEYCODE_UNKNOWN}, /* a click */
	{"\033[I", KEYCODE_UNKNOWN},
	{"\033[R", KEYCODE_UNKNOWN},
	{"\033[0;0R", KEYCODE_UNKNOWN},
	{"\033[99999999999;1R", KEYCODE_UNKNOWN},
	{"\033[99999;1R", KEYCODE_UNKNOWN},
	{"\033[1;99999R", KEYCODE_UNKNOWN},
	{"\033[1;1;1R", KEYCODE_UNKNOWN},
	{"\033[201~", KEYCODE_UNKNOWN}, /* the end of no paste */
	{"\033[111111111111111111111111111111111111111111111111111111111111"
	 "11111111111111111111111111111111111~",
	 KEYCODE_UNKNOWN},
	{"\033[000000000000000000000000000000000000000000000000000000000000"
	 "00001;1R",
	 KEYCODE_UNKNOWN},
	{"\033[0000000000000000000000000000000000000000000000000000000000000"
	 "1;1R",
	 KEYCODE_UNKNOWN},
	{"\033O5C", KEYCODE_UNKNOWN},
	{"\033]11;rgb:0000/0000/0000\007", KEYCODE_UNKNOWN},
	{"\033]0;sdq\033\\", KEYCODE_UNKNOWN},
	{"\033P>|XTerm(370)\033\\", KEYCODE_UNKNOWN},
	{"\033x", KEYCODE_UNKNOWN},
	{"\033y", KEYCODE_UNKNOWN},
	{"\033\r", KEYCODE_UNKNOWN},
	{"\033中", KEYCODE_UNKNOWN},
	{"中", U'中'},
	{"é", U'é'},
	{"𠀀", U'𠀀'},
	{"\xC2\x9B", KEYCODE_UNKNOWN}, /* CSI in eight bits */
	{"a", 'a'},
	{"\001", 1},
	{"\003", KEYCODE_CTRL_C},
	{"\b", KEYCODE_BACKSPACE},
	{"\177", KEYCODE_BACKSPACE},
	{"\r", KEYCODE_ENTER},
	{"\n", KEYCODE_ENTER},
};

/* One key, from the last byte; the key behind it is untouched. */
static void a_sequence_is_one_key_wherever_it_is_split(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(sequences); i++) {
		const char *bytes = sequences[i].bytes;
		size_t len = strlen(bytes);
		struct key_parser parser = {0};
		struct keys keys = {0};

		for (size_t at = 0; at + 1 < len; at++) {
			feed(&parser, &keys, bytes + at, 1);
			assert_int_equal(keys.count, 0);
			assert_in_range(key_pending(&parser), 25, 1000);
		}
		feed(&parser, &keys, bytes + len - 1, 1);
		feed(&parser, &keys, "z", 1);
		assert_int_equal(keys.count, 2);
		assert_int_equal(keys.all[0], sequences[i].key);
		assert_int_equal(keys.all[1], 'z');
		assert_int_equal(key_pending(&parser), 0);
		key_parser_free(&parser);
	}
}

static void a_sequence_cut_off_is_never_a_command(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(sequences); i++) {
		const char *bytes = sequences[i].bytes;

		for (size_t len = 1; len < strlen(bytes); len++) {
			struct keys keys = read_keys(bytes, len);
			keycode cut = bytes[0] != '\033' ? REPLACEMENT
				      : len == 1         ? KEYCODE_ESC
							 : KEYCODE_UNKNOWN;

			assert_int_equal(keys.count, 1);
			assert_int_equal(keys.all[0], cut);
		}
	}
}

static void answers_carry_their_numbers(void **state)
{
	struct key_parser parser = {0};
	struct keys keys = {0};
	(void)state;

	feed(&parser, &keys, "\033[2;17R", 7);
	assert_int_equal(keys.all[0], KEYCODE_CURSOR);
	assert_int_equal(parser.row, 2);
	assert_int_equal(parser.column, 17);
}

static void a_lone_esc_waits_as_long_as_a_hand_would_not_notice(void **state)
{
	struct key_parser parser = {0};
	(void)state;

	assert_int_equal(key_feed(&parser, '\033'), KEYCODE_NONE);
	assert_int_equal(key_pending(&parser), 25);
	assert_int_equal(key_timeout(&parser), KEYCODE_ESC);
	assert_int_equal(key_pending(&parser), 0);
	assert_int_equal(key_timeout(&parser), KEYCODE_NONE);
}

static void reads_what_comes_together(void **state)
{
	static const struct {
		const char *bytes;
		keycode keys[6];
	} cases[] = {
		{"jk\033[A", {'j', 'k', KEYCODE_UP}},
		{"\033\033", {KEYCODE_ESC, KEYCODE_ESC}},
		{"\033\033[B", {KEYCODE_ESC, KEYCODE_DOWN}},
		{"\033[\033[A", {KEYCODE_UNKNOWN, KEYCODE_UP}},
		{"\033[\r", {KEYCODE_UNKNOWN, KEYCODE_ENTER}},
		{"\033O\003", {KEYCODE_UNKNOWN, KEYCODE_CTRL_C}},
		{"\033[1;中", {KEYCODE_UNKNOWN, U'中'}},
		/* Alt-] and typing on: nothing is swallowed past Enter */
		{"\033]abc\rq", {KEYCODE_UNKNOWN, KEYCODE_ENTER, 'q'}},
		{"\033]abc\033[Aq", {KEYCODE_UNKNOWN, KEYCODE_UP, 'q'}},
		{"\xC3q", {REPLACEMENT, 'q'}},
		{"\xC3q\xC3w", {REPLACEMENT, 'q', REPLACEMENT, 'w'}},
		{"\xFF", {REPLACEMENT}},
		{"\x80\x80", {REPLACEMENT, REPLACEMENT}},
		{"\xC0\xAF", {REPLACEMENT, REPLACEMENT}},
		{"\xE4\xB8\033[A", {REPLACEMENT, KEYCODE_UP}},
		{"\xE0\x80\x80", {REPLACEMENT}},     /* overlong */
		{"\xED\xA0\x80", {REPLACEMENT}},     /* a surrogate */
		{"\xF4\x90\x80\x80", {REPLACEMENT}}, /* past Unicode */
		{"\xD6\xD0\r", {REPLACEMENT, REPLACEMENT, KEYCODE_ENTER}},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct keys keys =
			read_keys(cases[i].bytes, strlen(cases[i].bytes));
		size_t want = 0;

		while (cases[i].keys[want])
			want++;
		assert_int_equal(keys.count, want);
		for (size_t k = 0; k < want; k++)
			assert_int_equal(keys.all[k], cases[i].keys[k]);
	}
}

static void control_space_is_no_key(void **state)
{
	struct key_parser parser = {0};
	(void)state;

	assert_int_equal(key_feed(&parser, 0), KEYCODE_UNKNOWN);
}

static void a_paste_is_one_key_whatever_is_inside(void **state)
{
	static const struct {
		const char *bytes;
		const char *text;
	} cases[] = {
		{"4、173\r23", "4、173\n23"},
		{"a\r\nb\n\nc\r\rd", "a\nb\n\nc\n\nd"},
		{"", ""},
		{"\033[200~y\r", "\033[200~y\n"},
		{"\033[201x\033[20\033\033[A\003q", NULL},
		{"\033[0n\033[2;17R", NULL},
		{"\xFFq\xE4\xB8", "\xEF\xBF\xBDq\xEF\xBF\xBD\xEF\xBF\xBD"},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		const char *text = cases[i].text;
		struct key_parser parser = {0};
		struct keys keys = {0};

		feed(&parser, &keys, "\033[200~", 6);
		feed(&parser, &keys, cases[i].bytes, strlen(cases[i].bytes));
		assert_int_equal(keys.count, 0);
		feed(&parser, &keys, "\033[201~j", 7);
		assert_int_equal(keys.count, 2);
		assert_int_equal(keys.all[0], KEYCODE_PASTE);
		assert_int_equal(keys.all[1], 'j');
		assert_string_equal(buf_text(&parser.paste),
				    text ? text : cases[i].bytes);
		assert_false(parser.paste_cut);
		key_parser_free(&parser);
	}
}

static void a_pasted_nul_does_not_end_the_text(void **state)
{
	struct key_parser parser = {0};
	struct keys keys = {0};
	(void)state;

	feed(&parser, &keys, "\033[200~1\0002\033[201~", 15);
	assert_int_equal(keys.all[0], KEYCODE_PASTE);
	assert_string_equal(buf_text(&parser.paste), "12");
	key_parser_free(&parser);
}

static void a_paste_too_long_is_cut_between_characters(void **state)
{
	struct key_parser parser = {0};
	struct keys keys = {0};
	(void)state;

	feed(&parser, &keys, "\033[200~", 6);
	for (size_t i = 0; i < KEY_PASTE_MAX / 2; i++)
		feed(&parser, &keys, "案", 3);
	feed(&parser, &keys, "\033[201~", 6);
	assert_int_equal(keys.count, 1);
	assert_true(parser.paste_cut);
	assert_in_range(parser.paste.len, KEY_PASTE_MAX - 3, KEY_PASTE_MAX);
	assert_true(utf8_valid(parser.paste.data, parser.paste.len));

	/* Past the end Ctrl-C is still seen, and the next paste begins anew. */
	feed(&parser, &keys, "\033[200~", 6);
	for (size_t i = 0; i <= KEY_PASTE_MAX; i++)
		feed(&parser, &keys, "y", 1);
	feed(&parser, &keys, "\003", 1);
	assert_int_equal(key_timeout(&parser), KEYCODE_CTRL_C);
	feed(&parser, &keys, "\033[200~4\033[201~", 13);
	assert_false(parser.paste_cut);
	assert_string_equal(buf_text(&parser.paste), "4");
	key_parser_free(&parser);
}

static void esc_and_ctrl_c_leave_a_paste_without_an_end(void **state)
{
	static const struct {
		char byte;
		keycode key;
	} cases[] = {{'\033', KEYCODE_ESC}, {'\003', KEYCODE_CTRL_C}};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct key_parser parser = {0};
		struct keys keys = {0};

		feed(&parser, &keys, "\033[200~173", 9);
		assert_int_equal(key_pending(&parser), 0);
		assert_int_equal(key_timeout(&parser), KEYCODE_NONE);
		feed(&parser, &keys, &cases[i].byte, 1);
		assert_in_range(key_pending(&parser), 500, 2000);
		assert_int_equal(key_timeout(&parser), cases[i].key);
		feed(&parser, &keys, "j", 1);
		assert_int_equal(keys.all[0], 'j');
		key_parser_free(&parser);
	}
}

/* Its text may be on its way still, on a slow line. */
static void a_paste_waits_for_its_text_and_for_its_end(void **state)
{
	static const char *const parts[] = {"\033[200~", "1", "\033", "[2",
					    "01~"};
	struct key_parser parser = {0};
	struct keys keys = {0};
	(void)state;

	for (size_t i = 0; i < LENGTH(parts); i++) {
		assert_int_equal(keys.count, 0);
		feed(&parser, &keys, parts[i], strlen(parts[i]));
		if (*parts[i] != '\033' || i == 0) {
			assert_int_equal(key_pending(&parser), 0);
			assert_int_equal(key_timeout(&parser), KEYCODE_NONE);
		}
	}
	assert_int_equal(keys.count, 1);
	assert_int_equal(keys.all[0], KEYCODE_PASTE);
	assert_string_equal(buf_text(&parser.paste), "1");
	key_parser_free(&parser);
}

/* Whatever comes: keys that exist, and nothing that waits for ever. */
static void survives_any_bytes(void **state)
{
	static const char spice[] = "\033\033[[]OP200~201~;?<MR\\\007\003$";
	uint64_t seed = 88172645463325252u;
	(void)state;

	for (int round = 0; round < 300; round++) {
		struct key_parser parser = {0};

		for (int i = 0; i < 1000; i++) {
			seed ^= seed << 13;
			seed ^= seed >> 7;
			seed ^= seed << 17;
			unsigned char byte = (unsigned char)(seed >> 32);
			if (seed & 1)
				byte = (unsigned char)
					spice[byte % (sizeof(spice) - 1)];
			keycode key = key_feed(&parser, byte);
			assert_in_range(key, 1, KEYCODE_NONE);
			assert_false(key >= 0xD800 && key < 0xE000);
			assert_in_range(parser.pending_len, 0,
					sizeof(parser.pending));
			if (seed % 97 == 0)
				key_timeout(&parser);
		}
		key_feed(&parser, 3);
		for (int i = 0; i < 3; i++)
			key_timeout(&parser);
		assert_false(parser.pasting);
		assert_int_equal(key_feed(&parser, 'j'), 'j');
		key_parser_free(&parser);
	}
}

static void reads_names(void **state)
{
	static const struct {
		const char *name;
		keycode key; /* 0: must be refused */
	} cases[] = {
		{"F1", KEYCODE_F1},
		{"F6", KEYCODE_F1 + 5},
		{"F12", KEYCODE_F12},
		{"F13", 0},
		{"F0", 0},
		{"F01", 0},
		{"F", 'F'},
		{"F/", 0},
		{"F1a", 0},
		{"Enter", KEYCODE_ENTER},
		{"Esc", KEYCODE_ESC},
		{"Tab", KEYCODE_TAB},
		{"Shift-Tab", KEYCODE_SHIFT_TAB},
		{"Space", KEYCODE_SPACE},
		{"PgDn", KEYCODE_PAGE_DOWN},
		{"Shift-Up", KEYCODE_SHIFT_UP},
		{"Paste", KEYCODE_PASTE},
		{"Ctrl-A", 1},
		{"Ctrl-a", 1},
		{"^A", 1},
		{"Ctrl-Z", 26},
		{"Ctrl-", 0},
		{"Ctrl-1", 0},
		{"Ctrl-AB", 0},
		{"Shift1", 0},
		{"^`", 0},
		{"^{", 0},
		{"^", '^'},
		{"^^", 30},
		{"s", 's'},
		{"S", 'S'},
		{":", ':'},
		{"、", U'、'},
		{"", 0},
		{" ", 0},
		{"ss", 0},
		{"enter", 0},
		{"\033", 0},
		{"\xFF", 0},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		const char *name = cases[i].name;
		keycode key = 0;
		bool ok = key_parse(name, strlen(name), &key);

		assert_int_equal(ok, cases[i].key != 0);
		if (ok)
			assert_int_equal(key, cases[i].key);
	}
}

static void every_key_has_a_name_that_can_be_read(void **state)
{
	char name[16];
	(void)state;

	for (keycode key = 1; key <= KEYCODE_F12; key++) {
		keycode again = 0;

		if (key < KEYCODE_UP && key >= 0x20 && key != KEYCODE_SPACE &&
		    key != KEYCODE_BACKSPACE && !clean_printable(key))
			continue;
		memset(name, 'x', sizeof(name));
		keycode_name(key, name);
		assert_non_null(memchr(name, '\0', sizeof(name)));
		assert_true(key_parse(name, strlen(name), &again));
		assert_int_equal(again, key);
	}
}

static void what_is_no_key_has_no_name(void **state)
{
	static const keycode none[] = {0,
				       KEYCODE_ACK,
				       KEYCODE_CURSOR,
				       KEYCODE_RESIZE,
				       KEYCODE_CLOSED,
				       KEYCODE_UNKNOWN,
				       KEYCODE_NONE,
				       0xFFFFFFFFu};
	char name[16];
	(void)state;

	for (size_t i = 0; i < LENGTH(none); i++) {
		keycode_name(none[i], name);
		assert_string_equal(name, "");
	}
	keycode_name(0x202E, name);
	assert_string_equal(name, "U+202E");
}

static void folds_what_an_input_method_types(void **state)
{
	static const struct {
		keycode typed, meant;
	} cases[] = {
		{U'０', '0'},
		{U'９', '9'},
		{U'：', ':'},
		{U'；', ';'},
		{U'，', ','},
		{U'。', '.'},
		{U'、', '/'},
		{U'／', '/'},
		{U'！', '!'},
		{U'？', '?'},
		{U'（', '('},
		{U'）', ')'},
		{U'＃', '#'},
		{U'　', ' '},
		{U'案', U'案'},
		{'/', '/'},
		{KEYCODE_UP, KEYCODE_UP},
		{KEYCODE_NONE, KEYCODE_NONE},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++)
		assert_int_equal(key_narrow(cases[i].typed), cases[i].meant);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sequence_is_one_key_wherever_it_is_split),
		cmocka_unit_test(a_sequence_cut_off_is_never_a_command),
		cmocka_unit_test(answers_carry_their_numbers),
		cmocka_unit_test(
			a_lone_esc_waits_as_long_as_a_hand_would_not_notice),
		cmocka_unit_test(reads_what_comes_together),
		cmocka_unit_test(control_space_is_no_key),
		cmocka_unit_test(a_paste_is_one_key_whatever_is_inside),
		cmocka_unit_test(a_pasted_nul_does_not_end_the_text),
		cmocka_unit_test(a_paste_too_long_is_cut_between_characters),
		cmocka_unit_test(esc_and_ctrl_c_leave_a_paste_without_an_end),
		cmocka_unit_test(a_paste_waits_for_its_text_and_for_its_end),
		cmocka_unit_test(survives_any_bytes),
		cmocka_unit_test(reads_names),
		cmocka_unit_test(every_key_has_a_name_that_can_be_read),
		cmocka_unit_test(what_is_no_key_has_no_name),
		cmocka_unit_test(folds_what_an_input_method_types),
	};
	return cmocka_run_group_tests_name("key", tests, NULL, NULL);
}
