#include "ui/edit.h"

#include <string.h>

#include "base/utf8.h"
#include "base/width.h"
#include "unit.h"

enum { CTRL_K = 11, CTRL_U = 21, CTRL_W = 23 };

/* `text` with | at the caret. */
static struct edit_line line_of(const char *text)
{
	struct edit_line line;
	const char *caret = strchr(text, '|');

	edit_set(&line, text);
	line.caret = (size_t)(caret - text);
	memmove(line.text + line.caret, line.text + line.caret + 1,
		line.len - line.caret);
	line.len--;
	return line;
}

static void assert_line(const struct edit_line *line, const char *text)
{
	struct edit_line want = line_of(text);

	assert_string_equal(line->text, want.text);
	assert_int_equal(line->caret, want.caret);
	assert_int_equal(line->len, strlen(line->text));
}

static void every_key_edits_by_characters(void **state)
{
	static const struct {
		const char *before;
		keycode key;
		const char *after;
	} cases[] = {
		{"|", 'a', "a|"},
		{"提|案", U'—', "提—|案"},
		{"提案|", U'𠀀', "提案𠀀|"},
		{"提案|", KEYCODE_LEFT, "提|案"},
		{"|提案", KEYCODE_LEFT, "|提案"},
		{"提𠀀|案", KEYCODE_LEFT, "提|𠀀案"},
		{"é|", KEYCODE_LEFT, "|é"},
		{"提|案", KEYCODE_RIGHT, "提案|"},
		{"提案|", KEYCODE_RIGHT, "提案|"},
		{"提案|", KEYCODE_HOME, "|提案"},
		{"|提案", KEYCODE_END, "提案|"},
		{"提案|", KEYCODE_BACKSPACE, "提|"},
		{"a|案", KEYCODE_BACKSPACE, "|案"},
		{"|提案", KEYCODE_BACKSPACE, "|提案"},
		{"提|案", KEYCODE_DELETE, "提|"},
		{"提案|", KEYCODE_DELETE, "提案|"},
		{"关于|提案", CTRL_U, "|提案"},
		{"关于|提案", CTRL_K, "关于|"},
		{"one two|", CTRL_W, "one |"},
		{"one two  |x", CTRL_W, "one |x"},
		{"关于，提案|", CTRL_W, "关于，|"},
		{"关于，|", CTRL_W, "关于|"},
		{"a-b|", CTRL_W, "a-|"},
		{"  |", CTRL_W, "|"},
		{"|x", CTRL_W, "|x"},
		{"\xFF\xE4|x", KEYCODE_BACKSPACE, "\xFF|x"},
		{"|\xE4\xB8x", KEYCODE_RIGHT, "\xE4|\xB8x"},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct edit_line line = line_of(cases[i].before);

		assert_true(edit_key(&line, cases[i].key));
		assert_line(&line, cases[i].after);
	}
}

static void other_keys_mean_nothing_and_change_nothing(void **state)
{
	static const keycode keys[] = {
		KEYCODE_ENTER,
		KEYCODE_ESC,
		KEYCODE_TAB,
		KEYCODE_UP,
		KEYCODE_DOWN,
		KEYCODE_F1,
		KEYCODE_F12,
		KEYCODE_PASTE,
		KEYCODE_RESIZE,
		KEYCODE_CLOSED,
		KEYCODE_UNKNOWN,
		KEYCODE_NONE,
		KEYCODE_CTRL_C,
		1,
		26,
		0x9B,
		0xFFFD,
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(keys); i++) {
		struct edit_line line = line_of("提|案");

		assert_false(edit_key(&line, keys[i]));
		assert_line(&line, "提|案");
	}
}

/* Letters from right to left, marks: kept, and shown as what they are. */
static void what_a_terminal_cannot_show_can_be_typed(void **state)
{
	static const keycode keys[] = {0x627, 0x301, 0x200B, 0x202E};
	struct edit_line line = line_of("|");
	(void)state;

	for (size_t i = 0; i < LENGTH(keys); i++)
		assert_true(edit_key(&line, keys[i]));
	assert_line(&line, "\u0627\u0301\u200B\u202E|");
	assert_int_equal(edit_cells(&line), 4 * strlen("<U+0627>"));
}

static void a_full_line_takes_no_half_character(void **state)
{
	struct edit_line line = {0};
	(void)state;

	for (unsigned i = 0; i < EDIT_MAX; i++)
		assert_true(edit_key(&line, U'案'));
	assert_int_equal(line.len, EDIT_MAX / 3 * 3);
	assert_true(utf8_valid(line.text, line.len));

	edit_set(&line, "");
	edit_key(&line, 'a');
	for (unsigned i = 0; i < EDIT_MAX; i++)
		edit_key(&line, U'案');
	assert_int_equal(line.len, 1 + (EDIT_MAX - 1) / 3 * 3);
}

static void a_text_too_long_is_cut_between_characters(void **state)
{
	struct edit_line line;
	char text[400];
	(void)state;

	for (size_t lead = 0; lead < 3; lead++) {
		memset(text, 'a', lead);
		for (size_t i = lead; i + 3 < sizeof(text); i += 3)
			memcpy(text + i, "案", 4);
		edit_set(&line, text);
		assert_in_range(line.len, EDIT_MAX - 2, EDIT_MAX);
		assert_true(utf8_valid(line.text, line.len));
		assert_int_equal(line.caret, line.len);
		assert_int_equal(line.text[line.len], '\0');
	}
}

static void a_paste_is_one_line_and_loses_nothing(void **state)
{
	static const struct {
		const char *before, *pasted, *after;
	} cases[] = {
		{"提|案", "一\n二\t三", "提一 二 三|案"},
		{"|", "a\033[31mb", "a\uFFFD[31mb|"},
		{"|",
		 "a\u202E"
		 "b\xFF"
		 "c\r\nd\u2028e",
		 "a\u202E"
		 "b\uFFFDc d e|"},
		{"x|", "", "x|"},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct edit_line line = line_of(cases[i].before);

		edit_paste(&line, cases[i].pasted);
		assert_line(&line, cases[i].after);
	}
}

static void a_paste_stops_where_the_line_is_full(void **state)
{
	struct edit_line line = {0};
	char text[2000];
	(void)state;

	memset(text, 'a', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	memcpy(text + EDIT_MAX - 1, "案bbb", 6);
	edit_paste(&line, text);
	assert_int_equal(line.len, EDIT_MAX - 1);
	assert_null(strchr(line.text, 'b'));
}

/* Whatever the width: the caret is inside, and stands on its character. */
static void the_caret_is_always_visible(void **state)
{
	struct edit_line line;
	(void)state;

	edit_set(&line, "关于a加快“培育”汽b车产业\xFF标志性产业链的建议");
	for (int width = 1; width < 60; width++) {
		line.caret = 0;
		do {
			struct canvas *canvas = canvas_new(3, 70);
			const char *at = line.text + line.caret;

			edit_draw(&line, canvas, 1, 5, width);
			assert_int_equal(canvas->cursor_y, 1);
			assert_in_range(canvas->cursor_x, 5, 5 + width - 1);
			char32_t under = utf8_next(&at, line.text + line.len);
			char32_t shown =
				canvas->cells[70 + canvas->cursor_x].cp;
			if (line.caret == line.len)
				under = ' ';
			if (width_char(under) > 0 && width_char(under) <= width)
				assert_int_equal(shown, under);
			assert_int_equal(canvas->cells[70 + 4].cp, ' ');
			assert_int_equal(canvas->cells[70 + 5 + width].cp, ' ');
			canvas_free(canvas);
			if (line.caret == line.len)
				break;
			edit_key(&line, KEYCODE_RIGHT);
		} while (true);
	}
}

static void no_width_draws_nothing(void **state)
{
	struct canvas *canvas = canvas_new(1, 4);
	struct edit_line line = line_of("提案|");
	(void)state;

	edit_draw(&line, canvas, 0, 0, 0);
	assert_int_equal(canvas->cells[0].cp, ' ');
	canvas_free(canvas);
}

static void survives_any_keys(void **state)
{
	static const keycode keys[] = {
		'a',
		U'案',
		U'𠀀',
		' ',
		KEYCODE_LEFT,
		KEYCODE_RIGHT,
		KEYCODE_HOME,
		KEYCODE_END,
		KEYCODE_BACKSPACE,
		KEYCODE_DELETE,
		CTRL_K,
		CTRL_U,
		CTRL_W,
		U'，',
		0x301,
		KEYCODE_F1,
	};
	struct edit_line line;
	uint32_t seed = 1;
	(void)state;

	edit_set(&line, "\xE4\xB8\xFF案\xF0\x9F");
	for (int i = 0; i < 50000; i++) {
		seed = seed * 1664525u + 1013904223u;
		edit_key(&line, keys[seed >> 28]);
		assert_in_range(line.caret, 0, line.len);
		assert_int_equal(line.len, strlen(line.text));
		if (i % 1000 == 999)
			edit_paste(&line, "第173号 提案\n第4号");
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key_edits_by_characters),
		cmocka_unit_test(other_keys_mean_nothing_and_change_nothing),
		cmocka_unit_test(what_a_terminal_cannot_show_can_be_typed),
		cmocka_unit_test(a_full_line_takes_no_half_character),
		cmocka_unit_test(a_text_too_long_is_cut_between_characters),
		cmocka_unit_test(a_paste_is_one_line_and_loses_nothing),
		cmocka_unit_test(a_paste_stops_where_the_line_is_full),
		cmocka_unit_test(the_caret_is_always_visible),
		cmocka_unit_test(no_width_draws_nothing),
		cmocka_unit_test(survives_any_keys),
	};
	return cmocka_run_group_tests_name("edit", tests, NULL, NULL);
}
