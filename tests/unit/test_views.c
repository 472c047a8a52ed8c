#include "query/views.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/personal.h"
#include "config/own.h"
#include "desk.h"
#include "store/columns.h"

static struct desk *desk;
static struct catalog catalog;
static char home[64];

static int start(void **state)
{
	(void)state;
	desk = desk_open();
	desk_add(desk, desk_key(1, 1), "handling");
	desk_add(desk, desk_key(1, 2), "answered");
	desk_read(desk);
	catalog_update(&catalog, desk->config, desk->reading);
	dir_make(home);
	setenv("HOME", home, 1);
	unsetenv("XDG_CONFIG_HOME");
	return 0;
}

static int stop(void **state)
{
	(void)state;
	desk_done(desk);
	catalog_free(&catalog);
	desk_close(desk);
	dir_remove(home);
	return 0;
}

static struct language language(void)
{
	return (struct language){
		.catalog = &catalog,
		.reading = desk->reading,
		.today = day_make(2024, 11, 20),
	};
}

static struct view view(const char *filter, const char *sort,
			enum view_session of)
{
	return (struct view){.name = "甲",
			     .filter = filter,
			     .sort = sort,
			     .group = "",
			     .columns = "",
			     .session = of};
}

static struct look read_view(const struct view *written)
{
	const struct language about = language();
	struct look look;

	OK(view_read(written, &about, &look, NULL, err));
	return look;
}

/* --- What a view means --- */

static void a_view_is_written_as_it_is_read(void **state)
{
	static const struct {
		const char *filter, *sort;
		enum view_session session;
	} cases[] = {
		{"", "", VIEW_CURRENT},
		{"", "-number", VIEW_ALL},
		{"status=handling,answered due<7d", "due", VIEW_CURRENT},
		{"result=B", "-changed", VIEW_ALL},
		{"session=14-2", "unit", VIEW_CURRENT},
		{"by=me changed>=-30d", "changed", VIEW_ALL},
		{"unit=jxj \"地瓜 经济\" !level=key", "status", VIEW_CURRENT},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct view before =
			view(cases[i].filter, cases[i].sort, cases[i].session);
		struct look look = read_view(&before), again;
		struct arena arena = {0};
		struct view after = {0};

		OK(view_write(&look, &catalog, &arena, &after, err));
		assert_int_equal(after.session, before.session);
		assert_string_equal(after.sort, before.sort);
		again = read_view(&after);
		assert_memory_equal(&again.filter, &look.filter,
				    sizeof(look.filter));
		arena_free(&arena);
	}
}

static void groups_and_columns_are_part_of_it(void **state)
{
	struct view usual = view("", "", VIEW_ALL), other = usual, after = {0};
	struct look plain = read_view(&usual), look, again;
	struct arena arena = {0};
	(void)state;

	other.group = "主办";
	other.columns = "编号,案由";
	look = read_view(&other);
	assert_false(look_same(&look, &plain));
	OK(view_write(&look, &catalog, &arena, &after, err));
	assert_string_equal(after.group, "unit");
	assert_string_equal(after.columns, "number,title");
	again = read_view(&after);
	assert_true(look_same(&look, &again));
	/* What is as in the configuration follows the configuration. */
	OK(view_write(&plain, &catalog, &arena, &after, err));
	assert_string_equal(after.group, "");
	assert_string_equal(after.columns, "");
	arena_free(&arena);
}

static void without_a_session_it_is_the_current_one(void **state)
{
	struct view current = view("", "", VIEW_CURRENT);
	struct view other = view("session=14-2", "", VIEW_CURRENT);
	struct view all = view("", "", VIEW_ALL);
	struct look look = read_view(&current);
	int now = catalog_match(&catalog, FACET_SESSION, "14-3");
	(void)state;

	assert_true(filter_has(&look.filter, FACET_SESSION, (size_t)now));
	look = read_view(&other);
	assert_false(filter_has(&look.filter, FACET_SESSION, (size_t)now));
	look = read_view(&all);
	assert_true(filter_empty(&look.filter, 0));
}

static void next_year_it_is_another_session(void **state)
{
	struct view now = view("", "", VIEW_CURRENT), kept = {0};
	struct look look = read_view(&now);
	struct arena arena = {0};
	(void)state;

	OK(view_write(&look, &catalog, &arena, &kept, err));
	assert_string_equal(kept.filter, "");
	assert_int_equal(kept.session, VIEW_CURRENT);
	arena_free(&arena);
}

static void marks_and_what_is_too_long_are_not_saved(void **state)
{
	struct look look = {.filter = {.marked = FLAG_YES}};
	struct arena arena = {0};
	struct view out = {0};
	struct err why;
	char word[8];
	(void)state;

	assert_false(view_write(&look, &catalog, &arena, &out, &why));
	assert_int_equal(why.code, ERR_REFUSED);
	look.filter.marked = FLAG_ANY;
	for (uint32_t n = 0; n < FILTER_NUMBERS; n++)
		OK(filter_add_numbers(&look.filter,
				      (struct filter_numbers){99990001 + n * 2,
							      99990001 + n * 2,
							      0})
			   ? true
			   : err_set(err, ERR_USAGE, "full"));
	for (int i = 0; i < 30; i++) {
		snprintf(word, sizeof(word), "w%05d", i);
		OK(filter_add_text(&look.filter, word, strlen(word), false)
			   ? true
			   : err_set(err, ERR_USAGE, "full"));
	}
	assert_false(view_write(&look, &catalog, &arena, &out, &why));
	assert_int_equal(why.code, ERR_REFUSED);
	view_write_all(&look, &catalog, &arena, &out);
	assert_non_null(strstr(out.filter, "w00029"));
	arena_free(&arena);
}

static void what_is_gone_is_told_and_the_rest_is_left(void **state)
{
	static const struct {
		const char *filter, *left;
		unsigned lost;
	} cases[] = {
		{"status=handling", "status=handling", 0},
		{"status=gone", "", 1},
		{"status=gone level=key", "level=key", 1},
		{"level=key status=gone", "level=key", 1},
		{"status=gone,handling", "status=handling", 1},
		{"status=handling,gone", "status=handling", 1},
		{"status=handling,gone,answered", "status=handling,answered",
		 1},
		{"status=gone,went,handling unit=none,nobody",
		 "status=handling unit=none", 3},
		{"by=王五 \"a b\" level=key", "level=key \"a b\"", 1},
		{"颜色=红 经济", "经济", 1},
		{"\"x status=gone\" status=gone", "\"x status=gone\"", 1},
		{"!status=gone result=B", "result=B", 1},
		{"marked result=B", "result=B", 1},
		{"due<乱 result=B", "result=B", 1},
		{"gone=", "", 1},
		{"= = =", "", 3},
	};
	const struct language about = language();
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct view from = view(cases[i].filter, "", VIEW_ALL);
		struct buf lost = {0}, left = {0};
		struct look look;
		unsigned told = 0;

		view_salvage(&from, &about, &look, &lost);
		filter_format(&look.filter, &catalog, SPELL_CODES, &left);
		for (const char *at = buf_text(&lost); (at = strstr(at, "第 "));
		     at++)
			told++;
		if (strcmp(buf_text(&left), cases[i].left) != 0 ||
		    told != cases[i].lost)
			fail_msg("%s: %s (%s)", cases[i].filter,
				 buf_text(&left), buf_text(&lost));
		buf_free(&lost);
		buf_free(&left);
	}
}

static void an_order_that_is_none_is_told_too(void **state)
{
	const struct language about = language();
	struct view from = view("level=key", "colour", VIEW_ALL);
	struct buf lost = {0};
	struct look look;
	(void)state;

	view_salvage(&from, &about, &look, &lost);
	assert_non_null(strstr(buf_text(&lost), "colour"));
	assert_int_equal(look.order.count, 0);
	assert_int_equal(look.filter.chosen[FACET_LEVEL], 1);
	buf_free(&lost);
}

static void is_explained(void **state)
{
	static const struct {
		const char *filter, *sort;
		enum view_session session;
		const char *says;
	} cases[] = {
		{"", "", VIEW_CURRENT, "全部"},
		{"", "", VIEW_ALL, "各届"},
		{"", "-due", VIEW_CURRENT, "按期限反序排列"},
		{"due<7d", "due", VIEW_CURRENT, "7 天内到期，按期限排列"},
		{"result=B", "", VIEW_ALL, "各届，结果B"},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct view from =
			view(cases[i].filter, cases[i].sort, cases[i].session);
		struct look look = read_view(&from);
		struct buf said = {0};

		look_explain(&look, &catalog, &said);
		assert_string_equal(buf_text(&said), cases[i].says);
		buf_free(&said);
	}
}

static void counts_what_it_lists(void **state)
{
	static const char *const filters[] = {
		"", "status=handling", "status=none", "!status=handling"};
	(void)state;

	for (size_t i = 0; i < LENGTH(filters); i++) {
		struct view from = view(filters[i], "", VIEW_ALL);
		struct look look = read_view(&from);
		struct listing listing = {0};
		const struct query query = {.reading = desk->reading,
					    .catalog = &catalog,
					    .filter = &look.filter,
					    .today = day_make(2024, 11, 20)};

		listing_run(&query, &listing, NULL);
		assert_int_equal(
			look_count(&look, desk->reading, &catalog, query.today),
			listing.count);
		listing_free(&listing);
	}
}

/* --- In the configuration --- */

static struct buf mistakes_of(const char *views)
{
	struct buf text = {0}, mistakes = {0};
	struct config *config = NULL;
	char path[128];
	struct err why = {0};

	buf_str(&text, desk_yaml);
	buf_str(&text, views);
	snprintf(path, sizeof(path), "%s/proposals.yaml", home);
	file_write(path, text.data, text.len);
	if (views_load_config(&config, path, &mistakes, &why))
		assert_int_equal(mistakes.len, 0);
	else
		assert_int_equal(why.code, ERR_CONFIG);
	config_free(config);
	buf_free(&text);
	return mistakes;
}

static unsigned lines_of(const char *text)
{
	unsigned lines = 1;

	for (; *text; text++)
		lines += *text == '\n';
	return lines;
}

static void mistakes_in_shared_views_have_a_place(void **state)
{
	static const struct {
		const char *item, *column, *says;
	} cases[] = {
		{"{name: 甲, filter: \"status=gone\"}", ":31: ", "gone"},
		{"{name: 甲, filter: \"level=key 状态=办里中\"}",
		 ":37: ", "是不是“办理中”"},
		{"{name: 甲, filter: status=gone}", ":30: ", "gone"},
		{"{name: 甲, filter: \"marked\"}", ":24: ", "已选"},
		{"{name: 甲, sort: \"colour\"}", ":22: ", "colour"},
		{"{name: 甲, group: \"colour\"}", ":23: ", "colour"},
		{"{name: 甲, columns: \"title,number\"}", ":25: ", "案由"},
		{"{name: 甲, key: ab}", ":20: ", "一个英文字母或数字"},
		{"{name: 甲, session: none}", ":24: ", "current、all"},
		{"{name: \"\"}", ":12: ", "后面没有内容"},
		{"{filter: \"\"}", ":5: ", "缺少“name”"},
		{"{name: 甲}\n  - {name: 甲}", ":12: ", "名称“甲”重复"},
		{"{name: 甲, key: 1}\n  - {name: 乙, key: 1}",
		 ":20: ", "按键“1”重复"},
	};
	(void)state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct buf text = {0}, told;
		char place[32];

		buf_printf(&text, "views:\n  - %s\n", cases[i].item);
		told = mistakes_of(text.data);
		snprintf(place, sizeof(place), ".yaml:%u%s",
			 lines_of(desk_yaml) + lines_of(cases[i].item),
			 cases[i].column);
		if (!strstr(buf_text(&told), place) ||
		    !strstr(buf_text(&told), cases[i].says))
			fail_msg("%s: %s: %s", cases[i].item, place,
				 buf_text(&told));
		buf_free(&text);
		buf_free(&told);
	}
}

static void all_of_them_are_told_and_right_ones_are_not(void **state)
{
	struct buf told =
		mistakes_of("views:\n"
			    "  - {name: 甲, filter: \"status=gone\"}\n"
			    "  - {name: 乙, filter: \"by=王五 status=无\"}\n"
			    "  - {name: 丙, filter: \"level=gone\"}\n");
	(void)state;

	assert_int_equal(lines_of(buf_text(&told)), 3);
	buf_free(&told);
	told = mistakes_of("views:\n");
	assert_string_equal(buf_text(&told), "");
	buf_free(&told);
}

/* --- One's own --- */

static void own_file(char path[128])
{
	snprintf(path, 128, "%s/.config/proposals/views.yaml", home);
}

static void put(struct own_views *own, const char *name, char opens)
{
	struct view kept = view("status=handling", "due", VIEW_CURRENT);

	kept.name = name;
	kept.key = opens;
	OK(own_view_put(own, &kept, err));
}

static void expect_names(const struct own_views *own, const char *expected)
{
	struct buf names = {0};

	for (size_t i = 0; i < own_view_count(own); i++) {
		const struct view *one = own_view(own, i);

		buf_printf(&names, "%s%c ", one->name,
			   one->key ? one->key : '-');
	}
	assert_string_equal(buf_text(&names), expected);
	buf_free(&names);
}

static void own_views_are_kept_renamed_moved_and_deleted(void **state)
{
	struct own_views own = {0}, again = {0};
	struct err why;
	(void)state;

	own_views_load(&own);
	assert_int_equal(own_view_count(&own), 0);
	put(&own, "甲", '1');
	put(&own, "乙", '1');
	put(&own, "丙 \"引\\号\"", 'x');
	expect_names(&own, "甲1 乙- 丙 \"引\\号\"x ");
	OK(own_view_move(&own, "甲", 1, err));
	OK(own_view_move(&own, "甲", 1, err));
	OK(own_view_move(&own, "甲", 1, err));
	expect_names(&own, "乙- 丙 \"引\\号\"x 甲1 ");
	OK(own_view_rename(&own, own_view(&own, 1)->name, "丁", err));
	assert_false(own_view_rename(&own, "丁", "甲", &why));
	assert_int_equal(why.code, ERR_REFUSED);
	OK(own_view_key(&own, "乙", '1', err));
	expect_names(&own, "乙1 丁x 甲- ");
	put(&own, "丁", 0);
	expect_names(&own, "乙1 丁x 甲- ");
	OK(own_view_delete(&own, own_view(&own, 0)->name, err));
	assert_false(own_view_delete(&own, "乙", &why));
	assert_int_equal(why.code, ERR_NOT_FOUND);
	own_views_load(&again);
	expect_names(&again, "丁x 甲- ");
	assert_string_equal(own_view(&again, 0)->filter, "status=handling");
	assert_string_equal(own_view(&again, 0)->sort, "due");
	own_views_free(&own);
	own_views_free(&again);
}

static void two_windows_lose_nothing(void **state)
{
	enum { WINDOWS = 4, EACH = 6 };
	struct own_views own = {0};
	int status;
	(void)state;

	for (int w = 0; w < WINDOWS; w++) {
		if (fork() != 0)
			continue;
		for (int i = 0; i < EACH; i++) {
			char name[16];
			struct err why;
			struct view kept = view("", "", VIEW_ALL);

			snprintf(name, sizeof(name), "w%d-%d", w, i);
			kept.name = name;
			kept.key = '1';
			while (!own_view_put(&own, &kept, &why))
				if (why.code != ERR_BUSY)
					_exit(1);
		}
		_exit(0);
	}
	for (int w = 0; w < WINDOWS; w++) {
		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
	}
	own_views_load(&own);
	assert_int_equal(own.why.code, ERR_NONE);
	assert_int_equal(own_view_count(&own), WINDOWS * EACH);
	own_views_free(&own);
}

static void who_waits_too_long_is_told(void **state)
{
	struct own_views own = {0};
	struct view kept = view("", "", VIEW_ALL);
	struct err why;
	char path[128];
	int lock;
	(void)state;

	own_file(path);
	OK(personal_lock(path, &lock, err));
	assert_false(own_view_put(&own, &kept, &why));
	assert_int_equal(why.code, ERR_BUSY);
	personal_unlock(lock);
	put(&own, "甲", 0);
	own_views_free(&own);
}

static void a_damaged_file_is_told_and_left_alone(void **state)
{
	static const char *const texts[] = {
		"views:\n  - {name: 甲\n",
		"\xff\xfe\x00v",
		"colour: red\n",
		"- 甲\n",
		"views:\n  - {name: 甲}\n  - {name: 甲}\n",
		"views: 甲\n",
	};
	char path[128];
	(void)state;

	for (size_t i = 0; i < LENGTH(texts); i++) {
		size_t len = i == 1 ? 4 : strlen(texts[i]);
		struct own_views own = {0};
		struct view kept = view("", "", VIEW_ALL);
		struct err why = {0};
		struct buf after;

		put(&own, "先", 0);
		own_file(path);
		file_write(path, texts[i], len);
		own_views_load(&own);
		assert_int_equal(own.why.code, ERR_STORE);
		assert_non_null(strstr(own.why.text, "views.yaml"));
		assert_int_equal(own_view_count(&own), 0);
		assert_false(own_view_put(&own, &kept, &why));
		assert_int_equal(why.code, ERR_STORE);
		after = file_read(path);
		assert_int_equal(after.len, len);
		assert_memory_equal(after.data, texts[i], len);
		buf_free(&after);
		own_views_free(&own);
		assert_int_equal(remove(path), 0);
	}
}

static void what_is_no_file_is_told(void **state)
{
	struct own_views own = {0};
	char path[128];
	(void)state;

	put(&own, "甲", 0);
	own_file(path);
	assert_int_equal(remove(path), 0);
	assert_int_equal(mkfifo(path, 0600), 0);
	own_views_load(&own);
	assert_int_equal(own.why.code, ERR_STORE);
	assert_int_equal(remove(path), 0);
	assert_int_equal(mkdir(path, 0700), 0);
	own_views_load(&own);
	assert_int_equal(own.why.code, ERR_STORE);
	own_views_free(&own);
}

static void without_a_home_there_are_none(void **state)
{
	struct own_views own = {0};
	struct view kept = view("", "", VIEW_ALL);
	struct err why;
	(void)state;

	unsetenv("HOME");
	own_views_load(&own);
	assert_int_equal(own.why.code, ERR_NONE);
	assert_false(own_view_put(&own, &kept, &why));
	assert_non_null(strstr(why.text, "HOME"));
	own_views_free(&own);
}

static void its_file_is_nobody_elses(void **state)
{
	struct own_views own = {0};
	struct stat st;
	char path[128];
	(void)state;

	put(&own, "甲", 0);
	own_file(path);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	*strrchr(path, '/') = '\0';
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	own_views_free(&own);
}

static void names_are_checked(void **state)
{
	static const char *const bad[] = {"",
					  " ",
					  "甲\n",
					  "\033[2J",
					  " 甲",
					  "甲 ",
					  "一二三四五六七八九十一二三四五六七"};
	struct own_views own = {0};
	struct config *config = config_at("proposals.yaml.example");
	struct err why;
	(void)state;

	for (size_t i = 0; i < LENGTH(bad); i++) {
		assert_false(views_may_be_called(config, bad[i], &why));
		assert_int_equal(why.code, ERR_USAGE);
	}
	assert_false(views_may_be_called(config, "Ｂ类跟踪", &why));
	assert_int_equal(why.code, ERR_REFUSED);
	OK(views_may_be_called(config, "一二三四五六七八九十一二三四五六",
			       err));
	assert_int_equal(views_free_key(&own, config), '7');
	config_free(config);
}

static void ones_own_come_first(void **state)
{
	struct config *config = config_at("proposals.yaml.example");
	struct own_views own = {0};
	struct err why;
	(void)state;

	put(&own, "逾期", '1');
	assert_int_equal(views_count(&own, config), 7);
	assert_ptr_equal(views_find(&own, config, "逾期", &why),
			 own_view(&own, 0));
	assert_ptr_equal(views_find(&own, config, "重点", &why),
			 &config->views[3]);
	assert_null(views_find(&own, config, "重店", &why));
	assert_int_equal(why.code, ERR_USAGE);
	assert_non_null(strstr(why.text, "是不是“重点”"));
	own_views_free(&own);
	config_free(config);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_view_is_written_as_it_is_read),
		TEST(groups_and_columns_are_part_of_it),
		TEST(without_a_session_it_is_the_current_one),
		TEST(next_year_it_is_another_session),
		TEST(marks_and_what_is_too_long_are_not_saved),
		TEST(what_is_gone_is_told_and_the_rest_is_left),
		TEST(an_order_that_is_none_is_told_too),
		TEST(is_explained),
		TEST(counts_what_it_lists),
		TEST(mistakes_in_shared_views_have_a_place),
		TEST(all_of_them_are_told_and_right_ones_are_not),
		TEST(own_views_are_kept_renamed_moved_and_deleted),
		TEST(two_windows_lose_nothing),
		TEST(who_waits_too_long_is_told),
		TEST(a_damaged_file_is_told_and_left_alone),
		TEST(what_is_no_file_is_told),
		TEST(without_a_home_there_are_none),
		TEST(its_file_is_nobody_elses),
		TEST(names_are_checked),
		TEST(ones_own_come_first),
	};
	return cmocka_run_group_tests_name("views", tests, NULL, NULL);
}
