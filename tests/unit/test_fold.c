#include "base/fold.h"

#include <string.h>

#include "unit.h"

static void assert_folds(const char *text, const char *expected)
{
	struct buf folded = {0};
	const char *at = expected;
	size_t count = fold_text(text, strlen(text), &folded);

	if (strcmp(buf_text(&folded), expected))
		fail_msg("%s becomes %s", text, buf_text(&folded));
	assert_int_equal(folded.len, strlen(expected));
	assert_int_equal(count, utf8_count(at));
	buf_free(&folded);
}

static void what_people_type_differently_becomes_the_same(void **state)
{
	static const char *const cases[][2] = {
		{"", ""},
		{"提案", "提案"},
		/* width and form */
		{"Ａｂ１２，！～", "ab12,!~"},
		{"（2024）〔2024〕【2024】［2024］",
		 "(2024)[2024][2024][2024]"},
		{"①②⑳", "12⑳"},
		{"ｶ", "カ"},
		{"x² 𝐀 ℃", "x2 a ℃"},
		/* case */
		{"ABC Éß ΑΣ ЖЮ", "abc éß ασ жю"},
		{"𐐀ẞ", "𐐨ß"},
		/* blanks, one for one */
		{"a\t\n　 b", "a \n  b"},
		/* marks */
		{"“地瓜”‘经济’「x」『y』", "\"地瓜\"'经济'\"x\"\"y\""},
		{"A—B–C−D‐E－F", "a-b-c-d-e-f"},
		{"买买提·吐尔逊•艾力・阿不都", "买买提·吐尔逊·艾力·阿不都"},
		{"。、；：", ".,;:"},
		/* traditional */
		{"關於發展農業機械的建議", "关于发展农业机械的建议"},
		{"頭髮發現，裏面裡面，台灣臺灣颱風",
		 "头发发现,里面里面,台湾台湾台风"},
		{"後來皇后", "后来皇后"},
		{"乾燥幹部干涉", "干燥干部干涉"},
		{"隨著覆蓋瞭解", "随着复盖了解"},
		{"黃溫呂產強戶錄", "黄温吕产强户录"},
		{"鍾鐘锺钟", "钟钟钟钟"},
		{"餘馀余", "余余余"},
		{"週邊公佈佔用旅遊嚮往", "周边公布占用旅游向往"},
		{"諮詢證託豔麗鑑別", "咨询证托艳丽鉴别"},
		{"為爲眾衆啟啓線綫", "为为众众启启线线"},
		/* variants */
		{"峯羣牀恆", "峰群床恒"},
		{"二○二六◯〇", "二〇二六〇〇"},
		/* as PDF files have them */
		{"⻓⻛⺠⼈⼤", "长风民人大"},
		/* compatibility */
		{"豈更\xEF\xA4\x80\xEF\xA4\x81", "岂更岂更"},
		{"鋐", "𬭎"},
		{"\xF0\xAF\xA0\x80", "丽"},
		/* what is none */
		{"a\xff\xe4\xb8z", "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz"},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++)
		assert_folds(cases[i][0], cases[i][1]);
}

static void names_in_standard_characters_stay(void **state)
{
	static const char *const texts[] = {
		"昇陞堃喆淼祕甯",
		"瑙瀵祎赟䶮",
		"中华人民共和国",
		"😀€",
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(texts); i++)
		assert_folds(texts[i], texts[i]);
}

static void a_long_text_is_folded_whole(void **state)
{
	struct buf text = {0}, folded = {0};
	(void)state;

	for (size_t i = 0; i < 1000; i++)
		buf_str(&text, i % 3 ? "後" : i % 2 ? "Ａ" : "x");
	assert_int_equal(fold_text(text.data, text.len, &folded), 1000);
	for (size_t i = 0, at = 0; i < 1000; i++) {
		const char *want = i % 3 ? "后" : i % 2 ? "a" : "x";

		assert_memory_equal(folded.data + at, want, strlen(want));
		at += strlen(want);
	}
	/* it adds */
	fold_text("B", 1, &folded);
	assert_int_equal(folded.data[folded.len - 1], 'b');
	buf_free(&text);
	buf_free(&folded);
}

static void folding_twice_changes_nothing(void **state)
{
	(void)state;

	for (char32_t cp = 0; cp <= 0x110000; cp++) {
		char32_t once = fold_char(cp);

		if (fold_char(once) != once)
			fail_msg("U+%04X, U+%04X", cp, once);
	}
	assert_int_equal(fold_char(UTF8_INVALID), UTF8_INVALID);
}

static void whatever_is_narrowed_elsewhere_is_folded_too(void **state)
{
	(void)state;

	for (char32_t cp = 0; cp < 0x110000; cp++) {
		if (fold_char(utf8_narrow(cp)) != fold_char(cp))
			fail_msg("U+%04X", cp);
	}
}

/* Every character, and what is like one: three bytes of any lead. */
static void reading_quickly_reads_the_same(void **state)
{
	(void)state;

	for (unsigned n = 0; n < 1u << 24; n++) {
		const char bytes[] = {(char)(n >> 16), (char)(n >> 8), (char)n};
		size_t len = n % 4 ? 3 : 2;
		const char *quick = bytes;
		const char *slow = bytes;

		if (utf8_next_quick(&quick, bytes + len) !=
			    utf8_next(&slow, bytes + len) ||
		    quick != slow)
			fail_msg("%06X, %zu bytes", n, len);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_people_type_differently_becomes_the_same),
		cmocka_unit_test(names_in_standard_characters_stay),
		cmocka_unit_test(a_long_text_is_folded_whole),
		cmocka_unit_test(folding_twice_changes_nothing),
		cmocka_unit_test(whatever_is_narrowed_elsewhere_is_folded_too),
		cmocka_unit_test(reading_quickly_reads_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
