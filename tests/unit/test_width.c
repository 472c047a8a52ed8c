#include "base/width.h"

#include <curses.h>
#include <limits.h>
#include <locale.h>
#include <wchar.h>

#include "base/width_table.h"
#include "unit.h"

static int narrow_again(void **state)
{
	(void)state;
	width_set_ambiguous(1);
	return 0;
}

static void knows_the_width_of_characters(void **state)
{
	static const struct {
		char32_t cp;
		int narrow, wide; /* with ambiguous 1 and 2 */
	} cases[] = {
		{U'a', 1, 1},     {U' ', 1, 1},       {U'~', 1, 1},
		{U'中', 2, 2},    {U'，', 2, 2},      {U'。', 2, 2},
		{U'（', 2, 2},    {U'《', 2, 2},      {U'\u3000', 2, 2},
		{U'㎡', 2, 2},    {U'가', 2, 2},      {U'あ', 2, 2},
		{0x20000, 2, 2},  {0x31350, 2, 2},    {0x1F600, 2, 2},
		{U'“', 1, 2},     {U'”', 1, 2},       {U'‘', 1, 2},
		{U'—', 1, 2},     {U'…', 1, 2},       {U'·', 1, 2},
		{U'①', 1, 2},     {U'±', 1, 2},       {U'×', 1, 2},
		{U'℃', 1, 2},     {U'№', 1, 2},       {U'─', 1, 2},
		{U'█', 1, 2},     {U'→', 1, 2},       {U'Ⅲ', 1, 2},
		{U'α', 1, 2},     {U'é', 1, 2},       {U'Я', 1, 2},
		{0x1F110, 1, 2},  {0xFFFD, 1, 2},     {U'©', 1, 1},
		{U'ñ', 1, 1},     {U'£', 1, 1},       {U'✓', 1, 1},
		{U'«', 1, 1},     {U'ｱ', 1, 1},       {0x0301, 0, 0},
		{0x200B, 0, 0},   {0x202E, 0, 0},     {0xFE0F, 0, 0},
		{0, -1, -1},      {'\n', -1, -1},     {0x1B, -1, -1},
		{0x7F, -1, -1},   {0x9B, -1, -1},     {0xD800, -1, -1},
		{0xDFFF, -1, -1}, {0x110000, -1, -1}, {0xFFFFFFFF, -1, -1},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		width_set_ambiguous(1);
		if (width_char(cases[i].cp) != cases[i].narrow)
			fail_msg("U+%04X narrow", (unsigned)cases[i].cp);
		width_set_ambiguous(2);
		if (width_char(cases[i].cp) != cases[i].wide)
			fail_msg("U+%04X wide", (unsigned)cases[i].cp);
	}
}

static void remembers_one_or_two(void **state)
{
	(void)state;

	assert_int_equal(width_ambiguous(), 1);
	width_set_ambiguous(2);
	assert_int_equal(width_ambiguous(), 2);
	width_set_ambiguous(0);
	assert_int_equal(width_ambiguous(), 1);
	width_set_ambiguous(3);
	assert_int_equal(width_ambiguous(), 1);
}

static void the_table_is_in_order_and_of_one_cell(void **state)
{
	char32_t last = 0;
	(void)state;

	for (size_t i = 0; i < width_table_count; i++) {
		assert_true(width_table[i].first > last);
		assert_true(width_table[i].last >= width_table[i].first);
		last = width_table[i].last;
		for (char32_t cp = width_table[i].first; cp <= last; cp++) {
			width_set_ambiguous(1);
			assert_int_equal(width_char(cp), 1);
			width_set_ambiguous(2);
			assert_int_equal(width_char(cp), 2);
		}
	}
}

static void wcwidth_says_the_same(void **state)
{
	(void)state;

	assert_int_equal(wcwidth(L'\0'), 0);
	assert_int_equal(wcwidth(L'\n'), -1);
	assert_int_equal(wcwidth((wchar_t)-1), -1);
	assert_int_equal(wcwidth(L'“'), 1);
	width_set_ambiguous(2);
	assert_int_equal(wcwidth(L'“'), 2);
}

/* The column where ncursesw stands behind the text. */
static int cells_in_curses(WINDOW *pad, const wchar_t *text)
{
	werase(pad);
	assert_int_equal(mvwaddwstr(pad, 0, 0, text), OK);
	return getcurx(pad);
}

static void ncursesw_counts_as_we_do(void **state)
{
	FILE *out = fopen("/dev/null", "w"), *in = fopen("/dev/null", "r");
	(void)state;

	assert_non_null(setlocale(LC_CTYPE, "C.UTF-8"));
	SCREEN *screen = newterm("xterm", out, in);
	assert_non_null(screen);
	WINDOW *pad = newpad(1, 40);
	assert_int_equal(cells_in_curses(pad, L"中“±”…·"), 7);
	width_set_ambiguous(2);
	assert_int_equal(cells_in_curses(pad, L"中“±”…·"), 12);
	assert_int_equal(cells_in_curses(pad, L"ñ©✓"), 3);
	delwin(pad);
	endwin();
	delscreen(screen);
	fclose(in);
	fclose(out);
}

static void fits_text_into_cells(void **state)
{
	static const struct {
		const char *text;
		int cells;
		size_t bytes;
		int used;
	} cases[] = {
		{"", 10, 0, 0},     {"abc", 2, 2, 2},        {"abc", 3, 3, 3},
		{"abc", 10, 3, 3},  {"中文", 4, 6, 4},       {"中文", 3, 3, 2},
		{"中文", 2, 3, 2},  {"中文", 1, 0, 0},       {"中文", 0, 0, 0},
		{"中文", -1, 0, 0}, {"中文", INT_MIN, 0, 0}, {"a中", 2, 1, 1},
		{"“a”", 3, 7, 3},   {"a", INT_MAX, 1, 1},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		int used = -1;

		assert_int_equal(
			width_fit(cases[i].text, cases[i].cells, &used),
			cases[i].bytes);
		assert_int_equal(used, cases[i].used);
		assert_int_equal(width_fit(cases[i].text, cases[i].cells, NULL),
				 cases[i].bytes);
	}
	width_set_ambiguous(2);
	assert_int_equal(width_fit("“a”", 3, NULL), 4);
}

static void adds_up_a_text(void **state)
{
	(void)state;

	assert_int_equal(width_text(""), 0);
	assert_int_equal(width_text("第173号“提案”"), 13);
	width_set_ambiguous(2);
	assert_int_equal(width_text("第173号“提案”"), 15);
	/* Dirty text is somebody's mistake, and must not go wrong by much. */
	assert_int_equal(width_text("a\x1B\xFFz"), 2);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(knows_the_width_of_characters,
					  narrow_again),
		cmocka_unit_test_teardown(remembers_one_or_two, narrow_again),
		cmocka_unit_test_teardown(the_table_is_in_order_and_of_one_cell,
					  narrow_again),
		cmocka_unit_test_teardown(wcwidth_says_the_same, narrow_again),
		cmocka_unit_test_teardown(ncursesw_counts_as_we_do,
					  narrow_again),
		cmocka_unit_test_teardown(fits_text_into_cells, narrow_again),
		cmocka_unit_test_teardown(adds_up_a_text, narrow_again),
	};
	return cmocka_run_group_tests_name("width", tests, NULL, NULL);
}
