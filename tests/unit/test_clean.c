#include "base/clean.h"

#include <string.h>
#include <unictype.h>

#include "base/utf8.h"
#include "base/width.h"
#include "unit.h"

struct example {
	const char *text;
	const char *line;
	const char *lines; /* NULL: as the line */
};

/* clang-format off */
static const struct example examples[] = {
	{"", "", NULL},
	{"关于加快培育汽车产业标志性产业链的建议",
	 "关于加快培育汽车产业标志性产业链的建议", NULL},
	{"“中”—…·①℃㎡，。《》（）　ＡＢ", "“中”—…·①℃㎡，。《》（）　ＡＢ", NULL},
	{"Ñandú © 2024 ✓ 😀 𠮷 \uFFFD", "Ñandú © 2024 ✓ 😀 𠮷 \uFFFD", NULL},
	{"\x1B[2J", "^[[2J", NULL},
	{"a\x7F" "b", "a^?b", NULL},
	{"a\x08\x0B\x0C" "b", "a^H^K^Lb", NULL},
	{"\xC2\x9B" "31m", "<U+009B>31m", NULL},
	{"\x9B" "31m", "<9B>31m", NULL},
	{"\xC2\x85", "<U+0085>", NULL},
	{"a\nb", "a b", "a\nb"},
	{"a\r\nb\rc\n\nd", "a b c d", "a\nb\nc\n\nd"},
	{"a\t\tb", "a b", "a  b"},
	{"a\n \nb", "a   b", "a\n \nb"},
	{"\r", " ", "\n"},
	{"\n\r", " ", "\n\n"},
	{"\u202E173", "<U+202E>173", NULL},
	{"\u2066\u2069\u200E\u061C", "<U+2066><U+2069><U+200E><U+061C>", NULL},
	{"\u200B\u200D\u2060\uFEFF", "<U+200B><U+200D><U+2060><U+FEFF>", NULL},
	{"\u00AD\u034F\u115F\u1160\u3164\uFFA0",
	 "<U+00AD><U+034F><U+115F><U+1160><U+3164><U+FFA0>", NULL},
	{"❤\uFE0F", "❤<U+FE0F>", NULL},
	{"\U000E0041\U000E0100", "<U+E0041><U+E0100>", NULL},
	{"e\u0301", "e<U+0301>", NULL},
	{"\u0903\u20DD", "<U+0903><U+20DD>", NULL},
	{"ᄀ\u1161\u11A8\uD7B0", "ᄀ<U+1161><U+11A8><U+D7B0>", NULL},
	{"\u2028\u2029", "<U+2028><U+2029>", NULL},
	{"\uE000\U000F0000", "<U+E000><U+F0000>", NULL},
	{"\u0378\uFFFE\U0010FFFF", "<U+0378><U+FFFE><U+10FFFF>", NULL},
	{"👍\U0001F3FD", "👍<U+1F3FD>", NULL},
	{"\U0001F1E8\U0001F1F3", "<U+1F1E8><U+1F1F3>", NULL},
	{"\u05D0 \u0627 \u0661", "<U+05D0> <U+0627> <U+0661>", NULL},
	{"\U0002EBF0\U00031350", "\U0002EBF0\U00031350", NULL},
	{"\xE4\xB8", "<E4><B8>", NULL},
	{"\xE4\xB8\xAD\xE4", "中<E4>", NULL},
	{"\xE4" "abc", "<E4>abc", NULL},
	{"\xC0\xAF\xED\xA0\x80", "<C0><AF><ED><A0><80>", NULL},
	{"\xF4\x90\x80\x80\xFF", "<F4><90><80><80><FF>", NULL},
	{"^[ <U+202E> <FF>", "^[ <U+202E> <FF>", NULL},
};
/* clang-format on */

static void makes_visible_what_a_terminal_would_obey(void **state)
{
	(void)state;

	for (size_t i = 0; i < LENGTH(examples); i++) {
		const struct example *e = &examples[i];
		struct buf out = {0};

		clean_line(&out, e->text, strlen(e->text));
		assert_string_equal(buf_text(&out), e->line);
		buf_reset(&out);
		clean_lines(&out, e->text, strlen(e->text));
		assert_string_equal(buf_text(&out),
				    e->lines ? e->lines : e->line);
		buf_free(&out);
	}
}

static void a_nul_is_seen(void **state)
{
	struct buf out = {0};
	(void)state;

	clean_line(&out, "a\0b", 3);
	assert_string_equal(buf_text(&out), "a^@b");
	buf_free(&out);
}

static void adds_behind_what_is_there(void **state)
{
	struct buf out = {0};
	(void)state;

	buf_str(&out, "案由 ");
	clean_line(&out, "中\x1B", 4);
	assert_string_equal(buf_text(&out), "案由 中^[");
	buf_free(&out);
}

/* What may come out, said again without clean.c: see the header. */
static bool allowed(char32_t cp)
{
	static const uint32_t kinds = UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N |
				      UC_CATEGORY_MASK_P | UC_CATEGORY_MASK_S |
				      UC_CATEGORY_MASK_Zs;
	int cells = width_char(cp);

	if (cells != 1 && cells != 2)
		return false;
	if (cp >= 0x20000 &&
	    uc_general_category(cp).bitmask == UC_CATEGORY_MASK_Cn)
		return cp <= 0x33479 && cells == 2;
	return (uc_general_category(cp).bitmask & kinds) &&
	       !uc_is_property_default_ignorable_code_point(cp) &&
	       !uc_is_property_bidi_control(cp) &&
	       uc_bidi_category(cp) != UC_BIDI_R &&
	       uc_bidi_category(cp) != UC_BIDI_AL;
}

static void check_output(char32_t cp, const struct buf *out)
{
	const char *at = out->data, *end = at + out->len;

	while (at < end) {
		char32_t got = utf8_next(&at, end);

		if (!allowed(got))
			fail_msg("U+%04X let U+%04X out", (unsigned)cp,
				 (unsigned)got);
	}
}

static void only_allowed_characters_come_out(void **state)
{
	struct buf out = {0}, again = {0};
	(void)state;

	for (char32_t cp = 0; cp <= 0x10FFFF; cp++) {
		/* Surrogates too, as the three bytes they would be. */
		char text[5] = {'a', (char)(0xE0 | cp >> 12),
				(char)(0x80 | (cp >> 6 & 0x3F)),
				(char)(0x80 | (cp & 0x3F)), 'b'};
		size_t len = 3;

		if (cp < 0xD800 || cp > 0xDFFF)
			len = utf8_put(cp, text + 1);
		buf_reset(&out);
		clean_line(&out, text, 1 + len);
		check_output(cp, &out);

		buf_reset(&again);
		clean_line(&again, out.data, out.len);
		assert_string_equal(again.data, out.data);

		bool kept =
			out.len == 1 + len && !memcmp(out.data, text, 1 + len);
		assert_int_equal(kept, clean_printable(cp));
	}
	buf_free(&out);
	buf_free(&again);
}

static void every_pair_of_bytes_comes_out_clean(void **state)
{
	struct buf out = {0}, again = {0};
	(void)state;

	for (unsigned pair = 0; pair < 0x1000000; pair += 7) {
		char text[3] = {(char)(pair >> 16), (char)(pair >> 8),
				(char)pair};

		buf_reset(&out);
		clean_line(&out, text, sizeof(text));
		check_output(pair, &out);
		buf_reset(&again);
		clean_line(&again, out.data, out.len);
		assert_int_equal(again.len, out.len);
	}
	buf_free(&out);
	buf_free(&again);
}

static void no_character_past_unicode_is_printable(void **state)
{
	(void)state;

	assert_false(clean_printable(0x110000));
	assert_false(clean_printable(UTF8_INVALID));
	assert_false(clean_printable(0xD800));
	assert_true(clean_printable(0xFFFD));
	assert_true(clean_printable(U' '));
}

static void the_width_setting_does_not_change_the_text(void **state)
{
	(void)state;

	for (char32_t cp = 0; cp <= 0x10FFFF; cp++) {
		width_set_ambiguous(1);
		bool narrow = clean_printable(cp);
		width_set_ambiguous(2);
		bool wide = clean_printable(cp);
		width_set_ambiguous(1);
		assert_int_equal(narrow, wide);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(makes_visible_what_a_terminal_would_obey),
		cmocka_unit_test(a_nul_is_seen),
		cmocka_unit_test(adds_behind_what_is_there),
		cmocka_unit_test(only_allowed_characters_come_out),
		cmocka_unit_test(every_pair_of_bytes_comes_out_clean),
		cmocka_unit_test(no_character_past_unicode_is_printable),
		cmocka_unit_test(the_width_setting_does_not_change_the_text),
	};
	return cmocka_run_group_tests_name("clean", tests, NULL, NULL);
}
