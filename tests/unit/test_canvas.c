#include "ui/canvas.h"

#include "drawing.h"

static void assert_row(const struct canvas *canvas, int y, const char *text)
{
	struct buf row = {0};

	canvas_row(canvas, y, &row);
	assert_string_equal(buf_text(&row), text);
	buf_free(&row);
}

static void cuts_between_characters_at_every_width(void **state)
{
	static const struct {
		const char *text; /* into 0, 1, 2 … cells: */
		const char *plain[8], *cut[8];
	} cases[] = {
		{"一a二b",
		 {"", "", "一", "一a", "一a", "一a二", "一a二b", "一a二b"},
		 {"", ">", " >", "一>", "一a>", "一a >", "一a二b", "一a二b"}},
		{"abc",
		 {"", "a", "ab", "abc", "abc", "abc", "abc", "abc"},
		 {"", ">", "a>", "abc", "abc", "abc", "abc", "abc"}},
		{"",
		 {"", "", "", "", "", "", "", ""},
		 {"", "", "", "", "", "", "", ""}},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++)
		for (int width = 0; width < 8; width++) {
			struct canvas *canvas = canvas_new(2, 20);

			canvas_fill(canvas, 0, width, 20, STYLE_NORMAL, ' ');
			int plain = canvas_text(canvas, 0, 0, width,
						STYLE_NORMAL, cases[i].text);
			int cut = canvas_text_cut(canvas, 1, 0, width,
						  STYLE_NORMAL, cases[i].text);
			assert_row(canvas, 0, cases[i].plain[width]);
			assert_row(canvas, 1, cases[i].cut[width]);
			assert_in_range(plain, 0, width);
			assert_in_range(cut, 0, width);
			assert_whole(canvas);
			canvas_free(canvas);
		}
}

static void the_mark_of_a_cut_is_dim(void **state)
{
	struct canvas *canvas = canvas_new(1, 10);
	(void)state;

	canvas_text_cut(canvas, 0, 0, 5, STYLE_BOLD, "提案提案");
	assert_row(canvas, 0, "提案>");
	assert_int_equal(canvas->cells[0].style, STYLE_BOLD);
	assert_int_equal(canvas->cells[4].style, STYLE_DIM);
	canvas_free(canvas);
}

static void nothing_is_drawn_outside(void **state)
{
	static const int at[] = {-1000, -3, -2, -1, 0, 1, 2, 3, 4, 1000};
	(void)state;

	for (size_t y = 0; y < LENGTH(at); y++)
		for (size_t x = 0; x < LENGTH(at); x++) {
			struct canvas *canvas = canvas_new(3, 4);

			canvas_text(canvas, at[y], at[x], 6, STYLE_NORMAL,
				    "一二三");
			canvas_text_cut(canvas, at[y] + 1, at[x], 3,
					STYLE_NORMAL, "一二三");
			canvas_fill(canvas, at[y], at[x] + 3, 100, STYLE_DIM,
				    '-');
			canvas_cursor(canvas, at[y], at[x]);
			assert_whole(canvas);
			assert_in_range(canvas->cursor_y, 0, 2);
			assert_in_range(canvas->cursor_x, 0, 3);
			canvas_free(canvas);
		}
}

static void the_visible_half_of_a_wide_character_is_blank(void **state)
{
	struct canvas *canvas = canvas_new(2, 3);
	(void)state;

	canvas_text(canvas, 0, -1, 10, STYLE_NORMAL, "一a二");
	assert_row(canvas, 0, " a");
	canvas_text(canvas, 1, 2, 10, STYLE_NORMAL, "一");
	assert_row(canvas, 1, "");
	assert_whole(canvas);
	canvas_free(canvas);
}

static void drawing_over_half_a_character_blanks_the_other_half(void **state)
{
	static const struct {
		int x;
		const char *over, *row;
	} cases[] = {
		{0, "x", "x 二三"},   {1, "x", " x二三"}, {2, "x", "一x 三"},
		{1, "中", " 中 三"},  {5, "x", "一二 x"}, {0, "中", "中二三"},
		{1, "xyzw", " xyzw"},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct canvas *canvas = canvas_new(1, 6);

		canvas_text(canvas, 0, 0, 6, STYLE_NORMAL, "一二三");
		canvas_text(canvas, 0, cases[i].x, 6, STYLE_NORMAL,
			    cases[i].over);
		if (i == 6)
			assert_row(canvas, 0, " xyzw");
		else
			assert_row(canvas, 0, cases[i].row);
		assert_whole(canvas);
		canvas_free(canvas);
	}
}

static void hostile_text_is_made_visible(void **state)
{
	static const struct {
		const char *text, *row;
	} cases[] = {
		{"a\033[2Jb", "a^[[2Jb"},
		{"a\nb\r\n\tc", "a b c"},
		{"\xFF"
		 "a",
		 "<FF>a"},
		{"a\xE2\x80\xAE"
		 "b",
		 "a<U+202E>b"},
		{"e\xCC\x81x", "e<U+0301>x"},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct canvas *canvas = canvas_new(3, 40);

		canvas_text(canvas, 0, 0, 40, STYLE_NORMAL, cases[i].text);
		canvas_text_cut(canvas, 1, 0, 40, STYLE_NORMAL, cases[i].text);
		canvas_printf(canvas, 2, 0, 40, STYLE_NORMAL, "%s",
			      cases[i].text);
		for (int y = 0; y < 3; y++)
			assert_row(canvas, y, cases[i].row);
		canvas_free(canvas);
	}
}

static void a_long_text_costs_its_visible_part(void **state)
{
	struct canvas *canvas = canvas_new(1, 8);
	struct buf text = {0};
	(void)state;

	for (int i = 0; i < 5000; i++)
		buf_str(&text, "提案");
	buf_str(&text, "\033");
	canvas_printf(canvas, 0, 0, 8, STYLE_NORMAL, "%s", buf_text(&text));
	assert_row(canvas, 0, "提案提案");
	canvas_text_cut(canvas, 0, 0, 8, STYLE_NORMAL, buf_text(&text));
	assert_row(canvas, 0, "提案提 >");
	buf_free(&text);
	canvas_free(canvas);
}

static void hits_are_marked(void **state)
{
	static const struct {
		const char *text;
		struct hit hits[2];
		size_t count;
		const char *marks; /* x where it is a hit */
		int width;
	} cases[] = {
		{"汽车与汽车", {{0, 6}, {9, 15}}, 2, "xxxx..xxxx", 10},
		/* 汽 fits not: blank */
		{"汽车与汽车", {{0, 6}, {9, 15}}, 2, "xxxx..x.", 7},
		{"aaa", {{0, 2}}, 1, "xx.", 3},
		{"aaaa", {{0, 2}, {2, 4}}, 2, "xxxx", 4},
		{"abc", {{0, 0}}, 0, "...", 3},
		{"abc", {{2, 3}}, 1, "..x", 3},
		{"一二a", {{6, 7}}, 1, "...", 3}, /* past the width */
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct canvas *canvas = canvas_new(1, 12);
		const char *marks = cases[i].marks;

		canvas_text_hits(canvas, 0, 0, cases[i].width, STYLE_NORMAL,
				 cases[i].text, cases[i].hits, cases[i].count);
		for (int x = 0; x < cases[i].width; x++)
			assert_int_equal(canvas->cells[x].style,
					 marks[x] == 'x' ? STYLE_HIT
							 : STYLE_NORMAL);
		assert_whole(canvas);
		canvas_free(canvas);
	}
}

static void ambiguous_characters_take_what_the_terminal_gives(void **state)
{
	struct canvas *canvas = canvas_new(2, 8);
	(void)state;

	assert_int_equal(canvas_text(canvas, 0, 0, 8, STYLE_NORMAL, "“一”—"),
			 5);
	width_set_ambiguous(2);
	assert_int_equal(canvas_text(canvas, 1, 0, 8, STYLE_NORMAL, "“一”—"),
			 8);
	assert_whole(&(struct canvas){1, 8, canvas->cells + 8, 0, 0});
	width_set_ambiguous(1);
	canvas_free(canvas);
}

static void a_canvas_has_at_least_one_cell(void **state)
{
	struct canvas *canvas = canvas_new(0, -5);
	(void)state;

	canvas_text_cut(canvas, 0, 0, 1, STYLE_NORMAL, "提案");
	assert_row(canvas, 0, ">");
	canvas_free(canvas);
}

static void clearing_leaves_blanks_and_the_cursor_in_the_corner(void **state)
{
	struct canvas *canvas = canvas_new(2, 4);
	(void)state;

	canvas_text(canvas, 1, 0, 4, STYLE_ALERT, "提案");
	canvas_cursor(canvas, 1, 3);
	canvas_clear(canvas);
	assert_row(canvas, 1, "");
	assert_int_equal(canvas->cells[4].style, STYLE_NORMAL);
	assert_int_equal(canvas->cursor_y + canvas->cursor_x, 0);
	canvas_free(canvas);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(cuts_between_characters_at_every_width),
		cmocka_unit_test(the_mark_of_a_cut_is_dim),
		cmocka_unit_test(nothing_is_drawn_outside),
		cmocka_unit_test(the_visible_half_of_a_wide_character_is_blank),
		cmocka_unit_test(
			drawing_over_half_a_character_blanks_the_other_half),
		cmocka_unit_test(hostile_text_is_made_visible),
		cmocka_unit_test(a_long_text_costs_its_visible_part),
		cmocka_unit_test(hits_are_marked),
		cmocka_unit_test(
			ambiguous_characters_take_what_the_terminal_gives),
		cmocka_unit_test(a_canvas_has_at_least_one_cell),
		cmocka_unit_test(
			clearing_leaves_blanks_and_the_cursor_in_the_corner),
	};
	return cmocka_run_group_tests_name("canvas", tests, NULL, NULL);
}
