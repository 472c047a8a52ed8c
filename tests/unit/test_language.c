#include "query/language.h"

#include "base/utf8.h"
#include "desk.h"
#include "query/term.h"

static struct desk *desk;
static struct catalog catalog;

static int start(void **state)
{
	(void)state;
	desk = desk_open();
	desk_add(desk, desk_key(1, 1), "lost");
	desk_read(desk);
	catalog_update(&catalog, desk->config, desk->reading);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	desk_done(desk);
	catalog_free(&catalog);
	desk_close(desk);
	return 0;
}

static struct language language(void)
{
	return (struct language){
		.catalog = &catalog,
		.reading = desk->reading,
		.today = day_make(2024, 11, 20),
		.screen = true,
	};
}

static struct filter parse(const char *text)
{
	struct language about = language();
	struct filter filter = {0};
	struct err failed = {0};

	if (!filter_parse(&filter, &about, text, NULL, &failed))
		fail_msg("%s: %s", text, failed.text);
	return filter;
}

static void expect_explained(const char *text, const char *expected)
{
	struct filter filter = parse(text);
	struct buf said = {0};

	filter_explain(&filter, &catalog, 0, &said);
	if (strcmp(buf_text(&said), expected) != 0)
		fail_msg("%s: %s", text, buf_text(&said));
	buf_free(&said);
}

static void understands_facets(void **state)
{
	static const struct {
		const char *text, *means;
	} cases[] = {
		{"", ""},
		{" 　\t", ""},
		{"status=handling", "办理中"},
		{"状态＝办理中，已答复", "办理中或已答复"},
		{"status=办理中、已答复；已收到", "已收到或办理中或已答复"},
		{" status = handling , answered ", "办理中或已答复"},
		{"status=handling status=closed", "办理中或已办结"},
		{"status=handling,handling", "办理中"},
		{"status=handling,", "办理中"},
		{"status=handling, unit=jxj", "办理中，主办经信局"},
		{"status=\"办理中\",“已答复”", "办理中或已答复"},
		{"status=lost", "lost"},
		{"ＳＴＡＴＵＳ＝Handling", "办理中"},
		{"unit=经信委", "主办经信局"},
		{"单位=教育局,公安局", "主办教育局或公安局"},
		{"类别=城乡建设、环保、文化", "类别城乡建设、环保或文化"},
		{"类别=\"城乡建设、环保\"", "类别城乡建设、环保"},
		{"result=a,无", "结果A或未定"},
		{"result=\"\"", "结果未定"},
		{"status=none", "状态未填"},
		{"due=none", "不计时"},
		{"due=无", "不计时"},
		{"overdue", "逾期"},
		{"逾期 临期", "逾期或临期"},
		{"Soon", "临期"},
		{"session=十四届三次,14-2", "十四届二次或十四届三次"},
		{"届次=１４－１", "十四届一次"},
		{"level=重点 status=办理中 x", "办理中，重点，含“x”"},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++)
		expect_explained(cases[i].text, cases[i].means);
}

static void understands_not(void **state)
{
	static const struct {
		const char *text, *means;
	} cases[] = {
		{"!result=A", "结果不是A"},
		{"！结果＝A,B", "结果不是A或B"},
		{"result!=A", "结果不是A"},
		{"result≠A", "结果不是A"},
		{"结果！＝A", "结果不是A"},
		{"!result!=A", "结果A"},
		{"!!result=A", "结果A"},
		{"status!=办理中", "状态不是办理中"},
		{"status!=办理中 status=办理中,已答复",
		 "办理中或已答复，状态不是办理中"},
		{"!overdue", "期限不是逾期"},
		{"!临期", "期限不是临期"},
		{"!地瓜", "不含“地瓜”"},
		{"!\"地瓜 经济\" 甲 !乙", "含“甲”，不含“地瓜 经济”和“乙”"},
		{"text!=地瓜", "不含“地瓜”"},
		{"!marked", "未选"},
		{"!merged=是", "未并案"},
		{"!by=somebody", "somebody没有改过"},
		{"!assigned=2024-03", "不是2024年3月交办"},
		{"assigned!=无", "有交办日期"},
		{"!assigned>=2024-03-01", "不是2024-03-01 起交办"},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++)
		expect_explained(cases[i].text, cases[i].means);
}

static void understands_texts(void **state)
{
	static const struct {
		const char *text, *means;
	} cases[] = {
		{"地瓜", "含“地瓜”"},
		{"地瓜 经济", "含“地瓜”和“经济”"},
		{"\"地瓜 经济\"", "含“地瓜 经济”"},
		{"“地瓜经济”", "含“地瓜经济”"},
		{"\"逾期\"", "含“逾期”"},
		{"\"status=handling\"", "含“status=handling”"},
		{"text=地瓜=经济", "含“地瓜=经济”"},
		{"文字＝“地瓜 经济”", "含“地瓜 经济”"},
		{"text=a,b", "含“a,b”"},
		{"late", "含“late”"},
		{"status", "含“status”"},
		{"状态 办理中", "含“状态”和“办理中”"},
		{"overdue,soon", "含“overdue,soon”"},
		{"关于“甲”的", "含“关于“甲”的”"},
		{"a!b", "含“a!b”"},
		{"经信局 经信局", "含“经信局”"},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++)
		expect_explained(cases[i].text, cases[i].means);
}

static void understands_days_and_the_rest(void **state)
{
	static const struct {
		const char *text, *means;
	} cases[] = {
		{"due<7d", "7 天内到期"},
		{"期限＜７天", "7 天内到期"},
		{"due<=7d", "最多剩 7 天"},
		{"due≤7d", "最多剩 7 天"},
		{"due>7d", "还剩 7 天以上"},
		{"due<-30d", "逾期超过 30 天"},
		{"due<2024-12", "2024年12月之前到期"},
		{"due=2024-12-31", "2024-12-31到期"},
		{"due=逾期,本周", "逾期，本周到期"},
		{"assigned>=2024-03-01", "2024-03-01 起交办"},
		{"交办＞＝3月1日 交办<2024年5月",
		 "2024-03-01 起交办，2024年5月之前交办"},
		{"交办=2024-03,2024-05", "2024年3月交办或2024年5月交办"},
		{"assigned=无", "没有交办日期"},
		{"received>=-30d", "最近 30 天收到"},
		{"closed=今年 replied>昨天", "今年办结，昨天之后答复"},
		{"filed < 2024", "2024年之前立案"},
		{"changed>=today", "今天起改过"},
		{"by=me", "我改过"},
		{"修改人=我 更新=本周", "我本周改过"},
		{"by=somebody,1 changed>=today", "somebody或1今天起改过"},
		{"changed>=today !by=我", "今天起改过，我今天起没有改过"},
		{"number=100-200,250", "编号 100—200、250"},
		{"编号=第3号，14-2-7—9", "编号 3、十四届二次 7—9"},
		{"number!=4", "编号不是 4"},
		{"merged=否", "未并案"},
		{"并案=是", "已并案"},
		{"已选", "已选"},
		{"marked status=办理中", "办理中，已选"},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++)
		expect_explained(cases[i].text, cases[i].means);
}

static void the_example_is_explained(void **state)
{
	(void)state;
	expect_explained("status=办理中,已答复 unit=经信局 due<7d",
			 "办理中或已答复，主办经信局，7 天内到期");
}

static void leaves_out_what_is_shown_elsewhere(void **state)
{
	struct filter filter = parse("status=handling unit=jxj status!=closed");
	struct buf said = {0};
	(void)state;

	filter_explain(&filter, &catalog, 1u << FACET_STATUS, &said);
	assert_string_equal(buf_text(&said), "状态不是已办结，主办经信局");
	buf_free(&said);
}

static void refuses_and_points_at_the_character(void **state)
{
	static const struct {
		const char *text;
		size_t at; /* characters before it */
		const char *says;
	} cases[] = {
		{"status=办里中", 7,
		 "没有“办里中”这个状态，是不是“办理中”？可选："
		 "已收到、待签收、办理中"},
		{"status=handing", 7, "是不是“办理中”？"},
		{"x status=办理中,xyzzy y", 13,
		 "没有“xyzzy”这个状态，可选：已收到"},
		{"status=办里中,已答复", 7, "没有“办里中”这个状态，是不是"},
		{"status=\"办理中,已答复\"", 7, "没有“办理中,已答复”这个状态"},
		{"unit=税务", 5, "没有“税务”这个单位"},
		{"session=13-1", 8, "没有“13-1”这个届次，是不是"},
		{"session=none", 8, "没有“none”这个届次"},
		{"status=", 7, "“status=”后面要写状态"},
		{"status=，,", 7, "“status=”后面要写状态"},
		{"status= unit=jxj", 7, "“status=”后面要写状态"},
		{"甲 text=", 7, "“文字”后面要写"},
		{"stat=handling", 0, "看不懂条件“stat=handling”"},
		{"甲 stauts=handling", 2, "是不是“status”？"},
		{"=handling", 0, "看不懂条件“=handling”"},
		{"status>办理中", 6, "只能用 = 或 !="},
		{"by<我", 2, "只能用 = 或 !="},
		{"by=somebady", 3,
		 "没有“somebady”这个人，是不是“somebody”？可选：我"},
		{"逾期=是", 2, "单独写"},
		{"已选=是", 2, "单独写"},
		{"assigned>=yesterdy", 10, "不是日期"},
		{"due=yesterdy", 4, "没有“yesterdy”这个期限（也可以写日期"},
		{"assigned<无", 9, "“无”前面"},
		{"assigned<2024,2025", 13, "只能写一个日期"},
		{"assigned>=", 10, "后面要写日期，例如 交办"},
		{"number=x", 7, "“x”"},
		{"number=", 7, "后面要写编号"},
		{"merged=也许", 7, "是或否"},
		{"merged=", 7, "是或否"},
		{"by=", 3, "后面要写人的帐号"},
		{"by=qqqqqq", 3, "没有“qqqqqq”这个人，可选：我"},
		{"a ! b", 2, "紧接着写条件"},
		{"a !", 2, "紧接着写条件"},
		{"status=\x1b[2J", 7, "没有“"},
		{"status=\xff\xfe", 7, "不成文字的字节"},
		{"甲\x80", 1, "不成文字的字节"},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		const char *text = cases[i].text;
		struct language about = language();
		struct filter filter = {0};
		struct err failed = {0};
		size_t at = 0;
		char column[32];

		assert_false(filter_parse(&filter, &about, text, &at, &failed));
		assert_int_equal(failed.code, ERR_USAGE);
		assert_memory_equal(&filter, &(struct filter){0},
				    sizeof(filter));
		snprintf(column, sizeof(column), "第 %zu 字：",
			 cases[i].at + 1);
		char *before = strndup(text, at);
		if (!strstr(failed.text, cases[i].says) ||
		    strncmp(failed.text, column, strlen(column)) != 0 ||
		    utf8_count(before) != cases[i].at)
			fail_msg("“%s” at %zu: %s", text, at, failed.text);
		assert_null(strchr(failed.text, '\x1b'));
		free(before);
	}
}

static void marks_and_people_have_their_places(void **state)
{
	struct language about = language();
	struct filter filter = {0};
	struct err failed = {0};
	(void)state;

	about.screen = false;
	assert_false(filter_parse(&filter, &about, "已选", NULL, &failed));
	assert_non_null(strstr(failed.text, "只有在界面上才有"));
	/* A shared view is read before there is a register. */
	about.reading = NULL;
	OK(filter_parse(&filter, &about, "by=王芳", NULL, err));
	assert_string_equal(filter.people[0].name, "王芳");
}

static void says_that_there_are_too_many(void **state)
{
	static const struct {
		const char *each;
		size_t most;
	} cases[] = {
		{"assigned!=2024-01-%zu ", FILTER_DAYS},
		{"number=%zu ", FILTER_NUMBERS},
		{"by=%zu ", FILTER_PEOPLE},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct language about = language();
		struct filter filter = {0};
		struct buf text = {0};
		struct err failed = {0};

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		for (size_t n = 1; n <= cases[i].most; n++)
			buf_printf(&text, cases[i].each, n);
		OK(filter_parse(&filter, &about, buf_text(&text), NULL, err));
		buf_printf(&text, cases[i].each, cases[i].most + 1);
#pragma GCC diagnostic pop
		assert_false(filter_parse(&filter, &about, buf_text(&text),
					  NULL, &failed));
		assert_non_null(strstr(failed.text, "太多"));
		buf_free(&text);
	}
}

static void survives_very_long_words(void **state)
{
	enum { LONG = 200000 };
	char *text = mem_new(LONG + 1);
	struct language about = language();
	struct filter filter = {0};
	struct err failed = {0};
	(void)state;

	memset(text, ',', LONG);
	memcpy(text, "status=", 7);
	assert_false(filter_parse(&filter, &about, text, NULL, &failed));
	memset(text + 7, 'x', LONG - 7);
	assert_false(filter_parse(&filter, &about, text, NULL, &failed));
	memcpy(text, "text=  ", 7);
	assert_false(filter_parse(&filter, &about, text, NULL, &failed));
	memset(text, 'x', LONG);
	assert_false(filter_parse(&filter, &about, text, NULL, &failed));
	memset(text, '!', LONG);
	assert_false(filter_parse(&filter, &about, text, NULL, &failed));
	text[0] = '"';
	assert_false(filter_parse(&filter, &about, text, NULL, &failed));
	assert_non_null(strstr(failed.text, "要找的文字太长"));
	memset(text, '"', LONG);
	assert_false(filter_parse(&filter, &about, text, NULL, &failed));
	memset(text, '<', LONG);
	assert_false(filter_parse(&filter, &about, text, NULL, &failed));
	for (size_t i = 7; i + 10 < LONG; i += 10)
		memcpy(text + i, "办理中,", 10);
	memcpy(text, "status=", 7);
	text[7 + 10 * 1000] = '\0';
	OK(filter_parse(&filter, &about, text, NULL, err));
	assert_int_equal(filter.chosen[FACET_STATUS], 1);
	free(text);
}

static void expect_written(const char *text, const char *codes,
			   const char *labels)
{
	struct filter filter = parse(text), again;
	const char *expected[] = {codes, labels};

	for (int spelling = 0; spelling < 2; spelling++) {
		struct buf have = {0};

		filter_format(&filter, &catalog, (enum spelling)spelling,
			      &have);
		assert_string_equal(buf_text(&have), expected[spelling]);
		again = parse(buf_text(&have));
		assert_memory_equal(&filter, &again, sizeof(filter));
		buf_free(&have);
	}
}

static void is_written_as_it_is_read(void **state)
{
	(void)state;
	expect_written("", "", "");
	expect_written("状态=办理中，已答复 !结果=A，无",
		       "status=handling,answered result!=A,none",
		       "状态=办理中,已答复 结果!=A,无");
	expect_written("类别=城乡建设、环保、文化", "category=city,culture",
		       "类别=\"城乡建设、环保\",文化");
	expect_written("期限<7天 逾期 !期限>=2024-12 收到=上月,无",
		       "due=overdue due<7d !due>=2024-12 "
		       "received=last-month received=none",
		       "期限=逾期 期限<7天 !期限>=2024-12 收到=上月 收到=无");
	expect_written("编号=3、14-2-7—9 编号!=5",
		       "number=3 number=14-2-7-9 number!=5",
		       "编号=3 编号=14-2-7-9 编号!=5");
	expect_written("by=somebody !by=我 更新>=今天 并案=否 已选",
		       "changed>=today by=somebody by!=me merged=no marked",
		       "更新>=今天 修改人=somebody 修改人!=我 并案=否 已选");
	expect_written("地瓜 \"逾期\" “a b” \"c=d\" !\"!e\" !状态",
		       "地瓜 \"逾期\" \"a b\" \"c=d\" !\"!e\" !状态",
		       "地瓜 \"逾期\" \"a b\" \"c=d\" !\"!e\" !状态");
	expect_written("\"a\"\"b\" 关于“甲”的", "a\"b 关于“甲”的",
		       "a\"b 关于“甲”的");
}

static uint32_t seed = 2463534242;

static uint32_t dice(uint32_t sides)
{
	seed ^= seed << 13;
	seed ^= seed >> 17;
	seed ^= seed << 5;
	return seed % sides;
}

static void roll_facets(struct filter *filter)
{
	for (uint32_t i = dice(6); i; i--) {
		enum facet facet = (enum facet)dice(FACET_COUNT);
		uint32_t count = (uint32_t)catalog.facets[facet].count;

		filter_choose(filter, facet, dice(count), dice(2));
	}
}

static void roll_days(struct filter *filter)
{
	static const int32_t most[] = {1, 65535, 0, 0, 73001, 3, 3, 3, 3};

	for (uint32_t i = dice(4); i; i--) {
		struct filter_days days = {
			.date = (uint8_t)dice(FILTER_DATES),
			.compare = (uint8_t)dice(5),
			.no = (uint8_t)dice(2),
			.span = (uint8_t)dice(9),
		};

		if (days.span == SPAN_EMPTY && days.date == FILTER_DUE)
			days.date = FILTER_FILED;
		if (days.span == SPAN_EMPTY)
			days.compare = COMPARE_EQUAL;
		else if (days.span == SPAN_DAY)
			days.value = 1 + (int32_t)dice(65535);
		else if (days.span == SPAN_MONTH)
			days.value = 1900 * 12 + (int32_t)dice(180 * 12);
		else if (days.span == SPAN_YEAR)
			days.value = 1900 + (int32_t)dice(180);
		else
			days.value = (int32_t)dice((uint32_t)most[days.span]) -
				     most[days.span] / 2;
		assert_true(filter_add_days(filter, days));
	}
}

static void roll_rest(struct filter *filter)
{
	static const char *const texts[] = {
		"逾期", "a b", "\"", "“x”", "!y", "状态", "状态=", "<",
		"by",   ",",   "、", "＝",  " ",  "A",    "！",    "\"\"\""};
	static const char *const people[] = {"me", "somebody", "0", "4711"};

	for (uint32_t i = dice(4); i; i--) {
		const char *text = texts[dice(LENGTH(texts))];

		assert_true(
			filter_add_text(filter, text, strlen(text), dice(2)));
	}
	for (uint32_t i = dice(3); i; i--)
		assert_true(filter_add_person(
			filter, people[dice(LENGTH(people))], dice(2)));
	for (uint32_t i = dice(3); i; i--) {
		uint32_t first = 1 + dice(999), span = dice(3) * dice(900);
		key base =
			dice(2) ? key_make(session_make(14, 2), first) : first;

		assert_true(filter_add_numbers(
			filter,
			(struct filter_numbers){base, base + span, dice(2)}));
	}
	filter->merged = (uint8_t)dice(3);
	filter->marked = (uint8_t)dice(3);
}

static void every_filter_is_read_as_it_was_written(void **state)
{
	enum { ROUNDS = 3000 };
	(void)state;

	for (int round = 0; round < ROUNDS; round++) {
		struct filter filter = {0}, again;
		struct buf text = {0};

		roll_facets(&filter);
		roll_days(&filter);
		roll_rest(&filter);
		filter_format(&filter, &catalog, (enum spelling)(round % 2),
			      &text);
		again = parse(buf_text(&text));
		if (memcmp(&filter, &again, sizeof(filter)) != 0)
			fail_msg("%s", buf_text(&text));
		buf_free(&text);
	}
}

static void every_condition_has_an_example_that_works(void **state)
{
	(void)state;
	for (size_t i = 0; i < term_count; i++) {
		const struct term *term = &terms[i];
		struct language about = language();
		struct filter filter = {0};
		struct err failed = {0};

		assert_ptr_equal(term_find(term->name, strlen(term->name)),
				 term);
		assert_ptr_equal(term_find(term->label, strlen(term->label)),
				 term);
		/* Choices that this configuration lacks. */
		if (term->which == FACET_CATEGORY && term->kind == TERM_FACET)
			continue;
		if (!filter_parse(&filter, &about, term->example, NULL,
				  &failed))
			fail_msg("%s: %s", term->example, failed.text);
		assert_false(filter_empty(&filter, 0));
		assert_non_null(strstr(term->example, term->label));
	}
	for (int f = 0; f < FACET_COUNT; f++)
		assert_int_equal(terms[f].which, f);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(understands_facets),
		cmocka_unit_test(understands_not),
		cmocka_unit_test(understands_texts),
		cmocka_unit_test(understands_days_and_the_rest),
		cmocka_unit_test(the_example_is_explained),
		cmocka_unit_test(leaves_out_what_is_shown_elsewhere),
		cmocka_unit_test(refuses_and_points_at_the_character),
		cmocka_unit_test(marks_and_people_have_their_places),
		cmocka_unit_test(says_that_there_are_too_many),
		cmocka_unit_test(survives_very_long_words),
		cmocka_unit_test(is_written_as_it_is_read),
		cmocka_unit_test(every_filter_is_read_as_it_was_written),
		cmocka_unit_test(every_condition_has_an_example_that_works),
	};
	return cmocka_run_group_tests_name("language", tests, start, stop);
}
