#include "config/suggest.h"

#include "config/example.h"
#include "fixture.h"

enum { ROOM = 100 };

static struct config *parse(const char *text, size_t len)
{
	struct config *config;
	struct buf mistakes = {0};

	OK(config_parse(&config, "f", text, len, &mistakes, err));
	return config;
}

static int setup(void **state)
{
	*state = parse(config_example, config_example_size);
	return 0;
}

static int teardown(void **state)
{
	config_free(*state);
	return 0;
}

/* The codes of what is suggested, with blanks between, at most `room`. */
static struct buf suggested(const struct config *config, const char *typed,
			    size_t room)
{
	struct suggestion found[ROOM];
	size_t count =
		config_suggest(config, CHOICE_DEPARTMENT, typed, found, room);
	struct buf codes = {0};

	for (size_t i = 0; i < count; i++)
		buf_printf(&codes, "%s%s", i ? " " : "", found[i].choice->code);
	return codes;
}

static void assert_suggested(const struct config *config, const char *typed,
			     size_t room, const char *expected)
{
	struct buf codes = suggested(config, typed, room);

	if (strcmp(buf_text(&codes), expected))
		fail_msg("%s: %s", typed, buf_text(&codes));
	buf_free(&codes);
}

static void the_one_that_is_meant_comes_first(void **state)
{
	static const char *const cases[][2] = {
		/* all of a label, a code, a name, an alias */
		{"经信局", "jxj"},
		{"jxj", "jxj"},
		{"ＪＸＪ", "jxj"},
		{"经济和信息化局", "jxj"},
		{"工信局", "jxj"},
		{"發改委", "fgj"},
		{"平湖市经信局", "jxj"},
		{"中共平湖市委组织部", "zzb"},
		{"总工会", "zgh"},
		/* its begin, its inside */
		{"经信", "jxj"},
		{"教", "jyj"},
		{"卫健", "wjj"},
		{"信息化", "jxj"},
		{"联合会", "fl"},
		/* how it sounds */
		{"jingxinju", "jxj"},
		{"jxw", "jxj"},
		{"gxj", "jxj"},
		{"fgw", "fgj"},
		{"rlzy", "rsj"},
		{"zhzf", "zfj"},
		{"zhongdai", "zdjd"},
		{"xindai", "xdz"},
		{"dushangang", "dsgz"},
		{"caoq", "cqjd"},
		{"fulian", "fl"},
		{"nongye", "nyj"},
		/* characters of it in order */
		{"人社保障局", "rsj"},
		{"发展革局", "fgj"},
		{"综执局", "zfj"},
		{"市监管局", "scj"},
		{"住建设局", "jsj"},
		{"编制办", "bwb"},
	};

	for (size_t i = 0; i < LENGTH(cases); i++)
		assert_suggested(*state, cases[i][0], 1, cases[i][1]);
}

static void all_that_fit_come_in_order(void **state)
{
	/* 科 begins both names; 科技 the one's label. */
	assert_suggested(*state, "科", ROOM, "kjj kx");
	/* 工会 is an alias; 工商业联合会 has it in order. */
	assert_suggested(*state, "工会", ROOM, "zgh gsl");
	/* 工信局 工会 工商联; 社工部 */
	assert_suggested(*state, "工", ROOM, "jxj zgh gsl sgb");
	assert_suggested(*state, "埭", ROOM, "zdjd xdz ldz");
	/* 大 has that reading, too. */
	assert_suggested(*state, "dai", ROOM, "xfdd zdjd xdz ldz");
	assert_suggested(*state, "飞机", ROOM, "");
	assert_suggested(*state, "usb", ROOM, "");
	assert_suggested(*state, "经信局", 0, "");
}

static void departments_that_are_gone_come_behind_their_like(void **state)
{
	struct buf text = file_read("tests/data/config/small.yaml");
	struct buf changed = {0};
	struct config *config;
	const char *at = strstr(text.data, "    system");
	(void)state;

	buf_add(&changed, text.data, (size_t)(at - text.data));
	buf_str(&changed, "    active: false\n"
			  "  - {code: jcj, name: 监察局}\n"
			  "  - {code: jj, name: 经济局}\n");
	buf_str(&changed, strstr(at, "  - {code: jyj"));
	config = parse(changed.data, changed.len);
	/* 教育局 and 经信局 are gone. */
	assert_suggested(config, "局", ROOM, "jcj jj jxj jyj");
	assert_suggested(config, "经", ROOM, "jj jxj");
	assert_suggested(config, "经信", ROOM, "jxj");
	assert_suggested(config, "经济和", ROOM, "jxj");
	config_free(config);
	buf_free(&changed);
	buf_free(&text);
}

static void nothing_typed_suggests_all(void **state)
{
	const struct config *config = *state;
	const struct choices *all = &config->choices[CHOICE_DEPARTMENT];
	struct suggestion found[ROOM];

	assert_int_equal(
		config_suggest(config, CHOICE_DEPARTMENT, "", found, ROOM),
		all->count);
	assert_ptr_equal(found[0].choice, &all->items[0]);
	assert_int_equal(
		config_suggest(config, CHOICE_DEPARTMENT, "", found, 3), 3);
	assert_ptr_equal(found[2].choice, &all->items[2]);
}

static void other_kinds_are_suggested_alike(void **state)
{
	struct suggestion found[ROOM];

	assert_int_equal(
		config_suggest(*state, CHOICE_STATUS, "banli", found, ROOM), 4);
	assert_string_equal(found[0].choice->code, "handling");
	assert_int_equal(
		config_suggest(*state, CHOICE_RESULT, "a", found, ROOM), 1);
	assert_int_equal(found[0].grade, FIT_WHOLE);
}

static void a_code_is_no_word_to_look_into(void **state)
{
	struct suggestion found[ROOM];

	assert_int_equal(
		config_suggest(*state, CHOICE_CATEGORY, "econ", found, ROOM),
		1);
	assert_int_equal(found[0].grade, FIT_BEGIN);
	assert_int_equal(
		config_suggest(*state, CHOICE_CATEGORY, "nomy", found, ROOM),
		0);
}

/* Too long for anything else, and still what the file calls it. */
static void a_long_text_suggests_what_is_called_so(void **state)
{
	enum { LONGEST = 60 };
	struct buf text = file_read("tests/data/config/small.yaml");
	struct buf changed = {0}, typed = {0};
	struct config *config;
	const char *at = strstr(text.data, "教育局");
	(void)state;

	buf_str(&typed, "中共平湖市");
	buf_add(&changed, text.data, (size_t)(at - text.data));
	for (size_t i = 0; i < LONGEST; i++) {
		buf_str(&typed, "教");
		buf_str(&changed, "教");
	}
	buf_str(&changed, at + strlen("教育局"));
	config = parse(changed.data, changed.len);
	assert_suggested(config, typed.data, ROOM, "jyj");
	buf_str(&typed, "教");
	assert_suggested(config, typed.data, ROOM, "");
	buf_reset(&typed);
	buf_printf(&typed, "%0*d", (int)FIT_MAX, 0);
	memset(typed.data, '\'', typed.len);
	buf_str(&typed, "jxj");
	assert_suggested(config, typed.data, ROOM, "");
	config_free(config);
	buf_free(&changed);
	buf_free(&typed);
	buf_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_one_that_is_meant_comes_first),
		cmocka_unit_test(all_that_fit_come_in_order),
		cmocka_unit_test(
			departments_that_are_gone_come_behind_their_like),
		cmocka_unit_test(nothing_typed_suggests_all),
		cmocka_unit_test(other_kinds_are_suggested_alike),
		cmocka_unit_test(a_code_is_no_word_to_look_into),
		cmocka_unit_test(a_long_text_suggests_what_is_called_so),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
