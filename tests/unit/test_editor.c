#include "ui/editor.h"

#include "base/utf8.h"
#include "drawing.h"

enum { CTRL_K = 11, CTRL_U = 21, CTRL_W = 23, MAX = 3000 };

static struct editor editor;
static struct canvas *canvas;

/* -- the scene */

/* `text` with | at the caret, in so many cells. */
static void begin(const char *text, bool lines, int height, int width)
{
	const char *caret = strchr(text, '|');
	struct buf plain = {0};

	canvas_free(canvas);
	canvas = canvas_new(height, width);
	buf_add(&plain, text, (size_t)(caret - text));
	buf_str(&plain, caret + 1);
	editor_set(&editor, buf_text(&plain), MAX, lines);
	editor.caret = (size_t)(caret - text);
	buf_free(&plain);
	editor_draw(&editor, canvas, (struct rect){0, 0, height, width});
}

static void draw(void)
{
	canvas_clear(canvas);
	editor_draw(&editor, canvas,
		    (struct rect){0, 0, canvas->height, canvas->width});
}

/* The text with | at the caret. */
static void is(const char *text)
{
	struct buf now = {0};

	buf_add(&now, buf_text(&editor.text), editor.caret);
	buf_char(&now, '|');
	buf_str(&now, buf_text(&editor.text) + editor.caret);
	assert_string_equal(buf_text(&now), text);
	buf_free(&now);
}

static void press(keycode key)
{
	assert_true(editor_key(&editor, key));
}

static int stop(void **state)
{
	(void)state;
	editor_free(&editor);
	canvas_free(canvas);
	canvas = NULL;
	return 0;
}

/* -- the claims */

static void every_key_edits_by_characters(void **state)
{
	static const struct {
		const char *before;
		keycode key;
		const char *after;
	} cases[] = {
		{"|", 'a', "a|"},
		{"提|案", U'—', "提—|案"},
		{"提|案", U'𠀀', "提𠀀|案"},
		{"提|案", KEYCODE_ENTER, "提\n|案"},
		{"提|\n案", KEYCODE_RIGHT, "提\n|案"},
		{"提\n|案", KEYCODE_LEFT, "提|\n案"},
		{"提\n|案", KEYCODE_BACKSPACE, "提|案"},
		{"提|\n案", KEYCODE_DELETE, "提|案"},
		{"|提", KEYCODE_BACKSPACE, "|提"},
		{"提|", KEYCODE_DELETE, "提|"},
		{"一\n二三|四\n五", KEYCODE_HOME, "一\n|二三四\n五"},
		{"一\n二|三四\n五", KEYCODE_END, "一\n二三四|\n五"},
		{"一\n二三|四\n五", CTRL_U, "一\n|四\n五"},
		{"一\n二|三四\n五", CTRL_K, "一\n二|\n五"},
		{"one two|\nx", CTRL_W, "one |\nx"},
		{"一二三\n四五|六", KEYCODE_UP, "一二|三\n四五六"},
		{"一二|三\n四五六", KEYCODE_DOWN, "一二三\n四五|六"},
		{"一二三|\n四", KEYCODE_DOWN, "一二三\n四|"},
		{"一|", KEYCODE_UP, "一|"},
		{"一|", KEYCODE_DOWN, "一|"},
		{"a一|\nbcd", KEYCODE_DOWN, "a一\nbcd|"},
		{"bcd|\n一二", KEYCODE_DOWN, "bcd\n一|二"},
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		begin(cases[i].before, true, 5, 40);
		press(cases[i].key);
		is(cases[i].after);
	}
}

static void one_line_leaves_enter_to_the_page(void **state)
{
	(void)state;
	begin("提|案", false, 2, 40);
	assert_false(editor_key(&editor, KEYCODE_ENTER));
	assert_false(editor_key(&editor, KEYCODE_ESC));
	assert_false(editor_key(&editor, KEYCODE_F1));
	assert_false(editor_key(&editor, KEYCODE_TAB));
	assert_false(editor_key(&editor, 0xFFFD));
	is("提|案");
	assert_true(editor_key(&editor, 0x202E));
	is("提\u202E|案");
}

static void text_wraps_and_the_caret_has_its_cell(void **state)
{
	(void)state;
	begin("一二三四五六|七\n\n八", true, 6, 9);
	assert_drawn(canvas, "一二三四\n五六七\n\n八\n");
	assert_int_equal(canvas->cursor_y, 1);
	assert_int_equal(canvas->cursor_x, 4);
	begin("一二三四|", true, 6, 9);
	assert_int_equal(canvas->cursor_y, 0);
	assert_int_equal(canvas->cursor_x, 8);
	assert_int_equal(editor_rows(&editor, 9), 1);
	assert_int_equal(editor_rows(&editor, 8), 2);
	begin("一二三四|五", true, 6, 9);
	assert_int_equal(canvas->cursor_y, 1);
	assert_int_equal(canvas->cursor_x, 0);
	/* End stays in its row. */
	press(KEYCODE_UP);
	press(KEYCODE_END);
	draw();
	assert_int_equal(canvas->cursor_y, 0);
	assert_int_equal(canvas->cursor_x, 6);
}

static void up_and_down_keep_their_cell(void **state)
{
	(void)state;
	begin("一二三四|\n五\n六七八九", true, 6, 40);
	press(KEYCODE_DOWN);
	is("一二三四\n五|\n六七八九");
	press(KEYCODE_DOWN);
	is("一二三四\n五\n六七八九|");
	press(KEYCODE_LEFT);
	press(KEYCODE_UP);
	press(KEYCODE_UP);
	is("一二三|四\n五\n六七八九");
}

static void it_scrolls_to_the_caret(void **state)
{
	(void)state;
	begin("一\n二\n三\n四\n五|", true, 3, 20);
	assert_drawn(canvas, "三\n四\n五\n");
	press(KEYCODE_PAGE_UP);
	draw();
	assert_drawn(canvas, "三\n四\n五\n");
	press(KEYCODE_PAGE_UP);
	draw();
	assert_drawn(canvas, "一\n二\n三\n");
	is("一|\n二\n三\n四\n五");
	press(KEYCODE_PAGE_DOWN);
	press(KEYCODE_PAGE_DOWN);
	is("一\n二\n三\n四\n五|");
}

static void pasted_lines_stay_lines_only_where_there_are_lines(void **state)
{
	(void)state;
	begin("甲|乙", true, 3, 20);
	editor_paste(&editor, "一\r\n二\r三\t四\033[2J\u202e");
	is("甲一\n二\n三 四\uFFFD[2J\u202e|乙");
	begin("甲|乙", false, 3, 20);
	editor_paste(&editor, "一\r\n二\n三");
	is("甲一 二 三|乙");
}

/* Half a paste would look like a whole one. */
static void what_has_no_room_is_not_put_in_by_half(void **state)
{
	(void)state;
	begin("甲|乙", true, 3, 20);
	editor.max = 12;
	editor_paste(&editor, "三四五");
	assert_true(editor.full);
	is("甲|乙");
	editor_paste(&editor, "三四");
	assert_false(editor.full);
	is("甲三四|乙");
	press('a');
	assert_true(editor.full);
	is("甲三四|乙");
	press(KEYCODE_LEFT);
	assert_false(editor.full);
}

/* Stored before it was refused: seen, passed over, and kept. */
static void what_a_terminal_would_execute_is_seen(void **state)
{
	(void)state;
	begin("|a\033b\u202ec\td", true, 3, 40);
	assert_drawn(canvas, "a^[b<U+202E>c d\n");
	for (int i = 0; i < 4; i++)
		press(KEYCODE_RIGHT);
	draw();
	assert_int_equal(canvas->cursor_x, 12);
	press(KEYCODE_BACKSPACE);
	is("a\033b|c\td");
}

static void survives_any_keys(void **state)
{
	static const keycode keys[] = {
		'a',
		U'案',
		KEYCODE_ENTER,
		KEYCODE_LEFT,
		KEYCODE_RIGHT,
		KEYCODE_UP,
		KEYCODE_DOWN,
		KEYCODE_HOME,
		KEYCODE_END,
		KEYCODE_BACKSPACE,
		KEYCODE_DELETE,
		CTRL_K,
		CTRL_U,
		CTRL_W,
		KEYCODE_PAGE_UP,
		KEYCODE_PAGE_DOWN,
		U'字',
		U'。',
		' ',
	};
	unsigned random = 1;

	(void)state;
	begin("|", true, 4, 7);
	for (int i = 0; i < 20000; i++) {
		random = random * 1103515245 + 12345;
		press(keys[random / 65536 % LENGTH(keys)]);
		draw();
		const char *text = buf_text(&editor.text);
		assert_whole(canvas);
		assert_true(editor.caret <= editor.text.len);
		assert_true(utf8_valid(text, editor.text.len));
		assert_int_equal(utf8_cut(text, editor.caret), editor.caret);
		assert_in_range(canvas->cursor_y, 0, 3);
		assert_in_range(canvas->cursor_x, 0, 6);
	}
}

#define CLAIM(test) cmocka_unit_test_teardown(test, stop)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		CLAIM(every_key_edits_by_characters),
		CLAIM(one_line_leaves_enter_to_the_page),
		CLAIM(text_wraps_and_the_caret_has_its_cell),
		CLAIM(up_and_down_keep_their_cell),
		CLAIM(it_scrolls_to_the_caret),
		CLAIM(pasted_lines_stay_lines_only_where_there_are_lines),
		CLAIM(what_has_no_room_is_not_put_in_by_half),
		CLAIM(what_a_terminal_would_execute_is_seen),
		CLAIM(survives_any_keys),
	};
	return cmocka_run_group_tests_name("editor", tests, NULL, NULL);
}
